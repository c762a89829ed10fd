//! Bibliographies: what stands below their heading are entries.

use crate::document::{BlockKind, Document};

/// What bibliographies are headed with, in the languages that reports are set in most.
const WORDS: [&str; 21] = [
    "bibliography",
    "references",
    "reference list",
    "list of references",
    "works cited",
    "literature cited",
    "literature",
    "selected bibliography",
    "select bibliography",
    "cited works",
    "sources cited",
    "references cited",
    "further reading",
    "literatur",
    "literaturverzeichnis",
    "quellen",
    "quellenverzeichnis",
    "bibliographie",
    "bibliografía",
    "bibliografia",
    "referencias",
];

/// Whether this is the heading of a bibliography, its number left out.
pub(super) fn is_bibliography_word(heading: &str) -> bool {
    let bare = heading.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(|c: char| !c.is_alphabetic());
    // A. References
    let bare = bare.strip_prefix(|c: char| c.is_uppercase()).filter(|r| r.starts_with(". ")).map_or(bare, |r| &r[2..]);
    if bare.is_empty() || bare.len() > 40 {
        return false;
    }
    let folded = bare.to_lowercase();
    WORDS.contains(&folded.as_str())
        || matches!(folded.as_str(), "normative references" | "informative references" | "references and notes")
}

/// Most bytes of a line that heads a bibliography without being a heading.
const LINE: usize = 24;

/// Whether a paragraph is a line that heads a bibliography: "**References**", and what follows has authors and years.
fn is_headline(document: &Document, at: usize) -> bool {
    let text = |i: usize| document.blocks.get(i).map_or("", |b| b.text.string.as_str());
    let followed = |text: &str| {
        let start: String = text.chars().take(240).collect();
        let year = |w: &str| {
            w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()) && (w.starts_with('1') || w.starts_with('2'))
        };
        start.starts_with(char::is_uppercase)
            && start.contains(", ")
            && start.split(|c: char| !c.is_alphanumeric()).any(year)
    };
    document.blocks[at].kind == BlockKind::Paragraph
        && text(at).len() <= LINE
        && is_bibliography_word(text(at))
        && followed(text(at + 1))
}

/// Turns the running text below the headings of bibliographies into entries.
pub(super) fn mark(document: &mut Document) {
    let mut below: Option<u8> = None;
    for at in 0..document.blocks.len() {
        if below.is_none() && is_headline(document, at) {
            // Any heading ends it.
            below = Some(u8::MAX);
            continue;
        }
        let block = &mut document.blocks[at];
        match block.kind {
            BlockKind::Heading(level) => {
                if is_bibliography_word(&block.text.string) {
                    below = below.filter(|&open| open < level).or(Some(level));
                } else if below.is_some_and(|open| level <= open) {
                    below = None;
                }
            }
            BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote if below.is_some() => {
                block.kind = BlockKind::Entry;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_headings_of_bibliographies() {
        for heading in ["References", "7. REFERENCES", "Works Cited", "12 Normative References", "Bibliography:"] {
            assert!(is_bibliography_word(heading), "{heading}");
        }
        for heading in ["References to wells", "Cross-references", "", "12"] {
            assert!(!is_bibliography_word(heading), "{heading}");
        }
    }
}
