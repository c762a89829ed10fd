//! What tables and lists are for, told before they are read: tables that only place things, lists of terms that are
//! tables, and the numbers of items.

use super::scope::heading_level;
use super::token::{Element, Kind, Token};
use rustc_hash::FxHashSet;

/// A definition is a cell when it is no longer than this, in bytes.
const LONGEST_VALUE: usize = 120;

/// A list of terms with more tokens than these is not looked at as a table.
const LONGEST_TERMS: usize = 4_000;

/// The shapes of one page.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    layout: FxHashSet<usize>,
    terms: FxHashSet<usize>,
    /// Lists that are open: the number of the next item, how it is written, whether it counts down.
    counts: Vec<(i64, char, i64)>,
}

impl Shapes {
    /// Whether the table that begins at this token only places things.
    pub(super) fn is_layout(&self, n: usize) -> bool {
        self.layout.contains(&n)
    }

    /// Whether the list of terms that begins at this token is a table of two columns.
    pub(super) fn is_terms(&self, n: usize) -> bool {
        self.terms.contains(&n)
    }

    /// A list begins.
    pub(super) fn count(&mut self, element: &Element) {
        let ordered = element.name == "ol";
        let sort = element.get("type").and_then(|t| t.trim().chars().next()).unwrap_or('1');
        let step = if element.get("reversed").is_some() { -1 } else { 1 };
        let start = element.number("start").map_or(1, i64::from);
        self.counts.push((start, if ordered { sort } else { '-' }, step));
    }

    /// The list that began last ends.
    pub(super) fn counted(&mut self) {
        self.counts.pop();
    }

    /// The mark of the next item.
    pub(super) fn marker(&mut self) -> String {
        let Some((next, sort, step)) = self.counts.last_mut() else { return "-".to_owned() };
        let number = *next;
        *next += *step;
        match sort {
            '-' => "-".to_owned(),
            'a' | 'A' if (1..=26).contains(&number) => {
                let letter = (b'a' + (number - 1) as u8) as char;
                format!("{}.", if *sort == 'A' { letter.to_ascii_uppercase() } else { letter })
            }
            _ => format!("{number}."),
        }
    }
}

/// Looks at all tables and lists of terms.
pub(super) fn shapes(source: &str, tokens: &[Token]) -> Shapes {
    let mut shapes = Shapes::default();
    // Open tables: where they begin and end, how many cells they have.
    let mut tables: Vec<(usize, usize, u32)> = Vec::new();
    let mut terms_end = 0;
    for (n, token) in tokens.iter().enumerate() {
        while let Some(&(start, end, cells)) = tables.last()
            && end <= n
        {
            if cells == 1 {
                shapes.layout.insert(start);
            }
            tables.pop();
        }
        let Kind::Start(element) = &token.kind else { continue };
        match element.name.as_str() {
            "table" => {
                if let Some(&(outer, ..)) = tables.last() {
                    shapes.layout.insert(outer);
                }
                if matches!(element.get("role"), Some("presentation" | "none")) {
                    shapes.layout.insert(n);
                }
                tables.push((n, element.end, 0));
            }
            "td" | "th" => {
                if let Some(table) = tables.last_mut() {
                    table.2 += 1;
                }
            }
            "dl" if n >= terms_end => {
                terms_end = element.end.min(n + LONGEST_TERMS);
                if is_terms(source, tokens, n, element) {
                    shapes.terms.insert(n);
                }
            }
            name if heading_level(name).is_some() => {
                if let Some(&(start, ..)) = tables.last() {
                    shapes.layout.insert(start);
                }
            }
            _ => {}
        }
    }
    for (start, _, cells) in tables {
        if cells == 1 {
            shapes.layout.insert(start);
        }
    }
    shapes
}

/// Whether a list of terms gives short values, one for each term.
fn is_terms(source: &str, tokens: &[Token], n: usize, element: &Element) -> bool {
    if element.end > n + LONGEST_TERMS {
        return false;
    }
    let (mut terms, mut values, mut said, mut in_value, mut last) = (0, 0, 0, false, "");
    for token in &tokens[n + 1..element.end.min(tokens.len())] {
        match &token.kind {
            Kind::Start(inner) => match inner.name.as_str() {
                "dt" => {
                    if last == "dt" {
                        return false;
                    }
                    (terms, in_value, last) = (terms + 1, false, "dt");
                }
                "dd" => {
                    if last != "dt" {
                        return false;
                    }
                    (values, in_value, said, last) = (values + 1, true, 0, "dd");
                }
                "dl" | "table" | "ul" | "ol" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" => return false,
                _ => {}
            },
            Kind::Words => {
                let words = source[token.at.start as usize..token.at.end as usize].trim();
                said += words.len();
                if said > LONGEST_VALUE || !in_value && words.ends_with('?') {
                    return false;
                }
            }
            Kind::End(_) => {}
        }
    }
    terms > 1 && terms == values
}
