//! Words, numbers and signs.
//!
//! A word is letters and digits joined by inner apostrophes, hyphens, and full stops between single letters
//! (`U.S.`); a number starts with a digit and takes its separators in (`1,234.5`). Everything else is a sign
//! of one character.

use super::phrase::cues_at;
use crate::lexicon::{Lexicon, Pos, WordId};
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// Letters, possibly with digits inside or after (`COVID-19`, `M40`).
    Word,
    /// Begins with a digit: `1,234.5`, `2019`, `24th`, `4x4`, `09:47`.
    Number,
    /// One sign.
    Sign,
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Case {
    /// No capital first.
    Lower,
    /// First letter capital, some letter small.
    Capital,
    /// Two or more letters, all capital.
    Upper,
    /// No letters.
    None,
}

/// One token of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// First byte in the block's string.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
    /// How it is written.
    pub case: Case,
    /// The lexicon's entry for the lower-case form.
    pub word: Option<WordId>,
    /// The bits of the phrase sets of which a phrase begins here, see [`crate::lexicon::cue_bit`].
    pub cues: u32,
}

impl Token {
    /// The wording.
    #[must_use]
    pub fn text<'t>(&self, block: &'t str) -> &'t str {
        &block[self.start as usize..self.end as usize]
    }

    /// Whether this is the given sign.
    #[must_use]
    pub fn is_sign(&self, block: &str, sign: char) -> bool {
        self.kind == TokenKind::Sign && block[self.start as usize..].starts_with(sign)
    }
}

/// Splits a block's string into tokens.
pub(super) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    let mut lower = String::with_capacity(32);
    let mut i = 0;
    while i < bytes.len() {
        let b = bytes[i];
        if b == b' ' || b == b'\n' || b == b'\t' || b == b'\r' {
            i += 1;
            continue;
        }
        let c = if b < 128 { b as char } else { text[i..].chars().next().unwrap_or('\u{fffd}') };
        let start = i;
        if c.is_ascii_digit() {
            i = number_end(text, i);
            i = spaced_thousands(text, start, i, &out, lexicon);
            out.push(Token {
                start: start as u32,
                end: i as u32,
                kind: TokenKind::Number,
                case: Case::None,
                word: None,
                cues: 0,
            });
        } else if c.is_alphabetic() {
            let plain = plain_word(bytes, i);
            i = plain.map_or_else(|| word_end(text, start), |(end, _)| end);
            let small = matches!(plain, Some((_, true)));
            if !small
                && let Some(end) =
                    currency_code(text, start..i, lexicon).or_else(|| number_prefix(&text[start..i], lexicon))
            {
                i = start + end;
            }
            let wording = &text[start..i];
            let (case, word) = match plain {
                Some((end, true)) if end == i => (Case::Lower, lexicon.words.find(wording)),
                _ => (case(wording), find(wording, lexicon, &mut lower)),
            };
            out.push(Token { start: start as u32, end: i as u32, kind: TokenKind::Word, case, word, cues: 0 });
        } else {
            i += c.len_utf8();
            if !c.is_whitespace() && c != '\u{feff}' && c != '\u{200b}' {
                out.push(Token {
                    start: start as u32,
                    end: i as u32,
                    kind: TokenKind::Sign,
                    case: Case::None,
                    word: None,
                    cues: 0,
                });
            }
        }
    }
    for at in 0..out.len() {
        out[at].cues = cues_at(lexicon, text, &out, at);
    }
    out
}

/// The end of a word of plain letters and digits that nothing joins to another, and whether it has no capital.
///
/// Most words are such; for all others [`word_end`] reads.
fn plain_word(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut small = true;
    let mut end = from;
    while let Some(b) = bytes.get(end)
        && b.is_ascii_alphanumeric()
    {
        small &= !b.is_ascii_uppercase();
        end += 1;
    }
    let ends = match bytes.get(end) {
        None => true,
        Some(b'.') => end - from > 1,
        Some(b) => b.is_ascii() && !joins(*b as char),
    };
    (ends && end > from).then_some((end, small))
}

fn find(wording: &str, lexicon: &Lexicon, lower: &mut String) -> Option<WordId> {
    lower.clear();
    if wording.is_ascii() {
        lower.push_str(wording);
        lower.make_ascii_lowercase();
        return lexicon.words.find(lower);
    }
    for c in wording.chars() {
        match c {
            '\u{2019}' => lower.push('\''),
            '\u{2010}' | '\u{2011}' => lower.push('-'),
            c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            c => lower.extend(c.to_lowercase()),
        }
    }
    lexicon.words.find(lower)
}

fn case(wording: &str) -> Case {
    let mut letters = wording.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        None => Case::None,
        Some(first) if !first.is_uppercase() => Case::Lower,
        Some(_) => {
            let (mut n, mut small) = (1, false);
            for c in letters {
                n += 1;
                small |= c.is_lowercase();
            }
            if n > 1 && !small { Case::Upper } else { Case::Capital }
        }
    }
}

/// The length of a currency code that digits are glued to: `USD` of `USD1,700`, `US` of `$US55`, `RM` of `RM2.4m`.
fn currency_code(text: &str, word: Range<usize>, lexicon: &Lexicon) -> Option<usize> {
    let wording = &text[word.clone()];
    let length = wording.bytes().position(|b| b.is_ascii_digit()).filter(|n| (1..=4).contains(n))?;
    let code = &wording[..length];
    if !code.bytes().all(|b| b.is_ascii_alphabetic()) || !code.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let signed = text[..word.start].ends_with('$');
    if signed && lexicon.units.get(format!("${code}").as_str()).is_some_and(|unit| unit.before) {
        return Some(length);
    }
    let known = code == POUND || lexicon.units.get(code).is_some_and(|unit| unit.before && !unit.word);
    let upper = length > 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    (known && (upper || is_money(&text[word.start + length..]))).then_some(length)
}

