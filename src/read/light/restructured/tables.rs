//! Tables of all four kinds: grids, simple ones, lists and comma-separated values.

use super::Reader;
use crate::read::light::table::{NOTHING, plain_row};
use std::collections::BTreeMap;

impl Reader {
    pub(super) fn grid(&mut self, source: &[&str], from: usize) -> usize {
        let end = from + source[from..].iter().take_while(|l| l.trim().starts_with(['+', '|'])).count();
        let head = source[from..end].iter().position(|l| l.trim().starts_with("+="));
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut first_of_row = from;
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        for (at, line) in (from..end).zip(&source[from..end]) {
            let bare = line.trim();
            if bare.starts_with('+') {
                if let Some(row) = rows.pop() {
                    let is_head = head.is_some_and(|h| at <= from + h);
                    written.insert(first_of_row, plain_row(row.iter().map(String::as_str), is_head));
                }
                first_of_row = at + 1;
            } else {
                let cells: Vec<&str> = bare.trim_matches('|').split('|').map(str::trim).collect();
                match rows.last_mut() {
                    Some(row) => {
                        for (own, more) in row.iter_mut().zip(cells) {
                            if !more.is_empty() {
                                own.push(' ');
                                own.push_str(&self.inline(more));
                            }
                        }
                    }
                    None => rows.push(cells.into_iter().map(|c| self.inline(c)).collect()),
                }
            }
        }
        self.table(from, end, &written)
    }

    pub(super) fn simple(&mut self, source: &[&str], from: usize) -> usize {
        let limit = (from + 400).min(source.len());
        let rules: Vec<usize> = (from..limit)
            .take_while(|&at| {
                !(source[at].trim().is_empty()
                    && source.get(at.wrapping_sub(1)).is_some_and(|l| is_simple_rule(l.trim()))
                    && at > from + 1)
            })
            .filter(|&at| is_simple_rule(source[at].trim()))
            .collect();
        let Some(&last) = rules.last().filter(|&&last| last > from) else {
            self.out.push(String::new());
            return from + 1;
        };
        let starts = starts(source[from]);
        let head = (rules.len() > 2).then(|| rules[1]);
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let mut row: Option<(usize, Vec<String>)> = None;
        let flush = |row: &mut Option<(usize, Vec<String>)>, written: &mut BTreeMap<usize, String>| {
            if let Some((at, cells)) = row.take() {
                written.insert(at, plain_row(cells.iter().map(String::as_str), head.is_some_and(|h| at < h)));
            }
        };
        for (at, &line) in source.iter().enumerate().take(last).skip(from + 1) {
            if is_simple_rule(line.trim()) || line.trim().is_empty() {
                flush(&mut row, &mut written);
                continue;
            }
            let cells: Vec<String> = cut(line, &starts).into_iter().map(|c| self.inline(c.trim())).collect();
            match &mut row {
                // A line without a first cell goes on with the row.
                Some((_, own)) if cells.first().is_some_and(String::is_empty) => {
                    for (own, more) in own.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
                        own.push(' ');
                        own.push_str(&more);
                    }
                }
                _ => {
                    flush(&mut row, &mut written);
                    row = Some((at, cells));
                }
            }
        }
        flush(&mut row, &mut written);
        self.table(from, last + 1, &written)
    }

    pub(super) fn csv(&mut self, source: &[&str], from: usize, end: usize, caption: &str) -> usize {
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let cells = |line: &str| -> Vec<String> {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(line.as_bytes());
            reader
                .records()
                .next()
                .and_then(Result::ok)
                .map_or(Vec::new(), |r| r.iter().map(|c| self.inline(c)).collect())
        };
        for (at, line) in (from + 1..end).zip(&source[from + 1..end]) {
            let bare = line.trim();
            if let Some(head) = bare.strip_prefix(":header:") {
                written.insert(at, plain_row(cells(head).iter().map(String::as_str), true));
            } else if !bare.is_empty() && !bare.starts_with(':') {
                written.insert(at, plain_row(cells(bare).iter().map(String::as_str), false));
            }
        }
        self.captioned(from, end, caption, &written)
    }

    pub(super) fn list_table(&mut self, source: &[&str], from: usize, end: usize, caption: &str) -> usize {
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let heads: usize = source[from + 1..end]
            .iter()
            .find_map(|l| l.trim().strip_prefix(":header-rows:")?.trim().parse().ok())
            .unwrap_or(0);
        let mut row: Option<(usize, Vec<String>)> = None;
        let mut rows = 0;
        for at in from + 1..=end {
            let bare = source.get(at).filter(|_| at < end).map_or("", |l| l.trim());
            let begins = bare.starts_with("* -");
            if (begins || at == end)
                && let Some((first, cells)) = row.take()
            {
                written.insert(first, plain_row(cells.iter().map(String::as_str), rows < heads));
                rows += 1;
            }
            if begins {
                row = Some((at, vec![self.inline(bare[3..].trim())]));
            } else if let Some((_, cells)) = &mut row {
                if let Some(cell) = bare.strip_prefix('-').filter(|c| c.is_empty() || c.starts_with(' ')) {
                    cells.push(self.inline(cell.trim()));
                } else if let Some(last) = cells.last_mut().filter(|_| !bare.is_empty()) {
                    last.push(' ');
                    last.push_str(&self.inline(bare));
                }
            }
        }
        self.captioned(from, end, caption, &written)
    }

    fn captioned(&mut self, from: usize, end: usize, caption: &str, written: &BTreeMap<usize, String>) -> usize {
        self.out.push(if caption.is_empty() { String::new() } else { format!("**{}**", self.inline(caption)) });
        let Some(&first) = written.keys().next() else {
            self.out.extend(std::iter::repeat_n(String::new(), end - from - 1));
            return end;
        };
        self.out.extend(std::iter::repeat_n(String::new(), first - from - 1));
        self.table(first, end, written)
    }

    /// Writes rows on their lines, and the ends of the table on its first and last.
    fn table(&mut self, from: usize, end: usize, written: &BTreeMap<usize, String>) -> usize {
        for at in from..end {
            let mut line = written.get(&at).cloned().unwrap_or_else(|| NOTHING.to_owned());
            if at == from {
                line.insert_str(0, "<table>");
            }
            if at + 1 == end {
                line.push_str("</table>");
            }
            self.out.push(line);
        }
        end
    }
}

/// `=====  ====`, the rule of a simple table.
pub(super) fn is_simple_rule(bare: &str) -> bool {
    bare.contains("= ") && bare.chars().all(|c| matches!(c, '=' | ' '))
        || bare.contains("- ") && bare.len() > 6 && bare.chars().all(|c| matches!(c, '-' | ' ')) && bare.contains("--")
}

/// The columns at which the parts of a rule begin.
fn starts(rule: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (column, c) in rule.chars().enumerate() {
        if before == ' ' && c != ' ' {
            starts.push(column);
        }
        before = c;
    }
    starts
}

/// A line cut at columns.
fn cut<'l>(line: &'l str, starts: &[usize]) -> Vec<&'l str> {
    let at = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(i, _)| i);
    let bounds: Vec<usize> = starts.iter().map(|&c| at(c)).chain([line.len()]).collect();
    bounds.windows(2).map(|pair| &line[pair[0]..pair[1].max(pair[0])]).collect()
}
