//! Periods of the calendar: months, quarters, halves, seasons, decades, fiscal years, "early 2019".
//!
//! They are read after numbers, since they hold some ("the third quarter", "2019"); a date inside a period is
//! taken into it.

use super::{DateAt, DateForm, Finder, date, one};
use crate::annotate::phrase::{phrase_at, phrases_at};
use crate::annotate::token::{Case, Token, TokenKind};
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use crate::value::{Date, DateRange, longest};
use std::ops::Range;

/// Adds the periods of a block to its dates, in order; dates that a period contains are replaced by it.
pub(in crate::annotate) fn periods(text: &str, tokens: &[Token], dates: &mut Vec<DateAt>, lexicon: &Lexicon) {
    let mut found: Vec<DateAt> = Vec::new();
    let finder = Periods { finder: Finder { text, tokens, lexicon }, dates };
    let mut i = 0;
    while i < tokens.len() {
        if let Some(period) = finder.begins(i).then(|| finder.read(i)).flatten() {
            i = period.tokens.end.max(i + 1);
            found.push(period);
        } else {
            i += 1;
        }
    }
    if found.is_empty() {
        return;
    }
    let inside = |date: &DateAt| {
        let next = found.partition_point(|p| p.tokens.end <= date.tokens.start);
        found.get(next).is_some_and(|p| p.tokens.start < date.tokens.end)
    };
    dates.retain(|d| !inside(d));
    dates.append(&mut found);
    dates.sort_by_key(|d| d.tokens.start);
}

/// The part of a stretch that a word leaves of it.
#[derive(Clone, Copy)]
enum Portion {
    Early,
    Middle,
    Late,
}

struct Periods<'a> {
    finder: Finder<'a>,
    dates: &'a [DateAt],
}

