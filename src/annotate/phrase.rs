//! Cue phrases of the lexicon, found in tokens.

use super::token::Token;
use crate::lexicon::{Lexicon, Phrase, cue_bit, same_word};

/// All cue phrases that begin at token `at`, as (set name, length in tokens).
pub fn phrases_at<'a>(
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
) -> impl Iterator<Item = (&'a str, usize)> + 'a {
    phrases_of(lexicon, text, tokens, at, u32::MAX, |_| true)
}

/// The same of the sets that are wanted. Most words begin no phrase of the set that is asked for: the bits of the token
/// say so at once, and names are compared before words.
fn phrases_of<'a>(
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    bits: u32,
    wanted: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (&'a str, usize)> + 'a {
    let first = tokens.get(at).filter(|t| t.cues & bits != 0).and_then(|t| t.word);
    let list = first.map_or(&[][..], |id| lexicon.phrases(id));
    let meant = move |phrase: &&Phrase| {
        phrase.bit & bits != 0 && wanted(lexicon.set_name(phrase)) && fits(phrase, text, tokens, at)
    };
    list.iter().filter(meant).map(|phrase| (lexicon.set_name(phrase), phrase.rest.len() + 1))
}

/// The bits of the sets of which a phrase begins at token `at`.
pub(super) fn cues_at(lexicon: &Lexicon, text: &str, tokens: &[Token], at: usize) -> u32 {
    let list = tokens[at].word.map_or(&[][..], |id| lexicon.phrases(id));
    list.iter().fold(0, |bits, p| if bits & p.bit == 0 && fits(p, text, tokens, at) { bits | p.bit } else { bits })
}

/// Whether the words behind token `at` are those of a phrase.
fn fits(phrase: &Phrase, text: &str, tokens: &[Token], at: usize) -> bool {
    let behind = |i: usize| tokens.get(at + 1 + i);
    phrase.rest.iter().enumerate().all(|(i, word)| behind(i).is_some_and(|t| same_word(t.text(text), word)))
}

/// The length in tokens of the longest phrase of one set that begins at token `at`.
#[must_use]
pub fn phrase_at(lexicon: &Lexicon, set: &str, text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    phrases_of(lexicon, text, tokens, at, cue_bit(set), |name| name == set).map(|(_, n)| n).max()
}

/// The length in tokens of the longest phrase of one set that ends just before token `before`.
#[must_use]
pub fn phrase_before(lexicon: &Lexicon, set: &str, text: &str, tokens: &[Token], before: usize) -> Option<usize> {
    let bit = cue_bit(set);
    let ends = |n: usize| {
        phrases_of(lexicon, text, tokens, before - n, bit, |name| name == set).any(|(_, length)| length == n)
    };
    (1..=before.min(6)).rev().find(|&n| ends(n))
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
