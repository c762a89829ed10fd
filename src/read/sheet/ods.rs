//! Workbooks of OpenDocument (ODS): every visible sheet, its cells as they are shown.

use super::MOST_CELLS;
use super::rows::{Cell, SheetRows, note, written};
use crate::document::Document;
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::xml::{Open, Piece, Xml};
use rustc_hash::FxHashSet;

/// A cell that says something stands for no more cells than this, across and down.
const MOST_REPEATED: u32 = 1_000;

/// Reads a workbook.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<(String, Document), DecodeError> {
    let mut archive = Archive::open(bytes)?;
    if archive.text("META-INF/manifest.xml")?.is_some_and(|m| m.contains("encryption-data")) {
        return Err(DecodeError::Encrypted);
    }
    let missing = || DecodeError::PartMissing { part: "content.xml".to_owned(), format: "OpenDocument workbook" };
    let content = archive.text("content.xml")?.ok_or_else(missing)?;
    let mut reader = Reader::default();
    reader.read(&content);
    Ok(written(reader.sheets, reader.issues))
}

/// Reads the visible sheets of a part.
struct Reader {
    sheets: Vec<SheetRows>,
    /// What could not be read.
    issues: Vec<String>,
    /// The style that is being read, and the styles of sheets that are not shown.
    style: String,
    hidden: FxHashSet<String>,
    /// The row and column of the next cell, and how many rows the row stands for.
    row: u32,
    column: u32,
    rows_of: u32,
    cell: Option<OpenCell>,
    in_sheet: bool,
    /// How many cells may yet be read, and whether there are more.
    left: usize,
    full: bool,
}

/// A cell that is being read.
struct OpenCell {
    /// How many columns it stands for.
    columns: u32,
    covers: (u32, u32),
    said: String,
    noted: String,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            sheets: Vec::new(),
            issues: Vec::new(),
            style: String::new(),
            hidden: FxHashSet::default(),
            row: 0,
            column: 0,
            rows_of: 1,
            cell: None,
            in_sheet: false,
            left: MOST_CELLS,
            full: false,
        }
    }
}

impl Reader {
    fn read(&mut self, part: &str) {
        let mut xml = Xml::new(part, 0..part.len());
        while let Some((piece, _)) = xml.next() {
            match piece {
                Piece::Open(tag) => self.open(&mut xml, &tag),
                Piece::Close(name) => self.close(&name),
                Piece::Words(words) => {
                    if let Some(cell) = &mut self.cell {
                        cell.said.push_str(&words);
                    }
                }
            }
            if self.full {
                let name = self.sheets.last().map_or("", |s| &s.name);
                self.issues.push(format!("sheet {name} and what follows: more than {MOST_CELLS} cells"));
                return;
            }
        }
        if xml.failed() {
            self.issues.push("the XML is broken; what follows was not read".to_owned());
        }
    }

    fn open(&mut self, xml: &mut Xml<'_>, tag: &Open<'_>) {
        match tag.name() {
            "style:style" => self.style = tag.get("style:name").unwrap_or_default(),
            "style:table-properties" if tag.get("table:display").is_some_and(|d| d == "false") => {
                self.hidden.insert(self.style.clone());
            }
            "table:table" => {
                // Tables lie in cells where a sheet holds another.
                if self.in_sheet || tag.get("table:style-name").is_some_and(|s| self.hidden.contains(&s)) {
                    xml.skip();
                    return;
                }
                self.in_sheet = true;
                let name = tag.get("table:name").unwrap_or_default();
                self.sheets.push(SheetRows { name, ..SheetRows::default() });
                self.row = 0;
            }
            "table:table-row" => {
                self.column = 0;
                self.rows_of = repeated(tag, "table:number-rows-repeated");
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let covers =
                    (repeated(tag, "table:number-rows-spanned"), repeated(tag, "table:number-columns-spanned"));
                let columns = repeated(tag, "table:number-columns-repeated");
                self.cell = Some(OpenCell { columns, covers, said: String::new(), noted: String::new() });
            }
            "office:annotation" => {
                let words = annotation(xml);
                if let Some(cell) = &mut self.cell {
                    cell.noted.push_str(&words);
                }
            }
            "draw:frame" | "table:shapes" | "table:tracked-changes" => {
                xml.skip();
            }
            "text:p" | "text:s" => {
                if let Some(cell) = &mut self.cell {
                    cell.said.push(' ');
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table:table" => self.in_sheet = false,
            "table:table-row" => self.row = self.row.saturating_add(self.rows_of),
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return };
                self.keep(&cell);
                self.column = self.column.saturating_add(cell.columns);
            }
            _ => {}
        }
    }

    /// Keeps what a cell says at every place that it stands for, and what is noted at it once.
    fn keep(&mut self, cell: &OpenCell) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        if !cell.noted.trim().is_empty() {
            note(&mut sheet.noted, (self.row, self.column), &cell.noted);
        }
        let said = cell.said.split_whitespace().collect::<Vec<_>>().join(" ");
        if said.is_empty() {
            return;
        }
        for row in 0..self.rows_of.min(MOST_REPEATED) {
            for column in 0..cell.columns.min(MOST_REPEATED) {
                if self.left == 0 {
                    self.full = true;
                    return;
                }
                self.left -= 1;
                let kept = Cell { covers: cell.covers, ..Cell::single(said.clone()) };
                let at = sheet.rows.entry(self.row.saturating_add(row)).or_default();
                at.insert(self.column.saturating_add(column), kept);
            }
        }
    }
}

/// What an annotation says: its paragraphs, without its author and date.
fn annotation(xml: &mut Xml<'_>) -> String {
    let mut said = String::new();
    let (mut depth, mut paragraphs) = (1usize, 0usize);
    while depth > 0
        && let Some((piece, _)) = xml.next()
    {
        match piece {
            Piece::Open(tag) => {
                depth += 1;
                if paragraphs > 0 || tag.name() == "text:p" {
                    paragraphs += 1;
                }
                if matches!(tag.name(), "text:p" | "text:s" | "text:line-break" | "text:tab") {
                    said.push(' ');
                }
            }
            Piece::Close(_) => {
                depth -= 1;
                paragraphs = paragraphs.saturating_sub(1);
            }
            Piece::Words(words) if paragraphs > 0 => said.push_str(&words),
            Piece::Words(_) => {}
        }
    }
    said
}

fn repeated(tag: &Open<'_>, name: &str) -> u32 {
    tag.number::<u32>(name).unwrap_or(1).clamp(1, 1 << 24)
}
