//! Ranges that the patterns of the lexicon find, and values that are said to lie in them.

use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::pattern::{Filled, Match, matches};
use crate::claim::{Claim, ClaimKind, Context, Operand, Value};
use crate::document::Style;
use crate::lexicon::{PatternFamily, PatternRelation};
use crate::value::Unit;
use compact_str::CompactString;

/// Tokens after a range in which a word may turn its order.
const AFTER: usize = 5;

/// Reads the ranges of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for found in matches(view, context.lexicon, PatternFamily::Range) {
        let bytes = view.layer.bytes(found.tokens.clone());
        if [Style::Struck, Style::Address].into_iter().any(|style| view.block.text.has_style(bytes.clone(), style)) {
            continue;
        }
        let claim = match found.relation {
            PatternRelation::Within => within(view, &found),
            PatternRelation::Ordered => ordered(context, view, &found),
            _ => None,
        };
        let Some(claim) = claim else { continue };
        let known = out.iter().rev().take(32).any(|c| {
            c.kind == ClaimKind::Range && c.at.start <= claim.at.start && c.at.end >= claim.at.end
                || matches!((&c.value, &claim.value), (Value::Within { value: a, .. }, Value::Within { value: b, .. }) if a.at == b.at)
        });
        if !known {
            out.push(claim);
        }
    }
}

/// A value and the range that it is said to lie in.
fn within(view: &BlockView<'_>, found: &Match<'_>) -> Option<Claim> {
    let (low, high, value) = (found.slot("low")?, found.slot("high")?, found.slot("value")?);
    let (mut low, mut high, mut value) = (operand(view, low), operand(view, high), operand(view, value));
    let unit = [&low, &high, &value].into_iter().map(|o| &o.quantity.unit).find(|u| !u.is_count()).cloned();
    if let Some(unit) = unit {
        for operand in [&mut low, &mut high, &mut value] {
            if operand.quantity.unit.is_count() {
                operand.quantity.unit = unit.clone();
            }
        }
    }
    // "between 6 and 11 years old, with a mean of 8.2 years": ages and times.
    let years = |o: &Operand| o.quantity.unit.is_count() || o.quantity.unit.symbol.starts_with("year");
    if [&low, &high, &value].into_iter().all(years) {
        for operand in [&mut low, &mut high, &mut value] {
            operand.quantity.unit = Unit::count();
        }
    }
    let same = |a: &Unit, b: &Unit| a.dimension == b.dimension;
    let fits = same(&low.quantity.unit, &high.quantity.unit) && same(&low.quantity.unit, &value.quantity.unit);
    if !fits || low.quantity.value() > high.quantity.value() {
        return None;
    }
    let cue = found.cue().map_or(found.tokens.clone(), |(_, at)| at.clone());
    let at = found.tokens.clone();
    let value = Value::Within { cue: view.member(cue), value, low, high };
    Some(view.claim(ClaimKind::Range, "range", at, value))
}

/// Two ends of which the lower is said to come first, and does not.
fn ordered(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> Option<Claim> {
    let (low, high) = (found.slot("low")?, found.slot("high")?);
    let (mut a, b) = (operand(view, low), operand(view, high));
    if a.quantity.unit.is_count() {
        a.quantity.unit = b.quantity.unit.clone();
    }
    let units = a.quantity.unit.dimension == b.quantity.unit.dimension;
    if !units || a.quantity.base()? <= b.quantity.base()? || b.quantity.value().is_sign_negative() {
        return None;
    }
    let end = found.tokens.end;
    let sentence = view.layer.sentence_of(end.saturating_sub(1));
    let backwards = (end..(end + AFTER).min(sentence.end))
        .any(|i| phrase_at(context.lexicon, "range.backwards", view.text, &view.layer.tokens, i).is_some());
    let temperature =
        a.quantity.unit.dimension.starts_with("temperature") || b.quantity.unit.dimension.starts_with("temperature");
    if backwards || temperature {
        return None;
    }
    // "a minimum of 40 and a maximum of 25": what stands before the lower end.
    let words = found.tokens.start..low.tokens.start.min(high.tokens.start).max(found.tokens.start + 1);
    let cue = found.cue().map_or(words, |(_, at)| at.clone());
    let at = low.tokens.start.min(high.tokens.start)..high.tokens.end.max(low.tokens.end);
    let value = Value::Range { cue: view.member(cue), first: a, second: b };
    Some(view.claim(ClaimKind::Range, "range", at, value))
}

fn operand(view: &BlockView<'_>, filled: &Filled<'_>) -> Operand {
    let member = view.member(filled.tokens.clone());
    Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: filled.quantity.clone() }
}
