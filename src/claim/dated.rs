//! Every date as it is written: the form is read in `annotate`, the year in `moment`.

use super::moment::moments;
use super::{Claim, ClaimKind, Context, Value};

/// Reads the claims of kind Date.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for moment in moments(context).iter().flatten() {
        let view = context.view(moment.block);
        let value = Value::Date(moment.dated(context));
        out.push(view.claim(ClaimKind::Date, "dated", moment.tokens.clone(), value));
    }
}
