//! Times that are out of order: a source accessed before it appeared, an end before its beginning, an entry of
//! a log that does not stand where its date belongs.

mod lifecycle;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Dated, Event, Sequence, SequenceSort, Step, Value, stem};
use crate::value::{Date, longest};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Entries of a log that one of another line of versions has to contradict.
const CONFLICTS: usize = 3;

/// Years before this one may be counted by another calendar anywhere.
const GREGORIAN: i16 = 1753;

/// What comes before what, by the classes of events: the first of each pair is the earlier.
const ORDER: &[(&str, &str)] = &[
    ("adoption", "entry into force"),
    ("beginning", "completion"),
    ("beginning", "end"),
    ("birth", "death"),
    ("founding", "dissolution"),
    ("launch", "end"),
    ("opening", "closing"),
    ("opening", "end"),
    ("publication", "end"),
    ("signing", "entry into force"),
    ("signing", "ratification"),
    ("submission", "publication"),
];

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SequenceCheck {}

impl Check for SequenceCheck {
    fn variables(&self) -> &'static [&'static str] {
        &["what", "first", "second"]
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        found.extend(lifecycle::findings(selection));
        if selection.across {
            return;
        }
        let mut events: BTreeMap<&str, Vec<(&Claim, &Event)>> = BTreeMap::new();
        for claim in selection.claims {
            match &claim.value {
                Value::Sequence(sequence) => found.extend(sequence_finding(claim, sequence)),
                Value::Date(dated) => found.extend(no_such_day(claim, dated)),
                Value::Event(event) => events.entry(event.action.as_str()).or_default().push((claim, event)),
                _ => {}
            }
        }
        for (earlier, later) in ORDER {
            let (Some(first), Some(second)) = (events.get(earlier), events.get(later)) else { continue };
            for a in first.iter().take(60) {
                for b in second.iter().take(60) {
                    found.extend(event_finding(*a, *b));
                }
            }
        }
    }
}

/// A day that its month does not have: "31 June 2020".
fn no_such_day(claim: &Claim, dated: &Dated) -> Option<Finding> {
    // The last day of a range may be the one: "from 29 to 31 June".
    let date = if dated.date.from.is_impossible() { dated.date.from } else { dated.date.to };
    let (month, year) = (date.month?, date.year.filter(|_| dated.year_from.is_none())?);
    let days_only = dated.date.from.month == dated.date.to.month && dated.date.from.day.is_some();
    if !date.is_impossible() || year < GREGORIAN || !dated.date.is_one() && !days_only {
        return None;
    }
    let days = longest(month, Some(year));
    let name = Date { year: (month == 2).then_some(year), month: Some(month), day: None }.written();
    Some(Finding {
        places: vec![Place { at: claim.at, within: claim.within, label: format!("{name} has {days} days") }],
        variables: vec![
            ("what", "no such day".to_owned()),
            ("first", dated.at.text.to_string()),
            ("second", format!("{name} has {days} days")),
        ],
        notes: Vec::new(),
    })
}

fn sequence_finding(claim: &Claim, sequence: &Sequence) -> Option<Finding> {
    let (what, places) = match sequence.sort {
        SequenceSort::Access | SequenceSort::Columns | SequenceSort::Rows => {
            let (first, second) = (sequence.steps.first()?, sequence.steps.last()?);
            if !second.days.is_before(first.days) {
                return None;
            }
            let what = match sequence.sort {
                SequenceSort::Access => "accessed before it appeared",
                SequenceSort::Rows => "out of the order of the other rows",
                _ => "ends before it begins",
            };
            (what, [second, first])
        }
        SequenceSort::Numbered => {
            let (first, second) = (sequence.steps.first()?, sequence.steps.last()?);
            if !second.days.is_before(first.days) {
                return None;
            }
            ("out of order", [second, first])
        }
        SequenceSort::Cause | SequenceSort::Past | SequenceSort::Death => {
            let (earlier, later) = (sequence.steps.first()?, sequence.steps.last()?);
            if !later.days.is_before(earlier.days) {
                return None;
            }
            let what = match sequence.sort {
                SequenceSort::Cause => "before what it followed",
                SequenceSort::Past => "told as earlier, dated later",
                _ => "done after death",
            };
            (what, [earlier, later])
        }
        SequenceSort::Told => {
            let (event, document) = (sequence.steps.first()?, sequence.steps.last()?);
            ("told before it happened", [event, document])
        }
        SequenceSort::Log | SequenceSort::Versions | SequenceSort::Timeline => {
            let (outlier, neighbour) = outlier(&sequence.steps, sequence.sort)?;
            ("out of order", [&sequence.steps[outlier], &sequence.steps[neighbour]])
        }
    };
    let place = |step: &Step, label: &str| Place { at: step.at.at, within: step.at.at, label: label.to_owned() };
    let labels = match sequence.sort {
        SequenceSort::Access => ["accessed", "appeared"],
        SequenceSort::Columns => ["the end", "the beginning"],
        SequenceSort::Rows => ["later in the other rows", "earlier in the other rows"],
        SequenceSort::Numbered => ["the later member", "the earlier member"],
        SequenceSort::Cause | SequenceSort::Past => ["told as the earlier", "told as the later"],
        SequenceSort::Death => ["the deed", "the death"],
        SequenceSort::Told => ["told as past", "the day of the document"],
        _ => ["", "next to it"],
    };
    let within = |mut place: Place| {
        if sequence.sort == SequenceSort::Access {
            place.within = claim.within;
        }
        place
    };
    Some(Finding {
        places: vec![within(place(places[0], labels[0])), within(place(places[1], labels[1]))],
        variables: vec![
            ("what", what.to_owned()),
            ("first", places[0].at.text.to_string()),
            ("second", places[1].at.text.to_string()),
        ],
        notes: Vec::new(),
    })
}

