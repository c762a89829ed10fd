//! Claims: what a text states at one place, ready to be compared.
//!
//! Goes in: a [`Document`] and its [`Layers`]. Comes out: claims, one extractor a file. Two claims can
//! contradict each other; whether they do is for `check`. Knows nothing of rules, wording or formats.

mod abbreviation;
mod abroad;
mod acronym;
mod around;
mod axes;
mod calendar;
mod citation;
mod clock;
mod code;
mod context;
mod conversion;
mod dated;
mod derived;
mod edition;
mod event;
mod figures;
mod footnote;
mod frame;
mod grid;
mod identifier;
mod integer;
mod interval;
mod keys;
mod kind;
mod language;
mod link;
mod linked;
mod list;
mod look;
mod mean;
mod members;
mod moment;
mod name;
pub mod naming;
mod noun;
mod occasion;
mod order;
mod ordinal;
mod organisation;
mod own;
mod pairing;
mod pattern;
mod percentage;
mod pointer;
mod position;
mod quantity;
mod quotation;
mod quoted;
mod range;
mod reference;
mod relation;
mod role;
mod scope;
mod section;
mod sequence;
mod set;
mod setting;
mod statistic;
mod status;
mod table;
mod term;
mod total;
mod version;
mod weekday;
mod zoned;

pub use abbreviation::Abbreviation;
pub use acronym::{IMPLIED, LOOSE, MISFIT, NEARLY};
pub use axes::{Axes, Origin};
pub use calendar::{
    Dated, Doubts, Edge, Ends, Event, Interval, IntervalSort, Occasion, OccasionTerm, Sequence, SequenceSort, Step,
    Thing, Tie, TieSort,
};
pub use citation::{Antecedent, Author, Citation, CitationForm, plain_address};
pub use code::Code;
pub use context::{BlockView, Context, LISTING, WEIGHED};
pub use derived::{About, Derived, Says};
pub use edition::{Edition, EditionPlace, EditionValue};
pub use frame::{Frame, FrameWord, WordSort};
pub use grid::{CellNumber, Content, Grid, GridCell, grid};
pub use kind::ClaimKind;
pub use link::{
    CellMatch, Company, Evidence, Refusal, Restatement, RowIndex, antecedent, can_be, common_words, differing_cues,
    evidence, is_apart, link, narrowed_apart, plain_cues, restatement, stem, times_conflict, values_agree,
};
pub use linked::{Designation, Linked};
pub use mean::Average;
pub use name::Known;
pub use noun::{NounPhrase, class, lemma, noun_phrase};
pub use own::{Pattern, Stated, StatedValue, Wanted, extract_own};
pub use position::Position;
pub use quotation::Quotation;
pub use reference::Reference;
pub use relation::{Direction, Relation};
pub use role::{Epithet, Holding, Role, Said, Slot, Surety};
pub use scope::{clause, entities, is_year, scope};
pub use section::{Title, are_namesakes};
pub use set::{NamedSet, SetMember};
pub use setting::{
    Beside, Bound, Cue, Datum, DatumPlace, Declared, Given, GivenSort, Identifier, IdentifierForm, Limit, Mention,
    MentionPlace, Parameter, ParameterSource, ParameterTerm, Setting, SettingSort, SettingValue,
};
pub(crate) use setting::{DEMANDED, DROPPED, SIGNATURE, is_agreed, is_inside, is_version, shared_words};
pub use statistic::Statistic;
pub use status::Status;
pub use term::Term;
pub use zoned::ZonedTime;

use crate::annotate::{Layers, PartShape};
use crate::document::{BlockId, Document};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::value::Quantity;
use compact_str::CompactString;
use std::sync::Arc;

