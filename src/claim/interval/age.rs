//! Ages and anniversaries: "born in 1950, died in 2010 aged 58", "its 25th anniversary in 2019, founded in 1992".

use super::Reader;
use crate::annotate::DateForm;
use crate::claim::calendar::{Dated, IntervalSort};
use crate::claim::{Claim, Operand};
use crate::value::{Amount, DateRange, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn ages(&self, out: &mut Vec<Claim>) {
        self.anniversaries(out);
        let Some((age, tokens)) = self.age() else { return };
        let stated = self.count(age, tokens.clone());
        let near = |at: usize| (at.saturating_sub(3)..at).any(|i| self.phrase("interval.birth", i).is_some());
        let whole = |m: &&crate::claim::moment::Moment| m.is_point() && m.has_own_year();
        let born: Vec<_> = self.moments.iter().filter(|m| near(m.tokens.start)).filter(whole).collect();
        let died = (self.sentence.clone()).any(|i| matches!(self.word(i), "died" | "dies" | "death"));
        if let ([born], [a, b]) = (born.as_slice(), self.moments) {
            let other = if a.tokens == born.tokens { b } else { a };
            if whole(&other) {
                let at = born.tokens.start.min(other.tokens.start).min(tokens.start)
                    ..born.tokens.end.max(other.tokens.end).max(tokens.end);
                out.push(self.claim(IntervalSort::Age, stated, born, other, at));
            }
        } else if let [life] = self.moments
            && died
            && life.form == DateForm::Range
            && life.tokens.start > 0
            && self.word(life.tokens.start - 1) == "("
        {
            let dated = life.dated(self.context);
            let end = |date| Dated { date: DateRange::one(date), form: DateForm::Point, ..dated.clone() };
            let at = life.tokens.start.min(tokens.start)..life.tokens.end.max(tokens.end);
            out.push(self.claim_of(IntervalSort::Age, stated, (end(life.date.from), end(life.date.to)), at));
        }
    }

    /// The only age of the sentence: "aged 58", "at the age of 58", "58 years old".
    pub(super) fn age(&self) -> Option<(u32, Range<usize>)> {
        let mut ages = self.quantities.iter().filter_map(|q| {
            let plain = q.quantity.unit.is_count() && !q.quantity.amount.range;
            let said = plain && self.phrase_before("interval.aged", q.tokens.start).is_some();
            let old = q.quantity.unit.dimension == "age" && q.quantity.unit.symbol == "years old";
            let exact = q.quantity.hedge == Hedge::None && (said || old);
            let age = u32::try_from(q.quantity.amount.low).ok().filter(|a| (1..120).contains(a))?;
            exact.then(|| (age, q.tokens.clone()))
        });
        match (ages.next(), ages.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    fn anniversaries(&self, out: &mut Vec<Claim>) {
        let [a, b] = self.moments else { return };
        if !a.is_point() || !b.is_point() || !a.has_own_year() || !b.has_own_year() {
            return;
        }
        let Some((rank, tokens)) = self.anniversary() else { return };
        let (from, to) = if a.date.from.year <= b.date.from.year { (a, b) } else { (b, a) };
        let at = a.tokens.start.min(tokens.start)..b.tokens.end.max(tokens.end);
        out.push(self.claim(IntervalSort::Anniversary, self.count(rank, tokens), from, to, at));
    }

    /// The only anniversary of the sentence.
    pub(super) fn anniversary(&self) -> Option<(u32, Range<usize>)> {
        let mut found = self.sentence.clone().filter_map(|i| {
            let word = self.word(i).to_ascii_lowercase();
            let named = match word.as_str() {
                "centenary" | "centennial" => Some(100),
                "bicentenary" | "bicentennial" => Some(200),
                "sesquicentennial" => Some(150),
                "tercentenary" | "tricentennial" => Some(300),
                _ => None,
            };
            if let Some(rank) = named {
                return Some((rank, i..i + 1));
            }
            if !matches!(word.as_str(), "anniversary" | "birthday" | "jubilee") {
                return None;
            }
            // "the 25th anniversary edition of its guide": of something else.
            if matches!(self.word(i + 1), "edition" | "issue" | "reissue" | "volume") {
                return None;
            }
            let ordinals = &self.view.layer.ordinals;
            let before = ordinals.partition_point(|o| o.tokens.end <= i);
            let ordinal = before.checked_sub(1).map(|n| &ordinals[n]).filter(|o| i - o.tokens.end <= 1)?;
            Some((ordinal.rank, ordinal.tokens.start..i + 1))
        });
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    pub(super) fn count(&self, number: u32, tokens: Range<usize>) -> Operand {
        let member = self.view.member(tokens);
        let years = Unit { dimension: "months".into(), symbol: "years".into(), factor: Decimal::from(12) };
        let amount = Amount::exact(Decimal::from(number), Decimal::ONE);
        let quantity = Quantity { amount, hedge: Hedge::None, unit: years };
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
    }
}
