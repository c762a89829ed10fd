//! What is cited by author and year against the list of references.

use super::authors::{Relation, relation};
use super::{Cited, PLACES, finding};
use crate::check::{Finding, Place};
use crate::claim::CitationForm;
use std::collections::{BTreeMap, BTreeSet};

/// One in so many works may be missing in a list that is complete otherwise.
const MISSING: usize = 5;

/// Fewest works that are cited and listed, from which on the list is taken for complete.
const COMPLETE: usize = 5;

/// Fewest works in text and list from which on the only one that is in the text alone is that which is in the list
/// alone.
const PAIRED: usize = 2;

/// Labels that no entry has, where nearly all have one.
fn labels(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let with = |cue: &str| cited.iter().filter(|c| c.has_cue(cue)).collect::<Vec<_>>();
    let (listed, unlisted) = (with("listed"), with("unlisted"));
    if listed.len() < COMPLETE || unlisted.len() > (listed.len() / MISSING).max(1) {
        return;
    }
    for c in unlisted {
        let text = c.claim.text.as_str();
        found.push(finding(
            format!("{text} is cited and not listed"),
            vec![c.place(None, "not in the list")],
            Vec::new(),
        ));
    }
}

/// Works cited by author and year that the list lacks, and works of the list that are not cited, where nearly all are
/// in both.
fn missing(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let entries: Vec<&Cited<'_>> = cited.iter().filter(|c| c.citation.form == CitationForm::Entry).collect();
    let mut works: BTreeMap<(&str, i16), Vec<&Cited<'_>>> = BTreeMap::new();
    for c in cited.iter().filter(|c| c.citation.form == CitationForm::Text && !c.citation.more) {
        if let (Some(first), Some(year)) = (c.citation.authors.first(), c.citation.year) {
            works.entry((&first.surname, year)).or_default().push(c);
        }
    }
    let words: Vec<BTreeSet<String>> = entries.iter().map(|e| fold(&e.claim.text)).collect();
    let is_listed = |surname: &str| words.iter().any(|w| w.iter().any(|word| is_near(word, surname)));
    let (there, lacking): (Vec<_>, Vec<_>) = works.iter().partition(|((surname, _), _)| is_listed(surname));
    if there.len() < COMPLETE || lacking.len() > (there.len() / MISSING).max(1) {
        return;
    }
    for ((_, year), places) in lacking {
        let named = places[0].citation.named.as_ref().map_or("", |m| m.text.as_str());
        found.push(finding(
            format!("{}, {year}: cited and not listed", super::shortened(named, 60)),
            places.iter().take(PLACES).map(|c| c.place(None, "not in the list")).collect(),
            Vec::new(),
        ));
    }
}

/// Authors in the text that are a letter away from those of the one entry of the year, which nothing else cites.
fn misspelt(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let surname =
        |c: &Cited<'_>| c.citation.authors.first().map(|a| a.surname.to_string()).filter(|s| s.chars().count() >= 3);
    let of = |form: CitationForm| cited.iter().filter(move |c| c.citation.form == form && c.citation.year.is_some());
    let named: BTreeSet<String> = of(CitationForm::Entry).filter_map(surname).collect();
    if of(CitationForm::Entry).count() < 2 {
        return;
    }
    for text in of(CitationForm::Text) {
        let Some(own) = surname(text).filter(|s| !named.contains(s)) else { continue };
        let mut near = of(CitationForm::Entry).filter(|e| {
            e.citation.year == text.citation.year
                && surname(e).is_some_and(|s| {
                    strsim::damerau_levenshtein(&s, &own) == 1 && s.chars().next() == own.chars().next()
                })
        });
        let (Some(entry), None) = (near.next(), near.next()) else { continue };
        if of(CitationForm::Text).any(|t| t.citation.year == entry.citation.year && surname(t) == surname(entry)) {
            continue;
        }
        found.push(disagreement(text, entry));
    }
}

