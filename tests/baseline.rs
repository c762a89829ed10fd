//! The baseline: what stands keeps standing when the text is laid out anew.

mod helper;

use helper::files::folder;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn recount(folder: &Path, args: &[&str]) -> Output {
    Command::new(insta_cmd::get_cargo_bin("recount"))
        .current_dir(folder)
        .args(["check", ".", "--format", "short", "--severity", "note", "--fail-on", "note", "--preview"])
        .args(args)
        .output()
        .expect("it starts")
}

fn lines(output: &Output) -> Vec<String> {
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

fn harbour() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/baseline/harbour.md");
    fs::read_to_string(path).expect("the fixture")
}

/// The page with every paragraph broken into lines of about so many columns; headings and tables stay.
fn reflowed(page: &str, columns: usize) -> String {
    let blocks = page.split("\n\n").map(|block| {
        if block.starts_with(['#', '|']) {
            return block.to_owned();
        }
        let (mut out, mut length) = (String::new(), 0);
        for word in block.split_whitespace() {
            if length > 0 && length + word.len() > columns {
                out.push('\n');
                length = 0;
            } else if length > 0 {
                out.push(' ');
            }
            out.push_str(word);
            length += word.len() + 1;
        }
        out
    });
    let mut page = blocks.collect::<Vec<_>>().join("\n\n");
    page.push('\n');
    page
}

/// The page with its sections in the opposite order.
fn reordered(page: &str) -> String {
    let mut sections: Vec<&str> = page.split("\n## ").collect();
    let head = sections.remove(0).to_owned();
    sections.reverse();
    sections.iter().fold(head, |page, section| format!("{}\n\n## {}\n", page.trim_end(), section.trim_end()))
}

#[test]
fn keeps_findings_standing_through_reflow_and_moved_sections() {
    let page = harbour();
    let f = folder(&[("harbour.md", page.as_str())]);
    let found = lines(&recount(f.path(), &[]));
    let rules: std::collections::BTreeSet<&str> =
        found.iter().filter_map(|l| l.split_once('[')?.1.split_once(']').map(|(rule, _)| rule)).collect();
    assert!(rules.len() >= 6, "the page has slips of many sorts: {found:#?}");
    recount(f.path(), &["--update-baseline"]);
    for (name, text) in [
        ("as it is", page.clone()),
        ("reflowed to 60", reflowed(&page, 60)),
        ("reflowed to 25", reflowed(&page, 25)),
        ("one line a paragraph", reflowed(&page, 100_000)),
        ("sections moved", reordered(&page)),
        ("reflowed, sections moved", reordered(&reflowed(&page, 40))),
        ("lines before", format!("# Before\n\nNothing is counted here.\n\n{page}")),
        ("Windows line ends", page.replace('\n', "\r\n")),
    ] {
        fs::write(f.path().join("harbour.md"), text).expect("a file");
        let output = recount(f.path(), &[]);
        assert_eq!((output.status.code(), lines(&output)), (Some(0), Vec::new()), "{name}");
    }
    // A number that changes is another finding.
    fs::write(f.path().join("harbour.md"), page.replace("165 barges", "167 barges")).expect("a file");
    assert_eq!(lines(&recount(f.path(), &[])).len(), 1);
}

#[test]
fn keeps_reason_author_and_expiry() {
    let f = folder(&[("harbour.md", harbour().as_str())]);
    recount(f.path(), &["--update-baseline"]);
    let path = f.path().join("recount-baseline.toml");
    let text = fs::read_to_string(&path).expect("the baseline");
    let first = text.find("[[finding]]").expect("an entry") + "[[finding]]\n".len();
    let with = |lines: &str| fs::write(&path, format!("{}{lines}{}", &text[..first], &text[first..])).expect("a file");
    with("reason = \"printed so\"\nauthor = \"O. B.\"\nexpires = \"2999-12-31\"\n");
    assert_eq!(recount(f.path(), &[]).status.code(), Some(0));
    recount(f.path(), &["--update-baseline"]);
    let kept = fs::read_to_string(&path).expect("the baseline");
    for words in ["reason = \"printed so\"", "author = \"O. B.\"", "expires = \"2999-12-31\""] {
        assert!(kept.contains(words), "{words}: {kept}");
    }
    with("expires = \"2001-01-31\"\n");
    assert_eq!(lines(&recount(f.path(), &[])).len(), 1, "it woke up");
    recount(f.path(), &["--prune-baseline"]);
    assert!(fs::read_to_string(&path).expect("the baseline").contains("2001-01-31"), "it is still found");
}

#[test]
fn says_what_is_wrong_with_a_baseline() {
    let f = folder(&[("harbour.md", harbour().as_str())]);
    for text in
        ["", "version = 1\n[[findng]]\n", "version = 9\n", "not toml", "version = 1\n[[finding]]\nrule = \"x\"\n"]
    {
        fs::write(f.path().join("recount-baseline.toml"), text).expect("a file");
        let output = recount(f.path(), &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text:?}: {said}");
        assert!(said.contains("recount-baseline.toml:"), "{said}");
        assert_eq!(fs::read_to_string(f.path().join("recount-baseline.toml")).expect("it is there"), text);
    }
}
