//! `recount diff`: two drafts, each a file, a folder or a git revision.

use super::args::{DiffArgs, ListFormat};
use super::input::{self, Input};
use super::output::Output;
use super::setup::Setup;
use super::{CLEAN, FAILED, FOUND};
use crate::config::Globs;
use crate::drafts::{self, Draft};
use crate::read::Format;
use crate::report::drafts::{DraftsReport, write_json, write_text};
use anyhow::{Context as _, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What one side of the comparison is.
enum Side {
    /// A file or a folder.
    Path(PathBuf),
    /// A commit of the repository around the current folder.
    Revision(String),
}

/// Compares the drafts and prints what differs.
pub(super) fn run(args: &DiffArgs, out: &mut Output) -> anyhow::Result<u8> {
    let old = side(&args.old)?;
    let new = match (&args.new, &old) {
        (Some(new), _) => side(new)?,
        // A revision against the files as they are now.
        (None, Side::Revision(_)) => Side::Path(root(Path::new("."))?),
        (None, Side::Path(path)) => bail!("{}: name the draft to compare it with", path.display()),
    };
    let nearest: Vec<PathBuf> = [&old, &new]
        .into_iter()
        .map(|side| match side {
            Side::Path(path) => path.clone(),
            Side::Revision(_) => PathBuf::from("."),
        })
        .collect();
    let setup = Setup::load(&args.config, &nearest)?;
    let excluded = setup.excluded()?;
    let own: Vec<_> = setup.rules.iter().flat_map(|rule| rule.patterns.iter().cloned()).collect();
    let mut drafts = Vec::new();
    let mut failed = false;
    for side in [&old, &new] {
        let (mut input, names) = read(side, args, excluded.as_ref())?;
        input.tell_problems();
        input.comments_stated = setup.states_comments(&args.comments);
        let (analyses, failures) = input.analyse(&own);
        input.tell_failures(&failures);
        failed |= !input.problems.is_empty() || !failures.is_empty();
        drafts.push((input, analyses, names));
    }
    // Two files are two drafts of one document, whatever they are called.
    if let [(_, a, x), (_, b, y)] = drafts.as_mut_slice()
        && a.len() == 1
        && b.len() == 1
    {
        y.clone_from(x);
    }
    let [before, after] = drafts.as_slice() else { bail!("there are two drafts") };
    let comparison = drafts::compare(of(before), of(after));
    let report =
        DraftsReport { old: &before.0.sources, new: &after.0.sources, comparison: &comparison, all: !args.changed };
    match args.format {
        ListFormat::Terminal => write_text(&report, out)?,
        ListFormat::Json => write_json(&report, out)?,
    }
    Ok(match (failed, comparison.stale()) {
        (true, _) => FAILED,
        (false, 0) => CLEAN,
        (false, _) => FOUND,
    })
}

fn of(side: &(Input, Vec<crate::lint::Analysis>, Vec<String>)) -> Draft<'_> {
    Draft { sources: &side.0.sources, analyses: &side.1, names: &side.2 }
}

