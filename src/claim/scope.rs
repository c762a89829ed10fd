//! When, where and of what part a number speaks: read from the clause and sentence around it.

use super::context::{BlockView, Context};
use super::noun::lemma;
use super::{Scope, Status};
use crate::annotate::{Case, TokenKind, phrase_at, phrases_at};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{Lexicon, Pos, lower};
use compact_str::{CompactString, format_compact};
use std::ops::Range;

/// The clause around a token: up to the next comma, semicolon, colon, dash or bracket on either side, within
/// its sentence.
#[must_use]
pub fn clause(view: &BlockView<'_>, token: usize) -> Range<usize> {
    let sentence = window(view, token);
    let ends = |i: usize| {
        view.layer.tokens[i].kind == TokenKind::Sign
            && matches!(view.word(i), "," | ";" | ":" | "–" | "—" | "(" | ")" | "[" | "]")
    };
    let mut start = token;
    while start > sentence.start && !ends(start - 1) {
        start -= 1;
    }
    let mut end = token + 1;
    while end < sentence.end && !ends(end) {
        end += 1;
    }
    start..end
}

/// The sentence around a token, cut to 120 tokens on either side: text without full stops (logs, data) must not
/// make every number look at all of it.
#[must_use]
pub(super) fn window(view: &BlockView<'_>, token: usize) -> Range<usize> {
    const REACH: usize = 120;
    let sentence = view.layer.sentence_of(token);
    sentence.start.max(token.saturating_sub(REACH))..sentence.end.min(token + REACH)
}

