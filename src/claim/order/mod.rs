//! Two values and the order they are said to be in: "rose from A to B", "B, up from A", "A, closely followed
//! by … B", "more than half (A)".
//!
//! Only values of one sentence are tied, and only where the words between them leave no choice.

mod majority;
mod ranked;
mod superlative;
mod than;
mod told;
mod worded;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Direction, Operand, Value};
use crate::annotate::{Case, QuantityAt, TokenKind, phrase_at, phrases_at};
use crate::lexicon::{Lexicon, Pos, lower, singular};
use crate::value::{Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;
use std::str::FromStr;

/// Most tokens between a cue and its "from", or between the first value and "to".
const REACH: usize = 9;
/// A statement longer than this many bytes is put together from its parts for messages.
const LONG: usize = 70;

/// Reads the claims of kind Order.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let lexicon = context.lexicon;
    for view in context.views() {
        let values: Vec<&QuantityAt> = view.layer.quantities.iter().filter(|q| !q.label).collect();
        let mut next = 0;
        for sentence in &view.layer.sentences {
            while values.get(next).is_some_and(|v| v.tokens.start < sentence.start) {
                next += 1;
            }
            let here = values[next..].partition_point(|v| v.tokens.end <= sentence.end);
            let inside = &values[next..next + here];
            // A sentence with very many numbers is a table that was not read as one.
            if (1..=40).contains(&inside.len()) {
                Sentence { view: &view, lexicon, range: sentence.clone(), values: inside, cues: Vec::new() }.read(out);
            }
        }
        worded::extract(context, &view, out);
        if view.is_prose() {
            told::extract(context, &view, out);
            than::extract(context, &view, out);
            majority::extract(context, &view, out);
        }
    }
    superlative::extract(context, out);
}

/// A word that states an order.
#[derive(Clone)]
struct Cue {
    tokens: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Direction(Direction),
    /// A change that does not say which way.
    Change,
}

impl Kind {
    fn of(set: &str) -> Option<Self> {
        Some(Self::Direction(match set.strip_prefix("order.")? {
            "up" => Direction::Up,
            "down" => Direction::Down,
            "widen" => Direction::Wider,
            "narrow" => Direction::Narrower,
            "change" | "better" | "worse" => return Some(Self::Change),
            times => Direction::Times(Decimal::from_str(times.strip_prefix("times.")?).ok()?, Hedge::None),
        }))
    }

    /// Whether a cue of this kind makes the numbers larger, if it says so.
    fn grows(self) -> Option<bool> {
        match self {
            Self::Direction(Direction::Up | Direction::Wider) => Some(true),
            Self::Direction(Direction::Down | Direction::Narrower) => Some(false),
            Self::Direction(Direction::Times(factor, _)) => Some(factor > Decimal::ONE),
            Self::Change | Self::Direction(Direction::Level | Direction::Apart) => None,
        }
    }
}

/// Whether exactly one of two counts, which end before these tokens, is what came to the other: "38 new tests, up from
/// 374".
fn is_addition(lexicon: &Lexicon, view: &BlockView<'_>, ends: impl Iterator<Item = usize>) -> bool {
    let adds = |end: &usize| phrase_at(lexicon, "order-addition", view.text, &view.layer.tokens, *end).is_some();
    ends.filter(adds).count() == 1
}

/// Whether two values are percentages.
fn shares_of_one(a: &QuantityAt, b: &QuantityAt) -> bool {
    a.quantity.unit.is_percent() && b.quantity.unit.is_percent()
}

struct Sentence<'a> {
    view: &'a BlockView<'a>,
    lexicon: &'a Lexicon,
    range: Range<usize>,
    values: &'a [&'a QuantityAt],
    cues: Vec<Cue>,
}

