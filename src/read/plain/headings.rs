//! Headings without markup: short lines that stand alone and end without a stop.

use super::contents::{Titles, fold, is_contents_word};
use super::lines::{Line, begins_small, is_finished};
use super::marker::MarkerKind;
use super::parts::{Part, PartKind};
use crate::read::bibliography::is_bibliography_word;
use crate::read::surround::is_numbered_caption;

/// Headings are no wider than this, in columns.
const WIDEST: u32 = 120;

/// Headings that are not set in capitals or numbered are no wider than this.
const WIDEST_SENTENCE: u32 = 60;

/// A paragraph of this width makes the line before it a heading.
const BODY: u32 = 90;

/// Words before the number of a chapter, in the languages that reports are set in most.
const LABELS: [&str; 14] = [
    "section",
    "chapter",
    "part",
    "appendix",
    "annex",
    "article",
    "schedule",
    "kapitel",
    "abschnitt",
    "anhang",
    "chapitre",
    "annexe",
    "capítulo",
    "anexo",
];

/// How a heading looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// `## …`: its level is written.
    Hashes(u8),
    /// Underlined with this sign.
    Underlined(char),
    /// Listed in the table of contents, at this depth.
    Listed(u8),
    /// `3.1 …`, of this depth.
    Numbered(u8),
    /// `Section IV: …`.
    Labelled,
    /// ALL CAPITALS.
    Capitals,
    /// `a. …`.
    Lettered,
    /// The heading of a bibliography.
    Bibliography,
    /// Nothing but shortness and capitals tells.
    Weak,
}

/// Turns the parts that are headings into such.
pub(super) fn mark(source: &str, lines: &[Line], titles: &Titles, parts: &mut [Part]) {
    let shapes: Vec<Option<Shape>> = (0..parts.len()).map(|i| shape(source, lines, titles, parts, i)).collect();
    let below_bibliography = below_bibliography(&shapes);
    let mut is_heading = vec![false; parts.len()];
    let mut body_follows = false;
    for i in (0..parts.len()).rev() {
        match shapes[i] {
            Some(Shape::Weak) => {
                // Of several short lines in a row only the one before the text is a heading; the others are names,
                // addresses, lines of a title page.
                let next = parts.get(i + 1).filter(|_| i > 0);
                is_heading[i] = (body_follows || i == 0)
                    && !below_bibliography[i]
                    && next.is_none_or(|next| !introduces(source, lines, &parts[i], next));
                body_follows = false;
            }
            Some(Shape::Numbered(_) | Shape::Lettered | Shape::Capitals) => {
                is_heading[i] = i + 1 < parts.len()
                    && !is_one_of_a_list(parts, &shapes, i)
                    && !(below_bibliography[i] && shapes[i] == Some(Shape::Lettered));
                body_follows = is_heading[i];
            }
            Some(_) => {
                is_heading[i] = true;
                body_follows = true;
            }
            None => {
                body_follows = match parts[i].kind {
                    PartKind::Text => {
                        parts[i].width(lines) >= BODY
                            || is_finished(parts[i].last_text(source, lines)) && parts[i].width(lines) >= BODY / 2
                    }
                    PartKind::Item(_) | PartKind::Tabs | PartKind::Bars | PartKind::Columns(_) | PartKind::Contents => {
                        true
                    }
                    PartKind::Note(_) | PartKind::NoteMore => body_follows,
                    _ => false,
                };
            }
        }
    }
    let mut signs: Vec<char> = Vec::new();
    let strong = |s: Shape| !matches!(s, Shape::Weak | Shape::Lettered | Shape::Hashes(_));
    let any_strong = shapes.iter().zip(&is_heading).skip(1).any(|(s, h)| *h && s.is_some_and(strong));
    let has_title = is_heading.first() == Some(&true);
    let base: u8 = if has_title { 2 } else { 1 };
    let mut last_strong = base.saturating_sub(1);
    let mut last = base;
    for i in 0..parts.len() {
        let Some(shape) = shapes[i].filter(|_| is_heading[i]) else { continue };
        let level = match shape {
            Shape::Hashes(level) => level,
            // Signs rank by their first use.
            Shape::Underlined(sign) => {
                let rank = signs.iter().position(|&s| s == sign).unwrap_or_else(|| {
                    signs.push(sign);
                    signs.len() - 1
                });
                (rank + 1).min(6) as u8
            }
            _ if i == 0 => 1,
            Shape::Listed(depth) | Shape::Numbered(depth) => base + depth,
            Shape::Labelled | Shape::Capitals | Shape::Bibliography => base,
            Shape::Weak if any_strong => (last_strong + 1).max(base),
            Shape::Weak => base,
            Shape::Lettered => last + 1,
        };
        // What follows a table of contents is no part of it.
        if is_contents_word(parts[i].first_text(source, lines)) {
            last_strong = level - 1;
        } else if strong(shape) {
            last_strong = level;
        }
        if shape != Shape::Lettered {
            last = level;
        }
        parts[i].kind = PartKind::Heading(level);
        parts[i].skip = match shape {
            Shape::Hashes(_) => {
                let text = lines[parts[i].first()].text(source);
                text.len() - text.trim_start_matches('#').trim_start().len()
            }
            _ => 0,
        };
    }
}

