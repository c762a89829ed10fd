//! PDF: what is read of small pages put together by hand, what is refused, and copies with highlights.
#![cfg(feature = "pdf")]

use recount::document::{BlockKind, Document};
use recount::read::{Boxes, Format, Opened, Revisions, Way, open, open_traced};
use recount::report::pdf::annotate;
use recount::report::remark::Remark;
use std::path::Path;

/// A file of objects with a table of them.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).as_bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend(
        format!("trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).as_bytes(),
    );
    out
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A file of pages with these contents, in Helvetica.
fn pages(contents: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (n, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * n
        ));
        objects.push(stream(content));
    }
    file(&objects, "")
}

/// Words at a place, counted from the lower left corner.
fn at(x: i32, y: i32, size: i32, words: &str) -> String {
    format!("BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n")
}

fn read(bytes: Vec<u8>) -> (Opened, Document) {
    let mut opened = open(Path::new("a.pdf"), bytes, Format::Pdf, Revisions::Accepted).expect("it can be read");
    let document = opened.document.take().expect("it comes with its document");
    (opened, document)
}

/// A page with two paragraphs and these annotations.
fn annotated(annotations: &str) -> Vec<u8> {
    let content = at(72, 760, 12, "The board dug 43 wells in 2021.") + &at(72, 700, 12, "They give water.");
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R/Annots[{annotations}]>>"
    );
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned();
    let (catalog, kids) =
        ("<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[4 0 R]/Count 1>>".to_owned());
    file(&[catalog, kids, font, page, stream(&content)], "")
}

#[test]
fn reads_what_people_remark_on_pages_as_comments() {
    let annotation = |sort: &str, low: u32, by: &str, said: &str, more: &str| {
        format!("<</Type/Annot/Subtype/{sort}/Rect[72 {low} 120 {}]/T({by})/Contents({said}){more}>>", low + 10)
    };
    let bytes = annotated(
        &[
            annotation("Highlight", 700, "Ole Brandt, 03/05/24, ", "All of them?", ""),
            annotation("Text", 758, "Dora Marsh", "34 wells, I think.\nSee the annex.", ""),
            annotation("Text", 758, "Dora Marsh", "Accepted set by Dora", "/StateModel/Review"),
            annotation("Highlight", 758, "recount", "43 here, 34 elsewhere", ""),
            annotation("Link", 758, "", "https://example.org", ""),
            annotation("Popup", 758, "", "34 wells, I think.", ""),
        ]
        .concat(),
    );
    let (opened, document) = read(bytes);
    let comments = said(&document, |kind| matches!(kind, BlockKind::Comment { .. }));
    assert_eq!(comments, ["34 wells, I think.", "See the annex.", "All of them?"]);
    let places = recount::report::place::Places::new(&document);
    let place = |words: &str| {
        let start = opened.source.text.find(words).expect("it was read") as u32;
        places.of(recount::span::Span::new(document.file, start, start + 2))
    };
    assert_eq!(place("34 wells"), "comment 1 by Dora Marsh on page 1, line 1");
    assert_eq!(place("All of them"), "comment 2 by Ole Brandt on page 1, line 2");
}

#[test]
fn reads_no_more_remarks_than_it_can_hold() {
    // Any number of places of a page may lead to one long remark.
    let long = "word ".repeat(200_000);
    let one = format!("<</Subtype/Text/Rect[72 700 80 710]/Contents({long})>>");
    let content = at(72, 700, 12, "They give water.");
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R/Annots[{}]>>",
        "6 0 R ".repeat(50_000)
    );
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned();
    let (catalog, kids) =
        ("<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[4 0 R]/Count 1>>".to_owned());
    let (opened, document) = read(file(&[catalog, kids, font, page, stream(&content), one], ""));
    assert!(document.comments.len() > 1 && opened.source.text.len() < 20 << 20);
}

fn said(document: &Document, kind: impl Fn(BlockKind) -> bool) -> Vec<String> {
    document.blocks.iter().filter(|b| kind(b.kind)).map(|b| b.text.string.clone()).collect()
}

