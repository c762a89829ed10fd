//! HTML, sloppy or well formed: every place is exact in the source.
//!
//! The tokenizer gives tags and words with their bytes; [`walk`] makes blocks of them. What is no part of the text
//! (menus, banners, scripts, what is hidden) is left out by [`scope`]; notes are found by [`calls`].

mod calls;
mod scope;
mod shape;
mod token;
mod walk;

use super::build::Builder;
use super::{bibliography, notes};
use crate::document::{Anchor, Document};
use crate::span::{FileId, Span};
use std::ops::Range;
use token::Kind;

/// Reads a page.
pub(super) fn read(source: &str, file: FileId) -> Document {
    read_as(source, file, true)
}

/// Reads the chapters of a book, which have no menus and banners around them.
pub(super) fn read_book(source: &str, file: FileId) -> Document {
    read_as(source, file, false)
}

fn read_as(source: &str, file: FileId, page: bool) -> Document {
    let mut document = Document::new(file);
    document.tagged = true;
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let tokens = token::tokens(source, start as u32..source.len() as u32);
    let mut build = Builder::new(&mut document);
    walk::Walk::new(source, &tokens, page, &mut build).run();
    let raised = build.finish();
    for token in &tokens {
        let Kind::Start(element) = &token.kind else { continue };
        // Scripts make more places than the page shows.
        document.generated |= element.name == "script";
        let name = if element.name == "a" { element.attribute("name") } else { None };
        for (name, at) in element.attribute("id").into_iter().chain(name).filter(|(name, _)| !name.is_empty()) {
            document.anchors.push(Anchor { name: name.to_owned(), level: 0, at: Span::new(file, at.start, at.end) });
        }
    }
    document.anchors.sort_by_key(|a| a.at);
    bibliography::mark(&mut document);
    notes::settle(&mut document, raised);
    document
}

/// Reads a piece of HTML in a document of another format; `at` are its bytes.
pub(super) fn read_piece(source: &str, at: Range<u32>, build: &mut Builder<'_>) {
    let tokens = token::tokens(source, at);
    walk::Walk::new(source, &tokens, false, build).run();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Style};

    fn document(source: &str) -> Document {
        read(source, FileId(0))
    }

    fn strings(source: &str) -> Vec<String> {
        document(source).blocks.into_iter().map(|b| b.text.string).collect()
    }

    #[test]
    fn reads_words_with_their_places() {
        let source = "<p>A <b>b&eacute;</b>\n c&nbsp;5<br>d <del>e</del>";
        let document = document(source);
        let text = &document.blocks[0].text;
        assert_eq!(text.string, "A bé c\u{a0}5 d e");
        assert_eq!(&source[text.span(3..5).range()], "&eacute;");
        assert!(text.has_style(2..5, Style::Strong) && text.has_style(13..14, Style::Struck));
        assert_eq!(text.range(text.span(2..10)), 2..10);
    }

    #[test]
    fn reads_merged_cells_and_heads() {
        let source = "<table><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D<tr><td>1<td>2<td>3</table>";
        let document = document(source);
        let table = &document.tables[0];
        assert_eq!(table.head_rows, 2);
        assert_eq!(table.rows[0][1], table.rows[0][2]);
        assert_eq!(table.rows[0][0], table.rows[1][0]);
        assert_eq!(table.rows.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3]);
    }

    #[test]
    fn leaves_out_menus_and_what_is_hidden() {
        let source = "<body><div class='nav-menu'><a href=/>Home</a> <a href=/b>43 boats</a></div>\
             <div class='menu'>Soup costs 4 euros.</div><h1>T</h1><p aria-hidden=true>5</p><p>Six.</p><footer>7</footer>";
        assert_eq!(strings(source), ["Soup costs 4 euros.", "T", "Six."]);
    }

    #[test]
    fn reads_the_main_part_and_the_title_before_it() {
        let source = "<body><div>Latest: 9 news</div><header><h1>Wells</h1></header>\
             <main><p>There are 40 wells in the valley.</p></main><aside>More</aside></body>";
        assert_eq!(strings(source), ["Wells", "There are 40 wells in the valley."]);
    }

    #[test]
    fn reads_notes_of_several_makers() {
        for source in [
            "<p>One<sup><a href='#f1' id=r1>1</a></sup>.</p><ol><li id=f1>Note <a href='#r1'>↩</a></li></ol>",
            "<p>One<a href='#_ftn1' name='_r1'><sup>[1]</sup></a>.</p><p><a href='#_r1' name='_ftn1'>[1]</a> Note</p>",
            "<p>One<sup>[<a href='#f1'>1</a>]</sup>.</p><p id=f1><sup>1</sup> Note</p>",
            "<p>One<a class=footnote-ref href='#f1'>1</a>.</p><aside id=f1><p>1. Note</aside>",
        ] {
            let document = document(source);
            assert_eq!(document.blocks[0].text.string, "One.", "{source}");
            assert_eq!(document.marks.iter().map(|m| m.label.as_str()).collect::<Vec<_>>(), ["1"], "{source}");
            assert_eq!(document.notes.len(), 1, "{source}");
            assert_eq!(document.blocks[1].kind, BlockKind::Note { note: 0 }, "{source}");
            assert_eq!(document.blocks[1].text.string.trim(), "Note", "{source}");
        }
    }

    #[test]
    fn ignores_raised_links_to_other_things() {
        let document = document("<p id=top>10<sup><a href='#top'>2</a></sup> x<sup>3</sup></p>");
        assert!(document.notes.is_empty() && document.marks.is_empty());
    }

    #[test]
    fn reads_terms_as_a_table_when_values_are_short() {
        assert_eq!(document("<dl><dt>Length<dd>5 km<dt>Gates<dd>23</dl>").tables[0].rows.len(), 2);
        assert!(document("<dl><dt>Why?<dd>Because.<dt>When?<dd>In May.</dl>").tables.is_empty());
    }
}
