//! Two values that are not in the order stated.

use super::{Check, Finding, Selection};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {}

impl Check for Order {
    fn variables(&self) -> &'static [&'static str] {
        &[]
    }

    fn check(&self, _selection: Selection<'_>, _found: &mut Vec<Finding>) {}
}
