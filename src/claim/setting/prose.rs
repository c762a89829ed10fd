//! Defaults in running text: "`max_retries` defaults to 5", "the default of `--lock-timeout` is half a minute",
//! a heading with the name and "Default: 5" below.

use super::{Setting, SettingSort, claim, code_spans, fold, key_of, only, setting, single, stated, value_at};
use crate::annotate::{phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::{BlockKind, Style};
use crate::lexicon::{Lexicon, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens between an identifier and the word that gives its default.
const GAP: usize = 12;

/// Most tokens of an item that are looked at for its default.
const ITEM: usize = 200;

/// Reads the defaults of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let spans = named_spans(view);
    // The option that the block is about, while nothing has been said to be its default.
    let mut open = false;
    for (n, span) in spans.iter().enumerate() {
        let wording = view.wording(span.clone());
        let Some(key) = key_named(wording) else { continue };
        let sentence = view.layer.sentence_of(span.start);
        let opens = span.start <= 1 && (matches!(view.block.kind, BlockKind::Item { .. }) || wording.starts_with("--"));
        // The next identifier has its own default.
        let next = spans[n + 1..].iter().find(|s| key_named(view.wording((*s).clone())).is_some()).map(|s| s.start);
        let end = if opens { view.layer.tokens.len().min(span.end + ITEM) } else { sentence.end.min(span.end + GAP) };
        let end = next.map_or(end, |next| end.min(next));
        let found = if before(view, lexicon, span.start) {
            // "the default of `x` is 5"
            (span.end..end.min(span.end + 3))
                .find(|&i| matches!(view.word(i), "is" | ":" | "="))
                .and_then(|i| value_at(view, lexicon, &spans, i + 1))
        } else {
            default_in(view, lexicon, &spans, span.end..end)
        };
        let found = found.or_else(|| inside(view, lexicon, span.clone(), sentence.clone()));
        open |= opens;
        let Some((tokens, value)) = found else { continue };
        // "`--log-dir`: a folder in `data-dir` (default: …)": the default of what the item is about.
        if std::mem::take(&mut open) && !opens || is_of_several(view, &spans, n, &tokens) {
            continue;
        }
        if is_conditional(view, lexicon, sentence.start..span.start) || is_former(view, lexicon, sentence) {
            continue;
        }
        let around = view.layer.sentence_of(tokens.start);
        let found =
            Setting { only: only(view, lexicon, around), ..setting(SettingSort::Option, key, "default", value) };
        let name = wording[..wording.find([':', '=']).unwrap_or(wording.len())].trim();
        let mut read = claim(context, view, tokens, name, found);
        // "the connection will be closed" tells what happens by default.
        read.scope.cues.retain(|c| c != "forecast");
        out.push(read);
    }
    out.extend(under_heading(context, view));
}

/// "`--name` and `--value` default to `stream` and `stdout`": several defaults of several names, each for its own.
fn is_of_several(view: &BlockView<'_>, spans: &[Range<usize>], name: usize, value: &Range<usize>) -> bool {
    let joins = |i: usize| matches!(view.word(i), "," | "and");
    let joined = name > 0 && spans[name].start > 0 && joins(spans[name].start - 1);
    let more = joins(value.end) && spans.iter().any(|s| s.start == value.end + 1);
    joined && more
}

/// Code spans, and options in bold type as manual pages have them.
fn named_spans(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let mut spans = code_spans(view);
    if view.text.starts_with("--") && view.block.text.has_style(0..2, Style::Strong) {
        let end = view.text.find(char::is_whitespace).unwrap_or(view.text.len());
        let tokens = 0..view.layer.tokens.partition_point(|t| (t.end as usize) <= end);
        if !tokens.is_empty() && spans.first().is_none_or(|s| s.start >= tokens.end) {
            spans.insert(0, tokens);
        }
    }
    spans
}

/// The key of an identifier, or of a name of one word.
fn key_named(text: &str) -> Option<CompactString> {
    match fold(text) {
        Some((words, form)) => key_of(&words, form).or_else(|| single(text)),
        None => single(text),
    }
}

/// The value inside of the code span of its key, when the sentence says that it is the default:
/// "starts with `replicas: 3` by default".
fn inside(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    span: Range<usize>,
    sentence: Range<usize>,
) -> Option<(Range<usize>, super::SettingValue)> {
    let tokens = &view.layer.tokens;
    let by_default = (span.end..sentence.end.min(span.end + 4))
        .any(|i| phrase_at(lexicon, "setting-by-default", view.text, tokens, i).is_some());
    if !by_default {
        return None;
    }
    let text = view.wording(span.clone());
    let sign = text.find([':', '='])?;
    let start = view.layer.bytes(span.clone()).start + sign + 1;
    let value = tokens.partition_point(|t| (t.start as usize) < start)..span.end;
    let found = stated(view, lexicon, value.clone(), None)?;
    (!value.is_empty()).then_some((value, found))
}

/// Whether the words before an identifier say that its default follows: "the default of", "the default value for".
fn before(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> bool {
    phrase_before(lexicon, "setting-default-of", view.text, &view.layer.tokens, at).is_some()
}

/// Whether a clause makes the value depend on something.
pub(super) fn is_conditional(view: &BlockView<'_>, lexicon: &Lexicon, range: Range<usize>) -> bool {
    range.clone().any(|i| phrase_at(lexicon, "setting-if", view.text, &view.layer.tokens, i).is_some())
}

/// Whether a sentence tells the default of versions before this one: "Up to version 3.2, `x` had a default of 5".
fn is_former(view: &BlockView<'_>, lexicon: &Lexicon, mut sentence: Range<usize>) -> bool {
    sentence.any(|i| phrase_at(lexicon, "setting-former", view.text, &view.layer.tokens, i).is_some())
}

/// The default that a stretch gives: "defaults to 5", "(default: 5)", "is 5 by default".
pub(super) fn default_in(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    spans: &[Range<usize>],
    range: Range<usize>,
) -> Option<(Range<usize>, super::SettingValue)> {
    let tokens = &view.layer.tokens;
    for i in range.clone() {
        if phrase_at(lexicon, "setting-by-default", view.text, tokens, i).is_some() {
            // "is 5 by default", "(5 by default)"
            return (range.start..i).rev().take(4).find_map(|j| {
                let (found, value) = value_at(view, lexicon, spans, j)?;
                (found.end == i).then_some((found, value))
            });
        }
        if let Some(n) = phrase_at(lexicon, "setting-default", view.text, tokens, i) {
            let mut at = i + n;
            while at < i + n + 3 && matches!(view.word(at), ":" | "=" | "is" | "to" | "of" | "value" | "*" | "-") {
                at += 1;
            }
            let (found, value) = value_at(view, lexicon, spans, at)?;
            // "defaults to 5 when …", "defaults to 80 or 443": it depends.
            let after = found.end;
            let depends = (after..after + 2).any(|j| {
                j < tokens.len()
                    && (phrase_at(lexicon, "setting-if", view.text, tokens, j).is_some()
                        || matches!(view.word(j), "or" | "/" | "times" | "×" | "*"))
            });
            return (!depends).then_some((found, value));
        }
        if phrase_at(lexicon, "setting-if", view.text, tokens, i).is_some() {
            return None;
        }
    }
    None
}

/// "### `max_retries`", and a paragraph or item below that begins with "Default: 5".
fn under_heading(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let lexicon = context.lexicon;
    // The default stands in a sentence of its own.
    let (start, length) = view.layer.sentences.iter().find_map(|sentence| {
        let length = phrase_at(lexicon, "setting-default", view.text, &view.layer.tokens, sentence.start)?;
        matches!(view.word(sentence.start + length), ":" | "=" | "is").then_some((sentence.start, length))
    })?;
    let heading = context.view(view.block.section?);
    if heading.text.trim().contains(char::is_whitespace) {
        return None;
    }
    let key = key_named(heading.text)?;
    let (tokens, value) = value_at(view, lexicon, &code_spans(view), start + length + 1)?;
    let found = setting(SettingSort::Option, key, "default", value);
    let mut read = claim(context, view, tokens, heading.text, found);
    // `timeout` below "http" and `timeout` below "grpc" are two.
    if let Some(above) = heading.block.section.map(|id| context.view(id)).filter(|_| single(heading.text).is_some()) {
        read.subject.owners = vec![lower(above.text)];
    }
    Some(read)
}
