//! Changes of which the two ends stand elsewhere: "visits rose by 9.1 per cent", "thefts and trespass were both lower".

use super::subject::Reader;
use super::{About, Derived, Says};
use crate::annotate::QuantityAt;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Direction, Operand, Status, Value, is_year, scope};
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens between a verb and the share by which it changed.
const REACH: usize = 4;
/// Sentences with more numbers are tables.
const MOST: usize = 12;

/// Reads the changes of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let reader = Reader { view, lexicon: context.lexicon };
    for sentence in &view.layer.sentences {
        let numbers = view.layer.quantities.iter().filter(|q| sentence.contains(&q.tokens.start)).count();
        if numbers > MOST || reader.has("derived.other-time", sentence.clone()) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((length, direction)) = cue(&reader, at) else {
                at += 1;
                continue;
            };
            out.extend(change(context, &reader, sentence, at..at + length, direction));
            at += length;
        }
    }
}

/// The longest phrase of change at a token.
fn cue(reader: &Reader<'_>, at: usize) -> Option<(usize, Direction)> {
    let direction = |set: &str| match set {
        "order.up" | "derived.up" => Some(Direction::Up),
        "order.down" | "derived.down" => Some(Direction::Down),
        _ => None,
    };
    reader.sets_at(at).filter_map(|(set, n)| Some((n, direction(set)?))).max_by_key(|&(n, _)| n)
}

fn change(
    context: &Context<'_>,
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    cue: Range<usize>,
    direction: Direction,
) -> Option<Claim> {
    let (scope, status) = scope(reader.view, context.lexicon, &cue);
    if !matches!(status, Status::Actual | Status::Previous | Status::Quoted) {
        return None;
    }
    let (before, after) = (cue.start.saturating_sub(5).max(sentence.start), cue.end);
    if reader.has("order-denied", before..cue.start)
        || reader.has("percentage.other-base", part(reader, sentence, cue.start))
        || reader.has("derived.unreal", verb_group(reader, sentence, cue.start).saturating_sub(1)..cue.start)
    {
        return None;
    }
    let by = by(reader, sentence, &cue);
    let behind = by.as_ref().map_or(after, |b| b.hedged.end.max(after));
    if !is_noun(reader, sentence, &cue) && is_placed(reader, sentence, behind) || is_opened(reader, sentence, cue.start)
    {
        return None;
    }
    let about = about(reader, sentence, &cue, behind);
    if about.is_empty() {
        return None;
    }
    let share = by.filter(|b| matches!(b.quantity.unit.dimension.as_str(), "percent" | "fraction"));
    // "rose by 40", "down 3 points": how much is another matter.
    let operand = share.map(|b| {
        let member = reader.view.member(b.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: b.quantity.clone() }
    });
    let said =
        if is_noun(reader, sentence, &cue) { cue.clone() } else { verb_group(reader, sentence, cue.start)..cue.end };
    let kind = if operand.is_some() { ClaimKind::Percentage } else { ClaimKind::Order };
    let derived = Derived {
        says: Says::Change { direction, by: operand },
        cue: reader.view.member(said),
        about,
        times: scope.times,
    };
    let mut claim = reader.view.claim(kind, "derived", cue, Value::Derived(Box::new(derived)));
    claim.status = status;
    Some(claim)
}

/// The part of a sentence around a token that a colon or semicolon sets off.
fn part(reader: &Reader<'_>, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let ends = |i: &usize| matches!(reader.word(*i), ":" | ";");
    let start = (sentence.start..at).rev().find(ends).map_or(sentence.start, |i| i + 1);
    start..(at..sentence.end).find(ends).unwrap_or(sentence.end)
}

/// The share by which something changed: "rose by 9 %", "a 9 % fall", "a fall of 9 %", "9 % lower".
fn by<'a>(reader: &Reader<'a>, sentence: &Range<usize>, cue: &Range<usize>) -> Option<&'a QuantityAt> {
    let values = &reader.view.layer.quantities;
    let next = values.partition_point(|q| q.tokens.start < cue.end);
    let small = |i: usize| {
        matches!(reader.word(i), "by" | "of" | "a" | "an" | "some" | ",")
            || reader.pos(i).any(Pos::ADVERB)
            || reader.word(i).ends_with("ly")
    };
    let after = values.get(next).filter(|q| {
        sentence.contains(&q.tokens.start)
            && q.hedged.start.saturating_sub(cue.end) <= REACH
            && (cue.end..q.hedged.start).all(small)
    });
    let before = next.checked_sub(1).map(|i| &values[i]).filter(|q| {
        sentence.contains(&q.tokens.start)
            && q.hedged.end <= cue.start
            && (q.hedged.end..cue.start).all(small)
            && cue.start - q.hedged.end <= 1
    });
    after.or(before)
}

