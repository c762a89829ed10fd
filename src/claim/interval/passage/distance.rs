//! How far two points of a passage are apart: "Parliament was dissolved on 5 November. The election, 40 days later, on
//! 15 December …".

use super::super::clock::is_short;
use super::{Pair, Point, is_earlier, is_same_day};
use crate::annotate::QuantityAt;
use crate::claim::Claim;
use crate::claim::calendar::{Ends, IntervalSort};
use crate::claim::interval::Reader;
use crate::lexicon::lower;

/// Tokens between a distance and the date that it leads to.
const GAP: usize = 8;

impl Reader<'_> {
    pub(super) fn distances_apart(&self, points: &[Point], out: &mut Vec<Claim>) {
        for stretch in self.quantities.iter().filter(|q| !q.quantity.amount.range && !q.label) {
            let time = matches!(stretch.quantity.unit.dimension.as_str(), "months" | "time");
            let Some(direction) = self.direction(stretch).filter(|_| time) else { continue };
            if self.is_of_part(stretch) {
                continue;
            }
            if let Some((pair, rivals)) = self.apart_by(points, stretch, direction) {
                out.push(self.claim_apart(IntervalSort::Distance, self.operand(stretch), pair, rivals));
            }
        }
    }

    /// Whether a length leads to a later point, or to an earlier one.
    fn direction(&self, stretch: &QuantityAt) -> Option<bool> {
        let next = stretch.tokens.end;
        match lower(self.word(next)).as_str() {
            "later" | "afterwards" | "after" | "following" => Some(true),
            "earlier" | "before" | "previously" => Some(false),
            _ => None,
        }
    }

    /// The date that a distance leads to, and the one that it is counted from.
    fn apart_by<'p>(&self, points: &'p [Point], stretch: &QuantityAt, later: bool) -> Option<(Pair<'p>, Vec<Ends>)> {
        let clock = is_short(stretch);
        let near: Vec<&Point> = self.near(points, 1, 0).into_iter().filter(|p| p.is_clock() == clock).collect();
        let own = |p: &&&Point| self.sentence.contains(&p.tokens.start);
        let behind = near.iter().filter(own).find(|p| p.tokens.start >= stretch.tokens.end);
        let before = near.iter().filter(own).rev().find(|p| p.tokens.end <= stretch.tokens.start);
        let gap = |p: &&Point| {
            if p.tokens.start >= stretch.tokens.end {
                p.tokens.start - stretch.tokens.end
            } else {
                stretch.tokens.start - p.tokens.end
            }
        };
        let there = behind.into_iter().chain(before).copied().filter(|p| gap(p) <= GAP).min_by_key(gap)?;
        let others: Vec<&Point> = near.iter().copied().filter(|p| !std::ptr::eq(*p, there)).collect();
        let [here] = others.as_slice() else { return None };
        // "under control on 16 May and out on 27 May, ten days after it had begun": another event than those dated here.
        let named = self.word(stretch.tokens.end + 1).starts_with(char::is_alphabetic);
        if named && own(&here) && here.tokens.end <= stretch.tokens.start && there.tokens.end <= stretch.tokens.start {
            return None;
        }
        let (from, to) = if later { (*here, there) } else { (there, *here) };
        if !is_earlier(from, to) {
            return None;
        }
        let weight = 6 + if is_same_day(from, to) { 2 } else { 0 };
        Some((Pair { from, to, weight }, Vec::new()))
    }
}
