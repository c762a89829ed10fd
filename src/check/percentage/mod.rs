//! A percentage that does not follow from the numbers beside it.
//!
//! Every number stands for all the values that it may have been rounded from; only when no choice of them gives
//! the percentage is it wrong.

mod elsewhere;
mod whole;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Operand, Relation, Value};
use crate::value::{Decimal, Hedge, bounds, format_like, operand_bounds, percent_bounds, percent_worth};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Percentage {}

impl Check for Percentage {
    fn variables(&self) -> &'static [&'static str] {
        &["stated", "but"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        elsewhere::check(selection.claims, found);
        for claim in selection.claims {
            let Value::Percentage { relation, stated, others } = &claim.value else { continue };
            let Some((but, label)) = clash(*relation, stated, others) else { continue };
            // A change that a table contradicts is told with the table.
            if found.iter().any(|f| f.places[0].at == stated.at) {
                continue;
            }
            let place = |operand: &Operand, label: String| Place { at: operand.at, within: claim.within, label };
            let mut places = vec![place(stated, label)];
            places.extend(others.iter().map(|o| place(o, String::new())));
            found.push(Finding {
                places,
                variables: vec![("stated", stated.text.to_string()), ("but", but)],
                notes: Vec::new(),
            });
        }
    }
}

/// What the numbers make instead, as a clause and as a label; `None` when the percentage may be right.
fn clash(relation: Relation, stated: &Operand, others: &[Operand]) -> Option<(String, String)> {
    let (mut least, mut most) = percent_bounds(&stated.quantity)?;
    // "About a third" is said of 36 in a hundred too.
    if stated.quantity.hedge != Hedge::None && stated.quantity.unit.dimension == "fraction" {
        (least, most) = (least.checked_sub(Decimal::TWO)?, most.checked_add(Decimal::TWO)?);
    }
    if let (Relation::Complement, [other]) = (relation, others) {
        let sum = stated.quantity.value().checked_add(other.quantity.value())?;
        // Far more than a whole are shares of two wholes. Both may have been rounded up by half of the last digit.
        let steps = stated.quantity.amount.step.checked_add(other.quantity.amount.step)?;
        if sum.checked_sub(steps.checked_div(Decimal::TWO)?)? <= Decimal::ONE_HUNDRED || sum > Decimal::from(110) {
            return None;
        }
        let sum = percent(sum, 2, &stated.text);
        return Some((format!("{} and {} make {sum}", other.text, stated.text), format!("makes {sum} together")));
    }
    match (relation, others) {
        (Relation::Whole, _) => return whole(stated, others),
        (Relation::Same, [other]) => return same(stated, other),
        (Relation::Points, [start, end]) => return points(stated, start, end),
        (Relation::Quotient, [total, count]) => return quotient(stated, total, count, Decimal::ONE),
        (Relation::Product, [a, b]) => return product(stated, a, b),
        (Relation::Rate, [part, whole]) => {
            let base = stated.quantity.unit.dimension.strip_prefix('/')?.parse().ok()?;
            return quotient(stated, part, whole, base);
        }
        _ => {}
    }
    let [a, b] = others else { return None };
    // The two ends of a change are written with one precision: beside 720,000 the zeros of 800,000 are counted.
    let (x, y) = if relation == Relation::Share { (None, None) } else { (Some(&b.quantity), Some(&a.quantity)) };
    let (low_a, high_a) = operand_bounds(&a.quantity, x)?;
    let (low_b, high_b) = operand_bounds(&b.quantity, y)?;
    if low_a <= Decimal::ZERO || low_b <= Decimal::ZERO {
        return None;
    }
    let hundredfold = |x: Decimal, y: Decimal| x.checked_div(y)?.checked_mul(Decimal::ONE_HUNDRED);
    let hundred = Decimal::ONE_HUNDRED;
    let (x, y) = (a.quantity.base()?, b.quantity.base()?);
    let (low, high, exact) = match relation {
        Relation::Share => (hundredfold(low_a, high_b)?, hundredfold(high_a, low_b)?, hundredfold(x, y)?),
        Relation::Growth => (
            hundredfold(low_b, high_a)?.checked_sub(hundred)?,
            hundredfold(high_b, low_a)?.checked_sub(hundred)?,
            hundredfold(y, x)?.checked_sub(hundred)?,
        ),
        Relation::Fall => (
            hundred.checked_sub(hundredfold(high_b, low_a)?)?,
            hundred.checked_sub(hundredfold(low_b, high_a)?)?,
            hundred.checked_sub(hundredfold(y, x)?)?,
        ),
        _ => return None,
    };
    if low <= most && high >= least {
        return None;
    }
    // A part greater than its whole, a change the other way or of another size: the numbers belong elsewhere.
    let value = percent_worth(&stated.quantity)?;
    let near = exact > Decimal::ZERO
        && exact.checked_mul(Decimal::TWO)? >= value
        && exact <= value.checked_mul(Decimal::TWO)?
        && (relation == Relation::Growth || exact <= hundred || value > hundred);
    if !near {
        return None;
    }
    let digits = stated.quantity.amount.step.normalize().scale();
    let places = match stated.quantity.unit.dimension.as_str() {
        "fraction" => 1,
        _ if exact < Decimal::TEN => digits.max(1),
        _ => digits,
    };
    let shown = percent(exact, places.min(3), &stated.text);
    let but = match relation {
        Relation::Share => format!("{} of {} are {shown}", a.text, b.text),
        Relation::Growth => format!("from {} to {} is a rise of {shown}", a.text, b.text),
        _ => format!("from {} to {} is a fall of {shown}", a.text, b.text),
    };
    Some((but, format!("is {shown}")))
}

