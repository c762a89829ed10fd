//! Long numbers that differ in two neighbouring digits: a port, a status, an address that was typed wrongly.
//!
//! Among the numbers of documentation hardly one pair of four digits and more is so alike by chance. What is counted or
//! measured on both sides is left to the rules for quantities.

use super::projects::Projects;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Cue, Datum, DatumPlace, SettingValue, Value};
use crate::span::FileId;
use crate::value::{Decimal, neighbours_exchanged};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Digits that a number must have.
const DIGITS: usize = 4;

/// Most numbers of the same digits that are looked at; more are data.
const CROWD: usize = 24;

/// Most places that are labelled for the right number.
const PLACES: usize = 4;

/// Whole numbers of this range may be years.
const YEARS: std::ops::RangeInclusive<u32> = 1_000..=2_100;

/// A whole number with its digits.
struct Number<'a> {
    claim: &'a Claim,
    datum: &'a Datum,
    value: Decimal,
    digits: String,
}

/// Appends a finding for every number that stands once, and elsewhere with two digits exchanged.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let projects = Projects::new(claims.iter().filter_map(|claim| datum(claim)));
    let mut by_digits: BTreeMap<(&str, Vec<u8>), Vec<Number<'_>>> = BTreeMap::new();
    for claim in claims {
        let Some(datum) = datum(claim) else { continue };
        let SettingValue::Quantity(quantity) = &datum.value else { continue };
        let value = quantity.value();
        let year = YEARS.map(Decimal::from).any(|y| y == value) && quantity.unit.is_count();
        if !value.is_integer() || value.is_sign_negative() || year {
            continue;
        }
        let digits = value.trunc().to_string();
        let mut sorted = digits.clone().into_bytes();
        sorted.sort_unstable();
        if digits.len() >= DIGITS && sorted.windows(2).any(|w| w[0] != w[1]) {
            let number = Number { claim, datum, value, digits };
            by_digits.entry((&quantity.unit.dimension, sorted)).or_default().push(number);
        }
    }
    let known: FxHashSet<_> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    for numbers in by_digits.values().filter(|n| (2..=CROWD).contains(&n.len())) {
        for one in numbers {
            let same = |other: &&Number<'_>| other.digits == one.digits;
            if numbers.iter().filter(same).count() > 1 || known.contains(&one.claim.at) {
                continue;
            }
            let right: Vec<&Number<'_>> = numbers
                .iter()
                .filter(|other| is_slip(one, other) && projects.are_one(one.datum, other.datum))
                .collect();
            let Some(first) = right.first() else { continue };
            // Of two numbers that stand once, the later is taken for the slip, so that it is said once.
            let alone = numbers.iter().filter(|other| other.digits == first.digits).count() == 1;
            if right.iter().any(|other| other.digits != first.digits)
                || alone && one.claim.at < first.claim.at
                || stand_together(one, first, numbers)
            {
                continue;
            }
            found.push(finding(one, &right));
        }
    }
}

fn datum(claim: &Claim) -> Option<&Datum> {
    if let Value::Datum(datum) = &claim.value { Some(datum) } else { None }
}

/// Whether one number may be the other with two neighbouring digits exchanged.
fn is_slip(one: &Number<'_>, other: &Number<'_>) -> bool {
    let (a, b) = (one.datum, other.datum);
    let place = |n: &Number<'_>| (n.claim.at.file, n.claim.block);
    let in_code = |d: &Datum| matches!(d.place, DatumPlace::Code | DatumPlace::Setting);
    let listed = a.table.is_some() && a.table == b.table && one.claim.at.file == other.claim.at.file;
    let shown = in_code(a) && in_code(b) && one.claim.at.file == other.claim.at.file;
    neighbours_exchanged(one.value, other.value)
        && place(one) != place(other)
        && !listed
        && !shown
        && !(a.source && b.source)
        && is_bare(a)
        && is_bare(b)
        && a.terms.iter().any(|t| b.terms.iter().any(|u| u.key == t.key))
        && !is_one_of_series(one)
        && !a.has(Cue::Changed)
        && !b.has(Cue::Changed)
}

/// Whether a number stands beside one that begins as it does: "codes 3102 and 3120".
fn is_one_of_series(one: &Number<'_>) -> bool {
    one.datum.company.iter().any(|other| {
        let SettingValue::Quantity(quantity) = other else { return false };
        let digits = quantity.value().to_string();
        let begin = one.digits.len() / 2;
        digits.len() == one.digits.len() && digits != one.digits && digits[..begin] == one.digits[..begin]
    })
}

/// Whether a number counts and measures nothing: a port, a code, an address.
fn is_bare(datum: &Datum) -> bool {
    let SettingValue::Quantity(quantity) = &datum.value else { return false };
    quantity.unit.is_count() && (datum.counted.is_empty() || datum.has(Cue::Label))
        || matches!(datum.place, DatumPlace::Code | DatumPlace::Setting)
}

/// Whether another document has both numbers, or that of the first has the second, so that they are two things.
fn stand_together(one: &Number<'_>, right: &Number<'_>, numbers: &[Number<'_>]) -> bool {
    let files = |digits: &str| -> Vec<FileId> {
        numbers.iter().filter(|n| n.digits == digits).map(|n| n.claim.at.file).collect()
    };
    let elsewhere = files(&right.digits).iter().any(|file| *file != one.claim.at.file);
    elsewhere && files(&right.digits).contains(&one.claim.at.file)
}

fn finding(one: &Number<'_>, right: &[&Number<'_>]) -> Finding {
    let place = |n: &Number<'_>| Place { at: n.claim.at, within: n.claim.within, label: String::new() };
    let rest = right.iter().take(PLACES).map(|n| place(n));
    Finding {
        places: std::iter::once(place(one)).chain(rest).collect(),
        variables: vec![
            ("what", "a number with two digits exchanged".to_owned()),
            ("here", one.claim.text.to_string()),
            ("there", format!("{} elsewhere", right[0].claim.text)),
        ],
        notes: Vec::new(),
    }
}
