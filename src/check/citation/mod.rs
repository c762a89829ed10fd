//! One work, one author, one year, one address; what is cited is listed.

mod address;
mod authors;
mod listed;
mod noted;
mod short;
mod titles;
mod work;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Citation, Claim, Member, Value};
use crate::span::FileId;
use serde::Deserialize;

/// Most places of one finding.
const PLACES: usize = 6;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Works {}

/// A citation with its claim.
#[derive(Clone, Copy)]
struct Cited<'a> {
    claim: &'a Claim,
    citation: &'a Citation,
}

impl Cited<'_> {
    fn file(&self) -> FileId {
        self.claim.at.file
    }

    fn has_cue(&self, cue: &str) -> bool {
        self.citation.cues.iter().any(|c| c == cue)
    }

    /// The place of one of its parts.
    fn place(&self, part: Option<&Member>, label: impl Into<String>) -> Place {
        Place { at: part.map_or(self.claim.at, |m| m.at), within: self.claim.within, label: label.into() }
    }
}

impl Check for Works {
    fn variables(&self) -> &'static [&'static str] {
        &["wrong"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let cited: Vec<Cited<'_>> = selection
            .claims
            .iter()
            .filter_map(|claim| match &claim.value {
                Value::Citation(citation) => Some(Cited { claim, citation: citation.as_ref() }),
                _ => None,
            })
            .collect();
        for group in work::groups(&cited) {
            work::check(&group, found);
        }
        titles::check(&cited, found);
        short::check(&cited, found);
        // Claims come file by file.
        for file in cited.chunk_by(|a, b| a.file() == b.file()) {
            listed::check(file, found);
            noted::check(file, found);
        }
    }
}

/// At most so many characters of a wording, cut between words.
fn shortened(wording: &str, most: usize) -> String {
    let mut out = String::new();
    for word in wording.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() + 1 > most {
            out.push_str(" …");
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn finding(wrong: String, places: Vec<Place>, notes: Vec<String>) -> Finding {
    Finding { places, variables: vec![("wrong", wrong)], notes }
}
