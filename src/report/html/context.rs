//! The places of a finding in their context: the paragraph or the rows of the table around them, marked.
//!
//! Places in one paragraph or table share one excerpt. Each place has a number, so that the marks and what is said
//! of them are tied together without colour.

use super::markup::{escape_into, escaped};
use crate::diagnostic::Label;
use crate::document::{BlockId, BlockKind, Document, Table};
use crate::report::place::Places;
use crate::report::{Report, path};
use crate::span::FileId;
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// How many characters are shown before and after a mark.
const AROUND: usize = 220;

/// How many rows of a table are shown when all of them are.
const WHOLE_TABLE: usize = 12;

/// How many columns are shown when all of them are.
const WHOLE_ROW: usize = 9;

/// How many places of one finding are shown; the others are counted.
const SHOWN: usize = 24;

/// The documents of a report, asked about places again and again.
pub(super) struct Contexts<'r, 'a> {
    report: &'r Report<'a>,
    folder: &'r str,
    places: FxHashMap<FileId, Places<'a>>,
}

/// What an excerpt shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Table(FileId, u32),
    Block(FileId, BlockId),
    Line(FileId, usize),
}

impl<'r, 'a> Contexts<'r, 'a> {
    pub(super) fn new(report: &'r Report<'a>, folder: &'r str) -> Self {
        Self { report, folder, places: FxHashMap::default() }
    }

    /// Appends all places of a finding.
    pub(super) fn write(&mut self, labels: &[Label], out: &mut String) {
        let mut groups: Vec<(Around, Vec<usize>)> = Vec::new();
        for (n, label) in labels.iter().enumerate().take(SHOWN) {
            let around = self.around(label);
            match groups.iter_mut().find(|(other, _)| *other == around) {
                Some((_, members)) => members.push(n),
                None => groups.push((around, vec![n])),
            }
        }
        let several = if groups.len() > 1 { " several" } else { "" };
        let _ = writeln!(out, "<div class=\"places{several}\">");
        for (around, members) in &groups {
            self.excerpt(*around, members, labels, out);
        }
        out.push_str("</div>\n");
        if labels.len() > SHOWN {
            let _ = writeln!(out, "<p class=\"more\">and {} more places</p>", labels.len() - SHOWN);
        }
    }

