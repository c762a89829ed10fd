//! The words of the sentence around a number: what a restatement of the number would repeat.
//!
//! Goes in: a block and the tokens of a number. Comes out: the content words of its sentence by word family, with
//! their distance from the number. Two sentences that say one thing share these words, however they are built.

use super::context::BlockView;
use super::link::stem;
use super::noun::{class, lemma};
use super::scope::window;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use std::ops::Range;
use std::sync::Arc;

/// How much a word says about what is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WordSort {
    /// A word of little content, a month or weekday: shared by sentences about anything.
    Light,
    /// A content word.
    Content,
    /// A name or identifier.
    Name,
}

/// A content word of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FrameWord {
    /// What stands for its word family: `employ` for "employees".
    pub key: CompactString,
    /// How much it says.
    pub sort: WordSort,
    /// Whether it can be a verb: what is done is said in more ways than what it is done to.
    pub verbal: bool,
    /// The clause of the sentence that it stands in, counted from 0; a comma, bracket, dash or "because of" begins a new one.
    pub clause: u16,
    /// The groups of words that exclude each other which it belongs to.
    pub contrasts: Box<[u16]>,
    /// What it says of a measured thing, a mask of the lexicon's attributes: cost, duration.
    pub attributes: u32,
}

/// The sentence around a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The content words of the sentence, in order, those of its numbers left out.
    pub words: Arc<[FrameWord]>,
    /// How many of them stand before the first verb: the subject of the sentence, mostly.
    pub subject: u16,
    /// How many of them stand before the number.
    pub before: u16,
    /// How many of the first words belong to a place or topic that opens the sentence: "In the Old Town, …".
    pub opening: u16,
    /// The clause that the number stands in.
    pub clause: u16,
    /// The words that narrow what is counted from behind, from word to word: "the 58 contracts **that we examined**".
    pub complement: (u16, u16),
    /// The word family of what is counted or measured; empty when it is not named by the words at the number.
    pub head: CompactString,
    /// The word family of the verb that says what happened to it; may be empty.
    pub verb: CompactString,
    /// The preposition before the number, "from", "to", "by", "per"; mostly empty.
    pub governor: CompactString,
    /// The word before the bracket that the number stands in, as written: "`commit_time` (less than 25 ms)".
    pub attached: CompactString,
    /// Whether a genitive stands at the number: "the estate's 28 hectares".
    pub owned: bool,
    /// The attributes that numbers of its dimension can state, a mask.
    pub measurable: u32,
    /// Those among them of which one excludes the other.
    pub exclusive: u32,
}

impl Frame {
    /// What the words around the number say that is measured: what a thing cost, how long it took.
    #[must_use]
    pub fn attributes(&self) -> u32 {
        let near = |i: &usize| self.nearness(*i) >= 0.8;
        (0..self.words.len()).filter(near).fold(0, |mask, i| mask | self.words[i].attributes) & self.measurable
    }

    /// Whether what is measured excludes each other: an income and a cost, a height and a depth.
    #[must_use]
    pub fn measures_other(&self, other: &Self) -> bool {
        let (a, b) = (self.attributes() & self.exclusive, other.attributes() & other.exclusive);
        a != 0 && b != 0 && a & b == 0
    }

    /// The words of who has or does it: the subject of the sentence, without what is counted, and a genitive at the
    /// number.
    pub fn holders(&self) -> impl Iterator<Item = &FrameWord> {
        let before = usize::from(self.before);
        let genitive = before.checked_sub(1).filter(|_| self.owned);
        let subject = usize::from(self.subject).min(before);
        let words = self.words[..subject].iter().chain(genitive.map(|i| &self.words[i]));
        words.filter(|w| w.sort != WordSort::Light && w.key != self.head)
    }

    /// Whether the sentence has a word of a family.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.words.iter().any(|w| w.key == key)
    }

    /// How near a word of the sentence stands to the number, more than 0, at most 1.
    #[must_use]
    pub fn nearness(&self, word: usize) -> f32 {
        let before = usize::from(self.before);
        let distance = if word < before { before - 1 - word } else { word - before };
        let same = self.words[word].clause == self.clause;
        match (distance, same) {
            (0..=3, true) => 1.0,
            (4..=7, true) => 0.8,
            (_, true) => 0.6,
            (0..=3, false) => 0.55,
            (4..=7, false) => 0.4,
            _ => 0.25,
        }
    }
}

/// The sentence last read, so that its numbers share its words.
#[derive(Debug, Default)]
pub(super) struct FrameReader {
    last: Option<(usize, Range<usize>, Read)>,
}

/// The words of a stretch of tokens, ready for the frames of its numbers.
#[derive(Clone, Debug)]
struct Read {
    words: Arc<[FrameWord]>,
    /// How many words stand before the first verb.
    subject: u16,
    /// The token of each word.
    tokens: Vec<usize>,
    /// The clause of each token of the stretch.
    clauses: Vec<u16>,
}

