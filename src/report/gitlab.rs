//! GitLab Code Quality: an array in the form of the Code Climate engine specification.

use super::Report;
use super::location::plain_path;
use crate::diagnostic::Severity;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Writes the array.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Json> = report
        .shown()
        .map(|d| {
            let span = d.labels[0].span;
            let file = report.sources.get(span.file);
            let (begin, end) = (file.line_column(span.start).line, file.line_column(span.end).line);
            let severity = match d.severity {
                Severity::Note => "info",
                Severity::Warning => "minor",
                Severity::Error => "major",
            };
            json!({
                "description": d.message,
                "check_name": d.rule,
                "fingerprint": d.fingerprint,
                "severity": severity,
                "location": {"path": plain_path(file), "lines": {"begin": begin, "end": end}},
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
