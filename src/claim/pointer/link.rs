//! Links to headings and named places, and what they can lead to.

use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::BlockId;
use crate::span::Span;
use compact_str::CompactString;

/// Reads links and anchors. A document in which another program makes anchors offers none, so that no link to it is
/// doubted.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    if document.blocks.is_empty() {
        return;
    }
    for link in document.links.iter().filter(|l| l.is_to_place()) {
        let Some((path, name)) = link.target.split_once('#') else { continue };
        let (path, name) = (path.split('?').next().unwrap_or(""), decoded(name));
        let name = name.strip_prefix("user-content-").unwrap_or(&name);
        let folded = fold(name);
        let markdown = path.ends_with(".md") || path.ends_with(".markdown");
        // A template's "#{{ name }}" is written when the page is made.
        let other = ['/', '!', ':', '=', '~', '?', '&', '{', '<', '$'].iter().any(|&c| name.contains(c));
        let lines = folded.starts_with('l') && folded[1..].bytes().all(|b| b.is_ascii_digit());
        let made = folded == "top" || lines || folded.starts_with("fn");
        if folded.is_empty() || other || made || !(markdown || path.is_empty()) {
            continue;
        }
        if path.is_empty() && document.generated {
            continue;
        }
        let path = (!path.is_empty()).then(|| decoded(path).into());
        let value = Value::Pointer { sort: "anchor".into(), number: folded, path, title: None };
        push(context, out, ClaimKind::Pointer, link.block, link.at, &link.target, value);
    }
    if document.generated {
        return;
    }
    for anchor in &document.anchors {
        let whole = fold(&anchor.name);
        // `:boat:` is shown as a picture, which some leave out of the name.
        let bare = if anchor.name.contains(':') { fold(&without_pictures(&anchor.name)) } else { whole.clone() };
        for number in [Some(&whole), Some(&bare).filter(|b| **b != whole)].into_iter().flatten() {
            let value = Value::Place { sort: "anchor".into(), number: number.clone(), firm: true, level: anchor.level };
            push(context, out, ClaimKind::Place, BlockId(0), anchor.at, &anchor.name, value);
        }
    }
    if !document.anchors.is_empty() {
        let value = Value::Place { sort: "document".into(), number: CompactString::default(), firm: true, level: 0 };
        let at = Span::new(document.file, 0, 0);
        push(context, out, ClaimKind::Place, BlockId(0), at, "", value);
    }
}

fn push(
    context: &Context<'_>,
    out: &mut Vec<Claim>,
    kind: ClaimKind,
    block: BlockId,
    at: Span,
    text: &str,
    value: Value,
) {
    let view = context.view(block);
    let mut claim = view.claim(kind, "pointer", 0..0, value);
    claim.at = at;
    claim.within = if kind == ClaimKind::Pointer { view.block.text.whole().cover(at) } else { at };
    claim.text = text.into();
    out.push(claim);
}

/// The letters and digits of a name, lower case: site generators differ in everything else.
fn fold(name: &str) -> CompactString {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A text without `:name:`.
fn without_pictures(text: &str) -> String {
    let parts: Vec<&str> = text.split(':').collect();
    let last = parts.len() - 1;
    let is_name = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b));
    parts.iter().enumerate().filter(|(i, p)| *i == 0 || *i == last || !is_name(p)).map(|(_, p)| *p).collect()
}

/// An address with its `%20` made characters.
pub(in crate::claim) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let code = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match code.and_then(|c| u8::from_str_radix(c, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_whatever_made_them() {
        assert_eq!(fold("Wells & *pumps* (old)"), fold("wells--pumps-old"));
        assert_eq!(decoded("caf%C3%A9%20x%"), "café x%");
        assert_eq!(without_pictures(":boat: Ferries: the :sun: list"), " Ferries the  list");
    }
}
