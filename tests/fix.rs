//! `--fix` and `--diff`: what is corrected, what is left alone, and how files are written.

mod helper;

use helper::files::folder;
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn recount(folder: &Path, args: &[&str]) -> Output {
    Command::new(insta_cmd::get_cargo_bin("recount")).current_dir(folder).args(args).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file")
}

/// The text of a page after `--fix` with the arguments.
fn fixed(page: &str, args: &[&str]) -> String {
    let f = folder(&[("page.md", page)]);
    recount(f.path(), &[&["check", "page.md", "--fix"], args].concat());
    read(f.path(), "page.md")
}

/// A table in which a cell is wrong: its row and its column both say so.
const TABLE: &str = "\
| Patients | Aune | Brekke | Total |
| --- | ---: | ---: | ---: |
| Men | 37 | 12 | 49 |
| Women | 188 | 141 | 329 |
| Children | 497 | 334 | 831 |
| Total | 722 | 487 | 1,209 |
";

#[test]
fn corrects_the_cell_that_several_sums_agree_on() {
    for (right, wrong) in [("| 487 |", "| 478 |"), ("| 141 |", "| 114 |"), ("| 831 |", "| 813 |")] {
        assert_eq!(fixed(&TABLE.replace(right, wrong), &[]), TABLE, "{right}");
    }
}

#[test]
fn ignores_sums_of_which_any_number_may_be_wrong() {
    let page = "The boat treated 165 patients in spring, namely 106 children and 48 women.\n";
    assert_eq!(fixed(page, &[]), page);
    let column = "| Town | Beds |\n| --- | ---: |\n| Aune | 31 |\n| Brekke | 12 |\n| Dale | 9 |\n| Total | 53 |\n";
    assert_eq!(fixed(column, &[]), column);
}

#[test]
fn corrects_a_total_whose_parts_are_added_up_elsewhere() {
    let page = "The boat treated 165 patients in spring, namely 106 children and 48 women.\n\nIn short: the boat treated 154 patients in spring, namely 106 children and 48 women.\n";
    assert_eq!(fixed(page, &[]), page.replace("165", "154"));
}

const FACTS: &str = "[[fact]]\nname = \"tools\"\nvalue = 178\nphrase = \"{number} tools\"\n\n[[fact]]\nname = \"budget\"\nvalue = 2500000\nphrase = \"a budget of {number}\"\n\n[[fact]]\nname = \"boats\"\nvalue = 12\nphrase = \"{number} boats\"\n\n[[fact]]\nname = \"oldest Rust\"\nvalue = \"1.88\"\nregex = 'Rust (?P<value>\\d+\\.\\d+)'\n";

#[test]
fn writes_declared_facts_in_the_style_of_the_text() {
    let page = "The box holds 187 tools.\n\nIt has a budget of 2.3 million. Eleven boats came. Built with Rust 1.74 and later.\n";
    let f = folder(&[("page.md", page), ("recount.toml", FACTS)]);
    let output = recount(f.path(), &["check", "page.md", "--fix"]);
    let expected = "The box holds 178 tools.\n\nIt has a budget of 2.5 million. Twelve boats came. Built with Rust 1.88 and later.\n";
    assert_eq!(read(f.path(), "page.md"), expected);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_eq!(text(&output.stderr), "note: 4 findings corrected in 1 file\n");
    // A rounded form is no slip, and a hedge says so.
    let hedged = "The box holds almost 200 tools.\n";
    fs::write(f.path().join("page.md"), hedged).expect("a file");
    recount(f.path(), &["check", "page.md", "--fix"]);
    assert_eq!(read(f.path(), "page.md"), hedged);
}

