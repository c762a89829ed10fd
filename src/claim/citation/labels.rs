//! Works cited by a label in square brackets: "[RFC2119]", "[Holm98]".

use super::{Citation, CitationForm, claim, is_listed};
use crate::claim::{Claim, Context};
use crate::document::{BlockKind, Style};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Longest label.
const LONGEST: usize = 24;

/// First blocks of a document, in which it says its own number.
const OWN: usize = 12;

/// Fewest entries with a label that make a list of them.
const FEWEST: usize = 5;

/// Reads the first place at which each label is cited, with a cue that says whether an entry of the list has it:
/// `listed` or `unlisted`. Nothing when the document has no list whose entries have such labels.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut listed: FxHashSet<&str> = FxHashSet::default();
    let is_entry = |kind: BlockKind, id| {
        kind == BlockKind::Entry || matches!(kind, BlockKind::Note { .. }) && is_listed(context, id)
    };
    for view in context.views().filter(|v| is_entry(v.block.kind, v.id)) {
        listed.extend(labels(view.text).map(|(label, _)| label));
    }
    if listed.len() < FEWEST {
        return;
    }
    // Lists stand in other places too, and documents cite themselves.
    for view in context.views() {
        let begins = |r: &Range<usize>| view.text[..r.start].trim().is_empty() || view.text[r.end..].starts_with("  ");
        listed.extend(labels(view.text).filter(|(_, r)| begins(r)).map(|(label, _)| label));
    }
    let own: FxHashSet<&str> =
        context.views().take(OWN).flat_map(|v| v.text.split(|c: char| !c.is_alphanumeric())).collect();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for view in context.views().filter(|v| v.is_prose() && !is_entry(v.block.kind, v.id)) {
        for (label, range) in labels(view.text) {
            let marked = view.block.text.has_style(range.clone(), Style::Code)
                || view.block.text.has_style(range.clone(), Style::Link);
            let figures = label.trim_matches(|c: char| !c.is_ascii_digit());
            if marked || own.contains(figures) || !seen.insert(label) {
                continue;
            }
            let cue = if listed.contains(label) { "listed" } else { "unlisted" };
            let citation = Citation {
                form: CitationForm::Text,
                label: label.into(),
                cues: vec![cue.into()],
                ..Citation::default()
            };
            out.push(claim(&view, range, citation));
        }
    }
}

/// The labels in square brackets that a text has, with the places of their brackets: letters and then figures.
fn labels(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(move |open| {
        let rest = &text[open + 1..];
        let end = rest.bytes().take(LONGEST + 1).position(|b| b == b']')?;
        let label = &rest[..end];
        let letters = label.bytes().take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.' | b'+')).count();
        let figures = label.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
        let suffix = label.len() - letters - figures;
        let sound = label.starts_with(|c: char| c.is_ascii_uppercase())
            && letters >= 2
            && figures >= 2
            && (suffix == 0 || suffix == 1 && label.ends_with(|c: char| c.is_ascii_lowercase()));
        let linked = text[open + end + 2..].starts_with(['(', '[', ':']);
        (sound && !linked).then(|| (label, open..open + end + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::labels;

    #[test]
    fn reads_letters_with_figures() {
        let text = "as in [RFC2119], [Holm98a] and [ISO.8601], not [7], [sic], [a1](x), [A1] or [Note 12]";
        let found: Vec<&str> = labels(text).map(|(label, _)| label).collect();
        assert_eq!(found, ["RFC2119", "Holm98a", "ISO.8601"]);
    }
}
