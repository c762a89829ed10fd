//! Schedules in the notation of cron with what is said beside them: `30 2 * * 6`, "at 02:30 every Saturday".
//!
//! Source of the notation: crontab(5) and IEEE Std 1003.1, crontab: minute, hour, day of the month, month, day of the
//! week, 0 (and 7) being Sunday. Notations with other fields are left out.

mod said;

use super::code::{lines, parted};
use super::{Beside, Setting, SettingSort, SettingValue, code_spans, setting};
use crate::claim::context::{BlockView, claim_in_code};
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::Lexicon;
use crate::span::Span;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use said::Said;
use std::ops::Range;
use std::sync::LazyLock;

/// Most lines of one block of code that are read.
const LINES: usize = 400;

/// Longest text beside a schedule that is read, in bytes.
const LONGEST: usize = 300;

/// Five fields with blanks between.
static FIELDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s`'\x22(=])(?P<all>(?P<minute>\*(?:/\d{1,2})?|\d{1,2})[ \t]+(?P<hour>[\d*,/-]+)[ \t]+(?P<day>[\d*,/-]+)[ \t]+(?P<month>[\d*,/-]+|[A-Za-z]{3})[ \t]+(?P<weekday>[\d*,-]+|[A-Za-z]{3}(?:[,-][A-Za-z]{3})*))(?:$|[\s`'\x22)#])")
        .expect("the pattern is fixed and compiles")
});

/// A schedule with its place in a text.
struct Schedule {
    at: Range<usize>,
    /// The minute and the hour, when each is one number.
    time: Option<(u32, u32)>,
    /// Every so many minutes, when nothing else is given.
    every: Option<u32>,
    /// The days of the week, 1 (Monday) to 7, when they alone say on which days.
    weekdays: Option<Vec<u8>>,
}

/// Reads the schedules of a document with what is said beside each.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    for view in context.views() {
        match view.block.kind {
            BlockKind::Cell { table, row, col } => in_row(context, &view, (table, row, col), out),
            _ if view.is_prose() => in_sentence(context, &view, out),
            _ => {}
        }
    }
    for (id, _) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        in_code(context, id, out);
    }
    // Where all days differ, they are counted in another way.
    let days = |claim: &Claim| claim.predicate == "weekday";
    let apart = out[before..].iter().filter(|c| days(c) && !agrees(c)).count();
    if apart > 1 && !out[before..].iter().any(|c| days(c) && agrees(c)) {
        out.truncate(before);
    }
}

fn agrees(claim: &Claim) -> bool {
    let Value::Setting(setting) = &claim.value else { return true };
    setting.beside.as_ref().is_none_or(|beside| beside.readings.contains(&setting.value))
}

/// A cell with a schedule, and the other cells of its row.
fn in_row(context: &Context<'_>, view: &BlockView<'_>, cell: (u32, u32, u32), out: &mut Vec<Claim>) {
    let Some(found) = alone(view.text) else { return };
    let cells = context.document.tables.get(cell.0 as usize).and_then(|t| t.rows.get(cell.1 as usize));
    let others = cells.into_iter().flatten().enumerate().filter(|(n, _)| *n != cell.2 as usize);
    let mut others = others.filter_map(|(_, id)| *id).filter(|id| !context.view(*id).text.trim().is_empty());
    // Of several texts nobody knows which one tells what the schedule says.
    if let (Some(id), None) = (others.next(), others.next()) {
        let told = context.view(id);
        compare(context.lexicon, &found, (view.id, view.text), (id, 0..told.text.len()), context, out);
    }
}

/// A sentence with one schedule in code.
fn in_sentence(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let spans: Vec<Range<usize>> = code_spans(view);
    for span in &spans {
        let bytes = view.layer.bytes(span.clone());
        let Some(mut found) = alone(&view.text[bytes.clone()]) else { continue };
        let sentence = view.layer.bytes(view.layer.sentence_of(span.start));
        let other = |s: &Range<usize>| {
            let place = view.layer.bytes(s.clone());
            place != bytes && sentence.contains(&place.start) && alone(&view.text[place]).is_some()
        };
        if !spans.iter().any(other) {
            found.at = found.at.start + bytes.start..found.at.end + bytes.start;
            compare(context.lexicon, &found, (view.id, view.text), (view.id, sentence), context, out);
        }
    }
}

/// The lines of a block with a schedule, each with the comment on it or above it.
fn in_code(context: &Context<'_>, id: BlockId, out: &mut Vec<Claim>) {
    let text = &context.document.block(id).text.string;
    if !text.contains('*') {
        return;
    }
    let mut above: Option<Range<usize>> = None;
    for line in lines(text).take(LINES) {
        let (code, comment) = parted(text, line);
        let shown = &text[code.clone()];
        if shown.trim().is_empty() {
            above = comment;
            continue;
        }
        let (told, found) = (comment.or(above.take()), only(shown));
        if let (Some(told), Some(mut found)) = (told, found) {
            found.at = found.at.start + code.start..found.at.end + code.start;
            compare(context.lexicon, &found, (id, text), (id, told), context, out);
        }
    }
}

