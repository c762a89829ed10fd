//! Ages and anniversaries whose dates stand in other sentences: "Mayor Ruud was born in 1963. She was 44 when she was
//! elected in 2007", "Founded in 1896 … This year's dinner on 11 October 2016, the 120th anniversary".

use super::{Pair, Point, is_earlier};
use crate::annotate::QuantityAt;
use crate::claim::calendar::{Edge, Ends, IntervalSort};
use crate::claim::interval::Reader;
use crate::claim::{Claim, Operand};
use crate::lexicon::lower;
use crate::value::Hedge;
use std::ops::Range;

/// Tokens between an age and the date that it holds for.
const CLOSE: usize = 10;

/// Tokens between an age and a date that stands right beside it.
const TIED: usize = 2;

/// Sentences before in which somebody was born or something founded.
const BEFORE: usize = 3;

impl Reader<'_> {
    pub(super) fn ages_apart(&self, points: &[Point], out: &mut Vec<Claim>) {
        let days: Vec<Point> = points.iter().filter(|p| !p.is_clock()).cloned().collect();
        if let Some((age, tokens)) = self.age().or_else(|| self.age_then()) {
            out.extend(self.age_of(&days, self.count(age, tokens.clone()), &tokens));
        }
        if let Some((rank, tokens)) = self.anniversary().or_else(|| self.turned()) {
            out.extend(self.anniversary_of(&days, self.count(rank, tokens.clone()), &tokens));
        }
    }

    /// "was 44 when she was elected", "joined the firm at 23, in 1981".
    fn age_then(&self) -> Option<(u32, Range<usize>)> {
        let mut ages = self.quantities.iter().filter_map(|q| {
            let (first, next) = (q.tokens.start, q.tokens.end);
            let before = lower(self.word(first.checked_sub(1)?));
            let behind = lower(self.word(next));
            let closed = matches!(behind.as_str(), "when" | "," | "." | "at" | "and" | "");
            let person = || {
                let subject = lower(self.word(first.checked_sub(2)?));
                matches!(subject.as_str(), "he" | "she" | "who").then_some(())
            };
            let said = match before.as_str() {
                "was" | "is" => closed && (behind == "when" || person().is_some()),
                "at" => behind == ",",
                _ => false,
            };
            self.plain(q).filter(|_| said)
        });
        match (ages.next(), ages.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// "turns 75 in 2025"
    fn turned(&self) -> Option<(u32, Range<usize>)> {
        let mut found = self.quantities.iter().filter_map(|q| {
            let before = lower(self.word(q.tokens.start.checked_sub(1)?));
            let turned = matches!(before.as_str(), "turn" | "turns" | "turned" | "turning");
            self.plain(q).filter(|_| turned && matches!(self.word(q.tokens.end), "in" | "on" | "this" | "," | "."))
        });
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// A bare number of years.
    fn plain(&self, q: &QuantityAt) -> Option<(u32, Range<usize>)> {
        let exact = q.quantity.unit.is_count() && !q.quantity.amount.range && q.quantity.hedge == Hedge::None;
        let age = u32::try_from(q.quantity.amount.low).ok().filter(|a| (1..=2000).contains(a))?;
        exact.then(|| (age, q.tokens.clone()))
    }

    fn age_of(&self, points: &[Point], stated: Operand, tokens: &Range<usize>) -> Option<Claim> {
        let near = self.near(points, BEFORE, 1);
        let mut births = near.iter().filter(|p| p.birth);
        let (birth, None) = (births.next()?, births.next()) else { return None };
        let others: Vec<&Point> = near.iter().copied().filter(|p| !p.birth && is_earlier(birth, p)).collect();
        let own = |p: &&&Point| self.sentence.contains(&p.tokens.start);
        let gap = |p: &&Point| {
            if p.tokens.start >= tokens.end {
                p.tokens.start - tokens.end
            } else {
                tokens.start.saturating_sub(p.tokens.end)
            }
        };
        let when = lower(self.word(tokens.end)) == "when";
        let behind = |p: &&&Point| !when || p.tokens.start >= tokens.end;
        let close = others.iter().filter(own).filter(behind).filter(|p| gap(p) <= CLOSE).min_by_key(|p| gap(p));
        let (at, weight) = match (close, others.as_slice()) {
            (Some(close), _) => (*close, 8),
            (None, [only]) if only.tokens.start < tokens.start => (*only, 6),
            _ => return None,
        };
        // "at 23, in 1981": no other date can be meant.
        let rivals = if gap(&at) <= TIED { Vec::new() } else { self.rivals(birth, &others, at) };
        Some(self.claim_apart(IntervalSort::Age, stated, Pair { from: birth, to: at, weight }, rivals))
    }

    fn anniversary_of(&self, points: &[Point], stated: Operand, tokens: &Range<usize>) -> Option<Claim> {
        let near = self.near(points, BEFORE, 1);
        let own = |p: &Point| self.sentence.contains(&p.tokens.start);
        let gap = |p: &&Point| {
            if p.tokens.start >= tokens.end {
                p.tokens.start - tokens.end
            } else {
                tokens.start.saturating_sub(p.tokens.end)
            }
        };
        let to = near.iter().copied().filter(|p| own(p) && gap(p) <= CLOSE).min_by_key(gap)?;
        let others: Vec<&Point> = near.iter().copied().filter(|p| is_earlier(p, to) && !std::ptr::eq(*p, to)).collect();
        let starts: Vec<&Point> = others.iter().copied().filter(|p| p.birth || p.edge == Edge::Start).collect();
        let (from, weight) = match (starts.as_slice(), others.as_slice()) {
            ([only], _) => (*only, 7),
            ([], [only]) => (*only, 5),
            _ => return None,
        };
        let rivals = others
            .iter()
            .filter(|p| !std::ptr::eq(**p, from))
            .filter_map(|p| Pair { from: p, to, weight: 0 }.ends())
            .collect();
        // "the hundredth anniversary of her birth, 22 February 2008"
        let comma = self.word(to.tokens.start.saturating_sub(1)) == "," || self.word(to.tokens.end) == ",";
        let sort = if comma && gap(&to) <= 6 { IntervalSort::Birthday } else { IntervalSort::Anniversary };
        Some(self.claim_apart(sort, stated, Pair { from, to, weight }, rivals))
    }

    fn rivals(&self, from: &Point, others: &[&Point], but: &Point) -> Vec<Ends> {
        let others = others.iter().filter(|p| !std::ptr::eq(**p, but));
        others.filter_map(|to| Pair { from, to, weight: 0 }.ends()).collect()
    }
}
