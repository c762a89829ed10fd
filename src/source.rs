//! A file as text, with its lines.
//!
//! Goes in: a path and decoded text. Comes out: offsets turned into lines and columns.
//! Knows nothing of formats, language or rules.

use crate::span::{FileId, Span};
use std::path::PathBuf;

/// Whether offsets count bytes of the file on disk or of a rendering of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// `text` is the file, byte for byte.
    Verbatim,
    /// `text` was transcoded or extracted; offsets count in what `recount text FILE` prints.
    Rendered,
}

/// One input: path, text and line index.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user gave it; `-` for standard input.
    pub path: PathBuf,
    /// The text. A byte order mark stays in it, so that offsets are those of the file.
    pub text: String,
    /// What the offsets count in.
    pub origin: Origin,
    /// Byte offset of the first byte of every line; never empty, first entry 0.
    line_starts: Vec<u32>,
}

/// A place as people count it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineColumn {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters; a byte order mark counts in no column.
    pub column: u32,
}

impl SourceFile {
    /// Indexes the lines of `text`. Line ends are `\n` (so `\r\n` too); a form feed ends no line.
    #[must_use]
    pub fn new(path: PathBuf, text: String, origin: Origin) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        Self { path, text, origin, line_starts }
    }

    /// How many lines the file has; at least 1.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The 0-based line that holds the byte `offset`.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|&s| s <= offset).saturating_sub(1)
    }

    /// The byte range of the 0-based line, its line end excluded.
    #[must_use]
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.line_starts.get(line).map_or(self.text.len(), |&s| s as usize);
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |&s| s as usize);
        let slice = &self.text[start..end];
        let kept = slice.trim_end_matches('\n').trim_end_matches('\r');
        start..start + kept.len()
    }

    /// Line and column of the byte `offset`, which is moved back to a character boundary.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let start = self.line_starts[line] as usize;
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text[start..end].trim_start_matches('\u{feff}');
        let column = if start == 0 { before.chars().count() } else { self.text[start..end].chars().count() };
        LineColumn { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The text under a span; empty when the span is not of this file's extent.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// The files of one run, addressed by [`FileId`].
#[derive(Default, Debug)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and gives it the next number.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file with this number, which must come from [`Sources::add`].
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files in the order they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
