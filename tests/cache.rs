//! What is kept between runs: the same output as without it, whatever changes in between.

mod helper;

use helper::files::folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Enough text for a run to be worth keeping, with nothing to read in it.
fn filler(n: usize) -> String {
    format!("<!-- {n} {} -->\n\n", "x".repeat(70_000))
}

/// A folder of documents in which two contradict each other, and a third says nothing.
fn documents() -> TempDir {
    let (a, b, c) = (filler(1), filler(2), filler(3));
    folder(&[
        ("docs/a.md", &format!("{a}The company serves 318,400 properties in four zones.\n")),
        ("docs/b.md", &format!("{b}Of the 314,800 properties that the company serves, most are metered.\n")),
        ("docs/c.md", &format!("{c}There were three reasons: the wind and the frost.\n")),
    ])
}

struct Run<'a> {
    folder: &'a Path,
    cache: PathBuf,
}

impl Run<'_> {
    fn check(&self, args: &[&str]) -> Output {
        Command::new(insta_cmd::get_cargo_bin("recount"))
            .current_dir(self.folder)
            .args(["check", "docs"])
            .args(args)
            .env("RECOUNT_CACHE_DIR", &self.cache)
            .output()
            .expect("it starts")
    }

    /// The output of a run, which has to be that of a run without a cache; and whether it came from the cache, which
    /// is seen by nothing new being kept.
    fn same(&self, args: &[&str]) -> (String, bool) {
        let before = self.kept().len();
        let with = self.check(args);
        let from_cache = self.kept().len() == before;
        let without = self.check(&[args, &["--no-cache"]].concat());
        let show = |o: &Output| {
            (
                o.status.code(),
                String::from_utf8_lossy(&o.stdout).into_owned(),
                String::from_utf8_lossy(&o.stderr).into_owned(),
            )
        };
        assert_eq!(show(&with), show(&without), "{args:?}");
        (show(&with).1, from_cache)
    }

    fn kept(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.cache.join("v1")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| is_run(p)).collect();
        paths.sort();
        paths
    }
}

fn is_run(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("check-"))
}

fn run(f: &TempDir) -> Run<'_> {
    Run { folder: f.path(), cache: f.path().join("cache") }
}

#[test]
fn gives_the_same_from_the_cache_in_every_format() {
    let f = documents();
    let run = run(&f);
    assert!(!run.same(&["--format", "json"]).1);
    for format in ["terminal", "short", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"] {
        let (out, from_cache) = run.same(&["--format", format]);
        assert!(from_cache, "{format}");
        assert!(out.contains("318,400") || format == "gitlab", "{format}: {out}");
    }
    assert!(run.same(&["--severity", "note", "--fail-on", "never", "--max-findings", "1"]).1);
    // The claims are part of the page, and are not kept.
    assert!(run.same(&["--format", "html"]).0.contains("318,400"));
}

#[test]
fn sees_every_change_of_documents() {
    let f = documents();
    let run = run(&f);
    let (first, _) = run.same(&["--format", "short"]);
    assert!(first.contains("quantity-mismatch"), "{first}");
    // A finding across documents goes and comes with either of them.
    let b = f.path().join("docs/b.md");
    let wrong = fs::read_to_string(&b).expect("the file");
    fs::write(&b, wrong.replace("314,800", "318,400")).expect("a file");
    let (second, from_cache) = run.same(&["--format", "short"]);
    assert!(!from_cache && !second.contains("quantity-mismatch"), "{second}");
    fs::write(&b, &wrong).expect("a file");
    let (third, from_cache) = run.same(&["--format", "short"]);
    assert!(from_cache && third == first);
    // A remark lets it stand, and one that is taken out lets it come back.
    fs::write(&b, format!("<!-- recount: stet-file quantity-mismatch: as printed -->\n\n{wrong}")).expect("a file");
    assert!(!run.same(&["--format", "short"]).0.contains("quantity-mismatch"));
    fs::write(&b, &wrong).expect("a file");
    assert!(run.same(&["--format", "short"]).0.contains("quantity-mismatch"));
    // A name is part of what is printed and compared.
    fs::rename(&b, f.path().join("docs/renamed.md")).expect("a new name");
    let (renamed, from_cache) = run.same(&["--format", "short"]);
    assert!(!from_cache && renamed.contains("renamed.md"), "{renamed}");
    fs::remove_file(f.path().join("docs/renamed.md")).expect("it can go");
    assert!(!run.same(&["--format", "short"]).0.contains("quantity-mismatch"));
}

