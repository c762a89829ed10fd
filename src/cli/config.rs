//! `recount config`: the configuration that a run would have, with the origin of every value.

use super::CLEAN;
use super::args::ShowConfigArgs;
use super::output::Output;
use super::setup::Setup;
use crate::config::{Loaded, line_column};
use std::io::Write;
use toml::Spanned;

/// Prints it as TOML.
pub(super) fn run(args: &ShowConfigArgs, out: &mut Output) -> anyhow::Result<u8> {
    let setup = Setup::load(&args.config, &args.paths)?;
    let Some(loaded) = &setup.loaded else {
        writeln!(out, "# no recount.toml was found; these are the defaults")?;
        for (key, default) in DEFAULTS {
            writeln!(out, "{key} = {default}")?;
        }
        return Ok(CLEAN);
    };
    let config = &loaded.config;
    writeln!(out, "# {}", loaded.path.display())?;
    let quoted =
        |list: &Vec<String>| format!("[{}]", list.iter().map(|s| format!("{s:?}")).collect::<Vec<_>>().join(", "));
    let values = [
        value(loaded, config.fail_on.as_ref(), |v| format!("\"{}\"", format!("{v:?}").to_lowercase())),
        value(loaded, config.severity.as_ref(), |v| format!("\"{}\"", v.name())),
        value(loaded, config.preview.as_ref(), ToString::to_string),
        value(loaded, config.comments.as_ref(), |v| format!("\"{}\"", format!("{v:?}").to_lowercase())),
        value(loaded, config.select.as_ref(), quoted),
        value(loaded, config.ignore.as_ref(), quoted),
        value(loaded, config.exclude.as_ref(), quoted),
        value(loaded, config.rules_folder.as_ref(), |v| format!("{:?}", v.display().to_string())),
        value(loaded, config.baseline.as_ref(), |v| format!("{:?}", v.display().to_string())),
    ];
    for ((key, default), value) in DEFAULTS.iter().zip(values) {
        match value {
            Some((value, line)) => writeln!(out, "{key} = {value}  # line {line}")?,
            None => writeln!(out, "{key} = {default}  # default")?,
        }
    }
    for (id, patch) in &config.rules {
        writeln!(out, "\n[rules.{}]  # line {}", id.get_ref(), line(loaded, id.span().start))?;
        write!(out, "{}", toml::to_string(patch)?)?;
    }
    for group in &config.groups {
        writeln!(out, "\n[[group]]  # line {}", line(loaded, group.files.span().start))?;
        if let Some(name) = &group.name {
            writeln!(out, "name = {name:?}")?;
        }
        writeln!(out, "files = {}", quoted(group.files.get_ref()))?;
    }
    for o in &config.overrides {
        writeln!(out, "\n[[override]]  # line {}", line(loaded, o.files.span().start))?;
        writeln!(out, "files = {}\nignore = {}", quoted(o.files.get_ref()), quoted(o.ignore.get_ref()))?;
    }
    for fact in &config.facts {
        writeln!(out, "\n[[fact]]  # line {}", line(loaded, fact.name.span().start))?;
        writeln!(out, "name = {:?}", fact.name.get_ref())?;
        if let Some(value) = &fact.value {
            writeln!(out, "value = {:?}", value.get_ref().to_string())?;
        }
    }
    for spelling in &config.spellings {
        writeln!(out, "\n[[spelling]]  # line {}", line(loaded, spelling.write.span().start))?;
        writeln!(out, "write = {:?}", spelling.write.get_ref())?;
    }
    Ok(CLEAN)
}

/// The keys of the first level in the order of the file, with what holds without them.
const DEFAULTS: [(&str, &str); 9] = [
    ("fail-on", "\"warning\""),
    ("severity", "\"warning\""),
    ("preview", "false"),
    ("comments", "\"apart\""),
    ("select", "[]"),
    ("ignore", "[]"),
    ("exclude", "[]"),
    ("rules-folder", "\"\""),
    ("baseline", "\"recount-baseline.toml\""),
];

fn value<T>(loaded: &Loaded, given: Option<&Spanned<T>>, show: impl Fn(&T) -> String) -> Option<(String, usize)> {
    given.map(|v| (show(v.get_ref()), line(loaded, v.span().start)))
}

fn line(loaded: &Loaded, at: usize) -> usize {
    line_column(&loaded.text, at).0
}
