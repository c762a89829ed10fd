//! What can be said on the command line.

use super::lines::{LineRange, LineRef};
use crate::check::Choice;
use crate::claim::ClaimKind;
use crate::diagnostic::Severity;
use crate::read::Revisions;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Reads reports like a fact-checker and shows the places that cannot all be true
///
/// recount notes every claim that a document makes (how many, how much, in which order, who, under which
/// resolution) and compares the claims with each other: in one document, and across all documents of a run.
/// It does not know what is true; it shows what cannot be true together, and stays silent when two claims may
/// be about different things.
#[derive(Parser, Debug)]
#[command(name = "recount", version = env!("RECOUNT_VERSION"), max_term_width = 100, after_help = ROOT_EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to write colours: auto, always or never. `auto` means on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Global options"
    )]
    pub(super) color: Color,
    /// Columns to write in; the width of the terminal when not given, 100 without a terminal
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=1000), help_heading = "Global options")]
    pub(super) width: Option<u16>,
    /// Threads to work with; one for each processor when not given. The output never depends on it
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512), help_heading = "Global options")]
    pub(super) threads: Option<u16>,
}

const ROOT_EXAMPLES: &str = "\
Examples:
  recount check report.md              check one report
  recount check chapters/ annex.md     check several documents, also against each other
  recount claims report.md             see what was read, for instance when a finding is missing
  recount explain quantity-mismatch    see what a rule reports and what it leaves alone";

const CHECK_EXAMPLES: &str = "\
Exit codes:
  0  nothing at or above the level of --fail-on
  1  something at or above it
  2  the job could not be done: wrong usage, or a file that could not be read (the rest is checked)

Examples:
  recount check report.md
  recount check docs/ --format json > findings.json
  recount check report.md --format html > findings.html
  recount check report.md --rule table-total --severity note
  recount check proof.pdf annex.xlsx
  recount check drafts/ --fail-on never
  recount check docs/ --diff           see what could be corrected for sure; --fix does it";

const DIFF_EXAMPLES: &str = "\
Exit codes:
  0  no mention states an old value
  1  some do
  2  a draft could not be read

Examples:
  recount diff draft-1.md draft-2.md         two drafts of one document
  recount diff old/ new/                     two folders
  recount diff HEAD                          the last commit and the files as they are now
  recount diff v1.4 v1.5 --path docs --format json";

const ANNOTATE_EXAMPLES: &str = "\
Exit codes are those of `recount check`: 0 no finding, 1 findings, 2 the copy could not be made.

Examples:
  recount annotate draft.docx -o checked.docx
  recount annotate draft.docx -o checked.docx --severity note
  recount annotate proof.pdf -o checked.pdf --with annex.xlsx";

const CLAIMS_EXAMPLES: &str = "\
Examples:
  recount claims report.md
  recount claims report.md --kind quantity --line 31
  recount claims report.md --line 120-160
  recount claims report.md --why 31 118             why are two lines compared, or not?
  recount claims a.md b.md --why a.md:31 b.md:7     the same across two files
  recount claims report.md --format json
  recount claims report.md --format xlsx > claims.xlsx   a working list for a fact-checker";

const NUMBERS_EXAMPLES: &str = "\
Examples:
  recount numbers report.md
  recount numbers report.md --line 31
  recount numbers report.md --format json";

const TEXT_EXAMPLES: &str = "\
Every block is shown on a line of its own with the line of the file that it begins on: headings with `#`, list
items with their mark, tables as grids (`|#` for head rows), notes with their label, marks of notes in braces.

Examples:
  recount text report.md
  recount text report.txt | less";

const TEST_RULES_EXAMPLES: &str = "\
Beside `rules/<id>.toml`, the folder `rules/fixtures/<id>/` may hold documents `flag-<situation>.md` and
`pass-<situation>.md`. What a `flag` document gives is compared with the snapshot beside it.

Exit codes:
  0  all examples and fixtures are as they should be
  1  some are not, or a rule has no example that asserts something
  2  a rule could not be loaded

Examples:
  recount test-rules rules/
  recount test-rules --update";

