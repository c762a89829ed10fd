//! What speaks for and against two dates being those of one occasion, summed up.
//!
//! The weights are those of a logistic regression (log-odds, rounded to quarters, signs fixed by what they mean) over
//! 7,600 pairs of different dates, of which 126 were labelled as one, and 400 pairs of one date that stands in a document
//! twice; `docs/linking.md` says how they were found.

use super::Told;
use super::abroad::is_one_end;
use super::pair::{
    Weights, are_examples, are_figures_other, are_twins, common, edges, excluded, find, is_series, kin, names,
    narrowed, returns,
};
use crate::annotate::DateForm;
use crate::claim::{Claim, Doubts, Occasion, TieSort};
use crate::value::{Date, DateSlip, log_odds, longest, slip_of_dates};

/// What the document says of two dates beyond their own sentences.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    /// How many dated statements the document has.
    pub(super) crowd: usize,
    /// Whether the day of the earlier one stands somewhere else too, and that of the later one.
    pub(super) backed: (bool, bool),
    /// Whether the place of the one gives the date of the other as well.
    pub(super) known: bool,
    /// Whether nothing else has more words in common with the earlier one.
    pub(super) nearest: bool,
    /// How much more the later one has in common with the other than with anything else.
    pub(super) margin: f32,
    /// Whether a third statement with a date of its own has as much in common with one of the two.
    pub(super) rival: bool,
    /// Whether the two sentences have another date in common.
    pub(super) companion: bool,
}

/// The words that two occasions have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Common {
    things: f32,
    names: f32,
    verbs: f32,
    pub(super) sum: f32,
}

/// What the words that both have come to, each by its nearness and rarity.
pub(super) fn in_common(a: Told<'_>, b: Told<'_>, weights: &Weights<'_>) -> Common {
    let mut out = Common::default();
    for (s, t) in common(a.occasion, b.occasion) {
        let worth = f32::from(s.weight.min(t.weight)) / 10.0 * weights.of(&s.key) as f32 / 10.0;
        let of = if s.name && t.name {
            &mut out.names
        } else if s.verbal && t.verbal {
            &mut out.verbs
        } else {
            &mut out.things
        };
        *of += worth;
        out.sum += worth;
    }
    out
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

/// How near the word that the date of one hangs on stands to the date of the other, 0 to 1.
fn anchored(x: &Occasion, y: &Occasion) -> f32 {
    find(y, &x.tie.word).map_or(0.0, |term| f32::from(term.weight) / 10.0)
}

/// How likely two dates, the earlier in the document first, are one that was written in two ways, in log-odds; `None` when
/// something keeps them apart that no words outweigh.
pub(super) fn evidence(a: Told<'_>, b: Told<'_>, words: Common, company: Company) -> Option<f32> {
    let (x, y) = (a.occasion, b.occasion);
    let slip = slip(x, y);
    let end = a.file() != b.file() && is_one_end(a, b);
    if company.known
        || company.rival && !end
        || words.sum < LEAST && !company.companion
        || tell_apart(a, b, end)
        || is_one_of_several(a, b, slip)
    {
        return None;
    }
    let place = place(a, b) + flag(x.row != y.row) * (0.75 * words.things.min(3.0) - 0.25);
    Some(
        PRIOR
            + ONE_END * flag(end)
            + of_words(x, y, words)
            + ties(x, y)
            + apart(a, b)
            + place
            + around(company)
            + dates(x, y, slip),
    )
}

/// Whether words say of two occasions, which may be stretches with one `end` in common, that they are two, of which what the weights were learned from has too few examples.
fn tell_apart(a: Told<'_>, b: Told<'_>, end: bool) -> bool {
    let (x, y) = (a.occasion, b.occasion);
    let ahead = x.ahead.is_some() && y.ahead.is_some() && x.ahead != y.ahead;
    let marks = !x.marks.is_empty() && !y.marks.is_empty() && x.marks != y.marks;
    // "Late applications are due by …": but "the last meeting" may be any that was told of.
    let stages = x.stages != y.stages && !y.tie.definite;
    // "The survey (May 2020)" takes up one that was told of.
    let taken_up = y.tie.definite && matches!(y.tie.sort, TieSort::Of | TieSort::Bracket | TieSort::Modifier);
    let again = returns(x, y) && !taken_up && !end;
    let other = ahead || marks || stages || again || are_examples(a, b) || excluded(x, y) || are_editions(a, b);
    other || a.file() != b.file() && are_twins(&x.title, &y.title)
}

/// Whether a title has the year of one, "User survey 2023", and the text tells of another by its year: "the survey of
/// 2020".
fn are_editions(a: Told<'_>, b: Told<'_>) -> bool {
    let by_year = |one: Told<'_>, sorts: &[TieSort]| {
        one.occasion.when.date.from.month.is_none() && sorts.contains(&one.occasion.tie.sort)
    };
    let told = [TieSort::Of, TieSort::Modifier];
    let titled = [TieSort::Loose, TieSort::Of, TieSort::Modifier];
    a.file() != b.file() && (by_year(a, &told) && by_year(b, &titled) || by_year(a, &titled) && by_year(b, &told))
}

