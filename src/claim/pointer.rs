//! Places that a text can send its reader to (captions, numbered headings, anchors), and where it does so.

mod counted;
mod link;
mod mention;
mod number;
mod outline;
mod place;
mod titled;

pub(super) use link::decoded;

use super::{Claim, Context};

/// Reads the claims of kind Place and Pointer.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        if view.is_prose() {
            mention::extract(context, &view, out);
            mention::letters(context, &view, out);
        }
    }
    let mut places = Vec::new();
    place::extract(context, &out[first..], &mut places);
    counted::items(context, &mut places);
    counted::equations(context, &out[first..], &mut places);
    counted::steps(context, &out[first..], &mut places);
    counted::headed(context, &out[first..], &mut places);
    counted::paragraphs(context, &out[first..], &mut places);
    counted::letters(context, &out[first..], &mut places);
    counted::unnamed(context, &out[first..], &mut places);
    titled::extract(context, out);
    link::extract(context, out);
    outline::extract(context, out);
    out.append(&mut places);
}
