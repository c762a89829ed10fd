//! A stated whole against its parts.

mod columns;

use super::fix::{Edit, Fix, restated};
use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Operand, Value};
use crate::lexicon::{Lexicon, NumberRole};
use crate::span::Span;
use crate::value::{Decimal, Hedge, Quantity, ROUNDING_DEVIATIONS, Resemblance, bounds, grouped, resemblance};
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde::Deserialize;
use std::fmt::Write as _;

/// Parameters of the relation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sum {
    /// How sure it must be that the parts are all the parts, 0 to 10.
    pub strength: u8,
}

impl Default for Sum {
    fn default() -> Self {
        Self { strength: 5 }
    }
}

/// An arithmetic line names at most this many parts.
const SHOWN: usize = 12;

impl Check for Sum {
    fn variables(&self) -> &'static [&'static str] {
        &["subject", "whole", "sum"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        columns::check(selection.claims, found);
        found.extend(selection.claims.iter().filter_map(|claim| self.finding(claim)));
    }

    fn fixes(&self, selection: Selection<'_>, finding: &Finding) -> Vec<Fix> {
        let at = |at: Span| {
            let first = selection.claims.partition_point(|c| c.at < at);
            selection.claims[first..].iter().take_while(move |c| c.at == at)
        };
        let mut claims = finding.places.iter().flat_map(|place| at(place.at));
        let Some(claim) = claims.find(|c| self.finding(c).as_ref() == Some(finding)) else { return Vec::new() };
        let edit = corrected(claim, selection.claims);
        edit.map(|edit| Fix { choice: None, edits: vec![edit] }).into_iter().collect()
    }
}

/// The one number that is to blame for a sum, and what it has to be. Either several sums of a table, which share
/// that number alone, add up with it; or the same parts are given elsewhere together with their sum.
fn corrected(claim: &Claim, claims: &[&Claim]) -> Option<Edit> {
    let Value::Total { whole, readings, exact, culprit, .. } = &claim.value else { return None };
    let [parts] = readings.as_slice() else { return None };
    let is_plain = |o: &Operand| o.quantity.hedge == Hedge::None && o.quantity.is_plain();
    if !is_plain(whole) || !parts.iter().all(is_plain) {
        return None;
    }
    let sum = total(parts)?;
    let edit = |operand: &Operand, value: Decimal| {
        let new = restated(&operand.text, operand.quantity.value(), value)?;
        Some(Edit { at: operand.at, old: operand.text.to_string(), new })
    };
    match culprit {
        Some(member) if *exact && member.at == whole.at => edit(whole, sum),
        Some(member) if *exact => {
            let part = parts.iter().find(|p| p.at == member.at)?;
            edit(part, whole.quantity.value().checked_sub(sum.checked_sub(part.quantity.value())?)?)
        }
        Some(_) => None,
        None => {
            let mut values: Vec<Decimal> = parts.iter().map(|p| p.quantity.value()).collect();
            values.sort_unstable();
            let agrees = |other: &&&Claim| match &other.value {
                Value::Total { whole: w, readings, .. } => {
                    let mut given: Vec<Decimal> =
                        readings.first().into_iter().flatten().map(|p| p.quantity.value()).collect();
                    given.sort_unstable();
                    readings.len() == 1
                        && is_plain(w)
                        && readings[0].iter().all(is_plain)
                        && w.quantity.unit == whole.quantity.unit
                        && w.quantity.value() == sum
                        && given == values
                }
                _ => false,
            };
            (values.len() > 1 && claims.iter().filter(|c| c.at != claim.at).any(|c| agrees(&c)))
                .then(|| edit(whole, sum))?
        }
    }
}

