//! A number in running text against the column of a table that has no total row: "we looked at 61 bridges" above a
//! table whose bridges add up to 51.
//!
//! A table may list only some of them. So the number has to be nearly the sum: one digit away, or a twentieth.

use crate::check::{Finding, Place};
use crate::claim::{Axes, Claim, Origin, Value, is_year, plain_cues};
use crate::span::FileId;
use crate::value::{Decimal, Quantity, format_like};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Shorter columns are no list; longer ones are data.
const ROWS: std::ops::RangeInclusive<usize> = 3..=60;
/// A noun with more numbers in running text is too common to compare.
const CROWD: usize = 12;

/// A cell with its place in the table.
type Cell<'a> = (&'a Claim, &'a Axes, &'a Quantity);

/// Appends a finding for every number that nearly is the sum of a column.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut tables: BTreeMap<(FileId, u32), Vec<Cell<'_>>> = BTreeMap::new();
    let mut told: FxHashMap<(FileId, &str), Vec<&Claim>> = FxHashMap::default();
    for &claim in claims {
        let Value::Quantity(quantity) = &claim.value else { continue };
        if let Some(axes) = claim.axes.as_deref() {
            tables.entry((claim.at.file, axes.table)).or_default().push((claim, axes, quantity));
        } else if let Some(frame) = claim.frame.as_deref().filter(|_| claim.origin == Origin::Prose) {
            let name = if quantity.unit.is_count() { frame.head.as_str() } else { quantity.unit.dimension.as_str() };
            told.entry((claim.at.file, name)).or_default().push(claim);
        }
    }
    let mut sums: Vec<(FileId, &str, Decimal, Vec<Cell<'_>>)> = Vec::new();
    for ((file, _), cells) in tables {
        let mut columns: BTreeMap<u32, Vec<Cell<'_>>> = BTreeMap::new();
        let rows = cells.chunk_by(|a, b| a.1.row == b.1.row).count();
        for &cell in &cells {
            columns.entry(cell.1.column).or_default().push(cell);
        }
        for column in columns.into_values().filter(|c| c.len() == rows) {
            if let Some(sum) = sum(&column) {
                let (_, axes, quantity) = column[0];
                let name =
                    if quantity.unit.is_count() { axes.column_keys.last() } else { Some(&quantity.unit.dimension) };
                sums.extend(name.map(|n| (file, n.as_str(), sum, column.clone())));
            }
        }
    }
    for (i, (file, name, sum, column)) in sums.iter().enumerate() {
        // One noun at the head of two columns counts two things.
        let twice = sums.iter().enumerate().any(|(j, (f, n, ..))| j != i && f == file && n == name);
        let Some(list) = told.get(&(*file, *name)).filter(|l| !twice && l.len() <= CROWD) else { continue };
        let value = |c: &Claim| match &c.value {
            Value::Quantity(q) => q.amount.low,
            _ => Decimal::ZERO,
        };
        let mut near = list.iter().filter(|c| is_whole(c, column, *sum));
        let (Some(&whole), None) = (near.next(), near.next()) else { continue };
        if !list.iter().any(|c| value(c) == *sum) {
            found.push(finding(whole, *sum, column));
        }
    }
}

/// The sum of a column of whole numbers of one unit, none of which is a total or a year.
fn sum(column: &[Cell<'_>]) -> Option<Decimal> {
    let (_, axes, first) = column[0];
    let plain = |&&(claim, axes, q): &&Cell<'_>| {
        // What there was in each year does not add up.
        let part = axes.row_words.iter().any(|w| is_year(w))
            || axes.row_words.iter().any(|w| matches!(w.as_str(), "total" | "all" | "sum" | "average" | "mean"));
        !axes.total
            && !part
            && claim.at.file == column[0].0.at.file
            && q.unit == first.unit
            && q.amount.step == Decimal::ONE
    };
    let timed = axes.column_words.iter().any(|w| is_year(w));
    if !ROWS.contains(&column.len()) || timed || first.unit.is_percent() || !column.iter().all(|c| plain(&c)) {
        return None;
    }
    column.iter().try_fold(Decimal::ZERO, |sum, (_, _, q)| sum.checked_add(q.amount.low))
}

/// Whether a number can be meant to be the sum, and is not.
fn is_whole(claim: &Claim, column: &[Cell<'_>], sum: Decimal) -> bool {
    let Value::Quantity(quantity) = &claim.value else { return false };
    let (_, axes, first) = column[0];
    let most = column.iter().map(|(_, _, q)| q.amount.low).max().unwrap_or_default();
    let value = quantity.amount.low;
    let known = |w: &str| {
        let said = |list: &[compact_str::CompactString]| list.iter().any(|x| x == w);
        said(&axes.caption_words) || said(&axes.column_words) || said(&axes.caption_keys)
    };
    let around = claim.frame.as_deref().is_some_and(|f| f.words.iter().any(|w| axes.caption_keys.contains(&w.key)));
    let named = quantity.unit.is_count() || around;
    quantity.is_plain()
        && quantity.unit == first.unit
        && plain_cues(claim)
        && named
        && claim.subject.modifiers.iter().all(|m| known(m))
        && claim.subject.entities.iter().all(|e| known(e))
        && claim.scope.times.iter().all(|t| known(t))
        && value > most
        && value != sum
        && is_near(value, sum)
}

/// Whether two numbers are a digit, two exchanged digits or a twentieth apart.
fn is_near(value: Decimal, sum: Decimal) -> bool {
    let digits = |d: Decimal| d.normalize().to_string().into_bytes();
    let (mut a, mut b) = (digits(value), digits(sum));
    if a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1 && a.len() > 1 {
        return true;
    }
    a.sort_unstable();
    b.sort_unstable();
    let twentieth = sum.checked_div(Decimal::from(20));
    a == b || twentieth.is_some_and(|t| (value - sum).abs() <= t)
}

fn finding(whole: &Claim, sum: Decimal, column: &[Cell<'_>]) -> Finding {
    let shown = format_like(sum, &whole.text);
    let mut places = vec![Place { at: whole.at, within: whole.within, label: format!("but {shown} in the table") }];
    places.extend(column.iter().map(|(c, _, _)| Place { at: c.at, within: c.within, label: String::new() }));
    let subject = whole.subject.wording.split_whitespace().collect::<Vec<_>>().join(" ");
    Finding {
        places,
        variables: vec![("subject", subject), ("whole", whole.text.to_string()), ("sum", shown)],
        notes: vec!["the table has no row for the total".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_sums_that_are_a_slip_away() {
        for (value, sum) in [(61, 51), (312, 321), (1180, 1200)] {
            assert!(is_near(value.into(), sum.into()), "{value} {sum}");
        }
    }

    #[test]
    fn ignores_sums_of_other_things() {
        for (value, sum) in [(61, 40), (7, 5), (900, 1200)] {
            assert!(!is_near(value.into(), sum.into()), "{value} {sum}");
        }
    }
}
