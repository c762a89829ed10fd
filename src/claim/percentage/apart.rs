//! A percentage, fraction or quotient that concludes from numbers which stand apart from it: "Out of 500 samples, 35
//! contained traces. The proportion, 5 per cent, …", "from 4.1 to 4.6 per cent. … not one of 0.6 points".
//!
//! A change belongs to the only pair of its sentence, or of the one before. A share belongs to the only part and whole
//! there, when what speaks for it weighs enough: words that make a part of a whole of the numbers, a noun for the share
//! that names nothing new, a demonstrative, the neighbourhood, and a value near the one that follows.

use crate::annotate::QuantityAt;
use crate::claim::context::BlockView;
use crate::claim::look::Look;
use crate::claim::noun::lemma;
use crate::claim::pairing::{Pair, Side, pairs};
use crate::claim::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::lexicon::Pos;
use crate::value::{Decimal, Hedge, Quantity, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Most tokens between a percentage and the word that says what it is.
const REACH: usize = 6;
/// What speaks for a share has to weigh so much.
const ENOUGH: u32 = 3;
/// A block with more numbers is a table that was not read as one.
const MOST: usize = 60;
/// How many values of a window are put together.
const NUMBERS: usize = 6;

/// Reads the percentages of one block that are not among the claims yet.
pub(super) fn extract(context: &Context<'_>, view: &BlockView<'_>, out: &mut Vec<Claim>) {
    let count = view.layer.quantities.iter().filter(|q| !q.label).count();
    if !view.is_prose() || !(3..=MOST).contains(&count) {
        return;
    }
    let look = Look::new(context, *view);
    let reader = Reader { look, pairs: pairs(&look) };
    for value in view.layer.quantities.iter().filter(|q| !q.label && !q.quantity.amount.range) {
        let at = view.span(value.tokens.clone());
        let known = |c: &Claim| match &c.value {
            Value::Percentage { stated, others, .. } => stated.at == at || others.iter().any(|o| o.at == at),
            _ => false,
        };
        if !out.iter().rev().take(32).any(known) {
            out.extend(reader.read(value));
        }
    }
}

struct Reader<'a> {
    look: Look<'a>,
    pairs: Vec<Pair>,
}

/// A part and its whole.
struct Parted<'a> {
    part: &'a QuantityAt,
    whole: &'a QuantityAt,
    /// Whether words make them part and whole: "35 of 500".
    said: bool,
}

impl<'a> Reader<'a> {
    fn read(&self, value: &QuantityAt) -> Option<Claim> {
        let sentence = self.look.sentence(value.tokens.start);
        let unit = &value.quantity.unit;
        let before = sentence.start.checked_sub(1).map(|i| self.look.sentence(i));
        let windows = [Some(sentence.start..value.hedged.start), before];
        if let Some(points) = self.points(value) {
            // "rose from 41 to 56. Elsewhere it rose from 43 to 49, so that we may claim nine points": of both.
            let from = windows[1].as_ref().map_or(sentence.start, |w| w.start);
            if self.pairs.iter().filter(|p| (from..value.hedged.start).contains(&p.tokens.start)).count() > 1 {
                return None;
            }
            return windows.into_iter().flatten().find_map(|window| self.change(value, &points, &window, None));
        }
        if unit.is_money() && self.is_each(value) {
            return windows.into_iter().flatten().find_map(|window| self.quotient(value, &window));
        }
        if !unit.is_percent() && unit.dimension != "fraction"
            || self.look.has("percentage.other-base", sentence.clone())
        {
            return None;
        }
        if let Some(relation) = self.direction(value) {
            let found = windows.iter().flatten().find_map(|w| self.change(value, &value.quantity, w, Some(relation)));
            return found.or_else(|| self.saving(value, relation, &windows));
        }
        windows.iter().enumerate().filter_map(|(i, w)| Some((i, w.clone()?))).find_map(|(i, window)| {
            let parted = self.parted(&window)?;
            let told = windows.iter().flatten().any(|w| self.is_made(value, w));
            (!told && self.weight(value, &parted, i == 0) >= ENOUGH).then(|| {
                self.claim(
                    Relation::Share,
                    value,
                    &value.quantity,
                    vec![self.operand(parted.part), self.operand(parted.whole)],
                )
            })
        })
    }

    /// The value in percentage points, when it is one: "0.6 percentage points", "these 17 points".
    fn points(&self, value: &QuantityAt) -> Option<Quantity> {
        if value.quantity.unit.dimension == "percentage point" {
            return Some(value.quantity.clone());
        }
        let counted = value.quantity.unit.is_count() && matches!(self.look.word(value.tokens.end), "points" | "point");
        counted.then(|| {
            let unit = Unit { dimension: "percentage point".into(), symbol: "points".into(), factor: Decimal::ONE };
            Quantity { unit, ..value.quantity.clone() }
        })
    }

