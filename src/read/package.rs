//! Packages: how the parts of an archive are named and how they lead to each other.
//!
//! Relations are those of ECMA-376, part 2 (Open Packaging Conventions): `a/b.xml` has its own in `a/_rels/b.xml.rels`.

use super::DecodeError;
use super::archive::Archive;
use super::xml::{Piece, Xml};

/// A relation of a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// What the part calls it by.
    pub(super) id: String,
    /// The last word of its type: `hyperlink`, `worksheet`, `comments`.
    pub(super) kind: String,
    /// What it leads to, as written.
    pub(super) target: String,
}

/// The relations of a part, in order; those of the package for an empty name.
pub(super) fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, DecodeError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let relations = archive.text(&format!("{folder}{slash}_rels/{name}.rels"))?.unwrap_or_default();
    let mut found = Vec::new();
    let mut xml = Xml::new(&relations, 0..relations.len());
    while let Some((piece, _)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id, kind, target });
        }
    }
    Ok(found)
}

/// The folder of a part with its slash; empty for a part that lies in none.
pub(super) fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |i| &part[..=i])
}

/// The name of a part that is named from a folder: `../text/a%20b.xhtml`, `/xl/comments1.xml`.
pub(super) fn part_name(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or("");
    let folder = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<String> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(unescaped(part)),
        }
    }
    parts.join("/")
}

/// A name with `%20` and its like read.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, more)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| std::str::from_utf8(more.get(..2)?).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::part_name;

    #[test]
    fn reads_names_of_parts() {
        assert_eq!(part_name("OEBPS/", "../text/a%20b.xhtml#x"), "text/a b.xhtml");
        assert_eq!(part_name("", "./ch1.xhtml"), "ch1.xhtml");
        assert_eq!(part_name("xl/worksheets/", "/xl/comments1.xml"), "xl/comments1.xml");
    }
}
