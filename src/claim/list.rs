//! A number of things announced and the things listed.

use super::{Claim, Context};

/// Reads the claims of kind List.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
