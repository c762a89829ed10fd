//! Lists of names in running text, with what they belong to: a rank, a rare number, the verb of a named subject.

use super::{Tie, claim, is_open_after, is_open_before};
use crate::annotate::{Case, PartShape, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::members::joining;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most members that are read.
const MEMBERS: usize = 40;

/// Most names of a sentence that tie a rank.
const HOLDERS: usize = 4;

/// Most tokens before a list in which its rank or number is looked for.
const REACH: usize = 40;

/// Reads the name lists of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for members in lists(view, lexicon) {
        let (start, end) = (members[0].start, members[members.len() - 1].end);
        if is_open_before(view, lexicon, start) || is_open_after(view, lexicon, end) {
            continue;
        }
        let ties = rank(view, lexicon, &(start..end))
            .into_iter()
            .chain(number(view, lexicon, start))
            .chain(verb(view, lexicon, start))
            .chain(definite(view, lexicon, start, members.len()));
        out.extend(ties.filter_map(|tie| claim(context, view, &members, start, tie)));
        out.extend(super::free::list(context, view, &members));
    }
}

/// The lists of two and more names, "A, the B and C", in order, that end with a joining word before the last.
pub(super) fn lists(view: &BlockView<'_>, lexicon: &Lexicon) -> Vec<Vec<Range<usize>>> {
    let tokens = &view.layer.tokens;
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(first) = name(view, lexicon, at) else {
            at += 1;
            continue;
        };
        let mut members = vec![first.clone()];
        let mut closed = false;
        let mut end = first.end;
        while !closed && members.len() < MEMBERS {
            let comma = usize::from(view.word(end) == ",");
            let joined = joining(view, lexicon, end + comma);
            if comma == 0 && joined == 0 {
                break;
            }
            let Some(next) = name(view, lexicon, end + comma + joined) else { break };
            closed = joined > 0;
            end = next.end;
            members.push(next);
        }
        if closed {
            // "Trinidad and Tobago" is one place.
            let n = members.len();
            let pair = members[n - 2].start..members[n - 1].end;
            if lexicon.place(view.wording(pair.clone())).is_some() {
                members.truncate(n - 2);
                members.push(pair);
            }
            if members.len() > 1 && !members.iter().all(|m| is_time(view, lexicon, m)) {
                out.push(members);
            }
        }
        at = end.max(at + 1);
    }
    out
}

fn is_time(view: &BlockView<'_>, lexicon: &Lexicon, member: &Range<usize>) -> bool {
    member
        .clone()
        .any(|i| view.layer.tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::MONTH.and(Pos::WEEKDAY))))
}

/// The name that begins at a token, its article left out: capitalised words with the small words inside them, and
/// a short form in brackets.
fn name(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Range<usize>> {
    let tokens = &view.layer.tokens;
    let opens = |i: usize| view.layer.sentence_of(i).start == i;
    let is_name = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            let pos = t.word.map_or(Pos::default(), |id| lexicon.words.pos(id));
            t.kind == TokenKind::Word
                && matches!(t.case, Case::Capital | Case::Upper)
                && (!pos.any(Pos::CLOSED) || pos.any(Pos::DEMONYM))
                && !(opens(i)
                    && pos != Pos::default()
                    && !pos.any(Pos::DEMONYM)
                    && joining(view, lexicon, i + 1) == 0
                    && view.word(i + 1) != ",")
        })
    };
    // "e", "i" and "y" join two names as well.
    let is_particle = |i: usize| view.word(i).len() > 1 && lexicon.name_roles(view.word(i)).any(NameRoles::PARTICLE);
    let article = |i: usize| view.word(i) == "the" || view.word(i) == "The" && opens(i);
    let start = at + usize::from(article(at));
    if !is_name(start) {
        return None;
    }
    let mut end = start + 1;
    loop {
        if is_name(end) {
            end += 1;
        } else if matches!(view.word(end), "of" | "for" | "-" | "–") || is_particle(end) {
            // "Instituto de la Sierra", "Bank of the West"
            let next = end + 1 + usize::from(view.word(end + 1) == "the" || is_particle(end + 1));
            if !is_name(next) {
                break;
            }
            end = next + 1;
        } else {
            break;
        }
    }
    Some(start..end)
}

/// "the third largest group, after A, B and C": tied by the rank and by each name that has it.
fn rank(view: &BlockView<'_>, lexicon: &Lexicon, list: &Range<usize>) -> Vec<Tie> {
    let start = list.start;
    let tokens = &view.layer.tokens;
    let sentence = view.layer.sentence_of(start);
    let from = sentence.start.max(start.saturating_sub(REACH));
    let Some(behind) = (start.saturating_sub(5).max(from)..start)
        .rev()
        .find(|&i| phrase_at(lexicon, "rank-behind", view.text, tokens, i).is_some())
    else {
        return Vec::new();
    };
    let ordinals = &view.layer.ordinals;
    let until = ordinals.partition_point(|o| o.tokens.end <= behind);
    let Some(ordinal) = until.checked_sub(1).map(|i| &ordinals[i]).filter(|o| o.tokens.start >= from && o.rank > 1)
    else {
        return Vec::new();
    };
    view.layer
        .names
        .iter()
        .filter(|n| n.tokens.start >= sentence.start && n.tokens.end <= sentence.end)
        .filter(|n| n.tokens.end <= list.start || n.tokens.start >= list.end)
        .filter(|n| !n.opens_sentence || n.parts.len() > 1 || n.parts[0].shape == PartShape::Proper)
        .take(HOLDERS)
        .map(|n| {
            let holder = super::key(lexicon, view.wording(n.tokens.clone()));
            Tie {
                key: format_compact!("rank:{}:{holder}", ordinal.rank),
                wording: format_compact!("those ahead of the {}", lower(view.wording(ordinal.tokens.clone()))),
                modifiers: Vec::new(),
                head: CompactString::default(),
                owner: CompactString::default(),
                whole: 2,
                strict: true,
            }
        })
        .collect()
}

