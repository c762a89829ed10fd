//! What an event happens to: the words of a noun phrase, and what a pronoun stands for.

use crate::annotate::{Case, TokenKind};
use crate::claim::calendar::Thing;
use crate::claim::noun::lemma;
use crate::claim::{BlockView, Context, is_year};
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Tokens of a thing at most.
const LONGEST: usize = 24;

/// Sentences back in which a pronoun is looked up.
const BACK: usize = 4;

/// Reads the thing of a stretch of tokens; `None` when it has no content words.
pub(super) fn thing(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Option<Thing> {
    let tokens = tokens.start.max(tokens.end.saturating_sub(LONGEST))..tokens.end;
    let mut thing = Thing::default();
    let mut head_open = true;
    let mut first = None;
    let mut end = tokens.start;
    for i in tokens.clone() {
        let token = &view.layer.tokens[i];
        let word = view.word(i);
        let pos = pos(context, view, i);
        if token.kind == TokenKind::Sign {
            continue;
        }
        let opens = view.layer.sentence_of(i).start == i;
        // "Opening of the glasshouse, 10:00"
        if token.kind == TokenKind::Number && word.contains(':') {
            continue;
        }
        if token.kind == TokenKind::Number || pos.any(Pos::NUMBER) && is_mark(view, i) {
            push(&mut thing.marks, lower(word));
            end = i + 1;
            continue;
        }
        if pos.any(Pos::DETERMINER) && first.is_none() {
            let small = lower(word);
            thing.definite |=
                matches!(small.as_str(), "the" | "this" | "these" | "its" | "our" | "their" | "his" | "her");
        }
        if pos.any(Pos::PREPOSITION) && first.is_some() && word != "of" {
            head_open = false;
        }
        if pos.any(Pos::CLOSED) || pos.any(Pos::WEEKDAY.and(Pos::MONTH)) {
            head_open &= word != "of" || first.is_none();
            continue;
        }
        let only_adverb = pos.any(Pos::ADVERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE));
        if only_adverb {
            continue;
        }
        // "third-quarter results"
        if let Some(parts) = hyphenated(context, word) {
            for (part, number) in parts {
                push(if number { &mut thing.marks } else { &mut thing.words }, part);
            }
            first.get_or_insert(i);
            end = i + 1;
            continue;
        }
        let base = lemma(view, context.lexicon, i);
        let known = pos != Pos::default();
        if token.case != Case::Lower && (!opens || !known) {
            push(&mut thing.names, base.clone());
        }
        if head_open {
            if !thing.head.is_empty() {
                let before = std::mem::take(&mut thing.head);
                push(&mut thing.words, before);
            }
            thing.plural = is_plural(context, view, i);
            thing.head = base;
        } else {
            push(&mut thing.words, base);
        }
        first.get_or_insert(i);
        end = i + 1;
    }
    let start = first?;
    thing.definite |= thing.names.contains(&thing.head);
    thing.wording = view.wording(start..end.max(start + 1)).into();
    Some(thing)
}

/// The parts of a word with a hyphen when the lexicon knows them all, and whether each is a number.
fn hyphenated(context: &Context<'_>, word: &str) -> Option<Vec<(CompactString, bool)>> {
    if !word.contains('-') {
        return None;
    }
    let part = |part: &str| {
        let form = lower(part);
        let id = context.lexicon.words.find(&form)?;
        Some((form, context.lexicon.words.pos(id).any(Pos::NUMBER)))
    };
    word.split('-').map(part).collect()
}

/// Whether a number word marks a member: "the second van", "phase two".
fn is_mark(view: &BlockView<'_>, at: usize) -> bool {
    let word = lower(view.word(at));
    let ordinals = &view.layer.ordinals;
    let next = ordinals.partition_point(|o| o.tokens.end <= at);
    ordinals.get(next).is_some_and(|o| o.tokens.contains(&at)) || !matches!(word.as_str(), "one" | "half")
}

