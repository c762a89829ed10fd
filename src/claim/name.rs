//! Names of people, places, organisations, operations.

use super::{Claim, Context};

/// Reads the claims of kind Name.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
