//! The text of a document: paragraphs, lists, tables, notes.

mod comment;

use super::style::{Look, Styles, number};
use crate::document::{BlockId, Style};
use crate::read::Revisions;
use crate::read::build::LeafKind;
use crate::read::render::Render;
use crate::read::surround::is_head;
use crate::read::xml::{Open, Piece, Xml};
use comment::Comment;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How deep text boxes may lie in text boxes.
const DEEPEST_BOX: usize = 8;

/// How many cells one cell or row may stand for.
const MOST_REPEATED: u32 = 64;

/// Reads parts of a document.
pub(super) struct Body<'d> {
    render: Render<'d>,
    styles: Styles,
    revisions: Revisions,
    /// Where pages begin, in the text.
    pub(super) pages: Vec<u32>,
    /// Some part is broken.
    pub(super) broken: bool,
    /// Notes that were called: label and bytes of what they hold.
    notes: Vec<(String, Range<usize>)>,
    /// Changes by their id: whether each is an insertion, and the bytes of what was deleted.
    changes: FxHashMap<String, (bool, Range<usize>)>,
    /// Insertions that are open and not read.
    passing: FxHashSet<String>,
    lists: Vec<List>,
    /// The numbers that a list style has come to, by its name, for lists that go on.
    counts: FxHashMap<String, Vec<u32>>,
    outline: Vec<u32>,
    tables: Vec<Table>,
    /// Styles that are open: stretches of text, links.
    spans: Vec<Opened>,
    paragraph: bool,
    /// The paragraph stands in an index.
    index: usize,
    boxes: Vec<Range<usize>>,
    box_depth: usize,
    /// Comments that hang in what was read, in order.
    comments: Vec<Comment>,
    apart: bool,
    said_apart: FxHashSet<String>,
}

struct List {
    style: String,
    level: usize,
    counts: Vec<u32>,
    /// The next paragraph begins the item with this mark.
    begins: Option<String>,
    /// It was opened as a list of the document.
    opened: bool,
    item: bool,
}

#[derive(Default)]
struct Table {
    head: bool,
    heads: u32,
    rows: u32,
    /// Cells of the row go on with what stands beside them.
    repeat: u32,
}

struct Opened {
    name: &'static str,
    look: Look,
}

impl<'d> Body<'d> {
    pub(super) fn new(render: Render<'d>, styles: Styles, revisions: Revisions) -> Self {
        Self {
            render,
            styles,
            revisions,
            pages: Vec::new(),
            broken: false,
            notes: Vec::new(),
            changes: FxHashMap::default(),
            passing: FxHashSet::default(),
            lists: Vec::new(),
            counts: FxHashMap::default(),
            outline: Vec::new(),
            tables: Vec::new(),
            spans: Vec::new(),
            paragraph: false,
            index: 0,
            boxes: Vec::new(),
            box_depth: 0,
            comments: Vec::new(),
            apart: false,
            said_apart: FxHashSet::default(),
        }
    }

