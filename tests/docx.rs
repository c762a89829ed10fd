//! How Word documents are read: what `recount text` shows of small ones with everything in them.

mod helper;

use helper::{archive, docx, item, paragraph, run, table};
use recount::document::Document;
use recount::read::{DecodeError, Format, Opened, Revisions, open};
use recount::report::place::Places;
use recount::report::text::render;
use std::path::Path;

fn opened(bytes: Vec<u8>, revisions: Revisions) -> (Opened, Document) {
    let mut opened = open(Path::new("a.docx"), bytes, Format::Docx, revisions).expect("the document can be read");
    let document = opened.document.take().expect("archives come with their document");
    (opened, document)
}

/// The text of every block, without the lines.
fn read(bytes: Vec<u8>) -> Vec<String> {
    let (opened, document) = opened(bytes, Revisions::Accepted);
    render(&opened.source, &document).lines().map(|l| l[7..].to_owned()).collect()
}

#[test]
fn reads_headings_lists_and_notes() {
    let footnotes = format!(
        r#"<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="4">{}</w:footnote><w:footnote w:id="9">{}</w:footnote>"#,
        paragraph("", &format!("<w:r><w:footnoteRef/></w:r>{}", run(" Second in the file."))),
        paragraph("", &run("First called.")),
    );
    let call = |id: u32| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = [
        paragraph("H1", &run("Report")),
        paragraph("Own", &run("Wells")),
        paragraph("", &format!("{}{}{}{}", run("Dug by hand."), call(9), run(" Later by machine."), call(4))),
        item(0, &run("north")),
        item(1, &run("upper")),
        item(1, &run("lower")),
        item(0, &run("south")),
        paragraph("Bullets", &run("a bullet")),
        paragraph("", ""),
        item(0, &run("west")),
        paragraph("TOC1", &run("Wells 4")),
    ];
    assert_eq!(
        read(docx(&body.concat(), &footnotes, &[])),
        [
            "# Report",
            "## Wells",
            "Dug by hand.{1} Later by machine.{2}",
            "1. north",
            "  (a) upper",
            "  (b) lower",
            "2. south",
            "- a bullet",
            "3. west",
            "[contents] Wells 4",
            "[note 1] First called.",
            "[note 2]  Second in the file.",
        ]
    );
}

#[test]
fn reads_tracked_changes_both_ways() {
    let body = format!(
        "<w:p>{}<w:ins w:id=\"1\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>37</w:delText></w:r></w:del>{}</w:p>",
        run("There are "),
        run("43"),
        run(" staff."),
    ) + &format!(
        "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>{}</w:p>{}",
        run("Half "),
        paragraph("", &run("and half."))
    );
    let (source, document) = opened(docx(&body, "", &[]), Revisions::Accepted);
    assert_eq!(source.source.text, "There are 43 staff.\nHalf and half.");
    assert_eq!(document.blocks.len(), 2);
    let (source, document) = opened(docx(&body, "", &[]), Revisions::Original);
    assert_eq!(source.source.text, "There are 37 staff.\nHalf \nand half.");
    assert_eq!(document.blocks.len(), 3);
}

#[test]
fn reads_split_runs_symbols_and_fields() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = format!(
        "<w:p>{}{}<w:r><w:noBreakHyphen/><w:t>5 &amp; more</w:t></w:r><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
        run("4"),
        run("3"),
    ) + &paragraph(
        "Caption",
        &format!(
            "{}{}<w:r><w:instrText> SEQ Table </w:instrText></w:r>{}{}{}{}",
            run("Table "),
            field("begin"),
            field("separate"),
            run("2"),
            field("end"),
            run(". Wells"),
        ),
    );
    assert_eq!(read(docx(&body, "", &[])), ["43\u{2011}5 & more≥", "[caption] Table 2. Wells"]);
}

