//! What the endpoints of an interface answer with: the status in a table of endpoints, in a sentence, and in a sample
//! of request and answer; and the status that an error code goes with.

use super::sample::{Exchange, exchange};
use super::{Setting, SettingSort, SettingValue, claim, claim_in_code, code_spans, setting};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind, Table};
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most rows of a table that are read.
const ROWS: usize = 200;

/// Blocks that may stand between a request and its answer: "The answer:".
const BETWEEN: u32 = 3;

/// `POST /v2/reservations`
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD)\s+(?P<path>/\S*)$")
        .expect("the pattern is fixed and compiles")
});

/// `"code": "E-14"`, `"error": "not_found"`
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""(?:code|error|error_code|errorCode|type)"\s*:\s*"(?P<code>[A-Za-z][\w.-]+)""#)
        .expect("the pattern is fixed and compiles")
});

/// Reads what endpoints answer with.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, out);
    }
    for view in context.views().filter(BlockView::is_prose) {
        in_prose(context, &view, out);
    }
    samples(context, out);
    // What is told of an endpoint once is compared with nothing.
    if out.len() < before + 2 {
        out.truncate(before);
    }
}

/// A path with what stands for a part of it left open, the version and the query left out: `/v2/orders/42?x=1` →
/// `/orders/{}`.
fn plain(path: &str) -> CompactString {
    let path =
        path.find("://").map_or(path, |at| path[at + 3..].find('/').map_or("/", |slash| &path[at + 3 + slash..]));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let version = |part: &str| {
        part == "api" || part.len() < 4 && part.starts_with('v') && part[1..].bytes().all(|b| b.is_ascii_digit())
    };
    let open = |part: &str| {
        part.starts_with([':', '{', '<']) || part.contains(|c: char| c.is_ascii_digit()) || part.contains('…')
    };
    let parts = path.split('/').filter(|p| !p.is_empty()).skip_while(|p| version(p));
    parts.fold(CompactString::default(), |all, part| format_compact!("{all}/{}", if open(part) { "{}" } else { part }))
}

fn answer(key: CompactString, status: &str, table: Option<u32>) -> Setting {
    let value = SettingValue::Word(status.into());
    Setting { table, ..setting(SettingSort::Endpoint, key, "", value) }
}

/// A status in full, of success or of failure.
fn status(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches('`');
    let number = text.split_whitespace().next()?;
    (number.len() == 3 && number.starts_with(['2', '3', '4', '5']) && number.bytes().all(|b| b.is_ascii_digit()))
        .then_some(number)
}

/// Tables of endpoints, or of error codes, with a column of statuses.
fn rows(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    let is = |col: usize, set: &str| {
        let head = heads.get(col).copied().flatten().map(|id| context.view(id));
        head.is_some_and(|h| phrase_at(context.lexicon, set, h.text, &h.layer.tokens, 0) == Some(h.layer.tokens.len()))
    };
    let column = |set: &str| (0..heads.len()).find(|&col| is(col, set));
    let Some(answered) = column("endpoint-status") else { return };
    let (method, path) = (column("endpoint-method"), column("endpoint-path"));
    for row in table.rows.iter().skip(1).take(ROWS) {
        let cell = |col: usize| row.get(col).copied().flatten().map(|id| context.view(id));
        let text = |col: Option<usize>| col.and_then(cell).map_or("", |v| v.text.trim());
        let Some(view) = cell(answered) else { continue };
        let Some(number) = status(view.text) else { continue };
        let called = match (method, path) {
            (Some(m), Some(p)) => format!("{} {}", text(Some(m)), text(Some(p))),
            (_, Some(p)) => text(Some(p)).to_owned(),
            _ => String::new(),
        };
        let key = match CALL.captures(called.trim()) {
            Some(found) => format_compact!("{} {}", &found["method"], plain(&found["path"])),
            None if path.is_none() && answered > 0 && is_code(text(Some(0))) => {
                format_compact!("code {}", lower(text(Some(0))))
            }
            None => continue,
        };
        let wording = if key.starts_with("code ") { text(Some(0)).to_owned() } else { called };
        let all = 0..view.layer.tokens.len();
        let mut read = claim(context, &view, all, &wording, answer(key, number, Some(index)));
        read.scope.cues.clear();
        out.push(read);
    }
}

