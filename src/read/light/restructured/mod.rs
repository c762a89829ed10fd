//! reStructuredText: headings by their underlines, directives, tables of both kinds, notes.

mod roles;
mod tables;

use super::inline::{escaped_tag, link, near, rewritten};
use std::cell::Cell;
use std::collections::BTreeMap;
use tables::is_simple_rule;

pub(super) use roles::on_their_lines;

/// The lines as Markdown.
pub(super) fn lines(source: &[&str]) -> Vec<String> {
    let mut reader =
        Reader { out: Vec::new(), signs: Vec::new(), substitutions: substitutions(source), ..Reader::default() };
    let mut n = 0;
    while n < source.len() {
        n = reader.line(source, n);
    }
    reader.out.truncate(source.len());
    reader.out
}

#[derive(Default)]
struct Reader {
    out: Vec<String>,
    /// Signs of headings in order of their first use, with whether there is a line above too.
    signs: Vec<(char, bool)>,
    substitutions: BTreeMap<String, String>,
    /// How many notes, and how many marks, are numbered by their order (`[#]_`) or by signs (`[*]_`).
    unnamed: [Cell<usize>; 2],
}

/// Directives whose words are a part of the text.
const TEXT: [&str; 19] = [
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "attention",
    "hint",
    "error",
    "seealso",
    "admonition",
    "topic",
    "sidebar",
    "epigraph",
    "highlights",
    "versionadded",
    "versionchanged",
    "deprecated",
    "rubric",
];

/// Directives that hold no prose.
const NO_PROSE: [&str; 40] = [
    "bibliography",
    "class",
    "code-cell",
    "contents",
    "currentmodule",
    "date",
    "default-domain",
    "default-role",
    "digraph",
    "footbibliography",
    "grammar-snippet",
    "graph",
    "graphviz",
    "highlight",
    "highlightlang",
    "include",
    "index",
    "inheritance-diagram",
    "ipython",
    "jupyter-execute",
    "mermaid",
    "meta",
    "module",
    "nbinput",
    "nboutput",
    "plantuml",
    "plot",
    "productionlist",
    "py:module",
    "raw",
    "role",
    "sectnum",
    "tabularcolumns",
    "target-notes",
    "testcleanup",
    "testcode",
    "testoutput",
    "testsetup",
    "toctree",
    "uml",
];

/// Directives that describe what their argument names.
const DESCRIBING: [&str; 18] = [
    "attribute",
    "class",
    "cmdoption",
    "command",
    "confval",
    "data",
    "decorator",
    "describe",
    "envvar",
    "exception",
    "function",
    "macro",
    "member",
    "method",
    "option",
    "program",
    "setting",
    "type",
];

impl Reader {
    fn line(&mut self, source: &[&str], n: usize) -> usize {
        let line = source[n];
        let bare = line.trim();
        let next = source.get(n + 1).map(|l| l.trim_end());
        // A line of signs above and below a title.
        if let (Some(sign), Some(title)) = (underline(line.trim_end()), next)
            && source.get(n + 2).map(|l| l.trim_end()).and_then(underline) == Some(sign)
            && !title.trim().is_empty()
            && underline(title).is_none()
        {
            let level = self.level(sign, true);
            self.out.push(String::new());
            self.out.push(format!("{} {}", "#".repeat(level), self.inline(title.trim())));
            self.out.push(String::new());
            return n + 3;
        }
        if let Some(sign) = next.and_then(underline)
            && !bare.is_empty()
            && underline(line.trim_end()).is_none()
            && !line.starts_with(char::is_whitespace)
            && next.is_some_and(|u| u.chars().count() + 1 >= bare.chars().count())
            && !bare.starts_with('|')
        {
            let level = self.level(sign, false);
            self.out.push(format!("{} {}", "#".repeat(level), self.inline(bare)));
            self.out.push(String::new());
            return n + 2;
        }
        if bare.starts_with("+-") || bare.starts_with("+=") {
            return self.grid(source, n);
        }
        if is_simple_rule(bare) && source[n + 1..].iter().take(200).any(|l| is_simple_rule(l.trim())) {
            return self.simple(source, n);
        }
        if let Some(directive) = bare.strip_prefix(".. ") {
            return self.directive(source, n, directive);
        }
        if bare == ".." {
            return self.skip(source, n);
        }
        if let Some(said) = line.trim_end().strip_suffix("::").filter(|_| !bare.starts_with(':')) {
            let said = said.trim();
            self.out.push(if said.is_empty() { String::new() } else { format!("{}:", self.inline(said)) });
            return self.literal(source, n + 1, indent(line));
        }
        self.out.push(self.plain(line));
        n + 1
    }

