//! From tags to blocks: a stack of open elements, with the ends that sloppy pages leave out.

use super::calls::Calls;
use super::scope::{Scope, heading_level};
use super::shape::{self, Shapes};
use super::token::{Element, Kind, Token, VOID, reference};
use crate::document::{BlockKind, Style};
use crate::read::build::{AroundKind, Builder, LeafKind};
use crate::span::Span;
use compact_str::CompactString;
use std::ops::Range;

/// How far up the stack an element is looked for that a new one ends.
const LOOK_UP: usize = 256;

/// Reads the tokens of one page or piece.
pub(super) struct Walk<'a, 'b, 'd> {
    source: &'a str,
    tokens: &'a [Token],
    scope: Scope,
    calls: Calls,
    shapes: Shapes,
    build: &'b mut Builder<'d>,
    open: Vec<Open>,
    /// The tables that are open, by sort.
    tables: Vec<Effect>,
    /// How many open elements hold one text, whatever blocks stand in it.
    texts: usize,
    /// How many articles, sections and the like are open.
    nested: usize,
    /// Until which token an element outside the main part is read.
    kept: usize,
    /// The last thing in the text was a line break.
    broken: bool,
    /// The label that the note just begun is expected to show.
    label: Option<String>,
}

/// An open element.
struct Open {
    name: CompactString,
    effect: Effect,
}

/// What the end of an element ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// A block of text.
    Leaf,
    /// A text that may hold blocks.
    Text,
    /// A quotation, list, item or note.
    Around,
    Table,
    /// A table that only places things.
    Layout,
    Row,
    Cell {
        head: bool,
    },
    /// A figure, with the numbers of blocks and tables before it.
    Figure {
        blocks: usize,
        tables: usize,
    },
    Section,
    /// A list of terms read as a table.
    Terms,
}

/// What is known of the rows of a table while it is read.
#[derive(Clone, Copy, Default)]
pub(super) struct Heads {
    /// The row being read has a head cell, or a body cell with words.
    head: bool,
    body: bool,
}

impl<'a, 'b, 'd> Walk<'a, 'b, 'd> {
    pub(super) fn new(source: &'a str, tokens: &'a [Token], page: bool, build: &'b mut Builder<'d>) -> Self {
        let calls = super::calls::find(source, tokens);
        let scope = Scope::new(source, tokens, page);
        let shapes = shape::shapes(source, tokens);
        Self {
            source,
            tokens,
            scope,
            calls,
            shapes,
            build,
            open: Vec::new(),
            tables: Vec::new(),
            texts: 0,
            nested: 0,
            kept: 0,
            broken: false,
            label: None,
        }
    }

    /// Reads everything and closes what is open.
    pub(super) fn run(mut self) {
        let tokens = self.tokens;
        let mut heads: Vec<Heads> = Vec::new();
        let mut n = 0;
        while n < tokens.len() {
            let token = &tokens[n];
            n = match &token.kind {
                Kind::Words => {
                    if !self.scope.is_outside(n) || n < self.kept {
                        self.words(&token.at);
                    }
                    n + 1
                }
                Kind::Start(element) => self.start(n, element, &token.at, &mut heads),
                Kind::End(name) => {
                    self.end(name, &mut heads);
                    n + 1
                }
            };
        }
        while !self.open.is_empty() {
            self.pop(&mut heads);
        }
        self.build.close_leaf();
    }

    /// Reads a start tag. Gives the token to read next.
    fn start(&mut self, n: usize, element: &'a Element, at: &Range<u32>, heads: &mut Vec<Heads>) -> usize {
        let name = element.name.as_str();
        if self.scope.is_outside(n) && n >= self.kept && !self.scope.holds_main(n, element) {
            if !self.scope.is_kept_outside(n, element, &self.calls) {
                return element.end.max(n + 1);
            }
            self.kept = element.end;
        }
        if self.scope.is_left_out(n, element, self.nested > 0, &self.calls) {
            return element.end.max(n + 1);
        }
        if self.calls.raised.contains(&n) {
            return self.raised_calls(n, element);
        }
        if let Some(label) = self.calls.marks.get(&n) {
            let span = self.extent(n, element);
            self.build.leaf().mark(&label.clone(), span);
            return element.end.max(n + 1);
        }
        if self.calls.back.contains(&n) {
            let span = self.extent(n, element);
            if self.label.take().is_some_and(|label| self.shows(span, &label)) {
                self.build.place_note(span);
            }
            return element.end.max(n + 1);
        }
        if VOID.contains(&name) {
            self.void(name, at);
        } else if !self.inline(element, at) {
            self.block(n, element, at, heads);
        }
        n + 1
    }

