//! The engine: stage one per document, stage two over all claims; order, dedupe.
//!
//! Goes in: sources and rules. Comes out: diagnostics in a fixed order. Knows nothing of reporters.

mod kinship;

use crate::annotate::annotate;
use crate::check::{Finding, Fix, Selection};
use crate::claim::{Claim, ClaimKind, Pattern, Value, claims_and_own, is_version};
use crate::diagnostic::{Diagnostic, Label};
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::read::{Format, read};
use crate::rule::{self, Rule};
use crate::source::{Origin, Sources};
use crate::span::{FileId, Span};
use compact_str::CompactString;
use kinship::Kinship;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path};

/// What stage one makes of a document.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The document, for those who ask where a place is.
    pub document: Document,
    /// Its claims, in order of place.
    pub claims: Vec<Claim>,
    /// What its comments claim, when that is not compared with the text, in order of place.
    pub asides: Vec<Claim>,
    /// How many claims were noted; more than there are in `claims` when those are not needed any more.
    pub noted: usize,
    /// Its words.
    pub words: usize,
}

impl Analysis {
    /// All that is claimed: by the document, then by its comments.
    pub fn all_claims(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().chain(&self.asides)
    }
}

/// Reads a file and notes its claims.
#[must_use]
pub fn analyse(sources: &Sources, file: FileId, format: Format, lexicon: &Lexicon) -> Analysis {
    analyse_and_own(sources, read(sources.get(file), file, format), lexicon, &[])
}

/// Notes the claims of a document that has been read, those included that rules read with patterns of their own.
#[must_use]
pub fn analyse_and_own(sources: &Sources, mut document: Document, lexicon: &Lexicon, own: &[Pattern]) -> Analysis {
    let file = document.file;
    document.path = plain_path(&sources.get(file).path);
    let noted = |document: &Document| claims_and_own(document, &annotate(document, lexicon), lexicon, own);
    let mut claims = noted(&document);
    let mut asides = Vec::new();
    if !document.comments.is_empty() && !document.comments_stated {
        // What a comment says must not change how the text is read.
        asides = std::mem::replace(&mut claims, noted(&document.without_comments()));
        let first = document.first_comment();
        asides.retain(|claim| claim.block >= first);
    }
    if let Some(period) = period(&sources.get(file).path) {
        for claim in claims.iter_mut().chain(&mut asides) {
            claim.scope.period = Some(period.clone());
        }
    }
    for claims in [&mut claims, &mut asides] {
        place_links(&sources.get(file).path, claims);
    }
    let words = document.words();
    Analysis { document, noted: claims.len(), claims, asides, words }
}

/// Puts the paths of documents and of links into one form, so that links to other files can be followed.
fn place_links(path: &Path, claims: &mut [Claim]) {
    for claim in claims {
        match &mut claim.value {
            Value::Place { sort, number, .. } if sort == "document" => *number = plain_path(path).into(),
            Value::Pointer { path: Some(target), .. } => {
                let folder = path.parent().unwrap_or(Path::new(""));
                *target = plain_path(&folder.join(target.as_str())).into();
            }
            Value::Setting(setting) => {
                (setting.folder, setting.edition) = (folder_of(path), edition(path));
                setting.home = is_home(path);
            }
            Value::Identifier(identifier) => {
                (identifier.folder, identifier.edition) = (folder_of(path), edition(path));
            }
            Value::Declared(declared) => {
                (declared.folder, declared.edition) = (folder_of(path), edition(path));
            }
            Value::Parameter(parameter) => {
                (parameter.folder, parameter.edition) = (folder_of(path), edition(path));
            }
            Value::Datum(datum) => {
                (datum.folder, datum.edition) = (folder_of(path), edition(path));
                datum.home = is_home(path);
            }
            Value::Mention(mention) => {
                (mention.folder, mention.edition) = (folder_of(path), edition(path));
            }
            Value::Given(given) => {
                (given.folder, given.edition) = (folder_of(path), edition(path));
            }
            _ => {}
        }
    }
}

/// Whether a document is the first page of its folder.
fn is_home(path: &Path) -> bool {
    let stem = path.file_stem().map_or(String::new(), |s| s.to_string_lossy().to_lowercase());
    matches!(stem.as_str(), "index" | "readme")
}

