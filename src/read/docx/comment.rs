//! Comments of a Word document: who wrote them and where they hang (ECMA-376, part 1, section 17.13.4).
//!
//! An answer is a comment at the place of what it answers. Those that recount wrote itself are left out: they only
//! repeat what the text says.

use super::body::Body;
use crate::read::OWN_AUTHOR;
use crate::read::xml::{Piece, Xml};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A comment of the part that holds them.
pub(super) struct Comment {
    id: String,
    /// Who wrote it; empty when the file does not say.
    pub(super) author: String,
    /// The bytes of what it says.
    pub(super) range: Range<usize>,
}

/// The comments of a part, in order.
fn comments(part: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut xml = Xml::new(part, 0..part.len());
    while let Some((piece, range)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if tag.name() != "w:comment" {
            continue;
        }
        let (id, author) = (tag.get("w:id").unwrap_or_default(), tag.get("w:author").unwrap_or_default());
        let end = xml.skip();
        if author != OWN_AUTHOR && end >= range.end {
            let author = author.split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(Comment { id, author, range: range.end..end });
        }
    }
    found
}

/// Reads the comments of part `n` in the order of the places that they hang at; those that hang nowhere come last.
pub(super) fn read(n: usize, part: &str, body: &mut Body<'_, '_>) {
    let mut places = FxHashMap::default();
    for (order, (id, held)) in body.take_hung().into_iter().enumerate() {
        places.entry(id).or_insert((order, held));
    }
    let mut comments = comments(part);
    let order = |c: &Comment| places.get(&c.id).map_or(usize::MAX, |(order, _)| *order);
    comments.sort_by_key(order);
    for comment in &comments {
        let on = places.get(&comment.id).and_then(|(_, on)| *on);
        body.read_comment(n, part, comment, on);
    }
}
