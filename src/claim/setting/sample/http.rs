//! Requests and answers of HTTP: their first lines, headers and bodies.
//!
//! Source: RFC 9112, sections 3 to 5.

use super::{GivenSort, Pair, object};
use crate::claim::setting::code::lines;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// `POST /v2/reservations HTTP/1.1`
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(?P<path>(?:https?://[^\s/]+)?/\S*)(?:\s+HTTP/[\d.]+)?\s*$")
        .expect("the pattern is fixed and compiles")
});

/// `HTTP/1.1 201 Created`
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:HTTP/[\d.]+|Status:?)\s+(?P<status>[1-5]\d\d)\b").expect("the pattern is fixed and compiles")
});

static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[A-Za-z][A-Za-z0-9-]*):\s*(?P<value>\S.*?)?\s*$").expect("the pattern is fixed and compiles")
});

/// The first line of a request or of an answer.
pub(in crate::claim::setting) enum Exchange {
    /// Its method and path.
    Request(Range<usize>, Range<usize>),
    /// Its status.
    Answer(Range<usize>),
}

/// Whether a text begins with a request or an answer.
pub(super) fn is_exchange(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    STATUS.is_match(first) || REQUEST.is_match(first)
}

/// The first lines of the requests and answers of a text, in order.
pub(in crate::claim::setting) fn exchange(text: &str) -> Vec<Exchange> {
    let mut out = Vec::new();
    for line in lines(text) {
        let shown = &text[line.clone()];
        let place = |m: regex::Match<'_>| line.start + m.start()..line.start + m.end();
        if let Some(found) = REQUEST.captures(shown) {
            if let (Some(method), Some(path)) = (found.name("method"), found.name("path")) {
                out.push(Exchange::Request(place(method), place(path)));
            }
        } else if let Some(status) = STATUS.captures(shown).and_then(|c| c.name("status")) {
            out.push(Exchange::Answer(place(status)));
        }
    }
    out
}

/// The headers and the fields of the bodies. What is answered with an error may be wrong on purpose.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut head = false;
    let mut body: Option<Range<usize>> = None;
    let mut objects = 0;
    let mut close = |body: Option<Range<usize>>, out: &mut Vec<Pair>| {
        let Some(body) = body else { return };
        let mut found = object::pairs(text, body);
        found.iter_mut().for_each(|pair| pair.object += objects);
        objects += found.iter().map(|p| p.object).max().unwrap_or(0);
        out.extend(found);
    };
    for line in lines(text) {
        let shown = &text[line.clone()];
        if STATUS.is_match(shown) || REQUEST.is_match(shown) {
            close(body.take(), &mut out);
            head = true;
        } else if head && shown.trim().is_empty() {
            head = false;
            body = Some(line.end..line.end);
        } else if head {
            let Some(found) = HEADER.captures(shown) else { continue };
            let Some(name) = found.name("name") else { continue };
            let value = found.name("value").map_or(name.end()..name.end(), |v| v.range());
            out.push(Pair {
                sort: GivenSort::Header,
                around: Vec::new(),
                name: line.start + name.start()..line.start + name.end(),
                value: Some(line.start + value.start..line.start + value.end),
                quoted: false,
                object: 0,
            });
        } else if let Some(body) = &mut body {
            body.end = line.end;
        }
    }
    close(body, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn reads_headers_and_fields() {
        let text = "POST /stations HTTP/1.1\nX-Key: abc\n\n{ \"name\": \"Quay\" }\n";
        let read: Vec<(&str, &str)> =
            pairs(text).iter().map(|p| (&text[p.name.clone()], &text[p.value.clone().unwrap_or(0..0)])).collect();
        assert_eq!(read, [("X-Key", "abc"), ("name", "Quay")]);
    }
}
