//! Tables told from how their words are set: gaps that run down, figures, frames.

use super::lines::{Line, Stretch};
use super::page::Stroke;
use std::ops::Range;

/// A table on a page.
#[derive(Debug)]
pub(super) struct Grid {
    /// Its lines, as indices.
    pub(super) lines: Range<usize>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// How many of the first rows name the columns.
    pub(super) head_rows: u32,
}

/// A cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// How many columns it covers.
    pub(super) columns: u32,
    /// Its words: the line and the stretch, as indices.
    pub(super) parts: Vec<(usize, usize)>,
}

/// Finds the tables. `strokes` are the lines drawn on each page.
pub(super) fn find(lines: &mut [Line], strokes: &[Vec<Stroke>]) -> Vec<Grid> {
    for line in lines.iter_mut() {
        if let Some(strokes) = strokes.get(line.page) {
            cut_at_strokes(line, strokes);
        }
    }
    let mut grids = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let end = run(lines, from);
        if end > from + 1
            && let Some(strokes) = strokes.get(lines[from].page)
            && let Some(grid) = grid(lines, from..end, strokes)
        {
            grids.push(grid);
            from = end;
        } else {
            from += 1;
        }
    }
    grids
}

/// Cuts stretches where upright strokes stand between words.
fn cut_at_strokes(line: &mut Line, strokes: &[Stroke]) {
    let near: Vec<f64> = strokes
        .iter()
        .filter(|s| !s.level && s.from <= line.y - 0.2 * line.size && s.to >= line.y - 0.6 * line.size)
        .map(|s| s.at)
        .collect();
    if near.is_empty() {
        return;
    }
    let mut out: Vec<Stretch> = Vec::new();
    for stretch in line.stretches.drain(..) {
        let mut rest = stretch;
        let mut n = 1;
        while n < rest.words.len() {
            let gap = rest.words[n - 1].x.end - 1.0..rest.words[n].x.start + 1.0;
            if near.iter().any(|x| gap.contains(x)) && !rest.words[n].tight {
                let words = rest.words.split_off(n);
                let mut next = rest.clone();
                next.x = words[0].x.start..rest.x.end;
                next.words = words;
                rest.x.end = rest.words[n - 1].x.end;
                for part in [&mut rest, &mut next] {
                    part.letters = part.words.iter().map(|w| w.text.chars().count()).sum();
                }
                out.push(rest);
                rest = next;
                n = 1;
            } else {
                n += 1;
            }
        }
        out.push(rest);
    }
    line.stretches = out;
}

