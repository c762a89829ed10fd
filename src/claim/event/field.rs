//! Releases and the document itself: headings of a log of releases, labels that speak of the document.

use super::claim;
use crate::annotate::TokenKind;
use crate::claim::calendar::Thing;
use crate::claim::moment::Moment;
use crate::claim::{BlockView, Claim, Context};
use compact_str::CompactString;

/// "## 0.12.0 (2024-04-02)", "## [1.2.0] - 2024-01-05", "## v2.1, released 3 May 2021".
pub(super) fn heading(context: &Context<'_>, view: &BlockView<'_>, moments: &[Moment], out: &mut Vec<Claim>) {
    let [moment] = moments else { return };
    if !moment.is_point() || !moment.date.from.is_whole() {
        return;
    }
    let mut version: Option<CompactString> = None;
    let mut next = 0;
    for i in 0..view.layer.tokens.len() {
        if moment.tokens.contains(&i) || i < next {
            continue;
        }
        if let Some((found, end)) = version_at(view, i) {
            if version.is_some() {
                return;
            }
            version = Some(found);
            next = end;
        } else if view.layer.tokens[i].kind == TokenKind::Word && view.word(i).len() > 1 {
            // "Version 2.1 of the standard": words of a title.
            let word = view.word(i).to_ascii_lowercase();
            if !matches!(word.as_str(), "version" | "release" | "released" | "on" | "rc" | "beta" | "alpha") {
                return;
            }
        }
    }
    if let Some(version) = version {
        out.push(claim(context, view, moment, "release".into(), true, of_version(version)));
    }
}

/// The version that begins at a token, without the letter: `0.12.0`, `1.4`; and one past its last token.
pub(super) fn version_at(view: &BlockView<'_>, at: usize) -> Option<(CompactString, usize)> {
    let (_, tokens) = crate::claim::version::version_at(view, at)?;
    Some((view.wording(tokens.clone()).trim_start_matches(['v', 'V']).into(), tokens.end))
}

/// The version that the heading above names, the only one in it: "## To 0.12".
pub(super) fn version_of(context: &Context<'_>, view: &BlockView<'_>) -> Option<Thing> {
    let (id, _) = context.document.headings(view.id).next()?;
    let heading = context.view(id);
    // A version in several tokens is not read again from its second: "v1.4.2".
    let glued = |i: usize| i > 0 && heading.layer.tokens[i].start == heading.layer.tokens[i - 1].end;
    let mut found = (0..heading.layer.tokens.len())
        .filter(|&i| !(glued(i) && heading.word(i - 1) == "."))
        .filter_map(|i| version_at(&heading, i));
    match (found.next(), found.next()) {
        (Some((version, _)), None) => Some(of_version(version)),
        _ => None,
    }
}

pub(super) fn of_version(version: CompactString) -> Thing {
    Thing {
        head: "version".into(),
        wording: compact_str::format_compact!("version {version}"),
        marks: vec![version],
        definite: true,
        ..Thing::default()
    }
}

/// Blocks at the head of a document whose fields speak of the document.
const HEAD: u32 = 12;

/// What a field such as "Published: 3 May 2021" speaks of: the version of the heading above, else the document.
pub(super) fn of_field(context: &Context<'_>, view: &BlockView<'_>) -> Option<Thing> {
    version_of(context, view).or_else(|| (view.id.0 < HEAD).then(|| of_document("this document")))
}

/// The document itself.
pub(super) fn of_document(wording: &str) -> Thing {
    Thing { head: "document".into(), definite: true, pronoun: true, wording: wording.into(), ..Thing::default() }
}
