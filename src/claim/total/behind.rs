//! A whole that closes a passage of several sentences or paragraphs: "In total, 305 teachers were trained", after
//! one number of teachers for each phase.

use super::claim;
use super::operands::Passage;
use crate::annotate::phrases_at;
use crate::claim::noun::{class, lemma, noun_phrase};
use crate::claim::{Claim, Context, Operand};
use crate::document::{BlockId, BlockKind};
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;

/// How many blocks before the whole are looked at.
const BLOCKS: u32 = 8;
/// The longest paragraph that is looked at, in tokens.
const LONGEST: usize = 1000;
/// How many parts at most.
const PARTS: usize = 12;

/// Finds the totals of one passage whose parts stand in the sentences and paragraphs before.
pub(super) fn find(context: &Context<'_>, passage: &Passage<'_>, out: &mut Vec<Claim>) {
    if passage.view.layer.tokens.len() > LONGEST {
        return;
    }
    for whole in 0..passage.numbers.len() {
        let Some(head) = closing(context, passage, whole) else { continue };
        let mut parts = before(context, passage, whole, &head);
        let section = passage.view.block.section;
        let first = passage.view.id.0.saturating_sub(BLOCKS);
        for id in (first..passage.view.id.0).rev() {
            let block = context.document.block(BlockId(id));
            if block.section != section || matches!(block.kind, BlockKind::Heading(_)) {
                break;
            }
            let view = context.view(BlockId(id));
            if !view.is_prose() || view.layer.tokens.len() > LONGEST {
                continue;
            }
            let there = Passage::new(context, view);
            let mut more: Vec<Operand> = (0..there.numbers.len())
                .filter(|&i| fits(context, &there, i, &head, passage, whole))
                .flat_map(|i| there.parts(&[i]))
                .collect();
            more.append(&mut parts);
            parts = more;
            if parts.len() > PARTS {
                break;
            }
        }
        if parts.len() > PARTS {
            parts.drain(..parts.len() - PARTS);
        }
        let mut readings: Vec<Vec<Operand>> =
            (0..parts.len().saturating_sub(1)).map(|from| parts[from..].to_vec()).collect();
        let Some(stated) = passage.value(whole) else { continue };
        let gap = |reading: &Vec<Operand>| {
            let sum = reading.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?))?;
            sum.checked_sub(stated)?.abs().checked_div(stated)
        };
        readings.sort_by_key(gap);
        let near = readings.first().and_then(gap).is_some_and(|gap| gap <= Decimal::new(8, 2));
        let known = |c: &Claim| c.at == passage.view.span(passage.numbers[whole].quantity.tokens.clone());
        if near && !out.iter().rev().take(32).any(known) {
            out.extend(claim(passage, whole, readings, 5));
        }
    }
}

/// The class of what a whole counts, when its sentence begins by summing up: "In total", "Altogether the three".
fn closing(context: &Context<'_>, passage: &Passage<'_>, whole: usize) -> Option<CompactString> {
    let number = &passage.numbers[whole];
    let tokens = &number.quantity.tokens;
    let sentence = passage.view.layer.sentence_of(tokens.start);
    let first_of_sentence = whole.checked_sub(1).is_none_or(|i| passage.numbers[i].sentence != number.sentence)
        // "Altogether the three convoys brought 1,045 families"
        || passage.numbers[..whole].iter().rev().take_while(|n| n.sentence == number.sentence).all(|n| {
            n.quantity.quantity.unit.is_count() && n.quantity.quantity.value() <= Decimal::TEN
        });
    let opens = passage.cue(sentence.start..sentence.start + 2, "close").is_some();
    let so_far = sentence.clone().any(|i| {
        phrases_at(context.lexicon, passage.view.text, &passage.view.layer.tokens, i)
            .any(|(set, _)| matches!(set, "scope.measure" | "sum.subset" | "scope.explained"))
    });
    let plain = number.quantity.quantity.hedge == Hedge::None && number.depth == 0;
    (opens && first_of_sentence && plain && !so_far).then(|| head(context, passage, whole)).flatten()
}

/// The class of the noun behind a number.
fn head(context: &Context<'_>, passage: &Passage<'_>, number: usize) -> Option<CompactString> {
    let from = passage.numbers[number].quantity.tokens.end;
    let phrase = noun_phrase(&passage.view, context.lexicon, from)?;
    Some(class(context.lexicon, &lemma(&passage.view, context.lexicon, phrase.head)))
}

/// The parts in the sentences before the whole, in its own paragraph.
fn before(context: &Context<'_>, passage: &Passage<'_>, whole: usize, head: &str) -> Vec<Operand> {
    let sentence = passage.numbers[whole].sentence;
    let mut seen = false;
    let mut parts = Vec::new();
    for i in 0..whole {
        if passage.numbers[i].sentence >= sentence {
            break;
        }
        // "The second phase trained 95": the noun is left out once it has been said.
        let bare = seen && self::head(context, passage, i).is_none();
        if fits(context, passage, i, head, passage, whole) || bare && is_plain(passage, i, passage, whole) {
            seen = true;
            parts.extend(passage.parts(&[i]));
        }
    }
    parts
}

/// Whether a number may be a part: it counts the same and is no subset, no comparison and no average.
fn fits(
    context: &Context<'_>,
    passage: &Passage<'_>,
    number: usize,
    head: &str,
    of: &Passage<'_>,
    whole: usize,
) -> bool {
    is_plain(passage, number, of, whole) && self::head(context, passage, number).is_some_and(|h| h == head)
}

fn is_plain(passage: &Passage<'_>, number: usize, of: &Passage<'_>, whole: usize) -> bool {
    let at = &passage.numbers[number];
    let (a, b) = (&at.quantity.quantity, &of.numbers[whole].quantity.quantity);
    let tokens = &at.quantity.tokens;
    let sentence = passage.view.layer.sentence_of(tokens.start);
    let nearby = tokens.start.saturating_sub(3).max(sentence.start)..tokens.start;
    a.unit.dimension == b.unit.dimension
        && a.hedge == Hedge::None
        && at.depth == 0
        && a.value() < b.value()
        && !passage.has_cue(nearby.clone(), "subset")
        && !passage.has_cue(nearby, "compare")
        && !passage.has_cue(tokens.end..(tokens.end + 1).min(sentence.end), "subset")
}
