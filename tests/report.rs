//! One catalogue of made-up findings through every reporter.

mod digest;

use recount::check::{Choice, Edit, Fix};
use recount::diagnostic::{Diagnostic, Label, Severity};
use recount::lexicon::Lexicon;
use recount::lint::{Analysis, analyse_all};
use recount::read::Format;
use recount::report::terminal::{Look, render};
use recount::report::{Report, checkstyle, github, gitlab, html, json, junit, rdjson, sarif, short, terminal};
use recount::source::{Origin, SourceFile, Sources};
use recount::span::{FileId, Span};

/// Documents and findings on them, made by hand.
#[derive(Default)]
struct Catalogue {
    sources: Sources,
    files: Vec<(FileId, Format)>,
    findings: Vec<Diagnostic>,
}

impl Catalogue {
    fn file(&mut self, path: &str, text: &str) -> FileId {
        let id = self.sources.add(SourceFile::new(path.into(), text.to_owned(), Origin::Verbatim));
        let format = Format::of(path.as_ref()).expect("a name that ends in .md or .txt");
        self.files.push((id, format));
        id
    }

    /// Adds a finding at the given wordings, each with what is said there.
    fn finding(&mut self, message: &str, places: &[(FileId, &str, &str)]) -> &mut Diagnostic {
        let labels = places
            .iter()
            .map(|(file, wording, said)| {
                let text = &self.sources.get(*file).text;
                let start = text.find(wording).unwrap_or_else(|| panic!("{wording:?} is in the document"));
                let span = Span::new(*file, start as u32, (start + wording.len()) as u32);
                let line = self.sources.get(*file).line_range(self.sources.get(*file).line_of(span.start));
                Label {
                    span,
                    within: Span::new(*file, line.start as u32, line.end as u32),
                    message: (*said).to_owned(),
                }
            })
            .collect();
        self.findings.push(Diagnostic {
            rule: "made-up".to_owned(),
            severity: Severity::Warning,
            message: message.to_owned(),
            labels,
            notes: Vec::new(),
            help: None,
            fingerprint: format!("{:016x}", self.findings.len()),
            fixes: Vec::new(),
        });
        self.findings.last_mut().expect("just pushed")
    }

    fn analyses(&self) -> Vec<Analysis> {
        analyse_all(&self.sources, &self.files, Lexicon::english())
    }

    fn drawn(&self) -> String {
        render(&self.sources, &self.findings, 100)
    }
}

fn catalogue() -> Catalogue {
    let mut c = Catalogue::default();
    let mut report = String::from("# Harbour report\n\n## 2.1 Methods\n\n");
    report.push_str("We asked 43 pilots and 12 masters.\n\n");
    report.push_str("| Group | Asked |\n| --- | ---: |\n| Pilots | 37 |\n| Masters | 12 |\n\n");
    let long = "The tide gauge at the outer mole was read every morning by the watch of the day. ".repeat(8);
    report.push_str(&format!(
        "{long}Of the 51 readings none was lost. {long}In the end 49 readings were used. {long}\n\n"
    ));
    report.push_str("The committee met thirty-\nseven times in the year.[^a]\n\n[^a]: The minutes name 36 meetings.\n");
    let report = c.file("report.md", &report);
    let annex = c.file("annex.txt", "Letters went out in May.\n\nThe pilots, 38 of them, were asked once more.");
    c.finding("pilots asked: 43 here, 37 in the table", &[(report, "43", "43"), (report, "37", "but 37")]);
    c.finding("two in one line", &[(report, "43", "43"), (report, "12", "and 12 masters")]);
    c.finding("pilots asked: 43 here, 38 in the annex", &[(report, "43", "43"), (annex, "38", "but 38")]).notes =
        vec!["both count pilots".to_owned()];
    c.finding("readings: 51 here, 49 there", &[(report, "51", "51"), (report, "49", "but 49")]).help =
        Some("give one value, or say what differs".to_owned());
    c.finding("a long label", &[(report, &long[..400], "all of this")]);
    c.finding("over a line end", &[(report, "thirty-\nseven", "37"), (report, "36", "but 36")]);
    c.finding("at the end of the file", &[(annex, "more.", "here")]);
    let nothing = c.finding("nothing to underline", &[(annex, "", "at the start")]);
    nothing.severity = Severity::Error;
    nothing.labels[0].span = Span::new(annex, 5, 5);
    let end = c.sources.get(annex).text.len() as u32;
    c.finding("nothing at the end", &[(annex, "", "at the end")]).labels[0].span = Span::new(annex, end, end);
    let wide = c.file("wide & far.md", "港務局 asked 43 pilots.\r\n\r\nÄrger: 漢字 44 pilots, \"50 %\" <of all>.\r\n");
    c.finding("wide & \"quoted\" <50 %>", &[(wide, "43", "43"), (wide, "44", "but 44")]);
    c.finding("a note", &[(report, "12", "12")]).severity = Severity::Note;
    let settled = c.finding("asked: 44 here, 43 before", &[(wide, "44", "44"), (wide, "43", "but 43")]);
    let at = settled.labels[0].span;
    let fix = |choice, new: &str| Fix { choice, edits: vec![Edit { at, old: "44".to_owned(), new: new.to_owned() }] };
    settled.fixes = vec![fix(None, "43"), fix(Some(Choice::Date), "四十三")];
    c
}

