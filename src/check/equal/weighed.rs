//! Two numbers in running text for whose being one the evidence outweighs what speaks against it.
//!
//! Candidates are numbers of one dimension that count the same thing, stand with a word in common, or have the same digits
//! in another order. What is weighed, and how, stands in `claim/link/evidence.rs`.

use super::exchanged::{digits, key};
use super::release::{FEW, Releases};
use super::restated::{Spread, keys};
use super::{Edge, dimension, head};
use crate::claim::{Claim, Company, Evidence, Origin, Value, evidence, values_agree};
use crate::span::FileId;
use crate::value::{Agreement, Decimal};
use rustc_hash::{FxHashMap, FxHashSet};

/// A document with more numbers than this speaks of too many things.
const MOST: usize = 3_000;

/// A word, a noun or a set of digits that more numbers of one dimension have finds no candidates.
const CROWD: usize = 60;

/// What is asked for beyond the evidence inside a document, in log-odds.
const ACROSS: f32 = 0.5;

/// Appends an edge for each pair whose evidence comes to `least`, in log-odds. Documents of one release are read as one.
pub(super) fn weighed(claims: &[&Claim], releases: &Releases, several: bool, least: f32, edges: &mut Vec<Edge>) {
    let mut files: Vec<Vec<usize>> = Vec::new();
    let mut start = 0;
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let own = start..start + file.len();
        start += file.len();
        let numbers: Vec<usize> = own.filter(|&i| is_number(claims[i])).collect();
        if numbers.len() <= MOST {
            Pairs::new(claims, &numbers).append(false, least, edges);
            files.push(numbers);
        }
    }
    files.retain(|numbers| !numbers.is_empty());
    if !several || files.len() < 2 {
        return;
    }
    if files.len() <= FEW {
        let all = files.concat();
        if all.len() <= MOST {
            Pairs::new(claims, &all).append(true, least + ACROSS, edges);
        }
        return;
    }
    let of: FxHashMap<FileId, &Vec<usize>> =
        files.iter().map(|numbers| (claims[numbers[0]].at.file, numbers)).collect();
    for (one, other) in releases.pairs() {
        if let (Some(one), Some(other)) = (of.get(&one), of.get(&other)) {
            let both = [one.as_slice(), other].concat();
            Pairs::new(claims, &both).append(true, least + ACROSS, edges);
        }
    }
}

/// The numbers that are compared with each other, by what finds candidates.
struct Pairs<'c> {
    claims: &'c [&'c Claim],
    numbers: &'c [usize],
    spread: Spread<'c>,
    /// Numbers by what they count, in order of place.
    crowds: FxHashMap<(&'c str, &'c str), Vec<usize>>,
    /// How often each value is stated.
    values: FxHashMap<(Decimal, &'c str), u32>,
    /// Numbers by a word of their sentences.
    words: FxHashMap<(&'c str, &'c str), Vec<usize>>,
    /// Numbers by their digits in order of size.
    digits: FxHashMap<(Vec<u8>, &'c str), Vec<usize>>,
}

impl<'c> Pairs<'c> {
    fn new(claims: &'c [&'c Claim], numbers: &'c [usize]) -> Self {
        let mut pairs = Self {
            claims,
            numbers,
            spread: Spread::new(numbers.iter().map(|&i| claims[i])),
            crowds: FxHashMap::default(),
            values: FxHashMap::default(),
            words: FxHashMap::default(),
            digits: FxHashMap::default(),
        };
        for &i in numbers {
            let claim = claims[i];
            if !head(claim).is_empty() {
                pairs.crowds.entry((head(claim), dimension(claim))).or_default().push(i);
            }
            if let Some(key) = key(claim) {
                *pairs.values.entry(key).or_default() += 1;
            }
            for key in keys(claim) {
                pairs.words.entry(key).or_default().push(i);
            }
            if let Some(digits) = sorted_digits(claim) {
                pairs.digits.entry((digits, dimension(claim))).or_default().push(i);
            }
        }
        pairs
    }

    /// Appends the pairs of one document, or those of different documents.
    fn append(&self, across: bool, least: f32, edges: &mut Vec<Edge>) {
        let weight = |key: &str| self.spread.weight(key);
        let mut found: Vec<(usize, usize, Evidence)> = Vec::new();
        let mut most: FxHashMap<usize, f32> = FxHashMap::default();
        let mut candidates = FxHashSet::default();
        for &a in self.numbers {
            candidates.clear();
            self.candidates(a, &mut candidates);
            let mut list: Vec<usize> = candidates.iter().copied().collect();
            list.sort_unstable();
            for b in list {
                if (self.claims[a].at.file != self.claims[b].at.file) != across {
                    continue;
                }
                let Some(evidence) = evidence(self.claims[a], self.claims[b], &weight) else { continue };
                for i in [a, b] {
                    let most = most.entry(i).or_default();
                    *most = most.max(evidence.in_common);
                }
                found.push((a, b, evidence));
            }
        }
        let backed = |i: usize| key(self.claims[i]).is_some_and(|k| self.values[&k] > 1);
        for (a, b, evidence) in found {
            let crowd = self.crowds.get(&(head(self.claims[b]), dimension(self.claims[b]))).map_or(0, Vec::len);
            let company = Company { crowd, backed: (backed(a), backed(b)), nearest: evidence.in_common >= most[&b] };
            if evidence.with(company) >= least {
                edges.push(Edge { a, b, agreement: Agreement::Different });
            }
        }
    }

    /// The later numbers that one may be compared with.
    fn candidates(&self, a: usize, found: &mut FxHashSet<usize>) {
        let claim = self.claims[a];
        let words = keys(claim).into_iter().filter_map(|key| self.words.get(&key));
        let crowd = self.crowds.get(&(head(claim), dimension(claim)));
        let digits = sorted_digits(claim).and_then(|d| self.digits.get(&(d, dimension(claim))));
        for list in words.chain(crowd).chain(digits).filter(|list| list.len() <= CROWD) {
            let later = &list[list.partition_point(|&b| b <= a)..];
            found.extend(later.iter().copied().filter(|&b| may_differ(claim, self.claims[b])));
        }
    }
}

fn is_number(claim: &Claim) -> bool {
    claim.origin == Origin::Prose && claim.frame.is_some() && matches!(claim.value, Value::Quantity(_))
}

/// Whether two values differ, and not by so much that nobody could mean one by the other.
fn may_differ(a: &Claim, b: &Claim) -> bool {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return false };
    let (p, q) = (x.value().abs(), y.value().abs());
    p.max(q) <= p.min(q).saturating_mul(Decimal::from(20)) && values_agree(a, b) == Agreement::Different
}

/// The digits of a number that mean something, in order of size; `None` when there are less than two.
fn sorted_digits(claim: &Claim) -> Option<Vec<u8>> {
    let mut digits = digits(claim);
    digits.sort_unstable();
    (digits.len() >= 2).then_some(digits)
}
