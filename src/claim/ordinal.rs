//! Members of numbered series ("the fifth phase") and ranks with those ahead ("third after A, B and C").

use super::{Claim, Context};

/// Reads the claims of kind Ordinal and Rank.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
