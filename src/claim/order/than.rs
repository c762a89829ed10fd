//! One value on either side of words that compare them: "at 71 years, life expectancy is lower than the national figure
//! of 76", "exports, worth 420 million, fell short of imports of 465 million".
//!
//! The words have to leave no choice: one value of the measure before them in the sentence, and one behind. What
//! stands behind has to be named as another of the same kind, by its noun, an article or a word for a goal.

use crate::annotate::QuantityAt;
use crate::claim::context::BlockView;
use crate::claim::look::Look;
use crate::claim::noun::noun_phrase;
use crate::claim::{Claim, ClaimKind, Context, Direction, Operand, Value};
use crate::lexicon::Pos;
use crate::value::{Decimal, Hedge};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens from the words that compare to the value behind them.
const BEHIND: usize = 14;
/// Most tokens from the value before them.
const BEFORE: usize = 24;
/// A value more than so many times the other is most likely of another kind.
const APART: i64 = 5;

/// How the words compare.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "higher than", with the token of "than"
    Than(usize),
    /// "exceeded"
    Verb,
    /// "exceeded by", the other way round
    Passive,
}

impl Form {
    /// Where what is compared with the value before begins.
    fn behind(self, cue: &Range<usize>) -> usize {
        match self {
            Self::Than(than) => than + 1,
            Self::Verb => cue.end,
            Self::Passive => cue.end + 1,
        }
    }
}

/// Words that compare.
struct Cue {
    tokens: Range<usize>,
    direction: Direction,
    form: Form,
    /// Whether things of different sorts are compared: "outnumbered".
    sorts: bool,
}

/// Reads the comparisons of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let look = Look::new(context, *view);
    for sentence in &view.layer.sentences {
        if look.word(sentence.end - 1) == "?" {
            continue;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(cue) = cue(&look, sentence, at) else {
                at += 1;
                continue;
            };
            at = cue.tokens.end;
            let Some(claim) = compared(&look, sentence, &cue) else { continue };
            let Value::Order { first, second, .. } = &claim.value else { continue };
            let known = |c: &Claim| {
                matches!(&c.value, Value::Order { first: a, second: b, .. }
                    if (a.at, b.at) == (first.at, second.at) || (b.at, a.at) == (first.at, second.at))
            };
            if !out.iter().rev().take(32).any(known) {
                out.push(claim);
            }
        }
    }
}

/// The words that compare at a token.
fn cue(look: &Look<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let found = look.sets_at(at).filter_map(|(set, n)| {
        let (direction, than) = match set {
            "change.up-than" => (Direction::Up, true),
            "change.down-than" => (Direction::Down, true),
            "compare.exceed" | "compare.outnumber" => (Direction::Up, false),
            "compare.below" => (Direction::Down, false),
            _ => return None,
        };
        Some((n, direction, than))
    });
    let (n, direction, than) = found.max_by_key(|&(n, _, _)| n)?;
    let tokens = at..at + n;
    if look.is_denied(at) || look.is_number(at) {
        return None;
    }
    if !than {
        let passive = look.word(tokens.end) == "by" && look.pos(at.checked_sub(1)?).any(Pos::AUXILIARY);
        let sorts = look.phrase(at, "compare.outnumber").is_some();
        return Some(Cue { tokens, direction, form: if passive { Form::Passive } else { Form::Verb }, sorts });
    }
    let then = (tokens.end..sentence.end.min(tokens.end + 10)).find(|&i| look.word(i) == "than")?;
    // "More than 50", "no fewer than 50": a hedge.
    let hedge = look.is_number(then + 1) && then == tokens.end;
    let plain = (tokens.end..then).all(|i| !matches!(look.word(i), "," | ";" | ":" | "and"));
    // "More seats than", but not "more valuable than".
    let bare = n == 1 && matches!(look.word(at), "more" | "less" | "fewer");
    let counted = !bare || (tokens.end..then).all(|i| look.pos(i).any(Pos::NOUN.and(Pos::PEOPLE)));
    (plain && !hedge && counted).then_some(Cue { tokens, direction, form: Form::Than(then), sorts: false })
}

/// The comparison that words make, when one value stands on either side.
fn compared(look: &Look<'_>, sentence: &Range<usize>, cue: &Cue) -> Option<Claim> {
    let before_end = if let Form::Than(than) = cue.form { than } else { cue.tokens.start };
    let behind_start = cue.form.behind(&cue.tokens);
    let values = look.values(sentence);
    let behind = values.iter().copied().find(|v| v.hedged.start >= behind_start)?;
    let dimension = &behind.quantity.unit.dimension;
    let same = |v: &&&QuantityAt| {
        let unit = &v.quantity.unit;
        // "At 71 years, … of 76": the unit may be left out.
        unit.dimension == *dimension
            // "1,140 crowns a month", "980 crowns"
            || behind.quantity.unit.is_money() && unit.dimension.strip_prefix(dimension.as_str()).is_some_and(|r| r.starts_with('/'))
            || behind.quantity.unit.is_count() && !is_ratio(v) && look.noun(behind).is_none()
    };
    let mut fronts = values.iter().filter(|v| v.hedged.end <= before_end).filter(same).copied();
    let front = fronts.next().filter(|_| fronts.next().is_none())?;
    let further =
        values.iter().filter(|v| v.hedged.start > behind.hedged.start).any(|v| v.quantity.unit.dimension == *dimension);
    if further || is_ratio(behind) || !is_counterpart(look, behind_start..behind.hedged.start, front, behind, cue.sorts)
    {
        return None;
    }
    // "12 points higher than": how much, not what.
    let measures = front.hedged.end == cue.tokens.start && matches!(cue.form, Form::Than(_));
    let gap = front.hedged.end.min(cue.tokens.start)..cue.tokens.start;
    if measures || gap.len() > BEFORE || gap.clone().any(|i| matches!(look.word(i), ";" | "while" | "whereas" | "but"))
    {
        return None;
    }
    if !near(front, behind) || is_inverse(look, sentence, front) {
        return None;
    }
    let (base, told) = if cue.form == Form::Passive { (front, behind) } else { (behind, front) };
    Some(claim(look, cue, base, told))
}

