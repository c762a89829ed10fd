//! Arithmetic written out: "12 × 40 = 480", "480 / 1,200 = 40 %".

use crate::annotate::QuantityAt;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Operand, Relation, Value};
use crate::document::Style;
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;

/// Reads the products and quotients of one block.
pub(super) fn extract(view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let numbers = &view.layer.quantities;
    for three in numbers.windows(3) {
        let [a, b, result] = three else { continue };
        let plain = |q: &QuantityAt| {
            !q.quantity.amount.range && q.quantity.hedge == Hedge::None && q.quantity.value() > Decimal::ZERO
        };
        let code = view.block.text.has_style(view.layer.bytes(a.tokens.start..result.tokens.end), Style::Code);
        let apart = b.tokens.start == a.tokens.end + 1 && result.tokens.start == b.tokens.end + 1;
        if code || !apart || !three.iter().all(plain) || view.word(b.tokens.end) != "=" {
            continue;
        }
        // A longer calculation is not read.
        let before = a.tokens.start.checked_sub(1).map_or("", |i| view.word(i));
        if is_operator(before)
            || is_operator(view.word(result.tokens.end))
            || matches!(before, ")" | "(") && is_open(view, a)
        {
            continue;
        }
        let relation = match view.word(a.tokens.end) {
            "×" | "x" | "*" | "·" | "X" => Relation::Product,
            "/" | "÷" | ":" if result.quantity.unit.is_percent() => Relation::Share,
            "/" | "÷" => Relation::Quotient,
            _ => continue,
        };
        let units = match relation {
            // One of the two is counted: "5 x €40 = €200".
            Relation::Product => {
                let (x, y, z) = (&a.quantity.unit, &b.quantity.unit, &result.quantity.unit);
                x.is_count() && (y.dimension == z.dimension || z.is_count() || y.is_count())
                    || y.is_count() && x.dimension == z.dimension
            }
            _ => a.quantity.unit.dimension == b.quantity.unit.dimension,
        };
        if !units {
            continue;
        }
        let operand = |q: &QuantityAt| {
            let member = view.member(q.tokens.clone());
            Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: q.quantity.clone() }
        };
        let value = Value::Percentage { relation, stated: operand(result), others: vec![operand(a), operand(b)] };
        out.push(view.claim(ClaimKind::Percentage, "percentage", result.tokens.clone(), value));
    }
}

/// Whether a bracket that a number stands in was opened by a calculation: "2 × (12 + 3 = 15".
fn is_open(view: &BlockView<'_>, number: &QuantityAt) -> bool {
    number.tokens.start.checked_sub(2).is_some_and(|i| is_operator(view.word(i)))
}

fn is_operator(word: &str) -> bool {
    matches!(word, "+" | "-" | "\u{2212}" | "×" | "*" | "/" | "^" | "÷" | "=" | "·" | "x")
}
