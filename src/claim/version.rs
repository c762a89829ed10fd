//! Versions in running text: "0.12.0", "v1.4", "V2.0.1".

use super::BlockView;
use crate::annotate::TokenKind;
use std::ops::Range;

/// The parts of the version that begins at a token, at least two, and its tokens. Amounts and numbers of sections
/// look the same.
///
/// A letter before the number makes a word of its first part: "v1.4" is `v1`, `.`, `4`.
#[must_use]
pub(super) fn version_at(view: &BlockView<'_>, at: usize) -> Option<(Vec<u32>, Range<usize>)> {
    let tokens = &view.layer.tokens;
    let first = tokens.get(at)?;
    let glued = |i: usize| tokens.get(i).is_some_and(|t| t.start == tokens[i - 1].end);
    let end = match first.kind {
        TokenKind::Number => at + 1,
        TokenKind::Word if glued(at + 1) && view.word(at + 1) == "." && glued(at + 2) => at + 3,
        // "v 1.4" where the letter stands alone, or an image of the whole in one token.
        TokenKind::Word => at + 1,
        TokenKind::Sign => return None,
    };
    if end > at + 1 && tokens.get(at + 2)?.kind != TokenKind::Number {
        return None;
    }
    parts(view.wording(at..end)).map(|parts| (parts, at..end))
}

/// The parts of a version that a wording is and nothing else.
#[must_use]
pub(super) fn parts(word: &str) -> Option<Vec<u32>> {
    let bare = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let parts: Vec<&str> = bare.split('.').collect();
    let plain = |p: &&str| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
    if !(2..=4).contains(&parts.len()) || !parts.iter().all(plain) {
        return None;
    }
    parts.iter().map(|p| p.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn reads_versions() {
        assert_eq!(parts("v1.4"), Some(vec![1, 4]));
        assert_eq!(parts("0.12.0"), Some(vec![0, 12, 0]));
        assert_eq!(parts("v1"), None);
        assert_eq!(parts("1.4.x"), None);
        assert_eq!(parts("08.06.2021.1.1"), None);
    }
}
