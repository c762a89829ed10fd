//! In which version something came: a column "Since", "`touch` was added in version 1.2", "the TLS listener was
//! introduced in version 3.4", a row "3.5 | `listen.tls_port` added" of the history of a page.

use super::{Setting, SettingSort, SettingValue, claim, code_spans, declared, setting, words};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::version::{parts, version_at};
use crate::claim::{Claim, Context};
use crate::document::{BlockId, Table};
use crate::lexicon::lower;
use compact_str::CompactString;
use std::ops::Range;

/// Most rows of a table that are read.
const ROWS: usize = 400;

/// Tokens at the head of a heading among which the version of a release stands.
const HEAD: usize = 5;

/// Words of a command at most: the program, its command and one below that.
const COMMAND: usize = 3;

/// Words of a name that a sentence without it must have.
const SHARED: usize = 2;

/// Reads in which versions something came.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    for (index, table) in context.document.tables.iter().enumerate() {
        columns(context, index as u32, table, out);
        history(context, index as u32, table, out);
    }
    for view in context.views().filter(BlockView::is_prose) {
        for sentence in &view.layer.sentences {
            let told = in_sentence(context, &view, sentence, &out[before..]);
            out.extend(told);
        }
    }
}

fn since(name: &str, numbers: Vec<u32>, table: Option<u32>) -> Setting {
    told("since", name, numbers, table)
}

/// The version in which something happened to a name.
pub(super) fn told(slot: &str, name: &str, numbers: Vec<u32>, table: Option<u32>) -> Setting {
    let key: CompactString = super::code::words(name.trim_start_matches('-')).join(" ").into();
    Setting { table, ..setting(SettingSort::Option, key, slot, SettingValue::Release(numbers)) }
}

/// What may happen to a name: the slot, the set of heads of columns, and the set of words of a changelog.
const HAPPENS: &[(&str, &str, &str)] = &[
    ("since", "since-head", "since-came"),
    ("deprecated", "deprecated-head", "changelog-deprecated"),
    ("removed", "removed-head", "changelog-removed"),
];

/// Reads the entries of a changelog that begin with a name: "Deprecated: `open_raw`", `open_raw` below "Removed".
pub(super) fn in_changelog(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let headings = || context.document.headings(view.id).map(|(id, _)| context.view(id));
        let version = headings().find_map(|h| {
            let (numbers, tokens) = (0..h.layer.tokens.len().min(HEAD)).find_map(|i| version_at(&h, i))?;
            Some((numbers, h.wording(tokens)))
        });
        let (Some((numbers, release)), Some(span)) = (version, code_spans(&view).into_iter().next()) else { continue };
        let text = view.wording(span.clone());
        // `verify --sample` is a part of `verify`, which came earlier.
        let Some(name) = Some(text).filter(|t| is_name(t)) else { continue };
        let at = |view: &BlockView<'_>, set: &str| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, 0);
        let above = headings().next();
        let happens = HAPPENS.iter().find(|(_, _, set)| match at(&view, set) {
            // "Added: `name`", "Removed `name`"
            Some(n) => span.start <= n + 2,
            None => span.start <= 1 && above.as_ref().is_some_and(|h| at(h, set) == Some(h.layer.tokens.len())),
        });
        if let Some((slot, ..)) = happens {
            let mut read = claim(context, &view, span, name, told(slot, name, numbers.clone(), None));
            read.scope.cues.clear();
            read.text = release.into();
            out.push(read);
        }
    }
}

/// Whether a wording is the name of an option or key and no more, or a command with the program before it.
pub(super) fn is_name(text: &str) -> bool {
    let plain = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let command = || text.contains(' ') && text.split(' ').count() <= COMMAND && text.split(' ').all(plain);
    declared::named(text) == Some(0..text.len()) || command()
}

fn whole(context: &Context<'_>, id: BlockId, set: &str) -> bool {
    let view = context.view(id);
    phrase_at(context.lexicon, set, view.text, &view.layer.tokens, 0) == Some(view.layer.tokens.len())
}

