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
