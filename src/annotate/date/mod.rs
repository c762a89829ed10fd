//! Dates: "8 June 2021", "June 8th", "2021-06-08", "8.6.2021", "2019–2021", "the third quarter of 2021".
//!
//! Goes in: tokens. Comes out: full and partial dates, so that their numbers are no quantities. What is written
//! in words and digits of the calendar is read before numbers are; quarters, seasons and other periods, which
//! hold numbers of their own, are read after them.

mod digits;
mod period;
mod words;

pub(super) use period::periods;

use super::token::{Case, Token, TokenKind};
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use crate::value::{Date, DateRange};
use std::ops::Range;

/// How a date is written, and with that what it may mean.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum DateForm {
    /// One day, month or year: "8 June 2021", "June 2021", "2021".
    #[default]
    Point,
    /// One day in digits, the day before the month: "23/6/2021".
    DayFirst,
    /// One day in digits, the month before the day: "6/23/2021".
    MonthFirst,
    /// One day in digits that can be read in either order, "8/6/2021"; only its year is known.
    Open {
        /// The number written first.
        first: u8,
        /// The number written second.
        second: u8,
    },
    /// Two days, or two months: "8 and 9 June".
    Pair,
    /// From one to the other: "8–9 June", "2019–2021", "April–June 2019".
    Range,
    /// One year that the calendar cuts in two: "2022/23", "FY 2023".
    Double,
    /// A named part of the calendar with known ends: a quarter, a half, a decade, a week.
    Part,
    /// A time somewhere between the two ends: a season, "early 2019", "the third weekend of August".
    Vague,
}

/// A date and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateAt {
    /// Its tokens: "8 June 2021", "June 8th", "2019–2021". A weekday before it is left out.
    pub tokens: Range<usize>,
    /// What it says, as far as it is written out; two days for "8–9 June". The day may be one that the month
    /// does not have.
    pub date: DateRange,
    /// How it is written.
    pub form: DateForm,
}

