//! Whether two quantity claims are about the same thing.
//!
//! A link has a strength; a rule says what it needs. Every refusal has a name, which `recount claims --why`
//! prints. Weights and refusals: the linking procedure in `docs/linking.md`.

mod cell;
mod definite;
mod evidence;
mod restatement;

pub use cell::{CellMatch, RowIndex};
pub use definite::{antecedent, can_be};
pub use evidence::{Company, Evidence, evidence};
pub use restatement::{Restatement, common_words, differing_cues, narrowed_apart, restatement};

use super::section::are_parallel;
use super::{Claim, Frame, Status, Value, WordSort, is_year};
use crate::value::{Agreement, Hedge, Quantity, Resemblance, agree, resemblance};
use compact_str::CompactString;

/// Why two claims are not compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Refusal {
    /// One of them is no quantity, or the units measure different things.
    OtherUnit,
    /// The heads name different things.
    OtherHead,
    /// Both are narrowed, by different words.
    SubGroup,
    /// They speak of different places, people or organisations.
    OtherEntity,
    /// They speak of different times.
    OtherTime,
    /// They speak of different members of a series.
    OtherPhase,
    /// One is a target, forecast, former value, example.
    OtherStatus,
    /// One is said by somebody else.
    Attributed,
    /// One is an average, a peak, a rate.
    OtherMeasure,
    /// One is a part, a rest, an increase.
    Part,
    /// The text explains the difference.
    Explained,
    /// They stand in one sentence or paragraph, which contrasts them.
    Contrast,
    /// Different editions or versions.
    Edition,
    /// They stand in sections that are set side by side.
    OtherSection,
    /// Both tell the reader what to do, in two procedures.
    Instruction,
    /// The counted noun is all that they have in common.
    Bare,
}

impl Refusal {
    /// The name shown to users.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherUnit => "other unit",
            Self::OtherHead => "other thing",
            Self::SubGroup => "sub-group",
            Self::OtherEntity => "other entity",
            Self::OtherTime => "other time",
            Self::OtherPhase => "other phase",
            Self::OtherStatus => "other status",
            Self::Attributed => "attributed",
            Self::OtherMeasure => "other measure",
            Self::Part => "part or increase",
            Self::Explained => "explained",
            Self::Contrast => "contrast in one paragraph",
            Self::Edition => "other edition",
            Self::OtherSection => "other section",
            Self::Instruction => "steps of two procedures",
            Self::Bare => "nothing but the noun in common",
        }
    }
}

