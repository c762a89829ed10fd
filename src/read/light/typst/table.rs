//! Tables and figures: calls whose arguments are cells.
//!
//! What stands in the call is read: content in brackets, strings, numbers, formulas, calls around content. What is
//! computed elsewhere (`..data.flatten()`) is not.

use super::content::bracket;
use super::inline;
use crate::read::light::inline::closed;
use crate::read::light::table::{Cell, Filler, MOST_COLUMNS, NOTHING, row};

/// The lines of a call that makes a table or a figure.
pub(super) fn table(body: &[&str]) -> Vec<String> {
    let whole = body.join("\n");
    let mut out = vec![String::new(); body.len()];
    let Some(open) = whole.find("table(") else {
        if let (Some(line), Some(words)) = (out.first_mut(), caption(&whole)) {
            *line = format!("**{words}**");
        }
        return out;
    };
    let open = open + "table(".len();
    let end = bracket(&whole[open - 1..], &mut whole.len()).map_or(whole.len() - open, |length| length - 1);
    let inside = whole[open..open + end].strip_suffix(')').unwrap_or(&whole[open..open + end]);
    let mut cells = Cells { filler: Filler::new(columns(inside)), ..Cells::default() };
    cells.arguments(inside, open, false);
    // `#table(columns: 2)[a][b]`
    let mut at = open + end;
    while let Some((words, length)) = whole[at..].strip_prefix('[').and_then(|r| closed(r, '[', ']')) {
        at += 1 + length;
        cells.add(Cell::single(inline(words)), at, false);
    }
    cells.close(open + end, false);
    let line_of = |offset: usize| whole[..offset.min(whole.len())].matches('\n').count();
    let (Some(first), Some(last)) = (cells.rows.first(), cells.rows.last()) else { return out };
    let (first, last) = (line_of(first.0), line_of(last.0));
    out[first..=last].fill(NOTHING.to_owned());
    let mut written = vec![String::new(); body.len()];
    for (end, said) in &cells.rows {
        written[line_of(*end)].push_str(said);
    }
    for (line, said) in out.iter_mut().zip(written).filter(|(_, said)| !said.is_empty()) {
        *line = said;
    }
    out[first].insert_str(0, "<table>");
    out[last].push_str("</table>");
    // The caption takes the first line, above the table, with an empty line between.
    if let Some(words) = caption(&whole).filter(|_| first > 1) {
        out[0] = format!("**{words}**");
    }
    out
}

/// The cells of a table and the rows that they make.
#[derive(Default)]
struct Cells {
    filler: Filler,
    /// Rows that are full: where they end in the call, and their HTML.
    rows: Vec<(usize, String)>,
}

impl Cells {
    /// Takes the arguments of a call; `base` is where they begin in the whole call.
    fn arguments(&mut self, text: &str, base: usize, head: bool) {
        for (argument, end) in arguments(text) {
            let bare = argument.trim();
            let parts = ["table.header(", "table.footer(", "header("].iter().find_map(|name| bare.strip_prefix(name));
            if let Some(inner) = parts {
                let (inner, _) = closed(inner, '(', ')').unwrap_or((inner, inner.len()));
                let from = base + end - argument.len() + argument.find(inner).unwrap_or(0);
                // Parts of tables do not lie in each other.
                if !head {
                    let names = !bare.starts_with("table.footer");
                    self.close(from, false);
                    self.arguments(inner, from, names);
                    self.close(base + end, names);
                }
            } else if let Some(cell) = cell(bare) {
                self.add(cell, base + end, head);
            }
        }
    }

    fn add(&mut self, cell: Cell, end: usize, head: bool) {
        if let Some(full) = self.filler.add(cell) {
            self.rows.push((end, row(&full, head)));
        }
    }

    /// Ends the row that is being filled.
    fn close(&mut self, end: usize, head: bool) {
        if let Some(rest) = self.filler.rest() {
            self.rows.push((end, row(&rest, head)));
        }
    }
}

