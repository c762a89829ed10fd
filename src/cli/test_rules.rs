//! `recount test-rules`: runs the rules of a folder on their examples and fixtures.

use super::args::TestRulesArgs;
use super::examples::Sample;
use super::output::Output;
use super::setup::{Setup, own_rules};
use super::{CLEAN, FOUND};
use crate::read::Format;
use crate::report::terminal;
use crate::rule::Rule;
use anyhow::{Context as _, bail};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Columns of the rendered findings in snapshots, whatever the terminal.
const WIDTH: usize = 100;

/// Why a case that passes tells nothing, and what to do.
const NOTHING_READ: &str = "the rule reads no claim in it that it could compare; state something that has to agree too";

/// What was tested.
#[derive(Default)]
struct Tally {
    cases: usize,
    problems: Vec<String>,
    written: usize,
}

/// Runs all examples and fixtures of the folder's rules.
pub(super) fn run(args: &TestRulesArgs, out: &mut Output) -> anyhow::Result<u8> {
    let folder = match &args.folder {
        Some(folder) => folder.clone(),
        None => configured(args)?,
    };
    let rules = own_rules(&folder)?;
    if rules.is_empty() {
        bail!("{}: there is no rule in this folder", folder.display());
    }
    let mut tally = Tally::default();
    for rule in &rules {
        let before = (tally.cases, tally.problems.len());
        examples(rule, &mut tally);
        fixtures(rule, &folder.join("fixtures").join(&rule.id), args.update, &mut tally)?;
        let verdict = if tally.problems.len() == before.1 { "ok" } else { "failed" };
        writeln!(out, "{}: {} cases, {verdict}", rule.id, tally.cases - before.0)?;
    }
    strangers(&folder.join("fixtures"), &rules, &mut tally)?;
    for problem in &tally.problems {
        writeln!(out, "\n{problem}")?;
    }
    let (rules, cases, problems) = (rules.len(), tally.cases, tally.problems.len());
    writeln!(out, "\n{rules} rules, {cases} cases, {problems} failed, {} snapshots written", tally.written)?;
    Ok(if tally.problems.is_empty() { CLEAN } else { FOUND })
}

fn configured(args: &TestRulesArgs) -> anyhow::Result<PathBuf> {
    let setup = Setup::load(&args.config, &[])?;
    let folder = setup.loaded.as_ref().and_then(|l| Some(l.folder.join(l.config.rules_folder.as_ref()?.get_ref())));
    folder.context("name a folder, or give `rules-folder` in recount.toml")
}

/// The marked texts of a manifest.
fn examples(rule: &Rule, tally: &mut Tally) {
    let mut fires = false;
    for (i, example) in rule.manifest.examples.iter().enumerate() {
        tally.cases += 1;
        let sample = Sample::of_example(rule, example);
        fires |= !sample.found.is_empty();
        let differences = sample.differences();
        if !differences.is_empty() {
            let rendered = terminal::render(&sample.sources, &sample.found, WIDTH);
            let list = differences.join("\n  ");
            tally.problems.push(format!("{}: example {}:\n  {list}\n{rendered}", rule.id, i + 1));
        } else if sample.asserts_nothing(rule) {
            tally.problems.push(format!("{}: example {} asserts nothing: {NOTHING_READ}", rule.id, i + 1));
        }
    }
    if !fires {
        tally.problems.push(format!("{}: the rule fires on none of its examples", rule.id));
    }
    for (i, pattern) in rule.patterns.iter().enumerate() {
        let texts = rule.manifest.examples.iter().filter_map(|e| e.flag.as_ref().or(e.pass.as_ref()));
        let matched = texts.into_iter().any(|text| pattern.regex.is_match(&text.replace("<<", "").replace(">>", "")));
        if !matched {
            tally.problems.push(format!("{}: pattern {} matches none of the examples", rule.id, i + 1));
        }
    }
}

/// The documents of `fixtures/<id>/`, with snapshots of what is found in them.
fn fixtures(rule: &Rule, folder: &Path, update: bool, tally: &mut Tally) -> anyhow::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let snapshot = path.with_extension("snap");
        if path == snapshot {
            let has_case = sorted(folder)?.iter().any(|p| *p != path && p.with_extension("snap") == path);
            if !has_case {
                tally.problems.push(format!("{}: a snapshot without its document", path.display()));
            }
            continue;
        }
        let Some(format) = Format::of(&path) else {
            tally.problems.push(format!("{}: files of this kind are not read", path.display()));
            continue;
        };
        tally.cases += 1;
        let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        let sample = Sample::of_text(rule, &name, text, format);
        let rendered = terminal::render(&sample.sources, &sample.found, WIDTH);
        let flag = name.starts_with("flag-");
        if !flag && !name.starts_with("pass-") {
            tally.problems.push(format!("{}: its name begins with neither `flag-` nor `pass-`", path.display()));
        } else if flag == sample.found.is_empty() {
            let what = if flag { "nothing is found" } else { "something is found" };
            tally.problems.push(format!("{}: {what}\n{rendered}", path.display()));
        } else if sample.asserts_nothing(rule) {
            tally.problems.push(format!("{}: asserts nothing: {NOTHING_READ}", path.display()));
        } else if flag {
            let before = fs::read_to_string(&snapshot).ok();
            if update && before.as_deref() != Some(&rendered) {
                fs::write(&snapshot, &rendered).with_context(|| format!("{}", snapshot.display()))?;
                tally.written += 1;
            } else if before.is_none() {
                tally.problems.push(format!("{}: no snapshot; `--update` writes it", path.display()));
            } else if before.as_deref() != Some(&rendered) {
                tally.problems.push(format!("{}: differs from its snapshot; now:\n{rendered}", path.display()));
            }
        }
    }
    Ok(())
}

/// Folders of fixtures that belong to no rule.
fn strangers(fixtures: &Path, rules: &[Rule], tally: &mut Tally) -> anyhow::Result<()> {
    if fixtures.is_dir() {
        for path in sorted(fixtures)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !rules.iter().any(|r| r.id == name) {
                tally.problems.push(format!("{}: no rule has this name", path.display()));
            }
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
