//! Weekdays in one cell of a row, or at the head of a column, and dates in other cells.

use super::{Pair, Reader};
use crate::claim::{Claim, Context, Value};
use crate::document::{BlockId, Table};

/// Rows and columns of a table that are looked at.
const ROWS: usize = 500;
const COLUMNS: usize = 12;

/// Reads the pairs of all tables.
pub(super) fn read(context: &Context<'_>, out: &mut Vec<Pair>) {
    for (number, table) in context.document.tables.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let cells: Vec<BlockId> = row.iter().flatten().copied().take(COLUMNS).collect();
            let weekdays: Vec<BlockId> = cells.iter().copied().filter(|id| weekday(context, *id).is_some()).collect();
            let dates: Vec<BlockId> = cells.iter().copied().filter(|id| is_day(context, *id)).collect();
            // "| Tuesday | 2 September 2024 |"; with several of one kind nobody can tell which belong together.
            if let (&[named], &[block]) = (weekdays.as_slice(), dates.as_slice()) {
                out.extend(pair(context, named, block, number));
            }
        }
        heads(context, table, number, out);
    }
}

/// Columns that are headed by a weekday: a calendar.
fn heads(context: &Context<'_>, table: &Table, number: u32, out: &mut Vec<Pair>) {
    let Some(head) = (table.head_rows as usize).checked_sub(1).and_then(|row| table.rows.get(row)) else { return };
    for (column, named) in head.iter().enumerate().take(COLUMNS) {
        let Some(named) = named.filter(|id| weekday(context, *id).is_some()) else { continue };
        for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let Some(block) = row.get(column).copied().flatten() else { continue };
            if is_day(context, block) {
                out.extend(pair(context, named, block, number));
            }
        }
    }
}

/// The weekday that a cell names and nothing else.
fn weekday(context: &Context<'_>, id: BlockId) -> Option<u8> {
    let view = context.view(id);
    let tokens = view.layer.tokens.len();
    let reader = Reader { context, view: &view };
    let alone = tokens == 1 || tokens == 2 && view.word(1) == ".";
    alone.then(|| reader.weekday(0)).flatten()
}

/// Whether a cell is one day and nothing else.
fn is_day(context: &Context<'_>, id: BlockId) -> bool {
    let view = context.view(id);
    match view.layer.dates.as_slice() {
        [only] => only.tokens == (0..view.layer.tokens.len()) && only.date.is_one() && only.date.from.day.is_some(),
        _ => false,
    }
}

fn pair(context: &Context<'_>, named: BlockId, block: BlockId, table: u32) -> Option<Pair> {
    let view = context.view(block);
    let date = view.layer.dates.first()?;
    Some(Pair {
        block,
        named,
        weekday: 0..1,
        day: date.tokens.clone(),
        stated: weekday(context, named)?,
        date: date.date.from,
        table: Some(table),
    })
}

/// The claims but for those of tables in which most weekdays are not those of the dates beside them: there the
/// column says something else, the day on which a course is held, say.
pub(super) fn believed(read: Vec<(&Pair, Claim)>) -> Vec<Claim> {
    let mut counts: std::collections::BTreeMap<u32, (usize, usize)> = std::collections::BTreeMap::new();
    for (pair, claim) in &read {
        let (Some(table), Value::Weekday { stated, date, .. }) = (pair.table, &claim.value) else { continue };
        let (right, wrong) = counts.entry(table).or_default();
        *(if date.weekday() == Some(*stated) { right } else { wrong }) += 1;
    }
    let kept = |pair: &Pair| {
        pair.table.is_none_or(|table| counts.get(&table).is_some_and(|(right, wrong)| *right >= 2.max(wrong + 1)))
    };
    read.into_iter().filter(|(pair, _)| kept(pair)).map(|(_, claim)| claim).collect()
}
