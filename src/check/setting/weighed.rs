//! Two numbers of documentation that differ, and are values of one thing by the weight of the evidence.
//!
//! Candidates have a word in common. For each the log-odds of being one thing is worked out without a look at the values;
//! a pair counts only when it fits both of its numbers best, and no number that agrees with one of them fits as well.

use super::likeness::{Differ, Weighed, Words, differ, one_thing, quantity};
use super::projects::Projects;
use super::{calendar, values};
use crate::check::{Finding, Place};
use crate::claim::{Claim, Cue, Datum, DatumPlace, Value, are_namesakes};
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Quantity, Resemblance, one_digit_apart, resemblance};
use rustc_hash::{FxHashMap, FxHashSet};

/// Most numbers that are compared; documents of more tell of too many things.
const NUMBERS: usize = 8_000;

/// A word that more numbers have finds no candidates.
const CROWD: usize = 60;

/// Times that one value may be the other.
const REACH: f32 = 30.0;

/// How near a number that agrees may come to a pair, in log-odds, before it explains it.
const EXPLAINED: f32 = 0.5;

/// The log-odds that are asked for.
const ENOUGH: f32 = 1.0;

/// What is asked for beyond that of counts below ten and of shares, of which every document has many.
const COMMON: f32 = 1.0;

/// Documents that speak of one program; among more of them two numbers stand together by chance ever more often.
const DOCUMENTS: f32 = 12.0;

/// The least log-odds of being one thing, whatever the values say.
const LEAST: f32 = -4.25;

/// Cues that keep a number from being compared.
const REFUSED: &[Cue] =
    &[Cue::Changed, Cue::Chosen, Cue::Edition, Cue::Example, Cue::Listed, Cue::Negated, Cue::Range, Cue::Rounded];

/// Whole numbers of this range may be years.
const YEARS: std::ops::RangeInclusive<Decimal> =
    Decimal::from_parts(1_800, 0, 0, false, 0)..=Decimal::from_parts(2_100, 0, 0, false, 0);

/// Two numbers by their place in the list.
struct Pair {
    a: usize,
    b: usize,
    likeness: f32,
    agreement: Agreement,
}

/// Appends a finding for every pair that is taken for one thing.
pub(super) fn findings(claims: &[&Claim], found: &mut Vec<Finding>) {
    let all: Vec<(&Claim, &Datum)> = claims
        .iter()
        .filter_map(|claim| if let Value::Datum(datum) = &claim.value { Some((*claim, &**datum)) } else { None })
        .collect();
    if all.len() > NUMBERS {
        return;
    }
    let words = Words::new(all.iter().map(|(_, d)| *d));
    let projects = Projects::new(all.iter().map(|(_, d)| *d));
    let technical: FxHashSet<FileId> =
        all.iter().filter(|(_, d)| is_code(d) || d.has(Cue::Instructive)).map(|(c, _)| c.at.file).collect();
    let weighed: Vec<Weighed<'_>> = all.iter().map(|(_, d)| Weighed::new(&words, d)).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for (a, b) in candidates(&all) {
        let (x, y) = (&all[a], &all[b]);
        let place = |(claim, _): &(&Claim, &Datum)| (claim.at.file, claim.block);
        if place(x) == place(y) || x.1.source && y.1.source || !projects.are_one(x.1, y.1) {
            continue;
        }
        let Some(agreement) = agreement(x.1, y.1) else { continue };
        let Some(likeness) = one_thing(&words, &weighed[a], &weighed[b]) else { continue };
        pairs.push(Pair { a, b, likeness, agreement });
    }
    let documents: FxHashSet<FileId> = all.iter().map(|(c, _)| c.at.file).collect();
    let many = (documents.len() as f32 / DOCUMENTS).ln().max(0.0);
    let ranks = Ranks::new(&pairs, all.len());
    let known: FxHashSet<_> = found.iter().flat_map(|f| f.places.iter().map(|p| p.at)).collect();
    let often = often(&all);
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut clashes: Vec<(f32, &Pair)> = Vec::new();
    for pair in pairs.iter().filter(|p| p.agreement == Agreement::Different && p.likeness >= LEAST) {
        let (x, y) = (&all[pair.a], &all[pair.b]);
        let is_technical = technical.contains(&x.0.at.file) || technical.contains(&y.0.at.file);
        if !is_technical || !is_fit(x, y) || ranks.explained(pair) || [x, y].iter().any(|n| known.contains(&n.0.at)) {
            continue;
        }
        let Some(how) = how(x, y, ranks.margin(pair), often[pair.a] || often[pair.b]) else { continue };
        let odds = pair.likeness + differ(x.1, y.1, &how);
        let far = if x.0.at.file == y.0.at.file { 0.0 } else { many };
        if odds >= asked(x, y, &how) + far {
            clashes.push((odds, pair));
        }
    }
    clashes.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1.a, x.1.b).cmp(&(y.1.a, y.1.b))));
    for (_, pair) in clashes {
        if taken.contains(&pair.a) || taken.contains(&pair.b) {
            continue;
        }
        taken.extend([pair.a, pair.b]);
        found.push(finding(all[pair.a].0, all[pair.b].0));
    }
}

