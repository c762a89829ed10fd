//! The Reviewdog Diagnostic Format (rdjson); its columns count bytes.

use super::Report;
use super::location::{Location, plain_path};
use crate::diagnostic::{Label, Severity};
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
            json!({
                "message": d.message,
                "location": location(report, &d.labels[0]),
                "severity": severity,
                "code": {"value": d.rule},
                "related_locations": related,
            })
        })
        .collect();
    let object = json!({"source": {"name": env!("CARGO_PKG_NAME")}, "diagnostics": diagnostics});
    serde_json::to_writer_pretty(&mut *out, &object)?;
    writeln!(out)
}

fn location(report: &Report<'_>, label: &Label) -> Json {
    let file = report.sources.get(label.span.file);
    let Location { start, end } = Location::bytes(file, label.span);
    json!({
        "path": plain_path(file),
        "range": {
            "start": {"line": start.line, "column": start.column},
            "end": {"line": end.line, "column": end.column},
        },
    })
}
