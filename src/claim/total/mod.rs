//! Totals in prose: a whole and its parts, in one sentence or in neighbouring ones.
//!
//! A sentence claims a sum only when a cue says that the parts are all the parts: an opening cue between the
//! whole and its parts ("165 people, namely …"), a closing cue beside a whole that comes last ("… in all"),
//! or a last part that is named as the rest ("the remaining 12"). Numbers that are far from adding up were
//! not meant to, and nothing is claimed of them.

mod ahead;
mod behind;
mod close;
mod list;
mod open;
mod operands;
mod partition;
mod rest;
mod told;
mod votes;
mod weighed;
mod worded;

use super::{Claim, ClaimKind, Context, Operand, Value};
use crate::annotate::phrase_at;
use crate::span::Span;
use operands::Passage;

/// Paragraphs with more tokens are not searched again for what stands between two parts.
const SEARCHED: usize = 1000;

/// Reads the totals of all prose.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views().filter(super::context::BlockView::is_prose) {
        let passage = Passage::new(context, view);
        if passage.numbers.len() < 2 {
            if passage.numbers.len() == 1 {
                behind::find(context, &passage, out);
            }
            continue;
        }
        ahead::find(context, &passage, out);
        let mut found = Vec::new();
        open::find(&passage, &mut found);
        close::find(&passage, &mut found);
        partition::find(&passage, &mut found);
        // One whole makes one claim: the surest reading of it, with the others as alternatives.
        found.sort_by_key(|s| (s.whole, std::cmp::Reverse(s.strength)));
        let mut at = 0;
        while at < found.len() {
            let end = found[at..].iter().position(|s| s.whole != found[at].whole).map_or(found.len(), |n| at + n);
            let sums = &found[at..end];
            let readings = sums.iter().flat_map(|s| &s.readings).map(|parts| passage.parts(parts)).collect();
            if let Some(claim) = claim(&passage, sums[0].whole, readings, sums[0].strength) {
                out.push(claim);
            }
            at = end;
        }
        worded::extract(context, &view, out);
        rest::find(context, &passage, out);
        told::find(&passage, out);
        behind::find(context, &passage, out);
    }
    list::find(context, out);
    votes::extract(context, out);
    weighed::extract(context, out);
    out.retain(|claim| claim.kind != ClaimKind::Total || !holds_others(context, claim));
}

/// Whether the text says of a part that the number behind it is within it: "losses of 10.1 million, which included
/// costs of 8.1 million".
fn holds_others(context: &Context<'_>, claim: &Claim) -> bool {
    let Value::Total { whole, readings, .. } = &claim.value else { return false };
    let view = context.view(claim.block);
    let block = claim.within;
    let mut spans: Vec<Span> = readings.iter().flatten().map(|o| o.at).filter(|at| block.contains(*at)).collect();
    if !view.is_prose() || spans.is_empty() || view.layer.tokens.len() > SEARCHED {
        return false;
    }
    spans.push(whole.at);
    spans.sort_unstable();
    spans.dedup();
    spans.windows(2).any(|pair| {
        pair[0] != whole.at && {
            let tokens = &view.layer.tokens;
            (0..tokens.len()).any(|i| {
                let at = view.span(i..i + 1);
                (pair[0].end..pair[1].start).contains(&at.start)
                    && phrase_at(context.lexicon, "sum.within", view.text, tokens, i).is_some()
            })
        }
    })
}

/// A whole and the ways to read its parts, as indices into [`Passage::numbers`].
struct Sum {
    whole: usize,
    readings: Vec<Vec<usize>>,
    strength: u8,
}

fn claim(passage: &Passage<'_>, whole: usize, readings: Vec<Vec<Operand>>, strength: u8) -> Option<Claim> {
    if passage.knows(whole, readings.first()?) {
        return None;
    }
    let whole_operand = passage.whole(whole, readings.first()?);
    let at = &passage.numbers[whole];
    let value = Value::Total {
        whole: whole_operand,
        readings,
        strength,
        exact: false,
        support: 0,
        culprit: None,
        also: Vec::new(),
    };
    let mut claim = passage.view.claim(ClaimKind::Total, "total", at.quantity.tokens.clone(), value);
    claim.subject.wording = passage.noun(whole);
    Some(claim)
}
