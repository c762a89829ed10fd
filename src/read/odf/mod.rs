//! Text documents of OpenDocument (ODT), as LibreOffice and others write them.
//!
//! The body is read in order, then the notes in the order of their calls, then running heads and feet, and
//! comments, which stand apart. Places count in a text of one line a paragraph.

mod body;
mod style;

use super::archive::Archive;
use super::render::Render;
use super::xml::{Piece, Xml};
use super::{DecodeError, Revisions, bibliography, notes};
use crate::document::{Document, ReadIssue};
use crate::span::{FileId, Span};
use body::Body;
use style::Styles;

/// Reads a text document.
pub(super) fn read(bytes: &[u8], revisions: Revisions) -> Result<(String, Document), DecodeError> {
    let mut archive = Archive::open(bytes)?;
    if archive.text("META-INF/manifest.xml")?.is_some_and(|m| m.contains("encryption-data")) {
        return Err(DecodeError::Encrypted);
    }
    let missing = || DecodeError::PartMissing { part: "content.xml".to_owned(), format: "OpenDocument text" };
    let content = archive.text("content.xml")?.ok_or_else(missing)?;
    let named = archive.text("styles.xml")?.unwrap_or_default();
    Ok(read_parts(&content, &named, revisions))
}

/// Reads a text document that is one file of XML (FODT).
pub(super) fn read_flat(content: &str, revisions: Revisions) -> (String, Document) {
    read_parts(content, content, revisions)
}

fn read_parts(content: &str, named: &str, revisions: Revisions) -> (String, Document) {
    let mut styles = Styles::default();
    styles.read(named);
    styles.read(content);
    let mut document = Document::new(FileId(0));
    let mut body = Body::new(Render::new(&mut document), styles, revisions);
    body.read(content);
    body.read_notes(content);
    for range in heads(named) {
        body.read_apart(named, range);
    }
    body.read_comments(content);
    let (pages, broken) = (std::mem::take(&mut body.pages), body.broken);
    let render = body.into_render();
    let text = render.text.clone();
    let raised = render.build.finish();
    document.pages = pages;
    document.generated = true;
    if broken {
        let end = text.len() as u32;
        let at = Span::new(FileId(0), end, end);
        document.issues.push(ReadIssue { message: "the XML is broken; what follows was not read".to_owned(), at });
    }
    document.anchors.sort_by_key(|a| a.at);
    bibliography::mark(&mut document);
    notes::settle(&mut document, raised);
    (text, document)
}

/// Running heads and feet of the page styles, as bytes of the part.
fn heads(part: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut xml = Xml::new(part, 0..part.len());
    while let Some((piece, range)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if matches!(tag.name(), "style:header" | "style:footer" | "style:header-first" | "style:footer-first") {
            let end = xml.skip();
            if end > range.end {
                found.push(range.end..end);
            }
        }
    }
    found
}
