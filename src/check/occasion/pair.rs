//! Two occasions: what sets them apart, and how much speaks for their being one.

use super::Told;
use crate::claim::{Edge, Occasion, OccasionTerm};
use crate::value::{Date, DateSlip, Days, slip_of_dates};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// Classes of what happens at the beginning of something, and at its end.
const BEGINNINGS: [&str; 10] = [
    "arrival",
    "beginning",
    "entry into force",
    "founding",
    "inauguration",
    "introduction",
    "launch",
    "opening",
    "publication",
    "release",
];
const ENDINGS: [&str; 9] =
    ["abolition", "closing", "deadline", "dissolution", "end", "removal", "repeal", "retirement", "withdrawal"];

/// The class of what happens to a version once.
const RELEASE: &str = "release";

/// Occasions with a word among which those of one version are looked for.
const MARKED: usize = 60;

/// The year of dates without one.
const LEAP: i16 = 2000;

/// Weight from which a word belongs to what the date is the date of.
const NEAR: u8 = 6;

/// The words of all occasions that are compared, with those that have them.
pub(super) struct Weights<'a> {
    lists: BTreeMap<&'a str, (Vec<usize>, usize)>,
    /// The occasions of each version.
    versions: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Weights<'a> {
    pub(super) fn new(told: &[Told<'a>], members: &[usize]) -> Self {
        let mut lists: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut versions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &i in members {
            for mark in told[i].occasion.marks.iter().filter(|mark| mark.contains('.')) {
                versions.entry(mark.as_str()).or_default().push(i);
            }
            for term in &told[i].occasion.terms {
                lists.entry(term.key.as_str()).or_default().push(i);
            }
        }
        // A word says as much as there are few dates that it stands with.
        let counted = |(key, list): (&'a str, Vec<usize>)| {
            let dates = dates_of(told, list.iter().copied());
            (key, (list, dates))
        };
        Self { lists: lists.into_iter().map(counted).collect(), versions }
    }

    pub(super) fn lists(&self) -> impl Iterator<Item = &[usize]> {
        self.lists.values().map(|(list, _)| list.as_slice()).chain(self.versions.values().map(Vec::as_slice))
    }

    /// How much a word says, 0 to 10.
    pub(super) fn of(&self, key: &str) -> i32 {
        Self::worth(self.lists.get(key).map_or(0, |(_, dates)| *dates))
    }

    /// How much a word says among the occasions of one version, phase or number.
    fn of_mark(&self, told: &[Told<'_>], key: &str, marks: &[CompactString]) -> i32 {
        let Some((list, dates)) = self.lists.get(key) else { return 0 };
        if marks.is_empty() || list.len() > MARKED {
            return Self::worth(*dates);
        }
        Self::worth(dates_of(told, list.iter().copied().filter(|&i| told[i].occasion.marks == marks)))
    }

    fn worth(dates: usize) -> i32 {
        match dates {
            0..=2 => 10,
            3 => 8,
            4 => 6,
            5..=7 => 4,
            8..=12 => 2,
            _ => 1,
        }
    }

    /// The words near the dates of both, the strongest few.
    pub(super) fn shared(&self, a: Told<'_>, b: Told<'a>) -> Vec<&'a str> {
        let mut out: Vec<(i32, &str)> = common(a.occasion, b.occasion)
            .filter(|(s, t)| s.weight.min(t.weight) >= NEAR)
            .map(|(_, t)| (-self.of(&t.key), t.key.as_str()))
            .collect();
        out.sort_unstable();
        out.into_iter().take(3).map(|(_, key)| key).collect()
    }

    /// The occasions that have all of some words.
    pub(super) fn having(&self, keys: &[&str]) -> Vec<usize> {
        let mut lists = keys.iter().filter_map(|key| self.lists.get(key)).map(|(list, _)| list);
        let Some(first) = lists.next() else { return Vec::new() };
        let rest: Vec<&Vec<usize>> = lists.collect();
        first.iter().copied().filter(|i| rest.iter().all(|list| list.binary_search(i).is_ok())).collect()
    }
}

/// The number of dates that some occasions have; the two ends of a stretch are one.
fn dates_of(told: &[Told<'_>], list: impl Iterator<Item = usize>) -> usize {
    let list: Vec<usize> = list.take(MARKED).collect();
    let days = |&i: &usize| told[i].occasion.when.date.or_year(Some(LEAP)).days();
    let place = |&i: &usize| (told[i].claim.within, told[i].claim.block);
    let dates = list.iter().map(days).collect::<BTreeSet<_>>().len();
    dates.min(list.iter().map(place).collect::<BTreeSet<_>>().len())
}

/// What speaks for two occasions being one, in tenths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Score {
    words: i32,
    dates: i32,
    /// Whether the same kind of thing happens.
    action: bool,
}