/// How surely two claims are about the same thing, 0 to 20 or so, or why they are not compared. `unrelated` says that they
/// stand in documents of which nothing is known that makes them speak of one subject.
///
/// # Errors
///
/// The first refusal that applies.
pub fn link(a: &Claim, b: &Claim, unrelated: bool) -> Result<u8, Refusal> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return Err(Refusal::OtherUnit) };
    if x.unit.dimension != y.unit.dimension {
        return Err(Refusal::OtherUnit);
    }
    if !same_head(a, b) {
        return Err(Refusal::OtherHead);
    }
    // Fields of two forms are filled in for two things.
    if a.by == "field" && b.by == "field" {
        return Err(Refusal::Contrast);
    }
    let across = a.at.file != b.at.file;
    // Side by side in one paragraph or list, two values are a contrast.
    if !across && (a.block == b.block || (a.list.is_some() && a.list == b.list)) {
        return Err(Refusal::Contrast);
    }
    apart(a, b)?;
    // A limit is compared with a limit: "at most 28 in a class", "classes are capped at 30".
    let limits = is_limit(a) && is_limit(b) && x.hedge.direction() * y.hedge.direction() >= 0;
    // What a release quotes its own people with, the report states.
    let companions = across && !unrelated;
    refuse_cues_but(a, limits, companions)?;
    refuse_cues_but(b, limits, companions)?;
    if marked(a, "for:") != marked(b, "for:") && !marked(a, "for:").is_empty() && !marked(b, "for:").is_empty() {
        return Err(Refusal::OtherMeasure);
    }
    if marked(a, "ordinal:") != marked(b, "ordinal:") {
        return Err(Refusal::OtherPhase);
    }
    let timed = !a.scope.times.is_empty() && !b.scope.times.is_empty();
    if timed && marked(a, "when:") != marked(b, "when:") {
        return Err(Refusal::OtherTime);
    }
    if across && a.scope.period != b.scope.period && a.scope.period.is_some() && b.scope.period.is_some() {
        return Err(Refusal::OtherTime);
    }
    if times_conflict(a.scope.when(), b.scope.when()) {
        return Err(Refusal::OtherTime);
    }
    if let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) {
        restatement::exclude(f, g)?;
        restatement::narrowed_apart(a, b)?;
        restatement::openings(f, g)?;
        if f.measures_other(g) {
            return Err(Refusal::OtherHead);
        }
        complements(f, g)?;
        // A remark in brackets is about the word before them.
        if !f.attached.is_empty() && !g.attached.is_empty() && f.attached != g.attached {
            return Err(Refusal::OtherEntity);
        }
    }
    let mut score: i32 = 3;
    let shared_modifiers = a.subject.modifiers.iter().filter(|m| b.subject.modifiers.contains(m)).count();
    let extra = |x: &Claim, y: &Claim| x.subject.modifiers.iter().filter(|m| !y.subject.modifiers.contains(m)).count();
    let (extra_a, extra_b) = (extra(a, b), extra(b, a));
    let joint = |x: &Claim, y: &Claim| {
        x.subject.modifiers.iter().any(|m| m.starts_with("and:") && !y.subject.modifiers.contains(m))
    };
    if (extra_a > 0 && extra_b > 0) || joint(a, b) || joint(b, a) {
        return Err(Refusal::SubGroup);
    }
    score += 2 * shared_modifiers.min(2) as i32;
    score -= (extra_a + extra_b).min(3) as i32;
    if a.scope.times.is_empty() != b.scope.times.is_empty() {
        score -= 1;
    }
    let verbs = a.frame.as_deref().zip(b.frame.as_deref()).map(|(f, g)| (f.verb.as_str(), g.verb.as_str()));
    let same_predicate = !a.predicate.is_empty() && stem(&a.predicate) == stem(&b.predicate)
        || verbs.is_some_and(|(v, w)| !v.is_empty() && v == w)
        || does(a, b)
        || does(b, a)
        || a.frame.as_deref().zip(b.frame.as_deref()).is_some_and(|(f, g)| f.attributes() & g.attributes() != 0);
    let one_holder = held_by_one(a, b);
    if same_predicate || one_holder {
        score += 2;
    }
    let likeness = resemblance(x.amount.low, y.amount.low);
    let entities = |x: &Claim, y: &Claim| x.subject.entities.iter().filter(|e| !y.subject.entities.contains(e)).count();
    let (own_a, own_b) = (entities(a, b), entities(b, a));
    // Exchanged digits in a number that one side takes as known are one number, whoever else is named.
    let exchanged = likeness == Resemblance::Transposed && (whole(a) || whole(b));
    if own_a > 0 && own_b > 0 {
        if !exchanged || !shares(&a.subject.entities, &b.subject.entities) {
            return Err(Refusal::OtherEntity);
        }
    } else if other_owner(a, b) {
        return Err(Refusal::OtherEntity);
    } else if !a.subject.entities.is_empty() && !b.subject.entities.is_empty() {
        // One side's names are among the other's.
        score += 2;
    }
    match likeness {
        Resemblance::Transposed => score += if exchanged { 4 } else { 3 },
        Resemblance::OneDigit | Resemblance::Dropped => score += 2,
        Resemblance::None => {
            // Two statements of one value seldom lie far apart.
            let (p, q) = (x.value(), y.value());
            let times = |n: u8| p.max(q) > p.min(q) * rust_decimal::Decimal::from(n);
            score -= if times(9) {
                3
            } else if times(4) {
                2
            } else {
                0
            };
        }
    }
    if shared_modifiers == 0 && !same_predicate && !one_holder && likeness == Resemblance::None {
        return Err(Refusal::Bare);
    }
    // Nothing but the words says that two documents speak of one thing.
    if unrelated && likeness == Resemblance::None && (shared_modifiers == 0 || a.subject.entities.is_empty()) {
        score -= 3;
    }
    if !x.unit.is_count() {
        score += 1;
    }
    if whole(a) || whole(b) {
        score += 1;
    }
    if few(a, b) {
        return Err(Refusal::Bare);
    }
    // Small counts of a bare noun introduce something new each time: "two files" here, "three files" there.
    let small = |v: rust_decimal::Decimal| v < rust_decimal::Decimal::from(20);
    if x.unit.is_count() && small(x.value()) && small(y.value()) {
        score -= if shared_modifiers == 0 { 3 } else { 2 };
    }
    Ok(score.clamp(0, 20) as u8)
}

