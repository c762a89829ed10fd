//! Finds the sentence patterns of the lexicon in a block: "{part} of the {whole} … ({share})".
//!
//! Shared by the extractors of relations between numbers. Says nothing of what a match claims.

use super::context::BlockView;
use crate::annotate::{QuantityAt, TokenKind, phrase_at, phrases_at};
use crate::lexicon::{Element, Lexicon, PatternFamily, PatternRelation, SlotKind, covers, same_word};
use crate::value::{Hedge, Quantity, Unit};
use std::ops::Range;

/// A block with very many numbers is a table that was not read as one.
const MOST: usize = 400;

/// A number that fills a slot.
#[derive(Clone, Debug)]
pub(super) struct Filled<'a> {
    /// The name of the slot.
    pub(super) name: &'a str,
    /// The tokens of number and unit.
    pub(super) tokens: Range<usize>,
    /// What it says; without a hedge when the words of it belong to the pattern: "a minimum of 5".
    pub(super) quantity: Quantity,
}

/// A pattern found.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    /// What it says.
    pub(super) relation: PatternRelation,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The numbers in order of writing.
    pub(super) slots: Vec<Filled<'a>>,
    /// The phrases of sets in it, with their tokens.
    pub(super) cues: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Match<'a> {
    /// The first phrase that says what the match says: one of a set that only patterns use, or of a direction.
    pub(super) fn cue(&self) -> Option<&(&'a str, Range<usize>)> {
        let small = ["pattern.det", "pattern.former", "pattern.equals"];
        self.cues.iter().find(|(set, _)| !small.contains(set) && !set.starts_with("hedge."))
    }

    /// The number in a slot.
    pub(super) fn slot(&self, name: &str) -> Option<&Filled<'a>> {
        self.slots.iter().find(|s| s.name == name)
    }
}

/// Finds all patterns of a family in a block, in order of their beginning; of those that take the same numbers
/// in the same way the first.
pub(super) fn matches<'a>(view: &BlockView<'a>, lexicon: &'a Lexicon, family: PatternFamily) -> Vec<Match<'a>> {
    let labels = family == PatternFamily::Range;
    let values: Vec<&QuantityAt> = view.layer.quantities.iter().filter(|q| labels || !q.label).collect();
    // A match takes two numbers, or both ends of a range.
    let enough = values.len() >= 2 || values.iter().any(|v| v.quantity.amount.range);
    if !enough || values.len() > MOST {
        return Vec::new();
    }
    let patterns = lexicon.patterns(family);
    let matcher = Matcher { view: *view, lexicon, values };
    let mut out: Vec<Match<'a>> = Vec::new();
    for at in 0..view.layer.tokens.len() {
        let token = &view.layer.tokens[at];
        let words = token.word.map_or(&[][..], |id| patterns.beginning_with(id));
        let sets = phrases_at(lexicon, view.text, &view.layer.tokens, at)
            .flat_map(|(set, _)| patterns.beginning_with_set(set));
        let slots = if matcher.value(at).is_some() { patterns.beginning_with_slot() } else { &[] };
        let mut numbers: Vec<u32> = words.iter().chain(slots).copied().chain(sets).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let pattern = patterns.get(number);
            let mut found = Match { relation: pattern.relation, tokens: at..at, slots: Vec::new(), cues: Vec::new() };
            let rest = Rest { elements: &pattern.elements, next: None };
            if let Some(end) = matcher.go(&rest, at, &mut found)
                && found.slots.len() >= 2
            {
                found.tokens.end = end;
                let known = out.iter().rev().take(16).any(|m| {
                    m.relation == found.relation
                        && m.slots.len() == found.slots.len()
                        && m.slots.iter().zip(&found.slots).all(|(a, b)| a.name == b.name && a.tokens == b.tokens)
                });
                if !known {
                    out.push(found);
                }
            }
        }
    }
    out
}

/// What is left of a pattern: elements, then those behind the bracket that they stand in.
struct Rest<'a, 'r> {
    elements: &'a [Element],
    next: Option<&'r Rest<'a, 'r>>,
}

struct Matcher<'a> {
    view: BlockView<'a>,
    lexicon: &'a Lexicon,
    values: Vec<&'a QuantityAt>,
}

impl<'a> Matcher<'a> {
    /// The number that begins at a token, hedge included or left out, and whether it was left out.
    fn value(&self, at: usize) -> Option<(&'a QuantityAt, bool)> {
        let i = self.values.partition_point(|v| v.tokens.end <= at);
        let value = *self.values.get(i)?;
        if value.hedged.start == at {
            Some((value, false))
        } else {
            (value.tokens.start == at).then_some((value, true))
        }
    }

