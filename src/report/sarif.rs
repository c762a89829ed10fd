//! SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as GitHub code scanning reads it.

use super::location::{Location, uri};
use super::{Report, snippet};
use crate::check::Fix;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rule::Rule;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Where the rules are described.
const RULES_PAGE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules.md");

/// Writes one log with one run.
///
/// # Errors
///
/// When writing fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeSet<&str> = report.shown().map(|d| d.rule.as_str()).collect();
    let rules: Vec<&Rule> = report.rules.iter().copied().filter(|r| used.contains(r.id.as_str())).collect();
    let results: Vec<Json> = report.shown().map(|d| result(report, &rules, d)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Json {
    let manifest = &rule.manifest;
    let mut object = json!({
        "id": rule.id,
        "shortDescription": {"text": manifest.summary},
        "fullDescription": {"text": manifest.doc.why},
        "help": {"text": format!("{} What it leaves alone: {}", manifest.doc.why, manifest.doc.not)},
        "defaultConfiguration": {"level": level(manifest.severity)},
        "properties": {"tags": [rule.family]},
    });
    if RULES_PAGE.starts_with("http") {
        object["helpUri"] = format!("{RULES_PAGE}#{}", rule.id).into();
    }
    object
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn result(report: &Report<'_>, rules: &[&Rule], diagnostic: &Diagnostic) -> Json {
    let related: Vec<Json> = diagnostic
        .labels
        .iter()
        .enumerate()
        .skip(1)
        .map(|(n, label)| {
            let mut place = location(report, label);
            place["id"] = n.into();
            place["message"] = json!({"text": if label.message.is_empty() { "as well" } else { &label.message }});
            place
        })
        .collect();
    let mut text = diagnostic.message.clone();
    for line in diagnostic.notes.iter().chain(&diagnostic.help) {
        text.push('\n');
        text.push_str(line);
    }
    let mut object = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.severity),
        "message": {"text": text},
        "locations": [location(report, &diagnostic.labels[0])],
        "partialFingerprints": {"recount/v1": diagnostic.fingerprint},
    });
    if let Some(index) = rules.iter().position(|r| r.id == diagnostic.rule) {
        object["ruleIndex"] = index.into();
    }
    if !related.is_empty() {
        object["relatedLocations"] = related.into();
    }
    if !diagnostic.fixes.is_empty() {
        object["fixes"] = diagnostic.fixes.iter().map(|fix| fix_of(report, fix)).collect();
    }
    object
}

/// A fix with its replacements by file.
fn fix_of(report: &Report<'_>, fix: &Fix) -> Json {
    let mut changes: Vec<(String, Vec<Json>)> = Vec::new();
    for edit in &fix.edits {
        let file = report.sources.get(edit.at.file);
        let Location { start, end } = Location::characters(file, edit.at);
        let replacement = json!({
            "deletedRegion": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            },
            "insertedContent": {"text": edit.new},
        });
        let uri = uri(file);
        match changes.iter_mut().find(|(known, _)| *known == uri) {
            Some((_, list)) => list.push(replacement),
            None => changes.push((uri, vec![replacement])),
        }
    }
    let changes: Vec<Json> = changes
        .into_iter()
        .map(|(uri, list)| json!({"artifactLocation": {"uri": uri}, "replacements": list}))
        .collect();
    let text = match fix.choice {
        Some(choice) => format!("{} (if the {} is what is wrong)", fix.description(), choice.name()),
        None => fix.description(),
    };
    json!({"description": {"text": text}, "artifactChanges": changes})
}

fn location(report: &Report<'_>, label: &Label) -> Json {
    let file = report.sources.get(label.span.file);
    let Location { start, end } = Location::characters(file, label.span);
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(file)},
        "region": {
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            "snippet": {"text": file.slice(label.span)},
        },
        "contextRegion": {
            "startLine": start.line, "endLine": end.line,
            "snippet": {"text": snippet(file, label.within, label.span)},
        },
    }})
}
