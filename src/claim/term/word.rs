//! Ways of writing a word, two words beside each other, a number or a day.

use super::{Reading, SHORTEST, is_code, pos, singular};
use crate::annotate::{Case, Token, TokenKind};
use crate::claim::context::BlockView;
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};

/// The folds of the word or number at a token, with the tokens and the wording that may vary.
pub(super) fn readings(lexicon: &Lexicon, view: &BlockView<'_>, at: usize, add: &mut impl FnMut(Reading)) {
    let tokens = &view.layer.tokens;
    let token = &tokens[at];
    let word = view.word(at);
    let one = at..at + 1;
    if let Some(reading) = day(view, at) {
        add(reading);
    }
    if token.kind == TokenKind::Number {
        if let Some(style) = thousands(lexicon, view, at) {
            add(Reading {
                key: "number:thousands".into(),
                tokens: one,
                style: style.clone(),
                wording: style,
                shared: false,
            });
        }
        return;
    }
    if token.kind != TokenKind::Word || !word.is_ascii() || word.contains(['\'', '_', '&']) {
        return;
    }
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    if token.case == Case::Upper && (2..=7).contains(&word.len()) && !word.contains('-') && !digit {
        // "US" and "U.S."
        let bare: CompactString = word.chars().filter(|&c| c != '.').collect();
        if bare.len() <= 4 && bare.chars().all(char::is_alphabetic) {
            let dotted = word.contains('.');
            let stop = dotted && view.text[view.layer.bytes(one.clone()).end..].starts_with('.');
            let wording = if stop { format_compact!("{word}.") } else { word.into() };
            let style = if dotted { "stops" } else { "plain" }.into();
            add(Reading { key: format_compact!("stops:{bare}"), tokens: one, style, wording, shared: false });
        }
        return;
    }
    let first = view.layer.sentence_of(at).start == at;
    let heading = matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption | BlockKind::Cell { .. });
    let inner = has_inner_capital(word);
    let named = letters >= SHORTEST && !heading && (inner || token.case == Case::Capital) || digit && letters >= 4;
    if named && token.case != Case::Lower {
        let plain: String = word.chars().filter(|&c| c != '-').collect();
        let (style, wording) = (word.into(), word.into());
        let key = format_compact!("capital:{}", plain.to_ascii_lowercase());
        // A word of the lexicon is a name only where another writing of it has a capital inside.
        let shared =
            inner || digit || pos(lexicon, token) == Pos::default() || !first && pos(lexicon, token).any(Pos::NOUN);
        add(Reading { key, tokens: one.clone(), style, wording, shared });
    }
    // Capitals of ordinary words are those of titles and names, but for the first word of a sentence.
    let ordinary = token.case == Case::Lower || token.case == Case::Capital && (heading || first);
    if ordinary && !inner && letters >= SHORTEST && !digit {
        let small = lower(word);
        let key = format_compact!("word:{}", fold(lexicon, &small));
        add(Reading { key, tokens: one.clone(), style: singular(&small).into(), wording: small, shared: false });
    }
    // "northeast Syria" and "Northeast Syria": an adjective before a name, inside a sentence.
    let next = tokens.get(at + 1);
    let place = |t: &Token| {
        t.kind == TokenKind::Word
            && t.case == Case::Capital
            && (pos(lexicon, t).any(Pos::DEMONYM) || lexicon.place(t.text(view.text)).is_some())
    };
    if !first && !heading && letters >= SHORTEST && next.is_some_and(place) && is_direction(word) {
        let key = format_compact!("before:{}:{}", lower(word), view.word(at + 1));
        add(Reading { key, tokens: one, style: word.into(), wording: word.into(), shared: false });
    }
}

/// Whether a capital follows a small letter: `JavaScript`.
fn has_inner_capital(word: &str) -> bool {
    word.as_bytes().windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
}

/// A lower-case word without hyphens and plural ending, in American spelling.
fn fold(lexicon: &Lexicon, small: &str) -> CompactString {
    let bare = small.replace('-', "");
    let american = lexicon.spellings.american(&bare);
    if american != bare { singular(&american).into() } else { lexicon.spellings.american(singular(&bare)) }
}

/// Whether a word names a direction or part of a land: north-eastern, Southwest, central.
fn is_direction(word: &str) -> bool {
    let word = lower(word).replace('-', "");
    let stem = word.strip_suffix("ern").unwrap_or(&word);
    matches!(
        stem,
        "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest" | "central"
    )
}

