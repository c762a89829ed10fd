//! Columns that follow from others by taking away or by adding on: a balance, what is outstanding, a running total.
//!
//! The rows bear a relation out: where it holds in nearly all of them, the row in which it fails has a slip.

use super::lines::{CellAt, Orientation};
use super::operand;
use crate::annotate::phrase_at;
use crate::claim::grid::{Content, Grid};
use crate::claim::{Claim, ClaimKind, Context, Origin, Scope, Status, Subject, Value};
use crate::value::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Wider tables are data.
const COLUMNS: usize = 16;
/// Longer tables are data.
const ROWS: usize = 400;
/// How sure a claim is, see [`Value::Total`].
const STRENGTH: u8 = 5;

/// How a cell of a column follows from others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rule {
    /// The first less the second, in one row.
    Less { from: usize, minus: usize },
    /// The cell above and the first: a running total.
    Running { of: usize },
    /// The cell above and the first, less the second: an account.
    Account { plus: usize, minus: usize },
}

/// Reads the columns of one table.
pub(super) fn extract(context: &Context<'_>, grid: &Grid, out: &mut Vec<Claim>) {
    let columns = grid.label_columns..grid.columns();
    if !(2..=COLUMNS).contains(&columns.len()) || grid.rows() > ROWS || grid.rows() < grid.head_rows + 4 {
        return;
    }
    for column in columns.clone() {
        let others = || columns.clone().filter(move |&c| c != column && is_amounts(grid, c));
        if !is_amounts(grid, column) {
            continue;
        }
        let mut rules: Vec<Rule> = Vec::new();
        for a in others() {
            rules.push(Rule::Running { of: a });
            for b in others().filter(|&b| b != a) {
                rules.push(Rule::Less { from: a, minus: b });
                rules.push(Rule::Account { plus: a, minus: b });
            }
        }
        // With many rules to try, small numbers fit one of them by chance.
        let chance = (rules.len().max(1) as f64).log2();
        let best = rules
            .into_iter()
            .filter_map(|rule| {
                let (fits, bits, misses) = tried(grid, column, rule);
                // A slip in a running total shows in the row below too.
                let most = if matches!(rule, Rule::Less { .. }) { 1 } else { 2 };
                let adjoining = misses.len() < 2 || misses[1] == misses[0] + 1;
                let set = if matches!(rule, Rule::Less { .. }) { "table.result" } else { "table.running" };
                let (enough, evidence) = if says(context, grid, column, set) { (2, 6.0) } else { (3, 14.0) };
                let borne_out = fits >= enough
                    && bits - chance >= evidence
                    && !misses.is_empty()
                    && misses.len() <= most
                    && adjoining;
                borne_out.then_some((fits, rule, misses))
            })
            .max_by_key(|(fits, _, misses)| (*fits, std::cmp::Reverse(misses.len())));
        if let Some((_, rule, misses)) = best {
            out.extend(claim(context, grid, column, rule, misses[0]));
        }
    }
}

/// Whether the head of a column has a phrase of a set.
fn says(context: &Context<'_>, grid: &Grid, column: usize, set: &str) -> bool {
    (0..grid.head_rows).filter_map(|row| grid.cell(row, column).block).any(|id| {
        let view = context.view(id);
        let tokens = &view.layer.tokens;
        (0..tokens.len()).any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    })
}

/// Whether a column holds amounts, and no shares.
fn is_amounts(grid: &Grid, column: usize) -> bool {
    let numbers: Vec<_> = (grid.head_rows..grid.rows()).filter_map(|r| grid.cell(r, column).number()).collect();
    numbers.len() >= 3
        && numbers.iter().all(|n| !n.unit.is_percent())
        && numbers.iter().any(|n| !n.year_like)
        && !grid.column_units[column].as_ref().is_some_and(crate::value::Unit::is_percent)
        && !grid.column_own_heads[column].contains('%')
}

