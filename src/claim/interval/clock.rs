//! Lengths beside two times of one day: "a 90-minute session, 10:00–11:00", "lasted three hours, from 14:10 to
//! 15:25", a column of durations beside a column of times.

use super::Reader;
use crate::annotate::{DateForm, QuantityAt, TokenKind};
use crate::claim::calendar::{Dated, Interval, IntervalSort};
use crate::claim::clock::clock_at;
use crate::claim::sequence::clock as time_of;
use crate::claim::{BlockView, Claim, ClaimKind, Context, Member, Operand, Value};
use crate::document::BlockId;
use crate::value::{Date, DateRange, Decimal};
use compact_str::CompactString;
use std::ops::Range;

/// Tokens between a length and its times at most.
const GAP: usize = 8;

/// Rows of a table that are looked at, and rows with a right length for the others to be slips.
const ROWS: usize = 300;
const RIGHT: usize = 2;

/// Two times of one day that are joined, with their seconds since midnight.
struct Hours {
    tokens: Range<usize>,
    from: i32,
    to: i32,
}

/// The ranges of times of a stretch: "10:00–11:00", "from 14:10 to 15:25".
fn hours(view: &BlockView<'_>, within: Range<usize>) -> Vec<Hours> {
    let tokens = &view.layer.tokens;
    let mut out = Vec::new();
    for at in within.start..within.end.saturating_sub(2) {
        let number = |i: usize| tokens[i].kind == TokenKind::Number;
        if !number(at)
            || !number(at + 2)
            || !matches!(view.word(at + 1), "–" | "-" | "—" | "−" | "to" | "until" | "till")
        {
            continue;
        }
        if let (Some(from), Some(to)) = (time_of(view.word(at)), time_of(view.word(at + 2))) {
            out.push(Hours { tokens: at..at + 3, from: from.first, to: to.first });
        }
    }
    out
}

/// Whether a quantity is a length of less than a day.
pub(super) fn is_short(quantity: &QuantityAt) -> bool {
    let unit = &quantity.quantity.unit;
    unit.dimension == "time" && unit.factor < Decimal::from(86_400) && unit.factor >= Decimal::from(60)
}

fn made(view: &BlockView<'_>, sort: IntervalSort, stated: Operand, hours: &Hours, times: &BlockView<'_>) -> Claim {
    let (first, last) = (hours.tokens.start, hours.tokens.end - 1);
    let (from, to) = (times.member(first..first + 1), times.member(last..last + 1));
    between(view, sort, stated, (from, to), (hours.from, hours.to))
}

/// The claim of a length between two times with their places.
fn between(
    view: &BlockView<'_>,
    sort: IntervalSort,
    stated: Operand,
    (from, to): (Member, Member),
    clock: (i32, i32),
) -> Claim {
    let nothing = DateRange::one(Date { year: None, month: None, day: None });
    let dated = |at: Member| Dated { at, date: nothing, form: DateForm::Point, year_from: None };
    let clock = Some(clock);
    let interval =
        Interval { sort, stated, from: dated(from), to: dated(to), clock, weight: Interval::SURE, rivals: Vec::new() };
    view.claim(ClaimKind::Interval, "interval", 0..0, Value::Interval(Box::new(interval)))
}

impl Reader<'_> {
    pub(super) fn hours(&self, out: &mut Vec<Claim>) {
        let found = hours(&self.view, self.sentence.clone());
        let [hours] = found.as_slice() else { return };
        let mut short = self.quantities.iter().filter(|q| is_short(q));
        let (Some(stretch), None) = (short.next(), short.next()) else { return };
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let gap = if stretch.tokens.end <= hours.tokens.start {
            stretch.tokens.end..hours.tokens.start
        } else {
            hours.tokens.end..start.max(hours.tokens.end)
        };
        if gap.len() > GAP
            || gap.clone().any(|i| matches!(self.word(i), ";" | "and" | "with" | "after" | "before" | "every"))
        {
            return;
        }
        let next = stretch.tokens.end;
        let part = (start.saturating_sub(2)..start)
            .chain(next..next + 1)
            .any(|i| self.phrase("interval.part", i).is_some())
            || matches!(self.word(next), "later" | "earlier" | "before" | "after" | "into" | "per" | "each" | "ago");
        if part {
            return;
        }
        let lasting = self.phrase_before("interval.lasting", start).is_some();
        let bracket = gap.len() == 1 && self.word(gap.start) == "(" && self.word(next) == ")";
        let hyphen = self.view.wording(stretch.tokens.clone()).contains('-');
        // A talk may be shorter than its slot, never longer.
        let sort = match (lasting || bracket, hyphen) {
            (true, _) => IntervalSort::Length,
            (false, true) => IntervalSort::Within,
            _ => return,
        };
        let mut claim = made(&self.view, sort, self.operand(stretch), hours, &self.view);
        let at = start.min(hours.tokens.start)..next.max(hours.tokens.end);
        (claim.at, claim.text) = (self.view.span(at.clone()), self.view.wording(at.clone()).into());
        claim.within = self.view.within(at.start);
        out.push(claim);
    }
}

