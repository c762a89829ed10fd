//! What the address of a link names.

use crate::claim::Designation;
use compact_str::CompactString;
use regex::Regex;
use std::sync::LazyLock;

/// Sorts with the shape of the part of an address that names one; the group is the number.
static SHAPES: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let shapes = [
        ("doi", r"(10\.\d{4,9}/[^?#\s]+)"),
        ("arxiv", r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})"),
        ("issue", r"/(?:issues?|pulls?|merge_requests|pull-requests|tickets?|bugs?|discussions)/(\d{1,7})"),
        ("revision", r"/commits?/([0-9a-f]{7,40})"),
        ("day", r"(?:^|[^0-9])(\d{4}[-/_]?\d{2}[-/_]?\d{2})(?:$|[^0-9])"),
        (
            "version",
            r"(?:^|[/=@_v-])[vV]?(\d+(?:\.\d+){1,3}(?:[-.+]?(?:rc|alpha|beta|a|b|dev|pre|post|M)[.-]?\d+)?)(?:$|[/.?#&_-])",
        ),
    ];
    shapes.into_iter().filter_map(|(sort, shape)| Some((sort, Regex::new(shape).ok()?))).collect()
});

/// What an address names of one sort.
pub(super) fn read(address: &str, sort: &str) -> Vec<Designation> {
    let one = |number: &str| Designation { sort: sort.into(), number: number.into() };
    let (path, host) = parts(address);
    match sort {
        "address" => address.contains("://").then(|| one(address)).into_iter().collect(),
        "file" => file(path).map(one).into_iter().collect(),
        "version" if address.contains("/compare/") => compared(address).into_iter().map(|v| one(&v)).collect(),
        _ => match sort.strip_prefix("series:") {
            Some(letters) => numbers_of(address, letters).iter().map(|n| one(n)).collect(),
            None => {
                let Some((_, shape)) = SHAPES.iter().find(|(s, _)| *s == sort) else { return Vec::new() };
                // The numbers of a host are no version.
                let text = if sort == "version" { &address[host..] } else { address };
                let mut found: Vec<Designation> = Vec::new();
                let mut at = 0;
                while let Some(number) = shape.captures_at(text, at).and_then(|c| c.get(1)) {
                    found.push(one(number.as_str()));
                    // What ends one may begin the next.
                    at = number.end();
                }
                found
            }
        },
    }
}

/// The address up to `?` or `#`, and where its path begins.
fn parts(address: &str) -> (&str, usize) {
    let path = &address[..address.find(['?', '#']).unwrap_or(address.len())];
    let host = address.find("://").map_or(0, |at| at + 3);
    let slash = if host == 0 { 0 } else { address[host..].find('/').map_or(address.len(), |at| host + at) };
    (path, slash)
}

/// The file that a path ends with.
fn file(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && (1..=8).contains(&ending.len())).then_some(name)
}

/// The versions that a comparison is from and to.
fn compared(address: &str) -> Vec<CompactString> {
    let Some((_, range)) = address.split_once("/compare/") else { return Vec::new() };
    let range = &range[..range.find(['?', '#']).unwrap_or(range.len())];
    let Some((from, to)) = range.split_once("...").or_else(|| range.split_once("..")) else { return Vec::new() };
    let version = |tag: &str| -> Option<CompactString> {
        let at = tag.char_indices().find(|&(i, c)| {
            c.is_ascii_digit()
                && !tag[..i].ends_with(|b: char| b.is_ascii_digit() || b == '.')
                && tag[i..].contains('.')
        })?;
        Some(tag[at.0..].into())
    };
    match (version(from), version(to)) {
        (Some(from), Some(to)) => vec![from, to],
        _ => Vec::new(),
    }
}

/// The numbers that follow the letters of a series: 7230 of `…/rfc7230`, `…/rfc-7230`, `…/RFC/7230`.
fn numbers_of(address: &str, letters: &str) -> Vec<String> {
    let lower = address.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, _) in lower.match_indices(letters) {
        if lower[..at].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let rest = &lower[at + letters.len()..];
        let digits = rest.strip_prefix(['-', '_', '/', ' ', '+']).unwrap_or(rest);
        let end = digits
            .char_indices()
            .find(|&(i, c)| {
                !(c.is_ascii_digit()
                    || matches!(c, '-' | '.') && i > 0 && digits[i + 1..].starts_with(|d: char| d.is_ascii_digit()))
            })
            .map_or(digits.len(), |(i, _)| i);
        if end > 0 && !digits[end..].starts_with(|c: char| c.is_alphanumeric()) {
            found.push(digits[..end].to_owned());
        }
    }
    found
}

/// An address with its `%20` made characters.
pub(super) fn decoded(text: &str) -> String {
    if text.contains('%') { crate::claim::pointer::decoded(text) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn reads_what_addresses_name() {
        let cases = [
            ("https://www.rfc-editor.org/rfc/rfc7230", "series:rfc", "7230"),
            ("https://peps.python.org/pep-0008/", "series:pep", "0008"),
            ("slides/lecture-04.pdf", "series:lecture", "04"),
            ("https://nvd.nist.gov/vuln/detail/CVE-2023-41150", "series:cve", "2023-41150"),
            ("https://x.example/a/b/pull/12#issuecomment-4", "issue", "12"),
            ("https://x.example/a/b/releases/tag/v2.0.0", "version", "2.0.0"),
            ("https://x.example/a/b/compare/v1.1.0...v1.2.0", "version", "1.1.0,1.2.0"),
            ("https://docs.example/3.11/tutorial/", "version", "3.11"),
            ("docs/GOVERNANCE.md#roles", "file", "GOVERNANCE.md"),
            ("https://doi.org/10.5281/zenodo.389", "doi", "10.5281/zenodo.389"),
            ("minutes/2023-04-06.md", "day", "2023-04-06"),
        ];
        for (address, sort, expected) in cases {
            let found: Vec<String> = read(address, sort).iter().map(|d| d.number.to_string()).collect();
            assert_eq!(found.join(","), expected, "{address}");
        }
    }
}
