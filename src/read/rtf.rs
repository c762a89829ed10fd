//! Rich Text Format: paragraphs, headings by style and outline level, lists, tables, notes.
//!
//! Places count in a text of one line a paragraph.

use super::build::LeafKind;
use super::encoding::of_code_page;
use super::render::Render;
use super::{OWN_AUTHOR, Revisions, bibliography, notes};
use crate::document::{Document, Style};
use crate::span::FileId;
use encoding_rs::Encoding;
use rustc_hash::FxHashMap;

/// How deep groups may lie in each other.
const DEEPEST: usize = 2_000;

/// Reads a document.
pub(super) fn read(bytes: &[u8], revisions: Revisions) -> (String, Document) {
    let mut document = Document::new(FileId(0));
    let mut reader = Reader::new(Render::new(&mut document), revisions);
    reader.walk(bytes);
    reader.end_paragraph();
    reader.end_table();
    reader.end_list();
    for (label, words) in std::mem::take(&mut reader.notes) {
        reader.render.open_note(&label);
        reader.render.open(LeafKind::Running);
        reader.render.words(words.trim());
        reader.render.build.close_leaf();
        reader.render.build.go_out();
    }
    reader.write_comments();
    let pages = std::mem::take(&mut reader.pages);
    let text = reader.render.text.clone();
    let raised = reader.render.build.finish();
    document.pages = pages;
    document.generated = true;
    bibliography::mark(&mut document);
    notes::settle(&mut document, raised);
    (text, document)
}

/// Where the words of a group go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Text,
    Nowhere,
    /// The mark before an item.
    Marker,
    Note,
    /// What a comment says.
    Comment,
    /// Who wrote the comment that follows.
    Author,
    /// The name of a style.
    Style,
    /// The table of fonts.
    Fonts,
}

#[derive(Clone, Copy)]
struct State {
    goal: Goal,
    strong: bool,
    emphasis: bool,
    struck: bool,
    raised: bool,
    hidden: bool,
    deleted: bool,
    /// How many characters stand behind `\u` for programs that do not know it.
    skip: usize,
    /// The encoding of the font, when the font has one of its own.
    encoding: Option<&'static Encoding>,
}

/// A comment that is still to be written.
struct Comment {
    /// Where in the text it hangs.
    at: u32,
    author: String,
    said: String,
}

struct Reader<'d> {
    render: Render<'d>,
    revisions: Revisions,
    stack: Vec<State>,
    state: State,
    encoding: &'static Encoding,
    /// The encodings of fonts that have one of their own, by the number of the font.
    fonts: FxHashMap<i32, &'static Encoding>,
    /// The font whose entry in the table of fonts is being read.
    font: i32,
    /// The first half of a surrogate pair.
    half: Option<u16>,
    /// Bytes that are not decoded yet.
    pending: Vec<u8>,
    /// Characters still to be passed over.
    passing: usize,
    paragraph: bool,
    marker: String,
    in_list: bool,
    heading: Option<u8>,
    in_table: bool,
    wants_table: bool,
    row: bool,
    cell: bool,
    notes: Vec<(String, String)>,
    comments: Vec<Comment>,
    /// Who wrote the comment that follows.
    author: String,
    pages: Vec<u32>,
    /// Style numbers of headings with their levels.
    headings: FxHashMap<i32, u8>,
    style: i32,
    style_name: String,
    /// The group has begun with `\*`.
    optional: bool,
}

impl<'d> Reader<'d> {
    fn new(render: Render<'d>, revisions: Revisions) -> Self {
        let state = State {
            goal: Goal::Text,
            strong: false,
            emphasis: false,
            struck: false,
            raised: false,
            hidden: false,
            deleted: false,
            skip: 1,
            encoding: None,
        };
        Self {
            render,
            revisions,
            stack: Vec::new(),
            state,
            encoding: encoding_rs::WINDOWS_1252,
            fonts: FxHashMap::default(),
            font: 0,
            half: None,
            pending: Vec::new(),
            passing: 0,
            paragraph: false,
            marker: String::new(),
            in_list: false,
            heading: None,
            in_table: false,
            wants_table: false,
            row: false,
            cell: false,
            notes: Vec::new(),
            comments: Vec::new(),
            author: String::new(),
            pages: Vec::new(),
            headings: FxHashMap::default(),
            style: 0,
            style_name: String::new(),
            optional: false,
        }
    }