/// Where entries of a bibliography stand: short ones look like headings.
fn below_bibliography(shapes: &[Option<Shape>]) -> Vec<bool> {
    let mut below = false;
    shapes
        .iter()
        .map(|shape| {
            match shape {
                Some(Shape::Bibliography) => below = true,
                Some(Shape::Weak | Shape::Lettered) | None => {}
                Some(_) => below = false,
            }
            below
        })
        .collect()
}

/// A short line before what is no text of its own: the half sentence before a list, the speaker before a quotation.
fn introduces(source: &str, lines: &[Line], part: &Part, next: &Part) -> bool {
    let (text, after) = (part.first_text(source, lines), next.first_text(source, lines));
    match next.kind {
        PartKind::Item(_) => begins_small(after),
        _ => text.contains(", ") && after.starts_with(['"', '“', '«', '„']),
    }
}

/// Numbered lines that follow each other without text between them are a list.
fn is_one_of_a_list(parts: &[Part], shapes: &[Option<Shape>], i: usize) -> bool {
    let is_item = |j: usize| {
        matches!(parts[j].kind, PartKind::Item(_))
            && matches!(shapes[j], None | Some(Shape::Numbered(0) | Shape::Lettered))
    };
    let same = |a: usize, b: usize| match (&parts[a].kind, &parts[b].kind) {
        (PartKind::Item(x), PartKind::Item(y)) => match (&x.kind, &y.kind) {
            (MarkerKind::Ordered { around: a, count: m }, MarkerKind::Ordered { around: b, count: n }) => {
                a == b && n.follows(*m)
            }
            _ => false,
        },
        _ => false,
    };
    is_item(i) && (i + 1 < parts.len() && same(i, i + 1) || i > 0 && same(i - 1, i))
}

fn shape(source: &str, lines: &[Line], titles: &Titles, parts: &[Part], i: usize) -> Option<Shape> {
    let part = &parts[i];
    if let PartKind::Underlined(sign) = part.kind {
        return Some(Shape::Underlined(sign));
    }
    if !matches!(part.kind, PartKind::Text | PartKind::Item(_)) || part.lines.len() != 1 {
        return None;
    }
    let count = part.line_count();
    let line = &lines[part.first()];
    let text = line.text(source);
    let width = part.width(lines);
    if count > 3 || width > WIDEST || text.is_empty() {
        return None;
    }
    if let Some(level) = hashes(text).filter(|_| count == 1) {
        return Some(Shape::Hashes(level));
    }
    // Only what stands apart from the text before it is a heading.
    if !part.apart {
        return None;
    }
    let whole = part.lines.iter().flat_map(Clone::clone).map(|l| lines[l].text(source)).collect::<Vec<_>>().join(" ");
    if let Some(title) = titles.get(&fold(&whole)) {
        return Some(Shape::Listed(title.depth));
    }
    if is_numbered_caption(&whole) {
        return None;
    }
    let last = lines[part.last()].text(source);
    let stopped =
        last.ends_with(['.', ',', ';', ':', '!', '…', '-', '”', '"']) || is_finished(last) && !last.ends_with('?');
    // Some laws and licences set a full stop after the titles of their clauses.
    if stopped && last.ends_with('.') && width <= WIDEST_SENTENCE && part.apart_after && is_title_case(&whole) {
        return numbered(&whole);
    }
    if stopped || whole.contains("://") || whole.contains('@') || !whole.contains(char::is_alphabetic) {
        return None;
    }
    if count == 1 && is_bibliography_word(&whole) {
        return Some(Shape::Bibliography);
    }
    if let Some(shape) = labelled(&whole) {
        return Some(shape).filter(|_| part.apart_after || width < WIDEST_SENTENCE);
    }
    if let Some(shape) = numbered(&whole) {
        return Some(shape);
    }
    if let PartKind::Item(marker) = &part.kind {
        let words = &whole[marker.skip..];
        let letter = matches!(&marker.kind, MarkerKind::Ordered { around: '.' | ')', count } if count.letter.is_some());
        return (letter && part.apart_after && words.starts_with(char::is_uppercase)).then_some(Shape::Lettered);
    }
    if is_capitals(&whole) {
        return (count <= 2).then_some(Shape::Capitals);
    }
    let begins =
        whole.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '*' | '¿'));
    let weak = count == 1
        && (part.apart_after || i == 0)
        && begins
        && !begins_small(&whole)
        && line.full(source).trim().find("   ").is_none()
        && (width <= WIDEST_SENTENCE || is_title_case(&whole));
    weak.then_some(Shape::Weak)
}