impl FrameReader {
    /// The frame of a number of a dimension.
    pub(super) fn frame(
        &mut self,
        view: &BlockView<'_>,
        lexicon: &Lexicon,
        number: &Range<usize>,
        dimension: &str,
        complement: Range<usize>,
    ) -> Frame {
        let stretch = window(view, number.start);
        let id = view.id.index();
        let known = self.last.as_ref().filter(|(block, range, _)| *block == id && *range == stretch);
        let read = match known {
            Some((_, _, read)) => read.clone(),
            None => read(view, lexicon, stretch.clone()),
        };
        let before = read.tokens.partition_point(|&t| t < number.start);
        let word = |token: usize| read.tokens.partition_point(|&t| t < token) as u16;
        let clause = read.clauses.get(number.start - stretch.start).copied().unwrap_or_default();
        let frame = Frame {
            words: read.words.clone(),
            subject: read.subject,
            before: before as u16,
            opening: word(opening(view, lexicon, &stretch, number)),
            clause,
            complement: (word(complement.start), word(complement.end)),
            head: CompactString::default(),
            verb: CompactString::default(),
            governor: governor(view, lexicon, number),
            attached: attached(view, &stretch, number),
            owned: number.start > 0
                && ["'s", "’s", "s'", "s’"].iter().any(|end| view.word(number.start - 1).ends_with(end)),
            measurable: lexicon.attributes_of(dimension),
            exclusive: lexicon.exclusive_attributes(),
        };
        self.last = Some((id, stretch, read));
        frame
    }

    /// The frame of what is no number, without its own words.
    pub(super) fn apart(&mut self, view: &BlockView<'_>, lexicon: &Lexicon, tokens: &Range<usize>) -> Frame {
        let mut frame = self.frame(view, lexicon, tokens, "", tokens.start..tokens.start);
        if let Some((_, _, read)) = &self.last
            && read.tokens.iter().any(|token| tokens.contains(token))
        {
            let others = read.tokens.iter().zip(read.words.iter()).filter(|(token, _)| !tokens.contains(token));
            frame.words = others.map(|(_, word)| word.clone()).collect();
        }
        frame
    }
}

/// What stands for the word family of a base form: `employ` for staff, employee, employment.
#[must_use]
pub(super) fn family(lexicon: &Lexicon, base: &str) -> CompactString {
    let class = class(lexicon, base);
    stem(lexicon.family(if lexicon.family(base) == base { &class } else { base })).into()
}

/// The words that a pronoun at the head of a sentence stands for: those before the first verb of the sentence before.
fn meant(view: &BlockView<'_>, lexicon: &Lexicon, stretch: &Range<usize>) -> Range<usize> {
    const LONGEST: usize = 8;
    let none = stretch.start..stretch.start;
    let pronoun = !stretch.is_empty() && lexicon.is_in("pronoun.subject", &lower(view.word(stretch.start)));
    if !pronoun || stretch.start == 0 || view.layer.sentence_of(stretch.start).start != stretch.start {
        return none;
    }
    let before = view.layer.sentence_of(stretch.start - 1);
    let finite = |i: usize| {
        let pos = view.layer.tokens[i].word.map_or(Pos::default(), |w| lexicon.words.pos(w));
        pos.any(Pos::AUXILIARY) || pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND))
    };
    match (before.start..before.end).find(|&i| finite(i)) {
        Some(verb) if verb <= before.start + LONGEST => before.start..verb,
        _ => none,
    }
}

/// Whether a number stands beside a month: the day of a date is no name.
fn is_day(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let month = |i: usize| {
        let word = view.layer.tokens.get(i).and_then(|t| t.word);
        word.is_some_and(|id| lexicon.words.pos(id).any(Pos::MONTH))
    };
    month(i + 1) || i > 0 && month(i - 1)
}

/// The word before the bracket that a number stands in; empty when it stands in none.
fn attached(view: &BlockView<'_>, stretch: &Range<usize>, number: &Range<usize>) -> CompactString {
    const REACH: usize = 12;
    let from = stretch.start.max(number.start.saturating_sub(REACH));
    let mark = (from..number.start).rev().find(|&i| matches!(view.word(i), "(" | ")" | "," | ";"));
    let Some(open) = mark.filter(|&i| i > stretch.start && view.word(i) == "(") else {
        return CompactString::default();
    };
    let before = view.text[..view.layer.tokens[open].start as usize].trim_end();
    before.rsplit(char::is_whitespace).next().map(lower).unwrap_or_default()
}

