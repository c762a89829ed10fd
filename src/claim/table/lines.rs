//! One orientation of a table: lines that may be sums of other lines, and the series across them.
//!
//! With totals in rows the lines are the rows and the series are the columns; with totals in columns it is the
//! other way round.

use crate::claim::Context;
use crate::claim::grid::{Content, Grid};
use crate::document::Style;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Which way the sums run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Orientation {
    /// A row is the sum of rows, in every column.
    Rows,
    /// A column is the sum of columns, in every row.
    Columns,
}

/// A cell by its place in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct CellAt {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// What one cell adds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    /// Nothing is written.
    Blank,
    /// A dash: 0.
    Nil,
    /// A number in units of [`Axis::unit`], with the worth of its last digit.
    Number(i128, i128),
    /// Something that is no number and may stand for one.
    Unknown,
}

/// What a label says of its line.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Role {
    /// It is called a total.
    pub(super) total: bool,
    /// It is called what others leave: net, result, closing.
    pub(super) result: bool,
    /// It has numbers and no label.
    pub(super) unlabelled: bool,
    /// It is to be subtracted.
    pub(super) minus: bool,
    /// It is part of the line before, or its numbers do not add up with others.
    pub(super) apart: bool,
    /// It has no number: a heading within the table.
    pub(super) heading: bool,
}

/// One line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Row or column of the table.
    pub(super) index: usize,
    pub(super) role: Role,
}

/// One series across the lines.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// Column or row of the table.
    pub(super) index: usize,
    /// Whether sums are looked for in it.
    pub(super) usable: bool,
    /// Whether its numbers count things one by one, so that sums must fit exactly.
    pub(super) exact: bool,
}

/// What is supposed of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    /// Integers without unit are counts, which are not rounded.
    pub(super) counted: bool,
    /// No number is rounded.
    pub(super) exact: bool,
    /// Lines with words for rates in their labels ("Fixed price") add up with others all the same.
    pub(super) rates: bool,
}

/// One orientation of a table.
pub(super) struct Axis {
    pub(super) orientation: Orientation,
    pub(super) lines: Vec<Line>,
    pub(super) series: Vec<Series>,
    entries: Vec<Entry>,
}

impl Axis {
    /// Reads a grid one way.
    pub(super) fn new(context: &Context<'_>, grid: &Grid, orientation: Orientation, given: Given) -> Self {
        let Given { counted, exact, rates } = given;
        let lexicon = context.lexicon;
        let rows = grid.head_rows..grid.rows();
        let columns = grid.label_columns..grid.columns();
        let decimals = grid.numbers().map(|(_, _, n)| n.step.scale()).max().unwrap_or(0).min(9);
        let (line_range, series_range) = match orientation {
            Orientation::Rows => (rows, columns),
            Orientation::Columns => (columns, rows),
        };
        let at = |line: usize, series: usize| match orientation {
            Orientation::Rows => CellAt { row: line, column: series },
            Orientation::Columns => CellAt { row: series, column: line },
        };
        let label = |index: usize, of_line: bool| {
            let row = of_line == (orientation == Orientation::Rows);
            if row { grid.row_labels[index].as_str() } else { grid.column_own_heads[index].as_str() }
        };
        let mut entries = Vec::with_capacity(line_range.len() * series_range.len());
        for line in line_range.clone() {
            for series in series_range.clone() {
                let cell = at(line, series);
                entries.push(entry(&grid.cell(cell.row, cell.column).content, decimals));
            }
        }
        let content = |line: usize, series: usize| {
            let cell = at(line, series);
            &grid.cell(cell.row, cell.column).content
        };
        let series: Vec<Series> = series_range
            .clone()
            .map(|index| {
                let numbers: Vec<_> = line_range
                    .clone()
                    .filter_map(|line| match content(line, index) {
                        Content::Number(n) => Some(n),
                        _ => None,
                    })
                    .collect();
                let cues = Cues::of(lexicon, label(index, false));
                let shares = numbers.iter().filter(|n| n.unit.is_percent()).count();
                let years = numbers.iter().filter(|n| n.year_like).count();
                let by_column = orientation == Orientation::Rows;
                let share = by_column && (shares * 2 > numbers.len() || label(index, false).contains('%'));
                let named = by_column && (cues.rate || cues.key);
                // Shares add up when their total is the whole.
                let hundred = by_column
                    && share
                    && line_range.clone().any(|line| {
                        Cues::of(lexicon, label(line, true)).total
                            && matches!(content(line, index), Content::Number(n) if (n.value - Decimal::ONE_HUNDRED).abs() <= Decimal::TEN)
                    });
                let usable = numbers.len() >= 2 && (!share || hundred) && !named && years < numbers.len();
                let rounded =
                    numbers.iter().any(|n| n.unit.is_money() || n.scale != Decimal::ONE || n.step < Decimal::ONE)
                        || match orientation {
                            Orientation::Rows => {
                                grid.column_scales[index] != Decimal::ONE
                                    || grid.column_units[index].as_ref().is_some_and(|u| !u.is_count())
                            }
                            Orientation::Columns => line_range.clone().any(|line| {
                                grid.column_scales[line] != Decimal::ONE
                                    || grid.column_units[line].as_ref().is_some_and(|u| !u.is_count())
                            }),
                        };
                Series { index, usable, exact: exact || counted && !rounded }
            })
            .collect();
        let bold_rows = bold_rows(context, grid);
        let lines = line_range
            .clone()
            .map(|index| {
                let wording = label(index, true);
                let cues = Cues::of(lexicon, wording);
                let mut numbers = 0;
                let mut shares = 0;
                let mut years = 0;
                for series in series_range.clone() {
                    if let Content::Number(n) = content(index, series) {
                        numbers += 1;
                        shares += usize::from(n.unit.is_percent());
                        years += usize::from(n.year_like);
                    }
                }
                // A bold line among plain ones is most often the sum of those above it.
                let bold = orientation == Orientation::Rows && bold_rows.contains(&index);
                let filled = series_range
                    .clone()
                    .any(|s| matches!(content(index, s), Content::Number(_) | Content::Nil | Content::Text));
                let heading = !filled;
                let bullet = wording.starts_with(['-', '–', '—', '•', '·', '>', '→', '└', '*']);
                let share = shares * 2 > numbers && shares == numbers || without_notes(wording).contains('%');
                let header = numbers > 0 && years == numbers && wording.is_empty();
                let key = orientation == Orientation::Columns && cues.key && !(cues.total && years == 0);
                let apart = cues.subset || cues.rate && !rates || key || share || bullet || header;
                Line {
                    index,
                    role: Role {
                        total: cues.total,
                        result: cues.result || bold,
                        unlabelled: wording.is_empty(),
                        minus: cues.minus,
                        apart,
                        heading,
                    },
                }
            })
            .collect();
        Self { orientation, lines, series, entries }
    }

