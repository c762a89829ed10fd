//! How much of what is wrong in labelled documents is found, and how often a finding is none.
//!
//! `fixtures/accuracy/NAME.toml` says what is wrong in the document, or in the folder of documents, beside it and what
//! only looks wrong; both were written before the program read them. A place in a folder begins with the name of its
//! document: `faq.md: the words <<that are meant>>`. `cargo test --test accuracy -- --nocapture` prints recall and
//! precision of every kind. `floor.toml` keeps the figures that have been reached: the test fails when fewer
//! slips are found or more findings are wrong, and `RECOUNT_BLESS=1` writes a floor that has risen.

use recount::diagnostic::Diagnostic;
use recount::lexicon::Lexicon;
use recount::lint::{analyse_all, check};
use recount::read::Format;
use recount::rule::{Rule, Stage, builtin};
use recount::source::{Origin, SourceFile, Sources};
use recount::span::FileId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What the file beside a document says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    slip: Vec<Slip>,
    #[serde(rename = "look-alike")]
    look_alike: Vec<LookAlike>,
}

/// A contradiction: `kind` is the rule that should find it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    kind: String,
    why: String,
    places: Vec<String>,
}

/// Places that agree though they look otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookAlike {
    why: String,
    places: Vec<String>,
}

/// What a kind of slip, or a rule, comes to.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Score {
    /// Slips of this kind.
    slips: usize,
    /// Those of them that some rule finds.
    found: usize,
    /// Findings of the rule of this name that are none of the slips.
    wrong: usize,
}

/// The scores by kind and the look-alikes that were flagged.
#[derive(Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    look_alikes: usize,
    flagged: usize,
    kinds: BTreeMap<String, Score>,
}

#[test]
fn finds_no_less_than_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/accuracy");
    let mut reached = Floor::default();
    let mut findings = 0;
    for document in documents(&folder) {
        findings += score(&document, &mut reached);
    }
    print(&reached, findings);
    let path = folder.join("floor.toml");
    let written = fs::read_to_string(&path).unwrap_or_default();
    let floor: Floor = toml::from_str(&written).unwrap_or_default();
    for (kind, before) in &floor.kinds {
        let now = reached.kinds.get(kind).copied().unwrap_or_default();
        assert!(now.found >= before.found, "{kind}: {} found, {} before", now.found, before.found);
        assert!(now.wrong <= before.wrong, "{kind}: {} wrong findings, {} before", now.wrong, before.wrong);
    }
    let new: usize = reached.kinds.iter().filter(|(k, _)| !floor.kinds.contains_key(*k)).map(|(_, s)| s.wrong).sum();
    assert!(written.is_empty() || new == 0, "{new} wrong findings of kinds that had none");
    assert!(written.is_empty() || reached.flagged <= floor.flagged, "{} look-alikes flagged", reached.flagged);
    if std::env::var_os("RECOUNT_BLESS").is_some() {
        fs::write(&path, toml::to_string(&reached).expect("the floor can be written")).expect("it is writable");
    } else if floor != reached {
        println!("the figures have risen: RECOUNT_BLESS=1 keeps them");
    }
}

/// The documents and folders with labels beside them, sorted.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = read.map(|e| e.expect("the folder can be read").path()).collect();
    paths.retain(|p| p.extension().is_none_or(|e| e != "toml") && p.with_extension("toml").exists());
    paths.sort();
    assert!(paths.len() >= 15, "{} documents", paths.len());
    paths
}

/// The documents of a folder and of the folders in it, sorted; a document is a folder of itself.
fn members(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let read = fs::read_dir(path).expect("the folder can be read");
    let mut paths: Vec<PathBuf> = read.flat_map(|e| members(&e.expect("the folder can be read").path())).collect();
    paths.sort();
    paths
}

/// Where a place is: a document and its bytes.
type Spot = (FileId, Range<usize>);

