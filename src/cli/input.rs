//! From paths on the command line to sources: walking folders, reading, decoding.

use super::args::{InputArgs, RevisionsArg, StdinFormat};
use super::progress::Progress;
use crate::claim::Pattern;
use crate::config::Globs;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::lint::{self, Analysis, Failure};
use crate::read::{self, DecodeError, Format, LARGEST_FILE, Opened, Revisions};
use crate::source::{Origin, SourceFile, Sources};
use crate::span::FileId;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Document formats that people keep next to those that are read; met in a folder they are counted.
const NOT_READ_YET: &[&str] = &["doc", "mdx", "odp", "ppt", "pptx", "qmd", "rmd", "wiki", "xls", "xml"];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// The files, sorted by path.
    pub(super) sources: Sources,
    /// Their formats; entry `i` is of the file numbered `i`.
    pub(super) files: Vec<(FileId, Format)>,
    /// The documents that came with their files, aligned with `files`.
    pub(super) documents: Vec<Option<Document>>,
    /// What comments say counts as said by their documents.
    pub(super) comments_stated: bool,
    /// Formats met in folders that are not read yet, with the number of files, sorted by name.
    pub(super) skipped: Vec<(String, usize)>,
    /// What could not be read, one message each, naming the file.
    pub(super) problems: Vec<String>,
    /// Of the files that were listed those that hold nothing that can be read, by their number there; their messages
    /// are among the problems.
    pub(super) failed: Vec<(usize, String)>,
    /// Folders in which nothing can be read; a problem only when nothing else was named.
    notices: Vec<String>,
}

impl Input {
    fn add(&mut self, opened: Opened) {
        let Opened { source, format, mut document } = opened;
        let id = self.sources.add(source);
        if let Some(document) = &mut document {
            document.set_file(id);
        }
        self.files.push((id, format));
        self.documents.push(document);
    }

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
        let mut documents = std::mem::take(&mut self.documents);
        for document in documents.iter_mut().flatten() {
            document.comments_stated = self.comments_stated;
        }
        let progress = Progress::start("noting the claims of", self.files.len());
        lint::try_analyse_watched(&self.sources, &self.files, documents, Lexicon::english(), own, &|| progress.step())
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
    list(args, excluded).open()
}

/// Reads files and folders.
pub(super) fn read_paths(paths: &[PathBuf], revisions: RevisionsArg, excluded: Option<&Globs>) -> Input {
    read(&InputArgs { paths: paths.to_vec(), stdin_format: StdinFormat::Md, revisions }, excluded)
}

/// Reads files whose bytes are there already, and says which of them could be read, by index.
pub(super) fn read_bytes(files: Vec<(PathBuf, Format, Vec<u8>)>, revisions: RevisionsArg) -> (Input, Vec<usize>) {
    let all = files.len();
    let files = files.into_iter().map(|(path, format, bytes)| ListedFile { path, format, bytes }).collect();
    let input = Listed { files, rest: Input::default(), revisions: revisions.meant() }.open();
    let kept = (0..all).filter(|n| !input.failed.iter().any(|(failed, _)| failed == n)).collect();
    (input, kept)
}

/// The files that arguments name, with their bytes, before anything is made of them.
#[derive(Debug)]
pub(super) struct Listed {
    /// The files, sorted by path.
    pub(super) files: Vec<ListedFile>,
    /// What an [`Input`] says of formats that are not read, of problems and of empty folders.
    rest: Input,
    revisions: Revisions,
}

/// A file that could be read.
#[derive(Debug)]
pub(super) struct ListedFile {
    /// Its path as it was named or found.
    pub(super) path: PathBuf,
    /// Its format by its name.
    pub(super) format: Format,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// Finds everything that the arguments name, and reads its bytes.
pub(super) fn list(args: &InputArgs, excluded: Option<&Globs>) -> Listed {
    let mut walked = Walked::default();
    for path in &args.paths {
        walked.add(path, args.stdin_format, excluded);
    }
    walked.files.sort_by(|a, b| a.0.cmp(&b.0));
    // Within one folder without links nothing is met twice, and asking for ten thousand true paths takes its time.
    if args.paths.len() > 1 || walked.links {
        let same = |(path, _): &(PathBuf, Format)| {
            if is_stdin(path) { path.clone() } else { path.canonicalize().unwrap_or_else(|_| path.clone()) }
        };
        let same: Vec<PathBuf> = walked.files.par_iter().map(same).collect();
        let mut seen = FxHashSet::default();
        let mut same = same.into_iter();
        walked.files.retain(|_| same.next().is_none_or(|path| seen.insert(path)));
    }
    let mut rest = Input {
        skipped: walked.skipped.into_iter().collect(),
        problems: walked.problems,
        notices: walked.notices,
        ..Input::default()
    };
    if walked.files.is_empty() {
        rest.problems.append(&mut rest.notices);
    }
    let progress = Progress::start("reading", walked.files.len());
    let load = |(path, format): (PathBuf, Format)| {
        let bytes = bytes_of(&path);
        progress.step();
        match bytes {
            Ok(Ok(bytes)) => Ok(ListedFile { path, format, bytes }),
            Ok(Err(error)) => Err(format!("{}: {error}", path.display())),
            Err(error) => Err(format!("{}: {}", path.display(), plainly(&error))),
        }
    };
    let loaded: Vec<Result<ListedFile, String>> = walked.files.into_par_iter().map(load).collect();
    let mut files = Vec::with_capacity(loaded.len());
    for file in loaded {
        match file {
            Ok(file) => files.push(file),
            Err(problem) => rest.problems.push(problem),
        }
    }
    Listed { files, rest, revisions: args.revisions.meant() }
}

impl Listed {
    /// Opens all files.
    pub(super) fn open(self) -> Input {
        let revisions = self.revisions;
        let open = |file: ListedFile| open(&file.path, file.bytes, file.format, revisions);
        let opened: Vec<Result<Opened, String>> = self.files.into_par_iter().map(open).collect();
        let mut input = self.rest;
        input.files.reserve(opened.len());
        for (n, opened) in opened.into_iter().enumerate() {
            match opened {
                Ok(opened) => input.add(opened),
                Err(problem) => {
                    input.problems.push(problem.clone());
                    input.failed.push((n, problem));
                }
            }
        }
        input
    }