impl Sentence<'_> {
    fn read(mut self, out: &mut Vec<Claim>) {
        self.cues = self.find_cues();
        if self.values.len() > 1 {
            for first in 0..self.values.len() {
                if self.word(self.values[first].hedged.start.wrapping_sub(1)) != "from" {
                    continue;
                }
                let found = self.change(first).or_else(|| self.change_back(first)).or_else(|| self.apposition(first));
                out.extend(found.filter(|claim| !self.adds(claim)));
            }
            self.rankings(out);
        }
        self.shares(out);
    }

    /// Whether one of the values of a claim is what came to the other.
    fn adds(&self, claim: &Claim) -> bool {
        let Value::Order { first, second, .. } = &claim.value else { return false };
        let counts = self.values.iter().filter(|q| {
            let at = self.view.span(q.tokens.clone());
            q.quantity.unit.is_count() && (at == first.at || at == second.at)
        });
        is_addition(self.lexicon, self.view, counts.map(|q| q.tokens.end))
    }

    fn word(&self, at: usize) -> &str {
        if self.range.contains(&at) { self.view.word(at) } else { "" }
    }

    fn is_sign(&self, at: usize) -> bool {
        self.range.contains(&at) && self.view.layer.tokens[at].kind == TokenKind::Sign
    }

    fn sets_at(&self, at: usize) -> impl Iterator<Item = (&str, usize)> {
        phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, at)
    }

    /// Whether the sentence has a phrase of one set.
    fn has(&self, set: &str) -> bool {
        self.range.clone().any(|i| self.sets_at(i).any(|(name, _)| name == set))
    }

    fn find_cues(&self) -> Vec<Cue> {
        let mut out: Vec<Cue> = Vec::new();
        let mut i = self.range.start;
        while i < self.range.end {
            let found = self.sets_at(i).filter_map(|(set, n)| Some((n, self.kind(set)?))).max_by_key(|&(n, _)| n);
            // "up to 50" states a limit.
            let limit = self.word(i).eq_ignore_ascii_case("up") && self.word(i + 1) == "to";
            match found.filter(|_| !limit) {
                Some((n, _)) if self.mentioned(i..i + n) => i += n,
                Some((n, kind)) => {
                    let (kind, start) = self.hedged(i, kind);
                    out.push(Cue { tokens: start..i + n, kind });
                    i += n;
                }
                None => i += 1,
            }
        }
        out
    }

    /// What a set of words says of the order; "improved" is more of what is good.
    fn kind(&self, set: &str) -> Option<Kind> {
        let good = || self.has("measure.good");
        match set {
            "order.better" if good() => Some(Kind::Direction(Direction::Up)),
            "order.worse" if good() => Some(Kind::Direction(Direction::Down)),
            _ => Kind::of(set),
        }
    }

    /// Whether the words stand alone in quotation marks: they are spoken of, not used.
    fn mentioned(&self, cue: Range<usize>) -> bool {
        let quote = |at: usize| matches!(self.word(at), "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’" | "`");
        quote(cue.start.wrapping_sub(1)) && quote(cue.end)
    }

    /// The hedge of a multiplication and where it begins: "more than doubled", "almost halved".
    fn hedged(&self, at: usize, kind: Kind) -> (Kind, usize) {
        let Kind::Direction(Direction::Times(factor, _)) = kind else { return (kind, at) };
        let hedge = (1..=3)
            .filter_map(|n| at.checked_sub(n).filter(|s| self.range.contains(s)).map(|s| (s, n)))
            .flat_map(|(s, n)| self.sets_at(s).filter(move |&(_, length)| length == n).map(move |(set, _)| (s, set)))
            .find_map(|(s, set)| {
                let hedge = match set {
                    "hedge.more-than" | "hedge.just-over" | "hedge.at-least" => Hedge::MoreThan,
                    "hedge.nearly" => Hedge::Nearly,
                    "hedge.about" | "hedge.less-than" | "hedge.at-most" => Hedge::About,
                    _ => return None,
                };
                Some((hedge, s))
            });
        let (hedge, start) = hedge.unwrap_or((Hedge::None, at));
        (Kind::Direction(Direction::Times(factor, hedge)), start)
    }

    /// The cue that governs a "from" or "to" at token `at`, when it is clear which one does.
    fn governing(&self, at: usize) -> Option<(&Cue, Direction)> {
        let index = self.cues.iter().rposition(|c| c.tokens.end <= at && at - c.tokens.end <= REACH)?;
        let cue = &self.cues[index];
        let Kind::Direction(direction) = cue.kind else { return None };
        let mut between = cue.tokens.end..at;
        // "has grown, from 340 in 2020 to 312 in 2021"
        if between.len() == 1 && self.word(between.start) == "," {
            between = at..at;
        }
        if between
            .clone()
            .any(|i| self.is_sign(i) && !matches!(self.word(i), "%" | "(" | ")" | "'" | "’" | "€" | "$" | "£"))
        {
            return None;
        }
        if between
            .clone()
            .any(|i| matches!(self.word(i), "to" | "and" | "or" | "while" | "but" | "which" | "that" | "who"))
        {
            return None;
        }
        let gap = between.len();
        let first = lower(self.word(cue.tokens.start));
        let noun = cue.tokens.start > self.range.start && self.pos(cue.tokens.start - 1).any(Pos::DETERMINER)
            || matches!(first.as_str(), "a" | "an" | "growth");
        let adverbs = between.clone().all(|i| self.is_measure(i));
        // "rising costs from 5 to 4" says nothing of the numbers' order.
        if first.ends_with("ing") && !adverbs {
            return None;
        }
        // "reduced the increase from 5 to 3", "a slower rise": with another change in the clause the one
        // that counts is not known, unless the verb stands right before the numbers.
        let other = self.cues[..index]
            .iter()
            .chain(&self.cues[index + 1..])
            .filter(|c| c.tokens.end <= at && c.tokens.end + REACH > cue.tokens.start)
            .filter(|c| {
                !(c.tokens.end..cue.tokens.start).any(|i| matches!(self.word(i), "," | ";" | ":" | "and" | "but"))
            })
            .any(|c| c.kind.grows() != cue.kind.grows());
        if other && (noun || !adverbs) {
            return None;
        }
        // A noun far from its numbers may have others: "the increase in the number of cases from 4 countries".
        if noun && gap > 6 || self.denied(cue.tokens.start) {
            return None;
        }
        Some((cue, direction))
    }

    /// Whether the token belongs to "by 40", "sharply", "of 5 %" between a verb and its "from".
    fn is_measure(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is_sign(at)
            || matches!(word, "by" | "of" | "some" | "a")
            || word.ends_with("ly")
            || self.pos(at).any(Pos::ADVERB)
            || self.values.iter().any(|v| v.hedged.contains(&at))
    }

    fn pos(&self, at: usize) -> Pos {
        let token = self.view.layer.tokens.get(at).and_then(|t| t.word);
        token.map_or(Pos::default(), |id| self.lexicon.words.pos(id))
    }

    /// Whether what follows is denied: "did not rise", "rather than fall".
    fn denied(&self, at: usize) -> bool {
        (1..=5).filter_map(|n| at.checked_sub(n)).filter(|i| self.range.contains(i)).any(|i| {
            self.word(i).ends_with("n't")
                || self.word(i).ends_with("n’t")
                || self.sets_at(i).any(|(set, _)| set == "order-denied")
        })
    }

    /// Whether the sentence speaks of a scale on which up may be a smaller number.
    fn inverse(&self, unit: &Unit) -> bool {
        self.has("inverse.any")
            || unit.is_count() && self.has("inverse.count")
            || unit.dimension == "length" && self.has("inverse.length")
    }

    /// "rose from A to B"; `first` is the value after "from".
    fn change(&self, first: usize) -> Option<Claim> {
        let a = self.values[first];
        let from = a.hedged.start - 1;
        let b = *self.values.get(first + 1)?;
        let to = b.hedged.start.checked_sub(1).filter(|&i| self.word(i) == "to")?;
        let gap = a.hedged.end..to;
        if to < a.hedged.end
            || gap.len() > REACH
            || gap.clone().any(|i| matches!(self.word(i), ";" | ":" | "." | "and" | "while" | "but"))
        {
            return None;
        }
        let (cue, direction) = self.governing(from)?;
        if !self.same_noun(a, b) {
            return None;
        }
        let whole = cue.tokens.start..b.tokens.end;
        let said = self.said(&whole, || {
            format!("{} from {} to {}", self.view.wording(cue.tokens.clone()), self.wording(a), self.wording(b))
        });
        self.claim(cue.tokens.clone(), direction, (a, &a.quantity), (b, &b.quantity), whole, said)
    }

    /// "rose to B from A"; `first` is the value after "from".
    fn change_back(&self, first: usize) -> Option<Claim> {
        let a = self.values[first];
        let from = a.hedged.start - 1;
        let b = *self.values.get(first.checked_sub(1)?)?;
        let to = b.hedged.start.checked_sub(1).filter(|&i| self.word(i) == "to")?;
        let gap = b.hedged.end..from;
        if from < b.hedged.end
            || gap.len() > REACH
            || gap.clone().any(|i| matches!(self.word(i), ";" | ":" | "." | "and" | "while" | "but" | ","))
        {
            return None;
        }
        // "rose to 43 participants from 50 countries": the noun after A is where they come from.
        if self.noun_after(a).is_some() && self.noun_after(a) != self.noun_after(b) && a.quantity.unit.is_count() {
            return None;
        }
        let (cue, direction) = self.governing(to)?;
        let whole = cue.tokens.start..a.tokens.end;
        let said = self.said(&whole, || {
            format!("{} to {} from {}", self.view.wording(cue.tokens.clone()), self.wording(b), self.wording(a))
        });
        self.claim(cue.tokens.clone(), direction, (a, &a.quantity), (b, &b.quantity), whole, said)
    }

    /// "B, up from A", "B (an increase of 3 % from A)"; `first` is the value after "from".
    fn apposition(&self, first: usize) -> Option<Claim> {
        let a = self.values[first];
        let from = a.hedged.start - 1;
        if self
            .values
            .get(first + 1)
            .is_some_and(|v| self.word(v.hedged.start - 1) == "to" && v.hedged.start - a.hedged.end <= REACH)
        {
            return None;
        }
        let (cue, direction) = self.governing(from)?;
        if matches!(direction, Direction::Times(..)) {
            return None;
        }
        let before = cue.tokens.start.checked_sub(1).filter(|&i| self.range.contains(&i))?;
        if !matches!(self.word(before), "," | "(" | "–" | "—") || !(cue.tokens.end..from).all(|i| self.is_measure(i))
        {
            return None;
        }
        let place = self.values[..first].iter().rposition(|v| v.tokens.end <= cue.tokens.start)?;
        let b = self.values[place];
        let gap = b.hedged.end..before;
        if gap.len() > REACH
            || gap.clone().any(|i| self.is_sign(i) && !matches!(self.word(i), "(" | ")" | "%" | "’" | "'"))
        {
            return None;
        }
        if !self.same_noun(a, b) && a.quantity.unit.is_count() {
            return None;
        }
        // Two values that could be meant: "43 schools with 12 teachers, up from 40".
        let rival = self.values[..place]
            .iter()
            .any(|v| before - v.tokens.end < 2 * REACH && v.quantity.unit.dimension == b.quantity.unit.dimension);
        if rival {
            return None;
        }
        let whole = b.tokens.start..a.tokens.end;
        let said = self.said(&whole, || {
            format!("{}, {} from {}", self.wording(b), self.view.wording(cue.tokens.clone()), self.wording(a))
        });
        self.claim(cue.tokens.clone(), direction, (a, &a.quantity), (b, &b.quantity), whole, said)
    }

    /// "A, closely followed by … B", "A, ahead of … B".
    fn rankings(&self, out: &mut Vec<Claim>) {
        let mut i = self.range.start;
        while i < self.range.end {
            let found = self
                .sets_at(i)
                .filter_map(|(set, n)| {
                    Some(match set {
                        "rank.followed" => {
                            (n, Direction::Down, self.word(i + 1) == "closely" || self.word(i) == "closely")
                        }
                        "rank.ahead" => (n, Direction::Down, false),
                        "rank.behind" => (n, Direction::Up, false),
                        _ => return None,
                    })
                })
                .max_by_key(|&(n, _, _)| n);
            let Some((n, direction, close)) = found else {
                i += 1;
                continue;
            };
            if !self.mentioned(i..i + n) {
                out.extend(self.ranking(i..i + n, direction, close));
            }
            i += n;
        }
    }

    fn ranking(&self, cue: Range<usize>, direction: Direction, close: bool) -> Option<Claim> {
        let split = self.values.partition_point(|v| v.tokens.end <= cue.start);
        let (a, b) = (*self.values.get(split.checked_sub(1)?)?, *self.values.get(split)?);
        let (before, after) = (a.hedged.end..cue.start, cue.end..b.hedged.start);
        if before.len() > REACH || after.len() > REACH || b.hedged.start < cue.end {
            return None;
        }
        let other = |i: usize| matches!(self.word(i), ";" | ":" | "and" | "while" | "but" | ".");
        let aside = |i: usize| matches!(self.word(i), "from" | "to" | "by" | ",");
        if before.clone().chain(after.clone()).any(other) || after.clone().any(aside) {
            return None;
        }
        // Time goes on ("43 in May, followed by 64 in June"): only a ranking from the top is one.
        let (up, down) = (self.has("rank.high"), self.has("rank.low"));
        // Shares of one whole that no time parts are ranked as well.
        let timeless = shares_of_one(a, b) && self.is_timeless();
        if down
            || self.has("rank.conceded")
            || !(up || close || timeless) && direction == Direction::Down && self.is_followed(&cue)
        {
            return None;
        }
        let unit = &a.quantity.unit;
        let shares = unit.is_percent() && b.quantity.unit.is_percent();
        let money = unit.is_money() && unit.dimension == b.quantity.unit.dimension;
        let bracketed =
            self.word(a.hedged.start.wrapping_sub(1)) == "(" && self.word(b.hedged.start.wrapping_sub(1)) == "(";
        if !(shares || bracketed && (money || unit.is_count() && b.quantity.unit.is_count())) {
            return None;
        }
        // Something with a name or a noun stands on the other side: "by Tajikistan (28.6 %)".
        let named = after.clone().any(|i| self.view.layer.tokens[i].kind == TokenKind::Word);
        let verb =
            after.clone().any(|i| self.view.layer.tokens[i].case == Case::Lower && self.pos(i).any(Pos::AUXILIARY));
        if !named || verb || self.denied(cue.start) {
            return None;
        }
        let whole = a.tokens.start..b.tokens.end;
        let said = format!("{}, {} {}", self.wording(a), self.view.wording(cue.clone()), self.wording(b));
        self.claim(cue, direction, (a, &a.quantity), (b, &b.quantity), whole, said.into())
    }

    /// Whether the sentence names no time and no member of a series.
    fn is_timeless(&self) -> bool {
        let layer = self.view.layer;
        let inside = |tokens: &Range<usize>| self.range.contains(&tokens.start);
        !layer.dates.iter().any(|d| inside(&d.tokens))
            && !layer.ordinals.iter().any(|o| inside(&o.tokens))
            && !self
                .range
                .clone()
                .any(|i| self.sets_at(i).any(|(set, _)| matches!(set, "series-noun" | "pattern.time")))
    }

    fn is_followed(&self, cue: &Range<usize>) -> bool {
        cue.clone().any(|i| matches!(self.word(i), "followed" | "trailed" | "second"))
    }

    /// "more than half (45 %)", "a majority of members (48 per cent)".
    fn shares(&self, out: &mut Vec<Claim>) {
        for (i, percent) in self.values.iter().enumerate() {
            let before = self.word(percent.hedged.start.wrapping_sub(1));
            let behind = self.word(percent.hedged.end);
            // "A majority of the members, 48 per cent, …"
            let aside = before == "," && matches!(behind, "," | ".");
            if !percent.quantity.unit.is_percent() || !(before == "(" && behind == ")" || aside) {
                continue;
            }
            let open = percent.hedged.start - 1;
            out.extend(self.share(i, open));
        }
    }

    fn share(&self, percent: usize, open: usize) -> Option<Claim> {
        let b = self.values[percent];
        let fraction =
            percent.checked_sub(1).map(|i| self.values[i]).filter(|v| v.quantity.unit.dimension == "fraction");
        let (cue, number, value, direction) = match fraction {
            Some(a) => {
                let direction = match a.quantity.hedge {
                    Hedge::MoreThan | Hedge::JustOver => Direction::Up,
                    Hedge::LessThan | Hedge::Nearly => Direction::Down,
                    _ => return None,
                };
                (a.hedged.clone(), a.hedged.clone(), a.quantity.value(), direction)
            }
            None => self.majority(open)?,
        };
        let gap = number.end..open;
        // Beside commas only what opens its clause: "… the majority of X, 48 % of Y" is something else.
        if self.word(open) == ","
            && (cue.start > self.range.start + 2
                || gap.clone().any(|i| {
                    self.pos(i).any(Pos::VERB.and(Pos::AUXILIARY).and(Pos::PAST)) && !self.pos(i).any(Pos::NOUN)
                }))
        {
            return None;
        }
        if number.end > open
            || gap.len() > 6
            || gap.clone().any(|i| self.is_sign(i) || self.view.layer.tokens[i].kind == TokenKind::Number)
            || self.denied(cue.start)
        {
            return None;
        }
        let mut quantity = b.quantity.clone();
        quantity.hedge = Hedge::None;
        quantity.amount.low = value.checked_mul(Decimal::ONE_HUNDRED)?;
        quantity.amount.high = quantity.amount.low;
        // A third is exactly that.
        quantity.amount.step = Decimal::new(1, 6);
        let whole = cue.start..b.hedged.end + usize::from(self.word(open) == "(");
        let said = self.said(&whole, || format!("{} ({})", self.view.wording(cue.clone()), self.wording(b)));
        let mut first = self.operand(number, quantity);
        first.text = fraction.map_or("half", |a| self.wording(a)).into();
        let second = self.operand(b.tokens.clone(), b.quantity.clone());
        Some(self.build(cue, direction, first, second, whole, said))
    }

    /// "a majority" or "a minority" before the bracket at `open`.
    fn majority(&self, open: usize) -> Option<(Range<usize>, Range<usize>, Decimal, Direction)> {
        (1..=7).filter_map(|n| open.checked_sub(n)).filter(|i| self.range.contains(i)).find_map(|i| {
            self.sets_at(i).find_map(|(set, n)| {
                let direction = match set {
                    "share.majority" => Direction::Up,
                    "share.minority" => Direction::Down,
                    _ => return None,
                };
                Some((i..i + n, i..i + n, Decimal::new(5, 1), direction))
            })
        })
    }

    /// The noun that follows a value, singular.
    fn noun_after(&self, value: &QuantityAt) -> Option<CompactString> {
        let at = value.tokens.end;
        let noun = self.range.contains(&at)
            && self.view.layer.tokens[at].kind == TokenKind::Word
            && self.view.layer.tokens[at].case == Case::Lower
            && (self.pos(at).any(Pos::NOUN.and(Pos::PEOPLE).and(Pos::ADJECTIVE)) || self.pos(at) == Pos::default())
            && !self.pos(at).any(Pos::PREPOSITION.and(Pos::DETERMINER).and(Pos::CONJUNCTION).and(Pos::ADVERB));
        noun.then(|| singular(&lower(self.word(at))))
    }

    /// Whether the nouns after two values are not different ones.
    fn same_noun(&self, a: &QuantityAt, b: &QuantityAt) -> bool {
        match (self.noun_after(a), self.noun_after(b)) {
            (Some(x), Some(y)) => x == y || !a.quantity.unit.is_count(),
            _ => true,
        }
    }

    fn wording(&self, value: &QuantityAt) -> &str {
        self.view.wording(value.tokens.clone())
    }

    fn said(&self, whole: &Range<usize>, parts: impl FnOnce() -> String) -> CompactString {
        let wording = self.view.wording(whole.clone());
        let said = if wording.len() <= LONG { wording.to_owned() } else { parts() };
        said.split_whitespace().collect::<Vec<_>>().join(" ").into()
    }

    fn operand(&self, tokens: Range<usize>, quantity: Quantity) -> Operand {
        let member = self.view.member(tokens);
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity }
    }

    /// The claim, when the two values can be compared at all.
    fn claim(
        &self,
        cue: Range<usize>,
        direction: Direction,
        (a, first): (&QuantityAt, &Quantity),
        (b, second): (&QuantityAt, &Quantity),
        whole: Range<usize>,
        said: CompactString,
    ) -> Option<Claim> {
        let (mut first, mut second) = (first.clone(), second.clone());
        // "from 41 to 43 %": the unit goes for both.
        if first.unit.is_count() && !second.unit.is_count() {
            first.unit = second.unit.clone();
        }
        if second.unit.is_count() && first.unit.is_money() {
            second.unit = first.unit.clone();
        }
        // "from €4.10 to €4.60 per kilo"
        if second.unit.dimension.strip_prefix(first.unit.dimension.as_str()).is_some_and(|rest| rest.starts_with('/'))
            && first.unit.is_money()
        {
            first.unit = second.unit.clone();
        }
        if first.unit.dimension != second.unit.dimension
            || first.unit.dimension == "fraction"
            || self.inverse(&first.unit)
        {
            return None;
        }
        let first = self.operand(a.tokens.clone(), first);
        let second = self.operand(b.tokens.clone(), second);
        Some(self.build(cue, direction, first, second, whole, said))
    }

    fn build(
        &self,
        cue: Range<usize>,
        direction: Direction,
        first: Operand,
        second: Operand,
        whole: Range<usize>,
        said: CompactString,
    ) -> Claim {
        let value = Value::Order { cue: self.view.member(cue), direction, first, second, by: None };
        let mut claim = self.view.claim(ClaimKind::Order, "order", whole, value);
        claim.text = said;
        claim
    }
}
