//! What the words of a link say that it leads to.

use crate::claim::Designation;
use regex::Regex;
use std::sync::LazyLock;

/// Sorts with the shape of the words that name one; the group is the number. The first that fits is taken.
static SHAPES: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let shapes = [
        ("doi", r"(?i)^(?:doi(?: ?: ?| )|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$"),
        ("arxiv", r"(?i)^arxiv ?: ?(\d{4}\.\d{4,5})(?:v\d+)?$"),
        ("address", r"^((?:https?://|www\.)\S+|(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}/[^\s<>]+)$"),
        (
            "issue",
            r"(?i)^(?:(?:issue|pull request|pull|pr|mr|gh|bug|ticket)s? ?[#!-]? ?|[\w.-]+/[\w.-]+#|[#!])(\d{1,7})$",
        ),
        ("revision", r"^(?:commit )?([0-9a-f]{7,40})$"),
        ("day", r"^(\d{4}-\d{2}-\d{2})$"),
        (
            "version",
            r"^(?:[A-Z][\w+-]* ){0,3}[vV]?(\d+(?:\.\d+){1,3}(?:[-.+]?(?:rc|alpha|beta|a|b|dev|pre|post|M)[.-]?\d+)?)(?: ?\([^()]*\)?)?$",
        ),
        // "notes for 4.7", but not "changes since 4.7".
        (
            "version",
            r"(?i)^(?:.{0,40} )?(?:(?:announcement|archive|changelog|changes|documentation|docs|downloads?|features|guide|images?|manual|new|news|notes|packages?|reference|source) (?:for|in|of) (?:version |release )?|(?:version|release) )v?(\d+(?:\.\d+){1,3}(?:[-.+]?(?:rc|alpha|beta)[.-]?\d+)?)$",
        ),
        (
            "file",
            r"^(?:[\w.@~-]+/)*([\w.@~-]+\.(?:md|markdown|rst|adoc|txt|html?|pdf|csv|tsv|docx?|xlsx?|ipynb|ya?ml|toml|json|xml|ini|cfg|conf|proto|sql|sh|py|rs|go|js|ts|tsx|jsx|c|h|cc|cpp|hpp|java|kt|rb|php|cs|swift|scala|lua|pl|r|R|tf|mk))$",
        ),
        (
            "series",
            r"^((?:[A-Z][A-Za-z]{1,13} ?|[A-Za-z]{2,14}[_-]?)\d{1,6}(?:-\d{1,6})?)(?:[^0-9A-Za-z._-].*|[.:]? .*|)$",
        ),
    ];
    shapes.into_iter().filter_map(|(sort, shape)| Some((sort, Regex::new(shape).ok()?))).collect()
});

/// What the words of a link name, read as a whole; nothing when they only describe.
pub(super) fn read(text: &str) -> Option<Designation> {
    let text = text.replace('\u{a0}', " ");
    let text = text.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '`' | ',' | ' ' | '“' | '”' | '"'));
    for (sort, shape) in SHAPES.iter() {
        let Some(number) = shape.captures(text).and_then(|c| c.get(1)) else { continue };
        let number = number.as_str();
        return match *sort {
            // A word of seven letters, or a number, is no revision.
            "revision" if !(has(number, |c| c.is_ascii_digit()) && has(number, char::is_alphabetic)) => None,
            "address" if number.contains('…') || number.contains("...") => None,
            "series" => {
                let letters: String =
                    number.chars().take_while(char::is_ascii_alphabetic).flat_map(char::to_lowercase).collect();
                let digits = number[letters.len()..].trim_start_matches([' ', '_', '-']);
                Some(Designation { sort: format!("series:{letters}").into(), number: digits.into() })
            }
            _ => Some(Designation { sort: (*sort).into(), number: number.into() }),
        };
    }
    None
}

fn has(text: &str, is: impl Fn(char) -> bool) -> bool {
    text.chars().any(is)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_what_words_name() {
        let cases = [
            ("RFC 7231", "series:rfc 7231"),
            ("RFC 7231, Section 6.5", "series:rfc 7231"),
            ("CVE-2023-41105", "series:cve 2023-41105"),
            ("Lecture 4: Tides", "series:lecture 4"),
            ("#1482", "issue 1482"),
            ("tiller/core#12", "issue 12"),
            ("PR 12", "issue 12"),
            ("v2.1.0", "version 2.1.0"),
            ("the release notes for 2.1", "version 2.1"),
            ("harbour.example/dues", "address harbour.example/dues"),
            ("Tiller 1.4 (May)", "version 1.4"),
            ("a1b2c3d", "revision a1b2c3d"),
            ("docs/SECURITY.md", "file SECURITY.md"),
            ("doi:10.5281/zenodo.389", "doi 10.5281/zenodo.389"),
            ("2023-04-05", "day 2023-04-05"),
        ];
        for (text, expected) in cases {
            let found = read(text).map(|d| format!("{} {}", d.sort, d.number));
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn ignores_words_that_describe() {
        for text in [
            "the guide",
            "see 3 rules",
            "decade",
            "1234567",
            "2.x",
            "https://example.org/…",
            "changes since 2.1",
            "docs/a",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
