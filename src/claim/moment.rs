//! The dates of a document with the year that each has in its context, for all extractors that reckon with dates.
//!
//! "On 3 May 2021 it opened. It closed on 9 June": the second date has the year of the first.

use super::calendar::Dated;
use super::{BlockView, Context};
use crate::annotate::{DateAt, DateForm};
use crate::document::{BlockId, BlockKind, Style};
use crate::value::{Date, DateRange};
use std::ops::Range;

/// Blocks back from which a year is carried on.
const CARRIED: u32 = 4;

/// Dates to either side that are asked for a year: a text without full stops must not be looked through for
/// each of its dates.
const NEIGHBOURS: usize = 24;

/// A date in its context.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Moment {
    /// Its block.
    pub block: BlockId,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it says, with the year of the context when it has none.
    pub date: DateRange,
    /// How it is written.
    pub form: DateForm,
    /// The place that its year was taken from.
    pub year_from: Option<(BlockId, Range<usize>)>,
}

impl Moment {
    /// Whether it is one day, month or year, and its order of day and month is known.
    #[must_use]
    pub(super) fn is_point(&self) -> bool {
        self.date.is_one() && matches!(self.form, DateForm::Point | DateForm::DayFirst | DateForm::MonthFirst)
    }

    /// Whether its year is written with it.
    #[must_use]
    pub(super) fn has_own_year(&self) -> bool {
        self.year_from.is_none()
    }

    /// The date with its places.
    #[must_use]
    pub(super) fn dated(&self, context: &Context<'_>) -> Dated {
        let year_from = self.year_from.as_ref().map(|(block, tokens)| context.view(*block).member(tokens.clone()));
        Dated { at: context.view(self.block).member(self.tokens.clone()), date: self.date, form: self.form, year_from }
    }
}

/// The dates of all blocks, aligned with the blocks of the document. Dates in code, in addresses and struck out
/// are left out.
#[must_use]
pub(super) fn moments(context: &Context<'_>) -> Vec<Vec<Moment>> {
    let mut out: Vec<Vec<Moment>> = vec![Vec::new(); context.document.blocks.len()];
    // The last year named in running text, and where.
    let mut carried: Option<(i16, BlockId, Range<usize>)> = None;
    for view in context.views() {
        if view.layer.dates.is_empty() || view.block.kind == BlockKind::Contents {
            continue;
        }
        let mut own: Vec<Moment> = Vec::with_capacity(view.layer.dates.len());
        for (i, date) in view.layer.dates.iter().enumerate() {
            if !is_meant(&view, date) {
                continue;
            }
            let mut moment = Moment {
                block: view.id,
                tokens: date.tokens.clone(),
                date: date.date,
                form: date.form,
                year_from: None,
            };
            if date.date.from.year.is_none() && date.date.to.year.is_none() {
                give_year(context, &view, i, &own, carried.as_ref(), &mut moment);
            }
            own.push(moment);
        }
        if view.is_prose()
            && let Some(last) = own.iter().rev().find(|m| m.has_own_year() && m.date.to.year.is_some())
            && let Some(year) = last.date.to.year
        {
            carried = Some((year, view.id, last.tokens.clone()));
        }
        out[view.id.index()] = own;
    }
    out
}

/// Whether the date is the author's: not part of code or an address, not struck out.
fn is_meant(view: &BlockView<'_>, date: &DateAt) -> bool {
    let bytes = view.layer.bytes(date.tokens.clone());
    let styled = |style| view.block.text.has_style(bytes.clone(), style);
    !styled(Style::Code) && !styled(Style::Struck) && !styled(Style::Address)
}

/// Takes the year of a date without one from the date that ends its range, from its sentence, from what came
/// before, from the heading.
fn give_year(
    context: &Context<'_>,
    view: &BlockView<'_>,
    index: usize,
    before: &[Moment],
    carried: Option<&(i16, BlockId, Range<usize>)>,
    moment: &mut Moment,
) {
    let sentence = view.layer.sentence_of(moment.tokens.start);
    // "from 30 December to 2 January 2021"
    let later =
        view.layer.dates[index + 1..].iter().take(NEIGHBOURS).take_while(|d| sentence.contains(&d.tokens.start));
    let mut later = later.filter(|d| d.date.from.month.is_some());
    if let Some(next) = later.clone().next()
        && let Some(year) = next.date.from.year
        && is_joined(view, &moment.tokens, &next.tokens)
    {
        let turn = (moment.date.from.month, moment.date.from.day) > (next.date.from.month, next.date.from.day);
        let year = if turn { year - 1 } else { year };
        set(moment, year, view.id, next.tokens.clone());
        return;
    }
    let near = before.iter().rev().take(NEIGHBOURS).find(|m| m.date.to.year.is_some());
    if let Some(near) = near
        && let Some(year) = near.date.to.year
    {
        let (block, tokens) = near.year_from.clone().unwrap_or((view.id, near.tokens.clone()));
        set(moment, year, block, tokens);
        return;
    }
    if let Some(next) = later.find(|d| d.date.from.year.is_some())
        && let Some(year) = next.date.from.year
    {
        set(moment, year, view.id, next.tokens.clone());
        return;
    }
    if let Some((year, block, tokens)) = carried
        && view.id.0 - block.0 <= CARRIED
        && context.document.block(*block).section == view.block.section
    {
        set(moment, *year, *block, tokens.clone());
        return;
    }
    for (id, _) in context.document.headings(view.id) {
        let heading = context.view(id);
        let mut years = heading.layer.dates.iter().filter(|d| d.date.is_one() && d.date.from.year.is_some());
        if let (Some(only), None) = (years.next(), years.next())
            && let Some(year) = only.date.from.year
        {
            set(moment, year, id, only.tokens.clone());
            return;
        }
    }
}

fn set(moment: &mut Moment, year: i16, block: BlockId, tokens: Range<usize>) {
    let of = |date: Date| Date { year: Some(year), ..date };
    moment.date = DateRange { from: of(moment.date.from), to: of(moment.date.to) };
    moment.year_from = Some((block, tokens));
}

/// Whether only a dash, "to", "until" or "and", and perhaps a weekday, stand between two dates.
#[must_use]
pub(super) fn is_joined(view: &BlockView<'_>, first: &Range<usize>, second: &Range<usize>) -> bool {
    let gap = first.end..second.start;
    if gap.is_empty() || gap.len() > 4 {
        return false;
    }
    gap.clone().any(|i| joins(view.word(i)))
        && gap.clone().all(|i| {
            let word = view.word(i);
            joins(word) || matches!(word, "," | "the" | "(" | ")") || word.ends_with("day")
        })
}

fn joins(word: &str) -> bool {
    matches!(word, "–" | "-" | "—" | "−" | "to" | "until" | "till" | "through" | "and" | "~")
}
