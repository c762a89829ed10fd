//! "see “Placing the base”", "see *Refunds* below", "see Refunds of fees below": titles that the reader is sent to.

use super::number::series_at;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::quoted::{folded_words, opens, quoted};
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{BlockKind, Style};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Most words of a title.
const LONGEST: usize = 10;

/// Most titles without a heading that are looked for in the rest of the text.
const MOST: usize = 20;

/// Reads the pointers by title. A title that stands in the text, though in no heading, is left out: what is quoted
/// may be that.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut headings: Option<FxHashSet<String>> = None;
    let mut looked = 0;
    for view in context.views() {
        if !matches!(view.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { .. }) {
            continue;
        }
        for at in 0..view.layer.tokens.len() {
            let Some(length) = phrase_at(context.lexicon, "pointer-title-lead", view.text, &view.layer.tokens, at)
            else {
                continue;
            };
            let Some(range) = title(context, &view, at + length) else { continue };
            let headings = headings.get_or_insert_with(|| titles(context));
            let bold = range.clone();
            let mut claim = claim(context, &view, at, range);
            if headings.contains(&folded_words(&claim.text).join(" ")) {
                claim.scope.cues.push("resolved".into());
            } else {
                // "listed under **Allowed networks**": what is bold and no heading is the name of a control.
                if view.block.text.has_style(bold, Style::Strong) {
                    continue;
                }
                looked += 1;
                if looked > MOST || occurs(context, &view, &claim.text) {
                    continue;
                }
            }
            out.push(claim);
        }
    }
}

/// The bytes of the title behind a lead: "see (also) (the section) “…”"; `None` when it is one of something else.
fn title(context: &Context<'_>, view: &BlockView<'_>, lead: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let mut first = lead;
    let mut noun = false;
    while let Some(length) = phrase_at(context.lexicon, "pointer-title-noun", view.text, tokens, first) {
        noun |= view.word(first) != "the" && view.word(first) != "also";
        first += length;
    }
    let start = tokens.get(first)?.start as usize;
    if series_at(view, context.lexicon, first).is_some() {
        return None;
    }
    let (inner, end) = match marked(view, start) {
        Some((inner, end)) => (inner, end),
        None => {
            let range = plain(context, view, first)?;
            (range.clone(), range.end)
        }
    };
    let text = &view.text[inner.clone()];
    let bare = text.trim_end_matches(['.', ',', ':', ';']);
    let inner = inner.start..inner.start + bare.len();
    if !bare.starts_with(|c: char| c.is_uppercase()) || bare.split_whitespace().count() > LONGEST {
        return None;
    }
    let styled =
        [Style::Link, Style::Code, Style::Address].iter().any(|&s| view.block.text.has_style(inner.clone(), s));
    (!styled && !goes_on(context, view, end, noun)).then_some(inner)
}

/// A title in quotation marks, italics or bold that begins at a byte, and the byte where what marks it ends.
fn marked(view: &BlockView<'_>, start: usize) -> Option<(Range<usize>, usize)> {
    if view.text[start..].starts_with(opens) {
        return quoted(view.text, start..view.text.len()).filter(|(_, w)| w.start == start).map(|(i, w)| (i, w.end));
    }
    let is_mark = |style: &Style| matches!(style, Style::Emphasis | Style::Strong);
    let (range, _) = view.block.text.styles.iter().find(|(r, s)| is_mark(s) && r.start as usize == start)?;
    Some((start..range.end as usize, range.end as usize))
}