/// What a claim is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    /// Lemma of the head noun; empty when none was found.
    pub head: CompactString,
    /// Synonym class of the head, or the head itself.
    pub class: CompactString,
    /// Lemmas of the words that narrow the head, in order of writing: "male former" → male, former.
    pub modifiers: Vec<CompactString>,
    /// The entity it belongs to, normalised: `kazakhstan`. From the clause, else heading, caption, row and column.
    pub entities: Vec<CompactString>,
    /// Who is said to have, do or be it, in words of the clause: "Sensors recorded revenue of" → sensor.
    pub owners: Vec<CompactString>,
    /// Those of the modifiers that only point to what was said before: "participating", "mentioned".
    pub loose: Vec<CompactString>,
    /// Whether the head is a noun for people.
    pub people: bool,
    /// Whether it is what the document as a whole is about: the project, the study, we.
    pub topic: bool,
    /// Whether the head is a noun that can stand for people of many sorts: men, participants, victims.
    pub general: bool,
    /// The author's wording, for messages: "male former fighters".
    pub wording: CompactString,
}

/// Where, when and of what part a claim speaks. Empty means: not said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Years and periods named in the sentence: `2019`, `2022/23`, `q2 2023`.
    pub times: Vec<CompactString>,
    /// The same of the text that leads up to a sentence without a time: the sentences before it in the paragraph,
    /// else the headings above.
    pub setting: Vec<CompactString>,
    /// The headings above, outermost first.
    pub titles: Arc<[Title]>,
    /// The period that the document as a whole is about, from its name: `2008`, `2008-04`.
    pub period: Option<CompactString>,
    /// Named refusal cues found around the value, see `claim/scope.rs`: `target`, `subset`, `measure:mean` …
    pub cues: Vec<CompactString>,
}

impl Scope {
    /// The times named in the sentence, else those of the text that leads up to it.
    #[must_use]
    pub fn when(&self) -> &[CompactString] {
        if self.times.is_empty() { &self.setting } else { &self.times }
    }
}

/// One number that takes part in a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operand {
    /// Its place.
    pub at: Span,
    /// Its wording.
    pub text: CompactString,
    /// What it is called, for the arithmetic: "women", "Harrow Vale"; may be empty.
    pub name: CompactString,
    /// What it says.
    pub quantity: Quantity,
}

/// A place with its wording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Its place.
    pub at: Span,
    /// Its wording.
    pub text: CompactString,
}

