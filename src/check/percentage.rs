//! A percentage that does not follow from the numbers beside it.
//!
//! Every number stands for all the values that it may have been rounded from; only when no choice of them gives
//! the percentage is it wrong.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Operand, Relation, Value};
use crate::value::{Decimal, Hedge, Quantity, bounds, format_like};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Percentage {}

impl Check for Percentage {
    fn variables(&self) -> &'static [&'static str] {
        &["stated", "but"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        for claim in selection.claims {
            let Value::Percentage { relation, stated, others } = &claim.value else { continue };
            let Some((but, label)) = clash(*relation, stated, others) else { continue };
            let place = |operand: &Operand, label: String| Place { at: operand.at, within: claim.within, label };
            let mut places = vec![place(stated, label)];
            places.extend(others.iter().map(|o| place(o, String::new())));
            found.push(Finding {
                places,
                variables: vec![("stated", stated.text.to_string()), ("but", but)],
                notes: Vec::new(),
            });
        }
    }
}

/// What the numbers make instead, as a clause and as a label; `None` when the percentage may be right.
fn clash(relation: Relation, stated: &Operand, others: &[Operand]) -> Option<(String, String)> {
    let (least, most) = share(&stated.quantity)?;
    if let (Relation::Complement, [other]) = (relation, others) {
        let sum = stated.quantity.value().checked_add(other.quantity.value())?;
        // Far more than a whole are shares of two wholes. Both may have been rounded up by half of the last digit.
        let steps = stated.quantity.amount.step.checked_add(other.quantity.amount.step)?;
        if sum.checked_sub(steps.checked_div(Decimal::TWO)?)? <= Decimal::ONE_HUNDRED || sum > Decimal::from(110) {
            return None;
        }
        let sum = percent(sum, 2, &stated.text);
        return Some((format!("{} and {} make {sum}", other.text, stated.text), format!("makes {sum} together")));
    }
    let [a, b] = others else { return None };
    let (low_a, high_a) = reach(&a.quantity)?;
    let (low_b, high_b) = reach(&b.quantity)?;
    if low_a <= Decimal::ZERO || low_b <= Decimal::ZERO {
        return None;
    }
    let hundredfold = |x: Decimal, y: Decimal| x.checked_div(y)?.checked_mul(Decimal::ONE_HUNDRED);
    let hundred = Decimal::ONE_HUNDRED;
    let (x, y) = (a.quantity.base()?, b.quantity.base()?);
    let (low, high, exact) = match relation {
        Relation::Share => (hundredfold(low_a, high_b)?, hundredfold(high_a, low_b)?, hundredfold(x, y)?),
        Relation::Growth => (
            hundredfold(low_b, high_a)?.checked_sub(hundred)?,
            hundredfold(high_b, low_a)?.checked_sub(hundred)?,
            hundredfold(y, x)?.checked_sub(hundred)?,
        ),
        Relation::Fall => (
            hundred.checked_sub(hundredfold(high_b, low_a)?)?,
            hundred.checked_sub(hundredfold(low_b, high_a)?)?,
            hundred.checked_sub(hundredfold(y, x)?)?,
        ),
        Relation::Complement => return None,
    };
    if low <= most && high >= least {
        return None;
    }
    // A part greater than its whole, a change the other way or of another size: the numbers belong elsewhere.
    let value = worth(&stated.quantity)?;
    let near = exact > Decimal::ZERO
        && exact.checked_mul(Decimal::TWO)? >= value
        && exact <= value.checked_mul(Decimal::TWO)?
        && (relation == Relation::Growth || exact <= hundred);
    if !near {
        return None;
    }
    let digits = stated.quantity.amount.step.normalize().scale();
    let places =
        if exact < Decimal::TEN || stated.quantity.unit.dimension == "fraction" { digits.max(1) } else { digits };
    let shown = percent(exact, places.min(3), &stated.text);
    let but = match relation {
        Relation::Share => format!("{} of {} are {shown}", a.text, b.text),
        Relation::Growth => format!("from {} to {} is a rise of {shown}", a.text, b.text),
        _ => format!("from {} to {} is a fall of {shown}", a.text, b.text),
    };
    Some((but, format!("is {shown}")))
}

fn percent(value: Decimal, places: u32, like: &str) -> String {
    format!("{} %", format_like(value.round_dp(places), like))
}

