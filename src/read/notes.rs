//! Marks that call notes and stand in the text as signs: raised figures, `[7]`, `[^7]`.
//!
//! A mark is taken out of the string of its block, so that it glues to no word and counts as no number.

use crate::document::{BlockId, BlockKind, Cuts, Document, Note, NoteMark, Style, Text};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// A stretch of a block's string that the markup raises above the line.
#[derive(Clone, Debug)]
pub(super) struct Raised {
    /// The block.
    pub(super) block: BlockId,
    /// Bytes of its string.
    pub(super) range: Range<usize>,
}

/// Makes notes of paragraphs that begin with a label, then takes the marks out of all blocks.
pub(super) fn settle(document: &mut Document, raised: Vec<Raised>) {
    let called = bracket_calls(document);
    let mut raised = raised.into_iter().peekable();
    let mut of_block = Vec::new();
    let mut found = Vec::new();
    let mut defined = false;
    for index in 0..document.blocks.len() {
        let id = BlockId(index as u32);
        of_block.clear();
        while let Some(r) = raised.next_if(|r| r.block == id) {
            of_block.push(r.range);
        }
        let block = &document.blocks[index];
        if matches!(block.kind, BlockKind::Paragraph)
            && let Some((label, cut)) = definition(&block.text, &of_block, &called)
        {
            let at = block.text.span(cut.clone());
            let space = block.text.string[cut.end..].len() - block.text.string[cut.end..].trim_start().len();
            let cuts = Cuts::new(std::iter::once(cut.start..cut.end + space));
            let text = block.text.without(&cuts);
            for range in &mut of_block {
                *range = cuts.moved(range.start)..cuts.moved(range.end);
            }
            of_block.retain(|r| !r.is_empty());
            let first = document.marks.partition_point(|m| m.block < id);
            for mark in document.marks[first..].iter_mut().take_while(|m| m.block == id) {
                mark.offset = cuts.moved(mark.offset as usize) as u32;
            }
            document.blocks[index].text = text;
            document.blocks[index].kind = BlockKind::Note { note: document.notes.len() as u32 };
            document.notes.push(Note { label, at, blocks: vec![id] });
            defined = true;
        }
        found.extend(of_block.drain(..).map(|range| Raised { block: id, range }));
    }
    if defined {
        sort_notes(document);
    }
    take_marks(document, found, &[]);
}

/// Takes the marks out of all blocks, and signs that show nothing.
///
/// `known` are places in the file that are known to call notes, in order, with their labels.
pub(super) fn take_marks(document: &mut Document, raised: Vec<Raised>, known: &[(Range<u32>, String)]) {
    let labels: FxHashSet<String> = document.notes.iter().map(|n| n.label.clone()).collect();
    let mut raised = raised.into_iter().peekable();
    let mut own = std::mem::take(&mut document.marks).into_iter().peekable();
    let mut marks = Vec::new();
    let mut found: Vec<(Range<usize>, Option<String>)> = Vec::new();
    for index in 0..document.blocks.len() {
        let id = BlockId(index as u32);
        found.clear();
        let block = &document.blocks[index];
        while let Some(r) = raised.next_if(|r| r.block == id) {
            let label = block.text.string[r.range.clone()].trim().trim_matches(['[', ']', '(', ')']);
            if labels.contains(label) {
                found.push((r.range.clone(), Some(label.to_owned())));
            }
        }
        if block.kind != BlockKind::Code {
            find_marks(&block.text, &labels, &mut found);
        }
        if !known.is_empty() {
            for (range, source) in block.text.copied_pieces() {
                let next = known.partition_point(|(at, _)| (at.start as usize) < source);
                for (at, label) in known[next..].iter().take_while(|(at, _)| at.end as usize <= source + range.len()) {
                    let start = range.start + (at.start as usize - source);
                    found.push((start..start + at.len(), Some(label.clone())));
                }
            }
        }
        let first = marks.len();
        if found.is_empty() {
            while let Some(mark) = own.next_if(|m| m.block == id) {
                marks.push(mark);
            }
            continue;
        }
        found.sort_by_key(|(range, _)| range.start);
        let cuts = Cuts::new(found.iter().map(|(range, _)| range.clone()));
        for (range, label) in found.drain(..) {
            let Some(label) = label else { continue };
            let at = block.text.span(range.clone());
            marks.push(NoteMark { label, block: id, offset: cuts.moved(range.start) as u32, at });
        }
        while let Some(mut mark) = own.next_if(|m| m.block == id) {
            mark.offset = cuts.moved(mark.offset as usize) as u32;
            marks.push(mark);
        }
        marks[first..].sort_by_key(|m| m.at);
        document.blocks[index].text = block.text.without(&cuts);
    }
    document.marks = marks;
}