/// Whether a text is an error code: `bad_credentials`, `E-14`.
fn is_code(text: &str) -> bool {
    let text = text.trim_matches('`');
    text.len() > 2
        && text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && text.contains(|c: char| matches!(c, '_' | '-' | '.') || c.is_ascii_digit() || c.is_uppercase())
}

/// "`POST /orders` returns 201": one call and one status of success in a sentence.
fn in_prose(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        let spans = code_spans(view);
        let calls: Vec<regex::Captures<'_>> = spans
            .iter()
            .filter(|s| sentence.contains(&s.start))
            .filter_map(|s| CALL.captures(view.wording(s.clone())))
            .collect();
        let statuses: Vec<usize> = sentence.clone().filter(|&i| status(view.word(i)).is_some()).collect();
        let ([call], [at]) = (calls.as_slice(), statuses.as_slice()) else { continue };
        let answers = at.checked_sub(1).is_some_and(|_| {
            (sentence.start..*at)
                .any(|i| phrase_at(context.lexicon, "endpoint-answers", view.text, &view.layer.tokens, i).is_some())
        });
        let depends = sentence.clone().any(|i| {
            ["setting-if", "setting-changed"]
                .iter()
                .any(|set| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some())
        });
        if !answers || depends || !view.word(*at).starts_with('2') {
            continue;
        }
        let key = format_compact!("{} {}", &call["method"], plain(&call["path"]));
        let wording = format!("{} {}", &call["method"], &call["path"]);
        out.push(claim(context, view, *at..at + 1, &wording, answer(key, view.word(*at), None)));
    }
}

/// Requests with the answers that follow them, in the same block of code or in the next one.
fn samples(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut asked: Option<(BlockId, CompactString, String)> = None;
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        let text = &block.text.string;
        for one in exchange(text) {
            match one {
                Exchange::Request(method, path) => {
                    let (method, path) = (&text[method], &text[path]);
                    asked = Some((id, format_compact!("{method} {}", plain(path)), format!("{method} {path}")));
                }
                Exchange::Answer(at) => {
                    out.extend(failed(block, id, at.clone()));
                    let Some((from, key, wording)) = asked.take() else { continue };
                    if id.0 - from.0 <= BETWEEN && text[at.clone()].starts_with('2') {
                        out.push(answered((id, block), at, key, &wording));
                    }
                }
            }
        }
    }
}

fn answered(block: (BlockId, &Block), at: Range<usize>, key: CompactString, wording: &str) -> Claim {
    let text = &block.1.text.string;
    let value = Value::Setting(Box::new(answer(key, &text[at.clone()], None)));
    let line =
        text[..at.start].rfind('\n').map_or(0, |n| n + 1)..text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    claim_in_code(block, at, line, ClaimKind::Setting, wording, value)
}

/// The status of an answer that carries an error code.
fn failed(block: &Block, id: BlockId, at: Range<usize>) -> Option<Claim> {
    let text = &block.text.string;
    let code = ERROR.captures(&text[at.end..])?.name("code")?.as_str();
    let failure = text[at.clone()].starts_with(['4', '5']) && is_code(code);
    failure.then(|| answered((id, block), at, format_compact!("code {}", lower(code)), code))
}

#[cfg(test)]
mod tests {
    use super::{is_code, plain};

    #[test]
    fn reads_paths_without_what_changes_from_call_to_call() {
        for (path, expected) in [
            ("/v2/reservations", "/reservations"),
            ("/reservations/{id}", "/reservations/{}"),
            ("/v1/reservations/rsv_7Hq2?limit=3", "/reservations/{}"),
            ("https://api.bay.example/v2/lockers/:id/doors", "/lockers/{}/doors"),
        ] {
            assert_eq!(plain(path), expected, "{path}");
        }
    }

    #[test]
    fn reads_error_codes() {
        assert!(is_code("bad_credentials") && is_code("E-14") && !is_code("wrong") && !is_code("401"));
    }
}
