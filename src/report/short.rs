//! One line a finding: `path:line:column: severity[rule] message`.

use super::{Report, fold, path};
use std::io::{self, Write};

/// Writes the findings, nothing else.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.shown() {
        let span = diagnostic.labels[0].span;
        let file = report.sources.get(span.file);
        let at = file.line_column(span.start);
        let (severity, rule) = (diagnostic.severity.name(), &diagnostic.rule);
        let message = fold(&diagnostic.message);
        writeln!(out, "{}:{}:{}: {severity}[{rule}] {message}", path(file), at.line, at.column)?;
    }
    Ok(())
}
