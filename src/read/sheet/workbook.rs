//! Workbooks of spreadsheets (XLSX): every visible sheet, its cells as they are shown.

use super::MOST_CELLS;
use super::rows::{Cell, Row, write_sheet};
use super::shown::Formats;
use crate::document::{Document, ReadIssue};
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::build::LeafKind;
use crate::read::render::Render;
use crate::span::{FileId, Span};
use calamine::{Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads a workbook.
pub(in crate::read) fn read(bytes: &[u8]) -> Result<(String, Document), DecodeError> {
    // The reader of workbooks knows no limits, so the parts are measured before.
    Archive::open(bytes)?.measure()?;
    let damaged = |error: calamine::XlsxError| DecodeError::Damaged { reason: error.to_string() };
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut document = Document::new(FileId(0));
    let mut render = Render::new(&mut document);
    let mut issues = Vec::new();
    let shown = |s: &&calamine::Sheet| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(shown).map(|s| s.name.clone()).collect();
    let mut left = MOST_CELLS;
    for name in &names {
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        let mut full = false;
        match workbook.worksheet_cells_reader(name) {
            Ok(mut cells) => {
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
                    if left == 0 {
                        full = true;
                        break;
                    }
                    left -= 1;
                    let (row, column) = cell.get_position();
                    rows.entry(row).or_default().insert(column, Cell::single(said));
                }
            }
            Err(error) => issues.push(format!("sheet {name}: {error}")),
        }
        // A sheet whose merged regions cannot be read is read as if it had none.
        for region in workbook.merge_cells_by_sheet_name(name).unwrap_or_default() {
            let ((top, left), (bottom, right)) = (region.start, region.end);
            if let Some(cell) = rows.get_mut(&top).and_then(|row| row.get_mut(&left)) {
                cell.covers = (bottom.saturating_sub(top) + 1, right.saturating_sub(left) + 1);
            }
        }
        if full {
            issues.push(format!("sheet {name} and what follows: more than {MOST_CELLS} cells"));
        }
        if !rows.is_empty() {
            if names.len() > 1 {
                render.open(LeafKind::Heading(1));
                render.words(name);
                render.build.close_leaf();
            }
            write_sheet(name, rows, &mut render);
        }
    }
    let text = std::mem::take(&mut render.text);
    let _ = render.build.finish();
    let at = Span::new(FileId(0), text.len() as u32, text.len() as u32);
    document.issues.extend(issues.into_iter().map(|message| ReadIssue { message, at }));
    Ok((text, document))
}
