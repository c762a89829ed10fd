//! Parts that exclude each other, of a whole that is not said to be all of them: "nine incidents, of which six
//! involved small craft and four the ferry".
//!
//! Such parts may leave something over, but they cannot be more than the whole. That they exclude each other is
//! seen from how they are said: with one verb, which the later parts may leave out, or with a last part that none
//! of the others can be ("four never started"). Verbs whose objects go together ("had", "grew", "mentioned") say
//! nothing of the sort.

use super::Sum;
use super::operands::Passage;
use crate::annotate::{TokenKind, phrases_at};
use crate::claim::noun::{lemma, noun_phrase};
use crate::lexicon::Pos;
use crate::value::{Decimal, Hedge};
use std::ops::Range;

/// Most tokens from one part to the next.
const APART: usize = 30;
/// Most tokens from the whole to the words that open the parts.
const REACH: usize = 16;
/// Most parts.
const PARTS: usize = 8;
/// By how much the parts may be more than the whole, in per cent; more counts other things.
const OVER: i64 = 12;

/// How the parts hang together with the whole before them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// "of which", "of whom", "of these", "of the 200 homes"
    Of,
    /// The next sentence begins with the first part.
    Sentence,
}

/// Finds wholes with parts that are more.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Sum>) {
    for whole in 0..passage.numbers.len() {
        let number = &passage.numbers[whole];
        let plain = number.quantity.quantity.hedge == Hedge::None && number.quantity.quantity.value() >= Decimal::TWO;
        if !plain || number.depth > 0 {
            continue;
        }
        let Some((first, opening)) = opening(passage, whole) else { continue };
        let parts = parts(passage, whole, first, opening);
        if parts.len() >= 2 && is_over(passage, whole, &parts) && exclude(passage, &parts) {
            out.push(Sum { whole, readings: vec![parts], strength: 5 });
        }
    }
}

/// The first part behind a whole and how it is opened.
fn opening(passage: &Passage<'_>, whole: usize) -> Option<(usize, Opening)> {
    let number = &passage.numbers[whole];
    let sentence = passage.view.layer.sentence_of(number.quantity.tokens.start);
    let alike = |n: &usize| passage.same_unit(whole, *n) && passage.numbers[*n].depth == number.depth;
    let behind = whole + 1..passage.numbers.len().min(whole + 5);
    let inside = |n: &usize| passage.numbers[*n].quantity.hedged.start < sentence.end;
    let first = behind.clone().filter(inside).find(alike);
    if let Some(first) = first.filter(|&n| opens_inside(passage, whole, n)) {
        return Some((first, Opening::Of));
    }
    let next = behind.into_iter().filter(|n| !inside(n)).find(alike)?;
    opens_sentence(passage, whole, next).then_some((next, Opening::Sentence))
}

/// Whether "of which" or the like stands between a whole and a number of its sentence: "of whom seven", "Of the 200
/// homes at the hill, 120".
fn opens_inside(passage: &Passage<'_>, whole: usize, first: usize) -> bool {
    let view = &passage.view;
    let tokens = &passage.numbers[whole].quantity.tokens;
    let sentence = view.layer.sentence_of(tokens.start);
    let start = passage.numbers[first].quantity.hedged.start;
    let between = tokens.end..start;
    if between.len() > APART {
        return false;
    }
    let opens = (sentence.start..tokens.start).rev().take(4).any(|i| {
        matches!(view.word(i), "Of" | "Among" | "of")
            && (i == sentence.start || matches!(view.word(i - 1), ";" | ":" | ","))
    });
    let comma = between.clone().rev().take(3).any(|i| matches!(view.word(i), "," | ":"));
    let which = between.clone().rev().take(4).any(|i| is_of(passage, i));
    opens && comma || which
}

/// Whether the sentence behind a whole begins with a number that may be its first part: "Nine finished", "In 448 of
/// them", "Of these, 96".
fn opens_sentence(passage: &Passage<'_>, whole: usize, first: usize) -> bool {
    let view = &passage.view;
    let end = passage.numbers[whole].quantity.tokens.end;
    let sentence = view.layer.sentence_of(end.saturating_sub(1));
    let start = passage.numbers[first].quantity.hedged.start;
    if end + REACH < sentence.end || start >= view.layer.tokens.len() {
        return false;
    }
    let following = view.layer.sentence_of(start);
    let words = start - following.start;
    let in_them = words == 1 && matches!(view.word(following.start), "In" | "For" | "At" | "On");
    let of_them = words <= 3 && is_of(passage, following.start);
    following.start == sentence.end && (words == 0 || in_them || of_them)
}

/// Whether "of which", "of them" or the like stands at a token.
fn is_of(passage: &Passage<'_>, at: usize) -> bool {
    let view = &passage.view;
    view.word(at).eq_ignore_ascii_case("of")
        && matches!(view.word(at + 1), "which" | "whom" | "them" | "these" | "those")
}

/// The parts from the first on: in its sentence, and in the sentences behind that begin with a number alike.
fn parts(passage: &Passage<'_>, whole: usize, first: usize, opening: Opening) -> Vec<usize> {
    let view = &passage.view;
    let depth = passage.numbers[whole].depth;
    let mut parts = vec![first];
    for next in first + 1..passage.numbers.len() {
        let (last, number) = (&passage.numbers[parts[parts.len() - 1]], &passage.numbers[next]);
        let start = number.quantity.hedged.start;
        if number.depth != depth || !passage.same_unit(whole, next) {
            continue;
        }
        let gap = last.quantity.tokens.end..start;
        if gap.len() > APART || parts.len() == PARTS {
            break;
        }
        if number.sentence != last.sentence {
            let begins = view.layer.sentence_of(start).start == start;
            if opening == Opening::Sentence && begins && number.sentence == last.sentence + 1 {
                parts.push(next);
                continue;
            }
            break;
        }
        // The part follows a comma or "and", at once or behind a preposition: "in 448 …; in 44 …".
        let joint = gap
            .clone()
            .rev()
            .take(3)
            .find(|&i| matches!(view.word(i), "," | ";" | "and" | "while" | "but" | "whereas"));
        let Some(joint) = joint.filter(|&i| (i + 1..start).all(|t| is_small(passage, t))) else { break };
        let subset = passage.has_cue(gap.clone(), "subset") && !passage.has_cue(gap.start..gap.start + 1, "subset");
        let compared = passage.has_cue(joint..start, "compare");
        if subset || compared || number.quantity.quantity.hedge != Hedge::None {
            break;
        }
        parts.push(next);
    }
    parts
}