/// The number of a cell with the worth of its last digit; a dash is nothing.
fn value(grid: &Grid, row: usize, column: usize) -> Option<(Decimal, Decimal)> {
    match &grid.cell(row, column).content {
        Content::Number(n) => Some((n.value.checked_mul(n.scale)?, n.step.checked_mul(n.scale)?)),
        Content::Nil => Some((Decimal::ZERO, Decimal::ZERO)),
        _ => None,
    }
}

/// The cells that a rule adds up in a row, those taken away with `true`.
fn terms(grid: &Grid, column: usize, rule: Rule, row: usize) -> Option<Vec<(CellAt, bool)>> {
    let at = |row: usize, column: usize| CellAt { row, column };
    let above = || row.checked_sub(1).filter(|&r| r >= grid.head_rows).map(|r| at(r, column));
    Some(match rule {
        Rule::Less { from, minus } => vec![(at(row, from), false), (at(row, minus), true)],
        Rule::Running { of } => vec![(above()?, false), (at(row, of), false)],
        Rule::Account { plus, minus } => vec![(above()?, false), (at(row, plus), false), (at(row, minus), true)],
    })
}

/// In how many rows a rule holds and says something, how unlikely that is in bits, and the rows in which it does not
/// hold.
fn tried(grid: &Grid, column: usize, rule: Rule) -> (usize, f64, Vec<usize>) {
    let (mut fits, mut bits, mut misses) = (0, 0.0, Vec::new());
    for row in grid.head_rows..grid.rows() {
        let Some(terms) = terms(grid, column, rule, row) else { continue };
        let Some((stated, step)) = value(grid, row, column) else { continue };
        let mut sum = Some(Decimal::ZERO);
        let mut slack = step;
        let mut telling = !stated.is_zero();
        for (cell, minus) in &terms {
            let Some((v, s)) = value(grid, cell.row, cell.column) else {
                sum = None;
                break;
            };
            telling &= !v.is_zero();
            slack = slack.saturating_add(s);
            sum = sum.and_then(|sum| if *minus { sum.checked_sub(v) } else { sum.checked_add(v) });
        }
        let Some(off) = sum.and_then(|sum| sum.checked_sub(stated)) else { continue };
        if off.abs().saturating_mul(Decimal::TWO) <= slack {
            if telling && off.is_zero() {
                fits += 1;
                // A number of this size would fit by chance once in so many.
                let digits = if step.is_zero() { None } else { stated.abs().checked_div(step) };
                bits += digits.and_then(|d| d.to_f64()).map_or(0.0, |d| (d + 1.0).log2());
            }
        } else {
            misses.push(row);
        }
    }
    (fits, bits, misses)
}

fn claim(context: &Context<'_>, grid: &Grid, column: usize, rule: Rule, row: usize) -> Option<Claim> {
    let cell = |at: CellAt, minus: bool| operand(context, grid, Orientation::Columns, at, minus);
    let whole = cell(CellAt { row, column }, false)?;
    let parts: Option<Vec<_>> =
        terms(grid, column, rule, row)?.into_iter().map(|(at, minus)| cell(at, minus)).collect();
    let block = grid.cell(row, column).block?;
    let (label, head) = (&grid.row_labels[row], &grid.column_heads[column]);
    let wording = match (label.is_empty(), head.is_empty()) {
        (false, false) => format!("{label}, {head}").into(),
        (false, true) => label.clone(),
        (true, _) => head.clone(),
    };
    Some(Claim {
        kind: ClaimKind::ColumnTotal,
        subject: Subject { wording, ..Subject::default() },
        predicate: Default::default(),
        scope: Scope::default(),
        status: Status::Actual,
        text: whole.text.clone(),
        at: whole.at,
        value: Value::Total {
            whole,
            readings: vec![parts?],
            strength: STRENGTH,
            exact: false,
            support: 0,
            culprit: None,
            also: Vec::new(),
        },
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
