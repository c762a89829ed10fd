//! A mean, a share or a standard deviation and the number of things it was worked out from: "the mean number of
//! visits was 3.47 (n = 24)", "37 % of the 24 pupils", "M = 0.19, SD = 0.35, n = 120".
//!
//! Only what is counted in whole numbers: a mean of ratings, ages or hours can have any decimals.

use super::context::BlockView;
use super::noun::noun_phrase;
use super::{Claim, ClaimKind, Context, Operand, Value};
use crate::annotate::{QuantityAt, TokenKind, phrase_at};
use crate::document::Style;
use crate::lexicon::{Lexicon, Pos};
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens between a mean and the bracket with its number of cases.
const REACH: usize = 8;

/// What was worked out from whole numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Average {
    /// The mean of counts.
    Mean,
    /// The share of things counted, in per cent.
    Share,
    /// The mean of zeros and ones, with its standard deviation.
    Binary,
}

impl Average {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Share => "share",
            Self::Binary => "binary",
        }
    }
}

/// Reads the claims of kind Mean.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        let reader = Reader { lexicon: context.lexicon, view };
        for (i, value) in view.layer.quantities.iter().enumerate() {
            let plain = value.quantity.is_plain() && !value.quantity.amount.words;
            if !plain || !reader.is_meant(value) {
                continue;
            }
            if value.quantity.unit.is_percent() && !value.label {
                out.extend(reader.share(i));
            } else if value.quantity.unit.is_count() && value.quantity.amount.step < Decimal::ONE {
                // The figure of "M = 0.19" is a label to the reader of numbers.
                out.extend(reader.binary(i).or_else(|| reader.mean(i).filter(|_| !value.label)));
            }
        }
    }
    // Where answers are weighted, no share is one of those counted.
    if out.len() > first && context.views().any(|view| has(context.lexicon, &view, "percentage.weighting")) {
        out.truncate(first);
    }
}

fn has(lexicon: &Lexicon, view: &BlockView<'_>, set: &str) -> bool {
    let tokens = &view.layer.tokens;
    (0..tokens.len()).any(|i| phrase_at(lexicon, set, view.text, tokens, i).is_some())
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    view: BlockView<'a>,
}

