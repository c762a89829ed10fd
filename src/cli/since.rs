//! `--since REV`: findings of which a place was touched since a revision, while everything is compared.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use anyhow::{Context as _, anyhow, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What has changed in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Touched {
    /// All of it: a new file, or one that is no text.
    Whole,
    /// Lines of the file as it is now, from 1. Where lines were only taken out, the two around the gap.
    Lines(Vec<RangeInclusive<u32>>),
}

/// The files that differ from a revision, by canonical path.
#[derive(Clone, Debug)]
pub(super) struct Since {
    files: BTreeMap<PathBuf, Touched>,
}

impl Since {
    /// Asks git what has changed in the repositories that hold the paths, uncommitted and new files included.
    ///
    /// `REV...` is the commit at which the current branch left `REV`. A file that was only renamed is untouched.
    pub(super) fn ask(revision: &str, paths: &[PathBuf]) -> anyhow::Result<Self> {
        if revision.starts_with('-') {
            bail!("--since: `{revision}` is no revision");
        }
        let mut roots = BTreeSet::new();
        for path in paths.iter().filter(|p| p.exists()) {
            roots.insert(root(path)?);
        }
        if roots.is_empty() {
            roots.insert(root(Path::new("."))?);
        }
        let mut files = BTreeMap::new();
        for root in roots {
            read(&root, revision, &mut files)?;
        }
        Ok(Self { files })
    }

    /// Keeps the findings of which at least one place was touched.
    pub(super) fn keep(&self, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) {
        let paths: Vec<PathBuf> = sources.iter().map(|(_, file)| canonical(&file.path)).collect();
        diagnostics.retain(|diagnostic| {
            diagnostic.labels.iter().any(|label| {
                let file = sources.get(label.span.file);
                match self.files.get(&paths[label.span.file.0 as usize]) {
                    None => false,
                    Some(Touched::Whole) => true,
                    Some(Touched::Lines(lines)) => {
                        // The claim is in the sentence, so a change anywhere in it counts.
                        let first = file.line_column(label.within.start.min(label.span.start)).line;
                        let last = file.line_column(label.within.end.max(label.span.end)).line;
                        lines.iter().any(|l| *l.start() <= last && first <= *l.end())
                    }
                }
            })
        });
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The top of the repository that holds a file or folder.
fn root(path: &Path) -> anyhow::Result<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new(".")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match git(folder, &["rev-parse", "--show-toplevel"])? {
        Ok(root) => Ok(PathBuf::from(root.trim_end())),
        Err(message) if message.contains("not a git repository") => {
            bail!("--since: {} is in no git repository", folder.display())
        }
        Err(message) => bail!("--since: git: {message}"),
    }
}

/// Notes what has changed in a repository since a revision.
fn read(root: &Path, revision: &str, files: &mut BTreeMap<PathBuf, Touched>) -> anyhow::Result<()> {
    let ask = |args: &[&str]| git(root, args)?.map_err(|message| anyhow!("--since: git: {message}"));
    let verify = |name: &str| {
        let commit =
            git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")])?;
        anyhow::Ok(commit.ok().map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()))
    };
    let (name, fork) = revision.strip_suffix("...").map_or((revision, false), |name| (name, true));
    let shallow = || ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|s| s.trim() == "true");
    let hint = || if shallow() { " (this clone is shallow: `git fetch --unshallow` gets the rest)" } else { "" };
    let commit = match verify(name)? {
        Some(commit) if fork => match git(root, &["merge-base", &commit, "HEAD"])? {
            Ok(base) => Some(base.trim().to_owned()),
            Err(_) => bail!("--since: git finds no commit that `{name}` and this branch have in common{}", hint()),
        },
        Some(commit) => Some(commit),
        // Before the first commit everything is new.
        None if name == "HEAD" && verify("HEAD")?.is_none() => None,
        None => bail!("--since: git knows no revision `{name}`{}", hint()),
    };
    match commit {
        Some(commit) => {
            // What a user may have set for reading diffs is set back.
            let options = [
                "-c",
                "core.quotepath=off",
                "diff",
                "--unified=0",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--find-renames",
                "--ignore-submodules",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                "--output-indicator-new=+",
                "--output-indicator-old=-",
            ];
            let diff = ask(&[&options[..], &[&commit, "--"]].concat())?;
            for (path, touched) in read_diff(&diff).into_iter().filter(|(path, _)| !path.is_empty()) {
                files.insert(canonical(&root.join(path)), touched);
            }
        }
        None => {
            for path in ask(&["ls-files", "-z"])?.split('\0').filter(|p| !p.is_empty()) {
                files.insert(canonical(&root.join(path)), Touched::Whole);
            }
        }
    }
    for path in ask(&["ls-files", "--others", "--exclude-standard", "-z"])?.split('\0').filter(|p| !p.is_empty()) {
        files.insert(canonical(&root.join(path)), Touched::Whole);
    }
    Ok(())
}

