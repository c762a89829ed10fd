//! Pointers against the places of the documents, and the places against each other.

mod linked;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Value};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {}

/// One in so many places of a sort may be missing; where more are, they were not read or are elsewhere.
const MISSING: usize = 4;

/// Headings of one level from which on a part of one of them is known to be missing, though no heading has parts.
const UNDIVIDED: usize = 5;

/// More missing places than that make a document put together from others.
const MOST: usize = 3;

impl Check for Pointer {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            across(selection.claims, found);
            return;
        }
        let mut sorts: BTreeMap<&str, Sort<'_>> = BTreeMap::new();
        let mut lists: BTreeMap<u32, Vec<(u32, &Claim)>> = BTreeMap::new();
        let mut links = Vec::new();
        for &claim in selection.claims {
            match &claim.value {
                Value::Place { sort, number, .. } if sort == "item" => {
                    if let (Some(list), Ok(number)) = (claim.list, number.parse()) {
                        lists.entry(list).or_default().push((number, claim));
                    }
                }
                Value::Place { sort, number, firm } => sorts.entry(sort).or_default().place(number, *firm, claim),
                Value::Pointer { sort, number, path: None } => {
                    sorts.entry(sort).or_default().pointers.push((number, claim));
                }
                Value::Link(link) => links.push((link.as_ref(), claim)),
                _ => {}
            }
        }
        let headings = sorts.get("anchor").map_or(&[][..], |s| &s.firm);
        linked::check(&links, headings, found);
        for (name, sort) in &sorts {
            match *name {
                "anchor" => anchors(&sort.pointers, &sort.known, found),
                _ => sort.check(found),
            }
        }
        for items in lists.values() {
            in_step(items, found);
        }
    }
}

/// The places of one sort and the pointers to them.
#[derive(Default)]
struct Sort<'a> {
    /// Numbers that something begins with, with all that they are parts of: 6.2.1, 6.2, 6.
    known: FxHashSet<CompactString>,
    /// Captions and headings, in order of place.
    firm: Vec<(&'a CompactString, &'a Claim)>,
    pointers: Vec<(&'a CompactString, &'a Claim)>,
}

impl<'a> Sort<'a> {
    fn place(&mut self, number: &'a CompactString, firm: bool, claim: &'a Claim) {
        let mut part = number.as_str();
        loop {
            self.known.insert(part.into());
            self.known.insert(bare(part).into());
            match part.rfind('.') {
                Some(dot) => part = &part[..dot],
                None => break,
            }
        }
        if firm {
            self.firm.push((number, claim));
        }
    }

    fn check(&self, found: &mut Vec<Finding>) {
        let mut missing: BTreeMap<(char, usize), Vec<(&CompactString, &Claim)>> = BTreeMap::new();
        for &(number, claim) in &self.pointers {
            if !self.known.contains(number) && !self.known.contains(bare(number)) {
                missing.entry(form(number)).or_default().push((number, claim));
            }
        }
        for (shape, pointers) in missing {
            let places: FxHashSet<&CompactString> =
                self.firm.iter().map(|(n, _)| *n).filter(|n| form(n) == shape).collect();
            let numbers: FxHashSet<&CompactString> = pointers.iter().map(|(n, _)| *n).collect();
            // "Section 4.1.5" where 4.1 has no parts: the level above says what is there.
            let above = self.firm.iter().filter(|(n, _)| form(n) == (shape.0, shape.1 - 1)).count();
            let enough = places.len() >= 2 || shape.1 >= 2 && above >= UNDIVIDED;
            if !enough || numbers.len() > (places.len().max(above) / MISSING).clamp(1, MOST) {
                continue;
            }
            let notes = self.extent(shape);
            for (number, claim) in pointers {
                // A section of a section that is not there either is one of another document.
                if let Some(dot) = number.rfind('.')
                    && !self.known.contains(&number[..dot])
                {
                    continue;
                }
                let wrong = format!("{} is not there", claim.text);
                found.push(Finding {
                    places: vec![Place { at: claim.at, within: claim.within, label: "leads nowhere".to_owned() }],
                    variables: vec![("wrong", wrong)],
                    notes: notes.clone(),
                });
            }
        }
        self.gaps(found);
    }

    /// What there is, in a few words.
    fn extent(&self, shape: (char, usize)) -> Vec<String> {
        let mut of_shape = self.firm.iter().filter(|(n, _)| form(n) == shape);
        match (of_shape.next(), of_shape.next_back()) {
            (Some((_, first)), Some((_, last))) => vec![format!("there are: {} to {}", first.text, last.text)],
            _ => Vec::new(),
        }
    }

