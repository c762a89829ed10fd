//! The names that stand in code, each with its places in the document, for finding those that are written in two ways:
//! `ignored_paths` in a sentence, `ignore_paths` in the sample above it.

mod around;

use super::{ParameterTerm, code, code_spans, sample};
use crate::annotate::phrase_at;
use crate::claim::context::{BlockView, claim_in_code};
use crate::claim::{Claim, ClaimKind, Context, LISTING, Value};
use crate::document::{Block, BlockId, BlockKind, Style};
use crate::span::Span;
use compact_str::CompactString;
use std::collections::BTreeMap;
use std::ops::Range;

/// Shortest and longest name that is read.
const NAME: std::ops::RangeInclusive<usize> = 4..=48;

/// Most different names of one document; a longer list is generated.
const NAMES: usize = 3_000;

/// Most places kept of one name.
const PLACES: usize = 4;

/// Endings of the names of files, which belong to the name.
const FILES: &[&str] = &[
    "cfg", "conf", "cpp", "csv", "css", "go", "html", "ini", "js", "json", "lock", "log", "md", "php", "py", "rb",
    "rs", "service", "sh", "sock", "sql", "toml", "ts", "txt", "xml", "yaml", "yml",
];

/// A name in code with its places in one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// As it is written, marks around it left out: `ignore_paths`.
    pub name: CompactString,
    /// Its words in lower case: ignore, paths.
    pub words: Vec<CompactString>,
    /// How often it stands in code.
    pub count: usize,
    /// How often it stands in running text.
    pub told: usize,
    /// Its first places.
    pub places: Vec<MentionPlace>,
    /// For a variable or a header, what is said where it stands first: 4 in its sentence, row or line, 2 in the sentence
    /// before and in the heading above. Names in capitals are left out.
    pub about: Vec<ParameterTerm>,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// Where a name stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MentionPlace {
    /// The name.
    pub at: Span,
    /// The sentence, or the line of code, around it.
    pub within: Span,
    /// The number of its block.
    pub block: u32,
    /// The number of the heading above, if any.
    pub section: Option<u32>,
    /// The word of code in front of it, with the signs between: `new `, `spindle `; empty when there is none.
    pub before: CompactString,
    /// The mark in front of it: `-` of an option, `.` of a member, `/` of a path, a space for none.
    pub mark: char,
    /// The sign behind it that is no space, a space when there is none.
    pub after: char,
    /// Whether it is described or set there: a heading, the head of an item, the first cell of a row, a key.
    pub defined: bool,
    /// Whether it stands in a table.
    pub tabled: bool,
    /// Whether the text says that it is gone, renamed, wrong or another one.
    pub told_apart: bool,
    /// How many other names of the same block are joined by a hyphen, by an underscore, and by a capital.
    pub styles: [u8; 3],
}

/// A name as it is found, in a block and at bytes of it.
struct Found<'a> {
    name: &'a str,
    block: BlockId,
    at: Range<usize>,
    /// The stretch of code that it stands in.
    code: Range<usize>,
}

/// Reads the names of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut found: BTreeMap<&str, Vec<Found<'_>>> = BTreeMap::new();
    for (id, block) in context.document.iter() {
        if matches!(block.kind, BlockKind::Meta | BlockKind::Contents | BlockKind::Comment { .. }) {
            continue;
        }
        for code in stretches(block) {
            for at in names_in(&block.text.string, code.clone()) {
                let name = &block.text.string[at.clone()];
                found.entry(name).or_default().push(Found { name, block: id, at, code: code.clone() });
            }
        }
        if found.len() > NAMES {
            return;
        }
    }
    let told = told(context, &found);
    let styles = styles(&found);
    for (name, places) in &found {
        let kept: Vec<MentionPlace> = places.iter().take(PLACES).map(|f| place(context, f, &styles)).collect();
        let Some(first) = places.first() else { continue };
        let mention = Mention {
            name: (*name).into(),
            words: code::words(name),
            count: places.len(),
            told: told.get(name).copied().unwrap_or(0),
            places: kept,
            about: if is_agreed(name) { around::words(context, first.block, &first.at) } else { Vec::new() },
            folder: CompactString::default(),
            edition: CompactString::default(),
        };
        let block = context.document.block(first.block);
        let line = line_of(&block.text.string, &first.at);
        let value = Value::Mention(Box::new(mention));
        let read = claim_in_code((first.block, block), first.at.clone(), line, ClaimKind::Mention, name, value);
        let by = if block.kind == BlockKind::Code { LISTING } else { "mention" };
        out.push(Claim { by, ..read });
    }
}

