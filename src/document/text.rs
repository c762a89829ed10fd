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
    /// A web or mail address that stands in the text itself.
    Address,
}

/// How many styles there are, for tables indexed by style.
const STYLES: usize = Style::Address as usize + 1;

/// A string with a map back to the file it was read from.
#[derive(Clone, Debug)]
pub struct Text {
    /// What a reader sees.
    pub string: String,
    /// Marked-up stretches, byte ranges of `string`, in order of their end.
    pub styles: Vec<(Range<u32>, Style)>,
    file: FileId,
    pieces: Vec<Piece>,
    /// The stretches of each style, disjoint and in order, so that a question takes no look at all of them.
    /// Empty when the text has no styles.
    by_style: Vec<Vec<Range<u32>>>,
}

impl Text {
    /// An empty text; see the `push_` methods.
    #[must_use]
    pub fn new(file: FileId) -> Self {
        Self { string: String::new(), styles: Vec::new(), file, pieces: Vec::new(), by_style: Vec::new() }
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

    /// The byte range of the string that a place in the file stands for: the pieces that the place touches, empty
    /// when it touches none. The other way round from [`Text::span`].
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let touched = |p: &&Piece| p.source_start < span.end && span.start < p.source_start + p.source_len;
        let within = |p: &Piece, at: u32| (at.max(p.source_start) - p.source_start).min(p.source_len);
        let Some(first) = self.pieces.iter().find(touched) else { return 0..0 };
        let last = self.pieces.iter().rev().find(touched).unwrap_or(first);
        let start = first.text_start + if first.copied { within(first, span.start) } else { 0 };
        let end = last.text_start + if last.copied { within(last, span.end) } else { last.text_len };
        start as usize..end.max(start) as usize
    }

    /// The place of the whole text.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.string.len())
    }

    /// Marks a byte range of the string. Ranges of one style come in order of their end.
    pub fn add_style(&mut self, range: Range<u32>, style: Style) {
        if range.start >= range.end {
            return;
        }
        self.styles.push((range.clone(), style));
        if self.by_style.is_empty() {
            self.by_style.resize(STYLES, Vec::new());
        }
        let same = &mut self.by_style[style as usize];
        // An outer stretch ends after the inner ones and takes their place.
        while same.last().is_some_and(|inner| inner.start >= range.start) {
            same.pop();
        }
        match same.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => same.push(range),
        }
    }

    /// Whether a byte range of the string overlaps a stretch of this style.
    #[must_use]
    pub fn has_style(&self, range: Range<usize>, style: Style) -> bool {
        self.by_style.get(style as usize).is_some_and(|same| {
            let next = same.partition_point(|r| r.end as usize <= range.start);
            same.get(next).is_some_and(|r| (r.start as usize) < range.end)
        })
    }

    /// Whether the whole of a non-empty string is of this style, white space and closing punctuation left out.
    #[must_use]
    pub fn is_all(&self, style: Style) -> bool {
        let mut from = self.string.len() - self.string.trim_start().len();
        let until = self.string.trim_end().trim_end_matches(['.', ':', ',']).len();
        for range in self.by_style.get(style as usize).into_iter().flatten() {
            let gap = self.string.get(from..range.start as usize).unwrap_or("");
            if !gap.trim().is_empty() {
                return false;
            }
            from = from.max(range.end as usize);
        }
        from >= until && until > 0
    }

    /// The same text without some byte ranges of its string, which lie on character boundaries.
    #[must_use]
    pub fn without(&self, cuts: &Cuts) -> Self {
        let mut out = Self::new(self.file);
        let mut removed = cuts.ranges.iter().peekable();
        for piece in &self.pieces {
            let (mut from, end) = (piece.text_start as usize, (piece.text_start + piece.text_len) as usize);
            while from < end {
                while removed.peek().is_some_and(|r| r.end <= from) {
                    removed.next();
                }
                let (to, next) = match removed.peek() {
                    Some(r) if r.start <= from => (from, r.end.min(end)),
                    Some(r) if r.start < end => (r.start, r.start),
                    _ => (end, end),
                };
                let kept = &self.string[from..to];
                if piece.copied {
                    out.push_copied(kept, piece.source_start + (from - piece.text_start as usize) as u32);
                } else {
                    out.push_replaced(kept, piece.source_start..piece.source_start + piece.source_len);
                }
                from = next;
            }
        }
        for (range, style) in &self.styles {
            let moved = |offset: u32| cuts.moved(offset as usize) as u32;
            out.add_style(moved(range.start)..moved(range.end), *style);
        }
        out
    }

    /// The copied stretches as (range of the string, offset in the file), for tests of the map.
    pub fn copied_pieces(&self) -> impl Iterator<Item = (Range<usize>, usize)> {
        self.pieces
            .iter()
            .filter(|p| p.copied)
            .map(|p| (p.text_start as usize..(p.text_start + p.text_len) as usize, p.source_start as usize))
    }

    /// Where the lines of the file end in the string: the bytes of the spaces that stand for line breaks, in order.
    pub fn line_ends(&self) -> impl Iterator<Item = usize> {
        let space = |p: &&Piece| !p.copied && &self.string[p.text_start as usize..][..p.text_len as usize] == " ";
        self.pieces.iter().filter(space).map(|p| p.text_start as usize)
    }

    /// The file that the text was read from.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Changes the file that the places count in.
    pub(super) fn set_file(&mut self, file: FileId) {
        self.file = file;
    }

    fn piece_at(&self, offset: u32) -> Option<Piece> {
        let i = self.pieces.partition_point(|p| p.text_start <= offset);
        let p = *self.pieces.get(i.checked_sub(1)?)?;
        (offset < p.text_start + p.text_len).then_some(p)
    }
}

/// Byte ranges to be taken out of a string, in order and disjoint.
#[derive(Clone, Debug, Default)]
pub struct Cuts {
    ranges: Vec<Range<usize>>,
    /// How many bytes the ranges before each one take, aligned with `ranges`.
    before: Vec<usize>,
}

impl Cuts {
    /// Takes the ranges as they come; overlapping ones are merged, empty ones dropped.
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut ranges: Vec<Range<usize>> = ranges.into_iter().collect();
        ranges.sort_by_key(|r| (r.start, r.end));
        let mut out = Self::default();
        let mut taken = 0;
        for range in ranges.into_iter().filter(|r| r.start < r.end) {
            match out.ranges.last_mut() {
                Some(last) if last.end >= range.start => {
                    taken += range.end.saturating_sub(last.end);
                    last.end = last.end.max(range.end);
                }
                _ => {
                    out.before.push(taken);
                    taken += range.len();
                    out.ranges.push(range);
                }
            }
        }
        out
    }

    /// Whether nothing is taken out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Where a byte offset comes to lie; offsets inside a range come to lie at its start.
    #[must_use]
    pub fn moved(&self, offset: usize) -> usize {
        let next = self.ranges.partition_point(|r| r.start < offset);
        match next.checked_sub(1) {
            None => offset,
            Some(i) => offset - self.before[i] - (self.ranges[i].end.min(offset) - self.ranges[i].start),
        }
    }
}
