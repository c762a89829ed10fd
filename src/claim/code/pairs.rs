//! A number in two notations side by side, "0x1F (31)", and a character beside its code point, "U+2013 (–)".

use super::{Code, push};
use crate::claim::{BlockView, Claim, Context};
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::sync::LazyLock;

/// Fewest rows with a number in both notations for two columns to be taken for one number.
const ROWS: usize = 4;

/// A hexadecimal number and a decimal one in a bracket, or the other way round; one of them behind "=".
static NOTATIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let shapes = [
        r"(?i)\b0x(?P<hex>[0-9a-f]{1,16})\b`?\s*\(`?(?:decimal |dec\.? |= ?)?(?P<dec>\d{1,3}(?:,\d{3})+|\d{2,20})`?(?: (?:in )?(?:decimal|dec\.?))?\)",
        r"(?i)\b0x(?P<hex>[0-9a-f]{1,16})\b`?\s*==?\s*`?(?P<dec>\d{1,3}(?:,\d{3})+|\d{2,20})\b`?(?:[\s,;)]|\.(?:\s|$)|$)",
        r"(?i)\b(?P<dec>\d{1,3}(?:,\d{3})+|\d{2,20})`?\s*\(`?(?:hex(?:adecimal)? |= ?)?0x(?P<hex>[0-9a-f]{1,16})`?(?: (?:in )?hex(?:adecimal)?)?\)",
    ];
    shapes.into_iter().filter_map(|s| Regex::new(s).ok()).collect()
});

/// A size and its bytes in hexadecimal: "256 KB (`0x40000` bytes)".
static SIZES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?P<size>\d{1,6}\s?[KkMG]i?B)\s*\(`?0x(?P<hex>[0-9A-Fa-f]{2,16})`?(?:\s+bytes?)?\)").ok()
});

/// A code point with a character that stands alone behind it, or before it.
static POINTS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let shapes = [
        r"U\+(?P<hex>[0-9A-F]{4,6})(?:,? \(|, |: ?| )(?P<open>[`'\x22\u{201c}\u{2018}])(?P<char>[^\x00-\x7f])[`'\x22\u{201d}\u{2019}]",
        r"\(U\+(?P<hex>[0-9A-F]{4,6}),? (?P<char>[^\x00-\x7f])\)",
        r"U\+(?P<hex>[0-9A-F]{4,6}) \((?P<char>[^\x00-\x7f])\)",
        r"(?:^|[\s(`'\x22\u{201c}\u{2018}])(?P<char>[^\x00-\x7f])[`'\x22\u{201d}\u{2019}]? \(U\+(?P<hex>[0-9A-F]{4,6})\)",
    ];
    shapes.into_iter().filter_map(|s| Regex::new(s).ok()).collect()
});

pub(super) fn extract(view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if view.text.contains("0x") || view.text.contains("0X") {
        for shape in NOTATIONS.iter() {
            for found in shape.captures_iter(view.text) {
                if let (Some(all), Some(hex), Some(dec)) = (found.get(0), found.name("hex"), found.name("dec")) {
                    let from = hex.start().saturating_sub(2).min(dec.start()).max(all.start());
                    let code = pair("hexadecimal", hex.as_str(), dec.as_str(), "");
                    push(view, out, from..hex.end().max(dec.end()), code);
                }
            }
        }
    }
    if let Some(shape) = SIZES.as_ref().filter(|_| view.text.contains("0x")) {
        for found in shape.captures_iter(view.text) {
            if let (Some(size), Some(hex)) = (found.name("size"), found.name("hex")) {
                push(view, out, size.start()..hex.end(), pair("size", hex.as_str(), size.as_str(), ""));
            }
        }
    }
    if view.text.contains("U+") {
        for shape in POINTS.iter() {
            for found in shape.captures_iter(view.text) {
                if let (Some(hex), Some(letter)) = (found.name("hex"), found.name("char")) {
                    let from = (hex.start() - 2).min(letter.start());
                    let code = pair("character", hex.as_str(), letter.as_str(), "");
                    push(view, out, from..hex.end().max(letter.end()), code);
                }
            }
        }
    }
}

fn pair(scheme: &str, number: &str, other: &str, series: &str) -> Code {
    Code {
        scheme: scheme.into(),
        number: number.to_ascii_lowercase().into(),
        other: other.replace(',', "").into(),
        series: series.into(),
    }
}

/// Columns of one table that give the same numbers in both notations.
pub(super) fn columns(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (t, table) in context.document.tables.iter().enumerate() {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).min(12);
        let text = |row: usize, column: usize| -> Option<&str> {
            let id = (*table.rows.get(row)?.get(column)?)?;
            Some(context.document.block(id).text.string.trim().trim_matches('`'))
        };
        let hex = |row: usize, column: usize| -> Option<&str> {
            let digits = text(row, column)?.strip_prefix("0x").or_else(|| text(row, column)?.strip_prefix("0X"))?;
            (!digits.is_empty() && digits.len() <= 16 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
                .then_some(digits)
        };
        let dec = |row: usize, column: usize| -> Option<&str> {
            text(row, column).filter(|d| !d.is_empty() && d.len() <= 18 && d.bytes().all(|b| b.is_ascii_digit()))
        };
        for a in 0..columns {
            let rows: Vec<usize> = (0..table.rows.len()).filter(|&r| hex(r, a).is_some()).collect();
            if rows.len() < ROWS {
                continue;
            }
            for b in (0..columns).filter(|&b| b != a) {
                let both: Vec<usize> = rows.iter().copied().filter(|&r| dec(r, b).is_some()).collect();
                if both.len() < ROWS {
                    continue;
                }
                for &row in &both {
                    let (Some(h), Some(d)) = (hex(row, a), dec(row, b)) else { continue };
                    let (Some(first), Some(second)) = (table.rows[row][a], table.rows[row][b]) else { continue };
                    let series: CompactString = format_compact!("{t}:{a}:{b}");
                    let (view, other) = (context.view(first), context.view(second));
                    push(&view, out, 0..view.text.len(), pair("hexadecimal", h, d, &series));
                    if let Some(claim) = out.last_mut() {
                        claim.within = other.block.text.whole();
                    }
                }
            }
        }
    }
}
