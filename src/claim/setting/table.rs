//! Tables of options: an identifier in the first column, defaults and limits in columns that say so.

use super::{IdentifierForm, Setting, SettingSort, claim, code_spans, fold, key_of, only, setting, single, stated};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Identifier, Value};
use crate::document::{BlockKind, Table};
use crate::lexicon::Lexicon;
use compact_str::CompactString;

/// Most rows of a table that are read; longer ones are made by machines.
const ROWS: usize = 400;

/// Reads the option tables of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, out);
    }
}

/// Whether all of a cell is one phrase of a set, brackets left aside: "Default (s)".
fn is_head(view: &BlockView<'_>, lexicon: &Lexicon, set: &str) -> bool {
    let n = view.layer.tokens.len();
    phrase_at(lexicon, set, view.text, &view.layer.tokens, 0)
        .is_some_and(|length| length == n || view.word(length) == "(")
}

/// The unit that a column head gives in brackets: "Size (GiB)".
fn unit_in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('(')?;
    Some(rest.split_once(')')?.0.trim()).filter(|u| !u.is_empty() && u.len() <= 16)
}

fn rows(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    let head = |col: usize| heads.get(col).copied().flatten().map(|id| context.view(id));
    if !head(0).is_some_and(|view| is_head(&view, lexicon, "setting-key")) {
        return;
    }
    let column = |set: &str| (1..heads.len()).find(|&c| head(c).is_some_and(|view| is_head(&view, lexicon, set)));
    let slots = [
        ("default", column("setting-default-head")),
        ("least", column("setting-least-head")),
        ("most", column("setting-most-head")),
    ];
    let kind = column("setting-type-head");
    for row in table.rows.iter().skip(1).take(ROWS) {
        let Some(name) = row.first().copied().flatten().map(|id| context.view(id)) else { continue };
        let named = names(&name);
        for (text, words, form) in &named {
            out.push(declaration(&name, text.clone(), words.clone(), *form));
        }
        let longest = named.into_iter().max_by_key(|(_, words, _)| words.len());
        let limit = |view: &BlockView<'_>| -> Option<CompactString> {
            let last = view.layer.tokens.len().checked_sub(1)?;
            let noun = phrase_at(lexicon, "setting-noun", view.text, &view.layer.tokens, last) == Some(1);
            (noun && (1..4).contains(&last))
                .then(|| super::limit::key(view, lexicon, 0..last + 1))
                .flatten()
                .map(|(key, _)| key)
        };
        if let (Some(key), Some(col)) = (limit(&name), slots[0].1)
            && let Some(cell) = row.get(col).copied().flatten().map(|id| context.view(id))
        {
            let all = 0..cell.layer.tokens.len();
            if let Some(value @ super::SettingValue::Quantity(_)) = stated(&cell, lexicon, all.clone(), None) {
                let found = Setting { table: Some(index), ..setting(SettingSort::Limit, key, "", value) };
                let mut read = claim(context, &cell, all, name.text, found);
                read.scope.cues.clear();
                out.push(read);
            }
            continue;
        }
        let keyed = longest.and_then(|(text, words, form)| Some((text, key_of(&words, form)?)));
        let Some((text, key)) = keyed.or_else(|| Some((0..name.text.len(), single(name.text)?))) else { continue };
        let typed = kind.and_then(|c| row.get(c).copied().flatten()).map(|id| context.view(id).text);
        if slots[0].1.is_none() {
            let said = (1..row.len()).filter_map(|c| row[c]).map(|id| context.view(id));
            out.extend(said.into_iter().find_map(|cell| {
                let (at, value) = default_in_cell(&cell, lexicon)?;
                let found = Setting {
                    only: only(&name, lexicon, 0..name.layer.tokens.len()),
                    table: Some(index),
                    ..setting(SettingSort::Option, key.clone(), "default", value)
                };
                let mut read = claim(context, &cell, at, &name.text[text.clone()], found);
                read.scope.cues.clear();
                Some(read)
            }));
        }
        for (slot, col) in slots {
            let Some(col) = col else { continue };
            let Some(cell) = row.get(col).copied().flatten().map(|id| context.view(id)) else { continue };
            let in_head = head(col).and_then(|h| unit_in_brackets(h.text));
            let placeholder = name
                .text
                .split_once('<')
                .and_then(|(_, rest)| rest.split_once('>'))
                .map(|(u, _)| u)
                // `<N>` is a number, no newton.
                .filter(|u| u.len() > 1);
            let hint = typed.or(in_head).or(placeholder);
            let all = 0..cell.layer.tokens.len();
            let Some(value) = stated(&cell, lexicon, all.clone(), hint) else { continue };
            let found = Setting {
                only: only(&name, lexicon, 0..name.layer.tokens.len()),
                table: Some(index),
                ..setting(SettingSort::Option, key.clone(), slot, value)
            };
            let mut read = claim(context, &cell, all, &name.text[text.clone()], found);
            // A cell says nothing but its value.
            read.scope.cues.clear();
            out.push(read);
        }
    }
}

/// The default that a description gives: "records sent at once (default 500)".
fn default_in_cell(view: &BlockView<'_>, lexicon: &Lexicon) -> Option<(std::ops::Range<usize>, super::SettingValue)> {
    super::prose::default_in(view, lexicon, &code_spans(view), 0..view.layer.tokens.len())
}

/// The identifiers of a first cell: its code spans, else its words.
fn names(view: &BlockView<'_>) -> Vec<(std::ops::Range<usize>, Vec<CompactString>, IdentifierForm)> {
    let mut spans: Vec<std::ops::Range<usize>> =
        code_spans(view).into_iter().map(|tokens| view.layer.bytes(tokens)).collect();
    if spans.is_empty() && matches!(view.block.kind, BlockKind::Cell { .. }) {
        spans.push(0..view.text.len());
    }
    spans
        .into_iter()
        .filter_map(|bytes| {
            let (words, form) = fold(&view.text[bytes.clone()])?;
            Some((bytes, words, form))
        })
        .collect()
}

/// The claim that an identifier is one of the program.
fn declaration(
    view: &BlockView<'_>,
    bytes: std::ops::Range<usize>,
    words: Vec<CompactString>,
    form: IdentifierForm,
) -> Claim {
    let tokens = &view.layer.tokens;
    let start = tokens.partition_point(|t| (t.start as usize) < bytes.start);
    let text = &view.text[bytes.clone()];
    let length = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '<' | ',')).unwrap_or(text.len());
    let end = tokens.partition_point(|t| (t.end as usize) <= bytes.start + length).max(start + 1).min(tokens.len());
    let value = Value::Identifier(Box::new(Identifier {
        words,
        form,
        declared: true,
        changed: false,
        folder: CompactString::default(),
        edition: CompactString::default(),
    }));
    let mut claim = view.claim(ClaimKind::Identifier, "identifier", start..end, value);
    claim.subject.wording = text[..length].into();
    claim
}
