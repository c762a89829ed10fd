//! Columns of a table that are worked out from others: shares of a total, shares of another column, changes
//! between two columns, quotients.
//!
//! The heads seldom say from which columns a percentage comes. The rows do: a relation that holds in nearly all
//! rows is meant in all of them, and the row where it fails has a slip.

use crate::annotate::{phrase_at, phrases_at};
use crate::claim::context::Context;
use crate::claim::grid::{CellNumber, Grid, grid};
use crate::claim::{Claim, ClaimKind, Operand, Origin, Relation, Scope, Status, Subject, Value};
use crate::value::{Decimal, Quantity};

/// Wider tables are data.
const COLUMNS: usize = 24;
/// Most other columns among which two are looked for that make a product.
const FACTORS: usize = 8;
/// Longer tables are data.
const ROWS: usize = 2000;

/// How a column follows from two others, or from one and its total.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rule {
    /// The first as a share of its own total.
    OfTotal { part: usize, total: usize },
    /// The first as a share of the second.
    OfColumn { part: usize, whole: usize },
    /// The change from the first to the second.
    Change { start: usize, end: usize },
    /// The first divided by the second.
    Quotient { total: usize, count: usize },
    /// The first times the second.
    Product { count: usize, each: usize },
}

/// Reads the columns of all tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        if table.rows.len() < 4 || table.rows.len() > ROWS || !(3..=COLUMNS).contains(&columns) {
            continue;
        }
        let grid = grid(context, index);
        let reader = Reader { context, grid: &grid };
        for column in grid.label_columns..grid.columns() {
            reader.column(column, out);
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    grid: &'a Grid,
}