/// The one work that the text cites and the list lacks beside the one of its year that the list has and nobody cites,
/// where all others are in both: "Bellingham, 2019" and "Bellini, A. (2019)".
fn exchanged(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let first = |c: &Cited<'_>| c.citation.authors.first().map(|a| a.surname.clone()).filter(|s| !s.is_empty());
    let of = |form: CitationForm| cited.iter().filter(move |c| c.citation.form == form);
    let is_one = |a: &Cited<'_>, b: &Cited<'_>| first(a).is_some() && first(a) == first(b);
    if of(CitationForm::Entry).any(|e| first(e).is_none()) {
        return;
    }
    let lacking: Vec<_> = of(CitationForm::Text).filter(|t| !of(CitationForm::Entry).any(|e| is_one(t, e))).collect();
    let idle: Vec<_> = of(CitationForm::Entry).filter(|e| !of(CitationForm::Text).any(|t| is_one(t, e))).collect();
    let sound = of(CitationForm::Entry).count() - idle.len();
    let names: BTreeSet<_> = lacking.iter().map(|t| first(t)).collect();
    let ([text, ..], [entry], 1) = (lacking.as_slice(), idle.as_slice(), names.len()) else { return };
    // A slip of the pen is told by its letters, see `misspelt`; here the years speak.
    let known = found.iter().any(|f| f.places.iter().any(|p| p.at == text.place(text.citation.named.as_ref(), "").at));
    if sound < PAIRED || known || text.citation.year.is_none() || text.citation.year != entry.citation.year {
        return;
    }
    found.push(disagreement(text, entry));
}

/// Authors of one work of which one is another: "Zielonka, Abbott and Crane, 2010" and "Zielonka, Abbott and Mwale".
fn replaced(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let of = |form: CitationForm| cited.iter().filter(move |c| c.citation.form == form && c.citation.year.is_some());
    let surnames = |c: &Cited<'_>| c.citation.authors.iter().map(|a| a.surname.clone()).collect::<Vec<_>>();
    for text in of(CitationForm::Text).filter(|t| t.citation.authors.len() > 1 && !t.citation.more) {
        let own = surnames(text);
        let of_first = |e: &&Cited<'_>| {
            e.citation.year == text.citation.year && surnames(e).first() == own.first() && !own[0].is_empty()
        };
        let mut entries = of(CitationForm::Entry).filter(of_first);
        let (Some(entry), None) = (entries.next(), entries.next()) else { continue };
        let listed = surnames(entry);
        let others = own.iter().filter(|name| !listed.contains(name)).count();
        let same = relation(text.citation, entry.citation) != Relation::Other || entry.citation.more;
        if listed.len() == own.len() && others == 1 && !same && entry.citation.cues.is_empty() {
            found.push(disagreement(text, entry));
        }
    }
}

/// The finding that a work is cited under one name and listed under another.
fn disagreement(text: &Cited<'_>, entry: &Cited<'_>) -> Finding {
    let wording = |c: &Cited<'_>| c.citation.named.as_ref().map_or("", |named| named.text.as_str()).to_owned();
    let (here, there) = (wording(text), wording(entry));
    finding(
        format!("{} is cited, {} is listed", super::shortened(&here, 40), super::shortened(&there, 40)),
        vec![
            text.place(text.citation.named.as_ref(), "cited so".to_owned()),
            entry.place(entry.citation.named.as_ref(), "listed so".to_owned()),
        ],
        Vec::new(),
    )
}

/// A letter behind a year that no entry of the authors and year has, where others have letters: "1990c".
fn unlettered(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    for text in cited.iter().filter(|c| c.citation.form == CitationForm::Text && c.citation.letter.is_some()) {
        let first = |c: &Cited<'_>| c.citation.authors.first().map(|a| a.surname.clone()).filter(|s| !s.is_empty());
        let entries: Vec<&Cited<'_>> = cited
            .iter()
            .filter(|c| c.citation.form == CitationForm::Entry && c.citation.year == text.citation.year)
            .filter(|c| first(c).is_some() && first(c) == first(text))
            .collect();
        let lettered = entries.len() > 1 && entries.iter().all(|e| e.citation.letter.is_some());
        if lettered && entries.iter().all(|e| e.citation.letter != text.citation.letter) {
            let named = text.citation.named.as_ref().map_or("", |m| m.text.as_str());
            found.push(finding(
                format!("{}: no entry of the year has this letter", super::shortened(named, 50)),
                vec![text.place(None, "not in the list".to_owned())],
                vec![format!("{} entries of the year have letters", entries.len())],
            ));
        }
    }
}

