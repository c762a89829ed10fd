//! Typst: headings with equals signs, content in brackets, functions behind a number sign.

mod content;
mod formula;
mod table;

use super::inline::{closed, escaped_tag, link, near};
pub(super) use content::shown;
use table::table;

/// How far a call may reach, in lines.
const LONGEST_CALL: usize = 400;

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(source.len());
    let mut code = false;
    let mut comment = false;
    let mut n = 0;
    while n < source.len() {
        let line = source[n];
        let bare = line.trim();
        if let Some(behind) = bare.strip_prefix("```") {
            code = !code && !behind.contains("```");
            out.push(bare.to_owned());
        } else if code {
            out.push(line.to_owned());
        } else if comment || bare.starts_with("/*") {
            comment = !bare.contains("*/");
            out.push(String::new());
        } else if bare.starts_with("//") {
            out.push(String::new());
        } else if let Some((call, end)) = call(source, n) {
            let body = &source[n..end];
            if call.starts_with("figure") || holds_table(body) {
                out.extend(table(body));
            } else {
                out.extend(std::iter::repeat_n(String::new(), end - n));
            }
            n = end;
            continue;
        } else {
            let signs = bare.len() - bare.trim_start_matches('=').len();
            if signs > 0 && bare[signs..].starts_with(' ') {
                out.push(format!("{} {}", "#".repeat(signs.min(6)), inline(bare[signs..].trim())));
            } else {
                let indent = line.len() - line.trim_start().len();
                let words = match (bare.strip_prefix("+ "), bare.strip_prefix("/ ")) {
                    (Some(item), _) => format!("1. {}", inline(item)),
                    // A term and what it means.
                    (_, Some(term)) if term.contains(':') => format!("- {}", inline(term)),
                    _ => inline(bare),
                };
                let item = words.starts_with("- ") || words.starts_with("1. ");
                out.push(format!("{}{words}", " ".repeat(if item { indent } else { indent.min(3) })));
            }
        }
        n += 1;
    }
    out
}

/// The call that begins on a line and the line behind it, when it sets something up, makes a block or holds a table.
fn call<'s>(source: &[&'s str], n: usize) -> Option<(&'s str, usize)> {
    let call = source[n].trim().strip_prefix('#')?;
    if is_call(call) {
        return Some((call, end_of_call(source, n)));
    }
    let length = call.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if !call[length..].starts_with(['(', '[']) {
        return None;
    }
    let end = end_of_call(source, n);
    holds_table(&source[n..end]).then_some((call, end))
}

/// Whether lines hold a table that is not itself the setting of all tables.
fn holds_table(body: &[&str]) -> bool {
    let sets = ["#set", "#show", "#let"].iter().any(|name| body[0].trim_start().starts_with(name));
    !sets && body.iter().any(|line| line.contains("table("))
}

/// Whether a line that begins with a number sign sets something up or makes a block.
fn is_call(call: &str) -> bool {
    [
        "set ",
        "show ",
        "show:",
        "let ",
        "import ",
        "include ",
        "figure(",
        "table(",
        "pagebreak",
        "v(",
        "h(",
        "bibliography(",
    ]
    .iter()
    .any(|name| call.starts_with(name))
}

/// The line behind a call: where its brackets are closed.
fn end_of_call(source: &[&str], from: usize) -> usize {
    let mut depth = 0i64;
    for (n, line) in source[from..].iter().enumerate().take(LONGEST_CALL) {
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                '(' | '[' | '{' if !quoted => depth += 1,
                ')' | ']' | '}' if !quoted => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return from + n + 1;
        }
    }
    from + 1
}

fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(more) = rest.strip_prefix("#footnote[") {
            if let Some((words, end)) = closed(more, '[', ']') {
                out.push_str(&format!(" ({})", inline(words)));
                rest = &more[end..];
                continue;
            }
        } else if let Some(more) = rest.strip_prefix("#link(\"")
            && let Some(end) = near(more).find("\")")
        {
            let target = &more[..end];
            rest = &more[end + 2..];
            match rest.strip_prefix('[').and_then(|r| closed(r, '[', ']')) {
                Some((words, end)) => {
                    out.push_str(&link(&inline(words), target));
                    rest = &rest[1 + end..];
                }
                None => out.push_str(target),
            }
            continue;
        } else if c == '#'
            && let Some(open) = near(rest).find('[')
            && rest[1..open].chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
            && let Some((words, end)) = closed(&rest[open + 1..], '[', ']')
        {
            out.push_str(&inline(words));
            rest = &rest[open + 1 + end..];
            continue;
        }
        match c {
            '~' => out.push('\u{a0}'),
            '\\' if rest[1..].starts_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace()) => {
                let escaped = rest[1..].chars().next().unwrap_or(' ');
                // What Markdown would take for markup stays escaped.
                if matches!(escaped, '*' | '_' | '#' | '`' | '[' | ']') {
                    out.push('\\');
                }
                out.push(escaped);
                rest = &rest[1 + escaped.len_utf8()..];
                continue;
            }
            '*' => out.push_str("**"),
            // `<label>` names a place.
            '<' if near(rest).find('>').is_some_and(|end| end < 60 && is_label(&rest[1..end])) => {
                rest = &rest[rest.find('>').unwrap_or(0) + 1..];
                continue;
            }
            '<' if escaped_tag(rest).is_some() => out.push_str("\\<"),
            '@' if out.chars().next_back().is_none_or(char::is_whitespace) => {
                let name = rest[1..]
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':')))
                    .unwrap_or(rest.len() - 1);
                rest = &rest[1 + name..];
                continue;
            }
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn is_label(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_headings_notes_and_tables() {
        let source = [
            "#set page(width: 10cm)",
            "= Wells",
            "Of *43* wells#footnote[All of them.] 12~are dry.",
            "#figure(",
            "  table(",
            "    columns: 2,",
            "    [A], [B],",
            "    [1], [2],",
            "  ),",
            "  caption: [Wells by village],",
            ")",
        ];
        let out = lines(&source);
        assert_eq!(out[..3], ["", "# Wells", "Of **43** wells (All of them.) 12\u{a0}are dry."]);
        assert_eq!(out[3], "**Wells by village**");
        assert_eq!(out[6], "<table><tr><td>A</td><td>B</td></tr>");
        assert_eq!((out[7].as_str(), out[10].as_str()), ("<tr><td>1</td><td>2</td></tr></table>", ""));
    }
}
