//! Workbooks of spreadsheets (XLSX): every visible sheet, its values as the file keeps them.

use super::MOST_CELLS;
use super::rows::{Row, write_sheet};
use crate::document::{Document, ReadIssue};
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::build::LeafKind;
use crate::read::render::Render;
use crate::span::{FileId, Span};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, open_workbook_from_rs};
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
                while let Ok(Some(cell)) = cells.next_cell() {
                    let Some(said) = said(cell.get_value()) else { continue };
                    if left == 0 {
                        full = true;
                        break;
                    }
                    left -= 1;
                    let (row, column) = cell.get_position();
                    rows.entry(row).or_default().insert(column, said);
                }
            }
            Err(error) => issues.push(format!("sheet {name}: {error}")),
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

/// What a cell says; `None` when it says nothing.
fn said(value: &DataRef<'_>) -> Option<String> {
    let said = match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(duration) => number(duration.as_f64()),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => return None,
    };
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

/// A number without the noise of binary fractions: twelve digits are more than anybody writes.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{value:.11e}").parse().unwrap_or(value);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn reads_numbers_without_noise() {
        assert_eq!(
            [number(0.1 + 0.2), number(140.8), number(5200.0), number(1e15)],
            ["0.3", "140.8", "5200", "1000000000000000"]
        );
    }
}
