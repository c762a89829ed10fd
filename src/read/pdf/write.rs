//! Lines of pages → the text that places count in, and blocks that point into it.

use super::lines::{Line, Word};
use super::page::Stroke;
use super::paragraphs::{Paragraph, Role, notes, paragraphs, usual};
use super::tables::{self, Cell, Grid};
use super::{Boxes, WordBox, direction, marker, settle};
use crate::document::{Document, Style};
use crate::read::build::{Builder, LeafKind};
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A word in the text.
struct Written {
    /// Bytes of the text.
    at: Range<u32>,
    /// Whether it is raised and no figure, so that only its place tells.
    raised: bool,
    bold: bool,
}

/// Where a line stands in the text: its words, stretch by stretch.
type Places = Vec<Vec<Written>>;

/// Writes the text and builds the document.
pub(super) fn write(
    lines: &mut Vec<Line>,
    strokes: &[Vec<Stroke>],
    pages: usize,
    document: &mut Document,
    boxes: &mut Boxes,
) -> String {
    let usual = usual(lines);
    let grids = tables::find(lines, strokes);
    let mut taken = vec![false; lines.len()];
    for grid in &grids {
        taken[grid.lines.clone()].fill(true);
    }
    let rules: Vec<Vec<(f64, f64, f64)>> =
        strokes.iter().map(|s| s.iter().filter(|s| s.level).map(|s| (s.at, s.from, s.to)).collect()).collect();
    let is_note = notes(lines, &taken, &rules, usual);
    raise_labels(lines, &is_note);
    let paragraphs = paragraphs(lines, &taken, &is_note, usual);
    direction::order(lines);
    let (text, places) = text(lines, &taken, pages, document, boxes);
    let mut writer = Writer {
        text: &text,
        lines,
        places,
        build: Builder::new(document),
        lists: Vec::new(),
        words: dictionary(&text),
    };
    // Blocks come in the order of their first lines.
    let mut next_grid = grids.iter().peekable();
    let mut heads: FxHashSet<String> = FxHashSet::default();
    let apart = lines_apart(writer.lines, &mut heads);
    for paragraph in &paragraphs {
        while let Some(grid) = next_grid.next_if(|g| g.lines.start < paragraph.lines[0]) {
            writer.table(grid);
        }
        writer.paragraph(paragraph);
    }
    for grid in next_grid {
        writer.table(grid);
    }
    writer.close_lists(f64::NEG_INFINITY);
    for line in apart {
        writer.paragraph(&Paragraph { role: Role::Apart, lines: vec![line] });
    }
    let raised = writer.build.finish();
    settle(document, raised);
    document.generated = true;
    document.tagged = true;
    text
}

/// The running heads, each once.
fn lines_apart(lines: &[Line], seen: &mut FxHashSet<String>) -> Vec<usize> {
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.artifact) {
        let text = line.text();
        let bare: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        if bare.chars().count() >= 4 && seen.insert(bare) {
            out.push(i);
        }
    }
    out
}

/// Labels before notes count as raised, as their marks in the text are.
fn raise_labels(lines: &mut [Line], is_note: &[bool]) {
    for (line, _) in lines.iter_mut().zip(is_note).filter(|(_, note)| **note) {
        if !super::paragraphs::begins_note(line) {
            continue;
        }
        if let Some(word) = line.stretches.first_mut().and_then(|s| s.words.first_mut()) {
            word.raised = true;
            let bare = word.text.trim_end_matches(['.', ')']).len();
            word.text.truncate(bare);
        }
    }
}

