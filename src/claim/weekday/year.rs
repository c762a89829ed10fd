//! The year of a date beside a weekday that is written without one.

use super::Pair;
use crate::claim::edition::OwnDate;
use crate::claim::{Context, Member};
use crate::value::{Date, DateRange};
use std::collections::BTreeMap;

/// Blocks to either side in which a weekday that fits its full date shows the year of a date without one.
const NEAR_BLOCKS: u32 = 5;

/// Largest distance in days at which such a date says that the year is the same.
const NEAR_DAYS: i32 = 31;

/// Days before and after the day of the document at which a date without a year is that near it.
const BEFORE: i32 = 15;
const AFTER: i32 = 75;

/// Weekdays beside dates without a year that fit one year, for one that does not to be of that year too.
const VOTES: usize = 4;

/// Years of documents that name none, of which the last that fits is taken: each calendar comes back after 5, 6 or 11
/// years.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2026;

/// Days that a stretch may be away for a day of the same month to belong to it.
const BESIDE: i32 = 1;

/// What the document says of the years of its dates.
pub(super) struct Years {
    /// The stretches of days with a year, with their places.
    whole: Vec<(DateRange, Member)>,
    /// The years of all dates, the most frequent first; of a document without any, those that it may be of.
    years: Vec<i16>,
    /// The year that all whole dates share.
    only: Option<(i16, Member)>,
    /// The dates of the document itself.
    own: Vec<OwnDate>,
}

impl Years {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut whole = Vec::new();
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for view in context.views() {
            for date in &view.layer.dates {
                for year in [date.date.from.year, date.date.to.year].into_iter().flatten() {
                    *counts.entry(year).or_default() += 1;
                }
                let stretch = date.date.from.day.is_some() && date.date.to.day.is_some() && !date.date.is_one();
                if stretch && date.date.from.year.is_some() {
                    whole.push((date.date, view.member(date.tokens.clone())));
                }
            }
        }
        let mut years: Vec<i16> = counts.keys().copied().collect();
        years.sort_by_key(|year| std::cmp::Reverse(counts[year]));
        // A plan for the year after says when it was made.
        let beside: Vec<i16> = years.iter().flat_map(|year| [year + 1, year - 1]).collect();
        years.extend(beside);
        if years.is_empty() {
            years.extend(YEARS.rev());
        }
        Self { whole, years, only: only_year(context), own: crate::claim::edition::own_dates(context) }
    }

    /// The year of the only stretch of days that a day belongs to: "16 November" of a visit of 14–16 November 2023. None
    /// when other years have such a stretch.
    fn around(&self, pair: &Pair) -> Option<(i16, Member)> {
        let beside = |(range, _): &&(DateRange, Member)| {
            range.from.year.is_some_and(|year| {
                let day = pair.date.in_year(year);
                let to = range.to.or_year(Some(year));
                day.month == range.from.month
                    && range.from.days_to(day).is_some_and(|d| d >= -BESIDE)
                    && to.days_to(day).is_some_and(|d| d <= BESIDE)
            })
        };
        let mut found = self.whole.iter().filter(beside);
        let (range, source) = found.next()?;
        let year = range.from.year?;
        found.all(|(other, _)| other.from.year == Some(year)).then(|| (year, source.clone()))
    }

    /// The year of a pair that is written without one, and the place that says it.
    pub(super) fn borrowed(&self, context: &Context<'_>, pairs: &[Pair], index: usize) -> Option<(i16, Member)> {
        let pair = &pairs[index];
        let others = || pairs[..index].iter().rev().take(8).chain(pairs[index + 1..].iter().take(8));
        let near = |other: &Pair, year: i16| {
            let days = pair.date.in_year(year).days_to(other.date.in_year(other.date.year.unwrap_or(year)));
            days.is_some_and(|d| d != 0 && d.abs() <= NEAR_DAYS)
        };
        let supported =
            |year: i16| others().any(|o| o.date.year.unwrap_or(year) == year && o.fits(year) && near(o, year));
        // The weekday is that of the year before or after: then it is more likely the year that is misjudged.
        let misjudged = |year: i16| !supported(year) && (pair.fits(year - 1) || pair.fits(year + 1));
        if let Some((year, source)) = sentence_year(context, pair) {
            return (!misjudged(year)).then_some((year, source));
        }
        let neighbour = others().find(|o| {
            o.block.0.abs_diff(pair.block.0) <= NEAR_BLOCKS && o.date.year.is_some_and(|y| o.fits(y) && near(o, y))
        });
        if let Some(other) = neighbour {
            return other.date.year.map(|year| (year, context.view(other.block).member(other.at())));
        }
        let yearless = || others().filter(|o| o.date.year.is_none() && o.date != pair.date);
        let votes = |year: i16| {
            let right = yearless().filter(|o| o.fits(year)).count();
            (right, yearless().count() - right)
        };
        let mut headings = Vec::new();
        for (id, _) in context.document.headings(pair.block) {
            let view = context.view(id);
            let mut dates = view.layer.dates.iter().filter(|d| d.date.from.or_year(d.date.to.year).year.is_some());
            if let (Some(only), None) = (dates.next(), dates.next()) {
                let date = only.date.from.or_year(only.date.to.year);
                headings.push(OwnDate { date, source: view.member(only.tokens.clone()) });
            }
        }
        let mut found: Option<(i16, Member)> = None;
        for own in headings.iter().chain(&self.own) {
            let Some(year) = year_near(pair.date, own.date) else { continue };
            // A year alone may be that of the season before.
            let (right, wrong) = votes(year);
            let sure = own.date.month.is_some() || right > wrong && (right > 1 || !misjudged(year));
            match &found {
                Some((other, _)) if *other != year => return None,
                None if sure => found = Some((year, own.source.clone())),
                _ => {}
            }
        }
        if found.is_some() {
            return found;
        }
        let calendar = |year: &i16| {
            let (right, wrong) = votes(*year);
            right >= VOTES && right >= VOTES * wrong
        };
        if let Some(year) = self.years.iter().copied().find(calendar) {
            let other = yearless().find(|o| o.fits(year))?;
            return Some((year, context.view(other.block).member(other.at())));
        }
        if let Some(around) = self.around(pair) {
            return Some(around);
        }
        let (year, source) = self.only.as_ref()?;
        let (right, wrong) = votes(*year);
        (right > wrong && !misjudged(*year)).then(|| (*year, source.clone()))
    }
}

/// The year that brings a day near a date of the document; that date's own when it has no month.
fn year_near(day: Date, own: Date) -> Option<i16> {
    let year = own.year?;
    if own.month.is_none() {
        return Some(year);
    }
    let days = own.days()?;
    let (first, last) = (days.first_date()?, Date { day: Some(1), ..own }.plus_days(days.last - days.first)?);
    let last = if own.day.is_some() { first } else { last };
    (year - 1..=year + 1).find(|y| {
        let that = day.in_year(*y);
        first.days_to(that).is_some_and(|d| d >= -BEFORE) && last.days_to(that).is_some_and(|d| d <= AFTER)
    })
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
