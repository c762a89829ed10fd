//! From paths on the command line to sources: walking folders, reading, decoding.

use super::{InputArgs, StdinFormat};
use crate::read::Format;
use crate::source::{Origin, SourceFile, Sources};
use crate::span::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files larger than this are refused.
const MAX_BYTES: u64 = 256 << 20;

/// Document formats that people keep next to those that are read; met in a folder they are counted.
const NOT_READ_YET: &[&str] = &[
    "adoc", "asciidoc", "csv", "doc", "docx", "epub", "htm", "html", "ipynb", "json", "odp", "ods", "odt", "org",
    "pdf", "ppt", "pptx", "rmd", "rst", "rtf", "tex", "tsv", "typ", "xhtml", "xls", "xlsx", "xml",
];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// The files, sorted by path.
    pub(super) sources: Sources,
    /// Their formats; entry `i` is of the file numbered `i`.
    pub(super) files: Vec<(FileId, Format)>,
    /// Formats met in folders that are not read yet, with the number of files.
    pub(super) skipped: Vec<(String, usize)>,
    /// What could not be read, one message each, naming the file.
    pub(super) problems: Vec<String>,
}

/// Reads everything that the arguments name.
pub(super) fn read(args: &InputArgs) -> Input {
    let mut walked = Walked::default();
    for path in &args.paths {
        walked.add(path, args.stdin_format);
    }
    walked.files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut seen = FxHashSet::default();
    walked.files.retain(|(path, _)| {
        let same = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        seen.insert(same)
    });
    let loaded: Vec<Result<SourceFile, String>> = walked.files.par_iter().map(|(path, _)| load(path)).collect();
    let mut input =
        Input { skipped: walked.skipped.into_iter().collect(), problems: walked.problems, ..Input::default() };
    for (file, (_, format)) in loaded.into_iter().zip(&walked.files) {
        match file {
            Ok(file) => {
                let id = input.sources.add(file);
                input.files.push((id, *format));
            }
            Err(problem) => input.problems.push(problem),
        }
    }
    input
}

#[derive(Default)]
struct Walked {
    files: Vec<(PathBuf, Format)>,
    skipped: BTreeMap<String, usize>,
    problems: Vec<String>,
}

impl Walked {
    /// Adds a file or what a folder holds.
    fn add(&mut self, path: &Path, stdin: StdinFormat) {
        if path == Path::new("-") {
            let format = match stdin {
                StdinFormat::Md => Format::Markdown,
                StdinFormat::Txt => Format::Plain,
            };
            self.files.push((path.to_owned(), format));
            return;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.walk(path),
            Ok(_) => match Format::of(path) {
                Some(format) => self.files.push((path.to_owned(), format)),
                None => self.problems.push(format!("{}: this format is not read yet", path.display())),
            },
            Err(error) => self.problems.push(format!("{}: {error}", path.display())),
        }
    }

    fn walk(&mut self, folder: &Path) {
        let before = self.files.len();
        for entry in ignore::WalkBuilder::new(folder).require_git(false).build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.push(error.to_string());
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|t| t.is_file()) {
                continue;
            }
            if let Some(format) = Format::of(entry.path()) {
                self.files.push((entry.into_path(), format));
            } else if let Some(extension) = entry.path().extension().and_then(|e| e.to_str()) {
                let extension = extension.to_ascii_lowercase();
                if NOT_READ_YET.contains(&extension.as_str()) {
                    *self.skipped.entry(extension).or_insert(0) += 1;
                }
            }
        }
        if self.files.len() == before {
            self.problems.push(format!("{}: no file in this folder that can be read", folder.display()));
        }
    }
}

fn load(path: &Path) -> Result<SourceFile, String> {
    let problem = |error: String| format!("{}: {error}", path.display());
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| problem(e.to_string()))?;
    } else {
        let file = std::fs::File::open(path).map_err(|e| problem(e.to_string()))?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| problem(e.to_string()))?;
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(problem(format!("larger than {} MiB, not read", MAX_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes)
        .map_err(|e| problem(format!("not UTF-8: invalid byte at offset {}", e.utf8_error().valid_up_to())))?;
    Ok(SourceFile::new(path.to_owned(), text, Origin::Verbatim))
}