/// Shares that are said to be a whole.
fn whole(stated: &Operand, others: &[Operand]) -> Option<(String, String)> {
    let all = || others.iter().chain(std::iter::once(stated));
    let sum = all().try_fold(Decimal::ZERO, |sum, o| sum.checked_add(o.quantity.base()?))?;
    let steps = all().try_fold(Decimal::ZERO, |sum, o| {
        sum.checked_add(o.quantity.amount.step.checked_mul(o.quantity.unit.factor)?)
    })?;
    let slack = steps.checked_div(Decimal::TWO)?;
    if sum.checked_sub(Decimal::ONE_HUNDRED)?.abs() <= slack {
        return None;
    }
    let digits = all().map(|o| o.quantity.amount.step.normalize().scale()).max().unwrap_or(0);
    let shown = percent(sum, digits, &stated.text);
    Some((format!("the {} shares make {shown}", others.len() + 1), format!("makes {shown} together")))
}

/// Two shares of one thing, one of them perhaps in words.
fn same(stated: &Operand, other: &Operand) -> Option<(String, String)> {
    let (low, high) = percent_bounds(&stated.quantity)?;
    let (least, mut most) = percent_bounds(&other.quantity)?;
    // "Nearly three quarters (62 %)" is far below; what is above states an order.
    if other.quantity.hedge == Hedge::Nearly {
        most = Decimal::MAX;
    }
    if low <= most && high >= least {
        return None;
    }
    let worth = percent(percent_worth(&other.quantity)?, 1, &stated.text);
    let but = format!("{} is {worth}", other.text.to_lowercase());
    Some((but, format!("is {worth}")))
}

/// A change between two percentages, in points or in per cent.
fn points(stated: &Operand, start: &Operand, end: &Operand) -> Option<(String, String)> {
    let (a, b) = (start.quantity.base()?, end.quantity.base()?);
    let change = b.checked_sub(a)?.abs();
    let step = |o: &Operand| o.quantity.amount.step.checked_mul(o.quantity.unit.factor);
    let slack = step(stated)?.checked_add(step(start)?)?.checked_add(step(end)?)?.checked_div(Decimal::TWO)?;
    let value = stated.quantity.base()?;
    let (mut low, mut high) = (value.checked_sub(slack)?, value.checked_add(slack)?);
    if stated.quantity.hedge != Hedge::None {
        let (least, most) = bounds(&stated.quantity)?;
        (low, high) = (low.min(least), high.max(most));
    }
    let is_difference = low <= change && change <= high;
    let near = |x: Decimal| {
        x > Decimal::ZERO && x <= value.saturating_mul(Decimal::TWO) && x.saturating_mul(Decimal::TWO) >= value
    };
    let digits = start.quantity.amount.step.normalize().scale().max(end.quantity.amount.step.normalize().scale());
    let shown = format_like(change.round_dp(digits.max(1)), &stated.text);
    if !stated.quantity.unit.is_percent() {
        let wrong = !is_difference && near(change);
        return wrong.then(|| {
            let but = format!("from {} to {} are {shown} points", start.text, end.text);
            (but, format!("are {shown} points"))
        });
    }
    let hundredfold = change.checked_mul(Decimal::ONE_HUNDRED)?;
    let relative = hundredfold.checked_div(a)?;
    let (least, most) = percent_bounds(&stated.quantity)?;
    // Half of the last digits of both ends may have been rounded away.
    let widest = change.checked_add(slack)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(a)?;
    let narrowest = change.checked_sub(slack)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(a)?;
    if narrowest <= most && widest >= least || !(is_difference || near(relative)) {
        return None;
    }
    let relative = percent(relative, 1, &stated.text);
    let but = format!("from {} to {} are {shown} points, or {relative}", start.text, end.text);
    Some((but, format!("{shown} points, or {relative}")))
}

