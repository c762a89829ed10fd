//! Pointers against the places of the documents, and the places against each other.

mod linked;
mod outline;

use super::{Check, Finding, Place, Selection, shortened};
use crate::claim::{Claim, Value};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {}

/// One in so many places of a sort may be missing; where more are, they were not read or are elsewhere.
const MISSING: usize = 4;

/// Headings of one level from which on a part of one of them is known to be missing, though no heading has parts.
const UNDIVIDED: usize = 5;

/// More missing places than that make a document put together from others.
const MOST: usize = 3;

/// Fewest sections in a row that an announced structure names.
const ANNOUNCED: usize = 3;

/// A place that ends no more bytes than these before a pointer may be the one that "below" goes on with.
const NEAR: u32 = 300;

impl Check for Pointer {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            across(selection.claims, found);
            return;
        }
        let mut sorts: BTreeMap<&str, Sort<'_>> = BTreeMap::new();
        let mut lists: BTreeMap<u32, Vec<(u32, &Claim)>> = BTreeMap::new();
        let (mut links, mut headings, mut listed) = (Vec::new(), Vec::new(), Vec::new());
        for &claim in selection.claims {
            match &claim.value {
                Value::Place { sort, number, .. } if sort == "item" => {
                    if let (Some(list), Ok(number)) = (claim.list, number.parse()) {
                        lists.entry(list).or_default().push((number, claim));
                    }
                }
                Value::Place { sort, number, level, .. } if sort == "heading" => {
                    headings.push(outline::Title { number, level: *level, claim });
                }
                Value::Place { sort, number, level, .. } if sort == "listed" => {
                    listed.push(outline::Title { number, level: *level, claim });
                }
                Value::Place { sort, number, firm, .. } => sorts.entry(sort).or_default().place(number, *firm, claim),
                Value::Pointer { sort, number, path: None, .. } => {
                    sorts.entry(sort).or_default().pointers.push((number, claim));
                }
                Value::Link(link) => links.push((link.as_ref(), claim)),
                _ => {}
            }
        }
        let anchors_of = sorts.get("anchor").map_or(&[][..], |s| &s.firm);
        linked::check(&links, anchors_of, found);
        outline::check(&headings, &listed, found);
        for (name, sort) in &sorts {
            match *name {
                "anchor" => anchors(&sort.pointers, &sort.known, found),
                _ => sort.check(found),
            }
        }
        for items in lists.values() {
            in_step(items, found);
        }
    }
}

/// The places of one sort and the pointers to them.
#[derive(Default)]
struct Sort<'a> {
    /// Numbers that something begins with, with all that they are parts of: 6.2.1, 6.2, 6.
    known: FxHashSet<CompactString>,
    /// Captions and headings, in order of place.
    firm: Vec<(&'a CompactString, &'a Claim)>,
    pointers: Vec<(&'a CompactString, &'a Claim)>,
}

impl<'a> Sort<'a> {
    fn place(&mut self, number: &'a CompactString, firm: bool, claim: &'a Claim) {
        let mut part = number.as_str();
        loop {
            self.known.insert(part.into());
            self.known.insert(bare(part).into());
            match part.rfind('.') {
                Some(dot) => part = &part[..dot],
                None => break,
            }
        }
        if firm {
            self.firm.push((number, claim));
        }
    }