/// Whether the two stand where one thing of a kind is told of after the other.
fn is_one_of_several(a: Told<'_>, b: Told<'_>, slip: Slip) -> bool {
    let (x, y) = (a.occasion, b.occasion);
    // What an author tells below one day is another matter than what is told below the next.
    let below_others = x.under.zip(y.under).is_some_and(|(m, n)| m != n);
    // Years of account end on one day.
    let turn = is_turn(x) && is_turn(y) && matches!(slip, Slip::Year | Slip::NextYear);
    // What takes several days is told of day by day.
    let one_file = a.file() == b.file();
    let goes_on = slip == Slip::NextDay && one_file && a.claim.block != b.claim.block && x.row == y.row;
    below_others || turn || goes_on || is_series(x, y)
}

/// The log-odds of a pair of which nothing is known.
const PRIOR: f32 = -4.25;

/// Two stretches of time that begin or end on one day, which is not the first or last of a month, are mostly one when two
/// documents tell of them; one document tells of several things that began together.
const ONE_END: f32 = 3.5;

/// What two statements must have in common to be compared.
const LEAST: f32 = 0.5;

/// Sentences of one paragraph that still tell of one thing.
const PASSAGE: u32 = 8;

/// What the words in common say, and what happens.
fn of_words(x: &Occasion, y: &Occasion, words: Common) -> f32 {
    let acts = !x.action.is_empty() && !y.action.is_empty();
    0.75 * words.names.min(3.0)
        + 0.5 * words.verbs.min(2.0)
        + log_odds(&[
            (2.0, acts && x.action != y.action && kin(&x.action, &y.action)),
            (-0.25, x.action.is_empty() && y.action.is_empty()),
            (1.5, !x.marks.is_empty() && x.marks == y.marks),
            (-0.75, are_figures_other(x, y)),
        ])
}

/// How the dates hang in their sentences: the word that the later one hangs on was told of before, and is taken as known.
fn ties(x: &Occasion, y: &Occasion) -> f32 {
    1.5 * anchored(y, x)
        + 0.5 * anchored(x, y)
        + log_odds(&[
            (1.0, y.tie.definite),
            (-0.75, y.tie.indefinite),
            (0.75, x.tie.definite),
            (1.75, x.tie.indefinite),
            (1.25, y.tie.sort == TieSort::Of),
            (1.25, y.tie.sort == TieSort::Bracket),
            (-0.5, x.tie.sort == TieSort::Fronted),
        ])
}

/// What tells two occasions apart.
fn apart(a: Told<'_>, b: Told<'_>) -> f32 {
    let (x, y) = (a.occasion, b.occasion);
    let cue = |c: &Claim, cues: &[&str]| c.scope.cues.iter().any(|x| cues.contains(&x.as_str()));
    let differ = |cues: &[&str]| cue(a.claim, cues) != cue(b.claim, cues);
    let either = |is: fn(&Doubts) -> bool| is(&x.doubts) || is(&y.doubts);
    log_odds(&[
        (-1.0, edges(x, y)),
        (-1.5, names(x, y)),
        (-0.75, narrowed(x, y)),
        (-0.25, differ(&["target", "forecast", "norm"])),
        (-1.0, differ(&["previous"])),
        (-1.25, differ(&["attributed", "example", "quotation"])),
        (-1.25, either(|d| d.state)),
        (-0.5, either(|d| d.byline)),
    ])
}

/// Where the two stand, and in which order of time.
fn place(a: Told<'_>, b: Told<'_>) -> f32 {
    let one_file = a.file() == b.file();
    let blocks = a.claim.block.index().abs_diff(b.claim.block.index());
    // A document without paragraphs tells of many things in one.
    let sentences = a.claim.sentence.abs_diff(b.claim.sentence);
    let beside = one_file && blocks == 0 && sentences <= PASSAGE;
    let backwards = is_backwards(a.occasion, b.occasion);
    log_odds(&[
        (1.25, beside),
        // Who tells on and on goes forward in time from sentence to sentence.
        (-1.0, beside && !backwards),
        (-0.5, backwards),
        (-2.0, beside && sentences == 1),
        (0.5, one_file && blocks == 1),
        (1.5, !one_file),
    ])
}

