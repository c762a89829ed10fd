//! A stated length of time against the dates that it follows from.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Interval, IntervalSort, Value};
use crate::value::{Days, Decimal, Hedge};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalCheck {}

/// Days of a year and of a month, in the mean of the Gregorian calendar.
const YEAR: Decimal = Decimal::from_parts(36_525, 0, 0, false, 2);
const MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);

impl Check for IntervalCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["stated", "from", "to", "actual"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        for claim in selection.claims {
            let Value::Interval(interval) = &claim.value else { continue };
            let actual = match interval.clock {
                Some(times) => by_clock(interval, times),
                None => disagrees(interval),
            };
            let Some(actual) = actual else { continue };
            let mut notes = Vec::new();
            for dated in [&interval.from, &interval.to] {
                if let (Some(source), Some(year)) = (&dated.year_from, dated.date.from.year)
                    && source.at != interval.to.at.at
                {
                    let note = format!("the year {year} is taken from “{}”", source.text);
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
            }
            let place = |at, label: String| Place { at, within: claim.within, label };
            let mut places = vec![place(
                interval.stated.at,
                format!("{actual} by the {}", if interval.clock.is_some() { "times" } else { "dates" }),
            )];
            places.push(place(interval.from.at.at, String::new()));
            if interval.to.at.at != interval.from.at.at {
                places.push(place(interval.to.at.at, String::new()));
            }
            let (from, to) = match interval.clock {
                Some(_) => (interval.from.at.text.to_string(), interval.to.at.text.to_string()),
                None => (interval.from.date.from.written(), interval.to.date.to.written()),
            };
            found.push(Finding {
                places,
                variables: vec![
                    ("stated", interval.stated.text.to_string()),
                    ("from", from),
                    ("to", to),
                    ("actual", actual),
                ],
                notes,
            });
        }
    }
}

/// What two times of one day give instead, when the stated length cannot be it.
fn by_clock(interval: &Interval, (from, to): (i32, i32)) -> Option<String> {
    let stated = &interval.stated.quantity;
    let factor = stated.unit.factor;
    let (low, high) = (stated.amount.low.checked_mul(factor)?, stated.amount.high.checked_mul(factor)?);
    // Less than half of the last digit for rounding, a minute for the seconds that are not written.
    let rounded = stated.amount.step.checked_mul(factor)?.checked_div(Decimal::TWO)? - Decimal::ONE;
    let spare = rounded.max(Decimal::from(60));
    let spare = if stated.hedge == Hedge::None { spare } else { spare + low / Decimal::from(5) };
    // Past midnight, and past noon on a clock with twelve hours.
    let mut lengths = vec![(to - from).rem_euclid(86_400)];
    if to < from || to <= 43_200 {
        lengths.push((to - from).rem_euclid(43_200));
    }
    let fits = |length: &i32| {
        let length = Decimal::from(*length);
        let longer = high > length + spare;
        let shorter = low < length - spare && interval.sort == IntervalSort::Length;
        !longer && !shorter
    };
    if lengths.iter().any(fits) || lengths[0] == 0 {
        return None;
    }
    let minutes = i64::from(lengths[0] / 60);
    Some(match (minutes / 60, minutes % 60) {
        (0, minutes) => count(minutes, "minute"),
        (hours, 0) => count(hours, "hour"),
        (hours, minutes) => format!("{} {}", count(hours, "hour"), count(minutes, "minute")),
    })
}

/// What the dates give instead, when the stated length cannot be it.
fn disagrees(interval: &Interval) -> Option<String> {
    let (from, to) = (interval.from.days()?, interval.to.days()?);
    if to.last < from.first {
        return None;
    }
    let years = i64::from(interval.to.date.to.year?) - i64::from(interval.from.date.from.year?);
    let stated = &interval.stated.quantity;
    let (low, high) = (stated.amount.low, stated.amount.high);
    match interval.sort {
        IntervalSort::Anniversary => {
            let fits = low == Decimal::from(years) || years <= 0;
            (!fits).then(|| count(years, "year"))
        }
        IntervalSort::Age => {
            let whole = interval.from.date.from.is_whole() && interval.to.date.from.is_whole();
            let (least, most) = if whole {
                let (a, b) = (interval.from.date.from, interval.to.date.from);
                let turned = (b.month, b.day) >= (a.month, a.day);
                let age = if turned { years } else { years - 1 };
                (age, age)
            } else {
                (years - 1, years)
            };
            // An age written a year too high on the day before a birthday is no slip worth telling.
            let fits = low >= Decimal::from(least) && low <= Decimal::from(most);
            (!fits && least >= 0).then(|| {
                if least == most { count(most, "year") } else { format!("{least} or {}", count(most, "year")) }
            })
        }
        IntervalSort::Length | IntervalSort::Event | IntervalSort::Within | IntervalSort::Distance => {
            let (least, most, actual) = bounds(interval, from, to)?;
            let (least, most) = widened(interval.sort, stated.hedge, least, most);
            let apart = most.is_some_and(|most| low > most) || least.is_some_and(|least| high < least);
            apart.then_some(actual)
        }
    }
}

