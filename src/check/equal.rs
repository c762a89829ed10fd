//! The same thing counted or measured with different values.

use super::{Check, Finding, Selection};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equal {}

impl Check for Equal {
    fn variables(&self) -> &'static [&'static str] {
        &[]
    }

    fn check(&self, _selection: Selection<'_>, _found: &mut Vec<Finding>) {}
}
