//! The numbers of captions, headings and the like: `5`, `6.2`, `B`, `C.1`, `IV`, `1a`.

use crate::annotate::phrases_at;
use crate::claim::context::BlockView;
use crate::lexicon::Lexicon;

/// What the names of the phrase sets begin with that hold the nouns for places that a text sends its reader to.
const PLACES: &str = "place-";

/// What the names of the phrase sets begin with that hold the nouns for other things that headings number through.
const SERIES: &str = "series-";

/// The sort of place that the noun at a token names, and the length of the noun in tokens, a full stop included.
pub(super) fn sort_at<'a>(view: &BlockView<'a>, lexicon: &'a Lexicon, at: usize) -> Option<(&'a str, usize)> {
    noun_at(view, lexicon, at, PLACES)
}

/// [`sort_at`], of whatever headings and captions number through.
pub(super) fn series_at<'a>(view: &BlockView<'a>, lexicon: &'a Lexicon, at: usize) -> Option<(&'a str, usize)> {
    sort_at(view, lexicon, at).or_else(|| noun_at(view, lexicon, at, SERIES))
}

fn noun_at<'a>(view: &BlockView<'a>, lexicon: &'a Lexicon, at: usize, sets: &str) -> Option<(&'a str, usize)> {
    let tokens = &view.layer.tokens;
    let (set, length) = phrases_at(lexicon, view.text, tokens, at).find(|(set, _)| set.starts_with(sets))?;
    let stop = view.word(at).len() <= 4 && tokens.get(at + length).is_some_and(|t| t.is_sign(view.text, '.'));
    Some((&set[sets.len()..], length + usize::from(stop)))
}

/// The number that a text begins with, and its length in bytes.
pub(super) fn number(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    let mut end = match first {
        b'0'..=b'9' => text.bytes().take_while(u8::is_ascii_digit).count(),
        b'A'..=b'Z' => {
            let roman = text.bytes().take_while(|b| b"IVXLC".contains(b)).count();
            roman.max(1)
        }
        _ => return None,
    };
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    }
    if bytes[end - 1].is_ascii_digit()
        && bytes.get(end).is_some_and(u8::is_ascii_alphabetic)
        && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        end += 1;
    }
    let after = text[end..].chars().next();
    // 1,000 and 3-2 and 2/3 are numbers of other sorts.
    let digit_next = text[end..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let whole = match after {
        Some(c) if c.is_alphanumeric() => false,
        Some(',' | '-' | '/' | '_' | ':') => !digit_next,
        Some('%' | '°') => false,
        _ => true,
    };
    (whole && end <= 12).then(|| &text[..end])
}
