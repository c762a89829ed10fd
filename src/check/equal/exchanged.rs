//! Two neighbouring digits exchanged: 3,912 and 3,921.
//!
//! Of the numbers with three digits that mean something hardly one in four hundred has a given other as its twin, so
//! two of one unit in one document, or in the documents of one release, are mostly one number that was typed twice.
//! Little else is asked for: that what is counted may be the same, that one of the two stands nowhere else, and that
//! nothing says that they are two things.

use super::Edge;
use crate::claim::{
    Claim, Frame, Origin, Value, WordSort, differing_cues, narrowed_apart, times_conflict, values_agree,
};
use crate::value::{Agreement, Decimal, Hedge, Resemblance, neighbours_exchanged, resemblance, significant_digits};
use rustc_hash::{FxHashMap, FxHashSet};

/// Documents with more different numbers than this have exchanged digits by chance.
const MOST: usize = 400;

/// Appends an edge for each such pair.
pub(super) fn exchanged(claims: &[&Claim], across: bool, edges: &mut Vec<Edge>) {
    let in_file = |a: &&Claim, b: &&Claim| a.at.file == b.at.file;
    let mut offset = 0;
    for file in claims.chunk_by(in_file) {
        twins(claims, offset..offset + file.len(), false, edges);
        offset += file.len();
    }
    if across {
        twins(claims, 0..claims.len(), true, edges);
    }
}

/// The pairs among some claims: those of one document, or those of different documents.
fn twins(claims: &[&Claim], among: std::ops::Range<usize>, across: bool, edges: &mut Vec<Edge>) {
    let numbers: Vec<usize> = among.filter(|&i| is_plain(claims[i])).collect();
    let different: FxHashSet<(Decimal, &str)> = numbers.iter().filter_map(|&i| key(claims[i])).collect();
    if different.len() > MOST {
        return;
    }
    let mut counts: FxHashMap<(Decimal, &str), u32> = FxHashMap::default();
    // By digits in order: twins have the same ones.
    let mut sorts: FxHashMap<(Vec<u8>, &str), Vec<usize>> = FxHashMap::default();
    for &i in &numbers {
        let Some(key) = key(claims[i]) else { continue };
        *counts.entry(key).or_default() += 1;
        let mut digits = digits(claims[i]);
        digits.sort_unstable();
        sorts.entry((digits, key.1)).or_default().push(i);
    }
    let times = |i: usize| key(claims[i]).and_then(|k| counts.get(&k).copied()).unwrap_or_default();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for list in sorts.values() {
        for (n, &i) in list.iter().enumerate() {
            for &j in &list[n + 1..] {
                let (a, b) = (claims[i], claims[j]);
                // A number that one document has and the other has too is not the slip.
                if (a.at.file != b.at.file) == across
                    && times(i).min(times(j)) <= if across { 2 } else { 1 }
                    && is_pair(a, b)
                {
                    found.push((i, j));
                }
            }
        }
    }
    found.sort_unstable();
    edges.extend(found.iter().map(|&(a, b)| Edge { a, b, agreement: Agreement::Different }));
    // What backs the one or the other is shown too.
    for &i in &numbers {
        for side in found.iter().flat_map(|&(a, b)| [a, b]) {
            let class = &claims[side].subject.class;
            if side != i
                && key(claims[side]) == key(claims[i])
                && (*class == claims[i].subject.class || class.is_empty())
                && values_agree(claims[side], claims[i]) == Agreement::Same
            {
                edges.push(Edge { a: side, b: i, agreement: Agreement::Same });
            }
        }
    }
}

/// The value in base units with the dimension.
pub(super) fn key(claim: &Claim) -> Option<(Decimal, &str)> {
    match &claim.value {
        Value::Quantity(q) => Some((q.base()?.normalize(), q.unit.dimension.as_str())),
        _ => None,
    }
}

/// The digits of a number as written, without its zeros at the end.
pub(super) fn digits(claim: &Claim) -> Vec<u8> {
    let Value::Quantity(q) = &claim.value else { return Vec::new() };
    significant_digits(q.amount.low)
}

/// Whether a number has three digits that mean something, and is no limit. Counts with a point are mostly versions.
fn is_plain(claim: &Claim) -> bool {
    let Value::Quantity(q) = &claim.value else { return false };
    let told = claim.frame.is_some() || claim.axes.is_some();
    let version = q.unit.is_count() && q.amount.low.normalize().scale() > 0;
    let single = !q.amount.range && !version && matches!(q.hedge, Hedge::None | Hedge::About);
    // The anchor of a page, the size of a picture: a number that stands alone tells nothing.
    let alone = claim.axes.is_none() && claim.at.start == claim.within.start && claim.at.end == claim.within.end;
    told && claim.origin != Origin::Joined && single && !alone && !q.amount.words && digits(claim).len() >= 3
}

