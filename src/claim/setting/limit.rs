//! Limits named by a noun: "the weight limit of 30 tonnes", "a 30-second read timeout".

use super::{Setting, SettingSort, SettingValue, claim, only, setting};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context, entities};
use crate::lexicon::{Lexicon, Pos};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most words that narrow the noun.
const MODIFIERS: usize = 3;

/// Most tokens before a limit in which a word says that it is no longer so.
const BEFORE: usize = 6;

/// Reads the limits of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for q in &view.layer.quantities {
        if q.label || !q.quantity.is_plain() || q.quantity.unit.is_count() || q.quantity.unit.is_percent() {
            continue;
        }
        let sentence = view.layer.sentence_of(q.tokens.start);
        let Some(noun) = noun_before(view, lexicon, q.tokens.start, sentence.start)
            .or_else(|| noun_after(view, lexicon, q.tokens.end, sentence.end))
        else {
            continue;
        };
        let Some((key, slot)) = key(view, lexicon, noun.clone()) else { continue };
        let (noun_start, noun_end) = (noun.start.min(q.tokens.start), noun.end.max(q.tokens.end));
        let found = Setting {
            only: only(view, lexicon, sentence.clone()),
            ..setting(SettingSort::Limit, key, slot, SettingValue::Quantity(q.quantity.clone()))
        };
        let mut read = claim(context, view, q.tokens.clone(), view.wording(noun), found);
        // "kept until the bearings have been replaced" says nothing of the limit; "no longer", before it, does.
        read.scope.cues.retain(|c| !matches!(c.as_str(), "previous" | "target"));
        let before = sentence.start.max(noun_start.saturating_sub(BEFORE))..noun_start;
        if before.clone().any(|i| phrase_at(lexicon, "setting-changed", view.text, &view.layer.tokens, i).is_some()) {
            read.scope.cues.push("previous".into());
        }
        read.subject.owners = whose(view, lexicon, noun_end..sentence.end).into_iter().collect();
        read.subject.entities = entities(view, lexicon, sentence);
        out.push(read);
    }
}

/// Whom or what a limit is for, close behind it: "holds for adults", "on the upper deck".
fn whose(view: &BlockView<'_>, lexicon: &Lexicon, after: Range<usize>) -> Option<CompactString> {
    let tokens = &view.layer.tokens;
    let end = after.end.min(after.start + BEFORE);
    let at = (after.start..end).find(|&i| matches!(view.word(i), "for" | "on" | "in" | "per" | "at" | "with"))?;
    let words: Vec<CompactString> = (at + 1..after.end.min(at + 5))
        .take_while(|&i| tokens[i].kind == TokenKind::Word)
        .filter(|&i| tokens[i].word.is_none_or(|id| !lexicon.words.pos(id).any(Pos::CLOSED)))
        .map(|i| lemma(view, lexicon, i))
        .collect();
    (!words.is_empty()).then(|| words.join(" ").into())
}

/// "weight limit of 30 tonnes", "time limit is 40 s": the noun with its modifiers before a quantity.
fn noun_before(view: &BlockView<'_>, lexicon: &Lexicon, at: usize, from: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let mut end = at;
    let joins =
        |i: usize| matches!(view.word(i), "of" | "is" | "was" | "at" | ":" | "=" | "to" | "set" | "stands" | "remains");
    while end > from && at - end < 3 && joins(end - 1) {
        end -= 1;
    }
    // "raised the limit to 30" tells of a change.
    if end == at || view.word(at - 1) == "to" && view.word(at.saturating_sub(2)) != "set" {
        return None;
    }
    let noun = end.checked_sub(1).filter(|&n| n >= from)?;
    phrase_at(lexicon, "setting-noun", view.text, tokens, noun).filter(|&n| n == 1)?;
    Some(modifiers(view, lexicon, noun, from)..end)
}

/// "30-second read timeout", "30 tonne weight limit": the noun behind a quantity.
fn noun_after(view: &BlockView<'_>, lexicon: &Lexicon, at: usize, to: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let noun = (at..to.min(at + MODIFIERS + 1))
        .find(|&i| phrase_at(lexicon, "setting-noun", view.text, tokens, i) == Some(1))?;
    // The noun must be the head: nothing nominal behind it.
    let ends = tokens
        .get(noun + 1)
        .is_none_or(|t| t.kind != TokenKind::Word || t.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED)));
    let content = (at..noun).all(|i| is_modifier(view, lexicon, i));
    (ends && content).then_some(at..noun + 1)
}

fn is_modifier(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let token = &view.layer.tokens[i];
    token.kind == TokenKind::Word
        && token.case == Case::Lower
        && token.word.is_none_or(|id| !lexicon.words.pos(id).any(Pos::CLOSED.and(Pos::NUMBER)))
}

fn modifiers(view: &BlockView<'_>, lexicon: &Lexicon, noun: usize, from: usize) -> usize {
    let mut start = noun;
    while start > from && noun - start < MODIFIERS && is_modifier(view, lexicon, start - 1) {
        start -= 1;
    }
    start
}

/// The key of a noun with its modifiers, and the slot that one of them gives. `None` when nothing narrows the noun
/// or a word says that it is no longer, or not yet, so.
pub(super) fn key(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    noun: Range<usize>,
) -> Option<(CompactString, &'static str)> {
    let tokens = &view.layer.tokens;
    let head = noun.end - 1;
    let mut slot = "";
    let mut words: Vec<CompactString> = Vec::new();
    for i in noun.start..head {
        if phrase_at(lexicon, "setting-changed", view.text, tokens, i).is_some() {
            return None;
        }
        if phrase_at(lexicon, "setting-neutral", view.text, tokens, i).is_some() {
            continue;
        }
        match view.word(i) {
            "default" => slot = "default",
            "maximum" | "upper" => slot = "most",
            "minimum" | "lower" => slot = "least",
            _ => words.push(lemma(view, lexicon, i)),
        }
    }
    if words.is_empty() {
        return None;
    }
    let noun = lemma(view, lexicon, head);
    Some((format_compact!("{} {}", words.join(" "), super::lasting::noun_class(&noun)), slot))
}
