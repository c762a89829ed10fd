//! Styles: what a paragraph of a style is.

use crate::read::xml::{Piece, Xml};
use rustc_hash::FxHashMap;

/// What a style says of its paragraphs, as far as it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// The name in lower case: `heading 1`, `caption`.
    pub(super) name: String,
    /// The outline level, 0 the highest.
    pub(super) outline: Option<u8>,
    /// The numbering and its level.
    pub(super) numbering: Option<u32>,
    pub(super) level: Option<usize>,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) hidden: bool,
    based_on: Option<String>,
}

/// All styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: FxHashMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
}

/// How many styles may build on each other.
const DEEPEST: usize = 12;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(part: &str) -> Self {
        let mut styles = Self::default();
        let mut xml = Xml::new(part, 0..part.len());
        let mut open: Option<(String, Style)> = None;
        while let Some((piece, _)) = xml.next() {
            match piece {
                Piece::Open(tag) => {
                    if tag.name() == "w:style" {
                        let id = tag.get("w:styleId").unwrap_or_default();
                        let paragraph = tag.get("w:type").is_none_or(|t| t == "paragraph");
                        if paragraph && tag.get("w:default").is_some_and(|d| d == "1" || d == "true") {
                            styles.normal = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                        continue;
                    }
                    let Some((_, style)) = &mut open else { continue };
                    match tag.name() {
                        "w:name" => style.name = tag.get("w:val").unwrap_or_default().to_lowercase(),
                        "w:basedOn" => style.based_on = tag.get("w:val"),
                        "w:outlineLvl" => style.outline = tag.number("w:val"),
                        "w:numId" => style.numbering = tag.number("w:val"),
                        "w:ilvl" => style.level = tag.number("w:val"),
                        "w:b" => style.bold = tag.is_on(),
                        "w:i" => style.italic = tag.is_on(),
                        "w:vanish" => style.hidden = tag.is_on(),
                        _ => {}
                    }
                }
                Piece::Close(name) if name == "w:style" => {
                    if let Some((id, style)) = open.take() {
                        styles.all.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        styles
    }

    /// What a style says together with those it builds on; the style of plain paragraphs when none is named.
    pub(super) fn get(&self, id: Option<&str>) -> Style {
        let mut next = id.or(self.normal.as_deref());
        let mut style = Style::default();
        for depth in 0..DEEPEST {
            let Some(found) = next.and_then(|id| self.all.get(id)) else { break };
            if depth == 0 {
                style.name.clone_from(&found.name);
                (style.bold, style.italic, style.hidden) = (found.bold, found.italic, found.hidden);
            }
            style.outline = style.outline.or(found.outline);
            style.numbering = style.numbering.or(found.numbering);
            style.level = style.level.or(found.level);
            next = found.based_on.as_deref();
        }
        style
    }
}

impl Style {
    /// The level of the heading that a paragraph of this style is: 0 for the title of the document.
    pub(super) fn heading(&self) -> Option<u8> {
        if self.name == "title" {
            return Some(0);
        }
        if let Some(level) = self.name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok()) {
            return Some(level.clamp(1, 9));
        }
        self.outline.filter(|&level| level < 9).map(|level| level + 1)
    }

    /// Whether it is a line of a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        self.name.strip_prefix("toc ").is_some_and(|n| n.trim().parse::<u8>().is_ok())
            || self.name == "table of figures"
    }
}