impl Sum {
    fn finding(&self, claim: &Claim) -> Option<Finding> {
        let Value::Total { whole, readings, strength, exact, support, culprit, also } = &claim.value else {
            return None;
        };
        let agrees = |parts: &Vec<Operand>| adds_up(whole, parts, *exact) != Some(false) || adds_up_also(whole, parts);
        if *strength < self.strength || readings.iter().any(agrees) {
            return None;
        }
        let parts = readings.first()?;
        if is_mean(whole, parts) {
            return None;
        }
        let style = Style::of(whole, parts);
        let sum = style.write(total(parts)?);
        let mut notes = vec![format!("{} = {sum}, not {}", arithmetic(parts, &style), whole.text)];
        match support {
            0 => {}
            1 => notes.push("the same sum adds up in one other column or row of the table".to_owned()),
            n => notes.push(format!("the same sum adds up in {n} other columns or rows of the table")),
        }
        let mut places = Vec::with_capacity(parts.len() + 1);
        let place = |operand: &Operand, label: String| Place { at: operand.at, within: operand.at, label };
        let label = |operand: &Operand| {
            let name: String = operand.name.chars().take(36).collect();
            if name.is_empty() { operand.text.to_string() } else { name }
        };
        let said = format!("{}; the parts make {sum}", whole.text);
        let wholly = Place { at: whole.at, within: claim.within, label: said };
        match culprit {
            Some(member) if member.at != whole.at => {
                if let Some(part) = parts.iter().find(|p| p.at == member.at) {
                    places.push(place(part, format!("{}: both sums point here", part.text)));
                }
                places.push(wholly);
                places.extend(parts.iter().filter(|p| p.at != member.at).map(|p| place(p, label(p))));
            }
            _ => {
                places.push(wholly);
                places.extend(parts.iter().map(|p| place(p, label(p))));
            }
        }
        for other in also {
            if !places.iter().any(|p| p.at == other.at) {
                places.push(place(other, format!("{}: does not add up either", other.text)));
            }
        }
        if let Some(member) = culprit {
            notes.push(format!("{} sums would add up if `{}` were another number", also.len() + 1, member.text));
        }
        let subject = if claim.subject.wording.is_empty() { "total" } else { claim.subject.wording.as_str() };
        Some(Finding {
            places,
            variables: vec![("subject", subject.to_owned()), ("whole", whole.text.to_string()), ("sum", sum)],
            notes,
        })
    }
}

/// Whether a number lies among its parts, as a mean does, and is not their sum with a digit written wrong.
fn is_mean(whole: &Operand, parts: &[Operand]) -> bool {
    let value = whole.quantity.value();
    let values = || parts.iter().map(|p| p.quantity.value());
    let among = values().any(|v| v < value) && values().any(|v| v > value);
    let slip = total(parts).is_some_and(|sum| resemblance(sum, value) != Resemblance::None);
    parts.len() > 2 && among && values().all(|v| v > Decimal::ZERO) && !slip
}

/// Sum of the middles, in the unit written.
fn total(parts: &[Operand]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.value()))
}

/// Whether whole and parts can be a sum, given the digits written and the hedges; `None` on overflow.
///
/// A plain number is off by half a unit of its last digit at most, and many such errors seldom all go one way:
/// the slack is the smaller of their sum and [`ROUNDING_DEVIATIONS`] standard deviations. A hedged number may
/// be anything that its hedge allows.
fn adds_up(whole: &Operand, parts: &[Operand], exact: bool) -> Option<bool> {
    // What the parts less the whole can be, without rounding, and what rounding can change in that.
    let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
    let (mut slack, mut variance) = (Decimal::ZERO, 0.0);
    for (operand, is_whole) in parts.iter().map(|p| (p, false)).chain([(whole, true)]) {
        let quantity = &operand.quantity;
        let (l, h) = if quantity.hedge == Hedge::None { plain(quantity)? } else { bounds(quantity)? };
        if quantity.hedge == Hedge::None && !exact {
            let step = quantity.amount.step.checked_mul(quantity.unit.factor)?;
            slack = slack.checked_add(step.checked_div(Decimal::TWO)?)?;
            variance += step.to_f64()?.powi(2) / 12.0;
        }
        let (l, h) = if is_whole { (-h, -l) } else { (l, h) };
        low = low.checked_add(l)?;
        high = high.checked_add(h)?;
    }
    let likely = Decimal::from_f64(ROUNDING_DEVIATIONS * variance.sqrt())?;
    let slack = slack.min(likely);
    Some(low <= slack && -high <= slack)
}

/// Whether the numbers add up in the second worth that some give their units: 512 MB and 512 MB are 1 GB.
fn adds_up_also(whole: &Operand, parts: &[Operand]) -> bool {
    let also = &Lexicon::english().also;
    let worth = |o: &Operand| {
        let unit = &o.quantity.unit;
        o.quantity.amount.low.checked_mul(also.get(&unit.symbol).copied().unwrap_or(unit.factor))
    };
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(worth(part)?));
    also.contains_key(&whole.quantity.unit.symbol) && sum.is_some() && sum == worth(whole)
}

/// The ends of a number as written, in base units.
fn plain(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    let factor = quantity.unit.factor;
    Some((quantity.amount.low.checked_mul(factor)?, quantity.amount.high.checked_mul(factor)?))
}

/// How the numbers of a sum are written.
#[derive(Clone)]
struct Style {
    separated: bool,
    decimals: u32,
    /// The scale word that all of them have, and its value: `million`, 1,000,000.
    scale: Option<(String, Decimal)>,
}

