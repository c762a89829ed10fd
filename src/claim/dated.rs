//! Every date as it is written: the form is read in `annotate`, the year in `moment`.

use super::moment::Moment;
use super::{Claim, ClaimKind, Context, Value};
use crate::annotate::phrase_at;

/// Reads the claims of kind Date.
pub(super) fn extract(context: &Context<'_>, all: &[Vec<Moment>], out: &mut Vec<Claim>) {
    for moment in all.iter().flatten() {
        let view = context.view(moment.block);
        // "30 February does not exist": the author knows it.
        let unreal = moment.date.from.is_impossible() && {
            let sentence = view.layer.sentence_of(moment.tokens.start);
            sentence
                .take(120)
                .any(|i| phrase_at(context.lexicon, "dating.unreal", view.text, &view.layer.tokens, i).is_some())
        };
        if unreal {
            continue;
        }
        let value = Value::Date(moment.dated(context));
        out.push(view.claim(ClaimKind::Date, "dated", moment.tokens.clone(), value));
    }
}