    fn check(&self, found: &mut Vec<Finding>) {
        let mut missing: BTreeMap<(char, usize), Vec<(&CompactString, &Claim)>> = BTreeMap::new();
        for &(number, claim) in &self.pointers {
            if !self.known.contains(number) && !self.known.contains(bare(number)) {
                missing.entry(form(number)).or_default().push((number, claim));
            }
        }
        for (shape, pointers) in missing {
            let places: FxHashSet<&CompactString> =
                self.firm.iter().map(|(n, _)| *n).filter(|n| form(n) == shape).collect();
            let numbers: FxHashSet<&CompactString> = pointers.iter().map(|(n, _)| *n).collect();
            // "Section 4.1.5" where 4.1 has no parts: the level above says what is there.
            let above = self.firm.iter().filter(|(n, _)| form(n) == (shape.0, shape.1 - 1)).count();
            let enough = places.len() >= 2 || shape.1 >= 2 && above >= UNDIVIDED;
            if !enough || numbers.len() > (places.len().max(above) / MISSING).clamp(1, MOST) {
                continue;
            }
            let notes = self.extent(shape);
            for (number, claim) in pointers {
                // A section of a section that is not there either is one of another document.
                if let Some(dot) = number.rfind('.')
                    && !self.known.contains(&number[..dot])
                {
                    continue;
                }
                let wrong = format!("{} is not there", claim.text);
                found.push(Finding {
                    places: vec![Place { at: claim.at, within: claim.within, label: "leads nowhere".to_owned() }],
                    variables: vec![("wrong", wrong)],
                    notes: notes.clone(),
                });
            }
        }
        self.gaps(found);
        self.titles(found);
        self.announced(found);
        for (number, pointer) in &self.pointers {
            if let [place] = self.firm_of(number)[..] {
                wrong_way(pointer, place, found);
            }
        }
    }

