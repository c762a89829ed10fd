//! Settings and limits of programs and things: defaults of options, limits, required versions, licences, places of
//! configuration files, and the names that options have.
//!
//! A setting is known by an identifier, folded so that `lock.timeout`, `--lock-timeout` and `APP_LOCK_TIMEOUT` are
//! one, or by a noun that is narrowed ("weight limit"). Its value stands in a slot: default, least, most.

mod badge;
mod beside;
mod code;
mod constant;
mod datum;
mod declared;
mod endpoint;
mod gone;
mod hardware;
mod identifier;
mod lasting;
mod licence;
mod limit;
mod literal;
mod meaning;
mod mention;
mod model;
mod newest;
mod parameter;
mod port;
mod prose;
mod release;
mod requirement;
mod sample;
mod schedule;
mod script;
mod since;
mod spelled;
mod table;
mod tool;
mod worded;
mod words;

use super::context::{BlockView, claim_in_code};
use super::section::Titles;
use super::{Claim, ClaimKind, Context, Member, Value, scope};
use crate::document::Style;
use crate::lexicon::{Lexicon, lower};
use crate::value::Quantity;
use compact_str::CompactString;
use std::ops::Range;

pub use datum::{Cue, Datum, DatumPlace};
pub use declared::{Bound, Declared, Limit};
pub(crate) use mention::is_agreed;
pub use mention::{Mention, MentionPlace};
pub(crate) use newest::{DEMANDED, DROPPED};
pub(crate) use parameter::SIGNATURE;
pub use parameter::{Parameter, ParameterSource, Term as ParameterTerm};
pub use sample::{Given, GivenSort};
pub(crate) use words::shared as shared_words;

/// One setting with its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// What sort of thing it is.
    pub sort: SettingSort,
    /// What it is called, folded: `lock timeout`.
    pub key: CompactString,
    /// `default`, `least`, `most`; empty when the value is the only one.
    pub slot: CompactString,
    /// What is said of it.
    pub value: SettingValue,
    /// Platforms, environments and plans that the value is for.
    pub only: Vec<CompactString>,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
    /// The table that it stands in, an index into `Document::tables`.
    pub table: Option<u32>,
    /// For a code, the sorts of failure that are told of it: `full`, `unreachable`.
    pub failures: Vec<CompactString>,
    /// What stands beside it and says the same in another form.
    pub beside: Option<Box<Beside>>,
    /// Whether the document is the first page of its folder: a README or an index.
    pub home: bool,
}

/// The same value in another form, close by: the comment of a line of code, the name of a status code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside {
    /// Its place and wording.
    pub member: Member,
    /// What it may say; it agrees when one of these does.
    pub readings: Vec<SettingValue>,
    /// What it stands for, when its wording does not show it: `403` of "Forbidden".
    pub meaning: CompactString,
}

/// What sort of thing has a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SettingSort {
    /// An option with an identifier.
    Option,
    /// A limit with a noun.
    Limit,
    /// The least version of something that is needed.
    Requirement,
    /// The licence of the project.
    Licence,
    /// The file that a program reads its settings from.
    Path,
    /// A value with the same value in another form beside it.
    Beside,
    /// A constant with a name in capitals.
    Constant,
    /// The release of the product that the document is about.
    Release,
    /// An exit code, status code or error code with its meaning.
    Code,
    /// The model of the product that the document is about.
    Model,
    /// A part of a path, a service, an address, a port or the version of a package, as it stands in code.
    Spelled,
    /// The status that an endpoint answers with, or that an error code goes with.
    Endpoint,
}

impl SettingSort {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Limit => "limit",
            Self::Requirement => "requirement",
            Self::Licence => "licence",
            Self::Path => "path",
            Self::Beside => "beside",
            Self::Constant => "constant",
            Self::Release => "release",
            Self::Code => "code",
            Self::Model => "model",
            Self::Endpoint => "endpoint",
            Self::Spelled => "spelled",
        }
    }
}

