//! A whole, or what is left of one, that a passage works out from the numbers before it: "Seeds contributed 71 million,
//! fertilisers 54 million and machinery 38 million. Revenue therefore reached …", "Of that sum, … leaving …".
//!
//! The words say only that something is worked out, not from which numbers. So every choice of the numbers before it is
//! a reading, the likeliest first, and the claim is sound when any of them adds up.

use super::claim;
use super::operands::Passage;
use crate::annotate::{QuantityAt, phrase_at, phrases_at};
use crate::claim::noun::noun_phrase;
use crate::claim::{Claim, Value};
use crate::lexicon::Pos;
use crate::value::{Decimal, Hedge};

/// How many sentences back the numbers may stand.
const BACK: usize = 2;
/// Most numbers to choose from.
const MOST: usize = 6;
/// How far off the likeliest reading may be, in per cent of the whole; more was not meant.
const OFF_SUM: i64 = 12;
const OFF_REST: i64 = 15;
/// How sure it is that the parts are all the parts, see [`Value::Total`].
const STRENGTH: u8 = 5;

/// Finds what a passage works out, where no other reading of it is among the claims yet.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Claim>) {
    if passage.numbers.len() < 3 || passage.numbers.len() > 40 {
        return;
    }
    for number in 2..passage.numbers.len() {
        let found = rest(passage, number).or_else(|| sum(passage, number));
        let Some((whole, readings)) = found else { continue };
        let claim = claim(passage, whole, readings.iter().map(|r| passage.parts(r)).collect(), STRENGTH);
        out.extend(claim.filter(|claim| !is_known(passage, number, claim, out)));
    }
}

/// Whether a number that is worked out takes part in another claim.
fn is_known(passage: &Passage<'_>, number: usize, claim: &Claim, out: &[Claim]) -> bool {
    let at = passage.view.span(passage.numbers[number].quantity.tokens.clone());
    out.iter().rev().take(32).any(|c| match &c.value {
        Value::Total { whole, readings, .. } => {
            c.at == claim.at || whole.at == at || readings.iter().flatten().any(|p| p.at == at)
        }
        _ => false,
    })
}

/// Whether a phrase of a set begins at a token.
fn is_at(passage: &Passage<'_>, at: usize, set: &str) -> bool {
    phrase_at(passage.lexicon, set, passage.view.text, &passage.view.layer.tokens, at).is_some()
}

/// Whether a phrase of a set ends right before a token.
fn ends_before(passage: &Passage<'_>, before: usize, set: &str) -> bool {
    (1..=6).filter_map(|n| before.checked_sub(n)).any(|at| {
        phrases_at(passage.lexicon, passage.view.text, &passage.view.layer.tokens, at)
            .any(|(name, n)| name == set && at + n == before)
    })
}

/// The numbers before one that are of its unit and near enough to belong to it.
fn before(passage: &Passage<'_>, number: usize) -> Vec<usize> {
    let sentence = passage.numbers[number].sentence;
    let fits = |&i: &usize| {
        let other = &passage.numbers[i];
        other.sentence + BACK >= sentence
            && passage.same_unit(i, number)
            && (whole_things(other.quantity) || !whole_things(passage.numbers[number].quantity))
            && other.quantity.quantity.hedge == Hedge::None
            && !is_set_apart(passage, i)
    };
    (0..number).filter(fits).collect()
}

/// Whether a number counts whole things: "7.1 units" are none of them.
fn whole_things(number: &QuantityAt) -> bool {
    number.quantity.unit.is_count() && number.quantity.value().fract().is_zero()
}

/// Whether a number is one to compare with, or of another time: "against 40 in 2019".
fn is_set_apart(passage: &Passage<'_>, number: usize) -> bool {
    let start = passage.numbers[number].quantity.hedged.start;
    passage.has_cue(start.saturating_sub(2)..start, "compare")
}

/// What is left of a whole: the whole, and every choice of the parts between with the rest behind them.
fn rest(passage: &Passage<'_>, number: usize) -> Option<(usize, Vec<Vec<usize>>)> {
    let at = passage.numbers[number].quantity;
    let sentence = passage.view.layer.sentence_of(at.tokens.start);
    let strong = ends_before(passage, at.hedged.start, "rest.before")
        || (at.tokens.end..sentence.end.min(at.tokens.end + 4)).any(|i| is_at(passage, i, "rest.behind"));
    let named = ends_before(passage, at.hedged.start, "sum.remaining");
    if !strong && (!named || is_narrowed(passage, at.tokens.end)) || at.quantity.hedge != Hedge::None {
        return None;
    }
    let numbers = before(passage, number);
    let whole = *numbers.iter().max_by_key(|&&i| passage.value(i))?;
    let mut parts: Vec<usize> =
        numbers.into_iter().filter(|&i| i > whole || i + 1 == whole && is_part_of(passage, i, whole)).collect();
    let first = passage.numbers[whole].quantity.hedged.start;
    // A part is taken of a whole that is called one.
    let divided = strong
        || (passage.view.layer.sentence_of(first).start..at.hedged.start).any(|i| {
            passage.view.word(i).eq_ignore_ascii_case("of")
                && (i + 4 > first && i < first || is_at(passage, i, "sum.subset"))
        });
    if parts.is_empty() || parts.len() > MOST || !divided || passage.value(whole) <= passage.value(number) {
        return None;
    }
    parts.sort_unstable();
    let readings = choices(&parts, 1, Some(number));
    nearest(passage, whole, readings, OFF_REST)
}

