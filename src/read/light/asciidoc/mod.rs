//! AsciiDoc: headings with equals signs, attributes, delimited blocks, tables between `|===`.

mod names;
mod table;

use super::inline::{closed, escaped_tag, link, near, rewritten, superscripts};
pub(super) use names::without_marks;
use std::collections::BTreeMap;

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let mut reader = Reader { titles: names::titles(source), ..Reader::default() };
    let mut n = 0;
    while n < source.len() {
        n = reader.line(source, n);
    }
    reader.out
}

/// The name of an attribute is no longer than this.
const LONGEST_NAME: usize = 100;

/// The values of attributes make a line no longer than by this many bytes.
const LONGEST_FILL: usize = 20_000;

/// Signs by the names of the attributes that every document has.
const BUILT_IN: [(&str, &str); 21] = [
    ("blank", ""),
    ("nbsp", "\u{a0}"),
    ("sp", ""),
    ("empty", ""),
    ("zwsp", ""),
    ("wj", ""),
    ("cpp", "C++"),
    ("pp", "++"),
    ("plus", "\\+"),
    ("lt", "\\<"),
    ("gt", "\\>"),
    ("amp", "&"),
    ("vbar", "|"),
    ("deg", "°"),
    ("apos", "'"),
    ("quot", "\""),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("asterisk", "\\*"),
];

#[derive(Default)]
struct Reader {
    out: Vec<String>,
    /// The delimiter of a block that is not read as text, and whether it is code.
    block: Option<(String, bool)>,
    attributes: BTreeMap<String, String>,
    /// What references to names show.
    titles: BTreeMap<String, String>,
    /// The attributes of the block that follows.
    style: String,
}

impl Reader {
    /// Reads from a line on; gives the next line.
    fn line(&mut self, source: &[&str], n: usize) -> usize {
        let line = source[n];
        let bare = line.trim_end();
        if let Some((delimiter, code)) = &self.block {
            if bare == delimiter {
                let fence = if *code { "```" } else { "" };
                self.block = None;
                self.out.push(fence.to_owned());
            } else {
                self.out.push(if *code { line.to_owned() } else { String::new() });
            }
            return n + 1;
        }
        let delimiter = |c: char| bare.len() >= 4 && bare.chars().all(|d| d == c);
        if delimiter('-') || delimiter('.') || delimiter('+') || delimiter('/') || bare.starts_with("```") {
            let code = !delimiter('/') && !delimiter('+');
            self.block = Some((if bare.starts_with("```") { "```".to_owned() } else { bare.to_owned() }, code));
            self.out.push(if code { "```".to_owned() } else { String::new() });
            return n + 1;
        }
        if bare == "|===" || bare == ",===" || bare == "!===" {
            let end = source[n + 1..].iter().position(|l| l.trim_end() == bare).map_or(source.len(), |i| n + 1 + i);
            self.table(source, n, end.min(source.len() - 1));
            return end.min(source.len() - 1) + 1;
        }
        let text = self.text(bare);
        self.out.push(text);
        n + 1
    }

    fn text(&mut self, bare: &str) -> String {
        let signs = bare.len() - bare.trim_start_matches('=').len();
        if signs > 0 && signs <= 6 && bare[signs..].starts_with(' ') {
            return format!("{} {}", "#".repeat(signs), self.inline(bare[signs..].trim()));
        }
        if delimits(bare) || bare.starts_with("//") {
            return String::new();
        }
        if bare.starts_with('[') && bare.ends_with(']') {
            self.style = bare.trim_matches(['[', ']']).to_owned();
            return String::new();
        }
        if let Some((name, value)) = attribute(bare) {
            let value = self.filled(value);
            self.attributes.insert(name.to_owned(), value);
            return String::new();
        }
        if directs(bare) {
            return String::new();
        }
        // `.Title` of a block; items of numbered lists have a blank behind their full stops.
        if let Some(title) = bare.strip_prefix('.').filter(|t| t.starts_with(|c: char| !c.is_whitespace() && c != '.'))
        {
            return format!("**{}**", self.inline(title));
        }
        if bare == "+" {
            return String::new();
        }
        let trimmed = bare.trim_start();
        for (sign, mark) in [('*', "-"), ('.', "1."), ('-', "-")] {
            let depth = trimmed.len() - trimmed.trim_start_matches(sign).len();
            if (1..=5).contains(&depth) && trimmed[depth..].starts_with(' ') {
                let pad = if sign == '.' { 3 } else { 2 };
                return format!("{}{mark} {}", " ".repeat(pad * (depth - 1)), self.inline(trimmed[depth..].trim()));
            }
        }
        if let Some((term, rest)) =
            trimmed.split_once("::").filter(|(t, r)| !t.is_empty() && (r.is_empty() || r.starts_with(' ')))
        {
            return format!("**{}** {}", self.inline(term), self.inline(rest.trim()));
        }
        self.inline(without_break(trimmed))
    }