impl Periods<'_> {
    fn word(&self, at: usize) -> &str {
        self.finder.word(at)
    }

    fn phrase(&self, set: &str, at: usize) -> Option<usize> {
        phrase_at(self.finder.lexicon, set, self.finder.text, self.finder.tokens, at)
    }

    /// Whether a period may begin at a token; cheap, as it is asked of every token.
    fn begins(&self, at: usize) -> bool {
        let Some(token) = self.finder.tokens.get(at) else { return false };
        match token.kind {
            TokenKind::Number => token.end - token.start >= 4 && self.word(at).starts_with(['1', '2']),
            // A word of the calendar, or something with a figure in it: "Q1", "mid-2019", "FY21".
            TokenKind::Word => {
                let calendar = Pos::CALENDAR.and(Pos::MONTH).and(Pos::NUMBER);
                self.pos(at).any(calendar)
                    || self.word(at).bytes().any(|b| b.is_ascii_digit() || b == b'-')
                    || is_last(self.word(at))
            }
            TokenKind::Sign => false,
        }
    }

    fn pos(&self, at: usize) -> Pos {
        let word = self.finder.tokens.get(at).and_then(|token| token.word);
        word.map_or(Pos::default(), |id| self.finder.lexicon.words.pos(id))
    }

    fn read(&self, at: usize) -> Option<DateAt> {
        if self.finder.tokens[at].kind == TokenKind::Number {
            return self.decade(at).or_else(|| self.year_and_part(at));
        }
        let calendar = self.pos(at).any(Pos::CALENDAR);
        if let Some(part) = self.quarter(at).or_else(|| calendar.then(|| self.holiday(at)).flatten()) {
            return Some(part);
        }
        if self.pos(at).any(Pos::MONTH) {
            return self.month(at);
        }
        let word = self.word(at);
        let hyphen = word.contains('-');
        let fiscal = calendar || word.get(..2).is_some_and(|s| s.eq_ignore_ascii_case("FY"));
        let portion = (calendar || hyphen).then(|| self.portion(at)).flatten();
        portion
            .or_else(|| calendar.then(|| self.season(at)).flatten())
            .or_else(|| fiscal.then(|| self.fiscal(at)).flatten())
            .or_else(|| self.counted(at))
            .or_else(|| self.joined_months(at))
    }

    /// The date that begins at a token.
    fn date_at(&self, at: usize) -> Option<&DateAt> {
        let next = self.dates.partition_point(|d| d.tokens.start < at);
        self.dates.get(next).filter(|d| d.tokens.start == at)
    }

    /// The one year that begins at a token, with or without "of" or a comma before it, and one past it.
    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let from = at + usize::from(matches!(self.word(at), "of" | "," | "in"));
        let found = self.date_at(from)?;
        let whole = found.date.is_one() && found.date.from.month.is_none() && found.form == DateForm::Point;
        found.date.from.year.filter(|_| whole).map(|y| (y, found.tokens.end))
    }

    /// "1990s", "the 1990 s".
    fn decade(&self, at: usize) -> Option<DateAt> {
        let digits = self.word(at).strip_suffix('s').or_else(|| self.word(at).strip_suffix("'s"))?;
        let year: i16 =
            (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|y| (1000..=2100).contains(y))?;
        let length = match year {
            y if y % 100 == 0 => 99,
            y if y % 10 == 0 => 9,
            _ => return None,
        };
        let of = |year| date(Some(year), None, None);
        let range = DateRange { from: of(year)?, to: of(year + length)? };
        Some(DateAt { tokens: at..at + 1, date: range, form: DateForm::Part })
    }

    /// "2017 Q1", "2017-Q1", "2017 April".
    fn year_and_part(&self, at: usize) -> Option<DateAt> {
        let (year, next) = self.year(at).filter(|_| self.word(at).len() == 4)?;
        let next = next + usize::from(matches!(self.word(next), "-" | "–" | "/"));
        let (from, to) = part_of_year(self.word(next))?;
        Some(self.months(at..next + 1, Some(year), from, to))
    }

    fn months(&self, tokens: Range<usize>, year: Option<i16>, from: u8, to: u8) -> DateAt {
        let of = |month| Date { year, month: Some(month), day: None };
        DateAt { tokens, date: DateRange { from: of(from), to: of(to) }, form: DateForm::Part }
    }

    /// "Q1 2017", "Q1 of 2017", "Q1-2017", "the first quarter of 2017", "H2 2023", "second half of 2023".
    fn quarter(&self, at: usize) -> Option<DateAt> {
        let word = self.word(at);
        if let Some((from, to)) = part_of_year(word) {
            let dash = at + 1 + usize::from(matches!(self.word(at + 1), "-" | "/"));
            if let Some((year, end)) = self.year(at + 1).or_else(|| self.year(dash)) {
                return Some(self.months(at..end, Some(year), from, to));
            }
            return word.starts_with('Q').then(|| self.months(at..at + 1, None, from, to));
        }
        if let Some((part, year)) = word.split_once('-')
            && let Some((from, to)) = part_of_year(part)
            && year.len() == 4
        {
            let year = year.parse().ok().filter(|y| (1000..=2199).contains(y))?;
            return Some(self.months(at..at + 1, Some(year), from, to));
        }
        let number = self.finder.lexicon.numbers.get(&lower(word)).filter(|n| n.role == NumberRole::Ordinal);
        let rank = match number {
            Some(number) => u8::try_from(number.value).ok().filter(|r| (1..=4).contains(r))?,
            None if is_last(word) => 0,
            None => return None,
        };
        let (length, count) = match self.word(at + 1) {
            "quarter" => (3, 4),
            "half" => (6, 2),
            _ => return None,
        };
        let rank = if rank == 0 { count } else { rank };
        let (year, end) = self.year(at + 2).filter(|_| rank <= count)?;
        Some(self.months(at..end, Some(year), (rank - 1) * length + 1, rank * length))
    }

    /// A month without a year and a day: after a preposition, or before another: "in March", "March to May 2021".
    fn month(&self, at: usize) -> Option<DateAt> {
        let first = self.plain_month(at)?;
        let end = at + 1;
        if let Some(range) = self.to_month(at, first, end) {
            return Some(range);
        }
        if self.date_at(at).is_some() {
            return None;
        }
        let before = at.checked_sub(1).map_or("", |b| self.word(b)).to_ascii_lowercase();
        let after_preposition = matches!(
            before.as_str(),
            "in" | "since"
                | "from"
                | "until"
                | "till"
                | "by"
                | "during"
                | "to"
                | "of"
                | "between"
                | "before"
                | "after"
                | "through"
                | "for"
                | "last"
                | "this"
                | "next"
                | "following"
                | "previous"
        );
        // "in March 31 ships": read as a day elsewhere; "of May": a person.
        let followed = self.finder.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
        (after_preposition && !followed).then(|| one(at..end, Date { year: None, month: Some(first), day: None }))
    }

    /// A month name with nothing but the name: no day before it.
    fn plain_month(&self, at: usize) -> Option<u8> {
        let token = self.finder.tokens.get(at)?;
        let known = token.word.is_some_and(|id| self.finder.lexicon.words.pos(id).any(Pos::MONTH));
        if !known || token.case == Case::Lower || token.case == Case::Upper {
            return None;
        }
        let next = self.dates.partition_point(|d| d.tokens.end <= at);
        let day_before = self.dates.get(next).is_some_and(|d| d.tokens.start < at);
        if day_before { None } else { self.finder.month_name(self.word(at)) }
    }

    /// "March–May 2019", "from May to Oct 2020": two months of one year, or of two when the first is later.
    fn to_month(&self, at: usize, first: u8, next: usize) -> Option<DateAt> {
        if !matches!(self.word(next), "–" | "-" | "—" | "to" | "until" | "through" | "and" | "/") {
            return None;
        }
        let pair = self.word(next) == "and";
        if let Some(found) = self.date_at(next + 1) {
            let end = found.date.from;
            if end.day.is_some() || !found.date.is_one() || found.form != DateForm::Point {
                return None;
            }
            let (year, second) = (end.year?, end.month?);
            let start = if first > second { year - 1 } else { year };
            let range = DateRange { from: date(Some(start), Some(first), None)?, to: end };
            let form = if pair { DateForm::Pair } else { DateForm::Range };
            return (first != second).then_some(DateAt { tokens: at..found.tokens.end, date: range, form });
        }
        None
    }

    /// "April-June 2019" in one token.
    fn joined_months(&self, at: usize) -> Option<DateAt> {
        let (first, second) = self.word(at).split_once('-')?;
        if !first.starts_with(char::is_uppercase) || !second.starts_with(char::is_uppercase) {
            return None;
        }
        let (first, second) = (self.finder.month_name(first)?, self.finder.month_name(second)?);
        let (year, end) = self.year(at + 1)?;
        let start = if first > second { year - 1 } else { year };
        let of = |year, month| date(Some(year), Some(month), None);
        let range = DateRange { from: of(start, first)?, to: of(year, second)? };
        (first != second).then_some(DateAt { tokens: at..end, date: range, form: DateForm::Range })
    }

    /// "early 2019", "mid-March 2020", "the end of 2000", "the middle of May".
    fn portion(&self, at: usize) -> Option<DateAt> {
        let sets = [("date.early", Portion::Early), ("date.middle", Portion::Middle), ("date.late", Portion::Late)];
        for (set, portion) in sets {
            let Some(length) = self.phrase(set, at) else { continue };
            let next = at + length;
            let next = next + usize::from(self.word(next) == "-");
            if let Some(found) = self.date_at(next) {
                let range = narrowed(found.date, portion)?;
                return Some(DateAt { tokens: at..found.tokens.end, date: range, form: DateForm::Vague });
            }
            if let Some(decade) = self.decade(next).filter(|_| self.finder.tokens[next].kind == TokenKind::Number) {
                let tokens = at..decade.tokens.end;
                return Some(DateAt { tokens, date: decade.date, form: DateForm::Vague });
            }
            if let Some(month) = self.plain_month(next) {
                let range = narrowed(DateRange::one(Date { year: None, month: Some(month), day: None }), portion)?;
                return Some(DateAt { tokens: at..next + 1, date: range, form: DateForm::Vague });
            }
        }
        // "mid-2019", "mid-March"
        let word = self.word(at);
        let rest = word.get(..4).filter(|s| s.eq_ignore_ascii_case("mid-")).map(|_| &word[4..])?;
        if let Ok(year) = rest.parse::<i16>() {
            let year = (rest.len() == 4 && (1000..=2199).contains(&year)).then_some(year)?;
            let range = narrowed(DateRange::one(date(Some(year), None, None)?), Portion::Middle)?;
            return Some(DateAt { tokens: at..at + 1, date: range, form: DateForm::Vague });
        }
        let month = self.finder.month_name(rest)?;
        let (year, end) = self.year(at + 1).map_or((None, at + 1), |(y, end)| (Some(y), end));
        let range = narrowed(DateRange::one(date(year, Some(month), None)?), Portion::Middle)?;
        Some(DateAt { tokens: at..end, date: range, form: DateForm::Vague })
    }

    /// "summer 2019", "the winter of 2019/20". Where the document is written decides which months they are.
    fn season(&self, at: usize) -> Option<DateAt> {
        let next = at + self.phrase("date.season", at)?;
        let from = next + usize::from(self.word(next) == "of");
        let found = self.date_at(from).filter(|d| d.date.from.month.is_none() && d.date.from.year.is_some())?;
        let mut range = found.date;
        if self.word(at).eq_ignore_ascii_case("winter") && range.is_one() {
            range.from.year = range.from.year.map(|y| y - 1);
            range.to.year = range.to.year.map(|y| y + 1);
        }
        Some(DateAt { tokens: at..found.tokens.end, date: range, form: DateForm::Vague })
    }

    /// "FY2020/21", "FY 2021", "fiscal year 2021", "the financial year 2020-21". Which months it has, and which
    /// of its two years it is named after, is for its author to know.
    fn fiscal(&self, at: usize) -> Option<DateAt> {
        let word = self.word(at);
        let glued = word.get(..2).filter(|s| s.eq_ignore_ascii_case("FY")).map(|_| &word[2..]).unwrap_or_default();
        let (from, to, end) = if let Ok(year) = glued.parse::<i16>() {
            let year = match glued.len() {
                4 => year,
                2 => 2000 + year,
                _ => return None,
            };
            let double = matches!(self.word(at + 1), "/" | "-" | "–") && self.finder.glued(at + 2);
            (year, year, if double { at + 3 } else { at + 1 })
        } else {
            let next = at + self.phrase("date.fiscal", at)?;
            let found = self.date_at(next).filter(|d| d.date.from.month.is_none())?;
            (found.date.from.year?, found.date.to.year?, found.tokens.end)
        };
        let of = |year| date(Some(year), None, None);
        let range = DateRange { from: of(from - 1)?, to: of(to + 1)? };
        Some(DateAt { tokens: at..end, date: range, form: DateForm::Double })
    }

    /// "Christmas Day 2019", "Good Friday 2018", "Thanksgiving, 2020". The lexicon gives the day in the name of
    /// the set: a month and a day, days from Easter, or a weekday of a month.
    fn holiday(&self, at: usize) -> Option<DateAt> {
        let (text, tokens, lexicon) = (self.finder.text, self.finder.tokens, self.finder.lexicon);
        let found = phrases_at(lexicon, text, tokens, at).filter(|(set, _)| set.starts_with("holiday."));
        let (set, length) = found.max_by_key(|(_, length)| *length)?;
        if tokens[at].case == Case::Lower && length == 1 && self.finder.year(at + length).is_none() {
            return None;
        }
        let (year, end) = self.year(at + length)?;
        let day = holiday(set.strip_prefix("holiday.")?, year)?;
        Some(one(at..end, day))
    }

    /// "the third weekend of August", "the last Friday in May 2021", "the first week of March".
    fn counted(&self, at: usize) -> Option<DateAt> {
        let word = lower(self.word(at));
        let last = is_last(&word);
        let number = self.finder.lexicon.numbers.get(&word).filter(|n| n.role == NumberRole::Ordinal);
        let digits = || {
            word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"))
        };
        let rank: u8 = match number {
            Some(number) => u8::try_from(number.value).ok()?,
            None if last => 0,
            None => digits()?.parse().ok()?,
        };
        if rank > 5 {
            return None;
        }
        let weekday =
            self.finder.tokens.get(at + 1)?.word.is_some_and(|id| self.finder.lexicon.words.pos(id).any(Pos::WEEKDAY));
        let spare = match self.word(at + 1) {
            "weekend" => 1,
            "week" => 7,
            _ if weekday => 0,
            _ => return None,
        };
        if !matches!(self.word(at + 2), "of" | "in") {
            return None;
        }
        let (month, end) = match self.date_at(at + 3) {
            Some(found) if found.date.is_one() && found.date.from.day.is_none() => (found.date.from, found.tokens.end),
            Some(_) => return None,
            None => (Date { year: None, month: Some(self.plain_month(at + 3)?), day: None }, at + 4),
        };
        let days = longest(month.month?, month.year);
        let (from, to) =
            if last { (days - 6 - spare.min(1), days) } else { (rank * 7 - 6, (rank * 7 + spare).min(days)) };
        let of = |day| Date { day: Some(day), ..month };
        let from = if spare == 7 && !last && from > 1 { from.saturating_sub(6) } else { from };
        Some(DateAt { tokens: at..end, date: DateRange { from: of(from), to: of(to) }, form: DateForm::Vague })
    }
}

