//! How far two points of a passage are apart: "Parliament was dissolved on 5 November. The election, 40 days later, on
//! 15 December …".

use super::super::clock::is_short;
use super::{Pair, Point, is_earlier, is_same_day};
use crate::annotate::{QuantityAt, TokenKind};
use crate::claim::Claim;
use crate::claim::calendar::{Ends, IntervalSort};
use crate::claim::event::action;
use crate::claim::frame::family;
use crate::claim::interval::Reader;
use crate::claim::lemma;
use crate::lexicon::{Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Tokens between a distance and the date that it leads to.
const GAP: usize = 8;

/// Words behind a distance that say from what it is counted at most.
const ANCHOR: usize = 10;

/// What it weighs that they are those of one date.
const WORDS: u8 = 8;

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
        if let Some(found) = self.told(points, stretch, there, later) {
            return Some(found);
        }
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

    /// The pair whose other end is told in words behind the distance: "gave notice on 14 November … and declined on 30
    /// June, seven months after the notice". Only one date of the block may stand in a clause that has one of these words.
    fn told<'p>(
        &self,
        points: &'p [Point],
        stretch: &QuantityAt,
        there: &'p Point,
        later: bool,
    ) -> Option<(Pair<'p>, Vec<Ends>)> {
        let anchor = self.anchor(points, stretch)?;
        let words = self.keys(anchor.clone());
        let of_kind: Vec<&'p Point> = points.iter().filter(|p| p.is_clock() == there.is_clock()).collect();
        let has = |p: &&&'p Point| {
            let clause = self.clause(points, p);
            let outside = |at: &usize| !anchor.contains(at);
            !std::ptr::eq(**p, there)
                && clause.filter(outside).any(|at| self.keys(at..at + 1).iter().any(|key| words.contains(key)))
        };
        let mut hits = of_kind.iter().filter(has);
        let (Some(here), None) = (hits.next().copied(), hits.next()) else { return None };
        let (from, to) = if later { (here, there) } else { (there, here) };
        if !is_earlier(from, to) {
            return None;
        }
        let pair = Pair { from, to, weight: WORDS };
        let others = of_kind.iter().flat_map(|&a| of_kind.iter().map(move |&b| (a, b)));
        let rivals = others
            .filter(|(a, b)| is_earlier(a, b))
            .filter_map(|(from, to)| Pair { from, to, weight: 0 }.ends())
            .filter(|ends| Some(*ends) != pair.ends())
            .collect();
        Some((pair, rivals))
    }

    /// The words that say from what a distance is counted: "after the notice", but not "after 3 May" and "after that".
    fn anchor(&self, points: &[Point], stretch: &QuantityAt) -> Option<Range<usize>> {
        let cue = stretch.tokens.end;
        if !matches!(lower(self.word(cue)).as_str(), "after" | "before") {
            return None;
        }
        let stop = |at: &usize| {
            matches!(self.word(*at), "," | ";" | ":" | "(" | ")" | "and" | "but" | "–" | "—")
                || points.iter().any(|p| p.tokens.contains(at))
        };
        let most = (cue + 1 + ANCHOR).min(self.sentence.end);
        let end = (cue + 1..most).find(stop).unwrap_or(most);
        // A date in the words themselves is another matter.
        let dated = points.iter().any(|p| p.tokens.start == end);
        (!dated && end > cue + 1).then_some(cue + 1..end)
    }

    /// The tokens of the sentence of a point that stand nearer to it than the points beside it.
    fn clause(&self, points: &[Point], point: &Point) -> Range<usize> {
        let sentence = self.view.layer.sentence_of(point.tokens.start);
        let before = points.iter().map(|p| p.tokens.end).filter(|&end| end <= point.tokens.start).max();
        let behind = points.iter().map(|p| p.tokens.start).filter(|&start| start >= point.tokens.end).min();
        before.unwrap_or(0).max(sentence.start)..behind.unwrap_or(sentence.end).min(sentence.end)
    }

    /// The content words of a stretch, by the class of what happens or by word family.
    fn keys(&self, stretch: Range<usize>) -> Vec<CompactString> {
        let lexicon = self.context.lexicon;
        let key = |at: usize| {
            if let Some(found) = action(self.context, &self.view, at) {
                return Some(format_compact!("={}", found.class));
            }
            let word = self.view.layer.tokens[at].kind == TokenKind::Word && self.word(at).len() > 2;
            let base = lemma(&self.view, lexicon, at);
            let pos = self.pos(at);
            let content = word && !pos.any(Pos::CLOSED.and(Pos::MONTH).and(Pos::WEEKDAY));
            (content && !pos.any(Pos::ADVERB) && !lexicon.is_in("content.light", &base)).then(|| family(lexicon, &base))
        };
        stretch.filter_map(key).collect()
    }
}
