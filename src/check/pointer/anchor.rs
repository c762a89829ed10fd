//! Links to headings and named places against the names that there are.

use crate::check::{Finding, Place, shortened};
use crate::claim::{Claim, Value};
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Most letters in which a name may differ from the one that is likely meant.
const LETTERS: usize = 3;

/// The names that links to one document can lead to.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// The claims of each name, the name folded.
    known: BTreeMap<&'a str, Vec<&'a Claim>>,
    /// Names without the number that they begin with.
    unnumbered: FxHashSet<&'a str>,
    /// The plain letters of names with others.
    ascii: FxHashSet<String>,
}

impl<'a> Names<'a> {
    /// Gathers the names of one document: folded names with their claims.
    pub(super) fn new(anchors: impl IntoIterator<Item = (&'a CompactString, &'a Claim)>) -> Self {
        let mut names = Self::default();
        for (name, claim) in anchors {
            names.unnumbered.insert(name.trim_start_matches(|c: char| c.is_ascii_digit()));
            if !name.is_ascii() {
                names.ascii.insert(plain(name));
            }
            names.known.entry(name).or_default().push(claim);
        }
        names
    }

    /// Whether a link with this target, whose folded name is given, leads to one of the names.
    fn has(&self, name: &str, target: &str) -> bool {
        let plain = plain(name);
        match self.known.get(name) {
            Some(claims) => claims.iter().any(|c| can_become(c, target)),
            None => {
                self.has_folded(name) || self.ascii.contains(&plain) || !plain.is_empty() && self.has_folded(&plain)
            }
        }
    }

    fn has_folded(&self, name: &str) -> bool {
        // The second of two headings with one title is numbered.
        let counted = name.trim_end_matches(|c: char| c.is_ascii_digit());
        self.known.contains_key(name)
            || !counted.is_empty() && self.known.contains_key(counted)
            || self.unnumbered.contains(name)
    }

    /// The heading that a broken link is likely to be meant for.
    fn nearest(&self, name: &str) -> Option<&'a Claim> {
        let distance = |known: &str| strsim::damerau_levenshtein(known, name);
        let near = self.known.iter().filter(|(k, _)| k.len().abs_diff(name.len()) <= LETTERS && name.len() > LETTERS);
        near.map(|(k, claims)| (distance(k), claims[0]))
            .filter(|(d, _)| *d <= LETTERS)
            .min_by_key(|(d, _)| *d)
            .map(|n| n.1)
    }
}

/// Whether any program makes this target of the name: none parts the letters of one word of a heading.
fn can_become(place: &Claim, target: &str) -> bool {
    let Value::Place { level, .. } = place.value else { return true };
    let name = target.rsplit_once('#').map_or(target, |(_, name)| name);
    if level == 0 || !place.text.is_ascii() || !name.is_ascii() || name.contains('%') {
        return true;
    }
    let mut heading = place.text.chars().peekable();
    let mut before = ' ';
    let mut parted = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            parted = true;
            continue;
        }
        let mut gap = false;
        while heading.peek().is_some_and(|h| !h.is_ascii_alphanumeric()) {
            heading.next();
            gap = true;
        }
        let Some(letter) = heading.next() else { return true };
        if !letter.eq_ignore_ascii_case(&c) {
            return true;
        }
        let inside = before.is_ascii_lowercase() && letter.is_ascii_lowercase();
        if parted && !gap && inside {
            return false;
        }
        before = letter;
        parted = false;
    }
    true
}

/// Appends the links that lead to no name of their own document.
pub(super) fn check(links: &[(&CompactString, &Claim)], names: &Names<'_>, found: &mut Vec<Finding>) {
    let (mut sound, mut broken) = (FxHashSet::default(), Vec::new());
    for &(name, claim) in links {
        if names.has(name, &claim.text) {
            sound.insert(name);
        } else {
            broken.push((name, claim));
        }
    }
    let missing: FxHashSet<&CompactString> = broken.iter().map(|(n, _)| *n).collect();
    // Where most links fail, another program makes the anchors.
    if names.known.len() < 2 || missing.len() > sound.len().max(1) {
        return;
    }
    for (name, claim) in broken {
        let wrong = format!("the link to {} leads to no heading", claim.text);
        let label = "no such heading".to_owned();
        let meant = names.nearest(name).map(|c| format!("the nearest heading is {}", shortened(&c.text)));
        found.push(Finding {
            places: vec![Place { at: claim.at, within: claim.within, label }],
            variables: vec![("wrong", wrong)],
            notes: meant.into_iter().collect(),
        });
    }
}

/// Appends the links that lead to no name of another document of the run.
pub(super) fn check_across(claims: &[&Claim], found: &mut Vec<Finding>) {
    let mut files = FxHashMap::default();
    let mut anchors: FxHashMap<_, Vec<(&CompactString, &Claim)>> = FxHashMap::default();
    let mut links: BTreeMap<&CompactString, Vec<(&CompactString, &Claim)>> = BTreeMap::new();
    for &claim in claims {
        match &claim.value {
            Value::Place { sort, number, .. } if sort == "document" => {
                files.insert(number, claim.at.file);
            }
            Value::Place { sort, number, .. } if sort == "anchor" => {
                anchors.entry(claim.at.file).or_default().push((number, claim));
            }
            Value::Pointer { number, path: Some(path), .. } => links.entry(path).or_default().push((number, claim)),
            _ => {}
        }
    }
    for (path, links) in links {
        if let Some(anchors) = files.get(path).and_then(|file| anchors.get(file)) {
            check(&links, &Names::new(anchors.iter().copied()), found);
        }
    }
}

/// The plain letters of a name.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii).collect()
}
