//! Findings for people, with the places marked in the text.

use super::place::Places;
use super::table::wrap;
use super::window::{Mark, Sheet, visible};
use super::{Report, count, path};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Origin, Sources};
use crate::span::{FileId, Span};
use codespan_reporting::diagnostic as shown;
use codespan_reporting::files::{Error as FilesError, Files, Location};
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{self, Config, Styles, StylesWriter};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{self, Write};
use std::ops::Range;

/// The width used when there is no terminal to ask.
pub const DEFAULT_WIDTH: usize = 100;

/// How many places of one finding are drawn; the others are named in a note.
const DRAWN: usize = 6;

/// How to draw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to write ANSI colours.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: DEFAULT_WIDTH, color: false }
    }
}

/// Writes the findings and the summary.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut places: FxHashMap<FileId, Places<'_>> = FxHashMap::default();
    let mut place = |label: &Label| {
        let analysis = report.analyses.get(label.span.file.0 as usize)?;
        let source = report.sources.get(label.span.file);
        // Lines that only recount can show say little to a person.
        (source.origin == Origin::Rendered && analysis.document.tagged)
            .then(|| places.entry(label.span.file).or_insert_with(|| Places::new(&analysis.document)).of(label.span))
    };
    findings(report.sources, report.shown(), look, &mut place, out)?;
    summary(report, out)
}

/// Draws findings without colour, as for a page of documentation or a snapshot.
#[must_use]
pub fn render(sources: &Sources, diagnostics: &[Diagnostic], width: usize) -> String {
    let mut out = Vec::new();
    findings(sources, diagnostics.iter(), Look { width, color: false }, &mut |_| None, &mut out)
        .expect("because writing to memory does not fail");
    String::from_utf8_lossy(&out).into_owned()
}

fn findings<'a>(
    sources: &Sources,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    look: Look,
    place: PlaceOf<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if look.color {
        return draw_all(sources, diagnostics, look, place, &mut Ansi::new(out));
    }
    for diagnostic in diagnostics {
        let mut drawn = Vec::new();
        draw_all(sources, std::iter::once(diagnostic), look, place, &mut NoColor::new(&mut drawn))?;
        // The renderer fills lines under a label with blanks.
        for line in String::from_utf8_lossy(&drawn).lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

fn draw_all<'a>(
    sources: &Sources,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    look: Look,
    place: PlaceOf<'_>,
    out: &mut dyn WriteColor,
) -> io::Result<()> {
    let styles = Styles::default();
    let mut writer = StylesWriter::new(out, &styles);
    // Lines before and after a label are computed by the renderer without asking for their true numbers.
    let config = Config { before_label_lines: 0, after_label_lines: 0, ..Config::default() };
    for diagnostic in diagnostics {
        let page = Page::new(sources, diagnostic, look.width, place);
        term::emit_to_write_style(&mut writer, &config, &page, &page.diagnostic).map_err(|error| match error {
            FilesError::Io(error) => error,
            error => io::Error::other(error.to_string()),
        })?;
    }
    Ok(())
}

/// Where a person looks for a place, when its line and column do not say.
type PlaceOf<'p> = &'p mut dyn FnMut(&Label) -> Option<String>;

/// One finding, laid out: the windows of every file that it has drawn places in.
struct Page {
    sheets: Vec<(String, Sheet)>,
    diagnostic: shown::Diagnostic<usize>,
}

