//! Workbooks of OpenDocument (ODS): every visible sheet, its cells as they are shown.

use super::MOST_CELLS;
use super::rows::{Cell, Row, write_sheet};
use crate::document::{Document, ReadIssue};
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::build::LeafKind;
use crate::read::render::Render;
use crate::read::xml::{Open, Piece, Xml};
use crate::span::{FileId, Span};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

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
    let (sheets, mut issues) = sheets(&content);
    let mut document = Document::new(FileId(0));
    let mut render = Render::new(&mut document);
    let several = sheets.iter().filter(|(_, rows)| !rows.is_empty()).count() > 1;
    for (name, rows) in sheets {
        if rows.is_empty() {
            continue;
        }
        if several {
            render.open(LeafKind::Heading(1));
            render.words(&name);
            render.build.close_leaf();
        }
        write_sheet(&name, rows, &mut render);
    }
    let text = std::mem::take(&mut render.text);
    let _ = render.build.finish();
    let at = Span::new(FileId(0), text.len() as u32, text.len() as u32);
    document.issues.extend(issues.drain(..).map(|message| ReadIssue { message, at }));
    Ok((text, document))
}

/// A sheet: its name and its rows.
type Named = (String, BTreeMap<u32, Row>);

/// The visible sheets with their cells, and what could not be read.
fn sheets(part: &str) -> (Vec<Named>, Vec<String>) {
    let mut out: Vec<Named> = Vec::new();
    let mut issues = Vec::new();
    let mut hidden: FxHashSet<String> = FxHashSet::default();
    let mut style = String::new();
    let mut xml = Xml::new(part, 0..part.len());
    let (mut row, mut column, mut rows_of) = (0u32, 0u32, 1u32);
    let mut cell: Option<(u32, String)> = None;
    let mut covers = (1, 1);
    let mut left = MOST_CELLS;
    let mut depth = 0usize;
    while let Some((piece, _)) = xml.next() {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "style:style" => style = tag.get("style:name").unwrap_or_default(),
                "style:table-properties" if tag.get("table:display").is_some_and(|d| d == "false") => {
                    hidden.insert(style.clone());
                }
                "table:table" => {
                    depth += 1;
                    if depth > 1 || tag.get("table:style-name").is_some_and(|s| hidden.contains(&s)) {
                        depth -= 1;
                        xml.skip();
                        continue;
                    }
                    out.push((tag.get("table:name").unwrap_or_default(), BTreeMap::new()));
                    row = 0;
                }
                "table:table-row" => {
                    column = 0;
                    rows_of = repeated(&tag, "table:number-rows-repeated");
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    cell = Some((repeated(&tag, "table:number-columns-repeated"), String::new()));
                    covers =
                        (repeated(&tag, "table:number-rows-spanned"), repeated(&tag, "table:number-columns-spanned"));
                }
                "office:annotation" | "draw:frame" | "table:shapes" | "table:tracked-changes" => {
                    xml.skip();
                }
                "text:p" => {
                    if let Some((_, said)) = cell.as_mut().filter(|(_, said)| !said.is_empty()) {
                        said.push(' ');
                    }
                }
                "text:s" => {
                    if let Some((_, said)) = &mut cell {
                        said.push(' ');
                    }
                }
                _ => {}
            },
            Piece::Close(name) => match name.as_str() {
                "table:table" => depth = depth.saturating_sub(1),
                "table:table-row" => row = row.saturating_add(rows_of),
                "table:table-cell" | "table:covered-table-cell" => {
                    let Some((columns, said)) = cell.take() else { continue };
                    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !said.is_empty()
                        && let Some((name, rows)) = out.last_mut()
                    {
                        for r in 0..rows_of.min(MOST_REPEATED) {
                            for c in 0..columns.min(MOST_REPEATED) {
                                if left == 0 {
                                    issues.push(format!("sheet {name} and what follows: more than {MOST_CELLS} cells"));
                                    return (out, issues);
                                }
                                left -= 1;
                                rows.entry(row + r)
                                    .or_default()
                                    .insert(column + c, Cell { said: said.clone(), covers });
                            }
                        }
                    }
                    column = column.saturating_add(columns);
                }
                _ => {}
            },
            Piece::Words(words) => {
                if let Some((_, said)) = &mut cell {
                    said.push_str(&words);
                }
            }
        }
    }
    if xml.failed() {
        issues.push("the XML is broken; what follows was not read".to_owned());
    }
    (out, issues)
}

fn repeated(tag: &Open<'_>, name: &str) -> u32 {
    tag.number::<u32>(name).unwrap_or(1).clamp(1, 1 << 24)
}
