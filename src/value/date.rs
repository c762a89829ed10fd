//! Dates, possibly partial: a year, a month of a year, a day.

/// A date of the Gregorian calendar with what is known of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// The year, when stated or inferred.
    pub year: Option<i16>,
    /// 1..=12.
    pub month: Option<u8>,
    /// 1..=31.
    pub day: Option<u8>,
}

/// A date or a stretch between two dates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DateRange {
    /// First day.
    pub from: Date,
    /// Last day; equals `from` for a single date.
    pub to: Date,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Date {
    /// As it is written in running text: "14 March 2024", "March 2024", "14 March".
    #[must_use]
    pub fn written(self) -> String {
        let month = self.month.and_then(|m| MONTHS.get(usize::from(m).saturating_sub(1)));
        let parts = [self.day.map(|d| d.to_string()), month.map(|m| (*m).to_owned()), self.year.map(|y| y.to_string())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The weekday, 1 (Monday) to 7 (Sunday); `None` for a partial date and one that the calendar does not have.
    #[must_use]
    pub fn weekday(self) -> Option<u8> {
        let day = self.civil()?.weekday().to_monday_one_offset();
        u8::try_from(day).ok()
    }

    /// Days from this date to another, negative when the other is earlier; `None` unless both are whole.
    #[must_use]
    pub fn days_to(self, other: Self) -> Option<i32> {
        let span = self.civil()?.until(other.civil()?).ok()?;
        Some(span.get_days())
    }

    /// The date so many days later; `None` for a partial date.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let day = self.civil()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Self { year: Some(day.year()), month: u8::try_from(day.month()).ok(), day: u8::try_from(day.day()).ok() })
    }

    /// The same day so many months later, or the last day of a month that does not have it; `None` for a partial date.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Self> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        let count = i32::from(year) * 12 + i32::from(month) - 1 + months;
        let year = i16::try_from(count.div_euclid(12)).ok()?;
        let month = u8::try_from(count.rem_euclid(12) + 1).ok()?;
        Some(Self { year: Some(year), month: Some(month), day: Some(day.min(longest(month, Some(year)))) })
    }

    /// The same day of another year.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        Self { year: Some(year), ..self }
    }

    /// The date with the year of another when it has none of its own.
    #[must_use]
    pub fn or_year(self, year: Option<i16>) -> Self {
        Self { year: self.year.or(year), ..self }
    }

    /// Whether year, month and day are all known.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// Whether no calendar has such a day: 31 June, 29 February 2021. A date without a year is possible when
    /// some year has it.
    #[must_use]
    pub fn is_impossible(self) -> bool {
        let (Some(month), Some(day)) = (self.month, self.day) else { return false };
        day > longest(month, self.year)
    }

    /// The days that a partial date may be: a year is all its days. `None` without a year and for an
    /// impossible date.
    #[must_use]
    pub fn days(self) -> Option<Days> {
        let year = self.year?;
        let (first, last) = (self.month.unwrap_or(1), self.month.unwrap_or(12));
        let from = Self { year: Some(year), month: Some(first), day: Some(self.day.unwrap_or(1)) };
        let to = Self {
            year: Some(year),
            month: Some(last),
            day: Some(self.day.unwrap_or_else(|| longest(last, Some(year)))),
        };
        Some(Days { first: from.number()?, last: to.number()? })
    }

    /// Days since 1 January 1970.
    fn number(self) -> Option<i32> {
        let start = jiff::civil::Date::new(1970, 1, 1).ok()?;
        Some(start.until(self.civil()?).ok()?.get_days())
    }

    fn civil(self) -> Option<jiff::civil::Date> {
        let (month, day) = (i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?);
        jiff::civil::Date::new(self.year?, month, day).ok()
    }
}

/// The number of days of a month; of the longest there is when the year is not known.
#[must_use]
pub fn longest(month: u8, year: Option<i16>) -> u8 {
    let first = i8::try_from(month).ok().and_then(|m| jiff::civil::Date::new(year.unwrap_or(2000), m, 1).ok());
    first.and_then(|d| u8::try_from(d.days_in_month()).ok()).unwrap_or(31)
}

/// A closed stretch of days, counted from 1 January 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Days {
    /// The first day.
    pub first: i32,
    /// The last day; equals `first` for a single day.
    pub last: i32,
}

impl Days {
    /// Whether the two have no day in common.
    #[must_use]
    pub fn is_apart(self, other: Self) -> bool {
        self.last < other.first || other.last < self.first
    }

    /// Whether this one ends before the other begins.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// Its first day as a date.
    #[must_use]
    pub fn first_date(self) -> Option<Date> {
        Date { year: Some(1970), month: Some(1), day: Some(1) }.plus_days(self.first)
    }
}

impl DateRange {
    /// A single date.
    #[must_use]
    pub fn one(date: Date) -> Self {
        Self { from: date, to: date }
    }

    /// All its days, from the first that the beginning may be to the last that the end may be; `None` when a
    /// year is missing or a day impossible. A year that only one end has is that of the other too.
    #[must_use]
    pub fn days(self) -> Option<Days> {
        let (from, to) = (self.from.or_year(self.to.year), self.to.or_year(self.from.year));
        Some(Days { first: from.days()?.first, last: to.days()?.last })
    }

    /// The same with the year where it has none.
    #[must_use]
    pub fn or_year(self, year: Option<i16>) -> Self {
        Self { from: self.from.or_year(year), to: self.to.or_year(year) }
    }

