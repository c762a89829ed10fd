//! One instrument, one number, one year, one title.

mod abroad;
mod codes;
mod exchanged;
mod labels;
mod siblings;

use super::slip::{Slip, slip};
use super::{Check, Finding, Place, Selection, shortened};
use crate::claim::{Claim, Reference, Value};
use crate::span::FileId;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Largest group of citations that is compared pair by pair; larger ones say the same often enough.
const GROUP: usize = 64;

/// Fewest digits of a number with letters that is not met by chance in another order.
const CODED: usize = 5;

/// Most places of one finding.
const PLACES: usize = 6;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {}

/// A citation with its claim.
#[derive(Clone, Copy)]
struct Cited<'a> {
    claim: &'a Claim,
    reference: &'a Reference,
}

/// Citations by the number they give.
type ByNumber<'a> = BTreeMap<&'a str, Vec<usize>>;

impl Cited<'_> {
    fn file(&self) -> FileId {
        self.claim.at.file
    }

    fn has_cue(&self, cue: &str) -> bool {
        self.claim.scope.cues.iter().any(|c| c == cue)
    }

    fn place(&self) -> Place {
        Place { at: self.claim.at, within: self.claim.within, label: shortened(&self.claim.text) }
    }
}

impl Check for Identity {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let cited: Vec<Cited<'_>> = selection
            .claims
            .iter()
            .filter_map(|claim| match &claim.value {
                Value::Reference(reference) => Some(Cited { claim, reference }),
                _ => None,
            })
            .collect();
        let before = found.len();
        if !selection.across {
            codes::check(selection.claims, found);
            tied(&cited, found);
            titles(&cited, found);
        }
        described(&cited, selection.across, found);
        alike(&cited, selection.across, found);
        if !selection.across {
            siblings::check(&cited, false, found);
        }
        numbers(&cited, selection.across, found);
        years(&cited, selection.across, found);
        if !selection.across {
            predecessors(&cited, found);
        }
        if selection.across {
            only_law(&cited, found);
        }
        labels::check(selection.claims, selection.across, found);
        if selection.across {
            siblings::check(&cited, true, found);
            abroad::check(&cited, found);
        } else {
            exchanged::check(&cited, found);
        }
        // A citation that one relation found wrong is not reported again by the next.
        let mut seen: BTreeSet<_> = BTreeSet::new();
        let mut kept = before;
        for i in before..found.len() {
            let key: Vec<_> = found[i].places.iter().map(|p| p.at).collect();
            if key.iter().all(|at| seen.contains(at)) {
                continue;
            }
            seen.extend(key);
            found.swap(kept, i);
            kept += 1;
        }
        found.truncate(kept);
    }
}

