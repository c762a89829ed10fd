//! Ranges that are written with two bare numbers, the greater first: years, pages, "12–8 weeks".

use super::CHANGE;
use crate::annotate::{QuantityAt, TokenKind, phrase_at, phrases_at};
use crate::claim::context::{BlockView, Context};
use crate::claim::{Claim, ClaimKind, Operand, Value};
use crate::document::Style;
use crate::lexicon::Pos;
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Tokens around a range in which a word may turn its order.
const AROUND: usize = 6;

/// Reads the reversed ranges of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let tokens = &view.layer.tokens;
    for first in 0..tokens.len().saturating_sub(2) {
        let number = |i: usize| tokens[i].kind == TokenKind::Number;
        if !number(first) || !number(first + 2) {
            continue;
        }
        let reader = Reader { context, view: *view, first };
        if let Some(claim) = reader.read() {
            let known = out
                .iter()
                .rev()
                .take(32)
                .any(|c| c.kind == ClaimKind::Range && c.at.start <= claim.at.start && c.at.end >= claim.at.end);
            if !known {
                out.push(claim);
            }
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
    /// The token of the first number; the joining sign or word and the second number follow.
    first: usize,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.view.word(at)
    }

    fn before(&self, back: usize) -> &str {
        self.first.checked_sub(back).map_or("", |i| self.view.word(i))
    }

    fn read(&self) -> Option<Claim> {
        let (low, high) = (self.plain(self.first)?, self.plain(self.first + 2)?);
        if low <= high || self.is_chain() || self.is_turned() {
            return None;
        }
        let join = self.word(self.first + 1);
        let dash = matches!(join, "–" | "-" | "—" | "‑" | "−");
        let unit = self.unit();
        // "an 80–20 % split" parts a whole.
        let parted = low.checked_add(high) == Some(Decimal::ONE_HUNDRED) && unit.as_ref().is_none_or(Unit::is_percent);
        if dash && parted {
            return None;
        }
        let fits =
            self.are_years(join) || (dash || join == "to") && self.are_pages() || self.has_unit(join, unit.as_ref());
        fits.then(|| self.claim(low, high, unit))
    }

    /// The value of a number of digits alone.
    fn plain(&self, at: usize) -> Option<Decimal> {
        let text = self.word(at);
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    }

    /// Whether the two belong to something longer: a date, a telephone number, a code.
    fn is_chain(&self) -> bool {
        let joins = |word: &str| matches!(word, "-" | "–" | "/" | "." | ":" | "‑" | "#" | "§" | "=" | "−" | "+" | "*");
        let tokens = &self.view.layer.tokens;
        let glued_before = self.first > 0 && tokens[self.first - 1].end == tokens[self.first].start;
        let behind = self.first + 3;
        let glued_behind = tokens.get(behind).is_some_and(|t| t.start == tokens[behind - 1].end);
        glued_before && joins(self.before(1))
            || glued_behind
                && joins(self.word(behind))
                && tokens.get(behind + 1).is_some_and(|t| t.start == tokens[behind].end)
            || self.view.block.text.has_style(self.view.layer.bytes(self.first..behind), Style::Code)
            || self.view.block.text.has_style(self.view.layer.bytes(self.first..behind), Style::Address)
    }

    /// Whether words around say that it is no range, or one that is counted backwards.
    fn is_turned(&self) -> bool {
        let sentence = self.view.layer.sentence_of(self.first);
        let sets = |range: Range<usize>, wanted: fn(&str) -> bool| {
            range.into_iter().any(|i| {
                phrases_at(self.context.lexicon, self.view.text, &self.view.layer.tokens, i).any(|(s, _)| wanted(s))
            })
        };
        let from = self.first.saturating_sub(AROUND).max(sentence.start);
        let behind = self.first + 3..(self.first + 3 + AROUND).min(sentence.end);
        sets(from..self.first, |s| s == "range.apart" || s.starts_with("order."))
            || sets(behind, |s| s == "range.backwards")
    }

    /// "From 2018 to 2014", "between 2018 and 2014", "the years 2018–2014".
    fn are_years(&self, join: &str) -> bool {
        let year = |at: usize| {
            let text = self.word(at);
            text.len() == 4 && matches!(&text[..2], "15" | "16" | "17" | "18" | "19" | "20")
        };
        if !year(self.first) || !year(self.first + 2) {
            return false;
        }
        // "lowers the price from 1848 to 1640": what falls runs that way, and such numbers are seldom years.
        let (tokens, start) = (&self.view.layer.tokens, self.view.layer.sentence_of(self.first).start);
        let falls = |i: usize| phrase_at(self.context.lexicon, "order.down", self.view.text, tokens, i).is_some();
        if self.word(self.first) < "1900" && (start..self.first).rev().take(CHANGE).any(falls) {
            return false;
        }
        // "from 2018 to 2014 members": a noun makes them counts.
        let next = self.view.layer.tokens.get(self.first + 3);
        let pos = next.and_then(|t| t.word).map_or(Pos::default(), |id| self.context.lexicon.words.pos(id));
        let ends = next.is_none_or(|t| t.kind == TokenKind::Sign) || pos.any(Pos::CLOSED.and(Pos::ADVERB));
        let cue = self.before(1).to_ascii_lowercase();
        ends && match join {
            "to" | "until" | "through" => cue == "from",
            "and" => cue == "between",
            "–" | "-" | "—" => {
                matches!(
                    cue.as_str(),
                    "years" | "period" | "in" | "during" | "decade" | "seasons" | "for" | "over" | "from"
                ) || cue == "(" && self.word(self.first + 3) == ")"
            }
            _ => false,
        }
    }

    /// "pages 212–198", "ports 9090 to 9080": a shortened last page has fewer digits.
    fn are_pages(&self) -> bool {
        let at = self.first.checked_sub(if self.before(1) == "." { 2 } else { 1 });
        let numbered = at.is_some_and(|at| {
            phrase_at(self.context.lexicon, "range.numbered", self.view.text, &self.view.layer.tokens, at) == Some(1)
        });
        numbered && self.word(self.first).len() == self.word(self.first + 2).len()
    }

    /// The unit of the second number.
    fn unit(&self) -> Option<Unit> {
        let at = self.first + 2;
        let quantities: &[QuantityAt] = &self.view.layer.quantities;
        let i = quantities.partition_point(|q| q.tokens.end <= at);
        quantities.get(i).filter(|q| q.number.start == at).map(|q| q.quantity.unit.clone()).filter(|u| !u.is_count())
    }

    /// "12–8 weeks", "a farm of 12 to 8 hectares".
    fn has_unit(&self, join: &str, unit: Option<&Unit>) -> bool {
        let Some(unit) = unit else { return false };
        let ordered = unit.is_percent()
            || unit.is_money()
            || matches!(unit.dimension.as_str(), "length" | "area" | "volume" | "mass" | "months" | "data")
            || unit.dimension == "time" && unit.factor != Decimal::from(3_600);
        let tokens = &self.view.layer.tokens;
        let tight = tokens[self.first].end == tokens[self.first + 1].start;
        let cue = self.before(1).to_ascii_lowercase();
        let leads = match join {
            "–" | "-" => tight && cue != "from",
            "to" => matches!(
                cue.as_str(),
                "of" | "for" | "after" | "within" | "takes" | "take" | "lasts" | "last" | "weighs" | "weigh" | "costs"
            ),
            _ => false,
        };
        let near = self
            .plain(self.first)
            .zip(self.plain(self.first + 2))
            .is_some_and(|(a, b)| b > Decimal::ZERO && b.checked_mul(Decimal::TEN).is_some_and(|most| a <= most));
        ordered && leads && near
    }

    fn claim(&self, low: Decimal, high: Decimal, unit: Option<Unit>) -> Claim {
        let unit = unit.unwrap_or_else(Unit::count);
        let operand = |at: usize, value: Decimal| {
            let member = self.view.member(at..at + 1);
            let amount = Amount::exact(value, Decimal::ONE);
            let quantity = Quantity { amount, hedge: Hedge::None, unit: unit.clone() };
            Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
        };
        let cue = self.view.member(self.first.saturating_sub(1)..self.first);
        let cue = if self.first == 0 { self.view.member(self.first..self.first + 1) } else { cue };
        let value = Value::Range { cue, first: operand(self.first, low), second: operand(self.first + 2, high) };
        self.view.claim(ClaimKind::Range, "range", self.first..self.first + 3, value)
    }
}