/// The stretches of a block that are code: all of it, its code spans, and names in running text that have the form of
/// one.
fn stretches(block: &Block) -> Vec<Range<usize>> {
    if block.kind == BlockKind::Code {
        let whole = 0..block.text.string.len();
        return vec![whole];
    }
    let styles = block.text.styles.iter();
    styles.filter(|(_, style)| *style == Style::Code).map(|(r, _)| r.start as usize..r.end as usize).collect()
}

/// The names of a stretch of code.
fn names_in(text: &str, code: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = code.start;
    for piece in text[code].split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))) {
        let start = at;
        at = start + piece.len() + text[start + piece.len()..].chars().next().map_or(0, char::len_utf8);
        let address = text[..start].ends_with("://")
            || text[..start].ends_with('@')
            || text[start + piece.len()..].starts_with("://");
        if !address {
            parts(piece, start, &mut out);
        }
    }
    out
}

/// The names of a piece with full stops between them; a file keeps its ending.
fn parts(piece: &str, start: usize, out: &mut Vec<Range<usize>>) {
    let trimmed = piece.trim_end_matches(['.', '-']);
    let file = trimmed.rsplit_once('.').filter(|(stem, ending)| !stem.is_empty() && FILES.contains(ending));
    let bytes = trimmed.as_bytes();
    let mut from = 0;
    for (i, _) in trimmed.match_indices('.').chain([(trimmed.len(), "")]) {
        if file.is_some_and(|(stem, _)| i == stem.len()) {
            continue;
        }
        let dashes = bytes[from..i].iter().take_while(|b| **b == b'-').count();
        let name = &trimmed[from + dashes..i];
        let formed = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if NAME.contains(&name.len()) && formed {
            out.push(start + from + dashes..start + i);
        }
        from = (i + 1).min(trimmed.len());
    }
}

/// How often each name stands in running text as well.
fn told<'a>(context: &Context<'a>, found: &BTreeMap<&'a str, Vec<Found<'a>>>) -> BTreeMap<&'a str, usize> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for view in context.views() {
        let spans = code_spans(&view);
        for (i, token) in view.layer.tokens.iter().enumerate() {
            let word = token.text(view.text);
            if NAME.contains(&word.len())
                && let Some((name, _)) = found.get_key_value(word)
                && !spans.iter().any(|span| span.contains(&i))
            {
                *told.entry(name).or_default() += 1;
            }
        }
    }
    told
}

/// How the words of a name are joined.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Joined {
    Hyphen,
    Underscore,
    Capital,
}

fn joined(name: &str) -> Option<Joined> {
    let name = name.trim_matches(['_', '-']);
    let hump = name.as_bytes().windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    match () {
        () if name.contains('_') => Some(Joined::Underscore),
        () if name.contains('-') => Some(Joined::Hyphen),
        () if hump => Some(Joined::Capital),
        () => None,
    }
}

/// How many different names of each block are joined in each way.
fn styles(found: &BTreeMap<&str, Vec<Found<'_>>>) -> BTreeMap<(BlockId, Joined), u8> {
    let mut styles: BTreeMap<(BlockId, Joined), u8> = BTreeMap::new();
    for (name, places) in found {
        let Some(joined) = joined(name) else { continue };
        let mut last = None;
        for place in places.iter().filter(|p| last.replace(p.block) != Some(p.block)) {
            let count = styles.entry((place.block, joined)).or_default();
            *count = count.saturating_add(1);
        }
    }
    styles
}

/// Whether a name is one that two programs agree upon, a variable of the environment or a header: `QUILL_HOME`,
/// `X-Quill-Key`.
pub(crate) fn is_agreed(name: &str) -> bool {
    let header = name.strip_prefix("X-").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    header && name.matches('-').count() > 1 || is_variable(name)
}

/// Whether a name is written as a variable of the environment is.
fn is_variable(name: &str) -> bool {
    let first = name.starts_with(|c: char| c.is_ascii_uppercase());
    first && name.trim_matches('_').contains('_') && !name.contains(|c: char| c.is_ascii_lowercase() || c == '-')
}

