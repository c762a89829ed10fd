//! The words of the sentence around a place, by which two places are told to speak of one thing.

use super::context::BlockView;
use super::noun::lemma;
use crate::annotate::TokenKind;
use crate::lexicon::{Lexicon, Pos};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens of a sentence to either side that are looked at.
const AROUND: usize = 120;

/// Most content words that are kept.
const WORDS: usize = 32;

/// The sentence around a range of tokens, at most [`AROUND`] tokens to either side.
pub(super) fn around(view: &BlockView<'_>, tokens: &Range<usize>) -> Range<usize> {
    let sentence = view.layer.sentence_of(tokens.start);
    let from = tokens.start.saturating_sub(AROUND).max(sentence.start);
    from..sentence.end.min(tokens.end + AROUND).max(from)
}

/// The content words of the sentence around a range of tokens, which are left out; in their base forms, each once, at
/// most [`WORDS`].
pub(super) fn content_words(view: &BlockView<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    for i in around(view, tokens) {
        let token = &view.layer.tokens[i];
        if tokens.contains(&i) || token.kind != TokenKind::Word || token.end - token.start < 3 {
            continue;
        }
        let function = token.word.is_some_and(|id| {
            let pos = lexicon.words.pos(id);
            let content = Pos::NOUN.and(Pos::VERB).and(Pos::ADJECTIVE);
            pos != Pos::default() && !pos.any(content)
                || pos.any(Pos::DETERMINER.and(Pos::AUXILIARY).and(Pos::PREPOSITION).and(Pos::CONJUNCTION))
        });
        let word = lemma(view, lexicon, i);
        if !function && !out.contains(&word) {
            out.push(word);
        }
        if out.len() == WORDS {
            break;
        }
    }
    out
}
