//! Markdown: CommonMark with the GitHub extensions, footnotes and front matter.
//!
//! The parser gives events with byte ranges; [`blocks`] makes blocks of them, [`mask`] hides what is of other dialects.

mod blocks;
mod front;
mod inline;
mod mask;

use super::{bibliography, notes};
use crate::document::Document;
use crate::span::FileId;
use pulldown_cmark::{Options, Parser};

/// Reads Markdown.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut document = Document::new(file);
    // The parser takes a heading after a byte order mark for running text.
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = front::read(source, start, &mut document);
    let masked = mask::mask(&source[body..]);
    let parser = Parser::new_ext(&masked, options());
    let raised = blocks::Builder::new(&mut document, source, body as u32).run(parser.into_offset_iter());
    bibliography::mark(&mut document);
    notes::settle(&mut document, raised);
    document
}

/// The extensions that are read. Math would swallow sums of money between two dollar signs, definition lists would
/// swallow directives, smart punctuation and raised text would change what is written.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}
