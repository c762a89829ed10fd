//! What is said of a person: office, age, nationality, Mr or Ms, and where somebody belongs.
//!
//! "our treasurer, Ole Brandt" · "Ole Brandt, Secretary General" · "chaired by Ole Brandt" · "Treasurer: Ole Brandt"
//! · "Ole Brandt (43)". A surname alone is the person of that name when the document names only one.

mod deed;
mod epithet;
mod person;
mod phrase;
mod row;
mod slots;
mod tense;

use super::{BlockView, Claim, ClaimKind, Context, Value};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::document::{BlockKind, Style};
use crate::lexicon::{NameRoles, Pos, lower};
use crate::span::Span;
use compact_str::CompactString;
pub use epithet::{Epithet, Slot, Surety};
use person::{Mention, People, mention};
use phrase::{Phrase, Reader, years_old};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What is said of a person at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Role {
    /// Given and family name, lower case: `ole brandt`.
    pub person: CompactString,
    /// What is said.
    pub said: Said,
    /// Where the person is named.
    pub named: Span,
}

/// What can be said of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// An office.
    Office(Holding),
    /// Age in years.
    Age(u8),
    /// The country of a nationality, lower case.
    Nation(CompactString),
    /// Whether it is a woman, by honorific or noun.
    Woman(bool),
    /// An organisation: its head noun and its other words, lower case.
    Affiliation(CompactString, Vec<CompactString>),
    /// What the text calls the person, whatever noun it is.
    Epithet(Epithet),
}

impl Said {
    /// What is said, normalised: "deputy head, over mission".
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Office(held) => {
                let offices: Vec<&str> = held.offices.iter().map(|(name, _)| name.as_str()).collect();
                let mut out = format!("{} {}", held.rank, offices.join("/")).trim_start().to_owned();
                for (word, list) in [("over", &held.domain), ("in", &held.body)] {
                    if !list.is_empty() {
                        out.push_str(&format!(", {word} {}", list.join(" ")));
                    }
                }
                out
            }
            Self::Age(years) => format!("aged {years}"),
            Self::Nation(country) => format!("of {country}"),
            Self::Woman(woman) => if *woman { "a woman" } else { "a man" }.to_owned(),
            Self::Affiliation(head, words) => format!("at {} {head}", words.join(" ")),
            Self::Epithet(epithet) => epithet.name(),
        }
    }
}

/// An office as somebody is said to hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holding {
    /// What it may be, with the group of offices that exclude each other: a captain is of the crew or an officer.
    pub offices: Vec<(CompactString, CompactString)>,
    /// `deputy`, `vice`; empty for the office itself.
    pub rank: CompactString,
    /// What it is over, in base forms: `asset`, `management`.
    pub domain: Vec<CompactString>,
    /// The organisation or place it is held in, in base forms.
    pub body: Vec<CompactString>,
    /// It is one of "our" or "their" offices.
    pub own: bool,
    /// It stands as a title before the name, where offices are shortened.
    pub bare: bool,
    /// Others may hold it too: "a director", "one of our nurses".
    pub several: bool,
    /// The reader is taken to know it: "the treasurer".
    pub definite: bool,
    /// It is the label of a line or of a row: "Treasurer: Ole Brandt".
    pub labelled: bool,
}

/// Tokens around a role in which a word of change is about it.
const NEAR: usize = 6;

