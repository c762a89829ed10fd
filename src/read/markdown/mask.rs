//! Hides what other dialects write between the paragraphs: directives, admonitions, MDX statements, shortcodes.
//!
//! Every byte that is hidden becomes one byte, so that offsets stay those of the file.

use std::borrow::Cow;

/// The signs around shortcodes and tags of templates.
const SHORTCODES: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// Markdown with foreign lines hidden, as long as what was given.
pub(super) fn mask(source: &str) -> Cow<'_, str> {
    let foreign = [
        ":::",
        "!!!",
        "???",
        "import ",
        "export ",
        "{{<",
        "{{%",
        "{%",
        ")=",
        "\\clearpage",
        "\\newpage",
        "\\pagebreak",
    ];
    if !foreign.iter().any(|sign| memchr::memmem::find(source.as_bytes(), sign.as_bytes()).is_some()) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut state = State::default();
    for line in source.split_inclusive('\n') {
        state.line(line, &mut out);
    }
    Cow::Owned(out)
}

#[derive(Default)]
struct State {
    /// The sign and length of the code fence that is open.
    fence: Option<(u8, usize)>,
    /// Inside an admonition, whose body is indented.
    admonition: bool,
    /// Inside an MDX statement, which ends at an empty line.
    statement: bool,
    /// Inside a listing between two shortcodes.
    listing: bool,
    /// The line before was not empty and not hidden.
    after_text: bool,
}

impl State {
    fn line(&mut self, line: &str, out: &mut String) {
        let content = line.trim_end();
        let trimmed = content.trim_start();
        let indent = content.len() - trimmed.len();
        if self.listing {
            if is_listing_end(trimmed) {
                self.listing = false;
                fence(line, indent, "", out);
            } else {
                out.push_str(line);
            }
            return;
        }
        if self.fence.is_none()
            && let Some(language) = listing(trimmed)
        {
            self.listing = true;
            self.after_text = false;
            fence(line, indent, language, out);
            return;
        }
        if trimmed.is_empty() {
            self.statement = false;
            self.after_text = false;
            out.push_str(line);
            return;
        }
        if self.statement {
            hide(line, out);
            return;
        }
        if self.admonition {
            if indent >= 4 && line.is_char_boundary(4) && line.as_bytes()[..4] == *b"    " {
                // The body of an admonition would be a code block; as a quotation it is text again.
                out.push_str(">   ");
                self.body(&line[4..], out);
                return;
            }
            self.admonition = false;
        }
        if self.fence.is_none() && indent < 4 {
            let bare = trimmed.trim_start_matches('+');
            if (bare.starts_with("!!!") || bare.starts_with("???"))
                && bare[3..].starts_with([' ', '+'])
                && bare.chars().any(char::is_alphabetic)
            {
                self.admonition = true;
                self.after_text = false;
                hide(line, out);
                return;
            }
            if trimmed.starts_with(":::") || is_shortcode(trimmed) || is_label(trimmed) || is_page_break(trimmed) {
                self.after_text = false;
                hide(line, out);
                return;
            }
            if indent == 0 && !self.after_text && is_statement(trimmed) {
                self.statement = true;
                hide(line, out);
                return;
            }
        }
        self.body(line, out);
    }

    fn body(&mut self, line: &str, out: &mut String) {
        let trimmed = line.trim();
        if let Some(&sign) = trimmed.as_bytes().first().filter(|b| matches!(b, b'`' | b'~')) {
            let length = trimmed.bytes().take_while(|&b| b == sign).count();
            match self.fence {
                None if length >= 3 => self.fence = Some((sign, length)),
                Some((open, least)) if open == sign && length >= least && trimmed.len() == length => self.fence = None,
                _ => {}
            }
        }
        self.after_text = true;
        out.push_str(line);
    }
}

/// The language of a listing that a line opens: `{{< highlight bash >}}`, `{% highlight ruby %}`.
fn listing(line: &str) -> Option<&str> {
    let inner = SHORTCODES.iter().find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close))?;
    let mut words = inner.split_whitespace();
    let name = words.next()?;
    let plain = |w: &&str| w.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'#'));
    matches!(name, "highlight" | "code-block" | "codeblock").then(|| words.next().filter(plain).unwrap_or(""))
}

