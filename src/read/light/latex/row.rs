//! Rows of tables: cells between `&`, rules before the first of them, cells over several columns.

use super::words::inline;
use crate::read::light::inline::closed;
use crate::read::light::table::Cell;

/// Where a row ends in a line, and how long its sign is; `\\\\` in braces is the end of a line in a cell. `depth` says
/// how many braces are open before.
pub(super) fn row_end(depth: usize, text: &str) -> Option<(usize, usize)> {
    let mut depth = depth;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\\' => {
                for sign in ["\\\\", "\\tabularnewline"] {
                    if depth == 0 && text[at..].starts_with(sign) {
                        return Some((at, sign.len()));
                    }
                }
                at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// The cells of a row.
pub(super) fn cut(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    for (at, b) in text.bytes().enumerate().chain([(text.len(), b'&')]) {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'&' if (depth == 0 || at == text.len()) && (at == 0 || bytes[at - 1] != b'\\') => {
                cells.push(cell(&text[from..at]));
                from = (at + 1).min(text.len());
            }
            _ => {}
        }
    }
    cells
}

fn cell(text: &str) -> Cell {
    let mut bare = text.trim();
    // Rules stand before the first cell of a row.
    loop {
        let before = bare;
        for rule in ["\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\endhead", "\\endfirsthead", "\\endfoot"] {
            bare = bare.strip_prefix(rule).unwrap_or(bare).trim_start();
        }
        for rule in ["\\cline", "\\cmidrule"] {
            let Some(mut rest) = bare.strip_prefix(rule) else { continue };
            // `\cmidrule(lr){2-3}`
            if let Some((_, end)) = rest.strip_prefix('(').and_then(|r| closed(r, '(', ')')) {
                rest = &rest[1 + end..];
            }
            if let Some((_, end)) = rest.strip_prefix('{').and_then(|r| closed(r, '{', '}')) {
                bare = rest[1 + end..].trim_start();
            }
        }
        if bare == before {
            break;
        }
    }
    if let Some(rest) = bare.strip_prefix("\\multicolumn{")
        && let Some((n, end)) = closed(rest, '{', '}')
        && let Some(rest) = rest[end..].strip_prefix('{')
        && let Some((_, end)) = closed(rest, '{', '}')
        && let Some(rest) = rest[end..].strip_prefix('{')
        && let Some((words, _)) = closed(rest, '{', '}')
    {
        return Cell { words: inline(words), covers: (1, n.trim().parse().unwrap_or(1).clamp(1, 64)) };
    }
    Cell::single(inline(bare))
}