    /// The captions and headings of a number that stand in the text.
    fn firm_of(&self, number: &str) -> Vec<&'a Claim> {
        self.firm.iter().filter(|(n, c)| n.as_str() == number && !c.text.is_empty()).map(|(_, c)| *c).collect()
    }

    /// Titles that are given with a number and that another number has.
    fn titles(&self, found: &mut Vec<Finding>) {
        for (number, pointer) in &self.pointers {
            let Value::Pointer { title: Some(title), .. } = &pointer.value else { continue };
            let given = fold(&title.text);
            let [place] = self.firm_of(number)[..] else { continue };
            let own = fold(title_of(place));
            if given.is_empty() || own.contains(&given) || given.contains(&own) {
                continue;
            }
            let Some((other, _)) = self.firm.iter().find(|(_, c)| fold(title_of(c)).starts_with(&given)) else {
                continue;
            };
            let wrong = format!("{} is {}, not {}", pointer.text, shortened(title_of(place)), shortened(&title.text));
            found.push(Finding {
                places: vec![
                    Place {
                        at: pointer.at.cover(title.at),
                        within: pointer.within,
                        label: format!("{other} has this title"),
                    },
                    Place { at: place.within, within: place.within, label: String::new() },
                ],
                variables: vec![("wrong", wrong)],
                notes: Vec::new(),
            });
        }
    }

    /// "Section 2 describes …, Section 3 …": where what is said of one is the title of the next.
    fn announced(&self, found: &mut Vec<Finding>) {
        let said: Vec<(&str, &Claim)> = self
            .pointers
            .iter()
            .filter(|(_, c)| !c.subject.modifiers.is_empty())
            .map(|(n, c)| (n.as_str(), *c))
            .collect();
        for group in said.chunk_by(|a, b| a.1.block == b.1.block) {
            let count = |n: &str| n.parse::<u32>().unwrap_or(0);
            let rising = group.windows(2).all(|w| count(w[1].0) == count(w[0].0) + 1);
            if group.len() < ANNOUNCED || !rising {
                continue;
            }
            let fits = |topic: &Claim, number: &str| {
                let places = self.firm_of(number);
                let [place] = places[..] else { return None };
                Some((place, topic.subject.modifiers.iter().any(|w| words(title_of(place)).any(|t| is_akin(w, t)))))
            };
            let own: Vec<Option<(&Claim, bool)>> = group.iter().map(|(n, c)| fits(c, n)).collect();
            if !own.iter().flatten().any(|(_, fit)| *fit) {
                continue;
            }
            for (i, (number, topic)) in group.iter().enumerate() {
                let Some((place, false)) = own[i] else { continue };
                let next = (number.parse::<u32>().unwrap_or(0) + 1).to_string();
                // The next section must not be announced in its own words.
                if let Some((other, true)) = fits(topic, &next)
                    && own.get(i + 1).copied().flatten().is_none_or(|(_, fit)| !fit)
                {
                    let wrong = format!("{} is announced as what section {next} is about", topic.text);
                    found.push(Finding {
                        places: [(topic.at, topic.within), (place.within, place.within), (other.within, other.within)]
                            .map(|(at, within)| Place { at, within, label: String::new() })
                            .into(),
                        variables: vec![("wrong", wrong)],
                        notes: Vec::new(),
                    });
                    break;
                }
            }
        }
    }

    /// What there is, in a few words.
    fn extent(&self, shape: (char, usize)) -> Vec<String> {
        let mut of_shape = self.firm.iter().filter(|(n, _)| form(n) == shape);
        match (of_shape.next(), of_shape.next_back()) {
            (Some((_, first)), Some((_, last))) if !first.text.is_empty() => {
                vec![format!("there are: {} to {}", first.text, last.text)]
            }
            _ => Vec::new(),
        }
    }

    /// One number left out, given twice or out of place, where all others are in step.
    fn gaps(&self, found: &mut Vec<Finding>) {
        let mut levels: BTreeMap<&str, Vec<(u32, &Claim)>> = BTreeMap::new();
        for &(number, claim) in self.firm.iter().filter(|(_, claim)| !claim.text.is_empty()) {
            let dot = number.rfind('.').map_or(0, |i| i + 1);
            if let Ok(last) = number[dot..].parse() {
                levels.entry(&number[..dot]).or_default().push((last, claim));
            }
        }
        let mut odd = Vec::new();
        for (level, numbers) in &levels {
            // Numbers that begin anew in each part of the document are counted in each part.
            let mut runs: Vec<&[(u32, &Claim)]> = vec![];
            let mut from = 0;
            for i in 1..=numbers.len() {
                if i == numbers.len() || numbers[i].0 == 1 && numbers[i - 1].0 > 1 {
                    runs.push(&numbers[from..i]);
                    from = i;
                }
            }
            for run in runs {
                if run[0].0 > 1 {
                    return;
                }
                if run.windows(2).any(|pair| pair[1].0 != pair[0].0 + 1) {
                    odd.push((*level, run));
                }
            }
        }
        let [(level, run)] = odd[..] else { return };
        let numbers: Vec<u32> = run.iter().map(|(n, _)| *n).collect();
        let Some((at, fault)) = fault(&numbers) else { return };
        let ((a, first), (_, second)) = (run[at], run[at + 1]);
        match fault {
            Fault::LeftOut => {
                let left_out = format!("{level}{}", a + 1);
                // A pointer to what is left out has been told already.
                let told = self.pointers.iter().any(|(n, _)| n.as_str() == left_out);
                if !told && !self.known.contains(left_out.as_str()) {
                    let wrong = format!("{left_out} is left out between {} and {}", first.text, second.text);
                    found.push(step(first, second, wrong));
                }
            }
            Fault::Twice => {
                let again = [first, second].iter().any(|c| {
                    let wording = c.subject.wording.to_lowercase();
                    wording.contains("cont") || wording.contains("part")
                });
                if first.subject.wording != second.subject.wording && !again {
                    found.push(step(first, second, format!("{} is there twice", first.text)));
                }
            }
            Fault::Displaced => {
                let wrong = format!("{} follows {}", second.text, first.text);
                found.push(step(first, second, wrong));
            }
        }
    }
}

/// What is wrong with numbers that should be counted through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    /// One is left out.
    LeftOut,
    /// One is given twice.
    Twice,
    /// One is another than its place asks for, or has changed places with the next.
    Displaced,
}

