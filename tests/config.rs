//! `recount.toml`: settings, groups, overrides, declared facts, rules of one's own.

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// Exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(insta_cmd::get_cargo_bin("recount"))
        .current_dir(folder)
        .args(args)
        .env_remove("NO_COLOR")
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
}

/// The findings, one a line.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check"].iter().chain(args).chain(&["--format", "short"]).copied().collect();
    run(folder, &all).1.lines().map(str::to_owned).collect()
}

const WRONG: &str = "Ana has 3 reasons: wind, rain. There were four ways: by rail, by road, and by sea.\n";

#[test]
fn reads_settings_and_lets_the_command_line_win() {
    let f = folder(&[
        ("recount.toml", "fail-on = \"never\"\n[rules.list-count-mismatch]\nseverity = \"note\"\n"),
        ("a.md", WRONG),
    ]);
    let (code, out, _) = run(f.path(), &["check", "a.md", "--severity", "note", "--format", "short"]);
    assert_eq!(code, 0);
    assert!(out.contains("note[list-count-mismatch]"), "{out}");
    assert_eq!(run(f.path(), &["check", "a.md", "--fail-on", "note"]).0, 1);
    let out = found(f.path(), &["a.md", "--no-config"]);
    assert!(out.iter().all(|l| l.contains("warning[list-count-mismatch]")) && !out.is_empty(), "{out:?}");
    fs::write(f.path().join("recount.toml"), "ignore = [\"numbers\"]\n").expect("a file");
    assert_eq!(found(f.path(), &["a.md"]), [""; 0]);
    assert!(!found(f.path(), &["a.md", "--rule", "numbers"]).is_empty());
}

#[test]
fn says_where_a_configuration_is_wrong() {
    for (text, expected) in [
        ("ignroe = []\n", "error: recount.toml:1:1: unknown field `ignroe`"),
        (
            "ignore = [\"table-totl\"]\n",
            "error: recount.toml:1:10: there is no rule `table-totl`: did you mean `table-total`?",
        ),
        (
            "\n[rules.table-totl]\nseverity = \"note\"\n",
            "error: recount.toml:2:8: [rules.table-totl]: there is no rule",
        ),
        ("[rules.table-total]\nseverty = \"note\"\n", "did you mean `severity`?"),
        ("[rules.table-total]\nseverity = \"eror\"\n", "did you mean `error`?"),
        ("exclude = [\"a[\"]\n", "error: recount.toml:1:11: "),
        ("[[fact]]\nname = \"x\"\nvalue = 1\n", "recount.toml:2:8: fact `x`: it has neither `regex` nor `phrase`"),
        ("[[fact]]\nname = \"x\"\nphrase = \"{number} x\"\nfrom = { json = \"no.json\", key = \"a\" }\n", "no.json: "),
        ("[[fact]]\nname = \"x\"\nvalue = 1\nregex = \"(\"\n", "regex parse error"),
    ] {
        let f = folder(&[("recount.toml", text), ("a.md", WRONG)]);
        let (code, _, err) = run(f.path(), &["check", "a.md"]);
        assert_eq!(code, 2, "{text}");
        assert!(err.contains(expected), "{text}: {err}");
        assert_eq!(run(f.path(), &["check", "a.md", "--no-config"]).0, 1, "{text}");
    }
}

#[test]
fn compares_inside_of_groups_only() {
    let one = "The company serves 318,400 properties in four zones.\n";
    let other = "Of the 314,800 properties that the company serves, most are metered.\n";
    let groups = "[[group]]\nfiles = [\"a\"]\n\n[[group]]\nfiles = [\"b/*.md\"]\n";
    let f = folder(&[("a/1.md", one), ("b/2.md", other), ("c/3.md", "Nothing.\n")]);
    assert_eq!(found(f.path(), &["."]).len(), 1);
    fs::write(f.path().join("recount.toml"), groups).expect("a file");
    assert_eq!(found(f.path(), &["."]), [""; 0]);
    fs::write(f.path().join("recount.toml"), "exclude = [\"b\"]\n").expect("a file");
    assert_eq!(found(f.path(), &["."]), [""; 0]);
}

#[test]
fn leaves_files_alone_that_an_override_names() {
    let f = folder(&[
        ("recount.toml", "[[override]]\nfiles = [\"old/**\"]\nignore = [\"list-count-mismatch\"]\n"),
        ("old/a.md", WRONG),
        ("new/a.md", WRONG),
    ]);
    let out = found(f.path(), &["."]);
    assert!(!out.is_empty() && out.iter().all(|l| l.contains("new/a.md")), "{out:?}");
}

