//! One measure in two units: "5 feet 2 inches", "2 hours and 30 minutes", "3 dollars 50 cents".

use super::bare::Bare;
use super::{Reader, unit, words};
use crate::annotate::TokenKind;
use crate::lexicon::{Pos, UnitEntry};
use crate::value::{Decimal, Unit};

/// Symbols of units that are said together as one measure, the larger first.
const TOGETHER: [(&str, &str); 17] = [
    ("ft", "in"),
    ("yd", "ft"),
    ("lb", "oz"),
    ("st", "lb"),
    ("weeks", "days"),
    ("days", "h"),
    ("h", "min"),
    ("min", "s"),
    ("years", "months"),
    ("°", "′"),
    ("′", "″"),
    ("£", "p"),
    ("$", "¢"),
    ("$", "cents"),
    ("US$", "cents"),
    ("A$", "cents"),
    ("€", "cents"),
];

impl Reader<'_> {
    /// Adds the smaller unit that follows a whole number of the larger, from token `end`; gives one past it.
    pub(super) fn add_smaller(&self, bare: &mut Bare, unit: &Unit, end: usize) -> Option<usize> {
        if end == bare.end && unit.is_money() || !bare.value.is_integer() || bare.scale != Decimal::ONE {
            return None;
        }
        if !TOGETHER.iter().any(|(large, _)| *large == unit.symbol) {
            return None;
        }
        let at = end + usize::from(self.word(end) == "and");
        if !self.begins(at) {
            return None;
        }
        let second = self.bare(at, false).filter(|b| !b.fraction && b.value > Decimal::ZERO)?;
        let (mut small, mut next) = self.unit_of(&second, None);
        // "5 ft 2 in": here "in" can only be inches.
        if next == second.end
            && let Some((entry, end)) = self.unit_entry(self.word(next), next + 1, true)
        {
            (small, next) = (unit::unit(entry), end);
        }
        if next == second.end || !TOGETHER.contains(&(unit.symbol.as_str(), small.symbol.as_str())) {
            return None;
        }
        let each = if small.dimension == unit.dimension {
            small.factor.checked_div(unit.factor)?
        } else {
            Decimal::ONE.checked_div(Decimal::ONE_HUNDRED)?
        };
        let part = second.value.checked_mul(each)?;
        if part >= Decimal::ONE {
            return None;
        }
        bare.value = if bare.value.is_sign_negative() { bare.value - part } else { bare.value + part };
        bare.step = second.step.checked_mul(each)?;
        bare.plain = false;
        Some(next)
    }

    /// Whether a token may begin one of a measure with something added: "a minute and a half".
    pub(super) fn begins_with_one(&self, at: usize) -> bool {
        matches!(self.word(at), "a" | "an" | "A" | "An")
            && self.word(at + 2) == "and"
            && self.measure_at(at + 1).is_some_and(|(_, end)| end == at + 2)
    }

    /// "a minute and a half", "an hour and ten minutes".
    pub(super) fn one_and(&self, at: usize) -> Option<Bare> {
        if !self.begins_with_one(at) {
            return None;
        }
        let (entry, end) = self.measure_at(at + 1)?;
        let unit = unit::unit(entry);
        let mut bare = Bare { words: true, ..Bare::exact(Decimal::ONE, Decimal::ONE, at + 1) };
        let next = self.add_half(&mut bare, &unit, end).or_else(|| self.add_smaller(&mut bare, &unit, end))?;
        bare.end = next;
        bare.unit = Some((unit, next));
        Some(bare)
    }

    /// Adds the part that follows a whole number of a measure, from token `end`, "two hours and a half"; gives one past it.
    pub(super) fn add_half(&self, bare: &mut Bare, unit: &Unit, end: usize) -> Option<usize> {
        if end == bare.end || !bare.value.is_integer() || !is_measure(&unit.dimension) {
            return None;
        }
        let (part, next) = words::half_after(self, end)?;
        // "a year and a half million", "a day and a third party"
        if self.is_kind(next, TokenKind::Word) && self.pos(next).any(Pos::NUMBER.and(Pos::NOUN)) {
            return None;
        }
        bare.value = bare.value.checked_add(part)?;
        bare.step = Decimal::ONE.checked_div(Decimal::TEN)?;
        bare.plain = false;
        Some(next)
    }

    /// The unit of a measure that a word names, and one past it: no money, no share.
    pub(super) fn measure_at(&self, at: usize) -> Option<(&UnitEntry, usize)> {
        let word = self.is_kind(at, TokenKind::Word) && self.word(at).chars().count() > 2;
        self.unit_at(at).filter(|(entry, _)| word && is_measure(&entry.dimension))
    }
}

/// Whether a dimension is that of lengths of time or way, of weights and the like, which are told in halves.
fn is_measure(dimension: &str) -> bool {
    matches!(dimension, "time" | "months" | "length" | "mass" | "data" | "volume" | "area")
}
