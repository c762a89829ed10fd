//! One quotation, one wording.

mod brief;

use super::{Check, Finding, Place, Selection};
use crate::claim::{Claim, Quotation, Value};
use crate::span::Span;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words in a row that two quotations of one statement have in common.
const RUN: usize = 3;

/// Largest number of quotations with the same words in a row that are compared pair by pair.
const BUCKET: usize = 24;

/// Most words that differ on one side.
const DIFFER: usize = 4;

/// Words in common from which on no name in common is needed.
const LONG: usize = 10;

/// Fewest words of a quotation that is compared without other evidence than its words.
const FEWEST: usize = 5;

/// Fewest words of quotations that are compared as a whole.
const WHOLE: usize = 8;

/// Most letters of a word that carries little meaning: "that", "not", "a".
const SMALL: usize = 4;

/// Letters at the beginning that two forms or spellings of one word share.
const BEGUN: usize = 2;

/// Wordings of one statement from which on it is a form that is filled in.
const FORM: usize = 4;

/// A document with more quotations is a story or a transcript, whose people speak.
const DIALOGUE: usize = 1_000;

/// Parameters of the relation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {}

#[derive(Clone, Copy)]
struct Quoted<'a> {
    claim: &'a Claim,
    quotation: &'a Quotation,
}

impl Quoted<'_> {
    fn says(&self, cue: &str) -> bool {
        self.claim.scope.cues.iter().any(|c| c == cue)
    }

    /// Whether both stand in one block.
    fn is_beside(&self, other: &Self) -> bool {
        self.claim.block == other.claim.block && self.claim.at.file == other.claim.at.file
    }
}

/// Whether two quotations are the same, members of one list, of two periods, or said to be changed.
fn are_apart(a: &Quoted<'_>, b: &Quoted<'_>) -> bool {
    let listed = a.claim.list.is_some() && a.claim.list == b.claim.list && a.claim.at.file == b.claim.at.file;
    let periods = (&a.claim.scope.period, &b.claim.scope.period);
    a.quotation.folded == b.quotation.folded
        || listed
        || a.says("amended")
        || b.says("amended")
        || matches!(periods, (Some(p), Some(q)) if p != q)
}

/// Where two quotations differ: ranges of words of the one and of the other.
type Difference = (Range<usize>, Range<usize>);

