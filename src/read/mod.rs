//! Readers: bytes → [`Document`], one format a file.
//!
//! Total: a broken part becomes a [`crate::document::ReadIssue`], never an error that silences the rest.
//! Knows nothing of language or rules.

mod archive;
mod bibliography;
mod build;
mod docx;
mod encoding;
mod epub;
mod html;
mod leaf;
mod light;
mod listing;
mod markdown;
mod notes;
mod numeral;
mod odf;
mod open;
mod outline;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod render;
mod rtf;
mod sheet;
mod surround;
mod xml;

pub use archive::{LARGEST_ARCHIVE, LARGEST_PART, MOST_PARTS};
pub use docx::{Trace, TracePiece, TraceRun};
pub use encoding::{DecodeError, LARGEST_FILE, decode};
pub use open::{Opened, Revisions, Way, open, open_traced};
#[cfg(feature = "pdf")]
pub use pdf::{Boxes, WordBox};
pub use sheet::column_name;

use crate::document::Document;
use crate::source::SourceFile;
use crate::span::FileId;
use std::path::Path;

/// Who wrote the comments that recount puts into copies of documents.
pub const OWN_AUTHOR: &str = "recount";

/// A format that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// CommonMark with the GitHub extensions, footnotes, front matter.
    Markdown,
    /// Plain text, hard-wrapped or extracted from a PDF.
    Plain,
    /// HTML and XHTML.
    Html,
    /// Word documents.
    Docx,
    /// Fields parted by commas, semicolons or bars.
    Csv,
    /// Fields parted by tabs.
    Tsv,
    /// Workbooks of spreadsheets.
    Xlsx,
    /// Pages with signs at places.
    Pdf,
    /// Text documents of OpenDocument.
    Odt,
    /// Workbooks of OpenDocument.
    Ods,
    /// Books.
    Epub,
    /// Rich Text Format.
    Rtf,
    /// Manifests, build files and samples of configurations.
    Listing,
    /// Code of programs and their configurations, met beside documentation.
    Source,
    /// LaTeX.
    Latex,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    Restructured,
    /// Typst.
    Typst,
    /// Org.
    Org,
    /// Notebooks of Jupyter.
    Notebook,
}

/// Names of files that are documents, and have no ending.
const PLAIN: &[&str] = &["CHANGELOG", "CHANGES", "HISTORY", "INSTALL", "NEWS", "README"];

impl Format {
    /// The format of a file by its extension; `None` when it is not one that is read.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        if listing::is_listing(name) {
            return Some(Self::Listing);
        }
        if PLAIN.contains(&name) {
            return Some(Self::Plain);
        }
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::by_extension(&extension)
    }

    /// The format of a file that is read when documentation lies beside it, though it is none itself.
    #[must_use]
    pub fn beside(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        Self::of(path).or_else(|| listing::is_source(name).then_some(Self::Source))
    }

    /// Whether files of the format are no text, so that they come with their document.
    #[must_use]
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Pdf | Self::Odt | Self::Ods | Self::Epub | Self::Rtf)
    }

    /// The format with this lower-case extension.
    #[must_use]
    pub fn by_extension(extension: &str) -> Option<Self> {
        match extension {
            "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Plain),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "docx" | "docm" | "dotx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "odt" | "ott" | "fodt" => Some(Self::Odt),
            "ods" | "ots" => Some(Self::Ods),
            "epub" => Some(Self::Epub),
            "rtf" => Some(Self::Rtf),
            "tex" | "latex" | "ltx" => Some(Self::Latex),
            "adoc" | "asciidoc" | "asc" => Some(Self::AsciiDoc),
            "rst" | "rest" => Some(Self::Restructured),
            "typ" => Some(Self::Typst),
            "org" => Some(Self::Org),
            "ipynb" => Some(Self::Notebook),
            _ => None,
        }
    }
}

/// Reads a file that is text. Never fails. Of an archive the text that it was made into is read as plain text; its
/// document comes from [`open`].
#[must_use]
pub fn read(source: &SourceFile, file: FileId, format: Format) -> Document {
    let mut document = match format {
        Format::Markdown => markdown::read(&source.text, file),
        // Their text is the Markdown that they were made into.
        Format::Latex | Format::AsciiDoc | Format::Restructured | Format::Typst | Format::Org | Format::Notebook => {
            markdown::read(&source.text, file)
        }
        Format::Plain
        | Format::Docx
        | Format::Xlsx
        | Format::Pdf
        | Format::Odt
        | Format::Ods
        | Format::Epub
        | Format::Rtf => plain::read(&source.text, file),
        Format::Csv => sheet::csv::read(&source.text, file, false),
        Format::Tsv => sheet::csv::read(&source.text, file, true),
        Format::Html => html::read(&source.text, file),
        Format::Listing => listing::read(&source.text, file),
        Format::Source => Document { source: true, ..listing::read(&source.text, file) },
    };
    document.bracketed_notes =
        !document.marked_notes && document.notes.iter().any(|note| source.slice(note.at).starts_with('['));
    document
}
