//! Members that carry a number of their own, "Principle 1: …", "Annex B", "Recommendation 3.", or the counted noun
//! in their headings, "Fair mode", against the number of them that the text announces.

use super::announcement::{Announcement, announcements};
use super::block::opening;
use super::push;
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{NumberRole, Pos, lower, singular};
use compact_str::CompactString;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest members of a series: one heading with a number may be one of another document.
const FEWEST: usize = 2;

/// Furthest that a number may be off; more counts other things.
const FURTHEST: usize = 2;

/// Most blocks between the announcement and the first member, when no heading parts them.
const REACH: u32 = 30;

/// Where members of a series stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// Headings of one level.
    Heading(u8),
    /// Paragraphs and items that begin with the number.
    Paragraph,
}

/// Blocks that begin with one noun and are numbered through from 1.
struct Series {
    noun: CompactString,
    rank: Rank,
    members: Vec<BlockId>,
}

/// Reads announced numbers of members that are numbered through.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let series = all(context);
    if series.is_empty() {
        return;
    }
    for view in context.views() {
        if !(view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_))) || view.layer.quantities.is_empty() {
            continue;
        }
        for sentence in &view.layer.sentences {
            for found in announcements(&view, context.lexicon, sentence.clone()) {
                let noun = singular(&lower(&found.noun));
                let mut fitting = series.iter().filter(|s| s.noun == noun);
                let (Some(series), None) = (fitting.next(), fitting.next()) else { continue };
                let counted = series.members.len();
                let announced = found.count as usize;
                if counted.abs_diff(announced) > FURTHEST.max(announced / 4)
                    || !is_whole(context, &view, &found, sentence)
                    || !governs(context, &view, series, sentence)
                    || announced > counted && announced <= counted + unnumbered(context, &view, series)
                {
                    continue;
                }
                let items = series.members.iter().map(|&id| opening(&context.view(id))).collect();
                push(&view, out, &found, items);
            }
        }
    }
}

/// A block that may be a member, with what its number may mean.
type Candidate = (BlockId, Vec<usize>);

/// All series of the document; a noun whose numbers are not counted through has none.
fn all(context: &Context<'_>) -> Vec<Series> {
    let mut found: BTreeMap<(CompactString, Rank), Vec<Candidate>> = BTreeMap::new();
    for view in context.views() {
        let rank = match view.block.kind {
            BlockKind::Heading(level) => Rank::Heading(level),
            BlockKind::Paragraph | BlockKind::Item { .. } => Rank::Paragraph,
            _ => continue,
        };
        if let Some((noun, numbers)) = label(context, &view, rank) {
            found.entry((noun, rank)).or_default().push((view.id, numbers));
        }
    }
    let mut out: Vec<Series> = Vec::new();
    for ((noun, rank), members) in found {
        // "I" is a number and a letter: one reading must count through.
        let through = (0..3).any(|reading| {
            members.iter().enumerate().all(|(i, (_, numbers))| numbers.get(reading).copied() == Some(i + 1))
        });
        let other = members.len();
        let members: Vec<BlockId> = members.into_iter().map(|(id, _)| id).collect();
        if let Some(before) = out.iter_mut().find(|s| s.noun == noun) {
            // The same series told twice, in headings and in paragraphs: two lengths leave it open which is meant.
            if before.members.len() != other {
                before.members.clear();
            }
            continue;
        }
        out.push(Series { noun, rank, members: if through && other >= FEWEST { members } else { Vec::new() } });
    }
    out.retain(|s| !s.members.is_empty());
    out
}

