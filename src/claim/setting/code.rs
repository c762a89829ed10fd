//! What code blocks state: comments beside the values that they explain, defaults in the help of a program and in
//! commented configurations, versions of tools.

use super::{Beside, Setting, SettingSort, SettingValue, claim_in_code, fold, key_of, literal, setting, single, tool};
use crate::annotate::{annotate, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::integer::integer;
use crate::claim::noun::lemma;
use crate::claim::{Claim, ClaimKind, Context, Member, Value};
use crate::document::{Block, BlockId, BlockKind, Document, Text};
use crate::lexicon::{Lexicon, lower, singular};
use crate::value::{Decimal, Unit};
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most lines of one code block that are read.
const LINES: usize = 2_000;

/// How far a value may lie from its comment and be the same, in parts of it: "10 seconds" for 9999 ms.
const NEARLY: u32 = 20;

/// Smallest number in a comment that is worked out rather than counted.
const WORKED_OUT: u32 = 1_000;

/// `key = value`, `"key": value,`, `const KEY: u32 = value;`
pub(super) static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"^\s*(?:-\s+)?(?:(?:export|set|const|static|let|var|final|public|private|int|long)\s+)*["']?(?P<key>[A-Za-z][\w.-]*)["']?\s*(?::\s*\w+\s*)?(?::=|=>|=|:)\s*(?P<value>[^=\s].*?)\s*[,;]?\s*$"#,
    )
    .expect("the pattern is fixed and compiles")
});

/// `#define RING_SIZE (1 << 16)`
pub(super) static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*#\s*define\s+(?P<key>[A-Za-z]\w+)\s+(?P<value>\S.*?)\s*$")
        .expect("the pattern is fixed and compiles")
});

/// The head of a function, and an argument with its default: `limit: int = 5`.
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:(?:export|async|public|static|pub|open|override)\s+)*(?:def|function|fun|func)\s+[\w.]+\s*\((?P<arguments>[^()]*)\)")
        .expect("the pattern is fixed and compiles")
});

static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<key>[A-Za-z_]\w*)\s*(?::\s*[\w\[\]|. ]+?)?\s*=\s*(?P<value>[^,()=]+?)\s*(?:,|\)|$)")
        .expect("the pattern is fixed and compiles")
});

/// `sleep 60`, `--max-time 30`
static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^\s*(?:\$\s+|sudo\s+)?(?P<sleep>sleep)\s+|\s--(?P<flag>[a-z][a-z-]+)[ =])(?P<value>\d[\d_.]*[A-Za-z]{0,3})(?:\s|;|&|$)",
    )
    .expect("the pattern is fixed and compiles")
});

