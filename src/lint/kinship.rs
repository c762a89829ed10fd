//! Which documents of a group do not speak of the same things: editions of one document, and members of a
//! collection.
//!
//! What changes from edition to edition (numbers, dates, settings, office holders) is not compared between the
//! minutes of two meetings or the notes of two releases. The file names tell: two paths that differ only in
//! dates, versions or numbers of issues are two editions.
//!
//! A folder with many documents or many folders of documents (posts of a blog, proposals, commands, projects)
//! is a collection, and so is one of packages that have a README each: each of its members speaks of its own "users" and "first release". Numbers, events and lists
//! are compared inside a member and with documents outside of the collection, but not between members, unless
//! the configuration names them as a group.

use crate::claim::ClaimKind;
use crate::source::Sources;
use crate::span::FileId;
use regex::Regex;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;
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
        [-_\ ]?[0-9]+(?:\.[0-9]+)*
      | \b(?:january|february|march|april|may|june|july|august|september|october|november|december
            |jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b";
    Regex::new(pattern).ok()
});

/// A folder with more members than this is a collection.
const COLLECTION: usize = 24;

/// Folders in which a repository keeps what is built, versioned and described by itself.
const PACKAGES: [&str; 20] = [
    "actions",
    "addons",
    "apps",
    "charts",
    "clients",
    "components",
    "crates",
    "examples",
    "extensions",
    "integrations",
    "libraries",
    "libs",
    "modules",
    "packages",
    "plugins",
    "providers",
    "samples",
    "sdks",
    "services",
    "templates",
];

/// The documents by series, edition and collection.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinship {
    /// By index of the file: the series and the edition, both numbered from 0.
    editions: Vec<Option<(u32, u32)>>,
    /// By index of the file: the collections it lies in and which member of each it belongs to, both numbered
    /// from 0; sorted.
    members: Vec<Vec<(u32, u32)>>,
}

impl Kinship {
    /// Reads the paths of all sources.
    pub(super) fn new(sources: &Sources) -> Self {
        let paths: Vec<&Path> = sources.iter().map(|(_, file)| file.path.as_path()).collect();
        Self { editions: editions(&paths), members: members(&paths) }
    }

    /// Whether two of the files are editions of one document.
    pub(super) fn has_editions(&self, files: &[FileId]) -> bool {
        let of = |file: &FileId| self.editions.get(file.0 as usize).copied().flatten();
        any_pair(files, |a, b| matches!((of(a), of(b)), (Some((s, e)), Some((t, f))) if s == t && e != f))
    }

    /// Whether two of the files belong to different members of one collection.
    pub(super) fn has_members(&self, files: &[FileId]) -> bool {
        let of = |file: &FileId| self.members.get(file.0 as usize).map_or(&[][..], Vec::as_slice);
        any_pair(files, |a, b| of(a).iter().any(|(c, m)| of(b).iter().any(|(d, n)| c == d && m != n)))
    }
}

fn any_pair(files: &[FileId], holds: impl Fn(&FileId, &FileId) -> bool) -> bool {
    files.iter().enumerate().any(|(n, a)| files[n + 1..].iter().any(|b| holds(a, b)))
}

/// Series and edition of each path, when it names an edition.
fn editions(paths: &[&Path]) -> Vec<Option<(u32, u32)>> {
    let Some(mark) = MARK.as_ref() else { return Vec::new() };
    let mut series: FxHashMap<String, u32> = FxHashMap::default();
    let mut editions: FxHashMap<String, u32> = FxHashMap::default();
    let edition = |path: &&Path| {
        let path = path.with_extension("").to_string_lossy().to_lowercase().replace('_', "-");
        let key = mark.replace_all(&path, "#").into_owned();
        if key == path {
            return None;
        }
        let (next, also) = (series.len() as u32, editions.len() as u32);
        Some((*series.entry(key).or_insert(next), *editions.entry(path).or_insert(also)))
    };
    paths.iter().map(edition).collect()
}

/// The folders on the way to a file, each with its member on that way; innermost first.
fn steps(path: &Path) -> impl Iterator<Item = (&Path, &OsStr)> {
    path.ancestors().map_while(|at| Some((at.parent()?, at.file_name()?)))
}

/// The collections that each path lies in, with the member that it belongs to.
fn members(paths: &[&Path]) -> Vec<Vec<(u32, u32)>> {
    let mut folders: BTreeMap<&Path, BTreeSet<&OsStr>> = BTreeMap::new();
    for (folder, name) in paths.iter().flat_map(|p| steps(p)) {
        folders.entry(folder).or_default().insert(name);
    }
    let collections: BTreeMap<&Path, (u32, &BTreeSet<&OsStr>)> = folders
        .iter()
        .filter(|(folder, names)| names.len() > COLLECTION || has_packages(folder, names, &folders))
        .zip(0..)
        .map(|((folder, names), n)| (*folder, (n, names)))
        .collect();
    let member = |(folder, name): (&Path, &OsStr)| {
        let (collection, names) = collections.get(folder)?;
        Some((*collection, names.range(..name).count() as u32))
    };
    paths.iter().map(|path| steps(path).filter_map(member).collect()).collect()
}

