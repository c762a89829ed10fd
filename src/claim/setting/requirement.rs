//! What a project needs and is: the least version of a tool, its licence, the place of its configuration file.

use super::{Setting, SettingSort, SettingValue, claim, code_spans, is_version, only, setting, tool};
use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most tokens between the word that demands and the name of what is needed.
const GAP: usize = 5;

/// Reads the requirements and licences of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        for at in sentence.clone() {
            out.extend(version(context, view, sentence, at));
        }
        out.extend(licence(context, view, sentence));
    }
}

/// "you need Rust 1.74 or newer", "the MSRV is 1.70".
fn version(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, at: usize) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let token = &tokens[at];
    let word = view.word(at);
    let number = word.strip_prefix('v').unwrap_or(word);
    if token.kind == TokenKind::Sign || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (major, minor) = parts(number.trim_end_matches('+'))?;
    // Another version in the sentence says for which release it holds, or what it was before.
    let other = sentence.clone().any(|i| i != at && view.word(i).contains('.') && is_version(view.word(i)));
    if other || at == sentence.start {
        return None;
    }
    let newer = (at + 1..sentence.end.min(at + 3))
        .any(|i| phrase_at(lexicon, "version-newer", view.text, tokens, i).is_some())
        || view.word(at + 1) == "+"
        || word.ends_with('+')
        || matches!(view.word(at - 1), "≥" | ">=");
    let (name, from) = name(view, lexicon, at, sentence.start).or_else(|| name_behind(view, at, sentence))?;
    let newer = newer
        || phrase_before(lexicon, "version-at-least", view.text, tokens, from).is_some()
        // "requires Java 17."
        || phrase_before(lexicon, "version-demands", view.text, tokens, from).is_some();
    let name = tool::canonical(lexicon, &name);
    let demand = (from.saturating_sub(GAP).max(sentence.start)..=from)
        .any(|i| phrase_before(lexicon, "version-needed", view.text, tokens, i).is_some())
        || (at..sentence.end.min(at + GAP + 3))
            .any(|i| phrase_at(lexicon, "version-needed", view.text, tokens, i).is_some());
    let least = (from.saturating_sub(GAP).max(sentence.start)..at)
        .any(|i| phrase_at(lexicon, "version-least", view.text, tokens, i).is_some());
    if !(newer && demand || least) {
        return None;
    }
    // "or higher" is no change.
    let changed =
        |i: usize| !(at..at + 4).contains(&i) && phrase_at(lexicon, "setting-changed", view.text, tokens, i).is_some();
    if sentence.clone().any(changed) || in_versioned_section(context, view) {
        return None;
    }
    let value = SettingValue::Version { major, minor };
    let found = Setting {
        only: only(view, lexicon, sentence.clone())
            .into_iter()
            // PostgreSQL is the thing itself here, no platform.
            .filter(|o| tool::canonical(lexicon, o) != name)
            .collect(),
        ..setting(SettingSort::Requirement, name.clone(), "least", value)
    };
    let wording = view.wording(from..at).trim();
    let unnamed = wording.is_empty() || lower(wording) == "version";
    let wording = if unnamed { name.as_str() } else { wording };
    let mut read = claim(context, view, at..at + 1, &format_compact!("required {wording}"), found);
    read.scope.cues.retain(|c| matches!(c.as_str(), "previous" | "example" | "negated"));
    // What it is needed for.
    read.subject.owners = purpose(context, view, sentence, at).into_iter().collect();
    Some(read)
}

/// Whether a heading above names a version.
fn in_versioned_section(context: &Context<'_>, view: &BlockView<'_>) -> bool {
    context
        .document
        .headings(view.id)
        .any(|(_, h)| h.text.string.split_whitespace().any(|w| w.contains('.') && is_version(w)))
}

/// A version as a value.
pub(super) fn version_value(number: &str) -> Option<SettingValue> {
    parts(number).map(|(major, minor)| SettingValue::Version { major, minor })
}

/// Major and minor part of a version; the minor part may be left open.
fn parts(number: &str) -> Option<(u32, Option<u32>)> {
    let number = number.trim_end_matches(['+', '.']);
    let mut parts = number.split('.');
    let major = parts.next()?.parse().ok().filter(|&n: &u32| n < 10_000)?;
    let minor = match parts.next() {
        Some("x") | None => None,
        Some(minor) => Some(minor.parse().ok().filter(|&n: &u32| n < 100_000)?),
    };
    Some((major, minor))
}

