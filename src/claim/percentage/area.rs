//! An area beside the two sides that it is worked out from: "10 by 12 m, or 120 m²".

use crate::annotate::{QuantityAt, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::value::{Decimal, Unit};
use compact_str::CompactString;

/// Most tokens between the second side and the area.
const APART: usize = 4;

/// Reads the areas of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for three in view.layer.quantities.windows(3) {
        let [a, b, area] = three else { continue };
        let plain = |q: &QuantityAt| q.quantity.is_plain() && q.quantity.value() > Decimal::ZERO;
        let by = a.tokens.end + 1 == b.tokens.start && matches!(view.word(a.tokens.end), "by" | "x" | "×" | "X");
        if !by
            || !three.iter().all(plain)
            || area.quantity.unit.dimension != "area"
            || !stands_for(context, view, b, area)
        {
            continue;
        }
        // "10 by 12 m": the unit of the first is left to the second.
        let unit = &b.quantity.unit;
        let length = |u: &Unit| u.dimension == "length";
        if !length(unit) || !(length(&a.quantity.unit) || a.quantity.unit.is_count()) {
            continue;
        }
        let operand = |q: &QuantityAt, unit: &Unit| {
            let member = view.member(q.tokens.clone());
            let mut quantity = q.quantity.clone();
            quantity.unit = unit.clone();
            Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
        };
        let first = if length(&a.quantity.unit) { &a.quantity.unit } else { unit };
        let value = Value::Percentage {
            relation: Relation::Product,
            stated: operand(area, &area.quantity.unit),
            others: vec![operand(a, first), operand(b, unit)],
        };
        out.push(view.claim(ClaimKind::Percentage, "percentage", area.tokens.clone(), value));
    }
}

/// Whether the area is said to be that of the sides: ", or 120 m²", "(120 m²)", "= 120 m²".
fn stands_for(context: &Context<'_>, view: &BlockView<'_>, side: &QuantityAt, area: &QuantityAt) -> bool {
    let gap = side.hedged.end..area.hedged.start;
    if gap.is_empty() || gap.len() > APART {
        return false;
    }
    let sign = |i: usize| matches!(view.word(i), "(" | "=" | "≈" | "or" | "making" | "giving");
    let equals = |i: usize| phrase_at(context.lexicon, "pattern.equals", view.text, &view.layer.tokens, i).is_some();
    let at = gap.start + usize::from(view.word(gap.start) == ",");
    at < gap.end && (sign(at) || equals(at))
}
