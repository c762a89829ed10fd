//! Blocks, lists, tables and notes as they open and close, whatever the format.
//!
//! A reader says what begins and ends in the file; the builder makes the [`Document`] of it. Total: what is opened
//! and never closed is closed at the end, what is closed without having been opened is ignored. No recursion.

use super::leaf::Leaf;
use super::notes::Raised;
use super::outline::Outline;
use super::surround::{Flow, connect};
use crate::document::{
    Anchor, BlockId, BlockKind, Comment, Document, Link, List, ListItem, Note, NoteMark, Picture, Table,
};
use crate::span::Span;

/// How many cells merged ones may stand for in one document; beyond it they count once.
const MERGED_CELLS: usize = 1 << 20;

/// Makes blocks of what a reader finds.
pub(super) struct Builder<'d> {
    /// What has been built so far.
    pub(super) document: &'d mut Document,
    outline: Outline,
    around: Vec<Around>,
    leaf: Option<(LeafKind, Leaf)>,
    tables: Vec<OpenTable>,
    /// Blocks, tables and lists in the order they came, to find what introduces what.
    flow: Vec<Flow>,
    raised: Vec<Raised>,
    merged: usize,
    /// The blocks that follow are those of a comment, and below this heading.
    comment: Option<(u32, Option<BlockId>)>,
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

/// What can stand around blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AroundKind {
    /// A quotation set apart.
    Quote,
    /// A call-out: set apart, yet the author's own words.
    Callout,
    /// A list.
    List,
    /// An item of the innermost list.
    Item,
    /// A note.
    Note,
}

/// What the text being read belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LeafKind {
    /// A heading of this level.
    Heading(u8),
    /// Running text, whatever stands around it.
    Running,
    /// The caption of the innermost table.
    TableCaption,
    /// The caption of a figure, or of a table above or below it.
    Caption,
    /// Code.
    Code,
    /// A line of a table of contents.
    Contents,
    /// What stands apart from the text: running heads.
    Meta,
}

/// A place in a block, at which a comment hangs.
#[derive(Clone, Copy)]
pub(super) struct Held {
    block: BlockId,
    /// Byte of the text.
    at: u32,
}

struct OpenTable {
    index: u32,
    row: Vec<Option<BlockId>>,
    row_open: bool,
    /// For every column: how many more rows the cell above reaches down, and its block.
    reaching: Vec<(u32, Option<BlockId>)>,
    cell: Option<OpenCell>,
}

struct OpenCell {
    leaf: Leaf,
    rows: u32,
    columns: u32,
    /// How many blocks stood around when it was opened.
    depth: usize,
}

impl<'d> Builder<'d> {
    pub(super) fn new(document: &'d mut Document) -> Self {
        Self {
            document,
            outline: Outline::default(),
            around: Vec::new(),
            leaf: None,
            tables: Vec::new(),
            flow: Vec::new(),
            raised: Vec::new(),
            merged: 0,
            comment: None,
        }
    }

