//! How long something lasted that began and ended at two points told elsewhere in the passage.

use super::super::clock::is_short;
use super::{Pair, Point, is_earlier, is_same_day};
use crate::annotate::QuantityAt;
use crate::claim::Claim;
use crate::claim::calendar::{Edge, Ends, IntervalSort};
use crate::claim::interval::Reader;
use crate::lexicon::{Pos, lower};

/// Sentences before that of the length in which its ends are looked for.
const BEFORE: usize = 2;

/// Sentences behind it in which an example gives them.
const AHEAD: usize = 2;

/// The most that a pair of points can weigh by itself.
const PAIR: u8 = 6;

/// What says that a length is that of a time which was told.
struct Cue {
    weight: u8,
    /// Whether it may be only part of that time: "after ten days".
    part: bool,
}

impl Reader<'_> {
    pub(super) fn lengths_apart(&self, points: &[Point], out: &mut Vec<Claim>) {
        for stretch in self.quantities.iter().filter(|q| is_length(q)) {
            let separate = self.separates(stretch);
            let cue = if separate { Some(Cue { weight: 4, part: false }) } else { self.cue(stretch) };
            let Some(cue) = cue else { continue };
            let Some((mut pair, rivals)) = self.pair(points, stretch, separate) else { continue };
            pair.weight += cue.weight;
            let sort = match (cue.part, separate) {
                (true, _) => IntervalSort::Within,
                (_, true) => IntervalSort::Distance,
                _ => IntervalSort::Length,
            };
            out.push(self.claim_apart(sort, self.operand(stretch), pair, rivals));
        }
    }

    /// "Half a century separates the two surveys."
    fn separates(&self, stretch: &QuantityAt) -> bool {
        let behind = stretch.tokens.end..(stretch.tokens.end + 3).min(self.sentence.end);
        behind.into_iter().any(|at| self.phrase("interval.separate", at).is_some())
    }

    /// What the words around a length say of its being the whole of a time that was told.
    fn cue(&self, stretch: &QuantityAt) -> Option<Cue> {
        if self.is_of_part(stretch) || self.is_repeated(stretch) {
            return None;
        }
        let start = stretch.hedged.start.min(stretch.tokens.start);
        let opens = start - self.sentence.start <= 1;
        let before = start.checked_sub(1).filter(|&at| at >= self.sentence.start)?;
        let whole = |weight| Some(Cue { weight, part: false });
        let word = lower(self.word(before));
        if self.phrase_before("interval.lasting", start).is_some() {
            return whole(4);
        }
        match word.as_str() {
            "those" | "these" => return whole(4),
            "at" if opens => return whole(3),
            "after" | "during" | "for" | "in" | "over" | "within" => {
                return Some(Cue { weight: if opens { 2 } else { 0 }, part: true });
            }
            "of" if self.is_known_noun(before) => return whole(3),
            "last" | "past" | "previous" | "next" | "coming" | "first" | "final" => return None,
            _ => {}
        }
        let reckoned = matches!(word.as_str(), "thus" | "hence" | "therefore");
        let behind = matches!(self.word(stretch.tokens.end), "long" | "altogether")
            || matches!(self.word(stretch.tokens.end), "in")
                && matches!(self.word(stretch.tokens.end + 1), "all" | "total");
        if reckoned || behind {
            return whole(4);
        }
        if self.phrase_before("interval.amount", start).is_some() {
            let thus =
                (before.saturating_sub(3)..before).any(|i| matches!(self.word(i), "thus" | "therefore" | "hence"));
            return whole(if thus { 4 } else { 1 });
        }
        self.phrase_before("interval.known", start).map(|_| Cue { weight: 3, part: false })
    }

    /// "His time of", "the outage of": a noun that was told of, before "of".
    fn is_known_noun(&self, of: usize) -> bool {
        let Some(noun) = of.checked_sub(1) else { return false };
        let determined = (noun.saturating_sub(2)..noun).any(|at| self.phrase("interval.known", at).is_some());
        determined && noun >= self.sentence.start && self.pos(noun).any(Pos::NOUN) && !self.pos(noun).any(Pos::CLOSED)
    }

    /// Whether the length is that of a part, or of one of several.
    fn is_repeated(&self, stretch: &QuantityAt) -> bool {
        let next = stretch.tokens.end;
        let around = (next..next + 3).chain(stretch.tokens.start.saturating_sub(3)..stretch.tokens.start);
        let word = |at: usize| lower(self.word(at));
        around
            .into_iter()
            .any(|at| matches!(word(at).as_str(), "each" | "every" | "per" | "average" | "up" | "another"))
            || matches!(
                word(next).as_str(),
                "after" | "before" | "earlier" | "later" | "ago" | "old" | "of" | "to" | "or" | "and"
            ) && !(word(next) == "of" && self.phrase_before("interval.known", stretch.tokens.start).is_some())
    }

    /// The two points that a length is most likely to lie between, with all others near by.
    fn pair<'p>(&self, points: &'p [Point], stretch: &QuantityAt, own: bool) -> Option<(Pair<'p>, Vec<Ends>)> {
        let clock = is_short(stretch);
        // "from 11:00 on 25 October to 17:00 on 26 October"
        if clock && points.iter().filter(|p| !p.is_clock()).count() > 1 {
            return None;
        }
        let of_kind =
            |found: Vec<&'p Point>| -> Vec<&'p Point> { found.into_iter().filter(|p| p.is_clock() == clock).collect() };
        let mut near = of_kind(self.near(points, 0, 0));
        for before in 1..=BEFORE {
            if near.len() >= 2 {
                break;
            }
            near = of_kind(self.near(points, before, 0));
        }
        let own = own && near.len() == 2;
        // A length takes up what was told before it, whatever dates follow.
        let told: Vec<&Point> = near.iter().copied().filter(|p| p.tokens.end <= self.sentence.start).collect();
        let mut pairs: Vec<Pair<'p>> = pairs(&near, own);
        if told.len() < near.len() {
            pairs.extend(self::pairs(&told, false));
        }
        if near.is_empty() && self.phrase_before("interval.lasting", stretch.tokens.start).is_some() {
            // "It is valid for three years. Example: a licence of 4 June 2021 expires on 4 June 2024."
            let ahead = of_kind(self.near(points, 0, AHEAD));
            pairs.extend(self::pairs(&ahead, false).into_iter().filter(|p| is_same_day(p.from, p.to)));
        }
        pairs.sort_by_key(|p| std::cmp::Reverse(p.weight));
        let best = *pairs.first()?;
        let tied = pairs.iter().skip(1).any(|p| p.weight == best.weight && p.ends() != best.ends());
        let all = of_kind(points.iter().collect());
        let rivals =
            self::pairs(&all, false).iter().filter_map(Pair::ends).filter(|e| Some(*e) != best.ends()).collect();
        (!tied).then_some((best, rivals))
    }
}

