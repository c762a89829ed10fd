//! Whether two numbers of documentation are values of one thing: what speaks for it, and how much.
//!
//! The words in common count by where they stand and by how rare they are among the numbers of the documents. The
//! weights are those of a logistic regression over 31,000 pairs of numbers of right documentation, of which 540 agree in
//! three digits and more and were taken for one thing; they are rounded to quarters. What the values themselves say is
//! weighed apart, by a second regression over labelled pairs.

use crate::claim::{Cue, Datum, DatumPlace, SettingValue};
use crate::value::{Quantity, log_odds};
use rustc_hash::FxHashMap;

/// What is said of two numbers before anything is known of them.
const BEFORE: f32 = -5.75;

/// Least weight of a word by its place for it to be in the sentence, row or line of a number.
const OWN: u8 = 3;

/// A word beside the number, in its label or its name.
const BESIDE: u8 = 4;

/// How much of its worth a word has that most settings have.
const PLAIN: f32 = 0.3;

/// The worth of a word that stands with few numbers.
const WORD: f32 = 0.6;

/// Most that words of one sort of place are worth.
const MOST: f32 = 3.0;

/// How much the words of the documents tell numbers apart.
pub(super) struct Words<'a> {
    numbers: FxHashMap<&'a str, u32>,
}

impl<'a> Words<'a> {
    pub(super) fn new(data: impl Iterator<Item = &'a Datum>) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        for term in data.flat_map(|d| d.terms.iter().filter(|t| t.weight >= OWN)) {
            *numbers.entry(&term.key).or_default() += 1;
        }
        Self { numbers }
    }

    /// The worth of a word: less when many numbers have it.
    fn worth(&self, key: &str, plain: bool) -> f32 {
        let rarity = match self.numbers.get(key).copied().unwrap_or(0) {
            0..=2 => 1.0,
            3..=4 => 0.85,
            5..=8 => 0.65,
            9..=20 => 0.45,
            _ => 0.3,
        };
        WORD * rarity * if plain { PLAIN } else { 1.0 }
    }

    /// What all words of a number from a weight on are worth.
    pub(super) fn total(&self, datum: &Datum, least: u8) -> f32 {
        datum.terms.iter().filter(|t| t.weight >= least).map(|t| self.worth(&t.key, t.plain)).sum()
    }
}

/// What two numbers have in common.
#[derive(Default)]
struct Common {
    /// Words beside both, in the sentence or row of both, in headings and sentences before.
    beside: f32,
    own: f32,
    around: f32,
}

impl Common {
    fn of(words: &Words<'_>, a: &Datum, b: &Datum) -> Self {
        let mut common = Self::default();
        for term in &a.terms {
            let Some(other) = b.terms.iter().find(|t| t.key == term.key) else { continue };
            let worth = words.worth(&term.key, term.plain);
            match term.weight.min(other.weight) {
                BESIDE.. => common.beside += worth,
                OWN => common.own += worth,
                2 => common.around += worth,
                _ => {}
            }
        }
        common
    }
}

/// A number with what its words are worth.
pub(super) struct Weighed<'a> {
    pub(super) datum: &'a Datum,
    pub(super) beside: f32,
    pub(super) own: f32,
}

impl<'a> Weighed<'a> {
    pub(super) fn new(words: &Words<'_>, datum: &'a Datum) -> Self {
        Self { datum, beside: words.total(datum, BESIDE), own: words.total(datum, OWN) }
    }
}

/// The log-odds of two numbers being values of one thing, whatever the values are; `None` without a word in common.
pub(super) fn one_thing(words: &Words<'_>, a: &Weighed<'_>, b: &Weighed<'_>) -> Option<f32> {
    let common = Common::of(words, a.datum, b.datum);
    if common.beside + common.own <= 0.0 && common.around < 0.4 {
        return None;
    }
    let part = |of: f32, all: f32| if all > 0.0 { (of / (all + 0.01)).min(1.0) } else { 0.0 };
    let least = part(common.beside + common.own, a.own).min(part(common.beside + common.own, b.own));
    let most = part(common.beside, a.beside).max(part(common.beside, b.beside));
    let (x, y) = (quantity(a.datum)?, quantity(b.datum)?);
    let counted = (a.datum.counted.as_str(), b.datum.counted.as_str());
    let lacks = |noun: &str, other: &Datum| !noun.is_empty() && !other.terms.iter().any(|t| t.key == noun);
    let one_sided =
        counted.1.is_empty() && lacks(counted.0, b.datum) || counted.0.is_empty() && lacks(counted.1, a.datum);
    let slots = (a.datum.slot, b.datum.slot);
    let pieces = log_odds(&[
        (2.5, !x.unit.is_count() && x.unit.dimension == y.unit.dimension),
        (0.75, x.unit.is_count() && y.unit.is_count()),
        (0.5, !counted.0.is_empty() && counted.0 == counted.1),
        (-0.5, one_sided),
        (0.5, slots == ("default", "default")),
        (0.25, slots.0 == slots.1 && matches!(slots.0, "least" | "most")),
        (0.75, keep_company(a.datum, b.datum)),
    ]);
    let of_words = 0.5 * common.beside.min(MOST) + common.own.min(MOST) + 0.5 * common.around.min(MOST);
    Some(BEFORE + of_words + 1.25 * most + 0.5 * least + pieces)
}

pub(super) fn quantity(datum: &Datum) -> Option<&Quantity> {
    if let SettingValue::Quantity(quantity) = &datum.value { Some(quantity) } else { None }
}

/// Whether the same other number stands beside both.
fn keep_company(a: &Datum, b: &Datum) -> bool {
    let telling = |v: &SettingValue| matches!(v, SettingValue::Quantity(q) if q.value() > crate::value::Decimal::TWO);
    a.company
        .iter()
        .filter(|v| telling(v))
        .any(|x| b.company.iter().any(|y| super::values::agreement(x, y) == crate::value::Agreement::Same))
}

/// What the two values and what is said of them add to that, in log-odds.
pub(super) struct Differ {
    /// The digits of one are those of the other in another order.
    pub(super) exchanged: bool,
    /// They differ in one digit.
    pub(super) digit: bool,
    /// How many times the greater is the smaller.
    pub(super) times: f32,
    /// Log-odds by which the best other match of either is worse.
    pub(super) margin: f32,
    /// Whether one of the values stands in several places.
    pub(super) often: bool,
}

/// The weights of a second regression, over pairs of different numbers of short passages, fixtures and reports.
pub(super) fn differ(a: &Datum, b: &Datum, how: &Differ) -> f32 {
    let either = |cue: Cue| a.has(cue) || b.has(cue);
    let cells = a.place == DatumPlace::Cell && b.place == DatumPlace::Cell;
    log_odds(&[
        (2.5, how.exchanged),
        (1.25, how.digit),
        (1.0, how.times <= 1.5),
        (0.75, how.times <= 2.0),
        (1.0, how.times <= 3.1),
        (-0.75, how.times > 10.0),
        (-1.25, cells),
        (-1.0, either(Cue::Label)),
        (0.75, either(Cue::Default)),
        (0.5, a.has(Cue::Default) && b.has(Cue::Default)),
        (-0.5, either(Cue::Told)),
        (1.25, a.source || b.source),
        (0.5, a.slot == "default" && b.slot == "default"),
        (0.75, how.margin >= 0.5),
        (0.75, how.margin >= 1.0),
        (-0.5, how.often),
    ])
}