fn refused(bytes: Vec<u8>) -> String {
    match open(Path::new("a.pdf"), bytes, Format::Pdf, Revisions::Accepted) {
        Ok(opened) => panic!("it was read: {:?}", opened.source.text),
        Err(error) => error.to_string(),
    }
}

#[test]
fn reads_columns_one_after_the_other() {
    let mut content = at(60, 780, 18, "Wells of the northern district");
    for n in 0..8 {
        let y = 740 - 14 * n;
        content.push_str(&at(60, y, 10, &format!("left line number {n} goes on to the right edge")));
        // The lines of the columns need not stand on one height.
        content.push_str(&at(320, y - 5, 10, &format!("right line number {n} goes on to the right edge")));
    }
    let (opened, document) = read(pages(&[content]));
    let text = opened.source.text;
    assert!(
        text.find("left line number 7").expect("left") < text.find("right line number 0").expect("right"),
        "{text}"
    );
    assert_eq!(said(&document, |k| matches!(k, BlockKind::Heading(1))), ["Wells of the northern district"]);
}

#[test]
fn reads_divided_words_and_raised_labels() {
    let content = at(60, 700, 10, "The committee counted forty-three wells and the other com-")
        + &at(60, 686, 10, "mittee found the same number in spring of that long year")
        + &at(60, 672, 10, "and said so.")
        + &at(114, 676, 6, "1")
        + &at(122, 672, 10, "It was so.")
        + &at(60, 80, 6, "1")
        + &at(66, 77, 7, "All of them.");
    let (_, document) = read(pages(&[content]));
    let text = said(&document, |k| matches!(k, BlockKind::Paragraph)).join(" ");
    assert!(text.contains("forty-three wells and the other committee found"), "{text}");
    assert_eq!(said(&document, |k| matches!(k, BlockKind::Note { .. })), ["All of them."]);
    assert_eq!((document.notes[0].label.as_str(), document.marks.len()), ("1", 1));
}

#[test]
fn reads_running_heads_apart() {
    let page = |n: i32| {
        at(60, 810, 9, "Annual report 2023")
            + &at(60, 700, 10, &format!("There are {} wells in village number {n} of the district.", n * 7))
            + &at(290, 30, 9, &n.to_string())
    };
    let (opened, document) = read(pages(&[page(1), page(2), page(3), page(4)]));
    assert_eq!(said(&document, |k| k == BlockKind::Meta), ["Annual report 2023"]);
    assert_eq!(said(&document, |k| matches!(k, BlockKind::Paragraph)).len(), 4);
    assert_eq!((document.pages.len(), opened.source.text.matches('\u{c}').count()), (3, 3));
}

#[test]
fn reads_tables_by_their_alignment() {
    let mut content = String::new();
    for (row, cells) in
        [["Village", "Wells", "Dry"], ["Aune", "41", "12"], ["Brekke", "12", "3"], ["Total", "53", "15"]]
            .iter()
            .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            content.push_str(&at(60 + 120 * column as i32, 700 - 16 * row as i32, 10, cell));
        }
    }
    let (opened, document) = read(pages(&[content]));
    assert_eq!(document.tables.len(), 1);
    assert_eq!((document.tables[0].head_rows, document.tables[0].rows.len()), (1, 4));
    assert!(opened.source.text.contains("Brekke | 12 | 3"), "{}", opened.source.text);
}

#[test]
fn reads_pages_that_are_turned() {
    let content = "BT /F 10 Tf 0 1 -1 0 100 100 Tm (Words set upwards, all of the page.) Tj ET\n".to_owned();
    let (opened, _) = read(pages(&[content]));
    assert_eq!(opened.source.text.trim(), "Words set upwards, all of the page.");
}

