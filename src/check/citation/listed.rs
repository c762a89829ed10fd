//! What is cited by author and year against the list of references.

use super::authors::{Relation, relation};
use super::{Cited, PLACES, finding};
use crate::check::{Finding, Place};
use crate::claim::CitationForm;
use std::collections::BTreeMap;

/// Appends what the citations of one document and its list disagree in. The claims are of one file.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
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
        if let ([entry], Some(year)) = (free.as_slice(), text.citation.year) {
            // As many authors, or "et al.": one author alone can have written something else.
            let as_many = text.citation.authors.len() == entry.citation.authors.len() || text.citation.more;
            if as_many && entry.citation.cues.is_empty() {
                wrong.entry((entry.claim.at.start, year)).or_insert_with(|| (Vec::new(), entry)).0.push(text);
            }
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
            vec!["the list has no other work of these authors that nothing else cites".to_owned()],
        ));
    }
}
