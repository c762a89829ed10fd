//! Marks against notes.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Antecedent, Citation, Claim, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footnote {}

/// Fewest notes or entries that make a list.
const LIST: usize = 3;

/// A mark or a note, taken apart.
struct Sign<'a> {
    label: &'a str,
    marked: bool,
    bracketed: bool,
    claim: &'a Claim,
}

impl Check for Footnote {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        let (mut notes, mut marks) = (Vec::new(), Vec::new());
        for claim in selection.claims {
            if let Value::Citation(citation) = &claim.value {
                found.extend(short_form(claim, citation));
            }
            let Value::Footnote { label, note, marked, bracketed } = &claim.value else { continue };
            let sign = Sign { label, marked: *marked, bracketed: *bracketed, claim };
            if *note { notes.push(sign) } else { marks.push(sign) }
        }
        // An extract has marks and none of its notes, or notes and none of the text.
        if notes.is_empty() || marks.is_empty() {
            return;
        }
        if notes.iter().all(|n| n.marked) { markup(&notes, &marks, found) } else { raised(&notes, &marks, found) }
    }
}

/// Notes that the markup says are notes.
fn markup(notes: &[Sign<'_>], marks: &[Sign<'_>], found: &mut Vec<Finding>) {
    let defined: FxHashSet<&str> = notes.iter().map(|n| n.label).collect();
    let called: FxHashSet<&str> = marks.iter().map(|m| m.label).collect();
    let is_number = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    let named = notes.iter().any(|n| !is_number(n.label));
    let mut missing: Vec<&Sign<'_>> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for mark in marks.iter().filter(|m| m.marked && !defined.contains(m.label)) {
        // A set of characters in a pattern looks like a mark by name.
        if (named || is_number(mark.label)) && seen.insert(mark.label) {
            missing.push(mark);
        }
    }
    // Where most notes are missing, they are kept in another file.
    if missing.len() <= notes.len().max(1) {
        found.extend(missing.into_iter().map(|mark| no_note(mark)));
    }
    let unused: Vec<&Sign<'_>> = notes.iter().filter(|n| !called.contains(n.label)).collect();
    if unused.len() < notes.len() {
        found.extend(unused.into_iter().map(|note| no_mark(note)));
    }
    let mut first: FxHashMap<&str, &Sign<'_>> = FxHashMap::default();
    for note in notes {
        if let Some(before) = first.insert(note.label, note) {
            found.push(finding(&[before, note], format!("two notes are labelled {}", note.label), "a note"));
        }
    }
}

/// Raised figures and figures in brackets, numbered through from 1.
fn raised(notes: &[Sign<'_>], marks: &[Sign<'_>], found: &mut Vec<Finding>) {
    let number = |s: &Sign<'_>| s.label.parse::<u32>().ok();
    let Some(labels) = notes.iter().map(number).collect::<Option<Vec<u32>>>() else { return };
    beyond(notes, &labels, marks, found);
    twice(notes, &labels, found);
    let mut sorted = labels.clone();
    sorted.sort_unstable();
    sorted.dedup();
    // Numbers that begin anew, or of which many are not there, are not numbered through, or not all were read.
    if sorted.len() < labels.len() || sorted.len() < 5 || sorted[0] != 1 {
        return;
    }
    let last = sorted[sorted.len() - 1];
    let few = (sorted.len() / 10).max(1);
    let called: FxHashSet<u32> = marks.iter().filter_map(number).collect();
    let unused: Vec<&Sign<'_>> = notes.iter().filter(|n| number(n).is_some_and(|l| !called.contains(&l))).collect();
    let absent: Vec<u32> = (1..=last).filter(|l| sorted.binary_search(l).is_err()).collect();
    if unused.len() + absent.len() > few {
        return;
    }
    for mark in marks {
        if number(mark).is_some_and(|l| absent.binary_search(&l).is_ok() && sorted.binary_search(&(l + 1)).is_ok()) {
            found.push(no_note(mark));
        }
    }
    // A work that is listed and not cited is no slip.
    for note in unused.into_iter().filter(|n| !n.bracketed) {
        // Its neighbours are called, so the marks of this stretch were read.
        let near = |l: u32| l == 0 || l > last || called.contains(&l);
        if number(note).is_some_and(|l| near(l - 1) && near(l + 1)) {
            found.push(no_mark(note));
        }
    }
    if absent.is_empty() {
        exchanged(notes, &number, found);
        let each = marks.len() == labels.len() && called.len() == labels.len();
        if each && labels.len() > 5 && marks.iter().all(|m| !m.bracketed) {
            exchanged(marks, &number, found);
        }
    }
}