/// What the percentage says, in per cent.
fn worth(quantity: &Quantity) -> Option<Decimal> {
    match quantity.unit.dimension.as_str() {
        "fraction" => quantity.value().checked_mul(Decimal::ONE_HUNDRED),
        _ => quantity.base(),
    }
}

/// The least and the greatest percentage that the wording allows, in per cent.
///
/// A percentage cut off rather than rounded is short by one in its last place; a fraction in words is meant to a
/// tenth of itself.
fn share(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let value = worth(quantity)?;
    if quantity.unit.dimension == "fraction" {
        let tenth = value.checked_div(Decimal::TEN)?;
        return Some((value.checked_sub(tenth)?, value.checked_add(tenth)?));
    }
    let step = quantity.amount.step.checked_mul(quantity.unit.factor)?;
    let mut ends = (value.checked_sub(step)?, value.checked_add(step)?);
    if quantity.hedge != Hedge::None {
        let (low, high) = bounds(quantity)?;
        ends = (ends.0.min(low), ends.1.max(high));
    }
    Some(ends)
}

/// What a number beside the percentage may stand for, in base units: half of the last digit written, and of the
/// last that is not zero from a thousand on, at most a twentieth.
fn reach(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let amount = &quantity.amount;
    if amount.range {
        return None;
    }
    let size = amount.low.abs();
    let half = |step: Decimal| step.checked_div(Decimal::TWO);
    let counted = quantity.unit.is_count() && amount.step == Decimal::ONE;
    let written = if counted { Decimal::ZERO } else { half(amount.step)? };
    let round = if size >= Decimal::ONE_THOUSAND && amount.step >= Decimal::ONE {
        half(amount.round_step())?.min(size.checked_div(Decimal::from(20))?)
    } else {
        Decimal::ZERO
    };
    // A one on its own has no last digit to round to.
    let round = if counted && amount.round_step() == Decimal::ONE { Decimal::ZERO } else { round };
    let slack = written.max(round);
    let scale = |value: Decimal| value.checked_mul(quantity.unit.factor);
    let mut ends = (scale(amount.low.checked_sub(slack)?)?, scale(amount.high.checked_add(slack)?)?);
    if quantity.hedge != Hedge::None {
        let (low, high) = bounds(quantity)?;
        ends = (ends.0.min(low), ends.1.max(high));
    }
    Some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, Span};
    use crate::value::{Amount, Unit};

    fn operand(value: &str, dimension: &str) -> Operand {
        let amount: Decimal = value.parse().expect("a number");
        let mut unit = Unit::count();
        unit.dimension = dimension.into();
        let step = Decimal::new(1, amount.scale());
        let quantity = Quantity { amount: Amount::exact(amount, step), hedge: Hedge::None, unit };
        Operand { at: Span::new(FileId(0), 0, 0), text: value.into(), name: "".into(), quantity }
    }

    fn wrong(relation: Relation, stated: &str, others: &[&str]) -> bool {
        let unit = if relation == Relation::Complement { "percent" } else { "" };
        let others: Vec<Operand> = others.iter().map(|o| operand(o, unit)).collect();
        clash(relation, &operand(stated, "percent"), &others).is_some()
    }

    #[test]
    fn flags_what_no_rounding_explains() {
        assert!(wrong(Relation::Share, "27", &["19", "60"]));
        assert!(wrong(Relation::Growth, "16", &["187900", "214600"]));
        assert!(wrong(Relation::Fall, "60", &["8400", "2100"]));
        assert!(wrong(Relation::Complement, "49.3", &["50.9"]));
    }

    #[test]
    fn ignores_rounded_cut_off_and_unrelated_numbers() {
        assert!(!wrong(Relation::Share, "31", &["19", "60"]), "cut off");
        assert!(!wrong(Relation::Share, "80", &["19", "60"]), "too far away");
        assert!(!wrong(Relation::Growth, "14", &["4.1", "4.7"]), "rounded ends");
        assert!(!wrong(Relation::Growth, "14", &["4.7", "4.1"]), "the other way");
        assert!(!wrong(Relation::Complement, "49.2", &["50.9"]), "rounded up twice");
        assert!(!wrong(Relation::Complement, "55", &["60"]), "two wholes");
    }
}
