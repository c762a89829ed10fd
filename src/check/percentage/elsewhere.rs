//! Percentages whose numbers stand elsewhere: in the rows of a table, in another document.

use super::clash;
use super::whole::Wholes;
use crate::check::ledger::Ledger;
use crate::check::{Finding, Place};
use crate::claim::{About, Claim, Derived, Direction, Operand, Relation, Says, Value};
use crate::value::{Decimal, percent_worth};

/// Appends a finding for every percentage that no figure bears out.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut ledger = None;
    for claim in claims {
        let Value::Derived(derived) = &claim.value else { continue };
        let ledger = ledger.get_or_insert_with(|| Ledger::new(claims));
        if let Says::Change { direction, by: Some(by) } = &derived.says {
            found.extend(change(claim, derived, *direction, by, ledger));
        }
    }
    let wholes = Wholes::new(claims);
    for (index, share) in wholes.shares.iter().enumerate() {
        let Some((whole, (but, label))) = wholes.contradicting(index) else { continue };
        let place = |o: &Operand, label: String| Place { at: o.at, within: share.claim.within, label };
        found.push(Finding {
            places: vec![
                place(share.stated, label),
                place(share.part, String::new()),
                Place { at: whole.at, within: whole.within, label: String::new() },
            ],
            variables: vec![("stated", share.stated.text.to_string()), ("but", but)],
            notes: Vec::new(),
        });
    }
}

/// "Visits rose by 9.1 per cent" against a table of years.
fn change(
    claim: &Claim,
    derived: &Derived,
    direction: Direction,
    by: &Operand,
    ledger: &Ledger<'_>,
) -> Option<Finding> {
    let [about] = derived.about.as_slice() else { return None };
    let pairs = pairs(about, derived, ledger);
    let up = direction == Direction::Up;
    let (relation, change) = if up { (Relation::Growth, "a rise") } else { (Relation::Fall, "a fall") };
    let mut wrong = None;
    for (first, second) in pairs {
        let others = [operand(first)?, operand(second)?];
        if others[0].quantity.unit.is_percent() || others.iter().any(|o| o.quantity.amount.low <= Decimal::ZERO) {
            return None;
        }
        let Some(said) = clash(relation, by, &others) else {
            if is_far(relation, by, &others) { continue } else { return None }
        };
        wrong = wrong.or(Some((said, others, first, second)));
    }
    let ((but, label), others, first, second) = wrong?;
    let place = |o: &Operand, of: &Claim, label: String| Place { at: o.at, within: of.within, label };
    let mut places = vec![
        place(by, claim, label),
        place(&others[0], first, String::new()),
        place(&others[1], second, String::new()),
    ];
    places.extend(ledger.restating(&[first, second]).map(|c| Place {
        at: c.at,
        within: c.within,
        label: format!("{} too", c.text),
    }));
    Some(Finding {
        places,
        variables: vec![("stated", format!("{change} of {}", by.text)), ("but", but)],
        notes: Vec::new(),
    })
}

/// Whether the numbers are of a change so much smaller or greater, or of one the other way, that they are others.
fn is_far(relation: Relation, by: &Operand, others: &[Operand; 2]) -> bool {
    let of = |o: &Operand| o.quantity.base();
    let change = || {
        let (a, b) = (of(&others[0])?, of(&others[1])?);
        let rise = b.checked_sub(a)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(a)?;
        let actual = if relation == Relation::Growth { rise } else { -rise };
        let stated = percent_worth(&by.quantity)?;
        let two = Decimal::TWO;
        let far = actual.checked_mul(two)? < stated || actual > stated.checked_mul(two)?;
        Some(actual <= Decimal::ZERO || far)
    };
    change().unwrap_or(true)
}

/// The pairs of figures that the change can be between.
fn pairs<'a>(about: &About, derived: &Derived, ledger: &Ledger<'a>) -> Vec<(&'a Claim, &'a Claim)> {
    let series = ledger.find(about, &derived.times);
    series.iter().flat_map(|s| s.pairs(&derived.times)).collect()
}

/// A figure as one side of a relation.
fn operand(claim: &Claim) -> Option<Operand> {
    let Value::Quantity(quantity) = &claim.value else { return None };
    Some(Operand { at: claim.at, text: claim.text.clone(), name: "".into(), quantity: quantity.clone() })
}