#[test]
fn draws_the_catalogue() {
    insta::assert_snapshot!(catalogue().drawn());
}

#[test]
fn draws_within_the_width() {
    let c = catalogue();
    for width in [40, 60, 80, 100, 200] {
        for line in render(&c.sources, &c.findings, width).lines().filter(|l| l.contains('…')) {
            assert!(line.chars().count() <= width, "{} columns at width {width}: {line}", line.chars().count());
        }
    }
}

#[test]
fn draws_strange_characters_without_harm() {
    let mut c = Catalogue::default();
    let file = c.file(
        "strange.md",
        "\u{feff}東京では 43 人、大阪では 37 人。\r\nA\ttab\tbefore 12 boats.\r\ncafe\u{301} au lait: 7 cups, \u{1b}[31m8 cups\u{1b}[0m\r\n\u{c}\
         \u{202e}right to left\u{202c} 9 boats\r\n",
    );
    c.finding("wide", &[(file, "43", "43"), (file, "37", "but 37")]);
    c.finding("tabs and line ends", &[(file, "12 boats.", "12")]);
    c.finding("combining and escapes", &[(file, "7 cups", "7"), (file, "8 cups", "but 8")]);
    c.finding("form feed and \u{1b}[2J direction", &[(file, "9 boats", "said \u{7} loud")]);
    let drawn = c.drawn();
    assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
    insta::assert_snapshot!(drawn);
}

#[test]
fn draws_six_of_many_places_and_names_the_others() {
    let mut c = Catalogue::default();
    let lines: Vec<String> = (1..=9).map(|n| format!("Line {n} says 1{n} men.")).collect();
    let file = c.file("many.txt", &lines.join("\n\n"));
    let wordings: Vec<String> = (1..=9).map(|n| format!("1{n}")).collect();
    let places: Vec<(FileId, &str, &str)> =
        wordings.iter().map(|w| (file, w.as_str(), if w == "19" { "but 19" } else { "some" })).collect();
    c.finding("many places", &places);
    insta::assert_snapshot!(c.drawn());
}

#[test]
fn draws_a_line_of_a_megabyte_quickly() {
    let mut c = Catalogue::default();
    let text = format!("{}43 men {} 37 men {}", "word ".repeat(100_000), "word ".repeat(100_000), "word ".repeat(9));
    let file = c.file("long.txt", &text);
    c.finding("far apart", &[(file, "43", "43"), (file, "37", "but 37")]);
    insta::assert_snapshot!(c.drawn());
}

