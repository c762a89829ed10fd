//! The engine: stage one per document, stage two over all claims; order, dedupe.
//!
//! Goes in: sources and rules. Comes out: diagnostics in a fixed order. Knows nothing of reporters.

use crate::annotate::annotate;
use crate::check::{Finding, Selection};
use crate::claim::{Claim, claims};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::read::{Format, read};
use crate::rule::{self, Rule};
use crate::source::Sources;
use crate::span::{FileId, Span};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What stage one makes of a document.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The document, for those who ask where a place is.
    pub document: Document,
    /// Its claims, in order of place.
    pub claims: Vec<Claim>,
    /// Its words.
    pub words: usize,
}

/// Reads a file and notes its claims.
#[must_use]
pub fn analyse(sources: &Sources, file: FileId, format: Format, lexicon: &Lexicon) -> Analysis {
    let document = read(sources.get(file), file, format);
    let layers = annotate(&document, lexicon);
    let claims = claims(&document, &layers, lexicon);
    let words = document.words();
    Analysis { document, claims, words }
}

/// Analyses files in parallel; the result is aligned with `files`.
#[must_use]
pub fn analyse_all(sources: &Sources, files: &[(FileId, Format)], lexicon: &Lexicon) -> Vec<Analysis> {
    files.par_iter().map(|&(file, format)| analyse(sources, file, format, lexicon)).collect()
}

/// Runs the rules over analysed documents, which are compared with each other as one group.
///
/// Diagnostics come ordered by path, place, rule, message; equal ones are given once.
#[must_use]
pub fn check(sources: &Sources, analyses: &[Analysis], rules: &[&Rule]) -> Vec<Diagnostic> {
    let inside = analyses.par_iter().flat_map_iter(|analysis| {
        rules.iter().flat_map(move |&rule| {
            let on = &rule.manifest.check.on;
            let selected: Vec<&Claim> = analysis.claims.iter().filter(|c| on.contains(&c.kind)).collect();
            run(sources, rule, &selected, false)
        })
    });
    let mut found: Vec<Diagnostic> = inside.collect();
    if analyses.len() > 1 {
        let across: Vec<Diagnostic> = rules
            .par_iter()
            .filter(|rule| rule.manifest.check.across)
            .flat_map_iter(|&rule| {
                let on = &rule.manifest.check.on;
                let selected: Vec<&Claim> =
                    analyses.iter().flat_map(|a| &a.claims).filter(|c| on.contains(&c.kind)).collect();
                run(sources, rule, &selected, true)
            })
            .collect();
        found.extend(across);
    }
    let path = |d: &Diagnostic| sources.get(d.labels[0].span.file).path.clone();
    found.sort_by(|a, b| {
        (path(a), a.labels[0].span, &a.rule, &a.message).cmp(&(path(b), b.labels[0].span, &b.rule, &b.message))
    });
    found.dedup_by(|a, b| a.rule == b.rule && a.labels == b.labels);
    number_fingerprints(&mut found);
    found
}

fn run(sources: &Sources, rule: &Rule, selected: &[&Claim], across: bool) -> Vec<Diagnostic> {
    if selected.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    rule::check(rule).check(Selection { claims: selected, across }, &mut found);
    found.iter().filter(|f| !f.places.is_empty()).map(|finding| say(sources, rule, finding)).collect()
}

/// Puts a finding into words.
fn say(sources: &Sources, rule: &Rule, finding: &Finding) -> Diagnostic {
    let labels: Vec<Label> =
        finding.places.iter().map(|p| Label { span: p.at, within: p.within, message: p.label.clone() }).collect();
    Diagnostic {
        rule: rule.id.clone(),
        severity: rule.manifest.severity,
        message: rule::message(rule, finding),
        fingerprint: fingerprint(sources, &rule.id, &labels),
        labels,
        notes: finding.notes.clone(),
        help: rule.manifest.help.clone(),
    }
}

/// A hash of the rule and of what is said at the places, white space folded, in an order of its own: the same
/// after reflow, reordering and line moves.
fn fingerprint(sources: &Sources, rule: &str, labels: &[Label]) -> String {
    let fold = |span: Span| sources.get(span.file).slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts: Vec<String> = labels.iter().map(|l| format!("{}\u{1f}{}", fold(l.span), fold(l.within))).collect();
    parts.sort();
    let text = format!("{rule}\u{1e}{}", parts.join("\u{1e}"));
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}

/// Tells apart findings that say the same in the same words, by counting them in order.
fn number_fingerprints(found: &mut [Diagnostic]) {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for diagnostic in found {
        let n = seen.entry(diagnostic.fingerprint.clone()).or_insert(0);
        *n += 1;
        if *n > 1 {
            diagnostic.fingerprint = format!("{}-{n}", diagnostic.fingerprint);
        }
    }
}
