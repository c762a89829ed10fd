//! What links lead to besides headings: names given in the markup, and signs that more are made elsewhere.

use crate::document::{Anchor, Document};
use crate::span::Span;

/// What shows that some other program makes places that links can lead to.
const FOREIGN: [&str; 19] = [
    "{{",
    "{%",
    "\n:::",
    "\n.. ",
    "--8<--",
    "\n```{",
    "\nimport ",
    "\nexport ",
    "!include",
    "<!-- include",
    "@include",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<h5",
    "<h6",
    "<<<",
    "[[_",
];

/// Adds the names that the markup gives: `id="x"`, `name="x"`, `{#x}`, `(x)=`.
///
/// More is taken for a name than is one, since a name too many only keeps a link from being doubted.
pub(super) fn named(source: &str, document: &mut Document) {
    let bytes = source.as_bytes();
    let has = |sign: &str| memchr::memmem::find(bytes, sign.as_bytes()).is_some();
    document.generated = FOREIGN.iter().any(|sign| has(sign));
    for (sign, before) in [("id=", true), ("name=", true), ("#", false)] {
        for at in memchr::memmem::find_iter(bytes, sign.as_bytes()) {
            let start = at + sign.len();
            let led = match at.checked_sub(1).map(|i| bytes[i]) {
                Some(b) if before => b.is_ascii_whitespace(),
                Some(b) => matches!(b, b'{' | b' ' | b':'),
                None => false,
            };
            if !led {
                continue;
            }
            let rest = source[start..].trim_start_matches(['"', '\'']);
            let start = source.len() - rest.len();
            let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '}' | '<' | '{' | '`');
            let length: usize = rest.chars().take(201).take_while(|&c| !ends(c)).map(char::len_utf8).sum();
            let closed = before || rest[length..].starts_with(['}', ' ']);
            if length > 0 && length <= 200 && closed && !rest.starts_with('#') {
                let span = Span::new(document.file, start as u32, (start + length) as u32);
                document.anchors.push(Anchor { name: rest[..length].to_owned(), level: 0, at: span });
            }
        }
    }
    for at in memchr::memmem::find_iter(bytes, b")=\n") {
        let line = source[..at].rfind('\n').map_or(0, |i| i + 1);
        if let Some(name) = source[line..at].strip_prefix('(') {
            let span = Span::new(document.file, line as u32 + 1, at as u32);
            document.anchors.push(Anchor { name: name.to_owned(), level: 0, at: span });
        }
    }
    document.anchors.sort_by_key(|a| a.at);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    #[test]
    fn reads_names_of_all_sorts() {
        let mut document = Document::new(FileId(0));
        named("<a id=\"one\"></a>\n<a name='two'>\n## X {#three}\n(four)=\n## Y\n", &mut document);
        let names: Vec<&str> = document.anchors.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, ["one", "two", "three", "four"]);
        assert!(!document.generated);
    }
}
