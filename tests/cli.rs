//! The program as it is called: exit codes, standard input, errors, formats.
//!
//! What rules say changes with the rules, so findings are looked at by their shape here; how they are drawn is
//! pinned in `tests/report.rs`.

use insta_cmd::assert_cmd_snapshot;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// One figure in two forms, far enough apart to be no contrast.
const DISAGREEING: &str = "\
# Water report

The company serves 318,400 properties in four zones.

## Meters

Of the 314,800 properties that we serve, most are metered.
";

const QUIET: &str = "# Water report\n\nThe company serves 318,400 properties in four zones.\n";

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn recount(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(insta_cmd::get_cargo_bin("recount"));
    command
        .current_dir(folder)
        .args(args)
        .env_remove("NO_COLOR")
        .env("RECOUNT_CACHE_DIR", "")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("RUST_BACKTRACE");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    recount(folder, args).output().expect("the program starts")
}

fn code(folder: &Path, args: &[&str]) -> i32 {
    run(folder, args).status.code().expect("the program ends by itself")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("one JSON object on standard output")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn exits_0_without_findings_1_with_and_2_when_something_was_not_read() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes()), ("good.md", QUIET.as_bytes())]);
    assert_eq!(code(f.path(), &["check", "good.md"]), 0);
    assert_eq!(code(f.path(), &["check", "bad.md"]), 1);
    assert_eq!(code(f.path(), &["check", "bad.md", "missing.md"]), 2);
    assert_eq!(code(f.path(), &["check", "bad.md", "--fail-on", "error"]), 0);
    assert_eq!(code(f.path(), &["check", "bad.md", "--fail-on", "never"]), 0);
    assert_eq!(code(f.path(), &["check", "good.md", "--fail-on", "note"]), 0);
    assert_eq!(code(f.path(), &["check"]), 2);
    assert_eq!(code(f.path(), &["check", "good.md", "--format", "poem"]), 2);
}

/// Every exit code of `docs/cli.md` is provoked by the command of its row.
#[test]
fn exits_as_the_documentation_says() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md")).expect("the page");
    let f = folder(&[
        ("report.md", DISAGREEING.as_bytes()),
        ("quiet.md", QUIET.as_bytes()),
        ("photo.png", b"\x89PNG"),
        ("wrong.toml", b"fail-on = \"sometimes\"\n"),
        ("broken-baseline.toml", b"version = \n"),
    ]);
    let mut codes = std::collections::BTreeSet::new();
    for row in page.lines().filter(|l| l.starts_with("| `recount ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let arguments: Vec<&str> = cells[1].trim_matches('`').split(' ').skip(1).collect();
        let expected: i32 = cells[2].parse().expect("a code");
        assert_eq!(code(f.path(), &arguments), expected, "{row}");
        codes.insert(expected);
    }
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn writes_completions_and_manual_pages() {
    let f = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(f.path(), &["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        assert!(text(&output.stdout).contains("--fail-on") || text(&output.stdout).contains("fail-on"), "{shell}");
    }
    assert_eq!(code(f.path(), &["completions", "teletype"]), 2);
    assert!(text(&run(f.path(), &["man"]).stdout).contains(".TH recount 1"));
    let page = text(&run(f.path(), &["man", "check"]).stdout);
    assert!(page.contains(".TH recount-check 1") && page.contains("\\-\\-fail\\-on"), "{page}");
    assert_eq!(code(f.path(), &["man", "poem"]), 2);
    let version = text(&run(f.path(), &["--version"]).stdout);
    assert!(version.starts_with(concat!("recount ", env!("CARGO_PKG_VERSION"))), "{version}");
}

#[test]
fn checks_the_rest_when_a_file_is_missing() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let output = run(f.path(), &["check", "--format", "json", "bad.md", "missing.md"]);
    let report = json(&output);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["summary"]["unreadable"], 1);
    assert_eq!(text(&output.stderr), "error: missing.md: no such file or folder\n");
}

