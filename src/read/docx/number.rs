//! Numbers of list items and headings, which Word computes when it shows the document.

use crate::read::numeral::{letters, roman};
use crate::read::xml::{Piece, Xml};
use rustc_hash::FxHashMap;

/// How many levels a numbering has.
const LEVELS: usize = 9;

/// One level of a numbering.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    /// The text with `%1` for the number of level 1.
    text: String,
}

/// The numberings of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each abstract numbering.
    kinds: FxHashMap<u32, Vec<Option<Level>>>,
    /// For each numbering its abstract one, and the levels at which it starts anew.
    uses: FxHashMap<u32, (u32, Vec<Option<i64>>)>,
    /// The numbers that each abstract numbering has reached.
    counts: FxHashMap<u32, [Option<i64>; LEVELS]>,
    started: FxHashMap<(u32, usize), ()>,
}

/// The mark of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// As shown: `2.1`, `(a)`, `-`.
    pub(super) text: String,
    /// Whether it counts.
    pub(super) ordered: bool,
    /// The numbering that it belongs to: items of one share a list.
    pub(super) kind: u32,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(part: &str) -> Self {
        let mut numbering = Self::default();
        let mut xml = Xml::new(part, 0..part.len());
        let (mut kind, mut used, mut level) = (None, None, 0usize);
        while let Some((piece, _)) = xml.next() {
            let Piece::Open(tag) = piece else { continue };
            let levels = |all: &mut FxHashMap<u32, Vec<Option<Level>>>, kind: u32, level: usize| {
                let levels = all.entry(kind).or_insert_with(|| vec![None; LEVELS]);
                levels[level].get_or_insert_with(|| Level {
                    start: 1,
                    format: "decimal".to_owned(),
                    text: String::new(),
                });
            };
            match tag.name() {
                "w:abstractNum" => (kind, used) = (tag.number("w:abstractNumId"), None),
                "w:num" => {
                    used = tag.number::<u32>("w:numId");
                    kind = None;
                    if let Some(used) = used {
                        numbering.uses.insert(used, (u32::MAX, vec![None; LEVELS]));
                    }
                }
                "w:abstractNumId" => {
                    if let Some(of) = used.and_then(|used| numbering.uses.get_mut(&used)) {
                        of.0 = tag.number("w:val").unwrap_or(u32::MAX);
                    }
                }
                "w:lvl" | "w:lvlOverride" => {
                    level = tag.number::<usize>("w:ilvl").unwrap_or(0).min(LEVELS - 1);
                    if let Some(kind) = kind {
                        levels(&mut numbering.kinds, kind, level);
                    }
                }
                "w:startOverride" => {
                    if let Some(of) = used.and_then(|used| numbering.uses.get_mut(&used)) {
                        of.1[level] = tag.number("w:val");
                    }
                }
                name @ ("w:start" | "w:numFmt" | "w:lvlText") => {
                    let Some(level) = kind.and_then(|kind| numbering.kinds.get_mut(&kind)?[level].as_mut()) else {
                        continue;
                    };
                    match name {
                        "w:start" => level.start = tag.number("w:val").unwrap_or(1),
                        "w:numFmt" => level.format = tag.get("w:val").unwrap_or_default(),
                        _ => level.text = tag.get("w:val").unwrap_or_default(),
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// The mark of the next item of a numbering at a level; `None` when the numbering is not known.
    pub(super) fn next(&mut self, used: u32, level: usize) -> Option<Marker> {
        let level = level.min(LEVELS - 1);
        let (kind, anew) = self.uses.get(&used)?;
        let kind = *kind;
        let levels = self.kinds.get(&kind)?;
        let own = levels[level].as_ref()?;
        let counts = self.counts.entry(kind).or_default();
        let first_use = self.started.insert((used, level), ()).is_none();
        let number = match (anew[level].filter(|_| first_use), counts[level]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own.start,
        };
        counts[level] = Some(number);
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            *count = None;
            let _ = deeper;
        }
        if own.format == "bullet" || !own.text.contains('%') {
            let text = if own.format == "bullet" { "-" } else { own.text.trim() };
            return Some(Marker { text: text.to_owned(), ordered: false, kind });
        }
        let mut text = String::new();
        let mut rest = own.text.as_str();
        while let Some(at) = rest.find('%') {
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(of @ 1..=9) = rest.chars().next().and_then(|c| c.to_digit(10)) {
                let of = of as usize - 1;
                let (start, format) = levels[of].as_ref().map_or((1, "decimal"), |l| (l.start, l.format.as_str()));
                text.push_str(&shown(counts[of].unwrap_or(start), format));
                rest = &rest[1..];
            }
        }
        text.push_str(rest);
        // A level may be numbered with nothing, and with nothing but the text around it.
        Some(Marker { text: text.trim().to_owned(), ordered: own.format != "none", kind })
    }
}

/// A number in one of the formats of Word.
pub(super) fn shown(number: i64, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        "ordinal" => format!("{number}."),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_of_several_levels() {
        let part = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbering = Numbering::read(part);
        let mut next = |used, level| numbering.next(used, level).map(|m| m.text).unwrap_or_default();
        assert_eq!([next(1, 0), next(1, 0), next(1, 1), next(1, 1), next(1, 2)], ["1.", "2.", "2.a)", "2.b)", "-"]);
        assert_eq!([next(1, 0), next(1, 1), next(2, 0), next(2, 0), next(9, 0)], ["3.", "3.a)", "5.", "6.", ""]);
    }

    #[test]
    fn reads_levels_without_a_number() {
        let part = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
        let marker = Numbering::read(part).next(1, 0).expect("the level is known");
        assert_eq!((marker.text.as_str(), marker.ordered), ("", false));
    }

    #[test]
    fn reads_formats() {
        assert_eq!([shown(4, "lowerRoman"), shown(28, "upperLetter"), shown(7, "decimalZero")], ["iv", "BB", "07"]);
    }
}