/// What the words around a number say of its scope.
///
/// Cues are taken from the clause, except those that announce themselves for a whole sentence (a source, a
/// reconciliation, an example). Times are taken from the clause, else from the sentence.
#[must_use]
pub fn scope(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> (Scope, Status) {
    let sentence = window(view, number.start);
    let clause = clause(view, number.start);
    let known = is_known(view, lexicon, number.start);
    let opening = opening(view, lexicon, &sentence);
    let hedge = hedge(view, lexicon, number);
    let mut scope = Scope::default();
    if known {
        scope.cues.push("whole".into());
    }
    let mut status = Status::Actual;
    for i in sentence.clone() {
        // "Old Lock", "Plan International": words of names are no cues.
        if view.layer.tokens[i].case != Case::Lower && i != view.layer.sentence_of(i).start {
            continue;
        }
        for (set, _) in phrases_at(lexicon, view.text, &view.layer.tokens, i) {
            if set == "set.whole" && clause.contains(&i) {
                push(&mut scope.cues, "whole".into());
                continue;
            }
            let change = matches!(
                set,
                "order.up"
                    | "order.down"
                    | "order.better"
                    | "order.worse"
                    | "order.change"
                    | "order.widen"
                    | "order.narrow"
            );
            if change {
                if clause.contains(&i) && is_change(view, lexicon, i, number) {
                    push(&mut scope.cues, "delta".into());
                }
                continue;
            }
            let Some(cue) = set.strip_prefix("scope.") else { continue };
            let wide = matches!(cue, "attributed" | "explained" | "example");
            // "The year before, sales had come to 38": what opens the sentence holds for all of it.
            let opens = opening.contains(&i) && matches!(cue, "previous" | "target" | "forecast");
            if !(clause.contains(&i) || wide || opens) || number.contains(&i) || hedge.contains(&i) {
                continue;
            }
            // "They did not see that the tower is 32 storeys high", "62 per cent said that they agree": what is not
            // seen, and what they said, stands in a clause of its own.
            if cue == "negated" && i < number.start && (i..number.start).any(|n| is_subordinator(view.word(n))) {
                continue;
            }
            if cue == "attributed" && i >= number.end && clause.contains(&i) && is_said(view, lexicon, i) {
                continue;
            }
            // "our 48 members will vote": what is said of a known number says nothing about the number.
            if known && i >= number.end && !matches!(cue, "attributed" | "explained" | "measure") {
                continue;
            }
            if is_about_other(view, lexicon, cue, i, number) {
                continue;
            }
            status = match cue {
                "target" | "norm" => Status::Target,
                "forecast" => Status::Forecast,
                "previous" => Status::Previous,
                "attributed" => Status::Quoted,
                "example" => Status::Example,
                _ => status,
            };
            push(&mut scope.cues, cue.into());
        }
    }
    let mut ordinal_times: Vec<CompactString> = Vec::new();
    let ordinals = &view.layer.ordinals;
    let from = ordinals.partition_point(|o| o.tokens.start < sentence.start);
    for (i, ordinal) in ordinals[from..].iter().map(|o| (o.tokens.start, o.rank)) {
        // "the first stage", "a second phase": one of a series, if a noun follows. What another clause names is not
        // what this number is about: "30 km/h because of cracks in the second arch".
        if i >= sentence.end {
            break;
        }
        if !clause.contains(&i) && !opening.contains(&i) {
            continue;
        }
        match view.word(i + 1) {
            "quarter" => push(&mut ordinal_times, format_compact!("q{ordinal}")),
            "half" => push(&mut ordinal_times, format_compact!("h{ordinal}")),
            // "the second year running": a repetition, no member of a series.
            "year" | "month" | "week" if matches!(view.word(i + 2), "running" | "in") => {}
            // "a third are for children"
            _ if is_fraction(view, lexicon, i) => {}
            "time" | "place" | "century" | "anniversary" | "largest" | "highest" | "lowest" | "smallest" => {}
            _ => push(&mut scope.cues, format_compact!("ordinal:{ordinal}")),
        }
    }
    let mut in_sentence = Vec::new();
    let opening_token = sentence.start;
    for i in sentence {
        if let Some(time) = time(view, lexicon, i).filter(|_| !is_term(view, lexicon, i)) {
            let bound =
                |w: &str| matches!(w, "before" | "after" | "since" | "until" | "from" | "between" | "by" | "till");
            // "before the 11th of June": day and article may stand between.
            if let Some(b) = (i.saturating_sub(4)..i).rev().find(|&b| bound(&lower(view.word(b)))) {
                push(&mut scope.cues, format_compact!("when:{}", lower(view.word(b))));
            }
            if clause.contains(&i) {
                push(&mut scope.times, time);
            } else if !in_other_bracket(view, i, number.start) {
                push(&mut in_sentence, time);
            }
        }
    }
    if scope.times.is_empty() {
        // "On 26 August 2019, the company placed …": the time that opens a sentence is that of its verb.
        let mut end = opening_token + 1;
        let belongs = |i: usize| {
            view.layer.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number)
                || time(view, lexicon, i).is_some()
                || matches!(view.word(i), "," | "the" | "of" | "fiscal" | "year")
        };
        while end < opening_token + 10 && belongs(end) {
            end += 1;
        }
        let opening: Vec<CompactString> = if matches!(view.word(opening_token), "On" | "In" | "During" | "By" | "At") {
            (opening_token..end).filter_map(|i| time(view, lexicon, i)).collect()
        } else {
            Vec::new()
        };
        scope.times = if opening.is_empty() { in_sentence } else { opening };
    }
    if scope.times.len() > 1
        && let Some(year) = respective_year(view, lexicon, number)
    {
        scope.times = vec![year];
        push(&mut scope.cues, "respective".into());
    }
    for time in ordinal_times {
        push(&mut scope.times, time);
    }
    (scope, status)
}

