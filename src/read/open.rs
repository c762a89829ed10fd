//! From bytes to a source: text is decoded, archives are read at once.

use super::archive::Archive;
use super::encoding::{DecodeError, LARGEST_FILE, decode};
use super::{Format, docx, epub, html, light, markdown, odf, rtf, sheet};
use crate::document::Document;
use crate::source::{Origin, SourceFile};
use crate::span::FileId;
use std::path::Path;

/// Which reading of tracked changes is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Revisions {
    /// As if all changes were accepted.
    #[default]
    Accepted,
    /// As if all changes were rejected.
    Original,
}

/// A file that has been opened.
#[derive(Debug)]
pub struct Opened {
    /// The text that places count in.
    pub source: SourceFile,
    /// What it was found to be, which its name need not say.
    pub format: Format,
    /// The document, of file 0, when it comes with the text; otherwise [`super::read`] makes it of the text.
    pub document: Option<Document>,
}

/// Opens a file of a format. Content that is of another format is read as what it is.
///
/// # Errors
///
/// When the bytes are no text and no archive that can be read, or too many.
pub fn open(path: &Path, bytes: Vec<u8>, format: Format, revisions: Revisions) -> Result<Opened, DecodeError> {
    if bytes.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge { length: bytes.len() });
    }
    let format = detect(&bytes, format)?;
    match format {
        Format::Docx => {
            let docx::Reading { text, document, .. } = docx::read(&bytes, revisions)?;
            Ok(rendered(path, text, format, document))
        }
        Format::Xlsx => {
            let (text, document) = sheet::workbook::read(&bytes)?;
            Ok(rendered(path, text, format, document))
        }
        Format::Odt if !bytes.starts_with(b"PK") => {
            let source = decode(path, bytes)?;
            let (text, document) = odf::read_flat(&source.text, revisions);
            Ok(rendered(path, text, format, document))
        }
        Format::Odt => {
            let (text, document) = odf::read(&bytes, revisions)?;
            Ok(rendered(path, text, format, document))
        }
        Format::Ods => {
            let (text, document) = sheet::ods::read(&bytes)?;
            Ok(rendered(path, text, format, document))
        }
        Format::Epub => {
            let text = epub::page(&bytes)?;
            if text.len() > LARGEST_FILE {
                return Err(DecodeError::TooLarge { length: text.len() });
            }
            let document = html::read_book(&text, FileId(0));
            Ok(rendered(path, text, format, document))
        }
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let super::pdf::Reading { text, document, .. } = super::pdf::read(&bytes)?;
            Ok(rendered(path, text, format, document))
        }
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => {
            Err(DecodeError::Foreign { found: "a PDF, and this recount was built without the feature `pdf`" })
        }
        Format::Rtf => {
            let (text, document) = rtf::read(&bytes, revisions);
            Ok(rendered(path, text, format, document))
        }
        Format::Latex | Format::AsciiDoc | Format::Restructured | Format::Typst | Format::Org | Format::Notebook => {
            let text = light::markdown(&decode(path, bytes)?.text, format);
            let document = markdown::read(&text, FileId(0));
            Ok(rendered(path, text, format, document))
        }
        Format::Markdown
        | Format::Plain
        | Format::Html
        | Format::Csv
        | Format::Tsv
        | Format::Listing
        | Format::Source => Ok(Opened { source: decode(path, bytes)?, format, document: None }),
    }
}

/// The way back from the text of a document into its file.
#[derive(Debug)]
pub enum Way {
    /// Into the parts of a Word document.
    Word(docx::Trace),
    /// To the pages of a PDF.
    #[cfg(feature = "pdf")]
    Pdf(super::pdf::Boxes),
}

/// Opens a document that a copy with comments can be made of, with the way back into its file.
///
/// # Errors
///
/// When the bytes are no document that can be read, or one that takes no comments.
pub fn open_traced(path: &Path, bytes: &[u8], revisions: Revisions) -> Result<(Opened, Way), DecodeError> {
    let named = Format::of(path).unwrap_or(Format::Docx);
    match detect(bytes, named)? {
        Format::Docx => {
            let docx::Reading { text, document, trace } = docx::read(bytes, revisions)?;
            Ok((rendered(path, text, Format::Docx, document), Way::Word(trace)))
        }
        #[cfg(feature = "pdf")]
        Format::Pdf => {
            let super::pdf::Reading { text, document, boxes } = super::pdf::read(bytes)?;
            Ok((rendered(path, text, Format::Pdf, document), Way::Pdf(boxes)))
        }
        _ => Err(DecodeError::Foreign { found: "no Word document and no PDF" }),
    }
}

fn rendered(path: &Path, text: String, format: Format, document: Document) -> Opened {
    Opened { source: SourceFile::new(path.to_owned(), text, Origin::Rendered), format, document: Some(document) }
}

/// What a file is by its content, where that can be told; else what its name says.
fn detect(bytes: &[u8], named: Format) -> Result<Format, DecodeError> {
    let archive = named.is_archive();
    if bytes.starts_with(b"PK\x03\x04") {
        let mut opened = Archive::open(bytes)?;
        // Formats of this kind begin with a part that says what they are.
        let kind = opened.kind();
        if kind.starts_with("application/vnd.oasis.opendocument.text") {
            return Ok(Format::Odt);
        }
        if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            return Ok(Format::Ods);
        }
        if kind == "application/epub+zip" || opened.has("META-INF/container.xml") {
            return Ok(Format::Epub);
        }
        if kind.starts_with("application/vnd.oasis.opendocument") {
            return Err(DecodeError::Foreign { found: "an OpenDocument file without running text" });
        }
        return if opened.has("word/document.xml") || named == Format::Docx && !opened.has("xl/workbook.xml") {
            Ok(Format::Docx)
        } else if opened.has("xl/workbook.xml") || named == Format::Xlsx {
            Ok(Format::Xlsx)
        } else {
            Err(DecodeError::Foreign { found: "an archive without a document that is known" })
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let names = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &wide).is_some()
        };
        return Err(if names("EncryptedPackage") {
            DecodeError::Encrypted
        } else if names("WordDocument") {
            DecodeError::Foreign { found: "a document of Word 97-2003 (.doc); save it as .docx" }
        } else {
            DecodeError::Foreign { found: "a compound file of old Office programs" }
        });
    }
    // Some programs put a few bytes before the head of a PDF.
    if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some_and(|at| at == 0 || named == Format::Pdf)
    {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    if !archive {
        return Ok(named);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.contains("<office:document ") || head.contains("office:document-content") {
        return Ok(Format::Odt);
    }
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Ok(Format::Html);
    }
    let reason = if bytes.is_empty() { "the file is empty" } else { "it does not begin like an archive" };
    Err(DecodeError::Damaged { reason: reason.to_owned() })
}