/// The folder of a document.
fn folder_of(path: &Path) -> CompactString {
    plain_path(path.parent().unwrap_or(Path::new(""))).into()
}

/// The version of the product that a part of the path names: `docs/v3.5/faq.md` → v3.5.
fn edition(path: &Path) -> CompactString {
    let mut names = path.components().rev().map(|c| c.as_os_str().to_string_lossy());
    names.find(|name| is_version(name)).map_or_else(CompactString::default, Into::into)
}

/// A path with `/` between its parts, `.` left out and `..` carried out where it can be.
fn plain_path(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|p| p != "..") => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

/// Something that went wrong inside recount: a bug, caught so that the rest of the work goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The file that was worked on; `None` when documents were compared with each other.
    pub file: Option<FileId>,
    /// The rule that was run; empty while a document was read.
    pub rule: String,
    /// What the program said.
    pub message: String,
}

/// The period that a file's name says it is about: the last year in it, with the month behind it.
///
/// `annual-report-2021.md` → 2021, `1999/09/1999-09-mi.txt` → 1999-09.
fn period(path: &Path) -> Option<CompactString> {
    let name = path.file_stem()?.to_string_lossy();
    let runs: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).filter(|r| !r.is_empty()).collect();
    let year = |r: &str| r.len() == 4 && (1900..=2100).contains(&r.parse::<u16>().unwrap_or(0));
    let at = runs.iter().rposition(|r| year(r))?;
    let month = runs.get(at + 1).filter(|m| m.len() == 2 && (1..=12).contains(&m.parse::<u8>().unwrap_or(0)));
    Some(month.map_or_else(|| runs[at].into(), |m| compact_str::format_compact!("{}-{m}", runs[at])))
}

/// Analyses files in parallel; the result is aligned with `files`.
#[must_use]
pub fn analyse_all(sources: &Sources, files: &[(FileId, Format)], lexicon: &Lexicon) -> Vec<Analysis> {
    files.par_iter().map(|&(file, format)| analyse(sources, file, format, lexicon)).collect()
}

/// [`analyse_all`] with patterns of rules, in which a panic over one file does not stop the others: the file
/// counts as empty.
#[must_use]
pub fn try_analyse_all(
    sources: &Sources,
    files: &[(FileId, Format)],
    lexicon: &Lexicon,
    own: &[Pattern],
) -> (Vec<Analysis>, Vec<Failure>) {
    let documents = files.iter().map(|_| None).collect();
    try_analyse_opened(sources, files, documents, lexicon, own)
}

/// [`try_analyse_all`] with the documents that came with their files; `documents` is aligned with `files`.
#[must_use]
pub fn try_analyse_opened(
    sources: &Sources,
    files: &[(FileId, Format)],
    documents: Vec<Option<Document>>,
    lexicon: &Lexicon,
    own: &[Pattern],
) -> (Vec<Analysis>, Vec<Failure>) {
    try_analyse_watched(sources, files, documents, lexicon, own, &|| {})
}

/// [`try_analyse_opened`] that says whenever a file is done, from whatever thread.
#[must_use]
pub fn try_analyse_watched(
    sources: &Sources,
    files: &[(FileId, Format)],
    documents: Vec<Option<Document>>,
    lexicon: &Lexicon,
    own: &[Pattern],
    done: &(dyn Fn() + Sync),
) -> (Vec<Analysis>, Vec<Failure>) {
    let work = |(&(file, format), document): (&(FileId, Format), Option<Document>)| {
        let result = caught(|| match document {
            Some(document) => analyse_and_own(sources, document, lexicon, own),
            None => analyse_and_own(sources, read(sources.get(file), file, format), lexicon, own),
        });
        done();
        result
    };
    let results: Vec<Result<Analysis, String>> = files.par_iter().zip(documents).map(work).collect();
    let mut failures = Vec::new();
    let analyses = results
        .into_iter()
        .zip(files)
        .map(|(result, &(file, _))| {
            result.unwrap_or_else(|message| {
                failures.push(Failure { file: Some(file), rule: String::new(), message });
                Analysis { document: Document::new(file), claims: Vec::new(), asides: Vec::new(), noted: 0, words: 0 }
            })
        })
        .collect();
    (analyses, failures)
}

