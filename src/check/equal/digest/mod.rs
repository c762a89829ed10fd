//! Numbers of a shorter document that none of the longer one bears out: a summary of a report, a note to the press.
//!
//! What tells a longer text again in short has its numbers from there. So a number that stands nowhere else is held
//! against the number of the longer text that stands in the most similar words (`evidence.rs`), even where two documents
//! of equal rank would be compared with more caution.

mod evidence;

use super::Edge;
use super::exchanged::{digits, key};
use super::release::Releases;
use super::restated::{Spread, keys};
use super::{dimension as unit_of, head};
use crate::check::ends::is_told_twice;
use crate::claim::{Claim, Origin, values_agree};
use crate::document::BlockId;
use crate::span::FileId;
use crate::value::{Agreement, Decimal, Quantity, agree};
use evidence::{Company, evidence};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What has more numbers is no summary.
const SHORT: usize = 150;
/// A document with more numbers speaks of too many things.
const LONG: usize = 3_000;
/// What the dimension of an amount of money begins with.
const MONEY: &str = "currency:";
/// A word that stands in more sentences of the longer document finds no candidates.
const CROWD: usize = 60;

/// A document, by its numbers.
struct Told {
    /// Numbers in running text, as places among the claims.
    numbers: Vec<usize>,
    /// All numbers, those in tables too.
    all: Vec<usize>,
}

/// Appends an edge for each number of a shorter document and what the longer one has instead; `least` is what the
/// evidence must come to, in log-odds.
pub(super) fn digest(claims: &[&Claim], releases: &Releases, several: bool, least: f32, edges: &mut Vec<Edge>) {
    if !several {
        return;
    }
    let mut files: Vec<(FileId, Told)> = Vec::new();
    let mut start = 0;
    for file in claims.chunk_by(|a, b| a.at.file == b.at.file) {
        let own = start..start + file.len();
        start += file.len();
        let all: Vec<usize> = own.filter(|&i| claims[i].quantity().is_some()).collect();
        let numbers: Vec<usize> = all.iter().copied().filter(|&i| is_told(claims[i])).collect();
        files.push((file[0].at.file, Told { numbers, all }));
    }
    let ids: Vec<FileId> = files.iter().map(|(file, _)| *file).collect();
    let pairs = releases.among(&ids);
    if pairs.is_empty() {
        return;
    }
    let mut stated: FxHashMap<(Decimal, &str), u32> = FxHashMap::default();
    for key in claims.iter().filter_map(|c| key(c)) {
        *stated.entry(key).or_default() += 1;
    }
    for (a, b) in pairs {
        let (a, b) = (&files[a].1, &files[b].1);
        let (short, long) = if a.numbers.len() <= b.numbers.len() { (a, b) } else { (b, a) };
        if (1..=SHORT).contains(&short.numbers.len()) && long.numbers.len() <= LONG {
            Summary::new(claims, short, long, &stated).append(least, edges);
        }
    }
}

/// A shorter document beside a longer one.
struct Summary<'c, 'a> {
    claims: &'a [&'c Claim],
    short: &'a Told,
    long: &'a Told,
    /// How often each value is stated in all documents.
    stated: &'a FxHashMap<(Decimal, &'c str), u32>,
    spread: Spread<'c>,
    /// The numbers of running text in the longer document by a word of their sentences.
    words: FxHashMap<(&'c str, &'c str), Vec<usize>>,
    /// The numbers of both documents by sentence.
    sentences: FxHashMap<(FileId, BlockId, u32), Vec<usize>>,
}

