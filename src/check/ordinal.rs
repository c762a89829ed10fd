//! A member or rank of a series that the series does not have.

use super::summary::{Sort, told_again};
use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Value};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Largest group of claims on one sort of series that is compared pair by pair.
const GROUP: usize = 200;

/// Most of those ahead that are labelled.
const AHEAD: usize = 4;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrdinalCheck {
    /// Least evidence that a rank of a summary tells one of the longer document, in tenths of log-odds.
    pub retold: i8,
}

impl Default for OrdinalCheck {
    fn default() -> Self {
        Self { retold: 1 }
    }
}

impl Check for OrdinalCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["what", "but"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            self.retold(selection.claims, found);
            return;
        }
        for claim in selection.claims {
            if let Value::Rank { rank, ahead } = &claim.value
                && *rank as usize != ahead.len() + 1
            {
                let mut places = vec![place(claim, "")];
                places.extend(ahead.iter().take(AHEAD).enumerate().map(|(i, m)| Place {
                    at: m.at,
                    within: claim.within,
                    label: format!("{} ahead", i + 1),
                }));
                found.push(Finding {
                    places,
                    variables: vec![("what", claim.text.to_string()), ("but", format!("{} are ahead", ahead.len()))],
                    notes: vec![format!("{} ahead make it number {}", ahead.len(), ahead.len() + 1)],
                });
            }
        }
        series(selection.claims, found);
    }
}

impl OrdinalCheck {
    /// Ranks of a summary that the longer document does not have.
    fn retold(&self, claims: &[&Claim], found: &mut Vec<Finding>) {
        for (claim, others) in told_again(claims, Sort::Ranks, f32::from(self.retold) / 10.0) {
            found.push(Finding {
                places: std::iter::once(claim).chain(others.iter().copied()).map(|c| place(c, "")).collect(),
                variables: vec![
                    ("what", claim.text.to_string()),
                    ("but", format!("{} in the longer text", others[0].text)),
                ],
                notes: Vec::new(),
            });
        }
    }
}

/// Members beyond the end of their series.
fn series(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_head: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if matches!(claim.value, Value::Series { .. } | Value::Ordinal(_)) && !claim.subject.head.is_empty() {
            by_head.entry(claim.subject.head.as_str()).or_default().push(claim);
        }
    }
    for group in by_head.values() {
        // In a long document only what stands near is compared: windows of the group instead of all pairs.
        for window in group.chunks(GROUP) {
            for whole in window {
                let Value::Series { size, parts } = &whole.value else { continue };
                found.extend(early_last(window, whole));
                let beyond: Vec<&&Claim> = window
                    .iter()
                    .filter(|c| matches!(c.value, Value::Ordinal(rank) if rank > *size))
                    .filter(|c| belongs(c, whole) || next_after(window, c, whole))
                    .collect();
                let Some(largest) = beyond.iter().filter_map(|c| rank_of(c)).max() else { continue };
                // Another statement of the length that covers the member explains it.
                let covered = window.iter().any(|other| {
                    matches!(other.value, Value::Series { size, .. } if size >= largest)
                        && beyond.iter().any(|c| belongs(c, other))
                });
                if covered {
                    continue;
                }
                let mut places: Vec<Place> = beyond.iter().map(|c| place(c, "")).collect();
                if parts.is_empty() {
                    places.push(place(whole, &format!("{size} in all")));
                } else {
                    places.extend(parts.iter().map(|m| Place { at: m.at, within: whole.within, label: String::new() }));
                }
                let what = beyond.last().map_or("", |c| in_singular(&c.text));
                found.push(Finding {
                    places,
                    variables: vec![("what", what.to_owned()), ("but", format!("the series has {size}"))],
                    notes: Vec::new(),
                });
            }
        }
    }
}

/// A last member that comes too early, given the claim that says how many there are: "four stages … the third and
/// last stage".
fn early_last(window: &[&Claim], whole: &Claim) -> Option<Finding> {
    let Value::Series { size, parts } = &whole.value else { return None };
    let is_early = |c: &&&Claim| match &c.value {
        Value::Series { size: last, parts: named } => {
            named.len() == 1 && last < size && c.block == whole.block && c.at > whole.at
        }
        _ => false,
    };
    let last = window.iter().find(is_early).filter(|_| parts.is_empty())?;
    Some(Finding {
        places: vec![place(last, ""), place(whole, &format!("{size} in all"))],
        variables: vec![("what", last.text.to_string()), ("but", format!("the series has {size}"))],
        notes: Vec::new(),
    })
}

/// "sixth phases", of "the fifth and sixth phases", is one phase.
fn in_singular(text: &str) -> &str {
    let plural =
        text.ends_with('s') && !["ss", "us", "is", "ies", "ches", "shes", "xes"].iter().any(|e| text.ends_with(e));
    if plural { &text[..text.len() - 1] } else { text }
}

fn rank_of(claim: &Claim) -> Option<u32> {
    match claim.value {
        Value::Ordinal(rank) => Some(rank),
        _ => None,
    }
}

/// Whether a member is one of a series: named after the same thing, or in the same paragraph and not named after
/// another.
fn belongs(member: &Claim, whole: &Claim) -> bool {
    let (a, b) = (&member.subject.entities, &whole.subject.entities);
    if a.iter().any(|e| b.contains(e)) {
        return true;
    }
    // "the third and final workshop" names no place of its own.
    let plain = a.is_empty() || b.is_empty() && matches!(&whole.value, Value::Series { parts, .. } if parts.len() == 1);
    member.block == whole.block && member.at > whole.at && plain
}

/// Whether a member, "the fifth phase", is the one after the last of the only series of its document.
fn next_after(window: &[&Claim], member: &Claim, whole: &Claim) -> bool {
    let Value::Series { size, parts } = &whole.value else { return false };
    let is_series = |c: &&&Claim| matches!(c.value, Value::Series { .. });
    let named = |c: &Claim| !c.subject.entities.is_empty();
    parts.is_empty()
        && rank_of(member) == Some(size + 1)
        && *size > 2
        && member.at > whole.at
        && !named(member)
        && window.iter().filter(is_series).count() == 1
}

fn place(claim: &Claim, label: &str) -> Place {
    Place { at: claim.at, within: claim.within, label: label.to_owned() }
}
