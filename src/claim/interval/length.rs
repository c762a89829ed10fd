//! How long something lasted: "from March 2018 to May 2021, a period of 26 months", "a three-year project
//! (2016–2020)".

use super::Reader;
use crate::annotate::{DateForm, QuantityAt, TokenKind};
use crate::claim::Claim;
use crate::claim::calendar::{Dated, IntervalSort};
use crate::claim::moment::{Moment, is_joined};
use crate::lexicon::Pos;
use crate::value::DateRange;
use std::ops::Range;

/// Tokens between a length and its dates at most.
const GAP: usize = 9;

/// Two dates that are the ends of a time.
struct Span {
    tokens: Range<usize>,
    from: Dated,
    to: Dated,
    /// Whether "between" makes it a time in which something may have lasted less long.
    between: bool,
    /// Whether it is opened by "from" or a bracket.
    opened: bool,
}

impl Reader<'_> {
    pub(super) fn lengths(&self, out: &mut Vec<Claim>) {
        let spans = self.spans();
        if spans.is_empty() {
            return;
        }
        for stretch in self.stretches() {
            if self.is_part(stretch) {
                continue;
            }
            let after = spans.iter().find(|s| s.tokens.start >= stretch.tokens.end);
            let before = spans.iter().rev().find(|s| s.tokens.end <= stretch.tokens.start);
            let found = after
                .and_then(|span| self.ahead(stretch, span).map(|sort| (span, sort)))
                .or_else(|| before.and_then(|span| self.behind(stretch, span).map(|sort| (span, sort))));
            if let Some((span, sort)) = found {
                let at = stretch.tokens.start.min(span.tokens.start)..stretch.tokens.end.max(span.tokens.end);
                let ends = (span.from.clone(), span.to.clone());
                out.push(self.claim_of(sort, self.operand(stretch), ends, at));
            }
        }
    }

    /// The pairs of dates of the sentence that a word or dash makes the ends of a time.
    fn spans(&self) -> Vec<Span> {
        let mut out = Vec::new();
        let opens = |at: usize| {
            let start = self.sentence.start.max(at.saturating_sub(3));
            let mut open = None;
            for i in (start..at).rev() {
                let word = self.word(i).to_ascii_lowercase();
                if matches!(word.as_str(), "from" | "between" | "(" | "[") {
                    open = Some((i, word == "between", true));
                    break;
                }
                if !(word.ends_with("day") || matches!(word.as_str(), "," | "the")) {
                    break;
                }
            }
            open
        };
        let whole = |m: &Moment| matches!(m.form, DateForm::Range) && m.date.from != m.date.to;
        for (i, moment) in self.moments.iter().enumerate() {
            if whole(moment) {
                let (start, between, opened) =
                    opens(moment.tokens.start).unwrap_or((moment.tokens.start, false, false));
                let dated = moment.dated(self.context);
                let end = |date| Dated { date: DateRange::one(date), form: DateForm::Point, ..dated.clone() };
                let (from, to) = (end(moment.date.from.or_year(moment.date.to.year)), end(moment.date.to));
                out.push(Span { tokens: start..moment.tokens.end, from, to, between, opened });
                continue;
            }
            let Some(next) = self.moments.get(i + 1) else { continue };
            if !moment.is_point() || !next.is_point() {
                continue;
            }
            // "started on 1 January 2018 and ends on 31 December 2021"
            let gap = moment.tokens.end..next.tokens.start;
            let ends = gap.len() <= 5
                && self.word(gap.start) == "and"
                && self.phrase("interval.ends", gap.start + 1).is_some();
            let (text, tokens) = (moment.tokens.start.saturating_sub(4)..moment.tokens.start, &next.tokens);
            if ends && text.clone().any(|at| self.phrase("interval.starts", at).is_some()) {
                let (from, to) = (moment.dated(self.context), next.dated(self.context));
                let start = text.clone().find(|&at| self.phrase("interval.starts", at).is_some()).unwrap_or(text.end);
                out.push(Span { tokens: start..tokens.end, from, to, between: false, opened: true });
                continue;
            }
            if !is_joined(&self.view, &moment.tokens, &next.tokens) {
                continue;
            }
            let and = (moment.tokens.end..next.tokens.start).any(|t| self.word(t) == "and");
            let open = opens(moment.tokens.start);
            // "in 2016 and 2020" are two times.
            if and && !open.is_some_and(|(_, between, _)| between) {
                continue;
            }
            let (start, between, opened) = open.unwrap_or((moment.tokens.start, false, false));
            let (from, to) = (moment.dated(self.context), next.dated(self.context));
            out.push(Span { tokens: start..next.tokens.end, from, to, between, opened });
        }
        out
    }

    /// Whether the length is only part of a time, or one that comes again.
    pub(super) fn is_part(&self, stretch: &QuantityAt) -> bool {
        let next = stretch.tokens.end;
        self.is_of_part(stretch)
            || ["interval.after", "interval.before", "interval.later"]
                .iter()
                .any(|set| self.phrase(set, next).is_some())
            || matches!(self.word(next), "ago" | "earlier" | "old" | "into" | "out" | "per" | "apart" | "or")
            || self.word(next) == "in" && !matches!(self.word(next + 1), "all" | "total")
    }

    /// Whether a word beside the length makes it one of several or a part: "the first two weeks", "five working days".
    pub(super) fn is_of_part(&self, stretch: &QuantityAt) -> bool {
        let from = self.sentence.start.max(stretch.hedged.start.min(stretch.tokens.start).saturating_sub(2));
        let mut around = (from..stretch.tokens.start).chain(stretch.tokens.end..stretch.tokens.end + 1);
        // "on six weekends between …, twelve days in all"
        let on = |q: &&QuantityAt| q.tokens.start > self.sentence.start && self.word(q.tokens.start - 1) == "on";
        let counted = || {
            let mut before = self.quantities.iter().filter(|q| q.tokens.end <= stretch.tokens.start);
            self.phrase("interval.counted", stretch.tokens.end).is_some() && before.any(|q| on(&q))
        };
        around.any(|i| self.phrase("interval.part", i).is_some()) || counted()
    }

    /// A length before its dates.
    fn ahead(&self, stretch: &QuantityAt, span: &Span) -> Option<IntervalSort> {
        let gap = stretch.tokens.end..span.tokens.start;
        let hyphen = self.view.wording(stretch.tokens.clone()).contains('-');
        let start = self.start(stretch);
        let lasting = self.phrase_before("interval.lasting", start).is_some();
        let last = start > 0 && matches!(self.word(start - 1), "last" | "past" | "previous" | "preceding");
        let during = self.phrase_before("interval.during", start).is_some();
        let definite = start > 0 && self.word(start - 1).eq_ignore_ascii_case("the");
        if hyphen {
            // "a three-year project (2016–2020)"
            let mut at = gap.start;
            let limit = gap.start + 4;
            while at < limit.min(gap.end) {
                if let Some(length) = self.phrase("interval.event", at)
                    && self.is_gap(at + length..gap.end, 0)
                    && !span.between
                {
                    return Some(IntervalSort::Event);
                }
                if let Some(length) = self.phrase("interval.whole", at)
                    && self.is_gap(at + length..gap.end, 2)
                {
                    return Some(IntervalSort::Length);
                }
                at += 1;
            }
            return None;
        }
        if !self.is_gap(gap.clone(), 0) {
            // "five years of data (2016–2020)"
            let data = self.word(gap.start) == "of" && gap.len() <= 4 && span.opened && !span.between;
            return (data && self.is_gap(gap.start + 1..gap.end, 2)).then_some(IntervalSort::Within);
        }
        if last && !(span.opened && gap.len() <= 1) {
            return None;
        }
        if span.between && !lasting && !definite {
            return during.then_some(IntervalSort::Within);
        }
        (lasting || last || definite || during || gap.is_empty() && span.opened).then_some(IntervalSort::Length)
    }

    /// A length behind its dates: "…, a period of 26 months", "… (26 months)", "… lasted eleven weeks".
    fn behind(&self, stretch: &QuantityAt, span: &Span) -> Option<IntervalSort> {
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let lasting = self.phrase_before("interval.lasting", start);
        let end = lasting.map_or(start, |n| start - n);
        let gap = span.tokens.end..end.max(span.tokens.end);
        let bracket = gap.len() == 1
            && self.word(gap.start) == "("
            && matches!(self.word(stretch.tokens.end), ")" | "," | ";" | "in");
        let in_all = self.word(gap.start) == ","
            && gap.len() == 1
            && matches!(self.word(stretch.tokens.end), "in" | "altogether")
            && matches!(self.word(stretch.tokens.end + 1), "all" | "total" | "." | "," | "");
        let or = gap.len() == 2 && self.word(gap.start) == "," && matches!(self.word(gap.start + 1), "or" | "i.e");
        ((lasting.is_some() && gap.len() <= 4 && self.is_gap(gap, 0)) || bracket || or || in_all)
            .then_some(IntervalSort::Length)
    }

    /// Whether nothing but words that tie a length to its dates, and so many nouns, stand in a gap.
    fn is_gap(&self, gap: Range<usize>, mut nouns: usize) -> bool {
        if gap.len() > GAP {
            return false;
        }
        let mut at = gap.start;
        while at < gap.end {
            let length = self.phrase("interval.gap", at);
            let sign = self.view.layer.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Sign);
            let known = sign && matches!(self.word(at), "(" | ")" | "," | ":" | "–" | "—" | "-" | "[");
            if let Some(length) = length {
                at += length;
                continue;
            }
            if known {
                at += 1;
                continue;
            }
            let token = &self.view.layer.tokens[at];
            let pos = token.word.map_or(Pos::default(), |id| self.context.lexicon.words.pos(id));
            let noun =
                token.kind == TokenKind::Word && !pos.any(Pos::CLOSED) && (!pos.any(Pos::PAST) || pos.any(Pos::NOUN));
            if !noun || nouns == 0 {
                return false;
            }
            nouns -= 1;
            at += 1;
        }
        true
    }
}
