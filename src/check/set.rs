//! The same set, the same members.

mod alike;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, NamedSet, SetMember, Value};
use crate::span::Span;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most lists with one tie that are compared with each other; more speak of something too common.
const CROWD: usize = 24;

/// Most letters in which two spellings of one member differ.
const LETTERS: usize = 2;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// How firmly the two lists together must claim to be complete.
    whole: u8,
    /// The same for two documents.
    across: u8,
    /// Cues of scope that keep a list from being compared.
    refuse: Vec<CompactString>,
}

/// A list as given at one place.
#[derive(Clone, Copy)]
struct Given<'a> {
    claim: &'a Claim,
    members: &'a [SetMember],
    whole: u8,
    strict: bool,
    /// Whether a number announces the members.
    is_counted: bool,
}

impl Check for Set {
    fn variables(&self) -> &'static [&'static str] {
        &["what", "here", "there"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let mut all: Vec<Given<'_>> = Vec::new();
        let mut by_tie: BTreeMap<&str, Vec<Given<'_>>> = BTreeMap::new();
        for claim in selection.claims {
            if let Value::Set(NamedSet { members, tie, whole, strict }) = &claim.value
                && !claim.scope.cues.iter().any(|c| self.refuse.contains(c))
            {
                // Rows of a table and lists below a heading are counted by nobody.
                let set_apart = claim.scope.cues.iter().any(|c| c == "rows" || c == "headed");
                let is_counted = tie.starts_with("count:") && !set_apart;
                let given = Given { claim, members, whole: *whole, strict: *strict, is_counted };
                all.push(given);
                by_tie.entry(tie.as_str()).or_default().push(given);
            }
        }
        for lists in by_tie.values().filter(|lists| (2..=CROWD).contains(&lists.len())) {
            found.extend(self.finding(lists));
        }
        let known: Vec<Span> = found.iter().flat_map(|f| &f.places).map(|p| p.at).collect();
        for pair in alike::pairs(&all) {
            let (here, there) = (&all[pair.here], &all[pair.there]);
            let is_known = |given: &Given<'_>| known.iter().any(|&at| given.members.iter().any(|m| m.at.overlaps(at)));
            if !(is_known(here) && is_known(there)) {
                let mut places = Vec::new();
                label(&mut places, here, &[pair.own]);
                label(&mut places, there, &[pair.other]);
                let named = if here.claim.subject.head.is_empty() { there } else { here };
                let variables = vec![
                    ("what", spaced(&named.claim.subject.wording)),
                    ("here", spaced(&pair.own.text)),
                    ("there", spaced(&pair.other.text)),
                ];
                found.push(Finding { places, variables, notes: vec!["all other members are the same".to_owned()] });
            }
        }
    }
}

impl Set {
    /// The finding of the lists with one tie: those that differ from the one that most agree with.
    fn finding(&self, lists: &[Given<'_>]) -> Option<Finding> {
        let agrees = |a: usize| (0..lists.len()).filter(|&b| difference(&lists[a], &lists[b]).is_none()).count();
        let clashes = |a: usize, b: usize| self.clash(&lists[a], &lists[b]);
        let usual = (0..lists.len())
            .filter(|&a| (0..lists.len()).any(|b| clashes(a, b).is_some()))
            .max_by_key(|&a| (agrees(a), std::cmp::Reverse(a)))?;
        let odd: Vec<usize> = (0..lists.len()).filter(|&b| clashes(b, usual).is_some()).collect();
        let (here, there) = clashes(*odd.first()?, usual)?;
        let mut places: Vec<Place> = Vec::new();
        for &b in &odd {
            if let Some((own, _)) = clashes(b, usual) {
                label(&mut places, &lists[b], &own);
            }
        }
        label(&mut places, &lists[usual], &there);
        for a in (0..lists.len()).filter(|&a| a != usual && difference(&lists[a], &lists[usual]).is_none()).take(4) {
            let claim = lists[a].claim;
            places.push(Place { at: claim.at, within: claim.within, label: "as above".to_owned() });
        }
        places.dedup_by_key(|p| p.at);
        let names = |own: &[&SetMember]| own.iter().map(|m| spaced(&m.text)).collect::<Vec<_>>().join(", ");
        let (here, there) = match (here.is_empty(), there.is_empty()) {
            (false, false) => (names(&here), names(&there)),
            (false, true) => (format!("with {}", names(&here)), "without".to_owned()),
            _ => (format!("without {}", names(&there)), "with it".to_owned()),
        };
        Some(Finding {
            places,
            variables: vec![("what", spaced(&lists[odd[0]].claim.subject.wording)), ("here", here), ("there", there)],
            notes: Vec::new(),
        })
    }

    /// The members that each of two lists has alone, when the lists cannot both be right.
    fn clash<'a>(&self, a: &Given<'a>, b: &Given<'a>) -> Option<(Vec<&'a SetMember>, Vec<&'a SetMember>)> {
        let (x, y) = (a.claim, b.claim);
        let apart = x.at.file != y.at.file;
        if let ([m], [n]) = (a.members, b.members) {
            let one_sentence = !apart && x.block == y.block && x.sentence == y.sentence;
            // What was the first stays the first.
            let other_time = a.strict && (x.scope.times != y.scope.times || x.scope.period != y.scope.period);
            return (!one_sentence && !other_time && !is_same(&m.key, &n.key)).then(|| (vec![m], vec![n]));
        }
        if !apart && x.block == y.block && x.sentence == y.sentence
            || a.whole + b.whole < if apart { self.across } else { self.whole }
        {
            return None;
        }
        let narrowed = |p: &Claim, q: &Claim| p.subject.modifiers.iter().any(|m| !q.subject.modifiers.contains(m));
        if narrowed(x, y) && narrowed(y, x) {
            return None;
        }
        let headed = |c: &Claim| c.scope.cues.iter().any(|cue| cue == "headed");
        if headed(x) && headed(y) {
            return None;
        }
        if x.subject.owners.iter().any(|o| y.subject.owners.iter().any(|p| !is_same(o, p))) {
            return None;
        }
        if !a.strict && times_differ(x, y) {
            return None;
        }
        let (own, other) = difference(a, b)?;
        let shared = a.members.len() - own.len();
        let replaced = !own.is_empty() && !other.is_empty();
        let fits = if replaced {
            shared >= 2 && own.len().max(other.len()) <= (a.members.len() / 3).max(1)
        } else {
            a.strict && b.strict && shared >= 2
        };
        fits.then_some((own, other))
    }
}

