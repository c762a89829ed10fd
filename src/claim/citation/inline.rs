//! Works cited by author and year in running text: "(Oduya & Fenn, 2018)", "Tamblyn (2018)".

use super::author::authors;
use super::{Citation, CitationForm, claim, folded_words, lines, member};
use crate::annotate::TokenKind;
use crate::claim::{BlockView, Claim, Context, Value};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use std::ops::Range;

/// Most bytes of the bracket around one group of citations.
const BRACKET: usize = 600;

/// Most words of the authors before a year in brackets.
const WORDS: usize = 8;

/// Fewest letters of a name that is taken for another one with a slip.
const NEAR: usize = 5;

/// Reads the citations by author and year in all running text.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let note = |v: &BlockView<'_>| matches!(v.block.kind, BlockKind::Note { .. });
    for view in context.views().filter(|v| v.is_prose() && !note(v)) {
        let text = view.text;
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'(', &text.as_bytes()[at..]).map(|i| at + i) {
            at = open + 1;
            let Some(close) = closing(text, open) else { continue };
            if view.block.text.has_style(open..close, Style::Code) {
                continue;
            }
            bracket(context, &view, open, close, out);
        }
    }
}

/// The bracket that closes the one at a byte.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut end = text.len().min(open + BRACKET);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let close = open + 1 + text[open + 1..end].find([')', '('])?;
    (text.as_bytes()[close] == b')').then_some(close)
}

/// Reads one bracket: "(Oduya & Fenn, 2018; see also Ito 2012a)", or the year behind "Tamblyn".
fn bracket(context: &Context<'_>, view: &BlockView<'_>, open: usize, close: usize, out: &mut Vec<Claim>) {
    let text = view.text;
    let inner = &text[open + 1..close];
    if let Some(year) = years(inner).first()
        && year.0 == 0
    {
        // Only years and pages: the authors stand before the bracket.
        let plain = inner.split([',', ';']).all(|p| p.trim().starts_with(|c: char| c.is_ascii_digit()) || is_page(p));
        if !plain {
            return;
        }
        let Some(named) = before(context.lexicon, view, open) else { return };
        let Some((list, more)) = authors(&text[named.clone()], context.lexicon) else { return };
        if list.iter().any(|a| a.surname.is_empty() || a.surname.chars().count() < 2) {
            return;
        }
        for (from, number, letter) in years(inner) {
            let at = open + 1 + from;
            let length = 4 + usize::from(letter.is_some());
            push(
                view,
                named.start..at + length,
                named.clone(),
                at..at + length,
                number,
                letter,
                (list.clone(), more),
                out,
            );
        }
        return;
    }
    let mut from = open + 1;
    for piece in inner.split(';') {
        let range = from..from + piece.len();
        from = range.end + 1;
        let found = years(piece);
        let Some(&(first, ..)) = found.first() else { continue };
        let head = &piece[..first];
        let lead = head.len() - head.trim_start().len();
        let skip = signal(context.lexicon, &head[lead..]);
        let named_text = head[lead + skip..].trim_end_matches([' ', ',']);
        if named_text.is_empty()
            || named_text.split_whitespace().count() > WORDS
            || named_text.contains(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let named = range.start + lead + skip..range.start + lead + skip + named_text.len();
        let Some((list, more)) = authors(named_text, context.lexicon) else { continue };
        if !list.iter().all(|a| is_author(context.lexicon, &a.surname, &a.text)) {
            continue;
        }
        for (offset, number, letter) in found {
            let at = range.start + offset;
            let length = 4 + usize::from(letter.is_some());
            push(
                view,
                named.start..at + length,
                named.clone(),
                at..at + length,
                number,
                letter,
                (list.clone(), more),
                out,
            );
        }
    }
}

/// Appends the works that are cited by author and year without a bracket: "on salt see Pelletier 1999". Only those
/// are read whose author the list has, or one of the same year whose name is a slip away.
pub(super) fn bare(context: &Context<'_>, listed: &[Claim], out: &mut Vec<Claim>) {
    let entries: Vec<(&str, i16)> = listed
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::Citation(c) if c.form == CitationForm::Entry => {
                Some((c.authors.first()?.surname.as_str(), c.year?)).filter(|(surname, _)| surname.len() > 2)
            }
            _ => None,
        })
        .collect();
    for view in context.views().filter(|v| v.block.kind == BlockKind::Paragraph && lines::listed(v).is_empty()) {
        for (at, pair) in view.layer.tokens.windows(2).enumerate() {
            let plain = pair[0].kind == TokenKind::Word && pair[1].kind == TokenKind::Number;
            let Some((year, letter)) = Some(pair[1].text(view.text)).filter(|_| plain).and_then(lone_year) else {
                continue;
            };
            let name = pair[0].text(view.text);
            let surname = folded_words(name).concat();
            let near = |&(listed, of): &(&str, i16)| {
                listed == surname
                    || of == year && surname.len() >= NEAR && strsim::damerau_levenshtein(listed, &surname) <= 2
            };
            // "Marsh and Ito 2017" is not by Ito alone.
            let several = at > 0 && matches!(view.word(at - 1), "and" | "&" | "et");
            if several || !name.starts_with(char::is_uppercase) || !entries.iter().any(near) {
                continue;
            }
            let Some(authors) = authors(name, context.lexicon) else { continue };
            let (start, named, end) = (pair[0].start as usize, pair[0].end as usize, pair[1].end as usize);
            push(&view, start..end, start..named, pair[1].start as usize..end, year, letter, authors, out);
        }
    }
}

