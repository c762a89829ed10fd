//! An announced number against the things listed.

mod restated;

use super::{Check, Finding, Place, Selection};
use crate::claim::Value;
use compact_str::CompactString;
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Cues of scope that keep a number that is stated elsewhere from being compared with a list.
    #[serde(default)]
    refuse: Vec<CompactString>,
}

impl Check for Count {
    fn variables(&self) -> &'static [&'static str] {
        &["announced", "noun", "listed"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        restated::check(selection.claims, selection.across, &self.refuse, found);
        if selection.across {
            return;
        }
        for claim in selection.claims {
            let Value::List { announced, number, noun, items } = &claim.value else { continue };
            let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
            let (announced, listed) = (*announced as usize, items.len());
            if announced == listed {
                continue;
            }
            let mut places =
                vec![Place { at: number.at, within: claim.within, label: format!("{announced} announced") }];
            places.push(Place { at: first.at, within: first.at, label: "the first".to_owned() });
            // The first one too many says more than the last; a list cut short ends with its last.
            let end = if listed > announced { &items[announced] } else { last };
            let label = match listed > announced {
                true => format!("number {}", announced + 1),
                false => format!("number {listed}, the last"),
            };
            places.push(Place { at: end.at, within: end.at, label });
            if listed > announced + 1 {
                places.push(Place { at: last.at, within: last.at, label: format!("number {listed}") });
            }
            found.push(Finding {
                places,
                variables: vec![
                    // "a two-step process" announces two steps.
                    (
                        "announced",
                        if number.text.contains('-') { announced.to_string() } else { number.text.to_string() },
                    ),
                    ("noun", noun.to_string()),
                    ("listed", listed.to_string()),
                ],
                notes: vec![format!("{announced} announced, {listed} listed")],
            });
        }
    }
}