/// The words of a text in small letters.
pub(super) fn fold(text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

/// Whether two words may be one name, diacritics and a slip aside.
fn is_near(word: &str, surname: &str) -> bool {
    let (x, y) = (word.chars().count(), surname.chars().count());
    word == surname
        || surname.ends_with(word) && x >= 4
        || x.min(y) >= 4 && x.abs_diff(y) <= 2 && strsim::damerau_levenshtein(word, surname) <= 2
}

/// Appends what the citations of one document and its list disagree in. The claims are of one file.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    labels(cited, found);
    missing(cited, found);
    misspelt(cited, found);
    exchanged(cited, found);
    replaced(cited, found);
    unlettered(cited, found);
    let mut entries: BTreeMap<&str, Vec<&Cited<'_>>> = BTreeMap::new();
    for c in cited.iter().filter(|c| c.citation.form == CitationForm::Entry && c.citation.year.is_some()) {
        if let Some(first) = c.citation.authors.first().filter(|a| !a.surname.is_empty()) {
            entries.entry(&first.surname).or_default().push(c);
        }
    }
    let texts: Vec<&Cited<'_>> = cited.iter().filter(|c| c.citation.form == CitationForm::Text).collect();
    if entries.is_empty() || texts.is_empty() {
        return;
    }
    let of = |text: &Cited<'_>| text.citation.authors.first().and_then(|a| entries.get(a.surname.as_str()));
    let mut wrong: BTreeMap<(u32, i16), (Vec<&Cited<'_>>, &Cited<'_>)> = BTreeMap::new();
    for &text in &texts {
        let Some(candidates) = of(text) else { continue };
        let fits = |e: &&&Cited<'_>| matches!(relation(text.citation, e.citation), Relation::Same | Relation::Unknown);
        let sound: Vec<&Cited<'_>> = candidates.iter().filter(fits).copied().collect();
        let by_year = |e: &Cited<'_>, t: &Cited<'_>| e.citation.year == t.citation.year;
        if sound.iter().any(|e| by_year(e, text)) {
            continue;
        }
        // The entry that nothing else leads to is the one that is meant.
        let free: Vec<&Cited<'_>> = sound
            .iter()
            .copied()
            .filter(|e| {
                !texts.iter().any(|t| {
                    by_year(e, t)
                        && t.citation.authors.first().map(|a| &a.surname)
                            == e.citation.authors.first().map(|a| &a.surname)
                })
            })
            .collect();
        // As many authors, or "et al.": one author alone can have written something else.
        let authors = text.citation.authors.len();
        let as_many = |e: &Cited<'_>| e.citation.authors.len() == authors;
        let exact = |e: &&Cited<'_>| as_many(e) && relation(text.citation, e.citation) == Relation::Same;
        let mut named = sound.iter().copied().filter(exact);
        let entry = match (free.as_slice(), (named.next(), named.next())) {
            ([entry], _) if as_many(entry) || text.citation.more => Some(*entry),
            // "Marsh and Ito, 2017" is listed, "Marsh and Ito, 2019" is not, and nothing else is by these two.
            (_, (Some(entry), None)) if authors > 1 && !text.citation.more => Some(entry),
            _ => None,
        };
        if let (Some(entry), Some(year)) = (entry.filter(|e| e.citation.cues.is_empty()), text.citation.year) {
            wrong.entry((entry.claim.at.start, year)).or_insert_with(|| (Vec::new(), entry)).0.push(text);
        }
    }
    for ((_, year), (texts, entry)) in wrong {
        let listed = entry.citation.year.map_or(String::new(), |y| y.to_string());
        let mut places: Vec<Place> =
            texts.iter().take(PLACES - 1).map(|t| t.place(t.citation.dated.as_ref(), format!("{year} here"))).collect();
        places.push(entry.place(entry.citation.dated.as_ref(), format!("listed as {listed}")));
        let named = texts[0].citation.named.as_ref().map_or("", |m| m.text.as_str());
        found.push(finding(
            format!("{}: cited as {year}, listed as {listed}", super::shortened(named, 50)),
            places,
            vec!["the list has no work of these authors of that year".to_owned()],
        ));
    }
}
