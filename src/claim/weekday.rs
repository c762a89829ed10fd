//! Weekdays beside dates: "Tuesday 14 March 2024", "Friday 5 to Sunday 7 May", "12 May 2024 (a Sunday)".

use super::{BlockView, Claim, ClaimKind, Context, Member, Value};
use crate::annotate::{DateAt, TokenKind, phrase_at};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::{NumberRole, Pos, lower};
use crate::value::Date;
use std::ops::Range;

/// Blocks to either side in which a weekday that fits its full date shows the year of a date without one.
const NEAR_BLOCKS: u32 = 5;

/// Largest distance in days at which such a date says that the year is the same.
const NEAR_DAYS: i32 = 31;

/// A weekday and the date it stands beside.
struct Pair {
    block: BlockId,
    weekday: Range<usize>,
    day: Range<usize>,
    stated: u8,
    date: Date,
}

impl Pair {
    fn fits(&self, year: i16) -> bool {
        self.date.in_year(year).weekday() == Some(self.stated)
    }
}

/// Reads the claims of kind Weekday.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut pairs = Vec::new();
    for view in context.views() {
        if !view.layer.dates.is_empty() && view.block.kind != BlockKind::Contents {
            read(context, &view, &mut pairs);
        }
    }
    if pairs.is_empty() {
        return;
    }
    let only = only_year(context);
    for (i, pair) in pairs.iter().enumerate() {
        let view = context.view(pair.block);
        let (year, source) = match pair.date.year {
            Some(year) => (year, None),
            None => {
                let Some((year, source)) = borrowed(context, &pairs, i, only.as_ref()) else { continue };
                (year, Some(source))
            }
        };
        let value = Value::Weekday {
            stated: pair.stated,
            weekday: view.member(pair.weekday.clone()),
            date: pair.date.in_year(year),
            day: view.member(pair.day.clone()),
            source,
        };
        let at = pair.weekday.start.min(pair.day.start)..pair.weekday.end.max(pair.day.end);
        out.push(view.claim(ClaimKind::Weekday, "weekday", at, value));
    }
}

