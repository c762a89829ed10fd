//! Comments in copies of Word documents: the text stays, untouched parts stay byte for byte, every comment has its
//! place.

mod helper;

use helper::{docx, paragraph, run};
use recount::read::{DecodeError, Opened, Revisions, Trace, Way};
use recount::report::remark::Remark;
use recount::report::word::annotate;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// Opens a Word document with the way back into its parts.
fn open_traced(path: &Path, bytes: &[u8], revisions: Revisions) -> Result<(Opened, Trace), DecodeError> {
    let (opened, way) = recount::read::open_traced(path, bytes, revisions)?;
    match way {
        Way::Word(trace) => Ok((opened, trace)),
        #[cfg(feature = "pdf")]
        Way::Pdf(_) => panic!("this is no PDF"),
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("the archive opens");
    (0..zip.len())
        .map(|n| {
            let mut file = zip.by_index(n).expect("the part opens");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("the part can be read");
            (file.name().expect("the name is text").to_string(), content)
        })
        .collect()
}

fn text(bytes: &[u8]) -> String {
    open_traced(Path::new("a.docx"), bytes, Revisions::Accepted).expect("the document can be read").0.source.text
}

/// Puts a comment on every wording, and gives the parts of the copy.
fn commented(bytes: &[u8], wordings: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let (opened, trace) =
        open_traced(Path::new("a.docx"), bytes, Revisions::Accepted).expect("the document can be read");
    let remarks: Vec<Remark> = wordings
        .iter()
        .map(|wording| {
            let at = opened.source.text.find(wording).expect("the wording is in the text") as u32;
            Remark { at: at..at + wording.len() as u32, paragraphs: vec![format!("on {wording} & <more>")] }
        })
        .collect();
    let copy = annotate(bytes, &trace, &remarks).expect("a copy can be made");
    assert_eq!((copy.written, copy.left_out), (wordings.len(), 0));
    assert_eq!(text(&copy.bytes), opened.source.text, "the text stays");
    let (before, after) = (parts(bytes), parts(&copy.bytes));
    for (name, content) in &before {
        let touched = ["word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
        assert!(touched.contains(&name.as_str()) || after.get(name) == Some(content), "{name}");
    }
    after
}

fn string(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).expect("parts are UTF-8")
}

/// What stands between the marks of a comment, tags left out.
fn anchored(document: &str, id: u32) -> String {
    let start = document.find(&format!(r#"<w:commentRangeStart w:id="{id}"/>"#)).expect("the comment begins");
    let end = document.find(&format!(r#"<w:commentRangeEnd w:id="{id}"/>"#)).expect("the comment ends");
    let mut out = String::new();
    let mut inside = false;
    for c in document[start..end].chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn reads_back_the_comments_of_a_copy() {
    let bold = r#"<w:r><w:rPr><w:b/></w:rPr><w:t>37 of &amp; men</w:t></w:r>"#;
    let body = paragraph("", &format!("{}{bold}", run("We saw 43 men and ")))
        + &paragraph("", "<w:r><w:t>4</w:t></w:r><w:r><w:t>8 women</w:t></w:r>");
    let after = commented(&docx(&body, "", &[]), &["43 men", "37", "men", "48", "48 women"]);
    let document = string(&after, "word/document.xml");
    let all: Vec<String> = (0..5).map(|id| anchored(&document, id)).collect();
    assert_eq!(all, ["43 men", "37", "men", "48", "48 women"]);
    assert!(document.contains(r#"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> of "#), "{document}");
    let comments = string(&after, "word/comments.xml");
    assert!(comments.contains("on 43 men &amp; &lt;more&gt;") && comments.matches("<w:comment ").count() == 5);
    assert!(string(&after, "[Content_Types].xml").contains("/word/comments.xml"));
    assert!(string(&after, "word/_rels/document.xml.rels").contains("rIdRecountComments"));
}

#[test]
fn keeps_the_comments_that_are_there() {
    let body =
        paragraph("", &format!(r#"<w:commentRangeStart w:id="6"/>{}<w:commentRangeEnd w:id="6"/>"#, run("43 men")));
    let comments =
        format!(r#"<w:comments {}><w:comment w:id="6" w:author="A"><w:p/></w:comment></w:comments>"#, helper::NAMES);
    let plain = docx(&body, "", &[("word/comments.xml", &comments)]);
    let after = commented(&plain, &["43"]);
    let comments = string(&after, "word/comments.xml");
    assert!(comments.contains(r#"w:id="6" w:author="A""#) && comments.contains(r#"w:id="7" w:author="recount""#));
    assert_eq!(anchored(&string(&after, "word/document.xml"), 7), "43");
}

#[test]
fn copies_a_document_without_findings_as_it_is() {
    let bytes = docx(&paragraph("", &run("Words")), "", &[]);
    let (_, trace) = open_traced(Path::new("a.docx"), &bytes, Revisions::Accepted).expect("it can be read");
    let copy = annotate(&bytes, &trace, &[]).expect("a copy can be made");
    assert_eq!(parts(&copy.bytes), parts(&bytes));
}

#[test]
fn leaves_out_places_where_word_has_no_comments() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", &run("43 in a box")));
    let body = paragraph("", &format!("{}<w:r><w:pict>{inner}</w:pict></w:r>", run("Words")));
    let bytes = docx(&body, "", &[]);
    let (opened, trace) = open_traced(Path::new("a.docx"), &bytes, Revisions::Accepted).expect("it can be read");
    let at = opened.source.text.find("43").expect("boxes are read") as u32;
    let copy =
        annotate(&bytes, &trace, &[Remark { at: at..at + 2, paragraphs: vec!["x".to_owned()] }]).expect("a copy");
    assert_eq!((copy.written, copy.left_out), (0, 1));
}