/// A total divided by a count, times a base.
fn quotient(stated: &Operand, total: &Operand, count: &Operand, base: Decimal) -> Option<(String, String)> {
    let (low_a, high_a) = operand_bounds(&total.quantity, None)?;
    let (low_b, high_b) = operand_bounds(&count.quantity, None)?;
    if low_a <= Decimal::ZERO || low_b <= Decimal::ZERO {
        return None;
    }
    let divide = |x: Decimal, y: Decimal| x.checked_div(y)?.checked_mul(base);
    // Units of the count cancel with those of the quotient.
    let unit = count.quantity.unit.factor;
    let value = stated.quantity.base()?;
    let step = stated.quantity.amount.step.checked_mul(stated.quantity.unit.factor)?;
    let slack = step.checked_mul(Decimal::new(6, 1))?.max(value.checked_div(Decimal::from(200))?);
    let (mut least, mut most) = (value.checked_sub(slack)?, value.checked_add(slack)?);
    if !matches!(stated.quantity.hedge, Hedge::None | Hedge::About) {
        let (low, high) = bounds(&stated.quantity)?;
        (least, most) = (least.min(low), most.max(high));
    }
    let (low, high) = (divide(low_a, high_b)?.checked_mul(unit)?, divide(high_a, low_b)?.checked_mul(unit)?);
    let exact = divide(total.quantity.base()?, count.quantity.base()?)?.checked_mul(unit)?;
    if low <= most && high >= least {
        return None;
    }
    let near = exact.checked_mul(Decimal::TWO)? >= value && exact <= value.checked_mul(Decimal::TWO)?;
    if !near {
        return None;
    }
    let digits = stated.quantity.amount.step.normalize().scale();
    let written = exact.checked_div(stated.quantity.unit.factor)?;
    let digits = if written < Decimal::TEN { digits.max(1) } else { digits };
    let shown = format_like(written.round_dp(digits), &stated.text);
    let per = if base == Decimal::ONE { String::new() } else { format!(" per {}", format_like(base, "1,000")) };
    let by = if base == Decimal::ONE { "divided by" } else { "among" };
    Some((format!("{} {by} {} is {shown}{per}", total.text, count.text), format!("is {shown}{per}")))
}

/// Two numbers multiplied. Whole numbers are exact, others are rounded in their last digit.
fn product(stated: &Operand, a: &Operand, b: &Operand) -> Option<(String, String)> {
    let all = [stated, a, b];
    if all.iter().any(|o| o.quantity.hedge != Hedge::None || o.quantity.amount.range) {
        return None;
    }
    let base = |o: &Operand| o.quantity.amount.low.checked_mul(o.quantity.unit.factor);
    let half = |o: &Operand| {
        let amount = &o.quantity.amount;
        let whole = amount.low.fract().is_zero() && amount.step <= Decimal::ONE;
        let half = amount.step.checked_mul(o.quantity.unit.factor)?.checked_div(Decimal::TWO)?;
        Some(if whole { Decimal::ZERO } else { half })
    };
    let (x, y, value) = (base(a)?, base(b)?, base(stated)?);
    let exact = x.checked_mul(y)?;
    // The result may have been rounded to its last digit, written out or in zeros.
    let last =
        stated.quantity.amount.round_step().checked_mul(stated.quantity.unit.factor)?.checked_div(Decimal::TWO)?;
    let rounded = if half(a)?.is_zero() && half(b)?.is_zero() { half(stated)? } else { half(stated)?.max(last) };
    let slack = half(a)?.checked_mul(y)?.checked_add(half(b)?.checked_mul(x)?)?.checked_add(rounded)?;
    let off = exact.checked_sub(value)?.abs();
    let near = exact.checked_mul(Decimal::TWO)? >= value && exact <= value.checked_mul(Decimal::TWO)?;
    // "10 masters with 1 replica each, for a total of 20": what has the others counts with them.
    let counts = all.iter().all(|o| o.quantity.unit.is_count());
    let with_holders = counts && half(a)?.is_zero() && half(b)?.is_zero() && exact.checked_add(x)? == value;
    if off <= slack || !near || with_holders {
        return None;
    }
    let digits = all.iter().map(|o| o.quantity.amount.step.normalize().scale()).max()?;
    let written = exact.checked_div(stated.quantity.unit.factor)?.round_dp(digits);
    let shown = format_like(written, &stated.text);
    Some((format!("{} × {} is {shown}", a.text, b.text), format!("is {shown}")))
}

