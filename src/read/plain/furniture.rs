//! Running heads, running feet and page numbers: told by their repetition at the ends of pages.

use super::lines::Line;
use rustc_hash::FxHashMap;

/// Words before a page number, in the languages that reports are set in most.
const PAGE_WORDS: [&str; 7] = ["page", "p.", "pg.", "seite", "página", "pagina", "pág."];

/// Running lines are no longer than this, in columns.
const WIDEST: u32 = 160;

/// Marks running heads, running feet and page numbers.
pub(super) fn mark(source: &str, lines: &mut [Line]) {
    let mut numbered: FxHashMap<String, Vec<(usize, u32)>> = FxHashMap::default();
    for (i, line) in lines.iter().enumerate() {
        if !is_apart(lines, i) {
            continue;
        }
        let text = line.text(source);
        if let Some((shape, page)) = page_number(text) {
            numbered.entry(shape).or_default().push((i, page));
        }
    }
    // Nothing here is put out in the order of the table: the marks go to lines, one by one.
    for places in numbered.values() {
        for (n, &(i, page)) in places.iter().enumerate() {
            let follows = |other: Option<&(usize, u32)>, after: bool| {
                other.is_some_and(|&(_, p)| {
                    let step = if after { p.checked_sub(page) } else { page.checked_sub(p) };
                    step.is_some_and(|s| (1..=2).contains(&s))
                })
            };
            let before = n.checked_sub(1).and_then(|b| places.get(b));
            if follows(before, false) || follows(places.get(n + 1), true) || lines[i].page {
                lines[i].furniture = true;
            }
        }
    }
    mark_repeated(source, lines);
}

/// Whether the line stands alone, or at the end of a page.
fn is_apart(lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    if line.is_blank() || line.width > WIDEST {
        return false;
    }
    let before = line.page || i.checked_sub(1).is_none_or(|b| lines[b].is_blank());
    let after = lines.get(i + 1).is_none_or(|n| n.is_blank() || n.page);
    before && after || (line.page || lines.get(i + 1).is_some_and(|n| n.page))
}

/// The page number in a line that has nothing else in it but a running title, and the line without its figures.
///
/// A number after a plain word ("Chapter 3") is a heading, unless the word says page or a wide gap sets it apart.
fn page_number(text: &str) -> Option<(String, u32)> {
    let bare =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '[' | ']' | '|' | '(' | ')'));
    let last = bare.rsplit(|c: char| c.is_whitespace() || c == '|').next().unwrap_or("");
    let first = bare.split(|c: char| c.is_whitespace() || c == '|').next().unwrap_or("");
    if let Some(page) = number(bare) {
        return Some((shape(text), page));
    }
    // 3 of 40, 3/40
    for sign in [" of ", "/", " / "] {
        if let Some((left, right)) = bare.split_once(sign) {
            let left_word = left.rsplit(char::is_whitespace).next().unwrap_or("");
            if let (Some(page), Some(_)) = (number(left_word), number(right.trim()))
                && (left == left_word || has_page_word(left) || left.contains("   "))
            {
                return Some((shape(text), page));
            }
        }
    }
    if let Some(page) = number(last) {
        let before = &bare[..bare.len() - last.len()];
        if before.ends_with("   ")
            || before.ends_with('\t')
            || before.trim_end().ends_with('|')
            || has_page_word(before)
        {
            return Some((shape(text), page));
        }
    }
    let page = number(first)?;
    let after = &bare[first.len()..];
    (after.starts_with("   ") || after.starts_with('\t') || after.trim_start().starts_with('|'))
        .then(|| (shape(text), page))
}

fn has_page_word(before: &str) -> bool {
    let word = before
        .split_whitespace()
        .next_back()
        .unwrap_or("")
        .trim_start_matches(['[', '(', '-', '–', '|'])
        .to_lowercase();
    PAGE_WORDS.contains(&word.as_str())
}

fn number(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}

/// The line with figures and gaps levelled out.
fn shape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        let c = if c.is_ascii_digit() {
            '#'
        } else if c.is_whitespace() {
            ' '
        } else {
            c
        };
        if !(c == last && (c == '#' || c == ' ')) {
            out.push(c);
        }
        last = c;
    }
    out
}

/// Marks the lines next to page breaks that are the same on several pages.
fn mark_repeated(source: &str, lines: &mut [Line]) {
    // The first and the last lines of pages, found from every break: a form feed or a line with a page number.
    let mut ends: Vec<usize> = Vec::new();
    for i in 0..lines.len() {
        if lines[i].page || lines[i].furniture {
            let after = if lines[i].furniture { i + 1 } else { i };
            ends.extend((after..lines.len().min(after + 8)).find(|&j| !lines[j].is_blank() && !lines[j].furniture));
            let before = i.saturating_sub(8)..i;
            ends.extend(before.rev().find(|&j| !lines[j].is_blank() && !lines[j].furniture));
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let shapes: Vec<Option<String>> =
        ends.iter().map(|&i| is_apart(lines, i).then(|| shape(lines[i].text(source)))).collect();
    for shape in shapes.iter().flatten() {
        *counts.entry(shape.clone()).or_insert(0) += 1;
    }
    for (&i, shape) in ends.iter().zip(&shapes) {
        if shape.as_ref().is_some_and(|s| counts[s] >= 2) {
            lines[i].furniture = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn kept(source: &str) -> Vec<&str> {
        let mut read = lines(source);
        mark(source, &mut read);
        read.iter().filter(|l| !l.is_blank() && !l.furniture).map(|l| l.text(source)).collect()
    }

    #[test]
    fn removes_running_feet_and_heads() {
        let source = "One was\n\nHill Report          Page 1\n\nhere.\n\nTwo.\n\nHill Report          Page 2\n\nEnd.\n";
        assert_eq!(kept(source), ["One was", "here.", "Two.", "End."]);
        let feeds = "A\n\nLee  Track  [Page 1]\n\u{c}Title 7  May 1999\n\nB\n\nLee  Track  [Page 2]\n\u{c}Title 7  May 1999\n\nC\n";
        assert_eq!(kept(feeds), ["A", "B", "C"]);
    }

    #[test]
    fn removes_numbers_that_count_pages() {
        assert_eq!(kept("a\n\n11\n\nb\n\n12\n\nc\n\n- 13 -\n\n- 14 -\n\nd\n"), ["a", "b", "c", "d"]);
    }

    #[test]
    fn keeps_headings_and_figures() {
        let source = "Chapter 1\n\na\n\nChapter 2\n\nb\n\n486,230\n\nThis many.\n\n2019\n\nIt rained.\n";
        assert_eq!(kept(source).len(), 8);
    }
}