    /// Matches what is left at a token; the token behind the match.
    fn go(&self, rest: &Rest<'a, '_>, at: usize, found: &mut Match<'a>) -> Option<usize> {
        let Some((first, others)) = rest.elements.split_first() else {
            return match rest.next {
                Some(next) => self.go(next, at, found),
                None => Some(at),
            };
        };
        let others = Rest { elements: others, next: rest.next };
        let word = self.view.word(at);
        match first {
            Element::Words(words) => {
                let fits = !word.is_empty() && words.iter().any(|w| same_word(word, w));
                if fits { self.go(&others, at + 1, found) } else { None }
            }
            Element::Set(set) => {
                let mut lengths: Vec<(&'a str, usize)> =
                    phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, at)
                        .filter(|(name, _)| covers(set, name))
                        .collect();
                lengths.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
                for (name, length) in lengths {
                    found.cues.push((name, at..at + length));
                    if let Some(end) = self.go(&others, at + length, found) {
                        return Some(end);
                    }
                    found.cues.pop();
                }
                None
            }
            Element::Slot(name, kind) => {
                let (value, spoken_for) = self.value(at)?;
                if !takes(*kind, &value.quantity.unit) || value.quantity.amount.range {
                    return None;
                }
                let end = value.hedged.end.max(value.tokens.end);
                found.slots.push(filled(name, value, spoken_for));
                self.go(&others, end, found).or_else(|| {
                    found.slots.pop();
                    None
                })
            }
            Element::Pair(low, high, kind) => {
                let (value, spoken_for) = self.value(at)?;
                let (first, second, end) = if value.quantity.amount.range {
                    let join = value.tokens.clone().find(|&i| is_join(self.view.word(i)))?;
                    let mut first = filled(low, value, spoken_for);
                    let mut second = filled(high, value, spoken_for);
                    first.quantity.amount.high = first.quantity.amount.low;
                    second.quantity.amount.low = second.quantity.amount.high;
                    first.quantity.amount.range = false;
                    second.quantity.amount.range = false;
                    first.tokens.end = join;
                    second.tokens.start = join + 1;
                    (first, second, value.hedged.end.max(value.tokens.end))
                } else {
                    let join = value.hedged.end;
                    let (other, apart) = self.value(join + 1).filter(|_| is_join(self.view.word(join)))?;
                    if other.quantity.amount.range {
                        return None;
                    }
                    let mut first = filled(low, value, spoken_for);
                    let second = filled(high, other, apart);
                    if first.quantity.unit.is_count() {
                        first.quantity.unit = second.quantity.unit.clone();
                    }
                    (first, second, other.hedged.end.max(other.tokens.end))
                };
                if !takes(*kind, &first.quantity.unit) || !takes(*kind, &second.quantity.unit) {
                    return None;
                }
                found.slots.extend([first, second]);
                self.go(&others, end, found).or_else(|| {
                    found.slots.truncate(found.slots.len() - 2);
                    None
                })
            }
            Element::Gap(most) => {
                let mut end = at;
                loop {
                    if let Some(done) = self.go(&others, end, found) {
                        return Some(done);
                    }
                    if end - at == *most || !self.is_filler(end) {
                        return None;
                    }
                    end += 1;
                }
            }
            Element::Any(most) => {
                let mut end = at;
                loop {
                    if let Some(done) = self.go(&others, end, found) {
                        return Some(done);
                    }
                    // "240 beds on three wards: …": a small number in words says how many parts there are.
                    let number = self.value(end).is_some_and(|(v, _)| {
                        !v.quantity.amount.words || v.quantity.value() > crate::value::Decimal::from(12)
                    });
                    let stops = matches!(self.view.word(end), "" | "." | "!" | "?") || number;
                    if end - at == *most || stops {
                        return None;
                    }
                    end += 1;
                }
            }
            Element::Time { needed } => {
                for end in self.times(at) {
                    if let Some(done) = self.go(&others, end, found) {
                        return Some(done);
                    }
                }
                if *needed { None } else { self.go(&others, at, found) }
            }
            Element::List(name) | Element::Brackets(name) => {
                let bracketed = matches!(first, Element::Brackets(_));
                let (members, end) = if bracketed { self.brackets(name, at) } else { self.list(name, at) }?;
                let count = members.len();
                found.slots.extend(members);
                self.go(&others, end, found).or_else(|| {
                    found.slots.truncate(found.slots.len() - count);
                    None
                })
            }
            Element::Start => {
                let before = at.checked_sub(1).map_or("", |i| self.view.word(i));
                let opens = matches!(before, "" | "." | "!" | "?" | ";" | ":" | "," | "(" | "–" | "—" | "and" | "but");
                if opens { self.go(&others, at, found) } else { None }
            }
            Element::End => {
                let closes = matches!(word, "" | "." | "!" | "?" | ";" | ":" | "," | ")" | "–" | "—");
                if closes { self.go(&others, at, found) } else { None }
            }
            Element::Optional(inside) => {
                // The lifetime of what is inside is that of the lexicon.
                let with = Rest { elements: inside, next: Some(&others) };
                self.go(&with, at, found).or_else(|| self.go(&others, at, found))
            }
        }
    }