/// The default that the help of a program gives: `[default: 3]`, `(default 3)`, `(defaults to 3)`.
static HELP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^\s*(?:-\w,?\s+)?--(?P<key>[a-z][a-z0-9-]+).*[\[( ](?:default(?: is|s to)?|defaults to):?[ =]+["'`]?(?P<value>[^\s\])"'`,]+)["'`]?(?:[\]),.]|$)"#)
        .expect("the pattern is fixed and compiles")
});

/// A comment with the line of code that it explains.
struct Explained<'a> {
    block: (BlockId, &'a Block),
    comment: Range<usize>,
    code: Range<usize>,
    line: Range<usize>,
}

/// The lines of a text as byte ranges, line ends left out.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let range = start..start + line.trim_end_matches('\r').len();
        start += line.len() + 1;
        range
    })
}

/// Reads the code blocks of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut explained = Vec::new();
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        let text = &block.text.string;
        // The comment that has a line to itself, above the line at hand.
        let mut above: Option<Range<usize>> = None;
        let mut run = 0;
        let called = called_default(context.lexicon, text);
        if called.is_some() || announces_defaults(context, id) {
            defaults(context.lexicon, (id, block), called == Some(Shown::Commented), out);
        }
        for line in lines(text).take(LINES) {
            signature(context, (id, block), line.clone(), out);
            tool::in_line(context, (id, block), line.clone(), out);
            help(context.lexicon, (id, block), line.clone(), out);
            let (code, comment) = parted(text, line.clone());
            let empty = text[code.clone()].trim().is_empty();
            match (empty, comment) {
                (true, Some(comment)) => {
                    run += 1;
                    above = (run == 1).then_some(comment);
                }
                (true, None) => (above, run) = (None, 0),
                (false, comment) => {
                    let told = comment.clone().or(above.clone());
                    default_beside(context.lexicon, (id, block), code.clone(), told, out);
                    let comment = comment.or(above.take());
                    run = 0;
                    let digits = |r: &Range<usize>| text[r.clone()].bytes().any(|b| b.is_ascii_digit());
                    if let Some(comment) = comment.filter(|_| digits(&code)) {
                        explained.push(Explained { block: (id, block), comment, code, line });
                    }
                }
            }
        }
    }
    compare(context, explained, out);
}

/// A line in code and comment, the mark of the comment left out.
pub(super) fn parted(text: &str, line: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut quote = 0u8;
    let mut at = line.start;
    let mut first = true;
    while at < line.end {
        let byte = bytes[at];
        let parted = first || bytes[at - 1].is_ascii_whitespace();
        let next = |n: usize| bytes.get(at + n).copied().filter(|_| at + n < line.end).unwrap_or(b' ');
        let length = match byte {
            _ if quote != 0 => {
                if byte == quote {
                    quote = 0;
                }
                0
            }
            b'"' | b'`' => {
                quote = byte;
                0
            }
            b'#' if parted
                && !text[at + 1..line.end].trim_start().starts_with("define ")
                && (next(1).is_ascii_whitespace() || first && next(1).is_ascii_alphabetic() && next(1) != b'i') =>
            {
                1
            }
            b'/' if next(1) == b'/' && (parted || matches!(bytes[at - 1], b';' | b',')) => 2,
            b'/' if next(1) == b'*' && parted => 2,
            b'-' if parted && !first && next(1) == b'-' && next(2).is_ascii_whitespace() => 2,
            b';' if first && next(1).is_ascii_whitespace() => 1,
            _ => 0,
        };
        if length > 0 {
            return (line.start..at, Some(at + length..line.end));
        }
        first &= byte.is_ascii_whitespace();
        at += 1;
    }
    (line, None)
}

/// What a line of code sets: the words of its key, the place of the value and what it may mean.
struct Set {
    key: Vec<CompactString>,
    at: Range<usize>,
    number: Decimal,
    unit: Option<Unit>,
    /// Whether the value is an expression: `1 << 16`.
    worked_out: bool,
}

/// Reads a line of code with one number.
fn set(lexicon: &Lexicon, text: &str, code: Range<usize>) -> Option<Set> {
    let line = &text[code.clone()];
    if let Some(found) = DEFINED.captures(line).or_else(|| ASSIGNED.captures(line)) {
        let value = found.name("value")?;
        let key = words(&found["key"]);
        let (number, unit) = expression(lexicon, value.as_str())?;
        let unit = unit.or_else(|| key.last().and_then(|word| long_unit(lexicon, word)));
        let worked_out = value.as_str().contains("<<") || value.as_str().contains('*');
        let at = code.start + value.start()..code.start + value.end();
        return Some(Set { key, at, number, unit, worked_out });
    }
    let mut found = COMMAND.captures_iter(line);
    let (only, None) = (found.next()?, found.next()) else { return None };
    let value = only.name("value")?;
    let (number, suffix) = literal::number(value.as_str())?;
    let sleep = only.name("sleep").is_some();
    let unit = match suffix {
        "" if sleep => literal::unit(lexicon, "s"),
        "" => None,
        "m" => literal::unit(lexicon, "min"),
        suffix => Some(literal::unit(lexicon, suffix)?),
    };
    let key = if sleep { vec!["sleep".into()] } else { words(&only["flag"]) };
    let at = code.start + value.start()..code.start + value.end();
    Some(Set { key, at, number, unit, worked_out: false })
}

/// The words of a name in code, however they are joined.
pub(super) fn words(name: &str) -> Vec<CompactString> {
    let mut out: Vec<CompactString> = Vec::new();
    for part in name.split(['-', '_', '.']).filter(|p| !p.is_empty()) {
        let mut word = CompactString::default();
        let mut before = ' ';
        for c in part.chars() {
            if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                out.push(std::mem::take(&mut word));
            }
            word.push(c.to_ascii_lowercase());
            before = c;
        }
        out.push(word);
    }
    out
}

