//! Whether two numbers stand in sentences that say the same thing, however they are built.
//!
//! The words around the one number are looked for around the other. What is wanted is that the shorter of the two
//! statements is contained in the other, and that no word of either says that they speak of different things.
//! The words are weighted by how rare they are among the sentences that are compared and how near they stand.

use super::definite::nearer_holder;
use super::{Refusal, apart, is_limit, times_conflict, values_agree};
use crate::claim::{Claim, Frame, FrameWord, Value, WordSort};
use crate::value::{Agreement, Decimal, Quantity, Resemblance, in_percent, resemblance};
use compact_str::CompactString;

/// How much two statements have in common.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Restatement {
    /// The weight of the words in common, one for a rare word next to both numbers.
    pub shared: f32,
    /// The share of its words that the statement which is better contained has in common with the other, 0 to 1.
    pub contained: f32,
    /// The same of the other statement.
    pub covered: f32,
    /// What the digits of the two numbers add (transposed, a digit changed, a digit lost), or verbs of different
    /// meaning take away.
    pub digits: f32,
    /// Whether the values can both be true.
    pub agreement: Agreement,
}

impl Restatement {
    /// How surely both say the same thing; two content words that stand next to both numbers make about 2.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.shared * (0.55 + 0.45 * self.contained) + self.digits
    }
}

/// Compares the sentences around two numbers; `weight` says how much a word is worth, 0 to 1, `companions` that they
/// stand in two documents of one release.
///
/// # Errors
///
/// When something says that the two speak of different things.
pub fn restatement(
    a: &Claim,
    b: &Claim,
    companions: bool,
    weight: &dyn Fn(&str) -> f32,
) -> Result<Restatement, Refusal> {
    let (Value::Quantity(x), Value::Quantity(y)) = (&a.value, &b.value) else { return Err(Refusal::OtherUnit) };
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return Err(Refusal::Bare) };
    let (x, y) = in_percent(x, y);
    let (x, y) = (x.as_ref(), y.as_ref());
    if x.unit.dimension != y.unit.dimension {
        return Err(Refusal::OtherUnit);
    }
    if a.at.file == b.at.file && (a.block == b.block || (a.list.is_some() && a.list == b.list)) {
        return Err(Refusal::Contrast);
    }
    apart(a, b)?;
    differing_cues_but(a, b, companions)?;
    let (when, then) = (a.scope.when(), b.scope.when());
    let beyond = |x: &[CompactString], y: &[CompactString]| x.iter().any(|t| !y.contains(t));
    if times_conflict(when, then) || (beyond(when, then) && beyond(then, when)) {
        return Err(Refusal::OtherTime);
    }
    let across = a.at.file != b.at.file;
    if across && a.scope.period != b.scope.period && a.scope.period.is_some() && b.scope.period.is_some() {
        return Err(Refusal::OtherTime);
    }
    let digits = resemblance(x.amount.low, y.amount.low);
    if digits == Resemblance::None && far_apart(x, y) {
        return Err(Refusal::OtherHead);
    }
    if opposed(&f.governor, &g.governor) {
        return Err(Refusal::Part);
    }
    names(f, g)?;
    if nearer_holder(f, g) || nearer_holder(g, f) {
        return Err(Refusal::OtherEntity);
    }
    exclude(f, g)?;
    narrowed_apart(a, b)?;
    openings(f, g)?;
    if f.measures_other(g) {
        return Err(Refusal::OtherHead);
    }
    heads(a, b, f, g, across)?;
    if !across {
        // Exchanged digits beside words that both have are one number, whatever else the sentences speak of.
        if digits != Resemblance::Transposed || common(f, g) < 2 {
            replaced(f, g)?;
        }
        // "an increase of 4 per cent": without its subject a change is said of anything.
        let change = |c: &Claim| c.scope.cues.iter().any(|x| x == "delta");
        if change(a) && (a.subject.class.is_empty() || b.subject.class.is_empty()) {
            return Err(Refusal::Part);
        }
        // "six mobile cranes" are some of "14 cranes".
        let narrower = |x: &Claim, y: &Frame| {
            let modifiers = &x.subject.modifiers;
            x.by == "counted" && modifiers.iter().any(|m| !m.contains(':') && !knows(y, super::stem(m)))
        };
        if digits == Resemblance::None && (narrower(a, g) || narrower(b, f)) {
            return Err(Refusal::SubGroup);
        }
        let small = |q: &Quantity| q.unit.is_count() && q.value() < Decimal::from(20);
        if small(x) && small(y) && (lacks_subject(f, g) || lacks_subject(g, f)) {
            return Err(Refusal::SubGroup);
        }
    }
    let Common { shared, contained, covered } = common_words(f, g, weight);
    let other_verb = !across && !f.verb.is_empty() && !g.verb.is_empty() && !knows(g, &f.verb) && !knows(f, &g.verb);
    // Few things are counted again and again; only a sentence that says it all once more speaks of the same.
    if super::few(a, b) && (contained < 0.9 || covered < 0.6) {
        return Err(Refusal::Bare);
    }
    // What is measured is one thing, in one unit; so is what must not be passed.
    let limits = is_limit(a) && is_limit(b) && x.hedge.direction() == y.hedge.direction();
    let measured = if limits || f.attributes() & g.attributes() != 0 { 0.5 } else { 0.0 };
    Ok(Restatement {
        shared,
        contained,
        covered,
        digits: measured
            + match digits {
                _ if other_verb => -0.7,
                Resemblance::Transposed => 1.3,
                Resemblance::Dropped => 0.8,
                Resemblance::OneDigit => 0.4,
                Resemblance::None => 0.0,
            },
        agreement: values_agree(a, b),
    })
}

