//! What exit codes, status codes and error codes mean: in a table or list of them, and in sentences ("ends with exit
//! code 3 when the folder cannot be written").

use super::{Setting, SettingSort, SettingValue, claim, setting, words};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context, Value};
use crate::document::{BlockKind, Table};
use crate::lexicon::{Lexicon, Phrase, same_word};
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most rows of a table of codes.
const ROWS: usize = 200;

/// Most content words of a sentence that says what one code means; longer ones tell of more.
const LONGEST: usize = 24;

/// What the names of the sets begin with that hold the words for one sort of failure.
const FAILURES: &str = "code-akin.";

/// A code in a sentence; the group `exit` tells codes that a program ends with from the others.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:(?P<exit>exit(?:s|ed)?(?:\s+with)?(?:\s+an?|\s+the)?(?:\s+exit)?(?:\s+code|\s+status)?|(?:return|exit)\s+(?:code|status)|(?:ends?|terminates?|quits?|stops?)(?:\s+\w+){0,2}\s+with(?:\s+an?|\s+the)?(?:\s+exit)?(?:\s+code|\s+status)?)|(?:(?:http|error|status)\s+)?(?:status|code)(?:\s+code)?|http|(?:answers?|responds?|replies|fails?|rejected|refused|answered)(?:\s+\w+){0,2}?\s+with(?:\s+an?|\s+the)?(?:\s+http)?(?:\s+error|\s+status)?(?:\s+code)?|(?:returns?|gives?)(?:\s+an?|\s+the)?(?:\s+http)?(?:\s+error|\s+status)?(?:\s+code)?)\s+(?P<code>\d{1,3})\b",
    )
    .expect("the pattern is fixed and compiles")
});

/// A further code in the sentence: ", 20 if the archive is damaged", "and with 2 when".
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:,|;|\band|\bor)\s+(?:and\s+)?(?:with\s+)?(?:(?:an?|the)\s+)?(?:exit\s+)?(?:code\s+|status\s+)?(?P<code>\d{1,3})\s+(?:if|when|for|on|after|because)\b")
        .expect("the pattern is fixed and compiles")
});

/// Reads the codes of a document and their meanings.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, out);
    }
    for view in context.views() {
        if !view.is_prose() {
            continue;
        }
        if let Some(item) = item(context, &view) {
            out.push(item);
            continue;
        }
        for sentence in &view.layer.sentences {
            in_sentence(context, &view, sentence, out);
        }
    }
}

/// A code with the words of its meaning.
fn code(family: &str, number: u32, table: Option<u32>) -> Setting {
    let value = SettingValue::Word(format_compact!("{number}"));
    Setting { table, ..setting(SettingSort::Code, family.into(), "", value) }
}

/// A code that a program ends with, as a script tests it.
pub(super) fn exit_code(number: u32) -> Setting {
    code("exit", number, None)
}

/// Keeps the sorts of failure that are told of a code.
pub(super) fn add_failures(claim: &mut Claim, lexicon: &Lexicon, text: &str) {
    if let Value::Setting(setting) = &mut claim.value
        && setting.sort == SettingSort::Code
    {
        setting.failures = failures(lexicon, text);
    }
}

/// A whole number of three digits at most, and nothing else.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn has(context: &Context<'_>, view: &BlockView<'_>, set: &str, tokens: Range<usize>) -> bool {
    tokens.into_iter().any(|i| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some())
}

/// `exit`, `status` or `code`, by the words of a head and a heading and by the numbers.
fn family(context: &Context<'_>, view: &BlockView<'_>, numbers: &[u32]) -> &'static str {
    let all = |view: &BlockView<'_>| 0..view.layer.tokens.len();
    let heading = view.block.section.map(|id| context.view(id));
    let exit =
        has(context, view, "code-exit", all(view)) || heading.is_some_and(|h| has(context, &h, "code-exit", all(&h)));
    match () {
        () if exit => "exit",
        () if numbers.iter().all(|n| (100..=599).contains(n)) => "status",
        () => "code",
    }
}

