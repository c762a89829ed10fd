//! The Reviewdog Diagnostic Format (rdjson); its columns count bytes.

use super::Report;
use super::location::{Location, plain_path};
use crate::diagnostic::{Label, Severity};
use crate::span::Span;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Writes one object.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics: Vec<Json> = report
        .shown()
        .map(|d| {
            let related: Vec<Json> = d.labels[1..]
                .iter()
                .map(|label| json!({"message": label.message, "location": location(report, label)}))
                .collect();
            let severity = match d.severity {
                Severity::Note => "INFO",
                Severity::Warning => "WARNING",
                Severity::Error => "ERROR",
            };
            let mut object = json!({
                "message": d.message,
                "location": location(report, &d.labels[0]),
                "severity": severity,
                "code": {"value": d.rule},
                "related_locations": related,
            });
            // A suggestion is about the file of the diagnostic.
            let here = d.labels[0].span.file;
            let decided = d.fixes.iter().filter(|f| f.choice.is_none() && f.edits.iter().all(|e| e.at.file == here));
            let edits = decided.flat_map(|fix| &fix.edits);
            let suggestions: Vec<Json> = edits.map(|e| json!({"range": range(report, e.at), "text": e.new})).collect();
            if !suggestions.is_empty() {
                object["suggestions"] = suggestions.into();
            }
            object
        })
        .collect();
    let object = json!({"source": {"name": env!("CARGO_PKG_NAME")}, "diagnostics": diagnostics});
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn range(report: &Report<'_>, span: Span) -> Json {
    let Location { start, end } = Location::bytes(report.sources.get(span.file), span);
    json!({
        "start": {"line": start.line, "column": start.column},
        "end": {"line": end.line, "column": end.column},
    })
}

fn location(report: &Report<'_>, label: &Label) -> Json {
    json!({"path": plain_path(report.sources.get(label.span.file)), "range": range(report, label.span)})
}
