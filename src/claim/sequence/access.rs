//! A source that was looked at on one day and appeared on another: "… (3 May 2021), accessed 5 June 2021".

use super::{claim, step};
use crate::annotate::phrase_before;
use crate::claim::calendar::{SequenceSort, Step};
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, Context, Member};
use crate::document::Style;
use crate::value::Date;

/// Tokens between "accessed" and its date at most: "accessed on Monday,".
const LEAD: usize = 4;

/// Bytes before the day of an access in which the address of the source is looked for.
const ADDRESS: usize = 400;

/// Tokens between the date of a source and the day of its access at most.
const REACH: usize = 60;

pub(super) fn sources(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for view in context.views() {
        let moments = &all[view.id.index()];
        for (i, moment) in moments.iter().enumerate() {
            if !moment.is_point() || !moment.has_own_year() || !is_access(context, &view, moment) {
                continue;
            }
            let Some(accessed) = step(context, moment) else { continue };
            if let Some(address) = in_address(&view, moment) {
                out.push(claim(context, moment, SequenceSort::Access, vec![address, accessed.clone()]));
            }
            let appeared = moments[..i].iter().rev().take(8).find(|m| {
                moment.tokens.start - m.tokens.end <= REACH && !is_access(context, &view, m) && is_own(&view, m)
            });
            if let Some(appeared) = appeared
                && !(appeared.tokens.end..moment.tokens.start).any(|t| view.word(t) == ";")
                && let Some(first) = step(context, appeared)
            {
                out.push(claim(context, moment, SequenceSort::Access, vec![first, accessed]));
            }
        }
    }
}

/// Whether a word for looking at a source leads to the date.
fn is_access(context: &Context<'_>, view: &BlockView<'_>, moment: &Moment) -> bool {
    let start = moment.tokens.start;
    (start.saturating_sub(LEAD)..=start).rev().any(|at| {
        phrase_before(context.lexicon, "sequence.access", view.text, &view.layer.tokens, at).is_some()
            && (at..start).all(|t| matches!(view.word(t), "on" | ":" | "," | "the") || view.word(t).ends_with("day"))
    })
}

/// Whether the date is that of the source, not part of its title: with a month, or a year in brackets.
fn is_own(view: &BlockView<'_>, moment: &Moment) -> bool {
    if !moment.is_point() || !moment.has_own_year() {
        return false;
    }
    let bytes = view.layer.bytes(moment.tokens.clone());
    if view.block.text.has_style(bytes.clone(), Style::Emphasis) || view.block.text.has_style(bytes, Style::Link) {
        return false;
    }
    let quotes = (moment.tokens.start.saturating_sub(30)..moment.tokens.start)
        .rev()
        .find_map(|t| match view.word(t) {
            "“" | "‘" | "«" => Some(true),
            "”" | "’" | "»" | "\"" => Some(false),
            _ => None,
        })
        .unwrap_or(false);
    // "(2019)", "(London, 2019)"
    let opens =
        (moment.tokens.start.saturating_sub(5)..moment.tokens.start).rev().find(|&t| matches!(view.word(t), "(" | ")"));
    let bracket = view.word(moment.tokens.end) == ")" && opens.is_some_and(|t| view.word(t) == "(");
    !quotes && (moment.date.from.month.is_some() || bracket)
}

/// The day in the address of the source, `…/2019/06/04/…`, before the day of its access.
fn in_address(view: &BlockView<'_>, moment: &Moment) -> Option<Step> {
    let end = view.layer.bytes(moment.tokens.clone()).start;
    let text = &view.text[..end];
    let window = (end.saturating_sub(ADDRESS)..end).find(|&i| text.is_char_boundary(i)).unwrap_or(end);
    let mut found = None;
    for at in text[window..].match_indices('/').map(|(i, _)| window + i) {
        let Some(part) = text.get(at + 1..at + 11).filter(|p| p.is_ascii()) else { continue };
        let sign = part.as_bytes()[4] as char;
        let closes = text.as_bytes().get(at + 11).is_none_or(|b| !b.is_ascii_digit());
        if !matches!(sign, '/' | '-') || part.as_bytes()[7] as char != sign || !closes {
            continue;
        }
        let start = text[..at].rfind(char::is_whitespace).map_or(0, |i| i + 1);
        let numbers: Vec<i16> = part.split(sign).filter_map(|p| p.parse().ok()).collect();
        let &[year, month, day] = numbers.as_slice() else { continue };
        if !text[start..at].contains("://") && !text[start..at].contains("www.") || !(1990..=2100).contains(&year) {
            continue;
        }
        let date = Date { year: Some(year), month: u8::try_from(month).ok(), day: u8::try_from(day).ok() };
        let Some(days) = date.days() else { continue };
        let member = Member { at: view.block.text.span(at + 1..at + 11), text: part.into() };
        found = Some(Step { at: member, days, version: Vec::new() });
    }
    found
}
