//! What a text calls a person besides the name, whatever noun it is: "Ole Brandt, a roofer", "our data engineer, Ole
//! Brandt", "Brandt, who as well-site geologist", "Chief engineer: Ole Brandt".
//!
//! The place of a noun phrase beside a name says that it is about the person; the head only has to be a word for people, by
//! the lexicon or by its ending.

use super::super::lemma;
use super::phrase::{Reader, is_empty_word, is_link, years_old};
use crate::annotate::{Case, TokenKind};
use crate::lexicon::{Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// What somebody is called at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Epithet {
    /// The noun in its base form, or the office that it names; several when the wording leaves it open: who *leads* is a
    /// head or a leader.
    pub heads: Vec<CompactString>,
    /// The groups of offices that the heads are of.
    pub groups: Vec<CompactString>,
    /// `deputy`, `vice`; empty for none.
    pub rank: CompactString,
    /// What narrows it, in base forms: `drainage`, `cash`.
    pub words: Vec<CompactString>,
    /// Organisations, places and owners, lower case.
    pub body: Vec<CompactString>,
    /// How surely the noun is one for people.
    pub noun: Surety,
    /// Where it stands.
    pub slot: Slot,
    /// Whether the reader is taken to know who it is: "the treasurer", "our engineer".
    pub definite: bool,
    /// Whether it is one of several: "a roofer".
    pub indefinite: bool,
}

/// How surely a noun is one for people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Surety {
    /// The lexicon has it.
    Known,
    /// Its ending or its place beside the name says so.
    Ending,
    /// Its ending says so, but it is written like a name: "Browser".
    Capital,
}

/// Where an epithet stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slot {
    /// "Head keeper Suchý"
    Title,
    /// "the head keeper, Marek Suchý"
    Before,
    /// "Marek Suchý, the head keeper,"
    Behind,
    /// "Marek Suchý (head keeper)"
    Bracket,
    /// "Marek Suchý is our head keeper", "Our head keeper is Marek Suchý"
    Copula,
    /// "with Marek Suchý as its head keeper"
    As,
    /// "Marek Suchý, who farms"
    Deed,
    /// "Head keeper: Marek Suchý"
    Label,
    /// The cells of one row.
    Row,
}

impl Epithet {
    /// "deputy head, of cash, in bank"
    pub(super) fn name(&self) -> String {
        let mut out = format!("{} {}", self.rank, self.heads.join("/")).trim_start().to_owned();
        for (word, list) in [("of", &self.words), ("in", &self.body)] {
            if !list.is_empty() {
                out.push_str(&format!(", {word} {}", list.join(" ")));
            }
        }
        format!("called {out}")
    }
}

/// A noun phrase for a person.
pub(super) struct Described {
    /// Determiner left out.
    pub(super) tokens: Range<usize>,
    pub(super) epithet: Epithet,
}

/// Most words before the noun.
const MODIFIERS: usize = 7;

/// Most tokens behind it that narrow it.
const COMPLEMENT: usize = 12;

/// What nouns for people end in.
const ENDINGS: [&str; 10] = ["er", "or", "ist", "ian", "ant", "man", "woman", "person", "smith", "wright"];

