//! What a number that the author takes as known refers to: "the 37 men", "our 48 clubs", "all 421 patients".
//!
//! A reader of such a number has met it before, mostly in more words: the second mention is shorter. So its noun may
//! be more general than that of the first mention, and what narrows it must have been said there.

use super::{Refusal, marked, refuse_cues_but, times_conflict};
use crate::claim::{Claim, Frame, Value, WordSort};
use crate::value::{Decimal, Hedge, Resemblance, resemblance};

/// How surely a number taken as known is the one that another place states, 0 to 20 or so.
///
/// # Errors
///
/// The first refusal that applies.
pub fn antecedent(known: &Claim, first: &Claim) -> Result<u8, Refusal> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&known.value, &first.value) else { return Err(Refusal::OtherUnit) };
    let (Some(f), Some(g)) = (known.frame.as_deref(), first.frame.as_deref()) else { return Err(Refusal::Bare) };
    if x.unit.dimension != y.unit.dimension {
        return Err(Refusal::OtherUnit);
    }
    let Some(head) = can_be(known, first) else { return Err(Refusal::OtherHead) };
    if known.block == first.block || known.list.is_some() && known.list == first.list {
        return Err(Refusal::Contrast);
    }
    // "at least 50 villages": a limit, not the number.
    if x.hedge != Hedge::None || matches!(y.hedge, Hedge::AtLeast | Hedge::AtMost) {
        return Err(Refusal::OtherStatus);
    }
    let companions = known.at.file != first.at.file;
    refuse_cues_but(known, false, companions)?;
    refuse_cues_but(first, false, companions)?;
    if marked(known, "ordinal:") != marked(first, "ordinal:") {
        return Err(Refusal::OtherPhase);
    }
    if times_conflict(&known.scope.times, &first.scope.times) {
        return Err(Refusal::OtherTime);
    }
    super::restatement::exclude(f, g)?;
    super::restatement::narrowed_apart(known, first)?;
    super::restatement::openings(f, g)?;
    if f.measures_other(g) {
        return Err(Refusal::OtherHead);
    }
    let entities = |x: &Claim, y: &Claim| x.subject.entities.iter().any(|e| !y.subject.entities.contains(e));
    if entities(known, first) && entities(first, known) {
        return Err(Refusal::OtherEntity);
    }
    let has = |frame: &Frame, key: &str| frame.words.iter().any(|w| w.key == key);
    let mut score = i32::from(head);
    // What narrows the known number must have been said.
    for modifier in &known.subject.modifiers {
        let key = super::stem(modifier);
        if known.subject.loose.contains(modifier) {
            continue;
        }
        if modifier.contains(':') || !(has(g, key) || first.subject.modifiers.contains(modifier)) {
            return Err(Refusal::SubGroup);
        }
        score += 1;
    }
    let (start, end) = (usize::from(f.complement.0), usize::from(f.complement.1));
    for word in f.words.get(start..end).unwrap_or_default().iter().filter(|w| w.sort != WordSort::Light) {
        if !has(g, &word.key) {
            return Err(Refusal::SubGroup);
        }
        score += 1;
    }
    if nearer_holder(f, g) {
        return Err(Refusal::OtherEntity);
    }
    if first.subject.modifiers.iter().any(|m| m.starts_with("and:")) {
        return Err(Refusal::SubGroup);
    }
    if !f.verb.is_empty() && f.verb == g.verb {
        score += 1;
    }
    let alike = resemblance(x.amount.low, y.amount.low);
    score += match alike {
        Resemblance::Transposed => 3,
        Resemblance::OneDigit | Resemblance::Dropped => 1,
        Resemblance::None => 0,
    };
    let (p, q) = (x.value(), y.value());
    if alike == Resemblance::None && p.max(q) > p.min(q).saturating_mul(Decimal::from(2)) {
        return Err(Refusal::OtherHead);
    }
    // What is known is misremembered by little.
    let within = |percent: u8| p.max(q) * Decimal::ONE_HUNDRED <= p.min(q).saturating_mul(Decimal::from(percent));
    score += i32::from(within(125)) + i32::from(within(110));
    // Words of the sentence that both share, beyond those counted above.
    let shared = (0..f.words.len())
        .filter(|&i| !(start..end).contains(&i) && f.words[i].sort != WordSort::Light)
        .filter(|&i| f.words[i].key != f.head && f.words[i].key != f.verb && has(g, &f.words[i].key))
        .count();
    score += shared.min(2) as i32;
    score += i32::from(p.min(q) >= Decimal::from(20)) + i32::from(p.min(q) >= Decimal::ONE_HUNDRED);
    score -= i32::from(p.max(q) < Decimal::TEN);
    Ok(score.clamp(0, 20) as u8)
}

/// Whether the first mention belongs to another of those that the known number's sentence names: "the 51 seats of the
/// Union and the 23 of the Movement" and "the Union, ahead of the Movement with 32 seats".
pub(super) fn nearer_holder(known: &Frame, first: &Frame) -> bool {
    let complement = usize::from(known.complement.0)..usize::from(known.complement.1);
    let inside = known.words.get(complement).unwrap_or_default();
    let before = usize::from(first.before).min(first.words.len());
    let Some(own) = (0..before).rev().find(|&i| inside.iter().any(|w| w.key == first.words[i].key)) else {
        return false;
    };
    let elsewhere = |w: &crate::claim::FrameWord| {
        w.sort != WordSort::Light
            && w.key != known.head
            && w.key != known.verb
            && inside.iter().all(|x| x.key != w.key)
            && known.words.iter().any(|x| x.key == w.key)
    };
    first.words[own + 1..before].iter().any(elsewhere)
}

/// Whether the noun of a number taken as known can stand for that of another, and how much that says: the same noun,
/// one of its family, a general noun for people.
#[must_use]
pub fn can_be(known: &Claim, first: &Claim) -> Option<u8> {
    let (p, q) = (&known.subject, &first.subject);
    let (f, g) = (known.frame.as_deref()?, first.frame.as_deref()?);
    if p.class.is_empty() || q.class.is_empty() {
        None
    } else if super::does(known, first) {
        Some(4)
    } else if p.class == q.class || !f.head.is_empty() && f.head == g.head && p.people == q.people {
        Some(3)
    } else if p.people && q.people && (p.general || q.general) {
        Some(2)
    } else {
        None
    }
}
