//! `recount annotate`

use super::args::AnnotateArgs;
use super::output::Output;
use super::setup::Setup;
use super::{CLEAN, FOUND};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::lint;
use crate::read::open_traced;
use crate::report::place::Places;
use crate::report::word::{Remark, annotate};
use crate::source::Sources;
use anyhow::{Context, bail};
use std::io::Write;

/// Checks a Word document and writes a copy with a comment at every place of every finding.
pub(super) fn run(args: &AnnotateArgs, out: &mut Output) -> anyhow::Result<u8> {
    let name = args.document.display();
    let same = |a: &std::path::Path, b: &std::path::Path| {
        a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
    };
    if args.document == args.output || same(&args.document, &args.output) {
        bail!("{name}: the copy needs a name of its own; the document itself is never written to");
    }
    let setup = Setup::load(&args.config, std::slice::from_ref(&args.document))?;
    let bytes = std::fs::read(&args.document).with_context(|| name.to_string())?;
    let (mut opened, trace) =
        open_traced(&args.document, &bytes, args.revisions.meant()).with_context(|| name.to_string())?;
    let mut sources = Sources::default();
    let file = sources.add(opened.source);
    let mut document = opened.document.take().unwrap_or_else(|| Document::new(file));
    document.set_file(file);
    let rules = setup.chosen(&[], &[], false)?;
    let own: Vec<_> = rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    let analyses = vec![lint::analyse_and_own(&sources, document, Lexicon::english(), &own)];
    let lowest = args.severity.map_or(Severity::Warning, |level| level.severity());
    let mut found = lint::check(&sources, &analyses, &rules);
    found.retain(|d| d.severity >= lowest);
    let places = Places::new(&analyses[0].document);
    let remarks: Vec<Remark> = found.iter().flat_map(|d| remarks(d, &sources, &places)).collect();
    let annotated = annotate(&bytes, &trace, &remarks).with_context(|| name.to_string())?;
    std::fs::write(&args.output, &annotated.bytes).with_context(|| args.output.display().to_string())?;
    writeln!(out, "{}: {} findings, {} comments", args.output.display(), found.len(), annotated.written)?;
    if annotated.left_out > 0 {
        writeln!(out, "{} places in running heads, text boxes or formulas have no comment", annotated.left_out)?;
    }
    Ok(if found.is_empty() { CLEAN } else { FOUND })
}

/// A comment for every place of a finding, each naming the other places.
fn remarks(diagnostic: &Diagnostic, sources: &Sources, places: &Places<'_>) -> Vec<Remark> {
    let labels = &diagnostic.labels;
    let one = |n: usize| {
        let mut paragraphs = vec![format!("{} [{}]", diagnostic.message, diagnostic.rule)];
        for (other, label) in labels.iter().enumerate().filter(|(other, _)| *other != n).take(12) {
            let wording = crate::report::fold(sources.get(label.span.file).slice(label.span));
            let said = if label.message.is_empty() || label.message == wording {
                String::new()
            } else {
                format!(" ({})", label.message)
            };
            let first = if other == 0 { "Stated" } else { "Compare" };
            paragraphs.push(format!("{first}: “{wording}”{said}, {}", places.of(label.span)));
        }
        paragraphs.extend(diagnostic.notes.iter().cloned());
        paragraphs.extend(diagnostic.help.iter().cloned());
        Remark { at: labels[n].span.start..labels[n].span.end, paragraphs }
    };
    (0..labels.len()).map(one).collect()
}