#[test]
fn sees_every_change_of_settings() {
    let f = documents();
    let run = run(&f);
    let config = |text: &str| fs::write(f.path().join("recount.toml"), text).expect("a file");
    let mut seen = Vec::new();
    let facts = |value: u32| format!("[[fact]]\nname = \"zones\"\nvalue = {value}\nphrase = \"{{number}} zones\"\n");
    for text in [
        String::new(),
        "ignore = [\"quantity-mismatch\"]\n".to_owned(),
        "[rules.quantity-mismatch]\nseverity = \"error\"\n".to_owned(),
        "[[group]]\nfiles = [\"docs/a.md\"]\n".to_owned(),
        "[[override]]\nfiles = [\"docs/a.md\"]\nignore = [\"quantity-mismatch\"]\n".to_owned(),
        facts(4),
        facts(5),
        "exclude = [\"docs/b.md\"]\n".to_owned(),
    ] {
        config(&text);
        let (out, from_cache) = run.same(&["--format", "short"]);
        assert!(!from_cache, "{text}");
        assert!(run.same(&["--format", "short"]).1, "{text}");
        seen.push(out);
    }
    assert!(seen[0].contains("quantity-mismatch") && !seen[1].contains("quantity-mismatch"));
    assert!(seen[2].contains("error[quantity-mismatch]") && !seen[3].contains("quantity-mismatch"));
    assert!(!seen[4].contains("quantity-mismatch") && !seen[5].contains("fact-zones"));
    assert!(seen[6].contains("fact-zones"), "{}", seen[6]);
    // A fact may come from another file.
    config(
        "[[fact]]\nname = \"zones\"\nfrom = { json = \"facts.json\", key = \"zones\" }\nphrase = \"{number} zones\"\n",
    );
    fs::write(f.path().join("facts.json"), "{\"zones\": 4}").expect("a file");
    assert!(!run.same(&["--format", "short"]).0.contains("fact-zones"));
    fs::write(f.path().join("facts.json"), "{\"zones\": 6}").expect("a file");
    assert!(run.same(&["--format", "short"]).0.contains("fact-zones"));
    assert!(!run.same(&["--format", "short", "--fact", "zones=4"]).0.contains("fact-zones"));
}

#[test]
fn works_out_baselines_and_problems_anew() {
    let f = documents();
    let run = run(&f);
    let (first, _) = run.same(&["--format", "short"]);
    assert!(!first.is_empty());
    assert!(run.check(&["--update-baseline"]).status.success());
    let (none, from_cache) = run.same(&["--format", "short"]);
    assert!(none.is_empty() && from_cache, "{none}");
    fs::remove_file(f.path().join("recount-baseline.toml")).expect("it can go");
    assert_eq!(run.same(&["--format", "short"]).0, first);
    fs::write(f.path().join("docs/binary.md"), b"\x00\x01\x02\x7fELF\x00\x00").expect("a file");
    for _ in 0..2 {
        let (out, _) = run.same(&["--format", "short"]);
        assert_eq!(out, first);
        let output = run.check(&["--format", "short"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("binary.md"));
    }
}

#[test]
fn ignores_a_damaged_cache() {
    let f = documents();
    let run = run(&f);
    let (first, _) = run.same(&["--format", "short"]);
    for path in run.kept() {
        let mut bytes = fs::read(&path).expect("it is there");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        fs::write(&path, bytes).expect("it can be written");
    }
    let output = run.check(&["--format", "short"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), first);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("is damaged and is ignored"), "{said}");
    assert!(run.same(&["--format", "short"]).1, "it was kept anew");
}

#[test]
fn works_where_nothing_can_be_kept() {
    let f = documents();
    let in_the_way = f.path().join("file");
    fs::write(&in_the_way, "x").expect("a file");
    let blocked = Run { folder: f.path(), cache: in_the_way.join("cache") };
    let output = blocked.check(&["--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing is kept"));
    let off = Run { folder: f.path(), cache: PathBuf::new() };
    let output = off.check(&["--format", "short"]);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}

#[test]
fn serves_many_runs_at_once() {
    let f = documents();
    let run = run(&f);
    let expected = run.check(&["--format", "json", "--no-cache"]).stdout;
    let runs: Vec<Output> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| run.check(&["--format", "json"]))).collect();
        threads.into_iter().map(|t| t.join().expect("it ends")).collect()
    });
    for output in runs {
        assert_eq!(output.stdout, expected);
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn shows_and_empties_the_cache() {
    let f = documents();
    let run = run(&f);
    run.check(&[]);
    let cache = |action: &str| {
        let output = Command::new(insta_cmd::get_cargo_bin("recount"))
            .args(["cache", action])
            .env("RECOUNT_CACHE_DIR", &run.cache)
            .output()
            .expect("it starts");
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(cache("dir"), format!("{}\n", run.cache.display()));
    assert!(!cache("size").starts_with("0 files"));
    cache("clear");
    assert_eq!(cache("size"), "0 files, 0 bytes\n");
    assert!(run.cache.join("CACHEDIR.TAG").exists());
}