    /// The numbers of a list that begins at a token, and the token behind the last: "3 …, 4 … and 5". The list is
    /// closed by "and", or by the end of a clause when semicolons part it.
    fn list(&self, name: &'a str, at: usize) -> Option<(Vec<Filled<'a>>, usize)> {
        const WORDS: usize = 9;
        let mut members = Vec::new();
        let mut start = at;
        loop {
            let (value, spoken_for) = self.value(start)?;
            if value.quantity.amount.range || !takes(SlotKind::Measure, &value.quantity.unit) {
                return None;
            }
            members.push(filled(name, value, spoken_for));
            let end = value.hedged.end.max(value.tokens.end);
            let next = (end..end + WORDS).find(|&i| !self.is_filler(i)).unwrap_or(end + WORDS);
            let and = |i: usize| matches!(self.view.word(i), "and" | "plus" | "&");
            let mut behind = next;
            let comma = matches!(self.view.word(behind), "," | ";");
            behind += usize::from(comma);
            let last = and(behind);
            behind += usize::from(last);
            // "and another 12", "and the 2 co-chairs"
            let skipped = (behind..behind + 3).find(|&i| self.value(i).is_some() || !self.is_filler(i));
            let closed = members.len() >= 3 || members.len() == 2 && last_was_joined(&self.view, &members);
            // "…, 31 in all": the total is no member.
            let totals = (behind..behind + 2).any(|i| {
                phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, i)
                    .any(|(set, _)| matches!(set, "sum.close" | "table.total"))
            });
            if !comma && !last || totals || skipped.is_none_or(|i| self.value(i).is_none()) {
                return closed.then_some((members, end));
            }
            start = skipped?;
        }
    }

    /// The numbers of a list of names with a number in a bracket behind each, and the token behind the last.
    fn brackets(&self, name: &'a str, at: usize) -> Option<(Vec<Filled<'a>>, usize)> {
        const WORDS: usize = 6;
        let mut members = Vec::new();
        let mut start = at;
        loop {
            let open = (start..start + WORDS).find(|&i| !self.is_filler(i))?;
            let value = self.value(open + 1).filter(|_| self.view.word(open) == "(");
            let (value, spoken_for) = value.filter(|(v, _)| self.view.word(v.hedged.end) == ")")?;
            if value.quantity.amount.range || !takes(SlotKind::Measure, &value.quantity.unit) {
                return None;
            }
            members.push(filled(name, value, spoken_for));
            let end = value.hedged.end + 1;
            let and = |i: usize| matches!(self.view.word(i), "and" | "plus" | "&");
            let comma = matches!(self.view.word(end), "," | ";");
            let behind = end + usize::from(comma);
            if and(behind) {
                start = behind + 1;
            } else if comma {
                start = behind;
            } else {
                return (members.len() >= 2).then_some((members, end));
            }
        }
    }

    /// Whether a token may stand in a gap.
    fn is_filler(&self, at: usize) -> bool {
        let Some(token) = self.view.layer.tokens.get(at) else { return false };
        let breaks = || phrase_at(self.lexicon, "pattern.break", self.view.text, &self.view.layer.tokens, at).is_some();
        token.kind == TokenKind::Word && self.value(at).is_none() && !breaks()
            || matches!(self.view.word(at), "'" | "’" | "\u{2011}" | "-" | "\"" | "“" | "”")
    }

    /// The ends of the times that begin at a token: "in 2019", "the year before", "(2021)"; the longest first.
    fn times(&self, at: usize) -> Vec<usize> {
        if self.view.word(at) == "(" {
            let inner = self.times_inside(at + 1);
            return inner.into_iter().filter(|&end| self.view.word(end) == ")").map(|end| end + 1).collect();
        }
        self.times_inside(at)
    }

    fn times_inside(&self, at: usize) -> Vec<usize> {
        let phrases = |set: &'static str| {
            phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, at)
                .filter(move |(name, _)| *name == set)
                .map(|(_, n)| n)
        };
        let mut out: Vec<usize> = phrases("pattern.time").map(|n| at + n).collect();
        let dates = &self.view.layer.dates;
        for start in std::iter::once(at).chain(phrases("pattern.time-in").map(|n| at + n)) {
            let date = |start: usize| {
                let i = dates.partition_point(|d| d.tokens.end <= start);
                dates.get(i).filter(|d| d.tokens.start == start).map(|d| d.tokens.end)
            };
            let Some(end) = date(start) else { continue };
            out.push(end);
            // "between 2010 and 2020"
            if matches!(self.view.word(end), "and" | "to" | "–" | "-") {
                out.extend(date(end + 1));
            }
        }
        out.sort_unstable_by_key(|&end| std::cmp::Reverse(end));
        out.dedup();
        out
    }
}