fn is_code(datum: &Datum) -> bool {
    matches!(datum.place, DatumPlace::Code | DatumPlace::Setting)
}

/// The pairs of numbers that share a word, in order.
fn candidates(all: &[(&Claim, &Datum)]) -> Vec<(usize, usize)> {
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (n, (_, datum)) in all.iter().enumerate() {
        for term in datum.terms.iter().filter(|t| t.weight > 1 && !t.plain) {
            by_word.entry(&term.key).or_default().push(n);
        }
    }
    let mut out = Vec::new();
    let mut near: Vec<usize> = Vec::new();
    for (n, (_, datum)) in all.iter().enumerate() {
        near.clear();
        for term in datum.terms.iter().filter(|t| t.weight > 1 && !t.plain) {
            let list = &by_word[term.key.as_str()];
            if list.len() <= CROWD {
                near.extend(&list[list.partition_point(|&m| m <= n)..]);
            }
        }
        near.sort_unstable();
        near.dedup();
        out.extend(near.iter().map(|&m| (n, m)));
    }
    out
}

/// Whether two values agree; `None` when they are of two kinds or it cannot be told.
fn agreement(a: &Datum, b: &Datum) -> Option<Agreement> {
    let (x, y) = (quantity(a)?, quantity(b)?);
    let bare = x.unit.is_count() || y.unit.is_count();
    // A number without a unit may be one of seconds or bytes, hardly one of per cent.
    let measured = |d: &str| matches!(d, "" | "time" | "data");
    let (p, q) = (x.unit.dimension.as_str(), y.unit.dimension.as_str());
    let calendar = matches!((p, q), ("months", "time") | ("time", "months"));
    if p != q && !calendar && !(bare && measured(p) && measured(q)) {
        return None;
    }
    if x.value().abs() == y.value().abs() && (x.unit == y.unit || bare) {
        return Some(Agreement::Same);
    }
    let found = values::agreement(&a.value, &b.value);
    let decided = if found == Agreement::Unknown && bare { Agreement::Different } else { found };
    (decided != Agreement::Unknown).then_some(decided)
}

/// How well the pairs of each number fit.
struct Ranks {
    /// The best and the second best pair of each number.
    best: Vec<(f32, f32)>,
    /// The best pair of each number whose values agree.
    agreeing: Vec<f32>,
}

impl Ranks {
    fn new(pairs: &[Pair], numbers: usize) -> Self {
        let mut ranks = Self { best: vec![(f32::MIN, f32::MIN); numbers], agreeing: vec![f32::MIN; numbers] };
        for pair in pairs {
            for n in [pair.a, pair.b] {
                let (first, second) = &mut ranks.best[n];
                if pair.likeness > *first {
                    *second = *first;
                    *first = pair.likeness;
                } else if pair.likeness > *second {
                    *second = pair.likeness;
                }
                if pair.agreement == Agreement::Same {
                    ranks.agreeing[n] = ranks.agreeing[n].max(pair.likeness);
                }
            }
        }
        ranks
    }

    /// By how much a pair is better than the best other one of either number; below zero when another is better.
    fn margin(&self, pair: &Pair) -> f32 {
        let of = |n: usize| {
            let (first, second) = self.best[n];
            pair.likeness - if pair.likeness < first { first } else { second }
        };
        of(pair.a).min(of(pair.b))
    }

    /// Whether a number that agrees with one of the two fits it nearly as well.
    fn explained(&self, pair: &Pair) -> bool {
        [pair.a, pair.b].iter().any(|&n| self.agreeing[n] > pair.likeness - EXPLAINED)
    }
}

/// For every number whether its value stands in several places.
fn often(all: &[(&Claim, &Datum)]) -> Vec<bool> {
    let key = |d: &Datum| quantity(d).map(|q| (q.unit.dimension.clone(), q.base()));
    let mut times: FxHashMap<_, u32> = FxHashMap::default();
    for (_, datum) in all {
        *times.entry(key(datum)).or_default() += 1;
    }
    all.iter().map(|(_, datum)| times[&key(datum)] > 3).collect()
}

