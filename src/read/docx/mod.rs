//! Word documents (DOCX).
//!
//! The parts of the archive that hold text are read in the order of a reader: the body, then notes in the order in
//! which they are called, then running heads and feet, and comments, which stand apart. Places count in a text of one line a
//! paragraph; [`Trace`] leads from there back to the bytes of the parts.

mod body;
mod comment;
mod number;
mod style;
mod symbol;

use super::archive::Archive;
use super::package::{folder, part_name, relations};
use super::render::Render;
use super::xml::{Piece, Xml};
use super::{DecodeError, Revisions, bibliography, notes};
use crate::document::{Document, ReadIssue};
use crate::span::{FileId, Span};
use body::Body;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Where the text of a document stands in the parts of its archive.
#[derive(Debug, Default)]
pub struct Trace {
    /// The parts that hold text: their names and their XML.
    pub parts: Vec<(String, String)>,
    /// Stretches of text, in order.
    pub pieces: Vec<TracePiece>,
    /// Runs, in the order in which they were read.
    pub runs: Vec<TraceRun>,
}

/// A stretch of text that stands in one element of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracePiece {
    /// Bytes of the text.
    pub text: Range<u32>,
    /// Bytes of the part: of the words, or of the element that stands for them.
    pub xml: Range<u32>,
    /// Whether the bytes of the part lie inside a text element (`w:t`).
    pub inside: bool,
    /// Index into [`Trace::runs`].
    pub run: u32,
}

/// A run: text of one formatting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceRun {
    /// Index into [`Trace::parts`].
    pub part: usize,
    /// Bytes of the element.
    pub xml: Range<u32>,
    /// Bytes of its start tag.
    pub tag: Range<u32>,
    /// Bytes of its properties (`w:rPr`).
    pub properties: Option<Range<u32>>,
}

/// What a Word document gives.
pub(super) struct Reading {
    /// The text that places count in.
    pub(super) text: String,
    /// The document, of file 0.
    pub(super) document: Document,
    /// The way back into the archive.
    pub(super) trace: Trace,
}

/// Reads a Word document.
pub(super) fn read(bytes: &[u8], revisions: Revisions) -> Result<Reading, DecodeError> {
    let mut archive = Archive::open(bytes)?;
    let main = main_part(&mut archive)?;
    let missing = || DecodeError::PartMissing { part: main.clone(), format: "Word document" };
    let text = archive.text(&main)?.ok_or_else(missing)?;
    let folder = folder(&main).to_owned();
    let mut part = |name: &str| archive.text(&format!("{folder}{name}"));
    let styles = part("styles.xml")?.map(|p| style::Styles::read(&p)).unwrap_or_default();
    let numbering = part("numbering.xml")?.map(|p| number::Numbering::read(&p)).unwrap_or_default();
    let footnotes = part("footnotes.xml")?;
    let endnotes = part("endnotes.xml")?;
    let mut document = Document::new(FileId(0));
    let mut trace = Trace { parts: vec![(main.clone(), text)], ..Trace::default() };
    for (name, part) in [("footnotes.xml", footnotes), ("endnotes.xml", endnotes)] {
        if let Some(part) = part {
            trace.parts.push((format!("{folder}{name}"), part));
        }
    }
    let mut heads: Vec<String> = Vec::new();
    for name in archive.names() {
        let own = name.strip_prefix(folder.as_str()).unwrap_or("");
        if (own.starts_with("header") || own.starts_with("footer")) && own.ends_with(".xml") {
            heads.push(name);
        }
    }
    let first_head = trace.parts.len();
    for name in heads {
        if let Some(part) = archive.text(&name)? {
            trace.parts.push((name, part));
        }
    }
    let first_comments = trace.parts.len();
    let comments = relations(&mut archive, &main)?.into_iter().find(|r| r.kind == "comments");
    let comments = comments.map_or_else(|| format!("{folder}comments.xml"), |r| part_name(&folder, &r.target));
    if let Some(part) = archive.text(&comments)? {
        trace.parts.push((comments, part));
    }
    let parts = std::mem::take(&mut trace.parts);
    let addresses = parts.iter().map(|(name, _)| addresses(&mut archive, name)).collect::<Result<_, _>>()?;
    let mut body = Body::new(Render::new(&mut document), styles, numbering, revisions, &mut trace);
    body.addresses = addresses;
    body.read(0, &parts[0].1);
    body.finish_lists();
    read_notes(&parts[1..first_head], &mut body);
    for (n, (_, part)) in parts.iter().enumerate().take(first_comments).skip(first_head) {
        body.read_apart(n, part);
    }
    if let Some((_, part)) = parts.get(first_comments) {
        comment::read(first_comments, part, &mut body);
    }
    let (mut text, pages, broken) = (String::new(), std::mem::take(&mut body.pages), body.broken);
    let render = body.into_render();
    text.push_str(&render.text);
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
    trace.parts = parts;
    Ok(Reading { text, document, trace })
}

/// Reads the notes that were called, in the order of the calls.
fn read_notes(parts: &[(String, String)], body: &mut Body<'_, '_>) {
    for (n, (name, part)) in parts.iter().enumerate() {
        let (element, end) = if name.ends_with("footnotes.xml") { ("w:footnote", false) } else { ("w:endnote", true) };
        let found = note_ranges(part, element);
        for (id, label) in body.called(end) {
            if let Some(range) = found.get(&id) {
                body.read_note(n + 1, part, range.clone(), &label);
            }
        }
    }
}

/// The bytes of what each note holds, by its id.
fn note_ranges(part: &str, element: &str) -> FxHashMap<String, Range<usize>> {
    let mut found = FxHashMap::default();
    let mut xml = Xml::new(part, 0..part.len());
    while let Some((piece, range)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if tag.name() != element {
            continue;
        }
        let separates = tag.get("w:type").is_some_and(|t| t != "normal");
        let id = tag.get("w:id").unwrap_or_default();
        let end = xml.skip();
        if !separates && end >= range.end {
            found.insert(id, range.end..end);
        }
    }
    found
}

/// The addresses that links of a part lead to, by the id of the relation.
fn addresses(archive: &mut Archive<'_>, part: &str) -> Result<FxHashMap<String, String>, DecodeError> {
    let found = relations(archive, part)?.into_iter().filter(|r| r.kind == "hyperlink");
    Ok(found.map(|r| (r.id, r.target)).collect())
}

/// The name of the part that holds the text.
fn main_part(archive: &mut Archive<'_>) -> Result<String, DecodeError> {
    let main = relations(archive, "")?.into_iter().filter(|r| r.kind == "officeDocument");
    let main = main.map(|r| part_name("", &r.target)).find(|name| archive.has(name));
    Ok(main.unwrap_or_else(|| "word/document.xml".to_owned()))
}
