//! Acronyms that are never spelled out, or spelled out after their first use, or spelled out and never used.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, IMPLIED, LOOSE, Value};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Missing {
    /// The words that an acronym stands for.
    Words,
    /// The uses of an acronym that is spelled out.
    Uses,
}

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviation {
    missing: Missing,
    /// Fewest acronyms that a document spells out when it is expected to spell out the others.
    spelled_out: usize,
    /// Fewest letters of an acronym.
    letters: usize,
}

impl Check for Abbreviation {
    fn variables(&self) -> &'static [&'static str] {
        &["short", "what"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        let mut defined: BTreeMap<&str, &Claim> = BTreeMap::new();
        let mut used: BTreeMap<&str, (&Claim, u32, bool)> = BTreeMap::new();
        for claim in selection.claims {
            match &claim.value {
                // An acronym behind its name is not spelled out.
                Value::Definition(_) if claim.scope.cues.iter().any(|cue| cue == IMPLIED) => {}
                Value::Definition(d) => {
                    defined.entry(d.short.as_str()).or_insert(claim);
                }
                Value::Abbreviation(usage) => {
                    used.insert(usage.short.as_str(), (claim, usage.uses, usage.known));
                }
                _ => {}
            }
        }
        match self.missing {
            Missing::Words => self.words(&defined, &used, found),
            Missing::Uses => self.uses(&defined, &used, found),
        }
    }
}

impl Abbreviation {
    fn words(
        &self,
        defined: &BTreeMap<&str, &Claim>,
        used: &BTreeMap<&str, (&Claim, u32, bool)>,
        found: &mut Vec<Finding>,
    ) {
        // Who spells out none expects readers that know them.
        let spelled: BTreeSet<&str> = defined.keys().copied().filter(|s| self.is_long(s)).collect();
        if spelled.len() < self.spelled_out {
            return;
        }
        for (short, (first, uses, known)) in used {
            if *known || !self.is_long(short) {
                continue;
            }
            let place =
                |claim: &Claim, label: &str| Place { at: claim.at, within: claim.within, label: label.to_owned() };
            match defined.get(short) {
                None if *uses > 1 => found.push(Finding {
                    places: vec![place(first, "")],
                    variables: vec![("short", (*short).to_owned()), ("what", "never spelled out".to_owned())],
                    notes: vec![format!("used {uses} times; {} other acronyms are spelled out", spelled.len())],
                }),
                Some(definition) if later(first, definition) => found.push(Finding {
                    places: vec![place(first, "first use"), place(definition, "spelled out here")],
                    variables: vec![
                        ("short", (*short).to_owned()),
                        ("what", "spelled out after its first use".to_owned()),
                    ],
                    notes: Vec::new(),
                }),
                _ => {}
            }
        }
    }

    fn uses(
        &self,
        defined: &BTreeMap<&str, &Claim>,
        used: &BTreeMap<&str, (&Claim, u32, bool)>,
        found: &mut Vec<Finding>,
    ) {
        for (short, definition) in defined {
            if used.contains_key(short) || !self.is_long(short) || is_listed(definition) || is_loose(definition) {
                continue;
            }
            found.push(Finding {
                places: vec![Place { at: definition.at, within: definition.within, label: String::new() }],
                variables: vec![("short", (*short).to_owned()), ("what", "spelled out and never used".to_owned())],
                notes: Vec::new(),
            });
        }
    }

    fn is_long(&self, short: &str) -> bool {
        short.chars().count() >= self.letters && short.chars().all(|c| c.is_ascii_uppercase())
    }
}

/// Whether an acronym is spelled out in a later block than its first use, and not in a list of acronyms.
fn later(first: &Claim, definition: &Claim) -> bool {
    !is_listed(definition) && definition.block > first.block && definition.at > first.at
}

/// Whether the words before a bracket may have nothing to do with it.
fn is_loose(definition: &Claim) -> bool {
    matches!(&definition.value, Value::Definition(d) if d.cost == LOOSE)
}

fn is_listed(definition: &Claim) -> bool {
    definition.scope.cues.iter().any(|c| c == "glossary")
}
