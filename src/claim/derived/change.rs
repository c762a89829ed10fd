//! Changes of which the two ends stand elsewhere: "visits rose by 9.1 per cent", "thefts and trespass were both lower".

use super::{About, Derived, Says};
use crate::annotate::QuantityAt;
use crate::claim::context::BlockView;
use crate::claim::look::Look;
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
    let look = Look::new(context, *view);
    for sentence in &view.layer.sentences {
        let numbers = view.layer.quantities.iter().filter(|q| sentence.contains(&q.tokens.start)).count();
        if numbers > MOST || look.has_beside_numbers("derived.other-time", sentence.clone()) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let Some((length, direction)) = cue(&look, at) else {
                at += 1;
                continue;
            };
            out.extend(change(context, &look, sentence, at..at + length, direction));
            at += length;
        }
    }
}

/// The longest phrase of change at a token.
fn cue(look: &Look<'_>, at: usize) -> Option<(usize, Direction)> {
    let direction = |set: &str| match set {
        "order.up" | "derived.up" => Some(Direction::Up),
        "order.down" | "derived.down" => Some(Direction::Down),
        _ => None,
    };
    look.sets_at(at).filter_map(|(set, n)| Some((n, direction(set)?))).max_by_key(|&(n, _)| n)
}

fn change(
    context: &Context<'_>,
    look: &Look<'_>,
    sentence: &Range<usize>,
    cue: Range<usize>,
    direction: Direction,
) -> Option<Claim> {
    let (scope, status) = scope(&look.view, context.lexicon, &cue);
    if !matches!(status, Status::Actual | Status::Previous | Status::Quoted) {
        return None;
    }
    let (before, after) = (cue.start.saturating_sub(5).max(sentence.start), cue.end);
    if look.has_beside_numbers("order-denied", before..cue.start)
        || look.has_beside_numbers("percentage.other-base", part(look, sentence, cue.start))
        || look.has_beside_numbers("derived.unreal", verb_group(look, sentence, cue.start).saturating_sub(1)..cue.start)
    {
        return None;
    }
    let by = by(look, sentence, &cue);
    let behind = by.as_ref().map_or(after, |b| b.hedged.end.max(after));
    if !is_noun(look, sentence, &cue) && is_placed(look, sentence, behind) || is_opened(look, sentence, cue.start) {
        return None;
    }
    let about = about(look, sentence, &cue, behind);
    if about.is_empty() {
        return None;
    }
    let share = by.filter(|b| matches!(b.quantity.unit.dimension.as_str(), "percent" | "fraction"));
    // "rose by 40", "down 3 points": how much is another matter.
    let operand = share.map(|b| {
        let member = look.view.member(b.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: b.quantity.clone() }
    });
    let said = if is_noun(look, sentence, &cue) { cue.clone() } else { verb_group(look, sentence, cue.start)..cue.end };
    let kind = if operand.is_some() { ClaimKind::Percentage } else { ClaimKind::Order };
    let derived = Derived {
        says: Says::Change { direction, by: operand },
        cue: look.view.member(said),
        about,
        times: scope.times,
    };
    let mut claim = look.view.claim(kind, "derived", cue, Value::Derived(Box::new(derived)));
    claim.status = status;
    Some(claim)
}

/// The part of a sentence around a token that a colon or semicolon sets off.
fn part(look: &Look<'_>, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let ends = |i: &usize| matches!(look.word(*i), ":" | ";");
    let start = (sentence.start..at).rev().find(ends).map_or(sentence.start, |i| i + 1);
    start..(at..sentence.end).find(ends).unwrap_or(sentence.end)
}

