//! A number of things announced and the things listed.
//!
//! The list may be set apart, run on in the sentence, be marked by letters, ordinals or headings, or be the rows of
//! a table. Where commas
//! and "and" can be read in more than one way, the reading nearest to the announced number is taken.

mod announcement;
mod block;
mod coded;
mod inline;
mod numbered;
mod present;
mod rows;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Member, Value};
use announcement::Announcement;

/// Reads the claims of kind List.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut found = Vec::new();
    for view in context.views() {
        if view.is_prose() {
            inline::extract(context, &view, &mut found);
        }
    }
    block::extract(context, &mut found);
    block::headings(context, &mut found);
    block::above(context, &mut found);
    numbered::below(context, &mut found);
    numbered::extract(context, &mut found);
    coded::extract(context, &mut found);
    rows::extract(context, &mut found);
    present::extract(context, &mut found);
    numbered::beneath(context, &mut found);
    // A number that announces a list in its sentence and headings below is counted out once, in its sentence.
    found.sort_by_key(|c| c.at);
    found.dedup_by_key(|c| c.at);
    out.append(&mut found);
}

/// Adds the claim of an announcement and its items.
fn push(view: &BlockView<'_>, out: &mut Vec<Claim>, announcement: &Announcement, items: Vec<Member>) {
    let number = view.member(announcement.number.clone());
    let value = Value::List { announced: announcement.count, number, noun: announcement.noun.clone(), items };
    let mut claim = view.claim(ClaimKind::List, "list", announcement.number.clone(), value);
    claim.subject.wording = announcement.noun.clone();
    out.push(claim);
}