/// The noun and the number that a block begins with, the number as digits or words, as a letter and as a Roman
/// numeral; 0 where it is none.
fn label(context: &Context<'_>, view: &BlockView<'_>, rank: Rank) -> Option<(CompactString, Vec<usize>)> {
    let tokens = &view.layer.tokens;
    for at in 1..tokens.len().min(4) {
        let before = &tokens[at - 1];
        if before.kind != TokenKind::Word {
            return None;
        }
        let numbers = numbers(context, view.word(at));
        // A series that begins with 0 is not counted through from 1.
        let zero = view.word(at) == "0";
        if numbers.iter().all(|&n| n == 0) && !zero || tokens[at].start == before.end {
            continue;
        }
        let closed = tokens.get(at + 1).is_none_or(|t| {
            matches!(t.text(view.text), ":" | "." | "–" | "—" | "-" | ")")
                && (t.kind == TokenKind::Sign)
                && tokens
                    .get(at + 2)
                    .is_none_or(|n| n.start > t.end || !n.text(view.text).starts_with(char::is_numeric))
        });
        // "Phase 1 (January to March): survey"
        let dated = tokens.get(at + 1).is_some_and(|t| t.text(view.text) == "(")
            && (at + 2..tokens.len().min(at + 14)).any(|i| view.word(i) == ":");
        let titled = matches!(rank, Rank::Heading(_))
            && tokens.get(at + 1).is_some_and(|t| t.text(view.text).starts_with(char::is_uppercase));
        let capital = view.word(0).starts_with(char::is_uppercase);
        if !(closed || titled || dated) || !capital {
            return None;
        }
        return Some((lower(view.word(at - 1)), numbers));
    }
    None
}

fn numbers(context: &Context<'_>, word: &str) -> Vec<usize> {
    let digits = word.parse::<usize>().ok().filter(|&n| n < 100);
    let spelled = || {
        let number = context.lexicon.numbers.get(&lower(word)).filter(|n| n.role == NumberRole::Unit)?;
        number.value.normalize().to_string().parse().ok()
    };
    let letter = match word.as_bytes() {
        [c @ b'A'..=b'Z'] => (c - b'A') as usize + 1,
        _ => 0,
    };
    vec![digits.or_else(spelled).unwrap_or(0), letter, roman(word).unwrap_or(0)]
}

/// Roman numerals in capitals up to 39.
pub(super) fn roman(word: &str) -> Option<usize> {
    let tens = word.bytes().take_while(|b| *b == b'X').count();
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let ones = ONES.iter().position(|&o| o == &word[tens..])?;
    (tens <= 3 && !word.is_empty()).then_some(tens * 10 + ones)
}

/// Whether the announced number is of all members: it is what there is, or what is known, and nothing narrows it.
pub(super) fn is_whole(
    context: &Context<'_>,
    view: &BlockView<'_>,
    found: &Announcement,
    sentence: &Range<usize>,
) -> bool {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let mut before = found.number.start;
    for _ in 0..3 {
        let Some(n) = phrase_before(lexicon, "list-filler", view.text, tokens, before) else { break };
        if before < sentence.start + n {
            break;
        }
        before -= n;
    }
    let definite = before < found.number.start || before == sentence.start;
    let follows = phrase_before(lexicon, "list-following", view.text, tokens, found.number.start).is_some();
    let verb = before > sentence.start
        && (phrase_before(lexicon, "list-verb", view.text, tokens, before).is_some()
            || tokens[before - 1].word.is_some_and(|id| {
                let pos = lexicon.words.pos(id);
                pos.any(Pos::VERB.and(Pos::PAST)) && !pos.any(Pos::PREPOSITION)
            })
            || phrase_before(lexicon, "list-carried", view.text, tokens, before).is_some());
    // "the two largest findings", "three new recommendations" are some of all.
    let some = (found.number.end..found.end).any(|i| {
        let word = lower(view.word(i));
        word.len() > 4 && word.ends_with("est")
            || word == "most"
            || phrase_at(lexicon, "series-open", view.text, tokens, i).is_some()
    });
    !some && (definite || verb || follows) && is_unnarrowed(context, view, found.end, sentence)
}

