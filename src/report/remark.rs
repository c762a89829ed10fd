//! What is written beside the places of findings, for copies of all formats.

use std::ops::Range;

/// A comment on a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Bytes of the text that the document was read into.
    pub at: Range<u32>,
    /// The paragraphs of the comment.
    pub paragraphs: Vec<String>,
}

/// A copy of a document with comments.
#[derive(Debug)]
pub struct Annotated {
    /// The bytes of the copy.
    pub bytes: Vec<u8>,
    /// How many comments it has more than the document.
    pub written: usize,
    /// How many remarks stand where the format has no comments.
    pub left_out: usize,
}
