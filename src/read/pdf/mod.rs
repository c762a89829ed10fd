//! PDF: signs with places → lines in the order in which they are read → blocks.
//!
//! Places count in a text of one line for every line of a page, with a form feed between pages; [`Boxes`] leads from
//! there back to the pages. Running heads, running feet and page numbers stand in that text, so that its lines are
//! those of the paper, but in no paragraph.

mod direction;
mod furniture;
mod inflated;
mod lines;
mod page;
mod paragraphs;
mod remarks;
mod tables;
mod write;

use super::encoding::MOST_PAGES;
use super::{DecodeError, bibliography, notes};
use crate::document::{Document, ReadIssue};
use crate::span::{FileId, Span};
use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::ops::Range;

/// How many signs are read of a file, over all its pages.
const MOST_SIGNS: usize = 40_000_000;

/// Where the text of a document stands on its pages.
#[derive(Clone, Debug, Default)]
pub struct Boxes {
    /// Words in order of the text.
    pub words: Vec<WordBox>,
    /// For every page the way from its upper left corner to the space of the file, as the six numbers of a matrix.
    pub pages: Vec<[f64; 6]>,
}

/// Where a word stands.
#[derive(Clone, Debug, PartialEq)]
pub struct WordBox {
    /// Bytes of the text.
    pub text: Range<u32>,
    /// The page, from 0; no page at all when the word cannot be marked on it.
    pub page: u32,
    /// Left, upper, right and lower edge in points from the upper left corner of the page.
    pub edges: [f64; 4],
}

/// What a PDF gives.
pub(super) struct Reading {
    /// The text that places count in.
    pub(super) text: String,
    /// The document, of file 0.
    pub(super) document: Document,
    /// The way back to the pages.
    pub(super) boxes: Boxes,
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, DecodeError> {
    if inflated::is_too_large(bytes) {
        return Err(DecodeError::Inflated { limit: inflated::MOST_INFLATED });
    }
    let pdf = load(bytes)?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(DecodeError::Damaged { reason: "no page was found in it".to_owned() });
    }
    if pages.len() > MOST_PAGES {
        return Err(DecodeError::TooManyPages { pages: pages.len() });
    }
    let cache = InterpreterCache::new();
    let mut all: Vec<lines::Line> = Vec::new();
    let mut strokes = Vec::new();
    let mut heights = Vec::new();
    let mut boxes = Boxes::default();
    let mut remarked = Vec::new();
    let mut findings: Vec<(usize, String)> = Vec::new();
    let (mut signs, mut unnamed, mut pictured, mut region) = (0, 0, 0, 0);
    for (n, page) in pages.iter().enumerate() {
        let sheet = page::read(page, &cache);
        signs += sheet.signs.len();
        unnamed += sheet.unnamed;
        if signs > MOST_SIGNS {
            return Err(DecodeError::Damaged { reason: "its pages say more than can be read".to_owned() });
        }
        if sheet.endless {
            findings.push((n, "the page draws without end and was read in part".to_owned()));
        }
        if sheet.signs.is_empty() && sheet.pictured > 0.3 {
            pictured += 1;
            findings.push((n, "the page is a picture without text (scanned?)".to_owned()));
        } else if sheet.unnamed * 10 > sheet.signs.len() * 3 {
            findings.push((n, "the fonts of the page do not say which letters their signs are".to_owned()));
        }
        remarks::collect(page, n, &mut remarked);
        all.extend(lines::lines(&sheet, n, &mut region));
        heights.push(sheet.height);
        boxes.pages.push(sheet.back);
        strokes.push(sheet.strokes);
    }
    if signs == 0 && pictured > 0 {
        return Err(DecodeError::Scanned { pages: pages.len() });
    }
    if signs > 0 && unnamed * 2 > signs {
        return Err(DecodeError::Unmapped);
    }
    furniture::mark(&mut all, &heights);
    let mut document = Document::new(FileId(0));
    let mut text = write::write(&mut all, &strokes, pages.len(), &mut document, &mut boxes);
    for (page, message) in findings {
        let at = page.checked_sub(1).and_then(|p| document.pages.get(p)).copied().unwrap_or(0);
        document.issues.push(ReadIssue { message, at: Span::new(FileId(0), at, at) });
    }
    bibliography::mark(&mut document);
    remarks::write(remarked, &mut text, &mut document, &boxes);
    Ok(Reading { text, document, boxes })
}

/// Loads the file as far as its structure goes.
fn load(bytes: &[u8]) -> Result<Pdf, DecodeError> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => DecodeError::Encrypted,
        LoadPdfError::Decryption(_) => {
            DecodeError::Damaged { reason: "it is encrypted in a way that is not known".to_owned() }
        }
        LoadPdfError::Invalid => DecodeError::Damaged { reason: "it has no readable structure of a PDF".to_owned() },
    })
}

/// The mark of a list item at the start of a text: `•`, `1.`, `(a)`.
fn marker(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let bullet = matches!(
        first,
        '•' | '▪' | '◦' | '‣' | '·' | '●' | '○' | '■' | '□' | '►' | '➢' | '✓' | '–' | '-' | '—' | '*'
    );
    if bullet {
        let length = first.len_utf8();
        let rest = &text[length..];
        return (rest.is_empty() || rest.starts_with(' ')).then(|| &text[..length]);
    }
    let end = text.find(' ').unwrap_or(text.len());
    let word = &text[..end];
    let inner = word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).or_else(|| word.strip_suffix([')', '.']))?;
    let number = inner.len() <= 3 && !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase());
    let roman = inner.len() <= 5 && !inner.is_empty() && inner.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    (number || letter || roman).then_some(word)
}

/// Makes notes of paragraphs that begin with a raised label.
fn settle(document: &mut Document, raised: Vec<notes::Raised>) {
    document.anchors.sort_by_key(|a| a.at);
    notes::settle(document, raised);
}