/// The rows of a table whose first column holds codes.
fn rows(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let head = table.rows.first().filter(|_| table.head_rows == 1).and_then(|row| row.first().copied().flatten());
    let Some(head) = head.map(|id| context.view(id)) else { return };
    if phrase_at(context.lexicon, "code-head", head.text, &head.layer.tokens, 0) != Some(head.layer.tokens.len()) {
        return;
    }
    let cell = |row: &[Option<crate::document::BlockId>], col: usize| {
        row.get(col).copied().flatten().map(|id| context.view(id))
    };
    let coded: Vec<_> = table
        .rows
        .iter()
        .skip(1)
        .take(ROWS)
        .filter_map(|row| Some((cell(row, 0)?, number(cell(row, 0)?.text)?, row)))
        .collect();
    let numbers: Vec<u32> = coded.iter().map(|(_, n, _)| *n).collect();
    let family = family(context, &head, &numbers);
    for (view, number, row) in coded {
        let text: Vec<&str> = (1..row.len()).filter_map(|col| cell(row, col)).map(|view| view.text).collect();
        let mut read =
            claim(context, &view, 0..view.layer.tokens.len(), name(family), code(family, number, Some(index)));
        let text = text.join(" ");
        read.subject.modifiers = meaning(context, &text);
        add_failures(&mut read, context.lexicon, &text);
        read.scope.cues.clear();
        if !read.subject.modifiers.is_empty() {
            out.push(read);
        }
    }
}

fn name(family: &str) -> &'static str {
    match family {
        "exit" => "exit code",
        "status" => "status code",
        _ => "code",
    }
}

/// The words that say what a code means.
pub(super) fn meaning(context: &Context<'_>, text: &str) -> Vec<CompactString> {
    let mut words = words::content(context.lexicon, text);
    words.retain(|w| !context.lexicon.is_in("code-plain", w));
    words
}

/// The sorts of failure that a text speaks of, by the names of their sets: "no room left" is `full`.
pub(super) fn failures(lexicon: &Lexicon, text: &str) -> Vec<CompactString> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let mut out: Vec<CompactString> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(id) = lexicon.words.find(word) else { continue };
        let follows = |p: &&Phrase| {
            words.len() > i + p.rest.len() && p.rest.iter().zip(&words[i + 1..]).all(|(a, b)| same_word(b, a))
        };
        let sorts =
            lexicon.phrases(id).iter().filter(follows).filter_map(|p| lexicon.set_name(p).strip_prefix(FAILURES));
        out.extend(sorts.map(CompactString::from));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// "`3`: the folder cannot be written", below a heading that announces codes.
fn item(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let section = view.block.section?;
    // A list of definitions is read as paragraphs.
    let list = match view.block.kind {
        BlockKind::Item { list, .. } => list,
        BlockKind::Paragraph => DEFINITIONS + section.0,
        _ => return None,
    };
    let heading = context.view(section);
    let announced =
        ["code-exit", "code-heading"].iter().any(|set| has(context, &heading, set, 0..heading.layer.tokens.len()));
    let number = number(view.word(0))?;
    if !announced || !matches!(view.word(1), ":" | "–" | "—" | "-" | "=") {
        return None;
    }
    let family = family(context, view, &[number]);
    let mut read = claim(context, view, 0..1, name(family), code(family, number, Some(LISTS + list)));
    let text = view.wording(2..view.layer.tokens.len().max(2));
    read.subject.modifiers = meaning(context, text);
    add_failures(&mut read, context.lexicon, text);
    read.scope.cues.clear();
    (!read.subject.modifiers.is_empty()).then_some(read)
}

/// Lists of codes are numbered behind all tables, and definitions behind all lists.
const LISTS: u32 = 1 << 30;
const DEFINITIONS: u32 = 1 << 29;

