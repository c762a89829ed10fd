//! One name in several spellings.
//!
//! Spellings meet in buckets of a folded key, of the key with one letter left out, and of its consonants; no two
//! spellings outside a common bucket are ever compared. Whether two that are close name the same is decided by
//! what stands beside them.

mod abroad;
mod author;
mod divided;
mod evidence;
mod forms;
mod group;
mod head;
mod identifier;
mod turned;
mod whole;
mod wording;

use super::{Check, Finding, Selection};
use crate::lexicon::{Fold, Lexicon};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// How one country's spelling of ordinary words becomes the other's, `our>or`: such pairs are left alone.
    national: Vec<String>,
    /// Endings that make another word of a word: two spellings that differ by them only are two words.
    endings: Vec<String>,
    /// Nouns that are taken for each other at the end of a body's name, one group an entry: `alliance association`.
    #[serde(default)]
    heads: Vec<String>,
    /// The tables that the lists make, built when first needed.
    #[serde(skip)]
    tables: OnceLock<Tables>,
}

#[derive(Clone, Debug)]
struct Tables {
    national: Fold,
    heads: FxHashMap<String, Vec<usize>>,
}

impl Check for Variant {
    fn variables(&self) -> &'static [&'static str] {
        group::VARIABLES
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let naming = &Lexicon::english().naming;
        let Tables { national, heads } = self
            .tables
            .get_or_init(|| Tables { national: Fold::new(&self.national), heads: head::groups(&self.heads) });
        let forms = forms::Forms::new(selection.claims, naming);
        let pairs = forms.pairs(&naming.near);
        let judge = evidence::Judge::new(&forms, &pairs, &self.endings, national, selection.across);
        let accepted = pairs.iter().filter_map(|pair| judge.link(*pair)).collect();
        group::findings(&forms, accepted, found);
        author::findings(&forms, selection.across, found);
        divided::findings(&forms, selection.across, found);
        wording::findings(&forms, selection.across, found);
        wording::exchanged(&forms, selection.across, found);
        if selection.across {
            abroad::findings(selection.claims, &forms, found);
        } else {
            head::findings(&forms, heads, found);
            identifier::findings(selection.claims, found);
            turned::findings(&forms, found);
        }
    }
}
