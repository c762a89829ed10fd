//! Two numbers or days that are the ends of one range and stand the wrong way round: "95% CI 2.72 to 0.86",
//! "between 40 and 25 members", "from 30 June 2021 to 2 May 2021", "| Min | Default | Max |". Ranges in order are
//! quantities.

mod dates;
mod rows;
mod worded;
mod written;

use super::{BlockView, Claim, ClaimKind, Context, Operand, Value};
use crate::annotate::{QuantityAt, phrase_at, phrase_before, phrases_at};
use crate::document::Style;
use crate::value::Decimal;
use compact_str::CompactString;
use std::ops::Range;

/// Tokens before "between" in which a word may set the two values apart.
const BEFORE: usize = 6;

/// Tokens after the second number in which a word may turn the order.
const AFTER: usize = 5;

/// How many tokens before a range a word of change is looked for.
const CHANGE: usize = 8;

/// Reads the claims of kind Range.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        let reader = Reader { context, view };
        for pair in view.layer.quantities.windows(2) {
            if let [first, second] = pair {
                out.extend(reader.numbers(first, second));
            }
        }
        dates::extract(&reader, out);
        worded::extract(context, &view, out);
        written::extract(context, &view, out);
    }
    rows::extract(context, out);
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
}

impl Reader<'_> {
    fn phrase(&self, set: &str, at: usize) -> bool {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at).is_some()
    }

    /// Whether the two are of one sentence of text that is meant.
    fn is_meant(&self, at: Range<usize>) -> bool {
        let bytes = self.view.layer.bytes(at.clone());
        let styled = |style| self.view.block.text.has_style(bytes.clone(), style);
        let sentence = self.view.layer.sentence_of(at.start);
        sentence.contains(&(at.end - 1)) && !styled(Style::Code) && !styled(Style::Struck) && !styled(Style::Address)
    }

    fn numbers(&self, first: &QuantityAt, second: &QuantityAt) -> Option<Claim> {
        let (low, high) = (&first.quantity, &second.quantity);
        if low.amount.range || high.amount.range || low.amount.low <= high.amount.low {
            return None;
        }
        let units = low.unit.is_count() || low.unit == high.unit;
        let at = first.tokens.start..second.tokens.end;
        if !units || second.tokens.start != first.tokens.end + 1 || !self.is_meant(at) {
            return None;
        }
        let join = self.view.word(first.tokens.end);
        let cue = match join {
            "to" | "–" | "-" | "—" | "−" | "," | ";" => self.interval(first.tokens.start),
            "and" => self.between(first.tokens.start).filter(|_| self.is_range(first, second)),
            _ => None,
        }?;
        let operand = |q: &QuantityAt| {
            let member = self.view.member(q.tokens.clone());
            Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: q.quantity.clone() }
        };
        let value = Value::Range { cue: self.view.member(cue), first: operand(first), second: operand(second) };
        let at = first.tokens.start..second.tokens.end;
        Some(self.view.claim(ClaimKind::Range, "range", at, value))
    }

    /// "CI", "confidence interval" before the first number, with what may stand between.
    fn interval(&self, start: usize) -> Option<Range<usize>> {
        let mut at = start;
        while at > 0 && start - at < 3 && matches!(self.view.word(at - 1), "(" | "[" | ":" | "=" | "," | "of" | "from")
        {
            at -= 1;
        }
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let length = phrase_before(self.context.lexicon, "range.interval", text, tokens, at)?;
        Some(at - length..at)
    }

    /// "between" before the first number, unless it sets two values apart.
    fn between(&self, start: usize) -> Option<Range<usize>> {
        let at = start.checked_sub(1).filter(|i| self.view.word(*i).eq_ignore_ascii_case("between"))?;
        let from = at.saturating_sub(BEFORE).max(self.view.layer.sentence_of(at).start);
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let apart = (from..at).any(|i| {
            phrases_at(self.context.lexicon, text, tokens, i)
                .any(|(set, _)| set == "range.apart" || set.starts_with("order."))
        });
        (!apart).then_some(at..at + 1)
    }

    /// Whether two numbers after "between" measure something that is given from the smaller to the larger.
    fn is_range(&self, first: &QuantityAt, second: &QuantityAt) -> bool {
        let (low, high) = (&first.quantity, &second.quantity);
        let unit = &high.unit;
        // Scales of temperature, angles, speeds and times are read in either direction.
        let ordered = unit.is_count()
            || unit.is_percent()
            || unit.is_money()
            || matches!(unit.dimension.as_str(), "length" | "area" | "volume" | "mass" | "age");
        // "between 11 and 2": hours.
        let hours = unit.is_count() && low.amount.low <= Decimal::from(24);
        // "between 100 and 5": a scale; "between 5 million and 7": a unit that was not read.
        let far = high.amount.low.checked_mul(Decimal::TEN).is_none_or(|most| low.amount.low > most);
        let end = self.view.layer.sentence_of(second.tokens.start).end.min(second.tokens.end + AFTER);
        let backwards = (second.tokens.end..end).any(|i| self.phrase("range.backwards", i));
        ordered
            && !hours
            && !far
            && !backwards
            && !first.label
            && !second.label
            && !high.amount.low.is_sign_negative()
            && first.tokens == first.hedged
            && second.tokens == second.hedged
    }
}