impl Reader<'_> {
    /// The noun phrase for a person that begins at `start`, with its determiner, and goes no further than `limit`.
    pub(super) fn described(&self, start: usize, limit: usize, slot: Slot) -> Option<Described> {
        let mut from = start;
        let (mut definite, mut indefinite) = (slot == Slot::Title, false);
        if from < limit && self.pos(from).any(Pos::DETERMINER) {
            let word = lower(self.view.word(from));
            indefinite = matches!(word.as_str(), "a" | "an");
            definite = matches!(word.as_str(), "the" | "our" | "its" | "their" | "his" | "her" | "my" | "your");
            if !indefinite && !definite {
                return None;
            }
            from += 1;
        }
        let mut body = Vec::new();
        let mut words: Vec<usize> = Vec::new();
        let mut rank = CompactString::default();
        let mut first = from;
        let mut at = from;
        while at < limit && at - from <= MODIFIERS && self.people.binary_search(&at).is_err() {
            let word = lower(self.view.word(at));
            if let Some((_, n)) = years_old(self.view, at) {
                at += n;
                first = at;
                continue;
            }
            if let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
                body.extend(words.drain(..).map(|t| self.base(t)));
                body.push(owner.into());
                definite = true;
                first = at + 1;
            } else if self.is_rank(&word) && words.is_empty() && !self.pos(at).any(Pos::PREPOSITION) {
                rank = word;
            } else if matches!(word.as_str(), "and" | "&")
                && !words.is_empty()
                && self.capitals(at)
                && !self.is_person(at - 1)
            {
            } else if self.nominal(at) {
                words.push(at);
            } else {
                break;
            }
            at += 1;
        }
        // "the assistant Wieth"
        if words.is_empty() && !rank.is_empty() {
            words.push(at - 1);
            rank = CompactString::default();
        }
        let (last, before) = words.split_last()?;
        let mut end = last + 1;
        let mut heads: Vec<CompactString> = Vec::new();
        let mut groups: Vec<CompactString> = Vec::new();
        let mut noun = Surety::Known;
        let mut narrowing: Vec<usize> = before.to_vec();
        // "Secretary General", "chief of staff": the words of an office are one.
        for (n, &t) in words.iter().enumerate() {
            let word = |i: usize| if t + i < limit { lower(self.view.word(t + i)) } else { CompactString::default() };
            let (length, found) = self.context.lexicon.offices.at(&word(0), word);
            if length > 0 && t + length >= end {
                heads = found.iter().map(|o| o.name.clone()).collect();
                groups = found.iter().map(|o| o.group.clone()).collect();
                end = t + length;
                narrowing.truncate(n);
                break;
            }
        }
        if heads.is_empty() {
            // "our libero Hrubá": what stands so right before a name is what its bearer is.
            let new = slot == Slot::Title && from > start && definite && self.is_noun(*last);
            if !new && !self.is_person(*last) {
                return None;
            }
            noun = self.surety(*last);
            let base = self.base(*last);
            match base.split_once('-').filter(|(lower, _)| self.is_rank(lower)) {
                Some((lower, of)) => {
                    rank = lower.into();
                    let (_, found) = self.context.lexicon.offices.at(of, |_| CompactString::default());
                    heads.push(found.first().map_or(of.into(), |o| o.name.clone()));
                    groups.extend(found.first().map(|o| o.group.clone()));
                }
                None => heads.push(base),
            }
        }
        // An office may be of two groups.
        heads.dedup();
        // A medical director is a director.
        if groups.iter().any(|g| g == "other") {
            let (_, found) = self.context.lexicon.offices.at(&self.base(end - 1), |_| CompactString::default());
            groups.extend(found.iter().map(|o| o.group.clone()));
        }
        let mut narrowing: Vec<CompactString> =
            narrowing.into_iter().filter(|&t| !self.pos(t).any(Pos::DEMONYM)).map(|t| self.base(t)).collect();
        while slot != Slot::Title && end < limit && self.pos(end).any(Pos::PREPOSITION) && is_link(self.view.word(end))
        {
            let Some(stop) = self.complement(end + 1, limit.min(last + COMPLEMENT)) else { break };
            let inner = (end + 1..stop).filter(|&t| self.nominal(t));
            let article = self.pos(end + 1).any(Pos::DETERMINER);
            let named =
                matches!(self.view.word(end), "at" | "in" | "from") || inner.clone().any(|t| self.is_name(t, article));
            let list = if named { &mut body } else { &mut narrowing };
            list.extend(inner.map(|t| self.base(t)));
            end = stop;
        }
        narrowing.retain(|w| !is_empty_word(w) && w.len() > 1);
        let tokens = words.first().copied().map_or(first, |t| t.min(end)).min(first.max(from))..end;
        let epithet = Epithet { heads, groups, rank, words: narrowing, body, noun, slot, definite, indefinite };
        Some(Described { tokens, epithet })
    }

    /// Whether both neighbours of a token are written with a capital: "Head of Health and Safety".
    fn capitals(&self, at: usize) -> bool {
        let capital = |t: usize| self.case(t).is_some_and(|c| c != Case::Lower);
        at > 0 && capital(at - 1) && capital(at + 1)
    }

    /// Whether a token in lower case may be a noun for somebody: one that no lexicon knows, or one for people.
    fn is_noun(&self, token: usize) -> bool {
        let other = Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::DEMONYM).and(Pos::GERUND).and(Pos::VERB);
        let gerund = self.view.word(token).ends_with("ing");
        self.case(token) == Some(Case::Lower) && !gerund && !self.pos(token).any(other)
    }

    /// Whether a token is a word for one person.
    fn is_person(&self, token: usize) -> bool {
        let word = lower(self.view.word(token));
        let base = self.base(token);
        let plural = base != word && word.ends_with('s');
        if plural || self.kind(token) != Some(TokenKind::Word) || self.pos(token).any(Pos::DEMONYM) {
            return false;
        }
        let last = base.rsplit('-').next().unwrap_or(&base);
        let lexicon = self.context.lexicon;
        let known = lexicon.words.find(last).map_or(Pos::default(), |id| lexicon.words.pos(id));
        if lexicon.is_in("role.thing", last) {
            return false;
        }
        let ends = last.chars().count() > 4 && ENDINGS.iter().any(|e| last.ends_with(e));
        let verb = known.any(Pos::VERB.and(Pos::ADJECTIVE).and(Pos::ADVERB)) && !known.any(Pos::NOUN.and(Pos::PEOPLE));
        known.any(Pos::PEOPLE) || lexicon.is_in("role.person", last) || ends && !verb
    }

    /// How surely a token is a word for one person.
    fn surety(&self, token: usize) -> Surety {
        let base = self.base(token);
        let last = base.rsplit('-').next().unwrap_or(&base);
        let lexicon = self.context.lexicon;
        let people = lexicon.words.find(last).is_some_and(|id| lexicon.words.pos(id).any(Pos::PEOPLE));
        if people || lexicon.is_in("role.person", last) {
            Surety::Known
        } else if self.case(token) == Some(Case::Lower) {
            Surety::Ending
        } else {
            Surety::Capital
        }
    }

    /// The nouns for somebody who does what a verb says: "farm" → farmer, "lead" → head, leader.
    pub(super) fn doers(&self, token: usize, relative: bool) -> Vec<(CompactString, CompactString)> {
        let offices = &self.context.lexicon.offices;
        let office = |name: &str| {
            let (_, found) = offices.at(name, |_| CompactString::default());
            found.into_iter().map(|o| (o.name.clone(), o.group.clone())).collect::<Vec<_>>()
        };
        let mut out: Vec<(CompactString, CompactString)> = super::deed::DEEDS
            .into_iter()
            .filter(|name| self.cue(token, &format!("role.verb.{name}")).is_some())
            .flat_map(office)
            .collect();
        // Things provide and read as well.
        if !relative {
            return out;
        }
        let base = lemma(self.view, self.context.lexicon, token);
        let stem = base.strip_suffix('e').unwrap_or(&base);
        for noun in [format_compact!("{stem}er"), format_compact!("{stem}or")] {
            let words = &self.context.lexicon.words;
            let found = office(&noun);
            let people = words.find(&noun).is_some_and(|id| words.pos(id).any(Pos::PEOPLE));
            if found.is_empty() && (people || self.context.lexicon.is_in("role.person", &noun)) {
                out.push((noun, CompactString::default()));
            }
            out.extend(found);
        }
        out
    }
}
