//! `recount check`

use super::args::{CheckArgs, CheckFormat};
use super::output::Output;
use super::setup::Setup;
use super::since::Since;
use super::{CLEAN, FAILED, FOUND, input};
use crate::claim::Value;
use crate::config::{self, FactRule};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lint::{self, Analysis, Plan};
use crate::report::terminal::{DEFAULT_WIDTH, Look};
use crate::report::{self, Report};
use crate::source::Sources;
use crate::suppress::{Baseline, Stets, Today};
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Checks the files and prints what was found.
pub(super) fn run(args: &CheckArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &args.input.paths)?;
    let mut input = input::read(&args.input, setup.excluded()?.as_ref());
    input.tell_problems();
    let facts = setup.facts(&args.fact, &mut input.sources)?;
    let mut rules = setup.chosen(&args.rule, &args.ignore, args.preview)?;
    rules.extend(facts.iter().map(|f| &f.rule));
    let own: Vec<_> = rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    let (analyses, mut failures) = input.analyse(&own);
    let paths = || input.files.iter().map(|(file, _)| input.sources.get(*file).path.as_path());
    let plan = Plan { rules, groups: setup.groups(paths())?, left_out: setup.left_out(paths())? };
    let (mut diagnostics, more) = lint::try_check(&input.sources, &analyses, &plan);
    if setup.covers_all(&args.input.paths) {
        diagnostics.extend(unstated(&facts, &analyses));
    }
    failures.extend(more);
    input.tell_failures(&failures);
    Stets::read(&input.sources).apply(&mut diagnostics, &setup.rules, &plan.rules);
    lint::order(&input.sources, &mut diagnostics);
    stand(args, &setup, &input.sources, &mut diagnostics, input.problems.is_empty() && failures.is_empty())?;
    if let Some(revision) = &args.since {
        Since::ask(revision, &args.input.paths)?.keep(&input.sources, &mut diagnostics);
    }
    let config = setup.loaded.as_ref().map(|l| &l.config);
    let format = args.format.unwrap_or_else(usual_format);
    let level = args.severity.map(|l| l.severity()).or(config.and_then(|c| c.severity.as_ref()).map(|l| *l.get_ref()));
    let report = |format: CheckFormat| Report {
        sources: &input.sources,
        analyses: &analyses,
        rules: &plan.rules,
        diagnostics: &diagnostics,
        unreadable: input.problems.len(),
        skipped: &input.skipped,
        limit: args.max_findings.unwrap_or(usize::MAX),
        lowest: level.unwrap_or(if format.is_for_people() { Severity::Warning } else { Severity::Note }),
    };
    for file in &args.output {
        let mut bytes = Vec::new();
        write(&report(file.format), file.format, PLAIN, &mut bytes)?;
        replace(&file.path, &bytes).with_context(|| format!("{}", file.path.display()))?;
    }
    if args.statistics {
        statistics(&report(CheckFormat::Terminal), out)?;
    } else {
        let look = out.look();
        write(&report(format), format, look, out)?;
    }
    let fail_on = match (args.fail_on, config.and_then(|c| c.fail_on.as_ref())) {
        (Some(level), _) => level.severity(),
        (None, Some(level)) => threshold(*level.get_ref()),
        (None, None) => Some(Severity::Warning),
    };
    let found = fail_on.is_some_and(|level| diagnostics.iter().any(|d| d.severity >= level));
    let failed = !input.problems.is_empty() || !failures.is_empty();
    // The program ends here: giving the documents back piece by piece would only take time.
    std::mem::forget((analyses, input));
    Ok(if failed {
        FAILED
    } else if found {
        FOUND
    } else {
        CLEAN
    })
}

