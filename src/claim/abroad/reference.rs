//! Laws by number and year: "Gesetz Nr. 71 von 2022", "legge regionale n. 19 del 2019", "Decreto 38/2018".

use crate::claim::axes::Origin;
use crate::claim::{BlockView, Claim, ClaimKind, Reference, Value};
use compact_str::CompactString;
use regex::Regex;
use std::sync::LazyLock;

/// A number behind its sign and the year behind a small word, or both around a stroke.
static LAW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?x)
        (?: \b(?i:n|nr|no|num|núm)\.? | n[°º] | № ) [\ \x{a0}\x{202f}]? (?P<number>[0-9]{1,5})
            [\ \x{a0}\x{202f}] (?: av | d[aeiou]l? | fra | från | od | of | van | vo[nm] | z ) [\ \x{a0}\x{202f}]
            (?P<year>(?:19|20)[0-9]{2}) \b
      | \b (?P<before>[0-9]{1,5}) / (?P<behind>(?:19|20)[0-9]{2}) \b";
    Regex::new(pattern).ok()
});

/// Adds the laws of a document that is in another language, those that were read as such already left out.
pub(super) fn extract(views: &[BlockView<'_>], out: &mut Vec<Claim>) {
    let Some(pattern) = LAW.as_ref() else { return };
    // "Ley n.º 121" was read without the year that stands behind "de".
    out.retain(
        |c| !matches!(&c.value, Value::Reference(r) if r.family == "law" && r.year.is_none() && r.titled.is_none()),
    );
    let known: Vec<_> = out.iter().filter(|c| c.kind == ClaimKind::Reference).map(|c| c.at).collect();
    for view in views {
        for found in pattern.captures_iter(view.text) {
            let (number, year) =
                (found.name("number").or(found.name("before")), found.name("year").or(found.name("behind")));
            let Some((number, year)) = number.zip(year) else { continue };
            // "02/2023" is a month.
            let month = found.name("before").is_some_and(|n| n.as_str().parse::<u32>().is_ok_and(|n| n <= 12));
            if month {
                continue;
            }
            let bytes = number.start()..year.end();
            let at = view.block.text.span(bytes.clone());
            if known.iter().any(|k| k.file == at.file && k.start < at.end && at.start < k.end) {
                continue;
            }
            let tokens = &view.layer.tokens;
            let start = tokens.partition_point(|t| t.end as usize <= bytes.start);
            let end = tokens.partition_point(|t| (t.start as usize) < bytes.end);
            if start >= end {
                continue;
            }
            let value = Value::Reference(Reference {
                family: "law".into(),
                title: CompactString::default(),
                key: CompactString::default(),
                number: number.as_str().into(),
                year: year.as_str().parse().ok(),
                titled: None,
                ties: Vec::new(),
            });
            let mut claim = view.claim(ClaimKind::Reference, "abroad", start..end, value);
            claim.subject.wording = view.text[found.get(0).map_or(bytes, |all| all.range())].into();
            claim.origin = Origin::Abroad;
            out.push(claim);
        }
    }
}