/// Whether nothing tells two numbers apart.
fn is_fit(x: &(&Claim, &Datum), y: &(&Claim, &Datum)) -> bool {
    let (a, b) = (x.1, y.1);
    let refused = |d: &Datum| REFUSED.iter().any(|cue| d.has(*cue)) || quantity(d).is_none_or(|q| is_other(d, q));
    // A sample sets what the reader may set; only what is called the default is compared.
    let sample = |d: &Datum| is_code(d) && !d.source && !d.has(Cue::Default);
    let beside =
        |d: &Datum, other: &Datum| other.company.iter().any(|v| values::agreement(&d.value, v) == Agreement::Same);
    let slots = !a.slot.is_empty() && !b.slot.is_empty() && a.slot != b.slot;
    let file = x.0.at.file == y.0.at.file;
    let here = file && x.0.scope.titles == y.0.scope.titles;
    // The rows of two tables are told apart by more than words; a table without defaults may give an example.
    let cell = |d: &Datum| d.place == DatumPlace::Cell;
    let tables = file && cell(a) && cell(b);
    let shown = cell(a) && a.slot != "default" && b.source || cell(b) && b.slot != "default" && a.source;
    ![a, b].iter().any(|d| refused(d) || sample(d))
        && !beside(a, b)
        && !beside(b, a)
        && !slots
        && !here
        && !tables
        && !(file && are_numbered(x.0, y.0))
        && !one_of_row(a, b)
        && !one_of_row(b, a)
        && !shown
        && a.only == b.only
        && !are_namesakes(&x.0.scope.titles, &y.0.scope.titles)
}

/// The log-odds that are asked for. Counts of one text are mostly those of several occasions.
fn asked(x: &(&Claim, &Datum), y: &(&Claim, &Datum), how: &Differ) -> f32 {
    let told = |d: &Datum| d.place == DatumPlace::Prose && quantity(d).is_some_and(|q| q.unit.is_count());
    let occasions = x.0.at.file == y.0.at.file && told(x.1) && told(y.1) && !how.exchanged;
    let common = is_common(x.1) || is_common(y.1);
    ENOUGH + if common { COMMON } else { 0.0 } + if occasions { COMMON } else { 0.0 }
}

/// Whether every document has many such numbers: a count below ten, a share.
fn is_common(datum: &Datum) -> bool {
    quantity(datum).is_some_and(|q| {
        q.unit.dimension == "percent" || q.unit.is_count() && q.value() < Decimal::TEN && q.value().is_integer()
    })
}

/// Whether a number is hardly that of a setting: nothing, a change below zero, a year.
fn is_other(datum: &Datum, quantity: &Quantity) -> bool {
    let value = quantity.value();
    let year = quantity.unit.is_count() && datum.counted.is_empty() && YEARS.contains(&value);
    value.is_zero() || quantity.unit.dimension == "percent" && value.is_sign_negative() || year
}

/// Whether the headings above one have a number that those of the other lack: the version that a section is for.
fn are_numbered(a: &Claim, b: &Claim) -> bool {
    let numbers = |c: &Claim| -> Vec<String> {
        let words = c.scope.titles.iter().flat_map(|t| &t.words);
        words.filter(|w| w.bytes().any(|b| b.is_ascii_digit())).map(ToString::to_string).collect()
    };
    numbers(a) != numbers(b)
}

/// Whether a cell has other numbers beside it and is neither the default nor the bound that the other number is.
fn one_of_row(cell: &Datum, other: &Datum) -> bool {
    let bound = !cell.slot.is_empty() && cell.slot == other.slot;
    cell.place == DatumPlace::Cell && cell.company.len() > 1 && cell.slot != "default" && !bound
}

/// How two values differ; `None` when they are too far apart.
fn how(x: &(&Claim, &Datum), y: &(&Claim, &Datum), margin: f32, often: bool) -> Option<Differ> {
    let (a, b) = (quantity(x.1)?, quantity(y.1)?);
    let measured = a.unit.dimension == b.unit.dimension || !a.unit.is_count() && !b.unit.is_count();
    let (p, q) = if measured { calendar::in_one_unit(a, b) } else { (Some(a.value()), Some(b.value())) };
    let (p, q) = (p?, q?);
    let (low, high) = (p.abs().min(q.abs()), p.abs().max(q.abs()));
    let times: f32 = high.checked_div(low).and_then(|t| t.to_string().parse().ok())?;
    // Megabytes and mebibytes are seldom told apart.
    let binary = a.unit.dimension == "data" && times < 1.08;
    (times <= REACH && !binary).then(|| {
        let (x, y) = (a.value(), b.value());
        let long = x.abs() >= Decimal::TEN || x.normalize().scale() > 0;
        let exchanged = resemblance(x.normalize(), y.normalize()) == Resemblance::Transposed;
        Differ { exchanged, digit: long && one_digit_apart(x, y), times, margin, often }
    })
}

fn finding(first: &Claim, second: &Claim) -> Finding {
    let place = |c: &Claim| Place { at: c.at, within: c.within, label: String::new() };
    Finding {
        places: vec![place(first), place(second)],
        variables: vec![
            ("what", "one thing with two values".to_owned()),
            ("here", first.text.to_string()),
            ("there", format!("{} elsewhere", second.text)),
        ],
        notes: Vec::new(),
    }
}