impl Score {
    pub(super) fn total(self) -> i32 {
        self.words + self.dates
    }

    /// Whether the dates look like one that was written wrong.
    pub(super) fn is_likely(self) -> bool {
        self.dates > LIKENESS
    }

    /// Whether the dates look like one in which a digit was lost, two were exchanged or the month is another.
    pub(super) fn is_slip(self) -> bool {
        self.dates >= WRITTEN_WRONG
    }

    /// Whether the same kind of thing happens, on dates of one time.
    pub(super) fn is_told(self) -> bool {
        self.action && self.dates >= 0
    }
}

/// What days that have nothing in common take away.
const APART: i32 = 6;

/// Likeness that any two dates of one time have.
const LIKENESS: i32 = 3;

/// Likeness from which on one date is the other written wrong.
const WRITTEN_WRONG: i32 = 8;

/// The terms that both have.
pub(super) fn common<'a, 'b>(
    a: &'a Occasion,
    b: &'b Occasion,
) -> impl Iterator<Item = (&'a OccasionTerm, &'b OccasionTerm)> {
    a.terms.iter().filter_map(|term| Some((term, find(b, &term.key)?)))
}

pub(super) fn find<'a>(occasion: &'a Occasion, key: &str) -> Option<&'a OccasionTerm> {
    let at = occasion.terms.binary_search_by(|t| t.key.as_str().cmp(key)).ok()?;
    Some(&occasion.terms[at])
}

/// How much speaks for two occasions being one.
pub(super) fn score(told: &[Told<'_>], i: usize, j: usize, weights: &Weights<'_>) -> Score {
    let (a, b) = (told[i], told[j]);
    let (x, y) = (a.occasion, b.occasion);
    let mut words = 0;
    for (s, t) in common(x, y) {
        let name = if s.name && t.name { 12 } else { 10 };
        let worth = if x.marks == y.marks { weights.of_mark(told, &s.key, &x.marks) } else { weights.of(&s.key) };
        words += i32::from(s.weight.min(t.weight)) * worth * name / 100;
    }
    if !x.marks.is_empty() && x.marks == y.marks {
        words += 10;
    }
    if !x.stages.is_empty() && x.stages == y.stages {
        words += 8;
    }
    // A version is released once.
    if x.action == RELEASE && y.action == RELEASE && x.marks == y.marks && x.marks.iter().any(|m| m.contains('.')) {
        words += 8;
    }
    // Words of one kind of happening: opened, began.
    let ends = edge_of(x) == edge_of(y) && edge_of(x) != Edge::Point && (x.action.is_empty() != y.action.is_empty());
    let action = !x.action.is_empty() && (x.action == y.action || kin(&x.action, &y.action)) || ends;
    if action && !ends && x.action != y.action {
        words += 8;
    }
    // The same happens to the same thing, and nothing else that is dated is said of it.
    let thing = common(x, y).any(|(s, t)| !s.verbal && s.weight.min(t.weight) >= 8 && weights.of(&s.key) == 10);
    if action && thing {
        words += 3;
    }
    // A label or a short statement is contained in the other.
    if is_contained(x, y) || is_contained(y, x) {
        words += 4;
    }
    Score { words, dates: likeness(x, y), action }
}

/// Whether the other has all near words of one, two at least.
fn is_contained(x: &Occasion, y: &Occasion) -> bool {
    let mut near = x.terms.iter().filter(|t| t.weight >= NEAR);
    near.clone().count() > 1 && near.all(|t| find(y, &t.key).is_some())
}

/// How much two dates look like one that was written wrong, in tenths.
fn likeness(x: &Occasion, y: &Occasion) -> i32 {
    let (from, to) = (x.when.written(), y.when.written());
    let (p, q) = if from.to == to.to { (from.from, to.from) } else { (from.to, to.to) };
    let whole = |d: Date| d.day.is_some();
    match slip_of_dates(p, q) {
        DateSlip::Exchanged => 11,
        DateSlip::Lost => 8,
        DateSlip::Month | DateSlip::Year if whole(p) && whole(q) => 8,
        DateSlip::Year if is_slip_of_years(p, q) => 8,
        DateSlip::Digit => 6,
        DateSlip::Near => 2,
        DateSlip::Month => 3,
        DateSlip::Year => 0,
        DateSlip::None => -APART,
    }
}

/// Whether one figure of a year but the last is another, or two neighbours are exchanged.
fn is_slip_of_years(a: Date, b: Date) -> bool {
    let (Some(a), Some(b)) = (a.year, b.year) else { return false };
    let (a, b) = (a.to_string(), b.to_string());
    let other: Vec<(u8, u8)> = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).collect();
    // Years that differ in their last figure are often two.
    match other.as_slice() {
        [_] => a.as_bytes().last() == b.as_bytes().last(),
        [(x, y), (z, w)] => x == w && y == z,
        _ => false,
    }
}