/// Whether a sentence tells of another version; "since nothing answers" gives a reason.
fn is_changed(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> bool {
    let reason = |i: usize| {
        let next = view.word(i + 1);
        let version = next.starts_with(|c: char| c.is_ascii_digit()) || matches!(next, "v" | "version" | "release");
        matches!(view.word(i), "since" | "Since") && !version
    };
    sentence.clone().any(|i| !reason(i) && has(context, view, "setting-changed", i..i + 1))
}

/// The codes of a sentence, each with what it is given for.
fn in_sentence(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, out: &mut Vec<Claim>) {
    if sentence.is_empty() || is_changed(context, view, sentence) {
        return;
    }
    let bytes = view.layer.bytes(sentence.clone());
    let text = &view.text[bytes.clone()];
    let mut found = CODE.captures_iter(text);
    let (Some(one), None) = (found.next(), found.next()) else { return };
    let (Some(whole), Some(at)) = (one.get(0), one.name("code")) else { return };
    let after = text[at.end()..].trim_start();
    // "429 Too Many Requests": a code with its registered name.
    let named = after.starts_with(|c: char| c.is_uppercase());
    let counted = named
        || text[at.end()..].starts_with(['.', ',']) && after[1..].starts_with(|c: char| c.is_ascii_digit())
        || after.starts_with('%');
    // "with 12 if …, 20 if …": each has the words up to the next.
    let more: Vec<regex::Match<'_>> = NEXT.captures_iter(&text[at.end()..]).filter_map(|c| c.name("code")).collect();
    let numbers = sentence.clone().filter(|&i| view.word(i).bytes().all(|b| b.is_ascii_digit())).count();
    // Another number may be another code, or count something.
    if counted || numbers != 1 + more.len() {
        return;
    }
    let mut places: Vec<Range<usize>> = vec![at.range()];
    places.extend(more.iter().map(|m| at.end() + m.start()..at.end() + m.end()));
    for (n, place) in places.iter().enumerate() {
        let end = places.get(n + 1).map_or(text.len(), |next| next.start);
        let before = if places.len() == 1 { &text[..whole.start()] } else { "" };
        let said = format!("{before} {}", &text[place.end..end]);
        let at = bytes.start + place.start..bytes.start + place.end;
        out.extend(meant(context, view, at, one.name("exit").is_some(), &said));
    }
}

/// The claim that the code at a range of bytes means what is said.
fn meant(context: &Context<'_>, view: &BlockView<'_>, at: Range<usize>, exit: bool, said: &str) -> Option<Claim> {
    let number: u32 = view.text[at.clone()].parse().ok()?;
    let family = match exit {
        true => "exit",
        false if (100..=599).contains(&number) => "status",
        false => "code",
    };
    let title = super::requirement::title_words(context);
    let mut modifiers = meaning(context, said);
    modifiers.retain(|w| !title.contains(w));
    // "The answer is 410" below a heading that says when.
    let said_above = view.block.section.is_some();
    if modifiers.is_empty() && !said_above || modifiers.len() > LONGEST {
        return None;
    }
    let first = view.layer.tokens.partition_point(|t| (t.end as usize) <= at.start);
    let mut read = claim(context, view, first..first + 1, name(family), code(family, number, None));
    read.subject.modifiers = modifiers;
    add_failures(&mut read, context.lexicon, said);
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::CODE;

    #[test]
    fn reads_codes_in_sentences() {
        for (text, code, exit) in [
            ("Exit code 2 means that it failed.", "2", true),
            ("the program ends with exit code 3", "3", true),
            ("it exits with 4 when", "4", true),
            ("the server answers with 400 and names it", "400", false),
            ("gets status 429", "429", false),
            ("fails with error code 17", "17", false),
        ] {
            let found = CODE.captures(text).expect("a code is read");
            assert_eq!((&found["code"], found.name("exit").is_some()), (code, exit), "{text}");
        }
        assert!(CODE.captures("it returns in 5 seconds").is_none());
    }
}
