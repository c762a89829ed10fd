//! Comparisons of which the values stand elsewhere: "rents are highest in the Heights", "pain was lower in the walking
//! groups than in usual care".

use super::subject::Reader;
use super::{About, Derived, Says};
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Direction, Status, Value, scope};
use std::ops::Range;

/// Reads the comparisons of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let reader = Reader { view, lexicon: context.lexicon };
    for sentence in &view.layer.sentences {
        if reader.has("derived.other-time", sentence.clone()) || reader.has("rank.conceded", sentence.clone()) {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let found = reader.sets_at(at).filter_map(|(set, n)| Some((n, Sort::of(set)?))).max_by_key(|&(n, _)| n);
            let Some((length, sort)) = found else {
                at += 1;
                continue;
            };
            let cue = at..at + length;
            at += length;
            let derived = match sort {
                Sort::Highest(highest) => extreme(&reader, sentence, &cue, highest),
                Sort::Than(direction) => than(&reader, sentence, &cue, direction),
            };
            let Some(derived) = derived else { continue };
            let (_, status) = scope(view, context.lexicon, &cue);
            if matches!(status, Status::Actual | Status::Quoted | Status::Previous) && !denied(&reader, sentence, &cue)
            {
                let mut claim = view.claim(ClaimKind::Order, "derived", cue, Value::Derived(Box::new(derived)));
                claim.status = status;
                out.push(claim);
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Highest(bool),
    Than(Direction),
}

impl Sort {
    fn of(set: &str) -> Option<Self> {
        Some(match set {
            "derived.highest" => Self::Highest(true),
            "derived.lowest" => Self::Highest(false),
            "derived.up" => Self::Than(Direction::Up),
            "derived.down" => Self::Than(Direction::Down),
            _ => return None,
        })
    }
}

fn denied(reader: &Reader<'_>, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    let before = cue.start.saturating_sub(5).max(sentence.start)..cue.start;
    reader.has("order-denied", before.clone()) || reader.has("derived.unreal", before)
}

/// "Rents are highest in the Heights", "the Heights have the highest rents".
fn extreme(reader: &Reader<'_>, sentence: &Range<usize>, cue: &Range<usize>, highest: bool) -> Option<Derived> {
    let verb = (sentence.start..cue.start).rev().take(3).find(|&i| reader.is_be_or_have(i))?;
    let between = verb + 1..cue.start;
    let (subject, member) = if between.clone().all(|i| reader.is_small(i)) && reader.is_place(cue.end) {
        // "second highest", "one of the highest" are no extremes.
        (reader.before(sentence, verb), reader.behind(sentence, cue.end + 1))
    } else if between.len() == 1 && reader.word(between.start) == "the" {
        (reader.behind(sentence, cue.end), reader.before(sentence, verb))
    } else {
        return None;
    };
    let ([subject], [member]) = (subject.as_slice(), member.as_slice()) else { return None };
    let says = Says::Extreme { highest, member: member.clone() };
    Some(derived(reader, verb..cue.end, says, subject.clone()))
}

/// "Pain was lower in the walking groups than in usual care".
fn than(reader: &Reader<'_>, sentence: &Range<usize>, cue: &Range<usize>, direction: Direction) -> Option<Derived> {
    let verb = (sentence.start..cue.start).rev().take(3).find(|&i| reader.is_be_or_have(i))?;
    let then = (cue.end..sentence.end).find(|&i| reader.word(i) == "than")?;
    let second = then + 1 + usize::from(reader.is_place(then + 1));
    if !reader.is_place(cue.end) || (cue.end..then).any(|i| matches!(reader.word(i), "," | ";" | ":")) {
        return None;
    }
    let subject = reader.before(sentence, verb);
    let first = reader.behind(&(sentence.start..then), cue.end + 1);
    let second = reader.behind(sentence, second);
    let ([subject], [first], [second]) = (subject.as_slice(), first.as_slice(), second.as_slice()) else { return None };
    let says = Says::Than { direction, first: first.clone(), second: second.clone() };
    Some(derived(reader, verb..cue.end, says, subject.clone()))
}

fn derived(reader: &Reader<'_>, cue: Range<usize>, says: Says, subject: About) -> Derived {
    Derived { says, cue: reader.view.member(cue), about: vec![subject], times: Vec::new() }
}
