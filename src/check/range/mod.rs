//! A range whose ends stand the wrong way round.

mod elsewhere;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Member, Operand, Value};
use crate::span::Span;
use crate::value::{Date, Decimal, Hedge};
use compact_str::CompactString;
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
                Value::Period { cue, first, second, from, to } if is_earlier(*to, *from) => {
                    (cue, (first.at, &first.text), (second.at, &second.text), "before")
                }
                _ => continue,
            };
            let but = format!("{} is {relation} {}", second.1, first.1);
            let place = |at, label: &str| Place { at, within: claim.within, label: label.to_owned() };
            found.push(Finding {
                places: vec![place(second.0, "the end"), place(first.0, "the beginning")],
                variables: vec![
                    ("said", said(cue, first, second)),
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

/// The range as it is written, with the word before it or between its ends.
fn said(cue: &Member, first: (Span, &CompactString), second: (Span, &CompactString)) -> String {
    if cue.at.start < first.0.end {
        format!("{} {} … {}", cue.text, first.1, second.1)
    } else if matches!(cue.text.as_str(), "–" | "-" | "—" | "−") {
        format!("{}–{}", first.1, second.1)
    } else {
        format!("{} {} {}", first.1, cue.text, second.1)
    }
}

/// A year that has all days, for dates without one.
const LEAP: i16 = 2000;

/// Whether one date is before another; a year that one of them does not say is that of the other.
fn is_earlier(one: Date, other: Date) -> bool {
    let year = one.year.or(other.year).or(Some(LEAP));
    let days = |date: Date| Date { year: date.year.or(year), ..date }.days();
    days(one).zip(days(other)).is_some_and(|(a, b)| a.is_before(b))
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
