//! A list of those present against the number of them that the minutes give: "Present: Ann Holt, Ben Marsh", "Seven
//! members were present".

use super::announcement::{Announcement, announcements};
use super::push;
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context, Member};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::Pos;
use std::ops::Range;

/// How many blocks behind the list its number may stand.
const BLOCKS: u32 = 12;
/// Most tokens of the list.
const LONGEST: usize = 400;
/// Most tokens of one entry, with title and office.
const ENTRY: usize = 14;
/// Furthest that the number may be off; more counts others.
const FURTHEST: usize = 2;

/// Reads the lists of those present.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut lists = context.views().filter_map(|view| Some((view, names(context, &view)?)));
    let (Some((view, names)), None) = (lists.next(), lists.next()) else { return };
    for id in view.id.0..(view.id.0 + BLOCKS).min(context.document.blocks.len() as u32) {
        let there = context.view(BlockId(id));
        if !there.is_prose() {
            continue;
        }
        for sentence in &there.layer.sentences {
            let Some(found) = stated(context, &there, sentence) else { continue };
            if names.len().abs_diff(found.count as usize) <= FURTHEST {
                push(&there, out, &found, names.clone());
            }
            return;
        }
    }
}

/// The number of members that a sentence says were present.
fn stated(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<Announcement> {
    let is_present = |found: &Announcement| {
        let start = found.number.start;
        let opens = start == sentence.start || view.word(start - 1).eq_ignore_ascii_case("all");
        let people = context.lexicon.words.find(&lemma(view, context.lexicon, found.end - 1));
        let people = people.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::PEOPLE));
        let present = phrase_at(context.lexicon, "list-were-present", view.text, &view.layer.tokens, found.end);
        opens && people && present.is_some()
    };
    let mut found = announcements(view, context.lexicon, sentence.clone()).into_iter().filter(is_present);
    found.next()
}

/// The names behind "Present:", each once; `None` when the block has no such list or it is open.
fn names(context: &Context<'_>, view: &BlockView<'_>) -> Option<Vec<Member>> {
    let tokens = &view.layer.tokens;
    if !matches!(view.block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
        return None;
    }
    let label = phrase_at(context.lexicon, "list-present-label", view.text, tokens, 0)?;
    if view.word(label) != ":" {
        return None;
    }
    let limit = tokens.len().min(label + 1 + LONGEST);
    let is_label = |i: usize| view.word(i + 1) == ":" && view.word(i).starts_with(char::is_uppercase);
    let end = (label + 1..limit).find(|&i| is_label(i)).unwrap_or(limit);
    let mut depth = 0usize;
    let mut start = label + 1;
    let mut out = Vec::new();
    for i in label + 1..=end {
        let word = if i < end { view.word(i) } else { "," };
        match word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "," | ";" | "and" | "&" if depth == 0 => {
                out.extend(entry(view, start..i)?);
                start = i + 1;
            }
            _ => {}
        }
    }
    (out.len() >= 2).then_some(out)
}

/// One name, nothing between two separators; `None` when an entry is something else, such as "two guests".
fn entry(view: &BlockView<'_>, tokens: Range<usize>) -> Option<Option<Member>> {
    let mut end = tokens.end;
    while end > tokens.start && matches!(view.word(end - 1), "." | "*") {
        end -= 1;
    }
    let tokens = tokens.start..end;
    if tokens.is_empty() {
        return Some(None);
    }
    let named = view.word(tokens.start).starts_with(char::is_uppercase);
    (named && tokens.len() <= ENTRY).then(|| Some(view.member(tokens)))
}
