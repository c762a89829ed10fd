//! The command line: the only room that touches files, the environment and standard output.

mod annotate;
mod args;
mod cache;
mod check;
mod claims;
mod config;
mod diff;
mod examples;
mod explain;
mod fix;
mod init;
mod input;
mod lines;
mod manual;
mod memory;
mod numbers;
mod output;
mod progress;
mod rules;
mod setup;
mod since;
mod test_rules;
mod text;
mod why;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use output::Output;
use std::process::ExitCode;

/// Nothing at or above `--fail-on` was found.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// The commands and options as data, for the documentation.
#[must_use]
pub fn command() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    command
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    install_panic_hook();
    let mut out = Output::new(cli.color, cli.width);
    let done = start_threads(cli.threads).and_then(|()| match &cli.command {
        Command::Check(args) => check::run(args, &mut out),
        Command::Diff(args) => diff::run(args, &mut out),
        Command::Annotate(args) => annotate::run(args, &mut out),
        Command::Claims(args) => claims::run(args, &mut out),
        Command::Numbers(args) => numbers::run(args, &mut out),
        Command::Text(args) => text::run(args, &mut out),
        Command::TestRules(args) => test_rules::run(args, &mut out),
        Command::Config(args) => config::run(args, &mut out),
        Command::Init(args) => init::run(args, &mut out),
        Command::Rules(args) => rules::run(args, &mut out),
        Command::Explain(args) => explain::run(args, &mut out),
        Command::Cache(args) => cache::run(args, &mut out),
        Command::Completions(args) => manual::completions(args, &mut out),
        Command::Man(args) => manual::page(args, &mut out),
    });
    let done = done.and_then(|code| {
        out.finish()?;
        Ok(code)
    });
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

/// Sets how many threads work; the number of processors when not said.
fn start_threads(threads: Option<u16>) -> anyhow::Result<()> {
    // Readers of nested formats may call themselves once a level.
    let mut pool = rayon::ThreadPoolBuilder::new().stack_size(16 << 20);
    if let Some(threads) = threads {
        pool = pool.num_threads(threads.into());
    }
    pool.build_global()?;
    Ok(())
}

/// Says where a bug is in one line; the files it did not touch are checked all the same.
fn install_panic_hook() {
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|v| v != "0") {
        return;
    }
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
        eprintln!("recount: internal error{at} (RUST_BACKTRACE=1 shows more)");
    }));
}
