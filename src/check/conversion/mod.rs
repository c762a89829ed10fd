//! A measure and its conversion that do not agree within the digits written.

mod elsewhere;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Operand, Value};
use crate::value::{Decimal, Hedge, Quantity, bounds, format_like};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {}

impl Check for Conversion {
    fn variables(&self) -> &'static [&'static str] {
        &["first", "second", "but"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        elsewhere::check(selection.claims, found);
        for claim in selection.claims {
            let Value::Conversion { first, second, readings, whole } = &claim.value else { continue };
            let Some(converted) = clash(first, second, readings, *whole) else { continue };
            let place = |operand: &Operand, label: String| Place { at: operand.at, within: claim.within, label };
            let label = format!("{} are {converted}", first.text);
            let label = if label.chars().count() > 40 { String::new() } else { label };
            found.push(Finding {
                places: vec![place(second, label), place(first, String::new())],
                variables: vec![
                    ("first", first.text.to_string()),
                    ("second", second.text.to_string()),
                    ("but", format!("but is {converted}")),
                ],
                notes: Vec::new(),
            });
        }
    }
}

/// The conversion as it should be, when the one written is wrong whichever way it is read.
fn clash(first: &Operand, second: &Operand, readings: &[(Decimal, Decimal)], whole: bool) -> Option<String> {
    // A number in words and the same in digits.
    if readings == [(Decimal::ONE, Decimal::ZERO)] && first.quantity.unit.is_count() {
        let differ = first.quantity.value() != second.quantity.value();
        return differ.then(|| format_like(first.quantity.value(), &second.text));
    }
    // The measure is rounded; what it is converted into may be cut off, except that nobody cuts off days or metres.
    let (own, other) = if whole { (Slack::Multiple, Slack::Multiple) } else { (Slack::Rounded, Slack::Cut) };
    let (low, high) = reach(&first.quantity, own)?;
    let (least, most) = reach(&second.quantity, other)?;
    for &(factor, offset) in readings {
        let from = low.checked_mul(factor)?.checked_add(offset)?;
        let to = high.checked_mul(factor)?.checked_add(offset)?;
        if from <= most && to >= least {
            return None;
        }
    }
    let &(factor, offset) = readings.first()?;
    let exact = first.quantity.value().checked_mul(factor)?.checked_add(offset)?;
    let written = second.quantity.value();
    if first.quantity.amount.range || second.quantity.amount.range || exact.is_zero() {
        return None;
    }
    let temperature = first.quantity.unit.dimension.starts_with("temperature");
    let ratio = written.checked_div(exact)?;
    let near = |low: i64, high: i64| ratio >= Decimal::new(low, 2) && ratio <= Decimal::new(high, 2);
    // A value and its deviation, a length and a width stand like this too; a wrong conversion is near, or off
    // by powers of ten.
    // "5 m (50 cm)" may be two things, "1500 ms (15 s)" is one.
    let figures = exact.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len();
    let likely = if temperature {
        written.checked_sub(exact)?.abs() <= Decimal::from(60)
    } else if whole && matches!(first.quantity.unit.dimension.as_str(), "time" | "months" | "data") {
        near(50, 200) || power_of_ten(ratio) || ratio.checked_div(Decimal::new(1024, 3)).is_some_and(power_of_ten)
    } else if whole {
        near(70, 140) || power_of_ten(ratio) && figures >= 2
    } else {
        near(50, 200) || power_of_ten(ratio) || is_inverse(first, second, readings)
    };
    if !likely {
        return None;
    }
    let places = second.quantity.amount.step.normalize().scale().max(if exact.abs() < Decimal::TEN { 1 } else { 0 });
    let symbol = second.quantity.unit.symbol.as_str();
    let space = if symbol.is_empty() || symbol == "°" { "" } else { " " };
    Some(format!("{}{space}{symbol}", format_like(exact.round_dp(places), &second.text)))
}

/// Whether the measure was divided by the factor instead of multiplied: "1.5 km (2.4 miles)".
fn is_inverse(first: &Operand, second: &Operand, readings: &[(Decimal, Decimal)]) -> bool {
    let ends = reach(&second.quantity, Slack::Rounded);
    ends.is_some_and(|(least, most)| {
        readings.iter().filter(|(_, offset)| offset.is_zero()).any(|(factor, _)| {
            let inverse = first.quantity.value().checked_div(*factor);
            inverse.is_some_and(|value| value >= least && value <= most)
        })
    })
}

