//! Changes whose numbers stand elsewhere: "thefts and trespass were both down" against a table of two years.

use super::{cells, smaller_of};
use crate::check::ledger::{Ledger, Series};
use crate::check::{Finding, Place};
use crate::claim::{About, Claim, Derived, Direction, Says, Value};

/// Appends a finding for every change that no figure bears out.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut ledger = None;
    for claim in claims {
        let Value::Derived(derived) = &claim.value else { continue };
        let ledger = ledger.get_or_insert_with(|| Ledger::new(claims));
        match &derived.says {
            Says::Change { direction, by: None } => {
                found.extend(derived.about.iter().filter_map(|a| change(claim, derived, *direction, a, ledger)));
            }
            Says::Extreme { highest, member } => found.extend(cells::extreme(claim, derived, *highest, member, ledger)),
            Says::Than { direction, first, second } => {
                found.extend(cells::than(claim, derived, *direction, (first, second), ledger));
            }
            _ => {}
        }
    }
}

fn change(
    claim: &Claim,
    derived: &Derived,
    direction: Direction,
    about: &About,
    ledger: &Ledger<'_>,
) -> Option<Finding> {
    if about.every {
        let rows = ledger.every(about);
        // Where most rows go the other way, the table is of something else.
        let against: Vec<Finding> =
            rows.iter().filter_map(|row| contradicted(claim, derived, direction, about, &[row])).collect();
        return if 2 * against.len() < rows.len() { against.into_iter().next() } else { None };
    }
    contradicted(claim, derived, direction, about, &ledger.find(about, &derived.times))
}

/// A finding when every pair of figures that can be meant goes the other way.
fn contradicted(
    claim: &Claim,
    derived: &Derived,
    direction: Direction,
    about: &About,
    series: &[&Series<'_>],
) -> Option<Finding> {
    let mut wrong = None;
    for (row, (first, second)) in series.iter().flat_map(|s| s.pairs(&derived.times).into_iter().map(move |p| (s, p))) {
        let (Value::Quantity(a), Value::Quantity(b)) = (&first.value, &second.value) else { return None };
        let against = match direction {
            Direction::Up => smaller_of(b, a)?,
            _ => smaller_of(a, b)?,
        };
        if !against {
            return None;
        }
        wrong = wrong.or(Some((row.label, first, second)));
    }
    let (label, first, second) = wrong?;
    let relation = if direction == Direction::Up { "less" } else { "more" };
    let name = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let but = format!("{} is {relation} than {}", second.text, first.text);
    let place = |of: &Claim, label: String| Place { at: of.at, within: of.within, label };
    let said = if about.every || derived.about.len() > 1 {
        format!("{} {}", name, derived.cue.text)
    } else {
        format!("{} {}", about.at.text.split_whitespace().collect::<Vec<_>>().join(" "), derived.cue.text)
    };
    Some(Finding {
        places: vec![
            Place { at: about.at.at.cover(claim.at), within: claim.within, label: "is said here".to_owned() },
            place(first, String::new()),
            place(second, super::label(&but)),
        ],
        variables: vec![
            ("said", said),
            ("cue", derived.cue.text.to_string()),
            ("first", first.text.to_string()),
            ("second", second.text.to_string()),
            ("but", but),
        ],
        notes: Vec::new(),
    })
}
