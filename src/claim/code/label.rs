//! Numbers by which a body, a program or a shop knows its things: "BR 2025/14", "TAP-0031", "C-347/19", "2023-4471",
//! "NCT01234567", "invoice 70418".
//!
//! The claim keeps the letters and the build of the number as its series, the word or key that stands before it, and
//! the content words of its sentence.

use super::{Code, push};
use crate::annotate::{TokenKind, phrase_before};
use crate::claim::around::content_words;
use crate::claim::{BlockView, Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Fewest digits: shorter numbers are met in any order.
const DIGITS: usize = 3;

/// Fewest digits of a number without letters, and of one that letters run into.
const BARE: usize = 7;

/// Fewest digits of a plain number behind its noun: "invoice 70418".
const PLAIN: usize = 5;

/// Most labels of a document that are read; more are the entries of a register.
const MOST: usize = 400;

/// Letters, a hyphen or stroke and digits; with a space between them, the digits are in groups. Letters that run into
/// many digits, and digits in groups alone.
static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:^|[^\w./@\#-])(?:
            (?P<letters>[A-Z]{1,6})(?:[-/](?P<number>\d[\d/-]*\d)|[\ \u{a0}](?P<groups>\d+(?:[/-]\d+)+))
            | (?P<code>[A-Z]{2,8})[\ \u{a0}]?(?P<digits>\d{7,16})
            | (?P<mixed>[A-Z]{1,5}(?:[/-][A-Z0-9]+)+)
            | (?P<bare>\d{2,8}(?:[/-]\d{2,8})+)
        )(?:$|[^\w/@-])",
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
            let first = |names: &[&str]| names.iter().find_map(|name| found.name(name));
            let Some(number) = first(&["number", "groups", "digits", "mixed", "bare"]) else { continue };
            let letters = first(&["letters", "code"]);
            if is_other(context, letters.map_or("", |m| m.as_str()), number.as_str()) {
                continue;
            }
            let start = letters.map_or(number.start(), |m| m.start());
            let series = series(letters.map_or("", |m| m.as_str()), number.as_str());
            add(context, &view, start..number.end(), (number.as_str(), role(&view, start), series), out);
        }
        numbered(context, &view, out);
        if out.len() - before > MOST {
            out.truncate(before);
            return;
        }
    }
}

/// Appends the claim of a label: its number, the word before it and its series.
fn add(
    context: &Context<'_>,
    view: &BlockView<'_>,
    bytes: Range<usize>,
    (number, other, series): (&str, CompactString, CompactString),
    out: &mut Vec<Claim>,
) {
    let code = Code { scheme: "label".into(), number: number.into(), other, series };
    let tokens = &view.layer.tokens;
    let whole = tokens.partition_point(|t| (t.end as usize) <= bytes.start)
        ..tokens.partition_point(|t| (t.start as usize) < bytes.end);
    push(view, out, bytes, code);
    let Some(claim) = out.last_mut() else { return };
    if matches!(view.block.kind, BlockKind::Cell { .. }) {
        claim.scope.cues.push("cell".into());
    }
    if view.is_prose() && !whole.is_empty() {
        claim.subject.modifiers = content_words(view, context.lexicon, &whole);
    }
}

/// Reads the plain numbers behind a noun that has numbers: "invoice 70418", "order no. 120934".
fn numbered(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let tokens = &view.layer.tokens;
    for (at, token) in tokens.iter().enumerate().skip(1).filter(|(_, t)| t.kind == TokenKind::Number) {
        let number = token.text(view.text);
        if number.len() < PLAIN || !number.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let mut end = at;
        while end > 0 && matches!(view.word(end - 1), "no" | "No" | "nr" | "Nr" | "." | "number" | "Number" | "#" | ":")
        {
            end -= 1;
        }
        let Some(length) = phrase_before(context.lexicon, "number-noun", view.text, tokens, end) else { continue };
        // "Order 70418" has one number; "order 70418/3" is read with its groups.
        let joined = tokens.get(at + 1).is_some_and(|t| t.start == token.end && matches!(t.text(view.text), "/" | "-"));
        if !joined {
            let noun = lower(view.wording(end - length..end));
            let series = series(&noun, number);
            add(context, view, token.start as usize..token.end as usize, (number, noun, series), out);
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
    let dated = groups.len() == 3 && groups.iter().all(|g| g.len() <= 2 || g.len() == 4);
    let day = groups.len() == 3 && groups[0].len() == 4 && groups[1].len() == 2 && groups[2].len() == 2;
    let years =
        groups.len() == 2 && groups.iter().all(|g| (g.starts_with("19") || g.starts_with("20")) && g.len() == 4);
    let known =
        context.lexicon.words.find(&lower(letters)).is_some_and(|id| !context.lexicon.instrument_forms(id).is_empty());
    let fewest = match letters {
        "" if number.starts_with(|c: char| c.is_ascii_digit()) => BARE,
        "" => PLAIN,
        _ => DIGITS,
    };
    let money = letters.len() == 3 && context.lexicon.units.contains_key(letters);
    let bare_day = letters.is_empty() && dated;
    digits < fewest || day || bare_day || years || known || money || groups.iter().any(|g| g.is_empty())
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
            let first = |names: &[&str]| names.iter().find_map(|name| found.name(name));
            let number = first(&["number", "groups", "digits", "mixed", "bare"])?;
            let letters = first(&["letters", "code"]).map_or("", |m| m.as_str());
            Some(format!("{letters} {}", number.as_str()).trim().to_owned())
        };
        for (text, expected) in [
            ("Research report BR 2025/14.", "BR 2025/14"),
            ("of TAP-0031 the", "TAP 0031"),
            (r#""locker": "LKR-2081""#, "LKR 2081"),
            ("file OP/2023-0716,", "OP 2023-0716"),
            ("judgment in 3 O 418/17, which", "O 418/17"),
            ("Case C-347/19 was", "C 347/19"),
            ("(ISRCTN 55082716)", "ISRCTN 55082716"),
            ("under NCT01234567.", "NCT 01234567"),
            ("number 2023-4471.", "2023-4471"),
            ("Grant EP/R02938/1 ended", "EP/R02938/1"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["EUR 1430", "see a/TAP-0031/b", "x-TAP-0031", "TAP-0031-b", "v2-0031", "12 of 418"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn tells_series_apart() {
        assert_eq!(series("TAP", "0031"), "tap-9999");
        assert_eq!(series("BR", "2025/14"), "br-9999/99");
    }
}