/// What a claim claims.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// [`ClaimKind::Quantity`]
    Quantity(Quantity),
    /// [`ClaimKind::Total`], [`ClaimKind::ColumnTotal`]: a whole and the ways to read its parts. The claim is
    /// sound when one reading adds up; `readings` is not empty, the likeliest reading first.
    Total {
        /// The stated whole.
        whole: Operand,
        /// Alternative lists of parts; a part to be subtracted has a negative value.
        readings: Vec<Vec<Operand>>,
        /// How sure it is that the parts are all the parts, 0 to 10.
        strength: u8,
        /// Whether whole and parts count things one by one, so that nothing is lost in rounding.
        exact: bool,
        /// In how many other rows or columns of the table the same sum adds up.
        support: u32,
        /// The number that several sums point to as the wrong one.
        culprit: Option<Member>,
        /// The wholes of the other sums that point to it.
        also: Vec<Operand>,
    },
    /// [`ClaimKind::List`]
    List {
        /// How many are announced.
        announced: u32,
        /// The announcing number.
        number: Member,
        /// What is announced: "ways".
        noun: CompactString,
        /// The listed members.
        items: Vec<Member>,
    },
    /// [`ClaimKind::Setting`]
    Setting(Box<Setting>),
    /// [`ClaimKind::Term`]
    Term(Term),
    /// [`ClaimKind::Identifier`]
    Identifier(Box<Identifier>),
    /// [`ClaimKind::Declared`]
    Declared(Box<Declared>),
    /// [`ClaimKind::Given`]
    Given(Box<Given>),
    /// [`ClaimKind::Parameter`]
    Parameter(Box<Parameter>),
    /// [`ClaimKind::Datum`]
    Datum(Box<Datum>),
    /// [`ClaimKind::Mention`]
    Mention(Box<Mention>),
    /// [`ClaimKind::Set`]
    Set(NamedSet),
    /// [`ClaimKind::Ordinal`]: the rank named.
    Ordinal(u32),
    /// [`ClaimKind::Ordinal`]: how many members a numbered series has in all.
    Series {
        /// The number of members.
        size: u32,
        /// The places that say so, when they are several: "the first three phases", "the final phase".
        parts: Vec<Member>,
    },
    /// [`ClaimKind::Rank`]: the rank stated and those said to be ahead.
    Rank {
        /// The rank stated.
        rank: u32,
        /// Those ahead of it.
        ahead: Vec<Member>,
    },
    /// [`ClaimKind::Order`]
    Order {
        /// The word that states the order: "rose", "followed by".
        cue: Member,
        /// The order stated.
        direction: Direction,
        /// First value.
        first: Operand,
        /// Second value.
        second: Operand,
        /// By how much they are said to differ.
        by: Option<Operand>,
    },
    /// [`ClaimKind::Name`]
    Name(Name),
    /// [`ClaimKind::Reference`]
    Reference(Reference),
    /// [`ClaimKind::Footnote`]
    Footnote {
        /// The label without its decoration.
        label: CompactString,
        /// Whether it is the note itself, not a mark that calls it.
        note: bool,
        /// Whether the markup says that it is one: `[^4]`, not a raised figure.
        marked: bool,
        /// Whether it is a figure in brackets, which also numbers the entries of a bibliography.
        bracketed: bool,
    },
    /// [`ClaimKind::Place`]
    Place {
        /// `table`, `section`, `anchor`, `document`; `item` for the mark of a list item.
        sort: CompactString,
        /// Its number, the folded name of an anchor, the path of a document.
        number: CompactString,
        /// Whether it certainly is such a place, not only something that begins like one.
        firm: bool,
        /// The level of a heading, 9 of a caption, 0 of anything else.
        level: u8,
    },
    /// [`ClaimKind::Pointer`]
    Pointer {
        /// As for a place.
        sort: CompactString,
        /// As for a place.
        number: CompactString,
        /// The path of another document that the place is in.
        path: Option<CompactString>,
        /// The title that is given with the number.
        title: Option<Member>,
    },
    /// [`ClaimKind::Link`]
    Link(Box<Linked>),
    /// [`ClaimKind::Code`]
    Code(Box<Code>),
    /// [`ClaimKind::Conversion`]
    Conversion {
        /// The measure.
        first: Operand,
        /// The same in another unit.
        second: Operand,
        /// The ways to convert: the first, times the factor, plus the offset, gives the second. Not empty; the
        /// likeliest first.
        readings: Vec<(crate::value::Decimal, crate::value::Decimal)>,
        /// Whether one unit is a whole multiple of the other: km and m.
        whole: bool,
    },
    /// [`ClaimKind::Percentage`]
    Percentage {
        /// How the percentage follows from the others.
        relation: Relation,
        /// The percentage, quotient or rate.
        stated: Operand,
        /// Part and whole, start and end; for complements the other share alone.
        others: Vec<Operand>,
    },
    /// [`ClaimKind::Percentage`], [`ClaimKind::Order`]: a statement about figures that stand elsewhere.
    Derived(Box<Derived>),
    /// [`ClaimKind::Range`]: two numbers.
    Range {
        /// The word that makes a range of them: "CI", "between".
        cue: Member,
        /// The end written first.
        first: Operand,
        /// The end written second.
        second: Operand,
    },
    /// [`ClaimKind::Range`]: a value that is said to lie in a range.
    Within {
        /// The word that says so: "mean", "CI".
        cue: Member,
        /// The value.
        value: Operand,
        /// The lower end.
        low: Operand,
        /// The upper end.
        high: Operand,
    },
    /// [`ClaimKind::Range`]: two days.
    Period {
        /// The word that makes a range of them: "from", "between".
        cue: Member,
        /// The day written first.
        first: Member,
        /// The day written second.
        second: Member,
        /// What the first says; a whole date.
        from: crate::value::Date,
        /// What the second says; a whole date.
        to: crate::value::Date,
    },
    /// [`ClaimKind::Weekday`]
    Weekday {
        /// The weekday stated, 1 (Monday) to 7 (Sunday).
        stated: u8,
        /// Its place and wording.
        weekday: Member,
        /// The whole date.
        date: crate::value::Date,
        /// Its place and wording.
        day: Member,
        /// Where the year was taken from, when the date is written without one.
        source: Option<Member>,
    },
    /// [`ClaimKind::Definition`]
    Definition(Definition),
    /// [`ClaimKind::Mean`]
    Mean {
        /// What was worked out.
        what: Average,
        /// The mean or share.
        value: Operand,
        /// The standard deviation, for [`Average::Binary`].
        deviation: Option<Operand>,
        /// The number of cases.
        cases: Operand,
    },
    /// [`ClaimKind::Stated`]
    Stated(Box<Stated>),
    /// [`ClaimKind::Statistic`]
    Statistic(Box<Statistic>),
    /// [`ClaimKind::Date`]
    Date(Dated),
    /// [`ClaimKind::Interval`]
    Interval(Box<Interval>),
    /// [`ClaimKind::Citation`]
    Citation(Box<Citation>),
    /// [`ClaimKind::Role`]
    Role(Role),
    /// [`ClaimKind::Quotation`]
    Quotation(Box<Quotation>),
    /// [`ClaimKind::Abbreviation`]
    Abbreviation(Abbreviation),
    /// [`ClaimKind::Event`]
    Event(Box<Event>),
    /// [`ClaimKind::Occasion`]
    Occasion(Box<Occasion>),
    /// [`ClaimKind::Edition`]
    Edition(Box<Edition>),
    /// [`ClaimKind::Position`]
    Position(Position),
    /// [`ClaimKind::Sequence`]
    Sequence(Box<Sequence>),
    /// [`ClaimKind::Zoned`]
    Zoned(Box<[ZonedTime; 2]>),
}