/// Whether a token may stand between the joint of a list and the number of the next part.
fn is_small(passage: &Passage<'_>, token: usize) -> bool {
    matches!(passage.view.word(token), "in" | "at" | "for" | "on" | "the" | "and" | "while" | "but" | "another")
}

/// Whether the parts are more than the whole, by as little as a slip.
fn is_over(passage: &Passage<'_>, whole: usize, parts: &[usize]) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, &p| sum.checked_add(passage.value(p)?));
    let (Some(sum), Some(stated)) = (sum, passage.value(whole)) else { return false };
    let largest = parts.iter().filter_map(|&p| passage.value(p)).max();
    let one = passage.off_by_one(whole, parts) && stated >= Decimal::from(5);
    sum > stated && largest < Some(stated) && (one || passage.near(whole, parts, Decimal::new(OVER, 2)))
}

/// Whether what is said of the parts shows that nothing can be two of them.
fn exclude(passage: &Passage<'_>, parts: &[usize]) -> bool {
    let said: Vec<Said> = (0..parts.len()).map(|i| said(passage, parts, i)).collect();
    if said.iter().any(|s| s.overlaps) {
        return false;
    }
    let first = &said[0];
    // "120 will be let, 50 sold and 40 kept": the auxiliary is left out.
    let alike = |s: &Said| s.verb.is_empty() || s.verb == first.verb || first.passive && s.participle;
    !first.verb.is_empty() && said[1..].iter().all(alike) || said.last().is_some_and(|s| s.rest)
}

/// What is said of a part.
#[derive(Default)]
struct Said {
    /// The base form of its verb; empty when it has none.
    verb: compact_str::CompactString,
    /// Whether the verb is an auxiliary.
    passive: bool,
    /// Whether a participle follows the number at once.
    participle: bool,
    /// Whether the verb or its object can be true of what another part counts too.
    overlaps: bool,
    /// Whether nothing else can be said of what it counts: "never started", "stayed dry", "could not be told".
    rest: bool,
}

fn said(passage: &Passage<'_>, parts: &[usize], part: usize) -> Said {
    let view = &passage.view;
    let from = passage.numbers[parts[part]].quantity.tokens.end;
    let sentence = view.layer.sentence_of(from.saturating_sub(1));
    let next = parts.get(part + 1).map_or(usize::MAX, |&p| passage.numbers[p].quantity.hedged.start);
    let end = sentence.end.min(next).min(from + APART);
    let mut out = Said::default();
    for i in from..end {
        let token = &view.layer.tokens[i];
        let pos = token.word.map_or(Pos::default(), |id| passage.lexicon.words.pos(id));
        for (set, _) in phrases_at(passage.lexicon, view.text, &view.layer.tokens, i) {
            out.overlaps |=
                set == "sum.overlapping" && out.verb.is_empty() && !(i == from && part > 0 && pos.any(Pos::PAST));
            out.rest |= set == "sum.none-else";
        }
        out.rest |= pos.any(Pos::NEGATION);
        let verb = token.kind == TokenKind::Word && pos.any(Pos::VERB.and(Pos::PAST).and(Pos::AUXILIARY));
        if verb && out.verb.is_empty() && !is_noun(passage, from, i) {
            out.verb = lemma(view, passage.lexicon, i);
            out.passive = pos.any(Pos::AUXILIARY);
            out.participle = i == from && pos.any(Pos::PAST);
        }
    }
    // "have been sold" is said of a state, "have a garden" of what goes with other things.
    let has = matches!(out.verb.as_str(), "have" | "had" | "has");
    out.overlaps |= has && !is_perfect(passage, from..end);
    out
}

/// Whether a word that may be a verb is a noun or part of one: the first of several behind the number, or behind an
/// article or a preposition.
fn is_noun(passage: &Passage<'_>, from: usize, at: usize) -> bool {
    if at == from {
        // "armed fighters", but not "held back"
        let phrase = noun_phrase(&passage.view, passage.lexicon, from).filter(|p| p.tokens.len() > 1);
        return phrase.is_some_and(|p| passage.view.word(p.head).ends_with('s'));
    }
    let pos = |i: usize| passage.view.layer.tokens[i].word.map_or(Pos::default(), |id| passage.lexicon.words.pos(id));
    pos(at - 1).any(Pos::DETERMINER.and(Pos::PREPOSITION)) && !pos(at).any(Pos::AUXILIARY)
}

/// Whether a participle follows the auxiliary in the tokens.
fn is_perfect(passage: &Passage<'_>, tokens: Range<usize>) -> bool {
    let view = &passage.view;
    let has = tokens.clone().find(|&i| matches!(view.word(i), "have" | "had" | "has"));
    has.is_some_and(|at| {
        (at + 1..tokens.end.min(at + 3)).any(|i| {
            let pos = view.layer.tokens[i].word.map_or(Pos::default(), |id| passage.lexicon.words.pos(id));
            pos.any(Pos::PAST) || view.word(i) == "been"
        })
    })
}
