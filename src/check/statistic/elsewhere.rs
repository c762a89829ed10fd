//! The probability of one test, stated differently at two places.
//!
//! Two are taken for one when most words of the shorter statement stand in the other, and their digits are those of
//! one number: 0.02 and 0.002, 0.013 and 0.031.

use crate::check::{Finding, Place};
use crate::claim::{About, Claim, Operand, Says, Value};
use crate::value::Decimal;

/// Documents with more probabilities than this are tables of results.
const MOST: usize = 200;

struct Stated<'a> {
    claim: &'a Claim,
    p: &'a Operand,
    about: &'a About,
}

/// Appends a finding for every probability that another place gives otherwise.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut all: Vec<Stated<'_>> = Vec::new();
    for claim in claims {
        if let Value::Derived(derived) = &claim.value
            && let (Says::Probability { p }, [about]) = (&derived.says, derived.about.as_slice())
        {
            all.push(Stated { claim, p, about });
        }
    }
    if all.len() > MOST {
        return;
    }
    let mut taken = vec![false; all.len()];
    for i in 0..all.len() {
        let near: Vec<(usize, usize)> = (0..all.len())
            .filter(|&j| {
                j != i && (all[j].claim.at.file != all[i].claim.at.file || all[j].claim.block != all[i].claim.block)
            })
            .filter_map(|j| Some((common(all[i].about, all[j].about)?, j)))
            .collect();
        let Some(most) = near.iter().map(|(n, _)| *n).max() else { continue };
        let best: Vec<usize> = near.iter().filter(|(n, _)| *n == most).map(|(_, j)| *j).collect();
        let alike = |j: usize| is_slip(value(all[i].p), value(all[j].p));
        // One that agrees, or one of another test, takes the statement for itself.
        if taken[i] || !best.iter().all(|&j| alike(j)) || best.iter().any(|&j| taken[j]) {
            continue;
        }
        let Some(&other) = best.first() else { continue };
        let same = |a: usize, b: usize| value(all[a].p) == value(all[b].p);
        let backed = near.iter().any(|&(_, j)| same(i, j));
        let settled = (0..all.len())
            .filter(|&k| k != other && k != i && same(k, other))
            .any(|k| common(all[k].about, all[other].about).is_some_and(|n| n >= most));
        if backed || settled && best.len() == 1 {
            continue;
        }
        taken[i] = true;
        best.iter().for_each(|&j| taken[j] = true);
        found.push(finding(&all[i], &all[other], best.iter().skip(1).map(|&j| &all[j])));
    }
}

fn value(p: &Operand) -> Decimal {
    p.quantity.amount.low
}

/// How many words two statements share, when that is enough: all of a row label, most words of a sentence.
fn common(a: &About, b: &About) -> Option<usize> {
    let shared = a.keys.iter().filter(|k| b.keys.contains(k)).count();
    let least = if a.every || b.every { a.keys.len().min(b.keys.len()).max(1) } else { 2 };
    let label = if a.every {
        a.keys.len()
    } else if b.every {
        b.keys.len()
    } else {
        0
    };
    let whole = label == 0 || shared == label;
    // A number with decimals seldom comes twice by chance.
    let weight = |k: &&compact_str::CompactString| if k.contains('.') { 3 } else { 1 };
    let heavy: usize = a.keys.iter().filter(|k| b.keys.contains(k)).map(|k| weight(&k)).sum();
    let most = label > 0 || 5 * heavy >= 2 * a.keys.len().min(b.keys.len());
    (shared >= least && whole && most && !(a.every && b.every)).then_some(shared)
}

/// Whether two probabilities have the same digits with the point elsewhere, or in another order.
fn is_slip(a: Decimal, b: Decimal) -> bool {
    if a == b {
        return false;
    }
    let digits = |d: Decimal| d.normalize().mantissa().to_string().into_bytes();
    let (mut x, mut y) = (digits(a), digits(b));
    if x == y {
        return true;
    }
    x.sort_unstable();
    y.sort_unstable();
    x == y && x.len() >= 2 && a.scale() == b.scale()
}

fn finding<'a>(stated: &Stated<'a>, other: &Stated<'a>, more: impl Iterator<Item = &'a Stated<'a>>) -> Finding {
    let place = |s: &Stated<'_>, label: String| Place { at: s.p.at, within: s.claim.within, label };
    let mut places = vec![place(stated, format!("but {} elsewhere", other.p.text)), place(other, String::new())];
    places.extend(more.map(|s| place(s, String::new())));
    Finding {
        places,
        variables: vec![
            ("statistic", "another place".to_owned()),
            ("stated", format!("p = {}", stated.p.text)),
            ("computed", format!("p = {}", other.p.text)),
        ],
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(a: &str, b: &str) -> bool {
        let parse = |s: &str| s.parse().expect("a number");
        is_slip(parse(a), parse(b))
    }

    #[test]
    fn flags_moved_points_and_exchanged_digits() {
        assert!(slip("0.02", "0.002") && slip("0.3", "0.03") && slip("0.013", "0.031"));
    }

    #[test]
    fn ignores_the_same_and_other_values() {
        assert!(!slip("0.02", "0.02") && !slip("0.02", "0.4") && !slip("0.013", "0.014"));
    }
}
