//! The content words of a stretch of text, by class and by word family: what ties a sentence to the labels of a table.

use super::context::BlockView;
use super::frame::family;
use super::noun::{class, lemma};
use crate::annotate::TokenKind;
use crate::lexicon::{Lexicon, Pos};
use compact_str::CompactString;
use std::ops::Range;

/// The classes of the content words of some tokens, lower case, each with its word family and each once; places as
/// their country. What stands in brackets is left out.
pub(super) fn content_words(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    tokens: Range<usize>,
) -> Vec<(CompactString, CompactString)> {
    let mut out: Vec<(CompactString, CompactString)> = Vec::new();
    let function = Pos::DETERMINER
        .and(Pos::PREPOSITION)
        .and(Pos::PRONOUN)
        .and(Pos::AUXILIARY)
        .and(Pos::CONJUNCTION)
        .and(Pos::RELATIVE);
    let mut brackets = 0u32;
    for i in tokens {
        let token = &view.layer.tokens[i];
        // "Leakage (Ml/d)": units and remarks in brackets do not name the row.
        match view.word(i) {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if brackets > 0 {
            continue;
        }
        let (word, key): (CompactString, CompactString) = match token.kind {
            TokenKind::Sign => continue,
            TokenKind::Number => (view.word(i).into(), view.word(i).into()),
            TokenKind::Word => {
                let pos = token.word.map_or(Pos::default(), |w| lexicon.words.get(w).pos);
                if pos.any(function) && !pos.any(Pos::NOUN) {
                    continue;
                }
                let base = lemma(view, lexicon, i);
                match lexicon.place(view.word(i)) {
                    Some(place) => (place.place.to_lowercase(), place.place.to_lowercase()),
                    None => (class(lexicon, &base), family(lexicon, &base)),
                }
            }
        };
        if out.iter().all(|(w, _)| *w != word) {
            out.push((word, key));
        }
    }
    out
}
