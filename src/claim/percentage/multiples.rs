//! A column that is another times the number in its head: "Amount per sample", "Amount for 24 samples".
//!
//! The number has to be borne out by the other rows; the row where it fails has a slip.

use crate::claim::context::Context;
use crate::claim::grid::{Grid, grid};
use crate::claim::{Claim, ClaimKind, Operand, Origin, Relation, Scope, Status, Subject, Value};
use crate::document::BlockId;
use crate::value::{Decimal, Quantity, Unit};
use compact_str::CompactString;

/// Wider tables are data.
const COLUMNS: usize = 12;
/// Longer tables are data.
const ROWS: usize = 200;
/// How many rows have to agree at least.
const FEWEST: usize = 3;

/// Reads the columns of all tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if table.rows.len() <= FEWEST || table.rows.len() > ROWS || !(3..=COLUMNS).contains(&columns) {
            continue;
        }
        let grid = grid(context, index);
        for column in 0..grid.columns() {
            let heads = (0..grid.head_rows).filter_map(|row| grid.cell(row, column).block);
            for factor in heads.flat_map(|head| factors(context, head)) {
                for other in (0..grid.columns()).filter(|&c| c != column) {
                    times(context, &grid, (column, other), &factor, out);
                }
            }
        }
    }
}

/// The plain numbers of a head that may be factors.
fn factors(context: &Context<'_>, head: BlockId) -> Vec<Operand> {
    let view = context.view(head);
    let is_factor = |q: &&crate::annotate::QuantityAt| {
        q.quantity.is_plain()
            && q.quantity.unit.is_count()
            && q.quantity.value() >= Decimal::TWO
            && q.quantity.value() <= Decimal::ONE_THOUSAND
    };
    let operand = |q: &crate::annotate::QuantityAt| {
        let member = view.member(q.number.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: q.quantity.clone() }
    };
    view.layer.quantities.iter().filter(is_factor).map(operand).collect()
}

/// Claims of the rows of a column that are not another times a factor, when the others are.
fn times(context: &Context<'_>, grid: &Grid, (column, other): (usize, usize), factor: &Operand, out: &mut Vec<Claim>) {
    let quantity = |row: usize, column: usize| Some(grid.quantity(column, grid.cell(row, column).number()?));
    let (mut fits, mut misses) = (0, Vec::new());
    for row in grid.head_rows..grid.rows() {
        let (Some(whole), Some(each)) = (quantity(row, column), quantity(row, other)) else { continue };
        let is_alike = whole.unit.dimension == each.unit.dimension;
        let (Some(whole), Some(each)) = (whole.base(), each.base()) else { continue };
        match each.checked_mul(factor.quantity.value()) {
            Some(product) if is_alike && product == whole => fits += 1,
            _ => misses.push(row),
        }
    }
    if fits < FEWEST || misses.len() * 3 > fits {
        return;
    }
    let operand = |row: usize, column: usize| -> Option<Operand> {
        let number = grid.cell(row, column).number()?;
        let block = grid.cell(row, column).block?;
        let mut quantity: Quantity = grid.quantity(column, number);
        if quantity.unit.is_count() {
            quantity.unit = Unit::count();
        }
        Some(Operand {
            at: grid.place(context, row, column)?,
            text: context.document.block(block).text.string[number.bytes.clone()].trim().into(),
            name: grid.row_labels[row].clone(),
            quantity,
        })
    };
    for row in misses {
        let (Some(stated), Some(each), Some(block)) =
            (operand(row, column), operand(row, other), grid.cell(row, column).block)
        else {
            continue;
        };
        let others = vec![factor.clone(), each];
        out.push(Claim {
            kind: ClaimKind::Percentage,
            subject: Subject { wording: grid.row_labels[row].clone(), ..Subject::default() },
            predicate: Default::default(),
            scope: Scope::default(),
            status: Status::Actual,
            text: stated.text.clone(),
            at: stated.at,
            within: context.document.block(block).text.whole(),
            value: Value::Percentage { relation: Relation::Product, stated, others },
            block,
            sentence: 0,
            list: None,
            origin: Origin::Cell,
            axes: None,
            frame: None,
            by: "percentage",
        });
    }
}
