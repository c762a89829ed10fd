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
