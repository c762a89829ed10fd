//! Events without a sentence: "Registration closes: 8 September 2024", "Harvest walk, 21 September 2024", rows of
//! tables with dates, keys of the front matter.

use super::{action, claim, field, is_dateable, thing};
use crate::annotate::phrase_at;
use crate::claim::calendar::Thing;
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, Context, Status, lemma};
use crate::document::{BlockId, BlockKind, Style, Table};
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// Rows and columns of a table that are looked at.
const ROWS: usize = 400;
const COLUMNS: usize = 8;

/// Tokens of a label, and of a list item that is a label and a date, at most.
const LABEL: usize = 8;
const ITEM: usize = 16;

/// Blocks at the head of a document in which "Date:" is that of what the title names.
const HEAD: u32 = 12;

/// Keys of the front matter for the day of what the title names.
const DAYS: [&str; 5] = ["event_date", "eventdate", "event-date", "start", "start_date"];

/// "Registration closes: 8 September 2024", "**When:** 8 September 2024".
pub(super) fn labels(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment], out: &mut Vec<Claim>) {
    for moment in moments.iter().filter(|m| is_dateable(m) && m.date.from.month.is_some()) {
        let mut colon = moment.tokens.start;
        while colon > 0 && (is_weekday(context, view, colon - 1) || view.word(colon - 1) == ",") {
            colon -= 1;
        }
        let Some(colon) = colon.checked_sub(1).filter(|&c| view.word(c) == ":") else { continue };
        let start = start_of_label(view, colon);
        let Some(made) = labelled(context, view, start..colon, moment) else { continue };
        out.push(made);
    }
}

/// Where the words before a colon begin: behind a sign, with the bold words that end there, or with the block.
pub(super) fn start_of_label(view: &BlockView<'_>, colon: usize) -> usize {
    let strong = |at: usize| view.block.text.has_style(view.layer.bytes(at..at + 1), Style::Strong);
    let bold = colon > 0 && strong(colon - 1);
    let mut start = colon;
    while start > 0 && colon - start <= LABEL {
        let word = view.word(start - 1);
        if matches!(word, "." | ";" | "|" | "·" | "•" | ":" | ")" | "]") || bold && !strong(start - 1) {
            break;
        }
        start -= 1;
    }
    start
}

/// The event of a label; "Date:" near the beginning is that of what the title names.
fn labelled(context: &Context<'_>, view: &BlockView<'_>, label: Range<usize>, moment: &Moment) -> Option<Claim> {
    if label.is_empty() || label.len() > LABEL {
        return None;
    }
    let words: Vec<String> = label.clone().map(|i| lower(view.word(i)).into()).collect();
    let plain = matches!(words.join(" ").as_str(), "date" | "dates" | "date and time" | "when" | "day" | "event date");
    if plain {
        let title = title_thing(context).filter(|_| view.id.0 < HEAD)?;
        return Some(row(context, view, moment, title));
    }
    of_words(context, view, label).map(|thing| row(context, view, moment, thing))
}

/// The thing that the title names.
fn title_thing(context: &Context<'_>) -> Option<Thing> {
    let headings = context.document.iter().filter(|(_, b)| matches!(b.kind, BlockKind::Heading(_)));
    let heading = headings.map(|(id, _)| id).next();
    let field = context.document.fields.iter().find(|f| f.key == "title").map(|f| f.block);
    let view = context.view(heading.or(field)?);
    // A title with a date is that of one meeting of many.
    let thing = view.layer.dates.is_empty().then(|| of_words(context, &view, 0..view.layer.tokens.len())).flatten()?;
    Some(Thing { pronoun: true, ..thing })
}