/// Weight from which a word is the thing that the date is of.
const THING: u8 = 8;

/// Whether two years may be that of one happening: it is the same that happens, and the later mention has no name before
/// its date that the earlier lacks ("Okafor", "Ada Okafor").
pub(super) fn is_same_year_told(a: Told<'_>, b: Told<'_>) -> bool {
    let (earlier, later) = if a.claim.at < b.claim.at { (a.occasion, b.occasion) } else { (b.occasion, a.occasion) };
    let named = later.terms.iter().any(|t| t.name && t.before && find(earlier, &t.key).is_none());
    earlier.action == later.action && !named && is_restated(earlier, later)
}

/// Whether two statements of one paragraph tell of the same: they share what happens or what it happens to, and not
/// each has something of its own right before the date.
pub(super) fn is_restated(x: &Occasion, y: &Occasion) -> bool {
    let near = |w: u8| w >= THING;
    let things = common(x, y).filter(|(s, t)| !s.verbal && near(s.weight.min(t.weight))).count();
    let ends = edge_of(x) == edge_of(y) && edge_of(x) != Edge::Point && (x.action.is_empty() != y.action.is_empty());
    let happens = !x.action.is_empty() && x.action == y.action || ends;
    // "After the assent of 27 June the tribunal …": what is behind the date may be another matter.
    let own = |x: &Occasion, y: &Occasion| {
        let things = || x.terms.iter().filter(|t| t.weight == 10 && !t.verbal && !t.name);
        let all = !things().any(|t| t.before);
        things().any(|t| (all || t.before) && find(y, &t.key).is_none())
    };
    things + usize::from(happens) > 1 && things > 0 && !(own(x, y) && own(y, x))
}

/// Whether two dates cannot be one.
pub(super) fn differ(a: Told<'_>, b: Told<'_>) -> bool {
    let (x, y) = (a.occasion, b.occasion);
    let Some((p, q)) = x.when.days_beside(&y.when) else { return false };
    let long = |d: Days| d.last - d.first;
    let range = |o: &Occasion| !o.when.date.is_one() && o.when.date.from.day.is_some();
    match (range(x), range(y)) {
        (true, true) => p != q && (p.first != q.first || p.last != q.last) && long(p).max(long(q)) > 0,
        (true, false) => beside_range(p, q, y),
        (false, true) => beside_range(q, p, x),
        _ => p.is_apart(q),
    }
}

/// Whether a day does not fit the range of the other: its end, when something ends with it; its beginning likewise.
fn beside_range(range: Days, day: Days, occasion: &Occasion) -> bool {
    if ENDINGS.contains(&occasion.action.as_str()) || occasion.edge == Edge::End {
        return day.is_apart(Days { first: range.last - 1, last: range.last + 1 });
    }
    if BEGINNINGS.contains(&occasion.action.as_str()) || occasion.edge == Edge::Start {
        return day.is_apart(Days { first: range.first, last: range.first });
    }
    range.is_apart(day)
}

/// Days that two dates of one time may be apart.
const SEASON: i32 = 100;

/// Whether two dates are of different times of the year.
pub(super) fn is_far(a: Told<'_>, b: Told<'_>) -> bool {
    let days = a.occasion.when.days_beside(&b.occasion.when);
    days.is_some_and(|(x, y)| (x.first - y.first).abs() > SEASON)
}

/// Whether both name the same person, place or work, or the same version, phase or stage.
pub(super) fn is_named(a: Told<'_>, b: Told<'_>) -> bool {
    let (x, y) = (a.occasion, b.occasion);
    let set = !x.marks.is_empty() && x.marks == y.marks || !x.stages.is_empty() && x.stages == y.stages;
    set || common(x, y).any(|(s, t)| s.name && t.name && s.weight.min(t.weight) >= NEAR)
}

