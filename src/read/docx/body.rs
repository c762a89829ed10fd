//! The text of one part after the other: paragraphs, lists, tables, notes.

mod properties;

use super::comment::Comment;
use super::number::{Marker, Numbering, shown};
use super::style::{Style as NamedStyle, Styles};
use super::symbol;
use super::{Trace, TracePiece, TraceRun};
use crate::document::{BlockKind, Style};
use crate::read::Revisions;
use crate::read::build::{AroundKind, Held, LeafKind};
use crate::read::render::Render;
use crate::read::xml::{Open, Piece, Xml};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How deep text boxes may lie in text boxes.
const DEEPEST_BOX: usize = 8;

/// How many fields may lie in each other.
const DEEPEST_FIELD: usize = 256;

/// How many bytes of the instruction of a field are kept.
const LONGEST_INSTRUCTION: usize = 500;

/// Reads parts of a document.
pub(super) struct Body<'d, 't> {
    render: Render<'d>,
    styles: Styles,
    numbering: Numbering,
    revisions: Revisions,
    trace: &'t mut Trace,
    /// Where pages begin, in the text.
    pub(super) pages: Vec<u32>,
    /// Some part is broken.
    pub(super) broken: bool,
    /// For every part the addresses of its links by the id of the relation.
    pub(super) addresses: Vec<FxHashMap<String, String>>,
    /// Calls of footnotes and of endnotes: id and label, in order.
    calls: [Vec<(String, String)>; 2],
    part: usize,
    /// Tables of the part that only place things, by the offset of their start tag.
    layout: FxHashSet<usize>,
    tables: Vec<Table>,
    lists: Vec<(u32, usize)>,
    paragraph: Paragraph,
    run: Option<Run>,
    in_words: bool,
    fields: Vec<Field>,
    /// Content controls that are open: whether each is a table of contents.
    controls: Vec<bool>,
    /// Text boxes of the paragraph being read.
    boxes: Vec<Range<usize>>,
    box_depth: usize,
    /// A note with a mark of its own has been called; the mark follows.
    custom_call: Option<(String, bool)>,
    /// Comments that hang in what was read: their ids and where in the text, in order.
    hung: Vec<(String, u32)>,
    /// What is read stands apart from the text.
    apart: bool,
    seen_apart: FxHashSet<String>,
}

/// A table being read.
struct Table {
    layout: bool,
    first_row_is_head: bool,
    heads: u32,
    rows: u32,
    row_is_head: bool,
    cell: Cell,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    None,
    /// Its tag has been read, its properties may come.
    Begun,
    Open,
    /// It goes on with the cell above.
    Below,
}

#[derive(Default)]
struct Paragraph {
    begun: bool,
    quote: bool,
    style: Option<String>,
    numbering: Option<u32>,
    level: Option<usize>,
    outline: Option<u8>,
    /// Its end is deleted: the next paragraph goes on with it.
    joined: bool,
}

#[derive(Default)]
struct Run {
    index: u32,
    strong: bool,
    emphasis: bool,
    struck: bool,
    hidden: bool,
    raised: bool,
    /// Its styles have been opened.
    dressed: bool,
}

struct Field {
    instruction: String,
    result: bool,
    /// Its result is the words of a link.
    link: bool,
}

impl<'d, 't> Body<'d, 't> {
    pub(super) fn new(
        render: Render<'d>,
        styles: Styles,
        numbering: Numbering,
        revisions: Revisions,
        trace: &'t mut Trace,
    ) -> Self {
        Self {
            render,
            styles,
            numbering,
            revisions,
            trace,
            pages: Vec::new(),
            broken: false,
            addresses: Vec::new(),
            calls: [Vec::new(), Vec::new()],
            part: 0,
            layout: FxHashSet::default(),
            tables: Vec::new(),
            lists: Vec::new(),
            paragraph: Paragraph::default(),
            run: None,
            in_words: false,
            fields: Vec::new(),
            controls: Vec::new(),
            boxes: Vec::new(),
            box_depth: 0,
            custom_call: None,
            hung: Vec::new(),
            apart: false,
            seen_apart: FxHashSet::default(),
        }
    }

