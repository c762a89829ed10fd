//! Orders, differences and multiples that the patterns of the lexicon find.

use super::is_addition;
use crate::annotate::phrases_at;
use crate::claim::context::BlockView;
use crate::claim::pattern::{Filled, Match, matches};
use crate::claim::{Claim, ClaimKind, Context, Direction, Member, Operand, Value};
use crate::lexicon::{PatternFamily, PatternRelation};
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;
use std::ops::Range;
use std::str::FromStr;

/// How many tokens before a cue a word may take it back: "must not exceed".
const DENIED: usize = 5;
/// A statement longer than this many bytes is put together from its parts for messages.
const LONG: usize = 90;

/// Reads the orders of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for found in matches(view, context.lexicon, PatternFamily::Order) {
        if denied(context, view, &found)
            || is_rate(view, &found)
            || inverse(context, view, &found)
            || has_other_ends(view, &found)
            || is_frequency(view, &found)
            || {
                let counts = found.slots.iter().filter(|slot| slot.quantity.unit.is_count());
                is_addition(context.lexicon, view, counts.map(|slot| slot.tokens.end))
            }
        {
            continue;
        }
        let Some(claim) = claim(context, view, &found) else { continue };
        let Value::Order { first, second, .. } = &claim.value else { continue };
        let known = out.iter().rev().take(32).any(|c| {
            matches!(&c.value, Value::Order { first: a, second: b, by: None, .. }
                if (a.at, b.at) == (first.at, second.at) || (b.at, a.at) == (first.at, second.at))
                && !matches!(
                    claim.value,
                    Value::Order { by: Some(_), .. } | Value::Order { direction: Direction::Times(..), .. }
                )
        });
        if !known {
            out.push(claim);
        }
    }
}

/// Whether the words before the match or its cue take it back, or speak of what must or may be.
fn denied(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let sentence = view.layer.sentence_of(found.tokens.start);
    let cue = found.cue().map_or(found.tokens.start, |(_, at)| at.start);
    let from = cue.saturating_sub(DENIED).max(sentence.start);
    let sets = |i: usize| phrases_at(context.lexicon, view.text, &view.layer.tokens, i);
    (from..cue).any(|i| {
        matches!(
            view.word(i),
            "must" | "may" | "should" | "shall" | "can" | "could" | "might" | "would" | "if" | "will"
        ) || sets(i).any(|(set, _)| set == "order-denied")
    }) || (found.tokens.start..found.tokens.end).any(|i| sets(i).any(|(set, _)| set == "percentage.other-base"))
}

/// Whether a percentage says by how much something changed, not to what: "rose by 3.1 %, compared with 3.4 % in 2018".
fn is_rate(view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let Some(second) = found.slot("second").filter(|_| found.slot("by").is_none()) else { return false };
    let led = second.tokens.start.checked_sub(1).is_some_and(|i| view.word(i) == "by");
    second.quantity.unit.is_percent() && led && matches!(found.relation, PatternRelation::Up | PatternRelation::Down)
}

/// Whether another "from" stands between the cue and the first value: "cut from Monday to Friday: from 9 to 12".
fn has_other_ends(view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let Some(first) = found.slots.iter().map(|s| s.tokens.start).min() else { return false };
    let cue = found.cue().map_or(found.tokens.start, |(_, at)| at.start);
    cue < first && (cue..first).filter(|&i| view.word(i) == "from").count() > 1
}

/// Whether "ten times" says how often something was done: "raised the rate ten times between March and July, from".
fn is_frequency(view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let Some((_, cue)) = found.cue().filter(|_| found.relation == PatternRelation::Times) else { return false };
    matches!(view.word(cue.end - 1), "times" | "twice")
        && matches!(view.word(cue.end), "at" | "between" | "during" | "in" | "on" | "over" | "since" | "within")
}

