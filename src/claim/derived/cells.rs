//! Counts with their share in one cell, "35 (28.7)", under a head that says of how many: "Treatment (n = 122)".

use crate::annotate::phrases_at;
use crate::claim::context::BlockView;
use crate::claim::grid::{Grid, grid};
use crate::claim::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::document::BlockId;
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Longer tables are data.
const ROWS: usize = 500;
/// How many cells of a column have to bear its number out.
const BORNE_OUT: usize = 2;

/// A cell that holds a count and a share.
struct Cell {
    block: BlockId,
    count: (Decimal, Range<usize>),
    share: (Decimal, Decimal, Range<usize>),
}

/// Reads the cells of all tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        if table.rows.len() <= ROWS && (2..=24).contains(&table.rows.first().map_or(0, Vec::len)) {
            let grid = grid(context, index);
            for column in grid.label_columns..grid.columns() {
                self::column(context, &grid, column, out);
            }
        }
    }
}

/// The cells of one column, where its number is known and borne out by others of them.
fn column(context: &Context<'_>, grid: &Grid, column: usize, out: &mut Vec<Claim>) {
    let Some(base) = sample(context, grid, column) else { return };
    let cells: Vec<Cell> = (grid.head_rows..grid.rows())
        .filter(|&row| is_share(context, grid, row, column))
        .filter_map(|row| cell(context, grid.cell(row, column).block?))
        .collect();
    let whole = base.quantity.amount.low;
    let good = cells.iter().filter(|c| fits(c, whole)).count();
    // Where several cells differ, answers are missing or the share is of something else.
    if good < BORNE_OUT || good + 1 < cells.len() {
        return;
    }
    for cell in cells {
        let text = &context.document.block(cell.block).text;
        let operand = |bytes: &Range<usize>, amount: Amount, unit: Unit| Operand {
            at: text.span(bytes.clone()),
            text: text.string[bytes.clone()].into(),
            name: CompactString::default(),
            quantity: Quantity { amount, hedge: Hedge::None, unit },
        };
        let part = operand(&cell.count.1, Amount::exact(cell.count.0, Decimal::ONE), Unit::count());
        let percent = Unit::percent();
        let stated = operand(&cell.share.2, Amount::exact(cell.share.0, cell.share.1), percent);
        let view = context.view(cell.block);
        let others = vec![part, base.clone()];
        let value = Value::Percentage { relation: Relation::Share, stated, others };
        out.push(view.claim(ClaimKind::Percentage, "cell", 0..view.layer.tokens.len(), value));
    }
}

/// The number of cases that the heads of a column state: "n = 122".
fn sample(context: &Context<'_>, grid: &Grid, column: usize) -> Option<Operand> {
    let heads = (0..grid.head_rows).rev().filter_map(|row| grid.cell(row, column).block);
    heads.map(|id| context.view(id)).find_map(|view| {
        let at =
            (0..view.layer.tokens.len()).find(|&i| matches!(view.word(i), "n" | "N") && view.word(i + 1) == "=")?;
        let number: Decimal = view.word(at + 2).replace(',', "").parse().ok()?;
        let member = view.member(at + 2..at + 3);
        let quantity =
            Quantity { amount: Amount::exact(number, Decimal::ONE), hedge: Hedge::None, unit: Unit::count() };
        Some(Operand { at: member.at, text: member.text, name: CompactString::default(), quantity })
    })
}

/// Whether row or column say that the bracket holds a percentage, and nothing in the row takes some cases out.
fn is_share(context: &Context<'_>, grid: &Grid, row: usize, column: usize) -> bool {
    let label = grid.row_labels[row].as_str();
    let own = grid.cell(row, column).block.is_some_and(|id| context.view(id).text.contains('%'));
    let said =
        own || [label, grid.column_heads[column].as_str(), grid.caption.as_str()].iter().any(|w| w.contains('%'));
    let marked = grid.row_label_blocks[row].is_some_and(|id| takes_out(context, &context.view(id)));
    said && !marked
}

fn takes_out(context: &Context<'_>, view: &BlockView<'_>) -> bool {
    let tokens = &view.layer.tokens;
    view.text.contains(['*', '†', '‡', '§'])
        || (0..tokens.len()).any(|i| {
            phrases_at(context.lexicon, view.text, tokens, i)
                .any(|(set, _)| set == "percentage.other-base" || set == "table.rate")
        })
}

/// "35 (28.7)", "35 (28.7 %)", "1,204 (9%)".
fn cell(context: &Context<'_>, block: BlockId) -> Option<Cell> {
    let text = &context.document.block(block).text.string;
    let trimmed = text.trim_end();
    let (count, rest) = trimmed.split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    let start = count.len() - count.trim_start().len();
    let number: Decimal = count.trim().replace(',', "").parse().ok().filter(Decimal::is_integer)?;
    let digits = inner.trim_end_matches(|c: char| c == '%' || c.is_whitespace());
    let share: Decimal = digits.trim_start().parse().ok()?;
    let from = count.len() + 1 + (inner.len() - inner.trim_start().len());
    Some(Cell {
        block,
        count: (number, start..start + count.trim().len()),
        share: (share, Decimal::new(1, share.scale()), from..count.len() + 1 + digits.len()),
    })
}

/// Whether the share is that of the count, rounded to its digits.
fn fits(cell: &Cell, whole: Decimal) -> bool {
    let exact = cell.count.0.checked_mul(Decimal::ONE_HUNDRED).and_then(|h| h.checked_div(whole));
    exact.is_some_and(|e| (e - cell.share.0).abs() <= cell.share.1)
}
