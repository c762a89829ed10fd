//! LaTeX: sections, lists, tables, notes; what only sets the page is left out.

use super::inline::closed;
use super::table::{NOTHING, row};

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let whole = source.iter().position(|l| l.contains("\\begin{document}"));
    let chapters = source.iter().any(|l| l.trim_start().starts_with("\\chapter"));
    let mut reader = Reader { out: Vec::new(), lists: Vec::new(), mode: Mode::Text, chapters };
    for (n, line) in source.iter().enumerate() {
        if whole.is_some_and(|begin| n <= begin) {
            let title = comment_off(line).find("\\title{").and_then(|at| {
                let line = comment_off(line);
                closed(&line[at + 7..], '{', '}').map(|(t, _)| inline(t))
            });
            reader.out.push(title.map_or(String::new(), |t| format!("# {t}")));
            continue;
        }
        reader.line(line);
    }
    reader.out
}

#[derive(Clone, PartialEq, Eq)]
enum Mode {
    Text,
    /// Code until this end.
    Code(String),
    /// Formulas and drawings until this end.
    Skip(String),
    /// A table: the words of the row that is read.
    Table {
        cells: String,
        rows: usize,
        ruled: bool,
    },
    /// A command whose braces are not closed yet, with how many are open; whether its words are kept.
    Braces(usize, bool),
}

struct Reader {
    out: Vec<String>,
    /// Open lists: whether each counts.
    lists: Vec<bool>,
    mode: Mode,
    chapters: bool,
}

/// Environments of code.
const CODE: [&str; 6] = ["verbatim", "lstlisting", "minted", "Verbatim", "alltt", "verbatim*"];

/// Environments that hold no prose.
const SKIPPED: [&str; 14] = [
    "equation",
    "equation*",
    "align",
    "align*",
    "gather",
    "gather*",
    "eqnarray",
    "eqnarray*",
    "multline",
    "displaymath",
    "tikzpicture",
    "pgfplots",
    "thebibliography*",
    "comment",
];

/// Environments that are tables.
const TABLES: [&str; 7] = ["tabular", "tabular*", "tabularx", "longtable", "tabulary", "tabu", "array"];

impl Reader {
    fn line(&mut self, line: &str) {
        if let Mode::Code(end) = &self.mode {
            if line.contains(end.as_str()) {
                self.mode = Mode::Text;
                self.out.push("```".to_owned());
            } else {
                self.out.push(line.to_owned());
            }
            return;
        }
        let line = comment_off(line);
        let bare = line.trim();
        if let Mode::Skip(end) = &self.mode {
            if bare.contains(end.as_str()) {
                self.mode = Mode::Text;
            }
            self.out.push(String::new());
            return;
        }
        if let Mode::Braces(depth, _) = self.mode {
            let depth = braces(bare, depth);
            self.mode = if depth == 0 { Mode::Text } else { Mode::Braces(depth, false) };
            self.out.push(String::new());
            return;
        }
        if matches!(self.mode, Mode::Table { .. }) {
            self.table(bare);
            return;
        }
        if let Some((name, rest)) = environment(bare, "\\begin{") {
            let end = format!("\\end{{{name}}}");
            if CODE.contains(&name) {
                self.mode = Mode::Code(end);
                self.out.push("```".to_owned());
            } else if SKIPPED.contains(&name) {
                if !rest.contains(end.as_str()) {
                    self.mode = Mode::Skip(end);
                }
                self.out.push(String::new());
            } else if TABLES.contains(&name) {
                self.mode = Mode::Table { cells: String::new(), rows: 0, ruled: false };
                self.out.push("<table>".to_owned());
            } else if matches!(name, "itemize" | "enumerate" | "description") {
                self.lists.push(name == "enumerate");
                self.out.push(String::new());
            } else if name == "abstract" {
                self.out.push("## Abstract".to_owned());
            } else {
                self.out.push(String::new());
            }
            return;
        }
        if let Some((name, _)) = environment(bare, "\\end{") {
            if matches!(name, "itemize" | "enumerate" | "description") {
                self.lists.pop();
            }
            self.out.push(String::new());
            return;
        }
        if bare == "\\[" {
            self.mode = Mode::Skip("\\]".to_owned());
            self.out.push(String::new());
            return;
        }
        let text = self.text(bare);
        self.out.push(text);
    }

