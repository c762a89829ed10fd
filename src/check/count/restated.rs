//! A number of listed things that another sentence or document takes as known: "five pledges to every customer" with a
//! list of five, "its four pledges, from safe water to payment without a claim".

use crate::check::{Finding, Place};
use crate::claim::{Claim, Value, stem};
use crate::lexicon::{Lexicon, lower, singular};
use crate::span::Span;
use crate::value::Hedge;
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Furthest that the two numbers may be apart.
const FURTHEST: u32 = 2;

/// Evidence that is needed.
const ENOUGH: usize = 3;

/// A number that is announced and listed in full.
struct Listed<'a> {
    claim: &'a Claim,
    count: u32,
    at: Place,
    /// The stems of the words of each item.
    items: Vec<Vec<CompactString>>,
}

/// Appends a finding for each number of things that are listed, where another number of them is stated. `across` as
/// for the selection; `refuse` are cues of scope that keep a number from being compared.
pub(super) fn check(claims: &[&Claim], across: bool, refuse: &[CompactString], found: &mut Vec<Finding>) {
    let mut lists: BTreeMap<CompactString, Vec<Listed<'_>>> = BTreeMap::new();
    for &claim in claims {
        if let Some((noun, listed)) = listed(claim) {
            lists.entry(noun).or_default().push(listed);
        }
    }
    // A number with a list of its own announces that one.
    let announced: BTreeSet<Span> = claims
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::List { number, .. } => Some(number.at),
            _ => None,
        })
        .collect();
    for &claim in claims {
        let Value::Quantity(quantity) = &claim.value else { continue };
        // Two lists of one noun may be of two things.
        let Some([list]) = lists.get(&claim.subject.head).map(Vec::as_slice) else { continue };
        let plain = quantity.unit.is_count() && quantity.is_plain() && quantity.hedge == Hedge::None;
        let Ok(stated) = quantity.amount.low.normalize().to_string().parse::<u32>() else { continue };
        let one_file = claim.at.file == list.claim.at.file;
        if !plain
            || across == one_file
            || one_file && claim.block == list.claim.block
            || stated < 2
            || stated == list.count
            || stated.abs_diff(list.count) > FURTHEST
            || claim.scope.cues.iter().any(|cue| refuse.contains(cue))
            || announced.contains(&claim.at)
            || claim.scope.cues.iter().any(|cue| cue.starts_with("ordinal:"))
            || is_some(claim)
            || claim.scope.times != list.claim.scope.times
            || claim.scope.period != list.claim.scope.period
            || !is_of(claim, list, one_file)
        {
            continue;
        }
        let noun = claim.subject.wording.trim_start_matches(|c: char| !c.is_alphabetic());
        let place = Place { at: claim.at, within: claim.within, label: format!("{stated} here") };
        found.push(Finding {
            places: vec![place, list.at.clone()],
            variables: vec![
                ("announced", claim.text.to_string()),
                ("noun", if noun.is_empty() { claim.subject.head.to_string() } else { noun.to_owned() }),
                ("listed", list.count.to_string()),
            ],
            notes: vec![format!("{} are announced and listed elsewhere", list.count)],
        });
    }
}

/// A list with as many items as announced, by the singular of its noun.
fn listed(claim: &Claim) -> Option<(CompactString, Listed<'_>)> {
    let Value::List { announced, number, noun, items } = &claim.value else { return None };
    if items.len() != *announced as usize || items.len() < 3 || noun.is_empty() {
        return None;
    }
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(folded).collect();
    let at = Place { at: number.at, within: claim.within, label: format!("{announced}, and a list of them") };
    let items = items.iter().map(|item| words(&item.text)).collect();
    Some((singular(&lower(noun)), Listed { claim, count: *announced, at, items }))
}

/// Whether the wording says that the things counted are some of all: "the three remaining towns".
fn is_some(claim: &Claim) -> bool {
    claim.subject.wording.split_whitespace().any(|word| Lexicon::english().is_in("series-open", &lower(word)))
}

fn folded(word: &str) -> CompactString {
    stem(&lower(word)).into()
}

/// Whether the number is of the things listed: its sentence names some of them, and takes it as known. Two sentences of
/// which nothing but the noun is common count two things: "the four changes", "these three changes". Inside a document a
/// number that nobody takes as known is one of other things.
fn is_of(claim: &Claim, list: &Listed<'_>, one_file: bool) -> bool {
    let Some(frame) = claim.frame.as_deref() else { return false };
    let said: Vec<CompactString> = frame.words.iter().map(|w| folded(&w.key)).collect();
    let named = list
        .items
        .iter()
        .filter(|words| words.iter().filter(|w| said.contains(w)).count() * 2 >= words.len().max(1))
        .count()
        .min(2);
    let own = folded(&claim.subject.head);
    let words = list.claim.subject.modifiers.iter().map(|w| folded(w)).filter(|w| *w != own);
    let shared = words.filter(|w| said.contains(w)).count().min(1);
    let known = usize::from(claim.scope.cues.iter().any(|cue| cue == "whole"));
    named > 0 && 2 * named + known + 2 * shared >= ENOUGH && (known > 0 || named > 1 && !one_file)
}
