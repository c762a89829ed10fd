//! Rows of tables that give options, limits and properties their values: `| chunk_avg | 2 MiB | Average chunk size |`.

use super::terms::{Terms, is_bound, of_names};
use super::{Parameter, ParameterSource};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::section::Titles;
use crate::claim::setting::{SettingValue, code, code_spans, literal, only, stated};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, Table};
use crate::lexicon::{Lexicon, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most rows of a table that are read; longer ones are data.
const ROWS: usize = 300;

/// Most columns of a table that describes settings.
const COLUMNS: usize = 8;

/// The columns whose cells are values, by the sets of words for their heads.
const SLOTS: &[(&str, &str)] = &[
    ("default", "setting-default-head"),
    ("", "parameter-value-head"),
    ("least", "setting-least-head"),
    ("most", "setting-most-head"),
];

/// Reads the tables of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut titles = Titles::default();
    for table in &context.document.tables {
        if let Some(columns) = Columns::of(context, table) {
            rows(context, table, &columns, &mut titles, out);
        }
    }
}

/// What the columns of a table hold.
struct Columns {
    /// The column of each slot that the table has.
    values: Vec<(&'static str, usize)>,
    /// The column that gives types or units.
    kind: Option<usize>,
}

impl Columns {
    /// The columns of a table of settings; `None` for any other table.
    fn of(context: &Context<'_>, table: &Table) -> Option<Self> {
        let heads = table.rows.first().filter(|_| table.head_rows == 1)?;
        if !(2..=COLUMNS).contains(&heads.len()) || table.rows.len() > ROWS {
            return None;
        }
        let column = |set: &str| {
            (1..heads.len())
                .find(|&c| heads[c].map(|id| context.view(id)).is_some_and(|view| is_head(&view, context.lexicon, set)))
        };
        let values: Vec<(&str, usize)> = SLOTS.iter().filter_map(|(slot, set)| Some((*slot, column(set)?))).collect();
        (!values.is_empty()).then(|| Self { values, kind: column("setting-type-head") })
    }
}

/// Whether a head is one phrase of a set, what stands in brackets left aside: "Default (s)".
fn is_head(view: &BlockView<'_>, lexicon: &Lexicon, set: &str) -> bool {
    let n = view.layer.tokens.len();
    phrase_at(lexicon, set, view.text, &view.layer.tokens, 0)
        .is_some_and(|length| length == n || view.word(length) == "(")
}

fn rows(context: &Context<'_>, table: &Table, columns: &Columns, titles: &mut Titles, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let head = table.rows[0][0].map(|id| context.view(id).text);
    for row in table.rows.iter().skip(1) {
        let cell = |col: usize| row.get(col).copied().flatten().map(|id| context.view(id));
        let Some(name) = cell(0) else { continue };
        let hint = columns.kind.and_then(cell).map(|view| view.text);
        let mut values: Vec<(&str, BlockView<'_>, Range<usize>, SettingValue)> = Vec::new();
        for &(slot, col) in &columns.values {
            let Some(view) = cell(col) else { continue };
            let in_head = table.rows[0][col].and_then(|id| in_brackets(context.view(id).text));
            let unit = hint.or(in_head).or_else(|| unit_told(context, row, columns));
            if let Some((tokens, value)) = value(&view, lexicon, unit) {
                values.push((slot, view, tokens, value));
            }
        }
        let Some((key, terms, text)) = described(context, row, head, columns) else { continue };
        // Numbers of the description are those of bounds and special values.
        let told = (1..row.len()).filter(|c| !columns.values.iter().any(|(_, v)| v == c)).filter_map(cell);
        let others: Vec<SettingValue> = told
            .flat_map(|view| view.layer.quantities.iter().map(|q| SettingValue::Quantity(q.quantity.clone())))
            .collect();
        for (slot, view, tokens, value) in &values {
            let beside = values.iter().filter(|(other, ..)| other != slot).map(|(.., value)| value.clone());
            let parameter = Parameter {
                source: ParameterSource::Described,
                slot: (*slot).into(),
                others: others.iter().cloned().chain(beside).collect(),
                only: of_names(lexicon, &only(&name, lexicon, 0..name.layer.tokens.len())),
                bound: *slot != "least" && is_bound(lexicon, &text),
                ..Parameter::described(key.clone(), terms.clone(), value.clone())
            };
            let mut claim =
                view.claim(ClaimKind::Parameter, "parameter", tokens.clone(), Value::Parameter(Box::new(parameter)));
            claim.subject.wording = lower_space(name.text);
            claim.scope.titles = titles.above(context, view.id);
            out.push(claim);
        }
    }
}

/// The key, the words and the text of a row.
fn described(
    context: &Context<'_>,
    row: &[Option<BlockId>],
    head: Option<&str>,
    columns: &Columns,
) -> Option<(CompactString, Vec<super::Term>, String)> {
    let lexicon = context.lexicon;
    let name = row.first().copied().flatten().map(|id| context.view(id))?;
    let mut terms = Terms::default();
    let spans = code_spans(&name);
    let mut key = CompactString::default();
    if spans.is_empty() {
        terms.tokens(&name, lexicon, 0..name.layer.tokens.len(), 4);
    }
    for span in &spans {
        let named = name.wording(span.clone());
        let end = named.find([' ', '=', '<', '(']).unwrap_or(named.len());
        terms.name(lexicon, &named[..end], 3);
        if key.is_empty() {
            key = code::words(&named[..end]).join(" ").into();
        }
    }
    let mut text = format!("{} ", name.text.replace(['_', '-', '.'], " "));
    for (col, told) in row.iter().enumerate().skip(1) {
        let value = columns.values.iter().any(|(_, v)| *v == col) || columns.kind == Some(col);
        let Some(view) = told.map(|id| context.view(id)).filter(|_| !value) else { continue };
        terms.tokens(&view, lexicon, 0..view.layer.tokens.len(), 4);
        text.push_str(view.text);
        text.push(' ');
    }
    if let Some(heading) = name.block.section.map(|id| context.view(id)) {
        terms.tokens(&heading, lexicon, 0..heading.layer.tokens.len(), 1);
        text.push_str(heading.text);
        text.push(' ');
    }
    text.push_str(head.unwrap_or_default());
    Some((key, terms.done(), text))
}

/// The value of a cell: all of it, or the one number that it begins with.
fn value(view: &BlockView<'_>, lexicon: &Lexicon, hint: Option<&str>) -> Option<(Range<usize>, SettingValue)> {
    let all = 0..view.layer.tokens.len();
    // "10.000" may be ten or ten thousand.
    if view.text.trim_matches('`').ends_with(".000") {
        return None;
    }
    if let Some(value) = stated(view, lexicon, all.clone(), hint) {
        return Some((all, value));
    }
    let [one] = &view.layer.quantities[..] else { return None };
    let first = one.tokens.start == 0 && one.quantity.is_plain() && !one.label;
    let open =
        matches!(lower(view.word(one.tokens.end)).as_str(), "or" | "to" | "/" | "–" | "-" | "×" | "x" | "*" | "+");
    (first && !open).then(|| (one.tokens.clone(), SettingValue::Quantity(one.quantity.clone())))
}

/// What stands in brackets in a head: "Size (GiB)".
fn in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('(')?;
    Some(rest.split_once(')')?.0.trim()).filter(|u| !u.is_empty() && u.len() <= 16)
}

/// The unit that a name ends with, or that a description begins with or gives in brackets: `idle_ms`, "Seconds of
/// silence", "Pause (seconds)", "Size in megabytes".
fn unit_told<'a>(context: &Context<'a>, row: &[Option<BlockId>], columns: &Columns) -> Option<&'a str> {
    let lexicon = context.lexicon;
    let measured = |word: &str| {
        let long = word.len() > 3 || matches!(word, "ms" | "mb" | "MB" | "kB" | "KB" | "MiB" | "KiB" | "GiB" | "sec");
        let unit = literal::unit(lexicon, word).filter(|_| long)?;
        matches!(unit.dimension.as_str(), "time" | "data").then_some(())
    };
    (0..row.len()).filter(|c| !columns.values.iter().any(|(_, v)| v == c)).find_map(|col| {
        let view = row[col].map(|id| context.view(id))?;
        let text = view.text.trim_matches('`');
        if col == 0 {
            let last = text.rsplit(['_', '-', '.', ' ', '(']).next()?.trim_end_matches([')', '`']);
            return measured(last).map(|()| last);
        }
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let first = words.next()?;
        if measured(first).is_some() {
            return Some(first);
        }
        let mut before = first;
        for word in words {
            if matches!(before, "in" | "of") && measured(word).is_some() {
                return Some(word);
            }
            before = word;
        }
        in_brackets(text).filter(|unit| measured(unit).is_some())
    })
}

fn lower_space(text: &str) -> CompactString {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}
