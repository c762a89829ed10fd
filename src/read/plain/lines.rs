//! The lines of a plain text, and how they were broken.

use std::ops::Range;

/// One line. Form feeds end lines too, as they do on paper.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Bytes of the line without its end.
    pub(super) full: Range<u32>,
    /// The same without white space around it; empty for an empty line.
    pub(super) content: Range<u32>,
    /// Columns before the content.
    pub(super) indent: u32,
    /// Columns up to the end of the content.
    pub(super) width: u32,
    /// A page begins here.
    pub(super) page: bool,
    /// A running head, a running foot or a page number: no part of the text.
    pub(super) furniture: bool,
}

impl Line {
    /// Whether there is nothing to read here.
    pub(super) fn is_blank(&self) -> bool {
        self.content.is_empty()
    }

    /// The content.
    pub(super) fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.content.start as usize..self.content.end as usize]
    }

    /// The line without its end.
    pub(super) fn full<'a>(&self, source: &'a str) -> &'a str {
        &source[self.full.start as usize..self.full.end as usize]
    }
}

/// How paragraphs are broken into lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wrapping {
    /// One line a paragraph.
    Long,
    /// Lines are filled up to about this many columns.
    At(u32),
}

/// Lines wider than this were not broken by hand or by a page.
const WIDEST_WRAPPED: u32 = 130;

/// Splits a text into lines.
pub(super) fn lines(source: &str) -> Vec<Line> {
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 60 + 1);
    let mut start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut page = false;
    while start <= bytes.len() {
        let end = memchr::memchr3(b'\n', b'\r', 0x0c, &bytes[start..]).map_or(bytes.len(), |i| start + i);
        out.push(line(source, start..end, page));
        page = bytes.get(end) == Some(&0x0c);
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    out
}

fn line(source: &str, full: Range<usize>, page: bool) -> Line {
    let text = &source[full.clone()];
    let trimmed = text.trim_start();
    let from = full.start + (text.len() - trimmed.len());
    let end = from + trimmed.trim_end().len();
    let mut indent = 0;
    for c in source[full.start..from].chars() {
        indent = if c == '\t' { indent / 8 * 8 + 8 } else { indent + 1 };
    }
    let content = &source[from..end];
    let width = if content.is_ascii() { content.len() } else { content.chars().count() };
    Line {
        full: full.start as u32..full.end as u32,
        content: from as u32..end as u32,
        indent,
        width: indent + width as u32,
        page,
        furniture: false,
    }
}

/// Tells how the paragraphs of a text were broken.
pub(super) fn wrapping(lines: &[Line]) -> Wrapping {
    let mut counts = [0u32; WIDEST_WRAPPED as usize + 1];
    let (mut wrapped, mut wide) = (0u64, 0u64);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if line.is_blank() || line.furniture {
            continue;
        }
        if line.width > WIDEST_WRAPPED {
            wide += u64::from(line.width);
        } else {
            wrapped += u64::from(line.width);
            if !next.is_blank() && !next.furniture && !next.page {
                counts[line.width as usize] += 1;
            }
        }
    }
    let total: u32 = counts.iter().sum();
    if wide * 2 > wrapped || total == 0 {
        return Wrapping::Long;
    }
    // The width that one line in twenty reaches or passes.
    let mut beyond = 0;
    for (width, count) in counts.iter().enumerate().rev() {
        beyond += count;
        if beyond * 20 >= total {
            return if width < 40 { Wrapping::Long } else { Wrapping::At(width as u32) };
        }
    }
    Wrapping::Long
}

/// Whether a text ends as a sentence or an introduction does; quotes, brackets and note marks after it are left out.
pub(super) fn is_finished(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | '>')
            || matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}')
    });
    // A note in brackets after the full stop.
    let bare = match bare.rfind('[') {
        Some(open) if bare.len() - open <= 5 && bare[open + 1..].bytes().all(|b| b.is_ascii_digit()) => {
            bare[..open].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\''))
        }
        _ => bare,
    };
    bare.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？'])
}

/// Whether a text begins in the middle of a sentence.
pub(super) fn begins_small(text: &str) -> bool {
    let bare = text.trim_start_matches(['"', '\'', '“', '‘', '(', '*', '_']);
    bare.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_of_all_systems() {
        let source = "\u{feff}a\r\n  b\rc\u{c}d\n";
        let read = lines(source);
        let texts: Vec<&str> = read.iter().map(|l| l.text(source)).collect();
        assert_eq!(texts, ["a", "b", "c", "d", ""]);
        assert!(read[3].page && !read[2].page);
        assert_eq!(read[1].indent, 2);
    }

    #[test]
    fn tells_long_lines_from_wrapped_ones() {
        let wrapped = "The committee met in spring and again in autumn, once each\n".repeat(8);
        assert_eq!(wrapping(&lines(&wrapped)), Wrapping::At(58));
        let long = format!("{}\n\n", "word ".repeat(100)).repeat(4);
        assert_eq!(wrapping(&lines(&long)), Wrapping::Long);
    }

    #[test]
    fn tells_finished_text() {
        assert!(is_finished("so it ended.”⁴²"));
        assert!(is_finished("so it ended. [12]"));
        assert!(!is_finished("On 8 December 2020, 73"));
    }
}
