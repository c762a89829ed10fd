//! CSV and TSV, with the bytes of every field.
//!
//! The rules are those of RFC 4180, and what programs make of them: fields parted by commas, semicolons, tabs or bars,
//! quoted fields with doubled quotes and line ends in them, records of different lengths.

use super::MOST_CELLS;
use crate::document::{BlockKind, Document, ReadIssue, Sheet, Table, Text};
use crate::read::surround::is_head;
use crate::span::{FileId, Span};
use std::ops::Range;

/// How much of a file tells what parts its fields.
const LOOKED_AT: usize = 64 << 10;

/// Reads a file. `tabs`: the name says that tabs part the fields.
pub(in crate::read) fn read(source: &str, file: FileId, tabs: bool) -> Document {
    let mut document = Document::new(file);
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = start + declaration(&source[start..]);
    let sign = if tabs { b'\t' } else { separator(&source[start..]) };
    let mut records = Records { source, at: start, sign };
    let mut rows: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
    let (mut cells, mut number) = (0, 0);
    while let Some(record) = records.next_record() {
        cells += record.len();
        if cells > MOST_CELLS {
            let at = record.first().map_or(0, |f| f.start) as u32;
            let message = format!("row {} and what follows: more than {MOST_CELLS} cells", number + 1);
            document.issues.push(ReadIssue { message, at: Span::new(file, at, at) });
            break;
        }
        rows.push((number, record));
        number += 1;
    }
    rows.retain(|(_, row)| row.iter().any(|f| !source[f.clone()].trim().is_empty()));
    if rows.is_empty() {
        return document;
    }
    let said = |row: &[Range<usize>]| row.iter().map(|f| &source[f.clone()]).collect::<Vec<_>>();
    let head = is_head(said(&rows[0].1).into_iter(), rows.iter().skip(1).take(50).flat_map(|(_, row)| said(row)));
    let mut table = Table {
        caption: None,
        head_rows: u32::from(head),
        rows: Vec::with_capacity(rows.len()),
        section: None,
        intro: None,
        sheet: Some(Sheet {
            name: String::new(),
            rows: rows.iter().map(|(n, _)| *n as u32).collect(),
            first_column: 0,
        }),
    };
    for (row, (_, fields)) in rows.iter().enumerate() {
        let mut ids = Vec::with_capacity(fields.len());
        for (col, field) in fields.iter().enumerate() {
            let text = text(source, field.clone(), file, head && row == 0);
            let kind = BlockKind::Cell { table: 0, row: row as u32, col: col as u32 };
            ids.push((!text.string.trim().is_empty()).then(|| document.push(kind, text, None)));
        }
        table.rows.push(ids);
    }
    document.tables.push(table);
    document
}

/// The length of a line `sep=;`, which some programs write first.
fn declaration(source: &str) -> usize {
    let line = source.split_inclusive('\n').next().unwrap_or("");
    if line.len() <= 8 && line.starts_with("sep=") { line.len() } else { 0 }
}

/// What parts the fields: the sign that gives the most records of one and the same length.
fn separator(source: &str) -> u8 {
    let mut end = source.len().min(LOOKED_AT);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let mut best = (0, b',');
    for sign in [b',', b';', b'\t', b'|'] {
        let mut records = Records { source: &source[..end], at: 0, sign };
        let mut lengths: Vec<usize> = Vec::new();
        while let Some(record) = records.next_record()
            && lengths.len() < 40
        {
            lengths.push(record.len());
        }
        let common = lengths.first().copied().unwrap_or(0);
        let same = lengths.iter().filter(|&&l| l == common).count();
        let score = if common > 1 { same * 100 / lengths.len().max(1) + common.min(20) } else { 0 };
        if score > best.0 {
            best = (score, sign);
        }
    }
    best.1
}

/// Records one after the other.
struct Records<'s> {
    source: &'s str,
    at: usize,
    sign: u8,
}

