//! Whether a whole and its parts look like a sum of which one number was written wrong.

use super::sets::{Set, exact_worth};
use crate::claim::figures::Run;
use crate::value::{Decimal, log_odds, neighbours_exchanged, one_digit_apart, significant_digits};

/// How the parts miss the whole.
pub(super) struct Slip {
    /// Two neighbouring digits of one number are exchanged.
    exchanged: bool,
    /// One digit of a number of three digits or more differs.
    one_digit: bool,
    /// One digit of a shorter number differs.
    short_digit: bool,
    /// What is missing or too much, as a share of the whole.
    off: Decimal,
    /// The whole is less than a hundred.
    small: bool,
    /// The parts are more than the whole.
    pub(super) is_over: bool,
    /// The parts are less than the whole by one.
    pub(super) lacks_one: bool,
    /// They miss it by one or two.
    pub(super) by_few: bool,
}

impl Slip {
    /// `None` when the numbers are too large to add.
    pub(super) fn new(run: &Run<'_>, set: &Set) -> Option<Self> {
        let whole = exact_worth(run, set.whole, set.whole)?;
        let unit = run.figures[set.whole].at.quantity.unit.factor;
        let parts: Vec<Decimal> = set.parts.iter().map(|&p| exact_worth(run, set.whole, p)).collect::<Option<_>>()?;
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(*p))?;
        let over = sum.checked_sub(whole)?;
        let needed = |p: Decimal| p.checked_sub(over).filter(|n| *n > Decimal::ZERO);
        let parts = parts.iter().filter_map(|&p| Some((p, needed(p)?)));
        let pairs: Vec<(Decimal, Decimal)> = std::iter::once((whole, sum)).chain(parts).collect();
        let off_by_digit = |long: bool| {
            let is_long = |n: Decimal| significant_digits(n).len() >= 3;
            pairs.iter().any(|&(written, right)| one_digit_apart(written, right) && is_long(written) == long)
        };
        Some(Self {
            exchanged: pairs.iter().any(|&(written, right)| neighbours_exchanged(written, right)),
            one_digit: off_by_digit(true),
            short_digit: !off_by_digit(true) && off_by_digit(false),
            off: over.abs().checked_div(whole)?,
            small: whole < Decimal::ONE_HUNDRED,
            is_over: over > Decimal::ZERO,
            lacks_one: over < Decimal::ZERO && over.abs() <= unit,
            by_few: over.abs() <= unit.checked_mul(Decimal::TWO)?,
        })
    }

    /// Log-odds that one of the numbers was written wrong, above those that they are meant as a sum.
    pub(super) fn worth(&self) -> f32 {
        log_odds(&[
            (2.5, self.exchanged),
            (1.75, self.one_digit),
            (1.25, self.short_digit),
            (0.5, self.off <= Decimal::new(10, 2)),
            (0.75, self.off <= Decimal::new(6, 2)),
            (0.25, self.off <= Decimal::new(3, 2)),
            (-0.25, self.small),
        ])
    }
}
