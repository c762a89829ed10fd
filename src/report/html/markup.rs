//! Words as HTML. Documents are not trusted: nothing in them becomes markup, and nothing turns the writing direction.

use crate::report::window::visible;

/// Text for an element or an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut out, text);
    out
}

/// Appends text, with control characters made visible and line ends as blanks.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            // Places that no text may hold, and where HTML would read another character.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.extend(visible(c)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn reads_markup_as_words() {
        assert_eq!(escaped("<b a=\"1\">'&'</b>"), "&lt;b a=&quot;1&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;");
    }

    #[test]
    fn reads_control_characters_as_pictures() {
        assert_eq!(escaped("a\u{0}b\u{202e}c\nd\u{feff}"), "a\u{2400}b\u{fffd}c d");
    }
}
