//! All figures of a document, or of the documents of a release, by what they say: where a statement that follows from
//! figures elsewhere finds them.
//!
//! A *series* is one figure at two times or more: the cells of a row under the heads "2022" and "2023", or of a column
//! beside them. Series are found by words: the row has to be named whole, and every word of the text has to be
//! among those of row, column, caption and heading.

mod cells;

pub(super) use cells::TableCell;

use crate::claim::{About, Axes, Claim, Origin, Value, is_year};
use crate::span::FileId;
use crate::value::Decimal;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One figure at several times, in order of time.
#[derive(Clone, Debug)]
pub(super) struct Series<'a> {
    /// The words of its own label, by word family.
    own: Vec<&'a str>,
    /// The words of the caption, the heading and the corner.
    around: Vec<&'a str>,
    /// Whether it is a total row: it is named by the words around it.
    total: bool,
    /// The label as written.
    pub(super) label: &'a str,
    /// The table that it stands in.
    pub(super) table: (FileId, u32),
    /// The times with the figures.
    pub(super) points: Vec<(Period, &'a Claim)>,
}

/// A year, with a second number for its half or quarter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Period {
    year: u16,
    part: u8,
}

/// The figures of a selection.
#[derive(Debug, Default)]
pub(super) struct Ledger<'a> {
    series: Vec<Series<'a>>,
    by_word: FxHashMap<&'a str, Vec<usize>>,
    /// The cells of each table, row by row.
    tables: BTreeMap<(FileId, u32), Vec<(&'a Claim, &'a Axes)>>,
    /// The tables by the words of their rows and columns.
    by_label: FxHashMap<&'a str, Vec<(FileId, u32)>>,
    /// Exact numbers of running text, by value.
    told: FxHashMap<Decimal, Vec<&'a Claim>>,
}

/// A word that names more series than this finds none.
const CROWD: usize = 60;
/// Smaller numbers come twice by chance.
const RARE: Decimal = Decimal::ONE_THOUSAND;
/// Most places that restate a figure.
const RESTATED: usize = 4;

impl<'a> Ledger<'a> {
    /// Reads the quantities of a selection, which is in order of place.
    pub(super) fn new(claims: &[&'a Claim]) -> Self {
        let mut tables: BTreeMap<(FileId, u32), Vec<(&'a Claim, &'a Axes)>> = BTreeMap::new();
        for &claim in claims {
            if let (Some(axes), Value::Quantity(_)) = (claim.axes.as_deref(), &claim.value) {
                tables.entry((claim.at.file, axes.table)).or_default().push((claim, axes));
            }
        }
        let mut ledger = Self::default();
        for &claim in claims.iter().filter(|c| c.origin == Origin::Prose) {
            if let Value::Quantity(quantity) = &claim.value
                && quantity.is_plain()
                && quantity.amount.low >= RARE
            {
                ledger.told.entry(quantity.amount.low).or_default().push(claim);
            }
        }
        for (&table, cells) in &tables {
            ledger.rows(table, cells);
            ledger.columns(table, cells);
            let labels = cells.iter().flat_map(|(_, a)| a.row_keys.iter().chain(a.column_keys.iter()));
            for word in labels {
                let list = ledger.by_label.entry(word.as_str()).or_default();
                if list.last() != Some(&table) {
                    list.push(table);
                }
            }
        }
        ledger.tables = tables;
        for (i, series) in ledger.series.iter().enumerate() {
            let mut words: Vec<&str> = series.own.iter().chain(&series.around).copied().collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                ledger.by_word.entry(word).or_default().push(i);
            }
        }
        ledger
    }

