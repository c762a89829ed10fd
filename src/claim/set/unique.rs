//! What one thing alone can be: "Lake Vann is the largest lake in the country", "Nora Feld, the only woman on the
//! board".
//!
//! The set has one member, the name that stands beside the description. Descriptions that depend on their place
//! ("in the country") are tied to the section that they stand in.

use super::{Tie, claim};
use crate::annotate::{Case, TokenKind, phrase_at};
use crate::claim::context::BlockView;
use crate::claim::noun::lemma;
use crate::claim::{Claim, Context};
use crate::lexicon::{Lexicon, NameRoles, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Most words of a description.
const LONGEST: usize = 14;

/// What is said to be one thing's alone.
struct Description {
    /// From "the" or the owner to its last word.
    tokens: Range<usize>,
    /// Equal for descriptions of one thing.
    key: CompactString,
    /// It says of itself where it holds: it has a name in it.
    placed: bool,
    /// It is the first of its sort, which no time changes.
    first: bool,
}

/// Reads the descriptions of one block.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    for sentence in &view.layer.sentences {
        for at in sentence.clone() {
            let Some(found) = description(view, context.lexicon, sentence, at) else { continue };
            // "Lake Orm was the largest lake in Norland until the dam broke": another one is now.
            if !found.first && matches!(view.word(found.tokens.end), "until" | "till" | "before") {
                continue;
            }
            let Some(holder) = holder(view, context.lexicon, sentence, &found.tokens) else { continue };
            let place = if found.placed { String::new() } else { format!("{:?}", view.block.section) };
            let tie = Tie {
                key: format_compact!("unique:{}:{place}", found.key),
                wording: view.wording(found.tokens.clone()).into(),
                modifiers: Vec::new(),
                head: CompactString::default(),
                owner: CompactString::default(),
                whole: 2,
                strict: !found.first,
            };
            out.extend(claim(context, view, &[holder], at, tie));
        }
    }
}

/// The description whose superlative stands at token `at`.
fn description(view: &BlockView<'_>, lexicon: &Lexicon, sentence: &Range<usize>, at: usize) -> Option<Description> {
    let tokens = &view.layer.tokens;
    let pos = |i: usize| tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    if tokens[at].kind != TokenKind::Word || tokens[at].case != Case::Lower {
        return None;
    }
    let length = phrase_at(lexicon, "set-unique", view.text, tokens, at)?;
    let sole = lower(view.wording(at..at + length));
    let before = at.checked_sub(1).filter(|&b| b >= sentence.start)?;
    let mut owner = Vec::new();
    let start = match lower(view.word(before)).as_str() {
        "the" => before,
        word if word.ends_with("'s") || word.ends_with("’s") => {
            let stem = &word[..word.len() - if word.ends_with('s') && word.contains('’') { 4 } else { 2 }];
            owner.push(CompactString::from(stem));
            let article = before.checked_sub(1).filter(|&a| a >= sentence.start && lower(view.word(a)) == "the");
            article.unwrap_or(before)
        }
        _ => return None,
    };
    // "One of the largest", "the second largest".
    let barred = start.checked_sub(1).filter(|&b| b >= sentence.start).is_some_and(|b| {
        pos(b).any(Pos::PREPOSITION) || matches!(view.word(b), "not" | "among" | "perhaps" | "probably" | "arguably")
    });
    if barred {
        return None;
    }
    let mut placed = owner.iter().any(|_| tokens[before].case == Case::Capital);
    let mut words: Vec<CompactString> = Vec::new();
    let mut complement = !owner.is_empty();
    let mut end = at + length;
    while end < sentence.end && end - at < LONGEST {
        let token = &tokens[end];
        let p = pos(end);
        let word = lower(view.word(end));
        let infinitive = end > at + length && view.word(end - 1) == "to";
        let stops = token.kind == TokenKind::Sign
            || p.any(Pos::AUXILIARY.and(Pos::RELATIVE)) && !infinitive
            || matches!(
                word.as_str(),
                "and" | "but" | "or" | "since" | "until" | "when" | "while" | "with" | "because" | "so"
            )
            || p.any(Pos::VERB) && !p.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::GERUND).and(Pos::PAST)) && !infinitive;
        if stops {
            break;
        }
        // Times are compared by themselves.
        if matches!(word.as_str(), "in" | "of" | "during")
            && tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Number)
        {
            break;
        }
        if p.any(Pos::PREPOSITION) || view.word(end) == "to" {
            complement |= !words.is_empty();
        } else if !p.any(Pos::CLOSED) {
            placed |= token.case == Case::Capital;
            words.push(lemma(view, lexicon, end));
        } else if p.any(Pos::PRONOUN) {
            return None;
        }
        end += 1;
    }
    while end > at + length && pos(end - 1).any(Pos::CLOSED) {
        end -= 1;
    }
    // "The first chapter is about methods" counts and describes nothing; a head and what it is the largest of.
    if !complement || words.len() + owner.len() < 2 {
        return None;
    }
    let sole = if matches!(sole.as_str(), "sole" | "single") { "only".into() } else { sole };
    let first = sole.starts_with("first");
    let key = format_compact!("{sole}:{}:{}", owner.join(" "), words.join(" "));
    Some(Description { tokens: start..end, key, placed, first })
}

/// The name of what a description is said of.
fn holder(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    sentence: &Range<usize>,
    description: &Range<usize>,
) -> Option<Range<usize>> {
    let names = &view.layer.names;
    let is_be = |i: usize| phrase_at(lexicon, "set-is", view.text, &view.layer.tokens, i) == Some(1);
    // "The Kirkholm bridge": the noun of a name may be small.
    let noun = |at: usize| {
        let token = &view.layer.tokens[at];
        token.case == Case::Lower && lexicon.name_roles(view.word(at)).any(NameRoles::PLACE.and(NameRoles::UNDERTAKING))
    };
    let ends = |at: usize| {
        let found = |end: usize| names.iter().find(|n| n.tokens.end == end && n.tokens.start >= sentence.start);
        let before = at.checked_sub(1).filter(|&b| b > sentence.start && noun(b));
        found(at).or_else(|| before.and_then(found)).map(|n| n.tokens.start..at)
    };
    let begins = |at: usize| {
        let article = usize::from(matches!(view.word(at), "the" | "The"));
        let name = names.iter().find(|n| n.tokens.start == at + article && n.tokens.end <= sentence.end)?;
        let end = name.tokens.end;
        Some(name.tokens.start..end + usize::from(end < sentence.end && noun(end)))
    };
    // "Lake Vann is the largest", "Lake Vann, the largest …,".
    if let Some(before) = description.start.checked_sub(1).filter(|&b| b > sentence.start) {
        let comma = view.word(before) == "," && matches!(view.word(description.end), "," | "." | ";" | ")" | "");
        if is_be(before) || comma {
            let name = ends(before)?;
            // "The banks of Lake Vann are": the name is the end of a longer subject.
            let alone = name.start.checked_sub(1).is_none_or(|b| {
                let word = view.layer.tokens[b].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
                b < sentence.start || !word.any(Pos::PREPOSITION) && !view.word(b).ends_with("'s")
            });
            return alone.then_some(name);
        }
    }
    // "The largest lake in the country, Lake Solm, is polluted", "The largest lake in the country is Lake Solm".
    let after = description.end;
    if view.word(after) == "," || is_be(after) {
        let name = begins(after + 1)?;
        let closed = matches!(view.word(name.end), "," | "." | ";" | ")" | "");
        return closed.then_some(name);
    }
    None
}