/// Writes all lines; a form feed stands between pages.
fn text(
    lines: &[Line],
    taken: &[bool],
    pages: usize,
    document: &mut Document,
    boxes: &mut Boxes,
) -> (String, Vec<Places>) {
    let mut text = String::new();
    let mut all = Vec::with_capacity(lines.len());
    let mut page = 0;
    for (i, line) in lines.iter().enumerate() {
        while page < line.page {
            page += 1;
            text.push('\u{c}');
            document.pages.push(text.len() as u32);
        }
        document.lines.push(text.len() as u32);
        let mut places = Vec::with_capacity(line.stretches.len());
        for (n, stretch) in line.stretches.iter().enumerate() {
            if n > 0 {
                text.push_str(if taken[i] { " | " } else { "  " });
            }
            let mut written = Vec::with_capacity(stretch.words.len());
            for (w, word) in stretch.words.iter().enumerate() {
                if w > 0 && !word.tight {
                    text.push(' ');
                }
                let start = text.len() as u32;
                let figures = word.raised && word.text.chars().all(|c| c.is_ascii_digit());
                if figures {
                    text.extend(word.text.chars().map(superscript));
                } else {
                    text.push_str(&word.text);
                }
                let at = start..text.len() as u32;
                // What runs another way cannot be marked on the page.
                let page = if line.turned { u32::MAX } else { line.page as u32 };
                boxes.words.push(WordBox { text: at.clone(), page, edges: edges(word) });
                written.push(Written { at, raised: word.raised && !figures, bold: word.bold });
            }
            places.push(written);
        }
        text.push('\n');
        all.push(places);
    }
    while page + 1 < pages {
        page += 1;
        text.push('\u{c}');
        document.pages.push(text.len() as u32);
    }
    (text, all)
}

fn edges(word: &Word) -> [f64; 4] {
    [word.x.start, word.y - 0.8 * word.size, word.x.end, word.y + 0.22 * word.size]
}

fn superscript(c: char) -> char {
    match c {
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '0' | '4'..='9' => char::from_u32(0x2070 + (c as u32 - '0' as u32)).unwrap_or(c),
        c => c,
    }
}

