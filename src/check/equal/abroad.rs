//! A release that tells the same in two languages, and one number of it otherwise: the words cannot be compared, the
//! numbers can.
//!
//! A translation has the numbers of what it translates, in their order and company. A number of it that stands in none of
//! the documents beside it is held against those numbers of theirs that the translation does not have: the one that
//! looks like it, in a sentence with the same other numbers, years and names, is the one that was meant.

use super::Edge;
use crate::claim::{Claim, Origin, Value, WordSort};
use crate::lexicon::plain;
use crate::value::{Agreement, Decimal, Hedge, Quantity, neighbours_exchanged, one_digit_apart, significant_digits};
use rustc_hash::FxHashSet;

/// How far two small numbers lie apart at most.
const STEPS: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Letters that two words begin with for them to be one in two languages.
const COGNATE: usize = 5;

/// Numbers of the documents beside a translation that are looked at.
const NUMBERS: usize = 4_000;

/// Numbers of a translation that its companions must have, and the least share of all that they are, in per cent.
const KNOWN: usize = 5;
const SHARE: usize = 60;

/// Documents of which more are no release.
const DOCUMENTS: usize = 60;

/// Telling figures that a document has in common with its translation.
const FIGURES: usize = 2;

/// What speaks for a small number that stands elsewhere too, in another company.
const ELSEWHERE: f32 = 1.0;

/// What one more reading must be worth beyond the next best with another value.
const AHEAD: f32 = 0.5;

/// Largest number in words that is compared by its company alone.
const SMALL: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// A number with what stands around it.
#[derive(Clone, Copy)]
struct Figure<'c> {
    /// Its place among the claims.
    at: usize,
    claim: &'c Claim,
    quantity: &'c Quantity,
}

/// Appends an edge for each number of a translation and the number that it tells otherwise.
pub(super) fn abroad(claims: &[&Claim], edges: &mut Vec<Edge>) {
    let figures: Vec<Figure<'_>> = claims
        .iter()
        .enumerate()
        .filter_map(|(at, claim)| match &claim.value {
            Value::Quantity(quantity) => Some(Figure { at, claim, quantity }),
            _ => None,
        })
        .collect();
    if figures.chunk_by(|a, b| a.claim.at.file == b.claim.at.file).count() > DOCUMENTS {
        return;
    }
    for own in figures.chunk_by(|a, b| a.claim.at.file == b.claim.at.file) {
        if own[0].claim.origin != Origin::Abroad {
            continue;
        }
        let home = companions(own, &figures);
        if home.is_empty() || home.len() > NUMBERS {
            continue;
        }
        let company = Company { own, home: &home };
        let known = own.iter().filter(|f| company.is_at_home(f)).count();
        if known < KNOWN || known * 100 < SHARE * own.len() {
            continue;
        }
        // Small numbers stand everywhere: whether one of them is told is for their company to say.
        let untold = |f: &&Figure<'_>| is_small(f.quantity) || !company.is_at_home(f);
        for figure in own.iter().filter(|f| f.quantity.is_plain()).filter(untold) {
            if let Some(meant) = company.meant(figure) {
                edges.push(Edge {
                    a: figure.at.min(meant.at),
                    b: figure.at.max(meant.at),
                    agreement: Agreement::Different,
                });
                let too = home.iter().filter(|f| f.at != meant.at && is_one(f.quantity, meant.quantity));
                let like = too.filter(|f| significant_digits(f.quantity.amount.low).len() > 1);
                edges.extend(like.map(|f| Edge {
                    a: f.at.min(meant.at),
                    b: f.at.max(meant.at),
                    agreement: Agreement::Same,
                }));
            }
        }
    }
}

/// The numbers of the English documents that have enough of the figures of a translation to be what it translates.
fn companions<'c>(own: &[Figure<'c>], figures: &[Figure<'c>]) -> Vec<Figure<'c>> {
    let telling: FxHashSet<Decimal> = own.iter().filter_map(|f| telling(f.quantity)).collect();
    let mut home = Vec::new();
    for file in figures.chunk_by(|a, b| a.claim.at.file == b.claim.at.file) {
        if file[0].claim.origin == Origin::Abroad {
            continue;
        }
        let shared: FxHashSet<Decimal> =
            file.iter().filter_map(|f| self::telling(f.quantity)).filter(|value| telling.contains(value)).collect();
        if shared.len() >= FIGURES {
            home.extend_from_slice(file);
        }
    }
    home
}

/// A value that hardly stands in two documents by chance.
fn telling(quantity: &Quantity) -> Option<Decimal> {
    let value = quantity.amount.low.normalize();
    (significant_digits(value).len() >= 3).then_some(value)
}

/// The numbers of a translation and those of the documents beside it, each in order of place.
struct Company<'c, 'v> {
    own: &'v [Figure<'c>],
    home: &'v [Figure<'c>],
}

