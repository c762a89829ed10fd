//! The kinds of claims.

use serde::{Deserialize, Serialize};

/// What kind of statement a claim is. Each is described in `docs/claims.md`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// Something is counted or measured.
    Quantity,
    /// A whole and its parts in prose.
    Total,
    /// A total row or column of a table and its cells.
    ColumnTotal,
    /// A number of things is announced and the things are listed.
    List,
    /// The members of a set are named.
    Set,
    /// A setting or limit has a value.
    Setting,
    /// An option or variable is named.
    Identifier,
    /// An option, field or variable is described, with what its values may be.
    Declared,
    /// A sample gives an option, field or header a value.
    Given,
    /// A value is stated with the words that say what it is the value of.
    Parameter,
    /// A number of documentation stands with the words around it.
    Datum,
    /// A name stands in code.
    Mention,
    /// A term is written in one of several ways.
    Term,
    /// A member of a numbered series is named: "the fifth phase".
    Ordinal,
    /// A rank is given together with those ahead: "third after A, B and C".
    Rank,
    /// Two values and the order they are said to be in: "rose from A to B".
    Order,
    /// A person, place or organisation is named.
    Name,
    /// A numbered instrument is cited: resolution, law, directive, standard.
    Reference,
    /// A code that can be tested by itself, or stands beside its other form: "ISBN …", "0x1F (31)".
    Code,
    /// A note, or a mark that calls one.
    Footnote,
    /// A place that a text can send its reader to: a caption, a numbered heading, an anchor.
    Place,
    /// The reader is sent to such a place: "see Table 5".
    Pointer,
    /// The words of a link and its address name something.
    Link,
    /// An acronym is said to stand for words.
    Definition,
    /// An acronym is used.
    Abbreviation,
    /// Office, age, nationality of a person.
    Role,
    /// A weekday stands beside a date.
    Weekday,
    /// A measure and its value in another unit: "27 km (17 miles)".
    Conversion,
    /// A percentage and the numbers it was worked out from: "19 of 60 (32 %)".
    Percentage,
    /// Two numbers or days are the ends of a range, the larger or later first; or a value is said to lie in one.
    Range,
    /// A mean and the number of cases it was worked out from: "averaged 3.47 (n = 24)".
    Mean,
    /// What a rule reads with a pattern of its own.
    Stated,
    /// A test statistic and its p-value: "t(28) = 2.20, p = .036".
    Statistic,
    /// A day, month, year or period of the calendar.
    Date,
    /// A length of time is stated together with the dates that it follows from.
    Interval,
    /// A work is cited: in a bibliography, a note, or by author and year.
    Citation,
    /// Something is quoted word for word.
    Quotation,
    /// Something happens on a date.
    Event,
    /// A date stands with words that say what it is the date of.
    Occasion,
    /// Times that must be in order.
    Sequence,
    /// Which day, period, version or member of a series a document is said to be.
    Edition,
    /// A day, weekday or place in a series stands in running text.
    Position,
    /// One moment is told in two time zones.
    Zoned,
}

impl ClaimKind {
    /// All kinds, in order.
    pub const ALL: &[Self] = &[
        Self::Quantity,
        Self::Total,
        Self::ColumnTotal,
        Self::List,
        Self::Set,
        Self::Setting,
        Self::Identifier,
        Self::Declared,
        Self::Given,
        Self::Parameter,
        Self::Datum,
        Self::Mention,
        Self::Term,
        Self::Ordinal,
        Self::Rank,
        Self::Order,
        Self::Name,
        Self::Reference,
        Self::Code,
        Self::Definition,
        Self::Abbreviation,
        Self::Role,
        Self::Weekday,
        Self::Date,
        Self::Interval,
        Self::Event,
        Self::Occasion,
        Self::Sequence,
        Self::Edition,
        Self::Position,
        Self::Zoned,
        Self::Conversion,
        Self::Percentage,
        Self::Range,
        Self::Mean,
        Self::Stated,
        Self::Statistic,
        Self::Footnote,
        Self::Place,
        Self::Pointer,
        Self::Link,
        Self::Citation,
        Self::Quotation,
    ];

    /// The name used in manifests, in output and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Total => "total",
            Self::ColumnTotal => "column-total",
            Self::List => "list",
            Self::Set => "set",
            Self::Setting => "setting",
            Self::Identifier => "identifier",
            Self::Declared => "declared",
            Self::Given => "given",
            Self::Parameter => "parameter",
            Self::Datum => "datum",
            Self::Mention => "mention",
            Self::Term => "term",
            Self::Ordinal => "ordinal",
            Self::Rank => "rank",
            Self::Order => "order",
            Self::Name => "name",
            Self::Reference => "reference",
            Self::Code => "code",
            Self::Footnote => "footnote",
            Self::Place => "place",
            Self::Pointer => "pointer",
            Self::Link => "link",
            Self::Definition => "definition",
            Self::Abbreviation => "abbreviation",
            Self::Role => "role",
            Self::Weekday => "weekday",
            Self::Conversion => "conversion",
            Self::Percentage => "percentage",
            Self::Range => "range",
            Self::Mean => "mean",
            Self::Stated => "stated",
            Self::Statistic => "statistic",
            Self::Date => "date",
            Self::Interval => "interval",
            Self::Citation => "citation",
            Self::Quotation => "quotation",
            Self::Event => "event",
            Self::Occasion => "occasion",
            Self::Sequence => "sequence",
            Self::Edition => "edition",
            Self::Position => "position",
            Self::Zoned => "zoned",
        }
    }
}