/// "435 people from A and B": tied by a number that no other set is likely to have, and the preposition.
fn number(view: &BlockView<'_>, lexicon: &Lexicon, start: usize) -> Option<Tie> {
    let tokens = &view.layer.tokens;
    let before = start.checked_sub(1)?;
    // The article stands outside the member.
    let before = if view.word(before) == "the" { before.checked_sub(1)? } else { before };
    let preposition = tokens[before].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PREPOSITION));
    if !preposition || tokens[before].case != Case::Lower {
        return None;
    }
    let from = view.layer.sentence_of(start).start.max(start.saturating_sub(REACH));
    let quantities = &view.layer.quantities;
    let until = quantities.partition_point(|q| q.tokens.end <= before);
    let q = until.checked_sub(1).map(|i| &quantities[i]).filter(|q| q.tokens.start >= from)?;
    let value = q.quantity.amount.low;
    let plain = !q.quantity.amount.range && q.quantity.unit.is_count() && !q.label;
    if !plain || value < Decimal::ONE_HUNDRED || (value / Decimal::TEN).fract().is_zero() {
        return None;
    }
    // Another list or clause between number and preposition has the number.
    if (q.tokens.end..before).any(|i| matches!(view.word(i), ";" | ":" | "(" | ")")) {
        return None;
    }
    Some(Tie {
        key: format_compact!("number:{}:{}", value.normalize(), view.word(before)),
        wording: format_compact!(
            "{} … {}",
            view.wording(q.number.start..(q.number.end + 1).min(before)),
            view.word(before)
        ),
        modifiers: Vec::new(),
        head: CompactString::default(),
        owner: CompactString::default(),
        whole: 2,
        strict: true,
    })
}

/// "The Oskarby line serves A, B and C", "The consortium consists of A, B and C": tied by subject and verb.
fn verb(view: &BlockView<'_>, lexicon: &Lexicon, start: usize) -> Option<Tie> {
    let tokens = &view.layer.tokens;
    let start = if start > 0 && view.word(start - 1) == "the" { start - 1 } else { start };
    let length = phrase_before(lexicon, "set-verb", view.text, tokens, start)?;
    let at = start - length;
    let sentence = view.layer.sentence_of(start);
    // The subject opens the sentence and is known: it has a name, or an article and a noun.
    let known = view.layer.names.iter().any(|n| n.tokens.start >= sentence.start && n.tokens.end <= at)
        || matches!(lower(view.word(sentence.start)).as_str(), "the" | "our" | "this");
    if at <= sentence.start || at - sentence.start > 7 || !known {
        return None;
    }
    if (sentence.start..at).any(|i| tokens[i].kind != TokenKind::Word) {
        return None;
    }
    let holder = view.wording(sentence.start..at);
    Some(Tie {
        key: format_compact!("verb:{}:{}", super::key(lexicon, holder), lemma(view, lexicon, at)),
        wording: view.wording(sentence.start..start).into(),
        modifiers: Vec::new(),
        head: CompactString::default(),
        owner: CompactString::default(),
        whole: 2,
        strict: true,
    })
}

/// "our partner cities (A, B and C)": tied by a noun that is narrowed and taken as known.
fn definite(view: &BlockView<'_>, lexicon: &Lexicon, start: usize, count: usize) -> Option<Tie> {
    let tokens = &view.layer.tokens;
    let start = if start > 0 && view.word(start - 1) == "the" { start - 1 } else { start };
    let namely = phrase_before(lexicon, "list-namely", view.text, tokens, start).unwrap_or(0);
    let opener = (start - namely).checked_sub(1)?;
    let opens = matches!(view.word(opener), "(" | ":" | "–" | "—") || namely > 0 && view.word(opener) == ",";
    if !opens || count < 3 {
        return None;
    }
    let sentence = view.layer.sentence_of(opener);
    let is_content = |i: usize| {
        tokens[i].kind == TokenKind::Word
            && tokens[i].case == Case::Lower
            && tokens[i].word.is_none_or(|id| !lexicon.words.pos(id).any(Pos::CLOSED.and(Pos::NUMBER)))
    };
    let mut from = opener;
    while from > sentence.start && opener - from < 4 && is_content(from - 1) {
        from -= 1;
    }
    let before = lower(view.word(from.checked_sub(1)?));
    let owned = matches!(before.as_str(), "our" | "its" | "their" | "all" | "these");
    if opener - from < 2 || !(owned || before == "the") || from == sentence.start {
        return None;
    }
    let head = lemma(view, lexicon, opener - 1);
    if head == lower(view.word(opener - 1)) {
        return None;
    }
    let mut modifiers: Vec<CompactString> = (from..opener - 1).map(|i| lemma(view, lexicon, i)).collect();
    modifiers.sort();
    Some(Tie {
        key: format_compact!("the:{}:{head}", modifiers.join(" ")),
        wording: view.wording(from..opener).into(),
        modifiers: Vec::new(),
        head: CompactString::default(),
        owner: CompactString::default(),
        whole: if owned { 2 } else { 1 },
        strict: false,
    })
}
