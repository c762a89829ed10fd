//! Ways of writing names of several words: "Secretary-General", "Atlantic council", "O.Brandt".

use super::{Reading, is_code, pos};
use crate::annotate::{Case, TokenKind};
use crate::claim::context::BlockView;
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Fewest letters of a name that is joined or parted.
const LETTERS: usize = 8;

/// Most words of a name that is compared as a whole.
const LONGEST: usize = 5;

/// Reads the names of a block; titles and tables, where capitals say nothing, are left out.
pub(super) fn readings(lexicon: &Lexicon, view: &BlockView<'_>, add: &mut impl FnMut(Reading)) {
    let titled = matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption | BlockKind::Cell { .. });
    if titled {
        return;
    }
    let tokens = &view.layer.tokens;
    let mut at = 0;
    while at < tokens.len() {
        initial(view, at, add);
        if !is_capital(lexicon, view, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < tokens.len() && is_spaced(view, at) && is_capital(lexicon, view, at) {
            initial(view, at, add);
            at += 1;
        }
        run(lexicon, view, start..at, add);
    }
}

/// Whether a token can be a word of a name.
fn is_capital(lexicon: &Lexicon, view: &BlockView<'_>, at: usize) -> bool {
    let token = &view.layer.tokens[at];
    let word = token.text(view.text);
    token.kind == TokenKind::Word
        && token.case == Case::Capital
        && word.len() > 1
        && word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        && !pos(lexicon, token).any(Pos::CLOSED.and(Pos::MONTH).and(Pos::WEEKDAY))
        && !lexicon.name_roles(&lower(word)).any(NameRoles::ARTICLE)
        && !is_code(view, at)
}

/// Whether one space stands before a token.
fn is_spaced(view: &BlockView<'_>, at: usize) -> bool {
    at > 0 && &view.text[view.layer.tokens[at - 1].end as usize..view.layer.tokens[at].start as usize] == " "
}

/// What a run of capitals says.
fn run(lexicon: &Lexicon, view: &BlockView<'_>, run: Range<usize>, add: &mut impl FnMut(Reading)) {
    for at in run.clone() {
        let opens = view.layer.sentence_of(at).start == at;
        let known = pos(lexicon, &view.layer.tokens[at]) != Pos::default();
        // One word may be written as two elsewhere.
        if !(opens && known) {
            named(lexicon, view, at..at + 1, add);
        }
        if at + 1 < run.end {
            named(lexicon, view, at..at + 2, add);
        } else {
            linked(lexicon, view, at, add);
            common(lexicon, view, at, add);
        }
    }
    if (3..=LONGEST).contains(&run.len()) {
        named(lexicon, view, run, add);
    }
}

/// Words of a name, joined and in American spelling.
fn named(lexicon: &Lexicon, view: &BlockView<'_>, tokens: Range<usize>, add: &mut impl FnMut(Reading)) {
    let wording = view.wording(tokens.clone());
    let wording = wording.strip_suffix("'s").unwrap_or(wording);
    let pieces = wording.split([' ', '-']).map(|piece| lexicon.spellings.american(&lower(piece)));
    let joined: String = pieces.collect();
    if joined.len() < LETTERS || wording.split([' ', '-']).any(has_inner_capital) || !is_hyphened_as_name(wording) {
        return;
    }
    // "Tidal-Record Archive" and "Tidal Records" are two names.
    let key = format_compact!("named:{joined}");
    let small = lower(wording);
    add(Reading { key, tokens, style: small, wording: wording.into(), shared: true });
}

/// `BootGuard`: names of programs have a form of their own.
fn has_inner_capital(piece: &str) -> bool {
    piece.chars().skip(1).any(char::is_uppercase)
}

/// Whether what stands behind a hyphen has a capital too, or a prefix before it: "Secretary-General",
/// "Co-operation"; "Cloud-native" is two words that describe.
fn is_hyphened_as_name(wording: &str) -> bool {
    wording.split(' ').all(|word| match word.split_once('-') {
        Some((first, rest)) => first.len() <= 3 || rest.split('-').all(|p| p.starts_with(char::is_uppercase)),
        None => true,
    })
}

/// "Ministry of Labour": a word, *of* or *for*, and a word, for the spellings of two countries.
fn linked(lexicon: &Lexicon, view: &BlockView<'_>, at: usize, add: &mut impl FnMut(Reading)) {
    let links = matches!(view.word(at + 1), "of" | "for") && at + 2 < view.layer.tokens.len();
    if !links || !is_spaced(view, at + 1) || !is_spaced(view, at + 2) || !is_capital(lexicon, view, at + 2) {
        return;
    }
    let [head, of] = [at, at + 2].map(|t| lower(view.word(t)));
    if !lexicon.name_roles(&head).any(NameRoles::ORGANISATION) {
        return;
    }
    let [a, b] = [&head, &of].map(|w| lexicon.spellings.american(w));
    let key = format_compact!("named:{a} {} {b}", view.word(at + 1));
    let wording: CompactString = view.wording(at..at + 3).into();
    add(Reading { key, tokens: at..at + 3, style: lower(&wording), wording, shared: true });
}

/// "Atlantic Council" and "Atlantic council": a name and the word for what it names.
fn common(lexicon: &Lexicon, view: &BlockView<'_>, at: usize, add: &mut impl FnMut(Reading)) {
    let tokens = &view.layer.tokens;
    let (proper, noun) = if at > 0 && is_spaced(view, at) && is_sort(lexicon, view.word(at)) {
        (at - 1, at)
    } else if at + 1 < tokens.len() && is_spaced(view, at + 1) && is_sort(lexicon, view.word(at + 1)) {
        (at, at + 1)
    } else {
        return;
    };
    // "Kazakh government" is a description, "Finance Committee" a title.
    let name = &tokens[proper];
    let unknown = name.case == Case::Capital
        && pos(lexicon, name) == Pos::default()
        && view.layer.sentence_of(proper).start != proper;
    let small = tokens[noun].case == Case::Lower && tokens[noun].kind == TokenKind::Word;
    let alone = proper == 0 || !is_capital(lexicon, view, proper - 1);
    if unknown && alone && (small || tokens[noun].case == Case::Capital) && lexicon.place(view.word(proper)).is_none() {
        let wording: CompactString = view.wording(proper..noun + 1).into();
        let key = format_compact!("common:{}", lower(&wording));
        add(Reading { key, tokens: proper..noun + 1, style: wording.clone(), wording, shared: true });
    }
}

fn is_sort(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.name_roles(&lower(word)).any(NameRoles::ORGANISATION.and(NameRoles::PLACE))
}

/// "O.Brandt" and "O. Brandt": an initial and the surname behind it.
fn initial(view: &BlockView<'_>, at: usize, add: &mut impl FnMut(Reading)) {
    let tokens = &view.layer.tokens;
    if at < 2 || tokens[at].case != Case::Capital || !tokens[at - 1].is_sign(view.text, '.') {
        return;
    }
    let first = &tokens[at - 2];
    let letters = first.text(view.text);
    let gap = &view.text[tokens[at - 1].end as usize..tokens[at].start as usize];
    let short = first.kind == TokenKind::Word && first.case != Case::Lower && letters.chars().count() <= 2;
    if short && first.end == tokens[at - 1].start && matches!(gap, "" | " ") {
        let style = if gap.is_empty() { "close" } else { "apart" }.into();
        let key = format_compact!("initial:{letters} {}", view.word(at));
        let wording = view.wording(at - 2..at + 1).into();
        add(Reading { key, tokens: at - 2..at + 1, style, wording, shared: true });
    }
}
