//! Reporters: diagnostics → bytes, one format a file. Know nothing of checks.

pub mod checkstyle;
pub mod claims;
pub mod drafts;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
mod location;
pub mod numbers;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod place;
pub mod rdjson;
pub mod remark;
pub mod sarif;
pub mod short;
pub mod table;
pub mod terminal;
pub mod text;
mod value;
mod window;
pub mod word;
pub mod worklist;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Analysis;
use crate::rule::Rule;
use crate::source::{SourceFile, Sources};
use crate::span::Span;
use std::ops::Range;

/// What was found, with all that a reporter needs to show it.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// Stage one, one entry per file read, in the order of the files: entry `i` is of the file numbered `i`.
    pub analyses: &'a [Analysis],
    /// The rules that ran, for formats that describe them.
    pub rules: &'a [&'a Rule],
    /// The findings, in order, those below [`Report::lowest`] included.
    pub diagnostics: &'a [Diagnostic],
    /// How many files could not be read.
    pub unreadable: usize,
    /// Formats met in folders that are not read yet, with the number of files, sorted by name.
    pub skipped: &'a [(String, usize)],
    /// Findings below this severity are counted but not shown.
    pub lowest: Severity,
    /// So many findings are shown at most; the others are counted.
    pub limit: usize,
}

/// The figures of the summary.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Words in them.
    pub words: usize,
    /// Claims noted.
    pub claims: usize,
    /// Findings of severity error, shown or not.
    pub errors: usize,
    /// Findings of severity warning, shown or not.
    pub warnings: usize,
    /// Findings of severity note, shown or not.
    pub notes: usize,
    /// Files that could not be read.
    pub unreadable: usize,
}

impl<'a> Report<'a> {
    /// The findings that are to be shown.
    pub fn shown(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let lowest = self.lowest;
        self.diagnostics.iter().filter(move |d| d.severity >= lowest).take(self.limit)
    }

    /// The figures of the summary.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |severity| self.diagnostics.iter().filter(|d| d.severity == severity).count();
        Summary {
            files: self.analyses.len(),
            words: self.analyses.iter().map(|a| a.words).sum(),
            claims: self.analyses.iter().map(|a| a.noted).sum(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            unreadable: self.unreadable,
        }
    }
}

/// "1 file", "21,034 words".
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    format!("{out} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The path of a file as the user gave it, in characters that can be printed.
#[must_use]
pub fn path(file: &SourceFile) -> String {
    file.path.to_string_lossy().into_owned()
}

/// How many characters of a long sentence a snippet keeps.
const SNIPPET_CHARS: usize = 300;

/// How many bytes before and after a place are looked at for its snippet.
const NEIGHBOURHOOD: u32 = 4096;

/// The text of `within` with white space folded, cut to about 300 characters around `at`, `…` where it was cut.
#[must_use]
pub fn snippet(file: &SourceFile, within: Span, at: Span) -> String {
    excerpt(&file.text, within.start..within.end, at.start..at.end)
}

/// The part `within` of a text with white space folded, cut to about 300 characters around `at`.
#[must_use]
pub fn excerpt(text: &str, within: Range<u32>, at: Range<u32>) -> String {
    let within = if within.start <= at.start && at.end <= within.end { within } else { at.clone() };
    // A sentence may begin or end inside of markup: "`kind` takes …".
    let markup = |b: &&u8| matches!(b, b'*' | b'_' | b'`');
    let (start, end) = (clamp(text, within.start), clamp(text, within.end));
    let start = start - text.as_bytes()[..start].iter().rev().take_while(markup).count();
    let end = end + text.as_bytes()[end..].iter().take_while(markup).count();
    // Of a sentence as long as the file only the neighbourhood is looked at.
    let from = start.max(clamp(text, at.start.saturating_sub(NEIGHBOURHOOD)));
    let to = end.min(clamp(text, at.start.saturating_add(NEIGHBOURHOOD)));
    let before = fold(&text[from..clamp(text, at.start)]);
    let after = fold(&text[clamp(text, at.start)..to]);
    let (long_before, long_after) = (before.chars().count(), after.chars().count());
    if long_before + long_after <= SNIPPET_CHARS && (from, to) == (start, end) {
        return format!("{before}{after}").trim().to_owned();
    }
    let half = SNIPPET_CHARS / 2;
    let head = half + half.saturating_sub(long_after);
    let tail = half + half.saturating_sub(long_before);
    format!("{}{}", last_words(&before, head), first_words(&after, tail)).trim().to_owned()
}

/// A byte offset that is in the text and on a character boundary.
fn clamp(text: &str, offset: u32) -> usize {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Every run of white space as one space, ends included.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The last words of a text that fit into `limit` characters, `…` before them when something was cut.
fn last_words(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let cut: usize = text.char_indices().nth(length - limit).map_or(0, |(i, _)| i);
    let from = text[cut..].find(' ').map_or(cut, |i| cut + i + 1);
    format!("…{}", &text[from..])
}

/// The first words of a text that fit into `limit` characters, `…` after them when something was cut.
fn first_words(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let to = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", &text[..to])
}

#[cfg(test)]
mod tests {
    use super::snippet;
    use crate::source::{Origin, SourceFile};
    use crate::span::{FileId, Span};

    fn check(text: &str, within: &str, at: &str, expected: &str) {
        let file = SourceFile::new("a.md".into(), text.to_owned(), Origin::Verbatim);
        let span = |part: &str| {
            let start = text.find(part).expect("the part is in the text");
            Span::new(FileId(0), start as u32, (start + part.len()) as u32)
        };
        assert_eq!(snippet(&file, span(within), span(at)), expected);
    }

    #[test]
    fn reads_a_sentence_on_one_line() {
        check("One. We saw\n  43 men\tthere. Two.", "We saw\n  43 men\tthere.", "43", "We saw 43 men there.");
    }

    #[test]
    fn reads_markup_at_the_ends() {
        check("- `kind` takes **three**", "kind` takes **three", "three", "`kind` takes **three**");
    }

    #[test]
    fn reads_a_window_of_a_long_sentence() {
        let long = format!("{}43{}", "before ".repeat(90), " after".repeat(90));
        let file = SourceFile::new("a.md".into(), long.clone(), Origin::Verbatim);
        let at = Span::new(FileId(0), 630, 632);
        let shown = snippet(&file, Span::new(FileId(0), 0, long.len() as u32), at);
        assert!(shown.starts_with("…before") && shown.ends_with("after…") && shown.contains(" 43 "), "{shown}");
        assert!((250..=302).contains(&shown.chars().count()), "{shown}");
        let first = Span::new(FileId(0), 0, 6);
        let shown = snippet(&file, Span::new(FileId(0), 0, long.len() as u32), first);
        assert!(shown.starts_with("before") && (250..=302).contains(&shown.chars().count()), "{shown}");
    }
}