/// The name before a version, "Rust" of "Rust 1.74" and of "Rust version 1.74", and where it begins; for "MSRV", the
/// language.
fn name(view: &BlockView<'_>, lexicon: &Lexicon, at: usize, from: usize) -> Option<(CompactString, usize)> {
    let tokens = &view.layer.tokens;
    let mut end = at;
    while end > from
        && at - end < 5
        && matches!(
            lower(view.word(end - 1)).as_str(),
            "version" | "is" | ":" | "≥" | ">" | "=" | ">=" | "(" | ")" | "of"
        )
    {
        end -= 1;
    }
    let last = end.checked_sub(1).filter(|&i| i >= from)?;
    let word = lower(view.word(last));
    if word == "msrv" {
        return Some(("rust".into(), last));
    }
    if word == "version" || word == "versions" {
        return None;
    }
    // "Node.js": a name with signs inside.
    let mut first = last;
    while first > from && tokens[first - 1].end == tokens[first].start && last - first < 4 {
        first -= 1;
    }
    let name = tokens[first].kind == TokenKind::Word
        && (tokens[first].case != Case::Lower || tool::known(lexicon, &lower(view.wording(first..last + 1))).is_some());
    if !name || first == from && phrase_at(lexicon, "version-needed", view.text, tokens, first).is_some() {
        return None;
    }
    Some((lower(view.wording(first..last + 1)), first))
}

/// The name behind a version: "version 3.2 of Stoat"; the place is where the version begins.
fn name_behind(view: &BlockView<'_>, at: usize, sentence: &Range<usize>) -> Option<(CompactString, usize)> {
    let tokens = &view.layer.tokens;
    let behind = at + 2;
    let named = view.word(at + 1) == "of"
        && behind < sentence.end
        && at > sentence.start
        && lower(view.word(at - 1)) == "version"
        && matches!(tokens[behind].case, Case::Capital | Case::Upper);
    named.then(|| (lower(view.word(behind)), at - 1))
}

/// What a requirement is for: "to build the manual" → build manual. `None` when the sentence does not say.
fn purpose(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, at: usize) -> Option<CompactString> {
    let lexicon = context.lexicon;
    let title = title_words(context);
    let tokens = &view.layer.tokens;
    let start = sentence.clone().find(|&i| {
        i != at
            && matches!(lower(view.word(i)).as_str(), "to" | "for" | "if" | "when")
            && tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word)
    })?;
    let end = (start..sentence.end)
        .find(|&i| matches!(view.word(i), "," | "." | ";" | "you" | "we" | "("))
        .unwrap_or(sentence.end);
    let words: Vec<CompactString> = (start + 1..end.min(start + 5))
        .filter(|&i| tokens[i].word.is_none_or(|id| !lexicon.words.pos(id).any(crate::lexicon::Pos::CLOSED)))
        // "to build from source", "for the installation": what everybody does with a project.
        .filter(|&i| phrase_at(lexicon, "setting-purpose", view.text, tokens, i).is_none())
        .map(|i| lower(view.word(i)))
        .filter(|word| !title.iter().any(|t| t == word))
        .collect();
    (!words.is_empty()).then(|| words.join(" ").into())
}

/// "licensed under either of MIT or Apache-2.0".
fn licence(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let cue = sentence.clone().find(|&i| phrase_at(lexicon, "licence-under", view.text, tokens, i).is_some())?;
    let other = sentence.clone().any(|i| phrase_at(lexicon, "licence-other", view.text, tokens, i).is_some());
    if other {
        return None;
    }
    let mut found: Vec<CompactString> = Vec::new();
    let (mut first, mut last) = (usize::MAX, 0);
    let mut i = cue;
    while i < sentence.end {
        match licence_at(view, lexicon, i) {
            Some((name, n)) => {
                if !found.contains(&name) {
                    found.push(name);
                }
                (first, last) = (first.min(i), i + n);
                i += n;
            }
            None => i += 1,
        }
    }
    if found.is_empty() {
        return None;
    }
    found.sort();
    let slot = if is_of_project(context, view, sentence.start..cue) { "project" } else { "" };
    let value = setting(SettingSort::Licence, "licence".into(), slot, SettingValue::Set(found));
    let mut read = claim(context, view, first..last, "the licence", value);
    read.scope.cues.clear();
    Some(read)
}

