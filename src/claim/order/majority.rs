//! Words for more or less than half beside the share itself: "a minority of the panel, 13 of its 19 members", "most of
//! the councillors (7 of 16)", "29 of the 64 votes, a majority".

use crate::annotate::{QuantityAt, TokenKind};
use crate::claim::context::BlockView;
use crate::claim::look::Look;
use crate::claim::{Claim, ClaimKind, Context, Direction, Operand, Value};
use crate::lexicon::Pos;
use crate::value::{Decimal, Hedge, Quantity};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens between the words and the share.
const REACH: usize = 9;

/// A share, as a percentage or as a part of a whole.
struct Share<'a> {
    part: &'a QuantityAt,
    whole: Option<&'a QuantityAt>,
    tokens: Range<usize>,
}

/// Reads the majorities of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let look = Look::new(context, *view);
    let mut at = 0;
    while at < view.layer.tokens.len() {
        let Some((length, direction)) = cue(&look, at) else {
            at += 1;
            continue;
        };
        let tokens = at..at + length;
        at = tokens.end;
        let Some(claim) = shares(&look, &tokens)
            .into_iter()
            .find(|share| is_beside(&look, &tokens, share))
            .and_then(|share| claim(&look, &tokens, direction, &share))
        else {
            continue;
        };
        let Value::Order { second, .. } = &claim.value else { continue };
        let known = |c: &Claim| matches!(&c.value, Value::Order { second: b, .. } if b.at == second.at);
        if !out.iter().rev().take(32).any(known) {
            out.push(claim);
        }
    }
}

/// The words for more or less than half at a token, with their length.
fn cue(look: &Look<'_>, at: usize) -> Option<(usize, Direction)> {
    if look.is_denied(at) {
        return None;
    }
    let found = look.sets_at(at).filter_map(|(set, n)| {
        Some(match set {
            "share.majority" | "share.most" => (n, Direction::Up),
            "share.minority" => (n, Direction::Down),
            _ => return None,
        })
    });
    found.max_by_key(|&(n, _)| n).or_else(|| {
        // "Most members", but not "most recently" or "the most members".
        let determined = at > 0 && look.pos(at - 1).any(Pos::DETERMINER);
        let counted = look.pos(at + 1).any(Pos::NOUN.and(Pos::PEOPLE)) && !look.pos(at + 1).any(Pos::ADVERB);
        (look.word(at).eq_ignore_ascii_case("most") && counted && !determined).then_some((1, Direction::Up))
    })
}

/// The shares of the sentence of a cue.
fn shares<'a>(look: &Look<'a>, cue: &Range<usize>) -> Vec<Share<'a>> {
    let sentence = look.sentence(cue.start);
    let values = look.values(&sentence);
    let mut out: Vec<Share<'a>> = values
        .iter()
        .filter(|v| v.quantity.unit.is_percent())
        .map(|v| Share { part: v, whole: None, tokens: v.hedged.clone() })
        .collect();
    for pair in values.windows(2) {
        let between = pair[0].hedged.end..pair[1].hedged.start;
        let of = between.clone().position(|i| look.word(i) == "of");
        let small = |i: usize| {
            look.pos(i).any(Pos::DETERMINER) || matches!(look.word(i), "out" | "of" | "its" | "their" | "our")
        };
        let counts = pair
            .iter()
            .all(|v| v.quantity.unit.dimension == pair[1].quantity.unit.dimension && !v.quantity.unit.is_percent());
        if of.is_some() && counts && between.len() <= 3 && between.clone().all(small) {
            out.push(Share { part: pair[0], whole: Some(pair[1]), tokens: pair[0].hedged.start..pair[1].hedged.end });
        }
    }
    out
}

/// Whether nothing but the name of the whole and a comma or bracket stands between words and share.
fn is_beside(look: &Look<'_>, cue: &Range<usize>, share: &Share<'_>) -> bool {
    let behind = share.tokens.start >= cue.end;
    let gap = if behind { cue.end..share.tokens.start } else { share.tokens.end..cue.start };
    if gap.is_empty() || gap.len() > REACH {
        return false;
    }
    let is_sign = |i: usize| look.view.layer.tokens[i].kind == TokenKind::Sign;
    let sign = gap.clone().find(|&i| is_sign(i) && !matches!(look.word(i), "'" | "’" | "-"));
    let Some(sign) = sign.filter(|&i| matches!(look.word(i), "," | "(" | "–" | "—" | ":")) else { return false };
    let verb = |i: usize| {
        look.pos(i).any(Pos::AUXILIARY)
            || look.pos(i).any(Pos::VERB.and(Pos::PAST)) && !look.pos(i).any(Pos::NOUN.and(Pos::ADJECTIVE))
    };
    let words = |mut range: Range<usize>| range.all(|i| !is_sign(i) || matches!(look.word(i), "'" | "’" | "-"));
    if behind {
        // Beside a comma only what closes with one: "… the majority of X, 48 % of Y" is something else.
        let next = look.word(share.tokens.end);
        let comma = look.word(sign) == ",";
        let closed = share.whole.is_some() || matches!(next, "," | "." | ")" | "–" | "—" | "");
        let aside = !comma || cue.start <= look.sentence(cue.start).start + 2 || share.whole.is_some();
        sign + 1 == share.tokens.start && closed && aside && words(cue.end..sign) && !(cue.end..sign).any(verb)
    } else {
        let ends = matches!(look.word(cue.end), "," | "." | ")" | "–" | "—" | "" | ";");
        let near = cue.start - sign <= 3
            && (sign + 1..cue.start)
                .all(|i| look.pos(i).any(Pos::ADVERB) || matches!(look.word(i), "only" | "and" | "so" | "thus"));
        ends && near && words(share.tokens.end..sign) && !(share.tokens.end..sign).any(verb)
    }
}

/// The claim that the share is more, or less, than half.
fn claim(look: &Look<'_>, cue: &Range<usize>, direction: Direction, share: &Share<'_>) -> Option<Claim> {
    if share.part.quantity.hedge != Hedge::None {
        return None;
    }
    let operand = |value: &QuantityAt, quantity: Quantity| {
        let member = look.view.member(value.tokens.clone());
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
    };
    let words = look.view.member(cue.clone());
    let mut first = match share.whole {
        Some(whole) => {
            let mut half = operand(whole, whole.quantity.clone());
            half.text = format!("half of {}", half.text).into();
            half
        }
        None => {
            let mut quantity = share.part.quantity.clone();
            quantity.amount.low = Decimal::ONE_HUNDRED;
            quantity.amount.step = Decimal::new(1, 6);
            Operand { at: words.at, text: "half".into(), name: CompactString::default(), quantity }
        }
    };
    let half = first.quantity.amount.low.checked_div(Decimal::TWO)?;
    (first.quantity.amount.low, first.quantity.amount.high) = (half, half);
    let second = operand(share.part, share.part.quantity.clone());
    let whole = cue.start.min(share.tokens.start)..cue.end.max(share.tokens.end);
    let said = look.view.wording(whole.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
    let value = Value::Order { cue: words, direction, first, second, by: None };
    let mut claim = look.view.claim(ClaimKind::Order, "order", whole, value);
    claim.text = said.into();
    Some(claim)
}