impl Reader<'_> {
    fn is_meant(&self, value: &QuantityAt) -> bool {
        let bytes = self.view.layer.bytes(value.tokens.clone());
        let styled = |style| self.view.block.text.has_style(bytes.clone(), style);
        !styled(Style::Code) && !styled(Style::Struck) && !styled(Style::Address)
    }

    fn phrases_in(&self, range: Range<usize>, set: &str) -> bool {
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        range.into_iter().any(|i| phrase_at(self.lexicon, set, text, tokens, i).is_some())
    }

    fn operand(&self, value: &QuantityAt) -> Operand {
        let member = self.view.member(value.tokens.clone());
        let name = CompactString::default();
        Operand { at: member.at, text: member.text, name, quantity: value.quantity.clone() }
    }

    fn claim(&self, what: Average, value: &QuantityAt, deviation: Option<&QuantityAt>, cases: Operand) -> Claim {
        let at = value.tokens.clone();
        let deviation = deviation.map(|d| self.operand(d));
        self.view.claim(ClaimKind::Mean, "mean", at, Value::Mean { what, value: self.operand(value), deviation, cases })
    }

    /// "n = 24" behind a value, in a bracket or after a comma, before the next value of another kind.
    fn cases_after(&self, value: &QuantityAt) -> Option<Operand> {
        let tokens = &self.view.layer.tokens;
        let end = self.view.layer.sentence_of(value.tokens.start).end.min(value.tokens.end + 2 * REACH);
        let named = (value.tokens.end..end.saturating_sub(2)).find(|&k| {
            matches!(self.view.word(k), "n" | "N")
                && self.view.word(k + 1) == "="
                && tokens[k + 2].kind == TokenKind::Number
        })?;
        let gap = value.tokens.end..named;
        let bracket = gap.clone().any(|k| matches!(self.view.word(k), "(" | "," | "["));
        // "M = 3.47, SD = 1.2, n = 24": a number that is not named by letters is another mean.
        let unnamed = gap.clone().any(|k| {
            tokens[k].kind == TokenKind::Number && !(k >= gap.start + 2 && matches!(self.view.word(k - 1), "=" | "of"))
        });
        let at = named + 2..named + 3;
        let number: u32 = self.view.word(named + 2).replace(',', "").parse().ok()?;
        let member = self.view.member(at);
        let amount = Amount::exact(Decimal::from(number), Decimal::ONE);
        let quantity = Quantity { amount, hedge: Hedge::None, unit: Unit::count() };
        let name = CompactString::default();
        (bracket && !unnamed).then_some(Operand { at: member.at, text: member.text, name, quantity })
    }

    /// The mean of a count.
    fn mean(&self, i: usize) -> Option<Claim> {
        let value = &self.view.layer.quantities[i];
        let sentence = self.view.layer.sentence_of(value.tokens.start);
        let last = |set: &str| (sentence.start..value.tokens.start).rev().find(|&k| self.phrases_in(k..k + 1, set));
        let counted = last("mean.of-count").or_else(|| {
            let from = last("mean.count")?;
            self.phrases_in(from..value.tokens.start, "mean.averaged").then_some(from)
        });
        let counted = counted.or_else(|| self.is_averaged_count(value).then_some(value.tokens.start))?;
        let Some(cases) = self.cases_after(value) else { return self.told(i, counted) };
        // Of several numbers behind the words, they may belong to another.
        let other = self.view.layer.quantities[..i].iter().rev().any(|q| q.tokens.start >= counted && !q.label);
        (!other).then(|| self.claim(Average::Mean, value, None, cases))
    }

    /// "The 19 people who fell reported a mean of 2.40 falls": the only other number of the sentence, of people.
    fn told(&self, i: usize, counted: usize) -> Option<Claim> {
        let values = &self.view.layer.quantities;
        let sentence = self.view.layer.sentence_of(values[i].tokens.start);
        let mut others = values.iter().filter(|q| sentence.contains(&q.tokens.start) && q.tokens != values[i].tokens);
        let (Some(cases), None) = (others.next(), others.next()) else { return None };
        let whole =
            cases.quantity.is_plain() && cases.quantity.unit.is_count() && cases.quantity.amount.step == Decimal::ONE;
        let noun = noun_phrase(&self.view, self.lexicon, cases.tokens.end)?;
        let word = self.view.layer.tokens[noun.head].word;
        let people = word.is_some_and(|id| self.lexicon.words.pos(id).any(Pos::PEOPLE));
        let before = cases.tokens.end <= counted && !cases.label;
        (whole && people && before).then(|| self.claim(Average::Mean, &values[i], None, self.operand(cases)))
    }

    /// "averaged 3.47 visits", "a mean of 3.47 visits".
    fn is_averaged_count(&self, value: &QuantityAt) -> bool {
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let start = value.tokens.start;
        let averaged = [1, 2, 3].into_iter().filter(|n| *n <= start).any(|n| {
            phrase_at(self.lexicon, "mean.averaged", text, tokens, start - n).is_some_and(|length| length == n)
        });
        let Some(noun) = noun_phrase(&self.view, self.lexicon, value.tokens.end) else { return false };
        let plural = tokens[noun.head].word.is_some_and(|id| {
            let word = self.lexicon.words.get(id);
            word.pos.any(Pos::NOUN.and(Pos::PEOPLE)) && !word.lemma.is_empty()
        });
        averaged && plural && !self.phrases_in(noun.tokens, "mean.scale")
    }

    /// "37 % of the 24 pupils".
    fn share(&self, i: usize) -> Option<Claim> {
        let values = &self.view.layer.quantities;
        let (value, cases) = (&values[i], values.get(i + 1)?);
        let mut at = value.tokens.end;
        if self.view.word(at) != "of" {
            return None;
        }
        at += 1;
        if matches!(self.view.word(at), "the" | "all" | "these" | "those" | "our" | "its" | "their") {
            at += 1;
        }
        let quantity = &cases.quantity;
        let whole = quantity.is_plain() && quantity.unit.is_count() && quantity.amount.low.scale() == 0;
        if cases.hedged.start != at || !whole {
            return None;
        }
        let noun = noun_phrase(&self.view, self.lexicon, cases.tokens.end)?;
        let people =
            self.view.layer.tokens[noun.head].word.is_some_and(|id| self.lexicon.words.pos(id).any(Pos::PEOPLE));
        let owned = self.view.word(noun.head).ends_with(['’', '\''])
            || matches!(self.view.word(noun.tokens.end), "'s" | "’s" | "'" | "’" | "-");
        (people && !owned).then(|| self.claim(Average::Share, value, None, self.operand(cases)))
    }

    /// "M = 0.19, SD = 0.35, n = 120" of something that is either 0 or 1.
    fn binary(&self, i: usize) -> Option<Claim> {
        let values = &self.view.layer.quantities;
        let (value, deviation) = (&values[i], values.get(i + 1)?);
        let named = |q: &QuantityAt, set: &str| {
            let start = q.tokens.start;
            let start =
                if start > 0 && matches!(self.view.word(start - 1), "=" | "of" | "was") { start - 1 } else { start };
            crate::annotate::phrase_before(self.lexicon, set, self.view.text, &self.view.layer.tokens, start).is_some()
        };
        let plain = deviation.quantity.is_plain() && deviation.quantity.unit.is_count();
        if !plain || !named(value, "mean.mean") || !named(deviation, "mean.deviation") {
            return None;
        }
        let cases = self.cases_after(deviation)?;
        let whole = 0..self.view.layer.tokens.len();
        // "(1 = yes, 0 = no)"
        let coded = |k: usize| matches!(self.view.word(k), "0" | "1") && self.view.word(k + 1) == "=";
        let binary = whole.clone().any(coded) || self.phrases_in(whole, "mean.binary");
        binary.then(|| self.claim(Average::Binary, value, Some(deviation), cases))
    }
}
