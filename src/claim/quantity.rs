//! Quantities of prose and table cells.

use super::{Claim, Context};

/// Reads the claims of kind Quantity.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
