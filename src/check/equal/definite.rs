//! Numbers that the author takes as known, and the places that they were made known at.
//!
//! "Of the 17 recommendations we made", "all 421 patients": somewhere the document states the number. When a place
//! states it with this value, all is well; when all places that can be meant state one other value, the two clash.

use super::Edge;
use crate::claim::{Claim, Origin, Value, antecedent, can_be, values_agree};
use crate::value::{Agreement, Decimal};

/// A document with more numbers than this speaks of too many things for a bare noun to find its first mention.
const MOST: usize = 1_500;

/// Claims with one noun beyond this many are a crowd, in which a bare noun finds nothing.
const CROWD: usize = 24;

/// Appends an edge for each known number and the place that states another value.
pub(super) fn definite(claims: &[&Claim], least: u8, edges: &mut Vec<Edge>) {
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let offset = claims.partition_point(|c| c.at.file < file[0].at.file);
        if file.len() > MOST {
            continue;
        }
        for (i, known) in file.iter().enumerate().filter(|(_, c)| is_known(c)) {
            if let Some(other) = contradicted(file, i, known, least) {
                edges.push(Edge {
                    a: offset + i.min(other),
                    b: offset + i.max(other),
                    agreement: Agreement::Different,
                });
            }
        }
    }
}

/// The place that states a known number with another value, if no place states it with this one.
fn contradicted(file: &[&Claim], at: usize, known: &Claim, least: u8) -> Option<usize> {
    let same_thing: Vec<usize> = (0..file.len())
        .filter(|&n| n != at && file[n].origin == Origin::Prose && can_be(known, file[n]).is_some())
        .collect();
    if same_thing.is_empty() || same_thing.len() > CROWD {
        return None;
    }
    // Stated somewhere with this value, whatever stands around it; the sum of two others; a cell.
    let resolved = |n: &usize| *n != at && values_agree(known, file[*n]) == Agreement::Same;
    if (0..file.len()).any(|n| resolved(&n)) || is_sum(file, &same_thing, known) {
        return None;
    }
    let mut best: Option<(usize, u8)> = None;
    let mut others = 0;
    for &n in &same_thing {
        let Ok(strength) = antecedent(known, file[n]) else {
            others += usize::from(file[n].block != known.block);
            continue;
        };
        match best {
            Some((first, most)) => {
                // Two places that state two values: the known number can be either.
                if values_agree(file[first], file[n]) == Agreement::Different {
                    return None;
                }
                if strength > most {
                    best = Some((n, strength));
                }
            }
            None => best = Some((n, strength)),
        }
    }
    let (first, strength) = best?;
    let alone = if others == 0 { 2 } else { 0 };
    let near = u8::from(file[first].block.index().abs_diff(known.block.index()) <= 4);
    (strength + alone + near >= least).then_some(first)
}

fn is_known(claim: &Claim) -> bool {
    claim.origin == Origin::Prose && claim.by == "counted" && claim.scope.cues.iter().any(|c| c == "whole")
}

/// Whether two or three of the numbers add up to the known one.
fn is_sum(file: &[&Claim], numbers: &[usize], known: &Claim) -> bool {
    let value = |n: usize| match &file[n].value {
        Value::Quantity(q) => q.base(),
        _ => None,
    };
    let Value::Quantity(whole) = &known.value else { return false };
    let Some(whole) = whole.base() else { return false };
    let values: Vec<Decimal> = numbers.iter().filter_map(|&n| value(n)).collect();
    (0..values.len()).any(|i| {
        (i + 1..values.len()).any(|j| {
            let two = values[i].saturating_add(values[j]);
            let difference = (values[i] - values[j]).abs();
            two == whole || difference == whole || values[j + 1..].iter().any(|v| two.saturating_add(*v) == whole)
        })
    })
}