#[test]
fn reads_addresses_of_links_in_relations_and_fields() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = format!(
        r#"<w:p>{}<w:hyperlink r:id="rId9">{}</w:hyperlink>{}{}<w:r><w:instrText> HYPERLINK "https://example.org/b" </w:instrText></w:r>{}{}{}</w:p>"#,
        run("See "),
        run("the minutes"),
        run(" and "),
        field("begin"),
        field("separate"),
        run("the annex"),
        field("end"),
    );
    let (opened, document) = opened(docx(&body, "", &[]), Revisions::Accepted);
    let links: Vec<(&str, &str)> =
        document.links.iter().map(|l| (l.target.as_str(), opened.source.slice(l.at))).collect();
    assert_eq!(links, [("https://example.org/a", "the minutes"), ("https://example.org/b", "the annex")]);
}

#[test]
fn reads_tables_with_merged_cells() {
    let cell = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", &run(words)))
    };
    let rows = [
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>",
            cell("<w:vMerge w:val=\"restart\"/>", "Town"),
            cell("<w:gridSpan w:val=\"2\"/>", "Wells")
        ),
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}{}</w:tr>",
            cell("<w:vMerge/>", ""),
            cell("", "2019"),
            cell("", "2020")
        ),
        format!("<w:tr>{}{}{}</w:tr>", cell("", "Aune"), cell("", "4"), cell("", "5")),
        format!(
            "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}{}{}</w:tr>",
            cell("", "Gone"),
            cell("", "4"),
            cell("", "5")
        ),
    ];
    let body = format!("<w:tbl>{}</w:tbl>", rows.concat());
    let lines = read(docx(&body, "", &[]));
    assert_eq!(lines, ["|# Town | Wells | Wells |", "|# Town | 2019 | 2020 |", "|  Aune | 4 | 5 |"]);
}

#[test]
fn reads_boxes_once_and_heads_apart() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", &run("In a box.")));
    let drawing = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = format!("<w:p>{}{drawing}{}</w:p>{}", run("Before"), run(" and after."), paragraph("", &run("Next.")));
    let head = format!("<w:hdr {}>{}</w:hdr>", helper::NAMES, paragraph("", &run("Annual report 2023")));
    let page = format!("<w:ftr {}>{}</w:ftr>", helper::NAMES, paragraph("", &run("Page 3")));
    let more =
        [("word/header1.xml", head.as_str()), ("word/header2.xml", head.as_str()), ("word/footer1.xml", page.as_str())];
    assert_eq!(read(docx(&body, "", &more)), ["Before and after.", "In a box.", "Next.", "[meta] Annual report 2023"]);
}

#[test]
fn reads_pages() {
    let body = paragraph("H1", &run("Wells"))
        + &paragraph(
            "",
            &format!("{}<w:r><w:lastRenderedPageBreak/><w:t>There are 40.</w:t></w:r>", run("On the page before. ")),
        );
    let (opened, document) = opened(docx(&body, "", &[]), Revisions::Accepted);
    let at = opened.source.text.find("40").expect("it was read") as u32;
    let place = Places::new(&document).of(recount::span::Span::new(document.file, at, at + 2));
    assert_eq!(place, "page 2, section \"Wells\", paragraph 1");
}

fn failure(name: &str, bytes: Vec<u8>) -> String {
    let format = Format::of(Path::new(name)).expect("the name has a known ending");
    match open(Path::new(name), bytes, format, Revisions::Accepted) {
        Ok(opened) => panic!("{name} was read as {:?}: {:?}", opened.format, opened.source.text),
        Err(error) => error.to_string(),
    }
}

