//! Defaults in running text: "`max_retries` defaults to 5", "the default of `--lock-timeout` is half a minute",
//! a heading with the name and "Default: 5" below.

use super::{Setting, SettingSort, claim, code_spans, fold, key_of, only, setting, value_at};
use crate::annotate::{phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::Lexicon;
use std::ops::Range;

/// Most tokens between an identifier and the word that gives its default.
const GAP: usize = 12;

/// Most tokens of an item that are looked at for its default.
const ITEM: usize = 200;

/// Reads the defaults of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let spans = code_spans(view);
    for (n, span) in spans.iter().enumerate() {
        let Some((words, form)) = fold(view.wording(span.clone())) else { continue };
        let Some(key) = key_of(&words, form) else { continue };
        let sentence = view.layer.sentence_of(span.start);
        let opens = span.start <= 1 && matches!(view.block.kind, BlockKind::Item { .. });
        // The next identifier has its own default.
        let next = spans[n + 1..].iter().find(|s| fold(view.wording((*s).clone())).is_some()).map(|s| s.start);
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
        let Some((tokens, value)) = found else { continue };
        if is_conditional(view, lexicon, sentence.start..span.start) {
            continue;
        }
        let around = view.layer.sentence_of(tokens.start);
        let found =
            Setting { only: only(view, lexicon, around), ..setting(SettingSort::Option, key, "default", value) };
        out.push(claim(context, view, tokens, view.wording(span.clone()), found));
    }
    out.extend(under_heading(context, view));
}

/// Whether the words before an identifier say that its default follows: "the default of", "the default value for".
fn before(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> bool {
    phrase_before(lexicon, "setting-default-of", view.text, &view.layer.tokens, at).is_some()
}

/// Whether a clause makes the value depend on something.
fn is_conditional(view: &BlockView<'_>, lexicon: &Lexicon, range: Range<usize>) -> bool {
    range.clone().any(|i| phrase_at(lexicon, "setting-if", view.text, &view.layer.tokens, i).is_some())
}

/// The default that a stretch gives: "defaults to 5", "(default: 5)", "is 5 by default".
fn default_in(
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
    let length = phrase_at(lexicon, "setting-default", view.text, &view.layer.tokens, 0)?;
    if !matches!(view.word(length), ":" | "=" | "is") {
        return None;
    }
    let heading = context.view(view.block.section?);
    let (words, form) = fold(heading.text)?;
    if heading.text.trim().contains(char::is_whitespace) {
        return None;
    }
    let key = key_of(&words, form)?;
    let (tokens, value) = value_at(view, lexicon, &code_spans(view), length + 1)?;
    let found = setting(SettingSort::Option, key, "default", value);
    Some(claim(context, view, tokens, heading.text, found))
}
