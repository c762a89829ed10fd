//! How far two dates are apart: "on 5 May, two days after the vote of 3 May", "in 1995; ten years later, in 2005".

use super::Reader;
use crate::annotate::QuantityAt;
use crate::claim::Claim;
use crate::claim::calendar::IntervalSort;
use crate::claim::moment::Moment;

/// Tokens between "after" and the date of what it was after, at most: "the flood of".
const EVENT: usize = 7;

impl Reader<'_> {
    pub(super) fn distances(&self, out: &mut Vec<Claim>) {
        for stretch in self.stretches() {
            // "three years and a day", "five or six weeks"
            if stretch.quantity.amount.range || matches!(self.word(stretch.tokens.end), "and" | "or" | "to") {
                continue;
            }
            let next = stretch.tokens.end;
            let found = if self.phrase("interval.after", next).is_some() {
                self.event(stretch, next + 1)
            } else if self.phrase("interval.before", next).is_some() {
                self.event(stretch, next + 1).map(|(event, other)| (other, event))
            } else if matches!(self.word(next), "later" | "afterwards") {
                self.later(stretch)
            } else {
                None
            };
            let Some((from, to)) = found else { continue };
            if from.is_point() && to.is_point() && fits(stretch, from, to) {
                let start = stretch.tokens.start.min(from.tokens.start).min(to.tokens.start);
                let mut at = start..stretch.tokens.end;
                for moment in [from, to] {
                    if moment.block == self.view.id && self.sentence.contains(&moment.tokens.start) {
                        at.end = at.end.max(moment.tokens.end);
                    } else {
                        at.start = stretch.tokens.start;
                    }
                }
                out.push(self.claim(IntervalSort::Distance, self.operand(stretch), from, to, at));
            }
        }
    }

    /// The date of the event after "after", and the date that is said to be so long after it.
    fn event(&self, stretch: &QuantityAt, at: usize) -> Option<(&Moment, &Moment)> {
        let index = self.moments.iter().position(|m| m.tokens.start >= at)?;
        let event = &self.moments[index];
        let gap = at..event.tokens.start;
        let broken = |i: usize| matches!(self.word(i), "," | ";" | ":" | "(" | ")" | "–" | "—" | "and" | "but");
        if gap.len() > EVENT || gap.clone().any(broken) {
            return None;
        }
        // "…, two days after the vote of 3 May": the other date stands just before the length.
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let close =
            |i: usize| matches!(self.word(i), "," | "(" | "–" | "—" | "just" | "only" | "exactly" | "some" | "or");
        let before = index
            .checked_sub(1)
            .map(|i| &self.moments[i])
            .filter(|m| m.tokens.end <= start && start - m.tokens.end <= 3 && (m.tokens.end..start).all(close));
        if let Some(other) = before {
            return (start > other.tokens.end).then_some((event, other));
        }
        // "Two days after the vote of 3 May, on 5 May, …"
        let other = self.moments.get(index + 1)?;
        let gap = event.tokens.end..other.tokens.start;
        let opens = start == self.sentence.start;
        let tied = gap.len() <= 3
            && self.word(gap.start) == ","
            && (gap.start + 1..gap.end)
                .all(|i| matches!(self.word(i), "on" | "in" | "the") || self.word(i).ends_with("day"));
        (opens && tied && !gap.is_empty()).then_some((event, other))
    }

    /// The date before "later" and the date behind it.
    fn later(&self, stretch: &QuantityAt) -> Option<(&Moment, &Moment)> {
        let next = stretch.tokens.end + 1;
        let index = self.moments.iter().position(|m| m.tokens.start >= next)?;
        let to = &self.moments[index];
        let gap = next..to.tokens.start;
        let tied = gap.len() <= 3
            && gap
                .clone()
                .all(|i| matches!(self.word(i), "," | "on" | "in" | "the" | "(") || self.word(i).ends_with("day"));
        if !tied {
            return None;
        }
        if let Some(before) = index.checked_sub(1) {
            // With several dates before it nobody can tell from which is counted.
            return (before == 0).then(|| (&self.moments[0], to));
        }
        let sentence = self.view.layer.sentence_of(self.sentence.start.checked_sub(1)?);
        let mut last =
            self.before[self.before.len().saturating_sub(8)..].iter().filter(|m| sentence.contains(&m.tokens.start));
        match (last.next(), last.next()) {
            (Some(from), None) => Some((from, to)),
            _ => None,
        }
    }
}

/// Whether the dates are written finely enough for the unit.
fn fits(stretch: &QuantityAt, from: &Moment, to: &Moment) -> bool {
    let unit = &stretch.quantity.unit;
    let month = from.date.from.month.is_some() && to.date.from.month.is_some();
    let day = from.date.from.day.is_some() && to.date.from.day.is_some();
    match unit.dimension.as_str() {
        "months" if unit.symbol == "months" => month,
        "months" => true,
        _ => day,
    }
}
