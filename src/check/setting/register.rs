//! What is described and what samples give, by name.

use super::is_one_project;
use crate::claim::{Claim, Declared, Given, GivenSort, Value};
use crate::span::FileId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Descriptions by name, and samples with what stands beside them.
pub(super) struct Register<'a> {
    /// The samples, in order of place.
    pub(super) given: Vec<(&'a Claim, &'a Given)>,
    /// The descriptions by the words of their names.
    by_words: BTreeMap<String, Vec<(&'a Claim, &'a Declared)>>,
    /// The descriptions by the first letter of their names.
    by_initial: FxHashMap<char, Vec<(&'a Claim, &'a Declared)>>,
    /// The words of the names that each source describes.
    sources: FxHashMap<(FileId, u32), FxHashSet<String>>,
    /// The words of the names that stand side by side in each object or block.
    groups: FxHashMap<(FileId, u32), FxHashSet<String>>,
}

impl<'a> Register<'a> {
    pub(super) fn new(claims: &[&'a Claim]) -> Self {
        let mut register = Self {
            given: Vec::new(),
            by_words: BTreeMap::new(),
            by_initial: FxHashMap::default(),
            sources: FxHashMap::default(),
            groups: FxHashMap::default(),
        };
        for &claim in claims {
            match &claim.value {
                Value::Declared(declared) => {
                    let words = declared.words.join(" ");
                    register.sources.entry((claim.at.file, declared.source)).or_default().insert(words.clone());
                    register.by_words.entry(words).or_default().push((claim, declared));
                    let first = declared.words.first().map(|w| initial(w));
                    register.by_initial.entry(first.unwrap_or(' ')).or_default().push((claim, declared));
                }
                Value::Given(given) => {
                    register.groups.entry((claim.at.file, given.group)).or_default().insert(own_words(given));
                    register.given.push((claim, given));
                }
                _ => {}
            }
        }
        register
    }

    /// The descriptions of what a sample gives a value to.
    pub(super) fn declared_as(&self, claim: &Claim, given: &Given) -> Vec<(&'a Claim, &'a Declared)> {
        let whole = given.words.join(" ");
        let own = own_words(given);
        let named = |words: &str| self.by_words.get(words).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<(&Claim, &Declared)> = Vec::new();
        for &(at, declared) in named(&whole) {
            if self.is_meant(claim, given, at, declared, given.words.len() > 1) {
                out.push((at, declared));
            }
        }
        if out.is_empty() && own != whole {
            // The section is said by the heading above: "Store" and `sync`.
            let inside = &given.words[..given.words.len() - given.own];
            for &(at, declared) in named(&own) {
                let placed = inside.iter().all(|w| declared.above.contains(w));
                let field = given.sort == GivenSort::Field;
                if (placed || field) && self.is_meant(claim, given, at, declared, placed || own.contains(' ')) {
                    out.push((at, declared));
                }
            }
        }
        // Where the document of the sample describes it itself, no other document is asked.
        if out.iter().any(|(at, _)| at.at.file == claim.at.file) {
            out.retain(|(at, _)| at.at.file == claim.at.file);
        }
        out
    }

    /// Whether a description is that of a sample: its name says enough, or names beside it are described there too.
    fn is_meant(&self, claim: &Claim, given: &Given, at: &Claim, declared: &Declared, clear: bool) -> bool {
        let here = claim.at.file == at.at.file;
        if !is_one_project((&given.folder, &given.edition), (&declared.folder, &declared.edition)) {
            return false;
        }
        let beside = self.beside(claim, given, at, declared);
        match given.sort {
            GivenSort::Field => beside > 1 && (here || beside > 2),
            GivenSort::Header => here,
            GivenSort::Flag | GivenSort::Variable => here || clear,
            GivenSort::Key if here => clear || beside > 1 || self.is_alone(at, declared),
            GivenSort::Key => clear || beside > 2,
        }
    }

    /// How many names of the sample's object are described in the same source.
    pub(super) fn beside(&self, claim: &Claim, given: &Given, at: &Claim, declared: &Declared) -> usize {
        let empty = FxHashSet::default();
        let group = self.groups.get(&(claim.at.file, given.group)).unwrap_or(&empty);
        let source = self.sources.get(&(at.at.file, declared.source)).unwrap_or(&empty);
        group.iter().filter(|words| source.contains(*words)).count()
    }

    /// The descriptions of the project of a sample whose name begins with the same letter, each with how many names of the sample's
    /// object its source describes.
    pub(super) fn around(&self, claim: &Claim, given: &Given) -> Vec<(&'a Claim, &'a Declared, usize)> {
        let mut out = Vec::new();
        let own = given.words.get(given.words.len() - given.own);
        let initials = given.words.first().into_iter().chain(own).map(|w| initial(w));
        let mut seen: FxHashSet<char> = FxHashSet::default();
        for letter in initials.filter(|c| seen.insert(*c)) {
            for &(at, declared) in self.by_initial.get(&letter).map_or(&[][..], Vec::as_slice) {
                let here = at.at.file == claim.at.file;
                let beside = self.beside(claim, given, at, declared);
                let near = here || beside > 1;
                if near && is_one_project((&given.folder, &given.edition), (&declared.folder, &declared.edition)) {
                    out.push((at, declared, beside));
                }
            }
        }
        out
    }

    /// Whether the name of a description stands in the object of a sample too, so that the two are two.
    pub(super) fn stands_beside(&self, claim: &Claim, given: &Given, declared: &Declared) -> bool {
        let words = declared.words.join(" ");
        self.groups.get(&(claim.at.file, given.group)).is_some_and(|names| {
            names.iter().any(|n| *n == words || words.ends_with(n.as_str()) && words.len() > n.len() && n.contains(' '))
        })
    }

    /// How many names of a sample's object are written as they are described, and how many otherwise.
    pub(super) fn styles(&self, claim: &Claim, given: &Given) -> Styles {
        let mut styles = Styles::default();
        let beside =
            self.given.iter().filter(|(c, g)| c.at.file == claim.at.file && g.group == given.group && g.own > 1);
        for (_, other) in beside {
            let Some(described) = self.by_words.get(&own_words(other)) else { continue };
            let written = other.path.last().map_or("", |n| n.as_str());
            let as_written = described.iter().any(|(_, d)| d.name.as_str() == written);
            *(if as_written { &mut styles.agreeing } else { &mut styles.differing }) += 1;
        }
        styles
    }

    /// Whether nothing else in the document has the name.
    fn is_alone(&self, at: &Claim, declared: &Declared) -> bool {
        let same = self.by_words.get(&declared.words.join(" ")).map_or(&[][..], Vec::as_slice);
        same.iter().filter(|(c, _)| c.at.file == at.at.file).all(|(_, d)| d.source == declared.source)
    }
}

/// How the names of an object are written.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Styles {
    /// As they are described.
    pub(super) agreeing: usize,
    /// With their words joined in another way.
    pub(super) differing: usize,
}

/// The first letter of a word.
fn initial(word: &str) -> char {
    word.chars().next().unwrap_or(' ')
}

/// The words of the name itself, those of the sections around it left out.
pub(super) fn own_words(given: &Given) -> String {
    given.words[given.words.len() - given.own..].join(" ")
}
