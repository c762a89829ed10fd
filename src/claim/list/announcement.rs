//! The announcing number: "takes four steps", "one of three values", "the following 2 options".

use crate::annotate::{Case, TokenKind, phrase_at, phrase_before};
use crate::claim::context::BlockView;
use crate::claim::noun::{lemma, noun_phrase};
use crate::document::BlockKind;
use crate::lexicon::{Lexicon, NumberRole, Pos, lower};
use crate::value::Decimal;
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// Largest announced number that is read; longer lists are counted by machines, not by hand.
const LARGEST: u32 = 30;

/// Longest clause, in tokens, that narrows what is counted.
const RELATIVE: usize = 12;

/// Longest clause, in tokens, whose beginning is looked for.
const CLAUSE: usize = 200;

/// How the number hangs together with a list behind its sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Tie {
    /// The number is somewhere in the sentence.
    Loose,
    /// The phrase is the last before the colon, but nothing says that it is what is listed: "for four countries:".
    Near,
    /// "There are N …", "takes N …", "N … are:", "the following N …".
    Stated,
    /// The counted phrase is the last before the colon.
    Direct,
}

/// A number that may announce a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Announcement {
    /// The tokens of the number.
    pub(super) number: Range<usize>,
    /// What it says.
    pub(super) count: u32,
    /// The plural noun counted; empty after "the following two:".
    pub(super) noun: CompactString,
    /// One past the counted phrase with its "of …".
    pub(super) end: usize,
    /// Whether the noun is one that is announced for the sake of a list: ways, reasons, steps.
    pub(super) counted: bool,
}

/// The announcements of one sentence, given as a range of tokens.
pub(super) fn announcements(view: &BlockView<'_>, lexicon: &Lexicon, sentence: Range<usize>) -> Vec<Announcement> {
    let tokens = &view.layer.tokens;
    let quantities = &view.layer.quantities;
    let first = quantities.partition_point(|q| q.number.start < sentence.start);
    let mut out = Vec::new();
    for q in quantities[first..].iter().take_while(|q| q.number.end <= sentence.end) {
        // "Top 10 tips" is a name that counts.
        let top = q.number.start > sentence.start && view.word(q.number.start - 1).eq_ignore_ascii_case("top");
        if q.label && !top || !q.quantity.unit.is_count() || !q.quantity.is_plain() || q.number != q.tokens {
            continue;
        }
        let value = q.quantity.amount.low;
        if value < Decimal::TWO || value > Decimal::from(LARGEST) || !value.fract().is_zero() {
            continue;
        }
        let Ok(count) = value.normalize().to_string().parse::<u32>() else { continue };
        let at = q.number.start;
        if is_release(view, at, sentence.start) {
            continue;
        }
        if let Some(end) = taken_up(view, lexicon, q.number.end, sentence.end)
            && phrase_before(lexicon, "list-bound", view.text, tokens, at).is_none()
        {
            let noun = lower(view.wording(q.number.end..q.number.end + 2));
            out.push(Announcement { number: q.number.clone(), count, noun, end, counted: false });
            continue;
        }
        // "four other algorithms alongside the first" are shown with the one that they are others of.
        let with_it = |i: usize| phrase_at(lexicon, "list-with-it", view.text, tokens, i).is_some();
        let others = view.word(q.number.end) == "other" && (q.number.end..sentence.end).any(with_it);
        if others
            || phrase_before(lexicon, "list-bound", view.text, tokens, at).is_some()
            || phrase_at(lexicon, "list-subset", view.text, tokens, q.number.end).is_some()
        {
            continue;
        }
        if at > sentence.start && tokens[at - 1].kind == TokenKind::Sign && !is_opening(view, at - 1) {
            continue;
        }
        if let Some(found) = staged(view, lexicon, q.number.clone(), count) {
            out.push(found);
        } else if let Some(mut found) = counted_phrase(view, lexicon, q.number.clone(), &sentence) {
            found.count = count;
            out.push(found);
        } else if view.word(q.number.end) == ":"
            && phrase_before(lexicon, "list-following", view.text, tokens, at).is_some()
        {
            out.push(Announcement {
                number: q.number.clone(),
                count,
                noun: CompactString::default(),
                end: q.number.end,
                counted: false,
            });
        }
    }
    out.extend(sentence.clone().filter_map(|i| hyphenated(view, lexicon, i)));
    out
}