/// The pound sign in texts that were turned into ASCII.
pub(super) const POUND: &str = "PS";

/// Whether a text begins with digits written as amounts are: with separators, decimals or the letters of a scale.
pub(super) fn is_money(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = &text[digits..];
    let ends = |n: usize| !rest[n..].starts_with(|c: char| c.is_alphanumeric());
    match rest.as_bytes() {
        [b'.' | b',', next, ..] => next.is_ascii_digit(),
        [b'b' | b'm', b'n', ..] => ends(2),
        [b'm' | b'k', ..] => ends(1),
        _ => false,
    }
}

/// The length of a word that a number is hyphenated to and that is no part of a name: `minus` of `minus-5`, `now` of
/// `now-18`, but not `covid` of `covid-19`.
fn number_prefix(wording: &str, lexicon: &Lexicon) -> Option<usize> {
    let hyphen = wording.find('-')?;
    if !wording.as_bytes().get(hyphen + 1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let id = lexicon.words.find(&wording[..hyphen].to_ascii_lowercase())?;
    let prefix = lexicon.phrases(id).iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == "number.prefix");
    prefix.then_some(hyphen)
}

/// The end of a number whose thousands are parted by plain spaces, `1 414 021 100`; `end` when they are not.
///
/// A plain space parts words too, so nothing else may stand near that could be a number of its own: "page 12 300
/// copies", a row of figures, an uneven group.
fn spaced_thousands(text: &str, start: usize, end: usize, before: &[Token], lexicon: &Lexicon) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    if end - start > 3 || digits(start) != end - start || bytes[start] == b'0' {
        return end;
    }
    let mut to = end;
    while bytes.get(to) == Some(&b' ') && digits(to + 1) == 3 {
        to += 4;
    }
    // Another number, a letter or a sign of a path: no group of thousands.
    let decimals = |at: usize| matches!(bytes.get(at), Some(b'.' | b',')) && digits(at + 1) > 0;
    if to == end
        || bytes.get(to) == Some(&b' ') && digits(to + 1) > 0
        || decimals(to) && digits(to + 1) == 3
        || bytes.get(to).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b':' | b'_' | b'\''))
    {
        return end;
    }
    let last = before.last();
    let row = last.is_some_and(|t| t.kind == TokenKind::Number || t.end as usize == start && glues(t, text));
    let named = last.is_some_and(|t| {
        t.kind == TokenKind::Word && t.case != Case::Lower && t.case != Case::Upper
            || t.word.is_some_and(|id| {
                lexicon.words.pos(id).any(Pos::MONTH)
                    || lexicon.phrases(id).iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == "label.noun")
            })
    });
    if row || named {
        return end;
    }
    if decimals(to) { number_end(text, to - 3) } else { to }
}

/// Whether a token that a number hangs on makes it a part of something else: a path, a version, a range.
fn glues(token: &Token, text: &str) -> bool {
    token.kind == TokenKind::Word || matches!(token.text(text), "-" | "–" | "/" | "." | ":" | "#" | "_" | "+")
}

/// Whether `c` may join two letters or digits inside a word.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '-' | '\u{2010}' | '\u{2011}' | '_' | '&')
}

fn word_end(text: &str, from: usize) -> usize {
    let mut chars = text[from..].char_indices().peekable();
    let mut end = from;
    let mut letters = 0usize;
    while let Some((offset, c)) = chars.next() {
        let at = from + offset;
        if c.is_alphanumeric() && !is_raised(c) || is_combining(c) {
            end = at + c.len_utf8();
            letters += 1;
        } else if joins(c) && chars.peek().is_some_and(|&(_, n)| n.is_alphanumeric() && !is_raised(n)) {
            letters = 0;
        } else if c == '.'
            && letters == 1
            && text[from..at].chars().next_back().is_some_and(char::is_uppercase)
            && chars.peek().is_some_and(|&(_, n)| n.is_uppercase())
            && chars.clone().nth(1).is_none_or(|(_, n)| !n.is_alphanumeric())
        {
            // U.S., D.C.: single capitals with full stops between them
            letters = 0;
        } else {
            break;
        }
    }
    end.max(from + text[from..].chars().next().map_or(1, char::len_utf8))
}

fn number_end(text: &str, from: usize) -> usize {
    let mut chars = text[from..].char_indices().peekable();
    let mut end = from;
    while let Some((offset, c)) = chars.next() {
        let at = from + offset;
        if c.is_alphanumeric() && !is_raised(c) {
            end = at + c.len_utf8();
        } else if matches!(c, '.' | ',' | ':' | '\'' | '\u{2019}')
            && chars.peek().is_some_and(|&(_, n)| n.is_ascii_digit())
            && text[..at].ends_with(|p: char| p.is_ascii_digit())
        {
        } else if binds_thousands(text, from, at, c) {
            // 1 234 567 with non-breaking or narrow spaces
        } else {
            break;
        }
    }
    end
}

/// Whether the space at `at` stands between the thousands of the number that begins at `from`.
fn binds_thousands(text: &str, from: usize, at: usize, c: char) -> bool {
    if !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}') {
        return false;
    }
    let before = text[from..at].chars().rev().take_while(char::is_ascii_digit).take(4).count();
    let bytes = text.as_bytes();
    let after = bytes[at + c.len_utf8()..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let group_before = text[from..at - before].is_empty() || before == 3;
    after == 3 && (1..=3).contains(&before) && group_before
}

/// Raised figures: note marks and exponents, no part of the word before them.
fn is_raised(c: char) -> bool {
    matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{209f}')
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
