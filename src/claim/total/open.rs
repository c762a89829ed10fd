//! A whole, an opening cue, its parts: "165 people, namely 106 children and 48 women".

use super::Sum;
use super::operands::Passage;
use crate::value::Decimal;

/// How far a cue may stand from the whole, in tokens.
const REACH: usize = 16;

/// How many tokens an enumeration of parts has at most.
const LONGEST: usize = 600;

/// How an opening cue was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// "namely", "as follows", "made up of"
    Words,
    /// A colon.
    Colon,
    /// A bracket right behind what is counted.
    Bracket,
    /// A dash.
    Dash,
    /// Only a comma.
    Comma,
}

impl Cue {
    /// How sure it is that the parts are all the parts, and how far off they may be, in per cent.
    fn trust(self) -> (u8, i64) {
        match self {
            Self::Words => (9, 30),
            Self::Colon => (7, 20),
            Self::Bracket => (7, 15),
            Self::Dash => (6, 15),
            Self::Comma => (5, 10),
        }
    }
}

/// Finds wholes with an opening cue.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Sum>) {
    for whole in 0..passage.numbers.len() {
        if let Some((cue, from)) = opening(passage, whole)
            && let Some(sum) = parts(passage, whole, cue, from)
        {
            out.push(sum);
        }
    }
    equations(passage, out);
}

/// The cue behind a whole and the token behind the cue.
fn opening(passage: &Passage<'_>, whole: usize) -> Option<(Cue, usize)> {
    let number = &passage.numbers[whole];
    let view = &passage.view;
    let sentence = view.layer.sentence_of(number.quantity.tokens.start);
    let begin = number.quantity.tokens.end;
    let mut next = whole + 1;
    let start_of = |n: usize| passage.numbers.get(n).map_or(usize::MAX, |n| n.quantity.tokens.start);
    let end = sentence.end.min(begin + REACH);
    let mut comma = None;
    // "64 observers from 22 countries: 41 men and …": a number in between says where or when, until a colon comes.
    let mut aside = false;
    for i in begin..end {
        let next_start = start_of(next);
        if i >= next_start && is_aside(passage, whole, next) {
            aside = true;
            next += 1;
            continue;
        }
        if aside && !matches!(view.word(i), ":" | ";" | "(" | "–" | "—") {
            continue;
        }
        if aside && view.word(i) != ":" {
            return None;
        }
        if i >= next_start {
            // "57 people on board, 54 passengers and …": a comma directly before the first part.
            return comma.filter(|&c| c + 1 == next_start).map(|c| (Cue::Comma, c + 1));
        }
        if passage.depths[i] < number.depth {
            return None;
        }
        if let Some((_, behind)) = passage.cue(i..i + 1, "open") {
            let behind = if view.word(behind) == ":" { behind + 1 } else { behind };
            return Some((Cue::Words, behind));
        }
        if passage.has_cue(i..i + 1, "subset")
            || passage.has_cue(i..i + 1, "compare") && i + 2 >= next_start && !is_aside(passage, whole, next)
        {
            return None;
        }
        match view.word(i) {
            ":" => return Some((Cue::Colon, i + 1)),
            "(" => return Some((Cue::Bracket, i + 1)),
            "–" | "—" => return Some((Cue::Dash, i + 1)),
            "," => comma = Some(i),
            ";" => return None,
            _ => {}
        }
    }
    None
}

/// Whether a number behind a whole is no part of it: it stands behind a preposition and another thing is counted, or
/// another unit.
fn is_aside(passage: &Passage<'_>, whole: usize, number: usize) -> bool {
    let Some(at) = passage.numbers.get(number) else { return false };
    let start = at.quantity.hedged.start;
    let preposition = start.checked_sub(1).is_some_and(|i| {
        matches!(passage.view.word(i), "from" | "in" | "at" | "over" | "within" | "during" | "across" | "for" | "on")
    });
    let other = !passage.noun(number).is_empty() && passage.noun(number) != passage.noun(whole);
    preposition && at.depth == passage.numbers[whole].depth && (!passage.same_unit(whole, number) || other)
}

