//! The release of the product that a document is about: in commands that install it, in what `--version` prints, on a
//! badge, in a sentence that says which is current.

use super::code::lines;
use super::{Setting, SettingSort, SettingValue, badge, claim, claim_in_code, setting};
use crate::annotate::{phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::version::{parts, version_at};
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::lower;
use compact_str::CompactString;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most lines of code of a document that are looked at.
const LINES: usize = 3_000;

/// Blocks at the head of a document that say which version it describes.
const HEAD: usize = 6;

/// A name with a version: `cargo install pinlock --version 3.2.1`, `pinlock@v3.2.1`, `pinlock==3.2.1`,
/// `acme/pinlock:3.2`, `pinlock = "3.2"`, `pinlock 3.2.1`.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?P<name>[A-Za-z@][\w./@-]*?)["']?(?P<joint>\s+--version[ =]|\s*(?:==|[@:=_-])\s*|\s+)["'^~]*[vV]?(?P<version>\d+\.\d+(?:\.\d+){0,2})(?P<end>["'\s,;)\]/]|\.(?:tar|zip|tgz|deb|rpm|jar|whl)|-(?:alpine|slim|linux|darwin|amd64|x86)|$)"#,
    )
    .expect("the pattern is fixed and compiles")
});

/// Reads the releases of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let products = products(context);
    let mut left = LINES;
    for (id, block) in context.document.iter().filter(|(_, b)| b.kind == BlockKind::Code) {
        if !products.is_empty() && !is_of_the_past(context, id) {
            in_code(&products, (id, block), &mut left, out);
        }
    }
    for (picture, shown) in badge::badges(context) {
        let labelled = matches!(shown.label.as_str(), "version" | "release" | "current version" | "latest version");
        if let Some(found) = parts(&shown.message).filter(|_| labelled) {
            out.push(badge::claim(context, picture, &shown, "version", release(found, "current")));
        }
    }
    for view in context.views() {
        if view.is_prose() && !is_of_the_past(context, view.id) {
            in_prose(context, &view, out);
        }
        out.extend(row(context, &view));
    }
}

/// The release that is said to be the current one has the slot `current`; what a command installs has none.
fn release(numbers: Vec<u32>, slot: &str) -> Setting {
    setting(SettingSort::Release, "release".into(), slot, SettingValue::Release(numbers))
}

/// The names that the product may have in commands: the first words of the title.
fn products(context: &Context<'_>) -> Vec<CompactString> {
    let title = context.document.title().map_or("", |b| b.text.string.as_str());
    let words: Vec<CompactString> = title
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .filter(|w| !w.is_empty() && !super::is_version(w))
        .take(3)
        .map(lower)
        .collect();
    let mut names: Vec<CompactString> = (1..=words.len()).map(|n| words[..n].join("-").into()).collect();
    names.retain(|n| n.len() >= 3);
    names
}

/// Whether a version is that of the document: it stands in one of the first blocks, which say what is described.
pub(super) fn is_own(context: &Context<'_>, word: &str) -> bool {
    let plain = |word: &str| parts(word.trim_matches(|c: char| !c.is_alphanumeric()));
    let Some(wanted) = plain(word) else { return false };
    let first = context.document.iter().filter(|(_, b)| b.kind != BlockKind::Code).take(HEAD);
    first.into_iter().any(|(_, b)| b.text.string.split_whitespace().any(|w| plain(w).is_some_and(|v| v == wanted)))
}

/// Whether a heading above tells of other versions: "Upgrading", "Changelog", "1.4.0".
fn is_of_the_past(context: &Context<'_>, id: BlockId) -> bool {
    context.document.headings(id).any(|(heading, block)| {
        let view = context.view(heading);
        let titled = matches!(block.kind, BlockKind::Heading(1));
        let past = |i| phrase_at(context.lexicon, "release-past", view.text, &view.layer.tokens, i).is_some();
        (0..view.layer.tokens.len()).any(past) || !titled && view.text.split_whitespace().any(super::is_version)
    })
}