    fn void(&mut self, name: &str, at: &Range<u32>) {
        match name {
            "br" => {
                if self.broken && self.texts == 0 {
                    self.build.close_leaf();
                } else {
                    self.build.leaf().line_break(at.start);
                }
                self.broken = true;
            }
            "hr" => self.boundary(at.start),
            _ => {}
        }
    }

    /// Elements within a line. Gives whether it was one.
    fn inline(&mut self, element: &Element, at: &Range<u32>) -> bool {
        let name = element.name.as_str();
        if let Some(style) = style_of(name) {
            self.build.leaf().enter_here(style);
            return true;
        }
        match name {
            "a" => {
                if let Some((href, place)) = element.attribute("href") {
                    let file = self.build.document.file;
                    let span = Span::new(file, place.start, place.end);
                    self.build.leaf().link(href, span);
                    let shown = self.source[at.end as usize..].trim_start();
                    let is_address = ["http://", "https://", "www.", "mailto:"].iter().any(|p| shown.starts_with(p));
                    let style = if is_address { Style::Address } else { Style::Link };
                    self.build.leaf().enter_here(style);
                }
            }
            "sup" => {
                let leaf = self.build.leaf();
                leaf.flush(at.start);
                leaf.raise();
            }
            "q" => self.build.leaf().replaced("“", at.clone()),
            "span" | "font" | "small" | "big" | "sub" | "u" | "ins" | "mark" | "time" | "abbr" | "acronym" | "data"
            | "bdi" | "bdo" | "ruby" | "rb" | "label" | "output" | "nobr" | "picture" | "slot" | "tt" => {}
            _ => return false,
        }
        true
    }

    fn end_inline(&mut self, name: &str) -> bool {
        if let Some(style) = style_of(name) {
            self.build.leaf().leave(style);
            return true;
        }
        match name {
            "a" => self.build.leaf().leave_link(),
            "sup" => self.build.leaf().lower(),
            "q" => {
                let end = self.build.leaf().text.whole().end;
                self.build.leaf().text.push_replaced("”", end..end);
            }
            _ => return false,
        }
        true
    }

    fn block(&mut self, n: usize, element: &Element, at: &Range<u32>, heads: &mut Vec<Heads>) {
        let name = element.name.as_str();
        self.imply_ends(name, heads);
        if let Some(label) = self.calls.notes.get(&n).cloned() {
            let place = element.attribute("id").map_or_else(|| at.clone(), |(_, place)| place);
            let span = Span::new(self.build.document.file, place.start, place.end);
            self.build.open_note(&label, span);
            self.label = Some(label);
            self.push(name, Effect::Around);
            return;
        }
        if self.texts > 0 && !matches!(name, "table" | "tr" | "td" | "th") {
            self.build.leaf().line_break(at.start);
            self.push(name, Effect::Section);
            return;
        }
        if let Some(level) = heading_level(name) {
            self.build.open_leaf(LeafKind::Heading(level), at.start);
            self.push(name, Effect::Text);
            return;
        }
        let effect = match name {
            "dt" | "dd" if self.is_in(Effect::Terms) => {
                if name == "dt" {
                    self.build.open_row();
                }
                self.build.open_cell(1, 1);
                Effect::Cell { head: false }
            }
            "p" | "dt" | "dd" | "summary" | "legend" | "address" => {
                self.build.open_leaf(LeafKind::Running, at.start);
                Effect::Leaf
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.build.open_leaf(LeafKind::Code, at.start);
                Effect::Text
            }
            "blockquote" => {
                self.build.go_in(AroundKind::Quote);
                Effect::Around
            }
            "ul" | "ol" | "dir" => {
                self.build.open_list(name == "ol");
                self.shapes.count(element);
                Effect::Around
            }
            "li" => {
                let marker = self.shapes.marker();
                let span = Span::new(self.build.document.file, at.start, at.end);
                self.build.open_item(&marker, span);
                Effect::Around
            }
            "table" if self.shapes.is_layout(n) => {
                self.boundary(at.start);
                Effect::Layout
            }
            "table" => {
                self.build.open_table();
                heads.push(Heads::default());
                Effect::Table
            }
            "tr" | "td" | "th" | "caption" | "thead" | "tbody" | "tfoot" if self.is_in(Effect::Table) => {
                self.part(element)
            }
            "dl" if self.shapes.is_terms(n) => {
                self.build.open_table();
                heads.push(Heads::default());
                Effect::Terms
            }
            "figure" => {
                self.boundary(at.start);
                let document = &self.build.document;
                Effect::Figure { blocks: document.blocks.len(), tables: document.tables.len() }
            }
            "figcaption" => {
                self.build.open_leaf(LeafKind::Caption, at.start);
                Effect::Text
            }
            "article" | "section" | "aside" | "details" => {
                self.boundary(at.start);
                self.nested += 1;
                Effect::Section
            }
            _ => {
                self.boundary(at.start);
                Effect::Section
            }
        };
        self.push(name, effect);
    }

