//! The words of an occasion, weighted by how near they stand to its date.

use super::{Edge, Occasion, OccasionTerm};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::calendar::{Dated, Doubts, Tie};
use crate::claim::event::action;
use crate::claim::frame::family;
use crate::claim::noun::lemma;
use crate::claim::version::version_at;
use crate::claim::{BlockView, Context, is_year};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;
use std::ops::Range;
use std::sync::Arc;

/// Tokens that a sign that begins a new clause counts for in the distance to the date.
const CLAUSE: usize = 3;

/// Tokens of a title that are looked at.
const TITLE: usize = 20;

/// Tokens at the head of a clause that tell of what it speaks.
const SUBJECT: usize = 6;
const SUBJECT_WEIGHT: u8 = 9;

/// The weight of words that only lead up to the date: those of the heading, and what a pronoun may stand for.
const HEADING: u8 = 3;
const MEANT: u8 = 6;

/// The weight of what the sentence before asked, and tokens that the answer has at most.
const ASKED: u8 = 8;
const SHORT: usize = 14;

/// The weight of a word right beside the date.
const FULL: u8 = 10;

/// Tokens of a sentence that are looked through for words beyond the clause.
const BESIDE: usize = 80;

/// The class of what happens to a version on the day that stands with it.
const RELEASE: &str = "release";

/// The words of one occasion.
pub(super) struct Words<'a> {
    context: &'a Context<'a>,
    terms: Vec<OccasionTerm>,
    marks: Vec<CompactString>,
    stages: Vec<CompactString>,
    action: Option<(u8, CompactString)>,
}

/// The words of the title of the document, by word family.
pub(super) fn title(context: &Context<'_>) -> Arc<[CompactString]> {
    let heading = context.views().find(|v| matches!(v.block.kind, BlockKind::Heading(_)));
    let Some(heading) = heading else { return Arc::from([]) };
    let mut words = Words::new(context);
    words.all(&heading, 0..heading.layer.tokens.len().min(TITLE), HEADING);
    words.terms.into_iter().map(|t| t.key).chain(words.marks).collect()
}

/// A version as it is compared: "v2.5.0" is 2.5.
fn version(text: &str) -> CompactString {
    let text = text.trim_start_matches(['v', 'V']);
    let short = text.strip_suffix(".0").filter(|short| short.contains('.'));
    short.unwrap_or(text).into()
}

/// How much a word says at so many tokens from the date, 0 to 10.
fn weight(distance: usize) -> u8 {
    match distance {
        0..=5 => 10,
        6..=9 => 8,
        10..=15 => 6,
        16..=24 => 4,
        _ => 2,
    }
}

