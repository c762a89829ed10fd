//! What is read of documents in other languages, without their words: numbers, and the numbers and years of laws. Days are
//! read with the other dates, names with the other names.

mod number;
mod reference;

use super::{BlockView, Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::Lexicon;

/// The sets of the names of the months, January first.
const MONTHS: [&str; 12] = [
    "abroad.month.01",
    "abroad.month.02",
    "abroad.month.03",
    "abroad.month.04",
    "abroad.month.05",
    "abroad.month.06",
    "abroad.month.07",
    "abroad.month.08",
    "abroad.month.09",
    "abroad.month.10",
    "abroad.month.11",
    "abroad.month.12",
];

/// Adds the numbers and laws of a document that is in another language.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let views: Vec<BlockView<'_>> = context.views().filter(is_told).collect();
    reference::extract(&views, out);
    number::extract(context, &views, out);
}

fn is_told(view: &BlockView<'_>) -> bool {
    view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption)
}

/// The month that a word in small letters names in any of the languages, 0 for January.
pub(super) fn month(lexicon: &Lexicon, word: &str) -> Option<usize> {
    let english =
        |m: usize| lexicon.numbers.get(word).is_some_and(|n| n.value == crate::value::Decimal::from(m as i64 + 1));
    (0..MONTHS.len()).find(|&m| lexicon.is_in(MONTHS[m], word) || is_shared(word, m) && english(m))
}

/// Months whose names other languages share with English.
fn is_shared(name: &str, month: usize) -> bool {
    matches!((name, month), ("april", 3) | ("august", 7) | ("september", 8) | ("november", 10) | ("december", 11))
}
