//! Sets set apart: the items of a list that a counted phrase announces, and the row labels of a table.

use super::counted::counted;
use super::{claim, member};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::grid::grid;
use crate::claim::noun::{lemma, noun_phrase};
use crate::claim::{Claim, ClaimKind, Context, NamedSet, SetMember, Value};
use crate::document::{BlockKind, List, Table};
use crate::lexicon::lower;
use compact_str::format_compact;

/// Longest member, in tokens; what is longer describes.
const MEMBER: usize = 6;

/// Most members.
const MEMBERS: usize = 20;

/// Reads the sets of lists and tables.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for list in &context.document.lists {
        out.extend(items(context, list).or_else(|| headed(context, list)));
    }
    for (index, table) in context.document.tables.iter().enumerate() {
        out.extend(rows(context, index, table));
    }
}

/// The name that a block begins with: up to a colon, dash, bracket or comma, or all of it.
fn opening(context: &Context<'_>, view: &BlockView<'_>) -> Option<SetMember> {
    let n = view.layer.tokens.len();
    let end = (0..n).find(|&i| matches!(view.word(i), ":" | "–" | "—" | "-" | "(" | "," | ";" | ".")).unwrap_or(n);
    (end > 0 && end <= MEMBER).then(|| member(context, view, 0..end))
}

/// The items of a list below a heading that says what they are: "Partners".
fn headed(context: &Context<'_>, list: &List) -> Option<Claim> {
    let lexicon = context.lexicon;
    let view = context.view(list.intro?);
    let wanted = list.items.len();
    if !(3..=MEMBERS).contains(&wanted) || !matches!(view.block.kind, BlockKind::Heading(_)) {
        return None;
    }
    let start = usize::from(matches!(view.word(0), "Our" | "The"));
    let phrase = noun_phrase(&view, lexicon, start).filter(|p| p.tokens.end == view.layer.tokens.len())?;
    let head = lemma(&view, lexicon, phrase.head);
    if phrase.tokens.start != start || phrase.tokens.len() > 3 || head == lower(view.word(phrase.head)) {
        return None;
    }
    let members: Option<Vec<SetMember>> =
        list.items.iter().map(|item| opening(context, &context.view(item.block?))).collect();
    let modifiers = (start..phrase.head).map(|i| lemma(&view, lexicon, i)).collect();
    let tie = format_compact!("count:{wanted}:{head}");
    let value = Value::Set(NamedSet { members: members?, tie, whole: 1, strict: false });
    let mut claim = view.claim(ClaimKind::Set, "set", phrase.tokens.clone(), value);
    claim.subject.head = head;
    // Two lists under one heading are those of two sections.
    claim.scope.cues.push("headed".into());
    claim.subject.wording = format_compact!("the list under {}", view.text);
    claim.subject.modifiers = modifiers;
    Some(claim)
}

/// The items of a list behind "the four harbours are:".
fn items(context: &Context<'_>, list: &List) -> Option<Claim> {
    let view = context.view(list.intro?);
    let wanted = list.items.len();
    if !(3..=MEMBERS).contains(&wanted) || !(view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_))) {
        return None;
    }
    let sentence = view.layer.sentences.last()?.clone();
    let mut announced = view
        .layer
        .quantities
        .iter()
        .filter(|q| q.tokens.start >= sentence.start)
        .filter_map(|q| counted(&view, context.lexicon, q));
    let found = announced.next()?;
    let closes = sentence.end - found.tokens.end <= 4;
    if announced.next().is_some() || found.count as usize != wanted || !closes {
        return None;
    }
    let members: Option<Vec<SetMember>> =
        list.items.iter().map(|item| opening(context, &context.view(item.block?))).collect();
    let mut claim = claim(context, &view, std::slice::from_ref(&found.tokens), found.tokens.start, found.tie)?;
    if let Value::Set(named) = &mut claim.value {
        named.members = members?;
    }
    Some(claim)
}

/// The row labels of a table whose first column has a head that says what they are: "Harbour".
fn rows(context: &Context<'_>, index: usize, table: &Table) -> Option<Claim> {
    let lexicon = context.lexicon;
    if table.head_rows != 1 || table.rows.first()?.len() < 2 || table.rows.len() > MEMBERS + 2 {
        return None;
    }
    let head = context.view(table.rows[0].first().copied().flatten()?);
    let phrase = noun_phrase(&head, lexicon, 0).filter(|p| p.tokens == (0..head.layer.tokens.len()))?;
    if phrase.tokens.len() > 2 {
        return None;
    }
    let mut members = Vec::new();
    let sum = grid(context, index).sum_row();
    for (at, row) in table.rows.iter().enumerate().skip(1) {
        let view = context.view(row.first().copied().flatten()?);
        let total = phrase_at(lexicon, "table.total", view.text, &view.layer.tokens, 0).is_some();
        if total || sum == Some(at) {
            continue;
        }
        members.push(opening(context, &view)?);
    }
    if !(3..=MEMBERS).contains(&members.len()) {
        return None;
    }
    let modifiers = (0..phrase.head).map(|i| lemma(&head, lexicon, i)).collect();
    let noun = lemma(&head, lexicon, phrase.head);
    let value = Value::Set(NamedSet {
        tie: format_compact!("count:{}:{noun}", members.len()),
        members,
        whole: 0,
        strict: false,
    });
    let mut claim = head.claim(ClaimKind::Set, "set", phrase.tokens.clone(), value);
    claim.scope.cues.push("rows".into());
    claim.subject.head = noun;
    claim.subject.wording = format_compact!("rows under {}", head.text);
    claim.subject.modifiers = modifiers;
    Some(claim)
}
