//! Declared facts: a value that stands once, and the statements that have to agree with it.

use super::{ConfigError, Globs, Loaded};
use crate::check::CheckSpec;
use crate::claim::{ClaimKind, Wanted};
use crate::diagnostic::Severity;
use crate::rule::{Doc, ExtractSpec, Manifest, Rule, Stage};
use crate::span::Span;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// A fact as declared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fact {
    /// What it is called in messages.
    pub name: Spanned<String>,
    /// Its value.
    pub value: Option<Spanned<Scalar>>,
    /// Where its value is found, instead.
    pub from: Option<Spanned<From>>,
    /// Regular expressions with a group `value`, for the places that state it.
    #[serde(default)]
    pub regex: OneOrMany,
    /// Phrases for these places: `{number} tools`.
    #[serde(default)]
    pub phrase: OneOrMany,
    /// How far a stated number may lie from it, as a share: 0.01 for one per cent.
    #[serde(default)]
    pub tolerance: f64,
    /// Whether rounded and hedged numbers that can stand for the value are wrong too.
    #[serde(default)]
    pub exact: bool,
    /// How much a statement that differs matters; warning when not said.
    pub severity: Option<Severity>,
}

/// A value of TOML that is none of several.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Words, a version, a date in quotes.
    Text(String),
}

impl std::fmt::Display for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(n) => write!(f, "{n}"),
            Self::Float(n) => write!(f, "{n}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One string or a list of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// None.
    #[default]
    None,
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    fn iter(&self) -> impl Iterator<Item = &String> {
        match self {
            Self::None => [].iter(),
            Self::One(one) => std::slice::from_ref(one).iter(),
            Self::Many(many) => many.iter(),
        }
    }
}

/// Where a value is found. Paths are relative to the folder of the configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum From {
    /// The first match of a regular expression in a file: its group `value`, else all of it.
    #[serde(rename_all = "kebab-case")]
    File {
        /// The file.
        file: PathBuf,
        /// The expression.
        regex: String,
    },
    /// A key of a JSON file, `engines.node`, `servers.0.port`; of a list or an object its length.
    Json {
        /// The file.
        json: PathBuf,
        /// The key, parts separated by full stops.
        key: String,
    },
    /// A key of a TOML file; of a list or a table its length.
    Toml {
        /// The file.
        toml: PathBuf,
        /// The key, parts separated by full stops.
        key: String,
    },
    /// The number of records of a CSV file, its head left out.
    CsvRows {
        /// The file.
        csv: PathBuf,
        /// `true`.
        rows: bool,
    },
    /// A cell of a CSV file.
    CsvCell {
        /// The file.
        csv: PathBuf,
        /// The head of its column.
        column: String,
        /// What stands in the first column of its row.
        row: String,
    },
    /// The number of files that a glob matches.
    Files {
        /// The glob.
        files: String,
    },
    /// A variable of the environment.
    Env {
        /// Its name.
        env: String,
    },
}

/// A fact that cannot be used.
pub type FactError = ConfigError;

/// A fact as a rule.
#[derive(Debug)]
pub struct FactRule {
    /// The rule; its id is `fact-` and the name.
    pub rule: Rule,
    /// Its name in the configuration, for findings about the fact itself.
    pub named: Span,
}

/// Makes a rule of every fact. `given` are values from the command line, which come first; `config_file` is the
/// configuration as a source, for the place where a fact is declared.
///
/// # Errors
///
/// Facts without a pattern, with a wrong one, without a value or with one that cannot be found; and a value given for
/// a fact that is not declared.
pub fn fact_rules(
    loaded: &Loaded,
    given: &[(String, String)],
    config_file: crate::span::FileId,
) -> Result<Vec<FactRule>, FactError> {
    for (name, _) in given {
        if !loaded.config.facts.iter().any(|f| f.name.get_ref() == name) {
            let known = loaded.config.facts.iter().map(|f| f.name.get_ref().as_str());
            let hint = crate::rule::nearest(name, known).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
            return Err(loaded.error(0, format!("no fact `{name}` is declared{hint}")));
        }
    }
    loaded.config.facts.iter().map(|fact| rule(loaded, fact, given, config_file)).collect()
}

