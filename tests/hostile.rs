//! Files that are made to fill the memory, to run without end or to break a reader: every format names them, or reads
//! them as far as they go, and soon.

mod helper;

use helper::archive;
use recount::document::Document;
use recount::read::{Format, MOST_PARTS, Opened, Revisions, open, read};
use recount::span::FileId;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use zip::write::{SimpleFileOptions, ZipWriter};

/// No file of this test takes longer, in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Opens a file under a name.
fn opened(name: &str, bytes: impl Into<Vec<u8>>) -> Result<(Opened, Document), String> {
    let format = Format::of(Path::new(name)).unwrap_or_else(|| panic!("{name} has no known ending"));
    let begin = Instant::now();
    let result = open(Path::new(name), bytes.into(), format, Revisions::Accepted);
    let result = result.map_err(|error| error.to_string()).map(|mut opened| {
        let document = opened.document.take();
        let document = document.unwrap_or_else(|| read(&opened.source, FileId(0), opened.format));
        (opened, document)
    });
    assert!(begin.elapsed() < LONGEST, "{name} takes {:?}", begin.elapsed());
    result
}

fn refused(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    opened(name, bytes).err().unwrap_or_else(|| panic!("{name} was read"))
}

/// A part of an archive: its name and what it says.
type Part = (&'static str, &'static str);

/// The formats that are archives: a name, the part that says what it is, the part that holds the text, and further
/// parts that make it whole.
const ARCHIVES: [(&str, &str, &str, &[Part]); 5] = [
    ("a.docx", "", "word/document.xml", &[]),
    ("a.xlsx", "", "xl/worksheets/sheet1.xml", &WORKBOOK),
    ("a.odt", "application/vnd.oasis.opendocument.text", "content.xml", &[]),
    ("a.ods", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", &[]),
    ("a.epub", "application/epub+zip", "a.xhtml", &BOOK),
];

const WORKBOOK: [Part; 3] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];

const BOOK: [Part; 2] = [
    ("META-INF/container.xml", r#"<container><rootfile full-path="a.opf"/></container>"#),
    (
        "a.opf",
        r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#,
    ),
];

/// An archive of one of [`ARCHIVES`] with this text.
fn with_text(n: usize, text: &str) -> Vec<u8> {
    let (_, kind, part, more) = ARCHIVES[n];
    let mut parts = vec![("mimetype", kind), (part, text)];
    parts.retain(|(_, said)| !said.is_empty() || kind.is_empty());
    parts.extend(more);
    archive(&parts)
}

#[test]
fn refuses_archives_that_unpack_to_more_than_is_read() {
    let zeros = "0".repeat(recount::read::LARGEST_PART as usize + 2);
    for (n, (name, _, part, _)) in ARCHIVES.iter().enumerate() {
        let bytes = with_text(n, &zeros);
        assert!(bytes.len() < 1 << 20, "{name} is small");
        assert_eq!(refused(name, bytes), format!("{part} is larger than the 128 MiB that are read of an archive"));
    }
}

#[test]
fn refuses_archives_of_more_parts_than_are_looked_at() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..=MOST_PARTS {
        zip.start_file(format!("{n}"), SimpleFileOptions::default()).expect("a part can be begun");
    }
    zip.write_all(b"x").expect("the last part can be written");
    let bytes = zip.finish().expect("the archive can be finished").into_inner();
    for (name, ..) in ARCHIVES {
        assert!(refused(name, bytes.clone()).contains("at most 20000 are looked at"), "{name}");
    }
}

#[test]
fn refuses_archives_that_are_cut_off_or_are_none() {
    for (n, (name, ..)) in ARCHIVES.iter().enumerate() {
        let whole = with_text(n, "<p>Words</p>");
        assert!(refused(name, &whole[..whole.len() / 2]).starts_with("the archive is damaged or cut off"), "{name}");
        assert!(refused(name, &b""[..]).contains("empty"), "{name}");
        assert!(refused(name, &b"Just words."[..]).contains("does not begin like an archive"), "{name}");
        let other = refused(name, archive(&[("x.txt", "y")]));
        assert!(other.contains("missing") || other.contains("without a document"), "{name}: {other}");
    }
}

#[test]
fn reads_xml_that_would_grow_without_end_as_it_stands() {
    let entities: String = ('b'..='j')
        .zip('a'..='i')
        .map(|(name, inner)| format!("<!ENTITY {name} \"{}\">", format!("&{inner};").repeat(10)))
        .collect();
    let head = format!("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">{entities}<!ENTITY own \"&own;\">]>");
    let texts = [
        "<w:document><w:p><w:r><w:t>&j;&own;ok</w:t></w:r></w:p></w:document>",
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ok</t></is></c></row></sheetData></worksheet>"#,
        "<x><office:body><text:p>&j;&own;ok</text:p></office:body></x>",
        r#"<x><table:table table:name="A"><table:table-row><table:table-cell><text:p>&j;&own;ok</text:p></table:table-cell></table:table-row></table:table></x>"#,
        "<p>&j;&own;ok</p>",
    ];
    for (n, text) in texts.iter().enumerate() {
        let name = ARCHIVES[n].0;
        let (opened, document) = opened(name, with_text(n, &format!("{head}{text}"))).expect(name);
        assert!(opened.source.text.contains("ok") && opened.source.text.len() < 2_000, "{name}");
        assert!(document.blocks.iter().any(|b| b.text.string.contains("ok")), "{name}");
    }
}

