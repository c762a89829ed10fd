//! Short citations, "Abel, *Wells of the Plain*, 9", against the full ones that they stand for.

use super::{Cited, PLACES, finding, shortened};
use crate::check::Finding;
use crate::claim::{Author, CitationForm};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// One in so many short citations may lack the full one; where more do, works are cited in this form throughout.
const MISSING: usize = 4;

/// What one document says of its short citations.
struct Shorts<'c, 'a> {
    /// Those whose author no full citation names.
    lacking: Vec<&'c Cited<'a>>,
    /// How many authors of others there are; 0 when works are cited in this form throughout.
    sound: usize,
}

/// Appends the short citations whose author no full citation of their document names; one that other documents have
/// taken over is one slip.
pub(super) fn check(cited: &[Cited<'_>], found: &mut Vec<Finding>) {
    // Claims come file by file.
    let files: Vec<Shorts<'_, '_>> = cited.chunk_by(|a, b| a.file() == b.file()).map(read).collect();
    let mut copies: BTreeMap<(&str, &[CompactString]), Vec<&Cited<'_>>> = BTreeMap::new();
    for c in files.iter().flat_map(|f| &f.lacking) {
        copies.entry(work(c)).or_default().push(c);
    }
    for file in files.iter().filter(|f| f.sound > 0) {
        for c in &file.lacking {
            let Some(same) = copies.remove(&work(c)) else { continue };
            let title = c.citation.title.as_ref().map_or("", |t| t.text.as_str());
            let others = same.iter().filter(|o| o.claim.at != c.claim.at).take(PLACES - 1);
            found.push(finding(
                format!("short citation without a full one: {}, {}", c.citation.authors[0].text, shortened(title, 50)),
                std::iter::once(c)
                    .chain(others)
                    .map(|c| c.place(c.citation.named.as_ref(), "not cited in full"))
                    .collect(),
                vec![format!("of other short citations the full one is there ({})", file.sound)],
            ));
        }
    }
}

/// The author and title of a short citation.
fn work<'c>(c: &Cited<'c>) -> (&'c str, &'c [CompactString]) {
    (c.citation.authors[0].surname.as_str(), &c.citation.key)
}

/// Reads the short citations of one document.
fn read<'c, 'a>(cited: &'c [Cited<'a>]) -> Shorts<'c, 'a> {
    let full: BTreeSet<&str> =
        cited.iter().filter(|c| !is_short(c)).flat_map(|c| &c.citation.authors).flat_map(names).collect();
    let short = || cited.iter().filter(|c| is_short(c) && c.citation.authors.len() == 1);
    let author = |c: &Cited<'_>| c.citation.authors[0].surname.clone();
    // "Ito, ibid." and "Ito (n 3)" prove as well that works are cited in full first.
    let first: BTreeSet<&str> =
        cited.iter().filter(is_full).flat_map(|c| &c.citation.authors).flat_map(names).collect();
    let other = cited.iter().filter(|c| is_sent_back(c)).map(author).filter(|a| first.contains(a.as_str()));
    let sound: BTreeSet<_> = short().map(author).filter(|a| full.contains(a.as_str())).chain(other).collect();
    let lacking: Vec<_> = short().filter(|c| !full.contains(author(c).as_str())).collect();
    let missing: BTreeSet<_> = lacking.iter().map(|c| author(c)).collect();
    let usual = missing.len() > (sound.len() / MISSING).max(1);
    Shorts { lacking, sound: if usual { 0 } else { sound.len() } }
}

/// Whether a note gives nothing of a work but surnames and a title, which is read only when a full citation is there.
fn is_short(c: &Cited<'_>) -> bool {
    let citation = c.citation;
    citation.form == CitationForm::Note
        && !citation.back
        && citation.target.is_none()
        && citation.title.is_some()
        && citation.year.is_none()
        && citation.publisher.is_none()
        && citation.addresses.is_empty()
        && !citation.authors.is_empty()
        && citation.authors.iter().all(|a| !a.surname.is_empty() && a.given.is_empty() && !a.inverted)
}

/// Whether a note names an author and sends back to what was cited before.
fn is_sent_back(c: &Cited<'_>) -> bool {
    let citation = c.citation;
    citation.form == CitationForm::Note
        && (citation.back || citation.target.is_some())
        && citation.authors.first().is_some_and(|a| !a.surname.is_empty())
}

/// Whether the citation stands for itself.
fn is_full(c: &&Cited<'_>) -> bool {
    !is_short(c) && !c.citation.back && c.citation.target.is_none()
}

/// The names that a short form may use for an author.
fn names(author: &Author) -> impl Iterator<Item = &str> {
    std::iter::once(author.surname.as_str())
        .chain(author.words.iter().map(|w| w.as_str()))
        .chain(author.given.iter().map(|w| w.as_str()))
        .filter(|name| !name.is_empty())
}
