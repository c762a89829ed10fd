//! The lines that a finding is shown on, cut to what fits.
//!
//! Prose has lines of any length: a paragraph is often one line, and a file may be. A [`Sheet`] holds the
//! windows around the labelled places of one file as virtual lines that know their true line and column.
//! Control characters are made visible, so that no document can write to the terminal of its reader.

use crate::source::{LineColumn, SourceFile};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// A place to be marked, as a byte range of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// The bytes of the file.
    pub(super) range: Range<usize>,
    /// How many columns are wanted to the right of the mark for what is said there.
    pub(super) room: usize,
}

/// One stretch of a mark that lies within one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stretch {
    /// Which mark it belongs to, as an index into the marks given.
    pub(super) mark: usize,
    /// Whether the mark ends here.
    pub(super) last: bool,
    /// The bytes of [`Sheet::text`].
    pub(super) range: Range<usize>,
}

/// One virtual line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// Its index for the renderer: neighbours differ by 1, lines with something left out between them by more.
    pub(super) index: usize,
    /// The true line, from 1.
    pub(super) number: usize,
    /// The bytes of [`Sheet::text`].
    pub(super) range: Range<usize>,
}

/// The windows of one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Sheet {
    /// The virtual lines, each ended by `\n`.
    pub(super) text: String,
    /// Where they are, in order.
    pub(super) lines: Vec<Line>,
    /// Where the marks are, in order of place.
    pub(super) stretches: Vec<Stretch>,
    /// True line and column of the start of every stretch, aligned with `stretches`.
    pub(super) starts: Vec<LineColumn>,
}

/// A stretch of a mark on a line of the file.
#[derive(Clone, Debug)]
struct Piece {
    mark: usize,
    last: bool,
    line: usize,
    range: Range<usize>,
    room: usize,
}

impl Sheet {
    /// Cuts windows of at most `width` columns around the marks.
    pub(super) fn new(file: &SourceFile, marks: &[Mark], width: usize) -> Self {
        let width = width.max(20);
        let mut pieces: Vec<Piece> = Vec::new();
        for (n, mark) in marks.iter().enumerate() {
            split(file, n, mark, &mut pieces);
        }
        pieces.sort_by_key(|p| (p.range.start, p.range.end, p.mark));
        let mut sheet = Self::default();
        let mut from = 0;
        while from < pieces.len() {
            let mut to = from + 1;
            while to < pieces.len()
                && pieces[to].line == pieces[from].line
                && fits(file, pieces[from].range.start..pieces[to].range.end, width)
            {
                to += 1;
            }
            sheet.add(file, &pieces[from..to], width);
            from = to;
        }
        sheet
    }

    /// Appends the window around the pieces, which lie on one line.
    fn add(&mut self, file: &SourceFile, pieces: &[Piece], width: usize) {
        let line = pieces[0].line;
        let whole = file.line_range(line);
        let inner = pieces[0].range.start..pieces.iter().map(|p| p.range.end).max().unwrap_or(pieces[0].range.end);
        let room = pieces.last().map_or(0, |p| p.room);
        let shown = window(&file.text, whole.clone(), inner, width, room);
        let index = match self.lines.last() {
            None => 0,
            // Three apart: the renderer fills a gap of one line with that line.
            Some(before) if before.number == line => before.index + 1,
            Some(before) => before.index + 3,
        };
        let start = self.text.len();
        let mut column = 0;
        if shown.start > whole.start {
            self.text.push('…');
            column += 1;
        }
        let mut places = vec![None; pieces.len()];
        for (i, c) in file.text[shown.clone()].char_indices().map(|(i, c)| (shown.start + i, c)) {
            let at = self.text.len();
            push(&mut self.text, c, &mut column);
            for (piece, place) in pieces.iter().zip(&mut places) {
                let covered = piece.range.contains(&i);
                match place {
                    None if covered || (piece.range.is_empty() && i >= piece.range.start) => {
                        let end = if covered { self.text.len() } else { at };
                        *place = Some(at..end);
                    }
                    Some(range) if covered => range.end = self.text.len(),
                    _ => {}
                }
            }
        }
        let end = self.text.len();
        if shown.end < whole.end {
            self.text.push('…');
        }
        for (piece, place) in pieces.iter().zip(places) {
            let range = place.unwrap_or(end..end);
            self.stretches.push(Stretch { mark: piece.mark, last: piece.last, range });
            self.starts.push(file.line_column(piece.range.start as u32));
        }
        self.lines.push(Line { index, number: line + 1, range: start..self.text.len() });
        self.text.push('\n');
    }
}

