//! Comments of a text document (OpenDocument 1.3, part 3, section 14.1): they stand in the words that they hang at, and are
//! read behind everything else. Those that recount wrote itself are left out.

use super::Body;
use crate::read::OWN_AUTHOR;
use crate::read::xml::{Piece, Xml};
use std::ops::Range;

/// A comment that is still to be read.
pub(super) struct Comment {
    /// Where in the text it hangs.
    at: u32,
    /// Who wrote it; empty when the file does not say.
    author: String,
    /// The bytes of what it says.
    range: Range<usize>,
}

impl Body<'_> {
    /// Keeps a comment, whose start tag has been read, for the end.
    pub(super) fn comment(&mut self, part: &str, xml: &mut Xml<'_>, start: usize) {
        let end = xml.skip().max(start);
        if self.apart || !self.passing.is_empty() {
            return;
        }
        let mut inner = Xml::new(part, start..end);
        let (mut author, mut in_author) = (String::new(), false);
        while let Some((piece, _)) = inner.next() {
            match piece {
                Piece::Open(tag) => in_author = tag.name() == "dc:creator",
                Piece::Close(_) => in_author = false,
                Piece::Words(words) if in_author => author.push_str(&words),
                Piece::Words(_) => {}
            }
        }
        let author = author.split_whitespace().collect::<Vec<_>>().join(" ");
        if author != OWN_AUTHOR {
            // The words that it hangs at have been read.
            self.comments.push(Comment { at: self.render.text.len() as u32 + 1, author, range: start..end });
        }
    }

    /// Reads the comments in the order of the places that they hang at.
    pub(in crate::read::odf) fn read_comments(&mut self, part: &str) {
        let comments = std::mem::take(&mut self.comments);
        let offsets: Vec<Option<u32>> = comments.iter().map(|comment| Some(comment.at)).collect();
        let held = self.render.build.held(&offsets);
        self.apart = true;
        for (comment, on) in comments.into_iter().zip(held) {
            self.render.open_comment(&comment.author, on);
            self.walk(part, comment.range);
            self.end_open();
            self.render.build.close_comment();
        }
        self.apart = false;
    }
}
