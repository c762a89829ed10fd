//! An option or command that came after it was advised against, or went before that, by the versions of what is said of
//! it: "Deprecated: `serve-all`" in 3.1.0, "`serve-all` has been removed" in 3.0.

use crate::check::{Finding, Place, Selection};
use crate::claim::{Claim, Setting, SettingValue, Value};
use std::collections::BTreeMap;

/// What happens to a name, the earlier first, as the slots of its claims, and how the later is told.
const STAGES: &[(&str, &str, &str)] = &[
    ("since", "deprecated", "deprecated before it came"),
    ("deprecated", "removed", "removed before it was deprecated"),
    ("deprecated", "gone", "removed before it was deprecated"),
];

/// Claims of one name at most: more are a word rather than a name.
const CLAIMS: usize = 24;

/// A claim of what happened to a name, with the version in which it did.
type Told<'a> = (&'a Claim, &'a Setting, &'a [u32]);

/// The findings of one document, or those across documents.
pub(super) fn findings(selection: Selection<'_>) -> Vec<Finding> {
    let mut names: BTreeMap<&str, Vec<Told<'_>>> = BTreeMap::new();
    for claim in selection.claims {
        if let Value::Setting(setting) = &claim.value
            && let SettingValue::Release(version) = &setting.value
        {
            names.entry(setting.key.as_str()).or_default().push((claim, setting, version));
        }
    }
    let mut out = Vec::new();
    for told in names.into_values().filter(|told| (2..=CLAIMS).contains(&told.len())) {
        for (earlier, later, what) in STAGES {
            let of = |slot: &str| told.iter().copied().filter(move |(_, s, _)| s.slot == slot).collect::<Vec<_>>();
            let (first, second) = (of(earlier), of(later));
            // A name that went and came again is told of twice.
            let ([first], [second]) = (first.as_slice(), second.as_slice()) else { continue };
            let one_file = first.0.at.file == second.0.at.file;
            if one_file != selection.across && is_before(second.2, first.2) && first.1.edition == second.1.edition {
                out.push(finding(*first, *second, what));
            }
        }
    }
    out
}

/// Whether a version is earlier than another as far as both are written.
fn is_before(a: &[u32], b: &[u32]) -> bool {
    let parts = a.len().min(b.len());
    a[..parts] < b[..parts]
}

fn finding(first: Told<'_>, second: Told<'_>, what: &str) -> Finding {
    let version = |parts: &[u32]| parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    let told = |(_, setting, parts): Told<'_>| {
        let happened = if setting.slot == "gone" { "removed" } else { setting.slot.as_str() };
        format!("{happened} in {}", version(parts)).replace("since in", "since")
    };
    let place = |one: Told<'_>| Place { at: one.0.at, within: one.0.within, label: told(one) };
    Finding {
        places: vec![place(second), place(first)],
        variables: vec![("what", what.to_owned()), ("first", told(second)), ("second", told(first))],
        notes: Vec::new(),
    }
}
