//! From paths on the command line to sources: walking folders, reading, decoding.

use super::args::{InputArgs, StdinFormat};
use crate::claim::Pattern;
use crate::config::Globs;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::lint::{self, Analysis, Failure};
use crate::read::{self, DecodeError, Format, LARGEST_FILE, Opened, Revisions};
use crate::source::Sources;
use crate::span::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Document formats that people keep next to those that are read; met in a folder they are counted.
const NOT_READ_YET: &[&str] = &[
    "adoc", "asciidoc", "doc", "epub", "ipynb", "latex", "mdx", "odp", "ods", "odt", "org", "pdf", "ppt", "pptx",
    "qmd", "rmd", "rst", "rtf", "tex", "typ", "wiki", "xls", "xml",
];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// The files, sorted by path.
    pub(super) sources: Sources,
    /// Their formats; entry `i` is of the file numbered `i`.
    pub(super) files: Vec<(FileId, Format)>,
    /// The documents that came with their files, aligned with `files`.
    pub(super) documents: Vec<Option<Document>>,
    /// Formats met in folders that are not read yet, with the number of files, sorted by name.
    pub(super) skipped: Vec<(String, usize)>,
    /// What could not be read, one message each, naming the file.
    pub(super) problems: Vec<String>,
    /// Folders in which nothing can be read; a problem only when nothing else was named.
    notices: Vec<String>,
}

impl Input {
    /// Says on standard error what could not be read.
    pub(super) fn tell_problems(&self) {
        for notice in &self.notices {
            eprintln!("note: {}", one_line(notice));
        }
        for problem in &self.problems {
            eprintln!("error: {}", one_line(problem));
        }
    }

    /// Reads what has not been read yet and notes the claims of all files. The documents are given away.
    pub(super) fn analyse(&mut self, own: &[Pattern]) -> (Vec<Analysis>, Vec<Failure>) {
        let documents = std::mem::take(&mut self.documents);
        lint::try_analyse_opened(&self.sources, &self.files, documents, Lexicon::english(), own)
    }

    /// The document of the file at this place in `files`. One that came with its file is given away.
    pub(super) fn document(&mut self, n: usize) -> Document {
        let (file, format) = self.files[n];
        let ready = self.documents.get_mut(n).and_then(Option::take);
        ready.unwrap_or_else(|| read::read(self.sources.get(file), file, format))
    }

    /// Says on standard error where recount itself failed.
    pub(super) fn tell_failures(&self, failures: &[Failure]) {
        for failure in failures {
            let path = failure.file.map(|file| self.sources.get(file).path.display().to_string());
            let at = match (path, failure.rule.as_str()) {
                (Some(path), "") => path,
                (Some(path), rule) => format!("{path}, rule {rule}"),
                (None, rule) => format!("rule {rule} across documents"),
            };
            let message = &failure.message;
            eprintln!("error: {}", one_line(&format!("{at}: internal error, please report it: {message}")));
        }
    }
}

