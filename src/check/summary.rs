//! Days, weekdays and places in a series that a shorter document names and the longer one, which it tells again, does not.

use super::equal::{Releases, Spread};
use crate::claim::{Claim, ClaimKind, Frame, Origin, Position, Value, WordSort, common_words, values_agree};
use crate::document::BlockId;
use crate::span::FileId;
use crate::value::{Agreement, Date, DateRange, log_odds};
use rustc_hash::{FxHashMap, FxHashSet};

/// What names more days and ranks is no summary.
const SHORT: usize = 80;
/// A document with more of them speaks of too many things.
const LONG: usize = 3_000;
/// A word that stands in more sentences of the longer document finds no candidates.
const CROWD: usize = 60;
/// Places of the longer document that are shown at most.
const SHOWN: usize = 3;
/// Words that are no names, and numbers, that two sentences have in common at least.
const CONTENT: usize = 2;
/// More days of one sort in a sentence are a list.
const LISTED: usize = 2;

/// The log-odds of a pair of which nothing is known.
const PRIOR: f32 = -3.25;

/// What is told again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    /// Days, weekdays, months and years.
    Days,
    /// Places in a series.
    Ranks,
}

/// A document by what it names.
struct Told<'c> {
    /// The period that it is about, from its name.
    period: Option<&'c str>,
    positions: Vec<&'c Claim>,
    dates: Vec<DateRange>,
    /// How many numbers stand in running text.
    numbers: usize,
    sentences: FxHashMap<(BlockId, u32), Vec<&'c Claim>>,
}

impl<'c> Told<'c> {
    fn new(claims: &[&'c Claim]) -> Self {
        let of = |kind| claims.iter().copied().filter(move |c| c.kind == kind);
        let dates = of(ClaimKind::Date).filter_map(|c| if let Value::Date(d) = &c.value { Some(d.date) } else { None });
        let prose = |c: &&Claim| c.origin == Origin::Prose && c.frame.is_some();
        let positions: Vec<&Claim> = of(ClaimKind::Position).filter(prose).collect();
        let numbers: Vec<&Claim> = of(ClaimKind::Quantity).filter(prose).collect();
        let mut sentences: FxHashMap<(BlockId, u32), Vec<&Claim>> = FxHashMap::default();
        for claim in positions.iter().chain(&numbers) {
            sentences.entry((claim.block, claim.sentence)).or_default().push(claim);
        }
        let period = claims.iter().find_map(|c| c.scope.period.as_deref());
        Self { period, positions, dates: dates.collect(), numbers: numbers.len(), sentences }
    }

    /// How much it tells in running text.
    fn size(&self) -> usize {
        self.positions.len() + self.numbers
    }

    /// Whether it names what another document says of a position, or a stretch of time that holds it.
    fn states(&self, claim: &Claim) -> bool {
        let Value::Position(position) = &claim.value else { return false };
        self.positions.iter().any(|c| matches!(&c.value, Value::Position(other) if bears_out(other, position)))
            || self.dates.iter().any(|range| holds(range, position))
    }

    /// Whether it names the same position.
    fn has(&self, claim: &Claim) -> bool {
        self.positions.iter().any(|p| is_same(p, claim))
    }

    /// "after those of 2008, 2012 and 2016"
    fn is_listed(&self, claim: &Claim) -> bool {
        self.beside(claim).filter(|c| clash(c, claim)).count() >= LISTED
    }

    /// The other positions and numbers of a sentence.
    fn beside(&self, claim: &Claim) -> impl Iterator<Item = &'c Claim> {
        let at = claim.at;
        let list = self.sentences.get(&(claim.block, claim.sentence)).map(Vec::as_slice).unwrap_or_default();
        list.iter().copied().filter(move |c| c.at != at)
    }
}

