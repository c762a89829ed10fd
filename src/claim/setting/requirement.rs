//! What a project needs and is: the least version of a tool, the place of its configuration file.

use super::{Setting, SettingSort, SettingValue, badge, claim, code_spans, is_version, only, release, setting, tool};
use crate::annotate::{Case, TokenKind, is_phrase, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most tokens between the word that demands and the name of what is needed.
const GAP: usize = 5;

/// Reads the requirements of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        // What is parted by a semicolon is another statement.
        let ends = sentence.clone().filter(|&i| view.word(i) == ";").map(|i| i + 1).chain([sentence.end]);
        let mut start = sentence.start;
        for end in ends {
            for at in start..end {
                out.extend(version(context, view, &(start..end), at));
            }
            start = end;
        }
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
    let opens = |i: usize| i <= sentence.start + 2 && release::is_own(context, view.word(i));
    let other = sentence.clone().any(|i| {
        i != at
            && view.word(i).contains('.')
            && is_version(view.word(i))
            && !opens(i)
            && !is_of_another(view, lexicon, at, i, sentence.start)
    });
    // "This test requires a server of 7.0": needed by one thing at hand.
    let local = view.word(sentence.start).eq_ignore_ascii_case("this")
        && lexicon.is_in("setting-part", &lower(view.word(sentence.start + 1)));
    if other || local || at == sentence.start {
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
    // "PostgreSQL (13 or newer)", an item below "Requirements": nobody says it of anything but what is needed.
    let bracket = newer && view.word(at - 1) == "(";
    let demand = bracket
        || is_below_requirements(context, view)
        || (from.saturating_sub(GAP).max(sentence.start)..=from)
            .any(|i| phrase_before(lexicon, "version-needed", view.text, tokens, i).is_some())
        || (at..sentence.end.min(at + GAP + 3))
            .any(|i| phrase_at(lexicon, "version-needed", view.text, tokens, i).is_some());
    let least = (from.saturating_sub(GAP).max(sentence.start)..sentence.end.min(at + GAP + 2))
        .any(|i| phrase_at(lexicon, "version-least", view.text, tokens, i).is_some())
        && !sentence.clone().any(|i| matches!(view.word(i), "was" | "were"));
    // "needs functions of PostgreSQL 15, older databases are refused"
    let refused = older_refused(view, lexicon, at..sentence.end);
    let least = least || refused.is_some();
    if !(newer && demand || least) {
        return None;
    }
    // "or higher" is no change.
    let changed = |i: usize| {
        !(at..at + 4).contains(&i)
            && refused != Some(i)
            && !gives_reason(view, sentence, i)
            && phrase_at(lexicon, "setting-changed", view.text, tokens, i).is_some()
    };
    if sentence.clone().any(changed) || in_versioned_section(context, view) {
        return None;
    }
    let value = SettingValue::Version { major, minor };
    let found = Setting {
        only: only(view, lexicon, sentence.clone())
            .into_iter()
            // PostgreSQL is the thing itself here, no platform; the server is what is set up.
            .filter(|o| tool::canonical(lexicon, o) != name && o != "server" && o != "web")
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

/// Whether "since" opens a sentence, and so gives a reason and no time.
fn gives_reason(view: &BlockView<'_>, sentence: &Range<usize>, at: usize) -> bool {
    at == sentence.start && view.word(at) == "Since"
}

/// Where it is said that what is older does not do: "older databases are refused".
fn older_refused(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Option<usize> {
    let refused = |i: usize| phrase_at(lexicon, "version-refused", view.text, &view.layer.tokens, i).is_some();
    let older = |i: &usize| matches!(lower(view.word(*i)).as_str(), "older" | "earlier" | "lower");
    tokens.clone().filter(older).find(|&at| (at + 1..tokens.end.min(at + 4)).any(refused))
}

/// Whether two versions of one sentence are those of two tools: "PostgreSQL 13 or newer; Redis 6.2 or newer".
fn is_of_another(view: &BlockView<'_>, lexicon: &Lexicon, at: usize, other: usize, from: usize) -> bool {
    let tool = |i: usize| name(view, lexicon, i, from).map(|(name, _)| tool::canonical(lexicon, &name));
    tool(at).zip(tool(other)).is_some_and(|(a, b)| a != b)
}

/// Whether the nearest heading is that of the list of what is needed.
pub(super) fn is_below_requirements(context: &Context<'_>, view: &BlockView<'_>) -> bool {
    let Some(heading) = view.block.section.map(|id| context.view(id)) else { return false };
    let n = heading.layer.tokens.len();
    let item = matches!(view.block.kind, crate::document::BlockKind::Item { .. });
    item && (0..n).any(|i| {
        phrase_at(context.lexicon, "requirements-heading", heading.text, &heading.layer.tokens, i) == Some(n - i)
    })
}

/// Reads what tables and badges say is needed.
pub(super) fn listed(context: &Context<'_>, out: &mut Vec<Claim>) {
    for table in &context.document.tables {
        rows(context, table, out);
    }
    for (picture, shown) in badge::badges(context) {
        let label = shown.label.trim_start_matches("min ").trim_start_matches("minimum ").trim_end_matches(" version");
        let name = if label == "msrv" { Some("rust".into()) } else { tool::known(context.lexicon, label) };
        let (Some(name), Some(value)) =
            (name, least_of(context, &shown.message, label == "msrv" || label != shown.label))
        else {
            continue;
        };
        let wording = format_compact!("required {name}");
        let found = setting(SettingSort::Requirement, name, "least", value);
        out.push(badge::claim(context, picture, &shown, &wording, found));
    }
}

/// The version of a wording that says it is the least one: "14 or newer", ">= 18", "3.9+"; `least` when the head of
/// the column says so. One version and nothing else.
fn least_of(context: &Context<'_>, text: &str, least: bool) -> Option<SettingValue> {
    let folded = lower(text.trim());
    let marked = folded.starts_with(['≥', '^']) || folded.starts_with(">=");
    let bare = folded.trim_start_matches(['≥', '>', '=', '^', 'v', ' ']);
    let end = bare.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'x'))).unwrap_or(bare.len());
    let (number, rest) = bare.split_at(end);
    let rest = rest.trim();
    let newer = rest == "+" || is_phrase(context.lexicon, "version-newer", rest);
    let sound = (rest.is_empty() && (marked || least)) || newer;
    if sound { version_value(number) } else { None }
}

/// The rows of a table with components and the versions of them that are needed.
fn rows(context: &Context<'_>, table: &crate::document::Table, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    let is_head = |col: usize, set: &str| {
        heads.get(col).copied().flatten().map(|id| context.view(id)).is_some_and(|view| {
            phrase_at(lexicon, set, view.text, &view.layer.tokens, 0) == Some(view.layer.tokens.len())
        })
    };
    if !is_head(0, "component-head") {
        return;
    }
    let columns: Vec<usize> =
        (1..heads.len()).filter(|&c| is_head(c, "version-head") || is_head(c, "version-least-head")).collect();
    let [col] = columns[..] else { return };
    for row in table.rows.iter().skip(1) {
        let cell = |c: usize| row.get(c).copied().flatten().map(|id| context.view(id));
        let (Some(name), Some(cell)) = (cell(0), cell(col)) else { continue };
        let Some(value) = least_of(context, cell.text, is_head(col, "version-least-head")) else { continue };
        let tool = tool::canonical(lexicon, &lower(name.text.trim()));
        let found = setting(SettingSort::Requirement, tool, "least", value);
        let all = 0..cell.layer.tokens.len();
        let mut read = claim(context, &cell, all, &format_compact!("required {}", name.text.trim()), found);
        read.scope.cues.clear();
        out.push(read);
    }
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
            "version"
                | "release"
                | "compiler"
                | "kernel"
                | "runtime"
                | "is"
                | ":"
                | "≥"
                | ">"
                | "="
                | ">="
                | "("
                | ")"
                | "of"
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
pub(super) fn purpose(
    context: &Context<'_>,
    view: &BlockView<'_>,
    sentence: &Range<usize>,
    at: usize,
) -> Option<CompactString> {
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

/// The words of the title, which often is the name of the project.
pub(super) fn title_words(context: &Context<'_>) -> Vec<CompactString> {
    let title = context.document.title().map_or("", |b| b.text.string.as_str());
    title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(lower).collect()
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
