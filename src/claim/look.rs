//! A block with the lexicon beside it, and the small questions that extractors ask of its tokens.

use super::context::{BlockView, Context};
use crate::annotate::{QuantityAt, phrase_at, phrases_at};
use crate::claim::noun::{class, lemma, noun_phrase};
use crate::lexicon::{Lexicon, Pos};
use compact_str::CompactString;
use std::ops::Range;

/// How many tokens before a word another may take it back: "must not exceed".
const DENIED: usize = 5;

/// Looks at the tokens of one block.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) view: BlockView<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Look<'a> {
    pub(super) fn new(context: &Context<'a>, view: BlockView<'a>) -> Self {
        Self { view, lexicon: context.lexicon }
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.view.word(at)
    }

    pub(super) fn pos(&self, at: usize) -> Pos {
        let token = self.view.layer.tokens.get(at).and_then(|t| t.word);
        token.map_or(Pos::default(), |id| self.lexicon.words.pos(id))
    }

    /// The phrases that begin at a token, each with its set and its length.
    pub(super) fn sets_at(&self, at: usize) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
        phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, at)
    }

    /// The longest phrase of a set that begins at a token, in tokens.
    pub(super) fn phrase(&self, at: usize, set: &str) -> Option<usize> {
        phrase_at(self.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    /// Whether a phrase of a set begins among the tokens.
    pub(super) fn has(&self, set: &str, mut tokens: Range<usize>) -> bool {
        tokens.any(|i| self.phrase(i, set).is_some())
    }

    /// The sentence around a token.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        self.view.layer.sentence_of(at)
    }

    /// The numbers of a sentence that are values: no labels, no ranges.
    pub(super) fn values(&self, sentence: &Range<usize>) -> Vec<&'a QuantityAt> {
        let is_value = |q: &&QuantityAt| !q.label && sentence.contains(&q.tokens.start) && !q.quantity.amount.range;
        self.view.layer.quantities.iter().filter(is_value).collect()
    }

    /// Whether the token is a number, or belongs to one.
    pub(super) fn is_number(&self, at: usize) -> bool {
        let values = &self.view.layer.quantities;
        values.get(values.partition_point(|q| q.hedged.end <= at)).is_some_and(|q| q.hedged.contains(&at))
    }

    /// Whether the words before a token take it back, or speak of what must, may or will be: "did not rise".
    pub(super) fn is_denied(&self, at: usize) -> bool {
        let from = at.saturating_sub(DENIED).max(self.sentence(at).start);
        (from..at).any(|i| {
            let word = self.word(i);
            word.ends_with("n't")
                || word.ends_with("n’t")
                || self.pos(i).any(Pos::NEGATION)
                || self.phrase(i, "order-denied").is_some()
                || self.phrase(i, "order-unreal").is_some()
        })
    }

    /// The class of the noun that a count counts; `None` when none follows.
    pub(super) fn noun(&self, value: &QuantityAt) -> Option<CompactString> {
        let phrase = noun_phrase(&self.view, self.lexicon, value.tokens.end)?;
        Some(class(self.lexicon, &lemma(&self.view, self.lexicon, phrase.head)))
    }
}
