//! Where in a file a mistake is.

use std::path::{Path, PathBuf};

/// Something wrong in a configuration, with its place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", path.display())]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl ConfigError {
    /// An error at a byte of a file.
    #[must_use]
    pub fn at(path: &Path, text: &str, at: usize, message: String) -> Self {
        Self::new(path, text, at, message)
    }

    pub(super) fn new(path: &Path, text: &str, at: usize, message: String) -> Self {
        let (line, column) = line_column(text, at);
        Self { path: path.to_owned(), line, column, message }
    }
}

/// Line and column of a byte, both from 1; columns count characters.
#[must_use]
pub fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}
