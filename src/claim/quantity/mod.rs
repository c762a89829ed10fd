//! Quantities of prose and table cells.

mod cell;
mod measured;
mod prose;
mod subject;

use super::{Claim, Context};

/// Reads the claims of kind Quantity.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    prose::prose_claims(context, out);
    cell::cell_claims(context, out);
}
