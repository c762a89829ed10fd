//! Where the title of a work stands in a citation, and where one citation of a note ends.

use crate::claim::BlockView;
use crate::claim::quoted::{opens, quoted};
use crate::document::Style;
use std::ops::Range;

/// The stretches of emphasis inside a range of bytes.
pub(super) fn emphasised<'a>(view: &'a BlockView<'_>, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    view.block
        .text
        .styles
        .iter()
        .filter(|(_, style)| *style == Style::Emphasis)
        .map(|(r, _)| r.start as usize..r.end as usize)
        .filter(move |r| r.start >= range.start && r.end <= range.end)
}

/// The citations of a note: its text, cut at semicolons that stand in no quotation, bracket or address.
pub(super) fn pieces(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let text = view.text;
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut depth = 0i32;
    while at < text.len() {
        let c = text[at..].chars().next().unwrap_or(' ');
        let next = at + c.len_utf8();
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = (depth - 1).max(0),
            ';' if depth == 0 && !view.block.text.has_style(at..next, Style::Address) => {
                out.push(trimmed(text, from..at));
                from = next;
            }
            _ if opens(c) => {
                if let Some((_, whole)) = quoted(text, at..text.len())
                    && whole.start == at
                {
                    at = whole.end;
                    continue;
                }
            }
            _ => {}
        }
        at = next;
    }
    out.push(trimmed(text, from..text.len()));
    out.retain(|r| r.len() > 3);
    out
}

/// A range of bytes without white space and full stops at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start_matches(|c: char| c.is_whitespace() || c == '.').len();
    let end = start + text[start.min(range.end)..range.end].trim_end().len();
    start..end
}
