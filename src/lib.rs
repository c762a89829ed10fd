//! recount reads documents, notes every claim they make, and reports the claims that cannot all be true.
//!
//! The pipeline runs one way: `read` → `annotate` → `claim` → `check` → `lint` → `report`; see
//! `docs/architecture.md`.

pub mod annotate;
pub mod check;
pub mod claim;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod drafts;
pub mod lexicon;
pub mod lint;
pub mod read;
pub mod report;
pub mod rule;
pub mod source;
pub mod span;
pub mod suppress;
pub mod value;
