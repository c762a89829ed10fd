//! A mean and the number of whole numbers it is the mean of.

use super::{Check, Finding, Place, Selection};
use crate::claim::{Average, Operand, Value};
use crate::value::Decimal;
use crate::value::granularity::{Neighbours, debit, grim, grim_percent};
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MeanCheck {
    /// Whether shares that end in 0 or 5 are taken at their word: authors round 58 % to 60 % without saying so.
    pub round_shares: bool,
}

impl Check for MeanCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["value", "cases", "possible"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        if selection.across {
            return;
        }
        for claim in selection.claims {
            let Value::Mean { what, value, deviation, cases } = &claim.value else { continue };
            let Some((possible, note)) = self.impossible(*what, value, deviation.as_ref(), cases) else { continue };
            let place = |at, label: String| Place { at, within: claim.within, label };
            found.push(Finding {
                places: vec![place(value.at, possible.clone()), place(cases.at, "the number of cases".to_owned())],
                variables: vec![
                    ("value", value.text.to_string()),
                    ("cases", cases.text.to_string()),
                    ("possible", possible),
                ],
                notes: vec![note],
            });
        }
    }
}

impl MeanCheck {
    /// What would be possible instead, and the arithmetic; `None` when the value is possible or nothing can be said.
    fn impossible(
        &self,
        what: Average,
        value: &Operand,
        deviation: Option<&Operand>,
        cases: &Operand,
    ) -> Option<(String, String)> {
        let n = cases.quantity.value().to_u32()?;
        let mean = printed(value)?;
        match what {
            Average::Mean => {
                let Neighbours { sums, possible } = grim(mean, n)?;
                let of = |k: i128| decimals(k, n, mean.scale());
                (!possible).then(|| {
                    let note = format!("{} / {n} = {}, {} / {n} = {}", sums[0], of(sums[0]), sums[1], of(sums[1]));
                    (format!("{} or {} is possible", of(sums[0]), of(sums[1])), note)
                })
            }
            Average::Share => {
                let rounded = mean.scale() == 0 && (mean % Decimal::from(5)).is_zero();
                if rounded && !self.round_shares {
                    return None;
                }
                let Neighbours { sums, possible } = grim_percent(mean, n)?;
                let of = |k: i128| decimals(k * 100, n, mean.scale());
                (!possible).then(|| {
                    let note = format!("{} / {n} = {} %, {} / {n} = {} %", sums[0], of(sums[0]), sums[1], of(sums[1]));
                    (format!("{} or {} % is possible", of(sums[0]), of(sums[1])), note)
                })
            }
            Average::Binary => {
                let sd = printed(deviation?)?;
                let x = mean.to_f64()?;
                let expected = (f64::from(n) / (f64::from(n) - 1.0) * x * (1.0 - x)).max(0.0).sqrt();
                let places = sd.scale() as usize;
                (!debit(mean, sd, n)?).then(|| {
                    let note = format!("√({n} / {} × {mean} × (1 − {mean})) = {expected:.places$}", n - 1);
                    (format!("its deviation is {expected:.places$}"), note)
                })
            }
        }
    }
}

/// The value with the number of decimals that was written.
fn printed(operand: &Operand) -> Option<Decimal> {
    let amount = operand.quantity.amount;
    let mut value = amount.low;
    value.rescale(if amount.step < Decimal::ONE { amount.step.normalize().scale() } else { 0 });
    Some(value)
}

/// `numerator / n` with so many decimals.
fn decimals(numerator: i128, n: u32, places: u32) -> String {
    let quotient = Decimal::from_i128_with_scale(numerator, 0) / Decimal::from(n);
    format!(
        "{:.1$}",
        quotient.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
        places as usize
    )
}
