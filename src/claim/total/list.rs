//! Wholes and parts in lists: a whole announced before the list, a total among the items, an item with a list of
//! its own below it.

use super::claim;
use super::operands::Passage;
use crate::annotate::{phrase_at, phrases_at};
use crate::claim::{Claim, Context, Operand};
use crate::document::{BlockId, BlockKind, List};
use crate::value::{Decimal, Hedge};

/// Longer lists are data.
const MOST: usize = 40;

/// Finds the totals of all lists.
pub(super) fn find(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    for list in &document.lists {
        if !(2..=MOST).contains(&list.items.len()) {
            continue;
        }
        announced(context, list, out);
        own_total(context, list, out);
        below(context, list, out);
    }
    nested(context, out);
}

/// A whole announced before a list, one part in every item.
fn announced(context: &Context<'_>, list: &List, out: &mut Vec<Claim>) {
    let Some(intro) = list.intro else { return };
    let view = context.view(intro);
    if !view.is_prose() || !view.text.trim_end().ends_with(':') {
        return;
    }
    let passage = Passage::new(context, view);
    let last = view.layer.sentences.len().saturating_sub(1);
    for whole in 0..passage.numbers.len() {
        if passage.numbers[whole].sentence != last || subset(context, list, Some(&passage)) {
            continue;
        }
        let unit = &passage.numbers[whole].quantity.quantity.unit.dimension;
        let Some(parts) = parts(context, list, unit, None) else { continue };
        let sum = total(&parts);
        let stated = passage.value(whole);
        if unit == "percent" || !near(sum, stated, 15) {
            continue;
        }
        let covered = sum.zip(stated).and_then(|(s, w)| s.checked_div(w)?.checked_mul(Decimal::ONE_HUNDRED));
        if covered.is_none_or(|covered| open_shares(context, list, covered)) {
            continue;
        }
        out.extend(claim(&passage, whole, vec![parts], 6));
    }
}

/// "Rooms: 40, teachers: 25, total: 65": the first or the last item is the sum of the others.
fn own_total(context: &Context<'_>, list: &List, out: &mut Vec<Claim>) {
    if list.items.len() < 3 {
        return;
    }
    for place in [list.items.len() - 1, 0] {
        let Some(block) = list.items[place].block else { continue };
        let view = context.view(block);
        let named = phrase_at(context.lexicon, "table.total", view.text, &view.layer.tokens, 0).is_some();
        let passage = Passage::new(context, view);
        let [whole] = &passage.numbers[..] else { continue };
        let unit = &whole.quantity.quantity.unit.dimension;
        // "Total income": one figure among others. The label says no more than that it is the total.
        let labelled = whole.quantity.tokens.start <= 4;
        let Some(parts) = parts(context, list, unit, Some(place)).filter(|_| named && labelled) else { continue };
        if unit != "percent" && near(total(&parts), passage.value(0), 15) {
            out.extend(claim(&passage, 0, vec![parts], 7));
            return;
        }
    }
}

/// "This brings the total to 86", right below a list with one part in every item.
fn below(context: &Context<'_>, list: &List, out: &mut Vec<Claim>) {
    let Some(last) = list.items.last().and_then(|item| item.block).filter(|_| list.parent.is_none()) else { return };
    let next = last.index() + 1;
    if next >= context.document.blocks.len() {
        return;
    }
    let view = context.view(BlockId(next as u32));
    if view.block.kind != BlockKind::Paragraph || view.block.section != context.document.block(last).section {
        return;
    }
    let passage = Passage::new(context, view);
    let first = view.layer.sentences.first().map_or(0..0, |s| s.clone());
    let summed = first.clone().any(|i| {
        phrases_at(context.lexicon, view.text, &view.layer.tokens, i)
            .any(|(set, _)| matches!(set, "sum.concluded" | "sum.close"))
    });
    let whole = (0..passage.numbers.len()).find(|&i| first.contains(&passage.numbers[i].quantity.tokens.start));
    let Some(whole) = whole.filter(|_| summed && !subset(context, list, Some(&passage))) else { return };
    let number = passage.numbers[whole].quantity;
    let unit = &number.quantity.unit.dimension;
    let Some(parts) = parts(context, list, unit, None) else { return };
    if unit != "percent" && number.quantity.hedge == Hedge::None && near(total(&parts), passage.value(whole), 12) {
        out.extend(claim(&passage, whole, vec![parts], 6));
    }
}

