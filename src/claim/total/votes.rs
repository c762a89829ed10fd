//! Votes for and against, with those who abstained, against the number of those present: they cannot be more.

use super::claim;
use super::operands::Passage;
use crate::annotate::phrase_at;
use crate::claim::{Claim, Context};
use crate::document::BlockId;
use crate::value::{Decimal, Hedge};
use std::ops::Range;

/// Votes in larger bodies are counted by machines.
const MOST: i64 = 1000;
/// The longest paragraph that is looked at, in tokens.
const LONGEST: usize = 600;
/// How many blocks before and behind a vote the number of those present is looked for.
const BLOCKS: usize = 40;
/// Furthest words for a side of a vote from its number.
const REACH: usize = 4;
/// How sure it is that nobody voted twice, see [`crate::claim::Value::Total`].
const STRENGTH: u8 = 6;

/// A number of those present: its block and its index among the numbers of the passage.
type Present = (BlockId, usize);

/// Reads the votes of the document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let passages: Vec<Passage<'_>> = context
        .views()
        .filter(|view| view.is_prose() && view.layer.tokens.len() <= LONGEST && !view.layer.quantities.is_empty())
        .map(|view| Passage::new(context, view))
        .collect();
    let present: Vec<(usize, Present)> = passages
        .iter()
        .enumerate()
        .flat_map(|(at, passage)| present(context, passage).into_iter().map(move |n| (at, (passage.view.id, n))))
        .collect();
    for (at, passage) in passages.iter().enumerate() {
        for sentence in &passage.view.layer.sentences {
            let votes = votes(context, passage, sentence.clone());
            if votes.len() < 2 {
                continue;
            }
            // With several meetings in one document, the nearest number of those present may be of another.
            let near = present.iter().filter(|(of, (block, _))| {
                let section = context.document.block(*block).section;
                of.abs_diff(at) <= BLOCKS && (present.len() == 1 || section == passage.view.block.section)
            });
            let near: Vec<&(usize, Present)> = near.collect();
            let [(of, (_, whole))] = near.as_slice() else { continue };
            let parts = passage.parts(&votes);
            let sum = parts.iter().try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p.quantity.base()?));
            let over = sum.zip(passages[*of].value(*whole)).is_some_and(|(sum, there)| {
                sum > there && there.checked_mul(Decimal::TWO).is_some_and(|most| sum < most)
            });
            if over {
                out.extend(claim(&passages[*of], *whole, vec![parts], STRENGTH));
            }
        }
    }
}

/// The numbers of a passage that say how many were there: "Nine members were present", "All 21 councillors voted".
fn present(context: &Context<'_>, passage: &Passage<'_>) -> Vec<usize> {
    let view = &passage.view;
    let is_present = |n: &usize| {
        let number = &passage.numbers[*n];
        let tokens = &number.quantity.tokens;
        let sentence = view.layer.sentence_of(tokens.start);
        let end = sentence.end.min(tokens.end + 6);
        number.quantity.quantity.unit.is_count()
            && number.quantity.quantity.hedge == Hedge::None
            && passage.people(*n) == Some(true)
            && (tokens.end..end)
                .any(|i| phrase_at(context.lexicon, "vote.present", view.text, &view.layer.tokens, i).is_some())
    };
    (0..passage.numbers.len()).filter(is_present).collect()
}

/// The numbers of a sentence that are votes of one ballot, one for each side.
fn votes(context: &Context<'_>, passage: &Passage<'_>, sentence: Range<usize>) -> Vec<usize> {
    let view = &passage.view;
    let mut sides: Vec<(&str, usize)> = Vec::new();
    let inside = |n: &usize| sentence.contains(&passage.numbers[*n].quantity.tokens.start);
    for n in (0..passage.numbers.len()).filter(inside) {
        let quantity = &passage.numbers[n].quantity;
        let plain = quantity.quantity.is_plain()
            && quantity.quantity.unit.is_count()
            && quantity.quantity.value() < Decimal::from(MOST);
        let next = passage.numbers.get(n + 1).map_or(usize::MAX, |q| q.quantity.tokens.start);
        let end = sentence.end.min(quantity.tokens.end + REACH).min(next);
        let side = (quantity.tokens.end..end).find_map(|i| {
            ["vote.for", "vote.against", "vote.neither"]
                .into_iter()
                .find(|set| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some())
        });
        // "by 14 votes to 6"
        let to =
            quantity.tokens.start.checked_sub(2).is_some_and(|i| view.word(i) == "votes" && view.word(i + 1) == "to");
        let side = if to { Some("vote.against") } else { side };
        match side {
            Some(side) if plain && !sides.iter().any(|(s, _)| *s == side) => sides.push((side, n)),
            // Two ballots in one sentence, or a hedged number.
            Some(_) => return Vec::new(),
            None => {}
        }
    }
    let both = ["vote.for", "vote.against"].iter().all(|side| sides.iter().any(|(s, _)| s == side));
    if both { sides.into_iter().map(|(_, n)| n).collect() } else { Vec::new() }
}
