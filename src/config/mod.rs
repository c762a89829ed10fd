//! `recount.toml`: what a project says once instead of on every command line.
//!
//! Goes in: the text of the file and the folder it lies in. Comes out: a [`Config`], or errors that name the place.
//! Knows nothing of the command line.

mod fact;
mod glob;
mod origin;
mod place;
mod spelling;

pub use fact::{Fact, FactError, FactRule, OneOrMany, Scalar, fact_rules};
pub use glob::{Globs, relative};
pub use origin::{From, TableName};
pub use place::{ConfigError, line_column};
pub use spelling::{Spelling, spelling_rules};

use crate::diagnostic::Severity;
use crate::rule::with_hint;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The name of the file.
pub const FILE_NAME: &str = "recount.toml";

/// The name of the baseline beside it, unless another is given.
pub const BASELINE_NAME: &str = "recount-baseline.toml";

/// The lowest severity that makes a run fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Any finding.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
    /// Nothing.
    Never,
}

/// What becomes of the comments that people hang at places of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Comments {
    /// Their claims are listed, and compared with nothing.
    Apart,
    /// What they say counts as said by the document.
    Compared,
}

/// The file as written. Paths and globs are relative to its folder, with `/` between their parts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// Lowest severity that makes the exit code 1.
    pub fail_on: Option<Spanned<FailOn>>,
    /// Lowest severity to print.
    pub severity: Option<Spanned<Severity>>,
    /// Whether the rules of stage preview run too.
    pub preview: Option<Spanned<bool>>,
    /// What becomes of comments in documents.
    pub comments: Option<Spanned<Comments>>,
    /// Rules or families to run, instead of all of stage stable.
    pub select: Option<Spanned<Vec<String>>>,
    /// Rules or families to leave out.
    pub ignore: Option<Spanned<Vec<String>>>,
    /// Globs of files that are not read when a folder is.
    pub exclude: Option<Spanned<Vec<String>>>,
    /// A folder with rules of one's own, `<id>.toml` or `<family>/<id>.toml`.
    pub rules_folder: Option<Spanned<PathBuf>>,
    /// The baseline file.
    pub baseline: Option<Spanned<PathBuf>>,
    /// Keys of manifests given anew, by rule.
    pub rules: BTreeMap<Spanned<String>, toml::Table>,
    /// Files that are compared with each other; those in no group are one more.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// Settings for some of the files.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
    /// Facts that every statement is checked against.
    #[serde(rename = "fact")]
    pub facts: Vec<Fact>,
    /// How names and terms are written.
    #[serde(rename = "spelling")]
    pub spellings: Vec<Spelling>,
}

/// Documents that belong together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    /// What they are, for the reader of the file.
    pub name: Option<String>,
    /// Globs of the files.
    pub files: Spanned<Vec<String>>,
}

/// Settings for some of the files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs of the files.
    pub files: Spanned<Vec<String>>,
    /// Rules or families that leave them alone.
    pub ignore: Spanned<Vec<String>>,
}

/// A configuration with where it came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The file.
    pub path: PathBuf,
    /// Its folder, which paths in it start from.
    pub folder: PathBuf,
    /// Its text.
    pub text: String,
    /// What it says.
    pub config: Config,
}

impl Loaded {
    /// Reads a configuration from its text.
    ///
    /// # Errors
    ///
    /// Says what is wrong, with line and column, and the nearest known name for an unknown one.
    pub fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        let config: Config = toml::from_str(&text).map_err(|e| {
            let at = e.span().map_or(0, |span| span.start);
            ConfigError::new(path, &text, at, with_hint(e.message()))
        })?;
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
        Ok(Self { path: path.to_owned(), folder, text, config })
    }

    /// An error at a byte of the file.
    #[must_use]
    pub fn error(&self, at: usize, message: String) -> ConfigError {
        ConfigError::new(&self.path, &self.text, at, message)
    }

    /// A glob set of the file, with an error that names its place.
    ///
    /// # Errors
    ///
    /// When a glob cannot be read.
    pub fn globs(&self, list: &Spanned<Vec<String>>) -> Result<Globs, ConfigError> {
        Globs::new(&self.folder, list.get_ref()).map_err(|message| self.error(list.span().start, message))
    }
}

/// The configuration for a run over some paths: the nearest `recount.toml` in the folder that holds all of them, or
/// in a folder above it.
#[must_use]
pub fn discover(paths: &[PathBuf]) -> Option<PathBuf> {
    let folders = paths.iter().filter_map(|path| {
        let path = if path == Path::new("-") { std::env::current_dir() } else { path.canonicalize() };
        let path = path.ok()?;
        if path.is_dir() { Some(path) } else { path.parent().map(Path::to_owned) }
    });
    let common =
        folders.reduce(|a, b| a.ancestors().find(|f| b.starts_with(f)).map(Path::to_owned).unwrap_or_default());
    let folder = common.or_else(|| std::env::current_dir().ok())?;
    folder.ancestors().map(|f| f.join(FILE_NAME)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::{Loaded, discover};
    use std::path::Path;

    fn error(text: &str) -> String {
        Loaded::parse(Path::new("recount.toml"), text.to_owned()).expect_err("the text is wrong").to_string()
    }

    #[test]
    fn reads_a_whole_file() {
        let text = "fail-on = \"never\"\nignore = [\"names\"]\n\n[rules.table-total]\nseverity = \"error\"\n\n[[group]]\nfiles = [\"a/*.md\"]\n\n[[fact]]\nname = \"tools\"\nvalue = 178\nphrase = \"{number} tools\"\n";
        let loaded = Loaded::parse(Path::new("docs/recount.toml"), text.to_owned()).expect("it is right");
        assert_eq!(loaded.folder, Path::new("docs"));
        assert_eq!(loaded.config.groups.len(), 1);
        assert_eq!(loaded.config.facts[0].name.get_ref(), "tools");
        assert_eq!(loaded.config.rules.keys().map(|k| k.get_ref().as_str()).collect::<Vec<_>>(), ["table-total"]);
    }

    #[test]
    fn says_where_a_mistake_is() {
        assert_eq!(
            error("preview = true\nignroe = []\n").lines().next(),
            Some(
                "recount.toml:2:1: unknown field `ignroe`, expected one of `fail-on`, `severity`, `preview`, `comments`, `select`, `ignore`, `exclude`, `rules-folder`, `baseline`, `rules`, `group`, `override`, `fact`, `spelling`; did you mean `ignore`?"
            )
        );
        assert!(error("fail-on = \"warnign\"\n").contains("recount.toml:1:11: unknown variant `warnign`"));
        assert!(error("fail-on = \"warnign\"\n").contains("did you mean `warning`?"));
        assert!(error("preview = 1\n").contains("recount.toml:1:11: invalid type: integer `1`, expected a boolean"));
    }

    #[test]
    fn reads_the_nearest_file_above_all_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        for path in ["a/b", "a/c"] {
            std::fs::create_dir_all(root.join(path)).expect("a folder");
        }
        for file in ["recount.toml", "a/b/recount.toml", "a/b/x.md", "a/c/y.md"] {
            std::fs::write(root.join(file), "").expect("a file");
        }
        let found = |paths: &[&str]| discover(&paths.iter().map(|p| root.join(p)).collect::<Vec<_>>());
        assert_eq!(found(&["a/b/x.md"]), Some(root.join("a/b/recount.toml")));
        assert_eq!(found(&["a/b/x.md", "a/c/y.md"]), Some(root.join("recount.toml")));
    }
}
