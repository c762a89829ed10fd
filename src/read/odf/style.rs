//! Styles of OpenDocument files: what paragraphs and stretches of text are called and how they look; numbering.

use crate::read::numeral::{letters, roman};
use crate::read::xml::{Open, Piece, Xml};
use rustc_hash::FxHashMap;

/// How deep styles may be made of each other.
const DEEPEST: usize = 16;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: FxHashMap<String, Style>,
    lists: FxHashMap<String, Vec<Level>>,
    /// The numbering of headings.
    pub(super) outline: Vec<Level>,
}

/// A style by its name.
#[derive(Debug, Default, Clone)]
struct Style {
    parent: Option<String>,
    display: Option<String>,
    look: Look,
}

/// How a stretch of text looks, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) strong: Option<bool>,
    pub(super) emphasis: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) hidden: Option<bool>,
}

/// How a level of a list is numbered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// `1`, `a`, `A`, `i`, `I`; empty for none.
    pub(super) format: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// The number of the first item.
    pub(super) start: u32,
    /// How many levels its number shows.
    pub(super) shown: usize,
    /// A bullet instead of a number.
    pub(super) bullet: bool,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, part: &str) {
        let mut xml = Xml::new(part, 0..part.len());
        let mut style: Option<String> = None;
        let mut list: Option<String> = None;
        while let Some((piece, _)) = xml.next() {
            let tag = match piece {
                Piece::Open(tag) => tag,
                Piece::Close(name) => {
                    match name.as_str() {
                        "style:style" => style = None,
                        "text:list-style" | "text:outline-style" => list = None,
                        _ => {}
                    }
                    continue;
                }
                Piece::Words(_) => continue,
            };
            match tag.name() {
                // The styles stand before the text.
                "office:body" => return,
                "style:style" => {
                    let name = tag.get("style:name").unwrap_or_default();
                    let own = Style {
                        parent: tag.get("style:parent-style-name"),
                        display: tag.get("style:display-name"),
                        look: Look::default(),
                    };
                    self.styles.insert(name.clone(), own);
                    style = Some(name);
                }
                "style:text-properties" => {
                    if let Some(style) = style.as_ref().and_then(|name| self.styles.get_mut(name)) {
                        style.look = look(&tag);
                    }
                }
                "text:list-style" => {
                    let name = tag.get("style:name").unwrap_or_default();
                    self.lists.insert(name.clone(), Vec::new());
                    list = Some(name);
                }
                "text:outline-style" => {
                    self.outline.clear();
                    list = Some(String::new());
                }
                "text:list-level-style-number" | "text:list-level-style-bullet" | "text:outline-level-style" => {
                    let level = level(&tag);
                    let at = tag.number::<usize>("text:level").unwrap_or(1).clamp(1, 10);
                    let levels = match list.as_deref() {
                        Some("") => Some(&mut self.outline),
                        Some(name) => self.lists.get_mut(name),
                        None => None,
                    };
                    if let Some(levels) = levels {
                        if levels.len() < at {
                            levels.resize(at, Level::default());
                        }
                        levels[at - 1] = level;
                    }
                }
                _ => {}
            }
        }
    }

    /// The names of a style and of those that it is made of, as a person sees them, in small letters.
    pub(super) fn names(&self, name: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next.filter(|_| out.len() < DEEPEST) {
            let style = self.styles.get(&name);
            let shown = style.and_then(|s| s.display.clone()).unwrap_or_else(|| name.replace("_20_", " "));
            out.push(shown.to_lowercase());
            next = style.and_then(|s| s.parent.clone());
        }
        out
    }

    /// How text of a style looks.
    pub(super) fn look(&self, name: &str) -> Look {
        let mut look = Look::default();
        let mut next = Some(name.to_owned());
        let mut left = DEEPEST;
        while let Some(style) = next.filter(|_| left > 0).and_then(|name| self.styles.get(&name)) {
            let own = style.look;
            look.strong = look.strong.or(own.strong);
            look.emphasis = look.emphasis.or(own.emphasis);
            look.struck = look.struck.or(own.struck);
            look.raised = look.raised.or(own.raised);
            look.hidden = look.hidden.or(own.hidden);
            next = style.parent.clone();
            left -= 1;
        }
        look
    }

    /// The levels of a list style.
    pub(super) fn levels(&self, name: &str) -> &[Level] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

fn look(tag: &Open<'_>) -> Look {
    let is = |name: &str, on: &dyn Fn(&str) -> bool| tag.get(name).map(|value| on(&value));
    Look {
        strong: is("fo:font-weight", &|v| v == "bold" || v.parse::<u32>().is_ok_and(|w| w >= 600)),
        emphasis: is("fo:font-style", &|v| v == "italic" || v == "oblique"),
        struck: is("style:text-line-through-style", &|v| v != "none")
            .or_else(|| is("style:text-line-through-type", &|v| v != "none")),
        raised: is("style:text-position", &|v| {
            v.starts_with("super") || v.starts_with(|c: char| matches!(c, '1'..='9'))
        }),
        hidden: is("text:display", &|v| v == "none"),
    }
}

fn level(tag: &Open<'_>) -> Level {
    Level {
        format: tag.get("style:num-format").unwrap_or_default(),
        prefix: tag.get("style:num-prefix").unwrap_or_default(),
        suffix: tag.get("style:num-suffix").unwrap_or_default(),
        start: tag.number("text:start-value").unwrap_or(1),
        shown: tag.number("text:display-levels").unwrap_or(1),
        bullet: tag.name() == "text:list-level-style-bullet",
    }
}

/// The number of an item: `2`, `b`, `1.3`. `counts` are the numbers of the outer levels and its own.
pub(super) fn number(levels: &[Level], counts: &[u32]) -> String {
    let Some(own) = counts.len().checked_sub(1).and_then(|at| levels.get(at)) else { return String::new() };
    if own.bullet {
        return "•".to_owned();
    }
    if own.format.is_empty() {
        return String::new();
    }
    let from = counts.len().saturating_sub(own.shown.max(1));
    let parts: Vec<String> =
        (from..counts.len()).filter_map(|at| Some(written(counts[at], &levels.get(at)?.format))).collect();
    format!("{}{}{}", own.prefix, parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("."), own.suffix)
}

/// A number as digits, letters or in Roman numerals.
fn written(n: u32, format: &str) -> String {
    let n = i64::from(n);
    match format {
        "a" => letters(n),
        "A" => letters(n).to_uppercase(),
        "i" => roman(n),
        "I" => roman(n).to_uppercase(),
        "" => String::new(),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, number, written};

    #[test]
    fn reads_numbers_of_items() {
        let level = |format: &str, suffix: &str, shown| Level {
            format: format.to_owned(),
            suffix: suffix.to_owned(),
            shown,
            start: 1,
            ..Level::default()
        };
        let levels = [level("1", ".", 1), level("a", ")", 1), level("1", "", 3)];
        assert_eq!(number(&levels, &[2]), "2.");
        assert_eq!(number(&levels, &[2, 3]), "c)");
        assert_eq!(number(&levels, &[2, 3, 4]), "2.c.4");
        assert_eq!((written(14, "i"), written(28, "A")), ("xiv".to_owned(), "BB".to_owned()));
    }
}
