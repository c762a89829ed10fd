//! The citations of one work, known by its title, compared with each other.

use super::address::is_slip;
use super::authors::{Relation, relation};
use super::{Cited, PLACES, finding, shortened};
use crate::check::{Finding, Place};
use crate::claim::{Citation, CitationForm, plain_address};
use std::collections::BTreeMap;

/// Fewest words of a title that names one work.
const TITLE: usize = 3;

/// Fewest words of a title that a longer one may go on from: the subtitle is left out.
const MAIN: usize = 5;

/// Most citations of one work that are compared.
const MOST: usize = 200;

/// The citations that have a title, by title.
pub(super) fn groups<'a>(cited: &[Cited<'a>]) -> Vec<Vec<Cited<'a>>> {
    let long = |c: &Citation| c.key.len() >= TITLE && c.key.iter().map(|w| w.len()).sum::<usize>() >= 14;
    let mut titled: Vec<Cited<'a>> = cited.iter().copied().filter(|c| long(c.citation)).collect();
    titled.sort_by(|a, b| a.citation.key.cmp(&b.citation.key).then(a.claim.at.cmp(&b.claim.at)));
    let mut out: Vec<Vec<Cited<'a>>> = Vec::new();
    for c in titled {
        match out.last_mut() {
            Some(group) if group.len() < MOST && goes_on(group[0].citation, c.citation) => group.push(c),
            _ => out.push(vec![c]),
        }
    }
    // Two entries of one list are two works: each title by itself.
    let mut apart = Vec::new();
    for group in out {
        let listed = |c: &Cited<'_>| c.citation.form == CitationForm::Entry;
        let entries = group.iter().filter(|c| listed(c));
        if entries.clone().any(|a| entries.clone().any(|b| a.file() == b.file() && a.citation.key != b.citation.key)) {
            apart.extend(group.chunk_by(|a, b| a.citation.key == b.citation.key).map(<[_]>::to_vec));
        } else {
            apart.push(group);
        }
    }
    let mut out = apart;
    out.retain(|group| group.len() > 1);
    for group in &mut out {
        group.sort_by_key(|c| c.claim.at);
    }
    out
}

/// Whether the longer title is that of the shorter with a subtitle; a short one needs the author too.
fn goes_on(short: &Citation, long: &Citation) -> bool {
    let author = |c: &Citation| c.authors.first().map(|a| a.surname.clone()).filter(|s| !s.is_empty());
    let shared = author(short).is_some() && author(short) == author(long);
    short.key == long.key || short.key.len() + usize::from(shared) >= MAIN && long.key.starts_with(&short.key)
}

/// Appends what the citations of one work disagree in.
pub(super) fn check(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let before = found.len();
    misfiled(group, found);
    let misfiled = found.len() > before;
    if is_shared(group) {
        return;
    }
    if group.iter().all(|c| !c.has_cue("genre")) {
        if !misfiled {
            authors(group, found);
        }
        years(group, found);
        publishers(group, found);
        sites(group, found);
        stamps(group, found);
    }
    addresses(group, found);
}

/// Whether the title is one that several works have: two entries of one list differ in author or year.
fn is_shared(group: &[Cited<'_>]) -> bool {
    let entries: Vec<&Cited<'_>> = group.iter().filter(|c| c.citation.form == CitationForm::Entry).collect();
    let apart = |a: &Cited<'_>, b: &Cited<'_>| {
        a.file() == b.file()
            && (matches!(relation(a.citation, b.citation), Relation::Other | Relation::Fewer)
                || a.citation.year != b.citation.year
                || a.citation.letter != b.citation.letter)
    };
    entries.iter().enumerate().any(|(i, a)| entries[i + 1..].iter().take(MOST).any(|b| apart(a, b)))
}

/// An organisation, a title or a degree taken for a part of a person's name.
fn misfiled(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    for c in group {
        for author in &c.citation.authors {
            let initial = match author.given.as_slice() {
                [one] if author.inverted && one.chars().count() == 1 => one.as_str(),
                _ if author.broken => "",
                _ => continue,
            };
            let other = group.iter().find(|o| {
                o.citation.authors.iter().any(|a| {
                    let words = &a.words;
                    if author.broken {
                        !a.broken && words.is_empty()
                    } else {
                        words.len() == 2
                            && words.contains(&author.surname)
                            && words.iter().any(|w| *w != author.surname && w.starts_with(initial))
                    }
                })
            });
            let Some(other) = other else { continue };
            let named = other.citation.named.as_ref().map_or("", |m| m.text.as_str());
            found.push(finding(
                format!("{} is listed as {}", shortened(named, 50), author.text),
                vec![
                    c.place(c.citation.named.as_ref(), "as a person"),
                    other.place(other.citation.named.as_ref(), "the author"),
                ],
                vec![format!("both are the author of “{}”", title(c))],
            ));
            return;
        }
    }
}

/// Whether both give a number of a series, and no common one: two editions or two parts.
fn numbered_apart(a: &Cited<'_>, b: &Cited<'_>) -> bool {
    let numbers = |c: &Cited<'_>| -> Vec<String> {
        c.citation.cues.iter().filter(|c| c.starts_with("number:")).map(ToString::to_string).collect()
    };
    let (x, y) = (numbers(a), numbers(b));
    !x.is_empty() && !y.is_empty() && !x.iter().any(|n| y.contains(n))
}

