//! Lengths of time that stand apart from their two ends, in the same or the next sentence: "The archive was open from
//! 1972 to 1997. In those 35 years …", "The race started at 8:30 and was won at 10:41. His time of 2 hours 21 minutes …".
//!
//! Goes in: a block with its dates and times of the day. Comes out: claims of kind Interval with the weight of what says
//! that the length belongs to the two ends, and the other ends near by that it may belong to.

mod age;
mod distance;
mod length;

use super::Reader;
use crate::annotate::{DateForm, phrase_at};
use crate::claim::calendar::{Dated, Edge, Ends, IntervalSort};
use crate::claim::clock::{HALF, hours_at};
use crate::claim::moment::{Moment, is_joined};
use crate::claim::{BlockView, Claim, ClaimKind, Context, Interval, Operand, Value};
use crate::value::{Date, DateRange};
use std::ops::Range;

/// Dates and times of a block at most: one with more is a list or a log.
const POINTS: usize = 24;

/// Tokens from a date within which a word tells of what begins or ends with it.
const REACH: usize = 12;

/// Tokens behind a date within which it does.
const BEHIND: usize = 5;

/// A point in time of a block.
#[derive(Clone, Debug)]
pub(super) struct Point {
    tokens: Range<usize>,
    when: When,
    edge: Edge,
    /// Whether it is the day of a birth.
    birth: bool,
    /// Whether a dash or "to" joins it to the point before.
    joined: bool,
}

/// The day or the time of the day of a point.
#[derive(Clone, Debug)]
enum When {
    Day(Dated),
    /// Seconds since midnight.
    Clock(i32),
}

impl Point {
    fn dated(&self, view: &BlockView<'_>) -> Dated {
        match &self.when {
            When::Day(dated) => dated.clone(),
            When::Clock(_) => Dated {
                at: view.member(self.tokens.clone()),
                date: DateRange::one(Date { year: None, month: None, day: None }),
                form: DateForm::Point,
                year_from: None,
            },
        }
    }

    fn is_clock(&self) -> bool {
        matches!(self.when, When::Clock(_))
    }
}

/// The points of a block in order; none of a block with very many.
pub(super) fn points(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment]) -> Vec<Point> {
    let mut out = days(context, view, moments);
    out.extend(times(view));
    if out.len() > POINTS {
        return Vec::new();
    }
    out.sort_by_key(|p| p.tokens.start);
    let taken: Vec<Range<usize>> = out.iter().map(|p| p.tokens.clone()).collect();
    for (i, point) in out.iter_mut().enumerate() {
        let sentence = view.layer.sentence_of(point.tokens.start);
        let floor = taken[..i].iter().filter(|t| t.end <= point.tokens.start).map(|t| t.end).max();
        let ceiling = taken[i + 1..].iter().find(|t| t.start >= point.tokens.end).map(|t| t.start);
        let clause = floor.unwrap_or(0).max(sentence.start)..ceiling.unwrap_or(sentence.end).min(sentence.end);
        let sets = |set: &str, at: usize| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, at).is_some();
        let reach = point.tokens.start.saturating_sub(REACH).max(clause.start)..point.tokens.start;
        point.birth = reach.clone().rev().take(4).any(|at| sets("interval.birth", at));
        if point.edge == Edge::Point {
            let behind = point.tokens.end..(point.tokens.end + BEHIND).min(clause.end);
            let edge = |at: usize| match (sets("interval.begin", at), sets("interval.close", at)) {
                (true, false) => Some(Edge::Start),
                (false, true) => Some(Edge::End),
                _ => None,
            };
            point.edge =
                reach.rev().find_map(edge).or_else(|| behind.into_iter().find_map(edge)).unwrap_or(Edge::Point);
        }
    }
    out
}

