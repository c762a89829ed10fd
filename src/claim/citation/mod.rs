//! Works as cited: entries of a bibliography, notes, author and year in the text.
//!
//! A citation is read as far as it shows: who wrote it, title, year, publisher, addresses. What cannot be told
//! apart surely is left empty, so that a comparison of two citations finds nothing to compare.

mod address;
mod author;
mod back;
mod entry;
mod inline;
mod labels;
mod lines;
mod title;
mod uncited;

pub use address::plain_address;

use super::quoted::folded_words;
use super::{BlockView, Claim, ClaimKind, Context, Member, Value};
use crate::annotate::phrase_at;
use crate::document::{BlockId, BlockKind};
use compact_str::CompactString;
use std::ops::Range;

/// Where a work is cited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CitationForm {
    /// An entry of a bibliography.
    Entry,
    /// In a note.
    Note,
    /// By author and year, in running text: "(Oduya & Fenn, 2018)".
    Text,
}

impl CitationForm {
    /// The name used in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Note => "note",
            Self::Text => "text",
        }
    }
}

/// Somebody who is named as author.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Author {
    /// Surname of a person in folded letters; empty for an organisation.
    pub surname: CompactString,
    /// Given names or initials of a person, folded, in order; empty when none is given.
    pub given: Vec<CompactString>,
    /// The words of an organisation's name, folded, in order; empty for a person.
    pub words: Vec<CompactString>,
    /// Written surname first with initials: "Okafor C".
    pub inverted: bool,
    /// A degree, a title or the name of an organisation is taken for a part of a person's name.
    pub broken: bool,
    /// A word for a title or a degree stands beside the name: "Dr", "PhD".
    pub titles: Vec<CompactString>,
    /// The wording.
    pub text: CompactString,
}

/// A work as cited at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// Where it is cited.
    pub form: CitationForm,
    /// Who wrote it, as far as named; empty when nobody is or it could not be told.
    pub authors: Vec<Author>,
    /// Whether there are more authors than are named: "et al."
    pub more: bool,
    /// The place of all authors.
    pub named: Option<Member>,
    /// The title without its quotation marks.
    pub title: Option<Member>,
    /// The words of the title, folded.
    pub key: Vec<CompactString>,
    /// The year of publication.
    pub year: Option<i16>,
    /// The letter that tells works of one author and year apart: 2012a.
    pub letter: Option<char>,
    /// The place of the year.
    pub dated: Option<Member>,
    /// Web addresses, in order.
    pub addresses: Vec<Member>,
    /// Publisher or the newspaper, journal or site that it appeared in, when it stands in a bracket with the year.
    pub publisher: Option<Member>,
    /// Words that say which edition, volume or version it is: `edition`, `part`, `translation`.
    pub cues: Vec<CompactString>,
    /// The label of the entry in a numbered list, the number of the note.
    pub label: CompactString,
    /// Whether it sends back to an earlier note: "ibid.", "op. cit."
    pub back: bool,
    /// The number of the note that it sends to: "above n 12".
    pub target: Option<(CompactString, Member)>,
    /// Whether what it sends back to is there.
    pub leads: Antecedent,
}

/// Where a short form of a note leads.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Antecedent {
    /// It is no short form, or it cannot be told.
    #[default]
    Unknown,
    /// To an earlier note, or to what the text names before.
    Earlier,
    /// To a work that only a later note cites; the author there.
    Later(Member),
    /// To nothing.
    Nowhere,
    /// To a note that does not cite the author; the number of the one that does, and the author there.
    Other(CompactString, Member),
}