/// Reads the claims of kind Role.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let people = People::new(context);
    let mut changed: FxHashSet<CompactString> = FxHashSet::default();
    let first = out.len();
    for view in context.views() {
        if view.layer.names.is_empty()
            || matches!(view.block.kind, BlockKind::Entry | BlockKind::Contents | BlockKind::Meta)
        {
            continue;
        }
        let mentions: Vec<Mention> = view.layer.names.iter().filter_map(|n| mention(context, &view, n)).collect();
        called(context, &view, &people, &mentions, &mut changed, out);
        let mentions: Vec<(Mention, CompactString)> =
            mentions.into_iter().filter_map(|m| people.resolve(&m).map(|person| (m, person))).collect();
        let starts: Vec<usize> = mentions.iter().map(|(m, _)| m.tokens.start).collect();
        let reader = Reader { context, view: &view, people: &starts };
        let mut taken = 0;
        for (i, (mention, person)) in mentions.iter().enumerate() {
            let sentence = in_line(&view, view.layer.sentence_of(mention.tokens.start), mention.tokens.start);
            let near = near(&view, &sentence, &mention.tokens, 4 * NEAR);
            if reader.has_cue(near.clone(), "role.change") || reader.is_to_be(near) {
                changed.insert(person.clone());
            }
            if view.block.text.has_style(view.layer.bytes(mention.tokens.clone()), Style::Code) {
                continue;
            }
            let next = mentions.get(i + 1).map_or(view.layer.tokens.len(), |(m, _)| m.tokens.start);
            let frames = Frames { reader: &reader, mention, sentence, next };
            frames.read(person, &mut taken, out);
            frames.pronoun(person, i == 0 || mentions[i - 1].0.tokens.end <= frames.sentence.start, out);
            if let BlockKind::Cell { table, row, .. } = view.block.kind
                && mentions.len() == 1
                && mention.tokens.end == view.layer.tokens.len()
            {
                out.extend(row::beside(context, &view, mention, person, (table, row)));
            }
        }
    }
    for claim in &mut out[first..] {
        if let Value::Role(role) = &claim.value
            && changed.contains(&role.person)
        {
            claim.scope.cues.push("changed".into());
        }
    }
}

/// Reads what one block calls people, those too that the document names by nothing but a surname or an initial.
fn called(
    context: &Context<'_>,
    view: &BlockView<'_>,
    people: &People<'_>,
    mentions: &[Mention],
    changed: &mut FxHashSet<CompactString>,
    out: &mut Vec<Claim>,
) {
    let known: Vec<(&Mention, CompactString)> = mentions
        .iter()
        .filter_map(|m| people.resolve(m).or_else(|| people.guess(m)).map(|person| (m, person)))
        .collect();
    let starts: Vec<usize> = known.iter().map(|(m, _)| m.tokens.start).collect();
    let reader = Reader { context, view, people: &starts };
    let mut taken = 0;
    for (i, (mention, person)) in known.iter().enumerate() {
        if view.block.text.has_style(view.layer.bytes(mention.tokens.clone()), Style::Code) {
            continue;
        }
        let sentence = in_line(view, view.layer.sentence_of(mention.tokens.start), mention.tokens.start);
        let near = near(view, &sentence, &mention.tokens, 4 * NEAR);
        if reader.has_cue(near.clone(), "role.change") || reader.is_to_be(near) {
            changed.insert(person.clone());
        }
        let next = known.get(i + 1).map_or(view.layer.tokens.len(), |(m, _)| m.tokens.start);
        let frames = Frames { reader: &reader, mention, sentence, next };
        taken = frames.epithets(person, taken, out);
        if known.len() == 1 {
            row::called(context, view, people, mention, person, out);
        }
    }
}

/// The tokens around a range within its sentence, no further than a quotation mark: what is quoted is about others.
fn near(view: &BlockView<'_>, sentence: &Range<usize>, tokens: &Range<usize>, reach: usize) -> Range<usize> {
    let quote = |t: &usize| matches!(view.word(*t), "“" | "”" | "\"" | "«" | "»");
    let floor = sentence.start.max(tokens.start.saturating_sub(reach));
    let from = (floor..tokens.start).rev().find(quote).map_or(floor, |t| t + 1);
    let ceiling = sentence.end.min(tokens.end + reach);
    let to = (tokens.end..ceiling).find(quote).unwrap_or(ceiling.max(tokens.end));
    from..to
}

/// Most bytes of a line of a paragraph that is written in lines: "Olga Benes, chair".
const LINE: usize = 60;

