//! A release that tells the same in two languages, and one day of it otherwise: the words cannot be compared, the days can.
//!
//! Goes in: the days of a document in another language, and all days of the documents beside it. Comes out: a day that
//! stands in the one alone with the day of the others that takes its place: the other end of a stretch with one end in
//! common, or the only one that looks like it among those that the document does not have.

use super::Told;
use crate::span::FileId;
use crate::value::{Date, DateRange, DateSlip, slip_of_dates};
use std::collections::BTreeMap;

/// Days of a document in another language that the others must have too for it to tell the same.
const KNOWN: usize = 2;

/// Days of a release that are looked at.
const DAYS: usize = 400;

/// The pairs of days, by their places in the list: one of a document in another language, one of another document.
pub(super) fn pairs(told: &[Told<'_>]) -> Vec<(usize, usize)> {
    let mut files: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (i, one) in told.iter().enumerate().filter(|(_, one)| one.occasion.abroad) {
        files.entry(one.file()).or_default().push(i);
    }
    let home: Vec<usize> = (0..told.len()).filter(|&i| !told[i].occasion.abroad && is_day(told[i])).collect();
    let mut out = Vec::new();
    if home.len() > DAYS {
        return out;
    }
    for own in files.into_values().filter(|own| own.len() <= DAYS) {
        let has = |list: &[usize], day: Date| list.iter().any(|&i| ends(told[i]).iter().any(|d| is_same(*d, day)));
        let known = own.iter().filter(|&&i| ends(told[i]).iter().all(|d| has(&home, *d))).count();
        for &i in &own {
            let new = ends(told[i]).into_iter().find(|d| !has(&home, *d));
            let Some(new) = new else { continue };
            let lone: Vec<usize> =
                home.iter().copied().filter(|&j| ends(told[j]).iter().any(|d| !has(&own, *d))).collect();
            let stretch = lone.iter().copied().find(|&j| is_one_end(told[i], told[j]));
            let like = |j: &&usize| ends(told[**j]).iter().any(|d| !has(&own, *d) && is_like(*d, new));
            let mut alike = lone.iter().filter(like);
            let only = alike.next().filter(|&&j| alike.all(|&k| ends(told[j]) == ends(told[k])));
            let found = stretch.or_else(|| only.copied().filter(|_| known >= KNOWN));
            out.extend(found.map(|j| (j, i)));
        }
    }
    out
}

fn is_day(one: Told<'_>) -> bool {
    let date = one.occasion.when.date;
    date.from.day.is_some() && date.to.day.is_some()
}

fn ends(one: Told<'_>) -> Vec<Date> {
    let DateRange { from, to } = one.occasion.when.date;
    if from == to { vec![to] } else { vec![from, to] }
}

fn is_same(a: Date, b: Date) -> bool {
    (a.month, a.day) == (b.month, b.day) && a.year.zip(b.year).is_none_or(|(x, y)| x == y)
}

/// Whether two days look like one that was written wrong.
fn is_like(a: Date, b: Date) -> bool {
    let slip = slip_of_dates(a, b);
    matches!(slip, DateSlip::Exchanged | DateSlip::Lost | DateSlip::Digit | DateSlip::Month)
}

/// Whether two stretches begin on one day and end on two, or end on one.
pub(super) fn is_one_end(a: Told<'_>, b: Told<'_>) -> bool {
    let stretch = |one: Told<'_>| {
        let when = one.occasion.when.date;
        let joined = one.occasion.other.filter(|o| o.is_one() && when.is_one()).map(|o| o.from);
        match joined {
            Some(other) if order(other) < order(when.from) => Some((other, when.from, true)),
            Some(other) => Some((when.from, other, false)),
            None => (!when.is_one()).then_some((when.from, when.to, true)),
        }
    };
    let (Some((a1, a2, a_last)), Some((b1, b2, b_last))) = (stretch(a), stretch(b)) else { return false };
    let days = [a1, a2, b1, b2].iter().all(|d| d.day.is_some());
    let begin = is_same(a1, b1) && !is_same(a2, b2) && !is_turn(a1) && a_last && b_last;
    let end =
        is_same(a2, b2) && !is_same(a1, b1) && !is_turn(a2) && (!a_last || is_range(a)) && (!b_last || is_range(b));
    days && (begin || end)
}

fn is_range(one: Told<'_>) -> bool {
    !one.occasion.when.date.is_one()
}

fn order(date: Date) -> (Option<i16>, Option<u8>, Option<u8>) {
    (date.year, date.month, date.day)
}

/// Whether a day is the first or the last of a month: many terms begin and end on those.
fn is_turn(date: Date) -> bool {
    let last = |month| crate::value::longest(month, date.year);
    date.month.zip(date.day).is_some_and(|(month, day)| day == 1 || day >= last(month))
}