    pub(super) fn into_render(self) -> Render<'d> {
        self.render
    }

    /// Reads the body of a document.
    pub(super) fn read(&mut self, part: &str) {
        let mut xml = Xml::new(part, 0..part.len());
        while let Some((piece, range)) = xml.next() {
            let Piece::Open(tag) = piece else { continue };
            if tag.name() == "office:body" {
                let end = xml.skip();
                self.walk(part, range.end..end.max(range.end));
                self.end_open();
                self.broken |= xml.failed();
                return;
            }
        }
        self.broken |= xml.failed();
    }

    /// Reads the notes in the order of their calls.
    pub(super) fn read_notes(&mut self, part: &str) {
        for (label, range) in std::mem::take(&mut self.notes) {
            self.render.open_note(&label);
            self.walk(part, range);
            self.end_open();
            self.render.build.go_out();
        }
        // Notes in notes are not read: nobody can write them.
        self.notes.clear();
    }

    /// Reads a running head or foot, once for all that say the same.
    pub(super) fn read_apart(&mut self, part: &str, range: Range<usize>) {
        let mut said = String::new();
        let mut xml = Xml::new(part, range.clone());
        while let Some((piece, _)) = xml.next() {
            if let Piece::Words(words) = piece {
                said.push_str(&words);
            }
        }
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if said.chars().filter(|c| c.is_alphabetic()).count() < 5 || !self.said_apart.insert(said) {
            return;
        }
        self.apart = true;
        self.walk(part, range);
        self.end_open();
        self.apart = false;
    }

    /// Ends what a broken or partial part leaves open.
    fn end_open(&mut self) {
        self.end_paragraph();
        while self.tables.pop().is_some() {
            self.render.build.close_table();
        }
        while !self.lists.is_empty() {
            self.end_list();
        }
        self.index = 0;
        self.boxes.clear();
    }

    fn walk(&mut self, part: &str, range: Range<usize>) {
        let mut xml = Xml::new(part, range);
        while let Some((piece, range)) = xml.next() {
            match piece {
                Piece::Open(tag) => self.open(part, &mut xml, &tag, range),
                Piece::Close(name) => self.close(part, &name),
                Piece::Words(words) => {
                    if self.paragraph {
                        self.words(&words);
                    }
                }
            }
        }
        self.broken |= xml.failed();
    }

    /// Words as the file has them: every run of white space is one blank.
    fn words(&mut self, words: &str) {
        if !self.passing.is_empty() || self.spans.iter().any(|s| s.look.hidden == Some(true)) {
            return;
        }
        let mut out = String::with_capacity(words.len());
        for c in words.chars() {
            if matches!(c, ' ' | '\n' | '\r' | '\t') {
                let after_blank = out.is_empty() && self.render.text.ends_with([' ', '\n']);
                if !out.ends_with(' ') && !after_blank {
                    out.push(' ');
                }
            } else if c != '\u{ad}' {
                out.push(c);
            }
        }
        if !out.is_empty() && (out != " " || !self.render.text.is_empty()) {
            self.render.words(&out);
        }
    }

    fn open(&mut self, part: &str, xml: &mut Xml<'_>, tag: &Open<'_>, range: Range<usize>) {
        match tag.name() {
            "text:p" | "text:h" => self.begin_paragraph(tag),
            "text:span" => {
                let look = tag.get("text:style-name").map(|name| self.styles.look(&name)).unwrap_or_default();
                self.dress("text:span", look);
            }
            "text:a" => {
                if self.paragraph {
                    self.render.open_link(&tag.get("xlink:href").unwrap_or_default());
                }
                self.spans.push(Opened { name: "text:a", look: Look::default() });
            }
            "text:s" if self.paragraph => {
                let n = tag.number::<usize>("text:c").unwrap_or(1).min(64);
                if self.passing.is_empty() {
                    self.render.words(&" ".repeat(n));
                }
            }
            "text:tab" if self.paragraph && self.passing.is_empty() => self.render.words("\t"),
            "text:line-break" if self.paragraph => self.render.line_break(),
            "text:soft-page-break" if !self.apart => self.pages.push(self.render.text.len() as u32),
            "text:note" => self.note(xml, range.end),
            "text:tracked-changes" => self.tracked(part, xml, range.end),
            "text:change-start" if self.revisions == Revisions::Original => {
                if let Some(id) = tag.get("text:change-id").filter(|id| self.changes.get(id).is_some_and(|c| c.0)) {
                    self.passing.insert(id);
                }
            }
            "text:change-end" => {
                if let Some(id) = tag.get("text:change-id") {
                    self.passing.remove(&id);
                }
            }
            "text:change" if self.revisions == Revisions::Original => self.deleted(part, tag),
            // What stands apart is told without its lists.
            "text:list" | "text:list-item" | "text:list-header" if self.apart => {}
            "text:list" => self.begin_list(tag),
            "text:list-item" | "text:list-header" => self.begin_item(tag),
            "text:table-of-content" | "text:illustration-index" | "text:table-index" => self.index += 1,
            "table:table" if !self.apart => self.begin_table(),
            "table:table-header-rows" => {
                if let Some(table) = self.tables.last_mut() {
                    table.head = true;
                }
            }
            "table:table-row" if !self.tables.is_empty() => self.begin_row(),
            "table:table-cell" | "table:covered-table-cell" if !self.tables.is_empty() => self.begin_cell(tag),
            "draw:text-box" => {
                let end = xml.skip();
                self.boxes.push(range.end..end.max(range.end));
            }
            "office:annotation" => self.comment(part, xml, range.end),
            "office:annotation-end"
            | "office:forms"
            | "text:sequence-decls"
            | "text:variable-decls"
            | "text:user-field-decls"
            | "svg:title"
            | "svg:desc"
            | "office:binary-data"
            | "text:ruby-text"
            | "text:table-of-content-source"
            | "text:illustration-index-source"
            | "text:table-index-source"
            | "text:alphabetical-index"
            | "text:bibliography-source"
            | "math:math"
            | "draw:object"
            | "draw:plugin"
            | "office:event-listeners" => {
                xml.skip();
            }
            // Numbers of pages change with the paper.
            "text:page-number" | "text:page-count" if self.apart => {
                xml.skip();
            }
            _ => {}
        }
    }

    fn close(&mut self, part: &str, name: &str) {
        match name {
            "text:p" | "text:h" => {
                self.end_paragraph();
                if !self.boxes.is_empty() && !self.render.build.in_cell() {
                    self.read_boxes(part);
                }
            }
            "text:span" | "text:a" => self.undress(name),
            "text:list" => self.end_list(),
            "text:list-item" | "text:list-header" => {
                if let Some(list) = self.lists.last_mut() {
                    list.begins = None;
                    if std::mem::take(&mut list.item) {
                        self.render.build.go_out();
                    }
                }
            }
            "text:table-of-content" | "text:illustration-index" | "text:table-index" => {
                self.index = self.index.saturating_sub(1);
            }
            "table:table-header-rows" => {
                if let Some(table) = self.tables.last_mut() {
                    table.head = false;
                }
            }
            "table:table-cell" | "table:covered-table-cell" if !self.tables.is_empty() => {
                self.end_paragraph();
                self.render.build.close_cell();
                let repeat = self.tables.last_mut().map_or(0, |t| std::mem::take(&mut t.repeat));
                for _ in 0..repeat {
                    self.render.open_cell(1, 1);
                    self.render.build.close_cell();
                }
            }
            "table:table-row" if !self.tables.is_empty() => self.render.build.close_row(),
            "table:table" => {
                if let Some(table) = self.tables.pop() {
                    let heads = if table.heads > 0 { table.heads } else { u32::from(self.is_named()) };
                    if let Some(own) = self.render.build.table() {
                        own.head_rows = heads;
                    }
                    self.render.build.close_table();
                    if !self.boxes.is_empty() && self.tables.is_empty() {
                        self.read_boxes(part);
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the first row of the table that is open names its columns.
    fn is_named(&mut self) -> bool {
        self.render.build.close_row();
        let Some(rows) = self.render.build.table().map(|t| t.rows.clone()) else { return false };
        let document = &*self.render.build.document;
        let said = |row: &Vec<Option<BlockId>>| -> Vec<String> {
            row.iter().flatten().map(|id| document.block(*id).text.string.clone()).collect()
        };
        let [head, later @ ..] = rows.as_slice() else { return false };
        let (head, later): (Vec<String>, Vec<String>) = (said(head), later.iter().take(50).flat_map(said).collect());
        is_head(head.iter().map(String::as_str), later.iter().map(String::as_str))
    }

    fn read_boxes(&mut self, part: &str) {
        if self.box_depth >= DEEPEST_BOX {
            self.boxes.clear();
        }
        self.box_depth += 1;
        for range in std::mem::take(&mut self.boxes) {
            self.walk(part, range);
            self.end_paragraph();
        }
        self.box_depth -= 1;
    }

    fn begin_paragraph(&mut self, tag: &Open<'_>) {
        self.end_paragraph();
        self.paragraph = true;
        let style = tag.get("text:style-name").unwrap_or_default();
        let names = self.styles.names(&style);
        let is = |word: &str| names.iter().any(|n| n == word);
        let look = self.styles.look(&style);
        let level = (tag.name() == "text:h").then(|| tag.number::<u8>("text:outline-level").unwrap_or(1).clamp(1, 6));
        let in_item = self.lists.iter().any(|l| l.opened) || self.lists.last().is_some_and(|l| l.begins.is_some());
        let kind = if self.apart {
            LeafKind::Meta
        } else if self.index > 0 {
            LeafKind::Contents
        } else if let Some(level) = level {
            LeafKind::Heading(level)
        } else if is("title") {
            LeafKind::Heading(1)
        } else if is("caption") || is("table") || is("illustration") || is("figure") {
            LeafKind::Caption
        } else if is("preformatted text") || is("source text") && !in_item {
            LeafKind::Code
        } else {
            LeafKind::Running
        };
        let begins = self.lists.iter_mut().rev().find_map(|l| l.begins.take());
        match begins {
            // A heading may be numbered by the list that it stands in.
            Some(mark) if level.is_some() => {
                self.render.open(kind);
                if !mark.is_empty() && mark != "•" {
                    self.render.words(&format!("{mark} "));
                }
            }
            Some(mark) if self.render.build.in_cell() => {
                self.render.open(LeafKind::Running);
                if !mark.is_empty() {
                    self.render.words(&format!("{mark} "));
                }
            }
            Some(mark) => {
                self.open_lists();
                self.render.open_item(&mark);
            }
            None => {
                self.render.open(kind);
                if let Some(level) = level {
                    self.number_heading(tag, usize::from(level));
                }
            }
        }
        self.dress("", look);
    }

    /// Writes the number that the numbering of headings gives.
    fn number_heading(&mut self, tag: &Open<'_>, level: usize) {
        if tag.get("text:is-list-header").is_some_and(|v| v == "true") || self.styles.outline.is_empty() {
            return;
        }
        let start = self.styles.outline.get(level - 1).map_or(1, |l| l.start);
        if self.outline.len() < level {
            let levels = &self.styles.outline;
            let from = self.outline.len();
            self.outline.extend((from..level).map(|l| levels.get(l).map_or(1, |l| l.start)));
            if let Some(own) = self.outline.last_mut() {
                *own = start;
            }
        } else {
            self.outline.truncate(level);
            self.outline[level - 1] += 1;
        }
        let said = number(&self.styles.outline, &self.outline);
        if !said.is_empty() {
            self.render.words(&format!("{said} "));
        }
    }

    fn end_paragraph(&mut self) {
        if !std::mem::take(&mut self.paragraph) {
            return;
        }
        while let Some(open) = self.spans.last().map(|s| s.name) {
            self.undress(open);
        }
        self.render.build.close_leaf();
    }

    fn dress(&mut self, name: &'static str, look: Look) {
        if self.paragraph {
            let leaf = self.render.build.leaf();
            if look.strong == Some(true) {
                leaf.enter_here(Style::Strong);
            }
            if look.emphasis == Some(true) {
                leaf.enter_here(Style::Emphasis);
            }
            if look.struck == Some(true) {
                leaf.enter_here(Style::Struck);
            }
            if look.raised == Some(true) {
                leaf.raise();
            }
        }
        self.spans.push(Opened { name, look });
    }

    fn undress(&mut self, name: &str) {
        let Some(open) = self.spans.pop_if(|open| open.name == name) else { return };
        if !self.paragraph && name.is_empty() {
            return;
        }
        let leaf = self.render.build.leaf();
        if open.look.raised == Some(true) {
            leaf.lower();
        }
        if open.look.struck == Some(true) {
            leaf.leave(Style::Struck);
        }
        if open.look.emphasis == Some(true) {
            leaf.leave(Style::Emphasis);
        }
        if open.look.strong == Some(true) {
            leaf.leave(Style::Strong);
        }
        if name == "text:a" {
            leaf.leave_link();
        }
    }

    /// Reads the call of a note; what the note holds is read later.
    fn note(&mut self, xml: &mut Xml<'_>, from: usize) {
        let mut label = String::new();
        let (mut depth, mut citing) = (1, false);
        let mut holds = from..from;
        while let Some((piece, range)) = xml.next() {
            match piece {
                Piece::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        "text:note-citation" => citing = true,
                        "text:note-body" => {
                            let end = xml.skip();
                            holds = range.end..end.max(range.end);
                            depth -= 1;
                        }
                        _ => {}
                    }
                }
                Piece::Close(_) => {
                    citing = false;
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Piece::Words(words) if citing => label.push_str(&words),
                Piece::Words(_) => {}
            }
        }
        if self.paragraph && self.passing.is_empty() && !self.apart {
            self.render.mark(label.trim());
            self.notes.push((label.trim().to_owned(), holds));
        }
    }

    /// Reads what was changed: the ids of insertions, and what was deleted.
    fn tracked(&mut self, _: &str, xml: &mut Xml<'_>, _: usize) {
        let (mut depth, mut id) = (1, String::new());
        while let Some((piece, range)) = xml.next() {
            match piece {
                Piece::Open(tag) => match tag.name() {
                    "text:changed-region" => {
                        depth += 1;
                        id = tag.get("text:id").or_else(|| tag.get("xml:id")).unwrap_or_default();
                    }
                    "text:insertion" => {
                        xml.skip();
                        self.changes.insert(id.clone(), (true, 0..0));
                    }
                    "text:deletion" => {
                        let end = xml.skip();
                        self.changes.insert(id.clone(), (false, range.end..end.max(range.end)));
                    }
                    _ => depth += 1,
                },
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                Piece::Words(_) => {}
            }
        }
    }

    /// Reads what was deleted at a place, for the original reading.
    fn deleted(&mut self, part: &str, tag: &Open<'_>) {
        let Some(id) = tag.get("text:change-id") else { return };
        let Some((false, range)) = self.changes.get(&id).cloned() else { return };
        let mut xml = Xml::new(part, range);
        let mut author = 0;
        while let Some((piece, _)) = xml.next() {
            match piece {
                Piece::Open(tag) if tag.name() == "office:change-info" => author += 1,
                Piece::Close(name) if name == "office:change-info" => author -= 1,
                Piece::Words(words) if author == 0 && self.paragraph => self.words(&words),
                _ => {}
            }
        }
    }

    fn begin_list(&mut self, tag: &Open<'_>) {
        self.end_paragraph();
        let outer = self.lists.last().map(|l| (l.style.clone(), l.level, l.counts.clone()));
        let style = tag.get("text:style-name").or_else(|| outer.as_ref().map(|o| o.0.clone())).unwrap_or_default();
        let level = outer.as_ref().map_or(0, |o| o.1 + 1);
        let mut counts = outer.map_or(Vec::new(), |o| o.2);
        counts.truncate(level);
        let start = self.styles.levels(&style).get(level).map_or(1, |l| l.start);
        let goes_on =
            tag.get("text:continue-numbering").is_some_and(|v| v == "true") || tag.get("text:continue-list").is_some();
        let before = self.counts.get(&style).filter(|_| goes_on && level == 0).and_then(|c| c.first().copied());
        counts.push(before.unwrap_or(start.saturating_sub(1)));
        self.lists.push(List { style, level, counts, begins: None, opened: false, item: false });
    }

    fn begin_item(&mut self, tag: &Open<'_>) {
        self.end_paragraph();
        let header = tag.name() == "text:list-header";
        let Some(list) = self.lists.last_mut() else { return };
        if header {
            return;
        }
        if let Some(own) = list.counts.last_mut() {
            *own = tag.number("text:start-value").unwrap_or_else(|| own.saturating_add(1));
        }
        list.begins = Some(number(self.styles.levels(&list.style), &list.counts));
        self.counts.insert(list.style.clone(), list.counts.clone());
    }

    /// Opens the lists that have items now.
    fn open_lists(&mut self) {
        for n in 0..self.lists.len() {
            if !self.lists[n].opened {
                let list = &self.lists[n];
                let ordered = self.styles.levels(&list.style).get(list.level).is_none_or(|l| !l.bullet);
                self.render.build.open_list(ordered);
                self.lists[n].opened = true;
            }
        }
        if let Some(list) = self.lists.last_mut() {
            list.item = true;
        }
    }

    fn end_list(&mut self) {
        self.end_paragraph();
        let Some(list) = self.lists.pop() else { return };
        if list.item {
            self.render.build.go_out();
        }
        if list.opened {
            self.render.build.go_out();
        }
    }

    fn begin_table(&mut self) {
        self.end_paragraph();
        self.render.build.open_table();
        self.tables.push(Table::default());
    }

    fn begin_row(&mut self) {
        self.end_paragraph();
        self.render.open_row();
        if let Some(table) = self.tables.last_mut() {
            if table.head && table.heads == table.rows {
                table.heads += 1;
            }
            table.rows += 1;
        }
    }

    fn begin_cell(&mut self, tag: &Open<'_>) {
        self.end_paragraph();
        // A cell that is covered by another belongs to it.
        if tag.name() == "table:covered-table-cell" {
            return;
        }
        let limited = |name: &str| tag.number::<u32>(name).unwrap_or(1).clamp(1, MOST_REPEATED);
        let (rows, columns) = (limited("table:number-rows-spanned"), limited("table:number-columns-spanned"));
        self.render.open_cell(rows, columns);
        if let Some(table) = self.tables.last_mut() {
            table.repeat = limited("table:number-columns-repeated") - 1;
        }
    }
}
