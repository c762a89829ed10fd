//! Lists that a number and a noun announce in the same sentence: "three harbours – Arden, Brock and Cole".

use super::{Tie, claim, is_open_after};
use crate::annotate::{Case, QuantityAt, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::members::coordination;
use crate::claim::noun::{lemma, noun_phrase};
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most members that are read.
const LARGEST: u32 = 20;

/// Most tokens of a list.
const EXTENT: usize = 120;

/// Longest member, in tokens.
const MEMBER: usize = 8;

/// What a sentence counts: "three harbours".
pub(super) struct Counted {
    /// Its tokens from the number to the head noun.
    pub(super) tokens: Range<usize>,
    /// How many.
    pub(super) count: u32,
    /// The tie of what is listed behind.
    pub(super) tie: Tie,
}

/// Reads the counted lists of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for q in &view.layer.quantities {
        let Some(mut counted) = counted(view, context.lexicon, q) else { continue };
        // What a sentence says of its counted subject is said of all there are.
        let sentence = view.layer.sentence_of(counted.tokens.start);
        let of_names = counted.tie.whole > 0 && view.word(counted.tokens.end) == "of";
        if of_names || clause_end(view, context.lexicon, &counted, &sentence).is_some() {
            counted.tie.whole = 2;
        }
        if let Some(members) = listed(view, context.lexicon, &counted, false) {
            out.extend(claim(context, view, &members, counted.tokens.start, counted.tie));
        }
    }
}

/// The members of the counted lists of one block, steps that are verbs too.
pub(super) fn lists(context: &Context<'_>, view: &BlockView<'_>) -> Vec<Vec<Range<usize>>> {
    let counted = view.layer.quantities.iter().filter_map(|q| counted(view, context.lexicon, q));
    counted.filter_map(|c| listed(view, context.lexicon, &c, true)).collect()
}

/// What a number counts, if it is a small plain number before a plural noun.
pub(super) fn counted(view: &BlockView<'_>, lexicon: &Lexicon, q: &QuantityAt) -> Option<Counted> {
    // "run three harbours": a number in words that counts what follows is no label of the word before.
    if q.label && !q.quantity.amount.words
        || !q.quantity.unit.is_count()
        || !q.quantity.is_plain()
        || q.number != q.tokens
    {
        return None;
    }
    let value = q.quantity.amount.low;
    if value < Decimal::TWO || value > Decimal::from(LARGEST) || !value.fract().is_zero() {
        return None;
    }
    let count: u32 = value.normalize().to_string().parse().ok()?;
    let at = q.number.start;
    if phrase_before(lexicon, "list-bound", view.text, &view.layer.tokens, at).is_some() {
        return None;
    }
    let phrase = noun_phrase(view, lexicon, q.number.end).filter(|p| p.tokens.start == q.number.end)?;
    let head = lemma(view, lexicon, phrase.head);
    if head == lower(view.word(phrase.head)) || phrase.tokens.len() > 4 {
        return None;
    }
    let modifiers: Vec<CompactString> = (phrase.tokens.start..phrase.head).map(|i| lemma(view, lexicon, i)).collect();
    let tie = Tie {
        key: format_compact!("count:{count}:{head}"),
        head,
        wording: view.wording(at..phrase.tokens.end).into(),
        modifiers,
        owner: owner(view, lexicon, at),
        whole: wholeness(view, lexicon, at),
        strict: false,
    };
    Some(Counted { tokens: at..phrase.tokens.end, count, tie })
}

/// Who is said to have a number of things: "The partnership has four members" → partnership. Empty when the clause
/// does not say so, or says it of *it* or *us*.
fn owner(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> CompactString {
    let tokens = &view.layer.tokens;
    let verb = |set: &&str| phrase_before(lexicon, set, view.text, tokens, at);
    let found = ["set-have", "set-verb"].iter().find_map(verb);
    let sentence = view.layer.sentence_of(at);
    let Some(verb) = found.map(|n| at - n).filter(|&v| v > sentence.start && v - sentence.start <= 6) else {
        return CompactString::default();
    };
    let words = sentence.start..verb;
    let pronoun = |i: usize| tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PRONOUN));
    if words.clone().any(|i| tokens[i].kind != TokenKind::Word || pronoun(i)) {
        return CompactString::default();
    }
    super::key(lexicon, view.wording(words))
}