impl Check for Wording {
    fn variables(&self) -> &'static [&'static str] {
        &["a", "b"]
    }

    fn joint(&self) -> bool {
        true
    }

    fn check(&self, selection: Selection<'_>, found: &mut Vec<Finding>) {
        let quoted: Vec<Quoted<'_>> = selection
            .claims
            .iter()
            .filter_map(|claim| match &claim.value {
                Value::Quotation(quotation) => Some(Quoted { claim, quotation: quotation.as_ref() }),
                _ => None,
            })
            .collect();
        let quoted = told(quoted);
        let mut runs: FxHashMap<&[compact_str::CompactString], Vec<usize>> = FxHashMap::default();
        for (i, q) in quoted.iter().enumerate() {
            for run in q.quotation.folded.windows(RUN) {
                let list = runs.entry(run).or_default();
                if list.last() != Some(&i) && list.len() <= BUCKET {
                    list.push(i);
                }
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        // The pairs are put in order, so the order of the table does not show.
        let lists: Vec<&Vec<usize>> = runs.values().filter(|l| l.len() > 1 && l.len() <= BUCKET).collect();
        for list in lists {
            for (n, &i) in list.iter().enumerate() {
                pairs.extend(list[n + 1..].iter().map(|&j| (i, j)));
            }
        }
        pairs.extend(brief::pairs(&quoted));
        let mut differing: Vec<(usize, usize, Difference)> = Vec::new();
        for (i, j) in pairs {
            let found = difference(quoted[i], quoted[j]).or_else(|| brief::difference(quoted[i], quoted[j]));
            if let Some(difference) = found {
                differing.push((i, j, difference));
            }
        }
        report(&quoted, &differing, found);
    }
}

/// The quotations without those of documents that are all dialogue, where each is said anew.
fn told(quoted: Vec<Quoted<'_>>) -> Vec<Quoted<'_>> {
    let files = quoted.chunk_by(|a, b| a.claim.at.file == b.claim.at.file);
    files.filter(|own| own.len() <= DIALOGUE).flatten().copied().collect()
}

/// Appends one finding for each statement that is quoted in two or three wordings.
fn report(quoted: &[Quoted<'_>], differing: &[(usize, usize, Difference)], found: &mut Vec<Finding>) {
    let mut group: Vec<usize> = (0..quoted.len()).collect();
    for &(i, j, _) in differing {
        let (a, b) = (root(&group, i), root(&group, j));
        let low = a.min(b);
        group[a] = low;
        group[b] = low;
    }
    let mut groups: BTreeMap<usize, Vec<&(usize, usize, Difference)>> = BTreeMap::new();
    for pair in differing {
        groups.entry(root(&group, pair.0)).or_default().push(pair);
    }
    for pairs in groups.values() {
        let members: BTreeSet<usize> = pairs.iter().flat_map(|(i, j, _)| [*i, *j]).collect();
        let wordings: BTreeSet<String> = members.iter().map(|&i| quoted[i].quotation.folded.join(" ")).collect();
        if wordings.len() >= FORM {
            continue;
        }
        let (i, j, (left, right)) = pairs[0];
        let mut places = vec![place(quoted[*i], left), place(quoted[*j], right)];
        let mut seen = BTreeSet::from([*i, *j]);
        for (k, l, (left, right)) in &pairs[1..] {
            for (n, range) in [(k, left), (l, right)] {
                if seen.insert(*n) && places.len() < 6 {
                    places.push(place(quoted[*n], range));
                }
            }
        }
        found.push(Finding {
            places,
            variables: vec![("a", around(quoted[*i], left)), ("b", around(quoted[*j], right))],
            notes: Vec::new(),
        });
    }
}

fn root(group: &[usize], mut i: usize) -> usize {
    while group[i] != i {
        i = group[i];
    }
    i
}

/// The words that differ, or those around the gap.
fn place(q: Quoted<'_>, range: &Range<usize>) -> Place {
    let words = &q.quotation.words;
    let (from, to) = if range.is_empty() {
        (range.start.saturating_sub(1), (range.start + 1).min(words.len()))
    } else {
        (range.start, range.end)
    };
    let (first, last) = (words[from].at, words[to - 1].at);
    let label = if range.is_empty() { "left out here".to_owned() } else { String::new() };
    Place { at: Span::new(first.file, first.start, last.end), within: q.claim.within, label }
}

/// The differing words with those beside them: "is a room full of".
fn around(q: Quoted<'_>, range: &Range<usize>) -> String {
    let words = &q.quotation.words;
    let beside = if range.len() > 1 { 1 } else { 2 };
    let (from, to) = (range.start.saturating_sub(beside), (range.end + beside).min(words.len()));
    let text: Vec<&str> = words[from..to].iter().map(|w| w.text.as_str()).collect();
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
    format!("“{before}{}{after}”", text.join(" "))
}

/// Where two quotations of one statement differ; `None` when they do not, or are two statements.
fn difference(a: Quoted<'_>, b: Quoted<'_>) -> Option<Difference> {
    let (x, y) = (a.quotation, b.quotation);
    if a.is_beside(&b) || x.folded.len().min(y.folded.len()) < FEWEST || are_apart(&a, &b) {
        return None;
    }
    // Nobody speaks in names of columns and in messages of programs.
    if !a.says("speech") && !b.says("speech") || asks(a) && asks(b) {
        return None;
    }
    if let Some(found) = one_word(a, b) {
        return Some(found);
    }
    let matches = aligned(&x.folded, &y.folded);
    // From the first two words in a row that agree to the last two; the first and last word of a quotation need no
    // second beside them.
    let firm = |w: &[(usize, usize)]| w[1].0 == w[0].0 + 1 && w[1].1 == w[0].1 + 1;
    let mut first = matches.windows(2).position(firm)?;
    let mut last = matches.windows(2).rposition(firm)? + 1;
    let near = |a: (usize, usize), b: (usize, usize)| b.0 - a.0 <= 3 && b.1 - a.1 <= 3;
    if first == 1 && (matches[0].0 == 0 || matches[0].1 == 0) && near(matches[0], matches[1]) {
        first = 0;
    }
    let ends = |m: (usize, usize)| m.0 + 1 == x.folded.len() || m.1 + 1 == y.folded.len();
    if last + 2 == matches.len() && ends(matches[last + 1]) && near(matches[last], matches[last + 1]) {
        last += 1;
    }
    let core = &matches[first..=last];
    let (mut left, mut right) = (0, 0);
    let mut found: Vec<Difference> = Vec::new();
    for pair in core.windows(2) {
        let (i, j) = (pair[0].0 + 1..pair[1].0, pair[0].1 + 1..pair[1].1);
        if i.is_empty() && j.is_empty() {
            continue;
        }
        left += i.len();
        right += j.len();
        found.push((i, j));
    }
    let shared = core.len();
    let whole = shared + left.max(right);
    if found.is_empty() || found.len() > 2 || left > DIFFER || right > DIFFER || shared * 4 < whole * 3 {
        return None;
    }
    let ends = (x.folded.len().min(y.folded.len())).saturating_sub(whole);
    // Most of the shorter one is in the other: two statements that begin alike go on differently.
    if ends * 4 > shared {
        return None;
    }
    let content = core.iter().filter(|(i, _)| x.folded[*i].chars().count() > 3).count();
    let names = a.claim.subject.entities.iter().filter(|n| b.claim.subject.entities.contains(n)).count();
    let replaced = found.iter().any(|(i, j)| !i.is_empty() && !j.is_empty());
    // From the first word of both to the last, and only small words differ: nobody else said it so.
    let small = |q: &Quotation, r: &Range<usize>| q.folded[r.clone()].iter().all(|w| w.chars().count() <= SMALL);
    let ends = core[0] == (0, 0) && core[core.len() - 1] == (x.folded.len() - 1, y.folded.len() - 1);
    let wholly = ends && content >= 3 && found.iter().all(|(i, j)| small(x, i) && small(y, j));
    let linked = names > 0 && content >= 2 && found.len() == 1;
    if !wholly && (shared < LONG && !linked || replaced && shared < LONG + 4 && names == 0) {
        return None;
    }
    // One that spells, counts or contracts otherwise says the same.
    let mut real = found.into_iter().filter(|(i, j)| !is_same(x, i, y, j));
    let first = real.next()?;
    let gap = |q: &Quotation, r: &Range<usize>| q.gaps.iter().any(|&g| r.start as u32 <= g && g <= r.end as u32);
    (!gap(x, &first.0) && !gap(y, &first.1)).then_some(first)
}

/// Where two whole quotations differ, when it is in one word: "it never tells me where", "it never tells me why".
///
/// Questions of a form are built alike, and so are the words of two speakers side by side.
fn one_word(a: Quoted<'_>, b: Quoted<'_>) -> Option<Difference> {
    let (x, y) = (a.quotation, b.quotation);
    let length = x.folded.len();
    if length != y.folded.len() || length < WHOLE || !x.gaps.is_empty() || !y.gaps.is_empty() {
        return None;
    }
    let others = are_of_others(a, b);
    let mut apart = (0..length).filter(|&i| x.folded[i] != y.folded[i]);
    let (Some(at), None) = (apart.next(), apart.next()) else { return None };
    let difference = (at..at + 1, at..at + 1);
    (!others && !asks(a) && !asks(b) && !is_same(x, &difference.0, y, &difference.1)).then_some(difference)
}

/// Whether both have speakers, and none in common.
fn are_of_others(a: Quoted<'_>, b: Quoted<'_>) -> bool {
    let (s, t) = (&a.claim.subject.owners, &b.claim.subject.owners);
    !s.is_empty() && !t.is_empty() && !s.iter().any(|name| t.contains(name))
}

/// Whether a quotation is a question.
fn asks(q: Quoted<'_>) -> bool {
    q.claim.text.trim_end_matches(['.', '"', '”', '’']).ends_with('?')
}

/// Whether words that differ may only be written differently: contractions, spelling, figures for words.
fn is_same(x: &Quotation, i: &Range<usize>, y: &Quotation, j: &Range<usize>) -> bool {
    let contracted = |q: &Quotation, r: &Range<usize>| q.words[r.clone()].iter().any(|w| w.text.contains(['\'', '’']));
    let number = |q: &Quotation, r: &Range<usize>| {
        q.folded[r.clone()].iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()))
    };
    if contracted(x, i) || contracted(y, j) || number(x, i) != number(y, j) {
        return true;
    }
    let (a, b): (String, String) = (x.folded[i.clone()].concat(), y.folded[j.clone()].concat());
    let short = a.chars().count().min(b.chars().count());
    // "talks" is no way to write "walks".
    let begun = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    a == b || short >= 5 && begun >= BEGUN && strsim::damerau_levenshtein(&a, &b) <= 2
}

/// The longest common subsequence of two lists of words, as pairs of positions.
fn aligned<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = if a[i] == b[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn reads_the_words_in_common() {
        let words = |s: &'static str| s.split(' ').collect::<Vec<_>>();
        let (a, b) = (words("it is a room full of wind"), words("a house full of wind"));
        assert_eq!(aligned(&a, &b), [(2, 0), (4, 2), (5, 3), (6, 4)]);
        assert!(aligned(&a, &words("nothing in common")).is_empty());
    }
}
