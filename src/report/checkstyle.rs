//! Checkstyle XML, version 4.3.

use super::Report;
use super::location::{plain_path, xml};
use crate::diagnostic::Severity;
use std::io::{self, Write};

/// Writes the document; files without findings are left out.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    let mut open = None;
    for diagnostic in report.shown() {
        let span = diagnostic.labels[0].span;
        let file = report.sources.get(span.file);
        if open != Some(span.file) {
            if open.is_some() {
                writeln!(out, "  </file>")?;
            }
            writeln!(out, "  <file name=\"{}\">", xml(&plain_path(file)))?;
            open = Some(span.file);
        }
        let at = file.line_column(span.start);
        let severity = match diagnostic.severity {
            Severity::Note => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        writeln!(
            out,
            "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"recount.{}\"/>",
            at.line,
            at.column,
            xml(&diagnostic.message),
            xml(&diagnostic.rule)
        )?;
    }
    if open.is_some() {
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
