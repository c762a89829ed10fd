//! Rows of a table with the first and the last day of a term whose length the text states: "Each release is supported
//! for twelve months".

use crate::annotate::QuantityAt;
use crate::claim::calendar::{Interval, IntervalSort};
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, ClaimKind, Context, Operand, Value};
use crate::document::{BlockKind, Table};
use compact_str::CompactString;

/// Rows that are looked at, and rows with the stated length for the others to be slips.
const ROWS: usize = 300;
const RIGHT: usize = 2;

/// Lengths in the text that are looked at.
const LENGTHS: usize = 60;

/// A length of months that the text states.
struct Length<'a> {
    view: BlockView<'a>,
    quantity: &'a QuantityAt,
    months: i32,
}

/// Adds a claim for every row whose days are not so far apart as those of the other rows and as the text says.
pub(super) fn tables(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    let tables: Vec<(&Table, Vec<(&Moment, &Moment)>)> =
        context.document.tables.iter().map(|t| (t, rows(t, all))).filter(|(_, rows)| rows.len() > RIGHT).collect();
    if tables.is_empty() {
        return;
    }
    let lengths = lengths(context);
    for (_, rows) in tables {
        let stated = |(from, to): &(&Moment, &Moment)| lengths.iter().find(|l| is_apart(from, to, l.months));
        let wrong: Vec<&(&Moment, &Moment)> = rows.iter().filter(|row| stated(row).is_none()).collect();
        // The length of most rows, of equals the one stated first.
        let fitting = |l: &Length<'_>| rows.iter().filter(|(from, to)| is_apart(from, to, l.months)).count();
        let usual = lengths.iter().rev().max_by_key(|l| fitting(l)).filter(|l| fitting(l) >= RIGHT);
        if let (Some(usual), [(from, to)]) = (usual, wrong.as_slice()) {
            out.push(claim(context, usual, from, to));
        }
    }
}

/// The rows with two whole days.
fn rows<'a>(table: &Table, all: &'a [Vec<Moment>]) -> Vec<(&'a Moment, &'a Moment)> {
    let day = |id: &crate::document::BlockId| match all[id.index()].as_slice() {
        [only] if only.is_point() && only.date.from.is_whole() && only.has_own_year() => Some(only),
        _ => None,
    };
    let rows = table.rows.iter().skip(table.head_rows as usize).take(ROWS);
    rows.filter_map(|row| {
        let days: Vec<&Moment> = row.iter().flatten().filter_map(day).collect();
        if let [from, to] = days.as_slice() { Some((*from, *to)) } else { None }
    })
    .collect()
}

/// The lengths of whole months that sentences state with "for", or before what is given: "12 months of support".
fn lengths<'a>(context: &Context<'a>) -> Vec<Length<'a>> {
    let mut out = Vec::new();
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Cell { .. } | BlockKind::Code) {
            continue;
        }
        for quantity in &view.layer.quantities {
            let start = quantity.hedged.start.min(quantity.tokens.start);
            let lasting = start > 0 && matches!(view.word(start - 1), "for" | "gets" | "receives" | "get" | "receive")
                || view.word(quantity.tokens.end) == "of";
            let unit = &quantity.quantity.unit;
            let months = quantity.quantity.amount.low.checked_mul(unit.factor).and_then(|m| i32::try_from(m).ok());
            if let Some(months) = months.filter(|m| unit.dimension == "months" && lasting && *m > 0)
                && quantity.quantity.amount.low == quantity.quantity.amount.high
                && out.len() < LENGTHS
            {
                out.push(Length { view, quantity, months });
            }
        }
    }
    out
}

/// Whether two days are so many months apart, the last day counted or left out.
fn is_apart(from: &Moment, to: &Moment, months: i32) -> bool {
    let end = from.date.from.plus_months(months);
    let (Some(end), Some(to)) = (end.and_then(|e| e.days()), to.date.from.days()) else { return false };
    (to.first - end.first).abs() <= 1
}

fn claim(context: &Context<'_>, length: &Length<'_>, from: &Moment, to: &Moment) -> Claim {
    let view = &length.view;
    let tokens = length.quantity.hedged.start.min(length.quantity.tokens.start)..length.quantity.tokens.end;
    let member = view.member(tokens.clone());
    let stated = Operand {
        at: member.at,
        text: member.text,
        name: CompactString::default(),
        quantity: length.quantity.quantity.clone(),
    };
    let (from, to) = (from.dated(context), to.dated(context));
    let interval = Interval {
        sort: IntervalSort::Length,
        stated,
        from,
        to,
        clock: None,
        weight: Interval::SURE,
        rivals: Vec::new(),
    };
    view.claim(ClaimKind::Interval, "interval", tokens, Value::Interval(Box::new(interval)))
}
