//! `recount claims`

use super::{CLEAN, ClaimsArgs, FAILED, input};
use crate::lexicon::Lexicon;
use crate::lint;
use std::io::Write;

/// Prints the claims of the files.
pub(super) fn run(args: &ClaimsArgs, out: &mut dyn Write) -> anyhow::Result<u8> {
    let input = input::read(&args.input);
    for problem in &input.problems {
        eprintln!("error: {problem}");
    }
    let analyses = lint::analyse_all(&input.sources, &input.files, Lexicon::english());
    for analysis in &analyses {
        let file = input.sources.get(analysis.document.file);
        for claim in &analysis.claims {
            let at = file.line_column(claim.at.start);
            writeln!(
                out,
                "{}:{}:{} {:?} {} | head {} class {} mods {:?} ent {:?} wording {} | pred {} | {:?} {} | {:?} [{}]",
                file.path.display(),
                at.line,
                at.column,
                claim.kind,
                claim.text,
                claim.subject.head,
                claim.subject.class,
                claim.subject.modifiers,
                claim.subject.entities,
                claim.subject.wording,
                claim.predicate,
                claim.scope,
                claim.status.name(),
                claim.value,
                claim.by
            )?;
        }
    }
    Ok(if input.problems.is_empty() { CLEAN } else { FAILED })
}
