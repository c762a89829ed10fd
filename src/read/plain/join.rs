//! Puts together what notes, running feet and page ends have torn apart.

use super::lines::{Line, Wrapping, begins_small, is_finished};
use super::parts::{Part, PartKind};
use crate::read::bibliography::is_bibliography_word;
use crate::read::notes::{bracketed_number, raised_figures};
use rustc_hash::FxHashSet;

/// A paragraph that breaks off is at least this wide, in columns; less may be a heading or a line of an address.
const SHORTEST: u32 = 60;

/// A paragraph of this width is no heading.
const SURELY_TEXT: u32 = 120;

/// Takes `[7]` for notes only where text calls them, then finds later paragraphs of notes, then joins.
pub(super) fn join(source: &str, lines: &[Line], wrapping: Wrapping, parts: &mut Vec<Part>) {
    settle_notes(source, lines, parts);
    find_later_paragraphs(source, lines, parts);
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    // The last paragraph that may go on, and whether something stands between it and what comes.
    let mut open: Option<usize> = None;
    let mut torn = false;
    for part in parts.drain(..) {
        torn |= part.new_page;
        match part.kind {
            PartKind::Note(_) | PartKind::NoteMore => {
                torn = true;
                out.push(part);
            }
            PartKind::Text => {
                if let Some(i) = open
                    && goes_on(source, lines, wrapping, &out[i], &part, torn)
                {
                    out[i].lines.extend(part.lines);
                } else {
                    out.push(part);
                    open = Some(out.len() - 1);
                }
                torn = false;
            }
            PartKind::Item(_) => {
                out.push(part);
                open = Some(out.len() - 1);
                torn = false;
            }
            _ => {
                out.push(part);
                open = None;
                torn = false;
            }
        }
    }
    *parts = out;
}

fn goes_on(source: &str, lines: &[Line], wrapping: Wrapping, open: &Part, part: &Part, torn: bool) -> bool {
    let before = open.last_text(source, lines);
    let text = part.first_text(source, lines);
    if is_finished(before) || before.starts_with('#') || text.starts_with('#') {
        return false;
    }
    let width = open.width(lines);
    if begins_small(text) {
        return width >= if torn { SHORTEST / 2 } else { SHORTEST };
    }
    // A figure belongs to the words before it when they end in the middle of a sentence.
    if torn
        && width >= SHORTEST
        && text.starts_with(|c: char| c.is_ascii_digit())
        && before.ends_with(char::is_lowercase)
        && is_finished(part.last_text(source, lines))
    {
        return true;
    }
    // Not a small letter: only a page that breaks off in the middle of a full line tells.
    torn && width >= SURELY_TEXT
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && part.width(lines) >= SHORTEST
        && (part.line_count() > 1 || is_finished(part.last_text(source, lines)))
        && match wrapping {
            Wrapping::Long => true,
            Wrapping::At(full) => lines[open.last()].width * 100 >= full * 80,
        }
}

/// Puts together the entries of bibliographies that a page end has torn apart: an entry ends with a stop, a figure, a
/// bracket or an address, never with a small letter, and none begins with an address.
pub(super) fn join_entries(source: &str, lines: &[Line], parts: &mut Vec<Part>) {
    let mut below = false;
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        let text = part.first_text(source, lines);
        match part.kind {
            PartKind::Heading(_) => below = is_bibliography_word(text),
            PartKind::Text if below => {
                if let Some(open) = out.last_mut().filter(|o| o.kind == PartKind::Text) {
                    let before = open.last_text(source, lines);
                    let broken = before.ends_with(char::is_lowercase)
                        && !before.rsplit(' ').next().is_some_and(|word| word.contains("://") || word.contains("www."))
                        && open.width(lines) >= SHORTEST;
                    if broken || text.starts_with("http") || text.starts_with("<http") {
                        open.lines.extend(part.lines);
                        continue;
                    }
                }
            }
            _ => {}
        }
        out.push(part);
    }
    *parts = out;
}

