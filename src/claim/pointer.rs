//! Places that a text can send its reader to (captions, numbered headings, anchors), and where it does so.

mod link;
mod mention;
mod number;
mod outline;
mod place;

pub(super) use link::decoded;

use super::{Claim, Context};

/// Reads the claims of kind Place and Pointer.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        if view.is_prose() {
            mention::extract(context, &view, out);
        }
    }
    let mut places = Vec::new();
    place::extract(context, &out[first..], &mut places);
    place::items(context, &mut places);
    place::equations(context, &out[first..], &mut places);
    place::steps(context, &out[first..], &mut places);
    link::extract(context, out);
    outline::extract(context, out);
    out.append(&mut places);
}