/// "knows four of them:", "three of them are ruins (Arn, Bel and Cor)": where the list of some of what was named before
/// begins.
fn taken_up(view: &BlockView<'_>, lexicon: &Lexicon, at: usize, end: usize) -> Option<usize> {
    let them = view.word(at) == "of" && matches!(lower(view.word(at + 1)).as_str(), "them" | "these" | "those");
    let told = at + 2..end.min(at + 2 + RELATIVE);
    let bracket = told.clone().find(|&i| view.layer.tokens[i].kind == TokenKind::Sign && view.word(i) != ",");
    match bracket.filter(|_| them) {
        Some(i) if i == at + 2 && view.word(i) == ":" => Some(i),
        Some(i) if view.word(i) == "(" => {
            let verb = |i: usize| {
                view.layer.tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::VERB.and(Pos::AUXILIARY)))
            };
            verb(at + 2).then_some(i)
        }
        _ => None,
    }
}

/// Whether a number in digits belongs to the name before it: "WCAG 2 success criteria", "Jersey 3.0 keys", and in a
/// heading "Unit 3 Questions".
fn is_release(view: &BlockView<'_>, number: usize, start: usize) -> bool {
    let tokens = &view.layer.tokens;
    let written = view.word(number);
    if tokens[number].kind != TokenKind::Number {
        return false;
    }
    let name =
        number.checked_sub(1).filter(|&i| i >= start && tokens[i].kind == TokenKind::Word).map(|i| tokens[i].case);
    let heading = matches!(view.block.kind, BlockKind::Heading(_));
    let capital = tokens.get(number + 1).is_some_and(|t| t.case != Case::Lower);
    written.contains('.')
        || name == Some(Case::Upper)
        || heading && capital && name == Some(Case::Capital) && !view.word(number - 1).eq_ignore_ascii_case("top")
}

/// "both sites": two of them, right before their names.
pub(super) fn both(view: &BlockView<'_>, lexicon: &Lexicon, sentence: Range<usize>) -> Vec<Announcement> {
    let is_both = |&i: &usize| view.word(i).eq_ignore_ascii_case("both");
    let counted = |i: usize| {
        let mut found = counted_phrase(view, lexicon, i..i + 1, &sentence)?;
        found.count = 2;
        // Only names behind it are taken for the two.
        found.counted = false;
        Some(found)
    };
    sentence.clone().filter(is_both).filter_map(counted).collect()
}

/// "a two-step process" in one word.
fn hyphenated(view: &BlockView<'_>, lexicon: &Lexicon, at: usize) -> Option<Announcement> {
    if view.layer.tokens[at].kind != TokenKind::Word {
        return None;
    }
    let (number, part) = view.word(at).split_once('-')?;
    let count = lexicon.numbers.get(&lower(number)).filter(|n| n.role == NumberRole::Unit)?.value;
    let count: u32 = count.normalize().to_string().parse().ok().filter(|&n| n >= 2)?;
    let part = lower(part);
    let known = lexicon
        .words
        .find(&part)
        .is_some_and(|id| lexicon.phrases(id).iter().any(|p| p.rest.is_empty() && lexicon.set_name(p) == "list-stage"));
    let whole = phrase_at(lexicon, "list-staged", view.text, &view.layer.tokens, at + 1).filter(|_| known)?;
    let noun = format_compact!("{part}s");
    Some(Announcement { number: at..at + 1, count, noun, end: at + 1 + whole, counted: true })
}

fn is_opening(view: &BlockView<'_>, token: usize) -> bool {
    matches!(view.word(token), "(" | "," | ":" | ";" | "–" | "—" | "\"" | "“" | "." | "*")
}

