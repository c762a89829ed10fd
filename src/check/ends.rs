//! Ranges that are taken for one, with another end.

use crate::claim::{Claim, Origin, Value, WordSort, times_conflict};
use crate::value::{Decimal, Hedge, Quantity, Resemblance, resemblance};

/// A range in running text with the noun that it is of: what it counts, else the word before it, "revenue between 580 and
/// 600 million".
pub(super) fn named(claim: &Claim) -> Option<(&Quantity, &str)> {
    let (Value::Quantity(quantity), Some(frame)) = (&claim.value, claim.frame.as_deref()) else { return None };
    let plain = !quantity.unit.is_percent()
        && quantity.hedge == Hedge::None
        && quantity.amount.range
        && claim.origin == Origin::Prose;
    let before = usize::from(frame.before).checked_sub(1).map(|i| &frame.words[i]);
    let before = before.filter(|w| w.clause == frame.clause && w.sort != WordSort::Light).map(|w| w.key.as_str());
    let noun = Some(frame.head.as_str()).filter(|h| !h.is_empty()).or(before)?;
    (plain && quantity.amount.low < quantity.amount.high).then_some((quantity, noun))
}

/// Whether two claims are ranges of one noun that share one end and are of one thing.
pub(super) fn is_told_twice(a: &Claim, b: &Claim) -> bool {
    let (a, b) = if a.at <= b.at { (a, b) } else { (b, a) };
    let (Some((x, noun)), Some((y, other))) = (named(a), named(b)) else { return false };
    x.unit.dimension == y.unit.dimension && noun == other && is_one_range(a, x, b, y)
}

/// Both ends in base units; `None` on overflow.
pub(super) fn ends(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let factor = quantity.unit.factor;
    Some((quantity.amount.low.checked_mul(factor)?, quantity.amount.high.checked_mul(factor)?))
}

/// Whether two ranges share one end and are of one thing.
pub(super) fn is_one_range(a: &Claim, x: &Quantity, b: &Claim, y: &Quantity) -> bool {
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