const RULES_EXAMPLES: &str = "\
Examples:
  recount rules
  recount rules --format json";

const CACHE_EXAMPLES: &str = "\
The folder is RECOUNT_CACHE_DIR, else `recount` in the place for such files of the system (XDG_CACHE_HOME). It is kept
below 512 MiB. An empty RECOUNT_CACHE_DIR means that nothing is kept.

Examples:
  recount cache size
  recount cache clear";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  recount completions bash > ~/.local/share/bash-completion/completions/recount
  recount completions zsh > ~/.zfunc/_recount
  recount completions fish > ~/.config/fish/completions/recount.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  recount man > recount.1
  recount man check > recount-check.1";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  recount explain table-total";

/// What to do.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Report the places that cannot all be true
    ///
    /// All documents of one run are compared with each other, so name together what belongs together.
    /// Folders are searched for Markdown and other light markup, LaTeX, HTML, Word and OpenDocument files, RTF, PDF, EPUB, notebooks and tables (CSV, XLSX, ODS); hidden files and what .gitignore names are left out.
    /// `-` reads standard input.
    #[command(after_long_help = CHECK_EXAMPLES, after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Compare two drafts: what changed, and where an old value is still stated
    ///
    /// Each draft is a file, a folder or a git revision. Sentences are aligned, and the claims of one sentence that
    /// have another value have changed. A mention is stale when the new draft still states the old value of something
    /// that was changed elsewhere, in any of its files.
    #[command(after_long_help = DIFF_EXAMPLES, after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// Write a copy of a Word document or PDF with a comment at every place of every finding
    ///
    /// Each comment names the other places of its finding. Everything else in the file stays as it is, comments that
    /// are there included: a PDF begins with the bytes of the file, what is new is appended. The document itself is
    /// never written to. Remarks, the baseline, facts and groups count as they do for `recount check`.
    #[command(after_long_help = ANNOTATE_EXAMPLES, after_help = ANNOTATE_EXAMPLES)]
    Annotate(AnnotateArgs),
    /// Print the claims that were read
    ///
    /// The fact sheet of a document: every claim with its line, its kind, what is claimed, about what, and in which
    /// scope (years, and cues such as `target` or `subset` that keep claims from being compared).
    #[command(after_long_help = CLAIMS_EXAMPLES, after_help = CLAIMS_EXAMPLES)]
    Claims(ClaimsArgs),
    /// Print the numbers, ordinals and dates that were read
    ///
    /// Every number with its value, unit and hedge (about, at least). A number of kind `name` stands for a
    /// page, a version, a house, a place in the document; it is never compared as a quantity.
    #[command(after_long_help = NUMBERS_EXAMPLES, after_help = NUMBERS_EXAMPLES)]
    Numbers(NumbersArgs),
    /// Print a document as recount reads it: blocks, tables, lists, notes
    #[command(after_long_help = TEXT_EXAMPLES, after_help = TEXT_EXAMPLES)]
    Text(TextArgs),
    /// Test rules of one's own: the examples of their manifests and the fixtures beside them
    #[command(after_long_help = TEST_RULES_EXAMPLES, after_help = TEST_RULES_EXAMPLES)]
    TestRules(TestRulesArgs),
    /// Print the configuration and where each value comes from
    Config(ShowConfigArgs),
    /// Write a commented `recount.toml` into a folder
    Init(InitArgs),
    /// List the rules
    #[command(after_long_help = RULES_EXAMPLES, after_help = RULES_EXAMPLES)]
    Rules(RulesArgs),
    /// Explain a rule: why, what it leaves alone, examples with what they give
    #[command(after_long_help = EXPLAIN_EXAMPLES, after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Show or empty the folder of what is kept between runs
    #[command(after_long_help = CACHE_EXAMPLES, after_help = CACHE_EXAMPLES)]
    Cache(CacheArgs),
    /// Print what makes a shell complete the commands and options of recount
    #[command(after_long_help = COMPLETIONS_EXAMPLES, after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print the manual page of recount, or of one of its commands
    #[command(after_long_help = MAN_EXAMPLES, after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

