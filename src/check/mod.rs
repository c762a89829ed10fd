//! Checks: claims → findings, one relation a file.
//!
//! A check is pure and does not depend on the order of documents. Knows nothing of wording, formats or files.

mod abbreviation;
mod citation;
mod conversion;
mod count;
mod edition;
mod ends;
mod equal;
mod event;
mod expansion;
mod fix;
mod footnote;
mod identity;
mod interval;
mod ledger;
mod mean;
mod occasion;
mod order;
mod ordinal;
mod percentage;
mod pointer;
mod quotation;
mod range;
mod role;
mod same;
mod sequence;
mod set;
mod setting;
mod slip;
mod statistic;
mod sum;
mod summary;
mod term;
mod variant;
mod weekday;
mod zoned;

pub use fix::{Choice, Edit, Fix};
pub use same::Same;

use crate::claim::{Claim, ClaimKind};
use crate::span::Span;
use serde::Deserialize;

/// Claims of the kinds that a rule selected, of one document or of a whole group, in order of place.
#[derive(Clone, Copy)]
pub struct Selection<'a> {
    /// The claims.
    pub claims: &'a [&'a Claim],
    /// Whether the claims come from several documents and only disagreements across them are wanted;
    /// disagreements inside one document were found before.
    pub across: bool,
}

/// A place that takes part in a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The wording that is labelled.
    pub at: Span,
    /// The sentence, cell or caption around it.
    pub within: Span,
    /// What to say at the label, at most 40 characters; may be empty.
    pub label: String,
}

/// Something that cannot all be true. The first place is the primary one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// All places, the primary one first.
    pub places: Vec<Place>,
    /// Values for the message template; the names are those of [`Check::variables`].
    pub variables: Vec<(&'static str, String)>,
    /// The arithmetic and other reasons, one line each.
    pub notes: Vec<String>,
}

/// One relation between claims.
pub trait Check: Send + Sync {
    /// The variables that a message template may use.
    fn variables(&self) -> &'static [&'static str];

    /// Whether a run over several documents finds what is inside each of them too, so that one disagreement is
    /// one finding however many documents take part. The engine then leaves out the runs over single ones.
    fn joint(&self) -> bool {
        false
    }

    /// Appends a finding for every disagreement, in any order.
    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>);

    /// The ways to settle one of the findings that this check made of the selection, where the evidence decides or
    /// leaves a choice that people can make for all such findings. Never both sides of a disagreement without one.
    fn fixes(&self, selection: Selection<'_>, finding: &Finding) -> Vec<Fix> {
        let _ = (selection, finding);
        Vec::new()
    }
}

/// The `[check]` table of a manifest: which claims, and one relation with its parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckSpec {
    /// Kinds of claims to compare.
    pub on: Vec<ClaimKind>,
    /// Whether claims of different documents are compared too.
    #[serde(default)]
    pub across: bool,
    /// The same thing, the same value.
    pub equal: Option<equal::Equal>,
    /// A whole is the sum of its parts.
    pub sum: Option<sum::Sum>,
    /// As many things as announced.
    pub count: Option<count::Count>,
    /// The same set, the same members.
    pub set: Option<set::Set>,
    /// One setting, one value; one option, one name.
    pub setting: Option<setting::SettingCheck>,
    /// One term, one way of writing it.
    pub term: Option<term::Term>,
    /// Ranks and members fit their series.
    pub ordinal: Option<ordinal::OrdinalCheck>,
    /// Two values in the order stated.
    pub order: Option<order::Order>,
    /// One name, one spelling.
    pub variant: Option<variant::Variant>,
    /// One instrument, one number.
    pub identity: Option<identity::Identity>,
    /// Every mark has its note, every note its mark.
    pub footnote: Option<footnote::Footnote>,
    /// Every place that a reader is sent to is there.
    pub pointer: Option<pointer::Pointer>,
    /// Acronyms are spelled out, and used.
    pub abbreviation: Option<abbreviation::Abbreviation>,
    /// One acronym, one long form.
    pub expansion: Option<expansion::Expansion>,
    /// One person, one office.
    pub role: Option<role::RoleCheck>,
    /// A range ends after it begins.
    pub range: Option<range::RangeCheck>,
    /// A date has the weekday that stands beside it.
    pub weekday: Option<weekday::Weekday>,
    /// One event, one date.
    pub event: Option<event::EventCheck>,
    /// Times in order.
    pub sequence: Option<sequence::SequenceCheck>,
    /// A length of time fits its dates.
    pub interval: Option<interval::IntervalCheck>,
    /// A measure and its conversion.
    pub conversion: Option<conversion::Conversion>,
    /// A mean and the number of cases it was worked out from.
    pub mean: Option<mean::MeanCheck>,
    /// One subject, one value, of claims that the rule reads itself.
    pub same: Option<same::Same>,
    /// A p-value and the statistic it comes from.
    pub statistic: Option<statistic::StatisticCheck>,
    /// A percentage and what it was worked out from.
    pub percentage: Option<percentage::Percentage>,
    /// One work, one author, year and address.
    pub citation: Option<citation::Works>,
    /// One quotation, one wording.
    pub quotation: Option<quotation::Wording>,
}

