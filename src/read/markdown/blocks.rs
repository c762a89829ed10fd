//! Blocks from events. No recursion: however deep a document nests, the stack here is a vector.

use super::anchors;
use super::inline::Leaf;
use crate::document::{Anchor, BlockId, BlockKind, Document, Link, List, ListItem, Note, NoteMark, Style, Table};
use crate::read::notes::Raised;
use crate::read::outline::Outline;
use crate::read::surround::{Flow, connect};
use crate::span::Span;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Makes blocks of events.
pub(super) struct Builder<'a> {
    document: &'a mut Document,
    source: &'a str,
    /// Offset of the parsed text in the file.
    base: u32,
    outline: Outline,
    around: Vec<Around>,
    leaf: Option<(LeafKind, Leaf)>,
    table: Option<OpenTable>,
    /// Blocks, tables and lists in the order they came, to find what introduces what.
    flow: Vec<Flow>,
    raised: Vec<Raised>,
}

/// What stands around a block.
#[derive(Clone, Copy)]
struct Around {
    kind: AroundKind,
    /// The note that stands around it all.
    note: Option<u32>,
    /// The innermost list.
    list: Option<(u32, u32)>,
}

#[derive(Clone, Copy)]
enum AroundKind {
    Quote,
    /// A call-out: set apart, yet the author's own words.
    Callout,
    List,
    Item,
    Note,
}

/// What the text being read belongs to.
#[derive(Clone, Copy)]
enum LeafKind {
    Heading(u8),
    /// Running text, whatever stands around it.
    Running,
    Cell,
    Code,
}

struct OpenTable {
    index: u32,
    /// Where the row begins.
    row_start: u32,
    row: Vec<Option<BlockId>>,
    columns: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(document: &'a mut Document, source: &'a str, base: u32) -> Self {
        Self {
            document,
            source,
            base,
            outline: Outline::default(),
            around: Vec::new(),
            leaf: None,
            table: None,
            flow: Vec::new(),
            raised: Vec::new(),
        }
    }