/// All pairs of a block.
fn read(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Pair>) {
    let reader = Reader { context, view };
    let mut before = None;
    for date in &view.layer.dates {
        let (from, to) = (date.date.from, date.date.to);
        let styled = |style| view.block.text.has_style(view.layer.bytes(date.tokens.clone()), style);
        if from.month.is_none() || from.day.is_none() || styled(Style::Code) || styled(Style::Struck) {
            continue;
        }
        let mut add = |weekday: usize, day: Range<usize>, date: Date| {
            if let Some(stated) = reader.weekday(weekday) {
                out.push(Pair { block: view.id, weekday: weekday..weekday + 1, day, stated, date });
            }
        };
        if let Some(at) = reader.ahead(date) {
            let first = at.checked_sub(2).filter(|w| reader.joins(at - 1) && reader.weekday(*w).is_some());
            let opening = reader.opening(at);
            match (first, opening) {
                // "Friday 5 to Sunday 7 May": the first day has the month and year of the second.
                (None, Some((weekday, day))) if from == to => {
                    let number = reader.day(day).filter(|d| from.day.is_some_and(|second| *d < second));
                    if number.is_some() {
                        add(weekday, day..day + 1, Date { day: number, ..from });
                    }
                    add(at, date.tokens.clone(), from);
                }
                (None, _) if from == to => add(at, date.tokens.clone(), from),
                // "Tuesday 12/13 May": one of the two days is enough.
                (None, _) => {
                    let fits = from.year.is_some() && to.weekday() == reader.weekday(at);
                    add(at, date.tokens.clone(), if fits { to } else { from });
                }
                // "Saturday and Sunday, 11–12 May".
                (Some(first), _) if from != to => {
                    add(first, date.tokens.clone(), from);
                    add(at, date.tokens.clone(), to);
                }
                (Some(_), _) => {}
            }
            before = Some(at);
        } else if from == to
            && let Some(at) = reader.behind(date)
            && before != Some(at)
        {
            add(at, date.tokens.clone(), from);
        }
    }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    view: &'a BlockView<'a>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.view.word(at)
    }

    /// The weekday that a token names, 1 (Monday) to 7.
    fn weekday(&self, at: usize) -> Option<u8> {
        let token = self.view.layer.tokens.get(at)?;
        let word = self.context.lexicon.words.get(token.word?);
        let text = token.text(self.view.text);
        // "Fridays" is no single day, and small letters are the start of another word: "sat", "sun".
        if !word.pos.any(Pos::WEEKDAY) || text.ends_with("days") || text.starts_with(|c: char| c.is_lowercase()) {
            return None;
        }
        let number = self.context.lexicon.numbers.get(&lower(text))?;
        (number.role == NumberRole::Weekday).then(|| u8::try_from(number.value).ok()).flatten()
    }

    /// A day of the month in digits.
    fn day(&self, at: usize) -> Option<u8> {
        let token = self.view.layer.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let text = token.text(self.view.text);
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
    }

    fn joins(&self, at: usize) -> bool {
        matches!(self.word(at), "–" | "-" | "—" | "−" | "and" | "or" | "to" | "until" | "through" | "&" | "/")
    }

    /// The weekday before a date: "Tuesday, 14 March", "Tuesday evening, 14 March", "Tuesday (14 March 2024)".
    fn ahead(&self, date: &DateAt) -> Option<usize> {
        let mut at = date.tokens.start;
        if at > 0 && self.word(at - 1) == "(" {
            if self.word(date.tokens.end) != ")" {
                return None;
            }
            at -= 1;
        }
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        for _ in 0..2 {
            if at > 0 && self.word(at - 1) == "," {
                at -= 1;
            }
            let part = (1..=2.min(at))
                .find(|n| phrase_at(self.context.lexicon, "weekday.part", text, tokens, at - n) == Some(*n));
            at -= part.unwrap_or(0);
        }
        let dot = at > 0 && self.word(at - 1) == ".";
        let weekday = at.checked_sub(1 + usize::from(dot))?;
        self.weekday(weekday)?;
        let short = !self.word(weekday).to_ascii_lowercase().ends_with("day");
        // "on Friday. 12 May 2024 was": only what is cut short has a full stop of its own.
        if dot && !short || !self.view.layer.sentence_of(weekday).contains(&date.tokens.start) && !dot {
            return None;
        }
        // "The Sun, 14 March 2024" is a newspaper.
        let named = weekday > 0
            && self.word(weekday - 1).starts_with(char::is_uppercase)
            && self.weekday(weekday - 1).is_none()
            && short;
        let article = weekday > 0 && short && self.word(weekday - 1).eq_ignore_ascii_case("the");
        (!named && !article).then_some(weekday)
    }

    /// The weekday and day number that open a range which ends in the weekday at token `at`: "Friday 5 to".
    fn opening(&self, at: usize) -> Option<(usize, usize)> {
        let day = at.checked_sub(2).filter(|_| self.joins(at - 1))?;
        self.day(day)?;
        let mut weekday = day.checked_sub(1)?;
        if matches!(self.word(weekday), "," | "the") {
            weekday = weekday.checked_sub(1)?;
        }
        self.weekday(weekday).map(|_| (weekday, day))
    }

    /// The weekday after a date: "14 March 2024 (Thursday)", "14 March 2024, a Thursday,", "was a Thursday.".
    fn behind(&self, date: &DateAt) -> Option<usize> {
        let (text, tokens) = (self.view.text, &self.view.layer.tokens);
        let next = date.tokens.end;
        let ends = |at: usize| matches!(self.word(at), "" | "," | "." | ";" | ":" | ")");
        let article = |at: usize| at + usize::from(self.word(at) == "a");
        let at = match self.word(next) {
            "(" => article(next + 1),
            "," => article(next + 1),
            _ => next + phrase_at(self.context.lexicon, "weekday.is", text, tokens, next)?,
        };
        self.weekday(at)?;
        let closed = if self.word(next) == "(" { self.word(at + 1) == ")" } else { ends(at + 1) };
        // "on 14 March 2024, Monday, 18 March": the weekday of what follows.
        let follows = self.view.layer.dates.iter().any(|d| (at + 1..=at + 3).contains(&d.tokens.start));
        let other = self.weekday(at + 2).is_some();
        let sentence = self.view.layer.sentence_of(at);
        let unsaid = (sentence.start..date.tokens.start)
            .any(|t| phrase_at(self.context.lexicon, "weekday.unsaid", text, tokens, t).is_some());
        (closed && !follows && !other && !unsaid && sentence.contains(&date.tokens.start)).then_some(at)
    }
}

