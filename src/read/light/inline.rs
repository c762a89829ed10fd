//! What the dialects have in common within lines.

/// How far ahead the end of markup within a line is looked for.
const FAR: usize = 2_000;

/// The next stretch of a text, in which the end of markup is looked for: beyond it what seems to begin markup is a
/// sign.
pub(super) fn near(text: &str) -> &str {
    let mut end = text.len().min(FAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Brackets that lie deeper in each other than this are not looked through.
const DEEPEST: usize = 64;

/// The text up to the bracket that closes the one before it, and the bytes behind that bracket.
pub(super) fn closed(text: &str, open: char, close: char) -> Option<(&str, usize)> {
    let mut depth = 1usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == open {
            depth += 1;
            if depth > DEEPEST {
                return None;
            }
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
        match closed(near(inner), brackets.0, brackets.1) {
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

/// Words of a line that would be tags in Markdown, with their brackets escaped: `<year>`.
pub(super) fn escaped_tag(rest: &str) -> Option<(String, usize)> {
    let is_tag =
        rest.starts_with('<') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    is_tag.then(|| ("\\<".to_owned(), 1))
}

/// A figure, or a minus, raised above the line; other signs stay as they are.
pub(super) fn superscript(c: char) -> char {
    match c {
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '-' => '\u{207b}',
        '0' | '4'..='9' => char::from_u32(0x2070 + (c as u32 - '0' as u32)).unwrap_or(c),
        c => c,
    }
}

/// Words raised above the line, when they are a number.
pub(super) fn superscripts(words: &str) -> String {
    if words.chars().all(|c| c.is_ascii_digit() || c == '-') {
        words.chars().map(superscript).collect()
    } else {
        words.to_owned()
    }
}
