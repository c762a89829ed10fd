//! Constants that have a name in capitals and a whole number: in tables ("`MAX_DEPTH` | 64"), in code
//! (`#define MAGIC 0x4E52`), and in running text ("`TLOAD` (`0x5c`)", "`MAX_DEPTH = 64`").

use super::code::lines;
use super::{Setting, SettingSort, SettingValue, claim_in_code, setting};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::integer::integer;
use crate::claim::{Claim, ClaimKind, Context, Value, lemma};
use crate::document::{BlockId, BlockKind, Style, Table};
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Most rows of a table that are read.
const ROWS: usize = 400;

/// Most lines of one code block that are read.
const LINES: usize = 2_000;

/// `#define MAGIC 0x4E52`, `const MAX_DEPTH: usize = 64;`, `MAX_DEPTH = 64`. An assignment without spaces sets a
/// variable of the environment, which is for the reader to choose.
static IN_CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:#\s*define\s+(?P<defined>[A-Z][A-Z0-9_]+)\s+|(?:[a-z]\w*(?:\([a-z]+\))?\s+)*(?P<name>[A-Z][A-Z0-9_]+)\s*(?::\s*[\w<>]+|\s[\w.]+)?\s+:?=\s+|(?:const\s+)?[A-Z][a-z]\w*\s+(?:\w+\s+)?=\s+)(?P<value>[^;#/=]+?)\s*[;,]?\s*(?:(?://|#|/\*)\s*(?P<comment>.*))?$",
    )
    .expect("the pattern is fixed and compiles")
});

/// "`TLOAD` (`0x5c`)", "MAX_DEPTH is 64", "`MAX_DEPTH = 64`".
static IN_PROSE: LazyLock<Regex> = LazyLock::new(|| {
    let literal = r"0[xX][0-9A-Fa-f_]+|\d[\d,_]*(?:\s?(?:\*\*|\^|<<|\*)\s?\d+)*";
    Regex::new(&format!(
        r"\b(?P<name>[A-Z][A-Z0-9_]{{2,}})(?:\s?\(\s?(?P<bracket>{literal})\s?\)|\s+(?:=|==|:=)\s+(?P<equal>{literal})|\s+(?:is|equals|is set to|is defined as|has the value)\s+(?P<said>{literal}))"
    ))
    .expect("the pattern is fixed and compiles")
});

/// `HELLO, DATA = 0x01, 0x02`: several constants on one line.
static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?P<names>[A-Z][A-Z0-9_]+(?:\s*,\s*[A-Z][A-Z0-9_]+)+)\s*=\s*(?P<values>[\w\s,]+?)\s*(?:#.*|//.*)?$",
    )
    .expect("the pattern is fixed and compiles")
});

/// A number in hexadecimal notation that is long enough to be known again: a magic number.
static LONG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^0x[0-9A-Fa-f_]{4,16}\b").expect("the pattern is fixed and compiles"));

/// Reads the constants of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    for (index, table) in context.document.tables.iter().enumerate() {
        rows(context, index as u32, table, out);
    }
    for view in context.views() {
        if view.is_prose() || matches!(view.block.kind, BlockKind::Heading(_) | BlockKind::Cell { .. }) {
            in_prose(context, &view, out);
        }
    }
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        in_code(id, block, out);
    }
}

/// Whether a word is the name of a constant: capitals, four at least or in several words.
fn is_name(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_uppercase).count();
    word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && letters >= 3
        && (word.len() >= 4)
}

/// A whole number as a value: two notations of one are equal.
fn value_of(text: &str) -> Option<SettingValue> {
    integer(text).map(|n| SettingValue::Word(format_compact!("{n}")))
}

fn constant(name: &str, slot: &str, value: SettingValue) -> Setting {
    setting(SettingSort::Constant, name.into(), slot, value)
}

/// What the head of a column says that its numbers are; empty for the constant itself.
fn slot_of(context: &Context<'_>, head: Option<BlockId>) -> CompactString {
    let Some(view) = head.map(|id| context.view(id)) else { return CompactString::default() };
    let Some(last) = view.layer.tokens.len().checked_sub(1) else { return CompactString::default() };
    if phrase_at(context.lexicon, "constant-head", view.text, &view.layer.tokens, 0) == Some(last + 1) {
        return CompactString::default();
    }
    lemma(&view, context.lexicon, last)
}

