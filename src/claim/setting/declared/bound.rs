//! What the description of something says of its values: "one of `a`, `b` or `c`", "from 1 to 64", "six digits",
//! `boolean`.

use super::{Bound, Limit, Stretch};
use crate::claim::Member;
use crate::document::Style;
use crate::lexicon::{Lexicon, lower};
use crate::span::Span;
use crate::value::Decimal;
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most values that a choice is between.
const VALUES: usize = 40;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is fixed and compiles")
}

/// What stands between two values of a choice.
static JOINT: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"^["'”’]?\s*(?:\((?:the )?default\)\s*)?(?:,\s*(?:or|and)|,|\||/|or|and)\s*["'“‘]?$"#));

/// What leads to a choice.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?i)(?:^|:|=|\b(?:one of|either|any of|can be|may be|must be|should be|has to be|values?(?: are| is)?|options?(?: are)?|choices?(?: are)?|allowed|supported|accepts?|accepted|takes|choose (?:from|between)|set to|is))(?: the following)?\s*(?::|=)?\s*["'“‘(\[{<]?$"#,
    )
});

/// What keeps a list from being all that may be.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:such as|e\.g|for (?:example|instance)|like|includ(?:e|es|ing)|etc|and so on|among (?:others|them)|or (?:an?|any|other|another|the)\b|list of|lists of|comma|combination|one or more|multiple|several|separated|any number|custom|at least one|and/or|patterns?|prefix|plus any|aliases?|free text)|…|\.\.\.",
    )
});

/// A value that a range leaves out, and that may be given.
static EXCEPTION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b0|-1|\bzero|\bnegative)\b[^.;]{0,30}\b(?:means|disables?|turns|for|is|stands|no|off|unlimited|never|infinite)\b|\b(?:unlimited|infinite|disabled?|disables|no limit)\b",
    )
});

/// A choice between plain words: "one of text, json or csv", "text, json or csv" at the beginning.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r#"(?:^\s*|(?i:\b(?:one of|either|must be|can be|may be)):?\s+)(?P<list>["“]?[\w.-]+["”]?(?:,\s*["“]?[\w.-]+["”]?)*,?\s+or\s+["“]?[\w.-]+["”]?)\s*(?:[.;\[(\n]|$)"#,
    )
});

/// The only value that there is: "always `3`".
static ALWAYS: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)^\s*(?:it is )?always (?:set to )?["“]?(?P<value>[\w.-]+)"#));

/// A choice in a placeholder: `<a|b|c>`, `{a,b,c}`.
static BRACED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"[<{\[(](?P<list>[a-z][\w-]*(?:\|[a-z][\w-]*)+|[a-z][\w-]*(?:,[a-z][\w-]*)+)[>}\])]"));

/// "between 1 and 64", "from -50 to 4000", "range 30 to 3600", "1–247", "0 (off) to 9".
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?P<cue>\bbetween\s+|\bfrom\s+|\branges?(?:\s+(?:of|from|is))?:?\s+|\bvalues?(?: from)?\s+|^\s*|[,;(:]\s*)(?P<least>[-−]?\d[\d,_]*)(?:\s*\([^()]{1,20}\))?\s*(?P<joint>to|and|through|–|—|-|\.\.\.?|…)\s*(?P<most>[-−]?\d[\d,_]*)(?P<after>[.:/-]?\d)?(?:\s*\([^()]{1,20}\))?\s*(?P<unit>[a-zA-Z%°]+)?",
    )
});

/// "at most 40", "up to 32", "at least 8".
static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?P<cue>at most|no more than|not more than|up to|max(?:imum|\.)?(?: of)?|at least|no less than|min(?:imum|\.)?(?: of)?)\s+(?P<number>\d[\d,_]*|[a-z]+)[ -](?P<unit>(?:hexadecimal |decimal |hex |ASCII |lower-?case |upper-?case )*(?:digits?|characters?|letters?|chars))\b",
    )
});

/// "six digits", "exactly 12 characters", "three letters".
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|[^\w-])(?P<number>\d{1,4}|[a-z]+)[ -](?P<unit>(?:hexadecimal |decimal |hex |ASCII |lower-?case |upper-?case )*(?:digits?|characters?|letters?|chars))\b",
    )
});