/// Citations that stand for one instrument, by apposition, note or label.
fn tied(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut by_tie: BTreeMap<&CompactString, Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        for tie in &c.reference.ties {
            by_tie.entry(tie).or_default().push(i);
        }
    }
    let mut group: Vec<usize> = (0..cited.len()).collect();
    fn root(group: &mut [usize], mut i: usize) -> usize {
        while group[i] != i {
            group[i] = group[group[i]];
            i = group[i];
        }
        i
    }
    let mut wrong: BTreeSet<usize> = BTreeSet::new();
    for members in by_tie.values().filter(|m| m.len() > 1 && m.len() <= GROUP) {
        for (n, &i) in members.iter().enumerate() {
            for &j in &members[n + 1..] {
                if differ(cited[i].reference, cited[j].reference) {
                    wrong.extend([i, j]);
                    let (a, b) = (root(&mut group, i), root(&mut group, j));
                    group[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut findings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &i in &wrong {
        findings.entry(root(&mut group, i)).or_default().push(i);
    }
    for members in findings.values() {
        let mut places: Vec<Place> = members.iter().map(|&i| cited[i].place()).collect();
        // Other places that cite the instrument by the number of the first.
        let first = cited[members[0]].reference;
        let more = cited.iter().enumerate().filter(|(i, c)| {
            !members.contains(i) && c.reference.family == first.family && c.reference.number == first.number
        });
        places.extend(more.map(|(_, c)| c.place()).take(PLACES.saturating_sub(places.len())));
        let other = members.iter().map(|&i| &cited[i]).find(|c| differ(first, c.reference));
        report(found, &cited[members[0]], other.unwrap_or(&cited[members[0]]), places, reason(first, other));
    }
}

fn differ(a: &Reference, b: &Reference) -> bool {
    if a.family != b.family || a.number.is_empty() || b.number.is_empty() {
        return false;
    }
    if a.number == b.number {
        return a.year.is_some() && b.year.is_some() && a.year != b.year;
    }
    slip(&a.number, &b.number).is_some()
}

fn reason(first: &Reference, other: Option<&Cited<'_>>) -> String {
    let shared = other.and_then(|o| first.ties.iter().find(|t| o.reference.ties.contains(t)));
    match shared.and_then(|t| t.split_once(':')) {
        Some(("note", label)) => {
            let label = label.split(':').next().unwrap_or(label);
            format!("note {label} is called where the instrument is cited")
        }
        Some(("label", label)) => {
            let label = label.split_once(':').map_or(label, |(_, l)| l);
            format!("both stand with the label [{label}]")
        }
        Some(("number", _)) => "one number, two years".to_owned(),
        _ => "the two stand side by side as one instrument".to_owned(),
    }
}

/// Near numbers that are given for one distinctive thing: "Argon2id (RFC 9106)" and "Argon2id, see RFC 9160".
fn described(cited: &[Cited<'_>], across: bool, found: &mut Vec<Finding>) {
    let mut by_thing: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        if c.reference.number.is_empty() || c.has_cue("history") {
            continue;
        }
        for thing in &c.claim.subject.entities {
            by_thing.entry((c.reference.family.as_str(), thing.as_str())).or_default().push(i);
        }
    }
    for ((family, thing), members) in by_thing.iter().filter(|(_, m)| m.len() > 1 && m.len() <= GROUP) {
        let mut numbers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &i in members {
            numbers.entry(cited[i].reference.number.as_str()).or_default().push(i);
        }
        let list: Vec<&str> = numbers.keys().copied().collect();
        for (n, &a) in list.iter().enumerate() {
            for &b in &list[n + 1..] {
                // Consecutive documents of one body differ in their last digit all the time.
                if !matches!(slip(a, b), Some(Slip::Exchanged | Slip::Length)) {
                    continue;
                }
                let count = |number: &str| {
                    cited.iter().filter(|c| c.reference.family == *family && c.reference.number == number).count()
                };
                if count(a).min(count(b)) > 1 || across == same_file(cited, &numbers[a], &numbers[b]) {
                    continue;
                }
                let (odd, rest) = if count(a) < count(b) { (a, b) } else { (b, a) };
                let (odd, rest) = (&numbers[odd], &numbers[rest]);
                if odd.iter().any(|&i| rest.iter().any(|&j| cited[i].claim.within == cited[j].claim.within)) {
                    continue;
                }
                let places = odd.iter().chain(rest).take(PLACES).map(|&i| cited[i].place()).collect();
                report(found, &cited[odd[0]], &cited[rest[0]], places, format!("both are cited for {thing}"));
            }
        }
    }
}

/// Numbers with two digits exchanged that are cited in sentences of the same words, one of them only once.
fn alike(cited: &[Cited<'_>], across: bool, found: &mut Vec<Finding>) {
    // (family, law, digits in order) → number → citations.
    let mut by_digits: BTreeMap<(&str, &str, Vec<char>), ByNumber<'_>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        let number = c.reference.number.as_str();
        // An article is of a law, else its number says nothing.
        let law = if c.reference.titled.is_none() { c.reference.title.as_str() } else { "" };
        let digits = number.chars().filter(char::is_ascii_digit).count();
        // Entries of reference lists share the names of publishers; they all have a year.
        let entry = law.is_empty() && !c.claim.scope.times.is_empty();
        // A number such as "HC-2021-0487" says enough without a sentence around it.
        let coded = digits >= CODED && number.starts_with(|c: char| c.is_ascii_alphabetic()) && !c.has_cue("listed");
        let wordless = entry || c.claim.subject.modifiers.is_empty();
        if wordless && !coded || digits < if law.is_empty() { 4 } else { 2 } || c.has_cue("history") {
            continue;
        }
        let mut sorted: Vec<char> = number.chars().collect();
        sorted.sort_unstable();
        by_digits.entry((c.reference.family.as_str(), law, sorted)).or_default().entry(number).or_default().push(i);
    }
    for ((_, law, _), numbers) in &by_digits {
        let list: Vec<&str> = numbers.keys().copied().collect();
        for (n, &a) in list.iter().enumerate().take(GROUP) {
            for &b in list[n + 1..].iter().take(GROUP) {
                let (odd, rest) = if numbers[a].len() < numbers[b].len() { (a, b) } else { (b, a) };
                let (odd, rest) = (&numbers[odd], &numbers[rest]);
                if slip(a, b) != Some(Slip::Exchanged) || odd.len() > 1 || across == same_file(cited, odd, rest) {
                    continue;
                }
                // A long number is not met by chance in another order of its digits.
                let digits = a.bytes().filter(u8::is_ascii_digit).count();
                let rare = law.is_empty() && (digits >= 6 || digits == 5 && rest.len() >= 2);
                let least = if rare {
                    0
                } else if law.is_empty() {
                    5
                } else {
                    3
                };
                let like = rest.iter().copied().find(|&j| {
                    !are_of_others(cited[odd[0]].claim, cited[j].claim)
                        && !same_block(&cited[odd[0]], &cited[j])
                        && !same_list(&cited[odd[0]], &cited[j])
                        && shared(cited[odd[0]].claim, cited[j].claim) >= least
                });
                let Some(like) = like else { continue };
                let places = odd
                    .iter()
                    .chain([&like])
                    .chain(rest.iter().filter(|&&j| j != like))
                    .take(PLACES)
                    .map(|&i| cited[i].place());
                let why = if least == 0 { "the same digits in another order" } else { "the sentences say the same" };
                report(found, &cited[odd[0]], &cited[like], places.collect(), why.to_owned());
            }
        }
    }
}

/// Whether both citations stand with the names of things, and of no common one.
fn are_of_others(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (&a.subject.entities, &b.subject.entities);
    !a.is_empty() && !b.is_empty() && !a.iter().any(|thing| b.contains(thing))
}

/// Whether two citations stand in one paragraph; block numbers begin anew in every document.
fn same_block(a: &Cited<'_>, b: &Cited<'_>) -> bool {
    a.file() == b.file() && a.claim.block == b.claim.block
}

/// Whether two citations stand in items of one list.
fn same_list(a: &Cited<'_>, b: &Cited<'_>) -> bool {
    a.file() == b.file() && a.claim.list.is_some() && a.claim.list == b.claim.list
}

/// How many content words two sentences share; 0 when that is less than a third of the shorter one.
fn shared(a: &Claim, b: &Claim) -> usize {
    let (a, b) = (&a.subject.modifiers, &b.subject.modifiers);
    let n = a.iter().filter(|w| b.contains(w)).count();
    if n * 3 < a.len().min(b.len()) { 0 } else { n }
}

/// One title with two numbers: "Flood Act (No. 31 of 2015)" and "Flood Act (No. 13 of 2015)".
fn numbers(cited: &[Cited<'_>], across: bool, found: &mut Vec<Finding>) {
    let mut by_title: BTreeMap<(&str, &str), ByNumber<'_>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        if !c.reference.number.is_empty() && c.reference.titled.is_some() && c.reference.title.contains(' ') {
            let title = (c.reference.family.as_str(), c.reference.title.as_str());
            by_title.entry(title).or_default().entry(c.reference.number.as_str()).or_default().push(i);
        }
    }
    for numbers in by_title.values() {
        let lists: Vec<(&&str, &Vec<usize>)> = numbers.iter().collect();
        let [(a, first), (b, second)] = lists.as_slice() else { continue };
        if slip(a, b).is_none()
            || across == same_file(cited, first, second)
            || first.len().min(second.len()) > 1
            || are_told_apart(cited, first, second, slip(a, b) == Some(Slip::Exchanged))
        {
            continue;
        }
        let (odd, rest) = if first.len() < second.len() { (first, second) } else { (second, first) };
        let places = odd.iter().chain(rest.iter()).take(PLACES).map(|&i| cited[i].place()).collect();
        report(found, &cited[odd[0]], &cited[rest[0]], places, "one title, two numbers".to_owned());
    }
}

/// Whether some citation of one sort and some of the other stand in one file.
fn same_file(cited: &[Cited<'_>], a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|&i| b.iter().any(|&j| cited[i].file() == cited[j].file()))
}

/// One title with two years that a hand may have slipped between.
fn years(cited: &[Cited<'_>], across: bool, found: &mut Vec<Finding>) {
    let mut by_title: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        if c.reference.year.is_some() && c.reference.title.contains(' ') {
            by_title.entry((c.reference.family.as_str(), c.reference.title.as_str())).or_default().push(i);
        }
    }
    for ((_, title), members) in &by_title {
        let mut years: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for &i in members {
            years.entry(cited[i].reference.year.unwrap_or_default()).or_default().push(i);
        }
        let list: Vec<u16> = years.keys().copied().collect();
        let [a, b] = list.as_slice() else { continue };
        let kind = slip(&a.to_string(), &b.to_string());
        // A title of two words ("Finance Act", "Electoral Code") is given to a new law every few years.
        let long = title.split(' ').count() > 2;
        if !(kind == Some(Slip::Exchanged) || long && kind.is_some()) || b - a == 1 && !long {
            continue;
        }
        let (first, second) = (&years[a], &years[b]);
        let in_one = same_file(cited, first, second);
        if across == in_one || in_one && first.len().min(second.len()) > 1 {
            continue;
        }
        if are_told_apart(cited, first, second, false) {
            continue;
        }
        let (odd, rest) = if first.len() < second.len() { (first, second) } else { (second, first) };
        let places = odd.iter().take(3).chain(rest).take(PLACES).map(|&i| cited[i].place()).collect();
        report(found, &cited[odd[0]], &cited[rest[0]], places, "one title, two years".to_owned());
    }
}

/// The edition that the document says it replaces, with two years.
fn predecessors(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut by_number: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        if c.has_cue("predecessor") && c.reference.year.is_some() && !c.reference.number.is_empty() {
            by_number.entry((&c.reference.family, &c.reference.number)).or_default().push(i);
        }
    }
    for members in by_number.values() {
        let first = &cited[members[0]];
        let others: Vec<&Cited<'_>> =
            members.iter().map(|&i| &cited[i]).filter(|c| c.reference.year != first.reference.year).collect();
        // One that replaces two editions says so in one place.
        let [other] = others[..] else { continue };
        if !same_block(first, other) {
            let note = "both are said to be the edition replaced".to_owned();
            report(found, first, other, vec![first.place(), other.place()], note);
        }
    }
}

/// Whether the text knows that there are two: it names one as past, speaks of both at once or of two countries.
/// Two with exchanged digits may stand in one paragraph, if not in one sentence.
fn are_told_apart(cited: &[Cited<'_>], first: &[usize], second: &[usize], exchanged: bool) -> bool {
    let all = || first.iter().chain(second).map(|&i| &cited[i]);
    if all().any(|c| c.has_cue("history")) {
        return true;
    }
    let names = |of: &[usize], other: &[usize]| {
        let year = other.first().and_then(|&i| cited[i].reference.year).map(|y| y.to_string()).unwrap_or_default();
        of.iter().any(|&i| cited[i].claim.scope.times.iter().any(|t| *t == year))
    };
    if names(first, second) || names(second, first) {
        return true;
    }
    let together = first.iter().any(|&i| {
        second.iter().any(|&j| {
            let sentences = (cited[i].claim.sentence, cited[j].claim.sentence);
            same_block(&cited[i], &cited[j]) && (!exchanged || sentences.0 == sentences.1)
        })
    });
    let places = |of: &[usize]| -> BTreeSet<&str> {
        of.iter().flat_map(|&i| &cited[i].claim.scope.cues).filter_map(|c| c.strip_prefix("place:")).collect()
    };
    let (here, there) = (places(first), places(second));
    together || !here.is_empty() && !there.is_empty() && here.is_disjoint(&there)
}

/// One title with a word in two forms: "Convention on the Rights of the Child" and "… of the Children".
fn titles(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut by_start: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        let words: Vec<&str> = c.reference.key.split(' ').take(3).collect();
        if c.reference.titled.is_some() && words.len() == 3 {
            by_start.entry(words.join(" ")).or_default().push(i);
        }
    }
    for members in by_start.values().filter(|m| m.len() > 1 && m.len() <= GROUP) {
        let mut forms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &i in members {
            let form: Vec<&str> = cited[i].reference.title.split(' ').take(3).collect();
            forms.entry(form.join(" ")).or_default().push(i);
        }
        let list: Vec<&Vec<usize>> = forms.values().collect();
        let [a, b] = list.as_slice() else { continue };
        let (odd, rest) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let one_law = |i: usize, j: usize| {
            let (x, y) = (&cited[i].reference.key, &cited[j].reference.key);
            x.starts_with(y.as_str()) || y.starts_with(x.as_str())
        };
        if odd.len() > 1 && odd.len() * 3 > rest.len() || !one_law(odd[0], rest[0]) {
            continue;
        }
        let title = |i: usize| {
            let c = &cited[i];
            let at = c.reference.titled.as_ref().map_or(c.claim.at, |t| t.at);
            Place { at, within: c.claim.within, label: shortened(c.reference.titled.as_ref().map_or("", |t| &t.text)) }
        };
        let places = odd.iter().chain(rest.iter()).take(PLACES).map(|&i| title(i)).collect();
        report(found, &cited[odd[0]], &cited[rest[0]], places, "one title in two forms".to_owned());
    }
}

/// Two documents that each cite one numbered law, of the same year, with the same digits in another order.
fn only_law(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    let mut by_file: BTreeMap<(&str, FileId), Vec<usize>> = BTreeMap::new();
    for (i, c) in cited.iter().enumerate() {
        if !c.reference.number.is_empty() && c.reference.year.is_some() && c.reference.ties.is_empty() {
            by_file.entry((c.reference.family.as_str(), c.file())).or_default().push(i);
        }
    }
    // (family, year, digits) → the only law of each document.
    let mut by_digits: BTreeMap<(&str, u16, Vec<char>), Vec<usize>> = BTreeMap::new();
    for ((family, _), members) in &by_file {
        let first = cited[members[0]].reference;
        if *family != "law" || members.iter().any(|&i| cited[i].reference.number != first.number) {
            continue;
        }
        let mut digits: Vec<char> = first.number.chars().collect();
        digits.sort_unstable();
        by_digits.entry((family, first.year.unwrap_or_default(), digits)).or_default().push(members[0]);
    }
    for members in by_digits.values() {
        let first = &cited[members[0]];
        if let Some(&other) = members.iter().find(|&&i| cited[i].reference.number != first.reference.number) {
            let places = vec![first.place(), cited[other].place()];
            report(found, first, &cited[other], places, "each document cites one law of that year".to_owned());
        }
    }
}

fn report(found: &mut Vec<Finding>, a: &Cited<'_>, b: &Cited<'_>, places: Vec<Place>, note: String) {
    let name = |c: &Cited<'_>| c.claim.subject.wording.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = format!("one instrument cited in two ways: {} and {}", name(a), name(b));
    found.push(Finding { places, variables: vec![("wrong", wrong)], notes: vec![note] });
}