/// The level in `## Heading`.
fn hashes(text: &str) -> Option<u8> {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&level) && text[level..].starts_with(' ') && !text[level..].trim().is_empty())
        .then_some(level as u8)
}

/// `Section IV: …`, `Appendix B`.
fn labelled(text: &str) -> Option<Shape> {
    let (word, rest) = text.split_once([' ', '\u{a0}'])?;
    if !word.starts_with(char::is_uppercase) || !LABELS.contains(&word.to_lowercase().as_str()) {
        return None;
    }
    let number = rest.split([' ', ':', '.', '–', '—', '-', '\u{a0}']).next().unwrap_or("");
    let counts = !number.is_empty()
        && number.len() <= 6
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
            || number.len() == 1 && number.starts_with(char::is_uppercase)
            || matches!(
                number.to_lowercase().as_str(),
                "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
            ));
    let after = rest[number.len()..].trim_start_matches([' ', '\u{a0}']);
    (counts
        && (after.is_empty() || after.starts_with([':', '.', '–', '—', '-']) || after.starts_with(char::is_uppercase)))
    .then_some(Shape::Labelled)
}

/// `3 SUMMARY`, `3.1 The line`, `IV. Findings`.
fn numbered(text: &str) -> Option<Shape> {
    let label = text.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    let words = text[label.len()..].trim_start();
    if !words.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘')) {
        return None;
    }
    let bare = label.trim_end_matches('.');
    let parts: Vec<&str> = bare.split('.').collect();
    let digits = |p: &str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()) && !p.starts_with('0');
    if parts.len() <= 6 && parts.iter().all(|p| digits(p)) {
        return Some(Shape::Numbered(parts.len() as u8 - 1));
    }
    // A.1, B.2.3 as in appendices
    let lettered = parts.len() >= 2
        && parts.len() <= 5
        && parts[0].len() == 1
        && parts[0].starts_with(char::is_uppercase)
        && parts[1..].iter().all(|p| digits(p));
    if lettered {
        return Some(Shape::Numbered(parts.len() as u8 - 1));
    }
    let roman = label.ends_with('.')
        && bare.len() <= 5
        && !bare.is_empty()
        && bare.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    roman.then_some(Shape::Numbered(0))
}

fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !text.chars().any(char::is_lowercase)
}

/// Whether most of the longer words begin with a capital.
fn is_title_case(text: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in text.split_whitespace() {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.chars().count() >= 4 {
            long += 1;
            capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        }
    }
    long > 0 && capital * 10 >= long * 6
}

#[cfg(test)]
mod tests {
    use super::super::{contents, lines, parts};
    use super::*;

    fn headings(source: &str) -> Vec<(String, u8)> {
        let read = lines::lines(source);
        let wrapping = lines::wrapping(&read);
        let mut found = parts::parts(source, &read, wrapping, &Default::default());
        let titles = contents::mark(source, &read, &mut found);
        mark(source, &read, &titles, &mut found);
        found
            .iter()
            .filter_map(|p| match p.kind {
                PartKind::Heading(level) => Some((p.first_text(source, &read).to_owned(), level)),
                _ => None,
            })
            .collect()
    }

    const BODY_TEXT: &str =
        "The wells of the district were counted in spring, and again in the autumn of the same year.";

    #[test]
    fn reads_numbered_headings() {
        let source =
            format!("WELLS\n\n1 SUMMARY\n\n{BODY_TEXT}\n\n1.1 The line\n\n{BODY_TEXT}\n\n2. Costs\n\n{BODY_TEXT}\n");
        let expected = [("WELLS", 1), ("1 SUMMARY", 2), ("1.1 The line", 3), ("2. Costs", 2)];
        assert_eq!(headings(&source), expected.map(|(t, l)| (t.to_owned(), l)));
    }

    #[test]
    fn tells_names_and_lists_from_headings() {
        let source = format!(
            "Wells\n\n{BODY_TEXT}\n\nAnn Lee\n\nBo Ray\n\nCosts\n\n{BODY_TEXT}\n\n1. Fetch water\n\n2. Boil it\n\n{BODY_TEXT}\n"
        );
        assert_eq!(headings(&source), [("Wells".to_owned(), 1), ("Costs".to_owned(), 2)]);
    }

    #[test]
    fn takes_levels_from_the_contents() {
        let source = format!(
            "Contents\n\nIntroduction\t4\nThe North\t\nCosts\t9\nEnd\t12\n\nIntroduction\n\n{BODY_TEXT}\n\nThe North\n\n{BODY_TEXT}\n\nCosts\n\n{BODY_TEXT}\n"
        );
        let levels: Vec<u8> = headings(&source).into_iter().map(|(_, l)| l).collect();
        assert_eq!(levels, [1, 2, 3, 2]);
    }
}
