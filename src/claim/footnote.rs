//! Notes and the marks that call them.

use super::{Claim, ClaimKind, Context, Value};
use crate::document::BlockId;
use crate::span::Span;

/// Reads the claims of kind Footnote.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    for note in &document.notes {
        // A note without words still is one, and stands in no block.
        let block = note.blocks.first().copied().unwrap_or(BlockId(0));
        push(context, out, block, &note.label, note.at, true);
    }
    for mark in &document.marks {
        push(context, out, mark.block, &mark.label, mark.at, false);
    }
}

fn push(context: &Context<'_>, out: &mut Vec<Claim>, block: BlockId, label: &str, at: Span, note: bool) {
    if block.index() >= context.document.blocks.len() {
        return;
    }
    let view = context.view(block);
    let marked = context.document.marked_notes;
    let bracketed = context.document.bracketed_notes;
    let value = Value::Footnote { label: label.into(), note, marked, bracketed };
    let mut claim = view.claim(ClaimKind::Footnote, "footnote", 0..0, value);
    claim.at = at;
    claim.within = at;
    claim.text = label.into();
    out.push(claim);
}
