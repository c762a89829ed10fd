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
use crate::annotate::TokenKind;
use crate::lexicon::lower;
use announcement::Announcement;
use compact_str::CompactString;

/// Tokens to either side of an announced number whose words are kept.
const REACH: usize = 24;

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
    claim.subject.modifiers = around(view, announcement.number.start);
    out.push(claim);
}

/// The longer words of the sentence that announces a list, small, each once.
fn around(view: &BlockView<'_>, token: usize) -> Vec<CompactString> {
    let sentence = view.layer.sentence_of(token);
    let mut out: Vec<CompactString> = Vec::new();
    for i in sentence.start.max(token.saturating_sub(REACH))..sentence.end.min(token + REACH) {
        let word = lower(view.word(i));
        if view.layer.tokens[i].kind == TokenKind::Word && word.len() > 4 && !out.contains(&word) {
            out.push(word);
        }
    }
    out
}