/// The labels that stand in brackets somewhere inside a text: `[7]`.
fn bracket_calls(document: &Document) -> FxHashSet<String> {
    let mut called = FxHashSet::default();
    for block in document.blocks.iter().filter(|b| b.kind != BlockKind::Code) {
        let string = &block.text.string;
        for open in memchr::memchr_iter(b'[', string.as_bytes()) {
            if open > 0
                && let Some(label) = bracketed_number(&string[open..])
                && !called.contains(label)
            {
                called.insert(label.to_owned());
            }
        }
    }
    called
}

/// The number in `[7]` at the start of a string.
pub(super) fn bracketed_number(string: &str) -> Option<&str> {
    let inner = string.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=4).contains(&digits) && inner.as_bytes().get(digits) == Some(&b']')).then(|| &inner[..digits])
}

/// The label that a text begins with when it is a note, and its bytes.
fn definition(text: &Text, raised: &[Range<usize>], called: &FxHashSet<String>) -> Option<(String, Range<usize>)> {
    let string = &text.string;
    if let Some(range) = raised.first().filter(|r| r.start == 0 && r.end < string.len()) {
        let label = string[range.clone()].trim();
        if !label.is_empty()
            && label.len() <= 4
            && label.chars().all(|c| c.is_ascii_alphanumeric() || "*†‡§".contains(c))
        {
            return Some((label.to_owned(), range.clone()));
        }
    }
    if let Some((label, length)) = raised_figures(string)
        && string[length..].trim_start().starts_with(|c: char| !c.is_ascii_digit())
    {
        return Some((label, 0..length));
    }
    let label = bracketed_number(string)?;
    let length = label.len() + 2;
    (called.contains(label) && string[length..].starts_with([' ', '\t', '\u{a0}']))
        .then(|| (label.to_owned(), 0..length))
}

/// Superscript figures at the start of a string: as a number, and their length in bytes.
pub(super) fn raised_figures(string: &str) -> Option<(String, usize)> {
    let mut label = String::new();
    let mut length = 0;
    for c in string.chars() {
        let Some(digit) = raised_digit(c) else { break };
        label.push(digit);
        length += c.len_utf8();
    }
    (!label.is_empty()).then_some((label, length))
}

/// The figure that a superscript figure stands for.
fn raised_digit(c: char) -> Option<char> {
    match c {
        '\u{b9}' => Some('1'),
        '\u{b2}' => Some('2'),
        '\u{b3}' => Some('3'),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => char::from_digit(c as u32 - 0x2070, 10),
        _ => None,
    }
}

/// Units that are written with a raised 2 or 3: an area or a volume, not a note.
const SQUARED_AND_CUBED: [&str; 14] =
    ["m", "km", "cm", "mm", "dm", "µm", "μm", "nm", "ft", "in", "yd", "mi", "s", "hm"];