/// A unit by a word that can hardly be anything else.
pub(super) fn long_unit(lexicon: &Lexicon, word: &str) -> Option<Unit> {
    (word.len() > 3 || matches!(word, "ms" | "sec" | "min" | "hrs" | "kib" | "mib" | "gib" | "kb" | "mb" | "gb"))
        .then(|| literal::unit(lexicon, word))
        .flatten()
        .or_else(|| match word {
            "millis" => literal::unit(lexicon, "ms"),
            "nanos" => literal::unit(lexicon, "ns"),
            "micros" => literal::unit(lexicon, "µs"),
            _ => None,
        })
        .filter(|u| matches!(u.dimension.as_str(), "time" | "data"))
}

/// The number of an expression and its unit: `30s`, `"5m"`, `60 * 60`, `1 << 20`, `30 * time.Second`,
/// `Duration::from_secs(30)`, `timedelta(minutes=5)`.
pub(super) fn expression(lexicon: &Lexicon, text: &str) -> Option<(Decimal, Option<Unit>)> {
    let text = text.trim().trim_matches(|c| matches!(c, '"' | '\'' | '`'));
    if let Some(number) = integer(text).and_then(|n| i64::try_from(n).ok()) {
        return Some((Decimal::from(number), None));
    }
    if let Some((number, suffix)) = literal::number(text) {
        match suffix.trim() {
            "" | "u32" | "u64" | "usize" | "f64" | "L" | "n" => return Some((number, None)),
            "m" => return Some((number, literal::unit(lexicon, "min"))),
            suffix if suffix.bytes().all(|b| b.is_ascii_alphabetic()) => {
                return literal::unit(lexicon, suffix).map(|unit| (number, Some(unit)));
            }
            _ => {}
        }
    }
    let mut numbers: Vec<Decimal> = Vec::new();
    let mut unit = None;
    let mut rest = text;
    let mut shift = false;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let (number, after) = literal::number(rest)?;
            // `v2`, `x86_64`: a figure in a name.
            if after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                return None;
            }
            numbers.push(number);
            rest = after;
        } else if c.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let named = words(&rest[..end]);
            if rest[..end].bytes().any(|b| b.is_ascii_digit()) {
                return None;
            }
            unit = unit.or_else(|| named.iter().find_map(|w| long_unit(lexicon, w)));
            rest = &rest[end..];
        } else if rest.starts_with("<<") {
            shift = true;
            rest = &rest[2..];
        } else if matches!(c, '*' | '(' | ')' | '.' | ':' | ' ' | '=' | ';') {
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    let number = match numbers.as_slice() {
        [base, bits] if shift => {
            let bits: u32 = bits.to_string().parse().ok().filter(|b| *b < 60)?;
            base.checked_mul(Decimal::from(1_u64 << bits))?
        }
        [_] if text.contains('*') && unit.is_none() => return None,
        // A call with a number means something by its unit alone.
        [one] => unit.is_some().then_some(*one)?,
        [] => return None,
        many if text.contains('*') && !shift => many.iter().try_fold(Decimal::ONE, |a, b| a.checked_mul(*b))?,
        _ => return None,
    };
    Some((number, unit))
}

