//! Members that carry a letter and a number, "R1 Train the staff", "F-2: …", against the number of them that the text
//! announces: "five recommendations, which are set out in section 6".

use super::announcement::{Announcement, announcements};
use super::block::opening;
use super::numbered::is_whole;
use super::push;
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{lower, singular};
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest members of a series.
const FEWEST: usize = 3;

/// Furthest that a number may be off; more counts other things.
const FURTHEST: usize = 2;

/// Most blocks between the announcement and the first member, when no heading parts them.
const REACH: u32 = 12;

/// Where the members of a series stand, the likeliest place first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Heading,
    Paragraph,
    Cell,
}

/// Blocks that begin with the same letters and are numbered through from 1.
struct Series {
    /// The letters, small.
    letters: String,
    members: Vec<BlockId>,
}

/// Reads announced numbers of members with a letter and a number.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let series = all(context);
    if series.is_empty() {
        return;
    }
    for view in context.views().filter(|v| v.is_prose() && !v.layer.quantities.is_empty()) {
        for sentence in &view.layer.sentences {
            for found in announcements(&view, context.lexicon, sentence.clone()) {
                let mut fitting = series.iter().filter(|s| is_of(context, &view, s, &found));
                let (Some(series), None) = (fitting.next(), fitting.next()) else { continue };
                let off = series.members.len().abs_diff(found.count as usize);
                if off <= FURTHEST && is_announced(context, &view, &found, sentence) {
                    let items = series.members.iter().map(|&id| opening(&context.view(id))).collect();
                    push(&view, out, &found, items);
                }
            }
        }
    }
}

/// All series of the document, one for each letter.
fn all(context: &Context<'_>) -> Vec<Series> {
    let mut found: BTreeMap<(String, Rank), Vec<(BlockId, usize)>> = BTreeMap::new();
    for view in context.views() {
        let rank = match view.block.kind {
            BlockKind::Heading(_) => Rank::Heading,
            BlockKind::Paragraph | BlockKind::Item { .. } => Rank::Paragraph,
            BlockKind::Cell { col: 0, .. } => Rank::Cell,
            _ => continue,
        };
        if let Some((letters, number)) = code(view.text) {
            found.entry((letters.to_lowercase(), rank)).or_default().push((view.id, number));
        }
    }
    let mut out: Vec<Series> = Vec::new();
    for ((letters, _), members) in found {
        let through = members.iter().enumerate().all(|(i, (_, number))| *number == i + 1);
        if through && members.len() >= FEWEST && out.iter().all(|s| s.letters != letters) {
            out.push(Series { letters, members: members.into_iter().map(|(id, _)| id).collect() });
        }
    }
    out
}

/// The letters and the number that a text begins with: "R1 Train", "F-2:", "Rec. 3".
fn code(text: &str) -> Option<(&str, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let rest = text[letters..].trim_start_matches(['-', '.', '\u{2011}']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let closed =
        rest[digits..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ':' | '.' | ')' | '–' | '—'));
    let number = rest[..digits].parse().ok().filter(|_| digits <= 2 && closed)?;
    Some((&text[..letters], number))
}

/// Whether the letters of a series stand for what is counted: the heading above the members names it, or the members
/// follow directly.
fn is_of(context: &Context<'_>, view: &BlockView<'_>, series: &Series, found: &Announcement) -> bool {
    let noun = singular(&lower(&found.noun));
    if noun.is_empty() || !noun.starts_with(series.letters.as_str()) {
        return false;
    }
    let first = series.members[0];
    let section = context.document.block(first).section;
    let titled = section.is_some_and(|id| {
        let heading = context.view(id);
        heading.layer.tokens.iter().any(|t| singular(&lower(t.text(heading.text))) == noun)
    });
    titled || view.id < first && first.0 - view.id.0 <= REACH && section == view.block.section
}

/// Whether the sentence announces all members: not "Three recommendations are closed", which tells of some of them.
fn is_announced(context: &Context<'_>, view: &BlockView<'_>, found: &Announcement, sentence: &Range<usize>) -> bool {
    found.number.start > sentence.start && is_whole(context, view, found, sentence)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn reads_letters_with_a_number() {
        assert_eq!(code("R1 Train the staff"), Some(("R", 1)));
        assert_eq!(code("F-12: the lock"), Some(("F", 12)));
        assert_eq!(code("REQ3."), Some(("REQ", 3)));
        assert_eq!([code("R1a"), code("Rome 1"), code("A 4"), code("B-2000")], [None; 4]);
    }
}