/// Whether something plain says that two numbers are not one: words near them that exclude each other, another time, period,
/// edition or attribute, something done again, an explanation, an increase, a former value.
#[must_use]
pub fn is_apart(a: &Claim, b: &Claim) -> bool {
    const CUES: &[&str] = &["explained", "edition", "increment", "repeated", "previous"];
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return true };
    let has = |c: &Claim, cue: &str| c.scope.cues.iter().any(|x| x == cue);
    restatement::exclude(f, g).is_err()
        || restatement::narrowed_apart(a, b).is_err()
        || f.measures_other(g)
        || times_conflict(&a.scope.times, &b.scope.times)
        || a.scope.period.as_ref().zip(b.scope.period.as_ref()).is_some_and(|(p, q)| p != q)
        || CUES.iter().any(|cue| has(a, cue) != has(b, cue))
}

/// Where and to whom two statements are made: steps of two procedures and sections of one build speak of different
/// things, unless the digits show one number.
fn apart(a: &Claim, b: &Claim) -> Result<(), Refusal> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return Ok(()) };
    let has = |c: &Claim, cue: &str| c.scope.cues.iter().any(|x| x == cue);
    if resemblance(x.amount.low, y.amount.low) == Resemblance::Transposed {
        return Ok(());
    }
    // How much of a thing is taken is a property of the step; how many things, one of the case at hand.
    if x.unit.is_count() && has(a, "instruction") && has(b, "instruction") {
        return Err(Refusal::Instruction);
    }
    if a.at.file == b.at.file && are_parallel(&a.scope.titles, &b.scope.titles) {
        return Err(Refusal::OtherSection);
    }
    // "I have 8 patches" is said by another author in each document.
    if a.at.file != b.at.file && has(a, "first-person") && has(b, "first-person") {
        return Err(Refusal::Attributed);
    }
    Ok(())
}

/// "two levels for internal data", "five levels for tables": what narrows the things counted from behind is not the same.
fn complements(f: &Frame, g: &Frame) -> Result<(), Refusal> {
    let content = |x: &Frame| -> Vec<CompactString> {
        let (from, to) = (usize::from(x.complement.0), usize::from(x.complement.1));
        let words = x.words.get(from..to).unwrap_or_default();
        words.iter().filter(|w| w.sort != WordSort::Light && !w.verbal).map(|w| w.key.clone()).collect()
    };
    let (here, there) = (content(f), content(g));
    let other = !here.is_empty() && !there.is_empty() && !shares(&here, &there);
    if other { Err(Refusal::SubGroup) } else { Ok(()) }
}

