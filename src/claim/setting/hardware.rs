//! What a machine must have: "at least 8 GB of memory", "the minimum memory of 4 GB", a row "Memory | 8 GB | 32 GB".

use super::{Setting, SettingSort, SettingValue, claim, only, requirement, setting, stated};
use crate::annotate::{QuantityAt, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::Table;
use crate::value::{Hedge, Quantity};
use compact_str::format_compact;
use std::ops::Range;

/// The parts of a machine, with the words for them.
const PARTS: &[(&str, &str)] =
    &[("hardware-memory", "memory"), ("hardware-disk", "disk space"), ("hardware-cores", "processor cores")];

/// Reads what tables say is needed.
pub(super) fn listed(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, out);
    }
}

/// The part of a machine that stands at a token, and how many tokens it takes.
fn part_at(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<(&'static str, usize)> {
    PARTS.iter().find_map(|(set, part)| {
        phrase_at(context.lexicon, set, view.text, &view.layer.tokens, at).map(|length| (*part, length))
    })
}

fn rows(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    let least = |id: crate::document::BlockId| {
        let view = context.view(id);
        let set = "setting-least-head";
        phrase_at(context.lexicon, set, view.text, &view.layer.tokens, 0) == Some(view.layer.tokens.len())
    };
    let Some(col) = (1..heads.len()).find(|&col| heads[col].is_some_and(least)) else { return };
    for row in table.rows.iter().skip(1) {
        let cell = |col: usize| row.get(col).copied().flatten().map(|id| context.view(id));
        let (Some(name), Some(value)) = (cell(0), cell(col)) else { continue };
        let Some((part, length)) = part_at(context, &name, 0) else { continue };
        let all = 0..value.layer.tokens.len();
        let Some(stated) = stated(&value, context.lexicon, all.clone(), None) else { continue };
        if length == name.layer.tokens.len() {
            let found =
                Setting { table: Some(index), ..setting(SettingSort::Requirement, part.into(), "least", stated) };
            let mut read = claim(context, &value, all, &format_compact!("required {part}"), found);
            read.scope.cues.clear();
            out.push(read);
        }
    }
}

/// Reads what the sentences of one block say is needed.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for q in &view.layer.quantities {
        let plain = !q.label && !q.vague && !q.quantity.amount.range;
        if plain && (q.quantity.unit.dimension == "data" || q.quantity.unit.is_count()) {
            out.extend(needed(context, view, q));
        }
    }
}

/// What a quantity is of: "8 GB of free memory", "memory of 4 GB", "8 GB RAM", "2 CPU cores".
fn part_of(context: &Context<'_>, view: &BlockView<'_>, q: &QuantityAt) -> Option<&'static str> {
    let mut at = q.tokens.end;
    while at < q.tokens.end + 3 && matches!(view.word(at), "of" | "free" | "available" | "main") {
        at += 1;
    }
    let start = q.tokens.start;
    let behind = part_at(context, view, at).map(|(part, _)| part);
    let before = || {
        let end = (start.saturating_sub(2)..start).find(|&i| matches!(view.word(i), "of" | "is" | ":"))?;
        PARTS.iter().find_map(|(set, part)| {
            phrase_before(context.lexicon, set, view.text, &view.layer.tokens, end).map(|_| *part)
        })
    };
    let part = behind.or_else(before)?;
    // Cores are counted, everything else is measured.
    (q.quantity.unit.is_count() == (part == "processor cores")).then_some(part)
}

fn needed(context: &Context<'_>, view: &BlockView<'_>, q: &QuantityAt) -> Option<Claim> {
    let part = part_of(context, view, q)?;
    let clause = clause(view, view.layer.sentence_of(q.tokens.start), q.tokens.start);
    let has =
        |set: &str| clause.clone().any(|i| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some());
    let demanded = has("hardware-needed") || requirement::is_below_requirements(context, view);
    if !demanded || has("hardware-not") || has("setting-changed") {
        return None;
    }
    let value = SettingValue::Quantity(Quantity { hedge: Hedge::None, ..q.quantity.clone() });
    let found = Setting {
        only: only(view, context.lexicon, clause.clone()).into_iter().filter(|o| o != "server" && o != "web").collect(),
        ..setting(SettingSort::Requirement, part.into(), "least", value)
    };
    let mut read = claim(context, view, q.tokens.clone(), &format_compact!("required {part}"), found);
    read.scope.cues.retain(|c| matches!(c.as_str(), "previous" | "example" | "negated"));
    read.subject.owners = requirement::purpose(context, view, &clause, q.tokens.start).into_iter().collect();
    Some(read)
}

/// The part of a sentence between semicolons around a token.
fn clause(view: &BlockView<'_>, sentence: Range<usize>, at: usize) -> Range<usize> {
    let start = (sentence.start..at).rev().find(|&i| view.word(i) == ";").map_or(sentence.start, |i| i + 1);
    let end = (at..sentence.end).find(|&i| view.word(i) == ";").unwrap_or(sentence.end);
    start..end
}