/// Finds the marks in a text and appends them; signs that show nothing come without a label.
fn find_marks(text: &Text, labels: &FxHashSet<String>, found: &mut Vec<(Range<usize>, Option<String>)>) {
    let string = &text.string;
    let bytes = string.as_bytes();
    let mut next = 0;
    while let Some(at) = memchr::memchr3(b'[', 0xc2, 0xe2, &bytes[next..]).map(|i| next + i) {
        next = at + 1;
        let rest = &string[at..];
        if bytes[at] == b'[' {
            let label = match bracketed_number(rest) {
                Some(label) if labels.contains(label) && at > 0 => Some((label, label.len() + 2)),
                Some(_) => None,
                None => undefined_label(rest).map(|label| (label, label.len() + 3)),
            };
            if let Some((label, length)) = label
                && !text.has_style(at..at + length, Style::Code)
                && bytes.get(at + length) != Some(&b'(')
            {
                found.push((at..at + length, Some(label.to_owned())));
                next = at + length;
            }
        } else if let Some((label, length)) = raised_figures(rest) {
            next = at + length;
            if is_mark(&string[..at], &label, length, &string[at + length..], labels) {
                found.push((at..at + length, Some(label)));
            }
        } else {
            let sign = rest.chars().next().unwrap_or('\u{fffd}');
            next = at + sign.len_utf8();
            // Soft hyphens and joints that show nothing would tear words apart.
            if matches!(sign, '\u{ad}' | '\u{200b}' | '\u{2060}') {
                found.push((at..next, None));
            }
        }
    }
}

/// The label of a mark without a note, which the parser of Markdown leaves in the text: `[^4]`.
fn undefined_label(string: &str) -> Option<&str> {
    let inner = string.strip_prefix("[^")?;
    let length = inner.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    (length > 0 && inner.as_bytes().get(length) == Some(&b']')).then(|| &inner[..length])
}

/// Whether raised figures call a note, and are no exponent.
fn is_mark(before: &str, label: &str, length: usize, after: &str, labels: &FxHashSet<String>) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    let known = labels.contains(label);
    // 10⁻³ and 10³⁺ˣ: raised signs make a formula.
    if last == '\u{207b}' || last == '\u{207a}' || after.starts_with(['\u{207b}', '\u{207a}']) {
        return false;
    }
    if last.is_ascii_digit() {
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let base = &before[start..];
        return known && base != "10" && base != "2";
    }
    if last.is_alphabetic() {
        let start = before.trim_end_matches(char::is_alphabetic).len();
        let word = &before[start..];
        if (label == "2" || label == "3") && length == 2 && SQUARED_AND_CUBED.contains(&word) {
            return false;
        }
        // A single letter is a variable.
        let letters = word.chars().count();
        return known && letters > 1 || letters > 2 && !labels.is_empty();
    }
    known || matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '“')
}

/// Puts the notes into the order of the file and mends what refers to them.
fn sort_notes(document: &mut Document) {
    let mut order: Vec<usize> = (0..document.notes.len()).collect();
    order.sort_by_key(|&i| (document.notes[i].at, i));
    for (new, &old) in order.iter().enumerate() {
        for id in document.notes[old].blocks.clone() {
            if let BlockKind::Note { note } = &mut document.blocks[id.index()].kind {
                *note = new as u32;
            }
        }
    }
    let mut notes: Vec<Option<Note>> = std::mem::take(&mut document.notes).into_iter().map(Some).collect();
    document.notes = order.into_iter().filter_map(|i| notes[i].take()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(string: &str, labels: &[&str]) -> Vec<String> {
        let mut text = Text::new(crate::span::FileId(0));
        text.push_copied(string, 0);
        let labels = labels.iter().map(|&l| l.to_owned()).collect();
        let mut found = Vec::new();
        find_marks(&text, &labels, &mut found);
        found.into_iter().filter_map(|(_, label)| label).collect()
    }

    #[test]
    fn reads_marks_glued_to_words_and_years() {
        assert_eq!(marks("camps.¹⁵⁸ In 2020²⁴². Word³ “so”⁴", &["158", "242", "3", "4"]), ["158", "242", "3", "4"]);
        assert_eq!(marks("as shown [7] and [8]", &["7"]), ["7"]);
        assert_eq!(marks("as shown[^x1].", &[]), ["x1"]);
    }

    #[test]
    fn ignores_units_and_exponents() {
        let all = ["2", "3", "6", "9"];
        assert!(marks("40 km² and 12 m³, 10³ or 10⁶, 2⁹, x², 5 kg/m³", &all).is_empty());
        assert!(marks("E = mc² holds", &[]).is_empty());
        assert!(marks("see [7](x) and [^0-9]", &["7"]).is_empty());
    }
}
