//! Keeps the house in order: layers, heads of files, lexicons, documentation.

#[path = "tidy/schema.rs"]
mod schema;

use recount::claim::ClaimKind;
use recount::lexicon::BUILTIN as LEXICONS;
use recount::rule::{BUILTIN as RULES, builtin};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate, lowest first: each imports only those before it. `docs/architecture.md` says why.
const LAYERS: [&str; 17] = [
    "span",
    "source",
    "value",
    "document",
    "lexicon",
    "read",
    "annotate",
    "claim",
    "check",
    "diagnostic",
    "rule",
    "config",
    "lint",
    "drafts",
    "suppress",
    "report",
    "cli",
];

/// Files or folders of a module that never import each other: readers, extractors, relations, reporters.
const SIBLINGS: [(&str, &[&str]); 5] = [
    ("read", &["markdown", "plain"]),
    ("read", &["html", "plain", "docx", "sheet", "odf", "pdf", "epub"]),
    (
        "claim",
        &["acronym", "list", "name", "order", "ordinal", "quantity", "range", "reference", "table", "total", "weekday"],
    ),
    ("check", &["count", "equal", "expansion", "identity", "order", "ordinal", "range", "sum", "variant", "weekday"]),
    (
        "report",
        &[
            "checkstyle",
            "github",
            "gitlab",
            "html",
            "json",
            "junit",
            "pdf",
            "rdjson",
            "sarif",
            "short",
            "terminal",
            "word",
            "worklist",
        ],
    ),
];

const MAX_LINES: usize = 800;