pub(super) fn pos(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Pos {
    let token = view.layer.tokens.get(at);
    token.and_then(|t| t.word).map_or(Pos::default(), |id| context.lexicon.words.pos(id))
}

fn is_plural(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> bool {
    let word = lower(view.word(at));
    word.ends_with('s') && !word.ends_with("ss") && lemma(view, context.lexicon, at) != word
}

fn push(list: &mut Vec<CompactString>, item: CompactString) {
    if !list.contains(&item) && !item.is_empty() {
        list.push(item);
    }
}

/// Whether the stretch is nothing but a pronoun that stands for a thing named before.
pub(super) fn is_pronoun(view: &BlockView<'_>, tokens: &Range<usize>) -> bool {
    let words: Vec<&str> =
        tokens.clone().map(|i| view.word(i)).filter(|w| w.starts_with(char::is_alphabetic)).collect();
    matches!(words.as_slice(), [only] if matches!(lower(only).as_str(), "it" | "this" | "he" | "she" | "they" | "these"))
}

/// What the sentences before one speak of: the subject of the nearest one that has a noun for it.
pub(super) fn topic(context: &Context<'_>, view: &BlockView<'_>, sentence: usize) -> Option<Thing> {
    for index in (sentence.saturating_sub(BACK)..sentence).rev() {
        let tokens = view.layer.sentences.get(index)?.clone();
        let opening = opening_subject(context, view, tokens.clone());
        let Some(region) = opening.or_else(|| introduced(context, view, tokens)) else { continue };
        if !is_pronoun(view, &region)
            && let Some(found) = thing(context, view, region)
            && !found.plural
        {
            return Some(Thing { pronoun: true, definite: true, ..found });
        }
    }
    None
}

/// The subject that opens a sentence: what stands before its first verb.
fn opening_subject(context: &Context<'_>, view: &BlockView<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let verb = sentence.clone().take(80).find(|&i| {
        let pos = pos(context, view, i);
        i > sentence.start
            && (pos.any(Pos::AUXILIARY)
                || pos.any(Pos::PAST.and(Pos::VERB))
                    && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE))
                    && view.layer.tokens[i].case == Case::Lower)
    })?;
    let comma = (sentence.start..verb).find(|&i| view.word(i) == ",");
    let first = pos(context, view, sentence.start);
    // "In the twenty-one weeks after it opened" begins with no subject.
    if first.any(Pos::PREPOSITION.and(Pos::CONJUNCTION)) && comma.is_none() {
        return None;
    }
    let region = match comma {
        Some(comma) if first.any(Pos::PREPOSITION.and(Pos::CONJUNCTION)) => comma + 1..verb,
        Some(comma) => sentence.start..comma,
        None => sentence.start..verb,
    };
    (!region.is_empty()).then_some(region)
}

/// What the end of a sentence introduces: "Since 2024 the town has had a tide wall."
fn introduced(context: &Context<'_>, view: &BlockView<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let start = sentence.clone().rev().find(|&i| pos(context, view, i).any(Pos::DETERMINER))?;
    let end = if view.layer.tokens[sentence.end - 1].kind == TokenKind::Sign { sentence.end - 1 } else { sentence.end };
    let plain = (start + 1..end).all(|i| {
        view.layer.tokens[i].kind == TokenKind::Word
            && !pos(context, view, i).any(Pos::PREPOSITION.and(Pos::CONJUNCTION))
    });
    (plain && start < end && matches!(view.word(start), "a" | "an")).then_some(start..end)
}

/// The names of a stretch of tokens, apart from years.
pub(super) fn names(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Vec<CompactString> {
    let mut out = Vec::new();
    for i in tokens {
        let token = &view.layer.tokens[i];
        let pos = pos(context, view, i);
        let dated = pos.any(Pos::WEEKDAY.and(Pos::MONTH).and(Pos::CLOSED));
        if token.kind == TokenKind::Word && token.case != Case::Lower && !dated && view.layer.sentence_of(i).start != i
        {
            push(&mut out, lower(view.word(i)));
        } else if token.kind == TokenKind::Number && !is_year(view.word(i)) {
            continue;
        }
    }
    out
}
