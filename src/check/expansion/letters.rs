//! An acronym in brackets behind a name whose first letters it nearly has: "Rural Transport Allowance (RTB)".

use crate::check::{Finding, Place};
use crate::claim::{Claim, Definition, NEARLY, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Appends a finding for every such acronym that stands nowhere else: what is used again is an acronym of its own, in
/// the letters of another language.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut nearly: BTreeMap<&str, Vec<(&Claim, &Definition)>> = BTreeMap::new();
    let mut other: BTreeSet<&str> = BTreeSet::new();
    for &claim in claims {
        match &claim.value {
            Value::Definition(definition) if claim.scope.cues.iter().any(|cue| cue == NEARLY) => {
                nearly.entry(&definition.short).or_default().push((claim, definition));
            }
            Value::Definition(definition) => {
                other.insert(&definition.short);
            }
            Value::Abbreviation(usage) => {
                other.insert(&usage.short);
            }
            _ => {}
        }
    }
    for (short, places) in nearly.iter().filter(|(short, _)| !other.contains(*short)) {
        let [(claim, definition)] = places[..] else { continue };
        found.push(Finding {
            places: vec![Place { at: claim.at, within: claim.within, label: String::new() }],
            variables: vec![
                ("short", (*short).to_owned()),
                ("what", format!("does not have the letters of {}", super::spaced(&definition.long.text))),
            ],
            notes: Vec::new(),
        });
    }
}
