//! Dates, versions and numbers of a series in a title or sentence.

use super::EditionValue;
use crate::annotate::{Case, DateForm, TokenKind, phrase_at};
use crate::claim::version::version_at;
use crate::claim::{BlockView, Context, lemma};
use crate::lexicon::{NumberRole, Pos, lower};
use crate::value::{Date, DateRange};
use compact_str::CompactString;
use std::ops::Range;

/// Words after an ordinal in which its noun is looked for: "7th Annual Kite Workshop".
const NOUN: usize = 5;

/// A value with its tokens and what it counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it says.
    pub value: EditionValue,
    /// What a number counts: `week`, `meeting`; the name before a version, in small letters.
    pub of: CompactString,
    /// The words between an ordinal and its noun, the noun too.
    pub words: Vec<CompactString>,
}

/// The values of a stretch of a block, in order, not overlapping.
pub(super) fn values(context: &Context<'_>, view: &BlockView<'_>, within: Range<usize>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for date in view.layer.dates.iter().filter(|d| within.contains(&d.tokens.start)) {
        let double = date.form == DateForm::Double;
        let form = double
            || matches!(
                date.form,
                DateForm::Point | DateForm::DayFirst | DateForm::MonthFirst | DateForm::Part | DateForm::Range
            );
        let years = date.date.from.year.is_some() && date.date.to.year.is_some();
        // "the call of 3 September": the day of a year that is not written.
        let day = date.date.is_one() && date.date.from.month.is_some() && date.date.from.day.is_some();
        if form && (years || day) {
            let value = if double { EditionValue::Double(date.date) } else { EditionValue::Date(date.date) };
            out.push(Found { tokens: date.tokens.clone(), value, of: CompactString::default(), words: Vec::new() });
        } else if date.form == DateForm::Vague
            && years
            && phrase_at(context.lexicon, "date.season", view.text, &view.layer.tokens, date.tokens.start).is_some()
        {
            let value = EditionValue::Season(season(&lower(view.word(date.tokens.start))), date.date);
            out.push(Found { tokens: date.tokens.clone(), value, of: CompactString::default(), words: Vec::new() });
        }
    }
    let taken = |at: usize| view.layer.dates.iter().any(|d| d.tokens.contains(&at));
    for at in within.clone().filter(|&at| !taken(at)) {
        if let Some(date) = month_of_meeting(context, view, at) {
            let value = EditionValue::Date(DateRange::one(date));
            out.push(Found { tokens: at..at + 1, value, of: CompactString::default(), words: Vec::new() });
        } else if let Some((parts, tokens)) = version(view, at) {
            out.push(Found { tokens, value: EditionValue::Version(parts), of: name(view, at), words: Vec::new() });
        } else if let Some(found) = counted(context, view, at, within.end) {
            out.push(found);
        }
    }
    for ordinal in view.layer.ordinals.iter().filter(|o| within.contains(&o.tokens.start) && !taken(o.tokens.start)) {
        out.extend(ranked(context, view, ordinal.tokens.clone(), ordinal.rank, within.end));
    }
    out.sort_by_key(|f| f.tokens.start);
    out.dedup_by(|b, a| b.tokens.start < a.tokens.end);
    out
}

/// One name of a season: "autumn" for "fall".
fn season(word: &str) -> CompactString {
    if word == "fall" { "autumn".into() } else { word.into() }
}

/// The month that a meeting or a paper is named after, without a year: "the October meeting", "the June issue".
fn month_of_meeting(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Date> {
    let token = view.layer.tokens.get(at).filter(|t| t.case == Case::Capital)?;
    if !context.lexicon.words.pos(token.word?).any(Pos::MONTH) {
        return None;
    }
    let number = context.lexicon.numbers.get(&lower(view.word(at))).filter(|n| n.role == NumberRole::Month)?;
    phrase_at(context.lexicon, "edition.monthly", view.text, &view.layer.tokens, at + 1)?;
    Some(Date { year: None, month: u8::try_from(number.value).ok(), day: None })
}

/// The parts of a version, and its tokens. Sums of money, shares and numbers with a sign are none.
fn version(view: &BlockView<'_>, at: usize) -> Option<(Vec<u32>, Range<usize>)> {
    let (parts, tokens) = version_at(view, at)?;
    let glued =
        |at: usize| view.layer.tokens.get(at).is_some_and(|t| at > 0 && t.start == view.layer.tokens[at - 1].end);
    // "2.4 %", "1.5-rc1", "$2.4", "2.4/3"
    let before = at.checked_sub(1).map_or("", |b| view.word(b));
    let signs = ["%", "-", "+", "/", "$", "€", "£", "×", "*", "~"];
    let joined = glued(tokens.end) && signs.contains(&view.word(tokens.end)) || glued(at) && signs.contains(&before);
    let unit = view.word(tokens.end) == "%" || matches!(before, "$" | "€" | "£" | "§");
    (!joined && !unit).then_some((parts, tokens))
}

/// The name before a version, in small letters: "Orchid 5.1", "Orchid v5.1", "Orchid version 5.1".
fn name(view: &BlockView<'_>, at: usize) -> CompactString {
    let mut at = at;
    while at > 0 && matches!(lower(view.word(at - 1)).as_str(), "version" | "release" | "v" | "v.") {
        at -= 1;
    }
    let before = at.checked_sub(1).map_or("", |b| view.word(b));
    if before.starts_with(char::is_uppercase) { lower(before) } else { CompactString::default() }
}

/// "week 23", "Issue No. 412", "episode #12".
fn counted(context: &Context<'_>, view: &BlockView<'_>, at: usize, end: usize) -> Option<Found> {
    let tokens = &view.layer.tokens;
    let length = phrase_at(context.lexicon, "edition.series", view.text, tokens, at)?;
    let mut next = at + length;
    while next < end && matches!(view.word(next), "." | "#" | "(" | "," | "No" | "no" | "Nr" | "number" | ":" | "-") {
        next += 1;
    }
    let word = (next < end).then(|| view.word(next))?;
    if tokens[next].kind != TokenKind::Number || word.len() > 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let of = lemma(view, context.lexicon, at + length - 1);
    let words = vec![of.clone()];
    Some(Found { tokens: next..next + 1, value: EditionValue::Number(word.parse().ok()?), of, words })
}

/// "the 14th meeting", "7th Annual Kite Workshop": an ordinal and the noun phrase behind it.
fn ranked(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>, rank: u32, end: usize) -> Option<Found> {
    let mut words = Vec::new();
    for at in tokens.end..end.min(tokens.end + NOUN) {
        let token = &view.layer.tokens[at];
        let pos = token.word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
        if token.kind != TokenKind::Word || pos.any(Pos::CLOSED) {
            break;
        }
        words.push(lemma(view, context.lexicon, at));
        // What follows is said of it.
        if phrase_at(context.lexicon, "edition.series", view.text, &view.layer.tokens, at).is_some() {
            break;
        }
    }
    let of = words.last()?.clone();
    Some(Found { tokens, value: EditionValue::Number(rank), of, words })
}