/// Whether the sentence speaks of a scale on which up may be a smaller number.
fn inverse(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let sentence = view.layer.sentence_of(found.tokens.start);
    let count = found.slots.iter().all(|s| s.quantity.unit.is_count());
    sentence.into_iter().any(|i| {
        phrases_at(context.lexicon, view.text, &view.layer.tokens, i)
            .any(|(set, _)| set == "inverse.any" || set == "inverse.count" && count)
    })
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> Option<Claim> {
    let direction = match found.relation {
        PatternRelation::Up | PatternRelation::Majority => Direction::Up,
        PatternRelation::Down | PatternRelation::Minority => Direction::Down,
        PatternRelation::Level => Direction::Level,
        PatternRelation::Rise => Direction::Up,
        PatternRelation::Drop => Direction::Down,
        PatternRelation::Difference => Direction::Apart,
        PatternRelation::Times => times(found)?,
        _ => return None,
    };
    let (first, second, by) = match found.relation {
        PatternRelation::Majority | PatternRelation::Minority => {
            let (whole, part) = (found.slot("whole")?, found.slot("part")?);
            if whole.quantity.unit != part.quantity.unit {
                return None;
            }
            let mut half = operand(view, whole);
            let amount = &mut half.quantity.amount;
            amount.low = amount.low.checked_div(Decimal::TWO)?;
            amount.high = amount.high.checked_div(Decimal::TWO)?;
            half.text = format!("half of {}", half.text).into();
            (half, operand(view, part), None)
        }
        _ => {
            let (first, second) = (found.slot("first")?, found.slot("second")?);
            let (mut a, mut b) = (operand(view, first), operand(view, second));
            if a.quantity.unit.is_count() && !shares(&b) {
                a.quantity.unit = b.quantity.unit.clone();
            }
            if b.quantity.unit.is_count() && !shares(&a) {
                b.quantity.unit = a.quantity.unit.clone();
            }
            let same = a.quantity.unit.dimension == b.quantity.unit.dimension;
            if !same || a.quantity.unit.dimension == "fraction" || a.quantity.unit.dimension == "times" {
                return None;
            }
            // "by three years, from 38.9 to 41.3": the unit is left to the difference.
            if let Some(by) = found.slot("by").map(|by| &by.quantity.unit)
                && a.quantity.unit.is_count()
                && b.quantity.unit.is_count()
                && !matches!(by.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times")
                // "by 40 a year" is a pace.
                && !by.dimension.contains('/')
            {
                a.quantity.unit = by.clone();
                b.quantity.unit = by.clone();
            }
            let by = match found.slot("by") {
                Some(by) => Some(difference(view, by, &a)?),
                None => None,
            };
            (a, b, by)
        }
    };
    let cue = found.cue().map_or(found.tokens.clone(), |(_, at)| at.clone());
    let value = Value::Order { cue: view.member(cue), direction, first, second, by };
    let mut claim = view.claim(ClaimKind::Order, "order", found.tokens.clone(), value);
    claim.text = said(context, view, found.tokens.clone());
    Some(claim)
}

fn shares(operand: &Operand) -> bool {
    matches!(operand.quantity.unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times")
}

/// The stated difference, when it is one in the unit of the values.
fn difference(view: &BlockView<'_>, by: &Filled<'_>, value: &Operand) -> Option<Operand> {
    let mut by = operand(view, by);
    let unit = &by.quantity.unit;
    // Percentage points are for the percentages.
    let points = unit.is_count();
    let fits =
        unit.dimension == value.quantity.unit.dimension && !shares(&by) || shares(value) && points || unit.is_count();
    if !fits || by.quantity.amount.range {
        return None;
    }
    if by.quantity.unit.is_count() {
        by.quantity.unit = value.quantity.unit.clone();
    }
    Some(by)
}

/// The multiple that the cue of a match states, with its hedge.
fn times(found: &Match<'_>) -> Option<Direction> {
    let factor = found.cues.iter().find_map(|(set, _)| {
        let factor = set.strip_prefix("order.times.").or_else(|| set.strip_prefix("pattern.times."))?;
        Decimal::from_str(factor).ok()
    })?;
    let hedge = found.cues.iter().find_map(|(set, _)| {
        Some(match set.strip_prefix("hedge.")? {
            "more-than" | "just-over" | "at-least" => Hedge::MoreThan,
            "nearly" => Hedge::Nearly,
            _ => Hedge::About,
        })
    });
    Some(Direction::Times(factor, hedge.unwrap_or(Hedge::None)))
}

/// The wording of a match for messages, shortened in the middle.
fn said(_context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> CompactString {
    let wording = view.wording(tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    if wording.len() <= LONG {
        return wording.into();
    }
    let words: Vec<&str> = wording.split(' ').collect();
    let (head, tail) = (words[..5.min(words.len())].join(" "), words[words.len().saturating_sub(5)..].join(" "));
    format!("{head} … {tail}").into()
}

fn operand(view: &BlockView<'_>, filled: &Filled<'_>) -> Operand {
    let Member { at, text } = view.member(filled.tokens.clone());
    Operand { at, text, name: CompactString::default(), quantity: filled.quantity.clone() }
}
