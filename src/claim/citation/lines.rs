//! Entries of a list of references that stand one a line, without blank lines between them.

use crate::claim::BlockView;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes from the beginning of an entry in which its year is looked for.
const HEAD: usize = 240;

/// Most bytes of a block that is taken for a list without a heading that says so.
const BLOCK: usize = 20_000;

/// "Hadjidakis, E.", "van der Berg, Jan", "Müller Lange, A." at the beginning of an entry.
static AUTHOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:van|von|de|del|der|den|di|la|le|ter)\s)*\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?,\s\p{Lu}(?:\.|[\p{L}-]+)")
        .ok()
});

/// A year of publication.
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:1[5-9]|20)\d\d[a-z]?\b").ok());

/// The entries of a block below the heading of a list: the whole block, or its lines that begin as entries do.
pub(super) fn entries(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for end in view.block.text.line_ends().filter(|&end| begins_entry(&view.text[end..])) {
        out.push(from..end);
        from = end;
    }
    out.push(from..view.text.len());
    out
}

/// The entries of a paragraph that is a list of references without a heading: every line begins as an entry does.
pub(super) fn listed(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let dense = view.text.len() <= BLOCK && view.block.text.line_ends().next().is_some();
    if !dense || !begins_entry(view.text) {
        return Vec::new();
    }
    let list = entries(view);
    let sound = list.len() > 1 && list.iter().all(|range| begins_entry(&view.text[range.clone()]));
    if sound { list } else { Vec::new() }
}

/// Whether a text begins with an author, surname first, and soon has a year.
fn begins_entry(text: &str) -> bool {
    let text = text.trim_start();
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let has = |shape: &LazyLock<Option<Regex>>| shape.as_ref().is_some_and(|shape| shape.is_match(&text[..end]));
    has(&AUTHOR) && has(&YEAR)
}

#[cfg(test)]
mod tests {
    use super::begins_entry;

    #[test]
    fn reads_where_an_entry_begins() {
        for text in [
            "Holm, E. 2004. *Lamps and those who light them*. Arden: Quay.",
            "van der Berg, J., & Ito, K. (2016). Lists at sea. *Tides*, 4, 12–25.",
            "Müller-Lange, Anna: Vom Licht. Kiel 1999.",
        ] {
            assert!(begins_entry(text), "{text}");
        }
        for text in
            ["In 1999, Holm lit the lamp.", "Lamps, ropes and sails were sold in 1999.", "Holm, E. Lamps at sea."]
        {
            assert!(!begins_entry(text), "{text}");
        }
    }
}
