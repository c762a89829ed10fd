//! Values with the words that say what they are the values of: the rows of tables, the items, help texts, headings and
//! comments that describe a setting, and the sentences that give a value in words of their own.
//!
//! A sentence seldom names the option: "by default four uploads run in parallel" against `jobs`, "number of parallel
//! uploads", 8. What they have in common are words, weighed here by where they stand; how rare they are is known when
//! all documents are read.

mod comment;
mod rows;
mod said;
mod settled;
mod signature;
mod terms;

pub(super) use Term as ParameterTerm;
pub(super) use said::counted;
pub(crate) use signature::SIGNATURE;
pub(super) use terms::{Terms, Word, in_tokens};

use super::{Setting, SettingValue};
use crate::claim::{Claim, Context};
use compact_str::CompactString;

/// A value in documentation with the words around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// Where it stands.
    pub source: ParameterSource,
    /// What it is called in code, folded; empty in a sentence that names nothing.
    pub key: CompactString,
    /// The words that say what it is, each once, the weightiest wording kept.
    pub terms: Vec<Term>,
    /// What is said of it.
    pub value: SettingValue,
    /// `default`, `least`, `most`; empty when it is not said.
    pub slot: CompactString,
    /// Other values that the row or item gives, with which nothing clashes.
    pub others: Vec<SettingValue>,
    /// Whether the value is a bound by its name or description, so that "at most" says nothing else.
    pub bound: bool,
    /// Whether the sentence tells what happens beyond the value: "with more than five files".
    pub beyond: bool,
    /// For a number in a sentence: the noun that it counts, as a term.
    pub counted: CompactString,
    /// Platforms, environments and plans that the value is for.
    pub only: Vec<CompactString>,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// Where a value of documentation stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ParameterSource {
    /// Where the setting is described.
    Described,
    /// In a sample of a configuration, with a comment that explains it.
    Sample,
    /// In a sentence.
    Said,
}

impl ParameterSource {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Described => "described",
            Self::Sample => "sample",
            Self::Said => "said",
        }
    }
}

/// A word that says what a value is the value of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// What stands for its word family, or for the words of one meaning.
    pub key: CompactString,
    /// How much it says by its place: 4 in a description or beside the number, 3 in a name, 1 in a heading.
    pub weight: u8,
    /// Whether most settings have it.
    pub plain: bool,
}

impl Parameter {
    /// A value that is described; what is not given is left empty.
    fn described(key: CompactString, terms: Vec<Term>, value: SettingValue) -> Self {
        Self {
            source: ParameterSource::Described,
            bound: false,
            beyond: false,
            key,
            terms,
            value,
            slot: CompactString::default(),
            others: Vec::new(),
            counted: CompactString::default(),
            only: Vec::new(),
            folder: CompactString::default(),
            edition: CompactString::default(),
        }
    }
}

/// Reads the values of a document; `out` has its settings.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    rows::extract(context, out);
    settled::extract(context, before, out);
    comment::extract(context, out);
    signature::extract(context, out);
    said::extract(context, before, out);
}

/// Whether a setting is an option that is described with a default.
fn is_default(setting: &Setting) -> bool {
    setting.sort == super::SettingSort::Option && setting.slot == "default"
}
