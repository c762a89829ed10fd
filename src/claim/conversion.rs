//! A measure and the same in another unit right behind it: "27 km (17 miles)", "1 mile = 1.6 km".

use super::{Claim, ClaimKind, Context, Operand, Value};
use crate::annotate::{QuantityAt, TokenKind};
use crate::lexicon::Lexicon;
use crate::value::{Decimal, Unit};
use compact_str::CompactString;

/// Most words between the measure and the bracket: "27 km of track (17 miles)".
const WORDS: usize = 3;

/// Reads the claims of kind Conversion.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        let values = &view.layer.quantities;
        for (i, pair) in values.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            let Some((readings, whole)) = readings(context.lexicon, &a.quantity.unit, &b.quantity.unit) else {
                continue;
            };
            if a.label || b.label || a.hedged.end >= b.hedged.start {
                continue;
            }
            let before = i.checked_sub(1).map(|i| &values[i]);
            let compound = before.is_some_and(|v| v.tokens.end == a.tokens.start)
                || values.get(i + 2).is_some_and(|v| v.tokens.start == b.tokens.end);
            if compound || !joined(&view, a, b, whole) {
                continue;
            }
            let operand = |v: &QuantityAt| {
                let member = view.member(v.tokens.clone());
                let name = CompactString::default();
                Operand { at: member.at, text: member.text, name, quantity: v.quantity.clone() }
            };
            let value = Value::Conversion { first: operand(a), second: operand(b), readings, whole };
            out.push(view.claim(ClaimKind::Conversion, "conversion", a.tokens.start..b.tokens.end, value));
        }
    }
}

/// Whether the words between show that the second is the first once more.
fn joined(view: &super::BlockView<'_>, a: &QuantityAt, b: &QuantityAt, whole: bool) -> bool {
    let gap = a.hedged.end..b.hedged.start;
    let open = gap.end - 1;
    match view.word(open) {
        "(" | "[" => {
            let words = gap.start..open;
            let plain = |i: usize| {
                view.layer.tokens[i].kind == TokenKind::Word
                    && !matches!(view.word(i), "and" | "or" | "to" | "in" | "within" | "with" | "for" | "from")
            };
            matches!(view.word(b.hedged.end), ")" | "]")
                && words.len() <= if whole { 0 } else { WORDS }
                && words.into_iter().all(plain)
        }
        "=" | "≈" => gap.len() == 1,
        // "10 or 6 miles" offers a choice as often as it converts; units that nobody mixes do not.
        "or" => gap.len() == 1 && !whole,
        _ => false,
    }
}

/// The ways to convert one unit into the other, as factor and offset, and whether one is a whole multiple of the
/// other; `None` when they measure different things, are one unit, or are money.
fn readings(lexicon: &Lexicon, a: &Unit, b: &Unit) -> Option<(Vec<(Decimal, Decimal)>, bool)> {
    let one = (Decimal::ONE, Decimal::ZERO);
    let fahrenheit = Decimal::new(18, 1);
    let zero = Decimal::new(27_315, 2);
    match (a.dimension.as_str(), b.dimension.as_str()) {
        // A difference of temperatures is converted without the offset.
        ("temperature:C", "temperature:F") => {
            return Some((vec![(fahrenheit, Decimal::from(32)), (fahrenheit, Decimal::ZERO)], false));
        }
        ("temperature:F", "temperature:C") => {
            let factor = Decimal::ONE.checked_div(fahrenheit)?;
            return Some((vec![(factor, -Decimal::from(32).checked_mul(factor)?), (factor, Decimal::ZERO)], false));
        }
        ("temperature:C", "temperature:K") => return Some((vec![(Decimal::ONE, zero), one], false)),
        ("temperature:K", "temperature:C") => return Some((vec![(Decimal::ONE, -zero), one], false)),
        _ => {}
    }
    let measure = |unit: &Unit| {
        !unit.dimension.is_empty()
            && !unit.is_money()
            && !unit.dimension.contains("currency")
            && !matches!(unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times" | "age")
    };
    if a.dimension != b.dimension || a.symbol == b.symbol || a.factor == b.factor || !measure(a) {
        return None;
    }
    let worths = |unit: &Unit| -> Vec<Decimal> {
        std::iter::once(unit.factor).chain(lexicon.also.get(&unit.symbol).copied()).collect()
    };
    let mut out = Vec::new();
    for x in worths(a) {
        for y in worths(b) {
            out.push((x.checked_div(y)?, Decimal::ZERO));
        }
    }
    // Days and weeks of work are shorter than those of the calendar.
    if a.dimension == "time" && [a, b].iter().any(|unit| unit.factor >= Decimal::from(86_400)) {
        return None;
    }
    let multiple = |x: Decimal, y: Decimal| x.checked_rem(y).is_some_and(|r| r.is_zero());
    let whole = multiple(a.factor, b.factor) || multiple(b.factor, a.factor);
    (!out.is_empty()).then_some((out, whole))
}
