//! The model of the product that a document is about: in its title, behind the label "Model", in the row of that name.

use super::{Setting, SettingSort, SettingValue, claim, setting};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::BlockKind;
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// `K200`, `AP-310`, `TX9000B`.
static MODEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[A-Z]{1,4}-?\d{2,5}[A-Z]{0,2}\b").expect("the pattern is fixed and compiles"));

/// Reads the models of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        let bytes = match view.block.kind {
            BlockKind::Heading(1) => 0..view.text.len(),
            BlockKind::Paragraph | BlockKind::Item { .. } => match label(context, &view) {
                Some(end) => end..view.text.len(),
                None => continue,
            },
            BlockKind::Cell { table, row, col: 1 } => {
                let rows = context.document.tables.get(table as usize).map(|t| &t.rows);
                let cells = rows.and_then(|r| r.get(row as usize)).filter(|cells| cells.len() == 2);
                let Some(name) = cells.and_then(|cells| cells[0]).map(|id| context.view(id)) else { continue };
                match label(context, &name) {
                    Some(end) if end == name.text.len() => 0..view.text.len(),
                    _ => continue,
                }
            }
            _ => continue,
        };
        out.extend(only(context, &view, bytes));
    }
}

/// Where the label at the beginning of a block ends: "Model", "Part number:".
fn label(context: &Context<'_>, view: &BlockView<'_>) -> Option<usize> {
    let n = phrase_at(context.lexicon, "model-label", view.text, &view.layer.tokens, 0)?;
    Some(view.layer.bytes(0..n).end)
}

/// The one model that a stretch names, near its beginning.
fn only(context: &Context<'_>, view: &BlockView<'_>, bytes: Range<usize>) -> Option<Claim> {
    let mut found = MODEL.find_iter(&view.text[bytes.clone()]);
    let (one, None) = (found.next()?, found.next()) else { return None };
    let at = bytes.start + one.start()..bytes.start + one.end();
    let titled = matches!(view.block.kind, BlockKind::Heading(_));
    let near = view.text[bytes.start..at.start].chars().all(|c| matches!(c, ' ' | ':' | '.' | '\u{a0}'));
    if !titled && !near {
        return None;
    }
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.end as usize) <= at.start);
    let last = tokens.partition_point(|t| (t.start as usize) < at.end);
    let model: CompactString = one.as_str().replace('-', "").into();
    let found: Setting = setting(SettingSort::Model, "model".into(), "", SettingValue::Word(model));
    let mut read = claim(context, view, first..last.max(first + 1), "model", found);
    read.scope.cues.clear();
    Some(read)
}