/// What two sentences have in common.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Common {
    /// The weight of the words in common, one for a rare word next to both numbers.
    pub shared: f32,
    /// The share of its words that the sentence which is better contained has in common with the other, 0 to 1.
    pub contained: f32,
    /// The same of the other sentence.
    pub covered: f32,
}

/// The words that stand around both numbers, and those that say the same of what is measured.
#[must_use]
pub fn common_words(f: &Frame, g: &Frame, weight: &dyn Fn(&str) -> f32) -> Common {
    let (own_f, own_g) = (measure(f, weight), measure(g, weight));
    let mut shared = 0.0;
    let (mut in_f, mut in_g) = (0.0, 0.0);
    for (key, near, attributes) in &own_f.words {
        let same = own_g.words.iter().find(|(k, ..)| k == key);
        if let Some((_, other, _)) = same.or_else(|| own_g.words.iter().find(|(.., x)| x & attributes != 0)) {
            shared += (near * other).sqrt();
            in_f += near;
            in_g += other;
        }
    }
    let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    let (p, q) = (share(in_f, own_f.total), share(in_g, own_g.total));
    Common { shared, contained: p.max(q), covered: p.min(q) }
}

/// The distinct words of a frame with their weight.
struct Measured<'f> {
    words: Vec<(&'f CompactString, f32, u32)>,
    total: f32,
}

fn measure<'f>(frame: &'f Frame, weight: &dyn Fn(&str) -> f32) -> Measured<'f> {
    let mut words: Vec<(&CompactString, f32, u32)> = Vec::with_capacity(frame.words.len());
    for (i, word) in frame.words.iter().enumerate() {
        let sort = match word.sort {
            WordSort::Light => 0.25,
            WordSort::Content | WordSort::Name => 1.0,
        };
        // What is done is said in more ways than what it is done to.
        let verb = if word.verbal || word.key == frame.verb { 0.5 } else { 1.0 };
        let worth = sort * verb * frame.nearness(i) * weight(&word.key);
        match words.iter_mut().find(|(k, ..)| **k == word.key) {
            Some((_, best, _)) => *best = best.max(worth),
            None => words.push((&word.key, worth, word.attributes & frame.measurable)),
        }
    }
    let total = words.iter().map(|(_, w, _)| w).sum();
    Measured { words, total }
}

/// Whether one value is more than four times the other.
fn far_apart(x: &Quantity, y: &Quantity) -> bool {
    let (Some(p), Some(q)) = (x.base(), y.base()) else { return true };
    p.abs().max(q.abs()) > p.abs().min(q.abs()).saturating_mul(Decimal::from(4))
}

/// "from 40" and "to 40", "by 40" are different values of one change.
fn opposed(a: &str, b: &str) -> bool {
    let end = |w: &str| matches!(w, "from" | "to" | "by" | "per");
    a != b && (end(a) && end(b))
}

