//! Two values that are not in the order stated.

mod cells;
mod elsewhere;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Direction, Operand, Value};
use crate::value::{Decimal, Hedge, Quantity, format_like};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {}

impl Check for Order {
    fn variables(&self) -> &'static [&'static str] {
        &["said", "cue", "first", "second", "but"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        elsewhere::check(selection.claims, found);
        for claim in selection.claims {
            let Value::Order { cue, direction, first, second, by } = &claim.value else { continue };
            let clash = match by {
                Some(by) => apart(*direction, first, second, by),
                None => clash(*direction, first, second),
            };
            let Some((but, note)) = clash else { continue };
            let place = |operand: &Operand, label: String| Place { at: operand.at, within: claim.within, label };
            let mut places = match by {
                Some(by) => {
                    vec![place(by, label(&but)), place(second, String::new()), place(first, String::new())]
                }
                None => vec![place(second, label(&but)), place(first, String::new())],
            };
            // The word that states the order may be what is wrong.
            if !places.iter().any(|p| p.at.overlaps(cue.at)) {
                places.push(Place { at: cue.at, within: claim.within, label: String::new() });
            }
            found.push(Finding {
                places,
                variables: vec![
                    ("said", said(claim)),
                    ("cue", cue.text.to_string()),
                    ("first", first.text.to_string()),
                    ("second", second.text.to_string()),
                    ("but", but),
                ],
                notes: note.into_iter().collect(),
            });
        }
    }
}

/// What to say at the wrong value, when it is short.
fn label(but: &str) -> String {
    if but.chars().count() > 40 { String::new() } else { but.to_owned() }
}

/// A stated difference that the two values do not have.
///
/// Counts are exact; other numbers may have been rounded, each by half of its last digit, or of the last that is
/// not zero from a hundred on.
fn apart(direction: Direction, first: &Operand, second: &Operand, by: &Operand) -> Option<(String, Option<String>)> {
    let base = |o: &Operand| o.quantity.base();
    let (a, b, stated) = (base(first)?, base(second)?, base(by)?);
    let rise = b.checked_sub(a)?;
    let actual = match direction {
        Direction::Up => rise,
        Direction::Down => -rise,
        _ => rise.abs(),
    };
    let hedged = [first, second, by].iter().any(|o| !matches!(o.quantity.hedge, Hedge::None));
    let all = [first, second, by];
    let finest = all.iter().map(|o| o.quantity.amount.round_step()).min()?;
    let slack = all.iter().try_fold(Decimal::ZERO, |sum, o| {
        let amount = &o.quantity.amount;
        let unit = &o.quantity.unit;
        // Money written in full is exact, a count is unless all are round.
        let exact = unit.is_money() || unit.is_count() && finest < Decimal::ONE_HUNDRED;
        let written = amount.step != Decimal::ONE;
        let step = if written { amount.step } else { finest };
        let step = if exact && !written { Decimal::ZERO } else { step };
        sum.checked_add(step.checked_mul(o.quantity.unit.factor)?.checked_div(Decimal::TWO)?)
    })?;
    let slack = if hedged { slack.max(stated.abs().checked_div(Decimal::from(5))?) } else { slack };
    let off = actual.checked_sub(stated)?.abs();
    // A change the other way or of another size belongs elsewhere.
    let three = Decimal::from(3);
    let near = actual > Decimal::ZERO && actual.checked_mul(three)? >= stated && stated.checked_mul(three)? >= actual;
    if off <= slack || !near {
        return None;
    }
    let factor = first.quantity.unit.factor;
    let digits = all.iter().map(|o| o.quantity.amount.step.normalize().scale()).max()?;
    let shown = format_like(actual.checked_div(factor)?.round_dp(digits.max(1)), &by.text);
    let but = format!("the difference of {} and {} is {shown}", first.text, second.text);
    Some((but, difference(first, second)))
}

fn said(claim: &Claim) -> String {
    claim.text.to_string()
}

/// A value with its ends in base units: the value written, and half a last digit to either side.
struct Ends {
    low: Decimal,
    high: Decimal,
    value: Decimal,
    step: Decimal,
    hedge: Hedge,
}

fn ends(operand: &Operand) -> Option<Ends> {
    ends_of(&operand.quantity)
}

/// Whether the first of two figures is surely smaller; `None` when they cannot be compared.
fn smaller_of(first: &Quantity, second: &Quantity) -> Option<bool> {
    if first.unit.dimension != second.unit.dimension {
        return None;
    }
    Some(smaller(&ends_of(first)?, &ends_of(second)?).is_some())
}

fn ends_of(quantity: &Quantity) -> Option<Ends> {
    if quantity.amount.range {
        return None;
    }
    let value = quantity.base()?;
    let step = quantity.amount.step.checked_mul(quantity.unit.factor)?;
    let half = step.checked_div(Decimal::TWO)?;
    Some(Ends { low: value.checked_sub(half)?, high: value.checked_add(half)?, value, step, hedge: quantity.hedge })
}

/// What is wrong with the order, and the arithmetic; `None` when it may be right.
fn clash(direction: Direction, first: &Operand, second: &Operand) -> Option<(String, Option<String>)> {
    let (a, b) = (ends(first)?, ends(second)?);
    let relation = match direction {
        Direction::Up => smaller(&b, &a)?,
        Direction::Down if is_span(&a, &b, second) => return None,
        Direction::Down => smaller(&a, &b).map(|_| "more")?,
        Direction::Wider => smaller(&magnitude(b), &magnitude(a))?,
        Direction::Narrower => smaller(&magnitude(a), &magnitude(b)).map(|_| "more")?,
        Direction::Level => return level(&a, &b, first, second),
        Direction::Apart => return None,
        Direction::Times(factor, hedge) => return multiple(factor, hedge, &a, &b, first, second),
    };
    let but = format!("{} is {relation} than {}", second.text, first.text);
    Some((but, difference(first, second)))
}

