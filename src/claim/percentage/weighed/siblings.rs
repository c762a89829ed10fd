//! What the other shares near a share say of its numbers.

use super::pairs::{Pair, is_exact, is_share, pairs};
use crate::claim::Relation;
use crate::claim::figures::Run;

/// How many shares before and behind are looked at.
const AROUND: usize = 6;

/// The pairs of a run that make a share exactly, each with the place of its share among the shares.
pub(super) struct Siblings {
    exact: Vec<(usize, Pair)>,
    /// The place of each figure among the shares before it.
    order: Vec<usize>,
}

impl Siblings {
    pub(super) fn new(run: &Run<'_>) -> Self {
        let mut order = Vec::with_capacity(run.figures.len());
        let mut exact = Vec::new();
        let mut count = 0;
        for (i, figure) in run.figures.iter().enumerate() {
            order.push(count);
            if is_share(figure) {
                let made = pairs(run, i).into_iter().filter(|p| p.relation == Relation::Share && is_exact(run, p));
                exact.extend(made.map(|p| (count, p)));
                count += 1;
            }
        }
        Self { exact, order }
    }

    /// The exact pairs of the other shares near by.
    fn near(&self, share: usize) -> impl Iterator<Item = &Pair> {
        let at = self.order[share];
        let from = self.exact.partition_point(|(n, _)| *n + AROUND < at);
        self.exact[from..]
            .iter()
            .take_while(move |(n, _)| *n <= at + AROUND)
            .map(|(_, p)| p)
            .filter(move |p| p.share != share)
    }

    /// How many other numbers have shares of this whole.
    pub(super) fn borne_out(&self, pair: &Pair) -> usize {
        let mut parts: Vec<usize> = self
            .near(pair.share)
            .filter(|p| p.second == pair.second && p.first != pair.first)
            .map(|p| p.first)
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts.len()
    }

    /// Whether another share is that of the number.
    pub(super) fn is_taken(&self, share: usize, number: usize) -> bool {
        self.near(share).any(|p| p.first == number)
    }
}