/// Compares comments with the code that they explain. The comments are annotated as a document of their own.
fn compare(context: &Context<'_>, explained: Vec<Explained<'_>>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    let sets: Vec<(Explained<'_>, Set)> = explained
        .into_iter()
        .filter_map(|e| {
            let set = set(lexicon, &e.block.1.text.string, e.code.clone())?;
            Some((e, set))
        })
        .collect();
    if sets.is_empty() {
        return;
    }
    let mut comments = Document::new(context.document.file);
    for (explained, _) in &sets {
        let mut text = Text::new(comments.file);
        text.push_copied(&explained.block.1.text.string[explained.comment.clone()], explained.comment.start as u32);
        comments.push(BlockKind::Paragraph, text, None);
    }
    let layers = annotate(&comments, lexicon);
    let inner = Context::new(&comments, &layers, lexicon);
    for (n, (explained, set)) in sets.into_iter().enumerate() {
        let view = inner.view(BlockId(n as u32));
        out.extend(beside(lexicon, &view, &explained, set));
    }
}

/// The claim of a value with its comment, when the comment gives the same thing.
fn beside(lexicon: &Lexicon, view: &BlockView<'_>, explained: &Explained<'_>, set: Set) -> Option<Claim> {
    let mut plain = view.layer.quantities.iter().filter(|q| !q.vague);
    let (q, None) = (plain.next()?, plain.next()) else { return None };
    let tokens = &view.layer.tokens;
    let has = |name: &str| (0..tokens.len()).any(|i| phrase_at(lexicon, name, view.text, tokens, i).is_some());
    if q.label || !q.quantity.is_plain() || has("setting-changed") || has("setting-if") || has("comment-loose") {
        return None;
    }
    let stated = &q.quantity;
    let key_has = |name: &str| set.key.iter().any(|word| lexicon.is_in(name, word));
    let dimension = stated.unit.dimension.as_str();
    let units: Vec<Unit> = match (dimension, &set.unit) {
        ("time" | "data", Some(unit)) if unit.dimension == dimension => vec![unit.clone()],
        ("time", None) if key_has("time-key") => {
            ["ns", "µs", "ms", "s", "min", "h", "days"].iter().filter_map(|u| literal::unit(lexicon, u)).collect()
        }
        ("data", None) if key_has("size-key") => {
            ["bytes", "kB", "KiB", "MB", "MiB", "GB", "GiB"].iter().filter_map(|u| literal::unit(lexicon, u)).collect()
        }
        ("", None) => {
            // "give up after 5 attempts" and `max_attempts`: the noun is in the key. What is worked out in code is
            // worked out in the comment: `1 << 16` and "65,536 entries".
            let noun = singular(&lower(&lemma(view, lexicon, q.tokens.end)));
            let named = set.key.iter().any(|word| singular(word) == noun);
            let worked_out = set.worked_out && stated.value() >= Decimal::from(WORKED_OUT);
            (named || worked_out).then(|| vec![Unit::count()])?
        }
        _ => return None,
    };
    // Of 60 seconds in a key of days nothing is said.
    let base = stated.base()?;
    let tolerance = base.abs().checked_div(Decimal::from(NEARLY))?;
    // MB is said of MiB as well.
    let near = |unit: &Unit| {
        let value = set.number.checked_mul(unit.factor);
        value.is_some_and(|v| (v - base).abs() <= tolerance)
    };
    let agrees = units.iter().any(near);
    let unit = units.iter().find(|u| near(u)).or(units.first())?.clone();
    let member = Member {
        at: explained.block.1.text.span(
            explained.comment.start + view.layer.bytes(q.tokens.clone()).start
                ..explained.comment.start + view.layer.bytes(q.tokens.clone()).end,
        ),
        text: view.wording(q.tokens.clone()).into(),
    };
    let value = literal::exact(set.number, unit);
    let readings = if agrees { vec![value.clone()] } else { vec![SettingValue::Quantity(stated.clone())] };
    let beside = Beside { member, readings, meaning: CompactString::default() };
    let key: CompactString = set.key.join(" ").into();
    let found = Setting { beside: Some(Box::new(beside)), ..setting(SettingSort::Beside, key.clone(), "", value) };
    let value = Value::Setting(Box::new(found));
    Some(claim_in_code(explained.block, set.at, explained.line.clone(), ClaimKind::Setting, &key, value))
}

/// The claim that an option has a default, read in a code block.
fn default(
    lexicon: &Lexicon,
    block: (BlockId, &Block),
    name: &str,
    (at, text): (Range<usize>, &str),
    line: Range<usize>,
) -> Option<Claim> {
    let key = match fold(name).and_then(|(words, form)| key_of(&words, form)) {
        Some(key) => key,
        None => single(name)?,
    };
    let value = literal::value(lexicon, text, None, true)?;
    let value = Value::Setting(Box::new(setting(SettingSort::Option, key, "default", value)));
    Some(claim_in_code(block, at, line, ClaimKind::Setting, name, value))
}

/// A line of the help of a program.
fn help(lexicon: &Lexicon, block: (BlockId, &Block), line: Range<usize>, out: &mut Vec<Claim>) {
    let text = &block.1.text.string[line.clone()];
    if !text.contains("--") {
        return;
    }
    let Some(found) = HELP.captures(text) else { return };
    if let (Some(key), Some(value)) = (found.name("key"), found.name("value")) {
        let at = line.start + value.start()..line.start + value.end();
        let name = format!("--{}", key.as_str());
        out.extend(default(lexicon, block, &name, (at, value.as_str()), line));
    }
}

/// The defaults of the arguments of a function that is shown: `def split(text, sep, limit=5):`. What two functions
/// have is not known by its name.
fn signature(context: &Context<'_>, block: (BlockId, &Block), line: Range<usize>, out: &mut Vec<Claim>) {
    let text = &block.1.text.string[line.clone()];
    let Some(found) = SIGNATURE.captures(text) else { return };
    let Some(arguments) = found.name("arguments") else { return };
    for one in ARGUMENT.captures_iter(arguments.as_str()) {
        let (Some(key), Some(value)) = (one.name("key"), one.name("value")) else { continue };
        let other = |b: &Block| {
            b.kind == BlockKind::Code
                && lines(&b.text.string).take(LINES).filter(|l| b.text.string[l.clone()] != *text).any(|l| {
                    let line = &b.text.string[l];
                    SIGNATURE.is_match(line) && ARGUMENT.captures_iter(line).any(|a| a["key"] == *key.as_str())
                })
        };
        if context.document.blocks.iter().any(other) {
            continue;
        }
        let from = line.start + arguments.start();
        let bare = value.as_str().trim_matches(|c| matches!(c, '"' | '\''));
        out.extend(default(
            context.lexicon,
            block,
            key.as_str(),
            (from + value.start()..from + value.end(), bare),
            line.clone(),
        ));
    }
}

/// `max_connections: 100  # default`, `# default: 100`.
fn default_beside(
    lexicon: &Lexicon,
    block: (BlockId, &Block),
    code: Range<usize>,
    comment: Option<Range<usize>>,
    out: &mut Vec<Claim>,
) {
    let text = &block.1.text.string;
    let Some(comment) = comment else { return };
    if !says_default(lexicon, &text[comment.clone()]) {
        return;
    }
    let Some(found) = ASSIGNED.captures(&text[code.clone()]) else { return };
    if let (Some(key), Some(value)) = (found.name("key"), found.name("value")) {
        // A key that is indented has a section that its name leaves out.
        if key.start() > 0 && fold(key.as_str()).is_none() {
            return;
        }
        let bare = value.as_str().trim_matches(|c| matches!(c, '"' | '\''));
        let at = code.start + value.start()..code.start + value.end();
        out.extend(default(lexicon, block, key.as_str(), (at, bare), code.start..comment.end.max(code.end)));
    }
}

/// Whether a comment says that the value of its line is the default one; one with a number speaks of another.
fn says_default(lexicon: &Lexicon, comment: &str) -> bool {
    let said = lower(comment.trim()).replace(['(', ')', ';', ',', '.', ':'], " ");
    let words: Vec<&str> = said.split_whitespace().collect();
    let is = |set: &str, phrase: &[&str]| lexicon.is_in(set, &phrase.join(" "));
    let told = |set: &str| (1..=4).any(|n| words.windows(n).any(|phrase| is(set, phrase)));
    is("default-comment", &words) || told("default-told") && !said.bytes().any(|b| b.is_ascii_digit())
}

/// Which lines of a block of code show the defaults.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shown {
    All,
    /// Those that are commented out; the others are somebody's choice.
    Commented,
}

