//! Tables without markup: cells between tabs, between signs `|`, or in aligned columns.

use super::lines::Line;
use super::parts::PartKind;
use std::ops::Range;

/// Columns further right than this are not looked at.
const WIDEST: usize = 400;

/// The table that begins at the first line of a range, and the line after it.
pub(super) fn table(source: &str, lines: &[Line], range: Range<usize>) -> Option<(PartKind, usize)> {
    let run = |is: &dyn Fn(&str) -> bool| {
        range.start + lines[range.clone()].iter().take_while(|l| is(l.full(source))).count()
    };
    let from = range.start;
    let first = lines[from].full(source);
    if first.contains('\t') {
        let end = run(&|line| line.trim_start().contains('\t') || line.starts_with('\t') && line[1..].contains('\t'));
        // Tabs may only indent. In a table lines have cells; lists of titles leave out the page of some.
        let cells = |line: &Line| line.full(source).split('\t').filter(|cell| !cell.trim().is_empty()).count();
        let filled = lines[from..end].iter().filter(|line| cells(line) >= 2).count();
        return (filled >= 2 && filled * 3 >= end - from).then_some((PartKind::Tabs, end));
    }
    if first.trim_start().starts_with(['|', '+']) {
        let end = run(&|line| line.trim_start().starts_with(['|', '+']));
        return (end >= from + 2 && is_regular(source, &lines[from..end])).then_some((PartKind::Bars, end));
    }
    if first.trim().contains("  ") {
        let end = run(&|line| line.trim().contains("  ") || is_rule(line));
        if end >= from + 3 {
            return aligned(source, &lines[from..end]).map(|starts| (PartKind::Columns(starts), end));
        }
    }
    None
}

/// A line of a table that only draws.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ':' | ' ' | '_' | '─' | '═' | '—'))
}

/// Whether all lines between bars have the same number of cells, and cells hold words.
fn is_regular(source: &str, lines: &[Line]) -> bool {
    let mut cells = None;
    let mut rows = 0;
    for line in lines {
        let text = line.text(source);
        if is_rule(text) {
            continue;
        }
        let count = text.matches('|').count();
        if count < 2 || *cells.get_or_insert(count) != count {
            return false;
        }
        rows += 1;
    }
    rows >= 2
}

