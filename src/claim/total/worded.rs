//! Wholes and parts that the patterns of the lexicon find: what is left of an income, the rest of a whole that is
//! named after its part, an opening stock with what came and went.

use crate::claim::context::BlockView;
use crate::claim::noun::{class, lemma, noun_phrase};
use crate::claim::pattern::{Filled, Match, matches};
use crate::claim::{Claim, ClaimKind, Context, Operand, Value};
use crate::lexicon::{PatternFamily, PatternRelation, Pos};
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;

/// Reads the totals of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for found in matches(view, context.lexicon, PatternFamily::Total) {
        if found.relation == PatternRelation::TwoSorts && !two_sorts(&found) {
            continue;
        }
        let Some(mut claim) = claim(context, view, &found) else { continue };
        if found.relation == PatternRelation::TwoSorts && goes_on(view, &found, &claim) {
            continue;
        }
        if let Some(whole) = found.slot("whole")
            && let Some(noun) = noun_phrase(view, context.lexicon, whole.tokens.end)
        {
            claim.subject.wording = view.wording(noun.tokens).into();
        }
        let known = out.iter().rev().take(32).any(|c| c.kind == ClaimKind::Total && c.at == claim.at);
        if !known {
            out.push(claim);
        }
    }
}

/// Whether the two sorts named are the two sides of one complement: `sex.a` and `sex.b`.
fn two_sorts(found: &Match<'_>) -> bool {
    let sorts: Vec<&str> = found.cues.iter().filter_map(|(set, _)| set.strip_prefix("complement.")).collect();
    let side = |sort: &str| sort.rsplit_once('.').map(|(name, side)| (name.to_owned(), side.to_owned()));
    let [Some(a), Some(b)] = [sorts.first().and_then(|s| side(s)), sorts.get(1).and_then(|s| side(s))] else {
        return false;
    };
    a.0 == b.0 && a.1 != b.1
}

/// Whether the parts are too few and another number follows: "593 were women, 214 were men and 8 gave no sex".
fn goes_on(view: &BlockView<'_>, found: &Match<'_>, claim: &Claim) -> bool {
    let Value::Total { whole, readings, .. } = &claim.value else { return false };
    let parts = readings.first().map_or(&[][..], Vec::as_slice);
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?));
    let end = view.layer.sentence_of(found.tokens.start).end;
    let quantities = &view.layer.quantities;
    let next = quantities.partition_point(|q| q.tokens.start < found.tokens.end);
    let follows = quantities.get(next).is_some_and(|q| q.tokens.start < end && q.quantity.unit.is_count());
    follows && sum < whole.quantity.base()
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> Option<Claim> {
    let whole = found.slot("whole")?;
    let mut parts: Vec<Operand> = Vec::new();
    for slot in found.slots.iter().filter(|s| s.name != "whole") {
        let mut part = operand(view, slot);
        if slot.name == "minus" {
            let amount = &mut part.quantity.amount;
            (amount.low, amount.high) = (-amount.high, -amount.low);
        }
        parts.push(part);
    }
    let mut whole_operand = operand(view, whole);
    // "940 million crowns, 510 million for schools": the unit may be left to the whole.
    let unit = whole_operand.quantity.unit.clone();
    for part in &mut parts {
        if part.quantity.unit.is_count() && !unit.is_count() && part.quantity.amount.step > Decimal::ONE {
            part.quantity.unit = unit.clone();
        }
        if part.quantity.unit.dimension != unit.dimension {
            return None;
        }
    }
    let plain = parts.iter().chain(std::iter::once(&whole_operand)).all(|o| o.quantity.hedge == Hedge::None);
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?))?;
    let stated = whole_operand.quantity.base()?;
    let gap = sum.checked_sub(stated)?;
    let differences = parts.iter().any(|p| p.quantity.value() < Decimal::ZERO);
    // Numbers that are far from adding up were not meant to; what is left over may be any share of the rest.
    let most =
        if differences { parts.iter().filter_map(|p| p.quantity.base()).map(|d| d.abs()).max()? } else { stated.abs() };
    let near = gap.abs().checked_mul(Decimal::TEN)?
        <= most.checked_mul(Decimal::from(if differences { 2 } else { 1 }))?
        || gap.abs() == Decimal::ONE && parts.len() >= 2;
    // "Of the 45 schools, 17 were closed. The remaining 38": any difference is a slip when both speak of one thing.
    let rest = found.relation == PatternRelation::Rest
        && gap.abs().checked_mul(Decimal::TWO)? <= stated
        && one_thing(context, view, found);
    let near = near || rest;
    // Three parts or more that are a little too many were meant to be all; two may overlap.
    let close = gap.checked_mul(Decimal::from(30))? <= stated && parts.len() >= 3;
    let bare = found.relation == PatternRelation::Close;
    if bare && (parts.len() < 3 || gap.abs().checked_mul(Decimal::from(30))? > stated) {
        return None;
    }
    let worded = !found.slots.iter().any(|s| s.name == "parts");
    let over = found.relation != PatternRelation::AtMost || gap > Decimal::ZERO && (worded || close);
    let largest = parts.iter().filter_map(|p| p.quantity.base()).max()?;
    if !plain || !near || !over || !differences && largest >= stated || stated <= Decimal::ZERO {
        return None;
    }
    for operand in parts.iter_mut().chain(std::iter::once(&mut whole_operand)) {
        let amount = &mut operand.quantity.amount;
        if amount.step == Decimal::ONE {
            amount.step = Decimal::ZERO;
        }
    }
    let value = Value::Total {
        whole: whole_operand,
        readings: vec![parts],
        strength: 6,
        exact: false,
        support: 0,
        culprit: None,
        also: Vec::new(),
    };
    Some(view.claim(ClaimKind::Total, "total", whole.tokens.clone(), value))
}

/// Whether the last number of a match counts what the whole counts, as far as its noun says.
fn one_thing(context: &Context<'_>, view: &BlockView<'_>, found: &Match<'_>) -> bool {
    let head = |filled: &Filled<'_>| {
        let phrase = noun_phrase(view, context.lexicon, filled.tokens.end)?;
        Some(class(context.lexicon, &lemma(view, context.lexicon, phrase.head)))
    };
    let (Some(whole), Some(last)) = (found.slot("whole"), found.slots.last()) else { return false };
    // "The remaining 14 in the second group" are those left of another whole.
    let end = noun_phrase(view, context.lexicon, last.tokens.end).map_or(last.tokens.end, |p| p.tokens.end);
    let next = view.layer.tokens.get(end).and_then(|t| t.word);
    let narrowed = next.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::PREPOSITION));
    !narrowed && head(last).is_none_or(|noun| head(whole).is_some_and(|of| of == noun))
}

fn operand(view: &BlockView<'_>, filled: &Filled<'_>) -> Operand {
    let member = view.member(filled.tokens.clone());
    Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: filled.quantity.clone() }
}
