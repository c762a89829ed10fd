//! Numbers of things that differ in two exchanged digits, where one thing seems to be meant: "Report BR 2025/14",
//! "report BR 2025/41"; "invoice 70418", "invoice 70481".

use crate::check::slip::{Slip, slip};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Value};
use crate::span::FileId;
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Most numbers of one series; a register has some that are like others by chance.
const MOST: usize = 5;

/// The same of numbers with [`LONG`] digits.
const MOST_LONG: usize = 40;

/// Digits of a number that is not met in another order by chance.
const LONG: usize = 7;

/// Fewest digits of the number of an instrument.
const FEWEST: usize = 4;

/// Evidence that is needed.
const ENOUGH: usize = 4;

/// Most points for words that the sentences have in common.
const WORDED: usize = 3;

/// Most places of one finding.
const PLACES: usize = 6;

/// A number by which something is known.
#[derive(Clone, Copy)]
struct Label<'a> {
    number: &'a str,
    /// The word or key before it; empty when the series says as much.
    role: &'a str,
    claim: &'a Claim,
}

/// What is compared: the numbers of one series, of labels or of one family of instruments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Series<'a> {
    Label(&'a str),
    Family(&'a str),
}

/// The number that a claim is about, with its series.
fn label(claim: &Claim) -> Option<(Series<'_>, Label<'_>)> {
    match &claim.value {
        Value::Code(code) if code.scheme == "label" => {
            Some((Series::Label(&code.series), Label { number: &code.number, role: &code.other, claim }))
        }
        // An article is known by its law, a law by its title, and what is past by another number.
        Value::Reference(cited) if cited.title.is_empty() && digits(&cited.number) >= FEWEST && !is_past(claim) => {
            Some((Series::Family(&cited.family), Label { number: &cited.number, role: "", claim }))
        }
        _ => None,
    }
}

/// Whether a citation is of what is no longer in force, or no more than an address.
fn is_past(claim: &Claim) -> bool {
    claim.scope.cues.iter().any(|cue| matches!(cue.as_str(), "history" | "predecessor" | "address"))
}

/// Appends a finding for each label that is another with two digits exchanged; `across` as for the selection.
pub(super) fn check(claims: &[&Claim], across: bool, found: &mut Vec<Finding>) {
    let mut series: BTreeMap<Series<'_>, BTreeMap<&str, Vec<Label<'_>>>> = BTreeMap::new();
    for &claim in claims {
        if let Some((key, label)) = label(claim) {
            series.entry(key).or_default().entry(label.number).or_default().push(label);
        }
    }
    for numbers in series.values().filter(|n| n.len() >= 2 && n.len() <= MOST_LONG) {
        let list: Vec<(&&str, &Vec<Label<'_>>)> = numbers.iter().collect();
        for (n, &(a, first)) in list.iter().enumerate() {
            for &(b, second) in &list[n + 1..] {
                let (odd, rest) = if first.len() <= second.len() { (first, second) } else { (second, first) };
                if (numbers.len() <= MOST || digits(a) >= LONG)
                    && slip(a, b) == Some(Slip::Exchanged)
                    && across != in_one_file(odd, rest)
                    && !are_told_apart(odd, rest)
                    && evidence(odd, rest, numbers.len()) >= ENOUGH
                {
                    found.push(finding(odd, rest));
                }
            }
        }
    }
}

fn files(labels: &[Label<'_>]) -> BTreeSet<FileId> {
    labels.iter().map(|label| label.claim.at.file).collect()
}

fn in_one_file(a: &[Label<'_>], b: &[Label<'_>]) -> bool {
    !files(a).is_disjoint(&files(b))
}

fn digits(number: &str) -> usize {
    number.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether the text knows that there are two: both stand in one sentence or in cells of tables, or the rarer one is
/// used again.
fn are_told_apart(odd: &[Label<'_>], rest: &[Label<'_>]) -> bool {
    let cell = |label: &Label<'_>| label.claim.scope.cues.iter().any(|c| c == "cell");
    let beside = |x: &Claim, y: &Claim| {
        x.at.file == y.at.file
            && (x.block == y.block && x.sentence == y.sentence || x.list.is_some() && x.list == y.list)
    };
    let together = odd.iter().any(|x| rest.iter().any(|y| beside(x.claim, y.claim)));
    // "Argon2 (RFC 9106)", "SPAKE2 (RFC 9160)".
    let things = |of: &[Label<'_>]| -> BTreeSet<CompactString> {
        of.iter().flat_map(|l| l.claim.subject.entities.iter().cloned()).collect()
    };
    let (here, there) = (things(odd), things(rest));
    let others = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    together || others || odd.len() > 1 || odd.iter().any(cell) && rest.iter().any(cell)
}

/// What speaks for one thing: many digits, few numbers of the series, the same word or key before both, the other
/// number used again, sentences with words in common.
fn evidence(odd: &[Label<'_>], rest: &[Label<'_>], numbers: usize) -> usize {
    let same = odd.iter().any(|a| !a.role.is_empty() && rest.iter().any(|b| a.role == b.role));
    let words = |of: &Label<'_>| -> BTreeSet<CompactString> { of.claim.subject.modifiers.iter().cloned().collect() };
    let own = words(&odd[0]);
    let shared = rest.iter().map(|label| words(label).intersection(&own).count()).max().unwrap_or_default();
    digits(odd[0].number).saturating_sub(2).min(4)
        + 2 * usize::from(same)
        + usize::from(rest.len() > 1)
        + 3usize.saturating_sub(numbers)
        + shared.min(WORDED)
}

fn finding(odd: &[Label<'_>], rest: &[Label<'_>]) -> Finding {
    let place = |label: &Label<'_>| {
        let claim = label.claim;
        Place { at: claim.at, within: claim.within, label: claim.text.to_string() }
    };
    let wrong = format!("one thing under two numbers: {} and {}", odd[0].claim.text, rest[0].claim.text);
    let places = odd.iter().chain(rest).take(PLACES).map(place).collect();
    Finding { places, variables: vec![("wrong", wrong)], notes: vec!["two digits are exchanged".to_owned()] }
}