/// Numbers in brackets that are higher than any that is listed.
fn beyond(notes: &[Sign<'_>], labels: &[u32], marks: &[Sign<'_>], found: &mut Vec<Finding>) {
    let counted = labels.len() >= LIST && labels.iter().enumerate().all(|(i, &l)| l == i as u32 + 1);
    if !counted {
        return;
    }
    let last = labels.len() as u32;
    let number = |s: &Sign<'_>| s.label.parse::<u32>().ok();
    let sound: FxHashSet<u32> = marks.iter().filter_map(number).filter(|&n| n <= last).collect();
    let high: Vec<&Sign<'_>> =
        marks.iter().filter(|m| m.bracketed && number(m).is_some_and(|n| n > last && n <= last * 2)).collect();
    let distinct: FxHashSet<&str> = high.iter().map(|m| m.label).collect();
    // Where much is missing, the list is of something else; where little is called, the numbers are. A number that is
    // called a note in words is one.
    let cue = |m: &Sign<'_>, cue: &str| m.claim.scope.cues.iter().any(|c| c == cue);
    let called = sound.len() * 2 >= labels.len()
        || !sound.is_empty() && high.iter().all(|m| cue(m, "spoken"))
        || high.iter().all(|m| cue(m, "named"));
    if !called || distinct.len() > (labels.len() / 10).max(1) {
        return;
    }
    for mark in high {
        let wrong = match cue(mark, "spoken") {
            true => format!("note {} is called, and the notes end with {last}", mark.label),
            false => format!("[{}] is cited, and the list ends with {last}", mark.label),
        };
        let mut finding = finding(&[mark], wrong, "not listed");
        let end = notes[notes.len() - 1].claim.at;
        finding.places.push(Place { at: end, within: end, label: "the last".to_owned() });
        found.push(finding);
    }
}

/// One label given to two notes, and the next to none.
fn twice(notes: &[Sign<'_>], labels: &[u32], found: &mut Vec<Finding>) {
    let breaks: Vec<usize> = (1..labels.len()).filter(|&i| labels[i] != labels[i - 1] + 1).collect();
    let [i, j] = breaks[..] else { return };
    if labels[0] == 1 && labels.len() >= LIST && labels[i] == labels[i - 1] && j == i + 1 && labels[j] == labels[i] + 2
    {
        let wrong = format!("two notes are labelled {}", notes[i].label);
        found.push(finding(&[&notes[i - 1], &notes[i]], wrong, "a note"));
    }
}

/// Two neighbours in the wrong order, where all others are in order.
fn exchanged<'a>(signs: &[Sign<'a>], number: &dyn Fn(&Sign<'a>) -> Option<u32>, found: &mut Vec<Finding>) {
    let numbers: Vec<u32> = signs.iter().filter_map(number).collect();
    let wrong: Vec<usize> = (0..numbers.len()).filter(|&i| numbers[i] != i as u32 + 1).collect();
    if let [a, b] = wrong[..]
        && b == a + 1
    {
        let text = format!("note {} comes before note {}", signs[a].label, signs[b].label);
        found.push(finding(&[&signs[a], &signs[b]], text, "out of order"));
    }
}

/// A short form that leads to nothing, or to another work.
fn short_form(claim: &Claim, citation: &Citation) -> Option<Finding> {
    let named = citation.named.as_ref();
    let place = |at, label: &str| Place { at, within: claim.within, label: label.to_owned() };
    let own = named.map_or(claim.at, |n| n.at);
    let author = citation.authors.first().map_or("", |a| a.text.as_str());
    let (wrong, places) = match &citation.leads {
        Antecedent::Unknown | Antecedent::Earlier => return None,
        Antecedent::Later(full) => (
            format!("{author} is sent back to before the work is cited"),
            vec![
                place(claim.at, "no earlier note"),
                Place { at: full.at, within: full.at, label: "first cited here".to_owned() },
            ],
        ),
        Antecedent::Nowhere if named.is_some() => {
            (format!("nothing of {author} is cited before"), vec![place(claim.at, "leads nowhere")])
        }
        Antecedent::Nowhere => {
            ("the first note sends back to a note before it".to_owned(), vec![place(own, "leads nowhere")])
        }
        Antecedent::Other(label, full) => {
            let (number, at) = citation.target.as_ref().map_or(("", own), |(n, m)| (n.as_str(), m.at));
            (
                format!("note {number} does not cite {author}; note {label} does"),
                vec![place(at, "another work"), Place { at: full.at, within: full.at, label: format!("note {label}") }],
            )
        }
    };
    Some(Finding { places, variables: vec![("wrong", wrong)], notes: Vec::new() })
}

fn no_note(mark: &Sign<'_>) -> Finding {
    finding(&[mark], format!("note {} is called but not there", mark.label), "called here")
}

fn no_mark(note: &Sign<'_>) -> Finding {
    finding(&[note], format!("note {} is not called anywhere", note.label), "not called")
}

fn finding(signs: &[&Sign<'_>], wrong: String, label: &str) -> Finding {
    let place = |s: &&Sign<'_>| Place { at: s.claim.at, within: s.claim.within, label: label.to_owned() };
    Finding { places: signs.iter().map(place).collect(), variables: vec![("wrong", wrong)], notes: Vec::new() }
}