    fn walk(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'{' => {
                    self.flush();
                    if self.stack.len() < DEEPEST {
                        self.stack.push(self.state);
                    } else {
                        return;
                    }
                    self.optional = false;
                    at += 1;
                }
                b'}' => {
                    self.flush();
                    self.end_group();
                    at += 1;
                }
                b'\\' => at = self.control(bytes, at + 1),
                b'\r' | b'\n' => at += 1,
                byte => {
                    self.byte(byte);
                    at += 1;
                }
            }
        }
        self.flush();
    }

    fn end_group(&mut self) {
        let Some(before) = self.stack.pop() else { return };
        if self.state.goal == Goal::Style && before.goal != Goal::Style {
            self.style_name.clear();
        } else if self.state.goal == Goal::Style {
            let name = self.style_name.trim_end_matches(';').trim().to_lowercase();
            if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.parse::<u8>().ok()) {
                self.headings.insert(self.style, level.clamp(1, 6));
            } else if name == "title" {
                self.headings.insert(self.style, 1);
            }
            self.style_name.clear();
        }
        self.state = before;
    }

    /// Reads a control word or sign; gives the place behind it.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
                    if let Some(byte) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
                        self.byte(byte);
                    }
                    return (at + 3).min(bytes.len());
                }
                b'*' => self.optional = true,
                b'~' => self.say("\u{a0}"),
                b'_' => self.say("\u{2011}"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\n' | b'\r' => self.end_paragraph(),
                _ => {}
            }
            return at + 1;
        }
        let length = bytes[at..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&bytes[at..at + length]).unwrap_or("");
        let mut end = at + length;
        let negative = bytes.get(end) == Some(&b'-');
        let digits_at = end + usize::from(negative);
        let digits =
            bytes.get(digits_at..).map_or(0, |rest| rest.iter().take(10).take_while(|b| b.is_ascii_digit()).count());
        let mut number = None;
        if digits > 0 {
            let value: i64 = std::str::from_utf8(&bytes[digits_at..digits_at + digits])
                .ok()
                .and_then(|d| d.parse().ok())
                .unwrap_or(0);
            number = Some(if negative { -value } else { value } as i32);
            end = digits_at + digits;
        }
        if bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        if name == "bin" {
            return (end + number.unwrap_or(0).max(0) as usize).min(bytes.len());
        }
        if name != "u" {
            self.flush();
        }
        self.word(name, number);
        end
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let on = number != Some(0);
        let optional = std::mem::take(&mut self.optional);
        match name {
            "fonttbl" => self.state.goal = Goal::Fonts,
            "colortbl" | "info" | "pict" | "object" | "themedata" | "datastore" | "xmlnstbl" | "listtable"
            | "listoverridetable" | "rsidtbl" | "generator" | "template" | "fldinst" | "atnid" | "bkmkstart"
            | "bkmkend" | "xe" | "tc" | "latentstyles" | "revtbl" | "header" | "headerl" | "headerr" | "headerf"
            | "footer" | "footerl" | "footerr" | "footerf" | "nonshppict" => {
                self.state.goal = Goal::Nowhere;
            }
            "stylesheet" => {
                self.state.goal = Goal::Style;
                self.style = 0;
            }
            "listtext" | "pntext" => {
                self.marker.clear();
                self.state.goal = Goal::Marker;
            }
            "footnote" if self.state.goal == Goal::Text => {
                let label = (self.notes.len() + 1).to_string();
                self.begin();
                self.render.mark(&label);
                self.notes.push((label, String::new()));
                self.state.goal = Goal::Note;
            }
            "atnauthor" => {
                self.author.clear();
                self.state.goal = Goal::Author;
            }
            "annotation" if self.state.goal == Goal::Text => {
                let at = self.render.text.len() as u32 + 1;
                self.comments.push(Comment { at, author: std::mem::take(&mut self.author), said: String::new() });
                self.state.goal = Goal::Comment;
            }
            "shptxt" | "shpinst" | "shp" | "sp" | "sn" | "sv" => {
                self.state.goal = if name == "shptxt" { Goal::Text } else { Goal::Nowhere };
            }
            _ if optional => self.state.goal = Goal::Nowhere,
            "ansicpg" => {
                let page = number.and_then(|n| of_code_page(u32::try_from(n).ok()?));
                self.encoding = page.unwrap_or(encoding_rs::WINDOWS_1252);
            }
            "f" if self.state.goal == Goal::Fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.state.goal == Goal::Fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => {
                let encoding = self.fonts.get(&number.unwrap_or(0)).copied();
                self.dress(|s| s.encoding = encoding);
            }
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "uc" => self.state.skip = number.unwrap_or(1).clamp(0, 8) as usize,
            "u" => {
                let code = number.unwrap_or(0);
                self.pending_unit(if code < 0 { (code + 65_536) as u32 } else { code as u32 });
                self.passing = self.state.skip;
            }
            "s" => {
                self.style = number.unwrap_or(0);
                if self.state.goal == Goal::Text {
                    self.heading = self.headings.get(&self.style).copied();
                }
            }
            "outlinelevel" if self.state.goal == Goal::Text => {
                self.heading = number.filter(|n| (0..6).contains(n)).map(|n| n as u8 + 1);
            }
            "outlinelevel" if self.state.goal == Goal::Style => {
                if let Some(level) = number.filter(|n| (0..6).contains(n)) {
                    self.headings.insert(self.style, level as u8 + 1);
                }
            }
            "pard" => {
                self.heading = None;
                self.wants_table = false;
            }
            "plain" => {
                self.dress(|s| {
                    (s.strong, s.emphasis, s.struck, s.raised, s.hidden) = (false, false, false, false, false);
                    s.encoding = None;
                });
            }
            "b" => self.dress(|s| s.strong = on),
            "i" => self.dress(|s| s.emphasis = on),
            "strike" | "striked" => self.dress(|s| s.struck = on),
            "super" => self.dress(|s| s.raised = on),
            "nosupersub" => self.dress(|s| s.raised = false),
            "v" => self.state.hidden = on,
            "deleted" => self.state.deleted = on && self.revisions == Revisions::Accepted,
            "revised" if on && self.revisions == Revisions::Original => self.state.deleted = true,
            "par" | "sect" => match self.state.goal {
                Goal::Text => self.end_paragraph(),
                _ => self.say(" "),
            },
            "line" if self.paragraph => self.render.line_break(),
            "page" => self.pages.push(self.render.text.len() as u32),
            "tab" => self.say("\t"),
            "intbl" => self.wants_table = true,
            "trowd" => self.wants_table = true,
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "emdash" => self.say("—"),
            "endash" => self.say("–"),
            "lquote" => self.say("‘"),
            "rquote" => self.say("’"),
            "ldblquote" => self.say("“"),
            "rdblquote" => self.say("”"),
            "bullet" => self.say("•"),
            "enspace" | "emspace" | "qmspace" => self.say(" "),
            _ => {}
        }
    }

    /// Writes the comments behind everything else. Those that recount wrote itself are left out.
    fn write_comments(&mut self) {
        let comments = std::mem::take(&mut self.comments);
        let offsets: Vec<Option<u32>> = comments.iter().map(|comment| Some(comment.at)).collect();
        let held = self.render.build.held(&offsets);
        for (comment, on) in comments.into_iter().zip(held) {
            let author = comment.author.trim();
            if author != OWN_AUTHOR {
                self.render.open_comment(author, on);
                self.render.open(LeafKind::Running);
                self.render.words(comment.said.trim());
                self.render.build.close_comment();
            }
        }
    }

    fn dress(&mut self, change: impl Fn(&mut State)) {
        self.flush();
        change(&mut self.state);
    }

    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        self.pending.push(byte);
    }

    /// A unit of UTF-16; the first half of a pair waits for the second.
    fn pending_unit(&mut self, unit: u32) {
        self.flush();
        let unit = unit as u16;
        let pair = self.half.take().map_or(vec![unit], |half| vec![half, unit]);
        if pair.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
        } else {
            self.say(&String::from_utf16_lossy(&pair));
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self.state.encoding.unwrap_or(self.encoding);
        let words = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.say(&words);
    }

    fn say(&mut self, words: &str) {
        if self.state.hidden || self.state.deleted {
            return;
        }
        match self.state.goal {
            Goal::Nowhere | Goal::Fonts => {}
            Goal::Marker => self.marker.push_str(words),
            Goal::Style => self.style_name.push_str(words),
            Goal::Author => self.author.push_str(words),
            Goal::Comment => {
                if let Some(comment) = self.comments.last_mut() {
                    comment.said.push_str(words);
                }
            }
            Goal::Note => {
                if let Some((_, note)) = self.notes.last_mut() {
                    note.push_str(words);
                }
            }
            Goal::Text => {
                if !self.paragraph && words.trim().is_empty() {
                    return;
                }
                self.begin();
                let state = self.state;
                let styles =
                    [(state.strong, Style::Strong), (state.emphasis, Style::Emphasis), (state.struck, Style::Struck)];
                for (_, style) in styles.iter().filter(|(on, _)| *on) {
                    self.render.build.leaf().enter_here(*style);
                }
                if state.raised {
                    self.render.build.leaf().raise();
                }
                self.render.words(words);
                if state.raised {
                    self.render.build.leaf().lower();
                }
                for (_, style) in styles.iter().rev().filter(|(on, _)| *on) {
                    self.render.build.leaf().leave(*style);
                }
            }
        }
    }

    /// Begins the block of a paragraph, unless it has begun.
    fn begin(&mut self) {
        if self.paragraph {
            return;
        }
        self.paragraph = true;
        let marker = std::mem::take(&mut self.marker);
        let marker = marker.trim();
        if self.wants_table {
            self.end_list();
            if !self.in_table {
                self.render.build.open_table();
                self.in_table = true;
            }
            if !self.row {
                self.render.open_row();
                self.row = true;
            }
            if !self.cell {
                self.render.open_cell(1, 1);
                self.cell = true;
            }
            self.render.open(LeafKind::Running);
            return;
        }
        self.end_table();
        if let Some(level) = self.heading {
            self.end_list();
            self.render.open(LeafKind::Heading(level));
            if !marker.is_empty() {
                self.render.words(&format!("{marker} "));
            }
        } else if marker.is_empty() {
            self.end_list();
            self.render.open(LeafKind::Running);
        } else {
            if self.in_list {
                self.render.build.go_out();
            } else {
                self.render.build.open_list(marker.chars().any(char::is_alphanumeric));
                self.in_list = true;
            }
            self.render.open_item(marker);
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        self.marker.clear();
        if std::mem::take(&mut self.paragraph) && !self.cell {
            self.render.build.close_leaf();
        }
    }

    fn end_cell(&mut self) {
        self.flush();
        if self.state.goal != Goal::Text {
            return;
        }
        self.wants_table = true;
        if !self.cell {
            // An empty cell.
            self.paragraph = false;
            self.begin();
        }
        self.render.build.close_cell();
        self.cell = false;
        self.paragraph = false;
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.row) {
            self.cell = false;
            self.paragraph = false;
            self.render.build.close_row();
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        if std::mem::take(&mut self.in_table) {
            self.render.build.close_table();
        }
    }

    fn end_list(&mut self) {
        if std::mem::take(&mut self.in_list) {
            self.render.build.go_out();
            self.render.build.go_out();
        }
    }
}

