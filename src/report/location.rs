//! Places as the formats of other programs count them.

use super::path;
use crate::source::{LineColumn, SourceFile};
use crate::span::Span;
use std::fmt::Write as _;

/// A place in lines and columns, all from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Location {
    /// The first line and column.
    pub(super) start: LineColumn,
    /// The place behind the last character.
    pub(super) end: LineColumn,
}

impl Location {
    /// Columns count characters.
    pub(super) fn characters(file: &SourceFile, span: Span) -> Self {
        Self { start: file.line_column(span.start), end: file.line_column(span.end) }
    }

    /// Columns count bytes.
    pub(super) fn bytes(file: &SourceFile, span: Span) -> Self {
        let at = |offset: u32| {
            let line = file.line_of(offset);
            let column = offset - file.line_range(line).start as u32 + 1;
            LineColumn { line: line as u32 + 1, column }
        };
        Self { start: at(span.start), end: at(span.end) }
    }
}

/// The path of a file with `/` between its parts and without `./` before it.
pub(super) fn plain_path(file: &SourceFile) -> String {
    let path = path(file).replace('\\', "/");
    path.strip_prefix("./").map_or(path.clone(), str::to_owned)
}

/// The path as a reference in the sense of RFC 3986: relative as it was given, or with the scheme `file`.
pub(super) fn uri(file: &SourceFile) -> String {
    let path = plain_path(file);
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        // A colon in the first part of a relative reference would end a scheme.
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Text for an attribute or an element of XML 1.0, characters that it cannot hold left out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Location, uri, xml};
    use crate::source::{LineColumn, Origin, SourceFile};
    use crate::span::{FileId, Span};

    #[test]
    fn reads_paths_as_references() {
        let uri = |path: &str| uri(&SourceFile::new(path.into(), String::new(), Origin::Verbatim));
        assert_eq!(uri("./docs/a b.md"), "docs/a%20b.md");
        assert_eq!(uri("/var/ä:1.md"), "file:///var/%C3%A4%3A1.md");
    }

    #[test]
    fn reads_columns_in_bytes_and_characters() {
        let file = SourceFile::new("a.md".into(), "x\nä 43\r\n".to_owned(), Origin::Verbatim);
        let span = Span::new(FileId(0), 5, 7);
        let start = |column| LineColumn { line: 2, column };
        assert_eq!(Location::characters(&file, span), Location { start: start(3), end: start(5) });
        assert_eq!(Location::bytes(&file, span), Location { start: start(4), end: start(6) });
    }

    #[test]
    fn escapes_what_xml_reserves() {
        assert_eq!(xml("a<b> & \"c\"\n\u{1}"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