impl Reader<'_> {
    fn number(&self, row: usize, column: usize) -> Option<&CellNumber> {
        self.grid.cell(row, column).number().filter(|n| !n.year_like || self.grid.rows() > self.grid.head_rows + 1)
    }

    /// Whether a column holds nothing but years, which are no factors: the rows of a data file.
    fn is_years(&self, column: usize) -> bool {
        let mut numbers = self.rows().filter_map(|r| self.grid.cell(r, column).number()).peekable();
        numbers.peek().is_some() && numbers.all(|n| n.year_like)
    }

    fn quantity(&self, row: usize, column: usize) -> Option<Quantity> {
        Some(self.grid.quantity(column, self.number(row, column)?))
    }

    fn rows(&self) -> std::ops::Range<usize> {
        self.grid.head_rows..self.grid.rows()
    }

    fn is_share(&self, column: usize) -> bool {
        let mut numbers = self.rows().filter_map(|r| self.quantity(r, column)).peekable();
        numbers.peek().is_some() && numbers.all(|q| q.unit.is_percent())
    }

    /// Whether the label of a row calls it a total.
    fn is_total(&self, row: usize) -> bool {
        let Some(block) = self.grid.row_label_blocks[row] else { return false };
        let view = self.context.view(block);
        let tokens = &view.layer.tokens;
        phrases_at(self.context.lexicon, view.text, tokens, 0)
            .any(|(set, n)| set == "table.total" || set == "table.all" && n == tokens.len())
    }

    /// Whether the label of a row speaks of a rate, a share or an average.
    fn is_rate(&self, row: usize) -> bool {
        let Some(block) = self.grid.row_label_blocks[row] else { return false };
        let view = self.context.view(block);
        let tokens = &view.layer.tokens;
        view.text.contains('%')
            || (0..tokens.len()).any(|i| phrase_at(self.context.lexicon, "table.rate", view.text, tokens, i).is_some())
    }

    /// Whether the head of a column speaks of a rate, a price or an average.
    fn is_quotient(&self, column: usize) -> bool {
        let heads = (0..self.grid.head_rows).filter_map(|row| self.grid.cell(row, column).block);
        heads.map(|id| self.context.view(id)).any(|view| {
            let tokens = &view.layer.tokens;
            (0..tokens.len()).any(|i| phrase_at(self.context.lexicon, "table.rate", view.text, tokens, i).is_some())
        })
    }

    /// Whether the head of a column speaks of a change.
    fn is_change(&self, column: usize) -> bool {
        let heads = (0..self.grid.head_rows).filter_map(|row| self.grid.cell(row, column).block);
        heads.map(|id| self.context.view(id)).any(|view| {
            let tokens = &view.layer.tokens;
            (0..tokens.len()).any(|i| {
                phrases_at(self.context.lexicon, view.text, tokens, i)
                    .any(|(set, _)| matches!(set, "order.change" | "order.up" | "order.down"))
            })
        })
    }

    /// Whether the number of a row is the sum of all others of its column.
    fn is_sum(&self, column: usize, total: usize) -> bool {
        let mut sum = Decimal::ZERO;
        for row in self.rows().filter(|&r| r != total) {
            let Some(added) = self.number(row, column).and_then(|n| sum.checked_add(n.value)) else { return false };
            sum = added;
        }
        self.number(total, column).is_some_and(|n| n.value == sum)
    }

    /// Tries all rules for a column; notes the rows of the one that the table bears out.
    fn column(&self, column: usize, out: &mut Vec<Claim>) {
        let others: Vec<usize> =
            (self.grid.label_columns..self.grid.columns()).filter(|&c| c != column && !self.is_years(c)).collect();
        let mut rules: Vec<Rule> = Vec::new();
        if self.is_share(column) {
            let amounts: Vec<usize> = others.iter().copied().filter(|&c| !self.is_share(c)).collect();
            for &part in &amounts {
                rules.extend(
                    self.rows().filter(|&r| self.is_total(r)).take(3).map(|total| Rule::OfTotal { part, total }),
                );
                for &other in amounts.iter().filter(|&&o| o != part) {
                    rules.push(Rule::OfColumn { part, whole: other });
                    rules.push(Rule::Change { start: part, end: other });
                }
            }
        } else if self.is_quotient(column) {
            for &total in &others {
                for &count in others.iter().filter(|&&o| o != total && !self.is_share(o) && !self.is_share(total)) {
                    rules.push(Rule::Quotient { total, count });
                }
            }
        } else if others.len() <= FACTORS {
            // A price beside them is looked at as a quotient.
            let amounts: Vec<usize> =
                others.iter().copied().filter(|&c| !self.is_share(c) && !self.is_quotient(c)).collect();
            for (i, &count) in amounts.iter().enumerate() {
                rules.extend(amounts[i + 1..].iter().map(|&each| Rule::Product { count, each }));
            }
        }
        let best = rules
            .into_iter()
            .filter_map(|rule| {
                let (fits, misses) = self.tried(column, rule);
                let few = !matches!(rule, Rule::Product { .. }) || misses.len() == 1;
                // "Change" at the head says what two rows are enough to bear out.
                let few_do = match rule {
                    Rule::Change { .. } => self.is_change(column),
                    Rule::OfTotal { part, total } => self.is_sum(part, total),
                    _ => false,
                };
                let least = if few_do { 2 } else { 3 };
                let few = few && (fits >= 3 || misses.len() == 1);
                let borne_out = fits >= least
                    && (misses.len() * 3 <= fits || fits == least && misses.len() == 1)
                    && !misses.is_empty()
                    && few;
                borne_out.then_some((fits, rule, misses))
            })
            .max_by_key(|(fits, _, misses)| (*fits, std::cmp::Reverse(misses.len())));
        let Some((_, rule, misses)) = best else { return };
        for row in misses {
            out.extend(self.claim(row, column, rule));
        }
    }

    /// In how many rows a rule holds, and the rows in which it does not.
    fn tried(&self, column: usize, rule: Rule) -> (usize, Vec<usize>) {
        let (mut fits, mut misses) = (0, Vec::new());
        for row in self.rows() {
            match self.holds(row, column, rule) {
                Some(true) => fits += 1,
                Some(false) => misses.push(row),
                None => {}
            }
        }
        (fits, misses)
    }

    /// The numbers that a rule takes in a row.
    fn operands(&self, row: usize, rule: Rule) -> Option<[(usize, usize); 2]> {
        Some(match rule {
            Rule::OfTotal { total, .. } if row == total => return None,
            Rule::OfTotal { part, total } => [(row, part), (total, part)],
            Rule::OfColumn { part, whole } => [(row, part), (row, whole)],
            Rule::Change { start, end } => [(row, start), (row, end)],
            Rule::Quotient { total, count } => [(row, total), (row, count)],
            Rule::Product { count, each } => [(row, count), (row, each)],
        })
    }

    /// Whether a rule holds in a row; `None` when the row has nothing to say.
    fn holds(&self, row: usize, column: usize, rule: Rule) -> Option<bool> {
        let stated = self.quantity(row, column)?;
        // The change of a rate is given in points.
        if matches!(rule, Rule::Change { .. }) && self.is_rate(row) {
            return None;
        }
        let [(r, c), (s, d)] = self.operands(row, rule)?;
        let (a, b) = (self.quantity(r, c)?, self.quantity(s, d)?);
        if a.value() <= Decimal::ZERO || b.value() <= Decimal::ZERO {
            // Nothing times anything is nothing.
            let product = matches!(rule, Rule::Product { .. });
            return (product && !stated.value().is_zero()).then_some(false);
        }
        let half = |q: &Quantity| q.amount.step.checked_div(Decimal::TWO);
        let counted = |q: &Quantity| q.unit.is_count() && q.amount.step == Decimal::ONE;
        let slack = |q: &Quantity| if counted(q) { Some(Decimal::ZERO) } else { half(q) };
        let (low_a, high_a) = (a.value().checked_sub(slack(&a)?)?, a.value().checked_add(slack(&a)?)?);
        let (low_b, high_b) = (b.value().checked_sub(slack(&b)?)?, b.value().checked_add(slack(&b)?)?);
        if low_a <= Decimal::ZERO || low_b <= Decimal::ZERO {
            return None;
        }
        let hundred = |x: Decimal, y: Decimal| x.checked_div(y)?.checked_mul(Decimal::ONE_HUNDRED);
        let (low, high) = match rule {
            Rule::OfTotal { .. } | Rule::OfColumn { .. } => (hundred(low_a, high_b)?, hundred(high_a, low_b)?),
            Rule::Change { .. } => (
                hundred(low_b, high_a)?.checked_sub(Decimal::ONE_HUNDRED)?,
                hundred(high_b, low_a)?.checked_sub(Decimal::ONE_HUNDRED)?,
            ),
            Rule::Quotient { .. } => (low_a.checked_div(high_b)?, high_a.checked_div(low_b)?),
            // Once anything is anything.
            Rule::Product { .. } if a.value() == Decimal::ONE || b.value() == Decimal::ONE => return None,
            Rule::Product { .. } => (low_a.checked_mul(low_b)?, high_a.checked_mul(high_b)?),
        };
        let value = stated.value();
        // Nothing is borne out by a number that everything agrees with.
        if high.checked_sub(low)? > value.abs().max(Decimal::ONE) {
            return None;
        }
        // Rounded or cut off.
        let margin = stated.amount.step.checked_mul(Decimal::new(6, 1))?;
        let fits = low <= value.checked_add(margin)? && high >= value.checked_sub(margin)?;
        let opposite = matches!(rule, Rule::Change { .. })
            && low <= margin.checked_sub(value)?
            && high >= (-value).checked_sub(margin)?;
        let cut = stated.amount.step;
        let near = low <= value.checked_add(cut)? && high >= value.checked_sub(cut)?;
        if !fits && (opposite || near) { None } else { Some(fits) }
    }

    fn claim(&self, row: usize, column: usize, rule: Rule) -> Option<Claim> {
        let [(r, c), (s, d)] = self.operands(row, rule)?;
        let mut stated = self.operand(row, column)?;
        let (relation, others) = match rule {
            Rule::OfTotal { .. } | Rule::OfColumn { .. } => {
                (Relation::Share, vec![self.operand(r, c)?, self.operand(s, d)?])
            }
            Rule::Change { .. } => {
                let others = vec![self.operand(r, c)?, self.operand(s, d)?];
                let falls = others[1].quantity.value() < others[0].quantity.value();
                (if falls { Relation::Fall } else { Relation::Growth }, others)
            }
            Rule::Quotient { .. } => (Relation::Quotient, vec![self.operand(r, c)?, self.operand(s, d)?]),
            Rule::Product { .. } => (Relation::Product, vec![self.operand(r, c)?, self.operand(s, d)?]),
        };
        if relation == Relation::Fall {
            let amount = &mut stated.quantity.amount;
            (amount.low, amount.high) = (-amount.high, -amount.low);
        }
        let cell = self.grid.cell(row, column).block?;
        let block = self.context.document.block(cell);
        Some(Claim {
            kind: ClaimKind::Percentage,
            subject: Subject { wording: self.grid.row_labels[row].clone(), ..Subject::default() },
            predicate: Default::default(),
            scope: Scope::default(),
            status: Status::Actual,
            text: stated.text.clone(),
            at: stated.at,
            value: Value::Percentage { relation, stated, others },
            within: block.text.whole(),
            block: cell,
            sentence: 0,
            list: None,
            origin: Origin::Cell,
            axes: None,
            frame: None,
            by: "percentage",
        })
    }

    fn operand(&self, row: usize, column: usize) -> Option<Operand> {
        let number = self.number(row, column)?;
        let block = self.grid.cell(row, column).block?;
        let text = &self.context.document.block(block).text.string;
        let mut quantity = self.grid.quantity(column, number);
        // Amounts of one table are in units that cancel.
        if !quantity.unit.is_percent() {
            let rounded = !quantity.unit.is_count();
            quantity.unit = crate::value::Unit::count();
            if rounded {
                quantity.unit.dimension = "amount".into();
            }
        }
        Some(Operand {
            at: self.grid.place(self.context, row, column)?,
            text: text[number.bytes.clone()].trim().into(),
            name: self.grid.row_labels[row].clone(),
            quantity,
        })
    }
}
