//! A stated length of time against the dates that it follows from.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Ends, Interval, IntervalSort, Value};
use crate::value::{Amount, Date, DateRange, DateSlip, Decimal, Hedge, slip_of_dates};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalCheck {}

/// What words and the likeness of the numbers must weigh where a length stands apart from its dates.
const TOLD: i32 = 8;

/// What it weighs that a length looks like the right one written wrong.
const SLIP: i32 = 3;

/// A year of 365 days, for dates without one.
const COMMON: i16 = 2001;

/// How many times as long two lengths are that have nothing to do with each other.
const FAR: i64 = 4;

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
            let own = match interval.clock {
                Some((from, to)) => Ends::Clock(from, to),
                None => Ends::Dates(interval.from.date, interval.to.date),
            };
            let Some(actual) = apart(interval, own).filter(|_| is_surely_of(interval, own)) else { continue };
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

/// What two ends give instead, when the stated length cannot be that of the time between them.
fn apart(interval: &Interval, ends: Ends) -> Option<String> {
    match ends {
        Ends::Clock(from, to) => by_clock(interval, (from, to)),
        Ends::Dates(from, to) => {
            let (from, to) = in_one_year(from, to);
            disagrees(interval, from, to)
        }
    }
}

/// Two dates without years as those of one year, which is no leap year.
fn in_one_year(from: DateRange, to: DateRange) -> (DateRange, DateRange) {
    let without = |range: DateRange| range.from.year.is_none() && range.to.year.is_none();
    if without(from) && without(to) { (from.or_year(Some(COMMON)), to.or_year(Some(COMMON))) } else { (from, to) }
}

/// Whether the length is that of its two ends: no others near by fit it, and the words and the likeness of the numbers
/// weigh enough.
fn is_surely_of(interval: &Interval, own: Ends) -> bool {
    if interval.weight == Interval::SURE {
        return true;
    }
    let fits = |ends: &Ends| !holds(*ends, own) && apart(interval, *ends).is_none() && is_forward(*ends);
    if interval.rivals.iter().any(fits) {
        return false;
    }
    i32::from(interval.weight) + likeness(interval, own) >= TOLD
}

/// Whether two ends are the other two told less finely, or one day and its month: "In February the river came in. From 14
/// February to 20 March …".
fn holds(ends: Ends, own: Ends) -> bool {
    let within = |wide: DateRange, narrow: DateRange| {
        let (wide, narrow) = in_one_year(wide, narrow);
        wide.days().zip(narrow.days()).is_some_and(|(w, n)| w.first <= n.first && n.last <= w.last)
    };
    match (ends, own) {
        (Ends::Dates(a, b), Ends::Dates(x, y)) => ends != own && (within(a, x) && within(b, y) || within(a, b)),
        _ => false,
    }
}

fn is_forward(ends: Ends) -> bool {
    match ends {
        Ends::Dates(from, to) => {
            let (from, to) = in_one_year(from, to);
            from.days().zip(to.days()).is_some_and(|(from, to)| from.first <= to.last)
        }
        Ends::Clock(from, to) => from != to,
    }
}

/// How much a stated length looks like the right one written wrong: one figure of two or more is another, or two are
/// exchanged. A length many times the other is mostly that of something else.
fn likeness(interval: &Interval, ends: Ends) -> i32 {
    let Some(lengths) = whole_lengths(interval, ends) else { return 0 };
    let stated = figures(interval, &interval.stated.quantity.amount);
    if lengths.iter().any(|length| is_slip(&stated, length)) {
        return SLIP;
    }
    if is_far(interval, ends).unwrap_or(false) { -SLIP } else { 0 }
}

/// Whether a stated length is many times that of two ends, or a small part of it.
fn is_far(interval: &Interval, ends: Ends) -> Option<bool> {
    let unit = &interval.stated.quantity.unit;
    let stated = interval.stated.quantity.amount.low.checked_mul(unit.factor)?;
    let seconds = if unit.dimension == "months" { stated.checked_mul(MONTH * Decimal::from(86_400))? } else { stated };
    let actual = match ends {
        Ends::Clock(from, to) => i64::from((to - from).rem_euclid(86_400)),
        Ends::Dates(from, to) => {
            let (from, to) = in_one_year(from, to);
            i64::from(to.days()?.last - from.days()?.first) * 86_400
        }
    };
    let actual = Decimal::from(actual.max(1));
    let far = Decimal::from(FAR);
    Some(seconds > actual * far || actual > seconds * far)
}

/// The figures of a length; of one in hours those of hours and minutes, as on a clock.
fn figures(interval: &Interval, amount: &Amount) -> String {
    if interval.clock.is_none() {
        return amount.low.normalize().to_string();
    }
    let seconds = amount.low.checked_mul(interval.stated.quantity.unit.factor).unwrap_or_default();
    let minutes = seconds.checked_div(Decimal::from(60)).unwrap_or_default().round();
    i64::try_from(minutes).map(on_clock).unwrap_or_default()
}

