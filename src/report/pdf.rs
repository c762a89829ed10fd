//! Findings as highlighted places in a copy of a PDF.
//!
//! The copy begins with the bytes of the file as they are; what is new is appended, as the format provides for
//! (ISO 32000-2, 7.5.6 "Incremental updates").

use super::remark::{Annotated, Remark};
use crate::read::{Boxes, WordBox};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Why no copy can be made.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// The file cannot be appended to.
    #[error("its structure is damaged, so that nothing can be added to it")]
    Damaged,
    /// What is added would have to be encrypted as well.
    #[error("it is encrypted; save a copy without restrictions")]
    Encrypted,
}

/// Where a mark stands: corners in the space of the file.
struct Quad {
    page: usize,
    /// Upper left, upper right, lower left, lower right.
    corners: [(f64, f64); 4],
}

/// Makes a copy with highlights. `boxes` are those of the same bytes.
///
/// # Errors
///
/// When the file is encrypted, or its end is damaged.
pub fn annotate(bytes: &[u8], boxes: &Boxes, remarks: &[Remark]) -> Result<Annotated, AnnotateError> {
    let tail = Tail::read(bytes).ok_or(AnnotateError::Damaged)?;
    if tail.encrypted {
        return Err(AnnotateError::Encrypted);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| AnnotateError::Damaged)?;
    let pages = pdf.pages();
    let mut update = Update { next: tail.size, bytes: bytes.to_vec(), written: BTreeMap::new() };
    if !update.bytes.ends_with(b"\n") {
        update.bytes.push(b'\n');
    }
    let mut of_page: BTreeMap<usize, Vec<ObjectIdentifier>> = BTreeMap::new();
    let (mut written, mut left_out) = (0, 0);
    for (n, remark) in remarks.iter().enumerate() {
        let quads = quads(boxes, remark);
        let page = quads.first().map(|q| q.page);
        let id = page.and_then(|p| pages.get(p)).and_then(|p| p.raw().obj_id());
        let (Some(page), Some(page_id)) = (page, id) else {
            left_out += 1;
            continue;
        };
        let quads: Vec<Quad> = quads.into_iter().filter(|q| q.page == page).collect();
        let look = update.add(&appearance(&quads));
        let mark = update.add(highlight(&quads, remark, page_id, look, n).as_bytes());
        of_page.entry(page).or_default().push(mark);
        written += 1;
    }
    for (page, marks) in of_page {
        let Some(page) = pages.get(page) else { continue };
        attach(&pdf, page.raw(), &marks, &mut update).ok_or(AnnotateError::Damaged)?;
    }
    if written > 0 {
        tail.finish(&mut update);
    } else {
        update.bytes.truncate(bytes.len());
    }
    Ok(Annotated { bytes: update.bytes, written, left_out })
}

/// The words of a remark, joined to one mark a line.
fn quads(boxes: &Boxes, remark: &Remark) -> Vec<Quad> {
    let first = boxes.words.partition_point(|w| w.text.end <= remark.at.start);
    let words = boxes.words[first..].iter().take_while(|w| w.text.start < remark.at.end.max(remark.at.start + 1));
    let mut lines: Vec<(u32, [f64; 4])> = Vec::new();
    for WordBox { text, page, edges } in words {
        if *page == u32::MAX {
            continue;
        }
        let length = f64::from((text.end - text.start).max(1));
        let share = |at: u32| f64::from(at.clamp(text.start, text.end) - text.start) / length;
        let width = edges[2] - edges[0];
        let part = [
            edges[0] + width * share(remark.at.start),
            edges[1],
            edges[0] + width * share(remark.at.end.max(remark.at.start + 1)),
            edges[3],
        ];
        match lines.last_mut() {
            Some((last, line)) if last == page && part[1] < line[3] && line[1] < part[3] && part[0] >= line[0] => {
                line[1] = line[1].min(part[1]);
                line[2] = line[2].max(part[2]);
                line[3] = line[3].max(part[3]);
            }
            _ => lines.push((*page, part)),
        }
    }
    let place = |(page, [left, top, right, bottom]): (u32, [f64; 4])| {
        let page = page as usize;
        let [a, b, c, d, e, f] = boxes.pages.get(page).copied()?;
        let point = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
        let corners = [point(left, top), point(right, top), point(left, bottom), point(right, bottom)];
        Some(Quad { page, corners })
    };
    lines.into_iter().filter_map(place).collect()
}