/// Checks a document or folder, adds to the scores, and gives how many findings there were.
fn score(path: &Path, floor: &mut Floor) -> usize {
    let name = path.file_name().unwrap_or_default().display();
    let labels = fs::read_to_string(path.with_extension("toml")).expect("the labels can be read");
    let labels: Labels = toml::from_str(&labels).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let rules: Vec<Rule> = builtin().expect("built-in rules load");
    let stable: Vec<&Rule> = rules.iter().filter(|r| r.manifest.stage == Stage::Stable).collect();
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for member in members(path) {
        let text = fs::read_to_string(&member).expect("the document can be read");
        let format = Format::beside(&member).expect("the document has a known format");
        files.push((sources.add(SourceFile::new(member, text, Origin::Verbatim)), format));
    }
    let analyses = analyse_all(&sources, &files, Lexicon::english());
    let found = check(&sources, &analyses, &stable);
    let spots = |places: &[String]| -> Vec<Spot> { places.iter().map(|p| place(&sources, &files, p)).collect() };
    let mut explained = vec![false; found.len()];
    for slip in &labels.slip {
        let places = spots(&slip.places);
        let mut hit = false;
        for (finding, explained) in found.iter().zip(&mut explained) {
            if hits(finding, &places) {
                hit = true;
                *explained = true;
            }
        }
        if !hit {
            println!("missed  {name}: {} ({})", slip.why, slip.kind);
        }
        let score = floor.kinds.entry(slip.kind.clone()).or_default();
        score.slips += 1;
        score.found += usize::from(hit);
    }
    for (finding, _) in found.iter().zip(&explained).filter(|(_, e)| !**e) {
        println!("wrong   {name}: {} ({})", finding.message, finding.rule);
        floor.kinds.entry(finding.rule.clone()).or_default().wrong += 1;
    }
    for look_alike in &labels.look_alike {
        let places = spots(&look_alike.places);
        let flagged = found.iter().zip(&explained).any(|(f, explained)| !explained && hits(f, &places));
        if flagged {
            println!("flagged {name}: {}", look_alike.why);
        }
        floor.look_alikes += 1;
        floor.flagged += usize::from(flagged);
    }
    found.len()
}

/// Where the words between the marks of a place stand; the rest of the place makes it unique.
fn place(sources: &Sources, files: &[(FileId, Format)], marked: &str) -> Spot {
    let (file, marked) = match files {
        [(only, _)] => (*only, marked),
        _ => {
            let (name, rest) = marked.split_once(": ").unwrap_or_else(|| panic!("no document: {marked}"));
            let named = files.iter().find(|(id, _)| sources.get(*id).path.ends_with(name));
            (named.unwrap_or_else(|| panic!("no document {name}")).0, rest)
        }
    };
    let source = sources.get(file);
    let (before, rest) = marked.split_once("<<").unwrap_or_else(|| panic!("no mark: {marked}"));
    let (words, after) = rest.split_once(">>").unwrap_or_else(|| panic!("no mark: {marked}"));
    let quote = [before, words, after].concat();
    let mut at = source.text.match_indices(&quote);
    let (Some((start, _)), None) = (at.next(), at.next()) else {
        panic!("{}: not there exactly once: {quote}", source.path.display());
    };
    (file, start + before.len()..start + before.len() + words.len())
}

/// Whether a finding points to at least two of the places, or to the only one.
fn hits(finding: &Diagnostic, places: &[Spot]) -> bool {
    let pointed = places.iter().filter(|(file, place)| {
        finding
            .labels
            .iter()
            .any(|l| l.span.file == *file && (l.span.start as usize) < place.end && (l.span.end as usize) > place.start)
    });
    pointed.count() >= places.len().min(2)
}

fn print(floor: &Floor, findings: usize) {
    let per = |part: usize, whole: usize| match whole {
        0 => "–".to_owned(),
        _ => format!("{:.2}", part as f64 / whole as f64),
    };
    println!("\n{:<24}{:>6}{:>7}{:>7}{:>8}", "", "slips", "found", "wrong", "recall");
    let (mut slips, mut found, mut wrong) = (0, 0, 0);
    for (kind, score) in &floor.kinds {
        let Score { slips: s, found: f, wrong: w } = *score;
        println!("{kind:<24}{s:>6}{f:>7}{w:>7}{:>8}", per(f, s));
        (slips, found, wrong) = (slips + s, found + f, wrong + w);
    }
    println!("{:<24}{slips:>6}{found:>7}{wrong:>7}{:>8}", "all", per(found, slips));
    println!("precision {} over {findings} findings", per(findings - wrong, findings));
    println!("look-alikes flagged {} of {}", floor.flagged, floor.look_alikes);
}