/// The constants of a table whose rows give one whole number each.
fn rows(context: &Context<'_>, index: u32, table: &Table, out: &mut Vec<Claim>) {
    let head = |col: usize| table.rows.first().filter(|_| table.head_rows > 0)?.get(col).copied().flatten();
    // What has two rows is told apart by another column.
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for id in table.rows.iter().take(ROWS).flat_map(|row| row.iter().flatten()) {
        *named.entry(context.view(*id).text.trim()).or_default() += 1;
    }
    let is_constant = |view: &BlockView<'_>| {
        let name = view.text.trim();
        is_name(name) && named.get(name) == Some(&1)
    };
    for row in table.rows.iter().skip(table.head_rows as usize).take(ROWS) {
        let cells: Vec<(usize, BlockView<'_>)> =
            row.iter().enumerate().filter_map(|(c, id)| Some((c, context.view((*id)?)))).collect();
        let mut named = cells.iter().filter(|(_, view)| is_constant(view));
        let (Some((_, name)), None) = (named.next(), named.next()) else {
            out.extend(magic(context, index, &cells));
            continue;
        };
        let mut numbers =
            cells.iter().filter_map(|(c, view)| Some((*c, view, value_of(view.text).or_else(|| octets(view.text))?)));
        let (Some((col, view, value)), None) = (numbers.next(), numbers.next()) else { continue };
        let slot = slot_of(context, head(col));
        // What has a default is set by the reader, and no constant.
        if slot == "default" {
            continue;
        }
        let found = Setting { table: Some(index), ..constant(name.text.trim(), &slot, value) };
        let all = 0..view.layer.tokens.len();
        let mut read = super::claim(context, view, all, name.text.trim(), found);
        read.scope.cues.clear();
        out.push(read);
    }
}

/// The number of a size in octets: "1024 octets".
fn octets(text: &str) -> Option<SettingValue> {
    let (number, unit) = text.trim().split_once(' ')?;
    matches!(unit, "octets" | "bytes").then(|| value_of(number)).flatten()
}

/// A row whose name is a word and that has one long number: "Magic | 4 | `0x54415042`". Code has the name in capitals.
fn magic(context: &Context<'_>, index: u32, cells: &[(usize, BlockView<'_>)]) -> Option<Claim> {
    let (_, name) = cells.first().filter(|(col, _)| *col == 0)?;
    let plain = name.text.trim().split(' ').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric()));
    let mut numbers = cells.iter().skip(1).filter_map(|(_, view)| Some((view, LONG.find(view.text)?)));
    let (Some((view, number)), None) = (numbers.next(), numbers.next()) else { return None };
    let key = name.text.trim().to_ascii_uppercase().replace(' ', "_");
    if !plain || key.matches('_').count() > 2 || !is_name(&key) {
        return None;
    }
    let found = Setting { table: Some(index), ..constant(&key, "", value_of(number.as_str())?) };
    let last = view.layer.tokens.partition_point(|t| (t.start as usize) < number.end());
    let mut read = super::claim(context, view, 0..last, name.text.trim(), found);
    read.scope.cues.clear();
    Some(read)
}

/// The constants that a line gives their values in one assignment, with the places of the values.
fn several(text: &str, line: &Range<usize>) -> Vec<(CompactString, Range<usize>)> {
    let Some(found) = SEVERAL.captures(&text[line.clone()]) else { return Vec::new() };
    let (Some(names), Some(values)) = (found.name("names"), found.name("values")) else { return Vec::new() };
    let (names, numbers): (Vec<&str>, Vec<&str>) =
        (names.as_str().split(',').map(str::trim).collect(), values.as_str().split(',').collect());
    if names.len() != numbers.len() {
        return Vec::new();
    }
    let mut at = line.start + values.start();
    let mut out = Vec::new();
    for (name, number) in names.into_iter().zip(numbers) {
        let start = at + (number.len() - number.trim_start().len());
        out.push((name.into(), start..start + number.trim().len()));
        at += number.len() + 1;
    }
    out
}