/// Keeps what comes from file names and files from writing to the terminal.
fn one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reads everything that the arguments name. A file named twice is read once.
/// Files that are excluded are read when they are named themselves.
pub(super) fn read(args: &InputArgs, excluded: Option<&Globs>) -> Input {
    let mut walked = Walked::default();
    for path in &args.paths {
        walked.add(path, args.stdin_format, excluded);
    }
    walked.files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut seen = FxHashSet::default();
    walked.files.retain(|(path, _)| {
        let same = if is_stdin(path) { path.clone() } else { path.canonicalize().unwrap_or_else(|_| path.clone()) };
        seen.insert(same)
    });
    let revisions = args.revisions.meant();
    let loaded: Vec<Result<Opened, String>> =
        walked.files.par_iter().map(|(path, format)| load(path, *format, revisions)).collect();
    let mut input = Input {
        skipped: walked.skipped.into_iter().collect(),
        problems: walked.problems,
        notices: walked.notices,
        ..Input::default()
    };
    if walked.files.is_empty() {
        input.problems.append(&mut input.notices);
    }
    for opened in loaded {
        match opened {
            Ok(Opened { source, format, mut document }) => {
                let id = input.sources.add(source);
                if let Some(document) = &mut document {
                    document.set_file(id);
                }
                input.files.push((id, format));
                input.documents.push(document);
            }
            Err(problem) => input.problems.push(problem),
        }
    }
    input
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

#[derive(Default)]
struct Walked {
    files: Vec<(PathBuf, Format)>,
    skipped: BTreeMap<String, usize>,
    problems: Vec<String>,
    notices: Vec<String>,
}

impl Walked {
    /// Adds a file, or what a folder holds.
    fn add(&mut self, path: &Path, stdin: StdinFormat, excluded: Option<&Globs>) {
        if is_stdin(path) {
            let format = match stdin {
                StdinFormat::Md => Format::Markdown,
                StdinFormat::Txt => Format::Plain,
                StdinFormat::Html => Format::Html,
                StdinFormat::Docx => Format::Docx,
                StdinFormat::Csv => Format::Csv,
                StdinFormat::Tsv => Format::Tsv,
                StdinFormat::Xlsx => Format::Xlsx,
            };
            self.files.push((path.to_owned(), format));
            return;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.walk(path, excluded),
            Ok(_) => match Format::of(path) {
                Some(format) => self.files.push((path.to_owned(), format)),
                None => self.problems.push(format!("{}: {}", path.display(), not_read(path))),
            },
            Err(error) => self.problems.push(format!("{}: {}", path.display(), plainly(&error))),
        }
    }

    fn walk(&mut self, folder: &Path, excluded: Option<&Globs>) {
        let before = self.files.len();
        for entry in walker(folder) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.push(error.to_string());
                    continue;
                }
            };
            // A link to a file is read, a link to a folder is not followed: it may lead in a circle.
            let is_file = entry.file_type().is_some_and(|t| t.is_file() || (t.is_symlink() && entry.path().is_file()));
            if !is_file || excluded.is_some_and(|globs| globs.contain(entry.path())) {
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
            let folder = folder.display();
            self.notices.push(format!(
                "{folder}: no file in this folder can be read (Markdown, plain text, HTML, Word, CSV, XLSX)"
            ));
        }
    }
}

/// Everything in a folder that is neither hidden nor ignored, sorted by path.
fn walker(folder: &Path) -> ignore::Walk {
    // A folder of documents need not be a repository for its .gitignore to count.
    ignore::WalkBuilder::new(folder)
        .require_git(false)
        .add_custom_ignore_filename(".recountignore")
        .sort_by_file_path(Path::cmp)
        .build()
}

/// Why a file named on the command line is not read.
fn not_read(path: &Path) -> String {
    match path.extension().and_then(|e| e.to_str()) {
        Some(extension) => {
            format!(
                "files ending in .{extension} are not read yet; Markdown, plain text, HTML, Word documents, CSV and XLSX are"
            )
        }
        None => "the name has no ending that tells the format; `recount check - --stdin-format txt < FILE` reads it"
            .to_owned(),
    }
}

fn load(path: &Path, format: Format, revisions: Revisions) -> Result<Opened, String> {
    let problem = |error: String| format!("{}: {error}", path.display());
    let bytes = bytes_of(path).map_err(|error| problem(plainly(&error)))?;
    let bytes = bytes.map_err(|error| problem(error.to_string()))?;
    // A reader of archives that fails is a bug; the other files are read all the same.
    let opened = std::panic::catch_unwind(|| read::open(path, bytes, format, revisions));
    let opened = opened.map_err(|_| problem("internal error while reading it, please report it".to_owned()))?;
    opened.map_err(|error| problem(error.to_string()))
}

/// The bytes of a file or of standard input. A file that is too large is not read at all.
fn bytes_of(path: &Path) -> io::Result<Result<Vec<u8>, DecodeError>> {
    // Standard input, and a file that grows, are cut where they are seen to be too large.
    let limit = LARGEST_FILE as u64 + 1;
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
        return Ok(Ok(bytes));
    }
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length >= limit {
        return Ok(Err(DecodeError::TooLarge { length: usize::try_from(length).unwrap_or(usize::MAX) }));
    }
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
}

/// An error of the system without its number.
fn plainly(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        _ => error.to_string(),
    }
}