/// Runs a piece of work; the message when it panics.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What is shared with the work is only read, so nothing half changed is seen afterwards.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()))
            .unwrap_or_else(|| "no message".to_owned())
    })
}

/// Which rules run over which documents, and which documents are compared with each other.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The rules.
    pub rules: Vec<&'a Rule>,
    /// The documents that are compared with each other. A document in several groups is compared in each.
    pub groups: Vec<Group>,
    /// Aligned with the analyses: the ids of rules that leave the document alone.
    pub left_out: Vec<BTreeSet<String>>,
}

/// Documents that are compared with each other.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Indices into the analyses.
    pub documents: Vec<usize>,
    /// Whether the configuration says that they belong together.
    pub declared: bool,
}

impl<'a> Plan<'a> {
    /// All rules over all documents, which are one group.
    #[must_use]
    pub fn one_group(rules: &[&'a Rule], documents: usize) -> Self {
        Self {
            rules: rules.to_vec(),
            groups: vec![Group { documents: (0..documents).collect(), declared: false }],
            left_out: vec![BTreeSet::new(); documents],
        }
    }

    fn reads(&self, rule: &Rule, document: usize) -> bool {
        !self.left_out.get(document).is_some_and(|ids| ids.contains(&rule.id))
    }
}

/// Runs the rules over analysed documents, which are compared with each other as one group.
///
/// Diagnostics come ordered by path, place, rule, message; equal ones are given once.
///
/// # Panics
///
/// When a check panics.
#[must_use]
pub fn check(sources: &Sources, analyses: &[Analysis], rules: &[&Rule]) -> Vec<Diagnostic> {
    let (found, failures) = try_check(sources, analyses, &Plan::one_group(rules, analyses.len()));
    if let Some(failure) = failures.first() {
        panic!("{}: {}", failure.rule, failure.message);
    }
    found
}

/// [`check`] by a plan, in which a panic in one rule over one document does not stop the others.
#[must_use]
pub fn try_check(sources: &Sources, analyses: &[Analysis], plan: &Plan<'_>) -> (Vec<Diagnostic>, Vec<Failure>) {
    let by_document: Vec<ByKind<'_>> = analyses.par_iter().map(|a| ByKind::new(&a.claims)).collect();
    let mut compared = vec![false; analyses.len()];
    for group in plan.groups.iter().filter(|group| group.documents.len() > 1) {
        for &document in &group.documents {
            compared[document] = true;
        }
    }
    let inside = analyses.par_iter().enumerate().flat_map_iter(|(i, analysis)| {
        let file = Some(analysis.document.file);
        let (claims, compared) = (&by_document[i], compared[i]);
        let alone = plan.rules.iter().filter(move |rule| {
            plan.reads(rule, i) && !(compared && rule.manifest.check.across && rule::check(rule).joint())
        });
        alone.map(move |&rule| run(sources, rule, &claims.select(rule), file))
    });
    let mut results: Vec<Result<Vec<Diagnostic>, Failure>> = inside.collect();
    let kinship = Kinship::new(sources);
    for group in plan.groups.iter().filter(|group| group.documents.len() > 1) {
        let across: Vec<_> = plan
            .rules
            .par_iter()
            .filter(|rule| rule.manifest.check.across)
            .map(|&rule| {
                let documents = group.documents.iter().filter(|&&i| plan.reads(rule, i));
                let claims: Vec<&Claim> = documents.flat_map(|&i| by_document[i].select(rule)).collect();
                let found = run(sources, rule, &claims, None)?;
                Ok(part(sources, rule, &claims, (&kinship, group.declared), found))
            })
            .collect();
        results.extend(across);
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(diagnostics) => found.extend(diagnostics),
            Err(failure) => failures.push(failure),
        }
    }
    order(sources, &mut found);
    found.dedup_by(|a, b| a.rule == b.rule && a.labels == b.labels);
    number_fingerprints(&mut found);
    (found, failures)
}