/// Whether a description names a value that means something of its own: "0 turns it off".
pub(super) fn has_exception(text: &str) -> bool {
    EXCEPTION.is_match(text)
}

/// What a stretch of text says of values.
pub(super) fn read(lexicon: &Lexicon, stretch: &Stretch<'_>) -> Vec<Bound> {
    let text = stretch.view.text;
    let span = |range: Range<usize>| stretch.view.block.text.span(range);
    let mut out = Vec::new();
    let head = stretch.head.as_str();
    if matches!(head, "type" | "data type" | "kind") {
        out.extend(of_type(text, stretch.bytes.clone(), &span));
    }
    if matches!(head, "default" | "default value" | "example" | "examples" | "since" | "version") {
        return out;
    }
    let choice = coded(stretch).or_else(|| in_column(head, text, stretch.bytes.clone()));
    if let Some((range, values)) = choice {
        out.push(bound(text, range, Limit::OneOf(values), &span));
    }
    if out.is_empty()
        && let Some(found) = ALWAYS.captures(&text[stretch.bytes.clone()]).and_then(|c| c.name("value"))
    {
        let range = stretch.bytes.start + found.start()..stretch.bytes.start + found.end();
        if stretch.view.block.text.has_style(range.clone(), Style::Code) {
            out.push(bound(text, range, Limit::OneOf(vec![found.as_str().into()]), &span));
        }
    }
    let mut numbers = in_text(lexicon, text, stretch.bytes.clone(), &span);
    if !out.is_empty() {
        numbers.retain(|b| !matches!(b.limit, Limit::OneOf(_)));
    }
    out.extend(numbers);
    out
}

fn bound(text: &str, range: Range<usize>, limit: Limit, span: &dyn Fn(Range<usize>) -> Span) -> Bound {
    Bound { limit, at: Member { at: span(range.clone()), text: text[range].into() } }
}

/// The type that a column of types gives, when it says what a value looks like.
fn of_type(text: &str, range: Range<usize>, span: &dyn Fn(Range<usize>) -> Span) -> Option<Bound> {
    let sort = match text[range.clone()].trim().trim_matches('`').to_ascii_lowercase().as_str() {
        "bool" | "boolean" => "boolean",
        "int" | "integer" | "int32" | "int64" | "uint" | "u32" | "u64" | "whole number" => "integer",
        _ => return None,
    };
    Some(bound(text, range, Limit::Type(sort.into()), span))
}

/// A choice between values in code: "`always`, `batch` or `never`".
fn coded(stretch: &Stretch<'_>) -> Option<(Range<usize>, Vec<CompactString>)> {
    let text = stretch.view.text;
    let styles = &stretch.view.block.text.styles;
    let spans: Vec<Range<usize>> = styles
        .iter()
        .filter(|(_, style)| *style == Style::Code)
        .map(|(range, _)| range.start as usize..range.end as usize)
        .filter(|range| range.start >= stretch.bytes.start && range.end <= stretch.bytes.end)
        .collect();
    let mut n = 0;
    while n + 1 < spans.len() {
        let mut last = n;
        while last + 1 < spans.len() && JOINT.is_match(&text[spans[last].end..spans[last + 1].start]) {
            last += 1;
        }
        if last > n {
            let range = spans[n].start..spans[last].end;
            let before = sentence_before(&text[stretch.bytes.start..range.start]);
            let after = sentence_after(&text[range.end..stretch.bytes.end]);
            let joined = &text[range.clone()];
            let closed = LEADS.is_match(before.trim_end()) || before.trim().is_empty();
            let values: Vec<CompactString> = spans[n..=last].iter().map(|s| value(&text[s.clone()])).collect();
            if closed
                && !OPEN.is_match(before)
                && !OPEN.is_match(after)
                && !joined.contains(" and ")
                && are_values(&values)
            {
                return Some((range, values));
            }
        }
        n = last + 1;
    }
    None
}

/// The part of a text after its last full stop.
fn sentence_before(text: &str) -> &str {
    &text[text.rfind(". ").map_or(0, |at| at + 1)..]
}

