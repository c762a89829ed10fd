//! Dates in digits, and with the name of the month between dashes or strokes.

use super::{DateAt, DateForm, Finder, date, one};
use crate::value::{Date, DateRange};

impl Finder<'_> {
    /// "2021-06-08", "2021/06/08", "08.06.2021", "8/6/2021", "20210608", "08-Jun-2021". Day and month of
    /// "8/6/2021" stay open, as Britain and America write them in different order.
    pub(super) fn numeric(&self, at: usize) -> Option<DateAt> {
        let text = self.word(at);
        if text.contains('.') {
            return self.dotted(at);
        }
        if self.glued(at) && matches!(self.word(at - 1), "-" | "/" | "+" | ".") && self.glued(at - 1) {
            return None;
        }
        if text.len() == 8 {
            return self.compact(at);
        }
        let sign = self.word(at + 1);
        if !matches!(sign, "-" | "/" | "‑" | "–") || !(1..=2).all(|n| self.glued(at + n)) {
            return None;
        }
        if let Some(named) = self.named_month(at) {
            return Some(named);
        }
        let (a, b, c) = (text, self.word(at + 2), self.word(at + 4));
        if self.word(at + 3) != sign || !(3..=4).all(|n| self.glued(at + n)) {
            return self.year_month(at);
        }
        let small = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        let tokens = at..at + 5;
        // "133-03-03-2020", "10-1-2018-10-7-2018"
        if self.glued(at + 5) && matches!(self.word(at + 5), "-" | "/") && self.glued(at + 6) && sign == "/" {
            return None;
        }
        if let Some(year) = self.year(at).filter(|_| small(b)) {
            // A time may be glued on: 2021-06-08T10:00.
            let day = c.split('T').next().filter(|d| small(d))?;
            return Some(one(tokens, date(Some(year), Some(b.parse().ok()?), Some(day.parse().ok()?))?));
        }
        if !small(a) || !small(b) {
            return None;
        }
        let (x, y): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
        let year = match self.year(at + 4) {
            Some(year) => year,
            // "03/18/40": only with both in two digits, as "1/2/34" may be anything.
            None if sign == "/" && small(c) && a.len() == 2 && b.len() == 2 && c.len() == 2 && x != y => {
                let short: i16 = c.parse().ok()?;
                if x <= 12 && y <= 12 {
                    return None;
                }
                if short < 40 { 2000 + short } else { 1900 + short }
            }
            None => return None,
        };
        if !(1..=31).contains(&x) || !(1..=31).contains(&y) || (x > 12 && y > 12) {
            return None;
        }
        let (day, form) = match (x, y) {
            (13.., month) => (date(Some(year), Some(month), Some(x))?, DateForm::DayFirst),
            (month, 13..) => (date(Some(year), Some(month), Some(y))?, DateForm::MonthFirst),
            _ if x == y => (date(Some(year), Some(x), Some(x))?, DateForm::Point),
            _ => (date(Some(year), None, None)?, DateForm::Open { first: x, second: y }),
        };
        Some(DateAt { tokens, date: DateRange::one(day), form })
    }

    /// "(2021, June 5)", "(2021, June)": the order of reference lists, in brackets.
    pub(super) fn year_first(&self, at: usize) -> Option<DateAt> {
        let year = self.year(at).filter(|_| at > 0 && self.word(at - 1) == "(" && self.word(at + 1) == ",")?;
        let month = self.month(at + 2)?;
        let (day, end) = self.day(at + 3).map_or((None, at + 3), |day| (Some(day), at + 4));
        let closed = matches!(self.word(end), ")" | "–" | "-" | ",");
        closed.then(|| date(Some(year), Some(month), day)).flatten().map(|d| one(at..end, d))
    }

    /// "08.06.2021", "22.04. 2020"
    fn dotted(&self, at: usize) -> Option<DateAt> {
        let text = self.word(at);
        if self.word(at + 1) == "."
            && self.glued(at + 1)
            && text.len() == 5
            && let Some((day, month)) = text.split_once('.')
            && let Some(year) = self.year(at + 2)
        {
            return Some(one(at..at + 3, date(Some(year), Some(month.parse().ok()?), Some(day.parse().ok()?))?));
        }
        let mut parts = text.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || day.len() > 2 || month.len() > 2 {
            return None;
        }
        let year: i16 = year.parse().ok().filter(|y| (1000..=2199).contains(y))?;
        Some(one(at..at + 1, date(Some(year), Some(month.parse().ok()?), Some(day.parse().ok()?))?))
    }

    /// "20210608"
    fn compact(&self, at: usize) -> Option<DateAt> {
        let text = self.word(at);
        let joined = self.glued(at + 1) && matches!(self.word(at + 1), "-" | "/") && self.glued(at + 2);
        if !text.bytes().all(|b| b.is_ascii_digit()) || joined {
            return None;
        }
        let year: i16 = text[..4].parse().ok().filter(|y| (1900..=2099).contains(y))?;
        let day = date(Some(year), Some(text[4..6].parse().ok()?), Some(text[6..].parse().ok()?))?;
        (!day.is_impossible()).then(|| one(at..at + 1, day))
    }

    /// "2021-06": two digits that cannot be the second year of "2019-20".
    fn year_month(&self, at: usize) -> Option<DateAt> {
        let (year, text) = (self.year(at).filter(|y| *y >= 1900)?, self.word(at + 2));
        if self.word(at + 1) != "-" || text.len() != 2 || self.glued(at + 3) && self.word(at + 3) == "-" {
            return None;
        }
        let month: u8 = text.parse().ok().filter(|m| (1..=12).contains(m))?;
        (i16::from(month) <= year % 100)
            .then(|| date(Some(year), Some(month), None))
            .flatten()
            .map(|d| one(at..at + 3, d))
    }

    /// "08-Jun-2021", "2021/Jun/08", "23/Sep/2020", read over all tokens without white space.
    fn named_month(&self, at: usize) -> Option<DateAt> {
        let letters = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_alphabetic());
        let named = letters(at + 2) || letters(at + 4) && self.glued(at + 3) && self.glued(at + 4);
        if !named {
            return None;
        }
        let mut end = at + 1;
        while end < at + 5 && self.glued(end) {
            let word = self.word(end);
            if !matches!(word, "-" | "/") && !word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                break;
            }
            end += 1;
        }
        let run = &self.text[self.tokens[at].start as usize..self.tokens[end - 1].end as usize];
        Some(one(at..end, self.with_name(run)?))
    }

    /// "Sep-23-2020", "Dec-2018", "Dec31" in one token.
    pub(super) fn glued_month(&self, at: usize) -> Option<DateAt> {
        let text = self.word(at);
        if !text.is_ascii() || text.len() < 5 || !text.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if text.contains('-') {
            return Some(one(at..at + 1, self.with_name(text)?));
        }
        // "Dec31 , 1994"
        let name = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let month = self.month_name(name).filter(|_| text.starts_with(char::is_uppercase))?;
        let day: u8 = text[name.len()..].parse().ok()?;
        let (year, end) = self.year_after(at + 1, true);
        Some(one(at..end, date(Some(year?), Some(month), Some(day))?))
    }

    /// A date whose parts are joined by one sign, one of them the name of a month and another a year.
    fn with_name(&self, run: &str) -> Option<Date> {
        let sign = run.find(['-', '/']).map(|i| run.as_bytes()[i] as char)?;
        let parts: Vec<&str> = run.split(sign).collect();
        let month = parts.iter().find_map(|p| self.month_name(p))?;
        let year = parts.iter().find(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit()))?.parse::<i16>().ok()?;
        let day = parts.iter().find(|p| p.len() <= 2).map(|p| p.parse::<u8>());
        if !(1000..=2199).contains(&year) {
            return None;
        }
        match (parts.len(), day) {
            (3, Some(Ok(day))) => date(Some(year), Some(month), Some(day)),
            (2, None) => date(Some(year), Some(month), None),
            _ => None,
        }
    }
}
