//! A whole that announces its parts: "two shows, which together drew 9,000", then a paragraph for each show.

use super::claim;
use super::operands::Passage;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{Lexicon, Pos};
use crate::value::Decimal;
use compact_str::CompactString;

/// How many blocks behind the announcement are looked at.
const BLOCKS: u32 = 12;

/// The longest paragraph that is looked at, in tokens.
const LONGEST: usize = 1000;

/// Finds announced totals in one passage.
pub(super) fn find(context: &Context<'_>, passage: &Passage<'_>, out: &mut Vec<Claim>) {
    if passage.view.layer.tokens.len() > LONGEST {
        return;
    }
    for whole in 1..passage.numbers.len() {
        let Some((announced, verb)) = announcement(passage, whole) else { continue };
        let mut parts = Vec::new();
        let mut bare = Vec::new();
        let section = passage.view.block.section;
        let first = passage.view.id.0 + 1;
        let last = first.saturating_add(BLOCKS).min(context.document.blocks.len() as u32);
        for id in first..last {
            let block = context.document.block(BlockId(id));
            if block.section != section || matches!(block.kind, BlockKind::Heading(_)) {
                break;
            }
            let view = context.view(BlockId(id));
            // The part of an announcement is a short paragraph.
            if !view.is_prose() || view.layer.tokens.len() > LONGEST {
                continue;
            }
            let there = Passage::new(context, view);
            let same = (0..there.numbers.len()).filter(|&i| {
                there.numbers[i].quantity.quantity.unit.dimension
                    == passage.numbers[whole].quantity.quantity.unit.dimension
                    && verb_before(&there, context.lexicon, i).is_some_and(|v| v == verb)
            });
            parts.extend(there.parts(&same.collect::<Vec<_>>()));
            // "It was seen by 22,400": what is counted has been said in the announcement.
            let noun = passage.noun(whole);
            let plain = (0..there.numbers.len()).filter(|&i| {
                let (said, quantity) = (there.noun(i), &there.numbers[i].quantity.quantity);
                quantity.unit.dimension == passage.numbers[whole].quantity.quantity.unit.dimension
                    && (said.is_empty() || said == noun)
            });
            bare.extend(there.parts(&plain.collect::<Vec<_>>()));
        }
        if parts.len() != announced {
            parts = bare;
        }
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?));
        let gap = sum.zip(passage.value(whole)).and_then(|(s, w)| s.checked_sub(w)?.abs().checked_div(w));
        if parts.len() == announced && gap.is_some_and(|gap| gap <= Decimal::new(10, 2)) {
            out.extend(claim(passage, whole, vec![parts], 6));
        }
    }
}

/// How many parts are announced in the sentence before the whole, and the verb that the whole goes with.
fn announcement(passage: &Passage<'_>, whole: usize) -> Option<(usize, CompactString)> {
    let number = &passage.numbers[whole];
    let tokens = &number.quantity.tokens;
    let from = passage.numbers[whole - 1].quantity.tokens.end;
    passage.cue(from.max(tokens.start.saturating_sub(6))..tokens.start, "close")?;
    let announcing = &passage.numbers[whole - 1];
    let count = announcing.quantity.quantity.value();
    let few = announcing.sentence == number.sentence
        && announcing.quantity.quantity.unit.is_count()
        && count >= Decimal::TWO
        && count <= Decimal::from(8);
    if !few {
        return None;
    }
    let count = usize::try_from(count.trunc().mantissa()).ok()?;
    Some((count, verb_before(passage, passage.lexicon, whole)?))
}

/// The base form of the verb within four words before a number: "drew 61,300".
fn verb_before(passage: &Passage<'_>, lexicon: &Lexicon, number: usize) -> Option<CompactString> {
    let start = passage.numbers[number].quantity.hedged.start;
    let sentence = passage.view.layer.sentence_of(start);
    (sentence.start.max(start.saturating_sub(4))..start).rev().find_map(|i| {
        let pos = passage.view.layer.tokens[i].word.map(|id| lexicon.words.pos(id))?;
        (pos.any(Pos::VERB) && !pos.any(Pos::AUXILIARY.and(Pos::PREPOSITION))).then(|| lemma(&passage.view, lexicon, i))
    })
}
