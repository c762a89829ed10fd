//! Tables as HTML, written on the lines that they have in the file.

use super::inline::cell_text;

/// What stands where a table has an empty line, which would end it.
pub(super) const NOTHING: &str = "<!-- -->";

/// A row of cells; a cell may cover several columns.
pub(super) fn row(cells: &[(String, u32)], head: bool) -> String {
    let tag = if head { "th" } else { "td" };
    let mut out = String::from("<tr>");
    for (words, columns) in cells {
        let span = if *columns > 1 { format!(" colspan=\"{columns}\"") } else { String::new() };
        out.push_str(&format!("<{tag}{span}>{}</{tag}>", cell_text(words)));
    }
    out.push_str("</tr>");
    out
}

/// A row of plain cells.
pub(super) fn plain_row<'c>(cells: impl Iterator<Item = &'c str>, head: bool) -> String {
    let cells: Vec<(String, u32)> = cells.map(|c| (c.trim().to_owned(), 1)).collect();
    row(&cells, head)
}
