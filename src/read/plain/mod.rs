//! Plain text: wrapped by hand, one line a paragraph, or extracted from the pages of a PDF.
//!
//! Lines are cut into parts, page furniture is left out, what pages and notes tear apart is put together again, and
//! headings, tables and lists are told from how they are set.

mod columns;
mod contents;
mod furniture;
mod glued;
mod headings;
mod hyphen;
mod inline;
mod join;
mod lines;
mod lists;
mod marker;
mod parts;

use super::outline::Outline;
use super::surround::{Flow, connect};
use super::{bibliography, notes};
use crate::document::{BlockId, BlockKind, Document, ListItem, Note, Table, Text};
use crate::span::{FileId, Span};
use hyphen::{Hyphens, divided};
use lines::Line;
use lists::Lists;
use parts::{Part, PartKind};
use std::ops::Range;

/// Reads plain text.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut lines = lines::lines(source);
    furniture::mark(source, &mut lines);
    let wrapping = lines::wrapping(&lines);
    let glued = glued::Glued::find(source, &lines);
    let mut parts = parts::parts(source, &lines, wrapping, &glued);
    let titles = contents::mark(source, &lines, &mut parts);
    join::join(source, &lines, wrapping, &mut parts);
    headings::mark(source, &lines, &titles, &mut parts);
    join::join_entries(source, &lines, &mut parts);
    let hyphens = Hyphens::new(source, &lines, &parts);
    let mut writer = Writer {
        source,
        lines: &lines,
        hyphens: &hyphens,
        document: Document::new(file),
        outline: Outline::default(),
        lists: Lists::default(),
        flow: Vec::new(),
    };
    for part in &parts {
        writer.part(part);
    }
    let Writer { mut document, flow, .. } = writer;
    connect(&mut document, &flow);
    bibliography::mark(&mut document);
    notes::take_marks(&mut document, Vec::new(), glued.marks());
    document
}

