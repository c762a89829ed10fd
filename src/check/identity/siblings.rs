//! A number that is given once and is a slip away from one that is given again and again.

use super::{Cited, PLACES, Slip, report, shared, slip};
use crate::check::Finding;
use std::collections::BTreeMap;

/// Fewest citations of the number that is meant, when a list of references has it.
const LISTED: usize = 3;

/// Fewest citations of the number that is meant, when there is no list that has it.
const OFTEN: usize = 5;

/// How many bytes of marks may stand before the number that an item begins with: `**[`.
const MARKS: u32 = 4;

/// Fewest content words that a sentence with the odd number shares with one that has the other.
const ALIKE: usize = 3;

/// Most numbers of one family that are compared.
const MOST: usize = 400;

/// Most numbers of one family among which two exchanged digits in sentences of one content are no chance: of four digits,
/// one pair in three thousand.
const FEW: usize = 16;

/// So few numbers of one family that one word in common is enough.
const FEWER: usize = 9;

/// Appends a finding for each number of a numbered series that is cited at one place only, is in no list of
/// references, and is a slip away from a number that is cited often; or has two digits exchanged, also in another
/// document.
pub(super) fn check(cited: &[Cited<'_>], across: bool, found: &mut Vec<Finding>) {
    let mut families: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        let digits = c.reference.number.bytes().filter(u8::is_ascii_digit).count();
        // Laws and their articles have small numbers that lie close together.
        if digits >= 4 && c.reference.titled.is_none() && c.reference.title.is_empty() {
            families.entry(&c.reference.family).or_default().entry(&c.reference.number).or_default().push(i);
        }
    }
    for numbers in families.values().filter(|n| n.len() <= MOST) {
        let is_listed = |list: &[usize]| list.iter().any(|&i| cited[i].has_cue("listed"));
        for (odd, places) in numbers {
            let [one] = places[..] else { continue };
            if cited[one].has_cue("listed")
                || cited[one].has_cue("history")
                || !cited[one].reference.ties.iter().all(|t| t.starts_with("number:"))
            {
                continue;
            }
            // Two digits exchanged need no more than one place with the other number, the earlier of two.
            let exchanged = |other: &str, list: &[usize]| {
                numbers.len() <= FEW
                    && slip(odd, other) == Some(Slip::Exchanged)
                    && (list.len() > 1 || cited[list[0]].claim.at < cited[one].claim.at)
            };
            let mut near = numbers.iter().filter(|(other, list)| {
                let fewest = if is_listed(list) { LISTED } else { OFTEN };
                let apart = list.iter().all(|&i| cited[i].file() != cited[one].file());
                if across {
                    apart && exchanged(other, list)
                } else {
                    list.len() >= fewest && is_far(odd, other) || exchanged(other, list)
                }
            });
            // Of two that are near, none can be told to be meant.
            let (Some((_, rest)), None) = (near.next(), near.next()) else { continue };
            // The sentence speaks of what others with the other number speak of.
            let few = rest.len() < LISTED;
            let wanted = if few { ALIKE - 1 } else { ALIKE };
            let like = |&&i: &&usize| {
                let (a, b) = (&cited[one].claim.subject.modifiers, &cited[i].claim.subject.modifiers);
                let any = few && numbers.len() < FEWER && a.iter().any(|w| b.contains(w));
                any || shared(cited[one].claim, cited[i].claim) >= wanted
            };
            let beside = |&i: &usize| cited[i].claim.within == cited[one].claim.within || both_head(cited, i, one);
            if rest.iter().any(beside) || rest.iter().find(like).is_none() {
                continue;
            }
            let places = std::iter::once(&one).chain(rest).take(PLACES).map(|&i| cited[i].place()).collect();
            let note = if few {
                "two digits are exchanged".to_owned()
            } else {
                format!("cited once, and {} times with the other number", rest.len())
            };
            report(found, &cited[one], &cited[rest[0]], places, note);
        }
    }
}

/// Whether two numbers each begin an item of one list, which tells of both.
fn both_head(cited: &[Cited<'_>], a: usize, b: usize) -> bool {
    let heads = |i: usize| cited[i].claim.at.start <= cited[i].claim.within.start + MARKS;
    let (x, y) = (cited[a].claim, cited[b].claim);
    x.list.is_some() && x.list == y.list && x.block != y.block && heads(a) && heads(b)
}

/// Whether one number is a slip of the other, and not the next in the series.
fn is_far(a: &str, b: &str) -> bool {
    match slip(a, b) {
        Some(Slip::Exchanged | Slip::Length) => true,
        Some(Slip::Digit) => {
            let last = |s: &str| s.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            a[..last(a) - 1] != b[..last(b) - 1]
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_far;

    #[test]
    fn ignores_the_next_number() {
        assert!(is_far("802.14.4e", "802.15.4e"));
        assert!(is_far("2497", "2597"));
        assert!(is_far("10336", "1036"));
        assert!(!is_far("2474", "2475"));
        assert!(!is_far("802.15.4e", "802.15.5e"));
        assert!(!is_far("2178", "2397"));
    }
}
