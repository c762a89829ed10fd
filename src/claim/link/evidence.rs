//! What speaks for and against two numbers of one document being one, summed up.
//!
//! [`super::link`] refuses at the first word against; here every piece of evidence counts by its weight, so that much of
//! one sort outweighs a little of the other. The weights are those of a logistic regression (log-odds, rounded to
//! quarters, signs fixed by what they mean) over 26,000 pairs of different numbers, of which 160 were labelled as one;
//! `docs/linking.md` says how they were found.

use super::restatement::{common_words, exclude, names, narrowed_apart, openings};
use super::{complements, times_conflict, whole};
use crate::claim::{Claim, Value};
use crate::value::{
    Decimal, Quantity, Resemblance, in_percent, log_odds, neighbours_exchanged, resemblance, significant_digits,
};

/// What two numbers in running text say of each other.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// What their own sentences come to, in log-odds.
    own: f32,
    /// How much the two sentences have in common, to tell the nearest of several.
    pub in_common: f32,
}

/// What the document says of two numbers beyond their own sentences.
#[derive(Clone, Copy, Debug)]
pub struct Company {
    /// How many numbers of the document count or measure the same thing as the later one.
    pub crowd: usize,
    /// Whether the value of the earlier one stands somewhere else too, and that of the later one.
    pub backed: (bool, bool),
    /// Whether no other number has more in common with the later one.
    pub nearest: bool,
}

impl Evidence {
    /// How likely the two are one number that was written in two ways, in log-odds.
    #[must_use]
    pub fn with(&self, company: Company) -> f32 {
        let pieces = [(1.0, company.nearest), (-2.0, company.backed.0), (-1.25, company.backed.1)];
        self.own - 0.75 * (company.crowd as f32).ln_1p() + log_odds(&pieces)
    }
}

/// What speaks for two numbers, the earlier first, being one; `None` when they measure different things or words keep them
/// apart. `weight` says how much a word is worth, 0 to 1.
#[must_use]
pub fn evidence(a: &Claim, b: &Claim, weight: &dyn Fn(&str) -> f32) -> Option<Evidence> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return None };
    let (f, g) = (a.frame.as_deref()?, b.frame.as_deref()?);
    let (x, y) = in_percent(x, y);
    let (x, y) = (x.as_ref(), y.as_ref());
    if x.unit.dimension != y.unit.dimension {
        return None;
    }
    // Words that exclude each other and names on both sides are too few in what the weights were learned from.
    if exclude(f, g).is_err() || narrowed_apart(a, b).is_err() || names(f, g).is_err() || f.measures_other(g) {
        return None;
    }
    let one_file = a.at.file == b.at.file;
    let blocks = if one_file { a.block.index().abs_diff(b.block.index()) } else { usize::MAX };
    let has = |c: &Claim, cues: &[&str]| c.scope.cues.iter().any(|x| cues.contains(&x.as_str()));
    let plan = |c: &Claim| has(c, &["target", "norm", "forecast"]);
    let words = common_words(f, g, weight);
    let same_noun = is_same_noun(a, b);
    let other_verb = !f.verb.is_empty() && !g.verb.is_empty() && !g.has(&f.verb) && !f.has(&g.verb);
    let pieces = [
        (1.75, whole(b)),
        (0.75, same_noun),
        (0.25, f.attributes() & g.attributes() != 0),
        (-0.25, other_verb),
        (-0.25, a.scope.times.is_empty() != b.scope.times.is_empty()),
        (-0.25, complements(f, g).is_err()),
        (-0.5, plan(a) && plan(b)),
        (-0.5, has(a, &["previous"]) != has(b, &["previous"])),
        (-2.0, has(a, &["forecast"]) != has(b, &["forecast"])),
        (-1.0, has(a, &["delta"])),
        (-1.0, has(b, &["delta"])),
        (-0.25, blocks == 1),
        (-1.0, blocks == 0),
        (-2.75, blocks == 0 && a.sentence == b.sentence),
        (-1.5, one_file && a.list.is_some() && a.list == b.list),
        (-1.0, openings(f, g).is_err()),
        (-1.5, times_conflict(&a.scope.times, &b.scope.times)),
    ];
    let own = PRIOR + values(a, b, x, y, same_noun) + words.contained + log_odds(&pieces);
    Some(Evidence { own, in_common: words.shared.min(6.0) + f32::from(u8::from(same_noun)) })
}

/// The log-odds of a pair of which nothing is known.
const PRIOR: f32 = -5.25;

/// What the values say: digits exchanged, units, how far they are apart.
fn values(a: &Claim, b: &Claim, x: &Quantity, y: &Quantity, same_noun: bool) -> f32 {
    let (p, q) = (x.base().unwrap_or_else(|| x.value()).abs(), y.base().unwrap_or_else(|| y.value()).abs());
    let (low, high) = (p.min(q), p.max(q));
    let within = |percent: u16| high.saturating_mul(Decimal::ONE_HUNDRED) <= low.saturating_mul(Decimal::from(percent));
    let likeness = resemblance(x.amount.low, y.amount.low);
    let exchanged = likeness == Resemblance::Transposed && !x.amount.range && !y.amount.range;
    let nothing = !same_noun && x.unit.is_count();
    log_odds(&[
        (5.5, exchanged),
        // 122 and 221: exchanged by chance more often than by hand.
        (-1.5, exchanged && !neighbours_exchanged(x.amount.low, y.amount.low)),
        // Two digits are exchanged by chance more easily, and so are those of trains, rooms and forms.
        (-1.0, exchanged && nothing),
        (-1.5, exchanged && nothing && significant_digits(x.amount.low).len() < 3),
        (-2.0, exchanged && nothing && (is_number_of(a, x) || is_number_of(b, y))),
        (2.0, likeness == Resemblance::OneDigit),
        (1.5, within(130)),
        (-1.0, !within(200)),
        (-1.0, !within(400)),
        (0.5, !x.unit.is_count()),
        (-0.5, x.unit.is_money()),
        (-1.5, x.unit.is_percent()),
        (1.0, x.unit.dimension == "time"),
    ])
}

/// Whether a count looks like the number of a thing: three digits or four without a separator (PEP 453, train 4127).
fn is_number_of(claim: &Claim, quantity: &Quantity) -> bool {
    quantity.value() >= Decimal::ONE_HUNDRED && claim.text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether both count things of one name, of one family, or people of a sort that the text does not tell apart.
fn is_same_noun(a: &Claim, b: &Claim) -> bool {
    let (p, q) = (&a.subject, &b.subject);
    if p.class.is_empty() || q.class.is_empty() {
        return false;
    }
    let family =
        a.frame.as_deref().zip(b.frame.as_deref()).is_some_and(|(f, g)| !f.head.is_empty() && f.head == g.head);
    p.class == q.class || family || p.people && q.people && (p.general || q.general)
}