/// The encoding of the character set of a font (Rich Text Format 1.9.1, `\\fcharset`); `None` for those of symbols
/// and where the document's own holds.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    of_code_page(page)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::document::BlockKind;
    use crate::read::Revisions;

    #[test]
    fn reads_headings_notes_and_tables() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\stylesheet{\s1 heading 1;}{\s2 Body;}}
{\pard\s1 Wells\par}{\pard\s2 Of \b 43\b0  wells{\super\chftn}{\footnote All of them.} caf\'e9 \u8211 ? dry.\par}
\trowd\intbl Town\cell Wells\cell\row\trowd\intbl Aune\cell 41\cell\row\pard After.\par}";
        let (text, document) = read(rtf, Revisions::Accepted);
        assert!(text.contains("café – dry."), "{text}");
        assert!(matches!(document.blocks[0].kind, BlockKind::Heading(1)));
        assert_eq!((document.notes.len(), document.tables.len(), document.tables[0].rows.len()), (1, 1, 2));
        assert!(text.ends_with("All of them."), "{text}");
    }

    #[test]
    fn reads_letters_of_other_code_pages_and_beyond_the_first_plane() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}{\f2\fcharset204 C;}}
\f0 caf\'e9 \f1 \'c8esko {\f2 \'d1\'e5\'eb\'ee} \plain \u-10240?\u-8398? \u-10240? x\par}";
        let (text, _) = read(rtf, Revisions::Accepted);
        assert!(text.starts_with("café Česko Село 𐌲"), "{text}");
        let (text, _) = read(br"{\rtf1\ansi\ansicpg932 \'8c\'c3\'8f\'91\par}", Revisions::Accepted);
        assert_eq!(text.trim(), "古書");
    }

    #[test]
    fn reads_broken_files_without_end() {
        for bytes in [
            &b"{\\rtf1 {{{{"[..],
            b"}}}}",
            b"\\'",
            b"\\bin99999999999 x",
            b"{\\rtf1\\u-1 \\'zz\\cell\\row\\intbl x\\par",
        ] {
            let _ = read(bytes, Revisions::Accepted);
        }
        let deep = "{\\b x".repeat(50_000);
        let _ = read(deep.as_bytes(), Revisions::Original);
    }
}
