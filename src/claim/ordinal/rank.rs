//! Ranks with those ahead: "the third-highest number after A, B and C", "finished fourth, behind A and B".

use crate::annotate::{Case, Ordinal, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::members::{coordination, joining};
use crate::claim::{Claim, ClaimKind, Context, Value, is_year};
use crate::lexicon::{Lexicon, Pos, lower};
use std::ops::Range;

/// Most tokens between the ordinal and those ahead.
const GAP: usize = 28;

/// Most tokens of the list of those ahead.
const LIST: usize = 120;

/// Highest rank that is read.
const LARGEST: u32 = 20;

/// Reads the ranks of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for ordinal in &view.layer.ordinals {
        if !(2..=LARGEST).contains(&ordinal.rank) {
            continue;
        }
        if let Some(claim) = rank(context, view, ordinal) {
            out.push(claim);
        }
    }
}

fn rank(context: &Context<'_>, view: &BlockView<'_>, ordinal: &Ordinal) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(ordinal.tokens.start);
    let limit = sentence.end.min(ordinal.tokens.end + GAP);
    let ranked = is_ranked(view, lexicon, ordinal);
    let behind = (ordinal.tokens.end..limit).find_map(|i| {
        let length = phrase_at(lexicon, "rank-behind", view.text, tokens, i)?;
        Some((i, i + length))
    })?;
    let between = ordinal.tokens.end..behind.0;
    let open = |range: Range<usize>| {
        range.clone().any(|i| {
            matches!(view.word(i), ";" | ":") || phrase_at(lexicon, "rank-open", view.text, tokens, i).is_some()
        })
    };
    if open(ordinal.tokens.start.saturating_sub(4).max(sentence.start)..behind.1) {
        return None;
    }
    // A second number or ordinal on the way is what those ahead belong to.
    let next = view.layer.ordinals.partition_point(|o| o.tokens.start < between.start);
    if view.layer.ordinals.get(next).is_some_and(|o| o.tokens.end <= between.end) {
        return None;
    }
    let (list, years) = those_ahead(view, lexicon, behind.1..sentence.end.min(behind.1 + LIST))?;
    let only = lower(view.word(behind.0)) == "only";
    if !(years || ranked || only && ordinal.rank == 2) {
        return None;
    }
    let ahead = coordination(view, lexicon, list.clone())?;
    let least = if only { 1 } else { 2 };
    if ahead.members.len() < least || ahead.members.len() > 1 && !ahead.closed {
        return None;
    }
    let expected = ordinal.rank as usize - 1;
    // "Trinidad and Tobago": a pair may be one name.
    if expected == 1 && ahead.members.len() == 2 && !view.wording(list).contains(',') {
        return None;
    }
    // Names and years stand by themselves: only a pair inside a member may be two.
    let members = if ahead.members.len() < expected { ahead.reading(expected) } else { ahead.members };
    let members = members.into_iter().map(|m| view.member(m)).collect();
    let value = Value::Rank { rank: ordinal.rank, ahead: members };
    Some(view.claim(ClaimKind::Rank, "ordinal", ordinal.tokens.clone(), value))
}

/// Whether an ordinal ranks its subject: "third-highest", "second most", "finished fourth", "in third place".
fn is_ranked(view: &BlockView<'_>, lexicon: &Lexicon, ordinal: &Ordinal) -> bool {
    let tokens = &view.layer.tokens;
    let wording = lower(view.wording(ordinal.tokens.clone()));
    if wording.contains('-') && (wording.ends_with("est") || wording.ends_with("-most")) {
        return true;
    }
    let next = lower(view.word(ordinal.tokens.end));
    if phrase_at(lexicon, "rank-measure", view.text, tokens, ordinal.tokens.end).is_some()
        || next.len() > 5 && next.ends_with("est") && tokens[ordinal.tokens.end].case == Case::Lower
    {
        return true;
    }
    let noun_follows = tokens.get(ordinal.tokens.end).is_some_and(|t| {
        t.kind == TokenKind::Word
            && t.word.is_none_or(|id| {
                let pos = lexicon.words.pos(id);
                pos.any(Pos::NOUN.and(Pos::ADJECTIVE)) && !pos.any(Pos::PREPOSITION.and(Pos::ADVERB))
            })
    });
    let mut before = ordinal.tokens.start;
    if before > 0 && matches!(lower(view.word(before - 1)).as_str(), "the" | "a") {
        return false;
    }
    if before > 0 && tokens[before - 1].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::ADVERB)) {
        before -= 1;
    }
    !noun_follows && phrase_before(lexicon, "rank-verb", view.text, tokens, before).is_some()
}

