//! What is read of documents in other languages, without their words: numbers, and the numbers and years of laws. Days are
//! read with the other dates, names with the other names.

mod number;
mod reference;

use super::{BlockView, Claim, Context};
use crate::document::BlockKind;

/// Adds the numbers and laws of a document that is in another language.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let views: Vec<BlockView<'_>> = context.views().filter(is_told).collect();
    reference::extract(&views, out);
    number::extract(context, &views, out);
}

fn is_told(view: &BlockView<'_>) -> bool {
    view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Caption)
}
