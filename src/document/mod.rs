//! A document as a reader sees it: blocks in order, tables, lists, notes, outline.
//!
//! Goes in: what a reader of one format found. Comes out: the same shape for every format.
//! Knows nothing of formats or of language.

mod text;

pub use text::{Cuts, Style, Text};

use crate::span::{FileId, Span};
use std::ops::Range;

/// Index into [`Document::blocks`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockId(pub u32);

impl BlockId {
    /// As a slice index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One document. Blocks stand in reading order of the file, notes and table cells included.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file that was read.
    pub file: FileId,
    /// Its path, `/` between the parts; empty when it has none.
    pub path: String,
    /// All blocks, in file order.
    pub blocks: Vec<Block>,
    /// Tables, in file order.
    pub tables: Vec<Table>,
    /// Lists, in file order of their first item; nested lists are lists of their own.
    pub lists: Vec<List>,
    /// Foot- and endnotes, in file order.
    pub notes: Vec<Note>,
    /// Comments that people hung at places of the text, in the order of the places.
    pub comments: Vec<Comment>,
    /// Whether what comments say counts as said by the document; otherwise it stands apart.
    pub comments_stated: bool,
    /// Marks that call notes, in file order.
    pub marks: Vec<NoteMark>,
    /// Whether the markup says what is a note: `[^4]`.
    pub marked_notes: bool,
    /// Whether notes are labelled by figures in brackets, as the entries of a bibliography are too.
    pub bracketed_notes: bool,
    /// Links with words that are shown, in file order.
    pub links: Vec<Link>,
    /// Pictures, in file order.
    pub pictures: Vec<Picture>,
    /// The front matter, in file order.
    pub fields: Vec<Field>,
    /// Addresses that are given a label apart from the text, in file order: `[1.2.0]: https://…`.
    pub definitions: Vec<Definition>,
    /// What links can lead to, in file order: headings and names given in the markup.
    pub anchors: Vec<Anchor>,
    /// Whether what links can lead to may also come from elsewhere: templates, directives, embedded markup.
    pub generated: bool,
    /// Whether the file writes its markup as tags: what a reader sees is in the blocks, not between two offsets.
    pub tagged: bool,
    /// Whether the file is code, which is compared with documentation and with nothing else.
    pub source: bool,
    /// Where the second, third … page begins, as offsets; empty when the file does not say.
    pub pages: Vec<u32>,
    /// Where the lines of the pages begin, as offsets; empty when a file has no lines but those that a program breaks.
    pub lines: Vec<u32>,
    /// What could not be read as it should; the rest of the document is there all the same.
    pub issues: Vec<ReadIssue>,
}

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BlockKind {
    /// A heading with its level, 1 the highest. The document's title is level 1 (or 0 when set apart).
    Heading(u8),
    /// Running text.
    Paragraph,
    /// The text of a list item (its first paragraph); see [`Document::lists`].
    Item {
        /// Index into [`Document::lists`].
        list: u32,
        /// 0-based position within that list.
        item: u32,
    },
    /// One table cell.
    Cell {
        /// Index into [`Document::tables`].
        table: u32,
        /// 0-based row, head rows included.
        row: u32,
        /// 0-based column.
        col: u32,
    },
    /// The caption of a table or figure.
    Caption,
    /// A paragraph of a note.
    Note {
        /// Index into [`Document::notes`].
        note: u32,
    },
    /// A paragraph of a comment. These are the last blocks of a document, and stand in no table, list or note.
    Comment {
        /// Index into [`Document::comments`].
        comment: u32,
    },
    /// One entry of a bibliography or reference list.
    Entry,
    /// One line of a table of contents.
    Contents,
    /// A quoted passage set apart.
    Quote,
    /// Code block: not prose.
    Code,
    /// One value of the front matter.
    Meta,
}

/// One block of text.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What it says.
    pub text: Text,
    /// The heading that governs it; headings point to their parent heading.
    pub section: Option<BlockId>,
}

/// A table: a grid of block ids, row by row. Merged cells repeat the id of the block they show.
#[derive(Clone, Debug)]
pub struct Table {
    /// The caption, when one was found directly above or below.
    pub caption: Option<BlockId>,
    /// How many of the first rows are heads (0 when none could be told).
    pub head_rows: u32,
    /// The cells; rows may differ in length; an absent cell is `None`.
    pub rows: Vec<Vec<Option<BlockId>>>,
    /// The heading that governs the table.
    pub section: Option<BlockId>,
    /// The block before the table that introduces it, when it is running text.
    pub intro: Option<BlockId>,
    /// The sheet that it stands on, when the file is made of sheets.
    pub sheet: Option<Sheet>,
}

