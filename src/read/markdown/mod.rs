//! Markdown: CommonMark with the GitHub extensions, footnotes and front matter.
//!
//! The parser gives events with byte ranges; [`blocks`] makes blocks of them, [`mask`] hides what is of other dialects.

mod anchors;
mod blocks;
mod front;
mod inline;
mod mask;

use super::build::Builder;
use super::{bibliography, notes};
use crate::document::{Definition, Document};
use crate::span::{FileId, Span};
use pulldown_cmark::{Options, Parser};

/// Reads Markdown.
pub(super) fn read(source: &str, file: FileId) -> Document {
    let mut document = Document::new(file);
    // The parser takes a heading after a byte order mark for running text.
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = front::read(source, start, &mut document);
    let masked = mask::mask(&source[body..]);
    let parser = Parser::new_ext(&masked, options());
    for (label, definition) in parser.reference_definitions().iter() {
        let (from, to) = (body + definition.span.start, body + definition.span.end);
        let written = source.get(from..to).unwrap_or("");
        let end = from + written.find("]:").map_or(written.len(), |i| i + 1);
        let address = written.rfind(&*definition.dest).map_or(from..to, |i| from + i..from + i + definition.dest.len());
        let span = |range: std::ops::Range<usize>| Span::new(file, range.start as u32, range.end as u32);
        document.definitions.push(Definition {
            label: label.to_owned(),
            label_at: span(from..end),
            target: definition.dest.to_string(),
            at: span(address),
        });
    }
    document.definitions.sort_by_key(|d| d.at);
    let raised = blocks::Reader::new(Builder::new(&mut document), source, body as u32).run(parser.into_offset_iter());
    anchors::named(source, &mut document);
    bibliography::mark(&mut document);
    notes::settle(&mut document, raised);
    document
}

/// The extensions that are read. Math would swallow sums of money between two dollar signs, definition lists would
/// swallow directives, smart punctuation and raised text would change what is written.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
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
    fn reads_inline_markup_as_words_with_styles() {
        let source = "A *b* **c** `d  e` [f](u) <http://g.h> &eacute;&amp; \\*5 i<br>j";
        let document = document(source);
        let text = &document.blocks[0].text;
        assert_eq!(text.string, "A b c d  e f http://g.h é& *5 i j");
        let of = |style| -> Vec<&str> {
            let ranges = text.styles.iter().filter(|(_, s)| *s == style);
            ranges.map(|(r, _)| &text.string[r.start as usize..r.end as usize]).collect()
        };
        assert_eq!(of(Style::Emphasis), ["b"]);
        assert_eq!(of(Style::Strong), ["c"]);
        assert_eq!(of(Style::Code), ["d  e"]);
        assert_eq!(of(Style::Link), ["f"]);
        assert_eq!(of(Style::Address), ["http://g.h"]);
        let at = text.string.find('é').unwrap_or_default();
        assert_eq!(&source[text.span(at..at + 2).range()], "&eacute;");
    }

    #[test]
    fn keeps_sums_of_money_and_single_tildes() {
        assert_eq!(strings("It cost $5 and US$3-US$4, ~5 or ~6~ more."), ["It cost $5 and US$3-US$4, ~5 or ~6~ more."]);
        let struck = document("~~5~~ 6");
        assert_eq!(struck.blocks[0].text.string, "5 6");
        assert!(struck.blocks[0].text.has_style(0..1, Style::Struck));
    }

    #[test]
    fn reads_marks_and_notes() {
        let document =
            document("One[^1], two[^x] and three<sup>2</sup>.\n\n[^1]: First.\n\n    More.\n\n<sup>2</sup> Second.\n");
        assert_eq!(document.blocks[0].text.string, "One, two and three.");
        let marks: Vec<(&str, u32)> = document.marks.iter().map(|m| (m.label.as_str(), m.offset)).collect();
        assert_eq!(marks, [("1", 3), ("x", 8), ("2", 18)]);
        let notes: Vec<(&str, usize)> = document.notes.iter().map(|n| (n.label.as_str(), n.blocks.len())).collect();
        assert_eq!(notes, [("1", 2), ("2", 1)]);
        assert_eq!(document.blocks[3].text.string, "Second.");
    }

    #[test]
    fn reads_headings_below_a_byte_order_mark_and_with_all_line_ends() {
        let document = document("\u{feff}# One\r\n\r\nText\r\n  goes on.\r\n\r\nTwo\r\n---\r\n\r\n### Three\r\n");
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
        use BlockKind::{Heading, Paragraph};
        assert_eq!(kinds, [Heading(1), Paragraph, Heading(2), Heading(3)]);
        assert_eq!(document.blocks[1].text.string, "Text goes on.");
        let sections: Vec<Option<u32>> = document.blocks.iter().map(|b| b.section.map(|s| s.0)).collect();
        assert_eq!(sections, [None, Some(0), Some(0), Some(2)]);
        assert_eq!(document.blocks[0].text.whole().start, 5);
    }

    #[test]
    fn reads_lists_with_their_introductions() {
        let document = document(
            "Three farms:\n\n1. North\n2. South\n   - sheep\n   - goats\n\n   Later words.\n3. West\n\nEnd.\n",
        );
        let lists: Vec<(bool, usize, Option<u32>)> =
            document.lists.iter().map(|l| (l.ordered, l.items.len(), l.intro.map(|b| b.0))).collect();
        assert_eq!(lists, [(true, 3, Some(0)), (false, 2, Some(2))]);
        assert_eq!(document.lists[1].parent, Some((0, 1)));
        assert_eq!(document.lists[0].items[2].marker, "3.");
        assert_eq!(document.blocks[5].kind, BlockKind::Paragraph);
    }

    #[test]
    fn gives_tables_the_captions_next_to_them() {
        let table = "| a | b |\n|---|---|\n| 1 | |\n";
        let source =
            format!("Table 1. One\n\n{table}\nTable 2: Two\n\n{table}\nWords.\n\n{table}Source: us\n\nTable 4. Four\n");
        let document = document(&source);
        let caption = |t: usize| document.tables[t].caption.map(|c| document.block(c).text.string.as_str());
        assert_eq!((caption(0), caption(1), caption(2)), (Some("Table 1. One"), Some("Table 2: Two"), None));
        let intro = document.tables[2].intro.map(|b| document.block(b).text.string.as_str());
        assert_eq!(intro, Some("Words."));
        assert_eq!(document.tables[2].rows.len(), 2, "the line below is no row");
        assert_eq!(document.tables[0].rows[1][1], None);
    }

    #[test]
    fn reads_heads_of_two_rows() {
        let head = |source: &str| document(source).tables[0].head_rows;
        assert_eq!(head("| | Years ended | |\n|---|---|---|\n| | 2019 | 2018 |\n| Sales | 4 | 5 |\n"), 2);
        assert_eq!(head("| | 2019 | 2018 |\n|---|---|---|\n| Sales | 4 | 5 |\n| Costs | 4 | 5 |\n"), 1);
        assert_eq!(head("| | a | b |\n|---|---|---|\n| | 41 | 5 |\n| Costs | 4 | 5 |\n"), 1);
    }

    #[test]
    fn leaves_out_comments_images_and_code() {
        let source = "A <!-- 5 --> b ![c](d).\n\n<!--\n\n6\n-->\n\n<script>\n7\n</script>\n\n```\n8\n```\n\nE.\n";
        let document = document(source);
        let prose: Vec<&str> =
            document.blocks.iter().filter(|b| b.kind != BlockKind::Code).map(|b| b.text.string.as_str()).collect();
        assert_eq!(prose, ["A  b .", "E."]);
    }
}
