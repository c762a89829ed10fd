//! A whole that comes last, and a last part that is named as the rest.

use super::Sum;
use super::operands::Passage;
use crate::value::{Decimal, Hedge};

/// How many sentences back the parts of a closing whole may stand.
const BACK: usize = 5;

/// How many numbers back the parts of a closing whole may stand: a sentence may be as long as the document.
const NUMBERS_BACK: usize = 60;

/// The first number that may belong to the number.
fn first(number: usize) -> usize {
    number.saturating_sub(NUMBERS_BACK)
}

/// Finds wholes with a closing cue, and parts that are what remains.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Sum>) {
    for number in 0..passage.numbers.len() {
        if closes(passage, number) {
            closing(passage, number, out);
        }
        if is_all(passage, number) {
            all(passage, number, out);
        }
        if remains(passage, number) {
            remaining(passage, number, out);
        }
    }
}

/// Whether a closing cue stands beside the number: "totalling 60", "together drew 134,450", "60 in all".
fn closes(passage: &Passage<'_>, number: usize) -> bool {
    let tokens = &passage.numbers[number].quantity.tokens;
    let sentence = passage.view.layer.sentence_of(tokens.start);
    let before = tokens.start.saturating_sub(5).max(sentence.start)..tokens.start;
    let previous = number.checked_sub(1).map_or(0, |n| passage.numbers[n].quantity.tokens.end);
    let behind = tokens.end..(tokens.end + 5).min(sentence.end);
    // "310 in 2021, against a total of 560 planned"
    if before.clone().any(|i| matches!(passage.view.word(i), "against" | "versus" | "vs")) {
        return false;
    }
    let next = passage.numbers.get(number + 1).map_or(usize::MAX, |n| n.quantity.tokens.start);
    passage.cue(before.start.max(previous)..before.end, "close").is_some()
        || passage.cue(behind.start..behind.end.min(next), "close").is_some_and(|(_, end)| {
            // "60 in all": the cue ends the clause.
            matches!(passage.view.word(end), "" | "." | "," | ";" | ")" | ":" | "–" | "—")
        })
}

/// The parts stand before the whole in its sentence, else in the sentence before.
fn closing(passage: &Passage<'_>, whole: usize, out: &mut Vec<Sum>) {
    let number = &passage.numbers[whole];
    let mut parts: Vec<usize> = (first(whole)..whole)
        .filter(|&i| passage.numbers[i].sentence == number.sentence && is_part(passage, whole, i))
        .collect();
    let same_sentence = parts.len() >= 2;
    if !same_sentence {
        let Some(before) = number.sentence.checked_sub(1) else { return };
        parts = (first(whole)..whole)
            .filter(|&i| passage.numbers[i].sentence == before && is_part(passage, whole, i))
            .collect();
    }
    let mut readings: Vec<Vec<usize>> =
        (0..parts.len().saturating_sub(1).min(12)).map(|from| parts[from..].to_vec()).collect();
    for to in 2..parts.len().min(12) {
        readings.push(parts[..to].to_vec());
    }
    push(passage, whole, readings, if same_sentence { 6 } else { 5 }, 10, out);
}

/// "All 19 were invited": the number takes up those of the sentences before.
fn is_all(passage: &Passage<'_>, number: usize) -> bool {
    let tokens = &passage.numbers[number].quantity.tokens;
    let sentence = passage.view.layer.sentence_of(tokens.start);
    tokens.start == sentence.start + 1
        && passage.view.word(sentence.start).eq_ignore_ascii_case("all")
        && passage.value(number).is_some_and(|v| v >= Decimal::from(5))
}

fn all(passage: &Passage<'_>, whole: usize, out: &mut Vec<Sum>) {
    let leading = leading(passage, whole);
    if leading.len() < 2 {
        return;
    }
    let readings = (0..leading.len() - 1).map(|from| leading[from..].to_vec()).collect();
    push(passage, whole, readings, 5, 10, out);
}

/// The first number of each of the sentences before that is of the unit of the whole and may be a part.
fn leading(passage: &Passage<'_>, whole: usize) -> Vec<usize> {
    let sentence = passage.numbers[whole].sentence;
    let mut out: Vec<usize> = Vec::new();
    for i in first(whole)..whole {
        let number = &passage.numbers[i];
        let taken = out.last().is_some_and(|&l| passage.numbers[l].sentence == number.sentence);
        if number.sentence < sentence && number.sentence + BACK > sentence && !taken && is_part(passage, whole, i) {
            out.push(i);
        }
    }
    out
}

