//! Two values and the order they are said to be in: "rose from A to B".

use super::{Claim, Context};

/// Reads the claims of kind Order.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