/// The upright box around marks.
fn bounds(quads: &[Quad]) -> [f64; 4] {
    let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for &(x, y) in quads.iter().flat_map(|q| &q.corners) {
        out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
    }
    out
}

/// How the marks look, for programs that do not draw them by themselves.
fn appearance(quads: &[Quad]) -> Vec<u8> {
    let mut content = String::from("/G gs 1 0.9 0.4 rg\n");
    for Quad { corners: [a, b, c, d], .. } in quads {
        let _ = writeln!(
            content,
            "{:.2} {:.2} m {:.2} {:.2} l {:.2} {:.2} l {:.2} {:.2} l h f",
            a.0, a.1, b.0, b.1, d.0, d.1, c.0, c.1
        );
    }
    let [x0, y0, x1, y1] = bounds(quads);
    format!(
        "<</Type/XObject/Subtype/Form/BBox[{x0:.2} {y0:.2} {x1:.2} {y1:.2}]/Group<</S/Transparency>>\
         /Resources<</ExtGState<</G<</BM/Multiply>>>>>>/Length {}>>\nstream\n{content}\nendstream",
        content.len() + 1
    )
    .into_bytes()
}

fn highlight(quads: &[Quad], remark: &Remark, page: ObjectIdentifier, look: ObjectIdentifier, n: usize) -> String {
    let [x0, y0, x1, y1] = bounds(quads);
    let mut points = String::new();
    for (x, y) in quads.iter().flat_map(|q| q.corners) {
        let _ = write!(points, "{x:.2} {y:.2} ");
    }
    format!(
        "<</Type/Annot/Subtype/Highlight/Rect[{x0:.2} {y0:.2} {x1:.2} {y1:.2}]/QuadPoints[{}]/C[1 0.9 0.4]/F 4\
         /T(recount)/NM(recount-{n})/Contents{}/P {} {} R/AP<</N {} {} R>>>>",
        points.trim_end(),
        text_string(&remark.paragraphs.join("\n")),
        page.obj_number,
        page.gen_number,
        look.obj_number,
        look.gen_number
    )
}

/// Words as UTF-16 in hexadecimal digits.
fn text_string(words: &str) -> String {
    let mut out = String::from("<FEFF");
    for unit in words.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push('>');
    out
}

fn references(marks: &[ObjectIdentifier]) -> String {
    marks.iter().map(|id| format!("{} {} R", id.obj_number, id.gen_number)).collect::<Vec<_>>().join(" ")
}

/// Adds marks to the list of a page. `None` when the page is not as it should be.
fn attach(pdf: &Pdf, page: &Dict<'_>, marks: &[ObjectIdentifier], update: &mut Update) -> Option<()> {
    let id = page.obj_id()?;
    let listed = match page.get_raw::<Object<'_>>("Annots") {
        Some(MaybeRef::Ref(reference)) => {
            // The list stands by itself: only the list is written anew.
            let at = ObjectIdentifier::new(reference.obj_number, reference.gen_number);
            let old: Option<Array<'_>> = pdf.xref().get(at);
            let inner = old.as_ref().map_or("", |a| inner_of(a.data()));
            update.write(at, format!("[{inner} {}]", references(marks)).as_bytes());
            return Some(());
        }
        Some(MaybeRef::NotRef(Object::Array(own))) => Some(own),
        _ => None,
    };
    let text = page.data();
    let open = text.iter().position(|b| *b == b'<')?;
    let close = text.windows(2).rposition(|w| w == b">>")?;
    let mut new = Vec::with_capacity(text.len() + 64);
    match listed {
        Some(own) => {
            let at = memchr::memmem::find(text, own.data())?;
            let from = text[..at].iter().rposition(|b| *b == b'[').filter(|_| !own.data().starts_with(b"["));
            let (from, to) = (from.unwrap_or(at), at + own.data().len());
            let to = if own.data().ends_with(b"]") { to } else { to + text[to..].iter().position(|b| *b == b']')? + 1 };
            new.extend(&text[open..from]);
            new.extend(format!("[{} {}]", inner_of(own.data()), references(marks)).as_bytes());
            new.extend(&text[to..]);
        }
        None => {
            new.extend(&text[open..close]);
            new.extend(format!(" /Annots [{}]", references(marks)).as_bytes());
            new.extend(&text[close..]);
        }
    }
    update.write(id, &new);
    Some(())
}

