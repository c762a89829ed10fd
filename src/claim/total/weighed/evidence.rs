//! What speaks for numbers being a whole and its parts, summed up.
//!
//! The weights are those of a logistic regression with an L1 penalty (log-odds, rounded to quarters);
//! `docs/linking.md` says what it was learned from.

use super::sets::Set;
use crate::claim::figures::{Cues, Figure, Neighbour, Run};
use crate::value::log_odds;

/// Parts so many tokens apart stand close.
const CLOSE: usize = 8;
/// Parts so many tokens apart do not.
const WIDE: usize = 25;

/// A whole below this is one of the small numbers that come near each other by chance.
const SMALL: f64 = 10.0;

/// A whole and its parts as they stand in the text.
pub(super) struct Seen<'r, 'a> {
    run: &'r Run<'a>,
    set: &'r Set,
    whole: &'r Figure<'a>,
    parts: Vec<&'r Figure<'a>>,
}

impl<'r, 'a> Seen<'r, 'a> {
    pub(super) fn new(run: &'r Run<'a>, set: &'r Set) -> Self {
        let parts = set.parts.iter().map(|&p| &run.figures[p]).collect();
        Self { run, set, whole: &run.figures[set.whole], parts }
    }

    fn first(&self) -> &Figure<'a> {
        self.parts[0]
    }

    fn last(&self) -> &Figure<'a> {
        self.parts[self.parts.len() - 1]
    }

    fn pairs(&self) -> impl Iterator<Item = (&Figure<'a>, &Figure<'a>)> {
        self.parts.windows(2).map(|p| (p[0], p[1]))
    }

    fn is_forward(&self) -> bool {
        self.set.parts[0] > self.set.whole
    }

    fn is_backward(&self) -> bool {
        self.set.parts[self.parts.len() - 1] < self.set.whole
    }

    /// Whether all parts stand before the whole, or all behind it.
    pub(super) fn is_on_one_side(&self) -> bool {
        self.is_forward() || self.is_backward()
    }

    /// Whether a word for the whole stands beside it: "364 seats in all", "every one of the 28".
    fn is_called_whole(&self) -> bool {
        self.whole.before.has("total") || self.whole.after.has("total") || self.whole.before.has("every")
    }

    /// Whether words or a colon open the parts: "of these, 97 were blank".
    fn is_opened(&self) -> bool {
        let first = self.first().before;
        let words = first.has("of") || first.has("open") || self.whole.after.has("open");
        self.is_forward() && (words || self.whole.colon)
    }

    /// Whether the whole is drawn from the parts before it: "together they hold 60,830".
    fn is_closed(&self) -> bool {
        let before = self.whole.before;
        self.is_backward() && (self.is_called_whole() || before.has("hence") || before.has("amount"))
    }

    /// Whether the parts are the items of a list that the whole announces.
    fn is_listed(&self) -> bool {
        let first = self.first();
        let items = first.list.is_some() && first.list != self.whole.list;
        let next = self.pairs().all(|(a, b)| a.list == b.list && a.block + 1 == b.block);
        self.whole.colon && self.is_forward() && items && next
    }

    /// Whether the words say that numbers are added up here.
    pub(super) fn is_told(&self) -> bool {
        let last = self.last().before;
        let called = self.is_called_whole() || self.is_opened() || self.is_closed() || self.is_listed();
        called || last.has("rest") || last.has("more")
    }

    /// Whether one thing is counted without a number: "four on printing, two on undo, one on fonts".
    pub(super) fn has_single(&self) -> bool {
        self.parts.iter().any(|p| p.single) || self.is_forward() && self.whole.single
    }

    /// Whether the numbers certainly are no whole and its parts.
    pub(super) fn is_refused(&self) -> bool {
        let some = self.first().before.has("some") || self.parts.iter().any(|p| p.near.has("some"));
        let small = self.whole.worth < SMALL;
        // A calculation that is written out is read elsewhere.
        let sign = |p: &&Figure<'_>| matches!(p.view.word(p.at.tokens.end), "=" | "+" | "\u{2212}" | "×");
        some || small
            || self.parts.iter().any(sign)
            || self.has_bare_difference()
            || self.pairs().any(|(a, b)| is_part_of(a, b))
            || self.is_signed()
            || self.is_series()
            || self.counts_other_things()
            || !self.has_unit()
    }

    /// Whether the words say that the parts are all of them.
    pub(super) fn is_complete(&self) -> bool {
        let (whole, last) = (self.whole, self.last());
        let hence = whole.before.has("hence") || last.before.has("hence");
        let every = whole.around.has("every") || self.parts.iter().any(|p| p.around.has("every"));
        self.is_told() && !self.is_opened_by_of() || whole.colon || last.before.has("rest") || hence || every
    }

    /// Whether one thing may be counted in two parts: "118 had a cold and 104 had a cough".
    pub(super) fn may_overlap(&self) -> bool {
        self.parts.iter().any(|p| p.after.has("overlapping") || p.after.has("having"))
            || self.is_opened_by_of() && self.parts.iter().any(|p| p.before.has("overlapping"))
    }

    fn is_opened_by_of(&self) -> bool {
        self.is_forward() && self.first().before.has("of")
            || self.whole.left == Neighbour::Preposition
            || self.led_by("of")
    }

    /// Whether a word stands before the whole, a determiner perhaps between.
    fn led_by(&self, word: &str) -> bool {
        let start = self.whole.at.hedged.start;
        (start.saturating_sub(2)..start).any(|i| self.whole.view.word(i).eq_ignore_ascii_case(word))
    }

    /// Whether a part is by how much something differs from what no part tells: "61,000 more than a year ago", but not
    /// "46 more than last autumn's 265".
    fn has_bare_difference(&self) -> bool {
        let from = |i: usize, p: &Figure<'a>| self.parts.get(i + 1).is_some_and(|next| next.sentence == p.sentence);
        self.parts.iter().enumerate().any(|(i, p)| is_difference(p) && !from(i, p))
    }

    /// Whether some numbers may have to be taken away: "partly offset by", "the difference is made up of nine and two".
    fn is_signed(&self) -> bool {
        let says = |class: &str| self.whole.around.has(class) || self.parts.iter().any(|p| p.around.has(class));
        says("signed") || self.parts.len() > 2 && says("apart")
    }

    /// Whether the whole is only the first or the last of a series: "148 in May, 75 in June and 68 in July".
    fn is_series(&self) -> bool {
        let (whole, first, last) = (self.whole, self.first(), self.last());
        let one = |a: &Figure<'_>, b: &Figure<'_>| {
            let alike = |x: Option<&str>, y: Option<&str>| x.is_some() && x == y;
            a.sentence == b.sentence
                && is_joined(b, &[",", ";", "and", "but", "or"], 4)
                && alike(a.followed_by(self.run.lexicon), b.followed_by(self.run.lexicon))
        };
        !self.is_opened() && self.is_forward() && one(whole, first) || self.is_backward() && one(last, whole)
    }

    /// Whether one part counts what the whole does, and another something else: "66 farms … eight pages … four farms".
    fn counts_other_things(&self) -> bool {
        let noun = &self.whole.noun;
        let named = || self.parts.iter().map(|p| &p.noun).filter(|n| !n.is_empty());
        !noun.is_empty() && named().any(|n| n == noun) && named().any(|n| n != noun)
    }

    /// Whether a measured whole has a part with the unit, or opens the parts: they may leave it out.
    fn has_unit(&self) -> bool {
        let measured = !self.whole.at.quantity.unit.is_count();
        !measured || self.whole.colon || self.parts.iter().any(|p| !p.at.quantity.unit.is_count())
    }

    /// Numbers of the unit of the whole that are not among its parts: those of its sentences, and those between the
    /// parts.
    fn others(&self) -> (usize, usize) {
        let figures = &self.run.figures;
        let set = self.set;
        let unit = &self.whole.at.quantity.unit.dimension;
        let other =
            |i: &usize| figures[*i].at.quantity.unit.dimension == *unit && *i != set.whole && !set.parts.contains(i);
        let (head, tail) = (set.parts[0], set.parts[set.parts.len() - 1]);
        let (low, high) = (set.whole.min(head), set.whole.max(tail));
        let (from, to) = (figures[low].sentence, figures[high].sentence);
        let start = (0..low).rev().take_while(|&i| figures[i].sentence >= from).last().unwrap_or(low);
        let end = (high..figures.len()).take_while(|&i| figures[i].sentence <= to).last().unwrap_or(high);
        ((start..=end).filter(other).count(), (head..tail).filter(other).count())
    }

    /// Log-odds that the numbers are meant as a sum, before their values are looked at.
    pub(super) fn worth(&self) -> f32 {
        let (whole, first, last) = (self.whole, self.first(), self.last());
        let pairs = || self.pairs();
        let joined = pairs().all(|(a, b)| a.sentence == b.sentence && is_joined(b, &[",", ";", "and", "plus", "&"], 4));
        let close = pairs().all(|(a, b)| a.gap(b) <= CLOSE);
        let and_last =
            pairs().last().is_some_and(|(a, b)| a.sentence == b.sentence) && is_joined(last, &["and", "plus", "&"], 3);
        let part = self.parts.iter().fold(Cues::default(), |all, p| all.and(p.near));
        let change = part.has("change") || whole.near.has("change");
        let hence = last.before.has("hence") || whole.before.has("hence");
        let amount = last.before.has("amount") || whole.before.has("amount");
        let rest = last.before.has("rest");
        let (unused, inside) = self.others();
        let items = first.list.is_some() && pairs().all(|(a, b)| a.list == b.list && a.block != b.block);
        let no_cue = !(self.is_called_whole() || first.before.has("of") || rest || hence || change || amount);
        log_odds(&[
            (-2.25, true),
            // What is said of the whole.
            (0.5, self.is_called_whole()),
            (0.75, self.is_closed()),
            (0.5, whole.colon && self.is_forward()),
            (0.5, whole.near.has("amount")),
            (0.25, whole.near.has("total")),
            (0.25, whole.after.has("not")),
            (0.25, whole.right == Neighbour::Verb),
            (-0.25, whole.left == Neighbour::Preposition),
            (-0.25, whole.around.has("change")),
            (-0.75, whole.dated),
            (-1.0, whole.noun.is_empty()),
            // How the parts are said.
            (1.0, rest),
            (0.25, last.before.has("change")),
            (-0.25, last.after.has("change")),
            (-0.25, part.has("change")),
            (0.5, last.right == Neighbour::Verb),
            (-0.25, matches!(last.left, Neighbour::Preposition | Neighbour::Other)),
            (0.25, first.right == Neighbour::Preposition),
            (-0.25, first.right == Neighbour::Sign),
            (-0.75, first.right == Neighbour::Other),
            (-0.25, first.left == Neighbour::Joint),
            (-0.5, matches!(first.left, Neighbour::Preposition | Neighbour::Other)),
            (-0.75, pairs().any(|(a, b)| a.noun.is_empty() && !b.noun.is_empty())),
            (-0.75, self.parts.len() == 2 && no_cue),
            // How they stand together.
            (0.5, self.parts.iter().all(|p| p.sentence == whole.sentence)),
            (0.25, whole.block == first.block && self.is_forward()),
            (0.25, close),
            (0.25, joined && close),
            (0.25, joined && close && and_last),
            (-0.75, pairs().any(|(a, b)| a.gap(b) > WIDE)),
            (-0.25, pairs().all(|(a, b)| a.sentence != b.sentence)),
            (-0.75, !items && first.block != last.block),
            // What else there is.
            (-0.5, unused == 1),
            (-1.25, unused > 1),
            (-0.25, inside == 1),
        ])
    }
}

/// Whether a part follows one of some signs or words, a few tokens perhaps between.
fn is_joined(part: &Figure<'_>, joints: &[&str], within: usize) -> bool {
    let start = part.at.hedged.start;
    (start.saturating_sub(within)..start).any(|i| joints.contains(&part.view.word(i)))
}

/// "61,000 more than a year ago": by how much something differs from what it was.
fn is_difference(part: &Figure<'_>) -> bool {
    let end = part.at.hedged.end.max(part.at.tokens.end);
    matches!(part.view.word(end), "more" | "fewer" | "less") && part.view.word(end + 1) == "than"
}

/// "61 of 530": the second is the whole of the first.
fn is_part_of(a: &Figure<'_>, b: &Figure<'_>) -> bool {
    let (end, start) = (a.at.hedged.end.max(a.at.tokens.end), b.at.hedged.start);
    a.block == b.block && (end..end + 3).contains(&(start.wrapping_sub(1))) && b.view.word(end) == "of"
}
