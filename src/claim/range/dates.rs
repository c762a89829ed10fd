//! Two days, months, quarters or years that are the ends of one stretch of time and stand the wrong way round: "from
//! 30 June 2021 to 2 May 2021", "2021-01-25 to 2020-01-28", "23–21 June", "(1950–1942)".

use super::{CHANGE, Reader};
use crate::annotate::{Case, DateAt, TokenKind};
use crate::claim::{Claim, ClaimKind, Member, Value};
use crate::lexicon::Pos;
use crate::value::Date;
use std::ops::Range;

/// The last days of one month and the first of the next: "28–3 March".
const LAST_DAYS: u8 = 25;
const FIRST_DAYS: u8 = 7;

/// Reads the stretches of time of one block that end before they begin.
pub(super) fn extract(reader: &Reader<'_>, out: &mut Vec<Claim>) {
    let layer = &reader.view.layer;
    for pair in layer.dates.windows(2) {
        if let [first, second] = pair {
            out.extend(reader.days(first, second));
        }
    }
    for date in &layer.dates {
        if date.date.from.year > date.date.to.year && date.date.to.year.is_some() {
            out.extend(reader.years(date));
        }
        out.extend(reader.days_of_month(date));
    }
    let numbers = layer.tokens.windows(3).enumerate().filter(|(_, w)| w[0].kind == TokenKind::Number);
    for (i, window) in numbers {
        if window[2].kind == TokenKind::Number && matches!(reader.view.word(i + 1), "–" | "-" | "—") {
            out.extend(reader.life(i));
        }
    }
}

/// How a stretch of time is written.
enum Span {
    /// "from … to", "between … and", with the word.
    Cue(usize),
    /// Two dates with a dash or "to" between them.
    Bare,
}