/// When to write colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a document from standard input is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum StdinFormat {
    /// Markdown
    Md,
    /// Plain text, hard-wrapped or extracted from a PDF
    Txt,
    /// HTML
    Html,
    /// Word document
    Docx,
    /// Fields parted by commas, semicolons or bars
    Csv,
    /// Fields parted by tabs
    Tsv,
    /// Workbook
    Xlsx,
    /// PDF
    Pdf,
    /// OpenDocument text
    Odt,
    /// OpenDocument workbook
    Ods,
    /// Book
    Epub,
    /// Rich Text Format
    Rtf,
    /// LaTeX
    Tex,
    /// AsciiDoc
    Adoc,
    /// reStructuredText
    Rst,
    /// Typst
    Typ,
    /// Org
    Org,
    /// Notebook of Jupyter
    Ipynb,
}

/// Which reading of tracked changes is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum RevisionsArg {
    /// As if all changes were accepted
    Accepted,
    /// As if all changes were rejected
    Original,
}

impl RevisionsArg {
    /// The reading that is meant.
    pub(super) fn meant(self) -> Revisions {
        match self {
            Self::Accepted => Revisions::Accepted,
            Self::Original => Revisions::Original,
        }
    }
}

/// What becomes of the comments that people hang at places of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum CommentsArg {
    /// Their claims are listed, and compared with nothing
    Apart,
    /// What they say counts as said by the document
    Compared,
}

/// How to read comments.
#[derive(Args, Debug)]
pub(super) struct CommentsArgs {
    /// What becomes of comments in documents; `apart` when not given
    #[arg(long, value_name = "READING")]
    pub(super) comments: Option<CommentsArg>,
}

/// What to read.
#[derive(Args, Debug)]
pub(super) struct InputArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Format of standard input
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    pub(super) stdin_format: StdinFormat,
    /// How to read the tracked changes of Word documents
    #[arg(long, value_name = "READING", default_value = "accepted")]
    pub(super) revisions: RevisionsArg,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum CheckFormat {
    /// Findings with the places marked in the text, and a summary
    Terminal,
    /// One line a finding: path:line:column: severity[rule] message
    Short,
    /// One JSON object (schema version 1)
    Json,
    /// One JSON object a finding, each on its line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// Reviewdog Diagnostic Format
    Rdjson,
    /// One page that needs nothing else: findings, and the fact sheet of all claims
    Html,
}

impl CheckFormat {
    /// Whether people read it, for whom notes are left out unless asked for.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Self::Terminal | Self::Short | Self::Github | Self::Html)
    }

    /// Whether it shows the claims, and not only what was found.
    pub(super) fn shows_claims(self) -> bool {
        self == Self::Html
    }
}

/// A format and the file that is written in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct OutputFile {
    /// The format.
    pub(super) format: CheckFormat,
    /// The file.
    pub(super) path: PathBuf,
}

impl std::str::FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = text.split_once('=').ok_or_else(|| format!("`{text}` is no FORMAT=FILE"))?;
        Ok(Self { format: CheckFormat::from_str(format, false)?, path: path.into() })
    }
}

/// How lists are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum ListFormat {
    /// A table for people
    Terminal,
    /// One JSON object
    Json,
}

/// How claims are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum ClaimsFormat {
    /// A table for people
    Terminal,
    /// One JSON object
    Json,
    /// A working list with columns to fill in, fields parted by commas
    Csv,
    /// The working list as a workbook
    Xlsx,
    /// The working list as a page: sort, search, tick off
    Html,
}

impl ClaimsFormat {
    /// Whether it is a list that somebody checks row by row.
    pub(super) fn is_working_list(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Html)
    }
}

/// A severity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Level {
    /// Worth a look
    Note,
    /// Likely wrong
    Warning,
    /// Certainly wrong
    Error,
}

impl Level {
    /// The severity that is meant.
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Note => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

/// The lowest severity that makes the run fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum FailOn {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
    /// Nothing
    Never,
}