/// The list of parts that begins at token `from`.
fn parts(passage: &Passage<'_>, whole: usize, cue: Cue, from: usize) -> Option<Sum> {
    let view = &passage.view;
    let number = &passage.numbers[whole];
    let sentence = view.layer.sentence_of(number.quantity.tokens.start);
    let depth = number.depth + u32::from(cue == Cue::Bracket);
    // A sentence may be as long as the document; an enumeration that people add up is not.
    let limit = sentence.end.min(from + LONGEST);
    let close = (from..limit).find(|&i| passage.depths[i] < depth).unwrap_or(limit);
    if passage.has_cue(from..close, "rest") || has_label(passage, from..close) {
        return None;
    }
    let mut parts: Vec<usize> = Vec::new();
    // Lengths of the list at which it may end: behind a part that "and" joins on, at a bracket, at the end.
    let mut ends: Vec<usize> = Vec::new();
    let mut at = from;
    for (i, next) in passage.numbers.iter().enumerate().skip(whole + 1) {
        let start = next.quantity.tokens.start;
        if start >= close {
            break;
        }
        if next.depth != depth || !passage.same_unit(whole, i) || start < from {
            continue;
        }
        let gap = at..start;
        if parts.is_empty() {
            // "namely", then at once the first part; some words may come before it behind a colon.
            if gap.len() > if cue == Cue::Colon { 8 } else { 5 } {
                return None;
            }
        } else if gap.len() > 30 {
            break;
        }
        if passage.has_cue(gap.clone(), "subset") {
            if parts.is_empty() {
                return None;
            }
            continue;
        }
        if passage.has_cue(start.saturating_sub(2).max(at)..start, "compare") {
            continue;
        }
        let joined = parts.is_empty() || gap.clone().any(|t| separates(view.word(t)) || and(view.word(t)));
        if !joined {
            continue;
        }
        let last = gap.clone().any(|t| and(view.word(t)));
        parts.push(i);
        at = next.quantity.tokens.end;
        if last && parts.len() >= 2 {
            ends.push(parts.len());
        }
    }
    if parts.len() < 2 {
        return None;
    }
    // A list in brackets or without any "and" ends where the bracket or the sentence ends.
    let tail = at..close;
    let goes_on = tail.clone().any(|t| matches!(view.word(t), "," | ";" | "or") || and(view.word(t)));
    if (cue == Cue::Bracket || ends.is_empty() && cue != Cue::Comma && !goes_on) && ends.last() != Some(&parts.len()) {
        ends.push(parts.len());
    }
    if ends.is_empty() {
        return None;
    }
    let (strength, percent) = cue.trust();
    let share = Decimal::new(percent, 2);
    let mut readings: Vec<Vec<usize>> = ends.iter().map(|&n| parts[..n].to_vec()).collect();
    // Two partitions of one whole, each closed by itself: "70 girls and 50 boys; 40 from A and 80 from B".
    for pair in ends.windows(2) {
        if pair[1] - pair[0] >= 2 {
            readings.push(parts[pair[0]..pair[1]].to_vec());
        }
    }
    readings.sort_by_key(|r| passage.gap(whole, r));
    let best = readings.first()?;
    if !passage.near(whole, best, share) || !compatible(passage, whole, best, cue) {
        return None;
    }
    Some(Sum { whole, readings, strength })
}

/// Whether a plain number among the tokens was taken for a name, as in "Labour 17 and the Liberals 9": the list
/// is not read in full.
fn has_label(passage: &Passage<'_>, tokens: std::ops::Range<usize>) -> bool {
    let quantities = &passage.view.layer.quantities;
    let from = quantities.partition_point(|q| q.tokens.start < tokens.start);
    quantities[from..].iter().take_while(|q| q.tokens.end <= tokens.end).any(|q| {
        let year = q.quantity.value() >= Decimal::from(1000) && passage.view.word(q.tokens.start).len() == 4;
        q.label && q.quantity.unit.is_count() && !year && !q.quantity.amount.range
    })
}

/// Whether the parts can be of the kind of the whole.
fn compatible(passage: &Passage<'_>, whole: usize, parts: &[usize], cue: Cue) -> bool {
    let kind = passage.people(whole);
    let kinds: Vec<Option<bool>> = parts.iter().map(|&p| passage.people(p)).collect();
    match cue {
        Cue::Comma => kind == Some(true) && kinds.contains(&Some(true)) && !kinds.contains(&Some(false)),
        Cue::Words => kind != Some(true) || !kinds.iter().all(|k| *k == Some(false)),
        Cue::Colon if passage.acts(parts[0]) => false,
        // Not every trade is known to be one of people.
        Cue::Colon => kind.is_none_or(|kind| !kinds.iter().all(|k| *k == Some(!kind))),
        // "14 countries: six families drove": people are no part of things, nor things of people.
        _ => kind.is_none_or(|kind| !kinds.contains(&Some(!kind))),
    }
}

fn separates(word: &str) -> bool {
    matches!(word, "," | ";" | "+")
}

fn and(word: &str) -> bool {
    matches!(word, "and" | "plus" | "&")
}

/// "34 + 17 + 12 = 60", written out.
fn equations(passage: &Passage<'_>, out: &mut Vec<Sum>) {
    let word = |i: usize| passage.view.word(i);
    let numbers = &passage.numbers;
    let mut at = 0;
    while at < numbers.len() {
        let mut parts = vec![at];
        while let Some(next) = numbers.get(at + 1) {
            let end = numbers[at].quantity.tokens.end;
            let start = next.quantity.tokens.start;
            if start != end + 1 || !passage.same_unit(at, at + 1) {
                break;
            }
            match word(end) {
                "+" => parts.push(at + 1),
                "=" if parts.len() >= 2 => {
                    // A calculation that goes on is not ours.
                    let before = numbers[parts[0]].quantity.tokens.start.checked_sub(1).map_or("", word);
                    let whole_end = next.quantity.tokens.end;
                    let goes_on = ["+", "-", "\u{2212}", "×", "*", "/", "^", "÷", "=", "("];
                    if !goes_on.contains(&before) && !goes_on.contains(&word(whole_end)) {
                        out.push(Sum { whole: at + 1, readings: vec![parts.clone()], strength: 8 });
                    }
                    break;
                }
                _ => break,
            }
            at += 1;
        }
        at += 1;
    }
}