/// The value of a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingValue {
    /// A number with its unit.
    Quantity(Quantity),
    /// A word, path or switch, folded.
    Word(CompactString),
    /// Alternatives, sorted: the licences of a project.
    Set(Vec<CompactString>),
    /// A version; `None` when only its first part is said.
    Version {
        /// The part before the first full stop.
        major: u32,
        /// The part behind it.
        minor: Option<u32>,
    },
    /// The numbers of a release, two at least: 3, 2, 1.
    Release(Vec<u32>),
}

/// The name of an option, variable or key as used or declared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identifier {
    /// Its words in lower case.
    pub words: Vec<CompactString>,
    /// How it is written.
    pub form: IdentifierForm,
    /// Whether a table of options or the output of a program declares it.
    pub declared: bool,
    /// Whether the text around says that it is gone, renamed, new or not the right one.
    pub changed: bool,
    /// The folder of the document.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// How an identifier is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum IdentifierForm {
    /// `--max-retries`
    Flag,
    /// `APP_PASSWORD_FILE`
    Variable,
    /// `max_retries`, `lock.timeout`, `maxRetries`
    Key,
}

/// Reads the claims of kinds Setting, Identifier, Declared, Given, Parameter and Mention.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    if is_history(context) {
        newest::extract(context, out);
        since::in_changelog(context, out);
        gone::extract(context, out);
        return;
    }
    table::extract(context, out);
    for view in context.views() {
        if view.is_prose() {
            prose::extract(context, &view, out);
            limit::extract(context, &view, out);
            lasting::extract(context, &view, out);
            requirement::extract(context, &view, out);
            hardware::extract(context, &view, out);
        }
        beside::extract(context, &view, out);
    }
    port::extract(context, out);
    code::extract(context, out);
    constant::extract(context, out);
    requirement::listed(context, out);
    hardware::listed(context, out);
    since::extract(context, out);
    gone::extract(context, out);
    requirement::paths(context, out);
    licence::extract(context, out);
    release::extract(context, out);
    meaning::extract(context, out);
    script::extract(context, out);
    schedule::extract(context, out);
    model::extract(context, out);
    worded::extract(context, out);
    identifier::extract(context, out);
    endpoint::extract(context, out);
    declared::extract(context, out);
    sample::extract(context, out);
    spelled::extract(context, out);
    parameter::extract(context, out);
    mention::extract(context, out);
    datum::extract(context, out);
}

/// Whether a folder is another one or lies in it; the empty one holds all.
pub(crate) fn is_inside(folder: &str, around: &str) -> bool {
    around.is_empty() || folder == around || folder.strip_prefix(around).is_some_and(|rest| rest.starts_with('/'))
}

/// Reads what code says that lies beside documentation.
pub(super) fn in_source(context: &Context<'_>, out: &mut Vec<Claim>) {
    datum::extract(context, out);
}

/// Whether the document tells what changed from version to version, so that its values are of their time.
fn is_history(context: &Context<'_>) -> bool {
    let mut headings = 0;
    let mut versions = 0;
    for (_, block) in context.document.iter() {
        if matches!(block.kind, crate::document::BlockKind::Heading(_)) {
            headings += 1;
            versions += usize::from(block.text.string.split_whitespace().take(3).any(is_version));
        }
    }
    versions >= 3 && versions * 2 > headings || versions > 0 && is_called_history(&context.document.path)
}

/// Whether a document is a changelog by its name.
fn is_called_history(path: &str) -> bool {
    let name = lower(path.rsplit('/').next().unwrap_or_default());
    let stem = name.split('.').next().unwrap_or_default();
    matches!(stem, "changelog" | "changes" | "history" | "news" | "release-notes" | "release_notes" | "releases")
}

/// Whether a word is the number of a version: `0.13.1`, `v2`, `[1.4]`.
pub(crate) fn is_version(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | ',' | ':' | '`'));
    let (number, marked) = match word.strip_prefix(['v', 'V']) {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let parts: Vec<&str> = number.split('.').collect();
    let digits = |p: &&str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    parts.first().is_some_and(digits)
        && parts.iter().take(2).all(|p| digits(p) || *p == "x")
        && (parts.len() > 1 || marked)
}