impl FailOn {
    /// The severity that is meant; `None` when nothing fails.
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// `recount check`
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// How to print the findings; `terminal` when not given, `github` on GitHub Actions
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<CheckFormat>,
    /// Write the findings into a file too: `--output sarif=recount.sarif`; may be given several times
    #[arg(long, value_name = "FORMAT=FILE")]
    pub(super) output: Vec<OutputFile>,
    /// Print at most so many findings; the others are counted
    #[arg(long, value_name = "N")]
    pub(super) max_findings: Option<usize>,
    /// Print how many findings each rule has instead of the findings
    #[arg(long, conflicts_with_all = ["format", "max_findings"])]
    pub(super) statistics: bool,
    /// Lowest severity that makes the exit code 1; `warning` when not given
    #[arg(long, value_name = "LEVEL")]
    pub(super) fail_on: Option<FailOn>,
    /// Lowest severity to print; `warning` for people, `note` for JSON when not given. The others are counted
    #[arg(long, value_name = "LEVEL")]
    pub(super) severity: Option<Level>,
    /// Run this rule, or the rules of this family, only, whatever their stage; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) rule: Vec<String>,
    /// Leave this rule, or the rules of this family, out; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Report the findings of which at least one place was touched since this git revision, while everything is
    /// compared with everything; `REV...` is where this branch left `REV`
    #[arg(long, value_name = "REV", conflicts_with_all = ["update_baseline", "prune_baseline"])]
    pub(super) since: Option<String>,
    /// Correct the files where the evidence decides what is right, then report what is left
    #[arg(long, conflicts_with_all = ["update_baseline", "prune_baseline", "diff"])]
    pub(super) fix: bool,
    /// Print what `--fix` would change as a patch, and change nothing
    #[arg(long, conflicts_with_all = ["update_baseline", "prune_baseline", "format", "statistics"])]
    pub(super) diff: bool,
    /// Correct this too, although the evidence alone does not decide: weekdays that their dates do not have, or dates
    /// that do not have their weekdays. With `--fix` or `--diff`
    #[arg(long, value_name = "WHAT")]
    pub(super) fix_also: Option<FixAlso>,
    /// Let the findings of this baseline stand; `recount-baseline.toml` beside the configuration, or in the current
    /// folder, when not given
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all findings into the baseline, so that they stand from now on
    #[arg(long, conflicts_with = "prune_baseline")]
    pub(super) update_baseline: bool,
    /// Take the entries out of the baseline that are found no more
    #[arg(long)]
    pub(super) prune_baseline: bool,
    /// Give a declared fact this value; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(super) fact: Vec<(String, String)>,
    #[command(flatten)]
    pub(super) comments: CommentsArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// Run the rules of stage preview too
    #[arg(long)]
    pub(super) preview: bool,
    /// Neither use nor keep what earlier runs over the same files found
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// Which side of a disagreement gives way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum FixAlso {
    /// The weekday: the date is right
    Weekday,
    /// The date: the weekday is right
    Date,
}

impl FixAlso {
    /// The choice that is meant.
    pub(super) fn meant(self) -> Choice {
        match self {
            Self::Weekday => Choice::Weekday,
            Self::Date => Choice::Date,
        }
    }
}

/// What the command line says of the baseline.
#[derive(Clone, Copy, Debug)]
pub(super) struct BaselineArgs<'a> {
    /// The file that is named.
    pub(super) named: Option<&'a Path>,
    /// No configuration is read.
    pub(super) no_config: bool,
    /// It is written anew.
    pub(super) update: bool,
}

/// Which configuration.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ConfigArgs {
    /// Read this configuration; otherwise the nearest `recount.toml` in the folder that holds all paths given, or
    /// above it
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Ignore configuration files
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(format!("`{text}` is no NAME=VALUE")),
    }
}

/// `recount diff`
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// The old draft: a file, a folder or a git revision
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// The new draft; the files as they are now when OLD is a revision and this is left out
    #[arg(value_name = "NEW")]
    pub(super) new: Option<String>,
    /// Compare only this file or folder of the drafts; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) path: Vec<PathBuf>,
    /// List only what has changed; what was added and is gone is counted
    #[arg(long)]
    pub(super) changed: bool,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(super) format: ListFormat,
    /// How to read the tracked changes of Word documents
    #[arg(long, value_name = "READING", default_value = "accepted")]
    pub(super) revisions: RevisionsArg,
    #[command(flatten)]
    pub(super) comments: CommentsArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// `recount annotate`
