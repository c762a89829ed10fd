//! What a document says of itself: which day, period, version or member of a series it is.

mod own;

pub(super) use own::{OwnDate, own_dates};
