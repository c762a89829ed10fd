//! What speaks for a number of running text telling a cell of a table, summed up.
//!
//! The weights are those of two logistic regressions (log-odds, rounded to quarters). The first was learned without labels
//! from 29,000 pairs of a number and a cell: where a number of three digits and a cell agree, the text tells that
//! cell. The second, which sees the values, was learned from 159 labelled slips; `docs/linking.md` says more.

use super::super::head as counted_by;
use super::{Table, axes, states};
use crate::claim::{Axes, Claim, Frame, WordSort, is_year};
use crate::value::{Decimal, Quantity, Resemblance, log_odds, resemblance, significant_digits};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

/// A table with more rows is looked up by the names of its rows only.
const SHORT: usize = 12;
/// A table so many blocks away is not near.
const FAR: usize = 8;
/// Words that stand so near a number speak of it.
const NEAR: f32 = 0.55;

/// A table and a paragraph that may tell it.
pub(super) struct Surroundings<'a, 'c> {
    claims: &'a [&'c Claim],
    table: &'a Table<'c>,
    /// The numbers of the paragraph.
    numbers: &'a [usize],
    /// The numbers that state a cell: number, row, cell.
    stated: Vec<(usize, usize, usize)>,
}

/// How much of a label the sentence of a number says.
#[derive(Clone, Copy, Default)]
struct Said {
    /// The share of its words, rare ones counting for more.
    share: f32,
    /// How near the nearest of them stands to the number.
    near: f32,
    /// Whether one of them stands in the clause of the number.
    clause: bool,
}

/// How a sentence names a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Naming {
    /// By any of its words; a row of totals, which others may reckon otherwise, by a word for the whole.
    pub(super) at_all: bool,
    /// By half of its words or more.
    pub(super) mostly: bool,
    /// In the clause of the number, if at all.
    pub(super) in_clause: bool,
    /// Label, head or caption have what the number counts, if it counts anything.
    pub(super) counted: bool,
}

/// A row as seen from a number.
struct Seen {
    said: Said,
    /// The sentences before name it whole.
    before: bool,
    /// Whether its name, or the name of the table for a row of totals, is said at all.
    named: bool,
}

