//! Members of numbered series ("the fifth phase"), how long a series is ("in four phases"), and ranks with those
//! ahead ("third after A, B and C").

mod rank;
mod series;

use super::{Claim, Context};

/// Reads the claims of kind Ordinal and Rank.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views() {
        if view.is_prose() && !view.layer.ordinals.is_empty() {
            rank::extract(context, &view, out);
        }
    }
    series::extract(context, out);
}
