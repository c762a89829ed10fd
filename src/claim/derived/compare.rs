//! Comparisons of which the values stand elsewhere: "rents are highest in the Heights", "pain was lower in the walking
//! groups than in usual care".

use super::{About, Derived, Says};
use crate::claim::context::BlockView;
use crate::claim::look::Look;
use crate::claim::{Claim, ClaimKind, Context, Direction, Status, Value, scope};
use std::ops::Range;

/// Reads the comparisons of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let look = Look::new(context, *view);
    for sentence in &view.layer.sentences {
        if look.has_beside_numbers("derived.other-time", sentence.clone())
            || look.has_beside_numbers("rank.conceded", sentence.clone())
        {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let found = look.sets_at(at).filter_map(|(set, n)| Some((n, Sort::of(set)?))).max_by_key(|&(n, _)| n);
            let Some((length, sort)) = found else {
                at += 1;
                continue;
            };
            let cue = at..at + length;
            at += length;
            let derived = match sort {
                Sort::Highest(highest) => extreme(&look, sentence, &cue, highest),
                Sort::Than(direction) => than(&look, sentence, &cue, direction),
            };
            let Some(derived) = derived else { continue };
            let (_, status) = scope(view, context.lexicon, &cue);
            if matches!(status, Status::Actual | Status::Quoted | Status::Previous) && !denied(&look, sentence, &cue) {
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

fn denied(look: &Look<'_>, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    let before = cue.start.saturating_sub(5).max(sentence.start)..cue.start;
    look.has_beside_numbers("order-denied", before.clone()) || look.has_beside_numbers("derived.unreal", before)
}

/// "Rents are highest in the Heights", "the Heights have the highest rents".
fn extreme(look: &Look<'_>, sentence: &Range<usize>, cue: &Range<usize>, highest: bool) -> Option<Derived> {
    let verb = (sentence.start..cue.start).rev().take(3).find(|&i| look.is_be_or_have(i))?;
    let between = verb + 1..cue.start;
    let (subject, member) = if between.clone().all(|i| look.is_small(i)) && look.is_place(cue.end) {
        // "second highest", "one of the highest" are no extremes.
        (look.before(sentence, verb), look.behind(sentence, cue.end + 1))
    } else if between.len() == 1 && look.word(between.start) == "the" {
        (look.behind(sentence, cue.end), look.before(sentence, verb))
    } else {
        return None;
    };
    let ([subject], [member]) = (subject.as_slice(), member.as_slice()) else { return None };
    let says = Says::Extreme { highest, member: member.clone() };
    Some(derived(look, verb..cue.end, says, subject.clone()))
}

/// "Pain was lower in the walking groups than in usual care".
fn than(look: &Look<'_>, sentence: &Range<usize>, cue: &Range<usize>, direction: Direction) -> Option<Derived> {
    let verb = (sentence.start..cue.start).rev().take(3).find(|&i| look.is_be_or_have(i))?;
    let then = (cue.end..sentence.end).find(|&i| look.word(i) == "than")?;
    let second = then + 1 + usize::from(look.is_place(then + 1));
    if !look.is_place(cue.end) || (cue.end..then).any(|i| matches!(look.word(i), "," | ";" | ":")) {
        return None;
    }
    let subject = look.before(sentence, verb);
    let first = look.behind(&(sentence.start..then), cue.end + 1);
    let second = look.behind(sentence, second);
    let ([subject], [first], [second]) = (subject.as_slice(), first.as_slice(), second.as_slice()) else { return None };
    let says = Says::Than { direction, first: first.clone(), second: second.clone() };
    Some(derived(look, verb..cue.end, says, subject.clone()))
}

fn derived(look: &Look<'_>, cue: Range<usize>, says: Says, subject: About) -> Derived {
    Derived { says, cue: look.view.member(cue), about: vec![subject], times: Vec::new() }
}
