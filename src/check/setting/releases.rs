//! Which release of its product a document is about, said in two ways.

use crate::check::{Finding, Place};
use crate::claim::{Claim, EditionPlace, EditionValue, SettingSort, SettingValue, Value};
use crate::span::FileId;
use std::collections::BTreeMap;

/// Most places that are labelled.
const PLACES: usize = 6;

/// How often a release must be named for one that is installed elsewhere to be out of date.
const USUAL: usize = 2;

/// One place that names a release.
#[derive(Clone, Copy)]
struct Named<'a> {
    claim: &'a Claim,
    numbers: &'a [u32],
    /// Whether it is said to be the present one: the title, a field, what `--version` prints.
    current: bool,
}

/// Appends a finding for each document that names two releases as its own.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_file: BTreeMap<FileId, Vec<Named<'_>>> = BTreeMap::new();
    for &claim in claims {
        let named = match &claim.value {
            Value::Setting(s) if s.sort == SettingSort::Release => match &s.value {
                SettingValue::Release(numbers) => Named { claim, numbers, current: s.slot == "current" },
                _ => continue,
            },
            Value::Edition(e) if matches!(e.place, EditionPlace::Title | EditionPlace::Field | EditionPlace::Line) => {
                match &e.value {
                    EditionValue::Version(numbers) => Named { claim, numbers, current: true },
                    _ => continue,
                }
            }
            _ => continue,
        };
        by_file.entry(claim.at.file).or_default().push(named);
    }
    for named in by_file.values() {
        // The relation over what documents say of themselves compares the rest.
        if named.iter().any(|n| matches!(n.claim.value, Value::Setting(_))) {
            found.extend(document(named));
        }
    }
}

/// Whether two numbers are those of one release, the shorter leaving out its last parts.
fn agree(a: &[u32], b: &[u32]) -> bool {
    a.iter().zip(b).all(|(x, y)| x == y)
}

/// Whether one release may have followed the other in the same document.
fn is_near(a: &[u32], b: &[u32]) -> bool {
    a.len() >= 2 && b.len() >= 2 && a[0].abs_diff(b[0]) <= 1
}

fn document(named: &[Named<'_>]) -> Option<Finding> {
    // The releases named, each with its places.
    let mut releases: Vec<Vec<Named<'_>>> = Vec::new();
    for &one in named {
        match releases.iter_mut().find(|r| r.iter().all(|o| agree(o.numbers, one.numbers))) {
            Some(release) => release.push(one),
            None => releases.push(vec![one]),
        }
    }
    releases.sort_by_key(|r| (r.len(), r.iter().filter(|n| n.current).count()));
    let [odd, usual] = releases.as_slice() else { return None };
    let current = |r: &[Named<'_>]| r.iter().any(|n| n.current);
    let known = current(usual) && (current(odd) || usual.len() >= USUAL || odd.len() == 1) || usual.len() > USUAL;
    if !known
        || odd.len() > 1 && odd.len() == usual.len() && !current(odd)
        || !is_near(odd[0].numbers, usual[0].numbers)
    {
        return None;
    }
    // Titles and fields alone are compared elsewhere.
    let setting = |n: &Named<'_>| matches!(n.claim.value, Value::Setting(_));
    if !odd.iter().any(setting) && !usual.iter().any(setting) {
        return None;
    }
    let places = odd
        .iter()
        .chain(usual)
        .take(PLACES)
        .map(|n| Place { at: n.claim.at, within: n.claim.within, label: String::new() })
        .collect();
    Some(Finding {
        places,
        variables: vec![
            ("what", "the version".to_owned()),
            ("here", odd[0].claim.text.to_string()),
            ("there", format!("{} elsewhere", usual[0].claim.text)),
        ],
        notes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::{agree, is_near};

    #[test]
    fn reads_a_shorter_number_as_the_same_release() {
        assert!(agree(&[3, 2], &[3, 2, 1]) && !agree(&[3, 2, 1], &[3, 1, 2]));
        assert!(is_near(&[3, 2], &[4, 0]) && !is_near(&[3, 2], &[1, 0]));
    }
}