    fn text(&mut self, bare: &str) -> String {
        let first = if self.chapters { 1 } else { 0 };
        for (name, level) in [
            ("part", 1),
            ("chapter", 1),
            ("section", 2 + first - 1),
            ("subsection", 3 + first - 1),
            ("subsubsection", 4 + first - 1),
            ("paragraph", 5),
        ] {
            let rest = bare.strip_prefix('\\').and_then(|b| b.strip_prefix(name)).map(|r| r.trim_start_matches('*'));
            let rest = rest.map(|r| match r.strip_prefix('[').and_then(|o| closed(o, '[', ']')) {
                Some((_, end)) => &r[1 + end..],
                None => r,
            });
            if let Some(title) = rest.and_then(|r| r.strip_prefix('{')).and_then(|r| closed(r, '{', '}')) {
                let more = inline(&rest.unwrap_or("")[1 + title.1..]);
                let heading = format!("{} {}", "#".repeat(level + 1), inline(title.0));
                return if more.trim().is_empty() {
                    heading
                } else {
                    format!("**{}** {}", inline(title.0), more.trim())
                };
            }
        }
        if let Some(rest) = bare.strip_prefix("\\caption") {
            let rest = match rest.strip_prefix('[').and_then(|o| closed(o, '[', ']')) {
                Some((_, end)) => &rest[1 + end..],
                None => rest,
            };
            if let Some((words, _)) = rest.strip_prefix('{').and_then(|r| closed(r, '{', '}')) {
                return format!("**{}**", inline(words));
            }
        }
        if let Some(rest) = bare.strip_prefix("\\item") {
            let depth = self.lists.len().max(1);
            let counts = self.lists.last().copied().unwrap_or(false);
            let pad: usize =
                self.lists[..self.lists.len().saturating_sub(1)].iter().map(|c| if *c { 3 } else { 2 }).sum();
            let mark = if counts { "1." } else { "-" };
            let (term, rest) = match rest.strip_prefix('[').and_then(|o| closed(o, '[', ']')) {
                Some((term, end)) => (format!("**{}** ", inline(term)), &rest[1 + end..]),
                None => (String::new(), rest),
            };
            let _ = depth;
            return format!("{}{mark} {term}{}", " ".repeat(pad), inline(rest.trim()));
        }
        for name in [
            "\\usepackage",
            "\\documentclass",
            "\\newcommand",
            "\\renewcommand",
            "\\def\\",
            "\\setlength",
            "\\includegraphics",
            "\\bibliography",
            "\\input{",
            "\\include{",
            "\\label{",
            "\\vspace",
            "\\hspace",
            "\\title{",
            "\\author",
            "\\date{",
            "\\centering",
            "\\maketitle",
        ] {
            if bare.starts_with(name) {
                let depth = braces(bare, 0);
                if depth > 0 {
                    self.mode = Mode::Braces(depth, false);
                }
                return String::new();
            }
        }
        let said = inline(bare);
        // Within an item its words are set in, so that they stay in it.
        let pad: usize = self.lists.iter().map(|c| if *c { 3 } else { 2 }).sum();
        if said.trim().is_empty() { String::new() } else { format!("{}{}", " ".repeat(pad), said.trim_start()) }
    }

    fn table(&mut self, bare: &str) {
        let Mode::Table { cells, rows, ruled } = &mut self.mode else { return };
        let end =
            bare.find("\\end{").filter(|&at| TABLES.iter().any(|t| bare[at + 5..].starts_with(&format!("{t}}}"))));
        let text = &bare[..end.unwrap_or(bare.len())];
        let mut written = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("\\\\") {
            cells.push_str(&rest[..at]);
            rest = rest[at + 2..].trim_start();
            // `\\[2pt]`
            if let Some((_, close)) = rest.strip_prefix('[').and_then(|r| closed(r, '[', ']')) {
                rest = &rest[1 + close..];
            }
            let found = cut(cells);
            cells.clear();
            if found.iter().any(|(words, _)| !words.is_empty()) {
                // A first row with a rule behind it names the columns.
                let head = *rows == 0 && (rest.contains("\\hline") || rest.contains("rule"));
                written.push_str(&row(&found, head));
                *rows += 1;
            }
        }
        // A rule behind the first row says that it names the columns.
        let rule =
            ["\\midrule", "\\hline", "\\endhead", "\\endfirsthead"].iter().any(|r| text.trim_start().starts_with(r));
        if *rows == 1
            && rule
            && let Some(line) = self.out.iter_mut().rev().find(|line| line.contains("<tr>"))
        {
            *line = line.replace("<td", "<th").replace("</td>", "</th>");
        }
        *ruled |= text.contains("\\hline") || text.contains("rule");
        cells.push_str(rest);
        cells.push(' ');
        if end.is_some() {
            let found = cut(cells);
            if found.iter().any(|(words, _)| !words.is_empty()) {
                written.push_str(&row(&found, false));
            }
            written.push_str("</table>");
            self.mode = Mode::Text;
        }
        self.out.push(if written.is_empty() { NOTHING.to_owned() } else { written });
    }
}

/// The cells of a row: words and how many columns they cover.
fn cut(text: &str) -> Vec<(String, u32)> {
    let mut cells = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let bytes = text.as_bytes();
    for (at, b) in text.bytes().enumerate().chain([(text.len(), b'&')]) {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'&' if (depth == 0 || at == text.len()) && (at == 0 || bytes[at - 1] != b'\\') => {
                cells.push(cell(&text[from..at]));
                from = (at + 1).min(text.len());
            }
            _ => {}
        }
    }
    cells
}

