//! Tables with a column of times, and with a column for the beginning and one for the end.

use super::field::is_timeline;
use super::{claim, clock, is_day, step};
use crate::annotate::phrase_at;
use crate::claim::calendar::{Sequence, SequenceSort, Step};
use crate::claim::moment::Moment;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, Table};

/// Rows that a table has at least to be a log, and rows that are looked at.
const ENTRIES: usize = 8;
const ROWS: usize = 2000;

/// Rows of a table whose first column is headed as one of dates.
const DATED: usize = 6;

/// Rows of a table that its heading or caption calls one of times.
const PROMISED: usize = 5;

pub(super) fn tables(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        ends(context, all, table, columns, out);
        super::columns::rows(context, all, table, out);
        timeline(context, all, table, out);
        if table.rows.len() >= ENTRIES && table.rows.len() <= ROWS {
            for column in 0..columns.min(8) {
                days(context, all, table, column, out);
                times(context, table, column, out);
            }
        }
    }
}

pub(super) fn cell(table: &Table, row: usize, column: usize) -> Option<BlockId> {
    table.rows.get(row)?.get(column).copied().flatten()
}

/// The only date of a cell, when the cell is nothing else.
pub(super) fn whole<'a>(context: &Context<'_>, all: &'a [Vec<Moment>], id: Option<BlockId>) -> Option<&'a Moment> {
    let id = id?;
    match all[id.index()].as_slice() {
        [only] if only.tokens == (0..context.view(id).layer.tokens.len()) => Some(only),
        _ => None,
    }
}

/// Rows with a beginning and an end.
fn ends(context: &Context<'_>, all: &[Vec<Moment>], table: &Table, columns: usize, out: &mut Vec<Claim>) {
    let heads = table.head_rows as usize;
    if heads == 0 {
        return;
    }
    let headed = |set: &str| -> Vec<usize> {
        (0..columns)
            .filter(|&column| {
                cell(table, heads - 1, column).is_some_and(|id| {
                    let view = context.view(id);
                    let tokens = &view.layer.tokens;
                    phrase_at(context.lexicon, set, view.text, tokens, 0).is_some_and(|n| n + 1 >= tokens.len())
                })
            })
            .collect()
    };
    let (start, end) = (headed("sequence.start"), headed("sequence.end"));
    let (&[start], &[end]) = (start.as_slice(), end.as_slice()) else { return };
    for row in heads..table.rows.len().min(ROWS) {
        let (first, second) =
            (whole(context, all, cell(table, row, start)), whole(context, all, cell(table, row, end)));
        let (Some(first), Some(second)) = (first, second) else { continue };
        if !first.is_point() || !second.is_point() || !first.has_own_year() || !second.has_own_year() {
            continue;
        }
        if let (Some(a), Some(b)) = (step(context, first), step(context, second)) {
            out.push(claim(context, second, SequenceSort::Columns, vec![a, b]));
        }
    }
}

/// The column whose head says that it gives the dates of the rows, "Date", "When": the first one, or any under a heading
/// that promises the order of time.
fn timeline(context: &Context<'_>, all: &[Vec<Moment>], table: &Table, out: &mut Vec<Claim>) {
    let heads = table.head_rows as usize;
    let Some(row) = heads.checked_sub(1) else { return };
    let promised = is_timeline(context, table.section, table.caption) || is_timeline(context, None, table.intro);
    let dated = |column: &usize| {
        let head = cell(table, row, *column).map(|id| context.view(id).text.trim().to_lowercase());
        head.is_some_and(|h| matches!(h.as_str(), "date" | "dates" | "when" | "year" | "day"))
    };
    let columns = if promised { table.rows[row].len() } else { 1 };
    let Some(column) = (0..columns).find(dated) else { return };
    let least = if promised { PROMISED } else { DATED };
    let rows = table.rows.len() - heads;
    if !(least..=ROWS).contains(&rows) {
        return;
    }
    let mut steps = Vec::new();
    let mut last = None;
    for row in heads..table.rows.len() {
        let Some(id) = cell(table, row, column) else { return };
        let [moment] = all[id.index()].as_slice() else { return };
        // "Monday 2 September 2025"
        let alone = moment.tokens.end == context.view(id).layer.tokens.len() && moment.tokens.start <= 2;
        let whole = alone && moment.is_point() && moment.has_own_year();
        let Some(step) = whole.then(|| step(context, moment)).flatten() else { return };
        last = Some(moment);
        steps.push(step);
    }
    if let Some(last) = last {
        out.push(claim(context, last, SequenceSort::Timeline, steps));
    }
}

/// A column of days.
fn days(context: &Context<'_>, all: &[Vec<Moment>], table: &Table, column: usize, out: &mut Vec<Claim>) {
    let mut steps = Vec::new();
    let mut last = None;
    for row in table.head_rows as usize..table.rows.len() {
        let found = whole(context, all, cell(table, row, column)).filter(|m| is_day(m));
        let Some((moment, step)) = found.and_then(|m| Some((m, step(context, m)?))) else { return };
        last = Some(moment);
        steps.push(step);
    }
    if let Some(last) = last.filter(|_| steps.len() >= ENTRIES) {
        out.push(claim(context, last, SequenceSort::Log, steps));
    }
}

/// A column of times of the day.
fn times(context: &Context<'_>, table: &Table, column: usize, out: &mut Vec<Claim>) {
    let mut steps = Vec::new();
    let mut last = None;
    for row in table.head_rows as usize..table.rows.len() {
        let Some(view) = cell(table, row, column).map(|id| context.view(id)) else { return };
        if view.layer.tokens.len() != 1 {
            return;
        }
        let Some(time) = clock(view.word(0)) else { return };
        steps.push(Step { at: view.member(0..1), days: time, version: Vec::new() });
        last = Some(view);
    }
    if let Some(view) = last.filter(|_| steps.len() >= ENTRIES) {
        let value = Value::Sequence(Box::new(Sequence { sort: SequenceSort::Log, steps }));
        out.push(view.claim(ClaimKind::Sequence, "sequence", 0..1, value));
    }
}