/// Makes blocks of parts.
struct Writer<'a> {
    source: &'a str,
    lines: &'a [Line],
    hyphens: &'a Hyphens,
    document: Document,
    outline: Outline,
    lists: Lists,
    flow: Vec<Flow>,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part) {
        match &part.kind {
            PartKind::Text | PartKind::Underlined(_) => {
                self.lists.text(self.lines[part.first()].indent);
                self.block(BlockKind::Paragraph, part);
            }
            PartKind::Heading(level) => {
                self.lists.close();
                let section = self.outline.parent(*level);
                let text = inline::dress(self.text(part));
                let id = self.document.push(BlockKind::Heading(*level), text, section);
                self.outline.enter(*level, id);
                self.flow.push(Flow::Block(id));
            }
            PartKind::Item(marker) => {
                let line = &self.lines[part.first()];
                let (list, begins) = self.lists.item(&mut self.document, marker, line.indent);
                if begins {
                    self.flow.push(Flow::List(list));
                }
                let item = self.document.lists[list as usize].items.len() as u32;
                let id = self.block(BlockKind::Item { list, item }, part);
                let (start, length) = (line.content.start, marker.length as u32);
                let written = &line.text(self.source)[..marker.length];
                self.document.lists[list as usize].items.push(ListItem {
                    block: Some(id),
                    marker: written.to_owned(),
                    at: Span::new(self.document.file, start, start + length),
                });
            }
            PartKind::Note(label) => {
                let note = self.document.notes.len() as u32;
                let id = self.block(BlockKind::Note { note }, part);
                let line = &self.lines[part.first()];
                let written = line.text(self.source)[..part.skip].trim_end().len() as u32;
                let at = Span::new(self.document.file, line.content.start, line.content.start + written);
                self.document.notes.push(Note { label: label.clone(), at, blocks: vec![id] });
            }
            PartKind::NoteMore => {
                let note = (self.document.notes.len() as u32).saturating_sub(1);
                let id = self.block(BlockKind::Note { note }, part);
                if let Some(note) = self.document.notes.last_mut() {
                    note.blocks.push(id);
                }
            }
            PartKind::Contents => {
                self.block(BlockKind::Contents, part);
            }
            PartKind::Code => {
                let mut text = Text::new(self.document.file);
                let (first, last) = (&self.lines[part.first()], &self.lines[part.last()]);
                let range = first.full.start as usize..last.content.end as usize;
                text.push_copied(&self.source[range.clone()], range.start as u32);
                let section = self.outline.section();
                let id = self.document.push(BlockKind::Code, text, section);
                self.flow.push(Flow::Block(id));
            }
            PartKind::Tabs | PartKind::Bars | PartKind::Columns(_) => self.table(part),
        }
    }

    fn block(&mut self, kind: BlockKind, part: &Part) -> BlockId {
        let text = inline::dress(self.text(part));
        let section = self.outline.section();
        let id = self.document.push(kind, text, section);
        // Notes stand at the foot of the page, not between what the flow connects.
        if !matches!(kind, BlockKind::Note { .. }) {
            self.flow.push(Flow::Block(id));
        }
        id
    }

    /// The lines of a part as one text.
    fn text(&self, part: &Part) -> Text {
        let mut text = Text::new(self.document.file);
        let mut before: Option<&Line> = None;
        let mut indices = part.lines.iter().flat_map(Clone::clone).peekable();
        while let Some(i) = indices.next() {
            let line = &self.lines[i];
            let content = line.text(self.source);
            let skip = if before.is_none() { part.skip.min(content.len()) } else { 0 };
            let mut words = &content[skip..];
            if part.kind == PartKind::Contents
                && let Some((start, end)) = contents::split_leader(words)
            {
                let at = line.content.start;
                text.push_copied(&words[..start], at);
                text.push_replaced(" ", at + start as u32..at + end as u32);
                text.push_copied(&words[end..], at + end as u32);
                before = Some(line);
                continue;
            }
            if let Some(above) = before {
                self.join_lines(&mut text, above, line);
            }
            // The hyphen of a divided word is written by whoever joins it to its other half.
            if let Some(next) = indices.peek().map(|&next| &self.lines[next])
                && divided(content, next.text(self.source)).is_some()
            {
                let hyphen = words.chars().next_back().map_or(0, char::len_utf8);
                words = &words[..words.len() - hyphen];
            }
            text.push_copied(words, line.content.start + skip as u32);
            before = Some(line);
        }
        text
    }

    fn join_lines(&self, text: &mut Text, above: &Line, line: &Line) {
        let (before, after) = (above.text(self.source), line.text(self.source));
        let gap = above.content.end..line.content.start;
        if let Some((left, right)) = divided(before, after) {
            let hyphen = before.chars().next_back().map_or(0, char::len_utf8) as u32;
            if !before.ends_with('\u{ad}') && !self.hyphens.is_soft(left, right) {
                text.push_copied(&before[before.len() - hyphen as usize..], gap.start - hyphen);
            }
            return;
        }
        let is_wide =
            |c: char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}');
        if before.ends_with(is_wide) && after.starts_with(is_wide) {
            return;
        }
        // An address that ends at a stroke goes on in the next line.
        text.push_replaced(" ", gap);
    }

    fn table(&mut self, part: &Part) {
        self.lists.close();
        let table = self.document.tables.len() as u32;
        let section = self.outline.section();
        let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
        for i in part.lines.iter().flat_map(Clone::clone) {
            let line = &self.lines[i];
            let full = line.full(self.source);
            if part.kind != PartKind::Tabs && columns::is_rule(full) {
                continue;
            }
            let cells = match &part.kind {
                PartKind::Columns(starts) => columns::cells_at(full, starts),
                PartKind::Bars => split(full.trim_end().trim_end_matches('|'), '|').skip(1).collect(),
                _ => split(full, '\t').collect(),
            };
            let base = line.full.start as usize;
            rows.push(cells.into_iter().map(|c| trimmed(self.source, base + c.start..base + c.end)).collect());
        }
        let numeric = |range: &Range<usize>| columns::is_numeric(&self.source[range.clone()]);
        let head_rows = u32::from(has_head(self.source, &rows, &numeric));
        let mut grid = Vec::with_capacity(rows.len());
        for (row, cells) in rows.into_iter().enumerate() {
            let mut ids = Vec::with_capacity(cells.len());
            for (col, cell) in cells.into_iter().enumerate() {
                if cell.is_empty() {
                    ids.push(None);
                    continue;
                }
                let mut text = Text::new(self.document.file);
                text.push_copied(&self.source[cell.clone()], cell.start as u32);
                let kind = BlockKind::Cell { table, row: row as u32, col: col as u32 };
                ids.push(Some(self.document.push(kind, inline::dress(text), section)));
            }
            grid.push(ids);
        }
        self.document.tables.push(Table { caption: None, head_rows, rows: grid, section, intro: None, sheet: None });
        self.flow.push(Flow::Table(table));
    }
}

/// The byte ranges between the signs of a line.
fn split(line: &str, sign: char) -> impl Iterator<Item = Range<usize>> + '_ {
    line.split(sign).map(move |cell| {
        let start = cell.as_ptr() as usize - line.as_ptr() as usize;
        start..start + cell.len()
    })
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let cell = &source[range.clone()];
    let start = range.start + (cell.len() - cell.trim_start().len());
    start..start + cell.trim().len()
}

/// Whether the first row names the columns: it has no figures but years, where the rows below have some.
fn has_head(source: &str, rows: &[Vec<Range<usize>>], numeric: &dyn Fn(&Range<usize>) -> bool) -> bool {
    let [head, body @ ..] = rows else { return false };
    let is_year = |r: &Range<usize>| {
        let cell = &source[r.clone()];
        cell.len() == 4 && cell.bytes().all(|b| b.is_ascii_digit()) && matches!(&cell[..2], "18" | "19" | "20")
    };
    let named = head.iter().skip(1).all(|c| !numeric(c) || is_year(c)) && head.first().is_none_or(|c| !numeric(c));
    let body_has_figures = body.iter().flatten().any(|c| numeric(c) && !is_year(c));
    named && (body_has_figures || body.len() >= 2)
}
