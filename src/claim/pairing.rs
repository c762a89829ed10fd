//! Two values of one measure that a text sets side by side, and which of them the other is set against: "from A to B",
//! "B, compared with A", "B (A the year before)", "A in May and B in June".
//!
//! Shared by the extractors of relations between numbers. Says nothing of which value is larger.

use super::look::Look;
use crate::annotate::QuantityAt;
use crate::value::{Date, Hedge, Quantity};
use std::ops::Range;

/// Most tokens from the first value of a pair to the second.
const APART: usize = 24;
/// Most tokens from a value to the time that it belongs to.
const REACH: usize = 8;
/// A block with more numbers is a table that was not read as one.
const MOST: usize = 60;

/// One value of a pair.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// The tokens of number and unit.
    pub(super) tokens: Range<usize>,
    /// The same with the hedge.
    pub(super) hedged: Range<usize>,
    /// What it says, the unit of the other included.
    pub(super) quantity: Quantity,
    /// Where the noun of a count begins.
    at: QuantityAt,
}

/// How two values are tied to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tie {
    /// "from A to B"
    FromTo,
    /// "B, compared with A", "B, up from A"
    Against,
    /// "B (A the year before)"
    Bracket,
    /// "A in 2019 and B in 2020"
    Times,
}

/// Two values of one measure.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// What the other is set against: the value of the earlier time.
    pub(super) base: Side,
    /// The value that is told.
    pub(super) present: Side,
    /// From the first of the two to the second.
    pub(super) tokens: Range<usize>,
    /// How they are tied.
    pub(super) tie: Tie,
    /// Whether a time stands beside the base.
    pub(super) dated: bool,
}

/// A time beside a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Moment {
    /// "a year earlier": before that of the other value.
    Earlier,
    /// A day, month or year.
    On(Date),
    /// "last year"
    Last,
    /// "now"
    Now,
    /// "next year"
    Next,
    /// "a year later": behind that of the other value.
    Later,
}

impl Moment {
    /// Whether this one comes before another; `None` when the two cannot be ordered.
    fn is_before(self, other: Self) -> Option<bool> {
        let rank = |m: Self| match m {
            Self::Earlier => 0,
            Self::On(_) => 1,
            Self::Last => 2,
            Self::Now => 3,
            Self::Next => 4,
            Self::Later => 5,
        };
        match (self, other) {
            (Self::On(a), Self::On(b)) => order(a, b),
            // Last year may be before 2019, or behind it.
            (Self::On(_), Self::Last | Self::Next) | (Self::Last | Self::Next, Self::On(_)) => None,
            _ if rank(self) == rank(other) => None,
            _ => Some(rank(self) < rank(other)),
        }
    }
}

/// Whether one date is before another that is written as fully.
fn order(a: Date, b: Date) -> Option<bool> {
    match (a.year, b.year) {
        (Some(x), Some(y)) if x != y => Some(x < y),
        (Some(_), None) | (None, Some(_)) => None,
        _ => match (a.month, b.month) {
            (Some(x), Some(y)) if x != y => Some(x < y),
            (Some(_), Some(_)) => a.day.zip(b.day).filter(|(x, y)| x != y).map(|(x, y)| x < y),
            _ => None,
        },
    }
}

/// Finds the pairs of a block, in order of their beginning. No value stands in two of them.
pub(super) fn pairs(look: &Look<'_>) -> Vec<Pair> {
    let sides = sides(look);
    let mut out: Vec<Pair> = Vec::new();
    if !(2..=MOST).contains(&sides.len()) {
        return out;
    }
    let moments = moments(look, &sides);
    let mut taken = 0;
    for first in 0..sides.len() - 1 {
        if first < taken {
            continue;
        }
        let second = first + 1;
        let Some((a, b)) = alike(look, &sides[first], &sides[second]) else { continue };
        let times = moments[first].zip(moments[second]);
        let Some((tie, forward)) = tie(look, &a, &b).or_else(|| timed(look, &a, &b, times)) else { continue };
        // "310 in 2019, compared with 290 in 2020": what is set against what is not the order of time.
        let by_time = times.and_then(|(x, y)| x.is_before(y));
        if by_time.is_some_and(|f| f != forward) {
            continue;
        }
        let tokens = a.hedged.start..b.hedged.end;
        let dated = moments[if forward { first } else { second }].is_some();
        let (base, present) = if forward { (a, b) } else { (b, a) };
        out.push(Pair { base, present, tokens, tie, dated });
        taken = second + 1;
    }
    out
}