    /// What a percentage says of a change: growth or fall.
    fn direction(&self, value: &QuantityAt) -> Option<Relation> {
        let (start, end) = (value.hedged.start, value.hedged.end);
        let kind = |set: &str| match set {
            "change.up-noun" | "change.up-verb" => Some(Relation::Growth),
            "change.down-noun" | "change.down-verb" | "change.saving" => Some(Relation::Fall),
            _ => None,
        };
        let small = |i: usize| {
            matches!(self.look.word(i), "by" | "of" | "a" | "an" | "some" | "another" | "another's")
                || self.look.pos(i).any(Pos::ADVERB)
        };
        let ahead = (1..=REACH).filter_map(|n| start.checked_sub(n)).find_map(|i| {
            self.look
                .sets_at(i)
                .find_map(|(set, n)| kind(set).filter(|_| i + n < start && (i + n..start).all(small) || i + n == start))
        });
        let bare = start.checked_sub(1).and_then(|i| match self.look.word(i) {
            "up" => Some(Relation::Growth),
            "down" => Some(Relation::Fall),
            _ => None,
        });
        let behind = (end..end + 2).find_map(|i| {
            self.look
                .sets_at(i)
                .find_map(|(set, _)| kind(set).filter(|_| set.ends_with("-noun") || set.ends_with("saving")))
        });
        bare.or(ahead).or(behind)
    }

    /// The change from the one value of the only pair of a window to the other.
    fn change(
        &self,
        value: &QuantityAt,
        stated: &Quantity,
        window: &Range<usize>,
        relation: Option<Relation>,
    ) -> Option<Claim> {
        let inside = |p: &&Pair| {
            window.contains(&p.tokens.start) && p.tokens.end <= window.end
                || window.contains(&(p.tokens.end - 1)) && self.look.sentence(p.tokens.start).end == window.start
        };
        let mut found = self.pairs.iter().filter(inside);
        let pair = found.next().filter(|_| found.next().is_none())?;
        // "rose from 310 to 340, and wages by 9 per cent": another change.
        let own =
            !(pair.tokens.end..value.hedged.start).any(|i| matches!(self.look.word(i), "and" | ";" | "while" | "but"));
        let shares = pair.present.quantity.unit.is_percent();
        let relation = match relation {
            None if shares => Relation::Points,
            Some(relation) if !shares => relation,
            _ => return None,
        };
        let plain = pair.base.quantity.hedge == Hedge::None && pair.present.quantity.hedge == Hedge::None;
        (own && plain)
            .then(|| self.claim(relation, value, stated, vec![self.side(&pair.base), self.side(&pair.present)]))
    }

    /// "uses 50 litres, the new one 35, a saving of 30 per cent": from the larger of the only two values.
    fn saving(&self, value: &QuantityAt, relation: Relation, windows: &[Option<Range<usize>>; 2]) -> Option<Claim> {
        let saved = (1..=REACH)
            .filter_map(|n| value.hedged.start.checked_sub(n))
            .any(|i| self.look.phrase(i, "change.saving").is_some());
        let window = windows[0].as_ref().filter(|_| saved)?;
        let values = self.plain(window);
        let [a, b] = values.as_slice() else { return None };
        let (mut a, mut b) = (self.operand(a), self.operand(b));
        if b.quantity.unit.is_count() {
            b.quantity.unit = a.quantity.unit.clone();
        }
        if a.quantity.base()? < b.quantity.base()? {
            std::mem::swap(&mut a, &mut b);
        }
        let same = a.quantity.unit.dimension == b.quantity.unit.dimension;
        same.then(|| self.claim(relation, value, &value.quantity, vec![a, b]))
    }

    /// The plain values of a window, when all have one unit.
    fn plain(&self, window: &Range<usize>) -> Vec<&'a QuantityAt> {
        let ratio = |q: &&QuantityAt| {
            matches!(q.quantity.unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times")
        };
        let layer = self.look.view.layer;
        let values = layer.quantities.iter().filter(|q| window.contains(&q.tokens.start) && !q.label && !ratio(q));
        values.collect()
    }

