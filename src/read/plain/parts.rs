//! Parts of a plain text: what stands between empty lines, cut where something new begins.

use super::columns;
use super::glued::Glued;
use super::lines::{Line, Wrapping, begins_small, is_finished};
use super::marker::{Marker, MarkerKind, marker};
use crate::read::notes::{bracketed_number, raised_figures};
use std::ops::Range;

/// What a part is.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum PartKind {
    /// Running text, until more is known.
    Text,
    /// A heading with its level.
    Heading(u8),
    /// A heading underlined with this sign.
    Underlined(char),
    /// A list item.
    Item(Marker),
    /// The first paragraph of a note, with its label.
    Note(String),
    /// A later paragraph of the note before.
    NoteMore,
    /// Lines of cells between tabs.
    Tabs,
    /// Lines of cells between signs `|`.
    Bars,
    /// Lines of cells in columns, with the columns at which cells begin.
    Columns(Vec<u32>),
    /// Lines of a table of contents.
    Contents,
    /// Drawings and code.
    Code,
}

/// A part.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    /// Its lines. More than one range when something stands in between that is no part of it.
    pub(super) lines: Vec<Range<usize>>,
    /// Bytes of the first line before the words: a mark or a label.
    pub(super) skip: usize,
    /// A page ended between this part and the one before.
    pub(super) new_page: bool,
    /// An empty line stands before it.
    pub(super) apart: bool,
    /// An empty line stands after it.
    pub(super) apart_after: bool,
}

impl Part {
    /// The first line.
    pub(super) fn first(&self) -> usize {
        self.lines.first().map_or(0, |r| r.start)
    }

    /// The last line.
    pub(super) fn last(&self) -> usize {
        self.lines.last().map_or(0, |r| r.end.saturating_sub(1))
    }

    /// How many lines it has.
    pub(super) fn line_count(&self) -> usize {
        self.lines.iter().map(Range::len).sum()
    }

    /// The words of its first line, mark or label left out.
    pub(super) fn first_text<'a>(&self, source: &'a str, lines: &[Line]) -> &'a str {
        lines[self.first()].text(source).get(self.skip..).unwrap_or("")
    }

    /// The words of its last line.
    pub(super) fn last_text<'a>(&self, source: &'a str, lines: &[Line]) -> &'a str {
        let text = lines[self.last()].text(source);
        if self.first() == self.last() { text.get(self.skip..).unwrap_or("") } else { text }
    }

    /// Columns that its words take up in all; no longer counted beyond what makes a difference.
    pub(super) fn width(&self, lines: &[Line]) -> u32 {
        const ENOUGH: u32 = 1_000;
        let mut width = 0;
        for i in self.lines.iter().flat_map(Clone::clone) {
            width += lines[i].width - lines[i].indent;
            if width > ENOUGH {
                break;
            }
        }
        width
    }
}

/// Cuts a text into parts.
pub(super) fn parts(source: &str, lines: &[Line], wrapping: Wrapping, glued: &Glued) -> Vec<Part> {
    let mut out = Vec::new();
    let mut cutter = Cutter { source, lines, wrapping, glued, out: &mut out, new_page: false };
    let mut i = 0;
    while i < lines.len() {
        if lines[i].furniture {
            cutter.new_page = true;
            i += 1;
            continue;
        }
        cutter.new_page |= lines[i].page;
        if lines[i].is_blank() {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < lines.len() && !lines[end].is_blank() && !lines[end].furniture && !lines[end].page {
            end += 1;
        }
        cutter.chunk(i..end);
        i = end;
    }
    out
}

struct Cutter<'a> {
    source: &'a str,
    lines: &'a [Line],
    wrapping: Wrapping,
    glued: &'a Glued,
    out: &'a mut Vec<Part>,
    new_page: bool,
}

