//! Numbers whose sentences say the same thing in other words.
//!
//! For every number the sentences that share most of its words are looked up. A number that one of them states with
//! the same value restates that one; a number that none of them agrees with contradicts the nearest.

use super::release::Releases;
use super::{Edge, dimension};
use crate::claim::{Claim, Origin, Restatement, Value, WordSort, restatement, values_agree};
use crate::document::BlockId;
use crate::span::FileId;
use crate::value::{Agreement, Resemblance, resemblance};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Least score of two statements of one document, and of two documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Least {
    pub(super) inside: f32,
    pub(super) across: f32,
}

/// A word that stands in more sentences with numbers than this finds no candidates.
const CROWD: usize = 60;

/// Documents that speak of one subject; among more of them that do not belong together two sentences share their words by
/// chance ever more often, so that so much more is asked for with every doubling.
const DOCUMENTS: f32 = 12.0;
const DOUBLING: f32 = 0.25;

/// Keys of the attributes, by their bit.
const ATTRIBUTES: [&str; 32] = [
    "=0", "=1", "=2", "=3", "=4", "=5", "=6", "=7", "=8", "=9", "=10", "=11", "=12", "=13", "=14", "=15", "=16", "=17",
    "=18", "=19", "=20", "=21", "=22", "=23", "=24", "=25", "=26", "=27", "=28", "=29", "=30", "=31",
];

/// How many candidates of a number are compared word by word.
const CANDIDATES: usize = 24;

/// A statement that may say the same as another.
struct Near {
    other: usize,
    score: f32,
    found: Restatement,
}

/// Appends an edge for each number and the statement that it contradicts.
pub(super) fn restated(claims: &[&Claim], releases: &Releases, several: bool, least: Least, edges: &mut Vec<Edge>) {
    let spread = Spread::new(claims.iter().copied());
    let weight = |key: &str| spread.weight(key);
    let near = neighbours(claims, releases, several, &weight);
    let documents = claims.chunk_by(|a, b| a.at.file == b.at.file).count();
    let many = DOUBLING * (documents as f32 / DOCUMENTS).log2().max(0.0);
    let mut sentences: FxHashMap<(FileId, BlockId, u32), Vec<usize>> = FxHashMap::default();
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| c.frame.is_some()) {
        sentences.entry((claim.at.file, claim.block, claim.sentence)).or_default().push(i);
    }
    // Sentences of one build whose other numbers differ too speak of two things.
    let parallel = |a: usize, b: usize| {
        let of = |i: usize| sentences[&(claims[i].at.file, claims[i].block, claims[i].sentence)].as_slice();
        let own = |a: usize, b: usize| {
            of(a)
                .iter()
                .any(|&c| c != a && of(b).iter().all(|&d| values_agree(claims[c], claims[d]) != Agreement::Same))
        };
        own(a, b) && own(b, a) || stepped(claims, a, of(a), b, of(b))
    };
    let backed =
        |a: usize, score: f32| near[a].iter().any(|n| n.found.agreement == Agreement::Same && n.score >= 0.8 * score);
    // A number of the same sentence that agrees takes the other statement for itself.
    let mate = |a: usize, b: usize, score: f32| {
        near[b].iter().any(|n| {
            let c = claims[n.other];
            n.other != a
                && n.found.agreement == Agreement::Same
                && c.block == claims[a].block
                && c.at.file == claims[a].at.file
                && n.score >= 0.5 * score
        })
    };
    for a in 0..claims.len() {
        let different = |n: &&Near| n.found.agreement == Agreement::Different;
        let Some(best) = near[a].iter().filter(different).max_by(|m, n| m.score.total_cmp(&n.score)) else { continue };
        for n in near[a].iter().filter(different).filter(|n| n.score >= 0.95 * best.score) {
            let b = n.other;
            let apart = claims[a].at.file != claims[b].at.file;
            let stranger = !releases.together(claims[a].at.file, claims[b].at.file);
            let needed = if apart { least.across } else { least.inside } + if stranger { many } else { 0.0 };
            // What says nothing beyond the other needs less.
            let needed = match n.found.contained {
                c if c >= 0.95 => needed - 0.6,
                c if c >= 0.8 => needed - 0.3,
                _ => needed,
            };
            let least_contained = if n.found.digits > 1.0 { 0.5 } else { 0.6 };
            if n.score < needed || n.found.contained < least_contained || n.found.covered < 0.3 {
                continue;
            }
            // A bare number of one document is more often a number of something else.
            if !apart && parallel(a, b) {
                continue;
            }
            let bare = is_bare(claims[a]) || is_bare(claims[b]);
            let unnamed = claims[a].subject.class.is_empty() && claims[b].subject.class.is_empty();
            // Exchanged digits in the same words are one number all the same: "746 completed it", "the 764 who completed".
            let exchanged = n.found.digits >= 1.3 && n.found.contained >= 0.8;
            if !apart && !exchanged && (bare || unnamed && n.found.digits <= 0.0) {
                continue;
            }
            // A value that stands elsewhere in the same words is no slip; this side must stand alone.
            // What the own document says of the thing in those words, this number is not about.
            let known = apart
                && near[b].iter().any(|m| {
                    m.found.agreement == Agreement::Same
                        && claims[m.other].at.file == claims[a].at.file
                        && m.score >= 0.8 * n.score
                });
            if known || backed(a, n.score) || mate(a, b, n.score) || mate(b, a, n.score) {
                continue;
            }
            // Seen from the other side, this one must be among the nearest.
            let theirs = near[b].iter().filter(different).map(|m| m.score).fold(0.0, f32::max);
            if n.score < 0.85 * theirs {
                continue;
            }
            edges.push(Edge { a: a.min(b), b: a.max(b), agreement: Agreement::Different });
            for m in near[b].iter().filter(|m| m.found.agreement == Agreement::Same && m.score >= n.score) {
                edges.push(Edge { a: b.min(m.other), b: b.max(m.other), agreement: Agreement::Same });
            }
        }
    }
}