/// The output of a git command, or what it says when it fails.
fn git(folder: &Path, args: &[&str]) -> anyhow::Result<Result<String, String>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .env("LC_ALL", "C")
        .output()
        .context("--since needs the program git, which could not be started")?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Ok(Err(message.lines().next().unwrap_or("it failed without a message").to_owned()));
    }
    Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The files of a diff without context lines, with what changed in them; one that is gone has no name.
fn read_diff(diff: &str) -> Vec<(String, Touched)> {
    let mut files: Vec<(String, Touched)> = Vec::new();
    let mut name = String::new();
    // Lines of a hunk may look like heads.
    let mut inside = 0usize;
    for line in diff.lines() {
        if inside > 0 {
            if line.starts_with(['+', '-']) {
                inside -= 1;
            }
            continue;
        }
        if let Some(rest) = line.strip_prefix("diff --git ") {
            // "a/x b/x": both names are the same unless the lines that follow say otherwise.
            let half = rest.len() / 2;
            name = rest.get(half + 1..).map(|b| file_name(b, "b/")).unwrap_or_default();
        } else if let Some(to) = line.strip_prefix("rename to ") {
            name = file_name(to, "");
        } else if let Some(to) = line.strip_prefix("+++ ") {
            name = file_name(to.trim_end_matches('\t'), "b/");
        } else if line.starts_with("Binary files ") {
            files.push((name.clone(), Touched::Whole));
        } else if let Some(head) = line.strip_prefix("@@ -") {
            let Some((old, rest)) = head.split_once(" +") else { continue };
            let new = rest.split(' ').next().unwrap_or("");
            let count = |text: &str| -> (u32, u32) {
                let (start, count) = text.split_once(',').unwrap_or((text, "1"));
                (start.parse().unwrap_or(0), count.parse().unwrap_or(0))
            };
            let ((_, removed), (start, added)) = (count(old), count(new));
            inside = (removed + added) as usize;
            let lines = if added == 0 { start..=start + 1 } else { start..=start + added - 1 };
            match files.last_mut() {
                Some((last, Touched::Lines(list))) if *last == name => list.push(lines),
                _ => files.push((name.clone(), Touched::Lines(vec![lines]))),
            }
        }
    }
    files
}

/// A name as git writes it: in quotes and with backslashes when there are strange characters in it.
fn file_name(written: &str, prefix: &str) -> String {
    let plain = match written.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
        None => written.to_owned(),
        Some(quoted) => {
            let mut out = String::new();
            let mut chars = quoted.chars();
            while let Some(c) = chars.next() {
                match (c, if c == '\\' { chars.next() } else { None }) {
                    (_, Some('t')) => out.push('\t'),
                    (_, Some('n')) => out.push('\n'),
                    (_, Some(other)) => out.push(other),
                    (c, None) => out.push(c),
                }
            }
            out
        }
    };
    plain.strip_prefix(prefix).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Touched, read_diff};

    #[test]
    fn reads_renames_and_strange_names() {
        let diff = "diff --git a/old.md b/docs/new.md\nsimilarity index 90%\nrename from old.md\nrename to docs/new.md\n\
            index 1..2 100644\n--- a/old.md\n+++ b/docs/new.md\n@@ -3 +3 @@\n-old\n+new\n\
            diff --git a/same.md b/moved.md\nsimilarity index 100%\nrename from same.md\nrename to moved.md\n\
            diff --git \"a/q\\\"x.md\" \"b/q\\\"x.md\"\nindex 1..2\n--- \"a/q\\\"x.md\"\n+++ \"b/q\\\"x.md\"\n@@ -1 +1 @@\n-a\n+b\n\
            diff --git a/gone.md b/gone.md\ndeleted file mode 100644\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        let expected = vec![
            ("docs/new.md".to_owned(), Touched::Lines(vec![3..=3])),
            ("q\"x.md".to_owned(), Touched::Lines(vec![1..=1])),
            (String::new(), Touched::Lines(vec![0..=1])),
        ];
        assert_eq!(read_diff(diff), expected);
    }

    #[test]
    fn reads_the_lines_of_a_diff() {
        let diff = "diff --git a/docs/a b.md b/docs/a b.md\nindex 1..2 100644\n--- a/docs/a b.md\n+++ b/docs/a b.md\n\
            @@ -3 +3,2 @@ head\n-old\n+@@ -1 +1 @@\n+diff --git a/x b/x\n@@ -9,2 +9,0 @@\n-x\n-y\n\
            diff --git a/b.docx b/b.docx\nindex 1..2\nBinary files a/b.docx and b/b.docx differ\n";
        let expected = vec![
            ("docs/a b.md".to_owned(), Touched::Lines(vec![3..=4, 9..=10])),
            ("b.docx".to_owned(), Touched::Whole),
        ];
        assert_eq!(read_diff(diff), expected);
    }
}