/// A sheet of a spreadsheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Its name; empty when the file is the sheet.
    pub name: String,
    /// For every row of the table the row of the sheet, from 0.
    pub rows: Vec<u32>,
    /// The column of the sheet, from 0, that the first column of the table is.
    pub first_column: u32,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Whether the items are numbered or lettered.
    pub ordered: bool,
    /// Nesting depth, 0 for the outermost.
    pub depth: u32,
    /// The items, in order.
    pub items: Vec<ListItem>,
    /// The block before the first item, when it is running text or a heading.
    pub intro: Option<BlockId>,
    /// The outer list and its item, when nested.
    pub parent: Option<(u32, u32)>,
}

/// One list item.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// Its first paragraph; `None` for an empty item.
    pub block: Option<BlockId>,
    /// The mark as written: `-`, `1.`, `(a)`.
    pub marker: String,
    /// The place of the mark.
    pub at: Span,
}

/// A foot- or endnote.
#[derive(Clone, Debug)]
pub struct Note {
    /// The label without its decoration: `158`, `a`.
    pub label: String,
    /// The place of the label at the note itself.
    pub at: Span,
    /// The paragraphs of the note.
    pub blocks: Vec<BlockId>,
}

/// What somebody remarks on a place of the text: an author, an editor, a reviewer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Who wrote it; empty when the file does not say.
    pub author: String,
    /// Where it hangs: an empty place in a block; `None` when that is gone.
    pub on: Option<Span>,
}

/// A mark in the text that calls a note. It is not part of the block's string.
#[derive(Clone, Debug)]
pub struct NoteMark {
    /// The label without its decoration.
    pub label: String,
    /// The block it stands in.
    pub block: BlockId,
    /// Byte offset into the block's string before which the mark stood.
    pub offset: u32,
    /// The place of the mark.
    pub at: Span,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address as written: `limits.md#mounts`, `#mounts`, `https://example.org`.
    pub target: String,
    /// The block it stands in.
    pub block: BlockId,
    /// The bytes of the block's string that lead there; empty for a picture.
    pub words: Range<u32>,
    /// The place of the address, else of the whole link.
    pub at: Span,
}

/// A picture that the text shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Its address as written.
    pub target: String,
    /// What is shown in its place.
    pub words: String,
    /// The place of all of it.
    pub at: Span,
}

/// A key of the front matter with its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The key in lower case: `title`, `lastmod`.
    pub key: String,
    /// The block of the value.
    pub block: BlockId,
}

impl Link {
    /// Whether it leads to a place in this file or in a file beside it.
    #[must_use]
    pub fn is_to_place(&self) -> bool {
        self.target.contains('#') && self.is_beside() && !self.target.starts_with('/')
    }

    /// Whether the address has neither a scheme nor a host.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        let colon = self.target.find(':');
        colon.is_none_or(|at| self.target[..at].contains(['/', '#', '?', '.'])) && !self.target.starts_with("//")
    }
}

/// An address with a label, apart from the text.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The label as written, without its brackets.
    pub label: String,
    /// The place of the label, brackets included.
    pub label_at: Span,
    /// The address.
    pub target: String,
    /// The place of the address.
    pub at: Span,
}

/// Something that a link can lead to.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The words of a heading, or the name given in the markup.
    pub name: String,
    /// The level of the heading, 0 for a name.
    pub level: u8,
    /// Its place.
    pub at: Span,
}

/// Something in the file that could not be read as it should.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct ReadIssue {
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// Where.
    pub at: Span,
}

impl Document {
    /// A document of one paragraph, file 0.
    #[cfg(test)]
    pub(crate) fn of_paragraph(text: &str) -> Self {
        let mut document = Self::new(FileId(0));
        let mut block = Text::new(FileId(0));
        block.push_copied(text, 0);
        document.push(BlockKind::Paragraph, block, None);
        document
    }