/// The part of a text before its first full stop.
fn sentence_after(text: &str) -> &str {
    &text[..text.find(". ").unwrap_or(text.len())]
}

/// A value without its quotation marks.
fn value(text: &str) -> CompactString {
    text.trim().trim_matches(['"', '\'', '“', '”', '`']).into()
}

/// Whether texts are words that a choice can be between, and no patterns or expressions.
fn are_values(values: &[CompactString]) -> bool {
    let plain = |v: &CompactString| {
        !v.is_empty()
            && v.len() <= 40
            && !v.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '*' | '$' | '{' | '=' | '(' | '['))
    };
    (2..=VALUES).contains(&values.len()) && values.iter().all(plain)
}

/// All of a cell in a column of values: "off, opportunistic or required".
fn in_column(head: &str, text: &str, range: Range<usize>) -> Option<(Range<usize>, Vec<CompactString>)> {
    const HEADS: &[&str] = &[
        "accepted values",
        "allowed",
        "allowed values",
        "choices",
        "legal values",
        "options",
        "permitted values",
        "possible values",
        "valid values",
        "values",
    ];
    if !HEADS.contains(&head) || OPEN.is_match(&text[range.clone()]) {
        return None;
    }
    let values: Vec<CompactString> = text[range.clone()]
        .split([',', '|', '/'])
        .flat_map(|p| p.split(" or "))
        .map(value)
        .filter(|v| !v.is_empty())
        .collect();
    are_values(&values).then_some((range, values))
}

/// What a text says in plain words: choices, ranges, lengths.
pub(super) fn in_text(
    lexicon: &Lexicon,
    text: &str,
    range: Range<usize>,
    span: &dyn Fn(Range<usize>) -> Span,
) -> Vec<Bound> {
    let part = &text[range.clone()];
    let at = |m: Range<usize>| range.start + m.start..range.start + m.end;
    let mut out = Vec::new();
    if let Some((list, values)) = plain(part) {
        out.push(bound(text, at(list), Limit::OneOf(values), span));
    }
    if let Some((place, limit)) = length(lexicon, part).or_else(|| between(part)) {
        out.push(bound(text, at(place), limit, span));
    }
    out
}

fn plain(part: &str) -> Option<(Range<usize>, Vec<CompactString>)> {
    let found = WORDS.captures(part).or_else(|| BRACED.captures(part))?.name("list")?;
    let text = found.as_str().replace(" or ", ",").replace('|', ",");
    let values: Vec<CompactString> = text.split(',').map(value).filter(|v| !v.is_empty()).collect();
    let around = sentence_after(&part[found.end()..]);
    // Two words with "or" between them may be anything; quotation marks, or a third, make values of them.
    let clear =
        values.len() > 2 || found.as_str().contains(['"', '“', '|']) || part[..found.start()].contains("one of");
    let words = values.iter().all(|v| !v.contains(|c: char| c.is_ascii_uppercase()) || v.len() < 12);
    (clear && words && are_values(&values) && !OPEN.is_match(around) && !OPEN.is_match(&part[..found.start()]))
        .then(|| (found.range(), values))
}

/// A number in digits or in one word.
fn count(lexicon: &Lexicon, text: &str) -> Option<u32> {
    let plain = text.replace([',', '_'], "");
    let word = || lexicon.numbers.get(&lower(text)).and_then(|n| u32::try_from(n.value).ok());
    plain.parse().ok().or_else(word)
}

/// What is counted in a length: digits, letters, or nothing said.
fn of(unit: &str) -> CompactString {
    let unit = unit.to_ascii_lowercase();
    match unit.rsplit(' ').next().unwrap_or_default() {
        "digit" | "digits" if unit.contains("hex") => "hex".into(),
        "digit" | "digits" => "digits".into(),
        "letter" | "letters" => "letters".into(),
        _ => CompactString::default(),
    }
}

