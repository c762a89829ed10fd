//! A row of a table whose dates are not in the order of those of all other rows: "Letter sent | Reply received".

use super::{claim, step, table};
use crate::annotate::phrase_at;
use crate::claim::Claim;
use crate::claim::Context;
use crate::claim::calendar::SequenceSort;
use crate::claim::moment::Moment;
use crate::document::Table;

/// Rows and columns that are looked at.
const ROWS: usize = 400;
const COLUMNS: usize = 10;

/// Pairs of dates in order, and rows that have them, for an order to be meant.
const PAIRS: usize = 3;
const RIGHT: usize = 2;

/// Adds the claim of the one row in which a date is earlier than the one in the column before it.
pub(super) fn rows(context: &Context<'_>, all: &[Vec<Moment>], table: &Table, out: &mut Vec<Claim>) {
    let heads = table.head_rows as usize;
    if heads == 0 || table.rows.len() < heads + RIGHT + 1 || table.rows.len() > ROWS {
        return;
    }
    let columns = table.rows[heads - 1].len().min(COLUMNS);
    let planned = |&column: &usize| {
        table::cell(table, heads - 1, column).is_none_or(|id| {
            let view = context.view(id);
            let set =
                |at: usize, set: &str| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, at).is_some();
            (0..view.layer.tokens.len()).any(|at| set(at, "sequence.plan") || set(at, "sequence.target"))
        })
    };
    let columns: Vec<usize> = (0..columns).filter(|column| !planned(column)).collect();
    let (mut pairs, mut right, mut wrong) = (0, 0, None);
    for row in heads..table.rows.len() {
        let dates: Vec<&Moment> = columns
            .iter()
            .filter_map(|&column| table::whole(context, all, table::cell(table, row, column)))
            .filter(|m| m.is_point() && m.has_own_year() && m.date.from.month.is_some())
            .collect();
        let mut ordered = 0;
        for two in dates.windows(2) {
            let (Some(a), Some(b)) = (two[0].date.days(), two[1].date.days()) else { return };
            if a.is_before(b) {
                ordered += 1;
            } else if b.is_before(a) {
                // A second one shows that there is no such order.
                if wrong.replace((two[0], two[1])).is_some() {
                    return;
                }
            }
        }
        if wrong.is_none_or(|(a, _)| a.block != dates.first().map_or(a.block, |d| d.block)) && ordered > 0 {
            right += 1;
        }
        pairs += ordered;
    }
    if let Some((first, second)) = wrong.filter(|_| pairs >= PAIRS && right >= RIGHT)
        && let (Some(a), Some(b)) = (step(context, first), step(context, second))
    {
        out.push(claim(context, second, SequenceSort::Rows, vec![a, b]));
    }
}