/// Reads the claims of kind Citation.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let mut entries = false;
    let first = out.len();
    for view in context.views() {
        match view.block.kind {
            BlockKind::Entry => {
                entries = true;
                for range in lines::entries(&view) {
                    push(context, &view, range, CitationForm::Entry, "", out);
                }
            }
            BlockKind::Paragraph => {
                for range in lines::listed(&view) {
                    entries = true;
                    push(context, &view, range, CitationForm::Entry, "", out);
                }
            }
            // Figures in brackets number the entries of a list as well as notes.
            BlockKind::Note { note } if context.document.bracketed_notes && is_listed(context, view.id) => {
                entries = true;
                let label = context.document.notes.get(note as usize).map_or("", |n| n.label.as_str());
                push(context, &view, 0..view.text.len(), CitationForm::Entry, label, out);
            }
            BlockKind::Note { note } => {
                let label = context.document.notes.get(note as usize).map_or("", |n| n.label.as_str());
                for range in title::pieces(&view) {
                    if !continues(&view, &range, label, out) {
                        push(context, &view, range, CitationForm::Note, label, out);
                    }
                }
            }
            _ => {}
        }
    }
    back::settle(context, &mut out[first..]);
    if entries {
        let listed = out[first..].to_vec();
        inline::extract(context, out);
        inline::bare(context, &listed, out);
        labels::extract(context, out);
        uncited::mark(context, &mut out[first..]);
    }
}

/// Whether a block stands under the heading of a list of references.
fn is_listed(context: &Context<'_>, id: BlockId) -> bool {
    is_headed(context, id, "citation-list")
}

/// Whether the heading over a block has a phrase of a set among its first words.
fn is_headed(context: &Context<'_>, id: BlockId, set: &str) -> bool {
    context.document.headings(id).next().is_some_and(|(heading, _)| {
        let view = context.view(heading);
        let tokens = &view.layer.tokens;
        (0..tokens.len().min(6)).any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
    })
}

/// Gives an address that stands by itself to the citation before it in the same note.
fn continues(view: &BlockView<'_>, range: &Range<usize>, label: &str, out: &mut [Claim]) -> bool {
    let links = address::addresses(view, range.clone());
    let alone = links.first().is_some_and(|(r, _)| !view.text[range.start..r.start].contains(char::is_alphanumeric));
    if alone
        && let Some(Claim { value: Value::Citation(before), .. }) = out.last_mut()
        && before.form == CitationForm::Note
        && before.label == label
        && before.addresses.is_empty()
    {
        before.addresses = links.into_iter().map(|(_, m)| m).collect();
        return true;
    }
    false
}

/// Most bytes of one citation; what is longer is running text.
const LONGEST: usize = 2_000;

fn push(
    context: &Context<'_>,
    view: &BlockView<'_>,
    range: Range<usize>,
    form: CitationForm,
    label: &str,
    out: &mut Vec<Claim>,
) {
    if range.len() > LONGEST || range.is_empty() {
        return;
    }
    let read = entry::read(context, view, range.clone(), form);
    // An entry that is not understood is there all the same.
    let unread = || (form == CitationForm::Entry).then(|| Citation { form, ..Citation::default() });
    let Some(mut citation) = read.or_else(unread) else { return };
    if citation.label.is_empty() {
        citation.label = label.into();
    }
    if form == CitationForm::Entry && is_headed(context, view.id, "citation-partial") {
        citation.cues.push("selected".into());
    }
    out.push(claim(view, range, citation));
}

/// A claim over a range of bytes of a block.
fn claim(view: &BlockView<'_>, range: Range<usize>, citation: Citation) -> Claim {
    let tokens = &view.layer.tokens;
    let first = tokens.partition_point(|t| (t.start as usize) < range.start);
    let mut claim = view.claim(ClaimKind::Citation, "citation", first..first, Value::Citation(Box::default()));
    claim.at = view.block.text.span(range.clone());
    claim.within = claim.at;
    claim.text = view.text[range].into();
    let wording = [citation.named.as_ref(), citation.title.as_ref(), citation.dated.as_ref()];
    claim.subject.wording =
        wording.into_iter().flatten().map(|m| m.text.as_str()).collect::<Vec<_>>().join(", ").into();
    claim.value = Value::Citation(Box::new(citation));
    claim
}

impl Default for Citation {
    fn default() -> Self {
        Self {
            form: CitationForm::Entry,
            authors: Vec::new(),
            more: false,
            named: None,
            title: None,
            key: Vec::new(),
            year: None,
            letter: None,
            dated: None,
            addresses: Vec::new(),
            publisher: None,
            cues: Vec::new(),
            label: CompactString::default(),
            back: false,
            target: None,
            leads: Antecedent::Unknown,
        }
    }
}

/// A place of a block with its wording.
fn member(view: &BlockView<'_>, range: Range<usize>) -> Member {
    Member { at: view.block.text.span(range.clone()), text: view.text[range].into() }
}
