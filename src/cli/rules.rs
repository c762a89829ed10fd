//! `recount rules`, and finding a rule by its name.

use super::CLEAN;
use super::args::{ListFormat, RulesArgs};
use super::output::Output;
use super::setup::Setup;
use crate::report::table::{Column, Table};
use crate::rule::{Rule, Stage};
use serde::Serialize;
use std::io::Write;

/// The rule with this id.
///
/// # Errors
///
/// Names the rules that are spelled much like it.
pub(super) fn find<'r>(rules: &'r [Rule], id: &str) -> anyhow::Result<&'r Rule> {
    if let Some(rule) = rules.iter().find(|r| r.id == id) {
        return Ok(rule);
    }
    let mut near: Vec<(usize, &str)> = rules
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(id, &rule.id), rule.id.as_str()))
        .filter(|(distance, name)| *distance <= 3.max(name.len() / 4) || (id.len() >= 4 && name.contains(id)))
        .collect();
    near.sort_unstable();
    let hint = match near.as_slice() {
        [] => "`recount rules` lists them".to_owned(),
        near => {
            let names: Vec<String> = near.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
            format!("did you mean {}?", names.join(" or "))
        }
    };
    anyhow::bail!("there is no rule `{id}`: {hint}")
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    family: &'a str,
    severity: &'static str,
    stage: &'static str,
    summary: &'a str,
}

/// Prints the list of rules.
pub(super) fn run(args: &RulesArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &[])?;
    let rules = &setup.rules;
    match args.format {
        ListFormat::Json => {
            let list: Vec<JsonRule<'_>> = rules
                .iter()
                .map(|rule| JsonRule {
                    id: &rule.id,
                    family: &rule.family,
                    severity: rule.manifest.severity.name(),
                    stage: stage(rule),
                    summary: &rule.manifest.summary,
                })
                .collect();
            let object = serde_json::json!({"schema_version": 1, "rules": list});
            serde_json::to_writer_pretty(&mut *out, &object)?;
            writeln!(out)?;
        }
        ListFormat::Terminal => {
            let mut table = Table::new(&[
                Column::left("rule", 24),
                Column::left("family", 12),
                Column::left("severity", 8),
                Column::left("stage", 7),
                Column::rest("summary"),
            ]);
            for rule in rules {
                table.add(&[
                    &rule.id,
                    &rule.family,
                    rule.manifest.severity.name(),
                    stage(rule),
                    &rule.manifest.summary,
                ]);
            }
            table.write(out.look().width, out)?;
        }
    }
    Ok(CLEAN)
}

/// The name of a rule's stage.
pub(super) fn stage(rule: &Rule) -> &'static str {
    match rule.manifest.stage {
        Stage::Stable => "stable",
        Stage::Preview => "preview",
    }
}
