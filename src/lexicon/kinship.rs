//! Words that stand in for each other, and words that exclude each other.
//!
//! A *family* is the words by which one thing is said whatever their part of speech, *contrasts* are words of which
//! one excludes the other, and an *attribute* is what a measured number says of its thing: that "cost", "spend" and
//! "price" all say what was paid holds for money, not for hours.

use super::load::lower;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The groups of one lexicon.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinship {
    families: FxHashMap<CompactString, CompactString>,
    contrasts: FxHashMap<CompactString, Vec<u16>>,
    groups: u16,
    attributes: FxHashMap<CompactString, u32>,
    dimensions: Vec<Vec<CompactString>>,
    exclusive: u32,
}

/// A section of families or contrasts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupList {
    /// Each entry: base forms separated by white space that belong together, the one that stands for all first.
    pub(super) forms: Vec<String>,
}

/// A section of one attribute.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeList {
    /// What it is called.
    #[expect(dead_code, reason = "documentation for readers of the file, required to be there")]
    pub(super) name: CompactString,
    /// The dimensions that it holds for; `currency` for money of any kind.
    pub(super) of: Vec<CompactString>,
    /// Whether a number that states another such attribute is about something else: an income is no cost.
    #[serde(default)]
    pub(super) exclusive: bool,
    /// Base forms, separated by white space.
    pub(super) forms: Vec<String>,
}

impl Kinship {
    pub(super) fn add_families(&mut self, list: &GroupList) {
        for entry in &list.forms {
            let mut forms = entry.split_whitespace().map(lower);
            let Some(first) = forms.next() else { continue };
            for form in forms {
                self.families.insert(form, first.clone());
            }
        }
    }

    pub(super) fn add_contrasts(&mut self, list: &GroupList) {
        for entry in &list.forms {
            self.groups += 1;
            for form in entry.split_whitespace().map(lower) {
                self.contrasts.entry(form).or_default().push(self.groups);
            }
        }
    }

    /// Fails when there are more attributes than fit into a mask.
    pub(super) fn add_attribute(&mut self, list: AttributeList) -> Result<(), String> {
        let bit = self.dimensions.len();
        if bit >= 32 {
            return Err("more than 32 attributes".into());
        }
        for form in list.forms.iter().flat_map(|f| f.split_whitespace()) {
            *self.attributes.entry(lower(form)).or_default() |= 1 << bit;
        }
        self.exclusive |= u32::from(list.exclusive) << bit;
        self.dimensions.push(list.of);
        Ok(())
    }

    pub(super) fn family<'w>(&'w self, base: &'w str) -> &'w str {
        self.families.get(base).map_or(base, CompactString::as_str)
    }

    pub(super) fn contrasts(&self, base: &str) -> &[u16] {
        self.contrasts.get(base).map_or(&[], Vec::as_slice)
    }

    pub(super) fn attributes(&self, base: &str) -> u32 {
        self.attributes.get(base).copied().unwrap_or_default()
    }

    pub(super) fn exclusive_attributes(&self) -> u32 {
        self.exclusive
    }

    pub(super) fn attributes_of(&self, dimension: &str) -> u32 {
        let sort = dimension.split_once(':').map_or(dimension, |(sort, _)| sort);
        let fits = |of: &[CompactString]| of.iter().any(|d| d == sort);
        self.dimensions.iter().enumerate().filter(|(_, of)| fits(of)).fold(0, |mask, (bit, _)| mask | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn reads_what_a_word_says_of_money_and_of_time() {
        let lexicon = Lexicon::english();
        let common =
            |a: &str, b: &str, of: &str| lexicon.attributes(a) & lexicon.attributes(b) & lexicon.attributes_of(of) != 0;
        assert!(common("cost", "spend", "currency:EUR"));
        assert!(!common("cost", "revenue", "currency:EUR"));
        assert!(common("last", "take", "months"));
        assert!(!common("last", "take", "currency:EUR"));
    }
}