/// Whether two classes are one kind of happening.
pub(super) fn kin(a: &str, b: &str) -> bool {
    BEGINNINGS.contains(&a) && BEGINNINGS.contains(&b) || ENDINGS.contains(&a) && ENDINGS.contains(&b)
}

/// Whether two dates are one day of two years: of reports and accounts each year has its own, "the year ended 31 March".
fn are_anniversaries(x: &Occasion, y: &Occasion) -> bool {
    let day = |o: &Occasion| (o.when.date.to.month, o.when.date.to.day);
    let years = (x.when.date.to.year, y.when.date.to.year);
    x.when.date.to.month.is_some() && day(x) == day(y) && matches!(years, (Some(m), Some(n)) if m != n)
}

/// What a thing has once, whatever the day of the year.
const ONCE: [&str; 10] = [
    "adoption",
    "birth",
    "building",
    "consecration",
    "death",
    "enactment",
    "founding",
    "ratification",
    "signing",
    "sinking",
];

/// Whether the same happened that happens to a thing once.
fn happened_once(x: &Occasion, y: &Occasion) -> bool {
    x.action == y.action && ONCE.contains(&x.action.as_str())
}

/// Whether something says that two occasions are two.
pub(super) fn sets_apart(a: Told<'_>, b: Told<'_>) -> bool {
    let (x, y) = (a.occasion, b.occasion);
    if a.file() != b.file() && are_twins(&x.title, &y.title) {
        return true;
    }
    if x.under.zip(y.under).is_some_and(|(m, n)| m != n) {
        return true;
    }
    let ahead = x.ahead.is_some() && y.ahead.is_some() && x.ahead != y.ahead;
    if !differ(a, b) || ahead || x.stages != y.stages || are_anniversaries(x, y) && !happened_once(x, y) {
        return true;
    }
    if !x.marks.is_empty() && !y.marks.is_empty() && x.marks != y.marks {
        return true;
    }
    let years = |o: &Occasion| o.when.date.from.year;
    if x.firm
        && y.firm
        && (x.when.year_from.is_some() || y.when.year_from.is_some())
        && years(x).zip(years(y)).is_some_and(|(m, n)| m != n)
        && x.when.written().from.day != y.when.written().from.day
    {
        return true;
    }
    if are_examples(a, b)
        || attribution(a) != attribution(b)
        || returns(x, y)
        || is_series(x, y)
        || x.row && y.row && own_words(x, y) && own_words(y, x)
        || lacks_label(x, y)
        || lacks_label(y, x)
    {
        return true;
    }
    edges(x, y) || excluded(x, y) || names(x, y) || narrowed(x, y)
}

/// Whether both sentences have numbers and none in common.
pub(super) fn are_figures_other(x: &Occasion, y: &Occasion) -> bool {
    !x.figures.is_empty() && !y.figures.is_empty() && !x.figures.iter().any(|f| y.figures.contains(f))
}

/// Whether the words near both dates are the same and the numbers others: "interest on the loan of 400 million", "interest
/// on the loan of 250 million".
pub(super) fn is_series(x: &Occasion, y: &Occasion) -> bool {
    let near =
        |x: &Occasion, y: &Occasion| x.terms.iter().filter(|t| t.weight >= NEAR).all(|t| find(y, &t.key).is_some());
    are_figures_other(x, y) && near(x, y) && near(y, x)
}

/// Whether what happens is called otherwise, so that many other words have to speak for one occasion.
pub(super) fn doubts(x: &Occasion, y: &Occasion) -> bool {
    !x.action.is_empty() && !y.action.is_empty() && x.action != y.action && !kin(&x.action, &y.action)
}

/// Whether two documents are of one series by their titles, which differ in a word or two: "Site report Holm", "Site
/// report Brugg".
pub(super) fn are_twins(a: &[CompactString], b: &[CompactString]) -> bool {
    let other = a.iter().zip(b).filter(|(x, y)| x != y).count();
    a.len() == b.len() && a.len() > other && (other == 1 || other > 0 && other * 3 <= a.len())
}

/// Whose statement it is, as far as it is not the author's.
fn attribution(one: Told<'_>) -> Vec<&str> {
    let cues = one.claim.scope.cues.iter().map(CompactString::as_str);
    cues.filter(|cue| matches!(*cue, "attributed" | "example" | "quotation")).collect()
}

