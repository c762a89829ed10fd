//! Times of the day as they are written: "16:00", "4 pm", "7.30 p.m.", "noon".

use super::BlockView;
use crate::annotate::TokenKind;
use std::ops::Range;

/// Seconds of half a day.
pub(super) const HALF: i32 = 12 * 3600;

/// A time of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clock {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Seconds since midnight.
    pub seconds: i32,
    /// Whether it may be as many hours after noon: "9:00", but not "09:00", "9 am" or "14:00".
    pub open: bool,
}

/// A time of the day, or the time from one to another: "9am-10am", "17:00 to 18:00".
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hours {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// When it begins.
    pub from: Clock,
    /// When it ends, for a range.
    pub to: Option<Clock>,
}

/// The time of the day that begins at a token.
#[must_use]
pub(super) fn clock_at(view: &BlockView<'_>, at: usize) -> Option<Clock> {
    let token = view.layer.tokens.get(at)?;
    let word = view.word(at);
    match token.kind {
        TokenKind::Word => {
            let seconds = match word {
                "noon" | "midday" | "Noon" | "Midday" => HALF,
                "midnight" | "Midnight" => 0,
                _ => return None,
            };
            Some(Clock { tokens: at..at + 1, seconds, open: false })
        }
        TokenKind::Number => {
            let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
            let suffix = &word[figures.len()..];
            let (half, end) = match (suffix, half_of_day(view, suffix, at + 1)) {
                (_, Some((half, end))) => (Some(half), end),
                ("", None) => {
                    half_of_day(view, view.word(at + 1), at + 2).map_or((None, at + 1), |(h, end)| (Some(h), end))
                }
                _ => return None,
            };
            let seconds = seconds(figures, half.is_some())?;
            let seconds = match half {
                Some(true) if (HALF..2 * HALF).contains(&seconds) => seconds,
                Some(true) => seconds + HALF,
                Some(false) if (HALF..HALF + 3600).contains(&seconds) => seconds - HALF,
                _ => seconds,
            };
            let open = half.is_none() && (3600..HALF + 3600).contains(&seconds) && !figures.starts_with('0');
            Some(Clock { tokens: at..end, seconds, open })
        }
        TokenKind::Sign => None,
    }
}

/// The time or range of times that begins at a token.
#[must_use]
pub(super) fn hours_at(view: &BlockView<'_>, at: usize) -> Option<Hours> {
    let joins = |at: usize| matches!(view.word(at), "–" | "-" | "—" | "−" | "to" | "until" | "till");
    if let Some(from) = clock_at(view, at) {
        let end = from.tokens.end;
        let to = joins(end).then(|| clock_at(view, end + 1)).flatten();
        let tokens = at..to.as_ref().map_or(end, |to| to.tokens.end);
        return Some(Hours { tokens, from, to });
    }
    // "4–5 pm": the first has the half of the day of the second.
    let hour: i32 = view.word(at).parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let to = joins(at + 1)
        .then(|| clock_at(view, at + 2))
        .flatten()
        .filter(|to| !to.open && to.tokens.len() > 1 || view.word(at + 2).ends_with('m'))?;
    let afternoon = to.seconds >= HALF && hour * 3600 % HALF <= to.seconds - HALF;
    let seconds = hour * 3600 % HALF + if afternoon { HALF } else { 0 };
    let from = Clock { tokens: at..at + 1, seconds, open: false };
    Some(Hours { tokens: at..to.tokens.end, from, to: Some(to) })
}

/// Whether a word, with what stands behind it, says that an hour is after noon, and one past its last token: "pm",
/// "p.m."; `None` when it says nothing of it.
fn half_of_day(view: &BlockView<'_>, word: &str, next: usize) -> Option<(bool, usize)> {
    let stopped = || view.word(next) == "." && view.word(next + 1).eq_ignore_ascii_case("m");
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m" => Some((false, next)),
        "pm" | "p.m" => Some((true, next)),
        "a" if stopped() => Some((false, next + 2)),
        "p" if stopped() => Some((true, next + 2)),
        _ => None,
    }
}

/// The seconds of "16:00", "16:00:30"; with the half of the day said also of "4", "7.30".
fn seconds(figures: &str, half: bool) -> Option<i32> {
    let sign = if figures.contains(':') { ':' } else { '.' };
    if sign == '.' && !half {
        return None;
    }
    let mut parts = figures.split(sign);
    let hours = parts.next().filter(|p| (1..=2).contains(&p.len()))?;
    let number = |part: &str| part.parse::<i32>().ok();
    let hours = number(hours).filter(|h| *h <= if half { 12 } else { 24 })?;
    let mut total = hours * 3600;
    for (part, unit) in parts.zip([60, 1, 0]) {
        total += number(part).filter(|n| part.len() == 2 && *n < 60 && unit > 0)? * unit;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::Context;
    use crate::document::{BlockId, Document};
    use crate::lexicon::Lexicon;

    fn hours(text: &str) -> Vec<(i32, Option<i32>, bool)> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let view = context.view(BlockId(0));
        let mut out = Vec::new();
        let mut at = 0;
        while at < view.layer.tokens.len() {
            match hours_at(&view, at) {
                Some(found) => {
                    at = found.tokens.end;
                    out.push((found.from.seconds / 60, found.to.map(|t| t.seconds / 60), found.from.open));
                }
                None => at += 1,
            }
        }
        out
    }

    #[test]
    fn reads_times_of_the_day() {
        assert_eq!(hours("at 16:00, 4 pm or 4pm"), [(960, None, false); 3]);
        assert_eq!(hours("at 7.30 p.m. and 12 am"), [(1170, None, false), (0, None, false)]);
        assert_eq!(hours("from 9:00 and at noon"), [(540, None, true), (720, None, false)]);
        assert_eq!(hours("9am-10am, 17:00-18:00"), [(540, Some(600), false), (1020, Some(1080), false)]);
        assert_eq!(hours("4–5 pm and 11–1 pm"), [(960, Some(1020), false), (660, Some(780), false)]);
    }

    #[test]
    fn ignores_other_figures() {
        assert_eq!(hours("a ratio of 3:7, 7.30 metres and 26:00"), []);
    }
}
