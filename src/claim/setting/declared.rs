//! Where options, fields and variables are described: rows of tables, items, headings with their text, the help of a
//! program; and what their values may be.

mod bound;
mod place;

pub(super) use place::named;

use super::claim_in_code;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::lower;
use crate::value::Decimal;
use compact_str::CompactString;
use std::ops::Range;

/// Most names that are read in one document.
const NAMES: usize = 2_000;

/// An option, field or variable that is described.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// Its name with those of the sections that it is written with, in lower case, in words: `store`, `sync`.
    pub words: Vec<CompactString>,
    /// Its name as written, marks of options left out: `store.sync`.
    pub name: CompactString,
    /// The words of the headings above, in lower case.
    pub above: Vec<CompactString>,
    /// The table, list or section that it is described in; names with one source are described together.
    pub source: u32,
    /// What its values may be.
    pub bounds: Vec<Bound>,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// What the values of something may be, and where it is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// What is said.
    pub limit: Limit,
    /// Its place and wording.
    pub at: Member,
}

/// What values may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Limit {
    /// One of some words.
    OneOf(Vec<CompactString>),
    /// A number between two.
    Between(Option<Decimal>, Option<Decimal>),
    /// A number of characters: least, most, and whether they are digits or letters, empty for any.
    Length(u32, u32, CompactString),
    /// `boolean` or `integer`.
    Type(CompactString),
}

/// Something that may be described: its name and the texts that describe it.
struct Description<'a> {
    name: Member,
    /// The name without marks and arguments.
    bare: CompactString,
    at: BlockId,
    source: u32,
    /// Stretches of text, each with what its column is called.
    texts: Vec<Stretch<'a>>,
}

/// A stretch of a block that tells of something.
struct Stretch<'a> {
    view: BlockView<'a>,
    bytes: Range<usize>,
    /// The head of its column, in lower case; empty in running text.
    head: CompactString,
}

/// Reads what is described in a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut found = place::in_tables(context);
    found.extend(place::in_blocks(context));
    for description in found.into_iter().take(NAMES) {
        out.push(read(context, description));
    }
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        for (name, text) in place::in_help(&block.text.string) {
            let declared = Declared {
                bounds: bound::in_text(context.lexicon, &block.text.string, text, &|range| block.text.span(range)),
                ..declared(context, id, &block.text.string[name.clone()], HELP + id.0)
            };
            let wording: CompactString = block.text.string[name.clone()].into();
            let value = Value::Declared(Box::new(declared));
            out.push(claim_in_code((id, block), name.clone(), name, ClaimKind::Declared, &wording, value));
        }
    }
}

/// Sources that are no table: the help of a program, lists, sections.
const HELP: u32 = 1 << 28;

fn declared(context: &Context<'_>, block: BlockId, name: &str, source: u32) -> Declared {
    let name = name.trim_start_matches('-');
    let above = context.document.headings(block).flat_map(|(_, h)| {
        h.text.string.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(lower).collect::<Vec<_>>()
    });
    Declared {
        words: super::code::words(name),
        name: name.into(),
        above: above.collect(),
        source,
        bounds: Vec::new(),
        folder: CompactString::default(),
        edition: CompactString::default(),
    }
}

fn read(context: &Context<'_>, description: Description<'_>) -> Claim {
    let mut bounds: Vec<Bound> = description.texts.iter().flat_map(|text| bound::read(context.lexicon, text)).collect();
    // A value that is said to be special, "0 turns it off", may lie below the range.
    if description.texts.iter().any(|s| bound::has_exception(&s.view.text[s.bytes.clone()])) {
        for bound in &mut bounds {
            if let Limit::Between(least, _) = &mut bound.limit {
                *least = None;
            }
        }
    }
    let found = Declared { bounds, ..declared(context, description.at, &description.bare, description.source) };
    let view = context.view(description.at);
    let mut claim = view.claim(ClaimKind::Declared, "declared", 0..0, Value::Declared(Box::new(found)));
    claim.at = description.name.at;
    claim.within = view.block.text.whole();
    claim.text = description.name.text;
    claim.subject.wording = description.bare;
    claim
}