/// The words of the text, to know whether the hyphen at the end of a line belongs to the word. Halves at the ends of
/// lines are in it too, which does no harm.
fn dictionary(text: &str) -> FxHashMap<String, u32> {
    let mut words: FxHashMap<String, u32> = FxHashMap::default();
    if !text.contains("-\n") && !text.contains("\u{2010}\n") && !text.contains("\u{ad}\n") {
        return words;
    }
    for word in text.split(|c: char| !(c.is_alphabetic() || c == '-')).filter(|w| !w.is_empty() && !w.ends_with('-')) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

struct Writer<'t, 'd> {
    text: &'t str,
    lines: &'t [Line],
    places: Vec<Places>,
    build: Builder<'d>,
    /// Open lists: where their marks stand, in points from the edge of the region, and whether they count.
    lists: Vec<(f64, bool)>,
    words: FxHashMap<String, u32>,
}

impl Writer<'_, '_> {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let first = &self.lines[paragraph.lines[0]];
        let at = self.places[paragraph.lines[0]].first().and_then(|s| s.first()).map_or(0, |w| w.at.start);
        let mut skip = 0;
        match paragraph.role {
            Role::Item => {
                let text = first.text();
                let mark = marker(&text).unwrap_or("").to_owned();
                let ordered = mark.chars().any(char::is_alphanumeric);
                self.open_item(first.start(), ordered);
                let end = at + mark.len() as u32;
                self.build.open_item(&mark, Span::new(self.build.document.file, at, end));
                self.build.open_leaf(LeafKind::Running, end);
                skip = end;
            }
            role => {
                if matches!(role, Role::Heading(_) | Role::Contents | Role::Apart) {
                    self.close_lists(f64::NEG_INFINITY);
                } else if role != Role::Note {
                    // A paragraph that is set in as the words of an item are belongs to it.
                    self.close_lists(first.start() - 3.0);
                }
                let kind = match role {
                    Role::Heading(level) => LeafKind::Heading(level),
                    Role::Contents => LeafKind::Contents,
                    Role::Caption => LeafKind::Caption,
                    Role::Apart => LeafKind::Meta,
                    _ => LeafKind::Running,
                };
                self.build.open_leaf(kind, at);
            }
        }
        let words: Vec<(usize, usize)> =
            paragraph.lines.iter().flat_map(|&l| (0..self.places[l].len()).map(move |s| (l, s))).collect();
        self.fill(&words, skip);
        self.build.close_leaf();
    }

    /// Puts the words of stretches into the block that is open. What stands before `skip` is left out.
    fn fill(&mut self, stretches: &[(usize, usize)], skip: u32) {
        let mut before: Option<(usize, Range<u32>)> = None;
        for (n, &(line, stretch)) in stretches.iter().enumerate() {
            let written = &self.places[line][stretch];
            for (w, word) in written.iter().enumerate() {
                let mut at = word.at.clone();
                if at.end <= skip {
                    continue;
                }
                at.start = at.start.max(skip);
                let next_line = before.as_ref().is_some_and(|(l, _)| *l != line);
                if let Some((_, last)) = &before
                    && !(next_line && self.text[..last.end as usize].ends_with('\u{ad}'))
                    && last.end < at.start
                    && !self.joins(last.clone(), &at, next_line)
                {
                    self.build.leaf().line_break(last.end);
                }
                // The hyphen of a divided word is left out when it only divides.
                let is_last = w + 1 == written.len();
                let next = stretches.get(n + 1).filter(|(l, _)| *l != line);
                if is_last
                    && let Some(&(l, s)) = next
                    && let Some(follows) = self.places[l][s].first()
                    && let Some(hyphen) = self.soft_hyphen(&at, &follows.at)
                {
                    at.end -= hyphen;
                }
                let leaf = self.build.leaf();
                if word.raised {
                    leaf.raise();
                }
                if word.bold {
                    leaf.enter(Style::Strong, at.start);
                }
                leaf.copied(&self.text[at.start as usize..at.end as usize], at.start);
                if word.bold {
                    leaf.leave(Style::Strong);
                }
                if word.raised {
                    leaf.lower();
                }
                before = Some((line, word.at.clone()));
            }
        }
    }

    /// Whether a word goes on at the start of the next line.
    fn joins(&self, last: Range<u32>, next: &Range<u32>, next_line: bool) -> bool {
        next_line && self.divided(&last, next).is_some()
    }

    /// The two halves of a word that a line end divides.
    fn divided(&self, last: &Range<u32>, next: &Range<u32>) -> Option<(&str, &str)> {
        let word = &self.text[last.start as usize..last.end as usize];
        let stem = word.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
        let left = &stem[stem.trim_end_matches(char::is_alphabetic).len()..];
        let after = &self.text[next.start as usize..next.end as usize];
        let right = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
        (!left.is_empty() && right.starts_with(char::is_lowercase)).then_some((left, right))
    }

    /// The length of a hyphen that is no part of its word.
    fn soft_hyphen(&self, last: &Range<u32>, next: &Range<u32>) -> Option<u32> {
        let (left, right) = self.divided(last, next)?;
        let hyphen = self.text[..last.end as usize].chars().next_back().map_or(0, char::len_utf8) as u32;
        let count = |word: String| self.words.get(&word.to_lowercase()).copied().unwrap_or(0);
        let (joined, kept) = (count(format!("{left}{right}")), count(format!("{left}-{right}")));
        (kept == 0 || joined > kept).then_some(hyphen)
    }

    /// Goes into the list that an item with its mark at this place belongs to.
    fn open_item(&mut self, x: f64, ordered: bool) {
        while let Some(&(open, counts)) = self.lists.last() {
            if open > x + 4.0 || (open - x).abs() <= 4.0 && counts != ordered {
                self.build.go_out();
                self.build.go_out();
                self.lists.pop();
            } else if (open - x).abs() <= 4.0 {
                self.build.go_out();
                return;
            } else {
                break;
            }
        }
        self.build.open_list(ordered);
        self.lists.push((x, ordered));
    }

    /// Leaves the lists whose marks stand at `x` or further in.
    fn close_lists(&mut self, x: f64) {
        while self.lists.last().is_some_and(|&(open, _)| open >= x) {
            self.build.go_out();
            self.build.go_out();
            self.lists.pop();
        }
    }

    fn table(&mut self, grid: &Grid) {
        self.close_lists(f64::NEG_INFINITY);
        self.build.open_table();
        for row in &grid.rows {
            self.build.open_row();
            for Cell { columns, parts } in row {
                self.build.open_cell(1, *columns);
                self.fill(parts, 0);
                self.build.close_cell();
            }
            self.build.close_row();
        }
        if let Some(table) = self.build.table() {
            table.head_rows = grid.head_rows;
        }
        self.build.close_table();
    }
}
