//! `recount check`

use super::args::{CheckArgs, CheckFormat};
use super::output::Output;
use super::setup::{Setup, known, names};
use super::{CLEAN, FAILED, FOUND, input};
use crate::claim::Value;
use crate::config::{self, FactRule};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lexicon::Lexicon;
use crate::lint::{self, Analysis, Plan};
use crate::report::{self, Report};
use crate::rule::{Rule, Stage};

/// Checks the files and prints what was found.
pub(super) fn run(args: &CheckArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &args.input.paths)?;
    let mut input = input::read(&args.input, setup.excluded()?.as_ref());
    input.tell_problems();
    let facts = setup.facts(&args.fact, &mut input.sources)?;
    let mut rules = choose(&setup, args)?;
    rules.extend(facts.iter().map(|f| &f.rule));
    let own: Vec<_> = rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    let (analyses, mut failures) = lint::try_analyse_all(&input.sources, &input.files, Lexicon::english(), &own);
    let paths = || input.files.iter().map(|(file, _)| input.sources.get(*file).path.as_path());
    let plan = Plan { rules, groups: setup.groups(paths())?, left_out: setup.left_out(paths())? };
    let (mut diagnostics, more) = lint::try_check(&input.sources, &analyses, &plan);
    if setup.covers_all(&args.input.paths) {
        diagnostics.extend(unstated(&facts, &analyses));
    }
    failures.extend(more);
    input.tell_failures(&failures);
    let config = setup.loaded.as_ref().map(|l| &l.config);
    let lowest = match (args.severity, config.and_then(|c| c.severity.as_ref()), args.format) {
        (Some(level), ..) => level.severity(),
        (None, Some(level), _) => *level.get_ref(),
        (None, None, CheckFormat::Terminal | CheckFormat::Short) => Severity::Warning,
        (None, None, CheckFormat::Json) => Severity::Note,
    };
    let report = Report {
        sources: &input.sources,
        analyses: &analyses,
        diagnostics: &diagnostics,
        unreadable: input.problems.len(),
        skipped: &input.skipped,
        lowest,
    };
    match args.format {
        CheckFormat::Terminal => report::terminal::write(&report, out.look(), out)?,
        CheckFormat::Short => report::short::write(&report, out)?,
        CheckFormat::Json => report::json::write(&report, out)?,
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

fn threshold(level: config::FailOn) -> Option<Severity> {
    match level {
        config::FailOn::Note => Some(Severity::Note),
        config::FailOn::Warning => Some(Severity::Warning),
        config::FailOn::Error => Some(Severity::Error),
        config::FailOn::Never => None,
    }
}

/// The rules to run: those named, else those of stage stable and one's own, without those to be ignored. What the
/// command line names comes before what the configuration does.
fn choose<'r>(setup: &'r Setup, args: &CheckArgs) -> anyhow::Result<Vec<&'r Rule>> {
    for name in args.rule.iter().chain(&args.ignore) {
        known(&setup.rules, name)?;
    }
    let config = setup.loaded.as_ref().map(|l| &l.config);
    let select = config.and_then(|c| c.select.as_ref()).map_or(&[][..], |list| list.get_ref());
    let ignore = config.and_then(|c| c.ignore.as_ref()).map_or(&[][..], |list| list.get_ref());
    let preview = args.preview || config.and_then(|c| c.preview.as_ref()).is_some_and(|p| *p.get_ref());
    let wanted = |rule: &Rule| {
        if !args.rule.is_empty() {
            return names(&args.rule, rule);
        }
        let chosen =
            if select.is_empty() { preview || rule.manifest.stage == Stage::Stable } else { names(select, rule) };
        chosen && !names(ignore, rule)
    };
    Ok(setup.rules.iter().filter(|rule| wanted(rule) && !names(&args.ignore, rule)).collect())
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
