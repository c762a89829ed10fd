//! A table as numbers with their axes: which row and column each cell stands in, what those are called, and
//! what unit its number has.
//!
//! Shared by the extractors that read tables. Says nothing of what the table claims.

pub(super) mod cell;

pub use cell::{CellNumber, Content};
pub(super) use cell::{is_word_of, scale_word};

use super::context::Context;
use crate::document::BlockId;
use crate::span::Span;
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;

/// A table with its axes. Rows and columns are counted from 0, heads included.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Index into `Document::tables`.
    pub table: u32,
    /// How many of the first rows are heads: those of the reader, and more that hold only years, units or
    /// further heads.
    pub head_rows: usize,
    /// How many of the first columns hold labels.
    pub label_columns: usize,
    /// The wording of each row's label, white space folded; empty when it has none.
    pub row_labels: Vec<CompactString>,
    /// The block of each row's label.
    pub row_label_blocks: Vec<Option<BlockId>>,
    /// For each row the labels of the rows without numbers that govern it, the nearest last: "Fixed assets".
    pub row_groups: Vec<Vec<CompactString>>,
    /// The heads of each column from top to bottom, spanning ones included, joined by one space.
    pub column_heads: Vec<CompactString>,
    /// The same without spanning heads: only what stands in the column itself.
    pub column_own_heads: Vec<CompactString>,
    /// The unit that a column's heads, else the caption, else the corner name; `None` when none is named.
    pub column_units: Vec<Option<Unit>>,
    /// The multiplier named there: 1,000,000 for "(€ million)", else 1.
    pub column_scales: Vec<Decimal>,
    /// The wording of the caption; empty when there is none.
    pub caption: CompactString,
    /// All cells, row by row; every row has [`Grid::columns`] cells.
    cells: Vec<GridCell>,
    columns: usize,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// Its block; `None` when the row is short.
    pub block: Option<BlockId>,
    /// What it says.
    pub content: Content,
}

impl GridCell {
    /// The number, if the cell has one.
    #[must_use]
    pub fn number(&self) -> Option<&CellNumber> {
        match &self.content {
            Content::Number(n) => Some(n),
            _ => None,
        }
    }
}

impl Grid {
    /// How many rows the table has, heads included.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.row_labels.len()
    }

    /// How many columns the widest row has.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The cell at a row and column inside the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &GridCell {
        &self.cells[row * self.columns + column]
    }

    /// The places of all cells with a number below the heads and right of the labels, row by row.
    pub fn numbers(&self) -> impl Iterator<Item = (usize, usize, &CellNumber)> {
        (self.head_rows..self.rows()).flat_map(move |row| {
            (self.label_columns..self.columns)
                .filter_map(move |column| self.cell(row, column).number().map(|n| (row, column, n)))
        })
    }

    /// The last row, when it is the sum of three and more rows above it in most of its columns, whatever it is called.
    #[must_use]
    pub fn sum_row(&self) -> Option<usize> {
        let last = self.rows().checked_sub(1).filter(|&last| last >= self.head_rows + 3)?;
        let (mut sound, mut columns) = (0, 0);
        for column in self.label_columns..self.columns {
            let value = |row: usize| self.cell(row, column).number().filter(|n| !n.year_like).map(|n| n.value);
            let Some(sum) = value(last) else { continue };
            columns += 1;
            let parts: Option<Vec<Decimal>> = (self.head_rows..last).map(value).collect();
            sound += usize::from(parts.is_some_and(|parts| parts.iter().sum::<Decimal>() == sum));
        }
        (sound > 0 && sound * 2 >= columns).then_some(last)
    }

    /// The number as a quantity in the unit of cell, column or caption, multipliers applied.
    #[must_use]
    pub fn quantity(&self, column: usize, number: &CellNumber) -> Quantity {
        let scale = if number.scale == Decimal::ONE { self.column_scales[column] } else { number.scale };
        let unit = if number.unit.is_count() {
            self.column_units[column].clone().unwrap_or_else(Unit::count)
        } else {
            number.unit.clone()
        };
        // A share has no multiplier, whatever the caption says of the amounts.
        let scale = if unit.is_percent() { Decimal::ONE } else { scale };
        let times = |d: Decimal| d.checked_mul(scale).unwrap_or(d);
        Quantity { amount: Amount::exact(times(number.value), times(number.step)), hedge: Hedge::None, unit }
    }

    /// The place of a cell's number in the file.
    #[must_use]
    pub fn place(&self, context: &Context<'_>, row: usize, column: usize) -> Option<Span> {
        let cell = self.cell(row, column);
        let text = &context.document.block(cell.block?).text;
        Some(match &cell.content {
            Content::Number(n) => text.span(n.bytes.clone()),
            _ => text.whole(),
        })
    }
}