/// Whether a quantity is a length of time.
fn is_length(quantity: &QuantityAt) -> bool {
    let unit = &quantity.quantity.unit;
    let time = unit.dimension == "months" || unit.dimension == "time" && !unit.symbol.starts_with('s');
    time && !quantity.quantity.amount.range && !quantity.label
}

/// All pairs of points, the earlier first, with what speaks for their being beginning and end of one time.
fn pairs<'p>(points: &[&'p Point], own: bool) -> Vec<Pair<'p>> {
    let mut out = Vec::new();
    for (i, a) in points.iter().enumerate() {
        for (n, b) in points.iter().enumerate() {
            if i == n || !is_earlier(a, b) {
                continue;
            }
            let next = n == i + 1;
            let mut weight = match (a.edge, b.edge) {
                _ if next && b.joined => 4,
                (Edge::Start, Edge::End) => 3 + u8::from(next),
                (Edge::End, _) | (_, Edge::Start) => 0,
                (Edge::Start, Edge::Point) | (Edge::Point, Edge::End) => 2,
                (Edge::Point, Edge::Point) => u8::from(own) * 2,
            };
            weight += if points.len() == 2 { 2 } else { 0 };
            weight += if is_same_day(a, b) && !a.is_clock() { 3 } else { 0 };
            out.push(Pair { from: a, to: b, weight: weight.min(PAIR) });
        }
    }
    out
}