/// What the cues of scope say against comparing two numbers: a cue on one side only, members of a series that differ.
///
/// # Errors
///
/// The refusal that the cue stands for.
pub fn differing_cues(a: &Claim, b: &Claim) -> Result<(), Refusal> {
    differing_cues_but(a, b, false)
}

/// The same; what a release quotes its own people with, the report states.
fn differing_cues_but(a: &Claim, b: &Claim, companions: bool) -> Result<(), Refusal> {
    let has = |c: &Claim, cue: &str| c.scope.cues.iter().any(|x| x == cue);
    for (cue, refusal) in [
        ("explained", Refusal::Explained),
        ("attributed", Refusal::Attributed),
        ("quotation", Refusal::Attributed),
        ("measure", Refusal::OtherMeasure),
        ("subset", Refusal::Part),
        ("increment", Refusal::Part),
        ("part-of", Refusal::Part),
        ("delta", Refusal::Part),
        ("edition", Refusal::Edition),
        ("target", Refusal::OtherStatus),
        ("norm", Refusal::OtherStatus),
        ("repeated", Refusal::OtherPhase),
        ("forecast", Refusal::OtherStatus),
        ("previous", Refusal::OtherStatus),
        ("example", Refusal::OtherStatus),
        ("negated", Refusal::OtherStatus),
        ("local", Refusal::OtherStatus),
    ] {
        // What is said of both in one way can still be compared; that something is not so, or is so of one thing at
        // hand, is said of different things in one document.
        let same = has(a, cue) == has(b, cue);
        let own = companions && matches!(refusal, Refusal::Attributed);
        if own || cue == "norm" && !same && is_limit(a) && is_limit(b) {
            continue;
        }
        let alone = matches!(cue, "negated" | "local" | "example" | "previous" | "explained" | "part-of" | "increment");
        if !same || (has(a, cue) && alone && a.at.file == b.at.file) {
            return Err(refusal);
        }
    }
    let marked = |c: &Claim, sort: &str| {
        let mut list: Vec<CompactString> = c.scope.cues.iter().filter(|x| x.starts_with(sort)).cloned().collect();
        list.sort();
        list
    };
    let (here, there) = (marked(a, "for:"), marked(b, "for:"));
    if here != there && !here.is_empty() && !there.is_empty() {
        return Err(Refusal::OtherMeasure);
    }
    if marked(a, "ordinal:") != marked(b, "ordinal:") {
        return Err(Refusal::OtherPhase);
    }
    if marked(a, "when:") != marked(b, "when:") && !a.scope.times.is_empty() && !b.scope.times.is_empty() {
        return Err(Refusal::OtherTime);
    }
    Ok(())
}

/// Names on both sides that the other does not know.
pub(super) fn names(f: &Frame, g: &Frame) -> Result<(), Refusal> {
    let own = |x: &Frame, y: &Frame| x.words.iter().any(|w| w.sort == WordSort::Name && !knows(y, &w.key));
    if own(f, g) && own(g, f) { Err(Refusal::OtherEntity) } else { Ok(()) }
}

/// Words near both numbers that exclude each other: men and women, the first and the second.
///
/// # Errors
///
/// [`Refusal::SubGroup`].
pub(super) fn exclude(f: &Frame, g: &Frame) -> Result<(), Refusal> {
    let near = |x: &Frame, y: &Frame| -> Vec<usize> {
        let telling = |i: &usize| {
            let word = &x.words[*i];
            !word.contrasts.is_empty() && x.nearness(*i) >= 0.5 && !knows(y, &word.key)
        };
        (0..x.words.len()).filter(telling).collect()
    };
    let (here, there) = (near(f, g), near(g, f));
    let clash =
        |&v: &usize| there.iter().any(|&w| f.words[v].contrasts.iter().any(|n| g.words[w].contrasts.contains(n)));
    if here.iter().any(clash) { Err(Refusal::SubGroup) } else { Ok(()) }
}