/// Whether "and" stands before the last member of a list, or a semicolon.
fn last_was_joined(view: &BlockView<'_>, members: &[Filled<'_>]) -> bool {
    let Some(last) = members.last() else { return false };
    (1..=4).filter_map(|n| last.tokens.start.checked_sub(n)).any(|i| matches!(view.word(i), "and" | "plus" | "&" | ";"))
}

/// A number for a slot; `spoken_for` drops its hedge.
fn filled<'a>(name: &'a str, value: &QuantityAt, spoken_for: bool) -> Filled<'a> {
    let mut quantity = value.quantity.clone();
    if spoken_for {
        quantity.hedge = Hedge::None;
    }
    Filled { name, tokens: value.tokens.clone(), quantity }
}

/// Whether a word stands between the ends of a range.
fn is_join(word: &str) -> bool {
    matches!(word, "to" | "and" | "–" | "-" | "—" | "−" | "," | "through" | "until")
}

/// Whether a slot takes a number of a unit.
fn takes(kind: SlotKind, unit: &Unit) -> bool {
    let dimension = unit.dimension.as_str();
    let ratio = matches!(dimension, "percent" | "percentage point" | "fraction" | "times");
    match kind {
        SlotKind::Measure => !ratio,
        SlotKind::Percent => unit.is_percent(),
        SlotKind::Fraction => dimension == "fraction",
        SlotKind::Share => unit.is_percent() || dimension == "fraction",
        SlotKind::Points => dimension == "percentage point",
        SlotKind::Count => unit.is_count(),
        SlotKind::Rate => dimension.strip_prefix('/').is_some_and(|base| base.bytes().all(|b| b.is_ascii_digit())),
        SlotKind::Any => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::Context;
    use crate::document::{BlockId, Document};

    /// The matches of a family as "relation: slot=wording, …".
    fn found(family: PatternFamily, text: &str) -> Vec<String> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let view = context.view(BlockId(0));
        matches(&view, lexicon, family)
            .iter()
            .map(|m| {
                let slots: Vec<String> =
                    m.slots.iter().map(|s| format!("{}={}", s.name, view.wording(s.tokens.clone()))).collect();
                format!("{:?}: {}", m.relation, slots.join(", "))
            })
            .collect()
    }

    #[test]
    fn reads_slots_gaps_and_optional_words() {
        let share = found(PatternFamily::Percentage, "We saw 14 out of the 40 old barges, or 35 %, in May.");
        assert_eq!(share[0], "Share: part=14, whole=40, share=35 %");
        let quotient = found(PatternFamily::Percentage, "They paid $60,000 for 12 boats, or $5,000 each.");
        assert_eq!(quotient, ["Quotient: total=$60,000, count=12, each=$5,000"]);
    }

    #[test]
    fn reads_both_ends_of_a_range() {
        let points = found(PatternFamily::Percentage, "It fell by 3 percentage points from 14% to 11%.");
        assert_eq!(points, ["Points: change=3 percentage points, start=14%, end=11%"]);
    }

    #[test]
    fn reads_times_between() {
        let growth =
            found(PatternFamily::Percentage, "The ferry carried 1,530 people in 2021, up 12% on 2020 (1,366).");
        assert_eq!(growth, ["Growth: end=1,530, change=12%, start=1,366"]);
    }

    #[test]
    fn ignores_what_another_clause_says() {
        let none = found(PatternFamily::Percentage, "We saw 14 of the 40 barges, which were old, and 35 % were red.");
        assert_eq!(none, Vec::<String>::new());
    }
}
