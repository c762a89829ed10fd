//! Tables as HTML, written on the lines that they have in the file.

use super::inline::{closed, near};

/// What stands where a table has an empty line, which would end it.
pub(super) const NOTHING: &str = "<!-- -->";

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its words as Markdown.
    pub(super) words: String,
    /// How many rows and columns it covers.
    pub(super) covers: (u32, u32),
}

impl Cell {
    /// A cell of one row and column.
    pub(super) fn single(words: String) -> Self {
        Self { words, covers: (1, 1) }
    }
}

/// A row of cells.
pub(super) fn row(cells: &[Cell], head: bool) -> String {
    let tag = if head { "th" } else { "td" };
    let mut out = String::from("<tr>");
    for Cell { words, covers: (rows, columns) } in cells {
        let spans = [("rowspan", rows), ("colspan", columns)].into_iter().filter(|(_, n)| **n > 1);
        let spans: String = spans.map(|(name, n)| format!(" {name}=\"{n}\"")).collect();
        let words = words.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
        out.push_str(&format!("<{tag}{spans}>{}</{tag}>", html(words.trim())));
    }
    out.push_str("</tr>");
    out
}

/// Makes rows of cells that come one after the other, in a table of so many columns.
#[derive(Default)]
pub(super) struct Filler {
    columns: usize,
    row: Vec<Cell>,
    /// How many columns of the row are taken, and by column how many more rows the cell above reaches down.
    taken: usize,
    reaching: Vec<u32>,
}

/// How many columns a table may have.
pub(super) const MOST_COLUMNS: usize = 200;

impl Filler {
    /// A table of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns: columns.clamp(1, MOST_COLUMNS), ..Self::default() }
    }

    /// Takes a cell. Gives the row when it is full.
    pub(super) fn add(&mut self, cell: Cell) -> Option<Vec<Cell>> {
        self.pass();
        let (rows, columns) = cell.covers;
        let to = (self.taken + columns as usize).min(MOST_COLUMNS);
        if rows > 1 {
            self.reaching.resize(self.reaching.len().max(to), 0);
            self.reaching[self.taken.min(to)..to].fill(rows);
        }
        self.taken = to.max(self.taken + 1);
        self.row.push(cell);
        let below = self.reaching.iter().skip(self.taken).take_while(|left| **left > 0).count();
        if self.taken + below >= self.columns { self.rest() } else { None }
    }

    /// Ends the row that is being filled. Gives it when it has a cell.
    pub(super) fn rest(&mut self) -> Option<Vec<Cell>> {
        if self.row.is_empty() {
            return None;
        }
        self.taken = 0;
        for left in &mut self.reaching {
            *left = left.saturating_sub(1);
        }
        Some(std::mem::take(&mut self.row))
    }

    /// The last cell of the row that is being filled.
    pub(super) fn last(&mut self) -> Option<&mut Cell> {
        self.row.last_mut()
    }

    /// Passes the columns that cells of the rows above reach down to.
    fn pass(&mut self) {
        while self.taken < self.columns && self.reaching.get(self.taken).is_some_and(|left| *left > 0) {
            self.taken += 1;
        }
    }
}

/// A row of plain cells.
pub(super) fn plain_row<'c>(cells: impl Iterator<Item = &'c str>, head: bool) -> String {
    let cells: Vec<Cell> = cells.map(|c| Cell::single(c.trim().to_owned())).collect();
    row(&cells, head)
}

/// Signs that are raised and lowered are written as HTML in Markdown too.
const TAGS: [&str; 4] = ["<sup>", "</sup>", "<sub>", "</sub>"];

/// The markup of Markdown within a line as HTML, which is not read as Markdown where it stands.
fn html(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let (mut strong, mut emphasis) = (false, false);
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                taken = 2;
                push_plain(rest.as_bytes()[1].into(), &mut out);
            }
            '`' if near(&rest[1..]).contains('`') => {
                let inner = rest[1..].split('`').next().unwrap_or_default();
                taken = inner.len() + 2;
                out.push_str("<code>");
                inner.chars().for_each(|c| push_plain(c, &mut out));
                out.push_str("</code>");
            }
            '*' if rest.starts_with("**") && (strong || near(&rest[2..]).contains("**")) => {
                taken = 2;
                out.push_str(if strong { "</b>" } else { "<b>" });
                strong = !strong;
            }
            '*' if emphasis || opens(rest) => {
                out.push_str(if emphasis { "</i>" } else { "<i>" });
                emphasis = !emphasis;
            }
            '[' => match linked(rest) {
                Some((inner, target, length)) => {
                    taken = length;
                    out.push_str(&format!("<a href=\"{}\">{}</a>", target.replace('"', "%22"), html(inner)));
                }
                None => out.push('['),
            },
            '<' => match TAGS.iter().find(|tag| rest.starts_with(**tag)) {
                Some(tag) => {
                    taken = tag.len();
                    out.push_str(tag);
                }
                None => out.push_str("&lt;"),
            },
            '&' if rest.starts_with("&lt;") => {
                taken = 4;
                out.push_str("&lt;");
            }
            c => push_plain(c, &mut out),
        }
        rest = &rest[taken..];
    }
    out
}

/// Whether a star begins emphasis: it stands before a word, and another behind one.
fn opens(rest: &str) -> bool {
    let inner = &rest[1..];
    inner.starts_with(|c: char| !c.is_whitespace() && c != '*')
        && near(inner).find('*').is_some_and(|end| end > 0 && !inner[..end].ends_with(' '))
}

/// The words, the address and the bytes of a link at the start of a text: `[the map](map.md)`.
fn linked(rest: &str) -> Option<(&str, &str, usize)> {
    let window = near(rest);
    let (inner, end) = closed(&window[1..], '[', ']')?;
    let target = window[1 + end..].strip_prefix('(')?;
    let close = target.find(')')?;
    Some((inner, &target[..close], 1 + end + close + 2))
}

fn push_plain(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Filler, html, row};

    #[test]
    fn reads_the_markup_of_cells() {
        for (words, said) in [
            ("**43** of `a < b`", "<b>43</b> of <code>a &lt; b</code>"),
            ("see [the *map*](map.md), 3 * 4 * 5", "see <a href=\"map.md\">the <i>map</i></a>, 3 * 4 * 5"),
            ("10<sup>3</sup> \\*x\\* [^1] a & b", "10<sup>3</sup> *x* [^1] a &amp; b"),
            ("\\<year> <b", "&lt;year&gt; &lt;b"),
        ] {
            assert_eq!(html(words), said);
        }
    }

    #[test]
    fn reads_rows_of_cells_that_reach_down() {
        let cell = |words: &str, covers| Cell { words: words.to_owned(), covers };
        let mut filler = Filler::new(3);
        let mut rows = Vec::new();
        let all =
            [("a", (3, 1)), ("b", (1, 2)), ("c", (1, 1)), ("d", (1, 1)), ("e", (1, 2)), ("f", (1, 3)), ("g", (1, 1))];
        for (words, covers) in all {
            rows.extend(filler.add(cell(words, covers)));
        }
        rows.extend(filler.rest());
        let said: Vec<String> =
            rows.iter().map(|row| row.iter().map(|c| c.words.as_str()).collect::<String>()).collect();
        assert_eq!(said, ["ab", "cd", "e", "f", "g"]);
    }

    #[test]
    fn reads_cells_that_cover_others() {
        let cell = Cell { words: "Wells".to_owned(), covers: (1, 2) };
        assert_eq!(row(&[cell], true), "<tr><th colspan=\"2\">Wells</th></tr>");
    }
}
