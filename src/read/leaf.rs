//! The text of one block as it grows: words with their places, styles, marks of notes, links.
//!
//! Shared by the readers of marked-up formats. Knows nothing of any one format.

use crate::document::{Style, Text};
use crate::span::{FileId, Span};
use std::ops::Range;

/// The text of a block as it grows.
pub(super) struct Leaf {
    /// What has been read so far.
    pub(super) text: Text,
    /// Marks that call notes: label, offset into the text, place.
    pub(super) marks: Vec<(String, u32, Span)>,
    /// Links: address, the bytes of the text that lead there, place of the address.
    pub(super) links: Vec<(String, Range<u32>, Span)>,
    /// Stretches that the markup raises above the line.
    pub(super) raised: Vec<Range<usize>>,
    open: Vec<(Style, usize)>,
    /// White space that becomes one blank when something follows: where it begins, and where it ends when it does
    /// not reach to what follows.
    pending: Option<(u32, Option<u32>)>,
    raised_from: Option<usize>,
    images: usize,
}

impl Leaf {
    pub(super) fn new(file: FileId) -> Self {
        Self {
            text: Text::new(file),
            marks: Vec::new(),
            links: Vec::new(),
            raised: Vec::new(),
            open: Vec::new(),
            pending: None,
            raised_from: None,
            images: 0,
        }
    }

    /// Whether it says nothing and calls no note.
    pub(super) fn is_blank(&self) -> bool {
        self.text.string.trim().is_empty() && self.marks.is_empty()
    }

    /// Whether words are to be dropped, because they describe an image.
    pub(super) fn is_hidden(&self) -> bool {
        self.images > 0
    }

    /// Bytes that stand in the file as they are.
    pub(super) fn copied(&mut self, words: &str, start: u32) {
        if self.images == 0 {
            self.flush(start);
            self.text.push_copied(words, start);
        }
    }

    /// Bytes that stand for a stretch of the file as a whole.
    pub(super) fn replaced(&mut self, words: &str, at: Range<u32>) {
        if self.images == 0 {
            self.flush(at.start);
            self.text.push_replaced(words, at);
        }
    }

    /// A stretch of the file in which every run of white space counts as one blank. `decode` reads what begins with
    /// an ampersand: what it says, and how many bytes it takes.
    pub(super) fn folded(&mut self, words: &str, start: u32, decode: impl Fn(&str) -> Option<(String, usize)>) {
        if self.images > 0 {
            return;
        }
        let bytes = words.as_bytes();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_whitespace() {
                self.plain(&words[from..at], start + from as u32);
                let blank = at;
                while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                self.blank(start + blank as u32..start + at as u32);
                from = at;
            } else if byte == b'&'
                && let Some((said, length)) = decode(&words[at..])
            {
                self.plain(&words[from..at], start + from as u32);
                self.replaced(&said, start + at as u32..start + (at + length) as u32);
                at += length;
                from = at;
            } else {
                at += 1;
            }
        }
        self.plain(&words[from..], start + from as u32);
    }

    fn plain(&mut self, words: &str, start: u32) {
        if !words.is_empty() {
            self.copied(words, start);
        }
    }

    /// White space of its own extent; it shows when something stands on both sides.
    pub(super) fn blank(&mut self, at: Range<u32>) {
        if self.images == 0 && self.pending.is_none() {
            self.pending = Some((at.start, Some(at.end)));
        }
    }

    /// A line break; it reaches to what comes next.
    pub(super) fn line_break(&mut self, at: u32) {
        if self.images == 0 && self.pending.is_none() {
            self.pending = Some((at, None));
        }
    }

    /// Opens a style at what comes next.
    pub(super) fn enter(&mut self, style: Style, at: u32) {
        self.flush(at);
        self.open.push((style, self.text.len()));
    }

    /// Opens a style without making a blank of the white space before it.
    pub(super) fn enter_here(&mut self, style: Style) {
        self.open.push((style, self.text.len()));
    }

    /// Closes the style that was opened last among those of its kind.
    pub(super) fn leave(&mut self, style: Style) {
        if let Some(i) = self.open.iter().rposition(|&(open, _)| open == style) {
            let (_, from) = self.open.remove(i);
            let blanks = self.text.string[from..].len() - self.text.string[from..].trim_start_matches(' ').len();
            self.text.add_style((from + blanks) as u32..self.text.len() as u32, style);
        }
    }

    /// Closes all styles, as where a block ends.
    pub(super) fn leave_all(&mut self) {
        while let Some(&(style, _)) = self.open.last() {
            self.leave(style);
        }
        self.lower();
    }

    /// Closes a link or an address, whichever was opened last.
    pub(super) fn leave_link(&mut self) {
        if let Some(&(style, _)) = self.open.iter().rev().find(|(s, _)| matches!(s, Style::Link | Style::Address)) {
            self.leave(style);
            let end = self.text.len() as u32;
            if let Some((_, words, at)) = self.links.last_mut().filter(|(_, words, _)| words.end == 0) {
                words.end = end.max(words.start);
                // An address that the text does not show has the place of its words.
                if at.start == at.end {
                    *at = self.text.span(words.start as usize..words.end as usize);
                }
            }
        }
    }

    /// What follows is raised above the line.
    pub(super) fn raise(&mut self) {
        self.raised_from = Some(self.text.len());
    }

    /// What follows is raised no more.
    pub(super) fn lower(&mut self) {
        if let Some(from) = self.raised_from.take()
            && from < self.text.len()
        {
            self.raised.push(from..self.text.len());
        }
    }

    /// An image begins: its words are no part of the text.
    pub(super) fn enter_image(&mut self) {
        self.images += 1;
    }

    /// An image ends.
    pub(super) fn leave_image(&mut self) {
        self.images = self.images.saturating_sub(1);
    }

    /// A link, whose words come next.
    pub(super) fn link(&mut self, target: &str, at: Span) {
        if self.images == 0 {
            let start = self.text.len() as u32;
            self.links.push((target.to_owned(), start..0, at));
        }
    }

    /// A mark that calls a note.
    pub(super) fn mark(&mut self, label: &str, at: Span) {
        if self.images == 0 {
            self.marks.push((label.to_owned(), self.text.len() as u32, at));
        }
    }

    /// Makes a blank of the white space before `next`.
    pub(super) fn flush(&mut self, next: u32) {
        let Some((from, until)) = self.pending.take() else { return };
        if self.text.is_empty() || until.is_some() && self.text.string.ends_with(' ') {
            return;
        }
        let until = until.unwrap_or(next).max(from);
        self.text.push_replaced(" ", from..until);
    }
}
