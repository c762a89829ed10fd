//! Shares of a whole that does not stand beside them: "128 calls (25 per cent)", "31.9 million, or 12 per cent of
//! revenue".

use super::{Derived, Says};
use crate::annotate::QuantityAt;
use crate::claim::context::{BlockView, WEIGHED};
use crate::claim::look::Look;
use crate::claim::{Claim, ClaimKind, Context, Operand, Value};
use crate::span::Span;
use compact_str::CompactString;
use std::ops::Range;

/// Most words between a number and the bracket with its share.
const NOUN: usize = 6;

/// Reads the shares of a document that no look before has read.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let known: Vec<Span> = out
        .iter()
        .filter_map(|c| match &c.value {
            // What was only weighed may have its whole elsewhere.
            Value::Percentage { stated, .. } if c.by != WEIGHED => Some(stated.at),
            _ => None,
        })
        .collect();
    for view in context.views().filter(BlockView::is_prose) {
        let look = Look::new(context, view);
        for pair in view.layer.quantities.windows(2) {
            let [part, share] = pair else { continue };
            let sentence = view.layer.sentence_of(part.tokens.start);
            if is_pair(part, share)
                && sentence.contains(&share.tokens.start)
                && !known.contains(&view.span(share.tokens.clone()))
            {
                out.extend(claim(&look, &sentence, part, share));
            }
        }
    }
}

/// Whether a number can be the part that a percentage speaks of.
fn is_pair(part: &QuantityAt, share: &QuantityAt) -> bool {
    let (p, s) = (&part.quantity, &share.quantity);
    let counted = p.unit.is_count() || p.unit.is_money() || p.unit.dimension.is_empty();
    s.unit.is_percent() && !share.label && !part.label && counted && p.is_plain() && !s.amount.range
}

fn claim(look: &Look<'_>, sentence: &Range<usize>, part: &QuantityAt, share: &QuantityAt) -> Option<Claim> {
    let (open, end) = (share.hedged.start.checked_sub(1)?, share.hedged.end);
    let gap = part.tokens.end..open;
    let plain = |i: usize| !matches!(look.word(i), "," | ";" | ":" | "(" | ")" | "and" | "or" | "of");
    let bracket = look.word(open) == "(" && gap.len() <= NOUN && gap.clone().all(plain);
    let told = apposition(look, part.tokens.end..share.hedged.start);
    if !(bracket || told) || look.has_beside_numbers("percentage.other-base", sentence.clone()) {
        return None;
    }
    // "(12 % of revenue)", "(12 %)", but not "(12 % more)", "(12 %, not counting …)".
    let of = look.word(end) == "of";
    let closed = matches!(look.word(end), ")" | "]" | "." | ";" | "," | "");
    let about = if of { look.behind(sentence, end + 1) } else { Vec::new() };
    let rate = look.word(open) == "of";
    let or = told && look.word(open) == "or";
    if !(of && about.len() == 1 || closed && (bracket || rate || or)) {
        return None;
    }
    // "of these, 120 (80 %)": of what another sentence or clause names.
    let anaphor = |i: usize| matches!(look.word(i), "these" | "those" | "them" | "whom" | "which" | "whose");
    // "of the files that were open in June 36 files (20 %)": of a whole without its number.
    let unnumbered = |i: usize| {
        let opens = i == sentence.start || matches!(look.word(i - 1), "," | ";" | ":" | "and" | "but");
        let near = i + 1..(i + 5).min(part.tokens.start);
        opens && matches!(look.word(i), "of" | "Of" | "among" | "Among") && !near.into_iter().any(|n| look.is_number(n))
    };
    let before = sentence.start..part.tokens.start;
    if about.is_empty() && before.into_iter().any(|i| anaphor(i) || unnumbered(i)) {
        return None;
    }
    let operand = |q: &QuantityAt| {
        let member = look.view.member(q.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: q.quantity.clone() }
    };
    let (scope, status) = crate::claim::scope(&look.view, look.lexicon, &part.tokens);
    // "a decrease of $120.6 million, or 11 %": a share of what it was.
    if or && scope.cues.iter().any(|cue| cue == "delta") {
        return None;
    }
    let says = Says::Share { part: operand(part), stated: operand(share) };
    let derived = Derived { says, cue: look.view.member(share.tokens.clone()), about, times: scope.times.clone() };
    let at = share.tokens.clone();
    let mut claim = look.view.claim(ClaimKind::Percentage, "derived", at, Value::Derived(Box::new(derived)));
    claim.scope = scope;
    claim.status = status;
    Some(claim)
}

/// Whether the words between a number and a percentage say that they are one: ", or", ", which is", "– that is".
fn apposition(look: &Look<'_>, between: Range<usize>) -> bool {
    let words: Vec<&str> = between.map(|i| look.word(i)).collect();
    // "in 132 files, or 45 per cent"
    if let Some(at) = words.iter().position(|w| matches!(*w, "," | "–" | "—"))
        && at > 0
        && at <= NOUN
        && words[at + 1..] == ["or"]
    {
        return !words[..at].iter().any(|w| matches!(*w, ";" | ":" | "(" | ")" | "and" | "or" | "of"));
    }
    // "Nine people have died, a case fatality of 2.2 per cent"
    let comma = words.iter().rposition(|w| *w == ",").unwrap_or(0);
    if let [",", "a" | "an", noun @ .., "of"] = &words[comma..] {
        let clause = words[..comma].iter().all(|w| !matches!(*w, ";" | ":" | "(" | ")" | "and" | "or" | "of"));
        return (1..=3).contains(&noun.len()) && clause && comma <= NOUN;
    }
    matches!(
        words.as_slice(),
        ["," | "–" | "—" | "(", "or"]
            | ["or"]
            | ["," | "–" | "—"]
            | [",", "which", "is" | "was" | "makes" | "made"]
            | [",", "i.e", "."]
            | [",", "equal" | "equivalent", "to"]
            | [",", "which", "corresponds", "to"]
    )
}
