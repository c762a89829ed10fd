//! Lengths of time that are stated together with the dates that they follow from: "eleven weeks, from 6 February
//! to 31 March 2023", "two days after the vote of 3 May", "died in 2010 aged 58", "the 25th anniversary".

mod age;
mod clock;
mod distance;
mod length;
mod now;
mod passage;
mod terms;

use super::calendar::IntervalSort;
use super::moment::Moment;
use super::{BlockView, Claim, ClaimKind, Context, Interval, Operand, Value};
use crate::annotate::{QuantityAt, phrase_at, phrase_before};
use crate::document::BlockKind;
use crate::lexicon::Pos;
use crate::value::Hedge;
use compact_str::CompactString;
use std::ops::Range;

/// Reads the claims of kind Interval.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    clock::tables(context, out);
    clock::agendas(context, out);
    clock::sessions(context, out);
    terms::tables(context, all, out);
    let own = now::own(context);
    for view in context.views() {
        let moments = &all[view.id.index()];
        // Of times of the day a figure shows nothing but its sign.
        let hours = view.text.contains([':', '.']) && !view.layer.quantities.is_empty();
        if moments.is_empty() && !hours || matches!(view.block.kind, BlockKind::Entry | BlockKind::Contents) {
            continue;
        }
        let points = passage::points(context, &view, moments);
        for sentence in &view.layer.sentences {
            let from = moments.partition_point(|m| m.tokens.start < sentence.start);
            let to = moments.partition_point(|m| m.tokens.start < sentence.end);
            let quantities = &view.layer.quantities;
            let first = quantities.partition_point(|q| q.tokens.start < sentence.start);
            let last = quantities.partition_point(|q| q.tokens.start < sentence.end);
            let reader = Reader {
                context,
                view,
                sentence: sentence.clone(),
                before: &moments[..from],
                moments: &moments[from..to],
                quantities: &quantities[first..last],
            };
            let known = out.len();
            // A sentence with very many dates is a list or a log, and its pairs are not looked at.
            if hours && reader.sentence.len() <= 120 {
                reader.hours(out);
            }
            if !reader.moments.is_empty() && reader.moments.len() <= 24 {
                reader.lengths(out);
                reader.distances(out);
                reader.ages(out);
            }
            reader.apart(&points, known, out);
            reader.until_now(&own, moments, out);
        }
    }
}

/// One sentence with its dates and quantities.
struct Reader<'a> {
    context: &'a Context<'a>,
    view: BlockView<'a>,
    sentence: Range<usize>,
    /// The dates of the block before the sentence.
    before: &'a [Moment],
    moments: &'a [Moment],
    quantities: &'a [QuantityAt],
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.view.word(at)
    }

    fn pos(&self, at: usize) -> Pos {
        let word = self.view.layer.tokens.get(at).and_then(|t| t.word);
        word.map_or(Pos::default(), |id| self.context.lexicon.words.pos(id))
    }

    fn phrase(&self, set: &str, at: usize) -> Option<usize> {
        phrase_at(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    fn phrase_before(&self, set: &str, at: usize) -> Option<usize> {
        phrase_before(self.context.lexicon, set, self.view.text, &self.view.layer.tokens, at)
    }

    /// The quantities of the sentence that are lengths of a day or more.
    fn stretches(&self) -> impl Iterator<Item = &QuantityAt> {
        self.quantities.iter().filter(|q| {
            let unit = &q.quantity.unit;
            let day = rust_decimal::Decimal::from(86_400);
            unit.dimension == "months" || unit.dimension == "time" && unit.factor >= day
        })
    }

    /// Where a length begins with its hedge.
    fn start(&self, quantity: &QuantityAt) -> usize {
        let start = quantity.hedged.start.min(quantity.tokens.start);
        if self.is_during(quantity) { start + 1 } else { start }
    }

    /// "Data were collected over five months": behind a passive the word says in what time, not that it was longer.
    fn is_during(&self, quantity: &QuantityAt) -> bool {
        let start = quantity.hedged.start;
        let floor = self.sentence.start.max(start.saturating_sub(3));
        let verb = start.checked_sub(1).filter(|&at| at > floor && self.pos(at).any(Pos::PAST));
        let passive = |verb: usize| (floor..verb).any(|at| matches!(self.word(at), "was" | "were" | "been" | "being"));
        start < quantity.tokens.start && self.word(start) == "over" && verb.is_some_and(passive)
    }

    fn operand(&self, quantity: &QuantityAt) -> Operand {
        let member = self.view.member(self.start(quantity)..quantity.tokens.end);
        let mut stated = quantity.quantity.clone();
        if self.is_during(quantity) {
            stated.hedge = Hedge::None;
        }
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: stated }
    }

    fn claim(&self, sort: IntervalSort, stated: Operand, from: &Moment, to: &Moment, at: Range<usize>) -> Claim {
        let (from, to) = (from.dated(self.context), to.dated(self.context));
        self.claim_of(sort, stated, (from, to), at)
    }

    fn claim_of(
        &self,
        sort: IntervalSort,
        stated: Operand,
        (from, to): (super::Dated, super::Dated),
        at: Range<usize>,
    ) -> Claim {
        let interval = Interval { sort, stated, from, to, clock: None, weight: Interval::SURE, rivals: Vec::new() };
        self.view.claim(ClaimKind::Interval, "interval", at, Value::Interval(Box::new(interval)))
    }
}
