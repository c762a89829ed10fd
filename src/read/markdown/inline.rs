//! The text of one block, put together from the events inside it.

use crate::document::{Style, Text};
use crate::span::{FileId, Span};
use pulldown_cmark::CowStr;
use std::ops::Range;

/// The text of a block as it grows.
pub(super) struct Leaf {
    /// What has been read so far.
    pub(super) text: Text,
    /// Marks that call notes: label, offset into the text, place.
    pub(super) marks: Vec<(String, u32, Span)>,
    /// Links to files and places in them: address, place.
    pub(super) links: Vec<(String, Span)>,
    /// Stretches that the markup raises above the line.
    pub(super) raised: Vec<Range<usize>>,
    open: Vec<(Style, usize)>,
    /// The end of what stands before a line break whose other side has not come yet.
    pending_break: Option<u32>,
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
            pending_break: None,
            raised_from: None,
            images: 0,
        }
    }

    /// Words; `source` is the file, `at` their place.
    pub(super) fn words(&mut self, source: &str, words: &CowStr<'_>, at: Range<u32>) {
        if self.images > 0 {
            return;
        }
        self.flush_break(at.start);
        if source.get(at.start as usize..at.end as usize) == Some(words) {
            self.text.push_copied(words, at.start);
        } else {
            self.text.push_replaced(words, at);
        }
    }

    /// A code span; its place includes the backticks.
    pub(super) fn code(&mut self, source: &str, code: &CowStr<'_>, at: Range<u32>) {
        if self.images > 0 {
            return;
        }
        self.flush_break(at.start);
        let from = self.text.len();
        let written = source.get(at.start as usize..at.end as usize).unwrap_or("");
        let ticks = written.bytes().take_while(|&b| b == b'`').count();
        let inner = written.get(ticks..written.len().saturating_sub(ticks)).unwrap_or("");
        let offset = inner.find(&**code).filter(|_| inner.trim() == code.trim());
        match offset {
            Some(offset) => self.text.push_copied(code, at.start + (ticks + offset) as u32),
            None => self.text.push_replaced(code, at),
        }
        self.text.add_style(from as u32..self.text.len() as u32, Style::Code);
    }

    /// A line break.
    pub(super) fn line_break(&mut self, at: Range<u32>) {
        if self.images == 0 && self.pending_break.is_none() {
            self.pending_break = Some(at.start);
        }
    }

    /// A tag in the text.
    pub(super) fn tag(&mut self, tag: &str, at: Range<u32>) {
        let closing = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let style = match name.to_ascii_lowercase().as_str() {
            "br" => {
                self.line_break(at);
                return;
            }
            "sup" => {
                if closing {
                    if let Some(from) = self.raised_from.take() {
                        self.raised.push(from..self.text.len());
                    }
                } else {
                    self.flush_break(at.start);
                    self.raised_from = Some(self.text.len());
                }
                return;
            }
            "b" | "strong" => Style::Strong,
            "i" | "em" | "cite" => Style::Emphasis,
            "del" | "s" | "strike" => Style::Struck,
            "code" | "kbd" | "samp" | "var" | "tt" => Style::Code,
            "a" => Style::Link,
            _ => return,
        };
        if !closing {
            self.enter(style, at.start);
        } else {
            self.leave(style);
        }
    }

    /// Opens a style at what comes next.
    pub(super) fn enter(&mut self, style: Style, at: u32) {
        self.flush_break(at);
        self.open.push((style, self.text.len()));
    }

    /// Closes the style that was opened last among those of its kind.
    pub(super) fn leave(&mut self, style: Style) {
        if let Some(i) = self.open.iter().rposition(|&(open, _)| open == style) {
            let (_, from) = self.open.remove(i);
            self.text.add_style(from as u32..self.text.len() as u32, style);
        }
    }

    /// Closes a link or an address, whichever was opened last.
    pub(super) fn leave_link(&mut self) {
        if let Some(&(style, _)) = self.open.iter().rev().find(|(s, _)| matches!(s, Style::Link | Style::Address)) {
            self.leave(style);
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

    /// A link to a file or a place in one.
    pub(super) fn link(&mut self, target: &str, at: Span) {
        if self.images == 0 {
            self.links.push((target.to_owned(), at));
        }
    }

    /// A mark that calls a note.
    pub(super) fn mark(&mut self, label: &str, at: Span) {
        if self.images == 0 {
            self.marks.push((label.to_owned(), self.text.len() as u32, at));
        }
    }

    fn flush_break(&mut self, next: u32) {
        if let Some(from) = self.pending_break.take()
            && !self.text.is_empty()
        {
            self.text.push_replaced(" ", from..next.max(from));
        }
    }
}