/// What the first comment of a block of code, on a line of its own, says of the values as defaults.
fn called_default(lexicon: &Lexicon, text: &str) -> Option<Shown> {
    const HEAD: usize = 3;
    let comments = lines(text).take(HEAD).filter_map(|line| {
        let (code, comment) = parted(text, line);
        comment.filter(|_| text[code].trim().is_empty())
    });
    let mut comments = comments.map(|comment| lower(text[comment].trim()));
    comments.find_map(|said| {
        let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let told = |set: &str| (1..=5).any(|n| words.windows(n).any(|phrase| lexicon.is_in(set, &phrase.join(" "))));
        let commented = said.contains('#') || told("commented-out");
        told("defaults-comment").then_some(if commented { Shown::Commented } else { Shown::All })
    })
}

/// Whether a paragraph beside a code block says that it shows the defaults: "The default values are:" before it,
/// "These are the built-in values" behind it.
fn announces_defaults(context: &Context<'_>, id: BlockId) -> bool {
    let beside = |n: Option<usize>| {
        n.filter(|n| *n < context.document.blocks.len())
            .map(|n| context.view(BlockId(n as u32)))
            .filter(|v| v.is_prose())
    };
    let has = |view: &BlockView<'_>, set: &str| {
        let tokens = &view.layer.tokens;
        (0..tokens.len()).any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    };
    let own = context.document.block(id).section;
    let before = beside((id.0 as usize).checked_sub(1));
    let behind = beside(Some(id.0 as usize + 1)).filter(|v| v.block.section == own);
    before.is_some_and(|v| v.text.trim_end().ends_with(':') && has(&v, "defaults-shown"))
        || behind
            .is_some_and(|v| has(&v, "defaults-shown-above") && has(&v, "shown-above") && !has(&v, "defaults-changed"))
}

