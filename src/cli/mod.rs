//! The command line: the only room that touches files, the environment and standard output.

mod check;
mod claims;
mod input;

use crate::diagnostic::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Nothing at or above `--fail-on` was found.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// Checks that a report agrees with itself
#[derive(Parser, Debug)]
#[command(name = "recount", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Report the places that cannot all be true
    Check(CheckArgs),
    /// Print the claims that were read
    Claims(ClaimsArgs),
}

/// How a document from standard input is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum StdinFormat {
    /// Markdown
    Md,
    /// Plain text
    Txt,
}

#[derive(Args, Debug)]
struct InputArgs {
    /// Files and folders to read, `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Format of standard input
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    stdin_format: StdinFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum CheckFormat {
    /// Findings with the places marked in the text
    Terminal,
    /// One line a finding
    Short,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Level {
    Note,
    Warning,
    Error,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Self::Note => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum FailOn {
    Note,
    Warning,
    Error,
    Never,
}

#[derive(Args, Debug)]
struct CheckArgs {
    #[command(flatten)]
    input: InputArgs,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: CheckFormat,
    /// Lowest severity that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "warning")]
    fail_on: FailOn,
    /// Lowest severity to show
    #[arg(long, value_name = "LEVEL")]
    severity: Option<Level>,
    /// Run only this rule (may be repeated)
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Leave this rule out (may be repeated)
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Run rules of stage preview too
    #[arg(long)]
    preview: bool,
    /// Ignore configuration files (none are read yet)
    #[arg(long)]
    no_config: bool,
}

#[derive(Args, Debug)]
struct ClaimsArgs {
    #[command(flatten)]
    input: InputArgs,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let done = match &cli.command {
        Command::Check(args) => check::run(args, &mut out),
        Command::Claims(args) => claims::run(args, &mut out),
    };
    let done = done.and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            let broken_pipe = error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe);
            if !broken_pipe {
                eprintln!("error: {error:#}");
            }
            ExitCode::from(FAILED)
        }
    }
}
