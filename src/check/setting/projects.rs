//! Which documents speak of one project.

use crate::claim::{Datum, is_inside};
use std::collections::BTreeSet;

/// The folders that have a first page of their own, so that each is a project.
pub(super) struct Projects<'a> {
    homes: BTreeSet<&'a str>,
}

impl<'a> Projects<'a> {
    pub(super) fn new(data: impl Iterator<Item = &'a Datum>) -> Self {
        Self { homes: data.filter(|d| d.home).map(|d| d.folder.as_str()).collect() }
    }

    /// The innermost of these folders that a document lies in; empty when it lies in none.
    fn of(&self, datum: &Datum) -> &'a str {
        let around = |home: &&&'a str| is_inside(&datum.folder, home);
        self.homes.iter().filter(around).max_by_key(|home| home.len()).copied().unwrap_or_default()
    }

    /// Whether two statements speak of one project, and for one version of it: `docs/` and `src/` do, below one first
    /// page; two folders with a first page each do not.
    pub(super) fn are_one(&self, a: &Datum, b: &Datum) -> bool {
        let (x, y) = (self.of(a), self.of(b));
        (is_inside(x, y) || is_inside(y, x)) && a.edition == b.edition
    }
}
