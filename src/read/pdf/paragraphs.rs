//! Paragraphs, headings, notes and items made of lines.

use super::lines::Line;
use super::{marker, tables};

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Running text.
    Running,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A foot note.
    Note,
    /// The caption of a table or figure.
    Caption,
    /// A line of a table of contents.
    Contents,
    /// The first of the lines that run from page to page.
    Apart,
}

/// Lines that are one block.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// What it is.
    pub(super) role: Role,
    /// Its lines, as indices.
    pub(super) lines: Vec<usize>,
}

/// What is usual in a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    /// The size of most letters.
    pub(super) size: f64,
    /// The distance of base lines, in sizes.
    pub(super) pitch: f64,
}

/// Measures a document.
pub(super) fn usual(lines: &[Line]) -> Usual {
    let mut letters: Vec<(i64, usize)> = Vec::new();
    for line in lines.iter().filter(|l| !l.artifact) {
        let size = (line.size * 4.0).round() as i64;
        let n = line.stretches.iter().map(|s| s.letters).sum();
        match letters.iter_mut().find(|(s, _)| *s == size) {
            Some((_, count)) => *count += n,
            None => letters.push((size, n)),
        }
    }
    let size = letters.iter().max_by_key(|(s, n)| (*n, *s)).map_or(10.0, |(s, _)| *s as f64 / 4.0);
    let mut pitches: Vec<f64> = lines
        .windows(2)
        .filter(|p| p[0].region == p[1].region && p[0].page == p[1].page)
        .filter(|p| (p[0].size - size).abs() < 0.3 && (p[1].size - size).abs() < 0.3)
        .map(|p| (p[1].y - p[0].y) / size)
        .filter(|r| (0.9..3.0).contains(r))
        .collect();
    pitches.sort_by(f64::total_cmp);
    // Between lines of one paragraph the distance is the smallest that is frequent.
    let pitch = pitches.get(pitches.len() / 3).copied().unwrap_or(1.25);
    Usual { size, pitch }
}

/// Whether a text ends as a sentence does.
fn is_finished(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*')
            || matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}')
    });
    bare.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// Puts lines together. `taken` says which lines belong to tables; those are left out.
pub(super) fn paragraphs(lines: &[Line], taken: &[bool], notes: &[bool], usual: Usual) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    // The paragraph that a later column or page may go on with, and whether it is a note.
    let mut last: [Option<usize>; 2] = [None, None];
    for i in 0..lines.len() {
        if taken[i] || lines[i].artifact {
            continue;
        }
        let line = &lines[i];
        let kind = usize::from(notes[i]);
        if tables::is_leader(line) {
            out.push(Paragraph { role: Role::Contents, lines: vec![i] });
            last[0] = None;
            continue;
        }
        let before = last[kind].filter(|&p| {
            let role = out[p].role;
            // A table between two lines parts them.
            let above = out[p].lines.last().copied().unwrap_or(0);
            let parted = (above + 1..i).any(|n| taken[n]) && lines[above].page == line.page;
            role != Role::Contents && !parted
        });
        if let Some(p) = before
            && goes_on(lines, &out[p], i, notes[i], usual)
        {
            out[p].lines.push(i);
            continue;
        }
        let text = line.text();
        let item = !notes[i] && marker(&text).is_some();
        let role = if notes[i] {
            Role::Note
        } else if item {
            Role::Item
        } else {
            Role::Running
        };
        out.push(Paragraph { role, lines: vec![i] });
        last[kind] = Some(out.len() - 1);
    }
    classify(lines, &mut out, usual);
    out
}

/// Whether a line goes on with a paragraph.
fn goes_on(lines: &[Line], paragraph: &Paragraph, next: usize, note: bool, usual: Usual) -> bool {
    let Some(&above) = paragraph.lines.last() else { return false };
    let (a, b) = (&lines[above], &lines[next]);
    let text = b.text();
    if note && begins_note(b) {
        return false;
    }
    if (a.size - b.size).abs() > 0.07 * a.size.max(b.size) || a.heading != b.heading {
        return false;
    }
    if a.bold != b.bold && is_wholly_bold(a) != is_wholly_bold(b) {
        return false;
    }
    let (said, first) = (a.text(), &lines[paragraph.lines[0]]);
    let small = text.trim_start_matches(['"', '“', '‘', '(', '\'']).starts_with(char::is_lowercase);
    if marker(&text).is_some_and(|m| !(m.len() <= 2 && small)) && !note {
        // "12. May" at the start of a line is seldom; an item is more likely.
        let hangs = b.start() > a.start() + 0.5 * a.size && paragraph.role == Role::Item && !is_finished(&said);
        if !hangs {
            return false;
        }
    }
    if a.page != b.page || a.region != b.region {
        // Over the end of a column or page, only what stops in the middle of a sentence goes on.
        return !is_finished(&said) && (small || !is_short(a, b)) && a.heading.is_none() && !is_wholly_bold(b);
    }
    let pitch = b.y - a.y;
    let leading = usual.pitch.max(1.0) * b.size.max(a.size);
    if pitch > leading * 1.22 + 0.6 || pitch < -0.1 {
        return false;
    }
    let item = paragraph.role == Role::Item;
    // A first line that is set in.
    let lone = paragraph.lines.len() == 1;
    if b.start() > a.start() + 0.8 * b.size && !(lone && (item || note)) && !centred(a, b) {
        return !is_finished(&said);
    }
    // Back to the margin after lines that are set in: an item has ended.
    if item && b.start() < first.start() - 0.8 * b.size {
        return false;
    }
    if item && !lone && b.start() < a.start() - 0.8 * b.size {
        return false;
    }
    if is_short(a, b) && is_finished(&said) && !small {
        return false;
    }
    true
}

