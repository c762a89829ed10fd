//! What a block says, with a map back to the file.
//!
//! Markup is gone, entities are decoded, soft line breaks are one space, note marks are taken out.
//! Every byte of the string knows which bytes of the file it came from.

use crate::span::{FileId, Span};
use std::ops::Range;

/// One stretch of a [`Text`] and where it came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    text_start: u32,
    text_len: u32,
    source_start: u32,
    source_len: u32,
    /// The bytes are those of the file; otherwise they stand for the whole source stretch.
    copied: bool,
}

/// How a stretch of text was marked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Code span.
    Code,
    /// Emphasis, usually italics: titles of works, names of ships.
    Emphasis,
    /// Strong emphasis, usually bold.
    Strong,
    /// The words of a link.
    Link,
    /// Struck out: no longer claimed.
    Struck,
}

/// A string with a map back to the file it was read from.
#[derive(Clone, Debug)]
pub struct Text {
    /// What a reader sees.
    pub string: String,
    /// Marked-up stretches, byte ranges of `string`, in order of their end.
    pub styles: Vec<(Range<u32>, Style)>,
    file: FileId,
    pieces: Vec<Piece>,
}

impl Text {
    /// An empty text; see the `push_` methods.
    #[must_use]
    pub fn new(file: FileId) -> Self {
        Self { string: String::new(), styles: Vec::new(), file, pieces: Vec::new() }
    }

    /// Length of the string in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether the string is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Appends bytes that stand in the file as they are, from offset `source_start` on.
    pub fn push_copied(&mut self, text: &str, source_start: u32) {
        if text.is_empty() {
            return;
        }
        let len = text.len() as u32;
        match self.pieces.last_mut() {
            Some(p) if p.copied && p.source_start + p.source_len == source_start => {
                p.text_len += len;
                p.source_len += len;
            }
            _ => self.pieces.push(Piece {
                text_start: self.string.len() as u32,
                text_len: len,
                source_start,
                source_len: len,
                copied: true,
            }),
        }
        self.string.push_str(text);
    }

    /// Appends bytes that stand for the source stretch as a whole (an entity, an escape, a line break).
    pub fn push_replaced(&mut self, text: &str, source: Range<u32>) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            text_start: self.string.len() as u32,
            text_len: text.len() as u32,
            source_start: source.start,
            source_len: source.end.saturating_sub(source.start),
            copied: false,
        });
        self.string.push_str(text);
    }

    /// The place in the file of a byte range of the string.
    ///
    /// Total: ranges are clamped, a replaced piece counts as a whole, and the result lies on
    /// character boundaries of the file whenever `range` lies on those of the string.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = (range.start as u32).min(self.string.len() as u32);
        let end = (range.end as u32).min(self.string.len() as u32).max(start);
        let Some(first) = self.piece_at(start) else {
            let at = self.pieces.last().map_or(0, |p| p.source_start + p.source_len);
            return Span::new(self.file, at, at);
        };
        let from = if first.copied { first.source_start + (start - first.text_start) } else { first.source_start };
        if end == start {
            return Span::new(self.file, from, from);
        }
        let last = self.piece_at(end - 1).unwrap_or(first);
        let to =
            if last.copied { last.source_start + (end - last.text_start) } else { last.source_start + last.source_len };
        Span::new(self.file, from, to)
    }

    /// The place of the whole text.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.string.len())
    }

    /// Whether a byte range of the string overlaps a stretch of this style.
    #[must_use]
    pub fn has_style(&self, range: Range<usize>, style: Style) -> bool {
        self.styles.iter().any(|(r, s)| *s == style && (r.start as usize) < range.end && range.start < r.end as usize)
    }

    /// The copied stretches as (range of the string, offset in the file), for tests of the map.
    pub fn copied_pieces(&self) -> impl Iterator<Item = (Range<usize>, usize)> {
        self.pieces
            .iter()
            .filter(|p| p.copied)
            .map(|p| (p.text_start as usize..(p.text_start + p.text_len) as usize, p.source_start as usize))
    }

    /// The file that the text was read from.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    fn piece_at(&self, offset: u32) -> Option<Piece> {
        let i = self.pieces.partition_point(|p| p.text_start <= offset);
        let p = *self.pieces.get(i.checked_sub(1)?)?;
        (offset < p.text_start + p.text_len).then_some(p)
    }
}