/// The part of a sentence that stands in the line of a token, in a paragraph whose lines stand for themselves.
fn in_line(view: &BlockView<'_>, sentence: Range<usize>, token: usize) -> Range<usize> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(view.block.text.line_ends().map(|end| end + 1));
    let ends = starts.iter().skip(1).copied().chain([view.text.len()]);
    let alone = |(from, to): (usize, usize)| {
        let line = view.text.get(from..to).unwrap_or("");
        // "Head of Mission" below a name is no entry of its own.
        line.len() <= LINE && line.starts_with(|c: char| c.is_uppercase()) && line.contains([',', ':', '('])
    };
    if starts.len() < 2 || !starts.iter().copied().zip(ends.clone()).all(alone) {
        return sentence;
    }
    let tokens = &view.layer.tokens;
    let at = tokens.get(token).map_or(0, |t| t.start as usize);
    let (from, to) =
        starts.iter().copied().zip(ends).take_while(|(from, _)| *from <= at).last().unwrap_or((0, view.text.len()));
    let line =
        tokens.partition_point(|t| (t.start as usize) < from)..tokens.partition_point(|t| (t.start as usize) < to);
    sentence.start.max(line.start)..sentence.end.min(line.end)
}

/// White space folded.
fn folded(text: &str) -> CompactString {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Whether one of a set of cue phrases begins in a range of tokens.
fn has_cue(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>, set: &str) -> bool {
    tokens.into_iter().any(|t| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, t).is_some())
}

/// The ways to say something of one mention.
struct Frames<'a> {
    reader: &'a Reader<'a>,
    mention: &'a Mention,
    sentence: Range<usize>,
    /// Where the next person is named, or the end of the block.
    next: usize,
}

