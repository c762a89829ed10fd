//! Dates: "8 June 2021", "June 8th", "2021-06-08", "8.6.2021", "2019–2021".
//!
//! Goes in: tokens. Comes out: full and partial dates, so that their numbers are no quantities.

use super::token::{Case, Token, TokenKind};
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use crate::value::{Date, DateRange};
use std::ops::Range;

/// A date and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateAt {
    /// Its tokens: "8 June 2021", "June 8th", "2019–2021". A weekday before it is left out.
    pub tokens: Range<usize>,
    /// What it says, as far as it is written out; two days for "8–9 June".
    pub date: DateRange,
}

/// Finds all dates of a block that show by their form, in order; bare years are left to the number reader.
pub(super) fn dates(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<DateAt> {
    let finder = Finder { text, tokens, lexicon };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let found = match tokens[i].kind {
            TokenKind::Number => finder.numeric(i).or_else(|| finder.day_first(i)).or_else(|| finder.years(i)),
            TokenKind::Word => {
                let pos = tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
                let dated = pos.any(Pos::MONTH.and(Pos::NUMBER));
                dated.then(|| finder.month_first(i).or_else(|| finder.day_first(i))).flatten()
            }
            TokenKind::Sign => None,
        };
        match found {
            Some(date) => {
                i = date.tokens.end;
                out.push(date);
            }
            None => i += 1,
        }
    }
    out
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

/// A date with these parts, checked against the longest possible month.
fn date(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    let longest = match month {
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let fits = month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=longest).contains(&d));
    fits.then_some(Date { year, month, day })
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| t.start == self.tokens[at - 1].end)
    }

    /// A month name with a capital, or in small letters right before a year; its number.
    fn month(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        let id = token.word?;
        if token.case == Case::Lower && self.year(at + 1).is_none() || !self.lexicon.words.pos(id).any(Pos::MONTH) {
            return None;
        }
        let number = self.lexicon.numbers.get(&lower(self.word(at))).filter(|n| n.role == NumberRole::Month)?;
        u8::try_from(number.value).ok()
    }

    /// A day of the month in digits, with or without its ending: `8`, `08`, `8th`.
    fn day(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Number {
            return None;
        }
        let text = token.text(self.text);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &text[digits.len()..];
        if !(ending.is_empty() || matches!(ending, "st" | "nd" | "rd" | "th")) || digits.len() > 2 {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    }

    /// A day in words: "first", "twenty-first" (one token).
    fn day_word(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        // Asked of every token: only a number word is looked up by its wording.
        if !self.lexicon.words.get(token.word?).pos.any(Pos::NUMBER) {
            return None;
        }
        let word = self.lexicon.numbers.get(&lower(token.text(self.text)))?;
        (word.role == NumberRole::Ordinal).then(|| u8::try_from(word.value).ok().filter(|d| *d <= 31)).flatten()
    }

    /// A year of four digits, as it may stand after a month.
    fn year(&self, at: usize) -> Option<i16> {
        let text = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?.text(self.text);
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().filter(|y| (1000..=2199).contains(y))
    }

    /// A year after a date that ends just before `at`, with or without a comma; one past it. Only after a month
    /// and a day is the comma before the year the rule ("June 8, 2021").
    fn year_after(&self, at: usize, month_first: bool) -> (Option<i16>, usize) {
        if let Some(year) = self.year(at) {
            return (Some(year), at + 1);
        }
        let from = if self.word(at) == "," || self.word(at) == "of" { at + 1 } else { return (None, at) };
        match self.year(from) {
            // "On 8 June, 2000 people came": a thing counted, not a year.
            Some(year)
                if month_first
                    || self.tokens.get(from + 1).is_none_or(|t| t.case != Case::Lower || self.closed(from + 1)) =>
            {
                (Some(year), from + 1)
            }
            _ => (None, at),
        }
    }

    fn closed(&self, at: usize) -> bool {
        self.tokens.get(at).and_then(|t| t.word).is_some_and(|id| {
            self.lexicon
                .words
                .pos(id)
                .any(Pos::PREPOSITION.and(Pos::CONJUNCTION).and(Pos::AUXILIARY).and(Pos::PRONOUN).and(Pos::DETERMINER))
        })
    }

    /// Where a second day begins: after a dash, "and", "to" or "or".
    fn joined(&self, at: usize) -> Option<usize> {
        matches!(self.word(at), "–" | "-" | "—" | "−" | "and" | "to" | "or" | "&" | "/").then_some(at + 1)
    }

    /// "8 June 2021", "8th of June", "8–9 June", "the first of July 2020".
    fn day_first(&self, at: usize) -> Option<DateAt> {
        let first = self.day(at);
        let (from, of_needed) = match first {
            Some(day) => (day, false),
            None => (self.day_word(at)?, true),
        };
        let mut next = at + 1;
        let mut to = from;
        if !of_needed
            && let Some(second) = self.joined(next).and_then(|n| self.day(n).map(|d| (d, n)))
            && self
                .month(second.1 + 1)
                .or_else(|| self.month(second.1 + 2).filter(|_| self.word(second.1 + 1) == "of"))
                .is_some()
        {
            (to, next) = (second.0, second.1 + 1);
        }
        if self.word(next) == "of" {
            next += 1;
        } else if of_needed {
            return None;
        }
        let month = self.month(next)?;
        let (year, end) = self.year_after(next + 1, false);
        let end = if self.word(next + 1) == "." && year.is_none() { next + 1 } else { end };
        let date = DateRange { from: date(year, Some(month), Some(from))?, to: date(year, Some(month), Some(to))? };
        Some(DateAt { tokens: at..end, date })
    }

    /// "June 8th, 2021", "January 5th and 6th 2019", "June 2021".
    fn month_first(&self, at: usize) -> Option<DateAt> {
        // "we march 2000 miles"
        if self.tokens[at].case == Case::Lower {
            return None;
        }
        let month = self.month(at)?;
        let dot = usize::from(self.word(at + 1) == "." && self.glued(at + 1));
        let next = at + 1 + dot;
        if let Some(year) = self.year(next) {
            let date = date(Some(year), Some(month), None)?;
            return Some(DateAt { tokens: at..next + 1, date: DateRange { from: date, to: date } });
        }
        if self.word(next) == "," || self.word(next) == "of" {
            let year = self.year(next + 1)?;
            let date = date(Some(year), Some(month), None)?;
            return Some(DateAt { tokens: at..next + 2, date: DateRange { from: date, to: date } });
        }
        let from = self.day(next)?;
        let mut end = next + 1;
        let mut to = from;
        if let Some(second) = self.joined(end)
            && let Some(day) = self.day(second)
            && (day > from)
            && !self.word(second).is_empty()
            && (self.word(end) != "and" && self.word(end) != "or"
                || self.word(second).ends_with("th")
                || self.year_after(second + 1, true).0.is_some())
        {
            (to, end) = (day, second + 1);
        }
        let (year, end) = self.year_after(end, true);
        let date = DateRange { from: date(year, Some(month), Some(from))?, to: date(year, Some(month), Some(to))? };
        Some(DateAt { tokens: at..end, date })
    }

    /// "2021-06-08", "2021/06/08", "08.06.2021", "8/6/2021". Day and month of the last form stay open, as
    /// Britain and America write them in different order.
    fn numeric(&self, at: usize) -> Option<DateAt> {
        let text = self.word(at);
        // "22.04. 2020"
        if self.word(at + 1) == "."
            && self.glued(at + 1)
            && text.len() == 5
            && let Some((day, month)) = text.split_once('.')
            && let Some(year) = self.year(at + 2)
        {
            let one = date(Some(year), Some(month.parse().ok()?), Some(day.parse().ok()?))?;
            return Some(DateAt { tokens: at..at + 3, date: DateRange { from: one, to: one } });
        }
        if text.contains('.') {
            let mut parts = text.split('.');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
                return None;
            }
            let one = date(year.parse().ok(), Some(month.parse().ok()?), Some(day.parse().ok()?))?;
            one.year?;
            return Some(DateAt { tokens: at..at + 1, date: DateRange { from: one, to: one } });
        }
        let sign = self.word(at + 1);
        if self.glued(at) && matches!(self.word(at - 1), "-" | "/" | "+") {
            return None;
        }
        if !matches!(sign, "-" | "/" | "‑" | "–") || self.word(at + 3) != sign || !(1..=4).all(|n| self.glued(at + n))
        {
            return None;
        }
        let (a, b, c) = (text, self.word(at + 2), self.word(at + 4));
        let small = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        let one = if let Some(year) = self.year(at).filter(|_| small(b)) {
            // A time may be glued on: 2021-06-08T10:00.
            let day = c.split('T').next().filter(|d| small(d))?;
            date(Some(year), Some(b.parse().ok()?), Some(day.parse().ok()?))?
        } else if let Some(year) = self.year(at + 4).filter(|_| small(a) && small(b)) {
            let (x, y): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
            let fits = (1..=31).contains(&x) && (1..=31).contains(&y) && (x <= 12 || y <= 12);
            match (x, y) {
                _ if !fits => return None,
                (13.., month) => date(Some(year), Some(month), Some(x))?,
                (month, 13..) => date(Some(year), Some(month), Some(y))?,
                _ if x == y => date(Some(year), Some(x), Some(x))?,
                _ => date(Some(year), None, None)?,
            }
        } else {
            return None;
        };
        Some(DateAt { tokens: at..at + 5, date: DateRange { from: one, to: one } })
    }

    /// "2019–2021", "2019-20", "2022/23".
    fn years(&self, at: usize) -> Option<DateAt> {
        let from = self.year(at).filter(|y| (1700..=2100).contains(y))?;
        if self.glued(at) && matches!(self.word(at - 1), "-" | "/" | "+") {
            return None;
        }
        let sign = self.word(at + 1);
        let spaced = matches!(sign, "–" | "—") && !self.glued(at + 1) && !self.glued(at + 2);
        let close = matches!(sign, "-" | "–" | "/" | "—" | "−" | "‑") && self.glued(at + 1) && self.glued(at + 2);
        if !spaced && !close {
            return None;
        }
        let text = self.word(at + 2);
        let to = match self.year(at + 2) {
            Some(year) => year,
            None if text.len() == 2 && close => {
                text.parse::<i16>().ok().map(|n| n + from / 100 * 100).filter(|y| y - from <= 12)?
            }
            None => return None,
        };
        let alone = !matches!(self.word(at + 3), "-" | "/") || !self.glued(at + 3);
        let one = |year| date(Some(year), None, None);
        (from < to && to - from < 300 && alone)
            .then_some(DateAt { tokens: at..at + 3, date: DateRange { from: one(from)?, to: one(to)? } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::token::tokens;

    fn check(text: &str, expected: &[&str]) {
        let lexicon = Lexicon::english();
        let tokens = tokens(text, lexicon);
        let show = |d: Date| {
            let part = |p: Option<i16>| p.map_or("?".to_owned(), |n| n.to_string());
            format!("{}-{}-{}", part(d.year), part(d.month.map(i16::from)), part(d.day.map(i16::from)))
        };
        let found: Vec<String> = dates(text, &tokens, lexicon)
            .iter()
            .map(|d| {
                let (from, to) = (show(d.date.from), show(d.date.to));
                if from == to { from } else { format!("{from}..{to}") }
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_dates_in_words() {
        check("on 8 June 2021", &["2021-6-8"]);
        check("on June 8th, 2021 we", &["2021-6-8"]);
        check("the 8th of June", &["?-6-8"]);
        check("8–9 June 2021", &["2021-6-8..2021-6-9"]);
        check("January 5th and 6th 2019", &["2019-1-5..2019-1-6"]);
        check("the first of July 2020", &["2020-7-1"]);
        check("in May 2019", &["2019-5-?"]);
    }

    #[test]
    fn reads_dates_in_digits() {
        check("2021-06-08 and 08.06.2021 and 23/6/2021", &["2021-6-8", "2021-6-8", "2021-6-23"]);
        check("2019–2021, 2022/23", &["2019-?-?..2021-?-?", "2022-?-?..2023-?-?"]);
    }

    #[test]
    fn ignores_what_is_no_date() {
        check("2015-1-32 or 0.8/15 or 1.2.3", &[]);
        check("we may 5 of us march", &[]);
        check("On 8 June, 2000 people came", &["?-6-8"]);
    }
}
