//! Sets given by naming their members: "all three harbours (Arden, Brock and Cole)", the headings that a report
//! announces, the rows of a table.
//!
//! A list of members is read as a claim only when something ties it to other places that may name the same set:
//! the number and noun that announce it, a rare number that it belongs to, a rank, the verb of a named subject, a
//! definite noun, or the headings below. What one thing alone can be ("the largest lake in the country") is a set of
//! one member. Lists that say of themselves that they are not complete are left out.

mod blocks;
mod counted;
mod definite;
mod free;
mod names;
mod sections;
mod unique;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Member, Value, scope};
use crate::annotate::phrase_before;
use crate::lexicon::{Lexicon, Pos, lower};
use crate::span::Span;
use compact_str::CompactString;
use std::ops::Range;

/// The members of a set as named at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedSet {
    /// The members, in order.
    pub members: Vec<SetMember>,
    /// What ties it to other lists that may name the same set; equal for those.
    pub tie: CompactString,
    /// How firmly the list claims to be complete, 0 to 2.
    pub whole: u8,
    /// Whether a member that another list with this tie lacks is a disagreement, not only an exchanged one.
    pub strict: bool,
}

/// A member of a set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetMember {
    /// Its place.
    pub at: Span,
    /// Its wording.
    pub text: CompactString,
    /// Its words in lower case without small words and endings; a place by its usual name.
    pub key: CompactString,
    /// Whether one of its words stands nowhere else in the document.
    pub rare: bool,
}

/// Reads the claims of kind Set.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let before = out.len();
    for view in context.views() {
        if view.is_prose() {
            counted::extract(context, &view, out);
            names::extract(context, &view, out);
            definite::extract(context, &view, out);
            unique::extract(context, &view, out);
        }
    }
    blocks::extract(context, out);
    sections::extract(context, out);
    free::mark_rare(context, &mut out[before..]);
}

/// What ties a list to other places, and how firmly it says that it is complete.
struct Tie {
    /// Equal for lists that may name the same set.
    key: CompactString,
    /// What the set is called, for messages: "three harbours".
    wording: CompactString,
    /// Words that narrow the set.
    modifiers: Vec<CompactString>,
    /// The noun for its members, in the singular: "harbour"; may be empty.
    head: CompactString,
    /// Who has it, in words of the sentence; may be empty.
    owner: CompactString,
    /// How firmly the list claims to be complete, 0 to 2.
    whole: u8,
    /// Whether a member that one list lacks is a disagreement, too.
    strict: bool,
}

/// The claim of a list in a block; its scope is that of the words around token `said`.
fn claim(
    context: &Context<'_>,
    view: &BlockView<'_>,
    members: &[Range<usize>],
    said: usize,
    tie: Tie,
) -> Option<Claim> {
    let (first, last) = (members.first()?, members.last()?);
    let members = members.iter().map(|m| member(context, view, m.clone())).collect();
    let value = Value::Set(NamedSet { members, tie: tie.key, whole: tie.whole, strict: tie.strict });
    let mut claim = view.claim(ClaimKind::Set, "set", first.start..last.end, value);
    let (scope, status) = scope(view, context.lexicon, &(said..said + 1));
    claim.scope = scope;
    claim.status = status;
    claim.subject.head = tie.head;
    claim.subject.wording = tie.wording;
    claim.subject.modifiers = tie.modifiers;
    claim.subject.owners = Some(tie.owner).filter(|o| !o.is_empty()).into_iter().collect();
    Some(claim)
}

/// A member with the words to know it by: a place by its usual name, else its words without article and ending.
fn member(context: &Context<'_>, view: &BlockView<'_>, tokens: Range<usize>) -> SetMember {
    let Member { at, text } = view.member(tokens);
    SetMember { key: key(context.lexicon, &text), at, text, rare: false }
}

/// The words of a member in lower case, small words and possessive endings left out.
fn key(lexicon: &Lexicon, text: &str) -> CompactString {
    let mut words: Vec<CompactString> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | ',' | '`' | '*')) {
        let form = lower(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let form: CompactString = form.strip_suffix("'s").or_else(|| form.strip_suffix('\'')).unwrap_or(&form).into();
        let small = lexicon.words.find(&form).is_some_and(|id| {
            let pos = lexicon.words.pos(id);
            pos.any(Pos::DETERMINER.and(Pos::PREPOSITION).and(Pos::CONJUNCTION)) && !pos.any(Pos::NOUN)
        });
        if !form.is_empty() && !small {
            words.push(form);
        }
    }
    let joined = words.join(" ");
    lexicon.place(&joined).map_or_else(|| joined.into(), |place| place.place.to_lowercase())
}

/// Whether the words before a list say that it is not complete: "including", "such as", "mainly from".
fn is_open_before(view: &BlockView<'_>, lexicon: &Lexicon, start: usize) -> bool {
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(start);
    (start.saturating_sub(3).max(sentence.start)..=start).any(|i| {
        ["list-open", "set-open"].iter().any(|set| phrase_before(lexicon, set, view.text, tokens, i).is_some())
    })
}

/// Whether the words behind a list say that there are more: ", etc.", "and others", "among others".
fn is_open_after(view: &BlockView<'_>, lexicon: &Lexicon, end: usize) -> bool {
    let tokens = &view.layer.tokens;
    let limit = view.layer.sentence_of(end.saturating_sub(1)).end;
    (end..limit.min(end + 3)).any(|i| {
        view.word(i) == "…"
            || ["list-open", "set-more"]
                .iter()
                .any(|set| crate::annotate::phrase_at(lexicon, set, view.text, tokens, i).is_some())
    })
}
