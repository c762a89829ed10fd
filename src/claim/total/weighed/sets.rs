//! The numbers that may be a whole and its parts.

use crate::claim::figures::{Figure, Neighbour, Run};
use crate::value::{Decimal, Hedge};
use rust_decimal::prelude::ToPrimitive;

/// Most sentences between a whole and its parts.
const SENTENCES: usize = 8;
/// Most blocks between them.
const BLOCKS: usize = 2;
/// The same where the parts are items of a list.
const LIST_SENTENCES: usize = 24;
const LIST_BLOCKS: usize = 12;
/// How many numbers on either side are looked at.
const CROWD: usize = 10;
/// Most parts.
const PARTS: usize = 6;
/// How far the sum may be from the whole, as a share of it.
const OFF: f64 = 0.25;

/// A whole and its parts, as places among the figures of a run, in order.
pub(super) struct Set {
    pub(super) whole: usize,
    pub(super) parts: Vec<usize>,
    /// Whether they add up, as far as the digits written say.
    pub(super) exact: bool,
}

impl Set {
    /// How many numbers two sets have in common.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let has = |n: usize| other.whole == n || other.parts.contains(&n);
        self.parts.iter().chain([&self.whole]).filter(|&&n| has(n)).count()
    }
}

/// The sets that come near a sum, for one whole.
pub(super) fn sets(run: &Run<'_>, whole: usize) -> Vec<Set> {
    let w = &run.figures[whole];
    let unit = &w.at.quantity.unit;
    let plain = w.at.quantity.hedge == Hedge::None && w.at.quantity.value() > Decimal::TWO;
    if !plain || unit.is_percent() || unit.dimension == "percentage point" {
        return Vec::new();
    }
    let behind = reach(run, whole, true);
    let before = reach(run, whole, false);
    let mut found = Found { run, whole, chosen: Vec::new() };
    for side in [&behind, &before] {
        let plain: Vec<usize> = side.iter().copied().filter(|&i| !is_told_beside(run, w, i)).collect();
        found.stretches(side, false);
        found.stretches(&plain, true);
    }
    // "845 were photographed. Since the store holds 1,260, 415 are left."
    for &p in before.iter().take(2) {
        for n in 1..=2.min(behind.len()) {
            found.add(std::iter::once(&p).chain(&behind[..n]));
        }
    }
    let mut chosen = found.chosen;
    chosen.sort();
    chosen.dedup();
    chosen.into_iter().map(|parts| set(run, whole, parts)).collect()
}

/// The numbers on one side of a whole that may be parts of it, the nearest first.
fn reach(run: &Run<'_>, whole: usize, forward: bool) -> Vec<usize> {
    let w = &run.figures[whole];
    let near = |&i: &usize| {
        let f = &run.figures[i];
        let list = f.list.is_some() && (w.list.is_none() || w.list == f.list);
        f.sentence.abs_diff(w.sentence) <= if list { LIST_SENTENCES } else { SENTENCES }
            && f.block.abs_diff(w.block) <= if list { LIST_BLOCKS } else { BLOCKS }
    };
    let fits = |&i: &usize| is_alike(w, &run.figures[i]);
    if forward {
        (whole + 1..run.figures.len()).take_while(near).filter(fits).take(CROWD).collect()
    } else {
        (0..whole).rev().take_while(near).filter(fits).take(CROWD).collect()
    }
}

/// Whether two numbers are of one unit, which the second may leave out.
fn is_alike(whole: &Figure<'_>, part: &Figure<'_>) -> bool {
    let (w, p) = (&whole.at.quantity, &part.at.quantity);
    let same = w.unit.dimension == p.unit.dimension;
    let left_out = p.unit.is_count() && part.noun.is_empty() && !w.unit.dimension.is_empty();
    // "5.5 litres" is no part of "115 days", nor is any other part of a thing that is counted.
    let counted = w.unit.is_count() && w.value().fract().is_zero();
    let whole_things = !counted || p.value().fract().is_zero();
    (same || left_out) && whole_things && p.hedge == Hedge::None && worth(whole, part) < whole.worth
}