fn percent(value: Decimal, places: u32, like: &str) -> String {
    format!("{} %", format_like(value.round_dp(places), like))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{FileId, Span};
    use crate::value::{Amount, Quantity, Unit};

    fn operand(value: &str, dimension: &str) -> Operand {
        let amount: Decimal = value.parse().expect("a number");
        let mut unit = Unit::count();
        unit.dimension = dimension.into();
        let step = Decimal::new(1, amount.scale());
        let quantity = Quantity { amount: Amount::exact(amount, step), hedge: Hedge::None, unit };
        Operand { at: Span::new(FileId(0), 0, 0), text: value.into(), name: "".into(), quantity }
    }

    fn wrong(relation: Relation, stated: &str, others: &[&str]) -> bool {
        let unit = if relation == Relation::Complement { "percent" } else { "" };
        let others: Vec<Operand> = others.iter().map(|o| operand(o, unit)).collect();
        clash(relation, &operand(stated, "percent"), &others).is_some()
    }

    #[test]
    fn flags_what_no_rounding_explains() {
        assert!(wrong(Relation::Share, "27", &["19", "60"]));
        assert!(wrong(Relation::Growth, "16", &["187900", "214600"]));
        assert!(wrong(Relation::Fall, "60", &["8400", "2100"]));
        assert!(wrong(Relation::Complement, "49.3", &["50.9"]));
    }

    fn said(relation: Relation, stated: (&str, &str), others: &[(&str, &str)]) -> Option<String> {
        let others: Vec<Operand> = others.iter().map(|(v, d)| operand(v, d)).collect();
        clash(relation, &operand(stated.0, stated.1), &others).map(|(but, _)| but)
    }

    #[test]
    fn flags_points_quotients_rates_and_wholes() {
        let percent = |v| (v, "percent");
        let count = |v| (v, "");
        let points = said(Relation::Points, percent("2.2"), &[percent("14.6"), percent("12.4")]);
        assert_eq!(points.as_deref(), Some("from 14.6 to 12.4 are 2.2 points, or 15.1 %"));
        let points = said(Relation::Points, ("5", "percentage point"), &[percent("14.6"), percent("12.4")]);
        assert!(points.is_none(), "too far away");
        let quotient = said(Relation::Quotient, count("35"), &[count("620"), count("20")]);
        assert_eq!(quotient.as_deref(), Some("620 divided by 20 is 31"));
        let rate = said(Relation::Rate, ("21", "/1000"), &[count("45"), count("3000")]);
        assert_eq!(rate.as_deref(), Some("45 among 3000 is 15 per 1,000"));
        let whole = said(Relation::Whole, percent("26"), &[percent("40"), percent("38")]);
        assert_eq!(whole.as_deref(), Some("the 3 shares make 104 %"));
        let same = said(Relation::Same, percent("41"), &[("0.25", "fraction")]);
        assert_eq!(same.as_deref(), Some("0.25 is 25 %"));
    }

    #[test]
    fn ignores_points_quotients_and_wholes_within_rounding() {
        let percent = |v| (v, "percent");
        let count = |v| (v, "");
        assert!(said(Relation::Points, percent("15"), &[percent("14.6"), percent("12.4")]).is_none());
        assert!(said(Relation::Points, ("3", "percentage point"), &[percent("61"), percent("65")]).is_none());
        assert!(said(Relation::Quotient, count("31"), &[count("625"), count("20")]).is_none());
        assert!(said(Relation::Whole, percent("33.3"), &[percent("33.3"), percent("33.3")]).is_none());
        assert!(said(Relation::Same, percent("31"), &[("0.333", "fraction")]).is_none());
    }

    #[test]
    fn ignores_rounded_cut_off_and_unrelated_numbers() {
        assert!(!wrong(Relation::Share, "31", &["19", "60"]), "cut off");
        assert!(!wrong(Relation::Share, "80", &["19", "60"]), "too far away");
        assert!(!wrong(Relation::Growth, "14", &["4.1", "4.7"]), "rounded ends");
        assert!(!wrong(Relation::Growth, "14", &["4.7", "4.1"]), "the other way");
        assert!(!wrong(Relation::Complement, "49.2", &["50.9"]), "rounded up twice");
        assert!(!wrong(Relation::Complement, "55", &["60"]), "two wholes");
    }
}
