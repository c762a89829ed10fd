//! What notes on an upgrade say is gone: "`serve-all` has been removed" below "From 2.9 to 3.0".

use super::{claim, code_spans, since};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::version::version_at;
use crate::claim::{Claim, Context};
use crate::lexicon::{Pos, lower};
use std::ops::Range;

/// Tokens between a name and the word that says that it is gone at most.
const GAP: usize = 4;

/// Tokens of a heading that are looked at.
const HEAD: usize = 12;

/// Reads which names are gone since the version of the heading above.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for view in context.views().filter(BlockView::is_prose) {
        let spans = code_spans(&view);
        let Some(numbers) = (!spans.is_empty()).then(|| version(context, &view)).flatten() else { continue };
        for sentence in &view.layer.sentences {
            let within: Vec<&Range<usize>> = spans.iter().filter(|s| sentence.contains(&s.start)).collect();
            let Some(span) = within.first() else { continue };
            let Some(end) = gone(context, &view, sentence, span) else { continue };
            let name = view.wording((*span).clone());
            if since::is_name(name) {
                let setting = since::told("gone", name, numbers.clone(), None);
                let mut read = claim(context, &view, span.start..end, name, setting);
                read.scope.cues.clear();
                out.push(read);
            }
        }
    }
}

/// The version that the nearest heading with one leads to: the last that it names.
fn version(context: &Context<'_>, view: &BlockView<'_>) -> Option<Vec<u32>> {
    context.document.headings(view.id).find_map(|(id, _)| {
        let heading = context.view(id);
        let mut versions = (0..heading.layer.tokens.len().min(HEAD)).rev().filter_map(|at| version_at(&heading, at));
        versions.next().map(|(numbers, _)| numbers)
    })
}

/// One past the words that say of a name that it is gone now, when the sentence names no version of its own.
fn gone(context: &Context<'_>, view: &BlockView<'_>, sentence: &Range<usize>, span: &Range<usize>) -> Option<usize> {
    let pos = |at: usize| view.layer.tokens[at].word.map_or(Pos::default(), |id| context.lexicon.words.pos(id));
    let cue = |at: &usize| phrase_at(context.lexicon, "gone-cue", view.text, &view.layer.tokens, *at);
    let at = (span.end..(span.end + GAP).min(sentence.end)).find(|at| cue(at).is_some())?;
    let end = at + cue(&at)?;
    let doubted = (sentence.start..end).any(|at| {
        pos(at).any(Pos::NEGATION)
            || matches!(lower(view.word(at)).as_str(), "if" | "may" | "might" | "will" | "would" | "when" | "should")
    });
    // "removed from the defaults": it is still there.
    let elsewhere = matches!(view.word(end), "from" | "by" | "after" | "before");
    let own = sentence.clone().any(|at| version_at(view, at).is_some());
    (!doubted && !elsewhere && !own).then_some(end)
}
