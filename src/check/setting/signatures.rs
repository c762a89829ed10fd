//! Arguments with a default in the head of a function and another one where they are described below it.

use super::values;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Parameter, ParameterSource, SIGNATURE, Value};
use crate::value::Agreement;

/// Appends a finding for every argument whose description gives another default than the head of its function.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut described: Vec<(&Claim, &Parameter)> = Vec::new();
    for &claim in claims {
        if let Value::Parameter(p) = &claim.value
            && p.source == ParameterSource::Described
            && p.slot == "default"
        {
            described.push((claim, p));
        }
    }
    described.sort_by_key(|(claim, _)| claim.at);
    // The arguments of the last head.
    let mut head: Vec<(&Claim, &Parameter)> = Vec::new();
    for &(claim, parameter) in &described {
        if claim.by == SIGNATURE {
            if head.last().is_some_and(|(last, _)| last.block != claim.block || last.at.file != claim.at.file) {
                head.clear();
            }
            head.push((claim, parameter));
            continue;
        }
        let below = |(other, p): &&(&Claim, &Parameter)| {
            other.at.file == claim.at.file
                && p.key == parameter.key
                && p.only == parameter.only
                && claim.scope.titles.starts_with(&other.scope.titles)
        };
        if let Some((other, argument)) = head.iter().find(below)
            && values::agreement(&argument.value, &parameter.value) == Agreement::Different
        {
            found.push(finding(other, claim));
        }
    }
}

fn finding(head: &Claim, below: &Claim) -> Finding {
    let place = |claim: &Claim| Place { at: claim.at, within: claim.within, label: String::new() };
    Finding {
        places: vec![place(below), place(head)],
        variables: vec![
            ("what", format!("default of {}", head.subject.wording)),
            ("here", below.text.to_string()),
            ("there", format!("{} in its head", head.text)),
        ],
        notes: Vec::new(),
    }
}