    /// A line of text; what is set in is no code.
    fn plain(&self, line: &str) -> String {
        let bare = line.trim();
        let bare = match bare.strip_prefix("#. ") {
            Some(item) => format!("1. {item}"),
            None => bare.to_owned(),
        };
        if let Some((name, value)) = bare
            .strip_prefix(':')
            .and_then(|b| b.split_once(':'))
            .filter(|(n, v)| !n.is_empty() && !n.contains(' ') && v.starts_with(' '))
        {
            return format!("{name}: {}", self.inline(value.trim()));
        }
        let item = bare.starts_with("- ")
            || bare.starts_with("* ")
            || bare.starts_with("+ ")
            || bare.starts_with(|c: char| c.is_ascii_digit());
        let before = self.out.iter().rev().find(|l| !l.trim().is_empty());
        let in_list = before.is_some_and(|l| {
            let l = l.trim_start();
            l.starts_with("- ") || l.starts_with("* ") || l.starts_with(|c: char| c.is_ascii_digit())
        });
        let pad = if item || in_list { indent(line).min(9) } else { 0 };
        format!("{}{}", " ".repeat(pad), self.inline(&bare))
    }

    fn level(&mut self, sign: char, over: bool) -> usize {
        let at = self.signs.iter().position(|s| *s == (sign, over)).unwrap_or_else(|| {
            self.signs.push((sign, over));
            self.signs.len() - 1
        });
        (at + 1).min(6)
    }

    fn directive(&mut self, source: &[&str], n: usize, directive: &str) -> usize {
        let end = block_end(source, n);
        if let Some((label, words)) = directive.strip_prefix('[').and_then(|d| d.split_once(']')) {
            let label = self.label(label, 0);
            self.out.push(format!("[^{label}]: {}", self.inline(words.trim())));
            for line in &source[n + 1..end] {
                self.out.push(format!("    {}", self.inline(line.trim())));
            }
            return end;
        }
        let Some((name, argument)) = directive.split_once("::") else { return self.skip(source, n) };
        let (name, argument) = (name.trim(), argument.trim());
        match name {
            "code-block" | "code" | "sourcecode" | "literalinclude" | "parsed-literal" | "math" | "doctest"
            | "prompt" => {
                self.out.push(String::new());
                let mut from = n + 1;
                while from < end && source[from].trim().starts_with(':') {
                    self.out.push(String::new());
                    from += 1;
                }
                self.literal(source, from, 0)
            }
            "csv-table" => self.csv(source, n, end, argument),
            "list-table" => self.list_table(source, n, end, argument),
            "table" | "figure" | "image" | "flat-table" => {
                let caption = if name.contains("table") && !argument.is_empty() {
                    format!("**{}**", self.inline(argument))
                } else {
                    String::new()
                };
                self.out.push(caption);
                let mut at = n + 1;
                while at < end && (source[at].trim().starts_with(':') || source[at].trim().is_empty()) {
                    self.out.push(String::new());
                    at += 1;
                }
                if name == "image" {
                    while at < end {
                        self.out.push(String::new());
                        at += 1;
                    }
                }
                at
            }
            name if TEXT.contains(&name) => {
                let version = name.starts_with("version") || name == "deprecated";
                self.out.push(if version { String::new() } else { self.inline(argument) });
                n + 1
            }
            name if NO_PROSE.contains(&name) || name.starts_with("auto") || !is_name(name) => self.skip(source, n),
            name => self.prose(source, n, end, name, argument),
        }
    }

    /// A directive whose body is text: what it describes, or its title, stands above. Its options are left out.
    fn prose(&mut self, source: &[&str], n: usize, end: usize, name: &str, argument: &str) -> usize {
        let describes = name.split(':').next_back().is_some_and(|last| DESCRIBING.contains(&last));
        self.out.push(match argument {
            "" => String::new(),
            signature if describes => format!("`{}`", signature.replace('`', "")),
            title => self.inline(title),
        });
        let mut at = n + 1;
        while at < end && source[at].trim_start().starts_with(':') {
            self.out.push(String::new());
            at += 1;
        }
        at
    }