/// What the rest of the document says.
fn around(company: Company) -> f32 {
    let pieces =
        [(0.5, company.nearest), (1.75, company.companion), (-1.5, company.backed.0), (-2.75, company.backed.1)];
    log_odds(&pieces) + 0.25 * company.margin.clamp(-2.0, 2.0) - 0.75 * (company.crowd as f32).ln()
}

/// How much the dates look like one that was written wrong.
fn dates(x: &Occasion, y: &Occasion, slip: Slip) -> f32 {
    let year = |o: &Occasion| o.when.date.from.month.is_none();
    let month = |o: &Occasion| !year(o) && o.when.date.from.day.is_none();
    let years = year(x) && year(y);
    let likeness = match slip {
        Slip::Exchanged | Slip::Lost => 3.75,
        Slip::NextMonth => 3.0,
        Slip::NextDay => 2.0,
        Slip::Digit => 1.75,
        Slip::Month => 1.25,
        // Years follow each other.
        Slip::NextYear if years => -0.25,
        Slip::NextYear | Slip::YearDigits => 0.75,
        Slip::Near | Slip::Year => 0.0,
        Slip::None => -2.5,
    };
    let vague = |o: &Occasion| o.when.form == DateForm::Vague;
    // "early July" may be meant as the end of June.
    likeness + log_odds(&[(-1.75, month(x) || month(y)), (-1.0, vague(x) || vague(y)), (0.75, x.firm && y.firm)])
}

/// Whether the later statement has the earlier date.
fn is_backwards(x: &Occasion, y: &Occasion) -> bool {
    x.when.days_beside(&y.when).is_some_and(|(p, q)| q.first < p.first)
}

/// Whether a date is the first or the last day of a month, as those of accounts and terms are.
fn is_turn(o: &Occasion) -> bool {
    let date = o.when.date.to;
    date.month.zip(date.day).is_some_and(|(month, day)| day == 1 || day == longest(month, date.year))
}

/// How two dates differ, finer than [`DateSlip`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Slip {
    /// The figures of the day are exchanged.
    Exchanged,
    /// A figure of the day is left out.
    Lost,
    /// One figure of the day is another.
    Digit,
    /// The one is the day after the other.
    NextDay,
    /// The days are a week apart at most.
    Near,
    /// The month alone is another.
    Month,
    /// The month alone is another, the one before or behind.
    NextMonth,
    /// The year of a whole date is another.
    Year,
    /// The year is the one before or behind.
    NextYear,
    /// The figures of a year that stands alone are exchanged, or one is another.
    YearDigits,
    /// Anything else.
    None,
}

fn slip(x: &Occasion, y: &Occasion) -> Slip {
    let (from, to) = (x.when.written(), y.when.written());
    let (p, q) = if from.to == to.to { (from.from, to.from) } else { (from.to, to.to) };
    let near = |p: Option<i16>, q: Option<i16>| p.zip(q).is_some_and(|(p, q)| (p - q).abs() == 1);
    let day = |d: Date| d.day.map(i16::from);
    let month = |d: Date| d.month.map(i16::from);
    let found = if from.from == to.from && from.to != to.to || from.from != to.from && from.to == to.to {
        slip_of_dates(p, q)
    } else {
        slip_of_dates(from.from, to.from)
    };
    match found {
        DateSlip::Exchanged => Slip::Exchanged,
        DateSlip::Lost => Slip::Lost,
        DateSlip::Digit | DateSlip::Near if near(day(p), day(q)) => Slip::NextDay,
        DateSlip::Digit => Slip::Digit,
        DateSlip::Near => Slip::Near,
        DateSlip::Month if near(month(p), month(q)) => Slip::NextMonth,
        DateSlip::Month => Slip::Month,
        DateSlip::Year if near(p.year, q.year) => Slip::NextYear,
        DateSlip::Year => match p.month {
            Some(_) => Slip::Year,
            None if is_slip_of_years(p, q) => Slip::YearDigits,
            None => Slip::None,
        },
        DateSlip::None => Slip::None,
    }
}

/// Whether one figure of a year is another, or two neighbours are exchanged.
fn is_slip_of_years(a: Date, b: Date) -> bool {
    let (Some(a), Some(b)) = (a.year, b.year) else { return false };
    let (a, b) = (a.to_string(), b.to_string());
    let other: Vec<(u8, u8)> = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).collect();
    match other.as_slice() {
        [_] => true,
        [(x, y), (z, w)] => x == w && y == z,
        _ => false,
    }
}