impl<'a, 'c> Surroundings<'a, 'c> {
    pub(super) fn new(claims: &'a [&'c Claim], table: &'a Table<'c>, numbers: &'a [usize]) -> Self {
        let mut stated = Vec::new();
        for &number in numbers {
            for (r, row) in table.rows.iter().enumerate() {
                let cells = row.iter().filter(|&&cell| states(claims[number], claims[cell]));
                stated.extend(cells.map(|&cell| (number, r, cell)));
            }
        }
        Self { claims, table, numbers, stated }
    }

    /// Whether another number of the paragraph states a cell.
    pub(super) fn is_taken(&self, number: usize, cell: usize) -> bool {
        self.stated.iter().any(|&(n, _, c)| c == cell && n != number)
    }

    /// Whether a number is certainly not that of a cell: another number of the sentence is, the text speaks of a year
    /// or month that the table does not have, tells how long something took, or counts
    /// what the table measures.
    pub(super) fn is_refused(&self, number: usize, cell: usize) -> bool {
        let claim = self.claims[number];
        let told =
            |&(n, _, c): &(usize, usize, usize)| c == cell && n != number && self.claims[n].sentence == claim.sentence;
        let units = claim.quantity().zip(self.claims[cell].quantity()).map(|(x, y)| (&x.unit, &y.unit));
        let lasting =
            units.is_some_and(|(x, y)| matches!(x.dimension.as_str(), "time" | "months") && x.dimension != y.dimension);
        // People are no tonnes.
        let counted = claim.by == "counted" && units.is_some_and(|(x, y)| x.is_count() && !y.is_count());
        lasting
            || counted
            || self.stated.iter().any(told)
            || self.is_of_other_year(claim)
            || is_of_other_part(claim, axes(self.claims, cell))
    }

    /// Whether all years of the sentence are missing from a table that has years.
    fn is_of_other_year(&self, claim: &Claim) -> bool {
        let mut years = claim.scope.times.iter().filter(|t| is_year(t)).peekable();
        let known = &self.table.years;
        !known.is_empty() && years.peek().is_some() && years.all(|year| !known.contains(year.as_str()))
    }

    /// How the sentence of a number names the row of a cell.
    pub(super) fn naming(&self, number: usize, cell: usize) -> Naming {
        let claim = self.claims[number];
        let Some(frame) = claim.frame.as_deref() else { return Naming::default() };
        let axes = axes(self.claims, cell);
        let said = self.said(number, frame, &axes.row_keys, &self.table.row_words);
        let whole = claim.scope.cues.iter().any(|c| c == "whole");
        let counted = counted_by(claim);
        let known = axes.row_keys.iter().chain(axes.column_keys.iter()).chain(axes.caption_keys.iter());
        Naming {
            at_all: if axes.total { whole } else { said.share > 0.0 },
            mostly: said.share >= 0.5,
            in_clause: said.clause || said.share <= 0.0,
            counted: counted.is_empty() || known.into_iter().any(|k| k == counted),
        }
    }

    /// The cells that a number may tell, each with what speaks for it, in log-odds. The values are not looked at.
    pub(super) fn candidates(&self, number: usize, repeated: bool) -> Vec<(usize, f32)> {
        let Some(frame) = self.claims[number].frame.as_deref() else { return Vec::new() };
        let seen: Vec<Seen> = self.table.rows.iter().map(|row| self.seen(number, frame, row)).collect();
        let in_sentence = |n: usize| n != number && self.claims[n].sentence == self.claims[number].sentence;
        let mut found = Vec::new();
        for (r, row) in self.table.rows.iter().enumerate() {
            let beside = distinct(self.stated.iter().filter(|s| in_sentence(s.0) && s.1 == r).map(|s| s.0));
            let total = axes(self.claims, row[0]).total;
            if !seen[r].named && !seen[r].before && beside == 0 && !total {
                let heads = |&cell: &usize| axes(self.claims, cell).column_keys.iter().any(|k| frame.has(k));
                if self.table.rows.len() > SHORT || !row.iter().any(heads) {
                    continue;
                }
            }
            let worth = self.row(number, frame, &seen, r, beside);
            let comparable: Vec<usize> = row.iter().copied().filter(|&cell| self.is_comparable(number, cell)).collect();
            let heads: Vec<Said> = comparable.iter().map(|&cell| self.head(number, frame, cell)).collect();
            let best = heads.iter().map(|s| s.share * s.near).fold(0.0, f32::max);
            for (&cell, head) in comparable.iter().zip(&heads) {
                let beaten = head.share * head.near + 0.01 < best;
                let column = self.column(number, cell, *head, beaten);
                let alone = -0.5 * (comparable.len() as f32).ln();
                found.push((cell, PRIOR + worth + column + alone + self.number(number, repeated)));
            }
        }
        found
    }

    /// What speaks for a row.
    fn row(&self, number: usize, frame: &Frame, seen: &[Seen], r: usize, beside: usize) -> f32 {
        let row = &self.table.rows[r];
        let own = &seen[r];
        let said = own.said;
        let others = || seen.iter().enumerate().filter(|&(o, _)| o != r).map(|(_, s)| s.said);
        let nearest = said.share > 0.0 && !others().any(|o| o.near > said.near && o.share >= 0.5);
        let rivals = others().filter(|o| o.share >= said.share && o.share > 0.0).count();
        let first = axes(self.claims, row[0]);
        let known = |key: &CompactString| {
            let heads = row.iter().flat_map(|&cell| axes(self.claims, cell).column_keys.iter());
            first.row_keys.iter().chain(first.caption_keys.iter()).chain(heads).any(|k| k == key)
        };
        let near = |i: &usize| frame.words[*i].sort != WordSort::Light && frame.nearness(*i) >= NEAR;
        let words: Vec<usize> = (0..frame.words.len()).filter(near).collect();
        let unknown = words.iter().filter(|&&i| !known(&frame.words[i].key)).count();
        let name = |i: &&usize| {
            let word = &frame.words[**i];
            word.sort == WordSort::Name && !known(&word.key) && !is_year(&word.key)
        };
        let strangers = words.iter().filter(name).count().min(3);
        let elsewhere = distinct(self.stated.iter().filter(|s| s.0 != number).map(|s| s.0));
        let claim = self.claims[number];
        let one_file = claim.at.file == self.table.file;
        let far = one_file && claim.block.index().abs_diff(self.table.block.index()) > FAR;
        log_odds(&[
            (0.5, said.share > 0.99),
            (0.5, nearest),
            (0.5, said.clause),
            (0.5, first.total),
            (-0.25, own.before),
            // Other numbers of the sentence stand in the row; others of the paragraph in the table.
            (1.5, beside > 0),
            (0.5, beside > 1),
            (0.5, elsewhere > 0),
            (0.25, elsewhere > 2),
            (-0.5, far),
        ]) - 0.5 * (rivals as f32).ln_1p()
            - 0.5 * unknown as f32 / words.len().max(1) as f32
            - 0.25 * strangers as f32
            - 0.25 * (self.table.siblings as f32).ln()
            - 0.25 * (self.table.cells as f32).ln()
    }

    /// What speaks for the column of a cell.
    fn column(&self, number: usize, cell: usize, head: Said, beaten: bool) -> f32 {
        let claim = self.claims[number];
        let axes_of = axes(self.claims, cell);
        let in_sentence = |n: usize| n != number && self.claims[n].sentence == claim.sentence;
        let here = |s: &&(usize, usize, usize)| in_sentence(s.0) && axes(self.claims, s.2).column == axes_of.column;
        let above = distinct(self.stated.iter().filter(here).map(|s| s.0));
        let counted = counted_by(claim);
        let years = |cell: usize| {
            let axes = axes(self.claims, cell);
            axes.column_words.iter().chain(axes.row_words.iter()).filter(|w| is_year(w)).map(|w| w.as_str())
        };
        let last = self.table.last_year;
        let times = &claim.scope.times;
        log_odds(&[
            (0.25, head.share > 0.99),
            (-0.25, beaten),
            (0.25, above > 0),
            (1.0, above > 1),
            (0.5, !counted.is_empty() && axes_of.column_keys.iter().any(|k| k == counted)),
            (0.75, times.is_empty() && last.is_some_and(|last| years(cell).any(|y| y == last))),
            (-0.25, !times.is_empty() && last.is_none()),
            (-2.25, self.is_taken(number, cell)),
        ])
    }

    /// What speaks for a number telling any cell.
    fn number(&self, number: usize, repeated: bool) -> f32 {
        let claim = self.claims[number];
        let cue = |names: &[&str]| claim.scope.cues.iter().any(|c| names.contains(&c.as_str()));
        let small = claim.quantity().is_some_and(|q| q.unit.is_count() && q.amount.low < Decimal::from(13));
        log_odds(&[(-0.25, cue(&["delta"])), (-0.5, cue(&["subset", "part-of"])), (0.75, repeated), (0.25, small)])
    }

    /// Whether a number and a cell can be measured in one unit; a table may leave it to its notes.
    fn is_comparable(&self, number: usize, cell: usize) -> bool {
        let (Some(x), Some(y)) = (self.claims[number].quantity(), self.claims[cell].quantity()) else { return false };
        let (x, y) = (&x.unit, &y.unit);
        let shares = x.is_percent() == y.is_percent() || x.dimension == "fraction" && y.is_percent();
        shares && (x.dimension == y.dimension || x.is_count() || y.is_count())
    }

    fn seen(&self, number: usize, frame: &Frame, row: &[usize]) -> Seen {
        let axes = axes(self.claims, row[0]);
        let said = self.said(number, frame, &axes.row_keys, &self.table.row_words);
        let sentence = self.claims[number].sentence;
        let earlier = |key: &CompactString| {
            self.numbers.iter().any(|&n| {
                let claim = self.claims[n];
                claim.sentence < sentence
                    && claim.sentence + 2 >= sentence
                    && claim.frame.as_deref().is_some_and(|f| f.has(key))
            })
        };
        let captioned = axes.total && axes.caption_keys.iter().any(|k| frame.has(k));
        Seen {
            said,
            before: !axes.row_keys.is_empty() && axes.row_keys.iter().all(earlier),
            named: said.share > 0.0 || captioned || axes.row_keys.iter().any(earlier),
        }
    }

    fn head(&self, number: usize, frame: &Frame, cell: usize) -> Said {
        self.said(number, frame, &axes(self.claims, cell).column_keys, &self.table.column_words)
    }

    fn said(&self, number: usize, frame: &Frame, keys: &[CompactString], spread: &FxHashMap<&str, u32>) -> Said {
        let mut said = Said::default();
        let (mut all, mut got) = (0.0, 0.0);
        for key in keys {
            let worth = 1.0 / (spread.get(key.as_str()).copied().unwrap_or(1) as f32).sqrt();
            all += worth;
            let places = (0..frame.words.len()).filter(|&i| frame.words[i].key == *key);
            let near = places.clone().map(|i| frame.nearness(i)).fold(0.0, f32::max);
            said.clause |= places.clone().any(|i| frame.nearness(i) >= near && frame.words[i].clause == frame.clause);
            if near > 0.0 || self.claims[number].subject.entities.contains(key) {
                got += worth;
                said.near = said.near.max(near.max(0.25));
            }
        }
        said.share = if all > 0.0 { got / all } else { 0.0 };
        said
    }
}

