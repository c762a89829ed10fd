//! Whether a share and the numbers that it was worked out from look like one of them was written wrong.

use super::pairs::{Pair, made, written};
use crate::claim::Relation;
use crate::claim::figures::Run;
use crate::value::{Decimal, Hedge, Quantity, log_odds, neighbours_exchanged, one_digit_apart};
use rust_decimal::prelude::ToPrimitive;

/// How the numbers miss the share.
pub(super) struct Slip {
    /// Two neighbouring digits of one number are exchanged.
    exchanged: bool,
    /// One digit of one number is another.
    one_digit: bool,
    /// By how much, as a share of what is stated.
    off: f64,
    /// A hedge may have been meant to cover it.
    hedged: bool,
    /// They miss it by less than two in the last digit, as shares do that were made to add up to a hundred.
    pub(super) is_rounding: bool,
}

impl Slip {
    /// `None` when it cannot be worked out.
    pub(super) fn new(run: &Run<'_>, pair: &Pair) -> Option<Self> {
        let figure = &run.figures[pair.share];
        let stated = written(run, pair.share)?;
        let makes = made(run, pair);
        let step = figure.at.quantity.amount.step.normalize();
        let places = if figure.at.quantity.unit.is_percent() { step.scale() } else { 1 };
        let right = Decimal::try_from(makes).ok()?.round_dp(places);
        let mut pairs = Vec::new();
        if figure.at.quantity.unit.is_percent() {
            pairs.push((figure.at.quantity.value(), right));
        }
        pairs.extend(needed(run, pair, stated));
        Some(Self {
            exchanged: pairs.iter().any(|&(is, right)| neighbours_exchanged(is, right)),
            one_digit: pairs.iter().any(|&(is, right)| is_long(is) && one_digit_apart(is, right)),
            off: (makes - stated).abs() / stated,
            is_rounding: figure.at.quantity.unit.is_percent() && (makes - stated).abs() < 2.0 * step.to_f64()?,
            hedged: figure.at.quantity.hedge != Hedge::None && !is_beyond(&figure.at.quantity, stated, makes),
        })
    }

    /// Log-odds that one of the numbers was written wrong, above those that the share was worked out from them.
    pub(super) fn worth(&self) -> f32 {
        log_odds(&[
            (1.5, self.exchanged),
            (1.0, self.one_digit && !self.exchanged),
            (0.5, self.off <= 0.25),
            (0.5, self.off <= 0.15),
            (-0.75, self.off > 0.4),
            (-1.0, self.hedged),
        ])
    }
}

/// Whether the numbers make more than "nearly a third" or less than "more than a third", which no hedge covers.
fn is_beyond(quantity: &Quantity, stated: f64, makes: f64) -> bool {
    match quantity.hedge {
        Hedge::Nearly | Hedge::LessThan | Hedge::AtMost => makes > stated * 1.02,
        Hedge::MoreThan | Hedge::AtLeast | Hedge::JustOver => makes < stated * 0.98,
        Hedge::None | Hedge::About => false,
    }
}

fn is_long(value: Decimal) -> bool {
    value >= Decimal::TEN
}

/// What either number would have to be, as whole as it is written, beside what it is.
fn needed(run: &Run<'_>, pair: &Pair, stated: f64) -> Vec<(Decimal, Decimal)> {
    let [a, b] = [pair.first, pair.second].map(|i| run.figures[i].at.quantity.value());
    let ratio = match pair.relation {
        Relation::Share => 100.0 / stated,
        Relation::Growth => 1.0 + stated / 100.0,
        _ => 1.0 - stated / 100.0,
    };
    // The share was rounded: of what it may have been, the numbers are tried that are nearest to the middle.
    let near = |is: Decimal, right: f64| {
        let right = Decimal::try_from(right).ok()?.round_dp(is.normalize().scale());
        Some((is, right))
    };
    let (Some(x), Some(y)) = (a.to_f64(), b.to_f64()) else { return Vec::new() };
    [near(b, x * ratio), near(a, y / ratio)].into_iter().flatten().collect()
}
