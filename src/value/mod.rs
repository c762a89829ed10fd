//! Values that claims carry: numbers with their written precision, units, hedges, dates.
//!
//! Knows nothing of text or files.

mod agree;
mod date;
mod digits;
mod evidence;
mod format;
pub mod granularity;
mod percent;
mod quantity;
mod share;
pub mod statistic;

pub use agree::{Agreement, ROUNDING_DEVIATIONS, Resemblance, agree, bounds, resemblance};
pub use date::{Date, DateRange, DateSlip, Days, WEEKDAYS, longest, slip_of_dates};
pub use digits::{neighbours_exchanged, one_digit_apart, significant_digits};
pub use evidence::log_odds;
pub use format::{format_like, grouped};
pub use percent::{operand_bounds, percent_bounds, percent_worth, share_bounds};
pub use quantity::{Amount, Hedge, Quantity, Unit, written_step};
pub use rust_decimal::Decimal;
pub use share::in_percent;
