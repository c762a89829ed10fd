//! Names of places and the titles that references to them show.

use crate::read::light::inline::near;
use std::collections::BTreeMap;

/// The titles of headings and blocks by the names that references call them.
pub(super) fn titles(source: &[&str]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut waiting: Vec<String> = Vec::new();
    for line in source {
        let bare = line.trim_end();
        if bare.is_empty() {
            continue;
        }
        if bare.starts_with('[') && bare.ends_with(']') {
            match (name(bare), words(bare)) {
                (Some(name), Some(words)) => drop(found.entry(name).or_insert_with(|| words.to_owned())),
                (name, _) => waiting.extend(name),
            }
            continue;
        }
        let signs = bare.len() - bare.trim_start_matches('=').len();
        let heading = bare[signs..].strip_prefix(' ').filter(|_| (1..=6).contains(&signs)).map(str::trim);
        let block = bare.strip_prefix('.').filter(|t| t.starts_with(|c: char| !c.is_whitespace() && c != '.'));
        if let Some(title) = heading.or(block) {
            let (own, title) = match title.strip_prefix("[[").and_then(|t| t.split_once("]]")) {
                Some((own, title)) => (Some(own.to_owned()), title),
                None => (None, title),
            };
            let made = heading.map(|_| made_name(title));
            for name in waiting.drain(..).chain(own).chain(made) {
                found.entry(name).or_insert_with(|| title.to_owned());
            }
        }
        waiting.clear();
    }
    found
}

/// The name in a line of attributes: `[[wells]]`, `[#wells.wide]`, `[id="wells",cols=2]`.
fn name(bare: &str) -> Option<String> {
    let is_end = |c: char| matches!(c, ',' | ']' | '.' | '%' | '"' | '\'');
    let rest = bare.strip_prefix("[[").or_else(|| bare.strip_prefix("[#"));
    let quoted = |mark: &str| bare.find(mark).map(|at| &bare[at + mark.len()..]);
    let rest = rest.or_else(|| quoted("id=\"")).or_else(|| quoted("id='")).or_else(|| quoted("id="))?;
    let name = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    (!name.is_empty()).then(|| name.to_owned())
}

/// The words that a line of attributes gives for its place: `[[wells,All wells]]`, `[#wells,reftext="All wells"]`.
fn words(bare: &str) -> Option<&str> {
    if let Some(inner) = bare.strip_prefix("[[").and_then(|b| b.strip_suffix("]]")) {
        return inner.split_once(',').map(|(_, words)| words.trim());
    }
    let (_, rest) = bare.split_once("reftext=")?;
    let end = |c: char| matches!(c, ',' | ']');
    Some(match rest.strip_prefix('"') {
        Some(quoted) => &quoted[..quoted.find('"')?],
        None => &rest[..rest.find(end).unwrap_or(rest.len())],
    })
}

/// The name that a heading has by itself: `_deep_wells`.
fn made_name(title: &str) -> String {
    let mut name = String::from("_");
    for c in title.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if matches!(c, ' ' | '.' | '-' | '_') && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// A text without the marks around stretches that have a name or a role, whatever lines they run over:
/// `[#norm:dry]#Wells may be dry.#`
pub(in crate::read::light) fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("]#") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        match (marked_from(before), stretch(after)) {
            (Some(open), Some((words, end))) => {
                out.push_str(&rest[..open]);
                out.push_str(words);
                rest = &after[end..];
            }
            _ => {
                out.push_str(&rest[..at + 2]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where the bracket begins that ends a text, when it holds a name or a role.
fn marked_from(before: &str) -> Option<usize> {
    const LONGEST: usize = 120;
    let open = before.bytes().rev().take(LONGEST).position(|b| b == b'[').map(|back| before.len() - 1 - back)?;
    let inside = &before[open + 1..];
    let is_name = inside.starts_with(['#', '.'])
        && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '.' | '-' | '_' | ':' | '%'));
    is_name.then_some(open)
}

/// The words up to the mark that ends them, and the bytes behind it; the opening mark has been read.
fn stretch(after: &str) -> Option<(&str, usize)> {
    let (after, double) = after.strip_prefix('#').map_or((after, false), |after| (after, true));
    let close = if double { "##" } else { "#" };
    let near = near(after);
    let mut from = 0;
    loop {
        let at = from + near.get(from..)?.find(close)?;
        let behind = at + close.len();
        let ends = double || !near[behind..].starts_with(|c: char| c.is_alphanumeric() || c == '#');
        let begins_name = near[..at].ends_with('[') || near[..at].ends_with("<<");
        if near[..at].contains("\n\n") {
            return None;
        }
        if ends && !begins_name && at > 0 {
            return Some((&after[..at], behind + usize::from(double)));
        }
        from = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::{titles, without_marks};

    #[test]
    fn reads_titles_by_name() {
        let source = [
            "[[dry]]",
            "== Dry wells",
            "",
            "[#deep.wide,cols=2]",
            ".Depth of wells",
            "|===",
            "[#lost]",
            "words",
            "[#all,reftext=\"All wells\"]",
            "== Wells",
        ];
        let found = titles(&source);
        let title = |name: &str| found.get(name).map(String::as_str);
        assert_eq!(
            [title("dry"), title("_dry_wells"), title("deep"), title("lost"), title("all")],
            [Some("Dry wells"), Some("Dry wells"), Some("Depth of wells"), None, Some("All wells")]
        );
    }

    #[test]
    fn reads_stretches_without_their_names() {
        for (source, expected) in [
            ("[#norm:dry]#Wells may\nbe dry.# Others", "Wells may\nbe dry. Others"),
            ("[.big]##4##3 wells, [x]#y#", "43 wells, [x]#y#"),
            ("[#a]#see [#b] or wells#", "see [#b] or wells"),
            ("[#a]#never\n\nclosed#", "[#a]#never\n\nclosed#"),
        ] {
            assert_eq!(without_marks(source), expected);
        }
    }
}
