//! A range whose ends stand the wrong way round.

use super::{Check, Finding, Place, Selection};
use crate::claim::Value;
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeCheck {}

impl Check for RangeCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["cue", "first", "second", "but"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        for claim in selection.claims {
            let (cue, first, second, relation) = match &claim.value {
                Value::Range { cue, first, second } if first.quantity.amount.low > second.quantity.amount.low => {
                    (cue, (first.at, &first.text), (second.at, &second.text), "less than")
                }
                Value::Period { cue, first, second, from, to }
                    if to.days().zip(from.days()).is_some_and(|(t, f)| t.is_before(f)) =>
                {
                    (cue, (first.at, &first.text), (second.at, &second.text), "before")
                }
                _ => continue,
            };
            let but = format!("{} is {relation} {}", second.1, first.1);
            let place = |at, label: &str| Place { at, within: claim.within, label: label.to_owned() };
            found.push(Finding {
                places: vec![place(second.0, "the end"), place(first.0, "the beginning")],
                variables: vec![
                    ("cue", cue.text.to_string()),
                    ("first", first.1.to_string()),
                    ("second", second.1.to_string()),
                    ("but", but),
                ],
                notes: Vec::new(),
            });
        }
    }
}