/// Whether both name times and share none, or only one names a year.
fn times_differ(a: &Claim, b: &Claim) -> bool {
    let (x, y) = (&a.scope.times, &b.scope.times);
    let year = |times: &[CompactString]| times.iter().any(|t| t.bytes().filter(u8::is_ascii_digit).count() >= 4);
    x.is_empty() != y.is_empty() && (year(x) || year(y))
        || !y.is_empty() && !x.is_empty() && !x.iter().any(|t| y.contains(t))
        || a.scope.period != b.scope.period
}

/// The members that each of two lists has alone; `None` when they have the same.
fn difference<'a>(a: &Given<'a>, b: &Given<'a>) -> Option<(Vec<&'a SetMember>, Vec<&'a SetMember>)> {
    let alone = |x: &Given<'a>, y: &Given<'a>| -> Vec<&'a SetMember> {
        x.members.iter().filter(|m| !y.members.iter().any(|n| is_same(&m.key, &n.key))).collect()
    };
    let (own, other) = (alone(a, b), alone(b, a));
    (!own.is_empty() || !other.is_empty()).then_some((own, other))
}

/// Whether two members may be one: equal words, some words left out, the initials, or another spelling.
fn is_same(a: &str, b: &str) -> bool {
    if a == b || a.is_empty() || b.is_empty() {
        return true;
    }
    let words = |s: &str| s.split([' ', '-']).map(str::to_owned).collect::<Vec<_>>();
    let (x, y) = (words(a), words(b));
    let (less, more) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    if less.iter().all(|w| more.iter().any(|v| stem(v) == stem(w))) {
        return true;
    }
    let initials = |words: &[String]| words.iter().filter_map(|w| w.chars().next()).collect::<String>();
    if less.len() == 1 && more.len() > 1 && initials(more).starts_with(less[0].chars().next().unwrap_or(' ')) {
        // "WHO" and "World Health Organization", "Org." and "Organisation of Boatmen".
        let mut rest = less[0].chars().peekable();
        for c in initials(more).chars() {
            rest.next_if_eq(&c);
        }
        if rest.peek().is_none() {
            return true;
        }
    }
    // Another spelling, word by word: "western" and "eastern" differ in too much.
    let spelled = |v: &str, w: &str| {
        let longest = v.chars().count().max(w.chars().count());
        v == w || longest >= 5 && strsim::osa_distance(v, w) <= LETTERS.min(longest / 4)
    };
    a.split(' ').count() == b.split(' ').count() && a.split(' ').zip(b.split(' ')).all(|(v, w)| spelled(v, w))
}

fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(i, _)| i);
    &word[..end]
}

/// Labels what a list has alone, else the list.
fn label(places: &mut Vec<Place>, given: &Given<'_>, own: &[&SetMember]) {
    if own.is_empty() {
        let claim = given.claim;
        places.push(Place { at: claim.at, within: claim.within, label: String::new() });
    }
    for member in own {
        // A heading stands by itself, a member of a list in its sentence.
        let within = if given.claim.within.overlaps(member.at) { given.claim.within } else { member.at };
        places.push(Place { at: member.at, within, label: "only here".to_owned() });
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn reads_short_forms_and_spellings_as_one_member() {
        for (a, b) in [
            ("queen bertha", "queen bertha hospital"),
            ("who", "world health organization"),
            ("al-roj", "al-roji"),
            ("program", "programme"),
        ] {
            assert!(is_same(a, b), "{a} {b}");
        }
        for (a, b) in [("queen bertha", "fenwick road"), ("syria", "libya"), ("western europe", "eastern europe")] {
            assert!(!is_same(a, b), "{a} {b}");
        }
    }
}
