//! Weekdays beside dates: "Tuesday 14 March 2024", "Friday 5 to Sunday 7 May", "12 May 2024 (a Sunday)".

mod table;
mod year;

use super::{BlockView, Claim, ClaimKind, Context, Value};
use crate::annotate::{DateAt, TokenKind, phrase_at};
use crate::document::{BlockId, BlockKind, Style};
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use crate::value::Date;
use std::ops::Range;
use year::Years;

/// A weekday and the date it stands beside.
struct Pair {
    /// The block of the date.
    block: BlockId,
    /// The block of the weekday: in a table another one.
    named: BlockId,
    weekday: Range<usize>,
    day: Range<usize>,
    stated: u8,
    date: Date,
    /// The table in whose cells the two stand apart.
    table: Option<u32>,
}

impl Pair {
    /// The tokens of both when they stand in one block, else those of the date.
    fn at(&self) -> Range<usize> {
        if self.named != self.block {
            return self.day.clone();
        }
        self.weekday.start.min(self.day.start)..self.weekday.end.max(self.day.end)
    }

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
    table::read(context, &mut pairs);
    if pairs.is_empty() {
        return;
    }
    let years = Years::of(context);
    let mut read: Vec<(&Pair, Claim)> = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        let view = context.view(pair.block);
        let (year, source) = match pair.date.year {
            Some(year) => (year, None),
            None => {
                let Some((year, source)) = years.borrowed(context, &pairs, i) else { continue };
                (year, Some(source))
            }
        };
        let value = Value::Weekday {
            stated: pair.stated,
            weekday: context.view(pair.named).member(pair.weekday.clone()),
            date: pair.date.in_year(year),
            day: view.member(pair.day.clone()),
            source,
        };
        read.push((pair, view.claim(ClaimKind::Weekday, "weekday", pair.at(), value)));
    }
    out.extend(table::believed(read));
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
                out.push(Pair {
                    block: view.id,
                    named: view.id,
                    weekday: weekday..weekday + 1,
                    day,
                    stated,
                    date,
                    table: None,
                });
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
        weekday(self.view, self.context.lexicon, at)
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
        at -= self.clock(at);
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
        let unknown = || tokens[weekday - 1].word.is_none_or(|id| self.context.lexicon.words.pos(id) == Pos::default());
        // "19:00 PDT Thursday 10 October"
        let zone = weekday > 0
            && (1..=3.min(weekday)).any(|n| {
                self.context
                    .lexicon
                    .zones
                    .at(|i| if i < n { self.word(weekday - n + i) } else { "" })
                    .is_some_and(|z| z.0 == n)
            });
        let named = weekday > 0
            && !zone
            && self.word(weekday - 1).starts_with(char::is_uppercase)
            && self.weekday(weekday - 1).is_none()
            && (short || unknown());
        let article = weekday > 0 && short && self.word(weekday - 1).eq_ignore_ascii_case("the");
        (!named && !article).then_some(weekday)
    }

    /// How many tokens before a date are a time of the day: "Tuesday at 7 pm, 14 March", "Tuesday, 19:30, 14 March".
    fn clock(&self, before: usize) -> usize {
        let mut at = before;
        let mut clock = false;
        while at > 0 && before - at < 7 {
            let word = self.word(at - 1).to_ascii_lowercase();
            let hour = word.len() <= 5 && word.starts_with(|c: char| c.is_ascii_digit());
            let half = matches!(word.as_str(), "am" | "pm" | "a.m" | "p.m" | "noon" | "midnight" | "h");
            clock |= half || word.contains(':') && hour || word.ends_with("am") && hour || word.ends_with("pm") && hour;
            if !(hour || half || matches!(word.as_str(), "," | "." | "at" | "from" | "–" | "-" | "to" | "(" | ")")) {
                break;
            }
            at -= 1;
        }
        // Only between a weekday and the date; a full stop ends a sentence.
        let fits = clock && at > 0 && self.weekday(at - 1).is_some() && self.word(before - 1) != ")";
        if fits { before - at } else { 0 }
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
        let ends =
            |at: usize| matches!(self.word(at), "" | "," | "." | ";" | ":" | ")" | "]" | ">" | "–" | "—" | "·" | "|");
        let article = |at: usize| at + usize::from(self.word(at) == "a");
        let labelled = |at: usize| phrase_at(self.context.lexicon, "weekday.is", text, tokens, at).map(|n| at + n);
        let at = match self.word(next) {
            "(" | "," | ";" if labelled(next + 1).is_some() => labelled(next + 1)?,
            "(" | "," => article(next + 1),
            // "5 March 2024 – Wednesday – Room 3"
            "–" | "—" | "·" | "|" if self.word(next + 2) == self.word(next) || self.word(next + 2).is_empty() => {
                next + 1
            }
            // "[2024-03-05 Wed]"
            _ if matches!(self.word(next + 1), "]" | ">") => next,
            _ => labelled(next)?,
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

/// The weekday that a token names, 1 (Monday) to 7 (Sunday).
pub(super) fn weekday(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<u8> {
    let token = view.layer.tokens.get(at)?;
    let word = lexicon.words.get(token.word?);
    let text = token.text(view.text);
    // "Fridays" is no single day, and small letters are the start of another word: "sat", "sun".
    if !word.pos.any(Pos::WEEKDAY) || text.ends_with("days") || text.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    let number = lexicon.numbers.get(&lower(text))?;
    (number.role == NumberRole::Weekday).then(|| u8::try_from(number.value).ok()).flatten()
}
