//! `--since` over real histories of git: renames, new files, shallow clones, branches.

mod helper;

use helper::files::folder;
use std::path::Path;
use std::process::Command;

const HEAD: &str = "The company serves 318,400 properties in four zones.\n";
const BODY: &str = "# Meters\n\nOf the 318,400 properties that the company serves, most are metered.\n";

fn git(folder: &Path, args: &[&str]) {
    let base = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(base).args(args).output().expect("git starts");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit_all(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

/// The findings in one line each, and what was said on standard error.
fn since(folder: &Path, revision: &str) -> (Option<i32>, Vec<String>, String) {
    let output = Command::new(insta_cmd::get_cargo_bin("recount"))
        .current_dir(folder)
        .args(["check", ".", "--format", "short", "--since", revision])
        .output()
        .expect("recount starts");
    let lines = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    (output.status.code(), lines, String::from_utf8_lossy(&output.stderr).into_owned())
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

#[test]
fn flags_a_stale_mention_in_a_file_that_did_not_change() {
    let f = folder(&[("head.md", HEAD), ("deep/body.md", BODY)]);
    git(f.path(), &["init", "-q"]);
    commit_all(f.path(), "first");
    assert_eq!(since(f.path(), "HEAD"), (Some(0), vec![], String::new()));
    write(f.path(), "head.md", &HEAD.replace("318,400", "314,800"));
    commit_all(f.path(), "correct the number");
    // One of the places is in the other file, and the finding is reported whichever of the two comes first.
    let (code, found, _) = since(f.path(), "HEAD~1");
    assert_eq!((code, found.len()), (Some(1), 1), "{found:?}");
    assert_eq!(since(f.path(), "HEAD").1, [""; 0]);
}

#[test]
fn ignores_a_renamed_file_and_flags_what_changed_in_it() {
    let wrong = HEAD.replace("318,400", "314,800");
    let long = format!("{BODY}\n{}", "Every meter is read once a year by the watch of its own zone.\n\n".repeat(9));
    let f = folder(&[("head.md", wrong.as_str()), ("body.md", long.as_str())]);
    git(f.path(), &["init", "-q"]);
    commit_all(f.path(), "first");
    std::fs::create_dir(f.path().join("docs")).expect("a folder");
    git(f.path(), &["mv", "body.md", "docs/meters.md"]);
    assert_eq!(since(f.path(), "HEAD").1, [""; 0], "it only moved");
    write(f.path(), "docs/meters.md", &long.replace("most are metered", "nearly all are metered"));
    git(f.path(), &["add", "-A"]);
    assert_eq!(since(f.path(), "HEAD").1.len(), 1, "its sentence changed");
    write(f.path(), "docs/meters.md", &long.replacen("own zone", "zone", 1));
    git(f.path(), &["add", "-A"]);
    assert_eq!(since(f.path(), "HEAD").1, [""; 0], "another sentence changed");
}

#[test]
fn flags_new_files_and_everything_before_the_first_commit() {
    let f = folder(&[("head.md", HEAD), (".gitignore", "private.md\n")]);
    git(f.path(), &["init", "-q"]);
    commit_all(f.path(), "first");
    write(f.path(), "new/ä \"b\".md", &BODY.replace("318,400", "314,800"));
    assert_eq!(since(f.path(), "HEAD").1.len(), 1, "a file that git does not know yet");
    let unborn = folder(&[("head.md", HEAD), ("body.md", &BODY.replace("318,400", "314,800"))]);
    git(unborn.path(), &["init", "-q"]);
    assert_eq!(since(unborn.path(), "HEAD").1.len(), 1, "nothing is committed yet");
    git(unborn.path(), &["add", "."]);
    assert_eq!(since(unborn.path(), "HEAD").1.len(), 1, "nothing is committed yet");
}

#[test]
fn says_what_a_shallow_clone_lacks() {
    let f = folder(&[("origin/head.md", HEAD), ("origin/body.md", BODY)]);
    let origin = f.path().join("origin");
    git(&origin, &["init", "-q"]);
    commit_all(&origin, "first");
    git(&origin, &["tag", "v1"]);
    write(&origin, "head.md", &HEAD.replace("318,400", "314,800"));
    commit_all(&origin, "second");
    let url = format!("file://{}", origin.display());
    git(f.path(), &["clone", "-q", "--depth", "1", "--no-tags", &url, "clone"]);
    let clone = f.path().join("clone");
    let (code, _, said) = since(&clone, "v1");
    assert_eq!(code, Some(2));
    assert!(said.contains("knows no revision `v1` (this clone is shallow"), "{said}");
    assert_eq!(since(&clone, "HEAD").0, Some(0), "what is there can be asked for");
    git(&clone, &["fetch", "-q", "--unshallow", "--tags"]);
    assert_eq!(since(&clone, "v1").1.len(), 1);
}

#[test]
fn ignores_what_the_other_branch_did_after_the_fork() {
    let wrong = BODY.replace("318,400", "314,800");
    let f = folder(&[("head.md", HEAD), ("body.md", wrong.as_str()), ("other.md", "Nothing is counted here.\n")]);
    git(f.path(), &["init", "-q"]);
    commit_all(f.path(), "first");
    git(f.path(), &["checkout", "-q", "-b", "work"]);
    write(f.path(), "other.md", "Nothing at all is counted here.\n");
    commit_all(f.path(), "work");
    git(f.path(), &["checkout", "-q", "main"]);
    write(f.path(), "head.md", &HEAD.replace("four zones", "five zones"));
    commit_all(f.path(), "main goes on");
    git(f.path(), &["checkout", "-q", "work"]);
    assert_eq!(since(f.path(), "main").1.len(), 1, "the sentence differs from that of main");
    assert_eq!(since(f.path(), "main...").1, [""; 0], "this branch did not touch it");
}

#[test]
fn says_that_there_is_no_repository() {
    let f = folder(&[("docs/head.md", HEAD)]);
    let (code, found, said) = since(f.path(), "HEAD");
    assert_eq!((code, found), (Some(2), vec![]));
    assert_eq!(said, "error: --since: . is in no git repository\n");
}
