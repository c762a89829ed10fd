//! Lengths of time that end with the day of the document: "the seals, fitted in 2009, are now fifteen years old", "leaves
//! us after 22 years: she came in 2004".

use super::Reader;
use crate::annotate::{DateForm, QuantityAt};
use crate::claim::Claim;
use crate::claim::calendar::{Dated, Ends, Interval, IntervalSort};
use crate::claim::edition::{OwnDate, own_dates};
use crate::claim::moment::Moment;
use crate::claim::{ClaimKind, Context, Value};
use crate::lexicon::lower;
use crate::value::{DateRange, Decimal};
use std::ops::Range;

/// Tokens before a length in which "now" makes it one up to the day of the document.
const NOW: usize = 4;

/// Tokens before "after" in which somebody leaves.
const LEAVES: usize = 8;

/// Tokens between a word for what began and its year.
const BEGAN: usize = 8;

/// Years that the dates of a document itself may be apart.
const SPREAD: i16 = 2;

/// The dates that a document has itself, when they are of about one time.
pub(super) fn own(context: &Context<'_>) -> Vec<OwnDate> {
    let mut own = own_dates(context);
    own.retain(|o| o.date.year.is_some());
    let years = || own.iter().filter_map(|o| o.date.year);
    let spread = years().max().zip(years().min()).map_or(0, |(last, first)| last - first);
    if spread > SPREAD { Vec::new() } else { own }
}

impl Reader<'_> {
    /// Reads the lengths of the sentence that end with the day of the document, and began in the only year that it or the
    /// next sentence gives.
    pub(super) fn until_now(&self, own: &[OwnDate], all: &[Moment], out: &mut Vec<Claim>) {
        if own.is_empty() {
            return;
        }
        for stretch in self.quantities {
            let (unit, amount) = (&stretch.quantity.unit, &stretch.quantity.amount);
            // "after thirty years" is said of 28 too.
            let round = (amount.low % Decimal::TEN).is_zero();
            let exact = !amount.range && amount.low >= Decimal::from(3) && unit.factor == Decimal::from(12) && !round;
            if !exact || self.is_of_part(stretch) {
                continue;
            }
            let from = match unit.dimension.as_str() {
                "age" if self.is_now(stretch) => self.only(all, self.sentence.clone(), "interval.made"),
                "months" if self.is_farewell(stretch) => self.came(all),
                _ => None,
            };
            out.extend(from.and_then(|from| self.up_to_now(stretch, from, own)));
        }
    }

    /// "are now fifteen years old"
    fn is_now(&self, stretch: &QuantityAt) -> bool {
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let before = start.saturating_sub(NOW).max(self.sentence.start)..start;
        before.into_iter().any(|at| matches!(lower(self.word(at)).as_str(), "now" | "already" | "today"))
    }

    /// "leaves us after 22 years"
    fn is_farewell(&self, stretch: &QuantityAt) -> bool {
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let after = start.checked_sub(1).filter(|&at| at >= self.sentence.start && self.word(at) == "after");
        let Some(after) = after else { return false };
        let before = after.saturating_sub(LEAVES).max(self.sentence.start)..after;
        before.into_iter().any(|at| self.phrase("interval.leave", at).is_some())
    }

    /// The only date of a stretch of tokens, when it is a year or more and a word of a set leads to it.
    fn only<'m>(&self, all: &'m [Moment], tokens: Range<usize>, set: &str) -> Option<&'m Moment> {
        let mut within = all.iter().filter(|m| tokens.contains(&m.tokens.start));
        let (Some(only), None) = (within.next(), within.next()) else { return None };
        self.is_led(only, tokens.start, set).then_some(only)
    }

    /// Whether a date is a year or more, and a word of a set stands before it, from token `from` on.
    fn is_led(&self, moment: &Moment, from: usize, set: &str) -> bool {
        let mut lead = moment.tokens.start.saturating_sub(BEGAN).max(from)..moment.tokens.start;
        lead.any(|at| self.phrase(set, at).is_some()) && moment.is_point() && moment.has_own_year()
    }

    /// "she came in 2004": the first year behind the length, in its sentence or the next, whose subject is a pronoun.
    fn came<'m>(&self, all: &'m [Moment]) -> Option<&'m Moment> {
        let pronoun = |at: usize| matches!(lower(self.word(at)).as_str(), "he" | "she" | "they");
        if !self.moments.is_empty() {
            let first = all.iter().find(|m| self.sentence.contains(&m.tokens.start))?;
            let from = first.tokens.start.saturating_sub(BEGAN).max(self.sentence.start);
            let clause = (from..first.tokens.start).rev().find(|&at| matches!(self.word(at), ":" | ";"))?;
            return (pronoun(clause + 1) && self.is_led(first, from, "interval.come")).then_some(first);
        }
        let next = self.view.layer.sentences.get(self.view.layer.sentence_index(self.sentence.start) + 1)?.clone();
        pronoun(next.start).then(|| self.only(all, next, "interval.come")).flatten()
    }

    /// The claim of a length from a date to the day of the document, of several the last.
    fn up_to_now(&self, stretch: &QuantityAt, from: &Moment, own: &[OwnDate]) -> Option<Claim> {
        let start = from.dated(self.context);
        let last = own.iter().max_by_key(|o| (o.date.year, o.date.month, o.date.day))?;
        let dated = |o: &OwnDate| Dated {
            at: o.source.clone(),
            date: DateRange::one(o.date),
            form: DateForm::Point,
            year_from: None,
        };
        if start.date.from.year >= last.date.year {
            return None;
        }
        let rivals = own.iter().map(|o| Ends::Dates(start.date, DateRange::one(o.date))).collect();
        let interval = Interval {
            sort: IntervalSort::Distance,
            stated: self.operand(stretch),
            from: start,
            to: dated(last),
            clock: None,
            weight: ENOUGH,
            rivals,
        };
        let at = stretch.hedged.start.min(stretch.tokens.start)..stretch.tokens.end;
        Some(self.view.claim(ClaimKind::Interval, "interval", at, Value::Interval(Box::new(interval))))
    }
}

/// The weight of a length that the words tie to the day of the document; ends near by that fit it still count.
const ENOUGH: u8 = 12;