/// Whether nothing behind the counted noun narrows it: "two recommendations on housing" are some of all.
pub(super) fn is_unnarrowed(context: &Context<'_>, view: &BlockView<'_>, end: usize, sentence: &Range<usize>) -> bool {
    if end >= sentence.end {
        return true;
    }
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    if phrase_at(lexicon, "list-below", view.text, tokens, end).is_some() {
        return true;
    }
    let Some(id) = tokens[end].word else { return !matches!(view.word(end), "(" | "/" | "-") };
    let pos = lexicon.words.pos(id);
    if pos.any(Pos::PREPOSITION) {
        // "of this report", "in the strategy".
        return phrase_at(lexicon, "set-document", view.text, tokens, end + 1).is_some()
            || phrase_at(lexicon, "set-here", view.text, tokens, end + 1).is_some();
    }
    !pos.any(Pos::RELATIVE) && view.word(end) != "that"
}

/// Whether the announcement is about this series: no heading stands between it and the first member, or it speaks
/// of the document.
fn governs(context: &Context<'_>, view: &BlockView<'_>, series: &Series, sentence: &Range<usize>) -> bool {
    let first = series.members[0];
    let blocks = &context.document.blocks;
    if view.id < first && first.0 - view.id.0 <= REACH {
        let between = &blocks[view.id.index() + 1..first.index()];
        if !between.iter().any(|b| matches!(b.kind, BlockKind::Heading(_))) {
            return true;
        }
    }
    let tokens = &view.layer.tokens;
    matches!(series.rank, Rank::Heading(_))
        && sentence.clone().take(60).any(|i| {
            phrase_at(context.lexicon, "set-document", view.text, tokens, i).is_some()
                && view.word(i).to_lowercase() != "the"
        })
}

/// How many headings without a number stand beside the members: an introduction or a conclusion may be counted too.
fn unnumbered(context: &Context<'_>, announcing: &BlockView<'_>, series: &Series) -> usize {
    let Rank::Heading(level) = series.rank else { return 0 };
    let section = context.document.block(series.members[0]).section;
    let siblings = context
        .document
        .iter()
        .filter(|(_, b)| b.kind == BlockKind::Heading(level) && b.section == section)
        .filter(|(id, _)| phrase_at_start(context, *id, "heading-back").is_none())
        // The title of the section that announces the members is none of them.
        .filter(|(id, _)| announcing.block.section != Some(*id) && announcing.id != *id)
        .count();
    siblings.saturating_sub(series.members.len())
}

fn phrase_at_start(context: &Context<'_>, id: BlockId, set: &str) -> Option<usize> {
    let view = context.view(id);
    phrase_at(context.lexicon, set, view.text, &view.layer.tokens, 0)
}

/// Headings of one level below the sentence that announces them: "three modes, described below", then "Fair mode",
/// "FIFO mode" and so on.
pub(super) fn below(context: &Context<'_>, out: &mut Vec<Claim>) {
    let blocks = &context.document.blocks;
    for (index, pair) in blocks.windows(2).enumerate() {
        let BlockKind::Heading(level) = pair[1].kind else { continue };
        let view = context.view(BlockId(index as u32));
        if !view.is_prose() || pair[1].section != view.block.section {
            continue;
        }
        let Some(sentence) = view.layer.sentences.last() else { continue };
        let found = announcements(&view, context.lexicon, sentence.clone());
        let [found] = found.as_slice() else { continue };
        if !is_whole(context, &view, found, sentence) {
            continue;
        }
        let headings: Vec<BlockId> = blocks[index + 1..]
            .iter()
            .enumerate()
            .take_while(|(_, b)| !matches!(b.kind, BlockKind::Heading(l) if l < level))
            .filter(|(_, b)| b.kind == BlockKind::Heading(level))
            .map(|(i, _)| BlockId((index + 1 + i) as u32))
            .collect();
        let noun = singular(&lower(&found.noun));
        let named = headings.iter().all(|&id| {
            let view = context.view(id);
            is_headed(&view, &noun)
        });
        let generic = headings.iter().any(|&id| {
            phrase_at_start(context, id, "heading-generic").is_some()
                || phrase_at_start(context, id, "heading-back").is_some()
        });
        let announced = found.count as usize;
        let off = headings.len().abs_diff(announced);
        let colon = view.word(sentence.end - 1) == ":";
        let announced_below = colon
            || sentence
                .clone()
                .any(|i| phrase_at(context.lexicon, "list-below", view.text, &view.layer.tokens, i).is_some());
        let furthest = if announced_below { FURTHEST } else { 1 };
        // What stands behind the announced ones may be the next section.
        let goes_on = headings.len() > announced && !is_alike(context, &headings);
        let close = named && off <= furthest || found.counted && colon && off <= 1 && !generic && !goes_on;
        if headings.len() >= FEWEST && close {
            let items = headings.iter().map(|&id| opening(&context.view(id))).collect();
            push(&view, out, found, items);
        }
    }
}