impl CheckSpec {
    /// A table with the kinds of claims and nothing else.
    #[must_use]
    pub fn on(kinds: Vec<ClaimKind>) -> Self {
        Self { on: kinds, ..Self::default() }
    }

    /// The check that the table asks for.
    ///
    /// # Errors
    ///
    /// When none or more than one relation is given; the message says which there are.
    pub fn build(&self) -> Result<Box<dyn Check>, String> {
        let mut given: Vec<(&str, Box<dyn Check>)> = Vec::new();
        let mut add = |name, check: Option<Box<dyn Check>>| given.extend(check.map(|c| (name, c)));
        add("equal", self.equal.clone().map(boxed));
        add("sum", self.sum.clone().map(boxed));
        add("count", self.count.clone().map(boxed));
        add("term", self.term.clone().map(boxed));
        add("setting", self.setting.clone().map(boxed));
        add("set", self.set.clone().map(boxed));
        add("ordinal", self.ordinal.clone().map(boxed));
        add("order", self.order.clone().map(boxed));
        add("variant", self.variant.clone().map(boxed));
        add("identity", self.identity.clone().map(boxed));
        add("footnote", self.footnote.clone().map(boxed));
        add("pointer", self.pointer.clone().map(boxed));
        add("abbreviation", self.abbreviation.clone().map(boxed));
        add("expansion", self.expansion.clone().map(boxed));
        add("role", self.role.clone().map(boxed));
        add("range", self.range.clone().map(boxed));
        add("weekday", self.weekday.clone().map(boxed));
        add("event", self.event.clone().map(boxed));
        add("sequence", self.sequence.clone().map(boxed));
        add("interval", self.interval.clone().map(boxed));
        add("conversion", self.conversion.clone().map(boxed));
        add("mean", self.mean.clone().map(boxed));
        add("same", self.same.clone().map(boxed));
        add("statistic", self.statistic.clone().map(boxed));
        add("percentage", self.percentage.clone().map(boxed));
        add("citation", self.citation.clone().map(boxed));
        add("quotation", self.quotation.clone().map(boxed));
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        match given.len() {
            1 => given.into_iter().next().map(|(_, check)| check).ok_or_else(String::new),
            0 => Err("`[check]` names no relation".to_owned()),
            _ => Err(format!("`[check]` names {}: one relation a rule", names.join(", "))),
        }
    }
}

fn boxed<C: Check + 'static>(check: C) -> Box<dyn Check> {
    Box::new(check)
}

/// At most 40 characters of a wording, cut between words.
fn shortened(wording: &str) -> String {
    let mut out = String::new();
    for word in wording.split_whitespace() {
        if out.chars().count() + word.chars().count() > 38 {
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
