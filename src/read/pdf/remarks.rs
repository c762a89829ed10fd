//! What people remark on the pages of a PDF: notes, highlights with words, text beside the text (ISO 32000-1, section
//! 12.5.6). They are comments on the words next to them. Those that recount wrote itself are left out.

use super::Boxes;
use crate::document::Document;
use crate::read::OWN_AUTHOR;
use crate::read::build::{Builder, LeafKind};
use hayro_interpret::hayro_syntax;
use hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_syntax::page::Page;

/// How many remarks of a file are read; any number of places may lead to one of them.
const MOST: usize = 5_000;

/// How many bytes they may have together.
const LONGEST: usize = 16 << 20;

/// Kinds of annotations that say something to the reader of the page.
const SORTS: [&[u8]; 13] = [
    b"Text",
    b"FreeText",
    b"Highlight",
    b"Underline",
    b"StrikeOut",
    b"Squiggly",
    b"Caret",
    b"Stamp",
    b"Square",
    b"Circle",
    b"Line",
    b"Ink",
    b"Polygon",
];

/// A remark.
#[derive(Debug)]
pub(super) struct Remark {
    page: usize,
    author: String,
    said: String,
    /// In the space of the file.
    at: [f64; 4],
}

/// Adds the remarks on a page.
pub(super) fn collect(page: &Page<'_>, n: usize, found: &mut Vec<Remark>) {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return };
    let mut length: usize = found.iter().map(|r| r.said.len()).sum();
    for dict in annotations.iter::<Dict<'_>>() {
        if found.len() >= MOST || length >= LONGEST {
            return;
        }
        let sort = dict.get::<Name<'_>>("Subtype");
        // A state ("accepted") is set by the program.
        if !sort.is_some_and(|sort| SORTS.contains(&sort.as_ref())) || dict.contains_key("StateModel") {
            continue;
        }
        let text = |key: &str| dict.get::<PdfString<'_>>(key).map_or_else(String::new, |s| decoded(s.as_bytes()));
        let (said, author) = (text("Contents"), text("T"));
        let Some(rect) = dict.get::<Rect>("Rect").filter(|_| !said.trim().is_empty() && author != OWN_AUTHOR) else {
            continue;
        };
        length += said.len();
        // Some programs add the day.
        let dated = author.split_once(", ").filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
        let author = dated.map_or(author.as_str(), |(name, _)| name);
        let author = author.split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Remark { page: n, author, said, at: [rect.x0, rect.y0, rect.x1, rect.y1] });
    }
}

/// A text string: UTF-16 or UTF-8 with their marks, else the encoding of PDF, which is nearly that of Windows.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Writes the remarks behind the last page, each on the block of the words next to it.
pub(super) fn write(remarks: Vec<Remark>, text: &mut String, document: &mut Document, boxes: &Boxes) {
    if remarks.is_empty() {
        return;
    }
    let at = |remark: &Remark| beside(remark, &document.pages, boxes).map(|at| at + 1);
    let offsets: Vec<Option<u32>> = remarks.iter().map(at).collect();
    let mut build = Builder::new(document);
    let held = build.held(&offsets);
    let mut order: Vec<usize> = (0..remarks.len()).collect();
    order.sort_by_key(|&n| (remarks[n].page, offsets[n]));
    text.push('\u{c}');
    for n in order {
        let remark = &remarks[n];
        build.open_comment(&remark.author, held[n]);
        text.push_str(&build.comment_head());
        for line in remark.said.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty()) {
            build.open_leaf(LeafKind::Running, text.len() as u32);
            build.leaf().copied(line, text.len() as u32);
            text.push_str(line);
            text.push('\n');
        }
        build.close_comment();
    }
}

/// Where in the text the word stands that is nearest to a remark.
fn beside(remark: &Remark, pages: &[u32], boxes: &Boxes) -> Option<u32> {
    let [left, low, right, high] = remark.at;
    let back = boxes.pages.get(remark.page)?;
    // Words that run another way have no page.
    let begins = |page: usize| page.checked_sub(1).map_or(Some(0), |n| pages.get(n).copied());
    let first = boxes.words.partition_point(|w| w.text.start < begins(remark.page).unwrap_or(u32::MAX));
    let end = begins(remark.page + 1).unwrap_or(u32::MAX);
    let mut nearest: Option<(f64, u32)> = None;
    for word in boxes.words[first..].iter().take_while(|w| w.text.start < end).filter(|w| w.page != u32::MAX) {
        let (x, y) = ((word.edges[0] + word.edges[2]) / 2.0, (word.edges[1] + word.edges[3]) / 2.0);
        let [a, b, c, d, e, f] = *back;
        let (x, y) = (a * x + c * y + e, b * x + d * y + f);
        let away = |from: f64, to: f64, at: f64| (from - at).max(at - to).max(0.0);
        // The margin beside a line is nearer than the line above.
        let far = away(left, right, x) + 8.0 * away(low, high, y);
        if nearest.is_none_or(|(least, _)| far < least) {
            nearest = Some((far, word.text.start));
        }
    }
    nearest.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn reads_strings_in_their_encodings() {
        assert_eq!(decoded(b"\xfe\xff\x00A\x20\x19"), "A\u{2019}");
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa9"), "é");
        assert_eq!(decoded(b"caf\xe9"), "café");
    }
}