#[test]
fn modules_import_lower_layers_only() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let Some(own) = layer(&path) else { continue };
        for used in crate_uses(&text) {
            match LAYERS.iter().position(|l| *l == used) {
                Some(other) if other > own => wrong.push(format!("{path}: {} uses {used}", LAYERS[own])),
                Some(_) => {}
                None => wrong.push(format!("{path}: `{used}` has no layer")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn siblings_do_not_import_each_other() {
    let mut wrong = Vec::new();
    for (module, siblings) in SIBLINGS {
        for name in siblings {
            let files = rust_files(&format!("src/{module}"));
            assert!(files.iter().any(|(path, _)| sibling(path, module) == *name), "src/{module}: no {name}");
            for (path, text) in files.iter().filter(|(path, _)| sibling(path, module) == *name) {
                for other in siblings.iter().filter(|other| *other != name) {
                    let used = [format!("super::{other}::"), format!("{module}::{other}::")];
                    if used.iter().any(|u| code(text).contains(u.as_str())) {
                        wrong.push(format!("{path}: uses its sibling {other}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sources_know_no_rule() {
    let ids: BTreeSet<&str> = RULES.iter().map(|(_, id, _)| *id).collect();
    let mut wrong = Vec::new();
    // The help of the command line names some as examples.
    for (path, text) in rust_files("src").into_iter().filter(|(path, _)| !path.starts_with("src/cli/")) {
        for id in ids.iter().filter(|id| id.contains('-') && code(&text).contains(**id)) {
            wrong.push(format!("{path}: names the rule {id}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_have_a_head_and_a_readable_length() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src").into_iter().chain(rust_files("tests")).chain(rust_files("benches")) {
        if !text.starts_with("//!") {
            wrong.push(format!("{path}: no `//!` head"));
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!("{path}: {lines} lines, at most {MAX_LINES}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sources_do_not_unwrap() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        for call in [".unwrap()", "dbg!(", "todo!(", "unimplemented!("] {
            if code(&text).contains(call) {
                wrong.push(format!("{path}: {call}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lexicon_lists_are_sorted_and_name_nothing_twice() {
    let mut wrong = Vec::new();
    for (_, stem, toml) in LEXICONS {
        let file: toml::Table = toml.parse().expect("lexicons are TOML");
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (section, value) in &file {
            let lists: Vec<&toml::Table> = match value {
                toml::Value::Array(tables) => tables.iter().filter_map(toml::Value::as_table).collect(),
                _ => Vec::new(),
            };
            if lists.is_empty()
                && let Some(items) = strings(value)
            {
                sorted(stem, section, &items, &mut wrong);
            }
            for list in lists {
                for key in ["forms", "list"] {
                    let Some(items) = list.get(key).and_then(strings) else { continue };
                    // Number words are in order of value, unit forms in order of use.
                    if matches!(
                        section.as_str(),
                        "words" | "verbs" | "phrases" | "families" | "contrasts" | "attributes" | "spellings"
                    ) {
                        sorted(stem, section, &items, &mut wrong);
                    }
                    let purpose =
                        format!("{section} {:?} {:?} {:?}", list.get("pos"), list.get("set"), list.get("name"));
                    for item in items {
                        if !seen.entry(purpose.clone()).or_default().insert(item.clone()) {
                            wrong.push(format!("{stem}.toml: `{item}` twice under {purpose}"));
                        }
                    }
                }
            }
        }
        let places: Vec<String> = file
            .get("demonyms")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|d| Some(d.get("place")?.as_str()?.to_owned()))
            .collect();
        sorted(stem, "demonyms", &places, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_name_paths_that_exist() {
    let root = root();
    let mut wrong = Vec::new();
    for (path, text) in documents() {
        for piece in text.split('`').skip(1).step_by(2) {
            let name = piece.trim_end_matches('/');
            let ours = ["src/", "docs/", "rules/", "fixtures/", "tests/", "benches/", ".ci/"];
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c));
            if plain && ours.iter().any(|o| name.starts_with(o)) && !root.join(name).exists() {
                wrong.push(format!("{path}: `{piece}` does not exist"));
            }
        }
        for target in text.split("](").skip(1).filter_map(|t| t.split(')').next()) {
            let target = target.split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let from = root.join(&path).parent().map(Path::to_path_buf).unwrap_or_default();
            if !from.join(target).exists() {
                wrong.push(format!("{path}: the link to {target} leads nowhere"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn claims_page_describes_every_kind() {
    let page = read("docs/claims.md");
    let kinds = page.split("## Kinds").nth(1).expect("the page has its kinds");
    let described: Vec<&str> = kinds.lines().filter_map(|l| l.strip_prefix("### ")).collect();
    let known: Vec<&str> = ClaimKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(described, known);
}

#[test]
fn changelog_names_every_rule() {
    let changelog = read("CHANGELOG.md");
    let missing: Vec<&str> =
        RULES.iter().map(|(_, id, _)| *id).filter(|id| !changelog.contains(&format!("`{id}`"))).collect();
    assert!(missing.is_empty(), "CHANGELOG.md does not name {}", missing.join(", "));
}

/// The parts of the README between `<!-- … -->` and `<!-- end -->` are written by `RECOUNT_BLESS=1 cargo test
/// --test tidy`: a file, the output of a command, the table of rules.
#[test]
fn readme_is_current() {
    let text = read("README.md");
    let mut written = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("<!-- ") {
        let (head, body) = after.split_once(" -->\n").expect("a mark ends its line");
        let (own, after) = body.split_once("<!-- end -->").expect("every part has its end");
        // tests/formats.rs writes the table of formats.
        let part = if head == "formats" { own.to_owned() } else { readme_part(head) };
        written.push_str(&format!("{before}<!-- {head} -->\n{part}<!-- end -->"));
        rest = after;
    }
    written.push_str(rest);
    is_current("README.md", &written);
}

fn readme_part(head: &str) -> String {
    match head.split_once(' ') {
        Some(("file", path)) => format!("````markdown\n{}````\n", read(path)),
        Some(("output", arguments)) => {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_recount"))
                .args(arguments.split(' '))
                .args(["--width", "100", "--color", "never"])
                .current_dir(root())
                .output()
                .expect("recount runs");
            assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
            let findings = String::from_utf8_lossy(&output.stdout).into_owned();
            // The summary counts claims, which any new word may change.
            let (findings, _) = findings.rsplit_once("\n\n").expect("a summary ends the output");
            format!("```text\n$ recount {arguments}\n{findings}\n```\n")
        }
        _ if head == "rules" => {
            let rules = builtin().expect("built-in rules load");
            let rows = rules.iter().map(|r| format!("| `{}` | {} |\n", r.id, r.manifest.summary));
            format!("| Rule | Finds |\n| --- | --- |\n{}", rows.collect::<String>())
        }
        _ => panic!("README.md: no part is called {head}"),
    }
}

/// Compares a file that is written by a test with what it should be, or writes it when asked to.
fn is_current(path: &str, expected: &str) {
    let place = root().join(path);
    if std::env::var_os("RECOUNT_BLESS").is_some() {
        fs::write(&place, expected).expect("the file can be written");
    }
    let current = fs::read_to_string(&place).unwrap_or_default();
    assert!(current == expected, "{path} is not current; `RECOUNT_BLESS=1 cargo test --test tidy` writes it anew");
}

/// `docs/rules.md` is written from the manifests: `RECOUNT_BLESS=1 cargo test --test tidy` writes it anew.
#[test]
fn rules_page_is_current() {
    is_current("docs/rules.md", &rules_page());
}

/// The part of `docs/cli.md` below its mark is written from the command line's own definition by `RECOUNT_BLESS=1
/// cargo test --test tidy`: every flag has its row, and no row is left over.
#[test]
fn cli_page_is_current() {
    let page = read("docs/cli.md");
    let mark = "<!-- written by tests/tidy.rs -->\n";
    let (head, _) = page.split_once(mark).expect("the page has its mark");
    is_current("docs/cli.md", &format!("{head}{mark}{}", flag_tables()));
}

/// One table of arguments and flags for every command.
fn flag_tables() -> String {
    let root = recount::cli::command();
    let mut out = String::new();
    let mut table = |title: String, command: &clap::Command, global: bool| {
        let rows: String = command
            .get_arguments()
            .filter(|a| a.is_global_set() == global && !a.is_hide_set())
            .filter(|a| !matches!(a.get_id().as_str(), "help" | "version") || global)
            .map(flag_row)
            .collect();
        if !rows.is_empty() {
            out.push_str(&format!("\n## {title}\n\n| Flag | Default | |\n| --- | --- | --- |\n{rows}"));
        }
    };
    table("Every command".to_owned(), &root, true);
    for command in root.get_subcommands() {
        table(format!("recount {}", command.get_name()), command, false);
    }
    out
}

fn flag_row(arg: &clap::Arg) -> String {
    let values: Vec<&str> = arg.get_value_names().unwrap_or_default().iter().map(|v| v.as_str()).collect();
    let mut name = match (arg.get_long(), arg.get_short()) {
        (Some(long), Some(short)) => format!("-{short}, --{long}"),
        (Some(long), None) => format!("--{long}"),
        (None, Some(short)) => format!("-{short}"),
        (None, None) => String::new(),
    };
    if arg.get_action().takes_values() {
        name = format!("{name} {}", values.join(" ")).trim().to_owned();
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|v| format!("`{}`", v.to_string_lossy())).collect();
    let default = if arg.get_action().takes_values() { default.join(", ") } else { String::new() };
    let mut help = fold(&arg.get_help().map(ToString::to_string).unwrap_or_default());
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|_| arg.get_action().takes_values() && !arg.is_hide_possible_values_set())
        .map(|v| format!("`{}`", v.get_name()))
        .collect();
    if !possible.is_empty() {
        help.push_str(&format!(": {}", possible.join(", ")));
    }
    format!("| `{name}` | {default} | {} |\n", help.replace('|', "\\|"))
}

#[test]
fn texts_name_no_machine() {
    let mut wrong = Vec::new();
    let files = rust_files("src")
        .into_iter()
        .chain(rust_files("tests"))
        .chain(rust_files("benches"))
        .chain(documents())
        .chain(tree("rules"))
        .chain(tree("fixtures"));
    for (path, text) in files {
        for word in [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/tm", "p/")] {
            if text.contains(word) {
                wrong.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reference of all rules, in order of family and id.
fn rules_page() -> String {
    let mut rules = builtin().expect("built-in rules load");
    rules.sort_by(|a, b| (&a.family, &a.id).cmp(&(&b.family, &b.id)));
    let mut page = String::from(
        "# Rules\n\nWritten from the manifests under `rules/` by `tests/tidy.rs`; change those. `«…»` marks the places that a finding labels.\n",
    );
    let mut family = "";
    for rule in &rules {
        if rule.family != family {
            family = &rule.family;
            page.push_str(&format!("\n## Family {family}\n"));
        }
        let manifest = &rule.manifest;
        let stage = format!("{:?}", manifest.stage).to_lowercase();
        page.push_str(&format!("\n### {}\n\n{}.\n\n", rule.id, capital(&manifest.summary)));
        page.push_str(&format!("Severity {}, stage {stage}.", manifest.severity.name()));
        if manifest.check.across {
            page.push_str(" Compares documents with each other too.");
        }
        page.push_str(&format!(
            "\n\n**Why.** {}\n\n**Leaves alone.** {}\n",
            fold(&manifest.doc.why),
            fold(&manifest.doc.not)
        ));
        for (title, flagged) in [("Flagged", true), ("Not flagged", false)] {
            page.push_str(&format!("\n{title}:\n"));
            for example in &manifest.examples {
                let text = if flagged { &example.flag } else { &example.pass };
                if let Some(text) = text {
                    let shown = text.trim().replace("<<", "«").replace(">>", "»");
                    page.push_str(&format!("\n~~~text\n{shown}\n~~~\n"));
                }
            }
        }
    }
    page
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All files under a folder as (path from the root, text), sorted.
fn tree(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let relative = path.strip_prefix(root()).expect("the file is under the root");
                found.push((relative.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    tree(folder).into_iter().filter(|(path, _)| path.ends_with(".rs")).collect()
}

/// The pages of documentation.
fn documents() -> Vec<(String, String)> {
    let mut pages = tree("docs");
    for page in ["README.md", "CHANGELOG.md"] {
        pages.push((page.to_owned(), read(page)));
    }
    pages
}

/// The text before the unit tests, which end a file, without comments.
fn code(text: &str) -> String {
    let before = text.split("#[cfg(test)]").next().unwrap_or("");
    before.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn layer(path: &str) -> Option<usize> {
    let name = path.strip_prefix("src/")?.split('/').next()?.trim_end_matches(".rs");
    LAYERS.iter().position(|l| *l == name)
}

/// The name of a file below a module: the first part of its path there.
fn sibling(path: &str, module: &str) -> String {
    let inside = path.strip_prefix(&format!("src/{module}/")).unwrap_or(path);
    inside.split('/').next().unwrap_or("").trim_end_matches(".rs").to_owned()
}

/// The crate's modules that a file names, in its tests too.
fn crate_uses(text: &str) -> BTreeSet<String> {
    let name = |t: &str| t.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let text: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => {
                let group = group.split(';').next().unwrap_or("");
                // `use crate::{a::B, c};`: the names at the first level of the braces.
                let mut depth = 0i32;
                let mut at_start = true;
                for (i, c) in group.char_indices() {
                    if depth == 0 && at_start && c.is_alphabetic() {
                        found.insert(name(&group[i..]));
                    }
                    at_start = if c.is_whitespace() { at_start } else { c == ',' };
                    depth += i32::from(c == '{') - i32::from(c == '}');
                }
            }
            None => {
                found.insert(name(rest));
            }
        }
    }
    found.remove("");
    found
}

fn strings(value: &toml::Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
}

fn sorted(stem: &str, section: &str, items: &[String], wrong: &mut Vec<String>) {
    if let Some(pair) = items.windows(2).find(|pair| pair[0] > pair[1]) {
        wrong.push(format!("{stem}.toml, {section}: `{}` after `{}`", pair[1], pair[0]));
    }
}