/// Whether two numbers of one document are counts below ten that neither a name nor an article ties to one thing: "one
/// prefix" here and "three prefixes" there are said of one case after another.
fn few(a: &Claim, b: &Claim) -> bool {
    let few = |c: &Claim| match &c.value {
        Value::Quantity(q) => q.unit.is_count() && q.value() < rust_decimal::Decimal::TEN,
        _ => false,
    };
    let tied = whole(a) || whole(b) || shares(&a.subject.entities, &b.subject.entities);
    a.at.file == b.at.file && few(a) && few(b) && !tied
}

/// Whether the heads name one thing: words of one class, or of one family when both or neither are nouns for people.
fn same_head(a: &Claim, b: &Claim) -> bool {
    let (p, q) = (&a.subject, &b.subject);
    if p.class.is_empty() || q.class.is_empty() {
        return false;
    }
    let families =
        a.frame.as_deref().zip(b.frame.as_deref()).is_some_and(|(f, g)| !f.head.is_empty() && f.head == g.head);
    p.class == q.class || families && p.people == q.people || does(a, b) || does(b, a)
}

/// Whether the people whom one number counts are named by what the other's do or what is done to them: "employs 312
/// people", "a staff of 321"; "96 students graduated", "the 69 graduates".
fn does(named: &Claim, told: &Claim) -> bool {
    let (Some(f), Some(g)) = (named.frame.as_deref(), told.frame.as_deref()) else { return false };
    let (Value::Quantity(x), Value::Quantity(y)) = (&named.value, &told.value) else { return false };
    let (p, q) = (x.value(), y.value());
    let near = p.max(q) <= p.min(q).saturating_mul(rust_decimal::Decimal::from(2));
    near && named.subject.people && told.subject.people && !f.head.is_empty() && f.head == g.verb
}

/// Whether one has what both numbers speak of: "the estate has 38 hectares of vines", "the estate's 28 hectares".
fn held_by_one(a: &Claim, b: &Claim) -> bool {
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return false };
    let other_verb = !f.verb.is_empty() && !g.verb.is_empty() && f.verb != g.verb;
    let own = |x: &Frame, y: &Frame| x.holders().any(|w| !y.has(&w.key));
    let shared = f.holders().any(|w| g.holders().any(|v| v.key == w.key));
    shared && !other_verb && !(own(f, g) && own(g, f))
}

/// Whether two of one sort have what is counted: "the Tax Office", "the Customs Office".
fn other_owner(a: &Claim, b: &Claim) -> bool {
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return false };
    let own = |x: &Claim, y: &Claim, frame: &Frame| {
        let said = |w: &CompactString| frame.words.iter().any(|f| f.key == stem(w));
        x.subject.owners.iter().any(|w| !y.subject.owners.contains(w) && !said(w))
    };
    shares(&a.subject.owners, &b.subject.owners) && own(a, b, g) && own(b, a, f)
}

/// Whether a number is what must or may be, not what is.
fn is_limit(claim: &Claim) -> bool {
    let Value::Quantity(quantity) = &claim.value else { return false };
    quantity.hedge.direction() != 0 || is_norm(claim)
}

/// Refusals that the words around one claim decide alone.
fn refuse_cues(claim: &Claim) -> Result<(), Refusal> {
    refuse_cues_but(claim, false, false)
}

/// The same, for a limit that is compared with another one, and for what documents of one release say.
fn refuse_cues_but(claim: &Claim, limits: bool, companions: bool) -> Result<(), Refusal> {
    for cue in &claim.scope.cues {
        match cue.as_str() {
            "norm" if limits => {}
            "attributed" | "quotation" if companions => {}
            "repeated" => return Err(Refusal::OtherPhase),
            "explained" => return Err(Refusal::Explained),
            "attributed" | "quotation" => return Err(Refusal::Attributed),
            "measure" => return Err(Refusal::OtherMeasure),
            "subset" | "increment" | "part-of" | "delta" => return Err(Refusal::Part),
            "edition" => return Err(Refusal::Edition),
            "target" | "norm" | "forecast" | "previous" | "example" | "negated" | "local" => {
                return Err(Refusal::OtherStatus);
            }
            _ => {}
        }
    }
    let limit = limits && claim.status == Status::Target;
    let quoted = companions && claim.status == Status::Quoted;
    if claim.status == Status::Actual || limit || quoted { Ok(()) } else { Err(Refusal::OtherStatus) }
}

