//! A whole, an opening cue, its parts: "165 people, namely 106 children and 48 women".

use super::operands::Passage;
use super::{Sum, claim};
use crate::claim::{Claim, Context};
use crate::document::List;
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
    let next = passage.numbers.get(whole + 1).map_or(usize::MAX, |n| n.quantity.tokens.start);
    let end = sentence.end.min(begin + REACH);
    let mut comma = None;
    for i in begin..end {
        if i >= next {
            // "57 people on board, 54 passengers and …": a comma directly before the first part.
            return comma.filter(|&c| c + 1 == next).map(|c| (Cue::Comma, c + 1));
        }
        if passage.depths[i] < number.depth {
            return None;
        }
        if let Some((_, behind)) = passage.cue(i..i + 1, "open") {
            let behind = if view.word(behind) == ":" { behind + 1 } else { behind };
            return Some((Cue::Words, behind));
        }
        if passage.has_cue(i..i + 1, "subset") || passage.has_cue(i..i + 1, "compare") && i + 2 >= next {
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

/// The list of parts that begins at token `from`.
fn parts(passage: &Passage<'_>, whole: usize, cue: Cue, from: usize) -> Option<Sum> {
    let view = &passage.view;
    let number = &passage.numbers[whole];
    let sentence = view.layer.sentence_of(number.quantity.tokens.start);
    let depth = number.depth + u32::from(cue == Cue::Bracket);
    // A sentence may be as long as the document; an enumeration that people add up is not.
    let limit = sentence.end.min(from + LONGEST);
    let close = (from..limit).find(|&i| passage.depths[i] < depth).unwrap_or(limit);
    if passage.has_cue(from..close, "rest") {
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

/// Whether the parts can be of the kind of the whole.
fn compatible(passage: &Passage<'_>, whole: usize, parts: &[usize], cue: Cue) -> bool {
    let kind = passage.people(whole);
    let kinds: Vec<Option<bool>> = parts.iter().map(|&p| passage.people(p)).collect();
    match cue {
        Cue::Comma => kind == Some(true) && kinds.contains(&Some(true)) && !kinds.contains(&Some(false)),
        Cue::Words => kind != Some(true) || !kinds.iter().all(|k| *k == Some(false)),
        Cue::Colon if passage.acts(parts[0]) => false,
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

/// A whole announced before a list, one part in every item.
pub(super) fn lists(context: &Context<'_>, out: &mut Vec<Claim>) {
    let document = context.document;
    for list in &document.lists {
        let Some(intro) = list.intro else { continue };
        let view = context.view(intro);
        if !view.is_prose() || !view.text.trim_end().ends_with(':') || list.items.len() < 2 || list.items.len() > 40 {
            continue;
        }
        let passage = Passage::new(context, view);
        let last = view.layer.sentences.len().saturating_sub(1);
        for whole in 0..passage.numbers.len() {
            if passage.numbers[whole].sentence != last {
                continue;
            }
            let unit = &passage.numbers[whole].quantity.quantity.unit.dimension;
            let mut parts = Vec::new();
            for item in &list.items {
                let Some(block) = item.block else { break };
                let item = Passage::new(context, context.view(block));
                let mut fitting = (0..item.numbers.len()).filter(|&i| {
                    item.numbers[i].quantity.quantity.unit.dimension == *unit && item.numbers[i].depth == 0
                });
                let (Some(first), None) = (fitting.next(), fitting.next()) else { break };
                // The number opens or closes its item.
                let at = &item.numbers[first].quantity.tokens;
                if at.start > 2 && at.end + 2 < item.view.layer.tokens.len() {
                    break;
                }
                parts.extend(item.parts(&[first]));
            }
            if parts.len() != list.items.len() {
                continue;
            }
            let sum = parts.iter().try_fold(Decimal::ZERO, |s, p| s.checked_add(p.quantity.base()?));
            let total = passage.value(whole);
            let near = sum.zip(total).and_then(|(s, w)| s.checked_sub(w)?.abs().checked_div(w));
            if near.is_none_or(|gap| gap > Decimal::new(15, 2)) || unit == "percent" {
                continue;
            }
            let covered = sum.zip(total).and_then(|(s, w)| s.checked_div(w)?.checked_mul(Decimal::ONE_HUNDRED));
            if covered.is_none_or(|covered| open_shares(context, list, covered)) {
                continue;
            }
            if passage.has_cue(0..view.layer.tokens.len(), "subset") {
                continue;
            }
            out.extend(claim(&passage, whole, vec![parts], 6));
        }
    }
}

/// Whether the items give shares whose sum is nearer to what the parts cover of the whole than to all of it: the
/// list is not complete, and says so. `covered` is in per cent.
fn open_shares(context: &Context<'_>, list: &List, covered: Decimal) -> bool {
    let mut sum = Decimal::ZERO;
    for item in list.items.iter().filter_map(|i| i.block) {
        let share = context.view(item).layer.quantities.iter().find(|q| q.quantity.unit.is_percent());
        let Some(share) = share else { return false };
        sum = sum.saturating_add(share.quantity.value());
    }
    let off = |from: Decimal| sum.saturating_sub(from).abs();
    off(covered) < off(Decimal::ONE_HUNDRED)
}