const FACTS: &str = r#"
[[fact]]
name = "tools"
value = 178
phrase = "{number} tools"

[[fact]]
name = "minimum version"
from = { toml = "Cargo.toml", key = "package.rust-version" }
regex = 'Rust (?P<value>\d+\.\d+)'

[[fact]]
name = "pages"
from = { files = "pages/*.txt" }
phrase = "{number} pages"

[[fact]]
name = "staff"
from = { csv = "staff.csv", rows = true }
phrase = "staff of {number}"

[[fact]]
name = "port"
from = { file = "server.conf", regex = 'listen (?P<value>\d+)' }
phrase = "listens on port {number}"
"#;

#[test]
fn checks_every_statement_of_a_declared_fact() {
    let readme = "We have 178 tools, 3 pages and a staff of two. It listens on port 8080 and needs Rust 1.74.\n";
    let stale = "We have 187 tools, two pages and a staff of 3. It listens on port 8081 and needs Rust 1.75.\n";
    let f = folder(&[
        ("recount.toml", FACTS),
        ("Cargo.toml", "[package]\nrust-version = \"1.74\"\n"),
        ("staff.csv", "name,role\nAna,lead\n\"Bo, jr\",clerk\n"),
        ("server.conf", "user x\nlisten 8080\n"),
        ("pages/1.txt", "One.\n"),
        ("pages/2.txt", "Two.\n"),
        ("pages/3.txt", "Three.\n"),
        ("README.md", readme),
    ]);
    assert_eq!(found(f.path(), &["README.md"]), [""; 0]);
    fs::write(f.path().join("stale.md"), stale).expect("a file");
    let out = found(f.path(), &["stale.md"]);
    let expected = [
        "stale.md:1:9: warning[fact-tools] tools: 187 here, 178 declared",
        "stale.md:1:20: warning[fact-pages] pages: two here, 3 declared",
        "stale.md:1:45: warning[fact-staff] staff: 3 here, 2 declared",
        "stale.md:1:67: warning[fact-port] port: 8081 here, 8080 declared",
        "stale.md:1:87: warning[fact-minimum-version] minimum version: 1.75 here, 1.74 declared",
    ];
    assert_eq!(out, expected);
    assert_eq!(found(f.path(), &["README.md", "--fact", "tools=180"]).len(), 1);
    let (code, _, err) = run(f.path(), &["check", "README.md", "--fact", "tols=180"]);
    assert!(code == 2 && err.contains("did you mean `tools`?"), "{err}");
}

#[test]
fn flags_a_fact_that_nothing_states_any_more() {
    let f = folder(&[
        ("recount.toml", FACTS),
        ("Cargo.toml", "package.rust-version = \"1.74\"\n"),
        ("staff.csv", "a\n"),
        ("server.conf", "listen 80\n"),
        ("README.md", "We have 178 tools.\n"),
    ]);
    let silent = |args: &[&str]| found(f.path(), args).iter().filter(|l| l.contains("no document states")).count();
    assert_eq!(silent(&["."]), 4);
    // One file says nothing of what the others state.
    assert_eq!(silent(&["README.md"]), 0);
}

const OWN_RULE: &str = r#"
summary = "the control port is given with two numbers"
severity = "error"
message = "{subject}: {a} here, {b} elsewhere"

[[extract]]
subject = "port of {what}"
regex = '(?i)(?P<what>control|data) port (?:is|to) (?P<value>\d{2,5})'

[check]
on = ["stated"]
across = true
same = {}

[doc]
why = "A client that knows the wrong port does not connect."
not = "Other ports."

[[example]]
flag = "The control port is <<8080>>. Set the control port to <<8081>>."

[[example]]
pass = "The control port is 8080. Set the data port to 8081."
"#;

#[test]
fn runs_rules_of_ones_own_across_files() {
    let f = folder(&[
        ("recount.toml", "rules-folder = \"rules\"\n"),
        ("rules/control-port.toml", OWN_RULE),
        ("a.md", "The control port is 8080, the data port is 9000.\n"),
        ("b.md", "Set the control port to 8088.\n"),
    ]);
    let out = found(f.path(), &["a.md", "b.md"]);
    assert_eq!(out, ["b.md:1:25: error[control-port] port of control: 8088 here, 8080 elsewhere"]);
    assert!(run(f.path(), &["explain", "control-port"]).1.contains("port of control: 8081 here"), "explain");
    assert!(run(f.path(), &["rules"]).1.contains("control-port"), "rules");
}

