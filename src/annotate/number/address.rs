//! Stretches of text whose numbers nobody reads as numbers: addresses, tags of templates.

use std::ops::Range;

/// The signs around what a template computes (Jinja, Liquid, Go): `{{ heading "level" 3 }}`.
const TAGS: [(&[u8], &[u8]); 2] = [(b"{{", b"}}"), (b"{%", b"%}")];

/// Most bytes of a tag; what is longer was not closed.
const TAG: usize = 2_000;

/// The stretches of text without white space that are addresses, and the tags of templates, in order and apart.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out: Vec<Range<usize>> = Vec::new();
    let marks = |needle: &'static str| memchr::memmem::find_iter(bytes, needle).collect::<Vec<_>>();
    let mut found = marks("://");
    found.extend(marks("www."));
    found.extend(memchr::memchr_iter(b'@', bytes));
    found.sort_unstable();
    for at in found {
        if out.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let start = bytes[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |i| i + 1);
        let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |i| at + i);
        out.push(start..end);
    }
    let tags = TAGS.iter().flat_map(|(open, close)| {
        memchr::memmem::find_iter(bytes, open).filter_map(|at| {
            let end = memchr::memmem::find(&bytes[at..bytes.len().min(at + TAG)], close)?;
            Some(at..at + end + close.len())
        })
    });
    let tags: Vec<Range<usize>> = tags.collect();
    if !tags.is_empty() {
        out.extend(tags);
        out.sort_unstable_by_key(|range| (range.start, range.end));
        out.dedup_by(|next, last| {
            let inside = next.start < last.end;
            if inside {
                last.end = last.end.max(next.end);
            }
            inside
        });
    }
    out
}
