//! Acronyms that nothing explains but the name before them: "the Society of Northern Lighthouse Keepers. SNLK has 900
//! members".
//!
//! Four letters that begin the words of a name in their order are hardly met by chance. The claim is of use to tell a
//! slip of the acronym from another one, and says nothing by itself.

use super::{claim, is_small, pieces, short_form};
use crate::annotate::{Case, TokenKind};
use crate::claim::{BlockView, Claim, Context};
use compact_str::CompactString;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What a definition that nothing but the order of names gives is marked with.
pub const IMPLIED: &str = "implied";

/// Fewest letters of the acronym.
const LETTERS: usize = 4;

/// Tokens before the acronym in which the name is looked for.
const REACH: usize = 160;

/// Appends the definitions of a block, one for each acronym that has none so far.
pub(super) fn extract(
    context: &Context<'_>,
    view: &BlockView<'_>,
    seen: &mut FxHashSet<CompactString>,
    out: &mut Vec<Claim>,
) {
    if !view.is_prose() {
        return;
    }
    for at in 0..view.layer.tokens.len() {
        if view.layer.tokens[at].case != Case::Upper {
            continue;
        }
        let Some(short) = short_form(view.word(at)).filter(|s| s.len() >= LETTERS && !seen.contains(s)) else {
            continue;
        };
        if !short.bytes().all(|b| b.is_ascii_uppercase()) {
            continue;
        }
        let found = names(context, view, at).find(|name| fits(context, view, name.clone(), &short));
        if let Some(mut definition) = found.and_then(|name| claim(context, view, &short, at, name, at..at + 1, 0)) {
            definition.scope.cues.push(IMPLIED.into());
            seen.insert(short);
            out.push(definition);
        }
    }
}

/// The names of several words with capitals before a token, the nearest first.
fn names<'a>(context: &'a Context<'_>, view: &'a BlockView<'_>, at: usize) -> impl Iterator<Item = Range<usize>> + 'a {
    let capital = |t: usize| {
        let token = &view.layer.tokens[t];
        token.kind == TokenKind::Word && token.case == Case::Capital && !is_small(context.lexicon, view, t)
    };
    let first = at.saturating_sub(REACH);
    let mut end = at;
    std::iter::from_fn(move || {
        while end > first && !capital(end - 1) {
            end -= 1;
        }
        let last = end;
        let mut start = last;
        let mut next = last;
        while next > first && (capital(next - 1) || next < last && is_small(context.lexicon, view, next - 1)) {
            next -= 1;
            if capital(next) {
                start = next;
            }
        }
        end = next.min(start);
        (last > first).then_some(start..last)
    })
}

/// Whether the letters begin the words of a name, small words with or without.
fn fits(context: &Context<'_>, view: &BlockView<'_>, name: Range<usize>, short: &str) -> bool {
    let initials = |all: bool| -> String {
        let pieces = pieces(context, view, name.clone());
        let kept = pieces.iter().filter(|p| !p.later && (all || !p.small));
        kept.filter_map(|p| p.lower.chars().next()).flat_map(char::to_uppercase).collect()
    };
    initials(false) == short || initials(true) == short
}
