//! What stands inside a block of Markdown: words, code spans, tags.

use crate::document::Style;
use crate::read::leaf::Leaf;
use pulldown_cmark::CowStr;
use std::ops::Range;

/// Words; `source` is the file, `at` their place.
pub(super) fn words(leaf: &mut Leaf, source: &str, words: &CowStr<'_>, at: Range<u32>) {
    if source.get(at.start as usize..at.end as usize) == Some(words) {
        leaf.copied(words, at.start);
    } else {
        leaf.replaced(words, at);
    }
}

/// A code span; its place includes the backticks.
pub(super) fn code(leaf: &mut Leaf, source: &str, code: &CowStr<'_>, at: Range<u32>) {
    if leaf.is_hidden() {
        return;
    }
    leaf.flush(at.start);
    let from = leaf.text.len();
    let written = source.get(at.start as usize..at.end as usize).unwrap_or("");
    let ticks = written.bytes().take_while(|&b| b == b'`').count();
    let inner = written.get(ticks..written.len().saturating_sub(ticks)).unwrap_or("");
    let offset = inner.find(&**code).filter(|_| inner.trim() == code.trim());
    match offset {
        Some(offset) => leaf.copied(code, at.start + (ticks + offset) as u32),
        None => leaf.replaced(code, at),
    }
    leaf.text.add_style(from as u32..leaf.text.len() as u32, Style::Code);
}

/// A tag in the text.
pub(super) fn tag(leaf: &mut Leaf, tag: &str, at: Range<u32>) {
    let closing = tag.starts_with("</");
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let style = match name.to_ascii_lowercase().as_str() {
        "br" => {
            leaf.line_break(at.start);
            return;
        }
        "sup" => {
            if closing {
                leaf.lower();
            } else {
                leaf.flush(at.start);
                leaf.raise();
            }
            return;
        }
        "b" | "strong" => Style::Strong,
        "i" | "em" | "cite" => Style::Emphasis,
        "del" | "s" | "strike" => Style::Struck,
        "code" | "kbd" | "samp" | "var" | "tt" => Style::Code,
        "a" => Style::Link,
        _ => return,
    };
    if !closing {
        leaf.enter(style, at.start);
    } else {
        leaf.leave(style);
    }
}