/// A path that is there, else a revision that git knows.
fn side(name: &str) -> anyhow::Result<Side> {
    let path = Path::new(name);
    if path.exists() {
        return Ok(Side::Path(path.to_owned()));
    }
    if name.starts_with('-') {
        bail!("`{name}` is neither a file nor a revision");
    }
    let commit =
        git(Path::new("."), &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")]);
    match commit {
        Ok(commit) if !commit.trim().is_empty() => Ok(Side::Revision(commit.trim().to_owned())),
        _ => bail!("`{name}`: no such file or folder, and git knows no revision of this name"),
    }
}

/// The files of a side and what they are called in both drafts.
fn read(side: &Side, args: &DiffArgs, excluded: Option<&Globs>) -> anyhow::Result<(Input, Vec<String>)> {
    match side {
        Side::Path(path) => {
            let base = if path.is_dir() { path.clone() } else { path.parent().unwrap_or(Path::new("")).to_owned() };
            let paths: Vec<PathBuf> = if args.path.is_empty() {
                vec![path.clone()]
            } else {
                args.path.iter().map(|p| base.join(p)).filter(|p| p.exists()).collect()
            };
            let input = input::read_paths(&paths, args.revisions, excluded);
            let name = |file: &Path| file.strip_prefix(&base).unwrap_or(file).to_string_lossy().replace('\\', "/");
            let names = input.files.iter().map(|(file, _)| name(&input.sources.get(*file).path)).collect();
            Ok((input, names))
        }
        Side::Revision(commit) => {
            let files = at_revision(commit, &args.path, excluded)?;
            let names: Vec<String> = files.iter().map(|(name, _, _)| name.clone()).collect();
            let short = commit.get(..10).unwrap_or(commit);
            let opened = files
                .into_iter()
                .map(|(name, format, bytes)| (PathBuf::from(format!("{short}:{name}")), format, bytes))
                .collect();
            let (input, kept) = input::read_bytes(opened, args.revisions);
            Ok((input, kept.into_iter().map(|i| names[i].clone()).collect()))
        }
    }
}

/// The top folder of the repository, as seen from the current one.
fn root(folder: &Path) -> anyhow::Result<PathBuf> {
    let top = git(folder, &["rev-parse", "--show-cdup"])?;
    let top = top.trim();
    Ok(PathBuf::from(if top.is_empty() { "." } else { top }))
}

/// The documents of a commit with their bytes, sorted by path from the top of the repository.
fn at_revision(
    commit: &str,
    paths: &[PathBuf],
    excluded: Option<&Globs>,
) -> anyhow::Result<Vec<(String, Format, Vec<u8>)>> {
    let top = root(Path::new("."))?;
    let list = git(&top, &["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])?;
    let wanted = |name: &str| paths.is_empty() || paths.iter().any(|p| Path::new(name).starts_with(p));
    let files: Vec<(String, Format)> = list
        .split('\0')
        .filter(|name| !name.is_empty() && wanted(name))
        // Folders and files whose names begin with a full stop are hidden, as they are in a walk.
        .filter(|name| !name.split('/').any(|part| part.starts_with('.')))
        .filter(|name| !excluded.is_some_and(|globs| globs.contain(&top.join(name))))
        .filter_map(|name| Some((name.to_owned(), Format::of(Path::new(name))?)))
        .collect();
    let mut child = Command::new("git")
        .arg("-C")
        .arg(&top)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("`recount diff` of revisions needs the program git, which could not be started")?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("git gives no answer")
    };
    let asked: Vec<String> = files.iter().map(|(name, _)| format!("{commit}:{name}\n")).collect();
    // Questions and answers go through pipes of limited size, so they must not wait for each other.
    let asking = std::thread::spawn(move || asked.iter().try_for_each(|line| stdin.write_all(line.as_bytes())));
    let mut answers = BufReader::new(stdout);
    let mut out = Vec::with_capacity(files.len());
    for (name, format) in files {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        // "<object> blob <size>"; a file whose name git cannot be asked for is missing.
        let Some(size) =
            head.trim_end().strip_suffix(" missing").map_or_else(|| head.trim_end().rsplit(' ').next(), |_| None)
        else {
            continue;
        };
        let size: usize = size.parse().with_context(|| format!("git: `{}`", head.trim_end()))?;
        let mut bytes = vec![0; size];
        answers.read_exact(&mut bytes)?;
        answers.read_exact(&mut [0])?;
        out.push((name, format, bytes));
    }
    let _ = asking.join();
    child.wait()?;
    Ok(out)
}

/// The output of a git command.
fn git(folder: &Path, args: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(args)
        .output()
        .context("`recount diff` of revisions needs the program git, which could not be started")?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("git: {}", message.lines().next().unwrap_or("it failed without a message"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
