//! One moment in two time zones: "16:00 UTC (9 am PDT)", "November 6th, 17:00 UTC / November 6th, 9 am PT".

use super::clock::{Hours, hours_at};
use super::moment::Moment;
use super::{BlockView, Claim, ClaimKind, Context, Member, Value};
use crate::annotate::TokenKind;
use crate::document::{BlockKind, Style};
use crate::lexicon::Pos;
use std::ops::Range;

/// Tokens of a sentence or cell that are looked at.
const REACH: usize = 120;

/// Tokens before the name of a zone in which its time and its date are looked for.
const BEFORE: usize = 12;

/// Tokens that may stand between the first and the second, signs but for words such as "or".
const GAP: usize = 3;

/// A moment as it is told in one time zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZonedTime {
    /// Its place and wording: date, time and name of the zone.
    pub at: Member,
    /// Its day since 1 January 1970; `None` when none is written with it.
    pub day: Option<i32>,
    /// Seconds since midnight of its beginning and, for a range of times, its end.
    pub clock: Option<(i32, Option<i32>)>,
    /// Whether it may be as many hours after noon.
    pub open: bool,
    /// The minutes that the zone may be ahead of UTC.
    pub offsets: Vec<i32>,
}

/// A moment with its tokens.
struct Found {
    tokens: Range<usize>,
    /// Where the name of its zone begins.
    zone: usize,
    day: Option<i32>,
    month: Option<u8>,
    hours: Option<Hours>,
}

/// Reads the claims of kind Zoned.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for view in context.views().filter(|v| v.block.kind != BlockKind::Contents) {
        // A zone has a name with capitals and a figure near it.
        if !view.layer.tokens.iter().any(|t| t.kind == TokenKind::Number) {
            continue;
        }
        let moments = &all[view.id.index()];
        for sentence in &view.layer.sentences {
            let within = sentence.start..sentence.end.min(sentence.start + REACH);
            let found = read(context, &view, moments, within);
            for pair in found.windows(2) {
                if is_pair(&view, &pair[0], &pair[1]) {
                    out.push(claim(context, &view, &pair[0], &pair[1]));
                }
            }
        }
    }
}

/// The moments of a sentence that name their zone.
fn read(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment], within: Range<usize>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let word = |n: usize| if at + n < within.end { view.word(at + n) } else { "" };
        let Some((length, _)) = context.lexicon.zones.at(word) else {
            at += 1;
            continue;
        };
        let end = at + length;
        let floor = out.last().map_or(within.start, |f| f.tokens.end).max(at.saturating_sub(BEFORE));
        out.extend(around(context, view, moments, floor..within.end, at..end));
        at = end;
    }
    out
}

/// The time and date before the name of a zone, or the date behind it.
fn around(
    context: &Context<'_>,
    view: &BlockView<'_>,
    moments: &[Moment],
    Range { start: floor, end: ceiling }: Range<usize>,
    zone: Range<usize>,
) -> Option<Found> {
    let mut start = zone.start;
    // "Wednesday 4th February 2026 (AoE)"
    let bracket = start > floor && view.word(start - 1) == "(" && view.word(zone.end) == ")";
    let mut end = zone.end + usize::from(bracket);
    start -= usize::from(bracket);
    let hours = (floor..start).rev().filter_map(|i| hours_at(view, i)).find(|h| h.tokens.end == start);
    // The whole range, not its last time: "9am-10am".
    let hours = hours.map(|last| {
        let first = (floor.max(last.tokens.start.saturating_sub(3))..last.tokens.start)
            .find_map(|i| hours_at(view, i).filter(|h| h.tokens.end == start));
        first.unwrap_or(last)
    });
    if let Some(hours) = &hours {
        start = hours.tokens.start;
    }
    let link = |at: usize| {
        let weekday = view.layer.tokens[at].word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::WEEKDAY));
        weekday || matches!(view.word(at), "," | "at" | "from" | "on" | "@" | "–" | "-" | "—" | "the" | "*")
    };
    let day = |m: &&Moment| m.is_point() && m.date.from.day.is_some();
    let before = moments.iter().filter(day).rfind(|m| m.tokens.start >= floor && m.tokens.end <= start);
    let before = before.filter(|m| start - m.tokens.end <= 4 && (m.tokens.end..start).all(link));
    let behind = || {
        moments
            .iter()
            .filter(day)
            .find(|m| m.tokens.start >= end && m.tokens.end <= ceiling)
            .filter(|m| m.tokens.start - end <= 3 && (end..m.tokens.start).all(link))
    };
    let date = before.or_else(|| hours.is_some().then(behind).flatten());
    if hours.is_none() && date.is_none() {
        return None;
    }
    if let Some(date) = date {
        start = start.min(date.tokens.start);
        end = end.max(date.tokens.end);
    }
    while start > floor
        && view.layer.tokens[start - 1].word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::WEEKDAY))
    {
        start -= 1;
    }
    let code = view.block.text.has_style(view.layer.bytes(start..end), Style::Code);
    (!code).then(|| Found {
        tokens: start..end,
        zone: zone.start,
        // Without a year the day is reckoned in a leap year: the two are compared with each other alone.
        day: date.and_then(|m| m.date.from.or_year(Some(LEAP)).days()).map(|d| d.first),
        month: date.and_then(|m| m.date.from.month),
        hours,
    })
}

/// A year with a 29 February.
const LEAP: i16 = 2000;

/// Whether nothing but signs stands between two moments, and their zones are two: a bracket, a stroke, "=".
fn is_pair(view: &BlockView<'_>, a: &Found, b: &Found) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    if gap.is_empty() || gap.len() > GAP || view.word(a.zone) == view.word(b.zone) {
        return false;
    }
    let opens = (a.tokens.start.saturating_sub(2)..a.tokens.start).any(|i| view.word(i) == "(");
    let sign = |at: usize| match view.word(at) {
        "(" | "/" | "=" | "*" | "[" => Some(true),
        "," | "|" => Some(opens),
        ")" | "–" | "-" | "aka" | "=>" => Some(false),
        _ => None,
    };
    gap.clone().all(|i| sign(i).is_some()) && gap.into_iter().any(|i| sign(i) == Some(true))
}

fn claim(context: &Context<'_>, view: &BlockView<'_>, a: &Found, b: &Found) -> Claim {
    let month = a.month.or(b.month);
    // A time with a leading nought or after noon shows that the clock has 24 hours.
    let whole = |f: &Found| {
        f.hours
            .as_ref()
            .is_some_and(|h| !h.from.open && h.from.tokens.len() == 1 && view.word(h.from.tokens.start).contains(':'))
    };
    let day = whole(a) || whole(b);
    let zoned = |f: &Found| {
        let zone = context.lexicon.zones.at(|n| view.word(f.zone + n)).map(|(_, zone)| zone.offsets_in(month));
        ZonedTime {
            at: view.member(f.tokens.clone()),
            day: f.day,
            clock: f.hours.as_ref().map(|h| (h.from.seconds, h.to.as_ref().map(|to| to.seconds))),
            open: !day && f.hours.as_ref().is_some_and(|h| h.from.open),
            offsets: zone.unwrap_or_default(),
        }
    };
    let value = Value::Zoned(Box::new([zoned(a), zoned(b)]));
    view.claim(ClaimKind::Zoned, "zoned", a.tokens.start..b.tokens.end, value)
}