    /// Closes what is open. Gives the raised stretches, which may call notes.
    pub(super) fn finish(mut self) -> Vec<Raised> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.close_leaf();
        connect(self.document, &self.flow);
        self.raised
    }

    /// The text that is being read; running text begins when none is.
    pub(super) fn leaf(&mut self) -> &mut Leaf {
        let file = self.document.file;
        if let Some(OpenTable { cell: Some(cell), .. }) = self.tables.last_mut() {
            return &mut cell.leaf;
        }
        &mut self.leaf.get_or_insert_with(|| (LeafKind::Running, Leaf::new(file))).1
    }

    /// Whether text is being read that has said something.
    pub(super) fn has_text(&self) -> bool {
        match self.tables.last() {
            Some(OpenTable { cell: Some(cell), .. }) => !cell.leaf.is_blank(),
            _ => self.leaf.as_ref().is_some_and(|(_, leaf)| !leaf.is_blank()),
        }
    }

    /// Whether a cell is being read.
    pub(super) fn in_cell(&self) -> bool {
        self.tables.last().is_some_and(|table| table.cell.is_some())
    }

    /// Begins a block of text. In a cell, all blocks are one text.
    pub(super) fn open_leaf(&mut self, kind: LeafKind, at: u32) {
        if self.in_cell() {
            self.leaf().line_break(at);
            return;
        }
        self.close_leaf();
        self.leaf = Some((kind, Leaf::new(self.document.file)));
    }

    /// Ends the block of text that is being read.
    pub(super) fn close_leaf(&mut self) {
        if let Some(OpenTable { cell: Some(cell), .. }) = self.tables.last_mut() {
            let end = cell.leaf.text.whole().end;
            cell.leaf.line_break(end);
            return;
        }
        let Some((kind, mut leaf)) = self.leaf.take() else { return };
        leaf.leave_all();
        if leaf.text.string.trim().is_empty() {
            return;
        }
        if let LeafKind::Heading(level) = kind {
            let name = leaf.text.string.clone();
            self.document.anchors.push(Anchor { name, level, at: leaf.text.whole() });
        }
        let kind = match kind {
            LeafKind::Heading(level) if self.around.is_empty() => BlockKind::Heading(level),
            LeafKind::Code => BlockKind::Code,
            LeafKind::Contents => BlockKind::Contents,
            LeafKind::Meta => BlockKind::Meta,
            LeafKind::Caption => BlockKind::Caption,
            LeafKind::TableCaption => {
                self.caption(leaf);
                return;
            }
            _ => self.running_kind(),
        };
        self.push(kind, leaf);
    }

    fn push(&mut self, kind: BlockKind, leaf: Leaf) {
        if let Some((comment, section)) = self.comment {
            self.add(BlockKind::Comment { comment }, leaf, section);
            return;
        }
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

    fn caption(&mut self, leaf: Leaf) {
        let section = self.outline.section();
        let id = self.add(BlockKind::Caption, leaf, section);
        if let Some(table) = self.tables.last() {
            self.document.tables[table.index as usize].caption.get_or_insert(id);
        }
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
        self.document.links.extend(links.into_iter().map(|(target, words, at)| {
            let words = words.start..words.end.max(words.start);
            Link { target, block: id, words, at }
        }));
        for (label, offset, at) in marks {
            self.document.marks.push(NoteMark { label, block: id, offset, at });
        }
        self.raised.extend(raised.into_iter().map(|range| Raised { block: id, range }));
        id
    }

    /// Takes a picture of the text.
    pub(super) fn picture(&mut self, picture: Picture) {
        self.document.pictures.push(picture);
    }

    /// Goes into something that stands around blocks.
    pub(super) fn go_in(&mut self, kind: AroundKind) {
        self.close_leaf();
        let outer = self.around.last();
        let (note, list) = (outer.and_then(|a| a.note), outer.and_then(|a| a.list));
        self.around.push(Around { kind, note, list });
    }

    /// Goes out of what was gone into last.
    pub(super) fn go_out(&mut self) {
        self.close_leaf();
        let floor = self.tables.last().and_then(|t| t.cell.as_ref()).map_or(0, |c| c.depth);
        if self.around.len() > floor {
            self.around.pop();
        }
    }

    /// Goes into a list.
    pub(super) fn open_list(&mut self, ordered: bool) {
        if self.in_cell() {
            self.go_in(AroundKind::Callout);
            return;
        }
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

    /// Goes into an item of the innermost list.
    pub(super) fn open_item(&mut self, marker: &str, at: Span) {
        if self.in_cell() {
            self.go_in(AroundKind::Callout);
            return;
        }
        self.go_in(AroundKind::Item);
        let Some(around) = self.around.last_mut() else { return };
        let Some((list, item)) = &mut around.list else { return };
        let items = &mut self.document.lists[*list as usize].items;
        *item = items.len() as u32;
        items.push(ListItem { block: None, marker: marker.to_owned(), at });
    }

    /// Goes into a note. `at` is the place of its label, or of what stands for it.
    pub(super) fn open_note(&mut self, label: &str, at: Span) {
        self.close_leaf();
        let index = self.document.notes.len() as u32;
        self.document.marked_notes = true;
        self.document.notes.push(Note { label: label.to_owned(), at, blocks: Vec::new() });
        self.around.push(Around { kind: AroundKind::Note, note: Some(index), list: None });
    }

    /// For every offset that is known the last block so far that begins before it, with the place in it.
    pub(super) fn held(&mut self, offsets: &[Option<u32>]) -> Vec<Option<Held>> {
        self.close_leaf();
        let mut starts: Vec<(u32, BlockId)> =
            self.document.iter().map(|(id, block)| (block.text.whole().start, id)).collect();
        starts.sort_unstable();
        let held = |offset: &Option<u32>| {
            let before = starts.partition_point(|&(start, _)| offset.is_some_and(|offset| start < offset));
            let (start, block) = starts[..before].last().copied()?;
            Some(Held { block, at: offset.map_or(start, |offset| offset - 1) })
        };
        offsets.iter().map(held).collect()
    }

    /// Goes into a comment. Comments follow everything else.
    pub(super) fn open_comment(&mut self, author: &str, on: Option<Held>) {
        self.close_leaf();
        let section = on.and_then(|held| match self.document.block(held.block).kind {
            BlockKind::Heading(_) => Some(held.block),
            _ => self.document.block(held.block).section,
        });
        let file = self.document.file;
        let on = on.map(|held| {
            let whole = self.document.block(held.block).text.whole();
            let at = held.at.clamp(whole.start, whole.end);
            Span::new(file, at, at)
        });
        self.comment = Some((self.document.comments.len() as u32, section));
        self.document.comments.push(Comment { author: author.to_owned(), on });
    }

    /// The line of a text that a comment begins with: its number and author.
    pub(super) fn comment_head(&self) -> String {
        let author = self.document.comments.last().map_or("", |c| c.author.as_str());
        let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
        format!("[comment {}{by}]\n", self.document.comments.len())
    }

    /// Goes out of a comment.
    pub(super) fn close_comment(&mut self) {
        self.close_leaf();
        self.comment = None;
    }

    /// Says where the label of the note that was gone into last stands.
    pub(super) fn place_note(&mut self, at: Span) {
        if let Some(note) = self.document.notes.last_mut() {
            note.at = at;
        }
    }

    /// Begins a table. Gives its index.
    pub(super) fn open_table(&mut self) -> u32 {
        self.close_leaf();
        let index = self.document.tables.len() as u32;
        self.document.tables.push(Table {
            caption: None,
            head_rows: 0,
            rows: Vec::new(),
            section: self.outline.section(),
            intro: None,
            sheet: None,
        });
        self.flow.push(Flow::Table(index));
        self.tables.push(OpenTable { index, row: Vec::new(), row_open: false, reaching: Vec::new(), cell: None });
        index
    }

    /// The innermost table, to say how many of its rows are heads.
    pub(super) fn table(&mut self) -> Option<&mut Table> {
        let index = self.tables.last()?.index;
        self.document.tables.get_mut(index as usize)
    }

    /// Ends the innermost table. One without any words is dropped.
    pub(super) fn close_table(&mut self) {
        self.close_row();
        let Some(table) = self.tables.pop() else { return };
        let index = table.index as usize;
        let is_last = index + 1 == self.document.tables.len();
        if is_last && self.document.tables[index].rows.iter().flatten().all(Option::is_none) {
            if self.document.tables[index].caption.is_none() {
                self.document.tables.pop();
                self.flow.retain(|&f| f != Flow::Table(table.index));
            }
        } else if let Some(open) = self.tables.last_mut()
            && let Some(cell) = &mut open.cell
        {
            let end = cell.leaf.text.whole().end;
            cell.leaf.line_break(end);
        }
    }

    /// Begins a row of the innermost table.
    pub(super) fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.row_open = true;
        }
    }

    /// Begins a cell that covers so many rows and columns.
    pub(super) fn open_cell(&mut self, rows: u32, columns: u32) {
        self.close_cell();
        if !self.in_cell() {
            // Words between cells belong to no cell.
            self.close_leaf();
        }
        let depth = self.around.len();
        let file = self.document.file;
        let Some(table) = self.tables.last_mut() else { return };
        table.row_open = true;
        table.cell = Some(OpenCell { leaf: Leaf::new(file), rows: rows.max(1), columns: columns.max(1), depth });
    }

    /// Ends the cell that is being read.
    pub(super) fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        self.around.truncate(cell.depth);
        let OpenCell { mut leaf, rows, mut columns, .. } = cell;
        leaf.leave_all();
        let Some(table) = self.tables.last_mut() else { return };
        table.reach();
        let extra = (columns as usize - 1) * rows.min(64) as usize;
        if self.merged + extra > MERGED_CELLS {
            columns = 1;
        } else {
            self.merged += extra;
        }
        let (index, col) = (table.index, table.row.len() as u32);
        let id = if leaf.is_blank() {
            None
        } else {
            let row = self.document.tables[index as usize].rows.len() as u32;
            let section = self.outline.section();
            Some(self.add(BlockKind::Cell { table: index, row, col }, leaf, section))
        };
        let Some(table) = self.tables.last_mut() else { return };
        for _ in 0..columns {
            let column = table.row.len();
            table.row.push(id);
            if rows > 1 {
                if table.reaching.len() <= column {
                    table.reaching.resize(column + 1, (0, None));
                }
                table.reaching[column] = (rows, id);
            }
        }
    }

    /// Ends a cell that goes on with the one above it; when it has words of its own it is a cell like others.
    pub(super) fn close_cell_below(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.as_ref().filter(|cell| cell.leaf.is_blank()) else {
            self.close_cell();
            return;
        };
        let (columns, depth) = (cell.columns as usize, cell.depth);
        table.cell = None;
        self.around.truncate(depth);
        let above = self.document.tables[table.index as usize].rows.last();
        for _ in 0..columns.min(64) {
            let id = above.and_then(|row| row.get(table.row.len()).copied()).flatten();
            table.row.push(id);
        }
    }

    /// Drops the row that is being read.
    pub(super) fn drop_row(&mut self) {
        self.close_cell();
        if let Some(table) = self.tables.last_mut() {
            table.row.clear();
            table.row_open = false;
        }
    }

    /// Ends the row that is being read.
    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        if !std::mem::take(&mut table.row_open) {
            return;
        }
        table.reach();
        for (left, _) in &mut table.reaching {
            *left = left.saturating_sub(1);
        }
        let row = std::mem::take(&mut table.row);
        let index = table.index;
        self.document.tables[index as usize].rows.push(row);
    }

    /// Takes a row back whose only words belong to no cell: they become running text.
    pub(super) fn row_to_paragraph(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        table.row_open = false;
        let row = std::mem::take(&mut table.row);
        if let Some(&Some(id)) = row.first() {
            self.document.blocks[id.index()].kind = BlockKind::Paragraph;
            self.flow.push(Flow::Block(id));
        }
    }

    /// The cells of the row that is being read, so far.
    pub(super) fn row(&self) -> &[Option<BlockId>] {
        self.tables.last().map_or(&[], |table| &table.row)
    }
}

impl OpenTable {
    /// Fills the columns that cells of the rows above reach down to.
    fn reach(&mut self) {
        while let Some(&(left, id)) = self.reaching.get(self.row.len())
            && left > 0
        {
            self.row.push(id);
        }
    }
}
