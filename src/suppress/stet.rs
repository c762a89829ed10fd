//! Remarks that let findings stand: `<!-- recount: stet table-total: the report prints it so -->`.
//!
//! Proof-readers write *stet*, let it stand, beside a correction that is not to be made.

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rule::{Rule, nearest};
use crate::source::{SourceFile, Sources};
use crate::span::{FileId, Span};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What findings about remarks are filed under.
pub const NAME: &str = "stet";

/// Stands for every rule.
const ALL: &str = "all";

/// A remark in any comment of Markdown, HTML, MDX, LaTeX, reStructuredText, AsciiDoc, Typst or plain text.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: <!-- \s* | \{/\* \s* | (?m:^) [\ \t]* \[//\]: \s \# \s [(\x22'] \s* | (?m:^) [\ \t]* (?: % | // | \.\. | \# ) \s* )
        recount: \s* (?P<what> stet (?: -file | -begin | -end )? ) \b
        (?P<rest> [^\n]*? )
        (?: \s* --> | \s* \*/\} | (?m: $) )
        ",
    )
    .expect("the pattern is a constant that the tests compile")
});

/// One remark.
#[derive(Clone, Debug)]
struct Stet {
    /// The whole comment.
    at: Span,
    /// The rules or families that it names.
    rules: Vec<String>,
    reason: String,
    /// The bytes of the file that it holds for.
    covers: Range<u32>,
    /// What is wrong with it, if it cannot be followed.
    problem: Option<String>,
}

/// The remarks of all files.
#[derive(Clone, Debug, Default)]
pub struct Stets {
    list: Vec<Stet>,
}

impl Stets {
    /// Reads the remarks of all files.
    #[must_use]
    pub fn read(sources: &Sources) -> Self {
        let mut list = Vec::new();
        for (id, file) in sources.iter() {
            // Almost no file has one, and a search for a word is many times faster than for a pattern.
            if memchr::memmem::find(file.text.as_bytes(), b"recount:").is_some() {
                read_file(id, file, &mut list);
            }
        }
        Self { list }
    }

    /// Takes out the findings that a remark lets stand, and adds what is to be said of the remarks: those without a
    /// reason, with an unknown rule, and those that let nothing stand although their rules ran.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>, known: &[Rule], ran: &[&Rule]) {
        if self.list.is_empty() {
            return;
        }
        let mut used = vec![false; self.list.len()];
        diagnostics.retain(|diagnostic| {
            let family = known.iter().find(|r| r.id == diagnostic.rule).map_or("", |r| r.family.as_str());
            let names =
                |stet: &Stet| stet.rules.iter().any(|name| *name == diagnostic.rule || *name == family || name == ALL);
            let stands = |stet: &Stet| {
                names(stet)
                    && diagnostic
                        .labels
                        .iter()
                        .any(|l| l.span.file == stet.at.file && stet.covers.contains(&l.span.start))
            };
            let mut kept = true;
            for (stet, used) in self.list.iter().zip(&mut used) {
                if stet.problem.is_none() && stands(stet) {
                    *used = true;
                    kept = false;
                }
            }
            kept
        });
        let names: Vec<&str> = known.iter().flat_map(|r| [r.id.as_str(), r.family.as_str()]).collect();
        for (stet, used) in self.list.iter().zip(used) {
            if let Some(problem) = stet.problem.clone().or_else(|| unknown(stet, &names)) {
                diagnostics.push(say(stet, Severity::Warning, problem));
                continue;
            }
            if stet.reason.is_empty() {
                diagnostics.push(say(stet, Severity::Note, "a remark without a reason".to_owned()));
            }
            let all_ran = stet.rules.iter().all(|name| {
                let of = |rule: &&Rule| rule.id == *name || rule.family == *name || name == ALL;
                let wanted = known.iter().filter(of).count();
                ran.iter().copied().filter(of).count() == wanted
            });
            if !used && all_ran {
                diagnostics.push(say(stet, Severity::Warning, "nothing to let stand here".to_owned()));
            }
        }
    }
}

fn unknown(stet: &Stet, names: &[&str]) -> Option<String> {
    let name = stet.rules.iter().find(|name| *name != ALL && !names.contains(&name.as_str()))?;
    // Facts are rules only while they are declared.
    if name.starts_with("fact-") {
        return None;
    }
    let hint = nearest(name, names.iter().copied()).map_or(String::new(), |n| format!("; did you mean `{n}`?"));
    Some(format!("there is no rule `{name}`{hint}"))
}

fn say(stet: &Stet, severity: Severity, message: String) -> Diagnostic {
    let key = format!("{NAME}\u{1e}{}\u{1e}{}\u{1e}{message}", stet.rules.join(","), stet.reason);
    Diagnostic {
        rule: NAME.to_owned(),
        severity,
        message,
        labels: vec![Label { span: stet.at, within: stet.at, message: String::new() }],
        notes: Vec::new(),
        help: Some("write `recount: stet RULE: reason`, or take the remark out".to_owned()),
        fingerprint: format!("{:016x}", xxhash_rust::xxh3::xxh3_64(key.as_bytes())),
        fixes: Vec::new(),
    }
}