/// Lets the findings of the baseline stand, and writes it anew when that is asked for.
fn stand(
    args: &CheckArgs,
    setup: &Setup,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
    complete: bool,
) -> anyhow::Result<()> {
    let Some(path) = setup.baseline(args) else { return Ok(()) };
    let named = args.baseline.is_some() || setup.names_baseline();
    let baseline = match std::fs::read_to_string(&path) {
        Ok(text) => Baseline::parse(&path, &text)?,
        Err(e) if e.kind() == ErrorKind::NotFound && (!named || args.update_baseline) => Baseline::default(),
        Err(e) => return Err(e).with_context(|| format!("{}", path.display())),
    };
    if args.update_baseline || args.prune_baseline {
        if !complete {
            bail!("{}: left as it is, since not everything could be checked", path.display());
        }
        let new =
            if args.update_baseline { baseline.updated(sources, diagnostics) } else { baseline.pruned(diagnostics) };
        replace(&path, new.text()?.as_bytes()).with_context(|| format!("{}", path.display()))?;
        eprintln!("note: {}: {} findings may stand", path.display(), new.findings.len());
        new.apply(diagnostics, &Today::now());
    } else {
        baseline.apply(diagnostics, &Today::now());
    }
    Ok(())
}

/// How a file is drawn that people may look at.
const PLAIN: Look = Look { width: DEFAULT_WIDTH, color: false };

/// The format when none is asked for.
fn usual_format() -> CheckFormat {
    let on_actions = std::env::var_os("GITHUB_ACTIONS").is_some_and(|v| v == "true");
    if on_actions { CheckFormat::Github } else { CheckFormat::Terminal }
}

/// Writes the report in a format.
fn write(report: &Report<'_>, format: CheckFormat, look: Look, out: &mut dyn Write) -> anyhow::Result<()> {
    match format {
        CheckFormat::Terminal => report::terminal::write(report, look, out)?,
        CheckFormat::Short => report::short::write(report, out)?,
        CheckFormat::Json => report::json::write(report, out)?,
        CheckFormat::Jsonl => report::json::write_lines(report, out)?,
        CheckFormat::Sarif => report::sarif::write(report, out)?,
        CheckFormat::Github => report::github::write(report, out)?,
        CheckFormat::Gitlab => report::gitlab::write(report, out)?,
        CheckFormat::Junit => report::junit::write(report, out)?,
        CheckFormat::Checkstyle => report::checkstyle::write(report, out)?,
        CheckFormat::Rdjson => report::rdjson::write(report, out)?,
        CheckFormat::Html => report::html::write(report, out)?,
    }
    let left = report.diagnostics.iter().filter(|d| d.severity >= report.lowest).count() - report.shown().count();
    if left > 0 && format.is_for_people() {
        eprintln!("note: {left} more findings are not shown (--max-findings)");
    }
    Ok(())
}

/// How many findings each rule has, the most first.
fn statistics(report: &Report<'_>, out: &mut Output) -> anyhow::Result<()> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        *counts.entry((diagnostic.rule.as_str(), diagnostic.severity.name())).or_default() += 1;
    }
    let mut counts: Vec<((&str, &str), usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    for ((rule, severity), n) in counts {
        writeln!(out, "{n:>6}  {severity:<7}  {rule}")?;
    }
    Ok(())
}

/// Writes a file as a whole: a run that is cut off leaves the old one.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".recount-new");
    let new = path.with_file_name(name);
    std::fs::write(&new, bytes)?;
    std::fs::rename(&new, path)
}

fn threshold(level: config::FailOn) -> Option<Severity> {
    match level {
        config::FailOn::Note => Some(Severity::Note),
        config::FailOn::Warning => Some(Severity::Warning),
        config::FailOn::Error => Some(Severity::Error),
        config::FailOn::Never => None,
    }
}

/// Facts that no text states: the pattern matches nothing any more, or never did. Asked only when all that lies
/// beside the configuration is checked.
fn unstated(facts: &[FactRule], analyses: &[Analysis]) -> Vec<Diagnostic> {
    let silent = facts.iter().filter(|fact| {
        let mut claims = analyses.iter().flat_map(|a| &a.claims);
        !claims.any(|c| matches!(&c.value, Value::Stated(s) if s.rule == fact.rule.id.as_str()))
    });
    let say = |fact: &FactRule| Diagnostic {
        rule: fact.rule.id.clone(),
        severity: Severity::Warning,
        message: "no document states this fact".to_owned(),
        labels: vec![Label { span: fact.named, within: fact.named, message: "its pattern matches nothing".to_owned() }],
        notes: Vec::new(),
        help: Some("change its pattern, or drop the fact".to_owned()),
        fingerprint: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(fact.rule.id.as_bytes())),
    };
    silent.map(say).collect()
}
