//! A weekday that its date does not have.

use super::{Check, Finding, Place, Selection};
use crate::claim::Value;
use crate::document::BlockId;
use crate::value::Date;
use serde::Deserialize;

/// Years before this one may be counted by another calendar anywhere.
const GREGORIAN: i16 = 1753;

/// Years before this one may still be counted by the Julian calendar in some countries.
const EVERYWHERE: i16 = 1924;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

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
    DAYS.get(usize::from(weekday).checked_sub(1)?).copied()
}