/// An acronym and the words that it is said to stand for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// The short form without full stops and the s of the plural: `VEC`.
    pub short: CompactString,
    /// The long form.
    pub long: Member,
    /// The words of the long form that carry meaning, in base forms, words with hyphens in parts: `village`,
    /// `education`, `committee`.
    pub words: Vec<CompactString>,
    /// How badly the letters lie on the words: 0 when each begins a word and no word is left over, [`LOOSE`] when they
    /// are only found somewhere in them, [`MISFIT`] when the words do not have them.
    pub cost: u32,
}

/// A name as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// What it names, as far as the text shows.
    pub kind: NameKind,
    /// Its parts in order, without titles: `Kassym-Jomart`, `Tokayev`.
    pub parts: Vec<Member>,
    /// What each part is; aligned with `parts`. A word that the document also writes small is ordinary.
    pub shapes: Vec<PartShape>,
    /// What the lexicon knows of each part; aligned with `parts`.
    pub known: Vec<Known>,
    /// Title or role words next to it, lower case: `president`.
    pub titles: Vec<CompactString>,
    /// Lower-case last parts of the names it is listed with: "Al-Hol and Al-Roj camps".
    pub anchors: Vec<CompactString>,
    /// Written surname first with initials: "Okafor C".
    pub inverted: bool,
    /// Its capitals say little: a heading, a title in capitals, the first word of a sentence.
    pub weak: bool,
    /// It stands in small print, where works are cited: a bibliography entry or a note.
    pub cited: bool,
    /// The first words of the title that follows, lower case, when it names the first author of a cited work.
    pub work: CompactString,
    /// The words of an organisation's name that has several; such a claim has one ordinary part, the whole name.
    pub wording: Option<Wording>,
}

/// The words of an organisation's name: "Bulan Institute for Peace Innovations".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// The words before the head noun, lower case: `bulan`.
    pub left: Vec<CompactString>,
    /// The head noun and the capitalised words after it, lower case: `institute`, `peace`, `innovations`.
    pub words: Vec<CompactString>,
    /// The small words before each word but the head: `for`, an empty string.
    pub links: Vec<CompactString>,
}

/// What a name names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An organisation, operation, work or anything else with a name.
    Other,
    /// Something in code: a function, an option, a package.
    Identifier,
    /// A run of capitals in a document in another language.
    Abroad,
}

