//! Aligned tables for a terminal.

use super::window::visible;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What the last column is left with when the others need the line.
const LEAST_REST: usize = 24;

/// A column of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    head: &'static str,
    /// The columns of the terminal that it takes before others; what is longer is cut when the line is full.
    most: usize,
    right: bool,
    /// Whether it takes what is left of the line and is wrapped instead of cut.
    rest: bool,
}

impl Column {
    /// Aligned left, cut at `most` columns of the terminal when the line is full.
    #[must_use]
    pub const fn left(head: &'static str, most: usize) -> Self {
        Self { head, most, right: false, rest: false }
    }

    /// Aligned right, cut at `most` columns of the terminal when the line is full.
    #[must_use]
    pub const fn right(head: &'static str, most: usize) -> Self {
        Self { head, most, right: true, rest: false }
    }

    /// The last column: as wide as the line allows, wrapped at words.
    #[must_use]
    pub const fn rest(head: &'static str) -> Self {
        Self { head, most: usize::MAX, right: false, rest: true }
    }
}

/// A table that is laid out when all rows are known.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a head line.
    #[must_use]
    pub fn new(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Appends a row; cells beyond the columns are dropped.
    pub fn add(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|cell| cell.chars().filter_map(visible).collect()).collect());
    }

    /// Writes the table in `width` columns of the terminal. Columns that are empty throughout are left out.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write(&self, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let cell = |row: usize, column: usize| self.rows[row].get(column).map_or("", String::as_str);
        let natural: Vec<usize> = (0..self.columns.len())
            .map(|c| {
                let widest = (0..self.rows.len()).map(|r| cell(r, c).width()).max().unwrap_or(0);
                if widest == 0 { 0 } else { widest.max(self.columns[c].head.width()) }
            })
            .collect();
        let widths = self.fit(&natural, width);
        let heads: Vec<&str> = self.columns.iter().map(|c| c.head).collect();
        self.line(&heads, &widths, width, out)?;
        for row in 0..self.rows.len() {
            let cells: Vec<&str> = (0..self.columns.len()).map(|c| cell(row, c)).collect();
            self.line(&cells, &widths, width, out)?;
        }
        Ok(())
    }

    /// The widths of the columns: what they need when the line has room for it; else what each may take, and
    /// what is left over in equal parts for those that need more.
    fn fit(&self, natural: &[usize], width: usize) -> Vec<usize> {
        let shown = natural.iter().filter(|&&w| w > 0).count();
        let room = width.saturating_sub(2 * shown.saturating_sub(1));
        let mut widths: Vec<usize> = self
            .columns
            .iter()
            .zip(natural)
            .map(|(column, &natural)| natural.min(if column.rest { LEAST_REST } else { column.most }))
            .collect();
        let mut left = room.saturating_sub(widths.iter().sum());
        while left > 0 && widths.iter().zip(natural).any(|(taken, natural)| taken < natural) {
            for (taken, &natural) in widths.iter_mut().zip(natural) {
                if left > 0 && *taken < natural {
                    *taken += 1;
                    left -= 1;
                }
            }
        }
        widths
    }

    fn line(&self, cells: &[&str], widths: &[usize], width: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut line = String::new();
        for ((column, cell), &columns) in self.columns.iter().zip(cells).zip(widths) {
            if columns == 0 {
                continue;
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            if column.rest {
                let indent = line.width();
                let room = width.saturating_sub(indent).max(20);
                let wrapped = wrap(cell, room).replace('\n', &format!("\n{}", " ".repeat(indent)));
                line.push_str(&wrapped);
                continue;
            }
            let shown = cut(cell, columns);
            let fill = " ".repeat(columns.saturating_sub(shown.width()));
            if column.right {
                line.push_str(&fill);
                line.push_str(&shown);
            } else {
                line.push_str(&shown);
                line.push_str(&fill);
            }
        }
        writeln!(out, "{}", line.trim_end())
    }
}

/// A text cut to a number of columns, `…` where something is missing.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// Breaks a line at blanks so that no line is wider than `width` where words allow it.
#[must_use]
pub fn wrap(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let columns = word.width();
        if used > 0 && used + 1 + columns > width {
            out.push('\n');
            used = 0;
        } else if !out.is_empty() {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += columns;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Column, Table, cut};

    #[test]
    fn reads_rows_into_aligned_columns() {
        let mut table =
            Table::new(&[Column::right("line", 6), Column::left("kind", 8), Column::left("", 9), Column::rest("what")]);
        table.add(&["7", "quantity", "", "forty-three men of the second phase"]);
        table.add(&["1031", "a longer kind", "", "漢字"]);
        let mut out = Vec::new();
        table.write(36, &mut out).expect("memory");
        let expected = "\
line  kind      what
   7  quantity  forty-three men of
                the second phase
1031  a longe…  漢字
";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn cuts_wide_characters_whole() {
        assert_eq!(cut("漢字漢字", 6), "漢字…");
        assert_eq!(cut("漢字", 4), "漢字");
    }
}