    /// The rows of a table whose columns are times.
    fn rows(&mut self, table: (FileId, u32), cells: &[(&'a Claim, &'a Axes)]) {
        for row in cells.chunk_by(|a, b| a.1.row == b.1.row) {
            let timed = row.iter().filter_map(|&(claim, axes)| Some((period(&axes.column_wording)?, claim)));
            let points: Vec<(Period, &Claim)> = timed.collect();
            let first = row[0].1;
            let own = first.row_keys.iter().map(|k| k.as_str()).collect();
            let around = first.caption_keys.iter().map(|k| k.as_str()).collect();
            self.add(Series { own, around, total: first.total, label: &row[0].0.subject.wording, table, points });
        }
    }

    /// The columns of a table whose rows are times.
    fn columns(&mut self, table: (FileId, u32), cells: &[(&'a Claim, &'a Axes)]) {
        let mut columns: BTreeMap<u32, Vec<(Period, &'a Claim)>> = BTreeMap::new();
        for &(claim, axes) in cells {
            if let Some(period) = period(&claim.subject.wording) {
                columns.entry(axes.column).or_default().push((period, claim));
            }
        }
        for points in columns.into_values() {
            let Some(axes) = points[0].1.axes.as_deref() else { continue };
            let own = axes.column_keys.iter().map(|k| k.as_str()).collect();
            let around = axes.caption_keys.iter().map(|k| k.as_str()).collect();
            self.add(Series { own, around, total: false, label: &axes.column_wording, table, points });
        }
    }

    fn add(&mut self, mut series: Series<'a>) {
        series.points.sort_by_key(|&(period, _)| period);
        let one_kind = series.points.windows(2).all(|w| w[0].0 < w[1].0 && (w[0].0.part == 0) == (w[1].0.part == 0));
        let named = series.total || !series.own.is_empty();
        if series.points.len() >= 2 && one_kind && named {
            self.series.push(series);
        }
    }

    /// The series that a text names: those that it names whole, or else the only one that it names in part.
    pub(super) fn find(&self, about: &About, times: &[CompactString]) -> Vec<&Series<'a>> {
        let mut candidates: Vec<usize> = about
            .keys
            .iter()
            .filter_map(|k| self.by_word.get(k.as_str()))
            .filter(|list| list.len() <= CROWD)
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let known = |s: &Series<'_>, k: &CompactString| {
            s.own.contains(&k.as_str()) || s.around.contains(&k.as_str()) || times.contains(k)
        };
        let said = |k: &&str| about.keys.iter().any(|a| a == k);
        let named = candidates.into_iter().map(|i| &self.series[i]).filter(|s| about.keys.iter().all(|k| known(s, k)));
        let named: Vec<&Series<'_>> = named.collect();
        let whole: Vec<&Series<'_>> = named.iter().copied().filter(|s| s.total || s.own.iter().all(said)).collect();
        if !whole.is_empty() {
            // "Total" stands aside when a row has the name itself.
            let plain: Vec<&Series<'_>> = whole.iter().copied().filter(|s| !s.total).collect();
            return if plain.is_empty() { whole } else { plain };
        }
        let part = |s: &&&Series<'_>| {
            let own = s.own.iter().filter(|k| said(k)).count();
            own >= 2 && own + 1 >= s.own.len()
        };
        let mut parts = named.iter().filter(part);
        match (parts.next(), parts.next()) {
            (Some(one), None) => vec![one],
            _ => Vec::new(),
        }
    }

    /// The places in running text that state one of some figures, when it is a number that seldom comes twice by chance.
    pub(super) fn restating(&self, figures: &[&Claim]) -> impl Iterator<Item = &'a Claim> {
        let value = |c: &&Claim| match &c.value {
            Value::Quantity(q) => self.told.get(&q.amount.low),
            _ => None,
        };
        let found: Vec<&'a Claim> = figures.iter().filter_map(value).flatten().copied().take(RESTATED).collect();
        found.into_iter()
    }

    /// The rows of the only table that lists all of a kind: "all three segments".
    pub(super) fn every(&self, about: &About) -> Vec<&Series<'a>> {
        let mut tables: BTreeMap<(FileId, u32), Vec<&Series<'a>>> = BTreeMap::new();
        for series in self.series.iter().filter(|s| !s.total) {
            if about.keys.iter().all(|k| series.around.contains(&k.as_str())) {
                tables.entry(series.table).or_default().push(series);
            }
        }
        let fits = |rows: &Vec<&Series<'_>>| about.count.is_none_or(|n| rows.len() == n as usize) && rows.len() >= 2;
        let mut fitting = tables.into_values().map(without_sum).filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(rows), None) => rows,
            _ => Vec::new(),
        }
    }
}