    /// One number left out or given twice, where all others are in step.
    fn gaps(&self, found: &mut Vec<Finding>) {
        let mut levels: BTreeMap<&str, Vec<(u32, &Claim)>> = BTreeMap::new();
        for &(number, claim) in &self.firm {
            let dot = number.rfind('.').map_or(0, |i| i + 1);
            if let Ok(last) = number[dot..].parse() {
                levels.entry(&number[..dot]).or_default().push((last, claim));
            }
        }
        let mut breaks = Vec::new();
        for (level, numbers) in &levels {
            if numbers.first().is_none_or(|&(n, _)| n > 1) {
                return;
            }
            for (i, pair) in numbers.windows(2).enumerate() {
                if pair[1].0 != pair[0].0 + 1 {
                    breaks.push((*level, i));
                }
            }
        }
        let [(level, i)] = breaks[..] else { return };
        let numbers = &levels[level];
        let [(a, first), (b, second)] = numbers[i..i + 2] else { return };
        if numbers.len() < 3 {
            return;
        }
        let goes_on = numbers.get(i + 2).is_some();
        let left_out = format!("{level}{}", a + 1);
        if b == a + 2 && !self.known.contains(left_out.as_str()) {
            // A pointer to what is left out has been told already.
            if self.pointers.iter().all(|(n, _)| n.as_str() != left_out) {
                found.push(step(
                    first,
                    second,
                    format!("{left_out} is left out between {} and {}", first.text, second.text),
                ));
            }
        } else if a == b && goes_on && first.subject.wording != second.subject.wording {
            let again = [first, second].iter().any(|c| c.subject.wording.to_lowercase().contains("cont"));
            if !again {
                found.push(step(first, second, format!("{} is there twice", first.text)));
            }
        }
    }
}

/// The marks of one list: one number left out or given twice.
fn in_step(items: &[(u32, &Claim)], found: &mut Vec<Finding>) {
    if items.len() < 3 || items[0].0 > 1 {
        return;
    }
    let breaks: Vec<usize> = (1..items.len()).filter(|&i| items[i].0 != items[i - 1].0 + 1).collect();
    let [at] = breaks[..] else { return };
    let ((a, first), (b, second)) = (items[at - 1], items[at]);
    if b == a + 2 {
        found.push(step(first, second, format!("{} is left out between {a} and {b}", a + 1)));
    } else if a == b {
        found.push(step(first, second, format!("{a} is there twice")));
    }
}

fn step(first: &Claim, second: &Claim, wrong: String) -> Finding {
    let place = |c: &Claim| Place { at: c.at, within: c.within, label: String::new() };
    Finding { places: vec![place(second), place(first)], variables: vec![("wrong", wrong)], notes: Vec::new() }
}

/// Links to places in other documents of the run.
fn across(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut files = FxHashMap::default();
    for claim in claims {
        if let Value::Place { sort, number, .. } = &claim.value
            && sort == "document"
        {
            files.insert(number, claim.at.file);
        }
    }
    let mut known: FxHashMap<_, FxHashSet<CompactString>> = FxHashMap::default();
    for claim in claims {
        if let Value::Place { sort, number, .. } = &claim.value
            && sort == "anchor"
        {
            known.entry(claim.at.file).or_default().insert(number.clone());
        }
    }
    let mut links: BTreeMap<&CompactString, Vec<(&CompactString, &Claim)>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Pointer { number, path: Some(path), .. } = &claim.value {
            links.entry(path).or_default().push((number, claim));
        }
    }
    for (path, links) in links {
        if let Some(known) = files.get(path).and_then(|file| known.get(file)) {
            anchors(&links, known, found);
        }
    }
}

/// Links to the anchors of one document.
fn anchors(links: &[(&CompactString, &Claim)], known: &FxHashSet<CompactString>, found: &mut Vec<Finding>) {
    let unnumbered: FxHashSet<&str> =
        known.iter().map(|k| k.trim_start_matches(|c: char| c.is_ascii_digit())).collect();
    let is_known = |name: &str| {
        let counted = name.trim_end_matches(|c: char| c.is_ascii_digit());
        known.contains(name) || !counted.is_empty() && known.contains(counted) || unnumbered.contains(name)
    };
    let ascii: FxHashSet<String> =
        known.iter().filter(|k| !k.is_ascii()).map(|k| k.chars().filter(char::is_ascii).collect()).collect();
    let (mut sound, mut broken) = (FxHashSet::default(), Vec::new());
    for &(name, claim) in links {
        let plain: String = name.chars().filter(char::is_ascii).collect();
        if is_known(name) || ascii.contains(&plain) || is_known(&plain) && !plain.is_empty() {
            sound.insert(name);
        } else {
            broken.push((name, claim));
        }
    }
    let names: FxHashSet<&CompactString> = broken.iter().map(|(n, _)| *n).collect();
    // Where most links fail, another program makes the anchors.
    if known.len() < 2 || names.len() > sound.len().max(1) {
        return;
    }
    for (_, claim) in broken {
        let wrong = format!("the link to {} leads to no heading", claim.text);
        let label = "no such heading".to_owned();
        let places = vec![Place { at: claim.at, within: claim.within, label }];
        found.push(Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() });
    }
}

/// A number without a small letter at its end.
fn bare(number: &str) -> &str {
    number.trim_end_matches(|c: char| c.is_ascii_lowercase())
}

/// What a number looks like: digits, a letter or Roman, and how many parts it has.
fn form(number: &str) -> (char, usize) {
    let first = number.split('.').next().unwrap_or("");
    let class = match first.as_bytes() {
        [b'0'..=b'9', ..] => 'd',
        [_] => 'l',
        _ => 'r',
    };
    (class, number.split('.').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_form_of_numbers() {
        assert_eq!([form("6.2"), form("B"), form("IV"), form("C.1")], [('d', 2), ('l', 1), ('r', 1), ('l', 2)]);
        assert_eq!(bare("1a"), "1");
    }
}