/// "a two-stage process", "a three step plan": the stages are listed.
fn staged(view: &BlockView<'_>, lexicon: &Lexicon, number: Range<usize>, count: u32) -> Option<Announcement> {
    let part = phrase_at(lexicon, "list-stage", view.text, &view.layer.tokens, number.end)?;
    let whole = phrase_at(lexicon, "list-staged", view.text, &view.layer.tokens, number.end + part)?;
    let noun = format_compact!("{}s", lower(view.wording(number.end..number.end + part)));
    Some(Announcement { end: number.end + part + whole, number, count, noun, counted: true })
}

/// The plural noun after a number and the end of its phrase.
fn counted_phrase(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    number: Range<usize>,
    sentence: &Range<usize>,
) -> Option<Announcement> {
    let tokens = &view.layer.tokens;
    let limit = sentence.end.min(number.end + 6);
    let is_counted = |i: usize| phrase_at(lexicon, "count-noun", view.text, tokens, i).is_some();
    let phrase = noun_phrase(view, lexicon, number.end).map_or(number.end..number.end, |p| p.tokens);
    // Adjectives that the lexicon takes for verbs ("supported modes") cut the phrase short, so a counting noun
    // is looked for a little further on.
    let counted = (number.end..limit)
        .take_while(|&i| tokens[i].kind == TokenKind::Word && !stops(view, lexicon, i))
        .find(|&i| is_counted(i));
    let head = match counted {
        Some(i) => i,
        None => {
            let last = phrase.end.checked_sub(1).filter(|_| phrase.start < phrase.end)?;
            let form = lower(view.word(last));
            let invariant = phrase_at(lexicon, "plural-invariant", view.text, tokens, last).is_some();
            if lemma(view, lexicon, last) == form && !invariant {
                return None;
            }
            last
        }
    };
    // "10 times a second" counts nothing.
    if phrase_at(lexicon, "list-uncounted", view.text, tokens, head).is_some() {
        return None;
    }
    let mut end = if phrase.contains(&head) && counted.is_none() { phrase.end } else { head + 1 };
    // "ways of life", "pieces of information about".
    while end < sentence.end && view.word(end) == "of" {
        let mut from = end + 1;
        while from < sentence.end && tokens[from].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::DETERMINER)) {
            from += 1;
        }
        let inner = noun_phrase(view, lexicon, from).filter(|p| p.tokens.end <= sentence.end);
        end = match inner {
            Some(inner) => inner.tokens.end,
            // A word that the lexicon takes for a verb only: behind "of" it is a noun.
            None if from < sentence.end && tokens[from].kind == TokenKind::Word && !stops(view, lexicon, from) => {
                from + 1
            }
            None => break,
        };
    }
    Some(Announcement { number, count: 0, noun: view.word(head).into(), end, counted: counted.is_some() })
}

fn stops(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let Some(id) = view.layer.tokens[token].word else { return false };
    let pos = lexicon.words.pos(id);
    pos.any(
        Pos::DETERMINER
            .and(Pos::PREPOSITION)
            .and(Pos::PRONOUN)
            .and(Pos::AUXILIARY)
            .and(Pos::RELATIVE)
            .and(Pos::NEGATION)
            .and(Pos::NUMBER),
    ) && !pos.any(Pos::NOUN)
}

