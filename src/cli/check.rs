//! `recount check`

use super::args::{CheckArgs, CheckFormat};
use super::output::Output;
use super::rules::{find, load};
use super::{CLEAN, FAILED, FOUND, input};
use crate::diagnostic::Severity;
use crate::lexicon::Lexicon;
use crate::lint;
use crate::report::{self, Report};
use crate::rule::{Rule, Stage};

/// Checks the files and prints what was found.
pub(super) fn run(args: &CheckArgs, out: &mut Output) -> anyhow::Result<u8> {
    let rules = load()?;
    let rules = choose(&rules, args)?;
    let input = input::read(&args.input);
    input.tell_problems();
    let (analyses, mut failures) = lint::try_analyse_all(&input.sources, &input.files, Lexicon::english());
    let (diagnostics, more) = lint::try_check(&input.sources, &analyses, &rules);
    failures.extend(more);
    input.tell_failures(&failures);
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
        CheckFormat::Terminal => report::terminal::write(&report, out.look(), out)?,
        CheckFormat::Short => report::short::write(&report, out)?,
        CheckFormat::Json => report::json::write(&report, out)?,
    }
    let found = args.fail_on.severity().is_some_and(|level| diagnostics.iter().any(|d| d.severity >= level));
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

/// The rules to run: those named, else those of stage stable, without those to be ignored.
fn choose<'r>(rules: &'r [Rule], args: &CheckArgs) -> anyhow::Result<Vec<&'r Rule>> {
    for id in args.rule.iter().chain(&args.ignore) {
        find(rules, id)?;
    }
    let wanted = |rule: &Rule| {
        if args.rule.is_empty() {
            args.preview || rule.manifest.stage == Stage::Stable
        } else {
            args.rule.contains(&rule.id)
        }
    };
    Ok(rules.iter().filter(|rule| wanted(rule) && !args.ignore.contains(&rule.id)).collect())
}
