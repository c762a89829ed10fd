//! A date that is the words of a link beside the date in its address: "[5 July 2021](minutes/2021-08-05.md)".

use super::own::path_date;
use super::value::values;
use super::{Edition, EditionPlace, EditionValue, claim};
use crate::claim::{BlockView, Claim, Context, Member};
use crate::document::Link;
use crate::lexicon::lower;
use crate::value::DateRange;
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
    let alone = words.clone().all(|i| only.tokens.contains(&i) || plain(i));
    let digits = !view.wording(only.tokens.clone()).contains(char::is_alphabetic);
    if !alone || digits || !matches!(only.value, EditionValue::Date(_)) {
        return None;
    }
    let path = link.target.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let (date, place) = path_date(context, path)?;
    let address = Member { at: link.at, text: path[place].into() };
    let said = (only.value.clone(), view.member(only.tokens.clone()));
    Some([said, (EditionValue::Date(DateRange::one(date)), address)])
}