/// Whether the words before a value, and its noun, say that it is another of the kind of the first.
fn is_counterpart(look: &Look<'_>, led: Range<usize>, front: &QuantityAt, behind: &QuantityAt, sorts: bool) -> bool {
    if led.len() > BEHIND
        || led.clone().any(|i| matches!(look.word(i), ";" | ":" | "and" | "but" | "if" | "when" | "while"))
    {
        return false;
    }
    // "exceeded it in 2020 with 41"
    if look.pos(led.start).any(Pos::PRONOUN) && !look.pos(led.start).any(Pos::DETERMINER) && !led.is_empty() {
        return false;
    }
    let before = led.clone().next_back();
    // "in the previous 5 years", "in 12 of the towns", "by 3 points": a stretch of time, a place, a difference.
    let last = before.map_or("", |i| look.word(i));
    if matches!(
        last,
        "in" | "by"
            | "for"
            | "within"
            | "during"
            | "over"
            | "last"
            | "past"
            | "previous"
            | "first"
            | "next"
            | "other"
            | "all"
    ) {
        return false;
    }
    if look.word(behind.hedged.end) == "of" || look.word(behind.hedged.end) == "times" {
        return false;
    }
    let nouns = (look.noun(front), look.noun(behind));
    let counts = front.quantity.unit.is_count() && behind.quantity.unit.is_count();
    let goal = led.clone().any(|i| look.phrase(i, "pattern.goal").is_some());
    let alike = sorts || matches!(&nouns, (Some(a), Some(b)) if a == b);
    if counts && !alike && matches!(&nouns, (_, Some(_))) && !goal {
        return false;
    }
    // "12 towns exceeded 500": who exceeds, not what.
    let actor = noun_phrase(&look.view, look.lexicon, front.tokens.end).is_some_and(|n| n.tokens.end + 1 >= led.start);
    if counts && actor && !alike {
        return false;
    }
    let bracket = last == "(" || last == "of" || last == "at" || last == "with";
    let article = led.clone().any(|i| matches!(look.word(i), "the" | "its" | "their" | "our" | "that"));
    goal || alike || article || bracket || !counts && !led.is_empty()
}

/// Whether two values are of one size.
fn near(a: &QuantityAt, b: &QuantityAt) -> bool {
    // A value without a unit has that of the other.
    let factor =
        |v: &QuantityAt, other: &QuantityAt| if v.quantity.unit.is_count() { other } else { v }.quantity.unit.factor;
    let base = |v: &QuantityAt, o: &QuantityAt| v.quantity.amount.low.checked_mul(factor(v, o)).map(|d| d.abs());
    let plain = |v: &QuantityAt| v.quantity.hedge == Hedge::None;
    let (Some(x), Some(y)) = (base(a, b), base(b, a)) else { return false };
    let times = Decimal::from(APART);
    plain(a) && plain(b) && x.saturating_mul(times) >= y && y.saturating_mul(times) >= x
}

fn is_ratio(value: &QuantityAt) -> bool {
    matches!(value.quantity.unit.dimension.as_str(), "fraction" | "times" | "percentage point")
}

/// Whether the sentence speaks of a scale on which up may be a smaller number.
fn is_inverse(look: &Look<'_>, sentence: &Range<usize>, value: &QuantityAt) -> bool {
    let unit = &value.quantity.unit;
    look.has("inverse.any", sentence.clone())
        || unit.is_count() && look.has("inverse.count", sentence.clone())
        || unit.dimension == "length" && look.has("inverse.length", sentence.clone())
}

fn claim(look: &Look<'_>, cue: &Cue, base: &QuantityAt, told: &QuantityAt) -> Claim {
    let operand = |value: &QuantityAt, unit_of: &QuantityAt| {
        let member = look.view.member(value.tokens.clone());
        let mut quantity = value.quantity.clone();
        if quantity.unit.is_count() || unit_of.quantity.unit.dimension.contains('/') {
            quantity.unit = unit_of.quantity.unit.clone();
        }
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
    };
    let (first, second) = (operand(base, told), operand(told, base));
    let from = base.tokens.start.min(told.tokens.start);
    let to = base.tokens.end.max(told.tokens.end);
    let cue_at = cue.tokens.start..cue.form.behind(&cue.tokens);
    let words = look.view.wording(cue_at.clone());
    let (a, b) = if cue.form == Form::Passive { (&first, &second) } else { (&second, &first) };
    let said = format!("{} {words} {}", a.text, b.text);
    let value = Value::Order { cue: look.view.member(cue_at), direction: cue.direction, first, second, by: None };
    let mut claim = look.view.claim(ClaimKind::Order, "order", from..to, value);
    claim.text = said.split_whitespace().collect::<Vec<_>>().join(" ").into();
    claim
}