impl Cutter<'_> {
    /// Lines between two empty ones.
    fn chunk(&mut self, range: Range<usize>) {
        let from = self.out.len();
        // A line that only divides or underlines makes no drawing of the words around it.
        let lines = &self.lines[range.clone()];
        let is_rule = |line: &Line| rule(line.text(self.source)).is_some();
        let is_drawing = if lines.iter().any(is_rule) {
            let others: Vec<Line> = lines.iter().filter(|l| !is_rule(l)).cloned().collect();
            !others.is_empty() && columns::is_drawing(self.source, &others)
        } else {
            columns::is_drawing(self.source, lines)
        };
        if is_drawing {
            self.push(PartKind::Code, range, 0);
        } else {
            let mut i = range.start;
            while i < range.end {
                if rule(self.lines[i].text(self.source)).is_some() {
                    i += 1;
                    continue;
                }
                if let Some(sign) = self.underline(i, range.end) {
                    self.push(PartKind::Underlined(sign), i..i + 1, 0);
                    i += 2;
                    continue;
                }
                i = self.table(i, range.end).unwrap_or_else(|| self.line(i, range.clone(), from));
            }
        }
        if let Some(part) = self.out.get_mut(from) {
            part.apart = true;
        }
        if self.out.len() > from
            && let Some(part) = self.out.last_mut()
        {
            part.apart_after = true;
        }
    }

    /// The sign of the line that underlines a short line.
    fn underline(&self, i: usize, end: usize) -> Option<char> {
        let below = self.lines.get(i + 1).filter(|_| i + 1 < end)?;
        let sign = rule(below.text(self.source))?;
        let (width, length) = (self.lines[i].width - self.lines[i].indent, below.width - below.indent);
        let text = self.lines[i].text(self.source);
        // A rule above the rows of a table underlines several words with gaps between them.
        (width <= 100 && length * 10 >= width * 6 && length <= width + 40 && !text.contains("   ")).then_some(sign)
    }

    fn push(&mut self, kind: PartKind, lines: Range<usize>, skip: usize) {
        let new_page = std::mem::take(&mut self.new_page);
        self.out.push(Part { kind, lines: vec![lines], skip, new_page, apart: false, apart_after: false });
    }

    /// A table that begins at a line; gives the line after it.
    fn table(&mut self, from: usize, end: usize) -> Option<usize> {
        let (kind, to) = columns::table(self.source, self.lines, from..end)?;
        self.push(kind, from..to, 0);
        Some(to)
    }

    /// A line of anything else: begins a part or goes on with the last one.
    fn line(&mut self, i: usize, chunk: Range<usize>, first_part: usize) -> usize {
        let line = &self.lines[i];
        let text = line.text(self.source);
        let goes_on = i > chunk.start
            && self.out.len() > first_part
            && self.out.last().is_some_and(|last| {
                last.last() + 1 == i && matches!(last.kind, PartKind::Text | PartKind::Item(_) | PartKind::Note(_))
            });
        if let Some((label, skip)) = self.note_label(i) {
            self.push(PartKind::Note(label), i..i + 1, skip);
            return i + 1;
        }
        if let Some(marker) = marker(text, line.indent > 0)
            && (!goes_on || self.begins_item(i, &marker))
        {
            let skip = marker.skip;
            self.push(PartKind::Item(marker), i..i + 1, skip);
            return i + 1;
        }
        if goes_on && self.continues(i) {
            if let Some(lines) = self.out.last_mut().and_then(|last| last.lines.last_mut()) {
                lines.end = i + 1;
            }
        } else {
            self.push(PartKind::Text, i..i + 1, 0);
        }
        i + 1
    }

    /// The label of a note that begins at a line, and the bytes up to its words.
    fn note_label(&self, i: usize) -> Option<(String, usize)> {
        let text = self.lines[i].text(self.source);
        if let Some(found) = self.glued.note_at(i) {
            return Some(found.clone());
        }
        let (label, length) = match raised_figures(text) {
            Some(found) => found,
            None => {
                let label = bracketed_number(text)?;
                (label.to_owned(), label.len() + 2)
            }
        };
        let rest = text[length..].trim_start();
        let bracket = text.starts_with('[');
        if rest.is_empty() || bracket && !text[length..].starts_with(char::is_whitespace) {
            return None;
        }
        Some((label, text.len() - rest.len()))
    }

    /// Whether a mark inside a paragraph begins an item, and does not stand there because a line was broken.
    fn begins_item(&self, i: usize, marker: &Marker) -> bool {
        let Some(last) = self.out.last() else { return true };
        let before = self.lines[i - 1].text(self.source);
        match (&last.kind, &marker.kind) {
            (PartKind::Item(open), MarkerKind::Bullet(sign)) if open.kind == MarkerKind::Bullet(*sign) => {
                self.lines[i].indent <= self.lines[last.first()].indent + 1 || is_finished(before) || self.is_short(i)
            }
            (PartKind::Item(open), MarkerKind::Ordered { around, count }) => match &open.kind {
                MarkerKind::Ordered { around: a, count: c } if a == around => count.follows(*c) || count.is_first(),
                _ => count.is_first() || is_finished(before),
            },
            (_, MarkerKind::Ordered { count, .. }) => count.is_first() && (is_finished(before) || self.is_short(i)),
            _ => is_finished(before) || self.is_short(i),
        }
    }

    /// Whether the words of a line would have fitted into the line before, with room to spare.
    fn is_short(&self, i: usize) -> bool {
        let Wrapping::At(width) = self.wrapping else { return true };
        let word = self.lines[i].text(self.source).split_whitespace().next().unwrap_or("");
        let needed = self.lines[i - 1].width as usize + 1 + word.chars().count();
        needed * 100 <= width as usize * 92
    }

    /// Whether a line goes on with the sentence or paragraph of the line before.
    fn continues(&self, i: usize) -> bool {
        let (before, line) = (&self.lines[i - 1], &self.lines[i]);
        let (before_text, text) = (before.text(self.source), line.text(self.source));
        if text.starts_with("# ") || text.starts_with("##") {
            return false;
        }
        // Letterheads: words at both margins, each line for itself.
        if before_text.contains("     ") && text.contains("     ") {
            return false;
        }
        let Wrapping::At(width) = self.wrapping else {
            return begins_small(text) && !is_finished(before_text);
        };
        if !self.is_short(i) {
            // A paragraph may begin with an indented line and without an empty one.
            let first_of_part = self.out.last().is_some_and(|p| p.last() == p.first());
            let indented = line.indent >= before.indent + 2 && !first_of_part;
            return !(indented && is_finished(before_text));
        }
        if begins_small(text) && !is_finished(before_text) {
            return true;
        }
        !is_finished(before_text) && before.width * 100 >= width * 60
    }
}

