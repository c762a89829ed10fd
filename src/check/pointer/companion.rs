//! Places of another document of the same release: "table 5 of the report", where the only report of the run has three.

use crate::check::{Finding, Place};
use crate::claim::{Claim, Value};
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// What the sort of a pointer into another document begins with.
const COMPANION: &str = "companion:";

/// Fewest numbered places that make a series.
const FEWEST: usize = 2;

/// Appends a finding for each place of the other document that is not there.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    // (sort, file) → numbers of the places that certainly are of the sort.
    let mut series: BTreeMap<&str, BTreeMap<FileId, BTreeSet<u32>>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Place { sort, number, firm: true, .. } = &claim.value
            && let Some(number) = ordinal(number)
        {
            series.entry(sort).or_default().entry(claim.at.file).or_default().insert(number);
        }
    }
    for &claim in claims {
        let Value::Pointer { sort, number, .. } = &claim.value else { continue };
        let Some(files) = sort.strip_prefix(COMPANION).and_then(|sort| series.get(sort)) else { continue };
        // The only document of the run that has such places is the one that is meant.
        let mut files = files.iter();
        let (Some((file, numbers)), None) = (files.next(), files.next()) else { continue };
        let Some(number) = ordinal(number).filter(|n| *file != claim.at.file && !numbers.contains(n)) else { continue };
        let last = numbers.iter().copied().max().unwrap_or(0);
        let through = numbers.len() >= FEWEST && last as usize == numbers.len();
        if !through || number > 2 * last + 1 {
            continue;
        }
        let sort = sort.trim_start_matches(COMPANION);
        let end = claims.iter().find(|c| {
            c.at.file == *file
                && matches!(&c.value, Value::Place { sort: s, number, firm: true, .. }
                    if s == sort && ordinal(number) == Some(last))
        });
        let mut places = vec![Place { at: claim.at, within: claim.within, label: "not there".to_owned() }];
        places.extend(end.map(|c| Place { at: c.at, within: c.within, label: "the last".to_owned() }));
        let wrong = format!("{} is not there", claim.text.split_whitespace().collect::<Vec<_>>().join(" "));
        let notes = vec![format!("the other document has {last}")];
        found.push(Finding { places, variables: vec![("wrong", wrong)], notes });
    }
}

/// The number or letter of a place as a number: 3 of "3", 2 of "B".
fn ordinal(number: &str) -> Option<u32> {
    match number.as_bytes() {
        [c @ b'A'..=b'Z'] => Some(u32::from(c - b'A') + 1),
        _ => number.parse().ok().filter(|&n| n > 0),
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn reads_numbers_and_letters() {
        assert_eq!([ordinal("3"), ordinal("B"), ordinal("3.1"), ordinal("0")], [Some(3), Some(2), None, None]);
    }
}
