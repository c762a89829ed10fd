//! `recount claims`

use super::args::{ClaimsArgs, ClaimsFormat};
use super::output::Output;
use super::setup::Setup;
use super::{CLEAN, FAILED, input, why};
use crate::claim::{Claim, ClaimKind};
use crate::report::claims::{ClaimsOf, write_json, write_table};
use crate::report::html::write_sheet;
use crate::report::worklist::{write_csv, write_workbook};
use anyhow::bail;
use std::io::IsTerminal;

/// Prints the claims of the files.
pub(super) fn run(args: &ClaimsArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &args.input.paths)?;
    let mut input = input::read(&args.input, setup.excluded()?.as_ref());
    input.comments_stated = setup.states_comments(&args.comments);
    let facts = setup.facts(&[], &mut input.sources)?;
    let rules = setup.rules.iter().chain(facts.iter().map(|f| &f.rule));
    let own: Vec<_> = rules.flat_map(|rule| rule.patterns.iter().cloned()).collect();
    input.tell_problems();
    let (analyses, failures) = input.analyse(&own);
    input.tell_failures(&failures);
    if let Some(lines) = &args.why {
        why::write(&input, &analyses, lines, out)?;
    } else {
        let files: Vec<ClaimsOf<'_>> = analyses
            .iter()
            .map(|analysis| {
                let source = input.sources.get(analysis.document.file);
                let wanted = |claim: &&Claim| {
                    // What can be pointed to (headings, anchors) is nothing to check off.
                    if args.format.is_working_list() && args.kind.is_empty() && claim.kind == ClaimKind::Place {
                        return false;
                    }
                    let first = source.line_of(claim.at.start) + 1;
                    let last = source.line_of(claim.at.end.saturating_sub(1).max(claim.at.start)) + 1;
                    (args.kind.is_empty() || args.kind.contains(&claim.kind))
                        && (args.line.is_empty() || args.line.iter().any(|l| l.first <= last && first <= l.last))
                };
                ClaimsOf {
                    source,
                    document: &analysis.document,
                    claims: analysis.all_claims().filter(wanted).collect(),
                }
            })
            .collect();
        match args.format {
            ClaimsFormat::Terminal => write_table(&files, out.look().width, out)?,
            ClaimsFormat::Json => write_json(&files, out)?,
            ClaimsFormat::Csv => write_csv(&files, out)?,
            ClaimsFormat::Xlsx if std::io::stdout().is_terminal() => {
                bail!("a workbook is nothing for a terminal: `recount claims … --format xlsx > claims.xlsx`")
            }
            ClaimsFormat::Xlsx => write_workbook(&files, out)?,
            ClaimsFormat::Html => write_sheet(&files, out)?,
        }
    }
    Ok(if input.problems.is_empty() && failures.is_empty() { CLEAN } else { FAILED })
}
