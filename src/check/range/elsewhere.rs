//! One range with two ends at different places: "between 580 and 600 million", "590 to 600 million".
//!
//! Two ranges are taken for one when one end is the same, their noun is the same, and nothing says that they are of
//! different things or times.

use crate::check::{Finding, Place};
use crate::claim::{Claim, Origin, Value, WordSort, times_conflict};
use crate::value::{Decimal, Hedge, Quantity, Resemblance, resemblance};
use std::collections::BTreeMap;

/// A noun with more ranges than this is too common to compare.
const CROWD: usize = 24;

/// Appends a finding for every range that another place gives otherwise.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut nouns: BTreeMap<(&str, &str), Vec<(&Claim, &Quantity)>> = BTreeMap::new();
    for &claim in claims {
        let (Value::Quantity(quantity), Some(frame)) = (&claim.value, claim.frame.as_deref()) else { continue };
        let plain = !quantity.unit.is_percent()
            && quantity.hedge == Hedge::None
            && quantity.amount.range
            && claim.origin == Origin::Prose;
        // "Revenue between 580 and 600 million": the word before the number.
        let before = usize::from(frame.before).checked_sub(1).map(|i| &frame.words[i]);
        let before = before.filter(|w| w.clause == frame.clause && w.sort != WordSort::Light).map(|w| w.key.as_str());
        let noun = Some(frame.head.as_str()).filter(|h| !h.is_empty()).or(before);
        if let Some(noun) = noun.filter(|_| plain && quantity.amount.low < quantity.amount.high) {
            let key = (quantity.unit.dimension.as_str(), noun);
            nouns.entry(key).or_default().push((claim, quantity));
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

fn ends(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let factor = quantity.unit.factor;
    Some((quantity.amount.low.checked_mul(factor)?, quantity.amount.high.checked_mul(factor)?))
}

/// Whether two ranges share one end and are of one thing.
fn is_one_range(a: &Claim, x: &Quantity, b: &Claim, y: &Quantity) -> bool {
    let (Some((low, high)), Some((least, most))) = (ends(x), ends(y)) else { return false };
    let alike = |a: Decimal, b: Decimal| resemblance(a, b) > Resemblance::None;
    let slip = match (low == least, high == most) {
        (true, true) => false,
        (false, false) => alike(low, least) && alike(high, most),
        _ => true,
    };
    let apart = a.at.file != b.at.file;
    let contrast = !apart && (a.block == b.block || a.list.is_some() && a.list == b.list);
    let entities = |x: &Claim, y: &Claim| x.subject.entities.iter().any(|e| !y.subject.entities.contains(e));
    let modifiers = |x: &Claim, y: &Claim| x.subject.modifiers.iter().any(|m| !y.subject.modifiers.contains(m));
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return false };
    let shared = f.words.iter().filter(|w| g.has(&w.key)).count();
    let cue =
        |c: &Claim| c.scope.cues.iter().any(|c| matches!(c.as_str(), "example" | "edition" | "previous" | "measure"));
    let other = times_conflict(a.scope.when(), b.scope.when())
        || entities(a, b) && entities(b, a)
        || modifiers(a, b) && modifiers(b, a)
        || apart && a.scope.period != b.scope.period;
    // Money and measures are told by the noun, counts by more.
    let least = if x.unit.is_count() { 2 } else { 1 };
    slip && !contrast && !other && !cue(a) && !cue(b) && shared >= least
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
