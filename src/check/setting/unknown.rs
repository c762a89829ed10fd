//! Names in samples that nothing describes, and that are nearly those of something that is described: `pickupCode`
//! for `pickup_code`, `retain_days` for `retention_days`.

use super::near::{Near, near};
use super::register::{Register, own_words};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Declared, Given, GivenSort};
use std::collections::BTreeMap;

/// Most uses of a name that may still be a slip.
const USES: usize = 2;

/// Appends a finding for every name in samples that is nearly one that is described.
pub(super) fn findings(register: &Register<'_>, found: &mut Vec<Finding>) {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (_, given) in &register.given {
        *uses.entry(given.path.last().map_or_else(String::new, ToString::to_string)).or_default() += 1;
    }
    for &(claim, given) in &register.given {
        // Options and variables are compared wherever they are named.
        if !matches!(given.sort, GivenSort::Key | GivenSort::Field | GivenSort::Header) {
            continue;
        }
        let written = given.path.last().map_or("", |n| n.as_str());
        if uses.get(written).copied().unwrap_or(0) > USES {
            continue;
        }
        let known = register.declared_as(claim, given);
        let meant =
            if known.is_empty() { unknown(register, claim, given) } else { restyled(register, claim, given, &known) };
        if let Some((owner, declared)) = meant {
            found.push(finding(given, claim, owner, declared));
        }
    }
}

/// What is described by nearly the same name as one that nothing describes.
fn unknown<'a>(register: &Register<'a>, claim: &Claim, given: &Given) -> Option<(&'a Claim, &'a Declared)> {
    let own = &given.words[given.words.len() - given.own..];
    let mut best: Option<(Near, &Claim, &Declared)> = None;
    for (owner, declared, beside) in register.around(claim, given) {
        let placed = given.words[..given.words.len() - given.own].iter().all(|w| declared.above.contains(w));
        let whole = near(&given.words, &declared.words);
        let by_own = near(own, &declared.words).filter(|_| placed || given.sort == GivenSort::Field);
        let Some(found) = whole.or(by_own) else { continue };
        let words = declared.words.len();
        let enough = match (given.sort, found) {
            // What everybody sends is described nowhere.
            (GivenSort::Header, _) => words > 2 && declared.name.contains('-') && declared.words[0] == given.words[0],
            (GivenSort::Field, Near::Surely) => beside > 1 || beside > 0 && words > 1,
            (_, Near::Surely) => words > 2 || beside > 1 || beside > 0 && words > 1,
            (_, Near::Loosely) => words > 1 && beside > 0 || words > 2,
        };
        if enough
            && is_key(owner)
            && !register.stands_beside(claim, given, declared)
            && best.is_none_or(|(near, ..)| found > near)
        {
            best = Some((found, owner, declared));
        }
    }
    best.map(|(_, owner, declared)| (owner, declared))
}

/// What is described by the same words joined in another way, when the names beside it are joined as described.
fn restyled<'a>(
    register: &Register<'a>,
    claim: &Claim,
    given: &Given,
    known: &[(&'a Claim, &'a Declared)],
) -> Option<(&'a Claim, &'a Declared)> {
    let written = given.path.last()?;
    let same =
        |name: &str| name.rsplit('.').next().is_some_and(|last| last == written.as_str()) || name == written.as_str();
    // An option of the command line is written otherwise than the key of a file.
    if !known.iter().all(|(c, _)| is_key(c)) || given.own < 2 || known.iter().any(|(_, d)| same(&d.name)) {
        return None;
    }
    // `BlockList` may be the type of `blockList`.
    if known.iter().any(|(_, d)| d.name.chars().skip(1).eq(written.chars().skip(1))) {
        return None;
    }
    // A whole object in another style follows a convention.
    let others = register.styles(claim, given);
    let &(owner, declared) =
        known.iter().find(|(_, d)| !d.name.contains('.') && own_words(given) == d.words.join(" "))?;
    let usual = others.agreeing > 0 || given.sort == GivenSort::Field;
    (others.differing == 1 && usual).then_some((owner, declared))
}

/// Whether a description is that of a key or field: not of an option with two dashes, nor of a variable in capitals.
fn is_key(owner: &Claim) -> bool {
    !owner.text.starts_with("--") && owner.text.contains(|c: char| c.is_ascii_lowercase())
}

fn finding(given: &Given, claim: &Claim, owner: &Claim, declared: &Declared) -> Finding {
    let written = given.name.text.as_str();
    Finding {
        places: vec![
            Place { at: given.name.at, within: claim.within, label: "no such name".to_owned() },
            Place { at: owner.at, within: owner.within, label: "described here".to_owned() },
        ],
        variables: vec![
            ("what", "a name".to_owned()),
            ("here", format!("`{written}`")),
            ("there", format!("`{}` elsewhere", declared.name)),
        ],
        notes: Vec::new(),
    }
}