/// Splits a mark at line ends. Of a mark over many lines the first and the last are kept.
fn split(file: &SourceFile, mark: usize, at: &Mark, pieces: &mut Vec<Piece>) {
    let start = at.range.start.min(file.text.len());
    let end = at.range.end.clamp(start, file.text.len());
    let (first, last) = (file.line_of(start as u32), file.line_of(end.saturating_sub(1).max(start) as u32));
    let before = pieces.len();
    for line in first..=last {
        if line != first && line != last {
            continue;
        }
        let whole = file.line_range(line);
        let mut range = start.clamp(whole.start, whole.end)..end.clamp(whole.start, whole.end);
        if first != last {
            // Indentation and blanks at a line end are not part of what is said.
            let text = &file.text[range.clone()];
            range.end = range.start + text.trim_end().len();
            range.start = range.end - file.text[range.clone()].trim_start().len();
            if range.is_empty() {
                continue;
            }
        }
        pieces.push(Piece { mark, last: false, line, range, room: 0 });
    }
    if pieces.len() == before {
        pieces.push(Piece { mark, last: false, line: first, range: start..start, room: 0 });
    }
    if let Some(piece) = pieces.last_mut() {
        piece.last = true;
        piece.room = at.room;
    }
}

/// Whether a stretch of a line can be shown in one window with a word on either side.
fn fits(file: &SourceFile, range: Range<usize>, width: usize) -> bool {
    let mut columns = 24;
    for c in file.text[range].chars() {
        columns += columns_of(c);
        if columns > width {
            return false;
        }
    }
    true
}

/// The part of the line `whole` to show around `inner`: all of it when it fits, else a window that leaves `room`
/// columns after `inner`, cut at words.
fn window(text: &str, whole: Range<usize>, inner: Range<usize>, width: usize, room: usize) -> Range<usize> {
    let all = whole.len() <= width * 4 && text[whole.clone()].chars().map(columns_of).sum::<usize>() <= width;
    if all {
        return whole;
    }
    // Two columns are for the signs that say that something was left out.
    let width = width - 2;
    let mut used = 0;
    let mut end = inner.start;
    for (i, c) in text[inner.clone()].char_indices() {
        used += columns_of(c);
        if used > width {
            break;
        }
        end = inner.start + i + c.len_utf8();
    }
    let left = width.saturating_sub(used);
    // What is said at the mark stands to its right, so the mark is not put at the right edge.
    let after = (left / 2).max(room.min(left.saturating_sub(12)));
    let (stop, unused) = forward(text, end, whole.end, after);
    let before = left - after + if stop == whole.end { unused.saturating_sub(room) } else { 0 };
    let (start, unused) = backward(text, inner.start, whole.start, before);
    let stop =
        if start == whole.start && stop < whole.end { forward(text, end, whole.end, after + unused).0 } else { stop };
    start..stop
}

/// How far `columns` columns reach from `from` towards `limit`, a word not cut; and the columns left over.
fn forward(text: &str, from: usize, limit: usize, columns: usize) -> (usize, usize) {
    let (mut used, mut at, mut word) = (0, from, from);
    for c in text[from..limit].chars() {
        if c.is_whitespace() {
            word = at;
        }
        let next = used + columns_of(c);
        if next > columns {
            // A word longer than half the window is cut all the same.
            let cut = if text[word..at].chars().count() * 2 > columns.max(24) { at } else { word };
            return (cut, 0);
        }
        used = next;
        at += c.len_utf8();
    }
    (limit, columns - used)
}

