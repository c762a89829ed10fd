//! What a percentage and the numbers that it was worked out from may stand for.

use super::{Decimal, Hedge, Quantity, bounds};

/// What the percentage says, in per cent.
#[must_use]
pub fn percent_worth(quantity: &Quantity) -> Option<Decimal> {
    match quantity.unit.dimension.as_str() {
        "fraction" => quantity.value().checked_mul(Decimal::ONE_HUNDRED),
        _ => quantity.base(),
    }
}

/// The least and the greatest percentage that the wording allows, in per cent.
///
/// A percentage cut off rather than rounded is short by nearly one in its last place; a fraction in words is meant to a
/// tenth of itself.
#[must_use]
pub fn percent_bounds(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let value = percent_worth(quantity)?;
    if quantity.unit.dimension == "fraction" {
        let tenth = value.checked_div(Decimal::TEN)?;
        return Some((value.checked_sub(tenth)?, value.checked_add(tenth)?));
    }
    let step = quantity.amount.step.checked_mul(quantity.unit.factor)?;
    let part = |hundredths: i64| step.checked_mul(Decimal::new(hundredths, 2));
    let mut ends = (value.checked_sub(part(60)?)?, value.checked_add(part(99)?)?);
    if quantity.hedge != Hedge::None {
        let (low, high) = bounds(quantity)?;
        ends = (ends.0.min(low), ends.1.max(high));
    }
    Some(ends)
}

/// The least and the greatest share that two numbers may make for the wording to be right, in per cent.
///
/// "About a third" is said of 36 in a hundred too; but "nearly a third" is not said of what is more than a third, nor
/// "more than a third" of what is less: on that side only a fiftieth of the fraction is left for rounding.
#[must_use]
pub fn share_bounds(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let (mut least, mut most) = percent_bounds(quantity)?;
    if quantity.hedge == Hedge::None || quantity.unit.dimension != "fraction" {
        return Some((least, most));
    }
    (least, most) = (least.checked_sub(Decimal::TWO)?, most.checked_add(Decimal::TWO)?);
    let value = percent_worth(quantity)?;
    let fiftieth = value.checked_div(Decimal::from(50))?;
    match quantity.hedge {
        Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => most = value.checked_add(fiftieth)?,
        Hedge::MoreThan | Hedge::AtLeast | Hedge::JustOver => least = value.checked_sub(fiftieth)?,
        Hedge::None | Hedge::About => {}
    }
    Some((least, most))
}

/// What a number beside the percentage may stand for, in base units: half of the last digit written, and of the
/// last that is not zero from a thousand on, at most a twentieth.
///
/// Beside another number of the unit, the precision is that of the finer one.
#[must_use]
pub fn operand_bounds(quantity: &Quantity, other: Option<&Quantity>) -> Option<(Decimal, Decimal)> {
    let amount = &quantity.amount;
    let finest = |step: Decimal| match other {
        Some(o) if o.unit.factor == quantity.unit.factor => step.min(o.amount.round_step()),
        _ => step,
    };
    if amount.range {
        return None;
    }
    let size = amount.low.abs();
    let half = |step: Decimal| step.checked_div(Decimal::TWO);
    let counted = quantity.unit.is_count() && amount.step == Decimal::ONE;
    // A price in whole euros is one.
    let price = quantity.unit.is_money() && amount.step == Decimal::ONE && size < Decimal::ONE_THOUSAND;
    let written = if counted || price { Decimal::ZERO } else { half(amount.step)? };
    let round = if size >= Decimal::ONE_THOUSAND && amount.step >= Decimal::ONE {
        half(finest(amount.round_step()))?.min(size.checked_div(Decimal::from(20))?)
    } else {
        Decimal::ZERO
    };
    // A one on its own has no last digit to round to.
    let round = if counted && amount.round_step() == Decimal::ONE { Decimal::ZERO } else { round };
    let slack = written.max(round);
    let scale = |value: Decimal| value.checked_mul(quantity.unit.factor);
    let mut ends = (scale(amount.low.checked_sub(slack)?)?, scale(amount.high.checked_add(slack)?)?);
    if quantity.hedge != Hedge::None {
        let (low, high) = bounds(quantity)?;
        ends = (ends.0.min(low), ends.1.max(high));
    }
    Some(ends)
}
