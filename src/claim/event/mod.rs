//! What happens on a date: "the museum opened on 5 June", "the inspection of 14 March 2018", "On 1 June 2020 the
//! second van joined it", "## 0.12.0 (2024-04-02)".

mod field;
mod labelled;
mod thing;

use super::calendar::{Event, Thing};
use super::moment::Moment;
use super::{BlockView, Claim, ClaimKind, Context, Status, Subject, Value, scope};
use crate::annotate::{Case, DateForm, TokenKind, phrase_at, phrase_before, phrases_at};
use crate::document::BlockKind;
use crate::lexicon::Pos;
use compact_str::CompactString;
use std::ops::Range;
use thing::{is_pronoun, names, pos, thing, topic};

/// Tokens of a cell that is running text.
const LONG_CELL: usize = 6;

/// Tokens between what happens and its date at most.
const REACH: usize = 12;

/// Tokens between a date that opens its sentence and the verb at most: the subject stands between them.
const FAR: usize = 24;

/// Tokens before a verb in which its subject is looked for.
const SUBJECT: usize = 80;

/// Reads the claims of kind Event.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for view in context.views() {
        let moments = &all[view.id.index()];
        if moments.is_empty() {
            continue;
        }
        match view.block.kind {
            BlockKind::Heading(_) => field::heading(context, &view, moments, out),
            BlockKind::Paragraph
            | BlockKind::Item { .. }
            | BlockKind::Quote
            | BlockKind::Caption
            | BlockKind::Comment { .. } => {
                let reader = Reader { context, view, moments };
                let before = out.len();
                for (index, moment) in moments.iter().enumerate() {
                    out.extend(reader.event(index, moment));
                }
                // What no sentence tells may be told by a label.
                let mut told = Vec::new();
                labelled::labels(context, &view, moments, &mut told);
                if matches!(view.block.kind, BlockKind::Item { .. }) {
                    told.extend(labelled::item(context, &view, moments));
                }
                told.retain(|c| !out[before..].iter().any(|o| o.at == c.at));
                told.dedup_by(|b, a| a.at == b.at);
                out.append(&mut told);
            }
            BlockKind::Cell { .. } if view.layer.tokens.len() > LONG_CELL => {
                let reader = Reader { context, view, moments };
                for (index, moment) in moments.iter().enumerate() {
                    let sentence = view.layer.sentence_of(moment.tokens.start);
                    out.extend(reader.from(index, moment, &sentence));
                }
            }
            _ => {}
        }
    }
    labelled::tables(context, all, out);
    labelled::fields(context, all, out);
}

/// Whether a date can be that of an event.
fn is_dateable(moment: &Moment) -> bool {
    !matches!(moment.form, DateForm::Open { .. } | DateForm::Double | DateForm::Pair)
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
    moments: &'a [Moment],
}

/// Whether a date is one day or month.
fn is_point_with_month(moment: &Moment) -> bool {
    moment.is_point() && moment.date.from.month.is_some()
}

/// Words for what happens.
pub(super) struct Action {
    /// Their tokens.
    pub(super) tokens: Range<usize>,
    /// What they stand for: `opening`.
    pub(super) class: CompactString,
    /// Whether it happens to a thing once.
    pub(super) once: bool,
}

