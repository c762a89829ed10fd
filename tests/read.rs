//! How documents are read: what `recount text` shows of small documents with everything in them.

use recount::read::{Format, decode, read};
use recount::report::text::render;
use recount::span::FileId;

#[test]
fn reads_small_documents() {
    insta::glob!("../fixtures/read", "*.*", |path| {
        let bytes = std::fs::read(path).expect("a fixture that was listed is there");
        let source = decode(path, bytes).expect("fixtures are text");
        let format = Format::of(path).expect("fixtures have a known extension");
        insta::assert_snapshot!(render(&source, &read(&source, FileId(0), format)));
    });
}

#[test]
fn reads_addresses_of_links_in_open_document_text() {
    let text = r#"<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>See <text:a xlink:href="https://example.org/a">the minutes</text:a> of May.</text:p></office:text></office:body></office:document>"#;
    let mut opened = recount::read::open(
        std::path::Path::new("a.fodt"),
        text.as_bytes().to_vec(),
        recount::read::Format::Odt,
        recount::read::Revisions::Accepted,
    )
    .expect("it can be read");
    let document = opened.document.take().expect("rendered formats come with their document");
    let [link] = document.links.as_slice() else { panic!("{} links", document.links.len()) };
    assert_eq!((link.target.as_str(), opened.source.slice(link.at)), ("https://example.org/a", "the minutes"));
}
