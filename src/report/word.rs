//! Findings as comments in a copy of a Word document.
//!
//! Nothing is written anew: marks are spliced into the XML at the places of the findings, comments are added to those
//! that are there, and every part that is not touched is copied as it is, compressed bytes and all.

use super::remark::{Annotated, Remark};
use crate::read::{OWN_AUTHOR, Trace, TracePiece};
use quick_xml::escape::escape;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::ops::Range;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Why no copy can be made.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// The archive cannot be read or written.
    #[error("the archive cannot be copied: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// A part cannot be read or written.
    #[error("the archive cannot be copied: {0}")]
    Part(#[from] std::io::Error),
    /// A part that every document has is missing or not as it should be.
    #[error("{0} is missing or damaged")]
    Missing(String),
}

const COMMENTS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Marks to be put in at one place of a part: those that end first.
#[derive(Default)]
struct Cut {
    ends: String,
    starts: String,
    /// What has to be closed before the marks and opened again behind them.
    around: Option<(String, String)>,
}

/// Makes a copy with comments. `trace` is that of the same bytes.
///
/// # Errors
///
/// When the archive cannot be copied.
pub fn annotate(bytes: &[u8], trace: &Trace, remarks: &[Remark]) -> Result<Annotated, AnnotateError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    let main = trace.parts.first().map(|(name, _)| name.clone()).unwrap_or_default();
    let (folder, own) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, own)| (folder, own));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let relations_name = format!("{prefix}_rels/{own}.rels");
    let relations = part(&mut zip, &relations_name)?.unwrap_or_else(|| EMPTY_RELATIONS.to_owned());
    let existing = relation_target(&relations).map(|target| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{prefix}{target}"),
    });
    let comments_name = existing.clone().unwrap_or_else(|| format!("{prefix}comments.xml"));
    let comments = part(&mut zip, &comments_name)?;
    let mut next = comments.as_deref().map_or(0, next_id);

    let boxes: Vec<Vec<Range<usize>>> = trace.parts.iter().map(|(_, xml)| box_ranges(xml)).collect();
    let mut cuts: BTreeMap<(usize, usize), Cut> = BTreeMap::new();
    let mut kept: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut added = String::new();
    let (mut written, mut left_out) = (0, 0);
    for remark in remarks {
        let Some((first, last)) = ends(trace, &boxes, &remark.at) else {
            left_out += 1;
            continue;
        };
        let start = format!(r#"<w:commentRangeStart w:id="{next}"/>"#);
        let end = format!(r#"<w:commentRangeEnd w:id="{next}"/><w:r><w:commentReference w:id="{next}"/></w:r>"#);
        let (at, around) = before(trace, first, remark.at.start, &mut kept);
        let cut = cuts.entry(at).or_default();
        cut.starts.push_str(&start);
        cut.around = cut.around.take().or(around);
        let (at, around) = behind(trace, last, remark.at.end, &mut kept);
        let cut = cuts.entry(at).or_default();
        cut.ends.push_str(&end);
        cut.around = cut.around.take().or(around);
        added.push_str(&comment(next, &remark.paragraphs));
        next += 1;
        written += 1;
    }

    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    for (n, (name, xml)) in trace.parts.iter().enumerate() {
        if let Some(spliced) = splice(n, xml, &cuts, &kept) {
            changed.insert(name.clone(), spliced);
        }
    }
    if written > 0 {
        changed.insert(comments_name.clone(), with_comments(comments.as_deref(), &added, &comments_name)?);
        if existing.is_none() {
            let target = comments_name.strip_prefix(prefix.as_str()).unwrap_or(&comments_name);
            let relation = format!(r#"<Relationship Id="rIdRecountComments" Type="{COMMENTS}" Target="{target}"/>"#);
            changed.insert(
                relations_name.clone(),
                before_end(&relations, "</Relationships>", &relation, &relations_name)?,
            );
            let types_name = "[Content_Types].xml";
            let types = part(&mut zip, types_name)?.ok_or_else(|| AnnotateError::Missing(types_name.to_owned()))?;
            if !types.contains(&format!("/{comments_name}\"")) {
                let entry = format!(r#"<Override PartName="/{comments_name}" ContentType="{COMMENTS_TYPE}"/>"#);
                changed.insert(types_name.to_owned(), before_end(&types, "</Types>", &entry, types_name)?);
            }
        }
    }
    Ok(Annotated { bytes: copy(&mut zip, changed)?, written, left_out })
}

const EMPTY_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;

/// Copies the archive with some parts changed and new ones at the end.
fn copy(zip: &mut ZipArchive<Cursor<&[u8]>>, mut changed: BTreeMap<String, String>) -> Result<Vec<u8>, AnnotateError> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..zip.len() {
        let file = zip.by_index_raw(n)?;
        let name = file.name()?.to_string();
        match changed.remove(&name) {
            Some(content) => {
                let options = SimpleFileOptions::default().last_modified_time(file.last_modified().unwrap_or_default());
                out.start_file(name.as_str(), options)?;
                out.write_all(content.as_bytes())?;
            }
            None => out.raw_copy_file(file)?,
        }
    }
    for (name, content) in changed {
        // The same document gives the same bytes, whatever the clock says.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        out.start_file(name.as_str(), options)?;
        out.write_all(content.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, AnnotateError> {
    let Some(index) = zip.index_for_name(name) else { return Ok(None) };
    let mut text = String::new();
    zip.by_index(index)?.take(crate::read::LARGEST_PART).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// The first and last piece of a place, when comments can stand there.
fn ends<'t>(
    trace: &'t Trace,
    boxes: &[Vec<Range<usize>>],
    at: &Range<u32>,
) -> Option<(&'t TracePiece, &'t TracePiece)> {
    let from = trace.pieces.partition_point(|p| p.text.end <= at.start);
    let to = trace.pieces.partition_point(|p| p.text.start < at.end.max(at.start + 1));
    let pieces = trace.pieces.get(from..to).filter(|pieces| !pieces.is_empty())?;
    let (first, last) = (pieces.first()?, pieces.last()?);
    let part = |piece: &TracePiece| {
        let run = trace.runs.get(piece.run as usize)?;
        let name = trace.parts[run.part].0.rsplit('/').next().unwrap_or("");
        let apart = ["header", "footer", "comments"].iter().any(|part| name.starts_with(part));
        let boxed = boxes[run.part].iter().any(|b| b.contains(&(piece.xml.start as usize)));
        (!apart && !boxed).then_some(run.part)
    };
    (part(first)? == part(last)?).then_some((first, last))
}

/// Where a mark before a byte of the text goes, and what it has to be wrapped in there.
fn before(
    trace: &Trace,
    piece: &TracePiece,
    at: u32,
    kept: &mut BTreeSet<(usize, usize)>,
) -> ((usize, usize), Option<(String, String)>) {
    let run = &trace.runs[piece.run as usize];
    let inner = at.saturating_sub(piece.text.start);
    let leads = !trace.pieces.iter().any(|p| p.run == piece.run && p.text.start < piece.text.start);
    if inner == 0 && leads {
        return ((run.part, run.xml.start as usize), None);
    }
    split(trace, piece, inner, kept)
}

/// Where a mark behind a byte of the text goes, and what it has to be wrapped in there.
fn behind(
    trace: &Trace,
    piece: &TracePiece,
    at: u32,
    kept: &mut BTreeSet<(usize, usize)>,
) -> ((usize, usize), Option<(String, String)>) {
    let run = &trace.runs[piece.run as usize];
    let ends = !trace.pieces.iter().any(|p| p.run == piece.run && p.text.start > piece.text.start);
    if at >= piece.text.end && ends {
        return ((run.part, run.xml.end as usize), None);
    }
    split(trace, piece, at.min(piece.text.end) - piece.text.start, kept)
}

/// A place inside a run, so many bytes into a piece.
fn split(
    trace: &Trace,
    piece: &TracePiece,
    inner: u32,
    kept: &mut BTreeSet<(usize, usize)>,
) -> ((usize, usize), Option<(String, String)>) {
    let run = &trace.runs[piece.run as usize];
    let xml = &trace.parts[run.part].1;
    let properties = run.properties.as_ref().map_or("", |p| &xml[p.start as usize..p.end as usize]);
    // A reference (`&amp;`) and an element (`<w:tab/>`) are not cut.
    let copied = piece.text.len() == piece.xml.len() && piece.inside;
    let into = match inner {
        0 => 0,
        inner if copied => inner,
        _ => piece.xml.end - piece.xml.start,
    };
    let at = (piece.xml.start + into) as usize;
    if !piece.inside {
        return ((run.part, at), Some(("</w:r>".to_owned(), format!("<w:r>{properties}"))));
    }
    // Words stand in `w:t`, or in `w:delText` when changes are read as rejected.
    let tag = xml[..piece.xml.start as usize].rfind('<').unwrap_or(0);
    let name = &xml[tag + 1..];
    let name = &name[..name.find(|c: char| c == '>' || c.is_ascii_whitespace()).unwrap_or(0)];
    kept.insert((run.part, tag));
    let open = format!(r#"<w:r>{properties}<{name} xml:space="preserve">"#);
    ((run.part, at), Some((format!("</{name}></w:r>"), open)))
}

/// A part with its marks; `None` when it has none.
fn splice(
    part: usize,
    xml: &str,
    cuts: &BTreeMap<(usize, usize), Cut>,
    kept: &BTreeSet<(usize, usize)>,
) -> Option<String> {
    let mut edits: Vec<(usize, String)> = Vec::new();
    for (&(_, at), cut) in cuts.range((part, 0)..(part + 1, 0)) {
        let (close, open) = cut.around.as_ref().map_or(("", ""), |(close, open)| (close.as_str(), open.as_str()));
        edits.push((at, format!("{close}{}{}{open}", cut.ends, cut.starts)));
    }
    if edits.is_empty() {
        return None;
    }
    // A text that is cut may begin or end with a blank now, which must be kept.
    for &(_, tag) in kept.range((part, 0)..(part + 1, 0)) {
        let end = xml[tag..].find('>').map_or(tag, |i| tag + i);
        if !xml[tag..end].contains("xml:space") {
            edits.push((end, r#" xml:space="preserve""#.to_owned()));
        }
    }
    edits.sort_by_key(|(at, _)| *at);
    let mut out = String::with_capacity(xml.len() + edits.iter().map(|(_, e)| e.len()).sum::<usize>());
    let mut from = 0;
    for (at, edit) in edits {
        out.push_str(&xml[from..at]);
        out.push_str(&edit);
        from = at;
    }
    out.push_str(&xml[from..]);
    Some(out)
}

/// The bytes of text boxes.
fn box_ranges(xml: &str) -> Vec<Range<usize>> {
    let (mut found, mut open, mut depth) = (Vec::new(), 0, 0usize);
    for at in memchr::memmem::find_iter(xml.as_bytes(), b"w:txbxContent") {
        if xml[..at].ends_with("</") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                found.push(open..at);
            }
        } else if xml[..at].ends_with('<') {
            if depth == 0 {
                open = at;
            }
            depth += 1;
        }
    }
    found
}

/// The target of the relation to the comments.
fn relation_target(relations: &str) -> Option<String> {
    let at = relations.find(&format!("\"{COMMENTS}\""))?;
    let start = relations[..at].rfind('<')?;
    let tag = &relations[start..start + relations[start..].find('>')?];
    let target = &tag[tag.find("Target=\"")? + 8..];
    Some(target[..target.find('"')?].to_owned())
}

/// An id that no comment has.
fn next_id(comments: &str) -> u64 {
    let ids = memchr::memmem::find_iter(comments.as_bytes(), b"w:id=\"").filter_map(|at| {
        let rest = &comments[at + 6..];
        rest[..rest.find('"')?].parse::<u64>().ok()
    });
    ids.max().map_or(0, |last| last + 1)
}

fn comment(id: u64, paragraphs: &[String]) -> String {
    let mut out = format!(r#"<w:comment w:id="{id}" w:author="{OWN_AUTHOR}" w:initials="rc">"#);
    for paragraph in paragraphs {
        let said: String = paragraph.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let said = escape(said.as_str());
        out.push_str(&format!(r#"<w:p><w:r><w:t xml:space="preserve">{said}</w:t></w:r></w:p>"#));
    }
    out + "</w:comment>"
}

fn with_comments(comments: Option<&str>, added: &str, name: &str) -> Result<String, AnnotateError> {
    match comments {
        None => Ok(format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:comments xmlns:w="{NAMESPACE}">{added}</w:comments>"#
        )),
        Some(comments) => match comments.trim_end().strip_suffix("/>") {
            Some(root) => Ok(format!("{root}>{added}</w:comments>")),
            None => before_end(comments, "</w:comments>", added, name),
        },
    }
}

/// A part with something put in before its last tag.
fn before_end(part: &str, tag: &str, added: &str, name: &str) -> Result<String, AnnotateError> {
    let at = part.rfind(tag).ok_or_else(|| AnnotateError::Missing(name.to_owned()))?;
    Ok(format!("{}{added}{}", &part[..at], &part[at..]))
}
