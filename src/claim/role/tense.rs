//! When a sentence says that somebody was what it says: "Prior to joining us, Ole Brandt was the treasurer".

use super::Frames;
use crate::lexicon::Pos;
use std::ops::Range;

/// Tokens at the opening of a sentence in which a word for an earlier time stands.
const OPENING: usize = 2;

/// Most tokens between a name and what its sentence says that it was, so that the verb between them is about it.
const PREDICATE: usize = 12;

impl Frames<'_> {
    /// What the verb between the name and what it is called says of the time: `present`, `past`, or `earlier` when the
    /// sentence opens with a word for an earlier time.
    pub(super) fn tense(&self, tokens: &Range<usize>) -> Option<&'static str> {
        let between = self.mention.tokens.end..tokens.start;
        if between.is_empty() || between.len() > PREDICATE {
            return None;
        }
        if self.reader.has_cue(between.clone(), "role.present") {
            return Some("present");
        }
        let past = |t: usize| {
            let word = self.word(t);
            word == "was" || self.pos(t).any(Pos::VERB) && (self.pos(t).any(Pos::PAST) || word.ends_with("ed"))
        };
        if !between.clone().any(past) {
            return None;
        }
        let opening = self.sentence.start..self.mention.tokens.start.min(self.sentence.start + OPENING);
        Some(if self.reader.has_cue(opening, "role.earlier") { "earlier" } else { "past" })
    }
}