/// Finds the dates of a block that show by their form, in order; bare years are left to the number reader.
pub(super) fn dates(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<DateAt> {
    let finder = Finder { text, tokens, lexicon };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let found = match tokens[i].kind {
            TokenKind::Number => finder
                .numeric(i)
                .or_else(|| finder.day_first(i))
                .or_else(|| finder.year_first(i))
                .or_else(|| finder.years(i)),
            TokenKind::Word => {
                let pos = tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
                if pos.any(Pos::MONTH.and(Pos::NUMBER)) {
                    finder.month_first(i).or_else(|| finder.day_first(i))
                } else if tokens[i].word.is_none() {
                    let hyphen = finder.word(i).contains('-');
                    finder.glued_month(i).or_else(|| hyphen.then(|| finder.day_first(i)).flatten())
                } else {
                    None
                }
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

/// Reads the days in digits whose order was open in the order of the others of the document: "8/6/2021" is in
/// June where another day is written "23/6/2021". When both orders are used, or none shows, they stay open.
pub(super) fn settle<'a>(dates: impl Iterator<Item = &'a mut DateAt>) {
    let mut open = Vec::new();
    let (mut day_first, mut month_first) = (false, false);
    for date in dates {
        match date.form {
            DateForm::DayFirst => day_first = true,
            DateForm::MonthFirst => month_first = true,
            DateForm::Open { .. } => open.push(date),
            _ => {}
        }
    }
    if day_first == month_first {
        return;
    }
    for date in open {
        let DateForm::Open { first, second } = date.form else { continue };
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        date.date = DateRange::one(Date { year: date.date.from.year, month: Some(month), day: Some(day) });
        date.form = if day_first { DateForm::DayFirst } else { DateForm::MonthFirst };
    }
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

/// A date with these parts, when they are those of a calendar; the month may be too short for the day.
fn date(year: Option<i16>, month: Option<u8>, day: Option<u8>) -> Option<Date> {
    let fits = month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=31).contains(&d));
    fits.then_some(Date { year, month, day })
}

/// A single date and its tokens.
fn one(tokens: Range<usize>, date: Date) -> DateAt {
    DateAt { tokens, date: DateRange::one(date), form: DateForm::Point }
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| t.start == self.tokens[at - 1].end)
    }

    /// The number of a month by its name, in any case.
    fn month_name(&self, name: &str) -> Option<u8> {
        let number = self.lexicon.numbers.get(&lower(name)).filter(|n| n.role == NumberRole::Month)?;
        u8::try_from(number.value).ok()
    }

    /// A month name with a capital, one in small letters that is no other word, or one right before a year.
    fn month(&self, at: usize) -> Option<u8> {
        let token = self.tokens.get(at)?;
        let id = token.word?;
        if !self.lexicon.words.pos(id).any(Pos::MONTH) {
            return None;
        }
        let small = token.case == Case::Lower;
        // "feb 30 2019"
        let dated = self.year(at + 1).is_some() || self.day(at + 1).is_some() && self.year(at + 2).is_some();
        if small && self.is_other_word(at) && !dated {
            return None;
        }
        self.month_name(self.word(at))
    }

    /// Whether the name of a month in small letters is another word too, or short for one: "march", "may", "mar".
    fn is_other_word(&self, at: usize) -> bool {
        matches!(self.word(at), "march" | "may" | "august") || self.word(at).len() < 4
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

    /// A year of four digits, as it may stand after a month.
    fn year(&self, at: usize) -> Option<i16> {
        let text = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?.text(self.text);
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().filter(|y| (1000..=2199).contains(y))
    }

    fn closed(&self, at: usize) -> bool {
        self.tokens.get(at).and_then(|t| t.word).is_some_and(|id| {
            self.lexicon
                .words
                .pos(id)
                .any(Pos::PREPOSITION.and(Pos::CONJUNCTION).and(Pos::AUXILIARY).and(Pos::PRONOUN).and(Pos::DETERMINER))
        })
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
        let year = |year| date(Some(year), None, None);
        let form = if sign == "/" && to == from + 1 { DateForm::Double } else { DateForm::Range };
        (from < to && to - from < 300 && alone).then_some(DateAt {
            tokens: at..at + 3,
            date: DateRange { from: year(from)?, to: year(to)? },
            form,
        })
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
        let mut found = dates(text, &tokens, lexicon);
        settle(found.iter_mut());
        periods(text, &tokens, &mut found, lexicon);
        let found: Vec<String> = found
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
    fn reads_years_and_days_in_words() {
        check("on January twenty five nineteen eighty six", &["1986-1-25"]);
        check("the twenty-sixth day of April, two thousand and twelve", &["2012-4-26"]);
        check("in October two thousand and five", &["2005-10-?"]);
        check("July fourth of 1995 and the fourth of July 1995", &["1995-7-4", "1995-7-4"]);
    }

    #[test]
    fn reads_months_between_dashes() {
        check(
            "05-Aug-2016, Sep-23-2020, 23/Sep/2020, 2019-Aug-01",
            &["2016-8-5", "2020-9-23", "2020-9-23", "2019-8-1"],
        );
        check("Dec-2018 and Dec31, 1994 and 20160131", &["2018-12-?", "1994-12-31", "2016-1-31"]);
    }

    #[test]
    fn reads_day_and_month_in_the_order_of_the_others() {
        check("on 8/6/2021 and 23/6/2021", &["2021-6-8", "2021-6-23"]);
        check("on 8/6/2021 and 6/23/2021", &["2021-8-6", "2021-6-23"]);
        check("on 8/6/2021, 23/6/2021 and 6/24/2021", &["2021-?-?", "2021-6-23", "2021-6-24"]);
    }

    #[test]
    fn reads_periods() {
        check("from March to May 2021", &["2021-3-?..2021-5-?"]);
        check("November–February 2017", &["2016-11-?..2017-2-?"]);
        check("in Q3 and the third weekend of August", &["?-7-?..?-9-?", "?-8-15..?-8-22"]);
        check("mid-March and in May", &["?-3-7..?-3-24", "?-5-?"]);
        check("the 1990s and FY21", &["1990-?-?..1999-?-?", "2020-?-?..2022-?-?"]);
    }

    #[test]
    fn ignores_what_is_no_date() {
        check("May I march in the fall of 20 March Street", &["?-3-20"]);
        check("case 133-03-03-2020 or tel 2010-2015-86", &[]);
        check("2015-1-32 or 0.8/15 or 1.2.3", &[]);
        check("we may 5 of us march", &[]);
        check("On 8 June, 2000 people came", &["?-6-8"]);
    }
}
