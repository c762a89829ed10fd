//! Numbers that the author takes as known, and the places that they were made known at.
//!
//! "Of the 17 recommendations we made", "all 421 patients": somewhere the document, or another of its release, states
//! the number. When a place states it with this value, all is well; when all places that can be meant state one other
//! value, the two clash.

use super::Edge;
use super::release::Releases;
use crate::claim::{Claim, Origin, Value, antecedent, can_be, values_agree};
use crate::span::FileId;
use crate::value::{Agreement, Decimal};
use std::ops::Range;

/// A document with more numbers than this speaks of too many things for a bare noun to find its first mention.
const MOST: usize = 1_500;

/// Claims with one noun beyond this many are a crowd, in which a bare noun finds nothing.
const CROWD: usize = 24;

/// Appends an edge for each known number and the place that states another value.
pub(super) fn definite(claims: &[&Claim], releases: &Releases, least: u8, edges: &mut Vec<Edge>) {
    let mut files: Vec<(FileId, Range<usize>)> = Vec::new();
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let start = files.last().map_or(0, |(_, range)| range.end);
        files.push((file[0].at.file, start..start + file.len()));
    }
    for (file, range) in &files {
        let known: Vec<usize> = range.clone().filter(|&i| is_known(claims[i])).collect();
        if known.is_empty() || range.len() > MOST {
            continue;
        }
        let companions = files.iter().filter(|(other, _)| other != file && releases.together(*file, *other));
        let others: Vec<usize> =
            if releases.is_empty() { Vec::new() } else { companions.flat_map(|(_, range)| range.clone()).collect() };
        let own: Vec<usize> = range.clone().collect();
        let all: Vec<usize> = own.iter().chain(&others).copied().collect();
        for i in known {
            // What the document itself does not state, another of the release may.
            let found = contradicted(claims, &own, i, least).or_else(|| {
                (all.len() > own.len() && all.len() <= MOST).then(|| contradicted(claims, &all, i, least))?
            });
            if let Some(other) = found {
                edges.push(Edge { a: i.min(other), b: i.max(other), agreement: Agreement::Different });
            }
        }
    }
}

/// The place that states a known number with another value, if no place states it with this one.
fn contradicted(claims: &[&Claim], among: &[usize], at: usize, least: u8) -> Option<usize> {
    let known = claims[at];
    let same_thing: Vec<usize> = among
        .iter()
        .copied()
        .filter(|&n| n != at && claims[n].origin == Origin::Prose && can_be(known, claims[n]).is_some())
        .collect();
    if same_thing.is_empty() || same_thing.len() > CROWD {
        return None;
    }
    // Stated somewhere with this value, whatever stands around it; the sum of two others; a cell.
    let resolved = |n: usize| n != at && values_agree(known, claims[n]) == Agreement::Same;
    if among.iter().any(|&n| resolved(n)) || is_sum(claims, &same_thing, known) {
        return None;
    }
    let mut best: Option<(usize, u8)> = None;
    let mut others = 0;
    let apart = |n: usize| claims[n].at.file != known.at.file || claims[n].block != known.block;
    for &n in &same_thing {
        let Ok(strength) = antecedent(known, claims[n]) else {
            others += usize::from(apart(n));
            continue;
        };
        match best {
            Some((first, most)) => {
                // Two places that state two values: the known number can be either.
                if values_agree(claims[first], claims[n]) == Agreement::Different {
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
    let one = claims[first].at.file == known.at.file;
    let near = u8::from(one && claims[first].block.index().abs_diff(known.block.index()) <= 4);
    (strength + alone + near >= least).then_some(first)
}

fn is_known(claim: &Claim) -> bool {
    claim.origin == Origin::Prose
        && matches!(claim.by, "counted" | "joined")
        && claim.scope.cues.iter().any(|c| c == "whole")
}

/// Whether two or three of the numbers add up to the known one.
fn is_sum(claims: &[&Claim], numbers: &[usize], known: &Claim) -> bool {
    let value = |n: usize| match &claims[n].value {
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
