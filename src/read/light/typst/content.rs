//! Calls that stand around words or for words: what they show is left, on the lines on which it stands.
//!
//! `#strong[43]` is "43", `#note(title: [All])[Of 43 wells]` is "All Of 43 wells", `#wells` is what `#let wells = [43]`
//! says. Calls that set something up, tables and figures stay as they are for the reader of lines. What is computed is
//! left out.

use super::formula::formula;
use crate::read::light::inline::superscripts;
use rustc_hash::FxHashMap;

/// Content that lies deeper in other content stays as it is written.
const DEEPEST: usize = 48;

/// What begins a line of code, which stays as it is.
const STATEMENTS: [&str; 5] = ["set", "show", "let", "import", "include"];

/// Calls that other parts of the reader read.
const LEFT: [&str; 4] = ["figure", "table", "bibliography", "footnote"];

/// What decides at run time whether content is shown, and how often.
const CONTROL: [&str; 6] = ["if", "for", "while", "context", "return", "break"];

/// Functions whose strings are shown.
const OF_TEXT: [&str; 15] = [
    "text",
    "strong",
    "emph",
    "smallcaps",
    "upper",
    "lower",
    "underline",
    "highlight",
    "raw",
    "super",
    "sub",
    "box",
    "block",
    "heading",
    "title",
];

/// Functions whose strings are addresses, names of files, colours and places, also beside content.
const OF_NAMES: [&str; 10] = ["link", "image", "rect", "circle", "place", "align", "pad", "move", "rotate", "ref"];

/// Signs by the names that Typst has for them, without `sym.`.
const SIGNS: [(&str, &str); 18] = [
    ("plus.minus", "±"),
    ("times", "×"),
    ("dot.op", "·"),
    ("approx", "≈"),
    ("lt.eq", "≤"),
    ("gt.eq", "≥"),
    ("eq.not", "≠"),
    ("arrow.r", "→"),
    ("dash.en", "–"),
    ("dash.em", "—"),
    ("space.nobreak", "\u{a0}"),
    ("space", " "),
    ("percent", "%"),
    ("degree", "°"),
    ("euro", "€"),
    ("pound", "£"),
    ("dollar", "$"),
    ("mu", "µ"),
];

/// The sign of a name.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

/// The text with calls replaced by what they show; it has as many lines.
pub(in crate::read::light) fn shown(source: &str) -> String {
    let mut reader = Reader { named: FxHashMap::default(), left: source.len() * 32 + 4096 };
    let mut out = String::with_capacity(source.len());
    reader.content(source, 0, &mut out);
    out
}

struct Reader<'s> {
    /// What names stand for.
    named: FxHashMap<&'s str, String>,
    /// So many bytes may still be looked at for the ends of brackets.
    left: usize,
}

