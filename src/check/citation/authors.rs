//! Whether two citations name the same authors.

use crate::claim::{Author, Citation};

/// How the authors of two citations of one work stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Relation {
    /// They can be the same.
    Same,
    /// At least one names nobody, or what is named can be a short form.
    Unknown,
    /// One leaves out some of the authors of the other, without saying that there are more.
    Fewer,
    /// They cannot be the same.
    Other,
}

/// Compares the authors of two citations.
pub(super) fn relation(a: &Citation, b: &Citation) -> Relation {
    if a.authors.is_empty() || b.authors.is_empty() {
        return Relation::Unknown;
    }
    let organised = |c: &Citation| c.authors.iter().any(|x| !x.words.is_empty());
    match (organised(a), organised(b)) {
        (false, false) => people(a, b),
        (true, true) => {
            let meet = a.authors.iter().any(|x| b.authors.iter().any(|y| organisations_meet(x, y)));
            if meet { Relation::Same } else { Relation::Other }
        }
        (true, false) => mixed(a, b),
        (false, true) => mixed(b, a),
    }
}

/// An organisation on one side, people on the other.
fn mixed(organised: &Citation, people: &Citation) -> Relation {
    let named = |word: &str| organised.authors.iter().any(|o| o.words.iter().any(|w| w == word));
    let meet =
        people.authors.iter().any(|p| named(&p.surname) || p.given.iter().any(|g| g.chars().count() > 1 && named(g)))
            || people
                .authors
                .iter()
                .any(|p| organised.authors.iter().any(|o| o.surname == p.surname && !p.surname.is_empty()));
    // A single word can be an organisation too.
    let sure = people.authors.iter().all(|p| !p.given.is_empty() || p.broken);
    match (meet, sure) {
        (true, _) => Relation::Same,
        (false, true) if organised.authors.iter().all(|o| !o.words.is_empty()) => Relation::Other,
        _ => Relation::Unknown,
    }
}

/// Words that say nothing of who an organisation is.
const SMALL: [&str; 14] =
    ["of", "for", "the", "and", "on", "in", "to", "at", "by", "national", "international", "press", "news", "de"];

/// Whether the names of two organisations have a word in common or one is the acronym of the other.
fn organisations_meet(a: &Author, b: &Author) -> bool {
    if a.words.is_empty() || b.words.is_empty() {
        // A person beside an organisation.
        return a.surname == b.surname && !a.surname.is_empty();
    }
    let shared = a.words.iter().any(|w| !SMALL.contains(&w.as_str()) && b.words.contains(w));
    shared || is_acronym(a, b) || is_acronym(b, a)
}

fn is_acronym(short: &Author, long: &Author) -> bool {
    let initials = |skip: bool| -> String {
        long.words
            .iter()
            .filter(|w| !skip || !SMALL[..9].contains(&w.as_str()))
            .filter_map(|w| w.chars().next())
            .collect()
    };
    let joined: String = long.words.concat();
    let (all, content) = (initials(false), initials(true));
    short.words.iter().any(|w| w.len() >= 2 && (all.starts_with(w.as_str()) || content.starts_with(w.as_str())))
        || short.words.len() > 1 && short.words.concat() == joined
}

/// People on both sides.
fn people(a: &Citation, b: &Citation) -> Relation {
    let matched = |x: &[Author], y: &[Author]| x.iter().filter(|p| y.iter().any(|q| alike(p, q))).count();
    let (left, right) = (matched(&a.authors, &b.authors), matched(&b.authors, &a.authors));
    let (all_left, all_right) = (left == a.authors.len(), right == b.authors.len());
    if all_left && all_right {
        return Relation::Same;
    }
    let sure = |c: &Citation| c.authors.iter().all(|p| !p.given.is_empty());
    // Bare surnames are a short form, unless there are as many of them.
    let counted = a.authors.len() == b.authors.len() && a.authors.len() > 1;
    if left == 0 && right == 0 {
        return if sure(a) && sure(b) { Relation::Other } else { Relation::Unknown };
    }
    if a.more || b.more {
        return Relation::Same;
    }
    let (short, whole) = if a.authors.len() < b.authors.len() { (a, all_left) } else { (b, all_right) };
    match (a.authors.len() == b.authors.len(), whole) {
        (false, true) if sure(short) => Relation::Fewer,
        (true, _) if sure(a) && sure(b) || counted => Relation::Other,
        _ => Relation::Unknown,
    }
}

/// Whether two names can be one person's; misspellings are no business of this relation.
fn alike(a: &Author, b: &Author) -> bool {
    if a.surname == b.surname || a.broken || b.broken {
        return true;
    }
    let (x, y) = (a.surname.as_str(), b.surname.as_str());
    let near = strsim::damerau_levenshtein(x, y) <= if x.chars().count().min(y.chars().count()) >= 5 { 2 } else { 1 };
    // "Kim Il-sung" and "Il-sung Kim", "García" and "García Márquez".
    let turned = a.given.iter().any(|g| g == y) || b.given.iter().any(|g| g == x);
    near || turned || x.starts_with(y) || y.starts_with(x) || x.ends_with(y) || y.ends_with(x)
}
