//! One organisation whose name differs in its small words ("Institute of Peace", "Institute for Peace"), in one word
//! of many, or in the order of its words.

use super::forms::Forms;
use super::group::{PLACES, times};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Wording};
use crate::lexicon::{Lexicon, NameRoles, Pos};
use crate::span::{FileId, Span};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Names with more wordings than this are no names but phrases.
const WORDINGS: usize = 6;

/// Capitalised words after the head that are compared.
const COMPARED: usize = 3;

/// Appends a finding for every name with several wordings.
pub(super) fn findings(forms: &Forms<'_>, across: bool, found: &mut Vec<Finding>) {
    let mut names: BTreeMap<Vec<&str>, Vec<(&Claim, &Wording)>> = BTreeMap::new();
    for mention in &forms.mentions {
        let Some(wording) = &mention.name.wording else { continue };
        // One word after the head says too little without the words before it.
        let known = if wording.words.len() > 2 { &[][..] } else { &wording.left[..] };
        if wording.words.len() == 2 && known.is_empty() {
            continue;
        }
        let key = known.iter().chain(wording.words.iter().take(COMPARED)).map(|w| american(w)).collect();
        names.entry(key).or_default().push((mention.claim, wording));
    }
    for uses in names.values() {
        // "The Law Team for Schools" and "the Sports Team of Schools" are two teams, but the short form may be
        // any of them.
        let lefts: BTreeSet<&[CompactString]> =
            uses.iter().map(|(_, w)| &w.left[..]).filter(|l| !l.is_empty()).collect();
        if lefts.len() < 2 {
            found.extend(finding(uses, across));
        }
        for left in lefts.iter().filter(|_| lefts.len() > 1) {
            let same: Vec<_> = uses.iter().copied().filter(|(_, w)| &w.left[..] == *left).collect();
            found.extend(finding(&same, across));
        }
    }
}

/// Fewest content words of a name of which one may be exchanged, or two may change places.
const LONG: usize = 4;

/// Most content words of a name.
const LONGEST: usize = 12;

/// How often the usual name must be used when an unrelated word is exchanged in a name of [`LONG`] words.
const USUAL: usize = 3;

/// Appends a finding for every long name that stands elsewhere with one content word exchanged, or with the same words
/// in another order: "Ministry of Labour and Social Protection", "Ministry of Labour and Social Policy".
pub(super) fn exchanged(forms: &Forms<'_>, across: bool, found: &mut Vec<Finding>) {
    let mut names: BTreeMap<Vec<&str>, Vec<&Claim>> = BTreeMap::new();
    for mention in &forms.mentions {
        let Some(wording) = &mention.name.wording else { continue };
        let words: Vec<&str> = wording.left.iter().chain(&wording.words).map(|w| american(w)).collect();
        let own: Vec<&str> = wording.words.iter().map(|w| american(w)).collect();
        // "The Tajik Ministry of Internal Affairs" is the Ministry of Internal Affairs.
        let short = own.len() + 1 == LONG && wording.left.iter().all(|w| is_people(w));
        let words = if short { own } else { words };
        if short || (LONG..=LONGEST).contains(&words.len()) {
            names.entry(words).or_default().push(mention.claim);
        }
    }
    // A name without one of its words, or with its words in order, and the names that it may be.
    let mut gaps: BTreeMap<(usize, Vec<&str>), Vec<&Vec<&str>>> = BTreeMap::new();
    for name in names.keys() {
        for gap in 0..name.len() {
            let mut rest = name.clone();
            rest.remove(gap);
            gaps.entry((gap, rest)).or_default().push(name);
        }
        let mut sorted = name.clone();
        sorted.sort_unstable();
        gaps.entry((usize::MAX, sorted)).or_default().push(name);
    }
    for ((gap, _), alike) in &gaps {
        // Three and more are a series: the faculties of a university.
        let [a, b] = alike[..] else { continue };
        let (odd, usual) =
            if (names[a].len(), names[b][0].at) <= (names[b].len(), names[a][0].at) { (a, b) } else { (b, a) };
        let (few, many) = (&names[odd], &names[usual]);
        let note = if *gap == usize::MAX {
            if odd.len() < LONG {
                continue;
            }
            "they have the same words in another order"
        } else {
            let (u, v) = (odd[*gap], usual[*gap]);
            let least = if is_related(u, v) {
                if odd.len() < LONG { USUAL } else { 1 }
            } else if odd.len() < LONG {
                continue;
            } else if odd.len() > LONG {
                2
            } else {
                USUAL
            };
            let specific = odd.iter().enumerate().any(|(i, word)| i != *gap && !is_generic(word));
            if few.len() > 1 || many.len() < least || is_set_apart(u, v) || !specific {
                continue;
            }
            "they differ in one word"
        };
        let beside = few.iter().any(|x| many.iter().any(|y| x.within == y.within));
        let together = few.iter().any(|x| many.iter().any(|y| x.at.file == y.at.file));
        if !beside && across != together {
            found.push(told(few, many, note));
        }
    }
}

/// Whether a word is in the names of many organisations: "Office of the Chief Information Officer" is only known by one of
/// its words.
fn is_generic(word: &str) -> bool {
    let lexicon = Lexicon::english();
    lexicon.name_roles(word).any(NameRoles::ORGANISATION.and(NameRoles::TITLE))
}

/// Whether one word may stand for the other by a slip: they begin alike.
fn is_related(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= 4 && common * 2 >= a.chars().count().min(b.chars().count())
}

/// Whether a word is what a people is called.
pub(super) fn is_people(word: &str) -> bool {
    let lexicon = Lexicon::english();
    lexicon.words.find(word).is_some_and(|id| lexicon.words.pos(id).any(Pos::DEMONYM))
}