fn is_listing_end(line: &str) -> bool {
    let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    ["/highlight", "/code-block", "/codeblock", "endhighlight"].iter().any(|name| {
        SHORTCODES
            .iter()
            .any(|(open, close)| plain.strip_prefix(open).and_then(|p| p.strip_suffix(close)) == Some(name))
    })
}

/// Puts a fence in the place of a shortcode, as long as the line.
fn fence(line: &str, indent: usize, language: &str, out: &mut String) {
    const FENCE: &str = "~~~~";
    let content = line.trim_end_matches(['\n', '\r']);
    out.push_str(&line[..indent]);
    out.push_str(FENCE);
    out.push_str(language);
    out.extend(std::iter::repeat_n(' ', content.len() - indent - FENCE.len() - language.len()));
    out.push_str(&line[content.len()..]);
}

/// A line that is nothing but a shortcode or a template tag.
fn is_shortcode(line: &str) -> bool {
    SHORTCODES.iter().any(|(open, close)| line.starts_with(open) && line.find(close) == Some(line.len() - close.len()))
}

/// `(name)=`, which names the heading below it.
fn is_label(line: &str) -> bool {
    line.strip_prefix('(').and_then(|rest| rest.strip_suffix(")=")).is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
    })
}

/// A command that ends a page where the document is printed.
fn is_page_break(line: &str) -> bool {
    matches!(line, "\\clearpage" | "\\newpage" | "\\pagebreak" | "\\cleardoublepage")
}

/// `import … from "…"`, `export const …`.
fn is_statement(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        return rest.starts_with(['"', '\'', '{', '*']) || rest.contains(" from '") || rest.contains(" from \"");
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        ["default ", "const ", "let ", "var ", "function ", "class ", "{", "* from"].iter().any(|k| rest.starts_with(k))
    })
}

/// Puts a space for every byte of a line, its end kept.
fn hide(line: &str, out: &mut String) {
    let content = line.trim_end_matches(['\n', '\r']);
    out.extend(std::iter::repeat_n(' ', content.len()));
    out.push_str(&line[content.len()..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_length() {
        for source in [
            ":::note Größe\nText\n:::\n",
            "!!! note \"Ü\"\n    Body é\n\n    More\nAfter\n",
            "import X from 'y'\r\n\r\nText\r\n",
            "??? x",
            "- a\n\n  {{< highlight bash >}}\n  1) ü\n  {{< / highlight >}}\n",
        ] {
            assert_eq!(mask(source).len(), source.len());
        }
    }

    #[test]
    fn makes_the_body_of_an_admonition_text() {
        assert_eq!(mask("!!! note\n    Body\nAfter\n"), "        \n>   Body\nAfter\n");
    }

    #[test]
    fn hides_statements_and_leaves_sentences() {
        assert_eq!(mask("import X from 'y'\nconst z\n\nText\n"), "                 \n       \n\nText\n");
        let prose = "We\nimport 40 tonnes from 'X'.\n\nexport figures rose\n";
        assert_eq!(mask(prose), prose);
    }

    #[test]
    fn hides_labels_and_page_breaks() {
        assert_eq!(mask("(the-wells)=\n# Wells\n\n\\newpage\n").trim_end(), "            \n# Wells");
        assert_eq!(mask("(a b)=\n"), "(a b)=\n");
    }

    #[test]
    fn makes_listings_of_shortcodes_code() {
        let masked = mask("{{< highlight bash >}}\n1) a\n1) b\n{{< / highlight >}}\nText\n");
        assert_eq!(masked, "~~~~bash              \n1) a\n1) b\n~~~~               \nText\n");
        assert_eq!(mask("{% highlight ruby %}\nx\n{% endhighlight %}\n").matches("~~~~").count(), 2);
    }

    #[test]
    fn leaves_code_alone() {
        let source = "```\n::: x\nimport a from 'b'\n```\n";
        assert_eq!(mask(source), source);
    }
}