/// Whether a word names the last of several parts.
fn is_last(word: &str) -> bool {
    matches!(word, "last" | "final" | "Last" | "Final")
}

/// The day of a holiday in a year, from its rule: `12-25`, `easter-2`, `11-4-4` (the fourth Thursday of November; `0` is
/// the last), with `+1` for the day after.
fn holiday(rule: &str, year: i16) -> Option<Date> {
    if let Some(days) = rule.strip_prefix("easter") {
        let days: i32 = if days.is_empty() { 0 } else { days.parse().ok()? };
        return easter(year)?.plus_days(days);
    }
    if let Some(eve) = rule.strip_suffix("+1") {
        return holiday(eve, year)?.plus_days(1);
    }
    let mut parts = rule.split('-');
    let month: u8 = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let Some(rank) = parts.next() else { return date(Some(year), Some(month), Some(second.parse().ok()?)) };
    let (weekday, rank): (u8, u8) = (second.parse().ok()?, rank.parse().ok()?);
    let days = longest(month, Some(year));
    let first = if rank == 0 { days - 6 } else { rank * 7 - 6 };
    (first..=days).filter_map(|day| date(Some(year), Some(month), Some(day))).find(|d| d.weekday() == Some(weekday))
}

/// Easter Sunday of the western churches, by the method of the Book of Common Prayer in the form given by
/// Oudin (1940) and Meeus, *Astronomical Algorithms*, chapter 8.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(Some(year), u8::try_from(n / 31).ok(), u8::try_from(n % 31 + 1).ok())
}

