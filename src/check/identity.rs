//! One instrument cited with several numbers, years or titles.

use super::{Check, Finding, Selection};
use serde::Deserialize;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {}

impl Check for Identity {
    fn variables(&self) -> &'static [&'static str] {
        &[]
    }

    fn check(&self, _selection: Selection<'_>, _found: &mut Vec<Finding>) {}
}
