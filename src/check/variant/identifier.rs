//! A name in code with a slip, beside the usual one: `parse_manfest`, `parse_manifest`.

use super::wording::told;
use crate::check::Finding;
use crate::claim::{Claim, NameKind, Value};
use crate::lexicon::{Near, STEP};
use crate::span::FileId;
use std::collections::BTreeMap;

/// Most names of a document that are compared pair by pair; they were chosen for being near another one.
const NAMES: usize = 200;

/// Appends a finding for every name that stands once and is one letter away from one that stands often.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut names: BTreeMap<(FileId, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        if matches!(&claim.value, Value::Name(name) if name.kind == NameKind::Identifier) {
            names.entry((claim.at.file, &claim.text)).or_default().push(claim);
        }
    }
    let near = Near::default();
    let letters: Vec<(FileId, Vec<char>, &Vec<&Claim>)> =
        names.iter().map(|((file, text), claims)| (*file, text.chars().collect(), claims)).collect();
    for document in letters.chunk_by(|a, b| a.0 == b.0).filter(|names| names.len() <= NAMES) {
        for (_, odd, few) in document.iter().filter(|(_, _, claims)| claims.len() == 1) {
            let close = |name: &[char]| near.distance(odd, name, STEP) == Some(STEP);
            if let Some((_, _, many)) = document.iter().find(|(_, name, many)| many.len() > 1 && close(name)) {
                found.push(told(few, many, "they differ in one letter"));
            }
        }
    }
}
