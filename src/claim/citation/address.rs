//! Web addresses in a citation.

use super::member;
use crate::claim::{BlockView, Member};
use crate::document::Style;
use std::ops::Range;

/// The addresses inside a range of bytes, each once, without the punctuation around them.
pub(super) fn addresses(view: &BlockView<'_>, range: Range<usize>) -> Vec<(Range<usize>, Member)> {
    let styled = view.block.text.styles.iter().filter(|(_, style)| *style == Style::Address);
    let mut found: Vec<Range<usize>> = styled.map(|(r, _)| r.start as usize..r.end as usize).collect();
    for lead in ["http://", "https://", "www."] {
        let starts = view.text[range.clone()].match_indices(lead).map(|(at, _)| range.start + at);
        found.extend(starts.map(|start| start..start + end(&view.text[start..range.end])));
    }
    found.retain(|r| r.start >= range.start && r.end <= range.end);
    found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut out: Vec<(Range<usize>, Member)> = Vec::new();
    for r in found {
        let wording = view.text[r.clone()].trim_end_matches(['.', ',', ';', '>', ' ', ':']);
        // A bracket that was opened outside closes outside.
        let open = wording.contains('(');
        let wording = if open { wording } else { wording.trim_end_matches([')', '.', ',']) };
        let trimmed = r.start..r.start + wording.len();
        if wording.len() > 4 && out.last().is_none_or(|(last, _)| last.end <= trimmed.start) {
            out.push((trimmed.clone(), member(view, trimmed)));
        }
    }
    out
}

/// Where an address ends that a text begins with.
fn end(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '’' | '»' | '|' | '`'))
        .unwrap_or(text.len())
}

/// An address without what two ways of writing it may differ in: scheme, `www.`, capitals of the host, the slash at
/// its end.
#[must_use]
pub fn plain_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest).trim_end_matches(['/', '.', '>', '?']);
    let (host, path) = rest.find('/').map_or((rest, ""), |i| rest.split_at(i));
    let host = host.to_lowercase();
    format!("{}{path}", host.strip_prefix("www.").unwrap_or(&host))
}
