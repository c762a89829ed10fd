//! The TOML of one rule, and the rule built from it.

use super::extract::ExtractSpec;
use super::template::Template;
use crate::check::{Check, CheckSpec};
use crate::claim::{ClaimKind, Pattern};
use crate::diagnostic::Severity;
use crate::lexicon::Lexicon;
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
    /// Patterns that read claims for this rule, kind `stated`.
    #[serde(default, rename = "extract")]
    pub extracts: Vec<ExtractSpec>,
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
    /// Its own patterns, compiled.
    pub patterns: Vec<Pattern>,
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
        let manifest: Manifest = toml::from_str(toml).map_err(|e| error(with_hint(&e.to_string())))?;
        Self::build(family, id, manifest).map_err(error)
    }

    /// Reads a manifest with some of its keys given anew, as a configuration does: `severity = "error"`.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the manifest or the patch.
    pub fn parse_patched(family: &str, id: &str, toml: &str, patch: &toml::Table) -> Result<Self, RuleError> {
        let error = |message: String| RuleError { id: id.to_owned(), message };
        let mut table: toml::Table = toml.parse().map_err(|e: toml::de::Error| error(e.to_string()))?;
        for (key, value) in patch {
            if !PATCHABLE.contains(&key.as_str()) {
                let known = PATCHABLE.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
                let hint =
                    nearest(key, PATCHABLE.iter().copied()).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
                return Err(error(format!("unknown field `{key}`, expected one of {known}{hint}")));
            }
            merge(table.entry(key).or_insert_with(|| toml::Value::Table(toml::Table::new())), value);
        }
        let manifest = Manifest::deserialize(table).map_err(|e| error(with_hint(e.message())))?;
        Self::build(family, id, manifest).map_err(error)
    }

    fn build(family: &str, id: &str, manifest: Manifest) -> Result<Self, String> {
        for example in &manifest.examples {
            match (&example.flag, &example.pass) {
                (None, Some(pass)) if pass.trim().is_empty() => {
                    return Err("a `pass` example without words asserts nothing".to_owned());
                }
                (Some(flag), None) if flag.contains("<<>>") => {
                    return Err("a mark `<<>>` without words asserts nothing".to_owned());
                }
                (Some(flag), None) if !flag.contains("<<") => {
                    return Err("a `flag` example marks its places with <<…>>".to_owned());
                }
                (Some(_), None) | (None, Some(_)) => {}
                _ => return Err("an example has either `flag` or `pass`".to_owned()),
            }
        }
        if !manifest.examples.iter().any(|e| e.flag.is_some()) || !manifest.examples.iter().any(|e| e.pass.is_some()) {
            return Err("a rule needs at least one `flag` and one `pass` example".to_owned());
        }
        Self::unproven(family, id, manifest)
    }

    /// A rule that need not have examples: one that the program makes of a declared fact.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the relation, the patterns or the message.
    pub fn unproven(family: &str, id: &str, manifest: Manifest) -> Result<Self, String> {
        let check = manifest.check.build()?;
        let template = Template::parse(&manifest.message, check.variables())?;
        // The words are only loaded for rules that may ask for them.
        let patterns = manifest
            .extracts
            .iter()
            .map(|spec| spec.build(id, Lexicon::english()))
            .collect::<Result<Vec<_>, String>>()?;
        let reads_own = manifest.check.on.contains(&ClaimKind::Stated);
        if reads_own == patterns.is_empty() {
            return Err(if reads_own {
                "a check on `stated` claims needs an `[[extract]]` table that reads them".to_owned()
            } else {
                "`[[extract]]` reads `stated` claims, which `[check]` does not name: on = [\"stated\"]".to_owned()
            });
        }
        Ok(Self { id: id.to_owned(), family: family.to_owned(), manifest, patterns, template, check })
    }
}

/// The keys of a manifest that a configuration may set.
const PATCHABLE: [&str; 5] = ["check", "help", "message", "severity", "stage"];

/// Puts the values of a patch into a table, key by key.
fn merge(into: &mut toml::Value, patch: &toml::Value) {
    match (into, patch) {
        (toml::Value::Table(into), toml::Value::Table(patch)) => {
            for (key, value) in patch {
                merge(into.entry(key).or_insert_with(|| toml::Value::Table(toml::Table::new())), value);
            }
        }
        (into, patch) => *into = patch.clone(),
    }
}

/// The known name that is spelled most like a given one, if any is much like it.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(k, name), k))
        .filter(|(distance, k)| *distance <= (k.len() / 3).max(2))
        .min()
        .map(|(_, k)| k)
}

/// The message of the TOML reader with the nearest of the names that it expected.
#[must_use]
pub fn with_hint(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = message.contains("unknown field") || message.contains("unknown variant");
    match quoted.split_first() {
        // The excerpt of the file stands before the sentence and may hold quotes of its own.
        Some(_) if unknown => {
            let at = message.find("unknown ").unwrap_or(0);
            let quoted: Vec<&str> = message[at..].split('`').skip(1).step_by(2).collect();
            let hint = quoted.split_first().and_then(|(name, known)| nearest(name, known.iter().copied()));
            hint.map_or_else(|| message.to_owned(), |n| format!("{}; did you mean `{n}`?", message.trim_end()))
        }
        _ => message.to_owned(),
    }
}