/// Whether the text names a month, quarter or season that neither row nor column of a cell has.
fn is_of_other_part(claim: &Claim, axes: &Axes) -> bool {
    let named = |time: &CompactString| axes.column_words.contains(time) || axes.row_words.contains(time);
    let mut parts = claim.scope.times.iter().filter(|time| !is_year(time)).peekable();
    parts.peek().is_some() && !parts.any(named)
}

/// The log-odds of a number and a cell of which nothing is known.
const PRIOR: f32 = -1.75;

fn distinct(numbers: impl Iterator<Item = usize>) -> usize {
    numbers.collect::<FxHashSet<usize>>().len()
}

/// How much two values look like one that was written down twice.
#[derive(Clone, Copy)]
pub(super) struct Likeness {
    resemblance: Resemblance,
    /// The smaller as a share of the larger.
    ratio: f64,
    /// Digits of the cell that mean something.
    digits: usize,
}

impl Likeness {
    /// `None` when one of the values is too large to reckon with.
    pub(super) fn new(told: &Quantity, cell: &Quantity) -> Option<Self> {
        use rust_decimal::prelude::ToPrimitive;
        let (x, y) = (told.base()?.abs().to_f64()?, cell.base()?.abs().to_f64()?);
        let ratio = if x.max(y) > 0.0 { x.min(y) / x.max(y) } else { 0.0 };
        let digits = significant_digits(cell.amount.low).len();
        Some(Self { resemblance: resemblance(told.amount.low, cell.amount.low), ratio, digits })
    }