/// The words of the hedge before a number: the *no* of "no more than 20" denies nothing.
fn hedge(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> Range<usize> {
    const LONGEST: usize = 5;
    let from = view.layer.sentence_of(number.start).start.max(number.start.saturating_sub(LONGEST));
    let reaches = |i: usize| {
        phrases_at(lexicon, view.text, &view.layer.tokens, i)
            .any(|(set, length)| set.starts_with("hedge.") && set != "hedge.about" && i + length == number.start)
    };
    (from..number.start).find(|&i| reaches(i)).map_or(number.start..number.start, |i| i..number.start)
}

/// Whether a word of change makes the number a difference: "fell 2.9 percent", "an increase of 550", "17 cents lower",
/// unless the change ends at the number with "to".
fn is_change(view: &BlockView<'_>, lexicon: &Lexicon, i: usize, number: &Range<usize>) -> bool {
    let pos =
        |i: usize| view.layer.tokens.get(i).and_then(|t| t.word).map_or(Pos::default(), |id| lexicon.words.pos(id));
    if i >= number.end {
        // "58 contracts", "12 cuts": the noun that is counted.
        return i == number.end && !(is_plain_count(view, number) && pos(i).any(Pos::NOUN));
    }
    // "patients were followed up for 18 months": a part of another verb.
    let particle = matches!(view.word(i), "up" | "down")
        && i > 0
        && pos(i - 1).any(Pos::VERB)
        && !phrases_at(lexicon, view.text, &view.layer.tokens, i - 1).any(|(set, _)| set.starts_with("order."));
    // "the levy raises 6.4 million": what is raised is money, not a level.
    let collected = i + 1 == number.start
        && is_money(view, number)
        && view.layer.tokens[i].word.is_some_and(|_| lemma(view, lexicon, i) == "raise");
    if particle || collected {
        return false;
    }
    let level = (i..number.start).any(|n| matches!(view.word(n), "to" | "at"));
    // "an increase in Asia Pacific of $1.5 million"
    let of = number.start > 0 && view.word(number.start - 1) == "of";
    !level && (of || i + 4 > number.start)
}

fn quantity_at<'v>(view: &BlockView<'v>, number: &Range<usize>) -> Option<&'v crate::annotate::QuantityAt> {
    let list = &view.layer.quantities;
    list.get(list.partition_point(|q| q.tokens.end <= number.start)).filter(|q| q.tokens.start <= number.start)
}

fn is_plain_count(view: &BlockView<'_>, number: &Range<usize>) -> bool {
    quantity_at(view, number).is_some_and(|q| q.quantity.unit.is_count())
}

fn is_money(view: &BlockView<'_>, number: &Range<usize>) -> bool {
    quantity_at(view, number).is_some_and(|q| q.quantity.unit.is_money())
}

/// Whether a cue of the sentence speaks of something else than the number.
fn is_about_other(view: &BlockView<'_>, lexicon: &Lexicon, cue: &str, i: usize, number: &Range<usize>) -> bool {
    let pos =
        |i: usize| view.layer.tokens.get(i).and_then(|t| t.word).map_or(Pos::default(), |id| lexicon.words.pos(id));
    let is = |i: usize, set: &str| phrase_at(lexicon, set, view.text, &view.layer.tokens, i).is_some();
    let before = i < number.start;
    match cue {
        "increment" => {
            // "550 more", "a further 480", "12 of the others": the cue stands at the number.
            if i + 1 != number.start && i != number.end && i + 2 != number.start {
                return true;
            }
            // "Lessons last 45 minutes": a verb; "last summer 96 students": a time.
            let verb = pos(i).any(Pos::VERB) && i > 0 && !pos(i - 1).any(Pos::DETERMINER.and(Pos::PREPOSITION));
            let opens = i == view.layer.sentence_of(i).start;
            let time = before && i + 2 == number.start && is(i + 1, "time.noun");
            before && (verb && !opens || time)
        }
        "subset" => {
            // "each of the six ports", "every one of our 48 clubs": all of them.
            let between = |n: usize| matches!(view.word(n), "of" | "one" | "single") || pos(n).any(Pos::DETERMINER);
            let each = before && is(i, "cue.distributive");
            // "Each tram is 32 metres long": what each measures is what all of them do.
            let opens = i == view.layer.sentence_of(i).start;
            if each && opens && !quantity_at(view, number).is_none_or(|q| q.quantity.unit.is_count()) {
                return true;
            }
            if each && (i + 1..number.start).any(|n| view.word(n) == "of") && (i + 1..number.start).all(between) {
                return true;
            }
            // "with the maximum of 274 sensors, 16 at each end": said of the number in between.
            let nearer = |q: &crate::annotate::QuantityAt| q.tokens.start >= number.end && q.tokens.end <= i;
            if !before && is(i, "cue.distributive") && view.layer.quantities.iter().any(nearer) {
                return true;
            }
            // "killed 27 people and wounded many more": said of another number.
            let loose = is(i, "cue.comparative");
            loose && (i + 4 <= number.start || i >= number.end + 4)
        }
        // "40 days, as the accusations against them are looked into": only a number is another time's.
        "previous" => {
            let counts = |q: &crate::annotate::QuantityAt| (i + 1..i + 6).contains(&q.tokens.start);
            view.word(i) == "against" && !view.layer.quantities.iter().any(counts)
        }
        // "a sample of 480 households": those asked, no example.
        "example" => is(i, "cue.drawn"),
        // "on the Team plan": a name of something.
        "target" => {
            before && i > 0 && is(i, "cue.plan") && {
                let name = &view.layer.tokens[i - 1];
                name.kind == TokenKind::Word && name.case != Case::Lower && i - 1 != view.layer.sentence_of(i).start
            }
        }
        // "the mean age of the 214 participants": what is averaged is the age.
        "measure" => {
            // "the five largest banks": so many of the things that are largest.
            let behind = view.layer.tokens.get(i + 1).filter(|t| t.kind == TokenKind::Word);
            if i == number.end && is_plain_count(view, number) && behind.is_some() && !pos(i + 1).any(Pos::CLOSED) {
                return true;
            }
            let of = (i + 2..number.start).find(|&n| view.word(n) == "of");
            is_plain_count(view, number)
                && before
                && of.is_some_and(|of| (i + 1..of).any(|n| pos(n).any(Pos::NOUN)) && of + 3 > number.start)
        }
        // "according to Table 2", "by our own count": the author's.
        "attributed" => {
            let after = (i + 1..i + 4).find(|&n| matches!(view.word(n), "to" | "from" | "by")).map_or(i + 1, |n| n + 1);
            is(i, "cue.source") && is(after, "scope.own-source")
        }
        _ => false,
    }
}

