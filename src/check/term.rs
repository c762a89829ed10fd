//! One term, one way of writing it.

use super::{Check, Finding, Place, Selection};
use crate::claim::{self, Claim, Value};
use crate::span::FileId;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most places of one wording that are labelled.
const PLACES: usize = 6;

/// How many times as often the usual style of days must be used as an odd one.
const USUAL: usize = 3;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How many times as often the usual wording must be used as a rare one that stands only once, when the two
    /// differ by a hyphen or a space alone; 0 for no condition.
    least: usize,
}

impl Check for Term {
    fn variables(&self) -> &'static [&'static str] {
        &["spelling", "others"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<&Claim>>> = BTreeMap::new();
        for claim in selection.claims {
            let Value::Term(claim::Term { key, style, .. }) = &claim.value else { continue };
            groups.entry(key).or_default().entry(style).or_default().push(claim);
        }
        // One disagreement is one finding: "Command-Line" and "Command-Line Interface" are the same.
        let mut told: BTreeSet<(FileId, u32)> = BTreeSet::new();
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(key, _)| (key.len(), *key));
        for (key, forms) in groups {
            let mut forms: Vec<(CompactString, Vec<&Claim>)> =
                forms.into_values().map(|claims| (usual(&claims), claims)).collect();
            if forms.len() < 2
                || key.starts_with("capital:") && !differs_inside(&forms)
                || key.starts_with("named:") && !is_parted(&forms)
            {
                continue;
            }
            // The rarest first; of equally rare ones the later.
            forms.sort_by_key(|(_, claims)| (claims.len(), std::cmp::Reverse(claims[0].at)));
            // Days have many places: only the odd ones among many of one style are told, with one of the many.
            if key.starts_with("day:") {
                let most = forms.last().map_or(0, |(_, usual)| usual.len());
                forms.retain(|(_, claims)| claims.len() * USUAL <= most || claims.len() == most);
                if forms.len() != 2 || most < USUAL {
                    continue;
                }
            }
            if forms.iter().map(|(_, claims)| claims.len()).sum::<usize>() < self.least {
                continue;
            }
            let starts: Vec<(FileId, u32)> = forms[0].1.iter().map(|c| (c.at.file, c.at.start)).collect();
            let ends = forms[0].1.iter().map(|c| (c.at.file, c.at.end));
            if starts.iter().copied().chain(ends.clone()).any(|place| told.contains(&place)) {
                continue;
            }
            told.extend(starts);
            told.extend(ends);
            found.push(finding(&forms, key.starts_with("day:")));
        }
    }
}

/// Whether a name is written with a space or hyphen somewhere; one word with a capital is read as a word too.
fn is_parted(forms: &[(CompactString, Vec<&Claim>)]) -> bool {
    forms.iter().any(|(w, _)| w.contains([' ', '-']))
}

/// The wording that most of the claims of one way of writing have; the first of equally frequent ones.
fn usual(claims: &[&Claim]) -> CompactString {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in claims {
        if let Value::Term(term) = &claim.value {
            *counts.entry(&term.wording).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(w, n)| (*n, std::cmp::Reverse(*w))).map_or("", |(w, _)| w).into()
}

/// Whether the wordings of a name differ in more than that one is all capitals.
fn differs_inside(forms: &[(CompactString, Vec<&Claim>)]) -> bool {
    let digit = forms.iter().any(|(w, _)| w.bytes().any(|b| b.is_ascii_digit()));
    let inner = forms
        .iter()
        .any(|(w, _)| w.as_bytes().windows(2).any(|p| p[0].is_ascii_lowercase() && p[1].is_ascii_uppercase()));
    digit || inner
}

fn finding(forms: &[(CompactString, Vec<&Claim>)], days: bool) -> Finding {
    let places = forms
        .iter()
        .enumerate()
        // The usual style of days needs one example.
        .flat_map(|(i, (_, claims))| claims.iter().take(if days && i > 0 { 1 } else { PLACES }))
        .map(|claim| Place { at: claim.at, within: claim.within, label: String::new() })
        .collect();
    let others: Vec<String> = forms[1..].iter().rev().map(|(w, _)| w.to_string()).collect();
    let times = |n: usize| match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let counts: Vec<String> = forms.iter().rev().map(|(w, claims)| format!("{w}: {}", times(claims.len()))).collect();
    Finding {
        places,
        variables: vec![("spelling", forms[0].0.to_string()), ("others", others.join(" and "))],
        notes: vec![counts.join("; ")],
    }
}