/// Whether the first word of the next line would have had room on the line: the line was ended on purpose.
fn is_short(line: &Line, next: &Line) -> bool {
    let word = next.words().next().map_or(0.0, |w| w.x.end - w.x.start);
    line.edges.end - line.end() > word + 0.9 * line.size
}

fn centred(a: &Line, b: &Line) -> bool {
    let middle = |l: &Line| (l.start() + l.end()) / 2.0;
    (middle(a) - middle(b)).abs() < 3.0 && a.start() > a.edges.start + 6.0
}

fn is_wholly_bold(line: &Line) -> bool {
    line.words().all(|w| w.bold || w.raised)
}

/// Whether a line begins a note: a raised label, or a figure or sign before its words.
pub(super) fn begins_note(line: &Line) -> bool {
    let Some(first) = line.words().next() else { return false };
    let label = first.text.trim_end_matches(['.', ')']);
    let counts = !label.is_empty() && label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit());
    let sign = matches!(label, "*" | "**" | "***" | "†" | "‡" | "§");
    let letter = label.chars().count() == 1 && label.chars().all(|c| c.is_ascii_lowercase());
    let more = line.words().nth(1).is_some();
    more && (counts || sign || first.raised && letter)
}

/// Which lines are notes: at the foot of a column, smaller than the text, from a label on.
pub(super) fn notes(lines: &[Line], taken: &[bool], rules: &[Vec<(f64, f64, f64)>], usual: Usual) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let mut from = 0;
    while from < lines.len() {
        let (page, region) = (lines[from].page, lines[from].region);
        let to = from + lines[from..].iter().take_while(|l| l.page == page && l.region == region).count();
        let mut first = None;
        for i in (from..to).rev() {
            let line = &lines[i];
            if line.artifact {
                continue;
            }
            if taken[i] || line.size > usual.size * 1.03 {
                break;
            }
            let small = line.size <= usual.size * 0.93;
            let next_rule = rules.get(page).is_some_and(|rules| {
                rules.iter().any(|&(at, start, end)| {
                    let short = end - start < 0.75 * (line.edges.end - line.edges.start).max(1.0);
                    short && at < line.y && line.y - at < 2.6 * line.size && start < line.start() + 20.0
                })
            });
            if begins_note(line) && (small || next_rule) {
                first = Some(i);
                if next_rule {
                    break;
                }
            } else if !small {
                // A line of full size that is no note: what has been found below it stays.
                if first.is_some() || !continues_below(lines, i, to) {
                    break;
                }
            }
        }
        if let Some(first) = first {
            for flag in &mut out[first..to] {
                *flag = true;
            }
        }
        from = to;
    }
    for (flag, line) in out.iter_mut().zip(lines) {
        *flag &= !line.artifact;
    }
    out
}

/// Whether lines of full size may be notes too, because a label stands not far above them.
fn continues_below(lines: &[Line], at: usize, end: usize) -> bool {
    end - at <= 12 && lines[at].region == lines[end - 1].region
}

/// Tells headings and captions.
fn classify(lines: &[Line], paragraphs: &mut [Paragraph], usual: Usual) {
    let mut styles: Vec<(i64, bool)> = Vec::new();
    let mut found: Vec<(usize, (i64, bool))> = Vec::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        if !matches!(paragraph.role, Role::Running | Role::Item) {
            continue;
        }
        let first = &lines[paragraph.lines[0]];
        let text = said(lines, paragraph);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || first.heading.is_some() {
            continue;
        }
        let length = text.chars().count();
        let large = first.size >= usual.size * 1.12;
        let bold = paragraph.lines.iter().all(|&i| is_wholly_bold(&lines[i]));
        let stops = text.trim_end().ends_with(['.', ',', ';', ':']);
        let is = if large {
            length <= 220 && !(stops && length > 90)
        } else {
            bold && first.size >= usual.size * 0.97 && length <= 120 && paragraph.lines.len() <= 2 && !stops
        };
        // A caption may be bold as well.
        if is && !crate::read::surround::is_numbered_caption(&text) {
            let style = ((first.size * 2.0).round() as i64, bold);
            if !styles.contains(&style) {
                styles.push(style);
            }
            found.push((n, style));
        }
    }
    styles.sort_by(|a, b| b.cmp(a));
    for (n, style) in found {
        let rank = styles.iter().position(|s| *s == style).unwrap_or(0);
        paragraphs[n].role = Role::Heading((rank + 1).min(6) as u8);
    }
    for paragraph in paragraphs.iter_mut() {
        let first = &lines[paragraph.lines[0]];
        if let Some(level) = first.heading {
            paragraph.role = Role::Heading(level);
        } else if paragraph.role == Role::Running && crate::read::surround::is_numbered_caption(&said(lines, paragraph))
        {
            paragraph.role = Role::Caption;
        }
    }
}

fn said(lines: &[Line], paragraph: &Paragraph) -> String {
    paragraph.lines.iter().map(|&i| lines[i].text()).collect::<Vec<_>>().join(" ")
}