/// The columns at which cells begin, when lines are the rows of a table: white space runs down between the cells, and
/// some column other than the first holds numbers, or there are three of them.
fn aligned(source: &str, lines: &[Line]) -> Option<Vec<u32>> {
    let mut taken = vec![0u32; WIDEST];
    let mut rows = 0;
    for line in lines {
        let text = line.full(source);
        if is_rule(text) {
            continue;
        }
        rows += 1;
        for (column, c) in text.trim_end().chars().take(WIDEST).enumerate() {
            taken[column] += u32::from(!c.is_whitespace());
        }
    }
    if rows < 3 {
        return None;
    }
    let mut starts = Vec::new();
    let mut empty = 2;
    for (column, &count) in taken.iter().enumerate() {
        if count == 0 {
            empty += 1;
        } else {
            if empty >= 2 {
                starts.push(column as u32);
            }
            empty = 0;
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let mut numeric = vec![0usize; starts.len()];
    let mut filled = vec![0usize; starts.len()];
    for line in lines.iter().filter(|l| !is_rule(l.text(source))) {
        for (column, cell) in cells_at(line.full(source), &starts).into_iter().enumerate() {
            let cell = line.full(source)[cell].trim();
            filled[column] += usize::from(!cell.is_empty());
            numeric[column] += usize::from(is_numeric(cell));
        }
    }
    // Two blocks of prose side by side have long cells and few numbers.
    let has_numbers = (1..starts.len()).any(|c| numeric[c] * 10 >= filled[c] * 6 && filled[c] * 2 >= rows);
    let is_grid =
        starts.len() >= 3 && filled.iter().all(|&f| f * 10 >= rows * 6) && has_short_cells(source, lines, &starts);
    (has_numbers || is_grid).then_some(starts)
}

fn has_short_cells(source: &str, lines: &[Line], starts: &[u32]) -> bool {
    lines.iter().all(|line| {
        let text = line.full(source);
        cells_at(text, starts).into_iter().all(|cell| text[cell].trim().len() <= 30)
    })
}

/// The byte ranges of the cells of a line whose cells begin at these columns.
pub(super) fn cells_at(line: &str, starts: &[u32]) -> Vec<Range<usize>> {
    let mut bounds = Vec::with_capacity(starts.len() + 1);
    let mut wanted = starts.iter().copied().peekable();
    for (column, (at, _)) in line.char_indices().enumerate() {
        if wanted.next_if(|&w| w as usize <= column).is_some() {
            bounds.push(at);
        }
        if wanted.peek().is_none() {
            break;
        }
    }
    bounds.resize(starts.len(), line.len());
    bounds.push(line.len());
    bounds.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// Whether a cell holds a figure and little else.
pub(super) fn is_numeric(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.is_empty() {
        return false;
    }
    if matches!(cell, "-" | "–" | "—" | "n/a" | "N/A" | "..") {
        return true;
    }
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 3 && cell.len() <= 24
}

/// Whether lines draw something or are code: signs prevail over words.
pub(super) fn is_drawing(source: &str, lines: &[Line]) -> bool {
    // Drawings fit on a page.
    if lines.iter().any(|line| line.width > 200) {
        return false;
    }
    if is_formula(source, lines) {
        return true;
    }
    let (mut signs, mut words, mut drawn, mut coded, mut barred) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for line in lines {
        let text = line.text(source);
        for b in text.bytes() {
            match b {
                b'+' | b'-' | b'|' | b'/' | b'\\' | b'_' | b'=' | b'<' | b'>' | b'^' | b'~' | b'#' | b'{' | b'}' => {
                    signs += 1;
                }
                b if b.is_ascii_alphanumeric() || b >= 0x80 => words += 1,
                _ => {}
            }
        }
        drawn +=
            usize::from(text.contains("+-") || text.contains("--+") || text.contains("|  ") || text.contains("-->"));
        barred += usize::from(text.starts_with(['|', '+']));
        coded += usize::from(text.ends_with([';', '{', '}']));
    }
    if words == 0 {
        return lines.len() > 1 || signs > 3;
    }
    if barred == lines.len() && lines.len() > 1 {
        return !is_regular(source, lines);
    }
    drawn * 2 >= lines.len() && signs * 2 >= words || lines.len() >= 3 && coded * 2 >= lines.len() && signs > 0
}

/// Whether lines hold formulas, assignments or rules of a grammar, with few words among their terms.
fn is_formula(source: &str, lines: &[Line]) -> bool {
    if lines.len() > 40 {
        return false;
    }
    let (mut operators, mut terms, mut words) = (0usize, 0usize, 0usize);
    for term in lines.iter().flat_map(|l| l.text(source).split_whitespace()) {
        terms += 1;
        operators += usize::from(matches!(term, "=" | "==" | ":=" | "<=" | ">=" | "+="));
        let bare = term.trim_end_matches([',', '.', ';', ':']);
        words += usize::from(bare.len() >= 3 && bare.chars().all(char::is_alphabetic));
    }
    operators * 4 >= lines.len() && operators > 0 && words * 2 < terms
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn kind(source: &str) -> Option<(PartKind, usize)> {
        let read = lines(source);
        table(source, &read, 0..read.len() - 1)
    }

    #[test]
    fn reads_columns() {
        let source = "District      Wells   Dry\n---------------------------\nNorth            12     3\nSouth Hill        9     1\n";
        let Some((PartKind::Columns(starts), 4)) = kind(source) else { panic!("{:?}", kind(source)) };
        assert_eq!(starts.len(), 3);
        assert_eq!(kind("Year\tWells\n2019\t4\n"), Some((PartKind::Tabs, 2)));
        assert_eq!(kind("Open\t\tOpens a window\n\t\t\tto look\n\t\t\tout of.\n"), None);
        assert_eq!(kind("| a | b |\n|---|---|\n| 1 | 2 |\n"), Some((PartKind::Bars, 3)));
    }

    #[test]
    fn ignores_prose_with_gaps() {
        assert_eq!(kind("It rained.  It\nsnowed.  And it\nblew.  Then we\nwent home.  Yes\n"), None);
    }

    #[test]
    fn tells_drawings_from_prose() {
        let drawing = "+-----+--+\n|C| Res |\n+-----+--+\n";
        assert!(is_drawing(drawing, &lines(drawing)[..3]));
        let formula = "X = max(min(X_calc, 2*X_recv), s/t)\n";
        assert!(is_drawing(formula, &lines(formula)[..1]));
        let prose = "- first-class/second-class fares (1-2)\n- others\n";
        assert!(!is_drawing(prose, &lines(prose)[..2]));
    }
}