/// The one fault of numbers that begin with 1 or less, and the position before it; `None` when there is none, more
/// than one, or too little to tell.
fn fault(numbers: &[u32]) -> Option<(usize, Fault)> {
    let breaks: Vec<usize> = (1..numbers.len()).filter(|&i| numbers[i] != numbers[i - 1] + 1).collect();
    if numbers.len() < 3 {
        return None;
    }
    match breaks[..] {
        [i] if numbers[i] == numbers[i - 1] + 2 => Some((i - 1, Fault::LeftOut)),
        // The last may be the beginning of something else.
        [i] if numbers[i] == numbers[i - 1] && i + 1 < numbers.len() => Some((i - 1, Fault::Twice)),
        // 1, 2, 2, 4: the neighbours say which number is meant.
        [i, j] if j == i + 1 && numbers[j] == numbers[i - 1] + 2 && numbers.len() > 3 => {
            let twice = numbers[i] == numbers[i - 1];
            Some((i - 1, if twice { Fault::Twice } else { Fault::Displaced }))
        }
        // 1, 2, 4, 3, 5.
        [i, j, k] if j == i + 1 && k == j + 1 && numbers[i] == numbers[j] + 1 && numbers[k] == numbers[i] + 1 => {
            Some((i, Fault::Displaced))
        }
        _ => None,
    }
}

/// The marks of one list: one number left out or given twice.
fn in_step(items: &[(u32, &Claim)], found: &mut Vec<Finding>) {
    if items.len() < 3 || items[0].0 > 1 {
        return;
    }
    let numbers: Vec<u32> = items.iter().map(|(n, _)| *n).collect();
    // The end of a list is known, so its last number may be one that is given twice.
    let last = items.len() - 1;
    let at_end = numbers[last] == numbers[last - 1] && numbers[..last].windows(2).all(|w| w[1] == w[0] + 1);
    let Some((at, fault)) = (if at_end { Some((last - 1, Fault::Twice)) } else { fault(&numbers) }) else { return };
    let ((a, first), (b, second)) = (items[at], items[at + 1]);
    let wrong = match fault {
        Fault::LeftOut => format!("{} is left out between {a} and {b}", a + 1),
        Fault::Twice => format!("{a} is there twice"),
        Fault::Displaced => format!("{b} follows {a}"),
    };
    found.push(step(first, second, wrong));
}

/// Appends a finding when a pointer sends the reader up and the place is further down, or the other way round.
fn wrong_way(pointer: &Claim, place: &Claim, found: &mut Vec<Finding>) {
    let says = |way: &str| pointer.scope.cues.iter().any(|c| c == way);
    let (way, other) = if says("above") && place.at.start > pointer.within.end {
        ("above", "below")
    } else if says("below") && place.at.end + NEAR < pointer.at.start {
        ("below", "above")
    } else {
        return;
    };
    let wrong = format!("{} is {other}, not {way}", shortened(&pointer.text));
    found.push(Finding {
        places: vec![
            Place { at: pointer.at, within: pointer.within, label: format!("“{way}”") },
            Place { at: place.at, within: place.within, label: String::new() },
        ],
        variables: vec![("wrong", wrong)],
        notes: Vec::new(),
    });
}

fn step(first: &Claim, second: &Claim, wrong: String) -> Finding {
    let place = |c: &Claim| Place { at: c.at, within: c.within, label: String::new() };
    Finding { places: vec![place(second), place(first)], variables: vec![("wrong", wrong)], notes: Vec::new() }
}

/// Links to places in other documents of the run.
fn across(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut files = FxHashMap::default();
    for claim in claims {
        if let Value::Place { sort, number, .. } = &claim.value
            && sort == "document"
        {
            files.insert(number, claim.at.file);
        }
    }
    let mut known: FxHashMap<_, FxHashSet<CompactString>> = FxHashMap::default();
    for claim in claims {
        if let Value::Place { sort, number, .. } = &claim.value
            && sort == "anchor"
        {
            known.entry(claim.at.file).or_default().insert(number.clone());
        }
    }
    let mut links: BTreeMap<&CompactString, Vec<(&CompactString, &Claim)>> = BTreeMap::new();
    for &claim in claims {
        if let Value::Pointer { number, path: Some(path), .. } = &claim.value {
            links.entry(path).or_default().push((number, claim));
        }
    }
    for (path, links) in links {
        if let Some(known) = files.get(path).and_then(|file| known.get(file)) {
            anchors(&links, known, found);
        }
    }
}