/// The sign that a line consists of, when it only divides or underlines.
fn rule(text: &str) -> Option<char> {
    let sign = text.chars().next()?;
    let is_rule = matches!(sign, '=' | '-' | '~' | '^' | '*' | '_' | '#' | '—' | '─' | '═' | '.')
        && text.chars().all(|c| c == sign)
        && text.chars().nth(2).is_some()
        && !(sign == '.' && text.len() < 10);
    is_rule.then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn kinds(source: &str, wrapping: Wrapping) -> Vec<(String, usize)> {
        let read = lines::lines(source);
        parts(source, &read, wrapping, &Glued::default())
            .iter()
            .map(|p| (format!("{:?}", p.kind).chars().take_while(|c| c.is_alphabetic()).collect(), p.line_count()))
            .collect()
    }

    #[test]
    fn joins_wrapped_lines_and_cuts_at_marks() {
        let source =
            "The farms keep sheep and some\nof them keep goats:\n- sheep on the hill and on the\nmoor\n- goats\n";
        let expected = [("Text".to_owned(), 2), ("Item".to_owned(), 2), ("Item".to_owned(), 1)];
        assert_eq!(kinds(source, Wrapping::At(31)), expected);
    }

    #[test]
    fn leaves_marks_that_a_broken_line_brings_to_the_front() {
        let source = "We counted the sheep of valley\n2. It took until the evening of\n3. May and later\n";
        assert_eq!(kinds(source, Wrapping::At(32)), [("Text".to_owned(), 3)]);
    }

    #[test]
    fn reads_underlined_headings_and_drops_rules() {
        let source = "Wells\n=====\nThey ran dry.\n\n----------\n\nMore\n----\n";
        let expected = [("Underlined".to_owned(), 1), ("Text".to_owned(), 1), ("Underlined".to_owned(), 1)];
        assert_eq!(kinds(source, Wrapping::At(60)), expected);
    }

    #[test]
    fn reads_notes_one_below_the_other() {
        let source = "¹ First note.\n² Second note.\n[3] Third note.\n";
        assert_eq!(kinds(source, Wrapping::Long).len(), 3);
    }
}
