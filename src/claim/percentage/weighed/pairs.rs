//! The numbers that a stated share may have been worked out from.

use crate::claim::figures::{Figure, Run};
use crate::claim::{Operand, Relation};
use crate::value::{Decimal, Quantity, Unit, operand_bounds, percent_worth, share_bounds};
use rust_decimal::prelude::ToPrimitive;

/// Most sentences between a share and a number that it follows from.
const SENTENCES: usize = 3;
/// Most blocks between them.
const BLOCKS: usize = 1;
/// How many numbers on either side of a share are looked at.
const CROWD: usize = 9;

/// Two numbers that a share may follow from, as places among the figures of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) relation: Relation,
    /// The share.
    pub(super) share: usize,
    /// The part, or the value that was before.
    pub(super) first: usize,
    /// The whole, or the value that is now.
    pub(super) second: usize,
}

/// Whether a number is a share of something.
pub(super) fn is_share(figure: &Figure<'_>) -> bool {
    let unit = &figure.at.quantity.unit;
    unit.is_percent() || unit.dimension == "fraction"
}

/// The pairs that a share may follow from, whatever they make.
pub(super) fn pairs(run: &Run<'_>, share: usize) -> Vec<Pair> {
    let s = &run.figures[share];
    let near = |&i: &usize| {
        let f = &run.figures[i];
        f.sentence.abs_diff(s.sentence) <= SENTENCES && f.block.abs_diff(s.block) <= BLOCKS
    };
    let fits = |&i: &usize| is_operand(&run.figures[i]);
    let mut reach: Vec<usize> = (0..share).rev().take_while(near).filter(fits).take(CROWD).collect();
    reach.reverse();
    reach.extend((share + 1..run.figures.len()).take_while(near).filter(fits).take(CROWD));
    let mut found = Vec::new();
    for (n, &i) in reach.iter().enumerate() {
        for &j in &reach[n + 1..] {
            let (x, y) = (&run.figures[i], &run.figures[j]);
            let (a, b) = worths(x, y);
            if !is_alike(x, y) || (a - b).abs() < f64::EPSILON * a {
                continue;
            }
            let (less, more) = if a < b { (i, j) } else { (j, i) };
            found.push(Pair { relation: Relation::Share, share, first: less, second: more });
            found.push(Pair { relation: Relation::Growth, share, first: less, second: more });
            found.push(Pair { relation: Relation::Fall, share, first: more, second: less });
        }
    }
    found
}

