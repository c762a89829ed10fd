//! A range whose ends stand the wrong way round.

mod elsewhere;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Member, Operand, Value};
use crate::value::{Decimal, Hedge};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeCheck {}

impl Check for RangeCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["said", "cue", "first", "second", "but"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        elsewhere::check(selection.claims, found);
        for claim in selection.claims {
            if let Value::Within { cue, value, low, high } = &claim.value {
                found.extend(outside(claim, cue, value, low, high));
                continue;
            }
            let (cue, first, second, relation) = match &claim.value {
                Value::Range { cue, first, second } if is_reversed(first, second) => {
                    (cue, (first.at, &first.text), (second.at, &second.text), "less than")
                }
                Value::Period { cue, first, second, from, to }
                    if to.days().zip(from.days()).is_some_and(|(t, f)| t.is_before(f)) =>
                {
                    (cue, (first.at, &first.text), (second.at, &second.text), "before")
                }
                _ => continue,
            };
            let but = format!("{} is {relation} {}", second.1, first.1);
            let place = |at, label: &str| Place { at, within: claim.within, label: label.to_owned() };
            found.push(Finding {
                places: vec![place(second.0, "the end"), place(first.0, "the beginning")],
                variables: vec![
                    ("said", format!("{} {} … {}", cue.text, first.1, second.1)),
                    ("cue", cue.text.to_string()),
                    ("first", first.1.to_string()),
                    ("second", second.1.to_string()),
                    ("but", but),
                ],
                notes: Vec::new(),
            });
        }
    }
}

/// Whether the first end is the greater one. The unit may be left to the second.
fn is_reversed(first: &Operand, second: &Operand) -> bool {
    if first.quantity.unit.is_count() || first.quantity.unit == second.quantity.unit {
        return first.quantity.amount.low > second.quantity.amount.low;
    }
    first.quantity.base() > second.quantity.base()
}

/// A value outside the range that it is said to lie in. Far outside, it is of another thing.
fn outside(claim: &Claim, cue: &Member, value: &Operand, low: &Operand, high: &Operand) -> Option<Finding> {
    let half = |o: &Operand| o.quantity.amount.step.checked_mul(o.quantity.unit.factor)?.checked_div(Decimal::TWO);
    let (x, a, b) = (value.quantity.base()?, low.quantity.base()?, high.quantity.base()?);
    let below = x.checked_add(half(value)?)? <= a.checked_sub(half(low)?)?;
    let above = x.checked_sub(half(value)?)? >= b.checked_add(half(high)?)?;
    let width = b.checked_sub(a)?.abs();
    let reach = width.checked_mul(Decimal::TWO)?.max(a.abs().max(b.abs()));
    let near = x >= a.checked_sub(reach)? && x <= b.checked_add(reach)?;
    if !(below || above) || !near || width.is_zero() || value.quantity.hedge != Hedge::None {
        return None;
    }
    let (end, relation) = if below { (low, "less than") } else { (high, "more than") };
    let but = format!("{} is {relation} {}", value.text, end.text);
    let place = |o: &Operand, label: &str| Place { at: o.at, within: claim.within, label: label.to_owned() };
    Some(Finding {
        places: vec![place(value, &but), place(low, "the beginning"), place(high, "the end")],
        variables: vec![
            ("said", format!("{} {} in {} … {}", cue.text, value.text, low.text, high.text)),
            ("cue", format!("{} {} in", cue.text, value.text)),
            ("first", low.text.to_string()),
            ("second", high.text.to_string()),
            ("but", but),
        ],
        notes: Vec::new(),
    })
}
