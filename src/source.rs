//! A file as text, with its lines.
//!
//! Goes in: a path and decoded text. Comes out: offsets turned into lines and columns.
//! Knows nothing of formats, language or rules.

use crate::span::{FileId, Span};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Whether offsets count bytes of the file on disk or of a rendering of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// `text` is the file, byte for byte.
    Verbatim,
    /// `text` was transcoded or extracted; offsets count in what `recount text --raw FILE` prints.
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
    /// How many characters begin before every [`STEP`]th byte; counted when a long line is asked about.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes between two entries of the count of characters.
const STEP: usize = 4096;

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
        Self { path, text, origin, line_starts, characters: OnceLock::new() }
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
        // A line may be as long as the file, and every label asks, so long lines are not counted anew each time.
        let before = if end - start <= 2 * STEP {
            characters(&self.text.as_bytes()[start..end])
        } else {
            self.characters_before(end) - self.characters_before(start)
        };
        let mark = u32::from(start == 0 && end > 0 && self.text.starts_with('\u{feff}'));
        LineColumn { line: line as u32 + 1, column: before - mark + 1 }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, end: usize) -> u32 {
        let counts = self.characters.get_or_init(|| {
            let mut sum = 0;
            let mut counts = vec![0];
            for step in self.text.as_bytes().chunks(STEP) {
                sum += characters(step);
                counts.push(sum);
            }
            counts
        });
        counts[end / STEP] + characters(&self.text.as_bytes()[end / STEP * STEP..end])
    }

    /// The text under a span; empty when the span is not of this file's extent.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// How many characters of UTF-8 begin in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count() as u32
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

#[cfg(test)]
mod tests {
    use super::{LineColumn, Origin, SourceFile};

    /// Compares every position with a plain count.
    fn check(text: &str) {
        let file = SourceFile::new("a.md".into(), text.to_owned(), Origin::Verbatim);
        let (mut line, mut column) = (1, 1);
        for (i, c) in text.char_indices() {
            assert_eq!(file.line_column(i as u32), LineColumn { line, column }, "byte {i}");
            assert_eq!(file.line_column((i + c.len_utf8() - 1) as u32), LineColumn { line, column }, "byte {i}");
            match c {
                '\n' => (line, column) = (line + 1, 1),
                '\u{feff}' if i == 0 => {}
                _ => column += 1,
            }
        }
        assert_eq!(file.line_column(text.len() as u32), LineColumn { line, column });
        assert_eq!(file.line_column(text.len() as u32 + 9), LineColumn { line, column });
    }

    #[test]
    fn reads_lines_and_columns() {
        check("");
        check("one\ntwo\r\n\nünïcode 漢字\n");
        check("\u{feff}# Title\n\u{feff}x");
    }

    #[test]
    fn reads_columns_of_long_lines() {
        check(&format!("\u{feff}{}\nshort\n{}", "wörter 漢 ".repeat(900), "a".repeat(8_500)));
    }
}
