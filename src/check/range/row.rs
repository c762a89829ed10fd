//! The least, the usual and the greatest value of one row: "| Option | Min | Default | Max |".

use crate::check::{Finding, Place};
use crate::claim::{Claim, Value};
use crate::span::FileId;
use crate::value::{Decimal, Hedge, Quantity};
use std::collections::BTreeMap;

/// Heads of columns for the least value.
const LEAST: [&str; 7] = ["least", "lower limit", "lowest", "min", "minimum", "minimum value", "smallest"];

/// Heads of columns for a value between the two others.
const BETWEEN: [&str; 9] =
    ["average", "default", "default value", "mean", "median", "middle", "preset", "recommended", "typical"];

/// Heads of columns for the greatest value.
const GREATEST: [&str; 8] =
    ["greatest", "highest", "largest", "max", "maximum", "maximum value", "most", "upper limit"];

/// Rows of a table that are out of order from which on its heads mean something else.
const MANY: usize = 2;

/// Where the value of a cell stands among those of its row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    Least,
    Between,
    Greatest,
}

/// The rank that the head of a column gives, its unit in brackets aside.
fn rank(head: &str) -> Option<Rank> {
    let head = head.split(['(', '[', ',']).next().unwrap_or_default();
    let head = head.trim().trim_end_matches('.').to_lowercase();
    let among = |list: &[&str]| list.contains(&head.as_str());
    if among(&LEAST) {
        Some(Rank::Least)
    } else if among(&GREATEST) {
        Some(Rank::Greatest)
    } else {
        among(&BETWEEN).then_some(Rank::Between)
    }
}

/// The ranked cells of a row.
type Row<'a> = Vec<(Rank, &'a Claim, &'a Quantity)>;

/// Appends a finding for each row in which a value is below the one that is called less.
pub(super) fn check(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut tables: BTreeMap<(FileId, u32), BTreeMap<u32, Row<'_>>> = BTreeMap::new();
    for &claim in claims {
        let (Value::Quantity(quantity), Some(axes)) = (&claim.value, claim.axes.as_deref()) else { continue };
        if quantity.hedge != Hedge::None || quantity.amount.range {
            continue;
        }
        if let Some(rank) = rank(&axes.column_wording) {
            let rows = tables.entry((claim.at.file, axes.table)).or_default();
            rows.entry(axes.row).or_default().push((rank, claim, quantity));
        }
    }
    for rows in tables.values() {
        let odd: Vec<Finding> = rows.values().filter_map(|row| out_of_order(row)).collect();
        // "0" and "-1" often stand for no limit at all; where many rows do not fit, the heads mean something else.
        if odd.len() <= MANY && odd.len() < rows.len().max(2) {
            found.extend(odd);
        }
    }
}

/// The first pair of a row of which the value that should be less is greater.
fn out_of_order(row: &Row<'_>) -> Option<Finding> {
    let unlimited = |q: &Quantity| q.value() <= Decimal::ZERO;
    for &(low, first, x) in row {
        for &(high, second, y) in row {
            let comparable = low < high && x.unit.dimension == y.unit.dimension && !unlimited(x) && !unlimited(y);
            if !comparable || x.base()? <= y.base()? {
                continue;
            }
            let head = |claim: &Claim| {
                claim.axes.as_deref().map_or(String::new(), |a| a.column_wording.to_lowercase().to_string())
            };
            let but = format!("{} is {}, less than {} {}", head(second), second.text, head(first), first.text);
            let place = |claim: &Claim| Place { at: claim.at, within: claim.within, label: head(claim) };
            return Some(Finding {
                places: vec![place(second), place(first)],
                variables: vec![
                    ("said", first.subject.wording.to_string()),
                    ("cue", head(first)),
                    ("first", first.text.to_string()),
                    ("second", second.text.to_string()),
                    ("but", but),
                ],
                notes: Vec::new(),
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Rank, rank};

    #[test]
    fn reads_ranks_of_heads() {
        assert_eq!(rank("Min."), Some(Rank::Least));
        assert_eq!(rank("Default (s)"), Some(Rank::Between));
        assert_eq!(rank("Maximum"), Some(Rank::Greatest));
        assert_eq!(rank("Max. load of the bridge"), None);
    }
}
