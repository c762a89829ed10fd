//! Which documents belong to one release: a report, its summary, the note to the press.
//!
//! Documents that state the same figures speak of one subject, so that a bare noun means one thing in them. Years,
//! round numbers and figures that stand in many documents tell nothing.

use crate::claim::{Claim, Value};
use crate::span::FileId;
use crate::value::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Documents that have this many telling figures in common belong together.
const FIGURES: u32 = 2;

/// So few documents that are checked together are taken for one release, whatever they state.
pub(super) const FEW: usize = 6;

/// A figure that more documents state is a common one.
const COMMON: usize = 6;

/// The pairs of documents that belong together.
pub(in crate::check) struct Releases {
    pairs: FxHashSet<(FileId, FileId)>,
}

impl Releases {
    /// Looks which telling figures the documents have in common.
    pub(in crate::check) fn new(claims: &[&Claim]) -> Self {
        let mut files: FxHashMap<(Decimal, &str), BTreeSet<FileId>> = FxHashMap::default();
        if claims.first().map(|c| c.at.file) != claims.last().map(|c| c.at.file) {
            for claim in claims {
                if let Some(figure) = telling(claim) {
                    files.entry(figure).or_default().insert(claim.at.file);
                }
            }
        }
        let mut common: FxHashMap<(FileId, FileId), u32> = FxHashMap::default();
        for stating in files.values().filter(|f| (2..=COMMON).contains(&f.len())) {
            let list: Vec<FileId> = stating.iter().copied().collect();
            for (n, &a) in list.iter().enumerate() {
                for &b in &list[n + 1..] {
                    *common.entry((a, b)).or_default() += 1;
                }
            }
        }
        Self { pairs: common.into_iter().filter(|&(_, n)| n >= FIGURES).map(|(pair, _)| pair).collect() }
    }

    /// Whether two documents are one, or of one release.
    pub(super) fn together(&self, a: FileId, b: FileId) -> bool {
        a == b || self.pairs.contains(&(a.min(b), a.max(b)))
    }

    /// The pairs of documents, by their places in a list, that may tell of one thing: all of a few, else those that belong
    /// together.
    pub(in crate::check) fn among(&self, files: &[FileId]) -> Vec<(usize, usize)> {
        if files.len() <= FEW {
            return (0..files.len()).flat_map(|a| (a + 1..files.len()).map(move |b| (a, b))).collect();
        }
        let place: FxHashMap<FileId, usize> = files.iter().enumerate().map(|(n, &file)| (file, n)).collect();
        self.pairs().iter().filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?))).collect()
    }

    /// The pairs of documents that belong together, in order.
    pub(super) fn pairs(&self) -> Vec<(FileId, FileId)> {
        let mut pairs: Vec<(FileId, FileId)> = self.pairs.iter().copied().collect();
        pairs.sort_unstable();
        pairs
    }

    /// Whether any document has a companion.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

/// A figure that hardly stands in two documents by chance: three digits that mean something, no year, no power of two.
fn telling(claim: &Claim) -> Option<(Decimal, &str)> {
    let Value::Quantity(quantity) = &claim.value else { return None };
    let value = quantity.base()?.normalize();
    let digits = value.abs().to_string();
    let significant = digits.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count();
    let whole = u64::try_from(value).ok();
    let year = whole.is_some_and(|n| (1800..=2100).contains(&n)) && quantity.unit.is_count();
    let binary = whole.is_some_and(|n| n.is_power_of_two() || (n + 1).is_power_of_two());
    let telling = quantity.is_plain() && !quantity.amount.words && significant >= 3 && !year && !binary;
    telling.then_some((value, quantity.unit.dimension.as_str()))
}