impl Page {
    fn new(sources: &Sources, diagnostic: &Diagnostic, width: usize, place: PlaceOf<'_>) -> Self {
        let (drawn, others) = choose(&diagnostic.labels);
        let mut files: Vec<FileId> = Vec::new();
        for label in &drawn {
            if !files.contains(&label.span.file) {
                files.push(label.span.file);
            }
        }
        let last_line = drawn.iter().map(|l| sources.get(l.span.file).line_of(l.span.end) + 1).max().unwrap_or(1);
        let gutter = last_line.to_string().len();
        let mut sheets = Vec::new();
        let mut labels: Vec<(usize, shown::Label<usize>)> = Vec::new();
        for (n, &file) in files.iter().enumerate() {
            let source = sources.get(file);
            let here: Vec<(usize, &&Label)> = drawn.iter().enumerate().filter(|(_, l)| l.span.file == file).collect();
            let marks: Vec<Mark> =
                here.iter().map(|(_, l)| Mark { range: l.span.range(), room: l.message.chars().count() + 1 }).collect();
            let sheet = Sheet::new(source, &marks, width.saturating_sub(gutter + 3));
            let mut said: Vec<String> = sheet
                .stretches
                .iter()
                .map(|s| if s.last { harmless(&here[s.mark].1.message) } else { String::new() })
                .collect();
            thin_out(&sheet, &mut said);
            for (stretch, message) in sheet.stretches.iter().zip(said) {
                let order = here[stretch.mark].0;
                let style = if order == 0 { shown::LabelStyle::Primary } else { shown::LabelStyle::Secondary };
                labels.push((order, shown::Label::new(style, n, stretch.range.clone()).with_message(message)));
            }
            sheets.push((harmless(&path(source)), sheet));
        }
        // The renderer shows files in the order of their first label.
        labels.sort_by_key(|(order, _)| *order);
        let severity = match diagnostic.severity {
            Severity::Note => shown::Severity::Note,
            Severity::Warning => shown::Severity::Warning,
            Severity::Error => shown::Severity::Error,
        };
        let mut notes = Vec::new();
        if let Some(more) = more_places(sources, &drawn, &others) {
            notes.push(more);
        }
        notes.extend(where_to_look(sources, &drawn, place));
        notes.extend(diagnostic.notes.iter().map(|note| harmless(note)));
        notes.extend(diagnostic.help.iter().map(|help| format!("help: {}", harmless(help))));
        let decided = diagnostic.fixes.iter().filter(|fix| fix.choice.is_none());
        notes.extend(decided.map(|fix| format!("fix: {} (`--fix` does it)", harmless(&fix.description()))));
        let notes = notes.iter().map(|note| wrap(note, width.saturating_sub(gutter + 3))).collect();
        let diagnostic = shown::Diagnostic::new(severity)
            .with_code(&diagnostic.rule)
            .with_message(harmless(&diagnostic.message))
            .with_labels(labels.into_iter().map(|(_, label)| label).collect())
            .with_notes(notes);
        Self { sheets, diagnostic }
    }

    fn sheet(&self, id: usize) -> Result<&Sheet, FilesError> {
        self.sheets.get(id).map(|(_, sheet)| sheet).ok_or(FilesError::FileMissing)
    }
}