/// Two values that are said to be one.
fn level(a: &Ends, b: &Ends, first: &Operand, second: &Operand) -> Option<(String, Option<String>)> {
    let plain = a.hedge == Hedge::None && b.hedge == Hedge::None;
    let same = a.low <= b.high && b.low <= a.high;
    let near = a.value.abs().checked_mul(Decimal::new(13, 1))? >= b.value.abs()
        && b.value.abs().checked_mul(Decimal::new(13, 1))? >= a.value.abs();
    if !plain || same || !near {
        return None;
    }
    Some((format!("{} is not {}", second.text, first.text), difference(first, second)))
}

/// Whether "down from 5 percent to 15 percent" gives the least and the greatest fall rather than two values:
/// two whole percentages far apart, the greater one behind.
fn is_span(a: &Ends, b: &Ends, second: &Operand) -> bool {
    let unit = &second.quantity.unit;
    let share = unit.is_percent() || unit.dimension == "percentage point";
    let apart = a.value.checked_mul(Decimal::new(13, 1)).is_none_or(|least| b.value >= least);
    share && a.value.fract().is_zero() && b.value.fract().is_zero() && apart
}

fn magnitude(mut ends: Ends) -> Ends {
    if ends.value.is_sign_negative() {
        (ends.low, ends.high) = (-ends.high, -ends.low);
        ends.value = -ends.value;
    }
    ends
}

/// Whether `x` is certainly smaller than `y`; the word for it.
///
/// Written alike, the digits decide ("from 28.6 to 28.5"); written with different precision ("from 2.3 million to
/// 2,299,000"), rounding may have turned the order. A hedge may turn it too, when it points that way. Losses
/// are written with and without their sign, so with a negative number the sizes must agree with the order.
fn smaller(x: &Ends, y: &Ends) -> Option<&'static str> {
    if x.value >= y.value {
        return None;
    }
    let negative = x.value.is_sign_negative() || y.value.is_sign_negative();
    if negative && x.value.abs() >= y.value.abs() {
        return None;
    }
    if x.step != y.step && x.high >= y.low {
        return None;
    }
    // A number a hundred times the other was most likely read without its "million".
    if y.value > x.value.abs().checked_mul(Decimal::ONE_HUNDRED)? {
        return None;
    }
    let tenth = y.value.abs().checked_div(Decimal::TEN)?;
    let close = y.value.checked_sub(x.value)? <= tenth;
    let sure = match (x.hedge, y.hedge) {
        (Hedge::AtLeast | Hedge::MoreThan, _) | (_, Hedge::AtMost | Hedge::LessThan) => false,
        (Hedge::None, Hedge::None) => true,
        _ => !close,
    };
    sure.then_some("less")
}

/// Checks "doubled from A to B".
///
/// Nobody doubles to the last digit: without a hedge a multiple between 0.85 and 1.3 times the one stated
/// passes (0.85 and 1.18 for a half), "more than" and "nearly" must hold on their side within the digits written.
fn multiple(
    factor: Decimal,
    hedge: Hedge,
    a: &Ends,
    b: &Ends,
    first: &Operand,
    second: &Operand,
) -> Option<(String, Option<String>)> {
    let hedged = |h: Hedge| !matches!(h, Hedge::None | Hedge::About);
    if a.low <= Decimal::ZERO || b.low <= Decimal::ZERO || hedged(a.hedge) || hedged(b.hedge) {
        return None;
    }
    let ratio = b.value.checked_div(a.value)?;
    let (low, high) = (b.low.checked_div(a.high)?, b.high.checked_div(a.low)?);
    let grows = factor > Decimal::ONE;
    let near = |percent: i64| factor.checked_mul(Decimal::new(percent, 2));
    let wrong = match (hedge, grows) {
        (Hedge::MoreThan, true) => high < factor,
        (Hedge::MoreThan, false) => low > factor,
        (Hedge::Nearly, true) => low > factor || high < near(75)?,
        (Hedge::Nearly, false) => high < factor || low > near(135)?,
        (Hedge::None, true) => high < near(85)? || low > near(130)?,
        (Hedge::None, false) => high < near(85)? || low > near(118)?,
        _ => high < near(75)? || low > near(140)?,
    };
    // A number a hundred times the other was most likely read without its "million".
    if !wrong || ratio > Decimal::ONE_HUNDRED || ratio < Decimal::new(1, 2) {
        return None;
    }
    let times = ratio.round_dp(2).normalize();
    let but = format!("{} is {times} times {}", second.text, first.text);
    Some((but, None))
}

/// The difference as a note, when both are in one unit.
fn difference(first: &Operand, second: &Operand) -> Option<String> {
    if first.quantity.unit != second.quantity.unit {
        return None;
    }
    let (a, b) = (first.quantity.value(), second.quantity.value());
    let difference = b.checked_sub(a)?;
    let show = |value: Decimal| format_like(value.round_dp(2), &second.text);
    // "2.41 million" is not written out for the sake of a note.
    if !second.text.contains(show(b).as_str()) {
        return None;
    }
    // The difference of two shares is in points.
    let symbol = if first.quantity.unit.is_percent() { "points" } else { first.quantity.unit.symbol.as_str() };
    let unit = if symbol.is_empty() { String::new() } else { format!(" {symbol}") };
    Some(format!("{} − {} = {}{unit}", show(b), show(a), show(difference)))
}
