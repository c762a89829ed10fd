//! A finding in words: plain data, for reporters to render.

use crate::check::Fix;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; counted but not shown on the terminal unless asked for.
    Note,
    /// Likely wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

impl Severity {
    /// The name used in output and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A labelled place.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub struct Label {
    /// The wording.
    pub span: Span,
    /// The sentence, cell or caption around it.
    pub within: Span,
    /// What to say there; may be empty.
    pub message: String,
}

/// One finding, ready to be shown.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: String,
    /// All places; never empty, the primary one first.
    pub labels: Vec<Label>,
    /// The arithmetic and other reasons.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Stable over reflow, reordering and line moves; hexadecimal.
    pub fingerprint: String,
    /// Ways to settle it, at most one for each choice. Empty when nothing tells which side is right.
    pub fixes: Vec<Fix>,
}