fn title(c: &Cited<'_>) -> String {
    c.citation.title.as_ref().map_or(String::new(), |t| shortened(&t.text, 60))
}

/// The value that most citations give; of equally many the one of the bibliography, then the first.
fn usual<'c, 'a, K: Ord>(group: &'c [Cited<'a>], key: impl Fn(&Cited<'a>) -> Option<K>) -> Option<&'c Cited<'a>> {
    let mut counts: BTreeMap<K, (usize, bool, &Cited<'a>)> = BTreeMap::new();
    for c in group {
        let Some(k) = key(c) else { continue };
        let slot = counts.entry(k).or_insert((0, false, c));
        slot.0 += 1;
        slot.1 |= c.citation.form == CitationForm::Entry;
    }
    counts
        .into_values()
        .max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.claim.at.cmp(&a.2.claim.at)))
        .map(|(_, _, c)| c)
}

fn authors(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let names = |c: &Cited<'_>| {
        let mut names: Vec<String> =
            c.citation.authors.iter().map(|a| format!("{}{}", a.surname, a.words.concat())).collect();
        names.sort();
        (!names.is_empty()).then_some(names)
    };
    let Some(main) = usual(group, names) else { return };
    let differs = |c: &&Cited<'_>| {
        !numbered_apart(main, c) && matches!(relation(main.citation, c.citation), Relation::Fewer | Relation::Other)
    };
    let odd: Vec<&Cited<'_>> = group.iter().filter(differs).collect();
    let Some(first) = odd.first() else { return };
    let wording = |c: &Cited<'_>| shortened(c.citation.named.as_ref().map_or("", |m| m.text.as_str()), 34);
    let rest: Vec<&Cited<'_>> =
        group.iter().filter(|c| relation(main.citation, c.citation) == Relation::Same).collect();
    let places: Vec<Place> = odd
        .iter()
        .take(PLACES / 2)
        .chain(rest.iter().take(PLACES / 2))
        .map(|c| c.place(c.citation.named.as_ref(), wording(c)))
        .collect();
    found.push(finding(
        format!("one work, two authors: {} / {}", wording(first), wording(main)),
        places,
        vec![format!("both are named as the author of “{}”", title(main))],
    ));
}

fn years(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let dated: Vec<Cited<'_>> = group
        .iter()
        .copied()
        .filter(|c| c.citation.year.is_some() && c.citation.letter.is_none() && !c.has_cue("edition"))
        .collect();
    let Some(main) = usual(&dated, |c| c.citation.year) else { return };
    let same = |c: &Cited<'_>| {
        let shared = c.citation.addresses.iter().any(|a| {
            let a = plain_address(&a.text);
            a.contains('/') && main.citation.addresses.iter().any(|b| plain_address(&b.text) == a)
        });
        let people = |c: &Cited<'_>| {
            c.citation
                .authors
                .iter()
                .any(|a| !a.surname.is_empty() && (!a.given.is_empty() || c.citation.authors.len() > 1))
        };
        if numbered_apart(main, c) {
            return false;
        }
        // Reports of an organisation appear every year under one title.
        shared || relation(main.citation, c.citation) == Relation::Same && (people(main) || people(c))
    };
    let odd: Vec<&Cited<'_>> = dated.iter().filter(|c| c.citation.year != main.citation.year && same(c)).collect();
    let Some(first) = odd.first() else { return };
    let rest = dated.iter().filter(|c| c.citation.year == main.citation.year);
    let year = |c: &Cited<'_>| c.citation.year.map_or(String::new(), |y| y.to_string());
    let places: Vec<Place> = odd
        .iter()
        .copied()
        .take(PLACES / 2)
        .chain(rest.take(PLACES / 2))
        .map(|c| c.place(c.citation.dated.as_ref(), year(c)))
        .collect();
    found.push(finding(
        format!("one work, two years: {} and {}", year(first), year(main)),
        places,
        vec![format!("“{}” is cited with both", title(main))],
    ));
}