/// Whether the words before "is licensed under" name the project, or nothing: "this library", "Quillet".
fn is_of_project(context: &Context<'_>, view: &BlockView<'_>, subject: Range<usize>) -> bool {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let title = title_words(context);
    subject.len() <= 6
        && subject.clone().all(|i| {
            tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(crate::lexicon::Pos::CLOSED))
                || phrase_at(lexicon, "setting-purpose", view.text, tokens, i).is_some()
                || title.iter().any(|w| *w == lower(view.word(i)))
        })
}

/// The words of the title, which often is the name of the project.
fn title_words(context: &Context<'_>) -> Vec<CompactString> {
    let title = context.document.title().map_or("", |b| b.text.string.as_str());
    title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(lower).collect()
}

/// The licence named at a token, as its SPDX family: "Apache License 2.0" and "Apache-2.0" are one.
fn licence_at(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<(CompactString, usize)> {
    let n = phrase_at(lexicon, "licence-name", view.text, &view.layer.tokens, at)?;
    let around = view.wording(at..(at + n + 3).min(view.layer.tokens.len()));
    Some((family(&lower(view.word(at)), around), n))
}

/// The family of a licence by its SPDX name, when it is one that is known: `Apache-2.0` → apache.
pub(super) fn licence_family(lexicon: &Lexicon, name: &str) -> Option<CompactString> {
    let first = lower(name);
    let stem = first.split(['-', '.']).next().unwrap_or_default();
    let known = lexicon.is_in("licence-name", &first) || lexicon.is_in("licence-name", stem);
    known.then(|| family(&first, name))
}

/// The family of a licence that begins with a word; `around` may hold its number.
fn family(first: &str, around: &str) -> CompactString {
    let stem = first.split(['-', '.']).next().unwrap_or_default();
    // "gplv3" is GPL 3.
    let (stem, inside) = stem.split_once('v').filter(|(s, _)| s.ends_with("gpl")).unwrap_or((stem, ""));
    // The number that tells GPL 2 from GPL 3.
    let number = inside.split('.').next().filter(|n| !n.is_empty()).map(str::to_owned).or_else(|| {
        let mut numbers = around.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let number = numbers.find(|p| p.starts_with(|c: char| c.is_ascii_digit()))?;
        Some(number.split('.').next().unwrap_or(number).to_owned())
    });
    if matches!(stem, "gpl" | "lgpl" | "agpl" | "bsd") {
        format_compact!("{stem}-{}", number.unwrap_or_default())
    } else {
        stem.into()
    }
}

/// Names that a file of settings mostly has; the last folder of its path is another.
const PLAIN: &[&str] = &["conf", "config", "configuration", "main", "settings"];

/// The places of configuration files: paths in code spans whose last part is a plain name for such a file.
pub(super) fn paths(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        for span in code_spans(&view) {
            let text = view.wording(span.clone());
            let Some((folder, file)) = text.rsplit_once(['/', '\\']) else { continue };
            let Some((stem, ending)) = file.rsplit_once('.') else { continue };
            let rooted = folder.starts_with(['~', '/', '$', '%']) && folder.len() > 2;
            let product = folder.rsplit(['/', '\\']).next().unwrap_or_default();
            let plain = PLAIN.contains(&stem) || stem == product;
            let known = matches!(ending, "toml" | "yaml" | "yml" | "json" | "ini" | "conf" | "cfg" | "config");
            if !rooted || !plain || !known || text.contains(char::is_whitespace) {
                continue;
            }
            let key = format_compact!("{folder}/*.{ending}");
            let mut found = claim(
                context,
                &view,
                span,
                "the configuration file",
                setting(SettingSort::Path, key, "", SettingValue::Word(file.into())),
            );
            found.scope.cues.retain(|c| matches!(c.as_str(), "previous" | "edition"));
            out.push(found);
        }
    }
}