/// What a text states at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// What kind of statement.
    pub kind: ClaimKind,
    /// What it is about.
    pub subject: Subject,
    /// Lemma of the verb; empty when there is none.
    pub predicate: CompactString,
    /// When, where, of what part.
    pub scope: Scope,
    /// Whether it is claimed to be so.
    pub status: Status,
    /// What is claimed.
    pub value: Value,
    /// The smallest wording that carries the value.
    pub at: Span,
    /// The wording at `at`, white space folded.
    pub text: CompactString,
    /// The sentence, cell or caption around it.
    pub within: Span,
    /// The block it stands in.
    pub block: BlockId,
    /// The block's sentence it stands in, counted from 0.
    pub sentence: u32,
    /// The list whose item it stands in, an index into `Document::lists`; for the words of a cell its table, counted on
    /// behind the lists.
    pub list: Option<u32>,
    /// Where it was read.
    pub origin: Origin,
    /// For a number in running text: the words of the sentence around it.
    pub frame: Option<Box<Frame>>,
    /// For a cell: what its row, column and caption say.
    pub axes: Option<Box<Axes>>,
    /// Who read it; shown by `recount claims`.
    pub by: &'static str,
}

impl Claim {
    /// What is counted or measured; `None` for every other kind of statement.
    #[must_use]
    pub fn quantity(&self) -> Option<&Quantity> {
        if let Value::Quantity(quantity) = &self.value { Some(quantity) } else { None }
    }
}

/// Reads all claims of a document, in order of place, then kind.
#[must_use]
pub fn claims(document: &Document, layers: &Layers, lexicon: &Lexicon) -> Vec<Claim> {
    claims_and_own(document, layers, lexicon, &[])
}

/// [`claims`], and those that rules read with patterns of their own.
#[must_use]
pub fn claims_and_own(document: &Document, layers: &Layers, lexicon: &Lexicon, own: &[Pattern]) -> Vec<Claim> {
    let context = Context::new(document, layers, lexicon);
    if document.source {
        let mut out = Vec::new();
        setting::in_source(&context, &mut out);
        out.sort_by_cached_key(|a| (a.at, a.kind));
        return out;
    }
    let mut out = Vec::with_capacity(layers.blocks.iter().map(|b| b.quantities.len() + b.names.len()).sum());
    for (_, extract) in EXTRACTORS {
        extract(&context, &mut out);
    }
    language::retain_english(&context, &mut out);
    extract_own(&context, own, &mut out);
    // Claims are large: their keys are sorted, and each claim is moved once.
    out.sort_by_cached_key(|a| (a.at, a.kind));
    out
}

/// The extractors that reckon with dates: these are given their years once.
fn dates(context: &Context<'_>, out: &mut Vec<Claim>) {
    let all = moment::moments(context);
    dated::extract(context, &all, out);
    interval::extract(context, &all, out);
    event::extract(context, &all, out);
    occasion::extract(context, &all, out);
    sequence::extract(context, &all, out);
    zoned::extract(context, &all, out);
    position::extract(context, &all, out);
}

/// Reads claims of one kind into the list.
type Extractor = fn(&Context<'_>, &mut Vec<Claim>);

/// The built-in extractors by name, one a file but for those that share the dates.
pub const EXTRACTORS: &[(&str, Extractor)] = &[
    ("quantity", quantity::extract),
    ("total", total::extract),
    ("table", table::extract),
    ("list", list::extract),
    ("set", set::extract),
    ("setting", setting::extract),
    ("term", term::extract),
    ("ordinal", ordinal::extract),
    ("order", order::extract),
    ("name", name::extract),
    ("organisation", organisation::extract),
    ("identifier", identifier::extract),
    ("reference", reference::extract),
    ("code", code::extract),
    ("footnote", footnote::extract),
    ("pointer", pointer::extract),
    ("linked", linked::extract),
    ("acronym", acronym::extract),
    // It leaves out what the acronyms above were read in.
    ("abbreviation", abbreviation::extract),
    ("role", role::extract),
    ("weekday", weekday::extract),
    ("conversion", conversion::extract),
    ("percentage", percentage::extract),
    // It leaves out what the relations above were read in.
    ("derived", derived::extract),
    ("range", range::extract),
    ("mean", mean::extract),
    ("statistic", statistic::extract),
    ("dates", dates),
    ("citation", citation::extract),
    ("quotation", quotation::extract),
    ("edition", edition::extract),
];
