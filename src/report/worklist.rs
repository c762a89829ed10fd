//! Claims as a working list for a fact-checker: a row each, with columns to fill in, as CSV or as a workbook.

use super::claims::{ClaimsOf, scope, subject, value};
use super::location::xml;
use super::place::Places;
use super::window::visible;
use super::{path, snippet};
use std::fmt::Write as _;
use std::io::{self, Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A column with its width in characters.
const COLUMNS: [(&str, u32); 13] = [
    ("no.", 6),
    ("document", 22),
    ("place", 30),
    ("line", 7),
    ("subject", 28),
    ("claimed", 24),
    ("wording", 20),
    ("kind", 13),
    ("verb", 11),
    ("scope", 16),
    ("sentence", 70),
    ("checked", 11),
    ("remark", 30),
];

/// The rows, without the head. Columns that are to be filled in are empty.
fn rows(files: &[ClaimsOf<'_>]) -> Vec<[String; COLUMNS.len()]> {
    let mut rows = Vec::new();
    for file in files {
        let places = Places::new(file.document);
        for claim in &file.claims {
            let sentence = places
                .seen(claim.within, claim.at)
                .map_or_else(|| snippet(file.source, claim.within, claim.at), |(_, shown)| shown);
            let cells = [
                (rows.len() + 1).to_string(),
                path(file.source),
                places.block(claim.block),
                file.source.line_column(claim.at.start).line.to_string(),
                subject(claim),
                value(&claim.value),
                claim.text.to_string(),
                claim.kind.name().to_owned(),
                claim.predicate.to_string(),
                scope(claim),
                sentence,
                String::new(),
                String::new(),
            ];
            rows.push(
                cells.map(|cell| cell.chars().filter_map(|c| if c == '\n' { Some(' ') } else { visible(c) }).collect()),
            );
        }
    }
    rows
}

/// Writes fields parted by commas, one claim a line, with a head (RFC 4180, UTF-8).
///
/// # Errors
///
/// When writing fails.
pub fn write_csv(files: &[ClaimsOf<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in rows(files) {
        csv.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    csv.flush()
}

/// A cell that no spreadsheet takes for a formula: what a document says is never run.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// Writes a workbook with one sheet: the head stays in view and filters, `checked` offers its answers.
///
/// # Errors
///
/// When writing fails.
pub fn write_workbook(files: &[ClaimsOf<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| -> io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)?;
        zip.write_all(text.as_bytes())
    };
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    part("[Content_Types].xml", &format!("{HEAD}{CONTENT_TYPES}"))?;
    part("_rels/.rels", &format!("{HEAD}{RELATIONSHIPS}"))?;
    part("xl/workbook.xml", &format!("{HEAD}{}", workbook(rows(files).len())))?;
    part("xl/_rels/workbook.xml.rels", &format!("{HEAD}{WORKBOOK_RELATIONSHIPS}"))?;
    part("xl/styles.xml", &format!("{HEAD}{STYLES}"))?;
    part("xl/worksheets/sheet1.xml", &format!("{HEAD}{}", sheet(&rows(files))))?;
    let bytes = zip.finish().map_err(io::Error::other)?.into_inner();
    out.write_all(&bytes)
}

const CONTENT_TYPES: &str = concat!(
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>",
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>",
    "</Types>"
);

const RELATIONSHIPS: &str = concat!(
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>",
    "</Relationships>"
);

const WORKBOOK_RELATIONSHIPS: &str = concat!(
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "</Relationships>"
);

/// Cell style 0 is plain, 1 the head, 2 text that wraps.
const STYLES: &str = concat!(
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>",
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>",
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF2EFE9\"/></patternFill></fill></fills>",
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>",
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>",
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>",
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf></cellXfs>",
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
);

fn workbook(rows: usize) -> String {
    let last = last_column();
    format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"Claims\" sheetId=\"1\" r:id=\"rId1\"/></sheets>\
         <definedNames><definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\" hidden=\"1\">Claims!$A$1:${last}${}</definedName>\
         <definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">Claims!$1:$1</definedName></definedNames></workbook>",
        rows + 1
    )
}

fn last_column() -> String {
    crate::read::column_name(COLUMNS.len() as u32 - 1)
}

/// Excel takes no more characters in a cell.
const LONGEST_CELL: usize = 32_767;

fn sheet(rows: &[[String; COLUMNS.len()]]) -> String {
    let mut out = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
    );
    for (n, (_, width)) in COLUMNS.iter().enumerate() {
        let n = n + 1;
        let _ = write!(out, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    out.push_str("</cols><sheetData>");
    row(&mut out, 1, COLUMNS.iter().map(|(name, _)| *name), true);
    for (n, cells) in rows.iter().enumerate() {
        row(&mut out, n + 2, cells.iter().map(String::as_str), false);
    }
    let last = rows.len() + 1;
    let _ = write!(out, "</sheetData><autoFilter ref=\"A1:{}{last}\"/>", last_column());
    if let (Some(checked), true) = (COLUMNS.iter().position(|(name, _)| *name == "checked"), last > 1) {
        let column = crate::read::column_name(checked as u32);
        let _ = write!(
            out,
            "<dataValidations count=\"1\"><dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"0\" \
             sqref=\"{column}2:{column}{last}\"><formula1>\"right,wrong,open\"</formula1></dataValidation></dataValidations>"
        );
    }
    out.push_str("<pageSetup orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/></worksheet>");
    out
}

fn row<'a>(out: &mut String, n: usize, cells: impl Iterator<Item = &'a str>, head: bool) {
    let _ = write!(out, "<row r=\"{n}\">");
    for (column, cell) in cells.enumerate() {
        if cell.is_empty() {
            continue;
        }
        let name = crate::read::column_name(column as u32);
        let figure = !head && matches!(COLUMNS[column].0, "no." | "line");
        if figure {
            let _ = write!(out, "<c r=\"{name}{n}\"><v>{}</v></c>", xml(cell));
        } else {
            let cut: String = cell.chars().take(LONGEST_CELL).collect();
            let style = if head { 1 } else { 2 };
            let _ = write!(
                out,
                "<c r=\"{name}{n}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                xml(&cut)
            );
        }
    }
    out.push_str("</row>");
}

#[cfg(test)]
mod tests {
    use super::{ClaimsOf, harmless, write_csv, write_workbook};
    use crate::lexicon::Lexicon;
    use crate::lint::analyse;
    use crate::read::{Format, Revisions, open};
    use crate::source::{Origin, SourceFile, Sources};
    use std::path::Path;

    fn written(write: impl Fn(&[ClaimsOf<'_>], &mut Vec<u8>)) -> Vec<u8> {
        let mut sources = Sources::default();
        let text = "# Wells\n\nIn 2021 there were 43 wells & 12 \"pumps\".\n".to_owned();
        let file = sources.add(SourceFile::new("a,b.md".into(), text, Origin::Verbatim));
        let analysis = analyse(&sources, file, Format::Markdown, Lexicon::english());
        let of = ClaimsOf {
            source: sources.get(file),
            document: &analysis.document,
            claims: analysis.claims.iter().collect(),
        };
        let mut out = Vec::new();
        write(&[of], &mut out);
        out
    }

    #[test]
    fn reads_formulas_as_words() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!((harmless("-5").as_str(), harmless("-5 °C").as_str()), ("-5", "'-5 °C"));
    }

    #[test]
    fn reads_a_list_that_other_programs_read() {
        let csv = written(|files, out| write_csv(files, out).expect("memory"));
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("CSV");
        let wells = rows.iter().find(|r| &r[4] == "well").expect("the wells are claimed");
        assert_eq!(
            (&wells[1], &wells[2], &wells[3], &wells[5]),
            ("a,b.md", "section \"Wells\", paragraph 1", "3", "43")
        );
        assert_eq!((&wells[10], &wells[11]), ("In 2021 there were 43 wells & 12 \"pumps\".", ""));
    }

    #[test]
    fn reads_a_workbook_back() {
        let bytes = written(|files, out| write_workbook(files, out).expect("memory"));
        let opened = open(Path::new("list.xlsx"), bytes, Format::Xlsx, Revisions::Accepted).expect("a workbook");
        assert!(
            opened.source.text.contains("12 \"pumps\"") && opened.source.text.contains("checked"),
            "{}",
            opened.source.text
        );
    }
}