#[test]
fn tests_rules_of_ones_own_with_snapshots() {
    let f = folder(&[
        ("rules/control-port.toml", OWN_RULE),
        ("rules/fixtures/control-port/flag-two-pages.md", "The control port is 80.\n\nThe control port is 81.\n"),
        ("rules/fixtures/control-port/pass-one-page.md", "The control port is 80.\n"),
    ]);
    let (code, out, _) = run(f.path(), &["test-rules", "rules"]);
    assert!(code == 1 && out.contains("no snapshot; `--update` writes it"), "{out}");
    assert_eq!(run(f.path(), &["test-rules", "rules", "--update"]).0, 0);
    let (code, out, _) = run(f.path(), &["test-rules", "rules"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "control-port: 4 cases, ok\n\n1 rules, 4 cases, 0 failed, 0 snapshots written\n")
    );
    let snapshot = f.path().join("rules/fixtures/control-port/flag-two-pages.snap");
    assert!(fs::read_to_string(&snapshot).expect("it was written").contains("error[control-port]"));
    fs::write(f.path().join("rules/fixtures/control-port/flag-two-pages.md"), "Nothing.\n").expect("a file");
    let (code, out, _) = run(f.path(), &["test-rules", "rules"]);
    assert!(code == 1 && out.contains("flag-two-pages.md: nothing is found"), "{out}");
}