impl Frames<'_> {
    fn word(&self, token: usize) -> &str {
        self.reader.view.word(token)
    }

    fn pos(&self, token: usize) -> Pos {
        let word = self.reader.view.layer.tokens.get(token).and_then(|t| t.word);
        word.map_or(Pos::default(), |id| self.reader.context.lexicon.words.pos(id))
    }

    /// Appends what is said; `taken` is the end of what belongs to the person before.
    fn read(&self, person: &CompactString, taken: &mut usize, out: &mut Vec<Claim>) {
        let (ahead, comma) = self.ahead(*taken);
        self.honorific(person, &ahead, out);
        for phrase in &ahead {
            self.claims(person, phrase, out);
        }
        if ahead.is_empty()
            && let Some((country, at)) = self.nation(*taken).or_else(|| self.nation_behind())
        {
            self.claim(person, Said::Nation(country), at..at + 1, out);
        }
        let mut end = self.mention.tokens.end;
        if let Some((years, tokens)) = self.age() {
            end = tokens.end;
            self.claim(person, Said::Age(years), tokens, out);
        }
        for phrase in self.behind(end, comma) {
            end = phrase.tokens.end;
            self.claims(person, &phrase, out);
        }
        if let Some(phrase) = self.capacity(end) {
            end = phrase.tokens.end;
            self.claims(person, &phrase, out);
        }
        if end == self.mention.tokens.end {
            end = self.affiliation(person, out).unwrap_or(end);
        }
        *taken = end;
    }

    /// "Ole Brandt spoke last. He is head of the Bergen office": what the next sentence says of the only person of
    /// this one.
    fn pronoun(&self, person: &CompactString, alone: bool, out: &mut Vec<Claim>) {
        let view = self.reader.view;
        let start = self.sentence.end;
        if !alone || self.next < start || start >= view.layer.tokens.len() || !self.mention.is_full() {
            return;
        }
        let sentence = view.layer.sentence_of(start);
        if self.next < sentence.end || !matches!(self.word(start), "He" | "She") || self.word(start + 1) != "is" {
            return;
        }
        let Some(phrase) = self.reader.phrase(start + 2, sentence.end) else { return };
        let stop = phrase.tokens.end;
        if matches!(self.word(stop), "." | "," | ";" | "and") || stop >= sentence.end {
            let frames = Frames { reader: self.reader, mention: self.mention, sentence, next: self.next };
            frames.claims(person, &phrase, out);
        }
    }

    /// The office that stands before the name: "Secretary General Ole Brandt", "our treasurer, Ole Brandt",
    /// "Treasurer: Ole Brandt", "chaired by Ole Brandt"; the nearest first. The flag tells that a comma stands between.
    fn ahead(&self, taken: usize) -> (Vec<Phrase>, bool) {
        let mut stop = self.mention.tokens.start;
        let floor = self.sentence.start.max(taken).max(stop.saturating_sub(16));
        let honorific = |t: usize| {
            self.reader.cue(t, "role.he").or_else(|| self.reader.cue(t, "role.she")).is_some()
                || matches!(lower(self.word(t)).as_str(), "dr" | "prof" | "professor" | "hon" | "rev")
        };
        // "the chair, Dr Ole Brandt"
        while stop > floor {
            if honorific(stop - 1) {
                stop -= 1;
            } else if self.word(stop - 1) == "." && stop > floor + 1 && honorific(stop - 2) {
                stop -= 2;
            } else {
                break;
            }
        }
        if let Some(by) = self.doer(stop, floor) {
            return (vec![by], false);
        }
        let sign = stop.checked_sub(1).filter(|&s| s >= floor && matches!(self.word(s), "," | ":" | "–" | "—"));
        let limit = sign.unwrap_or(stop);
        for start in floor..limit {
            // A phrase begins a clause, or stands behind a verb or small word, or has a determiner.
            let determiner = self.pos(start).any(Pos::DETERMINER);
            let begins = start == floor
                || determiner
                || self.reader.view.layer.tokens[start - 1].kind == TokenKind::Sign
                || self.pos(start - 1).any(Pos::CLOSED.and(Pos::VERB).and(Pos::ADVERB))
                || self.reader.view.layer.tokens[start].case != Case::Lower;
            if !begins || self.word(start).chars().nth(1).is_none() && !determiner {
                continue;
            }
            let Some(mut phrase) = self.reader.phrase(start, limit) else { continue };
            if phrase.tokens.end != limit {
                continue;
            }
            // "…, director of the fund, Ole Brandt" needs a determiner, or opens the sentence as a line does.
            let lined = start == self.sentence.start;
            match sign.map(|s| self.word(s)) {
                Some(",") if !determiner && !lined && !phrase_owned(self, start) => continue,
                Some(":" | "–" | "—") if !lined => continue,
                _ => {}
            }
            phrase.holding.bare = sign.is_none();
            phrase.holding.labelled = sign.is_some_and(|s| self.word(s) != ",");
            let mut all = vec![phrase];
            // "Deputy Secretary General, Head of the Tidal Office Ole Brandt" opens the sentence.
            if start > floor + 1 && floor == self.sentence.start && self.word(start - 1) == "," && sign.is_none() {
                let other = self.reader.phrase(floor, start - 1);
                all.extend(other.filter(|p| p.tokens.end == start - 1));
            }
            return (all, sign.is_some_and(|s| self.word(s) == ","));
        }
        (Vec::new(), false)
    }

    /// The offices behind the name: "Ole Brandt, treasurer", "Ole Brandt (chair)", "Ole Brandt is our treasurer",
    /// "Ole Brandt, who as treasurer …".
    fn behind(&self, end: usize, comma: bool) -> Vec<Phrase> {
        let mut at = end;
        let sign = self.word(at);
        let bracket = sign == "(";
        if matches!(sign, "," | "(" | "–" | "—" | "-") {
            at += 1;
            if matches!(self.word(at), "who" | "now" | "currently") {
                at += 1;
                // "who as our conservator", "who is our conservator"
                match self.word(at) {
                    "as" | "is" => at += 1,
                    _ if self.word(at - 1) != "who" => {}
                    _ => return self.deed(at),
                }
            } else if self.word(at) == "as" {
                at += 1;
            }
        } else if self.is_signature(at) {
        } else if let Some(length) = self.reader.cue(at, "role.copula") {
            at += length;
        } else if sign == "as" && self.pos(at + 1).any(Pos::DETERMINER) {
            at += 1;
        } else {
            return self.deed(at);
        }
        let limit = self.sentence.end.min(self.next.max(at));
        let mut phrases = Vec::new();
        while let Some(phrase) = self.reader.phrase(at, limit) {
            let stop = phrase.tokens.end;
            let mut after = self.word(stop);
            // "Ole Brandt, director Anna Holm": hers.
            if stop >= self.next && self.next < self.sentence.end {
                break;
            }
            // "the treasurer, Ole Brandt, the secretary, Anna Holm": hers.
            let hers = comma
                && matches!(after, "," | ":")
                && (self.next == stop + 1 || self.next <= stop + 3 && self.next > stop);
            let closed = stop >= self.sentence.end
                || matches!(
                    after,
                    "," | "." | ";" | ")" | "(" | "–" | "—" | ":" | "”" | "\"" | "|" | "and" | "&" | "who"
                )
                || self
                    .pos(stop)
                    .any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PREPOSITION).and(Pos::RELATIVE).and(Pos::ADVERB));
            if hers || !closed || (bracket && !matches!(after, ")" | "," | ";" | "and")) {
                break;
            }
            phrases.push(phrase);
            // "director of finance and secretary"
            if after == "," && self.word(stop + 1) == "and" {
                after = "and";
                at = stop + 2;
            } else {
                at = stop + 1;
            }
            if !matches!(after, "and" | "&") {
                break;
            }
        }
        phrases
    }

    /// "Mr Brandt said, speaking as head of the harbour": the office in which somebody of this sentence speaks.
    fn capacity(&self, from: usize) -> Option<Phrase> {
        let limit = self.sentence.end.min(self.next.max(from));
        let at = (from..limit).find_map(|t| self.reader.cue(t, "role.capacity").map(|n| t + n))?;
        self.reader.phrase(at, limit)
    }

    /// "Ole Brandt" with "Head of Mission" on the line below, or in the cell beside it.
    fn is_signature(&self, at: usize) -> bool {
        let tokens = &self.reader.view.layer.tokens;
        tokens.len() <= 14
            && tokens.get(at).is_some_and(|t| t.case == Case::Capital)
            && self.mention.is_full()
            && self.sentence.end == tokens.len()
    }

    /// "Ole Brandt, 43," · "Ole Brandt (43)" · "Ole Brandt, aged 43" · "43-year-old Ole Brandt"
    fn age(&self) -> Option<(u8, Range<usize>)> {
        let start = self.mention.tokens.start;
        for t in (self.sentence.start.max(start.saturating_sub(6))..start).rev() {
            if let Some((years, n)) = years_old(self.reader.view, t) {
                return Some((years, t..t + n));
            }
            if self.pos(t).any(Pos::CLOSED.and(Pos::VERB)) {
                break;
            }
        }
        let end = self.mention.tokens.end;
        // "Ole Brandt is a 43-year-old painter", "Ole Brandt, a 43-year-old painter,"
        if matches!(self.word(end), "is" | ",") && matches!(self.word(end + 1), "a" | "an" | "the") {
            return years_old(self.reader.view, end + 2).map(|(years, n)| (years, end + 2..end + 2 + n));
        }
        // "Brandt, who is 47,"
        if self.word(end) == "," && self.word(end + 1) == "who" && self.word(end + 2) == "is" {
            return self.years(end + 3);
        }
        if !self.mention.is_full() || !matches!(self.word(end), "," | "(") {
            return None;
        }
        let at = end + 1 + usize::from(matches!(self.word(end + 1), "aged" | "age"));
        self.years(at)
    }

    /// A number of years that stands by itself: "43,", "43 years old".
    fn years(&self, at: usize) -> Option<(u8, Range<usize>)> {
        let years: u8 = self.word(at).parse().ok().filter(|y| (1..=110).contains(y))?;
        let old = self.word(at + 1) == "years" && self.word(at + 2) == "old";
        let closed = old || matches!(self.word(at + 1), "," | ")" | ".") || at + 1 >= self.sentence.end;
        (closed && self.word(at).len() < 4).then_some((years, at..at + 1))
    }

    /// "Norwegian climber Ole Brandt": a nationality and one word for what somebody does, right before the name.
    fn nation(&self, taken: usize) -> Option<(CompactString, usize)> {
        let noun = self.mention.tokens.start.checked_sub(1)?;
        let at = noun.checked_sub(1).filter(|&t| t >= self.sentence.start.max(taken))?;
        let word = self.word(noun);
        let doer = self.pos(noun).any(Pos::PEOPLE)
            || ["er", "or", "ist", "ian", "man", "woman"].iter().any(|e| word.ends_with(e));
        let small = self.reader.view.layer.tokens[noun].case == Case::Lower && word.len() > 3;
        if !small || !doer || !self.mention.is_full() || !self.pos(at).any(Pos::DEMONYM) {
            return None;
        }
        self.reader.context.lexicon.place(self.word(at)).map(|d| (d.place.to_lowercase(), at))
    }

    /// "Ole Brandt, a Norwegian climber": the same behind the name.
    fn nation_behind(&self) -> Option<(CompactString, usize)> {
        let end = self.mention.tokens.end;
        let article = self.word(end) == "," && matches!(self.word(end + 1), "a" | "an" | "the");
        let at = end + 2;
        let noun = self.reader.view.layer.tokens.get(at + 1).filter(|_| article && at + 1 < self.sentence.end)?;
        let named = noun.kind == TokenKind::Word && noun.case == Case::Lower && self.mention.is_full();
        // What names an office is read with it.
        if !named || self.reader.phrase(end + 1, self.sentence.end).is_some() || !self.pos(at).any(Pos::DEMONYM) {
            return None;
        }
        self.reader.context.lexicon.place(self.word(at)).map(|d| (d.place.to_lowercase(), at))
    }

    /// Mr, Ms, spokesman, spokeswoman.
    fn honorific(&self, person: &CompactString, ahead: &[Phrase], out: &mut Vec<Claim>) {
        let start = self.mention.tokens.start;
        let first = ahead.first().map_or(start, |p| p.tokens.start);
        let from = first.min(self.mention.lead).max(start.saturating_sub(5));
        for t in from.saturating_sub(2).max(self.sentence.start)..start {
            let man = self.reader.cue(t, "role.he").is_some();
            if !man && self.reader.cue(t, "role.she").is_none() {
                continue;
            }
            // "Mr and Mrs Vik", "Mr Vik and Anna Holm"
            let between = (t + 1..start).all(|b| {
                let token = &self.reader.view.layer.tokens[b];
                self.word(b) == "." || token.kind == TokenKind::Word && !self.pos(b).any(Pos::CLOSED.and(Pos::VERB))
            });
            let couple = t > 1 && matches!(self.word(t - 1), "and" | "&") && self.is_honorific(t - 2);
            // Behind Mrs stands the family's name: Mrs Vik may be the wife of Paul Vik.
            let wife = lower(self.word(t)) == "mrs" && start + 1 == self.mention.tokens.end;
            if between && !couple && !wife {
                self.claim(person, Said::Woman(!man), t..t + 1, out);
                return;
            }
        }
    }

    fn is_honorific(&self, token: usize) -> bool {
        let at = if self.word(token) == "." { token.saturating_sub(1) } else { token };
        self.reader.cue(at, "role.he").is_some() || self.reader.cue(at, "role.she").is_some()
    }

    /// "Dr Mei Tan of the University of Harlow"
    fn affiliation(&self, person: &CompactString, out: &mut Vec<Claim>) -> Option<usize> {
        let end = self.mention.tokens.end;
        let at = match self.word(end) {
            "of" | "from" | "at" => end + 1,
            "," | "(" => end + 1,
            _ => return None,
        };
        let article = usize::from(self.word(at) == "the");
        let from = at + article;
        let tokens = &self.reader.view.layer.tokens;
        let mut stop = from;
        while stop < self.sentence.end.min(from + 10) {
            let link = matches!(self.word(stop), "of" | "for" | "and" | "the") && stop > from;
            if tokens[stop].kind != TokenKind::Word || tokens[stop].case == Case::Lower && !link {
                break;
            }
            stop += 1;
        }
        while stop > from && tokens[stop - 1].case == Case::Lower {
            stop -= 1;
        }
        let words: Vec<CompactString> =
            (from..stop).filter(|&t| tokens[t].case != Case::Lower).map(|t| lower(self.word(t))).collect();
        let head =
            words.iter().find(|w| self.reader.context.lexicon.name_roles(w).any(NameRoles::ORGANISATION))?.clone();
        let rest: Vec<CompactString> = words.into_iter().filter(|w| *w != head).collect();
        if rest.is_empty() || !self.mention.is_full() {
            return None;
        }
        self.claim(person, Said::Affiliation(head, rest), from..stop, out);
        Some(stop)
    }

    fn claims(&self, person: &CompactString, phrase: &Phrase, out: &mut Vec<Claim>) {
        if let Some(nation) = &phrase.nation
            && !phrase.holding.offices.iter().any(|(_, group)| group == "government")
        {
            let first = phrase.tokens.start.saturating_sub(4).max(self.sentence.start);
            let at = (first..phrase.tokens.end).find(|&t| self.pos(t).any(Pos::DEMONYM));
            if let Some(at) = at {
                self.claim(person, Said::Nation(nation.clone()), at..at + 1, out);
            }
        }
        if let Some(years) = phrase.age {
            let first = phrase.tokens.start.saturating_sub(4).max(self.sentence.start);
            let found = (first..phrase.tokens.end).find_map(|t| years_old(self.reader.view, t).map(|(_, n)| t..t + n));
            if let Some(tokens) = found {
                self.claim(person, Said::Age(years), tokens, out);
            }
        }
        if phrase.tokens.start >= self.mention.tokens.end {
            for t in phrase.tokens.clone() {
                let man = self.reader.cue(t, "role.he").is_some();
                if man || self.reader.cue(t, "role.she").is_some() {
                    self.claim(person, Said::Woman(!man), t..t + 1, out);
                    break;
                }
                if self.pos(t).any(Pos::PREPOSITION) {
                    break;
                }
            }
        }
        self.claim(person, Said::Office(phrase.holding.clone()), phrase.tokens.clone(), out);
    }

    fn claim(&self, person: &CompactString, said: Said, tokens: Range<usize>, out: &mut Vec<Claim>) {
        let view = self.reader.view;
        if tokens.is_empty() {
            return;
        }
        let frame = tokens.start.min(self.mention.tokens.start)..tokens.end.max(self.mention.tokens.end);
        let near = near(view, &self.sentence, &frame, NEAR);
        let named = view.span(self.mention.tokens.clone());
        let tense = self.tense(&tokens).filter(|tense| *tense == "earlier" || matches!(said, Said::Epithet(_)));
        let value = Value::Role(Role { person: person.clone(), said, named });
        let mut claim = view.claim(ClaimKind::Role, "role", tokens, value);
        claim.subject.wording = folded(view.wording(self.mention.tokens.clone()));
        claim.scope.cues.extend(tense.map(Into::into));
        claim.scope.times =
            near.clone().filter_map(|t| super::scope::time(view, self.reader.context.lexicon, t)).collect();
        let cues = [("role.change", "changed"), ("role.near", "changed"), ("role.other", "both"), ("role.kin", "kin")];
        for (set, cue) in cues {
            if self.reader.has_cue(near.clone(), set) {
                let epithet = matches!(&claim.value, Value::Role(Role { said: Said::Epithet(_), .. }));
                // "From left: the mayor, Ole Brandt" tells of no change.
                let photo =
                    epithet && near.clone().any(|t| lower(self.word(t)) == "from" && self.word(t + 1) == "left");
                match (cue, epithet) {
                    ("changed", true) if photo => {}
                    ("changed", true) => claim.scope.cues.push("changing".into()),
                    _ => claim.scope.cues.push(cue.into()),
                }
            }
        }
        // "the Ghanaian-born British sculptor"
        if near.clone().any(|t| self.word(t).ends_with("-born")) || self.reader.has_cue(near, "role.origin") {
            claim.scope.cues.push("origin".into());
        }
        out.push(claim);
    }
}

