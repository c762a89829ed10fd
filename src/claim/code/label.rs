//! Numbers with letters by which a body, a program or a shop knows its things: "BR 2025/14", "TAP-0031", "LKR-2081".
//!
//! The claim keeps the letters and the build of the number as its series, and the word or key that stands before it.

use super::{Code, push};
use crate::claim::{BlockView, Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::sync::LazyLock;

/// Fewest digits: shorter numbers are met in any order.
const DIGITS: usize = 4;

/// Most labels of a document that are read; more are the entries of a register.
const MOST: usize = 400;

/// Letters, a hyphen or stroke and digits; with a space between them, the digits are in groups.
static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^\w./@#-])(?P<letters>[A-Z]{2,6})(?:[-/](?P<number>\d[\d/-]*\d)|[ \u{a0}](?P<groups>\d+(?:[/-]\d+)+))(?:$|[^\w/@-])",
    )
    .ok()
});

/// A key and its sign before a value in code: `"locker": "`, `ticket = `.
static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"([A-Za-z_][\w-]*)["']?\s*[:=]\s*["'`]?$"#).ok());

/// Reads the labels of the document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let Some(shape) = SHAPE.as_ref() else { return };
    let before = out.len();
    for (id, block) in context.document.iter() {
        let view = context.view(id);
        if matches!(block.kind, BlockKind::Contents) || view.text.len() > super::LONGEST {
            continue;
        }
        for found in shape.captures_iter(view.text) {
            let (Some(letters), Some(number)) = (found.name("letters"), found.name("number").or(found.name("groups")))
            else {
                continue;
            };
            if is_other(context, letters.as_str(), number.as_str()) {
                continue;
            }
            let code = Code {
                scheme: "label".into(),
                number: number.as_str().into(),
                other: role(&view, letters.start()),
                series: series(letters.as_str(), number.as_str()),
            };
            push(&view, out, letters.start()..number.end(), code);
            if let Some(claim) = out.last_mut().filter(|_| matches!(block.kind, BlockKind::Cell { .. })) {
                claim.scope.cues.push("cell".into());
            }
            if out.len() - before > MOST {
                out.truncate(before);
                return;
            }
        }
    }
}

/// The letters and the build of the number, with nines for its digits: `tap-9999`.
fn series(letters: &str, number: &str) -> CompactString {
    let build: String = number.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    format_compact!("{}-{build}", letters.to_lowercase())
}

/// Whether letters and number are something else: few digits, a day, a sum of money, an instrument of a known family.
fn is_other(context: &Context<'_>, letters: &str, number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let groups: Vec<&str> = number.split(['-', '/']).collect();
    let day = groups.len() == 3 && groups[0].len() == 4 && groups[1].len() == 2 && groups[2].len() == 2;
    let years =
        groups.len() == 2 && groups.iter().all(|g| (g.starts_with("19") || g.starts_with("20")) && g.len() == 4);
    let known =
        context.lexicon.words.find(&lower(letters)).is_some_and(|id| !context.lexicon.instrument_forms(id).is_empty());
    digits < DIGITS || day || years || known || groups.iter().any(|g| g.is_empty())
}

/// The key of a value in code, else the word before the label: `locker`, `report`.
fn role(view: &BlockView<'_>, at: usize) -> CompactString {
    let before = &view.text[..at];
    if let Some(key) =
        KEY.as_ref().and_then(|shape| shape.captures(&before[line_start(before)..])).and_then(|c| c.get(1))
    {
        return lower(key.as_str());
    }
    let word = before.trim_end().rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    lower(word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn line_start(text: &str) -> usize {
    text.rfind('\n').map_or(0, |i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_letters_with_numbers() {
        let shape = SHAPE.as_ref().expect("the shape is one");
        let read = |text: &str| {
            let found = shape.captures(text)?;
            let number = found.name("number").or(found.name("groups"))?;
            Some(format!("{} {}", &found["letters"], number.as_str()))
        };
        for (text, expected) in [
            ("Research report BR 2025/14.", "BR 2025/14"),
            ("of TAP-0031 the", "TAP 0031"),
            (r#""locker": "LKR-2081""#, "LKR 2081"),
            ("file OP/2023-0716,", "OP 2023-0716"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["EUR 1430", "see a/TAP-0031/b", "x-TAP-0031", "TAP-0031-b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn tells_series_apart() {
        assert_eq!(series("TAP", "0031"), "tap-9999");
        assert_eq!(series("BR", "2025/14"), "br-9999/99");
    }
}
