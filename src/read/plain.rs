//! Plain text: hard-wrapped, or extracted from a PDF.

use super::notes;
use super::outline::Outline;
use super::surround::{Flow, connect};
use crate::document::{BlockId, BlockKind, Document, Table, Text};
use crate::span::FileId;
use std::ops::Range;

/// Reads plain text.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut document = Document::new(file);
    let mut outline = Outline::default();
    let mut flow = Vec::new();
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut offset = 0;
    for line in source.split_inclusive('\n').chain(["\n"]) {
        let content = line.trim_matches(['\n', '\r', '\u{c}', ' ', '\u{feff}']);
        if content.is_empty() {
            close(&mut document, &mut outline, &mut flow, source, &lines);
            lines.clear();
        } else {
            let from = content.as_ptr() as usize - source.as_ptr() as usize;
            lines.push(from..from + content.len());
        }
        offset += line.len();
    }
    debug_assert!(offset >= source.len());
    connect(&mut document, &flow);
    notes::settle(&mut document, Vec::new());
    document
}

fn close(document: &mut Document, outline: &mut Outline, flow: &mut Vec<Flow>, source: &str, lines: &[Range<usize>]) {
    let copied = |range: Range<usize>| {
        let mut text = Text::new(document.file);
        text.push_copied(&source[range.clone()], range.start as u32);
        text
    };
    let Some(first) = lines.first() else { return };
    if lines.len() > 1 && lines.iter().all(|l| source[l.clone()].contains('\t')) {
        let index = document.tables.len() as u32;
        let mut rows = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let mut cells = Vec::new();
            let mut at = line.start;
            for (col, cell) in source[line.clone()].split('\t').enumerate() {
                let text = copied(at..at + cell.len());
                let kind = BlockKind::Cell { table: index, row: row as u32, col: col as u32 };
                cells.push((!cell.trim().is_empty()).then_some((kind, text)));
                at += cell.len() + 1;
            }
            rows.push(cells);
        }
        let section = outline.section();
        let rows: Vec<Vec<Option<BlockId>>> = rows
            .into_iter()
            .map(|r| r.into_iter().map(|c| c.map(|(kind, text)| document.push(kind, text, section))).collect())
            .collect();
        document.tables.push(Table { caption: None, head_rows: 1, rows, section, intro: None });
        flow.push(Flow::Table(index));
        return;
    }
    let heading = lines.len() == 1
        && first.len() < 80
        && !source[first.clone()].ends_with(['.', ',', ';', ':', '!', '?', '"', '”', ')'])
        && source[first.clone()].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if heading {
        let level = if document.blocks.is_empty() { 1 } else { 2 };
        let text = copied(first.clone());
        let section = outline.parent(level);
        let id = document.push(BlockKind::Heading(level), text, section);
        outline.enter(level, id);
        flow.push(Flow::Block(id));
        return;
    }
    let long = lines.iter().any(|l| l.len() > 200);
    let mut text = Text::new(document.file);
    let mut last = first.start;
    for line in lines {
        if long && !text.is_empty() {
            let id = document.push(BlockKind::Paragraph, text, outline.section());
            flow.push(Flow::Block(id));
            text = Text::new(document.file);
        }
        if !text.is_empty() {
            text.push_replaced(" ", last as u32..line.start as u32);
        }
        text.push_copied(&source[line.clone()], line.start as u32);
        last = line.end;
    }
    let id = document.push(BlockKind::Paragraph, text, outline.section());
    flow.push(Flow::Block(id));
}
