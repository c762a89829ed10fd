//! One measure in two units: "5 feet 2 inches", "2 hours and 30 minutes", "3 dollars 50 cents".

use super::bare::Bare;
use super::{Reader, unit};
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
}
