//! Layers over a document: what the words are, where sentences end, where numbers, names and references stand.
//!
//! Goes in: a [`Document`] and a [`Lexicon`]. Comes out: one [`Annotated`] per block, aligned with
//! `Document::blocks`. Knows nothing of rules or of formats. All offsets are bytes of the block's string.

mod date;
mod name;
mod number;
mod phrase;
mod sentence;
mod token;

pub use date::{DateAt, DateForm};
pub use name::{NameAt, NamePart, PartShape};
pub use number::{Ordinal, QuantityAt};
pub use phrase::{is_phrase, phrase_at, phrase_before, phrases_at};
pub use token::{Case, Token, TokenKind};

use crate::document::{BlockKind, Document};
use crate::lexicon::Lexicon;
use std::ops::Range;

/// The layers of one block.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// Words, numbers and signs, in order, white space left out.
    pub tokens: Vec<Token>,
    /// Sentences as ranges of token indices; together they cover all tokens.
    pub sentences: Vec<Range<usize>>,
    /// Numbers with unit and hedge, in order, not overlapping.
    pub quantities: Vec<QuantityAt>,
    /// Ordinals that rank or count ("third", "5th"), in order.
    pub ordinals: Vec<Ordinal>,
    /// Places counted from the end ("the last but one" is 2), in order.
    pub from_end: Vec<Ordinal>,
    /// Dates that show by their form, and bare years, in order, not overlapping.
    pub dates: Vec<DateAt>,
    /// Runs of capitalised words that may be names, in order, not overlapping.
    pub names: Vec<NameAt>,
}

impl Annotated {
    /// The sentence that holds the token, as a range of token indices.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Range<usize> {
        let i = self.sentences.partition_point(|s| s.end <= token);
        self.sentences.get(i).cloned().unwrap_or(0..self.tokens.len())
    }

    /// The index of the sentence that holds the token.
    #[must_use]
    pub fn sentence_index(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= token).min(self.sentences.len().saturating_sub(1))
    }

    /// The byte range of a range of tokens, empty at 0 for an empty range.
    #[must_use]
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) if tokens.start < tokens.end => a.start as usize..b.end as usize,
            _ => 0..0,
        }
    }
}

/// The layers of a document, one entry per block.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Aligned with `Document::blocks`.
    pub blocks: Vec<Annotated>,
}

/// Annotates every block. Code blocks get no layers.
#[must_use]
pub fn annotate(document: &Document, lexicon: &Lexicon) -> Layers {
    let mut blocks: Vec<Annotated> = document
        .blocks
        .iter()
        .map(|block| {
            if block.kind == BlockKind::Code {
                return Annotated::default();
            }
            let text = &block.text.string;
            let tokens = token::tokens(text, lexicon);
            let sentences = sentence::sentences(text, &tokens, lexicon);
            let mut dates = date::dates(text, &tokens, lexicon);
            let number::Numbers { quantities, ordinals, from_end } =
                number::numbers(text, &tokens, block, &mut dates, lexicon);
            date::periods(text, &tokens, &mut dates, lexicon);
            let names = name::names(&block.text, &tokens, &sentences, lexicon);
            Annotated { tokens, sentences, quantities, ordinals, from_end, dates, names }
        })
        .collect();
    date::settle(blocks.iter_mut().flat_map(|b| &mut b.dates));
    Layers { blocks }
}