/// What a part is worth in base units, about; in the unit of the whole where it is left out.
fn worth(whole: &Figure<'_>, part: &Figure<'_>) -> f64 {
    let (w, p) = (&whole.at.quantity.unit, &part.at.quantity.unit);
    if p.is_count() && !w.is_count() { part.worth * w.factor.to_f64().unwrap_or(1.0) } else { part.worth }
}

/// The same exactly; `None` on overflow.
pub(super) fn exact_worth(run: &Run<'_>, whole: usize, number: usize) -> Option<Decimal> {
    let (w, n) = (&run.figures[whole].at.quantity, &run.figures[number].at.quantity);
    if n.unit.is_count() { n.value().checked_mul(w.unit.factor) } else { n.base() }
}

/// Whether a number is told beside the others: in brackets, as some of them, to compare with, in a smaller unit; or goes
/// on from such a one: "fifteen lorries, four of them with lifts and two refrigerated".
fn is_told_beside(run: &Run<'_>, whole: &Figure<'_>, number: usize) -> bool {
    let f = &run.figures[number];
    let unit = &f.at.quantity.unit;
    let other_unit = unit.symbol != whole.at.quantity.unit.symbol && !unit.is_count();
    let goes_on = number.checked_sub(1).map(|i| &run.figures[i]).is_some_and(|before| {
        before.sentence == f.sentence && before.near.has("of") && f.noun.is_empty() && f.left == Neighbour::Joint
    });
    f.depth > whole.depth || f.near.has("of") || f.near.has("some") || f.near.has("than") || other_unit || goes_on
}

/// The sets of numbers found to be near the whole.
struct Found<'r, 'a> {
    run: &'r Run<'a>,
    whole: usize,
    chosen: Vec<Vec<usize>>,
}

impl Found<'_, '_> {
    /// Stretches of two to six numbers of a list, near its beginning, with one number inside left out where wanted.
    fn stretches(&mut self, list: &[usize], gaps: bool) {
        for start in 0..list.len().min(4) {
            for n in 2..=PARTS.min(list.len() - start) {
                let stretch = &list[start..start + n];
                self.add(stretch.iter());
                if gaps && n > 2 && start < 2 {
                    for skip in 1..n - 1 {
                        self.add(stretch[..skip].iter().chain(&stretch[skip + 1..]));
                    }
                }
            }
        }
    }

    fn add<'n>(&mut self, parts: impl Iterator<Item = &'n usize> + Clone) {
        let w = &self.run.figures[self.whole];
        let sum: f64 = parts.clone().map(|&p| worth(w, &self.run.figures[p])).sum();
        if (sum - w.worth).abs() <= OFF * w.worth {
            let mut parts: Vec<usize> = parts.copied().collect();
            parts.sort_unstable();
            self.chosen.push(parts);
        }
    }
}

fn set(run: &Run<'_>, whole: usize, parts: Vec<usize>) -> Set {
    let w = &run.figures[whole];
    let sum: f64 = parts.iter().map(|&p| worth(w, &run.figures[p])).sum();
    let slack: f64 = parts.iter().map(|&p| step(&run.figures[p])).chain([step(w)]).sum();
    Set { whole, parts, exact: (sum - w.worth).abs() <= slack / 2.0 + w.worth * 1e-9 }
}

/// The worth of the last digit that may be rounded, in base units.
fn step(figure: &Figure<'_>) -> f64 {
    let q = &figure.at.quantity;
    let round = q.amount.round_step();
    let step = if q.amount.step != Decimal::ONE {
        q.amount.step
    } else if round >= Decimal::ONE_HUNDRED && !q.unit.is_money() {
        round
    } else {
        Decimal::ZERO
    };
    step.checked_mul(q.unit.factor).and_then(|s| s.to_f64()).unwrap_or(0.0)
}
