//! Cue phrases of the lexicon, found in tokens.

use super::token::Token;
use crate::lexicon::{Lexicon, same_word};

/// All cue phrases that begin at token `at`, as (set name, length in tokens).
pub fn phrases_at<'a>(
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
) -> impl Iterator<Item = (&'a str, usize)> + 'a {
    phrases_of(lexicon, text, tokens, at, |_| true)
}

/// The same of the sets that are wanted. Their names are compared first: that is cheaper than comparing words.
fn phrases_of<'a>(
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    wanted: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (&'a str, usize)> + 'a {
    let list = tokens.get(at).and_then(|t| t.word).map_or(&[][..], |id| lexicon.phrases(id));
    list.iter().filter(move |phrase| wanted(lexicon.set_name(phrase))).filter_map(move |phrase| {
        let fits = phrase
            .rest
            .iter()
            .enumerate()
            .all(|(i, word)| tokens.get(at + 1 + i).is_some_and(|t| same_word(t.text(text), word)));
        fits.then(|| (lexicon.set_name(phrase), phrase.rest.len() + 1))
    })
}

/// The length in tokens of the longest phrase of one set that begins at token `at`.
#[must_use]
pub fn phrase_at(lexicon: &Lexicon, set: &str, text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    phrases_of(lexicon, text, tokens, at, |name| name == set).map(|(_, n)| n).max()
}

/// The length in tokens of the longest phrase of one set that ends just before token `before`.
#[must_use]
pub fn phrase_before(lexicon: &Lexicon, set: &str, text: &str, tokens: &[Token], before: usize) -> Option<usize> {
    (1..=before.min(6))
        .rev()
        .find(|&n| phrases_of(lexicon, text, tokens, before - n, |name| name == set).any(|(_, length)| length == n))
}

/// Whether a text outside of the layers is one phrase of a set, and nothing else.
#[must_use]
pub fn is_phrase(lexicon: &Lexicon, set: &str, text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let Some(first) = words.first().and_then(|w| lexicon.words.find(w)) else { return false };
    lexicon.phrases(first).iter().any(|p| {
        lexicon.set_name(p) == set
            && p.rest.len() + 1 == words.len()
            && p.rest.iter().zip(&words[1..]).all(|(a, b)| same_word(b, a))
    })
}
