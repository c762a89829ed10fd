//! Commands: their options with values, and the variables that are set for them.

use super::lines::is_variable;
use super::{GivenSort, Pair};
use crate::claim::setting::code::lines;
use std::ops::Range;

/// Most lines of one block that are read.
const LINES: usize = 1_000;

/// The options and variables of the commands in a text.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut out = Vec::new();
    for line in lines(text).take(LINES) {
        let shown = &text[line.clone()];
        // A line of the help of a program tells what an option is.
        if shown.trim_start().starts_with("--") && shown.trim_start().contains("  ") {
            continue;
        }
        let words = words(text, line);
        for (n, word) in words.iter().enumerate() {
            let next = words.get(n + 1);
            out.extend(flag(text, word, next).or_else(|| variable(text, word)));
        }
    }
    out
}

/// The words of a line, what stands in quotation marks taken as one.
fn words(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut quote) = (None, ' ');
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        if quote != ' ' {
            if c == quote {
                quote = ' ';
            }
        } else if c.is_whitespace() {
            out.extend(start.take().map(|s| s..at));
        } else {
            if matches!(c, '"' | '\'') {
                quote = c;
            }
            start = start.or(Some(at));
        }
    }
    out.extend(start.map(|s| s..line.end));
    out
}

/// A value without its quotation marks, and whether it had some.
fn bare(text: &str, range: Range<usize>) -> (Range<usize>, bool) {
    let all = &text[range.clone()];
    let cut = all.trim_matches(['"', '\'']);
    let start = range.start + (all.len() - all.trim_start_matches(['"', '\'']).len());
    (start..start + cut.len(), cut.len() < all.len())
}

/// `--jobs 4`, `--jobs=4`
fn flag(text: &str, word: &Range<usize>, next: Option<&Range<usize>>) -> Option<Pair> {
    let shown = &text[word.clone()];
    let name = shown.strip_prefix("--")?;
    let end = name.find('=').unwrap_or(name.len());
    let plain = name[..end].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if end < 2 || !plain {
        return None;
    }
    let value = if end < name.len() {
        Some(word.start + 2 + end + 1..word.end)
    } else {
        next.filter(|n| !text[(*n).clone()].starts_with(['-', '|', '>', '<', '&', ';', '[', '\\'])).cloned()
    };
    let (value, quoted) = bare(text, value.unwrap_or(word.end..word.end));
    Some(Pair {
        sort: GivenSort::Flag,
        around: Vec::new(),
        name: word.start..word.start + 2 + end,
        value: Some(value),
        quoted,
        object: 0,
    })
}

/// `APP_WORKERS=4`, `Environment=APP_WORKERS=4`
fn variable(text: &str, word: &Range<usize>) -> Option<Pair> {
    let shown = &text[word.clone()];
    let skipped =
        ["Environment=", "Environment=\"", "-e"].iter().filter(|p| shown.starts_with(**p)).map(|p| p.len()).max();
    let from = word.start + skipped.unwrap_or(0);
    let rest = &text[from..word.end];
    let (name, _) = rest.split_once('=')?;
    if !is_variable(name) || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let (value, quoted) = bare(text, from + name.len() + 1..word.end);
    let pair = Pair {
        sort: GivenSort::Variable,
        around: Vec::new(),
        name: from..from + name.len(),
        value: Some(value),
        quoted,
        object: 0,
    };
    Some(pair)
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn reads_options_and_variables() {
        let text =
            "$ APP_MODE=edge tool --level=9 --out 'a b' --dry-run | cat\nEnvironment=APP_PORT=80\n  --max <N>  most\n";
        let read: Vec<(&str, &str)> =
            pairs(text).iter().map(|p| (&text[p.name.clone()], &text[p.value.clone().unwrap_or(0..0)])).collect();
        assert_eq!(
            read,
            [("APP_MODE", "edge"), ("--level", "9"), ("--out", "a b"), ("--dry-run", ""), ("APP_PORT", "80")]
        );
    }
}
