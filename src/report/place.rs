//! Where a person looks: "section "2.1 Methods", paragraph 3", "table 1, row 2, column 3", "note 12".

use super::fold;
use crate::document::{BlockId, BlockKind, Document};
use crate::read::column_name;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// The blocks of one document by offset, each with its number among its like.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    document: &'a Document,
    /// First and last byte of every block with its id, sorted.
    extents: Vec<(u32, u32, BlockId)>,
    /// For paragraphs, lists, quotations and so on: the number within the section or document, from 1.
    /// Aligned with the blocks.
    numbers: Vec<u32>,
}

impl<'a> Places<'a> {
    /// Numbers the blocks of a document.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        let mut extents: Vec<(u32, u32, BlockId)> = document
            .iter()
            .map(|(id, block)| {
                let whole = block.text.whole();
                (whole.start, whole.end, id)
            })
            .collect();
        extents.sort();
        let mut counters: FxHashMap<(u8, Option<BlockId>), u32> = FxHashMap::default();
        let mut lists: FxHashMap<u32, u32> = FxHashMap::default();
        let mut numbers = Vec::with_capacity(document.blocks.len());
        for (_, block) in document.iter() {
            let mut next = |sort: u8, section: Option<BlockId>| {
                let n = counters.entry((sort, section)).or_insert(0);
                *n += 1;
                *n
            };
            numbers.push(match block.kind {
                BlockKind::Paragraph => next(0, block.section),
                BlockKind::Item { list, .. } => *lists.entry(list).or_insert_with(|| next(1, block.section)),
                BlockKind::Quote => next(2, block.section),
                BlockKind::Entry => next(3, None),
                BlockKind::Code => next(4, block.section),
                BlockKind::Contents => next(5, None),
                _ => 0,
            });
        }
        Self { document, extents, numbers }
    }

    /// Where a person looks for a span of this document; empty when no block holds it.
    #[must_use]
    pub fn of(&self, span: Span) -> String {
        let found = self.find(span);
        if let Some(BlockKind::Comment { comment }) = found.map(|id| self.document.block(id).kind) {
            return self.comment(comment);
        }
        let place = found.map_or(String::new(), |id| self.block(id));
        let Document { pages, lines, .. } = self.document;
        if place.is_empty() || pages.is_empty() && lines.is_empty() {
            return place;
        }
        let before = pages.partition_point(|&page| page <= span.start);
        let page = before + 1;
        if lines.is_empty() {
            return format!("page {page}, {place}");
        }
        let begins = before.checked_sub(1).map_or(0, |n| pages[n]);
        let line = lines.partition_point(|&l| l <= span.start) - lines.partition_point(|&l| l < begins);
        match found.map(|id| self.document.block(id).kind) {
            // On paper a line is found sooner than a paragraph of a section.
            Some(BlockKind::Cell { .. } | BlockKind::Note { .. } | BlockKind::Heading(_)) => {
                format!("page {page}, line {line}, {place}")
            }
            _ => format!("page {page}, line {line}"),
        }
    }

    /// Number and author of a comment, and where it hangs.
    fn comment(&self, index: u32) -> String {
        let Some(comment) = self.document.comments.get(index as usize) else { return "comment".to_owned() };
        let by = if comment.author.is_empty() { String::new() } else { format!(" by {}", comment.author) };
        let on = comment.on.map(|on| self.of(on));
        let on = on.filter(|on| !on.is_empty()).map_or(String::new(), |on| format!(" on {on}"));
        format!("comment {}{by}{on}", index + 1)
    }

    /// What a reader sees at a place and around it, for documents whose markup stands between the words; `None` for
    /// others, and for places that are in no block.
    #[must_use]
    pub fn seen(&self, within: Span, at: Span) -> Option<(&'a str, String)> {
        if !self.document.tagged {
            return None;
        }
        let text = &self.document.block(self.find(at)?).text;
        let (at, around) = (text.range(at), text.range(within));
        let shown = text.string.get(at.clone()).filter(|shown| !shown.is_empty())?;
        let around = around.start as u32..around.end as u32;
        Some((shown, super::excerpt(&text.string, around, at.start as u32..at.end as u32)))
    }

    /// The block that holds a span; `None` when it is in none.
    #[must_use]
    pub fn holder(&self, span: Span) -> Option<BlockId> {
        let id = self.find(span)?;
        let whole = self.document.block(id).text.whole();
        (whole.start <= span.start && span.end <= whole.end).then_some(id)
    }

    /// The block that holds a span, else the last one before it.
    fn find(&self, span: Span) -> Option<BlockId> {
        let after = self.extents.partition_point(|&(start, ..)| start <= span.start);
        // Blocks hardly nest, so the block is among the few that begin last before the span.
        let found = self.extents[..after].iter().rev().take(8).find(|(_, end, _)| *end >= span.end.max(span.start));
        found.or_else(|| self.extents[..after].last()).map(|&(.., id)| id)
    }

    /// Where a person looks for a block.
    #[must_use]
    pub fn block(&self, id: BlockId) -> String {
        let block = self.document.block(id);
        let number = self.numbers[id.index()];
        let own = match block.kind {
            BlockKind::Heading(_) => return format!("heading \"{}\"", title(&block.text.string)),
            BlockKind::Cell { table, row, col } => {
                if let Some(sheet) = self.document.tables.get(table as usize).and_then(|t| t.sheet.as_ref()) {
                    let cell = format!(
                        "{}{}",
                        column_name(sheet.first_column + col),
                        sheet.rows.get(row as usize).map_or(0, |n| n + 1)
                    );
                    return if sheet.name.is_empty() {
                        format!("cell {cell}")
                    } else {
                        format!("{}!{cell}", sheet.name)
                    };
                }
                return format!("table {}, row {}, column {}", table + 1, row + 1, col + 1);
            }
            BlockKind::Note { note } => {
                return self
                    .document
                    .notes
                    .get(note as usize)
                    .map_or_else(|| "note".to_owned(), |n| format!("note {}", n.label));
            }
            BlockKind::Comment { comment } => return self.comment(comment),
            BlockKind::Caption => {
                let of = self.document.tables.iter().position(|t| t.caption == Some(id));
                return match of {
                    Some(table) => format!("caption of table {}", table + 1),
                    None => format!("caption \"{}\"", title(&block.text.string)),
                };
            }
            BlockKind::Entry => return format!("reference list, entry {number}"),
            BlockKind::Contents => return format!("table of contents, line {number}"),
            BlockKind::Meta => return "front matter".to_owned(),
            BlockKind::Paragraph => format!("paragraph {number}"),
            BlockKind::Item { item, .. } => format!("list {number}, item {}", item + 1),
            BlockKind::Quote => format!("quotation {number}"),
            BlockKind::Code => format!("code block {number}"),
        };
        match block.section {
            Some(section) => {
                format!("section \"{}\", {own}", title(&self.document.block(section).text.string))
            }
            None => own,
        }
    }
}

