//! Which table cell states the same as a number in running text.
//!
//! A cell's statement is its row label, its column heads and the caption together. When any cell of the row
//! agrees with the number, the number is taken to restate it and nothing is reported: another column of the
//! same row that differs is a contrast, not a clash.

use super::{refuse_cues, stem};
use crate::claim::{Axes, Claim, Value, is_year};
use crate::value::{Agreement, Resemblance, agree, resemblance};
use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// A cell that a number in running text may restate.
#[derive(Clone, Copy, Debug)]
pub struct CellMatch<'a> {
    /// The cell.
    pub cell: &'a Claim,
    /// How surely both mean the same, as for [`super::link`].
    pub strength: u8,
    /// Whether the values can both be true.
    pub agreement: Agreement,
}

/// The rows of all tables of a selection, found by the words of their labels.
#[derive(Debug, Default)]
pub struct RowIndex<'a> {
    rows: Vec<Row<'a>>,
    by_word: FxHashMap<&'a str, Vec<usize>>,
}

#[derive(Debug)]
struct Row<'a> {
    cells: Vec<(&'a Claim, &'a Axes)>,
}

/// A word that labels more rows than this is too common to look up by.
const CROWD: usize = 40;

impl<'a> RowIndex<'a> {
    /// Indexes the cells among the claims, which stand in order of place.
    #[must_use]
    pub fn new(claims: &[&'a Claim]) -> Self {
        let mut index = Self::default();
        let mut last = None;
        for &claim in claims {
            let Some(axes) = claim.axes.as_deref() else { continue };
            let key = (claim.at.file, axes.table, axes.row);
            if last != Some(key) {
                let row = index.rows.len();
                index.rows.push(Row { cells: Vec::new() });
                let words = if axes.total { &axes.caption_words } else { &axes.row_words };
                for word in words.iter() {
                    let word = if axes.total { stem(word) } else { word.as_str() };
                    index.by_word.entry(word).or_default().push(row);
                }
                if !axes.total {
                    for key in axes.row_keys.iter().filter(|k| !words.contains(k)) {
                        index.by_word.entry(key.as_str()).or_default().push(row);
                    }
                }
                last = Some(key);
            }
            if axes.total {
                // "Twenty-three trials with 4,310 patients": the columns say what the row adds up.
                for word in axes.column_words.iter() {
                    index.by_word.entry(stem(word)).or_default().push(index.rows.len() - 1);
                }
            }
            if let Some(row) = index.rows.last_mut() {
                row.cells.push((claim, axes));
            }
        }
        index
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cell that a number in running text most surely speaks of: one that agrees, if any does. `across` looks
    /// at tables of other documents, otherwise at those of the same one.
    #[must_use]
    pub fn find(&self, prose: &Claim, across: bool) -> Option<CellMatch<'a>> {
        let Value::Quantity(quantity) = &prose.value else { return None };
        if refuse_cues(prose).is_err() || prose.scope.cues.iter().any(|c| c.starts_with("ordinal:")) {
            return None;
        }
        if prose.subject.modifiers.iter().any(|m| m.starts_with("and:")) {
            return None;
        }
        let subject = &prose.subject;
        let mut words: Vec<&str> = vec![subject.class.as_str()];
        words.extend(subject.modifiers.iter().map(|m| m.as_str()));
        words.extend(subject.owners.iter().map(|m| m.as_str()));
        // What the sentence says next to the number, in whatever construction.
        let near: Vec<&str> = prose.frame.as_deref().map_or_else(Vec::new, |f| {
            // What stands behind a counted noun is counted by itself: "120 adults and 84 children".
            let end = if prose.by == "counted" { usize::from(f.before) } else { f.words.len() };
            // "In the south basin, which is shallow, 26 samples were taken": what opens the sentence holds for it.
            let opens = |i: usize| i < usize::from(f.opening);
            (0..end).filter(|&i| f.words[i].clause == f.clause || opens(i)).map(|i| f.words[i].key.as_str()).collect()
        });
        let mentioned = |axes: &Axes, n: usize| {
            let word = axes.row_words[n].as_str();
            let key = axes.row_keys.get(n).map_or("", |k| k.as_str());
            let about = prose.by != "counted"
                || axes.caption_words.iter().chain(axes.column_words.iter()).any(|w| *w == subject.class);
            words.contains(&word) || subject.entities.iter().any(|e| e == word) || about && near.contains(&key)
        };
        let mut rows: Vec<usize> = words
            .iter()
            .copied()
            .chain(subject.entities.iter().map(|e| e.as_str()))
            .flat_map(|w| [w, stem(w)])
            .chain(std::iter::once(stem(&prose.predicate)))
            .chain(near.iter().copied())
            .filter_map(|w| self.by_word.get(w))
            .filter(|list| list.len() <= CROWD)
            .flatten()
            .copied()
            .collect();
        rows.sort_unstable();
        rows.dedup();
        let mut best: Option<CellMatch<'a>> = None;
        for row in rows {
            let row = &self.rows[row];
            let Some(&(first, axes)) = row.cells.first() else { continue };
            if (first.at.file != prose.at.file) != across {
                continue;
            }
            let label = (0..axes.row_words.len()).filter(|&n| mentioned(axes, n)).count();
            // A number without a noun of its own needs more of the label.
            if subject.class.is_empty() && (axes.total || label < 2 && axes.row_words.len() > 1) {
                continue;
            }
            let whole_label = label == axes.row_words.len();
            let shorter = label >= 2 && axes.row_words.contains(&subject.class);
            if !(axes.total || (whole_label && label > 0) || shorter) {
                continue;
            }
            let comparable: Vec<(&Claim, &Axes)> = row
                .cells
                .iter()
                .copied()
                .filter(|(c, _)| matches!(&c.value, Value::Quantity(q) if q.unit.dimension == quantity.unit.dimension))
                .collect();
            let agrees =
                |c: &Claim| matches!(&c.value, Value::Quantity(q) if agree(q, quantity) != Agreement::Different);
            if let Some(&(cell, axes)) = comparable.iter().find(|(c, _)| agrees(c)) {
                // Claimed by this cell.
                let label = if axes.total { 1 } else { label };
                let strength = strength(prose, cell, axes, label, Column::Named);
                return Some(CellMatch { cell, strength, agreement: Agreement::Same });
            }
            if axes.total && !names_total(prose, &comparable) {
                continue;
            }
            let Some((cell, axes, column)) = choose(prose, &comparable) else { continue };
            let captioned = axes.caption_words.contains(&subject.class);
            let loose = axes.total && column == Column::Counted && !captioned;
            if far_apart(quantity, cell) || loose && !is_near(quantity, cell) {
                continue;
            }
            let strength = strength(prose, cell, axes, if axes.total { 1 } else { label }, column);
            if best.is_none_or(|b| b.strength < strength) {
                best = Some(CellMatch { cell, strength, agreement: Agreement::Different });
            }
        }
        best
    }
}

/// Whether a number can be a table's total: the caption knows its noun or its verb, and no further word narrows it.
fn names_total(prose: &Claim, cells: &[(&Claim, &Axes)]) -> bool {
    let known = |w: &str| {
        let said = |a: &Axes| a.caption_words.iter().chain(a.column_words.iter()).any(|x| x == w);
        cells.iter().any(|(_, a)| said(a))
    };
    let predicate = stem(&prose.predicate);
    let captioned = |a: &Axes| a.caption_words.iter().any(|w| stem(w) == predicate);
    let verb = !prose.predicate.is_empty() && cells.iter().any(|(_, a)| captioned(a));
    (verb || known(&prose.subject.class)) && prose.subject.modifiers.iter().all(|m| known(m))
}

/// Whether one value is more than four times the other: rather another unit or another thing than a slip.
fn far_apart(quantity: &crate::value::Quantity, cell: &Claim) -> bool {
    let Value::Quantity(other) = &cell.value else { return true };
    let (Some(a), Some(b)) = (quantity.base(), other.base()) else { return true };
    let four = crate::value::Decimal::from(4);
    a.abs().max(b.abs()) > a.abs().min(b.abs()).saturating_mul(four)
}

/// Whether two values look like one that was written down twice: a tenth apart at most, or alike in their digits.
fn is_near(quantity: &crate::value::Quantity, cell: &Claim) -> bool {
    let Value::Quantity(other) = &cell.value else { return false };
    let (Some(a), Some(b)) = (quantity.base(), other.base()) else { return false };
    let tenth = a.abs().max(b.abs()).checked_div(crate::value::Decimal::TEN);
    resemblance(other.amount.low, quantity.amount.low) > Resemblance::None || tenth.is_some_and(|t| (a - b).abs() <= t)
}

/// How the column was chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    /// The text names its entity or time.
    Named,
    /// Its head is the noun that the text counts.
    Counted,
    /// The row has one number.
    Only,
    /// Only the digits point to it.
    Digits,
}