/// Takes away findings that compare what does not belong together (editions of one document, and members of a
/// collection that is no declared group), and puts what disagrees inside each document in their place.
fn part(
    sources: &Sources,
    rule: &Rule,
    claims: &[&Claim],
    (kinship, declared): (&Kinship, bool),
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let on = &rule.manifest.check.on;
    let changes = on.iter().copied().any(kinship::changes);
    let is_own = !declared && on.iter().copied().any(kinship::is_own);
    let mut again: BTreeSet<FileId> = BTreeSet::new();
    found.retain(|finding| {
        let files: BTreeSet<FileId> = finding.labels.iter().map(|l| l.span.file).collect();
        let files: Vec<FileId> = files.into_iter().collect();
        let parted = changes && kinship.has_editions(&files) || is_own && kinship.has_members(&files);
        if parted {
            again.extend(files);
        }
        !parted
    });
    if rule::check(rule).joint() {
        for file in again {
            let own: Vec<&Claim> = claims.iter().copied().filter(|c| c.at.file == file).collect();
            // A panic over a part of what went well before is not expected; the others are kept all the same.
            found.extend(run(sources, rule, &own, Some(file)).unwrap_or_default());
        }
    }
    found
}

/// Claims of one document by kind, each list in order of place.
struct ByKind<'a> {
    lists: Vec<(ClaimKind, Vec<&'a Claim>)>,
}

impl<'a> ByKind<'a> {
    fn new(claims: &'a [Claim]) -> Self {
        let mut lists: Vec<(ClaimKind, Vec<&Claim>)> = Vec::new();
        for claim in claims {
            match lists.iter_mut().find(|(kind, _)| *kind == claim.kind) {
                Some((_, list)) => list.push(claim),
                None => lists.push((claim.kind, vec![claim])),
            }
        }
        Self { lists }
    }

    /// The claims that a rule works on, in order of place, then kind.
    fn select(&self, rule: &Rule) -> Vec<&'a Claim> {
        let on = &rule.manifest.check.on;
        let mut wanted = self.lists.iter().filter(|(kind, _)| on.contains(kind)).map(|(_, list)| list);
        let mut selected = wanted.next().cloned().unwrap_or_default();
        let one_kind = selected.len();
        selected.extend(wanted.flatten());
        if selected.len() > one_kind {
            selected.sort_by_key(|claim| (claim.at, claim.kind));
        }
        if on.contains(&ClaimKind::Stated) {
            // What one rule reads with its patterns is of no concern to the others.
            selected.retain(|claim| !matches!(&claim.value, Value::Stated(s) if s.rule != rule.id.as_str()));
        }
        selected
    }
}

/// Runs a rule over the claims of one document, or of all when `file` is `None`.
fn run(sources: &Sources, rule: &Rule, claims: &[&Claim], file: Option<FileId>) -> Result<Vec<Diagnostic>, Failure> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let work = || {
        let (mut found, selection) = (Vec::new(), Selection { claims, across: file.is_none() });
        let check = rule::check(rule);
        check.check(selection, &mut found);
        let found = found.iter().filter(|f| !f.places.is_empty());
        found
            .map(|finding| Diagnostic {
                fixes: possible(sources, check.fixes(selection, finding)),
                ..say(sources, rule, finding)
            })
            .collect()
    };
    caught(work).map_err(|message| Failure { file, rule: rule.id.clone(), message })
}

/// The fixes that can be made in the files as they are: a number with markup inside, or one of an archive, cannot be
/// replaced by writing over it.
fn possible(sources: &Sources, mut fixes: Vec<Fix>) -> Vec<Fix> {
    fixes.retain(|fix| {
        !fix.edits.is_empty()
            && fix.edits.iter().all(|edit| {
                let source = sources.get(edit.at.file);
                source.origin == Origin::Verbatim && source.slice(edit.at) == edit.old && edit.old != edit.new
            })
    });
    fixes
}

