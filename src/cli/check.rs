//! `recount check`

use super::args::{BaselineArgs, CheckArgs, CheckFormat};
use super::fix::{Corrections, replace};
use super::input::Input;
use super::memory::Memory;
use super::output::Output;
use super::progress::Progress;
use super::setup::Setup;
use super::since::Since;
use super::{CLEAN, FAILED, FOUND, input};
use crate::check::Choice;
use crate::claim::Value;
use crate::config::{self, FactRule};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lint::{self, Analysis, Failure, Plan};
use crate::report::terminal::{DEFAULT_WIDTH, Look};
use crate::report::{self, Report, count};
use crate::rule::Rule;
use crate::source::Sources;
use crate::suppress::{Baseline, Stets, Today};
use anyhow::{Context as _, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

/// Checks the files and prints what was found. With `--fix` the files are corrected first, and what is left is printed.
pub(super) fn run(args: &CheckArgs, out: &mut Output) -> anyhow::Result<u8> {
    let mut corrected = Corrected::default();
    loop {
        // What is corrected may show what could not be seen before, but two corrections never chase each other on.
        if let Some(code) = once(args, out, &mut corrected)? {
            return Ok(code);
        }
    }
}

/// What `--fix` has done so far.
#[derive(Debug, Default)]
struct Corrected {
    rounds: usize,
    findings: usize,
    files: BTreeSet<PathBuf>,
}

/// So often files are corrected and checked anew.
const MOST_ROUNDS: usize = 4;

/// One check of everything; `None` when files were corrected and everything is to be checked again.
fn once(args: &CheckArgs, out: &mut Output, corrected: &mut Corrected) -> anyhow::Result<Option<u8>> {
    let setup = Setup::load(&args.config, &args.input.paths)?;
    let listed = input::list(&args.input, setup.excluded()?.as_ref());
    let memory = Memory::of(args, &setup, &listed)?;
    let mut kept = memory.as_ref().and_then(Memory::recall);
    let mut input = match &mut kept {
        Some(kept) => listed.open_some(&kept.wanted(), std::mem::take(&mut kept.failed)),
        None => listed.open(),
    };
    input.tell_problems();
    let facts = setup.facts(&args.fact, &mut input.sources)?;
    let mut rules = setup.chosen(&args.rule, &args.ignore, args.preview)?;
    rules.extend(facts.iter().map(|f| &f.rule));
    let (analyses, mut diagnostics, failed) = match kept {
        Some(kept) => {
            let analyses = kept.analyses(&mut input);
            (analyses, kept.diagnostics, false)
        }
        None => {
            let (analyses, diagnostics, failures) = examine(args, &setup, &mut input, &facts, &rules)?;
            input.tell_failures(&failures);
            if let Some(memory) = memory.filter(|_| failures.is_empty()) {
                memory.keep(&input, &analyses, &diagnostics);
            }
            (analyses, diagnostics, !failures.is_empty())
        }
    };
    stand(args, &setup, &input.sources, &mut diagnostics, input.problems.is_empty() && !failed)?;
    if let Some(revision) = &args.since {
        Since::ask(revision, &args.input.paths)?.keep(&input.sources, &mut diagnostics);
    }
    if args.fix || args.diff {
        let choices: Vec<Choice> = args.fix_also.iter().map(|c| c.meant()).collect();
        let corrections = Corrections::collect(&diagnostics, &choices);
        if corrections.refused > 0 && corrected.rounds == 0 {
            eprintln!(
                "note: {} want different things at one place and are not made",
                count(corrections.refused, "correction")
            );
        }
        if args.diff {
            out.write_all(corrections.diff(&input.sources).as_bytes())?;
        } else if !corrections.is_empty() && corrected.rounds < MOST_ROUNDS {
            corrections.write(&input.sources)?;
            corrected.rounds += 1;
            corrected.findings += corrections.settled;
            corrected.files.extend(corrections.files().map(|file| input.sources.get(file).path.clone()));
            return Ok(None);
        }
    }
    if args.fix {
        let (findings, files) = (count(corrected.findings, "finding"), count(corrected.files.len(), "file"));
        eprintln!("note: {findings} corrected in {files}");
    }
    let config = setup.loaded.as_ref().map(|l| &l.config);
    let format = args.format.unwrap_or_else(usual_format);
    let level = args.severity.map(|l| l.severity()).or(config.and_then(|c| c.severity.as_ref()).map(|l| *l.get_ref()));
    let report = |format: CheckFormat| Report {
        sources: &input.sources,
        analyses: &analyses,
        rules: &rules,
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
    } else if !args.diff {
        let look = out.look();
        write(&report(format), format, look, out)?;
    }
    let fail_on = match (args.fail_on, config.and_then(|c| c.fail_on.as_ref())) {
        (Some(level), _) => level.severity(),
        (None, Some(level)) => threshold(*level.get_ref()),
        (None, None) => Some(Severity::Warning),
    };
    let found = fail_on.is_some_and(|level| diagnostics.iter().any(|d| d.severity >= level));
    let failed = failed || !input.problems.is_empty();
    // The program ends here: giving the documents back piece by piece would only take time.
    std::mem::forget((analyses, input));
    Ok(Some(if failed {
        FAILED
    } else if found {
        FOUND
    } else {
        CLEAN
    }))
}

/// Reads, compares, and lets stand what remarks name: all that depends on the documents and settings alone.
fn examine(
    args: &CheckArgs,
    setup: &Setup,
    input: &mut Input,
    facts: &[FactRule],
    rules: &[&Rule],
) -> anyhow::Result<(Vec<Analysis>, Vec<Diagnostic>, Vec<Failure>)> {
    let own: Vec<_> = rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    input.comments_stated = setup.states_comments(&args.comments);
    let (analyses, mut failures) = input.analyse(&own);
    let paths = || input.files.iter().map(|(file, _)| input.sources.get(*file).path.as_path());
    let plan = Plan { rules: rules.to_vec(), groups: setup.groups(paths())?, left_out: setup.left_out(paths())? };
    let progress = Progress::start("comparing the claims", 0);
    let (mut diagnostics, more) = lint::try_check(&input.sources, &analyses, &plan);
    drop(progress);
    failures.extend(more);
    if setup.covers_all(&args.input.paths) {
        diagnostics.extend(unstated(facts, &analyses));
    }
    Stets::read(&input.sources).apply(&mut diagnostics, &setup.rules, rules);
    lint::order(&input.sources, &mut diagnostics);
    Ok((analyses, diagnostics, failures))
}

/// Lets the findings of the baseline stand, and writes it anew when that is asked for.
fn stand(
    args: &CheckArgs,
    setup: &Setup,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
    complete: bool,
) -> anyhow::Result<()> {
    let said = BaselineArgs {
        named: args.baseline.as_deref(),
        no_config: args.config.no_config,
        update: args.update_baseline,
    };
    let Some(path) = setup.baseline(&said) else { return Ok(()) };
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
        eprintln!("note: {}: {} may stand", path.display(), count(new.findings.len(), "finding"));
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
        eprintln!("note: {} not shown (--max-findings)", count(left, "more finding"));
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
    let silent = facts.iter().filter(|fact| fact.must_occur).filter(|fact| {
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
        fixes: Vec::new(),
    };
    silent.map(say).collect()
}