#[test]
fn shows_a_patch_and_writes_nothing() {
    let lines: String = (1..=30).map(|n| format!("Line number {n} says nothing.\n\n")).collect();
    let page = format!("The box holds 187 tools.\n\n{lines}There are 190 tools\nand 191 tools");
    let f = folder(&[("docs/page.md", page.as_str()), ("recount.toml", FACTS)]);
    let output = recount(f.path(), &["check", ".", "--diff"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(f.path(), "docs/page.md"), page);
    let patch = text(&output.stdout);
    insta::assert_snapshot!(patch);
    fs::write(f.path().join("a.patch"), &patch).expect("a file");
    let applied = Command::new("git").current_dir(f.path()).args(["apply", "a.patch"]).output().expect("git starts");
    assert!(applied.status.success(), "{}", text(&applied.stderr));
    let by_git = read(f.path(), "docs/page.md");
    fs::write(f.path().join("docs/page.md"), &page).expect("a file");
    recount(f.path(), &["check", ".", "--fix"]);
    assert_eq!(read(f.path(), "docs/page.md"), by_git);
    assert!(!by_git.contains("187") && !by_git.ends_with('\n'));
}

#[test]
fn corrects_weekdays_and_dates_on_request_only() {
    let page = "The board met on Tuesday, 14 March 2024, and on FRI 15 March 2024.\n";
    assert_eq!(fixed(page, &[]), page);
    assert_eq!(fixed(page, &["--fix-also", "weekday"]), page.replace("Tuesday", "Thursday"));
    assert_eq!(fixed(page, &["--fix-also", "date"]), page, "no other day is named");
    let both = format!("{page}\nThe minutes say: Tuesday, 12 March 2024.\n");
    assert_eq!(fixed(&both, &["--fix-also", "date"]), both.replace("14 March", "12 March"));
    let f = folder(&[("page.md", page)]);
    let output = recount(f.path(), &["check", "page.md", "--fix", "--fix-also", "date", "--fix-also", "weekday"]);
    assert_eq!(output.status.code(), Some(2), "never both");
}

#[test]
fn keeps_line_ends_marks_and_permissions() {
    let page = "\u{feff}Ärger:\r\n\r\nThe box holds 187 tools.\r\nNo end";
    let f = folder(&[("page.md", page), ("recount.toml", FACTS)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(f.path().join("page.md"), fs::Permissions::from_mode(0o640)).expect("permissions");
        symlink("page.md", f.path().join("link.md")).expect("a link");
        recount(f.path(), &["check", "link.md", "--fix"]);
        let mode = fs::metadata(f.path().join("page.md")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(fs::symlink_metadata(f.path().join("link.md")).expect("the link").is_symlink());
    }
    #[cfg(not(unix))]
    recount(f.path(), &["check", "page.md", "--fix"]);
    assert_eq!(read(f.path(), "page.md"), page.replace("187", "178"));
    let names: Vec<_> = fs::read_dir(f.path()).expect("the folder").flatten().map(|e| e.file_name()).collect();
    assert!(names.iter().all(|n| !n.to_string_lossy().contains("recount-")), "{names:?}");
}

#[test]
fn ignores_files_that_are_not_the_text_they_hold() {
    let page: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("The box holds 187 tools.\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let f = folder(&[("recount.toml", FACTS)]);
    fs::write(f.path().join("wide.md"), &page).expect("a file");
    let output = recount(f.path(), &["check", "wide.md", "--fix"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read(f.path().join("wide.md")).expect("the file"), page);
}

#[test]
fn tells_programs_what_to_change() {
    let f = folder(&[("page.md", "The box holds 187 tools.\n"), ("recount.toml", FACTS)]);
    let report: Value =
        serde_json::from_slice(&recount(f.path(), &["check", "page.md", "--format", "json"]).stdout).expect("JSON");
    let fix = &report["diagnostics"][0]["fixes"][0];
    assert_eq!((&fix["description"], &fix["choice"]), (&"write 178 for 187".into(), &Value::Null));
    let edit = &fix["edits"][0];
    assert_eq!((&edit["path"], &edit["text"]), (&"page.md".into(), &"178".into()));
    assert_eq!((&edit["span"]["start"]["offset"], &edit["span"]["end"]["offset"]), (&14.into(), &17.into()));
    let sarif: Value =
        serde_json::from_slice(&recount(f.path(), &["check", "page.md", "--format", "sarif"]).stdout).expect("JSON");
    let change = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "page.md");
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "178");
    assert_eq!(change["replacements"][0]["deletedRegion"]["startColumn"], 15);
}

#[test]
fn writes_the_forms_of_the_style_sheet() {
    let page = "We use Github, Git Hub and GitHub. Website or web-site? A website it is.\n\nTHE WEBSITE\n";
    let sheet = "[[spelling]]\nwrite = \"GitHub\"\nnot = [\"Git Hub\"]\n\n[[spelling]]\nwrite = \"web site\"\nnot = [\"website\"]\n";
    let f = folder(&[("page.md", page), ("recount.toml", sheet)]);
    recount(f.path(), &["check", "page.md", "--fix"]);
    let expected = "We use GitHub, GitHub and GitHub. Web site or web site? A web site it is.\n\nTHE WEBSITE\n";
    assert_eq!(read(f.path(), "page.md"), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever numbers stand in the text: corrected and checked again, nothing that could be corrected is left, and
    /// nothing else in the text has changed.
    #[test]
    fn leaves_nothing_that_it_could_correct(
        tools in 1_u32..3_000_000,
        boats in 1_u32..40,
        cells in prop::collection::vec(10_u32..2_000, 9),
        slip in (0_usize..12, 1_u32..400),
    ) {
        let mut table = String::from("| Town | North | South | East | Total |\n| --- | ---: | ---: | ---: | ---: |\n");
        let mut rows: Vec<Vec<u32>> = cells.chunks(3).map(<[u32]>::to_vec).collect();
        rows.push((0..3).map(|c| rows.iter().map(|r| r[c]).sum()).collect());
        for row in &mut rows {
            row.push(row.iter().sum());
        }
        rows[slip.0 / 4][slip.0 % 4] += slip.1;
        for (name, row) in ["Aune", "Brekke", "Dale", "Total"].iter().zip(&rows) {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            table.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
        }
        let page = format!("The box holds {tools} tools, and {boats} boats came.\n\n{table}");
        let f = folder(&[("page.md", page.as_str()), ("recount.toml", FACTS)]);
        recount(f.path(), &["check", "page.md", "--fix"]);
        let left = read(f.path(), "page.md");
        let report: Value = serde_json::from_slice(&recount(f.path(), &["check", "page.md", "--format", "json"]).stdout)
            .expect("JSON");
        let diagnostics = report["diagnostics"].as_array().expect("a list");
        prop_assert!(diagnostics.iter().all(|d| d.get("fixes").is_none()), "{page}\n{left}\n{report}");
        let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit() && *c != ',').collect::<String>();
        prop_assert_eq!(letters(&page), letters(&left));
        prop_assert!(left.contains(" 178 tools") && left.contains(" 12 boats"), "{}", left);
    }
}
