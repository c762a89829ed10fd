//! The days of documents in other languages, read without their words: "vom 3. bis zum 26. Juni 2024", "9 de junio de
//! 2024".
//!
//! Nothing is known of what happened on them; a release that tells the same in two languages has the same days in both.

use crate::annotate::{DateForm, TokenKind};
use crate::claim::abroad::month;
use crate::claim::calendar::{Dated, Doubts, Edge, Occasion, Tie};
use crate::claim::{BlockView, Claim, ClaimKind, Context, Value};
use crate::document::BlockKind;
use crate::lexicon::lower;
use crate::value::{Date, DateRange};
use std::ops::Range;
use std::sync::Arc;

/// Tokens between the two ends of a stretch of days at most.
const GAP: usize = 5;

/// A day with its tokens.
struct Day {
    tokens: Range<usize>,
    date: Date,
    /// The first day of a stretch within one month.
    from: Option<u8>,
}

/// Adds the days of a document that is in another language.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        if matches!(view.block.kind, BlockKind::Entry | BlockKind::Contents) {
            continue;
        }
        let tokens = view.layer.tokens.len();
        let mut days: Vec<Day> = (1..tokens).filter_map(|at| day(context, &view, at)).collect();
        // "Entre el 22 de abril y el 9 de junio de 2024"
        let year = days.iter().find_map(|d| d.date.year);
        for day in &mut days {
            day.date.year = day.date.year.or(year);
        }
        for (i, day) in days.iter().enumerate() {
            let before = i.checked_sub(1).map(|n| &days[n]).filter(|d| joined(context, &view, d, day));
            let behind = days.get(i + 1).filter(|d| joined(context, &view, day, d));
            let other = before.or(behind).map(|d| DateRange::one(d.date));
            out.push(claim(&view, day, other));
        }
    }
}

/// The day whose month stands at a token.
fn day(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Day> {
    if view.layer.tokens[at].kind != TokenKind::Word {
        return None;
    }
    let month = month(context.lexicon, &lower(view.word(at)))?;
    let skip_back = |mut i: usize| {
        while i > 0 && matches!(view.word(i - 1), "." | "de" | "º" | "er" | "d'" | "’" | "'") {
            i -= 1;
        }
        i
    };
    let end = skip_back(at);
    let start = end.checked_sub(1)?;
    let number = day_of(view, start)?;
    let mut next = at + 1;
    while matches!(view.word(next), "de" | "del" | "." | ",") {
        next += 1;
    }
    let year = view.word(next).parse::<i16>().ok().filter(|y| (1000..=2199).contains(y));
    let last = if year.is_some() { next + 1 } else { at + 1 };
    let mut first = start;
    let mut from = None;
    let mut i = skip_back(start);
    let floor = start.saturating_sub(GAP);
    let mut joins = false;
    while i > floor {
        let word = lower(view.word(i - 1));
        if context.lexicon.is_in("abroad.joins", &word) || matches!(view.word(i - 1), "–" | "—" | "-") {
            joins = true;
        } else if let Some(found) = day_of(view, i - 1).filter(|_| joins) {
            (from, first) = (Some(found).filter(|f| *f < number), if found < number { i - 1 } else { first });
            break;
        } else if view.word(i - 1) != "." {
            break;
        }
        i -= 1;
    }
    let date = Date { year, month: u8::try_from(month + 1).ok(), day: Some(number) };
    Some(Day { tokens: first..last, date, from })
}

fn day_of(view: &BlockView<'_>, at: usize) -> Option<u8> {
    let token = view.layer.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
    let text = token.text(view.text).trim_end_matches(|c: char| !c.is_ascii_digit());
    (text.len() <= 2).then(|| text.parse::<u8>().ok())?.filter(|d| (1..=31).contains(d))
}

/// Whether nothing but words that join two ends stands between two days.
fn joined(context: &Context<'_>, view: &BlockView<'_>, a: &Day, b: &Day) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    !gap.is_empty()
        && gap.len() <= GAP
        && a.date < b.date
        && gap.clone().all(|i| {
            context.lexicon.is_in("abroad.joins", &lower(view.word(i))) || matches!(view.word(i), "–" | "—" | "-")
        })
}

fn claim(view: &BlockView<'_>, day: &Day, other: Option<DateRange>) -> Claim {
    let from = Date { day: day.from.or(day.date.day), ..day.date };
    let date = DateRange { from, to: day.date };
    let form = if date.is_one() { DateForm::Point } else { DateForm::Range };
    let when = Dated { at: view.member(day.tokens.clone()), date, form, year_from: None };
    let occasion = Occasion {
        when,
        edge: Edge::Point,
        terms: Vec::new(),
        marks: Vec::new(),
        stages: Vec::new(),
        action: Default::default(),
        ahead: None,
        firm: true,
        row: false,
        under: None,
        title: Arc::from([]),
        tie: Tie::default(),
        beside: Box::default(),
        figures: Box::default(),
        doubts: Doubts::default(),
        faint: true,
        other,
        abroad: true,
    };
    view.claim(ClaimKind::Occasion, "occasion", day.tokens.clone(), Value::Occasion(Box::new(occasion)))
}
