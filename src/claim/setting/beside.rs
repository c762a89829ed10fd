//! A number with a fixed meaning and its meaning in brackets or in the next cell: "404 (Forbidden)", "SIGTERM (9)".
//!
//! Sources: the registry of HTTP status codes (IANA), the numbers of signals in POSIX.

use super::{Beside, Setting, SettingSort, SettingValue, claim, setting};
use crate::annotate::{Case, phrases_at};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::{BlockKind, Style};
use crate::lexicon::Lexicon;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Reads the pairs of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if matches!(view.block.kind, BlockKind::Contents | BlockKind::Meta | BlockKind::Entry) {
        return;
    }
    for at in 0..view.layer.tokens.len() {
        out.extend(number_first(context, view, at).or_else(|| name_first(context, view, at)));
    }
    out.extend(row(context, view));
}

/// The numbers that a name has, and how many tokens it takes: "Not Found" → status, 404. A signal may have several.
fn named(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<(&'static str, Vec<u32>, usize)> {
    let mut found: Option<(&'static str, Vec<u32>, usize)> = None;
    for (set, n) in phrases_at(lexicon, view.text, &view.layer.tokens, at) {
        let Some((family, number)) = set.split_once('-') else { continue };
        let family = match family {
            "status" => "status",
            "signal" => "signal",
            _ => continue,
        };
        let Ok(number) = number.parse() else { continue };
        match &mut found {
            Some((_, numbers, length)) if *length == n => numbers.push(number),
            Some((_, _, length)) if *length > n => {}
            _ => found = Some((family, vec![number], n)),
        }
    }
    found
}

/// The number that a token is, when such names have numbers like it.
fn number(view: &BlockView<'_>, at: usize) -> Option<u32> {
    let word = view.word(at);
    (word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// "404 (Forbidden)", "409: Not Found".
fn number_first(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Claim> {
    let stated = number(view, at)?;
    let mut next = at + 1;
    while next < at + 3 && matches!(view.word(next), "(" | ":" | "-" | "–" | "—" | "\"" | "“" | "'" | "=") {
        next += 1;
    }
    let bracket = view.word(at + 1) == "(";
    let (family, numbers, length) = named(view, context.lexicon, next)?;
    // "404 Not Found" is a code with its name; whether it is the right one is told elsewhere. "9 SIGTERMs" are counted.
    if next == at + 1 && (family != "status" || !numbers.contains(&stated)) {
        return None;
    }
    let whole = bracket && view.word(next + length) == ")";
    if !fits(view, family, stated, at, next, length, whole) || before(view, at) {
        return None;
    }
    Some(pair(context, view, (at..at + 1, stated), (next..next + length, numbers), family))
}

/// "Forbidden (404)", "SIGTERM (signal 9)".
fn name_first(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> Option<Claim> {
    let (family, numbers, length) = named(view, context.lexicon, at)?;
    let open = at + length;
    if view.word(open) != "(" {
        return None;
    }
    let mut next = open + 1;
    while next < open + 4 && matches!(view.word(next), "HTTP" | "status" | "code" | "signal" | "error") {
        next += 1;
    }
    let stated = number(view, next)?;
    if view.word(next + 1) != ")" || !fits(view, family, stated, next, at, length, true) {
        return None;
    }
    Some(pair(context, view, (next..next + 1, stated), (at..at + length, numbers), family))
}

/// Whether a number and a name beside it are number and name of one thing.
fn fits(
    view: &BlockView<'_>,
    family: &str,
    stated: u32,
    number: usize,
    name: usize,
    length: usize,
    whole: bool,
) -> bool {
    if family == "signal" {
        return (1..=31).contains(&stated) || (129..=159).contains(&stated);
    }
    if !(100..=599).contains(&stated) {
        return false;
    }
    let tokens = &view.layer.tokens;
    let capital = tokens[name].case != Case::Lower;
    // One common word ("Found", "Gone") is a name only in brackets or in the words of the protocol.
    let sentence = view.layer.sentence_of(number);
    let spoken = sentence.clone().any(|i| matches!(view.word(i), "HTTP" | "status" | "code" | "error" | "response"));
    let code = view.block.text.has_style(view.layer.bytes(number..number + 1), Style::Code);
    // "400 bad requests" are counted.
    let counted = !capital && !whole;
    // "could not be found (404)", "the service is fine (201) ok": an ordinary word of the sentence.
    let ordinary = !capital && length == 1 && name < number;
    !counted && !ordinary && (whole || length > 1 || spoken || code)
}

/// Whether the number is the last of several: "401, 403 Forbidden" and "401/403 (Forbidden)" tell of more than one.
fn before(view: &BlockView<'_>, at: usize) -> bool {
    at >= 2 && matches!(view.word(at - 1), "/" | "-" | "–") && number(view, at - 2).is_some()
}

/// A table row with a code in one cell and its name in the next.
fn row(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let BlockKind::Cell { table, row, col } = view.block.kind else { return None };
    let stated = number(view, 0).filter(|n| view.layer.tokens.len() == 1 && (100..=599).contains(n))?;
    let cells = context.document.tables.get(table as usize)?.rows.get(row as usize)?;
    let next = context.view(cells.get(col as usize + 1).copied().flatten()?);
    let (family, numbers, length) = named(&next, context.lexicon, 0).filter(|(family, ..)| *family == "status")?;
    let alone = length == next.layer.tokens.len()
        || length > 1 && matches!(next.word(length), "." | ":" | "," | ";" | "(" | "–" | "—");
    if !alone || next.layer.tokens[0].case == Case::Lower {
        return None;
    }
    let beside = Beside {
        member: next.member(0..length),
        meaning: meaning(&numbers),
        readings: readings(stated, &numbers, family),
    };
    Some(make(context, view, 0..1, family, word(stated), beside))
}

fn pair(
    context: &Context<'_>,
    view: &BlockView<'_>,
    number: (Range<usize>, u32),
    name: (Range<usize>, Vec<u32>),
    family: &'static str,
) -> Claim {
    let beside = Beside {
        member: view.member(name.0),
        meaning: meaning(&name.1),
        readings: readings(number.1, &name.1, family),
    };
    make(context, view, number.0, family, word(number.1), beside)
}

fn meaning(numbers: &[u32]) -> CompactString {
    numbers.first().map_or_else(CompactString::default, |n| format_compact!("{n}"))
}

fn word(number: u32) -> SettingValue {
    SettingValue::Word(format_compact!("{number}"))
}

/// What a name may stand for. A shell adds 128 to the number of a signal.
fn readings(stated: u32, numbers: &[u32], family: &str) -> Vec<SettingValue> {
    let shell = if family == "signal" && stated > 128 { 128 } else { 0 };
    numbers.iter().map(|n| word(n + shell)).collect()
}

fn make(
    context: &Context<'_>,
    view: &BlockView<'_>,
    at: Range<usize>,
    family: &str,
    value: SettingValue,
    beside: Beside,
) -> Claim {
    let found = Setting { beside: Some(Box::new(beside)), ..setting(SettingSort::Beside, family.into(), "", value) };
    let wording = match family {
        "status" => "status code",
        "signal" => "signal",
        other => other,
    };
    let mut read = claim(context, view, at, wording, found);
    read.scope.cues.clear();
    read
}
