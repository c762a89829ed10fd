//! A percentage and the numbers that it was worked out from: "19 of the 60 (32 %)", "rose by 14 % from A to B",
//! "52 % women and 48 % men".
//!
//! Only numbers of one sentence, or of a sentence and the conclusion drawn in the next, and only where the words
//! between them leave no choice.

mod apart;
mod area;
mod columns;
mod multiples;
mod shares;
mod weighed;
mod worded;
mod written;

use super::context::BlockView;
use super::{Claim, ClaimKind, Context, Operand, Relation, Value};
use crate::annotate::{QuantityAt, TokenKind, phrase_at, phrases_at};
use crate::lexicon::{Lexicon, Pos};
use crate::value::{Hedge, Unit};
use compact_str::CompactString;
use std::ops::Range;

/// Most words between a whole and the bracket with the percentage.
const NOUN: usize = 6;
/// Most tokens between a number and the preposition of the next.
const REACH: usize = 8;

/// Reads the claims of kind Percentage.
pub(super) fn extract(context: &Context<'_>, out: &mut Vec<Claim>) {
    let first = out.len();
    for view in context.views() {
        let values: Vec<&QuantityAt> = view.layer.quantities.iter().filter(|q| !q.label).collect();
        let mut next = 0;
        let mut before: Option<Sentence<'_>> = None;
        for range in &view.layer.sentences {
            while values.get(next).is_some_and(|v| v.tokens.start < range.start) {
                next += 1;
            }
            let here = values[next..].partition_point(|v| v.tokens.end <= range.end);
            let values = values[next..next + here].to_vec();
            let sentence = Sentence { view, lexicon: context.lexicon, range: range.clone(), values };
            // A sentence with very many numbers is a table that was not read as one.
            if (1..=40).contains(&sentence.values.len()) && !sentence.has("percentage.other-base") {
                sentence.read(out);
                if let Some(before) = &before {
                    sentence.conclude(before, out);
                }
            }
            before = Some(sentence);
        }
        worded::extract(context, &view, out);
        apart::extract(context, &view, out);
        shares::sentences(context, &view, out);
        written::extract(&view, out);
        area::extract(context, &view, out);
    }
    shares::lists(context, out);
    columns::extract(context, out);
    multiples::extract(context, out);
    weighed::extract(context, out);
    // Where answers are weighted, the shares of those counted are not the ones given.
    let is_share = |claim: &Claim| matches!(claim.value, Value::Percentage { relation: Relation::Share, .. });
    if out[first..].iter().any(is_share) {
        let has = |set| {
            context.views().any(|view| {
                let tokens = &view.layer.tokens;
                (0..tokens.len()).any(|i| phrase_at(context.lexicon, set, view.text, tokens, i).is_some())
            })
        };
        if has("percentage.weighting") && has("percentage.survey") {
            let kept: Vec<Claim> = out.drain(first..).filter(|claim| !is_share(claim)).collect();
            out.extend(kept);
        }
    }
}

struct Sentence<'a> {
    view: BlockView<'a>,
    lexicon: &'a Lexicon,
    range: Range<usize>,
    values: Vec<&'a QuantityAt>,
}

impl<'a> Sentence<'a> {
    fn read(&self, out: &mut Vec<Claim>) {
        for (i, value) in self.values.iter().enumerate() {
            if is_share(value) {
                out.extend(self.part(i).or_else(|| self.change(i)));
            }
        }
        out.extend(self.complement());
    }

