//! Values in samples that what they are given to cannot have: a word that is none of the choices, a number out of its
//! range, a code with too few digits, a word where there is a switch.

use super::register::Register;
use crate::check::{Finding, Place};
use crate::claim::{Bound, Claim, Declared, Given, GivenSort, Limit};
use crate::value::Decimal;
use std::collections::BTreeMap;

/// Most samples of one bound that may break it; what more of them do is not bound.
const BROKEN: usize = 2;

/// Appends a finding for each bound that samples do not keep.
pub(super) fn findings(register: &Register<'_>, found: &mut Vec<Finding>) {
    // By the place of the bound: the samples that keep it, and those that do not.
    let mut tried: BTreeMap<_, Tried<'_>> = BTreeMap::new();
    for &(claim, given) in &register.given {
        if given.value.is_empty() || is_placeholder(&given.value) {
            continue;
        }
        let candidates = register.declared_as(claim, given);
        let bounds: Vec<(&Claim, &Declared, &Bound)> =
            candidates.iter().flat_map(|&(c, d)| d.bounds.iter().map(move |b| (c, d, b))).collect();
        let judged: Vec<(usize, bool)> =
            bounds.iter().enumerate().filter_map(|(n, (.., b))| Some((n, keeps(&b.limit, given)?))).collect();
        // What is described in two places may have a value that one of them allows.
        let allowed = judged.iter().any(|(_, keeps)| *keeps) && candidates.len() > 1;
        for (n, keeps) in judged {
            let (owner, declared, bound) = bounds[n];
            let tried = tried.entry(bound.at.at).or_insert_with(|| Tried {
                owner,
                declared,
                bound,
                kept: 0,
                broken: Vec::new(),
            });
            if keeps || allowed {
                tried.kept += 1;
            } else {
                tried.broken.push(claim);
            }
        }
    }
    found.extend(tried.into_values().filter_map(|tried| tried.finding()));
}

/// A bound with the samples that it was tried on.
struct Tried<'a> {
    owner: &'a Claim,
    declared: &'a Declared,
    bound: &'a Bound,
    kept: usize,
    broken: Vec<&'a Claim>,
}

impl Tried<'_> {
    fn finding(&self) -> Option<Finding> {
        let first = *self.broken.first()?;
        if self.broken.len() > BROKEN.max(self.kept) {
            return None;
        }
        let sample = |claim: &&Claim| Place { at: claim.at, within: claim.within, label: String::new() };
        let mut places: Vec<Place> = self.broken.iter().map(sample).collect();
        places.push(Place { at: self.bound.at.at, within: self.owner.within, label: "what it may be".to_owned() });
        let said: String = self.bound.at.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Finding {
            places,
            variables: vec![
                ("what", format!("value of `{}`", self.declared.name)),
                ("here", first.text.to_string()),
                ("there", format!("{said} where it is described")),
            ],
            notes: Vec::new(),
        })
    }
}

/// Whether a value stands for another one: `<mode>`, `$MODE`, `…`, `YOUR_KEY`.
fn is_placeholder(value: &str) -> bool {
    let signs = value.contains(['<', '$', '{', '…', '*', '%']) || value.contains("...");
    let lower = value.to_ascii_lowercase();
    signs
        || ["your", "example", "xxx", "string", "todo", "null", "none", "nil", "~"].iter().any(|w| lower.starts_with(w))
}

/// Whether a value is a switch in one of its spellings.
fn is_switch(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "0" | "1")
}

/// Whether a sample keeps to a limit; `None` when that cannot be told.
fn keeps(limit: &Limit, given: &Given) -> Option<bool> {
    let value = given.value.as_str();
    match limit {
        Limit::OneOf(values) => keeps_choice(values.iter().map(|v| v.as_str()), value),
        Limit::Between(least, most) => {
            let number: Decimal = value.replace(['_', ','], "").parse().ok()?;
            Some(least.is_none_or(|l| number >= l) && most.is_none_or(|m| number <= m))
        }
        Limit::Length(least, most, of) => {
            let is = |c: char| match of.as_str() {
                "digits" => c.is_ascii_digit(),
                "hex" => c.is_ascii_hexdigit(),
                "letters" => c.is_alphabetic(),
                _ => !c.is_control(),
            };
            let length = value.chars().count() as u32;
            value.chars().all(is).then_some((*least..=*most).contains(&length))
        }
        Limit::Type(sort) => match sort.as_str() {
            "boolean" => {
                let bare = given.sort == GivenSort::Field && given.quoted;
                (given.quoted && (bare || !is_switch(value))).then_some(false)
            }
            _ => (given.sort == GivenSort::Field && given.quoted).then_some(false),
        },
    }
}

/// Whether a value is one of some choices; letter case counts where the choices have capitals inside.
fn keeps_choice<'a>(mut values: impl Iterator<Item = &'a str> + Clone, value: &str) -> Option<bool> {
    let same = |v: &str| v.eq_ignore_ascii_case(value);
    if let Some(near) = values.clone().find(|v| same(v)) {
        let inner = near.chars().skip(1).any(char::is_uppercase) && near.chars().any(char::is_lowercase);
        return Some(!inner || values.any(|v| v == value));
    }
    let shaped = |c: char| values.clone().any(|v| v.contains(c));
    let list = value.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | ';' | '='));
    let strange = ['/', '.', ':', '@'].into_iter().any(|c| value.contains(c) && !shaped(c));
    let numbers = value.parse::<Decimal>().is_ok() != values.clone().any(|v| v.parse::<Decimal>().is_ok());
    let capitals = value.chars().count() > 2
        && !value.contains(|c: char| c.is_lowercase())
        && values.clone().all(|v| v.contains(|c: char| c.is_lowercase()));
    (!list && !strange && !numbers && !capitals && !is_switch(value)).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, keeps_choice};

    #[test]
    fn reads_what_a_choice_allows() {
        let choice = |value: &str| keeps_choice(["fifo", "LoadBalancer", "two.words"].into_iter(), value);
        assert_eq!(choice("FIFO"), Some(true));
        assert_eq!(choice("lifo"), Some(false));
        assert_eq!(choice("Loadbalancer"), Some(false));
        assert_eq!(choice("LoadBalancer"), Some(true));
        for value in ["true", "5", "a, b", "./x", "MODE"] {
            assert_eq!(choice(value), None, "{value}");
        }
    }

    #[test]
    fn reads_placeholders() {
        assert!(is_placeholder("<mode>") && is_placeholder("your-mode") && !is_placeholder("lazy"));
    }
}