/// Whether the number is called what is left: "the remaining 12".
pub(super) fn remains(passage: &Passage<'_>, number: usize) -> bool {
    let tokens = &passage.numbers[number].quantity.tokens;
    let hedged = &passage.numbers[number].quantity.hedged;
    let start = hedged.start.min(tokens.start);
    let Some(cue) = (1..=4)
        .filter_map(|n| start.checked_sub(n))
        .find(|&i| passage.cue(i..i + 1, "remaining").is_some_and(|(_, end)| end == start))
    else {
        return false;
    };
    // "Of the remaining 14, six …": the number is a whole of its own.
    let before = cue.checked_sub(1).map_or("", |i| passage.view.word(i));
    !["of", "Of", "to", "from", "than", "among", "Among", "for", "For", "In"].contains(&before)
        && passage.numbers[number].quantity.quantity.hedge == Hedge::None
}

/// The whole stands before, with the other parts between it and the last one.
fn remaining(passage: &Passage<'_>, last: usize, out: &mut Vec<Sum>) {
    let end = &passage.numbers[last];
    let Some(rest) = passage.value(last) else { return };
    let mut made: Vec<Sum> = Vec::new();
    for whole in (first(last)..last).rev() {
        let number = &passage.numbers[whole];
        if number.sentence + BACK <= end.sentence {
            break;
        }
        if !passage.same_unit(whole, last)
            || passage.value(whole).is_none_or(|v| v <= rest)
            || number.quantity.quantity.hedge != Hedge::None
        {
            continue;
        }
        let mut parts: Vec<usize> = Vec::new();
        for i in whole + 1..last {
            let taken = parts.last().is_some_and(|&l| {
                let l = passage.numbers[l].sentence;
                l == passage.numbers[i].sentence && l != end.sentence && l != number.sentence
            });
            if !taken && (is_part(passage, last, i) || is_named_part(passage, whole, i)) {
                parts.push(i);
            }
        }
        if parts.is_empty() {
            continue;
        }
        parts.push(last);
        made.push(Sum { whole, readings: vec![parts], strength: 5 });
    }
    // When one whole adds up, the part is explained.
    if made.iter().any(|s| passage.gap(s.whole, &s.readings[0]).is_some_and(|g| g < Decimal::new(1, 3))) {
        return;
    }
    made.retain(|s| passage.near(s.whole, &s.readings[0], Decimal::new(8, 2)));
    // With several wholes to choose from, none is meant for sure.
    if made.len() == 1 {
        out.append(&mut made);
    }
}

/// Whether a number opens the parts of the whole right before it: "36 fires, of which 20 …". Alone it would be a
/// subset; with a last part that is called the rest it is one of all parts.
fn is_named_part(passage: &Passage<'_>, whole: usize, part: usize) -> bool {
    let number = &passage.numbers[part];
    let from = passage.numbers[whole].quantity.tokens.end;
    let start = number.quantity.tokens.start;
    let cue = passage.cue(from..start, "subset");
    part == whole + 1
        && number.sentence == passage.numbers[whole].sentence
        && passage.same_unit(whole, part)
        && number.depth == passage.numbers[whole].depth
        && cue.is_some_and(|(at, end)| {
            passage.view.word(at).eq_ignore_ascii_case("of") && start - end <= 2 && end - at == 2
        })
}

/// Whether a number may be a part beside others: of the same unit, not in brackets, no subset of the number
/// before it and no number to compare with.
pub(super) fn is_part(passage: &Passage<'_>, whole: usize, part: usize) -> bool {
    let number = &passage.numbers[part];
    let tokens = &number.quantity.tokens;
    let sentence = passage.view.layer.sentence_of(tokens.start);
    let previous = part.checked_sub(1).map_or(0, |p| passage.numbers[p].quantity.tokens.end).max(sentence.start);
    let nearby = tokens.start.saturating_sub(4).max(previous)..tokens.start;
    // "six of them"
    let behind = tokens.end..(tokens.end + 1).min(sentence.end);
    passage.same_unit(whole, part)
        && number.depth == 0
        && number.quantity.quantity.hedge == Hedge::None
        && !passage.has_cue(previous..tokens.start, "subset")
        && !passage.has_cue(behind, "subset")
        && !passage.has_cue(nearby, "compare")
}

fn push(
    passage: &Passage<'_>,
    whole: usize,
    mut readings: Vec<Vec<usize>>,
    strength: u8,
    percent: i64,
    out: &mut Vec<Sum>,
) {
    readings.retain(|r| r.len() >= 2);
    readings.sort_by_key(|r| passage.gap(whole, r));
    let Some(best) = readings.first() else { return };
    // One off in a handful is more than a tenth.
    let by_one = passage.off_by_one(whole, best) && passage.near(whole, best, Decimal::new(20, 2));
    if by_one || passage.near(whole, best, Decimal::new(percent, 2)) {
        out.push(Sum { whole, readings, strength });
    }
}