/// The schedule that a text is.
fn alone(text: &str) -> Option<Schedule> {
    let trimmed = text.trim().trim_matches('`');
    only(text).filter(|s| s.at.len() == trimmed.len())
}

/// The only schedule of a text.
fn only(text: &str) -> Option<Schedule> {
    let mut found = FIELDS.captures_iter(text);
    let (Some(one), None) = (found.next(), found.next()) else { return None };
    let field = |name: &str| one.name(name).map_or("", |m| m.as_str());
    let number = |name: &str, most: u32| field(name).parse::<u32>().ok().filter(|n| *n <= most);
    let free = |name: &str| field(name) == "*";
    // Six fields and more are another notation.
    let all = one.name("all")?;
    if text[all.end()..].trim_start().starts_with(['*', '?']) {
        return None;
    }
    let time = number("minute", 59).zip(number("hour", 23));
    let every = field("minute").strip_prefix("*/").and_then(|n| n.parse().ok());
    let every = every.filter(|n| *n > 0 && ["hour", "day", "month", "weekday"].iter().all(|f| free(f)));
    // Of a day of the month and one of the week either is enough.
    let weekdays = if free("day") && !free("weekday") { days(field("weekday")) } else { None };
    (field("minute").starts_with('*') || number("minute", 59).is_some()).then(|| Schedule {
        at: all.range(),
        time,
        every,
        weekdays,
    })
}

/// The days that a field of numbers or names gives, 1 (Monday) to 7, in order.
fn days(field: &str) -> Option<Vec<u8>> {
    let number = |text: &str| -> Option<u8> {
        match text.parse::<u8>() {
            Ok(0) => Some(7),
            Ok(n) => Some(n).filter(|n| *n <= 7),
            Err(_) => said::weekday(Lexicon::english(), text),
        }
    };
    let mut out = Vec::new();
    for part in field.split(',') {
        match part.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (if from == "0" { 0 } else { number(from)? }, number(to)?);
                (from <= to).then_some(())?;
                out.extend((from..=to).map(|d| if d == 0 { 7 } else { d }));
            }
            None => out.push(number(part)?),
        }
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}

/// Appends a claim for everything that a schedule and a text both say.
fn compare(
    lexicon: &Lexicon,
    schedule: &Schedule,
    (block, text): (BlockId, &str),
    (told, range): (BlockId, Range<usize>),
    context: &Context<'_>,
    out: &mut Vec<Claim>,
) {
    let other = context.document.block(told);
    let words = &other.text.string[range.clone()];
    if words.len() > LONGEST {
        return;
    }
    let said = Said::read(lexicon, words);
    let mut push = |predicate: &str, own: CompactString, found: &(CompactString, Range<usize>)| {
        let place = range.start + found.1.start..range.start + found.1.end;
        let at: Span = other.text.span(place.clone());
        let beside = Beside {
            member: Member { at, text: other.text.string[place].into() },
            readings: vec![SettingValue::Word(found.0.clone())],
            meaning: CompactString::default(),
        };
        let value = SettingValue::Word(own);
        let found =
            Setting { beside: Some(Box::new(beside)), ..setting(SettingSort::Beside, "schedule".into(), "", value) };
        let this = (block, context.document.block(block));
        let value = Value::Setting(Box::new(found));
        let whole = 0..text.len();
        let mut claim = claim_in_code(this, schedule.at.clone(), whole, ClaimKind::Setting, "a schedule", value);
        claim.predicate = predicate.into();
        out.push(claim);
    };
    if let (Some((minute, hour)), Some(found)) = (schedule.time, &said.time) {
        push("time", format_compact!("{hour:02}:{minute:02}"), found);
    }
    if let (Some(every), Some(found)) = (schedule.every, &said.every) {
        push("interval", format_compact!("{every}"), found);
    }
    if let (Some(days), Some(found)) = (&schedule.weekdays, &said.weekdays) {
        push("weekday", said::list(days), found);
    }
}

#[cfg(test)]
mod tests {
    use super::{alone, days, only};

    #[test]
    fn reads_schedules() {
        let found = only("30 2 * * 6 /usr/bin/backup").expect("a schedule");
        assert_eq!((found.time, found.weekdays), (Some((30, 2)), Some(vec![6])));
        assert_eq!(only("schedule = \"*/20 * * * *\"").and_then(|s| s.every), Some(20));
        assert_eq!(days("1-5"), Some(vec![1, 2, 3, 4, 5]));
        assert_eq!(days("0,sat"), Some(vec![6, 7]));
        assert!(alone("0 3 * * *").is_some() && alone("at 0 3 * * *").is_none());
    }

    #[test]
    fn ignores_other_rows_of_numbers() {
        for text in ["0 0 12 * * ?", "1 2 3 4", "75 2 * * 1", "a * b * c"] {
            assert!(only(text).is_none(), "{text}");
        }
    }
}
