//! Which documents are editions of one document: the minutes of two meetings, the notes of two releases.
//!
//! What changes from edition to edition (numbers, dates, settings, office holders) is compared with other
//! documents, not with other editions. The file names tell: two paths that differ only in dates, versions or
//! numbers of issues are two editions.

use crate::claim::ClaimKind;
use crate::source::Sources;
use crate::span::FileId;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Dates, versions and numbers of issues in a path. Short numbers alone may be those of chapters.
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?x)
        v?[0-9]+(?:\.[0-9]+)+
      | [0-9]+(?:[-_][0-9]+)+
      | [0-9]{3,}
      | \b[qh][1-4]\b
      | @[0-9]+\b
      | \b(?:issue|edition|episode|meeting|minutes|newsletter|number|no|release|round|season|session|volume|vol|week)
        [-_\ ]?[0-9]+
      | \b(?:january|february|march|april|may|june|july|august|september|october|november|december
            |jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b";
    Regex::new(pattern).ok()
});

/// The documents by series and edition.
#[derive(Clone, Debug, Default)]
pub(super) struct Editions {
    /// By index of the file: the series and the edition, both numbered from 0.
    of: Vec<Option<(u32, u32)>>,
}

impl Editions {
    /// Reads the paths of all sources.
    pub(super) fn new(sources: &Sources) -> Self {
        let Some(mark) = MARK.as_ref() else { return Self::default() };
        let mut series: FxHashMap<String, u32> = FxHashMap::default();
        let mut editions: FxHashMap<String, u32> = FxHashMap::default();
        let of = sources
            .iter()
            .map(|(_, file)| {
                let path = file.path.with_extension("").to_string_lossy().to_lowercase().replace('_', "-");
                let key = mark.replace_all(&path, "#").into_owned();
                if key == path {
                    return None;
                }
                let (next, also) = (series.len() as u32, editions.len() as u32);
                Some((*series.entry(key).or_insert(next), *editions.entry(path).or_insert(also)))
            })
            .collect();
        Self { of }
    }

    /// Whether two of the files are editions of one document.
    pub(super) fn meet(&self, files: &[FileId]) -> bool {
        let of = |file: &FileId| self.of.get(file.0 as usize).copied().flatten();
        files.iter().enumerate().any(|(n, a)| {
            let a = of(a);
            files[n + 1..].iter().any(|b| matches!((a, of(b)), (Some((s, e)), Some((t, f))) if s == t && e != f))
        })
    }
}

/// Whether what a claim of the kind says changes from edition to edition.
pub(super) fn changes(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Quantity
            | ClaimKind::Event
            | ClaimKind::Role
            | ClaimKind::Set
            | ClaimKind::Setting
            | ClaimKind::Identifier
            | ClaimKind::Stated
    )
}

#[cfg(test)]
mod tests {
    use super::Editions;
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::FileId;

    fn meet(a: &str, b: &str) -> bool {
        let mut sources = Sources::default();
        let files = [a, b].map(|p| sources.add(SourceFile::new(p.into(), String::new(), Origin::Verbatim)));
        Editions::new(&sources).meet(&files)
    }

    #[test]
    fn reads_dates_versions_and_issues_as_editions() {
        assert!(meet("minutes/2024-05-06.md", "minutes/2024-06-03.md"));
        assert!(meet("2022/README.md", "2023/README.md"));
        assert!(meet("releases/v1.10/notes.md", "releases/v1.9/notes.md"));
        assert!(meet("newsletter-7.md", "newsletter-12.md"));
        assert!(meet("retreat-March.md", "retreat-October.md"));
    }

    #[test]
    fn ignores_files_that_differ_in_words_or_chapters() {
        assert!(!meet("annual-report-2023.md", "press-release-2023.md"));
        assert!(!meet("annual-report-2022.md", "press-release-2023.md"));
        assert!(!meet("chapter-1.md", "chapter-2.md"));
        assert!(!meet("README.md", "docs/guide.md"));
    }

    #[test]
    fn ignores_a_single_file() {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("2024.md".into(), String::new(), Origin::Verbatim));
        assert!(!Editions::new(&sources).meet(&[file]));
        assert!(!Editions::default().meet(&[FileId(0), FileId(1)]));
    }
}