    /// Whether the digits show how the slip came about.
    pub(super) fn is_slip(self) -> bool {
        self.resemblance != Resemblance::None
    }

    /// Whether two digits stand in another order, as they do by chance more easily than three.
    pub(super) fn is_short(self) -> bool {
        self.resemblance == Resemblance::Transposed && self.digits < 3
    }

    pub(super) fn worth(self) -> f32 {
        log_odds(&[
            (5.25, self.resemblance == Resemblance::Transposed),
            (1.25, self.resemblance == Resemblance::Dropped),
            (1.25, self.ratio > 0.5),
            (1.5, self.ratio > 0.75),
            (0.5, self.ratio > 0.9),
            // Long numbers that are near each other are near by chance.
            (-0.75, self.digits > 2),
            (-0.5, self.digits > 3),
        ])
    }
}

/// What else a number may tell, and what else may tell the cell.
pub(super) struct Company {
    /// How much more speaks for the cell than for the likeliest other value, at most two.
    pub(super) ahead: f32,
    /// Whether a likelier cell looks like a slip of the number too.
    pub(super) rival_slip: bool,
    /// Whether some unlikely cell bears the number out.
    pub(super) elsewhere: bool,
    /// Whether the document states the number again.
    pub(super) repeated: bool,
    /// Whether another number of the paragraph states the cell.
    pub(super) taken: bool,
}

impl Company {
    pub(super) fn worth(&self) -> f32 {
        let pieces = [(-1.0, self.rival_slip), (-0.75, self.elsewhere), (-1.5, self.repeated), (-0.75, self.taken)];
        -2.75 + 0.25 * self.ahead + log_odds(&pieces)
    }
}