/// The one step that is out of order in a sequence otherwise in order, and the neighbour that it contradicts.
fn outlier(steps: &[Step], sort: SequenceSort) -> Option<(usize, usize)> {
    let versions = sort == SequenceSort::Versions;
    let up = |a: &Step, b: &Step| !b.days.is_before(a.days);
    let down = |a: &Step, b: &Step| !a.days.is_before(b.days);
    let rising = steps.windows(2).filter(|w| up(&w[0], &w[1])).count();
    let falling = steps.windows(2).filter(|w| down(&w[0], &w[1])).count();
    let fits: &dyn Fn(&Step, &Step) -> bool = if rising >= falling { &up } else { &down };
    let breaks: Vec<usize> = (0..steps.len() - 1).filter(|&i| !fits(&steps[i], &steps[i + 1])).collect();
    // One step out of order breaks the order once or, when it stands far off, twice in a row.
    let candidates: Vec<usize> = match breaks.as_slice() {
        [one] => vec![*one, one + 1],
        [one, two] if *two == one + 1 => vec![*two],
        _ => return None,
    };
    let works = |out: usize| {
        let kept: Vec<&Step> = steps.iter().enumerate().filter(|(i, _)| *i != out).map(|(_, s)| s).collect();
        kept.windows(2).all(|w| fits(w[0], w[1]))
    };
    let conflicts = |out: usize| {
        (0..steps.len())
            .filter(|&i| {
                i != out && if i < out { !fits(&steps[i], &steps[out]) } else { !fits(&steps[out], &steps[i]) }
            })
            .count()
    };
    let mut working: Vec<usize> = candidates.into_iter().filter(|&i| works(i)).collect();
    working.sort_by_key(|&i| std::cmp::Reverse(conflicts(i)));
    let out = *working.first()?;
    let neighbour = if out > 0 && !fits(&steps[out - 1], &steps[out]) { out - 1 } else { out + 1 };
    if neighbour >= steps.len() {
        return None;
    }
    // An older line of versions goes on after a newer one has begun.
    let line = |i: usize| steps[i].version.get(..2).map(<[u32]>::to_vec);
    // The first version of a line, 2.3.0, is no late mending of it; three entries alone show no such habit.
    let first = |i: usize| steps[i].version.len() > 2 && steps[i].version[2..].iter().all(|&part| part == 0);
    let opens = first(out) && first(neighbour);
    if versions && line(out) != line(neighbour) && conflicts(out) < CONFLICTS && !opens {
        return None;
    }
    // Of two neighbours exchanged in a log without versions, either may be the later.
    (sort != SequenceSort::Log || conflicts(out) >= 2 || steps.len() >= 10).then_some((out, neighbour))
}

/// Two events of one thing in the wrong order.
fn event_finding((a, x): (&Claim, &Event), (b, y): (&Claim, &Event)) -> Option<Finding> {
    let own = |event: &Event| event.when.year_from.is_none();
    if !own(x) || !own(y) || x.ahead != y.ahead || a.status != b.status {
        return None;
    }
    let (first, second) = (x.when.days()?, y.when.days()?);
    if !second.is_before(first) {
        return None;
    }
    let (s, t) = (&x.thing, &y.thing);
    let words = |thing: &crate::claim::Thing| -> Vec<String> {
        let mut words: Vec<String> = thing.words.iter().map(|w| stem(w).to_owned()).collect();
        words.sort();
        words
    };
    let together = a.block == b.block && a.sentence == b.sentence;
    let strong = !s.names.is_empty() || !s.words.is_empty() || !s.marks.is_empty();
    let same = stem(&s.head) == stem(&t.head) && words(s) == words(t) && s.marks == t.marks && s.plural == t.plural;
    if !same || !(strong || together && s.definite) || !s.definite && s.names.is_empty() {
        return None;
    }
    if !s.around.is_empty() && !t.around.is_empty() && !s.around.iter().any(|n| t.around.contains(n)) {
        return None;
    }
    let place = |claim: &Claim, label: &str| Place { at: claim.at, within: claim.within, label: label.to_owned() };
    Some(Finding {
        places: vec![place(b, &y.action), place(a, &x.action)],
        variables: vec![
            ("what", format!("{} before {}", y.action, x.action)),
            ("first", b.text.to_string()),
            ("second", a.text.to_string()),
        ],
        notes: Vec::new(),
    })
}