impl<'a> Series<'a> {
    /// The pairs of times that a change can be meant to be between: the years named, else the last two and the first
    /// and last.
    pub(super) fn pairs(&self, times: &[CompactString]) -> Vec<(&'a Claim, &'a Claim)> {
        let years: Vec<u16> = times.iter().filter(|t| is_year(t)).filter_map(|t| t.get(..4)?.parse().ok()).collect();
        let at = |year: u16| self.points.iter().position(|(p, _)| p.year == year);
        let places: Vec<Option<usize>> = years.iter().map(|&y| at(y)).collect();
        let last = self.points.len() - 1;
        let pairs = match places.as_slice() {
            [] => vec![(last - 1, last), (0, last)],
            [Some(0)] => vec![(0, 1)],
            [Some(i)] => vec![(i - 1, *i)],
            [Some(i), Some(j)] if i != j => vec![(*i.min(j), *i.max(j))],
            _ => Vec::new(),
        };
        pairs.into_iter().map(|(i, j)| (self.points[i].1, self.points[j].1)).collect()
    }
}

/// The rows without a last one that is the sum of the others, whatever it is called: "Group".
fn without_sum<'s, 'a>(mut rows: Vec<&'s Series<'a>>) -> Vec<&'s Series<'a>> {
    let value = |s: &Series<'_>| match &s.points[0].1.value {
        Value::Quantity(q) => q.base(),
        _ => None,
    };
    if let Some((last, parts)) = rows.split_last() {
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, s| sum.checked_add(value(s)?));
        if sum.is_some() && sum == value(last) {
            rows.pop();
        }
    }
    rows
}

/// The time that a head stands for: "2023", "2022/23", "Q2 2023", "2023 (tonnes)". Plans and changes are none.
fn period(wording: &str) -> Option<Period> {
    let mut year = None;
    let mut part = 0;
    for word in wording.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).filter(|w| !w.is_empty()) {
        let lower = word.to_lowercase();
        if is_year(word) {
            let number: u16 = word.get(..4)?.parse().ok()?;
            if year.replace(number).is_some() {
                return None;
            }
        } else if let Some(n) = lower.strip_prefix(['q', 'h']).and_then(|n| n.parse::<u8>().ok()) {
            part = n;
        } else if !lower.chars().next().is_some_and(char::is_alphabetic) || lower.len() > 3 && !is_measure(&lower) {
            return None;
        }
    }
    Some(Period { year: year?, part })
}

/// Whether a word of a head beside the year says how much it is counted in.
fn is_measure(word: &str) -> bool {
    ["million", "millions", "thousand", "tonnes", "euros", "dollars", "hours", "pounds", "number"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(wording: &str) -> Option<(u16, u8)> {
        period(wording).map(|p| (p.year, p.part))
    }

    #[test]
    fn reads_years_quarters_and_years_with_a_unit() {
        assert_eq!(read("2023"), Some((2023, 0)));
        assert_eq!(read("2022/23"), Some((2022, 0)));
        assert_eq!(read("Q2 2023"), Some((2023, 2)));
        assert_eq!(read("H1 2024"), Some((2024, 1)));
        assert_eq!(read("2023 (tonnes)"), Some((2023, 0)));
    }

    #[test]
    fn ignores_plans_changes_and_two_years() {
        for wording in ["Plan 2023", "Change 2022 to 2023", "2023 target", "Total", "Region"] {
            assert_eq!(read(wording), None, "{wording}");
        }
    }
}
