//! Numbers with letters that differ in two exchanged digits, where one thing seems to be meant: "Report BR 2025/14",
//! "report BR 2025/41".

use crate::check::slip::{Slip, slip};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Code, Value};
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// Most numbers of one series; a register has some that are like others by chance.
const MOST: usize = 5;

/// Evidence that is needed.
const ENOUGH: usize = 3;

/// Most places of one finding.
const PLACES: usize = 6;

/// A label with its claim.
type Label<'a> = (&'a Code, &'a Claim);

/// Appends a finding for each label that is another with two digits exchanged; `across` as for the selection.
pub(super) fn check(claims: &[&Claim], across: bool, found: &mut Vec<Finding>) {
    let mut series: BTreeMap<&str, BTreeMap<&str, Vec<Label<'_>>>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Code(code) = &claim.value
            && code.scheme == "label"
        {
            series.entry(&code.series).or_default().entry(&code.number).or_default().push((code.as_ref(), claim));
        }
    }
    for numbers in series.values().filter(|n| (2..=MOST).contains(&n.len())) {
        let list: Vec<(&&str, &Vec<Label<'_>>)> = numbers.iter().collect();
        for (n, &(a, first)) in list.iter().enumerate() {
            for &(b, second) in &list[n + 1..] {
                let (odd, rest) = if first.len() <= second.len() { (first, second) } else { (second, first) };
                if slip(a, b) == Some(Slip::Exchanged)
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
    labels.iter().map(|(_, claim)| claim.at.file).collect()
}

fn in_one_file(a: &[Label<'_>], b: &[Label<'_>]) -> bool {
    !files(a).is_disjoint(&files(b))
}

/// Whether the text knows that there are two: both stand in one block, or in cells of tables, or the rarer one is
/// used again.
fn are_told_apart(odd: &[Label<'_>], rest: &[Label<'_>]) -> bool {
    let cell = |(_, claim): &Label<'_>| claim.scope.cues.iter().any(|c| c == "cell");
    let together = odd.iter().any(|(_, x)| rest.iter().any(|(_, y)| x.at.file == y.at.file && x.block == y.block));
    together || odd.len() > 1 || odd.iter().any(cell) && rest.iter().any(cell)
}

/// What speaks for one thing: exchanged digits, few numbers of the series, the same word or key before both, the
/// other number used again.
fn evidence(odd: &[Label<'_>], rest: &[Label<'_>], numbers: usize) -> usize {
    let role = |(code, _): &Label<'_>| code.other.clone();
    let roles: BTreeSet<_> = odd.iter().map(role).filter(|r| !r.is_empty()).collect();
    let same = rest.iter().any(|label| roles.contains(&role(label)));
    2 + 2 * usize::from(same) + usize::from(rest.len() > 1) + 3usize.saturating_sub(numbers)
}

fn finding(odd: &[Label<'_>], rest: &[Label<'_>]) -> Finding {
    let place = |(_, claim): &Label<'_>| Place { at: claim.at, within: claim.within, label: claim.text.to_string() };
    let wrong = format!("one thing under two numbers: {} and {}", odd[0].1.text, rest[0].1.text);
    let places = odd.iter().chain(rest).take(PLACES).map(place).collect();
    Finding { places, variables: vec![("wrong", wrong)], notes: vec!["two digits are exchanged".to_owned()] }
}
