//! `recount annotate`

use super::args::{AnnotateArgs, BaselineArgs, InputArgs, StdinFormat};
use super::output::Output;
use super::setup::Setup;
use super::{CLEAN, FAILED, FOUND, input};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, Analysis, Plan};
use crate::read::{Way, open_traced};
use crate::report::place::Places;
use crate::report::remark::{Annotated, Remark};
use crate::report::word;
use crate::source::Sources;
use crate::span::FileId;
use crate::suppress::{Baseline, Stets, Today};
use anyhow::{Context, bail};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Checks a document and writes a copy with a comment at every place of every finding.
pub(super) fn run(args: &AnnotateArgs, out: &mut Output) -> anyhow::Result<u8> {
    let name = args.document.display();
    let same = |a: &Path, b: &Path| a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b);
    if args.document == args.output || same(&args.document, &args.output) {
        bail!("{name}: the copy needs a name of its own; the document itself is never written to");
    }
    let mut paths = vec![args.document.clone()];
    paths.extend(args.with.iter().cloned());
    let setup = Setup::load(&args.config, &paths)?;
    let bytes = std::fs::read(&args.document).with_context(|| name.to_string())?;
    let (mut opened, way) =
        open_traced(&args.document, &bytes, args.revisions.meant()).with_context(|| name.to_string())?;
    // The others come first, so that each document has the number of its place in the list.
    let others = InputArgs { paths: args.with.clone(), stdin_format: StdinFormat::Md, revisions: args.revisions };
    let mut input =
        if args.with.is_empty() { input::Input::default() } else { input::read(&others, setup.excluded()?.as_ref()) };
    input.tell_problems();
    input.comments_stated = setup.states_comments(&args.comments);
    let file = input.sources.add(opened.source);
    let mut document = opened.document.take();
    if let Some(document) = &mut document {
        document.set_file(file);
    }
    input.files.push((file, opened.format));
    input.documents.resize_with(input.files.len() - 1, || None);
    input.documents.push(document);
    let facts = setup.facts(&[], &mut input.sources)?;
    let mut rules = setup.chosen(&args.rule, &args.ignore, args.preview)?;
    rules.extend(facts.iter().map(|f| &f.rule));
    let own: Vec<_> = rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    let (analyses, mut failures) = input.analyse(&own);
    let of_files = || input.files.iter().map(|(file, _)| input.sources.get(*file).path.as_path());
    let plan = Plan { rules, groups: setup.groups(of_files())?, left_out: setup.left_out(of_files())? };
    let (mut found, more) = lint::try_check(&input.sources, &analyses, &plan);
    failures.extend(more);
    input.tell_failures(&failures);
    Stets::read(&input.sources).apply(&mut found, &setup.rules, &plan.rules);
    lint::order(&input.sources, &mut found);
    stand(args, &setup, &mut found)?;
    let lowest = args.severity.map_or(Severity::Warning, |level| level.severity());
    found.retain(|d| d.severity >= lowest && d.labels.iter().any(|l| l.span.file == file));
    let remarks: Vec<Remark> = found.iter().flat_map(|d| remarks(d, file, &input.sources, &analyses)).collect();
    let annotated = write(&bytes, &way, &remarks).with_context(|| name.to_string())?;
    std::fs::write(&args.output, &annotated.bytes).with_context(|| args.output.display().to_string())?;
    writeln!(out, "{}: {} findings, {} comments", args.output.display(), found.len(), annotated.written)?;
    if annotated.left_out > 0 {
        writeln!(out, "{} places {} have no comment", annotated.left_out, no_comments(&way))?;
    }
    Ok(match (failures.is_empty() && input.problems.is_empty(), found.is_empty()) {
        (false, _) => FAILED,
        (true, false) => FOUND,
        (true, true) => CLEAN,
    })
}

/// Lets the findings of the baseline stand.
fn stand(args: &AnnotateArgs, setup: &Setup, found: &mut Vec<Diagnostic>) -> anyhow::Result<()> {
    let said = BaselineArgs { named: args.baseline.as_deref(), no_config: args.config.no_config, update: false };
    let Some(path) = setup.baseline(&said) else { return Ok(()) };
    let named = args.baseline.is_some() || setup.names_baseline();
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            Baseline::parse(&path, &text)?.apply(found, &Today::now());
            Ok(())
        }
        Err(e) if e.kind() == ErrorKind::NotFound && !named => Ok(()),
        Err(e) => Err(e).with_context(|| format!("{}", path.display())),
    }
}

fn write(bytes: &[u8], way: &Way, remarks: &[Remark]) -> anyhow::Result<Annotated> {
    Ok(match way {
        Way::Word(trace) => word::annotate(bytes, trace, remarks)?,
        #[cfg(feature = "pdf")]
        Way::Pdf(boxes) => crate::report::pdf::annotate(bytes, boxes, remarks)?,
    })
}

/// Where a format takes no comments.
fn no_comments(way: &Way) -> &'static str {
    match way {
        Way::Word(_) => "in running heads, text boxes or formulas",
        #[cfg(feature = "pdf")]
        Way::Pdf(_) => "in words set sideways",
    }
}

/// A comment for every place of a finding in the document, each naming the other places.
fn remarks(diagnostic: &Diagnostic, file: FileId, sources: &Sources, analyses: &[Analysis]) -> Vec<Remark> {
    let labels = &diagnostic.labels;
    let one = |n: usize| {
        let mut paragraphs = vec![format!("{} [{}]", diagnostic.message, diagnostic.rule)];
        for (other, label) in labels.iter().enumerate().filter(|(other, _)| *other != n).take(12) {
            let source = sources.get(label.span.file);
            let wording = crate::report::fold(source.slice(label.span));
            let said = if label.message.is_empty() || label.message == wording {
                String::new()
            } else {
                format!(" ({})", label.message)
            };
            let first = if other == 0 { "Stated" } else { "Compare" };
            let place = analyses
                .get(label.span.file.0 as usize)
                .map_or(String::new(), |analysis| Places::new(&analysis.document).of(label.span));
            let elsewhere =
                if label.span.file == file { String::new() } else { format!("{}, ", source.path.display()) };
            paragraphs.push(format!("{first}: “{wording}”{said}, {elsewhere}{place}"));
        }
        paragraphs.extend(diagnostic.notes.iter().cloned());
        paragraphs.extend(diagnostic.help.iter().cloned());
        Remark { at: labels[n].span.start..labels[n].span.end, paragraphs }
    };
    (0..labels.len()).filter(|&n| labels[n].span.file == file).map(one).collect()
}
