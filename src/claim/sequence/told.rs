//! Two dates of one or two sentences whose words say which is the earlier: "closed in August because of cracks found in
//! July", "Ratified in 1994, it had been signed in 1992", "She died in 1987. In 1985 she gave her library away".

use super::{claim, step};
use crate::annotate::phrase_at;
use crate::claim::calendar::SequenceSort;
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, Context};
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// Tokens between a word for what came first and its date at most.
const GAP: usize = 10;

/// Dates of a block at most: one with more is a list or a log.
const DATES: usize = 24;

/// Reads the pairs of dates of running text whose words put them in order.
pub(super) fn passages(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let moments = &all[view.id.index()];
        if moments.len() < 2 || moments.len() > DATES {
            continue;
        }
        let reader = Reader { context, view, moments };
        for sentence in &view.layer.sentences {
            let found = reader.cause(sentence).map(|pair| (pair, SequenceSort::Cause));
            let found = found.or_else(|| reader.had(sentence).map(|pair| (pair, SequenceSort::Past)));
            let found = found.or_else(|| reader.after_death(sentence).map(|pair| (pair, SequenceSort::Death)));
            let Some(((earlier, later), sort)) = found.filter(|((a, b), _)| !is_turn_of_year(a, b)) else { continue };
            if let (Some(a), Some(b)) = (step(context, earlier), step(context, later)) {
                out.push(claim(context, later, sort, vec![a, b]));
            }
        }
    }
}

/// Whether two dates without a year of their own may stand on both sides of a new year: "after a slow start in December,
/// trade picked up in January".
fn is_turn_of_year(earlier: &Moment, later: &Moment) -> bool {
    let own = earlier.has_own_year() || later.has_own_year();
    let months = earlier.date.from.month.zip(later.date.from.month);
    !own && months.is_some_and(|(a, b)| a >= b + 6)
}

/// A block with its dates.
struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
    moments: &'a [Moment],
}

