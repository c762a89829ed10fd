//! What speaks for a share having been worked out from two numbers, summed up.
//!
//! The weights are those of a regression (log-odds against no pair at all, rounded to quarters); `docs/linking.md` says
//! what it was learned from.

use super::pairs::{Pair, is_bare, is_share};
use super::siblings::Siblings;
use super::stated::{Stated, ends, led};
use crate::claim::Relation;
use crate::claim::figures::{Figure, Neighbour};
use crate::value::{Decimal, log_odds};

/// A pair as it stands around its share.
pub(super) struct Seen<'s, 'r, 'a> {
    stated: &'s Stated<'r, 'a>,
    siblings: &'s Siblings,
    pair: Pair,
}

impl<'s, 'r, 'a> Seen<'s, 'r, 'a> {
    pub(super) fn new(stated: &'s Stated<'r, 'a>, siblings: &'s Siblings, pair: Pair) -> Self {
        Self { stated, siblings, pair }
    }

    /// The part, or what was before.
    fn first(&self) -> &'r Figure<'a> {
        &self.stated.run.figures[self.pair.first]
    }

    /// The whole, or what is now.
    fn second(&self) -> &'r Figure<'a> {
        &self.stated.run.figures[self.pair.second]
    }

    /// How many numbers that can be operands stand between two places.
    fn between(&self, i: usize, j: usize) -> usize {
        let (low, high) = (i.min(j), i.max(j));
        self.stated.reach.iter().filter(|&&n| low < n && n < high).count()
    }

    /// Whether no other share stands between two places.
    fn is_free(&self, i: usize, j: usize) -> bool {
        let (low, high) = (i.min(j), i.max(j));
        !(low + 1..high).any(|n| is_share(&self.stated.run.figures[n]))
    }

    /// How many tokens stand between two figures.
    fn gap(&self, i: usize, j: usize) -> usize {
        let figures = &self.stated.run.figures;
        figures[i.min(j)].gap(&figures[i.max(j)])
    }

    /// Whether a word stands between two figures of one block.
    fn has_between(&self, i: usize, j: usize, words: &[&str]) -> bool {
        let figures = &self.stated.run.figures;
        let (low, high) = (&figures[i.min(j)], &figures[i.max(j)]);
        low.block == high.block && (ends(low).1..ends(high).0).any(|t| words.contains(&low.view.word(t)))
    }

    /// Whether a number is the nearest to the share of those that can be operands.
    fn is_nearest(&self, number: usize) -> bool {
        let gap = self.gap(number, self.stated.index);
        self.stated.reach.iter().all(|&n| self.gap(n, self.stated.index) >= gap)
    }

    /// Whether the whole is the last larger number before the part, and whether it is the first of all.
    fn is_larger(&self) -> (bool, bool) {
        let (a, b) = (self.first(), self.second());
        let figures = &self.stated.run.figures;
        let larger = |&&n: &&usize| {
            figures[n].worth > a.worth && figures[n].at.quantity.unit.dimension == b.at.quantity.unit.dimension
        };
        let before = self.stated.reach.iter().rev().filter(|&&n| n < self.pair.first);
        let last = before.into_iter().find(larger) == Some(&self.pair.second);
        (last, self.stated.reach.iter().find(larger) == Some(&self.pair.second))
    }

    /// Whether the share certainly is not worked out from the pair.
    pub(super) fn is_refused(&self) -> bool {
        let (s, a) = (self.stated.figure, self.first());
        let share = s.at.quantity.value();
        match self.pair.relation {
            // "increased by 179 million": of something else; "half of them … On 300 hectares": told of something else.
            Relation::Share => {
                let change = led(a, &["by"]) || led(a, &["of"]) && a.before.has("change");
                let base = self.stated.other_base || self.stated.averaged;
                let other = base || self.stated.is_of_other_than(self.second());
                change || other || a.sentence > s.sentence || self.stated.is_of_another()
            }
            _ => {
                let (up, next) = (self.pair.relation == Relation::Growth, self.stated.next_word());
                let whole = !up && share > Decimal::ONE_HUNDRED;
                self.stated.direction == Some(!up)
                    || self.stated.other_base
                    || next == "of"
                    || whole
                    || self.stated.is_of_another()
            }
        }
    }

    /// Log-odds that the pair is what the share was worked out from, before the values are looked at.
    pub(super) fn worth(&self) -> f32 {
        match self.pair.relation {
            Relation::Share => self.stands() + self.told(),
            _ => self.change(),
        }
    }

    /// Where part and whole stand.
    fn stands(&self) -> f32 {
        let (s, a, b) = (self.stated.figure, self.first(), self.second());
        let (si, ai, bi) = (self.stated.index, self.pair.first, self.pair.second);
        let borne_out = self.siblings.borne_out(&self.pair);
        let (last, first) = self.is_larger();
        let unit = &b.at.quantity.unit;
        log_odds(&[
            (-10.75, true),
            (0.75, ai < bi && bi < si || bi < ai && ai < si),
            (-1.0, bi < si && si < ai),
            (-0.5, si < ai && ai < bi),
            (1.5, s.sentence == a.sentence),
            (0.25, s.sentence == b.sentence),
            (-0.25, s.sentence.abs_diff(b.sentence) == 1),
            (-1.0, s.block != b.block),
            (0.5, self.gap(si, ai) <= 6),
            (1.0, self.gap(si, ai) <= 12),
            (-0.75, self.gap(si, bi) <= 1),
            (0.5, self.gap(ai, bi) <= 6),
            (0.5, self.between(si, ai) == 0),
            (1.25, self.is_free(si, ai)),
            (1.5, self.is_free(si, bi)),
            (-0.25, self.stated.reach.len() > 8),
            // Other shares near by that the whole bears out.
            (1.0, borne_out > 0),
            (1.5, borne_out > 1),
            (0.5, self.siblings.is_taken(si, ai)),
            (0.5, last),
            (0.75, first),
            // What the numbers are.
            (-0.25, is_bare(b)),
            (-1.0, unit.is_money()),
            (-1.25, !unit.is_count() && !unit.is_money()),
            (-1.0, a.at.quantity.unit.symbol != unit.symbol),
            (-0.5, s.at.quantity.unit.dimension == "fraction"),
            (0.5, b.worth >= 100.0),
            (0.5, b.dated),
        ])
    }

