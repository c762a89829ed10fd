//! Offices that show in what somebody does: "chaired by Ole Brandt", "Ole Brandt chairs the committee".

use super::super::{lemma, noun_phrase};
use super::phrase::{Phrase, is_empty_word};
use super::{Frames, Holding};
use crate::lexicon::Pos;
use compact_str::CompactString;

/// Offices of which a verb says that somebody holds them, each with a set of cues.
pub(super) const DEEDS: [&str; 7] = ["captain", "chair", "coach", "director", "editor", "head", "manager"];

impl Frames<'_> {
    /// "The team was chaired by Ole Brandt."
    pub(super) fn doer(&self, stop: usize, floor: usize) -> Option<Phrase> {
        let mut by = stop.checked_sub(1).filter(|&b| b >= floor)?;
        // "headed by Senator Halina Drost"
        while by > floor && self.word(by) != "by" && stop - by < 4 {
            by -= 1;
        }
        if self.word(by) != "by" || by <= floor {
            return None;
        }
        let verb = by - 1;
        let past = self.pos(verb).any(Pos::PAST) || self.word(verb).ends_with("ed") || self.word(verb) == "led";
        let office = DEEDS.into_iter().find(|o| past && self.reader.cue(verb, &format!("role.verb.{o}")).is_some())?;
        // What is headed stands before: "The mission was headed by".
        let mut domain = Vec::new();
        let mut at = verb;
        while at > floor && self.pos(at - 1).any(Pos::AUXILIARY.and(Pos::ADVERB)) {
            at -= 1;
        }
        if at > floor && at < verb {
            // "It was headed by": of what was told before, which is not known here.
            if self.pos(at - 1).any(Pos::PRONOUN) {
                return None;
            }
            domain.push(lemma(self.reader.view, self.reader.context.lexicon, self.counted(at - 1, floor)));
        }
        let tokens = verb..self.mention.tokens.end;
        Some(Phrase { tokens, holding: self.held(office, domain), nation: None, age: None })
    }

    /// "Ole Brandt chairs the committee"
    pub(super) fn deed(&self, at: usize) -> Vec<Phrase> {
        // The past may be past.
        let verb = self.word(at);
        if !verb.ends_with('s') || at >= self.sentence.end {
            return Vec::new();
        }
        let office = DEEDS.into_iter().find(|o| self.reader.cue(at, &format!("role.verb.{o}")).is_some());
        let Some(office) = office.filter(|_| self.pos(at + 1).any(Pos::DETERMINER)) else { return Vec::new() };
        let Some(domain) = noun_phrase(self.reader.view, self.reader.context.lexicon, at + 2) else {
            return Vec::new();
        };
        let words = domain.tokens.clone().map(|t| lemma(self.reader.view, self.reader.context.lexicon, t)).collect();
        vec![Phrase { tokens: at..domain.tokens.end, holding: self.held(office, words), nation: None, age: None }]
    }

    /// The noun that a number behind it counts: "The board of nine is chaired by", "the panel of 12 members".
    fn counted(&self, last: usize, floor: usize) -> usize {
        let number = |t: usize| self.pos(t).any(Pos::NUMBER) || self.word(t).parse::<u32>().is_ok();
        let counts = (floor + 1..=last).rev().take(3).find(|&t| number(t) && self.word(t - 1) == "of");
        counts.and_then(|t| t.checked_sub(2)).filter(|&t| t >= floor).unwrap_or(last)
    }

    /// An office over some things, in base forms.
    fn held(&self, office: &str, mut domain: Vec<CompactString>) -> Holding {
        let (_, found) = self.reader.context.lexicon.offices.at(office, |_| CompactString::default());
        domain.retain(|word| !is_empty_word(word));
        Holding {
            offices: found.iter().map(|o| (o.name.clone(), o.group.clone())).collect(),
            rank: CompactString::default(),
            domain,
            body: Vec::new(),
            own: false,
            bare: false,
            definite: false,
            several: false,
            labelled: false,
        }
    }
}
