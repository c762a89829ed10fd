//! `recount explain`

use super::CLEAN;
use super::args::ExplainArgs;
use super::examples::Sample;
use super::output::Output;
use super::rules::{find, stage};
use super::setup::Setup;
use crate::report::{table, terminal};
use crate::rule::{Example, Rule};
use std::io::{self, Write};

/// Prints what a rule is for, and its examples with what the rule says about them.
pub(super) fn run(args: &ExplainArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &[])?;
    let rule = find(&setup.rules, &args.rule)?;
    let width = out.look().width.min(terminal::DEFAULT_WIDTH);
    let manifest = &rule.manifest;
    writeln!(out, "{}: {}", rule.id, manifest.summary)?;
    writeln!(out, "family {}, severity {}, stage {}", rule.family, manifest.severity.name(), stage(rule))?;
    paragraph("Why", &manifest.doc.why, width, out)?;
    paragraph("What it leaves alone", &manifest.doc.not, width, out)?;
    paragraph("Message", &manifest.message, width, out)?;
    if let Some(help) = &manifest.help {
        paragraph("What to do", help, width, out)?;
    }
    let (flags, passes): (Vec<&Example>, Vec<&Example>) =
        manifest.examples.iter().partition(|example| example.flag.is_some());
    writeln!(out, "\nReported:")?;
    for example in flags {
        writeln!(out, "\n{}", indent(&findings(rule, example, width.saturating_sub(4))))?;
    }
    writeln!(out, "\nLeft alone:")?;
    for example in passes {
        let text = example.pass.as_deref().unwrap_or("");
        let lines: Vec<String> = text.trim().lines().map(|line| table::wrap(line, width.saturating_sub(4))).collect();
        writeln!(out, "\n{}", indent(&lines.join("\n")))?;
    }
    Ok(CLEAN)
}

fn paragraph(title: &str, text: &str, width: usize, out: &mut Output) -> io::Result<()> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "\n{title}:\n{}", indent(&table::wrap(&text, width.saturating_sub(4))))
}

fn indent(text: &str) -> String {
    let lines: Vec<String> = text
        .trim_end()
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
        .collect();
    lines.join("\n")
}

/// What the rule says about an example, drawn as `recount check` does.
fn findings(rule: &Rule, example: &Example, width: usize) -> String {
    let sample = Sample::of_example(rule, example);
    terminal::render(&sample.sources, &sample.found, width)
}
