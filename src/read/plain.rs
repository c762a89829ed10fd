//! Plain text: hard-wrapped, or extracted from a PDF.

use crate::document::{BlockKind, Document, Text};
use crate::span::FileId;

/// Reads plain text.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut document = Document::new(file);
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        if !content.trim().is_empty() {
            let mut text = Text::new(file);
            text.push_copied(content, offset);
            document.push(BlockKind::Paragraph, text, None);
        }
        offset += line.len() as u32;
    }
    document
}
