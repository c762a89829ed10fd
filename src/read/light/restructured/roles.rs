//! Words in back quotes that go over the end of a line: links and roles.

use crate::read::light::inline::near;

/// Words in back quotes are no longer than this.
const LONGEST: usize = 600;

/// A text in which words in back quotes that go over a line end are plain words or links of Markdown on their lines,
/// since no line of its own tells that they belong together.
pub(in crate::read::light) fn on_their_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let before = &rest[..at];
        let more = &rest[at + 1..];
        let literal = more.starts_with('`');
        let found = if literal || !opens(before, &out, more) { None } else { over_lines(more) };
        match found {
            Some((words, address, length)) => {
                let plain = without_role(before);
                out.push_str(plain);
                out.push_str(&linked(words, address, plain.len() < before.len()));
                rest = more[length..].trim_start_matches('_');
            }
            None => {
                // A literal is passed over with its quotes.
                let sign = if literal { "``" } else { "`" };
                let inner = &more[sign.len() - 1..];
                let line = near(inner).find('\n').unwrap_or(near(inner).len());
                let end = inner[..line].find(sign).map_or(0, |end| end + sign.len());
                let length = at + sign.len() + end;
                out.push_str(&rest[..length]);
                rest = &rest[length..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Words with the address in angle brackets behind them as a link of Markdown, with as many lines.
fn linked(words: &str, address: &str, role: bool) -> String {
    // The lines of what is left out stay.
    let lines = "\n".repeat(address.matches('\n').count());
    match target(address.trim().trim_matches(['<', '>']), role) {
        Some(target) => format!("[{words}]({target}){lines}"),
        None => format!("{words}{lines}"),
    }
}

/// The address of a link as Markdown has it; what a role leads to is a name that the file need not know.
pub(super) fn target(address: &str, role: bool) -> Option<String> {
    let address = address.split_whitespace().collect::<String>().replace('(', "%28").replace(')', "%29");
    let name = if role { format!("ref:{address}") } else { address.clone() };
    (!address.is_empty() && !address.contains(['<', '>'])).then_some(name)
}

/// Whether a back quote opens: it stands behind a blank, a bracket or a role, and before a word.
fn opens(before: &str, out: &str, more: &str) -> bool {
    let last = before.chars().next_back().or_else(|| out.chars().next_back());
    last.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '-' | '/' | ':'))
        && more.starts_with(|c: char| !c.is_whitespace())
}

/// The words, the address in angle brackets and the bytes up to behind the closing quote, when a line ends among them
/// and no paragraph does.
fn over_lines(more: &str) -> Option<(&str, &str, usize)> {
    let end = near(more).find('`').filter(|&end| end <= LONGEST)?;
    let inner = &more[..end];
    let paragraph_ends = inner.split('\n').skip(1).any(|line| line.trim().is_empty());
    if !inner.contains('\n') || paragraph_ends {
        return None;
    }
    let (words, address) = match inner.rfind('<').filter(|_| inner.ends_with('>')) {
        Some(open) => inner.split_at(inner[..open].trim_end().len()),
        None => (inner, ""),
    };
    Some((words, address, end + 1))
}

/// What stands before words in back quotes, without the role: `see :ref:` is `see `.
fn without_role(before: &str) -> &str {
    let Some(inner) = before.strip_suffix(':') else { return before };
    match inner.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '+' | '.'))) {
        Some(at) => {
            let from = at + inner[at..].chars().next().map_or(1, char::len_utf8);
            if inner[from..].starts_with(':') { &before[..from] } else { before }
        }
        None if inner.starts_with(':') => "",
        None => before,
    }
}

#[cfg(test)]
mod tests {
    use super::on_their_lines;

    #[test]
    fn reads_roles_and_links_over_line_ends() {
        for (written, said) in [
            ("See :ref:`the map\n  of wells <map>` now.", "See [the map\n  of wells](ref:map) now."),
            ("By `the town\n<https://example.org>`_ in May.", "By [the town](https://example.org)\n in May."),
            ("A `link <a.rst>`_ and ``x ` y`` and ``z\n``.", "A `link <a.rst>`_ and ``x ` y`` and ``z\n``."),
            ("It's 5` long\n\nand `open\n\nto` all", "It's 5` long\n\nand `open\n\nto` all"),
        ] {
            assert_eq!(on_their_lines(written), said);
        }
    }
}
