//! `recount text`

use super::args::TextArgs;
use super::output::Output;
use super::{CLEAN, FAILED, input};
use crate::report;
use std::io::Write;

/// Prints the files as they are read.
pub(super) fn run(args: &TextArgs, out: &mut Output) -> anyhow::Result<u8> {
    let input = input::read(&args.input, None);
    input.tell_problems();
    for &(file, format) in &input.files {
        let source = input.sources.get(file);
        if input.files.len() > 1 {
            writeln!(out, "==> {} <==", report::path(source))?;
        }
        let document = crate::read::read(source, file, format);
        out.write_all(report::text::render(source, &document).as_bytes())?;
    }
    Ok(if input.problems.is_empty() { CLEAN } else { FAILED })
}
