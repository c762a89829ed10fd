//! Tables that are files: CSV and TSV, and workbooks of spreadsheets.
//!
//! A sheet is a table; what stands above or below it in rows of one cell is running text. Places are named as a
//! spreadsheet names them: `Costs!B7`. What is noted at a cell is a note with that place as its label.

mod comments;
pub(super) mod csv;
pub(super) mod ods;
mod rows;
mod shown;
pub(super) mod workbook;

/// How many cells of a file are read.
pub(super) const MOST_CELLS: usize = 200_000;

/// The letters of a column, counted from 0: A, B … Z, AA.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut name = String::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        name.insert(0, (b'A' + (left % 26) as u8) as char);
        left /= 26;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::column_name;
    use crate::read::surround::is_head;

    #[test]
    fn reads_names_of_columns() {
        assert_eq!([0, 25, 26, 701, 702, 16_383].map(column_name), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn tells_heads_from_rows() {
        let head = |first: &[&str], later: &[&str]| is_head(first.iter().copied(), later.iter().copied());
        assert!(head(&["Town", "2019", "Wells"], &["Aune", "4"]));
        assert!(!head(&["Aune", "41.5"], &["Brekke", "12"]));
        assert!(!head(&["Aune", "north"], &["Brekke", "south"]));
    }
}
