//! Numbers that have a check digit, or bounds: ISBN, ISSN, ORCID, IBAN, addresses of the internet protocol.

use super::{Code, push};
use crate::claim::{BlockView, Claim};
use regex::Regex;
use std::sync::LazyLock;

/// Schemes with a sign that any text with one has, and the shape of label and number.
static SHAPES: LazyLock<Vec<(&str, &str, Regex)>> = LazyLock::new(|| {
    let shapes = [
        (
            "isbn",
            "isbn",
            r"(?i)\bisbn(?:[- ]?1[03])?:?[\s\u{a0}]*((?:97[89][-\u{2010}\u{2011}\u{2013} ]?)?\d(?:[-\u{2010}\u{2011}\u{2013} ]?\d){7,10}[-\u{2010}\u{2011}\u{2013} ]?[\dXx])\b",
        ),
        (
            "issn",
            "issn",
            r"(?i)\be?issn(?:[- ]?l)?:?[\s\u{a0}]*(?:\((?:print|online)\):?\s*)?(\d{4}[-\u{2010}\u{2011}\u{2013}]\d{3}[\dXx])\b",
        ),
        ("orcid", "orcid", r"(?i)\borcid(?:\.org/| ?id)?[:\s\u{a0}/]*(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\b"),
        (
            "iban",
            "iban",
            r"\bIBAN:?[\s\u{a0}]*([A-Z]{2}\d{2}(?:[ \u{a0}]?[A-Z0-9]{4}){2,7}(?:[ \u{a0}]?[A-Z0-9]{1,3})?)\b",
        ),
    ];
    let made =
        |(scheme, sign, shape): (&'static str, &'static str, &str)| Some((scheme, sign, Regex::new(shape).ok()?));
    shapes.into_iter().filter_map(made).collect()
});

/// Four or five numbers with points between them, perhaps with the length of a prefix.
static DOTTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(\[<>`'\x22=@/:])(\d{1,3}(?:\.\d{1,3}){3,4})(/\d{1,3})?(?:$|[\s)\]<>`'\x22:;,/]|\.(?:\s|$))")
        .ok()
});

/// Words that addresses stand with.
const NETWORK: [&str; 14] = [
    "address",
    "addresses",
    "cidr",
    "dns",
    "gateway",
    "host",
    "ip",
    "ipv4",
    "netmask",
    "network",
    "prefix",
    "router",
    "server",
    "subnet",
];

/// Words that say that an address is shown because it is none.
const REFUSED: [&str; 5] = ["bogus", "illegal", "invalid", "malformed", "wrong"];

/// Words that numbers of versions and sections stand with.
const OTHER: [&str; 9] = ["build", "clause", "driver", "oid", "release", "section", "sections", "version", "versions"];

pub(super) fn extract(view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let folded = view.text.to_ascii_lowercase();
    for (scheme, sign, shape) in SHAPES.iter() {
        if !folded.contains(sign) {
            continue;
        }
        for found in shape.captures_iter(view.text).filter_map(|c| c.get(1)) {
            let number: String = found.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
            let number = number.to_ascii_uppercase();
            let code = Code { scheme: (*scheme).into(), number: number.into(), other: "".into(), series: "".into() };
            push(view, out, found.range(), code);
        }
    }
    if view.text.matches('.').count() < 3 {
        return;
    }
    let mut words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    if !words.clone().any(|w| NETWORK.contains(&w)) || words.any(|w| OTHER.contains(&w) || REFUSED.contains(&w)) {
        return;
    }
    let Some(shape) = DOTTED.as_ref() else { return };
    for found in shape.captures_iter(view.text) {
        let Some(dotted) = found.get(1) else { continue };
        let prefix = found.get(2).map_or("", |m| &m.as_str()[1..]);
        let code =
            Code { scheme: "ipv4".into(), number: dotted.as_str().into(), other: prefix.into(), series: "".into() };
        push(view, out, dotted.range(), code);
    }
}