/// Whether what is left is left of something else: "the remaining 14 in the second group".
fn is_narrowed(passage: &Passage<'_>, end: usize) -> bool {
    let behind = noun_phrase(&passage.view, passage.lexicon, end).map_or(end, |n| n.tokens.end);
    let next = passage.view.layer.tokens.get(behind).and_then(|t| t.word);
    next.is_some_and(|id| passage.lexicon.words.pos(id).any(Pos::PREPOSITION))
}

/// Whether a number stands before its whole: "74 of the 118".
fn is_part_of(passage: &Passage<'_>, part: usize, whole: usize) -> bool {
    let between = passage.numbers[part].quantity.tokens.end..passage.numbers[whole].quantity.hedged.start;
    between.len() <= 3 && between.into_iter().any(|i| passage.view.word(i) == "of")
}

/// A sum of the numbers before it: the sum, and every choice of at least two of them.
fn sum(passage: &Passage<'_>, number: usize) -> Option<(usize, Vec<Vec<usize>>)> {
    let at = passage.numbers[number].quantity;
    let sentence = passage.view.layer.sentence_of(at.tokens.start);
    let previous = passage.numbers[number - 1].quantity.tokens.end.max(sentence.start);
    let cued = (previous..at.hedged.start)
        .any(|i| is_at(passage, i, "sum.concluded") || is_at(passage, i, "sum.close"))
        || (at.tokens.end..sentence.end.min(at.tokens.end + 4)).any(|i| is_at(passage, i, "sum.close"))
        || matches!(at.hedged.start.checked_sub(1).map(|i| passage.view.word(i)), Some("These" | "Those" | "these"));
    if !cued || at.quantity.hedge != Hedge::None {
        return None;
    }
    let parts = before(passage, number);
    let own: Vec<usize> =
        parts.iter().copied().filter(|&i| passage.numbers[i].sentence == passage.numbers[number].sentence).collect();
    let likeliest = match own.len() {
        0 => {
            let last = passage.numbers[*parts.last()?].sentence;
            parts.iter().copied().filter(|&i| passage.numbers[i].sentence == last).collect::<Vec<usize>>()
        }
        _ => own,
    };
    if likeliest.len() < 2 || parts.len() > MOST || parts.iter().any(|&i| passage.value(i) >= passage.value(number)) {
        return None;
    }
    // "141 + 334 = 475, the total row says 435": the sum is there.
    let made = likeliest.iter().try_fold(Decimal::ZERO, |sum, &i| sum.checked_add(passage.value(i)?))?;
    let stated = passage.view.layer.quantities.iter().any(|q| {
        sentence.contains(&q.tokens.start) && q.tokens.start < at.tokens.start && q.quantity.base() == Some(made)
    });
    if stated {
        return None;
    }
    let mut readings = vec![likeliest];
    readings.extend(choices(&parts, 2, None));
    nearest(passage, number, readings, OFF_SUM)
}

/// All choices of at least `least` of some numbers, all of them first, each with another behind.
fn choices(numbers: &[usize], least: usize, last: Option<usize>) -> Vec<Vec<usize>> {
    let all = (1u32 << numbers.len()) - 1;
    let mut out: Vec<Vec<usize>> = (1..=all)
        .rev()
        .filter(|bits| bits.count_ones() as usize >= least)
        .map(|bits| (0..numbers.len()).filter(|i| bits & (1 << i) != 0).map(|i| numbers[i]).chain(last).collect())
        .collect();
    out.sort_by_key(|choice| std::cmp::Reverse(choice.len()));
    out
}

/// The whole with its readings, when the likeliest is near enough to have been meant.
fn nearest(
    passage: &Passage<'_>,
    whole: usize,
    readings: Vec<Vec<usize>>,
    percent: i64,
) -> Option<(usize, Vec<Vec<usize>>)> {
    let likeliest = readings.first()?;
    passage.near(whole, likeliest, Decimal::new(percent, 2)).then_some((whole, readings))
}