/// The constants of running text, of a heading or of a cell.
fn in_prose(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    if !view.text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let tokens = &view.layer.tokens;
    for found in IN_PROSE.captures_iter(view.text) {
        let Some(name) = found.name("name").filter(|n| is_name(n.as_str())) else { continue };
        let Some(value) = ["bracket", "equal", "said"].iter().find_map(|group| found.name(group)) else { continue };
        let code = view.block.text.has_style(name.range(), Style::Code);
        let Some(number) = value_of(value.as_str()).filter(|_| code || name.as_str().contains('_')) else { continue };
        // "is 30 seconds" is a time, "is 6 or 9" are two; what is set under a condition is not the constant.
        let rest = view.text[value.end()..].trim_start();
        let unit = found.name("bracket").is_none()
            && (rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '/' | '+' | '%' | '<' | '^'))
                || view.text[value.end()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                || rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
        let first = tokens.partition_point(|t| (t.end as usize) <= value.start());
        let last = tokens.partition_point(|t| (t.start as usize) < value.end());
        if unit || first >= last {
            continue;
        }
        let sentence = view.layer.sentence_of(first);
        let has = |set| sentence.clone().any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some());
        if has("setting-changed") || has("setting-if") || is_part(view.text, name.start(), found.name("said").is_some())
        {
            continue;
        }
        let mut read = super::claim(context, view, first..last, name.as_str(), constant(name.as_str(), "", number));
        read.at = view.block.text.span(value.range());
        read.text = value.as_str().into();
        out.push(read);
    }
}

/// Whether a name is a part of an expression, or the number is said of something else: "the gas cost of `X` is 5".
fn is_part(text: &str, name: usize, said: bool) -> bool {
    let before = text[..name].trim_end_matches(['`', ' ', '*']);
    if before.ends_with(['+', '-', '/', '×', '=', '<', '>']) || text[..name].trim_end().ends_with('*') {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    said && !before.is_empty()
        && !before.ends_with(['.', ':', ';', ','])
        && !matches!(word, "The" | "the" | "constant" | "and")
}

/// A constant in code: the place of its number, its line, its value.
type Defined = (Range<usize>, Range<usize>, SettingValue);

/// The constants of a block of code; one that is given two numbers there is a variable.
fn in_code(id: BlockId, block: &crate::document::Block, out: &mut Vec<Claim>) {
    let text = &block.text.string;
    let mut found: BTreeMap<CompactString, Option<Defined>> = BTreeMap::new();
    for line in lines(text).take(LINES) {
        for (name, at) in several(text, &line).into_iter().filter(|(name, _)| is_name(name)) {
            let Some(number) = value_of(&text[at.clone()]) else { continue };
            found.entry(name).and_modify(|earlier| *earlier = None).or_insert(Some((at, line.clone(), number)));
        }
        let Some(captures) = IN_CODE.captures(&text[line.clone()]) else { continue };
        let comment = captures.name("comment").map(|c| c.as_str().trim()).filter(|c| is_name(c));
        let name = captures.name("defined").or(captures.name("name")).map(|n| n.as_str()).filter(|n| is_name(n));
        let (Some(name), Some(value)) = (name.or(comment), captures.name("value")) else { continue };
        let Some(number) = value_of(value.as_str()) else { continue };
        let at = line.start + value.start()..line.start + value.end();
        found
            .entry(name.into())
            .and_modify(|earlier| *earlier = earlier.take().filter(|(_, _, other)| *other == number))
            .or_insert(Some((at, line, number)));
    }
    for (name, place) in found {
        let Some((at, line, number)) = place else { continue };
        // `LTP_MAGIC` is the magic number of LTP.
        if let Some((_, last)) =
            name.rsplit_once('_').filter(|(_, last)| is_name(last) && LONG.is_match(&text[at.clone()]))
        {
            let value = Value::Setting(Box::new(constant(last, "", number.clone())));
            out.push(claim_in_code((id, block), at.clone(), line.clone(), ClaimKind::Setting, last, value));
        }
        let value = Value::Setting(Box::new(constant(&name, "", number)));
        out.push(claim_in_code((id, block), at, line, ClaimKind::Setting, &name, value));
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_CODE, is_name};

    #[test]
    fn reads_names_in_capitals() {
        for name in ["MAX_DEPTH", "MAGIC", "GAS2_LIMIT"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["GAS", "Max", "N_1", "maxDepth", "2_MANY"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn reads_definitions_of_many_languages() {
        for (line, value) in [
            ("#define MAGIC 0x4E52", "0x4E52"),
            ("const MAX_DEPTH: usize = 64;", "64"),
            ("pub(crate) const MAX_DEPTH: u32 = 1 << 6; // deep", "1 << 6"),
            ("uint256 constant MAX_SUPPLY = 10**6;", "10**6"),
            ("WarmReadCost uint64 = 100 // WARM_READ_COST", "100"),
            ("MAX_DEPTH = 64", "64"),
        ] {
            let found = IN_CODE.captures(line).map(|c| c["value"].to_owned());
            assert_eq!(found.as_deref(), Some(value), "{line}");
        }
        for line in ["MAX_DEPTH=64", "if MAX_DEPTH == 64:", "export PORT=80"] {
            assert!(IN_CODE.captures(line).is_none(), "{line}");
        }
    }
}
