//! Workbooks of spreadsheets (XLSX): every visible sheet, its cells as they are shown.

use super::MOST_CELLS;
use super::comments;
use super::rows::{Cell, Row, SheetRows, written};
use super::shown::Formats;
use crate::document::Document;
use crate::read::DecodeError;
use crate::read::archive::Archive;
use calamine::{Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads a workbook.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<(String, Document), DecodeError> {
    // The reader of workbooks knows no limits, so the parts are measured before.
    Archive::open(bytes)?.measure()?;
    let mut archive = Archive::open(bytes)?;
    if !archive.has("[Content_Types].xml") && !archive.has("xl/workbook.xml") {
        return Err(DecodeError::PartMissing { part: "xl/workbook.xml".to_owned(), format: "workbook" });
    }
    let damaged = |error: calamine::XlsxError| DecodeError::Damaged { reason: error.to_string() };
    let mut workbook: Book<'_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut issues = Vec::new();
    let shown = |s: &&calamine::Sheet| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(shown).map(|s| s.name.clone()).collect();
    let (parts, persons) = (comments::parts(&mut archive)?, comments::persons(&mut archive)?);
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in names {
        let mut rows = cells(&mut workbook, &name, &mut left, &mut issues);
        merge(&mut workbook, &name, &mut rows);
        let (noted, remarks) = match parts.get(&name) {
            Some(part) => comments::noted(&mut archive, part, &persons)?,
            None => Default::default(),
        };
        sheets.push(SheetRows { name, rows, noted, remarks });
    }
    Ok(written(sheets, issues))
}

/// A workbook that is open.
type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The cells of a sheet that say something.
fn cells(book: &mut Book<'_>, name: &str, left: &mut usize, issues: &mut Vec<String>) -> BTreeMap<u32, Row> {
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(error) => {
            issues.push(format!("sheet {name}: {error}"));
            return rows;
        }
    };
    let mut formats = Formats::default();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(error) => {
                issues.push(format!("sheet {name}, what follows was not read: {error}"));
                break;
            }
        };
        let code = || cells.styles().get(style)?.number_format.as_ref().map(|f| f.format_code.as_str());
        let Some(said) = formats.shown(cell.get_value(), style, code) else { continue };
        if *left == 0 {
            issues.push(format!("sheet {name} and what follows: more than {MOST_CELLS} cells"));
            break;
        }
        *left -= 1;
        let (row, column) = cell.get_position();
        rows.entry(row).or_default().insert(column, Cell::single(said));
    }
    rows
}

/// Lets the first cell of every merged region cover it. A sheet whose regions cannot be read is read as if it had none.
fn merge(book: &mut Book<'_>, name: &str, rows: &mut BTreeMap<u32, Row>) {
    for region in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        let ((top, left), (bottom, right)) = (region.start, region.end);
        if let Some(cell) = rows.get_mut(&top).and_then(|row| row.get_mut(&left)) {
            cell.covers = (bottom.saturating_sub(top) + 1, right.saturating_sub(left) + 1);
        }
    }
}