/// What stands between the brackets of a list.
fn inner_of(data: &[u8]) -> &str {
    let text = std::str::from_utf8(data).unwrap_or("").trim();
    text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text).trim()
}

/// What is appended.
struct Update {
    bytes: Vec<u8>,
    /// The next free number of an object.
    next: u32,
    /// Where objects begin, by number, with their generation.
    written: BTreeMap<u32, (usize, i32)>,
}

impl Update {
    fn add(&mut self, object: &[u8]) -> ObjectIdentifier {
        let id = ObjectIdentifier::new(self.next, 0);
        self.next += 1;
        self.write(id, object);
        id
    }

    fn write(&mut self, id: ObjectIdentifier, object: &[u8]) {
        self.written.insert(id.obj_number, (self.bytes.len(), id.gen_number));
        self.bytes.extend(format!("{} {} obj\n", id.obj_number, id.gen_number).as_bytes());
        self.bytes.extend(object);
        self.bytes.extend(b"\nendobj\n");
    }
}

/// The end of a file: what an update has to say again.
struct Tail {
    /// Where the last table of objects begins.
    start: usize,
    /// Whether that table is a stream.
    stream: bool,
    size: u32,
    encrypted: bool,
    /// `/Root`, `/Info` and `/ID` as they are written.
    entries: String,
}

impl Tail {
    fn read(bytes: &[u8]) -> Option<Self> {
        let at = memchr::memmem::rfind(bytes, b"startxref")?;
        let start = number(&bytes[at + 9..])?;
        let table = bytes.get(start..)?;
        let trimmed = table.trim_ascii_start();
        let stream = !trimmed.starts_with(b"xref");
        let from = if stream { 0 } else { memchr::memmem::find(table, b"trailer")? };
        let from = from + memchr::memmem::find(&table[from..], b"<<")?;
        let dict = &table[from..from + end_of_dict(&table[from..])?];
        let size = number(&dict[memchr::memmem::find(dict, b"/Size")? + 5..])?;
        let mut entries = String::new();
        for name in ["/Root", "/Info", "/ID"] {
            // Strings in brackets are copied as they are or not at all.
            if let Some(value) = value_of(dict, name).filter(|v| !v.contains('(')) {
                entries.push_str(name);
                entries.push(' ');
                entries.push_str(&value);
            }
        }
        // A table that was written in haste may say less than there is.
        let highest = highest_object(bytes);
        Some(Self {
            start,
            stream,
            size: u32::try_from(size).ok()?.max(highest + 1),
            encrypted: memchr::memmem::find(dict, b"/Encrypt").is_some(),
            entries,
        })
    }