    /// The only part and whole of a window.
    fn parted(&self, window: &Range<usize>) -> Option<Parted<'a>> {
        if self.look.has("percentage.other-base", window.clone()) {
            return None;
        }
        let values = self.plain(window);
        let plain = |v: &QuantityAt| v.quantity.hedge == Hedge::None && !v.quantity.amount.range;
        let fits = |a: &QuantityAt, b: &QuantityAt| {
            plain(a)
                && plain(b)
                && a.quantity.unit.dimension == b.quantity.unit.dimension
                && a.quantity.base().zip(b.quantity.base()).is_some_and(|(x, y)| x <= y && y > Decimal::ONE)
        };
        let mut said: Vec<(&QuantityAt, &QuantityAt)> = Vec::new();
        for pair in values.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if self.is_of(&(a.hedged.end..b.hedged.start)) && fits(a, b) {
                said.push((a, b));
            } else if self.opens(a) && fits(b, a) {
                said.push((b, a));
            }
        }
        // "sales of $93,662, a decrease of $9,688 or 9.4 %": the change is no part of what is left.
        let parted = match (said.as_slice(), values.as_slice()) {
            ([(part, whole)], _) => Some(Parted { part, whole, said: true }),
            ([], [a, b]) if fits(a, b) => Some(Parted { part: a, whole: b, said: false }),
            ([], [a, b]) if fits(b, a) => Some(Parted { part: b, whole: a, said: false }),
            _ => None,
        };
        parted.filter(|p| self.direction(p.part).is_none())
    }

    /// Whether two values of a window make a percentage to its last digit, whatever else may be meant: "190 took the test,
    /// and 171 passed, 150 of them at once. The rate of 90 per cent is high."
    fn is_made(&self, value: &QuantityAt, window: &Range<usize>) -> bool {
        let stated = &value.quantity;
        let half = stated.amount.step.checked_mul(stated.unit.factor).and_then(|s| s.checked_div(Decimal::TWO));
        let (Some(is), Some(half)) = (stated.base().filter(|_| stated.unit.is_percent()), half) else { return false };
        // What looks like the name of something may count all the same: "in the open category 190 candidates".
        let layer = self.look.view.layer;
        let values: Vec<_> = layer.quantities.iter().filter(|q| window.contains(&q.tokens.start)).collect();
        let made = |a: &QuantityAt, b: &QuantityAt| {
            let (x, y) = (a.quantity.base()?, b.quantity.base()?);
            let share = x.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(y)?;
            Some(a.quantity.unit.dimension == b.quantity.unit.dimension && share.checked_sub(is)?.abs() <= half)
        };
        let pairs =
            values.iter().enumerate().take(NUMBERS).flat_map(|(i, a)| values.iter().take(i).map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| made(a, b) == Some(true) || made(b, a) == Some(true))
    }

    /// Whether words make a part of a whole: "35 of the", "35 out of", "3 in every".
    fn is_of(&self, between: &Range<usize>) -> bool {
        let of = between.clone().any(|i| matches!(self.look.word(i), "of" | "out"));
        let every =
            between.clone().any(|i| self.look.word(i) == "in") && between.clone().any(|i| self.look.word(i) == "every");
        let small = |i: usize| {
            self.look.pos(i).any(Pos::DETERMINER.and(Pos::PREPOSITION))
                || matches!(self.look.word(i), "out" | "of" | "every" | "all")
        };
        !between.is_empty() && between.len() <= 4 && (of || every) && between.clone().all(small)
    }

    /// Whether a value opens its clause as a whole: "Out of 500 samples", "Of the 120 bats".
    fn opens(&self, value: &QuantityAt) -> bool {
        let sentence = self.look.sentence(value.tokens.start);
        (1..=4).filter_map(|n| value.hedged.start.checked_sub(n)).take_while(|&i| i >= sentence.start).any(|i| {
            let starts = i == sentence.start || matches!(self.look.word(i - 1), "," | ";" | "." | ":");
            starts && matches!(self.look.word(i), "Of" | "Out" | "Among" | "From" | "of" | "out" | "among")
        })
    }

    /// How much speaks for a percentage being the share that a part is of its whole.
    fn weight(&self, value: &QuantityAt, parted: &Parted<'_>, near: bool) -> u32 {
        let Some(cue) = self.cue(value, parted) else { return 0 };
        let worth = |q: &Quantity| {
            if q.unit.dimension == "fraction" { q.amount.low.checked_mul(Decimal::ONE_HUNDRED) } else { q.base() }
        };
        let exact = parted
            .part
            .quantity
            .base()
            .zip(parted.whole.quantity.base())
            .and_then(|(p, w)| p.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(w));
        let close = exact.zip(worth(&value.quantity)).is_some_and(|(e, v)| {
            let quarter = e.saturating_mul(Decimal::new(3, 1));
            (e - v).abs() <= quarter
        });
        cue + 2 * u32::from(parted.said) + u32::from(near) + u32::from(close)
    }

    /// How surely the words before a percentage call it the share of what was counted; `None` when they do not.
    fn cue(&self, value: &QuantityAt, parted: &Parted<'_>) -> Option<u32> {
        let start = value.hedged.start;
        let sentence = self.look.sentence(start);
        let from = start.saturating_sub(REACH).max(sentence.start);
        // "that is five eighths", "or 35 per cent"
        let equals = (from..start).any(|i| {
            self.look
                .phrase(i, "pattern.equals")
                .is_some_and(|n| i + n == start && self.look.word(i) != "only" && self.look.word(i) != "just")
        });
        if equals {
            return Some(2);
        }
        // "contained 300 smokers (25 per cent)"
        let last = parted.part.tokens.start.max(parted.whole.tokens.start) == parted.part.tokens.start;
        if last && self.look.word(start - 1) == "(" && self.look.word(value.hedged.end) == ")" {
            let gap = parted.part.hedged.end..start - 1;
            return (gap.len() <= 2 && gap.into_iter().all(|i| !self.look.pos(i).any(Pos::PREPOSITION))).then_some(1);
        }
        let noun = (from..start).rev().find(|&i| self.look.phrase(i, "share.noun").is_some_and(|n| n == 1))?;
        let between = noun + 1..start;
        let joins = |i: usize| {
            matches!(
                self.look.word(i),
                "," | "of" | "was" | "is" | ":" | "(" | "only" | "just" | "stood" | "at" | "therefore" | "thus"
            ) || self.look.pos(i).any(Pos::ADVERB)
        };
        if !between.clone().all(joins) {
            return None;
        }
        let determiner = (1..=3)
            .filter_map(|n| noun.checked_sub(n))
            .find(|&i| i >= sentence.start && self.look.pos(i).any(Pos::DETERMINER))?;
        let word = self.look.word(determiner).to_lowercase();
        let modified = (determiner + 1..noun).any(|i| {
            self.look.phrase(i, "share.outcome").is_none() && !self.look.pos(i).any(Pos::ADJECTIVE.and(Pos::ADVERB))
        });
        let shown = matches!(word.as_str(), "this" | "that" | "such" | "a" | "an");
        // "80 took the exam and 68 passed. The pass rate …"
        let (one, other) = (parted.part.tokens.start, parted.whole.tokens.start);
        let window = self.look.sentence(one.min(other)).start..self.look.sentence(one.max(other)).end.min(determiner);
        let taken_up = (determiner + 1..=noun).any(|i| {
            let base = lemma(&self.look.view, self.look.lexicon, i);
            window.clone().any(|w| lemma(&self.look.view, self.look.lexicon, w) == base)
        });
        (!modified).then(|| 1 + u32::from(shown) + u32::from(taken_up))
    }

    /// Whether a sum is said to be for each of several: "£320 a head", "each of them £1,200".
    fn is_each(&self, value: &QuantityAt) -> bool {
        let (start, end) = (value.hedged.start, value.hedged.end);
        let behind = (end..end + 2).any(|i| self.look.phrase(i, "pattern.each").is_some());
        let before = start.saturating_sub(4).max(self.look.sentence(start).start)..start;
        let each = before.clone().any(|i| matches!(self.look.word(i), "each"));
        let per = value.quantity.unit.dimension.contains('/');
        !per && (behind || each)
    }

    /// A sum for each, from the only sum and the only count of a window.
    fn quotient(&self, value: &QuantityAt, window: &Range<usize>) -> Option<Claim> {
        let values = self.plain(window);
        let [a, b] = values.as_slice() else { return None };
        let (total, count) = if a.quantity.unit.is_money() { (a, b) } else { (b, a) };
        let several = count.quantity.unit.is_count() && count.quantity.value() >= Decimal::TWO;
        let money = total.quantity.unit.is_money() && total.quantity.unit.dimension == value.quantity.unit.dimension;
        let plain = total.quantity.hedge == Hedge::None && count.quantity.hedge == Hedge::None;
        (several && money && plain).then(|| {
            self.claim(Relation::Quotient, value, &value.quantity, vec![self.operand(total), self.operand(count)])
        })
    }

    fn operand(&self, value: &QuantityAt) -> Operand {
        self.made(value.tokens.clone(), &value.quantity)
    }

    fn side(&self, side: &Side) -> Operand {
        self.made(side.tokens.clone(), &side.quantity)
    }

    fn made(&self, tokens: Range<usize>, quantity: &Quantity) -> Operand {
        let member = self.look.view.member(tokens);
        Operand { at: member.at, text: member.text, name: CompactString::default(), quantity: quantity.clone() }
    }

    fn claim(&self, relation: Relation, value: &QuantityAt, stated: &Quantity, others: Vec<Operand>) -> Claim {
        let stated = self.made(value.tokens.clone(), stated);
        let value_of = Value::Percentage { relation, stated, others };
        self.look.view.claim(ClaimKind::Percentage, "percentage", value.tokens.clone(), value_of)
    }
}
