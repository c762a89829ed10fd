//! A number of things announced and the things listed.
//!
//! The list may be set apart, run on in the sentence, or be marked by letters, ordinals or headings. Where commas
//! and "and" can be read in more than one way, the reading nearest to the announced number is taken.

mod announcement;
mod block;
mod inline;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Member, Value};
use announcement::Announcement;

/// Reads the claims of kind List.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    block::extract(context, out);
    for view in context.views() {
        if view.is_prose() {
            inline::extract(context, &view, out);
        }
    }
    block::headings(context, out);
}

/// Adds the claim of an announcement and its items, unless the number was counted out before.
fn push(view: &BlockView<'_>, out: &mut Vec<Claim>, announcement: &Announcement, items: Vec<Member>) {
    let number = view.member(announcement.number.clone());
    if out.iter().rev().take(8).any(|c| c.kind == ClaimKind::List && c.at == number.at) {
        return;
    }
    let value = Value::List { announced: announcement.count, number, noun: announcement.noun.clone(), items };
    let mut claim = view.claim(ClaimKind::List, "list", announcement.number.clone(), value);
    claim.subject.wording = announcement.noun.clone();
    out.push(claim);
}