    /// An empty document.
    #[must_use]
    pub fn new(file: FileId) -> Self {
        Self {
            file,
            path: String::new(),
            blocks: Vec::new(),
            tables: Vec::new(),
            lists: Vec::new(),
            notes: Vec::new(),
            comments: Vec::new(),
            comments_stated: false,
            marks: Vec::new(),
            marked_notes: false,
            bracketed_notes: false,
            links: Vec::new(),
            fields: Vec::new(),
            definitions: Vec::new(),
            pictures: Vec::new(),
            anchors: Vec::new(),
            generated: false,
            tagged: false,
            source: false,
            pages: Vec::new(),
            lines: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Gives the document the number of its file, when it was read before the file had one.
    pub fn set_file(&mut self, file: FileId) {
        self.file = file;
        for block in &mut self.blocks {
            block.text.set_file(file);
        }
        let spans = self.lists.iter_mut().flat_map(|l| l.items.iter_mut().map(|i| &mut i.at));
        let spans = spans.chain(self.notes.iter_mut().map(|n| &mut n.at));
        let spans = spans.chain(self.comments.iter_mut().filter_map(|c| c.on.as_mut()));
        let spans = spans.chain(self.marks.iter_mut().map(|m| &mut m.at));
        let spans = spans.chain(self.links.iter_mut().map(|l| &mut l.at));
        let spans = spans.chain(self.pictures.iter_mut().map(|p| &mut p.at));
        let spans = spans.chain(self.definitions.iter_mut().flat_map(|d| [&mut d.label_at, &mut d.at]));
        let spans = spans.chain(self.anchors.iter_mut().map(|a| &mut a.at));
        let spans = spans.chain(self.issues.iter_mut().map(|i| &mut i.at));
        for span in spans {
            span.file = file;
        }
    }

    /// Appends a block and gives its id.
    pub fn push(&mut self, kind: BlockKind, text: Text, section: Option<BlockId>) -> BlockId {
        self.blocks.push(Block { kind, text, section });
        BlockId(self.blocks.len() as u32 - 1)
    }

    /// The block with this id, which must come from this document.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// All blocks with their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (BlockId, &Block)> {
        self.blocks.iter().enumerate().map(|(i, b)| (BlockId(i as u32), b))
    }

    /// The first block of a comment; the number of blocks when there is none.
    #[must_use]
    pub fn first_comment(&self) -> BlockId {
        let of_comment = |b: &&Block| matches!(b.kind, BlockKind::Comment { .. });
        BlockId((self.blocks.len() - self.blocks.iter().rev().take_while(of_comment).count()) as u32)
    }

    /// The document as it is without its comments.
    #[must_use]
    pub fn without_comments(&self) -> Self {
        let first = self.first_comment();
        let mut document = self.clone();
        document.blocks.truncate(first.index());
        document.comments.clear();
        document.links.retain(|link| link.block < first);
        document.marks.retain(|mark| mark.block < first);
        document
    }

    /// The headings that govern a block, innermost first.
    pub fn headings(&self, id: BlockId) -> impl Iterator<Item = (BlockId, &Block)> {
        let mut next = self.block(id).section;
        std::iter::from_fn(move || {
            let id = next?;
            let block = self.block(id);
            // A heading that governs itself would never end.
            next = block.section.filter(|&s| s < id);
            Some((id, block))
        })
    }

    /// The first heading, else the first block: what the document calls itself.
    #[must_use]
    pub fn title(&self) -> Option<&Block> {
        self.blocks.iter().find(|b| matches!(b.kind, BlockKind::Heading(_))).or(self.blocks.first())
    }

    /// Number of words in prose, cells, notes and entries, split at white space; those of comments stand apart.
    #[must_use]
    pub fn words(&self) -> usize {
        let count = |text: &str| {
            if text.is_ascii() { plain_words(text.as_bytes()) } else { text.split_whitespace().count() }
        };
        self.blocks
            .iter()
            .filter(|b| !matches!(b.kind, BlockKind::Code | BlockKind::Comment { .. }))
            .map(|b| count(&b.text.string))
            .sum()
    }
}

/// The runs of bytes that are no white space, counted by their first bytes.
fn plain_words(text: &[u8]) -> usize {
    let first = text.first().is_some_and(|b| !b.is_ascii_whitespace());
    let later = text.windows(2).filter(|w| w[0].is_ascii_whitespace() && !w[1].is_ascii_whitespace()).count();
    usize::from(first) + later
}