/// A heading cut to what is needed to find it.
fn title(text: &str) -> String {
    super::first_words(fold(text).trim(), 60)
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::read::{Format, read};
    use crate::source::{Origin, SourceFile};
    use crate::span::{FileId, Span};

    #[test]
    fn reads_where_a_person_looks() {
        let text = "\
# Report

First words.[^7]

Second words.

## 2.1 Methods

- one item
- another item

1. a numbered item

> A quoted passage.

| Town | Beds |
| --- | --- |
| Aune | 31 |

Last words.

[^7]: The note says so.
";
        let file = SourceFile::new("a.md".into(), text.to_owned(), Origin::Verbatim);
        let document = read(&file, FileId(0), Format::Markdown);
        let places = Places::new(&document);
        for (wording, expected) in [
            ("First", "section \"Report\", paragraph 1"),
            ("Second words", "section \"Report\", paragraph 2"),
            ("Methods", "heading \"2.1 Methods\""),
            ("another", "section \"2.1 Methods\", list 1, item 2"),
            ("numbered", "section \"2.1 Methods\", list 2, item 1"),
            ("quoted", "section \"2.1 Methods\", quotation 1"),
            ("31", "table 1, row 2, column 2"),
            ("Last", "section \"2.1 Methods\", paragraph 1"),
            ("The note", "note 7"),
        ] {
            let start = text.find(wording).expect("the wording is in the text") as u32;
            let span = Span::new(FileId(0), start, start + wording.len() as u32);
            assert_eq!(places.of(span), expected, "{wording}");
        }
        assert_eq!(
            Places::new(&read(
                &SourceFile::new("e.md".into(), String::new(), Origin::Verbatim),
                FileId(0),
                Format::Markdown
            ))
            .of(Span::new(FileId(0), 0, 0)),
            ""
        );
    }
}
