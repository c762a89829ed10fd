//! Numbers of one document whose digits are exchanged, one of which the author takes as known.
//!
//! "We randomised 142 adults" and "11 of the 124 participants": nothing but the digits and the article says that both
//! are one number, and that is enough when no other place of the document has the one, and what is counted may be
//! the same.

use super::Edge;
use crate::claim::{Claim, Value, differing_cues, times_conflict, values_agree};
use crate::value::{Agreement, Decimal, Resemblance, resemblance};
use rustc_hash::FxHashMap;

/// A document with more different numbers than this has exchanged digits by chance.
const MOST: usize = 400;

/// Appends an edge for each such pair.
pub(super) fn exchanged(claims: &[&Claim], edges: &mut Vec<Edge>) {
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let offset = claims.partition_point(|c| c.at.file < file[0].at.file);
        let numbers: Vec<usize> = (0..file.len()).filter(|&i| is_plain(file[i])).collect();
        if numbers.len() > MOST {
            continue;
        }
        let mut counts: FxHashMap<(Decimal, &str), u32> = FxHashMap::default();
        for &i in &numbers {
            if let Some(key) = key(file[i]) {
                *counts.entry(key).or_default() += 1;
            }
        }
        let times = |i: usize| key(file[i]).and_then(|k| counts.get(&k).copied()).unwrap_or_default();
        for (n, &i) in numbers.iter().enumerate() {
            for &j in &numbers[n + 1..] {
                let (a, b) = (file[i], file[j]);
                if times(i).min(times(j)) == 1 && is_pair(a, b) {
                    edges.push(Edge { a: offset + i, b: offset + j, agreement: Agreement::Different });
                }
            }
        }
        // What backs the one or the other is shown too.
        let found: Vec<(usize, usize)> = edges.iter().map(|e| (e.a, e.b)).collect();
        for &i in &numbers {
            for &(a, b) in found.iter().filter(|(a, _)| claims[*a].at.file == file[i].at.file) {
                for side in [a, b] {
                    if side != offset + i
                        && key(claims[side]) == key(file[i])
                        && (claims[side].subject.class == file[i].subject.class
                            || claims[side].subject.class.is_empty())
                        && values_agree(claims[side], file[i]) == Agreement::Same
                    {
                        edges.push(Edge { a: side, b: offset + i, agreement: Agreement::Same });
                    }
                }
            }
        }
    }
}

/// The value in base units with the dimension.
fn key(claim: &Claim) -> Option<(Decimal, &str)> {
    match &claim.value {
        Value::Quantity(q) => Some((q.base()?.normalize(), q.unit.dimension.as_str())),
        _ => None,
    }
}

/// Whether a number of running text has three digits that mean something, without hedge.
fn is_plain(claim: &Claim) -> bool {
    let Value::Quantity(q) = &claim.value else { return false };
    let digits = q.amount.low.abs().normalize().to_string();
    let significant = digits.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count();
    claim.frame.is_some() && q.is_plain() && !q.amount.words && significant >= 3
}

fn is_pair(a: &Claim, b: &Claim) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    let known = |c: &Claim| c.scope.cues.iter().any(|cue| cue == "whole");
    if x.unit != y.unit
        || resemblance(x.amount.low, y.amount.low) != Resemblance::Transposed
        || !(known(a) || known(b))
        || a.block == b.block
        || (a.list.is_some() && a.list == b.list)
        || differing_cues(a, b).is_err()
        || times_conflict(a.scope.when(), b.scope.when())
    {
        return false;
    }
    let (p, q) = (&a.subject, &b.subject);
    let heads = a.frame.as_deref().zip(b.frame.as_deref()).is_some_and(|(f, g)| !f.head.is_empty() && f.head == g.head);
    // "the 124 participants", "142 adults": people are named in many ways.
    let people = p.people && q.people;
    let unnamed = |c: &Claim| c.subject.class.is_empty() && known(c);
    let entities = |x: &Claim, y: &Claim| x.subject.entities.iter().any(|e| !y.subject.entities.contains(e));
    (heads || people || unnamed(a) || unnamed(b)) && !(entities(a, b) && entities(b, a))
}