fn place(context: &Context<'_>, found: &Found<'_>, styles: &BTreeMap<(BlockId, Joined), u8>) -> MentionPlace {
    let view = context.view(found.block);
    let text = view.text;
    let (before, behind) = (&text[found.code.start..found.at.start], &text[found.at.end..found.code.end]);
    let mark = before.chars().next_back().filter(|c| !c.is_whitespace()).unwrap_or(' ');
    let own = joined(found.name);
    let beside = |style| {
        let all: u8 = styles.get(&(found.block, style)).copied().unwrap_or(0);
        all.saturating_sub(u8::from(own == Some(style)))
    };
    let within = if view.block.kind == BlockKind::Code {
        view.block.text.span(line_of(text, &found.at))
    } else {
        view.within(token_at(&view, found.at.start))
    };
    MentionPlace {
        at: view.block.text.span(found.at.clone()),
        within,
        block: found.block.0,
        section: view.block.section.map(|id| id.0),
        before: word_before(before),
        mark,
        after: behind.chars().next().filter(|c| !c.is_whitespace()).unwrap_or(' '),
        defined: is_defined(context, &view, found),
        tabled: matches!(view.block.kind, BlockKind::Cell { .. }),
        told_apart: is_told_apart(context, &view, found),
        styles: [Joined::Hyphen, Joined::Underscore, Joined::Capital].map(beside),
    }
}

/// The word in front of a name on its line, with the signs between.
fn word_before(before: &str) -> CompactString {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let word = line.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let sign = word.char_indices().rfind(|(_, c)| !c.is_ascii_alphanumeric() && *c != '_');
    let start = sign.map_or(0, |(i, c)| i + c.len_utf8());
    if word.is_empty() { CompactString::default() } else { line[start..].into() }
}

fn token_at(view: &BlockView<'_>, at: usize) -> usize {
    let tokens = &view.layer.tokens;
    tokens.partition_point(|t| (t.end as usize) <= at).min(tokens.len().saturating_sub(1))
}

/// The line of a text around a place.
fn line_of(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    start..text[at.end..].find('\n').map_or(text.len(), |n| at.end + n)
}

/// Whether a name is described or set where it stands.
fn is_defined(context: &Context<'_>, view: &BlockView<'_>, found: &Found<'_>) -> bool {
    match view.block.kind {
        BlockKind::Heading(_) => true,
        BlockKind::Cell { col, .. } => col == 0,
        BlockKind::Code => {
            let line = line_of(view.text, &found.at);
            let before = view.text[line.start..found.at.start].trim();
            let behind = view.text[found.at.end..line.end].trim_start_matches(['"', '\'', ' ']);
            let key = behind.starts_with([':', '=']) && !behind.starts_with("==");
            let word = before.split_whitespace().next_back().unwrap_or_default();
            key && before.len() < 24 || context.lexicon.is_in("mention-defines", word)
        }
        _ => {
            let first = view.text[..found.at.start].trim_matches(['`', '*', ' ', '-', '(']).is_empty();
            let behind = view.text[found.code.end..].trim_start_matches(['`', '*', ' ', ')', '>']);
            let item = matches!(view.block.kind, BlockKind::Item { .. });
            first && (item || behind.starts_with([':', '–', '—', '-']))
        }
    }
}

/// Whether the text says that a name is gone, renamed, wrong or not the one that is meant.
fn is_told_apart(context: &Context<'_>, view: &BlockView<'_>, found: &Found<'_>) -> bool {
    if view.block.kind == BlockKind::Code {
        return sample::is_refused(context, found.block);
    }
    let tokens = &view.layer.tokens;
    let at = token_at(view, found.at.start);
    let sentence = view.layer.sentence_of(at);
    let said = |set: &str, i: usize| phrase_at(context.lexicon, set, view.text, tokens, i);
    let gone = sentence.clone().any(|i| said("identifier-changed", i).is_some());
    // "not `x`", "instead of `x`": a quotation mark or back-tick may stand between.
    let from = at.saturating_sub(5).max(sentence.start);
    let beside = (from..at).any(|i| {
        let length = ["identifier-not", "spelled-other"].iter().filter_map(|set| said(set, i)).max();
        length.is_some_and(|n| i + n + 2 >= at)
    });
    gone || beside
}

#[cfg(test)]
mod tests {
    use super::{names_in, word_before};

    #[test]
    fn reads_names_in_code() {
        let of = |text: &'static str| -> Vec<&str> {
            names_in(text, 0..text.len()).into_iter().map(|at| &text[at]).collect()
        };
        assert_eq!(
            of("client.port_calls(--dry-run, turbine.toml)"),
            ["client", "port_calls", "dry-run", "turbine.toml"]
        );
        assert_eq!(of("curl https://example.org/x -o out"), ["curl"]);
        assert_eq!(of("x = 12 # of 40"), Vec::<&str>::new());
    }

    #[test]
    fn reads_the_word_before_a_name() {
        assert_eq!(word_before("const rb = new "), "new ");
        assert_eq!(word_before("$ spindle "), "spindle ");
        assert_eq!(word_before("a\n  "), "");
    }
}