    fn document(&self, file: FileId) -> Option<&'a Document> {
        let analyses: &'a [_] = self.report.analyses;
        analyses.get(file.0 as usize).map(|a| &a.document)
    }

    fn places(&mut self, file: FileId) -> Option<&Places<'a>> {
        let document = self.document(file)?;
        Some(self.places.entry(file).or_insert_with(|| Places::new(document)))
    }

    fn around(&mut self, label: &Label) -> Around {
        let file = label.span.file;
        let block = self.places(file).and_then(|places| places.holder(label.span));
        match (block, self.document(file)) {
            (Some(id), Some(document)) => match document.block(id).kind {
                BlockKind::Cell { table, .. } => Around::Table(file, table),
                _ => Around::Block(file, id),
            },
            _ => Around::Line(file, self.report.sources.get(file).line_of(label.span.start)),
        }
    }

    fn excerpt(&mut self, around: Around, members: &[usize], labels: &[Label], out: &mut String) {
        let first = &labels[members[0]];
        let file = first.span.file;
        let source = self.report.sources.get(file);
        let document = self.document(file);
        let mut place = self.places(file).map_or(String::new(), |places| places.of(first.span));
        if let (Around::Table(_, table), [_, _, ..], Some(document)) = (around, members, document) {
            // The cells are named one by one.
            let sheet = document.tables[table as usize].sheet.as_ref().map(|sheet| sheet.name.clone());
            place = sheet.unwrap_or_else(|| format!("table {}", table + 1));
        }
        out.push_str("<figure class=\"place\">\n<figcaption>");
        let _ = write!(out, "<span class=\"file\">{}</span>", escaped(super::short(&path(source), self.folder)));
        if !place.is_empty() {
            let _ = write!(out, " <span class=\"where\">{}</span>", escaped(&place));
        }
        out.push_str("</figcaption>\n");
        match (around, document) {
            (Around::Table(_, table), Some(document)) => {
                let mut holder = |n: usize| self.places(file).and_then(|places| places.holder(labels[n].span));
                let cells: Vec<(usize, BlockId)> =
                    members.iter().filter_map(|&n| holder(n).map(|id| (n, id))).collect();
                grid(document, table, &cells, labels, out);
            }
            (Around::Block(_, id), Some(document)) => {
                let block = document.block(id);
                let marks = members.iter().map(|&n| (n, block.text.range(labels[n].span))).collect();
                let sentence = block.text.range(first.within);
                quote(&block.text.string, sentence, marks, block.kind == BlockKind::Code, out);
            }
            _ => {
                let line = source.line_range(source.line_of(first.span.start));
                let within = |at: u32| (at as usize).clamp(line.start, line.end) - line.start;
                let mark = |&n: &usize| (n, within(labels[n].span.start)..within(labels[n].span.end));
                let marks = members.iter().map(mark).collect();
                quote(&source.text[line.clone()], 0..line.len(), marks, true, out);
            }
        }
        out.push_str("<ul class=\"said\">\n");
        for &n in members {
            let label = &labels[n];
            let at = source.line_column(label.span.start);
            let raw = crate::report::fold(source.slice(label.span));
            let said = if label.message.is_empty() || label.message == raw {
                let seen = self.places(file).and_then(|places| places.seen(label.within, label.span));
                seen.map_or(raw, |(words, _)| words.to_owned())
            } else {
                label.message.clone()
            };
            let cell = if matches!(around, Around::Table(..)) && members.len() > 1 {
                self.places(file).map_or(String::new(), |places| format!("{}, ", places.of(label.span)))
            } else {
                String::new()
            };
            let _ = writeln!(
                out,
                "<li>{} <span class=\"message\">{}</span> <span class=\"line\">{}line {}, column {}</span></li>",
                number(n),
                escaped(&said),
                escaped(&cell),
                at.line,
                at.column
            );
        }
        out.push_str("</ul>\n</figure>\n");
    }
}

/// The number of a place.
fn number(n: usize) -> String {
    format!("<b class=\"n\"><span class=\"aside\">place </span>{}</b>", n + 1)
}

/// A paragraph with its marks, cut to what stands around them. The words outside of the sentence are set back.
fn quote(text: &str, sentence: Range<usize>, marks: Vec<(usize, Range<usize>)>, code: bool, out: &mut String) {
    let (open, close) = if code {
        ("<pre class=\"quote\" dir=\"auto\">", "</pre>\n")
    } else {
        ("<blockquote class=\"quote\" dir=\"auto\"><p>", "</p></blockquote>\n")
    };
    out.push_str(open);
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut sorted = marks;
    sorted.sort_by_key(|(n, at)| (at.start, at.end, *n));
    for (_, at) in &sorted {
        let window = back(text, at.start)..on(text, at.end);
        match windows.last_mut() {
            Some(last) if window.start <= last.end + 40 => last.end = last.end.max(window.end),
            _ => windows.push(window),
        }
    }
    for (n, window) in windows.iter().enumerate() {
        if n > 0 || window.start > 0 {
            out.push_str(if n > 0 { " … " } else { "… " });
        }
        marked(text, window.clone(), &sentence, &sorted, out);
    }
    if windows.last().is_some_and(|w| w.end < text.len()) {
        out.push_str(" …");
    }
    out.push_str(close);
}

