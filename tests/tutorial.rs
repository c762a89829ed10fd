//! The tutorial does what it says: its files are written and its commands run, in an empty folder.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The fenced blocks of the tutorial with their languages, and the last file that was named to be written before each.
fn blocks(text: &str) -> Vec<(String, String, Option<String>)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    let mut named = None;
    while let Some(line) = lines.next() {
        for cue in ["Write `", "Leave it out in `"] {
            if let Some((_, rest)) = line.split_once(cue) {
                named = rest.split('`').next().map(str::to_owned);
            }
        }
        if let Some(language) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
            let file = if matches!(language, "markdown" | "toml") { named.take() } else { None };
            found.push((language.to_owned(), body.join("\n") + "\n", file));
        }
    }
    found
}

/// The output without the numbers of claims, which grow with what recount can read.
fn plain(output: &str) -> String {
    let words = |line: &str| line.split(", ").filter(|p| !p.contains(" claims")).collect::<Vec<_>>().join(", ");
    output.trim_matches('\n').lines().map(words).collect::<Vec<_>>().join("\n")
}

fn recount(command: &str, folder: &Path) -> String {
    let mut arguments = command.split_whitespace();
    assert_eq!(arguments.next(), Some("recount"), "{command}");
    let run = Command::new(env!("CARGO_BIN_EXE_recount"))
        .args(arguments)
        .current_dir(folder)
        .env("RECOUNT_CACHE_DIR", "")
        .env("COLUMNS", "100")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .expect("recount runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(text(run.stderr), "", "{command}");
    text(run.stdout)
}

#[test]
fn does_what_the_tutorial_says() {
    let tutorial = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial.md")).expect("a file");
    let base = tempfile::tempdir().expect("a folder");
    let mut folder = base.path().to_owned();
    let rule = "recount-rules/control-port.toml";
    let mut consoles = 0;
    for (language, body, file) in blocks(&tutorial) {
        match (language.as_str(), file) {
            ("markdown" | "toml", Some(file)) => fs::write(folder.join(file), body).expect("a file"),
            ("toml", None) => {
                // What is added to the rule: a pattern stands before the check, an example at the end.
                let text = fs::read_to_string(folder.join(rule)).expect("the rule");
                let at = if body.contains("[[extract]]") { text.find("[check]").expect("a check") } else { text.len() };
                fs::write(folder.join(rule), format!("{}\n{body}\n{}", &text[..at], &text[at..])).expect("a file");
            }
            ("sh", _) => {
                for line in body.lines() {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    match words.as_slice() {
                        ["cd", to] => folder.push(to),
                        ["mkdir", .., new] => fs::create_dir_all(folder.join(new)).expect("a folder"),
                        ["cp", from, to] => drop(fs::copy(folder.join(from), folder.join(to)).expect("a file")),
                        _ => drop(recount(line, &folder)),
                    }
                }
            }
            ("console", _) => {
                let (command, expected) = body.split_once('\n').expect("a command and what it prints");
                let command = command.strip_prefix("$ ").expect("a prompt");
                assert_eq!(plain(&recount(command, &folder)), plain(expected), "{command}");
                consoles += 1;
            }
            _ => panic!("a block that nobody tries: {body}"),
        }
    }
    assert!(consoles >= 6 && folder.join("recount-rules/fixtures/control-port").is_dir());
    assert!(recount("recount test-rules", &folder).contains("4 cases, ok"));
}