/// The one cell of a row that the number can mean.
fn choose<'a>(prose: &Claim, cells: &[(&'a Claim, &'a Axes)]) -> Option<(&'a Claim, &'a Axes, Column)> {
    let timed = cells.iter().any(|(_, a)| a.column_words.iter().any(|w| is_year(w)));
    let named: Vec<(&Claim, &Axes)> = cells
        .iter()
        .copied()
        .filter(|(_, a)| {
            a.column_words.iter().any(|w| prose.scope.times.contains(w) || prose.subject.entities.contains(w))
        })
        .collect();
    // "The Old Granary has 580 seats": the noun that is counted heads one of the columns.
    let counted: Vec<(&Claim, &Axes)> =
        if named.is_empty() { cells.iter().copied().filter(|(_, a)| heads(prose, a)).collect() } else { Vec::new() };
    if !prose.scope.times.is_empty() && !timed {
        // The text speaks of a time that the table does not tell apart.
        return None;
    }
    let likeness = |c: &Claim| match (&c.value, &prose.value) {
        (Value::Quantity(q), Value::Quantity(p)) => resemblance(q.amount.low, p.amount.low),
        _ => Resemblance::None,
    };
    let alike = |list: &[(&'a Claim, &'a Axes)]| {
        let mut alike = list.iter().copied().filter(|(c, _)| likeness(c) > Resemblance::None);
        let first = alike.next();
        first.filter(|_| alike.next().is_none())
    };
    match named.as_slice() {
        [one] => return Some((one.0, one.1, Column::Named)),
        [] if counted.len() == 1 && prose.scope.times.is_empty() => {
            return counted.first().map(|&(c, a)| (c, a, Column::Counted));
        }
        [] => {}
        several => return alike(several).map(|(c, a)| (c, a, Column::Named)),
    }
    if !prose.scope.times.is_empty() {
        return None;
    }
    match cells {
        [one] => Some((one.0, one.1, Column::Only)),
        several => alike(several).map(|(c, a)| (c, a, Column::Digits)),
    }
}