    /// Which words are around part and whole.
    fn told(&self) -> f32 {
        let (s, a, b) = (self.stated.figure, self.first(), self.second());
        let (si, ai, bi) = (self.stated.index, self.pair.first, self.pair.second);
        let deeper = s.depth > a.depth && ai < si;
        let of_whole = led(b, &["of", "among"]);
        let near = self.gap(ai, bi) <= 3;
        let beside = deeper && self.between(ai, si) == 0;
        let one = a.sentence == b.sentence && bi < ai;
        log_odds(&[
            // "31 of the 60"
            (1.5, near && ai < bi && led(b, &["of"])),
            (3.0, near && ai < bi && bi < si && led(b, &["of"]) && s.depth > b.depth && self.between(bi, si) == 0),
            (1.25, !near && ai < bi && of_whole && self.between(ai, bi) == 0),
            (2.5, si < bi && self.gap(si, bi) <= 3 && of_whole),
            (0.25, led(b, &["of", "among", "from", "in"])),
            (0.5, of_whole && b.before == super::Cues::default()),
            (-1.5, led(a, &["of", "among"])),
            // "31 (52 %)"
            (0.5, deeper && si == ai + 1 && self.gap(ai, si) <= 2),
            (2.0, beside && self.gap(ai, si) <= 6),
            (-0.25, beside && one && self.gap(ai, si) <= 4),
            (0.75, beside && one && of_whole),
            (1.5, a.depth > s.depth && ai > si && self.gap(ai, si) <= 3),
            (-0.75, a.depth > b.depth),
            // ", or 52 %", "31 said"
            (2.0, ai < si && self.gap(ai, si) <= 6 && self.has_between(ai, si, &["or", "i.e"])),
            (0.75, self.has_between(ai, si, &[","])),
            (1.5, a.right == Neighbour::Verb),
            (0.5, a.right == Neighbour::Preposition),
            (0.25, matches!(b.right, Neighbour::Sign) || matches!(a.right, Neighbour::Sign)),
            (0.75, b.left == Neighbour::Determiner),
            (0.25, b.left == Neighbour::Verb),
            // What the words say.
            (2.0, s.around.has("hence")),
            (-1.5, self.stated.direction.is_some()),
            (-1.25, self.stated.is_noun_behind()),
            (-1.0, a.near.has("than")),
            (0.75, b.near.has("total") || b.near.has("every")),
            (0.5, a.near.has("of") || a.after.has("of")),
            (-0.5, a.near.has("rest")),
            (0.75, a.after.has("not")),
            (2.0, b.after.has("open") || b.colon),
            (1.0, a.before.has("of") && bi < ai),
        ])
    }

    /// Two values and the change between them.
    fn change(&self) -> f32 {
        let (s, a, b) = (self.stated.figure, self.first(), self.second());
        let (si, ai, bi) = (self.stated.index, self.pair.first, self.pair.second);
        let up = self.pair.relation == Relation::Growth;
        let crowd = self.stated.reach.iter().filter(|&&n| self.stated.run.figures[n].sentence == s.sentence).count();
        let nouns = !a.noun.is_empty() && !b.noun.is_empty() && a.noun != b.noun;
        log_odds(&[
            (-6.0, true),
            (-2.0, up),
            // Where they stand.
            (1.25, s.sentence == a.sentence && s.sentence == b.sentence),
            (0.25, s.sentence.abs_diff(b.sentence) == 1),
            (-0.5, s.sentence.abs_diff(b.sentence) > 1),
            (0.25, a.sentence.abs_diff(b.sentence) > 1),
            (-0.5, s.block != a.block),
            (-0.5, self.gap(si, ai) <= 3),
            (0.5, self.gap(si, ai) <= 12),
            (0.5, self.gap(si, bi) <= 3),
            (0.75, self.gap(si, bi) <= 6),
            (0.25, self.gap(ai, bi) <= 6),
            (0.25, self.gap(ai, bi) <= 12),
            (-0.5, self.between(si, ai) == 0),
            (0.75, self.is_free(si, ai)),
            (0.25, self.is_nearest(ai)),
            (-1.0, crowd > 2),
            (-0.25, crowd == 0),
            // What the words say.
            (1.5, self.stated.direction == Some(up)),
            (1.25, led(b, &["to"])),
            (0.75, led(b, &["from"])),
            (0.25, led(a, &["to"])),
            (0.5, led(a, &["of"])),
            (1.0, a.near.has("than")),
            (-0.5, a.around.has("than")),
            (1.5, s.after.has("than") && ai > si && self.between(si, ai) == 0),
            (-0.25, s.after.has("than")),
            (1.0, s.around.has("hence")),
            (-0.75, b.near.has("change")),
            (0.5, b.near.has("total") || b.near.has("every")),
            (-0.5, s.depth > a.depth && s.depth > b.depth),
            (-0.25, s.left == Neighbour::Edge),
            // What the numbers are.
            (0.5, a.dated),
            (0.5, b.dated),
            (-0.5, nouns),
            (-0.75, is_bare(a)),
            (-0.5, is_bare(b)),
            (-0.5, a.at.quantity.unit.symbol != b.at.quantity.unit.symbol),
        ])
    }
}
