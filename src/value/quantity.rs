//! Quantities: an exact decimal interval, the precision it was written with, a hedge, a unit.

use compact_str::CompactString;
use rust_decimal::Decimal;

/// What the digits allow before any hedge: a closed interval and the worth of the last digit written.
///
/// `37` is 37..37 with step 1; `2.3 million` is 2,300,000 with step 100,000; `5,000–7,000` is
/// 5,000..7,000 with step 1,000 (trailing zeros of round numbers are not significant).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// Lower end.
    pub low: Decimal,
    /// Upper end; equals `low` for a single number.
    pub high: Decimal,
    /// Worth of one unit in the last place written, > 0. `41` and `600` both have step 1; whether the
    /// zeros of `600` are meant is for the comparison to decide, see [`Amount::round_step`].
    pub step: Decimal,
    /// Whether the author wrote a range ("5 to 7", "between 5 and 7").
    pub range: bool,
    /// Whether it was written in words ("thirty-seven").
    pub words: bool,
}

impl Amount {
    /// A single number with the worth of its last written digit.
    #[must_use]
    pub fn exact(value: Decimal, step: Decimal) -> Self {
        Self { low: value, high: value, step, range: false, words: false }
    }

    /// The worth of the last digit that is not zero, at least [`Amount::step`]: 100 for `600`, 10 for `1320`.
    ///
    /// The coarsest reading of the precision: what the number may have been rounded to.
    #[must_use]
    pub fn round_step(&self) -> Decimal {
        let ten = Decimal::TEN;
        let mut step = self.step;
        if self.low.is_zero() {
            return step;
        }
        // 28 digits are all that a Decimal holds, so the loop ends.
        while step > Decimal::ZERO && (self.low % (step * ten)).is_zero() && step < self.low.abs() {
            step *= ten;
        }
        step
    }
}

/// Significant decimal digits that a binary64 number keeps (IEEE 754); what a program prints beyond them is noise.
const KEPT: u32 = 15;

/// The worth of the last digit of a number with so many decimals, or of the last that says anything: nobody measures
/// sixteen digits, and programs print them of numbers that hold fifteen.
#[must_use]
pub fn written_step(value: Decimal, decimals: u32) -> Decimal {
    let whole = value.abs().trunc();
    let before = if whole.is_zero() { 0 } else { whole.to_string().len() as u32 };
    Decimal::new(1, if decimals > 0 { decimals.min(KEPT.saturating_sub(before)) } else { 0 })
}

/// How firmly the author states the number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Hedge {
    /// No hedge.
    #[default]
    None,
    /// about, some, approximately, or so, -odd
    About,
    /// at least, no fewer than
    AtLeast,
    /// more than, over, above
    MoreThan,
    /// just over, slightly more than
    JustOver,
    /// at most, up to, no more than
    AtMost,
    /// less than, fewer than, under, below
    LessThan,
    /// nearly, almost, just under, close to
    Nearly,
}

impl Hedge {
    /// Whether the true value lies above (1) or below (-1) what is written; 0 when the hedge does not say.
    #[must_use]
    pub fn direction(self) -> i8 {
        match self {
            Self::AtLeast | Self::MoreThan | Self::JustOver => 1,
            Self::AtMost | Self::LessThan | Self::Nearly => -1,
            Self::None | Self::About => 0,
        }
    }

    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::About => "about",
            Self::AtLeast => "at least",
            Self::MoreThan => "more than",
            Self::JustOver => "just over",
            Self::AtMost => "at most",
            Self::LessThan => "less than",
            Self::Nearly => "nearly",
        }
    }
}

/// What is measured. Two quantities are comparable when their `dimension` is equal.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Unit {
    /// `""` for a plain count, `percent`, `percentage point`, `currency:EUR`, `length`, `mass`, `time`, `data` …;
    /// products and quotients as `length/time`.
    pub dimension: CompactString,
    /// The unit as normalised for display: `km`, `%`, `€`, `days`.
    pub symbol: CompactString,
    /// Worth of one unit in the base unit of the dimension (m, kg, s, byte, 1); temperatures keep their own scale.
    pub factor: Decimal,
}

impl Unit {
    /// A plain count.
    #[must_use]
    pub fn count() -> Self {
        Self { dimension: CompactString::default(), symbol: CompactString::default(), factor: Decimal::ONE }
    }

    /// Per cent.
    #[must_use]
    pub fn percent() -> Self {
        Self { dimension: "percent".into(), symbol: "%".into(), factor: Decimal::ONE }
    }

    /// Whether this is a plain count.
    #[must_use]
    pub fn is_count(&self) -> bool {
        self.dimension.is_empty()
    }

    /// Whether this is a share in per cent.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.dimension == "percent"
    }

    /// Whether this is an amount of money.
    #[must_use]
    pub fn is_money(&self) -> bool {
        self.dimension.starts_with("currency:")
    }
}

/// A number, its unit and its hedge, as stated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// The number in the unit written (not in base units).
    pub amount: Amount,
    /// The hedge.
    pub hedge: Hedge,
    /// The unit.
    pub unit: Unit,
}

/// Decimal places that only a division leaves.
const LONG: u32 = 20;

impl Quantity {
    /// The single value in the unit written; the middle of a range.
    #[must_use]
    pub fn value(&self) -> Decimal {
        if self.amount.low == self.amount.high {
            self.amount.low
        } else {
            (self.amount.low + self.amount.high) / Decimal::TWO
        }
    }

    /// The single value in base units; `None` on overflow.
    #[must_use]
    pub fn base(&self) -> Option<Decimal> {
        let base = self.value().checked_mul(self.unit.factor)?;
        // A third of a minute is twenty seconds, though no decimal is a third.
        if base.scale() > LONG { base.round_sf(24) } else { Some(base) }
    }

    /// Whether the number was stated without hedge and not as a range.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.hedge == Hedge::None && !self.amount.range
    }
}

#[cfg(test)]
mod tests {
    use super::written_step;
    use crate::value::Decimal;

    #[test]
    fn reads_no_more_digits_than_a_program_keeps() {
        assert_eq!(written_step(Decimal::new(25, 1), 1), Decimal::new(1, 1));
        assert_eq!(written_step(Decimal::from(600), 0), Decimal::ONE);
        let printed: Decimal = "2.4323750714576458".parse().expect("a number");
        assert_eq!(written_step(printed, 16), Decimal::new(1, 14));
        let padded: Decimal = "0.93124480461123408000".parse().expect("a number");
        assert_eq!(written_step(padded, 20), Decimal::new(1, 15));
    }
}