/// The list of names, or of years, that begins at a range, and whether it is one of years; `None` when it goes on
/// in other words, so that it may be open.
fn those_ahead(view: &BlockView<'_>, lexicon: &Lexicon, range: Range<usize>) -> Option<(Range<usize>, bool)> {
    let tokens = &view.layer.tokens;
    let mut start = range.start;
    // "those of", "citizens of the", "the elections of".
    let of = (start..range.end.min(start + 4)).find(|&i| lower(view.word(i)) == "of");
    if let Some(of) = of
        && (start..of).all(|i| tokens[i].case == Case::Lower)
        && of > start
    {
        start = of + 1;
    }
    let is_name = |i: usize| {
        let token = &tokens[i];
        token.kind == TokenKind::Word && matches!(token.case, Case::Capital | Case::Upper)
            || token.kind == TokenKind::Number && is_year(view.word(i))
    };
    let connects = |i: usize| {
        matches!(
            view.word(i),
            "," | "of" | "the" | "and" | "&" | "or" | "’s" | "'s" | "de" | "la" | "van" | "von" | "-" | "–"
        ) || joining(view, lexicon, i) > 0
    };
    let mut end = start;
    let mut i = start;
    while i < range.end && (is_name(i) || connects(i)) {
        if is_name(i) {
            end = i + 1;
        }
        i += 1;
    }
    if end == start {
        return None;
    }
    // "A, B and several others": the list does not hold all.
    let goes_on_as_clause = tokens.get(i).and_then(|t| t.word).is_some_and(|id| {
        let pos = lexicon.words.pos(id);
        pos.any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PAST).and(Pos::PRONOUN))
            && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE))
    });
    // "behind Kell, and Orrin has climbed to fourth": the last name begins another clause.
    let joined = (start..end).rev().take_while(|&j| is_name(j)).last().and_then(|first| first.checked_sub(1));
    if goes_on_as_clause && i == end && joined.is_some_and(|j| joining(view, lexicon, j) > 0) {
        return None;
    }
    if i < range.end && !goes_on_as_clause && (end..i).any(|j| joining(view, lexicon, j) > 0) {
        return None;
    }
    let names = (start..end).filter(|&i| is_name(i));
    let (mut years, mut words) = (0, 0);
    for i in names {
        if tokens[i].kind == TokenKind::Number {
            years += 1;
        } else {
            words += 1;
        }
    }
    // Months and names with years are dates, not places in a row.
    let dated =
        (start..end).any(|i| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::MONTH.and(Pos::WEEKDAY))));
    if dated || years > 0 && words > 0 || years == 1 || years > 0 && start == range.start {
        return None;
    }
    Some((start..end, years > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::{BlockId, Document};

    fn read(text: &str) -> Option<(u32, usize)> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let mut out = Vec::new();
        extract(&context, &context.view(BlockId(0)), &mut out);
        out.first().and_then(|c| match &c.value {
            Value::Rank { rank, ahead } => Some((*rank, ahead.len())),
            _ => None,
        })
    }

    #[test]
    fn reads_ranks_with_those_ahead() {
        for (text, expected) in [
            ("It has the third-highest number of mills, after Kent, North Wales, and Fife.", Some((3, 3))),
            (
                "The eight came fourth in the final, behind Ostmark and the Lake Republic, after a bad start.",
                Some((4, 2)),
            ),
            ("It is the third largest group after citizens of the Upper Dales and South Fell.", Some((3, 2))),
            ("It was the fourth fair in Harl, after those of 1998, 2002, 2006 and 2010.", Some((4, 4))),
            ("The town is second only to Leeds.", Some((2, 1))),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn ignores_what_is_no_complete_list_of_those_ahead() {
        for text in [
            "It was the third phase after the war in Kent and Fife.",
            "She finished fourth behind Ann, Bea and several others.",
            "They came joint third behind Ann and Bea and Cleo.",
            "The second reform after May 2010 and June 2012 failed.",
            "He came third after a long race in Kent and Fife.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