#[test]
fn writes_json_of_the_promised_shape() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let report = json(&run(f.path(), &["check", "--format", "json", "--no-config", "bad.md"]));
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["tool"]["name"], "recount");
    let diagnostic = &report["diagnostics"][0];
    for field in ["rule", "severity", "message", "fingerprint"] {
        assert!(diagnostic[field].as_str().is_some_and(|s| !s.is_empty()), "{field}: {diagnostic}");
    }
    assert!(diagnostic["notes"].is_array());
    let labels = diagnostic["labels"].as_array().expect("labels");
    assert_eq!(labels[0]["role"], "primary");
    assert!(labels[1..].iter().all(|l| l["role"] == "secondary"));
    for label in labels {
        assert_eq!(label["path"], "bad.md");
        let offset = |end: &str| label["span"][end]["offset"].as_u64().expect("an offset") as usize;
        assert_eq!(label["text"], DISAGREEING[offset("start")..offset("end")]);
        assert!(label["snippet"].as_str().is_some_and(|s| s.contains(label["text"].as_str().expect("text"))));
        assert!(label["place"].as_str().is_some_and(|s| s.contains("paragraph 1")), "{label}");
        assert!(label["span"]["start"]["line"].as_u64() >= Some(3));
    }
    for figure in ["files", "words", "claims", "errors", "warnings", "notes", "unreadable"] {
        assert!(report["summary"][figure].is_u64(), "{figure}");
    }
}

#[test]
fn chooses_annotations_on_github_actions() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let on_actions = |args: &[&str]| {
        text(&recount(f.path(), args).env("GITHUB_ACTIONS", "true").output().expect("it starts").stdout)
    };
    assert!(on_actions(&["check", "bad.md"]).starts_with("::warning file=bad.md,line=7,"));
    assert!(on_actions(&["check", "bad.md", "--format", "short"]).starts_with("bad.md:7:"));
    assert!(text(&run(f.path(), &["check", "bad.md"]).stdout).starts_with("warning["));
}

#[test]
fn reads_standard_input() {
    let f = folder(&[]);
    let piped = |args: &[&str], input: &str| {
        let mut child = recount(f.path(), args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    };
    let output = piped(&["check", "-", "--format", "json"], DISAGREEING);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json(&output)["diagnostics"][0]["labels"][0]["path"], "-");
    let as_text = piped(&["text", "-", "--stdin-format", "txt"], "Fish &amp; chips.\n");
    let as_markdown = piped(&["text", "-"], "Fish &amp; chips.\n");
    assert!(text(&as_markdown.stdout).contains("Fish & chips"), "{}", text(&as_markdown.stdout));
    assert!(text(&as_text.stdout).contains("Fish &amp; chips"), "{}", text(&as_text.stdout));
}

#[test]
fn walks_folders_and_names_what_it_does_not_read() {
    let f = folder(&[
        ("docs/b.md", QUIET.as_bytes()),
        ("docs/a.txt", b"Twelve boats came.\n"),
        ("docs/deep/c.markdown", b"Nothing here.\n"),
        ("docs/.hidden.md", b"Hidden.\n"),
        ("docs/ignored.md", b"Ignored.\n"),
        ("docs/.gitignore", b"ignored.md\n"),
        ("docs/one.doc", b"PK"),
        ("docs/two.doc", b"PK"),
        ("docs/figures.odp", b"a,b\n"),
        ("docs/photo.png", b"\x89PNG"),
    ]);
    let output = run(f.path(), &["check", "docs"]);
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    assert!(printed.starts_with("3 files, "), "{printed}");
    assert!(printed.ends_with("3 files of formats not read yet: doc 2, odp 1\n"), "{printed}");
    assert_cmd_snapshot!(
        "unreadable_on_the_command_line",
        recount(f.path(), &["check", "docs/one.doc", "docs/photo.png"])
    );
    let empty = folder(&[("docs/photo.png", b"")]);
    assert_cmd_snapshot!("folder_without_documents", recount(empty.path(), &["check", "docs"]));
    let mixed = folder(&[("docs/photo.png", b""), ("good.md", QUIET.as_bytes())]);
    let output = run(mixed.path(), &["check", "docs", "good.md"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).starts_with("note: docs: no file in this folder"), "{}", text(&output.stderr));
}

#[test]
fn reads_a_file_named_twice_once() {
    let f = folder(&[("a/bad.md", DISAGREEING.as_bytes())]);
    let report = json(&run(f.path(), &["check", "--format", "json", "a/bad.md", "a", "./a/bad.md"]));
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(1));
}