/// Whether two words tell two organisations apart: places and peoples, numbers, directions, opposites.
fn is_set_apart(a: &str, b: &str) -> bool {
    let lexicon = Lexicon::english();
    let other = Pos::NUMBER.and(Pos::MONTH).and(Pos::WEEKDAY).and(Pos::DEMONYM);
    let names_one = |word: &str| {
        let pos = lexicon.words.find(word).map_or(Pos::default(), |id| lexicon.words.pos(id));
        let direction = ["north", "south", "east", "west", "central"].iter().any(|d| word.starts_with(d));
        // What the lexicon does not know may be the name of a place or of somebody.
        lexicon.place(word).is_some() || pos.any(other) || direction || pos == Pos::default() && !is_related(a, b)
    };
    let opposite = lexicon.contrasts(a).iter().any(|g| lexicon.contrasts(b).contains(g));
    names_one(a) || names_one(b) || opposite || a.len() < 4 || b.len() < 4
}

/// The finding of a rare name and the usual one.
pub(super) fn told(few: &[&Claim], many: &[&Claim], note: &str) -> Finding {
    let name = |claims: &[&Claim]| claims[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = |c: &&Claim| Place { at: c.at, within: c.within, label: String::new() };
    let counts = format!("{}: {}; {}: {}", name(many), times(many.len()), name(few), times(few.len()));
    Finding {
        places: few.iter().chain(many.iter().take(PLACES / 2)).map(place).collect(),
        variables: vec![("spelling", name(few)), ("others", name(many))],
        notes: vec![counts, note.to_owned()],
    }
}

/// The American form of the head nouns that are spelled in two ways: other rules are about those.
fn american(word: &str) -> &str {
    match word {
        "centre" => "center",
        "organisation" => "organization",
        "programme" => "program",
        "labour" => "labor",
        "defence" => "defense",
        word => word,
    }
}

fn finding(uses: &[(&Claim, &Wording)], across: bool) -> Option<Finding> {
    // The small words among the compared ones tell the wordings apart.
    let mut wordings: BTreeMap<Vec<&str>, Vec<&Claim>> = BTreeMap::new();
    let compared = uses.iter().map(|(_, w)| w.links.len()).min()?.min(COMPARED - 1);
    for (claim, wording) in uses {
        let links = wording.links[..compared].iter().map(|l| l.as_str()).collect();
        wordings.entry(links).or_default().push(claim);
    }
    if wordings.len() < 2 || wordings.len() > WORDINGS {
        return None;
    }
    if !telling(&wordings, uses) {
        return None;
    }
    let sentences = |claims: &[&Claim]| -> BTreeSet<Span> { claims.iter().map(|c| c.within).collect() };
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    for claims in wordings.values() {
        let of_wording = sentences(claims);
        // Who writes two in one sentence means two, or writes about wording.
        if !seen.is_disjoint(&of_wording) {
            return None;
        }
        seen.extend(of_wording);
    }
    let files = |claims: &[&Claim]| -> Vec<FileId> { claims.iter().map(|c| c.at.file).collect() };
    if across {
        let shared = wordings
            .values()
            .flat_map(|a| files(a))
            .any(|file| wordings.values().filter(|claims| claims.iter().any(|c| c.at.file == file)).count() > 1);
        if shared {
            return None;
        }
    }
    let mut groups: Vec<Vec<&Claim>> = wordings.into_values().collect();
    groups.sort_by_key(|claims| (claims.len(), std::cmp::Reverse(claims[0].at)));
    let name = |claims: &[&Claim]| claims[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
    let others: Vec<String> = groups[1..].iter().rev().map(|c| name(c)).collect();
    let counts: Vec<String> = groups.iter().rev().map(|c| format!("{}: {}", name(c), times(c.len()))).collect();
    let share = (PLACES / groups.len()).max(1);
    let places = groups
        .iter()
        .flat_map(|claims| claims.iter().take(share))
        .map(|c| Place { at: c.at, within: c.within, label: String::new() })
        .collect();
    Some(Finding {
        places,
        variables: vec![("spelling", name(&groups[0])), ("others", others.join(" and "))],
        notes: vec![counts.join("; "), "they differ in their small words only".to_owned()],
    })
}

/// Whether the difference is one of the name itself: of prepositions, and of articles and later prepositions only
/// in a long name.
fn telling(wordings: &BTreeMap<Vec<&str>, Vec<&Claim>>, uses: &[(&Claim, &Wording)]) -> bool {
    // Lists are punctuated and joined in many ways.
    if wordings.keys().any(|links| links.iter().any(|l| l.contains("and"))) {
        return false;
    }
    let without_article =
        |links: &[&str]| -> Vec<String> { links.iter().map(|l| l.replace("the", "").trim().to_owned()).collect() };
    let prepositions: BTreeSet<Vec<String>> = wordings.keys().map(|links| without_article(links)).collect();
    let firsts: BTreeSet<Option<&String>> = prepositions.iter().map(|links| links.first()).collect();
    let shared = |(a, b): (&Wording, &Wording)| a.words.iter().zip(&b.words).take_while(|(x, y)| x == y).count();
    // "The Government in Sri Lanka" says where, not what it is called.
    let short = uses.iter().any(|(_, w)| w.left.is_empty() && w.words.len() <= COMPARED);
    if short && firsts.iter().flatten().any(|l| matches!(l.as_str(), "in" | "to")) {
        return false;
    }
    let long = uses.windows(2).all(|pair| shared((pair[0].1, pair[1].1)) > COMPARED);
    firsts.len() > 1 || long
}
