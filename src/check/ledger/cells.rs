//! The cell that a comparison in words speaks of: where the line of a member and that of a measure meet.

use super::{CROWD, Ledger, period};
use crate::claim::{About, Axes, Claim};
use crate::span::FileId;
use compact_str::CompactString;

/// A cell with the line of its table that it is compared in.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct TableCell<'a> {
    /// The cell.
    pub(in crate::check) claim: &'a Claim,
    axes: &'a Axes,
    /// Whether the rows are what is compared, not the columns.
    by_row: bool,
}

impl TableCell<'_> {
    /// Whether two cells stand in one column of rows that are compared, or in one row of columns that are.
    pub(in crate::check) fn are_of_one_line(a: &Self, b: &Self) -> bool {
        let line = |c: &Self| if c.by_row { c.axes.column } else { c.axes.row };
        let place = |c: &Self| if c.by_row { c.axes.row } else { c.axes.column };
        let table = |c: &Self| (c.claim.at.file, c.axes.table, c.by_row);
        table(a) == table(b) && line(a) == line(b) && place(a) != place(b)
    }
}

impl<'a> Ledger<'a> {
    /// The only cell for a measure and a member: "rents" and "the Heights".
    pub(in crate::check) fn cell(&self, subject: &About, member: &About) -> Option<TableCell<'a>> {
        let mut tables: Vec<(FileId, u32)> = member
            .keys
            .iter()
            .filter_map(|k| self.by_label.get(k.as_str()))
            .filter(|list| list.len() <= CROWD)
            .flatten()
            .copied()
            .collect();
        tables.sort_unstable();
        tables.dedup();
        let mut found: Vec<TableCell<'a>> = Vec::new();
        for table in tables {
            let cells = self.tables.get(&table).map_or(&[][..], Vec::as_slice);
            for by_row in [true, false] {
                let fits = |&&(_, axes): &&(&Claim, &Axes)| is_cell(axes, by_row, subject, member);
                let mut fitting = cells.iter().filter(fits);
                // Of several columns the measure is not known.
                if let (Some(&(claim, axes)), None) = (fitting.next(), fitting.next()) {
                    found.push(TableCell { claim, axes, by_row });
                }
            }
        }
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The cells that a cell is compared with: its column without totals, or its row.
    pub(in crate::check) fn siblings(&self, cell: &TableCell<'a>) -> Vec<&'a Claim> {
        let cells = self.tables.get(&(cell.claim.at.file, cell.axes.table)).map_or(&[][..], Vec::as_slice);
        let one_line = |&&(claim, axes): &&(&'a Claim, &'a Axes)| {
            let other = TableCell { claim, axes, by_row: cell.by_row };
            !axes.total && TableCell::are_of_one_line(cell, &other)
        };
        cells.iter().filter(one_line).map(|&(claim, _)| claim).collect()
    }
}

/// Whether a cell stands where the line of a member and that of a measure meet.
fn is_cell(axes: &Axes, by_row: bool, subject: &About, member: &About) -> bool {
    let (line, across) = if by_row { (&axes.row_keys, &axes.column_keys) } else { (&axes.column_keys, &axes.row_keys) };
    let said = |about: &About, k: &CompactString| about.keys.contains(k);
    let named = !line.is_empty()
        && !axes.total
        && line.iter().all(|k| said(member, k))
        && member.keys.iter().all(|k| line.contains(k) || axes.caption_keys.contains(k) || is_group(k));
    let measured = subject.keys.iter().all(|k| across.contains(k) || axes.caption_keys.contains(k))
        && (subject.keys.iter().any(|k| across.contains(k))
            || across.is_empty()
            || period(&axes.column_wording).is_some())
        && (by_row || across.iter().filter(|k| !said(subject, k)).count() <= 1);
    named && measured
}

/// Whether a word says only that a member is one: "the walking groups", "the north region".
fn is_group(key: &str) -> bool {
    matches!(
        key,
        "group" | "arm" | "district" | "region" | "area" | "team" | "class" | "branch" | "participant" | "patient"
    )
}