/// Whether the words behind a change say where or for whom, or set it against something else than a time: "fell in the
/// north", "lower than among men".
fn is_placed(reader: &Reader<'_>, sentence: &Range<usize>, behind: usize) -> bool {
    let than = |i: &usize| reader.word(*i) == "than";
    let ends = |i: &usize| matches!(reader.word(*i), "," | ";" | ":" | ".");
    let end = (behind..sentence.end).find(ends).unwrap_or(sentence.end);
    let every = matches!(lower(reader.word(behind + 1)).as_str(), "all" | "every" | "each" | "both");
    let preposition = matches!(
        reader.word(behind),
        "in" | "at"
            | "among"
            | "on"
            | "for"
            | "within"
            | "across"
            | "throughout"
            | "during"
            | "between"
            | "with"
            | "of"
            | "over"
    );
    if !preposition && !(behind..end).any(|i| than(&i)) {
        return false;
    }
    let year = |i: usize| is_year(reader.word(i)) || matches!(reader.word(i), "year" | "period");
    let timed = reader.has("derived.time-before", behind..end) || (behind..end).any(year);
    !(timed || every && reader.word(behind) == "in")
}

/// Whether the clause of a change opens with a place or group that it is told for: "In manufacturing, jobs fell". A
/// time that opens it is none.
fn is_opened(reader: &Reader<'_>, sentence: &Range<usize>, cue: usize) -> bool {
    let part = part(reader, sentence, cue);
    let opens = matches!(
        lower(reader.word(part.start)).as_str(),
        "in" | "at" | "among" | "for" | "within" | "across" | "on" | "outside" | "inside"
    );
    let Some(comma) = (part.start..cue).find(|&i| reader.word(i) == ",").filter(|_| opens) else { return false };
    let timed = |i: usize| {
        is_year(reader.word(i))
            || reader.pos(i).any(Pos::MONTH)
            || matches!(
                reader.word(i),
                "year" | "period" | "years" | "all" | "total" | "contrast" | "fact" | "addition"
            )
    };
    !(part.start..comma).any(timed) && !reader.has("derived.time-before", part.start..comma)
}

/// What changed: the subject of the verb, or what stands behind "in".
fn about(reader: &Reader<'_>, sentence: &Range<usize>, cue: &Range<usize>, behind: usize) -> Vec<About> {
    if matches!(reader.word(behind), "in" | "among") && is_noun(reader, sentence, cue) {
        return reader.behind(sentence, behind + 1);
    }
    if is_noun(reader, sentence, cue) {
        return Vec::new();
    }
    // "grew in all three regions": what is said of the whole holds for each.
    if reader.word(behind) == "in" && matches!(lower(reader.word(behind + 1)).as_str(), "all" | "every" | "each") {
        return reader.behind(sentence, behind + 1).into_iter().filter(|a| a.every).collect();
    }
    reader.before(sentence, verb_group(reader, sentence, cue.start))
}

/// Whether the cue is a noun: "a rise", "the sharp fall", "a 9 % drop".
fn is_noun(reader: &Reader<'_>, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    let pos = reader.pos(cue.start);
    let article = matches!(lower(reader.word(cue.start)).as_str(), "a" | "an" | "growth");
    let first = cue.start.saturating_sub(4).max(sentence.start);
    let determined = (first..cue.start).rev().take_while(|&i| !reader.pos(i).any(Pos::AUXILIARY)).any(|i| {
        reader.pos(i).any(Pos::DETERMINER)
            && !matches!(reader.word(i), "all" | "both" | "each")
            && (i + 1..cue.start).all(|n| !reader.pos(n).any(Pos::NOUN) || reader.word(n).contains("per"))
    });
    article || pos.any(Pos::NOUN) && determined
}

/// Where the verb group begins whose last word is the cue: "have all", "were sharply", "has again".
fn verb_group(reader: &Reader<'_>, sentence: &Range<usize>, cue: usize) -> usize {
    let mut start = cue;
    while start > sentence.start {
        let pos = reader.pos(start - 1);
        let word = lower(reader.word(start - 1));
        let inside = pos.any(Pos::AUXILIARY)
            || pos.any(Pos::ADVERB) && reader.is_small(start - 1)
            || reader.is_number(start - 1)
            || matches!(word.as_str(), "all" | "both" | "each" | "went" | "gone" | "was" | "by");
        if !inside {
            break;
        }
        start -= 1;
    }
    start
}
