//! What a whole check found, kept for the next one over the same documents with the same settings.
//!
//! The key takes in everything that findings depend on: the program, the content, path and format of every document,
//! the rules as they are configured and in which documents they run, which documents are compared, declared facts with
//! their values. So findings across documents and remarks in them are right by construction: a change anywhere is
//! another key. What depends on more than that (the baseline and its dates, git, levels and formats) is worked out
//! anew every time.

use super::args::{CheckArgs, CheckFormat};
use super::cache::{Key, Store};
use super::input::{Input, Listed};
use super::setup::Setup;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, ReadIssue};
use crate::lint::Analysis;
use crate::read;
use crate::source::Sources;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// Less than this, in bytes, is read and compared as fast as it is looked up.
const WORTH_IT: usize = 128 << 10;

/// What is kept is filed under this.
const SORT: &str = "check";

/// A place for the findings of one check.
#[derive(Debug)]
pub(super) struct Memory {
    store: Store,
    key: u128,
}

/// The findings of one check, with all that is printed about the documents.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Kept {
    /// The findings that no remark lets stand, in order.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The listed files that hold nothing that can be read, with what is said of them.
    pub(super) failed: Vec<(usize, String)>,
    /// Of each of the others, in order: its words, its claims, and what could not be read as it is written.
    files: Vec<(usize, usize, Vec<ReadIssue>)>,
}

impl Memory {
    /// The place for a check, unless it is too small, or nothing is to be kept.
    pub(super) fn of(args: &CheckArgs, setup: &Setup, listed: &Listed) -> anyhow::Result<Option<Self>> {
        let size: usize = listed.files.iter().map(|f| f.bytes.len()).sum();
        // Claims are not kept.
        let mut formats = args.format.into_iter().chain(args.output.iter().map(|o| o.format));
        if args.no_cache || size < WORTH_IT || formats.any(CheckFormat::shows_claims) {
            return Ok(None);
        }
        let Some(store) = Store::by_environment() else { return Ok(None) };
        let mut key = Key::new();
        for rule in &setup.rules {
            key.add(rule.id.as_bytes());
            key.add(rule.family.as_bytes());
        }
        for rule in setup.chosen(&args.rule, &args.ignore, args.preview)? {
            key.add(rule.id.as_bytes());
            key.add_shown(&rule.manifest);
        }
        if let Some(loaded) = &setup.loaded {
            key.add_path(&loaded.path);
            key.add(loaded.text.as_bytes());
            // Their values may lie in other files.
            for fact in setup.facts(&args.fact, &mut Sources::default())? {
                key.add_shown(&fact.rule.manifest);
            }
        }
        let paths = || listed.files.iter().map(|f| f.path.as_path());
        key.add_shown(&setup.groups(paths())?);
        key.add_shown(&setup.left_out(paths())?);
        key.add_shown(&setup.covers_all(&args.input.paths));
        key.add_shown(&args.input.revisions);
        key.add_shown(&setup.states_comments(&args.comments));
        let hashes: Vec<u128> = listed.files.par_iter().map(|f| xxh3_128(&f.bytes)).collect();
        for (file, hash) in listed.files.iter().zip(hashes) {
            key.add_path(&file.path);
            key.add_shown(&file.format);
            key.add(&hash.to_le_bytes());
        }
        Ok(Some(Self { store, key: key.finish() }))
    }

    /// What was found before.
    pub(super) fn recall(&self) -> Option<Kept> {
        self.store.load(SORT, self.key)
    }

    /// Keeps what was found.
    pub(super) fn keep(&self, input: &Input, analyses: &[Analysis], diagnostics: &[Diagnostic]) {
        let files = analyses.iter().map(|a| (a.words, a.noted, a.document.issues.clone())).collect();
        let kept = Kept { diagnostics: diagnostics.to_vec(), failed: input.failed.clone(), files };
        self.store.save(SORT, self.key, &kept);
    }
}

impl Kept {
    /// The files that have a place in a finding.
    pub(super) fn wanted(&self) -> FxHashSet<u32> {
        self.diagnostics.iter().flat_map(|d| &d.labels).map(|l| l.span.file.0).collect()
    }

    /// The files as a report needs them: without claims, and with the documents of those files only that have a place
    /// in a finding.
    pub(super) fn analyses(&self, input: &mut Input) -> Vec<Analysis> {
        let wanted = self.wanted();
        let documents = std::mem::take(&mut input.documents);
        let analysis = |(n, document): (usize, Option<Document>)| {
            let (file, format) = input.files[n];
            let (words, noted, issues) = &self.files[n];
            let document = match document {
                Some(document) => document,
                None if wanted.contains(&file.0) => read::read(input.sources.get(file), file, format),
                None => Document { issues: issues.clone(), ..Document::new(file) },
            };
            Analysis { document, claims: Vec::new(), asides: Vec::new(), noted: *noted, words: *words }
        };
        documents.into_par_iter().enumerate().map(analysis).collect()
    }
}
