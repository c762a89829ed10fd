//! Values that claims carry: numbers with their written precision, units, hedges, dates.
//!
//! Knows nothing of text or files.

mod date;
mod quantity;

pub use date::{Date, DateRange};
pub use quantity::{Amount, Hedge, Quantity, Unit};
pub use rust_decimal::Decimal;