/// Whether a word opens a clause whose statement stands whatever is said about it.
fn is_subordinator(word: &str) -> bool {
    matches!(
        word,
        "that" | "because" | "since" | "although" | "though" | "while" | "whereas" | "which" | "who" | "where"
    )
}

/// Whether a cue is a verb of saying, not a preposition: "said that", not "according to".
fn is_said(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    view.layer.tokens[i].word.is_some_and(|id| lexicon.words.pos(id).any(Pos::VERB))
}

/// Whether an ordinal is a fraction: "a third", "one fifth of", not "a third wave".
fn is_fraction(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    let article = i > 0 && matches!(view.word(i - 1), "a" | "A" | "one" | "One" | "two" | "Two" | "three" | "Three");
    let next = view.layer.tokens.get(i + 1);
    let noun = next.is_some_and(|t| {
        t.kind == TokenKind::Word
            && t.word.is_none_or(|id| lexicon.words.pos(id).any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PEOPLE)))
    });
    article && !noun
}

/// The adverbial that opens a sentence, up to its comma: a few words without a verb.
fn opening(view: &BlockView<'_>, lexicon: &Lexicon, sentence: &Range<usize>) -> Range<usize> {
    let end = (sentence.start..sentence.end.min(sentence.start + 9)).find(|&i| view.word(i) == ",");
    let Some(end) = end else { return sentence.start..sentence.start };
    let verb = (sentence.start..end).any(|i| {
        view.layer.tokens[i].word.is_some_and(|id| {
            let pos = lexicon.words.pos(id);
            pos.any(Pos::AUXILIARY)
                || pos.any(Pos::VERB) && !pos.any(Pos::NOUN.and(Pos::ADJECTIVE).and(Pos::PREPOSITION))
        })
    });
    sentence.start..if verb { sentence.start } else { end }
}

/// The years that lead up to a sentence: those of the last sentence before it in the block that names any.
pub(super) fn lead(view: &BlockView<'_>, lexicon: &Lexicon, token: usize) -> Vec<CompactString> {
    // A paragraph that goes on for pages has no one time.
    const REACH: usize = 300;
    let from = view.layer.sentence_of(token).start;
    let Some(last) = (from.saturating_sub(REACH)..from).rev().find(|&i| year(view, lexicon, i).is_some()) else {
        return Vec::new();
    };
    years(view, lexicon, window(view, last))
}

