//! What claims say of dates: dates in context, stated lengths of time, things in order, dated events.

use super::{Member, Operand};
use crate::annotate::DateForm;
use crate::value::{Date, DateRange, Days};
use compact_str::CompactString;
use std::sync::Arc;

/// A date with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// Its place and wording.
    pub at: Member,
    /// What it says, with the year of the context when it has none.
    pub date: DateRange,
    /// How it is written.
    pub form: DateForm,
    /// Where its year was taken from.
    pub year_from: Option<Member>,
}

impl Dated {
    /// The days that it may be.
    #[must_use]
    pub fn days(&self) -> Option<Days> {
        self.date.days()
    }

    /// The date as it was written, without a year that was taken from elsewhere.
    #[must_use]
    pub fn written(&self) -> DateRange {
        if self.year_from.is_none() {
            return self.date;
        }
        let bare = |date: Date| Date { year: None, ..date };
        DateRange { from: bare(self.date.from), to: bare(self.date.to) }
    }

    /// The days of two dates as they are written, the year of one lent to the other.
    #[must_use]
    pub fn days_beside(&self, other: &Self) -> Option<(Days, Days)> {
        let (x, y) = (self.written(), other.written());
        let year = x.from.year.or(x.to.year).or(y.from.year).or(y.to.year).unwrap_or(LEAP);
        let own = |range: DateRange| range.or_year(Some(year)).days();
        Some((own(x)?, own(y)?))
    }
}

/// A year with a 29 February, for dates without one.
const LEAP: i16 = 2000;

/// A date with the words that say what it is the date of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// The date.
    pub when: Dated,
    /// Whether something begins or ends with it.
    pub edge: Edge,
    /// The words, by word family, each once.
    pub terms: Vec<OccasionTerm>,
    /// Versions, ordinals and numbers that set it apart from others of its kind, sorted.
    pub marks: Vec<CompactString>,
    /// Words for the stage of what comes in several: late, provisional, extended; sorted.
    pub stages: Vec<CompactString>,
    /// The class of what happens to a thing once, `opening`; empty when the clause has no word for it.
    pub action: CompactString,
    /// Whether it is still to come for the author; `None` when the clause has no verb that shows it.
    pub ahead: Option<bool>,
    /// Whether its year is written in its sentence or in the heading above, not carried on from elsewhere.
    pub firm: bool,
    /// Whether it was read in a table.
    pub row: bool,
    /// The first day of the date of the heading that it stands under, when that has one.
    pub under: Option<i32>,
    /// The words of the title of the document.
    pub title: Arc<[CompactString]>,
    /// How the date hangs in its sentence.
    pub tie: Tie,
    /// The words of its sentence beyond its clause, by word family, sorted.
    pub beside: Box<[CompactString]>,
    /// The numbers of its sentence that are no part of a date, as written, sorted.
    pub figures: Box<[CompactString]>,
    /// What its sentence says against there being one such date.
    pub doubts: Doubts,
    /// Whether it is too little by itself to be compared: a year, a date in a note or heading, one that is doubted. Such
    /// a date counts only where all evidence is weighed.
    pub faint: bool,
    /// The other end of the stretch of time that it is one end of: "from 2 March to 30 June".
    pub other: Option<DateRange>,
    /// Whether it was read in a document in another language, without its words.
    pub abroad: bool,
}

/// How a date hangs in its sentence, and on which word.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tie {
    /// How it hangs there.
    pub sort: TieSort,
    /// The word that it hangs on, as [`OccasionTerm::key`]; empty when there is none.
    pub word: CompactString,
    /// Whether that word is taken as known: "the", "its".
    pub definite: bool,
    /// Whether that word is new: "a".
    pub indefinite: bool,
}

/// How a date hangs in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum TieSort {
    /// Like none of the others.
    #[default]
    Loose,
    /// On a noun: "the decision of 29 July".
    Of,
    /// On a noun behind it: "the 1932 excavation".
    Modifier,
    /// In brackets: "the evaluation (March 2017)".
    Bracket,
    /// Set off by a sign: "the day of the freeze, 19 May", "Closing date: 30 September".
    Sign,
    /// By a preposition of time: "closed on 30 June".
    When,
    /// At the head of a clause: "On 30 June it closed".
    Fronted,
}

/// What a sentence says against there being one such date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Doubts {
    /// What is measured on a day is measured on others, too: "the balance at 31 March".
    pub state: bool,
    /// The day of writing: "posted on 5 May".
    pub byline: bool,
    /// It comes again: "each", "annual".
    pub again: bool,
    /// It was moved: "postponed".
    pub moved: bool,
    /// It is denied.
    pub denied: bool,
}

impl Doubts {
    /// Whether there is any.
    #[must_use]
    pub fn any(self) -> bool {
        self.state || self.byline || self.again || self.moved || self.denied
    }
}

