//! The `recount` program; see [`recount::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    recount::cli::main()
}