/// A column that says since when the name in the first one is there.
fn columns(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    for (slot, set, _) in HAPPENS {
        if let Some(col) = (1..heads.len()).find(|&c| heads[c].is_some_and(|id| whole(context, id, set))) {
            column(context, (index, table), (slot, col), out);
        }
    }
}

/// The versions of one column.
fn column(context: &Context<'_>, (index, table): (u32, &Table), (slot, col): (&str, usize), out: &mut Vec<Claim>) {
    for row in table.rows.iter().skip(1).take(ROWS) {
        let cell = |c: usize| row.get(c).copied().flatten().map(|id| context.view(id));
        let (Some(name), Some(value)) = (cell(0), cell(col)) else { continue };
        let (Some(place), Some(numbers)) = (declared::named(name.text), parts(value.text.trim())) else { continue };
        let name = &name.text[place];
        let all = 0..value.layer.tokens.len();
        let mut read = claim(context, &value, all, name, told(slot, name, numbers, Some(index)));
        read.scope.cues.clear();
        out.push(read);
    }
}

/// A table of versions with what came with them: "3.5 | `listen.tls_port` added".
fn history(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
        let cell = |c: usize| row.get(c).copied().flatten().map(|id| context.view(id));
        let Some(numbers) = cell(0).and_then(|v| parts(v.text.trim())) else { continue };
        for view in (1..row.len()).filter_map(cell) {
            let spans = code_spans(&view);
            let ([span], all) = (spans.as_slice(), 0..view.layer.tokens.len()) else { continue };
            let text = view.wording(span.clone());
            let came = all
                .clone()
                .any(|i| phrase_at(context.lexicon, "since-came", view.text, &view.layer.tokens, i).is_some());
            // "`oidc` added to `auth.method`" tells of a value.
            if !came || all.end > span.end + 3 || declared::named(text) != Some(0..text.len()) {
                continue;
            }
            let mut read = claim(context, &view, all, text, since(text, numbers.clone(), Some(index)));
            read.scope.cues.clear();
            out.push(read);
        }
    }
}

/// "The method `touch` was added in version 1.2": one name, or the words of one, and one version.
fn in_sentence(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, known: &[Claim]) -> Option<Claim> {
    let end = sentence.clone().find(|&i| view.word(i) == ";").unwrap_or(sentence.end);
    let part = sentence.start..end;
    let at = |set: &str, i: usize| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i);
    let (cue, length) = part.clone().find_map(|i| at("since-cue", i).map(|n| (i, n)))?;
    let numbers: Vec<(Vec<u32>, Range<usize>)> = part.clone().filter_map(|i| version_at(view, i)).collect();
    let [(version, tokens)] = numbers.as_slice() else { return None };
    let near = tokens.start >= cue + length && tokens.start <= cue + length + 2;
    let changed = part.clone().any(|i| at("since-not", i).is_some());
    if !near || changed {
        return None;
    }
    let spans: Vec<Range<usize>> =
        code_spans(view).into_iter().filter(|s| s.start < cue && part.contains(&s.start)).collect();
    let name: CompactString = match spans.as_slice() {
        [span] => {
            let text = view.wording(span.clone());
            text[declared::named(text)?].into()
        }
        [] => worded(context, view, part.start..cue, known)?,
        _ => return None,
    };
    let mut read = claim(context, view, tokens.clone(), &name, since(&name, version.clone(), None));
    read.scope.cues.clear();
    Some(read)
}

/// The one thing with a version that a sentence names by its words: "the TLS listener" → `listen.tls_port`.
fn worded(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>, known: &[Claim]) -> Option<CompactString> {
    let said = words::content(context.lexicon, &lower(view.wording(tokens)));
    let fits = |claim: &&Claim| {
        let name = super::code::words(&claim.subject.wording);
        said.len() >= SHARED && words::shared(&said, &name) == said.len()
    };
    let mut found = known.iter().filter(fits).map(|c| c.subject.wording.clone());
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