/// Whether what narrows the one number, or is done to what it counts, excludes what does so of the other: "61 suspected
/// cases", "17 cases have been confirmed". The sentences may speak of both.
///
/// # Errors
///
/// [`Refusal::SubGroup`].
pub fn narrowed_apart(a: &Claim, b: &Claim) -> Result<(), Refusal> {
    let (Some(f), Some(g)) = (a.frame.as_deref(), b.frame.as_deref()) else { return Ok(()) };
    let of = |claim: &Claim, frame: &Frame| -> Vec<u16> {
        let own = |w: &&FrameWord| {
            let said = claim.subject.modifiers.iter().any(|m| super::stem(m) == w.key) || w.key == frame.verb;
            said && !w.contrasts.is_empty()
        };
        frame.words.iter().filter(own).flat_map(|w| w.contrasts.iter().copied()).collect()
    };
    let said = |claim: &Claim, frame: &Frame| -> Vec<CompactString> {
        let modifiers = claim.subject.modifiers.iter().map(|m| CompactString::from(super::stem(m)));
        modifiers.chain(std::iter::once(frame.verb.clone())).collect()
    };
    let (here, there) = (of(a, f), of(b, g));
    let same = said(a, f).iter().any(|w| !w.is_empty() && said(b, g).contains(w));
    if !same && here.iter().any(|n| there.contains(n)) { Err(Refusal::SubGroup) } else { Ok(()) }
}

/// Whether the sentences open with different places, groups or topics: "In mathematics 46", "In history 64".
///
/// # Errors
///
/// [`Refusal::SubGroup`].
pub(super) fn openings(f: &Frame, g: &Frame) -> Result<(), Refusal> {
    let own = |x: &Frame, y: &Frame| {
        let opening = x.words.get(..usize::from(x.opening)).unwrap_or_default();
        opening.iter().any(|w| w.sort != WordSort::Light && !knows(y, &w.key))
    };
    if own(f, g) && own(g, f) { Err(Refusal::SubGroup) } else { Ok(()) }
}

/// Nouns of the subject or of the clause of either number that the other sentence does not have: one thing has taken
/// the place of another in sentences of one build.
fn replaced(f: &Frame, g: &Frame) -> Result<(), Refusal> {
    let own = |x: &Frame, y: &Frame| (0..x.words.len()).any(|i| is_own(x, i, y));
    if own(f, g) && own(g, f) { Err(Refusal::SubGroup) } else { Ok(()) }
}

/// How many content words stand near both numbers.
fn common(f: &Frame, g: &Frame) -> usize {
    let near = |x: &Frame, key: &str| (0..x.words.len()).any(|i| x.words[i].key == key && x.nearness(i) >= 0.6);
    let content = |i: &usize| f.words[*i].sort != WordSort::Light && f.nearness(*i) >= 0.6;
    (0..f.words.len()).filter(content).filter(|&i| near(g, &f.words[i].key)).count()
}

/// Whether the subject of a sentence has a word that the other sentence lacks.
fn lacks_subject(x: &Frame, y: &Frame) -> bool {
    x.words[..usize::from(x.subject)].iter().any(|w| w.sort != WordSort::Light && !knows(y, &w.key))
}

/// Whether a word belongs to what the sentence says of the number and the other sentence lacks it.
fn is_own(x: &Frame, i: usize, y: &Frame) -> bool {
    let word = &x.words[i];
    let subject = i < usize::from(x.subject);
    let near = x.nearness(i) >= 0.6 && !word.verbal;
    word.sort != WordSort::Light && word.key != x.verb && (subject || near) && !knows_word(y, word)
}

/// Whether a frame has a word, or another that says the same of what is measured.
fn knows_word(frame: &Frame, word: &FrameWord) -> bool {
    frame.words.iter().any(|w| w.key == word.key || w.attributes & word.attributes & frame.measurable != 0)
}

fn knows(frame: &Frame, key: &str) -> bool {
    frame.words.iter().any(|w| w.key == key)
}

/// Whether the things counted or measured can be one: they are of one family, one is people in general, or one of them
/// is not named by the words at the number. In two documents it is enough that the other sentence knows the thing.
fn heads(a: &Claim, b: &Claim, f: &Frame, g: &Frame, across: bool) -> Result<(), Refusal> {
    let (p, q) = (&a.subject, &b.subject);
    if p.class.is_empty() || q.class.is_empty() || p.class == q.class {
        return Ok(());
    }
    let people = p.people && q.people && (p.class == "person" || q.class == "person");
    let (here, there) = (knows(g, &f.head), knows(f, &g.head));
    let measured = f.attributes() & g.attributes() != 0;
    let known = here && there || (across || measured) && (here || there);
    if f.head == g.head || people || known { Ok(()) } else { Err(Refusal::OtherHead) }
}