/// "with" and "without" a separator, for a number of four digits that counts something.
fn thousands(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> Option<CompactString> {
    let quantities = &view.layer.quantities;
    let q = quantities.get(quantities.partition_point(|q| q.number.end <= at)).filter(|q| q.number.contains(&at))?;
    if !view.is_prose() || q.label || q.quantity.amount.low < Decimal::from(1000) || q.number.len() > 3 {
        return None;
    }
    let word = view.word(at);
    if word.len() == 5 && word.as_bytes()[1] == b',' && word.bytes().filter(u8::is_ascii_digit).count() == 4 {
        return Some("1,000".into());
    }
    // Years look the same: only what has a noun behind it counts for sure.
    let counted = view.layer.tokens.get(at + 1).is_some_and(|t| {
        let noun = pos(lexicon, t).any(Pos::NOUN.and(Pos::PEOPLE)) && !pos(lexicon, t).any(Pos::CLOSED);
        t.kind == TokenKind::Word && t.case == Case::Lower && noun
    });
    let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    (plain && counted && !crate::claim::is_year(word)).then(|| "1000".into())
}

/// The order of day and month, where a whole date with the name of the month begins at the token.
fn day(view: &BlockView<'_>, at: usize) -> Option<Reading> {
    let dates = &view.layer.dates;
    let date = dates.get(dates.partition_point(|d| d.tokens.start < at)).filter(|d| d.tokens.start == at)?;
    // References have the style of the place that they lead to.
    let cites = view.text.contains("://") || ["ccessed", "etrieved", "ibid"].iter().any(|w| view.text.contains(w));
    if !view.is_prose() || cites {
        return None;
    }
    let wording = view.wording(date.tokens.clone());
    let numbers: Vec<usize> = wording.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|&n| n > 0).collect();
    // One day, its month in letters, its year.
    let (&[day, 4], true) = (numbers.as_slice(), wording.bytes().filter(u8::is_ascii_alphabetic).count() >= 3) else {
        return None;
    };
    let style = match wording.as_bytes().first()? {
        b'0' => "day with a nought",
        b'0'..=b'9' => "day first",
        _ => "month first",
    };
    let suffix = |w: &[u8]| w[0].is_ascii_digit() && matches!(&w[1..], b"st" | b"nd" | b"rd" | b"th");
    let ordinal = wording.as_bytes().windows(3).any(suffix);
    let style = match ordinal && day <= 2 {
        true => format_compact!("{style}, ordinal"),
        false => style.into(),
    };
    // Documents have habits of their own, so that one is never compared with another.
    let key = format_compact!("day:{}", view.block.text.span(0..0).file.0);
    Some(Reading { key, tokens: date.tokens.clone(), style, wording: wording.into(), shared: false })
}

/// Whether the block has one of the small words of the language: the, and, with.
fn is_english(lexicon: &Lexicon, view: &BlockView<'_>) -> bool {
    view.layer.tokens.iter().any(|t| t.end - t.start >= 3 && t.case == Case::Lower && pos(lexicon, t).any(Pos::CLOSED))
}

/// Two plain words beside each other, folded to one.
pub(super) fn pair(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> Option<Reading> {
    let tokens = &view.layer.tokens;
    let (a, b) = (&tokens[at], tokens.get(at + 1)?);
    let is_plain = |t: &Token, first: bool| {
        t.kind == TokenKind::Word
            && (t.case == Case::Lower || first && t.case == Case::Capital)
            && t.text(view.text).bytes().all(|c| c.is_ascii_alphabetic())
    };
    let first = view.layer.sentence_of(at).start == at;
    if !is_plain(a, first) || !is_plain(b, false) || &view.text[a.end as usize..b.start as usize] != " " {
        return None;
    }
    let wording = lower(view.wording(at..at + 2));
    if let Some(joined) = lexicon.spellings.phrase(&wording) {
        let key = format_compact!("word:{joined}");
        return Some(Reading { key, tokens: at..at + 2, style: wording.clone(), wording, shared: false });
    }
    // "four years" and "a four-year plan" are one way.
    let closed = pos(lexicon, a).any(Pos::CLOSED.and(Pos::NUMBER)) || pos(lexicon, b).any(Pos::CLOSED);
    let noun = pos(lexicon, b) == Pos::default() || pos(lexicon, b).any(Pos::NOUN.and(Pos::PEOPLE));
    // Two words that are both unknown may be of any language.
    let nothing = |t: &Token| pos(lexicon, t) == Pos::default();
    let unknown = nothing(a) && nothing(b) && !is_english(lexicon, view);
    if closed || !noun || unknown || b.end - a.start < 8 || is_code(view, at) || is_code(view, at + 1) {
        return None;
    }
    let joined = wording.replace(' ', "");
    let key = format_compact!("word:{}", fold(lexicon, &joined));
    Some(Reading { key, tokens: at..at + 2, style: singular(&wording).into(), wording, shared: false })
}