/// Whether the last of some headings begins or ends with a word of the one before it.
fn is_alike(context: &Context<'_>, headings: &[BlockId]) -> bool {
    let [.., before, last] = headings else { return false };
    let (before, last) = (context.view(*before), context.view(*last));
    let ends = |view: &BlockView<'_>| {
        let mut words =
            view.layer.tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| lower(t.text(view.text)));
        let first = words.next();
        (words.next_back().or_else(|| first.clone()), first)
    };
    let ((end, start), (other_end, other_start)) = (ends(&before), ends(&last));
    end.is_some() && end == other_end || start.is_some() && start == other_start
}

/// Whether a heading names one of the things counted: "Fair mode", "Mode A", "Mode: fair", but not "Mode switches".
fn is_headed(view: &BlockView<'_>, noun: &str) -> bool {
    let is_noun = |i: usize| singular(&lower(view.word(i))) == noun;
    let lower_word = |i: usize| {
        let token = view.layer.tokens.get(i);
        token.is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower && t.text(view.text) != "of")
    };
    (0..view.layer.tokens.len()).any(|i| is_noun(i) && !lower_word(i + 1))
}

/// Headings beneath the heading that announces them: "The five principles", then "Care", "Trust" and so on.
pub(super) fn beneath(context: &Context<'_>, out: &mut Vec<Claim>) {
    let blocks = &context.document.blocks;
    for (index, block) in blocks.iter().enumerate() {
        let BlockKind::Heading(level) = block.kind else { continue };
        let view = context.view(BlockId(index as u32));
        let sentence = 0..view.layer.tokens.len();
        let found = announcements(&view, context.lexicon, sentence.clone());
        let [found] = found.as_slice() else { continue };
        let article = found.number.start == 1 && matches!(lower(view.word(0)).as_str(), "the" | "our" | "all");
        if !found.counted || !article || found.end != sentence.end {
            continue;
        }
        let inside = blocks[index + 1..].iter().take_while(|b| !matches!(b.kind, BlockKind::Heading(l) if l <= level));
        let headings: Vec<(BlockId, u8)> = inside
            .enumerate()
            .filter_map(|(i, b)| match b.kind {
                BlockKind::Heading(l) => Some((BlockId((index + 1 + i) as u32), l)),
                _ => None,
            })
            .collect();
        let Some(first) = headings.first().map(|h| h.1) else { continue };
        let members: Vec<BlockId> = headings.iter().filter(|h| h.1 == first).map(|h| h.0).collect();
        let generic = members.iter().any(|&id| {
            ["heading-generic", "heading-back"].iter().any(|set| phrase_at_start(context, id, set).is_some())
        });
        if members.len() >= FEWEST && !generic && members.len().abs_diff(found.count as usize) <= 1 {
            let items = members.iter().map(|&id| opening(&context.view(id))).collect();
            push(&view, out, found, items);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn reads_roman_numerals() {
        assert_eq!(["I", "IV", "IX", "XII", "XXXIX"].map(roman), [1, 4, 9, 12, 39].map(Some));
        assert_eq!(["", "IIII", "C", "Mix"].map(roman), [None, None, None, None]);
    }
}