    /// Parts of a table.
    fn part(&mut self, element: &Element) -> Effect {
        match element.name.as_str() {
            "tr" => {
                self.build.open_row();
                Effect::Row
            }
            "caption" => {
                let at = self.build.leaf().text.whole().end;
                self.build.open_leaf(LeafKind::TableCaption, at);
                Effect::Text
            }
            "td" | "th" => {
                let (rows, columns) = (element.number("rowspan"), element.number("colspan"));
                self.build.open_cell(rows.unwrap_or(1).clamp(1, 65_534), columns.unwrap_or(1).clamp(1, 1_000));
                Effect::Cell { head: element.name == "th" }
            }
            _ => Effect::Section,
        }
    }

    /// Whether the innermost table is of this sort.
    fn is_in(&self, sort: Effect) -> bool {
        self.tables.last() == Some(&sort)
    }

    fn push(&mut self, name: &str, effect: Effect) {
        self.broken = false;
        self.texts += usize::from(effect == Effect::Text);
        if is_table(effect) {
            self.tables.push(effect);
        }
        self.open.push(Open { name: name.into(), effect });
    }

    /// Where a block begins or ends that is none itself.
    fn boundary(&mut self, at: u32) {
        if self.texts > 0 {
            self.build.leaf().line_break(at);
        } else {
            self.build.close_leaf();
        }
    }

