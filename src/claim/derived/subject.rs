//! What a statement is about: the noun phrases before a verb, or behind a preposition.

use super::About;
use crate::annotate::TokenKind;
use crate::claim::keys::content_words;
use crate::claim::look::Look;
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// A subject longer than this many tokens is no name of a figure.
const LONGEST: usize = 24;

impl Look<'_> {
    /// Whether a phrase of the set begins somewhere in the tokens, those of numbers left out.
    pub(super) fn has_beside_numbers(&self, set: &str, mut tokens: Range<usize>) -> bool {
        tokens.any(|i| self.sets_at(i).any(|(name, _)| name == set) && !self.is_number(i))
    }

    /// A verb that has a subject, not a participle or noun of the same form: "signals passed at danger", "thefts and
    /// trespass".
    fn is_finite(&self, at: usize) -> bool {
        let pos = self.pos(at);
        let change = self.sets_at(at).any(|(set, _)| set.starts_with("order."));
        let participle = pos.any(Pos::PAST) && self.pos(at + 1).any(Pos::PREPOSITION) && !change;
        let verb = pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND));
        let noun = at > 0 && self.pos(at - 1).any(Pos::DETERMINER.and(Pos::PREPOSITION))
            || self.pos(at + 1).any(Pos::AUXILIARY);
        // "Visits rose" has no flower in it.
        let rose = change && pos.any(Pos::PAST);
        pos.any(Pos::AUXILIARY) || (verb || rose) && !participle && !noun
    }

    /// Whether a form of *be* or *have* stands there.
    pub(super) fn is_be_or_have(&self, at: usize) -> bool {
        matches!(
            lower(self.word(at)).as_str(),
            "am" | "are" | "be" | "been" | "had" | "has" | "have" | "is" | "remained" | "remains" | "was" | "were"
        )
    }

    /// Whether a preposition stands there that says where or among whom.
    pub(super) fn is_place(&self, at: usize) -> bool {
        matches!(self.word(at), "in" | "among" | "for" | "at" | "on")
    }

    /// Whether a new clause begins behind the token.
    fn is_boundary(&self, at: usize) -> bool {
        matches!(self.word(at), ";" | ":" | "–" | "—" | "(" | ")" | "\"" | "“" | "”")
            || self.lexicon.is_in("derived.clause", &lower(self.word(at)))
    }

    /// The noun phrases before the verb group that begins at `verb`: "A, B and C" of "A, B and C were all down".
    pub(super) fn before(&self, sentence: &Range<usize>, verb: usize) -> Vec<About> {
        let mut start = verb;
        let mut comma = verb;
        while start > sentence.start && verb - start < LONGEST {
            let at = start - 1;
            if self.is_boundary(at) {
                break;
            }
            if self.is_finite(at) {
                // "Sales grew, and visits fell": what stands behind the comma.
                start = comma;
                break;
            }
            if self.word(at) == "," {
                comma = start;
            }
            start = at;
        }
        while start < verb && (self.word(start) == "," || lower(self.word(start)) == "and") {
            start += 1;
        }
        // "In 2023, visits", "Compared with 2022, visits": an adverbial is no subject.
        if self.pos(start).any(Pos::PREPOSITION.and(Pos::PAST).and(Pos::GERUND)) {
            match (start..verb).find(|&i| self.word(i) == ",") {
                Some(comma) => start = comma + 1,
                None => return Vec::new(),
            }
        }
        self.members(start..verb)
    }

    /// The noun phrases that begin at a token: "complaints and fines" of "the fall in complaints and fines".
    pub(super) fn behind(&self, sentence: &Range<usize>, from: usize) -> Vec<About> {
        let ends = |&i: &usize| self.is_finite(i) || self.is_boundary(i) || matches!(self.word(i), "," | ".");
        let end = (from..sentence.end.min(from + LONGEST)).find(ends).unwrap_or(sentence.end.min(from + LONGEST));
        self.members(from..end)
    }

    /// The parts of a list; none when one of them cannot be read.
    fn members(&self, tokens: Range<usize>) -> Vec<About> {
        let mut out = Vec::new();
        let mut start = tokens.start;
        for i in tokens.clone().chain(std::iter::once(tokens.end)) {
            let joint = i == tokens.end || self.word(i) == "," || matches!(self.word(i), "and" | "or" | "nor");
            if joint {
                if i > start {
                    match self.member(start..i) {
                        Some(about) => out.push(about),
                        None => return Vec::new(),
                    }
                }
                start = i + 1;
            }
        }
        out
    }

    /// A determiner or adverb, which names nothing.
    pub(super) fn is_small(&self, at: usize) -> bool {
        self.pos(at).any(Pos::DETERMINER.and(Pos::ADVERB)) && !self.view.word(at).ends_with('s')
    }

    fn member(&self, tokens: Range<usize>) -> Option<About> {
        let mut tokens = tokens;
        let (mut every, mut count) = (false, None);
        while tokens.start < tokens.end {
            let word = lower(self.word(tokens.start));
            let quantity = self.view.layer.quantities.iter().find(|q| q.tokens.contains(&tokens.start));
            if matches!(word.as_str(), "all" | "every" | "each") {
                every = true;
            } else if let Some(number) = quantity.filter(|q| every && q.quantity.unit.is_count()) {
                count = u32::try_from(number.quantity.amount.low.mantissa()).ok();
                tokens.start = number.tokens.end - 1;
            } else if !(self.is_small(tokens.start) || matches!(word.as_str(), "of" | "both")) {
                break;
            }
            tokens.start += 1;
        }
        while tokens.end > tokens.start && self.is_small(tokens.end - 1) {
            tokens.end -= 1;
        }
        // "The 43 schools", "it", "those who answered": a part, or what another sentence names.
        let vague = |i: usize| self.pos(i).any(Pos::PRONOUN.and(Pos::RELATIVE)) || self.word(i) == "that";
        if tokens.is_empty() || tokens.clone().any(|i| self.is_number(i) || vague(i)) {
            return None;
        }
        if !tokens.clone().any(|i| self.view.layer.tokens[i].kind == TokenKind::Word) {
            return None;
        }
        let keys: Vec<_> = content_words(&self.view, self.lexicon, tokens.clone())
            .into_iter()
            .filter(|(word, _)| !self.lexicon.is_in("content.figure", word))
            .map(|(_, key)| key)
            .collect();
        (!keys.is_empty()).then(|| About { at: self.view.member(tokens), keys, every, count })
    }
}