/// The values of a block; the ends of "from 340 to 210" are two.
fn sides(look: &Look<'_>) -> Vec<Side> {
    let mut out = Vec::new();
    for value in look.view.layer.quantities.iter().filter(|q| !q.label) {
        if !value.quantity.amount.range {
            out.push(Side {
                tokens: value.tokens.clone(),
                hedged: value.hedged.clone(),
                quantity: value.quantity.clone(),
                at: value.clone(),
            });
            continue;
        }
        let from = value.hedged.start.checked_sub(1).is_some_and(|i| look.word(i).eq_ignore_ascii_case("from"));
        let join = value.tokens.clone().find(|&i| look.word(i) == "to").filter(|_| from);
        let Some(join) = join else { continue };
        let (mut low, mut high) = (value.quantity.clone(), value.quantity.clone());
        low.amount.high = low.amount.low;
        high.amount.low = high.amount.high;
        (low.amount.range, high.amount.range) = (false, false);
        let (first, second) = (value.tokens.start..join, join + 1..value.tokens.end);
        out.push(Side { tokens: first.clone(), hedged: first, quantity: low, at: value.clone() });
        out.push(Side { tokens: second.clone(), hedged: second, quantity: high, at: value.clone() });
    }
    out
}

/// Two values with the unit of one lent to the other, when they measure the same and count no different things.
fn alike(look: &Look<'_>, a: &Side, b: &Side) -> Option<(Side, Side)> {
    let (mut a, mut b) = (a.clone(), b.clone());
    let nouns = (look.noun(&a.at), look.noun(&b.at));
    let (x, y) = (&a.quantity.unit, &b.quantity.unit);
    if x.dimension != y.dimension {
        // "from 8,420 to 6,310 tonnes": the unit goes for both.
        if x.is_count() && nouns.0.is_none() {
            a.quantity.unit = y.clone();
        } else if y.is_count() && nouns.1.is_none() {
            b.quantity.unit = x.clone();
        } else {
            return None;
        }
    } else if x.is_count() && matches!(&nouns, (Some(m), Some(n)) if m != n) {
        return None;
    }
    let ratio = matches!(a.quantity.unit.dimension.as_str(), "fraction" | "times" | "percentage point");
    let near = b.hedged.start.checked_sub(a.hedged.end).is_some_and(|gap| gap <= APART);
    (near && !ratio).then_some((a, b))
}

/// The tie between two values that the words between them make, and whether the first is the earlier one.
fn tie(look: &Look<'_>, a: &Side, b: &Side) -> Option<(Tie, bool)> {
    let sentence = look.sentence(a.tokens.start);
    if b.tokens.start >= sentence.end {
        return None;
    }
    let between = a.hedged.end..b.hedged.start;
    let led = |side: &Side, word: &str| {
        let before = side.hedged.start.checked_sub(1).filter(|&i| i >= sentence.start);
        before.is_some_and(|i| look.word(i).eq_ignore_ascii_case(word))
    };
    let broken = || between.clone().any(|i| matches!(look.word(i), ";" | ":" | "and" | "while" | "but"));
    if led(a, "from") && led(b, "to") && !broken() {
        return Some((Tie::FromTo, true));
    }
    if led(a, "to") && led(b, "from") && !broken() {
        return Some((Tie::FromTo, false));
    }
    if bracketed(look, b) && between.len() <= REACH && former(look, b) {
        return Some((Tie::Bracket, false));
    }
    let against = between.clone().find_map(|i| look.phrase(i, "pairing.against").map(|n| i..i + n))?;
    let words = |range: Range<usize>| {
        range.len() <= REACH && !range.clone().any(|i| matches!(look.word(i), ";" | ":" | "and" | "while" | "but"))
    };
    (words(between.start..against.start) && words(against.end..between.end)).then_some((Tie::Against, false))
}

/// Whether a value stands in a bracket with nothing but its time.
fn bracketed(look: &Look<'_>, side: &Side) -> bool {
    let open = (1..=5).filter_map(|n| side.hedged.start.checked_sub(n)).find(|&i| look.word(i) == "(");
    let close = (side.hedged.end..side.hedged.end + 6).find(|&i| look.word(i) == ")");
    open.is_some_and(|open| close.is_some_and(|close| (open + 1..close).all(|i| look.word(i) != ",")))
}

/// Whether the bracket around a value says that it is one of an earlier time.
fn former(look: &Look<'_>, side: &Side) -> bool {
    let from = side.hedged.start.saturating_sub(5);
    let range = from..side.hedged.end + 5;
    look.has("pairing.earlier", range.clone()) || look.has("pairing.last", range)
}

/// The tie of two values that have different times.
fn timed(look: &Look<'_>, a: &Side, b: &Side, times: Option<(Moment, Moment)>) -> Option<(Tie, bool)> {
    let (x, y) = times?;
    let forward = x.is_before(y)?;
    // A third value of the same measure makes a series of them.
    let window = look.sentence(a.tokens.start).start..look.sentence(b.tokens.start).end;
    let plain = a.quantity.hedge == Hedge::None && b.quantity.hedge == Hedge::None;
    (plain && !has_third(look, &window, a, b)).then_some((Tie::Times, forward))
}