/// A title with the name of a site behind a bar, as the window of a browser shows it, where others have none.
fn sites(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let cut = |c: &Cited<'_>| c.citation.title.as_ref().and_then(|t| t.text.find(" | ")).is_some();
    let (barred, bare): (Vec<&Cited<'_>>, Vec<&Cited<'_>>) =
        group.iter().filter(|c| c.citation.title.is_some()).partition(|c| cut(c));
    let (Some(first), Some(other)) = (barred.first(), bare.first()) else { return };
    let places = barred.iter().take(PLACES / 2).chain(bare.iter().take(PLACES / 2));
    found.push(finding(
        format!("the title {} has the name of a site in it, elsewhere not", title(first)),
        places.map(|c| c.place(c.citation.title.as_ref(), String::new())).collect(),
        vec![format!("elsewhere “{}”", title(other))],
    ));
}

/// A citation with the time of day that a program gave in place of a date, where others have the year.
fn stamps(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let dated = group.iter().find(|c| c.citation.year.is_some());
    let stamped: Vec<&Cited<'_>> =
        group.iter().filter(|c| c.citation.year.is_none() && has_stamp(&c.claim.text)).collect();
    let (Some(first), Some(dated)) = (stamped.first(), dated) else { return };
    let year = dated.citation.year.map_or(String::new(), |y| y.to_string());
    let mut places: Vec<Place> =
        stamped.iter().take(PLACES - 1).map(|c| c.place(None, "a time of day, no date")).collect();
    places.push(dated.place(dated.citation.dated.as_ref(), year.clone()));
    found.push(finding(
        format!("“{}” is dated with a time of day, elsewhere {year}", title(first)),
        places,
        Vec::new(),
    ));
}

/// Whether a text has a time stamp without its day: "T13:51:39+06:00".
fn has_stamp(text: &str) -> bool {
    text.match_indices('T').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let shape = |i: usize| if i == 2 || i == 5 { b':' } else { b'9' };
        let fits = (0..8).all(|i| rest.get(i).is_some_and(|b| if b.is_ascii_digit() { b'9' } else { *b } == shape(i)));
        before && fits
    })
}

/// Publishers of one work and year whose names differ in one of several words.
fn publishers(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let words = |c: &Cited<'_>| -> Vec<String> {
        let text = c.citation.publisher.as_ref().map_or("", |p| p.text.as_str());
        let name = text.rsplit(':').next().unwrap_or(text);
        name.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let differ = |a: &[String], b: &[String]| {
        a.len() == b.len() && a.len() >= 2 && a.iter().zip(b).filter(|(x, y)| x != y).count() == 1
    };
    for (i, a) in group.iter().enumerate().take(PLACES) {
        for b in &group[i + 1..] {
            let one_year = a.citation.year.is_some() && a.citation.year == b.citation.year;
            if !one_year || a.has_cue("edition") || b.has_cue("edition") || !differ(&words(a), &words(b)) {
                continue;
            }
            let place = |c: &Cited<'_>| c.place(c.citation.publisher.as_ref(), String::new());
            let name = |c: &Cited<'_>| shortened(c.citation.publisher.as_ref().map_or("", |p| p.text.as_str()), 34);
            found.push(finding(
                format!("one work, two publishers: {} / {}", name(a), name(b)),
                vec![place(b), place(a)],
                vec![format!("“{}” is cited with both", title(a))],
            ));
            return;
        }
    }
}

fn addresses(group: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut all: Vec<(String, &Cited<'_>, usize)> = Vec::new();
    for c in group {
        for (i, address) in c.citation.addresses.iter().enumerate() {
            let address = plain_address(&address.text);
            if !all.iter().any(|(a, ..)| *a == address) && all.len() < 20 {
                all.push((address, c, i));
            }
        }
    }
    for (i, (a, first, m)) in all.iter().enumerate() {
        for (b, second, n) in &all[i + 1..] {
            // The reports of two years have addresses of two years.
            let years = first.citation.year.zip(second.citation.year);
            if !is_slip(a, b) || years.is_some_and(|(x, y)| x != y) {
                continue;
            }
            let place = |c: &Cited<'_>, n: usize| c.place(c.citation.addresses.get(n), String::new());
            found.push(finding(
                "one work, two addresses that differ by a slip".to_owned(),
                vec![place(first, *m), place(second, *n)],
                vec![difference(a, b), format!("both are given for “{}”", title(first))],
            ));
            return;
        }
    }
}

/// "… publicazione … / … pubblicazione …": the parts of two addresses that differ.
fn difference(a: &str, b: &str) -> String {
    let cut = |s: &str| s.split(['/', '-', '_', '.', '?', '&']).map(str::to_owned).collect::<Vec<_>>();
    let (x, y) = (cut(a), cut(b));
    let start = x.iter().zip(&y).take_while(|(a, b)| a == b).count();
    let end = x[start..].iter().rev().zip(y[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let part = |v: &[String]| shortened(&v[start..v.len() - end].join(" "), 60);
    format!("{} / {}", part(&x), part(&y))
}
