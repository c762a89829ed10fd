//! Blocks from events. No recursion: however deep a document nests, the stack here is a vector.

use super::inline;
use crate::document::{Picture, Style};
use crate::read::build::{AroundKind, Builder, LeafKind};
use crate::read::{html, notes::Raised};
use crate::span::Span;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Makes blocks of events.
pub(super) struct Reader<'a, 'd> {
    build: Builder<'d>,
    source: &'a str,
    /// Offset of the parsed text in the file.
    base: u32,
    /// Where the row being read begins.
    row_start: u32,
    columns: usize,
    /// How many quotations stand around.
    quotes: usize,
    /// Blocks of HTML that nothing has followed yet.
    html: Option<Range<u32>>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(build: Builder<'d>, source: &'a str, base: u32) -> Self {
        Self { build, source, base, row_start: 0, columns: 0, quotes: 0, html: None }
    }

    /// Reads all events. Gives the raised stretches, which may call notes.
    pub(super) fn run<'e>(mut self, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) -> Vec<Raised> {
        for (event, range) in events {
            let at = self.base + range.start as u32..self.base + range.end as u32;
            let markup = matches!(event, Event::Html(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock));
            if !markup {
                self.read_html();
            }
            match event {
                Event::Start(tag) => self.start(&tag, at),
                Event::End(tag) => self.end(tag, at),
                Event::Text(words) => inline::words(self.build.leaf(), self.source, &words, at),
                Event::Code(code) => inline::code(self.build.leaf(), self.source, &code, at),
                Event::SoftBreak | Event::HardBreak => self.build.leaf().line_break(at.start),
                Event::InlineHtml(tag) => inline::tag(self.build.leaf(), &tag, at),
                Event::FootnoteReference(label) => {
                    let span = self.span(at);
                    self.build.leaf().mark(&label, span);
                }
                Event::Rule => self.build.close_leaf(),
                Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
            }
        }
        self.read_html();
        self.build.finish()
    }

    fn span(&self, at: Range<u32>) -> Span {
        Span::new(self.build.document.file, at.start, at.end)
    }

    fn written(&self, at: &Range<u32>) -> &'a str {
        &self.source[at.start as usize..at.end as usize]
    }

    /// Reads the blocks of HTML before this place. Neighbours are one piece: an empty line ends a block, not a table.
    fn read_html(&mut self) {
        let Some(at) = self.html.take() else { return };
        let written = self.written(&at);
        // A template is no text yet.
        if !written.contains("{{") && !written.contains("{%") {
            html::read_piece(self.source, at, &mut self.build);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: Range<u32>) {
        let source = self.source;
        match tag {
            Tag::Paragraph => self.build.open_leaf(LeafKind::Running, at.start),
            Tag::Heading { level, .. } => self.build.open_leaf(LeafKind::Heading(*level as u8), at.start),
            Tag::BlockQuote(callout) => {
                // An admonition was made a quotation by the mask; the file itself has no `>` there.
                let written = source.as_bytes().get(at.start as usize) == Some(&b'>');
                self.quotes += 1;
                self.build.go_in(if callout.is_some() || !written { AroundKind::Callout } else { AroundKind::Quote });
            }
            Tag::CodeBlock(_) => self.build.open_leaf(LeafKind::Code, at.start),
            Tag::List(first) => self.build.open_list(first.is_some()),
            Tag::Item => self.open_item(at),
            Tag::FootnoteDefinition(label) => {
                let end = self.written(&at).find("]:").map_or(at.end, |i| at.start + i as u32 + 1);
                let span = self.span(at.start..end);
                self.build.open_note(label, span);
            }
            Tag::Table(columns) => {
                self.build.open_table();
                if let Some(table) = self.build.table() {
                    table.head_rows = 1;
                }
                self.row_start = at.start;
                self.columns = columns.len();
            }
            Tag::TableHead | Tag::TableRow => {
                self.build.open_row();
                self.row_start = at.start;
            }
            Tag::TableCell => self.build.open_cell(1, 1),
            Tag::Emphasis => self.build.leaf().enter(Style::Emphasis, at.start),
            Tag::Strong => self.build.leaf().enter(Style::Strong, at.start),
            Tag::Strikethrough => {
                if source[at.start as usize..].starts_with("~~") {
                    self.build.leaf().enter(Style::Struck, at.start);
                } else {
                    // One tilde means "about" far more often than it strikes anything out.
                    inline::words(self.build.leaf(), source, &"~".into(), at.start..at.start + 1);
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                let style = match link_type {
                    LinkType::Autolink | LinkType::Email => Style::Address,
                    _ => Style::Link,
                };
                if style == Style::Link {
                    let place = match self.written(&at).rfind(&**dest_url) {
                        Some(i) => at.start + i as u32..at.start + (i + dest_url.len()) as u32,
                        None => at.clone(),
                    };
                    let span = self.span(place);
                    self.build.leaf().link(dest_url, span);
                }
                self.build.leaf().enter(style, at.start);
            }
            Tag::Image { dest_url, .. } => {
                let written = self.written(&at);
                let words = written.strip_prefix("![").and_then(|w| w.split_once(']')).map_or("", |(words, _)| words);
                let picture =
                    Picture { target: dest_url.to_string(), words: words.to_owned(), at: self.span(at.clone()) };
                self.build.picture(picture);
                self.build.leaf().enter_image();
            }
            Tag::HtmlBlock => {
                self.build.close_leaf();
                // The marks of quotations stand between the lines.
                if self.quotes == 0 {
                    let from = self.html.as_ref().map_or(at.start, |html| html.start);
                    self.html = Some(from..at.end);
                }
            }
            Tag::MetadataBlock(_) => self.build.close_leaf(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<u32>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.build.close_leaf(),
            TagEnd::TableCell => self.build.close_cell(),
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.build.go_out();
            }
            TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::Item => self.build.go_out(),
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(at),
            TagEnd::Table => self.build.close_table(),
            TagEnd::Emphasis => self.build.leaf().leave(Style::Emphasis),
            TagEnd::Strong => self.build.leaf().leave(Style::Strong),
            TagEnd::Strikethrough => {
                let source = self.source;
                if source[at.start as usize..].starts_with("~~") {
                    self.build.leaf().leave(Style::Struck);
                } else {
                    inline::words(self.build.leaf(), source, &"~".into(), at.end - 1..at.end);
                }
            }
            // Which of the two it was is known by which is open.
            TagEnd::Link => self.build.leaf().leave_link(),
            TagEnd::Image => self.build.leaf().leave_image(),
            _ => {}
        }
    }

    fn open_item(&mut self, at: Range<u32>) {
        let written = self.written(&at);
        let bare = written.trim_start();
        let from = at.start + (written.len() - bare.len()) as u32;
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let length = (digits + 1).min(bare.len());
        let marker = bare.get(..length).unwrap_or("");
        let span = self.span(from..from + marker.len() as u32);
        self.build.open_item(marker, span);
    }

    fn close_row(&mut self, at: Range<u32>) {
        self.build.close_cell();
        let written = &self.source[at.start.max(self.row_start) as usize..at.end as usize];
        let row = self.build.row();
        if self.columns > 1
            && !written.contains('|')
            && matches!(row.first(), Some(Some(_)))
            && row.iter().skip(1).all(Option::is_none)
        {
            // A line glued under a table, which the parser takes for a row of it.
            self.build.row_to_paragraph();
        } else {
            self.build.close_row();
        }
    }
}
