//! The licence of a project: "licensed under either of MIT or Apache-2.0", a label or field "License: MIT", a badge,
//! the section of that name, the manifest of a package.
//!
//! Sources: the names of the SPDX list, and the other names that the same licences go by.

use super::{Setting, SettingSort, SettingValue, badge, claim, claim_in_code, setting};
use crate::annotate::{phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most words of a section that names a licence and says no more.
const BRIEF: usize = 12;

/// Most tokens between "under" and the name of the licence.
const GAP: usize = 4;

/// Blocks at the head of a document that may hold its fields in a block of code.
const HEAD: u32 = 3;

/// `license = "MIT"`, `"license": "MIT OR Apache-2.0"`
static IN_MANIFEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\s*["']?licen[cs]e["']?\s*[:=]\s*["'](?P<value>[A-Za-z0-9 .+()/-]+)["']\s*,?\s*$"#)
        .expect("the pattern is fixed and compiles")
});

/// `License: BSD-3-Clause`, in the fields that some proposals begin with.
static IN_PREAMBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*Licen[cs]e:\s+(?P<value>[A-Za-z0-9 .+()/-]+?)\s*$").expect("the pattern is fixed and compiles")
});

/// Reads the licences of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for field in context.document.fields.iter().filter(|f| matches!(f.key.as_str(), "license" | "licence")) {
        let view = context.view(field.block);
        out.extend(whole(context, &view, 0..view.layer.tokens.len()));
    }
    for view in context.views().filter(BlockView::is_prose) {
        let before = out.len();
        for sentence in &view.layer.sentences {
            out.extend(in_sentence(context, &view, sentence));
        }
        if out.len() == before {
            out.extend(labelled(context, &view).or_else(|| in_section(context, &view)));
        }
    }
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        for line in super::code::lines(&block.text.string) {
            out.extend(in_code(context.lexicon, (id, block), line));
        }
    }
    for (picture, shown) in badge::badges(context) {
        let label = matches!(shown.label.as_str(), "license" | "licence");
        if let Some(names) = listed(context.lexicon, &shown.message).filter(|_| label) {
            out.push(badge::claim(context, picture, &shown, "the licence", project(names, "project")));
        }
    }
}

fn project(names: Vec<CompactString>, slot: &str) -> Setting {
    setting(SettingSort::Licence, "licence".into(), slot, SettingValue::Set(names))
}

/// The licences that a stretch names, as families, and the tokens from the first to the last.
fn named(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Option<(Vec<CompactString>, Range<usize>)> {
    let mut found: Vec<CompactString> = Vec::new();
    let (mut first, mut last) = (usize::MAX, 0);
    let mut i = tokens.start;
    while i < tokens.end {
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
    found.sort();
    (!found.is_empty()).then_some((found, first..last))
}

/// "licensed under either of MIT or Apache-2.0", "is under the MIT licence".
fn in_sentence(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let has =
        |set: &str, range: Range<usize>| range.clone().any(|i| phrase_at(lexicon, set, view.text, tokens, i).is_some());
    let cue = sentence.clone().find(|&i| {
        phrase_at(lexicon, "licence-under", view.text, tokens, i).is_some()
            || lower(view.word(i)) == "under"
                && (i + 1..sentence.end.min(i + 1 + GAP)).any(|n| licence_at(view, lexicon, n).is_some())
    })?;
    // "under the Apache-2.0 licence of the project": what is said of other things is said of it too.
    let told = has("licence-of-project", cue..sentence.end);
    if !told && has("licence-other", sentence.clone()) || has("licence-former", sentence.clone()) {
        return None;
    }
    let (found, at) = named(view, lexicon, cue..sentence.end)?;
    let slot = if told || is_of_project(context, view, sentence.start..cue) { "project" } else { "" };
    let mut read = claim(context, view, at, "the licence", project(found, slot));
    read.scope.cues.clear();
    Some(read)
}

/// Whether the words before "is licensed under" name the project, or nothing: "this library", "Quillet".
fn is_of_project(context: &Context<'_>, view: &BlockView<'_>, subject: Range<usize>) -> bool {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let title = super::requirement::title_words(context);
    let is = |set: &str, i: usize| phrase_at(lexicon, set, view.text, tokens, i).is_some();
    subject.len() <= 6
        && subject.clone().all(|i| {
            tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CLOSED))
                || is("setting-purpose", i)
                || is("licence-subject", i)
                || title.iter().any(|w| *w == lower(view.word(i)))
        })
}