/// The word for what happens that begins at a token, the longest.
pub(super) fn action(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Action> {
    let found = phrases_at(context.lexicon, view.text, &view.layer.tokens, at);
    let (set, length) = found.filter(|(set, _)| set.starts_with("event.")).max_by_key(|(_, length)| *length)?;
    let class = set.strip_prefix("event.")?;
    let (once, class) = match class.strip_prefix("once.") {
        Some(class) => (true, class),
        None => (false, class.strip_prefix("again.")?),
    };
    Some(Action { tokens: at..at + length, class: class.into(), once })
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.view.word(at)
    }

    fn pos(&self, at: usize) -> Pos {
        pos(self.context, &self.view, at)
    }

    fn phrase(&self, set: &str, at: usize) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    fn action(&self, at: usize) -> Option<Action> {
        // "of the Open Source Forum": a word of a name.
        let tokens = &self.view.layer.tokens;
        let follows_small = at > self.view.layer.sentence_of(at).start && tokens[at - 1].case == Case::Lower;
        if tokens[at].case == Case::Capital
            && follows_small
            && tokens.get(at + 1).is_some_and(|t| t.case == Case::Capital)
        {
            return None;
        }
        action(self.context, &self.view, at)
    }

    fn event(&self, index: usize, moment: &Moment) -> Option<Claim> {
        if !is_dateable(moment) {
            return None;
        }
        let sentence = self.view.layer.sentence_of(moment.tokens.start);
        if let Some(found) = self
            .when(moment, &sentence)
            .or_else(|| self.from(index, moment, &sentence))
            .or_else(|| self.dated(moment, &sentence))
        {
            return Some(found);
        }
        let (lead, of) = self.lead(moment, &sentence)?;
        let floor = self.moments[..index].last().map_or(sentence.start, |m| m.tokens.end.max(sentence.start));
        self.release(moment, floor)
            .or_else(|| self.behind(moment, &sentence, floor, lead, of))
            .or_else(|| self.is_on(moment, &sentence, floor))
            .or_else(|| self.ahead(index, moment, &sentence, lead))
            .or_else(|| self.named(moment, floor, lead))
    }

    /// "The latest release is 1.4.0 (2 June 2023)", "version 1.4.0, released 2 June 2023".
    fn release(&self, moment: &Moment, floor: usize) -> Option<Claim> {
        let bracket = moment.tokens.start.checked_sub(1).filter(|&at| self.word(at) == "(")?;
        let closed = self.word(moment.tokens.end) == ")";
        let (version, end) =
            (floor.max(bracket.saturating_sub(3))..bracket).find_map(|at| field::version_at(&self.view, at))?;
        let named =
            (floor.max(bracket.saturating_sub(REACH))..bracket).any(|at| self.phrase("dating.release", at).is_some());
        let fits = end == bracket && closed && named && moment.date.from.is_whole();
        fits.then(|| self.claim(moment, "release".into(), true, field::of_version(version), bracket..moment.tokens.end))
            .flatten()
    }

    /// "Since 27 July 2023, when support ended, …": what happens stands in the clause behind the date.
    fn when(&self, moment: &Moment, sentence: &Range<usize>) -> Option<Claim> {
        let at = moment.tokens.end + usize::from(self.word(moment.tokens.end) == ",");
        if self.word(at) != "when" || moment.date.from.day.is_none() {
            return None;
        }
        let end = (at + 1..sentence.end.min(at + REACH + 2)).find(|&i| matches!(self.word(i), "," | ";" | "."))?;
        let action = (at + 1..end).find_map(|i| self.action(i).filter(|a| a.tokens.end <= end && self.is_verb(a)))?;
        let subject = at + 1..self.before_auxiliaries(action.tokens.start, at + 1);
        if subject.is_empty() || action.tokens.end != end {
            return None;
        }
        let thing = self.resolved(&subject, action.tokens.start)?;
        self.claim(moment, action.class, action.once, thing, moment.tokens.start..end)
    }

    /// "The new fee applies from 1 April", "the notice with the fee of £27 from 1 May": what holds from a day on.
    fn from(&self, index: usize, moment: &Moment, sentence: &Range<usize>) -> Option<Claim> {
        let from = moment.tokens.start.checked_sub(1).filter(|&at| matches!(self.word(at), "from" | "on"))?;
        let floor = self.moments[..index].last().map_or(sentence.start, |m| m.tokens.end.max(sentence.start));
        if !is_point_with_month(moment) || from <= floor || matches!(self.word(moment.tokens.end), "to" | "until" | "–")
        {
            return None;
        }
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let lexicon = self.context.lexicon;
        if let Some(length) = phrase_before(lexicon, "dating.applies", text, tokens, from) {
            let verb = from - length;
            let thing = self.resolved(&self.subject(verb, sentence)?, verb)?;
            return self.claim(moment, "validity".into(), true, thing, verb..moment.tokens.end);
        }
        // "the fee of £27 from 1 May"
        let reach = floor.max(from.saturating_sub(6))..from;
        let noun = reach.rev().find(|&at| phrase_at(lexicon, "dating.charge", text, tokens, at).is_some())?;
        let amount = (noun + 1..from).all(|at| {
            matches!(tokens[at].kind, TokenKind::Number | TokenKind::Sign) || matches!(self.word(at), "of" | "is")
        });
        if self.word(from) != "from" || !amount {
            return None;
        }
        let start = (floor..noun).rev().take(4).find(|&at| self.pos(at).any(Pos::DETERMINER)).unwrap_or(noun);
        let thing = thing(self.context, &self.view, start..noun + 1)?;
        self.claim(moment, "validity".into(), true, thing, start..moment.tokens.end)
    }

    /// "a policy dated 3 April 2019", "the agreement of 13 April": the day of a deed, of which a document has one.
    fn dated(&self, moment: &Moment, sentence: &Range<usize>) -> Option<Claim> {
        if !moment.is_point() || !moment.date.from.is_whole() {
            return None;
        }
        let lead = moment.tokens.start.checked_sub(1).filter(|&at| matches!(self.word(at), "dated" | "of"))?;
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let length = phrase_before(self.context.lexicon, "dating.deed", text, tokens, lead)?;
        let noun = lead - length;
        let floor = sentence.start.max(noun.saturating_sub(4));
        let start = (floor..noun).rev().find(|&at| self.pos(at).any(Pos::DETERMINER))?;
        let thing = thing(self.context, &self.view, start..lead)?;
        self.claim(moment, "date".into(), true, thing, start..moment.tokens.end)
    }

    /// "The deadline for submissions is 25 April 2024", "the next meeting of the board will be on 12 March".
    fn is_on(&self, moment: &Moment, sentence: &Range<usize>, floor: usize) -> Option<Claim> {
        let mut at = moment.tokens.start;
        while at > floor && (self.pos(at - 1).any(Pos::WEEKDAY) || matches!(self.word(at - 1), "," | "on" | "the")) {
            at -= 1;
        }
        let verb = at.checked_sub(1).filter(|&v| v > floor && matches!(self.word(v), "is" | "was" | "be"))?;
        let region = self.subject(verb, sentence)?;
        if region.start < floor || region.len() > REACH {
            return None;
        }
        let noun =
            region.clone().find_map(|i| self.action(i).filter(|a| a.tokens.end <= region.end && !self.is_verb(a)))?;
        // The head of the subject, not a word of its "of".
        let ahead = (region.start..noun.tokens.start).any(|i| self.pos(i).any(Pos::PREPOSITION));
        if ahead {
            return None;
        }
        let mut thing = thing(self.context, &self.view, region)?;
        if thing.head != noun.class {
            thing.words.retain(|w| *w != noun.class);
            thing.head = noun.class.clone();
        }
        thing.definite = true;
        self.claim(moment, noun.class, noun.once, thing, verb..moment.tokens.end)
    }

    /// "the national championships on the third weekend of August": a definite noun phrase of two words or more
    /// just before the date.
    fn named(&self, moment: &Moment, floor: usize, lead: usize) -> Option<Claim> {
        let day = moment.date.from.day.is_some();
        if self.word(lead) != "on" || !day || lead == floor {
            return None;
        }
        let mut start = lead;
        while start > floor && lead - start < 6 {
            let pos = self.pos(start - 1);
            if matches!(self.word(start - 1), "the" | "its" | "our" | "their") {
                let thing = thing(self.context, &self.view, start - 1..lead)?;
                let fits = thing.words.len() == lead - start - 1 && !thing.words.is_empty();
                return fits
                    .then(|| self.claim(moment, "occur".into(), false, thing, start..moment.tokens.end))
                    .flatten();
            }
            let noun = self.view.layer.tokens[start - 1].kind == TokenKind::Word
                && !pos.any(Pos::CLOSED)
                && (!pos.any(Pos::PAST) || pos.any(Pos::NOUN.and(Pos::ADJECTIVE)));
            if !noun {
                return None;
            }
            start -= 1;
        }
        None
    }

    /// Where the words that lead to the date begin, "on Tuesday, the", and whether they are "of"; `None` when
    /// they make the date another one than that of the event.
    fn lead(&self, moment: &Moment, sentence: &Range<usize>) -> Option<(usize, bool)> {
        let mut at = moment.tokens.start;
        let floor = sentence.start.max(at.saturating_sub(6));
        while at > floor
            && (self.pos(at - 1).any(Pos::WEEKDAY)
                || matches!(
                    self.word(at - 1),
                    "," | "the" | "morning" | "evening" | "afternoon" | "night" | "year" | "month" | "early" | "late"
                ))
        {
            at -= 1;
        }
        let tokens = &self.view.layer.tokens;
        if phrase_before(self.context.lexicon, "dating.prevent", self.view.text, tokens, at).is_some() {
            return None;
        }
        let mut of = false;
        if at > sentence.start {
            match self.word(at - 1).to_ascii_lowercase().as_str() {
                "on" | "in" | "at" | "during" | "was" | "is" => at -= 1,
                "of" => {
                    of = true;
                    at -= 1;
                }
                "(" => at -= 1,
                _ => {}
            }
        }
        Some((at, of))
    }

    /// What happens stands before the date: "opened on 5 June", "the inspection of 14 March".
    fn behind(&self, moment: &Moment, sentence: &Range<usize>, floor: usize, lead: usize, of: bool) -> Option<Claim> {
        let from = floor.max(lead.saturating_sub(REACH));
        let mut found = None;
        for i in (from..lead).rev() {
            // A longer phrase may begin further left: "was opened", "took place".
            if let Some(length) = self.phrase("dating.occur", i).filter(|n| i + n <= lead) {
                return self.occurs(moment, sentence, i, i + length);
            }
            if let Some(action) = self.action(i).filter(|a| a.tokens.end <= lead) {
                found = Some(action);
                break;
            }
            let word = self.word(i);
            let verb =
                self.pos(i).any(Pos::PAST) && !self.pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::AUXILIARY));
            if verb || matches!(word, ";" | "(" | ")" | "which" | "that" | "who" | "when" | "where" | "while" | "but") {
                break;
            }
        }
        let action = found?;
        // "for the year ended 31 December 2019": a stretch of time, of which every report has its own.
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        if phrase_before(self.context.lexicon, "dating.period", text, tokens, action.tokens.start).is_some() {
            return None;
        }
        let verb = self.is_verb(&action);
        if of && verb || !verb && !of && lead < action.tokens.end {
            return None;
        }
        // "Released: 3 May 2021", "Date of publication: 3 May 2021"
        if let Some(colon) = (action.tokens.end..moment.tokens.start).find(|&i| self.word(i) == ":") {
            let named = |i: usize| {
                let pos = self.pos(i);
                !action.tokens.contains(&i)
                    && !pos.any(Pos::CLOSED.and(Pos::ADVERB))
                    && !matches!(self.word(i), "date" | "Date" | "*")
            };
            let label = labelled::start_of_label(&self.view, colon)..colon;
            // "Submission deadline: 3 May 2021" speaks of more than the document.
            if label.clone().any(named) || !action.once || action.class == "deadline" {
                return None;
            }
            let thing = field::of_field(self.context, &self.view)?;
            return self.claim(moment, action.class, action.once, thing, action.tokens.start..moment.tokens.end);
        }
        let thing = if verb { self.of_verb(&action, sentence, lead)? } else { self.of_noun(&action, sentence, lead)? };
        self.claim(moment, action.class, action.once, thing, action.tokens.start..moment.tokens.end)
    }

    /// "The principal inspection took place on 14 May": the subject is the happening.
    fn occurs(&self, moment: &Moment, sentence: &Range<usize>, from: usize, to: usize) -> Option<Claim> {
        let region = self.subject(from, sentence)?;
        let mut thing = self.resolved(&region, from)?;
        self.around(&mut thing, to..moment.tokens.start);
        let noun = region.clone().rev().find_map(|i| self.action(i).filter(|a| a.tokens.end <= region.end));
        let noun =
            noun.filter(|a| crate::claim::lemma(&self.view, self.context.lexicon, a.tokens.end - 1) == thing.head);
        let (class, once) = noun.map_or(("occur".into(), false), |a| (a.class, a.once));
        self.claim(moment, class, once, thing, from..moment.tokens.end)
    }

    /// The date opens the sentence: "On 1 June 2020, the second van joined it".
    fn ahead(&self, index: usize, moment: &Moment, sentence: &Range<usize>, lead: usize) -> Option<Claim> {
        let opens = lead <= sentence.start + 1 || matches!(self.word(lead.saturating_sub(1)), ";" | ":");
        if !opens || !matches!(self.word(lead), "On" | "In" | "on" | "in") {
            return None;
        }
        let start = moment.tokens.end + usize::from(self.word(moment.tokens.end) == ",");
        let ceiling = self.moments.get(index + 1).map_or(sentence.end, |m| m.tokens.start.min(sentence.end));
        for i in start..ceiling.min(start + FAR) {
            if let Some(length) = self.phrase("dating.occur", i) {
                let thing = self.resolved(&(start..i), i)?;
                return self.claim(moment, "occur".into(), false, thing, moment.tokens.start..i + length);
            }
            if let Some(action) = self.action(i).filter(|a| self.is_verb(a)) {
                let end = (action.tokens.end..ceiling.min(action.tokens.end + REACH))
                    .find(|&t| matches!(self.word(t), "," | ";" | "." | "and" | "(" | "which"))
                    .unwrap_or(ceiling.min(action.tokens.end + REACH));
                let subject = start..self.before_auxiliaries(action.tokens.start, start);
                let object = self.object(&action, end);
                let thing = match object {
                    Some(thing) => thing,
                    None => self.resolved(&subject, start)?,
                };
                return self.claim(moment, action.class, action.once, thing, moment.tokens.start..action.tokens.end);
            }
            let verb =
                self.pos(i).any(Pos::PAST) && !self.pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::AUXILIARY));
            if verb || matches!(self.word(i), ";" | "(" | "which" | "who") {
                return None;
            }
        }
        None
    }

    /// Whether the word for what happens is a verb here, not a noun.
    fn is_verb(&self, action: &Action) -> bool {
        let before = action.tokens.start.checked_sub(1);
        let auxiliary = before.is_some_and(|i| self.pos(i).any(Pos::AUXILIARY) || self.word(i) == "to");
        let determiner = before.is_some_and(|i| {
            self.pos(i).any(Pos::DETERMINER) || self.word(i).ends_with("'s") || self.word(i).ends_with("’s")
        });
        let last = action.tokens.end - 1;
        // "Applications open on", but not "are open on".
        let lead = matches!(self.word(action.tokens.end), "on" | "in" | "at");
        if lead && !auxiliary && !determiner && self.phrase("dating.present", last).is_some() {
            return true;
        }
        let apposed = before.is_some_and(|i| matches!(self.word(i), "," | "("));
        auxiliary
            || apposed
            || !determiner
                && (self.pos(last).any(Pos::PAST) || action.tokens.len() > 1 || self.word(last).ends_with("ed"))
    }

    /// The first of the auxiliaries and adverbs before a verb.
    fn before_auxiliaries(&self, verb: usize, floor: usize) -> usize {
        let mut at = verb;
        while at > floor {
            let pos = self.pos(at - 1);
            let adverb = pos.any(Pos::ADVERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE));
            if pos.any(Pos::AUXILIARY) || adverb || self.word(at - 1) == "not" {
                at -= 1;
            } else {
                break;
            }
        }
        at
    }

    /// The tokens of the subject of a verb that begins at a token.
    fn subject(&self, verb: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let end = self.before_auxiliaries(verb, sentence.start);
        if end == sentence.start {
            return None;
        }
        let cut = |i: usize| {
            matches!(
                self.word(i).to_ascii_lowercase().as_str(),
                "," | ";"
                    | ":"
                    | "("
                    | "after"
                    | "before"
                    | "because"
                    | "since"
                    | "while"
                    | "when"
                    | "until"
                    | "that"
                    | "but"
                    | "–"
                    | "—"
            )
        };
        let floor = sentence.start.max(verb.saturating_sub(SUBJECT));
        let sentence = &(floor..sentence.end);
        let boundary = |from: usize| (sentence.start..from).rev().find(|&i| cut(i)).map_or(sentence.start, |i| i + 1);
        let last = self.word(end - 1);
        // "The van, which arrived", "the van, bought new, arrived", "the hall (opened 1990)"
        if matches!(last, "which" | "who" | "that" | "(") {
            let end = if end >= 2 && self.word(end - 2) == "," { end - 2 } else { end - 1 };
            return Some(boundary(end)..end).filter(|r| !r.is_empty());
        }
        if last == "," {
            let comma = (sentence.start..end - 1).find(|&i| self.word(i) == ",");
            let opens = self.pos(sentence.start).any(Pos::PREPOSITION.and(Pos::CONJUNCTION));
            let end = comma.filter(|_| !opens).unwrap_or(end - 1);
            return Some(boundary(end)..end).filter(|r| !r.is_empty());
        }
        // "opened on 5 June and closed on 31 October": the subject of the verb before.
        if matches!(last, "and" | "or" | "then") {
            let before = (sentence.start..end - 1).rev().filter_map(|i| self.action(i)).find(|a| self.is_verb(a))?;
            let auxiliaries = self.before_auxiliaries(before.tokens.start, sentence.start);
            let joined = auxiliaries > sentence.start && matches!(self.word(auxiliaries - 1), "and" | "or" | "then");
            return if joined { None } else { self.subject(before.tokens.start, sentence) };
        }
        let region = boundary(end)..end;
        (!region.is_empty()).then_some(region)
    }

    /// The thing of a verb: what it is done to, else who does it.
    fn of_verb(&self, action: &Action, sentence: &Range<usize>, lead: usize) -> Option<Thing> {
        let passive = action.tokens.start > sentence.start
            && (self.before_auxiliaries(action.tokens.start, sentence.start)..action.tokens.start)
                .any(|i| matches!(self.word(i), "was" | "were" | "be" | "been" | "is" | "are" | "being"));
        if !passive && let Some(mut thing) = self.object(action, lead) {
            self.around(&mut thing, action.tokens.end..lead);
            return Some(thing);
        }
        if action.tokens.start == sentence.start {
            return self.participle(sentence, lead).or_else(|| field::version_of(self.context, &self.view));
        }
        let region = self.subject(action.tokens.start, sentence)?;
        let mut thing = self.resolved(&region, action.tokens.start)?;
        let by = (action.tokens.end..lead).find(|&i| self.word(i) == "by");
        self.around(&mut thing, action.tokens.end..by.unwrap_or(lead));
        Some(thing)
    }

    /// "Founded in 1924, the society has …": the subject follows the date.
    fn participle(&self, sentence: &Range<usize>, lead: usize) -> Option<Thing> {
        let comma = (lead..sentence.end.min(lead + 6))
            .find(|&i| self.word(i) == "," && !self.moments.iter().any(|m| m.tokens.contains(&i)))?;
        let start = comma + 1;
        let verb = (start..sentence.end.min(start + REACH)).find(|&i| {
            self.pos(i).any(Pos::AUXILIARY)
                || self.pos(i).any(Pos::PAST.and(Pos::VERB)) && !self.pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE))
                || self.word(i) == ","
        })?;
        (start < verb).then(|| self.resolved(&(start..verb), start)).flatten()
    }

    /// The object of a verb: a noun phrase that follows it at once.
    fn object(&self, action: &Action, end: usize) -> Option<Thing> {
        let start = action.tokens.end;
        if start >= end {
            return None;
        }
        let pos = self.pos(start);
        if pos.any(Pos::PREPOSITION.and(Pos::CONJUNCTION).and(Pos::ADVERB).and(Pos::PRONOUN))
            && !pos.any(Pos::DETERMINER)
        {
            return None;
        }
        let stop = (start..end).find(|&i| {
            self.view.layer.tokens[i].kind == TokenKind::Sign
                || self.pos(i).any(Pos::PREPOSITION) && !matches!(self.word(i), "of" | "for" | "to")
        });
        thing(self.context, &self.view, start..stop.unwrap_or(end))
    }

    /// The thing of a noun for what happens: the words that narrow it, and what it is the happening of.
    fn of_noun(&self, action: &Action, sentence: &Range<usize>, lead: usize) -> Option<Thing> {
        let mut start = action.tokens.start;
        while start > sentence.start && action.tokens.start - start < 6 {
            let pos = self.pos(start - 1);
            let sign = self.view.layer.tokens[start - 1].kind == TokenKind::Sign;
            let stops = sign
                || pos.any(Pos::PREPOSITION.and(Pos::CONJUNCTION).and(Pos::AUXILIARY).and(Pos::PRONOUN))
                    && !pos.any(Pos::DETERMINER)
                || pos.any(Pos::PAST.and(Pos::VERB)) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PAST));
            if stops {
                break;
            }
            start -= 1;
            if pos.any(Pos::DETERMINER) {
                break;
            }
        }
        let behind = action.tokens.end;
        let of = matches!(self.word(behind), "of" | "with" | "for" | "between");
        let end = if of && behind < lead {
            (behind + 1..lead).find(|&i| {
                self.view.layer.tokens[i].kind == TokenKind::Sign
                    || self.pos(i).any(Pos::AUXILIARY)
                    || matches!(self.word(i), "in" | "at" | "on" | "by")
            })
        } else {
            Some(behind)
        };
        let end = end.unwrap_or(lead);
        let mut found = thing(self.context, &self.view, start..end)?;
        found.head = action.class.clone();
        found.wording = self.view.wording(start..end).into();
        self.around(&mut found, end..lead);
        Some(found)
    }

    /// The thing of a stretch, or what its pronoun stands for.
    fn resolved(&self, region: &Range<usize>, at: usize) -> Option<Thing> {
        if self.word(region.start).eq_ignore_ascii_case("this")
            && region.len() == 2
            && self.phrase("dating.document", region.start + 1).is_some()
        {
            return Some(field::of_document(self.view.wording(region.clone())));
        }
        // "We were founded in 1908": the school, society or firm that the document is of.
        if region.len() == 1 && self.word(region.start).eq_ignore_ascii_case("we") {
            let head = "we".into();
            return Some(Thing { head, definite: true, pronoun: true, wording: "we".into(), ..Thing::default() });
        }
        if is_pronoun(&self.view, region) {
            return topic(self.context, &self.view, self.view.layer.sentence_index(at));
        }
        thing(self.context, &self.view, region.clone())
    }

    fn around(&self, thing: &mut Thing, tokens: Range<usize>) {
        if tokens.start < tokens.end {
            thing.around = names(self.context, &self.view, tokens);
            thing.around.retain(|n| !thing.names.contains(n));
        }
    }

    fn claim(
        &self,
        moment: &Moment,
        class: CompactString,
        once: bool,
        mut thing: Thing,
        at: Range<usize>,
    ) -> Option<Claim> {
        let tokens = &self.view.layer.tokens;
        let sentence = self.view.layer.sentence_of(at.start);
        // "opened on 3 May 2018 in Holm"
        let behind = moment.tokens.end;
        if matches!(self.word(behind), "in" | "at") {
            for name in names(self.context, &self.view, behind..sentence.end.min(behind + 4)) {
                if !thing.names.contains(&name) && !thing.around.contains(&name) {
                    thing.around.push(name);
                }
            }
        }
        let repeated = (at.start.saturating_sub(4).max(sentence.start)..at.end.min(sentence.end))
            .any(|i| phrase_at(self.context.lexicon, "dating.again", self.view.text, tokens, i).is_some());
        // "postponed from 3 May to 5 June": the text says itself why there are two dates.
        let moved = sentence.clone().take(200).any(|i| {
            let length = phrase_at(self.context.lexicon, "dating.moved", self.view.text, tokens, i);
            // "moved to the present site" is no change of date.
            length.is_some_and(|n| !(self.word(i + n - 1) == "to" && self.pos(i + n).any(Pos::DETERMINER)))
        });
        if repeated || moved {
            return None;
        }
        let mut claim = claim(self.context, &self.view, moment, class, once, thing);
        // "Since the opening on 3 May 2016 no van has broken down" denies something else.
        let denied = (at.start.saturating_sub(6).max(sentence.start)..at.end).any(|i| self.pos(i).any(Pos::NEGATION));
        if !denied {
            claim.scope.cues.retain(|cue| cue != "negated");
        }
        Some(claim)
    }
}

/// The claim that something happens on a date.
fn claim(
    context: &Context<'_>,
    view: &BlockView<'_>,
    moment: &Moment,
    class: CompactString,
    once: bool,
    thing: Thing,
) -> Claim {
    let (scope, status) = scope(view, context.lexicon, &moment.tokens);
    let subject = Subject {
        head: thing.head.clone(),
        class: thing.head.clone(),
        modifiers: thing.words.clone(),
        entities: thing.around.clone(),
        wording: thing.wording.clone(),
        ..Subject::default()
    };
    let ahead = matches!(status, Status::Forecast | Status::Target);
    let event = Event { action: class.clone(), once, thing, when: moment.dated(context), ahead };
    let mut claim = view.claim(ClaimKind::Event, "event", moment.tokens.clone(), Value::Event(Box::new(event)));
    claim.subject = subject;
    claim.predicate = class;
    claim.scope = scope;
    claim.status = status;
    claim
}