/// What a shorter document names, and the longer one, which it tells again, has instead, never empty; `least` is what the
/// evidence must come to, in log-odds. Claims of kinds Position, Date and Quantity are read.
pub(super) fn told_again<'c>(claims: &[&'c Claim], sort: Sort, least: f32) -> Vec<(&'c Claim, Vec<&'c Claim>)> {
    let files: Vec<(FileId, Told<'_>)> =
        claims.chunk_by(|a, b| a.at.file == b.at.file).map(|file| (file[0].at.file, Told::new(file))).collect();
    let ids: Vec<FileId> = files.iter().map(|(file, _)| *file).collect();
    let pairs = Releases::new(claims).among(&ids);
    let mut found = Vec::new();
    for (a, b) in pairs {
        let (short, long) = if files[a].1.size() <= files[b].1.size() { (a, b) } else { (b, a) };
        let (told, whole) = (&files[short].1, &files[long].1);
        let is_other = told.period.zip(whole.period).is_some_and(|(p, q)| p != q);
        // Two site reports of one length do not tell each other again.
        let is_twin = 2 * whole.size() < 3 * told.size();
        if is_other || is_twin || !(1..=SHORT).contains(&told.positions.len()) || whole.positions.len() > LONG {
            continue;
        }
        // What a third document says too is no slip of the summary.
        let third = |claim: &Claim| {
            let others = files.iter().enumerate().filter(|(i, _)| *i != short && *i != long);
            others.map(|(_, file)| &file.1).any(|told| told.states(claim))
        };
        let summary = Summary::new(told, whole);
        let asked = told.positions.iter().copied().filter(|c| is_of(c, sort));
        let told = asked.map(|claim| (claim, summary.instead(claim, least)));
        // All documents are looked through last, and for few.
        found.extend(told.filter(|(claim, instead)| !instead.is_empty() && !third(claim)));
    }
    found
}

/// Whether a position is a day or a rank.
fn is_of(claim: &Claim, sort: Sort) -> bool {
    let Value::Position(position) = &claim.value else { return false };
    match position {
        Position::Day { .. } => sort == Sort::Days,
        Position::Rank { .. } => sort == Sort::Ranks,
    }
}

/// A shorter document beside a longer one.
struct Summary<'c, 'a> {
    short: &'a Told<'c>,
    long: &'a Told<'c>,
    spread: Spread<'c>,
    /// The positions of the longer document by a word of their sentences.
    words: FxHashMap<&'c str, Vec<usize>>,
}

impl<'c, 'a> Summary<'c, 'a> {
    fn new(short: &'a Told<'c>, long: &'a Told<'c>) -> Self {
        let mut words: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, claim) in long.positions.iter().enumerate() {
            for key in keys(claim) {
                words.entry(key).or_default().push(i);
            }
        }
        let spread = Spread::new(short.positions.iter().chain(&long.positions).copied());
        Self { short, long, spread, words }
    }

    /// The positions of the longer document that one of the summary may tell, the likeliest first, where it does not bear
    /// that one out.
    fn instead(&self, claim: &Claim, least: f32) -> Vec<&'c Claim> {
        if self.short.is_listed(claim) || self.long.states(claim) {
            return Vec::new();
        }
        let weighed = self.candidates(claim).into_iter().map(|other| (other, self.evidence(claim, other)));
        let mut likely: Vec<(&Claim, f32)> = weighed.filter(|&(_, sum)| sum >= least).collect();
        likely.sort_by(|a, b| b.1.total_cmp(&a.1));
        let likely: Vec<&Claim> = likely.into_iter().map(|(other, _)| other).collect();
        let Some(&first) = likely.first() else { return Vec::new() };
        let shown = likely.into_iter().filter(|other| is_same(other, first) || !self.short.has(other));
        shown.take(SHOWN).collect()
    }

    /// What speaks for a position of the summary telling one of the longer document, in log-odds.
    fn evidence(&self, claim: &Claim, other: &Claim) -> f32 {
        let (Some(f), Some(g)) = (claim.frame.as_deref(), other.frame.as_deref()) else { return f32::NEG_INFINITY };
        let content = f.words.iter().filter(|w| w.sort == WordSort::Content && g.has(&w.key)).count();
        let words = common_words(f, g, &|key| self.spread.weight(key));
        let names = |x: &Frame, y: &Frame| x.words.iter().any(|w| w.sort == WordSort::Name && !y.has(&w.key));
        let there: Vec<&Claim> = self.long.beside(other).collect();
        let here: Vec<&Claim> = self.short.beside(claim).collect();
        let has = |x: &Claim| there.iter().any(|y| is_same(x, y));
        let shared = here.iter().filter(|x| has(x)).count();
        // "City of Brennach, 4 July 2024": names beside a day are those of every letter, and so is a line without a verb.
        let verbless = |x: &Frame| x.words.iter().all(|w| !w.verbal);
        let within = there.iter().any(|end| is_between(claim, other, end));
        if content + shared < CONTENT || verbless(f) && verbless(g) || within {
            return f32::NEG_INFINITY;
        }
        let pieces = [
            (-0.5, here.iter().any(|x| !has(x) && there.iter().any(|y| clash(x, y)))),
            (-0.5, self.short.has(other)),
            (-0.25, names(f, g) && names(g, f)),
            // One of several that a sentence tells of.
            (-0.75, there.iter().any(|x| is_another(x, other))),
        ];
        PRIOR + words.shared.min(9.0).sqrt() + 2.75 * words.contained + 0.75 * shared.min(2) as f32 + log_odds(&pieces)
    }

    /// The positions of the longer document that stand with a word in common and differ in one part.
    fn candidates(&self, claim: &Claim) -> Vec<&'c Claim> {
        let lists = keys(claim).into_iter().filter_map(|key| self.words.get(key));
        let near: FxHashSet<usize> = lists.filter(|list| list.len() <= CROWD).flatten().copied().collect();
        let mut near: Vec<usize> = near.into_iter().collect();
        near.sort_unstable();
        near.into_iter().map(|i| self.long.positions[i]).filter(|other| clash(claim, other)).collect()
    }
}

