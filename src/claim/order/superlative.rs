//! The row of a table that a sentence calls the highest, cheapest, deepest of all: "the deepest snow lay at Sankt Veit".
//!
//! The sentence names one row of a table of its section, and the superlative one column: by the measure that it
//! speaks of, by words in common with the head, or because the table has only one column of numbers. Superlatives of
//! some of the rows, of another time, or next in rank are left out.

use super::ranked;
use crate::annotate::phrases_at;
use crate::claim::grid::{CellNumber, Grid, grid};
use crate::claim::keys::content_words;
use crate::claim::look::Look;
use crate::claim::{Claim, ClaimKind, Context, Direction, Member, Operand, Value};
use crate::document::BlockId;
use crate::lexicon::{Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// A table with more rows is data.
const ROWS: usize = 60;
/// A block with more tokens is no remark on a table.
const LONGEST: usize = 400;

/// A superlative in a sentence.
pub(super) struct Superlative<'a> {
    pub(super) tokens: Range<usize>,
    pub(super) highest: bool,
    /// "depth", or "any".
    measure: &'a str,
}

/// Reads what is said of the rows of all tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let small = |t: &crate::document::Table| {
        t.rows.len() <= ROWS && t.rows.first().is_some_and(|r| (2..=12).contains(&r.len()))
    };
    let grids: Vec<(Option<BlockId>, Grid)> = context
        .document
        .tables
        .iter()
        .enumerate()
        .filter(|(_, t)| small(t))
        .map(|(i, t)| (t.section, grid(context, i)))
        .collect();
    if grids.is_empty() {
        return;
    }
    for view in context.views().filter(|v| v.is_prose() && v.layer.tokens.len() <= LONGEST) {
        let look = Look::new(context, view);
        let said: Vec<Superlative<'_>> = (0..view.layer.tokens.len()).filter_map(|at| superlative(&look, at)).collect();
        let here = grids.iter().filter(|(section, _)| *section == view.block.section).map(|(_, grid)| grid);
        let tables: Vec<&Grid> = here.collect();
        let mut known: Vec<Range<usize>> = Vec::new();
        for superlative in &said {
            let found: Vec<Claim> = tables.iter().filter_map(|grid| claim(context, &look, superlative, grid)).collect();
            if let [claim] = found.as_slice() {
                out.push(claim.clone());
                known.push(superlative.tokens.clone());
            }
        }
        ranked::extract(context, &look, &grids, (&said, &known), out);
    }
}

/// The superlative at a token, when it is one of all.
pub(super) fn superlative<'a>(look: &Look<'a>, at: usize) -> Option<Superlative<'a>> {
    let (name, n) =
        look.sets_at(at).find(|(set, _)| set.starts_with("superlative.h") || set.starts_with("superlative.l"))?;
    let (side, measure) = name.strip_prefix("superlative.")?.split_once('.')?;
    let sentence = look.sentence(at);
    let near = at.saturating_sub(4).max(sentence.start)..at;
    let ordinal = look.view.layer.ordinals.iter().any(|o| near.contains(&o.tokens.start) || o.tokens.contains(&at));
    // "At least", "at the latest", "least squares".
    let idiom = at > 0 && matches!(look.word(at - 1), "at" | "At" | "not" | "-");
    let narrowed =
        look.has("superlative.narrowed", at.saturating_sub(6).max(sentence.start)..sentence.end.min(at + 12));
    (!ordinal && !idiom && !narrowed && !look.is_denied(at) && look.word(sentence.end - 1) != "?")
        .then_some(Superlative { tokens: at..at + n, highest: side == "high", measure })
}

/// What a superlative says of one table.
fn claim(context: &Context<'_>, look: &Look<'_>, said: &Superlative<'_>, grid: &Grid) -> Option<Claim> {
    let sentence = look.sentence(said.tokens.start);
    let rows: Vec<usize> = (grid.head_rows..grid.rows()).filter(|&row| is_member(context, grid, row)).collect();
    if rows.len() < 3 {
        return None;
    }
    let (row, member) = named(look, &sentence, grid, &rows)?;
    if !is_of_all(look, &sentence, said, &member, (grid, rows.len())) {
        return None;
    }
    let column = column(context, look, &sentence, said, grid, &rows)?;
    let number = |row: usize| grid.cell(row, column).number();
    let own = number(row)?;
    let better = |a: &CellNumber, b: &CellNumber| if said.highest { a.value > b.value } else { a.value < b.value };
    let others = rows.iter().copied().filter(|&r| r != row);
    let best = others.reduce(|best, r| match (number(r), number(best)) {
        (Some(a), Some(b)) if better(a, b) => r,
        _ => best,
    })?;
    let operand = |row: usize, number: &CellNumber| operand(context, grid, (row, column), number);
    let (first, second) = (operand(best, number(best)?)?, operand(row, own)?);
    let direction = if said.highest { Direction::Up } else { Direction::Down };
    let whole = said.tokens.start.min(member.start)..said.tokens.end.max(member.end);
    let words: Member = look.view.member(whole.clone());
    let text = format!("{}: {}", look.view.wording(said.tokens.clone()), look.view.wording(member));
    let value = Value::Order { cue: words, direction, first, second, by: None };
    let mut claim = look.view.claim(ClaimKind::Order, "superlative", whole, value);
    claim.text = text.split_whitespace().collect::<Vec<_>>().join(" ").into();
    Some(claim)
}