/// What commands install, and what the program prints as its version.
fn in_code(
    products: &[CompactString],
    block: (BlockId, &crate::document::Block),
    left: &mut usize,
    out: &mut Vec<Claim>,
) {
    let text = &block.1.text.string;
    let mut asked = false;
    for line in lines(text) {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
        let shown = &text[line.clone()];
        let asks = shown.contains("--version") || shown.trim_end().ends_with(" version");
        for found in NAMED.captures_iter(shown) {
            let (Some(name), Some(version)) = (found.name("name"), found.name("version")) else { continue };
            let joint = found.name("joint").map_or("", |j| j.as_str());
            let own =
                lower(name.as_str()).split('/').any(|part| products.iter().any(|p| p == part.trim_start_matches('@')));
            // Two words and a number are a version only where it was asked for.
            let printed = joint.trim().is_empty();
            if !own || printed && !(asked || asks) {
                continue;
            }
            let Some(numbers) = parts(version.as_str()) else { continue };
            let slot = if printed { "current" } else { "" };
            let at = line.start + version.start()..line.start + version.end();
            let value = Value::Setting(Box::new(release(numbers, slot)));
            out.push(claim_in_code(block, at, line.clone(), ClaimKind::Setting, "version", value));
        }
        asked = asks;
    }
}

/// "The current version is 3.2.1."
fn in_prose(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for at in 1..view.layer.tokens.len() {
        let Some((numbers, tokens)) = version_at(view, at) else { continue };
        let before = phrase_before(context.lexicon, "release-current", view.text, &view.layer.tokens, at).is_some();
        let before = before || opens_document(view, at, tokens.end);
        let sentence = view.layer.sentence_of(at);
        let past = sentence
            .clone()
            .any(|i| phrase_at(context.lexicon, "release-other", view.text, &view.layer.tokens, i).is_some());
        if before && !past {
            out.push(claim(context, view, tokens, "version", release(numbers, "current")));
        }
    }
}

/// Whether a version stands in a line near the beginning that only gives it: "Version 2.3, approved 12 March".
fn opens_document(view: &BlockView<'_>, at: usize, end: usize) -> bool {
    let labelled = matches!(lower(view.word(0)).as_str(), "version" | "release" | "revision");
    let begins = at == 1 || at == 2 && view.word(1) == ":";
    let ends = end == view.layer.tokens.len() || matches!(view.word(end), "," | "(" | "·" | "|" | "–" | "—" | ";");
    (view.id.0 as usize) < HEAD && labelled && begins && ends
}

/// The row of a table of versions that says of one that it is the current one.
fn row(context: &Context<'_>, view: &BlockView<'_>) -> Option<Claim> {
    let BlockKind::Cell { table, row, col } = view.block.kind else { return None };
    let says = |i: usize| phrase_at(context.lexicon, "release-current", view.text, &view.layer.tokens, i);
    if col == 0 || says(0) != Some(view.layer.tokens.len()) {
        return None;
    }
    let first = context.document.tables.get(table as usize)?.rows.get(row as usize)?.first().copied().flatten()?;
    let cell = context.view(first);
    let numbers = parts(cell.text.trim())?;
    let all: Range<usize> = 0..cell.layer.tokens.len();
    let mut read = claim(context, &cell, all, "version", release(numbers, "current"));
    read.scope.cues.clear();
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::NAMED;

    #[test]
    fn reads_names_with_versions() {
        for (line, name, version) in [
            ("cargo install pinlock --version 3.2.1", "pinlock", "3.2.1"),
            ("go install example.org/pinlock@v3.2.1", "example.org/pinlock", "3.2.1"),
            ("pip install pinlock==3.2", "pinlock", "3.2"),
            ("docker run acme/pinlock:3.2-alpine", "acme/pinlock", "3.2"),
            ("pinlock = \"3.2\"", "pinlock", "3.2"),
            ("  \"pinlock\": \"^3.2.1\",", "pinlock", "3.2.1"),
            ("pinlock 3.2.1", "pinlock", "3.2.1"),
            ("curl -O https://x.example/pinlock-3.2.1.tar.gz", "https://x.example/pinlock", "3.2.1"),
        ] {
            let found = NAMED.captures_iter(line).last().map(|c| (c["name"].to_owned(), c["version"].to_owned()));
            let found = found.map(|(n, v)| (n.rsplit(' ').next().unwrap_or("").to_owned(), v));
            assert!(
                found.as_ref().is_some_and(|(n, v)| (n == name || n.ends_with("pinlock")) && v == version),
                "{line}: {found:?}"
            );
        }
    }
}