fn length(lexicon: &Lexicon, part: &str) -> Option<(Range<usize>, Limit)> {
    const LONGEST: u32 = 100_000;
    if let Some(found) = RANGE.captures(part)
        && let (Some(all), Some(unit)) = (found.get(0), found.name("unit"))
        && matches!(unit.as_str().to_ascii_lowercase().as_str(), "digits" | "characters" | "letters" | "chars")
        && let (Some(least), Some(most)) = (count(lexicon, &found["least"]), count(lexicon, &found["most"]))
    {
        return Some((all.range(), Limit::Length(least, most, of(unit.as_str()))));
    }
    if let Some(found) = LIMIT.captures(part)
        && let Some(number) = count(lexicon, &found["number"])
    {
        let cue = found["cue"].to_ascii_lowercase();
        let least = cue.contains("least") || cue.starts_with("min") || cue.contains("less");
        let (low, high) = if least { (number, LONGEST) } else { (0, number) };
        return Some((found.get(0)?.range(), Limit::Length(low, high, of(&found["unit"]))));
    }
    let found = LENGTH.captures(part)?;
    let number = count(lexicon, &found["number"]).filter(|n| *n > 1)?;
    let (start, end) = (found.name("number")?.start(), found.get(0)?.end());
    // "the first eight characters" are a part of it.
    let before = part[..start].trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    let part_of =
        matches!(before.as_str(), "first" | "last" | "of" | "about" | "than" | "to" | "least" | "most" | "and" | "or");
    (!part_of).then(|| (start..end, Limit::Length(number, number, of(&found["unit"]))))
}

fn between(part: &str) -> Option<(Range<usize>, Limit)> {
    let found = RANGE.captures_iter(part).find(|found| {
        let cue = found["cue"].trim().to_ascii_lowercase();
        let joint = &found["joint"];
        let bare = cue.is_empty() || cue.starts_with([',', ';', '(', ':']);
        let unit = found.name("unit").map_or("", |u| u.as_str());
        let fits = match joint {
            "and" => cue == "between",
            "to" | "through" => true,
            _ => !bare || unit.is_empty(),
        };
        found.name("after").is_none() && fits
    })?;
    let number = |text: &str| text.replace([',', '_'], "").replace('−', "-").parse::<Decimal>().ok();
    let (least, most) = (number(&found["least"])?, number(&found["most"])?);
    let start = found.name("least")?.start();
    // A part of the time, or of the number of times, is no value: "every 5 to 10 minutes".
    (least < most)
        .then(|| (start..found.name("most").map_or(start, |m| m.end()), Limit::Between(Some(least), Some(most))))
}

#[cfg(test)]
mod tests {
    use super::{Limit, in_text};
    use crate::lexicon::Lexicon;
    use crate::span::{FileId, Span};

    fn read(text: &str) -> Vec<String> {
        let span = |r: std::ops::Range<usize>| Span::new(FileId(0), r.start as u32, r.end as u32);
        in_text(Lexicon::english(), text, 0..text.len(), &span)
            .into_iter()
            .map(|b| match b.limit {
                Limit::OneOf(values) => values.join("|"),
                Limit::Between(a, b) => format!("{}..{}", a.unwrap_or_default(), b.unwrap_or_default()),
                Limit::Length(a, b, of) => format!("{a}-{b} {of}"),
                Limit::Type(t) => t.to_string(),
            })
            .collect()
    }

    #[test]
    fn reads_ranges_lengths_and_choices_in_words() {
        for (text, expected) in [
            ("Number of worker threads, from 1 to 64", "1..64"),
            ("Between 1 and 200; default 50.", "1..200"),
            ("Metres above sea level, from -50 to 4000", "-50..4000"),
            ("0 (off) to 9 [default: 6]", "0..9"),
            ("Seconds between checkpoints. Default 300. Range 30 to 3600.", "30..3600"),
            ("Six digits for the recipient", "6-6 digits"),
            ("At most 40 characters", "0-40 "),
            ("has between 8 and 63 characters", "8-63 "),
            ("text, json or csv [default: text]", "text|json|csv"),
            ("\"lru\" or \"fifo\"", "lru|fifo"),
            ("one of fast or slow", "fast|slow"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn ignores_what_bounds_no_value() {
        for text in [
            "files or folders",
            "the first eight characters are kept",
            "see sections 3 and 4",
            "formats such as text, json or csv",
            "added in 3.4 to 3.6",
            "a name, a number or another value",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