    fn inline(&self, text: &str) -> String {
        rewritten(&self.filled(text), |rest, before| self.replaced(rest, before))
    }

    /// A text with the values of attributes, which may hold markup themselves: `{site}[the site]`.
    fn filled(&self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let filled = rewritten(text, |rest, before| {
            let more = rest.strip_prefix('{').filter(|_| !before.ends_with('\\'))?;
            let end = more.bytes().take(LONGEST_NAME).position(|b| b == b'}')?;
            let name = &more[..end];
            let said = match self.attributes.get(name) {
                Some(value) => value,
                None => BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)?,
            };
            Some((said.to_owned(), end + 2))
        });
        // Values that hold values that hold values grow without end.
        if filled.len() > text.len() + LONGEST_FILL { text.to_owned() } else { filled }
    }

    /// What a reference without words shows: the title of its place, else its name as words.
    fn title(&self, target: &str) -> String {
        let name = target.trim().trim_start_matches('#');
        match self.titles.get(name) {
            // Titles that refer to titles may go round in a circle.
            Some(title) if !title.contains("<<") && !title.contains("xref:") => self.inline(title),
            _ => name.replace(['_', '-'], " "),
        }
    }

    /// What stands for the markup at the start of a text, and its bytes.
    fn replaced(&self, rest: &str, before: &str) -> Option<(String, usize)> {
        let word_before = before.chars().next_back().is_some_and(char::is_alphanumeric);
        if let Some(more) = rest.strip_prefix("footnote:") {
            let open = near(more).find('[')?;
            let (words, end) = closed(&more[open + 1..], '[', ']')?;
            let said = if words.is_empty() { String::new() } else { format!(" ({})", self.inline(words)) };
            return Some((said, 9 + open + 1 + end));
        }
        for (prefix, keep) in
            [("link:", true), ("xref:", true), ("mailto:", true), ("https://", false), ("http://", false)]
        {
            let Some(more) = rest.strip_prefix(prefix).filter(|_| !word_before) else { continue };
            let end = near(more).find(|c: char| c.is_whitespace() || c == '[').unwrap_or(more.len());
            let target = if keep { &more[..end] } else { &rest[..prefix.len() + end] };
            let Some(words) = more[end..].strip_prefix('[') else {
                return keep.then(|| (target.to_owned(), prefix.len() + end));
            };
            let (words, close) = closed(words, '[', ']')?;
            let words = words.split(",window=").next().unwrap_or(words);
            if prefix == "xref:" && words.is_empty() && !target.contains(".adoc") {
                return Some((self.title(target), prefix.len() + end + 1 + close));
            }
            return Some((link(&self.inline(words), target), prefix.len() + end + 1 + close));
        }
        for prefix in ["kbd:[", "btn:[", "menu:[", "pass:[", "stem:[", "image:", "icon:", "indexterm:[", "anchor:"] {
            let Some(more) = rest.strip_prefix(prefix).filter(|_| !word_before) else { continue };
            let open = if prefix.ends_with('[') { 0 } else { near(more).find('[')? + 1 };
            let (words, end) = closed(&more[open..], '[', ']')?;
            let said = if matches!(prefix, "kbd:[" | "btn:[" | "menu:[" | "pass:[") {
                words.to_owned()
            } else {
                String::new()
            };
            return Some((said, prefix.len() + open + end));
        }
        if let Some(more) = rest.strip_prefix("<<") {
            let end = near(more).find(">>")?;
            let (target, words) = more[..end].split_once(',').unwrap_or((&more[..end], ""));
            let words = words.trim();
            return Some((if words.is_empty() { self.title(target) } else { words.to_owned() }, end + 4));
        }
        if let Some(more) = rest.strip_prefix("((") {
            let end = near(more).find("))")?;
            let hidden = more.starts_with('(');
            let length = end + 4 + usize::from(more[end + 2..].starts_with(')'));
            return Some((if hidden { String::new() } else { more[..end].to_owned() }, length));
        }
        if let Some(more) = rest.strip_prefix("[[") {
            let end = near(more).find("]]")?;
            return Some((String::new(), end + 4));
        }
        for (sign, tag) in [('^', "sup"), ('~', "sub")] {
            if let Some(more) = rest.strip_prefix(sign) {
                let end = near(more).find(sign).filter(|&end| end > 0 && !more[..end].contains(' '))?;
                let inner = &more[..end];
                let in_code = memchr::memchr_iter(b'`', before.as_bytes()).count() % 2 == 1;
                let said = match (in_code, tag) {
                    (false, _) => format!("<{tag}>{inner}</{tag}>"),
                    (true, "sup") => superscripts(inner),
                    (true, _) => inner.to_owned(),
                };
                return Some((said, end + 2));
            }
        }
        if let Some(escaped) = escaped_tag(rest) {
            return Some(escaped);
        }
        if let Some(more) = rest.strip_prefix('+').filter(|_| !word_before && !before.ends_with(['+', '`']))
            && let Some(end) = literal(more)
        {
            return Some((format!("`{}`", &more[..end]), end + 2));
        }
        if let Some(more) = rest.strip_prefix("`+") {
            let end = near(more).find("+`")?;
            return Some((format!("`{}`", &more[..end]), end + 4));
        }
        None
    }
}

