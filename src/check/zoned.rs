//! One moment in two time zones: date and time of the one must be those of the other, hours ahead or behind.

use super::{Finding, Place};
use crate::claim::{Claim, Value, ZonedTime};

/// Minutes of a day and of half a day.
const DAY: i32 = 24 * 60;
const HALF: i32 = 12 * 60;

/// Days between two zones at most, and days from the end of a year to the beginning of the next at least.
const APART: i32 = 1;
const YEAR: i32 = 364;

/// The finding over one claim, with names for the three variables of the message of the rule.
pub(super) fn finding(claim: &Claim, names: [&'static str; 3]) -> Option<Finding> {
    let Value::Zoned(zoned) = &claim.value else { return None };
    let [a, b] = &**zoned;
    let note = difference(a, b)?;
    let place = |one: &ZonedTime| Place { at: one.at.at, within: claim.within, label: String::new() };
    let [what, here, there] = names;
    Some(Finding {
        places: vec![place(b), place(a)],
        variables: vec![
            (what, "one moment in two time zones".to_owned()),
            (here, b.at.text.to_string()),
            (there, a.at.text.to_string()),
        ],
        notes: vec![note],
    })
}

/// Why two times cannot be one moment; `None` when they can.
fn difference(a: &ZonedTime, b: &ZonedTime) -> Option<String> {
    if let (Some(x), Some(y)) = (a.day, b.day) {
        let days = (x - y).abs();
        // 31 December and 1 January, where the years are not written.
        if days > APART && days < YEAR {
            return Some(format!("no two time zones are {days} days apart"));
        }
    }
    let ((from, until), (other, till)) = (a.clock?, b.clock?);
    let pairs = || a.offsets.iter().flat_map(|p| b.offsets.iter().map(move |q| (p, q)));
    let agree = |first: i32, second: i32| {
        let halves = |open: bool| if open { vec![0, HALF] } else { vec![0] };
        pairs().any(|(p, q)| {
            halves(a.open).iter().any(|h| {
                halves(b.open).iter().any(|k| {
                    let (x, y) = (first / 60 + h - p, second / 60 + k - q);
                    let days = a.day.zip(b.day).map(|(m, n)| m - n);
                    let shift = days.filter(|d| d.abs() <= APART).map(|d| d * DAY);
                    shift.map_or((x - y).rem_euclid(DAY) == 0, |s| x + s - y == 0)
                })
            })
        })
    };
    // The hour of one is right, and the day is not: midnight is written as the end or the beginning of a day.
    let ends = until.zip(till).is_none_or(|(u, t)| agree(u, t));
    if pairs().next().is_none() || agree(from, other) && ends {
        return None;
    }
    let hours: Vec<String> = {
        let mut minutes: Vec<i32> = pairs().map(|(p, q)| p - q).collect();
        minutes.sort_unstable();
        minutes.dedup();
        minutes.into_iter().map(written).collect()
    };
    Some(format!("the zones are {} apart", hours.join(" or ")))
}

/// "7 hours", "5½ hours"
fn written(minutes: i32) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let half = if rest == 30 { "½" } else { "" };
    if hours == 1 && half.is_empty() { "1 hour".to_owned() } else { format!("{hours}{half} hours") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Member;
    use crate::span::{FileId, Span};

    fn time(day: Option<i32>, hour: i32, offsets: &[i32]) -> ZonedTime {
        let at = Member { at: Span::new(FileId(0), 0, 0), text: "".into() };
        ZonedTime { at, day, clock: Some((hour * 3600, None)), open: false, offsets: offsets.to_vec() }
    }

    #[test]
    fn flags_wrong_conversions() {
        assert!(difference(&time(None, 16, &[0]), &time(None, 8, &[-420])).is_some());
        assert!(difference(&time(Some(10), 2, &[0]), &time(Some(10), 19, &[-420])).is_some());
        assert!(difference(&time(Some(50), 17, &[0]), &time(Some(8), 9, &[-480])).is_some());
    }

    #[test]
    fn ignores_right_conversions() {
        assert!(difference(&time(None, 16, &[0]), &time(None, 9, &[-480, -420])).is_none());
        assert!(difference(&time(Some(11), 2, &[0]), &time(Some(10), 19, &[-420])).is_none());
        assert!(difference(&time(None, 1, &[0]), &time(None, 18, &[-420])).is_none());
    }
}
