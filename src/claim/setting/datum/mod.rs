//! Numbers of documentation with the words around them, wherever they stand: in sentences, cells, code and comments.
//!
//! A sentence, a table of options and a constant say one thing in three ways: "gives up after six starts", `| attempts |
//! 6 |`, `MAX_ATTEMPTS = 6`. What they have in common are words, a unit and what stands beside them; which of it counts
//! how much is for the relation to weigh.

mod cells;
mod lines;
mod prose;

use super::SettingValue;
use super::parameter::{ParameterTerm, Terms, Word, in_tokens};
use crate::annotate::phrase_at;
use crate::claim::context::BlockView;
use crate::claim::section::Titles;
use crate::claim::{Claim, ClaimKind, Context, Value};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::CompactString;
use std::ops::Range;

/// Most numbers of one document; more are those of a report or of data.
const NUMBERS: usize = 1_500;

/// One in so many sentences of a manual asks the reader to do something.
const ASKED: usize = 5;

/// Most other numbers beside one that are kept.
const COMPANY: usize = 12;

/// A number with the words that say what it is the value of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Datum {
    /// Where it stands.
    pub place: DatumPlace,
    /// What is said.
    pub value: SettingValue,
    /// The words that say what it is the value of: 4 beside it, in its label or its name; 3 in its sentence, row or
    /// comment; 2 in the heading above or the sentence before; 1 in the title of the document.
    pub terms: Vec<ParameterTerm>,
    /// What it counts, or the name of its unit, as a term.
    pub counted: CompactString,
    /// `default`, `least`, `most`; empty when it is not said.
    pub slot: &'static str,
    /// What else is said of it, see [`Cue`].
    pub cues: u32,
    /// The other numbers of its sentence, row or line, and those of the lines next to it.
    pub company: Vec<SettingValue>,
    /// Whether the file is code or a configuration, and no documentation.
    pub source: bool,
    /// The table that it stands in, an index into `Document::tables`.
    pub table: Option<u32>,
    /// Whether the document is the first page of its folder: a README or an index.
    pub home: bool,
    /// Platforms, environments and plans that it is for.
    pub only: Vec<CompactString>,
    /// The folder of the document, with `/` between its parts.
    pub folder: CompactString,
    /// The version of the product that the path of the document names, if any.
    pub edition: CompactString,
}

/// Where a number stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DatumPlace {
    /// In running text.
    Prose,
    /// In a cell of a table.
    Cell,
    /// In code that gives a name a value.
    Setting,
    /// Elsewhere in code.
    Code,
}

impl DatumPlace {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Cell => "cell",
            Self::Setting => "setting",
            Self::Code => "code",
        }
    }
}

/// What is said of a number besides, as bits of [`Datum::cues`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cue {
    /// It is what holds unless something else is set.
    Default = 1,
    /// The sentence tells what somebody did or advises.
    Told = 2,
    /// It is a former value, or becomes another one.
    Changed = 4,
    /// The reader is asked to choose it.
    Chosen = 8,
    /// It is rounded: "about 40".
    Rounded = 16,
    /// It is an example.
    Example = 32,
    /// It may be a name.
    Label = 64,
    /// It is one of several that follow each other.
    Listed = 128,
    /// It holds under a condition.
    Conditional = 256,
    /// It is in words.
    Words = 512,
    /// It belongs to another version.
    Edition = 1024,
    /// It is an end of a range.
    Range = 2048,
    /// It is denied.
    Negated = 4096,
    /// The document tells its reader what to do: a manual, a guide.
    Instructive = 8192,
}

impl Cue {
    /// The bit of the cue when it is there.
    fn bit(self, there: bool) -> u32 {
        if there { self as u32 } else { 0 }
    }
}

