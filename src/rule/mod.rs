//! A rule as data: manifest, loader, message template, registry.

mod extract;
mod manifest;
mod template;

pub use extract::ExtractSpec;
pub use manifest::{Doc, Example, Manifest, Rule, RuleError, Stage, nearest, with_hint};
pub use template::Template;

use crate::check::{Check, Finding};

/// The built-in manifests: (family, rule id, TOML).
pub const BUILTIN: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The built-in rules, sorted by id.
///
/// # Errors
///
/// The first manifest that does not load; a test rules that out for the built-in ones.
pub fn builtin() -> Result<Vec<Rule>, RuleError> {
    let mut rules =
        BUILTIN.iter().map(|(family, id, toml)| Rule::parse(family, id, toml)).collect::<Result<Vec<_>, _>>()?;
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(rules)
}

/// The message of a finding under a rule.
#[must_use]
pub fn message(rule: &Rule, finding: &Finding) -> String {
    rule.template.fill(&finding.variables)
}

/// The check of a rule.
#[must_use]
pub fn check(rule: &Rule) -> &dyn Check {
    rule.check.as_ref()
}