/// "North: 42", and below it "Harbour: 25" and "Mill Lane: 17".
fn nested(context: &Context<'_>, out: &mut Vec<Claim>) {
    let lists = &context.document.lists;
    // The lists below one outer list bear each other out.
    let mut found: Vec<(u32, Claim, bool)> = Vec::new();
    for list in lists {
        let Some((outer, item)) = list.parent else { continue };
        let block = lists.get(outer as usize).and_then(|l| l.items.get(item as usize)).and_then(|i| i.block);
        let Some(block) = block.filter(|_| (2..=MOST).contains(&list.items.len())) else { continue };
        let passage = Passage::new(context, context.view(block));
        let [whole] = &passage.numbers[..] else { continue };
        let tokens = &whole.quantity.tokens;
        let placed = tokens.start <= 2 || tokens.end + 3 >= passage.view.layer.tokens.len();
        if !placed || subset(context, list, Some(&passage)) {
            continue;
        }
        let unit = &whole.quantity.quantity.unit.dimension;
        let Some(parts) = parts(context, list, unit, None) else { continue };
        let (sum, stated) = (total(&parts), passage.value(0));
        if unit != "percent" && near(sum, stated, 15) {
            let sound = sum == stated;
            found.extend(claim(&passage, 0, vec![parts], 6).map(|c| (outer, c, sound || near(sum, stated, 6))));
        }
    }
    let backed = |outer: u32| found.iter().filter(|(o, _, sure)| *o == outer && *sure).count();
    let kept: Vec<bool> = found.iter().map(|(outer, _, sure)| *sure || backed(*outer) > 0).collect();
    out.extend(found.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|((_, claim, _), _)| claim));
}

/// Whether words say that the items are not all, or not parts.
fn subset(context: &Context<'_>, list: &List, intro: Option<&Passage<'_>>) -> bool {
    let says = |view: &crate::claim::context::BlockView<'_>| {
        let tokens = &view.layer.tokens;
        (0..tokens.len()).any(|i| {
            phrases_at(context.lexicon, view.text, tokens, i)
                .any(|(set, _)| matches!(set, "sum.subset" | "sum.rest" | "table.subset"))
        })
    };
    intro.is_some_and(|p| says(&p.view))
        || list.items.iter().filter_map(|i| i.block).any(|block| {
            let view = context.view(block);
            (0..view.layer.tokens.len().min(3)).any(|i| {
                phrases_at(context.lexicon, view.text, &view.layer.tokens, i)
                    .any(|(set, _)| matches!(set, "sum.subset" | "table.subset"))
            })
        })
}

/// The one number of the unit in every item but `without`; it opens or closes its item, or the part before a
/// colon, a dash or a comma.
fn parts(context: &Context<'_>, list: &List, unit: &str, without: Option<usize>) -> Option<Vec<Operand>> {
    let mut parts = Vec::new();
    for (place, item) in list.items.iter().enumerate() {
        if Some(place) == without {
            continue;
        }
        let item = Passage::new(context, context.view(item.block?));
        let mut fitting = (0..item.numbers.len())
            .filter(|&i| item.numbers[i].quantity.quantity.unit.dimension == unit && item.numbers[i].depth == 0);
        let (Some(first), None) = (fitting.next(), fitting.next()) else { return None };
        let at = &item.numbers[first].quantity.tokens;
        let before = at.start.checked_sub(1).map_or("", |i| item.view.word(i));
        if at.start > 2 && at.end + 2 < item.view.layer.tokens.len() && !matches!(before, ":" | "–" | "—" | "=") {
            return None;
        }
        parts.extend(item.parts(&[first]));
    }
    (parts.len() >= 2).then_some(parts)
}

fn total(parts: &[Operand]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?))
}

/// Whether the sum is within so many per cent of the whole.
fn near(sum: Option<Decimal>, whole: Option<Decimal>, percent: i64) -> bool {
    let gap = sum.zip(whole).and_then(|(s, w)| s.checked_sub(w)?.abs().checked_div(w));
    gap.is_some_and(|gap| gap <= Decimal::new(percent, 2))
}

/// Whether the items give shares whose sum is nearer to what the parts cover of the whole than to all of it: the
/// list is not complete, and says so. `covered` is in per cent.
fn open_shares(context: &Context<'_>, list: &List, covered: Decimal) -> bool {
    let mut sum = Decimal::ZERO;
    for item in list.items.iter().filter_map(|i| i.block) {
        let share = context.view(item).layer.quantities.iter().find(|q| q.quantity.unit.is_percent());
        let Some(share) = share else { return false };
        sum = sum.saturating_add(share.quantity.value());
    }
    let off = |from: Decimal| sum.saturating_sub(from).abs();
    off(covered) < off(Decimal::ONE_HUNDRED)
}
