//! How much the streams of a PDF come to when they are unpacked, measured before anything is read.
//!
//! The library that reads PDF unpacks a stream as a whole. A few kilobytes of Deflate can stand for gigabytes, so
//! streams are unpacked here once into nothing, and the file is refused when they come to too much.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// The most bytes that all streams but pictures may come to: 512 MiB.
pub(super) const MOST_INFLATED: u64 = 512 << 20;

/// How far before a stream its dictionary is looked for, in bytes.
const DICTIONARY: usize = 4096;

/// How many times over a stream may be packed and still be measured to the end; files in the wild pack once.
const MOST_STAGES: usize = 4;

/// Whether the streams of a file, pictures apart, come to more than [`MOST_INFLATED`] bytes.
pub(super) fn is_too_large(bytes: &[u8]) -> bool {
    let mut left = MOST_INFLATED;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        if bytes[..start].ends_with(b"end") {
            continue;
        }
        let dictionary = dictionary(bytes, start);
        let packed = count(dictionary, b"/FlateDecode") + count(dictionary, b"/Fl ");
        if packed == 0 || find(dictionary, b"/Image").is_some() {
            continue;
        }
        let body = &bytes[at..];
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        match inflated(body, packed, left) {
            Some(size) => left -= size,
            None => return true,
        }
    }
    false
}

/// The dictionary of the stream whose keyword stands at `start`: what follows the last `obj`.
fn dictionary(bytes: &[u8], start: usize) -> &[u8] {
    let before = &bytes[start.saturating_sub(DICTIONARY)..start];
    let object = before.windows(3).rposition(|w| w == b"obj").unwrap_or(0);
    &before[object..]
}

/// How many bytes a body that is packed so many times comes to, all stages together; `None` when that is more than
/// `most`. What cannot be unpacked (another filter, an encrypted file) counts as far as it goes.
fn inflated(body: &[u8], packed: usize, most: u64) -> Option<u64> {
    let mut total = 0;
    for stages in 1..=packed.min(MOST_STAGES) {
        let mut reader: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(body));
        for _ in 1..stages {
            reader = Box::new(ZlibDecoder::new(reader));
        }
        total += drained(&mut reader, most - total)?;
    }
    Some(total)
}

/// How many bytes there are to read; `None` when they are more than `most`.
fn drained(reader: &mut dyn Read, most: u64) -> Option<u64> {
    let mut buffer = vec![0; 64 << 10];
    let mut total = 0;
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        total += read as u64;
        if total > most {
            return None;
        }
    }
    Some(total)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    memchr::memmem::find_iter(bytes, word).count()
}

#[cfg(test)]
mod tests {
    use super::is_too_large;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    fn file(dictionary: &str, body: &[u8]) -> Vec<u8> {
        [format!("4 0 obj\n<< {dictionary} >>\nstream\n").as_bytes(), body, b"\nendstream\nendobj"].concat()
    }

    #[test]
    fn measures_streams_however_often_they_are_packed() {
        let zeros = vec![0; 8 << 20];
        let once = packed(&zeros);
        assert!(!is_too_large(&file("/Filter /FlateDecode", &once)));
        let many = file("/Filter /FlateDecode", &once).repeat(65);
        assert!(is_too_large(&many));
        // Many times the same bytes pack again: a stream of packed streams.
        let twice = packed(&packed(&vec![0; 520 << 20]));
        assert!(is_too_large(&file("/Filter [/FlateDecode /FlateDecode]", &twice)));
    }

    #[test]
    fn ignores_pictures_and_what_is_not_packed() {
        let once = packed(&vec![0; 520 << 20]);
        assert!(!is_too_large(&file("/Subtype /Image /Filter /FlateDecode", &once)));
        assert!(!is_too_large(&file("/Length 12", b"stream stream")));
        assert!(!is_too_large(b"stream"));
    }
}
