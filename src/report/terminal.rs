//! Findings for people, with the places marked in the text.

use super::Report;
use std::io::{self, Write};

/// Writes the findings and the summary.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.shown() {
        writeln!(out, "{}[{}]: {}", diagnostic.severity.name(), diagnostic.rule, diagnostic.message)?;
        for label in &diagnostic.labels {
            let file = report.sources.get(label.span.file);
            let at = file.line_column(label.span.start);
            let snippet = super::snippet(file, label.within, label.span);
            writeln!(out, "  {}:{}:{}: {} ({})", super::path(file), at.line, at.column, label.message, snippet)?;
        }
        for note in &diagnostic.notes {
            writeln!(out, "  = {note}")?;
        }
        writeln!(out)?;
    }
    let s = report.summary();
    writeln!(
        out,
        "{} files, {} words, {} claims: {} errors, {} warnings, {} notes",
        s.files, s.words, s.claims, s.errors, s.warnings, s.notes
    )
}
