//! Runs every rule on its examples and fixtures, one named test a case.
//!
//! `cargo test --test rules NAME` runs the cases whose name contains NAME. A case is an `[[example]]` of a
//! manifest, a file or folder `fixtures/rules/<rule>/{flag,pass}-<situation>`, or a document or folder of
//! `fixtures/reports`. Snapshots lie beside the cases; `INSTA_UPDATE=always cargo test --test rules` writes
//! them anew, to be read before they are committed.

use libtest_mimic::{Arguments, Failed, Trial};
use recount::diagnostic::Diagnostic;
use recount::lexicon::Lexicon;
use recount::lint::{analyse_all, check};
use recount::read::Format;
use recount::report::terminal::render;
use recount::rule::{Rule, Stage, builtin};
use recount::source::{Origin, SourceFile, Sources};
use recount::span::FileId;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Characters of a line of the rendered findings.
const WIDTH: usize = 100;

/// What a rule has at least.
const MIN_FLAG: usize = 2;
const MIN_PASS: usize = 3;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let rules: &'static [Rule] = Vec::leak(builtin().expect("built-in rules load"));
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut trials = Vec::new();
    let mut tally: BTreeMap<&str, Tally> = BTreeMap::new();
    for rule in rules {
        examples(rule, &mut tally, &mut trials);
    }
    let mut problems = Vec::new();
    for folder in entries(&fixtures.join("rules")) {
        match rules.iter().find(|r| r.id == name(&folder)) {
            Some(rule) => cases(rules, rule, &folder, &mut tally, &mut trials, &mut problems),
            None => problems.push(format!("{}: no rule has this name", folder.display())),
        }
    }
    if let Some(rule) = rules.iter().find(|r| r.id == "quantity-mismatch") {
        statements(rule, &fixtures.join("quantities"), &mut trials, &mut problems);
    }
    let reports = reports(rules, &fixtures.join("reports"), &mut trials, &mut problems);
    if rules.is_empty() || reports == 0 {
        problems.push(format!("found {} rules and {reports} reports", rules.len()));
    }
    for rule in rules.iter().filter(|r| r.manifest.stage == Stage::Stable) {
        let Tally { flag, pass } = tally.get(rule.id.as_str()).copied().unwrap_or_default();
        trials.push(Trial::test(format!("tally/{}", rule.id), move || {
            if flag < MIN_FLAG || pass < MIN_PASS {
                return Err(format!("{flag} flag and {pass} pass cases; at least {MIN_FLAG} and {MIN_PASS}").into());
            }
            Ok(())
        }));
    }
    trials.push(Trial::test(
        "discovery",
        move || {
            if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
        },
    ));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// How many cases of each sort a rule has.
#[derive(Clone, Copy, Default)]
struct Tally {
    flag: usize,
    pass: usize,
}

/// The marked texts of a manifest: the marks are the labels, and a `pass` text has none.
fn examples(rule: &'static Rule, tally: &mut BTreeMap<&'static str, Tally>, trials: &mut Vec<Trial>) {
    for (i, example) in rule.manifest.examples.iter().enumerate() {
        let count = tally.entry(rule.id.as_str()).or_default();
        let sort = if example.flag.is_some() { "flag" } else { "pass" };
        *if example.flag.is_some() { &mut count.flag } else { &mut count.pass } += 1;
        trials.push(Trial::test(format!("example/{}/{sort}-{}", rule.id, i + 1), move || {
            let marked = example.flag.as_ref().or(example.pass.as_ref()).map_or("", String::as_str);
            let (text, expected) = unmark(marked);
            let run = Run::of_text(&format!("example.{}", example.format), text);
            let found = run.check(&[rule]);
            let labelled: BTreeSet<(u32, u32)> =
                found.iter().flat_map(|d| &d.labels).map(|l| (l.span.start, l.span.end)).collect();
            if labelled == expected {
                return Ok(());
            }
            let slice = |spans: &BTreeSet<(u32, u32)>| -> String {
                let source = run.sources.get(FileId(0));
                let texts = spans.iter().map(|&(a, b)| format!("{:?} at {a}", &source.text[a as usize..b as usize]));
                texts.collect::<Vec<_>>().join(", ")
            };
            Err(format!(
                "marked:   {}\nlabelled: {}\n\n{}",
                slice(&expected),
                slice(&labelled),
                render(&run.sources, &found, WIDTH)
            )
            .into())
        }));
    }
}