/// Orders diagnostics by path, place, rule, message, other places.
pub fn order(sources: &Sources, found: &mut [Diagnostic]) {
    let mut paths: Vec<(&Path, FileId)> = sources.iter().map(|(id, file)| (file.path.as_path(), id)).collect();
    paths.sort();
    let mut ranks = vec![0; paths.len()];
    for (rank, (_, id)) in paths.iter().enumerate() {
        ranks[id.0 as usize] = rank;
    }
    let key = |d: &Diagnostic| (ranks[d.labels[0].span.file.0 as usize], d.labels[0].span);
    let places = |d: &Diagnostic| d.labels.iter().map(|l| l.span).collect::<Vec<_>>();
    found.sort_by(|a, b| {
        (key(a), &a.rule, &a.message).cmp(&(key(b), &b.rule, &b.message)).then_with(|| places(a).cmp(&places(b)))
    });
}

/// Puts a finding into words.
fn say(sources: &Sources, rule: &Rule, finding: &Finding) -> Diagnostic {
    let labels: Vec<Label> =
        finding.places.iter().map(|p| Label { span: p.at, within: p.within, message: p.label.clone() }).collect();
    Diagnostic {
        rule: rule.id.clone(),
        severity: rule.manifest.severity,
        message: rule::message(rule, finding),
        fingerprint: fingerprint(sources, &rule.id, &labels),
        labels,
        notes: finding.notes.clone(),
        help: rule.manifest.help.clone(),
        fixes: Vec::new(),
    }
}

/// How many words on either side of a place make its fingerprint.
const FINGERPRINT_WORDS: usize = 30;

/// A hash of the rule and of what is said at the places with the words around them in their sentences, white space
/// folded, in an order of its own: the same after reflow, reordering and line moves.
fn fingerprint(sources: &Sources, rule: &str, labels: &[Label]) -> String {
    let words = |label: &Label| {
        let (at, within) = (label.span, label.within);
        let slice = |start: u32, end: u32| sources.get(at.file).slice(Span::new(at.file, start, end));
        let mut before: Vec<&str> =
            slice(within.start.min(at.start), at.start).split_whitespace().rev().take(FINGERPRINT_WORDS).collect();
        before.reverse();
        let after = slice(at.end, within.end).split_whitespace().take(FINGERPRINT_WORDS).collect::<Vec<_>>().join(" ");
        let own = slice(at.start, at.end).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{own}\u{1f}{}\u{1f}{after}", before.join(" "))
    };
    let mut parts: Vec<String> = labels.iter().map(words).collect();
    parts.sort();
    let text = format!("{rule}\u{1e}{}", parts.join("\u{1e}"));
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}