impl Records<'_> {
    /// The fields of the next record: the bytes between the quotes, or between the separators.
    fn next_record(&mut self) -> Option<Vec<Range<usize>>> {
        let bytes = self.source.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            if bytes.get(self.at) == Some(&b'"') {
                let start = self.at + 1;
                let mut end = start;
                // A quote that is never closed is closed at the end of the file.
                while end < bytes.len() && (bytes[end] != b'"' || bytes.get(end + 1) == Some(&b'"')) {
                    end += if bytes[end] == b'"' { 2 } else { 1 };
                }
                let end = end.min(bytes.len());
                fields.push(start..end);
                self.at = (end + 1).min(bytes.len());
                // What stands between the quote and the separator is not part of the field.
                while self.at < bytes.len() && bytes[self.at] != self.sign && bytes[self.at] != b'\n' {
                    self.at += 1;
                }
            } else {
                let start = self.at;
                while self.at < bytes.len() && bytes[self.at] != self.sign && bytes[self.at] != b'\n' {
                    self.at += 1;
                }
                let field = self.source[start..self.at].trim_end_matches('\r');
                fields.push(start..start + field.len());
            }
            match bytes.get(self.at) {
                Some(b'\n') | None => {
                    self.at += 1;
                    return Some(fields);
                }
                _ => self.at += 1,
            }
        }
    }
}

/// What a field says. Names of columns in heads are written as words: `pop_2014`.
fn text(source: &str, field: Range<usize>, file: FileId, head: bool) -> Text {
    let mut text = Text::new(file);
    let written = &source[field.clone()];
    let bare = written.trim();
    let base = field.start + (written.len() - written.trim_start().len());
    let name = head && !bare.contains(' ');
    let (mut from, mut at) = (0, 0);
    let bytes = bare.as_bytes();
    while at < bytes.len() {
        let (said, length) = match bytes[at] {
            b'"' if bytes.get(at + 1) == Some(&b'"') => ("\"", 2),
            b'\n' | b'\r' => (" ", 1),
            b'_' if name => (" ", 1),
            _ => {
                at += 1;
                continue;
            }
        };
        text.push_copied(&bare[from..at], (base + from) as u32);
        text.push_replaced(said, (base + at) as u32..(base + at + length) as u32);
        at += length;
        from = at;
    }
    text.push_copied(&bare[from..], (base + from) as u32);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &str, tabs: bool) -> Vec<Vec<String>> {
        let document = read(source, FileId(0), tabs);
        let said = |id: Option<crate::document::BlockId>| {
            id.map_or(String::new(), |id| document.block(id).text.string.clone())
        };
        document.tables.iter().flat_map(|t| t.rows.clone()).map(|row| row.into_iter().map(said).collect()).collect()
    }

    #[test]
    fn reads_quoted_fields_in_their_places() {
        let source = "\u{feff}town,wells\r\n\"Aune, \"\"north\"\"\",41\r\n\r\nDale, 9 \r\n";
        assert_eq!(rows(source, false), [["town", "wells"], ["Aune, \"north\"", "41"], ["Dale", "9"]]);
        let document = read(source, FileId(0), false);
        assert_eq!(document.tables[0].head_rows, 1);
        let last = document.blocks.last().expect("there are cells");
        assert_eq!(&source[last.text.whole().range()], "9");
    }

    #[test]
    fn reads_other_separators() {
        assert_eq!(rows("a;b\n1,5;2\n", false), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(rows("a\tb, c\n1\t2\n", true), [["a", "b, c"], ["1", "2"]]);
        assert_eq!(rows("sep=;\na;b\n", false), [["a", "b"]]);
        assert_eq!(rows("\"never closed, 1\n2", false), [["never closed, 1 2"]]);
        assert!(rows("", false).is_empty() && rows("\n\n", false).is_empty());
    }

    #[test]
    fn reads_names_of_columns_as_words() {
        assert_eq!(rows("island,pop_2014\nSkarn,9020\n", false)[0], ["island", "pop 2014"]);
    }
}