/// A file of statements, see `fixtures/quantities`.
#[derive(Deserialize)]
struct Statements {
    case: Vec<Statement>,
}

/// A text with the places that contradict each other marked; none when it only looks so.
#[derive(Deserialize)]
struct Statement {
    what: String,
    text: String,
    /// What it takes to find it, when it is not found yet.
    open: Option<String>,
}

/// The statements of a folder: the marks are the labels, and one that is not found yet must be named so.
fn statements(rule: &'static Rule, folder: &Path, trials: &mut Vec<Trial>, problems: &mut Vec<String>) {
    for path in entries(folder) {
        let read = fs::read_to_string(&path).map_err(|e| e.to_string());
        let file: Statements = match read.and_then(|t| toml::from_str(&t).map_err(|e| e.to_string())) {
            Ok(file) => file,
            Err(e) => {
                problems.push(format!("{}: {e}", path.display()));
                continue;
            }
        };
        for case in file.case {
            trials.push(Trial::test(format!("{}/{}", name(&path), case.what), move || {
                let (text, expected) = unmark(&case.text);
                let run = Run::of_text("statement.md", text);
                let found = run.check(&[rule]);
                let labelled: BTreeSet<(u32, u32)> =
                    found.iter().flat_map(|d| &d.labels).map(|l| (l.span.start, l.span.end)).collect();
                match (&case.open, labelled == expected) {
                    (None, true) => Ok(()),
                    (Some(_), false) if labelled.is_empty() => Ok(()),
                    (Some(_), true) => Err("is found now: take `open` away".into()),
                    _ => Err(render(&run.sources, &found, WIDTH).into()),
                }
            }));
        }
    }
}

/// The text without its `<<` `>>`, and the byte ranges that they enclosed.
fn unmark(marked: &str) -> (String, BTreeSet<(u32, u32)>) {
    let mut text = String::new();
    let mut spans = BTreeSet::new();
    let mut pieces = marked.split("<<");
    text.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let (inside, after) = piece.split_once(">>").expect("every `<<` has its `>>`");
        spans.insert((text.len() as u32, (text.len() + inside.len()) as u32));
        text.push_str(inside);
        text.push_str(after);
    }
    (text, spans)
}

/// The findings of other rules that the author of a case expects beside those of its own.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseNotes {
    #[serde(default)]
    also: Vec<String>,
}

/// The fixtures of one rule.
fn cases(
    rules: &'static [Rule],
    rule: &'static Rule,
    folder: &Path,
    tally: &mut BTreeMap<&'static str, Tally>,
    trials: &mut Vec<Trial>,
    problems: &mut Vec<String>,
) {
    let mut snapshots = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut notes: BTreeMap<String, CaseNotes> = BTreeMap::new();
    let mut flags = BTreeSet::new();
    for path in entries(folder) {
        let stem = stem(&path);
        if name(&path) == "cases.toml" {
            match toml::from_str(&read_text(&path)) {
                Ok(read) => notes = read,
                Err(e) => problems.push(format!("{}: {e}", path.display())),
            }
            continue;
        }
        if path.extension().is_some_and(|e| e == "snap") {
            snapshots.insert(stem);
            continue;
        }
        if !path.is_dir() && Format::of(&path).is_none() {
            problems.push(format!("{}: neither a document nor a snapshot", path.display()));
            continue;
        }
        if !names.insert(stem.clone()) {
            problems.push(format!("{}: a second case of this name", path.display()));
        }
        let count = tally.entry(rule.id.as_str()).or_default();
        if stem.starts_with("flag-") {
            count.flag += 1;
            flags.insert(stem);
        } else if stem.starts_with("pass-") {
            count.pass += 1;
        } else {
            problems.push(format!("{}: a case is called flag-… or pass-…", path.display()));
        }
    }
    problems.extend(
        snapshots.difference(&flags).map(|s| format!("{}/{s}.snap: no flag case has this name", folder.display())),
    );
    problems.extend(notes.keys().filter(|k| !names.contains(*k)).map(|k| format!("{}: no case {k}", folder.display())));
    for path in entries(folder) {
        let stem = stem(&path);
        if path.extension().is_some_and(|e| e == "snap" || e == "toml") || !names.contains(&stem) {
            continue;
        }
        let also = notes.remove(&stem).unwrap_or_default().also;
        let folder = folder.to_path_buf();
        trials.push(Trial::test(format!("fixture/{}/{stem}", rule.id), move || {
            let run = Run::of_path(&path);
            let alone = run.check(&[rule]);
            let all = run.check(&stable(rules));
            if stem.starts_with("pass-") {
                let mut found = alone;
                found.extend(all);
                return silent(&run, &found);
            }
            if alone.is_empty() {
                return Err("the rule finds nothing here".into());
            }
            let extra: BTreeSet<&str> = all.iter().map(|d| d.rule.as_str()).filter(|id| *id != rule.id).collect();
            if extra.iter().map(|id| (*id).to_owned()).ne(also.iter().cloned().collect::<BTreeSet<_>>()) {
                let others: Vec<Diagnostic> = all.iter().filter(|d| d.rule != rule.id).cloned().collect();
                return Err(format!(
                    "rules found beside {}: {extra:?}; cases.toml expects {also:?}\n\n{}",
                    rule.id,
                    render(&run.sources, &others, WIDTH)
                )
                .into());
            }
            snapshot(&folder, &stem, &render(&run.sources, &alone, WIDTH));
            Ok(())
        }));
    }
}

