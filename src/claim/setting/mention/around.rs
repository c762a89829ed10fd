//! What is said where a name stands.

use super::{is_variable, line_of};
use crate::claim::Context;
use crate::claim::setting::ParameterTerm;
use crate::claim::setting::code::parted;
use crate::claim::setting::parameter::{Terms, in_tokens};
use crate::document::{BlockId, BlockKind};
use std::ops::Range;

/// Lines of comments above a line of code that tell of it.
const ABOVE: usize = 4;

/// The words of the sentence, row or line around a name, and of what stands above it.
pub(super) fn words(context: &Context<'_>, block: BlockId, at: &Range<usize>) -> Vec<ParameterTerm> {
    let view = context.view(block);
    let mut terms = Terms::default();
    let mut add = |id: BlockId, range: Range<usize>, weight: u8| {
        let view = context.view(id);
        for (i, word) in in_tokens(&view, context.lexicon, range) {
            if !is_variable(view.word(i)) {
                terms.add(word, weight);
            }
        }
    };
    let whole = |id: BlockId| 0..context.view(id).layer.tokens.len();
    match view.block.kind {
        BlockKind::Cell { table, row, .. } => {
            let cells = context.document.tables[table as usize].rows.get(row as usize);
            cells.into_iter().flatten().flatten().for_each(|id| add(*id, whole(*id), 4));
        }
        BlockKind::Code => {}
        _ => {
            let sentence = view.layer.sentence_of(super::token_at(&view, at.start));
            if let Some(before) = sentence.start.checked_sub(1) {
                add(block, view.layer.sentence_of(before), 2);
            }
            add(block, sentence, 4);
        }
    }
    if let Some(heading) = view.block.section {
        add(heading, whole(heading), 2);
    }
    if view.block.kind == BlockKind::Code {
        of_code(context, view.text, at, &mut terms);
    }
    terms.done()
}

/// The comments on a line of code and above it.
fn of_code(context: &Context<'_>, text: &str, at: &Range<usize>, terms: &mut Terms) {
    let line = line_of(text, at);
    if let (_, Some(comment)) = parted(text, line.clone()) {
        terms.text(context.lexicon, &text[comment], 4);
    }
    let mut start = line.start;
    for _ in 0..ABOVE {
        let Some(end) = start.checked_sub(1) else { break };
        start = text[..end].rfind('\n').map_or(0, |n| n + 1);
        let (code, comment) = parted(text, start..end);
        let (true, Some(comment)) = (text[code].trim().is_empty(), comment) else { break };
        terms.text(context.lexicon, &text[comment], 4);
    }
}
