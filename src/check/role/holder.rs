//! One office of one document with two holders: "the release manager, Ola Brandt", and in a table "Release manager:
//! Henk Sato".

use super::{Aspect, PLACES, RoleCheck, Stated, may_compare};
use crate::check::{Finding, Place, shortened};
use crate::claim::naming::{Sameness, compare_people};
use crate::claim::{Holding, Said, stem};
use crate::lexicon::Lexicon;
use crate::span::{FileId, Span};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// An office of a document: what it may be, its rank, what it is over and in which body.
type Office = (FileId, Vec<CompactString>, CompactString, Vec<CompactString>, Vec<CompactString>);

/// Appends a finding for every office of one holder that a document gives to two people.
///
/// Both places must speak of the same office word for word, at least one of them in a sentence: two labels are two
/// meetings. Offices that somebody leaves or takes up, has for a time or has before the name as a title are left out.
///
/// `found` has the people with two offices already: what one of them says is not said again.
pub(super) fn findings(check: &RoleCheck, all: &[Stated<'_>], found: &mut Vec<Finding>) {
    let told: BTreeSet<Span> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    let mut offices: BTreeMap<Office, Vec<Stated<'_>>> = BTreeMap::new();
    for stated in all {
        let Said::Office(held) = &stated.role.said else { continue };
        if let Some(office) = office(check, stated, held) {
            offices.entry(office).or_default().push(*stated);
        }
    }
    for stated in offices.values() {
        let mut holders: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
        for one in stated {
            holders.entry(one.role.person.as_str()).or_default().push(*one);
        }
        // Three and more are a series of meetings, or a history.
        let [(a, of_a), (b, of_b)] = holders.iter().collect::<Vec<_>>()[..] else { continue };
        let other = compare_people(a, b, Lexicon::english()).sameness == Sameness::Different;
        let clash = of_a.iter().all(|x| of_b.iter().all(|y| is_clash(x, y)));
        let known = of_a.iter().chain(of_b).any(|s| told.contains(&s.claim.at));
        if other && clash && !known {
            found.push(finding(of_a, of_b));
        }
    }
}

/// Most documents that give one office to people.
const DOCUMENTS: usize = 4;

/// Appends a finding for every office with something that it is over which two documents give to two people, when they
/// name somebody else both: "our press officer, Ana Pires", and in the list of the staff "Mei Tan, press officer".
pub(super) fn across(check: &RoleCheck, all: &[Stated<'_>], found: &mut Vec<Finding>) {
    let told: BTreeSet<Span> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    let mut people: BTreeMap<FileId, BTreeSet<&str>> = BTreeMap::new();
    let mut offices: BTreeMap<_, Vec<Stated<'_>>> = BTreeMap::new();
    for stated in all {
        people.entry(stated.claim.at.file).or_default().insert(&stated.role.person);
        let Said::Office(held) = &stated.role.said else { continue };
        if let Some((_, names, rank, domain, _)) = named_office(stated, held).filter(|_| is_single(check, held)) {
            offices.entry((names, rank, domain)).or_default().push(*stated);
        }
    }
    for ((names, _, domain), stated) in &offices {
        // "director" alone is that of a body whose people both documents name.
        let specific = !domain.is_empty() || names.iter().any(|name| name.contains(' '));
        let needed = if specific { 1 } else { 2 };
        let mut holders: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
        for one in stated {
            holders.entry(one.role.person.as_str()).or_default().push(*one);
        }
        let files: BTreeSet<FileId> = stated.iter().map(|s| s.claim.at.file).collect();
        let [(a, of_a), (b, of_b)] = holders.iter().collect::<Vec<_>>()[..] else { continue };
        let acquainted = |x: FileId, y: FileId| {
            let others = people[&x].intersection(&people[&y]).filter(|person| **person != *a && **person != *b).count();
            others + usize::from(people[&x].contains(*b) != people[&y].contains(*a)) >= needed
        };
        let other = compare_people(a, b, Lexicon::english()).sameness == Sameness::Different;
        let clash = |x: &Stated<'_>, y: &Stated<'_>| {
            let files = (x.claim.at.file, y.claim.at.file);
            files.0 != files.1 && is_clash(x, y) && fit(x, y, specific) && acquainted(files.0, files.1)
        };
        let told = of_a.iter().chain(of_b).any(|s| told.contains(&s.claim.at));
        let clashing = of_a.iter().all(|x| of_b.iter().all(|y| clash(x, y)));
        if other && files.len() <= DOCUMENTS && clashing && !told {
            found.push(finding(of_a, of_b));
        }
    }
}

/// Whether two offices can be in one body. A "director" of a body that is named is not the one of a body that is not.
fn fit(a: &Stated<'_>, b: &Stated<'_>, specific: bool) -> bool {
    let (Said::Office(x), Said::Office(y)) = (&a.role.said, &b.role.said) else { return false };
    super::fits(&x.body, &y.body) && (specific || x.body.is_empty() == y.body.is_empty())
}

/// The office that a statement is about, when one person at a time holds it.
fn office(check: &RoleCheck, stated: &Stated<'_>, held: &Holding) -> Option<Office> {
    // Many head something: only what they are over makes it one office.
    let single = held.offices.iter().any(|(name, group)| {
        check.single.contains(name) || check.single_over.contains(name) && !held.domain.is_empty() && !group.is_empty()
    });
    named_office(stated, held).filter(|_| single)
}

/// Whether an office of one body, whatever it is over, is one person's: "director", "press officer".
fn is_single(check: &RoleCheck, held: &Holding) -> bool {
    let listed = |name: &CompactString| check.single.contains(name) || check.single_over.contains(name);
    held.offices.iter().any(|(name, group)| listed(name) || group == "press" && name.contains(' '))
}

/// The office that a statement is about, when it says so in full and tells of no change.
fn named_office(stated: &Stated<'_>, held: &Holding) -> Option<Office> {
    let changing = ["changed", "both", "kin", "earlier"].iter().any(|cue| stated.has_cue(cue));
    if held.bare || held.several || changing {
        return None;
    }
    let words = |list: &[CompactString]| {
        let mut words: Vec<CompactString> = list.iter().map(|w| stem(w).into()).collect();
        words.sort_unstable();
        words
    };
    let names = held.offices.iter().map(|(name, _)| name.clone()).collect();
    Some((stated.claim.at.file, names, held.rank.clone(), words(&held.domain), words(&held.body)))
}

/// Whether two statements are two places of a document that cannot both be right.
fn is_clash(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let labelled = |stated: &Stated<'_>| matches!(&stated.role.said, Said::Office(held) if held.labelled);
    // A list of the staff gives one post to each of several.
    let listed = a.claim.list.is_some() && a.claim.list == b.claim.list && a.claim.at.file == b.claim.at.file;
    a.block() != b.block() && !listed && may_compare(a, b, Aspect::Office) && !(labelled(a) && labelled(b))
}

fn finding(a: &[Stated<'_>], b: &[Stated<'_>]) -> Finding {
    let (few, many) = if (a.len(), b[0].claim.at) <= (b.len(), a[0].claim.at) { (a, b) } else { (b, a) };
    let name = |stated: &[Stated<'_>]| shortened(&stated[0].claim.subject.wording);
    let place = |s: &Stated<'_>| {
        let label = shortened(&s.claim.text);
        Place { at: s.role.named, within: s.claim.within, label }
    };
    Finding {
        places: few.iter().chain(many).take(PLACES).map(place).collect(),
        variables: vec![("person", shortened(&few[0].claim.text)), ("a", name(few)), ("b", name(many))],
        notes: Vec::new(),
    }
}