/// The years named in a stretch of tokens.
fn years(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Vec<CompactString> {
    let mut out = Vec::new();
    for year in tokens.filter_map(|i| year(view, lexicon, i)) {
        push(&mut out, year);
    }
    out
}

/// The year of a number in a list that runs beside a list of years: "for 2019, 2018 and 2017 were 131, 117 and 180,
/// respectively".
fn respective_year(view: &BlockView<'_>, lexicon: &Lexicon, number: &Range<usize>) -> Option<CompactString> {
    // Furthest that the word may stand behind the number, and most members of a list.
    const REACH: usize = 40;
    const MOST: usize = 12;
    let sentence = view.layer.sentence_of(number.start);
    let last = sentence.end.min(number.end + REACH);
    let word = (number.end..last)
        .find(|&i| phrase_at(lexicon, "list-respective", view.text, &view.layer.tokens, i).is_some())?;
    // What may stand between two members of a list, with their units and signs.
    let runs_on =
        |from: usize, to: usize| to - from <= 5 && (from..to).any(|i| matches!(view.word(i), "," | "and" | ";"));
    let from = sentence.start.max(number.start.saturating_sub(2 * REACH));
    let listed: Vec<usize> = (from..word).filter(|&i| year(view, lexicon, i).is_some()).collect();
    let end = listed.len().checked_sub(1)?;
    let start = (1..=end).rev().take_while(|&i| runs_on(listed[i - 1] + 1, listed[i])).last()? - 1;
    let listed = &listed[start..];
    let quantities = &view.layer.quantities;
    let first = quantities.partition_point(|q| q.tokens.start <= *listed.last().unwrap_or(&0));
    let behind: Vec<&Range<usize>> =
        quantities[first..].iter().map(|q| &q.tokens).take_while(|t| t.end <= word).take(4 * MOST).collect();
    let values = behind.get(behind.len().checked_sub(listed.len())?..)?;
    let runs = values.windows(2).all(|pair| runs_on(pair[0].end, pair[1].start.max(pair[0].end)));
    let place = values.iter().position(|t| t.start <= number.start && number.start < t.end)?;
    (runs && listed.len() <= MOST).then(|| year(view, lexicon, listed[place])).flatten()
}

/// The year at a token: months are named of events, years of periods.
fn year(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> Option<CompactString> {
    time(view, lexicon, i).filter(|t| is_year(t))
}

/// The years that the headings above a block name, the nearest that names any. A line without a full stop is a
/// heading too, whether or not it was marked as one.
pub(super) fn heading_times(context: &Context<'_>, block: BlockId) -> Vec<CompactString> {
    let mut section = context.document.block(block).section;
    let first = section.map_or(0, |id| id.index() + 1).max(block.index().saturating_sub(40));
    for id in (first..block.index()).rev() {
        let view = context.view(BlockId(id as u32));
        let tokens = &view.layer.tokens;
        let short = (2..=14).contains(&tokens.len()) && view.block.kind == BlockKind::Paragraph;
        if !short || tokens.last().is_some_and(|t| t.kind == TokenKind::Sign) {
            continue;
        }
        let out = years(&view, context.lexicon, 0..tokens.len());
        if !out.is_empty() {
            return out;
        }
    }
    // Headings point upwards, and no outline is deeper than this.
    for _ in 0..12 {
        let Some(id) = section else { break };
        let view = context.view(id);
        let out = years(&view, context.lexicon, 0..view.layer.tokens.len().min(60));
        if !out.is_empty() {
            return out;
        }
        section = view.block.section;
    }
    Vec::new()
}

/// Whether a time says when something ends that is only spoken of: "notes due September 15, 2024".
fn is_term(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> bool {
    (i.saturating_sub(4)..i)
        .rev()
        .take_while(|&b| {
            let token = &view.layer.tokens[b];
            token.kind == TokenKind::Number || view.word(b) == "," || token.kind == TokenKind::Word
        })
        .any(|b| phrase_at(lexicon, "time.term", view.text, &view.layer.tokens, b).is_some())
}

/// Whether a token stands in a bracket that does not hold the number: "a dividend of €0.24 (2022: €0.22)".
fn in_other_bracket(view: &BlockView<'_>, token: usize, number: usize) -> bool {
    let sentence = view.layer.sentence_of(token);
    let open = (sentence.start.max(token.saturating_sub(12))..token)
        .rev()
        .find(|&i| matches!(view.word(i), "(" | ")" | "[" | "]"))
        .filter(|&i| matches!(view.word(i), "(" | "["));
    let Some(open) = open else { return false };
    let close = (token..sentence.end.min(token + 30)).find(|&i| matches!(view.word(i), ")" | "]"));
    close.is_some_and(|close| !(open..close).contains(&number))
}

/// Whether the author takes the number as known: "the 12,680 members", "our 48 clubs", "the Federation's 12".
pub(super) fn is_known(view: &BlockView<'_>, lexicon: &Lexicon, number: usize) -> bool {
    let Some(before) = number.checked_sub(1) else { return false };
    let word = view.word(before);
    let definite = lexicon.is_in("known.determiner", &lower(word));
    let owner = view.layer.tokens[before].kind == TokenKind::Word && (word.ends_with("'s") || word.ends_with("’s"));
    definite || owner
}

/// A year, month or quarter at a token.
pub(super) fn time(view: &BlockView<'_>, lexicon: &Lexicon, i: usize) -> Option<CompactString> {
    let token = view.layer.tokens.get(i)?;
    let word = view.word(i);
    if token.kind == TokenKind::Number {
        return is_year(word).then(|| word.into());
    }
    if token.kind == TokenKind::Word {
        let pos = lexicon.words.get(token.word?).pos;
        if pos.any(Pos::MONTH) && token.case == Case::Capital {
            return Some(lemma(view, lexicon, i));
        }
    }
    None
}

/// Whether a wording is a year of our time or a double year: `2019`, `2022/23`.
#[must_use]
pub fn is_year(word: &str) -> bool {
    word.len() >= 4
        && word.is_char_boundary(4)
        && word[..4].bytes().all(|b| b.is_ascii_digit())
        && (1800..=2100).contains(&word[..4].parse::<u16>().unwrap_or(0))
        && (word.len() == 4 || word[4..].starts_with(['/', '-', '–']))
        && word[4..].chars().all(|c| matches!(c, '/' | '-' | '–' | '0'..='9'))
        && word.chars().count() <= 9
}

/// The names of a stretch of tokens, lower case: places by their country, other capitalised words as they are.
/// The first word of a sentence counts only when the lexicon knows it as a place.
#[must_use]
pub fn entities(view: &BlockView<'_>, lexicon: &Lexicon, tokens: Range<usize>) -> Vec<CompactString> {
    let mut out = Vec::new();
    for i in tokens {
        let token = &view.layer.tokens[i];
        let quantities = &view.layer.quantities;
        let next = quantities.partition_point(|q| q.tokens.end <= i);
        let in_quantity = quantities.get(next).is_some_and(|q| q.tokens.contains(&i));
        if token.kind != TokenKind::Word || token.case == Case::Lower || in_quantity {
            continue;
        }
        let mut form = lower(view.word(i));
        if let Some(stem) = form.strip_suffix("'s") {
            form = stem.into();
        }
        if let Some(place) = lexicon.place(&form) {
            push(&mut out, place.place.to_lowercase());
            continue;
        }
        let first = view.layer.sentence_of(i).start == i;
        let known = token.word.is_some_and(|id| lexicon.words.pos(id) != Pos::default());
        if !first && !known && form.len() > 1 {
            push(&mut out, form);
        }
    }
    out
}

fn push(list: &mut Vec<CompactString>, item: CompactString) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::is_year;

    #[test]
    fn reads_years_and_double_years() {
        for year in ["2019", "2022/23", "1998", "2021–2022"] {
            assert!(is_year(year), "{year}");
        }
        for other in ["318", "12,860", "20190108", "2019a", "0999"] {
            assert!(!is_year(other), "{other}");
        }
    }
}