    /// What the cell of a line and a series adds; both count from 0 on this axis.
    pub(super) fn entry(&self, line: usize, series: usize) -> Entry {
        self.entries[line * self.series.len() + series]
    }

    /// The place of a cell in the table.
    pub(super) fn at(&self, line: usize, series: usize) -> CellAt {
        let (line, series) = (self.lines[line].index, self.series[series].index);
        match self.orientation {
            Orientation::Rows => CellAt { row: line, column: series },
            Orientation::Columns => CellAt { row: series, column: line },
        }
    }
}

/// The rows whose labels are bold, when most are not.
fn bold_rows(context: &Context<'_>, grid: &Grid) -> Vec<usize> {
    let labelled = || (grid.head_rows..grid.rows()).filter_map(|row| Some((row, grid.row_label_blocks[row]?)));
    let bold: Vec<usize> = labelled()
        .filter(|&(_, block)| context.document.block(block).text.is_all(Style::Strong))
        .map(|(row, _)| row)
        .collect();
    if bold.len() * 2 > labelled().count() { Vec::new() } else { bold }
}

fn entry(content: &Content, decimals: u32) -> Entry {
    match content {
        Content::Blank | Content::Symbol => Entry::Blank,
        Content::Nil => Entry::Nil,
        Content::Text => Entry::Unknown,
        Content::Number(n) => {
            let units = |d: Decimal| {
                let scaled = Decimal::from(10_i64.pow(decimals)).checked_mul(d)?.checked_mul(n.scale)?;
                scaled.round().to_i128()
            };
            match (units(n.value), units(n.step)) {
                (Some(value), Some(step)) => Entry::Number(value, step.max(1)),
                _ => Entry::Unknown,
            }
        }
    }
}

/// The cues in a label.
#[derive(Clone, Copy, Default, Debug)]
struct Cues {
    total: bool,
    result: bool,
    subset: bool,
    minus: bool,
    rate: bool,
    key: bool,
}

impl Cues {
    fn of(lexicon: &Lexicon, label: &str) -> Self {
        let words: Vec<_> = without_notes(label)
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '%' | '\'')))
            .filter(|w| !w.is_empty())
            .map(lower)
            .collect();
        let mut cues = Self::default();
        let mut first_total = false;
        let mut share_word = false;
        for i in 0..words.len() {
            let Some(id) = lexicon.words.find(&words[i]) else { continue };
            for phrase in lexicon.phrases(id) {
                let length = phrase.rest.len() + 1;
                if !phrase.rest.iter().enumerate().all(|(k, w)| words.get(i + 1 + k) == Some(w)) {
                    continue;
                }
                match lexicon.set_name(phrase) {
                    "table.total" => {
                        cues.total = true;
                        first_total |= i == 0;
                    }
                    "table.all" if i == 0 && length == words.len() => cues.total = true,
                    "table.result" => cues.result = true,
                    "table.subset" if i == 0 => cues.subset = true,
                    "table.minus" => cues.minus = true,
                    "table.rate" => cues.rate = true,
                    "table.ratio" => share_word = true,
                    "table.key" if i == 0 && length == words.len() => cues.key = true,
                    _ => {}
                }
            }
        }
        // "All species" is one, "all other species" is not.
        if matches!(words.len(), 2 | 3)
            && words[0] == "all"
            && !words.iter().any(|w| matches!(w.as_str(), "other" | "others" | "the" | "of"))
            && lexicon.words.find(&words[words.len() - 1]).is_none_or(|id| {
                let word = lexicon.words.get(id);
                word.pos.any(Pos::NOUN.and(Pos::PEOPLE))
            })
        {
            cues.total = true;
        }
        // "Total growth services" is a total, "total growth rate" with numbers in per cent is told by its unit.
        if cues.rate && first_total && !share_word {
            cues.rate = false;
        }
        cues
    }
}

/// A label without what stands in brackets and has a digit: "Contingencies (15 per cent)", "Sales (1)".
fn without_notes(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(open) = rest.find('(') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find(')').map(|c| open + c + 1) else {
            rest = &rest[open..];
            break;
        };
        if !rest[open..close].contains(|c: char| c.is_ascii_digit()) {
            out.push_str(&rest[open..close]);
        }
        rest = &rest[close..];
    }
    out.push_str(rest);
    out
}