/// The words of a window, those outside of the sentence set back, with the marks in it.
fn marked(
    text: &str,
    window: Range<usize>,
    sentence: &Range<usize>,
    marks: &[(usize, Range<usize>)],
    out: &mut String,
) {
    let plain = |from: usize, to: usize, out: &mut String| {
        let cut = |at: usize| at.clamp(from, to);
        let (start, end) = (cut(sentence.start), cut(sentence.end));
        for (part, aside) in [(from..start, true), (start..end, false), (end..to, true)] {
            let words = text.get(part).unwrap_or("");
            if words.is_empty() {
                continue;
            }
            if aside {
                out.push_str("<span class=\"around\">");
            }
            escape_into(out, words);
            if aside {
                out.push_str("</span>");
            }
        }
    };
    let mut at = window.start;
    let mut rest = marks.iter().filter(|(_, m)| m.start >= window.start && m.end <= window.end).peekable();
    while let Some((n, mark)) = rest.next() {
        let mut numbers = number(*n);
        let (start, mut end) = (mark.start.max(at), mark.end.max(at));
        // Marks that overlap become one with both numbers.
        while let Some((other, next)) = rest.peek().filter(|(_, next)| next.start < end) {
            numbers.push_str(&number(*other));
            end = end.max(next.end);
            rest.next();
        }
        plain(at, start, out);
        let _ = write!(out, "<mark>{numbers}");
        escape_into(out, text.get(start..end).unwrap_or(""));
        out.push_str("</mark>");
        at = end;
    }
    plain(at, window.end.max(at), out);
}

/// The rows of a table that hold the places, with its heads; all rows when it is short.
fn grid(document: &Document, index: u32, cells: &[(usize, BlockId)], labels: &[Label], out: &mut String) {
    let table = &document.tables[index as usize];
    let mut marks: FxHashMap<BlockId, Vec<usize>> = FxHashMap::default();
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for &(n, id) in cells {
        let BlockKind::Cell { row, col, .. } = document.block(id).kind else { continue };
        marks.entry(id).or_default().push(n);
        rows.push(row as usize);
        columns.push(col as usize);
    }
    let heads = (table.head_rows as usize).min(3);
    let rows = chosen(table.rows.len(), WHOLE_TABLE, heads.max(1), &rows);
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let columns = chosen(width, WHOLE_ROW, 1, &columns);
    out.push_str(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"rows of the table\"><table class=\"grid\">\n",
    );
    if let Some(caption) = table.caption {
        let caption = &document.block(caption).text.string;
        let shown: String = caption.chars().take(200).collect();
        let dots = if shown.len() < caption.len() { "…" } else { "" };
        let _ = writeln!(out, "<caption dir=\"auto\">{}{dots}</caption>", escaped(&shown));
    }
    let mut before = None;
    for &row in &rows {
        if before.is_some_and(|b| b + 1 < row) {
            let missing = row - before.unwrap_or(0) - 1;
            let span = columns.len() + 1;
            let _ = writeln!(
                out,
                "<tr class=\"gap\"><td colspan=\"{span}\">… {} …</td></tr>",
                crate::report::count(missing, "row")
            );
        }
        before = Some(row);
        line(document, table, row, &columns, &marks, labels, out);
    }
    if before.is_some_and(|b| b + 1 < table.rows.len()) {
        let missing = table.rows.len() - before.unwrap_or(0) - 1;
        let span = columns.len() + 1;
        let _ = writeln!(
            out,
            "<tr class=\"gap\"><td colspan=\"{span}\">… {} …</td></tr>",
            crate::report::count(missing, "row")
        );
    }
    out.push_str("</table></div>\n");
}

/// One row of a table.
fn line(
    document: &Document,
    table: &Table,
    row: usize,
    columns: &[usize],
    marks: &FxHashMap<BlockId, Vec<usize>>,
    labels: &[Label],
    out: &mut String,
) {
    let cells = &table.rows[row];
    let head = row < table.head_rows as usize;
    out.push_str("<tr>");
    let mut n = 0;
    while n < columns.len() {
        let column = columns[n];
        if n > 0 && columns[n - 1] + 1 < column {
            out.push_str("<td class=\"gap\">…</td>");
        }
        let id = cells.get(column).copied().flatten();
        let mut span = 1;
        while id.is_some()
            && columns.get(n + span).is_some_and(|&c| c == column + span && cells.get(c).copied().flatten() == id)
        {
            span += 1;
        }
        n += span;
        let wide = if span > 1 { format!(" colspan=\"{span}\"") } else { String::new() };
        let tag = match (head, column) {
            (true, _) => format!("th scope=\"col\"{wide}"),
            (false, 0) => format!("th scope=\"row\"{wide}"),
            _ => format!("td{wide}"),
        };
        let _ = write!(out, "<{tag} dir=\"auto\">");
        if let Some(id) = id {
            let text = &document.block(id).text;
            match marks.get(&id) {
                Some(members) => {
                    let mut at: Vec<(usize, Range<usize>)> =
                        members.iter().map(|&n| (n, text.range(labels[n].span))).collect();
                    at.sort_by_key(|(n, at)| (at.start, at.end, *n));
                    let last = at.iter().map(|(_, at)| at.end).max().unwrap_or(0);
                    let window = back(&text.string, at[0].1.start)..on(&text.string, last);
                    marked(&text.string, window.clone(), &window, &at, out);
                }
                None => escape_into(out, &text.string[..on(&text.string, 0)]),
            }
        }
        let _ = write!(out, "</{}>", &tag[..2]);
    }
    out.push_str("</tr>\n");
}

