//! Where quotations begin and end, with quotations and apostrophes inside them, and words that compare whatever
//! marks and capitals they are written with.

use compact_str::CompactString;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Quotation marks that open, with those that close.
const QUOTES: [(char, &[char]); 6] = [
    ('\u{2018}', &['\u{2019}', '\'']),
    ('\u{201c}', &['\u{201d}', '"']),
    ('\'', &['\'', '\u{2019}']),
    ('"', &['"', '\u{201d}']),
    ('«', &['»']),
    ('„', &['\u{201c}', '\u{201d}']),
];

/// Whether a sign can open a quotation.
pub(super) fn opens(c: char) -> bool {
    QUOTES.iter().any(|(open, _)| *open == c)
}

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

/// Words in folded letters: small, without diacritics, apostrophes gone.
pub(super) fn folded_words(text: &str) -> Vec<CompactString> {
    let mut out = Vec::new();
    let mut word = CompactString::default();
    for c in text.nfd().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            word.push(c);
        } else if !word.is_empty() && !is_combining_mark(c) && !matches!(c, '\'' | '’' | '‘' | '\u{ad}') {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
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
