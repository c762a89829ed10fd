//! Shares in words against shares in per cent: "more than a third" and 28 %.

use super::quantity::{Hedge, Quantity};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Two shares of which one is a fraction and the other in per cent, both in per cent; others as they are.
///
/// Words are looser than digits: "a third" is anything from 31 to 36 per cent, "nearly a third" from 31 to 33, "more than
/// a third" from there to a half.
#[must_use]
pub fn in_percent<'q>(a: &'q Quantity, b: &'q Quantity) -> (Cow<'q, Quantity>, Cow<'q, Quantity>) {
    let fraction = |q: &Quantity| q.unit.dimension == "fraction";
    let (x, y) = match (fraction(a), fraction(b)) {
        (true, false) if b.unit.is_percent() => (percent(a, b).map(Cow::Owned), None),
        (false, true) if a.unit.is_percent() => (None, percent(b, a).map(Cow::Owned)),
        _ => (None, None),
    };
    (x.unwrap_or(Cow::Borrowed(a)), y.unwrap_or(Cow::Borrowed(b)))
}

/// The per cent that a fraction may stand for, as a range in the unit of a percentage.
fn percent(fraction: &Quantity, like: &Quantity) -> Option<Quantity> {
    let value = fraction.value().checked_mul(Decimal::ONE_HUNDRED)?;
    let times = |hundredths: i64| value.checked_mul(Decimal::new(hundredths, 2));
    let (low, high) = match fraction.hedge {
        Hedge::None | Hedge::About => (times(92)?, times(108)?),
        Hedge::Nearly => (times(94)?, value),
        Hedge::JustOver => (value, times(110)?),
        Hedge::AtLeast | Hedge::MoreThan => (value, times(150)?),
        Hedge::AtMost | Hedge::LessThan => (times(60)?, value),
    };
    let mut share = fraction.clone();
    share.unit = like.unit.clone();
    share.hedge = Hedge::None;
    (share.amount.low, share.amount.high) = (low, high);
    (share.amount.range, share.amount.step) = (true, Decimal::ONE);
    Some(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Agreement, Amount, Unit, agree};

    fn share(value: Decimal, dimension: &str, hedge: Hedge) -> Quantity {
        let unit = Unit { dimension: dimension.into(), symbol: "".into(), factor: Decimal::ONE };
        Quantity { amount: Amount::exact(value, Decimal::ONE), hedge, unit }
    }

    #[test]
    fn reads_shares_in_words_as_per_cent() {
        let third = Decimal::ONE / Decimal::from(3);
        let said = |hedge, percent: i64| {
            let (a, b) = (share(third, "fraction", hedge), share(Decimal::from(percent), "percent", Hedge::None));
            agree(&a, &b)
        };
        assert_eq!(said(Hedge::MoreThan, 28), Agreement::Different);
        assert_eq!(said(Hedge::MoreThan, 45), Agreement::Same);
        assert_eq!(said(Hedge::None, 35), Agreement::Same);
        assert_eq!(said(Hedge::Nearly, 38), Agreement::Different);
    }
}