/// Whether two sentences with equally many numbers, three or more, differ in several of them, or the two numbers stand at
/// different places in them: "Product 1 uses 2 units of wood and 4 of cloth", "Product 2 uses 5 units of wood and 2 of".
fn stepped(claims: &[&Claim], a: usize, here: &[usize], b: usize, there: &[usize]) -> bool {
    let place = |list: &[usize], n: usize| list.iter().position(|&i| i == n);
    let differ = |pair: &(&usize, &usize)| values_agree(claims[*pair.0], claims[*pair.1]) != Agreement::Same;
    here.len() >= 3
        && here.len() == there.len()
        && (place(here, a) != place(there, b) || here.iter().zip(there).filter(differ).count() > 1)
}

/// Whether a number has neither a unit nor a noun that it counts, nor is said to be the number of a sample.
fn is_bare(claim: &Claim) -> bool {
    let Value::Quantity(quantity) = &claim.value else { return true };
    quantity.unit.is_count() && claim.subject.class.is_empty() && claim.by == "sentence"
}

/// Whether two paragraphs are of one build and tell of different things: they share most words, and each has numbers
/// that the other lacks.
pub(super) struct Twins {
    blocks: FxHashMap<(FileId, BlockId), Vec<usize>>,
}

impl Twins {
    pub(super) fn new(claims: &[&Claim]) -> Self {
        let mut blocks: FxHashMap<(FileId, BlockId), Vec<usize>> = FxHashMap::default();
        for (i, claim) in claims.iter().enumerate().filter(|(_, c)| c.frame.is_some()) {
            blocks.entry((claim.at.file, claim.block)).or_default().push(i);
        }
        Self { blocks }
    }

    /// Whether the paragraphs of two numbers are twins.
    pub(super) fn are(&self, claims: &[&Claim], a: usize, b: usize) -> bool {
        // Long paragraphs share words by chance and numbers by the dozen.
        const MOST: usize = 30;
        let of = |i: usize| self.blocks.get(&(claims[i].at.file, claims[i].block)).map_or(&[][..], Vec::as_slice);
        let (here, there) = (of(a), of(b));
        if here.len() < 2 || there.len() < 2 || here.len() > MOST || there.len() > MOST {
            return false;
        }
        let own = |list: &[usize], except: usize, other: &[usize]| {
            list.iter()
                .any(|&c| c != except && other.iter().all(|&d| values_agree(claims[c], claims[d]) != Agreement::Same))
        };
        own(here, a, there) && own(there, b, here) && {
            let words = |list: &[usize]| -> FxHashSet<&str> {
                let frames = list.iter().filter_map(|&i| claims[i].frame.as_deref());
                frames.flat_map(|f| f.words.iter().map(|w| w.key.as_str())).collect()
            };
            let (x, y) = (words(here), words(there));
            let common = x.intersection(&y).count();
            common * 10 >= x.len().max(y.len()) * 7
        }
    }
}

