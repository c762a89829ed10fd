//! Months beside days: "kept for three months" and 90 days.

use crate::value::{Agreement, Decimal, Quantity};

/// Seconds of thirty days.
const THIRTY_DAYS: Decimal = Decimal::from_parts(30 * 86_400, 0, 0, false, 0);

/// Seconds of the shortest and of the longest month.
const MONTH: (Decimal, Decimal) =
    (Decimal::from_parts(28 * 86_400, 0, 0, false, 0), Decimal::from_parts(31 * 86_400, 0, 0, false, 0));

/// Both quantities in one unit: months count as thirty days beside a time of days.
pub(super) fn in_one_unit(x: &Quantity, y: &Quantity) -> (Option<Decimal>, Option<Decimal>) {
    let days = |q: &Quantity| q.base().and_then(|months| months.checked_mul(THIRTY_DAYS));
    match (x.unit.dimension.as_str(), y.unit.dimension.as_str()) {
        ("months", "time") => (days(x), y.base()),
        ("time", "months") => (x.base(), days(y)),
        _ => (x.base(), y.base()),
    }
}

/// Whether a whole number of months agrees with a time of some days and more: a month is 28 to 31 days, a year 365 or
/// 366.
pub(super) fn agreement(x: &Quantity, y: &Quantity) -> Option<Agreement> {
    let whole = x.unit.dimension == "months" && x.is_plain() && x.value().is_integer();
    if !whole || y.unit.dimension != "time" || !y.is_plain() {
        return None;
    }
    let (months, seconds) = (x.base()?, y.base()?);
    let (least, most) = (months.checked_mul(MONTH.0)?, months.checked_mul(MONTH.1)?);
    Some(if least <= seconds && seconds <= most { Agreement::Same } else { Agreement::Different })
}

#[cfg(test)]
mod tests {
    use super::{agreement, in_one_unit};
    use crate::value::{Agreement, Amount, Decimal, Hedge, Quantity, Unit};

    fn of(n: u32, dimension: &str, factor: u32) -> Quantity {
        let unit = Unit { dimension: dimension.into(), symbol: dimension.into(), factor: Decimal::from(factor) };
        Quantity { amount: Amount::exact(Decimal::from(n), Decimal::ONE), hedge: Hedge::None, unit }
    }

    #[test]
    fn reads_months_as_days() {
        let days = |n| of(n, "time", 86_400);
        let months = |n| of(n, "months", 1);
        assert_eq!(agreement(&months(3), &days(90)), Some(Agreement::Same));
        assert_eq!(agreement(&months(12), &days(365)), Some(Agreement::Same));
        assert_eq!(agreement(&months(2), &days(30)), Some(Agreement::Different));
        assert_eq!(agreement(&days(2), &days(30)), None);
        assert_eq!(in_one_unit(&months(2), &days(60)).0, in_one_unit(&months(2), &days(60)).1);
    }
}
