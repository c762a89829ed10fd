//! `recount text`

use super::args::TextArgs;
use super::output::Output;
use super::{CLEAN, FAILED, input};
use crate::report;
use std::io::Write;

/// Prints the files as they are read.
pub(super) fn run(args: &TextArgs, out: &mut Output) -> anyhow::Result<u8> {
    let mut input = input::read(&args.input, None);
    input.tell_problems();
    for n in 0..input.files.len() {
        let document = input.document(n);
        let source = input.sources.get(document.file);
        if input.files.len() > 1 {
            writeln!(out, "==> {} <==", report::path(source))?;
        }
        if args.raw {
            out.write_all(source.text.as_bytes())?;
        } else {
            out.write_all(report::text::render(source, &document).as_bytes())?;
        }
    }
    Ok(if input.problems.is_empty() { CLEAN } else { FAILED })
}
