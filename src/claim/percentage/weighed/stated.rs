//! A share with what stands around it, before any pair of numbers is looked at.

use super::pairs::Pair;
use crate::annotate::phrases_at;
use crate::claim::figures::{Figure, Run};
use crate::claim::noun::{lemma, noun_phrase};
use std::ops::Range;

/// Words before a share that may say that it is a change.
const LED: usize = 8;
/// Words behind it.
const FOLLOWED: usize = 4;

/// A share with what stands around it.
pub(super) struct Stated<'r, 'a> {
    pub(super) run: &'r Run<'a>,
    pub(super) index: usize,
    pub(super) figure: &'r Figure<'a>,
    /// Up or down, when it is a change.
    pub(super) direction: Option<bool>,
    /// Whether the sentence reckons with another base: "on average", "excluding".
    pub(super) other_base: bool,
    /// Whether it speaks of averages, which change as other numbers do, but are no part of anything.
    pub(super) averaged: bool,
    /// The numbers in reach that can be operands, in order.
    pub(super) reach: Vec<usize>,
}

impl<'r, 'a> Stated<'r, 'a> {
    pub(super) fn new(run: &'r Run<'a>, index: usize, pairs: &[Pair]) -> Self {
        let figure = &run.figures[index];
        let mut reach: Vec<usize> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
        reach.sort_unstable();
        reach.dedup();
        let is = |i, set| has_set(run, figure, i, &[set]);
        let averaged = sentence(figure).any(|i| is(i, "percentage.average"));
        let other_base = sentence(figure).any(|i| is(i, "percentage.other-base") && !is(i, "percentage.average"));
        Self { run, index, figure, direction: direction(run, index), other_base, averaged, reach }
    }

    /// The word behind the share.
    pub(super) fn next_word(&self) -> &'a str {
        self.figure.view.word(ends(self.figure).1)
    }

    /// Whether a noun follows the share at once: "46 per cent women".
    pub(super) fn is_noun_behind(&self) -> bool {
        !self.figure.noun.is_empty() && self.next_word() != "of"
    }

    /// Whether the share is one of all sorts that are no share of numbers near it: the level of a confidence interval,
    /// a share of "those opened", the first of two shares that a third number changed between.
    pub(super) fn is_of_another(&self) -> bool {
        let next = self.next_word();
        let interval = matches!(next, "CI" | "CIs" | "confidence");
        let those = next == "of" && self.figure.view.word(ends(self.figure).1 + 1) == "those";
        interval || those || led(self.figure, &["from"]) || self.is_end_of_change()
    }

    /// Whether words behind the share name a whole that is not the one given: "16 per cent of revenue".
    pub(super) fn is_of_other_than(&self, whole: &Figure<'_>) -> bool {
        let f = self.figure;
        let (_, end) = ends(f);
        if f.view.word(end) != "of" || whole.at.tokens.start > end && whole.block == f.block && led(whole, &["of"]) {
            return false;
        }
        let base = (end + 1..end + 4).find_map(|i| noun_phrase(&f.view, self.run.lexicon, i));
        base.is_some_and(|b| lemma(&f.view, self.run.lexicon, b.head) != whole.noun)
    }

    /// "improved from 88 to 93 per cent"
    fn is_end_of_change(&self) -> bool {
        let from =
            |p: &Figure<'_>| p.sentence == self.figure.sentence && p.at.quantity.unit.is_percent() && led(p, &["from"]);
        led(self.figure, &["to"]) && self.index.checked_sub(1).is_some_and(|p| from(&self.run.figures[p]))
    }
}

/// Which way the nearest word of change goes: right behind the share, or before it.
fn direction(run: &Run<'_>, index: usize) -> Option<bool> {
    let f = &run.figures[index];
    let range = sentence(f);
    let (start, end) = ends(f);
    let previous = index.checked_sub(1).map(|i| &run.figures[i]).filter(|p| p.sentence == f.sentence);
    let from = start.saturating_sub(LED).max(range.start).max(previous.map_or(0, |p| ends(p).1));
    let mut behind =
        (end..(end + FOLLOWED).min(range.end)).take_while(|&i| !matches!(f.view.word(i), "," | ";" | ")" | "and"));
    let found = |i: usize| match f.view.word(i) {
        "more" => Some(true),
        "less" => Some(false),
        _ if has_set(run, f, i, &["order.up", "derived.up"]) => Some(true),
        _ if has_set(run, f, i, &["order.down", "derived.down"]) => Some(false),
        _ => None,
    };
    // "rose from 2,100 in 2018 to 2,352, or by 14 per cent": the word of change stands before the two ends.
    let by = || {
        let or = start >= 2 && f.view.word(start - 1) == "by" && f.view.word(start - 2) == "or";
        or.then(|| (range.start..start).rev().find_map(found)).flatten()
    };
    behind.find_map(found).or_else(|| (from..start).rev().find_map(found)).or_else(by)
}

/// The tokens of the sentence of a figure.
pub(super) fn sentence(f: &Figure<'_>) -> Range<usize> {
    let index = f.view.layer.sentence_index(f.at.tokens.start);
    f.view.layer.sentences.get(index).cloned().unwrap_or(0..f.view.layer.tokens.len())
}

/// Where a figure begins and ends, hedge and unit included.
pub(super) fn ends(f: &Figure<'_>) -> (usize, usize) {
    (f.at.hedged.start.min(f.at.tokens.start), f.at.hedged.end.max(f.at.tokens.end))
}

fn has_set(run: &Run<'_>, f: &Figure<'_>, at: usize, sets: &[&str]) -> bool {
    phrases_at(run.lexicon, f.view.text, &f.view.layer.tokens, at).any(|(set, _)| sets.contains(&set))
}

/// Whether one of some words stands right before a figure, small words between.
pub(super) fn led(f: &Figure<'_>, words: &[&str]) -> bool {
    let (start, _) = ends(f);
    let small = |w: &str| {
        let small = ["the", "a", "an", "all", "its", "our", "their", "these", "those", "some", "total"];
        small.contains(&w)
    };
    let before = (start.saturating_sub(3)..start).rev().map(|i| f.view.word(i));
    let mut before = before.skip_while(|w| small(w) && !words.contains(w));
    before.next().is_some_and(|word| words.iter().any(|w| word.eq_ignore_ascii_case(w)))
}