/// Whether a line includes, chooses, shows or parts something and has no words of its own.
fn directs(bare: &str) -> bool {
    const NAMES: [&str; 10] =
        ["image::", "include::", "ifdef::", "ifndef::", "endif::", "ifeval::", "toc::", "video::", "<<<", "'''"];
    NAMES.iter().any(|name| bare.starts_with(name))
}

/// Where words end that are to be read as they stand: `+toc+`. The opening sign has been read.
fn literal(more: &str) -> Option<usize> {
    let end = near(more).find('+').filter(|&end| end > 0 && !more.starts_with(' ') && !more[..end].contains('`'))?;
    let closes = !more[..end].ends_with(' ') && !more[end + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '+');
    closes.then_some(end)
}

/// A line without the sign that breaks it: `first line +`.
fn without_break(line: &str) -> &str {
    line.strip_suffix(" +").unwrap_or(line)
}

/// Whether a line only begins or ends a block.
fn delimits(bare: &str) -> bool {
    bare == "--" || bare.len() >= 4 && ['=', '*', '_'].iter().any(|&c| bare.chars().all(|d| d == c))
}

/// The name and value of an attribute: `:name: value`.
fn attribute(bare: &str) -> Option<(&str, &str)> {
    let (name, value) = bare.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!'));
    (is_name && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_headings_attributes_and_notes() {
        let source = [
            "= Wells",
            ":count: 43",
            ":site: https://example.org/",
            "",
            "== North",
            "There are {count} wells.footnote:[All of them.] See <<dry,the dry ones>> at {site}[its page].",
            "** deep",
            ". one",
        ];
        assert_eq!(
            lines(&source),
            [
                "# Wells",
                "",
                "",
                "",
                "## North",
                "There are 43 wells. (All of them.) See the dry ones at [its page](https://example.org/).",
                "  - deep",
                "1. one"
            ]
        );
    }

    #[test]
    fn reads_tables_of_both_shapes() {
        let rows = ["|===", "|A |B", "", "|1 |2", "|==="];
        assert_eq!(
            lines(&rows),
            ["<table>", "<tr><th>A</th><th>B</th></tr>", "<!-- -->", "<tr><td>1</td><td>2</td></tr>", "</table>"]
        );
        let cells = ["[cols=\"1,1\"]", "|===", "|a", "|b", "|c", "|d", "|==="];
        let out = lines(&cells);
        assert_eq!(out[3], "<tr><td>a</td><td>b</td></tr>");
        assert_eq!((out[5].as_str(), out[6].as_str()), ("<tr><td>c</td><td>d</td></tr>", "</table>"));
    }
}
