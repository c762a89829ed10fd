//! Where the title of a work stands in a citation, and where one citation of a note ends.

use crate::claim::BlockView;
use crate::document::Style;
use std::ops::Range;

/// Quotation marks that open, with those that close.
const QUOTES: [(char, &[char]); 6] = [
    ('\u{2018}', &['\u{2019}', '\'']),
    ('\u{201c}', &['\u{201d}', '"']),
    ('\'', &['\'', '\u{2019}']),
    ('"', &['"', '\u{201d}']),
    ('«', &['»']),
    ('„', &['\u{201c}', '\u{201d}']),
];

/// Whether a sign can close a quotation of any sort.
fn closes_any(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{201d}' | '\'' | '"' | '»')
}

/// The first quotation that begins in the range: the bytes between its marks, and those with them.
pub(super) fn quoted(text: &str, range: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let mut before = text[..range.start].chars().next_back();
    for (at, c) in text[range.clone()].char_indices() {
        let start = range.start + at;
        let opens = before.is_none_or(|b| !b.is_alphanumeric() && !closes_any(b) || b == '\'' || b == '"');
        before = Some(c);
        let Some(&(_, closing)) = QUOTES.iter().find(|(open, _)| *open == c).filter(|_| opens) else { continue };
        let inner = start + c.len_utf8();
        if text[inner..range.end].starts_with(char::is_whitespace) {
            continue;
        }
        let end = close(text, inner..range.end, c, closing)?;
        let whole = start..end + text[end..].chars().next().map_or(0, char::len_utf8);
        return Some((inner..end, whole));
    }
    None
}

/// Where the quotation that began before the range ends: the byte of the closing mark.
fn close(text: &str, range: Range<usize>, open: char, closing: &[char]) -> Option<usize> {
    let mut depth = 0u32;
    let mut before = ' ';
    let (mut weak, mut last, mut other) = (None, None, None);
    for (at, c) in text[range.clone()].char_indices() {
        let rest = &text[range.start + at + c.len_utf8()..range.end];
        let after = rest.chars().next().unwrap_or(' ');
        let ends = !before.is_whitespace() && !after.is_alphanumeric();
        let begins = (before.is_whitespace() || matches!(before, '(' | '[')) && after.is_alphanumeric();
        before = c;
        if c == open && begins {
            // A quotation that goes on behind a possessive has not ended there; one that opens anew has.
            if weak.is_some() {
                break;
            }
            depth += 1;
        } else if closing.contains(&c) && ends {
            if depth == 0 {
                // "Boats' and Rafts": a possessive, or the end with a word behind it.
                if rest.strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_lowercase)) {
                    weak = weak.or(Some(range.start + at));
                    continue;
                }
                return Some(range.start + at);
            }
            depth -= 1;
            last = Some(range.start + at);
        } else if closes_any(c) && ends {
            other = Some(range.start + at);
        }
    }
    weak.or(last).or(other)
}

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
            _ if QUOTES.iter().any(|(open, _)| *open == c) => {
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

#[cfg(test)]
mod tests {
    use super::quoted;

    fn title(text: &str) -> Option<&str> {
        quoted(text, 0..text.len()).map(|(inner, _)| &text[inner])
    }

    #[test]
    fn reads_titles_with_quotations_inside() {
        let cases = [
            ("Ito, ‘Boats’ and Men’s Work’ (2019)", "Boats’ and Men’s Work"),
            ("Ito, ‘Boats’ in ‘The Sea’ (2019)", "Boats"),
            ("Ito, ‘The Harbour’s Men’ (2019)", "The Harbour’s Men"),
            ("Ito, 'The Harbour's \"Good\" Men' (2019)", "The Harbour's \"Good\" Men"),
            ("Ito, 'From Ship to 'Raft'II: A Life' (2019)", "From Ship to 'Raft'II: A Life"),
            (
                "Ito, ‘They Said ‘Come and Row, and You’ll Be Paid,’’ Radio",
                "They Said ‘Come and Row, and You’ll Be Paid,’",
            ),
            ("Ito, “‘We Rowed.’ A Story’. Ibid.", "‘We Rowed.’ A Story"),
        ];
        for (text, expected) in cases {
            assert_eq!(title(text), Some(expected), "{text}");
        }
        assert_eq!(title("The men's boats and the women's"), None);
    }
}