/// How far `columns` columns reach back from `from` towards `limit`, a word not cut; and the columns left over.
fn backward(text: &str, from: usize, limit: usize, columns: usize) -> (usize, usize) {
    let (mut used, mut at, mut word) = (0, from, from);
    for c in text[limit..from].chars().rev() {
        if c.is_whitespace() {
            word = at;
        }
        let next = used + columns_of(c);
        if next > columns {
            let cut = if text[at..word].chars().count() * 2 > columns.max(24) { at } else { word };
            return (cut, 0);
        }
        used = next;
        at -= c.len_utf8();
    }
    (limit, columns - used)
}

/// Columns between tab stops.
const TAB: usize = 4;

/// The columns that a character takes as it is shown, a tab at its widest.
fn columns_of(c: char) -> usize {
    if c == '\t' { TAB } else { visible(c).map_or(0, |c| c.width().unwrap_or(0)) }
}

fn push(text: &mut String, c: char, column: &mut usize) {
    if c == '\t' {
        let n = TAB - *column % TAB;
        text.extend(std::iter::repeat_n(' ', n));
        *column += n;
    } else if let Some(c) = visible(c) {
        text.push(c);
        *column += c.width().unwrap_or(0);
    }
}

/// The character as it is shown: control characters as pictures, signs that turn the writing direction as
/// U+FFFD; `None` for those that show nothing.
pub(super) fn visible(c: char) -> Option<char> {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Sheet};
    use crate::source::{Origin, SourceFile};

    /// The virtual lines with the marked stretches in `[…]`.
    fn show(text: &str, marked: &[&str], width: usize) -> Vec<String> {
        let file = SourceFile::new("a.md".into(), text.to_owned(), Origin::Verbatim);
        let marks: Vec<Mark> = marked
            .iter()
            .map(|m| {
                let start = text.find(m).expect("the marked words are in the text");
                Mark { range: start..start + m.len(), room: 0 }
            })
            .collect();
        let sheet = Sheet::new(&file, &marks, width);
        sheet
            .lines
            .iter()
            .map(|line| {
                let mut shown = format!("{}: ", line.number);
                for (i, c) in sheet.text[line.range.clone()].char_indices().map(|(i, c)| (line.range.start + i, c)) {
                    for stretch in &sheet.stretches {
                        if stretch.range.start == i {
                            shown.push('[');
                        }
                    }
                    shown.push(c);
                    for stretch in &sheet.stretches {
                        if stretch.range.end == i + c.len_utf8() && !stretch.range.is_empty() {
                            shown.push(']');
                        }
                    }
                }
                shown
            })
            .collect()
    }

    #[test]
    fn reads_short_lines_whole() {
        assert_eq!(show("one\ntwo men came\n", &["two"], 40), ["2: [two] men came"]);
    }

    #[test]
    fn reads_long_lines_as_windows_cut_at_words() {
        let text =
            format!("{} 43 men {} 37 men {}", "alpha beta ".repeat(30), "gamma delta ".repeat(30), "end ".repeat(30));
        let lines = show(&text, &["43", "37"], 50);
        assert_eq!(
            lines,
            [
                "1: …alpha beta alpha beta  [43] men gamma delta gamma…",
                "1: …delta gamma delta  [37] men end end end end…"
            ]
        );
        for line in lines {
            assert!(line.chars().count() <= 50 + 3 + 2, "{line}");
        }
    }

    #[test]
    fn reads_a_mark_over_a_line_end_as_two_stretches() {
        assert_eq!(
            show("they saw thirty-\n  seven men\n", &["thirty-\n  seven"], 40),
            ["1: they saw [thirty-]", "2:   [seven] men"]
        );
    }

    #[test]
    fn ignores_control_characters() {
        assert_eq!(show("\u{feff}a\tb\u{1b}[31m 43\u{202e}\r\n", &["43"], 40), ["1: a   b␛[31m [43]\u{fffd}"]);
    }

    #[test]
    fn reads_a_line_without_blanks() {
        let text = format!("{}43{}", "x".repeat(500), "y".repeat(500));
        let lines = show(&text, &["43"], 40);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].chars().count() <= 45 && lines[0].contains("[43]"), "{}", lines[0]);
    }
}
