//! One event that is dated twice.

use super::edition::{Sort, clashes};
use super::summary::{Sort as Retold, told_again};
use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Event, Status, Thing, Value, stem};
use crate::span::{FileId, Span};
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Largest group of events of one kind that is compared pair by pair.
const GROUP: usize = 80;

/// Fewest versions that two documents have in common, for all their dates to differ by no slip.
const SHARED: usize = 2;

/// Fewest versions that a history of releases tells of.
const HISTORY: usize = 3;

/// Most dates of one version that are compared.
const SAME: usize = 4;

/// Classes of events that come again under one name in every calendar.
const REGULAR: [&str; 8] = ["call", "hearing", "meet", "meeting", "results", "seminar", "session", "visit"];

/// What a day of a summary is called.
const AGAIN: &str = "a date told again";

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventCheck {
    /// Least evidence that two dated statements are of one occasion, in tenths of log-odds.
    pub weighed: i8,
    /// Least evidence that a day of a summary tells one of the longer document, in tenths of log-odds.
    pub retold: i8,
}

impl Default for EventCheck {
    fn default() -> Self {
        Self { weighed: 10, retold: 1 }
    }
}

/// An event with its claim.
#[derive(Clone, Copy)]
struct Told<'a> {
    claim: &'a Claim,
    event: &'a Event,
}

impl Check for EventCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["event", "a", "b"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let told: Vec<Told<'_>> = selection
            .claims
            .iter()
            .filter_map(|claim| match &claim.value {
                Value::Event(event) => Some(Told { claim, event }),
                _ => None,
            })
            .collect();
        let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (i, one) in told.iter().enumerate() {
            let head = key(one.event);
            groups.entry((one.event.action.as_str(), head)).or_default().push(i);
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for group in groups.values().filter(|g| g.len() <= GROUP) {
            for (n, &i) in group.iter().enumerate() {
                pairs.extend(group[n + 1..].iter().map(|&j| (i, j)));
            }
        }
        // A row of a table of dates says what happens in its own words.
        let rows: Vec<usize> = (0..told.len()).filter(|&i| told[i].event.action == "row").take(GROUP).collect();
        for &row in &rows {
            pairs.extend((0..told.len()).filter(|&i| told[i].event.action != "row").take(2000).map(|i| (row, i)));
        }
        // Two rows are compared when their words are the same.
        let is_row = |i: usize| told[i].event.action == "row";
        pairs.retain(|&(i, j)| !is_row(i) || !is_row(j));
        pairs.extend(twins(&told));
        pairs.extend(own_foundings(&told));
        let histories = Histories::of(&told);
        let mut links: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (i, j) in pairs {
            if !histories.are_of_two(&told, i, j)
                && is_same(told[i], told[j], told[i].event.action != "row" && only_two(&told, &groups, i, j))
            {
                links.entry(i).or_default().insert(j);
                links.entry(j).or_default().insert(i);
            }
        }
        found.extend(selection.claims.iter().filter_map(|c| super::zoned::finding(c, ["event", "a", "b"])));
        found.extend(clashes(selection.claims, Sort::Dates).into_iter().map(|c| c.finding(["event", "a", "b"])));
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for (&start, others) in &links {
            if !done.insert(start) {
                continue;
            }
            let mut members = vec![start];
            members.extend(others.iter().copied().filter(|&i| done.insert(i)));
            members.sort_unstable();
            found.extend(finding(&told, &members));
        }
        let asked = super::occasion::Asked { least: f32::from(self.weighed) / 10.0, names: ["event", "a", "b"] };
        let known: BTreeSet<Span> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
        found.extend(super::occasion::findings(selection.claims, &known, asked));
        if selection.across {
            self.retold(selection.claims, found);
        }
    }
}

impl EventCheck {
    /// Days of a summary that the longer document does not have, those aside that were found before.
    fn retold(&self, claims: &[&Claim], found: &mut Vec<Finding>) {
        let known: Vec<Span> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
        let is_known = |at: Span| known.iter().any(|k| k.file == at.file && k.start < at.end && at.start < k.end);
        for (claim, others) in told_again(claims, Retold::Days, f32::from(self.retold) / 10.0) {
            if is_known(claim.at) || others.iter().any(|c| is_known(c.at)) {
                continue;
            }
            let place = |c: &Claim| Place { at: c.at, within: c.within, label: String::new() };
            found.push(Finding {
                places: std::iter::once(claim).chain(others.iter().copied()).map(place).collect(),
                variables: vec![
                    ("event", AGAIN.to_owned()),
                    ("a", claim.text.to_string()),
                    ("b", others[0].text.to_string()),
                ],
                notes: Vec::new(),
            });
        }
    }
}

