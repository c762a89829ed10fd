//! Works of one author whose titles differ by a slip.

use super::{Cited, PLACES, finding, shortened};
use crate::check::{Finding, Place};
use crate::claim::CitationForm;
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Fewest words of a title that is compared.
const WORDS: usize = 5;

/// Most titles of one author that are compared pair by pair.
const MOST: usize = 40;

/// Appends a finding for every work that is cited with two titles.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    // First author → title → citations.
    let mut authors: BTreeMap<String, BTreeMap<&[CompactString], Vec<&Cited<'_>>>> = BTreeMap::new();
    for c in cited.iter().filter(|c| c.citation.key.len() >= WORDS && !c.has_cue("genre")) {
        let Some(first) = c.citation.authors.first() else { continue };
        let name = if first.surname.is_empty() { first.words.join(" ") } else { first.surname.to_string() };
        authors.entry(name).or_default().entry(&c.citation.key).or_default().push(c);
    }
    for titles in authors.values().filter(|t| t.len() > 1 && t.len() <= MOST) {
        let list: Vec<(&&[CompactString], &Vec<&Cited<'_>>)> = titles.iter().collect();
        for (i, (a, first)) in list.iter().enumerate() {
            for (b, second) in &list[i + 1..] {
                let listed = |c: &&&Cited<'_>| c.citation.form == CitationForm::Entry;
                // Two entries of one list are two works.
                let both =
                    first.iter().filter(listed).any(|x| second.iter().filter(listed).any(|y| x.file() == y.file()));
                let years = first[0].citation.year.zip(second[0].citation.year);
                if both || years.is_some_and(|(x, y)| x != y) || !is_slip(a, b) {
                    continue;
                }
                let (odd, rest) = if first.len() < second.len() { (first, second) } else { (second, first) };
                let wording = |c: &Cited<'_>| c.citation.title.as_ref().map_or(String::new(), |t| t.text.to_string());
                let places: Vec<Place> = odd
                    .iter()
                    .take(PLACES / 2)
                    .chain(rest.iter().take(PLACES / 2))
                    .map(|c| c.place(c.citation.title.as_ref(), String::new()))
                    .collect();
                found.push(finding(
                    format!(
                        "one work, two titles: {} / {}",
                        shortened(&wording(odd[0]), 34),
                        shortened(&wording(rest[0]), 34)
                    ),
                    places,
                    vec![different(odd[0], rest[0])],
                ));
            }
        }
    }
}

/// Whether two titles are one with a slip: one word with other letters, or a small word more.
fn is_slip(a: &[CompactString], b: &[CompactString]) -> bool {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    match (x, y) {
        ([x], [y]) => {
            let number = |w: &str| w.chars().any(|c| c.is_ascii_digit()) || w.chars().all(|c| "ivx".contains(c));
            let short = x.chars().count().min(y.chars().count());
            !number(x)
                && !number(y)
                && short >= 4
                && strsim::damerau_levenshtein(x, y) <= if short >= 7 { 2 } else { 1 }
        }
        // "Diaspora' II" and "Diaspora'II".
        ([joined], [first, second]) | ([first, second], [joined]) => **joined == format!("{first}{second}"),
        // A last word more is a subtitle or another part.
        ([w], []) | ([], [w]) => end > 0 && start > 0 && SMALL.contains(&w.as_str()),
        _ => false,
    }
}

/// Words that are lost and put in without notice.
const SMALL: [&str; 15] =
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// "Return / Returns": the words that differ.
fn different(a: &Cited<'_>, b: &Cited<'_>) -> String {
    let (a, b) = (&a.citation.key, &b.citation.key);
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let part = |k: &[CompactString]| match &k[start..k.len() - end] {
        [] => "without".to_owned(),
        words => words.join(" "),
    };
    format!("“{}” / “{}”", part(a), part(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_slips_and_no_other_works() {
        let slip = |a: &str, b: &str| {
            let key = |s: &str| s.split(' ').map(CompactString::from).collect::<Vec<_>>();
            is_slip(&key(a), &key(b))
        };
        assert!(slip("the return of the otter to the town", "the return of the otters to the town"));
        assert!(slip("the return of the otter to the town", "the return of otter to the town"));
        assert!(slip("the return of the otterii to town", "the return of the otter ii to town"));
        assert!(!slip("the return of the otter part one", "the return of the otter part two"));
        assert!(!slip("a history of the town volume i", "a history of the town volume ii"));
        assert!(!slip("a history of the town in 2018", "a history of the town in 2019"));
        assert!(!slip("a history of the town", "a history of the town and"));
    }
}
