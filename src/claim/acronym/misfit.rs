//! Names before an acronym in brackets whose letters do not lie on them: "National Office for Disaster Response
//! (NDMO)". By themselves they say nothing; beside another long form of the acronym one of the two is wrong.

use super::{claim, is_small, long_end, pieces, short_form};
use crate::annotate::{Case, TokenKind};
use crate::claim::{BlockView, Claim, Context};
use crate::document::BlockKind;

/// What it is said to cost to lay the letters of an acronym on words that do not have them.
pub const MISFIT: u32 = 100;

/// Fewest letters of the acronym.
const LETTERS: usize = 3;

/// Fewest and most words with a capital of the name.
const WORDS: std::ops::RangeInclusive<usize> = 2..=8;

/// Reads the name before the bracket that opens at a token.
pub(super) fn read(context: &Context<'_>, view: &BlockView<'_>, open: usize) -> Option<Claim> {
    let at = open + 1;
    let short = short_form(view.word(at)).filter(|s| s.chars().filter(|c| c.is_uppercase()).count() >= LETTERS)?;
    // Where every word has a capital, a capital makes no name.
    if view.word(at + 1) != ")" || matches!(view.block.kind, BlockKind::Heading(_)) {
        return None;
    }
    let end = long_end(context, view, open);
    let sentence = view.layer.sentence_of(open);
    let capital = |t: usize| {
        let token = &view.layer.tokens[t];
        token.kind == TokenKind::Word && token.case != Case::Lower
    };
    let mut start = end;
    let mut first = None;
    while start > sentence.start && (capital(start - 1) || is_small(context.lexicon, view, start - 1)) {
        start -= 1;
        // "The" at the beginning of a sentence has a capital too.
        if capital(start) && !is_small(context.lexicon, view, start) {
            first = Some(start);
        }
    }
    let first = first.filter(|_| end > 0 && capital(end - 1))?;
    let words = pieces(context, view, first..end).iter().filter(|p| !p.small && !p.later).count();
    WORDS.contains(&words).then(|| claim(context, view, &short, at, first..end, first..at + 2, MISFIT)).flatten()
}
