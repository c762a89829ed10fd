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

impl Date {
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

    /// The same day of another year.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        Self { year: Some(year), ..self }
    }

    fn civil(self) -> Option<jiff::civil::Date> {
        let (month, day) = (i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?);
        jiff::civil::Date::new(self.year?, month, day).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    fn date(year: i16, month: u8, day: u8) -> Date {
        Date { year: Some(year), month: Some(month), day: Some(day) }
    }

    #[test]
    fn reads_weekdays() {
        assert_eq!(date(2024, 2, 29).weekday(), Some(4));
        assert_eq!(date(2000, 1, 1).weekday(), Some(6));
        assert_eq!(date(2023, 2, 29).weekday(), None);
        assert_eq!(Date { year: None, ..date(2024, 1, 1) }.weekday(), None);
    }

    #[test]
    fn counts_days() {
        assert_eq!(date(2024, 2, 28).days_to(date(2024, 3, 1)), Some(2));
        assert_eq!(date(2024, 12, 31).plus_days(1), Some(date(2025, 1, 1)));
    }
}