/// Rows of an agenda with the time at which each begins and its length: the next must not begin before it is over.
pub(super) fn agendas(context: &Context<'_>, out: &mut Vec<Claim>) {
    let nothing = DateRange::one(Date { year: None, month: None, day: None });
    for table in &context.document.tables {
        let mut rows: Vec<(BlockId, i32, Option<BlockId>)> = Vec::new();
        for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let cells = || row.iter().flatten().map(|id| context.view(*id));
            let start = cells().find_map(|v| {
                (v.layer.tokens.len() == 1).then(|| time_of(v.word(0))).flatten().map(|c| (v.id, c.first))
            });
            let length = cells().find(|v| matches!(v.layer.quantities.as_slice(), [only] if only.tokens == (0..v.layer.tokens.len()) && is_short(only)));
            if let Some((id, start)) = start {
                rows.push((id, start, length.map(|v| v.id)));
            }
        }
        let mut found: Vec<(Claim, bool)> = Vec::new();
        for pair in rows.windows(2) {
            let [(first, from, Some(length)), (second, to, _)] = pair else { continue };
            let (first, second, length) = (context.view(*first), context.view(*second), context.view(*length));
            let Some(quantity) = length.layer.quantities.first().map(|q| q.quantity.clone()) else { continue };
            if to <= from {
                continue;
            }
            let right = quantity.amount.low.checked_mul(quantity.unit.factor) == Some(Decimal::from(to - from));
            let at = length.member(0..length.layer.tokens.len());
            let stated = Operand { at: at.at, text: at.text, name: CompactString::default(), quantity };
            let dated = |view: &BlockView<'_>| Dated {
                at: view.member(0..1),
                date: nothing,
                form: DateForm::Point,
                year_from: None,
            };
            let (sort, clock) = (IntervalSort::Within, Some((*from, *to)));
            let interval = Interval {
                sort,
                stated,
                from: dated(&first),
                to: dated(&second),
                clock,
                weight: Interval::SURE,
                rivals: Vec::new(),
            };
            let tokens = 0..length.layer.tokens.len();
            found.push((
                length.claim(ClaimKind::Interval, "interval", tokens, Value::Interval(Box::new(interval))),
                right,
            ));
        }
        let right = found.iter().filter(|(_, right)| *right).count();
        if right >= RIGHT && right > found.len() - right {
            out.extend(found.into_iter().map(|(claim, _)| claim));
        }
    }
}

/// Rows of tables with one cell that is a range of times and another that says how long it is, in a bracket or before
/// a noun: "Editing session (two hours)", "Two-hour session".
pub(super) fn sessions(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let cells = || row.iter().flatten().map(|id| context.view(*id));
            let mut times = cells().filter_map(|view| {
                let all = 0..view.layer.tokens.len();
                hours(&view, all.clone()).pop().filter(|found| found.tokens == all).map(|found| (view, found))
            });
            let (Some((times, hours)), None) = (times.next(), times.next()) else { continue };
            out.extend(cells().find_map(|view| session(&view, &times, &hours)));
        }
    }
}

/// The length that a cell gives for times that stand in another one.
fn session(view: &BlockView<'_>, times: &BlockView<'_>, hours: &Hours) -> Option<Claim> {
    let [only] = view.layer.quantities.as_slice() else { return None };
    let (start, end) = (only.hedged.start.min(only.tokens.start), only.tokens.end);
    let bracket = start > 1 && view.word(start - 1) == "(" && view.word(end) == ")";
    let hyphen = view.wording(only.tokens.clone()).contains('-');
    if !is_short(only) || !(bracket || hyphen) {
        return None;
    }
    let sort = if bracket { IntervalSort::Length } else { IntervalSort::Within };
    let member = view.member(start..end);
    let stated =
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: only.quantity.clone() };
    let mut claim = made(view, sort, stated, hours, times);
    (claim.at, claim.text) = (view.span(start..end), view.wording(start..end).into());
    claim.within = claim.at;
    Some(claim)
}

/// Rows of tables with one cell that is a range of times, or two that are times, and one that is a length.
pub(super) fn tables(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        let mut rows: Vec<(Claim, bool)> = Vec::new();
        for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let cells: Vec<BlockId> = row.iter().flatten().copied().collect();
            let mut times = None;
            let mut points: Vec<(BlockId, i32)> = Vec::new();
            let mut length = None;
            for &id in &cells {
                let view = context.view(id);
                let all = 0..view.layer.tokens.len();
                if let [only] = hours(&view, all.clone()).as_slice()
                    && only.tokens == all
                {
                    let end = |at: usize| view.member(at..at + 1);
                    times = Some(((end(0), end(all.end - 1)), (only.from, only.to)));
                } else if let Some(point) = clock_at(&view, 0).filter(|c| c.tokens == all) {
                    points.push((id, point.seconds));
                } else if let [only] = view.layer.quantities.as_slice()
                    && only.tokens == all
                    && is_short(only)
                {
                    length = Some(id);
                }
            }
            // A column for the beginning and one for the end.
            if let (None, [from, to]) = (&times, points.as_slice()) {
                let end = |id: BlockId| context.view(id).member(0..context.view(id).layer.tokens.len());
                times = Some(((end(from.0), end(to.0)), (from.1, to.1)));
            }
            let (Some((places, clock)), Some(length)) = (times, length) else { continue };
            let length = context.view(length);
            let Some(quantity) = length.layer.quantities.first() else { continue };
            let member = length.member(quantity.tokens.clone());
            let stated = Operand {
                at: member.at,
                text: member.text.clone(),
                name: CompactString::default(),
                quantity: quantity.quantity.clone(),
            };
            let seconds = stated.quantity.amount.low.checked_mul(stated.quantity.unit.factor);
            let right = seconds == Some(Decimal::from((clock.1 - clock.0).rem_euclid(86_400)));
            let mut claim = between(&length, IntervalSort::Length, stated, places, clock);
            (claim.at, claim.text) = (member.at, length.text.into());
            claim.within = claim.at;
            rows.push((claim, right));
        }
        let right = rows.iter().filter(|(_, right)| *right).count();
        if right >= RIGHT && right > rows.len() - right {
            out.extend(rows.into_iter().map(|(claim, _)| claim));
        }
    }
}
