//! Dates with the name of the month, and years in words.

use super::{DateAt, DateForm, Finder, date, one};
use crate::annotate::token::{Case, TokenKind};
use crate::lexicon::{NumberRole, NumberWord, Pos, lower};
use crate::value::DateRange;

impl Finder<'_> {
    /// A day in words: "first", "twenty-first" (one token).
    fn day_word(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        // Asked of every token: only a number word, or two joined, is looked up by its wording.
        let known = token.word.map(|id| self.lexicon.words.pos(id).any(Pos::NUMBER));
        if !known.unwrap_or_else(|| token.kind == TokenKind::Word && token.text(self.text).contains('-')) {
            return None;
        }
        let text = lower(token.text(self.text));
        let (tens, last) = text.split_once('-').unwrap_or(("", &text));
        let tens = if tens.is_empty() { 0 } else { self.small(tens, &[NumberRole::Ten])? };
        let word = self.lexicon.numbers.get(last).filter(|n| n.role == NumberRole::Ordinal)?;
        u8::try_from(word.value).ok().and_then(|d| d.checked_add(tens)).filter(|d| (1..=31).contains(d))
    }

    fn number(&self, word: &str) -> Option<&NumberWord> {
        self.lexicon.numbers.get(word)
    }

    fn small(&self, word: &str, roles: &[NumberRole]) -> Option<u8> {
        self.number(word).filter(|n| roles.contains(&n.role)).and_then(|n| u8::try_from(n.value).ok())
    }

    /// A number from 1 to 99 in words, and one past it: "five", "twenty five", "twenty-five".
    fn cardinal(&self, at: usize) -> Option<(u8, usize)> {
        let text = lower(self.word(at));
        if let Some((tens, ones)) = text.split_once('-') {
            let (tens, ones) = (self.small(tens, &[NumberRole::Ten])?, self.small(ones, &[NumberRole::Unit])?);
            return (ones < 10).then_some((tens + ones, at + 1));
        }
        let first = self.small(&text, &[NumberRole::Unit, NumberRole::Ten])?;
        if first >= 20
            && let Some(ones) =
                self.small(&lower(self.word(at + 1)), &[NumberRole::Unit]).filter(|n| (1..10).contains(n))
        {
            return Some((first + ones, at + 2));
        }
        Some((first, at + 1))
    }

    /// A year in words, and one past it: "nineteen eighty-six", "nineteen hundred and three", "two thousand and
    /// twenty".
    fn year_in_words(&self, at: usize) -> Option<(i16, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word || !self.lexicon.words.get(token.word?).pos.any(Pos::NUMBER) {
            return None;
        }
        let rest = |from: usize| {
            let from = if self.word(from) == "and" { from + 1 } else { from };
            self.cardinal(from).filter(|(n, _)| *n > 0)
        };
        let (first, next) = (self.small(&lower(self.word(at)), &[NumberRole::Unit, NumberRole::Ten])?, at + 1);
        let scale = self.word(next);
        if scale.eq_ignore_ascii_case("thousand") && first == 2 {
            return Some(rest(next + 1).map_or((2000, next + 1), |(n, end)| (2000 + i16::from(n), end)));
        }
        let century = i16::from(first) * 100;
        if !(1000..=2000).contains(&century) {
            return None;
        }
        if scale.eq_ignore_ascii_case("hundred") {
            return Some(rest(next + 1).map_or((century, next + 1), |(n, end)| (century + i16::from(n), end)));
        }
        // "nineteen oh five" is rare; "nineteen five" is none.
        self.cardinal(next).filter(|(n, _)| *n >= 10).map(|(n, end)| (century + i16::from(n), end))
    }

    /// A year after a date that ends just before `at`, with or without a comma; one past it. Only after a month
    /// and a day is the comma before the year the rule ("June 8, 2021").
    pub(super) fn year_after(&self, at: usize, month_first: bool) -> (Option<i16>, usize) {
        if let Some(year) = self.year(at) {
            return (Some(year), at + 1);
        }
        if let Some((year, end)) = self.year_in_words(at) {
            return (Some(year), end);
        }
        let from = if matches!(self.word(at), "," | "of" | "in") { at + 1 } else { return (None, at) };
        match self.year(from) {
            // "On 8 June, 2000 people came": a thing counted, not a year.
            Some(year)
                if month_first && self.word(at) == ","
                    || self.tokens.get(from + 1).is_none_or(|t| t.case != Case::Lower || self.closed(from + 1)) =>
            {
                (Some(year), from + 1)
            }
            None if self.word(at) != "of" => self.year_in_words(from).map_or((None, at), |(y, end)| (Some(y), end)),
            _ => (None, at),
        }
    }

    /// Where a second day begins: after a dash, "and", "to" or "or"; and whether both days are meant, not all
    /// between them.
    fn joined(&self, at: usize) -> Option<(usize, bool)> {
        match self.word(at) {
            "–" | "-" | "—" | "−" | "to" | "/" => Some((at + 1, false)),
            "and" | "or" | "&" => Some((at + 1, true)),
            _ => None,
        }
    }

    /// Whether a number hangs on another one with points by a hyphen, all without spaces: the 1 of `7.8.6-1`.
    fn is_tail(&self, at: usize) -> bool {
        at > 1
            && self.glued(at)
            && self.glued(at - 1)
            && self.word(at - 1) == "-"
            && self.word(at - 2).contains('.')
            && self.word(at - 2).starts_with(|c: char| c.is_ascii_digit())
    }

    /// "8 June 2021", "8th of June", "8–9 June", "the first of July 2020", "the fifth day of May".
    pub(super) fn day_first(&self, at: usize) -> Option<DateAt> {
        // "7.8.6-1 March 2025": the tail of a version.
        if self.is_tail(at) {
            return None;
        }
        let first = self.day(at);
        let (from, of_needed) = match first {
            Some(day) => (day, false),
            None => match self.day_word(at) {
                Some(day) => (day, true),
                None => return self.spelled_out(at),
            },
        };
        let mut next = at + 1;
        let mut to = from;
        let mut form = DateForm::Point;
        if !of_needed
            && let Some((second, pair)) = self.joined(next)
            && let Some(day) = self.day(second)
            && (self.month(second + 1).is_some() || self.word(second + 1) == "of" && self.month(second + 2).is_some())
        {
            (to, next) = (day, second + 1);
            form = if pair { DateForm::Pair } else { DateForm::Range };
        }
        if self.word(next) == "day" && self.word(next + 1) == "of" {
            next += 1;
        }
        if self.word(next) == "of" {
            next += 1;
        } else if of_needed && (self.month(next).is_none() || self.year(next + 1).is_none()) {
            return None;
        }
        let month = self.month(next)?;
        let (year, end) = self.year_after(next + 1, false);
        let dot = self.word(next + 1) == "." && self.glued(next + 1) && self.word(next).len() <= 4;
        let (year, end) = match year {
            // "8 Sept. 2021"
            None if dot => self.year(next + 2).map_or((None, next + 1), |y| (Some(y), next + 3)),
            _ => (year, end),
        };
        let date = DateRange { from: date(year, Some(month), Some(from))?, to: date(year, Some(month), Some(to))? };
        Some(DateAt { tokens: at..end, date, form })
    }

    /// "twenty five January nineteen eighty six": with a year in words only.
    fn spelled_out(&self, at: usize) -> Option<DateAt> {
        let (day, next) = self.cardinal(at)?;
        let month = self.month(next)?;
        let (year, end) = self.year_in_words(next + 1)?;
        Some(one(at..end, date(Some(year), Some(month), Some(day))?))
    }

    /// "June 8th, 2021", "January 5th and 6th 2019", "June 2021", "July fourth".
    pub(super) fn month_first(&self, at: usize) -> Option<DateAt> {
        // "we march 2000 miles"
        let dated = self.day(at + 1).is_some() && self.year(at + 2).is_some();
        if self.tokens[at].case == Case::Lower && self.is_other_word(at) && !dated {
            return None;
        }
        let month = self.month(at)?;
        let dot = usize::from(self.word(at + 1) == "." && self.glued(at + 1));
        let next = at + 1 + dot;
        if let Some(year) = self.year(next) {
            return Some(one(at..next + 1, date(Some(year), Some(month), None)?));
        }
        if matches!(self.word(next), "," | "of" | "in" | "/")
            && let Some(year) = self.year(next + 1)
        {
            return Some(one(at..next + 2, date(Some(year), Some(month), None)?));
        }
        if let Some((year, end)) = self.year_in_words(next) {
            return Some(one(at..end, date(Some(year), Some(month), None)?));
        }
        let (from, mut end) = self.day_after(next)?;
        let mut to = from;
        let mut form = DateForm::Point;
        if let Some((second, pair)) = self.joined(end)
            && let Some(day) = self.day(second)
            && day > from
            && (!pair
                || self.word(second).ends_with(|c: char| c.is_ascii_alphabetic())
                || self.year_after(second + 1, true).0.is_some())
            // "June 8 to 12 July": the second has a month of its own.
            && self.month(second + 1).is_none()
        {
            (to, end) = (day, second + 1);
            form = if pair { DateForm::Pair } else { DateForm::Range };
        }
        let (year, end) = self.year_after(end, true);
        let date = DateRange { from: date(year, Some(month), Some(from))?, to: date(year, Some(month), Some(to))? };
        Some(DateAt { tokens: at..end, date, form })
    }

    /// The day after the name of a month and one past it: "8", "8th", "the 8th", "eighth"; "twenty five" only
    /// before a year in words.
    fn day_after(&self, at: usize) -> Option<(u8, usize)> {
        if let Some(day) = self.day(at) {
            return Some((day, at + 1));
        }
        let from = at + usize::from(self.word(at) == "the");
        if from > at
            && self.word(from).ends_with(|c: char| c.is_ascii_alphabetic())
            && let Some(day) = self.day(from)
        {
            return Some((day, from + 1));
        }
        if let Some(day) = self.day_word(from) {
            // "June first-years", "in May second thoughts": a year or an article makes it a day.
            let dated = from > at || self.year_after(from + 1, true).0.is_some();
            return dated.then_some((day, from + 1));
        }
        let (day, end) = self.cardinal(at)?;
        (day <= 31 && self.year_in_words(end).is_some()).then_some((day, end))
    }
}