/// "the museum's head of education, Ole Brandt"
fn phrase_owned(frames: &Frames<'_>, start: usize) -> bool {
    let word = frames.word(start);
    word.ends_with("'s") || word.ends_with("\u{2019}s")
}

#[cfg(test)]
mod tests {
    use super::Said;
    use crate::annotate::annotate;
    use crate::claim::{Value, claims};
    use crate::document::{BlockKind, Document, Text};
    use crate::lexicon::Lexicon;
    use crate::span::FileId;

    /// (person, office or other statement, wording) of a document.
    fn roles(paragraphs: &[&str]) -> Vec<(String, String, String)> {
        read(paragraphs, true)
    }

    /// The same, or what people are called.
    fn read(paragraphs: &[&str], offices: bool) -> Vec<(String, String, String)> {
        let file = FileId(0);
        let mut document = Document::new(file);
        let mut offset = 0;
        for paragraph in paragraphs {
            let mut text = Text::new(file);
            text.push_copied(paragraph, offset);
            offset += paragraph.len() as u32 + 1;
            document.push(BlockKind::Paragraph, text, None);
        }
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let said = |said: &Said| match said {
            Said::Office(held) => {
                let domain = held.domain.join("+");
                format!("{} {} {domain}", held.rank, held.offices[0].0).trim().to_owned()
            }
            Said::Age(years) => years.to_string(),
            Said::Nation(country) => country.to_string(),
            Said::Woman(woman) => if *woman { "woman" } else { "man" }.to_owned(),
            Said::Affiliation(head, words) => format!("{} {head}", words.join("+")),
            Said::Epithet(epithet) => format!("{:?} {}", epithet.slot, epithet.name()).to_lowercase(),
        };
        let found = claims(&document, &layers, lexicon).into_iter();
        found
            .filter_map(|c| match &c.value {
                Value::Role(role) if matches!(role.said, Said::Epithet(_)) != offices => {
                    Some((role.person.to_string(), said(&role.said), c.text.to_string()))
                }
                _ => None,
            })
            .collect()
    }