/// The preposition at a number, hedges and currency signs passed over.
fn governor(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> CompactString {
    let first = view.layer.sentence_of(number.start).start;
    (first..number.start)
        .rev()
        .take(3)
        .find(|&i| {
            view.layer.tokens[i].word.is_some_and(|id| {
                let pos = lexicon.words.pos(id);
                pos.any(Pos::PREPOSITION) && !lexicon.is_in("hedge.about", &lower(view.word(i)))
            })
        })
        .map(|i| lower(view.word(i)))
        .unwrap_or_default()
}

/// The token at which the adverbial ends that opens a sentence: "In mathematics 46 students", "For boarders the fee is".
/// It begins with a preposition and ends at a comma, a determiner behind its noun, the number or a verb.
fn opening(view: &BlockView<'_>, lexicon: &Lexicon, stretch: &Range<usize>, number: &Range<usize>) -> usize {
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let none = stretch.start;
    if stretch.is_empty() || !lexicon.is_in("opening.preposition", &lower(view.word(none))) {
        return none;
    }
    let mut noun = false;
    for i in none + 1..stretch.end.min(none + 9) {
        let token = &view.layer.tokens[i];
        let p = pos(i);
        if number.contains(&i) || view.word(i) == "," {
            return if noun { i } else { none };
        }
        let content = token.kind == TokenKind::Word && !p.any(Pos::CLOSED);
        if noun && (p.any(Pos::DETERMINER.and(Pos::PRONOUN).and(Pos::AUXILIARY)) && view.word(i - 1) != "of") {
            return i;
        }
        noun |= content;
    }
    none
}

fn read(view: &BlockView<'_>, lexicon: &Lexicon, stretch: Range<usize>) -> Read {
    let function = Pos::DETERMINER
        .and(Pos::PREPOSITION)
        .and(Pos::PRONOUN)
        .and(Pos::AUXILIARY)
        .and(Pos::CONJUNCTION)
        .and(Pos::RELATIVE)
        .and(Pos::NEGATION);
    let mut words = Vec::new();
    let mut tokens = Vec::new();
    let mut clauses = Vec::with_capacity(stretch.len());
    let mut clause = 0;
    let mut subject = None;
    // "The house was cleared. It has six rooms": the pronoun stands for the subject before.
    let meant = meant(view, lexicon, &stretch);
    for i in meant.clone().chain(stretch.clone()) {
        let token = &view.layer.tokens[i];
        let wording = view.word(i);
        let inside = stretch.contains(&i);
        if token.kind == TokenKind::Sign {
            if inside {
                if matches!(wording, "," | ";" | ":" | "–" | "—" | "(" | ")" | "[" | "]") {
                    clause += 1;
                }
                clauses.push(clause);
            }
            continue;
        }
        if inside {
            // "Sales fell due to 12 cancellations": what follows is the cause, not what the subject amounts to.
            if phrase_at(lexicon, "clause.cause", view.text, &view.layer.tokens, i).is_some() {
                clause += 1;
            }
            clauses.push(clause);
        }
        let quantities = &view.layer.quantities;
        let next = quantities.partition_point(|q| q.tokens.end <= i);
        // "an 802.3 network": a number that names its noun is a word like any name.
        let names = i > 0 && token.kind == TokenKind::Number && matches!(lower(view.word(i - 1)).as_str(), "a" | "an");
        if quantities.get(next).is_some_and(|q| {
            q.tokens.contains(&i) && !q.label && !(names && q.quantity.unit.is_count() && !q.quantity.amount.words)
        }) {
            continue;
        }
        let pos = token.word.map_or(Pos::default(), |w| lexicon.words.pos(w));
        let finite =
            pos.any(Pos::AUXILIARY) || pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND));
        if subject.is_none() && finite && token.case == Case::Lower {
            subject = Some(words.len() as u16);
        }
        let base = lemma(view, lexicon, i);
        let contrasts: Box<[u16]> = lexicon.contrasts(&base).into();
        if contrasts.is_empty() && (pos.any(function) && !pos.any(Pos::NOUN) || pos.any(Pos::NUMBER)) {
            continue;
        }
        let (key, sort) = if let Some(place) = lexicon.place(wording).filter(|_| token.case != Case::Lower) {
            (place.place.to_lowercase(), WordSort::Name)
        } else if token.kind == TokenKind::Number && is_day(view, lexicon, i) {
            continue;
        } else if token.kind == TokenKind::Number || wording.bytes().any(|b| b.is_ascii_digit()) {
            (lower(wording), WordSort::Name)
        } else {
            let light = lexicon.is_in("content.light", &base)
                || pos.any(Pos::MONTH.and(Pos::WEEKDAY))
                || (pos.any(Pos::ADVERB) && !pos.any(Pos::NOUN.and(Pos::VERB).and(Pos::ADJECTIVE)));
            let first = view.layer.sentence_of(i).start == i;
            let sort = if token.case != Case::Lower && !first && pos == Pos::default() {
                WordSort::Name
            } else if light {
                WordSort::Light
            } else {
                WordSort::Content
            };
            (family(lexicon, &base), sort)
        };
        words.push(FrameWord { key, sort, verbal: finite, clause, contrasts, attributes: lexicon.attributes(&base) });
        tokens.push(i);
    }
    Read { subject: subject.unwrap_or_default(), words: words.into(), tokens, clauses }
}
