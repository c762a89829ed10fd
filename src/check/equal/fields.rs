//! Fields at the head of a document and what its text says of the same: "Duration: 30 months", "the project ran for 36".
//!
//! A field has no subject but the document's own: the project, the study, the school that it is about. It is compared
//! with sentences about that, when they measure the same (how long, how much) and state one value.

use super::Edge;
use crate::claim::{Claim, Origin, Value, plain_cues, times_conflict, values_agree};
use crate::value::Agreement;

/// How many blocks at the head of a document can hold fields that speak of all of it.
const HEAD: usize = 30;

/// Appends an edge for each field that the text contradicts.
pub(super) fn fields(claims: &[&Claim], edges: &mut Vec<Edge>) {
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let offset = claims.partition_point(|c| c.at.file < file[0].at.file);
        let is_field = |c: &Claim| c.by == "field" && c.block.index() < HEAD && c.subject.modifiers.is_empty();
        for (i, field) in file.iter().enumerate().filter(|(_, c)| is_field(c) && plain_cues(c)) {
            let Some(measured) = field.frame.as_deref().map(crate::claim::Frame::attributes).filter(|&m| m != 0) else {
                continue;
            };
            // A label that stands at several places is a column of a form.
            if file.iter().any(|c| c.by == "field" && c.block != field.block && c.subject.class == field.subject.class)
            {
                continue;
            }
            let about: Vec<usize> = (0..file.len()).filter(|&n| says(file[n], field, measured)).collect();
            let Some(&first) = about.first() else { continue };
            if about.iter().all(|&n| {
                values_agree(file[n], field) == Agreement::Different
                    && values_agree(file[n], file[first]) != Agreement::Different
            }) {
                edges.extend(about.iter().map(|&n| Edge {
                    a: offset + i.min(n),
                    b: offset + i.max(n),
                    agreement: Agreement::Different,
                }));
            }
        }
    }
}

/// Whether a number of a sentence measures what a field does, of the document's own subject.
fn says(claim: &Claim, field: &Claim, measured: u32) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&claim.value, &field.value) else { return false };
    let Some(frame) = claim.frame.as_deref() else { return false };
    claim.origin == Origin::Prose
        && claim.by != "field"
        && claim.block != field.block
        && x.unit.dimension == y.unit.dimension
        && frame.attributes() & measured != 0
        && claim.subject.topic
        && claim.subject.modifiers.is_empty()
        && plain_cues(claim)
        && !times_conflict(claim.scope.when(), field.scope.when())
}
