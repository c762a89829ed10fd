//! Short quotations: a few words that stand once more with another word among them.
//!
//! So few words are met by chance, so that their number is not enough: what else speaks for one statement is summed
//! up: a name near both, a headline, a word such as *motto* or *quoted*, both ends in common.

use super::{Difference, Quoted, are_apart, are_of_others, asks, is_same};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Most words of a quotation that is looked at here.
const SHORT: usize = 16;

/// Most words on one side that are others.
const OTHER: usize = 2;

/// Fewest letters of two words in a row by which two quotations are found to be alike.
const TELLING: usize = 7;

/// Fewest letters of all words in common.
const LETTERS: usize = 10;

/// Letters of the words in common that count as one point of evidence.
const POINT: usize = 5;

/// Most points for the words in common.
const WORDED: usize = 4;

/// Evidence that is needed.
const ENOUGH: usize = 5;

/// The same where neither a speaker nor a headline is common to both: names of things are quoted, too.
const ENOUGH_ALONE: usize = 6;

/// Most quotations with the same two words in a row that are compared.
const BUCKET: usize = 24;

/// Pairs of short quotations, by index, that have two words in a row in common.
pub(super) fn pairs(quoted: &[Quoted<'_>]) -> BTreeSet<(usize, usize)> {
    let mut runs: FxHashMap<&[compact_str::CompactString], Vec<usize>> = FxHashMap::default();
    for (i, q) in quoted.iter().enumerate().filter(|(_, q)| q.quotation.folded.len() <= SHORT) {
        for run in q.quotation.folded.windows(2).filter(|run| letters(run) >= TELLING) {
            let list = runs.entry(run).or_default();
            if list.last() != Some(&i) && list.len() <= BUCKET {
                list.push(i);
            }
        }
    }
    // The pairs are put in order, so the order of the table does not show.
    let lists: Vec<&Vec<usize>> = runs.values().filter(|list| list.len() <= BUCKET).collect();
    let mut pairs = BTreeSet::new();
    for list in lists {
        for (n, &i) in list.iter().enumerate() {
            pairs.extend(list[n + 1..].iter().map(|&j| (i, j)));
        }
    }
    pairs
}

fn letters(words: &[compact_str::CompactString]) -> usize {
    words.iter().map(|w| w.chars().count()).sum()
}

/// Where one short quotation has other words than the other one; `None` when they are two statements.
pub(super) fn difference(a: Quoted<'_>, b: Quoted<'_>) -> Option<Difference> {
    let (x, y) = (a.quotation, b.quotation);
    // Two who speak in turn take up each other's words, unless one is said to be quoted again.
    let in_turn =
        a.is_beside(&b) && (a.claim.sentence == b.claim.sentence || !a.says("repeated") && !b.says("repeated"));
    let gaps = !x.gaps.is_empty() || !y.gaps.is_empty();
    if in_turn || gaps || are_apart(&a, &b) || are_of_others(a, b) || asks(a) && asks(b) {
        return None;
    }
    let (difference, whole) = if x.folded.len() <= y.folded.len() {
        replaced(&x.folded, &y.folded)?
    } else {
        let ((i, j), whole) = replaced(&y.folded, &x.folded)?;
        ((j, i), whole)
    };
    let shared = letters(&x.folded) - letters(&x.folded[difference.0.clone()]);
    let shared = shared.min(letters(&y.folded) - letters(&y.folded[difference.1.clone()]));
    // "3 days after", "2 weeks after": a label that is filled in.
    let digits = |words: &[compact_str::CompactString]| words.iter().any(|w| w.contains(|c: char| c.is_ascii_digit()));
    if digits(&x.folded[difference.0.clone()]) || digits(&y.folded[difference.1.clone()]) {
        return None;
    }
    let announced = a.says("headline") != b.says("headline");
    let least = if announced || is_named(a, b) { ENOUGH } else { ENOUGH_ALONE };
    let enough = shared >= LETTERS && evidence(a, b, shared, whole) >= least;
    (enough && !is_same(x, &difference.0, y, &difference.1)).then_some(difference)
}

/// The words of the shorter quotation that others stand for in the longer one, which has all the rest in a row; and
/// whether the two begin and end with each other.
fn replaced<T: PartialEq>(short: &[T], long: &[T]) -> Option<(Difference, bool)> {
    for own in 1..=OTHER {
        for other in 1..=OTHER {
            let Some(length) = (short.len() + other).checked_sub(own).filter(|&n| n <= long.len()) else { continue };
            for from in 0..=long.len() - length {
                let window = &long[from..from + length];
                let before = short.iter().zip(window).take_while(|(a, b)| a == b).count();
                let behind = short.iter().rev().zip(window.iter().rev()).take_while(|(a, b)| a == b).count();
                // Of two words that are others, the rest must be longer by far.
                if before + behind + own != short.len() || before + behind < 2 * own {
                    continue;
                }
                // A word at the end may be followed by what is not quoted.
                let ends = (before > 0 || from == 0) && (behind > 0 || from + length == long.len());
                if ends {
                    let (i, j) = (before..before + own, from + before..from + before + other);
                    return Some(((i, j), length == long.len()));
                }
            }
        }
    }
    None
}

/// Whether both stand with the name of one speaker.
fn is_named(a: Quoted<'_>, b: Quoted<'_>) -> bool {
    a.claim.subject.owners.iter().any(|name| b.claim.subject.owners.contains(name))
}

/// What speaks for one statement.
fn evidence(a: Quoted<'_>, b: Quoted<'_>, letters: usize, whole: bool) -> usize {
    let either = |cue: &str| usize::from(a.says(cue) || b.says(cue));
    (letters / POINT).saturating_sub(1).min(WORDED)
        + usize::from(whole)
        + 2 * usize::from(is_named(a, b))
        + either("speech")
        + 2 * either("repeated")
        + 3 * usize::from(a.says("headline") != b.says("headline"))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn reads_the_words_that_stand_for_others() {
        let at = |a: &str, b: &str| replaced(&words(a), &words(b));
        assert_eq!(at("cold floor warm welcome", "cold room warm welcome"), Some(((1..2, 1..2), true)));
        assert_eq!(at("a bridge nobody asked for", "it is a road nobody asked for"), Some(((1..2, 3..4), false)));
        assert_eq!(at("an insult with a comma", "an insult with a decimal point"), Some(((4..5, 4..6), true)));
    }

    #[test]
    fn ignores_an_end_that_goes_on() {
        assert_eq!(replaced(&words("the price of bread"), &words("the price of milk and of butter")), None);
        assert_eq!(replaced(&words("the price of bread"), &words("we set the price of bread")), None);
    }
}