impl<'c> Company<'c, '_> {
    /// Whether a number of the translation stands in a document beside it, in whatever rounding and scale.
    fn is_at_home(&self, figure: &Figure<'_>) -> bool {
        self.home.iter().any(|h| is_told_by(figure.quantity, h.quantity))
    }

    /// Whether the translation has a number of the documents beside it.
    fn is_translated(&self, figure: &Figure<'_>) -> bool {
        self.own.iter().any(|o| is_told_by(o.quantity, figure.quantity))
    }

    /// The number that one of the translation was to be.
    fn meant(&self, figure: &Figure<'c>) -> Option<Figure<'c>> {
        let likely: Vec<(f32, Figure<'c>)> =
            self.home.iter().filter_map(|&other| Some((self.worth(figure, &other)?, other))).collect();
        let (most, best) = likely.iter().rev().max_by(|a, b| a.0.total_cmp(&b.0)).copied()?;
        let told = self.home.iter().filter(|o| is_told_by(figure.quantity, o.quantity));
        let told = told.map(|o| self.shared(figure, o) + ELSEWHERE);
        let others = likely.iter().filter(|(_, o)| !is_one(best.quantity, o.quantity)).map(|(worth, _)| *worth);
        let next = told.chain(others).fold(f32::MIN, f32::max);
        (most - next >= AHEAD).then_some(best)
    }

    /// How much speaks for a number of the documents beside the translation being the one that was meant; `None` when it is
    /// too little.
    fn worth(&self, figure: &Figure<'c>, other: &Figure<'c>) -> Option<f32> {
        if other.quantity.amount.range || is_told_by(figure.quantity, other.quantity) {
            return None;
        }
        let likeness = likeness(figure.quantity, other.quantity)?;
        if !is_small(other.quantity) && self.is_translated(other) {
            return None;
        }
        let again =
            self.home.iter().any(|f| f.claim.at.file != other.claim.at.file && is_one(f.quantity, other.quantity));
        let worth = likeness.worth + self.shared(figure, other) + if again { 0.5 } else { 0.0 };
        (worth >= likeness.asked && (!likeness.alone || self.is_lone(figure, other))).then_some(worth)
    }

    /// How much the sentences of two numbers have in common: other numbers, years, names.
    fn shared(&self, figure: &Figure<'_>, other: &Figure<'_>) -> f32 {
        let here = self.own.iter().filter(|f| f.at != figure.at && in_one_block(f.claim, figure.claim));
        let there: Vec<&Figure<'_>> =
            self.home.iter().filter(|f| f.at != other.at && in_one_block(f.claim, other.claim)).collect();
        // A number of the paragraph says half as much as one of the sentence, and so on the other side.
        let near = |a: &Claim, b: &Claim, least: u32| if is_beside(a, b, least) { 1.0 } else { 0.5 };
        let mut worth = 0.0;
        for own in here {
            let told = there.iter().filter(|t| is_told_by(own.quantity, t.quantity));
            let nearest = told.map(|t| near(t.claim, other.claim, 1)).fold(0.0, f32::max);
            let says = match significant_digits(own.quantity.amount.low).len() {
                0 | 1 => 0.5,
                2 => 1.0,
                _ => 2.0,
            };
            worth += says * nearest * near(own.claim, figure.claim, 0);
        }
        let years = figure.claim.scope.times.iter().filter(|t| other.claim.scope.times.contains(t)).count();
        let names = other.claim.frame.as_deref().map_or(0, |frame| {
            let names: FxHashSet<&str> =
                frame.words.iter().filter(|w| w.sort == WordSort::Name).map(|w| w.key.as_str()).collect();
            figure.claim.subject.entities.iter().filter(|e| names.contains(e.as_str())).count()
        });
        worth + years.min(2) as f32 + names.min(2) as f32 + 0.5 * cognates(figure.claim, other.claim).min(3) as f32
    }

    /// Whether each of two numbers is the only one of its sentence that the other language does not have.
    fn is_lone(&self, figure: &Figure<'_>, other: &Figure<'_>) -> bool {
        let beside = |f: &&Figure<'_>, claim: &Claim, at: usize| f.at != at && is_beside(f.claim, claim, 0);
        let mut own = self.own.iter().filter(|f| beside(f, figure.claim, figure.at));
        let mut home = self.home.iter().filter(|f| beside(f, other.claim, other.at));
        own.all(|f| self.is_at_home(f)) && home.all(|f| self.is_translated(f))
    }
}

/// How many words of two sentences begin alike in two languages: "comunidades", "communities".
fn cognates(own: &Claim, home: &Claim) -> usize {
    let Some(frame) = home.frame.as_deref() else { return 0 };
    let words: Vec<String> = own.subject.modifiers.iter().chain(&own.subject.entities).map(|w| folded(w)).collect();
    let begin = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count() >= COGNATE;
    let like = |key: &str| words.iter().any(|w| begin(w, key));
    let mut keys: Vec<String> =
        frame.words.iter().filter(|w| w.sort == WordSort::Content).map(|w| folded(&w.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.iter().filter(|key| like(key)).count()
}

/// A word without accents, doubled letters and what languages write otherwise: k for c, y for i, ph for f.
fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in plain(word).unwrap_or_default() {
        let letter = match letter {
            'k' | 'q' => 'c',
            'y' => 'i',
            'z' => 's',
            other => other,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out.replace("ph", "f").replace("th", "t")
}

fn in_one_block(a: &Claim, b: &Claim) -> bool {
    a.at.file == b.at.file && a.block == b.block
}

/// Whether two numbers stand in one block, so many sentences apart at most.
fn is_beside(a: &Claim, b: &Claim, sentences: u32) -> bool {
    in_one_block(a, b) && a.sentence.abs_diff(b.sentence) <= sentences
}

/// How much two numbers look like one that was written wrong.
struct Likeness {
    worth: f32,
    /// What it must come to with what the sentences share.
    asked: f32,
    /// Whether nothing else of both sentences may be untold in the other language.
    alone: bool,
}

fn likeness(own: &Quantity, home: &Quantity) -> Option<Likeness> {
    let of = |worth, asked, alone| Some(Likeness { worth, asked, alone });
    let (x, y) = (own.amount.low, home.amount.low);
    if home.hedge != Hedge::None && home.hedge != Hedge::About || own.unit.is_percent() != is_share(home) {
        return None;
    }
    if is_small(own) && is_small(home) {
        let near = (x - y).abs() <= STEPS && x > Decimal::ONE && y > Decimal::ONE;
        return if near { of(0.0, 2.0, true) } else { None };
    }
    let digits = significant_digits(x).len().max(significant_digits(y).len());
    let exchanged = neighbours_exchanged(x, y);
    // "34,5 Millionen" for 3.45 million.
    let tenfold = |a: Decimal, b: Decimal| a.checked_mul(Decimal::TEN) == Some(b);
    let shifted = tenfold(x, y) || tenfold(y, x);
    if shifted {
        return if digits > 2 { of(1.0, 2.0, false) } else { of(0.0, 2.0, true) };
    }
    match digits {
        0 | 1 => None,
        2 if exchanged => of(1.0, 2.0, false),
        2 if one_digit_apart(x, y) && own.unit.is_percent() => of(0.0, 0.5, false),
        2 if one_digit_apart(x, y) => of(0.0, 2.0, true),
        _ if exchanged => of(2.0, 2.0, false),
        3 if one_digit_apart(x, y) && own.unit.is_percent() => of(0.5, 1.0, false),
        3 if one_digit_apart(x, y) => of(0.5, 2.0, false),
        _ if one_digit_apart(x, y) => of(1.0, 2.0, false),
        _ => None,
    }
}

/// Whether a number is a small count.
fn is_small(quantity: &Quantity) -> bool {
    quantity.unit.is_count() && quantity.amount.low.is_integer() && quantity.amount.low <= SMALL
}

fn is_share(quantity: &Quantity) -> bool {
    matches!(quantity.unit.dimension.as_str(), "percent" | "fraction")
}

/// Whether two numbers of English documents are one.
fn is_one(a: &Quantity, b: &Quantity) -> bool {
    a.amount.low.normalize() == b.amount.low.normalize() && is_share(a) == is_share(b)
}

/// Whether a number of a translation tells another one: the same, the same in thousands or millions, or rounded.
fn is_told_by(own: &Quantity, home: &Quantity) -> bool {
    let value = own.amount.low;
    [home.amount.low, home.amount.high].into_iter().any(|other| {
        // The one is the other to its last place, and that place says more than the size.
        let rounds = |to: Decimal, step: Decimal, from: Decimal, finer: Decimal| {
            step > finer && (to - from).abs() * Decimal::TWO <= step && significant_digits(to).len() > 1
        };
        let (own_step, home_step) = (own.amount.step, home.amount.step);
        let rounded = rounds(value, own_step, other, home_step) || rounds(other, home_step, value, own_step);
        let about =
            own.hedge != Hedge::None && !other.is_zero() && ((value - other) / other).abs() < Decimal::new(6, 2);
        let scaled = [1_000, 1_000_000]
            .into_iter()
            .map(Decimal::from)
            .any(|times| value.checked_mul(times) == Some(other) || other.checked_mul(times) == Some(value));
        value == other || rounded || about || scaled && significant_digits(value).len() > 1
    })
}
