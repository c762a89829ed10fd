//! Ordinals: ranks in digits and words, and places counted from the end.
//!
//! Goes in: a token. Comes out: what it ranks. Which series the rank belongs to is not looked at.

use super::words::{self, Form};
use super::{Found, Ordinal, Reader, digits};
use crate::annotate::TokenKind;
use crate::annotate::phrase::{phrase_at, phrases_at};
use crate::lexicon::Pos;
use crate::value::Decimal;

impl Reader<'_> {
    /// The ordinal that begins at a token. `Some(None)`: an ordinal form that is none.
    #[expect(clippy::option_option, reason = "the outer level says whether the token is an ordinal form at all")]
    pub(super) fn ordinal(&self, at: usize) -> Option<Option<(Found, usize)>> {
        let (rank, end) = self.rank_at(at)?;
        let Some(rank) = rank else { return Some(None) };
        if let Some((tokens_end, place)) = self.place_behind(at, end, rank) {
            return Some(Some((Found::FromEnd(Ordinal { tokens: at..tokens_end, rank: place }), tokens_end)));
        }
        Some(Some((Found::Ordinal(Ordinal { tokens: at..end, rank }), end)))
    }

    /// The rank that begins at a token, when the form there is one, and one past it.
    fn rank_at(&self, at: usize) -> Option<(Option<u32>, usize)> {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Number {
            let read = digits::digits(self.word(at))?;
            if !read.plain || !matches!(read.suffix, "st" | "nd" | "rd" | "th") {
                return None;
            }
            return Some((u32::try_from(read.value).ok().filter(|r| *r > 0), at + 1));
        }
        let words = words::words(self, at).filter(|w| w.form == Form::Ordinal)?;
        let ranks = words.rest.is_empty()
            || words.rest.ends_with("est")
            || matches!(words.rest.as_str(), "most" | "ranked" | "placed")
            || self.is_from_end(&words.rest);
        // "one second", "30 second": a time.
        let second = words.value == Decimal::TWO
            && at > 0
            && (self.is_kind(at - 1, TokenKind::Number) || self.word(at - 1) == "per");
        Some((u32::try_from(words.value).ok().filter(|_| ranks && !second), words.end))
    }

    /// "second to last", "third from the end", "second-to-last": one past it, and the place from the end.
    fn place_behind(&self, at: usize, end: usize, rank: u32) -> Option<(usize, u32)> {
        let joined = self.word(end - 1).split_once('-').is_some_and(|(_, rest)| self.is_from_end(rest));
        if joined {
            return Some((end, rank));
        }
        // "came second to last year's winner", "from the first to the last"
        let determined = at.checked_sub(1).is_some_and(|i| self.pos(i).any(Pos::DETERMINER.and(Pos::ADJECTIVE)));
        let length = phrase_at(self.lexicon, "rank.to-last", self.text, self.tokens, end)?;
        (determined && rank > 1).then_some((end + length, rank))
    }

    /// Whether what hangs on an ordinal makes it count from the end: "-to-last", "-last".
    fn is_from_end(&self, rest: &str) -> bool {
        matches!(rest, "to-last" | "from-last" | "last")
    }

    /// "the penultimate", "the last but one": the place from the end that a phrase at a token stands for.
    pub(super) fn place_from_end(&self, at: usize) -> Option<(Found, usize)> {
        let places = phrases_at(self.lexicon, self.text, self.tokens, at)
            .filter_map(|(set, length)| Some((length, set.strip_prefix("rank.from-end.")?)));
        let (length, place) = places.max()?;
        let rank = if place == "second" { 2 } else { 3 };
        Some((Found::FromEnd(Ordinal { tokens: at..at + length, rank }), at + length))
    }
}
