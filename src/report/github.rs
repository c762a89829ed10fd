//! Workflow commands of GitHub Actions: one annotation a finding, at its primary place.

use super::Report;
use super::location::{Location, plain_path};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// Writes the annotations.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.shown() {
        let label = &diagnostic.labels[0];
        let file = report.sources.get(label.span.file);
        let Location { start, end } = Location::characters(file, label.span);
        let command = match diagnostic.severity {
            Severity::Note => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let mut text = diagnostic.message.clone();
        for label in &diagnostic.labels[1..] {
            let file = report.sources.get(label.span.file);
            let line = file.line_column(label.span.start).line;
            text.push_str(&format!("\n{}:{line}: {}", plain_path(file), file.slice(label.span)));
        }
        for note in &diagnostic.notes {
            text.push('\n');
            text.push_str(note);
        }
        // Columns are only read for a place within one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        writeln!(
            out,
            "::{command} file={},line={},endLine={}{columns},title={}::{}",
            property(&plain_path(file)),
            start.line,
            end.line,
            property(&diagnostic.rule),
            data(&text)
        )?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
