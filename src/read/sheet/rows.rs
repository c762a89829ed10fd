//! The rows of a sheet → tables and running text, whatever the format of the workbook.

use super::column_name;
use crate::document::{Document, ReadIssue, Sheet};
use crate::read::build::LeafKind;
use crate::read::render::Render;
use crate::read::surround::is_head;
use crate::span::{FileId, Span};
use std::collections::BTreeMap;

/// The cells of one row by column.
pub(super) type Row = BTreeMap<u32, Cell>;

/// What is noted at cells, by row and column.
pub(super) type Noted = BTreeMap<(u32, u32), String>;

/// What somebody remarks on a cell.
#[derive(Debug)]
pub(super) struct Remark {
    /// Row and column.
    pub(super) cell: (u32, u32),
    /// Who it was; empty when that is not known.
    pub(super) author: String,
    /// The words.
    pub(super) words: String,
}

/// Adds a note at a cell, behind what is noted there.
pub(super) fn note(noted: &mut Noted, cell: (u32, u32), words: &str) {
    let all = noted.entry(cell).or_default();
    for word in words.split_whitespace() {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(word);
    }
}

/// A visible sheet.
#[derive(Debug, Default)]
pub(super) struct SheetRows {
    /// Its name.
    pub(super) name: String,
    /// Its rows that say something, by their numbers from 0.
    pub(super) rows: BTreeMap<u32, Row>,
    /// What is noted at its cells.
    pub(super) noted: Noted,
    /// What is remarked on its cells, in order of the file.
    pub(super) remarks: Vec<Remark>,
}

/// A cell that says something.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// What it says, as it is shown.
    pub(super) said: String,
    /// How many rows and columns it covers; 1 and 1 but for a merged cell.
    pub(super) covers: (u32, u32),
    /// The label of the note that it calls.
    pub(super) note: Option<String>,
    /// What is remarked on it, by author.
    pub(super) remarks: Vec<(String, String)>,
}

impl Cell {
    /// A cell of one row and one column.
    pub(super) fn single(said: String) -> Self {
        Self { said, covers: (1, 1), note: None, remarks: Vec::new() }
    }
}

/// A row is no wider than this, however far apart its cells lie.
const WIDEST: u32 = 1_000;

/// The text and the document that sheets make, with what could not be read.
pub(super) fn written(sheets: Vec<SheetRows>, issues: Vec<String>) -> (String, Document) {
    let mut document = Document::new(FileId(0));
    let mut render = Render::new(&mut document);
    let hung = write_sheets(sheets, &mut render);
    write_remarks(hung, &mut render);
    let text = std::mem::take(&mut render.text);
    let _ = render.build.finish();
    let at = Span::new(FileId(0), text.len() as u32, text.len() as u32);
    document.issues.extend(issues.into_iter().map(|message| ReadIssue { message, at }));
    (text, document)
}

/// A remark that is still to be written: where in the text it hangs, its author and its words.
type Hung = (Option<u32>, String, String);

/// Writes remarks behind everything else.
fn write_remarks(hung: Vec<Hung>, render: &mut Render<'_>) {
    let offsets: Vec<Option<u32>> = hung.iter().map(|(at, ..)| *at).collect();
    let held = render.build.held(&offsets);
    for ((_, author, words), on) in hung.into_iter().zip(held) {
        render.open_comment(&author, on);
        render.open(LeafKind::Running);
        render.words(&words);
        render.build.close_comment();
    }
}

/// Writes sheets one after the other, each below its name when several say something. Gives the remarks on their cells.
fn write_sheets(sheets: Vec<SheetRows>, render: &mut Render<'_>) -> Vec<Hung> {
    let mut hung = Vec::new();
    let several = sheets.iter().filter(|s| !s.rows.is_empty()).count() > 1;
    for sheet in sheets {
        if several && !(sheet.rows.is_empty() && sheet.noted.is_empty()) {
            render.open(LeafKind::Heading(1));
            render.words(&sheet.name);
            render.build.close_leaf();
        }
        write_sheet(sheet, several, render, &mut hung);
    }
    hung
}