#[test]
fn reads_ten_thousand_tables_in_each_other() {
    let nested = |open: &str, close: &str| format!("{}Words{}", open.repeat(10_000), close.repeat(10_000));
    let archives = [
        (0, nested("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")),
        (
            2,
            format!(
                "<x><office:body>{}</office:body></x>",
                nested(
                    "<table:table><table:table-row><table:table-cell><text:p>",
                    "</text:p></table:table-cell></table:table-row></table:table>"
                )
            ),
        ),
        (3, nested("<table:table><table:table-row><table:table-cell>", "")),
        (4, nested("<table><tr><td>", "</td></tr></table>")),
    ];
    for (n, text) in archives {
        opened(ARCHIVES[n].0, with_text(n, &text)).unwrap_or_else(|e| panic!("{}: {e}", ARCHIVES[n].0));
    }
    let texts = [
        ("a.html", nested("<table><tr><td>", "</td></tr></table>")),
        ("a.html", nested("<div>", "")),
        ("a.md", nested("> ", "")),
        ("a.md", nested("- ", "")),
        ("a.md", nested("<table><tr><td>\n", "")),
        ("a.rtf", format!("{{\\rtf1 {}", nested("{\\trowd\\cellx9 \\intbl\\itap9 ", "\\cell\\row}"))),
        ("a.tex", nested("\\begin{tabular}{l}\n", "\n\\end{tabular}\n")),
        ("a.tex", nested("{\\footnote{", "}}")),
        ("a.adoc", nested("|===\n|a\n", "\n|===\n")),
        ("a.adoc", nested("footnote:[", "]")),
        ("a.rst", nested(".. note::\n   ", "")),
        ("a.rst", nested("+-+\n| ", "")),
        ("a.typ", nested("#table(columns: 1, [", "])")),
        ("a.typ", nested("#footnote[", "]")),
        ("a.org", nested("|-\n| ", "\n")),
        ("a.org", nested("[fn:: ", "]")),
        ("a.ipynb", nested("{\"cells\": [", "]}")),
        ("a.csv", nested("\"", "\"")),
    ];
    for (name, text) in texts {
        opened(name, text).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn reads_lines_of_one_sign_without_end() {
    for name in ["a.md", "a.txt", "a.html", "a.tex", "a.adoc", "a.rst", "a.typ", "a.org", "a.ipynb", "a.csv", "a.rtf"] {
        for sign in
            ["[", "(", "{", "`", "*", "_", "|", "<", "<<", "((", "\\", "\"", "$", "#", ":a:`", "[[", "[fn:", "+ "]
        {
            let head = if name == "a.rtf" { "{\\rtf1 " } else { "" };
            let text = format!("{head}{}", sign.repeat(100_000 / sign.len()));
            opened(name, text).unwrap_or_else(|e| panic!("{name}, {sign}: {e}"));
        }
    }
}

#[test]
fn reads_any_number_of_comments_on_any_number_of_paragraphs() {
    const MANY: usize = 20_000;
    let paragraph = |n: usize| format!("<w:p><w:r><w:t>Words</w:t><w:commentReference w:id=\"{n}\"/></w:r></w:p>");
    let comment = |n: usize| {
        let inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        format!("<w:comment w:id=\"{}\" w:author=\"{}\">{inner}</w:comment>", MANY - n, "A".repeat(n % 9))
    };
    let text = format!("<w:document>{}</w:document>", (0..MANY).map(paragraph).collect::<String>());
    let comments = format!("<w:comments>{}", (0..MANY).map(comment).collect::<String>());
    let parts = [("word/document.xml", text.as_str()), ("word/comments.xml", comments.as_str())];
    let (_, document) = opened("a.docx", archive(&parts)).expect("comments");
    assert_eq!((document.comments.len(), document.blocks.len(), document.tables.len()), (MANY, 2 * MANY, 0));
    let nested =
        |open: &str, close: &str| format!("{}<text:p>Words</text:p>{}", open.repeat(5_000), close.repeat(5_000));
    let annotations = nested("<text:p><office:annotation>", "</office:annotation></text:p>");
    let text = format!("<x><office:body>{annotations}</office:body></x>");
    opened("a.odt", with_text(2, &text)).expect("annotations");
    let rich = format!("{{\\rtf1 x{}", "{\\*\\annotation y".repeat(50_000));
    opened("a.rtf", rich).expect("annotations");
}

#[test]
fn reads_what_refers_to_itself() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let begin = format!("{}<w:r><w:instrText>REF a</w:instrText></w:r>{}", field("begin"), field("separate"));
    let fields = format!("<w:document><w:p>{}<w:r><w:t>ok</w:t></w:r></w:p></w:document>", begin.repeat(5_000));
    assert!(opened("a.docx", with_text(0, &fields)).expect("fields").0.source.text.contains("ok"));
    let style = r#"<w:styles><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>"#;
    let text = r#"<w:document><w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>ok</w:t></w:r></w:p></w:document>"#;
    let bytes = archive(&[("word/document.xml", text), ("word/styles.xml", style)]);
    assert_eq!(opened("a.docx", bytes).expect("styles").0.source.text, "ok");
    let style = r#"<x><style:style style:name="A" style:parent-style-name="A"/><office:body><text:p text:style-name="A">ok</text:p></office:body></x>"#;
    assert_eq!(opened("a.odt", with_text(2, style)).expect("styles").0.source.text, "ok");
    let spine = r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml" fallback="a"/></manifest><spine><itemref idref="a"/><itemref idref="a"/></spine></package>"#;
    let book = archive(&[BOOK[0], ("a.opf", spine), ("a.xhtml", "<p>ok</p>")]);
    assert_eq!(opened("a.epub", book).expect("chapters").1.blocks.len(), 1);
    for (name, text) in [
        ("a.tex", "\\newcommand{\\a}{\\b\\b}\n\\newcommand{\\b}{\\a\\a}\n\\a ok"),
        ("a.adoc", ":a: {b}{b}\n:b: {a}{a}\n:a: {b}{b}\n\n{a} ok"),
        ("a.rst", ".. |a| replace:: |a| |a|\n\n|a| ok"),
    ] {
        let (seen, document) = opened(name, text).expect(name);
        assert!(document.blocks.iter().any(|b| b.text.string.ends_with("ok")), "{name}: {}", seen.source.text);
    }
}

#[test]
fn reads_by_content_what_has_the_wrong_ending() {
    let page = "<!DOCTYPE html><p>Words</p>";
    for name in ["a.docx", "a.xlsx", "a.odt", "a.ods", "a.epub", "a.pdf", "a.rtf"] {
        let (seen, document) = opened(name, page).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!((seen.format, document.blocks.len()), (Format::Html, 1), "{name}");
    }
    for (n, expected) in [(0, Format::Docx), (2, Format::Odt), (4, Format::Epub)] {
        let text = [
            "<w:p><w:r><w:t>Words</w:t></w:r></w:p>",
            "",
            "<office:body><text:p>Words</text:p></office:body>",
            "",
            "<p>Words</p>",
        ][n];
        for name in ["a.md", "a.txt", "a.html", "a.pdf", "a.rtf", "a.csv"] {
            let (seen, _) = opened(name, with_text(n, text)).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(seen.format, expected, "{name}");
        }
    }
    for name in ["a.md", "a.docx", "a.epub"] {
        assert_eq!(opened(name, "{\\rtf1 Words}").expect(name).0.format, Format::Rtf, "{name}");
    }
    // A picture is no text, whatever its name.
    for name in ["a.md", "a.txt", "a.html", "a.csv", "a.rst"] {
        assert!(refused(name, &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]).contains("not text"), "{name}");
    }
}

