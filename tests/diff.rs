//! `recount diff` over files, folders and the history of a repository.

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

fn git(folder: &Path, args: &[&str]) {
    let settings = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(settings).args(args).output().expect("git starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Exit code, standard output, standard error.
fn diff(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(insta_cmd::get_cargo_bin("recount"))
        .current_dir(folder)
        .arg("diff")
        .args(args)
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

const GUIDE: &str =
    "# Guide\n\nThe harbour has 43 berths for small boats. `lock_wait_timeout` defaults to 30 seconds.\n";
const LIMITS: &str = "# Limits\n\n| Option | Default |\n| --- | --- |\n| `lock_wait_timeout` | 30 seconds |\n\nVisitors find 43 berths for small boats in the harbour.\n";
const HISTORY: &str = "# Changelog\n\n## 1.1.0\n\n- `lock_wait_timeout` defaults to 30 seconds.\n";

/// A repository with two commits: figures of the guide were updated, the page of limits was forgotten.
fn history() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let f = folder.path();
    git(f, &["init", "-q", "-b", "main"]);
    write(
        f,
        &[("docs/guide.md", GUIDE), ("docs/limits.md", LIMITS), ("CHANGELOG.md", HISTORY), (".notes/a.md", GUIDE)],
    );
    git(f, &["add", "-A"]);
    git(f, &["commit", "-q", "-m", "first"]);
    git(f, &["tag", "v1"]);
    let guide = GUIDE.replace("43", "47").replace("30 seconds", "90 seconds") + "\nThe crew counts 12 sailors.\n";
    write(f, &[("docs/guide.md", &guide)]);
    git(f, &["commit", "-q", "-a", "-m", "second"]);
    folder
}

#[test]
fn flags_stale_mentions_between_revisions() {
    let f = history();
    let (code, out, err) = diff(f.path(), &["v1", "HEAD"]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    for line in [
        "docs/guide.md:3:17: changed: 43 → 47",
        "docs/limits.md:7:15: stale: still 43:",
        "changed: 30 seconds → 90 seconds (lock_wait_timeout)",
        "docs/limits.md:5:25: stale: still 30 seconds:",
        "docs/guide.md:5:17: added: 12",
        "2 claims changed, 0 gone, 1 added; 2 mentions still state an old value",
    ] {
        assert!(out.contains(line), "no `{line}` in\n{out}");
    }
    assert!(!out.contains("CHANGELOG"), "{out}");
    assert!(!out.contains(".notes"), "{out}");
}

#[test]
fn reads_a_revision_against_the_files_as_they_are() {
    let f = history();
    assert_eq!(diff(f.path(), &["HEAD"]).0, 0);
    let (code, out, _) = diff(f.path(), &["v1", "--changed"]);
    assert!(code == 1 && !out.contains("added: 12"), "{out}");
    // Whoever mends the forgotten page is done.
    write(f.path(), &[("docs/limits.md", &LIMITS.replace("43", "47").replace("30 seconds", "90 seconds"))]);
    let (code, out, _) = diff(f.path(), &["v1"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("4 claims changed"), "{out}");
    // From a folder below, and one page alone.
    assert!(diff(&f.path().join("docs"), &["v1"]).1.contains("4 claims changed"));
    assert!(diff(f.path(), &["v1", "--path", "docs/limits.md"]).1.contains("2 claims changed"));
}

#[test]
fn reads_files_and_folders_and_writes_json() {
    let f = TempDir::new().expect("a temporary folder");
    write(f.path(), &[("a.md", GUIDE), ("b.md", &GUIDE.replace("43", "47")), ("old/x.md", GUIDE), ("new/x.md", GUIDE)]);
    assert_eq!(
        diff(f.path(), &["old", "new"]),
        (0, "0 claims changed, 0 gone, 0 added; 0 mentions still state an old value\n".to_owned(), String::new())
    );
    let (code, out, _) = diff(f.path(), &["a.md", "b.md", "--format", "json"]);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(json["summary"], serde_json::json!({"changed": 1, "gone": 0, "added": 0, "stale": 0}));
    assert_eq!((&json["changed"][0]["old"]["text"], &json["changed"][0]["new"]["text"]), (&"43".into(), &"47".into()));
    let (code, _, err) = diff(f.path(), &["a.md", "nowhere"]);
    assert!(code == 2 && err.contains("`nowhere`: no such file or folder"), "{err}");
}