impl Style {
    fn of(whole: &Operand, parts: &[Operand]) -> Self {
        let all = || std::iter::once(whole).chain(parts);
        let grouped = |o: &Operand| {
            let text = o.text.as_bytes();
            text.windows(5).any(|w| w[1] == b',' && w[0].is_ascii_digit() && w[2..].iter().all(u8::is_ascii_digit))
        };
        let word = |o: &Operand| o.text.split_whitespace().next_back().and_then(scale).map(|d| (last_word(o), d));
        let common = word(whole).filter(|w| parts.iter().all(|p| word(p).as_ref() == Some(w)));
        let divisor = common.as_ref().map_or(Decimal::ONE, |(_, d)| *d);
        let decimals = |o: &Operand| o.quantity.amount.step.checked_div(divisor).map_or(0, |s| s.normalize().scale());
        Self {
            separated: all().any(grouped) || common.is_none() && all().any(|o| word(o).is_some()),
            decimals: all().map(decimals).max().unwrap_or(0),
            scale: common,
        }
    }

    /// A number without its scale word.
    fn digits(&self, value: Decimal) -> String {
        let divisor = self.scale.as_ref().map_or(Decimal::ONE, |(_, d)| *d);
        let rounded = value.checked_div(divisor).unwrap_or(value).round_dp(self.decimals);
        let plain = format!("{:.*}", self.decimals as usize, rounded.abs());
        let sign = if rounded < Decimal::ZERO { "\u{2212}" } else { "" };
        format!("{sign}{}", grouped(&plain, self.separated.then_some(','), '.'))
    }

    fn write(&self, value: Decimal) -> String {
        let digits = self.digits(value);
        match &self.scale {
            Some((word, _)) => format!("{digits} {word}"),
            None => digits,
        }
    }
}

fn last_word(operand: &Operand) -> String {
    operand.text.split_whitespace().next_back().unwrap_or("").to_owned()
}

/// The value of a scale word as written behind a number.
fn scale(word: &str) -> Option<Decimal> {
    Lexicon::english().numbers.get(word).filter(|n| n.role == NumberRole::Scale).map(|n| n.value)
}

/// "0 + 141 − 34", long sums shortened in the middle.
fn arithmetic(parts: &[Operand], style: &Style) -> String {
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        if parts.len() > SHOWN && i == SHOWN - 2 {
            let _ = write!(out, " + … ({} more)", parts.len() - SHOWN + 1);
        }
        if parts.len() > SHOWN && (SHOWN - 2..parts.len() - 1).contains(&i) {
            continue;
        }
        let value = part.quantity.value();
        let sign = match (i == 0, value < Decimal::ZERO) {
            (true, true) => "\u{2212}",
            (true, false) => "",
            (false, true) => " \u{2212} ",
            (false, false) => " + ",
        };
        let _ = write!(out, "{sign}{}", style.digits(value.abs()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::value::{Amount, Unit};

    fn operand(text: &str, value: &str, step: &str) -> Operand {
        let number = |s: &str| s.parse().expect("a decimal");
        let amount = Amount::exact(number(value), number(step));
        let quantity = Quantity { amount, hedge: Hedge::None, unit: Unit::count() };
        Operand { at: Span::new(FileId(0), 0, 0), text: text.into(), name: "".into(), quantity }
    }

    #[test]
    fn allows_what_rounding_can_do_and_no_more() {
        let parts = [operand("33.3", "33.3", "0.1"), operand("33.3", "33.3", "0.1"), operand("33.3", "33.3", "0.1")];
        let whole = |text: &str| operand(text, text, "0.1");
        assert_eq!(adds_up(&whole("100.0"), &parts, false), Some(true));
        assert_eq!(adds_up(&whole("100.2"), &parts, false), Some(false));
        assert_eq!(adds_up(&whole("100.0"), &parts, true), Some(false));
    }

    #[test]
    fn allows_what_a_hedge_does() {
        let parts = [operand("722", "722", "1"), operand("598", "598", "1")];
        let mut whole = operand("1300", "1300", "1");
        assert_eq!(adds_up(&whole, &parts, true), Some(false));
        whole.quantity.hedge = Hedge::MoreThan;
        assert_eq!(adds_up(&whole, &parts, true), Some(true));
    }

    #[test]
    fn writes_the_arithmetic_as_the_author_does() {
        let parts = [operand("158.3 million", "158300000", "100000"), operand("121.6 million", "121600000", "100000")];
        let style = Style::of(&operand("289.9 million", "289900000", "100000"), &parts);
        assert_eq!(arithmetic(&parts, &style), "158.3 + 121.6");
        assert_eq!(style.write(total(&parts).expect("small")), "279.9 million");
        let parts = [operand("1,234", "1234", "1"), operand("(66)", "-66", "1")];
        let style = Style::of(&operand("1,160", "1160", "1"), &parts);
        assert_eq!(arithmetic(&parts, &style), "1,234 \u{2212} 66");
    }
}
