//! What the dialects have in common within lines.

/// The text up to the bracket that closes the one before it, and the bytes behind that bracket.
pub(super) fn closed(text: &str, open: char, close: char) -> Option<(&str, usize)> {
    let mut depth = 1;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((&text[..at], at + c.len_utf8()));
            }
        }
    }
    None
}

/// A text whose markup is replaced: `replaced` gets what is left and what has been written, and gives what stands for
/// the markup at the start of what is left, and its bytes.
pub(super) fn rewritten(text: &str, replaced: impl Fn(&str, &str) -> Option<(String, usize)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((said, length)) = replaced(rest, &out) {
            out.push_str(&said);
            rest = &rest[length..];
            continue;
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// A text in which notes that stand where they are called are words in brackets, whatever lines they run over.
pub(super) fn notes_in_brackets(text: &str, open: &str, brackets: (char, char)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        let inner = &rest[at + open.len()..];
        // What is never closed is no note.
        let window = inner.char_indices().nth(4_000).map_or(inner, |(end, _)| &inner[..end]);
        match closed(window, brackets.0, brackets.1) {
            Some((words, end)) if !words.trim().is_empty() => {
                out.push_str(&rest[..at]);
                out.push_str(" (");
                out.push_str(words.trim_end_matches(' '));
                out.push(')');
                rest = &inner[end..];
            }
            _ => {
                out.push_str(&rest[..at + open.len()]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A link of Markdown, or its words alone when the address cannot stand there.
pub(super) fn link(words: &str, target: &str) -> String {
    let words = if words.trim().is_empty() { target } else { words.trim() };
    if target.contains([' ', ')', '(', '<']) || target.is_empty() {
        return words.to_owned();
    }
    format!("[{words}]({target})")
}

/// Words that stand in a table of HTML.
pub(super) fn cell_text(text: &str) -> String {
    text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
