//! The baseline: findings that may stand, kept in a file of their own.

use crate::config::ConfigError;
use crate::diagnostic::Diagnostic;
use crate::rule::with_hint;
use crate::source::Sources;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The version of the file's form.
const VERSION: u32 = 1;

/// A finding that may stand.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Which finding: the same after reflow, reordering and moves.
    pub fingerprint: String,
    /// Its rule, for people.
    pub rule: String,
    /// Its file when it was entered, for people.
    pub path: String,
    /// What it said, for people.
    pub message: String,
    /// Why it may stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The last day on which it may stand, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// The current date, `YYYY-MM-DD`: dates in this form are in order when their wordings are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Today(pub String);

impl Today {
    /// The date by the system's clock, in UTC.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date().to_string())
    }
}

/// The file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of the form.
    pub version: u32,
    /// The findings.
    #[serde(default, rename = "finding")]
    pub findings: Vec<Entry>,
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    ///
    /// Says what is wrong, with line and column: a baseline that cannot be read is never taken for an empty one.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let error = |at: usize, message: String| ConfigError::at(path, text, at, message);
        let baseline: Self =
            toml::from_str(text).map_err(|e| error(e.span().map_or(0, |s| s.start), with_hint(e.message())))?;
        if baseline.version != VERSION {
            let message = format!("version {} is not known; this program writes version {VERSION}", baseline.version);
            return Err(error(0, message));
        }
        for entry in &baseline.findings {
            if let Some(date) = &entry.expires
                && date.parse::<jiff::civil::Date>().is_err()
            {
                let at = text.find(date.as_str()).unwrap_or(0);
                return Err(error(at, format!("`{date}` is no date of the form YYYY-MM-DD")));
            }
        }
        Ok(baseline)
    }

    /// Takes out the findings that may stand; how many there were.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>, today: &Today) -> usize {
        let standing: BTreeSet<&str> = self
            .findings
            .iter()
            .filter(|e| e.expires.as_ref().is_none_or(|date| *date >= today.0))
            .map(|e| e.fingerprint.as_str())
            .collect();
        let before = diagnostics.len();
        diagnostics.retain(|d| !standing.contains(d.fingerprint.as_str()));
        before - diagnostics.len()
    }

    /// All of the findings as a baseline; what this one says of those it knows is kept.
    #[must_use]
    pub fn updated(&self, sources: &Sources, diagnostics: &[Diagnostic]) -> Self {
        let known: BTreeMap<&str, &Entry> = self.findings.iter().map(|e| (e.fingerprint.as_str(), e)).collect();
        let mut findings: Vec<Entry> = diagnostics
            .iter()
            .map(|d| {
                let before = known.get(d.fingerprint.as_str());
                Entry {
                    fingerprint: d.fingerprint.clone(),
                    rule: d.rule.clone(),
                    path: path_of(sources, d),
                    message: d.message.clone(),
                    reason: before.and_then(|e| e.reason.clone()),
                    author: before.and_then(|e| e.author.clone()),
                    expires: before.and_then(|e| e.expires.clone()),
                }
            })
            .collect();
        // An order of their own, so that two branches change the same lines seldom.
        findings.sort_by(|a, b| (&a.path, &a.rule, &a.fingerprint).cmp(&(&b.path, &b.rule, &b.fingerprint)));
        findings.dedup();
        Self { version: VERSION, findings }
    }

    /// The entries that are still found.
    #[must_use]
    pub fn pruned(&self, diagnostics: &[Diagnostic]) -> Self {
        let found: BTreeSet<&str> = diagnostics.iter().map(|d| d.fingerprint.as_str()).collect();
        let findings = self.findings.iter().filter(|e| found.contains(e.fingerprint.as_str())).cloned().collect();
        Self { version: VERSION, findings }
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// When it cannot be written as TOML, which does not happen.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        let head = "# Findings that may stand. `recount check --update-baseline` writes this file anew and keeps\n# reason, author and expires (YYYY-MM-DD) of the findings that are still there.\n";
        Ok(format!("{head}{}", toml::to_string(self)?))
    }
}

/// The path of a finding's first place with `/` between its parts and without `./` before it.
fn path_of(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let path = sources.get(diagnostic.labels[0].span.file).path.to_string_lossy().replace('\\', "/");
    path.strip_prefix("./").map_or(path.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Today};
    use crate::diagnostic::{Diagnostic, Label, Severity};
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::Span;
    use std::path::Path;

    fn finding(sources: &mut Sources, fingerprint: &str) -> Diagnostic {
        let file = sources.add(SourceFile::new("./a.md".into(), "43".to_owned(), Origin::Verbatim));
        let span = Span::new(file, 0, 2);
        Diagnostic {
            rule: "r".to_owned(),
            severity: Severity::Warning,
            message: "m".to_owned(),
            labels: vec![Label { span, within: span, message: String::new() }],
            notes: Vec::new(),
            help: None,
            fingerprint: fingerprint.to_owned(),
            fixes: Vec::new(),
        }
    }

    #[test]
    fn lets_known_findings_stand_until_they_expire() {
        let mut sources = Sources::default();
        let all: Vec<Diagnostic> = ["a", "b", "c"].iter().map(|f| finding(&mut sources, f)).collect();
        let mut baseline = Baseline::default().updated(&sources, &all[..2]);
        baseline.findings[1].expires = Some("2026-05-31".to_owned());
        baseline.findings[1].reason = Some("until the reprint".to_owned());
        let read = Baseline::parse(Path::new("b.toml"), &baseline.text().expect("TOML")).expect("it is right");
        assert_eq!(read, baseline);
        let left = |today: &str| {
            let mut found = all.clone();
            let stood = read.apply(&mut found, &Today(today.to_owned()));
            (stood, found.into_iter().map(|d| d.fingerprint).collect::<Vec<_>>())
        };
        assert_eq!(left("2026-05-31"), (2, vec!["c".to_owned()]));
        assert_eq!(left("2026-06-01"), (1, vec!["b".to_owned(), "c".to_owned()]));
        assert_eq!(read.updated(&sources, &all).findings[1].reason.as_deref(), Some("until the reprint"));
        assert_eq!(read.pruned(&all[1..]).findings.len(), 1);
    }

    #[test]
    fn says_what_is_wrong_with_a_baseline() {
        let error = |text: &str| Baseline::parse(Path::new("b.toml"), text).expect_err("it is wrong").to_string();
        assert!(error("version = 2\n").contains("b.toml:1:1: version 2 is not known"));
        assert!(error("version = 1\n[[finding]\n").starts_with("b.toml:2:"));
        let entry = "version = 1\n[[finding]]\nfingerprint = \"a\"\nrule = \"r\"\npath = \"p\"\nmessage = \"m\"\n";
        assert!(error(&format!("{entry}expirse = \"x\"\n")).contains("did you mean `expires`?"));
        assert!(error(&format!("{entry}expires = \"May\"\n")).contains("`May` is no date"));
    }
}
