//! A text made of a document that is no text itself, together with its blocks.
//!
//! Archives and spreadsheets have no bytes to point into, so their places count in this text: a line for every
//! paragraph and for every row of a table. `recount text --raw` prints it.

use super::build::{Builder, Held, LeafKind};
use crate::document::{Document, Style};
use crate::span::Span;

/// The text of a document while its blocks are built.
pub(super) struct Render<'d> {
    /// The text so far.
    pub(super) text: String,
    /// The blocks so far.
    pub(super) build: Builder<'d>,
    /// A cell of the row that is open has been written.
    after_cell: bool,
}

impl<'d> Render<'d> {
    pub(super) fn new(document: &'d mut Document) -> Self {
        document.tagged = true;
        Self { text: String::new(), build: Builder::new(document), after_cell: false }
    }

    fn at(&self) -> u32 {
        self.text.len() as u32
    }

    /// Begins a line, unless the line has not begun.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Begins a block.
    pub(super) fn open(&mut self, kind: LeafKind) {
        if self.build.in_cell() {
            // All paragraphs of a cell stand on one line.
            if self.build.has_text() {
                self.build.leaf().line_break(self.text.len() as u32);
                self.text.push(' ');
            }
            return;
        }
        self.line();
        self.build.open_leaf(kind, self.text.len() as u32);
    }

    /// Words.
    pub(super) fn words(&mut self, words: &str) {
        let at = self.at();
        self.text.push_str(words);
        self.build.leaf().copied(words, at);
    }

    /// A line break within a block.
    pub(super) fn line_break(&mut self) {
        let at = self.at();
        self.text.push(' ');
        self.build.leaf().line_break(at);
    }

    /// Begins a link; an address that is empty is not known. The text does not show it: its place is that of the words.
    pub(super) fn open_link(&mut self, address: &str) {
        let at = self.at();
        let span = Span::new(self.build.document.file, at, at);
        let leaf = self.build.leaf();
        if !address.is_empty() {
            leaf.link(address, span);
        }
        leaf.enter_here(Style::Link);
    }

    /// A mark that calls a note.
    pub(super) fn mark(&mut self, label: &str) {
        let at = self.at();
        self.text.push_str(&format!("[{label}]"));
        let span = Span::new(self.build.document.file, at, self.at());
        self.build.leaf().mark(label, span);
    }

    /// Goes into an item; its mark becomes part of the line.
    pub(super) fn open_item(&mut self, marker: &str) {
        self.line();
        let at = self.at();
        self.text.push_str(marker);
        let span = Span::new(self.build.document.file, at, self.at());
        self.build.open_item(marker, span);
        if !marker.is_empty() {
            self.text.push(' ');
        }
        self.build.open_leaf(LeafKind::Running, self.text.len() as u32);
    }

    /// Goes into a note; its label becomes part of the line.
    pub(super) fn open_note(&mut self, label: &str) {
        self.line();
        let at = self.at();
        self.text.push_str(&format!("[{label}]"));
        let span = Span::new(self.build.document.file, at, self.at());
        self.text.push(' ');
        self.build.open_note(label, span);
    }

    /// Goes into a comment; its number and author have a line of their own.
    pub(super) fn open_comment(&mut self, author: &str, on: Option<Held>) {
        self.line();
        self.build.open_comment(author, on);
        self.text.push_str(&self.build.comment_head());
    }

    /// Begins a row of the innermost table.
    pub(super) fn open_row(&mut self) {
        self.line();
        self.after_cell = false;
        self.build.open_row();
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self, rows: u32, columns: u32) {
        if self.after_cell {
            self.text.push_str(" | ");
        }
        self.after_cell = true;
        self.build.open_cell(rows, columns);
    }
}