/// The thing of a few words without a verb; words for what happens stand as their class.
fn of_words(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> Option<Thing> {
    let pos = |at: usize| view.layer.tokens[at].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
    // "The board was told: 3 May 2021", "Updated by Ann: 3 May 2021"
    if tokens.clone().any(|i| pos(i).any(Pos::AUXILIARY) || matches!(lower(view.word(i)).as_str(), "by" | "updated")) {
        return None;
    }
    let mut thing = thing::thing(context, view, tokens.clone())?;
    let mut at = tokens.start;
    while at < tokens.end {
        match action(context, view, at).filter(|a| a.tokens.end <= tokens.end) {
            Some(found) => {
                for i in found.tokens.clone() {
                    let base = lemma(view, context.lexicon, i);
                    thing.words.retain(|w| *w != base);
                    if thing.head == base {
                        thing.head = found.class.clone();
                    }
                }
                if thing.head != found.class && !thing.words.contains(&found.class) {
                    thing.words.push(found.class.clone());
                }
                at = found.tokens.end;
            }
            None => at += 1,
        }
    }
    thing.definite = true;
    Some(thing)
}

fn row(context: &Context<'_>, view: &BlockView<'_>, moment: &Moment, thing: Thing) -> Claim {
    let mut made = claim(context, view, moment, "row".into(), false, thing);
    made.status = Status::Actual;
    made
}

fn is_weekday(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> bool {
    view.layer.tokens[at].word.is_some_and(|id| context.lexicon.words.pos(id).any(Pos::WEEKDAY))
}

/// "Harvest walk, 21 September 2024", "21 September 2024 – Harvest walk": an item of a list that is a date and the
/// words for what happens.
pub(super) fn item(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment]) -> Option<Claim> {
    let [moment] = moments else { return None };
    let end = view.layer.tokens.len();
    if !is_dateable(moment) || moment.date.from.day.is_none() || end > ITEM {
        return None;
    }
    let sign = |at: usize| matches!(view.word(at), "," | ":" | "–" | "—" | "-" | "(" | "|");
    let mut start = moment.tokens.start;
    while start > 0 && is_weekday(context, view, start - 1) {
        start -= 1;
    }
    let label = if start == 0 && sign(moment.tokens.end) {
        moment.tokens.end + 1..end
    } else if start > 1 && sign(start - 1) && view.word(start - 1) != ":" && end <= moment.tokens.end + 1 {
        0..start - 1
    } else {
        return None;
    };
    let thing = of_words(context, view, label)?;
    Some(row(context, view, moment, thing))
}

/// Keys of the front matter: the day of what the title names.
pub(super) fn fields(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for found in context.document.fields.iter().filter(|f| DAYS.contains(&f.key.as_str())) {
        let view = context.view(found.block);
        if let ([moment], Some(title)) = (all[found.block.index()].as_slice(), title_thing(context))
            && is_dateable(moment)
        {
            out.push(row(context, &view, moment, title));
        }
    }
}

/// Rows that give dates and say in their first cell, and the column in its head, what happens:
/// "| 9 November 2023 | Third-quarter results |", "| 4.2 | 5 March 2023 |" below "Version | Released".
pub(super) fn tables(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        for line in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
            let cells: Vec<(usize, BlockId)> =
                line.iter().enumerate().take(COLUMNS).filter_map(|(i, id)| id.map(|id| (i, id))).collect();
            let dated: Vec<(usize, &Moment)> = cells
                .iter()
                .filter_map(|&(column, id)| match all[id.index()].as_slice() {
                    [only] if is_dateable(only) && is_whole(context, only, id) => Some((column, only)),
                    _ => None,
                })
                .collect();
            if dated.is_empty() || dated.len() > 4 {
                continue;
            }
            let label = cells.iter().find(|(column, id)| {
                !dated.iter().any(|(c, _)| c == column) && !context.view(*id).layer.tokens.is_empty()
            });
            let Some(&(_, label)) = label else { continue };
            let view = context.view(label);
            if view.layer.tokens.len() > ITEM {
                continue;
            }
            for &(column, moment) in &dated {
                out.extend(cell(context, table, &view, column, moment, dated.len() > 1));
            }
        }
    }
}

fn is_whole(context: &Context<'_>, moment: &Moment, id: BlockId) -> bool {
    let view = context.view(id);
    let mut start = moment.tokens.start;
    while start > 0 && (is_weekday(context, &view, start - 1) || view.word(start - 1) == ",") {
        start -= 1;
    }
    start == 0 && moment.tokens.end == view.layer.tokens.len()
}

/// The event of one cell with a date.
fn cell(
    context: &Context<'_>,
    table: &Table,
    label: &BlockView<'_>,
    column: usize,
    moment: &Moment,
    several: bool,
) -> Option<Claim> {
    let head = (table.head_rows as usize).checked_sub(1).and_then(|row| *table.rows.get(row)?.get(column)?);
    let head = head.map(|id| context.view(id));
    let view = context.view(moment.block);
    if let Some((version, end)) = field::version_at(label, 0)
        && end == label.layer.tokens.len()
    {
        let released = head.as_ref().is_some_and(|h| {
            (0..h.layer.tokens.len())
                .any(|at| phrase_at(context.lexicon, "event.once.release", h.text, &h.layer.tokens, at).is_some())
                || matches!(lower(h.text).as_str(), "date" | "release date")
        });
        let made = || claim(context, &view, moment, "release".into(), true, field::of_version(version));
        return (released && moment.date.from.is_whole()).then(made);
    }
    let mut thing = of_words(context, label, 0..label.layer.tokens.len())?;
    // With several dates in a row, the head of the column says which is which.
    if let Some(head) = head {
        let plain = matches!(lower(head.text).as_str(), "date" | "dates" | "when" | "day" | "due" | "time");
        match of_words(context, &head, 0..head.layer.tokens.len()) {
            Some(more) if !plain => {
                for word in more.words.into_iter().chain([more.head]) {
                    if word != thing.head && !thing.words.contains(&word) && !word.is_empty() && word != "date" {
                        thing.words.push(word);
                    }
                }
            }
            _ if several => return None,
            _ => {}
        }
    } else if several {
        return None;
    }
    Some(row(context, &view, moment, thing))
}
