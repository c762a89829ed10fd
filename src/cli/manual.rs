//! `recount completions` and `recount man`: what the command line says of itself, for shells and for `man`.

use super::CLEAN;
use super::args::{CompletionsArgs, ManArgs};
use super::output::Output;
use anyhow::bail;
use std::io::Write;

/// The name that the program is called by.
const NAME: &str = env!("CARGO_PKG_NAME");

/// Prints the completions for a shell.
pub(super) fn completions(args: &CompletionsArgs, out: &mut Output) -> anyhow::Result<u8> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), NAME, &mut text);
    out.write_all(&text)?;
    Ok(CLEAN)
}

/// Prints a manual page in the language of `man`.
pub(super) fn page(args: &ManArgs, out: &mut Output) -> anyhow::Result<u8> {
    // Built commands have their full names: the page of `check` is called recount-check.
    let command = super::command();
    let command = match &args.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => bail!("there is no command `{name}`"),
        },
    };
    clap_mangen::Man::new(command).render(out)?;
    Ok(CLEAN)
}