/// In how many sentences with numbers each word stands.
pub(in crate::check) struct Spread<'c>(FxHashMap<&'c str, u32>);

impl<'c> Spread<'c> {
    /// Counts the words of claims, which are in order of place.
    pub(in crate::check) fn new(claims: impl Iterator<Item = &'c Claim>) -> Self {
        let mut spread: FxHashMap<&str, u32> = FxHashMap::default();
        let mut last = None;
        for claim in claims {
            let Some(frame) = &claim.frame else { continue };
            let sentence = (claim.at.file, claim.block, claim.sentence);
            if last == Some(sentence) {
                continue;
            }
            last = Some(sentence);
            for (i, word) in frame.words.iter().enumerate() {
                if frame.words[..i].iter().all(|w| w.key != word.key) {
                    *spread.entry(word.key.as_str()).or_default() += 1;
                }
            }
        }
        Self(spread)
    }

    /// How much it says that two sentences share a word, 0 to 1.
    pub(in crate::check) fn weight(&self, key: &str) -> f32 {
        let n = self.0.get(key).copied().unwrap_or(1) as f32;
        if n <= 4.0 { 1.0 } else { (4.0 / n).powf(0.35) }
    }
}

/// For each claim the statements with words in common, compared.
fn neighbours(claims: &[&Claim], releases: &Releases, several: bool, weight: &dyn Fn(&str) -> f32) -> Vec<Vec<Near>> {
    let mut postings: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (i, claim) in claims.iter().enumerate() {
        for (dimension, key) in keys(claim) {
            postings.entry((dimension, key)).or_default().push(i);
        }
    }
    let mut near: Vec<Vec<Near>> = claims.iter().map(|_| Vec::new()).collect();
    let mut shared: FxHashMap<usize, u32> = FxHashMap::default();
    for (a, claim) in claims.iter().enumerate() {
        shared.clear();
        for key in keys(claim) {
            let Some(list) = postings.get(&key).filter(|list| list.len() <= CROWD) else { continue };
            for &b in &list[list.partition_point(|&b| b <= a)..] {
                if several || claims[b].at.file == claim.at.file {
                    *shared.entry(b).or_default() += 1;
                }
            }
        }
        let mut candidates: Vec<(usize, u32)> =
            shared.iter().map(|(&b, &n)| (b, n)).filter(|&(b, n)| n >= 2 || alike(claim, claims[b])).collect();
        candidates.sort_unstable_by_key(|&(b, n)| (Reverse(n), b));
        for &(b, _) in candidates.iter().take(CANDIDATES) {
            let companions = claims[b].at.file != claim.at.file && releases.together(claim.at.file, claims[b].at.file);
            if let Ok(found) = restatement(claim, claims[b], companions, weight) {
                let score = found.score();
                near[a].push(Near { other: b, score, found });
                near[b].push(Near { other: a, score, found });
            }
        }
    }
    near
}

/// The dimension and the content words of a number in running text, each word once.
pub(super) fn keys(claim: &Claim) -> Vec<(&str, &str)> {
    let (Value::Quantity(_), Some(frame)) = (&claim.value, &claim.frame) else { return Vec::new() };
    if claim.origin != Origin::Prose {
        return Vec::new();
    }
    let dimension = dimension(claim);
    let mut keys: Vec<(&str, &str)> =
        frame.words.iter().filter(|w| w.sort != WordSort::Light).map(|w| (dimension, w.key.as_str())).collect();
    // What is measured is a word that both have, whatever it is called.
    let measured = frame.attributes();
    keys.extend((0..32).filter(|bit| measured >> bit & 1 == 1).map(|bit| (dimension, ATTRIBUTES[bit])));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether the digits of two numbers show one intended value, or the values are one.
fn alike(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (Value::Quantity(x), Value::Quantity(y)) => {
            x.amount == y.amount || resemblance(x.amount.low, y.amount.low) > Resemblance::None
        }
        _ => false,
    }
}
