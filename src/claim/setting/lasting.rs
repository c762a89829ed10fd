//! Limits said with a verb: "tokens are valid for 60 minutes", "backups are deleted after 14 days".

use super::{Setting, SettingSort, SettingValue, claim, only, setting};
use crate::annotate::{TokenKind, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// What the verbs say, and the noun that stands for it in other sentences.
const CLASSES: &[(&str, &str)] = &[
    ("limit-idle", "timeout"),
    ("limit-lifetime", "lifetime"),
    ("limit-retention", "retention"),
    ("limit-rhythm", "interval"),
];

/// Most words of a subject.
const SUBJECT: usize = 4;

/// The noun that a noun with the same meaning is compared as.
pub(super) fn noun_class(noun: &str) -> &str {
    match noun {
        "expiration" | "expiry" | "ttl" | "validity" => "lifetime",
        other => other,
    }
}

/// Reads the limits of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for q in &view.layer.quantities {
        if q.label || !q.quantity.is_plain() || q.quantity.unit.dimension != "time" {
            continue;
        }
        let start = q.tokens.start;
        let Some((class, length)) = CLASSES.iter().find_map(|(set, class)| {
            phrase_before(lexicon, set, view.text, &view.layer.tokens, start).map(|n| (*class, n))
        }) else {
            continue;
        };
        let sentence = view.layer.sentence_of(start);
        let Some(subject) = subject(view, lexicon, sentence.start..start - length) else { continue };
        // "Tokens were valid for 30 days before": that is how it was.
        if (subject.end..start - length).any(|i| matches!(lower(view.word(i)).as_str(), "was" | "were" | "had")) {
            continue;
        }
        let words: Vec<CompactString> = subject.clone().map(|i| lemma(view, lexicon, i)).collect();
        // What stands behind may make it depend on something.
        let after = q.tokens.end..sentence.end.min(q.tokens.end + 3);
        let depends =
            after.clone().any(|i| matches!(lower(view.word(i)).as_str(), "if" | "unless" | "when" | "or" | "for"));
        if depends || super::prose::is_conditional(view, lexicon, sentence.start..start) {
            continue;
        }
        let found = Setting {
            only: only(view, lexicon, sentence.clone()),
            ..setting(
                SettingSort::Limit,
                format_compact!("{} {class}", words.join(" ")),
                "",
                SettingValue::Quantity(q.quantity.clone()),
            )
        };
        let wording = format!("{class} of {}", view.wording(subject));
        let mut read = claim(context, view, q.tokens.clone(), &wording, found);
        // "deleted after 30 days" is how it is, whatever "after" may say of time.
        read.scope.cues.retain(|c| !matches!(c.as_str(), "previous" | "target"));
        out.push(read);
    }
}

/// The nouns that a verb says it of: "Access tokens (are valid for)".
fn subject(view: &BlockView<'_>, lexicon: &Lexicon, before: Range<usize>) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let closed = |i: usize| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED));
    let mut end = before.end;
    while end > before.start && before.end - end < 4 && (closed(end - 1) || view.word(end - 1).ends_with("ly")) {
        // "it is kept for": whose limit it is stands elsewhere.
        if matches!(lower(view.word(end - 1)).as_str(), "it" | "they" | "this" | "these" | "that" | "which" | "and") {
            return None;
        }
        end -= 1;
    }
    let mut start = end;
    while start > before.start
        && end - start < SUBJECT
        && tokens[start - 1].kind == TokenKind::Word
        && !closed(start - 1)
    {
        start -= 1;
    }
    // A subject that goes on before is another one: "the tokens of guests are valid for".
    let whole = start == before.start
        || closed(start - 1)
            && matches!(
                lower(view.word(start - 1)).as_str(),
                "the" | "a" | "an" | "all" | "each" | "every" | "and" | "then" | "your"
            )
        || matches!(view.word(start - 1), "," | ";" | ":");
    (start < end && whole).then_some(start..end)
}
