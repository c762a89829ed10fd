//! What is noted at the cells of a workbook (XLSX): notes, and comments with their answers.
//!
//! Notes are those of ECMA-376, part 1, section 18.7; comments in threads those of MS-XLSX, section 2.4.76. A program
//! that writes a thread also writes a note at the same cell, which tells old programs of the thread.

use super::rows::{Noted, note};
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::package::{folder, part_name, relations};
use crate::read::xml::{Piece, Xml};
use rustc_hash::FxHashMap;

/// The elements that hold a note and its words.
struct Elements {
    note: &'static str,
    words: &'static str,
}

const NOTE: Elements = Elements { note: "comment", words: "t" };
const THREAD: Elements = Elements { note: "threadedComment", words: "text" };

/// The parts of the sheets, by their names.
pub(super) fn parts(archive: &mut Archive<'_>) -> Result<FxHashMap<String, String>, DecodeError> {
    let main = relations(archive, "")?.into_iter().find(|r| r.kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |r| part_name("", &r.target));
    let book = archive.text(&main)?.unwrap_or_default();
    let sheets: FxHashMap<String, String> = relations(archive, &main)?
        .into_iter()
        .filter(|r| r.kind == "worksheet")
        .map(|r| (r.id, part_name(folder(&main), &r.target)))
        .collect();
    let mut found = FxHashMap::default();
    let mut xml = Xml::new(&book, 0..book.len());
    while let Some((piece, _)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if local(tag.name()) == "sheet"
            && let (Some(name), Some(id)) = (tag.get("name"), tag.get("r:id"))
            && let Some(part) = sheets.get(&id)
        {
            found.insert(name, part.clone());
        }
    }
    Ok(found)
}

/// What is noted at the cells of the sheet of a part.
pub(super) fn noted(archive: &mut Archive<'_>, sheet: &str) -> Result<Noted, DecodeError> {
    let (mut notes, mut threads) = (Noted::new(), Noted::new());
    for relation in relations(archive, sheet)? {
        let (elements, found) = match relation.kind.as_str() {
            "comments" => (NOTE, &mut notes),
            "threadedComment" => (THREAD, &mut threads),
            _ => continue,
        };
        if let Some(part) = archive.text(&part_name(folder(sheet), &relation.target))? {
            read(&part, &elements, found);
        }
    }
    notes.extend(threads);
    Ok(notes)
}

/// Reads the notes of a part; several at one cell stand one after the other.
fn read(part: &str, elements: &Elements, found: &mut Noted) {
    let mut xml = Xml::new(part, 0..part.len());
    let mut cell = None;
    let (mut said, mut in_words) = (String::new(), false);
    while let Some((piece, _)) = xml.next() {
        match piece {
            Piece::Open(tag) => {
                let name = local(tag.name());
                if name == elements.note {
                    cell = tag.get("ref").and_then(|r| position(&r));
                } else if name == "rPh" {
                    // How to read East Asian words aloud.
                    xml.skip();
                }
                in_words = name == elements.words;
            }
            Piece::Words(words) if in_words => said.push_str(&words),
            Piece::Words(_) => {}
            Piece::Close(name) => {
                in_words = false;
                if local(&name) == elements.note {
                    let words = std::mem::take(&mut said);
                    if let Some(cell) = cell.take() {
                        note(found, cell, &words);
                    }
                }
            }
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Row and column of an address, from 0: `B7`.
fn position(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = address.split_at(digits);
    let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        letter
            .is_ascii_alphabetic()
            .then(|| column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1))?
    })?;
    Some((row, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::{NOTE, THREAD, position, read};
    use crate::read::sheet::rows::Noted;

    #[test]
    fn reads_addresses() {
        assert_eq!(["A1", "B7", "XFD10"].map(position), [Some((0, 0)), Some((6, 1)), Some((9, 16_383))]);
        assert_eq!(["", "7", "B", "B0", "ZZZZZZZZZ1", "B7C"].map(position), [None; 6]);
    }

    #[test]
    fn reads_notes_of_several_runs_and_answers_after_what_they_answer() {
        let mut found = Noted::new();
        let notes = r#"<x:comments><x:commentList><x:comment ref="B7"><x:text><x:r><x:t>Of the </x:t></x:r><x:r><x:t>north.</x:t></x:r></x:text></x:comment></x:commentList></x:comments>"#;
        read(notes, &NOTE, &mut found);
        assert_eq!(found[&(6, 1)], "Of the north.");
        let threads = r#"<ThreadedComments><threadedComment ref="A1" id="1"><text>Which year?</text></threadedComment><threadedComment ref="A1" id="2" parentId="1"><text>2023</text></threadedComment></ThreadedComments>"#;
        read(threads, &THREAD, &mut found);
        assert_eq!(found[&(0, 0)], "Which year? 2023");
    }
}
