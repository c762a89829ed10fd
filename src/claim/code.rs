//! Codes that can be tested by themselves: numbers with a check digit, a number beside its other notation, a code
//! beside its registered name, arcs of object identifiers.

mod arcs;
mod checked;
mod label;
mod pairs;
mod status;

use super::{BlockView, Claim, ClaimKind, Context, Value};
use compact_str::CompactString;
use std::ops::Range;

/// A code as written, with what stands beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// What sort of code: `isbn`, `issn`, `orcid`, `iban`, `ipv4`, `hexadecimal`, `size`, `character`, `status`, `arc`,
    /// `label`.
    pub scheme: CompactString,
    /// The code without what separates its groups; a label with it.
    pub number: CompactString,
    /// What it is said to be as well: the decimal value, the character, the name of a status or arc;
    /// the word or key before a label.
    pub other: CompactString,
    /// The series that it is counted in: a column of a table, the arcs before it, the letters and build of a
    /// label; empty for none.
    pub series: CompactString,
}

/// Most bytes of a block in which codes are looked for.
const LONGEST: usize = 200_000;

/// Reads the claims of kind Code.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (id, _) in context.document.iter() {
        let view = context.view(id);
        if view.text.len() > LONGEST || !view.text.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        checked::extract(&view, out);
        pairs::extract(&view, out);
        status::extract(context, &view, out);
        arcs::extract(&view, out);
    }
    pairs::columns(context, out);
    label::extract(context, out);
}

/// Appends a claim at a range of bytes of a block.
fn push(view: &BlockView<'_>, out: &mut Vec<Claim>, bytes: Range<usize>, code: Code) {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.end as usize) <= bytes.start);
    let mut claim = view.claim(ClaimKind::Code, "code", first..first, Value::Code(Box::new(code)));
    claim.at = view.block.text.span(bytes.clone());
    claim.text = view.text[bytes.clone()].into();
    if tokens.is_empty() {
        // A block of code has no sentences: its line is shown.
        let from = view.text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
        let to = view.text[bytes.end..].find('\n').map_or(view.text.len(), |at| bytes.end + at);
        claim.within = view.block.text.span(from..to);
    }
    out.push(claim);
}