/// Whole documents, and folders of documents that are compared with each other. `clean-…` has no findings.
fn reports(rules: &'static [Rule], folder: &Path, trials: &mut Vec<Trial>, problems: &mut Vec<String>) -> usize {
    let paths = entries(folder);
    let is_snapshot = |p: &Path| p.extension().is_some_and(|e| e == "snap");
    let documents: Vec<&PathBuf> = paths.iter().filter(|p| !is_snapshot(p)).collect();
    for snap in paths.iter().filter(|p| is_snapshot(p)) {
        if !documents.iter().any(|d| stem(d) == stem(snap) && !stem(d).starts_with("clean-")) {
            problems.push(format!("{}: no report has this name", snap.display()));
        }
    }
    for &path in &documents {
        let (path, folder) = (path.clone(), folder.to_path_buf());
        trials.push(Trial::test(format!("report/{}", stem(&path)), move || {
            let run = Run::of_path(&path);
            let found = run.check(&stable(rules));
            if stem(&path).starts_with("clean-") {
                return silent(&run, &found);
            }
            snapshot(&folder, &stem(&path), &render(&run.sources, &found, WIDTH));
            Ok(())
        }));
    }
    documents.len()
}

fn stable(rules: &'static [Rule]) -> Vec<&'static Rule> {
    rules.iter().filter(|r| r.manifest.stage == Stage::Stable).collect()
}

fn silent(run: &Run, found: &[Diagnostic]) -> Result<(), Failed> {
    if found.is_empty() { Ok(()) } else { Err(render(&run.sources, found, WIDTH).into()) }
}

fn snapshot(folder: &Path, stem: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(stem, text));
}

/// Documents that are compared with each other, read and annotated.
struct Run {
    sources: Sources,
    analyses: Vec<recount::lint::Analysis>,
}

impl Run {
    fn of_text(file: &str, text: String) -> Self {
        Self::new(vec![(PathBuf::from(file), text)])
    }

    /// A document, or all documents of a folder in order of name.
    fn of_path(path: &Path) -> Self {
        let documents = if path.is_dir() { entries(path) } else { vec![path.to_path_buf()] };
        Self::new(documents.iter().map(|p| (PathBuf::from(name(p)), read_text(p))).collect())
    }

    fn new(documents: Vec<(PathBuf, String)>) -> Self {
        let mut sources = Sources::default();
        let mut files = Vec::new();
        for (path, text) in documents {
            let format = Format::beside(&path).expect("the document has a known format");
            files.push((sources.add(SourceFile::new(path, text, Origin::Verbatim)), format));
        }
        let analyses = analyse_all(&sources, &files, Lexicon::english());
        Self { sources, analyses }
    }

    fn check(&self, rules: &[&Rule]) -> Vec<Diagnostic> {
        check(&self.sources, &self.analyses, rules)
    }
}

/// What a folder holds, sorted; nothing when there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = read.map(|e| e.expect("the folder can be read").path()).collect();
    // Snapshots that await review are insta's, not ours.
    paths.retain(|p| !name(p).ends_with(".snap.new") && !name(p).starts_with('.'));
    paths.sort();
    paths
}

fn read_text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn stem(path: &Path) -> String {
    if path.is_dir() { name(path) } else { path.file_stem().unwrap_or_default().to_string_lossy().into_owned() }
}