    /// Writes the table of the new objects.
    fn finish(&self, update: &mut Update) {
        let start = update.bytes.len();
        if self.stream {
            let id = ObjectIdentifier::new(update.next, 0);
            update.written.insert(id.obj_number, (start, 0));
            update.next += 1;
            let (mut index, mut rows) = (String::new(), Vec::new());
            for run in runs(&update.written) {
                let _ = write!(index, "{} {} ", run[0].0, run.len());
                for (_, at, generation) in run {
                    rows.push(1u8);
                    rows.extend((at as u64).to_be_bytes());
                    rows.extend((generation as u16).to_be_bytes());
                }
            }
            let head = format!(
                "{} 0 obj\n<</Type/XRef/Size {}/W[1 8 2]/Index[{}]/Prev {}{}/Length {}>>\nstream\n",
                id.obj_number,
                update.next,
                index.trim_end(),
                self.start,
                self.entries,
                rows.len()
            );
            update.bytes.extend(head.as_bytes());
            update.bytes.extend(rows);
            update.bytes.extend(b"\nendstream\nendobj\n");
        } else {
            let mut table = String::from("xref\n");
            for run in runs(&update.written) {
                let _ = writeln!(table, "{} {}", run[0].0, run.len());
                for (_, at, generation) in run {
                    let _ = write!(table, "{at:010} {generation:05} n\r\n");
                }
            }
            let _ = writeln!(table, "trailer\n<</Size {}/Prev {}{}>>", update.next, self.start, self.entries);
            update.bytes.extend(table.as_bytes());
        }
        update.bytes.extend(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    }
}

/// Objects with numbers in a row: number, place, generation.
fn runs(written: &BTreeMap<u32, (usize, i32)>) -> Vec<Vec<(u32, usize, i32)>> {
    let mut runs: Vec<Vec<(u32, usize, i32)>> = Vec::new();
    for (&number, &(at, generation)) in written {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.0 + 1 == number) => run.push((number, at, generation)),
            _ => runs.push(vec![(number, at, generation)]),
        }
    }
    runs
}

fn number(bytes: &[u8]) -> Option<usize> {
    let trimmed = bytes.trim_ascii_start();
    let digits = trimmed.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&trimmed[..digits]).ok()?.parse().ok()
}

/// Where a dictionary ends that begins with `<<`.
fn end_of_dict(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0usize, 0);
    while at + 1 < bytes.len() {
        match (&bytes[at..at + 2], bytes[at]) {
            (b"<<", _) => {
                depth += 1;
                at += 2;
            }
            (b">>", _) => {
                depth = depth.checked_sub(1)?;
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            (_, b'(') => {
                // Strings may hold anything; brackets in them are paired or escaped.
                let mut open = 1;
                at += 1;
                while open > 0 {
                    match bytes.get(at)? {
                        b'\\' => at += 1,
                        b'(' => open += 1,
                        b')' => open -= 1,
                        _ => {}
                    }
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// A reference or list in a dictionary, as it is written.
fn value_of(dict: &[u8], name: &str) -> Option<String> {
    let at = memchr::memmem::find(dict, name.as_bytes())? + name.len();
    let rest = dict[at..].trim_ascii_start();
    let end = if rest.starts_with(b"[") {
        memchr::memchr(b']', rest)? + 1
    } else {
        memchr::memchr(b'R', rest).filter(|&end| end < 24)? + 1
    };
    std::str::from_utf8(&rest[..end]).ok().map(str::to_owned)
}

/// The highest number of an object that stands in the file by itself.
fn highest_object(bytes: &[u8]) -> u32 {
    let mut highest = 0;
    for at in memchr::memmem::find_iter(bytes, b" obj") {
        let before = &bytes[at.saturating_sub(18)..at];
        let Some(gap) = before.iter().rposition(|b| *b == b' ') else { continue };
        let from = before[..gap].iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |i| i + 1);
        if let Some(n) = std::str::from_utf8(&before[from..gap]).ok().and_then(|n| n.parse::<u32>().ok())
            && n < 10_000_000
        {
            highest = highest.max(n);
        }
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::{end_of_dict, highest_object, text_string, value_of};

    #[test]
    fn reads_the_end_of_a_file() {
        let dict = b"<</Size 12/Root 3 0 R/Info<</Title(a >> \\) b)>>/ID[<01><02>]>>\nstartxref";
        assert_eq!(end_of_dict(dict), Some(dict.len() - 10));
        assert_eq!(value_of(dict, "/Root").as_deref(), Some("3 0 R"));
        assert_eq!(value_of(dict, "/ID").as_deref(), Some("[<01><02>]"));
        assert_eq!(highest_object(b"%PDF\n1 0 obj\nx\n27 0 obj"), 27);
    }

    #[test]
    fn writes_words_in_all_scripts() {
        assert_eq!(text_string("a – 漢"), "<FEFF0061002020130020".to_owned() + "6F22>");
    }
}
