//! Two numbers that are the ends of one range.

use super::{Bare, Reader};
use crate::annotate::TokenKind;
use crate::annotate::phrase::phrases_at;
use crate::lexicon::Pos;
use crate::value::{Amount, Decimal, Unit};
use std::ops::Range;

/// The first number of what may be a range.
pub(super) struct Side {
    /// The number.
    pub(super) bare: Bare,
    /// Its unit.
    pub(super) unit: Unit,
    /// First token, sign and currency included.
    pub(super) start: usize,
    /// One past the unit.
    pub(super) end: usize,
    /// First token of the bare number.
    pub(super) number: usize,
    /// Whether a currency stands before it.
    pub(super) money: bool,
}

/// A range as read.
pub(super) struct Whole {
    pub(super) amount: Amount,
    pub(super) unit: Unit,
    pub(super) number: Range<usize>,
    pub(super) tokens: Range<usize>,
}

/// How far before "from" a word is looked for that makes two numbers of it.
const REACH: usize = 14;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Dash,
    To,
    And,
    Or,
    PlusMinus,
}

impl Reader<'_> {
    /// The range that the number begins, if it begins one.
    pub(super) fn range(&self, first: &Side) -> Option<Whole> {
        // "+1-222-2222"
        if first.start.checked_sub(1).is_some_and(|i| self.word(i) == "+" && self.glued(first.start)) {
            return None;
        }
        let (join, at) = self.join(first.end).or_else(|| self.join(first.bare.end))?;
        if first.bare.fraction {
            return None;
        }
        let minus = matches!(self.word(at), "-" | "−") && !self.glued(at) && self.glued(at + 1);
        let (money, number) = self.second_start(at + usize::from(minus))?;
        let mut second = self.bare(number, first.money || money.is_some())?;
        if minus {
            second.value = -second.value;
        }
        let (unit, end) = self.unit_of(&second, money.as_ref());
        // "fell from £208 million at the end of 2022 to £231 million"
        let year = first.bare.plain
            && first.bare.whole == 4
            && !first.money
            && (Decimal::from(1800)..=Decimal::from(2100)).contains(&first.bare.value);
        if year && first.unit.is_count() && (money.is_some() || !second.plain || second.words) {
            return None;
        }
        // A unit on one side goes for both; two units must be one.
        let unit = match (first.unit.is_count(), unit.is_count()) {
            (_, true) => first.unit.clone(),
            (true, false) => unit,
            (false, false) if first.unit.dimension == unit.dimension && first.unit.factor == unit.factor => unit,
            // "US$89 to $93 billion"
            (false, false) if first.unit.is_money() && unit.symbol == "$" && first.unit.symbol.ends_with('$') => {
                first.unit.clone()
            }
            // "between $62 and $68 per share"
            (false, false)
                if unit.dimension.strip_prefix(first.unit.dimension.as_str()).is_some_and(|d| d.starts_with('/')) =>
            {
                unit
            }
            _ => return None,
        };
        if join == Join::PlusMinus {
            let amount = Amount {
                low: first.bare.value.checked_sub(second.value)?,
                high: first.bare.value.checked_add(second.value)?,
                step: first.bare.step.min(second.step),
                range: true,
                words: false,
            };
            return Some(Whole { amount, unit, number: first.number..second.end, tokens: first.start..end });
        }
        let (mut low, mut step) = (first.bare.value, first.bare.step);
        if first.bare.scale == Decimal::ONE && second.scale > Decimal::ONE {
            let mantissa = second.value.checked_div(second.scale)?;
            if low.abs() <= mantissa {
                low = low.checked_mul(second.scale)?;
                step = step.checked_mul(second.scale)?;
            }
        } else if first.bare.words && second.words {
            // "five to seven thousand", "two to three hundred": the scale is inside the words.
            let scale = round_part(second.value);
            if scale > Decimal::ONE && low < Decimal::from(20) && second.value.checked_div(scale)? > low {
                low = low.checked_mul(scale)?;
                step = second.step;
            }
        }
        let mut high = second.value;
        // "from -18 to -34 °C": told by size.
        if high < low && high.is_sign_negative() && low.is_sign_negative() && matches!(join, Join::To | Join::And) {
            (low, high) = (high, low);
        }
        let fits = match join {
            Join::Or => low < high && near(low, high),
            _ => low < high,
        };
        if !fits || first.bare.words != second.words && join != Join::To {
            return None;
        }
        match join {
            Join::To if self.changes(first.start) || self.moves_by(first, &second) => return None,
            Join::And if !self.between(first.start) => return None,
            Join::Dash if first.bare.words || self.telephone(&first.bare, &second) => return None,
            _ => {}
        }
        let amount = Amount { low, high, step: step.min(second.step), range: true, words: first.bare.words };
        Some(Whole { amount, unit, number: first.number..second.end, tokens: first.start..end })
    }

    /// What joins the numbers at token `at`, and one past it.
    fn join(&self, at: usize) -> Option<(Join, usize)> {
        let word = self.word(at);
        let both = self.glued(at) == self.glued(at + 1);
        match word {
            "–" | "—" | "‒" if both => Some((Join::Dash, at + 1)),
            "-" | "−" | "\u{2010}" | "\u{2011}" | "~" if self.glued(at) && self.glued(at + 1) => {
                Some((Join::Dash, at + 1))
            }
            // "a range of 1000 - 5000", "was 40 - 50 years old"
            "-" if !self.glued(at) && !self.glued(at + 1) && self.is_told(at) => Some((Join::Dash, at + 1)),
            // "8- to 16-metre", "three- to five-year"
            "-" if self.glued(at) && !self.glued(at + 1) && !self.glued(at + 2) => match self.word(at + 1) {
                "to" => Some((Join::To, at + 2)),
                "or" => Some((Join::Or, at + 2)),
                _ => None,
            },
            // "5-to-7"
            "-" if self.word(at + 1) == "to" && self.word(at + 2) == "-" => Some((Join::To, at + 3)),
            // "200,000 to-260,000"
            "to" if self.word(at + 1) == "-" && self.glued(at + 1) && self.glued(at + 2) => Some((Join::To, at + 2)),
            "to" | "through" => Some((Join::To, at + 1)),
            "and" => Some((Join::And, at + 1)),
            "or" => Some((Join::Or, at + 1)),
            "±" => Some((Join::PlusMinus, at + 1)),
            "+" if self.word(at + 1) == "/" && matches!(self.word(at + 2), "-" | "−" | "–") && self.glued(at + 2) => {
                Some((Join::PlusMinus, at + 3))
            }
            _ => None,
        }
    }

    /// Whether a hyphen with spaces on both sides joins two plain numbers of a sentence: a word before them that values
    /// stand behind, and nothing worked out.
    fn is_told(&self, hyphen: usize) -> bool {
        let digits = |at: usize| self.is_kind(at, TokenKind::Number);
        let before = hyphen.checked_sub(2).filter(|&i| self.is_kind(i, TokenKind::Word));
        let told = before.is_some_and(|i| self.pos(i).any(Pos::PREPOSITION.and(Pos::ADVERB).and(Pos::AUXILIARY)));
        told && digits(hyphen - 1) && digits(hyphen + 1) && !matches!(self.word(hyphen + 2), "=" | "-" | "+" | "/")
    }

    /// Where the second number begins, behind a currency of its own.
    fn second_start(&self, at: usize) -> Option<(Option<Unit>, usize)> {
        for n in 0..=2 {
            let number = at + n;
            if self.is_kind(number, TokenKind::Number) || n == 0 && self.begins(number) {
                if n == 0 {
                    return Some((None, number));
                }
                let currency = self.currency_before(number)?;
                return (currency.first == at).then_some((Some(currency.unit), number));
            }
        }
        None
    }

    /// "555-1212": two plain numbers, neither of them round, of different length.
    fn telephone(&self, first: &Bare, second: &Bare) -> bool {
        let round = |n: &Bare| (n.value % Decimal::TEN).is_zero();
        first.plain
            && second.plain
            && first.whole >= 3
            && second.whole == first.whole + 1
            && !round(first)
            && !round(second)
    }

    /// Whether "between" stands before the first number.
    fn between(&self, start: usize) -> bool {
        (1..=2).filter_map(|n| start.checked_sub(n)).any(|i| self.word(i).eq_ignore_ascii_case("between"))
    }

    /// "rose by 40 to 240": a change and where it led to, not "by 1 to 1.5 degrees".
    fn moves_by(&self, first: &Side, second: &Bare) -> bool {
        let by = first.start.checked_sub(1).is_some_and(|i| self.word(i) == "by");
        let far = first.bare.value.checked_mul(Decimal::from(3)).is_some_and(|most| second.value > most);
        by && far
    }

    /// Whether the numbers are a change: "rose from 50 to 60", not "takes from 6 to 8 weeks".
    ///
    /// The nearest cue before the numbers decides; without "from" it must stand close.
    fn changes(&self, start: usize) -> bool {
        // "dropped by 1 to 1.5 degrees"
        if start.checked_sub(1).is_some_and(|i| self.word(i) == "by") {
            return false;
        }
        let from = start.checked_sub(1).is_some_and(|i| self.word(i).eq_ignore_ascii_case("from"));
        let reach = if from { REACH } else { 3 };
        for n in 1..=reach {
            let Some(at) = start.checked_sub(n) else { return false };
            if matches!(self.word(at), "." | ";" | ":" | "?" | "!") {
                return false;
            }
            for (set, _) in phrases_at(self.lexicon, self.text, self.tokens, at) {
                if set == "range.cue" {
                    return false;
                }
                if set.starts_with("order.") {
                    return true;
                }
            }
        }
        false
    }
}

/// The greatest of hundred, thousand, million … that a number is a multiple of.
fn round_part(value: Decimal) -> Decimal {
    [1_000_000_000_i64, 1_000_000, 1000, 100]
        .map(Decimal::from)
        .into_iter()
        .find(|scale| value >= *scale && (value % *scale).is_zero())
        .unwrap_or(Decimal::ONE)
}

/// Whether "A or B" gives one number loosely: "five or six", "500 or 600".
fn near(low: Decimal, high: Decimal) -> bool {
    let apart = high - low;
    apart == Decimal::ONE || low >= Decimal::TEN && apart.checked_mul(Decimal::TWO).is_some_and(|twice| twice <= low)
}
