//! Hedges on either side of a number.

use super::Reader;
use crate::annotate::phrase::phrases_at;
use crate::lexicon::Pos;
use crate::value::Hedge;
use std::ops::Range;

/// No hedge before a number has more words.
const LONGEST: usize = 5;

impl Reader<'_> {
    /// The hedge of the number at these tokens, and the tokens with the hedge taken in.
    pub(super) fn hedge(&self, tokens: Range<usize>) -> (Hedge, Range<usize>) {
        let (after, end) = self.hedge_after(tokens.end);
        let (before, start) = self.hedge_before(tokens.start);
        let hedge = match (before, after) {
            (Hedge::None, after) => after,
            // "about five hundred or more"
            (Hedge::About, Hedge::AtLeast | Hedge::AtMost) => after,
            (before, _) => before,
        };
        (hedge, start..end)
    }

    /// The hedge phrase that begins at a token, and one past it.
    pub(super) fn hedge_at(&self, at: usize) -> Option<(Hedge, usize)> {
        phrases_at(self.lexicon, self.text, self.tokens, at)
            .filter_map(|(set, n)| Some((kind(set.strip_prefix("hedge.")?)?, at + n)))
            .max_by_key(|&(_, end)| end)
    }

    fn hedge_before(&self, start: usize) -> (Hedge, usize) {
        let Some(last) = start.checked_sub(1) else { return (Hedge::None, start) };
        // ">= 30", "< = 100"
        if self.word(last) == "="
            && let Some(first) = last.checked_sub(1)
        {
            match self.word(first) {
                ">" => return (Hedge::AtLeast, first),
                "<" => return (Hedge::AtMost, first),
                _ => {}
            }
        }
        let sign = match self.word(last) {
            "~" | "≈" | "≃" | "∼" | "±" => Hedge::About,
            ">" => Hedge::MoreThan,
            "<" => Hedge::LessThan,
            "≥" => Hedge::AtLeast,
            "≤" => Hedge::AtMost,
            _ => Hedge::None,
        };
        if sign != Hedge::None {
            // "=> 30", "<> 30": an arrow and "not equal" are no bounds.
            let paired = self.glued(last) && matches!(self.word(last - 1), "<" | ">" | "=" | "-");
            return if paired { (Hedge::None, start) } else { (sign, last) };
        }
        // "how about 12": a proposal.
        if self.word(last) == "about"
            && last.checked_sub(1).is_some_and(|i| matches!(self.word(i), "How" | "how" | "What" | "what"))
        {
            return (Hedge::None, start);
        }
        // "over the past five years" is a time, "over five years" a hedge or a time: the hedge is the safe reading.
        // "the above three" points back.
        if start >= 2 && self.word(last).eq_ignore_ascii_case("above") && self.pos(start - 2).any(Pos::DETERMINER) {
            return (Hedge::None, start);
        }
        for n in (1..=LONGEST.min(start)).rev() {
            let found = phrases_at(self.lexicon, self.text, self.tokens, start - n)
                .filter(|&(_, length)| length == n)
                .find_map(|(set, _)| kind(set.strip_prefix("hedge.")?));
            if let Some(hedge) = found {
                return (hedge, start - n);
            }
        }
        (Hedge::None, start)
    }

    fn hedge_after(&self, end: usize) -> (Hedge, usize) {
        let Some(token) = self.tokens.get(end) else { return (Hedge::None, end) };
        if token.is_sign(self.text, '+') && end > 0 && self.tokens[end - 1].end == token.start {
            let alone = self.tokens.get(end + 1).is_none_or(|t| t.start != token.end || t.is_sign(self.text, ')'));
            return if alone { (Hedge::AtLeast, end + 1) } else { (Hedge::None, end) };
        }
        if token.is_sign(self.text, '-') && self.word(end + 1) == "odd" {
            return (Hedge::About, end + 2);
        }
        phrases_at(self.lexicon, self.text, self.tokens, end)
            .filter_map(|(set, n)| Some((kind(set.strip_prefix("hedge.after.")?)?, end + n)))
            // "more than 40 and less than 50", "200 or greater than the rest": words of what follows
            .filter(|&(_, end)| {
                let goes_on = self.begins(end) || self.pos(end).any(Pos::CONJUNCTION) && self.word(end) != "and";
                !goes_on && !self.cue_at(end, "comparison.than")
            })
            .max_by_key(|&(_, end)| end)
            .unwrap_or((Hedge::None, end))
    }
}

/// The hedge that a set of phrases stands for.
fn kind(set: &str) -> Option<Hedge> {
    Some(match set {
        "about" => Hedge::About,
        "at-least" => Hedge::AtLeast,
        "more-than" => Hedge::MoreThan,
        "just-over" => Hedge::JustOver,
        "at-most" => Hedge::AtMost,
        "less-than" => Hedge::LessThan,
        "nearly" => Hedge::Nearly,
        _ => return None,
    })
}