impl Reader<'_> {
    /// "from 2021 to 2019", "between 2021 and 2019".
    fn years(&self, date: &DateAt) -> Option<Claim> {
        let tokens = date.tokens.clone();
        let cue = tokens.start.checked_sub(1)?;
        let join = self.view.word(tokens.start + 1);
        let fits = match (self.view.word(cue).to_ascii_lowercase().as_str(), join) {
            ("from", "to" | "until" | "till" | "through") => true,
            ("between", "and") => self.between(tokens.start).is_some(),
            _ => false,
        };
        let sentence = self.view.layer.sentence_of(tokens.start);
        let backwards = sentence.clone().any(|i| self.phrase("range.backwards", i));
        if !fits || backwards || tokens.len() != 3 || !self.is_meant(tokens.clone()) {
            return None;
        }
        Some(self.period(
            cue..cue + 1,
            (tokens.start..tokens.start + 1, date.date.from),
            (tokens.end - 1..tokens.end, date.date.to),
        ))
    }

    /// "(1950–1942)": the years of a life or a work, alone in brackets after a name.
    fn life(&self, at: usize) -> Option<Claim> {
        let year = |at: usize| {
            let word = self.view.word(at);
            let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| word.parse::<i16>().ok()).flatten().filter(|y| (1000..=2100).contains(y))
        };
        let (first, second) = (year(at)?, year(at + 2)?);
        let alone = at > 1 && self.view.word(at - 1) == "(" && self.view.word(at + 3) == ")";
        let named = alone && self.view.layer.tokens[at - 2].case == Case::Capital;
        if first <= second || first - second > 120 || !named || !self.is_meant(at..at + 3) {
            return None;
        }
        let of = |year| Date { year: Some(year), month: None, day: None };
        Some(self.period(at - 1..at, (at..at + 1, of(first)), (at + 2..at + 3, of(second))))
    }

    fn period(&self, cue: Range<usize>, first: (Range<usize>, Date), second: (Range<usize>, Date)) -> Claim {
        let member = |tokens: &Range<usize>| -> Member { self.view.member(tokens.clone()) };
        let value = Value::Period {
            cue: member(&cue),
            first: member(&first.0),
            second: member(&second.0),
            from: first.1,
            to: second.1,
        };
        self.view.claim(ClaimKind::Range, "range", first.0.start..second.0.end, value)
    }

    /// "from 30 June 2021 to 2 May 2021", "between … and …", "2021-01-25 to 2020-01-28", months and quarters too.
    fn days(&self, first: &DateAt, second: &DateAt) -> Option<Claim> {
        let (from, to) = (first.date, second.date);
        let at = first.tokens.start..second.tokens.end;
        let weekday = |at: usize| {
            self.view
                .layer
                .tokens
                .get(at)
                .is_some_and(|t| t.word.is_some_and(|id| self.context.lexicon.words.get(id).pos.any(Pos::WEEKDAY)))
        };
        let mut start = first.tokens.start;
        while start > 0 && (weekday(start - 1) || self.view.word(start - 1) == ",") {
            start -= 1;
        }
        let join = first.tokens.end;
        if join >= second.tokens.start || !self.is_meant(at) {
            return None;
        }
        let plain = (join + 1..second.tokens.start).all(|i| weekday(i) || self.view.word(i) == ",");
        let cue = start.checked_sub(1).map(|cue| (cue, self.view.word(cue).to_ascii_lowercase()));
        let span = match (cue, self.view.word(join)) {
            (Some((cue, word)), "to" | "until" | "till" | "through") if word == "from" => Span::Cue(cue),
            (Some((cue, word)), "and") if word == "between" && self.between(start).is_some() => Span::Cue(cue),
            (_, "to" | "until" | "till" | "through" | "–" | "—" | "-" | "−") => Span::Bare,
            _ => return None,
        };
        if !plain || !self.is_reversed(first, second, &span) || self.is_moved(start) {
            return None;
        }
        let cue = match span {
            Span::Cue(cue) => cue..cue + 1,
            Span::Bare => join..join + 1,
        };
        Some(self.period(cue, (first.tokens.clone(), from.from), (second.tokens.clone(), to.from)))
    }

    /// Whether the second of two dates, written as the end of a stretch of time, lies before the first.
    fn is_reversed(&self, first: &DateAt, second: &DateAt, span: &Span) -> bool {
        let (from, to) = (first.date, second.date);
        let alike = from.from.day.is_some() == to.from.day.is_some()
            && from.from.month.is_some() == to.from.month.is_some()
            && from.is_one() == to.is_one();
        match (from.from.year, to.from.year, span) {
            (Some(_), Some(_), Span::Cue(cue)) => {
                // "reducing the price from 1848 to 1640": what falls runs that way, and such numbers are seldom years.
                let early = from.from.month.is_none() && from.from.year.is_some_and(|year| year < 1900);
                let sentence = self.view.layer.sentence_of(*cue).start;
                let falls = early && (sentence..*cue).rev().take(CHANGE).any(|i| self.phrase("order.down", i));
                !falls && to.days().zip(from.days()).is_some_and(|(t, f)| t.is_before(f))
            }
            (Some(_), Some(_), Span::Bare) => {
                alike && from.from.month.is_some() && to.days().zip(from.days()).is_some_and(|(t, f)| t.is_before(f))
            }
            // Without both years a stretch may go over the end of the year, but hardly to the same month.
            _ => {
                from.is_one()
                    && to.is_one()
                    && from.from.month == to.from.month
                    && from.from.day > to.from.day
                    && to.from.day.is_some()
            }
        }
    }

    /// "23–21 June 2024".
    fn days_of_month(&self, date: &DateAt) -> Option<Claim> {
        let (from, to) = (date.date.from, date.date.to);
        let (first, second) = (from.day?, to.day?);
        let one_month = from.month.is_some() && from.month == to.month && from.year == to.year;
        // "28–3 March" begins in February.
        let over = first >= LAST_DAYS && second <= FIRST_DAYS;
        let number = |at: &usize| self.view.layer.tokens[*at].kind == TokenKind::Number;
        let mut numbers = date.tokens.clone().filter(number);
        let (a, b) = (numbers.next()?, numbers.next()?);
        if !one_month
            || first <= second
            || over
            || !self.is_meant(date.tokens.clone())
            || self.is_moved(date.tokens.start)
        {
            return None;
        }
        Some(self.period(a + 1..a + 2, (a..a + 1, from), (b..b + 1, to)))
    }

    /// Whether the sentence tells of a date that was changed into another, or counts backwards.
    fn is_moved(&self, at: usize) -> bool {
        let pos =
            |i: usize| self.view.layer.tokens[i].word.map_or(Pos::default(), |id| self.context.lexicon.words.pos(id));
        // "and cannot be extended"
        let denied = |i: usize| (i.saturating_sub(2)..i).any(|i| pos(i).any(Pos::NEGATION));
        let moved = |i: usize| {
            !denied(i) && ["dating.moved", "range.backwards", "range.apart"].iter().any(|set| self.phrase(set, i))
        };
        self.view.layer.sentence_of(at).take(80).any(moved)
    }
}
