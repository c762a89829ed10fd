//! The JSON report, schema version 1: one object, one diagnostic a line.
//!
//! Fields may be added; none changes its meaning without a new version. See `docs/json.md`.

use super::place::Places;
use super::{Report, path, snippet};
use crate::check::{Choice, Edit, Fix};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{LineColumn, SourceFile};
use crate::span::FileId;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the schema; raised when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    labels: Vec<JsonLabel<'a>>,
    notes: &'a [String],
    help: Option<&'a str>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    description: String,
    choice: Option<&'static str>,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    path: String,
    span: JsonSpan,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    path: String,
    role: &'static str,
    span: JsonSpan,
    text: &'a str,
    snippet: String,
    place: String,
    message: &'a str,
}

/// A span as people and programs count it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct JsonSpan {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct JsonPosition {
    offset: u32,
    line: u32,
    column: u32,
}

impl JsonSpan {
    /// The span of a byte range of a file.
    #[must_use]
    pub fn new(file: &SourceFile, start: u32, end: u32) -> Self {
        Self { start: position(file, start), end: position(file, end) }
    }
}

fn position(file: &SourceFile, offset: u32) -> JsonPosition {
    let LineColumn { line, column } = file.line_column(offset);
    JsonPosition { offset, line, column }
}

/// Writes the report.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tool = serde_json::json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\n\"tool\":{tool},\n\"diagnostics\":[")?;
    let mut places: FxHashMap<FileId, Places<'_>> = FxHashMap::default();
    for (n, diagnostic) in report.shown().enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &twin(report, diagnostic, &mut places))?;
    }
    let summary = serde_json::to_string(&report.summary())?;
    let skipped: serde_json::Map<String, serde_json::Value> =
        report.skipped.iter().map(|(format, n)| (format.clone(), (*n).into())).collect();
    let summary = summary.trim_end_matches('}');
    writeln!(out, "\n],\n\"summary\":{summary},\"skipped\":{}}}}}", serde_json::Value::Object(skipped))
}

/// Writes one diagnostic a line and nothing else: the objects that [`write`] lists.
///
/// # Errors
///
/// When writing fails.
pub fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut places: FxHashMap<FileId, Places<'_>> = FxHashMap::default();
    for diagnostic in report.shown() {
        serde_json::to_writer(&mut *out, &twin(report, diagnostic, &mut places))?;
        writeln!(out)?;
    }
    Ok(())
}

fn twin<'a>(
    report: &Report<'a>,
    diagnostic: &'a Diagnostic,
    places: &mut FxHashMap<FileId, Places<'a>>,
) -> JsonDiagnostic<'a> {
    let mut label = |n: usize, label: &'a Label| {
        let file = report.sources.get(label.span.file);
        let of_file = report
            .analyses
            .get(label.span.file.0 as usize)
            .map(|analysis| &*places.entry(label.span.file).or_insert_with(|| Places::new(&analysis.document)));
        let seen = of_file.and_then(|places| places.seen(label.within, label.span));
        let (text, snippet) = seen.unwrap_or_else(|| (file.slice(label.span), snippet(file, label.within, label.span)));
        JsonLabel {
            path: path(file),
            role: if n == 0 { "primary" } else { "secondary" },
            span: JsonSpan::new(file, label.span.start, label.span.end),
            text,
            snippet,
            place: of_file.map_or(String::new(), |places| places.of(label.span)),
            message: &label.message,
        }
    };
    JsonDiagnostic {
        rule: &diagnostic.rule,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        labels: diagnostic.labels.iter().enumerate().map(|(n, l)| label(n, l)).collect(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
        fingerprint: &diagnostic.fingerprint,
        fixes: diagnostic.fixes.iter().map(|fix| fix_of(report, fix)).collect(),
    }
}

fn fix_of<'a>(report: &Report<'a>, fix: &'a Fix) -> JsonFix<'a> {
    let edit = |edit: &'a Edit| {
        let file = report.sources.get(edit.at.file);
        JsonEdit { path: path(file), span: JsonSpan::new(file, edit.at.start, edit.at.end), text: &edit.new }
    };
    JsonFix {
        description: fix.description(),
        choice: fix.choice.map(Choice::name),
        edits: fix.edits.iter().map(edit).collect(),
    }
}
