//! Numbers, ordinals and dates as they were read: as a table for people and as JSON for programs.

use super::json::{JsonSpan, SCHEMA_VERSION};
use super::place::Places;
use super::table::{Column, Table};
use super::value::{iso, json_quantity, quantity};
use super::{fold, path};
use crate::annotate::{Annotated, Layers, QuantityAt};
use crate::document::{BlockId, Document};
use crate::source::SourceFile;
use crate::span::Span;
use serde_json::{Value as Json, json};
use std::io::{self, Write};
use std::ops::{Range, RangeInclusive};

/// The layers of one file whose numbers are to be printed.
#[derive(Clone, Debug)]
pub struct NumbersOf<'a> {
    /// The file.
    pub source: &'a SourceFile,
    /// Its document.
    pub document: &'a Document,
    /// The layers of its blocks.
    pub layers: &'a Layers,
    /// Lines from 1 to which the numbers are narrowed; all when empty.
    pub lines: Vec<RangeInclusive<usize>>,
}

/// One number, ordinal or date.
struct Item {
    kind: &'static str,
    block: BlockId,
    at: Span,
    /// The bare number, when it is less than the whole.
    number: Option<Span>,
    /// The wording with the hedge.
    hedged: Span,
    /// Shown to people.
    said: String,
    hedge: &'static str,
    value: Json,
}

impl NumbersOf<'_> {
    /// All items in reading order.
    fn items(&self) -> Vec<Item> {
        let mut out = Vec::new();
        for ((id, block), layer) in self.document.iter().zip(&self.layers.blocks) {
            let span = |tokens: &Range<usize>| block.text.span(layer.bytes(tokens.clone()));
            let from = out.len();
            quantities(layer, id, &span, &mut out);
            for (ordinals, from_end) in [(&layer.ordinals, false), (&layer.from_end, true)] {
                out.extend(ordinals.iter().map(|o| ranked(o.rank, from_end, id, span(&o.tokens))));
            }
            for date in &layer.dates {
                let at = span(&date.tokens);
                let (first, last) = (iso(date.date.from), iso(date.date.to));
                let said = if first == last { first.clone() } else { format!("{first} … {last}") };
                let value = json!({"from": first, "to": last});
                out.push(Item { kind: "date", block: id, at, number: None, hedged: at, said, hedge: "", value });
            }
            out[from..].sort_by_key(|item| (item.at.start, item.at.end));
        }
        out.retain(|item| self.wants(item));
        out
    }

    fn wants(&self, item: &Item) -> bool {
        let first = self.source.line_of(item.at.start) + 1;
        let last = self.source.line_of(item.at.end.saturating_sub(1).max(item.at.start)) + 1;
        self.lines.is_empty() || self.lines.iter().any(|l| *l.start() <= last && first <= *l.end())
    }
}

/// A rank, from the beginning or from the end.
fn ranked(rank: u32, from_end: bool, block: BlockId, at: Span) -> Item {
    let (said, value) = if from_end {
        (format!("no. {rank} from the end"), json!({ "rank": rank, "from": "end" }))
    } else {
        (format!("no. {rank}"), json!({ "rank": rank }))
    };
    Item { kind: "ordinal", block, at, number: None, hedged: at, said, hedge: "", value }
}

/// The quantities of a block; a year that is a date too is left to the dates.
fn quantities(layer: &Annotated, block: BlockId, span: &dyn Fn(&Range<usize>) -> Span, out: &mut Vec<Item>) {
    for found in &layer.quantities {
        if found.label && layer.dates.iter().any(|d| d.tokens == found.tokens) {
            continue;
        }
        let number = span(&found.number);
        let at = span(&found.tokens);
        out.push(Item {
            kind: match found {
                QuantityAt { vague: true, .. } => "vague",
                QuantityAt { label: true, .. } => "name",
                _ => "quantity",
            },
            block,
            at,
            number: (number != at).then_some(number),
            hedged: span(&found.hedged),
            said: quantity(&found.quantity),
            hedge: found.quantity.hedge.name(),
            value: json_quantity(&found.quantity),
        });
    }
}

/// Writes a table for every file.
///
/// # Errors
///
/// When writing fails.
pub fn write_table(files: &[NumbersOf<'_>], width: usize, out: &mut dyn Write) -> io::Result<()> {
    for (n, file) in files.iter().enumerate() {
        let items = file.items();
        if n > 0 {
            writeln!(out)?;
        }
        if files.len() > 1 {
            writeln!(out, "{}: {}", path(file.source), super::count(items.len(), "number"))?;
        }
        if items.is_empty() {
            if files.len() == 1 {
                writeln!(out, "no numbers")?;
            }
            continue;
        }
        let mut table = Table::new(&[
            Column::right("place", 12),
            Column::left("kind", 8),
            Column::left("read", 32),
            Column::rest("written"),
        ]);
        for item in &items {
            let at = file.source.line_column(item.at.start);
            let written = fold(file.source.slice(item.hedged));
            table.add(&[&format!("{}:{}", at.line, at.column), item.kind, &item.said, &written]);
        }
        table.write(width, out)?;
    }
    Ok(())
}

/// Writes one JSON object, one number a line.
///
/// # Errors
///
/// When writing fails.
pub fn write_json(files: &[NumbersOf<'_>], out: &mut dyn Write) -> io::Result<()> {
    let tool = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\n\"tool\":{tool},\n\"numbers\":[")?;
    let mut first = true;
    for file in files {
        let places = Places::new(file.document);
        let json_span = |span: Span| JsonSpan::new(file.source, span.start, span.end);
        for item in file.items() {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            let twin = json!({
                "kind": item.kind,
                "path": path(file.source),
                "span": json_span(item.at),
                "number": json_span(item.number.unwrap_or(item.at)),
                "hedged": json_span(item.hedged),
                "place": places.block(item.block),
                "text": file.source.slice(item.at),
                "hedge": (!item.hedge.is_empty()).then_some(item.hedge),
                "value": item.value,
            });
            serde_json::to_writer(&mut *out, &twin)?;
        }
    }
    writeln!(out, "\n]}}")
}
