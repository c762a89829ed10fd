//! What samples give: keys of configurations, fields of objects, headers of requests, options of commands.
//!
//! A sample is an example: its values need not be the defaults. What it may give, and by what name, is told where the
//! option is declared.

mod command;
mod counted;
mod http;
mod lines;
mod object;

use super::{claim_in_code, code_spans};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{Block, BlockId, BlockKind};
use compact_str::CompactString;
use std::ops::Range;

pub(super) use http::{Exchange, exchange};
pub(super) use lines::is_program;

/// Most pairs that are read in one document; more are data.
const PAIRS: usize = 3_000;

/// Longest value that is looked at.
const LONGEST: usize = 80;

/// A name and the value that a sample gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// What sort of name it is.
    pub sort: GivenSort,
    /// The names of the sections and objects around it, then its own, as written: `store`, `sync`.
    pub path: Vec<CompactString>,
    /// The words of the path, in lower case.
    pub words: Vec<CompactString>,
    /// How many of the words are those of its own name, the last ones.
    pub own: usize,
    /// The place of its own name.
    pub name: Member,
    /// The value without quotation marks; empty when more names stand in it.
    pub value: CompactString,
    /// Whether the value is in quotation marks.
    pub quoted: bool,
    /// The object or block that it stands in; names with one group stand side by side.
    pub group: u32,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// What sort of name a sample gives a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GivenSort {
    /// `sync = "batch"`
    Key,
    /// `"state": "reserved"`
    Field,
    /// `X-Api-Key: abc`
    Header,
    /// `--jobs 4`
    Flag,
    /// `APP_WORKERS=4`
    Variable,
}

impl GivenSort {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Field => "field",
            Self::Header => "header",
            Self::Flag => "flag",
            Self::Variable => "variable",
        }
    }
}

/// A name with its value, as places in a text.
struct Pair {
    sort: GivenSort,
    /// The names of the sections around it.
    around: Vec<Range<usize>>,
    name: Range<usize>,
    /// `None` when more names stand in it.
    value: Option<Range<usize>>,
    quoted: bool,
    /// The object that it stands in, counted in its text.
    object: u32,
}

/// Reads the samples of a document: its blocks of code, and what is set in code spans.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut groups = 0;
    let mut left = PAIRS;
    for (id, block) in context.document.iter() {
        if block.kind != BlockKind::Code {
            continue;
        }
        let pairs = pairs(&block.text.string);
        if pairs.len() > left || is_refused(context, id) {
            continue;
        }
        left -= pairs.len();
        counted::lists((id, block), &pairs, out);
        let objects = pairs.iter().map(|p| p.object + 1).max().unwrap_or(0);
        out.extend(pairs.iter().filter_map(|pair| in_block((id, block), pair, groups)));
        groups += objects;
    }
    for view in context.views() {
        if view.is_prose() || matches!(view.block.kind, BlockKind::Cell { .. }) {
            in_spans(context, &view, &mut groups, out);
        }
    }
}

/// The pairs of a text, whatever form it has.
fn pairs(text: &str) -> Vec<Pair> {
    let trimmed = text.trim_start();
    if http::is_exchange(trimmed) {
        http::pairs(text)
    } else if trimmed.starts_with(['{', '[']) && object::is_object(trimmed) {
        object::pairs(text, 0..text.len())
    } else {
        let mut found = command::pairs(text);
        if !lines::is_program(text) {
            found.extend(lines::pairs(text));
        }
        // A variable is read both as part of a command and as a line.
        found.sort_by_key(|pair| pair.name.start);
        found.dedup_by_key(|pair| pair.name.start);
        found
    }
}

/// The words of a path.
fn words_of(path: &[CompactString]) -> Vec<CompactString> {
    path.iter().flat_map(|name| super::code::words(name)).collect()
}

fn given(text: &str, pair: &Pair, name: Member, group: u32) -> Option<Given> {
    let mut path: Vec<CompactString> = pair.around.iter().map(|r| text[r.clone()].into()).collect();
    path.push(text[pair.name.clone()].trim_start_matches('-').into());
    let words = words_of(&path);
    let own = path.last().map_or(0, |name| super::code::words(name).len());
    let value = pair.value.clone().map_or("", |v| &text[v]);
    (!words.is_empty() && value.len() <= LONGEST).then(|| Given {
        sort: pair.sort,
        path,
        words,
        own,
        name,
        value: value.into(),
        quoted: pair.quoted,
        group,
        folder: CompactString::default(),
        edition: CompactString::default(),
    })
}

fn in_block((id, block): (BlockId, &Block), pair: &Pair, groups: u32) -> Option<Claim> {
    let text = &block.text.string;
    let name = Member { at: block.text.span(pair.name.clone()), text: text[pair.name.clone()].into() };
    let wording = name.text.clone();
    let found = given(text, pair, name, groups + pair.object)?;
    let at = pair.value.clone().filter(|v| !v.is_empty()).unwrap_or(pair.name.clone());
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    let value = Value::Given(Box::new(found));
    Some(claim_in_code((id, block), at, start..end, ClaimKind::Given, &wording, value))
}

/// What is set in the code spans of a block: "with `store.sync = "lazy"`".
fn in_spans(context: &Context<'_>, view: &BlockView<'_>, groups: &mut u32, out: &mut Vec<Claim>) {
    for span in code_spans(view) {
        let bytes = view.layer.bytes(span.clone());
        let text = &view.text[bytes.clone()];
        if !text.contains(['=', ':', ' ']) || text.len() > 4 * LONGEST || says(context, view, span.start) {
            continue;
        }
        let mut found = command::pairs(text);
        found.extend(lines::pairs(text));
        found.sort_by_key(|pair| pair.name.start);
        found.dedup_by_key(|pair| pair.name.start);
        for pair in &found {
            let place = |r: &Range<usize>| view.block.text.span(bytes.start + r.start..bytes.start + r.end);
            let name = Member { at: place(&pair.name), text: text[pair.name.clone()].into() };
            let Some(given) = given(text, pair, name, *groups) else { continue };
            let at = pair.value.clone().filter(|v| !v.is_empty()).unwrap_or(pair.name.clone());
            let wording = given.name.text.clone();
            let mut claim = view.claim(ClaimKind::Given, "sample", span.clone(), Value::Given(Box::new(given)));
            claim.at = place(&at);
            claim.text = text[at].into();
            claim.subject.wording = wording;
            out.push(claim);
        }
        *groups += u32::from(!found.is_empty());
    }
}

/// Whether the sentence around a token says that it is wrong, former or another program's.
fn says(context: &Context<'_>, view: &BlockView<'_>, at: usize) -> bool {
    let sentence = view.layer.sentence_of(at);
    ["sample-wrong", "identifier-changed", "setting-former"].iter().any(|set| {
        sentence.clone().any(|i| phrase_at(context.lexicon, set, view.text, &view.layer.tokens, i).is_some())
    })
}

/// Whether the paragraph that introduces a block of code, or the heading above it, says that it is wrong or former.
pub(super) fn is_refused(context: &Context<'_>, id: BlockId) -> bool {
    let before = (id.0 as usize).checked_sub(1).map(|i| context.view(BlockId(i as u32)));
    let heading = context.document.block(id).section.map(|id| context.view(id));
    let last = |view: &BlockView<'_>| view.layer.tokens.len().checked_sub(1);
    before.filter(BlockView::is_prose).is_some_and(|v| last(&v).is_some_and(|at| says(context, &v, at)))
        || heading.is_some_and(|v| last(&v).is_some_and(|at| says(context, &v, at)))
}