/// Whether nothing around a claim says that it is compared with none.
#[must_use]
pub fn plain_cues(claim: &Claim) -> bool {
    refuse_cues(claim).is_ok()
}

/// The cues of one sort: which members of a series, which ends of a stretch of time.
fn marked<'c>(claim: &'c Claim, sort: &str) -> Vec<&'c CompactString> {
    let mut list: Vec<&CompactString> = claim.scope.cues.iter().filter(|c| c.starts_with(sort)).collect();
    list.sort();
    list
}

fn whole(claim: &Claim) -> bool {
    claim.scope.cues.iter().any(|c| c == "whole")
}

/// Whether two lists have an entry in common.
fn shares(a: &[CompactString], b: &[CompactString]) -> bool {
    a.iter().any(|x| b.contains(x))
}

/// Whether two sides name times that exclude each other: both name years and share none, or both name months,
/// quarters or days and share none.
#[must_use]
pub fn times_conflict(a: &[CompactString], b: &[CompactString]) -> bool {
    let sort = |time: &str| -> u8 {
        if is_year(time) {
            0
        } else if time.starts_with(|c: char| c.is_ascii_digit()) {
            1
        } else if time.len() == 2 {
            2
        } else {
            3
        }
    };
    (0..4).any(|n| {
        let of = |list: &[CompactString]| list.iter().filter(|t| sort(t) == n).cloned().collect::<Vec<_>>();
        let (x, y) = (of(a), of(b));
        !x.is_empty() && !y.is_empty() && !x.iter().any(|t| y.contains(t))
    })
}

/// A word without the endings that make one part of speech from another: repatriate, repatriated,
/// repatriation → `repatri`.
#[must_use]
pub fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ations", "ation", "ments", "ment", "itions", "ition", "ates", "ated", "ating", "ate", "ions", "ion", "ings",
        "ing", "ers", "ees", "ee", "er", "ors", "or", "ances", "ance", "als", "al", "ies", "ied", "ed", "es", "e", "s",
        "y",
    ];
    for ending in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem.strip_suffix('e').filter(|s| s.len() >= 4).unwrap_or(stem);
        }
    }
    word
}

fn unhedged(quantity: &Quantity) -> Quantity {
    Quantity { hedge: Hedge::None, ..quantity.clone() }
}

/// Whether a number is said to be required or requested.
fn is_norm(claim: &Claim) -> bool {
    claim.by == "request" || claim.scope.cues.iter().any(|c| c == "norm")
}

/// Whether the values of two claims can both be true.
#[must_use]
pub fn values_agree(a: &Claim, b: &Claim) -> Agreement {
    match (&a.value, &b.value) {
        (Value::Quantity(x), Value::Quantity(y)) => {
            // Two limits of one thing are one number: a class of at most 28 is not one of at most 30.
            let bounds = x.hedge == y.hedge
                && (x.hedge == Hedge::AtMost || x.hedge.direction() != 0 && (is_norm(a) || is_norm(b)));
            if bounds { agree(&unhedged(x), &unhedged(y)) } else { agree(x, y) }
        }
        _ => Agreement::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn reads_one_stem_for_a_word_family() {
        for word in ["repatriate", "repatriated", "repatriation", "repatriating"] {
            assert_eq!(stem(word), "repatri", "{word}");
        }
        assert_eq!(stem("settlement"), stem("settled"));
        assert_eq!(stem("inspection"), "inspect");
    }
}
