//! Percentages, quotients and rates that the patterns of the lexicon find.

use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::pattern::{Filled, Match, matches};
use crate::claim::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::lexicon::{PatternFamily, PatternRelation};
use crate::value::{Decimal, Hedge, Unit};
use compact_str::CompactString;

/// Reads the percentages of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for found in matches(view, context.lexicon, PatternFamily::Percentage) {
        let mut found = found;
        // "On average, each of the 25 …": what each has is rounded, and the quotient is what is stated.
        if found.relation == PatternRelation::Product && has(context, view, &found, "pattern.mean") {
            found.relation = PatternRelation::Quotient;
        }
        let Some((relation, stated, others)) = roles(&found) else { continue };
        let scaled = matches!(relation, Relation::Share | Relation::Growth | Relation::Fall);
        if scaled && has(context, view, &found, "percentage.other-base") {
            continue;
        }
        let operands: Vec<Operand> = others.iter().map(|o| operand(view, o)).collect();
        let Some(operands) = fitting(relation, &stated.quantity.unit, operands) else { continue };
        let stated_operand = operand(view, stated);
        let known = out
            .iter()
            .rev()
            .take(32)
            .any(|c| matches!(&c.value, Value::Percentage { stated, .. } if stated.at == stated_operand.at));
        if known {
            continue;
        }
        let value = Value::Percentage { relation, stated: stated_operand, others: operands };
        out.push(view.claim(ClaimKind::Percentage, "percentage", stated.tokens.clone(), value));
    }
}

/// The relation of a match, what is stated, and what it follows from.
fn roles<'m, 'a>(found: &'m Match<'a>) -> Option<(Relation, &'m Filled<'a>, Vec<&'m Filled<'a>>)> {
    let (relation, stated, others): (_, _, &[&str]) = match found.relation {
        PatternRelation::Share => (Relation::Share, "share", &["part", "whole"]),
        PatternRelation::Growth => (Relation::Growth, "change", &["start", "end"]),
        PatternRelation::Fall => (Relation::Fall, "change", &["start", "end"]),
        PatternRelation::Points => (Relation::Points, "change", &["start", "end"]),
        PatternRelation::Quotient => (Relation::Quotient, "each", &["total", "count"]),
        PatternRelation::Product => (Relation::Product, "total", &["count", "each"]),
        PatternRelation::Rate => (Relation::Rate, "rate", &["part", "whole"]),
        PatternRelation::Same => (Relation::Same, "second", &["first"]),
        _ => return None,
    };
    let others: Option<Vec<&Filled<'a>>> = others.iter().map(|name| found.slot(name)).collect();
    Some((relation, found.slot(stated)?, others?))
}

/// The operands with their units made alike, when they can be put into the relation at all.
fn fitting(relation: Relation, stated: &Unit, mut operands: Vec<Operand>) -> Option<Vec<Operand>> {
    let is_ratio = |unit: &Unit| {
        matches!(unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times")
            || unit.dimension.starts_with("temperature")
    };
    match (relation, &mut operands[..]) {
        (Relation::Share, [part, whole]) => {
            // "The 4.2 of the 9 million": the unit may be left to the whole.
            let fits = part.quantity.unit.dimension == whole.quantity.unit.dimension && !is_ratio(&whole.quantity.unit);
            let one = whole.quantity.value() <= Decimal::ONE;
            (fits && !one).then_some(operands)
        }
        (Relation::Growth | Relation::Fall, [start, end]) => {
            if start.quantity.unit.is_count() {
                start.quantity.unit = end.quantity.unit.clone();
            }
            let fits = start.quantity.unit.dimension == end.quantity.unit.dimension && !is_ratio(&start.quantity.unit);
            fits.then_some(operands)
        }
        (Relation::Quotient, [total, count]) => {
            let whole = &total.quantity.unit.dimension;
            let fits = stated.dimension == *whole
                || stated.dimension.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('/'));
            let apart = count.quantity.unit.dimension != *whole || count.quantity.unit.is_count();
            let several = count.quantity.value() > Decimal::ONE;
            (fits && apart && several && !count.quantity.unit.is_money()).then_some(operands)
        }
        (Relation::Product, [count, each]) => {
            let fits = each.quantity.unit.dimension == stated.dimension && count.quantity.unit.is_count();
            (fits && !is_ratio(stated) && count.quantity.value() > Decimal::ONE).then_some(operands)
        }
        (Relation::Rate, [part, whole]) => {
            let per = stated.dimension.strip_prefix('/').is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
            let counts = part.quantity.unit.is_count() && whole.quantity.unit.is_count();
            (per && counts).then_some(operands)
        }
        // "Fewer than a third (41 %)" states an order.
        (Relation::Same, [first]) if !matches!(first.quantity.hedge, Hedge::None | Hedge::About | Hedge::Nearly) => {
            None
        }
        _ => Some(operands),
    }
}

/// Whether the sentences of a match have a phrase of a set.
fn has(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>, set: &str) -> bool {
    let last = found.tokens.end.saturating_sub(1).max(found.tokens.start);
    let (from, to) = (view.layer.sentence_of(found.tokens.start).start, view.layer.sentence_of(last).end);
    let tokens = &view.layer.tokens;
    // "Nine deaths among 400 cases mean a fatality of …": a verb.
    let verb = |i: usize| view.word(i) == "mean" && matches!(view.word(i + 1), "a" | "an");
    (from..to).any(|i| !verb(i) && phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
}

fn operand(view: &BlockView<'_>, filled: &Filled<'_>) -> Operand {
    let member = view.member(filled.tokens.clone());
    Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: filled.quantity.clone() }
}
