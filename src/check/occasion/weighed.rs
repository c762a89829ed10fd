//! Two dated statements for whose being of one occasion the evidence outweighs what speaks against it.
//!
//! Candidates are statements with a word in common that few have, and neighbours. What is weighed, and how, stands in
//! `evidence.rs`.

use super::evidence::{Common, Company, evidence, in_common};
use super::pair::{Weights, differ};
use super::{Blocks, Told};
use crate::span::{FileId, Span};
use crate::value::DateRange;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A word that more dated statements have finds no candidates.
const CROWD: usize = 30;

/// So many dated statements before each are compared with it.
const BEFORE: usize = 6;

/// Pairs that are weighed in one document, or among the documents of a run.
const PAIRS: usize = 30_000;

/// Statements that are kept of those with most words in common.
const PARTNERS: usize = 6;

/// A pair of dated statements, by their places in the list, with what they have in common.
struct Pair {
    a: usize,
    b: usize,
    common: Common,
}

/// The pairs of different dates whose evidence comes to `least` or more, in log-odds, those with most first: those inside
/// of one document, or those across documents.
pub(super) fn weighed(
    told: &[Told<'_>],
    members: &[usize],
    across: bool,
    blocks: &Blocks,
    least: f32,
) -> Vec<(usize, usize)> {
    let weights = Weights::new(told, members);
    let pairs: Vec<Pair> = candidates(told, members, across, &weights)
        .into_iter()
        .take(PAIRS)
        .map(|(a, b)| Pair { a, b, common: in_common(told[a], told[b], &weights) })
        .collect();
    let around = Around::new(told, members, &pairs, blocks);
    let mut out = Vec::new();
    for pair in &pairs {
        let (a, b) = (told[pair.a], told[pair.b]);
        if !differ(a, b) {
            continue;
        }
        let Some(sum) = evidence(a, b, pair.common, around.company(pair)) else { continue };
        if sum >= least {
            out.push((sum, pair.a, pair.b));
        }
    }
    out.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    out.into_iter().map(|(_, a, b)| (a, b)).collect()
}

/// Pairs with a word in common that few have, and pairs of neighbours, the earlier first.
fn candidates(told: &[Told<'_>], members: &[usize], across: bool, weights: &Weights<'_>) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    let mut add = |i: usize, j: usize| {
        let (a, b) = (told[i].claim, told[j].claim);
        let one_file = a.at.file == b.at.file;
        // The rows of a table and the items of a list are things beside each other, and so are the dates of a sentence.
        let beside = a.block == b.block && a.sentence == b.sentence || a.list.is_some() && a.list == b.list;
        if one_file != across && !(one_file && beside) && out.len() < PAIRS {
            out.insert((i.min(j), i.max(j)));
        }
    };
    for list in weights.lists().filter(|list| list.len() <= CROWD) {
        for (n, &i) in list.iter().enumerate() {
            list[n + 1..].iter().for_each(|&j| add(i, j));
        }
    }
    for (n, &j) in members.iter().enumerate() {
        members[n.saturating_sub(BEFORE)..n].iter().for_each(|&i| add(i, j));
    }
    out
}

/// What a document says of its pairs beyond their own sentences.
struct Around<'t, 'a> {
    told: &'t [Told<'a>],
    crowd: usize,
    blocks: &'t Blocks,
    /// How often each date stands there.
    dates: FxHashMap<DateRange, usize>,
    /// The dates of each sentence.
    sentences: FxHashMap<(FileId, Span), Vec<DateRange>>,
    /// Those that each has most in common with, most first.
    partners: FxHashMap<usize, Vec<(f32, usize)>>,
}

impl<'t, 'a> Around<'t, 'a> {
    fn new(told: &'t [Told<'a>], members: &[usize], pairs: &[Pair], blocks: &'t Blocks) -> Self {
        let mut dates: FxHashMap<DateRange, usize> = FxHashMap::default();
        let mut sentences: FxHashMap<(FileId, Span), Vec<DateRange>> = FxHashMap::default();
        for one in members.iter().map(|&i| told[i]) {
            *dates.entry(one.occasion.when.date).or_default() += 1;
            sentences.entry((one.file(), one.claim.within)).or_default().push(one.occasion.when.date);
        }
        let mut partners: FxHashMap<usize, Vec<(f32, usize)>> = FxHashMap::default();
        for pair in pairs {
            partners.entry(pair.a).or_default().push((pair.common.sum, pair.b));
            partners.entry(pair.b).or_default().push((pair.common.sum, pair.a));
        }
        for list in partners.values_mut() {
            list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            list.truncate(PARTNERS);
        }
        Self { told, crowd: members.len(), blocks, dates, sentences, partners }
    }

    fn date(&self, i: usize) -> DateRange {
        self.told[i].occasion.when.date
    }

    fn company(&self, pair: &Pair) -> Company {
        let (a, b) = (self.told[pair.a], self.told[pair.b]);
        let backed = |i: usize| self.dates[&self.date(i)] > 1;
        let most = |i: usize| self.partners[&i].first().is_none_or(|(sum, _)| pair.common.sum >= *sum);
        let next =
            |i: usize, other: usize| self.partners[&i].iter().find(|(_, m)| *m != other).map_or(0.0, |(sum, _)| *sum);
        Company {
            crowd: self.crowd,
            backed: (backed(pair.a), backed(pair.b)),
            known: a.claim.block != b.claim.block && self.blocks.know(a, b),
            nearest: most(pair.a),
            margin: pair.common.sum - next(pair.b, pair.a),
            rival: self.has_rival(pair.a, pair.b, pair.common.sum) || self.has_rival(pair.b, pair.a, pair.common.sum),
            companion: self.has_companion(pair),
        }
    }

    /// Whether a third date has as much in common with one of a pair as the other.
    fn has_rival(&self, one: usize, other: usize, sum: f32) -> bool {
        let is_third = |third: usize| {
            third != other && differ(self.told[third], self.told[one]) && differ(self.told[third], self.told[other])
        };
        self.partners[&one].iter().any(|&(own, third)| own >= sum && is_third(third))
    }

    /// Whether the sentences of both have another date in common.
    fn has_companion(&self, pair: &Pair) -> bool {
        let sentence = |i: usize| &self.sentences[&(self.told[i].file(), self.told[i].claim.within)];
        let (own, other) = (self.date(pair.a), self.date(pair.b));
        sentence(pair.a).iter().any(|date| *date != own && *date != other && sentence(pair.b).contains(date))
    }
}
