//! Books (EPUB): the chapters in the order of reading, as one page of HTML.
//!
//! Places count in that page. Chapters keep their markup; only what would make a page of several pages is levelled.

use super::DecodeError;
use super::archive::Archive;
use super::package::{folder, part_name};
use super::xml::{Piece, Xml};
use rustc_hash::FxHashMap;

/// The page that a book is.
pub(super) fn page(bytes: &[u8]) -> Result<String, DecodeError> {
    let mut archive = Archive::open(bytes)?;
    if archive.has("META-INF/encryption.xml")
        && archive.text("META-INF/encryption.xml")?.is_some_and(|e| e.contains("xhtml") || e.contains(".html"))
    {
        return Err(DecodeError::Encrypted);
    }
    let missing = |part: &str| DecodeError::PartMissing { part: part.to_owned(), format: "EPUB" };
    let container = archive.text("META-INF/container.xml")?.ok_or_else(|| missing("META-INF/container.xml"))?;
    let package = attributes(&container, "rootfile", &["full-path"]).into_iter().next().unwrap_or_default();
    let package = package.into_iter().next().unwrap_or_default();
    let contents = archive.text(&package)?.ok_or_else(|| missing(&package))?;
    let mut items: FxHashMap<String, String> = FxHashMap::default();
    for item in attributes(&contents, "item", &["id", "href", "media-type", "properties"]) {
        let [id, href, media, properties] = item.as_slice() else { continue };
        // The table of contents is made of the headings.
        if media.contains("html") && !properties.split_whitespace().any(|p| p == "nav") {
            items.insert(id.clone(), part_name(folder(&package), href));
        }
    }
    let mut names: Vec<String> = Vec::new();
    for spine in attributes(&contents, "itemref", &["idref"]) {
        if let Some(name) = spine.first().and_then(|id| items.get(id)).filter(|n| !names.contains(n)) {
            names.push(name.clone());
        }
    }
    let mut page = String::from("<?xml version=\"1.0\"?><html><body>\n");
    for name in &names {
        let Some(chapter) = archive.text(name)? else { continue };
        page.push_str("<div>");
        page.push_str(&level(inner(&chapter), &names));
        page.push_str("</div>\n");
    }
    page.push_str("</body></html>\n");
    Ok(page)
}

/// The attributes of every element of a name, in order.
fn attributes(part: &str, element: &str, wanted: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut xml = Xml::new(part, 0..part.len());
    while let Some((piece, _)) = xml.next() {
        let Piece::Open(tag) = piece else { continue };
        if tag.name().rsplit(':').next() == Some(element) {
            found.push(wanted.iter().map(|name| tag.get(name).unwrap_or_default()).collect());
        }
    }
    found
}

/// What the body of a chapter holds.
fn inner(chapter: &str) -> &str {
    let from = chapter.find("<body").and_then(|at| Some(at + chapter[at..].find('>')? + 1)).unwrap_or(0);
    let to = chapter.rfind("</body").filter(|&to| to >= from).unwrap_or(chapter.len());
    &chapter[from..to]
}

/// A chapter whose main part is a part among others, and whose links into other chapters lead within the page.
fn level(chapter: &str, names: &[String]) -> String {
    let mut out = chapter.replace("<main", "<div").replace("</main", "</div");
    for name in names {
        let file = name.rsplit('/').next().unwrap_or(name);
        if out.contains(&format!("{file}#")) {
            out = out.replace(&format!("\"{file}#"), "\"#").replace(&format!("/{file}#"), "#");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn reads_the_body_of_a_chapter() {
        assert_eq!(inner("<html><body class=\"x\"><p>a</p></body></html>"), "<p>a</p>");
        assert_eq!(inner("<p>a</p>"), "<p>a</p>");
    }
}
