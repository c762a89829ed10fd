//! Lists inside running text: after a colon or dash, by "(a) … (b)", by "First … Second".

use super::announcement::{Announcement, Tie, announcements, tie};
use super::push;
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::members::{coordination, joining};
use crate::claim::{Claim, Context, Member};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// Most tokens between the counted phrase and the colon.
const GAP: usize = 10;

/// Furthest that a sentence list may be off; more is a misreading.
const FURTHEST: usize = 2;

/// Reads the lists inside one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        let found = announcements(view, context.lexicon, sentence.clone());
        for announcement in &found {
            if let Some(items) = enumerated(context, view, announcement, sentence) {
                push(view, out, announcement, items);
            } else if let Some(items) = coordinated(context, view, announcement, sentence) {
                push(view, out, announcement, items);
            }
        }
    }
}

/// "in four ways – A, B, C and D": the members between the sign after the counted phrase and the end.
fn coordinated(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    let lexicon = context.lexicon;
    let limit = sentence.end.min(announcement.end + GAP + 1);
    let open = (announcement.end..limit).find(|&i| matches!(view.word(i), ":" | "–" | "—" | ";" | "," | "("))?;
    let dash = match view.word(open) {
        ":" => false,
        "–" | "—" => true,
        _ => return None,
    };
    if dash && open > announcement.end {
        return None;
    }
    if tie(view, lexicon, announcement, sentence, open) < if dash { Tie::Direct } else { Tie::Stated }
        && !(dash && announcement.end == open)
    {
        return None;
    }
    let close = if dash {
        (open + 1..sentence.end).find(|&i| matches!(view.word(i), "–" | "—")).unwrap_or(sentence.end)
    } else {
        sentence.end
    };
    let inner = open + 1..close;
    if inner.len() < 3 {
        return None;
    }
    for i in inner.clone() {
        let opens = phrase_at(lexicon, "list-open", view.text, &view.layer.tokens, i).is_some();
        if opens || matches!(view.word(i), ":" | "?" | "…") {
            return None;
        }
    }
    let announced = announcement.count as usize;
    let mut list = coordination(view, lexicon, inner.clone())?;
    // "runs two pumps: A in the cellar and B in the yard; the mill runs …": the list may end before the semicolon.
    if let Some(end) = inner.clone().find(|&i| view.word(i) == ";")
        && let Some(first) = coordination(view, lexicon, inner.start..end)
        && first.closed
        && (first.least..=first.most).contains(&announced)
    {
        list = first;
    }
    if !list.closed || list.members.len() < 2 {
        return None;
    }
    let names = list.members.iter().all(|m| is_name(context, view, m.clone()));
    if !(announcement.counted || names) || list.members.iter().any(|m| begins_with_count(view, context, m.clone())) {
        return None;
    }
    let distance = list.least.saturating_sub(announced).max(announced.saturating_sub(list.most));
    if distance > FURTHEST {
        return None;
    }
    Some(list.reading(announced).into_iter().map(|m| view.member(m)).collect())
}

/// Whether a member is a name: capitals from its first word on, articles left aside.
fn is_name(context: &Context<'_>, view: &BlockView<'_>, member: Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    member
        .clone()
        .find(|&i| tokens[i].word.is_none_or(|id| !context.lexicon.words.get(id).pos.any(Pos::DETERMINER)))
        .is_some_and(|i| matches!(tokens[i].case, Case::Capital | Case::Upper))
}

/// Whether a member is itself a number of things: "two nurses and four cooks" are parts of a sum.
fn begins_with_count(view: &BlockView<'_>, context: &Context<'_>, member: Range<usize>) -> bool {
    let token = &view.layer.tokens[member.start];
    token.kind == TokenKind::Number
        || token.word.is_some_and(|id| context.lexicon.words.get(id).pos.any(Pos::NUMBER))
        || matches!(lower(view.word(member.start)).as_str(), "one" | "another" | "several" | "both")
}

/// "(a) … (b) … (c)" after the announcement, in its paragraph and in those that follow and go on with the letters.
fn enumerated(
    context: &Context<'_>,
    view: &BlockView<'_>,
    announcement: &Announcement,
    sentence: &Range<usize>,
) -> Option<Vec<Member>> {
    let first = marks(view, announcement.end..sentence.end).next()?;
    if first.1 != 1 {
        return None;
    }
    let tied = view.word(first.0 - 1) == ":"
        || tie(view, context.lexicon, announcement, sentence, first.0) >= Tie::Stated
        || announcement.counted && first.0 - announcement.end <= GAP;
    if !tied || !announcement.counted && view.word(first.0 - 1) != ":" {
        return None;
    }
    let mut items: Vec<Member> = Vec::new();
    // Collects the marks that come in turn; true when the list was closed.
    let collect = |view: &BlockView<'_>, from: usize, items: &mut Vec<Member>| {
        for (at, n) in marks(view, from..view.layer.tokens.len()) {
            if n != items.len() + 1 {
                // A mark out of turn is a reference to an item, or the next list.
                continue;
            }
            let mut end = (at + 3 + 5).min(view.layer.sentence_of(at).end);
            while end > at + 3 && matches!(view.word(end - 1), ";" | "," | "." | ":") {
                end -= 1;
            }
            items.push(view.member(at..end));
            // "(a) … and (b)" closes the list; later marks begin or belong to another.
            if at > 0 && joining(view, context.lexicon, at - 1) > 0 {
                return true;
            }
        }
        false
    };
    let mut closed = collect(view, first.0, &mut items);
    let section = view.block.section;
    for next in view.id.0 + 1..(view.id.0 + 40).min(context.document.blocks.len() as u32) {
        let later = context.view(BlockId(next));
        if later.block.section != section || matches!(later.block.kind, BlockKind::Heading(_)) {
            break;
        }
        let goes_on = marks(&later, 0..later.layer.tokens.len().min(3)).next().is_some_and(|m| m.1 == items.len() + 1);
        if closed || !goes_on {
            break;
        }
        closed = collect(&later, 0, &mut items);
    }
    (items.len() >= 2).then_some(items)
}

/// The marks "(a)", "(2)", "(iii)" of a range of tokens with what they count.
fn marks<'v>(view: &'v BlockView<'_>, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> + 'v {
    let end = range.end;
    range.filter_map(move |i| {
        (i + 2 < end && view.word(i) == "(" && view.word(i + 2) == ")").then_some(())?;
        Some((i, super::block::ordinal_of(view.word(i + 1)).filter(|&n| n <= 26)?))
    })
}
