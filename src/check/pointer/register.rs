//! What a document numbers of one sort, how completely, and the pointers that lead to nothing.

use super::wrong_way;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Value};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// One in so many places of a sort may be missing; where more are, they were not read or are elsewhere.
const MISSING: usize = 4;

/// Headings of one level from which on a part of one of them is known to be missing, though no heading has parts.
const UNDIVIDED: usize = 5;

/// More missing places than that make a document put together from others.
const MOST: usize = 3;

/// How far beyond twice the greatest number of a sort another one may be and still be a slip.
const NEARBY: u32 = 8;

/// The places of one sort and the pointers to them.
#[derive(Default)]
pub(super) struct Register<'a> {
    /// Numbers that something begins with, with all that they are parts of: 6.2.1, 6.2, 6.
    pub(super) known: FxHashSet<CompactString>,
    /// Captions and headings, in order of place.
    pub(super) firm: Vec<(&'a CompactString, &'a Claim)>,
    /// Where the text sends the reader to a number.
    pub(super) pointers: Vec<(&'a CompactString, &'a Claim)>,
    /// How many things of the sort have neither number nor caption.
    unnamed: usize,
}

impl<'a> Register<'a> {
    /// Adds a place: firm when it certainly is one. A place without a number is one that has none.
    pub(super) fn place(&mut self, number: &'a CompactString, firm: bool, claim: &'a Claim) {
        if number.is_empty() {
            self.unnamed += 1;
            return;
        }
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

    /// Appends the pointers that lead nowhere, and those that lead the wrong way.
    ///
    /// `undivided`: a part is known to be missing where nothing of the sort has parts.
    pub(super) fn check(&self, undivided: bool, found: &mut Vec<Finding>) {
        let mut missing: BTreeMap<(char, usize), Vec<(&CompactString, &Claim)>> = BTreeMap::new();
        for &(number, claim) in &self.pointers {
            if !self.known.contains(number) && !self.known.contains(bare(number)) {
                missing.entry(form(number)).or_default().push((number, claim));
            }
        }
        for (shape, pointers) in missing {
            let numbers: FxHashSet<&str> = pointers.iter().map(|(n, _)| n.as_str()).collect();
            let places: FxHashSet<_> = pointers.iter().map(|(_, c)| c.within).collect();
            if !self.is_trusted(shape, &numbers, places.len(), undivided) {
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
                // "Amend section 31" in a report of six sections: a law's.
                if self.is_far_beyond(shape, number) {
                    continue;
                }
                let wrong = match &claim.value {
                    // The last of several: "Tables 2 to 8".
                    Value::Pointer { sort, .. } if claim.text == *number => format!("{sort} {number} is not there"),
                    _ => format!("{} is not there", claim.text),
                };
                found.push(Finding {
                    places: vec![Place { at: claim.at, within: claim.within, label: "leads nowhere".to_owned() }],
                    variables: vec![("wrong", wrong)],
                    notes: notes.clone(),
                });
            }
        }
        for (number, pointer) in &self.pointers {
            if let [place] = self.firm_of(number)[..] {
                wrong_way(pointer, place, found);
            }
        }
    }

    /// Whether the document numbers a sort so completely that these numbers of one form are known to be missing.
    /// They are missing in so many sentences; one may send the reader to several at once.
    fn is_trusted(&self, shape: (char, usize), missing: &FxHashSet<&str>, sentences: usize, undivided: bool) -> bool {
        let places: FxHashSet<&str> = self.firm.iter().map(|(n, _)| n.as_str()).filter(|n| form(n) == shape).collect();
        // "Section 4.1.5" where 4.1 has no parts: the level above says what is there.
        let above = self.firm.iter().filter(|(n, _)| form(n) == (shape.0, shape.1 - 1)).count();
        if places.len() >= 2 || undivided && shape.1 >= 2 && above >= UNDIVIDED {
            return missing.len().min(sentences) <= (places.len().max(above) / MISSING).clamp(1, MOST);
        }
        // One caption is numbered as the first of several; the next one alone is missing, and nothing that may be it
        // goes without a number.
        let follows = |n: &str| matches!(n, "2" | "B" | "II");
        let first = places.iter().all(|n| matches!(*n, "1" | "A" | "I")) && places.len() == 1;
        first && self.unnamed == 0 && missing.len() == 1 && missing.iter().all(|n| follows(n))
    }

    /// Whether a number is more than twice the greatest there is, and not near it, so that nobody slipped to it.
    fn is_far_beyond(&self, shape: (char, usize), number: &str) -> bool {
        let plain = |n: &str| n.parse::<u32>().ok();
        let greatest = self.firm.iter().filter(|(n, _)| form(n) == shape).filter_map(|(n, _)| plain(n)).max();
        plain(number).zip(greatest).is_some_and(|(n, greatest)| n > 2 * greatest + NEARBY)
    }

    /// The captions and headings of a number that stand in the text.
    pub(super) fn firm_of(&self, number: &str) -> Vec<&'a Claim> {
        self.firm.iter().filter(|(n, c)| n.as_str() == number && !c.text.is_empty()).map(|(_, c)| *c).collect()
    }

    /// What there is, in a few words.
    fn extent(&self, shape: (char, usize)) -> Vec<String> {
        let mut of_shape = self.firm.iter().filter(|(n, _)| form(n) == shape);
        match (of_shape.next(), of_shape.next_back()) {
            (Some((_, first)), Some((_, last))) if !first.text.is_empty() => {
                vec![format!("there are: {} to {}", first.text, last.text)]
            }
            _ => Vec::new(),
        }
    }
}

/// Takes clauses for sections in documents that number no clauses but headings.
pub(super) fn join_clauses(sorts: &mut BTreeMap<&str, Register<'_>>) {
    if sorts.get("clause").is_none_or(|c| !c.firm.is_empty()) {
        return;
    }
    if let Some(clauses) = sorts.remove("clause") {
        let sections = sorts.entry("section").or_default();
        sections.known.extend(clauses.known);
        sections.pointers.extend(clauses.pointers);
    }
}

/// A number without a small letter at its end.
fn bare(number: &str) -> &str {
    let bare = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if bare.is_empty() { number } else { bare }
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
        assert_eq!([bare("1a"), bare("d")], ["1", "d"]);
    }
}