/// `[7] …` is a note when the text calls it, or when it is one of several in a row; else it is what it looks like.
fn settle_notes(source: &str, lines: &[Line], parts: &mut [Part]) {
    let bracketed = |part: &Part| lines[part.first()].text(source).starts_with('[');
    if !parts.iter().any(|p| matches!(p.kind, PartKind::Note(_)) && bracketed(p)) {
        return;
    }
    let mut called: FxHashSet<&str> = FxHashSet::default();
    for open in memchr::memchr_iter(b'[', source.as_bytes()) {
        let begins_line = source[..open].trim_end_matches([' ', '\t']).ends_with(['\n', '\r', '\u{c}', '\u{feff}']);
        if open > 0
            && !begins_line
            && let Some(label) = bracketed_number(&source[open..])
        {
            called.insert(label);
        }
    }
    // Two marks can stand at the beginning of a line by chance; notes come in their order.
    let mut last = 0;
    for part in parts {
        if let PartKind::Note(label) = &part.kind
            && bracketed(part)
        {
            let number: u32 = label.parse().unwrap_or(0);
            if called.contains(label.as_str()) || number == last + 1 {
                last = number;
            } else {
                part.kind = PartKind::Text;
                part.skip = 0;
            }
        }
    }
}

/// Paragraphs between two notes that follow each other are later paragraphs of the first, when the text of a page
/// cannot stand there: it would call the second one.
fn find_later_paragraphs(source: &str, lines: &[Line], parts: &mut [Part]) {
    const MOST: usize = 3;
    let mut i = 0;
    while i < parts.len() {
        let PartKind::Note(label) = &parts[i].kind else {
            i += 1;
            continue;
        };
        let next = (i + 1..parts.len().min(i + 2 + MOST)).find(|&j| matches!(parts[j].kind, PartKind::Note(_)));
        let Some(next) = next else {
            i += 1;
            continue;
        };
        let PartKind::Note(following) = &parts[next].kind else { break };
        let in_order = match (label.parse::<u32>(), following.parse::<u32>()) {
            (Ok(a), Ok(b)) => b == a + 1,
            _ => false,
        };
        let between = &parts[i + 1..next];
        let plain = between
            .iter()
            .all(|p| p.kind == PartKind::Text && !p.new_page && !begins_small(p.first_text(source, lines)));
        let calls = between.iter().flat_map(|p| p.lines.iter().flat_map(Clone::clone)).any(|l| {
            let text = lines[l].text(source);
            calls(text, following)
        });
        if in_order && plain && !calls && !parts[next].new_page {
            for part in &mut parts[i + 1..next] {
                part.kind = PartKind::NoteMore;
            }
        }
        i = next;
    }
}

/// Whether a line calls the note with this label.
fn calls(text: &str, label: &str) -> bool {
    if text.contains(&format!("[{label}]")) {
        return true;
    }
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}')) {
        let Some((found, length)) = raised_figures(&rest[at..]) else { return false };
        if found == label {
            return true;
        }
        rest = &rest[at + length..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::{lines, parts};
    use super::*;

    fn read(source: &str) -> Vec<(PartKind, usize)> {
        let read = lines::lines(source);
        let wrapping = lines::wrapping(&read);
        let mut parts = parts::parts(source, &read, wrapping, &Default::default());
        join(source, &read, wrapping, &mut parts);
        parts.into_iter().map(|p| (p.kind.clone(), p.line_count())).collect()
    }

    #[test]
    fn joins_across_notes() {
        let source = "The second flight left on the morning of 8 December with some seventy-three¹\n\n\
                      ¹ Ministry note.\n\nchildren on board. They landed.\n";
        assert_eq!(read(source), [(PartKind::Text, 2), (PartKind::Note("1".into()), 1)]);
    }

    #[test]
    fn keeps_headings_and_finished_paragraphs_apart() {
        let source = "Costs\n\nthe lower-case house style of a small press begins here.\n\nIt ended.\n\nand on.\n";
        assert_eq!(read(source).len(), 4);
    }

    #[test]
    fn reads_the_second_paragraph_of_a_note() {
        let source = "One.⁶ Two.⁷ It goes on for a while.\n\n⁶ First source.\n\nSecond source of it.\n\n⁷ Third.\n";
        assert_eq!(read(source)[2], (PartKind::NoteMore, 1));
    }

    #[test]
    fn takes_bracketed_numbers_for_notes_only_when_called() {
        assert_eq!(read("As Lee shows [4].\n\n[4] Lee, Wells.\n")[1].0, PartKind::Note("4".into()));
        assert_eq!(read("No call.\n\n[4] Lee, Wells.\n")[1].0, PartKind::Text);
    }
}