fn cell(text: &str) -> (String, u32) {
    let mut bare = text.trim();
    // Rules stand before the first cell of a row.
    loop {
        let before = bare;
        for rule in ["\\hline", "\\toprule", "\\midrule", "\\bottomrule", "\\endhead", "\\endfirsthead", "\\endfoot"] {
            bare = bare.strip_prefix(rule).unwrap_or(bare).trim_start();
        }
        for rule in ["\\cline{", "\\cmidrule{", "\\cmidrule(lr){"] {
            if let Some((_, end)) = bare.strip_prefix(rule).and_then(|r| closed(r, '{', '}')) {
                bare = bare[rule.len() + end..].trim_start();
            }
        }
        if bare == before {
            break;
        }
    }
    if let Some(rest) = bare.strip_prefix("\\multicolumn{")
        && let Some((n, end)) = closed(rest, '{', '}')
        && let Some(rest) = rest[end..].strip_prefix('{')
        && let Some((_, end)) = closed(rest, '{', '}')
        && let Some(rest) = rest[end..].strip_prefix('{')
        && let Some((words, _)) = closed(rest, '{', '}')
    {
        return (inline(words), n.trim().parse().unwrap_or(1).clamp(1, 64));
    }
    (inline(bare), 1)
}

/// The name of the environment that a line begins or ends, and what follows.
fn environment<'l>(bare: &'l str, command: &str) -> Option<(&'l str, &'l str)> {
    let rest = bare.strip_prefix(command)?;
    let end = rest.find('}')?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// How many braces are open behind a line.
fn braces(line: &str, before: usize) -> usize {
    let mut depth = before;
    let mut escaped = false;
    for c in line.chars() {
        match c {
            _ if escaped => {
                escaped = false;
                continue;
            }
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// A line without its comment.
fn comment_off(line: &str) -> &str {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '\\' => escaped = !escaped,
            '%' if !escaped => return &line[..at],
            _ => escaped = false,
        }
    }
    line
}

/// Commands whose words are no part of the text.
const DROPPED: [&str; 17] = [
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
];

/// Words of a line without commands.
fn inline(text: &str) -> String {
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
                match body.find('$') {
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
                out.push_str(&super::inline::link(&inline(words), target));
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

/// A formula that is a number, a range or a comparison; others keep their letters.
fn formula(text: &str, out: &mut String) {
    let said = [
        ("\\times", "×"),
        ("\\cdot", "·"),
        ("\\pm", "±"),
        ("\\approx", "≈"),
        ("\\sim", "~"),
        ("\\leq", "≤"),
        ("\\le", "≤"),
        ("\\geq", "≥"),
        ("\\ge", "≥"),
        ("\\neq", "≠"),
        ("\\rightarrow", "→"),
        ("\\to", "→"),
        ("\\circ", "°"),
        ("\\mu", "µ"),
        ("\\chi", "χ"),
        ("\\alpha", "α"),
        ("\\beta", "β"),
        ("\\%", "%"),
        ("\\,", "\u{202f}"),
        ("{,}", ","),
        ("\\ ", " "),
        ("\\left", ""),
        ("\\right", ""),
        ("\\mathrm", ""),
        ("\\text", ""),
        ("\\mathit", ""),
        ("\\mathbf", ""),
    ]
    .iter()
    .fold(text.to_owned(), |said, (from, to)| said.replace(from, to));
    let mut chars = said.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' | '\\' => {}
            '^' => {
                let braced = chars.next_if_eq(&'{').is_some();
                while let Some(raised) = chars.next_if(|c| c.is_ascii_digit() || *c == '-' || *c == '°') {
                    out.push(superscript(raised));
                    if !braced {
                        break;
                    }
                }
            }
            '_' => {}
            '<' => out.push_str("&lt;"),
            '*' => out.push_str("\\*"),
            c => out.push(c),
        }
    }
}

fn superscript(c: char) -> char {
    match c {
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '-' => '\u{207b}',
        '0' | '4'..='9' => char::from_u32(0x2070 + (c as u32 - '0' as u32)).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{inline, lines};

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

    #[test]
    fn reads_sections_lists_and_tables() {
        let source = [
            r"\documentclass{article}",
            r"\title{Wells}",
            r"\begin{document}",
            r"\section{North} % all",
            r"\begin{itemize}",
            r"\item one",
            r"\end{itemize}",
            r"\begin{tabular}{lr}",
            r"Town & Wells \\ \hline",
            r"Aune & 41 \\",
            r"\multicolumn{2}{l}{none}\\",
            r"\end{tabular}",
            r"\end{document}",
        ];
        let out = lines(&source);
        assert_eq!((out[1].as_str(), out[3].as_str(), out[5].as_str()), ("# Wells", "## North", "- one"));
        assert_eq!(out[8], "<tr><th>Town</th><th>Wells</th></tr>");
        assert_eq!(
            out[9..12],
            ["<tr><td>Aune</td><td>41</td></tr>", "<tr><td colspan=\"2\">none</td></tr>", "</table>"]
        );
    }
}
