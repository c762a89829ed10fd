//! Compares two companies, offices or other bodies word by word.

use super::parts::{Body, Part};
use super::{Comparison, Difference, Sameness};
use crate::lexicon::{Lexicon, Pos, STEP};

/// Fewest letters of a word in which one may be a slip.
const LONG: usize = 5;

/// Compares two names.
pub(super) fn compare(a: &Body, b: &Body, lexicon: &Lexicon) -> Comparison {
    let mut found = Vec::new();
    if a.words.is_empty() || b.words.is_empty() {
        return Comparison::different();
    }
    if a.words.len() != b.words.len() {
        return if is_acronym(a, b) || is_acronym(b, a) {
            Comparison::new(Sameness::Same, vec![Difference::Abbreviation])
        } else {
            Comparison::different()
        };
    }
    let mut slips = 0;
    for (x, y) in a.words.iter().zip(&b.words) {
        if x.letters == y.letters {
            continue;
        }
        match slip(x, y, lexicon) {
            Some(true) => found.push(Difference::Romanisation),
            Some(false) if slips == 0 => {
                slips += 1;
                found.push(Difference::Slip);
            }
            _ => return Comparison::different(),
        }
    }
    if a.small != b.small {
        found.push(Difference::SmallWord);
    }
    let mut sameness = Sameness::Same;
    match (&a.legal, &b.legal) {
        (Some((x, _)), Some((y, _))) if x != y => {
            found.push(Difference::LegalForm);
            sameness = Sameness::Possible;
        }
        (Some((_, x)), Some((_, y))) if x != y => found.push(Difference::Abbreviation),
        (Some(_), None) | (None, Some(_)) => found.push(Difference::Missing),
        _ => {}
    }
    if a.written != b.written && found.is_empty() {
        found.push(Difference::Abbreviation);
    }
    Comparison::new(sameness, found)
}

/// Whether one word may stand for the other: `true` by its sounds, `false` by a slip. Numbers and words that the
/// lexicon knows are what they are.
fn slip(x: &Part, y: &Part, lexicon: &Lexicon) -> Option<bool> {
    let number = |part: &Part| part.letters.iter().any(|c| c.is_numeric()) || is_roman(part);
    if number(x) || number(y) {
        return None;
    }
    if x.key == y.key && x.key.len() >= 3 {
        return Some(true);
    }
    let word = |part: &Part| {
        let pos = lexicon.words.find(&part.form).map_or(Pos::default(), |id| lexicon.words.pos(id));
        pos != Pos::default() || lexicon.place(&part.form).is_some()
    };
    let length = x.letters.len().min(y.letters.len());
    if length < LONG || word(x) && word(y) || x.letters[0] != y.letters[0] {
        return None;
    }
    lexicon.naming.near.distance(&x.letters, &y.letters, STEP).map(|_| false)
}

fn is_roman(part: &Part) -> bool {
    part.letters.iter().all(|c| matches!(c, 'i' | 'v' | 'x')) && part.letters.len() <= 5
}

/// Whether one name is the initials of the other.
fn is_acronym(short: &Body, long: &Body) -> bool {
    let [word] = &short.words[..] else { return false };
    long.words.len() >= 3
        && short.legal.is_none()
        && word.letters.len() == long.words.len()
        && long.words.iter().zip(&word.letters).all(|(part, c)| part.letters.first() == Some(c))
}
