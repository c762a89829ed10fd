//! Words without commands, as Markdown.

use super::formula::formula;
use crate::read::light::inline::{closed, link, near};

/// Commands whose words are no part of the text.
const DROPPED: [&str; 19] = [
    "hypertarget",
    "label",
    "includegraphics",
    "vspace",
    "hspace",
    "index",
    "bibliographystyle",
    "bibliography",
    "input",
    "include",
    "thispagestyle",
    "pagestyle",
    "setcounter",
    "addtocounter",
    "color",
    "fontsize",
    "nocite",
    "rowcolor",
    "cellcolor",
];

/// Words of a line without commands.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '\\' => rest = command(&rest[1..], &mut out),
            '{' | '}' => rest = &rest[1..],
            '~' => {
                out.push('\u{a0}');
                rest = &rest[1..];
            }
            '$' => {
                let body = rest[1..].trim_start_matches('$');
                match near(body).find('$') {
                    Some(end) => {
                        formula(&body[..end], &mut out);
                        rest = body[end + 1..].trim_start_matches('$');
                    }
                    None => rest = body,
                }
            }
            '`' | '\'' if rest[1..].starts_with(c) => {
                out.push(if c == '`' { '“' } else { '”' });
                rest = &rest[2..];
            }
            '-' if rest.starts_with("---") => {
                out.push('—');
                rest = &rest[3..];
            }
            '-' if rest.starts_with("--") => {
                out.push('–');
                rest = &rest[2..];
            }
            // What Markdown would take for markup.
            '*' | '_' | '#' | '`' | '<' => {
                out.push('\\');
                out.push(c);
                rest = &rest[1..];
            }
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// Reads a command; gives what follows it.
fn command<'l>(rest: &'l str, out: &mut String) -> &'l str {
    let Some(first) = rest.chars().next() else { return rest };
    if !first.is_ascii_alphabetic() {
        let length = first.len_utf8();
        match first {
            '%' | '&' | '$' | '{' | '}' => out.push(first),
            '_' | '#' => {
                out.push('\\');
                out.push(first);
            }
            ',' | ';' | ':' | '!' => out.push('\u{202f}'),
            ' ' | '\\' => out.push(' '),
            // Accents stand before their letter.
            '\'' | '`' | '^' | '"' | '~' | '=' | '.' => return accent(first, &rest[length..], out),
            _ => {}
        }
        return &rest[length..];
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (name, mut after) = (&rest[..end], rest[end..].trim_start_matches('*'));
    let argument =
        |after: &'l str| after.strip_prefix('{').and_then(|r| closed(r, '{', '}')).map(|(w, e)| (w, &after[1 + e..]));
    if let Some((_, close)) = after.strip_prefix('[').and_then(|r| closed(r, '[', ']'))
        && !matches!(name, "item")
    {
        after = &after[1 + close..];
    }
    match name {
        "footnote" | "footnotetext" | "thanks" => {
            if let Some((words, more)) = argument(after) {
                out.push_str(&format!(" ({})", inline(words)));
                return more;
            }
        }
        "href" => {
            if let Some((target, more)) = argument(after)
                && let Some((words, more)) = argument(more)
            {
                out.push_str(&link(&inline(words), target));
                return more;
            }
        }
        "SI" | "qty" => {
            if let Some((number, more)) = argument(after)
                && let Some((unit, more)) = argument(more)
            {
                out.push_str(&format!("{number}\u{a0}{}", inline(&unit.replace("\\percent", "%"))));
                return more;
            }
        }
        // What is set in a colour or leads to a place, and what stands over several rows.
        "textcolor" | "hyperlink" | "multirow" => {
            let count = if name == "multirow" { 2 } else { 1 };
            let mut more = after;
            for _ in 0..count {
                more = argument(more).map_or(more, |(_, more)| more);
            }
            return more;
        }
        "texttt" | "code" | "lstinline" | "verb" => {
            if let Some((words, more)) = argument(after) {
                out.push_str(&format!("`{}`", words.replace("\\_", "_")));
                return more;
            }
        }
        "cite" | "citep" | "citet" | "parencite" | "textcite" | "autocite" | "ref" | "eqref" | "pageref"
        | "autoref" | "cref" | "Cref" => {
            if let Some((_, more)) = argument(after) {
                return more;
            }
        }
        "emph" | "textit" => {
            if let Some((words, more)) = argument(after) {
                out.push_str(&format!("*{}*", inline(words).trim()));
                return more;
            }
        }
        "textbf" => {
            if let Some((words, more)) = argument(after) {
                out.push_str(&format!("**{}**", inline(words).trim()));
                return more;
            }
        }
        "textsuperscript" => {
            if let Some((words, more)) = argument(after) {
                out.push_str(&format!("<sup>{}</sup>", inline(words)));
                return more;
            }
        }
        _ if DROPPED.contains(&name) => {
            if let Some((_, more)) = argument(after) {
                return more;
            }
        }
        "ldots" | "dots" => out.push('…'),
        "textemdash" => out.push('—'),
        "textendash" => out.push('–'),
        "euro" | "EUR" | "texteuro" => out.push('€'),
        "pounds" | "textsterling" => out.push('£'),
        "ss" => out.push('ß'),
        "ae" => out.push('æ'),
        "oe" => out.push('œ'),
        "o" => out.push('ø'),
        "aa" => out.push('å'),
        "textdegree" | "degree" => out.push('°'),
        "newline" | "linebreak" | "par" | "quad" | "qquad" => out.push(' '),
        _ => {}
    }
    // A command takes the blank behind it, unless braces follow.
    if after.starts_with(' ') && !matches!(name, "newline" | "linebreak" | "quad") { after.trim_start() } else { after }
}

/// A letter with an accent: `\'e`, `\"{o}`.
fn accent<'l>(sign: char, rest: &'l str, out: &mut String) -> &'l str {
    let (letter, more) = match rest.strip_prefix('{').and_then(|r| closed(r, '{', '}')) {
        Some((inner, end)) => (inner.trim_start_matches('\\').chars().next(), &rest[1 + end..]),
        None => {
            let bare = rest.strip_prefix('\\').unwrap_or(rest);
            let first = bare.chars().next();
            (first, &bare[first.map_or(0, char::len_utf8)..])
        }
    };
    let Some(letter) = letter else { return more };
    let mark = match sign {
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '"' => '\u{308}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        _ => '\u{307}',
    };
    out.extend(unicode_normalization::UnicodeNormalization::nfc([letter, mark].into_iter()));
    more
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn reads_words_without_commands() {
        assert_eq!(
            inline(r"Of \textbf{43} wells\footnote{All of them.}~12\,\% are dry -- ``so''."),
            "Of **43** wells (All of them.)\u{a0}12\u{202f}% are dry – “so”."
        );
        assert_eq!(
            inline(r"Caf\'e, $p < 0.05$, $10^{6}$, \SI{5}{km}, as in \cite{a}."),
            "Café, p &lt; 0.05, 10⁶, 5\u{a0}km, as in ."
        );
    }
}