/// An identifier folded to its words; `None` for anything else.
///
/// `--max-retries <N>` → max, retries; `maxRetries` → max, retries; `config.toml` is a file and none.
pub(super) fn fold(text: &str) -> Option<(Vec<CompactString>, IdentifierForm)> {
    const FILES: &[&str] = &[
        "c", "cfg", "conf", "cpp", "css", "csv", "db", "exe", "go", "h", "html", "ini", "java", "js", "json", "lock",
        "log", "md", "pdf", "php", "png", "py", "rb", "rs", "sh", "sock", "sql", "svg", "tar", "toml", "ts", "txt",
        "xml", "yaml", "yml", "zip",
    ];
    let text = text.trim();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '<' | ',' | ':')).unwrap_or(text.len());
    let name = &text[..end];
    let bare = name.trim_start_matches('-');
    let dashes = name.len() - bare.len();
    let plain = bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain || dashes == 1 || dashes > 2 || !bare.starts_with(|c: char| c.is_ascii_alphabetic()) || bare.len() < 3 {
        return None;
    }
    if bare.ends_with(['-', '_', '.']) || bare.rsplit('.').next().is_some_and(|e| e != bare && FILES.contains(&e)) {
        return None;
    }
    let capitals = bare.chars().all(|c| !c.is_ascii_lowercase());
    let hump = bare.as_bytes().windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    let form = if dashes == 2 {
        IdentifierForm::Flag
    } else if capitals && bare.contains('_') {
        IdentifierForm::Variable
    } else if !capitals
        && (bare.contains(['_', '.', '-']) || hump && bare.starts_with(|c: char| c.is_ascii_lowercase()))
    {
        IdentifierForm::Key
    } else {
        return None;
    };
    let mut words: Vec<CompactString> = Vec::new();
    for part in bare.split(['-', '_', '.']).filter(|p| !p.is_empty()) {
        let mut word = CompactString::default();
        let mut before = ' ';
        for c in part.chars() {
            if !capitals && c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                words.push(std::mem::take(&mut word));
            }
            word.push(c.to_ascii_lowercase());
            before = c;
        }
        words.push(word);
    }
    Some((words, form))
}

/// The key that an identifier is compared by: a variable without the name of its product.
fn key_of(words: &[CompactString], form: IdentifierForm) -> Option<CompactString> {
    let words = if form == IdentifierForm::Variable { words.get(1..)? } else { words };
    // `APP_WORKERS` is `workers`, a name of one word.
    let named = words.len() > 1 || words.len() == 1 && form == IdentifierForm::Variable;
    named.then(|| words.join(" ").into())
}

/// The code spans of a block as token ranges, in order.
fn code_spans(view: &BlockView<'_>) -> Vec<Range<usize>> {
    let tokens = &view.layer.tokens;
    view.block
        .text
        .styles
        .iter()
        .filter(|(_, style)| *style == Style::Code)
        .map(|(bytes, _)| {
            let start = tokens.partition_point(|t| t.start < bytes.start);
            let end = tokens.partition_point(|t| t.end <= bytes.end);
            start..end.max(start)
        })
        .filter(|r| !r.is_empty())
        .collect()
}

