//! Bytes → text: UTF-8, UTF-16, the encoding that a page declares, Windows-1252.

use crate::source::{Origin, SourceFile};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::path::Path;

/// The largest file that is read, in bytes. Offsets are 32 bits wide, and what is read takes several times the file.
pub const LARGEST_FILE: usize = 64 << 20;

/// How many pages of a document are read.
pub(super) const MOST_PAGES: usize = 10_000;

/// Why bytes are no text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file holds bytes that no text holds.
    #[error("this is not text: byte 0x{byte:02x} at offset {offset}")]
    Binary {
        /// Offset of the first such byte.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// The file is in no encoding that is known.
    #[error("neither UTF-8, UTF-16 nor Windows-1252: byte 0x{byte:02x} at offset {offset}")]
    Encoding {
        /// Offset of the first byte that fits none.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// An archive that cannot be opened, or a part of it that cannot be read.
    #[error("the archive is damaged or cut off: {reason}")]
    Damaged {
        /// What the archive says.
        reason: String,
    },
    /// A part of an archive is larger than what is read.
    #[error("{part} is larger than the {} MiB that are read of an archive", limit >> 20)]
    PartTooLarge {
        /// The name of the part.
        part: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The packed parts of a document come to more than is read.
    #[error("its streams come to more than {} MiB when they are unpacked", limit >> 20)]
    Inflated {
        /// The limit in bytes.
        limit: u64,
    },
    /// An archive has more parts than are looked at.
    #[error("an archive of {parts} parts; at most {} are looked at", super::archive::MOST_PARTS)]
    TooManyParts {
        /// How many it has.
        parts: usize,
    },
    /// An archive without the part that holds the text.
    #[error("this is no {format}: {part} is missing")]
    PartMissing {
        /// The name of the part.
        part: String,
        /// What the file should be.
        format: &'static str,
    },
    /// More pages than are read.
    #[error("{pages} pages are more than the {MOST_PAGES} that are read")]
    TooManyPages {
        /// How many it has.
        pages: usize,
    },
    /// A document that is nothing but pictures of its pages.
    #[error(
        "its {pages} pages are pictures without text: a scan; let a program for text recognition (OCR) add the text"
    )]
    Scanned {
        /// How many pages it has.
        pages: usize,
    },
    /// A document whose fonts keep to themselves what their signs mean.
    #[error(
        "its fonts do not say which letters their signs are; let a program for text recognition (OCR) add the text"
    )]
    Unmapped,
    /// A document that can only be opened with a password.
    #[error("the document is encrypted; save a copy without a password")]
    Encrypted,
    /// A file in a format that is not read, whatever its name says.
    #[error("the content is {found}, which is not read")]
    Foreign {
        /// What it is.
        found: &'static str,
    },
    /// The file is larger than [`LARGEST_FILE`].
    #[error("{length} bytes are more than the {LARGEST_FILE} (64 MiB) that are read")]
    TooLarge {
        /// Its length in bytes.
        length: usize,
    },
}

/// Decodes a file.
///
/// UTF-8 stays as it is, a byte order mark included. UTF-16 is told by its mark, or by the empty high bytes of
/// plain letters; a text that is not UTF-8 is in the encoding that it declares (`<meta charset>` of HTML, `encoding` of
/// XML, `coding` of a first comment), else what looks like text is taken for Windows-1252. Offsets of transcoded files count
/// in the text ([`Origin::Rendered`]).
///
/// # Errors
///
/// When the bytes are no text, or too many.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<SourceFile, DecodeError> {
    if bytes.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge { length: bytes.len() });
    }
    if let Some(encoding) = wide(&bytes) {
        return transcode(path, &bytes, encoding);
    }
    if let Some(offset) = bytes.iter().position(|&b| is_control(b)) {
        return Err(DecodeError::Binary { offset, byte: bytes[offset] });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(path.to_owned(), text, Origin::Verbatim)),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if let Some(encoding) = declared(&bytes).filter(|e| !e.decode_without_bom_handling(&bytes).1) {
                return transcode(path, &bytes, encoding);
            }
            // Text that is mostly UTF-8 and broken in places is broken UTF-8, not another encoding.
            let wide = bytes[..offset].iter().filter(|b| **b >= 0x80).count();
            if wide > 8 || bytes.iter().any(|&b| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)) {
                return Err(DecodeError::Encoding { offset, byte: bytes[offset] });
            }
            transcode(path, &bytes, WINDOWS_1252)
        }
    }
}

/// How many bytes are searched for a declaration, as the HTML standard has it ("prescan a byte stream").
const PRESCANNED: usize = 1024;

