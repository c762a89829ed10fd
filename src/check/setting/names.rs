//! Options that are used by a name which is nearly that of one that is declared.

use super::is_one_project;
use super::near::{Near, near};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Declared, Identifier, IdentifierForm, Value};
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Most uses of a name that may still be a slip.
const USES: usize = 3;

/// Most places that are labelled.
const PLACES: usize = 4;

/// A name and where it is used.
struct Named<'a> {
    words: &'a [CompactString],
    form: IdentifierForm,
    uses: Vec<(&'a Claim, &'a Identifier)>,
    /// Where it is described.
    described: Vec<(&'a Claim, &'a Declared)>,
}

impl Named<'_> {
    fn is_declared(&self) -> bool {
        !self.described.is_empty() || self.uses.iter().any(|(_, i)| i.declared)
    }

    fn is_changed(&self) -> bool {
        self.uses.iter().any(|(_, i)| i.changed)
    }
}

pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut by_name: BTreeMap<(IdentifierForm, &[CompactString]), Named<'_>> = BTreeMap::new();
    for &claim in claims {
        let (form, words) = match &claim.value {
            Value::Identifier(i) => (i.form, i.words.as_slice()),
            Value::Declared(d) if d.words.len() > 1 => match form_of(&claim.text) {
                Some(form) => (form, d.words.as_slice()),
                None => continue,
            },
            _ => continue,
        };
        let new = || Named { words, form, uses: Vec::new(), described: Vec::new() };
        let named = by_name.entry((form, words)).or_insert_with(new);
        match &claim.value {
            Value::Identifier(identifier) => named.uses.push((claim, identifier)),
            Value::Declared(declared) => named.described.push((claim, declared)),
            _ => {}
        }
    }
    // Declared names by what a slip leaves alone: the first word of a variable, the number of words of a flag.
    let mut declared: BTreeMap<(IdentifierForm, CompactString), Vec<&Named<'_>>> = BTreeMap::new();
    for named in by_name.values().filter(|n| n.is_declared()) {
        for key in keys(named) {
            declared.entry((named.form, key)).or_default().push(named);
        }
    }
    for named in by_name.values().filter(|n| !n.is_declared() && !n.is_changed() && (1..=USES).contains(&n.uses.len()))
    {
        let near = keys(named)
            .into_iter()
            .filter_map(|key| declared.get(&(named.form, key)))
            .flatten()
            .find(|d| is_near(named, d) && in_one_project(named, d));
        if let Some(near) = near {
            found.push(finding(named, near));
        }
    }
}

/// Whether a name is nearly a declared one. Words that are cut make another name, unless it is a variable.
fn is_near(used: &Named<'_>, declared: &Named<'_>) -> bool {
    let places = declared.uses.len() + declared.described.len();
    match near(used.words, declared.words) {
        Some(Near::Surely) => places >= used.uses.len(),
        // `--keep-meta` for `--keep-metadata`: the last word is cut.
        Some(Near::Loosely) => {
            let cut =
                used.words.last().zip(declared.words.last()).is_some_and(|(a, b)| a.len() > 3 && b.starts_with(&**a));
            (used.form == IdentifierForm::Variable || cut) && used.uses.len() == 1
        }
        None => false,
    }
}

/// How a described name is written: an option with two dashes, a variable in capitals.
fn form_of(text: &str) -> Option<IdentifierForm> {
    let variable = text.contains('_') && !text.contains(|c: char| c.is_ascii_lowercase());
    match () {
        () if text.starts_with("--") => Some(IdentifierForm::Flag),
        () if variable => Some(IdentifierForm::Variable),
        () => None,
    }
}

/// What two names that a slip makes of one have in common: one of the words, with its place and their number.
fn keys(named: &Named<'_>) -> Vec<CompactString> {
    let words = named.words;
    match named.form {
        IdentifierForm::Variable => vec![words[0].clone()],
        _ => {
            let joined = compact_str::format_compact!("={}", words.concat());
            let parts = (0..words.len()).map(|i| compact_str::format_compact!("{}:{i}:{}", words.len(), words[i]));
            parts.chain([joined]).collect()
        }
    }
}

fn in_one_project(a: &Named<'_>, b: &Named<'_>) -> bool {
    a.uses.iter().all(|(_, x)| {
        let one = |folder: &str, edition: &str| is_one_project((&x.folder, &x.edition), (folder, edition));
        b.uses.iter().any(|(_, y)| y.declared && one(&y.folder, &y.edition))
            || b.described.iter().any(|(_, y)| one(&y.folder, &y.edition))
    })
}

fn finding(used: &Named<'_>, declared: &Named<'_>) -> Finding {
    let mut places: Vec<Place> = used
        .uses
        .iter()
        .map(|(claim, _)| Place { at: claim.at, within: claim.within, label: "no such name".to_owned() })
        .collect();
    let mut known: Vec<&Claim> = declared.uses.iter().filter(|(_, i)| i.declared).map(|(c, _)| *c).collect();
    known.extend(
        declared.described.iter().map(|(c, _)| *c).filter(|c| !known.iter().any(|k| k.at == c.at)).collect::<Vec<_>>(),
    );
    known.sort_by_key(|c| c.at);
    places.extend(known.into_iter().take(PLACES).map(|claim| Place {
        at: claim.at,
        within: claim.within,
        label: "declared here".to_owned(),
    }));
    let here = format!("`{}`", used.uses[0].0.subject.wording);
    let by_use = declared.uses.iter().find(|(_, i)| i.declared).map(|(c, _)| c.subject.wording.as_str());
    let described = declared.described.first().map(|(c, _)| c.text.as_str());
    let there = format!("`{}`", by_use.or(described).unwrap_or_default());
    Finding {
        places,
        variables: vec![("what", "an option".to_owned()), ("here", here), ("there", format!("{there} elsewhere"))],
        notes: Vec::new(),
    }
}