/// Two dates, the one that must be the earlier first.
type Pair<'a> = (&'a Moment, &'a Moment);

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> String {
        lower(self.view.word(at)).to_string()
    }

    fn pos(&self, at: usize) -> Pos {
        let token = self.view.layer.tokens.get(at);
        token.and_then(|t| t.word).map_or(Pos::default(), |id| self.context.lexicon.words.pos(id))
    }

    fn phrase(&self, set: &str, at: usize) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    fn has(&self, set: &str, within: Range<usize>) -> bool {
        within.into_iter().any(|at| self.phrase(set, at).is_some())
    }

    /// The dates of a sentence when all of them are points.
    fn points(&self, sentence: &Range<usize>) -> Vec<&'a Moment> {
        let own = self.moments.iter().filter(|m| sentence.contains(&m.tokens.start));
        let all: Vec<&Moment> = own.collect();
        if all.iter().all(|m| m.is_point()) { all } else { Vec::new() }
    }

    /// Whether the day is a limit rather than the day of what happened: "until 3 May".
    fn is_limit(&self, moment: &Moment) -> bool {
        let before = (1..=2).filter_map(|n| moment.tokens.start.checked_sub(n)).map(|at| self.word(at));
        before
            .into_iter()
            .any(|w| matches!(w.as_str(), "after" | "before" | "by" | "for" | "from" | "since" | "till" | "until"))
    }

    /// Whether nothing but words stands between two tokens.
    fn is_clause(&self, gap: Range<usize>) -> bool {
        gap.len() <= GAP
            && !gap.into_iter().any(|at| matches!(self.view.word(at), "," | ";" | ":" | "(" | ")" | "–" | "—"))
    }

    /// Whether the words between a date and "after" are of the clause of the date: "closed in May, after", but not
    /// "came in 2013, is to stay until after", "merged in 2020 and could not be reached after".
    fn goes_on(&self, gap: Range<usize>) -> bool {
        let comma = gap.end > gap.start && self.view.word(gap.end - 1) == ",";
        let words = gap.start..gap.end - usize::from(comma);
        self.is_clause(words.clone())
            && !words.into_iter().any(|at| {
                matches!(self.word(at).as_str(), "and" | "but" | "or" | "that" | "until" | "which" | "while" | "who")
            })
    }

    /// "closed in August because of cracks found in July", "after the flood of 3 May, on 9 May".
    fn cause(&self, sentence: &Range<usize>) -> Option<Pair<'a>> {
        let [first, second] = <[&Moment; 2]>::try_from(self.points(sentence)).ok()?;
        let cue = |from: usize, date: &Moment| {
            let led = |at: &usize| {
                self.phrase("sequence.cause", *at).is_some_and(|n| self.is_clause(at + n..date.tokens.start))
            };
            (from..date.tokens.start).rev().take(GAP + 4).find(led)
        };
        if self.has("sequence.plan", sentence.clone()) {
            return None;
        }
        if cue(first.tokens.end, second).is_some_and(|at| self.goes_on(first.tokens.end..at)) && !self.is_limit(first) {
            return Some((second, first));
        }
        let opens = cue(sentence.start, first).is_some_and(|at| at == sentence.start);
        let comma = self.view.word(first.tokens.end) == ",";
        (opens && comma && !self.is_limit(second)).then_some((first, second))
    }

    /// "Ratified in 1994, it had been signed in 1992", "The mill closed in 1968. It had been built in 1886".
    fn had(&self, sentence: &Range<usize>) -> Option<Pair<'a>> {
        let own = self.points(sentence);
        let (main, past) = match own.as_slice() {
            [first, second] => (*first, *second),
            [only] => {
                let before = self.view.layer.sentence_of(sentence.start.checked_sub(1)?);
                let [main] = <[&Moment; 1]>::try_from(self.points(&before)).ok()?;
                (main, *only)
            }
            _ => return None,
        };
        let from = sentence.start.max(if sentence.contains(&main.tokens.start) { main.tokens.end } else { 0 });
        let had = (from..past.tokens.start).rev().take(GAP + 4).find(|&at| self.word(at) == "had")?;
        let verb =
            (had + 1..past.tokens.start).find(|&at| !matches!(self.word(at).as_str(), "been" | "first" | "already"))?;
        let told = self.pos(verb).any(Pos::PAST) && self.is_clause(had + 1..past.tokens.start);
        let before = self.view.layer.sentence_of(main.tokens.start);
        let deeper = (before.start..had).any(|at| self.word(at) == "had");
        // "had already occurred by the time of the survey of 1988"
        let ends = (verb + 1..past.tokens.start).any(|at| matches!(self.word(at).as_str(), "by" | "before" | "until"));
        // "The insurers said later that they had received it on 7 September": earlier than what was said, not than the
        // sentence before.
        let reported = own.len() == 1 && (sentence.start..had).any(|at| self.word(at) == "that");
        let fits = told && !deeper && !ends && !reported && !self.is_limit(past) && !self.is_limit(main);
        (fits && !self.has("sequence.plan", before.start..sentence.end)).then_some((past, main))
    }

    /// "She died in 1987. In 1985 she gave her library away."
    fn after_death(&self, sentence: &Range<usize>) -> Option<Pair<'a>> {
        let own = self.points(sentence);
        let dies = |m: &&Moment| {
            let lead = m.tokens.start.saturating_sub(5).max(self.view.layer.sentence_of(m.tokens.start).start);
            let tokens = &self.view.layer.tokens;
            (lead..m.tokens.start).any(|at| {
                phrase_at(self.context.lexicon, "event.once.death", self.view.text, tokens, at).is_some()
                    && self.word(at) != "death"
                    && self.is_clause(at + 1..m.tokens.start)
            })
        };
        if let [first, second] = own.as_slice() {
            // "Ito, who died in 1994, finished her last book in 1993"
            let behind = first.tokens.end + 1;
            let acts = self.view.word(first.tokens.end) == "," && self.pos(behind).any(Pos::PAST);
            let fits = dies(first) && acts && !self.pos(behind).any(Pos::AUXILIARY) && !self.is_limit(second);
            return (fits && !self.has("sequence.heirs", sentence.clone())).then_some((*second, *first));
        }
        let [deed] = own.as_slice() else { return None };
        let before = self.view.layer.sentence_of(sentence.start.checked_sub(1)?);
        let [death] = <[&Moment; 1]>::try_from(self.points(&before)).ok()?;
        let opens = deed.tokens.start - sentence.start <= 1;
        let subject =
            if opens { deed.tokens.end + usize::from(self.view.word(deed.tokens.end) == ",") } else { sentence.start };
        let pronoun = matches!(self.word(subject).as_str(), "he" | "she");
        let acts = self.pos(subject + 1).any(Pos::PAST) && !self.pos(subject + 1).any(Pos::AUXILIARY)
            || self.word(subject + 1) == "had";
        let fits = pronoun && acts && dies(&death) && !self.is_limit(deed);
        (fits && !self.has("sequence.heirs", before.start..sentence.end)).then_some((*deed, death))
    }
}