/// Reads a table of the document. `table` indexes `Document::tables`.
#[must_use]
pub fn grid(context: &Context<'_>, table: usize) -> Grid {
    let document = context.document;
    let source = &document.tables[table];
    let columns = source.rows.iter().map(Vec::len).max().unwrap_or(0);
    let text = |id: Option<BlockId>| id.map_or("", |id| document.block(id).text.string.as_str());
    let style = cell::style(source.rows.iter().flatten().map(|&id| text(id)));
    let mut cells = Vec::with_capacity(columns * source.rows.len());
    for row in &source.rows {
        for column in 0..columns {
            let block = row.get(column).copied().flatten();
            let content = cell::read(text(block), style, context.lexicon);
            cells.push(GridCell { block, content });
        }
    }
    let rows = source.rows.len();
    let at = |row: usize, column: usize| &cells[row * columns + column];
    let head_rows = head_rows(context, &cells, columns, rows, (source.head_rows as usize).min(rows));
    let label_columns = label_columns(&cells, columns, rows, head_rows);

    let mut row_labels = Vec::with_capacity(rows);
    let mut row_label_blocks = Vec::with_capacity(rows);
    let mut row_groups: Vec<Vec<CompactString>> = Vec::with_capacity(rows);
    let mut group: Option<CompactString> = None;
    for row in 0..rows {
        let mut label = String::new();
        let mut block = None;
        for column in 0..label_columns {
            let wording = fold(text(at(row, column).block));
            if !wording.is_empty() {
                if !label.is_empty() {
                    label.push(' ');
                }
                label.push_str(&wording);
                block = block.or(at(row, column).block);
            }
        }
        let empty = (label_columns..columns).all(|c| matches!(at(row, c).content, Content::Blank | Content::Symbol));
        row_groups.push(group.iter().cloned().collect());
        if row >= head_rows && empty && !label.is_empty() && label_columns < columns {
            group = Some(label.trim_end_matches(':').into());
        }
        row_labels.push(label.into());
        row_label_blocks.push(block);
    }

    let column_heads: Vec<CompactString> =
        (0..columns).map(|c| head(&cells, columns, head_rows, label_columns, c, true, &text)).collect();
    let column_own_heads: Vec<CompactString> =
        (0..columns).map(|c| head(&cells, columns, head_rows, label_columns, c, false, &text)).collect();
    let caption: CompactString = text(source.caption).into();
    let corner: String = (0..head_rows)
        .flat_map(|r| (0..label_columns).map(move |c| (r, c)))
        .map(|(r, c)| text(at(r, c).block))
        .collect::<Vec<_>>()
        .join(" ");
    let mut column_units = Vec::with_capacity(columns);
    let mut column_scales = Vec::with_capacity(columns);
    let general = [unit_of(context, &corner), unit_of(context, &caption)];
    for (head, own_head) in column_heads.iter().zip(&column_own_heads) {
        let mut own = unit_of(context, head);
        // A spanning "Percent change" does not reach over every column.
        if own.0.as_ref().is_some_and(Unit::is_percent) {
            own = unit_of(context, own_head);
        }
        let unit = own.0.clone().or_else(|| general.iter().find_map(|(u, _)| u.clone()));
        let share = own.0.as_ref().is_some_and(Unit::is_percent);
        let scale = own.1.or_else(|| general.iter().find_map(|(_, s)| *s)).filter(|_| !share).unwrap_or(Decimal::ONE);
        column_units.push(unit);
        column_scales.push(scale);
    }
    Grid {
        table: table as u32,
        head_rows,
        label_columns,
        row_labels,
        row_label_blocks,
        row_groups,
        column_heads,
        column_own_heads,
        column_units,
        column_scales,
        caption,
        cells,
        columns,
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Head rows: those that the reader knows, and directly below them rows of years, units and words only.
///
/// Formats with one head row push the second one into the body: `| | 2019 | 2018 |`.
fn head_rows(context: &Context<'_>, cells: &[GridCell], columns: usize, rows: usize, known: usize) -> usize {
    let mut heads = known;
    if columns < 2 {
        return heads;
    }
    // Whether the cells of a column below a row are mostly numbers.
    let numeric = |column: usize, below: usize| {
        let (mut numbers, mut words) = (0usize, 0usize);
        for row in below + 1..rows {
            match cells[row * columns + column].content {
                Content::Number(_) | Content::Nil => numbers += 1,
                Content::Text => words += 1,
                Content::Blank | Content::Symbol => {}
            }
        }
        numbers > words
    };
    while heads < rows {
        let row = &cells[heads * columns..(heads + 1) * columns];
        let body: Vec<&GridCell> = row[1..].iter().filter(|c| !matches!(c.content, Content::Blank)).collect();
        let years = body.iter().filter(|c| c.number().is_some_and(|n| n.year_like)).count();
        let words = body.iter().filter(|c| is_heading_text(context, c)).count();
        let label_blank = matches!(row[0].content, Content::Blank);
        let all = !body.is_empty() && years + words == body.len();
        // "Year ended" before years is a label of heads; "Staff" before one number that looks like a year is not.
        let over_numbers =
            || (1..columns).any(|c| is_heading_text(context, &row[c]) && numeric(c, heads)) && years + words > 1;
        let fits = all && (label_blank || years > 1 || over_numbers());
        // A table without any number below has no body to tell apart.
        if fits && heads + 1 < rows { heads += 1 } else { break }
    }
    heads
}

/// Whether a cell holds words that can head a column: no "n/a", no "<5".
fn is_heading_text(context: &Context<'_>, cell: &GridCell) -> bool {
    let Some(block) = cell.block else { return false };
    let text = context.document.block(block).text.string.trim();
    match cell.content {
        Content::Text => {
            text.ends_with("000")
                || text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.eq_ignore_ascii_case("n/a")
        }
        Content::Symbol => text.chars().any(|c| !matches!(c, '(' | ')')),
        _ => false,
    }
}

/// Label columns: from the left, those that hold more words than numbers.
fn label_columns(cells: &[GridCell], columns: usize, rows: usize, head_rows: usize) -> usize {
    let mut labels = 0;
    for column in 0..columns {
        let (mut words, mut numbers) = (0usize, 0usize);
        for row in head_rows..rows {
            match &cells[row * columns + column].content {
                Content::Text => words += 1,
                Content::Number(_) | Content::Nil => numbers += 1,
                Content::Blank | Content::Symbol => {}
            }
        }
        if words > numbers || (column == 0 && words > 0 && words == numbers) { labels = column + 1 } else { break }
    }
    // The first column labels the rows even when its labels are numbers (years, grades) and others follow.
    if labels == 0 && columns > 1 { 1 } else { labels }
}

/// The heads of a column, top to bottom. A blank cell in an upper head row takes the head at its left, which
/// spans it, or the only head of that row.
fn head<'t>(
    cells: &[GridCell],
    columns: usize,
    head_rows: usize,
    label_columns: usize,
    column: usize,
    spans: bool,
    text: &impl Fn(Option<BlockId>) -> &'t str,
) -> CompactString {
    let mut heads: Vec<String> = Vec::new();
    for row in 0..head_rows {
        let line = &cells[row * columns..(row + 1) * columns];
        let own = fold(text(line[column].block));
        let spanning = if spans && own.is_empty() && row + 1 < head_rows && column >= label_columns {
            let filled: Vec<usize> =
                (label_columns..columns).filter(|&c| !text(line[c].block).trim().is_empty()).collect();
            match filled.as_slice() {
                [only] => Some(*only),
                _ => filled.iter().copied().rfind(|&c| c < column),
            }
            .map(|c| fold(text(line[c].block)))
        } else {
            None
        };
        let wording = spanning.unwrap_or(own);
        if !wording.is_empty() && heads.last() != Some(&wording) {
            heads.push(wording);
        }
    }
    heads.join(" ").into()
}

/// The unit and the multiplier that a head or caption names: "(€ million)", "Leakage, Ml/d", "Share (%)".
fn unit_of(context: &Context<'_>, head: &str) -> (Option<Unit>, Option<Decimal>) {
    let mut unit = None;
    let mut scale = None;
    if head.contains('%')
        || head.to_ascii_lowercase().contains("per cent")
        || head.to_ascii_lowercase().contains("percent")
    {
        unit = Some(Unit::percent());
    }
    let words: Vec<&str> =
        head.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':')).collect();
    // In brackets, behind "in" or a comma, or at the end stands the unit; a lone "m" elsewhere may be anything.
    let marked = |i: usize| {
        let word = words[i];
        let from = word.as_ptr() as usize - head.as_ptr() as usize;
        let before = head[..from].trim_end();
        before.ends_with(['(', '[', ','])
            || before.is_empty()
            || before.ends_with(" in")
            || from + word.len() == head.len()
    };
    let in_brackets = |i: usize| {
        let from = words[i].as_ptr() as usize - head.as_ptr() as usize;
        let before = &head[..from];
        before.matches(['(', '[']).count() > before.matches([')', ']']).count()
    };
    for (i, &word) in words.iter().enumerate() {
        if word.is_empty() {
            continue;
        }
        // "in thousands of euros", "in kilometres": no inches.
        let entry =
            context.lexicon.units.get(word).filter(|_| word != "in" || words[i + 1..].iter().all(|w| w.is_empty()));
        // "Requests a minute", "Cases per year": what is counted in the unit of time, not the time.
        let divides =
            i > 0 && matches!(words[i - 1].to_ascii_lowercase().as_str(), "a" | "an" | "per" | "each" | "every");
        if unit.is_none()
            && let Some(entry) = entry
            && !divides
            && (entry.dimension.starts_with("currency:") || marked(i) || in_brackets(i))
        {
            unit =
                Some(Unit { dimension: entry.dimension.clone(), symbol: entry.symbol.clone(), factor: entry.factor });
            continue;
        }
        let symbol = word.chars().next().is_some_and(|c| !c.is_alphanumeric()) || word.chars().count() > 2;
        if scale.is_none()
            && (symbol || marked(i) || in_brackets(i))
            && let Some(s) = cell::scale_word(context.lexicon, word)
        {
            scale = Some(s);
            if unit.is_none() {
                // "£m": the sign stands before the multiplier.
                let sign: String =
                    word.chars().take_while(|c| !c.is_alphanumeric() && *c != '\'' && *c != '’').collect();
                if let Some(entry) = context.lexicon.units.get(sign.as_str()) {
                    unit = Some(Unit {
                        dimension: entry.dimension.clone(),
                        symbol: entry.symbol.clone(),
                        factor: entry.factor,
                    });
                }
            }
        }
    }
    (unit, scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::document::{BlockKind, Document, Table, Text};
    use crate::lexicon::Lexicon;
    use crate::span::FileId;

    /// A document with one table, written as lines of cells parted by `|`.
    fn document(lines: &[&str], head_rows: u32) -> Document {
        let mut document = Document::new(FileId(0));
        let mut rows = Vec::new();
        let mut offset = 0;
        for (row, line) in lines.iter().enumerate() {
            let mut cells = Vec::new();
            for (col, wording) in line.split('|').enumerate() {
                let mut text = Text::new(FileId(0));
                text.push_copied(wording.trim(), offset);
                offset += wording.len() as u32 + 1;
                let kind = BlockKind::Cell { table: 0, row: row as u32, col: col as u32 };
                cells.push(Some(document.push(kind, text, None)));
            }
            rows.push(cells);
        }
        document.tables.push(Table { caption: None, head_rows, rows, section: None, intro: None, sheet: None });
        document
    }

    fn read(lines: &[&str], head_rows: u32) -> Grid {
        let document = document(lines, head_rows);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        grid(&Context::new(&document, &layers, lexicon), 0)
    }

    #[test]
    fn reads_second_head_rows_and_spanning_heads() {
        let grid = read(&["| Years ended |", "| 2019 | 2018", "Fixed price | 1,452 | 1,146", "Other | 44 | 57"], 1);
        assert_eq!(grid.head_rows, 2);
        assert_eq!(grid.column_heads[2], "Years ended 2018");
        assert_eq!(grid.numbers().count(), 4);
    }

    #[test]
    fn reads_label_columns_and_groups() {
        let grid = read(&["Site | Kind | Beds", "North: | |", "Hall | acute | 12", "Lodge | day | 7"], 1);
        assert_eq!(grid.label_columns, 2);
        assert_eq!(grid.row_labels[2], "Hall acute");
        assert_eq!(grid.row_groups[2], ["North"]);
    }

    #[test]
    fn keeps_short_rows_apart_from_blank_cells() {
        let grid = read(&["A | B | C", "x | 1", "y | 2 | -"], 1);
        assert!(grid.cell(1, 2).block.is_none());
        assert_eq!(grid.cell(2, 2).content, Content::Nil);
    }
}