impl Datum {
    /// A number of which nothing more is said than its words.
    fn new(place: DatumPlace, value: SettingValue, terms: Terms) -> Self {
        Self {
            place,
            value,
            terms: terms.done(),
            counted: CompactString::default(),
            slot: "",
            cues: 0,
            company: Vec::new(),
            source: false,
            table: None,
            home: false,
            only: Vec::new(),
            folder: CompactString::default(),
            edition: CompactString::default(),
        }
    }

    /// The claim of a number in tokens.
    fn claim(self, view: &BlockView<'_>, tokens: Range<usize>) -> Claim {
        let mut claim = view.claim(ClaimKind::Datum, "datum", tokens.clone(), Value::Datum(Box::new(self)));
        claim.subject.wording = view.wording(tokens).into();
        claim
    }

    /// Whether a cue is there.
    #[must_use]
    pub fn has(&self, cue: Cue) -> bool {
        self.cues & cue as u32 != 0
    }
}

/// Reads the numbers of a document.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    if context.layers.blocks.iter().map(|b| b.quantities.len()).sum::<usize>() > NUMBERS {
        return;
    }
    let mut found = Vec::new();
    prose::extract(context, &mut found);
    cells::extract(context, &mut found);
    lines::extract(context, &mut found);
    if found.len() > NUMBERS {
        return;
    }
    let mut titles = Titles::default();
    let instructive = !context.document.source && !found.is_empty() && is_instructive(context);
    for claim in &mut found {
        if let Value::Datum(datum) = &mut claim.value {
            datum.cues |= Cue::Instructive.bit(instructive);
        }
        claim.scope.titles = titles.above(context, claim.block);
    }
    out.append(&mut found);
}

/// Whether a document tells its reader what to do: enough of its sentences begin with a verb in its base form or speak
/// of "you".
fn is_instructive(context: &Context<'_>) -> bool {
    let (mut sentences, mut told) = (0_usize, 0_usize);
    for view in context.views().filter(BlockView::is_prose) {
        for sentence in view.layer.sentences.iter().filter(|s| s.len() > 3) {
            sentences += 1;
            told += usize::from(asks(context.lexicon, &view, sentence));
        }
    }
    told >= 2 && told * ASKED >= sentences
}

/// Whether a sentence asks the reader to do something, or speaks of the reader.
fn asks(lexicon: &Lexicon, view: &BlockView<'_>, sentence: &Range<usize>) -> bool {
    let first = view.layer.tokens[sentence.start].word;
    let verb = first.is_some_and(|id| {
        let pos = lexicon.words.pos(id);
        pos.any(Pos::VERB)
            && !pos.any(Pos::CLOSED.and(Pos::PAST).and(Pos::GERUND))
            && lexicon.words.get(id).lemma.is_empty()
    });
    verb || sentence.clone().any(|i| matches!(lower(view.word(i)).as_str(), "you" | "your" | "shall"))
}

/// Whether a phrase of a set stands in a range of tokens.
fn has(view: &BlockView<'_>, lexicon: &Lexicon, set: &str, range: &Range<usize>) -> bool {
    range.clone().any(|i| phrase_at(lexicon, set, view.text, &view.layer.tokens, i).is_some())
}

/// The words of the heading above a block and of the title, with their weights.
fn around(context: &Context<'_>, view: &BlockView<'_>) -> Vec<(Word, u8)> {
    let headings = [(view.block.section, 2), (title(context), 1)];
    let words = |(id, weight): (Option<BlockId>, u8)| {
        let heading = id.map(|id| context.view(id));
        let words = heading.map(|h| in_tokens(&h, context.lexicon, 0..h.layer.tokens.len())).unwrap_or_default();
        words.into_iter().map(move |(_, word)| (word, weight))
    };
    headings.into_iter().flat_map(words).collect()
}

/// The first heading of a document.
fn title(context: &Context<'_>) -> Option<BlockId> {
    let first = context.document.blocks.iter().take(4).position(|b| matches!(b.kind, BlockKind::Heading(_)))?;
    Some(BlockId(first as u32))
}
