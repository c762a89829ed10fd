//! The noun phrase that a number counts, and the base form of its words.

use super::context::BlockView;
use crate::annotate::{Case, TokenKind};
use crate::lexicon::{Lexicon, Pos, lower, singular};
use compact_str::CompactString;
use std::ops::Range;

/// A noun phrase without determiner: "male former fighters".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NounPhrase {
    /// All its tokens; never empty.
    pub tokens: Range<usize>,
    /// The token of its head noun, the last one.
    pub head: usize,
}

/// The longest noun phrase that begins at token `from`: adjectives and nouns up to the first word that can
/// be neither.
///
/// English has no endings to go by, so the phrase ends at signs, function words and finite verbs; a participle
/// inside it ("armed fighters") is kept when a noun follows.
#[must_use]
pub fn noun_phrase(view: &BlockView<'_>, lexicon: &Lexicon, from: usize) -> Option<NounPhrase> {
    let tokens = &view.layer.tokens;
    let limit = view.layer.sentence_of(from).end;
    let nominal = |i: usize| {
        let token = &tokens[i];
        if token.kind != TokenKind::Word {
            return false;
        }
        let Some(id) = token.word else { return true };
        let pos = lexicon.words.pos(id);
        if pos.any(Pos::CLOSED) || pos.any(Pos::MONTH) {
            return false;
        }
        let noun_like =
            pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE).and(Pos::DEMONYM)) || pos == Pos::default();
        noun_like || token.case != Case::Lower
    };
    let participle = |i: usize| {
        tokens[i].kind == TokenKind::Word
            && tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PAST.and(Pos::GERUND)))
    };
    let plural = |i: usize| {
        let Some(id) = tokens[i].word else { return view.word(i).ends_with('s') && !view.word(i).ends_with("ss") };
        let word = lexicon.words.get(id);
        word.pos.any(Pos::NOUN.and(Pos::PEOPLE)) && !word.lemma.is_empty() && !word.pos.any(Pos::GERUND)
    };
    let verb = |i: usize| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::VERB));
    let mut end = from;
    while end < limit {
        let inner_participle = participle(end) && end + 1 < limit && nominal(end + 1) && end == from;
        // "patients left the ward": a verb after a plural noun is the predicate, "sales staff" goes on.
        let predicate = end > from && verb(end) && tokens[end].case == Case::Lower && plural(end - 1);
        if !predicate && (nominal(end) || inner_participle) {
            end += 1;
        } else {
            break;
        }
    }
    // A phrase does not end in an adverb or an adjective that the lexicon knows to be nothing else.
    while end > from {
        let pos = tokens[end - 1].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
        let only_modifier = pos.any(Pos::ADVERB.and(Pos::ADJECTIVE)) && !pos.any(Pos::NOUN.and(Pos::PEOPLE));
        if only_modifier { end -= 1 } else { break }
    }
    (end > from).then(|| NounPhrase { tokens: from..end, head: end - 1 })
}

/// The base form of a token, lower case: "fighters" → fighter, "children" → child, "repatriated" → repatriate.
#[must_use]
pub fn lemma(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> CompactString {
    let wording = view.word(token);
    let mut form = lower(wording);
    for ending in ["'s", "'"] {
        if let Some(stem) = form.strip_suffix(ending) {
            form = stem.into();
            break;
        }
    }
    match lexicon.words.find(&form) {
        Some(id) => {
            let word = lexicon.words.get(id);
            if !word.lemma.is_empty() {
                word.lemma.clone()
            } else if word.pos.any(Pos::NOUN.and(Pos::VERB)) {
                form
            } else {
                singular(&form)
            }
        }
        None => singular(&form),
    }
}

/// The synonym class of a lemma, or the lemma itself: man → male, boy → male.
#[must_use]
pub fn class(lexicon: &Lexicon, lemma: &str) -> CompactString {
    lexicon
        .words
        .find(lemma)
        .map(|id| lexicon.words.get(id).class.clone())
        .filter(|c| !c.is_empty())
        .unwrap_or_else(|| lemma.into())
}
