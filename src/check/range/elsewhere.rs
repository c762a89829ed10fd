//! One range with two ends at different places: "between 580 and 600 million", "590 to 600 million".
//!
//! Two ranges are taken for one when one end is the same, their noun is the same, and nothing says that they are of
//! different things or times.

use crate::check::ends::{ends, is_one_range, named};
use crate::check::{Finding, Place};
use crate::claim::Claim;
use crate::value::Quantity;
use std::collections::BTreeMap;

/// A noun with more ranges than this is too common to compare.
const CROWD: usize = 24;

/// Appends a finding for every range that another place gives otherwise.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut nouns: BTreeMap<(&str, &str), Vec<(&Claim, &Quantity)>> = BTreeMap::new();
    for &claim in claims {
        if let Some((quantity, noun)) = named(claim) {
            nouns.entry((quantity.unit.dimension.as_str(), noun)).or_default().push((claim, quantity));
        }
    }
    for group in nouns.values().filter(|g| (2..=CROWD).contains(&g.len())) {
        for (j, &(b, y)) in group.iter().enumerate() {
            let same = |&(a, x): &(&Claim, &Quantity)| !std::ptr::eq(a, b) && ends(x) == ends(y);
            let earlier = group[..j].iter().filter(|(a, x)| is_one_range(a, x, b, y));
            let Some(&(a, x)) = earlier.min_by_key(|(a, _)| a.at) else { continue };
            // A range that is stated twice is meant so.
            if !group.iter().any(same) {
                found.push(finding(a, x, b, y));
            }
        }
    }
}

fn finding(a: &Claim, x: &Quantity, b: &Claim, y: &Quantity) -> Finding {
    let end = if ends(x).map(|e| e.0) == ends(y).map(|e| e.0) { "ends" } else { "begins" };
    let but = format!("it {end} otherwise elsewhere: {}", a.text);
    let place = |c: &Claim, label: String| Place { at: c.at, within: c.within, label };
    Finding {
        places: vec![place(b, format!("but {} elsewhere", a.text)), place(a, String::new())],
        variables: vec![
            (
                "said",
                format!("{} {}", b.subject.wording.split_whitespace().collect::<Vec<_>>().join(" "), b.text)
                    .trim()
                    .to_owned(),
            ),
            ("cue", b.subject.wording.split_whitespace().collect::<Vec<_>>().join(" ")),
            ("first", y.amount.low.normalize().to_string()),
            ("second", y.amount.high.normalize().to_string()),
            ("but", but),
        ],
        notes: Vec::new(),
    }
}
