//! Archives: formats that are a zip file of parts. Guarded against those that are made to fill the memory.

use super::DecodeError;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest part that is read, in bytes.
pub const LARGEST_PART: u64 = 128 << 20;

/// How many bytes are read of one archive, over all its parts.
pub const LARGEST_ARCHIVE: u64 = 256 << 20;

/// How many parts an archive may have.
pub const MOST_PARTS: usize = 20_000;

/// An open archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let damaged = |error: zip::result::ZipError| DecodeError::Damaged { reason: error.to_string() };
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(DecodeError::TooManyParts { parts: zip.len() });
        }
        Ok(Self { zip, left: LARGEST_ARCHIVE })
    }

    /// Reads through all parts without keeping them, to see that none is larger than what is read.
    pub(super) fn measure(&mut self) -> Result<(), DecodeError> {
        for index in 0..self.zip.len() {
            let damaged = |error: zip::result::ZipError| DecodeError::Damaged { reason: error.to_string() };
            let file = self.zip.by_index(index).map_err(damaged)?;
            let part = file.name().map_or_else(|_| String::new(), |name| name.to_string());
            let limit = LARGEST_PART.min(self.left);
            let read = std::io::copy(&mut file.take(limit + 1), &mut std::io::sink())
                .map_err(|error| DecodeError::Damaged { reason: format!("{part}: {error}") })?;
            if read > limit {
                return Err(DecodeError::PartTooLarge { part, limit });
            }
            self.left -= read;
        }
        Ok(())
    }

    /// Whether it has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// What the part `mimetype` says the archive is; empty when there is none.
    pub(super) fn kind(&mut self) -> String {
        match self.bytes("mimetype") {
            Ok(Some(bytes)) if bytes.len() < 200 => String::from_utf8_lossy(&bytes).trim().to_owned(),
            _ => String::new(),
        }
    }

    /// The names of all parts, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().filter_map(Result::ok).map(Into::into).collect();
        names.sort();
        names
    }

    /// A part as text; `None` when there is none of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, DecodeError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let text = if wide {
            let (encoding, _) = encoding_rs::Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
            encoding.decode(&bytes).0.into_owned()
        } else {
            String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
        };
        Ok(Some(text))
    }

    /// A part as bytes; `None` when there is none of this name.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, DecodeError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let damaged = |reason: String| DecodeError::Damaged { reason: format!("{name}: {reason}") };
        let file = self.zip.by_index(index).map_err(|error| damaged(error.to_string()))?;
        // What an archive says of its sizes is not believed: reading stops at the limit.
        let limit = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        if read as u64 > limit {
            return Err(DecodeError::PartTooLarge { part: name.to_owned(), limit });
        }
        self.left -= read as u64;
        Ok(Some(bytes))
    }
}
