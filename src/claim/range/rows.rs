//! The least, the usual and the greatest value of one row: "| Option | Min | Default | Max |".

use crate::claim::grid::{CellNumber, Grid, grid};
use crate::claim::{Claim, ClaimKind, Context, Member, Operand, Value};
use crate::lexicon::{Lexicon, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};

/// Sets of heads, from that of the least value to that of the greatest.
const RANKS: [&str; 3] = ["range.least", "range.between", "range.greatest"];

/// Rows of a table that are out of order from which on its heads mean something else.
const MANY: usize = 2;

/// Reads the rows in which a value is below the one that its head calls less.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in 0..context.document.tables.len() {
        let grid = grid(context, table);
        let ranked: Vec<(usize, usize)> = (grid.label_columns..grid.columns())
            .filter_map(|column| Some((rank(context.lexicon, &grid.column_heads[column])?, column)))
            .collect();
        if ranked.len() < 2 {
            continue;
        }
        let rows = grid.head_rows..grid.rows();
        let odd: Vec<Claim> = rows.clone().filter_map(|row| out_of_order(context, &grid, row, &ranked)).collect();
        if odd.len() <= MANY && odd.len() < rows.len().max(2) {
            out.extend(odd);
        }
    }
}

/// Which of the sets the head of a column belongs to, its unit in brackets aside.
fn rank(lexicon: &Lexicon, head: &str) -> Option<usize> {
    let head = lower(head.split(['(', '[', ',']).next().unwrap_or_default().trim());
    let word = head.trim_end_matches('.');
    let word = [" value", " limit"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    RANKS.iter().position(|set| lexicon.is_in(set, word))
}

/// The first two values of a row of which the one that should be less is greater.
fn out_of_order(context: &Context<'_>, grid: &Grid, row: usize, ranked: &[(usize, usize)]) -> Option<Claim> {
    // "0" and "-1" often stand for no limit at all.
    let number = |column: usize| grid.cell(row, column).number().filter(|n| n.value > Decimal::ZERO);
    let pairs = ranked.iter().flat_map(|a| ranked.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 < b.0);
    let values = |&(&(_, a), &(_, b)): &(&(usize, usize), &(usize, usize))| {
        let (x, y) = (grid.quantity(a, number(a)?), grid.quantity(b, number(b)?));
        (x.unit.dimension == y.unit.dimension && x.base()? > y.base()?).then_some((a, b))
    };
    let (low, high) = pairs.into_iter().find_map(|pair| values(&pair))?;
    let operand = |column: usize, number: &CellNumber| {
        let text = context.document.block(grid.cell(row, column).block?).text.string.trim().into();
        let at = grid.place(context, row, column)?;
        Some(Operand { at, text, name: CompactString::default(), quantity: grid.quantity(column, number) })
    };
    let (first, second) = (operand(low, number(low)?)?, operand(high, number(high)?)?);
    let heads = (&grid.column_heads[low], &grid.column_heads[high]);
    let text = format_compact!("{}: {} to {}", grid.row_labels[row], heads.0, heads.1);
    let (at, end) = (first.at, second.at);
    let view = context.view(grid.cell(row, low).block?);
    let value = Value::Range { cue: Member { at, text }, first, second };
    let mut claim = view.claim(ClaimKind::Range, "range", 0..0, value);
    (claim.at, claim.within) = (at, at.cover(end));
    Some(claim)
}