#[test]
fn reads_files_that_are_no_clean_text() {
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(QUIET.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let f = folder(&[
        ("empty.md", b""),
        ("blank.txt", b"\n\n \t\n"),
        ("wide.md", &wide),
        ("latin.txt", b"Caf\xe9 Zo\xeb served 43 guests.\n"),
        ("binary.md", b"\x00\x01\x02\x7fELF\x00\x00"),
    ]);
    for name in ["empty.md", "blank.txt", "wide.md", "latin.txt"] {
        assert_eq!(code(f.path(), &["check", name]), 0, "{name}");
    }
    let report = json(&run(f.path(), &["check", "--format", "json", "wide.md"]));
    assert_eq!(report["summary"]["words"], 10);
    assert_cmd_snapshot!("binary_file", recount(f.path(), &["check", "binary.md"]));
}

#[test]
fn refuses_files_that_are_too_large() {
    let f = folder(&[("good.md", QUIET.as_bytes())]);
    let huge = fs::File::create(f.path().join("huge.txt")).expect("a file");
    huge.set_len(5 << 30).expect("a file with a hole");
    let output = run(f.path(), &["check", "--format", "json", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json(&output)["summary"]["files"], 1);
    let said = text(&output.stderr);
    assert!(said.starts_with("error: ./huge.txt: ") && said.contains("5368709120"), "{said}");
}

#[cfg(unix)]
#[test]
fn reads_links_to_files_once_and_follows_no_circle() {
    let f = folder(&[("docs/bad.md", DISAGREEING.as_bytes()), ("other/good.md", QUIET.as_bytes())]);
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(from, f.path().join(to)).expect("a link");
    };
    link("bad.md", "docs/again.md");
    link("../other/good.md", "docs/good.md");
    link("..", "docs/circle");
    link("nowhere.md", "docs/broken.md");
    let output = run(f.path(), &["check", "--format", "json", "docs"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(json(&output)["summary"]["files"], 2);
}

#[test]
fn survives_long_lines_and_deep_nesting() {
    let line = format!("{}43 men came.", "The crew counted the crates again. ".repeat(30_000));
    let quotes = format!("{} deep\n", ">".repeat(10_000));
    let lists: String = (0..1_000).map(|n| format!("{}- item\n", "  ".repeat(n))).collect();
    let brackets = format!("{}x{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let stars = format!("{}x\n", "*a ".repeat(10_000));
    let f = folder(&[
        ("line.md", line.as_bytes()),
        ("line.txt", line.as_bytes()),
        ("quotes.md", quotes.as_bytes()),
        ("lists.md", lists.as_bytes()),
        ("brackets.md", brackets.as_bytes()),
        ("stars.md", stars.as_bytes()),
    ]);
    let output = run(f.path(), &["check", "."]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn prints_the_same_whatever_the_number_of_threads() {
    let names: Vec<String> = (0..12).map(|n| format!("report-{n:02}.md")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), DISAGREEING.as_bytes())).collect();
    let f = folder(&files);
    for format in ["terminal", "short", "json"] {
        let one = run(f.path(), &["check", ".", "--format", format, "--threads", "1"]).stdout;
        let four = run(f.path(), &["check", ".", "--format", format, "--threads", "4"]).stdout;
        assert!(!one.is_empty());
        assert_eq!(text(&one), text(&four), "{format}");
    }
}

#[test]
fn chooses_rules_by_name() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let report = json(&run(f.path(), &["check", "--format", "json", "bad.md"]));
    let rule = report["diagnostics"][0]["rule"].as_str().expect("a rule").to_owned();
    assert_eq!(code(f.path(), &["check", "bad.md", "--rule", &rule]), 1);
    assert_eq!(code(f.path(), &["check", "bad.md", "--ignore", &rule]), 0);
    assert_cmd_snapshot!("unknown_rule", recount(f.path(), &["check", "bad.md", "--rule", "quantity-missmatch"]));
    assert_cmd_snapshot!("unlike_any_rule", recount(f.path(), &["check", "bad.md", "--ignore", "zzz"]));
}

#[test]
fn writes_colours_only_on_request() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let escapes = |command: &mut Command| command.output().expect("it runs").stdout.contains(&0x1b);
    assert!(!escapes(&mut recount(f.path(), &["check", "bad.md"])));
    assert!(!escapes(recount(f.path(), &["check", "bad.md"]).env("NO_COLOR", "1")));
    assert!(escapes(&mut recount(f.path(), &["check", "bad.md", "--color", "always"])));
    assert!(escapes(recount(f.path(), &["check", "bad.md", "--color", "always"]).env("NO_COLOR", "1")));
    assert!(!escapes(&mut recount(f.path(), &["check", "bad.md", "--color", "never"])));
}

#[test]
fn prints_claims_as_a_table_and_as_json() {
    let f = folder(&[("bad.md", DISAGREEING.as_bytes())]);
    let table = text(&run(f.path(), &["claims", "bad.md"]).stdout);
    assert!(table.lines().any(|l| l.contains("3:20") && l.contains("quantity") && l.contains("318,400")), "{table}");
    assert!(table.lines().all(|l| l.chars().count() <= 100), "{table}");
    let claims = json(&run(f.path(), &["claims", "bad.md", "--format", "json", "--line", "7", "--kind", "quantity"]));
    let claims = claims["claims"].as_array().expect("claims");
    assert!(!claims.is_empty());
    for claim in claims {
        assert_eq!((&claim["kind"], &claim["span"]["start"]["line"]), (&"quantity".into(), &7.into()));
    }
    assert_eq!(claims[0]["value"]["low"], "314800");
    assert_eq!(code(f.path(), &["claims", "bad.md", "--line", "0"]), 2);
    assert_eq!(code(f.path(), &["claims", "bad.md", "--kind", "poem"]), 2);
}

#[test]
fn says_why_claims_are_compared() {
    let f = folder(&[("a.md", DISAGREEING.as_bytes()), ("b.md", QUIET.as_bytes())]);
    let why = text(&run(f.path(), &["claims", "a.md", "--why", "3", "7"]).stdout);
    assert!(why.contains("a.md:3:20") && why.contains("a.md:7:8") && why.contains("the values differ"), "{why}");
    let across = text(&run(f.path(), &["claims", "a.md", "b.md", "--why", "a.md:7", "b.md:3"]).stdout);
    assert!(across.contains("b.md:3:20"), "{across}");
    assert_eq!(code(f.path(), &["claims", "a.md", "b.md", "--why", "3", "7"]), 2);
    assert_eq!(code(f.path(), &["claims", "a.md", "--why", "3", "700"]), 2);
}

#[test]
fn lists_and_explains_rules() {
    let f = folder(&[]);
    let rules = json(&run(f.path(), &["rules", "--format", "json"]));
    let rules = rules["rules"].as_array().expect("rules");
    assert!(!rules.is_empty());
    let table = text(&run(f.path(), &["rules"]).stdout);
    for rule in rules {
        let id = rule["id"].as_str().expect("an id");
        assert!(table.contains(id));
        let page = run(f.path(), &["explain", id]);
        let page = text(&page.stdout);
        assert!(page.contains("Why:") && page.contains("Left alone:"), "{page}");
        assert!(page.contains(&format!("[{id}]: ")), "an example of {id} is reported: {page}");
    }
    assert_cmd_snapshot!("explain_unknown_rule", recount(f.path(), &["explain", "quantity-mismach"]));
}

#[cfg(unix)]
#[test]
fn ends_quietly_when_nobody_reads_on() {
    let f = folder(&[("bad.md", DISAGREEING.repeat(200).as_bytes())]);
    let mut child = recount(f.path(), &["claims", "bad.md", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn says_that_a_file_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let f = folder(&[("locked.md", b"x"), ("good.md", QUIET.as_bytes())]);
    let path = f.path().join("locked.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&path).is_ok() {
        return; // The test runs as a user who may read everything.
    }
    let output = run(f.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("locked.md: not allowed to read it"));
}

const NUMBERS: &str = "\
In May 2021 the company served about 318,400 properties, see Table 3.

The second plant gave 41 Ml/d, between 5 and 7 % more.
";

#[test]
fn prints_the_numbers_of_a_document() {
    let f = folder(&[("water.txt", NUMBERS.as_bytes())]);
    let output = run(f.path(), &["numbers", "water.txt", "--width", "80"]);
    let shown = text(&output.stdout);
    let lines: Vec<Vec<&str>> = shown.lines().skip(1).map(|l| l.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["1:4", "date", "2021-05-?", "May", "2021"]);
    assert_eq!(lines[1], ["1:38", "quantity", "about", "318,400", "about", "318,400"]);
    assert_eq!(lines[2], ["1:68", "name", "3", "3"]);
    assert_eq!(lines[3], ["3:5", "ordinal", "no.", "2", "second"]);
    assert_eq!(lines[4], ["3:23", "quantity", "41", "Ml/days", "41", "Ml/d"]);
    assert_eq!(lines[5], ["3:40", "quantity", "5–7", "%", "5", "and", "7", "%"]);
    assert_eq!(lines.len(), 6);

    let output = run(f.path(), &["numbers", "water.txt", "--line", "3", "--format", "json"]);
    let numbers = json(&output)["numbers"].as_array().cloned().expect("a list");
    assert_eq!(numbers.len(), 3);
    assert_eq!(numbers[1]["number"]["start"]["column"], 23);
    assert_eq!(numbers[1]["number"]["end"]["column"], 25);
    assert_eq!(numbers[2]["value"]["low"], "5");
}