/// The days of a block; a range gives two.
fn days(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment]) -> Vec<Point> {
    let mut out = Vec::new();
    for (i, moment) in moments.iter().enumerate() {
        let dated = moment.dated(context);
        let point = |dated: Dated, edge, joined| Point {
            tokens: moment.tokens.clone(),
            when: When::Day(dated),
            edge,
            birth: false,
            joined,
        };
        if matches!(moment.form, DateForm::Range) && !moment.date.is_one() {
            let end = |date| Dated { date: DateRange::one(date), form: DateForm::Point, ..dated.clone() };
            out.push(point(end(moment.date.from.or_year(moment.date.to.year)), Edge::Start, false));
            out.push(point(end(moment.date.to), Edge::End, true));
        } else if moment.is_point() {
            let before = i.checked_sub(1).map(|n| &moments[n]).filter(|m| m.is_point());
            let joined = before.is_some_and(|m| is_whole_time(view, &m.tokens, &moment.tokens));
            if joined && let Some(last) = out.last_mut() {
                let last: &mut Point = last;
                last.edge = Edge::Start;
            }
            out.push(point(dated, if joined { Edge::End } else { Edge::Point }, joined));
        }
    }
    out
}

/// Whether two dates are the ends of a time: "from … to …", "between … and …".
fn is_whole_time(view: &BlockView<'_>, first: &Range<usize>, second: &Range<usize>) -> bool {
    let lead = first.start.saturating_sub(3)..first.start;
    let led = |word: &str| lead.clone().any(|i| view.word(i).eq_ignore_ascii_case(word));
    let and = (first.end..second.start).any(|i| view.word(i) == "and");
    is_joined(view, first, second) && (!and || led("between")) || led("between") && second.start - first.end <= 6 && and
}

/// The times of the day of a block; a range gives two.
fn times(view: &BlockView<'_>) -> Vec<Point> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < view.layer.tokens.len() {
        let Some(found) = hours_at(view, at) else {
            at += 1;
            continue;
        };
        at = found.tokens.end;
        // "noon" and "midnight" are also used loosely.
        if found.tokens.len() == 1 && found.to.is_none() && !view.word(found.tokens.start).contains([':', '.', 'm']) {
            continue;
        }
        let point = |tokens: Range<usize>, seconds, edge, joined| Point {
            tokens,
            when: When::Clock(seconds),
            edge,
            birth: false,
            joined,
        };
        let first = if found.to.is_some() { Edge::Start } else { Edge::Point };
        out.push(point(found.from.tokens.clone(), found.from.seconds, first, false));
        if let Some(to) = found.to {
            out.push(point(to.tokens.clone(), to.seconds, Edge::End, true));
        }
    }
    out
}

/// Two points as the beginning and the end of a time.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    from: &'p Point,
    to: &'p Point,
    weight: u8,
}

impl Pair<'_> {
    fn ends(&self) -> Option<Ends> {
        match (&self.from.when, &self.to.when) {
            (When::Day(from), When::Day(to)) => Some(Ends::Dates(from.date, to.date)),
            (When::Clock(from), When::Clock(to)) => Some(Ends::Clock(*from, *to)),
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// Reads the lengths, distances, ages and anniversaries of the sentence that stand apart from their dates, those
    /// aside that were read before.
    pub(super) fn apart(&self, points: &[Point], first: usize, out: &mut Vec<Claim>) {
        if points.len() < 2 {
            return;
        }
        let known = |out: &[Claim], found: &Claim| {
            let at = |claim: &Claim| match &claim.value {
                Value::Interval(interval) => Some(interval.stated.at),
                _ => None,
            };
            out[first..].iter().any(|claim| at(claim) == at(found))
        };
        let mut found = Vec::new();
        self.lengths_apart(points, &mut found);
        self.distances_apart(points, &mut found);
        self.ages_apart(points, &mut found);
        for claim in found {
            if !known(out, &claim) {
                out.push(claim);
            }
        }
    }

    /// The points of the sentence and of so many before it and behind it.
    fn near<'p>(&self, points: &'p [Point], before: usize, behind: usize) -> Vec<&'p Point> {
        let sentences = &self.view.layer.sentences;
        let own = self.view.layer.sentence_index(self.sentence.start);
        let first = sentences.get(own.saturating_sub(before)).map_or(0, |s| s.start);
        let last = sentences.get((own + behind).min(sentences.len() - 1)).map_or(self.sentence.end, |s| s.end);
        points.iter().filter(|p| p.tokens.start >= first && p.tokens.end <= last).collect()
    }

    fn claim_apart(&self, sort: IntervalSort, stated: Operand, pair: Pair<'_>, rivals: Vec<Ends>) -> Claim {
        let clock = match (&pair.from.when, &pair.to.when) {
            (When::Clock(from), When::Clock(to)) => Some((*from, *to)),
            _ => None,
        };
        let (from, to) = (pair.from.dated(&self.view), pair.to.dated(&self.view));
        let tokens = self.tokens_of(&stated);
        let interval = Interval { sort, stated, from, to, clock, weight: pair.weight, rivals };
        self.view.claim(ClaimKind::Interval, "interval", tokens, Value::Interval(Box::new(interval)))
    }

    /// The tokens of a stated length.
    fn tokens_of(&self, stated: &Operand) -> Range<usize> {
        let inside = |i: &usize| {
            let at = self.view.span(*i..*i + 1);
            at.start >= stated.at.start && at.end <= stated.at.end
        };
        let first = self.sentence.clone().find(inside).unwrap_or(self.sentence.start);
        let last = self.sentence.clone().rev().find(inside).unwrap_or(first);
        first..last + 1
    }
}

