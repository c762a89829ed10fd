//! Typst: headings with equals signs, content in brackets, functions behind a number sign.

use super::inline::{closed, link};
use super::table::{NOTHING, row};

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
        } else if let Some(call) = bare.strip_prefix('#').filter(|c| is_call(c)) {
            let end = end_of_call(source, n);
            let body: Vec<&str> = source[n..end].to_vec();
            if call.starts_with("figure") || call.starts_with("table") {
                table(&body, &mut out);
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
                let words = match bare.strip_prefix("+ ") {
                    Some(item) => format!("1. {}", inline(item)),
                    None => inline(bare),
                };
                let item = words.starts_with("- ") || words.starts_with("1. ");
                out.push(format!("{}{words}", " ".repeat(if item { indent } else { indent.min(3) })));
            }
        }
        n += 1;
    }
    out
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

/// A table or figure: the cells in rows of as many columns as are said, the caption below.
fn table(body: &[&str], out: &mut Vec<String>) {
    let first = out.len();
    let whole = body.join("\n");
    let columns = columns(&whole);
    let is_table = whole.contains("table(");
    let (mut cells, mut caption, mut opened, mut head): (Vec<(String, u32)>, Option<String>, bool, bool) =
        (Vec::new(), None, false, false);
    let mut in_header = false;
    for line in body {
        let mut written = String::new();
        let mut rest = line.trim();
        if let Some(said) = rest.strip_prefix("caption:") {
            let said = said.trim().trim_start_matches('[').trim_end_matches([',', ')']).trim_end_matches(']');
            caption = Some(inline(said));
            rest = "";
        }
        in_header |= rest.starts_with("table.header(");
        if is_table && !rest.starts_with("columns:") && !rest.starts_with("align:") {
            while let Some(open) = rest.find('[') {
                let Some((inner, end)) = closed(&rest[open + 1..], '[', ']') else { break };
                cells.push((inline(inner), 1));
                rest = &rest[open + 1 + end..];
                if cells.len() >= columns {
                    head = in_header || !opened && whole.contains("table.header(");
                    if !opened {
                        written.push_str("<table>");
                        opened = true;
                    }
                    written.push_str(&row(&std::mem::take(&mut cells), head));
                }
            }
        }
        if in_header && rest.contains(')') {
            in_header = false;
        }
        out.push(if written.is_empty() && opened { NOTHING.to_owned() } else { written });
    }
    let _ = head;
    if let Some(last) = out[first..].last_mut() {
        if !cells.is_empty() && opened {
            last.push_str(&row(&cells, false));
        }
        if opened {
            last.push_str("</table>");
        }
    }
    // The caption takes the first line, above the table.
    if let Some(caption) = caption.filter(|c| !c.is_empty()) {
        if let Some(line) = out.get_mut(first).filter(|line| line.is_empty()) {
            *line = format!("**{caption}**");
        }
        if let Some(line) = out.get_mut(first + 1).filter(|line| !line.starts_with("<table")) {
            line.clear();
        }
    }
}

/// How many columns a table has.
fn columns(call: &str) -> usize {
    let Some(at) = call.find("columns:") else { return 1 };
    let said = call[at + 8..].trim_start();
    if let Some(list) = said.strip_prefix('(') {
        return list.split(')').next().map_or(1, |l| l.split(',').filter(|c| !c.trim().is_empty()).count()).max(1);
    }
    let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1).clamp(1, 100)
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
            && let Some(end) = more.find("\")")
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
            && let Some(open) = rest.find('[')
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
        assert_eq!((out[7].as_str(), out[10].as_str()), ("<tr><td>1</td><td>2</td></tr>", "<!-- --></table>"));
    }
}
