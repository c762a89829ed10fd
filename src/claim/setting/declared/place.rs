//! The places that describe something with a name: rows of tables, items and paragraphs that begin with the name,
//! headings that are one, lines of the help of a program.

use super::{Description, HELP, Stretch};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::setting::code::lines;
use crate::claim::setting::code_spans;
use crate::claim::{Context, Member};
use crate::document::{BlockId, BlockKind, Table};
use crate::lexicon::lower;
use compact_str::CompactString;
use std::ops::Range;

/// Most rows of a table that are read.
const ROWS: usize = 400;

/// Sources of lists, and of sections.
const LISTS: u32 = HELP << 1;
const SECTIONS: u32 = HELP << 2;

/// The source of all headers.
const HEADERS: u32 = HELP << 3;

/// Most blocks below a heading that tell of what it names.
const BELOW: usize = 4;

/// The name of something in code, and its bytes in a text: `store.sync`, `--jobs <N>`, `tags[]`.
pub(in crate::claim::setting) fn named(text: &str) -> Option<Range<usize>> {
    let begin = text.len() - text.trim_start().len();
    let rest = &text[begin..];
    let dashes = rest.len() - rest.trim_start_matches('-').len();
    let name = &rest[dashes..];
    let length =
        name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))).unwrap_or(name.len());
    let name = name[..length].trim_end_matches(['.', '-']);
    let ends = rest[dashes + name.len()..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '=' | '[' | '<' | ',' | ':' | '?' | '('));
    let plain = name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (plain && ends && dashes <= 2).then_some(begin..begin + dashes + name.len())
}

/// The rows of all tables whose first column holds names.
pub(super) fn in_tables<'a>(context: &Context<'a>) -> Vec<Description<'a>> {
    let mut out = Vec::new();
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, &mut out);
    }
    out
}

fn rows<'a>(context: &Context<'a>, index: u32, table: &Table, out: &mut Vec<Description<'a>>) {
    let Some(heads) = table.rows.first().filter(|_| table.head_rows == 1) else { return };
    let head = |col: usize| heads.get(col).copied().flatten().map(|id| context.view(id));
    let Some(first) = head(0) else { return };
    let known =
        phrase_at(context.lexicon, "setting-key", first.text, &first.layer.tokens, 0) == Some(first.layer.tokens.len());
    let body: Vec<&Vec<Option<BlockId>>> = table.rows.iter().skip(1).take(ROWS).collect();
    let cell = |row: &[Option<BlockId>]| row.first().copied().flatten().map(|id| context.view(id));
    let coded =
        |row: &&&Vec<Option<BlockId>>| cell(row).is_some_and(|v| !code_spans(&v).is_empty() && names(&v).len() == 1);
    if !known && (body.len() < 2 || body.iter().filter(coded).count() * 3 < body.len() * 2) {
        return;
    }
    let lowered = |col: usize| head(col).map_or_else(CompactString::default, |h| lower(h.text.trim()));
    for row in body {
        let Some(name) = cell(row) else { continue };
        for place in names(&name) {
            let texts = (1..row.len()).filter_map(|col| {
                let view = row[col].map(|id| context.view(id))?;
                Some(Stretch { view, bytes: 0..view.text.len(), head: lowered(col) })
            });
            out.push(Description {
                bare: name.text[place.clone()].trim_start_matches('-').into(),
                name: Member { at: name.block.text.span(place.clone()), text: name.text[place].into() },
                at: name.id,
                source: index,
                texts: texts.collect(),
            });
        }
    }
}

/// The names in a first cell: its code spans, else all of it.
fn names(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let spans: Vec<Range<usize>> = code_spans(view).into_iter().map(|tokens| view.layer.bytes(tokens)).collect();
    let whole = || std::iter::once(0..view.text.len()).collect();
    let parts: Vec<Range<usize>> = if spans.is_empty() { whole() } else { spans };
    parts
        .into_iter()
        .filter(|part| part.len() <= 80)
        .filter_map(|part| {
            let name = named(&view.text[part.clone()])?;
            Some(part.start + name.start..part.start + name.end)
        })
        .collect()
}

/// Items and paragraphs that begin with a name, and headings that are one.
pub(super) fn in_blocks<'a>(context: &Context<'a>) -> Vec<Description<'a>> {
    let mut out = Vec::new();
    for view in context.views() {
        if view.is_prose() {
            out.extend(headers(&view));
        }
        match view.block.kind {
            BlockKind::Item { list, .. } => out.extend(opening(&view, LISTS + list)),
            BlockKind::Paragraph => out.extend(opening(&view, SECTIONS + view.block.section.map_or(0, |id| id.0))),
            BlockKind::Heading(_) => out.extend(heading(context, &view)),
            _ => {}
        }
    }
    out
}