#[test]
fn refuses_what_cannot_be_read() {
    let whole = docx(&paragraph("", &run("Words")), "", &[]);
    assert!(failure("a.docx", whole[..whole.len() / 2].to_vec()).starts_with("the archive is damaged or cut off"));
    assert!(failure("a.docx", Vec::new()).contains("empty"));
    assert!(failure("a.docx", b"Just words".to_vec()).contains("does not begin like an archive"));
    assert!(failure("a.docx", archive(&[("x.txt", "y")])).contains("word/document.xml is missing"));
    assert!(failure("a.md", archive(&[("x.txt", "y")])).contains("an archive without a document"));
    let mut compound = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(failure("a.docx", compound).contains("encrypted"));
    let bomb = "0".repeat((recount::read::LARGEST_PART as usize) + 2);
    let bomb = archive(&[("word/document.xml", &bomb)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(failure("a.docx", bomb), "word/document.xml is larger than the 128 MiB that are read of an archive");
}

#[test]
fn reads_what_the_ending_does_not_tell() {
    let bytes = docx(&paragraph("", &run("Words")), "", &[]);
    let opened = open(Path::new("a.md"), bytes, Format::Markdown, Revisions::Accepted).expect("it is read");
    assert_eq!((opened.format, opened.source.text.as_str()), (Format::Docx, "Words"));
    let page = b"<html><p>Words</p></html>".to_vec();
    let opened = open(Path::new("a.docx"), page, Format::Docx, Revisions::Accepted).expect("it is read");
    assert_eq!(opened.format, Format::Html);
}

#[test]
fn reads_broken_and_nested_parts_without_end() {
    let part = |inner: &str| archive(&[("word/document.xml", inner)]);
    let open_only = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x".repeat(10_000);
    let nested =
        format!("{}{}", "<w:tbl><w:tr><w:tc><w:p>".repeat(10_000), "</w:p></w:tc></w:tr></w:tbl>".repeat(10_000));
    let boxes =
        format!("{}{}", "<w:p><w:r><w:txbxContent>".repeat(3_000), "</w:txbxContent></w:r></w:p>".repeat(3_000));
    let fields = r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC REF</w:instrText></w:r>"#
        .repeat(5_000);
    let billion =
        r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:p><w:r><w:t>&b;&b;ok</w:t></w:r></w:p>"#;
    let wide = format!(
        "<w:tbl>{}</w:tbl>",
        r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"#
            .repeat(9_000)
    );
    for inner in [
        &open_only,
        &nested,
        &boxes,
        &fields,
        billion,
        &wide,
        "<w:p",
        "<w:p><w:r><w:t>a</w:p></w:q>&",
        "\u{feff}<w:t>",
        "",
    ] {
        let result = open(Path::new("a.docx"), part(inner), Format::Docx, Revisions::Accepted);
        let opened = result.map_err(|e: DecodeError| e.to_string()).expect("broken parts are read as far as they go");
        assert!(opened.document.is_some());
    }
    assert_eq!(read(part(billion)), ["ok"]);
}

#[test]
fn flags_the_same_in_the_table_of_a_word_document() {
    let rows: &[&[&str]] = &[&["Town", "Wells"], &["Aune", "41"], &["Brekke", "12"], &["Dale", "9"], &["Total", "65"]];
    let (opened, document) = opened(docx(&table(rows), "", &[]), Revisions::Accepted);
    assert_eq!(document.tables[0].head_rows, 1);
    assert_eq!(opened.source.text, "Town | Wells\nAune | 41\nBrekke | 12\nDale | 9\nTotal | 65");
}

/// A document with a table, whose paragraph and cell have comments, one of them with an answer; one comment hangs
/// nowhere any more.
fn commented() -> Vec<u8> {
    let call = |id: u32| format!(r#"<w:r><w:commentReference w:id="{id}"/></w:r>"#);
    let body = [
        paragraph("H1", &run("Wells")),
        paragraph("", &format!("{}{}", run("The board dug 43 wells in 2021."), call(4))),
        paragraph("", &run("All 43 wells give water.")),
        table(&[&["Town", "Wells"], &["Aune", "31"], &["Brock", "12"]]).replacen(
            &run("31"),
            &format!("{}{}{}", run("31"), call(2), call(3)),
            1,
        ),
    ];
    let comment = |id: u32, author: &str, inner: &str| {
        format!(r#"<w:comment w:id="{id}" w:author="{author}" w:initials="x">{inner}</w:comment>"#)
    };
    let comments = [
        comment(2, "Ole  Brandt", &paragraph("", &run("Are these 13 wells?"))),
        comment(3, "", &paragraph("Bullets", &run("They are."))),
        comment(4, "Dora Marsh", &(paragraph("", &run("The board dug 34 wells in 2021.")) + &table(&[&["a"], &["b"]]))),
        comment(7, "Dora Marsh", &paragraph("", &run("Gone with its paragraph."))),
        comment(8, "recount", &paragraph("", &run("43 here, 31 there"))),
    ];
    let part = format!("<w:comments {}>{}</w:comments>", helper::NAMES, comments.concat());
    docx(&body.concat(), "", &[("word/comments.xml", &part)])
}

#[test]
fn reads_comments_behind_everything_with_author_and_place() {
    let lines = read(commented());
    assert_eq!(
        lines[3..],
        [
            "|# Town | Wells |",
            "|  Aune | 31 |",
            "|  Brock | 12 |",
            "[comment 1 by Dora Marsh] The board dug 34 wells in 2021.",
            "[comment 1 by Dora Marsh] a",
            "[comment 1 by Dora Marsh] b",
            "[comment 2 by Ole Brandt] Are these 13 wells?",
            "[comment 3] They are.",
            "[comment 4 by Dora Marsh] Gone with its paragraph.",
        ]
    );
    let (opened, document) = opened(commented(), Revisions::Accepted);
    let place = |words: &str| {
        let at = opened.source.text.find(words).expect("it was read") as u32;
        Places::new(&document).of(recount::span::Span::new(document.file, at, at + 2))
    };
    assert_eq!(place("34 wells"), "comment 1 by Dora Marsh on section \"Wells\", paragraph 1");
    assert_eq!(place("13 wells"), "comment 2 by Ole Brandt on table 1, row 2, column 2");
    assert_eq!(place("They are"), "comment 3 on table 1, row 2, column 2");
    assert_eq!(place("Gone"), "comment 4 by Dora Marsh");
    assert_eq!((document.tables.len(), document.lists.len()), (1, 0));
    assert_eq!(document.words(), 1 + 7 + 5 + 6);
    let bare = document.without_comments();
    assert_eq!((bare.comments.len(), bare.blocks.len() + 6), (0, document.blocks.len()));
}

#[test]
fn compares_comments_only_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("draft.docx");
    std::fs::write(&path, commented()).expect("a file");
    let run = |arguments: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_recount"))
            .args(arguments)
            .arg(&path)
            .output()
            .expect("recount runs");
        (out.status.code(), String::from_utf8(out.stdout).expect("UTF-8"))
    };
    let check = ["check", "--format", "short", "--no-cache"];
    assert_eq!(run(&check).0, Some(0), "{}", run(&check).1);
    let (code, found) = run(&[&check[..], &["--comments", "compared"]].concat());
    assert_eq!(code, Some(1), "{found}");
    assert!(found.contains("[quantity-mismatch]") && found.contains("34"), "{found}");
    std::fs::write(folder.path().join("recount.toml"), "comments = \"compared\"\n").expect("a file");
    assert_eq!(run(&check).0, Some(1));
    assert_eq!(run(&[&check[..], &["--comments", "apart"]].concat()).0, Some(0));
    let listed = run(&["claims", "--comments", "apart"]).1;
    assert!(listed.contains("\ncomment 1 by Dora Marsh on section \"Wells\", paragraph 1:\n"), "{listed}");
    let listed = run(&["claims", "--format", "csv"]).1;
    assert!(listed.contains("comment 2 by Ole Brandt on table 1, row 2, column 2"), "{listed}");
}