    fn said(paragraph: &str) -> Vec<String> {
        roles(&[paragraph]).into_iter().map(|(_, said, _)| said).collect()
    }

    #[test]
    fn reads_offices_before_and_behind_a_name() {
        for (text, expected) in [
            ("Our thanks go to the treasurer, Anders Vik, for all.", "treasurer"),
            ("It was signed by Deputy Mayor Anders Vik in May.", "deputy mayor"),
            ("They asked Anders Vik, the museum's head of education, in May.", "head education"),
            ("Treasurer: Anders Vik", "treasurer"),
            ("The team was chaired by Anders Vik.", "chair"),
            ("Anders Vik is our vice-chair.", "vice chair"),
            ("Anders Vik (Head of Water and Roads) left.", "head water+road"),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn reads_offices_of_the_right_person() {
        let found = roles(&["The treasurer, Anna Holm, the secretary, Bo Lind, and the chair, Eva Dahl, left."]);
        let found: Vec<(&str, &str)> = found.iter().map(|(person, said, _)| (person.as_str(), said.as_str())).collect();
        assert_eq!(found, [("anna holm", "treasurer"), ("bo lind", "secretary"), ("eva dahl", "chair")]);
    }

    #[test]
    fn reads_ages_nationalities_and_honorifics() {
        assert_eq!(said("Ms Ida Rask, 43, spoke."), ["woman", "43"]);
        assert_eq!(said("The 43-year-old Ida Rask spoke."), ["43"]);
        assert_eq!(said("It went to the Norwegian painter Ida Rask."), ["norway", "painter"]);
        assert_eq!(said("Dr Ida Rask of the University of Harlow spoke."), ["harlow university"]);
    }

    #[test]
    fn reads_what_people_are_called() {
        for (text, person, expected) in [
            ("Olga Benes, a drainage contractor, found it.", "olga benes", "behind called contractor, of drainage"),
            ("Our data engineer, Olga Benes, left it.", "olga benes", "before called engineer, of data"),
            ("Head keeper Olga Benes slept.", "olga benes", "title called curator, of head"),
            ("Olga Benes, who farms near the fen, saw it.", "olga benes", "deed called farmer"),
            ("Our setter is again Olga Benes.", "olga benes", "copula called setter"),
            ("We saw a nurse (Dr Olga Benes).", "olga benes", "bracket called nurse"),
            ("Convenor: Olga Benes", "olga benes", "label called convenor"),
            ("Dr Benes came with us as its doctor.", "benes", "as called doctor"),
        ] {
            let found = read(&[text], false);
            let found: Vec<(&str, &str)> = found.iter().map(|(p, s, _)| (p.as_str(), s.as_str())).collect();
            assert_eq!(found, [(person, expected)], "{text}");
        }
    }

    #[test]
    fn ignores_what_is_said_of_things() {
        for text in ["The River Benes rose.", "After Olga Benes came.", "Olga Benes, the summer before, left."] {
            assert!(read(&[text], false).is_empty(), "{text}");
        }
    }

    #[test]
    fn ignores_surnames_of_several_people() {
        let found = roles(&["Ida Rask and Bo Rask came.", "Ms Rask, the treasurer, spoke."]);
        assert!(found.is_empty(), "{found:?}");
    }
}