/// Whether a folder has the name of one for packages, and two of its members a README of their own.
fn has_packages(folder: &Path, names: &BTreeSet<&OsStr>, folders: &BTreeMap<&Path, BTreeSet<&OsStr>>) -> bool {
    let named = folder.file_name().and_then(OsStr::to_str).is_some_and(|name| PACKAGES.contains(&name));
    let described = |name: &&&OsStr| {
        let own = folders.get(folder.join(name).as_path());
        own.is_some_and(|files| {
            files.iter().any(|f| f.to_str().is_some_and(|f| f.to_ascii_lowercase().starts_with("readme")))
        })
    };
    named && names.iter().filter(described).take(2).count() == 2
}

/// Whether what a claim of the kind says changes from edition to edition.
pub(super) fn changes(kind: ClaimKind) -> bool {
    matches!(
        kind,
        ClaimKind::Quantity
            | ClaimKind::Event
            | ClaimKind::Occasion
            | ClaimKind::Role
            | ClaimKind::Set
            | ClaimKind::Setting
            | ClaimKind::Identifier
            | ClaimKind::Declared
            | ClaimKind::Given
            | ClaimKind::Parameter
            | ClaimKind::Datum
            | ClaimKind::Mention
            | ClaimKind::Stated
    )
}

/// Whether what a claim of the kind says is said of the member of a collection that it stands in.
pub(super) fn is_own(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Quantity | ClaimKind::Event | ClaimKind::Occasion | ClaimKind::Set)
}

#[cfg(test)]
mod tests {
    use super::Kinship;
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::FileId;

    fn kinship(paths: &[String]) -> Kinship {
        let mut sources = Sources::default();
        for path in paths {
            sources.add(SourceFile::new(path.into(), String::new(), Origin::Verbatim));
        }
        Kinship::new(&sources)
    }

    fn are_editions(a: &str, b: &str) -> bool {
        kinship(&[a.to_owned(), b.to_owned()]).has_editions(&[FileId(0), FileId(1)])
    }

    #[test]
    fn reads_dates_versions_and_issues_as_editions() {
        assert!(are_editions("minutes/2024-05-06.md", "minutes/2024-06-03.md"));
        assert!(are_editions("2022/README.md", "2023/README.md"));
        assert!(are_editions("releases/v1.10/notes.md", "releases/v1.9/notes.md"));
        assert!(are_editions("newsletter-7.md", "newsletter-12.md"));
        assert!(are_editions("retreat-March.md", "retreat-October.md"));
    }

    #[test]
    fn ignores_files_that_differ_in_words_or_chapters() {
        assert!(!are_editions("annual-report-2023.md", "press-release-2023.md"));
        assert!(!are_editions("annual-report-2022.md", "press-release-2023.md"));
        assert!(!are_editions("chapter-1.md", "chapter-2.md"));
        assert!(!are_editions("README.md", "docs/guide.md"));
        assert!(!kinship(&["2024.md".to_owned()]).has_editions(&[FileId(0)]));
        assert!(!Kinship::default().has_editions(&[FileId(0), FileId(1)]));
    }

    #[test]
    fn reads_a_folder_with_many_members_as_a_collection() {
        let letters: Vec<String> = ('a'..='z').map(|c| format!("projects/{c}/about.md")).collect();
        let more = ["README.md", "projects/a/costs.md"].map(str::to_owned);
        let kinship = kinship(&[letters, more.to_vec()].concat());
        assert!(kinship.has_members(&[FileId(0), FileId(1)]));
        assert!(!kinship.has_members(&[FileId(0), FileId(26)]), "the README lies outside");
        assert!(!kinship.has_members(&[FileId(0), FileId(27)]), "one member has two documents");
    }

    #[test]
    fn reads_packages_with_a_readme_each_as_a_collection() {
        let paths = ["README.md", "packages/gauge/README.md", "packages/tide/readme.md", "packages/tide/docs/use.md"];
        let kinship = kinship(&paths.map(str::to_owned));
        assert!(kinship.has_members(&[FileId(1), FileId(2)]) && kinship.has_members(&[FileId(1), FileId(3)]));
        assert!(!kinship.has_members(&[FileId(0), FileId(1)]), "the README of the repository lies outside");
        assert!(!kinship.has_members(&[FileId(2), FileId(3)]), "one package has two documents");
        let chapters = ["docs/gauge/README.md", "docs/tide/README.md"].map(str::to_owned);
        assert!(!self::kinship(&chapters).has_members(&[FileId(0), FileId(1)]), "parts of one manual");
    }

    #[test]
    fn ignores_folders_with_few_members() {
        let paths: Vec<String> = ('a'..='h').map(|c| format!("docs/{c}.md")).collect();
        assert!(!kinship(&paths).has_members(&[FileId(0), FileId(1)]));
    }
}