/// Runs a reporter over the catalogue.
fn reported(lowest: Severity, write: impl Fn(&Report<'_>, &mut Vec<u8>)) -> String {
    let c = catalogue();
    let analyses: Vec<Analysis> =
        c.analyses().into_iter().map(|a| Analysis { claims: Vec::new(), noted: 0, ..a }).collect();
    let report = Report {
        sources: &c.sources,
        analyses: &analyses,
        diagnostics: &c.findings,
        unreadable: 1,
        skipped: &[("csv".to_owned(), 1), ("docx".to_owned(), 2)],
        lowest,
        rules: &[],
        limit: usize::MAX,
    };
    let mut out = Vec::new();
    write(&report, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

/// A format without a snapshot over the catalogue is one whose output nobody has looked at.
#[test]
fn writes_the_catalogue_in_every_format() {
    let command = recount::cli::command();
    let check = command.find_subcommand("check").expect("there is such a command");
    let format = check.get_arguments().find(|a| a.get_id() == "format").expect("there is such a flag");
    for value in format.get_possible_values() {
        let name = match value.get_name() {
            "terminal" => "draws_the_catalogue",
            "json" => "writes_the_catalogue_as_json",
            "short" => "writes_the_catalogue_as_lines",
            "html" => "page",
            other => other,
        };
        let path = format!("{}/tests/snapshots/report__{name}.snap", env!("CARGO_MANIFEST_DIR"));
        let snapshot = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        // The finding over two files, and the one in a file with wide characters and Windows line ends.
        let wide = ["wide & far.md", "wide%20%26%20far.md", "wide &amp; far.md"];
        assert!(snapshot.contains("annex.txt") && wide.iter().any(|w| snapshot.contains(w)), "{path}");
    }
}

#[test]
fn writes_the_catalogue_as_json() {
    let json = reported(Severity::Note, |report, out| json::write(report, out).expect("memory"));
    let object: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let summary = &object["summary"];
    assert_eq!((&summary["errors"], &summary["warnings"], &summary["notes"]), (&1.into(), &10.into(), &1.into()));
    let json = json.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(json);
}

#[test]
fn writes_the_catalogue_as_lines() {
    insta::assert_snapshot!(reported(Severity::Warning, |report, out| short::write(report, out).expect("memory")));
}

#[test]
fn writes_the_catalogue_for_other_programs() {
    type Write = fn(&Report<'_>, &mut dyn std::io::Write) -> std::io::Result<()>;
    let formats: [(&str, Write); 7] = [
        ("jsonl", json::write_lines),
        ("sarif", sarif::write),
        ("github", github::write),
        ("gitlab", gitlab::write),
        ("junit", junit::write),
        ("checkstyle", checkstyle::write),
        ("rdjson", rdjson::write),
    ];
    for (name, write) in formats {
        let text = reported(Severity::Note, |report, out| write(report, out).expect("memory"));
        insta::assert_snapshot!(name, text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

#[test]
fn writes_the_catalogue_as_a_page() {
    let page = reported(Severity::Note, |report, out| html::write(report, out).expect("memory"));
    assert!(
        !page.contains("http:") && !page.contains("https:") && !page.contains("<link") && !page.contains("@import")
    );
    assert_eq!((page.matches("<script>").count(), page.matches("</script>").count()), (1, 1));
    assert!(page.contains("&lt;50 %&gt;") && !page.contains("<50 %>"));
    let main = page.find("<header>").expect("a head")..page.find("<footer>").expect("a foot");
    insta::assert_snapshot!("page", page[main].replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn lets_the_script_of_the_page_run() {
    assert_eq!(digest::base64(&digest::sha256(html::SCRIPT.as_bytes())), html::SCRIPT_DIGEST);
}

#[test]
fn writes_no_more_findings_than_asked_for() {
    let c = catalogue();
    let report = Report {
        sources: &c.sources,
        analyses: &[],
        rules: &[],
        diagnostics: &c.findings,
        unreadable: 0,
        skipped: &[],
        lowest: Severity::Note,
        limit: 3,
    };
    assert_eq!((report.shown().count(), report.summary().warnings), (3, 10));
}

#[test]
fn sums_up_what_was_read() {
    let text = reported(Severity::Error, |report, out| {
        terminal::write(report, Look::default(), out).expect("memory");
    });
    insta::assert_snapshot!(text);
}

#[test]
fn colours_only_when_asked() {
    let with = |color| {
        reported(Severity::Error, move |report, out| {
            terminal::write(report, Look { width: 100, color }, out).expect("memory");
        })
    };
    assert!(with(true).contains("\u{1b}["));
    assert!(!with(false).contains('\u{1b}'));
}
