//! Days, weekdays and places in a series as running text names them, each with the words of its sentence: "surrendered on
//! Thursday", "sales in the third quarter". They are what a summary repeats of the text that it tells again.
//!
//! Goes in: the dates and ordinals of a document. Comes out: one claim for each. A weekday beside a date is one claim with
//! it.

use super::frame::FrameReader;
use super::moment::Moment;
use super::noun::lemma;
use super::weekday::weekday;
use super::{BlockView, Claim, ClaimKind, Context, Value};
use crate::annotate::{Case, TokenKind};
use crate::lexicon::{Pos, lower};
use crate::value::{Date, WEEKDAYS};
use compact_str::CompactString;
use std::fmt;
use std::ops::Range;

/// Tokens between a weekday and its date at most: a comma, "the".
const GAP: usize = 2;

/// A place in the calendar or in a series.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Position {
    /// A day, as far as it is written.
    Day {
        /// Year, month and day that are written; the year of the context is left out.
        date: Date,
        /// The weekday that is written, 1 (Monday) to 7 (Sunday).
        weekday: Option<u8>,
    },
    /// A member of a series.
    Rank {
        /// Its rank, from 1.
        rank: u32,
        /// The base form of the word behind it: quarter; empty where none is.
        noun: CompactString,
    },
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day { date, weekday } => {
                let weekday = weekday.and_then(|w| WEEKDAYS.get(usize::from(w).checked_sub(1)?));
                let day = date.written();
                let gap = if weekday.is_some() && !day.is_empty() { " " } else { "" };
                write!(f, "{}{gap}{day}", weekday.copied().unwrap_or_default())
            }
            Self::Rank { rank, noun } if noun.is_empty() => write!(f, "no. {rank}"),
            Self::Rank { rank, noun } => write!(f, "no. {rank} {noun}"),
        }
    }
}

/// Reads the claims of kind Position.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let moments = &all[view.id.index()];
        let mut found: Vec<(Range<usize>, Position)> = moments.iter().filter_map(|m| day(context, &view, m)).collect();
        found.extend(weekdays(context, &view, &found));
        found.extend(view.layer.ordinals.iter().filter_map(|o| rank(context, &view, &o.tokens, o.rank)));
        found.sort_by_key(|(tokens, _)| tokens.start);
        let mut frames = FrameReader::default();
        for (tokens, position) in found {
            let frame = frames.apart(&view, context.lexicon, &tokens);
            let mut claim = view.claim(ClaimKind::Position, "position", tokens, Value::Position(position));
            claim.frame = Some(Box::new(frame));
            out.push(claim);
        }
    }
}

/// The day of a date, with the weekday before or behind it.
fn day(context: &Context<'_>, view: &BlockView<'_>, moment: &Moment) -> Option<(Range<usize>, Position)> {
    // Of a stretch of time only the year that holds all of it: "the third quarter of 2021".
    let (from, to) = (moment.date.from, moment.date.to);
    let written = if moment.is_point() {
        from
    } else {
        Date { year: from.year.filter(|_| from.year == to.year), month: None, day: None }
    };
    let date = if moment.has_own_year() { written } else { Date { year: None, ..written } };
    if date == (Date { year: None, month: None, day: None }) {
        return None;
    }
    let tokens = moment.tokens.clone();
    if date.month.is_none() && is_of_name(view, tokens.start) {
        return None;
    }
    let beside = date.day.and_then(|_| {
        let before = (tokens.start.saturating_sub(GAP + 1)..tokens.start).rev();
        let behind = tokens.end..tokens.end + GAP;
        let sign = |i: usize| matches!(view.word(i), "," | "(" | "the");
        before.clone().chain(behind).find_map(|i| {
            let between = if i < tokens.start { i + 1..tokens.start } else { tokens.end..i };
            Some((i, weekday(view, context.lexicon, i)?)).filter(|_| between.clone().all(sign))
        })
    });
    let at = beside.map_or(tokens.clone(), |(i, _)| tokens.start.min(i)..tokens.end.max(i + 1));
    Some((at, Position::Day { date, weekday: beside.map(|(_, w)| w) }))
}

/// Whether a year belongs to the name of a law, an event or a work: "the Records Act 2021", "the Ordinance of 2009".
fn is_of_name(view: &BlockView<'_>, at: usize) -> bool {
    let sentence = view.layer.sentence_of(at);
    let of = at > sentence.start && view.word(at - 1) == "of";
    let Some(before) = at.checked_sub(1 + usize::from(of)).filter(|i| *i > sentence.start) else { return false };
    let token = &view.layer.tokens[before];
    token.kind == TokenKind::Word && token.case != Case::Lower
}

/// The weekdays that stand alone.
fn weekdays(
    context: &Context<'_>,
    view: &BlockView<'_>,
    days: &[(Range<usize>, Position)],
) -> Vec<(Range<usize>, Position)> {
    let lexicon = context.lexicon;
    let again = |i: usize| i > 0 && matches!(lower(view.word(i - 1)).as_str(), "every" | "each" | "a" | "any");
    let free = |i: &usize| days.iter().all(|(tokens, _)| !tokens.contains(i)) && !again(*i);
    let none = Date { year: None, month: None, day: None };
    (0..view.layer.tokens.len())
        .filter(|&i| view.layer.tokens[i].kind == TokenKind::Word)
        .filter_map(|i| Some((i, weekday(view, lexicon, i)?)))
        .filter(|(i, _)| free(i))
        .map(|(i, w)| (i..i + 1, Position::Day { date: none, weekday: Some(w) }))
        .collect()
}

/// An ordinal and the noun or adjective behind it; one that stands for a member named before has none: "weak in the first
/// quarter, and weaker in the second".
fn rank(
    context: &Context<'_>,
    view: &BlockView<'_>,
    tokens: &Range<usize>,
    rank: u32,
) -> Option<(Range<usize>, Position)> {
    let pos_of = |i: usize| {
        let word = view.layer.tokens.get(i).and_then(|t| t.word);
        word.map_or(Pos::default(), |id| context.lexicon.words.pos(id))
    };
    // "a second straight session"
    let adverb = pos_of(tokens.end).any(Pos::ADVERB) && !pos_of(tokens.end).any(Pos::NOUN.and(Pos::ADJECTIVE));
    let next = tokens.end + usize::from(adverb && pos_of(tokens.end + 1).any(Pos::NOUN));
    let token = view.layer.tokens.get(next).filter(|t| t.kind == TokenKind::Word);
    let pos = pos_of(next);
    let content = pos == Pos::default() || pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE));
    let named =
        token.filter(|_| view.layer.sentence_of(tokens.start).contains(&next) && content && !pos.any(Pos::CLOSED));
    // "Third Avenue" is a name.
    if named.is_some_and(|t| t.case != Case::Lower) {
        return None;
    }
    let noun = named.map(|_| lemma(view, context.lexicon, next)).unwrap_or_default();
    Some((tokens.start..next + usize::from(named.is_some()), Position::Rank { rank, noun }))
}