/// A year with perhaps a letter that is a token by itself.
fn lone_year(token: &str) -> Option<(i16, Option<char>)> {
    match years(token)[..] {
        [(0, year, letter)] if token.len() == 4 + usize::from(letter.is_some()) => Some((year, letter)),
        _ => None,
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one citation")]
fn push(
    view: &BlockView<'_>,
    whole: Range<usize>,
    named: Range<usize>,
    dated: Range<usize>,
    year: i16,
    letter: Option<char>,
    (authors, more): (Vec<super::Author>, bool),
    out: &mut Vec<Claim>,
) {
    let citation = Citation {
        form: CitationForm::Text,
        authors,
        more,
        named: Some(member(view, named)),
        year: Some(year),
        letter,
        dated: Some(member(view, dated)),
        ..Citation::default()
    };
    out.push(claim(view, whole, citation));
}

/// Whether a word can be an author: no month, no word of the language, no place.
fn is_author(lexicon: &Lexicon, surname: &str, text: &str) -> bool {
    if surname.is_empty() {
        return false;
    }
    let single = !text.contains(' ');
    let id = lexicon.words.find(surname);
    let pos = id.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let roles = lexicon.name_roles(&lower(surname));
    let month = pos.any(Pos::MONTH.and(Pos::WEEKDAY).and(Pos::NUMBER).and(Pos::CLOSED));
    !month
        && !(single
            && (lexicon.place(text).is_some() || roles.any(NameRoles::ORGANISATION.and(NameRoles::UNDERTAKING))))
}

/// The bytes of "see", "e.g.", "cf. also" before the authors.
fn signal(lexicon: &Lexicon, text: &str) -> usize {
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim().trim_end_matches([',', ':']);
        let small = bare.starts_with(char::is_lowercase) && !lexicon.name_roles(bare).any(NameRoles::PARTICLE)
            || matches!(bare, "See" | "Cf." | "Also");
        if !small {
            break;
        }
        at += word.len();
    }
    at
}

/// Whether a piece of a bracket is a page: "p. 12", "pp. 3–4".
fn is_page(piece: &str) -> bool {
    let piece = piece.trim();
    ["p. ", "pp. ", "p.", "pp.", "ch. ", "chap. "]
        .iter()
        .any(|p| piece.strip_prefix(p).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())))
}

/// The years of a text that stand by themselves: offset, year, letter.
fn years(text: &str) -> Vec<(usize, i16, Option<char>)> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let digits = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = i + digits;
        let letter = bytes.get(end).filter(|b| b.is_ascii_lowercase()).map(|&b| b as char);
        let after = bytes.get(end + usize::from(letter.is_some())).copied().unwrap_or(b' ');
        let before = if i == 0 { b' ' } else { bytes[i - 1] };
        let sound =
            digits == 4 && matches!(before, b' ' | b',' | b'(') && matches!(after, b' ' | b',' | b';' | b':' | b')');
        if sound
            && let Ok(year) = text[i..end].parse::<i16>()
            && (1500..=2100).contains(&year)
        {
            out.push((i, year, letter));
        }
        i = end.max(i + 1);
    }
    out
}

/// The authors directly before a bracket: "Oduya and Fenn", "Tamblyn et al."
fn before(lexicon: &Lexicon, view: &BlockView<'_>, open: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let last = tokens.partition_point(|t| (t.start as usize) < open).checked_sub(1)?;
    let sentence = view.layer.sentence_of(last);
    let mut start = None;
    let mut at = last + 1;
    while at > sentence.start && last + 1 - at < WORDS {
        at -= 1;
        let word = view.word(at);
        let name = tokens[at].kind == TokenKind::Word
            && word.starts_with(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !tokens[at].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED.and(Pos::MONTH)));
        let link = matches!(
            word,
            "and" | "&" | "et" | "al" | "." | "," | "de" | "van" | "von" | "der" | "den" | "others" | "colleagues"
        );
        if name {
            start = Some(at);
        } else if !link {
            break;
        }
    }
    let start = start?;
    let (from, to) = (tokens[start].start as usize, tokens[last].end as usize);
    let text = &view.text[from..to];
    // One word that is a word of the language, a place or an organisation is no author.
    let surname = lower(view.word(last));
    let sound = text.contains(' ') || is_author(lexicon, &surname, text) && tokens[last].word.is_none();
    (view.text[to..open].trim().is_empty() && sound).then_some(from..to)
}