fn is_pair(a: &Claim, b: &Claim) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    let known = is_known(a) || is_known(b);
    if x.unit != y.unit
        || values_agree(a, b) != Agreement::Different
        || resemblance(x.amount.low, y.amount.low) != Resemblance::Transposed
        || a.at.file == b.at.file && (a.block == b.block || a.list.is_some() && a.list == b.list)
        || a.origin == Origin::Cell && b.origin == Origin::Cell
    {
        return false;
    }
    if neighbours_exchanged(x.amount.low, y.amount.low) {
        return !keeps_apart(a, b) && may_be_one(a, b, known);
    }
    known
        && a.origin == Origin::Prose
        && b.origin == Origin::Prose
        && differing_cues(a, b).is_ok()
        && !times_conflict(a.scope.when(), b.scope.when())
        && may_be_one(a, b, known)
}

/// Whether the author takes the number as known; a change ("an increase of 33.2 million in all") is none.
fn is_known(claim: &Claim) -> bool {
    let has = |cue: &str| claim.scope.cues.iter().any(|c| c == cue);
    has("whole") && !has("delta")
}

/// Whether the text says that the two are different things: another time, another version, an example, names on both
/// sides that the other lacks.
fn keeps_apart(a: &Claim, b: &Claim) -> bool {
    let has = |c: &Claim, cue: &str| c.scope.cues.iter().any(|x| x == cue);
    let status = ["example", "edition"];
    let entities = |x: &Claim, y: &Claim| x.subject.entities.iter().any(|e| !y.subject.entities.contains(e));
    let period = |c: &Claim| c.scope.period.clone();
    let cell_time = |cell: &Claim, other: &Claim| {
        let axes = cell.axes.as_deref();
        axes.is_some_and(|x| times_conflict(&x.column_words, other.scope.when()))
    };
    status.iter().any(|cue| has(a, cue) != has(b, cue))
        || narrowed_apart(a, b).is_err()
        || times_conflict(&a.scope.times, &b.scope.times)
        || entities(a, b) && entities(b, a)
        || period(a).zip(period(b)).is_some_and(|(p, q)| p != q)
        || cell_time(a, b)
        || cell_time(b, a)
}

/// Whether what is counted or measured may be one thing.
fn may_be_one(a: &Claim, b: &Claim, known: bool) -> bool {
    let (p, q) = (&a.subject, &b.subject);
    let Value::Quantity(x) = &a.value else { return false };
    if let Some((cell, prose)) = [(a, b), (b, a)].into_iter().find(|(c, _)| c.origin == Origin::Cell) {
        return cell_names(cell, prose);
    }
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return false };
    let head = |x: &Frame, y: &Frame| !x.head.is_empty() && y.has(&x.head);
    let people = p.people && q.people;
    // "the 124", "the 317 at a glance": the author does not say of what.
    let unnamed = |c: &Claim| c.subject.class.is_empty() && is_known(c);
    // Of sums of money and shares of three digits a report has so many that some are alike by chance.
    let common = x.unit.is_money() || x.unit.is_percent();
    if common && digits(a).len() < 4 && a.at.file == b.at.file && !known {
        return false;
    }
    if head(f, g) || head(g, f) || people || !p.class.is_empty() && p.class == q.class || unnamed(a) || unnamed(b) {
        return true;
    }
    let shared = (0..f.words.len()).filter(|&i| f.words[i].sort != WordSort::Light && g.has(&f.words[i].key)).count();
    // What has a unit needs no noun; of shares a text has many.
    // "4,127", but not train 4127.
    let written = |c: &Claim| c.text.contains([',', '.', ' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let long = digits(a).len() > 3 && x.unit.is_count() && written(a) && written(b);
    let needed = if known || long || !(x.unit.is_count() || x.unit.is_percent()) { 1 } else { 2 };
    shared >= needed || !x.unit.is_count() && !x.unit.is_percent() && digits(a).len() > 3
}

/// Whether row or columns of a cell speak of what a number of running text counts.
fn cell_names(cell: &Claim, prose: &Claim) -> bool {
    let (Some(axes), Some(frame)) = (cell.axes.as_deref(), prose.frame.as_deref()) else { return false };
    let row = axes.row_keys.iter().any(|w| *w == frame.head || frame.has(w));
    let class = &prose.subject.class;
    let column = !class.is_empty() && axes.column_words.contains(class);
    (row || axes.total) && (column || row && digits(cell).len() > 3) || column && digits(cell).len() > 3
}
