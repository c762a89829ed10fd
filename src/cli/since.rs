//! `--since REV`: findings of which a place was touched since a revision, while everything is compared.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
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
    /// Asks git what has changed in the repository that holds the paths, uncommitted and new files included.
    pub(super) fn ask(revision: &str, paths: &[PathBuf]) -> anyhow::Result<Self> {
        let folder = paths.iter().find(|p| p.exists()).map_or(Path::new("."), PathBuf::as_path);
        let folder = if folder.is_dir() { folder } else { folder.parent().unwrap_or(Path::new(".")) };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let root = git(folder, &["rev-parse", "--show-toplevel"])?;
        let root = PathBuf::from(root.trim_end());
        if revision.starts_with('-') {
            bail!("--since: `{revision}` is no revision");
        }
        let commit =
            git(&root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
                .ok()
                .filter(|c| !c.trim().is_empty())
                .with_context(|| format!("--since: git knows no revision `{revision}`"))?;
        let options =
            ["-c", "core.quotepath=off", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames"];
        let diff = git(&root, &[&options[..], &[commit.trim(), "--"]].concat())?;
        let mut files = BTreeMap::new();
        for (path, touched) in read_diff(&diff) {
            files.insert(canonical(&root.join(path)), touched);
        }
        let new = git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
        for path in new.split('\0').filter(|p| !p.is_empty()) {
            files.insert(canonical(&root.join(path)), Touched::Whole);
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

/// The output of a git command.
fn git(folder: &Path, args: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .output()
        .context("--since needs the program git, which could not be started")?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("--since: git: {}", message.lines().next().unwrap_or("it failed without a message"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The files of a diff without context lines, with what changed in them.
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
            // "a/x b/x": both names are the same, since renames are given as two files.
            let half = rest.len() / 2;
            name = rest.get(half + 1..).and_then(|b| b.strip_prefix("b/")).unwrap_or("").to_owned();
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

#[cfg(test)]
mod tests {
    use super::{Touched, read_diff};

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