/// Links to the anchors of one document.
fn anchors(links: &[(&CompactString, &Claim)], known: &FxHashSet<CompactString>, found: &mut Vec<Finding>) {
    let unnumbered: FxHashSet<&str> =
        known.iter().map(|k| k.trim_start_matches(|c: char| c.is_ascii_digit())).collect();
    let is_known = |name: &str| {
        let counted = name.trim_end_matches(|c: char| c.is_ascii_digit());
        known.contains(name) || !counted.is_empty() && known.contains(counted) || unnumbered.contains(name)
    };
    let ascii: FxHashSet<String> =
        known.iter().filter(|k| !k.is_ascii()).map(|k| k.chars().filter(char::is_ascii).collect()).collect();
    let (mut sound, mut broken) = (FxHashSet::default(), Vec::new());
    for &(name, claim) in links {
        let plain: String = name.chars().filter(char::is_ascii).collect();
        if is_known(name) || ascii.contains(&plain) || is_known(&plain) && !plain.is_empty() {
            sound.insert(name);
        } else {
            broken.push((name, claim));
        }
    }
    let names: FxHashSet<&CompactString> = broken.iter().map(|(n, _)| *n).collect();
    // Where most links fail, another program makes the anchors.
    if known.len() < 2 || names.len() > sound.len().max(1) {
        return;
    }
    for (_, claim) in broken {
        let wrong = format!("the link to {} leads to no heading", claim.text);
        let label = "no such heading".to_owned();
        let places = vec![Place { at: claim.at, within: claim.within, label }];
        found.push(Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() });
    }
}

/// The title behind the number of a heading or caption.
fn title_of(place: &Claim) -> &str {
    let wording = place.subject.wording.as_str();
    wording.get(place.text.len()..).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3)
}

/// Whether two words begin alike but for an ending: results, result; methods, methodology.
fn is_akin(a: &str, b: &str) -> bool {
    let b = b.to_lowercase();
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= 4 && common + 3 >= a.chars().count().min(b.chars().count())
}

/// The letters and digits of a text, small.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A number without a small letter at its end.
fn bare(number: &str) -> &str {
    number.trim_end_matches(|c: char| c.is_ascii_lowercase())
}

/// What a number looks like: digits, a letter or Roman, and how many parts it has.
fn form(number: &str) -> (char, usize) {
    let first = number.split('.').next().unwrap_or("");
    let class = match first.as_bytes() {
        [b'0'..=b'9', ..] => 'd',
        [_] => 'l',
        _ => 'r',
    };
    (class, number.split('.').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_one_fault_only() {
        assert_eq!(fault(&[1, 2, 4]), Some((1, Fault::LeftOut)));
        assert_eq!(fault(&[1, 2, 2, 3]), Some((1, Fault::Twice)));
        assert_eq!(fault(&[1, 2, 2, 4]), Some((1, Fault::Twice)));
        assert_eq!(fault(&[1, 2, 5, 4, 5]), Some((1, Fault::Displaced)));
        assert_eq!(fault(&[1, 2, 4, 3, 5]), Some((2, Fault::Displaced)));
        assert_eq!([fault(&[1, 2, 3]), fault(&[1, 3, 5]), fault(&[3, 2, 1]), fault(&[1, 2, 2])], [None; 4]);
    }

    #[test]
    fn reads_the_form_of_numbers() {
        assert_eq!([form("6.2"), form("B"), form("IV"), form("C.1")], [('d', 2), ('l', 1), ('r', 1), ('l', 2)]);
        assert_eq!(bare("1a"), "1");
    }
}
