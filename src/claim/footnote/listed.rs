//! Notes and works that are given as a numbered list, and the numbers that call them: "[7]", "(note 4)".
//!
//! What a list holds is told by its heading ("Notes", "References") or by the marks that its items begin with.

use super::unanswered;
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::Context;
use crate::claim::context::BlockView;
use crate::document::{BlockKind, List, Style};
use crate::span::Span;
use std::ops::Range;

/// Fewest items of a list.
const FEWEST: usize = 3;

/// Most tokens of a heading that says what the list below it holds: "8. Notes to the accounts".
const HEADING: usize = 6;

/// Notes or works in a numbered list.
pub(super) struct Listed {
    /// The place of each number, in order; the first is 1.
    pub(super) labels: Vec<Span>,
    /// The blocks of the items.
    blocks: Range<u32>,
    /// Whether they are called as notes in words, "note 4", too.
    spoken: bool,
}

/// A number that calls a note or work.
pub(super) struct Call<'a> {
    /// The number.
    pub(super) label: &'a str,
    /// Its place; with its noun when it has no brackets.
    pub(super) at: Span,
    /// `spoken` when it is a number in words, "note 4", and `named` when it is one in brackets behind such a word,
    /// "mark [4]".
    pub(super) cue: Option<&'static str>,
}

impl Listed {
    /// The only list of the document that holds notes or works, and is numbered through from 1.
    pub(super) fn of(context: &Context<'_>) -> Option<Self> {
        let document = context.document;
        if !document.notes.is_empty() || !document.marks.is_empty() {
            return None;
        }
        let mut found = document.lists.iter().filter_map(|list| read(context, list));
        found.next().filter(|_| found.next().is_none())
    }

    /// The numbers that call a note or work in a block.
    pub(super) fn calls<'a>(&self, context: &Context<'_>, view: &BlockView<'a>) -> Vec<Call<'a>> {
        if !view.is_prose() || self.blocks.contains(&view.id.0) {
            return Vec::new();
        }
        let text = &view.block.text;
        let is_plain =
            |bytes: &Range<usize>| ![Style::Code, Style::Link].iter().any(|&s| text.has_style(bytes.clone(), s));
        let bracketed = unanswered(view.text).into_iter().filter(|(_, bytes)| is_plain(bytes));
        let mut out: Vec<Call<'_>> = bracketed
            .map(|(label, bytes)| {
                let token = view.layer.tokens.partition_point(|t| (t.end as usize) < bytes.start);
                let named = phrase_before(context.lexicon, "note-call", view.text, &view.layer.tokens, token).is_some();
                Call { label, at: text.span(bytes), cue: named.then_some("named") }
            })
            .collect();
        if self.spoken {
            let spoken = spoken(context, view).into_iter();
            out.extend(spoken.map(|i| Call { label: view.word(i), at: view.span(i - 1..i + 1), cue: Some("spoken") }));
        }
        out
    }
}

/// The list, when its heading or its marks say that it holds notes or works.
fn read(context: &Context<'_>, list: &List) -> Option<Listed> {
    if list.depth > 0 || list.items.len() < FEWEST {
        return None;
    }
    let first = context.view(list.items.first()?.block?);
    let heading = first.block.section.map(|id| context.view(id));
    let titled = |set: &str| heading.as_ref().is_some_and(|view| is_title(context, view, set));
    let spoken = titled("heading-notes");
    let by_heading = list.ordered && (spoken || titled("heading-works"));
    let mut labels = Vec::new();
    for (index, item) in list.items.iter().enumerate() {
        let label = (index + 1).to_string();
        let view = context.view(item.block?);
        let mark = format!("[{label}]");
        let at = match view.text.starts_with(&mark) {
            true => view.block.text.span(0..mark.len()),
            false if by_heading && item.marker.trim_matches(|c: char| !c.is_alphanumeric()) == label => item.at,
            false => return None,
        };
        labels.push(at);
    }
    let last = context.view(list.items.last()?.block?).id.0;
    Some(Listed { labels, blocks: first.id.0..last + 1, spoken })
}

/// Whether a heading is nothing but its number and a phrase of a set.
fn is_title(context: &Context<'_>, view: &BlockView<'_>, set: &str) -> bool {
    let tokens = &view.layer.tokens;
    let start = tokens.iter().position(|t| t.kind == TokenKind::Word).unwrap_or(tokens.len());
    let whole = |n: usize| start + n == tokens.len();
    matches!(view.block.kind, BlockKind::Heading(_))
        && tokens.len() <= HEADING
        && phrase_at(context.lexicon, set, view.text, tokens, start).is_some_and(whole)
}

/// The tokens of numbers that call a note in words: "(note 4)", "see note 4 below", but not "note 4 bolts" and not
/// "note 4 of the accounts".
fn spoken(context: &Context<'_>, view: &BlockView<'_>) -> Vec<usize> {
    let tokens = &view.layer.tokens;
    let is_number = |i: usize| tokens[i].kind == TokenKind::Number && view.word(i).bytes().all(|b| b.is_ascii_digit());
    let is_closed = |i: usize| {
        i >= tokens.len()
            || matches!(view.word(i), ")" | "," | "." | ";" | "]")
            || phrase_at(context.lexicon, "list-below", view.text, tokens, i).is_some()
    };
    // "Note 4 bolts": at the beginning of a sentence it may be a verb.
    let is_note = |i: usize| {
        let opens = view.layer.sentence_of(i - 1).start == i - 1 && tokens[i - 1].case != Case::Lower;
        !opens && phrase_before(context.lexicon, "note-call", view.text, tokens, i) == Some(1)
    };
    (1..tokens.len()).filter(|&i| is_number(i) && is_note(i) && is_closed(i + 1)).collect()
}
