//! Tables of contents against the headings and captions.

use super::{fold, step};
use crate::check::{Finding, Place, shortened};
use crate::claim::Claim;
use rustc_hash::{FxHashMap, FxHashSet};

/// Fewest entries of a table of contents that are headings of the document.
const SOUND: usize = 3;

/// Titles that differ are told one by one up to so many.
const MANY: usize = 3;

/// Fewest headings of a level that are listed before one that is not is missed.
const LEVEL: usize = 4;

/// A heading, a caption, or an entry of a table of contents.
pub(super) struct Title<'a> {
    /// Its number with the noun before it: `3`, `table 2`; may be empty.
    pub(super) number: &'a str,
    /// Its level; 0 for an entry.
    pub(super) level: u8,
    /// Its claim, whose text is the title.
    pub(super) claim: &'a Claim,
}

/// Appends what the table of contents and the headings disagree in.
pub(super) fn check(headings: &[Title<'_>], all: Vec<Title<'_>>, found: &mut Vec<Finding>) {
    let is_described = |entry: &Title<'_>| entry.claim.scope.cues.iter().any(|c| c == "described");
    let (described, listed): (Vec<_>, Vec<_>) = all.into_iter().partition(is_described);
    let listed = listed.as_slice();
    let Some(last) = listed.last().map(|l| l.claim.at.end) else { return };
    let folded: Vec<String> = headings.iter().map(|h| fold(&h.claim.text)).collect();
    let mut by_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (i, title) in folded.iter().enumerate().filter(|(i, _)| headings[*i].claim.at.start >= last) {
        by_title.entry(title).or_default().push(i);
    }
    let mut matched: Vec<Option<usize>> = Vec::new();
    for entry in listed {
        let title = fold(&entry.claim.text);
        let of_title = by_title.get(title.as_str()).map_or(&[][..], Vec::as_slice);
        let same = of_title.iter().copied().find(|&i| headings[i].number == entry.number);
        let target = fold(&entry.claim.subject.wording);
        let led = || {
            let is =
                |i: &usize| !target.is_empty() && fold(&format!("{}{}", headings[*i].number, folded[*i])) == target;
            (0..headings.len()).find(is).filter(|&i| headings[i].claim.at.start >= last)
        };
        matched.push(same.or_else(|| of_title.first().copied()).or_else(led));
    }
    let sound = matched.iter().flatten().count();
    // A list of three figures of which one has another title.
    let short = listed.len() == SOUND && listed.iter().all(|l| !l.number.is_empty());
    if sound + usize::from(short) < SOUND || sound * 4 < listed.len() * 3 && !short {
        return;
    }
    let taken: FxHashSet<usize> = matched.iter().flatten().copied().collect();
    let mut explained = FxHashSet::default();
    titles(headings, listed, &matched, &taken, last, &mut explained, found);
    numbers(headings, listed, &matched, found);
    // A list that says what it is for, or that has entries of other things, lists some of the headings.
    let some = listed.iter().filter(|l| l.claim.scope.cues.iter().any(|c| c == "introduced")).count();
    if some * 2 < listed.len() && listed.len() - sound <= explained.len() {
        let names: FxHashSet<String> = described.iter().map(|l| fold(&l.claim.subject.wording)).collect();
        let is = |i: &usize| names.contains(&folded[*i]);
        explained.extend((0..headings.len()).filter(is));
        unlisted(headings, listed, &taken, &explained, last, found);
    }
}

/// Entries with another title than the heading of their number, or than the heading in their place.
fn titles(
    headings: &[Title<'_>],
    listed: &[Title<'_>],
    matched: &[Option<usize>],
    taken: &FxHashSet<usize>,
    last: u32,
    explained: &mut FxHashSet<usize>,
    found: &mut Vec<Finding>,
) {
    let first = found.len();
    for (n, entry) in listed.iter().enumerate().filter(|(n, _)| matched[*n].is_none()) {
        let before = matched[..n].iter().rev().flatten().next().copied();
        let after = matched[n + 1..].iter().flatten().next().copied();
        let (from, to) = (before.map_or(0, |i| i + 1), after.unwrap_or(headings.len()));
        let candidates = (from..to.max(from)).filter(|i| !taken.contains(i) && headings[*i].claim.at.start >= last);
        let like = |i: &usize| {
            let (a, b) = (words(&entry.claim.text), words(&headings[*i].claim.text));
            let common = a.iter().filter(|w| b.contains(w)).count();
            let (m, n) = (entry.number, headings[*i].number);
            let numbered = !m.is_empty() && m == n;
            numbered && common > 0
                || (m.is_empty() || n.is_empty()) && common * 2 >= a.len().max(b.len()) && common >= 2
        };
        let Some(i) = candidates.into_iter().filter(|i| !explained.contains(i)).find(like) else { continue };
        explained.insert(i);
        let (a, b) = (fold(&entry.claim.text), fold(&headings[i].claim.text));
        // Long titles are shortened in the contents.
        if a == b || a.is_empty() || b.starts_with(&a) || a.starts_with(&b) || a.contains(&b) || b.contains(&a) {
            continue;
        }
        let wrong = format!(
            "{} is listed, the heading is {}",
            shortened(&entry.claim.text),
            shortened(&headings[i].claim.text)
        );
        found.push(step(headings[i].claim, entry.claim, wrong));
    }
    // Many that differ were changed at one stroke.
    if found.len() > first + MANY {
        let more = found.len() - first - 1;
        found.truncate(first + 1);
        found[first].notes.push(format!("{more} more titles differ"));
    }
}

/// Entries with another number than the heading of their title.
fn numbers(headings: &[Title<'_>], listed: &[Title<'_>], matched: &[Option<usize>], found: &mut Vec<Finding>) {
    let pairs = || {
        listed
            .iter()
            .zip(matched)
            .filter_map(|(l, m)| Some((l, &headings[(*m)?])))
            .filter(|(l, h)| !l.number.is_empty() && !h.number.is_empty())
    };
    let odd: Vec<_> = pairs().filter(|(l, h)| l.number != h.number).collect();
    if odd.len() * 4 > pairs().count() {
        return;
    }
    for (entry, heading) in odd {
        let wrong = format!(
            "{} is number {} in the contents and {} in the text",
            shortened(&entry.claim.text),
            entry.number,
            heading.number
        );
        found.push(step(heading.claim, entry.claim, wrong));
    }
}

/// The one heading of a level that is not listed, where all others are.
fn unlisted(
    headings: &[Title<'_>],
    listed: &[Title<'_>],
    taken: &FxHashSet<usize>,
    explained: &FxHashSet<usize>,
    last: u32,
    found: &mut Vec<Finding>,
) {
    let Some(first) = taken.iter().min() else { return };
    let above = parents(headings);
    let listed_under: FxHashSet<_> = taken.iter().map(|&i| (headings[i].level, above[i])).collect();
    for level in 1..=9 {
        // Contents of one chapter leave the other chapters alone.
        let of_level = || {
            (*first..headings.len())
                .filter(|&i| headings[i].level == level && headings[i].claim.at.start >= last)
                .filter(|&i| listed_under.contains(&(level, above[i])))
        };
        let missing: Vec<usize> = of_level().filter(|i| !taken.contains(i) && !explained.contains(i)).collect();
        let [one] = missing[..] else { continue };
        if of_level().filter(|i| taken.contains(i)).count() < LEVEL - 1 {
            continue;
        }
        let heading = headings[one].claim;
        // Matter at the end is left out of some contents, and lines without a word are no headings.
        let numbered = of_level().filter(|i| taken.contains(i) && !headings[*i].number.is_empty()).count();
        let all = of_level().filter(|i| taken.contains(i)).count();
        let back = headings[one].claim.scope.cues.iter().any(|c| c == "back-matter");
        let stands_out = (numbered * 2 > all) == headings[one].number.is_empty() && !back;
        let mut letters = heading.text.chars();
        let named = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
        if stands_out || !named || !heading.text.split_whitespace().all(|w| w.chars().count() < 20) {
            continue;
        }
        // Its words are listed in another form.
        let title = fold(&heading.text);
        if title.is_empty()
            || listed.iter().any(|l| fold(&l.claim.text).contains(&title) || title.contains(&fold(&l.claim.text)))
        {
            continue;
        }
        found.push(Finding {
            places: vec![
                Place { at: heading.at, within: heading.within, label: "not listed".to_owned() },
                end_of(listed),
            ],
            variables: vec![("wrong", format!("{} is not in the contents", shortened(&heading.text)))],
            notes: Vec::new(),
        });
    }
}

/// The heading that each heading stands under.
fn parents(headings: &[Title<'_>]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(headings.len());
    for (i, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|&j| headings[j].level >= heading.level) {
            open.pop();
        }
        out.push(open.last().copied());
        open.push(i);
    }
    out
}

/// The last entry of the contents.
fn end_of(listed: &[Title<'_>]) -> Place {
    let claim = listed[listed.len() - 1].claim;
    Place { at: claim.at, within: claim.within, label: "the contents end here".to_owned() }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_lowercase).collect()
}