/// How an announcement hangs together with what stands after `end`, the position of the colon, or one past the
/// sentence.
pub(super) fn tie(
    view: &BlockView<'_>,
    lexicon: &Lexicon,
    announcement: &Announcement,
    sentence: &Range<usize>,
    end: usize,
) -> Tie {
    let tokens = &view.layer.tokens;
    let at = announcement.number.start;
    let narrowed = relative_clause(view, lexicon, announcement.end, end);
    // "two tools that measure:" lists what they measure.
    let alone = matches!(view.word(announcement.end), "that" | "which" | "who") && end == announcement.end + 2;
    if alone && tokens[end - 1].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::VERB)) {
        return Tie::Loose;
    }
    let tail = if narrowed { end..end } else { announcement.end..end };
    // "The following two sections describe the method:" tells what comes later, and the list something else.
    let structural = phrase_before(lexicon, "list-structural", view.text, tokens, announcement.end).is_some();
    if structural && !tail.is_empty() {
        return Tie::Loose;
    }
    // "seven milestones, the release itself included:" is all of them.
    let closes = |i: usize| i == tail.end && view.word(tail.start) == "," && tail.len() > 2;
    if leads_elsewhere(view, lexicon, tail.clone()) {
        return Tie::Loose;
    }
    for i in tail.clone() {
        // "The three indices are computed as follows:" lists how.
        if phrase_at(lexicon, "list-manner", view.text, tokens, i).is_some()
            && i > announcement.end
            && tokens[i - 1].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::PAST))
            && phrase_before(lexicon, "list-told", view.text, tokens, i).is_none()
        {
            return Tie::Loose;
        }
        // The list is of something else, or does not hold all: "in two clusters the following changes:".
        if phrase_at(lexicon, "list-following", view.text, tokens, i).is_some()
            || phrase_at(lexicon, "list-open", view.text, tokens, i).is_some_and(|n| !closes(i + n))
            || phrase_at(lexicon, "list-elsewhere", view.text, tokens, i).is_some()
            // "twelve recommendations, of which three are urgent:"
            || view.word(i).eq_ignore_ascii_case("of")
                && phrase_at(lexicon, "list-subset", view.text, tokens, i).is_some_and(|n| {
                    matches!(view.word(i + n - 1), "which" | "whom" | "them" | "these" | "those")
                })
        {
            return Tie::Loose;
        }
    }
    if phrase_before(lexicon, "list-following", view.text, tokens, at).is_some() {
        return if tail.is_empty() { Tie::Direct } else { Tie::Stated };
    }
    let definite = at > sentence.start
        && matches!(
            lower(view.word(at - 1)).as_str(),
            "the" | "both" | "all" | "these" | "those" | "our" | "its" | "their"
        );
    if tail.is_empty() && announcement.counted && !definite {
        return Tie::Direct;
    }
    let clause = clause_start(view, sentence, at);
    // "When the two flags are given:" tells about them and lists something else.
    let subordinate = tokens[clause].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::CONJUNCTION))
        && !matches!(lower(view.word(clause)).as_str(), "and" | "but" | "so" | "or");
    if subordinate || tail.len() > 16 || tail.clone().any(|i| matches!(view.word(i), ";" | "?")) {
        return Tie::Loose;
    }
    if !tail.is_empty() && is_theme(view, lexicon, clause..at, tail.clone(), definite) {
        return Tie::Loose;
    }
    let mut before = at;
    // "has only these", "there are currently", "takes one of".
    for _ in 0..3 {
        let Some(n) = phrase_before(lexicon, "list-filler", view.text, tokens, before) else { break };
        before = before.saturating_sub(n).max(sentence.start);
    }
    let verb = before > sentence.start
        && tokens[before - 1].word.is_some_and(|id| {
            let pos = lexicon.words.pos(id);
            pos.any(Pos::VERB.and(Pos::PAST).and(Pos::GERUND)) && !pos.any(Pos::PREPOSITION)
        })
        && !is_by_the_way(view, lexicon, before - 1, sentence);
    let stated = before == clause || verb || phrase_before(lexicon, "list-verb", view.text, tokens, before).is_some();
    // "there is work to do around merging two projects:" lists the work.
    if !stated && before > sentence.start && is_by_the_way(view, lexicon, before - 1, sentence) {
        return Tie::Loose;
    }
    match (stated, tail.is_empty()) {
        (true, true) => Tie::Direct,
        (true, false) => Tie::Stated,
        (false, true) if !definite && !matches!(view.word(at - 1), "between" | "of" | "than") => Tie::Near,
        (false, _) => Tie::Loose,
    }
}

