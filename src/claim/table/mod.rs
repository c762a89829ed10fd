//! Totals of tables: which rows and columns are sums, of which others, and which of them do not add up.
//!
//! A table seldom says what its "Total" is the sum of. Its columns say it: a reading (this row is the sum of
//! those) that adds up in one column is tried in the others, and where it fails there is a slip. A table in
//! which nothing adds up is not additive, and nothing is claimed of it.

mod lines;
mod reading;
mod relations;

use super::grid::{Grid, grid, is_word_of, scale_word};
use super::{Claim, ClaimKind, Context, Member, Operand, Origin, Scope, Status, Subject, Value};
use crate::document::{BlockId, Table};
use crate::value::{Amount, Hedge, Quantity, Unit};
use lines::{Axis, CellAt, Given, Orientation};
use reading::Sum;
use rustc_hash::FxHashSet;

/// A sum of less strength is not noted as a claim.
const WEAKEST: u8 = 3;

/// Tables with more cells than this are data, not reports.
const MAX_CELLS: usize = 200_000;

/// Bits of evidence that make a table one whose numbers are not rounded, see [`Sum::footing`].
const FOOTED: f64 = 2.5;

/// Reads the totals of all tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        let cells: usize = table.rows.iter().map(Vec::len).sum();
        if table.rows.len() < 3 || cells > MAX_CELLS {
            continue;
        }
        let grid = grid(context, index);
        let counted = !speaks_of_scale(context, table);
        let given = Given { counted, exact: false, rates: false };
        let mut sums = all_sums(context, &grid, given);
        let with_rates = all_sums(context, &grid, Given { rates: true, ..given });
        let rates = sound(&with_rates) > sound(&sums);
        if rates {
            sums = with_rates;
        }
        if footed(&sums) {
            sums = all_sums(context, &grid, Given { exact: true, rates, ..given });
        }
        settled(&mut sums);
        let groups = reading::blame(&sums);
        relations::extract(context, &grid, out);
        for group in groups {
            // A weak suspicion is no claim.
            if group.strength >= WEAKEST
                && let Some(claim) = claim(context, &grid, &sums, &group)
            {
                out.push(claim);
            }
        }
    }
}

/// The sums of both orientations.
fn all_sums(context: &Context<'_>, grid: &Grid, given: Given) -> Vec<Sum> {
    let mut sums = Vec::new();
    for orientation in [Orientation::Rows, Orientation::Columns] {
        let axis = Axis::new(context, grid, orientation, given);
        reading::sums(&axis, &mut sums);
    }
    sums
}

/// Drops the sums that fail although sums of the other orientation bear out each of their cells: then a line of the
/// table counts in one direction only, as transfers between the columns do.
fn settled(sums: &mut Vec<Sum>) {
    let sound: FxHashSet<(bool, CellAt)> = sums
        .iter()
        .filter(|s| s.residual == 0 && s.parts.len() > 1)
        .map(|s| (s.orientation == Orientation::Rows, s.whole))
        .collect();
    sums.retain(|s| {
        let other = s.orientation != Orientation::Rows;
        let cells = std::iter::once(s.whole).chain(s.parts.iter().map(|p| p.cell));
        s.residual == 0 || !cells.into_iter().all(|cell| sound.contains(&(other, cell)))
    });
}

/// Whether the numbers of a table are not rounded: whoever makes so many sums fit to the last digit does so on
/// purpose. One sum may be off by what rounding could explain elsewhere.
fn footed(sums: &[Sum]) -> bool {
    let off = sums.iter().filter(|s| s.residual == 0 && s.footing < 0.0).count();
    let evidence: f64 = sums.iter().filter(|s| s.residual == 0).map(|s| s.footing.max(0.0)).sum();
    off <= 2 && evidence >= FOOTED + f64::from(off.saturating_sub(1) as u32)
}

/// How many sums add up.
fn sound(sums: &[Sum]) -> usize {
    sums.iter().filter(|s| s.residual == 0 && s.parts.len() > 1).count()
}

