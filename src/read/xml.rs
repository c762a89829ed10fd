//! XML piece by piece, each with its bytes. Nothing is expanded but the references that XML itself knows.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::ops::Range;

/// Reads one part of an archive.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    base: usize,
    failed: bool,
}

/// A piece of XML.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// A start tag; an empty element is a start and an end.
    Open(Open<'a>),
    /// An end tag.
    Close(String),
    /// Words, references decoded.
    Words(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Open<'a>(BytesStart<'a>);

impl Open<'_> {
    /// The name as written, with its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of an attribute by its name as written.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.try_get_attribute(name).ok().flatten()?;
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// Whether a switch is on: `<w:b/>`, `<w:b w:val="1"/>`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.get("w:val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// A number in an attribute.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

impl<'a> Xml<'a> {
    /// Reads `range` of a part.
    pub(super) fn new(part: &'a str, range: Range<usize>) -> Self {
        let mut reader = Reader::from_str(&part[range.clone()]);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self { reader, base: range.start, failed: false }
    }

    /// The next piece with its bytes in the part; `None` at the end and where the XML is broken.
    pub(super) fn next(&mut self) -> Option<(Piece<'a>, Range<usize>)> {
        loop {
            let start = self.base + self.reader.buffer_position() as usize;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.failed = true;
                    return None;
                }
            };
            let range = start..self.base + self.reader.buffer_position() as usize;
            let piece = match event {
                Event::Start(tag) => Piece::Open(Open(tag)),
                Event::End(tag) => Piece::Close(tag.name().into_inner().to_owned()),
                Event::Text(text) => Piece::Words(text.into_inner()),
                Event::CData(data) => Piece::Words(data.into_inner()),
                Event::GeneralRef(reference) => {
                    let said = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("").to_owned(),
                    };
                    Piece::Words(Cow::Owned(said))
                }
                Event::Eof => return None,
                _ => continue,
            };
            return Some((piece, range));
        }
    }

    /// Whether it ended because the XML is broken.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// Passes over the rest of an element whose start tag was read last. Gives where its end tag begins.
    pub(super) fn skip(&mut self) -> usize {
        let mut depth = 1;
        while let Some((piece, range)) = self.next() {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return range.start;
                    }
                }
                Piece::Words(_) => {}
            }
        }
        self.base + self.reader.buffer_position() as usize
    }
}