/// The least and the largest length that the dates allow, in the unit of the stated length, and how it is told.
fn bounds(interval: &Interval, from: Days, to: Days) -> Option<(Decimal, Decimal, String)> {
    let unit = &interval.stated.quantity.unit;
    let (a, b) = (interval.from.date.from, interval.to.date.to);
    let exact = interval.sort != IntervalSort::Distance;
    let by_day = a.is_whole() && b.is_whole();
    let by_month = a.month.is_some() && b.month.is_some();
    let days = Decimal::from(to.first - from.last);
    let step = interval.stated.quantity.amount.step;
    if unit.dimension == "time" {
        if !by_day {
            return None;
        }
        let length = unit.factor.checked_div(Decimal::from(86_400))?;
        if length == Decimal::ONE {
            let least = if exact { days } else { days - Decimal::ONE };
            // "a three-day workshop on 4–7 May": both ends are days of it.
            if interval.sort == IntervalSort::Event {
                let all = days + Decimal::ONE;
                return Some((all, all, count(i64::from(to.first - from.last) + 1, "day")));
            }
            return Some((least, days + Decimal::ONE, count(i64::from(to.first - from.last), "day")));
        }
        // Weeks: a part of a week counts as one or not at all.
        let least = (days - Decimal::from(6)).checked_div(length)?;
        let most = (days + Decimal::from(7)).checked_div(length)?;
        let weeks = days.checked_div(length)?.round_dp(1).normalize();
        return Some((least, most, format!("{} ({weeks} weeks)", count(i64::from(to.first - from.last), "day"))));
    }
    let month_number = |date: crate::value::Date| Some(i64::from(date.year?) * 12 + i64::from(date.month?));
    let in_months = unit.factor;
    if by_day {
        let months = days.checked_div(MONTH)?;
        // Half a unit for rounding, and some days because months differ.
        let spare = step.checked_mul(in_months)?.checked_div(Decimal::TWO)? + Decimal::new(4, 1);
        let least = (months - spare).checked_div(in_months)?;
        let most = (months + spare).checked_div(in_months)?;
        let told = if days < Decimal::from(100) {
            count(i64::from(to.first - from.last), "day")
        } else if days < Decimal::from(1100) {
            format!("{} months", months.round_dp(1).normalize())
        } else {
            format!("{} years", days.checked_div(YEAR)?.round_dp(1).normalize())
        };
        return Some((least, most, told));
    }
    if by_month {
        let months = month_number(b)? - month_number(a)?;
        if in_months == Decimal::ONE {
            let (least, most) = (Decimal::from(months), Decimal::from(months + 1));
            let least = if exact { least } else { least - Decimal::ONE };
            return Some((least, most, format!("{months} or {} months", months + 1)));
        }
        let spare = step.checked_mul(in_months)?.checked_div(Decimal::TWO)? + Decimal::ONE;
        let least = (Decimal::from(months) - spare).checked_div(in_months)?;
        let most = (Decimal::from(months + 1) + spare).checked_div(in_months)?;
        return Some((least, most, format!("{months} or {} months", months + 1)));
    }
    let years = i64::from(b.year?) - i64::from(a.year?);
    let per_year = Decimal::from(12).checked_div(in_months)?;
    if in_months == Decimal::ONE {
        let (least, most) = (Decimal::from(years - 1), Decimal::from(years + 1));
        return Some((least * per_year, most * per_year, count(years, "year")));
    }
    let (least, most) = if exact { (years, years + 1) } else { (years - 1, years + 1) };
    let told = if exact { format!("{years} or {}", count(years + 1, "year")) } else { count(years, "year") };
    Some((Decimal::from(least) * per_year, Decimal::from(most) * per_year, told))
}

/// The bounds after the hedge; a bound that the hedge takes away is `None`.
fn widened(sort: IntervalSort, hedge: Hedge, least: Decimal, most: Decimal) -> (Option<Decimal>, Option<Decimal>) {
    let fifth = Decimal::new(2, 1);
    let (low, high) = (least - least * fifth, most + most * fifth);
    let (least, most) = match hedge {
        Hedge::None => (Some(least), Some(most)),
        Hedge::About => (Some(low.min(least - Decimal::ONE)), Some(high.max(most + Decimal::ONE))),
        Hedge::AtLeast | Hedge::MoreThan => (None, Some(most)),
        Hedge::JustOver => (Some(low), Some(most)),
        Hedge::AtMost | Hedge::LessThan => (Some(least), None),
        Hedge::Nearly => (Some(least), Some(high)),
    };
    if sort == IntervalSort::Within { (None, most) } else { (least, most) }
}

/// "1 day", "53 days"
fn count(number: i64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}