/// The words of the sentence of a position.
fn keys(claim: &Claim) -> Vec<&str> {
    let words = claim.frame.as_deref().map(|f| &f.words[..]).unwrap_or_default();
    let mut keys: Vec<&str> = words.iter().filter(|w| w.sort != WordSort::Light).map(|w| w.key.as_str()).collect();
    if let Value::Position(Position::Rank { noun, .. }) = &claim.value {
        keys.push(noun);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether two positions or two numbers are one.
fn is_same(a: &Claim, b: &Claim) -> bool {
    match (&a.value, &b.value) {
        (Value::Position(x), Value::Position(y)) => x == y,
        (Value::Quantity(_), Value::Quantity(_)) => values_agree(a, b) == Agreement::Same,
        _ => false,
    }
}

/// Whether two days or ranks of one kind differ, days in one part alone.
fn clash(a: &Claim, b: &Claim) -> bool {
    let (Value::Position(x), Value::Position(y)) = (&a.value, &b.value) else { return false };
    match (x, y) {
        (Position::Rank { rank, noun }, Position::Rank { rank: other, noun: of }) => {
            noun == of && !noun.is_empty() && rank != other
        }
        (Position::Day { date: x, weekday: p }, Position::Day { date: y, weekday: q }) => {
            // "in 2012" tells another thing than "on 6 October 2024", not the same one less exactly.
            let year = |d: &Date, w: &Option<u8>| d.month.is_none() && w.is_none();
            year(x, p) == year(y, q) && differing(*x, *p, *y, *q) == 1
        }
        _ => false,
    }
}

/// Whether a rank is one more of the series of another.
fn is_another(claim: &Claim, other: &Claim) -> bool {
    let bare = |c: &Claim| matches!(&c.value, Value::Position(Position::Rank { noun, .. }) if noun.is_empty());
    let rank = |c: &Claim| matches!(&c.value, Value::Position(Position::Rank { .. }));
    rank(other) && (clash(claim, other) || bare(claim))
}

/// Whether a day lies between two, in the parts that are told of it: "in March", "between 3 February and 9 April".
fn is_between(claim: &Claim, from: &Claim, to: &Claim) -> bool {
    let day = |c: &Claim| match &c.value {
        Value::Position(Position::Day { date, .. }) => Some(*date),
        _ => None,
    };
    let (Some(day), Some(from), Some(to)) = (day(claim), day(from), day(to)) else { return false };
    let parts = |d: Date| {
        (
            d.year.filter(|_| day.year.is_some()),
            d.month.filter(|_| day.month.is_some()),
            d.day.filter(|_| day.day.is_some()),
        )
    };
    let (here, from, to) = (parts(day), parts(from), parts(to));
    let told = |(y, m, d): (Option<i16>, Option<u8>, Option<u8>)| (y.is_some(), m.is_some(), d.is_some());
    told(here) == told(from) && told(here) == told(to) && from.min(to) < here && here < from.max(to)
}

/// In how many of the parts that both have two days differ; the weekday follows from the day.
fn differing(x: Date, p: Option<u8>, y: Date, q: Option<u8>) -> usize {
    fn apart<T: PartialEq>(x: Option<T>, y: Option<T>) -> bool {
        x.zip(y).is_some_and(|(x, y)| x != y)
    }
    let day = apart(x.day, y.day);
    [apart(x.year, y.year), apart(x.month, y.month), day, apart(p, q) && !day].iter().filter(|d| **d).count()
}

/// Whether one position of a text states the other: all that both have is one, and the finest part of it is there.
fn bears_out(there: &Position, here: &Position) -> bool {
    match (there, here) {
        // "weak in the first quarter, and weaker in the second"
        (Position::Rank { rank, noun }, Position::Rank { rank: other, noun: of }) => {
            (noun == of || noun.is_empty()) && rank == other
        }
        (Position::Day { date: x, weekday: p }, Position::Day { date: y, weekday: q }) => {
            let p = p.or_else(|| x.weekday());
            let finest = match (y.day, q, y.month) {
                (Some(_), ..) => x.day.is_some(),
                (None, Some(_), _) => p.is_some(),
                (None, None, Some(_)) => x.month.is_some(),
                _ => x.year.is_some(),
            };
            finest && differing(*x, p, *y, *q) == 0
        }
        _ => false,
    }
}

/// Whether a stretch of time has a day in it, or is the quarter of that rank.
fn holds(range: &DateRange, position: &Position) -> bool {
    match position {
        Position::Rank { rank, noun } => {
            let quarter = range.from.month.zip(range.to.month);
            noun == "quarter" && quarter.is_some_and(|(a, b)| b == a + 2 && a % 3 == 1 && u32::from(a / 3) + 1 == *rank)
        }
        Position::Day { date, weekday } => {
            let year = |y: i16| {
                let (from, to) = (range.from.year.or(range.to.year), range.to.year.or(range.from.year));
                from.zip(to).is_some_and(|(from, to)| (from..=to).contains(&y))
            };
            let months = |m: u8| {
                let (from, to) = (range.from.month, range.to.month);
                let crosses = range.from.year != range.to.year;
                from.zip(to).is_some_and(|(from, to)| crosses || (from..=to).contains(&m))
            };
            if range.is_one() {
                let day = Position::Day { date: range.from, weekday: range.from.weekday() };
                return bears_out(&day, position);
            }
            date.year.is_none_or(year)
                && date.month.is_none_or(months)
                && (date.year.is_some() || date.month.is_some())
                && date.day.is_none_or(|_| range.from.day.is_some())
                && (weekday.is_none() || date.day.is_some())
        }
    }
}