    /// Reads all events. Gives the raised stretches, which may call notes.
    pub(super) fn run<'e>(mut self, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) -> Vec<Raised> {
        for (event, range) in events {
            let at = self.base + range.start as u32..self.base + range.end as u32;
            match event {
                Event::Start(tag) => self.start(&tag, at),
                Event::End(tag) => self.end(tag, at),
                Event::Text(words) => {
                    let source = self.source;
                    self.leaf().words(source, &words, at);
                }
                Event::Code(code) => {
                    let source = self.source;
                    self.leaf().code(source, &code, at);
                }
                Event::SoftBreak | Event::HardBreak => self.leaf().line_break(at),
                Event::InlineHtml(tag) => self.leaf().tag(&tag, at),
                Event::FootnoteReference(label) => {
                    let span = Span::new(self.document.file, at.start, at.end);
                    self.leaf().mark(&label, span);
                }
                Event::Rule => self.close_leaf(),
                Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
            }
        }
        self.close_leaf();
        connect(self.document, &self.flow);
        self.raised
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<u32>) {
        match tag {
            Tag::Paragraph => self.open_leaf(LeafKind::Running),
            Tag::Heading { level, .. } => self.open_leaf(LeafKind::Heading(*level as u8)),
            Tag::BlockQuote(callout) => {
                self.close_leaf();
                // An admonition was made a quotation by the mask; the file itself has no `>` there.
                let written = self.source.as_bytes().get(at.start as usize) == Some(&b'>');
                let kind = if callout.is_some() || !written { AroundKind::Callout } else { AroundKind::Quote };
                self.go_in(kind);
            }
            Tag::CodeBlock(_) => self.open_leaf(LeafKind::Code),
            Tag::List(first) => self.open_list(first.is_some()),
            Tag::Item => self.open_item(at),
            Tag::FootnoteDefinition(label) => self.open_note(label, at),
            Tag::Table(columns) => {
                self.close_leaf();
                let index = self.document.tables.len() as u32;
                self.document.tables.push(Table {
                    caption: None,
                    head_rows: 1,
                    rows: Vec::new(),
                    section: self.outline.section(),
                    intro: None,
                });
                self.flow.push(Flow::Table(index));
                self.table = Some(OpenTable { index, row_start: at.start, row: Vec::new(), columns: columns.len() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.row_start = at.start;
                    table.row.clear();
                }
            }
            Tag::TableCell => self.open_leaf(LeafKind::Cell),
            Tag::Emphasis => self.leaf().enter(Style::Emphasis, at.start),
            Tag::Strong => self.leaf().enter(Style::Strong, at.start),
            Tag::Strikethrough => {
                let source = self.source;
                if source[at.start as usize..].starts_with("~~") {
                    self.leaf().enter(Style::Struck, at.start);
                } else {
                    // One tilde means "about" far more often than it strikes anything out.
                    self.leaf().words(source, &"~".into(), at.start..at.start + 1);
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                let style = match link_type {
                    LinkType::Autolink | LinkType::Email => Style::Address,
                    _ => Style::Link,
                };
                if style == Style::Link && anchors::is_inside(dest_url) {
                    let written = &self.source[at.start as usize..at.end as usize];
                    let place = match written.rfind(&**dest_url) {
                        Some(i) => at.start + i as u32..at.start + (i + dest_url.len()) as u32,
                        None => at.clone(),
                    };
                    let span = Span::new(self.document.file, place.start, place.end);
                    self.leaf().link(dest_url, span);
                }
                self.leaf().enter(style, at.start);
            }
            Tag::Image { .. } => self.leaf().enter_image(),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.close_leaf(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<u32>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell => self.close_leaf(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::Item => {
                self.close_leaf();
                self.around.pop();
            }
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(at),
            TagEnd::Table => self.table = None,
            TagEnd::Emphasis => self.leaf().leave(Style::Emphasis),
            TagEnd::Strong => self.leaf().leave(Style::Strong),
            TagEnd::Strikethrough => {
                let source = self.source;
                if source[at.start as usize..].starts_with("~~") {
                    self.leaf().leave(Style::Struck);
                } else {
                    self.leaf().words(source, &"~".into(), at.end - 1..at.end);
                }
            }
            TagEnd::Link => {
                // Which of the two it was is known by which is open.
                self.leaf().leave_link();
            }
            TagEnd::Image => self.leaf().leave_image(),
            _ => {}
        }
    }

    fn go_in(&mut self, kind: AroundKind) {
        let outer = self.around.last();
        let (note, list) = (outer.and_then(|a| a.note), outer.and_then(|a| a.list));
        self.around.push(Around { kind, note, list });
    }

    fn open_list(&mut self, ordered: bool) {
        self.close_leaf();
        let parent = self.around.last().and_then(|a| a.list);
        let depth = parent.map_or(0, |(list, _)| self.document.lists[list as usize].depth + 1);
        let index = self.document.lists.len() as u32;
        self.document.lists.push(List { ordered, depth, items: Vec::new(), intro: None, parent });
        self.flow.push(Flow::List(index));
        self.go_in(AroundKind::List);
        if let Some(around) = self.around.last_mut() {
            around.list = Some((index, 0));
        }
    }

    fn open_item(&mut self, at: Range<u32>) {
        self.close_leaf();
        self.go_in(AroundKind::Item);
        let Some(around) = self.around.last_mut() else { return };
        let Some((list, item)) = &mut around.list else { return };
        let items = &mut self.document.lists[*list as usize].items;
        *item = items.len() as u32;
        let written = &self.source[at.start as usize..at.end as usize];
        let bare = written.trim_start();
        let from = at.start + (written.len() - bare.len()) as u32;
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let length = (digits + 1).min(bare.len());
        let marker = bare.get(..length).unwrap_or("");
        let span = Span::new(self.document.file, from, from + marker.len() as u32);
        items.push(ListItem { block: None, marker: marker.to_owned(), at: span });
    }

    fn open_note(&mut self, label: &str, at: Range<u32>) {
        self.close_leaf();
        let index = self.document.notes.len() as u32;
        let written = &self.source[at.start as usize..at.end as usize];
        let end = written.find("]:").map_or(at.end, |i| at.start + i as u32 + 1);
        let span = Span::new(self.document.file, at.start, end);
        self.document.marked_notes = true;
        self.document.notes.push(Note { label: label.to_owned(), at: span, blocks: Vec::new() });
        self.around.push(Around { kind: AroundKind::Note, note: Some(index), list: None });
    }

    /// The text that is being read. Items of tight lists hold text without a paragraph around it.
    fn leaf(&mut self) -> &mut Leaf {
        let file = self.document.file;
        &mut self.leaf.get_or_insert_with(|| (LeafKind::Running, Leaf::new(file))).1
    }

    fn open_leaf(&mut self, kind: LeafKind) {
        self.close_leaf();
        self.leaf = Some((kind, Leaf::new(self.document.file)));
    }

    fn close_leaf(&mut self) {
        let Some((kind, leaf)) = self.leaf.take() else { return };
        if let LeafKind::Cell = kind {
            self.close_cell(leaf);
            return;
        }
        if leaf.text.string.trim().is_empty() {
            return;
        }
        if let LeafKind::Heading(_) = kind {
            let name = leaf.text.string.clone();
            self.document.anchors.push(Anchor { name, at: leaf.text.whole() });
        }
        let kind = match kind {
            LeafKind::Heading(level) if self.around.is_empty() => BlockKind::Heading(level),
            LeafKind::Code => BlockKind::Code,
            _ => self.running_kind(),
        };
        let section = match kind {
            BlockKind::Heading(level) => self.outline.parent(level),
            _ => self.outline.section(),
        };
        let id = self.add(kind, leaf, section);
        if let BlockKind::Heading(level) = kind {
            self.outline.enter(level, id);
        }
        let around = self.around.last().copied();
        if let Some(note) = around.and_then(|a| a.note) {
            self.document.notes[note as usize].blocks.push(id);
        }
        if let Some((list, item)) = around.and_then(|a| a.list)
            && !matches!(kind, BlockKind::Code)
        {
            let item = self.document.lists[list as usize].items.get_mut(item as usize);
            if let Some(item) = item.filter(|i| i.block.is_none()) {
                item.block = Some(id);
            }
        }
        self.flow.push(Flow::Block(id));
    }

    /// What running text is, by what stands around it.
    fn running_kind(&self) -> BlockKind {
        let Some(around) = self.around.last() else { return BlockKind::Paragraph };
        match around.kind {
            AroundKind::Quote => BlockKind::Quote,
            AroundKind::Note => BlockKind::Note { note: around.note.unwrap_or(0) },
            AroundKind::Callout | AroundKind::List => BlockKind::Paragraph,
            AroundKind::Item => match around.list {
                Some((list, item))
                    if self.document.lists[list as usize]
                        .items
                        .get(item as usize)
                        .is_some_and(|i| i.block.is_none()) =>
                {
                    BlockKind::Item { list, item }
                }
                _ => BlockKind::Paragraph,
            },
        }
    }

    fn add(&mut self, kind: BlockKind, leaf: Leaf, section: Option<BlockId>) -> BlockId {
        let Leaf { text, marks, links, raised, .. } = leaf;
        let id = self.document.push(kind, text, section);
        self.document.links.extend(links.into_iter().map(|(target, at)| Link { target, block: id, at }));
        for (label, offset, at) in marks {
            self.document.marks.push(NoteMark { label, block: id, offset, at });
        }
        self.raised.extend(raised.into_iter().map(|range| Raised { block: id, range }));
        id
    }

    fn close_cell(&mut self, leaf: Leaf) {
        let Some(table) = &mut self.table else { return };
        if leaf.text.string.trim().is_empty() && leaf.marks.is_empty() {
            table.row.push(None);
            return;
        }
        let row = self.document.tables[table.index as usize].rows.len() as u32;
        let kind = BlockKind::Cell { table: table.index, row, col: table.row.len() as u32 };
        let section = self.outline.section();
        let id = self.add(kind, leaf, section);
        if let Some(table) = &mut self.table {
            table.row.push(Some(id));
        }
    }

    fn close_row(&mut self, at: Range<u32>) {
        self.close_leaf();
        let Some(table) = &mut self.table else { return };
        let row = std::mem::take(&mut table.row);
        let written = &self.source[at.start.max(table.row_start) as usize..at.end as usize];
        if table.columns > 1
            && !written.contains('|')
            && let Some(&Some(id)) = row.first()
            && row.iter().skip(1).all(Option::is_none)
        {
            // A line glued under a table, which the parser takes for a row of it.
            self.document.blocks[id.index()].kind = BlockKind::Paragraph;
            self.flow.push(Flow::Block(id));
            return;
        }
        self.document.tables[table.index as usize].rows.push(row);
    }
}