impl<'c, 'a> Summary<'c, 'a> {
    fn new(
        claims: &'a [&'c Claim],
        short: &'a Told,
        long: &'a Told,
        stated: &'a FxHashMap<(Decimal, &'c str), u32>,
    ) -> Self {
        let both = || short.numbers.iter().chain(&long.numbers).copied();
        let mut words: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for &i in &long.numbers {
            for key in words_of(claims[i]) {
                words.entry(key).or_default().push(i);
            }
        }
        let mut sentences: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for i in both() {
            sentences.entry(sentence(claims[i])).or_default().push(i);
        }
        Self { claims, short, long, stated, spread: Spread::new(both().map(|i| claims[i])), words, sentences }
    }

    fn append(&self, least: f32, edges: &mut Vec<Edge>) {
        let borne_out: Vec<bool> = self.short.numbers.iter().map(|&i| self.is_borne_out(i)).collect();
        let others = borne_out.len() - 1;
        let supported = borne_out.iter().filter(|&&b| b).count();
        for (&number, _) in self.short.numbers.iter().zip(&borne_out).filter(|(_, borne_out)| !**borne_out) {
            let mut best: Option<(usize, f32)> = None;
            let candidates = self.candidates(number);
            let most = candidates.iter().map(|c| c.1.in_common).fold(0.0, f32::max);
            for (other, likeness) in candidates {
                // "7.8 billion, after 8.2 billion": the number beside it tells the other.
                // One range with another end is for `range`.
                if self.is_told_beside(number, other) || is_told_twice(self.claims[number], self.claims[other]) {
                    continue;
                }
                let company = Company {
                    others,
                    supported,
                    nearest: likeness.in_common >= most - 0.01,
                    stated: self.is_stated_again(other),
                    told: self.is_told_by(other),
                    alone: !self.has_other_numbers(number, other),
                };
                let sum = likeness.with(company);
                if best.is_none_or(|(_, most)| sum > most) {
                    best = Some((other, sum));
                }
            }
            if let Some((other, _)) = best.filter(|&(_, sum)| sum >= least) {
                edges.push(Edge { a: number.min(other), b: number.max(other), agreement: Agreement::Different });
            }
        }
    }

    /// Whether a number stands in the longer document, in any scale, or once more in any.
    fn is_borne_out(&self, number: usize) -> bool {
        let claim = self.claims[number];
        let written = digits(claim);
        self.is_stated_again(number)
            || self.long.all.iter().any(|&other| {
                let cell = self.claims[other];
                let scaled = || written.len() >= 3 && digits(cell) == written;
                dimension(cell) == dimension(claim) && agreement(claim, cell) != Agreement::Different || scaled()
            })
            || claim
                .quantity()
                .is_some_and(|q| q.amount.range && [true, false].iter().all(|&low| self.has_end(&end(q, low))))
    }

    /// Whether one end of a range stands in the longer document, as a number or as an end.
    fn has_end(&self, number: &Quantity) -> bool {
        let there = self.long.all.iter().filter_map(|&other| self.claims[other].quantity());
        let ends = |q: &Quantity| [true, false].map(|low| agree(number, &end(q, low)));
        there.filter(|q| q.unit.dimension == number.unit.dimension).any(|q| ends(q).contains(&Agreement::Same))
    }

    fn is_stated_again(&self, number: usize) -> bool {
        key(self.claims[number]).is_some_and(|key| self.stated[&key] > 1)
    }

    /// Whether the shorter document has a number of the longer one.
    fn is_told_by(&self, other: usize) -> bool {
        let claim = self.claims[other];
        let same = |&i: &usize| {
            dimension(self.claims[i]) == dimension(claim) && agreement(self.claims[i], claim) == Agreement::Same
        };
        self.short.all.iter().any(same)
    }

    /// Whether another number of the sentence of the one agrees with the other.
    fn is_told_beside(&self, number: usize, other: usize) -> bool {
        let beside = self.sentences[&sentence(self.claims[number])].iter();
        beside.filter(|&&i| i != number).any(|&i| {
            dimension(self.claims[i]) == dimension(self.claims[other])
                && agreement(self.claims[i], self.claims[other]) == Agreement::Same
        })
    }

    /// Whether the sentence of the number has another one, which that of the other has not.
    fn has_other_numbers(&self, number: usize, other: usize) -> bool {
        let of = |i: usize| self.sentences[&sentence(self.claims[i])].as_slice();
        let known = |i: usize| of(other).iter().any(|&j| agreement(self.claims[i], self.claims[j]) == Agreement::Same);
        of(number).iter().any(|&i| i != number && !known(i))
    }

    /// The numbers of the longer document that stand with a word in common and are not kept apart.
    fn candidates(&self, number: usize) -> Vec<(usize, evidence::Likeness)> {
        let claim = self.claims[number];
        let lists = words_of(claim).into_iter().filter_map(|key| self.words.get(&key));
        let near: FxHashSet<usize> = lists.filter(|list| list.len() <= CROWD).flatten().copied().collect();
        let mut near: Vec<usize> = near.into_iter().collect();
        near.sort_unstable();
        let weight = |key: &str| self.spread.weight(key);
        let of = |other: usize| Some((other, evidence(claim, self.claims[other], &weight)?));
        near.into_iter().filter_map(of).collect()
    }
}

/// Whether a claim is a number or a range in running text.
fn is_told(claim: &Claim) -> bool {
    matches!(claim.origin, Origin::Prose | Origin::Joined) && claim.frame.is_some() && claim.quantity().is_some()
}

/// What a number measures; an amount of money is one thing for each share and without a word of it.
fn dimension(claim: &Claim) -> &str {
    let measured = unit_of(claim);
    if measured.starts_with(MONEY) { measured.split('/').next().unwrap_or(measured) } else { measured }
}

/// A number without what it is paid for.
fn plain(quantity: &Quantity) -> Cow<'_, Quantity> {
    let unit = &quantity.unit;
    match unit.dimension.split_once('/') {
        Some((money, _)) if money.starts_with(MONEY) => {
            let mut plain = quantity.clone();
            plain.unit.dimension = money.into();
            plain.unit.symbol = unit.symbol.split('/').next().unwrap_or_default().into();
            Cow::Owned(plain)
        }
        _ => Cow::Borrowed(quantity),
    }
}

/// Whether two numbers can both be true, of whatever they are paid for; of two ranges both ends.
pub(super) fn agreement(a: &Claim, b: &Claim) -> Agreement {
    match (a.quantity(), b.quantity()) {
        (Some(x), Some(y)) if x.amount.range && y.amount.range => {
            let (x, y) = (plain(x), plain(y));
            let agree = [true, false].map(|low| agree(&end(&x, low), &end(&y, low)));
            if agree.contains(&Agreement::Different) { Agreement::Different } else { agree[0] }
        }
        (Some(x), Some(y)) if x.unit.dimension != y.unit.dimension => agree(&plain(x), &plain(y)),
        _ => values_agree(a, b),
    }
}

/// One end of a range, as a number.
fn end(quantity: &Quantity, low: bool) -> Quantity {
    let mut end = quantity.clone();
    let value = if low { quantity.amount.low } else { quantity.amount.high };
    (end.amount.low, end.amount.high, end.amount.range) = (value, value, false);
    end
}

fn sentence(claim: &Claim) -> (FileId, BlockId, u32) {
    (claim.at.file, claim.block, claim.sentence)
}

/// The words of the sentence of a number, and what it counts.
fn words_of(claim: &Claim) -> Vec<(&str, &str)> {
    let mut words: Vec<(&str, &str)> = keys(claim).into_iter().map(|(_, word)| (dimension(claim), word)).collect();
    if !head(claim).is_empty() {
        words.push((dimension(claim), head(claim)));
    }
    words.sort_unstable();
    words.dedup();
    words
}
