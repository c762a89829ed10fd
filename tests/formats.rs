//! One document in many formats: the same findings at corresponding places.
//!
//! `fixtures/formats/make.sh` makes the files from `ferries.md` with pandoc, LibreOffice and Chromium.

use recount::diagnostic::Diagnostic;
use recount::document::{BlockId, BlockKind, Document};
use recount::lexicon::Lexicon;
use recount::lint::{Plan, analyse_and_own, try_check};
use recount::read::{Format, Revisions, open, read};
use recount::report::place::Places;
use recount::rule::{Stage, builtin};
use recount::source::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// What is found in a file, in words that are the same in all formats.
struct Seen {
    findings: Vec<String>,
    /// The same without what stands around the places.
    brief: Vec<String>,
    document: Document,
    /// The place of the first label of every finding.
    places: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats")
}

fn see(name: &str) -> Seen {
    let path = folder().join(name);
    let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    let format = Format::of(&path).unwrap_or_else(|| panic!("{name} is of no format that is read"));
    let mut opened = open(&path, bytes, format, Revisions::Accepted).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut sources = Sources::default();
    let file = sources.add(opened.source);
    let document = match opened.document.take() {
        Some(mut document) => {
            document.set_file(file);
            document
        }
        None => read(sources.get(file), file, opened.format),
    };
    let rules = builtin().expect("the rules are well formed");
    let stable: Vec<_> = rules.iter().filter(|r| r.manifest.stage == Stage::Stable).collect();
    let analyses = vec![analyse_and_own(&sources, document, Lexicon::english(), &[])];
    let plan = Plan::one_group(&stable, 1);
    let (found, failures) = try_check(&sources, &analyses, &plan);
    assert!(failures.is_empty(), "{name}: {failures:?}");
    let document = analyses.into_iter().next().expect("one document").document;
    let places = Places::new(&document);
    let findings = found.iter().map(|d| describe(d, &document, &places)).collect();
    let said = found.iter().map(|d| places.of(d.labels[0].span)).collect();
    let brief = |d: &Diagnostic| {
        let words = |l: &recount::diagnostic::Label| {
            let text = &document.block(places.holder(l.span).expect("a block holds it")).text;
            text.string[text.range(l.span)].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        format!("{}: {} {:?}", d.rule, d.message, d.labels.iter().map(words).collect::<Vec<_>>())
    };
    let brief = found.iter().map(brief).collect();
    Seen { findings, brief, places: said, document }
}

/// Rule and message, and for every place the words that are marked, the sentence or cell, and the heading above.
fn describe(found: &Diagnostic, document: &Document, places: &Places<'_>) -> String {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = format!("{}: {}", found.rule, found.message);
    for label in &found.labels {
        let id: BlockId = places.holder(label.span).unwrap_or_else(|| panic!("{}: a place in no block", found.message));
        let block = document.block(id);
        let marked = &block.text.string[block.text.range(label.span)];
        let heading = document.headings(id).next().map_or(String::new(), |(_, h)| fold(&h.text.string));
        out.push_str(&format!("\n  [{}] in {:?} under {heading:?}", fold(marked), fold(&block.text.string)));
    }
    out
}

/// The files that are to give what the Markdown file gives.
const SAME: [&str; 7] = [
    "ferries.html",
    "ferries.docx",
    "ferries-writer.docx",
    "ferries.odt",
    "ferries-writer.odt",
    "ferries.epub",
    // Read only with the feature `pdf`.
    "ferries-writer.pdf",
];

fn is_read(name: &str) -> bool {
    cfg!(feature = "pdf") || !name.ends_with(".pdf")
}

#[test]
fn flags_the_same_at_corresponding_places() {
    let original = see("ferries.md").findings;
    assert!(original.len() >= 9, "{original:#?}");
    for name in SAME.iter().copied().chain(["ferries-browser.pdf"]).filter(|name| is_read(name)) {
        let seen = see(name).findings;
        for (n, (expected, found)) in original.iter().zip(&seen).enumerate() {
            assert_eq!(found, expected, "{name}, finding {n}");
        }
        assert_eq!(seen.len(), original.len(), "{name}: {seen:#?}");
    }
}

#[test]
fn flags_the_same_in_light_markup() {
    let original = see("ferries.md").brief;
    for ending in ["rtf", "tex", "adoc", "rst", "typ", "org", "ipynb", "txt"] {
        assert_eq!(see(&format!("ferries.{ending}")).brief, original, "{ending}");
    }
}

#[test]
fn reads_the_same_tables_lists_and_notes() {
    let shape = |name: &str| {
        let document = see(name).document;
        let tables: Vec<(u32, Vec<usize>)> =
            document.tables.iter().map(|t| (t.head_rows, t.rows.iter().map(Vec::len).collect())).collect();
        let lists: Vec<usize> = document.lists.iter().map(|l| l.items.len()).filter(|n| *n == 3).collect();
        (tables, lists, document.notes.len(), document.marks.len())
    };
    let original = shape("ferries.md");
    assert_eq!(original, (vec![(1, vec![5; 5])], vec![3], 2, 2));
    for name in SAME.into_iter().filter(|name| is_read(name)) {
        assert_eq!(shape(name), original, "{name}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn names_page_and_line_of_a_pdf() {
    let seen = see("ferries-writer.pdf");
    assert_eq!(seen.places[0], "page 1, line 3");
    assert!(seen.places.iter().any(|p| p == "page 1, line 18, table 1, row 5, column 4"), "{:?}", seen.places);
    assert!(seen.places.iter().any(|p| p.starts_with("page 2, line ")), "{:?}", seen.places);
    let kinds: Vec<BlockKind> = seen.document.blocks.iter().map(|b| b.kind).collect();
    assert!(kinds.contains(&BlockKind::Heading(3)) && kinds.contains(&BlockKind::Caption));
}

/// A row of the table of formats in the README.
struct Row {
    name: &'static str,
    endings: &'static [&'static str],
    /// The document of this folder in the format; none for formats of tables.
    fixture: Option<&'static str>,
    read: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        name: "Markdown",
        endings: &["md", "markdown", "mdown", "mkd"],
        fixture: Some("ferries.md"),
        read: "CommonMark with GitHub tables, footnotes, task lists and front matter; admonitions and directives of common dialects are looked through",
    },
    Row {
        name: "Plain text",
        endings: &["txt", "text"],
        fixture: Some("ferries.txt"),
        read: "hard-wrapped or extracted from a PDF: note marks glued to words, notes at the foot of the page, tables with tabs and captions, tables of contents, bibliographies",
    },
    Row {
        name: "HTML",
        endings: &["html", "htm", "xhtml"],
        fixture: Some("ferries.html"),
        read: "sloppy or well formed: merged cells, captions, notes, lists of terms; menus, banners, scripts, page footers and what is hidden are left out, and with a `<main>` all that stands beside it",
    },
    Row {
        name: "Word",
        endings: &["docx", "docm", "dotx"],
        fixture: Some("ferries.docx"),
        read: "headings by style and outline level, lists with the numbers that Word computes, merged cells, footnotes and endnotes, text boxes, results of fields, running heads apart; tracked changes as if accepted, or rejected with `--revisions original`; comments with their authors, apart from the text; pages where Word saved them",
    },
    Row {
        name: "PDF",
        endings: &["pdf"],
        fixture: Some("ferries-writer.pdf"),
        read: "columns, divided words, headings by size and weight, lists, notes, tables by alignment and frames; running heads and page numbers apart; scans, encrypted files and fonts that do not say their letters are named as such; notes and highlights with words as comments",
    },
    Row {
        name: "OpenDocument text",
        endings: &["odt", "ott", "fodt"],
        fixture: Some("ferries.odt"),
        read: "as Word: computed numbers, merged cells, notes, text boxes, running heads apart, tracked changes both ways, comments",
    },
    Row {
        name: "EPUB",
        endings: &["epub"],
        fixture: Some("ferries.epub"),
        read: "the chapters in the order of reading, as one page of HTML",
    },
    Row {
        name: "RTF",
        endings: &["rtf"],
        fixture: Some("ferries.rtf"),
        read: "headings by style and outline level, lists with their marks, tables without merged cells, notes, comments; running heads are left out",
    },
    Row {
        name: "LaTeX",
        endings: &["tex", "latex", "ltx"],
        fixture: Some("ferries.tex"),
        read: "sections, lists, tables, captions; notes become words in brackets; formulas only where they are numbers; commands that the file defines for words are carried out",
    },
    Row {
        name: "AsciiDoc",
        endings: &["adoc", "asciidoc", "asc"],
        fixture: Some("ferries.adoc"),
        read: "headings, lists, attributes, tables with merged cells, admonitions; notes become words in brackets; nothing is included",
    },
    Row {
        name: "reStructuredText",
        endings: &["rst", "rest"],
        fixture: Some("ferries.rst"),
        read: "headings, lists, notes, substitutions, tables of all four kinds, admonitions, what directives describe; those without prose are left out",
    },
    Row {
        name: "Typst",
        endings: &["typ"],
        fixture: Some("ferries.typ"),
        read: "headings, lists, figures, tables with merged cells; notes become words in brackets; what is computed is left out",
    },
    Row { name: "Org", endings: &["org"], fixture: Some("ferries.org"), read: "headings, lists, notes, tables" },
    Row {
        name: "Jupyter",
        endings: &["ipynb"],
        fixture: Some("ferries.ipynb"),
        read: "cells of Markdown, code set apart; output is left out",
    },
    Row {
        name: "CSV, TSV",
        endings: &["csv", "tsv", "tab"],
        fixture: None,
        read: "commas, semicolons, tabs or bars; a sheet is a table; names of columns are read as words",
    },
    Row {
        name: "Workbooks",
        endings: &["xlsx", "xlsm", "ods", "ots"],
        fixture: None,
        read: "visible sheets: stretches of rows are tables, single cells above them captions; values as they are shown, merged cells as one; notes of cells as notes, comments of cells with their authors as comments",
    },
];

#[test]
#[cfg(feature = "pdf")]
fn writes_the_table_of_the_readme() {
    let original = see("ferries.md").brief;
    let mut table = String::from("| Format | Files | Places | Findings | Read |\n| --- | --- | --- | --- | --- |\n");
    for row in ROWS {
        for ending in row.endings {
            assert!(Format::by_extension(ending).is_some(), "{ending} is not read");
        }
        let endings: Vec<String> = row.endings.iter().map(|e| format!("`.{e}`")).collect();
        let (places, same) = match row.fixture {
            Some(name) => {
                let path = folder().join(name);
                let bytes = fs::read(&path).expect("the fixture is there");
                let format = Format::of(&path).expect("its format is known");
                let opened = open(&path, bytes, format, Revisions::Accepted).expect("it can be read");
                let seen = see(name);
                let same = seen.brief.iter().filter(|f| original.contains(f)).count();
                let lines = fs::read(&path).expect("it is there").split(|b| *b == b'\n').count();
                let by_line = opened.source.line_count() == lines && format != Format::Rtf;
                let places = match (opened.source.origin, seen.document.lines.is_empty(), opened.document.is_some()) {
                    (recount::source::Origin::Verbatim, ..) => "bytes of the file",
                    (_, false, _) => "page and line",
                    _ if by_line => "line of the file",
                    _ => "section and paragraph, page if saved",
                };
                (places, format!("{same} of {}", original.len()))
            }
            None => ("cell", "–".to_owned()),
        };
        table.push_str(&format!("| {} | {} | {places} | {same} | {} |\n", row.name, endings.join(", "), row.read));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("there is a README");
    let (before, rest) = readme.split_once("<!-- formats -->\n").expect("the README has a place for the table");
    let (_, after) = rest.split_once("<!-- end -->").expect("the place ends");
    let new = format!("{before}<!-- formats -->\n{table}<!-- end -->{after}");
    if std::env::var_os("RECOUNT_BLESS").is_some() {
        fs::write(&path, new).expect("the README can be written");
    } else {
        assert!(new == readme, "the table of formats is out of date: RECOUNT_BLESS=1 cargo test --test formats");
    }
}
