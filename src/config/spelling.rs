//! Preferred spellings: a style sheet of names and terms, every other form of which is reported.

use super::fact::OneOrMany;
use super::{ConfigError, FactRule, Loaded};
use crate::check::{CheckSpec, Same};
use crate::claim::{ClaimKind, Wanted};
use crate::diagnostic::Severity;
use crate::rule::{Doc, ExtractSpec, Manifest, Rule, Stage};
use crate::span::{FileId, Span};
use serde::Deserialize;
use toml::Spanned;

/// A name or term and how it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spelling {
    /// The form to write. Capitals count when it has some; the same letters with other capitals, spaces or hyphens are
    /// reported.
    pub write: Spanned<String>,
    /// Other forms that are reported.
    #[serde(default)]
    pub not: OneOrMany,
    /// How much it matters; warning when not said.
    pub severity: Option<Severity>,
}

/// Makes a rule of every spelling.
///
/// # Errors
///
/// A form without letters, and two entries for one form.
pub fn spelling_rules(loaded: &Loaded, config_file: FileId) -> Result<Vec<FactRule>, ConfigError> {
    let mut rules: Vec<FactRule> = Vec::new();
    for spelling in &loaded.config.spellings {
        let rule = rule(loaded, spelling, config_file)?;
        if rules.iter().any(|other| other.rule.id == rule.rule.id) {
            let form = spelling.write.get_ref();
            return Err(loaded.error(spelling.write.span().start, format!("`{form}` has two entries")));
        }
        rules.push(rule);
    }
    Ok(rules)
}

fn rule(loaded: &Loaded, spelling: &Spelling, config_file: FileId) -> Result<FactRule, ConfigError> {
    let form = spelling.write.get_ref().trim();
    let at = spelling.write.span();
    let error = |message: String| loaded.error(at.start, format!("spelling `{form}`: {message}"));
    if !form.contains(char::is_alphanumeric) {
        return Err(error("it has no letters".to_owned()));
    }
    let spec = |words: String| ExtractSpec {
        subject: form.to_owned(),
        regex: Some(bounded(&words)),
        phrase: None,
        value: Some(Wanted::Text),
        prose: true,
    };
    let mut extracts = vec![spec(variants(form))];
    for other in spelling.not.iter() {
        if other.trim() == form {
            return Err(error("`not` names the form itself".to_owned()));
        }
        // A form with capitals is meant as it is written.
        let folded = if other.chars().any(char::is_uppercase) { "" } else { "(?i)" };
        extracts.push(spec(format!("{folded}{}", words(other.trim()))));
    }
    let declared = Some(Span::new(config_file, at.start as u32, at.end as u32));
    let same =
        Same { value: Some(form.to_owned()), exact: form.chars().any(char::is_uppercase), declared, ..Same::default() };
    let manifest = Manifest {
        summary: format!("{form} is written in another form"),
        severity: spelling.severity.unwrap_or(Severity::Warning),
        stage: Stage::Stable,
        message: "`{a}` is written `{b}`".to_owned(),
        help: Some("write it as the style sheet says".to_owned()),
        extracts,
        check: CheckSpec { same: Some(same), ..CheckSpec::on(vec![ClaimKind::Stated]) },
        doc: Doc {
            why: "One name in one spelling is found by everybody who looks for it.".to_owned(),
            not: "Code, addresses and parts of other words.".to_owned(),
        },
        examples: Vec::new(),
    };
    let slug: String = form.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let rule = Rule::unproven("spellings", &format!("spelling-{}", slug.trim_matches('-')), manifest).map_err(error)?;
    Ok(FactRule { rule, named: Span::new(config_file, at.start as u32, at.end as u32), must_occur: false })
}

/// The words of a form, white space being any white space.
fn words(form: &str) -> String {
    form.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+")
}

/// The form in any capitals, with space, hyphen or nothing where it has one of these or a capital inside a word.
fn variants(form: &str) -> String {
    let mut pattern = String::from("(?i)");
    let mut before = ' ';
    for c in form.chars() {
        if c.is_whitespace() || c == '-' {
            pattern.push_str(r"[-\s]?");
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                pattern.push_str(r"[-\s]?");
            }
            pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
        }
        before = c;
    }
    pattern
}

/// A form that is no part of a longer word, of an address or of a path; a plural or genitive may follow.
fn bounded(words: &str) -> String {
    format!(r"(?:^|[^\w./@-])(?P<value>{words})(?:s|es|['’]s)?(?:$|[^\w/@.-]|\.(?:\s|$))")
}

#[cfg(test)]
mod tests {
    use super::{bounded, variants};
    use regex::Regex;

    #[test]
    fn reads_other_forms_of_a_name() {
        let found = |form: &str, text: &str| -> Vec<String> {
            let regex = Regex::new(&bounded(&variants(form))).expect("the pattern compiles");
            regex.captures_iter(text).map(|c| c["value"].to_owned()).collect()
        };
        assert_eq!(found("GitHub", "Github, git hub and github.com, GitHub's."), ["Github", "git hub", "GitHub"]);
        assert_eq!(found("data set", "Datasets, data-set; a dataset_id."), ["Dataset", "data-set"]);
    }
}
