//! Links whose words name something that their address names too: "RFC 7231", "#1482", "v2.1.0", a file, a heading.

mod address;
mod words;

use super::{Claim, ClaimKind, Context, Value};
use crate::document::BlockId;
use crate::span::Span;
use compact_str::CompactString;
use rustc_hash::FxHashSet;

/// Most bytes of words and of an address that are read; longer ones are sentences and data.
const LONGEST: usize = 300;

/// What a link says and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linked {
    /// What the words name, with what the address names of the same sort.
    pub pairs: Vec<(Designation, Vec<Designation>)>,
    /// The name of a place in the same document that it leads to.
    pub place: Option<CompactString>,
    /// The place of the words.
    pub words: Span,
    /// Whether it is an address with a label, apart from the text.
    pub defined: bool,
}

/// Something that has a number, or a name like one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Designation {
    /// What sort: `issue`, `version`, `revision`, `file`, `address`, `doi`, `day`, `series:rfc`.
    pub sort: CompactString,
    /// The number as written.
    pub number: CompactString,
}

/// Reads the claims of kind Link.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    if document.blocks.is_empty() {
        return;
    }
    let labels: FxHashSet<(&str, &str)> =
        document.definitions.iter().map(|d| (d.label.as_str(), d.target.as_str())).collect();
    for link in &document.links {
        let view = context.view(link.block);
        let range = link.words.start as usize..(link.words.end as usize).min(view.text.len());
        let Some(shown) = view.text.get(range.clone()) else { continue };
        // The label of a definition is read where it is defined.
        if labels.contains(&(shown.trim(), link.target.as_str())) {
            continue;
        }
        let blank = shown.len() - shown.trim_start().len();
        let shown = shown.trim();
        let at = range.start + blank..range.start + blank + shown.len();
        let words = view.block.text.span(at);
        push(context, out, link.block, (shown, words), (&link.target, link.at), false);
        let rest = view.text[range.end..].trim_start();
        let way = ["above", "below"].into_iter().find(|way| rest.starts_with(way));
        if let Some((way, claim)) = way.zip(out.last_mut().filter(|c| c.at == link.at)) {
            claim.scope.cues.push(way.into());
        }
    }
    for definition in &document.definitions {
        let shown = (definition.label.as_str(), definition.label_at);
        push(context, out, BlockId(0), shown, (&definition.target, definition.at), true);
    }
}

fn push(
    context: &Context<'_>,
    out: &mut Vec<Claim>,
    block: BlockId,
    (shown, words): (&str, Span),
    (target, at): (&str, Span),
    defined: bool,
) {
    if shown.is_empty() || shown.len() > LONGEST || target.len() > LONGEST {
        return;
    }
    let decoded = address::decoded(target);
    // An address that is shown with its escapes is the one without them.
    let said = if shown.contains("://") { address::decoded(shown) } else { shown.into() };
    let pairs: Vec<(Designation, Vec<Designation>)> = words::read(&said)
        .into_iter()
        // The label of an address is a name for the author: "[example.yaml]: …/all.yaml".
        .filter(|said| !(defined && said.sort == "file"))
        .filter_map(|said| {
            let leads = address::read(&decoded, &said.sort);
            (!leads.is_empty()).then_some((said, leads))
        })
        .collect();
    let inside = decoded.starts_with('#') && decoded.len() > 1;
    if pairs.is_empty() && !inside {
        return;
    }
    let place = inside.then(|| decoded[1..].into());
    let value = Value::Link(Box::new(Linked { pairs, place, words, defined }));
    let view = context.view(block);
    let mut claim = view.claim(ClaimKind::Link, "linked", 0..0, value);
    claim.at = at;
    claim.within = if defined { words.cover(at) } else { view.block.text.whole().cover(at) };
    claim.text = shown.into();
    claim.subject.wording = target.into();
    out.push(claim);
}
