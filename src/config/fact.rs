//! Declared facts: a value that stands once, and the statements that have to agree with it.

use super::{ConfigError, From, Loaded};
use crate::check::CheckSpec;
use crate::claim::{ClaimKind, Wanted};
use crate::diagnostic::Severity;
use crate::rule::{Doc, ExtractSpec, Manifest, Rule, Stage};
use crate::span::Span;
use serde::Deserialize;
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
    /// Whether rounded and hedged numbers that can stand for the value, and other capitals, are wrong too.
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
    pub(super) fn iter(&self) -> impl Iterator<Item = &String> {
        match self {
            Self::None => [].iter(),
            Self::One(one) => std::slice::from_ref(one).iter(),
            Self::Many(many) => many.iter(),
        }
    }
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
    /// Whether it is a finding when nothing states it.
    pub must_occur: bool,
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
        prose: false,
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
    Ok(FactRule { rule, named: Span::new(config_file, at.start as u32, at.end as u32), must_occur: true })
}