#[test]
fn reads_files_that_end_anywhere() {
    let whole = [
        (
            "a.rtf",
            "{\\rtf1{\\fonttbl{\\f0 A;}}{\\*\\generator x}\\pard Words{\\footnote a}\\trowd\\cellx9 a\\cell\\row\\u8364 ? \\'e4}",
        ),
        ("a.ipynb", "{\"cells\": [\n{\"cell_type\": \"markdown\",\n\"source\": [\n\"# T\\n\",\n\"W\\u00e4\"\n]}\n]}"),
        (
            "a.tex",
            "\\begin{tabular}{l}\na & b \\\\\n\\end{tabular}\n\\footnote{x}\n\\newcommand{\\a}[1]{#1}\n$x^{2}$ \\'e",
        ),
        ("a.adoc", "= T\n\n|===\n|a |b\n\n2+|c\n|===\n\nfootnote:[x] <<y,z>> {a}"),
        ("a.rst", "T\n=\n\n+---+\n| a |\n+---+\n\n.. note:: x\n\n   `a\n   b <c>`_ |d|"),
        (
            "a.typ",
            "#figure(\n  table(columns: (1fr,) * 2, table.header([a], [b]), [c], \"d\"),\n  caption: [x],\n)\n#footnote[y]",
        ),
        ("a.org", "#+TITLE: x\n* a\n| b | c |\n|---+---|\n[fn:1] y [[d][e]]"),
        ("a.html", "<table><tr><td rowspan=2>a<td>b</table><dl><dt>x<dd>y</dl><!-- c --><p>&eacute;&#x20;"),
        ("a.csv", "a,\"b \"\"c\"\"\"\n1,2\n"),
    ];
    for (name, text) in whole {
        for end in (usize::from(name == "a.rtf") * 6..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            opened(name, &text.as_bytes()[..end]).unwrap_or_else(|e| panic!("{name} up to {end}: {e}"));
        }
    }
}
