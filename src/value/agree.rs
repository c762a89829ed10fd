//! Whether two stated quantities can both be true of one thing.
//!
//! Three-valued on purpose: only [`Agreement::Different`] is ever reported.

use super::quantity::{Amount, Hedge, Quantity};
use rust_decimal::Decimal;

/// The outcome of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Agreement {
    /// Both can be true.
    Same,
    /// They cannot both be true.
    Different,
    /// The evidence does not decide.
    Unknown,
}

/// What a quantity allows, in base units: a closed interval, open ends as `None`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Allowed {
    low: Option<Decimal>,
    high: Option<Decimal>,
}

/// Compares two quantities as they were written.
///
/// Rounding follows the digits: `2.3 million` agrees with 2,312,450, `600` agrees with 597 only when it is
/// hedged or itself rounded to hundreds by a hedge. A hedge widens: *about* by a tenth or by the last digit
/// that is not zero, whichever is more; *over 1,300* allows anything from 1,300 up to the next step of the
/// same roundness twice over, since nobody calls 5,000 "over 1,300". A fraction in words is compared with a
/// percentage. Returns [`Agreement::Unknown`] for different dimensions and on overflow.
#[must_use]
pub fn agree(a: &Quantity, b: &Quantity) -> Agreement {
    let (a, b) = super::in_percent(a, b);
    let (a, b) = (a.as_ref(), b.as_ref());
    if a.unit.dimension != b.unit.dimension {
        return Agreement::Unknown;
    }
    if is_one_size(a, b) {
        return Agreement::Same;
    }
    let (Some(x), Some(y)) = (allowed(a), allowed(b)) else { return Agreement::Unknown };
    let below = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(l), Some(h)) => l > h,
        _ => false,
    };
    if below(x.low, y.high) || below(y.low, x.high) { Agreement::Different } else { Agreement::Same }
}

/// Whether two sizes of data are one number of units that many do not tell apart: 8 GB and 8 GiB.
fn is_one_size(a: &Quantity, b: &Quantity) -> bool {
    let (less, more) = (a.unit.factor.min(b.unit.factor), a.unit.factor.max(b.unit.factor));
    a.unit.dimension == "data" && a.amount.low == b.amount.low && more < less.saturating_mul(Decimal::new(12, 1))
}

/// How many standard deviations the rounding errors of a sum may add up to. A rounded number is off by a
/// deviation of `step / sqrt(12)`; three sums in two thousand go beyond this many when all parts are rounded.
pub const ROUNDING_DEVIATIONS: f64 = 3.2;

/// The least and the greatest value that a quantity as written can stand for, in base units; `None` on
/// overflow.
#[must_use]
pub fn bounds(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let allowed = allowed(quantity)?;
    Some((allowed.low?, allowed.high?))
}

fn allowed(q: &Quantity) -> Option<Allowed> {
    let Amount { low, high, .. } = q.amount;
    let factor = q.unit.factor;
    let half = rounding(&q.amount, q.hedge)?;
    let tenth = |v: Decimal| v.abs().checked_div(Decimal::TEN);
    // How far a bound that was hedged in one direction can reach and still be a natural thing to say.
    let reach =
        |v: Decimal| -> Option<Decimal> { Some(q.amount.round_step().max(v.abs().checked_div(Decimal::from(4))?)) };
    let (low, high) = match q.hedge {
        Hedge::None => (low.checked_sub(half)?, high.checked_add(half)?),
        Hedge::About => {
            let w = half.max(tenth(low)?);
            (low.checked_sub(w)?, high.checked_add(half.max(tenth(high)?))?)
        }
        Hedge::AtLeast | Hedge::MoreThan => (low.checked_sub(half)?, high.checked_add(reach(high)?)?),
        Hedge::JustOver => (low.checked_sub(half)?, high.checked_add(half.max(tenth(high)?))?),
        Hedge::AtMost | Hedge::LessThan => (low.checked_sub(reach(low)?)?, high.checked_add(half)?),
        Hedge::Nearly => (low.checked_sub(half.max(tenth(low)?))?, high.checked_add(half)?),
    };
    Some(Allowed { low: Some(low.checked_mul(factor)?), high: Some(high.checked_mul(factor)?) })
}

/// Half the worth of the last digit that carries meaning, in the unit written.
///
/// A number with decimals or a scale word ("2.3 million") was rounded to what it shows; a plain integer was
/// counted, unless it is so round that it was not: three zeros or more.
fn rounding(amount: &Amount, hedge: Hedge) -> Option<Decimal> {
    let step = if amount.step != Decimal::ONE {
        amount.step
    } else if hedge != Hedge::None {
        amount.round_step()
    } else {
        let round = amount.round_step();
        let zeros = Decimal::from(1000);
        if round >= zeros && amount.low.abs() >= Decimal::from(10_000) { round } else { Decimal::ZERO }
    };
    step.checked_div(Decimal::TWO)
}