    /// Whether it is a single date.
    #[must_use]
    pub fn is_one(self) -> bool {
        self.from == self.to
    }
}

/// How two dates differ that may be one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateSlip {
    /// The figures of the day are exchanged: 12 and 21 June.
    Exchanged,
    /// A figure of the day is left out: 6 and 16 June.
    Lost,
    /// One figure of the day is another: 13 and 14 June.
    Digit,
    /// The days are a week apart at most.
    Near,
    /// The month alone differs.
    Month,
    /// The year alone differs.
    Year,
    /// Anything else.
    None,
}

/// How two dates differ, in what is known of both.
#[must_use]
pub fn slip_of_dates(a: Date, b: Date) -> DateSlip {
    let differs = |x: Option<i32>, y: Option<i32>| x.zip(y).is_some_and(|(x, y)| x != y);
    let year = differs(a.year.map(i32::from), b.year.map(i32::from));
    let month = differs(a.month.map(i32::from), b.month.map(i32::from));
    let day = differs(a.day.map(i32::from), b.day.map(i32::from));
    match (year, month, day) {
        (false, false, true) => {
            let (x, y) = (a.day.unwrap_or_default(), b.day.unwrap_or_default());
            let (low, high) = (x.min(y), x.max(y));
            if low / 10 == high % 10 && low % 10 == high / 10 && low >= 10 {
                DateSlip::Exchanged
            } else if low < 10 && high >= 10 && (high % 10 == low || high / 10 == low) {
                DateSlip::Lost
            } else if low / 10 == high / 10 || low % 10 == high % 10 {
                DateSlip::Digit
            } else if high - low <= 7 {
                DateSlip::Near
            } else {
                DateSlip::None
            }
        }
        (false, true, false) => DateSlip::Month,
        // The last days of two months.
        (false, true, true) if is_last(a) && is_last(b) => DateSlip::Month,
        (true, false, false) => DateSlip::Year,
        _ => {
            let lent = |d: Date, other: Date| d.or_year(other.year).or_year(Some(2000));
            match lent(a, b).days_to(lent(b, a)) {
                Some(days) if days.abs() <= 7 => DateSlip::Near,
                _ => DateSlip::None,
            }
        }
    }
}

/// Whether a day is the last of its month.
fn is_last(date: Date) -> bool {
    date.month.zip(date.day).is_some_and(|(month, day)| day == longest(month, date.year))
}

#[cfg(test)]
mod tests {
    use super::{Date, DateSlip, slip_of_dates};

    fn date(year: i16, month: u8, day: u8) -> Date {
        Date { year: Some(year), month: Some(month), day: Some(day) }
    }

    #[test]
    fn reads_the_day_some_months_later() {
        let day = |year, month, day| Date { year: Some(year), month: Some(month), day: Some(day) };
        assert_eq!(day(2024, 11, 30).plus_months(3), Some(day(2025, 2, 28)));
        assert_eq!(day(2024, 3, 5).plus_months(-3), Some(day(2023, 12, 5)));
        assert_eq!(Date { day: None, ..day(2024, 3, 5) }.plus_months(1), None);
    }

    #[test]
    fn reads_weekdays() {
        assert_eq!(date(2024, 2, 29).weekday(), Some(4));
        assert_eq!(date(2000, 1, 1).weekday(), Some(6));
        assert_eq!(date(2023, 2, 29).weekday(), None);
        assert_eq!(Date { year: None, ..date(2024, 1, 1) }.weekday(), None);
    }

    #[test]
    fn knows_the_length_of_months() {
        assert!(date(2021, 2, 29).is_impossible() && date(2021, 6, 31).is_impossible());
        assert!(!Date { year: None, ..date(2024, 2, 29) }.is_impossible());
        let year = Date { year: Some(2024), month: None, day: None };
        let days = year.days().expect("a year has days");
        assert_eq!(days.last - days.first, 365);
        assert_eq!(days.first_date(), Some(date(2024, 1, 1)));
        let june = Date { year: None, month: Some(6), day: None };
        let range = super::DateRange { from: june, to: date(2024, 7, 2) };
        assert_eq!(range.days().map(|d| d.last - d.first), Some(31));
    }

    #[test]
    fn knows_slips() {
        assert_eq!(slip_of_dates(date(2024, 6, 12), date(2024, 6, 21)), DateSlip::Exchanged);
        assert_eq!(slip_of_dates(date(2024, 6, 6), date(2024, 6, 16)), DateSlip::Lost);
        assert_eq!(slip_of_dates(date(2024, 6, 13), date(2024, 6, 14)), DateSlip::Digit);
        assert_eq!(slip_of_dates(date(2024, 6, 9), date(2024, 7, 9)), DateSlip::Month);
        assert_eq!(slip_of_dates(date(2024, 3, 31), date(2024, 6, 30)), DateSlip::Month);
        assert_eq!(slip_of_dates(date(2024, 6, 9), date(2023, 6, 9)), DateSlip::Year);
        assert_eq!(slip_of_dates(date(2024, 10, 27), date(2024, 11, 3)), DateSlip::Near);
        assert_eq!(slip_of_dates(date(2024, 6, 5), date(2024, 6, 21)), DateSlip::None);
    }

    #[test]
    fn counts_days() {
        assert_eq!(date(2024, 2, 28).days_to(date(2024, 3, 1)), Some(2));
        assert_eq!(date(2024, 12, 31).plus_days(1), Some(date(2025, 1, 1)));
    }
}
