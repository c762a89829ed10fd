//! Reporters: diagnostics → bytes, one format a file. Know nothing of checks.

use crate::diagnostic::Diagnostic;
use crate::lint::Analysis;
use crate::source::Sources;

/// What was found, with all that a reporter needs to show it.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// Stage one, one entry per file read, in the order of the files.
    pub analyses: &'a [Analysis],
    /// The findings, in order.
    pub diagnostics: &'a [Diagnostic],
    /// How many files could not be read.
    pub unreadable: usize,
}
