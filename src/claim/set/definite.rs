//! Lists of what a definite noun has or is: "the guarantors of the agreement – A, B and C –", "supported platforms
//! are A, B and C", "the jury (A, B and C)".

use super::{Tie, claim, is_open_after, is_open_before};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::members::coordination;
use crate::claim::noun::{lemma, noun_phrase};
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Longest member, in tokens.
const MEMBER: usize = 5;

/// Most tokens of a list.
const EXTENT: usize = 80;

/// Reads the lists of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match phrase(view, context.lexicon, sentence, at) {
                Some((end, tie)) => {
                    if let Some(members) = listed(view, context.lexicon, sentence, end) {
                        let said = at;
                        out.extend(claim(context, view, &members, said, tie));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
    }
}

/// A definite noun phrase at token `at`: its end, and the tie of what is listed behind.
fn phrase(view: &BlockView<'_>, lexicon: &Lexicon, sentence: &Range<usize>, at: usize) -> Option<(usize, Tie)> {
    let tokens = &view.layer.tokens;
    let word = lower(view.word(at));
    let opens = at == sentence.start;
    let definite = matches!(word.as_str(), "the" | "our" | "its" | "their" | "all");
    if !definite && !opens {
        return None;
    }
    let mut from = at + usize::from(definite);
    let counted = tokens.get(from).is_some_and(|t| {
        t.kind == TokenKind::Number || t.word.is_some_and(|id| lexicon.words.pos(id).any(Pos::NUMBER))
    });
    from += usize::from(counted);
    let noun = noun_phrase(view, lexicon, from).filter(|p| p.tokens.start == from && p.tokens.len() <= 4)?;
    let head = lemma(view, lexicon, noun.head);
    let plural = head != lower(view.word(noun.head));
    let mut modifiers: Vec<CompactString> = (from..noun.head).map(|i| lemma(view, lexicon, i)).collect();
    modifiers.sort();
    let mut end = noun.tokens.end;
    let mut of = CompactString::default();
    if view.word(end) == "of" {
        let article = usize::from(matches!(lower(view.word(end + 1)).as_str(), "the" | "our" | "this"));
        // "The four districts of Arden, Brock, Cole and Dane": the names are the members.
        let named = counted && view.word(end + 2) == "," && tokens[end + 1].case == Case::Capital;
        if named {
            return None;
        }
        let whole = noun_phrase(view, lexicon, end + 1 + article).filter(|p| p.tokens.start == end + 1 + article)?;
        of = super::key(lexicon, view.wording(whole.tokens.clone()));
        end = whole.tokens.end;
    }
    if !matches!(view.word(end), "(" | ":" | "–" | "—" | "," | "are" | "were") {
        return None;
    }
    // A comma opens a list only behind a number, a group of people only a bracket.
    if view.word(end) == "," && !counted {
        return None;
    }
    let key = if head == "member" && plural {
        format_compact!("group:{of}")
    } else if !plural && definite && of.is_empty() && view.word(end) == "(" {
        format_compact!("group:{}", super::key(lexicon, view.wording(noun.tokens.clone())))
    } else if plural && (!of.is_empty() || !modifiers.is_empty()) {
        format_compact!("of:{}:{head}:{of}", modifiers.join(" "))
    } else {
        return None;
    };
    let tie = Tie {
        key,
        wording: view.wording(at..end).into(),
        modifiers: Vec::new(),
        head: CompactString::default(),
        owner: CompactString::default(),
        whole: 1,
        strict: false,
    };
    Some((end, tie))
}

/// The three and more members listed from the sign or verb at token `open`.
fn listed(view: &BlockView<'_>, lexicon: &Lexicon, sentence: &Range<usize>, open: usize) -> Option<Vec<Range<usize>>> {
    let tokens = &view.layer.tokens;
    let limit = sentence.end.min(open + EXTENT);
    let namely = phrase_at(lexicon, "list-namely", view.text, tokens, open + 1).unwrap_or(0);
    let start = open + 1 + namely;
    let stop = |signs: &[&str]| (start..limit).find(|&i| signs.contains(&view.word(i)));
    let end = match view.word(open) {
        "(" => stop(&[")"])?,
        "–" | "—" => stop(&["–", "—", ";", "."]).unwrap_or(limit),
        "," => {
            let last = stop(&["and", "&"])?;
            (last + 1..limit).find(|&i| matches!(view.word(i), "," | ";" | ".")).unwrap_or(limit)
        }
        _ => stop(&[";", ".", "(", ":"]).unwrap_or(limit),
    };
    if start >= end
        || is_open_before(view, lexicon, start)
        || is_open_after(view, lexicon, end)
        || (start..end).any(|i| phrase_at(lexicon, "list-open", view.text, tokens, i).is_some())
    {
        return None;
    }
    let found = coordination(view, lexicon, start..end)?;
    let members = found.members;
    let fits = |m: &Range<usize>| {
        let first = &tokens[m.start];
        let pos = |i: usize| tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
        let article = usize::from(pos(m.start).any(Pos::DETERMINER));
        let head = m.start + article;
        let named =
            first.case != Case::Lower || head < m.end && (pos(head) == Pos::default() || pos(head).any(Pos::NOUN));
        let plain =
            m.clone().all(|i| !pos(i).any(Pos::AUXILIARY.and(Pos::PRONOUN).and(Pos::RELATIVE).and(Pos::NUMBER)));
        m.len() <= MEMBER && named && plain && first.kind == TokenKind::Word
    };
    (found.closed && members.len() >= 3 && members.iter().all(fits)).then_some(members)
}