fn rule(
    loaded: &Loaded,
    fact: &Fact,
    given: &[(String, String)],
    config_file: crate::span::FileId,
) -> Result<FactRule, FactError> {
    let name = fact.name.get_ref();
    let at = fact.name.span();
    let error = |message: String| loaded.error(at.start, format!("fact `{name}`: {message}"));
    let given = given.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let (value, declared) = match (given, &fact.value, &fact.from) {
        (Some(value), ..) => (value, at.clone()),
        (None, Some(value), None) => (value.get_ref().to_string(), value.span()),
        (None, None, Some(from)) => {
            (from.get_ref().find(&loaded.folder).map_err(|e| loaded.error(from.span().start, e))?, from.span())
        }
        (None, None, None) => return Err(error("it has neither `value` nor `from`".to_owned())),
        (None, Some(_), Some(_)) => return Err(error("it has both `value` and `from`".to_owned())),
    };
    let spec = |regex: Option<&String>, phrase: Option<&String>| ExtractSpec {
        subject: name.clone(),
        regex: regex.cloned(),
        phrase: phrase.cloned(),
        value: regex.map(|_| Wanted::Any),
    };
    let extracts: Vec<ExtractSpec> =
        fact.regex.iter().map(|r| spec(Some(r), None)).chain(fact.phrase.iter().map(|p| spec(None, Some(p)))).collect();
    if extracts.is_empty() {
        return Err(error("it has neither `regex` nor `phrase` that tells where it is stated".to_owned()));
    }
    let same = crate::check::Same {
        value: Some(value),
        tolerance: fact.tolerance,
        exact: fact.exact,
        declared: Some(Span::new(config_file, declared.start as u32, declared.end as u32)),
    };
    let manifest = Manifest {
        summary: format!("{name} differs from its declared value"),
        severity: fact.severity.unwrap_or(Severity::Warning),
        stage: Stage::Stable,
        message: "{subject}: {a} here, {b} declared".to_owned(),
        help: Some("correct the statement, or the declared fact".to_owned()),
        extracts,
        check: CheckSpec { same: Some(same), ..CheckSpec::on(vec![ClaimKind::Stated]) },
        doc: Doc {
            why: format!("{name} is declared once and stated in other places."),
            not: "What its pattern does not match.".to_owned(),
        },
        examples: Vec::new(),
    };
    let id = format!("fact-{}", name.split_whitespace().collect::<Vec<_>>().join("-"));
    let rule = Rule::unproven("facts", &id, manifest).map_err(error)?;
    Ok(FactRule { rule, named: Span::new(config_file, at.start as u32, at.end as u32) })
}

impl From {
    /// The value, or why there is none.
    fn find(&self, folder: &Path) -> Result<String, String> {
        let read =
            |path: &Path| std::fs::read_to_string(folder.join(path)).map_err(|e| format!("{}: {e}", path.display()));
        match self {
            Self::File { file, regex } => {
                let text = read(file)?;
                let regex = regex::Regex::new(regex).map_err(|e| e.to_string())?;
                let captures = regex.captures(&text).ok_or_else(|| format!("{}: nothing matches", file.display()))?;
                let value = captures.name("value").or_else(|| captures.get(0));
                Ok(value.map_or(String::new(), |m| m.as_str().to_owned()))
            }
            Self::Json { json, key } => {
                let value: serde_json::Value =
                    serde_json::from_str(&read(json)?).map_err(|e| format!("{}: {e}", json.display()))?;
                let found = key.split('.').try_fold(&value, |value, part| match value {
                    serde_json::Value::Array(list) => list.get(part.parse::<usize>().ok()?),
                    value => value.get(part),
                });
                let value = found.ok_or_else(|| format!("{}: no key `{key}`", json.display()))?;
                Ok(match value {
                    serde_json::Value::String(text) => text.clone(),
                    serde_json::Value::Array(list) => list.len().to_string(),
                    serde_json::Value::Object(map) => map.len().to_string(),
                    other => other.to_string(),
                })
            }
            Self::Toml { toml, key } => {
                let table: toml::Table = read(toml)?.parse().map_err(|e| format!("{}: {e}", toml.display()))?;
                let value = toml::Value::Table(table);
                let found = key.split('.').try_fold(&value, |value, part| match value {
                    toml::Value::Array(list) => list.get(part.parse::<usize>().ok()?),
                    value => value.get(part),
                });
                let value = found.ok_or_else(|| format!("{}: no key `{key}`", toml.display()))?;
                Ok(match value {
                    toml::Value::String(text) => text.clone(),
                    toml::Value::Integer(n) => n.to_string(),
                    toml::Value::Float(n) => n.to_string(),
                    toml::Value::Boolean(b) => b.to_string(),
                    toml::Value::Datetime(date) => date.to_string(),
                    toml::Value::Array(list) => list.len().to_string(),
                    toml::Value::Table(table) => table.len().to_string(),
                })
            }
            Self::CsvRows { csv, rows } => {
                if !rows {
                    return Err("`rows` is `true` or left out".to_owned());
                }
                let mut reader = csv_reader(&folder.join(csv), csv)?;
                let mut count = 0;
                for record in reader.records() {
                    record.map_err(|e| format!("{}: {e}", csv.display()))?;
                    count += 1;
                }
                Ok(count.to_string())
            }
            Self::CsvCell { csv, column, row } => {
                let mut reader = csv_reader(&folder.join(csv), csv)?;
                let problem = |e: csv::Error| format!("{}: {e}", csv.display());
                let heads = reader.headers().map_err(problem)?.clone();
                let at = heads.iter().position(|h| h.trim() == column);
                let at = at.ok_or_else(|| format!("{}: no column `{column}`", csv.display()))?;
                for record in reader.records() {
                    let record = record.map_err(problem)?;
                    if record.get(0).is_some_and(|first| first.trim() == row) {
                        return Ok(record.get(at).unwrap_or("").trim().to_owned());
                    }
                }
                Err(format!("{}: no row `{row}`", csv.display()))
            }
            Self::Files { files } => {
                let globs = Globs::new(folder, std::slice::from_ref(files))?;
                let walk =
                    ignore::WalkBuilder::new(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
                        .require_git(false)
                        .build();
                let count = walk.flatten().filter(|e| e.path().is_file() && globs.contain(e.path())).count();
                Ok(count.to_string())
            }
            Self::Env { env } => std::env::var(env).map_err(|_| format!("the variable {env} is not set")),
        }
    }
}

fn csv_reader(path: &Path, named: &Path) -> Result<csv::Reader<std::fs::File>, String> {
    csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(|e| format!("{}: {e}", named.display()))
}