/// "215" of 135 minutes, "75" of 75.
fn on_clock(minutes: i64) -> String {
    format!("{}{:02}", minutes / 60, minutes % 60)
}

/// The right lengths in figures, those beside them that counting otherwise gives too.
fn whole_lengths(interval: &Interval, ends: Ends) -> Option<Vec<String>> {
    match ends {
        Ends::Clock(from, to) => {
            let minutes = i64::from((to - from).rem_euclid(86_400) / 60);
            Some(vec![on_clock(minutes), minutes.to_string()])
        }
        Ends::Dates(from, to) => {
            let (from, to) = in_one_year(from, to);
            let (least, most) = match interval.sort {
                IntervalSort::Age | IntervalSort::Anniversary | IntervalSort::Birthday => {
                    let years = Decimal::from(i32::from(to.to.year?) - i32::from(from.from.year?));
                    let young = if interval.sort == IntervalSort::Age { Decimal::ONE } else { Decimal::ZERO };
                    (years - young, years)
                }
                _ => {
                    let (least, most, _) = bounds(interval, from, to)?;
                    (least, most)
                }
            };
            let (least, most) = (i64::try_from(least.ceil()).ok()?, i64::try_from(most.floor()).ok()?);
            Some((least..=most.min(least + 2)).map(|n| n.to_string()).collect())
        }
    }
}

/// Whether two numbers of two figures or more differ in one of them, or in the order of two neighbours.
fn is_slip(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let other: Vec<usize> = a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
    let (x, y) = (a.as_bytes(), b.as_bytes());
    match other.as_slice() {
        [_] => true,
        [i, j] => *j == i + 1 && x[*i] == y[*j] && x[*j] == y[*i],
        _ => false,
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
fn disagrees(interval: &Interval, from: DateRange, to: DateRange) -> Option<String> {
    let (first, last) = (from.days()?, to.days()?);
    if last.last < first.first {
        return None;
    }
    let years = i64::from(to.to.year?) - i64::from(from.from.year?);
    let stated = &interval.stated.quantity;
    let (low, high) = (stated.amount.low, stated.amount.high);
    match interval.sort {
        IntervalSort::Anniversary => {
            let fits = low == Decimal::from(years) || years <= 0;
            (!fits).then(|| count(years, "year"))
        }
        IntervalSort::Birthday => {
            let bare = |date: Date| Date { year: None, ..date };
            let whole = from.from.is_whole() && to.from.is_whole();
            let moved =
                whole && !matches!(slip_of_dates(bare(from.from), bare(to.from)), DateSlip::None | DateSlip::Near);
            let fits = low == Decimal::from(years) && !(moved && bare(from.from) != bare(to.from));
            (!fits && years > 0).then(|| told(last.first - first.last))
        }
        IntervalSort::Age => {
            let whole = from.from.is_whole() && to.from.is_whole();
            let (least, most) = if whole {
                let (a, b) = (from.from, to.from);
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
            let (least, most) = rounded(interval, least, most);
            let (least, most) = widened(interval.sort, stated.hedge, least, most);
            let apart = most.is_some_and(|most| low > most) || least.is_some_and(|least| high < least);
            apart.then_some(actual)
        }
    }
}

/// The least and the largest length that the dates allow, in the unit of the stated length, and how it is told.
fn bounds(interval: &Interval, from: DateRange, to: DateRange) -> Option<(Decimal, Decimal, String)> {
    let unit = &interval.stated.quantity.unit;
    let (a, b) = (from.from, to.to);
    let (from, to) = (from.days()?, to.days()?);
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
        return Some((least, most, told(to.first - from.last)));
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

/// So many days, in the unit that is read easiest.
fn told(days: i32) -> String {
    let whole = Decimal::from(days);
    let of = |unit: Decimal| whole.checked_div(unit).unwrap_or_default().round_dp(1).normalize();
    match days {
        ..100 => count(i64::from(days), "day"),
        100..1100 => format!("{} months", of(MONTH)),
        _ => format!("{} years", of(YEAR)),
    }
}

/// Decades and centuries are rounded: "two decades" may be 18 years.
fn rounded(interval: &Interval, least: Decimal, most: Decimal) -> (Decimal, Decimal) {
    let unit = &interval.stated.quantity.unit;
    if interval.weight == Interval::SURE || unit.dimension != "months" || unit.factor <= Decimal::from(12) {
        return (least, most);
    }
    let fifth = Decimal::new(2, 1);
    (least - least * fifth, most + most * fifth)
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