/// Whether the head of a column is what the text counts: its noun, and no word that narrows it further.
fn heads(prose: &Claim, axes: &Axes) -> bool {
    let said = |w: &CompactString| {
        let subject = &prose.subject;
        *w == subject.class || subject.modifiers.contains(w) || prose.frame.as_deref().is_some_and(|f| f.has(stem(w)))
    };
    let placed = prose.scope.cues.iter().any(|c| c == "placed");
    prose.by == "counted"
        && !placed
        && axes.column_words.contains(&prose.subject.class)
        && axes.column_words.iter().all(said)
}

fn strength(prose: &Claim, cell: &Claim, axes: &Axes, label: usize, column: Column) -> u8 {
    let (Value::Quantity(p), Value::Quantity(q)) = (&prose.value, &cell.value) else { return 0 };
    let subject = &prose.subject;
    let known = |w: &str| {
        axes.row_words.iter().chain(axes.column_words.iter()).chain(axes.caption_words.iter()).any(|x| x == w)
    };
    let mut score: i32 = if label >= 2 { 4 } else { 2 };
    let same_sort = subject.people && cell.subject.people;
    if known(&subject.class) || same_sort {
        score += 1;
    }
    let predicate = stem(&prose.predicate);
    if !prose.predicate.is_empty() && axes.caption_words.iter().any(|w| stem(w) == predicate) {
        score += 2;
    }
    score += match column {
        Column::Named => 2,
        Column::Counted => 3,
        Column::Only => 1,
        Column::Digits => 0,
    };
    score += i32::from(!p.unit.is_count());
    score += match resemblance(q.amount.low, p.amount.low) {
        Resemblance::Transposed => 3,
        Resemblance::OneDigit | Resemblance::Dropped => 2,
        Resemblance::None => 0,
    };
    let whole = prose.scope.cues.iter().any(|c| c == "whole");
    score += 2 * i32::from(whole);
    let foreign = !subject.class.is_empty() && !known(&subject.class) && !same_sort;
    let extra = subject.modifiers.iter().filter(|m| !known(m)).count() + usize::from(foreign);
    score -= if whole { extra.min(1) as i32 } else { extra.min(3) as i32 };
    score.clamp(0, 20) as u8
}
