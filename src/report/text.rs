//! What was read, block by block, for people who want to see how recount sees their document.

use crate::document::{BlockId, BlockKind, Document};
use crate::source::SourceFile;
use std::fmt::Write;

/// Shows a document: one line a block with its line in the file, its kind and its text; tables as grids.
#[must_use]
pub fn render(source: &SourceFile, document: &Document) -> String {
    let mut out = String::new();
    let mut shown_tables = vec![false; document.tables.len()];
    for (id, block) in document.iter() {
        if let BlockKind::Cell { table, .. } = block.kind {
            if !std::mem::replace(&mut shown_tables[table as usize], true) {
                render_table(source, document, table as usize, &mut out);
            }
            continue;
        }
        let _ = write!(out, "{:>5}  ", source.line_of(block.text.whole().start) + 1);
        match block.kind {
            BlockKind::Heading(level) => {
                let _ = write!(out, "{} ", "#".repeat(usize::from(level.max(1))));
            }
            BlockKind::Paragraph => {}
            BlockKind::Item { list, item } => {
                let list = &document.lists[list as usize];
                let marker = list.items.get(item as usize).map_or("-", |i| i.marker.as_str());
                let _ = write!(out, "{}{marker} ", "  ".repeat(list.depth as usize));
            }
            BlockKind::Note { note } => {
                let label = document.notes.get(note as usize).map_or("", |n| n.label.as_str());
                let _ = write!(out, "[note {label}] ");
            }
            BlockKind::Comment { comment } => {
                let author = document.comments.get(comment as usize).map_or("", |c| c.author.as_str());
                let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
                let _ = write!(out, "[comment {}{by}] ", comment + 1);
            }
            BlockKind::Caption => out.push_str("[caption] "),
            BlockKind::Entry => out.push_str("[entry] "),
            BlockKind::Contents => out.push_str("[contents] "),
            BlockKind::Quote => out.push_str("> "),
            BlockKind::Code => out.push_str("[code] "),
            BlockKind::Meta => out.push_str("[meta] "),
            BlockKind::Cell { .. } => {}
        }
        out.push_str(&shown(document, id));
        out.push('\n');
    }
    for issue in &document.issues {
        let _ = writeln!(out, "{:>5}  [not read: {}]", source.line_of(issue.at.start) + 1, issue.message);
    }
    out
}

fn render_table(source: &SourceFile, document: &Document, index: usize, out: &mut String) {
    let table = &document.tables[index];
    for (r, row) in table.rows.iter().enumerate() {
        let line =
            row.iter().flatten().next().map_or(0, |&id| source.line_of(document.block(id).text.whole().start) + 1);
        let _ = write!(out, "{line:>5}  {}", if (r as u32) < table.head_rows { "|#" } else { "| " });
        for cell in row {
            let _ = write!(out, " {} |", cell.map_or_else(String::new, |id| shown(document, id)));
        }
        out.push('\n');
    }
}

/// The text of a block on one line, with the marks of notes put back in braces.
fn shown(document: &Document, id: BlockId) -> String {
    let string = &document.block(id).text.string;
    let first = document.marks.partition_point(|m| m.block < id);
    let mut out = String::with_capacity(string.len());
    let mut from = 0;
    for mark in document.marks[first..].iter().take_while(|m| m.block == id) {
        let at = mark.offset as usize;
        if let Some(part) = string.get(from..at) {
            out.push_str(part);
            from = at;
        }
        let _ = write!(out, "{{{}}}", mark.label);
    }
    out.push_str(string.get(from..).unwrap_or(""));
    out.replace('\n', "⏎")
}