    /// Ends what a start tag of this name ends without saying so.
    fn imply_ends(&mut self, name: &str, heads: &mut Vec<Heads>) {
        let (ended, until): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "dir", "table", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
            "td" | "th" => (&["td", "th", "caption"], &["tr", "table"]),
            "tr" => (&["tr", "td", "th", "caption"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr", "td", "th", "caption"], &["table"]),
            "p" | "div" | "ul" | "ol" | "dl" | "table" | "section" | "article" | "aside" | "header" | "footer"
            | "main" | "figure" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "address"
            | "details" | "form" | "fieldset" | "center" | "hr" => (&["p"], &["table", "td", "th", "caption"]),
            _ => return,
        };
        let mut found = None;
        for (n, open) in self.open.iter().enumerate().rev().take(LOOK_UP) {
            if ended.contains(&open.name.as_str()) {
                found = Some(n);
            } else if until.contains(&open.name.as_str()) {
                break;
            }
        }
        // A heading that was never ended ends where another begins.
        if found.is_none()
            && heading_level(name).is_some()
            && self.open.last().is_some_and(|o| heading_level(&o.name).is_some())
        {
            found = Some(self.open.len() - 1);
        }
        if let Some(found) = found {
            while self.open.len() > found {
                self.pop(heads);
            }
        }
    }

    fn end(&mut self, name: &str, heads: &mut Vec<Heads>) {
        if self.end_inline(name) {
            return;
        }
        if name == "br" || name == "p" && !self.open.iter().rev().take(LOOK_UP).any(|o| o.name == "p") {
            return;
        }
        let walls: &[&str] = match name {
            "table" => &[],
            "tr" | "thead" | "tbody" | "tfoot" => &["table"],
            "td" | "th" | "caption" => &["tr", "table"],
            "li" => &["ul", "ol", "table", "td", "th"],
            _ => &["table", "td", "th"],
        };
        let mut found = None;
        for (n, open) in self.open.iter().enumerate().rev().take(LOOK_UP) {
            if open.name == name || heading_level(name).is_some() && heading_level(&open.name).is_some() {
                found = Some(n);
                break;
            }
            if walls.contains(&open.name.as_str()) {
                break;
            }
        }
        if let Some(found) = found {
            while self.open.len() > found {
                self.pop(heads);
            }
        }
    }

    /// Ends the innermost element.
    fn pop(&mut self, heads: &mut Vec<Heads>) {
        let Some(open) = self.open.pop() else { return };
        self.broken = false;
        if is_table(open.effect) {
            self.tables.pop();
        }
        match open.effect {
            Effect::Leaf => self.build.close_leaf(),
            Effect::Text => {
                self.texts = self.texts.saturating_sub(1);
                if self.texts == 0 {
                    self.build.close_leaf();
                }
            }
            Effect::Around => {
                if matches!(open.name.as_str(), "ul" | "ol" | "dir") {
                    self.shapes.counted();
                }
                self.label = None;
                self.build.go_out();
            }
            Effect::Table | Effect::Terms => {
                if open.effect == Effect::Terms {
                    self.build.close_row();
                }
                heads.pop();
                self.mark_bold_head();
                self.build.close_table();
            }
            Effect::Row => {
                self.build.close_row();
                self.close_head_row(heads);
            }
            Effect::Cell { head } => {
                if let Some(row) = heads.last_mut() {
                    let says = self.build.has_text();
                    row.head |= head && says;
                    row.body |= !head && says;
                }
                self.build.close_cell();
            }
            Effect::Figure { blocks, tables } => {
                self.boundary_at_end();
                self.caption_figure(blocks, tables);
            }
            Effect::Section => {
                if matches!(open.name.as_str(), "article" | "section" | "aside" | "details") {
                    self.nested = self.nested.saturating_sub(1);
                }
                self.boundary_at_end();
            }
            Effect::Layout => self.boundary_at_end(),
        }
    }

    fn boundary_at_end(&mut self) {
        if self.texts == 0 {
            self.build.close_leaf();
        }
    }

    /// A row is a head when it stands in the head part, or holds nothing but head cells, as those above it do.
    fn close_head_row(&mut self, heads: &mut [Heads]) {
        let in_head = self.open.iter().rev().take(4).any(|o| o.name == "thead");
        let Some(row) = heads.last_mut() else { return };
        let is_head = in_head || row.head && !row.body;
        *row = Heads::default();
        if let Some(table) = self.build.table()
            && is_head
            && table.head_rows as usize + 1 == table.rows.len()
        {
            table.head_rows += 1;
        }
    }

    /// Pages that know no head cells set the first row in bold.
    fn mark_bold_head(&mut self) {
        let Some(table) = self.build.table() else { return };
        if table.head_rows > 0 || table.rows.len() < 3 {
            return;
        }
        let (first, second) = (table.rows[0].clone(), table.rows[1].clone());
        let document = &*self.build.document;
        let bold = |row: &[Option<crate::document::BlockId>]| {
            let mut cells = row.iter().flatten().peekable();
            cells.peek().is_some() && cells.all(|id| document.block(*id).text.is_all(Style::Strong))
        };
        let is_head = first.len() > 1 && bold(&first) && !bold(&second);
        if is_head && let Some(table) = self.build.table() {
            table.head_rows = 1;
        }
    }

    /// The caption of a figure that holds one table is the table's.
    fn caption_figure(&mut self, blocks: usize, tables: usize) {
        let document = &mut *self.build.document;
        if document.tables.len() != tables + 1 || document.tables[tables].caption.is_some() {
            return;
        }
        let caption = document.iter().skip(blocks).find(|(_, b)| b.kind == BlockKind::Caption).map(|(id, _)| id);
        document.tables[tables].caption = caption;
    }

    fn words(&mut self, at: &Range<u32>) {
        let written = &self.source[at.start as usize..at.end as usize];
        let bare = written.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if bare.is_empty() && !self.build.has_text() {
            return;
        }
        let mut start = at.start;
        let mut shown = written;
        if !bare.is_empty() {
            self.broken = false;
            if let Some(label) = self.label.take()
                && let Some(length) = label_length(bare, &label)
            {
                start = at.end - bare.len() as u32;
                self.build.place_note(Span::new(self.build.document.file, start, start + length as u32));
                start += length as u32;
                shown = &bare[length..];
            }
        }
        let leaf_is_code = self.open.iter().rev().take(8).any(|o| matches!(o.name.as_str(), "pre" | "listing" | "xmp"));
        let leaf = self.build.leaf();
        if leaf_is_code { verbatim(leaf, shown, start) } else { leaf.folded(shown, start, reference) }
    }

    /// Reads a raised stretch with calls in it: the calls become marks, what stands between them is dropped.
    fn raised_calls(&mut self, n: usize, element: &Element) -> usize {
        let end = element.end.max(n + 1).min(self.tokens.len());
        let mut inner = n + 1;
        while inner < end {
            if let Kind::Start(link) = &self.tokens[inner].kind
                && let Some(label) = self.calls.marks.get(&inner).cloned()
            {
                let span = self.extent(inner, link);
                self.build.leaf().mark(&label, span);
                inner = link.end.max(inner + 1);
            } else {
                inner += 1;
            }
        }
        end
    }

    /// The place of the words in an element; of the element when it has none.
    fn extent(&self, n: usize, element: &Element) -> Span {
        let file = self.build.document.file;
        let end = element.end.min(self.tokens.len());
        let words = self.tokens[n..end].iter().filter(|t| matches!(t.kind, Kind::Words)).filter_map(|t| {
            let written = &self.source[t.at.start as usize..t.at.end as usize];
            let bare = written.trim();
            let from = t.at.start + (written.len() - written.trim_start().len()) as u32;
            (!bare.is_empty()).then(|| Span::new(file, from, from + bare.len() as u32))
        });
        let own = &self.tokens[n].at;
        words.reduce(Span::cover).unwrap_or_else(|| Span::new(file, own.start, own.end))
    }

    fn shows(&self, span: Span, label: &str) -> bool {
        self.source[span.range()].contains(label)
    }
}

/// The bytes of the label at the start of a note: `1`, `[1]`, `1.`; with the white space behind it.
fn label_length(written: &str, label: &str) -> Option<usize> {
    let rest = written.trim_start_matches(['[', '(']);
    let rest = rest.strip_prefix(label)?;
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let after = rest.trim_start_matches([']', ')', '.', ':']);
    let ends = after.is_empty() || after.starts_with(char::is_whitespace) || after.len() < rest.len();
    ends.then(|| written.len() - after.trim_start().len())
}

/// Text in which white space counts.
fn verbatim(leaf: &mut crate::read::leaf::Leaf, written: &str, start: u32) {
    let (mut from, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'&', &written.as_bytes()[at..]).map(|i| at + i) {
        at = found + 1;
        if let Some((said, length)) = reference(&written[found..]) {
            leaf.copied(&written[from..found], start + from as u32);
            leaf.replaced(&said, start + found as u32..start + (found + length) as u32);
            at = found + length;
            from = at;
        }
    }
    leaf.copied(&written[from..], start + from as u32);
}

fn is_table(effect: Effect) -> bool {
    matches!(effect, Effect::Table | Effect::Layout | Effect::Terms)
}

fn style_of(name: &str) -> Option<Style> {
    Some(match name {
        "b" | "strong" => Style::Strong,
        "i" | "em" | "cite" | "dfn" => Style::Emphasis,
        "del" | "s" | "strike" => Style::Struck,
        "code" | "kbd" | "samp" | "var" => Style::Code,
        _ => return None,
    })
}
