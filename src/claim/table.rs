//! Total rows and columns of tables and the cells that they sum.

use super::{Claim, Context};

/// Reads the claims of kind ColumnTotal.
pub(super) fn extract(_context: &Context<'_>, _out: &mut Vec<Claim>) {}