    /// Leaves out a directive and what belongs to it.
    fn skip(&mut self, source: &[&str], n: usize) -> usize {
        let end = block_end(source, n);
        self.out.extend(std::iter::repeat_n(String::new(), end - n));
        end
    }

    /// Code: what is set in further than `outer`.
    fn literal(&mut self, source: &[&str], from: usize, outer: usize) -> usize {
        let mut end = from;
        while end < source.len() && (source[end].trim().is_empty() || indent(source[end]) > outer) {
            end += 1;
        }
        let has_code = source[from..end].iter().any(|l| !l.trim().is_empty());
        let first = from + source[from..end].iter().take_while(|l| l.trim().is_empty()).count();
        let last = end - source[from..end].iter().rev().take_while(|l| l.trim().is_empty()).count();
        for (at, line) in (from..end).zip(&source[from..end]) {
            // The fences take empty lines around the code.
            let text = if has_code && (at + 1 == first || at == last) {
                "```".to_owned()
            } else if (first..last).contains(&at) && first > from && last < end {
                (*line).to_owned()
            } else if (first..last).contains(&at) {
                format!("    {line}")
            } else {
                String::new()
            };
            self.out.push(text);
        }
        if has_code && (first == from || last == end) {
            // Without an empty line for a fence the code is set in instead.
            for line in self.out.iter_mut().skip(from) {
                if line == "```" {
                    line.clear();
                } else if !line.is_empty() && !line.starts_with("    ") {
                    line.insert_str(0, "    ");
                }
            }
        }
        end
    }

    /// The label of a note (`side` 0) or of a mark (`side` 1); the first mark without a name calls the first note
    /// without one.
    fn label(&self, label: &str, side: usize) -> String {
        match label {
            "#" | "*" => {
                self.unnamed[side].set(self.unnamed[side].get() + 1);
                format!("auto-{}", self.unnamed[side].get())
            }
            _ => label.trim_start_matches('#').to_owned(),
        }
    }

    fn inline(&self, text: &str) -> String {
        rewritten(text, |rest, before| self.replaced(rest, before))
    }

    fn replaced(&self, rest: &str, before: &str) -> Option<(String, usize)> {
        if let Some(more) = rest.strip_prefix("``") {
            let end = near(more).find("``")?;
            return Some((format!("`{}`", &more[..end]), end + 4));
        }
        if let Some(role) = rest.strip_prefix(':').filter(|_| !before.ends_with(char::is_alphanumeric)) {
            let (name, more) = near(role).split_once(":`")?;
            if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '+')) {
                let end = near(more).find('`')?;
                let (words, address) = more[..end].split_once(" <").unwrap_or((&more[..end], ""));
                let words = words.trim_start_matches(['~', '!']);
                let code = matches!(
                    name,
                    "code"
                        | "func"
                        | "meth"
                        | "class"
                        | "mod"
                        | "option"
                        | "envvar"
                        | "file"
                        | "command"
                        | "program"
                        | "samp"
                );
                let said = match roles::target(address.trim_end_matches('>'), true) {
                    _ if code => format!("`{words}`"),
                    Some(target) => link(words, &target),
                    None => words.to_owned(),
                };
                return Some((said, name.len() + 3 + end + 1));
            }
            return None;
        }
        if let Some(more) = rest.strip_prefix('`') {
            let end = near(more).find('`')?;
            let tail = more[end + 1..].chars().take_while(|c| *c == '_').count();
            let said = match more[..end].rsplit_once('<') {
                Some((words, target)) if target.ends_with('>') => link(words, target.trim_end_matches('>')),
                _ => more[..end].to_owned(),
            };
            return Some((said, end + 2 + tail));
        }
        if let Some(more) = rest.strip_prefix('[') {
            let end = near(more).find("]_")?;
            let label = &more[..end];
            let fits = !label.contains(' ') && label.len() < 40;
            return fits.then(|| (format!("[^{}]", self.label(label, 1)), end + 3));
        }
        if let Some(more) = rest.strip_prefix('|') {
            let end = near(more).find('|')?;
            return self.substitutions.get(&more[..end]).map(|said| (said.clone(), end + 2));
        }
        if rest.starts_with("\\ ") {
            return Some((String::new(), 2));
        }
        if let Some(escaped) = escaped_tag(rest) {
            return Some(escaped);
        }
        // `word_` is a link by the name of its target.
        if rest.starts_with('_')
            && before.ends_with(char::is_alphanumeric)
            && rest[1..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ')' | ';' | ':'))
        {
            return Some((String::new(), 1));
        }
        None
    }
}