/// Which of `all` rows or columns are shown: all when they are few, else the first ones and those that hold places,
/// with their neighbours.
fn chosen(all: usize, few: usize, first: usize, wanted: &[usize]) -> Vec<usize> {
    if all <= few {
        return (0..all).collect();
    }
    let near = wanted.iter().flat_map(|&n| n.saturating_sub(1)..=n + 1);
    let mut chosen: Vec<usize> = (0..first).chain(near).filter(|&n| n < all).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// A place before `at` where a window begins: the beginning of a word.
fn back(text: &str, at: usize) -> usize {
    let Some((cut, _)) = text[..at].char_indices().rev().nth(AROUND) else { return 0 };
    text[cut..at].find(char::is_whitespace).map_or(cut, |blank| {
        let blank = cut + blank;
        blank + text[blank..at].chars().next().map_or(0, char::len_utf8)
    })
}

/// A place behind `at` where a window ends: the end of a word.
fn on(text: &str, at: usize) -> usize {
    let Some((cut, _)) = text[at..].char_indices().nth(AROUND) else { return text.len() };
    let cut = at + cut;
    text[at..cut].rfind(char::is_whitespace).filter(|&blank| blank > 0).map_or(cut, |blank| at + blank)
}

#[cfg(test)]
mod tests {
    use super::{chosen, quote};

    fn quoted(text: &str, sentence: &str, marks: &[&str]) -> String {
        let at = |part: &str| {
            let start = text.find(part).expect("the part is in the text");
            start..start + part.len()
        };
        let mut out = String::new();
        let marks = marks.iter().enumerate().map(|(n, part)| (n, at(part))).collect();
        quote(text, at(sentence), marks, false, &mut out);
        out
    }

    #[test]
    fn reads_marks_in_a_sentence_and_its_neighbours() {
        let out = quoted("One. Of 43 <men> 37 came. Two.", "Of 43 <men> 37 came.", &["43", "37"]);
        assert_eq!(
            out.replace("<span class=\"aside\">place </span>", "").trim(),
            "<blockquote class=\"quote\" dir=\"auto\"><p><span class=\"around\">One. </span>Of <mark><b class=\"n\">1</b>43</mark> \
             &lt;men&gt; <mark><b class=\"n\">2</b>37</mark> came.<span class=\"around\"> Two.</span></p></blockquote>"
        );
    }

    #[test]
    fn reads_marks_that_overlap_as_one() {
        let out = quoted("all 43 men came", "all 43 men came", &["43", "43 men"]);
        assert_eq!(out.matches("<mark>").count(), 1);
        assert!(out.contains("43 men</mark>"), "{out}");
    }

    #[test]
    fn reads_windows_of_long_paragraphs() {
        let text = format!("{}43{}37{}", "before ".repeat(90), " between ".repeat(90), " after".repeat(90));
        let out = quoted(&text, &text, &["43", "37"]);
        assert!(out.contains("<p>… before"), "{out}");
        assert!(out.contains(" … ") && out.contains("after …</p>") && out.len() < 1400, "{}", out.len());
    }

    #[test]
    fn reads_the_rows_around_places() {
        assert_eq!(chosen(5, 12, 1, &[3]), [0, 1, 2, 3, 4]);
        assert_eq!(chosen(40, 12, 2, &[20, 39]), [0, 1, 19, 20, 21, 38, 39]);
    }
}
