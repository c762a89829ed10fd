//! Letting findings stand: remarks in the documents, and the baseline.
//!
//! Goes in: sources and diagnostics. Comes out: the diagnostics that are left, and what is to be said of remarks that
//! let nothing stand. Knows nothing of how documents are read.

mod baseline;
mod stet;

pub use baseline::{Baseline, Entry, Today};
pub use stet::{NAME, Stets};