/// Whether both are told as examples: two made-up days.
pub(super) fn are_examples(a: Told<'_>, b: Told<'_>) -> bool {
    attribution(a).contains(&"example") && attribution(b).contains(&"example")
}

/// Happenings of which there is one in most documents, though they come again.
const RARE: [&str; 6] = ["=ceremony", "=conference", "=election", "=freeze", "=referendum", "=survey"];

/// Whether what comes again is told of with little else in common, or with other words on both sides: a meeting to draw
/// up the list, a meeting to choose.
pub(super) fn returns(x: &Occasion, y: &Occasion) -> bool {
    let often = common(x, y).any(|(s, _)| s.again && !RARE.contains(&s.key.as_str()));
    let beside = common(x, y).filter(|(s, t)| !s.again && s.weight.min(t.weight) >= 8).count();
    let restated = common(x, y).count() > 2 && (is_contained(x, y) || is_contained(y, x));
    if often && beside < 2 && !restated {
        return true;
    }
    common(x, y).any(|(s, _)| s.again) && own_words(x, y) && own_words(y, x)
}

/// Whether the one is a row of a table whose label the other has less than two thirds of.
fn lacks_label(x: &Occasion, y: &Occasion) -> bool {
    let label = || x.terms.iter().filter(|t| t.weight == 10);
    let missing = label().filter(|t| find(y, &t.key).is_none()).count();
    x.row && missing * 3 > label().count()
}

/// Whether words near the date of the one are not among those of the other.
fn own_words(x: &Occasion, y: &Occasion) -> bool {
    x.terms.iter().any(|t| t.weight >= 8 && find(y, &t.key).is_none())
}

/// Whether a date is the beginning or the end of something, by the words before it or by what happens.
fn edge_of(occasion: &Occasion) -> Edge {
    match occasion.edge {
        Edge::Point if ENDINGS.contains(&occasion.action.as_str()) => Edge::End,
        Edge::Point if BEGINNINGS.contains(&occasion.action.as_str()) => Edge::Start,
        other => other,
    }
}

/// Whether one is the beginning and the other the end.
pub(super) fn edges(x: &Occasion, y: &Occasion) -> bool {
    let range = |o: &Occasion| !o.when.date.is_one();
    !range(x) && !range(y) && matches!((edge_of(x), edge_of(y)), (Edge::Start, Edge::End) | (Edge::End, Edge::Start))
}

/// Whether the one has a word that a word of the other excludes: spring and autumn.
pub(super) fn excluded(x: &Occasion, y: &Occasion) -> bool {
    let lone = |one: &OccasionTerm, other: &Occasion| one.weight > 4 && find(other, &one.key).is_none();
    x.terms
        .iter()
        .filter(|s| !s.contrasts.is_empty() && lone(s, y))
        .any(|s| y.terms.iter().any(|t| lone(t, x) && s.contrasts.iter().any(|group| t.contrasts.contains(group))))
}

/// Whether both have names and none in common.
pub(super) fn names(x: &Occasion, y: &Occasion) -> bool {
    let near = |o: &Occasion| o.terms.iter().filter(|t| t.name && t.weight >= 9).count();
    let shared = common(x, y).any(|(s, t)| s.name || t.name);
    near(x) > 0 && near(y) > 0 && !shared
}

/// Whether a word that both have is narrowed by different words: the spring regatta, the autumn regatta; a call for
/// analysts, a call for journalists.
pub(super) fn narrowed(x: &Occasion, y: &Occasion) -> bool {
    let other = |a: &str, b: &str, x: &Occasion, y: &Occasion| {
        !a.is_empty() && !b.is_empty() && a != b && find(y, a).is_none() && find(x, b).is_none()
    };
    common(x, y)
        .filter(|(s, t)| s.weight.min(t.weight) > 3 && !s.name)
        .any(|(s, t)| other(&s.left, &t.left, x, y) || other(&s.complement, &t.complement, x, y))
}

/// What a pair is called: the words that both have, in the order of the earlier.
pub(super) fn named(a: Told<'_>, b: Told<'_>) -> String {
    let mut words: Vec<&OccasionTerm> =
        common(a.occasion, b.occasion).map(|(s, _)| s).filter(|s| s.weight > 3).collect();
    words.sort_by_key(|t| (10 - t.weight.min(10), !t.name, t.verbal));
    let words: Vec<&str> = words.into_iter().take(3).map(|t| t.text.as_str()).collect();
    words.join(" ")
}