impl<'s> Reader<'s> {
    /// Writes what content shows.
    fn content(&mut self, text: &'s str, depth: usize, out: &mut String) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let length = match rest.as_bytes()[0] {
                b'`' => {
                    let mark = if rest.starts_with("```") { "```" } else { "`" };
                    let end = rest[mark.len()..].find(mark).map_or(mark.len(), |end| end + 2 * mark.len());
                    out.push_str(&rest[..end]);
                    end
                }
                b'/' if rest.starts_with("//") && !text[..at].ends_with(':') => rest.find('\n').unwrap_or(rest.len()),
                b'/' if rest.starts_with("/*") => {
                    let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                    lines(&rest[..end], out);
                    end
                }
                b'\\' => {
                    let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                    out.push_str(&rest[..end]);
                    end
                }
                b'$' => match end_of_formula(rest) {
                    Some(end) => {
                        formula(&rest[1..end - 1], out);
                        end
                    }
                    None => {
                        out.push('$');
                        1
                    }
                },
                b'#' if depth < DEEPEST => self.call(rest, depth, out),
                _ => {
                    let end = next_of(rest, &['`', '/', '\\', '$', '#']);
                    out.push_str(&rest[..end]);
                    end
                }
            };
            at += length;
        }
    }

    /// Writes what stands behind a number sign; gives how much of it was read.
    fn call(&mut self, rest: &'s str, depth: usize, out: &mut String) -> usize {
        let name = name(&rest[1..]);
        let behind = 1 + name.len();
        let after = &rest[behind..];
        if name.is_empty() {
            return match after.as_bytes().first() {
                Some(b'{' | b'(') => self.passed(rest, 1, out),
                Some(b'"') => {
                    let end = end_of_string(after);
                    out.push_str(after[..end].trim_matches('"'));
                    1 + end
                }
                Some(b'0'..=b'9') => 1,
                _ => {
                    out.push('#');
                    1
                }
            };
        }
        if STATEMENTS.contains(&name) {
            let end = self.end_of_statement(rest);
            self.define(&rest[..end]);
            out.push_str(&rest[..end]);
            return end;
        }
        if CONTROL.contains(&name) {
            return self.control(rest, behind, out);
        }
        let Some(parts) = self.parts(after) else {
            out.push('#');
            return 1;
        };
        let end = behind + parts.end;
        let arguments = parts.arguments.unwrap_or_default();
        let tabular = ["table(", "figure(", "grid("].iter().any(|t| arguments.contains(t));
        // The reader of lines knows addresses, but no words of a link that run over a line.
        let leads = name == "link" && after.starts_with("(\"") && !after[..parts.end].contains('\n');
        if LEFT.contains(&name) || tabular || leads {
            out.push_str(&rest[..end]);
            return end;
        }
        if parts.end == 0 {
            let sign = name.strip_prefix("sym.").and_then(sign);
            out.push_str(sign.unwrap_or_else(|| self.named.get(name).map_or("", String::as_str)));
            return end + usize::from(after.starts_with(';'));
        }
        if matches!(name, "heading" | "title") {
            let level = arguments.split("level:").nth(1).and_then(|l| l.trim().chars().next()?.to_digit(10));
            out.push_str(&"=".repeat(level.unwrap_or(1).clamp(1, 6) as usize));
            out.push(' ');
        }
        let mut said = String::new();
        // A function of the author that takes content may take its title as a string.
        let titled = !parts.contents.is_empty() && !OF_NAMES.contains(&name);
        self.arguments(titled || OF_TEXT.contains(&name), arguments, depth, &mut said);
        let bare = parts.contents.is_empty();
        for content in parts.contents {
            self.content(content, depth + 1, &mut said);
        }
        match name {
            "super" => out.push_str(&superscripts(said.trim_end())),
            "h" | "linebreak" => out.push(' '),
            _ if bare => out.push_str(said.trim_end_matches(' ')),
            _ => out.push_str(&said),
        }
        end
    }

    /// Writes the content among the arguments of a call, and its strings when they are shown.
    fn arguments(&mut self, strings: bool, text: &'s str, depth: usize, out: &mut String) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let end = match rest.as_bytes()[0] {
                b'[' => match self.closed(rest) {
                    Some(end) => {
                        if is_shown(&text[..at]) {
                            self.content(&rest[1..end - 1], depth + 1, out);
                            out.push(' ');
                        } else {
                            lines(&rest[..end], out);
                        }
                        end
                    }
                    None => 1,
                },
                b'"' => {
                    let end = end_of_string(rest);
                    if strings && is_shown(&text[..at]) {
                        out.push_str(rest[..end].trim_matches('"'));
                        out.push(' ');
                    }
                    end
                }
                _ => {
                    let end = next_of(rest, &['[', '"']);
                    lines(&rest[..end], out);
                    end
                }
            };
            at += end;
        }
    }

    /// Passes over a condition or loop with all its branches.
    fn control(&mut self, rest: &'s str, behind: usize, out: &mut String) -> usize {
        let mut end = behind;
        let branch = |end: usize| rest[end..].find(['[', '{', '\n']).filter(|o| !rest[end + o..].starts_with('\n'));
        while let Some(open) = branch(end) {
            let Some(length) = self.closed(&rest[end + open..]) else { break };
            end += open + length;
            let Some(otherwise) = rest[end..].trim_start_matches(' ').strip_prefix("else") else { break };
            end = rest.len() - otherwise.len();
        }
        lines(&rest[..end], out);
        end
    }

    /// Passes over code; gives how much was read, at least `least`.
    fn passed(&mut self, rest: &'s str, least: usize, out: &mut String) -> usize {
        let end = self.closed(&rest[1..]).map_or(least, |end| end + 1);
        lines(&rest[..end], out);
        end
    }

    /// The brackets behind the name of a call; `None` when one is never closed.
    fn parts(&mut self, after: &'s str) -> Option<Parts<'s>> {
        let mut parts = Parts { arguments: None, contents: Vec::new(), end: 0 };
        while let Some(open @ (b'(' | b'[')) = after.as_bytes().get(parts.end) {
            let length = self.closed(&after[parts.end..])?;
            let inside = &after[parts.end + 1..parts.end + length - 1];
            if *open == b'[' {
                parts.contents.push(inside);
            } else if parts.contents.is_empty() && parts.arguments.is_none() {
                parts.arguments = Some(inside);
            } else {
                break;
            }
            parts.end += length;
        }
        Some(parts)
    }

    /// Remembers `let name = 43`, `let name = "forty"` and `let name = [43 wells]`.
    fn define(&mut self, statement: &'s str) {
        let Some((name, value)) = statement.strip_prefix("#let ").and_then(|s| s.split_once('=')) else { return };
        let (name, value) = (name.trim(), value.trim());
        let is_name = name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let number = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit() || c == '.');
        let quoted = |open: char, close: char| value.strip_prefix(open).and_then(|v| v.strip_suffix(close));
        let said = quoted('"', '"').or_else(|| quoted('[', ']')).filter(|v| !v.contains(['"', '[', ']', '\n', '#']));
        if let Some(said) = said.or(number.then_some(value)).filter(|_| is_name) {
            self.named.insert(name, said.to_owned());
        }
    }

    /// Where a statement ends: at the end of a line outside of brackets.
    fn end_of_statement(&mut self, rest: &'s str) -> usize {
        let mut at = 1;
        while let Some(next) = rest[at..].find(['(', '[', '{', '"', '\n']) {
            at += next;
            match rest.as_bytes()[at] {
                b'\n' => return at,
                b'"' => at += end_of_string(&rest[at..]),
                _ => at += self.closed(&rest[at..]).unwrap_or(1),
            }
        }
        rest.len()
    }

    /// How long the bracket is that a text begins with, both ends included.
    fn closed(&mut self, text: &str) -> Option<usize> {
        bracket(text, &mut self.left)
    }
}