/// Whether a directive has a name: `note`, `py:function`.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'))
}

/// `.. |name| replace:: words`
fn substitutions(source: &[&str]) -> BTreeMap<String, String> {
    source
        .iter()
        .filter_map(|line| {
            let rest = line.trim().strip_prefix(".. |")?;
            let (name, value) = rest.split_once("| replace::")?;
            Some((name.to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Where a directive ends: the next line that is not set in.
fn block_end(source: &[&str], n: usize) -> usize {
    let outer = indent(source[n]);
    let mut end = n + 1;
    while end < source.len() && (source[end].trim().is_empty() || indent(source[end]) > outer) {
        end += 1;
    }
    while end > n + 1 && source[end - 1].trim().is_empty() {
        end -= 1;
    }
    end
}

/// The sign that a line is made of.
fn underline(line: &str) -> Option<char> {
    let sign = line.chars().next()?;
    let is = line.chars().count() >= 3 && line.chars().all(|c| c == sign);
    (is && sign.is_ascii_punctuation() && !matches!(sign, '|' | '(' | ')')).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn reads_headings_roles_and_notes() {
        let source = [
            "=====",
            "Wells",
            "=====",
            "",
            "North",
            "-----",
            "Of |n| wells [1]_ see :ref:`the map <m>` and `there <a.rst>`_.",
            "",
            ".. |n| replace:: 43",
            ".. [1] All.",
        ];
        let out = lines(&source);
        assert_eq!((out[1].as_str(), out[4].as_str()), ("# Wells", "## North"));
        assert_eq!(out[6], "Of 43 wells [^1] see [the map](ref:m) and [there](a.rst).");
        assert_eq!(out[9], "[^1]: All.");
    }

    #[test]
    fn reads_tables_of_all_kinds() {
        let simple = ["=====  ====", "Town   Wells", "=====  ====", "Aune   41", "=====  ====", "", "Then."];
        let out = lines(&simple);
        assert_eq!(out[1], "<tr><th>Town</th><th>Wells</th></tr>");
        assert_eq!((out[3].as_str(), out[6].as_str()), ("<tr><td>Aune</td><td>41</td></tr>", "Then."));
        let grid =
            ["+------+----+", "| Town | W  |", "+======+====+", "| Aune | 41 |", "| east |    |", "+------+----+"];
        assert_eq!(lines(&grid)[3], "<tr><td>Aune east</td><td>41</td></tr>");
        let list = [
            ".. list-table:: Wells",
            "   :header-rows: 1",
            "",
            "   * - Town",
            "     - Wells",
            "   * - Aune",
            "     - 41",
        ];
        let out = lines(&list);
        assert_eq!((out[0].as_str(), out[5].as_str()), ("**Wells**", "<tr><td>Aune</td><td>41</td></tr>"));
    }

    #[test]
    fn reads_directives() {
        let source = [".. note::", "", "   There are 43.", "", ".. code-block:: sh", "", "   run 12", "", "After."];
        let out = lines(&source);
        assert_eq!((out[2].as_str(), out[8].as_str()), ("There are 43.", "After."));
        assert_eq!((out[5].as_str(), out[7].as_str()), ("```", "```"));
    }

    #[test]
    fn reads_what_directives_describe_and_hold() {
        let source = [
            ".. py:data:: LIMIT",
            "   :type: int",
            "",
            "   Default: 43",
            "",
            ".. toctree::",
            "",
            "   wells",
            "",
            ".. dropdown:: More",
            "",
            "   Of <year>.",
        ];
        let out = lines(&source);
        assert_eq!((out[0].as_str(), out[1].as_str(), out[3].as_str()), ("`LIMIT`", "", "Default: 43"));
        assert_eq!((out[7].as_str(), out[9].as_str(), out[11].as_str()), ("", "More", "Of \\<year>."));
    }

    #[test]
    fn reads_notes_numbered_by_their_order() {
        let source =
            ["One [#]_ and two [#]_ and three [#w]_.", "", ".. [#] First.", ".. [#] Second.", ".. [#w] Third."];
        let out = lines(&source);
        assert_eq!(out[0], "One [^auto-1] and two [^auto-2] and three [^w].");
        assert_eq!(
            (out[2].as_str(), out[3].as_str(), out[4].as_str()),
            ("[^auto-1]: First.", "[^auto-2]: Second.", "[^w]: Third.")
        );
    }
}
