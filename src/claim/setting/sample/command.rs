//! Commands: their options with values, and the variables that are set for them.

use super::lines::is_variable;
use super::{GivenSort, Pair};
use crate::claim::setting::code::lines;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most lines of one block that are read.
const LINES: usize = 1_000;

/// A call with arguments that are named: `Shelf(path="cache.db", max_items=500)`.
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<name>[A-Za-z_]\w*)\((?P<arguments>[^()]*=[^()]*)\)").expect("the pattern is fixed and compiles")
});

/// `max_items=500`
static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:^|,)\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^,="'\s]+)\s*(?:$|,)"#)
        .expect("the pattern is fixed and compiles")
});

/// A header in quotation marks: `-H "X-Api-Key: abc"`.
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:-H|--header)\s+["'](?P<name>[A-Za-z][\w-]*):\s*(?P<value>[^"']*)["']"#)
        .expect("the pattern is fixed and compiles")
});

/// The options and variables of the commands in a text, and the named arguments of calls.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut out = Vec::new();
    for line in lines(text).take(LINES) {
        let shown = &text[line.clone()];
        // A line of the help of a program tells what an option is.
        if shown.trim_start().starts_with("--") && shown.trim_start().contains("  ") {
            continue;
        }
        calls(text, &line, &mut out);
        let words = words(text, line);
        for (n, word) in words.iter().enumerate() {
            let next = words.get(n + 1);
            out.extend(flag(text, word, next).or_else(|| variable(text, word)));
        }
    }
    out
}

/// The named arguments of the calls of a line, and the headers of its commands. The head of a function names its own.
fn calls(text: &str, line: &Range<usize>, out: &mut Vec<Pair>) {
    let shown = &text[line.clone()];
    let place = |m: regex::Match<'_>, from: usize| from + m.start()..from + m.end();
    if let Some(found) = HEADER.captures(shown)
        && let (Some(name), Some(value)) = (found.name("name"), found.name("value"))
    {
        let (name, value) = (place(name, line.start), place(value, line.start));
        out.push(Pair {
            sort: GivenSort::Header,
            around: Vec::new(),
            name,
            value: Some(value),
            quoted: false,
            object: 0,
        });
    }
    if ["def ", "fn ", "func ", "function ", "class "].iter().any(|head| shown.contains(head)) {
        return;
    }
    for call in CALL.captures_iter(shown) {
        let (Some(called), Some(arguments)) = (call.name("name"), call.name("arguments")) else { continue };
        let from = line.start + arguments.start();
        let mut at = 0;
        while let Some(found) = ARGUMENT.captures_at(arguments.as_str(), at) {
            let (Some(all), Some(name), Some(value)) = (found.get(0), found.name("name"), found.name("value")) else {
                break;
            };
            let (value, quoted) = bare(text, place(value, from));
            out.push(Pair {
                sort: GivenSort::Key,
                around: [place(called, line.start)].to_vec(),
                name: place(name, from),
                value: Some(value),
                quoted,
                object: 0,
            });
            // The comma behind one argument stands before the next.
            at = if all.as_str().ends_with(',') { all.end() - 1 } else { all.end() };
            if at >= arguments.len() {
                break;
            }
        }
    }
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
    fn reads_named_arguments_and_headers() {
        let text =
            "s = Shelf(path=\"a b.db\", max_items=500, policy='lru')\ncurl -H 'X-Key: abc' http://x\ndef f(a=1):\n";
        let read: Vec<(&str, &str)> =
            pairs(text).iter().map(|p| (&text[p.name.clone()], &text[p.value.clone().unwrap_or(0..0)])).collect();
        assert_eq!(read, [("path", "a b.db"), ("max_items", "500"), ("policy", "lru"), ("X-Key", "abc")]);
    }

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