#[test]
fn refuses_what_has_no_text_to_read() {
    let whole = pages(&[at(60, 700, 10, "Words")]);
    assert!(refused(b"%PDF-1.7\nnothing else".to_vec()).contains("structure"), "no structure");
    let secret = file(
        &["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[]/Count 0>>".to_owned()],
        "/Encrypt<</Filter/Standard/V 1/R 2/O<0000000000000000000000000000000000000000000000000000000000000000>/U<0000000000000000000000000000000000000000000000000000000000000000>/P -4>>/ID[<00><00>]",
    );
    assert!(refused(secret).contains("encrypted"));
    let scan = file(
        &[
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>".to_owned(),
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\nx\nendstream".to_owned(),
            stream("595 0 0 842 0 0 cm /I Do"),
        ],
        "",
    );
    assert!(refused(scan).contains("a scan"));
    let mut dumb = pages(&[at(60, 700, 10, "Words that nobody can read")]);
    let font = String::from_utf8_lossy(&dumb).replace(
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 0/LastChar 0/Widths[9]/CharProcs<<>>/Encoding<<>>>>",
    );
    dumb = font.into_bytes();
    let told = open(Path::new("a.pdf"), dumb, Format::Pdf, Revisions::Accepted);
    assert!(told.map_or_else(|e| e.to_string().contains("letters"), |o| o.source.text.trim().is_empty()));
    for end in [whole.len() / 3, whole.len() / 2, whole.len() - 40] {
        // A file that is cut off is read as far as it goes, or refused; it never takes the others down.
        let _ = open(Path::new("a.pdf"), whole[..end].to_vec(), Format::Pdf, Revisions::Accepted);
    }
}

#[test]
fn reads_pages_without_end_in_part() {
    // Forms that draw each other ten times over, eight deep: a hundred million words.
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_owned(),
        stream("/X Do"),
    ];
    for n in 0..8 {
        let content = "/X Do ".repeat(10);
        objects.push(format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {} 0 R>>>>/Length {}>>\nstream\n{content}\nendstream",
            n + 6,
            content.len()
        ));
    }
    objects.push(
        "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length 12>>\nstream\n0 0 9 9 re f \nendstream".to_owned(),
    );
    let (_, document) = read(file(&objects, ""));
    assert!(document.issues.iter().any(|i| i.message.contains("without end")), "{:?}", document.issues);
}

fn boxes(bytes: &[u8]) -> (Opened, Boxes) {
    let (opened, way) = open_traced(Path::new("a.pdf"), bytes, Revisions::Accepted).expect("it can be read");
    match way {
        Way::Pdf(boxes) => (opened, boxes),
        Way::Word(_) => panic!("this is a PDF"),
    }
}

#[test]
fn marks_places_in_a_copy_that_begins_with_the_file() {
    let bytes = pages(&[at(60, 700, 10, "There are 43 wells."), at(60, 700, 10, "There are 37 wells.")]);
    let (opened, before) = boxes(&bytes);
    let remark = |wording: &str| {
        let at = opened.source.text.find(wording).expect("it is in the text") as u32;
        Remark { at: at..at + wording.len() as u32, paragraphs: vec![format!("on {wording} – (all)")] }
    };
    let copy = annotate(&bytes, &before, &[remark("43"), remark("37"), remark("wells")]).expect("a copy can be made");
    assert_eq!((copy.written, copy.left_out), (3, 0));
    assert!(copy.bytes.starts_with(&bytes));
    let added = String::from_utf8_lossy(&copy.bytes[bytes.len()..]).into_owned();
    assert_eq!(added.matches("/Subtype/Highlight").count(), 3);
    assert_eq!(added.matches("/Annots [").count(), 2);
    // The copy is read as the file is, and takes further marks.
    let (again, after) = boxes(&copy.bytes);
    assert_eq!(again.source.text, opened.source.text);
    assert_eq!(after.words, before.words);
    let twice = annotate(&copy.bytes, &after, &[remark("43")]).expect("a copy of the copy");
    let added = String::from_utf8_lossy(&twice.bytes[copy.bytes.len()..]).into_owned();
    assert!(added.matches(" 0 R").count() >= 4, "{added}");
    assert_eq!(boxes(&twice.bytes).0.source.text, opened.source.text);
}

#[test]
fn copies_a_file_without_findings_as_it_is() {
    let bytes = pages(&[at(60, 700, 10, "Words")]);
    let (_, boxes) = boxes(&bytes);
    assert_eq!(annotate(&bytes, &boxes, &[]).expect("a copy").bytes, bytes);
}
