//! A measure and the same in another unit right behind it: "27 km (17 miles)", "1 mile = 1.6 km".

mod apart;

use super::{Claim, ClaimKind, Context, Operand, Value};
use crate::annotate::{Case, QuantityAt, TokenKind, phrases_at};
use crate::lexicon::{Lexicon, Pos};
use crate::value::{Decimal, Quantity, Unit};
use compact_str::CompactString;

/// Most words between the measure and the bracket: "27 km of track (17 miles)".
const WORDS: usize = 3;

/// A week of five days is less than this part of one of the calendar.
const WORKING: Decimal = Decimal::from_parts(75, 0, 0, false, 2);

/// Reads the claims of kind Conversion.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        let values = &view.layer.quantities;
        for (i, pair) in values.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            if is_twice(context.lexicon, &view, a, b) {
                out.push(claim(&view, a, b, vec![(Decimal::ONE, Decimal::ZERO)], true));
                continue;
            }
            let Some((readings, whole)) = readings(context.lexicon, &a.quantity, &b.quantity) else {
                continue;
            };
            // "40 km/25 miles": what stands beside a slash looks like a name.
            let slash = view.word(a.tokens.end) == "/" && b.tokens.start == a.tokens.end + 1;
            if (a.label || b.label) && !slash || a.hedged.end >= b.hedged.start {
                continue;
            }
            let before = i.checked_sub(1).map(|i| &values[i]);
            let compound = before.is_some_and(|v| v.tokens.end == a.tokens.start)
                || values.get(i + 2).is_some_and(|v| v.tokens.start == b.tokens.end);
            if compound || !joined(context.lexicon, &view, a, b, whole) {
                continue;
            }
            out.push(claim(&view, a, b, readings, whole));
        }
    }
    apart::extract(context, out);
}

fn claim(
    view: &super::BlockView<'_>,
    a: &QuantityAt,
    b: &QuantityAt,
    readings: Vec<(Decimal, Decimal)>,
    whole: bool,
) -> Claim {
    let operand = |v: &QuantityAt| {
        let member = view.member(v.tokens.clone());
        let name = CompactString::default();
        Operand { at: member.at, text: member.text, name, quantity: v.quantity.clone() }
    };
    let value = Value::Conversion { first: operand(a), second: operand(b), readings, whole };
    view.claim(ClaimKind::Conversion, "conversion", a.tokens.start..b.tokens.end, value)
}

/// A number in words and once more in digits, in the manner of contracts: "thirty (30) days".
fn is_twice(lexicon: &Lexicon, view: &super::BlockView<'_>, a: &QuantityAt, b: &QuantityAt) -> bool {
    let digits = |at: usize| view.word(at).bytes().all(|c| c.is_ascii_digit() || c == b',');
    let plain = |v: &QuantityAt| !v.label && v.quantity.is_plain() && v.quantity.unit.is_count();
    if !plain(a) || !plain(b) || !a.quantity.amount.words || b.quantity.amount.words {
        return false;
    }
    let (open, close) = (a.tokens.end, b.tokens.end);
    let bracket = view.word(open) == "(" && view.word(close) == ")" && b.tokens == (open + 1..close);
    // What is counted follows the bracket; a note mark has none of that.
    let next = view.layer.tokens.get(close + 1);
    let noun = next.is_some_and(|t| {
        let pos = t.word.map_or(Pos::default(), |id| lexicon.words.pos(id));
        t.kind == TokenKind::Word && t.case != Case::Upper && !pos.any(Pos::CLOSED.and(Pos::ADVERB))
    });
    let near = |x: Decimal, y: Decimal| x.checked_mul(Decimal::from(4)).is_some_and(|most| y <= most);
    let (x, y) = (a.quantity.value(), b.quantity.value());
    bracket && noun && digits(open + 1) && x >= Decimal::TWO && near(x, y) && near(y, x)
}

/// Whether the words between show that the second is the first once more.
fn joined(lexicon: &Lexicon, view: &super::BlockView<'_>, a: &QuantityAt, b: &QuantityAt, whole: bool) -> bool {
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
        "or" if gap.len() == 1 => !whole,
        "/" => gap.len() == 1 && !whole,
        _ => {
            // "310 metres long, equivalent to 1,017 feet"
            let most = gap.start + if whole { 0 } else { WORDS } + 1;
            (gap.start..most.min(gap.end)).any(|at| {
                let words = (gap.start..at).all(|i| view.layer.tokens[i].kind == TokenKind::Word);
                let comma = view.word(at) == ",";
                let cue = at + usize::from(comma);
                words
                    && phrases_at(lexicon, view.text, &view.layer.tokens, cue).any(|(set, n)| {
                        let ends = cue + n == b.hedged.start || cue + n == b.tokens.start;
                        set == "pattern.equals" && ends && (comma || n > 1)
                    })
            })
        }
    }
}

/// The ways to convert one unit into the other, as factor and offset, and whether one is a whole multiple of the
/// other; `None` when they measure different things, are one unit, or are money.
fn readings(lexicon: &Lexicon, first: &Quantity, second: &Quantity) -> Option<(Vec<(Decimal, Decimal)>, bool)> {
    let (a, b) = (&first.unit, &second.unit);
    // Nothing differs from another thing by so many degrees.
    let difference = |most: i64| first.value().abs() <= Decimal::from(most);
    let one = (Decimal::ONE, Decimal::ZERO);
    let fahrenheit = Decimal::new(18, 1);
    let zero = Decimal::new(27_315, 2);
    match (a.dimension.as_str(), b.dimension.as_str()) {
        // A difference of temperatures is converted without the offset.
        ("temperature:C", "temperature:F") => {
            let mut out = vec![(fahrenheit, Decimal::from(32))];
            out.extend(difference(60).then_some((fahrenheit, Decimal::ZERO)));
            return Some((out, false));
        }
        ("temperature:F", "temperature:C") => {
            let factor = Decimal::ONE.checked_div(fahrenheit)?;
            let mut out = vec![(factor, -Decimal::from(32).checked_mul(factor)?)];
            out.extend(difference(110).then_some((factor, Decimal::ZERO)));
            return Some((out, false));
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
        let (small, large) = if a.factor < b.factor { (first, second) } else { (second, first) };
        let whole = large.unit.factor.checked_div(small.unit.factor)?;
        let calendar = large.value().checked_mul(whole)?.checked_mul(WORKING)?;
        if !small.value().checked_rem(whole)?.is_zero() && small.value() < calendar {
            return None;
        }
    }
    let multiple = |x: Decimal, y: Decimal| x.checked_rem(y).is_some_and(|r| r.is_zero());
    let whole = multiple(a.factor, b.factor) || multiple(b.factor, a.factor);
    (!out.is_empty()).then_some((out, whole))
}