/// Whether the table, its caption or the words before it name a currency or a multiplier: then its integers
/// are rounded amounts and no counts.
fn speaks_of_scale(context: &Context<'_>, table: &Table) -> bool {
    let cells = table.rows.iter().flatten().copied().flatten();
    cells.chain(table.caption).chain(table.intro).chain(table.section).any(|id| {
        let text = &context.document.block(id).text.string;
        text.contains(['$', '€', '£', '¥', '₹'])
            || text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|word| {
                word.len() > 2
                    && (scale_word(context.lexicon, word).is_some()
                        || is_word_of(context.lexicon, "table.rounded", word))
            })
    })
}

/// The claim that the sums of one group make, the first of them being the one to show.
fn claim(context: &Context<'_>, grid: &Grid, sums: &[Sum], group: &reading::Group) -> Option<Claim> {
    let sum = &sums[*group.sums.first()?];
    let operand = |cell: lines::CellAt, negative: bool| operand(context, grid, sum.orientation, cell, negative);
    let whole = operand(sum.whole, false)?;
    let parts: Vec<Operand> = sum.parts.iter().filter_map(|p| operand(p.cell, p.minus)).collect();
    let also = group.sums[1..]
        .iter()
        .filter_map(|&i| {
            let other = &sums[i];
            self::operand(context, grid, other.orientation, other.whole, false)
        })
        .collect();
    let culprit = group.culprit.and_then(|c| {
        let o = operand(c, false)?;
        Some(Member { at: o.at, text: o.text })
    });
    let block = grid.cell(sum.whole.row, sum.whole.column).block?;
    let at = whole.at;
    Some(Claim {
        kind: ClaimKind::ColumnTotal,
        subject: subject(grid, sum),
        predicate: Default::default(),
        scope: Scope::default(),
        status: Status::Actual,
        text: whole.text.clone(),
        value: Value::Total {
            whole,
            readings: vec![parts],
            strength: group.strength,
            exact: sum.exact,
            support: sum.support,
            culprit,
            also,
        },
        at,
        within: context.document.block(block).text.whole(),
        block,
        sentence: 0,
        list: None,
        origin: Origin::Cell,
        frame: None,
        axes: None,
        by: "table",
    })
}

/// What a total is about: the label of its line and of its series.
fn subject(grid: &Grid, sum: &Sum) -> Subject {
    let row = &grid.row_labels[sum.whole.row];
    let column = &grid.column_heads[sum.whole.column];
    let wording = match (row.is_empty(), column.is_empty()) {
        (false, false) => format!("{row}, {column}").into(),
        (false, true) => row.clone(),
        (true, _) => column.clone(),
    };
    Subject { wording, ..Subject::default() }
}

/// A cell as an operand, called by the label of its line.
fn operand(
    context: &Context<'_>,
    grid: &Grid,
    orientation: Orientation,
    at: lines::CellAt,
    negative: bool,
) -> Option<Operand> {
    let cell = grid.cell(at.row, at.column);
    let number = cell.number()?;
    // Parts and whole are in the same unit; the multiplier of the head is left out, so that the arithmetic shows
    // the digits of the table.
    let amount = Amount::exact(number.value.checked_mul(number.scale)?, number.step.checked_mul(number.scale)?);
    let mut quantity = Quantity { amount, hedge: Hedge::None, unit: Unit::count() };
    if negative {
        quantity.amount.low = -quantity.amount.low;
        quantity.amount.high = -quantity.amount.high;
    }
    let block: BlockId = cell.block?;
    let text = &context.document.block(block).text.string;
    let name = match orientation {
        Orientation::Rows => &grid.row_labels[at.row],
        Orientation::Columns => &grid.column_heads[at.column],
    };
    Some(Operand {
        at: grid.place(context, at.row, at.column)?,
        text: text[number.bytes.clone()].trim().into(),
        name: name.clone(),
        quantity,
    })
}