/// Whether a number can be a part, a whole, or one end of a change.
fn is_operand(figure: &Figure<'_>) -> bool {
    let unit = &figure.at.quantity.unit;
    let ratio = matches!(unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times");
    // One thing is no whole.
    let single = unit.is_count() && figure.worth <= 1.0;
    !ratio && !single && !unit.dimension.starts_with("temperature") && figure.worth > 0.0
}

/// Whether two numbers are of one unit, which one of them may leave out.
fn is_alike(x: &Figure<'_>, y: &Figure<'_>) -> bool {
    let (p, q) = (&x.at.quantity.unit, &y.at.quantity.unit);
    let left_out = |f: &Figure<'_>, u: &Unit| is_bare(f) && !u.is_count() && u.dimension != "time";
    p.dimension == q.dimension || left_out(x, q) || left_out(y, p)
}

/// Whether neither unit nor noun is told.
pub(super) fn is_bare(figure: &Figure<'_>) -> bool {
    figure.at.quantity.unit.is_count() && figure.noun.is_empty()
}

/// What two numbers are worth in one unit.
fn worths(x: &Figure<'_>, y: &Figure<'_>) -> (f64, f64) {
    let factor = |f: &Figure<'_>| f.at.quantity.unit.factor.to_f64().unwrap_or(1.0);
    match (x.at.quantity.unit.is_count(), y.at.quantity.unit.is_count()) {
        (true, false) => (x.worth * factor(y), y.worth),
        (false, true) => (x.worth, y.worth * factor(x)),
        _ => (x.worth, y.worth),
    }
}

/// What a pair makes, in per cent.
pub(super) fn made(run: &Run<'_>, pair: &Pair) -> f64 {
    let (a, b) = worths(&run.figures[pair.first], &run.figures[pair.second]);
    match pair.relation {
        Relation::Share => 100.0 * a / b,
        _ => 100.0 * (b - a).abs() / a,
    }
}

/// Whether a pair makes the share to the last digit that is written.
pub(super) fn is_exact(run: &Run<'_>, pair: &Pair) -> bool {
    let quantity = &run.figures[pair.share].at.quantity;
    let half = quantity.amount.step.to_f64().unwrap_or(0.0) / 2.0;
    quantity.unit.is_percent()
        && quantity.value() >= Decimal::TEN
        && written(run, pair.share).is_some_and(|stated| (made(run, pair) - stated).abs() <= half * (1.0 + 1e-9))
}

/// Whether a pair makes between half of the share and its double.
pub(super) fn is_about(run: &Run<'_>, pair: &Pair) -> bool {
    let made = made(run, pair);
    written(run, pair.share).is_some_and(|stated| stated > 0.0 && made > stated / 2.0 && made < stated * 2.0)
}

/// Whether a pair makes the share, as far as rounding and hedges allow; `None` when it cannot be worked out.
pub(super) fn explains(run: &Run<'_>, pair: &Pair) -> Option<bool> {
    let mut both = [pair.first, pair.second].map(|i| run.figures[i].at.quantity.clone());
    share_unit(&mut both);
    let [a, b] = &both;
    let (x, y) = if pair.relation == Relation::Share { (None, None) } else { (Some(b), Some(a)) };
    let ((low_a, high_a), (low_b, high_b)) = (operand_bounds(a, x)?, operand_bounds(b, y)?);
    if low_a <= Decimal::ZERO || low_b <= Decimal::ZERO {
        return None;
    }
    let stated = &run.figures[pair.share].at.quantity;
    let (least, most) = share_bounds(stated)?;
    let within = |low: Decimal, high: Decimal| low <= most && high >= least;
    let hundred = Decimal::ONE_HUNDRED;
    let hundredfold = |x: Decimal, y: Decimal| x.checked_div(y)?.checked_mul(hundred);
    Some(match pair.relation {
        Relation::Share => {
            // "a decrease of 9,688, or 9.4 per cent, to 93,662": of what it was.
            let before = |whole: Decimal| (whole > Decimal::ZERO).then(|| hundredfold(a.base()?, whole)).flatten();
            let was = [b.base()?.checked_add(a.base()?)?, b.base()?.checked_sub(a.base()?)?];
            within(hundredfold(low_a, high_b)?, hundredfold(high_a, low_b)?)
                || was.into_iter().filter_map(before).any(|share| within(share, share))
        }
        Relation::Growth => {
            within(hundredfold(low_b, high_a)?.checked_sub(hundred)?, hundredfold(high_b, low_a)?.checked_sub(hundred)?)
        }
        _ => {
            within(hundred.checked_sub(hundredfold(high_b, low_a)?)?, hundred.checked_sub(hundredfold(low_b, high_a)?)?)
        }
    })
}

/// Gives a number without unit that of the other.
fn share_unit(both: &mut [Quantity; 2]) {
    let [a, b] = both;
    if a.unit.is_count() && !b.unit.is_count() {
        a.unit = b.unit.clone();
    } else if b.unit.is_count() && !a.unit.is_count() {
        b.unit = a.unit.clone();
    }
}

/// The two numbers of a claim, in one unit.
pub(super) fn operands(first: Operand, second: Operand) -> Vec<Operand> {
    let mut both = [first.quantity, second.quantity];
    share_unit(&mut both);
    let [a, b] = both;
    vec![Operand { quantity: a, ..first }, Operand { quantity: b, ..second }]
}

/// What a share says, in per cent.
pub(super) fn written(run: &Run<'_>, share: usize) -> Option<f64> {
    percent_worth(&run.figures[share].at.quantity)?.to_f64()
}
