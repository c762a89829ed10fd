//! A whole and its parts in prose: "165 people, namely 106 children and 48 women".

use super::{Claim, Context};

/// Reads the claims of kind Total.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
