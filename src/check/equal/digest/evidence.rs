//! What speaks for a number of a summary telling one of the longer text, summed up.
//!
//! The weights are those of a logistic regression with an L1 penalty and fixed signs (log-odds, rounded to quarters);
//! `docs/linking.md` says what they were learned from.

use super::{end, plain};
use crate::claim::{Claim, Frame, Subject, Value, WordSort, common_words, is_apart, is_year, stem};
use crate::value::{Decimal, Quantity, Resemblance, in_percent, log_odds, neighbours_exchanged, resemblance};

/// The log-odds of a pair of which nothing is known.
const PRIOR: f32 = -0.5;

/// What two numbers say of each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    own: f32,
    /// How much their sentences have in common.
    pub(super) in_common: f32,
}

/// What the two documents say of the numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    /// How many other numbers the shorter document has, and how many of its numbers the longer one has too.
    pub(super) others: usize,
    pub(super) supported: usize,
    /// Whether no other number of the longer document has more in common with this one.
    pub(super) nearest: bool,
    /// Whether the number of the longer document is stated again anywhere, and whether the shorter one has it.
    pub(super) stated: bool,
    pub(super) told: bool,
    /// Whether the numbers beside it stand beside the other too.
    pub(super) alone: bool,
}

impl Likeness {
    /// How likely the summary meant to tell the other number, in log-odds.
    pub(super) fn with(&self, company: Company) -> f32 {
        let pieces = [
            (0.25, company.nearest),
            (-1.25, company.stated),
            (-0.75, company.told),
            (-0.25, !company.alone),
            (-1.0, company.others > 0 && company.supported == 0),
        ];
        self.own + log_odds(&pieces) - (company.others as f32).ln_1p()
    }
}

/// What speaks for a number of the shorter document telling one of the longer; `None` when they measure different things,
/// agree, lie far apart or words keep them apart. `weight` says how much a word is worth, 0 to 1.
pub(super) fn evidence(short: &Claim, long: &Claim, weight: &dyn Fn(&str) -> f32) -> Option<Likeness> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&short.value, &long.value) else { return None };
    let (f, g) = (short.frame.as_deref()?, long.frame.as_deref()?);
    let (x, y) = (plain(x), plain(y));
    let (x, y) = in_percent(&x, &y);
    let (x, y) = (x.as_ref(), y.as_ref());
    if x.unit.dimension != y.unit.dimension || x.amount.range != y.amount.range || is_apart(short, long) {
        return None;
    }
    // "23 per cent", "nearly one in four": shares in words are rounded as the author likes.
    if in_words(short) != in_words(long) && near(x, y) {
        return None;
    }
    let (p, q) = (&short.subject, &long.subject);
    let one_class = !p.class.is_empty() && p.class == q.class;
    let one_noun = one_class || !f.head.is_empty() && f.head == g.head;
    let known = |x: &Frame, y: &Frame| !x.head.is_empty() && y.has(&x.head);
    // "five promises", "in 2015 its four promises": few things are counted anew each time.
    let few = |q: &Quantity| q.unit.is_count() && q.value() < Decimal::TEN;
    let dated = |c: &Claim| c.scope.times.iter().any(|t| is_year(t));
    if few(x) && few(y) && dated(short) != dated(long) {
        return None;
    }
    // "answers 200", "answers 201": a count of nothing is a name.
    if x.unit.is_count() && !(one_noun || known(f, g) || known(g, f) || p.people && q.people) {
        return None;
    }
    let words = common_words(f, g, weight);
    let names = |x: &Frame, y: &Frame| x.words.iter().any(|w| w.sort == WordSort::Name && !y.has(&w.key));
    let narrowed = |x: &Subject, y: &Subject, other: &Frame| {
        let said = |m| y.modifiers.contains(m) || x.loose.contains(m) || other.has(stem(m));
        x.modifiers.iter().any(|m| !said(m))
    };
    let whole = |c: &Claim| c.scope.cues.iter().any(|cue| cue == "whole");
    let pieces = [
        (0.25, one_class),
        (0.75, one_noun && !narrowed(p, q, g) && !narrowed(q, p, f)),
        (0.75, whole(short) || whole(long)),
        (1.5, same(beside(f, 1), beside(g, 1))),
        (-0.5, other(before(f), before(g))),
        (-0.5, names(f, g) && names(g, f)),
        (-0.5, x.unit.is_count()),
        (0.25, x.amount.words),
        (-0.75, x.unit.symbol != y.unit.symbol),
        // "With a second pump 40 litres": what holds under a condition that the summary does not name.
        (-0.5, has_own_opening(g, f)),
    ];
    let own = PRIOR + 0.5 * words.shared.min(9.0).sqrt() + 2.75 * words.contained + log_odds(&pieces) + ranges(x, y);
    let noun = f32::from(u8::from(one_noun));
    Some(Likeness { own, in_common: words.shared + noun })
}

/// What the values say, of two ranges those ends that differ.
fn ranges(x: &Quantity, y: &Quantity) -> f32 {
    if !x.amount.range {
        return values(x, y);
    }
    let low = x.amount.low != y.amount.low || x.unit != y.unit;
    let half = !low || x.amount.high == y.amount.high;
    values(&end(x, low), &end(y, low)) + log_odds(&[(0.75, half)])
}

/// What the values say: digits exchanged, one digit, how far they are apart.
fn values(x: &Quantity, y: &Quantity) -> f32 {
    let (p, q) = (x.base().unwrap_or_else(|| x.value()).abs(), y.base().unwrap_or_else(|| y.value()).abs());
    let (low, high) = (p.min(q), p.max(q));
    let within = |percent: u16| high.saturating_mul(Decimal::ONE_HUNDRED) <= low.saturating_mul(Decimal::from(percent));
    let likeness = resemblance(x.amount.low, y.amount.low);
    let exchanged = likeness == Resemblance::Transposed && neighbours_exchanged(x.amount.low, y.amount.low);
    log_odds(&[
        (2.75, exchanged),
        (1.25, likeness == Resemblance::OneDigit),
        (0.25, within(110)),
        (0.75, within(130)),
        (-3.0, !within(200)),
    ])
}

/// Whether the place, time or condition that opens a sentence is told in words that the other has not.
fn has_own_opening(frame: &Frame, other: &Frame) -> bool {
    let opening = frame.words.get(..usize::from(frame.opening)).unwrap_or_default();
    opening.iter().any(|w| w.sort != WordSort::Light && !other.has(&w.key))
}

/// Whether a share is told in words: "one in four".
fn in_words(claim: &Claim) -> bool {
    claim.quantity().is_some_and(|q| q.unit.dimension == "fraction")
}

/// Whether two values lie within a sixth of each other.
fn near(x: &Quantity, y: &Quantity) -> bool {
    let (p, q) = (x.value().abs(), y.value().abs());
    p.max(q).saturating_mul(Decimal::from(6)) <= p.min(q).saturating_mul(Decimal::from(7))
}

/// The word behind a number in its clause, counted from 0, when it says something.
fn beside(frame: &Frame, n: usize) -> Option<&str> {
    told(frame, usize::from(frame.before) + n)
}

/// The word right before a number in its clause.
fn before(frame: &Frame) -> Option<&str> {
    told(frame, usize::from(frame.before).checked_sub(1)?)
}

fn told(frame: &Frame, i: usize) -> Option<&str> {
    let word = frame.words.get(i)?;
    (word.sort != WordSort::Light && word.clause == frame.clause).then_some(word.key.as_str())
}

fn same(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_some() && a == b
}

fn other(a: Option<&str>, b: Option<&str>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}
