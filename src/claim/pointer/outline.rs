//! Headings and captions, and the tables of contents that list them.

use super::number::{number, series_at};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::BlockKind;
use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The level that captions are given; headings have lower ones.
pub(super) const CAPTION: u8 = 9;

/// Most bytes of a heading.
const LONGEST: usize = 300;

/// Reads headings and captions, and what a table of contents or a list of links lists of them.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut links: FxHashMap<u32, (usize, Range<usize>)> = FxHashMap::default();
    for (i, link) in context.document.links.iter().enumerate() {
        if link.target.starts_with('#') {
            let words = link.words.start as usize..link.words.end as usize;
            links.entry(link.block.0).or_insert((i, words));
        }
    }
    for view in context.views() {
        let text = view.text;
        if text.len() > LONGEST {
            continue;
        }
        match view.block.kind {
            BlockKind::Heading(level) => push(context, &view, out, "heading", level.max(1), text, ""),
            BlockKind::Caption => push(context, &view, out, "heading", CAPTION, text, ""),
            BlockKind::Contents => push(context, &view, out, "listed", 0, without_page(text), ""),
            BlockKind::Item { list, item } if !links.contains_key(&view.id.0) && is_contents(context, list) => {
                let marker = context.document.lists[list as usize].items.get(item as usize).map(|i| i.marker.as_str());
                push(context, &view, out, "listed", 0, without_page(text), "");
                number_by(marker.unwrap_or(""), out);
            }
            BlockKind::Item { .. } => {
                // An item that is nothing but a link.
                let Some((i, words)) = links.get(&view.id.0) else { continue };
                let around = text.len() - words.len().min(text.len());
                let target = &context.document.links[*i].target[1..];
                // "1. [Lift the pump](#lift-the-pump). You need two people." lists it as well.
                if around > 6 && words.start <= 1 {
                    push(context, &view, out, "listed", 0, text, target);
                    if let Some(claim) = out.last_mut() {
                        claim.scope.cues.push("described".into());
                    }
                } else if around <= 6 {
                    push(context, &view, out, "listed", 0, text, target);
                    if let BlockKind::Item { list, .. } = view.block.kind
                        && is_introduced(context, list)
                        && let Some(claim) = out.last_mut()
                    {
                        claim.scope.cues.push("introduced".into());
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a list stands under nothing but a heading, or a line, that says "Contents".
fn is_contents(context: &Context<'_>, list: u32) -> bool {
    let mut list = &context.document.lists[list as usize];
    while let Some((outer, _)) = list.parent {
        list = &context.document.lists[outer as usize];
    }
    list.intro.is_some_and(|intro| {
        let view = context.view(intro);
        let length = phrase_at(context.lexicon, "contents-heading", view.text, &view.layer.tokens, 0);
        let sign = |i: usize| view.word(i).chars().all(|c| !c.is_alphanumeric());
        length.is_some_and(|n| (n..view.layer.tokens.len()).all(sign))
    })
}

/// Whether a sentence says what a list of links is for: "You can do this in the console:" lists some of what follows.
fn is_introduced(context: &Context<'_>, list: u32) -> bool {
    let sentence = |id| {
        let view = context.view(id);
        view.block.kind == BlockKind::Paragraph
            && view.layer.tokens.len() > 3
            && view.text.trim_end().ends_with([':', '.'])
    };
    !is_contents(context, list) && context.document.lists[list as usize].intro.is_some_and(sentence)
}

/// Gives an entry without a number the one that its list marks it with.
fn number_by(marker: &str, out: &mut [Claim]) {
    let Some(Claim { value: Value::Place { number: counted, .. }, .. }) = out.last_mut() else { return };
    if counted.is_empty()
        && let Some(found) = number(marker.trim_start_matches('('))
    {
        *counted = found.into();
    }
}

fn push(
    context: &Context<'_>,
    view: &BlockView<'_>,
    out: &mut Vec<Claim>,
    sort: &str,
    level: u8,
    text: &str,
    target: &str,
) {
    let lead = text.len() - text.trim_start().len();
    let (mut counted, mut end) = (CompactString::default(), lead);
    if let Some((noun, length)) = series_at(view, context.lexicon, 0)
        && let Some(next) = view.layer.tokens.get(length)
        && let Some(found) = text.get(next.start as usize..).and_then(number)
    {
        counted = format_compact!("{noun} {found}");
        end = next.start as usize + found.len();
    } else if let Some(found) = number(&text[lead..]).filter(|n| n.contains(|c: char| c.is_ascii_digit())) {
        counted = found.into();
        end = lead + found.len();
    }
    let title =
        text[end..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ')' | '—' | '–' | '|' | '-'));
    // "2019 in numbers" and "3D views": the number is a part of the title.
    let title = if title.is_empty() { text.trim() } else { title };
    let value = Value::Place { sort: sort.into(), number: counted, firm: false, level };
    let mut claim = view.claim(ClaimKind::Place, "pointer", 0..0, value);
    claim.at = view.block.text.span(lead..text.trim_end().len());
    claim.within = view.block.text.whole();
    claim.text = title.into();
    claim.subject.wording = target.into();
    if phrase_at(context.lexicon, "back-matter", view.text, &view.layer.tokens, 0).is_some() {
        claim.scope.cues.push("back-matter".into());
    }
    out.push(claim);
}

/// A line of a table of contents without the page and what leads to it.
fn without_page(text: &str) -> &str {
    let bare = text.trim_end();
    let page = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    let leads = page.ends_with(['.', '\t', '…', '·', '_']) || page.ends_with(' ') && page.len() < bare.len();
    let cut = if leads && page.len() < bare.len() { page } else { bare };
    cut.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '·' | '_'))
}

#[cfg(test)]
mod tests {
    use super::without_page;

    #[test]
    fn reads_titles_without_pages() {
        assert_eq!(without_page("3. Safety ........... 7"), "3. Safety");
        assert_eq!(without_page("Conclusion\t56"), "Conclusion");
        assert_eq!(without_page("Foreword . . . . . iv"), "Foreword");
        assert_eq!(without_page("Keys"), "Keys");
    }
}