impl<'a> Words<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, terms: Vec::new(), marks: Vec::new(), stages: Vec::new(), action: None }
    }

    /// The words of a stretch around a date, by their distance from it.
    pub(super) fn around(&mut self, view: &BlockView<'_>, stretch: Range<usize>, date: &Range<usize>) {
        let sign = |i: usize| matches!(view.word(i), "," | ":" | "(" | ")" | "–" | "—");
        let mut weights = vec![0; stretch.len()];
        let mut distance = 0;
        for i in (stretch.start..date.start).rev() {
            distance += if sign(i) { CLAUSE } else { 1 };
            weights[i - stretch.start] = weight(distance);
        }
        distance = 0;
        for i in date.end..stretch.end {
            distance += if sign(i) { CLAUSE } else { 1 };
            weights[i - stretch.start] = weight(distance);
        }
        // Whom or what it happens to stands at the head of the clause, however long the clause is.
        let adverbial = self.pos(view, stretch.start).any(Pos::PREPOSITION.and(Pos::CONJUNCTION));
        for i in stretch.start..date.start.min(stretch.start + SUBJECT) {
            if !adverbial {
                weights[i - stretch.start] = weights[i - stretch.start].max(SUBJECT_WEIGHT);
            }
        }
        self.add(view, stretch.clone(), Some(date), |i| weights[i - stretch.start]);
    }

    /// All words of a stretch with one weight.
    pub(super) fn all(&mut self, view: &BlockView<'_>, stretch: Range<usize>, weight: u8) {
        self.add(view, stretch, None, |_| weight);
    }

    /// What a pronoun of the clause may stand for: the names and nouns of the sentence before.
    pub(super) fn meant(&mut self, view: &BlockView<'_>, clause: Range<usize>) {
        let pronoun = |i: usize| {
            matches!(
                lower(view.word(i)).as_str(),
                "it" | "its" | "they" | "their" | "this" | "he" | "she" | "his" | "her"
            )
        };
        let start = view.layer.sentence_of(clause.start).start;
        if start > 0 && clause.into_iter().any(pronoun) {
            let before = view.layer.sentence_of(start - 1);
            self.add(view, before, None, |_| MEANT);
        }
    }

    /// A sentence that is no more than a date and what goes with it answers the one before: "When is the next call? On
    /// 5 May."
    pub(super) fn asked(&mut self, view: &BlockView<'_>, sentence: Range<usize>) {
        let verb = |i: usize| self.pos(view, i).any(Pos::AUXILIARY.and(Pos::PAST)) || self.pos(view, i) == Pos::VERB;
        if sentence.start > 0 && sentence.len() <= SHORT && !sentence.clone().any(verb) {
            let before = view.layer.sentence_of(sentence.start - 1);
            self.add(view, before, None, |_| ASKED);
        }
    }

    /// "This version, released on 29 October": the version is that of the heading above.
    pub(super) fn this_version(&mut self, view: &BlockView<'_>, clause: Range<usize>) {
        let this = |i: usize| {
            matches!(lower(view.word(i)).as_str(), "this" | "it")
                && (view.word(i) == "It" || matches!(view.word(i + 1), "version" | "release" | "update"))
        };
        if !clause.into_iter().any(this) {
            return;
        }
        for (id, _) in self.context.document.headings(view.id) {
            let heading = self.context.view(id);
            let versions = |at: usize| version_at(&heading, at).map(|(_, tokens)| tokens);
            let mut found = (0..heading.layer.tokens.len()).filter_map(versions);
            if let (Some(only), None) = (found.next(), found.next()) {
                // Other numbers of the clause are those of what it needs or replaces.
                self.marks = vec![version(heading.wording(only))];
                return;
            }
        }
    }

    /// Whether the words are those of one version.
    pub(super) fn is_version(&self) -> bool {
        matches!(self.marks.as_slice(), [only] if only.contains('.') && only.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Whether what happens stands right beside the date.
    pub(super) fn happens_near(&self) -> bool {
        self.action.as_ref().is_some_and(|(weight, _)| *weight == 10)
    }

    /// Adds that it is a release.
    pub(super) fn released(&mut self) {
        self.action = Some((SUBJECT_WEIGHT, RELEASE.into()));
        let key = compact_str::format_compact!("={RELEASE}");
        let text = "released".into();
        self.terms.push(OccasionTerm { key, weight: 10, verbal: true, text, ..OccasionTerm::default() });
    }

    /// The words of the heading above, unless it is the title of the whole document.
    pub(super) fn heading(&mut self, view: &BlockView<'_>) {
        let Some((id, _)) = self.context.document.headings(view.id).next() else { return };
        self.heading_of(id);
    }

    /// The words of a heading.
    pub(super) fn heading_of(&mut self, id: BlockId) {
        let heading = self.context.view(id);
        let title = self.context.document.headings(id).next().is_none() && id.0 < 3;
        if !title {
            self.add(&heading, 0..heading.layer.tokens.len().min(16), None, |_| HEADING);
        }
    }

    /// What stands for the word that begins at a token, and the end of that word; no key when it says nothing.
    pub(super) fn key_at(&self, view: &BlockView<'_>, at: usize) -> (Option<CompactString>, usize) {
        if phrase_at(self.context.lexicon, "dating.occur", view.text, &view.layer.tokens, at).is_some() {
            return (None, at + 1);
        }
        match action(self.context, view, at) {
            Some(found) => (Some(compact_str::format_compact!("={}", found.class)), found.tokens.end),
            None => {
                let term = self.term(view, at..at + 1, (CompactString::default(), false), FULL);
                (term.map(|t| t.key), at + 1)
            }
        }
    }

    /// The words of a sentence outside of the clause of a date, by word family, sorted.
    pub(super) fn beside(
        &self,
        view: &BlockView<'_>,
        sentence: Range<usize>,
        clause: &Range<usize>,
    ) -> Box<[CompactString]> {
        let mut out = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end && at < sentence.start + BESIDE {
            if at == clause.start {
                at = clause.end.max(at + 1);
                continue;
            }
            let (key, end) = self.key_at(view, at);
            out.extend(key);
            at = end;
        }
        out.sort_unstable();
        out.dedup();
        out.into()
    }

    /// The numbers of a sentence that are no part of a date, as written, sorted.
    pub(super) fn figures(&self, view: &BlockView<'_>, sentence: Range<usize>) -> Box<[CompactString]> {
        let dates = &view.layer.dates;
        let within = &dates[dates.partition_point(|d| d.tokens.end <= sentence.start)..];
        let dated = |i: &usize| within.iter().take_while(|d| d.tokens.start <= *i).any(|d| d.tokens.contains(i));
        let number = |i: &usize| view.layer.tokens[*i].kind == TokenKind::Number && !dated(i);
        let mut out: Vec<CompactString> =
            sentence.take(BESIDE).filter(number).map(|i| CompactString::from(view.word(i))).collect();
        out.sort_unstable();
        out.dedup();
        out.into()
    }

    fn pos(&self, view: &BlockView<'_>, at: usize) -> Pos {
        let token = view.layer.tokens.get(at);
        token.and_then(|t| t.word).map_or(Pos::default(), |id| self.context.lexicon.words.pos(id))
    }

    fn add(
        &mut self,
        view: &BlockView<'_>,
        stretch: Range<usize>,
        date: Option<&Range<usize>>,
        weight: impl Fn(usize) -> u8,
    ) {
        let dates: Vec<Range<usize>> = view.layer.dates.iter().map(|d| d.tokens.clone()).collect();
        let dated = |i: usize| date.is_some_and(|d| d.contains(&i)) || dates.iter().any(|d| d.contains(&i));
        let mut last: Option<(usize, CompactString)> = None;
        let mut governed: Option<CompactString> = None;
        let mut at = stretch.start;
        while at < stretch.end {
            let bytes = view.layer.bytes(at..at + 1);
            if dated(at) || view.block.text.has_style(bytes, Style::Address) {
                (last, governed) = (None, None);
                at += 1;
                continue;
            }
            let weight = weight(at);
            if let Some((mark, end)) = self.mark(view, at) {
                if weight > MEANT && !self.marks.contains(&mark) {
                    self.marks.push(mark);
                }
                at = end;
                continue;
            }
            // "took place", "was held" say nothing of what it was.
            if let Some(length) = phrase_at(self.context.lexicon, "dating.occur", view.text, &view.layer.tokens, at) {
                (last, governed) = (None, None);
                at += length;
                continue;
            }
            if self.is_stage(view, at) {
                let stage = lower(view.word(at));
                if weight > MEANT && !self.stages.contains(&stage) {
                    self.stages.push(stage);
                }
                at += 1;
                continue;
            }
            let happening = action(self.context, view, at)
                .filter(|a| a.tokens.end <= stretch.end && !self.is_modifier(view, a.tokens.end));
            let (key, end, once) = match happening {
                Some(found) => (found.class, found.tokens.end, found.once),
                None => (CompactString::default(), at + 1, false),
            };
            // Of two words for what happens, the one next to the date.
            let nearer = |w: u8| w < weight || w == weight && date.is_some_and(|d| at < d.start);
            if once && weight > HEADING && self.action.as_ref().is_none_or(|(w, _)| nearer(*w)) {
                self.action = Some((weight, key.clone()));
            }
            let preposition = matches!(view.word(at), "for" | "of" | "with" | "between");
            match self.term(view, at..end, (key, once), weight) {
                Some(mut term) => {
                    term.left = last.take().filter(|(i, _)| *i == at).map(|(_, key)| key).unwrap_or_default();
                    if let Some(head) = governed.take()
                        && let Some(head) =
                            self.terms.iter_mut().rev().find(|t| t.key == head && t.complement.is_empty())
                    {
                        head.complement = term.key.clone();
                    }
                    last = Some((end, term.key.clone()));
                    term.before = date.is_some_and(|d| at < d.start);
                    self.terms.push(term);
                }
                None if preposition => governed = last.take().map(|(_, key)| key),
                // "of the depot"
                None if self.pos(view, at).any(Pos::DETERMINER) => {}
                None => (last, governed) = (None, None),
            }
            at = end;
        }
    }

    /// Whether the word for what happens only narrows the noun that begins at a token: "the landing stage".
    fn is_modifier(&self, view: &BlockView<'_>, next: usize) -> bool {
        let token = view.layer.tokens.get(next);
        let noun = self.pos(view, next).any(Pos::NOUN);
        let before = self.pos(view, next - 1);
        noun && !self.pos(view, next).any(Pos::VERB.and(Pos::CLOSED))
            && token.is_some_and(|t| t.case == Case::Lower)
            && !before.any(Pos::PAST)
    }

    /// Whether a word says which of several stages is meant: "late applications", not "three weeks late".
    fn is_stage(&self, view: &BlockView<'_>, at: usize) -> bool {
        let known = phrase_at(self.context.lexicon, "dating.stage", view.text, &view.layer.tokens, at).is_some();
        let next = view.layer.tokens.get(at + 1);
        let happening = action(self.context, view, at).is_some();
        known
            && !happening
            && next.is_some_and(|t| t.kind == TokenKind::Word)
            && !self.pos(view, at + 1).any(Pos::CLOSED)
    }

    /// A version, an ordinal or the number of something, and one past it: what sets a thing apart from its like.
    fn mark(&self, view: &BlockView<'_>, at: usize) -> Option<(CompactString, usize)> {
        if let Some((_, tokens)) = version_at(view, at) {
            return Some((version(view.wording(tokens.clone())), tokens.end));
        }
        let ordinals = &view.layer.ordinals;
        let next = ordinals.partition_point(|o| o.tokens.end <= at);
        if let Some(ordinal) = ordinals.get(next).filter(|o| o.tokens.start == at) {
            // "the first Saturday of the month"
            if self.pos(view, ordinal.tokens.end).any(Pos::WEEKDAY.and(Pos::MONTH)) {
                return None;
            }
            return Some((compact_str::format_compact!("#{}", ordinal.rank), ordinal.tokens.end));
        }
        let token = &view.layer.tokens[at];
        let word = view.word(at);
        let named = at > 0
            && view.layer.tokens[at - 1].kind == TokenKind::Word
            && !self.pos(view, at - 1).any(Pos::CLOSED.and(Pos::MONTH))
            && !self.pos(view, at + 1).any(Pos::NOUN);
        // "Gannet 2.4"
        let behind_name = at > 0 && view.layer.tokens[at - 1].case != Case::Lower;
        let digits = |b: u8| b.is_ascii_digit() || b == b'.' && behind_name;
        let number = token.kind == TokenKind::Number && word.bytes().all(digits);
        (number && named && !is_year(word)).then(|| (word.into(), at + 1))
    }

    /// The word of a token by its family; `None` when it says nothing.
    fn term(
        &self,
        view: &BlockView<'_>,
        tokens: Range<usize>,
        class: (CompactString, bool),
        weight: u8,
    ) -> Option<OccasionTerm> {
        let lexicon = self.context.lexicon;
        let at = tokens.start;
        let token = &view.layer.tokens[at];
        let pos = self.pos(view, at);
        let none = OccasionTerm::default();
        let (class, once) = class;
        if !class.is_empty() {
            let key = compact_str::format_compact!("={class}");
            let auxiliary = |i: &usize| self.pos(view, *i).any(Pos::AUXILIARY);
            let start = tokens.clone().find(|i| !auxiliary(i)).unwrap_or(at);
            let text = lower(view.wording(start..tokens.end));
            return Some(OccasionTerm { key, weight, verbal: true, again: !once, text, ..none });
        }
        let function =
            Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::PRONOUN).and(Pos::AUXILIARY).and(Pos::CONJUNCTION);
        let zone = lexicon.zones.at(|i| view.word(at + i)).is_some_and(|(length, _)| length == 1);
        if token.kind != TokenKind::Word
            || view.word(at).len() < 2
            || zone
            || matches!(lower(view.word(at)).as_str(), "am" | "pm")
            || pos.any(function.and(Pos::RELATIVE).and(Pos::NEGATION)) && !pos.any(Pos::NOUN)
            || pos.any(Pos::NUMBER.and(Pos::MONTH).and(Pos::WEEKDAY))
        {
            return None;
        }
        let base = lemma(view, lexicon, at);
        // "**Notes to editors**" stands before its text like a heading.
        let strong = |at: usize| view.block.text.has_style(view.layer.bytes(at..at + 1), Style::Strong);
        let first = view.layer.sentence_of(at).start == at || at > 0 && strong(at - 1) && !strong(at);
        let name = token.case != Case::Lower && (!first || pos == Pos::default());
        let light = !name && lexicon.is_in("content.light", &base)
            || pos.any(Pos::ADVERB) && !pos.any(Pos::NOUN.and(Pos::VERB).and(Pos::ADJECTIVE));
        // "the call for analysts": a noun of little content still says more than a verb or adverb.
        let compound = view.layer.tokens.get(tokens.end).is_some_and(|t| t.kind == TokenKind::Word)
            && !self.pos(view, tokens.end).any(Pos::CLOSED);
        let weight = match (light, pos.any(Pos::NOUN) || compound) {
            (true, true) => weight * 6 / 10,
            (true, false) => weight * 3 / 10,
            _ => weight,
        };
        let contrasts: Box<[u16]> = lexicon.contrasts(&base).into();
        let verbal = pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE));
        let text = if name { view.word(at).into() } else { lower(view.word(at)) };
        (weight > 0).then(|| OccasionTerm {
            key: family(lexicon, &base),
            weight,
            name,
            verbal,
            contrasts,
            text,
            ..none
        })
    }

    /// The words, as the occasion of a date.
    pub(super) fn occasion(self, when: Dated, edge: Edge, title: &Arc<[CompactString]>) -> Occasion {
        let mut marks = self.marks;
        let mut stages = self.stages;
        marks.sort_unstable();
        stages.sort_unstable();
        let action = self.action.map(|(_, class)| class).unwrap_or_default();
        Occasion {
            when,
            edge,
            terms: self.terms,
            marks,
            stages,
            action,
            ahead: None,
            firm: true,
            row: false,
            under: None,
            title: title.clone(),
            tie: Tie::default(),
            beside: Box::default(),
            figures: Box::default(),
            doubts: Doubts::default(),
            faint: false,
            other: None,
            abroad: false,
        }
    }
}