/// How long the bracket is that a text begins with, both ends included; `left` is how many
/// bytes may be looked at.
pub(super) fn bracket(text: &str, left: &mut usize) -> Option<usize> {
    let mut open: Vec<u8> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let in_content = open.last() == Some(&b'[');
        let from = at;
        match bytes[at] {
            b'\\' => at += 1,
            b'"' if !in_content => at += end_of_string(&text[at..]) - 1,
            b'`' if in_content => {
                let mark = if text[at..].starts_with("```") { "```" } else { "`" };
                at += text[at + mark.len()..].find(mark).map_or(0, |end| end + 2 * mark.len() - 1);
            }
            b'$' if in_content => at += end_of_formula(&text[at..]).map_or(0, |end| end - 1),
            b'[' => open.push(b'['),
            b'(' | b'{' if !in_content || follows_name(&text[..at]) => open.push(bytes[at]),
            b']' | b')' | b'}' => {
                let opened = match bytes[at] {
                    b']' => b'[',
                    b')' => b'(',
                    _ => b'{',
                };
                if open.last() == Some(&opened) {
                    open.pop();
                    if open.is_empty() {
                        return Some(at + 1);
                    }
                } else if !in_content {
                    return None;
                }
            }
            _ => {}
        }
        at += 1;
        *left = left.checked_sub(at - from)?;
    }
    None
}

/// The brackets of a call.
struct Parts<'s> {
    arguments: Option<&'s str>,
    contents: Vec<&'s str>,
    end: usize,
}

/// The name that a text begins with: `text`, `sym.plus.minus`.
fn name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return "";
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-'])
}

/// Whether a bracket in content belongs to a call: `#text(` and not "wells (".
fn follows_name(before: &str) -> bool {
    let start = before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    start.is_some_and(|at| before[at..].starts_with('#'))
}

/// Whether an argument shows what stands next: it has no name, or one for words.
fn is_shown(before: &str) -> bool {
    let own = before.rsplit([',', '(']).next().unwrap_or("").trim();
    own.strip_suffix(':').is_none_or(|name| matches!(name, "title" | "caption" | "body" | "attribution"))
}

/// The bytes of a string with its quotation marks.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The bytes of a formula with its signs.
fn end_of_formula(text: &str) -> Option<usize> {
    let near = crate::read::light::inline::near(&text[1..]);
    let mut escaped = false;
    for (at, c) in near.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '$' => return Some(at + 2),
            _ => {}
        }
    }
    None
}

/// Where one of some signs stands next, the first sign of the text left out.
fn next_of(text: &str, signs: &[char]) -> usize {
    text.char_indices().skip(1).find(|(_, c)| signs.contains(c)).map_or(text.len(), |(at, _)| at)
}

/// The ends of the lines of a text.
fn lines(text: &str, out: &mut String) {
    out.extend(text.matches('\n'));
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn reads_what_calls_show() {
        for (source, expected) in [
            ("Of #strong[43\nwells] all.", "Of 43\nwells all."),
            ("#note(title: [All], fill: red)[Of 43 #emph[wells]].", "All Of 43 wells."),
            ("#let wells = 43\nOf #wells wells.", "#let wells = 43\nOf 43 wells."),
            ("28 #sym.plus.minus 1 g, #text(red, \"12\") dry", "28 ± 1 g, 12 dry"),
            ("10#super[-6] m#super(\"2\")", "10⁻⁶ m²"),
            ("a #if x [43] else [44] b #for y in z {\n}#cite(<label>)c", "a  b \nc"),
            ("#figure(\n table([#strong[1]]))", "#figure(\n table([#strong[1]]))"),
            ("#link(\"https://a.example\")[words] #link(<a>)[12]", "#link(\"https://a.example\")[words] 12"),
            ("C# and \\#b, issue #12 (see [a]) `#strong[x]`", "C# and \\#b, issue 12 (see [a]) `#strong[x]`"),
            ("#heading(level: 2)[Wells]", "== Wells"),
            ("see https://a.example // a remark\n/* a\n b */c", "see https://a.example \n\nc"),
            ("#box[a (b) c] d #never[closed", "a (b) c d #never[closed"),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }
}
