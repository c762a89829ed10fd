//! Units that several numbers share: "45 and 50 mg", "from 12 per cent to 9", "280 million of the 1.5 billion kroner",
//! and the cents behind an amount: "13 dollars 45".
//!
//! Goes in: a number that was read without a unit. Comes out: the unit that stands with another one.

use super::bare::Bare;
use super::{QuantityAt, Reader};
use crate::annotate::TokenKind;
use crate::lexicon::Pos;
use crate::value::{Decimal, Unit};

/// How many numbers of a list are looked through for the unit behind the last.
const MOST: usize = 6;

/// How far behind "from 12 per cent" its "to 9" may stand.
const REACH: usize = 10;

impl Reader<'_> {
    /// The unit of a number in digits that has none of its own and ends before token `end`.
    pub(super) fn shared_unit(&self, bare: &Bare, start: usize, end: usize) -> Option<Unit> {
        let open = !bare.words && !bare.fraction && bare.end == end && !self.looks_like_year(bare);
        let named = self.cue_before(start, "label.noun") || self.follows_name(start) || self.glued(start);
        if !open || named || self.word(start.wrapping_sub(1)) == "by" && self.word(end) == "to" {
            return None;
        }
        self.unit_of_list(bare, end).or_else(|| self.unit_of_whole(end)).or_else(|| self.unit_of_start(start, end))
    }

    /// "45 and 50 mg", "12, 15 and 18 per cent": the unit behind the last of a list.
    fn unit_of_list(&self, bare: &Bare, end: usize) -> Option<Unit> {
        let mut at = end;
        for _ in 0..MOST {
            let comma = usize::from(self.word(at) == ",");
            let word = usize::from(matches!(self.word(at + comma), "and" | "or" | "to"));
            let next = at + comma + word;
            if next == at || self.glued(at) && comma == 0 || !self.is_kind(next, TokenKind::Number) {
                return None;
            }
            let second = self.bare(next, false).filter(|b| !b.fraction && !self.looks_like_year(b))?;
            let (unit, after) = self.unit_of(&second, None);
            if after > second.end || second.unit.is_some() {
                let measures = word == 1 && !unit.is_count() && unit.dimension != "times";
                return (measures && second.scale == bare.scale).then_some(unit);
            }
            if word == 1 || second.scale != Decimal::ONE {
                return None;
            }
            at = second.end;
        }
        None
    }

    /// "280 million of the 1.5 billion kroner": the unit of the whole.
    fn unit_of_whole(&self, end: usize) -> Option<Unit> {
        let determined = self.pos(end + 1).any(Pos::DETERMINER);
        if self.word(end) != "of" || !determined || !self.is_kind(end + 2, TokenKind::Number) {
            return None;
        }
        let whole = self.bare(end + 2, false).filter(|b| !b.fraction)?;
        let (unit, after) = self.unit_of(&whole, None);
        // "12 of the 30 km trails" are trails.
        let alone = !self.counts_noun(after) && !self.is_kind(after, TokenKind::Number);
        (!unit.is_count() && alone && unit.dimension != "times").then_some(unit)
    }

    /// "from 12 per cent to 9", "from 208 pounds to 193": the unit of where a change began.
    fn unit_of_start(&self, start: usize, end: usize) -> Option<Unit> {
        let (unit, from) = self.from.as_ref()?;
        let to = start.checked_sub(1).filter(|&i| self.word(i) == "to" && i >= *from)?;
        let same = (*from..to).all(|i| !matches!(self.word(i), "." | ";" | ":" | "," | "from" | "to"));
        let alone = !self.counts_noun(end) && !self.word(end).starts_with('-');
        (to - from <= REACH && same && alone).then(|| unit.clone())
    }

    /// Remembers the unit of a number behind "from".
    pub(super) fn keep_unit(&mut self, quantity: &QuantityAt) {
        let from = quantity.hedged.start.checked_sub(1).filter(|&i| self.word(i).eq_ignore_ascii_case("from"));
        let unit = &quantity.quantity.unit;
        if from.is_some() && !quantity.quantity.amount.range && !quantity.label {
            self.from = (!unit.is_count() && !unit.is_money()).then(|| (unit.clone(), quantity.tokens.end));
        }
    }

    /// "13 dollars 45", "17 USD 25.": the cents behind an amount, without their word; one past them.
    pub(super) fn add_cents(&self, bare: &mut Bare, unit: &Unit, end: usize) -> Option<usize> {
        let whole = end > bare.end && bare.value.is_integer() && bare.scale == Decimal::ONE;
        if !whole || !unit.dimension.starts_with("currency:") || unit.dimension.contains('/') || self.glued(end) {
            return None;
        }
        let cents = self.bare(end, false).filter(|b| b.plain && !b.fraction && b.unit.is_none())?;
        let fits = cents.value >= Decimal::TEN && cents.value < Decimal::ONE_HUNDRED;
        // "15 dollars 50 times", "15 dollars 20 cents"
        let closes = self.tokens.get(cents.end).is_none_or(|t| {
            matches!(t.text(self.text), "." | "," | ";" | "?" | "!" | ")")
                && !self.is_kind(cents.end + 1, TokenKind::Number)
        });
        if !fits || !closes {
            return None;
        }
        bare.value = bare.value.checked_add(cents.value.checked_div(Decimal::ONE_HUNDRED)?)?;
        bare.step = Decimal::new(1, 2);
        bare.plain = false;
        Some(cents.end)
    }

    /// Whether a plain number of four digits may be a year.
    fn looks_like_year(&self, bare: &Bare) -> bool {
        bare.plain && bare.whole == 4 && (Decimal::from(1800)..=Decimal::from(2100)).contains(&bare.value)
    }

    /// "Boeing 747 and 50 km": a number behind a word with a capital inside of a sentence.
    fn follows_name(&self, start: usize) -> bool {
        let name = start.checked_sub(1).filter(|&i| i > 0 && self.is_kind(i, TokenKind::Word));
        name.is_some_and(|i| self.word(i).contains(char::is_uppercase) && !self.pos(i).any(Pos::CLOSED))
    }
}
