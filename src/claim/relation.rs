//! What numbers are said to be to each other: which is larger, how a percentage follows.

use crate::value::{Decimal, Hedge};

/// A direction or order between two values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// The second is said to be larger.
    Up,
    /// The second is said to be smaller.
    Down,
    /// The second is said to be larger, signs left aside: a gap or a loss widens.
    Wider,
    /// The second is said to be smaller, signs left aside.
    Narrower,
    /// The second is said to be as much.
    Level,
    /// The two are said to be so far apart, whichever is larger.
    Apart,
    /// The second is said to be so many times the first, with the hedge of that: "more than doubled".
    Times(Decimal, Hedge),
}

impl Direction {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::Level => "level",
            Self::Apart => "apart",
            Self::Times(..) => "times",
        }
    }
}

/// How a percentage follows from other numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// The first as a share of the second.
    Share,
    /// The growth from the first to the second.
    Growth,
    /// The fall from the first to the second.
    Fall,
    /// A share of a whole of which the other is the rest.
    Complement,
    /// The change from the first to the second, both in per cent, in points or in per cent.
    Points,
    /// The first divided by the second.
    Quotient,
    /// The first per so many of the second.
    Rate,
    /// The same share as the other.
    Same,
    /// The first times the second.
    Product,
    /// The last of the shares of one whole, with the others.
    Whole,
}

impl Relation {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Growth => "growth",
            Self::Fall => "fall",
            Self::Complement => "complement",
            Self::Points => "points",
            Self::Quotient => "quotient",
            Self::Rate => "rate",
            Self::Same => "same",
            Self::Product => "product",
            Self::Whole => "whole",
        }
    }
}
