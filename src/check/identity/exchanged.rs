//! Numbers with two digits exchanged, where a document cites few of the sort: laws of one year, documents of one body.

use super::{ByNumber, Cited, Slip, are_told_apart, report, same_list, slip};
use crate::check::Finding;
use crate::lexicon::lower;
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Most numbers of one year and noun among which two with exchanged digits are no chance.
const FEW: usize = 3;

/// What is said of every finding.
const NOTE: &str = "two digits are exchanged";

/// Fewest digits of the number of a series.
const SERIES: usize = 4;

/// Most numbers of one series among which two with exchanged digits are no chance.
const MOST: usize = 6;

/// Digits from which on two numbers are hardly ever met in another order.
const LONG: usize = 3;

/// Appends the findings of laws and of documents of numbered series.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    laws(cited, found);
    wordless(cited, found);
}

/// A number of a series that stands without words, as in a cell, and another one in running text: nothing says that they
/// are cited for two things.
fn wordless(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut families: BTreeMap<&str, ByNumber<'_>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        let digits = c.reference.number.bytes().filter(u8::is_ascii_digit).count();
        if digits >= SERIES && c.reference.titled.is_none() && c.reference.title.is_empty() && !c.has_cue("history") {
            families.entry(&c.reference.family).or_default().entry(&c.reference.number).or_default().push(i);
        }
    }
    for numbers in families.values().filter(|n| n.len() <= MOST) {
        let list: Vec<(&&str, &Vec<usize>)> = numbers.iter().collect();
        for (n, &(a, first)) in list.iter().enumerate() {
            for &(_, second) in list[n + 1..].iter().filter(|(b, _)| slip(a, b) == Some(Slip::Exchanged)) {
                let ([x], [y]) = (&first[..], &second[..]) else { continue };
                let (one, other) = (&cited[*x], &cited[*y]);
                let is_wordless = |c: &Cited<'_>| c.claim.subject.modifiers.is_empty();
                let listed = one.has_cue("listed") || other.has_cue("listed");
                if is_wordless(one) != is_wordless(other) && !listed && !are_told_apart(cited, first, second, true) {
                    let (odd, rest) = if is_wordless(one) { (other, one) } else { (one, other) };
                    let places = vec![odd.place(), rest.place()];
                    report(found, odd, rest, places, NOTE.to_owned());
                }
            }
        }
    }
}

/// Appends a finding for each law whose number is given once with two digits exchanged: "Order No. 114 of 2008" and
/// "Order No. 141 of 2008".
///
/// Of numbers of two digits every ninetieth is another one turned round, so that they must say the same of
/// themselves: the word before their noun, or the odd one nothing where the other has a title.
fn laws(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut by_year: BTreeMap<(&str, u16, CompactString), ByNumber<'_>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        let digits = !c.reference.number.is_empty() && c.reference.number.bytes().all(|b| b.is_ascii_digit());
        if let Some(year) = c.reference.year.filter(|_| digits && c.reference.family == "law")
            && let Some(noun) = words_before(c).pop()
        {
            let numbers = by_year.entry((&c.reference.family, year, noun)).or_default();
            numbers.entry(&c.reference.number).or_default().push(i);
        }
    }
    for numbers in by_year.values().filter(|n| n.len() <= FEW) {
        let list: Vec<(&&str, &Vec<usize>)> = numbers.iter().collect();
        for (n, &(a, first)) in list.iter().enumerate() {
            for &(b, second) in &list[n + 1..] {
                let (odd, rest) = odd_of(cited, first, second);
                let sure = a.len() >= LONG || list.len() == 2 && say_the_same(&cited[odd[0]], &cited[rest[0]]);
                if slip(a, b) == Some(Slip::Exchanged)
                    && odd.len() == 1
                    && sure
                    && !are_two_titles(&cited[odd[0]], &cited[rest[0]])
                    && !same_list(&cited[odd[0]], &cited[rest[0]])
                    && !are_told_apart(cited, first, second, true)
                {
                    let places = odd.iter().chain(rest).take(super::PLACES).map(|&i| cited[i].place()).collect();
                    report(found, &cited[odd[0]], &cited[rest[0]], places, NOTE.to_owned());
                }
            }
        }
    }
}

/// The citations of the number that is cited less often, or later, and those of the other.
fn odd_of<'v>(cited: &[Cited<'_>], a: &'v [usize], b: &'v [usize]) -> (&'v [usize], &'v [usize]) {
    let less = |x: &[usize], y: &[usize]| {
        x.len() < y.len() || x.len() == y.len() && cited[x[0]].claim.at > cited[y[0]].claim.at
    };
    if less(a, b) { (a, b) } else { (b, a) }
}

/// The words of a citation before its number, lower case: `emergency regulation` of "Emergency Regulation No. 37".
fn words_before(cited: &Cited<'_>) -> Vec<CompactString> {
    let wording = &cited.claim.subject.wording;
    let end = wording.find(|c: char| c.is_ascii_digit()).unwrap_or(wording.len());
    wording[..end]
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|w| w.len() > 1 && !matches!(*w, "No" | "no" | "Nr" | "Nos"))
        .map(lower)
        .collect()
}

fn are_two_titles(a: &Cited<'_>, b: &Cited<'_>) -> bool {
    let (x, y) = (words_before(a), words_before(b));
    let (less, more) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    less.len() > 1 && less.iter().any(|w| !more.contains(w))
}

/// Whether the odd citation has the words of the other before its noun, or none where the other has a title.
fn say_the_same(odd: &Cited<'_>, other: &Cited<'_>) -> bool {
    let (x, y) = (words_before(odd), words_before(other));
    x == y && x.len() > 1 || x.len() == 1 && y.len() > 2
}