/// Tells apart findings that say the same in the same words, by counting them in order.
fn number_fingerprints(found: &mut [Diagnostic]) {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for diagnostic in found {
        let n = seen.entry(diagnostic.fingerprint.clone()).or_insert(0);
        *n += 1;
        if *n > 1 {
            diagnostic.fingerprint = format!("{}-{n}", diagnostic.fingerprint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ByKind, Plan, caught, check, number_fingerprints, order, try_analyse_all, try_check};
    use crate::claim::ClaimKind;
    use crate::diagnostic::{Diagnostic, Label, Severity};
    use crate::lexicon::Lexicon;
    use crate::read::Format;
    use crate::rule::{Rule, builtin};
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::{FileId, Span};

    fn sources(files: &[(&str, &str)]) -> Sources {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.add(SourceFile::new((*path).into(), (*text).to_owned(), Origin::Verbatim));
        }
        sources
    }

    fn diagnostic(rule: &str, message: &str, places: &[(u32, u32)]) -> Diagnostic {
        let label = |&(file, start): &(u32, u32)| {
            let span = Span::new(FileId(file), start, start + 1);
            Label { span, within: span, message: String::new() }
        };
        Diagnostic {
            rule: rule.to_owned(),
            severity: Severity::Warning,
            message: message.to_owned(),
            labels: places.iter().map(label).collect(),
            notes: Vec::new(),
            help: None,
            fingerprint: "f".to_owned(),
            fixes: Vec::new(),
        }
    }

    #[test]
    fn reads_findings_in_order_of_path_place_rule() {
        let sources = sources(&[("b.md", "xxxx"), ("a.md", "xxxx")]);
        let mut found = vec![
            diagnostic("r", "4", &[(0, 1)]),
            diagnostic("s", "3", &[(0, 0)]),
            diagnostic("r", "2", &[(0, 0), (1, 3)]),
            diagnostic("r", "2", &[(0, 0), (1, 2)]),
            diagnostic("r", "1", &[(1, 2)]),
        ];
        order(&sources, &mut found);
        let seen: Vec<&str> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(seen, ["1", "2", "2", "3", "4"]);
        assert_eq!(found[1].labels[1].span.start, 2);
        number_fingerprints(&mut found);
        assert_eq!((found[0].fingerprint.as_str(), found[1].fingerprint.as_str()), ("f", "f-2"));
    }

    #[test]
    fn flags_in_one_document_what_is_common_in_many() {
        let mut texts: Vec<(String, String)> = (0..80)
            .map(|i| (format!("{i}.md"), format!("The clinic of town {i} treated {} patients.\n", 900 + i)))
            .collect();
        let slip = "The clinic treated 318,400 patients in May.\n\nOf the 314,800 patients that the clinic treated, few paid.\n";
        texts.push(("slip.md".to_owned(), slip.to_owned()));
        let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let sources = sources(&texts);
        let list: Vec<_> = (0..texts.len() as u32).map(|i| (FileId(i), Format::Markdown)).collect();
        let (analyses, _) = try_analyse_all(&sources, &list, Lexicon::english(), &[]);
        let rules = builtin().expect("built-in rules load");
        let rules: Vec<&Rule> = rules.iter().collect();
        let found = check(&sources, &analyses, &rules);
        let labelled: Vec<&str> =
            found.iter().flat_map(|d| &d.labels).map(|l| sources.get(l.span.file).slice(l.span)).collect();
        assert_eq!(labelled, ["314,800", "318,400"]);
    }

    #[test]
    fn reads_on_after_a_panic() {
        assert_eq!(caught(|| 1), Ok(1));
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let failed: Result<(), String> = caught(|| panic!("row {} is missing", 7));
        std::panic::set_hook(hook);
        assert_eq!(failed, Err("row 7 is missing".to_owned()));
    }

    #[test]
    fn flags_the_same_whatever_the_order_of_files() {
        let texts = [
            ("a.md", "The company serves 318,400 properties in four zones.\n"),
            (
                "b.md",
                "Of the 314,800 properties that the company serves, most are metered.\n\nThere were two reasons: wind, rain, and frost.\n",
            ),
            ("c.md", "The plan failed for two reasons: the weather, the price of coal, and a strike.\n"),
        ];
        let rules = builtin().expect("built-in rules load");
        let rules: Vec<&Rule> = rules.iter().collect();
        let run = |files: &[(&str, &str)]| {
            let sources = sources(files);
            let list: Vec<_> = (0..files.len() as u32).map(|i| (FileId(i), Format::Markdown)).collect();
            let (analyses, failures) = try_analyse_all(&sources, &list, Lexicon::english(), &[]);
            assert_eq!(failures, []);
            let (found, failures) = try_check(&sources, &analyses, &Plan::one_group(&rules, analyses.len()));
            assert_eq!(failures, []);
            assert_eq!(found, check(&sources, &analyses, &rules));
            let mut fingerprints: Vec<String> = found.into_iter().map(|d| d.fingerprint).collect();
            fingerprints.sort();
            fingerprints
        };
        let forward = run(&texts);
        assert!(!forward.is_empty());
        let [a, b, c] = texts;
        assert_eq!(forward, run(&[c, a, b]));
    }

    #[test]
    fn reads_claims_of_the_wanted_kinds_in_order_of_place() {
        let sources = sources(&[("a.md", "The plan failed for 2 reasons: wind, rain, and frost. It cost 7 euros.\n")]);
        let (analyses, _) = try_analyse_all(&sources, &[(FileId(0), Format::Markdown)], Lexicon::english(), &[]);
        let claims = ByKind::new(&analyses[0].claims);
        let rules = builtin().expect("built-in rules load");
        for rule in &rules {
            let on = &rule.manifest.check.on;
            let selected = claims.select(rule);
            let expected: Vec<_> = analyses[0].claims.iter().filter(|c| on.contains(&c.kind)).collect();
            assert_eq!(selected, expected, "{}", rule.id);
        }
        assert!(claims.lists.iter().any(|(kind, _)| *kind == ClaimKind::Quantity));
    }
}
