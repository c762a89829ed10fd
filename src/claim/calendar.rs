//! What claims say of dates: dates in context, stated lengths of time, things in order, dated events.

use super::{Member, Operand};
use crate::annotate::DateForm;
use crate::value::{DateRange, Days};

/// A date with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// Its place and wording.
    pub at: Member,
    /// What it says, with the year of the context when it has none.
    pub date: DateRange,
    /// How it is written.
    pub form: DateForm,
    /// Where its year was taken from.
    pub year_from: Option<Member>,
}

impl Dated {
    /// The days that it may be.
    #[must_use]
    pub fn days(&self) -> Option<Days> {
        self.date.days()
    }
}

/// A stated length of time and the dates that it follows from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interval {
    /// How it follows.
    pub sort: IntervalSort,
    /// The length: "eleven weeks", "aged 58", "25th".
    pub stated: Operand,
    /// The earlier date.
    pub from: Dated,
    /// The later date.
    pub to: Dated,
}

/// How a length of time follows from two dates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IntervalSort {
    /// Something lasted from one to the other.
    Length,
    /// Something that may have taken only part of the time between the two.
    Within,
    /// The one is so long after the other.
    Distance,
    /// The anniversary of the earlier in the year of the later.
    Anniversary,
    /// The age at the later of one born at the earlier.
    Age,
}

impl IntervalSort {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Within => "within",
            Self::Distance => "distance",
            Self::Anniversary => "anniversary",
            Self::Age => "age",
        }
    }
}
