//! Laws of a document in another language with a number or year that is a slip away from one of the documents it
//! translates: "decreto 38/2018" for Decree 38/2019.

use super::{Cited, Slip, report, slip};
use crate::check::Finding;
use crate::claim::Origin;
use std::collections::BTreeSet;

/// Most laws of all documents among which two that look alike are no chance.
const MOST: usize = 40;

/// Appends a finding for each law of a document in another language that no English document has, when one law of theirs
/// alone looks like it and is not in the translation.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let laws: Vec<&Cited<'_>> =
        cited.iter().filter(|c| c.reference.family == "law" && key(c).0.is_some() && key(c).1.is_some()).collect();
    if laws.len() > MOST {
        return;
    }
    let is_abroad = |c: &Cited<'_>| c.claim.origin == Origin::Abroad;
    let home: BTreeSet<_> = laws.iter().filter(|c| !is_abroad(c)).map(|c| key(c)).collect();
    let own: BTreeSet<_> = laws.iter().filter(|c| is_abroad(c)).map(|c| key(c)).collect();
    for odd in laws.iter().filter(|c| is_abroad(c) && !home.contains(&key(c))) {
        let (number, year) = key(odd);
        let alike = |c: &&&Cited<'_>| {
            let (other, of) = key(c);
            let close = |x: u16, y: u16| slip(&x.to_string(), &y.to_string()).is_some();
            let numbers = year == of && number.zip(other).is_some_and(|(x, y)| look_alike(x, y));
            let years = number == other && year.zip(of).is_some_and(|(x, y)| close(x, y));
            !is_abroad(c) && !own.contains(&key(c)) && (numbers || years)
        };
        let meant: Vec<&&Cited<'_>> = laws.iter().filter(alike).collect();
        if let Some(first) = meant.first()
            && meant.iter().all(|c| key(c) == key(first))
        {
            let places = vec![odd.place(), first.place()];
            report(found, odd, first, places, "one of the two documents is in another language".to_owned());
        }
    }
}

/// The number and year of a law: "38/2019", "No. 71 of 2022".
fn key(cited: &Cited<'_>) -> (Option<u32>, Option<u16>) {
    let written = cited.reference.number.as_str();
    match written.split_once('/') {
        Some((number, year)) => (number.parse().ok(), year.parse().ok()),
        None => (written.parse().ok(), cited.reference.year),
    }
}

/// Whether two numbers look like one that was written wrong; a digit may be lost even of two.
fn look_alike(a: u32, b: u32) -> bool {
    let (x, y) = (a.to_string(), b.to_string());
    let (long, short) = if x.len() > y.len() { (&x, &y) } else { (&y, &x) };
    let lost =
        long.len() == short.len() + 1 && (0..long.len()).any(|i| [&long[..i], &long[i + 1..]].concat() == *short);
    lost || match slip(&x, &y) {
        Some(Slip::Exchanged | Slip::Length) => true,
        Some(Slip::Digit) => x.len() > 1,
        None => x.len() == 2 && x.bytes().rev().eq(y.bytes()),
    }
}
