//! Samples of configurations whose lines have a comment above or beside them: `backups = 7  # how many are kept`.

use super::terms::{Terms, is_bound};
use super::{Parameter, ParameterSource};
use crate::claim::setting::code::{ASSIGNED, lines, parted, words};
use crate::claim::setting::sample::is_program;
use crate::claim::setting::{claim_in_code, literal};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{Block, BlockId, BlockKind};
use crate::lexicon::{Lexicon, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most lines of one block that are read.
const LINES: usize = 400;

/// Reads the explained lines of a document's samples.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        let text = &block.text.string;
        if is_program(text) {
            continue;
        }
        let mut above: Option<Range<usize>> = None;
        for line in lines(text).take(LINES) {
            let (code, comment) = parted(text, line.clone());
            match (text[code.clone()].trim().is_empty(), comment) {
                (true, comment) => above = comment,
                (false, comment) => {
                    if let Some(comment) = comment.or(above.take()) {
                        out.extend(explained(context.lexicon, (id, block), code, comment));
                    }
                }
            }
        }
    }
}

/// The value of a line that a comment explains.
fn explained(lexicon: &Lexicon, block: (BlockId, &Block), code: Range<usize>, comment: Range<usize>) -> Option<Claim> {
    let text = &block.1.text.string;
    let (line, told) = (&text[code.clone()], text[comment].trim());
    let found = ASSIGNED.captures(line)?;
    let (name, value) = (found.name("key")?, found.name("value")?);
    if told.split_whitespace().count() < 2 {
        return None;
    }
    let unit = told.split(|c: char| !c.is_alphanumeric()).find(|w| {
        w.len() > 4 && literal::unit(lexicon, w).is_some_and(|u| matches!(u.dimension.as_str(), "time" | "data"))
    });
    let bare = value.as_str().trim_matches(|c| matches!(c, '"' | '\''));
    let stated = literal::value(lexicon, bare, unit, true)?;
    let mut terms = Terms::default();
    terms.name(lexicon, name.as_str(), 4);
    terms.text(lexicon, told, 4);
    let key: CompactString = words(name.as_str()).join(" ").into();
    let parameter = Parameter {
        source: ParameterSource::Sample,
        slot: if lower(told).contains("default") { "default".into() } else { CompactString::default() },
        bound: is_bound(lexicon, &format!("{key} {told}")),
        ..Parameter::described(key, terms.done(), stated)
    };
    let start =
        code.start + value.start() + (value.as_str().len() - value.as_str().trim_start_matches(['"', '\'']).len());
    let value = Value::Parameter(Box::new(parameter));
    Some(claim_in_code(block, start..start + bare.len(), code, ClaimKind::Parameter, name.as_str(), value))
}
