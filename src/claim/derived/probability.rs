//! Probabilities of tests that are stated without their statistic: "(p = 0.02)", a cell under "p".

use super::{About, Derived, Says};
use crate::claim::context::BlockView;
use crate::claim::grid::grid;
use crate::claim::keys::content_words;
use crate::claim::{Claim, ClaimKind, Context, Operand, Value};
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Longer tables are data.
const ROWS: usize = 200;

/// Reads the probabilities of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let mut from = 0;
        for at in 0..view.layer.tokens.len().saturating_sub(2) {
            let named = matches!(view.word(at), "p" | "P") && view.word(at + 1) == "=";
            let Some(value) = named.then(|| probability(view.word(at + 2))).flatten() else { continue };
            // What stands between the last one and this one is what it is said of.
            let start = view.layer.sentence_of(at).start.max(from);
            out.extend(claim(context, &view, start..at, at + 2..at + 3, value));
            from = at + 3;
        }
    }
    for (index, _) in context.document.tables.iter().enumerate().filter(|(_, t)| t.rows.len() <= ROWS) {
        cells(context, index, out);
    }
}

/// The cells of a column that is headed "p", "P value".
fn cells(context: &Context<'_>, table: usize, out: &mut Vec<Claim>) {
    let grid = grid(context, table);
    let is_headed = |column: &usize| {
        let head = grid.column_own_heads[*column].to_lowercase();
        matches!(head.trim_matches('*'), "p" | "p value" | "p-value" | "p-wert")
    };
    for column in (grid.label_columns..grid.columns()).filter(is_headed) {
        for row in grid.head_rows..grid.rows() {
            let (Some(label), Some(block)) = (grid.row_label_blocks[row], grid.cell(row, column).block) else {
                continue;
            };
            let view = context.view(block);
            let Some(value) = probability(view.text.trim()) else { continue };
            let label = context.view(label);
            let words = content_words(&label, context.lexicon, 0..label.layer.tokens.len());
            let keys: Vec<CompactString> = words.into_iter().map(|(_, key)| key).collect();
            if !keys.is_empty() {
                let about = About { at: label.member(0..label.layer.tokens.len()), keys, every: true, count: None };
                out.push(build(&view, 0..view.layer.tokens.len(), value, about));
            }
        }
    }
}

fn claim(
    context: &Context<'_>,
    view: &BlockView<'_>,
    words: Range<usize>,
    at: Range<usize>,
    value: Decimal,
) -> Option<Claim> {
    let mut keys: Vec<CompactString> = Vec::new();
    for i in words.clone() {
        for (word, key) in content_words(view, context.lexicon, i..i + 1) {
            if !context.lexicon.is_in("content.light", &word) && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    let about = About { at: view.member(words), keys, every: false, count: None };
    (about.keys.len() >= 2).then(|| build(view, at, value, about))
}

fn build(view: &BlockView<'_>, at: Range<usize>, value: Decimal, about: About) -> Claim {
    let member = view.member(at.clone());
    let amount = Amount::exact(value, Decimal::new(1, value.scale()));
    let quantity = Quantity { amount, hedge: Hedge::None, unit: Unit::count() };
    let p = Operand { at: member.at, text: member.text.clone(), name: CompactString::default(), quantity };
    let derived = Derived { says: Says::Probability { p }, cue: member, about: vec![about], times: Vec::new() };
    view.claim(ClaimKind::Statistic, "derived", at, Value::Derived(Box::new(derived)))
}

/// A number between 0 and 1 with decimals.
fn probability(word: &str) -> Option<Decimal> {
    let (whole, decimals) = word.split_once('.')?;
    let digits = !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit());
    let value: Decimal = matches!(whole, "" | "0").then(|| format!("0.{decimals}").parse().ok())??;
    (digits && value > Decimal::ZERO).then_some(value)
}
