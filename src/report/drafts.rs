//! The comparison of two drafts, for people and as JSON (schema version 1).

use super::claims::{subject, value};
use super::json::{JsonSpan, SCHEMA_VERSION};
use super::{path, snippet};
use crate::claim::Claim;
use crate::drafts::{Comparison, Mention};
use crate::source::{SourceFile, Sources};
use crate::span::Span;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Both drafts with what differs.
#[derive(Clone, Copy, Debug)]
pub struct DraftsReport<'a> {
    /// The files of the old draft.
    pub old: &'a Sources,
    /// The files of the new draft.
    pub new: &'a Sources,
    /// What differs.
    pub comparison: &'a Comparison<'a>,
    /// Whether claims that were added or are gone are listed, and not only counted.
    pub all: bool,
}

/// Most characters of a sentence that are shown for people.
const SHOWN: usize = 100;

/// Writes it for people: what has changed with the mentions that still say the old value, then what is gone and what
/// was added.
///
/// # Errors
///
/// When writing fails.
pub fn write_text(report: &DraftsReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let comparison = report.comparison;
    for changed in &comparison.changed {
        let (was, is) = (folded(&changed.old.text), folded(&changed.new.text));
        writeln!(out, "{}: changed: {} → {}{}", place(report.new, changed.new.at), was, is, of(changed.new))?;
        for mention in &changed.stale {
            let line = shown(report.new, mention.within, mention.at);
            writeln!(out, "  {}: stale: still {was}: {line}", place(report.new, mention.at))?;
        }
    }
    if report.all {
        for claim in &comparison.gone {
            writeln!(out, "{}: gone: {}{}", place(report.old, claim.at), folded(&claim.text), of(claim))?;
        }
        for claim in &comparison.added {
            writeln!(out, "{}: added: {}{}", place(report.new, claim.at), folded(&claim.text), of(claim))?;
        }
    }
    let stale = comparison.stale();
    let mentions = if stale == 1 { "mention still states an old value" } else { "mentions still state an old value" };
    writeln!(
        out,
        "{} changed, {} gone, {} added; {stale} {mentions}",
        super::count(comparison.changed.len(), "claim"),
        comparison.gone.len(),
        comparison.added.len(),
    )
}

/// Writes it as one JSON object.
///
/// # Errors
///
/// When writing fails.
pub fn write_json(report: &DraftsReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let comparison = report.comparison;
    let changed: Vec<Json> = comparison
        .changed
        .iter()
        .map(|c| {
            json!({
                "old": claim(report.old, c.old),
                "new": claim(report.new, c.new),
                "stale": c.stale.iter().map(|m| mention(report.new, m)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let whole = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "changed": changed,
        "gone": comparison.gone.iter().map(|c| claim(report.old, c)).collect::<Vec<_>>(),
        "added": comparison.added.iter().map(|c| claim(report.new, c)).collect::<Vec<_>>(),
        "summary": {
            "changed": comparison.changed.len(),
            "gone": comparison.gone.len(),
            "added": comparison.added.len(),
            "stale": comparison.stale(),
        },
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn claim(sources: &Sources, claim: &Claim) -> Json {
    let file = sources.get(claim.at.file);
    json!({
        "kind": claim.kind.name(),
        "path": path(file),
        "span": JsonSpan::new(file, claim.at.start, claim.at.end),
        "text": folded(&claim.text),
        "value": value(&claim.value),
        "subject": subject(claim),
        "snippet": snippet(file, claim.within, claim.at),
    })
}

fn mention(sources: &Sources, mention: &Mention) -> Json {
    let file = sources.get(mention.at.file);
    json!({
        "path": path(file),
        "span": JsonSpan::new(file, mention.at.start, mention.at.end),
        "text": file.slice(mention.at),
        "snippet": snippet(file, mention.within, mention.at),
    })
}

/// `docs/a.md:12:4`
fn place(sources: &Sources, at: Span) -> String {
    let file: &SourceFile = sources.get(at.file);
    let position = file.line_column(at.start);
    format!("{}:{}:{}", path(file), position.line, position.column)
}

/// " (berths)": what the value is of, when that is known.
fn of(claim: &Claim) -> String {
    let subject = subject(claim);
    if subject.is_empty() { String::new() } else { format!(" ({subject})") }
}

fn shown(sources: &Sources, within: Span, at: Span) -> String {
    let line = snippet(sources.get(at.file), within, at);
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    format!("{cut}…")
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
