//! Where a claim was read, and what row, column and caption say of a cell.

use compact_str::CompactString;

/// What row, column and caption say of a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Axes {
    /// Index into `Document::tables`.
    pub table: u32,
    /// 0-based row, heads included.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
    /// The row is a total of the others.
    pub total: bool,
    /// Classes of the content words of the row label.
    pub row_words: std::sync::Arc<[CompactString]>,
    /// The word families of the same words, aligned with them.
    pub row_keys: std::sync::Arc<[CompactString]>,
    /// Those of the column heads.
    pub column_words: std::sync::Arc<[CompactString]>,
    /// The word families of the same words.
    pub column_keys: std::sync::Arc<[CompactString]>,
    /// Those of the caption, else of the heading above.
    pub caption_words: std::sync::Arc<[CompactString]>,
    /// The word families of the caption, else of the heading above, and of what the corner calls the rows.
    pub caption_keys: std::sync::Arc<[CompactString]>,
    /// The column heads as written.
    pub column_wording: CompactString,
    /// The caption as written.
    pub caption_wording: CompactString,
}

/// What sort of place a claim was read from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Origin {
    /// Running text.
    #[default]
    Prose,
    /// A table cell.
    Cell,
    /// Running text, where a measure is a part of what a thing is called: "a 30-day trial". It counts and measures nothing
    /// by itself, and only a summary is held against it.
    Joined,
    /// Running text in a language other than English, of which the numbers alone are read.
    Abroad,
}