/// Whether one point is earlier than another; of two times of the day the one that stands first.
fn is_earlier(a: &Point, b: &Point) -> bool {
    match (&a.when, &b.when) {
        (When::Day(x), When::Day(y)) => x.days_beside(y).is_some_and(|(x, y)| x.first < y.first),
        (When::Clock(_), When::Clock(_)) => a.tokens.start < b.tokens.start,
        _ => false,
    }
}

/// Whether two days share the day of the month, which says that they are whole months or years apart.
fn is_same_day(a: &Point, b: &Point) -> bool {
    match (&a.when, &b.when) {
        (When::Day(x), When::Day(y)) => x.date.from.day.is_some() && x.date.from.day == y.date.from.day,
        (When::Clock(x), When::Clock(y)) => (x - y) % HALF == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::claim::{ClaimKind, Context, Value};
    use crate::document::Document;
    use crate::lexicon::Lexicon;

    fn lengths(text: &str) -> Vec<String> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let mut out = Vec::new();
        super::super::extract(&context, &crate::claim::moment::moments(&context), &mut out);
        let intervals = out.into_iter().filter(|c| c.kind == ClaimKind::Interval).filter_map(|c| match c.value {
            Value::Interval(i) => Some(i),
            _ => None,
        });
        intervals.map(|i| format!("{}: {} to {}", i.stated.text, i.from.at.text, i.to.at.text)).collect()
    }

    #[test]
    fn reads_lengths_of_the_sentence_before() {
        assert_eq!(
            lengths("It was open from 1972 to 1997. In those 25 years it was full."),
            ["25 years: 1972 to 1997 to 1972 to 1997"]
        );
        assert_eq!(
            lengths("She took office in 1987 and resigned in 1991. Her four years in office were quiet."),
            ["four years: 1987 to 1991"]
        );
        assert_eq!(
            lengths("They set off at 08:30 and the first came in at 10:41. His time of 131 minutes was good."),
            ["131 minutes: 08:30 to 10:41"]
        );
    }

    #[test]
    fn reads_ages_and_anniversaries_of_other_sentences() {
        assert_eq!(lengths("Ek was born in 1927. He was 35 when he came in 1962."), ["35: 1927 to 1962"]);
        assert_eq!(
            lengths("Founded in 1874, it is old. A concert on 3 May 2024 marks its 150th anniversary."),
            ["150th anniversary: 1874 to 3 May 2024"]
        );
    }

    #[test]
    fn ignores_parts_and_times_of_several_days() {
        assert!(lengths("It was open from 1972 to 1997. Its first five years were hard.").is_empty());
        let days = "From 11:00 on 3 May to 17:00 on 5 May 2021 it was down. Those 4 hours were long.";
        assert!(lengths(days).is_empty());
    }
}