/// The arguments of a call, each with where it ends.
fn arguments(text: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let (mut from, mut depth, mut quoted, mut escaped, mut raw) = (0, 0usize, false, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '`' if !quoted => raw = !raw,
            _ if raw => {}
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if !in_brackets(&text[from..at]) => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                found.push((&text[from..at], at));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push((&text[from..], text.len()));
    found
}

/// Whether an argument stands in content, where a quotation mark is only a sign.
fn in_brackets(argument: &str) -> bool {
    argument.trim_start().starts_with('[')
}

/// The cell that an argument is; `None` when it is a setting, a rule or computed.
fn cell(argument: &str) -> Option<Cell> {
    if argument.is_empty() || argument.starts_with("..") || argument.contains("hline(") || argument.contains("vline(") {
        return None;
    }
    if let Some(inner) = argument.strip_prefix('[') {
        return Some(Cell::single(inline(closed(inner, '[', ']').map_or(inner, |(words, _)| words))));
    }
    if let Some(inner) = argument.strip_prefix('"') {
        return Some(Cell::single(inline(inner.trim_end_matches('"'))));
    }
    if argument.starts_with('$') || argument.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Some(Cell::single(argument.trim_matches('$').trim().to_owned()));
    }
    let name = argument.len() - argument.trim_start_matches(|c: char| c.is_alphanumeric() || ".-_".contains(c)).len();
    let rest = &argument[name..];
    // `columns: 2`
    if rest.trim_start().starts_with(':') {
        return None;
    }
    let (settings, content) = match rest.strip_prefix('(').and_then(|r| closed(r, '(', ')')) {
        Some((settings, end)) => (settings, &rest[1 + end..]),
        None => ("", rest),
    };
    let content = content.strip_prefix('[').and_then(|r| closed(r, '[', ']')).map(|(words, _)| inline(words));
    let inner = || arguments(settings).into_iter().find_map(|(a, _)| cell(a.trim())).map(|c| c.words);
    let words = content.or_else(inner).unwrap_or_default();
    let covers = |name: &str| {
        let said = settings.split(',').find_map(|s| s.trim().strip_prefix(name)?.trim().strip_prefix(':'));
        said.and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_COLUMNS as u32)
    };
    Some(Cell { words, covers: (covers("rowspan"), covers("colspan")) })
}

/// How many columns a table has: `columns: 3`, `columns: (auto, 1fr)`, `columns: (1fr,) * 3`.
fn columns(call: &str) -> usize {
    let Some(at) = call.find("columns:") else { return 1 };
    let said = call[at + 8..].trim_start();
    let number = |said: &str| said.bytes().take_while(u8::is_ascii_digit).count();
    let Some((list, end)) = said.strip_prefix('(').and_then(|r| closed(r, '(', ')')) else {
        return said[..number(said)].parse().unwrap_or(1).clamp(1, MOST_COLUMNS);
    };
    let each = arguments(list).iter().filter(|(c, _)| !c.trim().is_empty()).count();
    let times = said[1 + end..].trim_start().strip_prefix('*').map(str::trim_start);
    let times = times.and_then(|t| t[..number(t)].parse().ok()).unwrap_or(1);
    (each * times).clamp(1, MOST_COLUMNS)
}

/// The caption of a figure.
fn caption(call: &str) -> Option<String> {
    let rest = call[call.find("caption:")? + 8..].trim_start();
    let rest = match rest.strip_prefix("figure.caption(") {
        Some(inner) => &inner[inner.find('[')?..],
        None => rest,
    };
    let (words, _) = rest.strip_prefix('[').and_then(|r| closed(r, '[', ']'))?;
    let words = inline(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::{columns, table};

    #[test]
    fn reads_cells_of_all_forms() {
        let source = [
            "#table(",
            "  columns: (1fr,) * 3,",
            "  table.header([Town], \"Wells\", [Dry]),",
            "  table.cell(rowspan: 2)[Aune], 41, $3$,",
            "  text(red)[12], [",
            "    one, or",
            "    two",
            "  ],",
            "  table.hline(), table.cell(colspan: 3)[none],",
            "  ..rest,",
            ")",
        ];
        let out = table(&source);
        assert_eq!(out.len(), source.len());
        assert_eq!(out[2], "<table><tr><th>Town</th><th>Wells</th><th>Dry</th></tr>");
        assert_eq!(out[3], "<tr><td rowspan=\"2\">Aune</td><td>41</td><td>3</td></tr>");
        assert_eq!(out[7], "<tr><td>12</td><td>one, or\n    two</td></tr>".replace("\n    ", " "));
        assert_eq!(out[8], "<tr><td colspan=\"3\">none</td></tr></table>");
    }

    #[test]
    fn reads_cells_behind_the_call_and_broken_calls() {
        assert_eq!(
            table(&["#table(columns: 2)[a][b][1][2]"]),
            ["<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"]
        );
        assert_eq!(table(&["#figure(table("]), [""]);
        assert_eq!(table(&["#table(columns: 2, [a], [b"]).len(), 1);
        assert_eq!([columns("columns: 3,"), columns("columns: (auto, 1fr),"), columns("")], [3, 2, 1]);
    }
}