/// A title without marks: a word with a capital, others without, then "above" or "below".
fn plain(context: &Context<'_>, view: &BlockView<'_>, first: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    if tokens.get(first)?.case != Case::Capital {
        return None;
    }
    let end = (first + 1..first + LONGEST).find(|&i| {
        ["pointer-above", "pointer-below"]
            .iter()
            .any(|set| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    })?;
    // "see Refunds section below".
    let end =
        end - usize::from(phrase_at(context.lexicon, "pointer-title-noun", view.text, tokens, end - 1) == Some(1));
    let small = |i: usize| tokens[i].kind == TokenKind::Word && tokens[i].case == Case::Lower;
    (end >= first + 2 && (first + 1..end).all(small)).then(|| view.layer.bytes(first..end))
}

/// Whether the words behind a title say that it is one of another work, or give its author or address.
fn goes_on(context: &Context<'_>, view: &BlockView<'_>, end: usize, noun: bool) -> bool {
    let tokens = &view.layer.tokens;
    let mut next = tokens.partition_point(|t| (t.start as usize) < end);
    if !noun && let Some(length) = phrase_at(context.lexicon, "pointer-title-noun", view.text, tokens, next) {
        next += length;
    }
    let Some(token) = tokens.get(next) else { return false };
    if ["pointer-above", "pointer-below", "pointer-page"]
        .iter()
        .any(|set| phrase_at(context.lexicon, set, view.text, tokens, next).is_some())
    {
        return false;
    }
    // "see “Refunds” for the rest", "see “Refunds”, which …" stay in the document.
    let word = view.word(next).to_lowercase();
    let stays = matches!(word.as_str(), "for" | "and" | "or" | "which" | "where" | "to" | "if" | "when" | "before");
    let comma = token.is_sign(view.text, ',') && tokens.get(next + 1).is_none_or(|t| t.case == Case::Lower);
    !(stays || comma || [".", ";", ")", "!", "?"].contains(&token.text(view.text)))
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, lead: usize, range: Range<usize>) -> Claim {
    let tokens = &view.layer.tokens;
    let text = &view.text[range.clone()];
    let at = view.block.text.span(range.clone());
    let title = Some(Member { at, text: text.into() });
    let value = Value::Pointer { sort: "title".into(), number: folded_words(text).concat().into(), path: None, title };
    let mut claim = view.claim(ClaimKind::Pointer, "pointer", lead..lead + 1, value);
    claim.at = at;
    claim.text = text.into();
    if marked(view, range.start).is_none() && !view.text[..range.start].ends_with(opens) {
        claim.scope.cues.push("unmarked".into());
    }
    let behind = tokens.partition_point(|t| (t.start as usize) < range.end);
    for (way, set) in [("above", "pointer-above"), ("below", "pointer-below")] {
        let near = (behind..tokens.len().min(behind + 3))
            .any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some());
        if near {
            claim.scope.cues.push(way.into());
        }
    }
    let long = || text.split_whitespace().skip(1).filter(|w| w.chars().count() > 3);
    if long().count() > 0 && long().all(|w| w.starts_with(char::is_uppercase)) {
        claim.scope.cues.push("named".into());
    }
    claim
}

/// The words of the headings, captions and entries of the contents, with and without what they are numbered by.
fn titles(context: &Context<'_>) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption | BlockKind::Contents) {
            let words = folded_words(view.text);
            // "3.2 Refunds", "Annex B: Refunds", "Refunds (new)".
            for from in 0..words.len().min(4) {
                for to in from + 1..=words.len().min(from + LONGEST) {
                    out.insert(words[from..to].join(" "));
                }
            }
        }
    }
    out
}

/// Whether the words stand anywhere else in the document.
fn occurs(context: &Context<'_>, own: &BlockView<'_>, title: &str) -> bool {
    let words = folded_words(title);
    let Some(first) = words.first() else { return true };
    let blocks = context.document.blocks.iter().enumerate();
    blocks.map(|(i, block)| (i == own.id.index(), block.text.string.as_str())).any(|(own, text)| {
        // Most blocks do not have the first word, and are not cut into words.
        let has = text.len() >= title.len() && text.to_lowercase().contains(first.as_str());
        has && folded_words(text).windows(words.len()).filter(|w| **w == words).count() > usize::from(own)
    })
}
