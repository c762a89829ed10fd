//! Lists of names that nothing but their members ties to another list: "schools in the provinces of Arden, Brock,
//! Cole and Dane".
//!
//! Such a list keeps what its sentence says, so that two lists with nearly the same members can be told to be of one
//! set: the noun for the members, whether a number counts them, and the content words around the list.

use super::{Tie, claim};
use crate::annotate::{Case, TokenKind};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context, Value};
use crate::lexicon::Pos;
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Fewest members.
const FEWEST: usize = 3;

/// Most content words that are kept of a sentence.
const WORDS: usize = 24;

/// Most words from the noun that a number counts to the comma before the list.
const NARROWED: usize = 7;

/// Tokens before the noun for the members in which their number stands: "the three small harbours".
const REACH: usize = 4;

/// The claim of a list of names, with the noun for its members and the words of its sentence.
pub(super) fn list(context: &Context<'_>, view: &BlockView<'_>, members: &[Range<usize>]) -> Option<Claim> {
    if members.len() < FEWEST {
        return None;
    }
    let start = members[0].start;
    let announced = announced(context, view, start, members.len());
    let noun = noun(context, view, start).or(announced);
    let head = noun.map(|at| lemma(view, context.lexicon, at)).unwrap_or_default();
    let list = start..members[members.len() - 1].end;
    let counted = announced.is_some()
        || noun.is_some_and(|at| is_counted(view, at, members.len()))
        || is_taken_up(view, &list, members.len());
    let tie = Tie {
        // Nothing else has this tie.
        key: format_compact!("list:{}:{}", view.id.0, start),
        wording: wording(view, noun, members),
        modifiers: around(context, view, start..members[members.len() - 1].end),
        head,
        owner: CompactString::default(),
        // What the number takes up again is all there is.
        whole: u8::from(announced.is_some()),
        strict: false,
    };
    // "Previously it had three members: …": the noun stands in the clause that says when.
    let mut claim = claim(context, view, members, noun.unwrap_or(start), tie)?;
    claim.scope.cues.push("free".into());
    if counted {
        claim.scope.cues.push("counted".into());
    }
    Some(claim)
}

/// The plural noun that names what the members are: "provinces of", "three hospitals:", "segments,".
fn noun(context: &Context<'_>, view: &BlockView<'_>, start: usize) -> Option<usize> {
    let sentence = view.layer.sentence_of(start);
    let mut at = start.checked_sub(1).filter(|&i| i >= sentence.start)?;
    if view.word(at) == "the" || matches!(view.word(at), "of" | ":" | "(" | "–" | "—" | "," | "are" | "were") {
        at = at.checked_sub(1).filter(|&i| i >= sentence.start)?;
    }
    if view.word(at) == "of" {
        at = at.checked_sub(1).filter(|&i| i >= sentence.start)?;
    }
    let token = &view.layer.tokens[at];
    let plural = token.kind == TokenKind::Word && token.case != Case::Upper && {
        lemma(view, context.lexicon, at) != crate::lexicon::lower(view.word(at))
    };
    let is_noun = token.word.is_none_or(|id| {
        let pos = context.lexicon.words.pos(id);
        pos.any(Pos::NOUN) && !pos.any(Pos::PREPOSITION.and(Pos::AUXILIARY))
    });
    (plural && is_noun).then_some(at)
}

/// The noun of a number of known things that a few words narrow before they are listed: "the three vessels named in
/// this report, the Arden, …".
fn announced(context: &Context<'_>, view: &BlockView<'_>, start: usize, members: usize) -> Option<usize> {
    let sentence = view.layer.sentence_of(start);
    let comma = (start.saturating_sub(2)..start).rev().find(|&i| view.word(i) == ",")?;
    let number = view.layer.quantities.iter().rev().find(|q| q.tokens.end <= comma)?;
    let known = number.tokens.start.checked_sub(1).filter(|&i| i >= sentence.start)?;
    let noun = number.tokens.end;
    let words = noun..comma;
    let is_word = |i: usize| view.layer.tokens[i].kind == TokenKind::Word && view.layer.tokens[i].case == Case::Lower;
    let lemma = (noun < comma).then(|| lemma(view, context.lexicon, noun))?;
    let fits = matches!(view.word(known), "the" | "The" | "these" | "These" | "all" | "All")
        && number.quantity.is_plain()
        && number.quantity.amount.low == Decimal::from(members as u64)
        && words.len() <= NARROWED
        && words.clone().all(is_word)
        && lemma != view.word(noun);
    fits.then_some(noun)
}

