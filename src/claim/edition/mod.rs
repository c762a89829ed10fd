//! What a document says of itself: which day, period, version or member of a series it is, in its title, its front
//! matter, the name of its file and where it speaks of itself; and the day that the words and the address of a link
//! give the document that it leads to.

mod link;
mod own;
mod said;
mod series;
mod title;
mod value;

pub(super) use own::{OwnDate, own_dates};

use super::{Claim, ClaimKind, Context, Member, Value};
use crate::document::BlockId;
use crate::value::DateRange;
use compact_str::CompactString;

/// Which day, period, version or member of a series a document is said to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edition {
    /// Where it is said.
    pub place: EditionPlace,
    /// What is said.
    pub value: EditionValue,
    /// What the number counts, in its base form: `week`, `meeting`; the key of a field; the noun of a document that
    /// speaks of itself.
    pub of: CompactString,
    /// The other words of the title or name, in small letters and base forms, in order.
    pub words: Vec<CompactString>,
    /// The wording of the value.
    pub at: Member,
    /// The words of a link and its address have the same number.
    pub tie: Option<u32>,
}

/// Where a document is said to be one of several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EditionPlace {
    /// The title of the front matter, the first heading.
    Title,
    /// A line of its own near the beginning that is nothing but the period: "January 2024".
    Line,
    /// A key of the front matter, or a label near the beginning: "Date: 3 May 2021".
    Field,
    /// The name of the file or of the folder of a version.
    Name,
    /// A sentence in which the document speaks of itself: "this 2022 report".
    Text,
    /// The words of a link.
    Link,
    /// The address of a link.
    Address,
}

impl EditionPlace {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Line => "line",
            Self::Field => "field",
            Self::Name => "name",
            Self::Text => "text",
            Self::Link => "link",
            Self::Address => "address",
        }
    }
}

/// What sets a document apart from others of its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EditionValue {
    /// A day, month, quarter or year.
    Date(DateRange),
    /// A year that the calendar cuts in two: "2022/23", "fiscal year 2023".
    Double(DateRange),
    /// A season of a year: "spring 2024".
    Season(CompactString, DateRange),
    /// The parts of a version, at least two.
    Version(Vec<u32>),
    /// A number of a series.
    Number(u32),
}

/// Reads the claims of kind Edition.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    title::extract(context, out);
    series::extract(context, out);
    said::extract(context, out);
    link::extract(context, out);
}

/// The claim of a statement in a block; its place is that of the value.
fn claim(context: &Context<'_>, block: BlockId, edition: Edition) -> Claim {
    let at = edition.at.clone();
    let view = context.view(block);
    let mut claim = view.claim(ClaimKind::Edition, "edition", 0..0, Value::Edition(Box::new(edition)));
    claim.at = at.at;
    claim.text = at.text;
    claim.within = view.block.text.whole().cover(at.at);
    claim
}
