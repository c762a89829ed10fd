//! A weekday that its date does not have.

use super::fix::{Choice, Edit, Fix};
use super::{Check, Finding, Place, Selection};
use crate::claim::Value;
use crate::document::BlockId;
use crate::value::{Date, WEEKDAYS};
use serde::Deserialize;

/// Years before this one may be counted by another calendar anywhere.
const GREGORIAN: i16 = 1753;

/// Years before this one may still be counted by the Julian calendar in some countries.
const EVERYWHERE: i16 = 1924;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekday {}

impl Check for Weekday {
    fn variables(&self) -> &'static [&'static str] {
        &["date", "is", "stated"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        // Weekdays of one sentence that are all off by the same number of days are one slip.
        let mut last: Option<((BlockId, u32), u8)> = None;
        for claim in selection.claims {
            let Value::Weekday { stated, weekday, date, day, source } = &claim.value else { continue };
            let Some(is) = date.weekday().filter(|is| is != stated) else { continue };
            if date.year.is_none_or(|y| y < GREGORIAN) || julian(*date) == Some(*stated) {
                continue;
            }
            let shift = (is + 7 - stated) % 7;
            let Some((is, stated_name)) = name(is).zip(name(*stated)) else { continue };
            let mut notes = Vec::new();
            // The nearest days that have the weekday: one less than a week before, one less than a week after.
            let near = (-6..=6).filter_map(|n| date.plus_days(n)).filter(|d| d.weekday() == Some(*stated));
            let near: Vec<String> = near.map(Date::written).collect();
            if let [before, after] = near.as_slice() {
                notes.push(format!("the nearest {stated_name}s are {before} and {after}"));
            }
            if let (Some(source), Some(year)) = (source, date.year) {
                notes.push(format!("the year {year} is taken from “{}”", source.text));
            }
            let place = |at, label: String| Place { at, within: claim.within, label };
            let places = vec![place(weekday.at, format!("a {is} by the date")), place(day.at, String::new())];
            let sentence = ((claim.block, claim.sentence), shift);
            if last == Some(sentence)
                && let Some(before) = found.last_mut()
            {
                before.places.extend(places);
                before.notes.insert(0, format!("{} is a {is}, not a {stated_name}", date.written()));
                continue;
            }
            last = Some(sentence);
            found.push(Finding {
                places,
                variables: vec![("date", date.written()), ("is", is.to_owned()), ("stated", stated_name.to_owned())],
                notes,
            });
        }
    }

    /// Nothing tells whether the weekday or the date is right, so there is a way for each choice. Of the days that have
    /// the weekday, one is taken only when the document has it beside the same weekday elsewhere.
    fn fixes(&self, selection: Selection<'_>, finding: &Finding) -> Vec<Fix> {
        let (mut weekdays, mut dates) = (Some(Vec::new()), Some(Vec::new()));
        for pair in finding.places.chunks(2) {
            let wrong = selection.claims.iter().find_map(|claim| match &claim.value {
                Value::Weekday { stated, weekday, date, day, .. } if weekday.at == pair[0].at => {
                    Some((*stated, weekday, *date, day))
                }
                _ => None,
            });
            let Some((stated, weekday, date, day)) = wrong else { return Vec::new() };
            let new = date.weekday().and_then(|is| weekday_like(&weekday.text, is));
            let new = new.map(|new| Edit { at: weekday.at, old: weekday.text.to_string(), new });
            weekdays = weekdays.zip(new).map(|(mut list, edit)| {
                list.push(edit);
                list
            });
            let new = elsewhere(selection, stated, date).and_then(|right| day_like(&day.text, date, right));
            let new = new.map(|new| Edit { at: day.at, old: day.text.to_string(), new });
            dates = dates.zip(new).map(|(mut list, edit)| {
                list.push(edit);
                list
            });
        }
        let fix = |choice, edits: Option<Vec<Edit>>| edits.map(|edits| Fix { choice: Some(choice), edits });
        [fix(Choice::Weekday, weekdays), fix(Choice::Date, dates)].into_iter().flatten().collect()
    }
}

/// Another weekday in the wording of one: "TUE." for "MON.".
fn weekday_like(like: &str, weekday: u8) -> Option<String> {
    let full = name(weekday)?;
    let letters = like.trim_end_matches('.');
    if !letters.chars().all(char::is_alphabetic) {
        return None;
    }
    let is_full = WEEKDAYS.iter().any(|day| day.eq_ignore_ascii_case(letters));
    let short = if letters.len() == 2 { &full[..2] } else { &full[..3] };
    let written = format!("{}{}", if is_full { full } else { short }, &like[letters.len()..]);
    let mut capitals = letters.chars().map(char::is_uppercase);
    Some(match (capitals.next(), capitals.next()) {
        (Some(true), Some(true)) => written.to_uppercase(),
        (Some(true), _) => written,
        _ => written.to_lowercase(),
    })
}

/// The one day near a date that the document has beside this weekday at another place, where both fit.
fn elsewhere(selection: Selection<'_>, stated: u8, date: Date) -> Option<Date> {
    let mut days: Vec<Date> = selection
        .claims
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::Weekday { stated: s, date: d, .. } if *s == stated && d.weekday() == Some(stated) => Some(*d),
            _ => None,
        })
        .filter(|d| date.days_to(*d).is_some_and(|n| n.abs() < 7))
        .collect();
    days.sort_by_key(|d| date.days_to(*d));
    days.dedup();
    if days.len() == 1 { days.pop() } else { None }
}

/// A wording of a date with the day of another date of the same month.
fn day_like(like: &str, date: Date, right: Date) -> Option<String> {
    if (date.year, date.month) != (right.year, right.month) {
        return None;
    }
    let (old, new) = (date.day?.to_string(), right.day?.to_string());
    let digits: Vec<(usize, &str)> = like
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| (run.as_ptr() as usize - like.as_ptr() as usize, run))
        .collect();
    let mut same = digits.iter().filter(|(_, run)| run.trim_start_matches('0') == old);
    let (&(at, run), None) = (same.next()?, same.next()) else { return None };
    // "14th" would have to change its ending.
    if like[at + run.len()..].starts_with(char::is_alphabetic) {
        return None;
    }
    let padded = if run.starts_with('0') && new.len() == 1 { format!("0{new}") } else { new };
    Some(format!("{}{padded}{}", &like[..at], &like[at + run.len()..]))
}

/// The weekday of a date of the Julian calendar, in the years in which it was still in use.
fn julian(date: Date) -> Option<u8> {
    let behind = match date.year? {
        ..1800 => 11,
        1800..1900 => 12,
        1900..EVERYWHERE => 13,
        _ => return None,
    };
    date.plus_days(behind)?.weekday()
}

fn name(weekday: u8) -> Option<&'static str> {
    WEEKDAYS.get(usize::from(weekday).checked_sub(1)?).copied()
}