/// A part of a block that names a licence and says no more.
fn whole(context: &Context<'_>, view: &BlockView<'_>, part: Range<usize>) -> Option<Claim> {
    let lexicon = context.lexicon;
    let tokens = &view.layer.tokens;
    let (found, at) = named(view, lexicon, part.clone())?;
    let other = |i: usize| {
        ["licence-other", "licence-former", "licence-parts"]
            .iter()
            .any(|set| phrase_at(lexicon, set, view.text, tokens, i).is_some())
    };
    if part.len() > BRIEF || part.clone().any(other) {
        return None;
    }
    let mut read = claim(context, view, at, "the licence", project(found, "project"));
    read.scope.cues.clear();
    Some(read)
}

/// "**License:** MIT", an item or line of the project's data; "Version 2.3 · Licence: MIT", one of several.
fn labelled(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let tokens = view.layer.tokens.len();
    let parts = |i: &usize| *i == 0 || matches!(view.word(i - 1), "·" | "|" | "•" | "—" | "–" | ";");
    let is = |i: &usize| matches!(lower(view.word(*i)).as_str(), "license" | "licence") && view.word(i + 1) == ":";
    let at = (0..tokens).filter(parts).find(is)?;
    let end = (at + 2..tokens).find(|i| parts(i)).map_or(tokens, |i| i - 1);
    whole(context, view, at + 2..end)
}

/// The first words below the heading "License": "MIT © 2021 Dora Marsh".
fn in_section(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let heading = view.block.section.map(|id| context.view(id))?;
    let named = matches!(lower(heading.text.trim()).as_str(), "license" | "licence" | "licensing");
    // A list names the licences of several things.
    let first = view.block.kind == BlockKind::Paragraph && view.id.0 == heading.id.0 + 1;
    (named && first).then(|| whole(context, view, 0..view.layer.tokens.len())).flatten()
}

/// The licence that a manifest, or the fields at the head of a document, name.
fn in_code(lexicon: &Lexicon, block: (BlockId, &Block), line: Range<usize>) -> Option<Claim> {
    let text = &block.1.text.string[line.clone()];
    let head = block.0.0 < HEAD && block.1.section.is_none();
    let found = IN_MANIFEST.captures(text).or_else(|| IN_PREAMBLE.captures(text).filter(|_| head))?;
    let value = found.name("value")?;
    let names = listed(lexicon, value.as_str())?;
    let at = line.start + value.start()..line.start + value.end();
    let value = Value::Setting(Box::new(project(names, "project")));
    Some(claim_in_code(block, at, line, ClaimKind::Setting, "the licence", value))
}

/// The licences of an expression of SPDX: `MIT OR Apache-2.0`.
fn listed(lexicon: &Lexicon, expression: &str) -> Option<Vec<CompactString>> {
    let mut names: Vec<CompactString> = Vec::new();
    for part in expression.split([' ', '/', '(', ')']).filter(|p| !p.is_empty() && *p != "OR" && *p != "AND") {
        names.push(licence_family(lexicon, part)?);
    }
    names.sort();
    names.dedup();
    (!names.is_empty()).then_some(names)
}

/// The licence named at a token, as its SPDX family: "Apache License 2.0" and "Apache-2.0" are one.
fn licence_at(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<(CompactString, usize)> {
    let tokens = &view.layer.tokens;
    let n = phrase_at(lexicon, "licence-name", view.text, tokens, at)?;
    let around = view.wording(at..(at + n + 3).min(tokens.len()));
    let name = family(&lower(view.word(at)), around);
    // "the 3-clause BSD licence", "the simplified BSD licence"
    if name == "bsd-" {
        let clauses = ["2", "3", "4"]
            .into_iter()
            .find(|n| phrase_before(lexicon, &format!("bsd-{n}"), view.text, tokens, at).is_some());
        return Some((format_compact!("bsd-{}", clauses.unwrap_or_default()), n));
    }
    Some((name, n))
}

/// The family of a licence by its SPDX name, when it is one that is known: `Apache-2.0` → apache.
fn licence_family(lexicon: &Lexicon, name: &str) -> Option<CompactString> {
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
        // A year is no number of a licence.
        format_compact!("{stem}-{}", number.filter(|n| n.len() == 1).unwrap_or_default())
    } else {
        stem.into()
    }
}