/// The value that exactly a range of tokens states; `hint` is the unit that a column or a placeholder gives.
fn stated(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>, hint: Option<&str>) -> Option<SettingValue> {
    let mut tokens = tokens;
    while tokens.start < tokens.end && matches!(view.word(tokens.start), "`" | "\"" | "'" | "“") {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && matches!(view.word(tokens.end - 1), "`" | "\"" | "'" | "”" | "." | ",") {
        tokens.end -= 1;
    }
    if tokens.is_empty() {
        return None;
    }
    let quantities = &view.layer.quantities;
    let at = quantities.partition_point(|q| q.tokens.start < tokens.start);
    if let Some(q) = quantities.get(at).filter(|q| q.tokens == tokens) {
        let mut quantity = q.quantity.clone();
        if quantity.unit.is_count()
            && let Some(hinted) = hint.and_then(|h| literal::unit(lexicon, h))
        {
            quantity.unit = hinted;
        }
        return quantity.is_plain().then_some(SettingValue::Quantity(quantity));
    }
    let code = view.block.text.has_style(view.layer.bytes(tokens.clone()), Style::Code);
    literal::value(lexicon, view.wording(tokens), hint, code)
}

/// The value that begins at a token: a quantity, one of the code spans, a switch.
fn value_at(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    spans: &[Range<usize>],
    at: usize,
) -> Option<(Range<usize>, SettingValue)> {
    let quantities = &view.layer.quantities;
    let span = spans.get(spans.partition_point(|s| s.start < at)).filter(|s| s.start == at);
    let quantity = quantities.get(quantities.partition_point(|q| q.tokens.start < at)).filter(|q| q.tokens.start == at);
    let range = match (span, quantity) {
        (Some(span), _) => span.clone(),
        (None, Some(quantity)) => quantity.tokens.clone(),
        (None, None) => at..at + 1,
    };
    if range.end > view.layer.tokens.len() {
        return None;
    }
    stated(view, lexicon, range.clone(), None).map(|value| (range, value))
}

/// The platforms, environments and plans that a stretch names.
fn only(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    for i in tokens {
        if let Some(n) = crate::annotate::phrase_at(lexicon, "setting-only", view.text, &view.layer.tokens, i) {
            let name = lower(view.wording(i..i + n));
            if !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out.sort();
    out
}

/// The claim of a setting whose value stands at `tokens`.
fn claim(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>, wording: &str, setting: Setting) -> Claim {
    let (scope, status) = scope(view, context.lexicon, &tokens);
    let mut claim = view.claim(ClaimKind::Setting, "setting", tokens, Value::Setting(Box::new(setting)));
    claim.scope = scope;
    claim.scope.titles = Titles::default().above(context, view.id);
    claim.status = status;
    claim.subject.wording = wording.split_whitespace().collect::<Vec<_>>().join(" ").into();
    claim
}

/// A setting of which only the name and value are known.
fn setting(sort: SettingSort, key: CompactString, slot: &str, value: SettingValue) -> Setting {
    Setting {
        sort,
        key,
        slot: slot.into(),
        value,
        only: Vec::new(),
        folder: CompactString::default(),
        edition: CompactString::default(),
        table: None,
        failures: Vec::new(),
        beside: None,
        home: false,
    }
}

/// A name of one word, which means something only where it is declared: `timeout`, `port`.
fn single(text: &str) -> Option<CompactString> {
    let name = text.trim().trim_start_matches('-');
    let name =
        &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '=' | '<' | ',' | ':')).unwrap_or(name.len())];
    let plain = name.len() > 2 && name.len() <= 30 && name.bytes().all(|b| b.is_ascii_lowercase());
    plain.then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::{IdentifierForm, fold, is_version};

    #[test]
    fn reads_identifiers_in_all_spellings_as_words() {
        for (text, words, form) in [
            ("--max-retries <N>", "max retries", IdentifierForm::Flag),
            ("maxRetries", "max retries", IdentifierForm::Key),
            ("lock.timeout", "lock timeout", IdentifierForm::Key),
            ("APP_PASSWORD_FILE", "app password file", IdentifierForm::Variable),
            ("max_retries=5", "max retries", IdentifierForm::Key),
        ] {
            assert_eq!(fold(text).map(|(w, f)| (w.join(" "), f)), Some((words.to_owned(), form)), "{text}");
        }
        for text in ["config.toml", "-v", "MIT", "timeout", "foo()", "a/b", "Max"] {
            assert_eq!(fold(text), None, "{text}");
        }
    }

    #[test]
    fn reads_numbers_of_versions() {
        for word in ["0.13.1", "v2", "[1.4]", "v3.5.x"] {
            assert!(is_version(word), "{word}");
        }
        for word in ["2", "very", "2024", "1.a"] {
            assert!(!is_version(word), "{word}");
        }
    }
}