/// Whether other values of the same measure stand among the tokens.
pub(super) fn has_third(look: &Look<'_>, window: &Range<usize>, a: &Side, b: &Side) -> bool {
    look.view.layer.quantities.iter().any(|q| {
        window.contains(&q.tokens.start)
            && !q.label
            && q.tokens.start != a.at.tokens.start
            && q.tokens.start != b.at.tokens.start
            && q.quantity.unit.dimension == a.quantity.unit.dimension
    })
}

/// A time in the text, with its tokens.
struct Mark {
    tokens: Range<usize>,
    moment: Moment,
}

/// The times of a block, in order.
fn marks(look: &Look<'_>) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let dates = look.view.layer.dates.iter();
    out.extend(dates.map(|d| Mark { tokens: d.tokens.clone(), moment: Moment::On(d.date.from) }));
    for at in 0..look.view.layer.tokens.len() {
        let found = look.sets_at(at).filter_map(|(set, n)| {
            let moment = match set {
                "pairing.earlier" => Moment::Earlier,
                "pairing.last" => Moment::Last,
                "pairing.now" => Moment::Now,
                "pairing.next" => Moment::Next,
                "pairing.later" => Moment::Later,
                _ => return None,
            };
            Some((n, moment))
        });
        if let Some((n, moment)) = found.max_by_key(|&(n, _)| n) {
            out.push(Mark { tokens: at..at + n, moment });
        }
    }
    out.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
    out
}

/// The time that each value belongs to: the one behind it, else the one before it. A time is taken once.
fn moments(look: &Look<'_>, sides: &[Side]) -> Vec<Option<Moment>> {
    let marks = marks(look);
    let mut taken = vec![false; marks.len()];
    let mut out = vec![None; sides.len()];
    for (i, side) in sides.iter().enumerate() {
        let limit =
            sides.get(i + 1).map_or(usize::MAX, |next| next.hedged.start).min(look.sentence(side.tokens.start).end);
        let end = side.hedged.end;
        let free = |m: &Mark| {
            m.tokens.start >= end
                && m.tokens.end <= limit
                && m.tokens.start - end <= REACH
                && (end..m.tokens.start).all(|t| !is_break(look, t))
        };
        if let Some(found) = marks.iter().position(free) {
            taken[found] = true;
            out[i] = Some(marks[found].moment);
        }
    }
    for (i, side) in sides.iter().enumerate() {
        let from = if i == 0 { 0 } else { sides[i - 1].hedged.end };
        let start = side.hedged.start;
        let from = from.max(look.sentence(side.tokens.start).start);
        let free = |(n, m): (usize, &Mark)| {
            let near = m.tokens.start >= from && m.tokens.end <= start && start - m.tokens.end <= 2 * REACH;
            near && !taken[n] && (m.tokens.end..start).all(|t| !matches!(look.word(t), ";" | ":" | "(" | "while"))
        };
        if out[i].is_none()
            && let Some((found, _)) = marks.iter().enumerate().rev().find(|&x| free(x))
        {
            taken[found] = true;
            out[i] = Some(marks[found].moment);
        }
    }
    out
}

/// Whether what follows belongs to something new.
fn is_break(look: &Look<'_>, at: usize) -> bool {
    matches!(look.word(at), "," | ";" | ":" | "." | "(" | ")" | "–" | "—") || look.phrase(at, "pattern.break").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::annotate;
    use crate::claim::Context;
    use crate::document::{BlockId, Document};
    use crate::lexicon::Lexicon;

    /// The pairs of a text as "base > present".
    fn found(text: &str) -> Vec<String> {
        let document = Document::of_paragraph(text);
        let lexicon = Lexicon::english();
        let layers = annotate(&document, lexicon);
        let context = Context::new(&document, &layers, lexicon);
        let look = Look::new(&context, context.view(BlockId(0)));
        let wording = |side: &Side| look.view.wording(side.tokens.clone()).to_owned();
        pairs(&look).iter().map(|p| format!("{} > {}", wording(&p.base), wording(&p.present))).collect()
    }

    #[test]
    fn reads_values_that_are_set_against_each_other() {
        for (text, expected) in [
            ("Latency went up from 340 ms to 210 ms.", "340 ms > 210 ms"),
            ("We had 51 burglaries, compared with 104 in the year before.", "104 > 51"),
            ("The mill used 310 tonnes in 2016 and 270 tonnes in 2017.", "310 tonnes > 270 tonnes"),
            ("In 2009 we looked after 34 toddlers; by 2014 there were 68.", "34 > 68"),
            (
                "The lake held 62 million litres in May. By June there were 31 million left.",
                "62 million litres > 31 million",
            ),
            ("The share was 9.4 per cent (a year earlier: 7.9 per cent).", "7.9 per cent > 9.4 per cent"),
            ("A ticket, now €4.00, will cost €4.40.", "€4.00 > €4.40"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn ignores_values_of_different_things_and_series() {
        for text in [
            "There were 34 nurses in 2009 and 28 doctors in 2014.",
            "It was 34 in 2009, 36 in 2010 and 41 in 2011.",
            "We sold 310 in 2019, compared with 290 in 2020.",
            "It took 34 days and cost €60 in 2014.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
