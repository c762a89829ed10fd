//! What the other cells of a row say of the person whom one cell names: "| Ole Brandt | Treasurer |".

use super::person::{Mention, People, mention};
use super::phrase::Reader;
use super::{Holding, Role, Said, folded, has_cue};
use crate::claim::{BlockView, Claim, ClaimKind, Context, Value};
use crate::document::BlockKind;
use compact_str::CompactString;
use std::ops::Range;

/// Appends what the other cells of the row call the only person of a cell.
pub(super) fn called(
    context: &Context<'_>,
    view: &BlockView<'_>,
    people: &People<'_>,
    mention: &Mention,
    person: &CompactString,
    out: &mut Vec<Claim>,
) {
    let BlockKind::Cell { table, row, .. } = view.block.kind else { return };
    if mention.tokens.end != view.layer.tokens.len() && view.word(mention.tokens.end) != "," {
        return;
    }
    let cells = context.document.tables.get(table as usize).and_then(|t| t.rows.get(row as usize));
    let others = || cells.into_iter().flatten().flatten().filter(|id| **id != view.id);
    // What a cell says between two people may be said of either.
    if others().any(|id| names_person(context, people, &context.view(*id))) {
        return;
    }
    for id in others() {
        let cell = context.view(*id);
        let reader = Reader { context, view: &cell, people: &[] };
        let Some(found) = reader.of_cell() else { continue };
        out.push(claim(context, &cell, found.tokens, Said::Epithet(found.epithet), (view, mention, person)));
    }
}

/// Whether a cell names somebody whom the document names in full.
fn names_person(context: &Context<'_>, people: &People<'_>, cell: &BlockView<'_>) -> bool {
    let mention = |name| mention(context, cell, name).filter(Mention::is_full);
    cell.layer.names.iter().filter_map(mention).any(|m| people.resolve(&m).is_some())
}

/// The office in another cell of the row, when one cell only names one: "| Ole Brandt | Treasurer |".
pub(super) fn beside(
    context: &Context<'_>,
    view: &BlockView<'_>,
    mention: &Mention,
    person: &CompactString,
    (table, row): (u32, u32),
) -> Option<Claim> {
    let cells = context.document.tables.get(table as usize)?.rows.get(row as usize)?;
    let mut offices = cells.iter().flatten().filter(|id| **id != view.id).filter_map(|id| {
        let cell = context.view(*id);
        let end = cell.layer.tokens.len();
        let reader = Reader { context, view: &cell, people: &[] };
        let phrase = reader.phrase(0, end).filter(|p| p.tokens.end == end)?;
        Some((cell, phrase))
    });
    let (cell, phrase) = offices.next()?;
    if offices.next().is_some() {
        return None;
    }
    let holding = Holding { labelled: true, ..phrase.holding };
    Some(claim(context, &cell, phrase.tokens, Said::Office(holding), (view, mention, person)))
}

/// The claim that a cell says something of a person whom another cell of its row names.
fn claim(
    context: &Context<'_>,
    cell: &BlockView<'_>,
    tokens: Range<usize>,
    said: Said,
    (view, mention, person): (&BlockView<'_>, &Mention, &CompactString),
) -> Claim {
    let named = view.span(mention.tokens.clone());
    let value = Value::Role(Role { person: person.clone(), said, named });
    let mut claim = cell.claim(ClaimKind::Role, "role", tokens, value);
    claim.subject.wording = folded(view.wording(mention.tokens.clone()));
    if has_cue(context, cell, 0..cell.layer.tokens.len(), "role.near") {
        claim.scope.cues.push("changed".into());
    }
    claim
}
