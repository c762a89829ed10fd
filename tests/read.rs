//! How documents are read: what `recount text` shows of small documents with everything in them.

mod helper;

use helper::archive;
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

#[test]
fn reads_comments_of_open_document_and_rich_text_behind_the_text() {
    let open_document = r#"<office:document xmlns:office="o" xmlns:text="t" xmlns:dc="d"><office:body><office:text><text:p>The board dug 43 wells<office:annotation><dc:creator>Dora  Marsh</dc:creator><dc:date>2024-03-05</dc:date><text:list><text:list-item><text:p>Or 34?</text:p></text:list-item></text:list><text:p>See the annex.</text:p></office:annotation> in 2021.</text:p><text:p><office:annotation><dc:creator>recount</dc:creator><text:p>43 here</text:p></office:annotation>They give water.</text:p></office:text></office:body></office:document>"#;
    let rich = r"{\rtf1\ansi The board dug 43 wells{\*\atnid DM}{\*\atnauthor Dora Marsh}\chatn{\*\annotation{\*\atndate 1}\pard\plain Or 34?\par See the annex.} in 2021.\par They give water.\par}";
    for (name, text, comments) in
        [("a.fodt", open_document, &["Or 34?", "See the annex."][..]), ("a.rtf", rich, &["Or 34? See the annex."])]
    {
        let path = std::path::Path::new(name);
        let format = Format::of(path).expect("the ending is known");
        let opened = recount::read::open(path, text.as_bytes().to_vec(), format, Default::default());
        let document = opened.expect("it can be read").document.expect("rendered formats come with their document");
        let said: Vec<&str> = document.blocks.iter().map(|b| b.text.string.as_str()).collect();
        let body = ["The board dug 43 wells in 2021.", "They give water."];
        assert_eq!(said, [&body[..], comments].concat(), "{name}");
        assert!(document.lists.is_empty());
        let place = recount::report::place::Places::new(&document).block(document.first_comment());
        assert_eq!(place, "comment 1 by Dora Marsh on paragraph 1", "{name}");
    }
}

#[test]
fn reads_all_that_the_chapters_of_a_book_hold() {
    let container = r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#;
    let package = r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="text/b%20c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"#;
    let first = r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>Before.</p><iframe src="x.html"/><script src="x.js"/><div class="pagination"><p>A section on pages.</p></div></body></html>"#;
    let second = "<html><body><footer><p>The last words.</p></footer></body></html>";
    let book = archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/book.opf", package),
        ("OEBPS/a.xhtml", first),
        ("OEBPS/text/b c.xhtml", second),
    ]);
    let opened = recount::read::open(std::path::Path::new("a.epub"), book, Format::Epub, Default::default());
    let document = opened.expect("it can be read").document.expect("books come with their document");
    let said: Vec<&str> = document.blocks.iter().map(|b| b.text.string.as_str()).collect();
    assert_eq!(said, ["Before.", "A section on pages.", "The last words."]);
}
