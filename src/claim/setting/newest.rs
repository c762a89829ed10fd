//! What a changelog says of the least versions of tools: "now requires Go 1.22", "dropped support for Python 3.9". Of
//! several entries about one tool the newest holds.

use super::requirement::version_value;
use super::{Setting, SettingSort, SettingValue, claim, is_version, setting, tool};
use crate::claim::context::BlockView;
use crate::claim::{Claim, Context};
use crate::document::BlockKind;
use crate::lexicon::lower;
use compact_str::{CompactString, format_compact};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The slot of a version that is supported no longer.
pub(crate) const DROPPED: &str = "dropped";

/// The slot of a version that a release began to need; later releases may need newer ones without saying so.
pub(crate) const DEMANDED: &str = "demanded";

/// "requires Go 1.22", "minimum supported Rust version is now 1.74", "raise the minimum Node.js version to 20".
static DEMANDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:now\s+)?(?:requires?|needs?)|requiring|(?:raised?|bump(?:s|ed)?|increased?)(?:\s+the)?\s+minimum(?:\s+(?:required|supported))?|minimum(?:\s+(?:required|supported))?)(?:\s+is)?(?:\s+now)?(?:\s+version\s+of)?(?:\s+at\s+least)?\s+(?P<tool>[A-Z][A-Za-z.+#]*)(?:\s+(?:version|compiler|toolchain))?(?:\s+(?:is\s+now|is|from\s+\S+\s+to|to|at\s+least|≥|>=))*\s+v?(?P<version>\d+(?:\.\d+){0,2})\b")
        .expect("the pattern is fixed and compiles")
});

/// "dropped support for Python 3.8 and 3.9", "Node.js 16 is no longer supported".
static DROPS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:drop(?:s|ped)?|remove[sd]?|ends?|ended)(?:\s+the)?(?:\s+support)?(?:\s+(?:for|of))?\s+(?P<tool>[A-Z][A-Za-z.+#]*)(?:\s+versions?)?\s+v?(?P<version>\d+(?:\.\d+)?)(?:(?:,\s*|\s+and\s+|\s*&\s*|\s*/\s*)v?(?P<last>\d+(?:\.\d+)?))*|(?P<named>[A-Z][A-Za-z.+#]*)\s+v?(?P<number>\d+(?:\.\d+)?)\s+is\s+(?:no\s+longer|not)\s+supported)")
        .expect("the pattern is fixed and compiles")
});

/// Reads the entries of a changelog whose newest version stands first.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    if !is_descending(context) {
        return;
    }
    let mut known: Vec<CompactString> = Vec::new();
    for view in context.views().filter(BlockView::is_prose) {
        if !in_release(context, &view) {
            continue;
        }
        for found in demands(context, &view).into_iter().chain(drops(context, &view)) {
            let (name, read) = found;
            if !known.contains(&name) {
                known.push(name);
                out.push(read);
            }
        }
    }
}

/// Whether an entry stands below the heading of a release; what is not released yet may be ahead of other documents.
fn in_release(context: &Context<'_>, view: &BlockView<'_>) -> bool {
    let versioned = |text: &str| text.split_whitespace().take(3).any(is_version);
    context.document.headings(view.id).any(|(_, heading)| versioned(&heading.text.string))
}

/// Whether the versions of the headings fall, so that the first is the newest.
fn is_descending(context: &Context<'_>) -> bool {
    let versions: Vec<Vec<u32>> = context
        .document
        .iter()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)))
        .filter_map(|(_, block)| {
            let word = block.text.string.split_whitespace().take(3).find(|word| is_version(word))?;
            let number = word.trim_matches(|c: char| !c.is_ascii_digit());
            Some(number.split('.').map_while(|part| part.parse().ok()).collect())
        })
        .collect();
    matches!((versions.first(), versions.last()), (Some(first), Some(last)) if first >= last)
}

fn demands(context: &Context<'_>, view: &BlockView<'_>) -> Option<(CompactString, Claim)> {
    let found = DEMANDS.captures(view.text)?;
    let version = found.name("version")?;
    said(context, view, &found["tool"], version.as_str(), version.range(), DEMANDED)
}

fn drops(context: &Context<'_>, view: &BlockView<'_>) -> Option<(CompactString, Claim)> {
    let found = DROPS.captures(view.text)?;
    let version = found.name("last").or_else(|| found.name("version")).or_else(|| found.name("number"))?;
    let name = found.name("tool").or_else(|| found.name("named"))?;
    said(context, view, name.as_str(), version.as_str(), found.get(0)?.range(), DROPPED)
}

fn said(
    context: &Context<'_>,
    view: &BlockView<'_>,
    name: &str,
    version: &str,
    at: Range<usize>,
    slot: &str,
) -> Option<(CompactString, Claim)> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let name = tool::canonical(context.lexicon, &lower(name));
    let value @ SettingValue::Version { .. } = version_value(version)? else { return None };
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.end as usize) <= at.start);
    let last = tokens.partition_point(|t| (t.start as usize) < at.end).max(first + 1).min(tokens.len());
    let found: Setting = setting(SettingSort::Requirement, name.clone(), slot, value);
    let mut read = claim(context, view, first..last, &format_compact!("required {name}"), found);
    read.scope.cues.clear();
    read.scope.times.clear();
    Some((name, read))
}

#[cfg(test)]
mod tests {
    use super::{DEMANDS, DROPS};

    #[test]
    fn reads_what_a_changelog_demands() {
        for (text, tool, version) in [
            ("The build now requires Go 1.22.", "Go", "1.22"),
            ("Raised the minimum Node.js version to 20", "Node.js", "20"),
            ("Minimum supported Rust version is now 1.74", "Rust", "1.74"),
        ] {
            let found = DEMANDS.captures(text).expect("a demand is read");
            assert_eq!((&found["tool"], &found["version"]), (tool, version), "{text}");
        }
    }

    #[test]
    fn reads_what_a_changelog_drops() {
        for (text, version) in [
            ("Dropped Python 3.9.", "3.9"),
            ("Drop support for Python 3.8 and 3.9", "3.9"),
            ("Removes support for PHP 7.4", "7.4"),
        ] {
            let found = DROPS.captures(text).expect("a version is read");
            let last = found.name("last").or_else(|| found.name("version")).map(|m| m.as_str());
            assert_eq!(last, Some(version), "{text}");
        }
    }
}