fn read_file(id: FileId, file: &SourceFile, list: &mut Vec<Stet>) {
    let text = file.text.as_str();
    // Open regions: the index of the remark that began it.
    let mut open: Vec<usize> = Vec::new();
    for captures in REMARK.captures_iter(text) {
        let (Some(whole), Some(rest)) = (captures.get(0), captures.name("rest")) else { continue };
        let lead = whole.as_str().len() - whole.as_str().trim_start().len();
        let at = Span::new(id, (whole.start() + lead) as u32, whole.end() as u32);
        let rest = rest.as_str().trim().trim_end_matches([')', '"', '\'']);
        let (rules, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let rules: Vec<String> =
            rules.split([',', ' ']).map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned).collect();
        let end = text.len() as u32;
        let what = &captures["what"];
        let mut stet = Stet { at, reason: reason.trim().to_owned(), covers: 0..0, problem: None, rules };
        if stet.rules.is_empty() && what != "stet-end" {
            stet.problem = Some(format!("a remark names its rules: `{what} RULE: reason`"));
            list.push(stet);
            continue;
        }
        match what {
            "stet-file" => stet.covers = 0..end,
            "stet-begin" => {
                stet.covers = at.start..end;
                stet.problem = Some("a region that is not closed: `stet-end` is missing".to_owned());
                open.push(list.len());
            }
            "stet-end" => {
                let begun = open.iter().rposition(|&i| stet.rules.is_empty() || list[i].rules == stet.rules);
                match begun {
                    Some(i) => {
                        let begun = &mut list[open.remove(i)];
                        begun.covers.end = at.start;
                        begun.problem = None;
                    }
                    None => {
                        stet.problem = Some("no region begins before this `stet-end`".to_owned());
                        list.push(stet);
                    }
                }
                continue;
            }
            _ => stet.covers = block(text, at.range()),
        }
        list.push(stet);
    }
}

/// The block that a remark holds for: its own when there are other words on its lines, the next one otherwise. A
/// block ends at an empty line.
fn block(text: &str, remark: Range<usize>) -> Range<u32> {
    let line_start = text[..remark.start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |i| at + i);
    let around = [&text[line_start..remark.start], &text[remark.end..line_end(remark.end)]];
    let is_empty = |line: &str| line.trim_matches([' ', '\t', '\r', '>']).is_empty();
    let mut at = if around.iter().all(|part| is_empty(part)) {
        let mut next = (line_end(remark.end) + 1).min(text.len());
        while next < text.len() && is_empty(&text[next..line_end(next)]) {
            next = (line_end(next) + 1).min(text.len());
        }
        next
    } else {
        let mut start = line_start;
        while start > 0 {
            let before = text[..start - 1].rfind('\n').map_or(0, |i| i + 1);
            if is_empty(&text[before..start - 1]) {
                break;
            }
            start = before;
        }
        start
    };
    let start = at;
    while at < text.len() && !is_empty(&text[at..line_end(at)]) {
        at = (line_end(at) + 1).min(text.len());
    }
    start as u32..at as u32
}

#[cfg(test)]
mod tests {
    use super::Stets;
    use crate::diagnostic::{Diagnostic, Label, Severity};
    use crate::rule::{Rule, builtin};
    use crate::source::{Origin, SourceFile, Sources};
    use crate::span::{FileId, Span};

    /// What is left of findings of one rule at all wordings of "43", as `line: message`.
    fn left(text: &str, rule: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("a.md".into(), text.to_owned(), Origin::Verbatim));
        let finding = |at: usize| {
            let span = Span::new(file, at as u32, at as u32 + 2);
            Diagnostic {
                rule: rule.to_owned(),
                severity: Severity::Warning,
                message: "43".to_owned(),
                labels: vec![Label { span, within: span, message: String::new() }],
                notes: Vec::new(),
                help: None,
                fingerprint: String::new(),
                fixes: Vec::new(),
            }
        };
        let mut found: Vec<Diagnostic> = text.match_indices("43").map(|(at, _)| finding(at)).collect();
        let rules = builtin().expect("built-in rules load");
        let ran: Vec<&Rule> = rules.iter().collect();
        Stets::read(&sources).apply(&mut found, &rules, &ran);
        let line = |d: &Diagnostic| sources.get(FileId(0)).line_of(d.labels[0].span.start) + 1;
        found.iter().map(|d| format!("{}: {}", line(d), d.message)).collect()
    }

    #[test]
    fn lets_the_next_block_stand() {
        let text = "43 a\n\n<!-- recount: stet table-total: so printed -->\n\n43 b\n43 c\n\n43 d\n";
        assert_eq!(left(text, "table-total"), ["1: 43", "8: 43"]);
        assert_eq!(left(text, "total-mismatch"), ["1: 43", "5: 43", "6: 43", "8: 43", "3: nothing to let stand here"]);
        let beside = "43 a\n43 b <!-- recount: stet numbers: so printed -->\n\n43 c\n";
        assert_eq!(left(beside, "table-total"), ["4: 43"]);
    }

    #[test]
    fn lets_regions_and_files_stand() {
        let text = "43\n\n<!-- recount: stet-begin all: x -->\n43\n\n43\n<!-- recount: stet-end -->\n43\n";
        assert_eq!(left(text, "table-total"), ["1: 43", "8: 43"]);
        assert_eq!(left("43\n\n% recount: stet-file table-total: x\n\n43\n", "table-total"), [""; 0]);
        assert_eq!(left("[//]: # (recount: stet table-total: x)\n43\n", "table-total"), [""; 0]);
    }

    #[test]
    fn says_what_is_wrong_with_a_remark() {
        assert_eq!(left("<!-- recount: stet table-total -->\n43\n", "table-total"), ["1: a remark without a reason"]);
        let unknown = "1: there is no rule `table-totl`; did you mean `table-total`?";
        assert_eq!(left("<!-- recount: stet table-totl: x -->\n", "table-total"), [unknown]);
        let open = "<!-- recount: stet-begin table-total: x -->\n43\n";
        assert_eq!(left(open, "table-total")[1], "1: a region that is not closed: `stet-end` is missing");
        assert_eq!(left("<!-- recount: stet -->\n", "x"), ["1: a remark names its rules: `stet RULE: reason`"]);
    }
}