/// Whether what stands between the counted phrase and the colon only narrows it, by a clause that wants no object:
/// "four gaps that cannot be closed with present means:", but not "two options that control:".
fn relative_clause(view: &BlockView<'_>, lexicon: &Lexicon, start: usize, end: usize) -> bool {
    if end < start + 3 || end - start > RELATIVE || !matches!(view.word(start), "that" | "which" | "who") {
        return false;
    }
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let last = pos(end - 1);
    let object = last.any(Pos::PREPOSITION.and(Pos::AUXILIARY).and(Pos::CONJUNCTION))
        || last.any(Pos::VERB) && !last.any(Pos::NOUN.and(Pos::PAST).and(Pos::ADJECTIVE));
    let says_open = (start..end).any(|i| {
        view.layer.tokens[i].kind == TokenKind::Sign
            || ["list-open", "list-following", "list-elsewhere"]
                .iter()
                .any(|set| phrase_at(lexicon, set, view.text, &view.layer.tokens, i).is_some())
    });
    !object && !says_open
}

/// Whether the words between the counted phrase and the colon say that something else is listed: the things counted
/// are named at once ("two nodes (one here, one there):", "two nodes named A and B:"), the list is of other things
/// ("in two ways causes some issues:"), or the colon stands behind a preposition ("two sums, change the query by:").
fn leads_elsewhere(view: &BlockView<'_>, lexicon: &Lexicon, tail: Range<usize>) -> bool {
    let tokens = &view.layer.tokens;
    let is = |i: usize, set: &str| phrase_at(lexicon, set, view.text, tokens, i).is_some();
    let pos = |i: usize| tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let (Some(first), Some(last)) = (tail.clone().next(), tail.clone().next_back()) else { return false };
    let apart = |i: usize| matches!(view.word(i), "," | "and" | "each" | "one");
    let bracket = view.word(first) == "(" && tail.clone().any(apart);
    let others = |i: usize| is(i, "list-others") && i + 1 < tail.end && pos(i + 1).any(Pos::NOUN);
    let preposition = tail.len() > 1 && is(last, "list-means");
    bracket || is(first, "list-called") || tail.clone().any(others) || preposition
}

/// Whether the clause tells something about the things counted and lists that, given the tokens before the number and
/// behind the counted phrase: "operations that lock two files are:", "the two formats will differ in:", "using two
/// accounts allows:".
fn is_theme(view: &BlockView<'_>, lexicon: &Lexicon, head: Range<usize>, tail: Range<usize>, definite: bool) -> bool {
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    let relative = head.clone().any(|i| {
        matches!(view.word(i), "that" | "which" | "who")
            && i + 1 < head.end
            && pos(i + 1).any(Pos::VERB.and(Pos::AUXILIARY))
    });
    let be = |i: usize| matches!(view.word(i), "be" | "is" | "are" | "was" | "were" | "been");
    let modal =
        tail.clone().any(|i| pos(i).any(Pos::AUXILIARY) && !be(i)) && !tail.clone().any(|i| view.word(i) == "be");
    let gerund = head.clone().next().is_some_and(|i| pos(i).any(Pos::GERUND) && !pos(i).any(Pos::PREPOSITION))
        && tail.clone().any(|i| pos(i).any(Pos::VERB) && !pos(i).any(Pos::NOUN.and(Pos::PREPOSITION)) && !be(i));
    relative || definite && modal || gerund
}

/// Whether a verb before the number is a gerund that a preposition leads in: "by combining the three structures".
fn is_by_the_way(view: &BlockView<'_>, lexicon: &Lexicon, verb: usize, sentence: &Range<usize>) -> bool {
    let pos = |i: usize| view.layer.tokens[i].word.map_or(Pos::default(), |id| lexicon.words.pos(id));
    verb > sentence.start && pos(verb).any(Pos::GERUND) && pos(verb - 1).any(Pos::PREPOSITION.and(Pos::ADVERB))
}

/// Where the clause of a token begins: after the last comma, colon or semicolon before it, else with the sentence.
fn clause_start(view: &BlockView<'_>, sentence: &Range<usize>, token: usize) -> usize {
    (sentence.start..token)
        .rev()
        .take(CLAUSE)
        .find(|&i| matches!(view.word(i), "," | ";" | ":" | "(" | "–" | "—"))
        .map_or(sentence.start, |i| i + 1)
}