/// A cell as one side of an order, called by its row.
pub(super) fn operand(
    context: &Context<'_>,
    grid: &Grid,
    (row, column): (usize, usize),
    number: &CellNumber,
) -> Option<Operand> {
    let at = grid.place(context, row, column)?;
    let text = &context.document.block(grid.cell(row, column).block?).text.string;
    let name = grid.row_labels[row].clone();
    Some(Operand { at, text: text[number.bytes.clone()].into(), name, quantity: grid.quantity(column, number) })
}

/// Whether a row is one of those that are compared: it has a label that is no total.
pub(super) fn is_member(context: &Context<'_>, grid: &Grid, row: usize) -> bool {
    let Some(id) = grid.row_label_blocks[row] else { return false };
    let view = context.view(id);
    let tokens = &view.layer.tokens;
    let total = (0..tokens.len()).any(|i| {
        phrases_at(context.lexicon, view.text, tokens, i).any(|(set, n)| {
            matches!(set, "table.total" | "table.rate") || set == "table.all" && i == 0 && n == tokens.len()
        })
    });
    !total && grid.sum_row() != Some(row)
}

/// The only row whose label the sentence names, with its tokens there.
fn named(look: &Look<'_>, sentence: &Range<usize>, grid: &Grid, rows: &[usize]) -> Option<(usize, Range<usize>)> {
    let mut found: Option<(usize, Range<usize>)> = None;
    for &row in rows {
        let label: Vec<CompactString> = grid.row_labels[row].split_whitespace().map(lower).collect();
        // "A" and "12" name nothing.
        if label.is_empty()
            || label.len() > 6
            || label.iter().all(|w| w.chars().filter(|c| c.is_alphabetic()).count() < 3)
        {
            continue;
        }
        let at = sentence.clone().find(|&i| label.iter().enumerate().all(|(n, w)| lower(look.word(i + n)) == *w));
        let Some(at) = at else { continue };
        if found.is_some() {
            return None;
        }
        found = Some((row, at..at + label.len()));
    }
    found
}

/// Whether nothing behind a superlative makes it one of some of the rows: "the cheapest of the coastal towns".
fn is_of_all(
    look: &Look<'_>,
    sentence: &Range<usize>,
    said: &Superlative<'_>,
    member: &Range<usize>,
    (grid, rows): (&Grid, usize),
) -> bool {
    let from = said.tokens.end;
    // "the cheapest small car"
    let adjective = look.pos(from).any(Pos::ADJECTIVE) && !look.pos(from).any(Pos::NOUN);
    if adjective {
        return false;
    }
    let counts = |at: usize| {
        let values = &look.view.layer.quantities;
        values.iter().find(|q| q.hedged.contains(&at)).is_some_and(|q| q.quantity.value() == rows.into())
    };
    // "the largest number of rooms": what the column counts.
    let head = |at: usize| {
        let word = lower(look.word(at));
        word.len() > 2
            && grid.column_heads.iter().any(|h| h.split(|c: char| !c.is_alphanumeric()).any(|w| lower(w) == word))
    };
    (from..sentence.end).all(|i| {
        if !matches!(look.word(i), "of" | "among" | "in" | "for" | "outside" | "after" | "behind" | "except" | "apart")
            || member.contains(&i)
        {
            return true;
        }
        let next = i + 1;
        let article = next + usize::from(matches!(look.word(next), "the" | "these" | "all"));
        next == member.start
            || article == member.start
            || matches!(look.word(next), "all" | "any" | "them")
            || counts(article)
            || counts(article + 1)
            || head(next)
            || head(article)
    })
}

/// The column that a superlative speaks of.
fn column(
    context: &Context<'_>,
    look: &Look<'_>,
    sentence: &Range<usize>,
    said: &Superlative<'_>,
    grid: &Grid,
    rows: &[usize],
) -> Option<usize> {
    let full = |&c: &usize| rows.iter().all(|&r| grid.cell(r, c).number().is_some_and(|n| !n.year_like));
    let columns: Vec<usize> = (grid.label_columns..grid.columns()).filter(full).collect();
    let only = |found: Vec<usize>| if let [one] = found.as_slice() { Some(*one) } else { None };
    if said.measure != "any" {
        let set = format!("measure.{}", said.measure);
        let of = |&&c: &&usize| {
            let head = lower(&grid.column_heads[c]);
            head.split(|ch: char| !ch.is_alphanumeric()).any(|w| context.lexicon.is_in(&set, w))
        };
        return only(columns.iter().filter(of).copied().collect());
    }
    let keys: Vec<CompactString> =
        content_words(&look.view, look.lexicon, sentence.clone()).into_iter().map(|(_, k)| k).collect();
    let named = |&&c: &&usize| {
        let heads = (0..grid.head_rows).filter_map(|r| grid.cell(r, c).block).flat_map(|id| {
            let head = context.view(id);
            content_words(&head, context.lexicon, 0..head.layer.tokens.len())
        });
        heads.into_iter().any(|(_, key)| keys.contains(&key))
    };
    let found: Vec<usize> = columns.iter().filter(named).copied().collect();
    if found.is_empty() && columns.len() == 1 && grid.columns() == grid.label_columns + 1 {
        return columns.first().copied();
    }
    only(found)
}
