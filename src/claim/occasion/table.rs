//! Occasions of tables: a cell that is a date, with the words of its row and the head of its column; a date in the head
//! of a table with the words of the rows below it.

use super::words::Words;
use super::{Edge, is_told, is_year, made, under};
use crate::annotate::{TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::moment::Moment;
use crate::claim::{Claim, Context};
use crate::document::{BlockId, Table};
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;
use std::ops::Range;
use std::sync::Arc;

/// Rows and columns of a table that are looked at, and dates of one row.
const ROWS: usize = 400;
const COLUMNS: usize = 10;
const DATES: usize = 4;

/// The weight of the label of a row, of its other cells, of the head of a column, of that of the labels, and of the rows
/// below a dated head.
const LABEL: u8 = 10;
const OTHER: u8 = 6;
const HEAD: u8 = 6;
const TITLE: u8 = 5;
const BELOW: u8 = 4;

/// Rows below the head of a table that say what its date is about.
const RUN: usize = 8;

pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], title: &Arc<[CompactString]>, out: &mut Vec<Claim>) {
    let lists = context.document.lists.len() as u32;
    for (index, table) in (lists..).zip(&context.document.tables) {
        let first = out.len();
        let heads = table.head_rows as usize;
        for row in table.rows.iter().take(heads) {
            for &id in row.iter().flatten() {
                if let [moment] = all[id.index()].as_slice()
                    && is_told(moment)
                {
                    out.extend(headed(context, table, moment, title));
                }
            }
        }
        for row in table.rows.iter().skip(heads).take(ROWS) {
            rows(context, all, (table, row), title, out);
        }
        for claim in &mut out[first..] {
            claim.list = Some(index);
        }
    }
}

/// The dates of one row.
fn rows(
    context: &Context<'_>,
    all: &[Vec<Moment>],
    (table, row): (&Table, &[Option<BlockId>]),
    title: &Arc<[CompactString]>,
    out: &mut Vec<Claim>,
) {
    let cells: Vec<(usize, BlockId)> =
        row.iter().enumerate().take(COLUMNS).filter_map(|(i, id)| id.map(|id| (i, id))).collect();
    let only = |is: fn(&Moment) -> bool| -> Vec<(usize, &Moment)> {
        let one = |&(column, id): &(usize, BlockId)| match all[id.index()].as_slice() {
            [only] if is(only) => Some((column, only)),
            _ => None,
        };
        cells.iter().filter_map(one).collect()
    };
    let mut dated = only(is_told);
    if dated.is_empty() {
        dated = only(is_year);
    }
    if dated.is_empty() || dated.len() > DATES {
        return;
    }
    let head = |column: usize| {
        let id = (table.head_rows as usize).checked_sub(1).and_then(|r| *table.rows.get(r)?.get(column)?)?;
        Some(context.view(id)).filter(|h| !is_plain(context, h.text))
    };
    for &(column, moment) in &dated {
        let mut words = Words::new(context);
        let own = context.view(moment.block);
        words.around(&own, window(&own, &moment.tokens, 40), &moment.tokens);
        // The head of its own column says what happens, before the label that the dates of the row share.
        let mut edge = Edge::Point;
        if let Some(head) = head(column) {
            words.all(&head, 0..head.layer.tokens.len().min(12), HEAD);
            let ends = |at| phrase_at(context.lexicon, "sequence.end", head.text, &head.layer.tokens, at).is_some();
            if (0..head.layer.tokens.len())
                .any(|at| ends(at) || matches!(lower(head.word(at)).as_str(), "until" | "till"))
            {
                edge = Edge::End;
            }
        } else if dated.len() > 1 {
            continue;
        }
        let mut weight = LABEL;
        let others = cells.iter().filter(|(c, _)| *c != column && !dated.iter().any(|(d, _)| d == c));
        for (n, &(other, id)) in others.enumerate() {
            let view = context.view(id);
            words.all(&view, 0..view.layer.tokens.len().min(24), weight);
            if n == 0
                && let Some(head) = head(other)
            {
                words.all(&head, 0..head.layer.tokens.len().min(12), TITLE);
            }
            // A number of the row is no label.
            if view.layer.tokens.iter().any(|t| t.kind == TokenKind::Word) {
                weight = OTHER;
            }
        }
        if let Some(section) = table.section {
            words.heading_of(section);
        }
        let mut occasion = words.occasion(moment.dated(context), edge, title);
        occasion.row = true;
        occasion.under = under(context, moment.block, all);
        occasion.faint = is_year(moment);
        out.extend(made(&own, moment, occasion));
    }
}

/// The first tokens of a cell; in a long one so many up to a date behind them.
fn window(view: &BlockView<'_>, date: &Range<usize>, most: usize) -> Range<usize> {
    let end = view.layer.tokens.len().min(most).max(date.end);
    end.saturating_sub(most.max(date.len()))..end
}

/// Whether the head of a column says no more than that there are dates below it.
fn is_plain(context: &Context<'_>, head: &str) -> bool {
    let small = lower(head.trim());
    matches!(small.as_str(), "date" | "dates" | "when" | "day" | "time" | "year" | "month" | "period")
        || context.lexicon.words.find(&small).is_some_and(|id| context.lexicon.words.pos(id).any(Pos::WEEKDAY))
}

/// A date in the head of a table: "Event on 12 November 2024".
fn headed(context: &Context<'_>, table: &Table, moment: &Moment, title: &Arc<[CompactString]>) -> Option<Claim> {
    let view = context.view(moment.block);
    let mut words = Words::new(context);
    words.around(&view, window(&view, &moment.tokens, 24), &moment.tokens);
    if let Some(section) = table.section {
        words.heading_of(section);
    }
    for intro in [table.caption, table.intro].into_iter().flatten() {
        let intro = context.view(intro);
        words.all(&intro, 0..intro.layer.tokens.len().min(30), BELOW);
    }
    for cell in table.rows.iter().skip(table.head_rows as usize).take(RUN).flatten().flatten() {
        let cell = context.view(*cell);
        words.all(&cell, 0..cell.layer.tokens.len().min(24), BELOW);
    }
    let mut occasion = words.occasion(moment.dated(context), Edge::Point, title);
    // What the rows tell in passing is not what the date is the date of.
    (occasion.action, occasion.row) = (Default::default(), true);
    occasion.marks.clear();
    made(&view, moment, occasion)
}