#[test]
fn flags_cases_of_a_rule_that_assert_nothing() {
    let silent = OWN_RULE.replace("The control port is 8080. Set the data port to 8081.", "Nothing is set.");
    let f = folder(&[
        ("rules/control-port.toml", &silent),
        ("rules/fixtures/control-port/pass-other-port.md", "Nothing is set.\n"),
    ]);
    let (code, out, _) = run(f.path(), &["test-rules", "rules"]);
    assert!(code == 1 && out.contains("control-port: example 2 asserts nothing"), "{out}");
    assert!(out.contains("pass-other-port.md: asserts nothing"), "{out}");
    // A rule with a value of its own would report any port that it should not read.
    let expecting = silent.replace("same = {}", "same = { value = \"8081\" }").replace("<<8081>>", "8081");
    let f = folder(&[("rules/control-port.toml", &expecting)]);
    let (code, out, err) = run(f.path(), &["test-rules", "rules"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn says_what_is_wrong_with_a_rule() {
    for (from, to, expected) in [
        ("same = {}", "smae = {}", "did you mean `same`?"),
        ("{a} here", "{aa} here", "no variable `{aa}` here; did you mean `{a}`?"),
        ("(?P<value>", "(?P<number>", "the pattern has no group `value`"),
        ("<<8081>>", "8081", ""),
        ("[[example]]\npass", "[[example]]\nflag", "a `flag` example marks its places"),
        ("on = [\"stated\"]", "on = [\"quantity\"]", "`[check]` does not name"),
    ] {
        let f = folder(&[("rules/control-port.toml", &OWN_RULE.replace(from, to))]);
        let (code, out, err) = run(f.path(), &["test-rules", "rules"]);
        if expected.is_empty() {
            assert!(code == 1 && out.contains("labelled and not marked"), "{out}{err}");
        } else {
            assert!(code == 2 && err.contains(expected), "{from} → {to}: {err}");
        }
    }
}

#[test]
fn writes_a_configuration_to_begin_with_and_shows_it() {
    let f = folder(&[("a.md", WRONG)]);
    assert_eq!(run(f.path(), &["init"]).0, 0);
    let (code, _, err) = run(f.path(), &["init"]);
    assert!(code == 2 && err.contains("recount.toml: the file is there already"), "{err}");
    assert_eq!(run(f.path(), &["check", "a.md"]).0, 1);
    fs::write(f.path().join("recount.toml"), "\npreview = true\n").expect("a file");
    let out = run(f.path(), &["config", "a.md"]).1;
    assert!(out.contains("preview = true  # line 2") && out.contains("fail-on = \"warning\"  # default"), "{out}");
}

#[test]
fn lets_findings_stand_that_a_remark_names() {
    let remark = "<!-- recount: stet list-count-mismatch: printed so -->\n";
    let f = folder(&[("a.md", WRONG), ("b.md", &format!("{remark}\n{WRONG}"))]);
    assert_eq!(found(f.path(), &["b.md"]), [""; 0]);
    fs::write(f.path().join("b.md"), format!("{remark}\nNothing.\n")).expect("a file");
    assert_eq!(found(f.path(), &["b.md"]), ["b.md:1:1: warning[stet] nothing to let stand here"]);
    // A rule that did not run may have something to say.
    assert_eq!(found(f.path(), &["b.md", "--rule", "table-total"]), [""; 0]);
}

#[test]
fn adopts_old_findings_with_a_baseline_that_survives_reflow_and_moves() {
    let chapter = "# Roads\n\nThe plan failed for two reasons: the weather at\nthe coast, the price of coal, and a long strike.\n";
    let f = folder(&[("a.md", chapter)]);
    assert_eq!(run(f.path(), &["check", "."]).0, 1);
    assert_eq!(run(f.path(), &["check", ".", "--update-baseline"]).0, 0);
    assert_eq!(run(f.path(), &["check", "."]).0, 0);
    assert_eq!(run(f.path(), &["check", ".", "--no-config"]).0, 1);
    let moved = "# Rails\n\nNew text.\n\n# Roads\n\nThe plan failed for two reasons: the\nweather at the coast, the price of\ncoal, and a long strike.\n";
    fs::write(f.path().join("a.md"), moved).expect("a file");
    assert_eq!(run(f.path(), &["check", "."]).0, 0);
    // Something new is reported, what was there is not.
    fs::write(f.path().join("b.md"), WRONG).expect("a file");
    let out = found(f.path(), &["."]);
    assert!(!out.is_empty() && out.iter().all(|l| l.contains("b.md")), "{out:?}");
    fs::write(f.path().join("a.md"), "Nothing.\n").expect("a file");
    assert_eq!(run(f.path(), &["check", ".", "--prune-baseline"]).0, 1);
    let baseline = f.path().join("recount-baseline.toml");
    assert!(!fs::read_to_string(&baseline).expect("it is there").contains("[[finding]]"));
    fs::write(&baseline, "version = 1\n[[findings]]\n").expect("a file");
    let (code, _, err) = run(f.path(), &["check", "."]);
    assert!(code == 2 && err.contains("recount-baseline.toml:2:3: unknown field `findings`"), "{err}");
}

#[test]
fn writes_several_formats_at_once() {
    let f = folder(&[("a.md", WRONG)]);
    let args = ["check", "a.md", "--format", "short", "--output", "sarif=out.sarif", "--output", "junit=out.xml"];
    let (code, out, _) = run(f.path(), &args);
    assert!(code == 1 && out.contains("list-count-mismatch"), "{out}");
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(f.path().join("out.sarif")).expect("a file")).expect("JSON");
    let run_of = &sarif["runs"][0];
    assert_eq!(run_of["tool"]["driver"]["rules"][0]["id"], run_of["results"][0]["ruleId"]);
    assert!(fs::read_to_string(f.path().join("out.xml")).expect("a file").contains("<failure"));
    let (_, out, err) = run(f.path(), &["check", "a.md", "--format", "short", "--max-findings", "0"]);
    assert!(out.is_empty() && err.contains("not shown (--max-findings)"), "{out}{err}");
    assert!(run(f.path(), &["check", "a.md", "--statistics"]).1.contains("list-count-mismatch"));
}

#[test]
fn finds_a_stale_mention_outside_of_the_changed_file() {
    let one = "The company serves 318,400 properties in four zones.\n";
    let other = "Of the 318,400 properties that the company serves, most are metered.\n";
    let f = folder(&[("a.md", one), ("b.md", other), ("c.md", WRONG)]);
    let git = |args: &[&str]| {
        let base = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        Command::new("git").current_dir(f.path()).args(base).args(args).output().expect("git starts").status.success()
    };
    let (code, _, err) = run(f.path(), &["check", ".", "--since", "HEAD"]);
    assert!(code == 2 && err.contains("--since"), "{err}");
    assert!(git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-q", "-m", "first"]));
    assert_eq!(found(f.path(), &[".", "--since", "HEAD"]), [""; 0]);
    fs::write(f.path().join("a.md"), one.replace("318,400", "314,800")).expect("a file");
    let out = found(f.path(), &[".", "--since", "HEAD"]);
    assert!(out.len() == 1 && out[0].contains("quantity-mismatch"), "{out:?}");
    let (code, _, err) = run(f.path(), &["check", ".", "--since", "nosuch"]);
    assert!(code == 2 && err.contains("git knows no revision `nosuch`"), "{err}");
}

#[test]
fn flags_facts_of_tables_and_yaml() {
    let f = folder(&[
        (
            "recount.toml",
            "[[fact]]\nname = \"tools\"\nfrom = { markdown = \"tools.md\", table = \"Tools\", rows = true }\nphrase = \"{number} tools\"\n\n[[fact]]\nname = \"image\"\nfrom = { yaml = \"values.yaml\", key = \"image.tag\" }\nregex = 'image (?P<value>\\d+\\.\\d+\\.\\d+)'\n",
        ),
        (
            "tools.md",
            "# Tools\n\n| Tool | Use |\n| --- | --- |\n| saw | wood |\n| file | iron |\n\nAll 3 tools are oiled.\n",
        ),
        ("values.yaml", "image:\n  tag: 1.10.2\n"),
        ("guide.md", "Use the image 1.9.2 for now.\n"),
    ]);
    let out = found(f.path(), &["."]);
    assert_eq!(out.len(), 2, "{out:?}");
    assert!(out[0].contains("warning[fact-image] image: 1.9.2 here, 1.10.2 declared"), "{out:?}");
    assert!(out[1].contains("warning[fact-tools] tools: 3 here, 2 declared"), "{out:?}");
}

#[test]
fn flags_other_spellings_outside_of_code() {
    let f = folder(&[
        (
            "recount.toml",
            "[[spelling]]\nwrite = \"GitHub\"\n\n[[spelling]]\nwrite = \"data set\"\nnot = [\"data collection\"]\nseverity = \"error\"\n",
        ),
        (
            "a.md",
            "# Data Sets on GitHub\n\nGithub has it, see <https://github.com/a/b> and `github`. Data sets are tidy; a dataset is not.\n\n```sh\ngithub dataset\n```\n\nOur data collections.\n",
        ),
    ]);
    let out = found(f.path(), &["."]);
    assert_eq!(out.len(), 3, "{out:?}");
    assert!(out[0].contains("warning[spelling-github] `Github` is written `GitHub`"), "{out:?}");
    assert!(out[1].contains("error[spelling-data-set] `dataset` is written `data set`"), "{out:?}");
    assert!(out[2].contains("`data collection` is written `data set`"), "{out:?}");
}

#[test]
fn says_what_is_wrong_with_a_source() {
    for (from, expected) in [
        ("{ jsn = \"a.json\", key = \"a\" }", "unknown field `jsn`"),
        ("{ json = \"a.json\", key = \"versoin\" }", "no key `versoin`; did you mean `version`?"),
        ("{ json = \"a.json\" }", "`key` is missing"),
        ("{ csv = \"a.csv\", rows = true, sheet = \"b\" }", "`sheet` does not go with `csv`"),
    ] {
        let config = format!("[[fact]]\nname = \"a\"\nfrom = {from}\nphrase = \"{{number}} tools\"\n");
        let f = folder(&[
            ("recount.toml", &config),
            ("a.json", "{\"version\": \"1\"}"),
            ("a.csv", "a\n1\n"),
            ("a.md", "A.\n"),
        ]);
        let (code, _, err) = run(f.path(), &["check", "."]);
        assert!(code == 2 && err.contains("recount.toml:3:") && err.contains(expected), "{from}: {err}");
    }
}

#[test]
fn ignores_what_is_hidden_ignored_or_excluded() {
    let f = folder(&[
        ("recount.toml", "exclude = [\"vendor\", \"docs/*.tmp.md\"]\n"),
        (".gitignore", "build/\n"),
        (".recountignore", "drafts/*\n!drafts/kept.md\n"),
        ("a.md", WRONG),
        ("build/b.md", WRONG),
        (".hidden/c.md", WRONG),
        ("drafts/d.md", WRONG),
        ("drafts/kept.md", WRONG),
        ("vendor/deep/e.md", WRONG),
        ("docs/f.tmp.md", WRONG),
        ("docs/deep/g.tmp.md", WRONG),
        ("docs/.recountignore", "h.md\n"),
        ("docs/h.md", WRONG),
        ("docs/i.md", WRONG),
    ]);
    let out = found(f.path(), &["."]);
    let mut files: Vec<&str> = out.iter().filter_map(|l| l.split(':').next()).collect();
    files.dedup();
    assert_eq!(files, ["./a.md", "./docs/deep/g.tmp.md", "./docs/i.md", "./drafts/kept.md"]);
    // What is named itself is read.
    assert!(!found(f.path(), &["vendor/deep/e.md"]).is_empty());
    let (_, _, err) = run(f.path(), &["check", "."]);
    assert_eq!(err, "", "nothing is said on standard error when it is no terminal");
}
