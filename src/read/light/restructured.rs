//! reStructuredText: headings by their underlines, directives, tables of both kinds, notes.

use super::inline::{link, rewritten};
use super::table::{NOTHING, plain_row};
use std::cell::Cell;
use std::collections::BTreeMap;

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
            _ => self.skip(source, n),
        }
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

    fn grid(&mut self, source: &[&str], from: usize) -> usize {
        let end = from + source[from..].iter().take_while(|l| l.trim().starts_with(['+', '|'])).count();
        let head = source[from..end].iter().position(|l| l.trim().starts_with("+="));
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut first_of_row = from;
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        for (at, line) in (from..end).zip(&source[from..end]) {
            let bare = line.trim();
            if bare.starts_with('+') {
                if let Some(row) = rows.pop() {
                    let is_head = head.is_some_and(|h| at <= from + h);
                    written.insert(first_of_row, plain_row(row.iter().map(String::as_str), is_head));
                }
                first_of_row = at + 1;
            } else {
                let cells: Vec<&str> = bare.trim_matches('|').split('|').map(str::trim).collect();
                match rows.last_mut() {
                    Some(row) => {
                        for (own, more) in row.iter_mut().zip(cells) {
                            if !more.is_empty() {
                                own.push(' ');
                                own.push_str(&self.inline(more));
                            }
                        }
                    }
                    None => rows.push(cells.into_iter().map(|c| self.inline(c)).collect()),
                }
            }
        }
        self.table(from, end, &written)
    }

    fn simple(&mut self, source: &[&str], from: usize) -> usize {
        let limit = (from + 400).min(source.len());
        let rules: Vec<usize> = (from..limit)
            .take_while(|&at| {
                !(source[at].trim().is_empty()
                    && source.get(at.wrapping_sub(1)).is_some_and(|l| is_simple_rule(l.trim()))
                    && at > from + 1)
            })
            .filter(|&at| is_simple_rule(source[at].trim()))
            .collect();
        let Some(&last) = rules.last().filter(|&&last| last > from) else {
            self.out.push(String::new());
            return from + 1;
        };
        let starts = starts(source[from]);
        let head = (rules.len() > 2).then(|| rules[1]);
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let mut row: Option<(usize, Vec<String>)> = None;
        let flush = |row: &mut Option<(usize, Vec<String>)>, written: &mut BTreeMap<usize, String>| {
            if let Some((at, cells)) = row.take() {
                written.insert(at, plain_row(cells.iter().map(String::as_str), head.is_some_and(|h| at < h)));
            }
        };
        for (at, &line) in source.iter().enumerate().take(last).skip(from + 1) {
            if is_simple_rule(line.trim()) || line.trim().is_empty() {
                flush(&mut row, &mut written);
                continue;
            }
            let cells: Vec<String> = cut(line, &starts).into_iter().map(|c| self.inline(c.trim())).collect();
            match &mut row {
                // A line without a first cell goes on with the row.
                Some((_, own)) if cells.first().is_some_and(String::is_empty) => {
                    for (own, more) in own.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
                        own.push(' ');
                        own.push_str(&more);
                    }
                }
                _ => {
                    flush(&mut row, &mut written);
                    row = Some((at, cells));
                }
            }
        }
        flush(&mut row, &mut written);
        self.table(from, last + 1, &written)
    }

    fn csv(&mut self, source: &[&str], from: usize, end: usize, caption: &str) -> usize {
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let cells = |line: &str| -> Vec<String> {
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(line.as_bytes());
            reader
                .records()
                .next()
                .and_then(Result::ok)
                .map_or(Vec::new(), |r| r.iter().map(|c| self.inline(c)).collect())
        };
        for (at, line) in (from + 1..end).zip(&source[from + 1..end]) {
            let bare = line.trim();
            if let Some(head) = bare.strip_prefix(":header:") {
                written.insert(at, plain_row(cells(head).iter().map(String::as_str), true));
            } else if !bare.is_empty() && !bare.starts_with(':') {
                written.insert(at, plain_row(cells(bare).iter().map(String::as_str), false));
            }
        }
        self.captioned(from, end, caption, &written)
    }

    fn list_table(&mut self, source: &[&str], from: usize, end: usize, caption: &str) -> usize {
        let mut written: BTreeMap<usize, String> = BTreeMap::new();
        let heads: usize = source[from + 1..end]
            .iter()
            .find_map(|l| l.trim().strip_prefix(":header-rows:")?.trim().parse().ok())
            .unwrap_or(0);
        let mut row: Option<(usize, Vec<String>)> = None;
        let mut rows = 0;
        for at in from + 1..=end {
            let bare = source.get(at).filter(|_| at < end).map_or("", |l| l.trim());
            let begins = bare.starts_with("* -");
            if (begins || at == end)
                && let Some((first, cells)) = row.take()
            {
                written.insert(first, plain_row(cells.iter().map(String::as_str), rows < heads));
                rows += 1;
            }
            if begins {
                row = Some((at, vec![self.inline(bare[3..].trim())]));
            } else if let Some((_, cells)) = &mut row {
                if let Some(cell) = bare.strip_prefix('-').filter(|c| c.is_empty() || c.starts_with(' ')) {
                    cells.push(self.inline(cell.trim()));
                } else if let Some(last) = cells.last_mut().filter(|_| !bare.is_empty()) {
                    last.push(' ');
                    last.push_str(&self.inline(bare));
                }
            }
        }
        self.captioned(from, end, caption, &written)
    }

    fn captioned(&mut self, from: usize, end: usize, caption: &str, written: &BTreeMap<usize, String>) -> usize {
        self.out.push(if caption.is_empty() { String::new() } else { format!("**{}**", self.inline(caption)) });
        let Some(&first) = written.keys().next() else {
            self.out.extend(std::iter::repeat_n(String::new(), end - from - 1));
            return end;
        };
        self.out.extend(std::iter::repeat_n(String::new(), first - from - 1));
        self.table(first, end, written)
    }

    /// Writes rows on their lines, and the ends of the table on its first and last.
    fn table(&mut self, from: usize, end: usize, written: &BTreeMap<usize, String>) -> usize {
        for at in from..end {
            let mut line = written.get(&at).cloned().unwrap_or_else(|| NOTHING.to_owned());
            if at == from {
                line.insert_str(0, "<table>");
            }
            if at + 1 == end {
                line.push_str("</table>");
            }
            self.out.push(line);
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
            let end = more.find("``")?;
            return Some((format!("`{}`", &more[..end]), end + 4));
        }
        if let Some(role) = rest.strip_prefix(':').filter(|_| !before.ends_with(char::is_alphanumeric)) {
            let (name, more) = role.split_once(":`")?;
            if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '+')) {
                let end = more.find('`')?;
                let words = more[..end].split_once(" <").map_or(&more[..end], |(words, _)| words);
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
                let said = if code { format!("`{words}`") } else { words.to_owned() };
                return Some((said, name.len() + 3 + end + 1));
            }
            return None;
        }
        if let Some(more) = rest.strip_prefix('`') {
            let end = more.find('`')?;
            let tail = more[end + 1..].chars().take_while(|c| *c == '_').count();
            let said = match more[..end].rsplit_once('<') {
                Some((words, target)) if target.ends_with('>') => link(words, target.trim_end_matches('>')),
                _ => more[..end].to_owned(),
            };
            return Some((said, end + 2 + tail));
        }
        if let Some(more) = rest.strip_prefix('[') {
            let end = more.find("]_")?;
            let label = &more[..end];
            let fits = !label.contains(' ') && label.len() < 40;
            return fits.then(|| (format!("[^{}]", self.label(label, 1)), end + 3));
        }
        if let Some(more) = rest.strip_prefix('|') {
            let end = more.find('|')?;
            return self.substitutions.get(&more[..end]).map(|said| (said.clone(), end + 2));
        }
        if rest.starts_with("\\ ") {
            return Some((String::new(), 2));
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

/// `=====  ====`, the rule of a simple table.
fn is_simple_rule(bare: &str) -> bool {
    bare.contains("= ") && bare.chars().all(|c| matches!(c, '=' | ' '))
        || bare.contains("- ") && bare.len() > 6 && bare.chars().all(|c| matches!(c, '-' | ' ')) && bare.contains("--")
}

/// The columns at which the parts of a rule begin.
fn starts(rule: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (column, c) in rule.chars().enumerate() {
        if before == ' ' && c != ' ' {
            starts.push(column);
        }
        before = c;
    }
    starts
}

/// A line cut at columns.
fn cut<'l>(line: &'l str, starts: &[usize]) -> Vec<&'l str> {
    let at = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(i, _)| i);
    let bounds: Vec<usize> = starts.iter().map(|&c| at(c)).chain([line.len()]).collect();
    bounds.windows(2).map(|pair| &line[pair[0]..pair[1].max(pair[0])]).collect()
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
        assert_eq!(out[6], "Of 43 wells [^1] see the map and [there](a.rst).");
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
