//! A last part that is called what is left, of a whole in a paragraph before: "… brought out 165 people. … Among them
//! were 106 children. The other 48 were women."

use super::claim;
use super::close::{is_part, remains};
use super::operands::Passage;
use crate::claim::{Claim, Context, Value};
use crate::document::{BlockId, BlockKind};
use crate::value::{Decimal, Hedge};

/// How many blocks before the last part are looked at.
const BLOCKS: u32 = 3;
/// The longest paragraph that is looked at, in tokens.
const LONGEST: usize = 600;
/// How far off the parts may be, in per cent; more counts other things.
const PERCENT: i64 = 8;
/// How sure it is that the parts are all the parts, see [`Value::Total`].
const STRENGTH: u8 = 5;

/// Finds the rests of one passage whose wholes stand in a paragraph before.
pub(super) fn find(context: &Context<'_>, passage: &Passage<'_>, out: &mut Vec<Claim>) {
    let (block, tokens) = (passage.view.id, passage.view.layer.tokens.len());
    if tokens > LONGEST {
        return;
    }
    for last in 1..passage.numbers.len() {
        if !remains(passage, last) || passage.numbers[last].sentence > 2 {
            continue;
        }
        // "Most of those who landed were men: 97": the words for a part belong to the whole of the paragraph before.
        let opens = |i: usize| {
            let number = &passage.numbers[i];
            i == 0 && passage.same_unit(i, last) && number.depth == 0 && number.quantity.quantity.hedge == Hedge::None
        };
        let parts: Vec<usize> = (0..=last).filter(|&i| i == last || opens(i) || is_part(passage, last, i)).collect();
        if !(2..=5).contains(&parts.len()) || is_known(passage, last, out) {
            continue;
        }
        let operands = passage.parts(&parts);
        let Some(sum) = operands.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?)) else {
            continue;
        };
        let people = parts.iter().find_map(|&i| passage.people(i));
        let section = passage.view.block.section;
        let mut wholes: Vec<(BlockId, usize)> = Vec::new();
        let mut explained = false;
        for id in (block.0.saturating_sub(BLOCKS)..block.0).rev() {
            let before = context.document.block(BlockId(id));
            if before.section != section || matches!(before.kind, BlockKind::Heading(_)) {
                break;
            }
            let view = context.view(BlockId(id));
            if !view.is_prose() || view.layer.tokens.len() > LONGEST {
                continue;
            }
            let there = Passage::new(context, view);
            for i in 0..there.numbers.len() {
                let (quantity, of) = (&there.numbers[i].quantity.quantity, &passage.numbers[last].quantity.quantity);
                let same = quantity.unit.dimension == of.unit.dimension && quantity.hedge == Hedge::None;
                let kind = there.people(i).is_none_or(|k| people.is_none_or(|p| p == k));
                let Some(value) = there.value(i).filter(|_| same && kind && !of.unit.is_percent()) else { continue };
                let gap = sum.checked_sub(value).map(|g| g.abs());
                explained |= gap == Some(Decimal::ZERO);
                let near = gap.and_then(|g| g.checked_div(value)).is_some_and(|g| g <= Decimal::new(PERCENT, 2));
                if near {
                    wholes.push((BlockId(id), i));
                }
            }
        }
        // With several wholes to choose from, none is meant for sure.
        if let ([(id, whole)], false) = (wholes.as_slice(), explained) {
            let there = Passage::new(context, context.view(*id));
            let named = there.people(*whole).is_some() || !there.noun(*whole).is_empty();
            if named {
                out.extend(claim(&there, *whole, vec![operands], STRENGTH));
            }
        }
    }
}

/// Whether the number is a part of a total that was found in its own paragraph.
fn is_known(passage: &Passage<'_>, last: usize, out: &[Claim]) -> bool {
    let at = passage.view.span(passage.numbers[last].quantity.tokens.clone());
    out.iter().rev().take(32).any(|c| match &c.value {
        Value::Total { readings, .. } => readings.iter().flatten().any(|p| p.at == at),
        _ => false,
    })
}
