//! A bound that a section gives, and another one from which on it says what happens: "no more than five files",
//! "with more than four files".

use super::values;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Parameter, ParameterSource, SettingValue, Value};
use crate::value::{Agreement, Decimal};

/// Most blocks from one statement to the other.
const APART: u32 = 4;

/// Most bounds of one document that are compared.
const CROWD: usize = 200;

/// How many times greater than the other one of the two may be.
const REACH: Decimal = Decimal::from_parts(8, 0, 0, false, 0);

/// A bound in a sentence.
type Bound<'a> = (&'a Claim, &'a Parameter);

/// Appends a finding for every bound beyond which something happens that is not the bound of its section.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut bounds: Vec<Bound<'_>> = Vec::new();
    for &claim in claims {
        if let Value::Parameter(p) = &claim.value
            && p.source == ParameterSource::Said
            && p.slot == "most"
        {
            bounds.push((claim, p));
        }
    }
    bounds.sort_by_key(|(claim, _)| claim.at);
    for inside in bounds.chunk_by(|a, b| a.0.at.file == b.0.at.file).filter(|c| c.len() <= CROWD) {
        for &beyond in inside.iter().filter(|(_, p)| p.beyond) {
            let near: Vec<Bound<'_>> = inside.iter().copied().filter(|b| !b.1.beyond && is_one(*b, beyond)).collect();
            let clash = |b: &Bound<'_>| values::agreement(&b.1.value, &beyond.1.value) == Agreement::Different;
            // One of several bounds is the one that is meant.
            if let [bound] = near[..]
                && clash(&bound)
            {
                found.push(finding(bound, beyond));
            }
        }
    }
}

/// Whether two bounds of a document may be of one thing.
fn is_one((claim, bound): Bound<'_>, (other, beyond): Bound<'_>) -> bool {
    let section = claim.scope.titles == other.scope.titles && claim.block.0.abs_diff(other.block.0) <= APART;
    // What both are said of; one word at least stands in the clause of the number.
    let twins = bound.terms.iter().filter(|t| !t.plain && t.weight > 1);
    let twins: Vec<u8> = twins.filter_map(|t| beyond.terms.iter().find(|o| o.key == t.key).map(|o| o.weight)).collect();
    let shared = twins.iter().filter(|weight| **weight > 1).count();
    let own = twins.iter().any(|weight| *weight > 3);
    let met = beyond.others.iter().any(|other| values::agreement(other, &bound.value) == Agreement::Same);
    let counted = bound.counted == beyond.counted;
    let named = bound.key.is_empty() || beyond.key.is_empty() || bound.key == beyond.key;
    section
        && claim.within != other.within
        && named
        && own
        && !met
        && bound.only == beyond.only
        && shared > usize::from(!counted)
        && in_reach(&bound.value, &beyond.value)
}

/// Whether two values are of one kind and size.
fn in_reach(a: &SettingValue, b: &SettingValue) -> bool {
    let (SettingValue::Quantity(x), SettingValue::Quantity(y)) = (a, b) else { return false };
    let (Some(p), Some(q)) = (x.base(), y.base()) else { return false };
    let (low, high) = (p.min(q), p.max(q));
    x.unit.dimension == y.unit.dimension && low.checked_mul(REACH).is_some_and(|most| high <= most)
}

fn finding((claim, _): Bound<'_>, (other, _): Bound<'_>) -> Finding {
    let place = |claim: &Claim, label: &str| Place { at: claim.at, within: claim.within, label: label.to_owned() };
    Finding {
        places: vec![place(other, "what is beyond this"), place(claim, "the bound")],
        variables: vec![
            ("what", "a bound".to_owned()),
            ("here", other.text.to_string()),
            ("there", format!("{} elsewhere", claim.text)),
        ],
        notes: Vec::new(),
    }
}
