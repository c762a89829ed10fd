//! `recount numbers`

use super::args::{ListFormat, NumbersArgs};
use super::output::Output;
use super::{CLEAN, FAILED, input};
use crate::annotate::{Layers, annotate};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::report::numbers::{NumbersOf, write_json, write_table};
use rayon::prelude::*;

/// Prints the numbers of the files.
pub(super) fn run(args: &NumbersArgs, out: &mut Output) -> anyhow::Result<u8> {
    let mut input = input::read(&args.input, None);
    input.tell_problems();
    let lexicon = Lexicon::english();
    let documents: Vec<Document> = (0..input.files.len()).map(|n| input.document(n)).collect();
    let annotated = documents.into_par_iter().map(|document| {
        let layers = annotate(&document, lexicon);
        (document, layers)
    });
    let layers: Vec<(Document, Layers)> = annotated.collect();
    let files: Vec<NumbersOf<'_>> = layers
        .iter()
        .map(|(document, layers)| NumbersOf {
            source: input.sources.get(document.file),
            document,
            layers,
            lines: args.line.iter().map(|l| l.first..=l.last).collect(),
        })
        .collect();
    match args.format {
        ListFormat::Terminal => write_table(&files, out.look().width, out)?,
        ListFormat::Json => write_json(&files, out)?,
    }
    Ok(if input.problems.is_empty() { CLEAN } else { FAILED })
}
