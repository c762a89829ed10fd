//! How workbooks are read, and that they can be compared with text.

mod helper;

use helper::archive;
use recount::document::Document;
use recount::lexicon::Lexicon;
use recount::lint::{check, try_analyse_opened};
use recount::read::{Format, Opened, Revisions, open, read};
use recount::report::place::Places;
use recount::report::text::render;
use recount::source::Sources;
use recount::span::Span;
use std::path::Path;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Wells" sheetId="1" r:id="r1"/><sheet name="Hidden" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>"#;
const BOOK_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;

/// A workbook with these cells: address and content, a number or words.
fn workbook(cells: &[(&str, &str)]) -> Vec<u8> {
    let mut rows = String::new();
    for (address, said) in cells {
        let row: String = address.chars().filter(char::is_ascii_digit).collect();
        let cell = if said.parse::<f64>().is_ok() {
            format!(r#"<c r="{address}"><v>{said}</v></c>"#)
        } else {
            format!(r#"<c r="{address}" t="inlineStr"><is><t>{said}</t></is></c>"#)
        };
        rows.push_str(&format!(r#"<row r="{row}">{cell}</row>"#));
    }
    workbook_of(&format!("<sheetData>{rows}</sheetData>"), "")
}

/// A workbook with this first sheet and these number formats and styles.
fn workbook_of(data: &str, styles: &str) -> Vec<u8> {
    let namespace = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
    let sheet = |data: &str| format!("<worksheet {namespace}>{data}</worksheet>");
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        ("xl/styles.xml", &format!("<styleSheet {namespace}>{styles}</styleSheet>")),
        ("xl/worksheets/sheet1.xml", &sheet(data)),
        ("xl/worksheets/sheet2.xml", &sheet(r#"<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>"#)),
    ])
}

const CELLS: [(&str, &str); 9] = [
    ("A1", "Wells by town, 2023"),
    ("A3", "Town"),
    ("B3", "Wells"),
    ("A4", "Aune"),
    ("B4", "41"),
    ("A5", "Brekke"),
    ("B5", "12"),
    ("A6", "Total"),
    ("B6", "63"),
];

fn opened(name: &str, bytes: Vec<u8>) -> (Opened, Option<Document>) {
    let format = Format::of(Path::new(name)).expect("the ending is known");
    let mut opened = open(Path::new(name), bytes, format, Revisions::Accepted).expect("it can be read");
    let document = opened.document.take();
    (opened, document)
}

#[test]
fn reads_sheets_as_tables_with_addresses() {
    let (opened, document) = opened("a.xlsx", workbook(&CELLS));
    let document = document.expect("workbooks come with their document");
    assert_eq!(opened.source.text, "Wells by town, 2023\nTown | Wells\nAune | 41\nBrekke | 12\nTotal | 63");
    assert_eq!(document.tables[0].head_rows, 1);
    let at = opened.source.text.find("63").expect("it was read") as u32;
    assert_eq!(Places::new(&document).of(Span::new(document.file, at, at + 2)), "Wells!B6");
    assert!(render(&opened.source, &document).contains("|# Town | Wells |"));
}

#[test]
fn reads_cells_as_their_number_format_shows_them() {
    let styles = r##"<numFmts count="1"><numFmt numFmtId="170" formatCode="&quot;EUR &quot;#,##0.0,"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs>"##;
    let row = |n: u32, share: &str, cost: &str| {
        format!(
            r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" s="1"><v>{share}</v></c><c r="C{n}" s="2"><v>{cost}</v></c></row>"#
        )
    };
    let data = format!("<sheetData>{}{}</sheetData>", row(1, "0.125", "1234567"), row(2, "0.3333", "98000"));
    let (opened, _) = opened("a.xlsx", workbook_of(&data, styles));
    assert_eq!(opened.source.text, "1 | 12.50% | EUR 1,234.6\n2 | 33.33% | EUR 98.0");
}

#[test]
fn reads_merged_cells_as_one_cell_over_several_columns_and_rows() {
    let said = |address: &str, said: &str| format!(r#"<c r="{address}" t="inlineStr"><is><t>{said}</t></is></c>"#);
    let number = |address: &str, n: u32| format!(r#"<c r="{address}"><v>{n}</v></c>"#);
    let data = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="2">{}{}</row><row r="3">{}{}{}</row></sheetData><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>"#,
        said("A1", "Town"),
        said("B1", "Wells"),
        said("B2", "2022"),
        said("C2", "2023"),
        said("A3", "Aune"),
        number("B3", 41),
        number("C3", 43),
    );
    let (opened, document) = opened("a.xlsx", workbook_of(&data, ""));
    assert_eq!(opened.source.text, "Town | Wells\n2022 | 2023\nAune | 41 | 43");
    let document = document.expect("workbooks come with their document");
    let rows = &document.tables[0].rows;
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3]);
    assert_eq!(rows[0][0], rows[1][0], "the town stands over two rows");
    assert_eq!(rows[0][1], rows[0][2], "the wells stand over two columns");
    assert_ne!(rows[1][1], rows[1][2]);
}

/// What the text says and what each note says, by its label.
fn noted(opened: &Opened, document: &Document) -> (String, Vec<(String, String)>) {
    let said = |note: &recount::document::Note| {
        let words = note.blocks.iter().map(|id| document.block(*id).text.string.as_str()).collect::<Vec<_>>();
        (note.label.clone(), words.join(" "))
    };
    (opened.source.text.clone(), document.notes.iter().map(said).collect())
}

#[test]
fn reads_notes_of_cells_as_notes_and_threads_as_comments() {
    let data = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Town</t></is></c><c r="B1" t="inlineStr"><is><t>Wells</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Aune</t></is></c><c r="B2"><v>41</v></c></row></sheetData>"#;
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="http://schemas.example.org/relationships/{kind}" Target="{target}"/>"#)
    };
    let relations = format!(
        "<Relationships>{}{}</Relationships>",
        relation("r1", "comments", "../comments1.xml"),
        relation("r2", "threadedComment", "/xl/threadedComments/threadedComment1.xml")
    );
    let notes = r#"<comments><commentList><comment ref="A2"><text><r><t>North and </t></r><r><t>south.</t></r></text></comment><comment ref="B2"><text><t>[Threaded comment] Your program shows no threads.</t></text></comment><comment ref="C9"><text><t>Figures of 2024 follow.</t></text></comment></commentList></comments>"#;
    let threads = r#"<ThreadedComments><threadedComment ref="B2" id="1" personId="{7}"><text>Dry ones too?</text></threadedComment><threadedComment ref="B2" id="2" parentId="1"><text>Yes, 3 of them.</text></threadedComment></ThreadedComments>"#;
    let sheet = format!("<worksheet>{data}</worksheet>");
    let person = relation("r9", "person", "persons/person.xml") + "</Relationships>";
    let book_relations = BOOK_RELATIONS.replace("</Relationships>", &person);
    let bytes = archive(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", &book_relations),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/_rels/sheet1.xml.rels", &relations),
        ("xl/comments1.xml", notes),
        ("xl/threadedComments/threadedComment1.xml", threads),
        ("xl/persons/person.xml", r#"<personList><person displayName="Ana Lund" id="{7}"/></personList>"#),
    ]);
    let (opened, document) = opened("a.xlsx", bytes);
    let document = document.expect("workbooks come with their document");
    let (text, notes) = noted(&opened, &document);
    assert_eq!(
        text,
        "Town | Wells\nAune[A2] | 41\n[A2] North and south.\nFigures of 2024 follow.\n\
         [comment 1 by Ana Lund]\nDry ones too?\n[comment 2]\nYes, 3 of them."
    );
    let label = |l: &str, words: &str| (l.to_owned(), words.to_owned());
    assert_eq!(notes, [label("A2", "North and south.")]);
    assert_eq!(document.marks.len(), 1);
    let places = recount::report::place::Places::new(&document);
    assert_eq!(places.block(document.first_comment()), "comment 1 by Ana Lund on Wells!B2");
}

#[test]
fn reads_annotations_of_open_document_sheets_as_notes() {
    let content = r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="Wells"><table:table-row><table:table-cell><text:p>Aune</text:p></table:table-cell><table:table-cell office:value="41"><office:annotation><dc:creator>A. Editor</dc:creator><dc:date>2024-05-02</dc:date><text:p>Three are <text:span>dry</text:span>.</text:p><text:p>Counted in May.</text:p></office:annotation><text:p>41</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="4294967295"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row table:number-rows-repeated="4294967295"><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let (opened, document) = opened("a.ods", archive(&[("mimetype", kind), ("content.xml", content)]));
    let document = document.expect("workbooks come with their document");
    let (text, notes) = noted(&opened, &document);
    assert_eq!(text, "Aune | 41[B1]\n[B1] Three are dry. Counted in May.");
    assert_eq!(notes, [("B1".to_owned(), "Three are dry. Counted in May.".to_owned())]);
}

#[test]
fn flags_a_total_in_a_workbook_and_in_a_csv() {
    let csv = "town,wells,boats\nAune,41,5\nBrekke,12,7\nDale,9,2\nTotal,65,14\n";
    let said: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').collect()).collect();
    let address = |row: usize, column: usize| format!("{}{}", ["A", "B", "C"][column], row + 1);
    let cells: Vec<(String, &str)> = said
        .iter()
        .enumerate()
        .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, said)| (address(r, c), *said)))
        .collect();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(address, said)| (address.as_str(), *said)).collect();
    let mut sources = Sources::default();
    let (mut files, mut documents) = (Vec::new(), Vec::new());
    for (name, bytes) in [("a.xlsx", workbook(&cells)), ("b.csv", csv.as_bytes().to_vec())] {
        let (opened, document) = opened(name, bytes);
        let id = sources.add(opened.source);
        files.push((id, opened.format));
        documents.push(document.map(|mut document| {
            document.set_file(id);
            document
        }));
    }
    let csv_document = read(sources.get(files[1].0), files[1].0, files[1].1);
    let (analyses, failures) = try_analyse_opened(&sources, &files, documents, Lexicon::english(), &[]);
    assert_eq!(failures, []);
    let rules = recount::rule::builtin().expect("the rules load");
    let rules: Vec<_> = rules.iter().filter(|r| r.id == "table-total").collect();
    let found = check(&sources, &analyses, &rules);
    let places: Vec<&str> = found.iter().map(|d| sources.get(d.labels[0].span.file).slice(d.labels[0].span)).collect();
    assert_eq!(places, ["65", "65"]);
    assert_eq!(Places::new(&csv_document).of(found[1].labels[0].span), "cell B5");
}

#[test]
fn reads_far_apart_cells_within_limits() {
    let (opened, document) =
        opened("a.xlsx", workbook(&[("A1", "1"), ("XFD1", "2"), ("A1048576", "3"), ("XFD1048576", "4")]));
    assert!(document.is_some());
    assert!(opened.source.text.len() < 10_000);
}
