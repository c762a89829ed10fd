//! Note marks that have lost their raised position: `the zone.2 The next`, with a line `2 Ministry note` at the foot.
//!
//! Extraction from a PDF writes raised figures like any others. A figure glued to a word is taken for a mark, and a line
//! that begins with a figure for a note, only when the two fit together throughout: labels that count up, each called
//! before it stands.

use super::lines::Line;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// So many notes in their order are no accident.
const FEWEST: usize = 3;

/// Notes and marks found in a text.
#[derive(Default)]
pub(super) struct Glued {
    /// Lines that begin notes, with the label and the bytes up to the words.
    notes: FxHashMap<usize, (String, usize)>,
    /// Places of marks with their labels, in order.
    marks: Vec<(Range<u32>, String)>,
}

impl Glued {
    /// The note that begins at a line: its label, and the bytes up to its words.
    pub(super) fn note_at(&self, line: usize) -> Option<&(String, usize)> {
        self.notes.get(&line)
    }

    /// Places of marks with their labels, in order.
    pub(super) fn marks(&self) -> &[(Range<u32>, String)] {
        &self.marks
    }

    /// Looks for notes whose labels are called by glued figures.
    pub(super) fn find(source: &str, lines: &[Line]) -> Self {
        let candidates: Vec<(usize, u32, usize)> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.furniture)
            .filter_map(|(i, line)| {
                let (number, skip) = label(line.text(source))?;
                Some((i, number, skip))
            })
            .collect();
        if candidates.len() < FEWEST {
            return Self::default();
        }
        let calls = calls(source);
        let mut by_number: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (index, (_, number)) in calls.iter().enumerate() {
            by_number.entry(*number).or_default().push(index);
        }
        let mut out = Self::default();
        let mut next_call = 0;
        let mut last = 0;
        for (i, number, skip) in candidates {
            // Counting may begin anew on a page or in a chapter.
            if number != last + 1 && !(number == 1 && last >= 1) {
                continue;
            }
            let start = lines[i].content.start;
            let Some(same) = by_number.get(&number) else { continue };
            let Some(&call) = same.get(same.partition_point(|&index| index < next_call)) else { continue };
            let (at, _) = &calls[call];
            if at.start >= start {
                continue;
            }
            out.marks.push((at.clone(), number.to_string()));
            out.notes.insert(i, (number.to_string(), skip));
            next_call = call + 1;
            last = number;
        }
        if out.notes.len() < FEWEST { Self::default() } else { out }
    }
}

/// The number that a line begins with when it may be a note, and the bytes up to the words.
fn label(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) || text.starts_with('0') {
        return None;
    }
    let rest = &text[digits..];
    let words = rest.trim_start();
    let begins = words.starts_with(|c: char| c.is_uppercase() || matches!(c, '\'' | '"' | '‘' | '“' | '«' | '*'));
    (begins && rest.len() > words.len())
        .then(|| Some((text[..digits].parse().ok()?, text.len() - words.len())))
        .flatten()
}

/// Figures glued to the end of a word or of a sentence, in order.
fn calls(source: &str) -> Vec<(Range<u32>, u32)> {
    let bytes = source.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
        if i - start <= 3
            && bytes[start] != b'0'
            && bytes.get(i).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b',' | b'.' | b';' | b')'))
            && is_glued(&source[..start])
            && let Ok(number) = source[start..i].parse()
        {
            out.push((start as u32..i as u32, number));
        }
    }
    out
}

/// Whether text ends in a word of small letters, or in the stop after a word.
fn is_glued(before: &str) -> bool {
    let mut chars = before.chars().rev();
    match chars.next() {
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | '”' | '’' | '"' | '\'' | '»') => {
            let word: Vec<char> = chars.take(2).collect();
            // p.4 and a.1 are no marks.
            word.len() == 2 && word.iter().all(|c| c.is_alphabetic() || matches!(c, '.' | ')' | '”' | '’' | '"'))
        }
        Some(c) if c.is_lowercase() => chars.take(2).filter(|c| c.is_lowercase()).count() == 2,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn found(source: &str) -> (Vec<String>, usize) {
        let glued = Glued::find(source, &lines(source));
        (glued.marks.iter().map(|(_, label)| label.clone()).collect(), glued.notes.len())
    }

    #[test]
    fn reads_marks_and_notes_that_fit_together() {
        let source = "They left the zone.1 Some came back2 in May,\nas the papers wrote.”3 It rained.\n\n\
                      1 Ministry, Report.\n2 Ibid.\n3 The Herald, 4 May.\n";
        assert_eq!(found(source), (vec!["1".into(), "2".into(), "3".into()], 3));
    }

    #[test]
    fn ignores_headings_and_codes() {
        let source = "1 Summary\n\nThe TW2 and version 1.2 were fine.\n\n2 Findings\n\nSee p.3 there.\n\n3 Costs\n";
        assert_eq!(found(source), (vec![], 0));
    }
}