    fn word(&self, at: usize) -> &'a str {
        if self.range.contains(&at) { self.view.word(at) } else { "" }
    }

    fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |i| self.word(i))
    }

    fn sets_at(&self, at: usize) -> impl Iterator<Item = (&str, usize)> {
        phrases_at(self.lexicon, self.view.text, &self.view.layer.tokens, at)
    }

    fn has(&self, set: &str) -> bool {
        self.range.clone().any(|i| self.sets_at(i).any(|(name, _)| name == set))
    }

    fn pos(&self, at: usize) -> Pos {
        let token = self.view.layer.tokens.get(at).and_then(|t| t.word);
        token.map_or(Pos::default(), |id| self.lexicon.words.get(id).pos)
    }

    /// Whether the tokens are words without a number or a sign among them.
    fn words(&self, mut range: Range<usize>) -> bool {
        range.all(|i| self.range.contains(&i) && self.view.layer.tokens[i].kind == TokenKind::Word)
    }

    /// Whether nothing but small words and determiners stand there: "of the", "of our".
    fn small(&self, mut range: Range<usize>) -> bool {
        range.all(|i| {
            self.pos(i).any(Pos::DETERMINER) || matches!(self.word(i), "all" | "its" | "our" | "their" | "the")
        })
    }

    /// The value that ends at token `at`, hedge included.
    fn ending(&self, at: usize) -> Option<usize> {
        let i = self.values.partition_point(|v| v.hedged.end <= at).checked_sub(1)?;
        (self.values[i].hedged.end == at).then_some(i)
    }

    /// The "of" before a whole, with determiners between: "of the 60".
    fn of(&self, whole: usize) -> Option<usize> {
        let start = self.values[whole].hedged.start;
        (1..=3)
            .filter_map(|n| start.checked_sub(n))
            .find(|&i| matches!(self.word(i), "of" | "Of"))
            .filter(|&i| self.small(i + 1..start))
    }

    /// The part before the "of" of a whole: "19 of", "19 out of".
    fn part_before(&self, of: usize) -> Option<usize> {
        let end = if self.before(of) == "out" { of - 1 } else { of };
        self.ending(end)
    }

    /// Whether a percentage stands alone in a bracket, or is said to be the same: "(32 %)", ", or 32 %".
    fn apart(&self, percent: usize) -> Option<usize> {
        let value = self.values[percent];
        let start = value.hedged.start.checked_sub(1)?;
        match self.word(start) {
            "(" | "[" => matches!(self.word(value.hedged.end), ")" | "]" | ";").then_some(start),
            "or" | "=" | "–" | "—" => {
                let end = matches!(self.word(value.hedged.end), "" | "," | "." | ";" | ")");
                let comma = start.checked_sub(1).filter(|&i| self.word(i) == ",").unwrap_or(start);
                end.then_some(comma)
            }
            _ => None,
        }
    }

    /// "19 of the 60 (32 %)", "19 (32 %) of the 60", "32 % (19 of 60)", "Of the 60, 19 (32 %)".
    fn part(&self, percent: usize) -> Option<Claim> {
        let p = self.values[percent];
        if !p.quantity.unit.is_percent() {
            return None;
        }
        // "32 % (19 of 60)"
        if self.word(p.hedged.end) == "(" {
            let (a, b) = (*self.values.get(percent + 1)?, *self.values.get(percent + 2)?);
            let of = self.of(percent + 2)?;
            let opens = a.hedged.start == p.hedged.end + 1
                || self.words(p.hedged.end + 1..a.hedged.start) && a.hedged.start - p.hedged.end <= 3;
            let noun = b.hedged.end..(b.hedged.end..self.range.end).find(|&i| !self.words(i..i + 1))?;
            let closes = self.word(noun.end) == ")" && noun.len() <= NOUN;
            let fits = opens && closes && self.part_before(of) == Some(percent + 1);
            return fits.then(|| self.claim(Relation::Share, p, &[a, b])).flatten();
        }
        let start = self.apart(percent)?;
        let last = percent.checked_sub(1)?;
        let nearest = self.values[last];
        // "19 (32 %) of the 60"
        if let Some(whole) = self.values.get(percent + 1)
            && nearest.hedged.end == start
            && self.word(start) == "("
            && let Some(of) = self.of(percent + 1)
            && self.word(p.hedged.end) == ")"
            && of == p.hedged.end + 1
        {
            return self.claim(Relation::Share, p, &[nearest, whole]);
        }
        // "19 of the 60 contracts (32 %)"
        if let Some(of) = self.of(last)
            && let Some(part) = self.part_before(of)
        {
            let noun = nearest.hedged.end..start;
            let fits = noun.len() <= NOUN && self.words(noun);
            return fits.then(|| self.claim(Relation::Share, p, &[self.values[part], nearest])).flatten();
        }
        // "Of the 60 contracts, 19 (32 %)"
        if let Some(claim) = self.further_part(percent) {
            return Some(claim);
        }
        let first = last.checked_sub(1)?;
        let whole = self.values[first];
        let of = self.of(first)?;
        let opens = of == self.range.start || matches!(self.before(of), ";" | ":");
        let between = whole.hedged.end..nearest.hedged.start;
        let comma = between.clone().filter(|&i| self.word(i) == ",").count();
        let plain = between.clone().all(|i| self.word(i) == "," || self.words(i..i + 1));
        let direct = nearest.hedged.end == start && between.len() <= 12;
        (opens && comma == 1 && plain && direct).then(|| self.claim(Relation::Share, p, &[nearest, whole])).flatten()
    }

    /// "Of the 60 contracts, 19 (32 %) were open and 7 (12 %) were late": a further part of the whole that opens the
    /// sentence.
    fn further_part(&self, percent: usize) -> Option<Claim> {
        let paired = |p: usize| {
            let open = self.values[p - 1].hedged.end;
            self.values[p].quantity.unit.is_percent() && self.word(open) == "(" && self.apart(p) == Some(open)
        };
        let whole = *self.values.first()?;
        let further = percent >= 4 && percent.is_multiple_of(2) && (2..=percent).step_by(2).all(paired);
        if !further || self.of(0)? != self.range.start {
            return None;
        }
        let (part, share) = (self.values[percent - 1], self.values[percent]);
        // "of whom 7 (12 %)", "7 (12 %) of those with a roof": of another whole.
        let other = |i: usize| matches!(self.word(i), "whom" | "which" | "these" | "those" | "them" | "latter");
        let own = (whole.hedged.end..part.hedged.start).any(other) || self.word(share.hedged.end + 1) == "of";
        (!own).then(|| self.claim(Relation::Share, share, &[part, whole])).flatten()
    }

    /// The change stated before a percentage, "rose by", with its first token.
    fn cue(&self, percent: usize) -> Option<(Relation, usize)> {
        let start = self.values[percent].hedged.start;
        let mut end = start;
        if matches!(self.before(end), "a" | "another" | "some") {
            end -= 1;
        }
        if matches!(self.before(end), "by" | "of") {
            end -= 1;
        }
        (0..=2).filter_map(|skip| end.checked_sub(skip)).find_map(|end| {
            let adverbs = (end..start).take(2).all(|i| {
                self.word(i).ends_with("ly") || matches!(self.word(i), "by" | "of" | "a" | "another" | "some")
            });
            adverbs.then_some(())?;
            (1..=3).rev().filter_map(|n| end.checked_sub(n)).filter(|i| self.range.contains(i)).find_map(|at| {
                self.sets_at(at).find_map(|(set, n)| {
                    let relation = match set {
                        "order.up" => Relation::Growth,
                        "order.down" => Relation::Fall,
                        _ => return None,
                    };
                    (at + n == end).then_some((relation, at))
                })
            })
        })
    }

    /// Two values that a percentage can be the change of.
    fn ends(&self, percent: usize, a: usize, b: usize) -> bool {
        let (p, a, b) = (self.values[percent], self.values[a], self.values[b]);
        let (x, y) = (&a.quantity, &b.quantity);
        let same = x.unit.dimension == y.unit.dimension && x.unit.factor == y.unit.factor;
        // "from 8,420 to 6,310 tonnes": the unit goes for both, a "million" too.
        let shared = x.unit.is_count() && x.amount.step == y.amount.step;
        let ratio = is_ratio(&x.unit) || is_ratio(&y.unit);
        (same || shared) && !ratio && !p.quantity.amount.range && !x.amount.range && !y.amount.range
    }

    /// Whether the preposition stands right before the value.
    fn led(&self, value: usize, word: &str) -> bool {
        self.before(self.values[value].hedged.start).eq_ignore_ascii_case(word)
    }

    /// Whether few tokens stand between two values, and none of them begins something new.
    fn close(&self, first: usize, second: usize) -> bool {
        let gap = self.values[first].hedged.end..self.values[second].hedged.start;
        gap.len() <= REACH
            && gap.into_iter().all(|i| {
                !matches!(self.word(i), ";" | ":" | "." | "and" | "while" | "but" | "which" | "with" | "%" | "–" | "—")
            })
    }

    /// "rose by 14 % from A to B", "up 14 % to B (2022: A)", "from A to B, a rise of 14 %", "B, up 14 % from A".
    fn change(&self, percent: usize) -> Option<Claim> {
        let p = self.values[percent];
        let (relation, cue) = self.cue(percent)?;
        let (one, two) = (percent + 1, percent + 2);
        let count = self.values.len();
        if two < count
            && self.led(one, "from")
            && self.led(two, "to")
            && self.near(percent, one)
            && self.close(one, two)
        {
            return self.made(relation, percent, one, two);
        }
        if one < count && self.led(one, "to") && self.near(percent, one) {
            if two < count && self.led(two, "from") && self.close(one, two) {
                return self.made(relation, percent, two, one);
            }
            if two < count && self.former(one, two) {
                return self.made(relation, percent, two, one);
            }
            return None;
        }
        let comma = matches!(self.before(cue), "," | "(" | "–" | "—")
            || matches!(self.before(cue), "a" | "an")
                && matches!(cue.checked_sub(1).map(|i| self.before(i)), Some("," | "("));
        if !comma {
            return None;
        }
        let last = percent.checked_sub(1)?;
        let gap = self.values[last].hedged.end..cue;
        if gap.len() > REACH || gap.into_iter().any(|i| matches!(self.word(i), ";" | ":" | "and" | "while" | "but")) {
            return None;
        }
        // "B, up 14 % from A"
        if one < count && self.led(one, "from") && self.near(percent, one) {
            let alone = !(two < count && self.led(two, "to"));
            return alone.then(|| self.made(relation, percent, one, last)).flatten();
        }
        // "from A to B, a rise of 14 %"
        let first = last.checked_sub(1)?;
        let ends = matches!(self.word(p.hedged.end), "" | "," | "." | ";" | ")");
        let fits = ends && self.led(first, "from") && self.led(last, "to") && self.close(first, last);
        fits.then(|| self.made(relation, percent, first, last)).flatten()
    }

    /// Whether hardly anything stands between the percentage and the next value: "by 14 %, from", "in 2022 to".
    fn near(&self, percent: usize, next: usize) -> bool {
        let gap = self.values[percent].hedged.end..self.values[next].hedged.start;
        gap.len() <= 4 && gap.into_iter().all(|i| !matches!(self.word(i), "of" | "and" | "(" | ")" | ";" | ":" | "a"))
    }

    /// Whether the second value stands alone in a bracket behind the first as that of an earlier time: "(2022: A)".
    fn former(&self, first: usize, second: usize) -> bool {
        let (a, b) = (self.values[first], self.values[second]);
        let open = a.hedged.end;
        let inside = open + 1..b.hedged.start;
        let time = |i: usize| {
            let word = self.word(i);
            matches!(word, "previous" | "prior" | "last" | "from" | "year")
                || word.len() == 4 && word.bytes().all(|c| c.is_ascii_digit())
        };
        self.word(open) == "(" && self.word(b.hedged.end) == ")" && inside.len() <= 5 && inside.into_iter().any(time)
    }

    fn made(&self, relation: Relation, percent: usize, start: usize, end: usize) -> Option<Claim> {
        let fits = self.ends(percent, start, end);
        fits.then(|| self.claim(relation, self.values[percent], &[self.values[start], self.values[end]])).flatten()
    }

    /// "52 % women and 48 % men", "women make up 52 % … and men 48 %": two shares that are the whole.
    fn complement(&self) -> Option<Claim> {
        let shares: Vec<&QuantityAt> =
            self.values.iter().copied().filter(|v| v.quantity.unit.is_percent() && v.quantity.is_plain()).collect();
        let [a, b] = shares[..] else { return None };
        let behind = || opposites(&self.sorts(a.hedged.end), &self.sorts(b.hedged.end));
        let ahead = || opposites(&self.heads(a), &self.heads(b)) && self.verb(a);
        let pair = behind() || ahead();
        let gap = a.hedged.end..b.hedged.start;
        let joined = gap.len() <= 9 && gap.clone().any(|i| matches!(self.word(i), "and" | "," | "against" | "to"));
        let apart = gap.into_iter().any(|i| matches!(self.word(i), ";" | "." | ":" | "in" | "from"));
        (pair && joined && !apart).then(|| self.claim(Relation::Complement, b, &[a])).flatten()
    }

    /// The sides of complements that the word at a token is: `sex.a` for "women".
    fn sorts(&self, at: usize) -> Vec<&str> {
        if !self.range.contains(&at) {
            return Vec::new();
        }
        self.sets_at(at).filter_map(|(name, _)| name.strip_prefix("complement.")).filter(|s| s.contains('.')).collect()
    }

    /// The sides of the word before a share, right before it or with a verb between.
    fn heads(&self, value: &QuantityAt) -> Vec<&str> {
        let start = value.hedged.start;
        let found = (1..=5).filter_map(|n| start.checked_sub(n)).find_map(|i| {
            let verb = |from: usize| {
                from == start || self.sets_at(from).any(|(name, n)| name == "complement-verb" && from + n == start)
            };
            let sorts = self.sorts(i);
            // "the urban population makes up"
            (!sorts.is_empty() && (verb(i + 1) || i + 2 <= start && verb(i + 2))).then_some(sorts)
        });
        found.unwrap_or_default()
    }

    fn verb(&self, value: &QuantityAt) -> bool {
        (1..=3).filter_map(|n| value.hedged.start.checked_sub(n)).any(|i| {
            self.range.contains(&i)
                && self.sets_at(i).any(|(name, n)| name == "complement-verb" && i + n == value.hedged.start)
        })
    }

    /// A percentage that alone concludes from the two numbers of the sentence before.
    fn conclude(&self, before: &Sentence<'a>, out: &mut Vec<Claim>) {
        let ([p], [a, b]) = (&self.values[..], &before.values[..]) else { return };
        let unit = |v: &QuantityAt| !is_ratio(&v.quantity.unit) && v.quantity.is_plain();
        let cue = self.has("percentage.conclusion");
        if !cue || !is_share(p) || !unit(a) || !unit(b) || before.has("percentage.other-base") {
            return;
        }
        if let Some((relation, _)) = self.cue(0) {
            let gap = a.hedged.end..b.hedged.start;
            let pair = if before.led(0, "from") && before.led(1, "to") {
                Some((0, 1))
            } else if before.led(1, "after") && gap.len() <= 4 {
                Some((1, 0))
            } else {
                None
            };
            if let Some((start, end)) = pair
                && before.ends(0, start, end)
            {
                out.extend(self.claim(relation, p, &[before.values[start], before.values[end]]));
            }
            return;
        }
        let Some(of) = before.of(0) else { return };
        let between = a.hedged.end..b.hedged.start;
        let plain = between.clone().filter(|&i| before.word(i) == ",").count() == 1
            && between.into_iter().all(|i| before.word(i) == "," || before.words(i..i + 1));
        if of == before.range.start && plain && p.quantity.unit.is_percent() {
            out.extend(self.claim(Relation::Share, p, &[b, a]));
        }
    }

    fn claim(&self, relation: Relation, stated: &QuantityAt, others: &[&QuantityAt]) -> Option<Claim> {
        let mut operands: Vec<Operand> = others
            .iter()
            .map(|v| {
                let member = self.view.member(v.tokens.clone());
                let name = CompactString::default();
                Operand { at: member.at, text: member.text, name, quantity: v.quantity.clone() }
            })
            .collect();
        if let [first, second] = &mut operands[..] {
            // A part of a count is a count; after a "from" the unit may be left to the second.
            if relation != Relation::Share && first.quantity.unit.is_count() {
                first.quantity.unit = second.quantity.unit.clone();
            }
            if first.quantity.unit.dimension != second.quantity.unit.dimension || is_ratio(&first.quantity.unit) {
                return None;
            }
        }
        let member = self.view.member(stated.tokens.clone());
        let name = CompactString::default();
        let operand = Operand { at: member.at, text: member.text, name, quantity: stated.quantity.clone() };
        let value = Value::Percentage { relation, stated: operand, others: operands };
        Some(self.view.claim(ClaimKind::Percentage, "percentage", stated.tokens.clone(), value))
    }
}

/// Whether two words are the two sides of one complement: `sex.a` and `sex.b`.
fn opposites(first: &[&str], second: &[&str]) -> bool {
    first
        .iter()
        .any(|a| second.iter().any(|b| a != b && a.rsplit_once('.').map(|x| x.0) == b.rsplit_once('.').map(|x| x.0)))
}

/// Whether a value is a share of something: a percentage, or a fraction said without a hedge.
fn is_share(value: &QuantityAt) -> bool {
    let unit = &value.quantity.unit;
    unit.is_percent() && !value.quantity.amount.range
        || unit.dimension == "fraction" && value.quantity.hedge == Hedge::None
}

fn is_ratio(unit: &Unit) -> bool {
    matches!(unit.dimension.as_str(), "percent" | "percentage point" | "fraction" | "times")
        || unit.dimension.starts_with("temperature")
}
