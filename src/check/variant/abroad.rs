//! Names of a document in another language that are a slip away from those of the documents it translates: "Jonas
//! Pelegrin" for Jonas Pellegrin.
//!
//! Names that two languages write otherwise differ at their beginning or their end ("Sonia", "Sonja"; "Terleckiego"), and
//! those of known places are exonyms; a letter that is lost, added, exchanged or another one in the middle is a slip.

use super::forms::Forms;
use crate::annotate::PartShape;
use crate::check::{Finding, Place};
use crate::claim::{Claim, Known, Name, NameKind, Value};
use crate::lexicon::{Lexicon, name_form};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// Names that two documents have in common for the one to tell what the other tells.
const COMMON: usize = 2;

/// Fewest letters of a name that is compared by itself, and of one beside a name that both documents have.
const LONG: usize = 6;
const SHORT: usize = 4;

/// Letters at the end of a name that languages change.
const ENDING: usize = 2;

/// Most names of a document, and of all others, that are compared: those of a release.
const NAMES: usize = 2_000;
const OTHERS: usize = 5_000;

/// A part of a name with those beside it.
struct Part<'c> {
    claim: &'c Claim,
    form: CompactString,
    before: Option<CompactString>,
    after: Option<CompactString>,
}

/// Appends a finding for each name of a document in another language that is a slip of a name of another document.
pub(super) fn findings(claims: &[&Claim], forms: &Forms<'_>, found: &mut Vec<Finding>) {
    let named = claims.iter().filter_map(|&claim| match &claim.value {
        Value::Name(name) if name.kind == NameKind::Abroad => Some((claim, name)),
        _ => None,
    });
    let abroad: Vec<(&Claim, &Name)> = named.collect();
    if abroad.is_empty() {
        return;
    }
    let mut home: FxHashMap<CompactString, Vec<Part<'_>>> = FxHashMap::default();
    for mention in forms.mentions.iter().filter(|m| !m.name.cited) {
        for part in parts(mention.claim, mention.name) {
            home.entry(part.form.clone()).or_default().push(part);
        }
    }
    if home.len() > OTHERS {
        return;
    }
    for own in abroad.chunk_by(|a, b| a.0.at.file == b.0.at.file) {
        let own: Vec<Part<'_>> = own.iter().flat_map(|(claim, name)| parts(claim, name)).collect();
        let known: FxHashSet<&str> = own.iter().map(|p| p.form.as_str()).filter(|f| home.contains_key(*f)).collect();
        if known.len() < COMMON || own.len() > NAMES {
            continue;
        }
        let written: FxHashSet<&str> = own.iter().map(|p| p.form.as_str()).collect();
        let mut told: FxHashSet<&str> = FxHashSet::default();
        for part in own.iter().filter(|p| !home.contains_key(&p.form)) {
            let missing = |form: &&CompactString| !written.contains(form.as_str());
            let meant = home.keys().filter(missing).filter_map(|form| Some((likeness(part, form, &home[form])?, form)));
            let Some((_, meant)) = meant.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1))) else { continue };
            if told.insert(&part.form) {
                found.push(finding(part, &home[meant]));
            }
        }
    }
}

/// The parts of a name that are no ordinary words, initials or places that everybody knows.
fn parts<'c>(claim: &'c Claim, name: &'c Name) -> Vec<Part<'c>> {
    let forms: Vec<CompactString> = name.parts.iter().map(|part| name_form(&part.text)).collect();
    let mut out: Vec<Part<'_>> = Vec::new();
    for (i, form) in forms.iter().enumerate() {
        if name.shapes[i] != PartShape::Proper || name.known[i] == Known::Place {
            continue;
        }
        // "Alvdik-Eiszunge": what a language joins to a name.
        let lead = form.split('-').next().map_or_else(|| form.clone(), CompactString::from);
        let joined = name.kind == NameKind::Abroad && lead.chars().count() >= LONG;
        let before = i.checked_sub(1).map(|n| forms[n].clone());
        let after = forms.get(i + 1).cloned();
        out.push(Part { claim, form: if joined { lead } else { form.clone() }, before, after });
    }
    out
}

/// How much a name looks like a slip of another one; `None` when it does not.
fn likeness(own: &Part<'_>, form: &str, home: &[Part<'_>]) -> Option<u8> {
    let (a, b): (Vec<char>, Vec<char>) = (own.form.chars().collect(), form.chars().collect());
    let short = a.len().min(b.len());
    let same_side = |a: &Option<CompactString>, b: &Option<CompactString>| a.is_some() && a == b;
    let beside = home.iter().any(|h| same_side(&own.before, &h.before) || same_side(&own.after, &h.after));
    let distance = strsim::osa_distance(&own.form, form);
    let least = if beside { SHORT } else { LONG };
    let most = if beside && short >= LONG { 2 } else { 1 };
    if short < least || !(1..=most).contains(&distance) || a[0] != b[0] {
        return None;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let ends = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let inside = ends >= ENDING && same > 0;
    // By itself a name must be told again and be no word.
    let word = |form: &str| Lexicon::english().words.find(form).is_some();
    let alone = same > 1 && home.len() > 1 && !word(&own.form) && !word(form);
    (inside && (beside || alone)).then_some(if beside { 2 } else { 1 })
}

fn finding(own: &Part<'_>, home: &[Part<'_>]) -> Finding {
    let place = |claim: &Claim| Place { at: claim.at, within: claim.within, label: String::new() };
    Finding {
        places: std::iter::once(place(own.claim)).chain(home.iter().take(3).map(|h| place(h.claim))).collect(),
        variables: vec![("spelling", own.claim.text.to_string()), ("others", home[0].claim.text.to_string())],
        notes: vec!["the one stands in a document in another language".to_owned()],
    }
}
