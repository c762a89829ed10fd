//! One measure in two units at different places: "the east pier by 38 mm", "the east pier, 0.38 cm".
//!
//! Two measures are taken for one when they have the same digits, the point elsewhere, and the words before them
//! speak of the same thing.

use crate::annotate::{QuantityAt, TokenKind};
use crate::claim::context::{BlockView, Context};
use crate::claim::noun::lemma;
use crate::claim::{Claim, ClaimKind, Operand, Value};
use crate::document::BlockId;
use crate::lexicon::Pos;
use crate::value::Decimal;
use compact_str::CompactString;

/// How many tokens before a measure its words are looked for.
const REACH: usize = 8;
/// Measures with the same digits at more places are too common to compare.
const MOST: usize = 8;

/// A measure with the words before it.
struct Measure<'a> {
    block: BlockId,
    at: &'a QuantityAt,
    digits: CompactString,
    words: Vec<CompactString>,
}

/// Reads the pairs of one document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut measures: Vec<Measure<'_>> = Vec::new();
    for view in context.views().filter(BlockView::is_prose) {
        for at in &view.layer.quantities {
            let unit = &at.quantity.unit;
            let metric = matches!(unit.dimension.as_str(), "length" | "mass" | "volume" | "area" | "data" | "power");
            if at.label || !metric || !at.quantity.is_plain() {
                continue;
            }
            let digits = significant(at.quantity.value());
            if digits.len() >= 2 {
                let words = words(context, &view, at);
                measures.push(Measure { block: view.id, at, digits, words });
            }
        }
    }
    measures.sort_by(|a, b| {
        (&a.at.quantity.unit.dimension, &a.digits, a.block, a.at.tokens.start).cmp(&(
            &b.at.quantity.unit.dimension,
            &b.digits,
            b.block,
            b.at.tokens.start,
        ))
    });
    for group in measures
        .chunk_by(|a, b| a.digits == b.digits && a.at.quantity.unit.dimension == b.at.quantity.unit.dimension)
        .filter(|g| (2..=MOST).contains(&g.len()))
    {
        for (i, a) in group.iter().enumerate() {
            for b in &group[i + 1..] {
                out.extend(pair(context, a, b));
            }
        }
    }
}

fn pair(context: &Context<'_>, a: &Measure<'_>, b: &Measure<'_>) -> Option<Claim> {
    let (x, y) = (&a.at.quantity, &b.at.quantity);
    if x.unit.symbol == y.unit.symbol || x.base()? == y.base()? {
        return None;
    }
    let common = a.words.iter().filter(|w| b.words.contains(w)).count();
    if common < 2 {
        return None;
    }
    let factor = x.unit.factor.checked_div(y.unit.factor)?;
    let operand = |m: &Measure<'_>| {
        let member = context.view(m.block).member(m.at.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: m.at.quantity.clone() }
    };
    let readings = vec![(factor, Decimal::ZERO)];
    let value = Value::Conversion { first: operand(a), second: operand(b), readings, whole: true };
    Some(context.view(b.block).claim(ClaimKind::Conversion, "conversion", b.at.tokens.clone(), value))
}

/// The digits of a number without the zeros at both ends.
fn significant(value: Decimal) -> CompactString {
    let digits = value.abs().normalize().mantissa().to_string();
    digits.trim_end_matches('0').into()
}

/// The base forms of the nouns and adjectives, and of the words that are not known, before a measure.
fn words(context: &Context<'_>, view: &BlockView<'_>, at: &QuantityAt) -> Vec<CompactString> {
    let start = at.hedged.start;
    let sentence = view.layer.sentence_of(start);
    let mut out: Vec<CompactString> = (start.saturating_sub(REACH).max(sentence.start)..start)
        .filter(|&i| view.layer.tokens[i].kind == TokenKind::Word)
        .filter(|&i| {
            let pos = view.layer.tokens[i].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
            !pos.any(Pos::CLOSED.and(Pos::ADVERB).and(Pos::NUMBER)) && !pos.any(Pos::VERB) || pos.any(Pos::NOUN)
        })
        .map(|i| lemma(view, context.lexicon, i))
        .filter(|w| w.len() > 2)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
