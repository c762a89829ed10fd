//! Tables between `|===`: cells behind bars, what says how they are set before the bar.

use super::{Reader, directs, without_break};
use crate::read::light::table::{Cell, Filler, MOST_COLUMNS, NOTHING, row};

/// A cell as written.
struct Written<'l> {
    words: &'l str,
    /// How many rows and columns it covers.
    covers: (u32, u32),
    /// How many cells it stands for.
    times: u32,
}

impl Reader {
    /// Reads the table between two delimiters.
    pub(super) fn table(&mut self, source: &[&str], from: usize, to: usize) {
        let body = &source[from + 1..to.max(from + 1)];
        let (columns, head) = self.shape(body);
        self.style.clear();
        self.out.push("<table>".to_owned());
        let first = self.out.len();
        self.out.extend(body.iter().map(|_| NOTHING.to_owned()));
        let mut filler = Filler::new(columns);
        // Rows with the line of their last words.
        let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
        let mut last_line = first;
        for (at, line) in (first..).zip(body).filter(|(_, line)| !directs(line)) {
            let (before, parts) = cells(line);
            if !before.trim().is_empty() {
                // More words of the cell before.
                let more = self.inline(without_break(before.trim()));
                let last = filler.last().or_else(|| {
                    let (line, row) = rows.last_mut()?;
                    *line = at;
                    row.last_mut()
                });
                if let Some(cell) = last {
                    cell.words.push(' ');
                    cell.words.push_str(&more);
                }
            }
            if !line.trim().is_empty() {
                last_line = at;
            }
            for part in parts {
                for _ in 0..part.times {
                    let words = self.inline(without_break(part.words.trim()));
                    rows.extend(filler.add(Cell { words, covers: part.covers }).map(|row| (at, row)));
                }
            }
        }
        rows.extend(filler.rest().map(|row| (last_line, row)));
        for (n, (at, cells)) in rows.iter().enumerate() {
            if let Some(line) = self.out.get_mut(*at) {
                if line == NOTHING {
                    line.clear();
                }
                line.push_str(&row(cells, head && n == 0));
            }
        }
        if to > from {
            self.out.push("</table>".to_owned());
        }
    }

    /// How many columns a table has, and whether its first row names them.
    fn shape(&self, body: &[&str]) -> (usize, bool) {
        let mut columns = 0;
        if let Some(at) = self.style.find("cols=") {
            let said = self.style[at + 5..].trim_start_matches('"');
            let said = said.split('"').next().unwrap_or("");
            columns = said
                .split([',', ';'])
                .map(|c| c.split_once('*').and_then(|(n, _)| n.trim().parse().ok()).unwrap_or(1))
                .sum();
        }
        let mut head = self.style.contains("header");
        if let Some(first) = body.iter().position(|l| !l.trim().is_empty()) {
            let (_, found) = cells(body[first]);
            let n = found.iter().map(|c| (c.covers.1 * c.times) as usize).sum();
            if columns == 0 {
                columns = n;
            }
            // A first row with an empty line behind it names the columns.
            head |= n == columns && n > 0 && body.get(first + 1).is_some_and(|l| l.trim().is_empty());
        }
        (columns.clamp(1, MOST_COLUMNS), head)
    }
}

/// What stands before the first bar of a line, and its cells: `2+^|a |b`, `.3+|c`, `5*|d`.
fn cells(line: &str) -> (&str, Vec<Written<'_>>) {
    let bars: Vec<usize> =
        line.match_indices('|').map(|(at, _)| at).filter(|&at| !line[..at].ends_with('\\')).collect();
    let Some(&first) = bars.first() else { return (line, Vec::new()) };
    let ends: Vec<(usize, &str)> = bars.iter().map(|&at| setting(&line[..at])).collect();
    let found = bars.iter().enumerate().map(|(n, &bar)| {
        let end = ends.get(n + 1).map_or(line.len(), |(end, _)| (*end).max(bar + 1));
        let (covers, times) = covers(ends[n].1);
        Written { words: &line[bar + 1..end], covers, times }
    });
    (&line[..ends[0].0.min(first)], found.collect())
}

/// Where the setting of a cell begins that ends a text, and the setting; it stands at the start or behind a blank.
fn setting(before: &str) -> (usize, &str) {
    let from = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let said = &before[from..];
    let numbers = said.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let behind = if numbers.len() < said.len() { numbers.strip_prefix(['+', '*']) } else { Some(numbers) };
    let is_setting = behind.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['<', '^', '>', '.']);
        rest.is_empty() || rest.len() == 1 && rest.contains(['a', 'e', 'h', 'l', 'm', 'd', 's', 'v'])
    });
    if is_setting { (from, said) } else { (before.len(), "") }
}

/// Rows and columns that a cell covers, and how many it stands for.
fn covers(setting: &str) -> ((u32, u32), u32) {
    let limited = |n: &str| n.parse::<u32>().unwrap_or(1).clamp(1, MOST_COLUMNS as u32);
    let numbers =
        &setting[..setting.len() - setting.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len()];
    if setting[numbers.len()..].starts_with('*') {
        return ((1, 1), limited(numbers));
    }
    if !setting[numbers.len()..].starts_with('+') {
        return ((1, 1), 1);
    }
    let (columns, rows) = numbers.split_once('.').unwrap_or((numbers, ""));
    ((limited(rows), limited(columns)), 1)
}

#[cfg(test)]
mod tests {
    use crate::read::light::asciidoc::lines;

    #[test]
    fn reads_cells_with_settings() {
        let source = [
            "[cols=\"1,1,1\"]",
            "|===",
            ".2+|Town 2+^h|Wells",
            "|old +",
            "ifdef::x[]",
            "and new |a \\| b",
            "3*|x",
            "|===",
        ];
        let out = lines(&source);
        assert_eq!(out[2], "<tr><td rowspan=\"2\">Town</td><td colspan=\"2\">Wells</td></tr>");
        assert_eq!(out[5], "<tr><td>old and new</td><td>a | b</td></tr>");
        assert_eq!((out[6].as_str(), out[7].as_str()), ("<tr><td>x</td><td>x</td><td>x</td></tr>", "</table>"));
    }
}