/// The encoding that the beginning of a text declares by a label of the Encoding standard, UTF-8 and UTF-16 apart:
/// the text is known to be neither.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCANNED)]).to_ascii_lowercase();
    let declared = ["charset=", "encoding=", "coding:"].into_iter().find_map(|word| {
        let rest = head.split_once(word)?.1.trim_start_matches(['"', '\'', ' ']);
        let label = rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?;
        Encoding::for_label_no_replacement(label.as_bytes())
    })?;
    (declared != UTF_8 && declared != UTF_16LE && declared != UTF_16BE).then_some(declared)
}

/// The encoding of a code page of Windows or of the Macintosh; `None` for pages that are not read.
pub(super) fn of_code_page(page: u32) -> Option<&'static Encoding> {
    let label = match page {
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10_000 => "macintosh",
        65_001 => "utf-8",
        _ => return Encoding::for_label(format!("windows-{page}").as_bytes()),
    };
    Encoding::for_label(label.as_bytes())
}

fn transcode(path: &Path, bytes: &[u8], encoding: &'static Encoding) -> Result<SourceFile, DecodeError> {
    let (text, _, broken) = encoding.decode(bytes);
    if broken {
        // Half a surrogate pair, or an odd number of bytes: said at the place of the first replacement.
        let mark = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) { 2 } else { 0 };
        let before = text.find('\u{fffd}').map_or(0, |at| text[..at].encode_utf16().count() * 2);
        let offset = (mark + before).min(bytes.len() - 1);
        return Err(DecodeError::Encoding { offset, byte: bytes[offset] });
    }
    if let Some(at) = text.bytes().position(is_control) {
        return Err(DecodeError::Binary { offset: at, byte: text.as_bytes()[at] });
    }
    let text = text.into_owned();
    if text.len() > LARGEST_FILE {
        return Err(DecodeError::TooLarge { length: text.len() });
    }
    Ok(SourceFile::new(path.to_owned(), text, Origin::Rendered))
}

/// UTF-16 with its mark, or without when every second byte of the beginning is empty.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(256) & !1];
    if head.len() < 4 {
        return None;
    }
    let empty = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (empty(0), empty(1));
    let most = head.len() / 2 * 4 / 5;
    if odd >= most && even == 0 {
        Some(UTF_16LE)
    } else if even >= most && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Bytes below the blank that no text holds. Escapes and backspaces stand in terminal output.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x08 | 0x1a..=0x1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, Origin), DecodeError> {
        decode(Path::new("x.txt"), bytes.to_vec()).map(|s| (s.text, s.origin))
    }

    #[test]
    fn keeps_utf_8_and_its_mark() {
        let text = "\u{feff}Größe ½";
        assert_eq!(read(text.as_bytes()), Ok((text.to_owned(), Origin::Verbatim)));
        assert_eq!(read(b""), Ok((String::new(), Origin::Verbatim)));
    }

    #[test]
    fn reads_utf_16_of_both_orders() {
        let text = "Große Zahlen: 43";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), Ok((text.to_owned(), Origin::Rendered)));
        assert_eq!(read(&big), Ok((text.to_owned(), Origin::Rendered)));
    }

    #[test]
    fn reads_windows_1252() {
        assert_eq!(read(b"caf\xe9 \x96 40 \x80"), Ok(("café – 40 €".to_owned(), Origin::Rendered)));
    }

    #[test]
    fn reads_the_encoding_that_a_page_declares() {
        let page = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><p>\xd1\xe5\xeb\xee 43";
        assert!(read(page).is_ok_and(|(text, _)| text.ends_with("<p>Село 43")));
        assert!(read(b"<?xml version='1.0' encoding='ISO-8859-2'?><p>\xb1").is_ok_and(|(t, _)| t.ends_with('ą')));
        // What is UTF-8 stays UTF-8 whatever it declares; a label that is none says nothing.
        assert!(
            read("<meta charset=latin1>é".as_bytes()).is_ok_and(|(t, o)| t.ends_with('é') && o == Origin::Verbatim)
        );
        assert!(read(b"charset=nonsense caf\xe9").is_ok_and(|(t, _)| t.ends_with("café")));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(read(b"PK\x03\x04"), Err(DecodeError::Binary { offset: 2, byte: 3 }));
        assert_eq!(read(b"ab\x00cd efgh"), Err(DecodeError::Binary { offset: 2, byte: 0 }));
        assert_eq!(read(b"ab\xff\x81"), Err(DecodeError::Encoding { offset: 2, byte: 0xff }));
        assert_eq!(read(b"\xff\xfea\x00b"), Err(DecodeError::Encoding { offset: 4, byte: b'b' }));
    }
}
