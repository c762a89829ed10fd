//! JUnit XML: a suite a file, a failed test a finding; a file without findings is one test that passed.

use super::Report;
use super::location::{plain_path, xml};
use std::io::{self, Write};

/// Writes the document.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.shown().count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let mut suites: Vec<(String, Vec<String>)> = Vec::new();
    for (id, file) in report.sources.iter() {
        let cases = report.shown().filter(|d| d.labels[0].span.file == id).map(|d| {
            let at = file.line_column(d.labels[0].span.start);
            let mut text = format!("{}:{}:{}: {}", plain_path(file), at.line, at.column, d.message);
            for note in &d.notes {
                text.push_str("; ");
                text.push_str(note);
            }
            let (rule, message) = (xml(&d.rule), xml(&d.message));
            format!(
                "    <testcase name=\"{rule} at line {}\" classname=\"{}\">\n      <failure type=\"{}\" message=\"{message}\">{}</failure>\n    </testcase>\n",
                at.line,
                xml(&plain_path(file)),
                d.severity.name(),
                xml(&text)
            )
        });
        suites.push((plain_path(file), cases.collect()));
    }
    suites.sort();
    let tests: usize = suites.iter().map(|(_, cases)| cases.len().max(1)).sum();
    writeln!(out, "<testsuites name=\"recount\" tests=\"{tests}\" failures=\"{failures}\">")?;
    for (path, cases) in suites {
        let (path, tests) = (xml(&path), cases.len().max(1));
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{}\">", cases.len())?;
        if cases.is_empty() {
            writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\"/>")?;
        }
        for case in cases {
            out.write_all(case.as_bytes())?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
