//! `--fix` and `--diff`: corrections where the evidence decides, made in the files or shown as a patch.

use crate::check::{Choice, Edit, Fix};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources};
use crate::span::FileId;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The edits of all findings that can be made together.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    /// The edits of each file, in order, none overlapping another.
    files: BTreeMap<FileId, Vec<Edit>>,
    /// How many findings they settle.
    pub(super) settled: usize,
    /// How many corrections want something else at a place that another one changes too; none of them is made.
    pub(super) refused: usize,
}

impl Corrections {
    /// Collects the corrections that the evidence decides, and those that `choices` decide. Corrections that overlap
    /// and differ are left out, all of them: which one is right is not known.
    pub(super) fn collect(diagnostics: &[Diagnostic], choices: &[Choice]) -> Self {
        let wanted = |fix: &&Fix| fix.choice.is_none_or(|choice| choices.contains(&choice));
        let fixes: Vec<&Fix> = diagnostics
            .iter()
            .filter_map(|d| {
                let mut wanted = d.fixes.iter().filter(wanted);
                // Never two ways at once.
                wanted.next().filter(|_| wanted.next().is_none())
            })
            .collect();
        let mut edits: Vec<(&Edit, usize)> =
            fixes.iter().enumerate().flat_map(|(n, fix)| fix.edits.iter().map(move |e| (e, n))).collect();
        edits.sort_by(|a, b| (a.0.at, &a.0.new, a.1).cmp(&(b.0.at, &b.0.new, b.1)));
        let mut refused = vec![false; fixes.len()];
        let mut open: Vec<(&Edit, usize)> = Vec::new();
        for &(edit, n) in &edits {
            open.retain(|(before, _)| before.at.overlaps(edit.at));
            for &(before, m) in &open {
                if before != edit {
                    (refused[n], refused[m]) = (true, true);
                }
            }
            open.push((edit, n));
        }
        let mut files: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        for (edit, _) in edits.iter().filter(|(_, n)| !refused[*n]) {
            let list = files.entry(edit.at.file).or_default();
            if list.last() != Some(*edit) {
                list.push((*edit).clone());
            }
        }
        let count = refused.iter().filter(|r| **r).count();
        Self { files, settled: fixes.len() - count, refused: count }
    }

    /// Whether nothing is to be done.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files that change.
    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.keys().copied()
    }

    /// Writes the files. Each is replaced as a whole, in one step.
    ///
    /// # Errors
    ///
    /// When a file is standard input, is not what it was when it was read, or cannot be written. Files before it in
    /// order of path are written by then.
    pub(super) fn write(&self, sources: &Sources) -> anyhow::Result<()> {
        for (&file, edits) in &self.files {
            let source = sources.get(file);
            let path = &source.path;
            if path == Path::new("-") {
                bail!("--fix cannot write to standard input; --diff shows what it would do");
            }
            let now = fs::read(path).with_context(|| format!("{}", path.display()))?;
            if now != source.text.as_bytes() {
                bail!("{}: the file has changed since it was read; it is left as it is", path.display());
            }
            let text = edited(&source.text, edits, 0..source.text.len());
            replace(path, text.as_bytes()).with_context(|| format!("{}", path.display()))?;
        }
        Ok(())
    }

    /// The changes in the format of `diff -u`, as `git apply` and `patch -p1` read it.
    pub(super) fn diff(&self, sources: &Sources) -> String {
        let mut out = String::new();
        for (&file, edits) in &self.files {
            unified(sources.get(file), edits, &mut out);
        }
        out
    }
}

/// A range of a text with the edits in it made.
fn edited(text: &str, edits: &[Edit], range: Range<usize>) -> String {
    let mut out = String::with_capacity(range.len() + 16);
    let mut at = range.start;
    for edit in edits {
        let own = edit.at.range();
        if own.start < at || own.end > range.end {
            continue;
        }
        out.push_str(&text[at..own.start]);
        out.push_str(&edit.new);
        at = own.end;
    }
    out.push_str(&text[at..range.end]);
    out
}

/// Lines of a file around a change in a patch.
const CONTEXT: usize = 3;

/// Appends the patch of one file.
fn unified(source: &SourceFile, edits: &[Edit], out: &mut String) {
    let text = source.text.as_str();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start)
        })
        .collect();
    let line_of = |offset: usize| starts.partition_point(|&s| s <= offset).saturating_sub(1);
    // Runs of changed lines.
    let mut changed: Vec<Range<usize>> = Vec::new();
    for edit in edits {
        let own = edit.at.range();
        let range = line_of(own.start)..line_of(own.end.saturating_sub(1).max(own.start)) + 1;
        match changed.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => changed.push(range),
        }
    }
    let path = source.path.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let _ = write!(out, "--- a/{path}\n+++ b/{path}\n");
    let push = |out: &mut String, sign: char, line: &str| {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    };
    let (mut shift, mut n) = (0_isize, 0);
    while n < changed.len() {
        let mut last = n;
        while last + 1 < changed.len() && changed[last + 1].start <= changed[last].end + 2 * CONTEXT {
            last += 1;
        }
        let from = changed[n].start.saturating_sub(CONTEXT);
        let to = (changed[last].end + CONTEXT).min(lines.len());
        let (mut body, mut added) = (String::new(), 0_isize);
        let mut at = from;
        for run in &changed[n..=last] {
            lines[at..run.start].iter().for_each(|line| push(&mut body, ' ', line));
            lines[run.clone()].iter().for_each(|line| push(&mut body, '-', line));
            let end = starts.get(run.end).copied().unwrap_or(text.len());
            let new = edited(text, edits, starts[run.start]..end);
            new.split_inclusive('\n').for_each(|line| push(&mut body, '+', line));
            added += new.split_inclusive('\n').count() as isize - run.len() as isize;
            at = run.end;
        }
        lines[at..to].iter().for_each(|line| push(&mut body, ' ', line));
        let count = (to - from) as isize;
        let _ = writeln!(out, "@@ -{},{count} +{},{} @@", from + 1, (from + 1) as isize + shift, count + added);
        out.push_str(&body);
        shift += added;
        n = last + 1;
    }
}

/// Writes a file as a whole, in one step: a run that is cut off leaves the old one, and so does one that fails. The
/// permissions stay as they are; of a link, the file that it leads to is replaced.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (new, mut file) = beside(path)?;
    let written = (|| {
        file.write_all(bytes)?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        drop(file);
        fs::rename(&new, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// A new file in the same folder, of a name that nobody else has.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    for n in 0..100 {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".recount-{}-{n}", std::process::id()));
        let new = path.with_file_name(name);
        match OpenOptions::new().write(true).create_new(true).open(&new) {
            Ok(file) => return Ok((new, file)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no name is free for a new file beside it"))
}