/// A block that begins with a name in code and goes on to tell of it: "`policy` – …", "`wal_level` : …".
fn opening<'a>(view: &BlockView<'a>, source: u32) -> Option<Description<'a>> {
    let span = code_spans(view).into_iter().next().filter(|s| s.start <= 1)?;
    let bytes = view.layer.bytes(span);
    let name = named(&view.text[bytes.clone()])?;
    // "`Depends: 3`" sets something and describes nothing.
    let argument = view.text[bytes.start + name.end..bytes.end].trim_start();
    if !argument.is_empty() && !argument.starts_with(['<', '[', '(', '{']) && !argument.starts_with("=<") {
        return None;
    }
    let after = view.text[bytes.end..].trim_start_matches(['`', '*', ' ', '"']);
    let told = after.starts_with([':', '–', '—', '-', '(', '=', '|']);
    if !told {
        return None;
    }
    let after = after.trim_start_matches([':', '–', '—', '-', '=', '|', ' ']);
    let at = bytes.start + name.start..bytes.start + name.end;
    Some(Description {
        bare: view.text[at.clone()].trim_start_matches('-').into(),
        name: Member { at: view.block.text.span(at.clone()), text: view.text[at].into() },
        at: view.id,
        source,
        texts: vec![Stretch {
            view: *view,
            bytes: view.text.len() - after.len()..view.text.len(),
            head: CompactString::default(),
        }],
    })
}

/// The headers that a text names: "send the header `X-Api-Key`".
fn headers<'a>(view: &BlockView<'a>) -> Vec<Description<'a>> {
    let is = |i: usize| matches!(lower(view.word(i)).as_str(), "header" | "headers");
    let mut out = Vec::new();
    for span in code_spans(view) {
        let bytes = view.layer.bytes(span.clone());
        let near = is(span.start.wrapping_sub(1)) || is(span.start.wrapping_sub(2)) || is(span.end) || is(span.end + 1);
        let Some(name) = named(&view.text[bytes.clone()]).filter(|name| near && name.len() == bytes.len()) else {
            continue;
        };
        let at = bytes.start + name.start..bytes.start + name.end;
        out.push(Description {
            bare: view.text[at.clone()].into(),
            name: Member { at: view.block.text.span(at.clone()), text: view.text[at].into() },
            at: view.id,
            source: HEADERS,
            texts: Vec::new(),
        });
    }
    out
}

/// A heading that is a name, with the paragraphs below it.
fn heading<'a>(context: &Context<'a>, view: &BlockView<'a>) -> Option<Description<'a>> {
    let place = named(view.text)?;
    let name = &view.text[place.clone()];
    let coded = code_spans(view).first().is_some_and(|s| view.layer.bytes(s.clone()).start <= place.start);
    let shaped = name.contains(['_', '.']) || name.starts_with("--");
    if !(coded || shaped) || view.text[place.end..].trim().contains(' ') {
        return None;
    }
    let below = (view.id.0 + 1..context.document.blocks.len() as u32)
        .map(|i| context.view(BlockId(i)))
        .take(BELOW)
        .take_while(|v| v.block.section == Some(view.id))
        .filter(BlockView::is_prose);
    let texts = below.map(|v| Stretch { view: v, bytes: 0..v.text.len(), head: CompactString::default() }).collect();
    Some(Description {
        bare: name.trim_start_matches('-').into(),
        name: Member { at: view.block.text.span(place.clone()), text: name.into() },
        at: view.id,
        // The headings of one section describe what belongs together.
        source: SECTIONS + view.block.section.map_or(0, |id| id.0),
        texts,
    })
}

/// The options that the help of a program explains, each with the place of its explanation.
pub(super) fn in_help(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for line in lines(text) {
        let shown = &text[line.clone()];
        let indent = shown.len() - shown.trim_start().len();
        if !shown.trim_start().starts_with('-') {
            // The explanation goes on below.
            if indent > 8
                && let Some(last) = out.last_mut()
            {
                last.1.end = line.end;
            }
            continue;
        }
        let Some(dashes) = shown.find("--") else { continue };
        let Some(name) = named(&shown[dashes..]) else { continue };
        let (start, end) = (line.start + dashes, line.start + dashes + name.end);
        let Some(gap) = text[end..line.end].find("  ") else { continue };
        out.push((start..end, end + gap..line.end));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{in_help, named};

    #[test]
    fn reads_names_without_their_arguments() {
        for (text, name) in
            [("store.sync", "store.sync"), ("--jobs <N>", "--jobs"), ("tags[]", "tags"), ("max_age=5", "max_age")]
        {
            assert_eq!(named(text).map(|r| &text[r]), Some(name), "{text}");
        }
        for text in ["a", "42", "/stations", "two words", "x/y", "POST"] {
            let found = named(text).map(|r| &text[r]);
            assert!(!matches!(found, Some("a" | "42" | "/stations" | "x/y")), "{text}: {found:?}");
        }
    }

    #[test]
    fn reads_the_help_of_a_program() {
        let text = "usage: x\n  -j, --jobs <N>   number of threads,\n                   1 to 8\n      --dry-run    nothing is done\n";
        let read: Vec<(&str, &str)> = in_help(text).into_iter().map(|(n, t)| (&text[n], text[t].trim())).collect();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].0, "--jobs");
        assert!(read[0].1.ends_with("1 to 8"));
    }
}