    /// Opens the files that `wanted` names by their number among those that can be opened. Of the others only the
    /// path is known; `failed` are those that were found not to be readable, by their number in `files`.
    pub(super) fn open_some(self, wanted: &FxHashSet<u32>, failed: Vec<(usize, String)>) -> Input {
        let revisions = self.revisions;
        let bad: FxHashSet<usize> = failed.iter().map(|(n, _)| *n).collect();
        let good = self.files.into_iter().enumerate().filter(|(n, _)| !bad.contains(n)).map(|(_, file)| file);
        let good: Vec<ListedFile> = good.collect();
        let open = |(n, file): (usize, ListedFile)| match wanted.contains(&(n as u32)) {
            true => open(&file.path, file.bytes, file.format, revisions),
            false => Ok(Opened {
                source: SourceFile::new(file.path, String::new(), Origin::Rendered),
                format: file.format,
                document: None,
            }),
        };
        let opened: Vec<Result<Opened, String>> = good.into_par_iter().enumerate().map(open).collect();
        let mut input = self.rest;
        for opened in opened {
            match opened {
                Ok(opened) => input.add(opened),
                // It could be opened before, with the same bytes.
                Err(problem) => input.problems.push(problem),
            }
        }
        input.problems.extend(failed.iter().map(|(_, problem)| problem.clone()));
        input.failed = failed;
        input
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Most files of code in a folder that are read beside its documentation. Those of a larger project say too much that
/// is no concern of its documentation.
const SOURCES: usize = 400;

/// Longest file of code that is read; longer ones are generated.
const LONGEST_SOURCE: u64 = 64 * 1024;

#[derive(Default)]
struct Walked {
    files: Vec<(PathBuf, Format)>,
    skipped: BTreeMap<String, usize>,
    problems: Vec<String>,
    notices: Vec<String>,
    /// Some file was met through a link.
    links: bool,
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
                StdinFormat::Pdf => Format::Pdf,
                StdinFormat::Odt => Format::Odt,
                StdinFormat::Ods => Format::Ods,
                StdinFormat::Epub => Format::Epub,
                StdinFormat::Rtf => Format::Rtf,
                StdinFormat::Tex => Format::Latex,
                StdinFormat::Adoc => Format::AsciiDoc,
                StdinFormat::Rst => Format::Restructured,
                StdinFormat::Typ => Format::Typst,
                StdinFormat::Org => Format::Org,
                StdinFormat::Ipynb => Format::Notebook,
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
        let mut sources: Vec<PathBuf> = Vec::new();
        for entry in walker(folder) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.push(error.to_string());
                    continue;
                }
            };
            // A link to a file is read, a link to a folder is not followed: it may lead in a circle.
            let is_link = entry.file_type().is_some_and(|t| t.is_symlink());
            self.links |= is_link;
            let is_file = entry.file_type().is_some_and(|t| t.is_file()) || is_link && entry.path().is_file();
            if !is_file || excluded.is_some_and(|globs| globs.contain(entry.path())) {
                continue;
            }
            if let Some(format) = Format::of(entry.path()) {
                self.files.push((entry.into_path(), format));
            } else if Format::beside(entry.path()).is_some() {
                if sources.len() <= SOURCES {
                    sources.push(entry.into_path());
                }
            } else if let Some(extension) = entry.path().extension().and_then(|e| e.to_str()) {
                let extension = extension.to_ascii_lowercase();
                if NOT_READ_YET.contains(&extension.as_str()) {
                    *self.skipped.entry(extension).or_insert(0) += 1;
                }
            }
        }
        if self.files.len() > before && sources.len() <= SOURCES {
            let short = |path: &PathBuf| path.metadata().is_ok_and(|meta| meta.len() <= LONGEST_SOURCE);
            let read = |path: &PathBuf| short(path) && !is_own(path);
            self.files.extend(sources.into_iter().filter(read).map(|path| (path, Format::Source)));
        }
        if self.files.len() == before {
            let folder = folder.display();
            self.notices.push(format!("{folder}: no file in this folder can be read (the README lists the formats)"));
        }
    }
}

/// Whether a file is the configuration of recount or one of its rules, whose examples have slips on purpose.
fn is_own(path: &Path) -> bool {
    let toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    let rule = || std::fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.trim() == "[[example]]"));
    path.file_name().is_some_and(|name| name == "recount.toml") || toml && rule()
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
            format!("files ending in .{extension} are not read yet; the README lists the formats that are")
        }
        None => "the name has no ending that tells the format; `recount check - --stdin-format txt < FILE` reads it"
            .to_owned(),
    }
}

fn open(path: &Path, bytes: Vec<u8>, format: Format, revisions: Revisions) -> Result<Opened, String> {
    let problem = |error: String| format!("{}: {error}", path.display());
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
    bytes.reserve_exact(usize::try_from(length).unwrap_or(0) + 1);
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
