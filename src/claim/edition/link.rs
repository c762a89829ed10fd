//! A date that is the words of a link beside the date in its address: "[5 July 2021](minutes/2021-08-05.md)".

use super::own::path_date;
use super::value::values;
use super::{Edition, EditionPlace, EditionValue, claim};
use crate::claim::{BlockView, Claim, Context, Member};
use crate::document::Link;
use crate::lexicon::{NumberRole, lower};
use crate::value::{Date, DateRange};
use compact_str::CompactString;
use std::ops::Range;

/// Links of a document that are looked at.
const LINKS: usize = 4000;

pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (number, link) in context.document.links.iter().take(LINKS).enumerate() {
        let view = context.view(link.block);
        let tokens = &view.layer.tokens;
        let start = tokens.partition_point(|t| t.start < link.words.start);
        let end = tokens.partition_point(|t| t.end <= link.words.end);
        if start < end
            && let Some(pair) = pair(context, &view, start..end, link)
        {
            for (place, (value, at)) in [EditionPlace::Link, EditionPlace::Address].into_iter().zip(pair) {
                let tie = u32::try_from(number).ok();
                let edition = Edition { place, value, of: CompactString::default(), words: Vec::new(), at, tie };
                out.push(claim(context, link.block, edition));
            }
        }
    }
}

/// The date of the words and that of the address; nothing when the words say more, or are digits as the address is:
/// those are read with the other numbers of links.
fn pair(
    context: &Context<'_>,
    view: &BlockView<'_>,
    words: Range<usize>,
    link: &Link,
) -> Option<[(EditionValue, Member); 2]> {
    let found = values(context, view, words.clone());
    let [only] = found.as_slice() else { return None };
    let plain = |at: usize| {
        let word = lower(view.word(at));
        let known = ["minutes", "meeting", "agenda", "notes", "of", "from", "the", ",", "(", ")", ":"];
        known.contains(&word.as_str())
    };
    let EditionValue::Date(date) = only.value else { return None };
    let alone = words.clone().all(|i| only.tokens.contains(&i) || plain(i));
    let digits = !view.wording(only.tokens.clone()).contains(char::is_alphabetic);
    if digits {
        return None;
    }
    let path = link.target.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let (found, address) = match path_date(context, path) {
        Some((found, place)) => (found, Member { at: link.at, text: path[place].into() }),
        None if date.from.day.is_none() && date.from.year.is_none() => month_of_anchor(context, link)?,
        None => day_of_moment(link)?,
    };
    // Words that say more are those of one meeting when both give its day.
    if !alone && (found.day.is_none() || date.from.day.is_none()) && date.from.year.is_some() {
        return None;
    }
    let said = (only.value.clone(), view.member(only.tokens.clone()));
    Some([said, (EditionValue::Date(DateRange::one(found)), address)])
}

/// The only month in the name of a heading that a link leads to: `#agenda-for-the-october-meeting`.
fn month_of_anchor(context: &Context<'_>, link: &Link) -> Option<(Date, Member)> {
    let (_, anchor) = link.target.split_once('#')?;
    let mut months = anchor.split('-').filter_map(|word| {
        let number =
            context.lexicon.numbers.get(&lower(word)).filter(|n| n.role == NumberRole::Month && word.len() > 3)?;
        Some((u8::try_from(number.value).ok()?, word))
    });
    let (Some((month, word)), None) = (months.next(), months.next()) else { return None };
    Some((Date { year: None, month: Some(month), day: None }, Member { at: link.at, text: word.into() }))
}

/// The day of a moment that an address gives in the basic form of ISO 8601: `…?iso=20260228T10`.
fn day_of_moment(link: &Link) -> Option<(Date, Member)> {
    let (_, value) = link.target.split_once("iso=")?;
    let figures = value.get(..8).filter(|f| f.bytes().all(|b| b.is_ascii_digit()))?;
    let date =
        Date { year: figures[..4].parse().ok(), month: figures[4..6].parse().ok(), day: figures[6..].parse().ok() };
    date.days().is_some().then(|| (date, Member { at: link.at, text: figures.into() }))
}
