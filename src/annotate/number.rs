//! Numbers: digits and words, ranges, hedges, units; ordinals.

use super::token::{Token, TokenKind};
use crate::lexicon::Lexicon;
use crate::value::{Amount, Decimal, Hedge, Quantity, Unit};
use std::ops::Range;
use std::str::FromStr;

/// A quantity and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuantityAt {
    /// The tokens of number and unit, hedge left out: "37", "2.3 million", "€47.8 million", "41 Ml/d".
    pub tokens: Range<usize>,
    /// The tokens of the bare number: "37", "2.3 million", "41".
    pub number: Range<usize>,
    /// What it says.
    pub quantity: Quantity,
    /// The number may be a name, a year, a date part, a page, a time, an identifier rather than a quantity.
    pub label: bool,
}

/// An ordinal and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ordinal {
    /// The tokens: "third", "5th", "twenty-first".
    pub tokens: Range<usize>,
    /// Its rank, from 1.
    pub rank: u32,
}

/// Reads all quantities and ordinals of a block, in order.
pub(super) fn numbers(text: &str, tokens: &[Token], _lexicon: &Lexicon) -> (Vec<QuantityAt>, Vec<Ordinal>) {
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Number {
            continue;
        }
        let wording = token.text(text).replace(',', "");
        if let Ok(value) = Decimal::from_str(&wording) {
            out.push(QuantityAt {
                tokens: i..i + 1,
                number: i..i + 1,
                quantity: Quantity {
                    amount: Amount::exact(value, Decimal::ONE),
                    hedge: Hedge::None,
                    unit: Unit::count(),
                },
                label: false,
            });
        }
    }
    (out, Vec::new())
}
