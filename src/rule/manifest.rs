//! The TOML of one rule, and the rule built from it.

use super::template::Template;
use crate::check::{Check, CheckSpec};
use crate::diagnostic::Severity;
use serde::Deserialize;

/// Whether a rule runs without being asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Runs by default.
    #[default]
    Stable,
    /// Runs when named, or with `--preview`.
    Preview,
}

/// Why a rule exists and what it leaves alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doc {
    /// Why it matters.
    pub why: String,
    /// What it leaves alone.
    pub not: String,
}

/// An example that is documentation and test at once. Exactly one of `flag` and `pass` is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Text with the labelled places in `<<…>>`.
    pub flag: Option<String>,
    /// Text in which the rule finds nothing.
    pub pass: Option<String>,
    /// File name extension of the format, `md` unless said.
    #[serde(default = "markdown")]
    pub format: String,
}

fn markdown() -> String {
    "md".to_owned()
}

/// A rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One line: what is wrong when the rule fires.
    pub summary: String,
    /// How much a finding matters.
    pub severity: Severity,
    /// Whether it runs by default.
    #[serde(default)]
    pub stage: Stage,
    /// Message template with `{variables}`.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Which claims, which relation.
    pub check: CheckSpec,
    /// Why, and what it leaves alone.
    pub doc: Doc,
    /// Examples; at least one of each.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

/// A rule ready to run.
pub struct Rule {
    /// Its name, the stem of its file.
    pub id: String,
    /// Its family, the folder of its file.
    pub family: String,
    /// The manifest.
    pub manifest: Manifest,
    pub(super) template: Template,
    pub(super) check: Box<dyn Check>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("id", &self.id).field("family", &self.family).finish_non_exhaustive()
    }
}

/// A rule file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("rule {id}: {message}")]
pub struct RuleError {
    /// Which rule.
    pub id: String,
    /// What is wrong and where in the file.
    pub message: String,
}

impl Rule {
    /// Reads a manifest and checks it: known keys, one relation, known variables, an example of each sort.
    ///
    /// # Errors
    ///
    /// Says what is wrong, with line and column where TOML knows them.
    pub fn parse(family: &str, id: &str, toml: &str) -> Result<Self, RuleError> {
        let error = |message: String| RuleError { id: id.to_owned(), message };
        let manifest: Manifest = toml::from_str(toml).map_err(|e| error(e.to_string()))?;
        let check = manifest.check.build().map_err(error)?;
        let template = Template::parse(&manifest.message, check.variables()).map_err(error)?;
        for example in &manifest.examples {
            match (&example.flag, &example.pass) {
                (Some(flag), None) if !flag.contains("<<") => {
                    return Err(error("a `flag` example marks its places with <<…>>".to_owned()));
                }
                (Some(_), None) | (None, Some(_)) => {}
                _ => return Err(error("an example has either `flag` or `pass`".to_owned())),
            }
        }
        if !manifest.examples.iter().any(|e| e.flag.is_some()) || !manifest.examples.iter().any(|e| e.pass.is_some()) {
            return Err(error("a rule needs at least one `flag` and one `pass` example".to_owned()));
        }
        Ok(Self { id: id.to_owned(), family: family.to_owned(), manifest, template, check })
    }
}