/// A word of an occasion.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OccasionTerm {
    /// What stands for its word family; `=opening` for a word of a class of happenings.
    pub key: CompactString,
    /// How much it says of the occasion, 1 to 10: how near it stands to the date.
    pub weight: u8,
    /// Whether it stands before the date.
    pub before: bool,
    /// Whether it is a name.
    pub name: bool,
    /// Whether it is a verb, or a word for what happens.
    pub verbal: bool,
    /// Whether it is a word for what comes again: a meeting, an inspection.
    pub again: bool,
    /// As written.
    pub text: CompactString,
    /// The word right before it: `board` of "board meeting".
    pub left: CompactString,
    /// The word that completes it: `analyst` of "call for analysts".
    pub complement: CompactString,
    /// The groups of words that exclude each other which it belongs to.
    pub contrasts: Box<[u16]>,
}

/// Which part of a stretch of time a date is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edge {
    /// The day itself: "on 5 May".
    Point,
    /// Its beginning: "since 5 May".
    Start,
    /// Its end: "until 5 May".
    End,
}

/// A stated length of time and the dates that it follows from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interval {
    /// How it follows.
    pub sort: IntervalSort,
    /// The length: "eleven weeks", "aged 58", "25th".
    pub stated: Operand,
    /// The earlier date.
    pub from: Dated,
    /// The later date.
    pub to: Dated,
    /// The seconds since midnight of two times of one day, which stand where the dates would.
    pub clock: Option<(i32, i32)>,
    /// How much says that the length is that of the two ends; [`Interval::SURE`] where the wording ties it to them.
    pub weight: u8,
    /// Other ends near by. When the length fits one of these pairs, it may be theirs.
    pub rivals: Vec<Ends>,
}

impl Interval {
    /// The weight of a length that stands right beside its ends.
    pub const SURE: u8 = 20;
}

/// Beginning and end of a stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ends {
    /// Two dates.
    Dates(DateRange, DateRange),
    /// Two times of the day, in seconds since midnight.
    Clock(i32, i32),
}

/// How a length of time follows from two dates.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IntervalSort {
    /// Something lasted from one to the other.
    Length,
    /// Something of so many days was held on all days from one to the other.
    Event,
    /// Something that may have taken only part of the time between the two.
    Within,
    /// The one is so long after the other.
    Distance,
    /// The anniversary of the earlier in the year of the later.
    Anniversary,
    /// The age at the later of one born at the earlier.
    Age,
    /// The later is the day of the year on which the earlier comes round.
    Birthday,
}

impl IntervalSort {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Event => "event",
            Self::Within => "within",
            Self::Distance => "distance",
            Self::Anniversary => "anniversary",
            Self::Age => "age",
            Self::Birthday => "birthday",
        }
    }
}

/// Something that is said to happen on a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The class of what happens: `open`, `inspect`; `occur` when the thing itself is the happening.
    pub action: CompactString,
    /// Whether it happens to a thing once; meetings and inspections come again.
    pub once: bool,
    /// The thing that it happens to, or the happening itself.
    pub thing: Thing,
    /// When.
    pub when: Dated,
    /// Whether it is still to come for the author.
    pub ahead: bool,
}

/// What an event happens to: "the second van", "Salt and Iron", "version 0.12.0".
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Thing {
    /// Base form of the head noun; empty for a thing without one.
    pub head: CompactString,
    /// Base forms of all content words but the head, in order.
    pub words: Vec<CompactString>,
    /// Those that are names, the head too.
    pub names: Vec<CompactString>,
    /// Ordinals, numbers, years and versions in it: what sets it apart from others of its kind.
    pub marks: Vec<CompactString>,
    /// Places and other names that stand elsewhere in the clause.
    pub around: Vec<CompactString>,
    /// Whether it is taken as known: "the", "its", a name.
    pub definite: bool,
    /// Whether there are several.
    pub plural: bool,
    /// Whether it was taken from a sentence before, for a pronoun.
    pub pronoun: bool,
    /// As written.
    pub wording: CompactString,
}

/// Times that must be in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sequence {
    /// What puts them in order.
    pub sort: SequenceSort,
    /// The times as they are written, at least two.
    pub steps: Vec<Step>,
}

/// One time of a sequence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Its place and wording.
    pub at: Member,
    /// Its days; for times of the day, seconds since midnight.
    pub days: Days,
    /// The numbers of the version that it is the date of, largest part first; empty when there is none.
    pub version: Vec<u32>,
}

/// What puts times in order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SequenceSort {
    /// A source appeared, and was looked at.
    Access,
    /// The beginning and the end of one row of a table.
    Columns,
    /// Two columns of a row, which are in order in all other rows.
    Rows,
    /// The entries of a log, all in one direction.
    Log,
    /// The entries of a log of versions, which are in order themselves.
    Versions,
    /// The entries of a list or table that says that it is in the order of time.
    Timeline,
    /// A member of a numbered series, and the next one.
    Numbered,
    /// Something told as past, and the day of the document that tells it.
    Told,
    /// What had to come first, and what followed from it.
    Cause,
    /// What had happened before, and what happened.
    Past,
    /// What somebody did, and the death of the same.
    Death,
}

impl SequenceSort {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Columns => "columns",
            Self::Rows => "rows",
            Self::Log => "log",
            Self::Versions => "versions",
            Self::Timeline => "timeline",
            Self::Numbered => "numbered",
            Self::Told => "told",
            Self::Cause => "cause",
            Self::Past => "past",
            Self::Death => "death",
        }
    }
}