/// Writes a sheet: stretches between empty rows are tables, rows of one cell above them are text. What is noted at
/// cells follows as notes that the cells call; at empty cells, which call nothing, it is text.
fn write_sheet(mut sheet: SheetRows, several: bool, render: &mut Render<'_>, hung: &mut Vec<Hung>) {
    let mut called: Vec<(String, String)> = Vec::new();
    let mut uncalled: Vec<String> = Vec::new();
    for ((row, column), words) in std::mem::take(&mut sheet.noted) {
        let cell = format!("{}{}", column_name(column), u64::from(row) + 1);
        match sheet.rows.get_mut(&row).and_then(|r| r.get_mut(&column)) {
            Some(noted) => {
                let label = if several { format!("{}!{cell}", sheet.name) } else { cell };
                noted.note = Some(label.clone());
                called.push((label, words));
            }
            None => uncalled.push(words),
        }
    }
    for Remark { cell: (row, column), author, words } in std::mem::take(&mut sheet.remarks) {
        match sheet.rows.get_mut(&row).and_then(|r| r.get_mut(&column)) {
            Some(cell) => cell.remarks.push((author, words)),
            None => hung.push((None, author, words)),
        }
    }
    let mut block: Vec<(u32, Row)> = Vec::new();
    for (number, row) in sheet.rows {
        if block.last().is_some_and(|(last, _)| last + 1 < number) {
            write_block(&sheet.name, &std::mem::take(&mut block), render, hung);
        }
        block.push((number, row));
    }
    write_block(&sheet.name, &block, render, hung);
    for (label, words) in called {
        render.open_note(&label);
        render.words(&words);
        render.build.go_out();
    }
    for words in uncalled {
        render.open(LeafKind::Running);
        render.words(&words);
        render.build.close_leaf();
    }
}

fn write_block(name: &str, block: &[(u32, Row)], render: &mut Render<'_>, hung: &mut Vec<Hung>) {
    let titles = block.iter().take_while(|(_, row)| row.len() == 1).count();
    let notes = block[titles..].iter().rev().take_while(|(_, row)| row.len() == 1 && is_long(row)).count();
    let body = &block[titles..block.len() - notes];
    // A column of single values below each other is a table too, and not a run of titles.
    let text_only = body.is_empty();
    for (n, (_, row)) in block[..titles].iter().enumerate() {
        let caption = n + 1 == titles && !text_only;
        line(render, row, if caption { LeafKind::Caption } else { LeafKind::Running }, hung);
    }
    if !text_only {
        write_table(name, body, render, hung);
    }
    for (_, row) in &block[block.len() - notes..] {
        line(render, row, LeafKind::Running, hung);
    }
}

/// Writes what a cell says and the mark that calls its note.
fn write_cell(cell: &Cell, render: &mut Render<'_>, hung: &mut Vec<Hung>) {
    render.words(&cell.said);
    let at = render.text.len() as u32;
    hung.extend(cell.remarks.iter().map(|(author, words)| (Some(at), author.clone(), words.clone())));
    if let Some(label) = &cell.note {
        render.mark(label);
    }
}

fn is_long(row: &Row) -> bool {
    row.values().all(|cell| cell.said.len() > 30)
}

fn line(render: &mut Render<'_>, row: &Row, kind: LeafKind, hung: &mut Vec<Hung>) {
    for cell in row.values() {
        render.open(kind);
        write_cell(cell, render, hung);
        render.build.close_leaf();
    }
}

fn write_table(name: &str, body: &[(u32, Row)], render: &mut Render<'_>, hung: &mut Vec<Hung>) {
    let first = body.iter().filter_map(|(_, row)| row.keys().next()).min().copied().unwrap_or(0);
    let last = body.iter().filter_map(|(_, row)| row.keys().next_back()).max().copied().unwrap_or(first);
    let last = last.min(first + WIDEST);
    render.build.open_table();
    // For every column that a merged cell from above covers, the first row that is free of it.
    let mut covered: BTreeMap<u32, u32> = BTreeMap::new();
    let below = body.last().map_or(0, |(number, _)| number + 1);
    for (number, row) in body {
        render.open_row();
        let end = row.keys().next_back().copied().unwrap_or(first).min(last);
        let mut column = first;
        while column <= end {
            if covered.get(&column).is_some_and(|free| number < free) {
                column += 1;
                continue;
            }
            let (rows, columns) = row.get(&column).map_or((1, 1), |cell| cell.covers);
            let rows = rows.min(below - number);
            // A title may be merged far beyond the last column.
            let columns = columns.clamp(1, last + 1 - column);
            if rows > 1 {
                covered.extend((column..column + columns).map(|c| (c, number + rows)));
            }
            render.open_cell(rows, columns);
            if let Some(cell) = row.get(&column) {
                write_cell(cell, render, hung);
            }
            render.build.close_cell();
            column += columns;
        }
        render.build.close_row();
    }
    let said = |row: &Row| row.values().map(|cell| cell.said.clone()).collect::<Vec<_>>();
    let (head, later): (Vec<String>, Vec<String>) =
        (said(&body[0].1), body.iter().skip(1).take(50).flat_map(|(_, row)| said(row)).collect());
    let is_head = is_head(head.iter().map(String::as_str), later.iter().map(String::as_str));
    if let Some(table) = render.build.table() {
        table.head_rows = u32::from(is_head);
        table.sheet =
            Some(Sheet { name: name.to_owned(), rows: body.iter().map(|(n, _)| *n).collect(), first_column: first });
    }
    render.build.close_table();
}