/// The share by which something changed: "rose by 9 %", "a 9 % fall", "a fall of 9 %", "9 % lower".
fn by<'a>(look: &Look<'a>, sentence: &Range<usize>, cue: &Range<usize>) -> Option<&'a QuantityAt> {
    let values = &look.view.layer.quantities;
    let next = values.partition_point(|q| q.tokens.start < cue.end);
    let small = |i: usize| {
        matches!(look.word(i), "by" | "of" | "a" | "an" | "some" | ",")
            || look.pos(i).any(Pos::ADVERB)
            || look.word(i).ends_with("ly")
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
fn is_placed(look: &Look<'_>, sentence: &Range<usize>, behind: usize) -> bool {
    let than = |i: &usize| look.word(*i) == "than";
    let ends = |i: &usize| matches!(look.word(*i), "," | ";" | ":" | ".");
    let end = (behind..sentence.end).find(ends).unwrap_or(sentence.end);
    let every = matches!(lower(look.word(behind + 1)).as_str(), "all" | "every" | "each" | "both");
    let preposition = matches!(
        look.word(behind),
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
    let year = |i: usize| is_year(look.word(i)) || matches!(look.word(i), "year" | "period");
    let timed = look.has_beside_numbers("derived.time-before", behind..end) || (behind..end).any(year);
    !(timed || every && look.word(behind) == "in")
}

/// Whether the clause of a change opens with a place or group that it is told for: "In manufacturing, jobs fell". A
/// time that opens it is none.
fn is_opened(look: &Look<'_>, sentence: &Range<usize>, cue: usize) -> bool {
    let part = part(look, sentence, cue);
    let opens = matches!(
        lower(look.word(part.start)).as_str(),
        "in" | "at" | "among" | "for" | "within" | "across" | "on" | "outside" | "inside"
    );
    let Some(comma) = (part.start..cue).find(|&i| look.word(i) == ",").filter(|_| opens) else { return false };
    let timed = |i: usize| {
        is_year(look.word(i))
            || look.pos(i).any(Pos::MONTH)
            || matches!(look.word(i), "year" | "period" | "years" | "all" | "total" | "contrast" | "fact" | "addition")
    };
    !(part.start..comma).any(timed) && !look.has_beside_numbers("derived.time-before", part.start..comma)
}

/// What changed: the subject of the verb, or what stands behind "in".
fn about(look: &Look<'_>, sentence: &Range<usize>, cue: &Range<usize>, behind: usize) -> Vec<About> {
    if matches!(look.word(behind), "in" | "among") && is_noun(look, sentence, cue) {
        return look.behind(sentence, behind + 1);
    }
    if is_noun(look, sentence, cue) {
        return Vec::new();
    }
    // "grew in all three regions": what is said of the whole holds for each.
    if look.word(behind) == "in" && matches!(lower(look.word(behind + 1)).as_str(), "all" | "every" | "each") {
        return look.behind(sentence, behind + 1).into_iter().filter(|a| a.every).collect();
    }
    look.before(sentence, verb_group(look, sentence, cue.start))
}

/// Whether the cue is a noun: "a rise", "the sharp fall", "a 9 % drop".
fn is_noun(look: &Look<'_>, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    let pos = look.pos(cue.start);
    let article = matches!(lower(look.word(cue.start)).as_str(), "a" | "an" | "growth");
    let first = cue.start.saturating_sub(4).max(sentence.start);
    let determined = (first..cue.start).rev().take_while(|&i| !look.pos(i).any(Pos::AUXILIARY)).any(|i| {
        look.pos(i).any(Pos::DETERMINER)
            && !matches!(look.word(i), "all" | "both" | "each")
            && (i + 1..cue.start).all(|n| !look.pos(n).any(Pos::NOUN) || look.word(n).contains("per"))
    });
    article || pos.any(Pos::NOUN) && determined
}

/// Where the verb group begins whose last word is the cue: "have all", "were sharply", "has again".
fn verb_group(look: &Look<'_>, sentence: &Range<usize>, cue: usize) -> usize {
    let mut start = cue;
    while start > sentence.start {
        let pos = look.pos(start - 1);
        let word = lower(look.word(start - 1));
        let inside = pos.any(Pos::AUXILIARY)
            || pos.any(Pos::ADVERB) && look.is_small(start - 1)
            || look.is_number(start - 1)
            || matches!(word.as_str(), "all" | "both" | "each" | "went" | "gone" | "was" | "by");
        if !inside {
            break;
        }
        start -= 1;
    }
    start
}
