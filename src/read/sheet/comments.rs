//! What is noted at the cells of a workbook (XLSX), and what people remark on them.
//!
//! Notes are those of ECMA-376, part 1, section 18.7; comments in threads those of MS-XLSX, section 2.4.76. A program
//! that writes a thread also writes a note at the same cell, which tells old programs of the thread.

use super::rows::{Noted, Remark, note};
use crate::read::DecodeError;
use crate::read::archive::Archive;
use crate::read::package::{folder, part_name, relations};
use crate::read::xml::{Piece, Xml};
use rustc_hash::FxHashMap;

/// The names of people by their ids.
pub(super) type Persons = FxHashMap<String, String>;

/// Who writes comments in a workbook.
pub(super) fn persons(archive: &mut Archive<'_>) -> Result<Persons, DecodeError> {
    let mut found = Persons::default();
    let main = main_part(archive)?;
    for relation in relations(archive, &main)?.into_iter().filter(|r| r.kind == "person") {
        let part = archive.text(&part_name(folder(&main), &relation.target))?.unwrap_or_default();
        let mut xml = Xml::new(&part, 0..part.len());
        while let Some((piece, _)) = xml.next() {
            let Piece::Open(tag) = piece else { continue };
            if local(tag.name()) == "person"
                && let (Some(id), Some(name)) = (tag.get("id"), tag.get("displayName"))
            {
                found.insert(id, name);
            }
        }
    }
    Ok(found)
}

/// The part that names the sheets.
fn main_part(archive: &mut Archive<'_>) -> Result<String, DecodeError> {
    let main = relations(archive, "")?.into_iter().find(|r| r.kind == "officeDocument");
    Ok(main.map_or_else(|| "xl/workbook.xml".to_owned(), |r| part_name("", &r.target)))
}

/// The parts of the sheets, by their names.
pub(super) fn parts(archive: &mut Archive<'_>) -> Result<FxHashMap<String, String>, DecodeError> {
    let main = main_part(archive)?;
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

/// What is noted at the cells of the sheet of a part, and what is remarked on them.
pub(super) fn noted(
    archive: &mut Archive<'_>,
    sheet: &str,
    persons: &Persons,
) -> Result<(Noted, Vec<Remark>), DecodeError> {
    let (mut notes, mut remarks) = (Noted::new(), Vec::new());
    for relation in relations(archive, sheet)? {
        let name = part_name(folder(sheet), &relation.target);
        match relation.kind.as_str() {
            "comments" => read_notes(&archive.text(&name)?.unwrap_or_default(), &mut notes),
            "threadedComment" => read_threads(&archive.text(&name)?.unwrap_or_default(), persons, &mut remarks),
            _ => {}
        }
    }
    for remark in &remarks {
        notes.remove(&remark.cell);
    }
    Ok((notes, remarks))
}

/// Reads the notes of a part.
fn read_notes(part: &str, found: &mut Noted) {
    each(part, "comment", "t", |cell, _, words| note(found, cell, words));
}

/// Reads the comments of a part: answers follow what they answer.
fn read_threads(part: &str, persons: &Persons, found: &mut Vec<Remark>) {
    each(part, "threadedComment", "text", |cell, person, words| {
        let author = persons.get(person).cloned().unwrap_or_default();
        found.push(Remark { cell, author, words: words.split_whitespace().collect::<Vec<_>>().join(" ") });
    });
}

/// Gives every element of a name with the cell that it hangs at, the id of a person, and its words.
fn each(part: &str, element: &str, words_in: &str, mut give: impl FnMut((u32, u32), &str, &str)) {
    let mut xml = Xml::new(part, 0..part.len());
    let (mut cell, mut person) = (None, String::new());
    let (mut said, mut in_words) = (String::new(), false);
    while let Some((piece, _)) = xml.next() {
        match piece {
            Piece::Open(tag) => {
                let name = local(tag.name());
                if name == element {
                    cell = tag.get("ref").and_then(|r| position(&r));
                    person = tag.get("personId").unwrap_or_default();
                } else if name == "rPh" {
                    // How to read East Asian words aloud.
                    xml.skip();
                }
                in_words = name == words_in;
            }
            Piece::Words(words) if in_words => said.push_str(&words),
            Piece::Words(_) => {}
            Piece::Close(name) => {
                in_words = false;
                if local(&name) == element {
                    let words = std::mem::take(&mut said);
                    if let Some(cell) = cell.take() {
                        give(cell, &person, &words);
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
    use super::{Persons, position, read_notes, read_threads};
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
        read_notes(notes, &mut found);
        assert_eq!(found[&(6, 1)], "Of the north.");
        let persons: Persons = [("{7}".to_owned(), "Ana Lund".to_owned())].into_iter().collect();
        let threads = r#"<ThreadedComments><threadedComment ref="A1" id="1" personId="{7}"><text>Which  year?</text></threadedComment><threadedComment ref="A1" id="2" parentId="1"><text>2023</text></threadedComment></ThreadedComments>"#;
        let mut remarks = Vec::new();
        read_threads(threads, &persons, &mut remarks);
        let said: Vec<_> = remarks.iter().map(|r| (r.cell, r.author.as_str(), r.words.as_str())).collect();
        assert_eq!(said, [((0, 0), "Ana Lund", "Which year?"), ((0, 0), "", "2023")]);
    }
}
