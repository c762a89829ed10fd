//! A stated whole against its parts.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Operand, Value};
use crate::value::{Decimal, Hedge, Quantity, bounds};
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
        found.extend(selection.claims.iter().filter_map(|claim| self.finding(claim)));
    }
}

impl Sum {
    fn finding(&self, claim: &Claim) -> Option<Finding> {
        let Value::Total { whole, readings, strength, exact, support, culprit, also } = &claim.value else {
            return None;
        };
        if *strength < self.strength || readings.iter().any(|parts| adds_up(whole, parts, *exact) != Some(false)) {
            return None;
        }
        let parts = readings.first()?;
        let style = Style::of(whole, parts);
        let sum = style.write(total(parts)?);
        let mut notes = vec![format!("{} = {sum}, not {}", arithmetic(parts, style), whole.text)];
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

/// Sum of the middles, in the unit written.
fn total(parts: &[Operand]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.value()))
}

/// Whether whole and parts can be a sum, given the digits written and the hedges; `None` on overflow.
fn adds_up(whole: &Operand, parts: &[Operand], exact: bool) -> Option<bool> {
    let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
    for part in parts {
        let (l, h) = allowed(&part.quantity, exact)?;
        low = low.checked_add(l)?;
        high = high.checked_add(h)?;
    }
    let (whole_low, whole_high) = allowed(&whole.quantity, exact)?;
    Some(low <= whole_high && whole_low <= high)
}

/// What a number can stand for: half a unit of its last digit on either side, or what its hedge allows.
fn allowed(quantity: &Quantity, exact: bool) -> Option<(Decimal, Decimal)> {
    if quantity.hedge != Hedge::None {
        return bounds(quantity);
    }
    let half = if exact { Decimal::ZERO } else { quantity.amount.step.checked_div(Decimal::TWO)? };
    Some((
        quantity.amount.low.checked_sub(half)?.checked_mul(quantity.unit.factor)?,
        quantity.amount.high.checked_add(half)?.checked_mul(quantity.unit.factor)?,
    ))
}

/// How the numbers of a sum are written.
#[derive(Clone, Copy)]
struct Style {
    separated: bool,
    decimals: u32,
}

impl Style {
    fn of(whole: &Operand, parts: &[Operand]) -> Self {
        let all = || std::iter::once(whole).chain(parts);
        let grouped = |o: &Operand| {
            let text = o.text.as_bytes();
            text.windows(5).any(|w| w[1] == b',' && w[0].is_ascii_digit() && w[2..].iter().all(u8::is_ascii_digit))
        };
        Self {
            separated: all().any(grouped),
            decimals: all().map(|o| o.quantity.amount.step.scale()).max().unwrap_or(0),
        }
    }

    fn write(self, value: Decimal) -> String {
        let rounded = value.round_dp(self.decimals);
        let plain = format!("{:.*}", self.decimals as usize, rounded.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::new();
        if rounded < Decimal::ZERO {
            out.push('\u{2212}');
        }
        for (i, c) in whole.chars().enumerate() {
            if self.separated && i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
        out
    }
}

/// "0 + 141 − 34", long sums shortened in the middle.
fn arithmetic(parts: &[Operand], style: Style) -> String {
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
        let _ = write!(out, "{sign}{}", style.write(value.abs()));
    }
    out
}