/// The keys of a block of defaults, the names of their sections in front: `image:` and `tag: 1.4.2` below it.
fn defaults(lexicon: &Lexicon, block: (BlockId, &Block), commented: bool, out: &mut Vec<Claim>) {
    let text = &block.1.text.string;
    let mut sections: Vec<(usize, &str)> = Vec::new();
    for line in lines(text).take(LINES) {
        let (code, comment) = parted(text, line.clone());
        let out_of_use = comment.filter(|_| commented && text[code.clone()].trim().is_empty());
        if commented && out_of_use.is_none() && ASSIGNED.is_match(&text[code.clone()]) {
            continue;
        }
        let code = out_of_use.unwrap_or(code);
        let shown = &text[code.clone()];
        let indent = shown.len() - shown.trim_start().len();
        let trimmed = shown.trim();
        if let Some(section) = trimmed.strip_prefix('[').and_then(|s| s.strip_suffix(']')) {
            sections = vec![(0, section)];
            continue;
        }
        let in_table =
            sections.first().is_some_and(|(_, s)| shown.len() == trimmed.len() && text.contains(&format!("[{s}]")));
        if !in_table {
            sections.retain(|(depth, _)| *depth < indent);
        }
        if let Some(section) = trimmed.strip_suffix(':') {
            sections.push((indent, section));
            continue;
        }
        let Some(found) = ASSIGNED.captures(shown) else { continue };
        let (Some(key), Some(value)) = (found.name("key"), found.name("value")) else { continue };
        let mut name: Vec<&str> = sections.iter().map(|(_, s)| *s).collect();
        name.push(key.as_str());
        let bare = value.as_str().trim_matches(|c| matches!(c, '"' | '\''));
        let at = code.start + value.start()..code.start + value.end();
        out.extend(default(lexicon, block, &name.join("."), (at, bare), line));
    }
}

#[cfg(test)]
mod tests {
    use super::{expression, parted};
    use crate::lexicon::Lexicon;

    #[test]
    fn reads_code_and_comment_of_a_line() {
        for (line, code, comment) in [
            ("sleep 60  # a minute", "sleep 60  ", Some(" a minute")),
            ("timeout: 5000, // 5 seconds", "timeout: 5000, ", Some(" 5 seconds")),
            ("url = \"http://x/#a # b\"", "url = \"http://x/#a # b\"", None),
            ("tool --max 3", "tool --max 3", None),
            ("; in seconds", "", Some(" in seconds")),
            ("#include <a.h>", "#include <a.h>", None),
            ("#define N 3 // three", "#define N 3 ", Some(" three")),
        ] {
            let (c, r) = parted(line, 0..line.len());
            assert_eq!((&line[c], r.map(|r| &line[r])), (code, comment), "{line}");
        }
    }

    #[test]
    fn reads_expressions() {
        let read = |text: &str| {
            expression(Lexicon::english(), text)
                .map(|(n, u)| format!("{n} {}", u.map_or(String::new(), |u| u.symbol.into())))
        };
        for (text, expected) in [
            ("\"30s\"", Some("30 s")),
            ("60 * 60 * 24", Some("86400 ")),
            ("1 << 20", Some("1048576 ")),
            ("30 * time.Second", Some("30 s")),
            ("Duration::from_secs(30)", Some("30 s")),
            ("timedelta(minutes=5)", Some("5 min")),
            ("512Mi", Some("512 MiB")),
            ("f(3)", None),
            ("a - 5", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