/// The year that all whole dates of a document share, when there are two or more, and the first that has it.
fn only_year(context: &Context<'_>) -> Option<(i16, Member)> {
    let mut only: Option<(i16, Member)> = None;
    let mut count = 0;
    for view in context.views() {
        for date in &view.layer.dates {
            let (Some(year), Some(_)) = (date.date.from.year, date.date.from.month) else { continue };
            match &only {
                Some((first, _)) if *first != year => return None,
                Some(_) => {}
                None => only = Some((year, view.member(date.tokens.clone()))),
            }
            count += 1;
        }
    }
    only.filter(|_| count > 1)
}

/// The year of a date that is written without one, and the place that says it.
fn borrowed(
    context: &Context<'_>,
    pairs: &[Pair],
    index: usize,
    only: Option<&(i16, Member)>,
) -> Option<(i16, Member)> {
    let pair = &pairs[index];
    let others = || pairs[..index].iter().rev().take(8).chain(pairs[index + 1..].iter().take(8));
    let near = |other: &Pair, year: i16| {
        let days = pair.date.in_year(year).days_to(other.date.in_year(other.date.year.unwrap_or(year)));
        days.is_some_and(|d| d != 0 && d.abs() <= NEAR_DAYS)
    };
    let supported = |year: i16| others().any(|o| o.date.year.unwrap_or(year) == year && o.fits(year) && near(o, year));
    // The weekday is that of the year before or after: then it is more likely the year that is misjudged.
    let misjudged = |year: i16| !supported(year) && (pair.fits(year - 1) || pair.fits(year + 1));
    if let Some((year, source)) = sentence_year(context, pair) {
        return (!misjudged(year)).then_some((year, source));
    }
    let neighbour = others().find(|o| {
        o.block.0.abs_diff(pair.block.0) <= NEAR_BLOCKS && o.date.year.is_some_and(|y| o.fits(y) && near(o, y))
    });
    if let Some(other) = neighbour {
        let view = context.view(other.block);
        let at = other.weekday.start.min(other.day.start)..other.weekday.end.max(other.day.end);
        return other.date.year.map(|year| (year, view.member(at)));
    }
    let (year, source) = only?;
    let yearless = || others().filter(|o| o.date.year.is_none() && o.date != pair.date);
    let right = yearless().filter(|o| o.fits(*year)).count();
    let wrong = yearless().filter(|o| !o.fits(*year)).count();
    (right > wrong && !misjudged(*year)).then(|| (*year, source.clone()))
}

/// The only year of the sentence, when it stands in a whole date.
fn sentence_year(context: &Context<'_>, pair: &Pair) -> Option<(i16, Member)> {
    let view = context.view(pair.block);
    let sentence = view.layer.sentence_of(pair.day.start);
    let inside = || view.layer.dates.iter().filter(|d| sentence.contains(&d.tokens.start));
    let whole = inside().find(|d| d.date.from.year.is_some() && d.date.from.day.is_some())?;
    let year = whole.date.from.year?;
    let alike = inside().all(|d| [d.date.from.year, d.date.to.year].iter().flatten().all(|y| *y == year));
    alike.then(|| (year, view.member(whole.tokens.clone())))
}