/// The months of a quarter or half: "Q1", "H2".
fn part_of_year(word: &str) -> Option<(u8, u8)> {
    let &[letter, digit] = word.as_bytes() else { return None };
    let rank = digit.checked_sub(b'0')?;
    match (letter.to_ascii_uppercase(), rank) {
        (b'Q', 1..=4) => Some((rank * 3 - 2, rank * 3)),
        (b'H', 1..=2) => Some((rank * 6 - 5, rank * 6)),
        _ => None,
    }
}

/// The early, middle or late part of a year or month, with wide ends.
fn narrowed(range: DateRange, portion: Portion) -> Option<DateRange> {
    let whole = range.from;
    if !range.is_one() || whole.day.is_some() {
        return None;
    }
    if let Some(month) = whole.month {
        let (from, to) = match portion {
            Portion::Early => (1, 15),
            Portion::Middle => (7, 24),
            Portion::Late => (15, longest(month, whole.year)),
        };
        return Some(DateRange { from: Date { day: Some(from), ..whole }, to: Date { day: Some(to), ..whole } });
    }
    let (from, to) = match portion {
        Portion::Early => (1, 6),
        Portion::Middle => (4, 9),
        Portion::Late => (7, 12),
    };
    Some(DateRange { from: Date { month: Some(from), ..whole }, to: Date { month: Some(to), ..whole } })
}