/// How firmly a counted phrase says that it means all there are: 2 for "all three" and "our three", 1 for "the
/// three" and "runs three", 0 for "in three".
fn wholeness(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> u8 {
    let tokens = &view.layer.tokens;
    let Some(before) = at.checked_sub(1) else { return 0 };
    let word = lower(view.word(before));
    let owner = word.ends_with("'s");
    if matches!(word.as_str(), "all" | "our" | "its" | "their" | "both") || owner {
        return 2;
    }
    if word == "the" && before > 0 && lower(view.word(before - 1)) == "all" {
        return 2;
    }
    let has = phrase_before(lexicon, "set-verb", view.text, tokens, at).is_some()
        || phrase_before(lexicon, "set-have", view.text, tokens, at).is_some()
        || matches!(word.as_str(), "into" | "of" | "with");
    u8::from(has || matches!(word.as_str(), "the" | "these"))
}

/// The members listed directly behind a counted phrase, when they are as many as announced.
fn listed(view: &BlockView<'_>, lexicon: &Lexicon, counted: &Counted, verbs: bool) -> Option<Vec<Range<usize>>> {
    let tokens = &view.layer.tokens;
    let open = counted.tokens.end;
    let sentence = view.layer.sentence_of(counted.tokens.start);
    let limit = sentence.end.min(open + EXTENT);
    let open = clause_end(view, lexicon, counted, &sentence).unwrap_or(open);
    let sign = view.word(open);
    let verb = matches!(sign, "are" | "were");
    let namely = phrase_at(lexicon, "list-namely", view.text, tokens, open + 1).unwrap_or(0);
    let start = match sign {
        "(" | ":" | "–" | "—" | "," => open + 1 + namely,
        "are" | "were" => open + 1,
        "of" if tokens.get(open + 1).is_some_and(|t| t.case == Case::Capital) => open + 1,
        _ if phrase_at(lexicon, "list-namely", view.text, tokens, open).is_some() => {
            open + phrase_at(lexicon, "list-namely", view.text, tokens, open)?
        }
        _ => return None,
    };
    if start >= limit {
        return None;
    }
    let end = match sign {
        "(" => (start..limit).find(|&i| view.word(i) == ")")?,
        "–" | "—" => (start..limit).find(|&i| matches!(view.word(i), "–" | "—" | ";" | ".")).unwrap_or(limit),
        ":" | "are" | "were" => (start..limit).find(|&i| matches!(view.word(i), ";" | "." | "(")).unwrap_or(limit),
        _ => {
            // "three harbours, A, B and C, …": the list ends with the member after "and".
            let last = (start..limit).find(|&i| matches!(view.word(i), "and" | "&"))?;
            // Behind "of" it ends with its capitals: "of Arden, Brock and Cole there is water".
            let ends =
                |i: usize| matches!(view.word(i), "," | ";" | ".") || sign == "of" && tokens[i].case == Case::Lower;
            (last + 1..limit).find(|&i| ends(i)).unwrap_or(limit)
        }
    };
    if (start..end).any(|i| {
        matches!(view.word(i), "(" | ":" | "?" | "…") || phrase_at(lexicon, "list-open", view.text, tokens, i).is_some()
    }) || is_open_after(view, lexicon, end)
    {
        return None;
    }
    let found = coordination(view, lexicon, start..end)?;
    let wanted = counted.count as usize;
    if !found.closed || !(found.least..=found.most).contains(&wanted) {
        return None;
    }
    let members = found.reading(wanted);
    let short = members.iter().all(|m| {
        m.len() <= MEMBER
            && !begins_with_count(view, lexicon, m.start)
            && (verbs || !m.clone().any(|i| is_verb(view, lexicon, i)))
    });
    // "The four districts of Arden, Brock, Cole and Dane": names only, for "of" leads to anything.
    let named = sign != "of" || members.len() > 2 && members.iter().all(|m| tokens[m.start].case == Case::Capital);
    (short && named && members.len() >= 2 && !(verb && members.len() < 3)).then_some(members)
}

/// The colon that ends the clause of a counted subject: "Four provinces were hit by the flood: A, B, C and D".
fn clause_end(view: &BlockView<'_>, lexicon: &Lexicon, counted: &Counted, sentence: &Range<usize>) -> Option<usize> {
    let open = counted.tokens.end;
    let tokens = &view.layer.tokens;
    let is_verb = tokens.get(open).is_some_and(|t| {
        let pos = t.word.map_or(Pos::default(), |id| lexicon.words.pos(id));
        pos.any(Pos::AUXILIARY.and(Pos::VERB)) && t.case == Case::Lower
    });
    if counted.tokens.start != sentence.start || !is_verb || matches!(view.word(open + 1), ":" | "(") {
        return None;
    }
    let colon = (open..sentence.end).find(|&i| tokens[i].kind == TokenKind::Sign)?;
    (view.word(colon) == ":" && (open..colon).all(|i| tokens[i].kind == TokenKind::Word)).then_some(colon)
}

fn begins_with_count(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let token = &view.layer.tokens[token];
    token.kind == TokenKind::Number
        || token.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::NUMBER))
        || matches!(lower(token.text(view.text)).as_str(), "one" | "another" | "several" | "some" | "more")
}

fn is_verb(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let token = &view.layer.tokens[token];
    token.case == Case::Lower
        && token.word.is_some_and(|id| {
            let pos = lexicon.words.pos(id);
            pos.any(Pos::AUXILIARY.and(Pos::PRONOUN).and(Pos::RELATIVE))
                || pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND).and(Pos::PAST))
        })
}
