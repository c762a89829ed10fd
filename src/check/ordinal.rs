//! A member or rank of a series that the series does not have.

use super::{Check, Finding, Selection};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrdinalCheck {}

impl Check for OrdinalCheck {
    fn variables(&self) -> &'static [&'static str] {
        &[]
    }

    fn check(&self, _selection: Selection<'_>, _found: &mut Vec<Finding>) {}
}
