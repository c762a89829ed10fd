//! Org: headings with stars, tables with bars, notes in brackets.

use super::inline::{closed, escaped_tag, link, near};
use super::table::{NOTHING, plain_row};

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(source.len());
    let mut code = false;
    let mut drawer = false;
    let mut n = 0;
    while n < source.len() {
        let line = source[n];
        let bare = line.trim();
        let lower = bare.to_ascii_lowercase();
        if lower.starts_with("#+begin_src") || lower.starts_with("#+begin_example") {
            code = true;
            out.push("```".to_owned());
        } else if lower.starts_with("#+end_src") || lower.starts_with("#+end_example") {
            code = false;
            out.push("```".to_owned());
        } else if code {
            out.push(line.to_owned());
        } else if bare.starts_with('|') {
            let end = n + source[n..].iter().take_while(|l| l.trim().starts_with('|')).count();
            table(&source[n..end], &mut out);
            n = end;
            continue;
        } else if lower.starts_with(":properties:") || lower.starts_with(":logbook:") {
            drawer = true;
            out.push(String::new());
        } else if drawer {
            drawer = !lower.starts_with(":end:");
            out.push(String::new());
        } else if let Some(title) = lower.starts_with("#+title:").then(|| bare[8..].trim()) {
            out.push(format!("# {}", inline(title)));
        } else if let Some(caption) = lower.starts_with("#+caption:").then(|| bare[10..].trim()) {
            out.push(format!("**{}**", inline(caption)));
        } else if bare.starts_with("#+") || bare == "#" || bare.starts_with("# ") {
            out.push(String::new());
        } else {
            let stars = line.len() - line.trim_start_matches('*').len();
            if stars > 0 && line[stars..].starts_with(' ') {
                // Keywords and tags of a plan are no part of the heading.
                let title = line[stars..].trim().trim_start_matches("TODO ").trim_start_matches("DONE ");
                let title = title.split("  :").next().unwrap_or(title);
                out.push(format!("{} {}", "#".repeat((stars + 1).min(6)), inline(title)));
            } else if let Some(note) = bare.strip_prefix("[fn:").filter(|_| line.starts_with('[')) {
                let (label, rest) = note.split_once(']').unwrap_or((note, ""));
                out.push(format!("[^{label}]: {}", inline(rest.trim())));
            } else {
                let indent = line.len() - line.trim_start().len();
                let item =
                    bare.starts_with("- ") || bare.starts_with("+ ") || bare.starts_with(|c: char| c.is_ascii_digit());
                let pad = if item { indent } else { indent.min(3) };
                out.push(format!("{}{}", " ".repeat(pad), inline(bare)));
            }
        }
        n += 1;
    }
    if code && let Some(last) = out.last_mut() {
        last.push_str("\n```");
        let joined = out.pop().unwrap_or_default().replace('\n', " ");
        out.push(joined);
    }
    out
}

fn table(rows: &[&str], out: &mut Vec<String>) {
    let rule = |row: &str| row.trim().starts_with("|-");
    let head = rows.iter().position(|row| rule(row)).unwrap_or(0);
    let last = rows.len() - 1;
    for (n, row) in rows.iter().enumerate() {
        let cells = row.trim().trim_start_matches('|').trim_end_matches('|').split('|');
        let mut line = if rule(row) {
            NOTHING.to_owned()
        } else {
            let cells: Vec<String> = cells.map(inline).collect();
            plain_row(cells.iter().map(String::as_str), n < head)
        };
        if n == 0 {
            line.insert_str(0, "<table>");
        }
        if n == last {
            line.push_str("</table>");
        }
        out.push(line);
    }
}

fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(more) = rest.strip_prefix("[fn:") {
            if let Some((label, end)) = closed(more, '[', ']') {
                match label.split_once(':') {
                    Some((_, words)) => out.push_str(&format!(" ({})", inline(words))),
                    None => out.push_str(&format!("[^{label}]")),
                }
                rest = &more[end..];
                continue;
            }
        } else if let Some(more) = rest.strip_prefix("[[")
            && let Some(end) = near(more).find("]]")
        {
            let (target, words) = more[..end].split_once("][").unwrap_or((&more[..end], ""));
            out.push_str(&link(words, target));
            rest = &more[end + 2..];
            continue;
        }
        // =code= and ~code~ between blanks or signs.
        let before = out.chars().next_back().is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '"' | '\''));
        if before
            && matches!(c, '=' | '~' | '*' | '/')
            && let Some(end) = near(&rest[1..]).find(c).filter(|&end| end > 0 && !rest[1..=end].starts_with(' '))
            && rest[end + 2..].chars().next().is_none_or(|a| !a.is_alphanumeric())
        {
            let inner = &rest[1..=end];
            match c {
                '=' | '~' => out.push_str(&format!("`{inner}`")),
                '*' => out.push_str(&format!("**{inner}**")),
                _ => out.push_str(&format!("*{inner}*")),
            }
            rest = &rest[end + 2..];
            continue;
        }
        if let Some((said, length)) = escaped_tag(rest) {
            out.push_str(&said);
            rest = &rest[length..];
            continue;
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_headings_tables_and_notes() {
        let source = [
            "#+TITLE: Wells",
            "* North",
            "Of 43[fn:1] wells =x= see [[a.org][there]].",
            "| A | B |",
            "|---+---|",
            "| 1 | 2 |",
            "[fn:1] All.",
        ];
        assert_eq!(
            lines(&source),
            [
                "# Wells",
                "## North",
                "Of 43[^1] wells `x` see [there](a.org).",
                "<table><tr><th>A</th><th>B</th></tr>",
                "<!-- -->",
                "<tr><td>1</td><td>2</td></tr></table>",
                "[^1]: All."
            ]
        );
    }
}