/// The places of the drawn labels in words: `line 12 is page 3, section "Wells", paragraph 2`.
fn where_to_look(sources: &Sources, drawn: &[&Label], place: PlaceOf<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for label in drawn {
        let Some(words) = place(label).filter(|words| !words.is_empty()) else { continue };
        let source = sources.get(label.span.file);
        let note = format!("{}:{} is {words}", harmless(&path(source)), source.line_of(label.span.start) + 1);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The labels to draw, the primary one first, and the others. What is said at least once is drawn at least once.
fn choose(labels: &[Label]) -> (Vec<&Label>, Vec<&Label>) {
    let mut seen = FxHashSet::default();
    let unique: Vec<&Label> = labels.iter().filter(|label| seen.insert(label.span)).collect();
    let mut drawn: Vec<usize> = Vec::new();
    for (i, label) in unique.iter().enumerate() {
        if drawn.len() < DRAWN && !drawn.iter().any(|&d| unique[d].message == label.message) {
            drawn.push(i);
        }
    }
    for i in 0..unique.len() {
        if drawn.len() < DRAWN && !drawn.contains(&i) {
            drawn.push(i);
        }
    }
    drawn.sort_unstable();
    let others = (0..unique.len()).filter(|i| !drawn.contains(i)).map(|i| unique[i]).collect();
    (drawn.into_iter().map(|i| unique[i]).collect(), others)
}

/// "and 3 more places: lines 12, 40, 77", or with the files when not all places are in one.
fn more_places(sources: &Sources, drawn: &[&Label], others: &[&Label]) -> Option<String> {
    const NAMED: usize = 8;
    let mut spans: Vec<Span> = others.iter().map(|l| l.span).collect();
    spans.sort_unstable();
    let only = spans.first()?.file;
    let one_file = drawn.iter().map(|l| l.span).chain(spans.iter().copied()).all(|s| s.file == only);
    let mut lines: Vec<(FileId, usize)> =
        spans.iter().map(|s| (s.file, sources.get(s.file).line_of(s.start) + 1)).collect();
    lines.dedup();
    let mut named: Vec<String> = Vec::new();
    let mut file = one_file.then_some(only);
    for &(of, line) in lines.iter().take(NAMED) {
        named.push(if file == Some(of) { line.to_string() } else { format!("{}:{line}", path(sources.get(of))) });
        file = Some(of);
    }
    let count = others.len();
    let noun = if count == 1 { "place" } else { "places" };
    let word = match (one_file, lines.len()) {
        (false, _) => "",
        (true, 1) => "line ",
        (true, _) => "lines ",
    };
    let dots = if lines.len() > NAMED { ", …" } else { "" };
    Some(harmless(&format!("and {count} more {noun}: {word}{}{dots}", named.join(", "))))
}

/// Leaves out what is said at a mark where it only repeats what is marked and would hang under a crowded line.
fn thin_out(sheet: &Sheet, said: &mut [String]) {
    let line = |at: usize| sheet.lines.partition_point(|l| l.range.start <= at);
    let repeats = |i: usize, said: &str| sheet.text[sheet.stretches[i].range.clone()] == *said;
    let lines: Vec<usize> = sheet.stretches.iter().map(|s| line(s.range.start)).collect();
    for i in 0..said.len() {
        let crowded = lines.iter().filter(|&&l| l == lines[i]).count() > 1;
        if crowded && repeats(i, &said[i]) {
            said[i].clear();
        }
    }
}

impl<'a> Files<'a> for Page {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, FilesError> {
        self.sheets.get(id).map(|(name, _)| name.as_str()).ok_or(FilesError::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, FilesError> {
        Ok(&self.sheet(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, FilesError> {
        let sheet = self.sheet(id)?;
        let after = sheet.lines.partition_point(|l| l.range.start <= byte);
        Ok(sheet.lines[..after].last().map_or(0, |l| l.index))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, FilesError> {
        self.line(id, index).map(|l| l.number)
    }

    fn location(&'a self, id: usize, byte: usize) -> Result<Location, FilesError> {
        let sheet = self.sheet(id)?;
        let at = sheet.stretches.iter().position(|s| s.range.start == byte);
        let start = at.and_then(|i| sheet.starts.get(i)).ok_or(FilesError::FormatError)?;
        Ok(Location { line_number: start.line as usize, column_number: start.column as usize })
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, FilesError> {
        self.line(id, index).map(|l| l.range.clone())
    }
}

impl Page {
    fn line(&self, id: usize, index: usize) -> Result<&super::window::Line, FilesError> {
        let lines = &self.sheet(id)?.lines;
        lines.iter().find(|l| l.index == index).ok_or(FilesError::LineTooLarge { given: index, max: lines.len() })
    }
}

/// Text of a document within a message: nothing in it may write to the terminal.
fn harmless(text: &str) -> String {
    text.chars().filter_map(|c| if c == '\n' || c == '\t' { Some(' ') } else { visible(c) }).collect()
}

/// The last lines: what was read and what was found.
fn summary(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let s = report.summary();
    let read = format!("{}, {}, {}", count(s.files, "file"), count(s.words, "word"), count(s.claims, "claim"));
    let mut found = Vec::new();
    for (n, name) in [(s.errors, "error"), (s.warnings, "warning"), (s.notes, "note")] {
        if n > 0 {
            found.push(count(n, name));
        }
    }
    let found = match found.as_slice() {
        [] if s.files == 0 => "nothing to check".to_owned(),
        [] => "nothing found".to_owned(),
        found => found.join(", "),
    };
    let hidden = report.diagnostics.len() - report.shown().count();
    let hint = match hidden {
        0 => String::new(),
        _ if hidden == s.notes => " (notes are shown with `--severity note`)".to_owned(),
        n => format!(" ({n} below `--severity {}` not shown)", report.lowest.name()),
    };
    writeln!(out, "{read}: {found}{hint}")?;
    if !report.skipped.is_empty() {
        let n: usize = report.skipped.iter().map(|(_, n)| n).sum();
        let each: Vec<String> = report.skipped.iter().map(|(format, n)| format!("{format} {n}")).collect();
        let of = if n == 1 { "a format" } else { "formats" };
        writeln!(out, "{} of {of} not read yet: {}", count(n, "file"), each.join(", "))?;
    }
    let issues: usize = report.analyses.iter().map(|a| a.document.issues.len()).sum();
    if issues > 0 {
        writeln!(out, "{} not read as written (`recount text` shows them)", count(issues, "place"))?;
    }
    if s.unreadable > 0 {
        writeln!(out, "{} could not be read", count(s.unreadable, "path"))?;
    }
    Ok(())
}