    pub(super) fn into_render(self) -> Render<'d> {
        self.render
    }

    /// The calls of footnotes or endnotes, in order, each note once.
    pub(super) fn called(&mut self, end: bool) -> Vec<(String, String)> {
        std::mem::take(&mut self.calls[usize::from(end)])
    }

    /// Reads a part of running text.
    pub(super) fn read(&mut self, n: usize, part: &str) {
        self.part = n;
        self.layout = layout_tables(part);
        self.walk(part, 0..part.len());
        self.end_open();
        self.read_boxes(part);
    }

    /// Reads what a note holds.
    pub(super) fn read_note(&mut self, n: usize, part: &str, range: Range<usize>, label: &str) {
        if self.part != n {
            self.part = n;
            self.layout = layout_tables(part);
        }
        self.render.open_note(label);
        self.walk(part, range);
        self.end_open();
        self.finish_lists();
        self.render.build.go_out();
    }

    /// Takes the comments that hang in what was read: their ids with their places.
    pub(super) fn take_hung(&mut self) -> Vec<(String, Option<Held>)> {
        let hung = std::mem::take(&mut self.hung);
        let offsets: Vec<Option<u32>> = hung.iter().map(|(_, at)| Some(*at)).collect();
        let held = self.render.build.held(&offsets);
        hung.into_iter().map(|(id, _)| id).zip(held).collect()
    }

    /// Reads what a comment holds.
    pub(super) fn read_comment(&mut self, n: usize, part: &str, comment: &Comment, on: Option<Held>) {
        self.part = n;
        self.layout.clear();
        self.apart = true;
        self.render.open_comment(&comment.author, on);
        self.walk(part, comment.range.clone());
        self.end_open();
        self.read_boxes(part);
        self.render.build.close_comment();
        self.apart = false;
    }

    /// Reads a running head or foot, once for all that say the same.
    pub(super) fn read_apart(&mut self, n: usize, part: &str) {
        let mut said = String::new();
        let mut xml = Xml::new(part, 0..part.len());
        while let Some((piece, _)) = xml.next() {
            if let Piece::Words(words) = piece {
                said.push_str(&words);
            }
        }
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        // A page number is none.
        if said.chars().filter(|c| c.is_alphabetic()).count() < 5 || !self.seen_apart.insert(said) {
            return;
        }
        self.apart = true;
        self.read(n, part);
        self.apart = false;
    }

    /// Ends what a broken or partial part leaves open.
    fn end_open(&mut self) {
        self.end_run(0);
        self.paragraph.joined = false;
        self.end_paragraph();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.in_words = false;
        self.fields.clear();
        self.controls.clear();
        self.custom_call = None;
    }

    fn read_boxes(&mut self, part: &str) {
        if self.box_depth >= DEEPEST_BOX {
            self.boxes.clear();
        }
        let boxes = std::mem::take(&mut self.boxes);
        self.box_depth += 1;
        for range in boxes {
            self.walk(part, range);
        }
        self.box_depth -= 1;
    }

    fn walk(&mut self, part: &str, range: Range<usize>) {
        let mut xml = Xml::new(part, range);
        while let Some((piece, range)) = xml.next() {
            match piece {
                Piece::Open(tag) => self.open(&mut xml, &tag, range),
                Piece::Close(name) => self.close(part, &name, range),
                Piece::Words(words) => {
                    if self.in_words {
                        self.emit(&words, range, true);
                    } else if let Some(field) =
                        self.fields.last_mut().filter(|f| !f.result && f.instruction.len() < LONGEST_INSTRUCTION)
                    {
                        field.instruction.push_str(&words);
                    }
                }
            }
        }
        self.broken |= xml.failed();
    }

    fn open(&mut self, xml: &mut Xml<'_>, tag: &Open<'_>, range: Range<usize>) {
        let original = self.revisions == Revisions::Original;
        match tag.name() {
            "w:p" => {
                self.begin_cell(1, false);
                if !std::mem::take(&mut self.paragraph.joined) {
                    self.end_paragraph();
                    self.paragraph = Paragraph::default();
                }
            }
            "w:pPr" => self.paragraph_properties(xml),
            "w:r" => {
                self.end_run(range.start);
                let tag = range.start as u32..range.end as u32;
                let index = self.trace.runs.len() as u32;
                self.trace.runs.push(TraceRun { part: self.part, xml: tag.clone(), tag, properties: None });
                self.run = Some(Run { index, ..Run::default() });
            }
            "w:rPr" => self.run_properties(xml, range.start),
            "w:t" | "m:t" => self.in_words = true,
            "w:delText" => self.in_words = original,
            "w:tab" | "w:ptab" => self.emit("\t", range, false),
            "w:noBreakHyphen" => self.emit("\u{2011}", range, false),
            "w:br" | "w:cr" if self.paragraph.begun && self.is_shown() => self.render.line_break(),
            "w:sym" => {
                let code = tag.get("w:char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let font = tag.get("w:font").unwrap_or_default();
                if let Some(c) = code.and_then(|code| symbol::meaning(&font, code)) {
                    self.emit(&c.to_string(), range, false);
                }
            }
            "w:footnoteReference" | "w:endnoteReference" => self.call(tag),
            "w:commentReference" if !self.apart => {
                self.hung.extend(tag.get("w:id").map(|id| (id, self.render.text.len() as u32)));
            }
            "w:fldChar" => match tag.get("w:fldCharType").as_deref() {
                Some("begin") if self.fields.len() < DEEPEST_FIELD => {
                    self.fields.push(Field { instruction: String::new(), result: false, link: false });
                }
                Some("separate") => self.begin_result(),
                Some("end") => self.end_field(),
                _ => {}
            },
            "w:lastRenderedPageBreak" if self.part == 0 => self.pages.push(self.render.text.len() as u32),
            "w:del" | "w:moveFrom" if !original => {
                xml.skip();
            }
            "w:ins" | "w:moveTo" if original => {
                xml.skip();
            }
            "mc:Fallback" | "w:sectPr" | "w:tblGrid" | "w:sdtEndPr" | "w:rt" | "w:tblPrEx" => {
                xml.skip();
            }
            "w:sdt" => self.controls.push(false),
            "w:sdtPr" => self.control_properties(xml),
            "w:txbxContent" => {
                let end = xml.skip();
                self.boxes.push(range.end..end.max(range.end));
            }
            "w:hyperlink" => {
                self.begin_if(!self.apart);
                if self.paragraph.begun {
                    let addresses = self.addresses.get(self.part);
                    let address = tag.get("r:id").and_then(|id| addresses?.get(&id).cloned()).unwrap_or_default();
                    self.render.open_link(&address);
                }
            }
            "w:tbl" => self.begin_table(range.start),
            "w:tblPr" => self.table_properties(xml),
            "w:tr" => self.begin_row(),
            "w:trPr" => self.row_properties(xml),
            "w:tc" => {
                if let Some(table) = self.tables.last_mut().filter(|t| !t.layout) {
                    table.cell = Cell::Begun;
                }
            }
            "w:tcPr" => self.cell_properties(xml),
            _ => {}
        }
    }

    fn close(&mut self, part: &str, name: &str, range: Range<usize>) {
        match name {
            "w:t" | "m:t" | "w:delText" => self.in_words = false,
            "w:r" => self.end_run(range.end),
            "w:p" if !self.paragraph.joined => {
                self.end_paragraph();
                if !self.render.build.in_cell() && !self.boxes.is_empty() {
                    self.read_boxes(part);
                }
            }
            "w:hyperlink" if self.paragraph.begun => self.render.build.leaf().leave_link(),
            "w:sdt" => {
                self.controls.pop();
            }
            "w:tc" => {
                self.begin_cell(1, false);
                self.end_cell();
            }
            "w:tr" => self.end_row(),
            "w:tbl" => self.end_table(),
            _ => {}
        }
    }

    /// What follows is the result of the innermost field: `HYPERLINK "address"` has the words of a link.
    fn begin_result(&mut self) {
        let Some(field) = self.fields.last_mut() else { return };
        field.result = true;
        let rest = field.instruction.trim_start().strip_prefix("HYPERLINK").map(str::trim_start);
        // `\l` before the address: a place in the document.
        let Some(address) = rest.and_then(|r| r.strip_prefix('"')?.split('"').next()).map(str::to_owned) else {
            return;
        };
        self.begin_if(!self.apart);
        if self.paragraph.begun {
            self.render.open_link(&address);
            if let Some(field) = self.fields.last_mut() {
                field.link = true;
            }
        }
    }

    fn end_field(&mut self) {
        let ended = self.fields.pop();
        if self.paragraph.begun && ended.is_some_and(|field| field.link) {
            self.render.build.leaf().leave_link();
        }
    }

    /// Whether the place that is being read is seen by a reader.
    fn is_shown(&self) -> bool {
        self.fields.iter().all(|f| f.result) && self.run.as_ref().is_none_or(|run| !run.hidden)
    }

    fn in_contents(&self) -> bool {
        self.controls.contains(&true)
            || self.fields.iter().any(|f| f.result && f.instruction.trim_start().starts_with("TOC"))
    }

    /// Adds words; `range` are their bytes in the part, inside of a text element or of an element that stands for them.
    fn emit(&mut self, words: &str, range: Range<usize>, inside: bool) {
        if words.is_empty() || !self.is_shown() {
            return;
        }
        if let Some((id, end)) = self.custom_call.take() {
            self.mark(id, words.trim().to_owned(), end);
            return;
        }
        if !self.paragraph.begun {
            if words.trim().is_empty() && words != "\t" {
                return;
            }
            self.begin();
        }
        self.dress();
        let start = self.render.text.len() as u32;
        self.render.words(words);
        let run = self.run.as_ref().map_or(u32::MAX, |run| run.index);
        let text = start..self.render.text.len() as u32;
        self.trace.pieces.push(TracePiece { text, xml: range.start as u32..range.end as u32, inside, run });
    }

    fn begin_if(&mut self, wanted: bool) {
        if wanted && !self.paragraph.begun && self.is_shown() {
            self.begin();
        }
    }

    /// Begins the block of the paragraph.
    fn begin(&mut self) {
        self.paragraph.begun = true;
        let style = self.styles.get(self.paragraph.style.as_deref());
        let marker = self.marker(&style);
        if self.render.build.in_cell() {
            self.render.open(LeafKind::Running);
            if let Some(marker) = marker.filter(|m| m.ordered) {
                self.render.words(&format!("{} ", marker.text));
            }
            return;
        }
        let heading = self.paragraph.outline.filter(|&o| o < 9).map(|o| o + 1).or_else(|| style.heading());
        if self.apart {
            self.render.open(LeafKind::Meta);
        } else if self.in_contents() || style.is_contents() {
            self.finish_lists();
            self.render.open(LeafKind::Contents);
        } else if let Some(level) = heading {
            self.finish_lists();
            self.render.open(LeafKind::Heading(level));
            if let Some(marker) = marker {
                self.render.words(&format!("{} ", marker.text));
            }
        } else if let Some(marker) = marker {
            self.item(&marker);
        } else {
            self.finish_lists();
            match style.name.as_str() {
                "caption" => self.render.open(LeafKind::Caption),
                "quote" | "intense quote" | "block text" => {
                    self.render.build.go_in(AroundKind::Quote);
                    self.paragraph.quote = true;
                    self.render.open(LeafKind::Running);
                }
                _ => self.render.open(LeafKind::Running),
            }
        }
    }

    /// The number or bullet of the paragraph. Asking counts.
    fn marker(&mut self, style: &NamedStyle) -> Option<Marker> {
        let used = self.paragraph.numbering.or(style.numbering).filter(|&n| n != 0)?;
        let level = self.paragraph.level.or(style.level).unwrap_or(0);
        self.paragraph.level = Some(level);
        self.numbering.next(used, level).filter(|m| !m.text.is_empty())
    }

    /// Goes into an item of a list, whichever list of those open it belongs to.
    fn item(&mut self, marker: &Marker) {
        let level = self.paragraph.level.unwrap_or(0);
        while let Some(&(kind, open)) = self.lists.last() {
            if open < level || open == level && kind == marker.kind {
                break;
            }
            self.end_list();
        }
        match self.lists.last() {
            Some(&(_, open)) if open == level => self.render.build.go_out(),
            _ => {
                self.render.build.open_list(marker.ordered);
                self.lists.push((marker.kind, level));
            }
        }
        self.render.open_item(&marker.text);
    }

    fn end_list(&mut self) {
        if self.lists.pop().is_some() {
            self.render.build.go_out();
            self.render.build.go_out();
        }
    }

    /// Ends all lists.
    pub(super) fn finish_lists(&mut self) {
        while !self.lists.is_empty() {
            self.end_list();
        }
    }

    fn end_paragraph(&mut self) {
        if std::mem::take(&mut self.paragraph.begun) {
            self.render.build.close_leaf();
            if std::mem::take(&mut self.paragraph.quote) {
                self.render.build.go_out();
            }
        }
    }

    /// Opens the styles of the run.
    fn dress(&mut self) {
        let Some(run) = self.run.as_mut().filter(|run| !run.dressed) else { return };
        run.dressed = true;
        let leaf = self.render.build.leaf();
        for (on, style) in [(run.strong, Style::Strong), (run.emphasis, Style::Emphasis), (run.struck, Style::Struck)] {
            if on {
                leaf.enter_here(style);
            }
        }
        if run.raised {
            leaf.raise();
        }
    }

    fn end_run(&mut self, end: usize) {
        let Some(run) = self.run.take() else { return };
        if let Some(place) = self.trace.runs.get_mut(run.index as usize) {
            place.xml.end = place.xml.end.max(end as u32);
        }
        if !run.dressed || !self.paragraph.begun {
            return;
        }
        let leaf = self.render.build.leaf();
        if run.raised {
            leaf.lower();
        }
        for (on, style) in [(run.struck, Style::Struck), (run.emphasis, Style::Emphasis), (run.strong, Style::Strong)] {
            if on {
                leaf.leave(style);
            }
        }
    }

    /// A call of a note.
    fn call(&mut self, tag: &Open<'_>) {
        let end = tag.name() == "w:endnoteReference";
        let Some(id) = tag.get("w:id").filter(|_| self.is_shown() && !self.apart) else { return };
        if tag.get("w:customMarkFollows").is_some_and(|c| c != "0" && c != "false") {
            self.custom_call = Some((id, end));
            return;
        }
        let number = self.calls[usize::from(end)].len() as i64 + 1;
        let label = shown(number, if end { "lowerRoman" } else { "decimal" });
        self.mark(id, label, end);
    }

    fn mark(&mut self, id: String, label: String, end: bool) {
        if !self.paragraph.begun {
            self.begin();
        }
        self.render.mark(&label);
        self.calls[usize::from(end)].push((id, label));
    }

    fn begin_table(&mut self, at: usize) {
        self.begin_cell(1, false);
        self.end_paragraph();
        let layout = self.apart || self.layout.contains(&at);
        if !layout {
            self.finish_lists();
            self.render.build.open_table();
        }
        self.tables.push(Table {
            layout,
            first_row_is_head: false,
            heads: 0,
            rows: 0,
            row_is_head: false,
            cell: Cell::None,
        });
    }

    fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|t| !t.layout) {
            table.row_is_head = false;
            self.render.open_row();
        }
    }

    /// Opens the cell whose tag has been read.
    fn begin_cell(&mut self, columns: u32, below: bool) {
        let Some(table) = self.tables.last_mut().filter(|t| t.cell == Cell::Begun) else { return };
        table.cell = if below { Cell::Below } else { Cell::Open };
        self.render.open_cell(1, columns);
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|t| !t.layout) else { return };
        match std::mem::replace(&mut table.cell, Cell::None) {
            Cell::Below => self.render.build.close_cell_below(),
            _ => self.render.build.close_cell(),
        }
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|t| !t.layout) else { return };
        self.render.build.close_row();
        if table.row_is_head && table.heads == table.rows {
            table.heads += 1;
        }
        table.rows += 1;
    }

    fn end_table(&mut self) {
        let Some(open) = self.tables.pop() else { return };
        if open.layout {
            return;
        }
        self.render.build.close_row();
        let heads =
            if open.heads > 0 { open.heads } else { u32::from(open.first_row_is_head && self.first_row_names()) };
        if let Some(table) = self.render.build.table() {
            table.head_rows = heads.min(table.rows.len() as u32);
        }
        self.render.build.close_table();
    }

    /// Whether the first row of the table names columns: makers of documents mark every first row as a head.
    fn first_row_names(&mut self) -> bool {
        let Some(table) = self.render.build.table() else { return false };
        let Some(row) = table.rows.first().filter(|_| table.rows.len() > 1).cloned() else { return false };
        let document = &*self.render.build.document;
        row.len() > 1
            && row.iter().skip(1).flatten().all(|id| {
                let text = document.block(*id).text.string.trim();
                debug_assert!(matches!(document.block(*id).kind, BlockKind::Cell { .. }));
                let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
                is_year
                    || text.chars().filter(|c| c.is_alphabetic()).count() >= 2
                    || !text.contains(|c: char| c.is_ascii_digit())
            })
    }
}

/// Tables that only place things, by the offset of their start tag: those that hold tables, and frames of one cell.
fn layout_tables(part: &str) -> FxHashSet<usize> {
    let mut found = FxHashSet::default();
    let mut open: Vec<(usize, u32)> = Vec::new();
    for at in memchr::memmem::find_iter(part.as_bytes(), b"w:t") {
        let (before, after) = (&part[..at], &part[at + 3..]);
        let is_start = before.ends_with('<');
        let ends =
            |name: &str| after.strip_prefix(name).is_some_and(|r| r.starts_with(['>', ' ', '/', '\n', '\r', '\t']));
        if ends("bl") && is_start {
            if let Some((outer, _)) = open.last() {
                found.insert(*outer);
            }
            open.push((at - 1, 0));
        } else if ends("bl") && before.ends_with("</") {
            if let Some((start, cells)) = open.pop()
                && cells < 2
            {
                found.insert(start);
            }
        } else if ends("c")
            && is_start
            && let Some((_, cells)) = open.last_mut()
        {
            *cells += 1;
        }
    }
    found
}
