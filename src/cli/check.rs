//! `recount check`

use super::{CLEAN, CheckArgs, CheckFormat, FAILED, FOUND, FailOn, Level, input};
use crate::diagnostic::Severity;
use crate::lexicon::Lexicon;
use crate::lint;
use crate::report::{self, Report};
use crate::rule::{self, Rule, Stage};
use std::io::Write;

/// Checks the files and prints what was found.
pub(super) fn run(args: &CheckArgs, out: &mut dyn Write) -> anyhow::Result<u8> {
    let rules = rule::builtin()?;
    let rules = choose(&rules, args)?;
    let input = input::read(&args.input);
    for problem in &input.problems {
        eprintln!("error: {problem}");
    }
    let analyses = lint::analyse_all(&input.sources, &input.files, Lexicon::english());
    let diagnostics = lint::check(&input.sources, &analyses, &rules);
    let lowest = match (args.severity, args.format) {
        (Some(level), _) => level.severity(),
        (None, CheckFormat::Terminal | CheckFormat::Short) => Severity::Warning,
        (None, CheckFormat::Json) => Severity::Note,
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
        CheckFormat::Terminal => report::terminal::write(&report, report::terminal::Look::default(), out)?,
        CheckFormat::Short => report::short::write(&report, out)?,
        CheckFormat::Json => report::json::write(&report, out)?,
    }
    let fails = match args.fail_on {
        FailOn::Never => None,
        FailOn::Note => Some(Level::Note),
        FailOn::Warning => Some(Level::Warning),
        FailOn::Error => Some(Level::Error),
    };
    let found = fails.is_some_and(|level| diagnostics.iter().any(|d| d.severity >= level.severity()));
    Ok(if !input.problems.is_empty() {
        FAILED
    } else if found {
        FOUND
    } else {
        CLEAN
    })
}

/// The rules to run.
fn choose<'r>(rules: &'r [Rule], args: &CheckArgs) -> anyhow::Result<Vec<&'r Rule>> {
    for id in args.rule.iter().chain(&args.ignore) {
        if !rules.iter().any(|r| r.id == *id) {
            anyhow::bail!("no rule `{id}`");
        }
    }
    Ok(rules
        .iter()
        .filter(|rule| {
            let named = args.rule.contains(&rule.id);
            let wanted =
                if args.rule.is_empty() { args.preview || rule.manifest.stage == Stage::Stable } else { named };
            wanted && !args.ignore.contains(&rule.id)
        })
        .collect())
}
