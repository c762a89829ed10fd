//! Times that must be in order: a source appeared before it was looked at, a row of a table begins before it
//! ends, the entries of a log follow one another.

mod access;
mod columns;
mod field;
mod log;
mod numbered;
mod table;
mod told;

use super::calendar::{Sequence, SequenceSort, Step};
use super::moment::Moment;
use super::{Claim, ClaimKind, Context, Value};
use crate::value::Days;

/// Reads the claims of kind Sequence.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    access::sources(context, all, out);
    log::headings(context, all, out);
    log::lists(context, all, out);
    table::tables(context, all, out);
    numbered::tables(context, all, out);
    numbered::lists(context, all, out);
    field::labels(context, all, out);
    field::told(context, all, out);
    told::passages(context, all, out);
    for view in context.views() {
        field::times(context, &view, out);
    }
}

/// The step of a date that is known to its last part.
fn step(context: &Context<'_>, moment: &Moment) -> Option<Step> {
    let at = context.view(moment.block).member(moment.tokens.clone());
    Some(Step { at, days: moment.date.days()?, version: Vec::new() })
}

/// The claim of a sequence, at its last step.
fn claim(context: &Context<'_>, last: &Moment, sort: SequenceSort, steps: Vec<Step>) -> Claim {
    let value = Value::Sequence(Box::new(Sequence { sort, steps }));
    context.view(last.block).claim(ClaimKind::Sequence, "sequence", last.tokens.clone(), value)
}

/// A moment of one whole day, its year written with it.
fn is_day(moment: &Moment) -> bool {
    moment.is_point() && moment.date.from.is_whole() && moment.has_own_year()
}

/// The seconds of a time of the day, `09:46` or `09:46:59`.
pub(super) fn clock(word: &str) -> Option<Days> {
    let parts: Vec<&str> = word.split(':').collect();
    let two = |p: &&str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(two) {
        return None;
    }
    let mut numbers = parts.iter().map(|p| p.parse::<i32>());
    let (hours, minutes) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let seconds = numbers.next().transpose().ok()?;
    if hours > 24 || minutes > 59 || seconds.is_some_and(|s| s > 59) {
        return None;
    }
    let first = hours * 3600 + minutes * 60 + seconds.unwrap_or(0);
    Some(Days { first, last: if seconds.is_some() { first } else { first + 59 } })
}
