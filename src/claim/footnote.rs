//! Notes and the marks that call them.

mod listed;

use super::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind, Style};
use crate::span::Span;
use listed::Listed;
use std::ops::Range;

/// Reads the claims of kind Footnote.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    let bracketed = document.bracketed_notes;
    for note in &document.notes {
        // A note without words still is one, and stands in no block.
        let block = note.blocks.first().copied().unwrap_or(BlockId(0));
        push(context, out, block, &note.label, note.at, (true, bracketed));
    }
    for mark in &document.marks {
        push(context, out, mark.block, &mark.label, mark.at, (false, bracketed));
    }
    if let Some(listed) = Listed::of(context) {
        for (index, &at) in listed.labels.iter().enumerate() {
            push(context, out, BlockId(0), &(index + 1).to_string(), at, (true, true));
        }
        for view in context.views() {
            for call in listed.calls(context, &view) {
                push(context, out, view.id, call.label, call.at, (false, true));
                if let Some((claim, cue)) = out.last_mut().zip(call.cue) {
                    claim.scope.cues.push(cue.into());
                }
            }
        }
    }
    if bracketed {
        for view in context.views().filter(|v| v.is_prose() && !matches!(v.block.kind, BlockKind::Note { .. })) {
            for (label, bytes) in unanswered(view.text) {
                let marked = [Style::Code, Style::Link].iter().any(|&s| view.block.text.has_style(bytes.clone(), s));
                if !marked {
                    push(context, out, view.id, label, view.block.text.span(bytes), (false, true));
                }
            }
        }
    }
}

/// The numbers in square brackets that are left in a text, since no note has their label, or since there are several:
/// "[7]", "[2, 3]", "[4–6]" with its ends.
fn unanswered(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut out = Vec::new();
    for (open, _) in text.match_indices('[') {
        let Some(close) = text[open..].find(']').map(|i| open + i).filter(|close| close - open < 40) else { continue };
        let inside = &text[open + 1..close];
        let led = text[..open].chars().next_back().is_some_and(char::is_whitespace);
        let after = text[close + 1..].chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')'));
        // An interval begins with 0, a citation with 1.
        let number = |part: &str| part.len() <= 3 && part.parse::<u32>().is_ok_and(|n| n > 0);
        if !led || !ends || !inside.split([',', '-', '–']).all(|part| number(part.trim())) {
            continue;
        }
        let mut from = open + 1;
        for part in inside.split([',', '-', '–']) {
            let label = part.trim();
            let start = from + part.find(label).unwrap_or(0);
            out.push((label, start..start + label.len()));
            from += part.len();
            from += text[from..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// Adds a note, or a mark that calls one; `note` and `bracketed` as for the claim.
fn push(
    context: &Context<'_>,
    out: &mut Vec<Claim>,
    block: BlockId,
    label: &str,
    at: Span,
    (note, bracketed): (bool, bool),
) {
    if block.index() >= context.document.blocks.len() {
        return;
    }
    let view = context.view(block);
    let marked = context.document.marked_notes;
    let value = Value::Footnote { label: label.into(), note, marked, bracketed };
    let mut claim = view.claim(ClaimKind::Footnote, "footnote", 0..0, value);
    claim.at = at;
    claim.within = at;
    claim.text = label.into();
    out.push(claim);
}

#[cfg(test)]
mod tests {
    use super::unanswered;

    #[test]
    fn reads_numbers_in_brackets_that_cite() {
        let labels = |text: &'static str| unanswered(text).into_iter().map(|(label, _)| label).collect::<Vec<_>>();
        assert_eq!(labels("It grows [7], and dies [2, 13] or [4–6]."), ["7", "2", "13", "4", "6"]);
        assert!(labels("In [0, 9] and a[7], see [x] and [1]st.").is_empty());
    }
}