/// Whether the number of members stands before their noun.
fn is_counted(view: &BlockView<'_>, noun: usize, members: usize) -> bool {
    let number = Decimal::from(members as u64);
    let before = view.layer.quantities.iter().rev().find(|q| q.tokens.end <= noun);
    before.is_some_and(|q| noun - q.tokens.end < REACH && q.quantity.amount.low == number && q.quantity.is_plain())
}

/// Whether the sentence behind a list takes it up by the number of its members: "in each of the three languages".
fn is_taken_up(view: &BlockView<'_>, list: &Range<usize>, members: usize) -> bool {
    let number = Decimal::from(members as u64);
    let end = view.layer.sentence_of(list.start).end;
    let behind = view.layer.quantities.iter().filter(|q| q.tokens.start >= list.end && q.tokens.end < end);
    behind.into_iter().any(|q| {
        let known = matches!(view.word(q.tokens.start.saturating_sub(1)), "the" | "these" | "those" | "all");
        known && q.quantity.amount.low == number && q.quantity.is_plain()
    })
}

/// What the list is called in messages: its noun with the words before it, else its first members.
fn wording(view: &BlockView<'_>, noun: Option<usize>, members: &[Range<usize>]) -> CompactString {
    match noun {
        Some(at) => view.wording(at..at + 1).into(),
        None => view.wording(members[0].start..members[1].end).into(),
    }
}

/// The content words of the sentence outside of the list, in base forms.
fn around(context: &Context<'_>, view: &BlockView<'_>, list: Range<usize>) -> Vec<CompactString> {
    let lexicon = context.lexicon;
    let sentence = view.layer.sentence_of(list.start);
    let to = sentence.end.min(list.end + 3 * WORDS);
    // "It comes from three lenders": what it is, the sentence before says.
    let first = view.layer.tokens.get(sentence.start).and_then(|t| t.word);
    let takes_up = first.is_some_and(|id| lexicon.words.pos(id).any(Pos::PRONOUN)) && sentence.start > 0;
    let opening = if takes_up { view.layer.sentence_of(sentence.start - 1).start } else { sentence.start };
    let from = opening.max(list.start.saturating_sub(3 * WORDS));
    let is_content = |i: usize| {
        let token = &view.layer.tokens[i];
        let pos = token.word.map_or(Pos::default(), |id| lexicon.words.pos(id));
        token.kind == TokenKind::Word
            && token.end - token.start > 2
            && (pos == Pos::default() || pos.any(Pos::NOUN.and(Pos::VERB).and(Pos::ADJECTIVE)))
            && !pos
                .any(Pos::DETERMINER.and(Pos::AUXILIARY).and(Pos::PREPOSITION).and(Pos::CONJUNCTION).and(Pos::PRONOUN))
    };
    let mut out: Vec<CompactString> = Vec::new();
    for i in (from..to).filter(|&i| !list.contains(&i) && is_content(i)) {
        let word = lemma(view, lexicon, i);
        if !out.contains(&word) && out.len() < WORDS {
            out.push(word);
        }
    }
    out
}

/// Marks the members with a word that stands nowhere else in the document.
pub(super) fn mark_rare(context: &Context<'_>, claims: &mut [Claim]) {
    let is_list = |claim: &Claim| matches!(&claim.value, Value::Set(set) if set.members.len() >= FEWEST);
    if !claims.iter().any(is_list) {
        return;
    }
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for view in context.views() {
        for token in view.layer.tokens.iter().filter(|t| t.kind == TokenKind::Word && t.case != Case::Lower) {
            *seen.entry(token.text(view.text)).or_default() += 1;
        }
    }
    for claim in claims.iter_mut().filter(|c| is_list(c)) {
        let Value::Set(set) = &mut claim.value else { continue };
        for member in &mut set.members {
            let words = member.text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            member.rare = words.filter(|w| !w.is_empty()).any(|w| seen.get(w) == Some(&1));
        }
    }
}