/// Whether one value has the digits of the other with the point elsewhere.
fn power_of_ten(ratio: Decimal) -> bool {
    let near =
        |of: Decimal| ratio.checked_div(of).is_some_and(|r| r >= Decimal::new(98, 2) && r <= Decimal::new(102, 2));
    [
        Decimal::TEN,
        Decimal::ONE_HUNDRED,
        Decimal::ONE_THOUSAND,
        Decimal::new(1, 1),
        Decimal::new(1, 2),
        Decimal::new(1, 3),
    ]
    .into_iter()
    .any(near)
}

/// How far the digits written may be from what is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slack {
    /// Rounded to the last digit, or nearly so.
    Rounded,
    /// Cut off rather than rounded: short by a whole digit.
    Cut,
    /// Beside a whole multiple of its unit, which nobody rounds by half: "2 h (90 min)".
    Multiple,
}

impl Slack {
    /// In parts of the last digit.
    fn digits(self) -> Decimal {
        match self {
            Self::Rounded => Decimal::new(6, 1),
            Self::Cut => Decimal::ONE,
            Self::Multiple => Decimal::new(25, 2),
        }
    }
}

/// What a measure may stand for, in its own unit: half the last digit written or not zero to either side, zeros
/// counted only up to a twentieth of the value; what the hedge allows besides.
fn reach(quantity: &Quantity, slack: Slack) -> Option<(Decimal, Decimal)> {
    let amount = &quantity.amount;
    let size = amount.low.abs().max(amount.high.abs());
    let twentieth = size.checked_div(Decimal::from(20))?;
    let half = |step: Decimal| step.checked_div(Decimal::TWO);
    let written = amount.step.checked_mul(slack.digits())?;
    let zeros = slack != Slack::Multiple || amount.round_step() > amount.step;
    let slack = if zeros { written.max(half(amount.round_step())?.min(twentieth)) } else { written };
    let mut ends = (amount.low.checked_sub(slack)?, amount.high.checked_add(slack)?);
    if quantity.hedge != Hedge::None {
        let mut plain = quantity.clone();
        plain.unit.factor = Decimal::ONE;
        let (low, high) = bounds(&plain)?;
        ends = (ends.0.min(low), ends.1.max(high));
    }
    Some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, Span};
    use crate::value::{Amount, Unit};

    fn wrong(first: &str, second: &str, readings: &[&str], whole: bool) -> bool {
        let operand = |value: &str| {
            let amount: Decimal = value.parse().expect("a number");
            let step = Decimal::new(1, amount.scale());
            let amount = Amount::exact(amount, step);
            let quantity = Quantity { amount, hedge: Hedge::None, unit: Unit::count() };
            Operand { at: Span::new(FileId(0), 0, 0), text: value.into(), name: "".into(), quantity }
        };
        let readings: Vec<(Decimal, Decimal)> =
            readings.iter().map(|r| (r.parse().expect("a number"), Decimal::ZERO)).collect();
        clash(&operand(first), &operand(second), &readings, whole).is_some()
    }

    #[test]
    fn flags_conversions_that_no_rounding_explains() {
        assert!(wrong("27", "22", &["0.621371"], false));
        assert!(wrong("64", "65536000", &["1048576"], true));
        assert!(wrong("1500", "15", &["0.001"], true));
        // "2 h (90 min)", "1.5 km (2.4 miles)"
        assert!(wrong("2", "150", &["100"], true));
        assert!(wrong("1.5", "2.4", &["0.621371"], false));
    }

    #[test]
    fn ignores_rounded_values_other_readings_and_other_things() {
        assert!(!wrong("27", "17", &["0.621371"], false));
        assert!(!wrong("60", "100", &["1.609344"], false));
        assert!(!wrong("20", "20971520", &["1000000", "1048576"], true));
        assert!(!wrong("5", "50", &["100"], true));
        assert!(!wrong("27", "2", &["0.621371"], false));
    }
}