/// The versions that each document gives a date of release for.
struct Histories<'a>(BTreeMap<FileId, BTreeMap<&'a [CompactString], Vec<usize>>>);

impl<'a> Histories<'a> {
    fn of(told: &[Told<'a>]) -> Self {
        let mut files: BTreeMap<FileId, BTreeMap<&[CompactString], Vec<usize>>> = BTreeMap::new();
        for (i, one) in told.iter().enumerate().filter(|(_, one)| is_version(one)) {
            let versions = files.entry(one.claim.at.file).or_default();
            versions.entry(&one.event.thing.marks).or_default().push(i);
        }
        Self(files)
    }

    /// Whether two dated versions stand in two documents that each tell of several and have none of them on one day:
    /// two products number their versions alike.
    fn are_of_two(&self, told: &[Told<'_>], i: usize, j: usize) -> bool {
        let (a, b) = (told[i], told[j]);
        if !is_version(&a) || !is_version(&b) || a.claim.at.file == b.claim.at.file {
            return false;
        }
        let (Some(x), Some(y)) = (self.0.get(&a.claim.at.file), self.0.get(&b.claim.at.file)) else { return false };
        let agree = |(version, here): (&&[CompactString], &Vec<usize>)| {
            let there = y.get(*version).map_or(&[][..], Vec::as_slice);
            here.iter().take(SAME).any(|&h| there.iter().take(SAME).any(|&t| !differ(told[h], told[t])))
        };
        let several = x.len() >= HISTORY && y.len() >= HISTORY;
        (several || x.keys().filter(|version| y.contains_key(*version)).count() >= SHARED) && !x.iter().any(agree)
    }
}

/// Whether an event is the release of a version with a number.
fn is_version(told: &Told<'_>) -> bool {
    told.event.action == "release" && told.event.thing.head == "version" && !told.event.thing.marks.is_empty()
}

/// The noun that events are grouped by: "the treaty was signed", "the signing of the treaty".
fn key(event: &Event) -> &str {
    let thing = &event.thing;
    let object = thing.words.last().filter(|_| event.once && thing.head == event.action);
    stem(object.unwrap_or(&thing.head))
}

/// Rows in the same words that occur once in each of two tables, lists or documents.
fn twins(told: &[Told<'_>]) -> Vec<(usize, usize)> {
    let mut by_words: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for (i, one) in told.iter().enumerate().filter(|(_, t)| t.event.action == "row") {
        let thing = &one.event.thing;
        let mut words: Vec<&str> = thing.words.iter().map(|w| stem(w)).chain([stem(&thing.head)]).collect();
        words.extend(thing.marks.iter().map(CompactString::as_str));
        words.sort_unstable();
        by_words.entry(words).or_default().push(i);
    }
    let place = |i: usize| (told[i].claim.at.file, told[i].claim.list, told[i].claim.axes.is_some());
    by_words
        .into_values()
        .filter_map(|rows| match rows.as_slice() {
            &[a, b] if place(a) != place(b) => Some((a, b)),
            _ => None,
        })
        .collect()
}

/// What "we" were founded in and what the one body of the document was, when it tells of one of each.
fn own_foundings(told: &[Told<'_>]) -> Option<(usize, usize)> {
    let founding = |i: &usize| told[*i].event.action == "founding";
    let we = (0..told.len()).filter(founding).find(|&i| told[i].event.thing.head == "we")?;
    let file = told[we].claim.at.file;
    let mut bodies = (0..told.len())
        .filter(founding)
        .filter(|&i| told[i].claim.at.file == file && i != we && BODIES.contains(&told[i].event.thing.head.as_str()));
    match (bodies.next(), bodies.next()) {
        (Some(body), None) => Some((we, body)),
        _ => None,
    }
}

/// Whether two events are of one file that tells of no other of their kind.
fn only_two(told: &[Told<'_>], groups: &BTreeMap<(&str, &str), Vec<usize>>, i: usize, j: usize) -> bool {
    let file = told[i].claim.at.file;
    let key = (told[i].event.action.as_str(), key(told[i].event));
    let group = groups.get(&key).map_or(&[][..], Vec::as_slice);
    told[j].claim.at.file == file && group.iter().filter(|&&n| told[n].claim.at.file == file).count() == 2
}

/// The finding over events that are one, when they are dated in two ways.
fn finding(told: &[Told<'_>], members: &[usize]) -> Option<Finding> {
    // The dates, each with those that give it.
    let mut sides: Vec<Vec<usize>> = Vec::new();
    for &i in members {
        let fits = |side: &&mut Vec<usize>| side.iter().all(|&j| !differ(told[i], told[j]));
        match sides.iter_mut().find(fits) {
            Some(side) => side.push(i),
            None => sides.push(vec![i]),
        }
    }
    if sides.len() != 2 && !(sides.len() > 2 && sides.iter().filter(|s| s.len() > 1).count() == 1) || sides.len() > 3 {
        return None;
    }
    sides.sort_by_key(|side| (side.len(), std::cmp::Reverse(side[0])));
    let primary = told[sides[0][0]];
    let other = told[sides[sides.len() - 1][0]];
    let mut places = Vec::new();
    for (n, side) in sides.iter().enumerate() {
        for &i in side.iter().take(3) {
            let label = if n == 0 && side[0] == i { String::new() } else { label(told[i].event) };
            places.push(Place { at: told[i].claim.at, within: told[i].claim.within, label });
        }
    }
    Some(Finding {
        places,
        variables: vec![
            ("event", named(primary.event, other.event)),
            ("a", primary.claim.text.to_string()),
            ("b", other.claim.text.to_string()),
        ],
        notes: Vec::new(),
    })
}

fn label(event: &Event) -> String {
    let wording: Vec<&str> = event.thing.wording.split_whitespace().collect();
    let mut out = String::new();
    for word in wording {
        if out.chars().count() + word.chars().count() > 36 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// "opening of wall", "inspection"
fn named(a: &Event, b: &Event) -> String {
    let event = if a.action == "row" { b } else { a };
    let wording = label(event);
    if event.action == "occur" || event.action == "row" || event.thing.head == event.action {
        wording
    } else {
        format!("{} of {wording}", event.action)
    }
}

fn differ(a: Told<'_>, b: Told<'_>) -> bool {
    a.event.when.days_beside(&b.event.when).is_some_and(|(x, y)| x.is_apart(y))
}

/// Whether two events are one that is dated in two ways.
///
/// `alone` says that no third event of the document is of their kind.
fn is_same(a: Told<'_>, b: Told<'_>, alone: bool) -> bool {
    let (x, y) = (a.event, b.event);
    let row = x.action == "row" || y.action == "row";
    let together = a.claim.at.file == b.claim.at.file && a.claim.block == b.claim.block;
    if together && (a.claim.sentence == b.claim.sentence || !x.once) {
        return false;
    }
    // "The previous inspection" says which one is meant, not that the date is out of use.
    let status = |one: Told<'_>| match one.claim.status {
        Status::Previous => Status::Actual,
        other => other,
    };
    // From when a rule holds is told by those who plan it, decide it and announce it.
    let holds = x.action == "validity" && y.action == "validity";
    if !row && !holds && (x.ahead != y.ahead || status(a) != status(b)) {
        return false;
    }
    let apart = |cue: &&CompactString| {
        matches!(
            cue.as_str(),
            "negated" | "example" | "quotation" | "edition" | "explained" | "previous" | "attributed"
        )
    };
    let named = |one: Told<'_>, cue: &str| one.event.thing.words.iter().any(|w| w == cue);
    let cues = |one: Told<'_>| -> BTreeSet<CompactString> {
        let known = |cue: &&CompactString| {
            !(named(one, cue.as_str())
                || cue.as_str() == "edition" && one.event.thing.head == "version"
                || cue.as_str() == "previous" && one.event.once
                || cue.as_str() == "attributed" && holds)
        };
        one.claim.scope.cues.iter().filter(apart).filter(known).cloned().collect()
    };
    // Two examples are two made-up days.
    let idle = |cue: &CompactString| matches!(cue.as_str(), "negated" | "explained" | "example");
    if !row && (cues(a) != cues(b) || cues(a).iter().any(idle)) {
        return false;
    }
    let (s, t) = (&x.thing, &y.thing);
    if s.head == "document" && t.head == "document" && s.pronoun && a.claim.at.file != b.claim.at.file {
        return false;
    }
    if !marks_agree(s, t) || !names_agree(s, t) {
        return false;
    }
    if !x.once && !row && (x.when.written().from.day.is_none() || y.when.written().from.day.is_none()) {
        return differ(a, b) && is_second_mention(x, y, alone);
    }
    if !row && !differ(a, b) {
        return true;
    }
    let near = nearness(x, y);
    let words = |thing: &Thing| -> BTreeSet<CompactString> { thing.words.iter().map(|w| stem(w).into()).collect() };
    let (mut left, mut right) = (words(s), words(t));
    if row {
        for (words, event) in [(&mut left, x), (&mut right, y)] {
            words.insert(stem(&event.thing.head).into());
            if !matches!(event.action.as_str(), "row" | "occur") {
                words.insert(stem(&event.action).into());
            }
        }
        let again = |word: &CompactString| REGULAR.contains(&word.as_str());
        let regular = left.iter().any(again) && right.iter().any(again);
        if x.action == y.action && (left != right || regular) || regular && a.claim.at.file != b.claim.at.file {
            return false;
        }
        let (small, large) = if x.action == "row" { (&left, &right) } else { (&right, &left) };
        // What the title names is what the whole document is about.
        let title = (s.pronoun || t.pronoun) && a.claim.at.file == b.claim.at.file && s.definite && t.definite;
        return (small.len() + s.marks.len() >= 2 || title && left == right)
            && small.is_subset(large)
            && (!differ(a, b)
                || is_of_one_season(x, y) && (near == Nearness::Close || near == Nearness::Near && left == right))
            && (s.plural == t.plural || left == right);
    }
    if x.once {
        for (words, event) in [(&mut left, x), (&mut right, y)] {
            words.remove(key(event));
        }
    }
    if is_second_mention(x, y, alone) || is_own_founding(x, y) {
        return true;
    }
    let shared = left.intersection(&right).count();
    let only = (left.difference(&right).count(), right.difference(&left).count());
    if only.0 > 0 && only.1 > 0 {
        return false;
    }
    let near = if only == (0, 0) && are_years_exchanged(x, y) { Nearness::Close } else { near };
    let names = s.names.iter().filter(|n| t.names.contains(n)).count();
    let marks = !s.marks.is_empty() && !t.marks.is_empty();
    let known = s.definite && t.definite && (!s.plural || shared > 0) && s.plural == t.plural;
    let identical = only == (0, 0);
    if x.once {
        if names > 0 || marks {
            return identical || shared > 0 && near != Nearness::Far || near == Nearness::Close;
        }
        return known
            && (identical && shared > 0 && near != Nearness::Far
                || identical && near == Nearness::Close
                || identical && near == Nearness::Near && alone
                || only.0 + only.1 == 1 && near == Nearness::Close);
    }
    known
        && near == Nearness::Close
        && (identical && (shared > 0 || marks || names > 0)
            || (1..=2).contains(&(only.0 + only.1)) && s.head == x.action && is_one_part_off(x, y))
}

/// Days between two dates of one row at most: what is months later in a programme is the next of its kind.
const SEASON: i32 = 45;

/// Whether two dates are near each other, or the same day of two years.
fn is_of_one_season(a: &Event, b: &Event) -> bool {
    let (x, y) = (a.when.written().from, b.when.written().from);
    let copied = x.year != y.year && x.month == y.month && (x.day == y.day || x.day.is_none() || y.day.is_none());
    copied || a.when.days_beside(&b.when).is_some_and(|(p, q)| (p.first - q.first).abs() <= SEASON)
}

/// Whether one of two events of a kind is told of the bare noun: "the new wing of the hospital opened in September",
/// "the wing that was opened in October", "the survey of March", "the survey of May".
///
/// `alone` says that no third event of the document is of their kind.
fn is_second_mention(x: &Event, y: &Event, alone: bool) -> bool {
    let (s, t) = (&x.thing, &y.thing);
    let bare =
        |thing: &Thing| thing.definite && thing.words.is_empty() && thing.names.is_empty() && thing.marks.is_empty();
    if !alone || s.plural || t.plural || stem(&s.head) != stem(&t.head) || !s.definite && !t.definite {
        return false;
    }
    let near = nearness(x, y) == Nearness::Close || are_years_exchanged(x, y);
    if x.once {
        return near && (bare(s) || bare(t)) && s.marks.is_empty() && t.marks.is_empty();
    }
    // What comes again is one when nothing but the month of one year is another.
    let (a, b) = (x.when.written().from, y.when.written().from);
    let months = a.day.is_none() && b.day.is_none() && a.month.is_some() && b.month.is_some();
    let same = s.words == t.words && s.names == t.names && s.marks == t.marks;
    same && months && a.year.is_some() && a.year == b.year && x.action != "election"
}

/// Nouns for a body that speaks of itself as "we".
const BODIES: [&str; 18] = [
    "academy",
    "agency",
    "association",
    "bank",
    "charity",
    "club",
    "college",
    "company",
    "firm",
    "foundation",
    "institute",
    "museum",
    "orchestra",
    "school",
    "society",
    "theatre",
    "trust",
    "university",
];

/// Whether both tell of the founding of the body that the document is of: "we were founded in 1908", "the school,
/// founded in 1905".
fn is_own_founding(x: &Event, y: &Event) -> bool {
    let (s, t) = (&x.thing, &y.thing);
    let bare = |thing: &Thing| thing.definite && thing.words.is_empty() && BODIES.contains(&thing.head.as_str());
    let own = s.head == "we" && bare(t) || t.head == "we" && bare(s);
    own && nearness(x, y) != Nearness::Far
}

/// How much two dates look like one that was written wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Nearness {
    /// One part differs: the day, the month or the year.
    Close,
    /// A few years apart.
    Near,
    /// Anything else.
    Far,
}

fn nearness(a: &Event, b: &Event) -> Nearness {
    let (x, y) = (a.when.written().from, b.when.written().from);
    let years = match (x.year, y.year) {
        (Some(m), Some(n)) => i32::from(m - n).abs(),
        _ => 0,
    };
    let month = x.month == y.month || x.month.is_none() || y.month.is_none();
    let day = x.day == y.day || x.day.is_none() || y.day.is_none();
    if x.month.is_none() && y.month.is_none() {
        return if years <= 12 { Nearness::Near } else { Nearness::Far };
    }
    let parts = usize::from(years > 0) + usize::from(!month) + usize::from(!day);
    match parts {
        0 | 1 if years <= 10 => Nearness::Close,
        2 if years <= 1 => Nearness::Near,
        _ => Nearness::Far,
    }
}

/// Whether two events are dated with years alone, and their figures are exchanged: "1924" and "1942".
fn are_years_exchanged(a: &Event, b: &Event) -> bool {
    let (x, y) = (a.when.written().from, b.when.written().from);
    let (Some(m), Some(n), None, None) = (x.year, y.year, x.month, y.month) else { return false };
    let digits = |year: i16| [year / 1000, year / 100 % 10, year / 10 % 10, year % 10];
    let (p, q) = (digits(m), digits(n));
    let other = |i: usize| (0..4).all(|k| k == i || k == i + 1 || p[k] == q[k]);
    m != n && (0..3).any(|i| p[i] == q[i + 1] && p[i + 1] == q[i] && other(i))
}

/// Whether two whole dates differ in the month alone, with the same day and year written.
fn is_one_part_off(a: &Event, b: &Event) -> bool {
    let (x, y) = (a.when.written().from, b.when.written().from);
    x.is_whole() && y.is_whole() && x.day == y.day && x.year == y.year
}

fn marks_agree(a: &Thing, b: &Thing) -> bool {
    let of = |thing: &Thing| -> BTreeSet<CompactString> {
        thing.marks.iter().map(|m| m.trim_start_matches('v').trim_end_matches(".0").into()).collect()
    };
    of(a) == of(b)
}

fn names_agree(a: &Thing, b: &Thing) -> bool {
    let lacks = |x: &[CompactString], y: &[CompactString]| x.iter().any(|n| !y.contains(n));
    let names = lacks(&a.names, &b.names) && lacks(&b.names, &a.names);
    let around = !a.around.is_empty() && !b.around.is_empty() && !a.around.iter().any(|n| b.around.contains(n));
    !names && !around
}
