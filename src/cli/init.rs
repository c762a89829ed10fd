//! `recount init`: a commented configuration to begin with.

use super::CLEAN;
use super::args::InitArgs;
use super::output::Output;
use crate::config::FILE_NAME;
use anyhow::{Context as _, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// The file that is written.
pub(super) const TEMPLATE: &str = include_str!("init.toml");

/// Writes the file; one that is there already is left as it is.
pub(super) fn run(args: &InitArgs, out: &mut Output) -> anyhow::Result<u8> {
    let path = args.folder.join(FILE_NAME);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => bail!("{}: the file is there already", path.display()),
        Err(e) => return Err(e).with_context(|| format!("{}", path.display())),
    };
    file.write_all(TEMPLATE.as_bytes()).with_context(|| format!("{}", path.display()))?;
    writeln!(out, "wrote {}", path.display())?;
    Ok(CLEAN)
}

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::config::Loaded;
    use std::path::Path;

    #[test]
    fn reads_the_template_and_all_its_examples() {
        Loaded::parse(Path::new("recount.toml"), TEMPLATE.to_owned()).expect("it is right");
        // What is commented out is right as well.
        let all: Vec<&str> =
            TEMPLATE.lines().filter(|l| !l.starts_with("##")).map(|l| l.strip_prefix("# ").unwrap_or(l)).collect();
        let loaded = Loaded::parse(Path::new("recount.toml"), all.join("\n")).expect("it is right");
        assert_eq!((loaded.config.facts.len(), loaded.config.groups.len()), (3, 1));
    }
}