/// How two numbers resemble each other in their digits: the sign of one intended value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Resemblance {
    /// Nothing to speak of.
    None,
    /// Same length, one digit differs, three digits or more.
    OneDigit,
    /// One digit was left out: 154,300 and 15,430; the shorter has three digits or more.
    Dropped,
    /// The same digits in another order: 318,400 and 314,800.
    Transposed,
}

/// Compares the significant digits of two amounts of the same scale.
#[must_use]
pub fn resemblance(a: Decimal, b: Decimal) -> Resemblance {
    let digits = |d: Decimal| -> Vec<u8> { d.abs().to_string().bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>() };
    if a == b || a.scale() != b.scale() {
        return Resemblance::None;
    }
    let (x, y) = (digits(a), digits(b));
    if x.len() != y.len() {
        let (long, short) = if x.len() > y.len() { (&x, &y) } else { (&y, &x) };
        return if lacks_one(long, short) { Resemblance::Dropped } else { Resemblance::None };
    }
    let differing: Vec<usize> = (0..x.len()).filter(|&i| x[i] != y[i]).collect();
    let mut sorted = (x.clone(), y.clone());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    // Three digits that change places are a slip only in a long number.
    let most = if x.len() >= 5 { 3 } else { 2 };
    if sorted.0 == sorted.1 && x.len() >= 2 && differing.len() <= most {
        Resemblance::Transposed
    } else if differing.len() == 1 && x.len() >= 3 && significant(&x, &y) >= 2 {
        Resemblance::OneDigit
    } else {
        Resemblance::None
    }
}

/// Whether leaving out one digit of the longer number gives the shorter, which has three digits or more before its
/// last zeros.
fn lacks_one(long: &[u8], short: &[u8]) -> bool {
    let zeros = short.iter().rev().take_while(|d| **d == b'0').count();
    if long.len() != short.len() + 1 || short.len() - zeros < 3 {
        return false;
    }
    let common = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[common + 1..] == short[common..]
}

/// How many digits two numbers of one length have before the zeros that both end with: 700.0 and 500.0 have one.
fn significant(x: &[u8], y: &[u8]) -> usize {
    let zeros = x.iter().rev().zip(y.iter().rev()).take_while(|(a, b)| **a == b'0' && **b == b'0').count();
    x.len() - zeros
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Unit;

    fn quantity(value: &str, hedge: Hedge) -> Quantity {
        let value: Decimal = value.parse().expect("a number");
        let step = Decimal::new(1, value.scale());
        Quantity { amount: Amount::exact(value, step), hedge, unit: Unit::count() }
    }

    fn check(a: (&str, Hedge), b: (&str, Hedge), expected: Agreement) {
        let (x, y) = (quantity(a.0, a.1), quantity(b.0, b.1));
        assert_eq!(agree(&x, &y), expected, "{a:?} {b:?}");
        assert_eq!(agree(&y, &x), expected, "{b:?} {a:?}");
    }

    #[test]
    fn agrees_when_hedges_and_rounding_allow() {
        check(("1300", Hedge::MoreThan), ("1320", Hedge::None), Agreement::Same);
        check(("500", Hedge::About), ("497", Hedge::None), Agreement::Same);
        check(("2.3", Hedge::None), ("2.31", Hedge::None), Agreement::Same);
        check(("68000", Hedge::None), ("68211", Hedge::None), Agreement::Same);
        check(("12", Hedge::AtLeast), ("13", Hedge::None), Agreement::Same);
        check(("40", Hedge::Nearly), ("38", Hedge::None), Agreement::Same);
    }

    #[test]
    fn differs_when_nothing_allows_both() {
        check(("43", Hedge::None), ("37", Hedge::None), Agreement::Different);
        check(("600", Hedge::About), ("722", Hedge::None), Agreement::Different);
        check(("40", Hedge::Nearly), ("31", Hedge::None), Agreement::Different);
        check(("6", Hedge::MoreThan), ("6", Hedge::None), Agreement::Same);
        check(("1300", Hedge::MoreThan), ("5000", Hedge::None), Agreement::Different);
    }

    #[test]
    fn sees_transposed_and_changed_digits() {
        let d = |s: &str| s.parse::<Decimal>().expect("a number");
        assert_eq!(resemblance(d("318400"), d("314800")), Resemblance::Transposed);
        assert_eq!(resemblance(d("98.6"), d("96.8")), Resemblance::Transposed);
        assert_eq!(resemblance(d("440"), d("410")), Resemblance::OneDigit);
        assert_eq!(resemblance(d("154300"), d("15430")), Resemblance::Dropped);
        assert_eq!(resemblance(d("2140"), d("214")), Resemblance::Dropped);
        assert_eq!(resemblance(d("4000"), d("400")), Resemblance::None);
        assert_eq!(resemblance(d("43"), d("37")), Resemblance::None);
        assert_eq!(resemblance(d("700.0"), d("500.0")), Resemblance::None);
    }
}