#[derive(Args, Debug)]
pub(super) struct AnnotateArgs {
    /// The Word document (.docx) or PDF
    #[arg(value_name = "DOCUMENT")]
    pub(super) document: PathBuf,
    /// The copy to write
    #[arg(short, long, value_name = "COPY")]
    pub(super) output: PathBuf,
    /// Compare it with these files and folders as well; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(super) with: Vec<PathBuf>,
    /// How to read the tracked changes
    #[arg(long, value_name = "READING", default_value = "accepted")]
    pub(super) revisions: RevisionsArg,
    /// Lowest severity that gets comments; `warning` when not given
    #[arg(long, value_name = "LEVEL")]
    pub(super) severity: Option<Level>,
    /// Run this rule, or the rules of this family, only, whatever their stage; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) rule: Vec<String>,
    /// Leave this rule, or the rules of this family, out; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Let the findings of this baseline stand
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) comments: CommentsArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// Run the rules of stage preview too
    #[arg(long)]
    pub(super) preview: bool,
}

/// `recount claims`
#[derive(Args, Debug)]
pub(super) struct ClaimsArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// How to print the claims
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(super) format: ClaimsFormat,
    /// Print claims of this kind only; may be given several times
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(super) kind: Vec<ClaimKind>,
    /// Print claims on this line, or these lines (`120-160`), only; may be given several times
    #[arg(long, value_name = "LINE", value_delimiter = ',')]
    pub(super) line: Vec<LineRange>,
    #[command(flatten)]
    pub(super) comments: CommentsArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// Print why the quantities on two lines are compared or not
    #[arg(long, num_args = 2, value_names = ["LINE", "LINE"], conflicts_with_all = ["line", "format", "kind"])]
    pub(super) why: Option<Vec<LineRef>>,
}

/// `recount numbers`
#[derive(Args, Debug)]
pub(super) struct NumbersArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// How to print the numbers
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(super) format: ListFormat,
    /// Print numbers on this line, or these lines (`120-160`), only; may be given several times
    #[arg(long, value_name = "LINE", value_delimiter = ',')]
    pub(super) line: Vec<LineRange>,
}

/// `recount text`
#[derive(Args, Debug)]
pub(super) struct TextArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// Print the bare text that offsets, lines and columns count in
    #[arg(long)]
    pub(super) raw: bool,
}

/// `recount test-rules`
#[derive(Args, Debug)]
pub(super) struct TestRulesArgs {
    /// The folder with the rules; that of the configuration when not given
    #[arg(value_name = "FOLDER")]
    pub(super) folder: Option<PathBuf>,
    /// Write the snapshots of rendered findings anew
    #[arg(long)]
    pub(super) update: bool,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// `recount config`
#[derive(Args, Debug)]
pub(super) struct ShowConfigArgs {
    /// Files and folders that the configuration is to be for; the current folder when not given
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// `recount init`
#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// The folder; the current one when not given
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub(super) folder: PathBuf,
}

/// `recount rules`
#[derive(Args, Debug)]
pub(super) struct RulesArgs {
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    pub(super) format: ListFormat,
}

/// `recount explain`
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// The rule, see `recount rules`
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
}

/// `recount cache`
#[derive(Args, Debug)]
pub(super) struct CacheArgs {
    /// What to do
    #[arg(value_name = "ACTION")]
    pub(super) action: CacheAction,
}

/// What to do with the folder of what is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum CacheAction {
    /// Print where it is
    Dir,
    /// Print how much is kept
    Size,
    /// Take all of it away
    Clear,
}

/// `recount completions`
#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// `recount man`
#[derive(Args, Debug)]
pub(super) struct ManArgs {
    /// The command; recount itself when not given
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

impl ValueEnum for ClaimKind {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn reads_a_command_line_without_contradictions() {
        Cli::command().debug_assert();
    }
}
