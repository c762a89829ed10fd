//! Numbered instruments: resolutions, laws, directives, standards.

use super::{Claim, Context};

/// Reads the claims of kind Reference.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
