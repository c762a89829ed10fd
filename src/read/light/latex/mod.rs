//! LaTeX: sections, lists, tables, notes; what only sets the page is left out.

mod formula;
mod macros;
mod row;
mod words;

use super::inline::closed;
use super::table::{Cell, NOTHING, row};
use macros::Macros;
use row::{cut, row_end};
use words::inline;

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let whole = source.iter().position(|l| l.contains("\\begin{document}"));
    let chapters = source.iter().any(|l| l.trim_start().starts_with("\\chapter"));
    let mut reader = Reader { out: Vec::new(), lists: Vec::new(), mode: Mode::Text, chapters };
    let macros = Macros::of(source);
    for (n, line) in source.iter().enumerate() {
        let line = macros.carried_out(line);
        let line = line.as_ref();
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
        /// How many braces are open in them.
        depth: usize,
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
                self.mode = Mode::Table { cells: String::new(), depth: 0, rows: 0, ruled: false };
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
        let Mode::Table { cells, depth, rows, ruled } = &mut self.mode else { return };
        let end =
            bare.find("\\end{").filter(|&at| TABLES.iter().any(|t| bare[at + 5..].starts_with(&format!("{t}}}"))));
        let text = &bare[..end.unwrap_or(bare.len())];
        let mut written = String::new();
        let mut rest = text;
        while let Some((at, length)) = row_end(*depth, rest) {
            cells.push_str(&rest[..at]);
            rest = rest[at + length..].trim_start();
            // `\\[2pt]`
            if let Some((_, close)) = rest.strip_prefix('[').and_then(|r| closed(r, '[', ']')) {
                rest = &rest[1 + close..];
            }
            let found = cut(cells);
            cells.clear();
            *depth = 0;
            if found.iter().any(says) {
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
        *depth = braces(rest, *depth);
        if end.is_some() {
            let found = cut(cells);
            if found.iter().any(says) {
                written.push_str(&row(&found, false));
            }
            written.push_str("</table>");
            self.mode = Mode::Text;
        }
        self.out.push(if written.is_empty() { NOTHING.to_owned() } else { written });
    }
}

fn says(cell: &Cell) -> bool {
    !cell.words.is_empty()
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

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_cells_of_several_lines_and_rows() {
        let source = [
            r"\newcommand{\wells}{43}",
            r"\begin{tabular}{ll}",
            r"\makecell{North\\East} & \multirow{2}{*}{\textcolor{red}{\wells}} \tabularnewline",
            r"\cmidrule(l){1-1} South & 5 \\",
            r"\end{tabular}",
        ];
        let out = lines(&source);
        assert_eq!(out[2], "<tr><td>North East</td><td>43</td></tr>");
        assert_eq!(out[3], "<tr><td>South</td><td>5</td></tr>");
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