/// Where the lines that may be a table end: lines of several stretches, and short ones between them.
fn run(lines: &[Line], from: usize) -> usize {
    let first = &lines[from];
    if !is_multiple(first) {
        return from;
    }
    let mut end = from + 1;
    let mut last_multiple = from;
    while end < lines.len() {
        let (line, above) = (&lines[end], &lines[end - 1]);
        let pitch = line.y - above.y;
        if line.region != first.region || line.page != first.page || line.artifact || line.heading.is_some() {
            break;
        }
        if pitch > 4.5 * line.size.max(above.size) {
            break;
        }
        if is_multiple(line) {
            last_multiple = end;
        } else {
            let width = line.end() - line.start();
            let whole = (line.edges.end - line.edges.start).max(1.0);
            if width > 0.6 * whole || end - last_multiple > 3 {
                break;
            }
        }
        end += 1;
    }
    // Short lines at the end belong to it when they go on with a cell; that is decided where the rows are made.
    while end > last_multiple + 1 {
        let (line, above) = (&lines[end - 1], &lines[end - 2]);
        let tight = line.y - above.y <= 1.35 * line.size && line.start() > lines[from].start() + line.size;
        if tight {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether a line has words on both sides of a wide gap, and is no item of a list or line of contents.
fn is_multiple(line: &Line) -> bool {
    if line.artifact || line.stretches.len() < 2 {
        return false;
    }
    let first = line.stretches[0].words.iter().map(|w| w.text.as_str()).collect::<String>();
    if line.stretches.len() == 2 && super::marker(&first).is_some_and(|m| m.len() == first.len()) {
        return false;
    }
    !is_leader(line)
}

/// Whether dots lead from a title to its page.
pub(super) fn is_leader(line: &Line) -> bool {
    let text = line.text();
    let dots = text.chars().filter(|c| matches!(c, '.' | '…' | '·')).count();
    let tail: String = text.chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    dots >= 4
        && !tail.is_empty()
        && tail.len() <= 5
        && (text.contains("....") || text.contains(". . .") || text.contains("……"))
}

fn text_of(stretch: &Stretch) -> String {
    stretch.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a cell holds a figure and little else.
fn is_numeric(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "-" | "–" | "—" | "n/a" | "N/A" | ".." | "…") {
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 3 && text.chars().count() <= 24
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && matches!(&text[..2], "18" | "19" | "20")
}

/// Makes a table of lines, when they are one.
fn grid(lines: &mut [Line], range: Range<usize>, strokes: &[Stroke]) -> Option<Grid> {
    let multiple: Vec<usize> = range.clone().filter(|&i| lines[i].stretches.len() >= 2).collect();
    if multiple.len() < 2 {
        return None;
    }
    let columns = columns(lines, &multiple)?;
    for line in &mut lines[range.clone()] {
        cut_at_columns(line, &columns);
    }
    let lines = &*lines;
    let first = &lines[range.start];
    let (top, bottom) = (first.y - 1.6 * first.size, lines[range.end - 1].y + first.size);
    let width = columns.last()?.end - columns.first()?.start;
    let mut levels: Vec<f64> = strokes
        .iter()
        .filter(|s| s.level && (top..=bottom).contains(&s.at) && s.from < columns[0].end && s.to > columns[1].start)
        .filter(|s| s.to - s.from > 0.3 * width)
        .map(|s| s.at)
        .collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let mut rows: Vec<(Vec<Cell>, f64, f64)> = Vec::new();
    for i in range.clone() {
        let cells = cells(&lines[i], i, &columns);
        let same = rows.last().is_some_and(|(above, y, size)| {
            let parted = levels.iter().any(|&at| *y < at && at < lines[i].y);
            let framed = levels.len() > multiple.len() / 2 + 1;
            let pitch = lines[i].y - y;
            !parted && (framed || goes_on(lines, above, &cells, pitch, *size))
        });
        match rows.last_mut() {
            Some((above, y, _)) if same => {
                merge(above, cells);
                *y = lines[i].y;
            }
            _ => rows.push((cells, lines[i].y, lines[i].size)),
        }
    }
    let rows: Vec<Vec<Cell>> = rows.into_iter().map(|(cells, ..)| cells).collect();
    if rows.len() < 2 || !is_table(lines, &rows, columns.len(), levels.len()) {
        return None;
    }
    let head_rows = head_rows(lines, &rows);
    Some(Grid { lines: range, rows, head_rows })
}

/// The columns: where the stretches of the fullest lines stand.
fn columns(lines: &[Line], multiple: &[usize]) -> Option<Vec<Range<f64>>> {
    let mut counts = [0usize; 64];
    for &i in multiple {
        counts[lines[i].stretches.len().min(63)] += 1;
    }
    // The most frequent count; of equally frequent ones the larger.
    let usual = (2..64).rev().max_by_key(|&n| (counts[n], n))?;
    let mut spans: Vec<Range<f64>> = multiple
        .iter()
        .filter(|&&i| lines[i].stretches.len() >= usual)
        .flat_map(|&i| lines[i].stretches.iter().map(|s| s.x.clone()))
        .collect();
    spans.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut columns: Vec<Range<f64>> = Vec::new();
    for span in spans {
        match columns.last_mut() {
            Some(last) if span.start < last.end + 1.0 => last.end = last.end.max(span.end),
            _ => columns.push(span),
        }
    }
    (2..=40).contains(&columns.len()).then_some(columns)
}

/// Cuts stretches that run over several columns where a gap wider than a blank lies between two of them: the names of
/// columns may stand closer together than the figures below.
fn cut_at_columns(line: &mut Line, columns: &[Range<f64>]) {
    let column_of = |x: &Range<f64>| {
        let overlap = |c: &Range<f64>| c.end.min(x.end) - c.start.max(x.start);
        (0..columns.len()).max_by(|&a, &b| overlap(&columns[a]).total_cmp(&overlap(&columns[b])))
    };
    let mut out: Vec<Stretch> = Vec::new();
    for stretch in line.stretches.drain(..) {
        let mut words = stretch.words.iter().cloned().peekable();
        let mut part: Vec<super::lines::Word> = Vec::new();
        let mut parts = Vec::new();
        while let Some(word) = words.next() {
            let cut = words.peek().is_some_and(|next| {
                next.x.start - word.x.end > 0.5 * stretch.size && column_of(&word.x) != column_of(&next.x)
            });
            part.push(word);
            if cut {
                parts.push(std::mem::take(&mut part));
            }
        }
        parts.push(part);
        for words in parts.into_iter().filter(|p| !p.is_empty()) {
            let x = words[0].x.start..words[words.len() - 1].x.end;
            let letters = words.iter().map(|w| w.text.chars().count()).sum();
            out.push(Stretch { words, x, letters, ..stretch.clone() });
        }
    }
    line.stretches = out;
}

/// The cells of a line.
fn cells(line: &Line, index: usize, columns: &[Range<f64>]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![Cell { columns: 1, parts: Vec::new() }; columns.len()];
    for (n, stretch) in line.stretches.iter().enumerate() {
        let overlap = |c: &Range<f64>| (c.end.min(stretch.x.end) - c.start.max(stretch.x.start)).max(0.0);
        let touched: Vec<usize> = (0..columns.len()).filter(|&c| overlap(&columns[c]) > 1.0).collect();
        let nearest = || {
            let middle = (stretch.x.start + stretch.x.end) / 2.0;
            let distance = |c: &Range<f64>| (c.start - middle).max(middle - c.end).max(0.0);
            (0..columns.len()).min_by(|&a, &b| distance(&columns[a]).total_cmp(&distance(&columns[b]))).unwrap_or(0)
        };
        let first = touched.first().copied().unwrap_or_else(nearest);
        cells[first].parts.push((index, n));
        if let (Some(&last), true) = (touched.last(), touched.len() > 1) {
            cells[first].columns = (last - first + 1) as u32;
        }
    }
    // A cell over several columns takes the place of those that it covers.
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut covered = 0;
    for cell in cells {
        if covered > 0 && cell.parts.is_empty() {
            covered -= 1;
            continue;
        }
        if covered > 0
            && let Some(last) = out.iter_mut().rev().find(|c: &&mut Cell| c.columns > 1)
        {
            last.columns = last.columns.saturating_sub(covered).max(1);
            covered = 0;
        }
        covered += cell.columns - 1;
        out.push(cell);
    }
    out
}

/// Whether a line goes on with the cells of the row above it.
fn goes_on(lines: &[Line], above: &[Cell], cells: &[Cell], pitch: f64, size: f64) -> bool {
    if pitch > 1.4 * size.max(4.0) {
        return false;
    }
    let words =
        |cell: &Cell| cell.parts.iter().map(|&(l, s)| text_of(&lines[l].stretches[s])).collect::<Vec<_>>().join(" ");
    let filled: Vec<usize> = (0..cells.len()).filter(|&c| !cells[c].parts.is_empty()).collect();
    let numeric = filled.iter().any(|&c| is_numeric(&words(&cells[c])));
    if filled.first() != Some(&0) {
        // Figures below figures are rows of their own.
        return !numeric;
    }
    let small = words(&cells[0]).starts_with(char::is_lowercase);
    let label_only = above.iter().skip(1).all(|c| c.parts.is_empty());
    small && (label_only || filled.len() == 1 || !numeric)
}

fn merge(above: &mut Vec<Cell>, cells: Vec<Cell>) {
    for (n, cell) in cells.into_iter().enumerate() {
        match above.get_mut(n) {
            Some(own) => own.parts.extend(cell.parts),
            None => above.push(cell),
        }
    }
}

/// Whether rows are those of a table and not prose with gaps.
fn is_table(lines: &[Line], rows: &[Vec<Cell>], columns: usize, levels: usize) -> bool {
    let words =
        |cell: &Cell| cell.parts.iter().map(|&(l, s)| text_of(&lines[l].stretches[s])).collect::<Vec<_>>().join(" ");
    let mut numeric = vec![0usize; columns];
    let mut filled = vec![0usize; columns];
    let mut short = true;
    for row in rows {
        let mut column = 0;
        for cell in row {
            let text = words(cell);
            if !text.is_empty() && column < columns {
                filled[column] += 1;
                numeric[column] += usize::from(is_numeric(&text));
                short &= text.chars().count() <= 40;
            }
            column += cell.columns as usize;
        }
    }
    let has_figures = (1..columns).any(|c| filled[c] >= 2 && numeric[c] * 10 >= filled[c] * 6);
    let full = filled.iter().filter(|&&f| f * 2 >= rows.len()).count();
    (levels >= 2 || has_figures) && full >= 2 || columns >= 3 && short && full >= 3 && rows.len() >= 3
}

/// How many of the first rows name the columns.
fn head_rows(lines: &[Line], rows: &[Vec<Cell>]) -> u32 {
    let words =
        |cell: &Cell| cell.parts.iter().map(|&(l, s)| text_of(&lines[l].stretches[s])).collect::<Vec<_>>().join(" ");
    let names = |row: &[Cell]| {
        row.iter().skip(1).all(|c| {
            let text = words(c);
            !is_numeric(&text) || is_year(&text)
        }) && row.first().is_none_or(|c| !is_numeric(&words(c)))
    };
    let heads = rows.iter().take(3).take_while(|row| names(row)).count();
    let body = &rows[heads.min(rows.len())..];
    let has_figures = body.iter().flatten().any(|c| {
        let text = words(c);
        is_numeric(&text) && !is_year(&text)
    });
    // A row of one cell above the figures is a part of the body with a name of its own.
    let alone = |row: &Vec<Cell>| row.iter().filter(|c| !c.parts.is_empty()).count() <= 1;
    match heads {
        0 => 0,
        n if has_figures => {
            let named = rows[..n].iter().rev().skip_while(|r| alone(r) && r[0].parts.len() == 1).count();
            named.max(1) as u32
        }
        _ if rows.len() >= 3 => 1,
        _ => 0,
    }
}
